"""Rules for date expressions of English news prose: a pattern, and what it resolves to.

A rule gives EDTF for a match in its context, or None where the expression says no date here: a
duration ("the past five years"), a count ("2000 people"), a repeated day ("Sundays"), a vague word
("recently"). `RULES` lists them; of those that match at one place the longest wins, of equals the
first. Counts are from the reference day, or from what the text has just named.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
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
from .tense import Tense, tense_at

Sureness = Literal["sure", "likely", "a guess"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule makes of a match."""

    edtf: str
    why: str
    sureness: Sureness = "sure"
    is_relative: bool = False


#: How far rules look around a match: a sentence of a thousand words is none.
_WINDOW: Final = 300


@dataclass(frozen=True, slots=True)
class Context:
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


Rule = Callable[[re.Match[str], Context], "Found | tuple[Found, ...] | None"]

# ---- words ----------------------------------------------------------------------------------

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL: Final = rf"{_DAY}(?:st|nd|rd|th)?"
YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
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
UNIT: Final = (
    r"(?:days?|nights?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries"
    r"|hours?"
    r"|minutes?)"
)
COUNT: Final = rf"(?:\d{{1,3}}|{'|'.join(_NUMBER_WORDS)}|a couple(?: of)?)"
_QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_PARTS: Final = r"(?:early|late|mid|earlier|later|the (?:start|beginning|end|middle|rest) of)"
_HOLIDAY: Final = "|".join(sorted(HOLIDAYS, key=len, reverse=True)).replace("'", "[’']")
HEDGES: Final = (
    "nearly|almost|about|around|some|roughly|more than|over|just over|less than|just under"
)
_TIMES: Final = "morning|afternoon|evening|night"


def _month_number(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))


def number_of(word: str) -> int:
    """The number of a count in words or figures."""
    if word.isdigit():
        return int(word)
    return 2 if word.lower().startswith("a couple") else _NUMBERS[word.lower()]


def _plain(word: str) -> str:
    return re.sub(r"\s+", " ", word.replace("’", "'")).lower()


SOME_DAY: Final = re.compile(r"\b(?:some ?time|at some point|some day|one day)\s+between\s+$", re.I)


# ---- rules: what names its own date ------------------------------------------------------------


def _iso(match: re.Match[str], context: Context) -> Found | None:
    day = safe_day(int(match["year"]), int(match["month"]), int(match["day"]))
    return Found(day.isoformat(), "a whole date") if day else None


def _slashed(match: re.Match[str], context: Context) -> Found | None:
    year = int(match["year"])
    year += (1900 if year > 50 else 2000) if year < 100 else 0
    month, number = int(match["month"]), int(match["day"])
    if month > 12:
        month, number = number, month
    day = safe_day(year, month, number)
    return Found(day.isoformat(), "a date in figures, month first", "likely") if day else None


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


def _day_in_words(match: re.Match[str], context: Context) -> Found | None:
    """`the first of June`."""
    number = _ORDINAL_WORDS.index(match["day"].lower()) + 1
    month = _month_number(match["month"])
    year = int(match["year"]) if match["year"] else _year_of_day(month, number, context)[0]
    return Found(f"{year}-{month:02d}-{number:02d}", "a day in words", "likely", not match["year"])


def _month_day(match: re.Match[str], context: Context) -> Found | tuple[Found, ...] | None:
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
        return tuple(Found(one, why, "likely", is_relative) for one in both)
    edtf = day.isoformat() if until is None else f"{day}/{until}"
    if until is not None and SOME_DAY.search(context.before):
        edtf = f"[{day}..{until}]"
    return Found(edtf, why, "sure" if sureness == "sure" else "likely", is_relative)


def _until(match: re.Match[str], day: dt.date) -> dt.date | None:
    """The last day of a span, where a match has one that the calendar allows."""
    groups = match.groupdict()
    if not groups.get("until"):
        return None
    month = _month_number(match["until_month"]) if groups.get("until_month") else day.month
    until = safe_day(day.year + (month < day.month), month, int(re.sub(r"\D", "", match["until"])))
    return until if until and until > day else None


def _year_of_day(month: int, number: int, context: Context) -> tuple[int, str, str]:
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


def _month_year(match: re.Match[str], context: Context) -> Found | None:
    return Found(f"{match['year']}-{_month_number(match['month']):02d}", "a month with its year")


