"""Date expressions of English news prose, resolved into EDTF against a day.

`find_dates` is the main verb. Patterns are tried in the order of `_RULES`; of those that match at
one place the longest wins, and nothing is found twice. A rule gives EDTF, or None where the
expression says no date here: a duration ("the past five years"), a count ("2000 people"), a
repeated day ("Sundays"), a vague word ("recently").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from .calendar import (
    HOLIDAYS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Direction,
    holiday,
    nearest_weekday,
    print_unit,
    safe_day,
    season_year,
    shift,
    weekday_of_month,
    weekend,
    year_of_month,
)
from .prose import Prose, Span
from .quoted import read_frames
from .tense import Tense, tense_at

Sureness = Literal["sure", "likely", "a guess"]


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


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule makes of a match."""

    edtf: str
    why: str
    sureness: Sureness = "sure"
    is_relative: bool = False


#: How far rules look around a match: a sentence of a thousand words is none.
_WINDOW: Final = 300


@dataclass(frozen=True, slots=True)
class _Context:
    """What a rule may look at beside its match."""

    day: dt.date
    sentence: str
    offset: int
    """Where the match begins in its sentence."""
    length: int
    last_day: dt.date | None
    """The day named last in this paragraph or the one before."""
    anchor: tuple[dt.date, str] | None
    """What was named last in this sentence or the one before: its first day, and its unit."""
    near_year: int | None
    """The year that the passage is about: named in this sentence, or with a month right before."""
    is_quoted: bool = False
    lead_day: dt.date | None = None
    """The first day that the text names: as a rule that of the news."""

    @property
    def before(self) -> str:
        return self.sentence[max(0, self.offset - _WINDOW) : self.offset]

    @property
    def behind(self) -> str:
        end = self.offset + self.length
        return self.sentence[end : end + _WINDOW]

    @property
    def tense(self) -> Tense:
        return tense_at(self.sentence, self.offset, self.offset + self.length)

    @property
    def direction(self) -> Direction:
        """News is about what was: only a sign of the future points ahead."""
        return "future" if self.tense == "future" else "past"


_Rule = Callable[[re.Match[str], _Context], "_Found | tuple[_Found, ...] | None"]

# ---- words ----------------------------------------------------------------------------------

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL: Final = rf"{_DAY}(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
_SEASON: Final = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_DASH: Final = r"(?:\s*[-–—]\s*|\s+(?:to|through|and)\s+)"
_NUMBER_WORDS: Final = [
    "a",
    "an",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
_NUMBERS: Final = dict(zip(_NUMBER_WORDS, [1, 1, *range(1, 21), *range(30, 100, 10)], strict=True))
_UNIT: Final = (
    r"(?:days?|nights?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries"
    r"|hours?"
    r"|minutes?)"
)
_COUNT: Final = rf"(?:\d{{1,3}}|{'|'.join(_NUMBER_WORDS)}|a couple(?: of)?)"
_QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_PARTS: Final = r"(?:early|late|mid|earlier|later|the (?:start|beginning|end|middle|rest) of)"
_HOLIDAY: Final = "|".join(sorted(HOLIDAYS, key=len, reverse=True)).replace("'", "[’']")
_HEDGES: Final = (
    "nearly|almost|about|around|some|roughly|more than|over|just over|less than|just under"
)
_TIMES: Final = "morning|afternoon|evening|night"


def _month_number(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 2 if word.lower().startswith("a couple") else _NUMBERS[word.lower()]


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.replace("’", "'")).lower()


# ---- rules: what names its own date ------------------------------------------------------------


def _iso(match: re.Match[str], context: _Context) -> _Found | None:
    day = safe_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return _Found(day.isoformat(), "a whole date") if day else None


def _slashed(match: re.Match[str], context: _Context) -> _Found | None:
    year = int(match["year"])
    year += (1900 if year > 50 else 2000) if year < 100 else 0
    month, number = int(match["month"]), int(match["day"])
    if month > 12:
        month, number = number, month
    day = safe_day(year, month, number)
    return _Found(day.isoformat(), "a date in figures, month first", "likely") if day else None


_ORDINAL_WORDS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def _day_in_words(match: re.Match[str], context: _Context) -> _Found | None:
    """`the first of June`."""
    number = _ORDINAL_WORDS.index(match["day"].lower()) + 1
    month = _month_number(match["month"])
    year = int(match["year"]) if match["year"] else _year_of_day(month, number, context)[0]
    return _Found(f"{year}-{month:02d}-{number:02d}", "a day in words", "likely", not match["year"])


def _month_day(match: re.Match[str], context: _Context) -> _Found | tuple[_Found, ...] | None:
    """`March 3`, `Tuesday, March 3, 1998`, `the 3rd of March`, `March 3-5`."""
    month, number = _month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    groups = match.groupdict()
    if groups.get("year"):
        year, why, sureness = int(match["year"]), "a whole date", "sure"
    elif groups.get("of"):
        year = context.day.year + {"last": -1, "next": 1}.get(match["of"], 0)
        why, sureness = f'"{match["of"]} year", counted from the article', "likely"
    else:
        year, why, sureness = _year_of_day(month, number, context)
    day = safe_day(year, month, number)
    if day is None:
        return None
    is_relative = not groups.get("year")
    number = day.day
    until = _until(match, day)
    is_between = context.before.rstrip().lower().endswith("between")
    if (
        until is not None
        and not is_between
        and re.search(rf"{number}(?:st|nd|rd|th)?\s+and\s", match[0])
    ):
        both = (day.isoformat(), until.isoformat())
        return tuple(_Found(one, why, "likely", is_relative) for one in both)
    edtf = day.isoformat() if until is None else f"{day}/{until}"
    if until is not None and _SOME.search(context.before):
        edtf = f"[{day}..{until}]"
    return _Found(edtf, why, "sure" if sureness == "sure" else "likely", is_relative)


def _until(match: re.Match[str], day: dt.date) -> dt.date | None:
    """The last day of a span, where a match has one that the calendar allows."""
    groups = match.groupdict()
    if not groups.get("until"):
        return None
    month = _month_number(match["until_month"]) if groups.get("until_month") else day.month
    until = safe_day(day.year + (month < day.month), month, int(re.sub(r"\D", "", match["until"])))
    return until if until and until > day else None


def _year_of_day(month: int, number: int, context: _Context) -> tuple[int, str, str]:
    """The year that a day without one is of: that of the passage, else the nearest by tense."""
    if (
        month == 9
        and number == 11
        and re.match(r"\W+(?:\w+\W+){0,2}(?:attack|terror|hijack)", context.behind)
    ):
        return 2001, "the attacks of 11 September", "sure"
    if context.near_year is not None:
        return context.near_year, f"the year is that of the passage, {context.near_year}", "likely"
    reference = context.day
    try:
        day = dt.date(reference.year, month, number)
    except ValueError:
        return reference.year, "the year is that of the article", "likely"
    tense = context.tense
    if day > reference and tense == "past":
        return reference.year - 1, "the last such day, by the past tense", "likely"
    if day < reference and tense in {"future", "present"}:
        is_near = (reference - day).days < 60
        year = reference.year + (not is_near)
        return year, "the next such day, by a verb of the future", "likely"
    if tense in {"unknown", "present"} and (day - reference).days > 183:
        return reference.year - 1, "the last such day", "likely"
    return reference.year, "the year is that of the article", "likely"


def _month_year(match: re.Match[str], context: _Context) -> _Found | None:
    return _Found(f"{match['year']}-{_month_number(match['month']):02d}", "a month with its year")


def _season_of_year(match: re.Match[str], context: _Context) -> _Found | None:
    season = SEASONS[match["season"].lower()]
    return _Found(f"{match['year']}-{season}", "a season with its year")


def _year(match: re.Match[str], context: _Context) -> _Found | None:
    """Four figures that are a year: not a price, a count, a time or a part of a name."""
    year = int(match["year"])
    has_preposition = bool(_YEAR_PREPOSITION.search(context.before))
    if _NO_YEAR_BEFORE.search(context.before) or _NO_YEAR_BEHIND.match(context.behind):
        return None
    if not has_preposition and not 1700 <= year <= context.day.year + 40:
        return None
    if not has_preposition and _NAME_BEFORE.search(context.before):
        return None
    is_about = bool(re.search(r"\b(?:around|about|circa|c\.)\s+$", context.before))
    return _Found(f"{year}~" if is_about else str(year), "a year")


_YEAR_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|by|until|till|from|before|after|of|during|between|through|for|around|about|the"
    r"|late|early|mid|year|and|to|circa)[\s-]+$|\($",
    re.I,
)
_NO_YEAR_BEFORE: Final = re.compile(
    r"[$£€¥#.,/:\d]$|(?<!mid)(?<!early)(?<!late)(?<!pre)(?<!post)-$|\b(?:No\.|number|nearly"
    r"|almost|some|over|(?:more|less|fewer) than|least|most|exactly|up to|another"
    r"|Room|Route|Highway|Flight|Section|Article|Windows|Boeing|Type)\s+$"
)
_NO_YEAR_BEHIND: Final = re.compile(
    r"[.,:/]?\d|%|-(?:\w)|\s+(?:GMT|UTC|[ECMPHJ][SKD]?T\b|hours|percent|per cent|people|persons"
    r"|men|women|children"
    r"|homes|houses|jobs|workers|employees|members|troops|soldiers|miles|kilomet|met(?:er|re)s|feet"
    r"|tons|tonnes|dollars|euros|pounds|shares|points|votes|voters|students|pupils|books|cars|units"
    r"|copies|residents|families|acres|hectares|barrels|degrees|calories|pages|times|years|days"
    r"|cases|deaths|more|fewer|or so|square|cubic|km|kg|m\b|rpm|block of)"
)
_NAME_BEFORE: Final = re.compile(r"(?<![.!?]\s)(?<!^)\b(?!The\b|In\b)[A-Z]\w+\s+$")


