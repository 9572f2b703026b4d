"""Dates as precisely as they are known: a parser for EDTF (ISO 8601-2), with bounds and order.

Grammar (levels 0 and 1; of level 2 the parts that are marked and one date between two)::

    date    = point | span | set
    span    = point "/" point | point "/" open | open "/" point
    open    = ".."                        open: it has no end, or goes on
            | ""                          unknown: it has one, but nobody said which
    set     = "[" [point] ".." [point] "]"      one date, somewhere between the two
    point   = year | year "-" month | year "-" month "-" day [time] | year "-" part
    year    = ["-"] 4 digits              astronomical: 0000 is 1 BCE, -0299 is 300 BCE
            | ["-"] 3 digits "X"          a year of a decade
            | ["-"] 2 digits "XX"         a year of a century
            | "Y" ["-"] 5 to 15 digits    years of more than four digits
    month   = "01".."12" | "XX"           XX: a month of the year
    day     = "01".."31" | "XX"           XX: a day of the month (of the year after month XX)
    part    = "21".."24"                  spring, summer, autumn, winter
            | "33".."36"                  the quarters of the year
    time    = "T" hh ":" mm [":" ss] ["Z" | sign hh [[":"] mm]]

``~`` (approximate), ``?`` (uncertain) and ``%`` (both) stand after a point, after a part of it
(for it and all parts before it) or before a part (for that part alone): ``2004-06~-11``,
``2004-%06-11``. They do not go with a time.

Seasons are those of the northern meteorological year: spring begins on 1 March, and winter runs
from 1 December to the end of February of the next year. (EDTF leaves that open.)

Instants are whole seconds since 1970-01-01T00:00:00Z on the proleptic Gregorian calendar, without
limits. Days, months and years have no zone: their bounds are those of a day in UTC. A time has
its own offset, else the one of the zone that `parse_date` is given, else it counts as UTC.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from .date_suggestions import suggest_date

Precision = Literal[
    "century", "decade", "year", "season", "quarter", "month", "day", "minute", "second"
]
Kind = Literal["point", "span", "set"]

# From the coarsest to the finest.
PRECISIONS: Final[tuple[Precision, ...]] = (
    "century",
    "decade",
    "year",
    "season",
    "quarter",
    "month",
    "day",
    "minute",
    "second",
)
DAY_SECONDS: Final = 86_400

# Messages are for editors and in English, like all messages; readers see `date_words`.
_MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_POINT: Final = re.compile(
    r"([~?%]?)(-?\d{4}|-?\d{3}X|-?\d\dXX|Y-?\d+)([~?%]?)"
    r"(?:-([~?%]?)(\d\d|XX)([~?%]?)(?:-([~?%]?)(\d\d|XX)([~?%]?))?)?"
    r"(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_APPROXIMATE: Final = 1
_UNCERTAIN: Final = 2
_MARK_BITS: Final = {"": 0, "~": _APPROXIMATE, "?": _UNCERTAIN, "%": _APPROXIMATE | _UNCERTAIN}
_MARKS: Final = ("", "~", "?", "%")
_MAX_YEAR_DIGITS: Final = 15


class DateError(ValueError):
    """A text that is no date: `message` says why, `suggestion` is the EDTF that may be meant."""

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        super().__init__(message, suggestion)
        self.message = message
        self.suggestion = suggestion

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Point:
    """A date without an extent of its own, or one end of a span or set.

    `year` is astronomical, and the earliest one of a decade or century. `part` is the code of a
    season (21 to 24) or quarter (33 to 36). `unspecified` is the unit that XX stands for:
    ``2025-12-XX`` has the precision "month" and the unspecified unit "day". `offset` is in
    seconds east of UTC, and None where neither the text nor a zone gave one. `earliest` and
    `latest` are its first and last second; `shift` is how far the site's clock is ahead of UTC
    at a time (0 for anything coarser than a time).
    """

    edtf: str
    precision: Precision
    earliest: int
    latest: int
    year: int
    month: int | None = None
    day: int | None = None
    part: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None
    shift: int = 0
    unspecified: Literal["month", "day"] | None = None
    approximate: bool = False
    uncertain: bool = False

    def __hash__(self) -> int:
        """That of its text, which a text keeps; a few of other zones have the same."""
        return hash(self.edtf)

    @property
    def is_exact(self) -> bool:
        """Whether nothing about it is a guess; it may still be coarse (a whole year)."""
        return not (self.approximate or self.uncertain or self.unspecified)

    @property
    def is_named(self) -> bool:
        """Whether its words need no era: a known unit in a year of four digits."""
        return 1000 <= self.year <= 9999 and not self.unspecified


@dataclass(frozen=True, slots=True)
class Date:
    """A parsed date.

    `edtf` is the canonical text: parsing it gives an equal date (in the same zone). `start` and
    `end` are the same point unless it is a span or set; None is an open or unknown end.
    `earliest` and `latest` are the first and last second, None where open.
    """

    edtf: str
    kind: Kind
    start: Point | None
    end: Point | None

    def __hash__(self) -> int:
        """That of its text, which a text keeps; a few of other zones have the same."""
        return hash(self.edtf)

    @property
    def points(self) -> tuple[Point, ...]:
        """The one point of a date, or the known ends of a span or set, in order."""
        if self.kind == "point":
            return (self.start,) if self.start else ()
        return tuple(point for point in (self.start, self.end) if point)

    @property
    def anchor(self) -> Point:
        """Where it stands on a timeline: its start, or its end where the start is open."""
        return self.points[0]

    @property
    def earliest(self) -> int | None:
        return self.start.earliest if self.start else None

    @property
    def latest(self) -> int | None:
        return self.end.latest if self.end else None

    @property
    def is_span(self) -> bool:
        return self.kind == "span"

    @property
    def is_set(self) -> bool:
        """Whether it is one date between two, of which nobody knows which."""
        return self.kind == "set"

    @property
    def open_start(self) -> bool:
        """Whether the start is open (``../1985``) or unknown (``/1985``)."""
        return self.start is None

    @property
    def open_end(self) -> bool:
        """Whether the end is open (``2019/..``) or unknown (``2019/``)."""
        return self.end is None

    @property
    def unknown_start(self) -> bool:
        """Whether there is a start that nobody knows (``/1985``)."""
        return self.edtf.startswith("/")

    @property
    def unknown_end(self) -> bool:
        """Whether there is an end that nobody knows (``2019/``)."""
        return self.edtf.endswith("/")

    @property
    def approximate(self) -> bool:
        first, last = self.start, self.end
        return bool((first and first.approximate) or (last and last.approximate))

    @property
    def uncertain(self) -> bool:
        first, last = self.start, self.end
        return bool((first and first.uncertain) or (last and last.uncertain))

    @property
    def is_exact(self) -> bool:
        """Whether nothing about it is a guess; an open end is none."""
        return self.kind != "set" and all(point.is_exact for point in self.points)

    @property
    def precision(self) -> Precision:
        """How fine it is: of a span or set the coarser end's."""
        return min((point.precision for point in self.points), key=PRECISIONS.index)


