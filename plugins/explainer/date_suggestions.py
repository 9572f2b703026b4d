"""What date a free text may mean, as EDTF text to suggest in an error; never to be taken as read.

Our own rules come first. python-dateutil proposes only where they find nothing, and only a day
that does not change with the day of the build or with the order of day and month.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from dateutil import parser as dateutil_parser

_MAX_LENGTH: Final = 80
_MAX_WORDS: Final = 12  # marks count: rules try parts of parts, and nonsense has many of them
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_HALVES: Final = {40: ("01", "06"), 41: ("07", "12"), 1: ("01", "06"), 2: ("07", "12")}
_THIRDS: Final = {"early": ("01", "04"), "mid": ("05", "08"), "late": ("09", "12")}
_MONTH_THIRDS: Final = {"early": ("01", "10"), "mid": ("11", "20"), "late": ("21", None)}
_NOW: Final = frozenset({"now", "present", "today", "ongoing", "open"})
# What dateutil leaves out of a text it takes from a default: with two, that shows.
_DEFAULTS: Final = tuple(dt.datetime(2000 + n, n, n, tzinfo=dt.UTC) for n in (1, 2))

_PLAIN: Final = re.compile(
    r"[~?%]?-?[0-9]{2}[0-9X]{2}[~?%]?(?:-[~?%]?[0-9X]{2}[~?%]?){0,2}"
    r"(?:T[0-9]{2}:[0-9:]+(?:Z|[+-][0-9:]+)?)?|[~?%]?Y-?[0-9]{5,15}[~?%]?"
)

Rule = Callable[[str], str | None]


def suggest_date(text: str) -> str | None:
    """The EDTF that a text may mean, or None; it may still be impossible (``2025-02-30``)."""
    if len(text) > _MAX_LENGTH:
        return None
    folded = _folded(text)
    if len(re.findall(r"[a-z0-9:.+]+|[^a-z0-9:.+ ]", folded)) > _MAX_WORDS:
        return None
    return _bare_number(folded) or _edtf(folded) or _dateutil_day(folded)


def _folded(text: str) -> str:
    """Lower case, plain hyphens and blanks, without weekdays, ordinals' ends and filling words."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]", "-", text)
    text = re.sub(
        r"\b(?:mon|tue|tues|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b\.?", " ", text
    )
    text = re.sub(r"\b(?:of|the|in|on|at)\b|,", " ", text)
    text = re.sub(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", r"\1", text)
    return " ".join(text.split())


def _edtf(words: str) -> str | None:
    if not re.search("[0-9]", words):
        return None
    return next((found for rule in _RULES if (found := rule(words))), None)


# --- almost EDTF --------------------------------------------------------------------------------


def _plain(words: str) -> str | None:
    """EDTF in small letters, with a blank before the time, or with fractions of a second."""
    text = re.sub(r"(?<=-[0-9]{2}) (?=[0-9]{2}:)", "t", words)
    text = re.sub(r"(:[0-9]{2})\.[0-9]+", r"\1", text).upper()
    return text if _PLAIN.fullmatch(text) else None


def _year_month_day(words: str) -> str | None:
    found = re.fullmatch(r"([0-9]{4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,2}))?", words)
    if found is None:
        compact = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", words)
        return "-".join(compact.groups()) if compact else None
    return _joined(found[1], found[3], found[4])


def _unknown_part(words: str) -> str | None:
    """``2026-??`` and ``2026-03-??``: a part that nobody knows is XX."""
    found = re.fullmatch(r"([0-9]{4}(?:-[0-9]{2})?)-(?:\?\?|--|00|x{1,2})", words)
    return f"{found[1]}-XX" if found else None


def _day_month_year(words: str) -> str | None:
    """``14/12/2025`` or ``12/14/2025``; nothing where both readings are a date."""
    found = re.fullmatch(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})", words)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if first != second and max(first, second) <= 12:
        return None
    day, month = max(first, second), min(first, second)
    return _joined(found[4], str(month), str(day))


