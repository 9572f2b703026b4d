"""An invented newsroom of any size, the same each time: what the sites of a benchmark are made of.

Of N articles of about 600 words every third has annotations; 50 articles in a row belong to the
time of one story, and two thirds of them to the story; there are N/5 actors, whose names and
aliases stand in the texts. Words stand as often as words do in prose (Zipf).
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

SEED: Final = 20261123
ARTICLES_A_STORY: Final = 50
ARTICLES_AN_ANNOTATION: Final = 3
ARTICLES_AN_ACTOR: Final = 5
FIRST_DAY: Final = dt.date(2012, 1, 2)
LAST_DAY: Final = dt.date(2025, 12, 20)

_STARTS: Final = (*"bcdfghklmnprstvz", "br", "dr", "gr", "kl", "pl", "st", "tr", "sh")
_VOWELS: Final = (*"aeiou", "ai", "ea", "ou")
_ENDS: Final = ("", "", "n", "r", "s", "t", "l", "nd", "st", "m")
_WEIGHTS: Final = ("turning-point", "major", "major", "minor", "minor", "minor")
_STATUS: Final = ("happened", "happened", "happened", "happened", "ongoing", "planned")


@dataclass(frozen=True)
class NamedActor:
    """An actor's record as it stands in YAML, and the names that texts call it by."""

    id: str
    names: tuple[str, ...]
    record: Mapping[str, Any]


@dataclass(frozen=True)
class WrittenArticle:
    """An article before any format: `{link:slug}` stands in `blocks` where a link leads."""

    slug: str
    title: str
    date: dt.datetime
    author: str
    summary: str
    tags: tuple[str, ...]
    story: str | None
    blocks: tuple[str, ...]
    annotations: Mapping[str, Any] | None


