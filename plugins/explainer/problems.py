"""What an editor is told: problems with their place, and the report that shows them all.

A problem has a stable code in words, a place (file, line, column, all from 1), one sentence that
says what is wrong and with which value, hints that say what is allowed or was probably meant, and
the record it is about in the editor's words. Each code has a section in `MESSAGES_PAGE`.
Errors stop a build; warnings stop a strict one; a notice only tells. The place of a problem in a
sheet is shown as its reader knows it: row, and column by letter and name.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from rich.cells import cell_len

from .grid import Cell, Grid, letters, read_grid

Severity = Literal["error", "warning", "notice"]

#: Where the codes are explained, each under a heading of its own; below the top of the repository.
MESSAGES_PAGE = "docs/messages.md"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch of one line of a file; `length` counts characters from `column` on."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that an editor has to know."""

    code: str
    location: Location
    message: str
    help: tuple[str, ...] = ()
    severity: Severity = "error"
    record: str = ""
    """What it is about, as an editor calls it: `event "Berlin talks", 14 December 2025`."""

    @property
    def see(self) -> str:
        """Where the code is explained."""
        return f"{MESSAGES_PAGE}#{self.code}"

    @property
    def identity(self) -> tuple[str, Location, str]:
        """What makes it the same problem in another run: hints name what else there is."""
        return self.code, self.location, self.message

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by file, line and column, then by code and message."""
        place = self.location
        return (place.file, place.line, place.column, self.code, self.message)


class ContentError(Exception):
    """Raised where a build has to stop: carries the whole report."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.text())
        self.report = report


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or None where none is near.

    Case and underscores are overlooked first; then difflib decides with a cutoff of 0.6.
    """
    candidates = sorted(set(known))
    folded = {candidate.casefold().replace("_", "-"): candidate for candidate in candidates}
    wanted = word.casefold().replace("_", "-").replace(" ", "-")
    if wanted in folded:
        return folded[wanted]
    near = difflib.get_close_matches(wanted, list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def suggestion(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """`did you mean 'x'?` as a tuple of hints; empty where nothing is near."""
    near = did_you_mean(word, known)
    return (f"did you mean '{near}'?",) if near else ()


@dataclass(frozen=True, slots=True)
class Report:
    """All problems of one run, in file order, with the texts they point into.

    `texts` maps a file's name to its whole text and is used for excerpts only.
    """

    problems: tuple[Problem, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    done: str = ""
    """What was done when all went well ("87 pages written to output")."""
    consequence: str = "nothing was written"
    files_read: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop this run: all errors, and in a strict run warnings too."""
        stopping = {"error", "warning"} if self.strict else {"error"}
        return tuple(p for p in self.problems if p.severity in stopping)

    @property
    def failed(self) -> bool:
        """True where the build has to stop."""
        return bool(self.errors)

    @property
    def summary(self) -> str:
        """The last line: how many problems, and what follows."""
        counts = _count(self.problems)
        if self.failed:
            stops = " (a strict run stops at warnings too)" if self._is_stopped_by_warnings else ""
            return f"{counts}{stops}; {self.consequence}."
        if self.problems:
            return f"{counts}. {self.done}".strip()
        return self.done or "No problems found."

    @property
    def _is_stopped_by_warnings(self) -> bool:
        return self.strict and all(p.severity != "error" for p in self.problems)

    def text(self, color: bool = False) -> str:
        """The report for a terminal: every problem with its excerpt, then the summary."""
        grids = self._grids()
        blocks = [self._block(problem, color, grids) for problem in self.problems]
        return "\n\n".join([*blocks, self.summary])

    def _grids(self) -> dict[str, Grid]:
        """The sheets that problems lie in."""
        files = sorted({p.location.file for p in self.problems if is_sheet(p.location.file)})
        return {file: read_grid(self.texts[file]) for file in files if file in self.texts}

    def _block(self, problem: Problem, color: bool, grids: Mapping[str, Grid]) -> str:
        place = problem.location
        head = (
            f"{place_words(place, grids)}: "
            f"{_paint(problem.severity, problem.severity, color)}[{problem.code}]: "
            f"{problem.message}"
        )
        parts = [
            head,
            *([f"      in {problem.record}"] if problem.record else []),
            *self._excerpt(place, problem.severity, color, grids),
            *(f"      = help: {line}" for line in problem.help),
            f"      = see: {problem.see}",
        ]
        return "\n".join(parts)

    def _excerpt(
        self, place: Location, severity: Severity, color: bool, grids: Mapping[str, Grid]
    ) -> list[str]:
        gutter, lines = str(place.line), self.texts.get(place.file, "").split("\n")
        if cell := _cell_at(place, grids):
            gutter, lines, place = _in_cell(cell, place)
        if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
            return []
        line, column = _window(lines[place.line - 1].rstrip("\r"), place.column)
        width = max(1, min(place.length, len(line) - column + 1))
        line = _visible(line)
        indent = cell_len(line[: column - 1])
        carets = "^" * max(1, cell_len(line[column - 1 : column - 1 + width]))
        return [
            f"{gutter:>5} | {line}",
            f"      | {' ' * indent}{_paint(carets, severity, color)}",
        ]

    def github(self) -> str:
        """The report as GitHub's workflow commands, an annotation a problem."""
        grids = self._grids()
        return "\n".join(_annotation(p, self.strict, grids) for p in self.problems)

    def json(self) -> str:
        """The report as a JSON list of objects, in the same order."""
        grids = self._grids()
        objects = [_as_object(p, grids) for p in self.problems]
        return json.dumps(objects, ensure_ascii=False, indent=2)

    def markdown(self) -> str:
        """The report for a job's summary page, as Markdown."""
        if not self.problems:
            return f"**{self.summary}**\n"
        parts, grids = [f"**{self.summary}**"], self._grids()
        for problem in self.problems:
            block = self._block(problem, color=False, grids=grids)
            longest = max(map(len, re.findall("`+", block)), default=0)
            fence = "`" * max(3, longest + 1)
            parts.append(f"{fence}text\n{block}\n{fence}")
        return "\n\n".join(parts) + "\n"