def _bare_number(words: str) -> str | None:
    """``19`` and ``193`` (ISO's century and decade), ``Y2006``, ``Y17E7``, ``1950S2``, ``12345``.

    Only of a whole text: the 14 of "14 and 16 December" is no century.
    """
    if found := re.fullmatch(r"(-?)([0-9]{2,3})([~?%]?)", words):
        return f"{found[1]}{found[2].ljust(4, 'X')}{found[3]}"
    if found := re.fullmatch(r"(y?-?[0-9]{4,12})s[0-9]+", words):
        return found[1].upper()
    if found := re.fullmatch(r"y(-?)([0-9]{1,4})", words):
        return f"{found[1]}{int(found[2]):04d}"
    if found := re.fullmatch(r"y(-?[0-9]{1,6})e([0-9])", words):
        return f"Y{found[1]}{'0' * int(found[2])}"
    if re.fullmatch(r"[0-9]{5,7}|[0-9]{9,15}", words):
        return f"Y{words}"
    return None


def _other_part(words: str) -> str | None:
    """EDTF's seasons of the northern hemisphere (25 to 28) and half-years (40, 41)."""
    found = re.fullmatch(r"([0-9]{4})-(2[5-8]|40|41)", words)
    if found is None:
        return None
    code = int(found[2])
    return f"{found[1]}-{code - 4}" if code < 29 else _part_of_year(found[1], _HALVES[code])


def _short_end(words: str) -> str | None:
    """``2025-12-14/16``, ``2025-12-28/12-30`` and ``2019/21``, as ISO 8601 has them."""
    found = re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}){0,2})/([0-9]{2}(?:-[0-9]{2})?)", words)
    if found is None:
        return None
    kept = len(found[1]) - len(found[2])
    return f"{found[1]}/{found[1][:kept]}{found[2]}"


def _list(words: str) -> str | None:
    """``{A..B}`` as a span, and brackets that hold one date or a span."""
    if found := re.fullmatch(r"\{ ?(.+?) ?\.\. ?(.+?) ?\}", words):
        return _pair(found[1], found[2], "{}/{}")
    if found := re.fullmatch(r"[\[{] ?([^.\]}]+?) ?[\]}]", words):
        inner = found[1].split("/")
        return _pair(inner[0], inner[1], "[{}..{}]") if len(inner) == 2 else _edtf(found[1])
    return None


# --- words --------------------------------------------------------------------------------------


def _named_day(words: str) -> str | None:
    """``14 dec 2025``, ``dec 14 2025``, ``14. dec. 2025``, ``2025 dec 14``, ``14-dec-2025``."""
    parts = re.fullmatch(r"(\w+)\.?[ -](\w+)\.?[ -](\w+)", words)
    if parts is None:
        return None
    year_last, year_first = parts.groups(), (parts[3], parts[2], parts[1])
    for first, second, year in (year_last, year_first):
        for day, name in ((first, second), (second, first)):
            month = _month(name)
            if month and re.fullmatch("[0-9]{1,2}", day) and re.fullmatch("[0-9]{4}", year):
                return _joined(year, str(month), day)
    return None


def _named_month(words: str) -> str | None:
    found = re.fullmatch(r"([a-z]+)\.?[ -]([0-9]{4})|([0-9]{4})[ -]([a-z]+)\.?", words)
    month = _month(found[1] or found[4]) if found else None
    return _joined(found[2] or found[3], str(month)) if found and month else None


def _marked(words: str) -> str | None:
    """``c. 1963``, ``about june 1963``, ``probably 2025``, ``2025 (uncertain)``, ``1963 ~``."""
    rules = (
        (
            r"(?:c\.|ca\.?|circa|about|around|approx\.?|approximately|roughly|c(?=[0-9])|c ) ?(.+)",
            "~",
        ),
        (r"(?:probably|perhaps|maybe|possibly|likely) (.+)", "?"),
        (r"(.+?) ?\((?:approx\.?|approximate|approximately|about)\)| ?(.+) ~", "~"),
        (r"(.+?) ?\((?:uncertain|unsure|\?|probably|tbc)\)| ?(.+) \?", "?"),
    )
    for pattern, mark in rules:
        found = re.fullmatch(pattern, words)
        inner = _edtf(next(filter(None, found.groups()))) if found else None
        if inner:
            return _with_mark(inner, mark)
    if len(words) > 5 and words[-1] in "~?":
        inner = _edtf(words[:-1].strip())
        return _with_mark(inner, words[-1]) if inner else None
    return None


