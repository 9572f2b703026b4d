"""A first draft: dates, actors, roles and speakers that rules find in a text."""

from __future__ import annotations

import datetime as dt

import pytest

from explainer.dates import parse_date
from explainer.drafting.cast import KnownActor
from explainer.drafting.date_expressions import find_dates
from explainer.drafting.propose import Proposals, propose
from explainer.drafting.prose import read_prose

#: A Saturday.
DAY = dt.date(2026, 1, 24)


def dates(text: str, day: dt.date = DAY) -> list[tuple[str, str]]:
    return [(found.words, found.edtf) for found in find_dates(read_prose(text), day)]


def proposals(text: str, date: str = "2026-01-24", *known: KnownActor) -> Proposals:
    return propose(text, parse_date(date), known)


def speakers(text: str, *known: KnownActor) -> list[tuple[str, str]]:
    return [(q.text, q.speaker_name) for q in proposals(text, "2026-01-24", *known).quotes]


# ------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell on 14 December 2025.", [("14 December 2025", "2025-12-14")]),
        ("It fell on Dec. 14, 2025, at noon.", [("Dec. 14, 2025", "2025-12-14")]),
        ("Stamped 10/19/2023.", [("10/19/2023", "2023-10-19")]),
        ("It fell in the summer of 1988.", [("in the summer of 1988", "1988-22")]),
        ("Sales in the third quarter of 2025 rose.", [("the third quarter of 2025", "2025-35")]),
        ("The first half of 2024 was dry.", [("The first half of 2024", "2024-01/2024-06")]),
        ("In the 1990s and the ’60s", [("the 1990s", "199X"), ("the ’60s", "196X")]),
        ("In the 19th century", [("the 19th century", "18XX")]),
        ("Since the 2022 invasion", [("2022", "2022")]),
        ("The 2025-26 season", [("2025-26", "2025/2026")]),
        ("It lasted from 3 to 5 May 2024.", [("3 to 5 May 2024", "2024-05-03/2024-05-05")]),
        ("Between 1971 and 1979 it was built.", [("1971 and 1979", "1971/1979")]),
        ("It died about 66 million years ago.", [("about 66 million years ago", "Y-66000000~")]),
    ],
)
def test_date_that_names_itself_is_read(text: str, found: list[tuple[str, str]]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("He left yesterday.", ["2026-01-23"]),
        ("The council voted Tuesday.", ["2026-01-20"]),
        ("The council will vote Tuesday.", ["2026-01-27"]),
        ("He said Monday that the vote would be held Thursday.", ["2026-01-19", "2026-01-29"]),
        ("The mayor was suspended until Monday.", ["2026-01-26"]),
        ("Last week they met.", ["2026-01-12/2026-01-18"]),
        ("It rained last December.", ["2025-12"]),
        ("He may go in May.", ["2026-05"]),
        ("It began in November.", ["2025-11"]),
        ("On March 3 she died.", ["2025-03-03"]),
        ("The law takes effect on Feb. 1.", ["2026-02-01"]),
        ("Two years ago it fell.", ["2024"]),
        ("About two years ago it fell.", ["2024~"]),
        ("It was closed three days ago.", ["2026-01-21"]),
        ("They meet on Tuesday week.", ["2026-02-03"]),
        ("Profit rose in the fourth quarter of last year.", ["2025-36"]),
        ("Prices rose to 3% in August from 4% a month earlier.", ["2025-08", "2025-07"]),
        ("The fire was on 3 January. The next day it rained.", ["2026-01-03", "2026-01-04"]),
        ("Nearly four years after the 2022 invasion they talk.", ["2026~", "2022"]),
        ("The ship docks in Bergen on Thursday.", ["2026-01-29"]),
        ("The attack on Monday killed two.", ["2026-01-19"]),
        ("The council, which meets on Thursday, declined to comment.", ["2026-01-29"]),
        ("The board voted to close the school Tuesday.", ["2026-01-20"]),
        ("She agreed to meet him Tuesday.", ["2026-01-27"]),
        ("He left two weeks before the hearing on January 20.", ["2026-01-06", "2026-01-20"]),
        ("In 1986 he moved. On 26 April the reactor exploded.", ["1986", "1986-04-26"]),
        ("It was lit in 1998. Three years on, it fell.", ["1998", "2001"]),
        ("The fair is on the first Monday of next month.", ["2026-02-02"]),
        ("They met on 9 and 10 January.", ["2026-01-09", "2026-01-10"]),
        ("“I will tell him tomorrow,” he said on Thursday.", ["2026-01-25", "2026-01-22"]),
    ],
)
def test_date_is_counted_from_the_day_by_tense(text: str, edtf: list[str]) -> None:
    assert [found for _, found in dates(text)] == edtf