def _season_of_year(match: re.Match[str], context: Context) -> Found | None:
    season = SEASONS[match["season"].lower()]
    return Found(f"{match['year']}-{season}", "a season with its year")


def _year(match: re.Match[str], context: Context) -> Found | None:
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
    return Found(f"{year}~" if is_about else str(year), "a year")


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


def _years(match: re.Match[str], context: Context) -> Found | None:
    """`1995-96`, `2019–2021`."""
    start = match["year"]
    end = match["end"] if len(match["end"]) == 4 else start[:2] + match["end"]
    if int(end) <= int(start) or context.before.endswith(("$", "£", "€")):
        return None
    if int(end) - int(start) == 1 and len(match["end"]) == 2:
        return Found(f"{start}/{end}", "a season or school year over two years", "likely")
    return Found(f"{start}/{end}", "a span of years")


def _decade(match: re.Match[str], context: Context) -> Found | None:
    words = {"twen": 2, "thir": 3, "fort": 4, "fift": 5, "sixt": 6, "seve": 7, "eigh": 8, "nine": 9}
    groups = match.groupdict()
    if groups.get("long"):
        return Found(f"{match['long'][:3]}X", "a decade")
    tens = int(match["short"][0]) if groups.get("short") else words[match["word"].lower()[:4]]
    if _AGE.search(context.before):
        return None
    century = 19 if tens > (context.day.year % 100) // 10 or context.day.year < 2020 else 20
    return Found(f"{century}{tens}X", "a decade, its century by the date of the article", "likely")


_AGE: Final = re.compile(r"\b(?:his|her|their|my|in\s+(?:his|her))\s+(?:\w+\s+)?$", re.I)


def _century(match: re.Match[str], context: Context) -> Found | None:
    words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    text = match["ordinal"].lower()
    number = words[text] if text in words else int(re.sub(r"\D", "", text))
    return Found(f"{number - 1:02d}XX", "a century") if 1 <= number <= 30 else None


def _quarter(match: re.Match[str], context: Context) -> Found | None:
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
    return Found(f"{year:04d}-{32 + number}", why, "likely" if is_relative else "sure", is_relative)


def _year_named(words: str | None, context: Context) -> tuple[int | None, bool]:
    """The year in words such as "of last year" or "fiscal 1998"; and whether it is counted."""
    if not words:
        return None, False
    plain = _plain(words)
    figures = re.search(r"\d{4}", plain)
    if figures:
        return int(figures[0]), False
    move = -1 if "last" in plain or "previous" in plain else 1 if "next" in plain else 0
    return context.day.year + move, True


def _half(match: re.Match[str], context: Context) -> Found | None:
    year, is_relative = _year_named(match["of"], context)
    first = match["which"].lower() == "first"
    if year is None:
        return None
    months = ("01", "06") if first else ("07", "12")
    edtf = f"{year:04d}-{months[0]}/{year:04d}-{months[1]}"
    return Found(edtf, "half of a year", "likely" if is_relative else "sure", is_relative)


def _short_half(match: re.Match[str], context: Context) -> Found | None:
    """`H1 2025`."""
    months = ("01", "06") if match["which"] == "1" else ("07", "12")
    year = match["year"]
    return Found(f"{year}-{months[0]}/{year}-{months[1]}", "half of a year")


def _fiscal(match: re.Match[str], context: Context) -> Found | None:
    year = match["year"]
    return Found(year if len(year) == 4 else f"19{year[-2:]}", "a fiscal year", "likely")


def _holiday(match: re.Match[str], context: Context) -> Found | None:
    name = _plain(match["name"])
    if match["year"]:
        day = holiday(name, int(match["year"]))
        return Found(day.isoformat(), "a holiday with its year") if day else None
    if match["which"]:
        direction: Direction = "future" if match["which"].lower() == "next" else "past"
    elif context.near_year is not None:
        day = holiday(name, context.near_year)
        return Found(day.isoformat(), f"the year is {context.near_year}", "likely") if day else None
    else:
        direction = context.direction
    sign = -1 if direction == "past" else 1
    for year in (context.day.year, context.day.year + sign):
        day = holiday(name, year)
        if day and (day - context.day).days * sign >= 0:
            is_about = re.search(r"\b(?:around|about)\s+$", context.before)
            return Found(
                f"{day}~" if is_about else day.isoformat(),
                f"the nearest such day, {direction}",
                "likely",
                True,
            )
    return None