def _with_mark(edtf: str, mark: str) -> str:
    """The mark on a point, or on both ends of a span or set that has none."""
    return re.sub(r"(?<=[0-9X])(?=/|\.\.[\]0-9-]|\]|$)", mark, edtf)


def _third(words: str) -> str | None:
    """``early december 2025`` is its first ten days; ``late 2025`` its last four months."""
    found = re.fullmatch(r"(early|mid|late|beginning|middle|end)[ -](.+)", words)
    whole = _edtf(found[2]) if found else None
    if found is None or whole is None:
        return None
    part = {"beginning": "early", "middle": "mid", "end": "late"}.get(found[1], found[1])
    if re.fullmatch(r"[0-9]{4}", whole):
        return _part_of_year(whole, _THIRDS[part])
    if re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", whole):
        first, last = _MONTH_THIRDS[part]
        return f"{whole}-{first}/{whole}-{last or _last_day(whole)}"
    return None


def _season(words: str) -> str | None:
    found = re.fullmatch(r"([a-z]+) ([0-9]{4})|([0-9]{4}) ([a-z]+)", words)
    code = SEASONS.get(found[1] or found[4]) if found else None
    return f"{found[2] or found[3]}-{code}" if found and code else None


def _quarter(words: str) -> str | None:
    found = re.fullmatch(r"([qh])([1-4])[ -/]?([0-9]{4})|([0-9]{4})[ -/]?([qh])([1-4])", words)
    if found is None:
        return None
    kind, number, year = found[1] or found[5], int(found[2] or found[6]), found[3] or found[4]
    if kind == "q":
        return f"{year}-{number + 32}"
    return _part_of_year(year, _HALVES[number]) if number < 3 else None


def _decade_or_century(words: str) -> str | None:
    if found := re.fullmatch(r"([0-9]{3})0 ?'?s", words):
        return f"{found[1]}X"
    found = re.fullmatch(r"([0-9]{1,2}) ?(?:century|c\.)( bce?| b\.c\.)?", words)
    if found is None or int(found[1]) == 0:
        return None
    return f"{'-' if found[2] else ''}{int(found[1]) - 1:02d}XX"


def _era(words: str) -> str | None:
    """``300 bc``, ``15 march 44 bce``, ``ad 79``: with the year zero, and four digits."""
    before = re.fullmatch(r"(.*?)\b([0-9]{1,6}) ?(bce?|b\.c\.e?\.?|ad|ce|a\.d\.)", words)
    after = re.fullmatch(r"(.*?)\b(ad|a\.d\.) ?([0-9]{1,4})", words)
    if after:
        return _edtf(f"{after[1]}{int(after[3]):04d}")
    if before is None:
        return None
    year = int(before[2])
    if before[3][0] != "b":
        return _edtf(f"{before[1]}{year:04d}")
    if year == 0 or year > 10_000:
        return f"Y{1 - year}" if year and not before[1] else None
    inner = _edtf(f"{before[1]}{year - 1:04d}")
    return f"-{inner}" if inner and year > 1 else inner


def _one_sided(words: str) -> str | None:
    if found := re.fullmatch(r"(before|after|earlier than|later than) ([0-9]{4})", words):
        year = int(found[2]) + (-1 if found[1] in ("before", "earlier than") else 1)
        return f"[..{year:04d}]" if year < int(found[2]) else f"[{year:04d}..]"
    for pattern, form in (
        (r"(?:since|from) (.+)|(.+?) ?- ?", "{}/.."),
        (r"(?:until|till|up to|through) (.+)", "../{}"),
    ):
        found = re.fullmatch(pattern, words)
        inner = _edtf(next(filter(None, found.groups()))) if found else None
        if inner and _is_point(inner):
            return form.format(inner)
    return None


