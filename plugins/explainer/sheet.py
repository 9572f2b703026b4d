"""A sheet of events, `stories/<id>.csv`, as the tree that a story's YAML would have given.

The columns are TimelineJS's and ours. `read_sheet` joins the rows to the tree of the story's YAML:
every value is a text with its place, so records, references, evidence and order are checked like
all others, and nothing behind this module knows of sheets. What is wrong with a cell is reported
here; nothing that somebody wrote is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Final

from .grid import Cell, Grid, Row, letters, read_grid
from .problems import Location, Problem, suggestion
from .sheet_columns import COLUMNS, TIMELINE_COLUMNS, folded, meant_column
from .sheet_rows import CellReport, Entries, Line, Names, RowReader, RowTree
from .sheet_text import Anchor, plain_text
from .tree import Mapping as Tree
from .tree import Node, Scalar, check_characters
from .tree import Sequence as Items

#: Problems after which there may be rows of which nothing is known.
UNREAD_ROWS: Final = frozenset({"missing-column", "too-long", "unclosed-quote"})
_PLAIN_COLUMNS: Final = ("Headline", "Display Date", "Media Caption", "Media Credit", "Alt Text")
#: Of these a link may be kept: it becomes a link of the event.
_LINKED_COLUMNS: Final = ("Media Caption", "Media Credit")
#: What a text may hold in TimelineJS and not here: it would come from another site.
_EMBEDDED: Final = re.compile(
    r"<img\b[^>]*//[^>]*>?|<(?:iframe|video|audio|embed|object|script)\b[^>]*>?"
    r"|!\[[^\]]*\]\((?:https?:)?//[^)]*\)?",
    re.I,
)
_FORMULA: Final = re.compile(
    r"=\s*\S|#(?:REF|N/A|NAME\?|VALUE|DIV/0|NUM|NULL|SPILL|ERROR)!?$|###+$"
)
_HEADINGS = (
    f"it begins with a row of headings, such as: {', '.join(TIMELINE_COLUMNS[:3])}, Headline"
)


def read_sheet(
    text: str,
    file: str,
    story: Tree | None = None,
    *,
    names: Names | None = None,
    zone: tzinfo | None = None,
    expects_title: bool = True,
) -> tuple[Tree, list[Problem]]:
    """The tree of a story with the rows of its sheet in it, and what is wrong with the cells.

    `story` is the tree of its YAML, whose keys come first. Where neither that nor a row has the
    title, that is a problem, unless `expects_title` is false (the YAML could not be read).
    """
    problems: list[Problem] = []
    clean = check_characters(text, file, problems)
    rows = RowReader(CellReport(file, problems), story, names or Names(), zone)
    reader = _Reader(read_grid(clean), story, rows)
    return reader.read(expects_title), problems


class _Reader:
    """State of reading one sheet."""

    def __init__(
        self,
        grid: Grid,
        story: Tree | None,
        rows: RowReader,
    ) -> None:
        self.grid = grid
        self.file = rows.report.file
        self.story = story
        self.rows = rows
        self.report = rows.report
        self.columns: dict[str, int] = {}
        self.unread: list[Cell] = []
        """The headings of columns that nobody reads."""

    def read(self, expects_title: bool) -> Tree:
        """Everything in the order of the rows, each with all that is wrong with it."""
        keys: Entries = []
        events: list[Node] = []
        eras: list[Node] = []
        if self.grid.too_long is not None:
            self._problem(
                "too-long",
                Location(self.file, self.grid.too_long),
                "a cell of this row has more than 131,072 characters",
                'is there a quote (") that is never closed?',
            )
        lines = list(self._lines()) if self._read_heading() else []
        rows: list[Line] = []
        for line in lines:
            match line.kind:
                case kind if kind == "" or (line.is_broken and kind not in ("era", "title")):
                    rows.append(line)
                    events.append(self.rows.event(line))
                case "era" if line.is_broken:
                    pass
                case "era":
                    eras.extend(self.rows.era(line))
                case "title" if not keys:
                    keys = self.rows.title(line)
                case "title":
                    self.report.problem(
                        "bad-choice",
                        line.cells["Type"],
                        "another row is the title already",
                        "a sheet has one; leave 'Type' empty for an event",
                    )
                case _:
                    self._bad_type(line.cells["Type"])
        if not any(
            p.severity == "error" and p.location.file == self.file for p in self.report.problems
        ):
            self._tell(lines)
        events = self._with_support(rows, events)
        return self._joined(keys, events, eras, expects_title)

    def _read_heading(self) -> bool:
        """Which column is where; false where the first row is no heading."""
        heading = self.grid.heading
        if heading is None:
            self._problem("empty-value", Location(self.file), "the sheet is empty", _HEADINGS)
            return False
        known = {folded(name): name for name in COLUMNS}
        has_group = any(folded(cell.text) == "group" for cell in heading.cells)
        if not any(folded(cell.text) in known for cell in heading.cells):
            self.report.problem(
                "missing-column",
                heading.cells[0],
                "the first row names none of the columns that are read",
                _HEADINGS,
            )
            return False
        slips: list[tuple[str, Cell]] = []
        for cell in heading.cells:
            name = known.get(folded(cell.text))
            if name is None and folded(cell.text) == "tag" and not has_group:
                name = "Group"
            if name is None:
                near = self._unknown_column(cell)
                slips += [(near, cell)] if near else []
            elif name in self.columns:
                self.report.problem(
                    "duplicate-column",
                    cell,
                    f"the column '{name}' stands twice",
                    f"it stands first in column {letters(self.columns[name])}; keep one of the two",
                )
            else:
                self.columns[name] = cell.index
        for near, cell in slips:
            self.columns.setdefault(near, cell.index)
        if "Headline" not in self.columns:
            self.report.problem(
                "missing-column",
                heading.cells[0],
                "there is no column 'Headline', which says what happened",
            )
        return "Headline" in self.columns

    def _unknown_column(self, cell: Cell) -> str | None:
        """A slip is an error, and the column that is meant is given.

        A column of one's own is told of, and one that begins with # is passed over.
        """
        if cell.text.startswith("#") or not self._is_filled(cell.index):
            return None
        if not cell.text:
            first = next(c for c in self._column(cell.index) if c.text)
            self.report.problem(
                "unknown-column", first, "this column has no heading", "name it in the first row"
            )
            return None
        near = meant_column(cell.text)
        if near is None:
            self.unread.append(cell)
            return None
        self.report.problem(
            "unknown-column",
            cell,
            f"unknown column '{cell.text[:60]}'",
            f"did you mean '{near}'?",
            "a column of your own begins with '#' and is not read",
        )
        return near

    def _column(self, index: int) -> Iterator[Cell]:
        for row in self.grid.rows:
            if row is not self.grid.heading and index < len(row.cells):
                yield row.cells[index]

    def _is_filled(self, index: int) -> bool:
        return any(cell.text for cell in self._column(index))

    # ----------------------------------------------------------------------------- rows

    def _lines(self) -> Iterator[Line]:
        heading = self.grid.heading
        width = len(heading.cells) if heading else 0
        by_index = {index: name for name, index in self.columns.items()}
        for row in self.grid.rows:
            if row is heading or row.is_blank:
                continue
            is_broken = self._check_row(row, width)
            cells = {
                by_index[cell.index]: cell
                for cell in row.cells
                if cell.text and cell.index in by_index
            }
            if cells:
                if not is_broken:
                    self._check_cells(cells)
                anchors = () if is_broken else tuple(self._plain(cells))
                if cells:
                    yield Line(row, cells, self.columns, anchors, is_broken)

    def _check_row(self, row: Row, width: int) -> bool:
        """Report what breaks a row: cells behind its end, and quotes that are not closed."""
        before = len(self.report.problems)
        for cell in row.cells:
            if not cell.is_closed:
                self.report.problem(
                    "unclosed-quote",
                    cell,
                    "this cell begins with a quote that is never closed, "
                    "so it takes in everything below",
                    'close it with ", or write "" for a quote that belongs to the text',
                )
            elif cell.tail:
                self.report.problem(
                    "unclosed-quote",
                    cell,
                    f"something stands behind the closing quote: {cell.tail[:40]}",
                    'a quote that belongs to the text is written "" inside of quotes',
                )
        extra = next((cell for cell in row.cells[width:] if cell.text), None)
        if extra is not None:
            self.report.problem(
                "ragged-row",
                extra,
                f"the row has {len(row.cells)} cells, and the heading {width}",
                'text that holds the sign between the cells stands in "double quotes"',
            )
        return len(self.report.problems) > before

    def _check_cells(self, cells: Mapping[str, Cell]) -> None:
        for name, cell in cells.items():
            if _FORMULA.match(cell.text):
                is_narrow = set(cell.text) == {"#"}
                self.report.problem(
                    "formula-cell",
                    cell,
                    "the column was too narrow when the sheet was saved"
                    if is_narrow
                    else "this is a formula or its error, not a value",
                    "make the column wider and save again"
                    if is_narrow
                    else "copy the cell and paste it as a value",
                )
            elif name == "Text" and (found := _EMBEDDED.search(cell.text)):
                self.report.problem(
                    "markup-in-text",
                    cell,
                    f"'{found[0][:40]}' is not shown: a page holds nothing from other sites",
                    "put its address into the column 'Media' or 'Link'",
                    at=found.start(),
                    length=len(found[0]),
                )

    def _plain(self, cells: dict[str, Cell]) -> Iterator[Anchor]:
        """Take the HTML out of plain texts; gives the links that were in them."""
        for name in [name for name in _PLAIN_COLUMNS if name in cells]:
            cell = cells[name]
            plain = plain_text(cell.text, name, with_links=name in _LINKED_COLUMNS)
            if plain.tag:
                self.report.problem(
                    "markup-in-text",
                    cell,
                    f"'{plain.tag[:40]}' is HTML, and '{name}' is plain text",
                    *([f"did you mean '{plain.text[:100]}'?"] if plain.text else []),
                    at=plain.at,
                    length=len(plain.tag),
                )
            if plain.text:
                cells[name] = replace(cell, text=plain.text)
            else:
                del cells[name]
            yield from plain.anchors

    def _bad_type(self, cell: Cell) -> None:
        allowed = ("title", "era")
        self.report.problem(
            "bad-choice",
            cell,
            f"'Type' cannot be '{cell.text[:60]}'",
            "allowed: title, era, or nothing for an event",
            *suggestion(cell.text, allowed),
        )

    # --------------------------------------------------------------------------- joining

    def _with_support(self, rows: Sequence[Line], events: list[Node]) -> list[Node]:
        """The events, of which those without a source are warned of in one message, not in many."""
        story = self.story.get("allow") if self.story else None
        is_allowed = story is not None and "no-source" in _texts(story)
        bare = [
            line
            for line in rows
            if not line.is_broken
            and not line.has("Source", "Evidence", "Rests On")
            and not line.allows("no-source")
        ]
        if bare and not is_allowed:
            numbers = _ranges([line.row.number for line in bare])
            have = "has" if len(bare) == 1 else "have"
            yaml = re.sub(r"csv$", "yaml", self.file)
            self.report.warn(
                "no-source",
                bare[0].head,
                f"{numbers} {have} neither evidence nor a source",
                "fill 'Source' with title and address, or 'Article' and 'Evidence'",
                "if it is meant, write no-source into the column 'Allow', "
                f"or 'allow: [no-source]' into {yaml} for all rows",
            )
        names = {line.row.number for line in [*bare, *(r for r in rows if r.is_broken)]}
        return [
            _allowing(event, "no-source") if line.row.number in names else event
            for line, event in zip(rows, events, strict=True)
        ]

    def _joined(
        self, keys: Entries, events: list[Node], eras: list[Node], expects_title: bool
    ) -> Tree:
        """The story's tree: the keys of its YAML, then what the sheet adds."""
        place = Location(self.file)
        entries = list(self.story.entries) if self.story else []
        written = {key.value for key, _ in entries}
        entries += [(key, value) for key, value in keys if key.value not in written]
        if self.story is None and "title" not in {key.value for key, _ in keys}:
            if expects_title:
                yaml = re.sub(r"csv$", "yaml", self.file)
                self._problem(
                    "missing-cell",
                    place,
                    "the story has no title",
                    "add a row with 'title' under 'Type' and the title under 'Headline'",
                    f"or write 'title: …' into {yaml}",
                )
            entries.append((Scalar("title", place), Scalar("?", place, False)))
        for key, items in (("events", events), ("eras", eras), ("lanes", self.rows.new_lanes)):
            if items:
                entries = _with_items(entries, key, items, place)
        return Tree(tuple(entries), self.story.location if self.story else place)

    # --------------------------------------------------------------------------- notices

    def _tell(self, lines: Sequence[Line]) -> None:
        """What is good to know once nothing is wrong: ids by rule, and what is not read."""
        if self.rows.ruled:
            self._tell_ids(lines)
        heading = self._first().row
        unread = [*self.unread, *self.rows.unread]
        for name in ("Background", "Media Thumbnail"):
            if name in self.columns and self._is_filled(self.columns[name]):
                unread.append(self._first(name))
        columns = sorted({cell.index: cell for cell in unread if cell.row == heading}.items())
        names = [f"column {letters(index)} ({cell.text[:40]})" for index, cell in columns]
        single = [c for c in unread if c.row != heading and c.index not in dict(columns)]
        names += [f"cell {cell.name}" for cell in single]
        if names:
            self.report.notice(
                "ignored-cell",
                columns[0][1] if columns else single[0],
                f"not read: {', '.join(names)}",
                "a heading that begins with '#' says that you know",
            )

    def _tell_ids(self, lines: Sequence[Line]) -> None:
        """The column of ids as it should be, to be pasted as a whole."""
        rows = {line.row.number: line for line in lines}
        heading = self.grid.heading
        first = heading.number + 1 if heading else 1
        ids = [
            self.rows.ruled.get(n) or (rows[n].text("Id") if n in rows else "")
            for n in range(first, max(self.rows.ruled) + 1)
        ]
        if "Id" in self.columns:
            where = f"into {letters(self.columns['Id'])}{first} and below"
        else:
            index = len(heading.cells) if heading else 0
            where, ids = f"into {letters(index)}{first - 1} and below", ["Id", *ids]
        count = len(self.rows.ruled)
        who = "1 row has" if count == 1 else f"{count} rows have"
        self.report.notice(
            "id-by-rule",
            self._first("Id"),
            f"{who} no id, so their links follow from the headlines and change with them",
            f"to keep the links for good, paste this {where}:\n" + "\n".join(ids),
        )

    def _first(self, column: str = "") -> Cell:
        heading = self.grid.heading
        assert heading is not None
        return heading.cells[self.columns.get(column, 0)]

    def _problem(self, code: str, place: Location, message: str, *hints: str) -> None:
        """Report what is wrong with the sheet as a whole."""
        self.report.problems.append(Problem(code, place, message, hints))


