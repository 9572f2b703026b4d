"""Entries of the graph as the items that pages show: words, links, provenance.

An `Items` is made once a build; its methods are pure and give the frozen values of `contexts.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ..date_words import (
    format_date,
    format_gap,
    format_month_heading,
    format_year_heading,
    split_headings,
)
from ..dates import Date, datetime_attribute, overlaps, sort_key, without_time
from ..derive.backlinks import Backlinks
from ..derive.positions import Stance, StancesOf, compare_stances, resolve_stance
from ..derive.roles import RoleThen, has_ended, latest_role, role_at
from ..derive.timeline import (
    PlacedEvent,
    date_of_event,
    is_order_uncertain,
    order_placed,
    place_event,
    split_timeline,
)
from ..fragment import Fragment, read_fragment
from ..graph import Article, Entry, Evidence, Graph, HeldRole, LinkedResponse
from ..language import Language
from ..markdown import minutes_to_read, render_inline, render_markdown
from ..model import (
    Change,
    Claim,
    Event,
    Image,
    Position,
    Question,
    Quote,
    Record,
    Source,
    Verdict,
    WebLink,
    Who,
    slugify,
)
from ..sentences import words_in_sentence
from ..settings import Settings
from ..targets import Targets
from ..tracking import Remembered, Trace, index
from ..urls import Urls
from .contexts import (
    AboutCard,
    ActorCard,
    ActorRef,
    ArticleCard,
    ChangeItem,
    ClaimItem,
    ClaimStep,
    DateText,
    EraItem,
    EventGroup,
    EventItem,
    EvidenceRef,
    IssueBlock,
    Link,
    News,
    Picture,
    PositionItem,
    Provenance,
    QuestionItem,
    QuoteItem,
    RecordRef,
    SourceRef,
    StanceRow,
    TermItem,
    TimelineView,
    WithheldItem,
    changed,
)

#: From how many events on a year is parted into months.
DENSE_YEAR = 12
#: Up to how many events a timeline shows its minor ones in full.
MOST_OPEN = 12
#: Up to how many events browsers lay out a timeline at once.
MOST_LAID_OUT = 200
#: Where the words of a passage are cut: they link to the whole of it, which is highlighted there.
LONGEST_WORDS = 70
#: How long the line of a summary is on an actor's card in an article.
LONGEST_LINE = 200
#: A gap is said in words from four weeks on. On a timeline of more than `MOST_OPEN` events it must
#: be `LONG_GAP` times the median gap there: said of every second event, it says nothing.
GAP_SECONDS = 28 * 86_400
LONG_GAP = 3

_WORDS = re.compile(r"\w+")
# What is no letter of ASCII and the same as one but for its case.
_LIKE_ASCII = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Items:
    """The graph with what is needed to put it into words."""

    graph: Graph
    links: Backlinks
    language: Language
    urls: Urls
    settings: Settings
    trace: Trace = field(default_factory=Trace, compare=False)
    """Notes what is read of the graph and of what is made from it, where that is wanted."""

    # --------------------------------------------------------------------------- words

    def t(self, key: str, **values: object) -> str:
        """The interface's words for `words.<key>`."""
        return self.language.text(f"words.{key}", **values)

    def n(self, key: str, number: int, **values: object) -> str:
        """The same in the plural form for a number."""
        return self.language.count(f"words.{key}", number, **values)

    def date(self, date: Date, words: str | None = None) -> DateText:
        """A date in words; `words` are the editor's own."""
        shown = self._dates.get(date)
        if shown is None:
            own = format_date(date, self.language, zone=self.settings.zone)
            shown = DateText(own, datetime_attribute(date), not date.is_exact)
            self._dates[date] = shown
        return replace(shown, words=words) if words else shown

    @cached_property
    def _dates(self) -> dict[Date, DateText]:
        """Dates in words that were asked for before: a page repeats those of its articles."""
        return {}

    def date_inside(self, date: Date) -> str:
        """A date's words behind another word: "since", "until" and "as of" the 1960s."""
        return format_date(date, self.language, zone=self.settings.zone, inside=True)

    def reported(self, date: Date) -> DateText:
        """The date of what has none: when it was reported."""
        return DateText(self.t("reported", date=self.date(date).words), None, True)

    def as_of(self, date: Date) -> str:
        """ "as of December 2025"."""
        return self.t("as_of", date=self.date_inside(date))

    # -------------------------------------------------------------------------- actors

    def name(self, actor: str) -> str:
        """An actor's name inside a sentence: "The Kremlin" is "the Kremlin" there."""
        return self.language.name_inside(self.graph.actors[actor].name)

    def role_words(self, role: HeldRole) -> str:
        """ "President of Ukraine"."""
        if role.of is None:
            return role.role
        return self.t("role_of", role=role.role, of=self.name(role.of))

    def then_words(self, then: RoleThen | None) -> str:
        """A role as of a date: "then Foreign Minister of …" where it is past."""
        if then is None:
            return ""
        words = self.role_words(then.role)
        return self.t("then_role", role=words) if then.is_past else words

    def actor_ref(
        self, who: Who, date: Date | None = None, articles: Iterable[str] = ()
    ) -> ActorRef:
        """An actor at one place, with the role as of `date`."""
        if who.is_unnamed:
            name = who.words or self.t("unnamed")
            return ActorRef(name, None, "unnamed", monogram="?")
        actor = self.graph.actors[who.actor]
        return ActorRef(
            name=actor.name,
            href=self.urls.actor(who.actor),
            kind=actor.kind,
            part=who.words,
            role=self.then_words(role_at(self.graph, who.actor, date, articles)),
            monogram=monogram(actor.name, actor.kind),
        )

    def refs(self, entry: Entry[Any], date: Date | None) -> tuple[ActorRef, ...]:
        """Everybody who acts or speaks in a record."""
        articles = _articles_of(entry)
        return tuple(self.actor_ref(who, date, articles) for who in entry.who)

    def introduced(self, actor: str) -> ActorRef:
        """An actor with the role that a reader should know."""
        return self._introduced[actor]

    @index
    def _introduced(self) -> dict[str, ActorRef]:
        return {actor: self._introduce(actor) for actor in self.graph.actors}

    def _introduce(self, actor: str) -> ActorRef:
        data = self.graph.actors[actor]
        role = latest_role(self.graph, actor)
        words = ""
        if role is not None:
            words = self.role_words(role)
            if has_ended(role, self.graph):
                words = self.t("former_role", role=words)
        return ActorRef(
            data.name, self.urls.actor(actor), data.kind, "", words, monogram(data.name, data.kind)
        )

    def about(self, actor: str) -> str:
        """The first paragraph of what is said of an actor, without markup."""
        return self._about.get(
            actor, lambda: first_paragraph(self.graph.actors[actor].summary or "")
        )

    @cached_property
    def _about(self) -> Remembered[str, str]:
        return Remembered(self.trace)

    def card(self, actor: str) -> ActorCard:
        """An actor in a list."""
        data = self.graph.actors[actor]
        return ActorCard(
            ref=self.introduced(actor),
            summary=self.about(actor),
            counts=self.actor_counts(actor),
            picture=self.picture(data.image),
            kind_words=self.t(f"kind.{data.kind}"),
        )

    def actor_counts(self, actor: str) -> str:
        """ "4 events, 2 quotes"."""
        found = self.links.actors[actor]
        parts = [
            self.n(key, len(records))
            for key, records in [
                ("events", found.events),
                ("quotes", found.quotes),
                ("positions", found.positions),
                ("articles", found.articles),
            ]
            if records and (key != "articles" or not found.events)
        ]
        return ", ".join(parts[:3])

    def picture(self, image: Image | None) -> Picture | None:
        """A picture of content/images/."""
        if image is None:
            return None
        return Picture(
            self.urls.image(image.file),
            image.alt,
            image.caption or "",
            image.credit or "",
            image.licence or "",
        )

    # ---------------------------------------------------------------------- provenance

    def provenance(self, entry: Entry[Any]) -> Provenance:
        """On what a record rests."""
        return Provenance(
            self.evidence(entry.evidence),
            self.sources(entry.sources),
            self.according_to(entry.record.according_to),
        )

    def evidence(self, evidence: Iterable[Evidence]) -> tuple[EvidenceRef, ...]:
        """The ways to the passages."""
        found = []
        for one in evidence:
            article = self.graph.articles.get(one.article)
            if article is not None:
                found.append(
                    EvidenceRef(
                        shorten(one.words, LONGEST_WORDS),
                        self.urls.evidence(one),
                        article.matter.title,
                        self.date(article.date),
                    )
                )
        return tuple(found)

    def sources(self, sources: Iterable[Source]) -> tuple[SourceRef, ...]:
        """Publications outside the site."""
        return tuple(
            SourceRef(
                source.title,
                source.url,
                source.publisher or "",
                self.date(source.date).words if source.date else "",
                source.archive_url,
            )
            for source in sources
        )

    @staticmethod
    def _elsewhere(link: WebLink) -> SourceRef:
        """A link with the name of the site it leads to, so that readers know before they go."""
        host = (urlsplit(link.url).hostname or "").removeprefix("www.")
        about = [host if host != link.title else "", link.credit or ""]
        return SourceRef(link.title, link.url, ", ".join(filter(None, about)))

    def according_to(self, who: Sequence[Who]) -> str:
        """ "according to Volodymyr Zelenskiy"; "reportedly" where nobody is named."""
        if not who:
            return ""
        if all(w.is_unnamed and not w.words for w in who):
            return self.t("reportedly")
        names = [
            w.words or self.t("unnamed") if w.is_unnamed else (w.words or self.name(w.actor))
            for w in who
        ]
        return self.t("according_to", who=self.language.join(names))

    def aliases(self, entry: Entry[Any]) -> tuple[str, ...]:
        """The anchors of a record's former ids, and of deleted records that it stands for."""
        former = [*entry.record.was]
        former += self._redirected.get(entry.id, ())
        return tuple(f"{entry.kind}-{old}" for old in dict.fromkeys(former))

    @index
    def _redirected(self) -> dict[str, list[str]]:
        """The ids that `redirects.yaml` leads to each id."""
        found: dict[str, list[str]] = {}
        for old, name in self.graph.redirects.items():
            found.setdefault(name, []).append(old)
        return found

    def withheld(
        self, *, story: str | None = None, article: str | None = None
    ) -> tuple[WithheldItem, ...]:
        """What stands in the place of the records that a page would show."""
        return tuple(
            WithheldItem(
                one.anchor,
                "timeline" if one.kind == "event" else f"{one.kind}s",
                self.t(f"withheld.{one.kind}"),
                tuple(f"{one.kind}-{old}" for old in one.was),
            )
            for one in self.graph.withheld
            if (one.story, one.article) == (story, article)
        )

    # ---------------------------------------------------------------------------- news

    def news(self, entry: Entry[Any]) -> News | None:
        """When a record was added or last changed; None where nobody said so.

        Words come from `added` and `updated` alone, of which the later counts. A line of the
        story's changes that names the record is shown by itself, and is only remembered here.
        """
        date = self.news_date(entry)
        if date is None:
            return None
        said = [(d, "updated") for d in _updates(entry)]
        said += [(entry.record.added, "added")] if entry.record.added is not None else []
        if not said:
            return News(iso_day(date))
        last, key = max(said, key=lambda pair: (sort_key(pair[0]), pair[1]))
        return News(iso_day(date), self.t(f"news.{key}", date=self.date(last).words))

    def news_date(self, entry: Entry[Any]) -> Date | None:
        """The last date at which a record was added, updated or named among the changes."""
        dates = [*_updates(entry), *self._changes.get(entry.id, ())]
        dates += [entry.record.added] if entry.record.added is not None else []
        return max(dates, key=sort_key) if dates else None

    @index
    def _changes(self) -> dict[str, list[Date]]:
        """The dates of all changes that name a record, by its id."""
        found: dict[str, list[Date]] = {}
        for story in self.graph.stories.values():
            for change in story.changes:
                for record in change.records:
                    found.setdefault(record, []).append(change.date)
        return found

    # -------------------------------------------------------------------------- events

    def event(
        self, placed: PlacedEvent, *, home: str | None = None, unsaid: str | None = None
    ) -> EventItem:
        """An event in a list; `home` is the page it is shown on, which decides on its anchor.

        The stories of these addresses are not named on it: the page's own, and that of `unsaid`.
        """
        key = (placed.entry.id, placed.date, placed.status, placed.is_overdue)
        item = self._events.get(key, lambda: self._event(placed))
        if home is None and unsaid is None:
            return item
        is_home = item.href.partition("#")[0] == home
        stories = item.stories
        if any(one.href == home or one.href == unsaid for one in stories):
            stories = tuple([one for one in stories if one.href not in (home, unsaid)])
        elif not is_home:
            return item
        return self._variant(item, is_home=is_home, stories=stories)

    def _variant(
        self,
        item: EventItem,
        *,
        is_home: bool = False,
        stories: tuple[Link, ...] = (),
        gap: str = "",
        order_note: str = "",
        quotes: tuple[QuoteItem, ...] = (),
    ) -> EventItem:
        """An event as it stands on some pages; equal ones are one, so that it is rendered once."""
        key = (id(item), is_home, stories, gap, order_note, tuple(map(id, quotes)))
        found = self._variants.get(key)
        if found is None:
            found = changed(
                item,
                is_home=is_home,
                stories=stories,
                gap=gap,
                order_note=order_note,
                quotes=quotes,
            )
            self._variants[key] = found
        return found

    @cached_property
    def _variants(self) -> dict[tuple[object, ...], EventItem]:
        """Variants of events, by the ids of what they are made of, which is kept as well."""
        return {}

    @cached_property
    def _events(self) -> Remembered[tuple[str, Date, str, bool], EventItem]:
        """Events as they stand on any page but their home: most stand on several."""
        return Remembered(self.trace)

    def _event(self, placed: PlacedEvent) -> EventItem:
        entry, record = placed.entry, placed.entry.record
        date = self.event_date(placed)
        return EventItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            title=record.title or "",
            date=date,
            weight=record.weight or "major",
            picture=self.picture(record.image),
            links=tuple(self._elsewhere(link) for link in record.links),
            status=placed.status,
            status_words=self._status_words(placed),
            text_html=self._markdown(record.text, entry.id),
            actors=self.refs(entry, placed.date),
            actors_note=record.actors_note or "",
            place=self._place(record.place),
            lane=self._lane(entry),
            lane_id=record.lane or "",
            tags=tuple(Link(tag) for tag in record.tags),
            date_note=record.date_note or "",
            other_dates=self._other_dates(entry),
            note=record.note or "",
            provenance=self.provenance(entry),
            stories=tuple(
                Link(self.graph.stories[s].title, self.urls.story(s)) for s in entry.stories
            ),
            aliases=self.aliases(entry),
            is_home=False,
            news=self.news(entry),
        )

    def _markdown(self, text: str | None, scope: str) -> str:
        """A text of several paragraphs; `scope` keeps its ids apart from others' on the page."""
        return render_markdown(text, self.resolve, scope=scope) if text else ""

    def event_date(self, placed: PlacedEvent) -> DateText:
        """An event's date in words: the editor's, its own, or when it was reported."""
        if not placed.is_dated:
            return self.reported(placed.date)
        text = placed.entry.record.date_text
        if text and not placed.date.is_exact:
            return DateText(text, datetime_attribute(placed.date), True)
        return self.date(placed.date, text)

    def _status_words(self, placed: PlacedEvent) -> str:
        if placed.status == "happened":
            return ""
        if placed.is_overdue:
            return self.t("status.overdue", date=self.event_date(placed).words)
        if placed.status == "ongoing":
            written = self._last_written(placed.entry)
            return self.t("status.ongoing", date=self.date(written).words)
        return self.t(f"status.{placed.status}")

    def story_written(self, story: str) -> Date:
        """As of when: the newest `written` of its articles, else its newest change, else today."""
        dates = [self.graph.articles[s].written for s in self.links.story_articles[story]]
        dates = dates or [change.date for change in self.graph.stories[story].changes]
        return max(dates, key=sort_key) if dates else self.graph.today

    def _last_written(self, entry: Entry[Any]) -> Date:
        """As of when a record is known: by its articles, else by the stories that it stands in."""
        dates = [entry.written] if entry.written else [self.story_written(s) for s in entry.stories]
        for addition in entry.additions:
            article = self.graph.articles.get(addition.article or "")
            if article is not None:
                dates.append(article.written)
        return max(dates, key=sort_key)

    def _lane(self, entry: Entry[Event]) -> str:
        """The lane's title; empty where a tag says the same."""
        lane = entry.record.lane or ""
        titles = {one.id: one.title for s in entry.stories for one in self.graph.stories[s].lanes}
        title = titles.get(lane, lane)
        return "" if title in entry.record.tags else title

    def _place(self, place: str | None) -> Link | None:
        if place is None:
            return None
        return Link(self.graph.places[place].name, self.urls.place(place))

    def _other_dates(self, entry: Entry[Event]) -> tuple[EvidenceRef, ...]:
        own = date_of_event(entry)
        found = []
        for addition in entry.additions:
            date, article = addition.record.date, self.graph.articles.get(addition.article or "")
            if date is None or article is None or own is None or not contradicts(date, own):
                continue
            anchor = next((e for e in entry.evidence if e.article == article.slug), None)
            href = self.urls.evidence(anchor) if anchor else self.urls.article(article.slug)
            words = self.date(date, addition.record.date_text).words
            found.append(EvidenceRef(words, href, article.matter.title, self.date(article.date)))
        return tuple(found)

    def timeline(
        self,
        entries: Iterable[Entry[Event]],
        *,
        home: str | None,
        eras: tuple[EraItem, ...] = (),
        with_quotes: bool = False,
        unsaid: str | None = None,
    ) -> TimelineView:
        """Events in order: what happened by year, then what is proposed and what comes next.

        `unsaid` is the address of a story that events do not name, beside that of the page.
        """
        placed = self.ordered(entries)
        return self.timeline_of(
            placed, home=home, eras=eras, with_quotes=with_quotes, unsaid=unsaid
        )

    def timeline_of(
        self,
        placed: Sequence[PlacedEvent],
        *,
        home: str | None,
        eras: tuple[EraItem, ...] = (),
        with_quotes: bool = False,
        unsaid: str | None = None,
    ) -> TimelineView:
        """The same of events that are in order, such as those of one year."""
        parts = split_timeline(placed)

        def show(event: PlacedEvent, gap: str, order_note: str) -> EventItem:
            item = self.event(event, home=home, unsaid=unsaid)
            quotes = self._event_quotes(event.entry.id, home) if with_quotes else ()
            if not (gap or order_note or quotes):
                return item
            return self._variant(
                item,
                is_home=item.is_home,
                stories=item.stories,
                gap=gap,
                order_note=order_note,
                quotes=quotes,
            )

        return TimelineView(
            groups=self._groups(self._with_gaps(parts.past), show),
            planned=tuple(self.event(p, home=home, unsaid=unsaid) for p in parts.planned),
            proposed=tuple(self.event(p, home=home, unsaid=unsaid) for p in parts.proposed),
            eras=eras,
            count=len(placed),
            count_words=self.n("events", len(placed)),
            is_folding=len(placed) > MOST_OPEN,
            is_long=len(placed) > MOST_LAID_OUT,
        )

    def ordered(self, entries: Iterable[Entry[Event]]) -> tuple[PlacedEvent, ...]:
        """Events in the order of a timeline; the same events are ordered once."""
        events = tuple(entries)
        key = tuple(entry.id for entry in events)
        return self._orders.get(key, lambda: order_placed(map(self._placed, events)))

    def _placed(self, entry: Entry[Event]) -> PlacedEvent:
        """An event with its place in time, which is the same on all timelines."""
        return self._places.get(entry.id, lambda: place_event(entry, self.graph))

    @cached_property
    def _places(self) -> Remembered[str, PlacedEvent]:
        return Remembered(self.trace)

    @cached_property
    def _orders(self) -> Remembered[tuple[str, ...], tuple[PlacedEvent, ...]]:
        return Remembered(self.trace)

    def year_heading(self, date: Date) -> str:
        """The heading of the year that a date stands under."""
        heading = self._year_headings.get(date)
        if heading is None:
            heading = self._year_headings[date] = format_year_heading(date, self.language)
        return heading

    def _month_heading(self, date: Date) -> str | None:
        if date not in self._month_headings:
            self._month_headings[date] = format_month_heading(date, self.language)
        return self._month_headings[date]

    @cached_property
    def _month_headings(self) -> dict[Date, str | None]:
        return {}

    @cached_property
    def _year_headings(self) -> dict[Date, str]:
        return {}

    def _event_quotes(self, event: str, home: str | None) -> tuple[QuoteItem, ...]:
        return tuple(self.quote(q, home=home) for q in self._quotes_of.get(event, ()))

    @index
    def _quotes_of(self) -> dict[str, list[Entry[Quote]]]:
        """The quotes of each event, in order of the files."""
        found: dict[str, list[Entry[Quote]]] = {}
        for quote in self.graph.quotes:
            found.setdefault(quote.record.event or "", []).append(quote)
        return found

    def _with_gaps(self, placed: Sequence[PlacedEvent]) -> Iterator[tuple[PlacedEvent, str, str]]:
        """Events with what lies between each and the one before it, and whether these may change.

        Both in words, empty where there is nothing to say.
        """
        before: PlacedEvent | None = None
        shortest = shortest_gap(placed)
        for one in placed:
            gap, order = "", ""
            if before is not None and before.is_dated and one.is_dated:
                gap = self._gap(before.date, one.date, shortest)
                order = self.t("order_uncertain") if is_order_uncertain(before, one) else ""
            yield one, gap, order
            before = one

    def _gap(self, earlier: Date, later: Date, shortest: float) -> str:
        length = gap_between(earlier, later)
        if length is None or length < shortest:
            return ""
        return format_gap(earlier, later, self.language) or ""

    def _groups(
        self,
        events: Iterable[tuple[PlacedEvent, str, str]],
        show: Callable[[PlacedEvent, str, str], EventItem],
    ) -> tuple[EventGroup, ...]:
        """Events below the headings of their years, or months of a dense year.

        The gap before the first of a group stands above its heading.
        """
        headed = [(*split_headings(one[0].stands), *one) for one in events]
        counts = Counter(year for year, *_ in headed)
        # heading, anchor, the year in words where the group is its first, gap, events
        groups: list[tuple[str, str, str, str, list[EventItem]]] = []
        used: set[str] = set()
        years: set[str] = set()
        for year, month, placed, gap, order_note in headed:
            dense = counts[year] > DENSE_YEAR and month is not None
            year_words = self.year_heading(placed.stands)
            heading = year_words
            if dense:
                heading = self._month_heading(placed.stands) or heading
            if groups and groups[-1][0] == heading:
                groups[-1][-1].append(show(placed, gap, order_note))
                continue
            anchor = f"year-{month if dense else year}"
            while anchor in used:
                anchor += "-again"
            used.add(anchor)
            of_year = "" if year in years else year_words
            years.add(year)
            groups.append((heading, anchor, of_year, gap, [show(placed, "", order_note)]))
        if len(years) == 1:
            groups = [(heading, anchor, heading, *rest) for heading, anchor, _, *rest in groups]  # type: ignore[misc]
        return tuple(
            EventGroup(heading, anchor, tuple(items), of_year, gap)
            for heading, anchor, of_year, gap, items in groups
        )

    # ------------------------------------------------------------------------- records

    def _said(self, entry: Entry[Any]) -> tuple[Date | None, DateText]:
        """When a quote or claim was said, and in words: its own date, else that of what it is from.

        A claim has the date of its quote, a quote that of its event. None where nobody says.
        """
        record = entry.record
        if record.date is not None:
            return record.date, self.date(record.date)
        name = record.event if isinstance(record, Quote) else record.quote
        source = self.graph.entries.get(name or "")
        match source:
            case Entry(record=Event()):
                placed = self._placed(source)  # type: ignore[arg-type]
                if placed.is_dated:
                    return placed.date, self.event_date(placed)
            case Entry(record=Quote()):
                return self._said(source)
        return None, self.reported(entry.written or self.graph.today)

    def _by_date(self, entries: Iterable[Entry[R]]) -> list[Entry[R]]:
        """Quotes or claims by when they were said, the undated last; ties as they are given."""
        dated = [(self._said(entry)[0], entry) for entry in entries]
        known = [(date, entry) for date, entry in dated if date is not None]
        known.sort(key=lambda pair: sort_key(pair[0]))
        return [entry for _, entry in known] + [entry for date, entry in dated if date is None]

    def quotes(
        self, entries: Iterable[Entry[Quote]], *, home: str | None, with_sentence: bool = False
    ) -> tuple[QuoteItem, ...]:
        """Quotes by date, on profiles with the sentence of the article around each."""
        items = ((entry, self.quote(entry, home=home)) for entry in self._by_date(entries))
        if not with_sentence:
            return tuple(item for _, item in items)
        return tuple(replace(item, sentence=self._sentence(entry)) for entry, item in items)

    def _sentence(self, entry: Entry[Quote]) -> tuple[str, str, str] | None:
        """The sentence around a quote that is one passage of an article's text."""
        if len(entry.evidence) != 1 or entry.evidence[0].in_headline:
            return None
        [passage] = entry.evidence
        article = self.graph.articles.get(passage.article)
        if article is None:
            return None
        return words_in_sentence(article.fragment, passage.start, passage.end)

    def quote(self, entry: Entry[Quote], *, home: str | None = None) -> QuoteItem:
        """An actor's own words."""
        item = self._quotes.get(entry.id, lambda: self._quote(entry))
        if home is None or home != self.urls.home(entry):
            return item
        at_home = self._quotes_at_home.get(entry.id)
        if at_home is None:
            at_home = self._quotes_at_home[entry.id] = changed(item, is_home=True)
        return at_home

    @cached_property
    def _quotes_at_home(self) -> dict[str, QuoteItem]:
        """Quotes as they stand on their home."""
        return {}

    @cached_property
    def _quotes(self) -> Remembered[str, QuoteItem]:
        """Quotes as they stand on any page but their home."""
        return Remembered(self.trace)

    def _quote(self, entry: Entry[Quote]) -> QuoteItem:
        record = entry.record
        event = self.graph.entries.get(record.event or "")
        date, shown = self._said(entry)
        when = date or entry.written or self.graph.today
        return QuoteItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            text=self.graph.quote_texts.get(entry.id, record.text or ""),
            speakers=self.refs(entry, when),
            date=shown,
            event=self.title_link(event) if event is not None else None,
            place=self._place(record.place),
            note=record.note or "",
            provenance=self.provenance(entry),
            aliases=self.aliases(entry),
            is_home=False,
            news=self.news(entry),
        )

    def position(self, stance: Stance, is_current: bool, *, home: str | None) -> PositionItem:
        """Where an actor stands, with since and until when in words."""
        is_home = home is not None and home == self.urls.home(stance.entry)
        key = (stance.entry.id, is_current, is_home)
        return self._positions.get(key, lambda: self._position(stance, is_current, is_home))

    @cached_property
    def _positions(self) -> Remembered[tuple[str, bool, bool], PositionItem]:
        """Positions on their home and elsewhere, while they hold and behind that."""
        return Remembered(self.trace)

    def _position(self, stance: Stance, is_current: bool, is_home: bool) -> PositionItem:
        entry, record = stance.entry, stance.entry.record
        when = stance.start or self.graph.today
        issue = self.graph.issues.get(record.issue or "")
        return PositionItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            actors=self.refs(entry, when),
            issue=Link(issue.title if issue else "", self.urls.issue(record.issue or "")),
            stance=record.stance or "",
            date=DateText(self._stance_words(stance), None, False),
            is_current=is_current,
            note=record.note or "",
            provenance=self.provenance(entry),
            aliases=self.aliases(entry),
            is_home=is_home,
            news=self.news(entry),
        )

    def _stance_words(self, stance: Stance) -> str:
        parts = []
        for key, date, event in [
            ("since", stance.since, stance.since_event),
            ("until", stance.until, stance.until_event),
        ]:
            if event is not None and not date_of_event(self.graph.entries[event]):  # type: ignore[arg-type]
                title = self.graph.entries[event].record.title  # type: ignore[attr-defined]
                parts.append(self.t(f"{key}_event", event=title))
            elif date is not None:
                parts.append(self.t(key, date=self.date_inside(without_time(date))))
        if not parts and stance.entry.written is not None:
            return self.as_of(stance.entry.written)
        return ", ".join(parts)

    def issues(
        self, entries: Iterable[Entry[Position]], *, home: str | None
    ) -> tuple[IssueBlock, ...]:
        """Every issue with where everyone stands on it, then and now."""
        blocks: dict[str, list[StancesOf]] = {}
        for stances in compare_stances(entries, self.graph):
            blocks.setdefault(stances.issue, []).append(stances)
        return tuple(self._issue(issue, found, home) for issue, found in blocks.items())

    def _issue(self, issue: str, found: list[StancesOf], home: str | None) -> IssueBlock:
        data = self.graph.issues.get(issue)
        rows = []
        for stances in found:
            now = tuple(self.position(s, True, home=home) for s in stances.now)
            then = tuple(self.position(s, False, home=home) for s in stances.then)
            first = (stances.now or stances.then)[0]
            rows.append(StanceRow(self.refs(first.entry, first.start), now, then, stances.is_last))
        title = data.title if data else issue
        text = (data.text or "") if data else ""
        return IssueBlock(f"issue-{issue}", title, self.urls.issue(issue), text, tuple(rows))

    def claims(self, entries: Iterable[Entry[Claim]], *, home: str | None) -> tuple[ClaimItem, ...]:
        """Claims by the date on which they were made."""
        return tuple(self.claim(entry, home=home) for entry in self._by_date(entries))

    def claim(self, entry: Entry[Claim], *, home: str | None = None) -> ClaimItem:
        """A claim with its history; its state follows from the answers, never from the verdict."""
        is_home = home is not None and home == self.urls.home(entry)
        return self._claims.get((entry.id, is_home), lambda: self._claim(entry, is_home))

    @cached_property
    def _claims(self) -> Remembered[tuple[str, bool], ClaimItem]:
        """Claims on their home and elsewhere."""
        return Remembered(self.trace)

    def _claim(self, entry: Entry[Claim], is_home: bool) -> ClaimItem:
        record = entry.record
        responses = self.graph.responses.get(entry.id, ())
        state = claim_state(responses)
        is_found = record.verdict is not None and state == "stated"
        return ClaimItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            text=record.text or self.graph.quote_texts.get(record.quote or "", ""),
            is_quote=record.quote is not None and record.text is None,
            state=state,
            state_words="" if is_found else self.t(f"claim_state.{state}"),
            steps=tuple(self._steps(entry, responses)),
            note=record.note or "",
            aliases=self.aliases(entry),
            is_home=is_home,
            news=self.news(entry),
        )

    def _steps(
        self, entry: Entry[Claim], responses: Sequence[LinkedResponse]
    ) -> Iterator[ClaimStep]:
        """The steps by date; of one day the statement, then answers, then the verdict.

        What has no date: a statement comes before everything, answers and verdict come last.
        """
        verdict = entry.record.verdict
        said, *later = [
            self._statement(entry),
            *(self._response(response) for response in responses),
            *([self._verdict(verdict)] if verdict is not None else []),
        ]
        dated = [(date, step) for date, step in (said, *later) if date is not None]
        dated.sort(key=lambda pair: sort_key(pair[0]))
        if said[0] is None:
            yield said[1]
        yield from (step for _, step in dated)
        yield from (step for date, step in later if date is None)

    def _statement(self, entry: Entry[Claim]) -> tuple[Date | None, ClaimStep]:
        """That the claim was made; what was said stands above its history."""
        date, shown = self._said(entry)
        when = date or entry.written or self.graph.today
        if date is None and entry.written is not None:
            shown = replace(shown, words=self.t("undated", date=self.date(entry.written).words))
        return date, ClaimStep(
            kind="states",
            kind_words=self.t("response.states"),
            date=shown,
            actors=self.refs(entry, when),
            provenance=self.provenance(entry),
        )

    def _response(self, linked: LinkedResponse) -> tuple[Date | None, ClaimStep]:
        """An answer with its date, or that of the quote that it is."""
        response = linked.response
        date, shown = response.date, self.date(response.date) if response.date else None
        quote = self.graph.entries.get(response.quote or "")
        if date is None and quote is not None:
            date, words = self._said(quote)
            shown = words if date is not None else None
        articles = {e.article for e in linked.evidence}
        when = date or linked.date
        return date, ClaimStep(
            kind=response.kind,
            kind_words=self.t(f"response.{response.kind}"),
            date=shown,
            actors=tuple(self.actor_ref(w, when, articles) for w in linked.who),
            text=linked.text,
            is_quote=linked.is_quote,
            provenance=Provenance(
                self.evidence(linked.evidence),
                self.sources(response.sources),
                self.according_to(response.according_to),
            ),
        )

    def _verdict(self, verdict: Verdict) -> tuple[Date | None, ClaimStep]:
        """What the editors found, with why and on which sources."""
        return verdict.date, ClaimStep(
            kind=verdict.verdict,
            kind_words=self.t(f"verdict.{verdict.verdict}"),
            date=self.date(verdict.date) if verdict.date else None,
            text=verdict.why,
            provenance=Provenance(sources=self.sources(verdict.sources)),
        )

    def question(self, entry: Entry[Question], *, home: str | None = None) -> QuestionItem:
        """A question with the answer as known so far, or the records that answer it."""
        record = entry.record
        named = [*record.rests_on, *(r for a in entry.additions for r in a.record.rests_on)]
        records = [self.graph.entries[name] for name in named if name in self.graph.entries]
        status = question_status(record, bool(records))
        answer = self._markdown(record.answer, entry.id)
        unlinked = [r for r in dict.fromkeys(records) if f'#{r.anchor}"' not in answer]
        return QuestionItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            question=record.question or "",
            answer_html=answer,
            status=status,
            status_words=self.t(f"question.{status}"),
            records=tuple(self.record_ref(r) for r in unlinked),
            note=record.note or "",
            provenance=self._own_provenance(entry, records),
            aliases=self.aliases(entry),
            is_home=home is not None and home == self.urls.home(entry),
            news=self.news(entry),
        )

    def _own_provenance(self, entry: Entry[Any], records: Iterable[Entry[Any]]) -> Provenance:
        """On what a record rests beside the records that it names, which show their own."""
        shown = {one for record in records for one in record.evidence}
        own = self.provenance(entry)
        return replace(own, evidence=self.evidence(e for e in entry.evidence if e not in shown))

    def record_ref(self, entry: Entry[Record]) -> RecordRef:
        """A record named in passing."""
        return self._refs.get(entry.id, lambda: self._record_ref(entry))

    @cached_property
    def _refs(self) -> Remembered[str, RecordRef]:
        """Records as they are named in passing: an article does so thrice for each of its marks."""
        return Remembered(self.trace)

    def _record_ref(self, entry: Entry[Record]) -> RecordRef:
        return RecordRef(self.t(f"record.{entry.kind}"), self.title(entry), self.urls.record(entry))

    def title(self, entry: Entry[Record]) -> str:
        """What a record is called where it is named in passing."""
        match entry.record:
            case Event(title=title):
                return title or entry.id
            case Quote():
                return self.t(
                    "quote_title",
                    who=self._names(entry),
                    text=shorten(self.graph.quote_texts.get(entry.id, "")),
                )
            case Position(stance=stance):
                return self.t("position_title", who=self._names(entry), stance=stance or "")
            case Claim(text=text, quote=quote):
                words = text or self.graph.quote_texts.get(quote or "", "")
                return self.t("claim_title", who=self._names(entry), text=shorten(words))
            case Question(question=question):
                return question or entry.id
        return entry.id

    def title_link(self, entry: Entry[Record]) -> Link:
        """A record's title as a link."""
        return Link(self.title(entry), self.urls.record(entry))

    def _names(self, entry: Entry[Any]) -> str:
        return self.language.join(
            [
                (w.words or self.t("unnamed")) if w.is_unnamed else self.graph.actors[w.actor].name
                for w in entry.who
            ]
        )

    def names(self, entry: Entry[Any]) -> str:
        """Everybody in a record, joined."""
        return self._names(entry)

    # -------------------------------------------------------------------------- others

    def resolve(self, target: str) -> str | None:
        """A link of Markdown that is not yet an address: `#record-id`, `{filename}x.md`."""
        return self._targets.href(target)

    @cached_property
    def _targets(self) -> Targets:
        return targets_of(self.graph, self.urls, records=self._record_hrefs)

    @index
    def _record_hrefs(self) -> dict[str, str]:
        return record_hrefs(self.graph, self.urls)

    def article_card(self, slug: str, reason: str = "") -> ArticleCard:
        """An article in a list."""
        if self.trace.is_on:
            card = self._cards[slug]
        else:  # who shows a page or two need not have the cards of all articles
            card = self._some_cards.get(slug, lambda: self._card_of(self.graph.articles[slug]))
        return changed(card, reason=reason) if reason else card

    @cached_property
    def _some_cards(self) -> Remembered[str, ArticleCard]:
        return Remembered(self.trace)

    @index
    def _cards(self) -> dict[str, ArticleCard]:
        """Cards without a reason, by slug: most of what is new in an article is not on its card."""
        return {slug: self._card_of(article) for slug, article in self.graph.articles.items()}

    def _card_of(self, article: Article) -> ArticleCard:
        matter = article.matter
        return ArticleCard(
            title=matter.title,
            href=self.urls.article(article.slug),
            date=self.date(article.date),
            byline=self.byline(matter.authors),
            minutes="" if article.is_brief else self.minutes(article),
            summary=matter.summary or "",
            kind=matter.kind,
            kind_words=self.t("brief") if article.is_brief else "",
            reason="",
            picture=self.picture(matter.image),
        )

    def byline(self, authors: Sequence[str]) -> str:
        """ "By A, B and C"; empty where nobody is named."""
        return self.t("byline", authors=self.language.join(authors)) if authors else ""

    def minutes(self, article: Article) -> str:
        """ "4 min read"."""
        return self.n("minutes", minutes_to_read(article.words))

    def _change(self, change: Change, index: int) -> ChangeItem:
        """A line of what changed, the editor's own; `index` is its place in the file."""
        records = [self.graph.entries[r] for r in change.records if r in self.graph.entries]
        return ChangeItem(
            self.date(change.date),
            change.text,
            tuple(self.record_ref(r) for r in records),
            f"change-{change.date.edtf}-{index + 1}",
            iso_day(change.date),
            slugify(" ".join(change.text.split()[:5])),
        )

    def _correction(self, article: Article, index: int) -> ChangeItem:
        """A line that says what was corrected in an article, and leads to it."""
        correction = article.matter.corrections[index]
        where = RecordRef(
            self.t("record.article"), article.matter.title, self.urls.article(article.slug)
        )
        return ChangeItem(
            self.date(correction.date),
            self.t("correction", text=correction.text),
            (where,),
            f"correction-{article.slug}-{index + 1}",
            iso_day(correction.date),
            f"correction-{article.slug}-{index + 1}",
        )

    def dated_changes(self, story: str) -> tuple[tuple[Date, ChangeItem], ...]:
        """What changed in a story and what was corrected in its articles, newest first.

        Of one day the editor's lines come first, then corrections; each the last written first,
        corrections in the order of the articles.
        """
        written = self.graph.stories[story].changes
        found = [(one.date, self._change(one, index)) for index, one in enumerate(written)]
        found.reverse()
        for slug in self.links.story_articles[story]:
            article = self.graph.articles[slug]
            own = enumerate(article.matter.corrections)
            found += reversed([(one.date, self._correction(article, index)) for index, one in own])
        return tuple(sorted(found, key=lambda pair: sort_key(pair[0]), reverse=True))

    def changes(self, story: str) -> tuple[ChangeItem, ...]:
        """The lines of `dated_changes`."""
        return tuple(item for _, item in self.dated_changes(story))

    def about_actor(self, actor: str, article: Article) -> AboutCard | None:
        """An actor's card in an article; None where there is nothing to say but the name."""
        data = self.graph.actors[actor]
        then = role_at(self.graph, actor, article.written, (article.slug,))
        role = self.then_words(then) or self.introduced(actor).role
        text = shorten(self.about(actor), LONGEST_LINE)
        if not (role or text):
            return None
        return AboutCard(f"about-{actor}", data.name, self.urls.actor(actor), text, role)

    def about_term(self, term: str) -> AboutCard:
        """A term's card in an article: all of what it means."""
        data = self.graph.terms[term]
        return AboutCard(f"about-term_{term}", data.name, self.urls.term(term), data.text)

    def term(self, term: str) -> TermItem:
        """A glossary entry with the articles that use it."""
        data = self.graph.terms[term]
        return TermItem(
            f"term-{term}",
            self.urls.term(term),
            data.name,
            data.text,
            self.sources(data.sources),
            tuple(
                Link(self.graph.articles[slug].matter.title, self.urls.article(slug))
                for slug in self.term_articles[term]
            ),
        )

    @index
    def term_articles(self) -> dict[str, tuple[str, ...]]:
        """The articles that use each term, in their order; each text is looked through once.

        Only those that have all words of a name are searched for the name itself.
        """
        names = {term: (one.name, *one.aliases) for term, one in self.graph.terms.items()}
        wanted = {word for found in names.values() for name in found for word in _plain_words(name)}
        having: dict[str, set[str]] = {word: set() for word in wanted}
        for slug, article in self.graph.articles.items() if wanted else ():
            for word in wanted & _plain_words(_text_of(article)):
                having[word].add(slug)
        return {term: self._articles_with(found, having) for term, found in names.items()}

    def _articles_with(
        self, names: Sequence[str], having: Mapping[str, set[str]]
    ) -> tuple[str, ...]:
        """The articles that use one of the names; `having` says which have a word."""
        every = self.graph.articles.keys()
        likely = {
            slug
            for name in names
            for slug in set(every).intersection(*(having[w] for w in _plain_words(name)))
        }
        return tuple(
            slug
            for slug, article in self.graph.articles.items()
            if slug in likely and uses_term(article, names)
        )

    def inline(self, text: str) -> str:
        """One line of Markdown with its links resolved."""
        return render_inline(text, self.resolve)


