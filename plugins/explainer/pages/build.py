"""The graph to page contexts: every page of the site, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from html import escape
from typing import Any, TypeAlias, TypeVar

from ..dates import Date, parse_date, sort_key
from ..derive.picture import SpanDrawing
from ..derive.positions import Stance, resolve_stance
from ..derive.reading import first_to_read
from ..derive.recommended import (
    Document,
    Reason,
    ReasonKind,
    Recommendation,
    Recommender,
    documents_of,
)
from ..derive.roles import is_gone, role_history
from ..derive.terms import TermCounts
from ..derive.timeline import PlacedEvent, split_timeline
from ..fingerprints import Fingerprints
from ..fragment import read_fragment
from ..graph import Article, Entry, Graph, HeldRole, HeldTie
from ..language import Language
from ..markdown import clean_body, render_markdown
from ..mentions import NameIndex, find_mentions
from ..model import Claim, Event, Position, Question, Quote, Record, Story, Who, is_id, slugify
from ..tracking import Remembered, Trace, index, shared
from ..urls import Urls, file_of
from .contexts import (
    ActorIndexPage,
    ActorPage,
    ArticleCard,
    ArticlePage,
    Board,
    BoardItem,
    BriefPage,
    ChangesPage,
    CoActor,
    Correction,
    DateText,
    EraItem,
    EventItem,
    Feed,
    Head,
    HomePage,
    IssuesPage,
    Link,
    ListPage,
    MenuItem,
    NotFoundPage,
    Page,
    Pager,
    Picture,
    PlaceItem,
    PlacesPage,
    Provenance,
    RedirectPage,
    RoleItem,
    ShortVersion,
    Site,
    StaticPage,
    StoryCard,
    StoryPage,
    StorySlicePage,
    TaxonomyPage,
    TermsPage,
    TieItem,
    TimelineFilter,
    TimelinePage,
    TimelineView,
    changed,
)
from .items import Items, iso_day, opening, stances_of, year_key
from .marks import Markup, Named, apart_from, mark_article, term_names
from .picture import Frame, build_role_picture, with_picture
from .structured import StructuredData

#: A timeline of fewer events is seen at a glance: it gets no filter and no pages by actor or year.
FEWEST_EVENTS = 6
#: Events of a story that an actor takes part in before there is a page of them.
FEWEST_OF_ACTOR = 3
#: Actors whose pages the story links to; the others' pages are linked from these.
MOST_LINKED = 12
#: Actors of a story that get a card there; the others are named in a line.
MOST_CARDS = 12
#: Changes on a story's own page before "all changes".
LATEST_CHANGES = 3
#: Articles on the home page before "all articles".
LATEST = 8

P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Assets:
    """Addresses of what the theme brings."""

    icon_href: str
    js_href: str = ""
    css_hrefs: Mapping[str, str] = field(default_factory=dict)
    """By the names of the sheets; that of every page has the name ""."""


@dataclass(frozen=True)
class Part:
    """Pages that are made together: all stand below `folder`, and `make` gives them in order.

    `key` names the part among all; the same pages have the same in every build. `make` holds ids
    and no values of the graph: it reads them itself, so that it is known what it read.
    """

    key: str
    folder: str
    make: Callable[[], Iterable[Page]]


@dataclass(frozen=True)
class KnownCards:
    """What was recommended before, and of which articles: the digest of all that it rests on."""

    digest: str
    cards: Mapping[str, tuple[Recommendation, ...]]
    counts: bytes = b""
    """What the texts count (`TermCounts`), for the next time that one of them has changed."""


#: By slug the cards as (slug, kind and ids of the reason), and the counts of the texts as bytes:
#: what is handed from one process to another in a quarter of the time that cards would take.
Ranked: TypeAlias = tuple[dict[str, list[tuple[str, ReasonKind, tuple[str, ...]]]], bytes]


def _here(make: Callable[[], Ranked]) -> Ranked:
    return make()


@dataclass(frozen=True)
class Recommended:
    """The articles recommended with each; found when the first page asks, since all hang together.

    A preview of a timeline never needs them. Where nothing that they rest on has changed since
    `before`, they are the same; a process that stays hands in its `earlier` ranking instead.
    """

    items: Items
    before: KnownCards | None = None
    earlier: Recommender | None = None
    apart: Callable[[Callable[[], Ranked]], Ranked] = field(default=_here, compare=False)
    """Gives what a function gives that takes much memory; where it is called is not said here."""

    @property
    def trace(self) -> Trace:
        """Notes what is read."""
        return self.items.trace

    def _documents(self) -> tuple[Document, ...]:
        with self.trace.suspended():
            return documents_of_site(self.items)

    @cached_property
    def ranking(self) -> Recommender:
        """What ranks the articles, for those who need the cards of a few."""
        return self._rank(self._documents())

    def _rank(self, documents: Iterable[Document]) -> Recommender:
        known = None
        if self.earlier is None and self.before is not None and self.before.counts:
            known = TermCounts.from_bytes(self.before.counts)
        weights = self.items.settings.weights
        return Recommender(documents, weights=weights, earlier=self.earlier, known=known)

    @cached_property
    def known(self) -> KnownCards:
        """All cards, with what the next build wants to know of them.

        What ranked them takes as much memory as all words, and is not kept.
        """
        documents = self._documents()
        digest = Fingerprints().of((documents, self.items.settings.weights))
        if self.before is not None and self.before.digest == digest:
            return self.before
        ranked, counts = self.apart(partial(self._ranked, documents))
        cards = {
            slug: tuple(Recommendation(other, Reason(kind, ids)) for other, kind, ids in found)
            for slug, found in ranked.items()
        }
        return KnownCards(digest, cards, counts)

    def _ranked(self, documents: Iterable[Document]) -> Ranked:
        ranking = self._rank(documents)
        cards = {
            slug: [(card.slug, card.reason.kind, card.reason.ids) for card in ranking.cards(slug)]
            for slug in ranking.slugs
        }
        return cards, ranking.counts.to_bytes()

    @index
    def _found(self) -> Mapping[str, tuple[Recommendation, ...]]:
        return self.known.cards

    def beside(self, slug: str) -> tuple[Recommendation, ...]:
        """Those recommended with an article, the best first."""
        # Who shows a page or two need not know the cards of all.
        return self._found.get(slug, ()) if self.trace.is_on else self.ranking.cards(slug)


@dataclass(frozen=True)
class PageBuilder:
    """Makes every page from the graph. `build` gives them in a fixed order."""

    items: Items
    assets: Assets
    markup: Markup
    recommended: Recommended
    structured: StructuredData

    # ------------------------------------------------------------------------ shortcuts

    @property
    def trace(self) -> Trace:
        """Notes what is read of the graph."""
        return self.items.trace

    @property
    def graph(self) -> Graph:
        """The graph that the pages show."""
        return self.items.graph

    @property
    def urls(self) -> Urls:
        """The addresses of the site."""
        return self.items.urls

    def t(self, key: str, **values: object) -> str:
        """The interface's words."""
        return self.items.t(key, **values)

    def build(self) -> Iterator[Page]:
        """Every page, each once."""
        for part in self.parts():
            yield from part.make()

    def parts(self) -> Iterator[Part]:
        """What makes every page, in a fixed order; nothing is made yet."""
        yield Part("home", "", lambda: [self.home()])
        for story in self.graph.stories:
            yield from self._story_parts(story)
        for slug in self.graph.articles:
            yield Part(f"articles/{slug}", f"articles/{slug}/", partial(self._article_pages, slug))
        for slug, lang in self.graph.translations:
            key = f"{lang}/articles/{slug}"
            yield Part(key, f"{key}/", partial(self._article_pages, slug, lang))
        for year in (None, *self._years):
            folder = f"timeline/{year}/" if year else "timeline/"
            yield Part(folder, folder, partial(self._timeline_pages, year))
        yield Part("actors", "actors/", lambda: [self.actor_index()])
        for actor in self.graph.actors:
            yield Part(f"actors/{actor}", f"actors/{actor}/", partial(self._actor_pages, actor))
        yield Part("places", "places/", lambda: [self.places()])
        yield Part("terms", "terms/", lambda: [self.terms()])
        yield Part("issues", "issues/", lambda: [self.issues()])
        yield from self._list_parts()
        for slug in self.graph.pages:
            yield Part(f"pages/{slug}", f"{slug}/", partial(self._static_pages, slug))
        yield Part("redirects", "", self.redirects)
        yield Part("404", "404.html", lambda: [self.not_found()])

    def parts_at(self, path: str) -> Iterator[Part]:
        """Those of the parts that may make the page at a path, `actors/index.html`."""
        folder, _, rest = path.partition("/")
        story = rest.partition("/")[0]
        if folder != "stories" or story not in self.graph.stories:
            yield from (part for part in self.parts() if path.startswith(part.folder))
            return
        # Most of what is looked at; not all that others need is made for it.
        yield from (part for part in self._story_parts(story) if path.startswith(part.folder))

    def _story_parts(self, story: str) -> Iterator[Part]:
        yield Part(f"stories/{story}", f"stories/{story}/", partial(self._story_pages, story))
        yield from self._slice_parts(story)

    def _story_pages(self, story: str) -> Iterator[Page]:
        yield self.story(story)
        yield self.changes(story)

    def _article_pages(self, slug: str, lang: str = "") -> Iterator[Page]:
        graph = self.graph
        article = graph.translations[slug, lang] if lang else graph.articles[slug]
        yield self.brief(article) if article.is_brief and not lang else self.article(article)

    def _actor_pages(self, actor: str) -> Iterator[Page]:
        yield self.actor(actor)

    def _timeline_pages(self, year: str | None) -> Iterator[Page]:
        yield self.timeline(year)

    def _static_pages(self, slug: str) -> Iterator[Page]:
        yield self.static(slug)

    # ---------------------------------------------------------------------- taxonomies

    @index
    def _tag_slugs(self) -> Mapping[str, str]:
        """The id of each tag in addresses; empty where it gets no page."""
        articles = (*self.graph.articles.values(), *self.graph.translations.values())
        tags = {tag for article in articles for tag in article.matter.tags}
        return {tag: tag_slug(tag) for tag in tags}

    @index
    def _author_slugs(self) -> Mapping[str, str]:
        """The id of each author in addresses."""
        articles = (*self.graph.articles.values(), *self.graph.translations.values())
        names = {name for article in articles for name in article.matter.authors}
        return {name: author_slug(name) for name in names}

    def _tag_links(self, tags: Iterable[str]) -> tuple[Link, ...]:
        slugs = ((tag, self._tag_slugs[tag]) for tag in tags)
        return tuple(Link(tag, self.urls.tag(slug)) for tag, slug in slugs if slug)

    def _author_links(self, authors: Iterable[str]) -> tuple[Link, ...]:
        return tuple(Link(name, self.urls.author(self._author_slugs[name])) for name in authors)

    # --------------------------------------------------------------------------- chrome

    def site(self, current: str) -> Site:
        """What stands on every page; `current` is the page's own link."""
        return replace(self._common_site, menu=self._menu(current), page_href=current)

    @shared
    def _common_site(self) -> Site:
        """What is the same on every page."""
        settings = self.items.settings
        return Site(
            title=settings.title,
            tagline=settings.tagline,
            language=self.items.language.tag,
            direction=self.items.language.direction,
            home_href=self.urls.href(""),
            logo=self._logo(),
            menu=(),
            footer_html=render_markdown(settings.footer, self.items.resolve)
            if settings.footer
            else "",
            licence=Link(*settings.licence) if settings.licence else None,
            css_hrefs=(),
            accent_class=f"accent-{settings.accent}",
            icon_href=self.assets.icon_href,
            feed=Feed(settings.title, self.urls.href("feed.atom")),
            footer_links=tuple(
                Link(page.matter.title, self.urls.href(f"{slug}/"))
                for slug, page in self.graph.pages.items()
            ),
            page_href="",
        )

    def _site_for(self, page_class: type[Page], href: str) -> Site:
        """The same with the style sheets and the script that a kind of page needs."""
        hrefs = (
            self.assets.css_hrefs.get(sheet) for sheet in dict.fromkeys(("", page_class.sheet))
        )
        return changed(
            self._common_site,
            menu=self._menu(href),
            page_href=href,
            css_hrefs=tuple(filter(None, hrefs)),
            js_href=self.assets.js_href if page_class.has_script else "",
        )

    def _logo(self) -> Picture | None:
        logo = self.items.settings.logo
        return Picture(self.urls.image(logo), "") if logo else None

    def _menu(self, current: str) -> tuple[MenuItem, ...]:
        """The menu, in which the page at `current` is marked; on most it is the same."""
        items = self._common_menu
        if all(item.href != current for item in items):
            return items
        return tuple(MenuItem(item.text, item.href, item.href == current) for item in items)

    @shared
    def _common_menu(self) -> tuple[MenuItem, ...]:
        return tuple(MenuItem(text, href, False) for text, href in self._menu_entries())

    def _menu_entries(self) -> Iterator[tuple[str, str]]:
        yield self.t("title.timeline"), self.urls.href("timeline/")
        yield self.t("title.actors"), self.urls.href("actors/")
        yield self.t("title.archives"), self.urls.href("archives/")
        for text, target in self.items.settings.menu:
            yield text, self.urls.href(target.lstrip("/")) if target[:1] == "/" else target
        for slug, page in self.graph.pages.items():
            if page.matter.menu:
                yield page.matter.title, self.urls.href(f"{slug}/")

    def page(
        self,
        page_class: type[P],
        href: str,
        title: str,
        description: str,
        crumbs: Sequence[Link] = (),
        head: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> P:
        """A page of the class `page_class` at `href`, with its chrome and head."""
        trail = (Link(self.t("title.home"), self.urls.href("")), *crumbs, Link(title))
        is_home = href == self.urls.href("")
        values: dict[str, Any] = {"title": title, **fields}
        if page_class in (ActorPage, HomePage):
            values.pop("title")
        extra = dict(head or {})
        breadcrumbs = () if is_home or extra.pop("no_breadcrumbs", False) else trail
        data = [*extra.pop("json_ld", ())]
        if breadcrumbs:
            data.append(self.structured.breadcrumbs(breadcrumbs, href))
        return page_class(
            path=file_of(href, self.urls.base_path),
            site=self._site_for(page_class, href),
            head=Head(
                title=str(extra.pop("title", title)),
                description=description,
                canonical=self.urls.absolute(str(extra.pop("canonical_href", href))),
                json_ld=tuple(text for text in data if text),
                breadcrumbs=breadcrumbs,
                **extra,
            ),
            **values,
        )

    # ----------------------------------------------------------------------------- home

    def home(self) -> HomePage:
        """`/`."""
        articles = list(self.graph.articles)
        more = Link(self.t("title.archives"), self.urls.href("archives/"))
        settings = self.items.settings
        return self.page(
            HomePage,
            self.urls.href(""),
            settings.title,
            settings.tagline or self.t("description.home"),
            head={"json_ld": (self.structured.web_site(),)},
            stories=self.story_cards,
            articles=tuple(map(self.items.article_card, articles[:LATEST])),
            more=more if len(articles) > LATEST else None,
        )

    @shared
    def story_cards(self) -> tuple[StoryCard, ...]:
        """All stories, the newest change first, equal ones by title."""
        names = sorted(self.graph.stories, key=lambda s: (self.graph.stories[s].title, s))
        names.sort(key=lambda s: sort_key(self.story_news(s)), reverse=True)
        return tuple(self.story_card(story) for story in names)

    def story_card(self, story: str) -> StoryCard:
        """A story on the home page."""
        data = self.graph.stories[story]
        events = self._entries(story, Event)
        planned = split_timeline(self.items.ordered(events)).planned
        counts = [
            self.items.n(key, number)
            for key, number in [
                ("events", len(events)),
                ("actors", len(self._story_actors(story))),
                ("articles", len(self.items.links.story_articles[story])),
            ]
            if number
        ]
        short = self._sentences(story)
        changes = self.items.changes(story)
        return StoryCard(
            title=data.title,
            href=self.urls.story(story),
            summary=data.summary or "",
            short_html=short[0] if short else "",
            as_of=self.items.date(self.items.story_written(story)),
            counts=", ".join(counts),
            last_change=changes[0] if changes else None,
            next_event=self.items.event(planned[0]) if planned else None,
            picture=self.items.picture(data.image),
        )

    def story_news(self, story: str) -> Date:
        """When a story last changed: its newest change, correction or article."""
        return self._news[story]

    @index
    def _news(self) -> Mapping[str, Date]:
        return {story: self._find_news(story) for story in self.graph.stories}

    def _find_news(self, story: str) -> Date:
        dates = [self.graph.articles[s].date for s in self.items.links.story_articles[story]]
        dates += [date for date, _ in self.items.dated_changes(story)[:1]]
        return max(dates, key=sort_key) if dates else self.graph.today

    # ---------------------------------------------------------------------------- story

    def _entries(self, story: str, kind: type[Record]) -> tuple[Any, ...]:
        found = self.items.links.story_entries[story]
        return tuple(e for e in found if isinstance(e.record, kind))

    def _story_actors(self, story: str) -> tuple[str, ...]:
        """Everybody in a story's records, those in most records first, then by name."""
        counts: dict[str, int] = {}
        for entry in self.items.links.story_entries[story]:
            for actor in entry.actor_ids:
                counts[actor] = counts.get(actor, 0) + (3 if entry.kind == "event" else 1)
        order = {actor: number for number, actor in enumerate(self.graph.actors)}
        return tuple(sorted(counts, key=lambda a: (-counts[a], order[a])))

    def _unnamed(self, story: str) -> tuple[Who, ...]:
        found = [
            who
            for entry in self.items.links.story_entries[story]
            for who in entry.who
            if who.is_unnamed and who.words
        ]
        return tuple({who.words: who for who in found}.values())

    def _sentences(self, story: str) -> tuple[str, ...]:
        """The short version's sentences: a line of the editor's text each."""
        return self._all_sentences.get(
            story, lambda: self._find_sentences(self.graph.stories[story])
        )

    @cached_property
    def _all_sentences(self) -> Remembered[str, tuple[str, ...]]:
        return Remembered(self.trace)

    def _find_sentences(self, story: Story) -> tuple[str, ...]:
        if story.short is None:
            return ()
        lines = [line.strip() for line in story.short.text.splitlines() if line.strip()]
        return tuple(self.items.inline(line) for line in lines)

    def story(self, story: str) -> StoryPage:
        """`/stories/<story>/`."""
        data, items, home = self.graph.stories[story], self.items, self.urls.story(story)
        events = self._entries(story, Event)
        slugs = items.links.story_articles[story]
        changes = items.changes(story)
        timeline = items.timeline(events, home=home, eras=tuple(self._eras(data)), with_quotes=True)
        if timeline.count >= FEWEST_EVENTS:
            lanes = tuple(_lanes(data, timeline).items())
            timeline = replace(timeline, filter=TimelineFilter(timeline.count, lanes))
        frame = Frame(self.items.story_written(story), data.lanes, data.eras)
        timeline = with_picture(timeline, events, items, frame, home=home)
        key_events = tuple(_turning_points(timeline.groups))
        actors = self._story_actors(story)
        quotes = items.quotes(self._entries(story, Quote), home=home)
        in_timeline = _quoted(timeline)
        has_news = bool(changes) or any(map(items.news_date, items.links.story_entries[story]))
        sentences = self._sentences(story)
        short = None
        if sentences:
            date = data.short.date if data.short else None
            short = ShortVersion(
                sentences, items.date(date) if date else None, changes[0] if changes else None
            )
        description = data.summary or plain(sentences[0] if sentences else "") or data.title
        return self.page(
            StoryPage,
            home,
            data.title,
            description,
            head={
                "og_type": "article",
                "image": items.picture(data.image),
                "modified": self.structured.day(self.story_news(story)),
                "feeds": (Feed(data.title, f"{home}feed.atom"),),
                "json_ld": self.structured.story(
                    story,
                    data.title,
                    description,
                    home,
                    key_events or list(_all_events(timeline)),
                    actors[:MOST_CARDS],
                    self.story_news(story),
                ),
            },
            summary=data.summary or "",
            as_of=items.date(self.items.story_written(story)),
            basis=self._basis(story),
            picture=items.picture(data.image),
            short=short,
            board=self._board(story),
            key_events=key_events,
            timeline=timeline,
            actors=tuple(replace(items.card(a), kind_words="") for a in actors[:MOST_CARDS]),
            further_actors=tuple(items.introduced(a) for a in actors[MOST_CARDS:]),
            unnamed=tuple(items.actor_ref(w) for w in self._unnamed(story)),
            issues=items.issues(self._entries(story, Position), home=home),
            quotes=tuple(q for q in quotes if q.anchor not in in_timeline),
            claims=items.claims(self._entries(story, Claim), home=home),
            questions=tuple(items.question(q, home=home) for q in self._entries(story, Question)),
            terms=tuple(
                Link(self.graph.terms[t].name, self.urls.term(t)) for t in self._story_terms(slugs)
            ),
            articles=tuple(self._title_card(s) for s in slugs),
            read_first=self._read_first(slugs, items.links.story_entries[story]),
            changes=changes[:LATEST_CHANGES],
            changes_href=f"{home}changes/",
            note=data.note or "",
            sources=items.sources(data.sources),
            has_more_sources=len(self._sources_of(story)) > len(data.sources),
            visit_key=home if has_news else "",
            slices=tuple(self._slices_of(story)),
            withheld=items.withheld(story=story),
        )

    def _read_first(
        self, slugs: Sequence[str], entries: Iterable[Entry[Record]]
    ) -> tuple[ArticleCard, ...]:
        """With which of many articles to begin, and the record that it is read for."""
        cards = []
        for slug, entry in first_to_read(slugs, entries):
            reason = self.t("reason.read_for", record=self.items.title(entry))
            cards.append(replace(self._title_card(slug), reason=reason))
        return tuple(cards)

    def _title_card(self, slug: str) -> ArticleCard:
        """An article by its title and date alone: the story's own page tells the rest."""
        card = self.items.article_card(slug)
        return changed(card, summary="", byline="", minutes="")

    def _eras(self, story: Story) -> Iterator[EraItem]:
        for era in story.eras:
            name = era.id or slugify(era.title)
            yield EraItem(f"era-{name}", era.title, self.items.date(era.date))

    def _basis(self, story: str) -> str:
        return self._bases[story]

    @index
    def _bases(self) -> Mapping[str, str]:
        return {story: self._find_basis(story) for story in self.graph.stories}

    def _find_basis(self, story: str) -> str:
        """As of when, and from how many of our articles and outside sources."""
        slugs = self.items.links.story_articles[story]
        sources = self._sources_of(story)
        if not slugs and not sources:
            return self.t("basis_of_nothing")
        as_of = self.t("as_of_start", date=self.items.date(self.items.story_written(story)).words)
        articles = self.items.n("our_articles", len(slugs))
        if not sources:
            return self.t("basis", as_of=as_of, articles=articles)
        outside = self.items.n("outside_sources", len(sources))
        if not slugs:
            return self.t("basis", as_of=as_of, articles=outside)
        return self.t("basis_with_sources", as_of=as_of, articles=articles, sources=outside)

    def _sources_of(self, story: str) -> set[tuple[str, str | None]]:
        """Title and address of every publication that a story, its articles or records name."""
        named = [self.graph.stories[story].sources]
        named += [entry.sources for entry in self.items.links.story_entries[story]]
        slugs = self.items.links.story_articles[story]
        named += [self.graph.articles[slug].matter.sources for slug in slugs]
        return {(source.title, source.url) for sources in named for source in sources}

    def _story_terms(self, slugs: Iterable[str]) -> list[str]:
        own = set(slugs)
        return [term for term, found in self.items.term_articles.items() if own.intersection(found)]

    def _board(self, story: str) -> Board:
        """What is agreed, proposed and refused: events by status, positions by move."""
        columns: dict[str, list[BoardItem]] = {"agreed": [], "proposed": [], "refused": []}
        for placed in self.items.ordered(self._entries(story, Event)):
            if placed.status in columns:
                event = self.items.event(placed)
                according_to = event.provenance.according_to
                columns[placed.status].append(
                    BoardItem("", event.title, event.href, event.date, according_to)
                )
        for stance in stances_of(self._entries(story, Position), self.graph):
            move = stance.entry.record.move
            if move is not None and stance.until is None:
                columns["refused" if move == "refuses" else "proposed"].append(
                    self._board_position(stance)
                )
        return Board(*(tuple(items) for items in columns.values()))

    def _board_position(self, stance: Stance) -> BoardItem:
        item = self.items.position(stance, True, home=None)
        who = self.items.names(stance.entry)
        return BoardItem(who, item.stance, item.href, item.date, item.provenance.according_to)

    def changes(self, story: str) -> ChangesPage:
        """`/stories/<story>/changes/`."""
        title = self.graph.stories[story].title
        link = Link(title, self.urls.story(story))
        return self.page(
            ChangesPage,
            f"{self.urls.story(story)}changes/",
            self.t("title.changes"),
            self.t("title.changes_of", story=title),
            [link],
            head={"title": self.t("title.changes_of", story=title)},
            story=link,
            basis=self._basis(story),
            changes=self.items.changes(story),
        )

    def _slice_parts(self, story: str) -> Iterator[Part]:
        """The story's pages by actor, by name, then by year.

        Everything on them is a copy; what it links to stands on the story's page.
        """
        for actor in self._slice_actors(story):
            folder = f"stories/{story}/actors/{actor}/"
            yield Part(folder, folder, partial(self._actor_slices, story, actor))
        for year in self._slice_years(story):
            folder = f"stories/{story}/{year}/"
            yield Part(folder, folder, partial(self._year_slices, story, year))

    def _actor_slices(self, story: str, actor: str) -> Iterator[Page]:
        yield self._actor_slice(story, actor)

    def _year_slices(self, story: str, year: str) -> Iterator[Page]:
        yield self._year_slice(story, year, self._slice_years(story)[year])

    def _slices_of(self, story: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """(heading, links) from a story to its pages: all years, and whom most is told of."""
        counts = self._slice_actors(story)
        actors = sorted(counts, key=counts.__getitem__, reverse=True)[:MOST_LINKED]
        links = {
            "years": self._year_links(story),
            "actors": self._actor_links(story, [a for a in counts if a in actors]),
        }
        for key, found in links.items():
            if found:
                yield self.t(f"slice.{key}"), found

    def _actor_links(self, story: str, actors: Iterable[str]) -> tuple[Link, ...]:
        home = self.urls.story(story)
        return tuple(Link(self.graph.actors[a].name, f"{home}actors/{a}/") for a in actors)

    def _year_links(self, story: str) -> tuple[Link, ...]:
        home = self.urls.story(story)
        return tuple(Link(text, f"{home}{y}/") for y, text in self._slice_years(story).items())

    def _slice_actors(self, story: str) -> dict[str, int]:
        return self._all_slice_actors[story]

    @index
    def _all_slice_actors(self) -> Mapping[str, dict[str, int]]:
        return {story: self._find_slice_actors(story) for story in self.graph.stories}

    def _find_slice_actors(self, story: str) -> dict[str, int]:
        """Who gets a page of a story, by name: everybody in enough of its events, with how many."""
        entries = self._entries(story, Event)
        if len(entries) < FEWEST_EVENTS:
            return {}
        counts = Counter(actor for entry in entries for actor in set(entry.actor_ids))
        found = [a for a, count in counts.items() if count >= FEWEST_OF_ACTOR]
        by_name = sorted(found, key=lambda a: (self.graph.actors[a].name.casefold(), a))
        return {actor: counts[actor] for actor in by_name}

    def _slice_years(self, story: str) -> dict[str, str]:
        # Who shows a page or two need not know the years of all stories.
        if not self.trace.is_on:
            return self._some_slice_years.get(story, partial(self._find_slice_years, story))
        return self._all_slice_years[story]

    @cached_property
    def _some_slice_years(self) -> Remembered[str, dict[str, str]]:
        return Remembered(self.trace)

    @index
    def _all_slice_years(self) -> Mapping[str, dict[str, str]]:
        return {story: self._find_slice_years(story) for story in self.graph.stories}

    def _find_slice_years(self, story: str) -> dict[str, str]:
        """The years of a story by their keys, in order; none where there is but one."""
        entries = self._entries(story, Event)
        if len(entries) < FEWEST_EVENTS:
            return {}
        years = self._headings(self.items.ordered(entries))
        return years if len(years) > 1 else {}

    @index
    def _placed_in(self) -> Mapping[tuple[str, str], Sequence[PlacedEvent]]:
        """The events of each story and year, in order."""
        return {
            (story, year): placed
            for story in self.graph.stories
            for year, placed in _by_year(self.items.ordered(self._entries(story, Event))).items()
        }

    def _actor_slice(self, story: str, actor: str) -> StorySlicePage:
        """`/stories/<story>/actors/<actor>/`."""
        found, items = self.items.links.actors[actor], self.items
        href = f"{self.urls.story(story)}actors/{actor}/"
        events = [e for e in found.events if story in e.stories]
        quotes = [q for q in found.quotes if story in q.stories]
        positions = [p for p in found.positions if story in p.stories]
        claims = [c for c in found.claims if story in c.stories]
        numbers = {
            "events": len(events),
            "quotes": len(quotes),
            "positions": len(positions),
            "claims": len(claims),
        }
        timeline = items.timeline(
            events, home=href, with_quotes=True, unsaid=self.urls.story(story)
        )
        in_timeline = _quoted(timeline)
        return self._slice(
            story,
            href,
            self.graph.actors[actor].name,
            timeline,
            ", ".join(items.n(key, count) for key, count in numbers.items() if count),
            self._actor_links(story, self._slice_actors(story)),
            actor=items.introduced(actor),
            issues=items.issues(positions, home=href),
            quotes=items.quotes((q for q in quotes if q.anchor not in in_timeline), home=href),
            claims=items.claims(claims, home=href),
        )

    def _year_slice(self, story: str, year: str, heading: str) -> StorySlicePage:
        """`/stories/<story>/<year>/`."""
        href = f"{self.urls.story(story)}{year}/"
        unsaid = self.urls.story(story)
        timeline = self.items.timeline_of(
            self._placed_in[story, year], home=href, with_quotes=True, unsaid=unsaid
        )
        counts = timeline.count_words
        return self._slice(
            story, href, heading, timeline, counts, self._year_links(story), actor=None
        )

    def _slice(
        self,
        story: str,
        href: str,
        name: str,
        timeline: TimelineView,
        counts: str,
        siblings: Iterable[Link],
        **fields: Any,
    ) -> StorySlicePage:
        """A page of one part of a story, whose timeline does not name it on every event."""
        link = self._story_link(story)
        return self.page(
            StorySlicePage,
            href,
            name,
            self.t("slice.description", name=name, story=link.text, counts=counts),
            [link],
            head={
                "title": self.t("slice.title", name=name, story=link.text),
                "modified": self.structured.day(self.story_news(story)),
            },
            story=link,
            summary=counts,
            basis=self._basis(story),
            timeline=timeline,
            others=tuple(replace(one, href=None) if one.href == href else one for one in siblings),
            others_heading=self.t("slice.actors" if fields["actor"] else "slice.years"),
            **fields,
        )

    # -------------------------------------------------------------------------- article

    def _written(self, article: Article) -> DateText | None:
        """When an article was written, where readers learn anything from it."""
        written = article.matter.written
        if written is None or iso_day(written) == iso_day(article.date):
            return None
        return self.items.date(written)

    def _label(self, number: int, entry: Entry[Record]) -> str:
        ref = self.items.record_ref(entry)
        return self.t("evidence_label", number=number, kind=ref.kind_words.lower(), title=ref.title)

    def _note(self, number: int, entry: Entry[Record]) -> tuple[int, str, str, str]:
        ref = self.items.record_ref(entry)
        return number, ref.kind_words, ref.title, ref.href

    def article(self, article: Article) -> ArticlePage:
        """`/articles/<slug>/`, or `/<lang>/articles/<slug>/` of a translation."""
        items, matter = self.items, article.matter
        is_original = not article.lang
        href = self.urls.article(article.slug, article.lang)
        names = tuple(self._names(article)) if is_original else ()
        marked = mark_article(
            article,
            self._resting_on(article.slug if is_original else ""),
            names,
            markup=self.markup,
            label=self._label,
            note=self._note,
            record_href=lambda entry: self.urls.record(entry),
            escape=escape,
        )
        story = self.graph.story_of(article.slug)
        description = matter.summary or opening(article.fragment)
        authors = self._author_links(matter.authors)
        own = self._own_records(article) if is_original and story is None else {}
        return self.page(
            ArticlePage,
            href,
            matter.title,
            description,
            [self._story_link(story)] if story else [],
            head={
                "og_type": "article",
                "image": items.picture(matter.image),
                "published": self.structured.day(article.date),
                "modified": self.structured.day(last_modified(article)),
                "json_ld": self.structured.article(article, href, description, story),
            },
            headline_html=marked.headline_html,
            date=items.date(article.date),
            modified=items.date(matter.modified) if matter.modified else None,
            written=self._written(article),
            byline=items.byline(matter.authors),
            authors=authors,
            dateline=self._dateline(article),
            minutes=items.minutes(article),
            summary=matter.summary or "",
            picture=items.picture(matter.image),
            body_html=marked.body_html,
            story=self._story_link(story) if story else None,
            story_line=self._story_line(story) if story else "",
            corrections=self._corrections(article),
            tags=self._tag_links(matter.tags),
            sources=items.sources(matter.sources),
            records=tuple(items.record_ref(e) for e in items.links.article_records[article.slug])
            if is_original
            else (),
            recommended=self._recommended(article.slug) if is_original else (),
            translations=self._translations(article) if is_original else (),
            original=None
            if is_original
            else Link(
                self.graph.articles[article.slug].matter.title, self.urls.article(article.slug)
            ),
            language=article.lang or matter.lang or "",
            direction=Language(article.lang, {}).direction if article.lang else "",
            cards=tuple(one.card for one in names if one.card is not None),
            withheld=items.withheld(article=article.slug) if is_original else (),
            **own,
        )

    def _names(self, article: Article) -> Iterator[Named]:
        """The first mention of each actor and term, in the order of the text; actors go first."""
        actors = self.items.links.mentions[article.slug]
        terms = find_mentions(article.fragment, self._terms)
        found = [
            Named(
                one.start,
                one.end,
                self.urls.actor(one.actor_id),
                self.items.about_actor(one.actor_id, article),
            )
            for one in actors
        ]
        found += [
            Named(
                one.start,
                one.end,
                self.urls.term(one.actor_id),
                self.items.about_term(one.actor_id),
            )
            for one in apart_from(actors, terms)
        ]
        yield from sorted(found, key=lambda one: one.start)

    @shared
    def _terms(self) -> NameIndex:
        return term_names(self.graph.terms)

    def _corrections(self, article: Article) -> tuple[Correction, ...]:
        return tuple(
            Correction(self.items.date(c.date), c.text, c.was or "")
            for c in article.matter.corrections
        )

    def _own_records(self, article: Article) -> dict[str, Any]:
        """Records whose home is the article, where it belongs to no story."""
        home = self.urls.article(article.slug)
        by_kind: dict[type[Record], list[Any]] = {}
        for entry in self._homeless.get(article.slug, ()):
            by_kind.setdefault(type(entry.record), []).append(entry)
        events = by_kind.get(Event, [])
        return {
            "timeline": self.items.timeline(events, home=home) if events else None,
            "quotes": self.items.quotes(by_kind.get(Quote, []), home=home),
            "positions": tuple(
                self.items.position(resolve_stance(e, self.graph), True, home=home)
                for e in by_kind.get(Position, [])
            ),
            "claims": self.items.claims(by_kind.get(Claim, []), home=home),
            "questions": tuple(
                self.items.question(e, home=home) for e in by_kind.get(Question, [])
            ),
        }

    @index
    def _homeless(self) -> Mapping[str, Sequence[Entry[Record]]]:
        """The records of no story, by the article that is their home."""
        found: dict[str, list[Entry[Record]]] = {}
        for entry in self.graph.entries.values():
            if entry.article is not None and not entry.stories:
                found.setdefault(entry.article, []).append(entry)
        return found

    def _resting_on(self, slug: str) -> Graph:
        """The graph with nothing but what rests on an article: all that its marks are made of."""
        return self._by_article.get(slug) or self._nothing

    @cached_property
    def _nothing(self) -> Graph:
        """The graph without what may rest on an article."""
        return replace(self.graph, entries={}, roles={}, responses={})

    @index
    def _by_article(self) -> Mapping[str, Graph]:
        """For each article the graph of what rests on it, in the order of the whole graph."""
        graph = self.graph
        parts: dict[str, Graph] = {}

        def part_of(slug: str) -> Graph:
            if slug not in parts:
                parts[slug] = replace(graph, entries={}, roles={}, responses={})
            return parts[slug]

        for name, entry in graph.entries.items():
            for slug in {one.article for one in entry.evidence}:
                part_of(slug).entries[name] = entry
        for actor, roles in graph.roles.items():
            for role in roles:
                for slug in {one.article for one in role.evidence}:
                    part = part_of(slug).roles
                    part[actor] = (*part.get(actor, ()), role)
        for claim, responses in graph.responses.items():
            for response in responses:
                for slug in {one.article for one in response.evidence}:
                    answers = part_of(slug).responses
                    answers[claim] = (*answers.get(claim, ()), response)
        return parts

    def _story_link(self, story: str) -> Link:
        return Link(self.graph.stories[story].title, self.urls.story(story))

    def _story_line(self, story: str) -> str:
        """A line that says what a story is about."""
        return self._story_lines[story]

    @index
    def _story_lines(self) -> Mapping[str, str]:
        return {story: self._find_line(story) for story in self.graph.stories}

    def _find_line(self, story: str) -> str:
        sentences = self._sentences(story)
        return plain(sentences[0]) if sentences else self.graph.stories[story].summary or ""

    def _dateline(self, article: Article) -> str:
        """The dateline, unless the text begins with it."""
        dateline = article.matter.dateline or ""
        return "" if article.fragment.text.startswith(dateline) else dateline

    def _translations(self, article: Article) -> tuple[Link, ...]:
        return tuple(
            Link(self._language_name(lang), self.urls.article(article.slug, lang))
            for lang in self._languages_of.get(article.slug, ())
        )

    @index
    def _languages_of(self) -> Mapping[str, Sequence[str]]:
        """Into which languages each article is translated."""
        found: dict[str, list[str]] = {}
        for slug, lang in self.graph.translations:
            found.setdefault(slug, []).append(lang)
        return found

    @staticmethod
    def _language_name(lang: str) -> str:
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse(lang, sep="-").get_display_name()
        except (UnknownLocaleError, ValueError):
            return lang
        return name[:1].upper() + name[1:] if name else lang

    def _recommended(self, slug: str) -> tuple[ArticleCard, ...]:
        return tuple(
            self.items.article_card(one.slug, reason_words(self.items, one.reason))
            for one in self.recommended.beside(slug)
        )

    def brief(self, article: Article) -> BriefPage:
        """`/articles/<slug>/` of a brief."""
        items, matter = self.items, article.matter
        href = self.urls.article(article.slug)
        story = self.graph.story_of(article.slug)
        description = self.t("description.brief")
        return self.page(
            BriefPage,
            href,
            matter.title,
            description,
            [self._story_link(story)] if story else [],
            head={
                "og_type": "article",
                "published": self.structured.day(article.date),
                "json_ld": self.structured.article(article, href, description, story),
            },
            date=items.date(article.date),
            byline=items.byline(matter.authors),
            authors=self._author_links(matter.authors),
            link=Link(self.t("read_original"), matter.link) if matter.link else None,
            tags=self._tag_links(matter.tags),
            story=self._story_link(story) if story else None,
            recommended=self._recommended(article.slug),
            corrections=self._corrections(article),
        )

    # ------------------------------------------------------------------------ timelines

    def timeline(self, year: str | None = None) -> TimelinePage:
        """`/timeline/`, or the page of a year with events."""
        main = self.urls.href("timeline/")
        years = self._years
        href = main if year is None else f"{main}{year}/"
        title = (
            self.t("title.timeline")
            if year is None
            else self.t("title.timeline_year", year=years[year])
        )
        return self.page(
            TimelinePage,
            href,
            title,
            self.t("description.timeline"),
            [] if year is None else [Link(self.t("title.timeline"), main)],
            timeline=self.items.timeline_of(self._placed[year], home=href),
            years=tuple(
                Link(words, None if key == year else f"{main}{key}/")
                for key, words in years.items()
            ),
        )

    @index
    def _years(self) -> Mapping[str, str]:
        """The headings of the years with events by their keys, in order."""
        return self._headings(self.items.ordered(self.graph.events))

    def _headings(self, placed: Iterable[PlacedEvent]) -> dict[str, str]:
        years: dict[str, str] = {}
        for one in sorted(placed, key=lambda p: sort_key(p.stands)):
            years.setdefault(year_key(one.stands), self.items.year_heading(one.stands))
        return years

    @index
    def _placed(self) -> Mapping[str | None, Sequence[PlacedEvent]]:
        """All events in the order of the timeline, by the key of their year; None has all."""
        placed = self.items.ordered(self.graph.events)
        found: dict[str | None, Sequence[PlacedEvent]] = {None: placed}
        return found | _by_year(placed)

    # --------------------------------------------------------------------------- actors

    def actor_index(self) -> ActorIndexPage:
        """`/actors/`."""
        groups = []
        for kind in ("person", "organization", "country", "group"):
            found = [a for a, data in self.graph.actors.items() if data.kind == kind]
            cards = [replace(self.items.card(a), kind_words="") for a in found]
            if cards:
                groups.append((self.t(f"kinds.{kind}"), tuple(cards)))
        return self.page(
            ActorIndexPage,
            self.urls.href("actors/"),
            self.t("title.actors"),
            self.t("description.actors"),
            groups=tuple(groups),
        )

    def actor(self, actor: str) -> ActorPage:
        """`/actors/<actor>/`."""
        items, data = self.items, self.graph.actors[actor]
        found = items.links.actors[actor]
        href = self.urls.actor(actor)
        introduced = items.introduced(actor)
        description = items.about(actor) or self.t("description.actor", name=data.name)
        return self.page(
            ActorPage,
            href,
            data.name,
            description,
            [Link(self.t("title.actors"), self.urls.href("actors/"))],
            head={
                "og_type": "profile",
                "image": items.picture(data.image),
                "json_ld": self.structured.actor(data, href, description, introduced.role),
            },
            name=data.name,
            kind=data.kind,
            kind_words=self.t(f"kind.{data.kind}"),
            monogram=introduced.monogram,
            role=introduced.role,
            life=self._life(data),
            also_known_as=self.t("also_known_as", names=items.language.join(list(data.aliases)))
            if data.aliases
            else "",
            summary_html=render_markdown(data.summary, items.resolve) if data.summary else "",
            picture=items.picture(data.image),
            roles=tuple(self._role(role) for role in self._role_history(actor)),
            role_picture=self._role_picture(actor),
            ties=tuple(self._ties(actor)),
            timeline=items.timeline(found.events, home=href),
            issues=items.issues(found.positions, home=href),
            quotes=items.quotes(found.quotes, home=href, with_sentence=True),
            claims=items.claims(found.claims, home=href),
            co_actors=tuple(
                CoActor(items.introduced(other), count, items.n("shared_events", count))
                for other, count in found.co_actors
            ),
            stories=tuple(self._story_link(s) for s in found.stories),
            articles=tuple(map(items.article_card, found.articles)),
            read_first=self._read_first(found.articles, found.records),
            links=(
                *(Link(link.title, link.url) for link in data.links),
                *(Link(host_of(url), url) for url in data.same_as),
            ),
            note=data.note or "",
        )

    def _role_history(self, actor: str) -> tuple[HeldRole, ...]:
        """All roles of an actor, newest first."""
        return self._role_histories.get(actor, lambda: role_history(self.graph, actor))

    @cached_property
    def _role_histories(self) -> Remembered[str, tuple[HeldRole, ...]]:
        return Remembered(self.trace)

    def _life(self, data: Any) -> str:
        parts = [
            self.t(f"life.{key}", date=self.items.date(getattr(data, key)).words)
            for key in ("born", "founded", "died", "ended")
            if getattr(data, key) is not None
        ]
        return ", ".join(parts)

    def _role(self, role: HeldRole) -> RoleItem:
        of = Link(self.graph.actors[role.of].name, self.urls.actor(role.of)) if role.of else None
        return RoleItem(
            role.role,
            of,
            self._role_date(role),
            self._role_provenance(role),
        )

    def _role_picture(self, actor: str) -> SpanDrawing | None:
        """The dated roles to scale, in the order of the list."""
        dated = [role for role in self._role_history(actor) if role.is_dated]
        is_over = is_gone(self.graph, actor)
        roles = [
            (
                f"{role.role}, {self.graph.actors[role.of].name}" if role.of else role.role,
                held_date(role, is_over=is_over),
            )
            for role in dated
        ]
        return build_role_picture(roles, self.graph.today, self.items.language)

    def _role_date(self, role: HeldRole) -> DateText:
        """From when to when a role was held, or as of when it is reported."""
        if role.is_dated:
            return self.items.date(held_date(role, is_over=is_gone(self.graph, role.actor)))
        date = self.items.date(role.written or self.graph.today)
        return replace(date, words=self.t("as_of", date=date.words))

    def _role_provenance(self, role: HeldRole) -> Provenance:
        return Provenance(self.items.evidence(role.evidence), self.items.sources(role.sources))

    def _ties(self, actor: str) -> Iterator[TieItem]:
        """Ties by when they began, the last first, those without a date at the end.

        They are those of the actor's own file, what others' files say of the actor ("Ida Vane,
        rival of Tom Reed"), and whoever has a role in it. Equal dates keep this order.
        """
        found = [*self._own_ties(actor), *self._ties_of_others(actor), *self._ties_by_role(actor)]
        dated = [(date, tie) for date, tie in found if date is not None]
        dated.sort(key=lambda pair: sort_key(pair[0]), reverse=True)
        yield from (tie for _, tie in dated)
        yield from (tie for date, tie in found if date is None)

    def _own_ties(self, actor: str) -> Iterator[tuple[Date | None, TieItem]]:
        for tie in self.graph.ties.get(actor, ()):
            yield tie.start or tie.end, self._tie(tie, tie.other)

    def _ties_of_others(self, actor: str) -> Iterator[tuple[Date | None, TieItem]]:
        """What others' files say, unless the actor's own says the same of them."""
        own = {(tie.other, tie.tie) for tie in self.graph.ties.get(actor, ())}
        for tie in self._ties_to.get(actor, ()):
            if (tie.actor, tie.tie) not in own and tie.actor != actor:
                words = f"{tie.tie} {self.items.name(actor)}"
                item = replace(self._tie(tie, tie.actor), words=words, is_theirs=True)
                yield tie.start or tie.end, item

    @index
    def _ties_to(self) -> Mapping[str, Sequence[HeldTie]]:
        """The ties of others to an actor, in the order of the others."""
        found: dict[str, list[HeldTie]] = {}
        for ties in self.graph.ties.values():
            for tie in ties:
                found.setdefault(tie.other, []).append(tie)
        return found

    def _tie(self, tie: HeldTie, other: str) -> TieItem:
        are_gone = is_gone(self.graph, tie.actor) or is_gone(self.graph, tie.other)
        is_dated = tie.start is not None or tie.end is not None
        return TieItem(
            tie.tie,
            self.items.introduced(other),
            self.items.date(span_of(tie.start, tie.end, is_over=are_gone)) if is_dated else None,
            Provenance((), self.items.sources(tie.sources)),
        )

    def _ties_by_role(self, actor: str) -> Iterator[tuple[Date | None, TieItem]]:
        """Whoever has or had a role in it."""
        for role in self._holders.get(actor, ()):
            yield (
                role.start or role.end,
                TieItem(
                    role.role,
                    self.items.introduced(role.actor),
                    self._role_date(role),
                    self._role_provenance(role),
                    is_theirs=True,
                ),
            )

    @index
    def _holders(self) -> Mapping[str, Sequence[HeldRole]]:
        """Who has or had a role in an actor, in the order of the actors."""
        found: dict[str, list[HeldRole]] = {}
        for actor in self.graph.actors:
            for role in self._role_history(actor):
                if role.of is not None:
                    found.setdefault(role.of, []).append(role)
        return found

    # ---------------------------------------------------------------------------- lists

    def places(self) -> PlacesPage:
        """`/places/`."""
        places = []
        for name, data in self.graph.places.items():
            placed = self.items.ordered(self.items.links.place_events[name])
            map_href = None
            if data.latitude is not None and data.longitude is not None:
                spot = f"{data.latitude:g}/{data.longitude:g}"
                map_href = (
                    f"https://www.openstreetmap.org/?mlat={data.latitude:g}"
                    f"&mlon={data.longitude:g}#map=10/{spot}"
                )
            places.append(
                PlaceItem(
                    f"place-{name}",
                    self.urls.place(name),
                    data.name,
                    data.text or "",
                    map_href,
                    tuple(self.items.event(p) for p in placed),
                )
            )
        return self.page(
            PlacesPage,
            self.urls.href("places/"),
            self.t("title.places"),
            self.t("description.places"),
            places=tuple(places),
        )

    def terms(self) -> TermsPage:
        """`/terms/`."""
        return self.page(
            TermsPage,
            self.urls.href("terms/"),
            self.t("title.terms"),
            self.t("description.terms"),
            terms=tuple(self.items.term(t) for t in self.graph.terms),
        )

    def issues(self) -> IssuesPage:
        """`/issues/`."""
        home = self.urls.href("issues/")
        return self.page(
            IssuesPage,
            home,
            self.t("title.issues"),
            self.t("description.issues"),
            issues=self.items.issues(self.graph.positions, home=home),
        )

    def _list_parts(self) -> Iterator[Part]:
        """Archives, tags and authors, and the indexes of the last two."""
        for path in self._lists:
            for number in range(1, self._page_count(path) + 1):
                key = path if number == 1 else f"{path}page/{number}/"
                yield Part(key, key, partial(self._list_pages, path, number))
        for key in self._taxonomies:
            yield Part(key, f"{key}/", partial(self._taxonomy_pages, key))

    @index
    def _lists(self) -> Mapping[str, tuple[str, tuple[str, ...]]]:
        """By the path of each list its title and the articles on it, newest first."""
        found: dict[str, tuple[str, list[str]]] = {}
        for slug, article in self.graph.articles.items():
            tags = ((self._tag_slugs[tag], tag) for tag in article.matter.tags)
            paths = [(f"tags/{tag}/", name) for tag, name in tags if tag]
            authors = article.matter.authors
            paths += [(f"authors/{self._author_slugs[one]}/", one) for one in authors]
            for path, name in paths:
                found.setdefault(path, (name, []))[1].append(slug)
        lists = {path: (name, tuple(slugs)) for path, (name, slugs) in found.items()}
        return {"archives/": (self.t("title.archives"), tuple(self.graph.articles)), **lists}

    @index
    def _taxonomies(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the lists of tags and of authors, each by name, where there are any."""
        found: dict[str, list[str]] = {"tags": [], "authors": []}
        by_name = sorted((name.casefold(), path) for path, (name, _) in self._lists.items())
        for _, path in by_name:
            found.get(path.partition("/")[0], []).append(path)
        return {key: tuple(paths) for key, paths in found.items() if paths}

    def _page_count(self, path: str) -> int:
        return max(1, -(-len(self._lists[path][1]) // self.items.settings.page_size))

    def _taxonomy_pages(self, key: str) -> Iterator[Page]:
        entries = []
        for path in self._taxonomies[key]:
            name, slugs = self._lists[path]
            count = self.items.n("articles", len(slugs))
            entries.append((Link(name, self.urls.href(path)), count))
        yield self.page(
            TaxonomyPage,
            self.urls.href(f"{key}/"),
            self.t(f"title.{key}"),
            self.t("description.list"),
            entries=tuple(entries),
        )

    def _list_pages(self, path: str, number: int) -> Iterator[Page]:
        """One page of a list."""
        title, slugs = self._lists[path]
        key = path.partition("/")[0]
        crumbs: list[Link] = []
        links: tuple[Link, ...] = ()
        kind = ""
        if path == "archives/":
            links = tuple(
                Link(self.t(f"title.{one}"), self.urls.href(f"{one}/")) for one in self._taxonomies
            )
        else:
            crumbs = [Link(self.t(f"title.{key}"), self.urls.href(f"{key}/"))]
            kind = self.t(f"title.{key.removesuffix('s')}")
        size, count = self.items.settings.page_size, self._page_count(path)
        shown = slugs[(number - 1) * size : number * size]
        newer = self._list_href(path, number - 1) if number > 1 else None
        older = self._list_href(path, number + 1) if number < count else None
        yield self.page(
            ListPage,
            self._list_href(path, number),
            title if number == 1 else self.t("title.page_of", title=title, page=number),
            self.t("description.list"),
            crumbs,
            head={"previous": newer, "next": older},
            kind_words=kind,
            articles=tuple(map(self.items.article_card, shown)),
            count_words=self.items.n("articles", len(slugs)),
            pager=Pager(number, count, newer, older) if count > 1 else None,
            links=links,
        )

    def _list_href(self, path: str, number: int) -> str:
        return self.urls.href(path if number == 1 else f"{path}page/{number}/")

    # --------------------------------------------------------------------- static pages

    def static(self, slug: str) -> StaticPage:
        """`/<page>/`."""
        page = self.graph.pages[slug]
        return self.page(
            StaticPage,
            self.urls.href(f"{slug}/"),
            page.matter.title,
            page.matter.summary or page.matter.title,
            summary=page.matter.summary or "",
            body_html=self._body_html(page.body),
        )

    def _body_html(self, body: str) -> str:
        return clean_body(body, self.items.settings.markdown).resolved(self.items.resolve)

    def redirects(self) -> Iterator[RedirectPage]:
        """A page for every former id of a story, actor or article, by address."""
        graph, urls = self.graph, self.urls
        moved: dict[str, Link] = {}
        for name, story in graph.stories.items():
            for old in story.was:
                moved[urls.story(old)] = Link(story.title, urls.story(name))
        for name, actor in graph.actors.items():
            for old in actor.was:
                moved[urls.actor(old)] = Link(actor.name, urls.actor(name))
        for slug, article in graph.articles.items():
            for old in article.matter.was:
                moved[urls.article(old)] = Link(article.matter.title, urls.article(slug))
        for old, name in graph.redirects.items():
            if name in graph.stories:
                moved[urls.story(old)] = Link(graph.stories[name].title, urls.story(name))
            elif name in graph.actors:
                moved[urls.actor(old)] = Link(graph.actors[name].name, urls.actor(name))
            elif name in graph.articles:
                moved[urls.article(old)] = Link(
                    graph.articles[name].matter.title, urls.article(name)
                )
        for href in sorted(moved):
            link = moved[href]
            yield self.page(
                RedirectPage,
                href,
                link.text,
                self.t("description.moved", title=link.text),
                head={
                    "is_indexed": False,
                    "no_breadcrumbs": True,
                    "canonical_href": link.href,
                },
                target=link,
            )

    def not_found(self) -> NotFoundPage:
        """`/404.html`."""
        return self.page(
            NotFoundPage,
            self.urls.href("404.html"),
            self.t("title.not_found"),
            self.t("description.not_found"),
            head={"is_indexed": False, "no_breadcrumbs": True},
            stories=self.story_cards,
        )


def _by_year(placed: Iterable[PlacedEvent]) -> dict[str, Sequence[PlacedEvent]]:
    """Events by the key of the year that they stand in; each year in the order given."""
    found: dict[str, list[PlacedEvent]] = {}
    for one in placed:
        found.setdefault(year_key(one.stands), []).append(one)
    return {year: tuple(events) for year, events in found.items()}


def _all_events(timeline: TimelineView) -> Iterator[EventItem]:
    """The events of a timeline in the order in which it shows them."""
    for group in timeline.groups:
        yield from group.events
    yield from timeline.proposed
    yield from timeline.planned


def _lanes(story: Story, timeline: TimelineView) -> dict[str, str]:
    """Titles by ids: a story's lanes in its order, then whatever else its events name."""
    titles = {lane.id: lane.title for lane in story.lanes}
    for event in _all_events(timeline):
        if event.lane_id:
            titles.setdefault(event.lane_id, event.lane or event.lane_id)
    return titles


def _quoted(timeline: TimelineView) -> frozenset[str]:
    """The anchors of the quotes that stand inside the events of a timeline."""
    return frozenset(q.anchor for event in _all_events(timeline) for q in event.quotes)


def _turning_points(groups: Iterable[Any]) -> Iterator[EventItem]:
    """The turning points of a timeline as copies without an id of their own."""
    for group in groups:
        for event in group.events:
            if event.weight == "turning-point":
                yield changed(event, is_home=False, gap="", order_note="", quotes=())


def plain(html: str) -> str:
    """The text of a fragment on one line."""
    return " ".join(read_fragment(html).text.split())


def author_slug(name: str) -> str:
    """The id of an author in addresses; names without ASCII letters get their code points."""
    return tag_slug(name) or "-".join(f"{ord(c):x}" for c in name if not c.isspace())[:80]


def tag_slug(tag: str) -> str:
    """The id of a tag in addresses; empty for one without ASCII letters.

    It names a folder, so the names that Windows keeps for itself get a hyphen.
    """
    slug = slugify(tag)
    return slug if is_id(slug) or not slug else f"{slug}-"


def host_of(url: str) -> str:
    """The host of an address, without www."""
    from urllib.parse import urlsplit

    return (urlsplit(url).hostname or url).removeprefix("www.")


def last_modified(article: Article) -> Date:
    """The newest of an article's date, modification and corrections."""
    dates = [article.date, *(c.date for c in article.matter.corrections)]
    if article.matter.modified is not None:
        dates.append(article.matter.modified)
    return max(dates, key=sort_key)


def held_date(role: HeldRole, *, is_over: bool = False) -> Date:
    """From when to when a role was held."""
    return span_of(role.start, role.end, is_over=is_over)


def span_of(start: Date | None, end: Date | None, *, is_over: bool = False) -> Date:
    """A span from two dates of which either may be missing; if it is over, its end is unknown."""
    first = start.edtf if start is not None else ".."
    last = end.edtf if end is not None else ("" if is_over else "..")
    if start is not None and start.is_span:
        return start
    return parse_date(f"{first}/{last}")


def reason_words(items: Items, reason: Reason) -> str:
    """Why an article is recommended, in words."""
    kind, ids, join = reason.kind, reason.ids, items.language.join
    match kind:
        case "event":
            titles = [items.title(items.graph.entries[i]) for i in ids[:1]]
            return items.t("reason.event", events=join(titles))
        case "actors":
            return items.t("reason.actors", actors=join([items.name(i) for i in ids[:2]]))
        case "start":
            return items.t("reason.start", story=items.graph.stories[ids[0]].title)
        case "tags":
            return items.t("reason.tags", tags=join(list(ids[:3])))
    return items.t(f"reason.{kind}")


def documents_of_site(items: Items) -> tuple[Document, ...]:
    """The site's articles as they are compared."""
    mentioned = {
        slug: frozenset(m.actor_id for m in found) for slug, found in items.links.mentions.items()
    }
    return tuple(documents_of(items.graph, mentioned))


def make_recommender(items: Items) -> Recommender:
    """What ranks the site's articles for one another, with the weights of the settings."""
    return Recommender(documents_of_site(items), weights=items.settings.weights)


def page_builder(
    items: Items,
    assets: Assets,
    markup: Markup,
    before: KnownCards | None = None,
    earlier: Recommender | None = None,
) -> PageBuilder:
    """What makes the pages of a site; of recommendations it takes what is known already."""
    recommended = Recommended(items, before, earlier)
    return PageBuilder(items, assets, markup, recommended, StructuredData(items))


def build_pages(items: Items, assets: Assets, markup: Markup) -> list[Page]:
    """All pages of the site, in a fixed order."""
    return list(page_builder(items, assets, markup).build())
