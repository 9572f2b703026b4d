"""Date expressions of a text, resolved into EDTF against a day.

`find_dates` is the main verb. It tries the rules of `date_rules.py` on every sentence, keeps what
was named last for the next one, joins two ends into a span, and adds dates that are counted from
one behind them ("nearly four years after the 2022 invasion").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from .calendar import safe_day, shift
from .date_rules import (
    COUNT,
    HEDGES,
    RULES,
    SOME_DAY,
    UNIT,
    UNITS,
    WEEKDAY,
    YEAR,
    Context,
    Found,
    Rule,
    Sureness,
    as_hedged,
    move_by,
    number_of,
    unit_of,
)
from .prose import Prose, Span
from .quoted import read_frames
from .tense import tense_at


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that name a date: where they stand, the date, why it is that one, and how sure."""

    span: Span
    words: str
    edtf: str
    why: str
    sureness: Sureness
    is_relative: bool
    """Whether the date was counted from the reference date: then it hangs on that."""


def find_dates(prose: Prose, day: dt.date) -> tuple[DateExpression, ...]:
    """Every date expression of a text, in order, resolved as if the text were of this day."""
    found = []
    frames = read_frames(prose)
    lead_day: dt.date | None = None
    last_day: tuple[int, dt.date] | None = None
    last_named: tuple[int, dt.date, str] | None = None
    last_year: tuple[int, int, bool, int] | None = None
    for index, sentence in enumerate(prose.sentences):
        words = prose.words(sentence)
        paragraph = prose.paragraph_index(sentence.start)
        for start, end, rule, match in _matches(words):
            context = Context(
                day,
                words,
                start,
                end - start,
                last_day[1] if last_day and paragraph - last_day[0] <= 1 else None,
                last_named[1:] if last_named and index - last_named[0] <= 1 else None,
                _near_year(last_year, index, paragraph, day, words, start, end),
                frames.is_quoted(sentence.start + start),
                lead_day,
            )
            try:
                results = rule(match, context)
            except (OverflowError, ValueError):  # out of the calendar
                continue
            if results is None:
                continue
            span = Span(sentence.start + start, sentence.start + end)
            all_results = results if isinstance(results, tuple) else (results,)
            found += [_expression(prose, span, result) for result in all_results]
            result = all_results[-1]
            last_day = _last_day(result.edtf, paragraph) or last_day
            lead_day = lead_day or (last_day[1] if last_day else None)
            named = _first_day(result.edtf)
            last_named = (index, *named) if named else last_named
            is_year = re.search(YEAR, match[0]) or re.fullmatch(r"\d{4}", result.edtf)
            if is_year and result.edtf[:4].isdigit():
                is_frame = "-" in result.edtf or start <= _FRAME
                last_year = (index, int(result.edtf[:4]), is_frame, paragraph)
    joined = list(_joined(prose.text, found))
    counted = [c for sentence in prose.sentences for c in _counted_from(prose, sentence, joined)]
    return tuple(sorted([*joined, *counted], key=lambda expression: expression.span))


_FROM_ANOTHER: Final = re.compile(
    rf"\b(?:(?:(?P<hedge>{HEDGES})\s+)?(?P<count>{COUNT})\s+(?P<unit>{UNIT})"
    rf"|the\s+(?P<one>day|week"
    r"|month|year))\s+(?P<sense>after|before)\s+",
    re.I,
)
_MOST_BETWEEN: Final = 70


def _counted_from(
    prose: Prose, sentence: Span, found: list[DateExpression]
) -> Iterator[DateExpression]:
    """`nearly four years after the 2022 invasion`: counted from the date behind it.

    Only where that date stands in the same clause and is as precise as the unit.
    """
    for match in _FROM_ANOTHER.finditer(prose.text, sentence.start, sentence.end):
        span = Span(match.start(), match.start() + len(match[0].rstrip()))
        if any(e.span.start < span.end and span.start < e.span.end for e in found):
            continue
        base = next((e for e in found if e.span.start >= match.end() - 4), None)
        between = prose.text[match.end() : base.span.start] if base else ""
        if base is None or len(between) > _MOST_BETWEEN or re.search(r"[.,;:()\n]", between):
            continue
        edtf = _from_base(match, base.edtf)
        if edtf is not None:
            why = f"{span_words(match)} {base.words}"
            words = prose.words(span)
            yield DateExpression(
                span, words, as_hedged(match, edtf), why, "likely", base.is_relative
            )


def span_words(match: re.Match[str]) -> str:
    """The words of a match with single spaces."""
    return " ".join(match[0].split())


def _from_base(match: re.Match[str], base: str) -> str | None:
    """A date so many units from another; None where that is too coarse."""
    unit = unit_of(match["unit"] or match["one"])
    named = _first_day(base)
    if named is None or "/" in base or unit not in UNITS:
        return None
    day, precision = named
    if UNITS.index(precision) > UNITS.index(unit):
        return None
    sign = 1 if match["sense"].lower() == "after" else -1
    count = sign * (number_of(match["count"]) if match["count"] else 1)
    if precision == "day" and unit == "week":  # from a day, weeks are counted to the day
        moved = shift(day, unit, count)
        return moved.isoformat() if moved else None
    return move_by(day, unit, count)


#: A year so near to the beginning of its sentence is that of the passage: "In 1986 ...".
_FRAME: Final = 12


