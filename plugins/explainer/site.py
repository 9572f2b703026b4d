"""From files to pages, one stage after the other; the only impure step is the loading.

    files --load--> texts --validate--> records --link--> graph --pages--> page contexts

`read_site` is what `check` does; `render_site` adds the pages and gives every file's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .derive.backlinks import find_backlinks
from .export.sitemap import robots, sitemap_files
from .fragment import Fragment, read_fragment
from .graph import Graph
from .language import load_language
from .link import link_content
from .load import Loaded, load_content
from .markdown import render_markdown
from .markup import TemplateMarkup
from .pages.build import Assets, build_pages
from .pages.contexts import Page
from .pages.feeds import build_feeds
from .pages.items import Items
from .problems import Location, Problem, Report
from .rendering import bundle_css, fingerprint, make_environment, render_page
from .settings import Settings
from .urls import Urls
from .validate import ArticleFile, Content, by_file, validate_content


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
    loaded: Loaded, settings: Settings, *, name: str = "content", strict: bool = False
) -> ReadSite:
    """Validate and link what was loaded: pure."""
    content, problems = validate_content(loaded.files, zone=settings.zone)
    resolve = _Resolver(content, Urls(settings.base_path, settings.site_url), name)
    fragments = {slug: resolve.fragment(a) for slug, a in content.articles.items()}
    translations = {key: resolve.fragment(a) for key, a in content.translations.items()}
    graph, more = link_content(
        content,
        fragments,
        today=settings.today,
        translations=translations,
        images=loaded.images,
    )
    found = by_file([*loaded.problems, *problems, *more, *resolve.problems])
    report = Report(tuple(found), content.texts, strict, files_read=len(loaded.files))
    return ReadSite(loaded, content, graph, report)


class _Resolver:
    """Resolves `{filename}` links of articles, and reports those that lead nowhere."""

    def __init__(self, content: Content, urls: Urls, name: str) -> None:
        self.content = content
        self.urls = urls
        self.name = name
        self.problems: list[Problem] = []

    def fragment(self, article: ArticleFile) -> Fragment:
        def resolve(target: str) -> str | None:
            href = self.href(target)
            if href is None:
                self._report(article, target)
            return href

        html = render_markdown(article.body, resolve) if article.body.strip() else ""
        return read_fragment(html)

    def href(self, target: str) -> str | None:
        if target.startswith("#"):
            return target
        path = target.partition("}")[2]
        path, hash_sign, anchor = path.partition("#")
        stem = path.rpartition("/")[2].partition(".")[0]
        if "images/" in path or target.startswith("{static}"):
            return self.urls.image(path.rpartition("images/")[2].lstrip("/"))
        if path.endswith(".md") and stem in self.content.articles:
            return self.urls.article(stem) + hash_sign + anchor
        if path.endswith(".md") and stem in self.content.pages:
            return self.urls.href(f"{stem}/") + hash_sign + anchor
        if "stories/" in path and stem in self.content.stories:
            return self.urls.story(stem) + hash_sign + anchor
        if "actors/" in path and stem in self.content.actors:
            return self.urls.actor(stem)
        return None

    def _report(self, article: ArticleFile, target: str) -> None:
        lines = self.content.texts.get(article.file, "").split("\n")
        number, column = next(
            ((i, line.find(target)) for i, line in enumerate(lines) if target in line), (0, 0)
        )
        self.problems.append(
            Problem(
                "dead-link",
                Location(article.file, number + 1, column + 1, len(target)),
                f"'{target}' leads to no file of this site",
                ("for example: {filename}other-article.md, {static}images/map.png",),
            )
        )


@dataclass(frozen=True)
class RenderedSite:
    """Every file of the site but the pictures: (path below the output, text), pages first."""

    pages: tuple[Page, ...]
    files: tuple[tuple[str, str], ...]


def render_site(site: ReadSite, settings: Settings, theme: Path) -> RenderedSite:
    """All pages, feeds, styles and maps as texts. Reads the theme's files; writes nothing."""
    language = load_language(settings.language)
    environment = make_environment([theme / "templates"], language)
    urls = Urls(settings.base_path, settings.site_url)
    css = bundle_css(theme / "static" / "css")
    css_file = f"theme/explainer.{fingerprint(css)}.css"
    icon = (theme / "static" / "icons" / "icon.svg").read_text(encoding="utf-8")
    icon_file = f"theme/icon.{fingerprint(icon)}.svg"
    items = Items(site.graph, find_backlinks(site.graph), language, urls, settings)
    assets = Assets(urls.href(css_file), urls.href(icon_file))
    pages = build_pages(items, assets, TemplateMarkup(environment))
    files = [(page.path, render_page(page, environment)) for page in pages]
    files += [(css_file, css), (icon_file, icon)]
    files += build_feeds(items)
    files += _maps(pages, settings)
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
    """The files, of which no two may have one name on any file system: that is a bug of ours."""
    seen: set[str] = set()
    for path, _ in files:
        if path.casefold() in seen:
            raise ValueError(f"two pages would be written to {path}")
        seen.add(path.casefold())
    return files


def _maps(pages: list[Page], settings: Settings) -> Iterator[tuple[str, str]]:
    listed = [
        (page.head.canonical, page.head.modified or None) for page in pages if page.head.is_indexed
    ]
    yield from sitemap_files(listed, settings.site_url).items()
    yield "robots.txt", robots(settings.site_url, settings.base_path)