def _years(match: re.Match[str], context: _Context) -> _Found | None:
    """`1995-96`, `2019–2021`."""
    start = match["year"]
    end = match["end"] if len(match["end"]) == 4 else start[:2] + match["end"]
    if int(end) <= int(start) or context.before.endswith(("$", "£", "€")):
        return None
    if int(end) - int(start) == 1 and len(match["end"]) == 2:
        return _Found(f"{start}/{end}", "a season or school year over two years", "likely")
    return _Found(f"{start}/{end}", "a span of years")


def _decade(match: re.Match[str], context: _Context) -> _Found | None:
    words = {"twen": 2, "thir": 3, "fort": 4, "fift": 5, "sixt": 6, "seve": 7, "eigh": 8, "nine": 9}
    groups = match.groupdict()
    if groups.get("long"):
        return _Found(f"{match['long'][:3]}X", "a decade")
    tens = int(match["short"][0]) if groups.get("short") else words[match["word"].lower()[:4]]
    if _AGE.search(context.before):
        return None
    century = 19 if tens > (context.day.year % 100) // 10 or context.day.year < 2020 else 20
    return _Found(f"{century}{tens}X", "a decade, its century by the date of the article", "likely")


_AGE: Final = re.compile(r"\b(?:his|her|their|my|in\s+(?:his|her))\s+(?:\w+\s+)?$", re.I)


def _century(match: re.Match[str], context: _Context) -> _Found | None:
    words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    text = match["ordinal"].lower()
    number = words[text] if text in words else int(re.sub(r"\D", "", text))
    return _Found(f"{number - 1:02d}XX", "a century") if 1 <= number <= 30 else None


def _quarter(match: re.Match[str], context: _Context) -> _Found | None:
    groups = match.groupdict()
    number = int(match["figure"]) if groups.get("figure") else _QUARTERS[match["which"].lower()]
    year, is_relative = _year_named(groups.get("of") or groups.get("ahead"), context)
    why = "a quarter with its year"
    if year is None:
        start = 3 * number - 2
        reference = context.day
        year = reference.year
        has_ended = start + 2 < reference.month
        if context.tense != "future" and start > reference.month:
            year -= 1
        if context.tense == "future" and has_ended:
            year += 1
        why, is_relative = "the nearest such quarter, by tense", True
    return _Found(
        f"{year:04d}-{32 + number}", why, "likely" if is_relative else "sure", is_relative
    )


