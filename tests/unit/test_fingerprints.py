"""A fingerprint is the same where the value is the same, and another where it is not."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from explainer.dates import parse_date
from explainer.derive.backlinks import Backlinks, find_backlinks
from explainer.fingerprints import Fingerprints
from explainer.fragment import read_fragment
from explainer.graph import Article, Entry, Graph, HeldRole
from explainer.model import Source, Who
from explainer.passages import ArticleText

from .small_site import TOWN, small_site

ROOT = Path(__file__).resolve().parents[2]

#: The town with a record of most kinds.
MORE: Mapping[str, str] = {
    "articles/closed.yaml": dedent(TOWN["articles/closed.yaml"])
    + dedent("""\
        roles:
          - {actor: quill, role: Mayor, of: council, evidence: Mayor Mara Quill}
        quotes:
          - {actor: quill, text: Nobody has been hurt, event: bridge-closed, place: quay}
        positions:
          - {actor: quill, issue: money, stance: The state., evidence: She wants a new bridge}
        """),
    "stories/bridge.yaml": "title: The bridge\nquestions: [{id: who-pays, question: Who pays?}]\n",
    "redirects.yaml": "bridge-shut: bridge-closed\n",
}


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass(frozen=True)
class Point:
    x: object
    y: object = None


@dataclass(frozen=True)
class Place:
    x: object
    y: object = None


def of(value: object) -> str:
    return Fingerprints().of(value)


DIFFERENT: tuple[object, ...] = (
    *(None, True, False, 0, 1, 2, -1, 1.0, 1.5, 2**70),
    *("", "0", "None", "a", "A", "é", "e\u0301", "a\0", b"", b"a"),
    *((), ("",), ("a",), ("a", "b"), ("b", "a"), ("ab",), (("a",), "b"), ("a", ("b",))),
    *({"a": 1}, {"a": 2}, {"b": 1}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, {}),
    *(set(), {"a"}, {"a", "b"}, frozenset({"c"})),
    *(Colour.RED, Colour.BLUE, Point(1), Point(2), Point(1, 2), Point((1, 2)), Place(1)),
    *(parse_date(text) for text in ("2026", "2026~", "2026-01", "2026-01/", "2026-01-01T12:00Z")),
    *(read_fragment(html) for html in ("<p>a</p>", "<p>b</p>", "<h2>a</h2>")),
    *(Who(actor="quill"), Who(actor="quill", words="the mayor")),
)


def test_other_values_have_other_fingerprints() -> None:
    known: dict[str, object] = {}
    for value in DIFFERENT:
        found = of(value)
        assert found not in known, (known.get(found), value)
        known[found] = value


def test_same_values_have_the_same_fingerprint() -> None:
    prints = Fingerprints()
    assert [prints.of(value) for value in DIFFERENT] == [of(value) for value in DIFFERENT]
    for first, second in (
        (("a", "b"), ["a", "b"]),
        ({"a", "b", "c"}, frozenset({"c", "b", "a"})),
        ("".join(["a", "b"]), "ab"),
        (Point(["a"]), Point(("a",))),
        (parse_date("2026-01-01"), parse_date("2026-01-01")),
    ):
        assert of(first) == of(second)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        of,
        Point,
        1j,
        Path("a"),
        dt.date(2026, 1, 1),
        ("a", [dt.date(2026, 1, 1)]),
        {"a": object()},
        Point({object()}),
        iter(()),
        range(2),
        {}.keys(),
    ],
    ids=repr,
)
def test_value_of_a_kind_that_no_page_is_made_of_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match=r"has no fingerprint$"):
        of(value)


# ---- the values that pages are made of


def graph_and_links(files: Mapping[str, str] = MORE) -> tuple[Graph, Backlinks]:
    site = small_site(files)
    assert [problem.message for problem in site.report.errors] == []
    return site.graph, find_backlinks(site.graph)


def all_fingerprints(files: Mapping[str, str] = MORE) -> dict[str, str]:
    """Of every value of every mapping of a graph and its back-links."""
    prints = Fingerprints()
    return {
        f"{type(whole).__name__}.{one.name}[{key!r}]": prints.of(value)
        for whole in graph_and_links(files)
        for one in fields(whole)
        if isinstance(mapping := getattr(whole, one.name), dict)
        for key, value in mapping.items()
    }


def test_fingerprints_are_the_same_in_another_process() -> None:
    program = """
