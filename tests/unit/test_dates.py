"""Dates as data: what is read, what is refused with which words, bounds, order, machine forms."""

from __future__ import annotations

import datetime as dt
import pickle
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.dates import (
    Date,
    DateError,
    civil_from_instant,
    date_of,
    datetime_attribute,
    days_from_civil,
    from_date,
    is_before,
    iso_range,
    overlaps,
    parse_date,
    print_offset,
    sort_key,
    without_time,
)

BERLIN = ZoneInfo("Europe/Berlin")


FLAGS = (
    "is_span",
    "is_set",
    "open_start",
    "unknown_start",
    "open_end",
    "unknown_end",
    "approximate",
    "uncertain",
)


def written(instant: int | None) -> str:
    if instant is None:
        return "open"
    year, month, day, hour, minute, second = civil_from_instant(instant)
    return f"{year}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}:{second:02d}"


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2025", "year", "2025-01-01 00:00:00", "2025-12-31 23:59:59"),
        ("0000", "year", "0-01-01 00:00:00", "0-12-31 23:59:59"),
        ("-0299", "year", "-299-01-01 00:00:00", "-299-12-31 23:59:59"),
        ("Y17000", "year", "17000-01-01 00:00:00", "17000-12-31 23:59:59"),
        ("Y-13800000000", "year", "-13800000000-01-01 00:00:00", "-13800000000-12-31 23:59:59"),
        ("196X", "decade", "1960-01-01 00:00:00", "1969-12-31 23:59:59"),
        ("-019X", "decade", "-199-01-01 00:00:00", "-190-12-31 23:59:59"),
        ("19XX", "century", "1900-01-01 00:00:00", "1999-12-31 23:59:59"),
        ("-01XX", "century", "-199-01-01 00:00:00", "-100-12-31 23:59:59"),
        ("-00XX", "century", "-99-01-01 00:00:00", "-1-12-31 23:59:59"),
        ("2025-XX", "year", "2025-01-01 00:00:00", "2025-12-31 23:59:59"),
        ("2025-XX-XX", "year", "2025-01-01 00:00:00", "2025-12-31 23:59:59"),
        ("2024-02", "month", "2024-02-01 00:00:00", "2024-02-29 23:59:59"),
        ("1900-02", "month", "1900-02-01 00:00:00", "1900-02-28 23:59:59"),
        ("2025-12-XX", "month", "2025-12-01 00:00:00", "2025-12-31 23:59:59"),
        ("2025-21", "season", "2025-03-01 00:00:00", "2025-05-31 23:59:59"),
        ("2025-22", "season", "2025-06-01 00:00:00", "2025-08-31 23:59:59"),
        ("2025-23", "season", "2025-09-01 00:00:00", "2025-11-30 23:59:59"),
        ("2023-24", "season", "2023-12-01 00:00:00", "2024-02-29 23:59:59"),
        ("2025-33", "quarter", "2025-01-01 00:00:00", "2025-03-31 23:59:59"),
        ("2025-36", "quarter", "2025-10-01 00:00:00", "2025-12-31 23:59:59"),
        ("2025-12-14", "day", "2025-12-14 00:00:00", "2025-12-14 23:59:59"),
        ("-0004-02-29", "day", "-4-02-29 00:00:00", "-4-02-29 23:59:59"),
        ("2025-12-14T10:30", "minute", "2025-12-14 10:30:00", "2025-12-14 10:30:59"),
        ("2025-12-14T10:30:15Z", "second", "2025-12-14 10:30:15", "2025-12-14 10:30:15"),
        ("2025-12-14T00:30+01:00", "minute", "2025-12-13 23:30:00", "2025-12-13 23:30:59"),
        ("-1985-04-12T23:20:30-04:00", "second", "-1985-04-13 03:20:30", "-1985-04-13 03:20:30"),
        ("1963~", "year", "1963-01-01 00:00:00", "1963-12-31 23:59:59"),
        ("2025-12-14/2025-12-16", "day", "2025-12-14 00:00:00", "2025-12-16 23:59:59"),
        ("2025-12-14/2026", "year", "2025-12-14 00:00:00", "2026-12-31 23:59:59"),
        ("2019/..", "year", "2019-01-01 00:00:00", "open"),
        ("2019/", "year", "2019-01-01 00:00:00", "open"),
        ("../1985", "year", "open", "1985-12-31 23:59:59"),
        ("/1985", "year", "open", "1985-12-31 23:59:59"),
        ("[2025-12-14..2025-12-16]", "day", "2025-12-14 00:00:00", "2025-12-16 23:59:59"),
        ("[..1984]", "year", "open", "1984-12-31 23:59:59"),
        ("[1984..]", "year", "1984-01-01 00:00:00", "open"),
    ],
)
def test_parse_date_gives_precision_and_bounds(
    text: str, precision: str, earliest: str, latest: str
) -> None:
    date = parse_date(text)
    bounds = written(date.earliest), written(date.latest)
    assert (date.edtf, date.precision, *bounds) == (text, precision, earliest, latest)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("2025", ""),
        ("1963~", "approximate"),
        ("1963?", "uncertain"),
        ("1963%", "approximate uncertain"),
        ("2004-06~-11", "approximate"),
        ("2004-?06-11", "uncertain"),
        ("2025/2026", "is_span"),
        ("1984~/2004?", "is_span approximate uncertain"),
        ("2019/..", "is_span open_end"),
        ("2019/", "is_span open_end unknown_end"),
        ("../1985", "is_span open_start"),
        ("/1985", "is_span open_start unknown_start"),
        ("[2025-12-14..2025-12-16]", "is_set"),
        ("[..1985]", "is_set open_start"),
    ],
)
def test_parse_date_gives_flags(text: str, flags: str) -> None:
    date = parse_date(text)
    assert [name for name in FLAGS if getattr(date, name)] == flags.split()


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("?2004", "2004?"),
        ("?2004-06", "2004?-06"),
        ("%2004-06-11", "2004%-06-11"),
        ("2004-06~-11", "2004-06~-11"),
        ("2004-%06-11", "2004-%06-11"),
        ("2004-~06-~11~", "2004-06-11~"),
        ("~2004-~06-~11", "2004-06-11~"),
        ("2004?-~06", "2004?-~06"),
        ("2004?-06~", "2004%-~06"),
        ("?-2004-06%", "-2004-06%"),
        ("2004-06-~01/2004-06-~20", "2004-06-~01/2004-06-~20"),
        ("[ 2025-12-14 .. 2025-12-16 ]", "[2025-12-14..2025-12-16]"),
        ("2025-12-14T10:30+0130", "2025-12-14T10:30+01:30"),
        ("2025-12-14T10:30-05", "2025-12-14T10:30-05:00"),
        ("2025-12-14T10:30+00:00", "2025-12-14T10:30Z"),
    ],
)
def test_parse_date_prints_one_form_for_one_meaning(text: str, canonical: str) -> None:
    date = parse_date(text)
    assert date.edtf == canonical
    assert parse_date(canonical) == date