def _year_named(words: str | None, context: _Context) -> tuple[int | None, bool]:
    """The year in words such as "of last year" or "fiscal 1998"; and whether it is counted."""
    if not words:
        return None, False
    plain = _plain(words)
    figures = re.search(r"\d{4}", plain)
    if figures:
        return int(figures[0]), False
    move = -1 if "last" in plain or "previous" in plain else 1 if "next" in plain else 0
    return context.day.year + move, True


def _half(match: re.Match[str], context: _Context) -> _Found | None:
    year, is_relative = _year_named(match["of"], context)
    first = match["which"].lower() == "first"
    if year is None:
        return None
    months = ("01", "06") if first else ("07", "12")
    edtf = f"{year:04d}-{months[0]}/{year:04d}-{months[1]}"
    return _Found(edtf, "half of a year", "likely" if is_relative else "sure", is_relative)


def _short_half(match: re.Match[str], context: _Context) -> _Found | None:
    """`H1 2025`."""
    months = ("01", "06") if match["which"] == "1" else ("07", "12")
    year = match["year"]
    return _Found(f"{year}-{months[0]}/{year}-{months[1]}", "half of a year")


def _fiscal(match: re.Match[str], context: _Context) -> _Found | None:
    year = match["year"]
    return _Found(year if len(year) == 4 else f"19{year[-2:]}", "a fiscal year", "likely")


def _holiday(match: re.Match[str], context: _Context) -> _Found | None:
    name = _plain(match["name"])
    if match["year"]:
        day = holiday(name, int(match["year"]))
        return _Found(day.isoformat(), "a holiday with its year") if day else None
    if match["which"]:
        direction: Direction = "future" if match["which"].lower() == "next" else "past"
    elif context.near_year is not None:
        day = holiday(name, context.near_year)
        return (
            _Found(day.isoformat(), f"the year is {context.near_year}", "likely") if day else None
        )
    else:
        direction = context.direction
    sign = -1 if direction == "past" else 1
    for year in (context.day.year, context.day.year + sign):
        day = holiday(name, year)
        if day and (day - context.day).days * sign >= 0:
            is_about = re.search(r"\b(?:around|about)\s+$", context.before)
            return _Found(
                f"{day}~" if is_about else day.isoformat(),
                f"the nearest such day, {direction}",
                "likely",
                True,
            )
    return None


def _nine_eleven(match: re.Match[str], context: _Context) -> _Found | None:
    return _Found("2001-09-11", "the attacks of 11 September")


# ---- rules: what is counted from the reference date ----------------------------------------------


def _near_day(match: re.Match[str], context: _Context) -> _Found | None:
    """`today`, `yesterday`, `tomorrow`, `tonight`, `this morning`, `last night`."""
    word = _plain(match["word"])
    if word == "today" and _VAGUE_TODAY.match(context.behind):
        return None
    move = {"yesterday": -1, "tomorrow": 1}.get(word.split()[0], 0)
    move = -1 if word == "last night" else -2 if "before yesterday" in word else move
    move = 2 if "after tomorrow" in word else move
    start = context.day
    if context.is_quoted and context.lead_day and 0 <= (start - context.lead_day).days <= 2:
        start = context.lead_day  # when it was said
    day = start + dt.timedelta(days=move)
    return _Found(day.isoformat(), f'"{match[0]}" of the article', "likely", True)


_VAGUE_TODAY: Final = re.compile(
    r"[’']s\s+(?:world|society|youth|standards?|economy|generation|climate|young|kids|children"
    r"|politics|culture)\b"
)


def _weekday(match: re.Match[str], context: _Context) -> _Found | None:
    """`Tuesday`, `last Tuesday`, `next Tuesday`, `a week from Tuesday` aside."""
    if _NO_WEEKDAY_BEHIND.match(context.behind) or _NO_WEEKDAY_BEFORE.search(context.before):
        return None
    number = WEEKDAYS.index(match["weekday"].lower())
    which = _plain(match["which"] or "").strip()
    which = "last" if re.match(r"\s+last\b", context.behind) else which
    if which in {"last", "this past", "past", "the previous", "the past"}:
        day = nearest_weekday(context.day, number, "past", strict=True)
        return _Found(day.isoformat(), f"the last {match['weekday']}", "likely", True)
    if which in {"next", "this coming", "the coming", "coming"}:
        day = nearest_weekday(context.day, number, "future", strict=True)
        return _Found(day.isoformat(), f"the next {match['weekday']}", "likely", True)
    if which == "the following" and context.last_day:
        day = nearest_weekday(context.last_day, number, "future", strict=True)
        return _Found(day.isoformat(), f"the {match['weekday']} after {context.last_day}", "likely")
    tense = context.tense
    # What is told in the present is planned: "the ship docks in Bergen on Thursday".
    is_ahead = tense in {"future", "present"} or (which == "this" and tense != "past")
    direction: Direction = "future" if is_ahead else "past"
    day = nearest_weekday(context.day, number, direction, strict=False)
    why = "a verb of the future" if direction == "future" else "the past tense"
    return _Found(day.isoformat(), f"the nearest {match['weekday']} by {why}", "likely", True)


_NO_WEEKDAY_BEHIND: Final = re.compile(r"\s+(?:Times|Herald|Mail|Mirror|Telegraph|Post|Night Live)")
_NO_WEEKDAY_BEFORE: Final = re.compile(
    r"(?:\b(?:Black|Super|Bloody|Ash|Good|Palm|Easter|Cyber|Fat|Every|every|each|Ruby|Super Bowl|a"
    r"|any|most)\s+)$"
)


def _unit_beside(match: re.Match[str], context: _Context) -> _Found | None:
    """`last year`, `this month`, `next week`, `the previous quarter`, `earlier this year`."""
    which, unit = _plain(match["which"]).removeprefix("the "), match["unit"].lower()
    move = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
    count = move.get(which.split()[-1], 0)
    if which in {"past", "coming", "following", "previous"} and unit != "weekend":
        if which in {"past", "coming"}:  # "over the past year" is how long, not when
            return None
        return _beside_named(which, unit, context)
    if unit == "weekend" and which.split()[-1] in {"the", "weekend"}:
        is_over = context.direction == "past" and context.day.weekday() < 5
        return _Found(weekend(context.day, -is_over), f'"{match[0]}", by tense', "likely", True)
    if unit == "weekend":
        return _Found(weekend(context.day, count), f'"{match[0]}"', "likely", True)
    if unit == "century":
        return _Found(f"{context.day.year // 100 + count:02d}XX", f'"{match[0]}"', "likely", True)
    if unit == "season":
        return None
    day = shift(context.day, unit, count)
    if day is None:
        return None
    return _Found(print_unit(day, unit), f'"{match[0]}", counted from the article', "likely", True)


