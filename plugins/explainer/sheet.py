"""A sheet of events, `stories/<id>.csv`, as the tree that a story's YAML would have given.

The columns are TimelineJS's and ours. `read_sheet` joins the rows to the tree of the story's YAML:
every value is a text with its place, so records, references, evidence and order are checked like
all others, and nothing behind this module knows of sheets. What is wrong with a cell is reported
here; nothing that somebody wrote is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final

from .dates import DateError, overlaps, parse_date
from .grid import Cell, Grid, Row, letters, read_grid
from .model import Actor, Event, Id, Place, slugify
from .problems import Location, Problem, Severity, did_you_mean, suggestion
from .sheet_dates import CellError, edtf_of_cells, explain_date
from .tree import Mapping as Tree
from .tree import Node, Scalar, Unread, check_characters
from .tree import Sequence as Items

#: TimelineJS's columns, by its documentation; `Tag` is the older name of `Group`.
TIMELINE_COLUMNS: Final = (
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time"),
    *("Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption"),
    *("Media Thumbnail", "Alt Text", "Type", "Group", "Background"),
)
#: Ours.
OUR_COLUMNS: Final = (
    *("Id", "Date", "Actors", "Place", "Weight", "Status", "Evidence", "Article", "Source", "Link"),
)
#: Further keys of an event that may have a column; with how their cells are read.
KEY_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "Date Note": ("date_note", "text"),
    "Actors Note": ("actors_note", "text"),
    "According To": ("according_to", "actors"),
    "After": ("after", "list"),
    "Before": ("before", "list"),
    "Rests On": ("rests_on", "list"),
    "Tags": ("tags", "list"),
    "Note": ("note", "text"),
    "Todo": ("todo", "text"),
    "Was": ("was", "list"),
    "Allow": ("allow", "list"),
    "Added": ("added", "text"),
    "Updated": ("updated", "text"),
}
COLUMNS: Final = (*TIMELINE_COLUMNS, *OUR_COLUMNS, *KEY_COLUMNS)
_DATES: Final = (*COLUMNS[:8], "Date")
#: Read from what is not an event; all else in such a row is reported as not read.
_ERA_CELLS: Final = frozenset({*_DATES, "Type", "Headline"})
_TITLE_CELLS: Final = frozenset(
    {"Type", "Headline", "Text", "Source", "Media", "Media Credit", "Media Caption", "Alt Text"}
)
#: Headings that mean one of ours and are not like it.
_SYNONYMS: Final = {
    "title": "Headline",
    "description": "Text",
    "tag": "Group",
    "location": "Place",
    "start date": "Date",
    "end date": "Date",
    "actor": "Actors",
    "who": "Actors",
    "caption": "Media Caption",
    "credit": "Media Credit",
    "alt": "Alt Text",
    "url": "Link",
}
#: Problems after which there may be rows of which nothing is known.
UNREAD_ROWS: Final = frozenset({"missing-column", "too-long", "unclosed-quote"})
_PLAIN_COLUMNS: Final = ("Headline", "Display Date", "Media Caption", "Media Credit", "Alt Text")
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")
_FORMULA: Final = re.compile(
    r"=\s*\S|#(?:REF|N/A|NAME\?|VALUE|DIV/0|NUM|NULL|SPILL|ERROR)!?$|###+$"
)
_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s\"'<>]+", re.I)
_PICTURE: Final = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.I)


class SheetEvent(Event):
    """An event of a row: its evidence is words of the article that the row names."""

    article: Id | None = None


@dataclass(frozen=True, slots=True)
class RowTree(Tree):
    """The tree of a row: read as a `SheetEvent`."""


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of actors and places by the names that people write, in small letters."""

    actors: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def names_of(actors: Mapping[str, Actor], places: Mapping[str, Place]) -> Names:
    """The names that mean one actor or place alone: names, and aliases of actors."""
    return Names(
        _by_name((text, i) for i, a in actors.items() for text in (a.name, *a.aliases)),
        _by_name((p.name, i) for i, p in places.items()),
    )


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for text, name in pairs:
        found.setdefault(_folded(text), set()).add(name)
    return {text: min(ids) for text, ids in found.items() if len(ids) == 1}


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()


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
    reader = _Reader(read_grid(clean), file, story, names or Names(), zone, problems)
    return reader.read(expects_title), problems


