"""What is audited: the stories, what each of their events must say, and a page of every kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.derive.backlinks import find_backlinks
from explainer.derive.timeline import order_timeline
from explainer.fragment import read_fragment
from explainer.graph import Entry, Graph
from explainer.language import load_language
from explainer.markdown import render_markdown
from explainer.model import Event
from explainer.pages.items import Items
from explainer.urls import Urls

from .sites import BuiltSite
from .stories import EDGES, SIZES, long_shape

DEMO, GENERATED = "demo", "generated"
#: How many characters of a passage show which one it is: the page cuts long ones short.
BEGINNING = 50


@dataclass(frozen=True)
class ExpectedEvent:
    """What a reader must find of an event."""

    anchor: str
    title: str
    date: str
    text: str
    sources: tuple[tuple[str, ...], ...]
    """Each source by any of these words: a passage by how it begins, or by its article's title."""

    def is_in(self, text: str) -> bool:
        """Whether a text says all of it, whatever the spaces and the hyphens."""
        whole = squeezed(text)
        words = [self.title, self.date, self.text]
        return all(squeezed(part) in whole for part in words) and all(
            any(squeezed(part) in whole for part in source) for source in self.sources
        )


def squeezed(text: str) -> str:
    """A text without white space, hyphens and ligatures: what a line's end can change."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Subject:
    """A story that is audited, as a column of the table."""

    id: str
    site: str
    title: str
    events: tuple[ExpectedEvent, ...]

    @property
    def path(self) -> str:
        """Its page below the site's root."""
        return f"stories/{self.id}/"

    @property
    def is_edge(self) -> bool:
        """Whether it is one of those in which a page is likely to break."""
        return self.site == GENERATED and self.id in {shape.id for shape in EDGES}


def find_subjects(sites: Mapping[str, BuiltSite]) -> list[Subject]:
    """The stories of the sites: the demo's, then the long generated ones, then the odd ones."""
    found = []
    if DEMO in sites:
        stories = sites[DEMO].read.graph.stories
        found += [_subject(sites[DEMO], DEMO, story) for story in stories]
        found.sort(key=lambda subject: -len(subject.events))
    if GENERATED in sites:
        shapes = (*(long_shape(size) for size in SIZES), *EDGES)
        found += [_subject(sites[GENERATED], GENERATED, shape.id) for shape in shapes]
    return found


def _subject(site: BuiltSite, name: str, story: str) -> Subject:
    graph = site.read.graph
    return Subject(story, name, graph.stories[story].title, tuple(_expected(site, story)))


def _expected(site: BuiltSite, story: str) -> Iterator[ExpectedEvent]:
    """Read from the content, not from the page."""
    graph, settings = site.read.graph, site.settings
    urls = Urls(settings.base_path, settings.site_url)
    language = load_language(settings.language)
    items = Items(graph, find_backlinks(graph), language, urls, settings)
    events = [entry for entry in graph.events if story in entry.stories]
    for placed in order_timeline(events, graph):
        record = placed.entry.record
        yield ExpectedEvent(
            placed.entry.anchor,
            record.title or "",
            items.event_date(placed).words,
            read_fragment(render_markdown(record.text)).text if record.text else "",
            tuple(_sources(placed.entry, graph)),
        )


def _sources(entry: Entry[Event], graph: Graph) -> Iterator[tuple[str, ...]]:
    for source in entry.sources:
        yield (source.title or "",)
    for evidence in entry.evidence:
        yield (evidence.words[:BEGINNING], graph.articles[evidence.article].matter.title or "")


# ---- a page of every kind


@dataclass(frozen=True)
class PageKind:
    """A page that stands for all of its kind."""

    kind: str
    path: str


def find_kinds(site: BuiltSite) -> list[PageKind]:
    """A page of every kind that a site has, each the largest of its kind; stories stand apart."""
    kinds = {
        "home": "index.html",
        "article": "articles/*/index.html",
        "brief": "",
        "actor": "actors/*/index.html",
        "actors": "actors/index.html",
        "places": "places/index.html",
        "terms": "terms/index.html",
        "issues": "issues/index.html",
        "timeline": "timeline/index.html",
        "timeline of a year": "timeline/*/index.html",
        "story by actor": "stories/*/actors/*/index.html",
        "story by year": "stories/*/[0-9]*/index.html",
        "changes": "stories/*/changes/index.html",
        "archives": "archives/index.html",
        "tag": "tags/*/index.html",
        "tags": "tags/index.html",
        "author": "authors/*/index.html",
        "static page": "about/index.html",
        "missing page": "404.html",
    }
    found = []
    for kind, pattern in kinds.items():
        files = list(site.folder.glob(pattern)) if pattern else _briefs(site)
        if files:
            largest = max(files, key=lambda file: (file.stat().st_size, file))
            path = largest.relative_to(site.folder).as_posix()
            found.append(PageKind(kind, path.removesuffix("index.html")))
    return found


def _briefs(site: BuiltSite) -> list[Path]:
    articles = site.read.graph.articles.values()
    slugs = [article.slug for article in articles if article.matter.kind == "brief"]
    return [site.folder / "articles" / slug / "index.html" for slug in slugs]