NOT_A_DATE = "is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~"
ONLY_AT_THE_END = "X stands only for the end of a date, as in 196X, 19XX, 2025-XX or 2025-12-XX"
PARTS = "months are 01 to 12, seasons 21 (spring) to 24 (winter), quarters 33 to 36"


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("", "the date is empty", None),
        ("  ", "the date is empty", None),
        ("yesterday", f'"yesterday" {NOT_A_DATE}', None),
        pytest.param("\x1b[31m", f'"\ufffd[31m" {NOT_A_DATE}', None, id="control"),
        pytest.param("a" * 200, f'"{"a" * 57}..." {NOT_A_DATE}', None, id="long"),
        ("2025-12-14 ", f'"2025-12-14 " {NOT_A_DATE}', "2025-12-14"),
        ("2025\n", f'"2025\ufffd" {NOT_A_DATE}', "2025"),
        ("2025-02-30", "February 2025 has no day 30; its last is 28", None),
        ("1900-02-29", "February 1900 has no day 29; its last is 28", None),
        ("2025-12-00", "December 2025 has no day 0; its last is 31", "2025-12-XX"),
        ("2025-00", "there is no month 00; months are 01 to 12", "2025-XX"),
        ("2025-13", f"2025-13 has no month 13; {PARTS}", None),
        ("2025-40", f"2025-40 has no month 40; {PARTS}", "2025-01/2025-06"),
        ("2025-31-03", "a season or quarter has no days", "2025-03-31"),
        ("2025-31-13", "a season or quarter has no days", None),
        (
            "09.03.2026",
            '"09.03.2026" may be 2026-03-09 or 2026-09-03; write the one that is meant',
            None,
        ),
        ("2025-26", f"2025-26 has no month 26; {PARTS}", "2025-22"),
        ("2025-13-01", "there is no month 13; months are 01 to 12", "2025-01-13"),
        ("2025-21-03", "a season or quarter has no days", "2025-03-21"),
        ("2025-21-XX", "a season or quarter has no days", None),
        ("-0000", "there is no year -0000; 1 BCE is 0000, and 2 BCE is -0001", None),
        (
            "Y2006",
            "Y is for years of more than four digits, such as Y17000 or Y-300000",
            "2006",
        ),
        pytest.param(f"Y{'9' * 5000}", "a year has 15 digits at most", None, id="far"),
        ("Y17000-05", "a year of more than four digits has no months", None),
        ("XXXX-12-XX", f'"XXXX-12-XX": {ONLY_AT_THE_END}', None),
        ("1XXX", f'"1XXX": {ONLY_AT_THE_END}', None),
        ("1984-1X", f'"1984-1X": {ONLY_AT_THE_END}', None),
        (
            "156X-12",
            "a month or day needs a known year; X for the year stands alone, as 196X",
            None,
        ),
        (
            "2025-XX-12",
            "a day needs a known month; a day of the year is written 2025-XX-XX",
            None,
        ),
        ("2025-12-14T25:00", "there is no hour 25; the last one is 23", None),
        ("2025-12-14T10:60", "there is no minute 60; the last one is 59", None),
        ("2025-12-14T10:00:60", "there is no second 60; the last one is 59", None),
        (
            "2025-12-14T10:00+14:01",
            "+14:01 is no offset from UTC; they go from -12:00 to +14:00",
            None,
        ),
        (
            "2025-12-14T10:00-1201",
            "-1201 is no offset from UTC; they go from -12:00 to +14:00",
            None,
        ),
        (
            "2025-12-14T10:00-00:00",
            "-00:00 is no offset from UTC; they go from -12:00 to +14:00",
            None,
        ),
        ("2025-12-14T10:00~", "~, ? and % go with a date, not with a time", None),
        ("2025-12T10:00", "a time needs a known day", None),
        (
            "2025-12-16/2025-12-14",
            "2025-12-14 is before 2025-12-16: the earlier date comes first",
            "2025-12-14/2025-12-16",
        ),
        (
            "2004-06-11%/2004-%06",
            "the end 2004-%06 begins before the start 2004-06-11%",
            "2004-06-11%/2004-%06-XX",
        ),
        (
            "0000-02/0000",
            "the end 0000 begins before the start 0000-02",
            "0000-02/0000-XX",
        ),
        (
            "2025-12-14T10:00Z/2025-12-15",
            "a span has a time at both ends or at neither",
            None,
        ),
        ("/", "a span needs a date on at least one side of the slash", None),
        ("../..", "a span needs a date on at least one side of the slash", None),
        (
            "2025-12/2026/2027",
            '"2025-12/2026/2027" has more than one slash; a span is written 2025-12-14/2025-12-16',
            None,
        ),
        ("2025-12-14/16", f'"16" {NOT_A_DATE}', "2025-12-14/2025-12-16"),
        ("[1667,1668]", "a list of several dates is not one date; write [first..last]", None),
        ("[..]", "a date between two is written [2025-12-14..2025-12-16]", None),
        (
            "[2025-12-14]",
            "a date between two is written [2025-12-14..2025-12-16]",
            "2025-12-14",
        ),
        (
            "{2025..2026}",
            "a list of several dates is not one date; write a span, or one event for each",
            "2025/2026",
        ),
    ],
)
def test_parse_date_says_what_is_wrong(text: str, message: str, suggestion: str | None) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert (caught.value.message, caught.value.suggestion) == (message, suggestion)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("14 Dec 2025", "2025-12-14"),
        ("14th of December, 2025", "2025-12-14"),
        ("Sunday, December 14, 2025", "2025-12-14"),
        ("14-Dec-2025", "2025-12-14"),
        ("Sat, 14 Dec 2025 10:00:00 +0000", "2025-12-14"),
        ("December 2025", "2025-12"),
        ("Sept. 2025", "2025-09"),
        ("2025-2-3", "2025-02-03"),
        ("2025/12/14", "2025-12-14"),
        ("20251214", "2025-12-14"),
        ("12/14/2025", "2025-12-14"),
        ("14.12.2025", "2025-12-14"),
        ("03/03/2025", "2025-03-03"),
        ("03/04/2025", None),
        ("14 Dec", None),
        ("14 Dec 25", None),
        ("December", None),
        ("30 February 2025", None),
        pytest.param("c 1 - or " * 8, None, id="nonsense-ends"),
        ("c. 1963", "1963~"),
        ("around June 1963", "1963-06~"),
        ("probably December 2025", "2025-12?"),
        ("2025 (uncertain)", "2025?"),
        ("early December 2025", "2025-12-01/2025-12-10"),
        ("mid-December 2025", "2025-12-11/2025-12-20"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("mid-2024", "2024-05/2024-08"),
        ("between 14 and 16 Dec 2025", "[2025-12-14..2025-12-16]"),
        ("between June and August 2025", "[2025-06..2025-08]"),
        ("1963 or 1964", "[1963..1964]"),
        ("14–16 December 2025", "2025-12-14/2025-12-16"),
        ("December 14-16, 2025", "2025-12-14/2025-12-16"),
        ("28 Dec 2025 – 3 Jan 2026", "2025-12-28/2026-01-03"),
        ("before 1985", "[..1984]"),
        ("after 1985", "[1986..]"),
        ("2026-??", "2026-XX"),
        ("2026-03-??", "2026-03-XX"),
        ("from 2019 to 2021", "2019/2021"),
        ("2019-2021", "2019/2021"),
        ("since 2019", "2019/.."),
        ("2019-present", "2019/.."),
        ("until 1985", "../1985"),
        ("the 1960s", "196X"),
        ("193", "193X"),
        ("19", "19XX"),
        ("19th century", "18XX"),
        ("2nd century BC", "-01XX"),
        ("spring 2022", "2022-21"),
        ("Q3 2025", "2025-35"),
        ("H2 2025", "2025-07/2025-12"),
        ("300 BC", "-0299"),
        ("1 BCE", "0000"),
        ("15 March 44 BC", "-0043-03-15"),
        ("AD 79", "0079"),
        ("2025-12-14 10:30", "2025-12-14T10:30"),
        ("14 December 2025, 10.30pm", "2025-12-14T22:30"),
        ("2025-12-14t10:30:15.250z", "2025-12-14T10:30:15Z"),
        ("196x", "196X"),
        ("12345", "Y12345"),
        ("Y17E7", "Y170000000"),
    ],
)
def test_parse_date_refuses_free_text_with_a_suggestion(text: str, suggestion: str | None) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.suggestion == suggestion


