"""Date lines as news sites print them."""

from __future__ import annotations

import pytest

from explainer.importing.furniture import read_meta
from explainer.importing.page_dates import DateReader


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("24 Jan, 2026", "2026-01-24"),
        ("24 Jan 2026", "2026-01-24"),
        ("Jan. 24, 2026", "2026-01-24"),
        ("January 24th, 2026", "2026-01-24"),
        ("the 24th of January 2026", None),
        ("24th of January 2026", "2026-01-24"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("24-Jan-2026", "2026-01-24"),
        ("2026 Jan 24", "2026-01-24"),
        ("24.01.2026", "2026-01-24"),
        ("3.4.2026", "2026-04-03"),
        ("24/01/2026", "2026-01-24"),
        ("01/24/2026", "2026-01-24"),
        ("2026-01-24", "2026-01-24"),
        ("2026/01/24", "2026-01-24"),
        ("January 24, 2026 10:15 AM EST", "2026-01-24T10:15-05:00"),
        ("January 24, 2026 at 10:15 a.m. ET", "2026-01-24T10:15-05:00"),
        ("July 24, 2026 at 10:15 a.m. ET", "2026-07-24T10:15-04:00"),
        ("January 24, 2026 / 12:05 AM UTC", "2026-01-24T00:05Z"),
        ("Sat 24 Jan 2026 18.03 GMT", "2026-01-24T18:03Z"),
        ("Fri 24 Jul 2026 18.03 BST", "2026-07-24T18:03+01:00"),
        ("Sat 24 Jan 2026 18.03 BST", "2026-01-24"),
        ("18:03 GMT, Saturday 24 January 2026", "2026-01-24T18:03Z"),
        ("24 January 2026 - 18:03 IST", "2026-01-24"),
        ("24 January 2026 18:03", "2026-01-24"),
        ("2026-01-24T18:03:00+01:00", "2026-01-24T18:03+01:00"),
        ("2026-01-24T18:03:00.000Z", "2026-01-24T18:03Z"),
        ("Sat, 24 Jan 2026 08:00:00 +0100", "2026-01-24T08:00+01:00"),
        ("24 January 2026 8 pm (UTC+8)", "2026-01-24T20:00+08:00"),
        ("Published on 24 January 2026", "2026-01-24"),
        ("PUBLISHED : January 24, 2026 | 4 min read", "2026-01-24"),
        ("4 min read · 24 January 2026", "2026-01-24"),
        ("By Nell Harrow, January 24, 2026", "2026-01-24"),
        ("By Nell Harrow | January 24, 2026", "2026-01-24"),
        ("24 de enero de 2026", None),
        ("On 24 January 2026 the bridge was closed", None),
        ("24 Foo 2026", None),
        ("2026", None),
        ("24.01", None),
    ],
)
def test_line_gives_the_date_that_it_is(line: str, edtf: str | None) -> None:
    meta = read_meta(line, DateReader())
    assert [date.edtf for found in (meta.dates if meta else []) for date in found.dates] == (
        [edtf] if edtf else []
    )


@pytest.mark.parametrize(
    ("line", "language", "edtf"),
    [
        ("24. Januar 2026", "de", "2026-01-24"),
        ("Samstag, 24. Januar 2026, 18:03 Uhr MEZ", "de", "2026-01-24T18:03+01:00"),
        ("24 de enero de 2026", "es", "2026-01-24"),
        ("24 janvier 2026", "fr", "2026-01-24"),
        ("January 24, 2026", "fr", "2026-01-24"),
        ("24 января 2026", "ru", "2026-01-24"),
        ("24 Jan 2026", "xx", "2026-01-24"),
    ],
)
def test_months_may_be_in_the_language_of_the_site(line: str, language: str, edtf: str) -> None:
    found = DateReader(language).read(line)
    assert found is not None
    assert [date.edtf for date in found.dates] == [edtf]


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("03/04/2026", ["2026-04-03", "2026-03-04"]),
        ("3-4-2026", ["2026-04-03", "2026-03-04"]),
        ("04/04/2026", ["2026-04-04"]),
        ("24/01/26", ["2026-01-24", "2024-01-26"]),
        ("Wed 03/04/2026", ["2026-03-04"]),
        ("31/02/2026", []),
    ],
)
def test_date_that_can_be_told_in_two_ways_gives_both(line: str, readings: list[str]) -> None:
    found = DateReader().read(line)
    assert found is not None
    assert [date.edtf for date in found.dates] == readings


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("Sunday 24 January 2026", "2026-01-24 is not a Sunday"),
        ("24 January 2026 18:03", "the time has no time zone, so only the day was kept"),
        (
            "24 January 2026 18:03 IST",
            "the time zone 'IST' may mean several, so only the day was kept",
        ),
        ("24 January 2026 13:03 PM GMT", "there is no '13 PM'"),
        ("Saturday 24 January 2026 18:03 GMT", ""),
    ],
)
def test_what_was_not_kept_of_a_date_is_told(line: str, doubt: str) -> None:
    found = DateReader().read(line)
    assert found is not None
    assert found.doubt == doubt