def _nine_eleven(match: re.Match[str], context: Context) -> Found | None:
    return Found("2001-09-11", "the attacks of 11 September")


# ---- rules: what is counted from the reference date ----------------------------------------------


def _near_day(match: re.Match[str], context: Context) -> Found | None:
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
    return Found(day.isoformat(), f'"{match[0]}" of the article', "likely", True)


_VAGUE_TODAY: Final = re.compile(
    r"[’']s\s+(?:world|society|youth|standards?|economy|generation|climate|young|kids|children"
    r"|politics|culture)\b"
)


def _weekday(match: re.Match[str], context: Context) -> Found | None:
    """`Tuesday`, `last Tuesday`, `next Tuesday`, `a week from Tuesday` aside."""
    if _NO_WEEKDAY_BEHIND.match(context.behind) or _NO_WEEKDAY_BEFORE.search(context.before):
        return None
    number = WEEKDAYS.index(match["weekday"].lower())
    which = _plain(match["which"] or "").strip()
    which = "last" if re.match(r"\s+last\b", context.behind) else which
    if which in {"last", "this past", "past", "the previous", "the past"}:
        day = nearest_weekday(context.day, number, "past", strict=True)
        return Found(day.isoformat(), f"the last {match['weekday']}", "likely", True)
    if which in {"next", "this coming", "the coming", "coming"}:
        day = nearest_weekday(context.day, number, "future", strict=True)
        return Found(day.isoformat(), f"the next {match['weekday']}", "likely", True)
    if which == "the following" and context.last_day:
        day = nearest_weekday(context.last_day, number, "future", strict=True)
        return Found(day.isoformat(), f"the {match['weekday']} after {context.last_day}", "likely")
    tense = context.tense
    # What is told in the present is planned: "the ship docks in Bergen on Thursday".
    is_ahead = tense in {"future", "present"} or (which == "this" and tense != "past")
    direction: Direction = "future" if is_ahead else "past"
    day = nearest_weekday(context.day, number, direction, strict=False)
    why = "a verb of the future" if direction == "future" else "the past tense"
    return Found(day.isoformat(), f"the nearest {match['weekday']} by {why}", "likely", True)


_NO_WEEKDAY_BEHIND: Final = re.compile(r"\s+(?:Times|Herald|Mail|Mirror|Telegraph|Post|Night Live)")
_NO_WEEKDAY_BEFORE: Final = re.compile(
    r"(?:\b(?:Black|Super|Bloody|Ash|Good|Palm|Easter|Cyber|Fat|Every|every|each|Ruby|Super Bowl|a"
    r"|any|most)\s+)$"
)


def _unit_beside(match: re.Match[str], context: Context) -> Found | None:
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
        return Found(weekend(context.day, -is_over), f'"{match[0]}", by tense', "likely", True)
    if unit == "weekend":
        return Found(weekend(context.day, count), f'"{match[0]}"', "likely", True)
    if unit == "century":
        return Found(f"{context.day.year // 100 + count:02d}XX", f'"{match[0]}"', "likely", True)
    if unit == "season":
        return None
    day = shift(context.day, unit, count)
    if day is None:
        return None
    return Found(print_unit(day, unit), f'"{match[0]}", counted from the article', "likely", True)


def _beside_named(which: str, unit: str, context: Context) -> Found | None:
    """`the following year`, `the previous month`: beside what was named last."""
    count = 1 if which == "following" else -1
    anchor = _anchor_for(unit, context)
    anchor = anchor or (context.day if which == "previous" else None)
    day = shift(anchor, unit, count) if anchor else None
    if day is None:
        return None
    return Found(print_unit(day, unit), f"counted from {anchor}", "a guess", True)


def _month_beside(match: re.Match[str], context: Context) -> Found | None:
    """`last December`, `next May`, `this March`."""
    month = _month_number(match["month"])
    which = _plain(match["which"])
    if which in {"this", "this coming"}:
        year = context.day.year
    else:
        direction: Direction = "past" if which in {"last", "this past", "past"} else "future"
        year = year_of_month(context.day, month, direction, strict=True)
    return Found(f"{year}-{month:02d}", f'"{match[0]}", counted from the article', "likely", True)


