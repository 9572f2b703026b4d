"""A generated site: stories of any length, and those in which a page is likely to break.

Nothing is left to chance or to the day: the same call gives the same texts. The words are made of
syllables and stand as often as words do, so that a page is as hard to compress as with real prose.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

#: The day on which the generated site is built; plans lie behind it.
TODAY = "2026-06-01"
SIZES = (20, 200, 1000)

#: The texts of events: what is shown in full has one, and a third of what is folded away. The Moon
#: story's editor wrote one for 23 of 157 events, of 4 to 23 words, and the seed's for 4 of 14.
FEWEST_WORDS, MOST_WORDS = 4, 36
TEXT_OF_MINOR_EVERY = 3
EVENTS_OF_AN_ARTICLE = 12
TURNING_POINT_EVERY = 12
ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "t",
    "v",
)
VOWELS = ("a", "e", "i", "o", "u", "ea", "ai")
ENDS = ("", "", "n", "r", "l", "st", "t", "nd", "s")
SMALL_WORDS = (
    *("the", "of", "and", "to", "in", "a", "that", "on", "for", "was", "with", "it", "by", "had"),
    *("as", "at", "not", "his", "from", "but", "were", "he", "be", "they", "which", "an", "who"),
    *("would", "have", "its", "or", "could", "her", "been", "no", "one", "than", "after", "when"),
)
#: How much a page weighs by a word is set by these three: as much as by a word of the demo's
#: articles, where these stand on a story's page in texts of the same length.
SMALL_SHARE = 0.45
LEXICON = 900
SKEW = 2.4
#: 90 characters, as long as the generated headlines of its story.
LONG_TITLE = (
    "The inquiry into the rebuilding of the Oldbridge waterworks, its costs, and who bears them"
)
TAGS = ("money", "courts", "safety", "votes", "reports", "works", "talks", "protests")
LANES = {"council": "The council", "builders": "The builders", "neighbours": "The neighbours"}
KINDS = ("person", "person", "person", "organization", "group", "country")


def site_texts() -> dict[str, str]:
    """The whole content of the generated site: each file's text by its path below the folder."""
    files: dict[str, str] = {
        "site.yaml": "format: 1\n",
        "pages/about.md": "---\ntitle: About\nsummary: What this is.\n---\nMade for the audit.\n",
    }
    for shape in (*(long_shape(size) for size in SIZES), *EDGES):
        files |= story_texts(shape)
    for name in ("actors", "places", "terms", "issues"):
        parts = [files.pop(path) for path in sorted(files) if path.startswith(f"{name}/")]
        files[f"{name}.yaml"] = "".join(parts)
    return files


# ---- what a story is like


@dataclass(frozen=True)
class Shape:
    """A story to be generated: how many events between which days, and what is odd about it."""

    id: str
    title: str
    events: int
    first: str
    last: str
    actors: int = 12
    plans: int = 0
    """How many of the events are planned: they stand behind TODAY."""
    long_words: bool = False
    """Headlines of 90 characters, and names that hardly fit."""
    ancient: bool = False
    """The events lie evenly between 300 BCE and the last day, by years."""


