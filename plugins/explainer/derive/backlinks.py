"""Back-links: from an actor, a place, an article or a story to everything that names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from ..graph import Entry, Graph
from ..mentions import FindMentions, Mention, find_mentions
from ..model import Claim, Event, Position, Question, Quote, Record


@dataclass(frozen=True, slots=True)
class ActorRecords:
    """Everything in which one actor appears, in the order of the files."""

    events: tuple[Entry[Event], ...] = ()
    quotes: tuple[Entry[Quote], ...] = ()
    positions: tuple[Entry[Position], ...] = ()
    claims: tuple[Entry[Claim], ...] = ()
    articles: tuple[str, ...] = ()
    """Slugs, newest first: articles that mention the actor, or whose records do."""
    stories: tuple[str, ...] = ()
    co_actors: tuple[tuple[str, int], ...] = ()
    """(actor, number of events in common), most first, then by name's order in the graph."""

    @property
    def records(self) -> Iterator[Entry[Record]]:
        """Every record, kind by kind."""
        kinds = (self.events, self.quotes, self.positions, self.claims)
        yield from (cast(Entry[Record], entry) for entries in kinds for entry in entries)


@dataclass(frozen=True, slots=True)
class Backlinks:
    """All back-links of a graph."""

    actors: Mapping[str, ActorRecords]
    mentions: Mapping[str, tuple[Mention, ...]]
    """The first mention of each actor in each article's text, by slug."""
    article_records: Mapping[str, tuple[Entry[Record], ...]]
    """What rests on an article, in the order of the text, by slug."""
    article_actors: Mapping[str, tuple[str, ...]]
    """Who appears in an article: by its records first, then by mention."""
    place_events: Mapping[str, tuple[Entry[Event], ...]]
    story_entries: Mapping[str, tuple[Entry[Record], ...]]
    story_articles: Mapping[str, tuple[str, ...]]
    """Slugs, newest first."""


@dataclass
class _Collected:
    events: list[Entry[Event]] = field(default_factory=list)
    quotes: list[Entry[Quote]] = field(default_factory=list)
    positions: list[Entry[Position]] = field(default_factory=list)
    claims: list[Entry[Claim]] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


def find_backlinks(graph: Graph, find: FindMentions = find_mentions) -> Backlinks:
    """All back-links, in one pass over the entries and one over the articles' texts.

    `find` finds the names in one text.
    """
    mentions = _mentions(graph, find)
    article_records = _article_records(graph)
    collected: dict[str, _Collected] = {name: _Collected() for name in graph.actors}
    for entry in graph.entries.values():
        for actor in _speakers(entry, graph):
            if actor in collected:
                _collect(collected[actor], entry)
    for slug, found in mentions.items():
        for mention in found:
            collected[mention.actor_id].articles.add(slug)
    for name, roles in graph.roles.items():
        if name in collected:
            collected[name].articles.update(r.article for r in roles if r.article)
    orders = _Orders.of(graph)
    return Backlinks(
        actors={name: _actor_records(name, one, orders) for name, one in collected.items()},
        mentions=mentions,
        article_records=article_records,
        article_actors={
            slug: _article_actors(slug, article_records, mentions) for slug in graph.articles
        },
        place_events=_place_events(graph),
        story_entries=_story_entries(graph),
        story_articles=_story_articles(graph),
    )


@dataclass(frozen=True, slots=True)
class _Orders:
    """The place of each actor, article and story in the graph."""

    actors: Mapping[str, int]
    articles: Mapping[str, int]
    stories: Mapping[str, int]

    @classmethod
    def of(cls, graph: Graph) -> _Orders:
        return cls(_places(graph.actors), _places(graph.articles), _places(graph.stories))


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _in_order(names: Iterable[str], places: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted((name for name in names if name in places), key=places.__getitem__))


def _story_entries(graph: Graph) -> dict[str, tuple[Entry[Record], ...]]:
    found: dict[str, list[Entry[Record]]] = {story: [] for story in graph.stories}
    for entry in graph.entries.values():
        for story in dict.fromkeys(entry.stories):
            if story in found:
                found[story].append(entry)
    return {story: tuple(entries) for story, entries in found.items()}


def _story_articles(graph: Graph) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {story: [] for story in graph.stories}
    for slug in graph.articles:
        story = graph.story_of(slug)
        if story is not None:
            found[story].append(slug)
    return {story: tuple(slugs) for story, slugs in found.items()}


def _mentions(graph: Graph, find: FindMentions) -> dict[str, tuple[Mention, ...]]:
    if graph.names is None:
        return dict.fromkeys(graph.articles, ())
    return {
        slug: find(
            article.fragment,
            graph.names,
            excluded=frozenset(article.matter.mentions.exclude),
        )
        for slug, article in graph.articles.items()
    }


def _article_records(graph: Graph) -> dict[str, tuple[Entry[Record], ...]]:
    found: dict[str, list[tuple[int, int, Entry[Record]]]] = {slug: [] for slug in graph.articles}
    for entry in graph.entries.values():
        first: dict[str, int] = {}
        for evidence in entry.evidence:
            first.setdefault(evidence.article, evidence.start)
        for slug, start in first.items():
            if slug in found and not isinstance(entry.record, Question):
                found[slug].append((start, entry.order, entry))
    return {
        slug: tuple(e for _, _, e in sorted(rows, key=lambda row: row[:2]))
        for slug, rows in found.items()
    }


def _speakers(entry: Entry[Record], graph: Graph) -> tuple[str, ...]:
    names = list(entry.actor_ids)
    names += [w.actor for r in graph.responses.get(entry.id, ()) for w in r.who]
    return tuple(dict.fromkeys(names))


def _collect(target: _Collected, entry: Entry[Record]) -> None:
    target.articles.update(e.article for e in entry.evidence)
    match entry.record:
        case Event():
            target.events.append(entry)  # type: ignore[arg-type]
        case Quote():
            target.quotes.append(entry)  # type: ignore[arg-type]
        case Position():
            target.positions.append(entry)  # type: ignore[arg-type]
        case Claim():
            target.claims.append(entry)  # type: ignore[arg-type]


def _actor_records(name: str, one: _Collected, orders: _Orders) -> ActorRecords:
    entries: list[Entry[Record]] = [*one.events, *one.quotes, *one.positions, *one.claims]  # type: ignore[list-item]
    in_stories = {s for e in entries for s in e.stories}
    counts = Counter(a for e in one.events for a in set(e.actor_ids) if a != name)
    order = orders.actors
    return ActorRecords(
        tuple(one.events),
        tuple(one.quotes),
        tuple(one.positions),
        tuple(one.claims),
        _in_order(one.articles, orders.articles),
        _in_order(in_stories, orders.stories),
        tuple(
            sorted(
                ((a, n) for a, n in counts.items() if a in order),
                key=lambda pair: (-pair[1], order[pair[0]]),
            )
        ),
    )


def _article_actors(
    slug: str,
    records: Mapping[str, tuple[Entry[Record], ...]],
    mentions: Mapping[str, tuple[Mention, ...]],
) -> tuple[str, ...]:
    named = [a for entry in records[slug] for a in entry.actor_ids]
    named += [mention.actor_id for mention in mentions[slug]]
    return tuple(dict.fromkeys(named))


def _place_events(graph: Graph) -> dict[str, tuple[Entry[Event], ...]]:
    found: dict[str, list[Entry[Event]]] = {place: [] for place in graph.places}
    for event in graph.events:
        if event.record.place in found:
            found[event.record.place].append(event)
    return {place: tuple(events) for place, events in found.items()}
