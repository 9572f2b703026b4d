"""From when a text counts: the day, month or year against which "on Sunday" is resolved.

The date is a choice, not a guess. It is the one given; only where the text contradicts it ("earlier
in December" on a page of January) the month that the text names is taken, and that is said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..dates import DAY_SECONDS, Date, date_of, parse_date
from .calendar import MONTHS, WEEKDAYS, safe_day
from .date_expressions import DateExpression, find_dates
from .name_runs import dateline_end
from .prose import Prose

_EPOCH: Final = dt.date(1970, 1, 1)
_MONTH_NAMES: Final = "|".join(name.capitalize() for name in MONTHS)
_IN_MONTH: Final = re.compile(
    rf"\b(?:[Ee]arlier|[Ll]ater|[Ss]o far|[Aa]lready)\s+(?:in"
    rf"|this)\s+(?P<month>{_MONTH_NAMES})\b(?!,?\s+\d)"
    rf"|\b[Tt]his\s+(?P<this>{_MONTH_NAMES})\b(?!,?\s+\d)"
)
_AFTER_YEAR: Final = re.compile(
    r"\b(?P<hedge>nearly|almost|about|some|more than|over|just over)?\s*"
    r"(?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+years\s+(?:after|since)\s+"
    r"[^.;]{0,50}?(?P<year>(?:19|20)\d\d)"
)
_COUNTS: Final = {
    word: n
    for n, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
    )
}
_DATELINE_DAY: Final = re.compile(
    rf"(?P<month>{_MONTH_NAMES}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    rf"|Dec)\.?\s+(?P<day>\d\d?)\b"
    rf"|(?P<day2>\d\d?)\s+(?P<month2>{_MONTH_NAMES}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    rf"|Dec)\b"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The date from which a text counts; `doubts` are sentences for the editor."""

    date: Date
    is_inferred: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return _day(self.date.earliest)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return _day(self.date.latest)


def _day(instant: int | None) -> dt.date:
    return _EPOCH + dt.timedelta(days=(instant or 0) // DAY_SECONDS)


def choose_reference(prose: Prose, date: Date) -> Reference:
    """The date given, or the one that the text itself names where both cannot be true."""
    given = Reference(date)
    stated = _dateline_day(prose, given.last)
    if stated is not None and stated != given.last:
        return Reference(
            date_of(stated.year, stated.month, stated.day),
            is_inferred=True,
            doubts=(f"The dateline says {stated}, and the date of the article is {date.edtf}.",),
        )
    for words, month in _months_of_writing(prose):
        if given.first.month <= month <= given.last.month or given.first.year != given.last.year:
            continue
        year = given.last.year - (month > given.last.month)
        why = (
            f'"{words}" does not fit the date {date.edtf}: the text seems to be of '
            f"{MONTHS[month - 1].capitalize()} {year}, and dates are counted from then."
        )
        return Reference(date_of(year, month), True, (why, *_year_hints(prose, year)))
    return given


def _months_of_writing(prose: Prose) -> Iterator[tuple[str, int]]:
    for match in _IN_MONTH.finditer(prose.text):
        month = (match["month"] or match["this"]).lower()
        if match["this"] and not match["month"]:
            continue  # "this March" may be the one to come
        start = prose.sentences[prose.sentence_index(match.start())].start
        if not re.search(r"\b(?:19|20)\d\d\b", prose.text[start : match.start()]):
            yield match[0], MONTHS.index(month) + 1


def _year_hints(prose: Prose, year: int) -> Iterator[str]:
    """What else in the text speaks for a year, or against it."""
    for match in _AFTER_YEAR.finditer(prose.text):
        count = int(_COUNTS.get(match["count"], match["count"]))
        reached = int(match["year"]) + count
        fits = year in {reached - 1, reached, reached + 1}
        yield f'"{match[0].strip()}" {"fits" if fits else "does not fit"} {year}.'


def _dateline_day(prose: Prose, near: dt.date) -> dt.date | None:
    """The day in a dateline ("SKARVIK, Sept 18 -"), of the year that is nearest to a day."""
    end = dateline_end(prose)
    match = _DATELINE_DAY.search(prose.text, 0, end)
    if match is None:
        return None
    month_word = (match["month"] or match["month2"]).lower()[:3]
    month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(month_word))
    number = int(match["day"] or match["day2"])
    days = [safe_day(year, month, number) for year in (near.year - 1, near.year, near.year + 1)]
    return min((d for d in days if d), key=lambda d: abs(d - near), default=None)


def resolve_dates(prose: Prose, reference: Reference) -> tuple[DateExpression, ...]:
    """Every date expression of a text, counted from a reference that may be imprecise.

    Against a month, "on Sunday" is a day of that month, and nobody knows which.
    """
    late = find_dates(prose, reference.last)
    if reference.first == reference.last:
        return late
    early = {expression.span: expression.edtf for expression in find_dates(prose, reference.first)}
    return tuple(
        expression
        if early.get(expression.span) == expression.edtf
        else _blurred(expression, early.get(expression.span, ""), reference)
        for expression in late
    )


def _blurred(expression: DateExpression, early: str, reference: Reference) -> DateExpression:
    """A date that depends on which day of the reference is meant."""
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", expression.edtf) is not None
    why = f"{expression.why}; the text is of {reference.date.edtf}, no day is known"
    edtf = reference.date.edtf
    if reference.date.precision == "month" and is_day:
        edtf = f"{edtf}-XX"
    return replace(expression, edtf=edtf, why=why, sureness="a guess")


def weekday_conflicts(prose: Prose) -> Iterator[str]:
    """Days that the text calls by a weekday that they are not: "Sunday, 15 December 2025"."""
    pattern = re.compile(
        rf"\b(?P<weekday>{'|'.join(w.capitalize() for w in WEEKDAYS)}),?\s+"
        rf"(?:(?P<month>{_MONTH_NAMES})\s+(?P<day>\d\d?)"
        rf"|(?P<day2>\d\d?)\s+(?P<month2>{_MONTH_NAMES}))"
        r",?\s+(?P<year>\d{4})\b"
    )
    for match in pattern.finditer(prose.text):
        month = MONTHS.index((match["month"] or match["month2"]).lower()) + 1
        day = safe_day(int(match["year"]), month, int(match["day"] or match["day2"]))
        if day and WEEKDAYS[day.weekday()] != match["weekday"].lower():
            real = parse_date(day.isoformat()).edtf
            yield f'"{match[0]}": {real} is a {WEEKDAYS[day.weekday()].capitalize()}.'