def record_hrefs(graph: Graph, urls: Urls) -> dict[str, str]:
    """The address of each record by its id, also of what is left out for now."""
    return {name: urls.record(entry) for name, entry in graph.entries.items()} | {
        one.id: urls.withheld(one) for one in graph.withheld
    }


def targets_of(
    graph: Graph,
    urls: Urls,
    images: frozenset[str] | None = None,
    *,
    records: Mapping[str, str] | None = None,
) -> Targets:
    """What a link of the site's Markdown may lead to: everything that is published.

    `records` are the addresses of the records, where they are at hand.
    """
    return Targets(
        urls,
        graph.articles,
        graph.translations,
        graph.pages,
        graph.stories,
        graph.actors,
        images,
        record_hrefs(graph, urls) if records is None else records,
    )


def contradicts(first: Date, second: Date) -> bool:
    """Whether two dates of one thing cannot both be true; "around 1994" and 1995 may."""
    return not (first.approximate or second.approximate or overlaps(first, second))


def claim_state(responses: Sequence[LinkedResponse]) -> str:
    """stated, answered or disputed: disputed as soon as anybody denies."""
    kinds = {r.response.kind for r in responses}
    if "denies" in kinds:
        return "disputed"
    return "answered" if kinds else "stated"


def question_status(record: Question, has_records: bool) -> str:
    """The editor's word, else answered where there is an answer or a record that is one."""
    if record.status is not None:
        return record.status
    return "answered" if record.answer or has_records else "open"