def _beside_named(which: str, unit: str, context: _Context) -> _Found | None:
    """`the following year`, `the previous month`: beside what was named last."""
    count = 1 if which == "following" else -1
    anchor = _anchor_for(unit, context)
    anchor = anchor or (context.day if which == "previous" else None)
    day = shift(anchor, unit, count) if anchor else None
    if day is None:
        return None
    return _Found(print_unit(day, unit), f"counted from {anchor}", "a guess", True)


def _month_beside(match: re.Match[str], context: _Context) -> _Found | None:
    """`last December`, `next May`, `this March`."""
    month = _month_number(match["month"])
    which = _plain(match["which"])
    if which in {"this", "this coming"}:
        year = context.day.year
    else:
        direction: Direction = "past" if which in {"last", "this past", "past"} else "future"
        year = year_of_month(context.day, month, direction, strict=True)
    return _Found(f"{year}-{month:02d}", f'"{match[0]}", counted from the article', "likely", True)


def _season_beside(match: re.Match[str], context: _Context) -> _Found | None:
    """`last summer`, `this spring`, `in the fall`."""
    season = SEASONS[match["season"].lower()]
    which = _plain(match["which"])
    if which == "last" or "past" in which:
        year = season_year(context.day, season, "past", strict=True)
    elif which == "next":
        year = season_year(context.day, season, "future", strict=True)
    elif which.startswith("this"):
        start = {21: 3, 22: 6, 23: 9, 24: 12}[season]
        year = context.day.year - (start == 12 and context.day.month < 6)
    else:
        year = season_year(context.day, season, context.direction, strict=False)
    return _Found(f"{year}-{season}", f'"{match[0]}", counted from the article', "likely", True)


def _month_alone(match: re.Match[str], context: _Context) -> _Found | None:
    """A month whose year is the passage's, else the nearest by tense."""
    word = match["month"]
    has_preposition = bool(_MONTH_PREPOSITION.search(context.before))
    is_named = bool(re.match(r"\s+(?!(?:The|In|On|At|A)\b)[A-Z][a-z]+\b", context.behind))
    if word in _MONTHS_LIKE_WORDS and (is_named or not has_preposition):
        return None
    if is_named and not has_preposition:
        return None
    if context.before.endswith(("Judge ", "Mr. ", "Mr ", "Ms. ", "Mrs. ")):
        return None
    month = _month_number(word)
    if context.near_year is not None:
        edtf = f"{context.near_year}-{month:02d}"
        return _Found(edtf, f"the year is that of the passage, {context.near_year}", "likely")
    year = year_of_month(context.day, month, context.direction)
    if context.tense in {"unknown", "present"} and 0 < month - context.day.month <= 3:
        year = context.day.year
    return _Found(
        f"{year}-{month:02d}", f"the nearest {word}, by tense", "likely", is_relative=True
    )


_MONTHS_LIKE_WORDS: Final = frozenset(
    {"May", "March", "April", "June", "August", "Jan", "Jan.", "Mar.", "Sep", "Dec"}
)
_MONTH_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|by|until|till|during|of|early|late|mid|from|to|through|before|after|between|and"
    r"|for|for the|a|the|earlier in|later in|earlier|this|each|that)[\s-]+$",
    re.I,
)


def _unit_of(words: str) -> str:
    """The unit of a count: nights are days."""
    plain = words.lower()
    if plain.startswith("centur"):
        return "century"
    plain = plain.rstrip("s")
    return "day" if plain == "night" else plain


def _counted(start: dt.date, unit: str, count: int) -> str | None:
    """The EDTF of a day moved by units, with the grain of the unit."""
    day = shift(start, unit, count)
    if day is None:
        return None
    if unit == "fortnight":
        monday = day - dt.timedelta(days=day.weekday())
        return f"{monday}/{monday + dt.timedelta(days=13)}"
    return print_unit(day, unit)


def _ago(match: re.Match[str], context: _Context) -> _Found | None:
    """`two years ago`, `a week ago`, `three days from now`."""
    unit, named = _unit_of(match["unit"]), _plain(match["named"] or "")
    sign = 1 if _plain(match["sense"]).startswith(("from", "hence")) else -1
    if unit in {"hour", "minute"}:
        return None
    why = f"{match[0]}, counted from the article"
    if named:  # from a day that is named, weeks are counted to the day
        start = context.day
        if named in WEEKDAYS:
            start = nearest_weekday(start, WEEKDAYS.index(named), "future", strict=True)
        start += dt.timedelta(days=named == "tomorrow")
        day = shift(start, unit, _number(match["count"]))
        return _Found(day.isoformat(), why, "likely", True) if day else None
    edtf = _counted(context.day, unit, sign * _number(match["count"]))
    return _Found(_hedged(match, edtf), why, "likely", True) if edtf else None


def _hedged(match: re.Match[str], edtf: str) -> str:
    """The same date as approximate, where the words are."""
    is_point = "/" not in edtf and not edtf.endswith(("X", "~"))
    return f"{edtf}~" if match.groupdict().get("hedge") and is_point else edtf


def _earlier(match: re.Match[str], context: _Context) -> _Found | None:
    """`a year earlier`, `two days later`, `three years on`: from what was named last."""
    unit = _unit_of(match["unit"])
    sign = -1 if match["sense"].lower() in {"earlier", "before", "previously"} else 1
    if unit in {"hour", "minute"}:
        return None
    anchor = _anchor_for(unit, context)
    if anchor is None and sign < 0:
        anchor = context.day
    edtf = _counted(anchor, unit, sign * _number(match["count"])) if anchor else None
    if edtf is None:
        return None
    why = f"{match[0]}, counted from {anchor}"
    return _Found(_hedged(match, edtf), why, "a guess", True)


