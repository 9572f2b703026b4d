"""Every link of every page leads somewhere, and every page is well made."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from explainer.graph import Entry
from explainer.model import Record
from explainer.urls import Urls, file_of

from .markup import Markup, read_markup
from .northbridge import golden_settings, golden_site, texts

ENTRIES = tuple(golden_site().graph.entries.values())
PAGES = sorted(path for path in texts() if path.endswith(".html"))
URLS = Urls(golden_settings().base_path, golden_settings().site_url)

each_page = pytest.mark.parametrize("path", PAGES)
each_record = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)


@cache
def markup(path: str) -> Markup:
    return read_markup(texts()[path])


def target(href: str, path: str) -> str | None:
    """The file and the id that a link leads to, as `file#id`; None where it leaves the site."""
    href = href.removeprefix("https://example.org") if href.startswith(URLS.site_url) else href
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    file = file_of(parts.path, URLS.base_path) if parts.path else path
    return f"{file}#{parts.fragment}" if parts.fragment else file


@cache
def places() -> frozenset[str]:
    """Everything that a link may lead to."""
    ids = (f"{path}#{name}" for path in PAGES for name in markup(path).ids)
    return frozenset([*texts(), *ids])


@each_page
def test_link_leads_to_a_file_and_an_id(path: str) -> None:
    found = {href: target(href, path) for href in markup(path).links}
    assert {href: one for href, one in found.items() if one and one not in places()} == {}


@each_page
def test_link_stays_below_the_sub_path(path: str) -> None:
    own = [href for href in markup(path).links if href[:1] == "/"]
    assert [href for href in own if not href.startswith(f"{URLS.base_path}/")] == []


@each_page
def test_page_is_outlined_from_one_h1_without_a_gap(path: str) -> None:
    levels = markup(path).headings
    steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert (levels[0], levels.count(1), steps) == (1, 1, [])


@each_page
def test_page_has_each_id_once_and_refers_to_those(path: str) -> None:
    ids = markup(path).ids
    assert sorted(ids) == sorted(set(ids))
    assert set(markup(path).references) <= set(ids)


@each_record
def test_record_has_its_anchor_on_its_home(entry: Entry[Record]) -> None:
    home = file_of(URLS.home(entry), URLS.base_path)
    assert markup(home).ids.count(entry.anchor) == 1


@each_record
def test_record_is_one_link_away_from_every_passage(entry: Entry[Record]) -> None:
    home = markup(file_of(URLS.home(entry), URLS.base_path))
    assert {URLS.evidence(one) for one in entry.evidence} <= set(home.links)


@pytest.mark.parametrize(
    "entry",
    [e for e in ENTRIES if e.evidence and e.kind != "question"],
    ids=lambda entry: entry.id,
)
def test_passage_is_one_link_away_from_its_record(entry: Entry[Record]) -> None:
    own = {one.article for one in entry.evidence if one.anchor.startswith(f"evidence-{entry.id}")}
    for slug in own:
        assert URLS.record(entry) in markup(f"articles/{slug}/index.html").links


def test_actor_place_term_and_issue_has_its_anchor() -> None:
    graph = golden_site().graph
    wanted = [file_of(URLS.actor(name), URLS.base_path) for name in graph.actors]
    wanted += [f"places/index.html#place-{name}" for name in graph.places]
    wanted += [f"terms/index.html#term-{name}" for name in graph.terms]
    wanted += [f"issues/index.html#issue-{name}" for name in graph.issues]
    assert [one for one in wanted if one not in places()] == []


@pytest.mark.parametrize(
    ("old", "record"),
    [("event-cracks-seen", "event-cracks-found"), ("event-divers-sent", "event-cracks-found")],
)
def test_former_anchor_stands_with_the_record_of_today(old: str, record: str) -> None:
    html = texts()["stories/harbour-bridge/index.html"]
    around = html[html.index(f'id="{old}"') - 400 : html.index(f'id="{old}"') + 400]
    assert f'id="{record}"' in around


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("articles/bridge-shut/index.html", "/news/articles/bridge-closed/"),
        ("actors/port-authority/index.html", "/news/actors/harbour-authority/"),
    ],
)
def test_former_address_leads_on(old: str, now: str) -> None:
    assert now in markup(old).links
