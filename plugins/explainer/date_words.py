"""Dates in words, in any language: every doubt is said, and nothing looks more exact than it is.

Days and months of the years 1 to 9999 are written as the language does it (CLDR, by Babel);
what CLDR has no words for (around, since, BCE, a day in December) comes from the strings.
Everything is pure, and texts have no unbreakable blanks.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from babel.dates import format_skeleton, parse_pattern

from .dates import (
    DAY_SECONDS,
    PRECISIONS,
    Date,
    Point,
    civil_from_instant,
    date_of,
    days_from_civil,
)
from .language import Language, plain_blanks

_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_QUARTERS: Final = {33: "q1", 34: "q2", 35: "q3", 36: "q4"}
_JOINTS: Final = " -~\N{EN DASH}\N{EM DASH}\N{FULLWIDTH TILDE}\N{WAVE DASH}"
_OLDEST_BCE: Final = -99_999  # before it, nobody counts from year one
_MILLION: Final = 1_000_000
_LARGEST_WORD: Final = 10  # numbers to ten are words


@dataclass(frozen=True, slots=True)
class _Manner:
    """How to write: the language, the site's zone, and whether a heading has said the year."""

    language: Language
    zone: dt.tzinfo | None = None
    is_short: bool = False


# --- dates --------------------------------------------------------------------------------------


def format_date(
    date: Date, language: Language, *, zone: dt.tzinfo | None = None, inside: bool = False
) -> str:
    """The date in full: ``14 December 2025``, ``around 1963``, ``since 2019``.

    A time is written as it was given; if its offset is the one of `zone` it takes the zone's
    name (CET), else its distance from UTC. `inside` another phrase ("since …") a decade and the
    like are ``the 1960s``.
    """
    manner = _Manner(language, zone)
    if inside and date.kind == "point":
        return _marked_point(date.anchor, manner, inside=True)
    return _date(date, manner)


def format_short_date(date: Date, language: Language) -> str:
    """The date for a narrow rail under a year's heading: ``14 Dec``, ``28 Dec 2025 – 3 Jan 2026``.

    The year is left out of days, months, seasons and quarters, and the time of the day too;
    what is uncertain is still said.
    """
    return _date(date, _Manner(language, is_short=True))


def format_year_heading(date: Date, language: Language) -> str:
    """The heading of the year, decade or century that a date stands under: ``2025``, ``1960s``."""
    anchor, manner = date.anchor, _Manner(language)
    if anchor.precision in ("decade", "century"):
        return _decade_or_century(anchor, manner)
    return _year(_site_day(anchor)[0], manner)


def format_month_heading(date: Date, language: Language) -> str | None:
    """``December 2025``; None for a date that has no month, or only a season or quarter."""
    anchor = date.anchor
    if anchor.month is None:
        return None
    year, month, _ = _site_day(anchor)
    return _day_or_month(year, month, None, _Manner(language))


@lru_cache(maxsize=8192)
def split_headings(date: Date) -> tuple[str, str | None]:
    """The keys (EDTF) of the year and of the month that a date stands under on a timeline.

    A decade or century is a heading of its own. Days are those of the site's clock, as in
    `dates.sort_key`.
    """
    anchor = date.anchor
    if anchor.precision in ("decade", "century"):
        return re.sub("[~?%]", "", anchor.edtf), None
    year, month, _ = _site_day(anchor)
    return date_of(year).edtf, None if anchor.month is None else date_of(year, month).edtf


def _site_day(point: Point) -> tuple[int, int, int]:
    """Year, month and day by the site's clock; of a coarser point its first day."""
    return civil_from_instant(point.earliest + point.shift)[:3]


def _date(date: Date, manner: _Manner) -> str:
    start, end = date.start, date.end
    if start is None or end is None:
        return _open(date, manner)
    if date.kind == "point":
        return _marked_point(start, manner)
    if date.is_set:
        return _set(start, end, manner)
    return _span(start, end, manner)


def _open(date: Date, manner: _Manner) -> str:
    if date.is_set:
        key = "or_earlier" if date.open_start else "or_later"
    elif date.open_start:
        key = "until_unknown_start" if date.unknown_start else "until"
    else:
        key = "since_unknown_end" if date.unknown_end else "since"
    return _say(manner, key, date=_marked_point(date.anchor, manner, inside=True))