def _near_year(
    last: tuple[int, int, bool, int] | None,
    index: int,
    paragraph: int,
    day: dt.date,
    sentence: str,
    start: int,
    end: int,
) -> int | None:
    """The year that a day or month without one may be of, where a passage tells of the past.

    It is the year of the same sentence; or the one of the sentence before, where that begins with
    it or it stands with a month there.
    """
    if last is None or last[1] == day.year or index - last[0] > 1:
        return None
    if last[1] > day.year:
        is_ahead = index == last[0] and tense_at(sentence, start, end) != "past"
        return last[1] if is_ahead else None
    if index != last[0]:
        is_story = last[2] and last[3] == paragraph and last[1] < day.year - 1
        if not (is_story and tense_at(sentence, start, end) == "past"):
            return None
    return last[1] if tense_at(sentence, start, end) != "future" else None


_POINT: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?~?")


def _first_day(edtf: str) -> tuple[dt.date, str] | None:
    """The first day of a date and the unit that it names; for a span those of its end."""
    match = _POINT.fullmatch(edtf.rpartition("/")[2])
    if match is None:
        return None
    month = int(match[2] or 1)
    if month > 12:
        return (dt.date(int(match[1]), 3 * (month - 33) + 1, 1), "quarter") if month > 32 else None
    day = safe_day(int(match[1]), month, int(match[3] or 1))
    if day is None:
        return None
    return day, "day" if match[3] else "month" if match[2] else "year"


def _joined(text: str, found: list[DateExpression]) -> Iterator[DateExpression]:
    """`from 3 to 5 May`, `between 1971 and 1979` as one span."""
    at = 0
    while at < len(found):
        first = found[at]
        second = found[at + 1] if at + 1 < len(found) else None
        if second is not None:
            first, second = _in_order(*_of_same_year(first, second), text=text)
        if second is not None and _is_span(text, first, second):
            span = Span(first.span.start, second.span.end)
            edtf = f"{first.edtf}/{second.edtf}"
            if SOME_DAY.search(text[max(0, first.span.start - 40) : first.span.start]):
                edtf = f"[{first.edtf}..{second.edtf}]"
            relative = first.is_relative or second.is_relative
            yield DateExpression(
                span, text[span.start : span.end], edtf, "a span", first.sureness, relative
            )
            at += 2
        else:
            yield first
            at += 1


def _in_order(
    first: DateExpression, second: DateExpression, *, text: str
) -> tuple[DateExpression, DateExpression]:
    """`from Friday to Sunday`: the second one is the next one behind the first."""
    days = [x.edtf for x in (first, second) if re.fullmatch(r"\d{4}-\d\d-\d\d", x.edtf)]
    is_week = all(re.search(WEEKDAY, x.words) for x in (first, second))
    if len(days) < 2 or not is_week or not _is_joint(text, first, second):
        return first, second
    start, end = map(dt.date.fromisoformat, days)
    if start > end:
        end += dt.timedelta(days=7 * ((start - end).days // 7 + 1))
    return first, replace(second, edtf=end.isoformat())


def _of_same_year(
    first: DateExpression, second: DateExpression
) -> tuple[DateExpression, DateExpression]:
    """Two days, the first with the year that only the second one names."""
    days = re.fullmatch(r"\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d", f"{first.edtf} {second.edtf}")
    gap = second.span.start - first.span.end
    if not days or gap > 5 or re.search(YEAR, first.words) or not re.search(YEAR, second.words):
        return first, second
    return replace(first, edtf=second.edtf[:4] + first.edtf[4:], is_relative=False), second


def _is_joint(text: str, first: DateExpression, second: DateExpression) -> bool:
    """Whether "from" and "to", or "between" and "and", stand around two expressions."""
    before = text[max(0, first.span.start - 9) : first.span.start]
    between = text[first.span.end : second.span.start]
    opener = re.search(r"\b(from|between)\s+(?:the\s+)?$", before, re.I)
    fits = {"from": r"\s+(?:to|until|till|through)\s+", "between": r"\s+and\s+"}
    return bool(opener and re.fullmatch(fits[opener[1].lower()], between))


def _is_span(text: str, first: DateExpression, second: DateExpression) -> bool:
    if not _is_joint(text, first, second):
        return False
    same = len(first.edtf) == len(second.edtf) and "/" not in first.edtf + second.edtf
    return same and first.edtf < second.edtf and first.edtf[:4].isdigit()


def _matches(sentence: str) -> Iterator[tuple[int, int, Rule, re.Match[str]]]:
    """The first and longest matches of the rules, none inside another."""
    matches = [
        (match.start(), -match.end(), order, match)
        for order, (pattern, _) in enumerate(RULES)
        for match in pattern.finditer(sentence)
    ]
    floor = 0
    for start, minus_end, order, match in sorted(matches, key=lambda item: item[:3]):
        if start >= floor:
            floor = -minus_end
            yield start, floor, RULES[order][1], match


def _expression(prose: Prose, span: Span, found: Found) -> DateExpression:
    return DateExpression(
        span, prose.words(span), found.edtf, found.why, found.sureness, found.is_relative
    )


def _last_day(edtf: str, paragraph: int) -> tuple[int, dt.date] | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf):
        return None
    return paragraph, dt.date.fromisoformat(edtf)
