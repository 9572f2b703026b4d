"""From files to pages, one stage after the other; the only impure step is the loading.

    files --load--> texts --validate--> records --link--> graph --pages--> page contexts

`read_site` is what `check` does; `render_site` adds the pages and gives every file's text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment

from .compiled import compiled_templates
from .compiling import PageEnvironment
from .cuts import Cuts
from .derive.backlinks import find_backlinks
from .derive.recommended import Recommender
from .export.recommended import recommended_json, recommended_line
from .export.sitemap import robots, sitemap_files
from .extensions import PythonMarkdown
from .fragment import Fragment, read_fragment
from .graph import Article, Graph, Withheld
from .incremental import traced
from .language import load_language
from .limits import Limits, too_many_links
from .link import link_content
from .load import Loaded, load_content
from .markdown import CleanText, clean_body, render_markdown
from .markup import TemplateMarkup
from .model import Event, Question, Shape
from .pages.build import Assets, KnownCards, PageBuilder, build_pages, page_builder
from .pages.contexts import Page
from .pages.feeds import build_feeds
from .pages.items import Items, targets_of
from .pictures import is_portable
from .problems import Location, Problem, Report, suggestion
from .published import LIST, lasting_addresses, published_list
from .record_names import name_records
from .rendering import SHEETS, bundle_css, bundle_js, fingerprint, make_environment, render_page
from .settings import Settings
from .steps import PURE_STEPS, RenderBody, Steps
from .targets import Targets
from .tracking import Trace
from .urls import Urls
from .validate import Content, by_file, validate_content


@dataclass(frozen=True)
class ReadSite:
    """What was read and resolved, with everything that is wrong."""

    loaded: Loaded
    content: Content
    graph: Graph
    report: Report
    markdown: PythonMarkdown | None = None
    """What its articles and pages were read with; None for CommonMark."""


def read_site(
    folder: Path,
    settings: Settings,
    *,
    name: str = "content",
    strict: bool = False,
    steps: Steps = PURE_STEPS,
) -> ReadSite:
    """Load, validate and link the content of a folder; problems are in the report."""
    loaded = load_content(folder, name, settings.limits)
    return link_site(loaded, settings, name=name, strict=strict, steps=steps)


def link_site(
    loaded: Loaded,
    settings: Settings,
    *,
    name: str = "content",
    strict: bool = False,
    cuts: Cuts | None = None,
    withheld: Iterable[Withheld] = (),
    steps: Steps = PURE_STEPS,
) -> ReadSite:
    """Validate and link what was loaded, without what is in `cuts`: pure.

    `steps` are the functions that look at one file, record or article by itself.
    """
    limits = loaded.limits
    content, problems = validate_content(
        loaded.files,
        zone=settings.zone,
        unread=loaded.unread,
        cuts=cuts,
        parse=steps.parse,
        split=steps.split,
        read=steps.read_record,
        limits=limits,
        known=steps.files,
    )
    urls = Urls(settings.base_path, settings.site_url)
    bodies = _Bodies(steps.render, settings.markdown)
    graph, more = link_content(
        content,
        {slug: steps.scan(bodies[a.body].html) for slug, a in content.articles.items()},
        today=settings.today,
        translations={
            key: steps.scan(bodies[a.body].html) for key, a in content.translations.items()
        },
        images=loaded.images,
        withheld=withheld,
        steps=steps,
    )
    texts = _Texts(content, targets_of(graph, urls, loaded.images), bodies, steps, limits)
    graph = texts.with_links(graph)
    found = by_file(
        [*loaded.problems, *problems, *more, *texts.problems, *_unread(content, bodies)]
    )
    found = name_records(found, content.texts)
    report = Report(tuple(found), content.texts, strict, files_read=len(loaded.files))
    return ReadSite(loaded, content, graph, report, settings.markdown)


def read_text(body: str, reader: PythonMarkdown | None = None) -> Fragment:
    """An article's Markdown as a fragment; links within the site are as they were written."""
    return read_fragment(clean_body(body, reader).html)