def _span(start: Point, end: Point, manner: _Manner) -> str:
    if _marks(start) != _marks(end):
        manner = _with_years(start, end, manner)
        first, last = (_marked_point(point, manner) for point in (start, end))
        return _say(manner, "span", first=first, last=last)
    return _with_marks("".join(_ends(start, end, manner)), start, manner)


def _set(start: Point, end: Point, manner: _Manner) -> str:
    if _is_said_once(start, end, manner):
        return _marked_point(start, manner)
    if start.approximate or end.approximate or start.uncertain != end.uncertain:
        manner = _with_years(start, end, manner)
        first, last = (_marked_point(point, manner, inside=True) for point in (start, end))
        return _say(manner, "between", first=first, last=last)
    shared = _shared_ends(start, end, manner)
    if shared and shared[1].strip():  # else the joint is a word that only the language knows
        first, _, last = shared
    else:
        full = _with_years(start, end, manner)
        first, last = (_point(point, full, inside=True) for point in (start, end))
    return _with_marks(_say(manner, "between", first=first, last=last), start, manner)


def _marks(point: Point) -> tuple[bool, bool]:
    return point.approximate, point.uncertain


def _marked_point(point: Point, manner: _Manner, *, inside: bool = False) -> str:
    text = _point(point, manner, inside=inside or point.approximate)
    return _with_marks(text, point, manner)


def _with_marks(text: str, point: Point, manner: _Manner) -> str:
    if point.approximate:
        text = _say(manner, "around", date=text)
    return _say(manner, "uncertain", date=text) if point.uncertain else text


# --- two ends -----------------------------------------------------------------------------------


def _ends(start: Point, end: Point, manner: _Manner) -> tuple[str, str, str]:
    """The first end, what joins them, and the last."""
    if _is_said_once(start, end, manner):
        return "", "", _point(start, manner)
    shared = _shared_ends(start, end, manner)
    if shared:
        return shared
    manner = _with_years(start, end, manner)
    return _point(start, manner), _joint(manner, "span"), _point(end, manner)


def _shared_ends(start: Point, end: Point, manner: _Manner) -> tuple[str, str, str] | None:
    """The same where both have something in common, which is said once; else None."""
    return (
        _calendar_ends(start, end, manner)
        or _year_ends(start, end, manner)
        or _time_ends(start, end, manner)
    )


def _is_said_once(start: Point, end: Point, manner: _Manner) -> bool:
    return start.edtf == end.edtf or (manner.is_short and _is_same_day(start, end))


def _is_same_day(start: Point, end: Point) -> bool:
    days = ((point.year, point.month, point.day) for point in (start, end))
    return start.day is not None and len(set(days)) == 1


def _with_years(start: Point, end: Point, manner: _Manner) -> _Manner:
    """A heading has said one year at most: two ends in two years need theirs."""
    return manner if start.year == end.year else replace(manner, is_short=False)


def _joint(manner: _Manner, key: str) -> str:
    return _say(manner, key, first="", last="")


def _calendar_ends(start: Point, end: Point, manner: _Manner) -> tuple[str, str, str] | None:
    """Two days or two months in years that the language's own patterns for intervals cover."""
    is_days = start.precision == end.precision == "day"
    if manner.is_short and start.hour is not None and end.hour is not None:
        is_days = True  # the time of the day is left out
    is_months = start.precision == end.precision == "month"
    if not (is_days or is_months) or not (start.is_named and end.is_named):
        return None
    first, last = (dt.date(p.year, p.month or 1, p.day or 1) for p in (start, end))
    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    patterns = _interval(manner, field, "d" if is_days else "")
    if patterns is None:
        return None
    locale = manner.language.locale
    before, after = (
        plain_blanks(parse_pattern(pattern).apply(day, locale))
        for pattern, day in zip(patterns, (first, last), strict=True)
    )
    stem = before.rstrip(_JOINTS)
    return stem, before[len(stem) :], after