def test_time_without_offset_is_in_the_zone() -> None:
    date = parse_date("2025-07-14T00:30", BERLIN)
    assert (written(date.earliest), written(date.latest), date.edtf) == (
        "2025-07-13 22:30:00",
        "2025-07-13 22:30:59",
        "2025-07-14T00:30",
    )


def test_time_that_a_clock_shows_twice_may_be_either() -> None:
    date = parse_date("2025-10-26T02:30", BERLIN)
    assert (written(date.earliest), written(date.latest)) == (
        "2025-10-26 00:30:00",
        "2025-10-26 01:30:59",
    )


def test_time_that_no_clock_showed_is_an_error() -> None:
    with pytest.raises(DateError) as caught:
        parse_date("2025-03-30T02:30", BERLIN)
    assert (
        caught.value.message
        == "there was no 02:30 on 2025-03-30 in Europe/Berlin: clocks went forward"
    )


def test_date_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(DateError("no", "2025")))
    assert (str(error), error.suggestion) == ("no", "2025")


def test_date_survives_pickling_and_hashes() -> None:
    date = parse_date("2025-12-14T10:30/2025-12-14T12:00", BERLIN)
    assert {pickle.loads(pickle.dumps(date))} == {date}


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [
        ((2025,), "2025"),
        ((2025, 12), "2025-12"),
        ((2025, 12, 4), "2025-12-04"),
        ((-299,), "-0299"),
        ((17000,), "Y17000"),
        ((-300000,), "Y-300000"),
    ],
)
def test_date_of_numbers(parts: tuple[int, ...], edtf: str) -> None:
    assert date_of(*parts) == parse_date(edtf)