def is_sheet(file: str) -> bool:
    """Whether a file is a sheet, whose places are rows and columns."""
    return file.endswith(".csv")


def place_words(place: Location, grids: Mapping[str, Grid]) -> str:
    """`file:line:column`, or in a sheet `file, row 7, column B (Month)`."""
    cell = _cell_at(place, grids)
    if cell is None:
        return f"{place.file}:{place.line}:{place.column}"
    heading = grids[place.file].heading_of(cell)
    return f"{place.file}, row {cell.row}, {_column_words(cell, heading)}"


def line_words(place: Location, texts: Mapping[str, str]) -> str:
    """Where another thing stands, in a message: `file, line 7`, or of a sheet `file, row 7`."""
    if is_sheet(place.file) and place.file in texts:
        cell = read_grid(texts[place.file]).cell_at(place.line, place.column)
        if cell is not None:
            return f"{place.file}, row {cell.row}"
    return f"{place.file}, line {place.line}"


def _column_words(cell: Cell, heading: str) -> str:
    name = f" ({heading if len(heading) <= 40 else heading[:39] + '…'})" if heading else ""
    return f"column {letters(cell.index)}{_visible(name)}"


def _cell_at(place: Location, grids: Mapping[str, Grid]) -> Cell | None:
    grid = grids.get(place.file)
    return grid.cell_at(place.line, place.column) if grid else None


def _in_cell(cell: Cell, place: Location) -> tuple[str, list[str], Location]:
    """What an excerpt of a cell shows: its name, its lines, and the place among these."""
    before = cell.text[: cell.offset(place.line, place.column) or 0].split("\n")
    line, column = len(before), len(before[-1]) + 1
    return cell.name, cell.text.split("\n"), Location(place.file, line, column, place.length)


def _count(problems: Sequence[Problem]) -> str:
    counts = [
        (sum(1 for p in problems if p.severity == word), word)
        for word in ("error", "warning", "notice")
    ]
    parts = [f"{count} {word}{'s' if count != 1 else ''}" for count, word in counts if count]
    words = " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
    files = len({p.location.file for p in problems})
    return f"{words} in {files} file{'s' if files != 1 else ''}"


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """A line of many columns cut to what lies around `column`, with the column's place in it."""
    if cell_len(line) <= width:
        return line, column
    before = _how_many(reversed(line[: column - 1]), width // 3)
    start = column - 1 - before
    stop = start + _how_many(line[start:], width)
    prefix = "…" if start else ""
    suffix = "…" if stop < len(line) else ""
    return prefix + line[start:stop] + suffix, before + len(prefix) + 1


def _how_many(characters: Iterable[str], width: int) -> int:
    """How many characters from the first on fit into `width` columns."""
    ends = accumulate(map(cell_len, characters))
    return sum(1 for end in ends if end <= width)


def _visible(line: str) -> str:
    """A line fit for a terminal: tabs one column wide, control characters as a sign.

    What joins and parts letters and emoji (U+200D, U+200C) stays: the signs need it.
    """
    return "".join(
        "→" if c == "\t" else c if c.isprintable() or c in "\u200c\u200d" else "�" for c in line
    )


_COLORS: Mapping[str, str] = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "notice": "\x1b[1;36m",
}


def _paint(text: str, severity: Severity, color: bool) -> str:
    return f"{_COLORS[severity]}{text}\x1b[0m" if color else text


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def annotation(severity: str, place: Location, title: str, message: str) -> str:
    """GitHub's workflow command: docs.github.com, "Workflow commands", error, warning, notice."""
    return (
        f"::{severity} file={_escape_property(place.file)},line={place.line},"
        f"col={place.column},title={_escape_property(title)}::{_escape_data(message)}"
    )


def _annotation(problem: Problem, strict: bool, grids: Mapping[str, Grid]) -> str:
    cell = _cell_at(problem.location, grids)
    where = f"{cell.name}: " if cell else ""
    about = [f"in {problem.record}"] if problem.record else []
    message = "\n".join([where + problem.message, *about, *problem.help, f"see {problem.see}"])
    severity = "error" if strict and problem.severity == "warning" else problem.severity
    return annotation(severity, problem.location, problem.code, message)


def _as_object(problem: Problem, grids: Mapping[str, Grid]) -> dict[str, object]:
    place = problem.location
    cell = _cell_at(place, grids)
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        **({"cell": cell.name} if cell else {}),
        "message": problem.message,
        "help": list(problem.help),
        "record": problem.record,
        "see": problem.see,
    }
