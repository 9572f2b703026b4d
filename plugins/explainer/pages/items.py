"""Entries of the graph as the items that pages show: words, links, provenance.

An `Items` is made once a build; its methods are pure and give the frozen values of `contexts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..date_words import (
    format_date,
    format_gap,
    format_month_heading,
    format_short_date,
    format_year_heading,
    split_headings,
)
from ..dates import Date, datetime_attribute, is_before, sort_key
from ..derive.backlinks import Backlinks
from ..derive.positions import Stance, StancesOf, compare_stances, resolve_stance
from ..derive.roles import RoleThen, latest_role, role_at
from ..derive.timeline import (
    PlacedEvent,
    date_of_event,
    is_order_uncertain,
    order_timeline,
    place_event,
    split_timeline,
)
from ..fragment import Fragment, read_fragment
from ..graph import Article, Entry, Evidence, Graph, HeldRole, LinkedResponse
from ..language import Language
from ..markdown import minutes_to_read, render_inline, render_markdown
from ..model import Claim, Event, Image, Position, Question, Quote, Record, Source, Who
from ..settings import Settings
from ..targets import Targets
from ..urls import Urls
from .contexts import (
    ActorCard,
    ActorRef,
    ArticleCard,
    ChangeItem,
    ClaimItem,
    DateText,
    EraItem,
    EventGroup,
    EventItem,
    EvidenceRef,
    IssueBlock,
    Link,
    Picture,
    PositionItem,
    Provenance,
    QuestionItem,
    QuoteItem,
    RecordRef,
    ResponseItem,
    SourceRef,
    StanceRow,
    TermItem,
    TimelineView,
    VerdictItem,
)

#: From how many events on a year is parted into months.
DENSE_YEAR = 12
#: A gap is said in words from four weeks on.
GAP_SECONDS = 28 * 86_400


@dataclass(frozen=True)
class Items:
    """The graph with what is needed to put it into words."""

    graph: Graph
    links: Backlinks
    language: Language
    urls: Urls
    settings: Settings

    # --------------------------------------------------------------------------- words

    def t(self, key: str, **values: object) -> str:
        """The interface's words for `words.<key>`."""
        return self.language.text(f"words.{key}", **values)

    def n(self, key: str, number: int, **values: object) -> str:
        """The same in the plural form for a number."""
        return self.language.count(f"words.{key}", number, **values)

    def date(self, date: Date, words: str | None = None) -> DateText:
        """A date in words; `words` are the editor's own."""
        return DateText(
            words or format_date(date, self.language, zone=self.settings.zone),
            datetime_attribute(date),
            not date.is_exact,
        )

    def reported(self, date: Date) -> DateText:
        """The date of what has none: when it was reported."""
        return DateText(self.t("reported", date=self.date(date).words), None, True)

    def as_of(self, date: Date) -> str:
        """ "as of December 2025"."""
        return self.t("as_of", date=self.date(date).words)

    # -------------------------------------------------------------------------- actors

    def name(self, actor: str) -> str:
        """An actor's name inside a sentence: "The Kremlin" is "the Kremlin" there."""
        name = self.graph.actors[actor].name
        return "the " + name[4:] if name.startswith("The ") else name

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
        data = self.graph.actors[actor]
        role = latest_role(self.graph, actor)
        words = ""
        if role is not None:
            is_past = role.end is not None and is_before(role.end, self.graph.today)
            words = self.role_words(role)
            words = self.t("former_role", role=words) if is_past else words
        return ActorRef(
            data.name, self.urls.actor(actor), data.kind, "", words, monogram(data.name, data.kind)
        )

    def card(self, actor: str) -> ActorCard:
        """An actor in a list."""
        data = self.graph.actors[actor]
        return ActorCard(
            ref=self.introduced(actor),
            summary=first_paragraph(data.summary or ""),
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
                        one.words,
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
        former += [old for old, name in self.graph.redirects.items() if name == entry.id]
        return tuple(f"{entry.kind}-{old}" for old in dict.fromkeys(former))

    # -------------------------------------------------------------------------- events

    def event(self, placed: PlacedEvent, *, home: str | None = None) -> EventItem:
        """An event in a list; `home` is the page it is shown on, which decides on its anchor."""
        entry, record = placed.entry, placed.entry.record
        date = self.event_date(placed)
        return EventItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            title=record.title or "",
            date=date,
            rail=self._rail(placed, date),
            weight=record.weight or "major",
            status=placed.status,
            status_words=self._status_words(placed),
            text_html=self._markdown(record.text, entry.id),
            actors=self.refs(entry, placed.date),
            actors_note=record.actors_note or "",
            place=self._place(record.place),
            lane=self._lane(entry),
            tags=tuple(Link(tag) for tag in record.tags),
            date_note=record.date_note or "",
            other_dates=self._other_dates(entry),
            note=record.note or "",
            provenance=self.provenance(entry),
            stories=tuple(
                Link(self.graph.stories[s].title, self.urls.story(s))
                for s in entry.stories
                if self.urls.story(s) != home
            ),
            aliases=self.aliases(entry),
            is_home=home is not None and home == self.urls.home(entry),
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

    def _rail(self, placed: PlacedEvent, date: DateText) -> DateText:
        if not placed.is_dated or placed.entry.record.date_text:
            return date
        short = format_short_date(placed.date, self.language)
        return DateText(short or date.words, date.attribute, date.uncertain)

    def _status_words(self, placed: PlacedEvent) -> str:
        if placed.status == "happened":
            return ""
        if placed.is_overdue:
            return self.t("status.overdue", date=self.event_date(placed).words)
        if placed.status == "ongoing" and placed.entry.written is not None:
            written = self._last_written(placed.entry)
            return self.t("status.ongoing", date=self.date(written).words)
        return self.t(f"status.{placed.status}")

    def _last_written(self, entry: Entry[Any]) -> Date:
        dates = [entry.written or self.graph.today]
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
            if date is None or article is None or own is None or date.edtf == own.edtf:
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
        year: str | None = None,
    ) -> TimelineView:
        """Events in order: what happened by year, then what is proposed and what comes next."""
        placed = order_timeline(entries, self.graph)
        if year is not None:
            placed = tuple(p for p in placed if year_key(p.stands) == year)
        parts = split_timeline(placed)
        items = self._with_gaps(parts.past, home)
        if with_quotes:
            items = [
                (p, _with(item, quotes=self._event_quotes(p.entry.id, home))) for p, item in items
            ]
        return TimelineView(
            groups=self._groups(items),
            planned=tuple(self.event(p, home=home) for p in parts.planned),
            proposed=tuple(self.event(p, home=home) for p in parts.proposed),
            eras=eras,
            count=len(placed),
            count_words=self.n("events", len(placed)),
        )

    def _event_quotes(self, event: str, home: str | None) -> tuple[QuoteItem, ...]:
        found = (q for q in self.graph.quotes if q.record.event == event)
        return tuple(_with(self.quote(q, home=home), is_home=False) for q in found)

    def _with_gaps(
        self, placed: Sequence[PlacedEvent], home: str | None
    ) -> list[tuple[PlacedEvent, EventItem]]:
        items = []
        before: PlacedEvent | None = None
        for one in placed:
            gap, order = "", ""
            if before is not None and before.is_dated and one.is_dated:
                gap = self._gap(before.date, one.date)
                order = self.t("order_uncertain") if is_order_uncertain(before, one) else ""
            items.append((one, _with(self.event(one, home=home), gap=gap, order_note=order)))
            before = one
        return items

    def _gap(self, earlier: Date, later: Date) -> str:
        if earlier.latest is None or later.earliest is None:
            return ""
        if later.earliest - earlier.latest < GAP_SECONDS:
            return ""
        return format_gap(earlier, later, self.language) or ""

    def _groups(self, items: Sequence[tuple[PlacedEvent, EventItem]]) -> tuple[EventGroup, ...]:
        counts: dict[str, int] = {}
        for placed, _ in items:
            key = year_key(placed.stands)
            counts[key] = counts.get(key, 0) + 1
        groups: list[tuple[str, str, list[EventItem]]] = []
        used: set[str] = set()
        for placed, item in items:
            year, month = split_headings(placed.stands)
            dense = counts[year] > DENSE_YEAR and month is not None
            heading = format_year_heading(placed.stands, self.language)
            if dense:
                heading = format_month_heading(placed.stands, self.language) or heading
            if not groups or groups[-1][0] != heading:
                anchor = f"year-{month if dense else year}"
                while anchor in used:
                    anchor += "-again"
                used.add(anchor)
                groups.append((heading, anchor, []))
            groups[-1][2].append(item)
        return tuple(EventGroup(heading, anchor, tuple(ev)) for heading, anchor, ev in groups)

    # ------------------------------------------------------------------------- records

    def quote(self, entry: Entry[Quote], *, home: str | None = None) -> QuoteItem:
        """An actor's own words."""
        record = entry.record
        event = self.graph.entries.get(record.event or "")
        date = record.date
        if date is None and event is not None and isinstance(event.record, Event):
            placed = place_event(event, self.graph)  # type: ignore[arg-type]
            shown, when = self.event_date(placed), placed.date
        else:
            when = date or entry.written or self.graph.today
            shown = self.date(date) if date else self.reported(when)
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
            is_home=home is not None and home == self.urls.home(entry),
        )

    def position(self, stance: Stance, is_current: bool, *, home: str | None) -> PositionItem:
        """Where an actor stands, with since and until when in words."""
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
            is_home=home is not None and home == self.urls.home(entry),
        )

    def _stance_words(self, stance: Stance) -> str:
        parts = []
        for key, date, event in [
            ("since", stance.since, stance.since_event),
            ("until", stance.until, stance.until_event),
        ]:
            if event is not None:
                title = self.graph.entries[event].record.title  # type: ignore[attr-defined]
                parts.append(self.t(f"{key}_event", event=title))
            elif date is not None:
                parts.append(self.t(key, date=self.date(date).words))
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
            rows.append(StanceRow(self.refs(first.entry, first.start), now, then))
        title = data.title if data else issue
        text = (data.text or "") if data else ""
        return IssueBlock(f"issue-{issue}", title, self.urls.issue(issue), text, tuple(rows))

    def claim(self, entry: Entry[Claim], *, home: str | None = None) -> ClaimItem:
        """A claim with what was answered; its state follows from the answers."""
        record = entry.record
        responses = self.graph.responses.get(entry.id, ())
        is_quote = record.quote is not None and record.text is None
        text = record.text or self.graph.quote_texts.get(record.quote or "", "")
        when = record.date or entry.written or self.graph.today
        state = claim_state(responses)
        return ClaimItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            actors=self.refs(entry, when),
            text=text,
            is_quote=is_quote,
            date=self.date(record.date) if record.date else self.reported(when),
            state=state,
            state_words=self.t(f"claim_state.{state}"),
            responses=tuple(self._response(r) for r in responses),
            verdict=self._verdict(record),
            note=record.note or "",
            provenance=self.provenance(entry),
            aliases=self.aliases(entry),
            is_home=home is not None and home == self.urls.home(entry),
        )

    def _response(self, linked: LinkedResponse) -> ResponseItem:
        articles = {e.article for e in linked.evidence}
        return ResponseItem(
            actors=tuple(self.actor_ref(w, linked.date, articles) for w in linked.who),
            kind=linked.response.kind,
            kind_words=self.t(f"response.{linked.response.kind}"),
            text=linked.text,
            is_quote=linked.is_quote,
            date=self.date(linked.response.date) if linked.response.date else None,
            provenance=Provenance(
                self.evidence(linked.evidence),
                self.sources(linked.response.sources),
                self.according_to(linked.response.according_to),
            ),
        )

    def _verdict(self, record: Claim) -> VerdictItem | None:
        verdict = record.verdict
        if verdict is None:
            return None
        return VerdictItem(
            verdict.verdict,
            self.t(f"verdict.{verdict.verdict}"),
            self.date(verdict.date) if verdict.date else None,
            verdict.why,
            self.sources(verdict.sources),
        )

    def question(self, entry: Entry[Question], *, home: str | None = None) -> QuestionItem:
        """A question with the answer as known so far, or the records that answer it."""
        record = entry.record
        named = [*record.rests_on, *(r for a in entry.additions for r in a.record.rests_on)]
        records = [self.graph.entries[name] for name in named if name in self.graph.entries]
        status = question_status(record, bool(records))
        return QuestionItem(
            anchor=entry.anchor,
            href=self.urls.record(entry),
            question=record.question or "",
            answer_html=self._markdown(record.answer, entry.id),
            status=status,
            status_words=self.t(f"question.{status}"),
            records=tuple(self.record_ref(r) for r in dict.fromkeys(records)),
            note=record.note or "",
            provenance=self.provenance(entry),
            aliases=self.aliases(entry),
            is_home=home is not None and home == self.urls.home(entry),
        )

    def record_ref(self, entry: Entry[Record]) -> RecordRef:
        """A record named in passing."""
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
        return targets_of(self.graph, self.urls)

    def article_card(self, article: Article, reason: str = "") -> ArticleCard:
        """An article in a list."""
        matter = article.matter
        return ArticleCard(
            title=matter.title,
            href=self.urls.article(article.slug, article.lang),
            date=self.date(article.date),
            byline=self.byline(matter.authors),
            minutes="" if article.is_brief else self.minutes(article),
            summary=matter.summary or "",
            kind=matter.kind,
            kind_words=self.t("brief") if article.is_brief else "",
            reason=reason,
            picture=self.picture(matter.image),
        )

    def byline(self, authors: Sequence[str]) -> str:
        """ "By A, B and C"; empty where nobody is named."""
        return self.t("byline", authors=self.language.join(authors)) if authors else ""

    def minutes(self, article: Article) -> str:
        """ "4 min read"."""
        return self.n("minutes", minutes_to_read(article.words))

    def change(self, story: str, index: int) -> ChangeItem:
        """A line of what changed."""
        change = self.graph.stories[story].changes[index]
        records = [self.graph.entries[r] for r in change.records if r in self.graph.entries]
        return ChangeItem(
            self.date(change.date),
            change.text,
            tuple(self.record_ref(r) for r in records),
            f"change-{change.date.edtf}-{index + 1}",
        )

    def changes(self, story: str) -> tuple[ChangeItem, ...]:
        """What changed in a story, newest first; of one day the last written first."""
        dated = list(enumerate(self.graph.stories[story].changes))
        dated.sort(key=lambda pair: (sort_key(pair[1].date), pair[0]), reverse=True)
        return tuple(self.change(story, index) for index, _ in dated)

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
                Link(a.matter.title, self.urls.article(a.slug))
                for a in self.graph.articles.values()
                if uses_term(a, (data.name, *data.aliases))
            ),
        )

    def inline(self, text: str) -> str:
        """One line of Markdown with its links resolved."""
        return render_inline(text, self.resolve)


def targets_of(graph: Graph, urls: Urls, images: frozenset[str] | None = None) -> Targets:
    """What a link of the site's Markdown may lead to: everything that is published."""
    return Targets(
        urls,
        graph.articles,
        graph.translations,
        graph.pages,
        graph.stories,
        graph.actors,
        images,
        {name: urls.record(entry) for name, entry in graph.entries.items()},
    )


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


def uses_term(article: Article, names: Sequence[str]) -> bool:
    """Whether a term stands in an article's text or headline, as whole words in any case."""
    import re

    text = f"{article.matter.title}\n{article.fragment.text}"
    return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.I) for n in names)


def year_key(date: Date) -> str:
    """The year under which an event is grouped, as in an address: `1969`, `-299`."""
    return split_headings(date)[0]


def _articles_of(entry: Entry[Any]) -> tuple[str, ...]:
    named = [entry.article, *(a.article for a in entry.additions)]
    named += [e.article for e in entry.evidence]
    return tuple(dict.fromkeys(n for n in named if n))


def _with(item: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(item, **changes)


def stances_of(entries: Iterable[Entry[Position]], graph: Graph) -> list[Stance]:
    """Positions with their dates, in the order given."""
    return [resolve_stance(entry, graph) for entry in entries]
