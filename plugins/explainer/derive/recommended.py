"""Which articles to read next: "Recommended For You", the same for every reader.

Two articles are near one another where they report the same event, name the same actors, belong
to the same story or bear the same tags; the rarer what they share, the nearer they are. Time
decides among equals, and fills up where nothing is shared. An editor's pins and blocks come first.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeAlias

from ..dates import DAY_SECONDS, sort_key
from ..graph import Entry, Graph
from ..model import Event, Record

ReasonKind = Literal["event", "actors", "story", "tags", "near-in-time", "pinned"]
SignalKind = Literal["event", "actors", "story", "tags"]

#: Something that two articles may share: its kind, and its id (of a tag its folded words).
Signal: TypeAlias = tuple[SignalKind, str]

#: From the strongest to the weakest: the first that is shared is the reason that is shown.
_WEIGHTS: Final[Mapping[SignalKind, float]] = {
    "event": 4.0,
    "actors": 2.0,
    "story": 2.0,
    "tags": 1.5,
}
#: Of an actor who is only named in the text; one of the article's records weighs double.
_MENTIONED: Final = 1.0

#: Of a signal that more articles share, only this many are looked at: those nearest in time. So
#: a country that every article names costs no more than a rare name.
MAX_SHARED: Final = 80

_DECAY_DAYS: Final = 20.0
_DECAY_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a card is shown, as data: a kind, and the ids of what both articles share.

    `ids` are events' or actors' ids in the order of the article on whose page the card is, one
    story's id, or tags as that article writes them; empty for "near-in-time" and "pinned". No
    score and no count is in it, so that a card changes only with the two articles themselves.
    """

    kind: ReasonKind
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A card: the article that it leads to, and why it is there."""

    slug: str
    reason: Reason


def recommend(
    graph: Graph, *, limit: int = 4, mentioned: Mapping[str, frozenset[str]] | None = None
) -> dict[str, tuple[Recommendation, ...]]:
    """At most `limit` cards for every published article, in the order of `graph.articles`.

    `mentioned` gives the actors whom each article's text names, beside those of its records.
    Pins come first, in the editor's order; then what shares most, by score, then by distance in
    days, then the newer first, then by slug; then, with the last three rules alone, what shares
    nothing. An article is never on its own page; what it blocks is not either, even if pinned.
    There are fewer than `limit` cards only where no other article is left.
    """
    index = _Index(_profiles(graph, mentioned or {}))
    return {slug: tuple(_cards(graph, index, slug, limit)) for slug in graph.articles}


def _cards(graph: Graph, index: _Index, slug: str, limit: int) -> Iterator[Recommendation]:
    wishes = graph.articles[slug].matter.recommended
    barred = {slug, *wishes.block}
    pins = [pin for pin in dict.fromkeys(wishes.pin) if pin in index.profiles and pin not in barred]
    for pin in pins[:limit]:
        yield Recommendation(pin, index.reason(slug, pin) or Reason("pinned"))
    barred.update(pins)
    found = index.nearest(slug, limit - len(pins), barred)
    for other in found:
        yield Recommendation(other, index.reason(slug, other) or Reason("near-in-time"))


# ----------------------------------------------------------------------------------- profiles


@dataclass(frozen=True, slots=True)
class _Profile:
    """What an article has that others may share, with its weight, in the article's order."""

    slug: str
    instant: int
    """Its publication by the site's clock, in seconds."""
    is_evergreen: bool
    signals: Mapping[Signal, float]
    tags: Mapping[str, str]
    """Folded tags to tags as they are written."""

    @property
    def day(self) -> int:
        return self.instant // DAY_SECONDS


def _profiles(graph: Graph, mentioned: Mapping[str, frozenset[str]]) -> dict[str, _Profile]:
    events = _by_article((e.id, _reporters(e)) for e in graph.events if e.additions)
    actors = _by_article(_actor_uses(graph))
    profiles = {}
    for slug, article in graph.articles.items():
        tags = {_folded(tag): tag for tag in reversed(article.matter.tags)}
        signals: dict[Signal, float] = {}
        _add(signals, "event", events.get(slug, ()))
        _add(signals, "actors", actors.get(slug, ()))
        for actor in sorted(mentioned.get(slug, ())):
            signals.setdefault(("actors", actor), _MENTIONED)
        story = graph.story_of(slug)
        _add(signals, "story", [story] if story else [])
        _add(signals, "tags", map(_folded, article.matter.tags))
        instant = sort_key(article.date)[0]
        profiles[slug] = _Profile(slug, instant, article.matter.evergreen, signals, tags)
    return profiles