def _unit_before(match: re.Match[str], context: _Context) -> _Found | None:
    """`the year before`, `the month after`; `the week before last`."""
    unit = match["unit"].lower()
    if match["last"]:
        day = shift(context.day, unit, -2)
        return _Found(print_unit(day, unit), f'"{match[0]}"', "likely", True) if day else None
    sign = -1 if match["sense"].lower() == "before" else 1
    anchor = _anchor_for(unit, context) or (context.day if sign < 0 else None)
    day = shift(anchor, unit, sign) if anchor else None
    return _Found(print_unit(day, unit), f"counted from {anchor}", "a guess", True) if day else None


def _following(match: re.Match[str], context: _Context) -> _Found | None:
    """`the following Tuesday`, `the previous May`, `that summer`, `that evening`."""
    which = _plain(match["which"]).removeprefix("the ")
    sign = {"following": 1, "next": 1, "previous": -1}.get(which, 0)
    groups = match.groupdict()
    if groups["time"]:
        return (
            _Found(context.last_day.isoformat(), "the day named last", "a guess", True)
            if context.last_day and not sign
            else None
        )
    anchor = context.anchor[0] if context.anchor else context.last_day
    if anchor is None:
        return None
    if groups["season"]:
        season = SEASONS[groups["season"].lower()]
        direction: Direction = "future" if sign >= 0 else "past"
        year = season_year(anchor, season, direction, strict=bool(sign)) if sign else anchor.year
        return _Found(f"{year}-{season}", f"counted from {anchor}", "a guess", True)
    month = _month_number(groups["month"])
    year = anchor.year
    if sign:
        year = year_of_month(anchor, month, "future" if sign > 0 else "past", strict=True)
    return _Found(f"{year}-{month:02d}", f"counted from {anchor}", "a guess", True)


def _day_of_month(match: re.Match[str], context: _Context) -> _Found | None:
    """`on the 14th`: of the month named last, else the nearest by tense."""
    number = int(re.sub(r"\D", "", match["day"]))
    base = context.last_day or context.day
    day = safe_day(base.year, base.month, number)
    if day is None:
        return None
    if context.last_day is None:
        if day > context.day and context.tense == "past":
            day = shift(day, "month", -1) or day
        elif day < context.day and context.tense == "future":
            day = shift(day, "month", 1) or day
    return _Found(day.isoformat(), "a day of the month", "a guess", True)


def _new_year(match: re.Match[str], context: _Context) -> _Found | None:
    """`in the new year`: the year to come."""
    if context.day.month < 3:
        return _Found(str(context.day.year), f'"{match[0]}"', "a guess", True)
    return _Found(str(context.day.year + 1), f'"{match[0]}"', "likely", True)


def _anchor_for(unit: str, context: _Context) -> dt.date | None:
    """What was named last, if it is at least as precise as the unit that is counted."""
    if context.anchor is not None:
        day, precision = context.anchor
        if _UNITS.index(precision) <= _UNITS.index(unit):
            return day
    return context.last_day if unit in {"day", "week"} else None


_UNITS: Final = ("day", "week", "fortnight", "month", "quarter", "year", "decade", "century")


def _year_ago(match: re.Match[str], context: _Context) -> _Found | None:
    """`the year-ago quarter`, `the year-earlier period`."""
    if context.anchor is not None and context.anchor[1] == "quarter":
        day = context.anchor[0]
        edtf = print_unit(day.replace(year=day.year - 1), "quarter")
        return _Found(edtf, f'"{match[0]}" of the quarter named last', "likely", True)
    return _Found(str(context.day.year - 1), f'"{match[0]}"', "likely", True)


def _same_day(match: re.Match[str], context: _Context) -> _Found | None:
    """`the next day`, `the following day`, `the same day`: from the day named last."""
    if context.last_day is None:
        return None
    word = _plain(match[0])
    move = 0 if "same" in word else -1 if "previous" in word or "before" in word else 1
    day = context.last_day + dt.timedelta(days=move)
    return _Found(day.isoformat(), f"counted from {context.last_day}", "a guess", True)


def _edge(match: re.Match[str], context: _Context) -> _Found | None:
    """`the end of the year`, `year-end`: the year."""
    unit = (match["unit"] or "year").lower()
    if unit == "century":
        return None
    return _Found(print_unit(context.day, unit), f'"{match[0]}"', "likely", True)


def _weekday_of_month(match: re.Match[str], context: _Context) -> _Found | None:
    """`the last Saturday of February`, `the first Monday of next month`."""
    if match["beside"]:
        move = {"last": -1, "next": 1}.get(match["beside"].lower(), 0)
        base = shift(context.day, "month", move) or context.day
        year, month = base.year, base.month
    else:
        month = _month_number(match["month"])
        year = int(match["year"] or year_of_month(context.day, month, context.direction))
    place = ("first", "second", "third", "fourth", "last").index(match["which"])
    day = weekday_of_month(year, month, WEEKDAYS.index(match["weekday"].lower()), place + 1)
    return _Found(day.isoformat(), f"{match['which']} of the month", "likely", not match["year"])


def _season_of_named_year(match: re.Match[str], context: _Context) -> _Found | None:
    """`the autumn of the following year`, `the spring of last year`."""
    which = match["which"].lower()
    season = SEASONS[match["season"].lower()]
    if which in {"last", "this", "next"}:
        year = context.day.year + {"last": -1, "next": 1}.get(which, 0)
        return _Found(f"{year}-{season}", f'"{match[0]}", counted from the article', "likely", True)
    anchor = _anchor_for("year", context)
    if anchor is None:
        return None
    year = anchor.year + {"the following": 1, "the previous": -1}.get(which, 0)
    return _Found(f"{year}-{season}", f"counted from {anchor.year}", "a guess", True)


def _same_again(match: re.Match[str], context: _Context) -> _Found | None:
    """`that year`, `the same month`: what was named last, once more."""
    unit = match["unit"].lower()
    anchor = _anchor_for(unit, context)
    if anchor is None:
        return None
    return _Found(print_unit(anchor, unit), "what was named last", "a guess", True)