def monogram(name: str, kind: str) -> str:
    """One or two letters: a person's initials, else the first letter, or a short name itself."""
    words = [w for w in name.split() if w.lower() != "the"]
    if not words:
        return "?"
    if kind == "person" and len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return words[0][:2].upper() if words[0].isupper() else words[0][0].upper()


def first_paragraph(markdown: str) -> str:
    """The first paragraph of a text, without markup."""
    return opening(read_fragment(render_markdown(markdown))) if markdown else ""


def opening(fragment: Fragment) -> str:
    """The first paragraph of a fragment, as one line of text."""
    if not fragment.blocks:
        return ""
    first = fragment.blocks[0]
    return " ".join(fragment.text[first.start : first.end].split())


def shorten(text: str, most: int = 80) -> str:
    """A text cut at a word, with an ellipsis where something was cut."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;:—– ") + "…"


def _text_of(article: Article) -> str:
    return f"{article.matter.title}\n{article.fragment.text}"


def _plain_words(text: str) -> set[str]:
    """The words of a text that are letters or digits of ASCII, in small letters.

    So are those that a search in any case takes for them: it finds "Kelvin" behind U+212A too.
    """
    words = _WORDS.findall(text.translate(_LIKE_ASCII).lower())
    return {word for word in words if word.isascii()}


def uses_term(article: Article, names: Sequence[str]) -> bool:
    """Whether a term stands in an article's text or headline, as whole words in any case."""
    text = _text_of(article)
    return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.I) for n in names)


