"""A sheet's text as rows of cells: what Python's csv module reads, and where it stands in the file.

Rows are counted as a spreadsheet counts them, from 1, with the heading and blank rows; a cell may
have several lines. So a place in the file has a name in the sheet ("row 7, column B"), and a
passage of a cell has a line and a column for editors of text and for annotations.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

#: What spreadsheets write between cells: a comma, where that is the decimal sign a semicolon.
DELIMITERS: Final = (",", ";", "\t")
#: What Excel puts in the first line to say so itself; it is no row.
_HINT: Final = "sep="


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, trimmed; `line` and `column` are the place of its first character."""

    text: str
    row: int
    index: int
    """The number of its column, from 0."""
    line: int
    column: int
    is_quoted: bool = False
    is_closed: bool = True
    """Whether the quote with which it begins has an end."""
    tail: str = ""
    """What stands behind the closing quote, where nothing may."""

    @property
    def name(self) -> str:
        """As spreadsheets name it: B7."""
        return f"{letters(self.index)}{self.row}"

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of the file where a character of the text stands."""
        before = self._written(self.text[:offset])
        lines = before.split("\n")
        column = len(lines[-1]) + (self.column if len(lines) == 1 else 1)
        return self.line + len(lines) - 1, column

    def offset(self, line: int, column: int) -> int | None:
        """Where in the text a place of the file is; None where it is in another cell."""
        lines = self._written(self.text).split("\n")
        number = line - self.line
        if not 0 <= number < len(lines):
            return None
        at = column - (self.column if number == 0 else 1)
        if not 0 <= at <= len(lines[number]):
            return None
        before = "\n".join((*lines[:number], lines[number][:at]))
        return len(before.replace('""', '"') if self.is_quoted else before)

    def _written(self, text: str) -> str:
        return text.replace('"', '""') if self.is_quoted else text


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number, and the line of the file on which it begins."""

    number: int
    line: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in any cell."""
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows in order, blank ones too. `too_long` is the line where a cell is beyond reading."""

    rows: tuple[Row, ...]
    too_long: int | None = None

    @property
    def heading(self) -> Row | None:
        """The first row that is not blank."""
        return next((row for row in self.rows if not row.is_blank), None)

    def cell_at(self, line: int, column: int) -> Cell | None:
        """The cell in which a place of the file is: the last one that begins before it."""
        at = bisect_right(self.rows, line, key=lambda row: row.line) - 1
        if at < 0:
            return None
        before = [c for c in self.rows[at].cells if (c.line, c.column) <= (line, column)]
        return max(before, key=lambda c: (c.line, c.column, c.index), default=None)

    def heading_of(self, cell: Cell) -> str:
        """What stands over a cell in the heading; empty where nothing does."""
        heading = self.heading
        if heading is None or cell.index >= len(heading.cells):
            return ""
        return heading.cells[cell.index].text


def letters(index: int) -> str:
    """The name of a column, from its number from 0: A to Z, AA, AB."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name


def read_grid(text: str) -> Grid:
    """The cells of a text in CSV, parted by whatever parts its heading. Never raises."""
    lines = text.split("\n")
    first = 0
    delimiter = _delimiter(lines)
    if lines[0].strip().casefold().startswith(_HINT):
        delimiter, first = lines[0].strip()[len(_HINT) :][:1] or delimiter, 1
    kept = [line + "\n" for line in lines[first:]]
    if kept and kept[-1] == "\n":  # the end of the last line is no row
        kept.pop()
    reader = csv.reader(kept, delimiter=delimiter, skipinitialspace=True)
    rows: list[Row] = []
    before = 0
    try:
        for values in reader:
            raw = "".join(kept[before : reader.line_num])
            line = first + before + 1
            number = len(rows) + 1
            cells = tuple(_cells(values, raw, delimiter, number, line))
            rows.append(Row(number, line, cells))
            before = reader.line_num
    except csv.Error:  # a cell of more than csv.field_size_limit()
        return Grid(tuple(rows), first + before + 1)
    return Grid(tuple(rows))


def _delimiter(lines: Sequence[str]) -> str:
    heading = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=heading.count)


def _cells(
    values: Sequence[str], raw: str, delimiter: str, row: int, first_line: int
) -> Iterator[Cell]:
    """The cells of a row, with the places that they have in its text."""
    line, start = first_line, 0  # of what has been passed, and where its last line begins
    passed = 0
    for index, (value, span) in enumerate(zip(values, _spans(raw, delimiter), strict=False)):
        at, end, is_quoted, is_closed, tail = span
        at += len(raw[at:end]) - len(raw[at:end].lstrip())
        newlines = raw.count("\n", passed, at)
        if newlines:
            line, start = line + newlines, raw.rfind("\n", 0, at) + 1
        passed = at
        column = at - start + 1
        yield Cell(value.strip(), row, index, line, column, is_quoted, is_closed, tail)


def _spans(raw: str, delimiter: str) -> Iterator[tuple[int, int, bool, bool, str]]:
    """Where each cell of a row begins and ends, as the csv module parts them.

    With whether it is in quotes, whether they are closed, and what stands behind them.
    """
    last = len(raw.rstrip("\n"))
    at = 0
    while True:
        while raw[at : at + 1] == " ":
            at += 1
        is_quoted = raw[at : at + 1] == '"'
        start = at + is_quoted
        close = _closing(raw, start) if is_quoted else start
        stop = raw.find(delimiter, close if close >= 0 else len(raw))
        stop = last if stop < 0 else stop
        if not is_quoted:
            yield start, stop, False, True, ""
        elif close < 0:
            yield start, len(raw), True, False, ""
        else:
            yield start, close, True, True, raw[close + 1 : stop].strip()
        if close < 0 or stop >= last:
            return
        at = stop + 1


def _closing(raw: str, start: int) -> int:
    """Where the quote stands that ends a cell; -1 where none does."""
    at = raw.find('"', start)
    while at >= 0 and raw[at + 1 : at + 2] == '"':
        at = raw.find('"', at + 2)
    return at