def _month_of_year(match: re.Match[str], context: _Context) -> _Found | None:
    """`March of last year`."""
    move = {"last": -1, "next": 1, "the previous": -1, "the following": 1}.get(match["of"], 0)
    year = context.day.year
    if match["of"] not in {"last", "this", "next"}:
        anchor = _anchor_for("year", context)
        year = anchor.year if anchor else year
    edtf = f"{year + move}-{_month_number(match['month']):02d}"
    return _Found(edtf, f'"{match[0]}", counted from the article', "likely", True)


def _part_of_month(match: re.Match[str], context: _Context) -> _Found | None:
    """`the second week of June` is the month; `the first weekend of May` its two days."""
    month = _month_number(match["month"])
    year = int(match["year"] or year_of_month(context.day, month, context.direction))
    if match["unit"] != "weekend":
        return _Found(f"{year}-{month:02d}", "the month of it", "likely", not match["year"])
    first = nearest_weekday(dt.date(year, month, 1), 5, "future", strict=False)
    place = ("first", "second", "third", "fourth", "last", "final").index(match["which"])
    saturday = first + dt.timedelta(weeks=min(place, 3))
    if place > 3 and (saturday + dt.timedelta(weeks=1)).month == month:
        saturday += dt.timedelta(weeks=1)
    edtf = f"{saturday}/{saturday + dt.timedelta(days=1)}"
    return _Found(edtf, "the Saturday and Sunday", "likely", not match["year"])


def _week_of(match: re.Match[str], context: _Context) -> _Found | None:
    """`the week of 15 April`."""
    month = _month_number(match["month"] or match["month2"])
    number = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    year = int(match["year"] or context.day.year)
    day = safe_day(year, month, number)
    if day and not match["year"] and abs((day - context.day).days) > 183:
        day = safe_day(year + (1 if day < context.day else -1), month, number)
    return _Found(print_unit(day, "week"), "Monday to Sunday", "likely", True) if day else None


def _week_on(match: re.Match[str], context: _Context) -> _Found | None:
    """`a week on Tuesday`, `Tuesday week`: seven days after the next one."""
    number = WEEKDAYS.index((match["before"] or match["after"]).lower())
    day = nearest_weekday(context.day, number, "future", strict=True) + dt.timedelta(weeks=1)
    return _Found(day.isoformat(), "a week after the next such day", "likely", True)


def _ages_ago(match: re.Match[str], context: _Context) -> _Found | None:
    """`66 million years ago`."""
    count = match["count"]
    number = float(count) if count[0].isdigit() else float(_number(count))
    years = round(number * (1_000_000 if match["unit"].lower() == "million" else 1_000_000_000))
    return _Found(f"Y-{years}~", "counted back from today", "likely") if years >= 10_000 else None


def _nothing(match: re.Match[str], context: _Context) -> _Found | None:
    """What looks like a date and is none; found so that no shorter rule finds a part of it."""
    return None


