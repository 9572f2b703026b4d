"""Dates of a sheet: TimelineJS's cells for year, month, day and time as EDTF.

TimelineJS lets a 13th month roll over and passes over an end that lies before its beginning;
here each is an error of its cell. Negative years are those BCE, as TimelineJS shows them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .date_suggestions import suggest_date
from .dates import DateError, parse_date
from .grid import Cell

#: What a day before the time in Excel's count of days may be: 1927 to 2119.
_SERIAL: Final = range(10_000, 80_000)
_EXCEL: Final = "spreadsheets rewrite dates: format the column as text before you type"


class CellError(Exception):
    """A cell that is no part of a date: what is wrong with it, and hints."""

    def __init__(self, cell: Cell, message: str, *hints: str) -> None:
        super().__init__(message)
        self.cell = cell
        self.message = message
        self.hints = hints


@dataclass(frozen=True, slots=True)
class CellDate:
    """A date as EDTF, and the cell of the year that it begins with."""

    text: str
    cell: Cell
    short: Cell | None = None
    """A year of one or two digits, by which another may be meant."""


def edtf_of_cells(cells: Mapping[str, Cell], zone: dt.tzinfo | None) -> CellDate | None:
    """The date of the cells `Year` to `End Time`; None where all are empty. Raises CellError."""
    start = _point(cells, "", zone)
    end = _point(cells, "End ", zone)
    if start is None:
        if end is not None:
            raise CellError(end.cell, "there is an end, and no 'Year' in which it begins")
        return None
    if end is None or end.text == start.text:
        return start
    text = f"{start.text}/{end.text}"
    try:
        parse_date(text, zone)
    except DateError as error:
        raise CellError(end.cell, f"the end is wrong: {error.message}") from None
    return CellDate(text, start.cell, start.short or end.short)


def _point(cells: Mapping[str, Cell], prefix: str, zone: dt.tzinfo | None) -> CellDate | None:
    year, month, day, time = (cells.get(prefix + name) for name in ("Year", "Month", "Day", "Time"))
    for cell, name, needed, missing in (
        (month, "Month", year, "Year"),
        (day, "Day", month, "Month"),
        (time, "Time", day, "Day"),
    ):
        if cell is not None and needed is None:
            message = f"there is a '{prefix}{name}' and no '{prefix}{missing}'"
            raise CellError(cell, message, f"fill '{prefix}{missing}', or empty this cell")
    if year is None:
        return None
    text = _year(year)
    if month is not None:
        text += f"-{_part(month, 'month', 12, day):02d}"
    if day is not None:
        text += f"-{_part(day, 'day', 31):02d}"
    if time is not None:
        text += f"T{_time(time)}"
    for cell in (time, day, month, year):
        if cell is not None:
            _check(text, cell, zone)
            break
    return CellDate(text, year, year if re.fullmatch(r"\d{1,2}", year.text) else None)


def _check(text: str, cell: Cell, zone: dt.tzinfo | None) -> None:
    try:
        parse_date(text, zone)
    except DateError as error:
        raise CellError(cell, error.message) from None


def _number(cell: Cell) -> int | None:
    """A whole number: `1,066`, `2026.0` and a minus that a word processor made, too."""
    plain = re.sub(r"[\s,_]", "", cell.text).replace("\u2212", "-").replace("\u2013", "-")
    found = re.fullmatch(r"(-?[0-9]{1,15})(?:\.0+)?", plain, re.ASCII)
    return int(found[1]) if found else None


def _year(cell: Cell) -> str:
    number = _number(cell)
    if number is None:
        meant = suggest_date(cell.text)
        more = (f"did you mean '{meant}' in the column 'Date'?",) if meant else ()
        message = f"'{cell.text[:60]}' is not a year; write a whole number such as 2026 or -44"
        raise CellError(cell, message, *more, "what is not exact goes into 'Date': 1963~, 196X")
    if number == 0:
        raise CellError(cell, "there is no year 0", "the year before 1 CE is -1")
    if number in _SERIAL:
        day = _serial_day(number)
        raise CellError(
            cell,
            f"{number} is what a spreadsheet calls {day}, not a year",
            f"did you mean Year {day.year}, Month {day.month}, Day {day.day}?",
            f"if the year {number} is meant, write Y{number} into the column 'Date'",
        )
    if not -9999 <= number <= 9999:
        return f"Y{number}"
    astronomical = number + 1 if number < 0 else number
    return f"-{-astronomical:04d}" if astronomical < 0 else f"{astronomical:04d}"


def _part(cell: Cell, what: str, most: int, day: Cell | None = None) -> int:
    number = _number(cell)
    if number is None:
        meant = _month(cell.text) if what == "month" else None
        hints = (f"did you mean {meant}?",) if meant else ()
        message = f"'{cell.text[:60]}' is not a {what}; write a number from 1 to {most}"
        raise CellError(cell, message, *hints)
    if not 1 <= number <= most:
        allowed = f"a {what} is a number from 1 to {most}"
        other = _number(day) if day else None
        if other is not None and 1 <= other <= 12 and 12 < number <= 31:
            allowed = f"did you mean Month {other}, Day {number}?"
        raise CellError(cell, f"there is no {what} {number}", allowed)
    return number


_TIME: Final = re.compile(
    r"(\d{1,2})(?:[:.h]?(\d\d))?(?:[:.](\d\d))?\s*([ap])?\.?(?:m\.?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?",
    re.I | re.ASCII,
)


def _time(cell: Cell) -> str:
    """`13:05`, `1:05 pm`, `1305`, `13.05`, `13:05:30`, each with an offset, as EDTF."""
    text = cell.text
    if re.fullmatch(r"0\.\d{3,}", text):  # a part of a day
        minutes = round(float(text) * 24 * 60)
        meant = f"{minutes // 60:02d}:{minutes % 60:02d}"
        message = f"'{text[:20]}' is a spreadsheet's number for a time"
        raise CellError(cell, message, f"did you mean '{meant}'?")
    found = _TIME.fullmatch(text)
    if found is None or not (found[2] or found[4]):
        raise CellError(cell, f"'{text[:60]}' is not a time; write it like 13:05 or 1:05 pm")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise CellError(cell, f"'{text}' is not a time: with am and pm hours are 1 to 12")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(found[3] or 0) > 59:
        raise CellError(cell, f"there is no time '{text}'; the day ends at 23:59")
    seconds = f":{found[3]}" if found[3] else ""
    offset = (found[5] or "").upper().replace("UTC", "Z")
    return f"{hour:02d}:{minute:02d}{seconds}{offset}"


# ---------------------------------------------------------------------- the column `Date`


def explain_date(text: str, error: DateError) -> tuple[str, ...]:
    """What a text in the column `Date` may mean, where spreadsheets may have rewritten it."""
    readings = _readings(text)
    if readings:
        offered = " or ".join(f"'{one}'" for one in dict.fromkeys(readings))
        return (f"did you mean {offered}?", _EXCEL)
    if found := re.fullmatch(r"([A-Za-z]{3,9})-([0-9]{2})|([0-9]{1,2})-([A-Za-z]{3,9})", text):
        month = _month(found[1] or found[4])
        number = int(found[2] or found[3])
        if month:
            day = f"'YYYY-{month:02d}-{number:02d}' with the year of that day"
            return (f"did you mean '20{number:02d}-{month:02d}', or {day}?", _EXCEL)
    return (f"did you mean '{error.suggestion}'?",) if error.suggestion else ()


def _month(name: str) -> int | None:
    found = re.fullmatch(r"2000-([0-9]{2})", suggest_date(f"{name} 2000") or "")
    return int(found[1]) if found else None


def _readings(text: str) -> list[str]:
    """The days that a date in numbers may be, in both orders of day and month."""
    if re.fullmatch(r"[0-9]{5}", text, re.ASCII) and int(text) in _SERIAL:
        return [_serial_day(int(text)).isoformat()]
    if found := re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", text):
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        pairs = ((found[3], found[1]), (found[1], found[3]))
        return [day for month, day_ in pairs if (day := _day(year, int(month), int(day_)))]
    return []


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _serial_day(number: int) -> dt.date:
    """The day of Excel's count, whose first day is 1 January 1900 and which has a 29 February."""
    return dt.date(1899, 12, 30) + dt.timedelta(days=number)