def _interval(manner: _Manner, field: str, day: str) -> tuple[str, str] | None:
    """CLDR's two patterns of an interval; the long one is made of the short where it is missing."""
    year = "" if manner.is_short and field != "y" else "y"
    formats = manner.language.locale.interval_formats
    for month in ("MMM",) if manner.is_short else ("MMMM", "MMM"):
        patterns = formats.get(f"{year}{month}{day}", {}).get(field)
        if patterns and len(patterns) == 2:
            break
    else:
        return None
    if not manner.is_short:
        patterns = [re.sub(r"(?<![ML])([ML])\1\1(?![ML])", r"\1\1\1\1", one) for one in patterns]
    return patterns[0], patterns[1]


def _year_ends(start: Point, end: Point, manner: _Manner) -> tuple[str, str, str] | None:
    """``2019–2021`` and ``300–201 BCE``."""
    if not start.precision == end.precision == "year" or start.unspecified or end.unspecified:
        return None
    joint = _joint(manner, "close_span")
    if 1 <= start.year <= end.year <= 999:
        return str(start.year), joint, _year(end.year, manner)
    if _OLDEST_BCE <= start.year <= end.year <= 0:
        return manner.language.number(1 - start.year), joint, _year(end.year, manner)
    if 1000 <= start.year <= end.year <= 9999:
        return _year(start.year, manner), joint, _year(end.year, manner)
    return None


def _time_ends(start: Point, end: Point, manner: _Manner) -> tuple[str, str, str] | None:
    """``14 December 2025, 10:30–12:00 UTC``."""
    if start.hour is None or end.hour is None or start.offset != end.offset:
        return None
    if not _is_same_day(start, end):
        return None
    day = _day_or_month(start.year, start.month, start.day, manner)
    first = _say(manner, "time", date=day, time=_clock(start, manner))
    return first, _joint(manner, "close_span"), _zoned_clock(end, manner)


# --- one point ----------------------------------------------------------------------------------


def _point(point: Point, manner: _Manner, *, inside: bool = False) -> str:
    """The point without its marks; `inside` another phrase, decades and the like take "the"."""
    if point.precision in ("decade", "century", "quarter"):
        is_quarter = point.precision == "quarter"
        text = (_part if is_quarter else _decade_or_century)(point, manner)
        return _say(manner, "inside", date=text) if inside else text
    if point.precision == "season":
        text = _part(point, manner)
    elif point.precision == "year":
        text = _year(point.year, manner)
    else:
        text = _day_or_month(point.year, point.month, point.day, manner)
    if point.unspecified:
        return _say(manner, f"some_{point.unspecified}", date=text)
    if point.hour is None or manner.is_short:
        return text
    return _say(manner, "time", date=text, time=_zoned_clock(point, manner))


def _day_or_month(year: int, month: int | None, day: int | None, manner: _Manner) -> str:
    if manner.is_short:
        return _short(month or 1, day, manner)
    if 1 <= year <= 9999:
        date = dt.date(year, month or 1, day or 1)
        text = manner.language.day(date) if day else plain_blanks(_month_and_year(date, manner))
        return text if year > 999 else _say(manner, "ce", date=text)
    name = manner.language.locale.months["format"]["wide"][month or 1]
    key, words = ("day" if day else "month"), _year(year, manner)
    return _say(manner, key, day=day, month=name, year=words)


def _month_and_year(date: dt.date, manner: _Manner) -> str:
    return format_skeleton("yMMMM", date, locale=manner.language.locale)


def _short(month: int, day: int | None, manner: _Manner) -> str:
    """``14 Dec`` or ``December``; a leap year stands in for the year, which is not shown."""
    locale = manner.language.locale
    if day is None:
        return str(locale.months["stand-alone"]["wide"][month])
    return plain_blanks(format_skeleton("MMMd", dt.date(2000, month, day), locale=locale))


