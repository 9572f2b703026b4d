"""The dates that news sites print above an article, read as strictly as a machine can.

A date counts only where the whole text is one. Where day and month can be told in two ways, both
readings are given and none is chosen. Months and weekdays may be in English or in the language of
the site.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from ..dates import Date, DateError, civil_from_instant, parse_date

Label = Literal["", "published", "updated"]

_MAX_LENGTH: Final = 120
_LABEL: Final = re.compile(
    r"(?:(?P<updated>(?:last\s+|article\s+)?(?:updated|modified|edited|revised)"
    r"|aktualisiert|mis à jour|actualizado)"
    r"|(?:(?:first|originally|date|article)\s+)?(?:published|posted|issued|created)"
    r"|(?:(?:publication|release)\s+)?date|veröffentlicht|publié|publicado)"
    r"(?:\s+(?:on|at|am|le|el))?\s*:?\s+",
    re.I,
)
_TIME: Final = (
    r"(?P<hour>\d{1,2})(?:(?:[:.h](?P<minute>\d\d)(?::[0-5]\d(?:\.\d+)?)?)"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?|\s*(?P<half2>[ap]\.?\s?m\b\.?))"
    r"(?:\s*(?:hrs?|uhr|h)\b\.?)?"
    r"(?:\s*\(?(?P<zone>Z|[A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d)\)?)?"
)
_BETWEEN: Final = r"(?:\s*[,|·•/–—-]\s*|\s+(?:at|um|à|a las)\s+|\s*T\s*|\s+)"
_WEEKDAY: Final = r"(?:(?P<weekday>[^\W\d_]{2,12})\.?,?\s+)?"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|\.|º)?"
_NAME: Final = r"(?P<name>[^\W\d_]{3,12})\.?"
_DAY: Final = rf"(?P<day>\d{{1,2}}){_ORDINAL}"
_YEAR: Final = r"(?P<year>\d{4})"
_FORMS: Final = (
    rf"{_DAY}[\s-]*(?:of\s+|de\s+)?{_NAME},?[\s-]+(?:de\s+|del\s+)?{_YEAR}",
    rf"{_NAME}\s+{_DAY},?\s+{_YEAR}",
    rf"{_YEAR}\s+{_NAME}\s+{_DAY}",
    rf"{_YEAR}(?P<between>[-/.])(?P<month>\d{{1,2}})(?P=between)(?P<day>\d{{1,2}})",
    r"(?P<one>\d{1,2})(?P<between>[-/.])\s?(?P<two>\d{1,2})(?P=between)\s?(?P<year>\d{4}|\d\d)",
)
_WHOLE: Final = tuple(
    re.compile(pattern, re.I)
    for form in _FORMS
    for pattern in (
        rf"{_WEEKDAY}{form}(?:{_BETWEEN}{_TIME})?",
        rf"{_TIME}(?:,|\s+on)?\s+{_WEEKDAY}{form}",
    )
)
_CLOCK: Final = re.compile(_TIME, re.I)
_RELATIVE: Final = re.compile(
    r"(?:an?|\d+)\s*(?:m|h|d|min|mins|minutes?|hrs?|hours?|days?|weeks?|months?|years?)\s+ago"
    r"|just now|today|yesterday|(?:today|yesterday)\s+at\s+\S+(?:\s?[ap]m)?",
    re.I,
)

#: Hours east of UTC. The American ones are those of RFC 5322; what means several things in the
#: news (IST, AST) is not here. BST is the British one, and only in summer.
_HOURS: Final = (
    *((-8, "PST"), (-7, "PDT MST"), (-6, "MDT CST"), (-5, "CDT EST"), (-4, "EDT")),
    *((0, "Z UT UTC GMT WET"), (1, "CET MEZ WEST"), (2, "CEST MESZ EET SAST"), (3, "EEST MSK")),
    *((5, "PKT"), (7, "WIB ICT"), (8, "SGT HKT PHT AWST"), (9, "JST KST"), (9.5, "ACST")),
    *((10, "AEST"), (11, "AEDT"), (12, "NZST"), (13, "NZDT")),
)
_ZONES: Final = {name: int(60 * hours) for hours, names in _HOURS for name in names.split()}
_REGIONS: Final[Mapping[str, str]] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date as printed on a page.

    `dates` holds more than one where day and month can be told in two ways, and none where there
    is no such day; `wrong` says why. `doubt` says what of it could not be kept.
    """

    text: str
    label: Label
    dates: tuple[Date, ...]
    wrong: str = ""
    doubt: str = ""