def _texts(node: Node) -> list[str]:
    """The texts of a list, or of one text where a list is meant."""
    items = node.items if isinstance(node, Items) else (node,)
    return [item.value for item in items if isinstance(item, Scalar)]


def _allowing(event: Node, code: str) -> Node:
    """An event with a code more under `allow`."""
    assert isinstance(event, RowTree)
    old = event.get("allow")
    items = (*(old.items if isinstance(old, Items) else ()), Scalar(code, event.location))
    kept = tuple(entry for entry in event.entries if entry[0].value != "allow")
    allow = (Scalar("allow", event.location), Items(items, event.location))
    return RowTree((*kept, allow), event.location)


def _with_items(entries: Entries, key: str, items: Sequence[Node], place: Location) -> Entries:
    """The entries with more items under a key; a value there that is no list stays beside them."""
    found = next((value for name, value in entries if name.value == key), None)
    if isinstance(found, Items):
        joined = Items((*found.items, *items), found.location)
        return [(name, joined if value is found else value) for name, value in entries]
    return [*entries, (Scalar(key, place), Items(tuple(items), place))]


def _ranges(numbers: Sequence[int]) -> str:
    """ "row 4", "rows 2 to 9 and 11"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = [str(a) if a == b else f"{a} to {b}" for a, b in spans]
    text = " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
    return f"{'row' if len(numbers) == 1 else 'rows'} {text}"
