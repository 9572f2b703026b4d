"""Dates in words, headings and gaps; every form, every doubt."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.date_words import (
    format_date,
    format_gap,
    format_month_heading,
    format_short_date,
    format_year_heading,
    split_headings,
)
from explainer.dates import date_of, parse_date
from explainer.language import Language, load_language

BERLIN = ZoneInfo("Europe/Berlin")
ENGLISH = load_language("en")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-12-14", "14 December 2025"),
        ("2025-12", "December 2025"),
        ("2025", "2025"),
        ("2022-21", "spring 2022"),
        ("2025-24", "winter 2025–26"),
        ("1999-24", "winter 1999–2000"),
        ("2025-33", "first quarter of 2025"),
        ("196X", "1960s"),
        ("18XX", "19th century"),
        ("2025-12-XX", "a day in December 2025"),
        ("2025-XX", "a month in 2025"),
        ("2025-XX-XX", "a day in 2025"),
        # marks
        ("1963~", "around 1963"),
        ("2025?", "2025 (uncertain)"),
        ("2025-12-14%", "around 14 December 2025 (uncertain)"),
        ("2004-?06-11", "11 June 2004 (uncertain)"),
        ("196X~", "around the 1960s"),
        ("2025-33~", "around the first quarter of 2025"),
        # spans
        ("2025-12-14/2025-12-16", "14–16 December 2025"),
        ("2025-11-28/2025-12-03", "28 November – 3 December 2025"),
        ("2025-12-28/2026-01-03", "28 December 2025 – 3 January 2026"),
        ("2025-12-14/2025-12-14", "14 December 2025"),
        ("2025-11/2025-12", "November – December 2025"),
        ("2025-11/2026-01", "November 2025 – January 2026"),
        ("2019/2021", "2019–2021"),
        ("2025-21/2025-22", "spring 2025 – summer 2025"),
        ("196X/197X", "1960s – 1970s"),
        ("2019/2021-05", "2019 – May 2021"),
        ("2025-12-14/2025-12-XX", "14 December 2025 – a day in December 2025"),
        ("1984~/2004~", "around 1984–2004"),
        ("1984?/2004?", "1984–2004 (uncertain)"),
        ("1984?/2004-06~", "1984 (uncertain) – around June 2004"),
        ("2019/..", "since 2019"),
        ("2019~/..", "since around 2019"),
        ("2019/", "from 2019 (end not known)"),
        ("../1985", "until 1985"),
        ("/1985", "until 1985 (start not known)"),
        ("196X/..", "since the 1960s"),
        # one date between two
        ("[2025-12-14..2025-12-16]", "between 14 and 16 December 2025"),
        ("[2025-11-28..2025-12-03]", "between 28 November and 3 December 2025"),
        ("[2025-12-28..2026-01-03]", "between 28 December 2025 and 3 January 2026"),
        ("[2025-12-14..2025-12-14]", "14 December 2025"),
        ("[2025-11..2025-12]", "between November and December 2025"),
        ("[2019..2021]", "between 2019 and 2021"),
        ("[196X..197X]", "between the 1960s and the 1970s"),
        ("[2025-12-14?..2025-12-16?]", "between 14 and 16 December 2025 (uncertain)"),
        ("[2019~..2021]", "between around 2019 and 2021"),
        ("[..1984]", "1984 or earlier"),
        ("[1984..]", "1984 or later"),
        # far years
        ("0079-08-24", "24 August 79 CE"),
        ("0079-08", "August 79 CE"),
        ("0000", "1 BCE"),
        ("-0299", "300 BCE"),
        ("-0043-03-15", "15 March 44 BCE"),
        ("0000-02-29", "29 February 1 BCE"),
        ("-9999", "10,000 BCE"),
        ("-0299/-0200", "300–201 BCE"),
        ("-0043/0014", "44 BCE – 14 CE"),
        ("0014/0037", "14–37 CE"),
        ("-01XX", "2nd century BCE"),
        ("-019X", "200–191 BCE"),
        ("000X", "1 BCE – 9 CE"),
        ("001X", "10s CE"),
        ("Y17000", "the year 17,000"),
        ("Y-300000", "300,000 years ago"),
        ("Y-66000000~", "around 66 million years ago"),
        ("Y-999999999", "1 billion years ago"),
        ("Y-13800000000", "13.8 billion years ago"),
    ],
)
def test_format_date_says_it_in_words(edtf: str, words: str) -> None:
    assert format_date(parse_date(edtf), ENGLISH) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1969-07-20T20:17Z", "20 July 1969, 20:17 UTC"),
        ("1969-07-20T20:17:40Z", "20 July 1969, 20:17:40 UTC"),
        ("2025-12-14T10:30", "14 December 2025, 10:30 CET"),
        ("2025-07-14T10:30", "14 July 2025, 10:30 CEST"),
        ("2025-12-14T10:30+01:00", "14 December 2025, 10:30 CET"),
        ("2025-12-14T10:30+03:00", "14 December 2025, 10:30 UTC+3"),
        ("2025-12-14T10:30-03:30", "14 December 2025, 10:30 UTC-3:30"),
        ("2025-12-14T10:30/2025-12-14T12:00", "14 December 2025, 10:30–12:00 CET"),
        (
            "2025-12-14T10:30/2025-12-15T12:00",
            "14 December 2025, 10:30 CET – 15 December 2025, 12:00 CET",
        ),
        (
            "[2025-12-14T10:30..2025-12-14T12:00]",
            "between 14 December 2025, 10:30 and 12:00 CET",
        ),
        ("2025-12-14T10:30/..", "since 14 December 2025, 10:30 CET"),
    ],
)
def test_format_date_names_the_zone_of_a_time(edtf: str, words: str) -> None:
    assert format_date(parse_date(edtf, BERLIN), ENGLISH, zone=BERLIN) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (None, "14 December 2025, 10:30"),
        (BERLIN, "14 December 2025, 10:30 UTC+1"),
        (ZoneInfo("America/Sao_Paulo"), "14 December 2025, 10:30 UTC-3"),
    ],
    ids=["none", "Berlin", "Sao Paulo"],
)
def test_format_date_without_a_zone_gives_the_offset(zone: ZoneInfo | None, words: str) -> None:
    assert format_date(parse_date("2025-12-14T10:30", zone), ENGLISH) == words


@pytest.mark.parametrize(
    ("tag", "edtf", "words"),
    [
        ("de", "2025-12-14", "14. Dezember 2025"),
        ("de", "2025-12-14/2025-12-16", "14.–16. Dezember 2025"),
        ("fr", "2025-12", "décembre 2025"),
        ("fr", "2025-11-28/2025-12-03", "28 novembre – 3 décembre 2025"),
        ("en-US", "2025-12-14", "December 14, 2025"),
        ("en-US", "[2025-12-14..2025-12-16]", "between December 14 and 16, 2025"),
        ("pl", "2025-12-14/2025-12-16", "14–16 grudnia 2025"),
        ("ja", "2025-12-14", "2025年12月14日"),
        ("xx", "2025-12-14", "14 December 2025"),
    ],
)
def test_format_date_follows_the_language(tag: str, edtf: str, words: str) -> None:
    assert format_date(parse_date(edtf), Language(tag, ENGLISH.strings)) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-12-14", "14 Dec"),
        ("2025-12-14T10:30Z", "14 Dec"),
        ("2025-12", "December"),
        ("2025", "2025"),
        ("2025-24", "winter"),
        ("2025-35", "third quarter"),
        ("196X", "1960s"),
        ("2025-12-XX", "a day in December"),
        ("2025-12-14~", "around 14 Dec"),
        ("2025-12-14?", "14 Dec (uncertain)"),
        ("2025-12-14/2025-12-16", "14–16 Dec"),
        ("2025-12-28/2026-01-03", "28 Dec 2025 – 3 Jan 2026"),
        ("2025-21/2026-21", "spring 2025 – spring 2026"),
        ("1984-05?/2004-06~", "May 1984 (uncertain) – around June 2004"),
        ("2025-12-14T10:30Z/2025-12-14T12:00Z", "14 Dec"),
        ("2025-12-14T10:30Z/2025-12-15T12:00Z", "14–15 Dec"),
        ("[2025-12-14..2025-12-16]", "between 14 and 16 Dec"),
        ("[2025-12-14T10:30Z..2025-12-14T12:00Z]", "14 Dec"),
        ("2025-12-14/..", "since 14 Dec"),
        ("-0043-03-15", "15 Mar"),
        ("0000-02-29", "29 Feb"),
    ],
)
def test_format_short_date_leaves_out_what_the_heading_says(edtf: str, words: str) -> None:
    assert format_short_date(parse_date(edtf), ENGLISH) == words


@pytest.mark.parametrize(
    ("edtf", "keys", "year", "month"),
    [
        ("2025-12-14", ("2025", "2025-12"), "2025", "December 2025"),
        ("2025-12-XX~", ("2025", "2025-12"), "2025", "December 2025"),
        ("2025-21", ("2025", None), "2025", None),
        ("2025-XX", ("2025", None), "2025", None),
        ("196X?", ("196X", None), "1960s", None),
        ("18XX", ("18XX", None), "19th century", None),
        ("-0043-03-15", ("-0043", "-0043-03"), "44 BCE", "March 44 BCE"),
        ("Y-300000", ("Y-300000", None), "300,000 years ago", None),
        ("2025-12/2026", ("2025", "2025-12"), "2025", "December 2025"),
        ("../1985-06", ("1985", "1985-06"), "1985", "June 1985"),
        ("2025-12-31T23:30Z", ("2026", "2026-01"), "2026", "January 2026"),
    ],
)
def test_headings_are_where_a_date_stands(
    edtf: str, keys: tuple[str, str | None], year: str, month: str | None
) -> None:
    date = parse_date(edtf, BERLIN)
    headings = format_year_heading(date, ENGLISH), format_month_heading(date, ENGLISH)
    assert (split_headings(date), headings) == (keys, (year, month))


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("2025-12-14", "2025-12-14", None),
        ("2025-12-15", "2025-12-14", None),
        ("2025-12-14", "2025-12-15", "the next day"),
        ("2025-12-14", "2025-12-18", "four days later"),
        ("2025-12-14", "2025-12-25", "11 days later"),
        ("2025-12-14", "2025-12-21", "a week later"),
        ("2025-12-14", "2025-12-31", "two weeks later"),
        ("2025-12-14", "2026-01-14", "a month later"),
        ("2025-12-14", "2026-01-20", "five weeks later"),
        ("2025-12-14", "2026-04-20", "four months later"),
        ("2025-12-14", "2026-12-05", "almost a year later"),
        ("2025-12-14", "2026-12-14", "a year later"),
        ("2025-12-14", "2027-03-01", "15 months later"),
        ("2025-12-14", "2027-12-20", "two years later"),
        ("2025-12-14", "2028-05-20", "more than two years later"),
        ("2025-12-14", "2028-12-10", "almost three years later"),
        ("2025-01-31", "2025-03-01", "a month later"),
        ("2025-12-14/2025-12-16", "2025-12-18/..", "two days later"),
        # the coarser one decides
        ("2025-11", "2025-12-14", "the next month"),
        ("2025-08", "2025-12", "four months later"),
        ("2025-12-XX", "2026-02", "two months later"),
        ("2025-12", "2026-12", "a year later"),
        ("2022-02", "2025-12", "more than three years later"),
        ("2025-12", "2025-12-14", None),
        ("2019", "2020", "the next year"),
        ("2019", "2021-05", "two years later"),
        ("1969", "1999", "30 years later"),
        ("-0299", "2000", "2,299 years later"),
        # times
        ("2025-12-14T10:30", "2025-12-14T10:30", None),
        ("2025-12-14T10:30", "2025-12-14T10:31", "a minute later"),
        ("2025-12-14T10:30", "2025-12-14T10:50", "20 minutes later"),
        ("2025-12-14T10:30", "2025-12-14T13:40", "three hours later"),
        ("2025-12-14T23:30", "2025-12-15T00:10", "the next day"),
        ("2025-12-14T10:30", "2025-12-14", None),
        # not certain enough
        ("2025~", "2027", None),
        ("2025", "2027?", None),
        ("2025/..", "2027", None),
        ("2025", "../2027", None),
        ("[2025..2026]", "2028", None),
        ("2025-21", "2027", None),
        ("196X", "2027", None),
        ("Y-300000", "2027", None),
    ],
)
def test_format_gap_says_how_much_later(earlier: str, later: str, words: str | None) -> None:
    first, second = (parse_date(edtf, BERLIN) for edtf in (earlier, later))
    assert format_gap(first, second, ENGLISH) == words


@settings(max_examples=150, deadline=None)
@given(
    st.integers(-10_000_000_000, 100_000),
    st.sampled_from(["", "~", "?", "%"]),
    st.sampled_from(["en", "de", "ar", "ja", "xx"]),
)
def test_every_year_has_words(year: int, mark: str, tag: str) -> None:
    date, language = parse_date(date_of(year).edtf + mark), Language(tag, ENGLISH.strings)
    texts = format_date(date, language), format_short_date(date, language)
    assert all(("(uncertain)" in text) == date.uncertain for text in texts)
    assert all(text.startswith("around ") == date.approximate for text in texts)


@settings(max_examples=150, deadline=None)
@given(st.dates(), st.dates())
def test_gap_is_said_one_way_only(one: object, other: object) -> None:
    first, second = parse_date(str(one)), parse_date(str(other))
    forth, back = format_gap(first, second, ENGLISH), format_gap(second, first, ENGLISH)
    assert (forth is None) + (back is None) == (2 if first == second else 1)