def _compile(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$£€’'])(?:{pattern})(?!\w)", flags)


_RULES: Final[tuple[tuple[re.Pattern[str], _Rule], ...]] = (
    (_compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), _iso),
    (_compile(r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4}|\d\d)"), _slashed),
    (_compile(r"(?P<month>\d\d?)-(?P<day>\d\d?)-(?P<year>(?:19|20)\d\d|[7-9]\d)"), _slashed),
    (
        _compile(
            rf"(?:{_WEEKDAY},?\s+)?(?:{_PARTS}\s+)?(?P<month>{_MONTH})\s+(?P<day>{_ORDINAL})"
            rf"(?:{_DASH}(?:(?P<until_month>{_MONTH})\s+)?(?P<until>{_ORDINAL})(?![,.]?\d))?"
            rf"(?:,?\s+(?P<year>{_YEAR})|,?\s+(?:of\s+)?(?P<of>last|this|next) year)?"
            r"(?![,.:]?\d)(?!\s*(?:a\.m|p\.m|percent|%))"
        ),
        _month_day,
    ),
    (
        _compile(
            rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<day>{_ORDINAL})"
            rf"(?:{_DASH}(?P<until>{_ORDINAL}))?(?:\s+of)?\s+(?P<month>{_MONTH})"
            rf"(?:,?\s+(?P<year>{_YEAR}))?(?!\s+\d)"
        ),
        _month_day,
    ),
    (
        _compile(
            rf"the\s+(?P<day>{'|'.join(_ORDINAL_WORDS)})\s+of\s+(?P<month>{_MONTH})"
            rf"(?:,?\s+(?P<year>{_YEAR}))?"
        ),
        _day_in_words,
    ),
    (
        _compile(rf"(?:{_PARTS}[\s-]+)?(?P<month>{_MONTH})(?:,|\s+of)?\s+(?P<year>{_YEAR})"),
        _month_year,
    ),
    (
        _compile(
            rf"(?:(?:in|since|by|during|until|over|from)\s+)?(?:the\s+)?(?:(?:early|mid"
            rf"|late)[\s-]+)?"
            rf"(?P<season>{_SEASON})(?:\s+of)?\s+(?P<year>{_YEAR})(?:[-–/]\d\d(?!\d))?"
        ),
        _season_of_year,
    ),
    (_compile(rf"(?P<year>{_YEAR})\s*[-–/]\s*(?P<end>(?:1\d|20)\d\d|\d\d)"), _years),
    (
        _compile(
            r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?"
            r"(?:(?P<long>(?:1[0-9]|20)\d0)[’']?s|[’'‘](?P<short>[2-9]0)s"
            r"|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
            re.I,
        ),
        _decade,
    ),
    (
        re.compile(r"(?<!\w)[’'‘](?P<short>[2-9]0)s(?!\w)(?P<word>)(?P<long>)"),
        _decade,
    ),
    (
        _compile(
            r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?"
            r"(?P<ordinal>\d\d?(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth|twenty-first)"
            r"[\s-]+century",
            re.I,
        ),
        _century,
    ),
    (
        _compile(
            r"(?:(?:the|its|their)\s+)?"
            rf"(?:(?P<ahead>(?:last|this|next)\s+year"
            rf"|(?:fiscal\s+)?{_YEAR})(?:[’']s)?\s+)?(?:fiscal\s+)?"
            r"(?:(?P<which>first|second|third|fourth|final)[\s-]+quarter|Q(?P<figure>[1-4]))"
            r"(?P<of>(?:\s+of)?\s+(?:the\s+)?(?:fiscal\s+(?:year\s+)?)?(?:last year|this year"
            rf"|next year|the previous year|{_YEAR}))?",
            re.I,
        ),
        _quarter,
    ),
    (
        _compile(
            r"(?:the\s+)?(?P<which>first|second)[\s-]half\s+of\s+"
            rf"(?P<of>(?:fiscal\s+)?(?:last year|this year|next year|the year|{_YEAR}))",
            re.I,
        ),
        _half,
    ),
    (_compile(rf"H(?P<which>[12])\s+(?P<year>{_YEAR})"), _short_half),
    (_compile(rf"fiscal(?:\s+year)?\s+(?P<year>{_YEAR}|[’']?\d\d)", re.I), _fiscal),
    (
        _compile(
            rf"(?:(?P<which>last|next|this)\s+)?(?P<name>{_HOLIDAY})(?:,?\s+(?P<year>{_YEAR}))?",
            re.I,
        ),
        _holiday,
    ),
    (_compile(r"9/11"), _nine_eleven),
    (
        _compile(
            r"(?P<word>the day before yesterday|the day after tomorrow"
            rf"|(?:yesterday|tomorrow)(?:\s+(?:{_TIMES}))?|today|tonight|last night"
            r"|this (?:morning|afternoon|evening))",
            re.I,
        ),
        _near_day,
    ),
    (
        _compile(
            r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming|[Tt]he coming"
            r"|[Tt]he previous"
            r"|[Tt]he past|[Tt]he following|[Cc]oming|[Pp]ast|[Tt]his)\s+)?"
            rf"(?:(?:late|early)\s+)?(?P<weekday>{_WEEKDAY})(?:\s+(?:{_TIMES}))?"
        ),
        _weekday,
    ),
    (
        _compile(
            rf"(?:(?:earlier|later)\s+)?(?:{_PARTS}\s+)?(?P<which>last|this past|this|next"
            rf"|the previous|the following"
            r"|the current|the coming|the past|the last|the next|the same)\s+"
            r"(?:fiscal\s+)?(?P<unit>week|month|year|quarter|decade|weekend|century|season)"
            r"(?![\s-]old)",
            re.I,
        ),
        _unit_beside,
    ),
    (
        _compile(
            r"(?:the\s+)?(?:start|beginning|end|middle|rest|turn)\s+of\s+(?P<which>the)\s+"
            r"(?P<unit>week|month|year|quarter|decade|century)|(?P<which2>year[-\s]end"
            r"|year[’']s end)",
            re.I,
        ),
        _edge,
    ),
    (
        _compile(
            rf"the\s+(?P<which>first|second|third|fourth|last)\s+(?P<weekday>{_WEEKDAY})\s+(?:of"
            rf"|in)\s+(?:(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?"
            r"|(?P<beside>next|last|this)\s+month)"
        ),
        _weekday_of_month,
    ),
    (
        _compile(
            rf"(?:(?:in|since|by|during|until|over"
            rf"|from)\s+)?(?:the\s+)?(?P<season>{_SEASON})\s+of\s+"
            r"(?P<which>last|this|next|the following|the previous|that|the same)\s+year"
        ),
        _season_of_named_year,
    ),
    (_compile(r"(?P<which>that|the same)\s+(?P<unit>day|week|month|year)", re.I), _same_again),
    (_compile(r"(?:over|at|during)?\s*(?P<which>the)\s+(?P<unit>weekend)", re.I), _unit_beside),
    (
        _compile(
            rf"(?P<month>{_MONTH})\s+(?:of\s+)?"
            r"(?P<of>last|this|next|the previous|the same|that|the following)\s+year"
        ),
        _month_of_year,
    ),
    (
        _compile(
            rf"the\s+(?P<which>first|second|third|fourth|last|final)\s+(?P<unit>week|weekend|half)"
            rf"\s+(?:of|in)\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?"
        ),
        _part_of_month,
    ),
    (
        _compile(
            rf"[Tt]he\s+(?P<unit>week|weekend)\s+(?:of|beginning|starting|commencing"
            rf"|from)\s+(?:(?P<month>{_MONTH})\s+"
            rf"(?P<day>{_ORDINAL})"
            rf"|(?P<day2>{_ORDINAL})\s+(?P<month2>{_MONTH}))(?:,?\s+(?P<year>{_YEAR}))?"
        ),
        _week_of,
    ),
    (_compile(rf"(?:a week on (?P<before>{_WEEKDAY})|(?P<after>{_WEEKDAY}) week)(?=\W)"), _week_on),
    (
        _compile(
            rf"(?:(?P<hedge>{_HEDGES})\s+)?(?P<count>\d+(?:\.\d+)?|{_COUNT})\s+(?P<unit>million"
            rf"|billion)"
            r"\s+years\s+ago",
            re.I,
        ),
        _ages_ago,
    ),
    (
        _compile(
            rf"(?:(?:early|late|mid)[\s-]+)?(?P<which>[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming"
            rf"|[Tt]his|[Pp]ast)\s+(?P<month>{_MONTH})"
        ),
        _month_beside,
    ),
    (
        _compile(
            r"(?:(?:early|late|mid)[\s-]+)?(?P<which>last|next|this past|this coming|this"
            r"|(?:in|by|during|over|until|since|before|from|for)(?:\s+the)?(?:\s+(?:early|late"
            r"|mid))?)"
            rf"\s+(?P<season>{_SEASON})(?!\s+(?:Olympics|Games|of (?!{_YEAR})|semester|term|into"
            rf"|in)\b)",
            re.I,
        ),
        _season_beside,
    ),
    (_compile(rf"(?P<month>{_MONTH})"), _month_alone),
    (
        _compile(
            r"the\s+(?P<unit>week|month|year)\s+(?P<sense>before|after)(?:\s+(?P<last>last)\b"
            r"|(?=\s*[.,;:!?)”\"—–]|\s+(?:and|but|when|with|in|at|to|it|he|she|they|had|was)\b|$))",
            re.I,
        ),
        _unit_before,
    ),
    (
        _compile(
            rf"(?P<which>the following|the next|the previous|that|that same|the same)\s+(?:"
            rf"(?P<time>morning|afternoon|evening|night)|(?P<season>{_SEASON})"
            rf"|(?P<month>{_MONTH}))",
            re.I,
        ),
        _following,
    ),
    (
        _compile(
            rf"(?:on|by|until|from|since)\s+the\s+(?P<day>{_DAY}(?:st|nd|rd|th))"
            r"(?=\s*[.,;:!?)]|\s+(?:and|but|to|when|as|at|he|she|they|it)\b|$)",
            re.I,
        ),
        _day_of_month,
    ),
    (_compile(r"(?:in|early in|by|until)\s+the\s+new\s+year(?!\s+hono)", re.I), _new_year),
    (
        _compile(
            rf"(?:(?:(?P<hedge>{_HEDGES})|just|only|exactly)\s+)?(?P<count>{_COUNT})"
            rf"\s+(?P<unit>{_UNIT})\s+(?P<sense>ago|from now|from (?P<named>today|tomorrow"
            rf"|{_WEEKDAY})|hence)",
            re.I,
        ),
        _ago,
    ),
    (
        _compile(
            rf"(?:(?P<hedge>{_HEDGES})\s+)?(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})\s+"
            r"(?P<sense>earlier|later|previously|before(?=[.,;])|on(?=[,.]))",
            re.I,
        ),
        _earlier,
    ),
    (
        _compile(r"(?:(?:the|its|a)\s+)?year[\s-](?:ago|earlier)\s+(?:quarter|period|month)", re.I),
        _year_ago,
    ),
    (
        _compile(
            r"the\s+(?:very\s+)?(?:(?:same|next|following|previous)\s+"
            r"(?:day|morning|afternoon|evening|night)|(?:day|night|morning|evening)\s+(?:before"
            r"|after)"
            r"(?!\s+(?:yesterday|tomorrow))(?=\s*[.,;:!?)”\"—–]|\s+(?:and|but|when|with|in|at"
            r"|to)\b|$))",
            re.I,
        ),
        _same_day,
    ),
    (
        _compile(
            rf"(?:the\s+)?(?:past|last|next|first|coming|previous)\s+(?:{_COUNT}|few|several)\s+"
            r"(?:days|weeks|months|quarters|years|decades|hours)",
            re.I,
        ),
        _nothing,
    ),
    (_compile(rf"(?P<year>{_YEAR})(?!s)"), _year),
)