def _between(words: str) -> str | None:
    found = re.fullmatch(r"(?:sometime )?between (.+?) (?:and|&) (.+)|(.+?) or (.+)", words)
    return _pair(found[1] or found[3], found[2] or found[4], "[{}..{}]") if found else None


def _from_to(words: str) -> str | None:
    words = words.removeprefix("from ")
    for separator in (" to ", " until ", " till ", " through ", " - ", "/", "-"):
        first, found, last = words.partition(separator)
        if found and separator not in last:
            return _pair(first.strip(), last.strip(), "{}/{}")
    return None


def _with_time(words: str) -> str | None:
    found = re.fullmatch(
        r"(.+?)[ t]([0-9]{1,2})[:.]([0-9]{2})(:[0-9]{2})? ?([ap]\.?m\.?)? ?(utc|gmt|z)?", words
    )
    day = _edtf(found[1]) if found else None
    if found is None or day is None or not re.fullmatch(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return None
    hour = int(found[2])
    if found[5]:
        hour = hour % 12 + (12 if found[5][0] == "p" else 0)
    return f"{day}T{hour:02d}:{found[3]}{found[4] or ''}{'Z' if found[6] else ''}"


# --- parts --------------------------------------------------------------------------------------


def _pair(first: str, last: str, form: str) -> str | None:
    """Both ends in the form; the first borrows its month and year from the last (14-16 dec)."""
    if last in _NOW:
        start = _edtf(first)
        return f"{start}/.." if start and _is_point(start) else None
    end = _edtf(last)
    if end is None:
        # "december 14-16 2025": the last end borrows its month from the first.
        month = first.split(" ")[0]
        end = _edtf(f"{month} {last}") if _month(month) else None
    start = _edtf(first) or _borrowed(first, last)
    if start and end and _is_point(start) and _is_point(end):
        return form.format(start, end)
    return None


def _borrowed(first: str, last: str) -> str | None:
    words = last.split(" ")
    tails = (" ".join((first, *words[start:])) for start in range(1, len(words)))
    return next((found for tail in tails if (found := _edtf(tail))), None)


def _is_point(edtf: str) -> bool:
    return not any(mark in edtf for mark in ("/", ".."))


def _month(name: str) -> int | None:
    """The number of an English month, in full or cut to three letters or more."""
    if len(name) < 3:
        return None
    return next((i for i, month in enumerate(MONTHS, 1) if month.startswith(name)), None)


def _joined(year: str, month: str, day: str | None = None) -> str:
    parts = [f"{int(part):02d}" for part in (month, day) if part is not None]
    return "-".join((year, *parts))


def _part_of_year(year: str, months: tuple[str, str]) -> str:
    return f"{year}-{months[0]}/{year}-{months[1]}"


def _last_day(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    if number == 2:
        return "29" if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else "28"
    return "30" if number in (4, 6, 9, 11) else "31"


def _dateutil_day(words: str) -> str | None:
    """A day as dateutil reads it, if it fills in nothing itself and the order does not matter."""
    if not re.search("[a-z]", words) or not re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", words):
        return None
    readings = set()
    for default in _DEFAULTS:
        for dayfirst in (False, True):
            try:
                read = dateutil_parser.parse(
                    words, default=default, dayfirst=dayfirst, ignoretz=True
                )
            except Exception:  # it raises many kinds for odd texts, and this is only a hint
                return None
            readings.add(read.date())
    day = readings.pop()
    return None if readings or f"{day.year:04d}" not in words else day.isoformat()


_RULES: Final[tuple[Rule, ...]] = (
    _other_part,
    _unknown_part,
    _year_month_day,
    _plain,
    _day_month_year,
    _short_end,
    _list,
    _named_day,
    _named_month,
    _season,
    _quarter,
    _decade_or_century,
    _era,
    _marked,
    _third,
    _with_time,
    _between,
    _one_sided,
    _from_to,
)
