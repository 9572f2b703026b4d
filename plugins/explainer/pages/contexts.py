"""Page contexts: everything that a page shows, as frozen values, one class a kind of page.

A template receives exactly one of the page classes below as `page`, and nothing else but the
interface's own words. All text is plain text and is escaped by the template; only fields that
end in `_html` hold sanitized markup. Every `href` is ready for an attribute: it already carries
the site's sub-path. Tuples are in the order in which they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from ..derive.picture import Drawing, SpanDrawing

Shown = TypeVar("Shown")


def changed(item: Shown, **values: object) -> Shown:
    """A value of this module with other values in some fields.

    It is `dataclasses.replace`, which looks at each field of the class anew: a site has thousands
    of events and cards that differ in one.
    """
    kind: type[Any] = type(item)
    read, places = _reading(kind)  # type: ignore[arg-type]
    own = list(read(item))
    for name, value in values.items():
        own[places[name]] = value
    made: Shown = kind(*own)
    return made


@cache
def _reading(kind: type[Any]) -> tuple[Callable[[Any], tuple[Any, ...]], Mapping[str, int]]:
    """What gives all fields of a value, and the place of each among them."""
    names = [one.name for one in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}


# --------------------------------------------------------------------------------------- parts


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; without `href` it is shown as text alone."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class DateText:
    """A date in words, and what HTML's `<time datetime>` may say of it (else None)."""

    words: str
    attribute: str | None = None
    uncertain: bool = False
    """True where the words themselves say "around", "probably", "between": drawn dashed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the words that must stand beside it."""

    src: str
    alt: str
    caption: str = ""
    credit: str = ""
    licence: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as named at one place: the words used there, and the role as of that date."""

    name: str
    href: str | None = None
    """The profile; None for `unnamed` actors."""
    kind: str = "person"
    """person, organization, country, group or unnamed."""
    part: str = ""
    """In what part ("host", "for Ukraine")."""
    role: str = ""
    """The role as of the date ("President of Ukraine", "then Harbour Master"), where known."""
    monogram: str = ""
    """One or two letters for the place of a picture."""


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """A way to the exact words in one of our articles."""

    words: str
    href: str
    """The article with the passage's anchor."""
    article: str
    """The article's headline."""
    date: DateText


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A publication outside the site."""

    title: str
    href: str | None = None
    publisher: str = ""
    date: str = ""
    archive_href: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """On what a record rests. With neither evidence nor sources the page says so."""

    evidence: tuple[EvidenceRef, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    according_to: str = ""
    """Whole sentence part: "according to Volodymyr Zelenskiy", "reportedly"."""

    @property
    def is_missing(self) -> bool:
        """True where the page has to say "no source given"."""
        return not self.evidence and not self.sources


@dataclass(frozen=True, slots=True)
class News:
    """When a record was added or last changed, for readers who were here before."""

    day: str
    """ISO 8601; of a month or a year the first day. Compared as text by the script."""
    words: str = ""
    """"added 3 March 2026"; empty where only a line of the story's changes names the record."""


@dataclass(frozen=True, slots=True)
class EventItem:
    """An event as it stands on a timeline or in a list."""

    anchor: str
    """`event-<id>`: the element's id."""
    href: str
    """The event's lasting link (home page of the record with the anchor)."""
    title: str
    date: DateText
    weight: str = "major"
    status: str = "happened"
    status_words: str = ""
    """In words ("ongoing as of December 2025", "proposed"); empty for what simply happened."""
    text_html: str = ""
    actors: tuple[ActorRef, ...] = ()
    actors_note: str = ""
    place: Link | None = None
    lane: str = ""
    tags: tuple[Link, ...] = ()
    date_note: str = ""
    other_dates: tuple[EvidenceRef, ...] = ()
    """Where another of our articles gives another date: `words` is that date in words."""
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    quotes: tuple[QuoteItem, ...] = ()
    stories: tuple[Link, ...] = ()
    """Filled on pages across stories only."""
    gap: str = ""
    """What lies between the event before it and this one, in words ("four months later")."""
    order_note: str = ""
    """"Order uncertain" where two imprecise dates overlap, else empty."""
    aliases: tuple[str, ...] = ()
    """Anchors of former ids, so that old links still lead here."""
    is_home: bool = True
    """False where the record stands as a copy: then the element carries no id."""
    news: News | None = None
    lane_id: str = ""
    """By what the filter finds it; there too where `lane` is empty."""
    picture: Picture | None = None
    links: tuple[SourceRef, ...] = ()
    """Pictures, films and pages elsewhere; nothing of them is on the page."""