def without_time(date: Date) -> Date:
    """The date to the day at most, by the clock that it was written with."""
    return parse_date(re.sub(r"T[\d:]+(?:Z|[+-][\d:]+)?", "", date.edtf))


# --- reading ------------------------------------------------------------------------------------


def parse_date(text: str, zone: dt.tzinfo | None = None) -> Date:
    """The date that an EDTF text gives; times without an offset are in `zone`, else in UTC.

    Raises DateError, and nothing else, for every other text; free text ("14 Dec 2025") is only
    ever suggested, never accepted. Blanks are allowed inside the brackets of a set, because YAML
    makes a list of it, and nowhere else.
    """
    try:
        return _parse(text, zone)
    except DateError as error:
        suggestion = _checked(error.suggestion or suggest_date(text), text)
        raise DateError(error.message, suggestion) from None


@lru_cache(maxsize=8192)  # a site's pages ask for the same few thousand again and again
def _parse(text: str, zone: dt.tzinfo | None) -> Date:
    match = _POINT.fullmatch(text)
    if match:
        point = _point(match, zone)
        return Date(point.edtf, "point", point, point)
    if text.startswith("[") and text.endswith("]"):
        return _parse_set(text[1:-1], zone)
    if text.count("/") == 1:
        return _parse_span(text, zone)
    raise DateError(_refusal(text))


def _checked(suggestion: str | None, text: str) -> str | None:
    """The suggestion in its canonical form; None where it is no date, or what was written."""
    if suggestion is None or suggestion == text:
        return None
    try:
        return _parse(suggestion, None).edtf
    except DateError:
        return None


