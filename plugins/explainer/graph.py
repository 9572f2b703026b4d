"""The frozen graph: every record with its references resolved, and who belongs to whom.

Made once by `link.py`, read by everything behind it. Ids are keys; relations that follow from
others (which events an actor took part in) are derived in `derive/`, never written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from .dates import Date
from .fragment import Fragment
from .mentions import NameIndex
from .model import (
    UNNAMED,
    Actor,
    Claim,
    Event,
    FrontMatter,
    Issue,
    Place,
    Position,
    Question,
    Quote,
    Record,
    Response,
    Source,
    Story,
    Term,
    Who,
)
from .passages import ArticleText
from .validate import PageFile


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of one of our articles: a range of its text, and the words themselves."""

    article: str
    anchor: str
    """The id of the passage's element on the article's page."""
    start: int
    end: int
    words: str
    in_headline: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its text, ready to be searched and marked."""

    slug: str
    file: str
    matter: FrontMatter
    text: ArticleText
    words: int
    lang: str = ""

    @property
    def fragment(self) -> Fragment:
        """The body as sanitized markup with its text."""
        return self.text.body

    @property
    def date(self) -> Date:
        """When it was published."""
        return cast(Date, self.matter.date)

    @property
    def written(self) -> Date:
        """When it was written: what "on Sunday" and "so far" are measured from."""
        return self.matter.written or self.date

    @property
    def is_brief(self) -> bool:
        """Whether only headline, date and author are known."""
        return self.matter.kind == "brief"


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Addition(Generic[R]):
    """What another article says of the same thing."""

    record: R
    article: str | None


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record with its id, its home and all that rests under it."""

    id: str
    record: R
    article: str | None
    """The article in whose sidecar it stands, or that a sheet's row names; else None."""
    stories: tuple[str, ...]
    """On whose pages it stands; the first is its home."""
    order: int
    """Its place among all records: files by date, then the place in the file."""
    written: Date | None
    who: tuple[Who, ...] = ()
    """Who acts or speaks, those of additions included, each once."""
    evidence: tuple[Evidence, ...] = ()
    """Its own passages first, then those of the records that it rests on."""
    sources: tuple[Source, ...] = ()
    additions: tuple[Addition[R], ...] = ()

    @property
    def kind(self) -> str:
        """The word for its kind: event, quote, position, claim or question."""
        return self.record.kind

    @property
    def anchor(self) -> str:
        """The id of its element on its page."""
        return f"{self.kind}-{self.id}"

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of everybody with a profile, in order."""
        return tuple([who.actor for who in self.who if who.actor != UNNAMED])


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record that is left out for now: its anchor stays where it would stand."""

    id: str
    kind: str
    story: str | None
    article: str | None
    """Where it belongs to no story: the article whose page it would stand on."""
    was: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the element that stands in its place."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True)
class LinkedResponse:
    """A response to a claim, resolved: the quote's words where it is one."""

    response: Response
    who: tuple[Who, ...]
    text: str
    is_quote: bool
    evidence: tuple[Evidence, ...]
    date: Date | None


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of one actor, from an article or from the actor's file."""

    actor: str
    role: str
    of: str | None
    start: Date | None
    end: Date | None
    article: str | None
    """The article that reports it; then it holds as of `written`."""
    written: Date | None
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()
    note: str = ""
    order: int = 0

    @property
    def is_dated(self) -> bool:
        """Whether it is known from when or until when it was held."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class HeldTie:
    """A relation of `actor` to `other`, as read from the file of `actor`."""

    actor: str
    tie: str
    other: str
    start: Date | None
    end: Date | None
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything that may be published, resolved. Mappings are in the order they are shown."""

    today: Date
    articles: dict[str, Article] = field(default_factory=dict)
    """Published originals, newest first, equal dates by slug."""
    translations: dict[tuple[str, str], Article] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    pages: dict[str, PageFile] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Entry[Record]] = field(default_factory=dict)
    """Every record of the one id space, in order."""
    roles: dict[str, tuple[HeldRole, ...]] = field(default_factory=dict)
    ties: dict[str, tuple[HeldTie, ...]] = field(default_factory=dict)
    quote_texts: dict[str, str] = field(default_factory=dict)
    """The verbatim words of each quote."""
    responses: dict[str, tuple[LinkedResponse, ...]] = field(default_factory=dict)
    names: NameIndex | None = None
    withheld: tuple[Withheld, ...] = ()
    """What is left out although it would be published, where its anchor is known."""

    @property
    def events(self) -> tuple[Entry[Event], ...]:
        """All events, in order of the files."""
        return self._of(Event)

    @property
    def quotes(self) -> tuple[Entry[Quote], ...]:
        """All quotes, in order of the files."""
        return self._of(Quote)

    @property
    def positions(self) -> tuple[Entry[Position], ...]:
        """All positions, in order of the files."""
        return self._of(Position)

    @property
    def claims(self) -> tuple[Entry[Claim], ...]:
        """All claims, in order of the files."""
        return self._of(Claim)

    @property
    def questions(self) -> tuple[Entry[Question], ...]:
        """All questions, in order of the files."""
        return self._of(Question)

    def _of(self, kind: type[R]) -> tuple[Entry[R], ...]:
        found = (e for e in self.entries.values() if isinstance(e.record, kind))
        return tuple(cast("Entry[R]", e) for e in found)

    def story_of(self, slug: str) -> str | None:
        """The story of an article, if it has one that exists."""
        story = self.articles[slug].matter.story
        return story if story in self.stories else None