def _part(point: Point, manner: _Manner) -> str:
    """A season or quarter. A winter names both of its years, since nobody agrees on one."""
    code = point.part or 0
    group, name = ("seasons", _SEASONS[code]) if code in _SEASONS else ("quarters", _QUARTERS[code])
    if manner.is_short:
        return _say(manner, f"{group}_alone.{name}")
    year = _year(point.year, manner)
    if name == "winter" and 1000 <= point.year < 9999:
        after = str(point.year + 1)
        after = after if after.endswith("00") else after[-2:]
        year = _say(manner, "close_span", first=year, last=after)
    return _say(manner, f"{group}.{name}", year=year)


def _decade_or_century(point: Point, manner: _Manner) -> str:
    """``1960s``, ``19th century``; a decade before year one has no name but its years.

    EDTF's 18XX is 1800 to 1899 and the 19th century 1801 to 1900; one year is no lie in a
    century. ``-01XX`` is exactly the 2nd century BCE.
    """
    if point.precision == "century":
        is_bce = point.year < 0
        number = (1 - point.year + 99) // 100 if is_bce else point.year // 100 + 1
        ordinal = manner.language.ordinal(number)
        return _say(manner, "century_bce" if is_bce else "century", ordinal=ordinal)
    if point.year <= 0:
        last = civil_from_instant(point.latest)[0]
        first = _year(point.year, manner) if last > 0 else str(1 - point.year)
        key = "span" if last > 0 else "close_span"
        return _say(manner, key, first=first, last=_year(last, manner))
    text = _say(manner, "decade", year=str(point.year))
    return text if point.year > 999 else _say(manner, "ce", date=text)


def _year(year: int, manner: _Manner) -> str:
    language = manner.language
    if year > 9999:
        return _say(manner, "far_year", year=language.number(year))
    if year >= 1:
        text = plain_blanks(format_skeleton("y", dt.date(year, 1, 1), locale=language.locale))
        return text if year > 999 else _say(manner, "ce", date=text)
    if year < _OLDEST_BCE:
        return _years_ago(-year, manner)
    number = language.number(1 - year) if year <= -9999 else str(1 - year)
    return _say(manner, "bce", date=number)


def _years_ago(years: int, manner: _Manner) -> str:
    """``300,000 years ago``, ``13.8 billion years ago``: the two thousand since do not count."""
    language, thousandths = manner.language, round(years / _MILLION, 3)
    if thousandths >= 1000:
        number = _say(manner, "billions", number=language.number(round(years / 1e9, 3)))
    elif years >= _MILLION:
        number = _say(manner, "millions", number=language.number(thousandths))
    else:
        number = language.number(years)
    return _say(manner, "years_ago", number=number)


# --- times --------------------------------------------------------------------------------------


def _zoned_clock(point: Point, manner: _Manner) -> str:
    time, zone = _clock(point, manner), _zone_name(point, manner)
    return _say(manner, "zone", time=time, zone=zone) if zone else time


def _clock(point: Point, manner: _Manner) -> str:
    time = dt.time(point.hour or 0, point.minute or 0, point.second or 0)
    return manner.language.time(time, "short" if point.second is None else "medium")


def _zone_name(point: Point, manner: _Manner) -> str | None:
    """``UTC``, the site's own name for its zone, or ``UTC+3``; None where no zone is known."""
    if point.offset is None:
        return None
    if point.edtf.endswith("Z"):
        return _say(manner, "utc")
    own = _site_zone_name(point, manner.zone)
    if own:
        return own
    if not point.offset:
        return _say(manner, "utc")
    hours, minutes = divmod(round(abs(point.offset) / 60), 60)
    sign = "-" if point.offset < 0 else "+"
    return _say(
        manner, "utc_offset", offset=f"{sign}{hours}" + (f":{minutes:02d}" if minutes else "")
    )


def _site_zone_name(point: Point, zone: dt.tzinfo | None) -> str | None:
    """The zone's abbreviation, if it has the point's offset then; zones without one are +03."""
    if zone is None or not 1 < point.year < 9999 or point.offset is None:
        return None
    clock = dt.datetime(*civil_from_instant(point.earliest), tzinfo=dt.UTC).astimezone(zone)
    name, offset = clock.tzname(), clock.utcoffset()
    is_same = offset is not None and int(offset.total_seconds()) == point.offset
    return name if is_same and name and name.isalpha() else None


# --- gaps ---------------------------------------------------------------------------------------