def year_key(date: Date) -> str:
    """The year under which an event is grouped, as in an address: `1969`, `-299`."""
    return split_headings(date)[0]


def iso_day(date: Date) -> str:
    """A date as the day on which it begins, in ISO 8601; missing parts are the first."""
    point = date.anchor
    return f"{point.year:04d}-{point.month or 1:02d}-{point.day or 1:02d}"


def _updates(entry: Entry[Any]) -> list[Date]:
    """When a record changed: its own `updated`, and whatever another article added to it."""
    found = [entry.record.updated]
    for addition in entry.additions:
        found += [addition.record.added, addition.record.updated]
    return [date for date in found if date is not None]


def _articles_of(entry: Entry[Any]) -> tuple[str, ...]:
    named = [entry.article, *(a.article for a in entry.additions)]
    named += [e.article for e in entry.evidence]
    return tuple(dict.fromkeys(n for n in named if n))


def gap_between(earlier: Date, later: Date) -> float | None:
    """The seconds that lie between two dates at least, below 0 if they overlap; None if open."""
    if earlier.latest is None or later.earliest is None:
        return None
    return later.earliest - earlier.latest


def shortest_gap(placed: Sequence[PlacedEvent]) -> float:
    """From how many seconds on a gap between two events in a row is said in words.

    Four weeks; among more than `MOST_OPEN` events `LONG_GAP` times the median gap, if that is more.
    """
    dates = [one.date for one in placed if one.is_dated]
    found = (gap_between(one, two) for one, two in pairwise(dates))
    gaps = sorted(gap for gap in found if gap is not None and gap > 0)
    if len(placed) <= MOST_OPEN or not gaps:
        return GAP_SECONDS
    return max(GAP_SECONDS, LONG_GAP * gaps[(len(gaps) - 1) // 2])


def stances_of(entries: Iterable[Entry[Position]], graph: Graph) -> list[Stance]:
    """Positions with their dates, in the order given."""
    return [resolve_stance(entry, graph) for entry in entries]