@dataclass
class _Text:
    """A text as it grows: its Markdown, and its sentences as a reader sees them."""

    blocks: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Newsroom:
    """All that is written, by number; the same for the same size and seed."""

    size: int
    seed: int = SEED

    def _random(self, *what: object) -> random.Random:
        return random.Random(":".join(map(str, (self.seed, *what))))

    # ---- words

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of all texts, the most frequent first."""
        rng = self._random("words")
        found: dict[str, None] = {}
        while len(found) < 6000:
            syllables = rng.choice((1, 2, 2, 3)) if len(found) > 60 else 1
            found[_made_up(rng, syllables)] = None
        return tuple(found)

    @cached_property
    def _shares(self) -> list[float]:
        return list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def _some_words(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self._shares, k=count)

    def _phrase(self, rng: random.Random, count: int) -> str:
        return " ".join(rng.choices(self.words[60:], k=count)).capitalize()

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """A tag for every 5 articles, 20 at least."""
        rng = self._random("tags")
        return tuple(rng.sample(self.words[200:], max(20, min(self.size // 5, 1000))))

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Forty names."""
        rng = self._random("authors")
        return tuple(f"{_name(rng)} {_name(rng)}" for _ in range(40))

    # ---- actors and what is listed

    @cached_property
    def actors(self) -> tuple[NamedActor, ...]:
        """Persons with last names of their own, organizations with letters, countries."""
        rng = self._random("actors")
        last_names: dict[str, None] = {}
        while len(last_names) < max(12, self.size // ARTICLES_AN_ACTOR):
            last_names[_name(rng)] = None
        return tuple(self._actor(rng, number, last) for number, last in enumerate(last_names))

    def _actor(self, rng: random.Random, number: int, last: str) -> NamedActor:
        kind = ("person", "person", "person", "organization", "country")[number % 5]
        if kind == "person":
            name, other = f"{_name(rng)} {last}", last
            record: dict[str, Any] = {"name": name, "kind": kind}
        elif kind == "organization":
            name, other = f"{last} {rng.choice(('Council', 'Union', 'Office'))}", _letters(number)
            record = {"name": name, "kind": kind, "aliases": [other]}
        else:
            name, other = f"Republic of {last}", last
            record = {"name": name, "kind": kind, "aliases": [other]}
        if number % 10 == 0:
            record["born"] = 1940 + rng.randrange(50)
            record["summary"] = self._plain_sentence(rng, ())
            source = {"title": self._phrase(rng, 4), "date": 2010}
            record["roles"] = [
                {"role": self._phrase(rng, 2), "from": 2011, "to": 2019, "sources": [source]}
            ]
        return NamedActor(f"{last.lower()}-{number}", (name, other), record)

    def _entries(self, what: str, count: int, key: str) -> dict[str, dict[str, Any]]:
        rng = self._random(what)
        names = rng.sample(self.words[300:], count)
        return {
            f"{name}-{what}": {key: name.capitalize(), "text": self._plain_sentence(rng, ())}
            for name in names
        }

    @cached_property
    def places(self) -> dict[str, dict[str, Any]]:
        """Forty places, by id."""
        return self._entries("place", 40, "name")

    @cached_property
    def issues(self) -> dict[str, dict[str, Any]]:
        """Forty issues, by id."""
        return self._entries("issue", 40, "title")

    # ---- texts

    def _sentence(self, rng: random.Random, cast: Sequence[NamedActor]) -> tuple[str, str]:
        """A sentence in Markdown, and as a reader sees it."""
        words = self._some_words(rng, rng.randint(9, 22))
        words[0] = words[0].capitalize()
        if cast and rng.random() < 0.3:
            at = rng.randrange(1, len(words))
            words[at] = rng.choice(rng.choice(cast).names)
        if len(words) > 14:
            words[7] += ","
        plain = " ".join(words) + "."
        if rng.random() < 0.15:
            at = rng.randrange(1, len(words) - 1)
            mark = rng.choice(("*", "**"))
            if not words[at].endswith(","):
                words[at] = f"{mark}{words[at]}{mark}"
        return " ".join(words) + ".", plain

    def _plain_sentence(self, rng: random.Random, cast: Sequence[NamedActor]) -> str:
        return self._sentence(rng, cast)[1]

    def _paragraph(
        self, rng: random.Random, cast: Sequence[NamedActor], text: _Text, count: int
    ) -> str:
        sentences = [self._sentence(rng, cast) for _ in range(count)]
        text.sentences += [plain for _, plain in sentences]
        return " ".join(marked for marked, _ in sentences)

    def _write_text(self, rng: random.Random, number: int, cast: Sequence[NamedActor]) -> _Text:
        """About 600 words: paragraphs, two headings, a list, a quotation and two links."""
        text = _Text()
        link = f"https://example.org/source/{rng.randrange(10**6)}"
        other = article_slug(rng.randrange(max(1, number)))
        earlier = f"See also [an earlier report]({{link:{other}}}). "
        text.blocks = [
            self._paragraph(rng, cast, text, 6),
            self._paragraph(rng, cast, text, 5),
            f"## {self._phrase(rng, 4)}",
            self._paragraph(rng, cast, text, 5),
            f"According to [a report]({link}): {self._paragraph(rng, cast, text, 4)}",
            "\n".join(f"- {self._paragraph(rng, cast, text, 1)}" for _ in range(4)),
            f"> {self._paragraph(rng, cast, text, 2)}",
            f"## {self._phrase(rng, 4)}",
            self._paragraph(rng, cast, text, 6),
            f"{earlier if number else ''}{self._paragraph(rng, cast, text, 4)}",
            self._paragraph(rng, cast, text, 3),
        ]
        return text

    def cast_of(self, story: int) -> list[NamedActor]:
        """The dozen actors that the articles of a story's time speak of."""
        return self._random("cast", story).sample(self.actors, 12)

    def article(self, number: int) -> WrittenArticle:
        """The article of a number from 0 on; later numbers are later in time."""
        rng = self._random("article", number)
        story = number // ARTICLES_A_STORY
        cast = rng.sample(self.cast_of(story), 6)
        text = self._write_text(rng, number, cast)
        days = (LAST_DAY - FIRST_DAY).days * number // max(1, self.size)
        day = FIRST_DAY + dt.timedelta(days=days)
        moment = dt.datetime.combine(day, dt.time(rng.randrange(6, 22), rng.randrange(60)))
        annotated = number % ARTICLES_AN_ANNOTATION == 0
        in_story = annotated or number % 2 == 0
        return WrittenArticle(
            slug=article_slug(number),
            title=self._phrase(rng, 6),
            date=moment,
            author=rng.choice(self.authors),
            summary=self._plain_sentence(rng, cast),
            tags=tuple(rng.sample(self.tags, 4)),
            story=story_id(story) if in_story else None,
            blocks=tuple(text.blocks),
            annotations=self._annotations(rng, number, day, cast, text) if annotated else None,
        )

    # ---- annotations and stories

    def _annotations(
        self,
        rng: random.Random,
        number: int,
        day: dt.date,
        cast: Sequence[NamedActor],
        text: _Text,
    ) -> dict[str, Any]:
        """Five events, two quotes, a claim, a position and a role, each with its own sentence."""
        passages = iter(rng.sample(text.sentences, 10))
        events = [
            self._event(rng, number, place, day, cast) | {"evidence": next(passages)}
            for place in range(5)
        ]
        speakers = rng.sample(cast, 4)
        quotes = [
            {
                "id": f"quote-{number}-{place}",
                "actor": speakers[place].id,
                "event": events[place]["id"],
                "text": next(passages),
            }
            for place in range(2)
        ]
        claim = {
            "id": f"claim-{number}",
            "actor": speakers[2].id,
            "text": self._plain_sentence(rng, ()),
            "evidence": next(passages),
            "responses": [{"kind": "denies", "quote": quotes[0]["id"]}],
        }
        position = {
            "id": f"position-{number}",
            "actor": speakers[3].id,
            "issue": rng.choice(list(self.issues)),
            "stance": f"wants {self._phrase(rng, 5).lower()}",
            "evidence": next(passages),
        }
        role = {"actor": speakers[0].id, "role": self._phrase(rng, 2), "evidence": next(passages)}
        return {
            "events": events,
            "quotes": quotes,
            "positions": [position],
            "claims": [claim],
            "roles": [role],
        }

    def _event(
        self,
        rng: random.Random,
        number: int,
        place: int,
        day: dt.date,
        cast: Sequence[NamedActor],
    ) -> dict[str, Any]:
        happened = day - dt.timedelta(days=rng.randrange(40))
        event: dict[str, Any] = {
            "id": f"event-{number}-{place}",
            "title": self._phrase(rng, 7),
            "actors": [actor.id for actor in rng.sample(cast, 2)],
            "weight": rng.choice(_WEIGHTS),
            "lane": f"lane-{rng.randrange(2)}",
        }
        if rng.random() < 0.8:
            event["date"] = f"{happened}" if rng.random() < 0.8 else f"{happened:%Y-%m}"
        if rng.random() < 0.5:
            event["text"] = self._plain_sentence(rng, cast)
        if rng.random() < 0.5:
            event["place"] = rng.choice(list(self.places))
        return event

    @property
    def story_count(self) -> int:
        """One story for every 50 articles, and at least one."""
        return -(-self.size // ARTICLES_A_STORY)

    def story(self, number: int) -> dict[str, Any]:
        """The YAML of a story: short version, background, questions, changes."""
        rng = self._random("story", number)
        cast = self.cast_of(number)
        first = number * ARTICLES_A_STORY
        first += -first % ARTICLES_AN_ANNOTATION
        linked = " ".join(
            f"{self._phrase(rng, 5)} [{self._phrase(rng, 2)}](#event-{first}-{place})."
            for place in range(3)
        )
        source = {"title": self._phrase(rng, 4), "publisher": "Example Press", "date": 2010}
        background = [
            {
                "id": f"background-{number}-{place}",
                "title": self._phrase(rng, 6),
                "date": str(1990 + place * 4),
                "lane": "lane-0",
                "actors": [rng.choice(cast).id],
                "sources": [source],
            }
            for place in range(5)
        ]
        return {
            "title": self._phrase(rng, 4),
            "summary": self._plain_sentence(rng, cast),
            "short": {"date": "2025-12-20", "text": linked},
            "lanes": [{"id": f"lane-{lane}", "title": self._phrase(rng, 2)} for lane in range(2)],
            "eras": [{"title": self._phrase(rng, 2), "date": "1990/2011"}],
            "questions": [
                {
                    "id": f"question-{number}-{place}",
                    "question": f"{self._phrase(rng, 6)}?",
                    "answer": self._plain_sentence(rng, cast),
                    "rests_on": [f"event-{first}-{place}"],
                }
                for place in range(2)
            ],
            "events": background,
            "changes": [
                {
                    "date": "2025-12-20",
                    "text": self._plain_sentence(rng, ()),
                    "records": [f"event-{first}-0"],
                }
            ],
        }


def article_slug(number: int) -> str:
    """The slug of an article."""
    return f"article-{number:05d}"


def story_id(number: int) -> str:
    """The id of a story."""
    return f"story-{number:04d}"


def _made_up(rng: random.Random, syllables: int) -> str:
    parts = (rng.choice(_STARTS) + rng.choice(_VOWELS) for _ in range(syllables))
    return "".join(parts) + rng.choice(_ENDS)


def _name(rng: random.Random) -> str:
    return _made_up(rng, 2).capitalize()


def _letters(number: int) -> str:
    """Four capital letters that no other number has."""
    return "".join(chr(65 + number // 26**place % 26) for place in (3, 2, 1, 0))
