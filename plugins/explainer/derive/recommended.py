"""Which articles to read next: "Recommended For You", the same for every reader.

Two articles are near one another in their words, where they report the same event, name the same
actors, belong to the same story or bear the same tags; of what they share the rare counts more.
Each of these signals is a cosine from 0 to 1 with a weight, their sum is lowered with the distance
in time, and `explain` shows the whole account. Then come the rules of a good list: an editor's
pins and blocks, no two cards with the same text, briefs behind articles, and in a running story a
card for its beginning and one for what came next.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal, TypeAlias

from ..dates import DAY_SECONDS, sort_key
from ..graph import Entry, Graph
from ..model import Event, Record
from .likeness import Engine, Likeness, count_terms, rarity
from .weights import DEFAULT_WEIGHTS, Weights

ReasonKind = Literal[
    "event",
    "actors",
    "start",
    "next",
    "earlier",
    "later",
    "story",
    "tags",
    "words",
    "near-in-time",
    "other",
    "pinned",
]
SignalKind = Literal["event", "actors", "story", "tags"]

#: Something that two articles may share: its kind, and its id (of a tag its folded words).
Signal: TypeAlias = tuple[SignalKind, str]

_KINDS: Final[tuple[SignalKind, ...]] = ("event", "actors", "story", "tags")

_KIND_RANKS: Final = {"person": 0, "organization": 1, "group": 1, "country": 2}
_COUNTRY: Final = 2

#: How much an actor counts whom a record names, and one whom only the text names.
_IN_RECORDS: Final = 2.0
_MENTIONED: Final = 1.0

#: Of a signal that more articles share, only this many are looked at: those nearest in time. So
#: a country that every article names costs no more than a rare name.
MAX_SHARED: Final = 80

#: Below this cosine it is chance that two texts share words: it counts nothing.
CHANCE: Final = 0.15
#: From this cosine on two texts are on one subject, and it may be said so.
SAME_SUBJECT: Final = 0.15
#: From this cosine on of their own words two articles are the same text.
SAME_TEXT: Final = 0.75
#: Before a site has so many articles it cannot be told which words are common everywhere.
ENOUGH_ARTICLES: Final = 50
#: From so many articles on a story is a running one, whose beginning is worth a card.
RUNNING: Final = 6
#: Two articles are of about the same time up to this distance in days.
SAME_TIME_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is compared: who it is, when, and what others may share with it."""

    slug: str
    title: str = ""
    text: str = field(default="", repr=False)
    """The body as a reader sees it."""
    instant: int | None = None
    """Its publication by the site's clock, in seconds; None where it is not known."""
    is_evergreen: bool = False
    is_brief: bool = False
    signals: Mapping[Signal, float] = field(default_factory=dict)
    """What it has, in the order in which it would be named, each with its weight in its kind."""
    named: Mapping[str, int] = field(default_factory=dict)
    """The actors whom a reader finds by name in the text, each with how telling that is: 0 for a
    person, 1 for an organization, 2 for a country, which half of all articles may name."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Folded tags to tags as they are written."""
    pins: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a card is shown, as data: a kind, and the ids of what both articles share.

    `ids` are events' ids in the order of the article on whose page the card is, likewise actors' of
    the most telling kind (persons, else organizations, else countries), one story's id, or tags
    as that article writes them; empty for the other kinds. No score and no count is in it, so
    that it changes only with the two articles and the order of their story.
    """

    kind: ReasonKind
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A card: the article that it leads to, and why it is there."""

    slug: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Part:
    """A line of an account: a signal, its cosine, its weight, and what is shared."""

    signal: Literal["words", "event", "actors", "story", "tags"]
    cosine: float
    weight: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """The full account of how near one article is to another.

    `score` is the sum of cosine times weight over the parts, times `closeness`. `rank` is the
    place among all articles by score alone, from 1; None where nothing is shared. `card` is the
    place among the cards that are shown, from 1; None where there is no card for it.
    """

    parts: tuple[Part, ...]
    days: float | None
    closeness: float
    score: float
    rank: int | None
    card: int | None
    reason: Reason
    is_pinned: bool
    is_blocked: bool
    same_text_as: str | None
    """The article, or the better card, that has the same text."""