# ------------------------------------------------------------------------------------ a row


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that is not blank: what is filled of the columns that are read."""

    row: Row
    cells: Mapping[str, Cell]
    is_broken: bool = False
    """Whether cells may stand in the wrong columns; that is reported, and no more of the row."""

    def has(self, *columns: str) -> bool:
        return any(column in self.cells for column in columns)

    def text(self, column: str) -> str:
        return self.cells[column].text if column in self.cells else ""

    @property
    def kind(self) -> str:
        """What its `Type` says: "" for an event, "title", "era", or what is none of these."""
        kind = self.text("Type").casefold()
        return "" if kind in {"event", "slide"} else kind

    @property
    def head(self) -> Cell:
        """The cell that stands for the row in a message."""
        first = min(self.cells.values(), key=lambda cell: cell.index)
        return self.cells.get("Headline", first)


Entries = list[tuple[Scalar, Node]]


class _Reader:
    """State of reading one sheet."""

    def __init__(
        self,
        grid: Grid,
        file: str,
        story: Tree | None,
        names: Names,
        zone: tzinfo | None,
        problems: list[Problem],
    ) -> None:
        self.grid = grid
        self.file = file
        self.story = story
        self.names = names
        self.zone = zone
        self.problems = problems
        self.columns: dict[str, int] = {}
        self.lanes = dict(_lanes_of(story))
        self.new_lanes: list[Tree] = []
        self.ids: dict[str, Cell] = {}
        self.ruled: dict[int, str] = {}
        """Ids by rule, by the number of their row."""
        self.unread: list[Cell] = []
        """What nobody reads: the headings of columns, and single cells."""

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
        rows: list[_Line] = []
        for line in lines:
            match line.kind:
                case kind if kind == "" or (line.is_broken and kind not in ("era", "title")):
                    rows.append(line)
                    events.append(self._event(line))
                case "era" if line.is_broken:
                    pass
                case "era":
                    eras.extend(self._era(line))
                case "title" if not keys:
                    keys = self._title(line)
                case "title":
                    self._cell_problem(
                        "bad-choice",
                        line.cells["Type"],
                        "another row is the title already",
                        "a sheet has one; leave 'Type' empty for an event",
                    )
                case _:
                    self._bad_type(line.cells["Type"])
        if not any(p.severity == "error" and p.location.file == self.file for p in self.problems):
            self._tell(lines)
        events = self._with_support(rows, events)
        return self._joined(keys, events, eras, expects_title)

    # -------------------------------------------------------------------------- heading

    def _read_heading(self) -> bool:
        """Which column is where; false where the first row is no heading."""
        heading = self.grid.heading
        if heading is None:
            self._problem("empty-value", Location(self.file), "the sheet is empty", _HEADINGS)
            return False
        known = {_folded(name): name for name in COLUMNS}
        has_group = any(_folded(cell.text) == "group" for cell in heading.cells)
        if not any(_folded(cell.text) in known for cell in heading.cells):
            self._cell_problem(
                "missing-column",
                heading.cells[0],
                "the first row names none of the columns that are read",
                _HEADINGS,
            )
            return False
        slips: list[tuple[str, Cell]] = []
        for cell in heading.cells:
            name = known.get(_folded(cell.text))
            if name is None and _folded(cell.text) == "tag" and not has_group:
                name = "Group"
            if name is None:
                near = self._unknown_column(cell)
                slips += [(near, cell)] if near else []
            elif name in self.columns:
                self._cell_problem(
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
            self._cell_problem(
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
            self._cell_problem(
                "unknown-column", first, "this column has no heading", "name it in the first row"
            )
            return None
        near = _SYNONYMS.get(_folded(cell.text)) or _near_column(cell.text)
        if near is None:
            self.unread.append(cell)
            return None
        self._cell_problem(
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

    def _lines(self) -> Iterator[_Line]:
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
                yield _Line(row, cells, is_broken)

    def _check_row(self, row: Row, width: int) -> bool:
        """Report what breaks a row: cells behind its end, and quotes that are not closed."""
        before = len(self.problems)
        for cell in row.cells:
            if not cell.is_closed:
                self._cell_problem(
                    "unclosed-quote",
                    cell,
                    "this cell begins with a quote that is never closed, "
                    "so it takes in everything below",
                    'close it with ", or write "" for a quote that belongs to the text',
                )
            elif cell.tail:
                self._cell_problem(
                    "unclosed-quote",
                    cell,
                    f"something stands behind the closing quote: {cell.tail[:40]}",
                    'a quote that belongs to the text is written "" inside of quotes',
                )
        extra = next((cell for cell in row.cells[width:] if cell.text), None)
        if extra is not None:
            self._cell_problem(
                "ragged-row",
                extra,
                f"the row has {len(row.cells)} cells, and the heading {width}",
                'text that holds the sign between the cells stands in "double quotes"',
            )
        return len(self.problems) > before

    def _check_cells(self, cells: Mapping[str, Cell]) -> None:
        for name, cell in cells.items():
            if _FORMULA.match(cell.text):
                is_narrow = set(cell.text) == {"#"}
                self._cell_problem(
                    "formula-cell",
                    cell,
                    "the column was too narrow when the sheet was saved"
                    if is_narrow
                    else "this is a formula or its error, not a value",
                    "make the column wider and save again"
                    if is_narrow
                    else "copy the cell and paste it as a value",
                )
            elif name in _PLAIN_COLUMNS and (found := _MARKUP.search(cell.text)):
                plain = " ".join(_MARKUP.sub(" ", cell.text).split())
                self._cell_problem(
                    "markup-in-text",
                    cell,
                    f"'{found[0][:40]}' is HTML, and '{name}' is plain text",
                    *([f"did you mean '{plain[:100]}'?"] if plain else []),
                    at=found.start(),
                    length=len(found[0]),
                )

    # --------------------------------------------------------------------------- events

    def _event(self, line: _Line) -> RowTree:
        """The tree of an event, as if it stood in YAML."""
        entries: Entries = []
        if line.is_broken:
            self._take(entries, "title", line, "Headline")
            self._id(entries, line, "")
            return RowTree(tuple(entries), self._place(line.head))
        if line.has("Headline"):
            self._take(entries, "title", line, "Headline")
        else:
            self._missing(line, "Headline", "the row has no 'Headline': what happened?")
            entries.append((_key("title", line.head, self), Unread(self._place(line.head))))
        date = self._date(entries, line)
        self._id(entries, line, date)
        for key, column in (("text", "Text"), ("date_text", "Display Date")):
            self._take(entries, key, line, column)
        for key, column in (("status", "Status"), ("weight", "Weight")):
            self._take(entries, key, line, column, "-".join(_folded(line.text(column)).split()))
        self._lane(entries, line)
        self._place_id(entries, line)
        if line.has("Actors"):
            entries.append(
                (_key("actors", line.cells["Actors"], self), self._actors(line, "Actors"))
            )
        self._evidence(entries, line)
        self._media(entries, line)
        self._sources(entries, "sources", line, "Source")
        for column, (key, form) in KEY_COLUMNS.items():
            self._further(entries, line, column, key, form)
        return RowTree(tuple(entries), self._place(line.head))

    def _take(
        self, entries: Entries, key: str, line: _Line, column: str, text: str | None = None
    ) -> None:
        """A cell as the value of a key."""
        cell = line.cells.get(column)
        if cell is not None:
            value = Scalar(cell.text if text is None else text, self._place(cell), False)
            entries.append((_key(key, cell, self), value))

    def _date(self, entries: Entries, line: _Line) -> str:
        """The date as EDTF; empty where there is none, or none that can be read."""
        try:
            text, cell = self._edtf(line)
        except CellError as error:
            self._report(error)
            entries.append((_key("date", error.cell, self), Unread(self._place(error.cell))))
            return ""
        if cell is not None:
            entries.append((_key("date", cell, self), Scalar(text, self._place(cell), False)))
        elif not line.has("Article"):
            self._missing(
                line,
                "Date" if "Date" in self.columns else "Year",
                f"the row '{line.text('Headline')[:60]}' has no date",
                "fill 'Year', or 'Date' with as much as is known: 2025-12, 2025, 1963~, 2019/2021",
                "an event of one of our articles needs none: name that in 'Article'",
            )
        return text

    def _edtf(self, line: _Line) -> tuple[str, Cell | None]:
        """The date of a row and the cell that it stands in. Raises CellError."""
        built = edtf_of_cells(line.cells, self.zone)
        cell = line.cells.get("Date")
        if built is not None and built.is_short and not self._allows(line, "short-year"):
            year = built.cell.text
            self._warn(
                "short-year",
                built.cell,
                f"'{year}' is the year {year} CE, not 20{year:0>2}",
                "write all four digits",
                "if it is meant, write short-year into the column 'Allow' of this row",
            )
        if cell is None:
            return (built.text, built.cell) if built else ("", None)
        try:
            date = parse_date(cell.text, self.zone)
        except DateError as error:
            raise CellError(cell, error.message, *explain_date(cell.text, error)) from None
        if built is not None and not overlaps(date, parse_date(built.text, self.zone)):
            raise CellError(
                built.cell,
                f"'{built.text}' here and '{cell.text}' in the column 'Date' cannot both be true",
                "mend one of the two; 'Date' is the one that is shown",
            )
        return cell.text, cell

    def _id(self, entries: Entries, line: _Line, date: str) -> None:
        """The id as written, or by rule: from the headline, else from the date."""
        cell = line.cells.get("Id")
        name = cell.text if cell else slugify(" ".join(line.text("Headline").split()[:6]))
        if cell is None and not name and date:
            name = slugify(f"event {date}")
        if not name:
            if line.has("Headline") and not line.is_broken:
                self._missing(line, "Id", "no id can be made from this headline; write one")
            return
        place = cell or line.head
        first = self.ids.get(name)
        if first is not None:
            offer = self._free(slugify(f"{name} {date}") or name)
            self._cell_problem(
                "duplicate-id",
                place,
                f"the id '{name}' is that of row {first.row}, too",
                f"write one of its own into the column 'Id', for example {offer}",
            )
            name = offer
        self.ids[name] = place
        if cell is None:
            self.ruled[line.row.number] = name
        entries.append((_key("id", place, self), Scalar(name, self._place(place), False)))

    def _free(self, name: str) -> str:
        number, free = 1, name
        while free in self.ids:
            number += 1
            free = f"{name}-{number}"
        return free

    def _lane(self, entries: Entries, line: _Line) -> None:
        """Its group is a lane: one of the YAML's, by id or title, else one that the sheet adds."""
        cell = line.cells.get("Group")
        if cell is None:
            return
        name = self.lanes.get(_folded(cell.text))
        if name is None and _has_lanes(self.story):
            name = cell.text  # reported with the lanes that there are
        elif name is None:
            taken = set(self.lanes.values())
            name = slugify(cell.text) or f"lane-{len(taken) + 1}"
            name = f"{name}-{len(taken) + 1}" if name in taken else name
            self.lanes[_folded(cell.text)] = name
            place = self._place(cell)
            pairs = (("id", name), ("title", cell.text))
            new = tuple((Scalar(k, place), Scalar(v, place, False)) for k, v in pairs)
            self.new_lanes.append(Tree(new, place))
        entries.append((_key("lane", cell, self), Scalar(name, self._place(cell), False)))

    def _place_id(self, entries: Entries, line: _Line) -> None:
        cell = line.cells.get("Place")
        if cell is not None:
            name = self._named("place", self.names.places, cell, cell.text, 0)
            place = self._place(cell)
            entries.append(
                (_key("place", cell, self), Scalar(name, place, False) if name else Unread(place))
            )

    def _named(
        self, kind: str, names: Mapping[str, str], cell: Cell, text: str, offset: int
    ) -> str | None:
        """The id that is written, or that of who is called so; None where there is nobody."""
        found = names.get(_folded(text))
        if found is not None or slugify(text) == text:
            return found if found is not None else text  # an id that nobody has: see link.py
        near = did_you_mean(text, names)
        known = self.names.actors if kind == "actor" else self.names.places
        hints = (f"did you mean '{known[near]}'?",) if near else ()
        name = slugify(text) or "…"
        example = f"{{name: {text}, kind: person}}" if kind == "actor" else f"{{name: {text}}}"
        hints = hints or (f"add a line '{name}: {example}' to content/{kind}s.yaml",)
        self._cell_problem(
            f"unknown-{kind}",
            cell,
            f"there is no {kind} '{text[:80]}'",
            *hints,
            at=offset,
            length=len(text),
        )
        return None

    def _actors(self, line: _Line, column: str) -> Items:
        """`merz; zelenskiy: for Ukraine; unnamed: some partners`; commas do without such words."""
        cell = line.cells[column]
        mark = (
            r"[;\n]" if re.search(r"[;\n]", cell.text) else "," if ":" not in cell.text else r"\n"
        )
        return Items(
            tuple(self._one_actor(cell, *p) for p in _parts(cell.text, mark)), self._place(cell)
        )

    def _one_actor(self, cell: Cell, text: str, offset: int) -> Node:
        name, colon, words = (part.strip() for part in text.partition(":"))
        place = self._place(cell, offset, len(name))
        found = self._named(
            "actor", {**self.names.actors, "unnamed": "unnamed"}, cell, name, offset
        )
        if found is None:
            return Unread(place)
        if not colon or not words:
            return Scalar(found, place, False)
        value = Scalar(words, self._place(cell, offset + text.index(words), len(words)), False)
        return Tree(((Scalar(found, place), value),), place)

    def _evidence(self, entries: Entries, line: _Line) -> None:
        """Words of the article that the row names, a passage a line."""
        self._take(entries, "article", line, "Article", line.text("Article").removesuffix(".md"))
        cell = line.cells.get("Evidence")
        if cell is None:
            return
        place = self._place(cell)
        if not line.has("Article"):
            self._cell_problem(
                "evidence-without-article",
                cell,
                "evidence is words of an article, and the row names none",
                "write the name of its file in content/articles/ into the column 'Article'",
                "what others have published goes into the column 'Source'",
            )
            entries.append((_key("evidence", cell, self), Unread(place)))
            return
        passages = [
            Scalar(text, self._place(cell, at, len(text)), False)
            for text, at in _parts(cell.text, r"\n")
        ]
        entries.append((_key("evidence", cell, self), Items(tuple(passages), place)))

    def _media(self, entries: Entries, line: _Line) -> None:
        """A picture of ours is shown; everything else is a link: pages ask no one else."""
        links = list(self._links(line, "Link"))
        cell = line.cells.get("Media")
        if cell is not None:
            address = _ADDRESS.search(cell.text)
            if "<" in cell.text:
                self._cell_problem(
                    "markup-in-text",
                    cell,
                    "this is code to embed, and a page shows nothing from other sites",
                    *([f"did you mean '{address[0]}'?"] if address else ["write its address"]),
                )
            elif address and address.start() == 0 and address.end() == len(cell.text):
                links.insert(0, self._media_link(line, cell))
            else:
                self._image(entries, line, cell)
        if links:
            place = links[0].location
            entries.append((Scalar("links", place), Items(tuple(links), place)))

    def _media_link(self, line: _Line, cell: Cell) -> Tree:
        url = f"https:{cell.text}" if cell.text.startswith("//") else cell.text
        title = next((n for n in ("Media Caption", "Alt Text") if line.has(n)), None)
        pairs = [("title", line.cells[title] if title else cell, ""), ("url", cell, url)]
        if line.has("Media Credit"):
            pairs.append(("credit", line.cells["Media Credit"], ""))
        if title is None:
            pairs[0] = ("title", cell, _host(url))
        return Tree(
            tuple(
                (Scalar(key, self._place(c)), Scalar(text or c.text, self._place(c), False))
                for key, c, text in pairs
            ),
            self._place(cell),
        )

    def _image(self, entries: Entries, line: _Line, cell: Cell) -> None:
        file = re.sub(r"^(?:\./|/)?(?:content/)?(?:images/)?", "", cell.text)
        place = self._place(cell)
        if not _PICTURE.search(file):
            self._cell_problem(
                "bad-url",
                cell,
                f"'{cell.text[:80]}' is neither an address nor a picture",
                "allowed are https://…, and the name of a picture in content/images/",
            )
            return
        if not line.has("Alt Text"):
            self._missing(
                line,
                "Alt Text",
                "the picture has no 'Alt Text'",
                "say what is on it, for those who cannot see it",
            )
            return
        pairs: Entries = [(Scalar("file", place), Scalar(file, place, False))]
        for key, column in (
            ("alt", "Alt Text"),
            ("credit", "Media Credit"),
            ("caption", "Media Caption"),
        ):
            self._take(pairs, key, line, column)
        entries.append((_key("image", cell, self), Tree(tuple(pairs), place)))

    def _sources(self, entries: Entries, key: str, line: _Line, column: str) -> None:
        found = tuple(self._links(line, column))
        if found:
            cell = line.cells[column]
            entries.append((_key(key, cell, self), Items(found, self._place(cell))))

    def _links(self, line: _Line, column: str) -> Iterator[Tree]:
        """Titles with addresses, one a line: `Minutes of the council https://example.org/12`."""
        cell = line.cells.get(column)
        if cell is None:
            return
        for text, offset in _parts(cell.text, r"\n"):
            for title, url, at in _titled(text):
                title = title or _host(url)
                length = len(text) - at
                place = self._place(cell, offset + at, length)
                pairs = (("title", title), *([("url", url)] if url else []))
                yield Tree(
                    tuple((Scalar(k, place), Scalar(v, place, False)) for k, v in pairs), place
                )

    def _further(self, entries: Entries, line: _Line, column: str, key: str, form: str) -> None:
        cell = line.cells.get(column)
        if cell is None:
            return
        if form == "text":
            self._take(entries, key, line, column)
        elif form == "actors":
            entries.append((_key(key, cell, self), self._actors(line, column)))
        else:
            items = [
                Scalar(text, self._place(cell, at, len(text)), False)
                for text, at in _parts(cell.text, r"[;,\n]")
            ]
            entries.append((_key(key, cell, self), Items(tuple(items), self._place(cell))))

    # ------------------------------------------------------------- what is not an event

    def _title(self, line: _Line) -> Entries:
        """The story's own keys; those of its YAML come first."""
        self._ignored(line, _TITLE_CELLS)
        entries: Entries = []
        if line.has("Headline"):
            self._take(entries, "title", line, "Headline")
        else:
            self._missing(line, "Headline", "the title row has no 'Headline'")
        if line.has("Text"):
            short: Entries = []
            self._take(short, "text", line, "Text")
            cell = line.cells["Text"]
            entries.append((_key("short", cell, self), Tree(tuple(short), self._place(cell))))
        self._sources(entries, "sources", line, "Source")
        self._media(entries, line)
        for key, value in [e for e in entries if e[0].value == "links"]:
            entries.remove((key, value))
            self.unread += [line.cells[name] for name in ("Media", "Link") if line.has(name)]
        return entries

    def _era(self, line: _Line) -> Iterator[Tree]:
        self._ignored(line, _ERA_CELLS)
        if not line.has("Headline"):
            self._missing(line, "Headline", "the era has no 'Headline'")
        try:
            text, cell = self._edtf(line)
        except CellError as error:
            self._report(error)
            return
        if cell is None or "/" not in text:
            column = "End Year" if "End Year" in self.columns else "Date"
            self._missing(
                line,
                column,
                "an era needs a date with a beginning and an end",
                "for one that goes on write for example 2022/.. into 'Date'",
            )
        elif line.has("Headline"):
            head = line.cells["Headline"]
            yield Tree(
                (
                    (_key("title", head, self), Scalar(head.text, self._place(head), False)),
                    (_key("date", cell, self), Scalar(text, self._place(cell), False)),
                ),
                self._place(head),
            )

    def _ignored(self, line: _Line, read: frozenset[str]) -> None:
        self.unread += [cell for name, cell in line.cells.items() if name not in read]

    def _bad_type(self, cell: Cell) -> None:
        allowed = ("title", "era")
        self._cell_problem(
            "bad-choice",
            cell,
            f"'Type' cannot be '{cell.text[:60]}'",
            "allowed: title, era, or nothing for an event",
            *suggestion(cell.text, allowed),
        )

    # --------------------------------------------------------------------------- joining

    def _with_support(self, rows: Sequence[_Line], events: list[Node]) -> list[Node]:
        """The events, of which those without a source are warned of in one message, not in many."""
        story = self.story.get("allow") if self.story else None
        is_allowed = story is not None and "no-source" in _texts(story)
        bare = [
            line
            for line in rows
            if not line.is_broken
            and not line.has("Source", "Evidence", "Rests On")
            and not self._allows(line, "no-source")
        ]
        if bare and not is_allowed:
            numbers = _ranges([line.row.number for line in bare])
            have = "has" if len(bare) == 1 else "have"
            yaml = re.sub(r"csv$", "yaml", self.file)
            self._warn(
                "no-source",
                bare[0].head,
                f"{numbers} {have} neither evidence nor a source",
                "fill 'Source' with title and address, or 'Article' and 'Evidence'",
                "if it is meant, write no-source into the column 'Allow', "
                f"or 'allow: [no-source]' into {yaml} for all rows",
            )
        names = {line.row.number for line in rows if line.is_broken or line in bare}
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
        for key, items in (("events", events), ("eras", eras), ("lanes", self.new_lanes)):
            if items:
                entries = _with_items(entries, key, items, place)
        return Tree(tuple(entries), self.story.location if self.story else place)

    # --------------------------------------------------------------------------- notices

    def _tell(self, lines: Sequence[_Line]) -> None:
        """What is good to know once nothing is wrong: ids by rule, and what is not read."""
        if self.ruled:
            self._tell_ids(lines)
        heading = self._first().row
        for name in ("Background", "Media Thumbnail"):
            if name in self.columns and self._is_filled(self.columns[name]):
                self.unread.append(self._first(name))
        columns = sorted({cell.index: cell for cell in self.unread if cell.row == heading}.items())
        names = [f"column {letters(index)} ({cell.text[:40]})" for index, cell in columns]
        single = [c for c in self.unread if c.row != heading and c.index not in dict(columns)]
        names += [f"cell {cell.name}" for cell in single]
        if names:
            self._notice(
                "ignored-cell",
                columns[0][1] if columns else single[0],
                f"not read: {', '.join(names)}",
                "a heading that begins with '#' says that you know",
            )

    def _tell_ids(self, lines: Sequence[_Line]) -> None:
        """The column of ids as it should be, to be pasted as a whole."""
        rows = {line.row.number: line for line in lines}
        heading = self.grid.heading
        first = heading.number + 1 if heading else 1
        ids = [
            self.ruled.get(n) or (rows[n].text("Id") if n in rows else "")
            for n in range(first, max(self.ruled) + 1)
        ]
        if "Id" in self.columns:
            where = f"into {letters(self.columns['Id'])}{first} and below"
        else:
            index = len(heading.cells) if heading else 0
            where, ids = f"into {letters(index)}{first - 1} and below", ["Id", *ids]
        count = len(self.ruled)
        who = "1 row has" if count == 1 else f"{count} rows have"
        self._notice(
            "id-by-rule",
            self._first("Id"),
            f"{who} no id, so their links follow from the headlines and change with them",
            f"to keep the links for good, paste this {where}:\n" + "\n".join(ids),
        )

    def _first(self, column: str = "") -> Cell:
        heading = self.grid.heading
        assert heading is not None
        return heading.cells[self.columns.get(column, 0)]

    # -------------------------------------------------------------------------- problems

    def _place(self, cell: Cell, offset: int = 0, length: int | None = None) -> Location:
        line, column = cell.position(offset)
        whole = len(cell.text[offset:].split("\n", 1)[0]) if length is None else length
        return Location(self.file, line, column, max(1, whole))

    def _cell_problem(
        self,
        code: str,
        cell: Cell,
        message: str,
        *hints: str,
        at: int = 0,
        length: int | None = None,
        severity: Severity = "error",
    ) -> None:
        place = self._place(cell, at, length)
        self.problems.append(Problem(code, place, message, hints, severity))

    def _problem(self, code: str, place: Location, message: str, *hints: str) -> None:
        self.problems.append(Problem(code, place, message, hints))

    def _report(self, error: CellError) -> None:
        self._cell_problem("bad-date", error.cell, error.message, *error.hints)

    def _missing(self, line: _Line, column: str, message: str, *hints: str) -> None:
        """A cell that should be filled: shown where it is, else at the head of its row."""
        index = self.columns.get(column, -1)
        cell = line.row.cells[index] if 0 <= index < len(line.row.cells) else line.head
        self._cell_problem("missing-cell", cell, message, *hints)

    def _warn(self, code: str, cell: Cell, message: str, *hints: str) -> None:
        self._cell_problem(code, cell, message, *hints, severity="warning")

    def _notice(self, code: str, cell: Cell, message: str, *hints: str) -> None:
        self._cell_problem(code, cell, message, *hints, severity="notice")

    @staticmethod
    def _allows(line: _Line, code: str) -> bool:
        return code in re.split(r"[;,\s]+", line.text("Allow"))