@dataclass(frozen=True, slots=True)
class WithheldItem:
    """What stands in the place of a record that is left out for now: its anchor and a line."""

    anchor: str
    section: str
    """The section of a story's page that it would stand in."""
    words: str
    aliases: tuple[str, ...] = ()
    """Anchors of former ids."""
    is_home: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class EventGroup:
    """The events of one year (or one month in a dense year) under one heading."""

    heading: str
    anchor: str
    events: tuple[EventItem, ...]
    year: str = ""
    """The year in words where the group is the first of it; else empty."""
    gap: str = ""
    """How long after the event before it the first one is; it stands above the heading."""


@dataclass(frozen=True, slots=True)
class EraItem:
    """A named stretch of time that a timeline passes through."""

    anchor: str
    title: str
    date: DateText


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """The form that filters a timeline: the script shows it and finds the choices on the events."""

    count: int
    """How many events there are in all."""
    lanes: tuple[tuple[str, str], ...] = ()
    """(id, title), the story's in its order: events carry the id alone."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A timeline in order: groups of what happened, then what comes next, then the undated rest."""

    groups: tuple[EventGroup, ...] = ()
    planned: tuple[EventItem, ...] = ()
    """What comes next: planned and not yet due, in order."""
    proposed: tuple[EventItem, ...] = ()
    eras: tuple[EraItem, ...] = ()
    count: int = 0
    count_words: str = ""
    """"14 events"."""
    filter: TimelineFilter | None = None
    """Where there is enough to filter, on the story's own page."""
    is_folding: bool = False
    """Whether minor events are folded away: on timelines that are long."""
    is_long: bool = False
    """Whether it has so many events that browsers should lay out what is near alone."""
    picture: TimelinePicture | None = None
    """The same to scale, above the list; None where there is too little to compare."""

    @property
    def has_years(self) -> bool:
        """Whether a row of years leads to the groups: where there are more than a screen shows."""
        return len(self.groups) > 4


@dataclass(frozen=True, slots=True)
class PictureKey:
    """An entry of the key below a picture: which sign, and what it means."""

    sign: str
    """turning-point, major, minor, bar, soft, planned, proposed, cancelled, crowd or now."""
    words: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """A timeline drawn to scale, with the same in words.

    The drawings are for the eye and for pointers; their links stand in the list below, too.
    """

    name: str
    caption: str
    """What everybody reads below the picture: from when to when, where most of it is."""
    text: str
    """The rest of what the picture shows, for those who do not see it."""
    keys: tuple[PictureKey, ...]
    drawings: tuple[Drawing, ...]
    """One for wide and one for narrow columns; style sheets choose."""
    links: dict[str, str]
    """For each event drawn, by its key: where it stands in the list."""
    crowds: dict[tuple[str, ...], str]
    """For events counted together: the place in the list where they begin."""
    fades: tuple[str, ...] = ()
    """At which sides ("start", "end", "both") a bar fades, where any does."""


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """An actor's own words."""

    anchor: str
    href: str
    text: str
    speakers: tuple[ActorRef, ...]
    date: DateText
    event: Link | None = None
    place: Link | None = None
    sentence: tuple[str, str, str] | None = None
    """On profiles: what stands before the words in their sentence, the words, what stands behind.

    None where the words are the whole of it, or are of several passages.
    """
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    aliases: tuple[str, ...] = ()
    is_home: bool = True
    news: News | None = None