def _refusal(text: str) -> str:
    if not text.strip():
        return "the date is empty"
    if text.startswith("{"):
        return "a list of several dates is not one date; write a span, or one event for each"
    if text.startswith("["):
        return "a date between two is written [2025-12-14..2025-12-16]"
    if re.search("T[0-9].*[~?%]", text):
        return "~, ? and % go with a date, not with a time"
    if text.count("/") > 1 and "-" in text:
        return f"{_quoted(text)} has more than one slash; a span is written 2025-12-14/2025-12-16"
    if re.match(r"[~?%]?-?\d*X[\dX]*", text) or re.match(r"[~?%]?-?\d{4}-.*X", text):
        return (
            f"{_quoted(text)}: X stands only for the end of a date, "
            "as in 196X, 19XX, 2025-XX or 2025-12-XX"
        )
    if two := _two_days(text):
        return f"{_quoted(text)} may be {two[0]} or {two[1]}; write the one that is meant"
    return f"{_quoted(text)} is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~"


def _two_days(text: str) -> tuple[str, str] | None:
    """Both days that ``09.03.2026`` may be; None where only one is possible."""
    found = re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", text)
    if found is None or not all(1 <= int(found[group]) <= 12 for group in (1, 3)):
        return None
    first, second = (f"{int(found[group]):02d}" for group in (1, 3))
    return f"{found[4]}-{second}-{first}", f"{found[4]}-{first}-{second}"


def _quoted(text: str) -> str:
    shown = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
    return f'"{shown[:57]}..."' if len(shown) > 60 else f'"{shown}"'


def _parse_point(text: str, zone: dt.tzinfo | None) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise DateError(_refusal(text))
    return _point(match, zone)


def _parse_set(inner: str, zone: dt.tzinfo | None) -> Date:
    if "," in inner:
        raise DateError("a list of several dates is not one date; write [first..last]")
    first, dots, last = (part.strip() for part in inner.partition(".."))
    if not dots or not (first or last):
        raise DateError(_refusal("["))
    start = _parse_point(first, zone) if first else None
    end = _parse_point(last, zone) if last else None
    if start and end:
        _check_order(start, end)
    edtf = f"[{start.edtf if start else ''}..{end.edtf if end else ''}]"
    return Date(edtf, "set", start, end)


def _parse_span(text: str, zone: dt.tzinfo | None) -> Date:
    first, last = text.split("/")
    start = None if first in ("", "..") else _parse_point(first, zone)
    end = None if last in ("", "..") else _parse_point(last, zone)
    if start is None and end is None:
        raise DateError("a span needs a date on at least one side of the slash")
    if start and end:
        _check_order(start, end)
    edtf = f"{start.edtf if start else first}/{end.edtf if end else last}"
    return Date(edtf, "span", start, end)


def _check_order(start: Point, end: Point) -> None:
    """Raise unless the end can follow the start.

    An end that is coarser than the start (``2004-06-11/2004-06``) begins before it and says
    nothing; with XX it says that the day is unknown, and only its last day counts.
    """
    if (start.hour is None) != (end.hour is None):
        raise DateError("a span has a time at both ends or at neither")
    if start.earliest > end.latest:
        message = f"{end.edtf} is before {start.edtf}: the earlier date comes first"
        raise DateError(message, f"{end.edtf}/{start.edtf}")
    if end.unspecified is None and start.earliest > end.earliest:
        hint = f"{start.edtf}/{end.edtf}-XX" if end.precision in ("month", "year") else None
        raise DateError(f"the end {end.edtf} begins before the start {start.edtf}", hint)


def _point(match: re.Match[str], zone: dt.tzinfo | None) -> Point:
    groups: tuple[str | None, ...] = match.groups()
    year, month, day, hour = groups[1], groups[4], groups[7], groups[9]
    assert year is not None  # the group is not optional
    if hour is not None:
        return _timed(match, zone)
    if day is not None and month is not None:
        point = _day_point(year, month, day)
    elif month is not None:
        point = _month_point(year, month)
    else:
        point = _year_point(year)
    if any((groups[0], groups[2], groups[3], groups[5], groups[6], groups[8])):
        return _marked(point, match)
    return point


def _year_point(text: str) -> Point:
    if text[-1] == "X":
        return _unspecified_year(text)
    year = _year(text)
    return Point(text, "year", _day(year, 1, 1), _day(year + 1, 1, 1) - 1, year)


def _unspecified_year(text: str) -> Point:
    """A decade or century; before the year zero the larger number is the earlier year."""
    unknown = text.count("X")
    known, width = int(text.lstrip("-").rstrip("X")), 10**unknown
    first, last = known * width, known * width + width - 1
    if text[0] == "-":
        first, last = -last, min(-first, -1)  # there is no year -0000
    precision: Precision = "decade" if unknown == 1 else "century"
    return Point(text, precision, _day(first, 1, 1), _day(last + 1, 1, 1) - 1, first)


