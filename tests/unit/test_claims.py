"""Claims with their history: every step in its place, and none that the program judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.load import load_content
from explainer.pages.contexts import ClaimItem
from explainer.site import link_site

from .small_site import settings
from .test_timeline import items

ROOT = Path(__file__).resolve().parents[2]

SAID = "evidence: had warned of cracks"
DENIED = "actor: council, kind: denies, text: no, evidence: it knew of nothing"
NOTED = "actor: quill, kind: comments, text: well, evidence: She wants"
FOUND = "is: refuted, why: The log says so."


def claims(records: str, more: str = "") -> list[ClaimItem]:
    """The claims of the town's article, as its story shows them."""
    made = items({"articles/closed.yaml": f"claims:\n{records}{more}"})
    return list(made.claims(made.graph.claims, home="/news/stories/bridge/"))


def claim(date: str = "", responses: str = "", verdict: str = "", name: str = "c") -> str:
    return (
        f"  - id: {name}\n    actor: lind\n    text: {name}\n    {SAID}\n"
        + (f"    date: {date}\n" if date else "")
        + (f"    responses: [{responses}]\n" if responses else "")
        + (f"    verdict: {{{verdict}}}\n" if verdict else "")
    )


def history(item: ClaimItem) -> list[tuple[str, str, str]]:
    """(kind, date, who) of each step."""
    return [
        (
            step.kind,
            step.date.words if step.date else "",
            ", ".join(actor.name for actor in step.actors),
        )
        for step in item.steps
    ]


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        (
            claim("2026-03-01", f"{{{DENIED}, date: 2026-03-03}}", f"{FOUND}, date: 2026-03-02"),
            ["states 1 March 2026", "refuted 2 March 2026", "denies 3 March 2026"],
        ),
        (
            claim(
                "2026-03-01",
                f"{{{NOTED}, date: 2026-03-01}}, {{{DENIED}, date: 2026-03-01}}",
                f"{FOUND}, date: 2026-03-01",
            ),
            [
                "states 1 March 2026",
                "comments 1 March 2026",
                "denies 1 March 2026",
                "refuted 1 March 2026",
            ],
        ),
        (
            claim("", f"{{{NOTED}}}, {{{DENIED}, date: 2026-03-01}}", FOUND),
            [
                "states undated, told in our article of 9 March 2026",
                "denies 1 March 2026",
                "comments ",
                "refuted ",
            ],
        ),
        (claim("2026-03-01"), ["states 1 March 2026"]),
    ],
    ids=["by-date", "one-day", "undated", "stated-only"],
)
def test_steps_stand_by_date(records: str, wanted: list[str]) -> None:
    (found,) = claims(records)
    assert [f"{kind} {date}" for kind, date, _ in history(found)] == wanted


@pytest.mark.parametrize(
    ("responses", "verdict", "words"),
    [
        ("", "", "stated, no answer reported"),
        ("", FOUND, ""),
        (f"{{{NOTED}}}", FOUND, "answered"),
        (f"{{{NOTED}}}, {{{DENIED}}}", "", "disputed"),
        (f"{{{DENIED}}}", "is: confirmed, why: It is so.", "disputed"),
    ],
    ids=["stated", "found", "answered", "disputed", "confirmed"],
)
def test_state_follows_from_the_answers_alone(responses: str, verdict: str, words: str) -> None:
    (found,) = claims(claim("", responses, verdict))
    assert found.state_words == words


def test_finding_says_why_and_on_what() -> None:
    source = "sources: [{title: The log, publisher: Harbour}]"
    (found,) = claims(claim("2026-03-01", "", f"{FOUND}, {source}"))
    step = found.steps[-1]
    assert (step.is_finding, step.actors, step.kind_words, step.text) == (
        True,
        (),
        "Refuted",
        "The log says so.",
    )
    assert [one.title for one in step.provenance.sources] == ["The log"]


ANSWERED = "responses: [{quote: q, kind: denies}]"
QUOTED = """\
quotes:
  - {id: q, actor: quill, text: Nobody has been hurt, event: e}
events:
  - {id: e, title: E, date: 2026-03-08, evidence: The council closed the bridge}
"""


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        ("{id: c, quote: q}", [("states", "8 March 2026", "Mara Quill")]),
        ("{id: c, quote: q, date: 2026-03-07}", [("states", "7 March 2026", "Mara Quill")]),
        (
            f"{{id: c, actor: lind, text: T, date: 2026-03-01, {SAID}, {ANSWERED}}}",
            [("states", "1 March 2026", "Otto Lind"), ("denies", "8 March 2026", "Mara Quill")],
        ),
    ],
    ids=["claim", "own-date", "answer"],
)
def test_words_of_a_quote_have_the_date_of_its_event(
    record: str, wanted: list[tuple[str, str, str]]
) -> None:
    (found,) = claims(f"  - {record}\n", QUOTED)
    assert history(found) == wanted


def test_claims_stand_by_date_and_undated_ones_last() -> None:
    records = [
        claim("2026-03-02", name="b"),
        claim(name="y"),
        claim("2026-03-01", name="a"),
        claim("2026-03-02", name="c"),
        claim(name="x"),
    ]
    assert [item.text for item in claims("".join(records))] == ["a", "b", "c", "y", "x"]


def test_quotes_stand_by_date_and_undated_ones_last() -> None:
    notes = """\
quotes:
  - {id: first, actor: quill, text: Nobody has been hurt}
  - {id: second, actor: lind, text: he had warned of cracks, date: 2026-03-09}
  - {id: third, actor: council, text: it knew of nothing, event: e}
events:
  - {id: e, title: E, date: 2026-03-08, evidence: The council closed the bridge}
"""
    made = items({"articles/closed.yaml": notes})
    found = made.quotes(made.graph.quotes, home=None)
    assert [item.anchor for item in found] == ["quote-third", "quote-second", "quote-first"]


@pytest.mark.skipif(not any((ROOT / "content/articles").glob("*.yaml")), reason="no demo")
def test_every_finding_of_the_demo_names_its_sources() -> None:
    graph = link_site(load_content(ROOT / "content"), settings()).graph
    verdicts = {entry.id: entry.record.verdict for entry in graph.claims}
    assert [name for name, found in verdicts.items() if found and not found.sources] == []
