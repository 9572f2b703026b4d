"""What a page says of itself to machines: JSON-LD texts whose words are those on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..dates import Date
from ..export import jsonld
from ..graph import Article
from ..model import Actor, Event, Source, slugify
from .contexts import EventItem, Link
from .items import Items


@dataclass(frozen=True)
class StructuredData:
    """Builds the JSON-LD of each kind of page from what the page shows."""

    items: Items

    def day(self, date: Date | None) -> str:
        """A date as ISO 8601 where it is an exact day or finer, else empty."""
        if date is None or date.is_span or not date.is_exact:
            return ""
        point = date.anchor
        if point.month is None or point.day is None or not 1 <= point.year <= 9999:
            return ""
        return f"{point.year:04d}-{point.month:02d}-{point.day:02d}"

    def _url(self, href: str) -> str:
        return self.items.urls.absolute(href)

    def _publisher(self) -> jsonld.Node:
        settings = self.items.settings
        return jsonld.publisher(name=settings.publisher, url=settings.site_url)

    def breadcrumbs(self, links: Sequence[Link], href: str) -> str:
        """A BreadcrumbList; empty where the site's address is not known."""
        if not self.items.settings.site_url:
            return ""
        trail = [(link.text, self._url(link.href or href)) for link in links]
        return jsonld.dump_json_ld(jsonld.breadcrumb_list(trail))

    def web_site(self) -> str:
        """The home page's WebSite."""
        settings = self.items.settings
        return jsonld.dump_json_ld(
            jsonld.web_site(
                name=settings.title,
                url=self._url(self.items.urls.href("")),
                description=settings.tagline,
                language=self.items.language.tag,
                publisher=self._publisher(),
                licence_url=settings.licence[1] if settings.licence else "",
            )
        )

    def _actors(self, ids: Sequence[str]) -> list[jsonld.Node]:
        graph = self.items.graph
        return [
            jsonld.actor(
                kind=graph.actors[i].kind,
                name=graph.actors[i].name,
                url=self._url(self.items.urls.actor(i)),
                same_as=graph.actors[i].same_as,
            )
            for i in ids
            if i in graph.actors
        ]

    def _sources(self, sources: Sequence[Source]) -> list[jsonld.Node]:
        return [
            jsonld.source(
                title=s.title,
                url=s.url or "",
                publisher=s.publisher or "",
                published=self.day(s.date),
                archive_url=s.archive_url or "",
            )
            for s in sources
        ]

    def article(
        self, article: Article, href: str, description: str, story: str | None
    ) -> tuple[str, ...]:
        """A NewsArticle."""
        matter, items = article.matter, self.items
        actors = items.links.article_actors.get(article.slug, ())
        part_of = None
        if story is not None:
            title = items.graph.stories[story].title
            part_of = jsonld.work(name=title, url=self._url(items.urls.story(story)))
        node = jsonld.news_article(
            headline=matter.title,
            url=self._url(href),
            description=description,
            published=self.day(article.date),
            modified=self.day(matter.modified) or self.day(article.date),
            authors=[
                jsonld.author(name=a, url=self._url(items.urls.author(slugify(a))))
                for a in matter.authors
            ],
            publisher=self._publisher(),
            dateline=matter.dateline or "",
            language=article.lang or matter.lang or items.language.tag,
            licence_url=items.settings.licence[1] if items.settings.licence else "",
            part_of=part_of,
            mentions=self._actors(actors),
            citations=self._sources(matter.sources),
            corrections=[
                jsonld.correction(text=c.text, published=self.day(c.date))
                for c in matter.corrections
            ],
        )
        return (jsonld.dump_json_ld(node),)

    def story(
        self,
        story: str,
        title: str,
        description: str,
        href: str,
        events: Sequence[EventItem],
        actors: Sequence[str],
        modified: Date,
    ) -> tuple[str, ...]:
        """A background article whose main entity is a list of events: its key events.

        The whole timeline and all articles would be a good part of what the page weighs, and each
        article says itself of which story it is part.
        """
        items = self.items
        slugs = items.links.story_articles[story]
        articles = [items.graph.articles[s] for s in slugs]
        own = (entry.record for entry in items.links.story_entries[story])
        dates = [one.date for one in own if isinstance(one, Event) and one.date]
        node = jsonld.story_page(
            headline=title,
            events=[(event.title, self._url(event.href)) for event in events],
            url=self._url(href),
            description=description,
            published=self.day(articles[-1].date) if articles else "",
            modified=self.day(modified),
            publisher=self._publisher(),
            language=items.language.tag,
            licence_url=items.settings.licence[1] if items.settings.licence else "",
            coverage=jsonld.temporal_coverage(dates),
            mentions=self._actors(actors),
            citations=self._sources(items.graph.stories[story].sources),
        )
        return (jsonld.dump_json_ld(node),)

    def actor(self, actor: Actor, href: str, description: str, role: str) -> tuple[str, ...]:
        """A ProfilePage with the Person or Organization that it is about."""
        if actor.kind == "person":
            entity = jsonld.person(
                name=actor.name,
                url=self._url(href),
                also_known_as=actor.aliases,
                description=description,
                job_title=role,
                born=self.day(actor.born),
                died=self.day(actor.died),
                same_as=actor.same_as,
            )
        else:
            entity = jsonld.organization(
                name=actor.name,
                kind=actor.kind,
                url=self._url(href),
                also_known_as=actor.aliases,
                description=description,
                founded=self.day(actor.founded),
                ended=self.day(actor.ended),
                same_as=actor.same_as,
            )
        page = jsonld.profile_page(
            entity=entity, url=self._url(href), name=actor.name, language=self.items.language.tag
        )
        return (jsonld.dump_json_ld(page),)