def format_gap(earlier: Date, later: Date, language: Language) -> str | None:
    """How long after one date the next one is: ``the next day``, ``four months later``.

    From the end of the first to the start of the second, in the unit of the coarser one. None
    where there is no gap that could be said for certain: an end that is open, approximate,
    uncertain or between two; seasons, decades and the like; the same day, month or year.
    Weeks and months are rounded, years are not ("more than two years later").
    """
    first, second = earlier.end, later.start
    if earlier.is_set or later.is_set or first is None or second is None:
        return None
    if not (_is_countable(first) and _is_countable(second)):
        return None
    coarser = min(first.precision, second.precision, key=PRECISIONS.index)
    manner = _Manner(language)
    (year, month, _), (next_year, next_month, _) = _site_day(first), _site_day(second)
    if coarser == "year":
        return _coarse_gap("year", next_year - year, manner)
    if coarser == "month":
        return _coarse_gap("month", (next_year - year) * 12 + next_month - month, manner)
    return _day_gap(first, second, manner)


def _is_countable(point: Point) -> bool:
    return (
        not point.approximate
        and not point.uncertain
        and point.precision in ("year", "month", "day", "minute", "second")
        and point.year >= _OLDEST_BCE
    )


def _coarse_gap(unit: str, number: int, manner: _Manner) -> str | None:
    """Years or months by their numbers; the next one may be a day or almost two units later."""
    if number < 1:
        return None
    if number == 1:
        return _say(manner, f"gap.next_{unit}")
    return _gap("years", number, manner) if unit == "year" else _months_gap(number, manner)


def _day_gap(first: Point, second: Point, manner: _Manner) -> str | None:
    days = _day_number(second) - _day_number(first)
    if days < 1:
        return _time_gap(first, second, manner) if days == 0 else None
    months, rest = _whole_months(_site_day(first), _site_day(second))
    if months and not rest and months < 24:
        return _months_gap(months, manner)
    if days < 14 and days != 7:
        return _gap("days", days, manner)
    if days < 70:
        return _gap("weeks", round(days / 7), manner)
    is_more = rest >= 15
    if months < 23 and not (months == 11 and is_more):
        return _months_gap(months + is_more, manner)
    return _years_gap(months, manner)


def _day_number(point: Point) -> int:
    return (point.earliest + point.shift) // DAY_SECONDS


def _whole_months(first: tuple[int, int, int], last: tuple[int, int, int]) -> tuple[int, int]:
    """The whole months from one day to another, and the days beyond (none from 31 January on
    to 1 March, as February has no 31st)."""
    (year, month, day), (next_year, next_month, next_day) = first, last
    months = (next_year - year) * 12 + next_month - month - (next_day < day)
    years, index = divmod(month - 1 + months, 12)
    reached = days_from_civil(year + years, index + 1, 1) + day - 1
    return months, max(0, days_from_civil(*last) - reached)


def _time_gap(first: Point, second: Point, manner: _Manner) -> str | None:
    if first.hour is None or second.hour is None:
        return None
    minutes = (second.earliest - first.earliest) // 60
    if minutes < 1:
        return None
    if minutes < 60:
        return _gap("minutes", minutes, manner)
    return _gap("hours", round(minutes / 60), manner)


def _months_gap(months: int, manner: _Manner) -> str:
    if months == 12:
        return _gap("years", 1, manner)
    return _gap("months", months, manner) if months < 24 else _years_gap(months, manner)


def _years_gap(months: int, manner: _Manner) -> str:
    """A month more than whole years is still whole; a month less is almost."""
    years, rest = divmod(months, 12)
    if rest == 11:
        return _gap("almost_years", years + 1, manner)
    return _gap("years" if rest <= 1 else "more_than_years", years, manner)


def _gap(unit: str, number: int, manner: _Manner) -> str:
    language = manner.language
    is_word = number <= _LARGEST_WORD
    words = _say(manner, f"numbers.n{number}") if is_word else language.number(number)
    return language.count(f"dates.gap.{unit}", number, count=words)


def _say(manner: _Manner, key: str, **values: object) -> str:
    return manner.language.text(f"dates.{key}", **values)