# ---------------------------------------------------------------------------------- pieces

_HEADINGS = (
    f"it begins with a row of headings, such as: {', '.join(TIMELINE_COLUMNS[:3])}, Headline"
)


def _near_column(text: str) -> str | None:
    """The column that a heading is a slip of; without one, it is an editor's own."""
    near = did_you_mean(_folded(text), [_folded(name) for name in COLUMNS])
    return next((name for name in COLUMNS if _folded(name) == near), None)


def _key(name: str, cell: Cell, reader: _Reader) -> Scalar:
    return Scalar(name, reader._place(cell))


def _parts(text: str, mark: str) -> Iterator[tuple[str, int]]:
    """The parts of a text between marks, trimmed, each with its place; empty ones fall out."""
    start = 0
    for end in [*(m.start() for m in re.finditer(mark, text)), len(text)]:
        part = text[start:end]
        if part.strip():
            yield part.strip(), start + len(part) - len(part.lstrip())
        start = end + 1


def _titled(text: str) -> Iterator[tuple[str, str, int]]:
    """(title, address, place) of each: `Title https://…; Title https://…`, or the address first."""
    found = list(re.finditer(r"https?://[^\s|<>]+", text, re.I))
    if not found:
        yield text, "", 0
        return
    if len(found) == 1 and found[0].start() == 0:
        url = _address(found[0][0])
        yield _words(text[found[0].end() :]), url, 0
        return
    start = 0
    for one in found:
        yield _words(text[start : one.start()]), _address(one[0]), start
        start = one.end()
    rest = _words(text[start:])
    if rest:
        yield rest, "", start


def _address(text: str) -> str:
    """An address without what follows it in a sentence or in Markdown."""
    text = text.rstrip(";,")
    return text if "(" in text else text.rstrip(")")


def _words(text: str) -> str:
    """A title without what parts it from its address."""
    return text.strip(" \t|;,:–—-<>()[]") if text.strip() else ""


def _host(url: str) -> str:
    found = re.match(r"https?://(?:www\.)?([^/?#:]+)", url, re.I)
    return found[1] if found else url


def _has_lanes(story: Tree | None) -> bool:
    return story is not None and story.get("lanes") is not None


def _lanes_of(story: Tree | None) -> Iterator[tuple[str, str]]:
    """(folded id or title, id) of the lanes that a story's YAML lists."""
    lanes = story.get("lanes") if story else None
    for lane in lanes.items if isinstance(lanes, Items) else ():
        if isinstance(lane, Tree) and isinstance(name := lane.get("id"), Scalar):
            yield _folded(name.value), name.value
            if isinstance(title := lane.get("title"), Scalar):
                yield _folded(title.value), name.value


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