def _add(signals: dict[Signal, float], kind: SignalKind, ids: Iterable[str]) -> None:
    for name in ids:
        signals[(kind, name)] = _WEIGHTS[kind]


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
    """Who shares what: a list of articles for each signal, in order of time."""

    def __init__(self, profiles: Mapping[str, _Profile]) -> None:
        self.profiles = profiles
        self.postings: dict[Signal, list[tuple[str, float]]] = {}
        self.moments: dict[Signal, list[tuple[int, str]]] = {}
        self.days: dict[int, list[_Profile]] = {}
        for profile in sorted(profiles.values(), key=_time_key):
            for signal, weight in profile.signals.items():
                self.postings.setdefault(signal, []).append((profile.slug, weight))
                self.moments.setdefault(signal, []).append(_time_key(profile))
            self.days.setdefault(profile.day, []).append(profile)
        self.calendar = sorted(self.days)
        self.rarity = {s: _rarity(len(p), len(profiles)) for s, p in self.postings.items()}
        self.norms = {slug: self._norm(profile) for slug, profile in profiles.items()}

    def _norm(self, profile: _Profile) -> float:
        weights = (w * self.rarity[s] for s, w in profile.signals.items())
        return math.sqrt(math.fsum(w * w for w in weights)) or 1.0

    def nearest(self, slug: str, count: int, barred: set[str]) -> list[str]:
        """The `count` articles nearest to one, of those that are not barred."""
        if count <= 0:
            return []
        own = self.profiles[slug]
        likely = self._likely(own, count + len(barred))
        scores = {s: self._score(own, s, v) for s, v in likely.items() if s not in barred}
        key = self._rank_key(own, scores)
        found = heapq.nsmallest(count, scores, key=key)
        rest = (s for s in self._by_distance(own) if s not in barred and s not in scores)
        return [*found, *islice(rest, count - len(found))]

    def _likely(self, own: _Profile, count: int) -> dict[str, float]:
        """How much each article shares, without those that cannot be among the first `count`.

        It is the cosine of what two articles have, weighted by rarity, but for the own norm.
        """
        sums: dict[str, float] = {}
        for signal, weight in own.signals.items():
            factor = weight * self.rarity[signal] ** 2
            for other, other_weight in self._sharing(signal, own):
                sums[other] = sums.get(other, 0.0) + factor * other_weight
        shares = {slug: total / self.norms[slug] for slug, total in sums.items()}
        if len(shares) <= count:
            return shares
        # Time takes a share of a score, so what has less than the rest of the last is out.
        least = heapq.nlargest(count, shares.values())[-1] * (0.999 - _DECAY_SHARE)
        return {slug: share for slug, share in shares.items() if share >= least}

    def _score(self, own: _Profile, slug: str, share: float) -> float:
        # Rounded, so that equal scores are equal whatever the order of adding.
        closeness = _closeness(own, self.profiles[slug])
        return round(share / self.norms[own.slug] * closeness, 9)

    def _sharing(self, signal: Signal, own: _Profile) -> list[tuple[str, float]]:
        """The articles that share a signal, or the MAX_SHARED nearest in time of many."""
        posting = self.postings[signal]
        if len(posting) <= MAX_SHARED:
            return posting
        middle = bisect_left(self.moments[signal], _time_key(own))
        start = min(max(0, middle - MAX_SHARED // 2), len(posting) - MAX_SHARED)
        return posting[start : start + MAX_SHARED]

    def _rank_key(
        self, own: _Profile, scores: Mapping[str, float]
    ) -> Callable[[str], tuple[float, int, int, str]]:
        def key(slug: str) -> tuple[float, int, int, str]:
            other = self.profiles[slug]
            return -scores[slug], abs(own.day - other.day), -other.instant, slug

        return key

    def _by_distance(self, own: _Profile) -> Iterator[str]:
        """All articles by distance in days, then the newer first, then by slug; lazily."""
        newer = bisect_left(self.calendar, own.day)
        older = newer - 1
        while older >= 0 or newer < len(self.calendar):
            if older < 0 or (
                newer < len(self.calendar)
                and self.calendar[newer] - own.day <= own.day - self.calendar[older]
            ):
                day, newer = self.calendar[newer], newer + 1
            else:
                day, older = self.calendar[older], older - 1
            yield from (p.slug for p in sorted(self.days[day], key=_newest_key))

    def reason(self, slug: str, other: str) -> Reason | None:
        """The strongest kind of thing that two articles share, with all of that kind."""
        own, theirs = self.profiles[slug], self.profiles[other]
        shared = [signal for signal in own.signals if signal in theirs.signals]
        for kind in _WEIGHTS:
            ids = tuple(name for which, name in shared if which == kind)
            if ids:
                shown = tuple(own.tags[name] for name in ids) if kind == "tags" else ids
                return Reason(kind, shown)
        return None


def _time_key(profile: _Profile) -> tuple[int, str]:
    return profile.instant, profile.slug


def _newest_key(profile: _Profile) -> tuple[int, str]:
    return -profile.instant, profile.slug


def _rarity(count: int, total: int) -> float:
    """BM25's inverse document frequency: above zero even for what every article has."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _closeness(own: _Profile, other: _Profile) -> float:
    """1 on the same day, down to 0.7 with the distance; an evergreen article has no age."""
    if own.is_evergreen or other.is_evergreen:
        return 1.0
    days = abs(own.day - other.day)
    return 1 - _DECAY_SHARE + _DECAY_SHARE * math.exp(-days / _DECAY_DAYS)