def _month_point(year_text: str, month_text: str) -> Point:
    year, text = _known_year(year_text), f"{year_text}-{month_text}"
    if month_text == "XX":
        first, after = _day(year, 1, 1), _day(year + 1, 1, 1)
        return Point(text, "year", first, after - 1, year, unspecified="month")
    number = int(month_text)
    if number > 12:
        return _part_point(text, year, number)
    month = _month(number)
    return Point(text, "month", _day(year, month, 1), _month_end(year, month), year, month)


def _part_point(text: str, year: int, code: int) -> Point:
    if 21 <= code <= 24:
        first = 3 * (code - 20)
        start, end = _day(year, first, 1), _month_end(*_carried(year, first + 2))
        return Point(text, "season", start, end, year, part=code)
    if 33 <= code <= 36:
        first = 3 * (code - 33) + 1
        start, end = _day(year, first, 1), _month_end(year, first + 2)
        return Point(text, "quarter", start, end, year, part=code)
    raise DateError(
        f"{text} has no month {code:02d}; months are 01 to 12, "
        "seasons 21 (spring) to 24 (winter), quarters 33 to 36"
    )


def _day_point(year_text: str, month_text: str, day_text: str) -> Point:
    year, text = _known_year(year_text), f"{year_text}-{month_text}-{day_text}"
    if day_text == "XX":
        whole = _month_point(year_text, month_text)
        if whole.part is not None:
            raise DateError("a season or quarter has no days")
        return replace(whole, edtf=text, unspecified="day")
    if month_text == "XX":
        raise DateError("a day needs a known month; a day of the year is written 2025-XX-XX")
    number, day = int(month_text), int(day_text)
    swapped = f"{year_text}-{day_text}-{month_text}" if 1 <= day <= 12 < number <= 31 else None
    if number in range(21, 42):
        raise DateError("a season or quarter has no days", swapped)
    if number > 12:
        raise DateError(f"there is no month {number:02d}; months are 01 to 12", swapped)
    month = _month(number)
    last = _days_in_month(year, month)
    if not 1 <= day <= last:
        name = _MONTH_NAMES[month - 1]
        raise DateError(f"{name} {year_text} has no day {day}; its last is {last}")
    start = _day(year, month, day)
    return Point(text, "day", start, start + DAY_SECONDS - 1, year, month, day)


def _year(text: str) -> int:
    if text == "-0000":
        raise DateError("there is no year -0000; 1 BCE is 0000, and 2 BCE is -0001")
    if text[0] != "Y":
        return int(text)
    digits = text[1:].lstrip("-")
    if len(digits) < 5 or digits[0] == "0":
        raise DateError("Y is for years of more than four digits, such as Y17000 or Y-300000")
    if len(digits) > _MAX_YEAR_DIGITS:
        raise DateError(f"a year has {_MAX_YEAR_DIGITS} digits at most")
    return int(text[1:])


def _known_year(text: str) -> int:
    if text[-1] == "X":
        raise DateError("a month or day needs a known year; X for the year stands alone, as 196X")
    if text[0] == "Y":
        raise DateError("a year of more than four digits has no months")
    return _year(text)


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise DateError(f"there is no month {number:02d}; months are 01 to 12")
    return number


# --- marks --------------------------------------------------------------------------------------


def _marked(point: Point, match: re.Match[str]) -> Point:
    """The point with its ``~ ? %``, written once: after the leading parts that share a mark."""
    before = [_MARK_BITS[match[group] or ""] for group in (1, 4, 7)]
    after = [_MARK_BITS[match[group] or ""] for group in (3, 6, 9)]
    parts = [match[group] for group in (2, 5, 8) if match[group] is not None]
    bits = [before[i] | _joined(after[i:]) for i in range(len(parts))]
    return replace(
        point,
        edtf=_print_marked(parts, bits),
        approximate=bool(_joined(bits) & _APPROXIMATE),
        uncertain=bool(_joined(bits) & _UNCERTAIN),
    )


def _joined(bits: list[int]) -> int:
    joined = 0
    for bit in bits:
        joined |= bit
    return joined