@dataclass(frozen=True, slots=True)
class PositionItem:
    """Where an actor stands on an issue from a date on."""

    anchor: str
    href: str
    actors: tuple[ActorRef, ...]
    issue: Link
    stance: str
    date: DateText
    """"as of December 2025", "until …", "since …", in words."""
    is_current: bool = True
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    aliases: tuple[str, ...] = ()
    is_home: bool = True
    news: News | None = None


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One actor on one issue: what holds now, and what held then, newest first."""

    actors: tuple[ActorRef, ...]
    now: tuple[PositionItem, ...]
    then: tuple[PositionItem, ...] = ()
    is_last: bool = False
    """Whether all actors are gone, so that `now` is what they held last."""


@dataclass(frozen=True, slots=True)
class IssueBlock:
    """An issue with everyone's stance on it."""

    anchor: str
    title: str
    href: str
    text: str
    rows: tuple[StanceRow, ...]

    @property
    def has_now(self) -> bool:
        """Whether anything is known that holds, or that was held last."""
        return any(row.now for row in self.rows)

    @property
    def has_then(self) -> bool:
        """Whether anybody held something else before."""
        return any(row.then for row in self.rows)

    @property
    def is_last(self) -> bool:
        """Whether all that is known to hold was held last by somebody who is gone."""
        return all(row.is_last for row in self.rows if row.now)


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """One step of a claim's history: that it was stated, an answer, or what the editors found."""

    kind: str
    """states; denies, confirms or comments; confirmed, refuted or unproven."""
    kind_words: str
    date: DateText | None
    actors: tuple[ActorRef, ...] = ()
    """Empty for what the editors found."""
    text: str = ""
    """The answer, or why it was found so; empty where the claim itself is what was said."""
    is_quote: bool = False
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def is_finding(self) -> bool:
        """Whether it is the editors' own."""
        return self.kind in ("confirmed", "refuted", "unproven")


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """A statement of fact by an actor that others may dispute."""

    anchor: str
    href: str
    text: str
    is_quote: bool
    state: str
    """stated, answered or disputed: follows from the responses."""
    state_words: str
    """Empty where nobody answered but the editors found something."""
    steps: tuple[ClaimStep, ...]
    """Its history by date."""
    note: str = ""
    aliases: tuple[str, ...] = ()
    is_home: bool = True
    news: News | None = None


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record named in passing: its kind in words, its title, its lasting link."""

    kind_words: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """Something a reader would ask, with the answer as known so far."""

    anchor: str
    href: str
    question: str
    answer_html: str
    """Empty where the records are the answer, or where the question is open."""
    status: str
    status_words: str
    records: tuple[RecordRef, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    aliases: tuple[str, ...] = ()
    is_home: bool = True
    news: News | None = None


@dataclass(frozen=True, slots=True)
class TermItem:
    """A glossary entry."""

    anchor: str
    href: str
    name: str
    text: str
    sources: tuple[SourceRef, ...] = ()
    articles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceItem:
    """A named location and what happened there."""

    anchor: str
    href: str
    name: str
    text: str
    map_href: str | None = None
    events: tuple[EventItem, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutCard:
    """What opens beside the first mention of an actor or term in an article."""

    anchor: str
    name: str
    href: str
    text: str
    """One line."""
    role: str = ""
    """As of the article's date, else the one that the actor is known by."""


@dataclass(frozen=True, slots=True)
class ActorCard:
    """An actor in a list: name, kind, role, a line, and how often they appear."""

    ref: ActorRef
    summary: str = ""
    counts: str = ""
    """"4 events, 2 quotes"."""
    picture: Picture | None = None
    kind_words: str = ""


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list."""

    title: str
    href: str
    date: DateText
    byline: str = ""
    minutes: str = ""
    """"4 min read"; empty for a brief."""
    summary: str = ""
    kind: str = "article"
    kind_words: str = ""
    """"Brief"; empty for an article."""
    reason: str = ""
    """Why it is recommended ("Also about NATO and Volodymyr Zelenskiy")."""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """A dated line of what changed in a story: the editor's, or a correction of an article."""

    date: DateText
    text: str
    records: tuple[RecordRef, ...] = ()
    anchor: str = ""
    day: str = ""
    """The date as in `News.day`."""
    key: str = ""
    """Its first words: what a browser remembers it by, since anchors count and may shift."""


@dataclass(frozen=True, slots=True)
class ShortVersion:
    """The story in a few sentences, each with links to the records that prove it."""

    sentences_html: tuple[str, ...]
    date: DateText | None
    last_change: ChangeItem | None = None