def _season_beside(match: re.Match[str], context: Context) -> Found | None:
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
    return Found(f"{year}-{season}", f'"{match[0]}", counted from the article', "likely", True)


def _month_alone(match: re.Match[str], context: Context) -> Found | None:
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
        return Found(edtf, f"the year is that of the passage, {context.near_year}", "likely")
    year = year_of_month(context.day, month, context.direction)
    if context.tense in {"unknown", "present"} and 0 < month - context.day.month <= 3:
        year = context.day.year
    return Found(f"{year}-{month:02d}", f"the nearest {word}, by tense", "likely", is_relative=True)


_MONTHS_LIKE_WORDS: Final = frozenset(
    {"May", "March", "April", "June", "August", "Jan", "Jan.", "Mar.", "Sep", "Dec"}
)
_MONTH_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|by|until|till|during|of|early|late|mid|from|to|through|before|after|between|and"
    r"|for|for the|a|the|earlier in|later in|earlier|this|each|that)[\s-]+$",
    re.I,
)


def unit_of(words: str) -> str:
    """The unit of a count: nights are days."""
    plain = words.lower()
    if plain.startswith("centur"):
        return "century"
    plain = plain.rstrip("s")
    return "day" if plain == "night" else plain


def move_by(start: dt.date, unit: str, count: int) -> str | None:
    """The EDTF of a day moved by units, with the grain of the unit."""
    day = shift(start, unit, count)
    if day is None:
        return None
    if unit == "fortnight":
        monday = day - dt.timedelta(days=day.weekday())
        return f"{monday}/{monday + dt.timedelta(days=13)}"
    return print_unit(day, unit)


def _ago(match: re.Match[str], context: Context) -> Found | None:
    """`two years ago`, `a week ago`, `three days from now`."""
    unit, named = unit_of(match["unit"]), _plain(match["named"] or "")
    sign = 1 if _plain(match["sense"]).startswith(("from", "hence")) else -1
    if unit in {"hour", "minute"}:
        return None
    why = f"{match[0]}, counted from the article"
    if named:  # from a day that is named, weeks are counted to the day
        start = context.day
        if named in WEEKDAYS:
            start = nearest_weekday(start, WEEKDAYS.index(named), "future", strict=True)
        start += dt.timedelta(days=named == "tomorrow")
        day = shift(start, unit, number_of(match["count"]))
        return Found(day.isoformat(), why, "likely", True) if day else None
    edtf = move_by(context.day, unit, sign * number_of(match["count"]))
    return Found(as_hedged(match, edtf), why, "likely", True) if edtf else None


def as_hedged(match: re.Match[str], edtf: str) -> str:
    """The same date as approximate, where the words are."""
    is_point = "/" not in edtf and not edtf.endswith(("X", "~"))
    return f"{edtf}~" if match.groupdict().get("hedge") and is_point else edtf


def _earlier(match: re.Match[str], context: Context) -> Found | None:
    """`a year earlier`, `two days later`, `three years on`: from what was named last."""
    unit = unit_of(match["unit"])
    sign = -1 if match["sense"].lower() in {"earlier", "before", "previously"} else 1
    if unit in {"hour", "minute"}:
        return None
    anchor = _anchor_for(unit, context)
    if anchor is None and sign < 0:
        anchor = context.day
    edtf = move_by(anchor, unit, sign * number_of(match["count"])) if anchor else None
    if edtf is None:
        return None
    why = f"{match[0]}, counted from {anchor}"
    return Found(as_hedged(match, edtf), why, "a guess", True)


def _unit_before(match: re.Match[str], context: Context) -> Found | None:
    """`the year before`, `the month after`; `the week before last`."""
    unit = match["unit"].lower()
    if match["last"]:
        day = shift(context.day, unit, -2)
        return Found(print_unit(day, unit), f'"{match[0]}"', "likely", True) if day else None
    sign = -1 if match["sense"].lower() == "before" else 1
    anchor = _anchor_for(unit, context) or (context.day if sign < 0 else None)
    day = shift(anchor, unit, sign) if anchor else None
    return Found(print_unit(day, unit), f"counted from {anchor}", "a guess", True) if day else None


