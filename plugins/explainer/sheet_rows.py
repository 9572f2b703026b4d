"""The rows of a sheet as trees: an event, an era, or the keys of the story itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final, TypeAlias

from .dates import DateError, overlaps, parse_date
from .grid import Cell, Row
from .model import UNNAMED, Actor, Event, Id, Place, slugify
from .problems import Location, Problem, Severity, did_you_mean
from .sheet_columns import ERA_COLUMNS, KEY_COLUMNS, TITLE_COLUMNS, folded
from .sheet_dates import CellError, edtf_of_cells, explain_date
from .sheet_text import Anchor, host_of, link_addresses, split_links, split_parts
from .tree import Mapping as Tree
from .tree import Node, Scalar, Unread
from .tree import Sequence as Items

#: More parts than any cell has that is not a slip.
_MAX_PARTS: Final = 200
_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s\"'<>]+", re.I)
#: What is meant as an address and is none: `www.example.org`, `example.org/9`, `ftp://…`.
_BROKEN_ADDRESS: Final = re.compile(
    r"(?<![\w./@])(?:[a-z][a-z+.-]*://\S+|www\.[\w-]+\.\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*)", re.I
)
_PICTURE: Final = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)$", re.I)

Entries: TypeAlias = list[tuple[Scalar, Node]]


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
        found.setdefault(folded(text), set()).add(name)
    return {text: min(ids) for text, ids in found.items() if len(ids) == 1}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not blank: what is filled of the columns that are read."""

    row: Row
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]
    """The numbers of the columns that the sheet has."""
    anchors: tuple[Anchor, ...] = ()
    """Links in captions and credits, which are links of the event."""
    is_broken: bool = False
    """Whether cells may stand in the wrong columns; that is reported, and no more of the row."""

    def has(self, *columns: str) -> bool:
        """Whether a cell is filled in any of the columns."""
        return any(column in self.cells for column in columns)

    def text(self, column: str) -> str:
        """What stands in a column; empty where nothing does."""
        return self.cells[column].text if column in self.cells else ""

    def empty(self, column: str) -> Cell:
        """The cell to fill in a column; the head of the row where the sheet has no such column."""
        index = self.columns.get(column, len(self.row.cells))
        return self.row.cells[index] if index < len(self.row.cells) else self.head

    def allows(self, code: str) -> bool:
        """Whether a warning is meant."""
        return code in re.split(r"[;,\s]+", self.text("Allow"))

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


@dataclass(frozen=True, slots=True)
class CellReport:
    """Problems with the cells of one sheet, as they are found."""

    file: str
    problems: list[Problem]

    def place(self, cell: Cell, offset: int = 0, length: int | None = None) -> Location:
        """Where a stretch of a cell is in the file; without a length, the rest of its line."""
        line, column = cell.position(offset)
        whole = len(cell.text[offset:].split("\n", 1)[0]) if length is None else length
        return Location(self.file, line, column, max(1, whole))

    def problem(
        self,
        code: str,
        cell: Cell,
        message: str,
        *hints: str,
        at: int = 0,
        length: int | None = None,
        severity: Severity = "error",
    ) -> None:
        """Report what is wrong with a cell, or with `length` characters of it from `at` on."""
        place = self.place(cell, at, length)
        self.problems.append(Problem(code, place, message, hints, severity))

    def missing(self, line: Line, column: str, message: str, *hints: str) -> None:
        """A cell that should be filled: shown where it is, else at the head of its row."""
        self.problem("missing-cell", line.empty(column), message, *hints)

    def warn(self, code: str, cell: Cell, message: str, *hints: str) -> None:
        self.problem(code, cell, message, *hints, severity="warning")

    def notice(self, code: str, cell: Cell, message: str, *hints: str) -> None:
        self.problem(code, cell, message, *hints, severity="notice")