class _Bodies(dict[str, CleanText]):
    """Articles' Markdown to what it was rendered to: each is rendered once."""

    def __init__(self, render: RenderBody, reader: PythonMarkdown | None) -> None:
        super().__init__()
        self._render = render
        self._reader = reader

    def __missing__(self, body: str) -> CleanText:
        clean = self[body] = self._render(body, self._reader)
        return clean


def _unread(content: Content, bodies: _Bodies) -> Iterator[Problem]:
    """The texts that the reader of the site could not read."""
    articles = (*content.articles.values(), *content.translations.values())
    texts = [(article.file, article.body) for article in articles]
    texts += [(page.file, page.body) for page in content.pages.values()]
    for name, body in texts:
        failure = bodies[body].failure
        if failure:
            hints = (
                "simplify the text, or leave an extension out of MARKDOWN in pelican.conf.py",
                "a text that CommonMark reads needs no 'markdown' in EXPLAINER",
            )
            yield Problem("unread-text", Location(name), failure, hints)


class _Texts:
    """Settles the links of Markdown within the site, and reports those that lead nowhere."""

    def __init__(
        self, content: Content, targets: Targets, bodies: _Bodies, steps: Steps, limits: Limits
    ) -> None:
        self.content = content
        self.limits = limits
        self.targets = targets
        self.bodies = bodies
        self.steps = steps
        self.problems: list[Problem] = []

    def with_links(self, graph: Graph) -> Graph:
        """The graph with the links of its articles settled; every other text is looked through."""
        self._check_unpublished(graph)
        for page in graph.pages.values():
            place = Location(page.file)
            html = self.bodies[page.body].resolved(self._resolver(place))
            self._count_links(html, place)
        for shape, key, text in _markdown_of(graph):
            if "[" in text or "<" in text:  # without either it has no link
                place = shape.where(key)
                html = render_markdown(text, self._resolver(place, skips_records=True))
                self._count_links(html, place)
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
                self.bodies[file.body].edits(check)

    def _count_links(self, html: str, place: Location) -> None:
        self.problems.extend(too_many_links(html, place, self.limits))

    def _linked(self, article: Article) -> Article:
        """The same words at the same places: only addresses differ."""
        self._count_links(article.fragment.html, Location(article.file))
        file = (
            self.content.translations[article.slug, article.lang]
            if article.lang
            else self.content.articles[article.slug]
        )
        edits, dead = self.steps.settle_links(self.bodies[file.body], self.targets)
        for target in dead:
            self._report(Location(article.file), target)
        if not edits:
            return article
        fragment = self.steps.settle(article.fragment, edits)
        return replace(article, text=self.steps.quotable(article.matter.title, fragment))

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


def _markdown_of(graph: Graph) -> Iterator[tuple[Shape, str, str]]:
    """Every text in YAML that is read as Markdown, with whose it is under which key."""
    for story in graph.stories.values():
        if story.short is not None:
            yield story.short, "text", story.short.text
    for actor in graph.actors.values():
        if actor.summary:
            yield actor, "summary", actor.summary
    for entry in graph.entries.values():
        match entry.record:
            case Event(text=str(text)):
                yield entry.record, "text", text
            case Question(answer=str(answer)):
                yield entry.record, "answer", answer


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


@dataclass(frozen=True)
class Theme:
    """What a theme brings to every page: its styles, scripts and pictures, and where they stand."""

    assets: Assets
    files: tuple[tuple[str, str], ...]


def read_theme(theme: Path, urls: Urls) -> Theme:
    """The theme's files as they are published."""
    sheets = dict(_sheets(theme / "static" / "css"))
    js = bundle_js(theme / "static" / "js")
    js_file = f"theme/explainer.{fingerprint(js)}.js"
    icon = (theme / "static" / "icons" / "icon.svg").read_text(encoding="utf-8")
    icon_file = f"theme/icon.{fingerprint(icon)}.svg"
    assets = Assets(
        icon_href=urls.href(icon_file),
        js_href=urls.href(js_file) if js else "",
        css_hrefs={sheet: urls.href(file) for sheet, (file, _) in sheets.items()},
    )
    files = [*sheets.values(), (icon_file, icon), *([(js_file, js)] if js else [])]
    return Theme(assets, tuple(files))