from tests.unit.test_fingerprints import DIFFERENT, all_fingerprints, of
print([of(value) for value in DIFFERENT], sorted(all_fingerprints().items()))
"""
    wanted = f"{[of(value) for value in DIFFERENT]} {sorted(all_fingerprints().items())}\n"
    assert len(all_fingerprints()) > 20
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": "plugins", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        )
        assert (done.stderr, done.stdout) == ("", wanted)


def test_place_in_a_file_does_not_count() -> None:
    moved = {
        path: f"# a remark\n\n{text}" for path, text in {**TOWN, **MORE}.items() if ".yaml" in path
    }
    usual = all_fingerprints()
    assert all_fingerprints(moved) == usual


def test_records_before_and_after_do_not_count() -> None:
    before = "  - {id: an-earlier-one, title: Before, date: 2026-03-01, evidence: Otto Lind said}\n"
    text = MORE["articles/closed.yaml"].replace("events:\n", f"events:\n{before}")
    graph, more = graph_and_links()[0], graph_and_links({**MORE, "articles/closed.yaml": text})[0]
    assert [*more.entries].index("bridge-closed") == [*graph.entries].index("bridge-closed") + 1
    assert more.entries["bridge-closed"].order != graph.entries["bridge-closed"].order
    for name, entry in graph.entries.items():
        assert of(more.entries[name]) == of(entry)
    assert of(more.roles["quill"]) == of(graph.roles["quill"])


def other_entries(entry: Entry[Any]) -> dict[str, Any]:
    """Another value for each field of a record."""
    return {
        "id": "another",
        "record": entry.record.model_copy(update={"note": "Another."}),
        "article": None,
        "stories": (*entry.stories, "another"),
        "order": entry.order + 1,
        "written": parse_date("2020"),
        "who": (Who(actor="lind"),),
        "evidence": (),
        "sources": (Source(title="Another", url="https://example.org/"),),
        "additions": ("another",),
    }


def other_articles(article: Article) -> dict[str, Any]:
    headline, body = article.text.headline, article.text.body
    return {
        "slug": "another",
        "file": "content/articles/another.md",
        "matter": article.matter.model_copy(update={"summary": "Another."}),
        "text": ArticleText(headline, read_fragment(f"{body.html}<p>More.</p>")),
        "words": article.words + 1,
        "lang": "de",
    }


def other_roles(role: HeldRole) -> dict[str, Any]:
    return {
        "actor": "lind",
        "role": "Deputy",
        "of": None,
        "start": parse_date("2020"),
        "end": parse_date("2030"),
        "article": None,
        "written": parse_date("2020"),
        "evidence": (),
        "sources": (Source(title="Another", url="https://example.org/"),),
        "note": "Another.",
        "order": role.order + 1,
    }


def test_every_field_counts_but_the_place_among_all_records() -> None:
    graph, _ = graph_and_links()
    entry, article = graph.entries["bridge-closed"], graph.articles["closed"]
    (role,) = graph.roles["quill"]
    for value, others in (
        (entry, other_entries(entry)),
        (article, other_articles(article)),
        (role, other_roles(role)),
    ):
        assert set(others) == {one.name for one in fields(value)}
        usual = of(value)
        same = {
            name for name, other in others.items() if of(replace(value, **{name: other})) == usual
        }
        assert same == {"order"} & set(others), type(value)


def test_headline_of_a_text_counts() -> None:
    text = graph_and_links()[0].articles["closed"].text
    assert of(text) == of(ArticleText(text.headline, text.body))
    assert of(text) != of(ArticleText("Another", text.body))


def test_fingerprint_is_that_of_the_value_and_not_of_one_at_the_same_place_in_memory() -> None:
    prints = Fingerprints()
    entry = graph_and_links()[0].entries["bridge-closed"]
    found = {prints.of(replace(entry, id=f"event-{number}")) for number in range(100)}
    assert len(found) == 100
