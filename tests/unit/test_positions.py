"""Where actors stand: what holds now, and what held then."""

from __future__ import annotations

import re

import pytest

from .small_site import TOWN, small_pages, small_site
from .test_timeline import LATER, items

SHE = "evidence: She wants a new bridge"


def board(records: str, later: str = "") -> list[tuple[list[str], list[str], list[str]]]:
    """(actors, what holds now, what held then) with the words for since and until when."""
    files = {"articles/closed.yaml": "positions:\n" + records}
    files["articles/closed.yaml"] += (
        "events:\n  - {id: vote, date: 2026-05-18, title: The vote, evidence: closed the bridge}\n"
    )
    if later:
        files["articles/later.md"] = LATER
        files["articles/later.yaml"] = f"positions:\n{later}"
    made = items(files)
    blocks = made.issues(made.graph.positions, home="/news/issues/")
    return [
        (
            [actor.name for actor in row.actors],
            [f"{one.stance} ({one.date.words})" for one in row.now],
            [f"{one.stance} ({one.date.words})" for one in row.then],
        )
        for block in blocks
        for row in block.rows
    ]


def position(stance: str, more: str = "", evidence: str = SHE) -> str:
    return f"  - {{id: {stance}, actor: quill, issue: money, stance: {stance}{more}, {evidence}}}\n"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", "as of 9 March 2026"),
        (", since: 2025", "since 2025"),
        (", since: vote", "since 18 May 2026"),
        (", since: 2025, until: 2027", "since 2025, until 2027"),
        (", since: 196X", "since the 1960s"),
        (", since: 2026-03-01T20:17Z", "since 1 March 2026"),
        (", since: 2026-03-01T23:30-05:00", "since 1 March 2026"),
    ],
)
def test_position_says_since_when(more: str, words: str) -> None:
    assert board(position("yes", more)) == [(["Mara Quill"], [f"yes ({words})"], [])]


@pytest.mark.parametrize("until", ["2026-05", "2020~", "2020?", "vote"])
def test_position_that_ended_held_then(until: str) -> None:
    ((_, now, then),) = board(position("yes", f", until: {until}"))
    assert (now, len(then)) == ([], 1)


def test_later_position_takes_the_place_of_the_first() -> None:
    later = position("no", evidence="evidence: It was shut")
    assert board(position("yes"), later) == [
        (["Mara Quill"], ["no (as of 20 April 2026)"], ["yes (as of 9 March 2026)"])
    ]


def test_positions_of_one_day_hold_side_by_side() -> None:
    ((_, now, then),) = board(position("yes") + position("perhaps"))
    assert (now, then) == (["yes (as of 9 March 2026)", "perhaps (as of 9 March 2026)"], [])


def test_actors_who_act_as_one_have_a_row_of_their_own() -> None:
    both = position("both").replace("actor: quill", "actor: [quill, lind]")
    rows = board(position("yes") + both)
    assert [names for names, _, _ in rows] == [["Mara Quill"], ["Mara Quill", "Otto Lind"]]


@pytest.mark.parametrize(
    ("died", "actor", "is_last"),
    [
        ("died: 2025", "quill", True),
        ("died: 2025~", "quill", True),
        ("died: 2026-06-01", "quill", True),
        ("born: 1970", "quill", False),
        ("died: 2025", "[quill, lind]", False),
        ("died: 2025", "{unnamed: some}", False),
    ],
)
def test_position_of_the_dead_is_the_last_known(died: str, actor: str, is_last: bool) -> None:
    actors = TOWN["actors.yaml"].replace(
        "Mara Quill, kind: person", f"Mara Quill, kind: person, {died}"
    )
    record = position("yes").replace("actor: quill", f"actor: {actor}")
    files = {"actors.yaml": actors, "articles/closed.yaml": f"positions:\n{record}"}
    made = items(files)
    ((row,),) = (block.rows for block in made.issues(made.graph.positions, home=None))
    assert (row.is_last, [one.stance for one in row.now]) == (is_last, ["yes"])


def test_last_known_position_is_called_so() -> None:
    actors = TOWN["actors.yaml"].replace("Quill, kind: person", "Quill, kind: person, died: 2025")
    files = {"actors.yaml": actors, "articles/closed.yaml": f"positions:\n{position('yes')}"}
    html = dict(small_pages(small_site(files)).files)["issues/index.html"]
    labels = re.findall(r'<p class="stances__label">(.*?)</p>', html)
    assert labels == ["Last known"]
