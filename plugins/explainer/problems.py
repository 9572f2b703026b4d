"""What an editor is told: problems with their place, and the report that shows them all.

A problem has a stable code in words, a place (file, line, column, all from 1), one sentence that
says what is wrong and with which value, hints that say what is allowed or was probably meant, and
the record it is about in the editor's words. Each code has a section in `MESSAGES_PAGE`.
Errors stop a build; warnings stop a strict one.
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

Severity = Literal["error", "warning"]

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
        return tuple(p for p in self.problems if self.strict or p.severity == "error")

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
        return self.strict and all(p.severity == "warning" for p in self.problems)

    def text(self, color: bool = False) -> str:
        """The report for a terminal: every problem with its excerpt, then the summary."""
        blocks = [self._block(problem, color) for problem in self.problems]
        return "\n\n".join([*blocks, self.summary])

    def _block(self, problem: Problem, color: bool) -> str:
        place = problem.location
        head = (
            f"{place.file}:{place.line}:{place.column}: "
            f"{_paint(problem.severity, problem.severity, color)}[{problem.code}]: "
            f"{problem.message}"
        )
        parts = [
            head,
            *([f"      in {problem.record}"] if problem.record else []),
            *self._excerpt(place, problem.severity, color),
            *(f"      = help: {line}" for line in problem.help),
            f"      = see: {problem.see}",
        ]
        return "\n".join(parts)

    def _excerpt(self, place: Location, severity: Severity, color: bool) -> list[str]:
        lines = self.texts.get(place.file, "").split("\n")
        if not 1 <= place.line <= len(lines) or not lines[place.line - 1].strip():
            return []
        line, column = _window(lines[place.line - 1].rstrip("\r"), place.column)
        width = max(1, min(place.length, len(line) - column + 1))
        line = _visible(line)
        indent = cell_len(line[: column - 1])
        carets = "^" * max(1, cell_len(line[column - 1 : column - 1 + width]))
        return [
            f"{place.line:5d} | {line}",
            f"      | {' ' * indent}{_paint(carets, severity, color)}",
        ]

    def github(self) -> str:
        """The report as GitHub's workflow commands, an annotation a problem."""
        return "\n".join(_annotation(p, self.strict) for p in self.problems)

    def json(self) -> str:
        """The report as a JSON list of objects, in the same order."""
        return json.dumps([_as_object(p) for p in self.problems], ensure_ascii=False, indent=2)

    def markdown(self) -> str:
        """The report for a job's summary page, as Markdown."""
        if not self.problems:
            return f"**{self.summary}**\n"
        parts = [f"**{self.summary}**"]
        for problem in self.problems:
            block = self._block(problem, color=False)
            longest = max(map(len, re.findall("`+", block)), default=0)
            fence = "`" * max(3, longest + 1)
            parts.append(f"{fence}text\n{block}\n{fence}")
        return "\n\n".join(parts) + "\n"


def _count(problems: Sequence[Problem]) -> str:
    errors = sum(1 for p in problems if p.severity == "error")
    warnings = len(problems) - errors
    parts = []
    if errors:
        parts.append(f"{errors} error{'s' if errors != 1 else ''}")
    if warnings:
        parts.append(f"{warnings} warning{'s' if warnings != 1 else ''}")
    files = len({p.location.file for p in problems})
    return f"{' and '.join(parts)} in {files} file{'s' if files != 1 else ''}"


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


_COLORS: Mapping[str, str] = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m"}


def _paint(text: str, severity: Severity, color: bool) -> str:
    return f"{_COLORS[severity]}{text}\x1b[0m" if color else text


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(problem: Problem, strict: bool) -> str:
    """GitHub's workflow command: docs.github.com, "Workflow commands", error and warning."""
    place = problem.location
    about = [f"in {problem.record}"] if problem.record else []
    message = "\n".join([problem.message, *about, *problem.help, f"see {problem.see}"])
    severity = "error" if strict else problem.severity
    return (
        f"::{severity} file={_escape_property(place.file)},line={place.line},"
        f"col={place.column},title={_escape_property(problem.code)}::{_escape_data(message)}"
    )


def _as_object(problem: Problem) -> dict[str, object]:
    place = problem.location
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": problem.message,
        "help": list(problem.help),
        "record": problem.record,
        "see": problem.see,
    }
