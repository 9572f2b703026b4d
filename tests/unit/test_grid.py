"""Cells and their places: what csv reads, found again in the text."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.grid import letters, read_grid

TEXTS = st.text(alphabet='ab1 ,;\t"\n', max_size=60)


def csv_rows(text: str) -> list[list[str]]:
    lines = [line + "\n" for line in text.split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    rows = csv.reader(lines, skipinitialspace=True)
    return [[cell.strip() for cell in row] for row in rows]


@given(TEXTS)
def test_grid_has_the_cells_that_csv_reads(text: str) -> None:
    text = f"a,b,,,,,,,,,,,,,,,,,,,\n{text}"  # commas enough to part the cells
    grid = read_grid(text.replace(";", " ").replace("\t", " "))
    expected = csv_rows(text.replace(";", " ").replace("\t", " "))
    assert [[cell.text for cell in row.cells] for row in grid.rows] == expected


@given(TEXTS)
def test_grid_finds_every_character_of_a_cell_in_the_text(text: str) -> None:
    grid = read_grid(text)
    lines = [line + "\n" for line in text.split("\n")]
    for cell in (cell for row in grid.rows for cell in row.cells):
        if cell.tail or not cell.is_closed:
            continue
        for offset, character in enumerate(cell.text):
            line, column = cell.position(offset)
            assert lines[line - 1][column - 1] == character
            assert (grid.cell_at(line, column), cell.offset(line, column)) == (cell, offset)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_grid_is_parted_by_what_parts_its_heading(delimiter: str) -> None:
    rows = (("Year", "Headline"), ("1888", "a,b;c\td"))
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert [tuple(c.text for c in row.cells) for row in read_grid(text).rows] == list(rows)


def test_grid_counts_rows_as_a_spreadsheet_does() -> None:
    text = 'sep=;\nYear;Headline\n\n1888;"The bridge\nis opened"\n1931;Toll\n'
    assert [(r.number, r.line) for r in read_grid(text).rows] == [(1, 2), (2, 3), (3, 4), (4, 6)]


def test_grid_stops_at_a_cell_that_is_beyond_reading() -> None:
    grid = read_grid(f"a,b\n1,2\n{'x' * 1_000_000},3\n4,5\n")
    assert (len(grid.rows), grid.too_long) == (2, 3)


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_have_the_letters_of_spreadsheets(index: int, name: str) -> None:
    assert letters(index) == name
