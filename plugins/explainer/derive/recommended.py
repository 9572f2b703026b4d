"""Which articles to read next: "Recommended For You", the same for every reader.

Two articles are near one another in their words, where they report the same event, name the same
actors, belong to the same story or bear the same tags; of what they share the rare counts more.
Each of these signals is a cosine from 0 to 1 with a weight, their sum is lowered with the distance
in time, and `explain` shows the whole account. Then come the rules of a good list: an editor's
pins and blocks, no two cards with the same text, briefs behind articles, and in a running story a
card for its beginning and one for what came next.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Final, Literal, TypeAlias

from ..dates import DAY_SECONDS, sort_key
from ..graph import Entry, Graph
from ..model import Event, Record
from .likeness import Engine, Likeness, rarity
from .terms import TermCounts, count_texts
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

#: From this cosine on two texts are on one subject, and it may be said so.
SAME_SUBJECT: Final = 0.15
#: From this cosine on of their own words two articles are the same text.
SAME_TEXT: Final = 0.75
#: Before a site has so many articles it cannot be told which words are common everywhere.
ENOUGH_ARTICLES: Final = 50
#: To how many digits a score is rounded.
DIGITS: Final = 9
#: So many more than are wanted are looked at, since some have the same text as another.
MORE_LIKELY: Final = 12
#: From so many articles on a story is a running one, whose beginning is worth a card.
RUNNING: Final = 6
#: Two articles are of about the same time up to this distance in days.
SAME_TIME_DAYS: Final = 14
#: What is said of a card where nothing else can be.
_BARE: Final = frozenset({"earlier", "later", "story", "words", "near-in-time", "other"})


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
    acts: Counter[str] = field(default_factory=Counter)
    """In how many of its records each actor acts or speaks."""
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


Cards: TypeAlias = tuple[Recommendation, ...]


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
        earlier: Recommender | None = None,
        known: TermCounts | None = None,
    ) -> None:
        """Take the documents, whose order does not matter; slugs are unique.

        Of an earlier one is taken what has not changed since, or, where only its `counts` were
        kept, of these (`known`) the texts that it has. Nothing else differs by that.
        """
        by_slug = sorted(documents, key=lambda document: document.slug)
        self.weights = weights
        # From here on an article is its number, so that equals are in the order of their slugs.
        self._documents = by_slug
        self._numbers = {document.slug: number for number, document in enumerate(by_slug)}
        known = known if earlier is None else earlier.counts
        self.counts: TermCounts = count_texts(((d.title, d.text) for d in by_slug), known)
        """The terms of all documents, to be kept for the next time."""
        alike = None if earlier is None else earlier._likeness
        self._likeness: Likeness = Likeness(self.counts, engine=engine, earlier=alike)
        self._copies = self._likeness.same_texts(SAME_TEXT)
        self._index = _Index(by_slug)
        self._closeness = _Closeness(weights)
        self._days = [None if d.is_evergreen or d.instant is None else _day(d) for d in by_slug]
        """Of each article its day, where its distance to another is that of their days."""
        self._all_have_days = None not in self._days
        self._briefs = frozenset(n for n, d in enumerate(by_slug) if d.is_brief)
        self._made = {} if earlier is None else self._still_right(earlier)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of all documents, in alphabetical order."""
        return tuple(self._numbers)

    def cards(self, slug: str, limit: int = 4) -> tuple[Recommendation, ...]:
        """The cards of an article: fewer than `limit` only where no other article is left.

        Pins come first, in the editor's order. Then what is related, articles before briefs, each
        by score, then by distance in days, then the newer first, then by slug; then, with the
        last three rules alone, what shares nothing. Of articles with the same text only the
        first is shown while there are others. In a running story the last two cards are for what
        came next and for the beginning. An article is never on its own page; what it blocks is
        not either, even if pinned.
        """
        number = self._numbers[slug]
        if (number, limit) not in self._made:
            self._made[number, limit] = self._make_cards(number, limit)
        return self._made[number, limit]

    def _make_cards(self, number: int, limit: int) -> Cards:
        own = self._documents[number]
        barred = {number, *(self._numbers[b] for b in own.blocks if b in self._numbers)}
        known = [self._numbers[p] for p in dict.fromkeys(own.pins) if p in self._numbers]
        pins = [pin for pin in known if pin not in barred][:limit]
        barred.update(pins)
        free = limit - len(pins)
        reasons = self._reasons(number)
        told = self._index.stories.get(self._index.story_of(number), ())
        # In a running story much is near; of twice as many those are shown that say why.
        wanted = free * 2 if len(told) >= RUNNING else free
        likely = self._choose(number, barred, pins, wanted) if free > 0 else []
        placed = self._with_story(number, likely, barred, free, reasons)
        return (
            *(Recommendation(self._documents[p].slug, reasons.of_pin(p)) for p in pins),
            *(Recommendation(self._documents[o].slug, placed[o] or reasons.of(o)) for o in placed),
        )

    def explain(self, slug: str, other: str, limit: int = 4) -> Account:
        """How near `other` is to the article `slug`, on whose page its card is or is not."""
        number, asked = self._numbers[slug], self._numbers[other]
        own = self._documents[number]
        scores = self._scores(number)
        ranked = list(self._ranked(number, scores))
        cards = self.cards(slug, limit)
        places = {card.slug: place for place, card in enumerate(cards, start=1)}
        better = [slug, *(card.slug for card in cards if card.slug != other)]
        copies = self._copies.get(asked, set())
        days = _distance(own, self._documents[asked])
        return Account(
            parts=tuple(self._parts(number, asked)),
            days=days,
            closeness=self.weights.closeness(days),
            score=scores.get(asked, 0.0),
            rank=ranked.index(asked) + 1 if asked in scores else None,
            card=places.get(other),
            reason=next((c.reason for c in cards if c.slug == other), None)
            or self._reasons(number).of(asked),
            is_pinned=other in own.pins,
            is_blocked=other in own.blocks,
            same_text_as=next((b for b in better if self._numbers[b] in copies), None),
        )

    def _reasons(self, number: int) -> _Reasons:
        return _Reasons(number, self._documents, self._index, self._likeness)

    def _still_right(self, earlier: Recommender) -> dict[tuple[int, int], Cards]:
        """The cards of an earlier one that must be the same: those of articles of which all that
        is said of words is, as long as all else is of every article."""
        if (
            (self.weights, self._copies) != (earlier.weights, earlier._copies)
            or len(self._documents) != len(earlier._documents)
            or not all(map(_is_annotated_alike, self._documents, earlier._documents))
        ):
            return {}
        same = self._likeness.same_rows(earlier._likeness)
        made = dict(earlier._made)  # to which another thread may still add
        return {key: cards for key, cards in made.items() if same[key[0]]}

    # ---- the score

    def _scores(self, number: int) -> dict[int, float]:
        """The score of every article that shares anything, rounded so that equals are equal."""
        return _rounded(self._exact_scores(number))

    def _highest_scores(self, number: int, most: int) -> dict[int, float]:
        """The same of those at least that are ranked first, `most` of them: few are rounded."""
        scores = self._exact_scores(number)
        briefs = self._briefs
        told = {o: s for o, s in scores.items() if o not in briefs} if briefs else scores
        if len(told) <= most:
            return _rounded(scores)
        # What is equal once it is rounded lies nearer than this.
        least = sorted(told.values())[-most] - 10 * 10**-DIGITS
        return _rounded({other: score for other, score in told.items() if score >= least})

    def _exact_scores(self, number: int) -> dict[int, float]:
        words = self.weights.words
        sums: dict[int, float] = defaultdict(float)
        sums.update({other: words * c for other, c in self._likeness.alike(number).items()})
        for kind in self._index.norms[number]:
            weight = getattr(self.weights, kind)
            if weight:
                self._index.add_cosines(sums, weight, number, kind)
        day, days, closeness = self._days[number], self._days, self._closeness
        if day is not None and self._all_have_days:
            return {o: total * closeness[abs(day - days[o])] for o, total in sums.items()}  # type: ignore[operator]
        own, documents = self._documents[number], self._documents
        return {o: total * closeness[_distance(own, documents[o])] for o, total in sums.items()}

    def _parts(self, number: int, other: int) -> Iterator[Part]:
        own, theirs = self._documents[number], self._documents[other]
        alike = self._likeness.alike(number).get(other, 0.0)
        common = self._likeness.rarest_common(number, other)[:8]
        yield Part("words", alike, self.weights.words, common)
        both = [signal for signal in own.signals if signal in theirs.signals]
        for kind in _KINDS:
            shared = tuple(_shown(own, s) for s in both if s[0] == kind)
            cosine = self._index.cosines(number, kind).get(other, 0.0)
            yield Part(kind, cosine, getattr(self.weights, kind), shared)

    # ---- the list

    def _choose(self, own: int, barred: set[int], pins: Sequence[int], count: int) -> list[int]:
        """The best by score, without a text that is there already while others are left."""
        most = count + MORE_LIKELY + len(barred)
        likely = islice(self._ranked(own, self._highest_scores(own, most)), most)
        there, chosen, copies = {own, *pins}, [], []
        for other in likely:
            if other in barred:
                continue
            if there.isdisjoint(self._copies.get(other, ())):
                chosen.append(other)
                there.add(other)
                if len(chosen) == count:
                    return chosen
            else:
                copies.append(other)
        seen = barred.union(chosen, copies)
        rest = (other for other in self._index.by_distance(own) if other not in seen)
        chosen += islice(rest, count - len(chosen))
        return [*chosen, *copies[: count - len(chosen)]]

    def _ranked(self, own: int, scores: Mapping[int, float]) -> Iterator[int]:
        """By score, then by distance in days, then the newer first, then by slug; briefs last."""
        documents = self._documents

        def key(other: int) -> tuple[float, int, int]:
            days = _distance(documents[own], documents[other])
            far = math.inf if days is None else days
            return far, -(documents[other].instant or 0), other

        for is_brief in (False, True):
            rows = [(-s, o) for o, s in scores.items() if documents[o].is_brief is is_brief]
            rows.sort()
            start = 0
            while start < len(rows):
                end = start + 1
                while end < len(rows) and rows[end][0] == rows[start][0]:
                    end += 1
                equals = [other for _, other in rows[start:end]]
                yield from sorted(equals, key=key) if len(equals) > 1 else equals
                start = end

    def _with_story(
        self, own: int, likely: Sequence[int], barred: set[int], count: int, reasons: _Reasons
    ) -> dict[int, Reason | None]:
        """The cards with what came next and the beginning of a running story in the last places.

        The first places are for those of which there is more to say than when they were written.
        The reason is given where it is one of these two, else None.
        """
        chosen = likely[:count]
        marks: dict[int, Reason | None] = {}
        story = self._index.story_of(own)
        told = self._index.stories.get(story, []) if story is not None else []
        if story is not None and len(told) >= RUNNING and len(chosen) >= 3:
            following = bisect_right(told, (self._documents[own].instant or 0, own))
            if following < len(told):
                marks[told[following][1]] = Reason("next", (story,))
            marks.setdefault(told[0][1], Reason("start", (story,)))
        marks = {other: reason for other, reason in marks.items() if other not in barred}
        free = len(chosen) - len(marks)
        if marks:
            chosen = sorted(likely, key=lambda other: reasons.of(other).kind in _BARE)
        kept = [other for other in chosen if other not in marks][:free]
        return {**dict.fromkeys(kept), **marks}