def _print_marked(parts: list[str], bits: list[int]) -> str:
    shared = next((i for i, bit in enumerate(bits) if bit != bits[0]), len(bits))
    head = "-".join(parts[:shared]) + _MARKS[bits[0]]
    tail = (_MARKS[bit] + part for part, bit in zip(parts[shared:], bits[shared:], strict=True))
    return "-".join((head, *tail))


# --- times --------------------------------------------------------------------------------------


def _timed(match: re.Match[str], zone: dt.tzinfo | None) -> Point:
    year_text, month_text, day_text = match[2], match[5], match[8]
    if any(match[group] for group in (1, 3, 4, 6, 7, 9)):
        raise DateError("~, ? and % go with a date, not with a time")
    if day_text is None or "XX" in (month_text, day_text):
        raise DateError("a time needs a known day")
    date = _day_point(year_text, month_text, day_text)
    hour, minute, second = int(match[10]), int(match[11]), int(match[12] or 0)
    _check_time(hour, minute, second)
    offset_text, offset = _offset(match[13])
    clock = date.earliest + hour * 3600 + minute * 60 + second
    if offset is None:
        first, last = _offsets_in(zone, clock, date.edtf, match[10] + ":" + match[11])
    else:
        first = last = offset
    seconds = f":{match[12]}" if match[12] else ""
    site = _site_offset(zone, clock - first)
    return Point(
        f"{date.edtf}T{match[10]}:{match[11]}{seconds}{offset_text}",
        "second" if seconds else "minute",
        clock - first,
        clock - last + (0 if seconds else 59),
        date.year,
        date.month,
        date.day,
        hour=hour,
        minute=minute,
        second=second if seconds else None,
        offset=first if zone is not None or offset is not None else None,
        shift=site,
    )


def _check_time(hour: int, minute: int, second: int) -> None:
    for number, limit, word in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second")):
        if number > limit:
            raise DateError(f"there is no {word} {number:02d}; the last one is {limit}")


def _offset(text: str | None) -> tuple[str, int | None]:
    """The offset as printed and in seconds; ("", None) where none is written."""
    if text is None:
        return "", None
    if text == "Z":
        return text, 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    seconds = (hours * 3600 + minutes * 60) * (-1 if text[0] == "-" else 1)
    if minutes > 59 or not -12 * 3600 <= seconds <= 14 * 3600 or (text[0] == "-" and not seconds):
        raise DateError(f"{text} is no offset from UTC; they go from -12:00 to +14:00")
    return ("Z" if not seconds else f"{text[0]}{digits[:2]}:{digits[2:]}"), seconds


def _offsets_in(zone: dt.tzinfo | None, clock: int, day: str, time: str) -> tuple[int, int]:
    """The zone's offsets for a local time: two of them where clocks go back and show it twice."""
    moment = _moment(clock)
    if zone is None or moment is None:
        return 0, 0
    first, last = (_seconds(zone.utcoffset(moment.replace(fold=fold))) for fold in (0, 1))
    if first < last:
        raise DateError(f"there was no {time} on {day} in {zone}: clocks went forward")
    return first, last


def _site_offset(zone: dt.tzinfo | None, instant: int) -> int:
    moment = _moment(instant)
    if zone is None or moment is None:
        return 0
    return _seconds(moment.replace(tzinfo=dt.UTC).astimezone(zone).utcoffset())


def _moment(clock: int) -> dt.datetime | None:
    """The clock's reading as Python has it; None near and beyond the years that Python knows."""
    civil = civil_from_instant(clock)
    return dt.datetime(*civil) if 1 < civil[0] < 9999 else None  # noqa: DTZ001 (it has no zone)


def _seconds(delta: dt.timedelta | None) -> int:
    return 0 if delta is None else int(delta.total_seconds())