def test_date_of_a_day_needs_a_month() -> None:
    with pytest.raises(DateError, match="a day needs a known month"):
        date_of(2025, None, 4)


def test_from_date_gives_the_day() -> None:
    assert from_date(dt.date(2025, 12, 4)) == parse_date("2025-12-04")


def test_sort_key_puts_the_narrower_and_the_certain_first() -> None:
    ordered = [
        "Y-13800000000",
        "-0299",
        "0079-08-24",
        "2024-12-31",
        "2025-01-01",
        "2025-01",
        "2025",
        "../2025",
        "2025?",
        "2025/2026",
        "2025/..",
        "2025-21",
        "2025-12-14T00:00Z",
        "2025-12-14",
        "2025-12-14~",
        "[2025-12-14..2025-12-16]",
        "../2025-12-15",
        "Y17000",
    ]
    assert sorted(ordered, key=lambda text: sort_key(parse_date(text))) == ordered


def test_sort_key_goes_by_the_clock_of_the_site() -> None:
    texts = ["2025-12-14T00:30", "2025-12-14", "2025-12-13", "2025-12-13T23:45Z"]
    ordered = sorted(texts, key=lambda text: sort_key(parse_date(text, BERLIN)))
    assert ordered == ["2025-12-13", "2025-12-14", "2025-12-14T00:30", "2025-12-13T23:45Z"]