def _following(match: re.Match[str], context: Context) -> Found | None:
    """`the following Tuesday`, `the previous May`, `that summer`, `that evening`."""
    which = _plain(match["which"]).removeprefix("the ")
    sign = {"following": 1, "next": 1, "previous": -1}.get(which, 0)
    groups = match.groupdict()
    if groups["time"]:
        return (
            Found(context.last_day.isoformat(), "the day named last", "a guess", True)
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
        return Found(f"{year}-{season}", f"counted from {anchor}", "a guess", True)
    month = _month_number(groups["month"])
    year = anchor.year
    if sign:
        year = year_of_month(anchor, month, "future" if sign > 0 else "past", strict=True)
    return Found(f"{year}-{month:02d}", f"counted from {anchor}", "a guess", True)


def _day_of_month(match: re.Match[str], context: Context) -> Found | None:
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
    return Found(day.isoformat(), "a day of the month", "a guess", True)


def _new_year(match: re.Match[str], context: Context) -> Found | None:
    """`in the new year`: the year to come."""
    if context.day.month < 3:
        return Found(str(context.day.year), f'"{match[0]}"', "a guess", True)
    return Found(str(context.day.year + 1), f'"{match[0]}"', "likely", True)


def _anchor_for(unit: str, context: Context) -> dt.date | None:
    """What was named last, if it is at least as precise as the unit that is counted."""
    if context.anchor is not None:
        day, precision = context.anchor
        if UNITS.index(precision) <= UNITS.index(unit):
            return day
    return context.last_day if unit in {"day", "week"} else None


UNITS: Final = ("day", "week", "fortnight", "month", "quarter", "year", "decade", "century")


def _year_ago(match: re.Match[str], context: Context) -> Found | None:
    """`the year-ago quarter`, `the year-earlier period`."""
    if context.anchor is not None and context.anchor[1] == "quarter":
        day = context.anchor[0]
        edtf = print_unit(day.replace(year=day.year - 1), "quarter")
        return Found(edtf, f'"{match[0]}" of the quarter named last', "likely", True)
    return Found(str(context.day.year - 1), f'"{match[0]}"', "likely", True)


def _same_day(match: re.Match[str], context: Context) -> Found | None:
    """`the next day`, `the following day`, `the same day`: from the day named last."""
    if context.last_day is None:
        return None
    word = _plain(match[0])
    move = 0 if "same" in word else -1 if "previous" in word or "before" in word else 1
    day = context.last_day + dt.timedelta(days=move)
    return Found(day.isoformat(), f"counted from {context.last_day}", "a guess", True)


def _edge(match: re.Match[str], context: Context) -> Found | None:
    """`the end of the year`, `year-end`: the year."""
    unit = (match["unit"] or "year").lower()
    if unit == "century":
        return None
    return Found(print_unit(context.day, unit), f'"{match[0]}"', "likely", True)


def _weekday_of_month(match: re.Match[str], context: Context) -> Found | None:
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
    return Found(day.isoformat(), f"{match['which']} of the month", "likely", not match["year"])


def _season_of_named_year(match: re.Match[str], context: Context) -> Found | None:
    """`the autumn of the following year`, `the spring of last year`."""
    which = match["which"].lower()
    season = SEASONS[match["season"].lower()]
    if which in {"last", "this", "next"}:
        year = context.day.year + {"last": -1, "next": 1}.get(which, 0)
        return Found(f"{year}-{season}", f'"{match[0]}", counted from the article', "likely", True)
    anchor = _anchor_for("year", context)
    if anchor is None:
        return None
    year = anchor.year + {"the following": 1, "the previous": -1}.get(which, 0)
    return Found(f"{year}-{season}", f"counted from {anchor.year}", "a guess", True)


def _same_again(match: re.Match[str], context: Context) -> Found | None:
    """`that year`, `the same month`: what was named last, once more."""
    unit = match["unit"].lower()
    anchor = _anchor_for(unit, context)
    if anchor is None:
        return None
    return Found(print_unit(anchor, unit), "what was named last", "a guess", True)


def _month_of_year(match: re.Match[str], context: Context) -> Found | None:
    """`March of last year`."""
    move = {"last": -1, "next": 1, "the previous": -1, "the following": 1}.get(match["of"], 0)
    year = context.day.year
    if match["of"] not in {"last", "this", "next"}:
        anchor = _anchor_for("year", context)
        year = anchor.year if anchor else year
    edtf = f"{year + move}-{_month_number(match['month']):02d}"
    return Found(edtf, f'"{match[0]}", counted from the article', "likely", True)


def _part_of_month(match: re.Match[str], context: Context) -> Found | None:
    """`the second week of June` is the month; `the first weekend of May` its two days."""
    month = _month_number(match["month"])
    year = int(match["year"] or year_of_month(context.day, month, context.direction))
    if match["unit"] != "weekend":
        return Found(f"{year}-{month:02d}", "the month of it", "likely", not match["year"])
    first = nearest_weekday(dt.date(year, month, 1), 5, "future", strict=False)
    place = ("first", "second", "third", "fourth", "last", "final").index(match["which"])
    saturday = first + dt.timedelta(weeks=min(place, 3))
    if place > 3 and (saturday + dt.timedelta(weeks=1)).month == month:
        saturday += dt.timedelta(weeks=1)
    edtf = f"{saturday}/{saturday + dt.timedelta(days=1)}"
    return Found(edtf, "the Saturday and Sunday", "likely", not match["year"])


def _week_of(match: re.Match[str], context: Context) -> Found | None:
    """`the week of 15 April`."""
    month = _month_number(match["month"] or match["month2"])
    number = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    year = int(match["year"] or context.day.year)
    day = safe_day(year, month, number)
    if day and not match["year"] and abs((day - context.day).days) > 183:
        day = safe_day(year + (1 if day < context.day else -1), month, number)
    return Found(print_unit(day, "week"), "Monday to Sunday", "likely", True) if day else None


def _week_on(match: re.Match[str], context: Context) -> Found | None:
    """`a week on Tuesday`, `Tuesday week`: seven days after the next one."""
    number = WEEKDAYS.index((match["before"] or match["after"]).lower())
    day = nearest_weekday(context.day, number, "future", strict=True) + dt.timedelta(weeks=1)
    return Found(day.isoformat(), "a week after the next such day", "likely", True)


def _ages_ago(match: re.Match[str], context: Context) -> Found | None:
    """`66 million years ago`."""
    count = match["count"]
    number = float(count) if count[0].isdigit() else float(number_of(count))
    years = round(number * (1_000_000 if match["unit"].lower() == "million" else 1_000_000_000))
    return Found(f"Y-{years}~", "counted back from today", "likely") if years >= 10_000 else None


def _nothing(match: re.Match[str], context: Context) -> Found | None:
    """What looks like a date and is none; found so that no shorter rule finds a part of it."""
    return None


def _compile(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$£€’'])(?:{pattern})(?!\w)", flags)


RULES: Final[tuple[tuple[re.Pattern[str], Rule], ...]] = (
    (_compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), _iso),
    (_compile(r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4}|\d\d)"), _slashed),
    (_compile(r"(?P<month>\d\d?)-(?P<day>\d\d?)-(?P<year>(?:19|20)\d\d|[7-9]\d)"), _slashed),
    (
        _compile(
            rf"(?:{WEEKDAY},?\s+)?(?:{_PARTS}\s+)?(?P<month>{_MONTH})\s+(?P<day>{_ORDINAL})"
            rf"(?:{_DASH}(?:(?P<until_month>{_MONTH})\s+)?(?P<until>{_ORDINAL})(?![,.]?\d))?"
            rf"(?:,?\s+(?P<year>{YEAR})|,?\s+(?:of\s+)?(?P<of>last|this|next) year)?"
            r"(?![,.:]?\d)(?!\s*(?:a\.m|p\.m|percent|%))"
        ),
        _month_day,
    ),
    (
        _compile(
            rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?(?P<day>{_ORDINAL})"
            rf"(?:{_DASH}(?P<until>{_ORDINAL}))?(?:\s+of)?\s+(?P<month>{_MONTH})"
            rf"(?:,?\s+(?P<year>{YEAR}))?(?!\s+\d)"
        ),
        _month_day,
    ),
    (
        _compile(
            rf"the\s+(?P<day>{'|'.join(_ORDINAL_WORDS)})\s+of\s+(?P<month>{_MONTH})"
            rf"(?:,?\s+(?P<year>{YEAR}))?"
        ),
        _day_in_words,
    ),
    (
        _compile(rf"(?:{_PARTS}[\s-]+)?(?P<month>{_MONTH})(?:,|\s+of)?\s+(?P<year>{YEAR})"),
        _month_year,
    ),
    (
        _compile(
            rf"(?:(?:in|since|by|during|until|over|from)\s+)?(?:the\s+)?(?:(?:early|mid"
            rf"|late)[\s-]+)?"
            rf"(?P<season>{_SEASON})(?:\s+of)?\s+(?P<year>{YEAR})(?:[-–/]\d\d(?!\d))?"
        ),
        _season_of_year,
    ),
    (_compile(rf"(?P<year>{YEAR})\s*[-–/]\s*(?P<end>(?:1\d|20)\d\d|\d\d)"), _years),
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
            rf"|(?:fiscal\s+)?{YEAR})(?:[’']s)?\s+)?(?:fiscal\s+)?"
            r"(?:(?P<which>first|second|third|fourth|final)[\s-]+quarter|Q(?P<figure>[1-4]))"
            r"(?P<of>(?:\s+of)?\s+(?:the\s+)?(?:fiscal\s+(?:year\s+)?)?(?:last year|this year"
            rf"|next year|the previous year|{YEAR}))?",
            re.I,
        ),
        _quarter,
    ),
    (
        _compile(
            r"(?:the\s+)?(?P<which>first|second)[\s-]half\s+of\s+"
            rf"(?P<of>(?:fiscal\s+)?(?:last year|this year|next year|the year|{YEAR}))",
            re.I,
        ),
        _half,
    ),
    (_compile(rf"H(?P<which>[12])\s+(?P<year>{YEAR})"), _short_half),
    (_compile(rf"fiscal(?:\s+year)?\s+(?P<year>{YEAR}|[’']?\d\d)", re.I), _fiscal),
    (
        _compile(
            rf"(?:(?P<which>last|next|this)\s+)?(?P<name>{_HOLIDAY})(?:,?\s+(?P<year>{YEAR}))?",
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
            rf"(?:(?:late|early)\s+)?(?P<weekday>{WEEKDAY})(?:\s+(?:{_TIMES}))?"
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
            rf"the\s+(?P<which>first|second|third|fourth|last)\s+(?P<weekday>{WEEKDAY})\s+(?:of"
            rf"|in)\s+(?:(?P<month>{_MONTH})(?:,?\s+(?P<year>{YEAR}))?"
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
            rf"\s+(?:of|in)\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{YEAR}))?"
        ),
        _part_of_month,
    ),
    (
        _compile(
            rf"[Tt]he\s+(?P<unit>week|weekend)\s+(?:of|beginning|starting|commencing"
            rf"|from)\s+(?:(?P<month>{_MONTH})\s+"
            rf"(?P<day>{_ORDINAL})"
            rf"|(?P<day2>{_ORDINAL})\s+(?P<month2>{_MONTH}))(?:,?\s+(?P<year>{YEAR}))?"
        ),
        _week_of,
    ),
    (_compile(rf"(?:a week on (?P<before>{WEEKDAY})|(?P<after>{WEEKDAY}) week)(?=\W)"), _week_on),
    (
        _compile(
            rf"(?:(?P<hedge>{HEDGES})\s+)?(?P<count>\d+(?:\.\d+)?|{COUNT})\s+(?P<unit>million"
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
            rf"\s+(?P<season>{_SEASON})(?!\s+(?:Olympics|Games|of (?!{YEAR})|semester|term|into"
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
            rf"(?:(?:(?P<hedge>{HEDGES})|just|only|exactly)\s+)?(?P<count>{COUNT})"
            rf"\s+(?P<unit>{UNIT})\s+(?P<sense>ago|from now|from (?P<named>today|tomorrow"
            rf"|{WEEKDAY})|hence)",
            re.I,
        ),
        _ago,
    ),
    (
        _compile(
            rf"(?:(?P<hedge>{HEDGES})\s+)?(?P<count>{COUNT})\s+(?P<unit>{UNIT})\s+"
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
            rf"(?:the\s+)?(?:past|last|next|first|coming|previous)\s+(?:{COUNT}|few|several)\s+"
            r"(?:days|weeks|months|quarters|years|decades|hours)",
            re.I,
        ),
        _nothing,
    ),
    (_compile(rf"(?P<year>{YEAR})(?!s)"), _year),
)