def theme_environment(theme: Path, settings: Settings) -> PageEnvironment:
    """What turns the pages' contexts into text (`render_page`)."""
    language = load_language(settings.language)
    return make_environment([theme / "templates"], language, compiled_templates())


def prepare_pages(
    graph: Graph,
    settings: Settings,
    assets: Assets,
    environment: Environment,
    trace: Trace | None = None,
    cards: KnownCards | None = None,
    steps: Steps = PURE_STEPS,
    earlier: Recommender | None = None,
) -> PageBuilder:
    """What makes the pages' contexts; `trace` notes what is read for them, where it is on.

    `cards` is what was recommended in the last build, `earlier` the ranking of an earlier state.
    """
    language = load_language(settings.language)
    urls = Urls(settings.base_path, settings.site_url)
    links = find_backlinks(graph, steps.find_mentions)
    trace = trace or Trace()
    if trace.is_on:
        graph, links = traced(graph, links, trace)
    items = Items(graph, links, language, urls, settings, trace)
    return page_builder(items, assets, TemplateMarkup(environment), cards, earlier)


def render_site(
    site: ReadSite, settings: Settings, theme: Path, environment: Environment | None = None
) -> RenderedSite:
    """All pages, feeds, styles and maps as texts. Reads the theme's files; writes nothing.

    Who renders many sites gives the theme's environment, which takes longest to make.
    """
    urls = Urls(settings.base_path, settings.site_url)
    brought = read_theme(theme, urls)
    environment = environment or theme_environment(theme, settings)
    builder = prepare_pages(site.graph, settings, brought.assets, environment)
    pages = list(builder.build())
    files = [(page.path, render_page(page, environment)) for page in pages]
    published = published_list(lasting_addresses(dict(files)))
    files += brought.files
    files += build_feeds(builder.items)
    files += site_maps(map(map_entry, pages), settings)
    lines = (recommended_line(page, urls) for page in pages)
    files.append(("recommended.json", recommended_json(lines)))
    files.append((LIST, published))
    files.append((".nojekyll", ""))
    check_paths(path for path, _ in files)
    return RenderedSite(tuple(pages), tuple(files))


def _sheets(styles: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """The file of each style sheet by the sheet's name, and its text; none of an empty one."""
    for sheet, folders in SHEETS.items():
        text = bundle_css(*(styles / folder for folder in folders))
        if text:
            yield sheet, (f"theme/{sheet or 'explainer'}.{fingerprint(text)}.css", text)


def make_contexts(site: ReadSite, settings: Settings) -> tuple[Page, ...]:
    """The page contexts alone, for another site's theme to show: nothing is rendered."""
    language = load_language(settings.language)
    urls = Urls(settings.base_path, settings.site_url)
    items = Items(site.graph, find_backlinks(site.graph), language, urls, settings)
    markup = TemplateMarkup(make_environment([], language))
    return tuple(build_pages(items, Assets(""), markup))


def check_paths(paths: Iterable[str]) -> None:
    """Raise ValueError where two files are one on some system, or one leaves the folder.

    What an editor could do to bring it about has been reported: here it is a bug of ours.
    """
    seen: set[str] = set()
    for path in paths:
        if not is_portable(path):
            raise ValueError(f"{path!r} is no path that every system can write")
        folded = unicodedata.normalize("NFKC", path).casefold()
        if folded in seen:
            raise ValueError(f"two pages would be written to {path}")
        seen.add(folded)


def map_entry(page: Page) -> tuple[str, str | None]:
    """What the sitemap says of a page: its address, empty for one that is not in it; its date."""
    return page.head.canonical if page.head.is_indexed else "", page.head.modified or None


def site_maps(
    entries: Iterable[tuple[str, str | None]], settings: Settings
) -> Iterator[tuple[str, str]]:
    """(file below the output, text) of the sitemap's files and robots.txt."""
    listed = [entry for entry in entries if entry[0]]
    yield from sitemap_files(listed, settings.site_url).items()
    yield "robots.txt", robots(settings.site_url, settings.base_path)
