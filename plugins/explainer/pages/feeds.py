"""What the site's feeds hold: its articles, and for each story its articles and its changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..dates import Date
from ..export.atom import (
    FeedEntry,
    absolutize,
    atom_feed,
    lasting_id,
    latest_update,
    rfc3339_time,
)
from ..graph import Article
from .items import Items, opening

#: Entries of one feed.
FEED_SIZE = 20


def build_feeds(items: Items) -> Iterator[tuple[str, str]]:
    """(file below the output, Atom text) of every feed, in a fixed order."""
    articles = list(items.graph.articles.values())[:FEED_SIZE]
    home = items.urls.href("")
    yield (
        "feed.atom",
        _feed(items, items.settings.title, home, "feed.atom", _articles(items, articles)),
    )
    for story, data in items.graph.stories.items():
        page = items.urls.story(story)
        own = [items.graph.articles[s] for s in items.links.story_articles[story]][:FEED_SIZE]
        folder = f"stories/{story}/"
        yield (
            f"{folder}feed.atom",
            _feed(items, data.title, page, "feed.atom", _articles(items, own)),
        )
        title = items.t("title.changes_of", story=data.title)
        entries = list(_changes(items, story))[:FEED_SIZE]
        yield f"{folder}changes.atom", _feed(items, title, page, "changes.atom", entries)


def _feed(items: Items, title: str, page: str, file: str, entries: Sequence[FeedEntry]) -> str:
    urls, settings = items.urls, items.settings
    year = items.graph.today.anchor.year
    href = urls.absolute(page + file) or page + file
    path = "/" + (page + file).removeprefix(urls.base_path).lstrip("/")
    default = rfc3339_time(items.graph.today, settings.zone) or "1970-01-01T00:00:00Z"
    return atom_feed(
        title=title,
        # A year that stays: nothing about a feed says when it began, and ids may never change.
        feed_id=lasting_id(
            site_url=settings.site_url, site_title=settings.title, year=min(2026, year), path=path
        ),
        feed_href=href,
        site_href=urls.absolute(page) or page,
        updated=latest_update(entries, default),
        entries=entries,
        author=settings.publisher,
        language=items.language.tag,
        subtitle=settings.tagline if page == urls.href("") else "",
    )


def _time(items: Items, date: Date) -> str:
    return rfc3339_time(date, items.settings.zone) or "1970-01-01T00:00:00Z"


def _id(items: Items, date: Date, href: str) -> str:
    path = "/" + href.removeprefix(items.urls.base_path).lstrip("/")
    return lasting_id(
        site_url=items.settings.site_url,
        site_title=items.settings.title,
        year=date.anchor.year,
        path=path,
    )


def _articles(items: Items, articles: Sequence[Article]) -> list[FeedEntry]:
    from .build import last_modified

    found = []
    for article in articles:
        href = items.urls.article(article.slug)
        found.append(
            FeedEntry(
                id=_id(items, article.date, href),
                title=article.matter.title,
                href=items.urls.absolute(href) or href,
                updated=_time(items, last_modified(article)),
                published=_time(items, article.date),
                authors=tuple(article.matter.authors),
                summary=article.matter.summary or opening(article.fragment),
                content_html=absolutize(article.fragment.html, items.urls.absolute(href) or href),
            )
        )
    return found


def _changes(items: Items, story: str) -> Iterator[FeedEntry]:
    page = f"{items.urls.story(story)}changes/"
    for date, item in items.dated_changes(story):
        href = f"{page}#{item.anchor}"
        yield FeedEntry(
            id=_id(items, date, href),
            title=f"{item.date.words}: {item.text}",
            href=items.urls.absolute(href) or href,
            updated=_time(items, date),
            summary=item.text,
        )
