"""From files to pages, one stage after the other; the only impure step is the loading.

    files --load--> texts --validate--> records --link--> graph --pages--> page contexts

`read_site` is what `check` does; `render_site` adds the pages and gives every file's text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .cuts import Cuts
from .derive.backlinks import find_backlinks
from .export.recommended import recommended_json
from .export.sitemap import robots, sitemap_files
from .fragment import Fragment, read_fragment
from .graph import Article, Graph, Withheld
from .language import load_language
from .link import link_content
from .load import Loaded, load_content
from .markdown import render_markdown
from .markup import TemplateMarkup
from .model import Event, Question
from .pages.build import Assets, build_pages
from .pages.contexts import Page
from .pages.feeds import build_feeds
from .pages.items import Items, targets_of
from .passages import ArticleText
from .pictures import is_portable
from .problems import Location, Problem, Report, suggestion
from .published import LIST, lasting_addresses, published_list
from .record_names import name_records
from .rendering import bundle_css, bundle_js, fingerprint, make_environment, render_page
from .settings import Settings
from .targets import Targets
from .urls import Urls
from .validate import Content, by_file, validate_content


@dataclass(frozen=True)
class ReadSite:
    """What was read and resolved, with everything that is wrong."""

    loaded: Loaded
    content: Content
    graph: Graph
    report: Report


def read_site(
    folder: Path, settings: Settings, *, name: str = "content", strict: bool = False
) -> ReadSite:
    """Load, validate and link the content of a folder; problems are in the report."""
    return link_site(load_content(folder, name), settings, name=name, strict=strict)


def link_site(
    loaded: Loaded,
    settings: Settings,
    *,
    name: str = "content",
    strict: bool = False,
    cuts: Cuts | None = None,
    withheld: Iterable[Withheld] = (),
) -> ReadSite:
    """Validate and link what was loaded, without what is in `cuts`: pure."""
    content, problems = validate_content(
        loaded.files, zone=settings.zone, unread=loaded.unread, cuts=cuts
    )
    urls = Urls(settings.base_path, settings.site_url)
    graph, more = link_content(
        content,
        {slug: read_text(a.body) for slug, a in content.articles.items()},
        today=settings.today,
        translations={key: read_text(a.body) for key, a in content.translations.items()},
        images=loaded.images,
        withheld=withheld,
    )
    texts = _Texts(content, targets_of(graph, urls, loaded.images))
    graph = texts.with_links(graph)
    found = by_file([*loaded.problems, *problems, *more, *texts.problems])
    found = name_records(found, content.texts)
    report = Report(tuple(found), content.texts, strict, files_read=len(loaded.files))
    return ReadSite(loaded, content, graph, report)


def read_text(body: str, resolve: Callable[[str], str | None] | None = None) -> Fragment:
    """An article's Markdown as a fragment; links within the site go through `resolve`."""
    return read_fragment(render_markdown(body, resolve) if body.strip() else "")


class _Texts:
    """Settles the links of Markdown within the site, and reports those that lead nowhere."""

    def __init__(self, content: Content, targets: Targets) -> None:
        self.content = content
        self.targets = targets
        self.problems: list[Problem] = []

    def with_links(self, graph: Graph) -> Graph:
        """The graph with the links of its articles settled; every other text is looked through."""
        self._check_unpublished(graph)
        for page in graph.pages.values():
            render_markdown(page.body, self._resolver(Location(page.file)))
        for place, text in _markdown_of(graph):
            render_markdown(text, self._resolver(place, skips_records=True))
        return replace(
            graph,
            articles={slug: self._linked(a) for slug, a in graph.articles.items()},
            translations={key: self._linked(a) for key, a in graph.translations.items()},
        )

    def _check_unpublished(self, graph: Graph) -> None:
        """Drafts may link to drafts: they are looked through before they are published."""
        drafts = replace(self.targets, articles=self.content.articles, records={})
        for slug, file in self.content.articles.items():
            if slug not in graph.articles:
                check = self._resolver(Location(file.file), drafts, skips_records=True)
                read_text(file.body, check)

    def _linked(self, article: Article) -> Article:
        """The same words at the same places: only addresses differ."""
        file = (
            self.content.translations[article.slug, article.lang]
            if article.lang
            else self.content.articles[article.slug]
        )
        if not re.search(r"[{#]|%7B", file.body, re.I):  # no link within the site
            return article
        fragment = read_text(file.body, self._resolver(Location(article.file)))
        return replace(article, text=ArticleText(article.matter.title, fragment))

    def _resolver(
        self, place: Location, targets: Targets | None = None, *, skips_records: bool = False
    ) -> Callable[[str], str | None]:
        """Records of a story's or an actor's text are looked for in `link.py`, with hints."""

        def resolve(target: str) -> str | None:
            href = (targets or self.targets).href(target)
            if href is None and not (skips_records and target.startswith("#")):
                self._report(place, target)
            return href

        return resolve

    def _report(self, place: Location, target: str) -> None:
        if self._is_unread(target):
            return
        if target.startswith("#"):
            message = f"'{target}' leads to no record that is published, and to no heading here"
            hints = suggestion(target[1:], self.targets.records)
        else:
            message = f"'{target}' leads to nothing that is published on this site"
            hints = ("for example: {filename}other-article.md, {static}images/map.png",)
        spot = self._spot(place, target)
        self.problems.append(Problem("dead-link", spot, message, hints))

    def _is_unread(self, target: str) -> bool:
        """Whether a target may stand in a file that could not be read."""
        if target.startswith("#"):
            return self.content.has_unread or self.content.is_known("record", target[1:])
        stem = target.partition("#")[0].rpartition("/")[2].rpartition("}")[2].partition(".")[0]
        kinds = ("article", "page", "story", "actor")
        return any(self.content.is_known(kind, stem) for kind in kinds)

    def _spot(self, place: Location, target: str) -> Location:
        lines = self.content.texts.get(place.file, "").split("\n")
        for number in range(place.line - 1, len(lines)):
            column = lines[number].find(f"({target}")
            if column >= 0:
                return Location(place.file, number + 1, column + 2, len(target))
        return place


