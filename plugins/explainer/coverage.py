"""What the annotations do not cover yet: lists for the desk, each line with its file and line.

`find_gaps` looks at what is published. It judges nothing: an event may have no source for good
reason, and a claim may stay open for ever. Every list is there, also the empty ones, in one order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .dates import Date, from_date, is_before, overlaps, sort_key
from .derive.backlinks import find_backlinks
from .graph import Article, Entry, Graph
from .language import load_language
from .model import Claim, Quote, Shape, Source
from .passages import fold
from .problems import Location
from .rendering import make_environment
from .sentences import sentence_starts
from .site import ReadSite

__all__ = ["DAYS", "Gap", "Gaps", "as_html", "as_text", "find_gaps"]

#: After how many days a claim without a verdict and a story without news are listed.
DAYS = 30
#: A name recurs when it stands so often, in so many articles.
FEWEST_TIMES, FEWEST_ARTICLES = 3, 2

# Words with a capital letter, joined by what stands inside names. Abbreviations count as words.
_CAPITALIZED = r"[^\W\d_a-z][\w’'-]*"
_NAME = re.compile(
    rf"{_CAPITALIZED}(?:\s+(?:(?:of\s+the|of|de|der|den|van|von|al|bin)\s+)?{_CAPITALIZED})*"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_CALENDAR = frozenset(f"{_MONTHS}|{_DAYS}".split("|"))


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One thing that is not covered, and where it stands."""

    place: Location
    text: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """All of one kind, in the order of the files."""

    heading: str
    found: tuple[Gap, ...]

    @property
    def words(self) -> str:
        """The heading with how many there are."""
        return f"{self.heading}: {len(self.found)}" if self.found else f"{self.heading}: none."


def find_gaps(site: ReadSite, *, days: int = DAYS) -> tuple[Gaps, ...]:
    """Every kind of gap in a fixed order; `site.graph.today` decides what is late."""
    graph = site.graph
    day = dt.date.fromisoformat(graph.today.edtf)
    limit = from_date(day - dt.timedelta(days=days))
    lists: list[tuple[str, Iterable[Gap]]] = [
        ("Events without evidence or a source", _unsupported(graph)),
        ("Quotes of somebody without a profile", _without_profile(graph)),
        ("Names that recur and are no actors", _names(site)),
        ("Actors that nothing uses", _unused(graph)),
        (f"Claims without a verdict after {days} days", _open_claims(graph, limit)),
        ("Planned events whose date has passed", _overdue(graph)),
        (f"Stories without news for {days} days", _quiet_stories(graph, limit)),
        ("Events with dates that contradict one another", _contradictions(graph)),
        ("Sources without an archived copy", _unarchived(graph)),
    ]
    return tuple(Gaps(heading, tuple(sorted(set(found)))) for heading, found in lists)


def as_text(lists: Iterable[Gaps], head: str) -> str:
    """The lists for a terminal, below a line; an empty list is a line."""
    blocks = [head]
    for one in lists:
        lines = [f"  {gap.place.file}:{gap.place.line}: {gap.text}" for gap in one.found]
        blocks.append("\n".join([one.words, *lines]))
    return "\n\n".join(blocks)


def as_html(lists: Iterable[Gaps], head: str, *, css_href: str) -> str:
    """The lists as a page for editors, which no search engine may keep."""
    environment = make_environment([], load_language("en"))
    module: Any = environment.get_template("explainer/coverage.html").module
    return str(module.coverage_page(lists, head, css_href))


# ---- the kinds


def _unsupported(graph: Graph) -> Iterator[Gap]:
    for entry in graph.events:
        if not entry.evidence and not entry.sources:
            yield Gap(_place(entry), f"event '{entry.id}'")


def _without_profile(graph: Graph) -> Iterator[Gap]:
    """Quotes of the unnamed, and of actors of whom nothing is written but the name."""
    for entry in graph.quotes:
        for who in entry.who:
            actor = graph.actors.get(who.actor)
            if who.is_unnamed:
                yield Gap(_place(entry), f"quote '{entry.id}' of {who.words or 'somebody unnamed'}")
            elif actor is not None and not actor.summary:
                about = f"quote '{entry.id}' of '{who.actor}', who has no 'summary'"
                yield Gap(_place(entry), about)


def _names(site: ReadSite) -> Iterator[Gap]:
    graph = site.graph
    known = _known_names(graph)
    uses: dict[str, list[tuple[Article, int]]] = defaultdict(list)
    for article in graph.articles.values():
        for name, at in _names_in(article):
            if not _is_known(name, known):
                uses[name].append((article, at))
    for name, found in uses.items():
        slugs = {article.slug for article, _ in found}
        if len(found) >= FEWEST_TIMES and len(slugs) >= FEWEST_ARTICLES:
            first = min(found, key=lambda use: (use[0].file, use[1]))[0]
            counts = f"{len(found)} times in {len(slugs)} articles"
            yield Gap(_place_in_text(site, first, name), f"'{name}', {counts}")


def _names_in(article: Article) -> Iterator[tuple[str, int]]:
    """Names in an article's text, without a word that only a sentence's beginning makes large."""
    for block in article.fragment.blocks:
        text = article.fragment.text[block.start : block.end]
        starts = sentence_starts(text)
        for found in _NAME.finditer(text):
            name, at = " ".join(found[0].split()), found.start()
            first, _, rest = name.partition(" ")
            if at in starts or first in _CALENDAR:
                name = rest if rest[:1].isupper() else ""
            name = re.sub(r"['’]s?$", "", name)
            if len(name) > 1 and name not in _CALENDAR and name != "I":
                yield name, block.start + at