def long_shape(events: int) -> Shape:
    """A story of so many events: up to twenty in two years, more in ten."""
    first = "2016-01-10" if events > 20 else "2024-02-01"
    title = f"The works at Oldbridge, in {events} events"
    actors = min(24, 6 + events // 20)
    return Shape(f"works-{events}", title, events, first, "2026-05-20", actors=actors, plans=2)


EDGES = (
    Shape("one-event", "One event", 1, "2026-03-01", "2026-03-01", actors=1),
    Shape("three-hundred", "Three hundred events", 300, "2001-01-05", "2026-05-01", actors=20),
    Shape(
        "long-words",
        LONG_TITLE,
        16,
        "2025-01-03",
        "2026-04-01",
        actors=8,
        long_words=True,
    ),
    Shape("since-300-bce", "A ford, from 300 BCE", 30, "1000-01-01", "2026-04-01", ancient=True),
    Shape("dense-year", "A year of strikes", 120, "2024-01-02", "2024-12-30"),
    Shape("plans", "Nothing but plans", 8, "2026-07-01", "2031-09-01", actors=6, plans=8),
)


def story_texts(shape: Shape) -> dict[str, str]:
    """The files of one story: its own, its articles with annotations, and what both refer to."""
    return dict(_Story(shape).files())


# ---- how it is written


class _Words:
    """Words, sentences and names, the same for the same seed.

    Only `random()` is asked: of that alone Python promises the same numbers in every version.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)
        self._seen: set[str] = set()
        self._lexicon = [self._made_word() for _ in range(LEXICON)]

    def number(self, below: int) -> int:
        return int(self._random.random() * below)

    def one(self, values: Sequence[str]) -> str:
        return values[self.number(len(values))]

    def _made_word(self) -> str:
        syllables = 1 + (self._random.random() < 0.75) + (self._random.random() < 0.2)
        parts = [self.one(ONSETS) + self.one(VOWELS) for _ in range(syllables)]
        return "".join(parts) + self.one(ENDS)

    def word(self) -> str:
        """As in prose: a few words stand everywhere, and most hardly ever."""
        if self._random.random() < SMALL_SHARE:
            return SMALL_WORDS[int(len(SMALL_WORDS) * self._random.random() ** SKEW)]
        return self._lexicon[int(len(self._lexicon) * self._random.random() ** SKEW)]

    def phrase(self, words: int) -> str:
        """So many words, beginning with a capital letter; no two phrases are the same."""
        while True:
            text = " ".join(self.word() for _ in range(words))
            text = text[0].upper() + text[1:]
            if text not in self._seen:
                self._seen.add(text)
                return text

    def name(self, words: int = 2, syllables: int = 2) -> str:
        """A name that nobody else has."""
        while True:
            parts = [
                "".join(self.one(ONSETS) + self.one(VOWELS) for _ in range(syllables))
                + self.one(ENDS[2:])
                for _ in range(words)
            ]
            text = " ".join(part.capitalize() for part in parts)
            if text not in self._seen:
                self._seen.add(text)
                return text

    def text(self, words: int, sentence: int = 13) -> str:
        """A paragraph of so many words, in sentences of nearly the same length."""
        count = max(1, words // sentence)
        lengths = [words // count + (number < words % count) for number in range(count)]
        return " ".join(f"{self.phrase(length)}." for length in lengths)


@dataclass(frozen=True)
class _Event:
    """An event as it is written into a file, and the sentence it rests on where it has one."""

    id: str
    lines: tuple[str, ...]
    sentence: str
    day: dt.date


class _Story:
    """One story, written file by file; every file takes the next words of one series."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.words = _Words(shape.id)
        long = shape.long_words
        self.actors = [f"{shape.id}-actor-{n}" for n in range(1, shape.actors + 1)]
        self.names = [self.words.name(4 if long else 2, 5 if long else 2) for _ in self.actors]
        self.places = [f"{shape.id}-place-{n}" for n in range(1, min(8, shape.actors) + 1)]
        self.issues = [f"{shape.id}-issue-{n}" for n in (1, 2)]

    def files(self) -> Iterator[tuple[str, str]]:
        events = [self._event(number) for number in range(self.shape.events)]
        # Every other event is reported by an article, the rest rests on an outside source; plans
        # stand in the story, where nothing has reported them yet.
        reported = [event for event in events if event.sentence]
        yield from self._named()
        batches = list(_batches(reported, EVENTS_OF_AN_ARTICLE))
        for number, batch in enumerate(batches, start=1):
            yield from self._article(number, batch)
        background = [event for event in events if not event.sentence]
        yield f"stories/{self.shape.id}.yaml", self._story(events, background)

    # ------------------------------------------------------------------------- events

    def _event(self, number: int) -> _Event:
        shape, words = self.shape, self.words
        is_plan = number >= shape.events - shape.plans
        day = self._plan_day(number) if is_plan else self._day(number)
        event_id = f"{shape.id}-{number + 1}"
        is_reported = number % 2 == 0 and not is_plan and not shape.ancient
        actors = [self.actors[(number * step) % len(self.actors)] for step in (1, 5)]
        lines = [
            f"date: {self._year(number) if shape.ancient else day}",
            f"title: {_quoted(self._title())}",
            *self._text(number),
            f"actors: [{', '.join(dict.fromkeys(actors))}]",
            f"place: {self.places[words.number(len(self.places))]}",
            f"lane: {list(LANES)[words.number(len(LANES))]}",
            f"tags: [{words.one(TAGS)}]",
            f"weight: {self._weight(number)}",
        ]
        if is_plan:
            lines.append("status: planned")
        sentence = words.phrase(12) + "." if is_reported else ""
        if is_reported:
            lines.append(f"evidence: {_quoted(sentence)}")
        else:
            lines.append(f"sources: [{_mapping(self._source(number))}]")
        return _Event(event_id, tuple(lines), sentence, day)

    def _text(self, number: int) -> Iterator[str]:
        is_minor = self._weight(number) == "minor"
        if not is_minor or number // 2 % TEXT_OF_MINOR_EVERY == 0:
            length = FEWEST_WORDS + self.words.number(MOST_WORDS - FEWEST_WORDS + 1)
            yield f"text: {_quoted(self.words.text(length))}"

    def _title(self) -> str:
        if not self.shape.long_words:
            return self.words.phrase(7)
        title = self.words.phrase(20)[:90]
        return title.rstrip().ljust(90, "e")

    def _weight(self, number: int) -> str:
        if number % TURNING_POINT_EVERY == 0:
            return "turning-point"
        return "minor" if number % 2 else "major"

    def _day(self, number: int) -> dt.date:
        """Evenly between the first day and the last, a few days off."""
        first, last = (
            dt.date.fromisoformat(self.shape.first),
            dt.date.fromisoformat(self.shape.last),
        )
        days = (last - first).days * number // max(1, self.shape.events - 1)
        return min(last, first + dt.timedelta(days + self.words.number(3)))

    def _plan_day(self, number: int) -> dt.date:
        plan = number - (self.shape.events - self.shape.plans)
        return dt.date.fromisoformat(TODAY) + dt.timedelta(days=40 + 200 * plan)

    def _year(self, number: int) -> str:
        """From 300 BCE on; the year 0 is 1 BCE."""
        year = -299 + (2325 * number) // (self.shape.events - 1)
        return f"-{-year:04}" if year < 0 else f"{year:04}"

    def _source(self, number: int) -> dict[str, str]:
        year = 2015 + number % 10
        return {
            "title": self.words.phrase(6),
            "url": f"https://example.org/{self.shape.id}/{number + 1}",
            "publisher": self.names[number % len(self.names)],
            "date": str(year),
        }

    # ----------------------------------------------------------------- the other files

    def _named(self) -> Iterator[tuple[str, str]]:
        """The actors, places, terms and issues; gathered into one file of each later."""
        actors = [
            f"{actor}: {{name: {name}, kind: {KINDS[n % len(KINDS)]}}}"
            for n, (actor, name) in enumerate(zip(self.actors, self.names, strict=True))
        ]
        yield f"actors/{self.shape.id}", _lines(actors)
        places = [f"{place}: {{name: {self.words.name(1)}}}" for place in self.places]
        yield f"places/{self.shape.id}", _lines(places)
        issues = [
            f"{issue}: {{title: {_quoted(self.words.phrase(6) + '?')}}}" for issue in self.issues
        ]
        yield f"issues/{self.shape.id}", _lines(issues)
        term = {"name": self.words.name(1), "text": self.words.text(15)}
        yield f"terms/{self.shape.id}", f"{self.shape.id}-term: {_mapping(term)}\n"

    def _article(self, number: int, events: Sequence[_Event]) -> Iterator[tuple[str, str]]:
        """An article that reports some events, with what else an article brings to a story."""
        slug = f"{self.shape.id}-report-{number}"
        first, second = (self.actors[(number * step) % len(self.actors)] for step in (1, 3))
        stance, claim, said = (self.words.phrase(11) for _ in range(3))
        paragraphs = [f"{event.sentence} {self.words.text(18)}" for event in events]
        paragraphs += [f"{stance}. {claim}. “{said},” {self.words.phrase(5)}."]
        day = min(max(event.day for event in events), dt.date.fromisoformat(TODAY))
        matter = [
            f"title: {_quoted(self.words.phrase(9))}",
            f"date: {day}",
            f"authors: [{self.names[0]}]",
            f"story: {self.shape.id}",
        ]
        yield f"articles/{slug}.md", f"---\n{_lines(matter)}---\n" + "\n\n".join(paragraphs) + "\n"
        lines = ["events:", *_items(events)]
        if number <= 4:
            move = ("proposes", "demands", "refuses")[number % 3]
            lines += ["positions:", f"  - actor: {first}", f"    issue: {self.issues[number % 2]}"]
            lines += [f"    move: {move}", f"    stance: {_quoted(self.words.phrase(7))}"]
            lines += [f"    evidence: {_quoted(stance)}"]
            lines += ["quotes:", f"  - actor: {second}", f"    text: {_quoted(said)}"]
            lines += ["claims:", f"  - actor: {second}", f"    text: {_quoted(claim)}"]
            lines += [f"    evidence: {_quoted(claim)}"]
        yield f"articles/{slug}.yaml", _lines(lines)

    def _story(self, events: Sequence[_Event], background: Sequence[_Event]) -> str:
        shape, words = self.shape, self.words
        picked = [events[len(events) * part // 5] for part in range(min(5, len(events)))]
        short = [f"{words.phrase(9)} [{words.phrase(3)}](#{event.id})." for event in picked]
        lines = [
            f"title: {_quoted(shape.title)}",
            f"summary: {_quoted(words.text(16))}",
            f"short: {{date: {TODAY}, text: {_quoted(' '.join(short))}}}",
            "lanes:",
            *(f"  - {{id: {lane}, title: {title}}}" for lane, title in LANES.items()),
            "questions:",
            *self._questions(picked[:3]),
            "changes:",
            *self._changes(picked),
        ]
        if background:
            lines += ["events:", *_items(background)]
        return _lines(lines)

    def _questions(self, events: Iterable[_Event]) -> Iterator[str]:
        for event in events:
            yield f"  - question: {_quoted(self.words.phrase(7) + '?')}"
            yield f"    answer: {_quoted(self.words.text(20))}"
            yield f"    rests_on: [{event.id}]"

    def _changes(self, events: Sequence[_Event]) -> Iterator[str]:
        for number, event in enumerate(reversed(events)):
            day = dt.date.fromisoformat(TODAY) - dt.timedelta(days=1 + 9 * number)
            text = _quoted(self.words.text(9))
            yield f"  - {{date: {day}, text: {text}, records: [{event.id}]}}"


# ---- YAML


def _items(events: Iterable[_Event]) -> Iterator[str]:
    for event in events:
        yield f"  - id: {event.id}"
        yield from (f"    {line}" for line in event.lines)


def _quoted(text: str) -> str:
    """A text as a scalar of YAML in double quotes, which JSON's are too."""
    return json.dumps(text, ensure_ascii=False)


def _mapping(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in values.items()) + "}"


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _batches(events: Sequence[_Event], size: int) -> Iterator[Sequence[_Event]]:
    for start in range(0, len(events), size):
        yield events[start : start + size]