def _rounded(scores: Mapping[int, float]) -> dict[int, float]:
    return {other: round(score, DIGITS) for other, score in scores.items()}


class _Closeness(dict["int | None", float]):
    """How close articles are by their distance in days; of a distance it is computed once."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, days: int | None) -> float:
        found = self[days] = self._weights.closeness(days)
        return found


@dataclass
class _Reasons:
    """Why the cards on one article's page are there."""

    number: int
    documents: Sequence[Document]
    index: _Index
    likeness: Likeness
    _known: dict[int, Reason] = field(default_factory=dict)

    def of(self, other: int) -> Reason:
        """The strongest thing that both are annotated with; else what their texts and dates say."""
        found = self._known.get(other)
        if found is None:
            found = self._known[other] = self._shared(other) or self._weak(other)
        return found

    def of_pin(self, other: int) -> Reason:
        """The same of a card that an editor wants there."""
        shared = self._shared(other)
        return shared if shared and shared.kind not in _BARE else Reason("pinned")

    def _shared(self, other: int) -> Reason | None:
        """The strongest thing that both are annotated with, with all of its kind."""
        own, theirs = self.documents[self.number], self.documents[other]
        their_signals = theirs.signals
        shared = [signal for signal in own.signals if signal in their_signals]
        if not shared:
            return None
        found: dict[SignalKind, tuple[str, ...]] = dict.fromkeys(_KINDS, ())
        for signal in shared:
            found[signal[0]] = (*found[signal[0]], _shown(own, signal))
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
            key=lambda actor: (-sum(weights[actor]), -min(own.acts[actor], theirs.acts[actor])),
        )
        best = min((own.named[actor] for actor in named), default=_COUNTRY)
        telling = tuple(actor for actor in named if own.named[actor] == best)
        if telling and best < _COUNTRY:
            return Reason("actors", telling)
        if found["story"]:
            common = self.index.common_tags.get(found["story"][0], frozenset())
            tags = tuple(
                own.tags[name] for name in own.tags if name in theirs.tags and name not in common
            )
            if tags:
                return Reason("tags", tags)
            return Reason(_in_story(own, theirs), found["story"])
        if telling:
            return Reason("actors", telling)
        return Reason("tags", found["tags"]) if found["tags"] else None

    def _is_everywhere(self, own: Document, actor: str) -> bool:
        """Whether half of a running story names an organization or a country: then it says nothing
        of one article that it does too."""
        story = self.index.story_of(self.number)
        return own.named[actor] > 0 and actor in self.index.everywhere.get(story, ())

    def _weak(self, other: int) -> Reason:
        own, theirs = self.documents[self.number], self.documents[other]
        is_told = len(self.documents) >= ENOUGH_ARTICLES and not (own.is_brief or theirs.is_brief)
        if is_told and self._nearest.get(other, 0.0) >= SAME_SUBJECT:
            return Reason("words")
        days = _distance(own, theirs)
        is_near = days is not None and days <= SAME_TIME_DAYS
        return Reason("near-in-time" if is_near else "other")

    @cached_property
    def _nearest(self) -> Mapping[int, float]:
        return self.likeness.nearest(self.number)


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
            named={a: _KIND_RANKS[graph.actors[a].kind] for a in sorted(mentioned.get(slug, ()))},
            acts=Counter(actors.get(slug, ())),
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
    """Who shares what of annotations: the articles of each signal, in order of time.

    Articles are numbers, in the order of the documents.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.postings: dict[Signal, list[tuple[int, float]]] = {}
        self.moments: dict[Signal, list[tuple[int, int]]] = {}
        self.days: dict[int, list[int]] = {}
        for number in sorted(range(len(documents)), key=self.moment):
            for signal, weight in documents[number].signals.items():
                self.postings.setdefault(signal, []).append((number, weight))
                self.moments.setdefault(signal, []).append(self.moment(number))
            self.days.setdefault(_day(documents[number]), []).append(number)
        self.calendar = sorted(self.days)
        self.stories: dict[str | None, list[tuple[int, int]]] = self._stories()
        """The articles of each story by time, without briefs and what has no date."""
        self.everywhere = {story: self._everywhere(told) for story, told in self.stories.items()}
        """Of each running story the actors that half of its articles name."""
        self.common_tags = {story: self._common_tags(told) for story, told in self.stories.items()}
        """Of each story the tags that half of its articles have: they are the story's."""
        self.rarity = {s: rarity(len(p), len(documents)) for s, p in self.postings.items()}
        self.norms = [self._norms(document) for document in documents]
        """Of each article the length of its signals by kind."""
        self.lengths: dict[SignalKind, dict[int, float]] = {kind: {} for kind in _KINDS}
        """The same by kind, of those that have any."""
        for number, norms in enumerate(self.norms):
            for kind, norm in norms.items():
                self.lengths[kind][number] = norm

    def moment(self, number: int) -> tuple[int, int]:
        """What articles are sorted by in time."""
        return self.documents[number].instant or 0, number

    def story_of(self, number: int) -> str | None:
        """The story that an article belongs to."""
        signals = self.documents[number].signals
        return next((name for kind, name in signals if kind == "story"), None)

    def _stories(self) -> dict[str | None, list[tuple[int, int]]]:
        return {
            signal[1]: [m for m in moments if _is_told(self.documents[m[1]])]
            for signal, moments in self.moments.items()
            if signal[0] == "story"
        }

    def _common_tags(self, told: list[tuple[int, int]]) -> frozenset[str]:
        tagged = Counter(tag for _, number in told for tag in self.documents[number].tags)
        return frozenset(tag for tag, count in tagged.items() if count >= len(told) / 2)

    def _everywhere(self, told: list[tuple[int, int]]) -> frozenset[str]:
        named = Counter(actor for _, number in told for actor in self.documents[number].named)
        half = max(RUNNING, len(told)) / 2
        return frozenset(actor for actor, count in named.items() if count >= half)

    def _norms(self, document: Document) -> dict[SignalKind, float]:
        squares: dict[SignalKind, float] = {}
        for signal, weight in document.signals.items():
            value = (weight * self.rarity[signal]) ** 2
            squares[signal[0]] = squares.get(signal[0], 0.0) + value
        return {kind: math.sqrt(square) for kind, square in squares.items()}

    def cosines(self, number: int, kind: SignalKind) -> dict[int, float]:
        """Of each article that shares signals of a kind, the cosine of all of that kind."""
        found: dict[int, float] = defaultdict(float)
        self.add_cosines(found, 1.0, number, kind)
        return found

    def add_cosines(
        self, found: dict[int, float], weight: float, number: int, kind: SignalKind
    ) -> None:
        """Add to what was found of each article its cosine times a weight; `found` begins at 0."""
        norm = self.norms[number].get(kind)
        if norm is None:
            return
        sums: dict[int, float] = defaultdict(float)
        for signal, own_weight in self.documents[number].signals.items():
            if signal[0] == kind:
                factor = own_weight * self.rarity[signal] ** 2
                for other, other_weight in self._sharing(signal, number):
                    sums[other] += factor * other_weight
        sums.pop(number, None)
        lengths = self.lengths[kind]
        for other, total in sums.items():
            found[other] += weight * (total / norm / lengths[other])

    def _sharing(self, signal: Signal, number: int) -> list[tuple[int, float]]:
        """The articles that share a signal, or the MAX_SHARED nearest in time of many."""
        posting = self.postings[signal]
        if len(posting) <= MAX_SHARED:
            return posting
        middle = bisect_left(self.moments[signal], self.moment(number))
        start = min(max(0, middle - MAX_SHARED // 2), len(posting) - MAX_SHARED)
        return posting[start : start + MAX_SHARED]

    def by_distance(self, own: int) -> Iterator[int]:
        """All articles by distance in days, then the newer first, then by slug; lazily."""
        today = _day(self.documents[own])
        newer = bisect_left(self.calendar, today)
        older = newer - 1
        while older >= 0 or newer < len(self.calendar):
            if older < 0 or (
                newer < len(self.calendar)
                and self.calendar[newer] - today <= today - self.calendar[older]
            ):
                day, newer = self.calendar[newer], newer + 1
            else:
                day, older = self.calendar[older], older - 1
            yield from sorted(self.days[day], key=self._newest_key)

    def _newest_key(self, number: int) -> tuple[int, int]:
        return -(self.documents[number].instant or 0), number


def _is_annotated_alike(one: Document, other: Document) -> bool:
    """Whether two documents are the same but for their words."""
    return (
        one.slug == other.slug
        and one.instant == other.instant
        and (one.is_evergreen, one.is_brief) == (other.is_evergreen, other.is_brief)
        and (one.pins, one.blocks) == (other.pins, other.blocks)
        and list(one.signals.items()) == list(other.signals.items())  # in this order
        and (one.named, one.tags) == (other.named, other.tags)
    )


def _is_told(document: Document) -> bool:
    return document.instant is not None and not document.is_brief


def _day(document: Document) -> int:
    return (document.instant or 0) // DAY_SECONDS


def _distance(one: Document, other: Document) -> int | None:
    """The distance in whole days; none where one is evergreen, unknown where a date is."""
    if one.is_evergreen or other.is_evergreen:
        return 0
    if one.instant is None or other.instant is None:
        return None
    return abs(_day(one) - _day(other))