@pytest.mark.parametrize(
    ("first", "second", "before", "overlap"),
    [
        ("2025-12-13", "2025-12-14", True, False),
        ("2025-12-14", "2025-12-13", False, False),
        ("2025-12-14", "2025-12", False, True),
        ("2025", "2026", True, False),
        ("2025~", "2026", False, False),
        ("2025", "2026?", False, False),
        ("2019/..", "2026", False, True),
        ("../2019", "2026", True, False),
        ("2026", "../2019", False, False),
        ("[2025-12-14..2025-12-16]", "2025-12-17", True, False),
        ("[2025-12-14..2025-12-16]", "2025-12-16", False, True),
        ("2025-12-14T00:30", "2025-12-14", False, True),
        ("2025-12-13", "2025-12-14T00:30", True, False),
    ],
)
def test_is_before_and_overlaps(first: str, second: str, before: bool, overlap: bool) -> None:
    one, other = parse_date(first, BERLIN), parse_date(second, BERLIN)
    assert (is_before(one, other), overlaps(one, other), overlaps(other, one)) == (
        before,
        overlap,
        overlap,
    )


@pytest.mark.parametrize(
    ("text", "attribute", "start", "end"),
    [
        ("2025", "2025", "2025", None),
        ("0079-08-24", "0079-08-24", "0079-08-24", None),
        ("0000", None, None, None),
        ("-0299", None, None, None),
        ("Y17000", "17000", None, None),
        ("2025-12", "2025-12", "2025-12", None),
        ("2025-12-XX", "2025-12", "2025-12", None),
        ("2025-12-14", "2025-12-14", "2025-12-14", None),
        ("2025-12-14T10:30Z", "2025-12-14T10:30Z", "2025-12-14T10:30Z", None),
        ("2025-07-14T10:30:05", *["2025-07-14T10:30:05+02:00"] * 2, None),
        ("1880-01-01T10:30", *["1880-01-01T10:30"] * 2, None),
        ("2025-12-14~", None, None, None),
        ("2025?", None, None, None),
        ("2025-21", None, None, None),
        ("2025-33", None, None, None),
        ("196X", None, None, None),
        ("2025-12-14/2025-12-16", "2025-12-14", "2025-12-14", "2025-12-16"),
        ("2025~/2026", None, None, "2026"),
        ("2019/..", "2019", "2019", None),
        ("../2019", None, None, "2019"),
        ("[2025-12-14..2025-12-16]", None, None, None),
    ],
)
def test_machine_forms_hold_what_is_exact(
    text: str, attribute: str | None, start: str | None, end: str | None
) -> None:
    date = parse_date(text, BERLIN)
    assert (datetime_attribute(date), iso_range(date)) == (attribute, (start, end))