def _known_names(graph: Graph) -> frozenset[str]:
    names: list[str] = list(graph.names.names) if graph.names is not None else []
    for actor in graph.actors.values():
        names += [actor.name, *actor.aliases, *actor.also]
    for place in graph.places.values():
        names += [place.name, *place.also]
    for term in graph.terms.values():
        names += [term.name, *term.aliases]
    for article in graph.articles.values():
        names += article.matter.authors
    return frozenset(fold(name).text for name in names)


def _is_known(name: str, known: frozenset[str]) -> bool:
    """Whether a name is one that is known, is a part of one, or has one in it."""
    padded = f" {fold(name).text} "
    return any(f" {one} " in padded or padded in f" {one} " for one in known)


def _place_in_text(site: ReadSite, article: Article, name: str) -> Location:
    body = site.content.articles[article.slug]
    for number, line in enumerate(body.body.split("\n")):
        column = line.find(name)
        if column >= 0:
            return Location(article.file, body.body_line + number, column + 1, len(name))
    return Location(article.file, body.body_line)


def _unused(graph: Graph) -> Iterator[Gap]:
    links = find_backlinks(graph)
    named = {
        other for ties in graph.ties.values() for tie in ties for other in (tie.other, tie.actor)
    }
    named |= {role.of for roles in graph.roles.values() for role in roles if role.of}
    for entry in graph.entries.values():
        named |= {who.actor for who in entry.record.according_to}
    for name, actor in graph.actors.items():
        found = links.actors[name]
        records = (found.events, found.quotes, found.positions, found.claims, found.articles)
        if name not in named and not any(records) and not graph.roles.get(name):
            yield Gap(actor.where(), f"actor '{name}'")


def _open_claims(graph: Graph, limit: Date) -> Iterator[Gap]:
    for entry in graph.claims:
        parts = [entry.record, *(addition.record for addition in entry.additions)]
        date = _claimed(graph, entry)
        if any(part.verdict for part in parts) or date is None or not is_before(date, limit):
            continue
        yield Gap(_place(entry), f"claim '{entry.id}' of {date.edtf}")


def _claimed(graph: Graph, entry: Entry[Claim]) -> Date | None:
    """When a claim was made, as far as is known; else when it was reported."""
    quote = graph.entries.get(entry.record.quote or "")
    said = quote.record.date if quote is not None and isinstance(quote.record, Quote) else None
    return entry.record.date or said or entry.written


def _overdue(graph: Graph) -> Iterator[Gap]:
    for entry in graph.events:
        date = entry.record.date
        if entry.record.status == "planned" and date is not None and is_before(date, graph.today):
            yield Gap(_place(entry), f"event '{entry.id}', planned for {date.edtf}")


def _quiet_stories(graph: Graph, limit: Date) -> Iterator[Gap]:
    for name, story in graph.stories.items():
        dates = [change.date for change in story.changes]
        for article in graph.articles.values():
            if graph.story_of(article.slug) == name:
                dates += [article.date, *(c.date for c in article.matter.corrections)]
                dates += [article.matter.modified] if article.matter.modified else []
        for entry in graph.entries.values():
            if name in entry.stories:
                dates += [d for d in (entry.record.added, entry.record.updated) if d is not None]
        newest = max(dates, key=sort_key, default=None)
        if newest is None:
            yield Gap(_start(story), f"story '{name}', which has had no news at all")
        elif is_before(newest, limit):
            yield Gap(_start(story), f"story '{name}', whose newest is of {newest.edtf}")


def _contradictions(graph: Graph) -> Iterator[Gap]:
    for entry in graph.events:
        records = [entry.record, *(addition.record for addition in entry.additions)]
        dated = [(record, record.date) for record in records if record.date is not None]
        for (first, one), (second, other) in combinations(dated, 2):
            if not overlaps(one, other):
                place = first.where("date")
                text = (
                    f"event '{entry.id}' is dated {other.edtf} here, and {one.edtf} in "
                    f"{place.file}, line {place.line}"
                )
                yield Gap(second.where("date"), text)


def _unarchived(graph: Graph) -> Iterator[Gap]:
    shapes: list[Any] = [
        *graph.stories.values(),
        *graph.actors.values(),
        *graph.places.values(),
        *graph.terms.values(),
        *(article.matter for article in graph.articles.values()),
    ]
    for entry in graph.entries.values():
        shapes += [entry.record, *(addition.record for addition in entry.additions)]
    for source in (source for shape in shapes for source in _sources(shape)):
        if (source.url or "").startswith("http") and not source.archive_url:
            yield Gap(_start(source), f"'{source.title}', {source.url}")


def _sources(value: object) -> Iterator[Source]:
    """Every source inside of a record or file; a story's own records are entries of the graph."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, Shape):
        for name in type(value).model_fields:
            yield from _sources(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _sources(item)


def _place(entry: Entry[Any]) -> Location:
    return _start(entry.record)


def _start(shape: Shape) -> Location:
    """Where something begins, as wide as a column: only file and line are shown."""
    place = shape.where()
    return Location(place.file, place.line, place.column)