@dataclass(frozen=True, slots=True)
class RoleItem:
    """A line of an actor's role history."""

    role: str
    of: Link | None
    date: DateText
    """"since 2019", "2005–2013", "as of December 2025"."""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class TieItem:
    """A dated relation to another actor: "adviser to" with the name behind it."""

    words: str
    actor: ActorRef
    date: DateText | None
    provenance: Provenance = field(default_factory=Provenance)
    is_theirs: bool = False
    """Whether the words say what the other is, so that the name comes first: "Ida Vane, mayor"."""


@dataclass(frozen=True, slots=True)
class CoActor:
    """Somebody who appears in the same events, with how many."""

    ref: ActorRef
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of one of our articles."""

    date: DateText
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class BoardItem:
    """A line of the board: who, what, as of when, and the way to the record."""

    who: str
    """Names joined; empty where the text says it all."""
    text: str
    href: str
    date: DateText
    according_to: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What is agreed, proposed and refused, side by side."""

    agreed: tuple[BoardItem, ...] = ()
    proposed: tuple[BoardItem, ...] = ()
    refused: tuple[BoardItem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where there are no two sides to set beside each other: then there is no board."""
        return sum(map(bool, (self.agreed, self.proposed, self.refused))) < 2


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story on the home page."""

    title: str
    href: str
    summary: str
    short_html: str
    """The first sentence of the short version; links inside."""
    as_of: DateText
    counts: str
    """"14 events, 16 actors, 1 article"."""
    last_change: ChangeItem | None = None
    next_event: EventItem | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a list of several pages."""

    page: int
    pages: int
    newer: str | None
    """href of the page with newer entries."""
    older: str | None


# -------------------------------------------------------------------------------------- chrome


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a page announces."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the navigation."""

    text: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What stands on every page."""

    title: str
    tagline: str
    language: str
    direction: str
    home_href: str
    logo: Picture | None
    menu: tuple[MenuItem, ...]
    footer_html: str
    licence: Link | None
    """The content's licence."""
    css_hrefs: tuple[str, ...]
    """The style sheets: one for all pages, and for all but stories a second one."""
    accent_class: str
    """Class on `<html>` that selects the accent colour."""
    icon_href: str
    feed: Feed | None
    footer_links: tuple[Link, ...] = ()
    js_href: str = ""
    """The script; empty on pages that need none."""
    page_href: str = ""
    """Where the page itself stands."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, search engines and other sites."""

    title: str
    """The page's own title; the template adds the site's."""
    description: str
    canonical: str
    """Absolute where the site's URL is known, else empty: then no canonical, no og:url."""
    og_type: str = "website"
    image: Picture | None = None
    published: str = ""
    modified: str = ""
    feeds: tuple[Feed, ...] = ()
    json_ld: tuple[str, ...] = ()
    """Each a JSON text in which <, > and & are escaped: safe inside a script element."""
    breadcrumbs: tuple[Link, ...] = ()
    """From the home page to this page; the last has no href. Empty on the home page."""
    is_indexed: bool = True
    previous: str | None = None
    next: str | None = None


# --------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Page:
    """The part that all pages share. `path` is the file below the output folder."""

    path: str
    site: Site
    head: Head

    template: ClassVar[str] = ""
    has_script: ClassVar[bool] = False
    """Whether it may hold what the script betters: something to open in print, a filter."""
    sheet: ClassVar[str] = "pages"
    """The style sheet that it loads beside that of every page; none where it is empty."""


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """`/`: the stories, newest change first; the latest articles."""

    stories: tuple[StoryCard, ...]
    articles: tuple[ArticleCard, ...]
    more: Link | None
    """To the archives, where there are more articles."""

    template: ClassVar[str] = "home.html"


@dataclass(frozen=True, slots=True)
class StoryPage(Page):
    """`/stories/<story>/`: the explainer."""

    title: str
    summary: str
    as_of: DateText
    basis: str
    """"As of December 2025, from 1 of our articles and 2 outside sources"."""
    picture: Picture | None
    short: ShortVersion | None
    board: Board
    key_events: tuple[EventItem, ...]
    """The turning points, as copies with links into the timeline."""
    timeline: TimelineView
    actors: tuple[ActorCard, ...]
    unnamed: tuple[ActorRef, ...]
    """Who is spoken of but not named ("some partners in the US and Europe")."""
    issues: tuple[IssueBlock, ...]
    quotes: tuple[QuoteItem, ...]
    claims: tuple[ClaimItem, ...]
    questions: tuple[QuestionItem, ...]
    terms: tuple[Link, ...]
    """To the glossary."""
    articles: tuple[ArticleCard, ...]
    changes: tuple[ChangeItem, ...]
    changes_href: str
    note: str = ""
    sources: tuple[SourceRef, ...] = ()
    """For the story as a whole; those of its records stand beside them."""
    has_more_sources: bool = False
    """Whether its records or articles name others."""
    withheld: tuple[WithheldItem, ...] = ()
    further_actors: tuple[ActorRef, ...] = ()
    """Who takes part beside `actors`, in the same order."""
    visit_key: str = ""
    """By what the script remembers a visit; empty where nothing on the page is dated as new."""
    slices: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    """(heading, links): its plain pages by actor and by year."""
    read_first: tuple[ArticleCard, ...] = ()
    """Of many articles those to begin with, in that order; they are among `articles` too."""

    template: ClassVar[str] = "story.html"
    sheet: ClassVar[str] = ""
    has_script: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class StorySlicePage(Page):
    """`/stories/<story>/actors/<actor>/` and `/stories/<story>/<year>/`: one part of a story.

    Its records are copies: their titles lead to the story's page.
    """

    title: str
    story: Link
    summary: str
    """"12 events, 3 quotes"."""
    basis: str
    """The story's, as on its own page."""
    actor: ActorRef | None
    """Of a page by actor: who it is, with the profile."""
    timeline: TimelineView
    issues: tuple[IssueBlock, ...] = ()
    quotes: tuple[QuoteItem, ...] = ()
    claims: tuple[ClaimItem, ...] = ()
    others: tuple[Link, ...] = ()
    """The story's pages of the same kind; the current one has no href."""
    others_heading: str = ""

    template: ClassVar[str] = "slice.html"
    has_script: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ChangesPage(Page):
    """`/stories/<story>/changes/`: what changed, newest first."""

    title: str
    story: Link
    basis: str
    """The story's, as on its own page."""
    changes: tuple[ChangeItem, ...]

    template: ClassVar[str] = "changes.html"


@dataclass(frozen=True, slots=True)
class TimelinePage(Page):
    """`/timeline/` and `/timeline/<year>/`: everything, across stories."""

    title: str
    timeline: TimelineView
    years: tuple[Link, ...]
    """The years with events; the current one has no href."""

    template: ClassVar[str] = "timeline.html"
    has_script: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ActorIndexPage(Page):
    """`/actors/`: everyone, by kind, then by name."""

    title: str
    groups: tuple[tuple[str, tuple[ActorCard, ...]], ...]
    """(heading, cards): persons, organizations, countries, groups."""

    template: ClassVar[str] = "actors.html"


@dataclass(frozen=True, slots=True)
class ActorPage(Page):
    """`/actors/<actor>/`: a profile."""

    name: str
    kind: str
    kind_words: str
    monogram: str
    role: str
    """The newest role, with as of when."""
    life: str
    """"born 1947", "founded 1949, ended 1991", in words."""
    also_known_as: str
    summary_html: str
    picture: Picture | None
    roles: tuple[RoleItem, ...]
    ties: tuple[TieItem, ...]
    timeline: TimelineView
    issues: tuple[IssueBlock, ...]
    quotes: tuple[QuoteItem, ...]
    claims: tuple[ClaimItem, ...]
    co_actors: tuple[CoActor, ...]
    stories: tuple[Link, ...]
    articles: tuple[ArticleCard, ...]
    links: tuple[Link, ...]
    note: str = ""
    role_picture: SpanDrawing | None = None
    """The dated roles to scale, where there are two at least."""
    read_first: tuple[ArticleCard, ...] = ()
    """As on a story's page."""

    template: ClassVar[str] = "actor.html"
    has_script: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """`/articles/<slug>/`: an article with its evidence marked."""

    title: str
    headline_html: str
    """The headline with the marks of passages that rest on it."""
    date: DateText
    modified: DateText | None
    written: DateText | None
    """Where it differs from `date`."""
    byline: str
    authors: tuple[Link, ...]
    dateline: str
    """Only where the text does not begin with it."""
    minutes: str
    summary: str
    picture: Picture | None
    body_html: str
    story: Link | None
    story_line: str
    """The story's first short sentence as plain text, for the box that leads to the explainer."""
    corrections: tuple[Correction, ...]
    tags: tuple[Link, ...]
    sources: tuple[SourceRef, ...]
    records: tuple[RecordRef, ...]
    """What on the explainer rests on this article, in the order of the text."""
    recommended: tuple[ArticleCard, ...]
    quotes: tuple[QuoteItem, ...] = ()
    """Records whose home is this article: filled where it belongs to no story."""
    timeline: TimelineView | None = None
    positions: tuple[PositionItem, ...] = ()
    claims: tuple[ClaimItem, ...] = ()
    questions: tuple[QuestionItem, ...] = ()
    translations: tuple[Link, ...] = ()
    original: Link | None = None
    language: str = ""
    direction: str = ""
    cards: tuple[AboutCard, ...] = ()
    """Of actors and terms that have a button behind their first mention, in its order."""
    withheld: tuple[WithheldItem, ...] = ()

    template: ClassVar[str] = "article.html"
    sheet: ClassVar[str] = "article"
    has_script: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BriefPage(Page):
    """`/articles/<slug>/` of a brief: only the headline, the date and the author are known."""

    title: str
    date: DateText
    byline: str
    authors: tuple[Link, ...]
    link: Link | None
    """Where the whole text stands, if that is known."""
    tags: tuple[Link, ...]
    story: Link | None
    recommended: tuple[ArticleCard, ...]
    corrections: tuple[Correction, ...] = ()

    template: ClassVar[str] = "brief.html"
    sheet: ClassVar[str] = "article"


@dataclass(frozen=True, slots=True)
class PlacesPage(Page):
    """`/places/`."""

    title: str
    places: tuple[PlaceItem, ...]

    template: ClassVar[str] = "places.html"


@dataclass(frozen=True, slots=True)
class TermsPage(Page):
    """`/terms/`."""

    title: str
    terms: tuple[TermItem, ...]

    template: ClassVar[str] = "terms.html"


@dataclass(frozen=True, slots=True)
class IssuesPage(Page):
    """`/issues/`: every issue with where everyone stands."""

    title: str
    issues: tuple[IssueBlock, ...]

    template: ClassVar[str] = "issues.html"
    has_script: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """`/tags/<tag>/`, `/authors/<author>/`, `/archives/`: articles, newest first, paged."""

    title: str
    kind_words: str
    """"Tag", "Author", or empty for the archives."""
    articles: tuple[ArticleCard, ...]
    count_words: str
    pager: Pager | None
    links: tuple[Link, ...] = ()
    """On the archives: to tags and authors."""

    template: ClassVar[str] = "list.html"


@dataclass(frozen=True, slots=True)
class TaxonomyPage(Page):
    """`/tags/` and `/authors/`: every tag or author with how many articles."""

    title: str
    entries: tuple[tuple[Link, str], ...]
    """(link, count in words)."""

    template: ClassVar[str] = "taxonomy.html"


@dataclass(frozen=True, slots=True)
class StaticPage(Page):
    """`/<page>/`: about, how we verify, corrections policy."""

    title: str
    summary: str
    body_html: str

    template: ClassVar[str] = "page.html"
    sheet: ClassVar[str] = "article"


@dataclass(frozen=True, slots=True)
class RedirectPage(Page):
    """The page of a former id: it leads to the page that took its place, at once."""

    title: str
    target: Link

    template: ClassVar[str] = "redirect.html"


@dataclass(frozen=True, slots=True)
class NotFoundPage(Page):
    """`/404.html`: served at any depth, so that its links are absolute or carry the sub-path."""

    title: str
    stories: tuple[StoryCard, ...]

    template: ClassVar[str] = "404.html"