# ---- finding ------------------------------------------------------------------------------------


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
            context = _Context(
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
            is_year = re.search(_YEAR, match[0]) or re.fullmatch(r"\d{4}", result.edtf)
            if is_year and result.edtf[:4].isdigit():
                is_frame = "-" in result.edtf or start <= _FRAME
                last_year = (index, int(result.edtf[:4]), is_frame, paragraph)
    joined = list(_joined(prose.text, found))
    counted = [c for sentence in prose.sentences for c in _counted_from(prose, sentence, joined)]
    return tuple(sorted([*joined, *counted], key=lambda expression: expression.span))


_FROM_ANOTHER: Final = re.compile(
    rf"\b(?:(?:(?P<hedge>{_HEDGES})\s+)?(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})"
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
            yield DateExpression(span, words, _hedged(match, edtf), why, "likely", base.is_relative)


def span_words(match: re.Match[str]) -> str:
    """The words of a match with single spaces."""
    return " ".join(match[0].split())


def _from_base(match: re.Match[str], base: str) -> str | None:
    """A date so many units from another; None where that is too coarse."""
    unit = _unit_of(match["unit"] or match["one"])
    named = _first_day(base)
    if named is None or "/" in base or unit not in _UNITS:
        return None
    day, precision = named
    if _UNITS.index(precision) > _UNITS.index(unit):
        return None
    sign = 1 if match["sense"].lower() == "after" else -1
    count = sign * (_number(match["count"]) if match["count"] else 1)
    if precision == "day" and unit == "week":  # from a day, weeks are counted to the day
        moved = shift(day, unit, count)
        return moved.isoformat() if moved else None
    return _counted(day, unit, count)


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
            if _SOME.search(text[max(0, first.span.start - 40) : first.span.start]):
                edtf = f"[{first.edtf}..{second.edtf}]"
            relative = first.is_relative or second.is_relative
            yield DateExpression(
                span, text[span.start : span.end], edtf, "a span", first.sureness, relative
            )
            at += 2
        else:
            yield first
            at += 1


_SOME: Final = re.compile(r"\b(?:some ?time|at some point|some day|one day)\s+between\s+$", re.I)


def _in_order(
    first: DateExpression, second: DateExpression, *, text: str
) -> tuple[DateExpression, DateExpression]:
    """`from Friday to Sunday`: the second one is the next one behind the first."""
    days = [x.edtf for x in (first, second) if re.fullmatch(r"\d{4}-\d\d-\d\d", x.edtf)]
    is_week = all(re.search(_WEEKDAY, x.words) for x in (first, second))
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
    if not days or gap > 5 or re.search(_YEAR, first.words) or not re.search(_YEAR, second.words):
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


def _matches(sentence: str) -> Iterator[tuple[int, int, _Rule, re.Match[str]]]:
    """The first and longest matches of the rules, none inside another."""
    matches = [
        (match.start(), -match.end(), order, match)
        for order, (pattern, _) in enumerate(_RULES)
        for match in pattern.finditer(sentence)
    ]
    floor = 0
    for start, minus_end, order, match in sorted(matches, key=lambda item: item[:3]):
        if start >= floor:
            floor = -minus_end
            yield start, floor, _RULES[order][1], match


def _expression(prose: Prose, span: Span, found: _Found) -> DateExpression:
    return DateExpression(
        span, prose.words(span), found.edtf, found.why, found.sureness, found.is_relative
    )


def _last_day(edtf: str, paragraph: int) -> tuple[int, dt.date] | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf):
        return None
    return paragraph, dt.date.fromisoformat(edtf)


def as_uncertain(expression: DateExpression, edtf: str, why: str) -> DateExpression:
    """The same words with a date that is only inferred."""
    return replace(expression, edtf=edtf, why=why, sureness="a guess")
