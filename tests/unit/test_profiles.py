"""Profiles: ties in words, quotes in their sentence."""

from __future__ import annotations

import pytest

from explainer.pages.contexts import ActorPage

from .small_site import TOWN, small_pages, small_site

ACTORS = "council: {name: Town Council, kind: organization}\nport: {name: The Port, kind: group}\n"
LIND = """\
    name: Otto Lind
    kind: person
    ties:
      - {tie: adviser to, actor: council, from: 2019, sources: [{title: Minutes}]}
      - {tie: friend of, actor: quill, sources: [{title: Letters}]}
      - {tie: rival of, actor: quill, from: 2021, to: 2023, sources: [{title: Letters}]}
    """
QUILL = """\
    name: Mara Quill
    kind: person
    roles:
      - {role: Mayor, of: council, from: 2020, sources: [{title: Yearbook}]}
    ties:
      - {tie: rival of, actor: lind, from: 2022, sources: [{title: Letters}]}
    """
FILES = {"actors.yaml": ACTORS, "actors/lind.yaml": LIND, "actors/quill.yaml": QUILL}


def profile(actor: str, files: dict[str, str]) -> ActorPage:
    site = small_site(files)
    assert site.report.errors == ()
    pages = {page.path: page for page in small_pages(site).pages}
    page = pages[f"actors/{actor}/index.html"]
    assert isinstance(page, ActorPage)
    return page


def ties(actor: str, files: dict[str, str] = FILES) -> list[str]:
    """Each tie as one reads it."""
    return [
        f"{tie.actor.name}, {tie.words}" if tie.is_theirs else f"{tie.words} {tie.actor.name}"
        for tie in profile(actor, files).ties
    ]


@pytest.mark.parametrize(
    ("actor", "wanted"),
    [
        ("lind", ["rival of Mara Quill", "adviser to Town Council", "friend of Mara Quill"]),
        ("quill", ["rival of Otto Lind", "Otto Lind, friend of Mara Quill"]),
        ("council", ["Mara Quill, Mayor", "Otto Lind, adviser to Town Council"]),
        ("port", []),
    ],
)
def test_ties_are_read_from_both_ends_newest_first(actor: str, wanted: list[str]) -> None:
    assert ties(actor) == wanted


def test_tie_of_the_dead_does_not_go_on() -> None:
    dead = {**FILES, "actors/lind.yaml": LIND + "died: 2024-02-01\n"}
    assert [tie.date.words for tie in profile("council", dead).ties if tie.date] == [
        "since 2020",
        "from 2019 (end not known)",
    ]


def test_role_that_several_articles_report_is_one_tie() -> None:
    roles = "roles:\n  - {actor: lind, role: diver, of: council, evidence: Otto Lind}\n"
    later = TOWN["articles/closed.md"].replace("2026-03-10", "2026-03-11")
    files = {
        "articles/closed.yaml": roles,
        "articles/later.md": later,
        "articles/later.yaml": roles,
    }
    assert ties("council", files) == ["Otto Lind, diver"]


QUOTE = "quotes:\n  - {id: q, actor: quill, text: Nobody has been hurt}\n"


def test_quote_stands_in_its_sentence_on_the_profile() -> None:
    page = profile("quill", {"articles/closed.yaml": QUOTE})
    assert [quote.sentence for quote in page.quotes] == [
        ("“", "Nobody has been hurt", ",” Mayor Mara Quill said on the quay.")
    ]


def test_quote_stands_alone_in_its_story() -> None:
    html = dict(small_pages(small_site({"articles/closed.yaml": QUOTE})).files)
    assert "<mark>Nobody has been hurt</mark>" in html["actors/quill/index.html"]
    assert "<mark>" not in html["stories/bridge/index.html"]


def test_sentence_is_escaped() -> None:
    text = TOWN["articles/closed.md"].replace("on the quay", r"in \<b> & co")
    files = {"articles/closed.md": text, "articles/closed.yaml": QUOTE}
    html = dict(small_pages(small_site(files)).files)["actors/quill/index.html"]
    assert "</mark>,” Mayor Mara Quill said in &lt;b&gt; &amp; co." in html
