"""The calendar that date expressions are counted in: days, weeks, months, and their EDTF."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from dateutil.relativedelta import weekday as Weekday

from ..date_suggestions import MONTHS as MONTHS
from ..date_suggestions import SEASONS as SEASONS

Direction = Literal["past", "future"]

WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

#: The month in which each season begins, in the north.
_SEASON_START: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_FIXED_HOLIDAYS: Final = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "st. patrick's day": (3, 17),
    "may day": (5, 1),
    "independence day": (7, 4),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "veterans day": (11, 11),
}
#: Month, weekday and which of them; -1 is the last.
_MOVING_HOLIDAYS: Final = {
    "martin luther king day": (1, 0, 3),
    "presidents day": (2, 0, 3),
    "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1),
    "columbus day": (10, 0, 2),
    "thanksgiving": (11, 3, 4),
    "thanksgiving day": (11, 3, 4),
}
_EASTER_DAYS: Final = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}
HOLIDAYS: Final = (*_FIXED_HOLIDAYS, *_MOVING_HOLIDAYS, *_EASTER_DAYS)


def shift(day: dt.date, unit: str, count: int) -> dt.date | None:
    """A day moved by days to centuries; None out of the calendar."""
    sizes = {
        "fortnight": ("weeks", 2),
        "quarter": ("months", 3),
        "decade": ("years", 10),
        "century": ("years", 100),
    }
    size = sizes.get(unit, (f"{unit}s", 1))
    if size[0] not in {"days", "weeks", "months", "years"}:
        return None
    try:
        moved: dt.date = day + relativedelta(**{size[0]: count * size[1]})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return moved


def print_unit(day: dt.date, unit: str) -> str:
    """EDTF of the day, week, month, quarter, year or decade that a day lies in."""
    match unit:
        case "year":
            return f"{day.year:04d}"
        case "century":
            return f"{day.year // 100:02d}XX"
        case "decade":
            return f"{day.year // 10:03d}X"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-{33 + (day.month - 1) // 3}"
        case "week":
            monday = day - dt.timedelta(days=day.weekday())
            return f"{monday}/{monday + dt.timedelta(days=6)}"
        case _:
            return day.isoformat()


def nearest_weekday(day: dt.date, weekday: int, direction: Direction, *, strict: bool) -> dt.date:
    """The weekday next to a day; the day itself counts unless `strict`."""
    sign = -1 if direction == "past" else 1
    start = day + dt.timedelta(days=sign) if strict else day
    moved: dt.date = start + relativedelta(weekday=Weekday(weekday, sign))
    return moved


def weekend(day: dt.date, count: int) -> str:
    """The Saturday and Sunday of the week of a day, moved by weeks."""
    saturday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(days=5, weeks=count)
    return f"{saturday}/{saturday + dt.timedelta(days=1)}"


def year_of_month(day: dt.date, month: int, direction: Direction, *, strict: bool = False) -> int:
    """The year of the month next to a day; its own month counts unless `strict`."""
    if direction == "past":
        return day.year - (month > day.month or (strict and month == day.month))
    return day.year + (month < day.month or (strict and month == day.month))


def season_year(day: dt.date, season: int, direction: Direction, *, strict: bool) -> int:
    """The year in which the season next to a day begins; a running one counts unless `strict`."""
    start = _SEASON_START[season]
    runs = _season_of(day) == (season, day.year if day.month >= start else day.year - 1)
    if runs and not strict:
        return day.year if day.month >= start else day.year - 1
    if direction == "past":
        has_begun = day.month >= start
        year = day.year if has_begun else day.year - 1
        return year - runs
    return day.year + (day.month >= start)


def _season_of(day: dt.date) -> tuple[int, int]:
    if day.month < 3:
        return 24, day.year - 1
    return 21 + (day.month // 3 - 1), day.year


def weekday_of_month(year: int, month: int, weekday: int, place: int) -> dt.date:
    """The first to fourth weekday of a month; a place of 5 is the last."""
    edge = relativedelta(day=31, weekday=Weekday(weekday, -1))
    if place < 5:
        edge = relativedelta(day=1, weekday=Weekday(weekday, place))
    moved: dt.date = dt.date(year, month, 1) + edge
    return moved


def safe_day(year: int, month: int, day: int) -> dt.date | None:
    """A day, or None where the calendar has none such."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def holiday(name: str, year: int) -> dt.date | None:
    """The day of a holiday in a year."""
    if name in _FIXED_HOLIDAYS:
        return dt.date(year, *_FIXED_HOLIDAYS[name])
    if name in _EASTER_DAYS:
        return easter(year) + dt.timedelta(days=_EASTER_DAYS[name])
    month, weekday, which = _MOVING_HOLIDAYS[name]
    return weekday_of_month(year, month, weekday, which if which > 0 else 5)