def _markdown_of(graph: Graph) -> Iterator[tuple[Location, str]]:
    """Every text in YAML that is read as Markdown, with its place."""
    for story in graph.stories.values():
        if story.short is not None:
            yield story.short.where("text"), story.short.text
    for actor in graph.actors.values():
        if actor.summary:
            yield actor.where("summary"), actor.summary
    for entry in graph.entries.values():
        for key in ("text", "answer"):
            text = getattr(entry.record, key, None)
            if text and isinstance(entry.record, Event | Question):
                yield entry.record.where(key), text


@dataclass(frozen=True)
class RenderedSite:
    """Every file of the site but the pictures: (path below the output, text), pages first."""

    pages: tuple[Page, ...]
    files: tuple[tuple[str, str], ...]

    @property
    def page_texts(self) -> dict[str, str]:
        """The texts of the pages alone, by path."""
        paths = {page.path for page in self.pages}
        return {path: text for path, text in self.files if path in paths}


def render_site(site: ReadSite, settings: Settings, theme: Path) -> RenderedSite:
    """All pages, feeds, styles and maps as texts. Reads the theme's files; writes nothing."""
    language = load_language(settings.language)
    environment = make_environment([theme / "templates"], language)
    urls = Urls(settings.base_path, settings.site_url)
    css = bundle_css(theme / "static" / "css")
    css_file = f"theme/explainer.{fingerprint(css)}.css"
    article_css = bundle_css(theme / "static" / "css" / "article")
    article_css_file = f"theme/article.{fingerprint(article_css)}.css"
    js = bundle_js(theme / "static" / "js")
    js_file = f"theme/explainer.{fingerprint(js)}.js"
    icon = (theme / "static" / "icons" / "icon.svg").read_text(encoding="utf-8")
    icon_file = f"theme/icon.{fingerprint(icon)}.svg"
    items = Items(site.graph, find_backlinks(site.graph), language, urls, settings)
    assets = Assets(
        css_href=urls.href(css_file),
        article_css_href=urls.href(article_css_file) if article_css else "",
        icon_href=urls.href(icon_file),
        js_href=urls.href(js_file) if js else "",
    )
    pages = build_pages(items, assets, TemplateMarkup(environment))
    files = [(page.path, render_page(page, environment)) for page in pages]
    published = published_list(lasting_addresses(dict(files)))
    files += [(css_file, css), (icon_file, icon)]
    optional = [(article_css_file, article_css), (js_file, js)]
    files += [(file, text) for file, text in optional if text]
    files += build_feeds(items)
    files += _maps(pages, settings)
    files.append(("recommended.json", recommended_json(pages, urls)))
    files.append((LIST, published))
    files.append((".nojekyll", ""))
    return RenderedSite(tuple(pages), tuple(_checked(files)))


def make_contexts(site: ReadSite, settings: Settings) -> tuple[Page, ...]:
    """The page contexts alone, for another site's theme to show: nothing is rendered."""
    language = load_language(settings.language)
    urls = Urls(settings.base_path, settings.site_url)
    items = Items(site.graph, find_backlinks(site.graph), language, urls, settings)
    markup = TemplateMarkup(make_environment([], language))
    return tuple(build_pages(items, Assets("", ""), markup))


def _checked(files: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The files, of which no two may be one file on any system, nor leave the folder.

    What an editor could do to bring it about has been reported: here it is a bug of ours.
    """
    seen: set[str] = set()
    for path, _ in files:
        if not is_portable(path):
            raise ValueError(f"{path!r} is no path that every system can write")
        folded = unicodedata.normalize("NFKC", path).casefold()
        if folded in seen:
            raise ValueError(f"two pages would be written to {path}")
        seen.add(folded)
    return files


def _maps(pages: list[Page], settings: Settings) -> Iterator[tuple[str, str]]:
    listed = [
        (page.head.canonical, page.head.modified or None) for page in pages if page.head.is_indexed
    ]
    yield from sitemap_files(listed, settings.site_url).items()
    yield "robots.txt", robots(settings.site_url, settings.base_path)