@pytest.mark.parametrize(
    "text",
    [
        "The past five years were hard.",
        "It fell from 2000 people to 1998 jobs, and cost $1999.",
        "April Jones may march in the sun.",
        "She is in her twenties and rests on Sundays.",
        "Black Friday sales rose every Monday.",
        "Flight 1977 recently came home.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == []


# --------------------------------------------------------------------------------- reference


def test_reference_is_the_month_that_the_text_names_where_the_date_does_not_fit() -> None:
    text = (
        "Talks resumed on Sunday. Earlier in December they had failed, "
        "nearly four years after the 2022 invasion."
    )
    found = proposals(text)
    assert found.reference.date.edtf == "2025-12"
    assert [date.edtf for date in found.dates] == ["2025-12-XX", "2025-12", "2026~", "2022"]
    assert found.doubts == (
        (
            '"Earlier in December" does not fit the date 2026-01-24: the text seems to be of '
            "December 2025, and dates are counted from then."
        ),
        '"nearly four years after the 2022" fits 2025.',
    )


def test_reference_is_the_day_of_the_dateline() -> None:
    found = proposals("HARARE, Dec. 15, 2025 — Talks resumed on Sunday.", "2026-02-09")
    assert [date.edtf for date in found.dates] == ["2025-12-15", "2025-12-14"]


def test_reference_that_the_editor_chose_is_kept() -> None:
    text = "Talks resumed on Sunday. Earlier in December they had failed."
    found = propose(text, parse_date("2026-01-24"), is_date_certain=True)
    assert [date.edtf for date in found.dates] == ["2026-01-18", "2025-12"]


def test_weekday_that_a_date_does_not_have_is_a_doubt() -> None:
    found = proposals("They met on Sunday, 15 December 2025.")
    assert found.doubts == ('"Sunday, 15 December 2025": 2025-12-15 is a Monday.',)


# ------------------------------------------------------------------------------------ actors


@pytest.mark.parametrize(
    ("text", "name", "kind", "role"),
    [
        (
            "NATO Secretary General Mark Rutte spoke.",
            "Mark Rutte",
            "person",
            "NATO Secretary General",
        ),
        ("He met spokesman Dmitry Peskov there.", "Dmitry Peskov", "person", "spokesman"),
        (
            "Petter Falk, chief economist at Hanse Capital, left.",
            "Petter Falk",
            "person",
            "chief economist at Hanse Capital",
        ),
        ("The trust’s director, Callum Reid, wrote.", "Callum Reid", "person", "director"),
        ("It cost Luis Ortega, 41, his hat.", "Luis Ortega", "person", None),
        ("A rival, Brantano, is for sale.", "Brantano", "organization", None),
        ("The NTSB came.", "NTSB", "organization", None),
        ("St Anne’s Primary School is shut.", "St Anne’s Primary School", "organization", None),
    ],
)
def test_actor_is_told_by_words_around_the_name(
    text: str, name: str, kind: str, role: str | None
) -> None:
    actor = next(a for a in proposals(text).actors if a.name == name)
    assert (actor.kind, actor.role.words if actor.role else None) == (kind, role)


def test_names_of_one_actor_are_joined() -> None:
    text = (
        "The National Transportation Safety Board (NTSB) met. Luis Ortega, 41, was there. "
        "Ortega said nothing. The NTSB left."
    )
    cast = proposals(text).cast
    assert [(a.name, cast.count(i)) for i, a in enumerate(cast.actors)] == [
        ("National Transportation Safety Board", 3),
        ("Luis Ortega", 2),
    ]


def test_known_actor_is_found_by_each_of_its_names() -> None:
    ukraine = KnownActor("ukraine", "country", ("Ukraine", "Kyiv"))
    cast = proposals("Kyiv agreed. Ukraine had refused.", "2026-01-24", ukraine).cast
    assert [(a.id, a.name, cast.count(i)) for i, a in enumerate(cast.actors)] == [
        ("ukraine", "Ukraine", 2)
    ]


# ----------------------------------------------------------------------------------- quotes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"We are late," said Jane Roe.', [("We are late,", "Jane Roe")]),
        ('"We are late," Jane Roe, 41, said.', [("We are late,", "Jane Roe")]),
        (
            'Jane Roe, who runs the port, said that it was "late and over budget".',
            [("late and over budget", "Jane Roe")],
        ),
        (
            '"We are late," said the port’s director, Jane Roe. "That is all."',
            [("We are late,", "Jane Roe"), ("That is all.", "Jane Roe")],
        ),
        (
            'Mayor Jane Roe opened the bridge. "It is late," she said, "and it is ugly."',
            [("It is late,", "Jane Roe"), ("and it is ugly.", "Jane Roe")],
        ),
        (
            'Ms. Roe met Mayor Tom Hall. "We are late," he said.',
            [("We are late,", "Tom Hall")],
        ),
        (
            'Mayor Tom Hall, speaking in Berlin, cautioned that war may come, saying: "Be ready."',
            [("Be ready.", "Tom Hall")],
        ),
        (
            "‘People think it’s lonely,’ says Jane Roe. ‘It is the town that is lonely.’",
            [
                ("People think it’s lonely,", "Jane Roe"),
                ("It is the town that is lonely.", "Jane Roe"),
            ],
        ),
        (
            '"We packed her lunch," said Jane Roe.\n\n"For two years we did.\n\n"And they knew."',
            [
                ("We packed her lunch,", "Jane Roe"),
                ("For two years we did.", "Jane Roe"),
                ("And they knew.", "Jane Roe"),
            ],
        ),
        ('"We are late," a spokesman said.', [("We are late,", "a spokesman")]),
        (
            '"We are late," said a spokesman for the port. "It rains," the spokesman added.',
            [
                ("We are late,", "a spokesman for the port"),
                ("It rains,", "a spokesman for the port"),
            ],
        ),
        (
            'Jane Roe called it "a mess", while her deputy, Tom Hall, hailed it as "a triumph".',
            [("a mess", "Jane Roe"), ("a triumph", "Tom Hall")],
        ),
        (
            'Jane Roe went on. "We sang loud.\nWe danced there," she said.',
            [("We sang loud.", "Jane Roe"), ("We danced there,", "Jane Roe")],
        ),
        (
            'They called it "the graveyard of talents" by Jane Roe.',
            [
                ("the graveyard of talents", "Jane Roe"),
            ],
        ),
        ('Asked by Jane Roe, Tom Hall saw "The Last Red Ship".', []),
        ("They met in a session described as “frank and warm”.", [("frank and warm", "")]),
    ],
)
def test_speaker_is_the_subject_of_the_verb_of_speech(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert speakers(text) == found


def test_indirect_speech_is_no_quote() -> None:
    assert speakers("Jane Roe said that nobody was hurt.") == []