class RowReader:
    """Makes trees of rows, one after the other: ids and lanes depend on the rows before."""

    def __init__(
        self, report: CellReport, story: Tree | None, names: Names, zone: tzinfo | None
    ) -> None:
        self.report = report
        self.names = names
        self.actors = {**names.actors, UNNAMED: UNNAMED}
        self.zone = zone
        self.has_lanes = story is not None and story.get("lanes") is not None
        self.lanes = dict(_lanes_of(story))
        self.new_lanes: list[Node] = []
        """The lanes that the sheet adds, as the YAML would list them."""
        self.ids: dict[str, Cell] = {}
        self.ruled: dict[int, str] = {}
        """Ids by rule, by the number of their row."""
        self.unread: list[Cell] = []
        """What of the rows nobody reads."""

    def event(self, line: Line) -> RowTree:
        """The tree of an event, as if it stood in YAML."""
        entries: Entries = []
        if line.is_broken:
            self._take(entries, "title", line, "Headline")
            self._id(entries, line, "")
            return RowTree(tuple(entries), self.report.place(line.head))
        if line.has("Headline"):
            self._take(entries, "title", line, "Headline")
        else:
            self.report.missing(line, "Headline", "the row has no 'Headline': what happened?")
            entries.append((self._key("title", line.head), Unread(self.report.place(line.head))))
        date = self._date(entries, line)
        self._id(entries, line, date)
        self._take(entries, "text", line, "Text", link_addresses(line.text("Text")))
        self._take(entries, "date_text", line, "Display Date")
        for key, column in (("status", "Status"), ("weight", "Weight")):
            self._take(entries, key, line, column, "-".join(folded(line.text(column)).split()))
        self._lane(entries, line)
        self._place_id(entries, line)
        if line.has("Actors"):
            entries.append(
                (self._key("actors", line.cells["Actors"]), self._actors(line, "Actors"))
            )
        self._evidence(entries, line)
        self._media(entries, line)
        self._sources(entries, "sources", line, "Source")
        for column, (key, form) in KEY_COLUMNS.items():
            self._further(entries, line, column, key, form)
        return RowTree(tuple(entries), self.report.place(line.head))

    def title(self, line: Line) -> Entries:
        """The story's own keys; those of its YAML come first."""
        self._ignored(line, TITLE_COLUMNS)
        entries: Entries = []
        if line.has("Headline"):
            self._take(entries, "title", line, "Headline")
        else:
            self.report.missing(line, "Headline", "the title row has no 'Headline'")
        if line.has("Text"):
            short: Entries = []
            self._take(short, "text", line, "Text", link_addresses(line.text("Text")))
            cell = line.cells["Text"]
            entries.append((self._key("short", cell), Tree(tuple(short), self.report.place(cell))))
        self._sources(entries, "sources", line, "Source")
        self._media(entries, line)
        for key, value in [e for e in entries if e[0].value == "links"]:
            entries.remove((key, value))
            self.unread += [line.cells[name] for name in ("Media", "Link") if line.has(name)]
        return entries

    def era(self, line: Line) -> Iterator[Tree]:
        """The tree of an era; nothing where it is wrong."""
        self._ignored(line, ERA_COLUMNS)
        if not line.has("Headline"):
            self.report.missing(line, "Headline", "the era has no 'Headline'")
        try:
            text, cell = self._edtf(line)
        except CellError as error:
            self._wrong_date(error)
            return
        if cell is None or "/" not in text:
            column = "End Year" if "End Year" in line.columns else "Date"
            self.report.missing(
                line,
                column,
                "an era needs a date with a beginning and an end",
                "for one that goes on write for example 2022/.. into 'Date'",
            )
        elif line.has("Headline"):
            head = line.cells["Headline"]
            yield Tree(
                (
                    (self._key("title", head), Scalar(head.text, self.report.place(head), False)),
                    (self._key("date", cell), Scalar(text, self.report.place(cell), False)),
                ),
                self.report.place(head),
            )

    def _ignored(self, line: Line, read: frozenset[str]) -> None:
        self.unread += [cell for name, cell in line.cells.items() if name not in read]

    # --------------------------------------------------------------------------- values

    def _key(self, name: str, cell: Cell) -> Scalar:
        return Scalar(name, self.report.place(cell))

    def _wrong_date(self, error: CellError) -> None:
        self.report.problem("bad-date", error.cell, error.message, *error.hints)

    def _take(
        self, entries: Entries, key: str, line: Line, column: str, text: str | None = None
    ) -> None:
        """A cell as the value of a key."""
        cell = line.cells.get(column)
        if cell is not None:
            value = Scalar(cell.text if text is None else text, self.report.place(cell), False)
            entries.append((self._key(key, cell), value))

    def _date(self, entries: Entries, line: Line) -> str:
        """The date as EDTF; empty where there is none, or none that can be read."""
        try:
            text, cell = self._edtf(line)
        except CellError as error:
            self._wrong_date(error)
            entries.append((self._key("date", error.cell), Unread(self.report.place(error.cell))))
            return ""
        if cell is not None:
            entries.append((self._key("date", cell), Scalar(text, self.report.place(cell), False)))
        elif not line.has("Article"):
            self.report.missing(
                line,
                "Date" if "Date" in line.columns else "Year",
                f"the row '{line.text('Headline')[:60]}' has no date",
                "fill 'Year', or 'Date' with as much as is known: 2025-12, 2025, 1963~, 2019/2021",
                "an event of one of our articles needs none: name that in 'Article'",
            )
        return text

    def _edtf(self, line: Line) -> tuple[str, Cell | None]:
        """The date of a row and the cell that it stands in. Raises CellError."""
        built = edtf_of_cells(line.cells, self.zone)
        cell = line.cells.get("Date")
        if built is not None and built.short is not None and not line.allows("short-year"):
            year = built.short.text
            self.report.warn(
                "short-year",
                built.short,
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

    def _id(self, entries: Entries, line: Line, date: str) -> None:
        """The id as written, or by rule: from the headline, else from the date."""
        cell = line.cells.get("Id")
        name = cell.text if cell else slugify(" ".join(line.text("Headline").split()[:6]))
        if cell is None and not name and date:
            name = slugify(f"event {date}")
        if not name:
            if line.has("Headline") and not line.is_broken:
                self.report.missing(line, "Id", "no id can be made from this headline; write one")
            return
        place = cell or line.head
        first = self.ids.get(name)
        if first is not None:
            offer = self._free(slugify(f"{name} {date}") or name)
            self.report.problem(
                "duplicate-id",
                place,
                f"the id '{name}' is that of row {first.row}, too",
                f"write one of its own into the column 'Id', for example {offer}",
            )
            name = offer
        self.ids[name] = place
        if cell is None:
            self.ruled[line.row.number] = name
        entries.append((self._key("id", place), Scalar(name, self.report.place(place), False)))

    def _free(self, name: str) -> str:
        number, free = 1, name
        while free in self.ids:
            number += 1
            free = f"{name}-{number}"
        return free

    def _lane(self, entries: Entries, line: Line) -> None:
        """Its group is a lane: one of the YAML's, by id or title, else one that the sheet adds."""
        cell = line.cells.get("Group")
        if cell is None:
            return
        name = self.lanes.get(folded(cell.text))
        if name is None and self.has_lanes:
            name = cell.text  # reported with the lanes that there are
        elif name is None:
            taken = set(self.lanes.values())
            name = slugify(cell.text) or f"lane-{len(taken) + 1}"
            name = f"{name}-{len(taken) + 1}" if name in taken else name
            self.lanes[folded(cell.text)] = name
            place = self.report.place(cell)
            pairs = (("id", name), ("title", cell.text))
            new = tuple((Scalar(k, place), Scalar(v, place, False)) for k, v in pairs)
            self.new_lanes.append(Tree(new, place))
        entries.append((self._key("lane", cell), Scalar(name, self.report.place(cell), False)))

    def _place_id(self, entries: Entries, line: Line) -> None:
        cell = line.cells.get("Place")
        if cell is not None:
            name = self._named("place", self.names.places, cell, cell.text, 0)
            place = self.report.place(cell)
            entries.append(
                (self._key("place", cell), Scalar(name, place, False) if name else Unread(place))
            )

    def _named(
        self, kind: str, names: Mapping[str, str], cell: Cell, text: str, offset: int
    ) -> str | None:
        """The id that is written, or that of who is called so; None where there is nobody."""
        found = names.get(folded(text))
        if found is not None or slugify(text) == text:
            return found if found is not None else text  # an id that nobody has: see link.py
        near = did_you_mean(text, names)
        hints = (f"did you mean '{names[near]}'?",) if near else ()
        name = slugify(text) or "…"
        example = f"{{name: {text}, kind: person}}" if kind == "actor" else f"{{name: {text}}}"
        hints = hints or (f"add a line '{name}: {example}' to content/{kind}s.yaml",)
        self.report.problem(
            f"unknown-{kind}",
            cell,
            f"there is no {kind} '{text[:80]}'",
            *hints,
            at=offset,
            length=len(text),
        )
        return None

    def _listed(self, cell: Cell, mark: str) -> list[tuple[str, int]]:
        """The parts of a cell with their places; a cell of far too many has none."""
        found = list(split_parts(cell.text, mark))
        if len(found) > _MAX_PARTS:
            message = f"this cell has {len(found):,} parts, and at most {_MAX_PARTS} are read"
            self.report.problem("too-long", cell, message)
            return []
        return found

    def _actors(self, line: Line, column: str) -> Items:
        """`merz; zelenskiy: for Ukraine; unnamed: some partners`; commas do without such words."""
        cell = line.cells[column]
        mark = (
            r"[;\n]" if re.search(r"[;\n]", cell.text) else "," if ":" not in cell.text else r"\n"
        )
        return Items(
            tuple(self._one_actor(cell, *p) for p in self._listed(cell, mark)),
            self.report.place(cell),
        )

    def _one_actor(self, cell: Cell, text: str, offset: int) -> Node:
        name, colon, words = (part.strip() for part in text.partition(":"))
        place = self.report.place(cell, offset, len(name))
        found = self._named("actor", self.actors, cell, name, offset)
        if found is None:
            return Unread(place)
        if not colon or not words:
            return Scalar(found, place, False)
        value = Scalar(
            words, self.report.place(cell, offset + text.index(words), len(words)), False
        )
        return Tree(((Scalar(found, place), value),), place)

    def _evidence(self, entries: Entries, line: Line) -> None:
        """Words of the article that the row names, a passage a line."""
        self._take(entries, "article", line, "Article", line.text("Article").removesuffix(".md"))
        cell = line.cells.get("Evidence")
        if cell is None:
            return
        place = self.report.place(cell)
        if not line.has("Article"):
            self.report.problem(
                "evidence-without-article",
                cell,
                "evidence is words of an article, and the row names none",
                "write the name of its file in content/articles/ into the column 'Article'",
                "what others have published goes into the column 'Source'",
            )
            entries.append((self._key("evidence", cell), Unread(place)))
            return
        passages = [
            Scalar(text, self.report.place(cell, at, len(text)), False)
            for text, at in self._listed(cell, r"\n")
        ]
        entries.append((self._key("evidence", cell), Items(tuple(passages), place)))

    def _media(self, entries: Entries, line: Line) -> None:
        """A picture of ours is shown; everything else is a link: pages ask no one else."""
        links = list(self._links(line, "Link"))
        cell = line.cells.get("Media")
        if cell is not None:
            address = _ADDRESS.search(cell.text)
            if "<" in cell.text:
                self.report.problem(
                    "markup-in-text",
                    cell,
                    "this is code to embed, and a page shows nothing from other sites",
                    *([f"did you mean '{address[0]}'?"] if address else ["write its address"]),
                )
            elif address and address.start() == 0 and address.end() == len(cell.text):
                links.insert(0, self._media_link(line, cell))
            else:
                self._image(entries, line, cell)
        else:
            about = ("Media Caption", "Media Credit", "Alt Text")
            self.unread += [line.cells[name] for name in about if line.has(name)]
        links += [self._anchor(line, anchor) for anchor in line.anchors]
        if links:
            place = links[0].location
            entries.append((Scalar("links", place), Items(tuple(links), place)))

    def _anchor(self, line: Line, anchor: Anchor) -> Tree:
        place = self.report.place(line.cells.get(anchor.column, line.head))
        pairs = (("title", anchor.title or host_of(anchor.url)), ("url", anchor.url))
        return Tree(tuple((Scalar(k, place), Scalar(v, place, False)) for k, v in pairs), place)

    def _media_link(self, line: Line, cell: Cell) -> Tree:
        url = f"https:{cell.text}" if cell.text.startswith("//") else cell.text
        title = next((n for n in ("Media Caption", "Alt Text") if line.has(n)), None)
        pairs = [("title", line.cells[title] if title else cell, ""), ("url", cell, url)]
        if line.has("Media Credit"):
            pairs.append(("credit", line.cells["Media Credit"], ""))
        if title is None:
            pairs[0] = ("title", cell, host_of(url))
        return Tree(
            tuple(
                (
                    Scalar(key, self.report.place(c)),
                    Scalar(text or c.text, self.report.place(c), False),
                )
                for key, c, text in pairs
            ),
            self.report.place(cell),
        )

    def _image(self, entries: Entries, line: Line, cell: Cell) -> None:
        file = re.sub(r"^(?:\./|/)?(?:content/)?(?:images/)?", "", cell.text)
        place = self.report.place(cell)
        if not _PICTURE.search(file):
            self.report.problem(
                "bad-url",
                cell,
                f"'{cell.text[:80]}' is neither an address nor a picture",
                "allowed are https://…, and the name of a picture in content/images/",
            )
            return
        if not line.has("Alt Text"):
            self.report.missing(
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
        entries.append((self._key("image", cell), Tree(tuple(pairs), place)))

    def _sources(self, entries: Entries, key: str, line: Line, column: str) -> None:
        cell = line.cells.get(column)
        if cell is None:
            return
        before = len(self.report.problems)
        place = self.report.place(cell)
        value: Node = Items(tuple(self._links(line, column)), place)
        if len(self.report.problems) > before:
            value = Unread(place)
        entries.append((self._key(key, cell), value))

    def _links(self, line: Line, column: str) -> Iterator[Tree]:
        """Titles with addresses, one a line: `Minutes of the council https://example.org/12`."""
        cell = line.cells.get(column)
        if cell is None:
            return
        for text, offset in self._listed(cell, r"\n"):
            for title, url, at in split_links(text):
                length = len(text) - at
                if not url and (column == "Link" or _BROKEN_ADDRESS.search(title)):
                    self._no_address(cell, text, offset)
                    continue
                title = title or host_of(url)
                place = self.report.place(cell, offset + at, length)
                pairs = (("title", title), *([("url", url)] if url else []))
                yield Tree(
                    tuple((Scalar(k, place), Scalar(v, place, False)) for k, v in pairs), place
                )

    def _no_address(self, cell: Cell, text: str, offset: int) -> None:
        """An address without `https://`, or of a kind that is not linked."""
        found = _BROKEN_ADDRESS.search(text)
        hint = "allowed are https://… and http://…, with a title or without"
        if found and "://" not in found[0]:
            hint = f"did you mean 'https://{found[0]}'?"
        self.report.problem(
            "bad-url",
            cell,
            f"'{(found[0] if found else text)[:80]}' is not an address that may be linked",
            hint,
            at=offset + (found.start() if found else 0),
            length=len(found[0]) if found else len(text),
        )

    def _further(self, entries: Entries, line: Line, column: str, key: str, form: str) -> None:
        cell = line.cells.get(column)
        if cell is None:
            return
        if form == "text":
            self._take(entries, key, line, column)
        elif form == "actors":
            entries.append((self._key(key, cell), self._actors(line, column)))
        else:
            items = [
                Scalar(text, self.report.place(cell, at, len(text)), False)
                for text, at in self._listed(cell, r"[;,\n]")
            ]
            entries.append((self._key(key, cell), Items(tuple(items), self.report.place(cell))))


# ---------------------------------------------------------------------------------- pieces


def _lanes_of(story: Tree | None) -> Iterator[tuple[str, str]]:
    """(folded id or title, id) of the lanes that a story's YAML lists."""
    lanes = story.get("lanes") if story else None
    for lane in lanes.items if isinstance(lanes, Items) else ():
        if isinstance(lane, Tree) and isinstance(name := lane.get("id"), Scalar):
            yield folded(name.value), name.value
            if isinstance(title := lane.get("title"), Scalar):
                yield folded(title.value), name.value