# --- the calendar -------------------------------------------------------------------------------


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 on the proleptic Gregorian calendar, for any year.

    After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": the year is counted from
    March, so that the leap day is its last day.
    """
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return (
        era * 146_097
        + year_of_era * 365
        + year_of_era // 4
        - year_of_era // 100
        + (day_of_year - 719_468)
    )


def civil_from_instant(instant: int) -> tuple[int, int, int, int, int, int]:
    """Year, month, day, hour, minute and second (UTC) of an instant; the inverse of the above."""
    days, seconds = divmod(instant, DAY_SECONDS)
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = era * 400 + year_of_era + (month <= 2)
    return year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60


def _day(year: int, month: int, day: int) -> int:
    return days_from_civil(year, month, day) * DAY_SECONDS


def _month_end(year: int, month: int) -> int:
    return _day(*_carried(year, month + 1), 1) - 1


def _carried(year: int, month: int) -> tuple[int, int]:
    return (year, month) if month <= 12 else (year + 1, month - 12)


def _days_in_month(year: int, month: int) -> int:
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _MONTH_DAYS[month - 1]


# --- making dates -------------------------------------------------------------------------------


def date_of(year: int, month: int | None = None, day: int | None = None) -> Date:
    """The date of a year, a month or a day; DateError where there is none such."""
    if day is not None and month is None:
        raise DateError("a day needs a known month")
    if not -9999 <= year <= 9999:
        text = f"Y{year}"
    else:
        text = f"-{-year:04d}" if year < 0 else f"{year:04d}"
    numbers = (number for number in (month, day) if number is not None)
    return parse_date("-".join((text, *(f"{number:02d}" for number in numbers))))


def from_date(date: dt.date) -> Date:
    """The day of a `datetime.date`; of a `datetime` its day as written, without the time."""
    return date_of(date.year, date.month, date.day)


# --- order --------------------------------------------------------------------------------------


def sort_key(date: Date) -> tuple[int, float, bool]:
    """(earliest, latest, uncertain): with an equal start the narrower first, the certain first.

    Nothing with an open start sorts before everything else: it stands where its end, as a date of
    its own, would stand (``../1985`` with ``1985``). An open end sorts after every end. Marked
    dates are not widened: ``1984~`` stands with 1984. Times stand by the site's clock, so that an
    event at half past midnight is not before the day it is on. Ties are the caller's to break.
    """
    start, end = date.anchor, date.end
    latest = math.inf if end is None else end.latest + end.shift
    return start.earliest + start.shift, latest, date.approximate or date.uncertain


def overlaps(first: Date, second: Date) -> bool:
    """Whether the two may have a moment in common; an open end reaches as far as it has to."""
    first_start, first_end = _bounds(first)
    second_start, second_end = _bounds(second)
    return first_start <= second_end and second_start <= first_end


def is_before(first: Date, second: Date) -> bool:
    """Whether all of the first is before all of the second for certain.

    False where either is marked approximate or uncertain, and where the bounds touch.
    """
    if any(date.approximate or date.uncertain for date in (first, second)):
        return False
    return _bounds(first)[1] < _bounds(second)[0]


def _bounds(date: Date) -> tuple[float, float]:
    start, end = date.start, date.end
    return (
        start.earliest + start.shift if start else -math.inf,
        end.latest + end.shift if end else math.inf,
    )


# --- for machines -------------------------------------------------------------------------------


def datetime_attribute(date: Date) -> str | None:
    """What HTML's ``<time datetime>`` may hold, or None.

    A year from 0001, a month, a day or a time with its offset; of a span the start. None for
    what is marked, between two, open at the start, or a season, quarter, decade or century
    (HTML Living Standard, 4.5.14). XX falls away: ``2025-12-XX`` is in the month ``2025-12``.
    """
    return None if date.start is None or date.is_set else _machine_text(date.start)


def iso_range(date: Date) -> tuple[str | None, str | None]:
    """Start and end for JSON-LD (ISO 8601), each None unless exact; no end but a span's.

    As for `datetime_attribute`, and only within the years 0001 to 9999.
    """
    if date.is_set:
        return None, None
    start = _iso_text(date.start)
    return start, (_iso_text(date.end) if date.is_span else None)


def _iso_text(point: Point | None) -> str | None:
    return None if point is None or point.year > 9999 else _machine_text(point)


def _machine_text(point: Point) -> str | None:
    if point.approximate or point.uncertain or point.year < 1:
        return None
    if point.precision in ("century", "decade", "season", "quarter"):
        return None
    text = f"{point.year:04d}"
    if point.month is not None:
        text += f"-{point.month:02d}"
    if point.day is not None:
        text += f"-{point.day:02d}"
    if point.hour is not None:
        text += f"T{point.edtf.partition('T')[2][: 8 if point.precision == 'second' else 5]}"
        text += print_offset(point.offset)
    return text


def print_offset(offset: int | None) -> str:
    """``Z``, ``+01:00`` or ``-03:30``; nothing for None and for offsets of odd seconds.

    Before standard time, zones have local mean time (+00:53:28), which no format can hold.
    """
    if offset is None or offset % 60:
        return ""
    hours, minutes = divmod(abs(offset) // 60, 60)
    return f"{'-' if offset < 0 else '+'}{hours:02d}:{minutes:02d}" if offset else "Z"