@pytest.mark.parametrize(
    ("offset", "text"),
    [(None, ""), (0, "Z"), (3600, "+01:00"), (-12600, "-03:30"), (3208, "")],
    ids=["unknown", "utc", "east", "west", "local-mean-time"],
)
def test_print_offset_has_minutes(offset: int | None, text: str) -> None:
    assert print_offset(offset) == text


# --- properties ---------------------------------------------------------------------------------

MARKS = st.sampled_from(["", "", "", "~", "?", "%"])


@st.composite
def point_texts(draw: st.DrawFn) -> str:
    year = draw(
        st.integers(0, 9999).map("{:04d}".format)
        | st.integers(1, 9999).map("-{:04d}".format)
        | st.sampled_from(["196X", "19XX", "Y17000", "Y-300000"])
    )
    parts = [year]
    if "X" not in year and "Y" not in year:
        parts += draw(st.sampled_from([[], ["21"], ["34"], ["02"], ["12", "31"], ["XX", "XX"]]))
    return "-".join(draw(MARKS) + part + draw(MARKS) for part in parts)


def texts() -> st.SearchStrategy[str]:
    points = point_texts()
    pairs = st.tuples(points, points)
    forms = st.sampled_from(["{}/{}", "[{}..{}]"])
    spans = st.builds(lambda form, pair: form.format(*pair), forms, pairs)
    opens = st.builds(str.format, st.sampled_from(["{}/..", "../{}", "{}/", "/{}"]), points)
    return points | spans | opens


def parsed(text: str) -> Date | None:
    try:
        return parse_date(text)
    except DateError:
        return None


@settings(max_examples=300, deadline=None)
@given(texts())
def test_parse_print_parse_is_the_same(text: str) -> None:
    date = parsed(text)
    assert date is None or parse_date(date.edtf) == date


@settings(max_examples=300, deadline=None)
@given(texts())
def test_bounds_are_ordered(text: str) -> None:
    date = parsed(text)
    if date is not None and date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest


@settings(max_examples=100, deadline=None)
@given(st.lists(texts(), max_size=8))
def test_sort_key_is_total(many: list[str]) -> None:
    dates = [date for text in many if (date := parsed(text))]
    keys = [sort_key(date) for date in sorted(dates, key=sort_key)]
    assert all(first <= second for first, second in pairwise(keys))
    assert all(not is_before(b, a) for a, b in pairwise(sorted(dates, key=sort_key)))


@settings(max_examples=400, deadline=None)
@given(st.text() | st.text("0123456789-/.~?%XTZ+:[]{} ,abcdeinprsBC", max_size=25))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    date = parsed(text)
    assert date is None or parse_date(date.edtf) == date


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**15), 10**15))
def test_civil_from_instant_is_the_inverse_of_days(instant: int) -> None:
    year, month, day, hour, minute, second = civil_from_instant(instant)
    seconds = hour * 3600 + minute * 60 + second
    assert days_from_civil(year, month, day) * 86_400 + seconds == instant


@settings(max_examples=100, deadline=None)
@given(st.dates())
def test_days_from_civil_agree_with_python(day: dt.date) -> None:
    epoch = dt.date(1970, 1, 1).toordinal()
    assert days_from_civil(day.year, day.month, day.day) == day.toordinal() - epoch


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("1969-07-20T20:17Z", "1969-07-20"),
        ("2026-03-01T23:30-05:00", "2026-03-01"),
        ("2026-03-01T08:00/2026-03-02T17:00", "2026-03-01/2026-03-02"),
        ("1969~", "1969~"),
        ("2019/..", "2019/.."),
    ],
)
def test_date_without_its_time_is_the_day_that_was_written(edtf: str, day: str) -> None:
    assert without_time(parse_date(edtf)) == parse_date(day)