class DateReader:
    """Reads dates with the names of months and weekdays of English and one more language."""

    def __init__(self, language: str = "en") -> None:
        self.months: dict[str, int] = {}
        self.weekdays: dict[str, int] = {}
        for locale in _locales(language):
            self.months.update(_names(locale.months, start=0))
            self.weekdays.update(_names(locale.days, start=0))
        self.months["sept"] = 9
        self.weekdays.update({"tues": 1, "wed": 2, "weds": 2, "thur": 3, "thurs": 3})

    def read(self, text: str) -> PageDate | None:
        """The date that the whole text is, or None where it is none."""
        text = " ".join(text.split())
        if len(text) > _MAX_LENGTH or not re.search(r"\d", text):
            return None
        labelled = _LABEL.match(text)
        label: Label = ""
        if labelled:
            label = "updated" if labelled["updated"] else "published"
        rest = text[labelled.end() if labelled else 0 :].strip(" .,;")
        for pattern in _WHOLE:
            found = pattern.fullmatch(rest)
            if found and self._has_known_names(found):
                return self._page_date(rest, label, found)
        return None

    def is_time(self, text: str) -> bool:
        """Whether a text is a time without a day ("Updated 6:03 p.m. ET")."""
        labelled = _LABEL.match(text)
        rest = text[labelled.end() if labelled else 0 :].strip(" .,;")
        return len(rest) <= 40 and bool(_CLOCK.fullmatch(rest))

    def _has_known_names(self, found: re.Match[str]) -> bool:
        groups = found.groupdict()
        name, weekday = groups.get("name"), groups["weekday"]
        return (name is None or _fold(name) in self.months) and (
            weekday is None or _fold(weekday) in self.weekdays
        )

    def _page_date(self, text: str, label: Label, found: re.Match[str]) -> PageDate:
        days, wrong = self._days(found.groupdict())
        weekday = found["weekday"]
        doubt = ""
        if weekday:
            fitting = tuple(d for d in days if _weekday(d) == self.weekdays[_fold(weekday)])
            if days and not fitting:
                doubt = f"{days[0].edtf} is not a {weekday}"
            days = fitting or days
        time, lost = _time(found, days)
        if lost:
            doubt = doubt or lost
        try:
            dates = tuple(parse_date(day.edtf + time) for day in days)
        except DateError as error:
            return PageDate(text, label, (), error.message)
        return PageDate(text, label, dates, wrong if not dates else "", doubt)

    def _days(self, groups: dict[str, str | None]) -> tuple[tuple[Date, ...], str]:
        """The days that may be meant; with none, why there is none."""
        found: list[Date] = []
        wrong = ""
        for year, month, day in self._numbers(groups):
            try:
                date = parse_date(f"{year:04d}-{month:02d}-{day:02d}")
            except DateError as error:
                wrong = wrong or error.message
            else:
                found += [] if date in found else [date]
        return tuple(found), wrong

    def _numbers(self, groups: dict[str, str | None]) -> Iterator[tuple[int, int, int]]:
        """Year, month and day, in every way in which they can be told."""
        year = groups["year"] or ""
        if groups.get("one") is None:
            month = groups.get("month")
            number = int(month) if month else self.months[_fold(groups["name"] or "")]
            yield int(year), number, int(groups["day"] or "")
            return
        first, second = int(groups["one"] or ""), int(groups["two"] or "")
        century = 2000 if len(year) == 2 else 0
        yield int(year) + century, second, first
        # With dots the day comes first wherever dots are used.
        if groups["between"] == ".":
            return
        yield int(year) + century, first, second
        if century:
            yield first + century, second, int(year)


def is_relative(text: str) -> bool:
    """Whether a text is a date that says nothing without the moment of copying ("2 hours ago")."""
    return len(text) <= 40 and bool(_RELATIVE.fullmatch(text.strip(" .")))


def _locales(language: str) -> Iterator[Locale]:
    for name in dict.fromkeys((language, "en")):
        try:
            yield Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue


def _names(forms: Mapping[str, Mapping[str, Mapping[int, str]]], *, start: int) -> dict[str, int]:
    """Names in full and cut short, by their number."""
    return {
        _fold(name): number + start
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in forms[form][width].items()
        if not name.isdigit()
    }


def _fold(name: str) -> str:
    return name.casefold().rstrip(".")


def _weekday(date: Date) -> int:
    """Monday is 0."""
    return (date.points[0].earliest // 86_400 + 3) % 7


def _time(found: re.Match[str], days: tuple[Date, ...]) -> tuple[str, str]:
    """The time as EDTF has it, behind a day; or nothing, and why it was not kept."""
    if not found["hour"] or len(days) != 1:
        return "", ""
    hour, half = int(found["hour"]), found["half"] or found["half2"]
    if half:
        if not 1 <= hour <= 12:
            return "", f"there is no '{found['hour']} {half}'"
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    clock = f"T{hour:02d}:{found['minute'] or '00'}"
    zone = found["zone"]
    if not zone:
        return "", "the time has no time zone, so only the day was kept"
    offset = _offset(zone, days[0], hour)
    if offset is None:
        return "", f"the time zone '{zone}' may mean several, so only the day was kept"
    return clock + offset, ""


def _offset(zone: str, day: Date, hour: int) -> str | None:
    """An offset as EDTF has it, or None for a zone that is not known for sure."""
    numbers = re.fullmatch(r"(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d\d))?", zone, re.I)
    if numbers:
        return f"{numbers[1]}{int(numbers[2]):02d}:{numbers[3] or '00'}"
    name = zone.upper()
    minutes = _ZONES.get(name)
    if name in _REGIONS or name == "BST":
        minutes = _minutes_in(_REGIONS.get(name, "Europe/London"), day, hour)
        if name == "BST" and minutes == 0:
            return None
    if minutes is None:
        return None
    if minutes == 0:
        return "Z"
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _minutes_in(region: str, day: Date, hour: int) -> int | None:
    year, month, number, *_ = civil_from_instant(day.points[0].earliest)
    if not 1 <= year <= 9999 or hour > 23:
        return None
    moment = dt.datetime(year, month, number, hour, tzinfo=ZoneInfo(region))
    delta = moment.utcoffset()
    return None if delta is None else int(delta.total_seconds()) // 60