def recommend(
    graph: Graph,
    *,
    limit: int = 4,
    mentioned: Mapping[str, frozenset[str]] | None = None,
    weights: Weights = DEFAULT_WEIGHTS,
    engine: Engine | None = None,
) -> dict[str, tuple[Recommendation, ...]]:
    """At most `limit` cards for every published article, in the order of `graph.articles`.

    `mentioned` gives the actors whom each article's text names, beside those of its records. The
    order is that of `Recommender.cards`.
    """
    recommender = Recommender(documents_of(graph, mentioned or {}), weights=weights, engine=engine)
    return {slug: recommender.cards(slug, limit) for slug in graph.articles}


class Recommender:
    """Ranks documents for one another. Made once; the cards of each are asked for by slug."""

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        weights: Weights = DEFAULT_WEIGHTS,
        engine: Engine | None = None,
    ) -> None:
        """Take the documents, whose order does not matter; slugs are unique."""
        by_slug = sorted(documents, key=lambda document: document.slug)
        self.documents = {document.slug: document for document in by_slug}
        self.weights = weights
        self._slugs = list(self.documents)
        self._numbers = {slug: number for number, slug in enumerate(self._slugs)}
        terms = (count_terms(document.title, document.text) for document in by_slug)
        self._likeness = Likeness(terms, engine=engine)
        self._index = _Index(by_slug)

    def cards(self, slug: str, limit: int = 4) -> tuple[Recommendation, ...]:
        """The cards of an article: fewer than `limit` only where no other article is left.

        Pins come first, in the editor's order. Then what is related, articles before briefs, each
        by score, then by distance in days, then the newer first, then by slug; then, with the
        last three rules alone, what shares nothing. Of articles with the same text only the
        first is shown while there are others. In a running story the last two cards are for what
        came next and for the beginning. An article is never on its own page; what it blocks is
        not either, even if pinned.
        """
        own = self.documents[slug]
        barred = {slug, *own.blocks}
        pins = [p for p in dict.fromkeys(own.pins) if p in self.documents and p not in barred]
        pins = pins[:limit]
        scores = self._scores(slug)
        free = limit - len(pins)
        chosen = self._choose(own, scores, barred.union(pins), pins, free) if free > 0 else []
        placed = self._with_story(own, chosen, barred.union(pins))
        return (
            *(Recommendation(p, self._reason(slug, p, scores) or Reason("pinned")) for p in pins),
            *(Recommendation(o, placed[o] or self._full_reason(slug, o, scores)) for o in placed),
        )

    def explain(self, slug: str, other: str, limit: int = 4) -> Account:
        """How near `other` is to the article `slug`, on whose page its card is or is not."""
        own, theirs = self.documents[slug], self.documents[other]
        scores = self._scores(slug)
        ranked = sorted(scores, key=self._rank_key(own, scores))
        cards = self.cards(slug, limit)
        places = {card.slug: place for place, card in enumerate(cards, start=1)}
        better = [slug, *(card.slug for card in cards if card.slug != other)]
        days = self._days(own, theirs)
        return Account(
            parts=tuple(self._parts(slug, other)),
            days=days,
            closeness=self.weights.closeness(days),
            score=scores.get(other, 0.0),
            rank=ranked.index(other) + 1 if other in scores else None,
            card=places.get(other),
            reason=next((c.reason for c in cards if c.slug == other), None)
            or self._full_reason(slug, other, scores),
            is_pinned=other in own.pins,
            is_blocked=other in own.blocks,
            same_text_as=next((b for b in better if self._is_same_text(b, other)), None),
        )

    # ---- the score

    def _scores(self, slug: str) -> dict[str, float]:
        """The score of every article that shares anything, rounded so that equals are equal."""
        own = self.documents[slug]
        sums: dict[str, float] = {}
        for number, cosine in self._likeness.alike(self._numbers[slug]).items():
            if cosine >= CHANCE:
                sums[self._slugs[number]] = self.weights.words * cosine
        for kind in _KINDS:
            weight = getattr(self.weights, kind)
            for other, cosine in self._index.cosines(own, kind).items() if weight else ():
                sums[other] = sums.get(other, 0.0) + weight * cosine
        sums.pop(slug, None)
        closeness = self._closeness_to(own)
        return {other: round(total * closeness(other), 9) for other, total in sums.items()}

    def _closeness_to(self, own: Document) -> Callable[[str], float]:
        """How close others are in time; of a distance it is computed once."""
        known: dict[float | None, float] = {}

        def closeness(other: str) -> float:
            days = self._days(own, self.documents[other])
            found = known.get(days)
            if found is None:
                found = known[days] = self.weights.closeness(days)
            return found

        return closeness

    def _parts(self, slug: str, other: str) -> Iterator[Part]:
        own, theirs = self.documents[slug], self.documents[other]
        alike = self._likeness.alike(self._numbers[slug]).get(self._numbers[other], 0.0)
        alike = alike if alike >= CHANCE else 0.0
        terms, others = (count_terms(d.title, d.text).keys() for d in (own, theirs))
        common = self._likeness.rarest(terms & others)[:8]
        yield Part("words", alike, self.weights.words, common)
        both = [signal for signal in own.signals if signal in theirs.signals]
        for kind in _KINDS:
            shared = tuple(_shown(own, s) for s in both if s[0] == kind)
            cosine = self._index.cosines(own, kind).get(other, 0.0)
            yield Part(kind, cosine, getattr(self.weights, kind), shared)

    @staticmethod
    def _days(own: Document, other: Document) -> float | None:
        """The distance in whole days; none where one is evergreen, unknown where a date is."""
        if own.is_evergreen or other.is_evergreen:
            return 0
        if own.instant is None or other.instant is None:
            return None
        return abs(own.instant // DAY_SECONDS - other.instant // DAY_SECONDS)

    # ---- the list

    def _choose(
        self,
        own: Document,
        scores: Mapping[str, float],
        barred: set[str],
        pins: Sequence[str],
        count: int,
    ) -> list[str]:
        """The best by score, without a text that is there already while others are left."""
        key = self._rank_key(own, scores)
        likely = heapq.nsmallest(count + 12 + len(barred), scores, key=key)
        ranked = [other for other in likely if other not in barred]
        chosen: list[str] = []
        copies: list[str] = []
        for other in ranked:
            there = [own.slug, *pins, *chosen]
            if any(self._is_same_text(other, one) for one in there):
                copies.append(other)
            elif len(chosen) < count:
                chosen.append(other)
        seen = barred.union(chosen, copies)
        rest = (other for other in self._index.by_distance(own) if other not in seen)
        chosen += islice(rest, count - len(chosen))
        return [*chosen, *copies[: count - len(chosen)]]

    def _rank_key(
        self, own: Document, scores: Mapping[str, float]
    ) -> Callable[[str], tuple[bool, float, float, int, str]]:
        def key(slug: str) -> tuple[bool, float, float, int, str]:
            other = self.documents[slug]
            days = self._days(own, other)
            far = math.inf if days is None else days
            return other.is_brief, -scores[slug], far, -(other.instant or 0), slug

        return key

    def _is_same_text(self, one: str, other: str) -> bool:
        near = self._likeness.nearest[self._numbers[one]]
        return near.get(self._numbers[other], 0.0) >= SAME_TEXT

    def _with_story(
        self, own: Document, chosen: Sequence[str], barred: set[str]
    ) -> dict[str, Reason | None]:
        """The cards with what came next and the beginning of a running story in the last places.

        The reason is given where it is one of these two, else None.
        """
        marks: dict[str, Reason | None] = {}
        story = next((name for kind, name in own.signals if kind == "story"), None)
        told = self._index.stories.get(story, []) if story is not None else []
        if story is not None and len(told) >= RUNNING and len(chosen) >= 3:
            following = bisect_right(told, _time_key(own))
            if following < len(told):
                marks[told[following][1]] = Reason("next", (story,))
            marks.setdefault(told[0][1], Reason("start", (story,)))
        marks = {other: reason for other, reason in marks.items() if other not in barred}
        free = len(chosen) - len(marks)
        kept = [other for other in chosen if other not in marks][:free]
        return {**dict.fromkeys(kept), **marks}

    # ---- the reason

    def _full_reason(self, slug: str, other: str, scores: Mapping[str, float]) -> Reason:
        return self._reason(slug, other, scores) or self._weak_reason(slug, other)

    def _reason(self, slug: str, other: str, scores: Mapping[str, float]) -> Reason | None:
        """The strongest thing that both are annotated with, with all of its kind."""
        own, theirs = self.documents[slug], self.documents[other]
        shared = [signal for signal in own.signals if signal in theirs.signals]
        found: dict[SignalKind, tuple[str, ...]] = {
            kind: tuple(_shown(own, s) for s in shared if s[0] == kind) for kind in _KINDS
        }
        if found["event"]:
            return Reason("event", found["event"])
        # Only names that a reader finds in both articles; those first who act in both.
        weights = {
            actor: (own.signals["actors", actor], theirs.signals["actors", actor])
            for actor in found["actors"]
            if actor in own.named and actor in theirs.named
        }
        named = sorted(
            (
                actor
                for actor, both in weights.items()
                if _is_telling(own.named[actor], both) and not self._is_everywhere(own, actor)
            ),
            key=lambda actor: -sum(weights[actor]),
        )
        best = min((own.named[actor] for actor in named), default=_COUNTRY)
        telling = tuple(actor for actor in named if own.named[actor] == best)
        if telling and best < _COUNTRY:
            return Reason("actors", telling)
        if found["story"]:
            return Reason(_in_story(own, theirs), found["story"])
        if telling:
            return Reason("actors", telling)
        return Reason("tags", found["tags"]) if found["tags"] else None

    def _is_everywhere(self, own: Document, actor: str) -> bool:
        """Whether half of a running story names an organization or a country: then it says nothing
        of one article that it does too."""
        story = next((name for kind, name in own.signals if kind == "story"), None)
        return own.named[actor] > 0 and actor in self._index.everywhere.get(story, ())

    def _weak_reason(self, slug: str, other: str) -> Reason:
        own, theirs = self.documents[slug], self.documents[other]
        cosine = self._likeness.nearest[self._numbers[slug]].get(self._numbers[other], 0.0)
        is_told = len(self.documents) >= ENOUGH_ARTICLES and not (own.is_brief or theirs.is_brief)
        if is_told and cosine >= SAME_SUBJECT:
            return Reason("words")
        days = self._days(own, theirs)
        is_near = days is not None and days <= SAME_TIME_DAYS
        return Reason("near-in-time" if is_near else "other")


def _is_telling(rank: int, weights: tuple[float, float]) -> bool:
    """Whether an article is about somebody: a person acts in a record of one of the two, any other
    in both. A name in passing is no reason."""
    return (max if rank == 0 else min)(weights) >= _IN_RECORDS


def _in_story(own: Document, other: Document) -> Literal["earlier", "later", "story"]:
    """Where another article of the same story stands; on one day it is neither."""
    if own.instant is None or other.instant is None or _day(own) == _day(other):
        return "story"
    return "later" if other.instant > own.instant else "earlier"


def _shown(own: Document, signal: Signal) -> str:
    kind, name = signal
    return own.tags[name] if kind == "tags" else name


# ---------------------------------------------------------------------------------- documents


def documents_of(graph: Graph, mentioned: Mapping[str, frozenset[str]]) -> Iterator[Document]:
    """Every published article as it is compared, in the order of `graph.articles`."""
    events = _by_article((e.id, _reporters(e)) for e in graph.events if e.additions)
    actors = _by_article(_actor_uses(graph))
    for slug, article in graph.articles.items():
        wishes = article.matter.recommended
        tags = {_folded(tag): tag for tag in reversed(article.matter.tags)}
        signals: dict[Signal, float] = {("event", name): 1.0 for name in events.get(slug, ())}
        named: dict[Signal, float] = {
            ("actors", name): _IN_RECORDS for name in actors.get(slug, ())
        }
        signals |= named
        only: dict[Signal, float] = {
            ("actors", a): _MENTIONED for a in sorted(mentioned.get(slug, ()))
        }
        signals |= {signal: weight for signal, weight in only.items() if signal not in signals}
        story = graph.story_of(slug)
        signals |= {("story", story): 1.0} if story else {}
        signals |= {("tags", _folded(tag)): 1.0 for tag in article.matter.tags}
        yield Document(
            slug=slug,
            title=article.matter.title,
            text=article.fragment.text,
            instant=sort_key(article.date)[0],
            is_evergreen=article.matter.evergreen,
            is_brief=article.is_brief,
            signals=signals,
            named={a: _KIND_RANKS[graph.actors[a].kind] for a in mentioned.get(slug, ())},
            tags=tags,
            pins=tuple(wishes.pin),
            blocks=tuple(wishes.block),
        )


def _folded(tag: str) -> str:
    return " ".join(tag.split()).casefold()


def _by_article(uses: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """From (id, articles) to the ids of each article, in the order given."""
    found: dict[str, list[str]] = {}
    for name, articles in uses:
        for slug in articles:
            found.setdefault(slug, []).append(name)
    return found


def _reporters(entry: Entry[Event] | Entry[Record]) -> list[str]:
    """The articles that tell of a record: its own, and those that say `same`."""
    named = [entry.article, *(addition.article for addition in entry.additions)]
    return list(dict.fromkeys(slug for slug in named if slug is not None))


def _actor_uses(graph: Graph) -> Iterator[tuple[str, Iterable[str]]]:
    """Who acts or speaks in which articles: by records, answers to claims, and roles."""
    for entry in graph.entries.values():
        articles = dict.fromkeys([*_reporters(entry), *(e.article for e in entry.evidence)])
        yield from ((actor, articles) for actor in entry.actor_ids)
        for response in graph.responses.get(entry.id, ()):
            answered = dict.fromkeys(e.article for e in response.evidence)
            yield from ((w.actor, answered) for w in response.who if not w.is_unnamed)
    for actor, roles in graph.roles.items():
        for role in roles:
            yield actor, [role.article] if role.article is not None else []


# -------------------------------------------------------------------------------------- index


class _Index:
    """Who shares what of annotations: a list of articles for each signal, in order of time."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.slug: document for document in documents}
        self.postings: dict[Signal, list[tuple[str, float]]] = {}
        self.moments: dict[Signal, list[tuple[int, str]]] = {}
        self.days: dict[int, list[Document]] = {}
        for document in sorted(self.documents.values(), key=_time_key):
            for signal, weight in document.signals.items():
                self.postings.setdefault(signal, []).append((document.slug, weight))
                self.moments.setdefault(signal, []).append(_time_key(document))
            self.days.setdefault(_day(document), []).append(document)
        self.calendar = sorted(self.days)
        self.stories: dict[str | None, list[tuple[int, str]]] = self._stories()
        """The articles of each story by time, without briefs and what has no date."""
        self.everywhere = {story: self._everywhere(told) for story, told in self.stories.items()}
        """Of each running story the actors that half of its articles name."""
        total = len(self.documents)
        self.rarity = {s: rarity(len(p), total) for s, p in self.postings.items()}
        self.norms = {d.slug: self._norms(d) for d in self.documents.values()}

    def _stories(self) -> dict[str | None, list[tuple[int, str]]]:
        return {
            signal[1]: [m for m in moments if _is_told(self.documents[m[1]])]
            for signal, moments in self.moments.items()
            if signal[0] == "story"
        }

    def _everywhere(self, told: list[tuple[int, str]]) -> frozenset[str]:
        named = Counter(actor for _, slug in told for actor in self.documents[slug].named)
        half = max(RUNNING, len(told)) / 2
        return frozenset(actor for actor, count in named.items() if count >= half)

    def _norms(self, document: Document) -> dict[SignalKind, float]:
        squares: dict[SignalKind, float] = {}
        for signal, weight in document.signals.items():
            value = (weight * self.rarity[signal]) ** 2
            squares[signal[0]] = squares.get(signal[0], 0.0) + value
        return {kind: math.sqrt(square) for kind, square in squares.items()}

    def cosines(self, own: Document, kind: SignalKind) -> dict[str, float]:
        """Of each article that shares signals of a kind, the cosine of all of that kind."""
        sums: dict[str, float] = {}
        for signal, weight in own.signals.items():
            if signal[0] == kind:
                factor = weight * self.rarity[signal] ** 2
                for other, other_weight in self._sharing(signal, own):
                    sums[other] = sums.get(other, 0.0) + factor * other_weight
        sums.pop(own.slug, None)
        norm = self.norms[own.slug].get(kind, 1.0)
        return {slug: total / norm / self.norms[slug][kind] for slug, total in sums.items()}

    def _sharing(self, signal: Signal, own: Document) -> list[tuple[str, float]]:
        """The articles that share a signal, or the MAX_SHARED nearest in time of many."""
        posting = self.postings[signal]
        if len(posting) <= MAX_SHARED:
            return posting
        middle = bisect_left(self.moments[signal], _time_key(own))
        start = min(max(0, middle - MAX_SHARED // 2), len(posting) - MAX_SHARED)
        return posting[start : start + MAX_SHARED]

    def by_distance(self, own: Document) -> Iterator[str]:
        """All articles by distance in days, then the newer first, then by slug; lazily."""
        newer = bisect_left(self.calendar, _day(own))
        older = newer - 1
        while older >= 0 or newer < len(self.calendar):
            if older < 0 or (
                newer < len(self.calendar)
                and self.calendar[newer] - _day(own) <= _day(own) - self.calendar[older]
            ):
                day, newer = self.calendar[newer], newer + 1
            else:
                day, older = self.calendar[older], older - 1
            yield from (d.slug for d in sorted(self.days[day], key=_newest_key))


def _is_told(document: Document) -> bool:
    return document.instant is not None and not document.is_brief


def _day(document: Document) -> int:
    return (document.instant or 0) // DAY_SECONDS


def _time_key(document: Document) -> tuple[int, str]:
    return document.instant or 0, document.slug


def _newest_key(document: Document) -> tuple[int, str]:
    return -(document.instant or 0), document.slug
