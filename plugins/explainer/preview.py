"""The site as its sources are now, page by page, for the person who edits them.

Nothing is written. The sources are read in this process, where all is imported already, and a page
is made when somebody asks for it: only what is looked at has to be made anew after a change. What
`make` builds comes from `building.py` and has nothing of this; other Pelican plugins do not run.
"""

from __future__ import annotations

import os
import secrets
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment, TemplateSyntaxError

from .building import content_folder, read_values, settings_report
from .compiling import PageEnvironment
from .derive.recommended import Recommender
from .export.recommended import recommended_json, recommended_line
from .load import load_content
from .memory import ReadingMemory
from .mending import gaps_of
from .pages.build import Part
from .pages.contexts import Page
from .pages.feeds import build_feeds
from .preview_page import (
    FOLDER,
    Editor,
    Status,
    error_page,
    find_sources,
    static_file,
    with_preview,
)
from .problems import Report
from .rendering import render_page
from .serving import TYPES, Response, ServingError, content_type
from .settings import Settings, SettingsError, site_settings
from .site import (
    ReadSite,
    link_site,
    map_entry,
    prepare_pages,
    read_theme,
    site_maps,
    theme_environment,
)
from .steps import Steps
from .urls import Urls

#: The page for editors, made when it is asked for and in no output; no id has an underscore.
REPORT = "_report/"
#: After how many days something is overdue there.
REPORT_DAYS = 30
RECOMMENDED = "recommended.json"


class LiveSite:
    """One state of the sources, whose pages are made when they are asked for, each once."""

    def __init__(
        self,
        site: ReadSite,
        settings: Settings,
        content: Path,
        theme: Path,
        made: Environment,
        steps: Steps,
        earlier: Recommender | None = None,
    ) -> None:
        self._site = site
        self._settings = settings
        self._content = content
        self._environment = made
        urls = Urls(settings.base_path, settings.site_url)
        brought = read_theme(theme, urls)
        self._builder = prepare_pages(
            site.graph, settings, brought.assets, made, steps=steps, earlier=earlier
        )
        self._files = dict(brought.files)
        self._css_href = brought.assets.css_hrefs.get("", "")
        self._parts: dict[str, _Part] = {}
        self._texts: dict[str, str] = {}
        self._making = threading.Lock()
        self.sources = find_sources(site.graph, urls)

    @property
    def ranking(self) -> Recommender | None:
        """What ranked the articles for one another, if a page has asked."""
        with self._making:
            return vars(self._builder.recommended).get("ranking")

    def page(self, path: str) -> str | None:
        """The text of the page at a path below the root, `actors/index.html`; None for none."""
        with self._making:
            if path not in self._texts:
                page = next(
                    (found for part in self._near(path) if (found := part.find(path))), None
                )
                if page is None:
                    return None
                self._texts[path] = render_page(page, self._environment)
            return self._texts[path]

    def _near(self, path: str) -> list[_Part]:
        """What may make the page at a path: the nearest first, so that the home page is last."""
        parts = sorted(self._builder.parts_at(path), key=lambda part: -len(part.folder))
        return [self._parts.setdefault(part.key, _Part(part)) for part in parts]

    def gaps(self) -> str:
        """The page for editors: what is not covered."""
        return gaps_of(self._site, days=REPORT_DAYS, css_href=self._css_href)

    def file(self, path: str) -> bytes | None:
        """What is no page: a picture, a feed, a style, a map of the site."""
        picture = path.removeprefix("images/")
        if picture != path:
            known = picture in self._site.loaded.images
            return (self._content / "images" / picture).read_bytes() if known else None
        with self._making:
            if path.endswith(".atom") and path not in self._files:
                self._files.update(build_feeds(self._builder.items))
            if path.startswith(("sitemap", "robots")) and path not in self._files:
                listed = map(map_entry, self._builder.build())
                self._files.update(site_maps(listed, self._settings))
            if path == RECOMMENDED and path not in self._files:
                lines = (recommended_line(p, self._builder.urls) for p in self._builder.build())
                self._files[path] = recommended_json(lines)
        text = self._files.get(path)
        return None if text is None else text.encode()


@dataclass
class _Part:
    """Pages that are made together, as far as somebody has asked for them."""

    part: Part
    made: dict[str, Page] = field(default_factory=dict)
    rest: Iterator[Page] | None = None

    def find(self, path: str) -> Page | None:
        """The page at a path, if it is one of these; pages before it are made on the way."""
        if not path.startswith(self.part.folder):
            return None
        if self.rest is None:
            self.rest = iter(self.part.make())
        while path not in self.made:
            page = next(self.rest, None)
            if page is None:
                break
            self.made[page.path] = page
        return self.made.get(path)


class Preview:
    """The last good state of the sources, and how their last reading went.

    `read` is called by one thread; everything else by any. Raises ServingError for a site whose
    pages are not ours.
    """

    def __init__(self, settings: Path, *, root: str, editor_address: str = "") -> None:
        self._settings = settings
        self._root = root
        self._editor = Editor(settings.resolve().parent, editor_address)
        self._memory = ReadingMemory()
        self._environments: dict[tuple[Path, str], PageEnvironment] = {}
        self._good: tuple[Status, LiveSite] | None = None
        self._news = threading.Condition()
        self._looked_at: dict[str, str] = {}
        self.status: Status | None = None
        """None until the sources have been read once."""

    # ---- reading

    def read(self) -> Status:
        """Read the sources anew; where that fails, the last good site stays."""
        attempt = secrets.token_hex(4)
        try:
            site, report = self._try_to_read()
        except ServingError:
            raise
        except Exception as error:  # of a theme or a plugin that is being worked on
            return self.fail(_told(error, self._editor.root), attempt)
        text = report.text() if report.problems else ""
        if site is None:
            return self.fail(text, attempt, report.summary)
        status = Status(attempt, attempt, False, text, report.summary if text else "")
        return self._announce(status, (status, site))

    def fail(self, text: str, attempt: str = "", summary: str = "") -> Status:
        """Announce what went wrong; the last good site stays."""
        version = self._good[0].version if self._good else ""
        summary = summary or text.strip().splitlines()[-1]
        status = Status(version, attempt or secrets.token_hex(4), True, text, summary)
        return self._announce(status, self._good)

    def _announce(self, status: Status, good: tuple[Status, LiveSite] | None) -> Status:
        with self._news:
            self._good, self.status = good, status
            self._news.notify_all()
        return status

    def _try_to_read(self) -> tuple[LiveSite | None, Report]:
        """The site with the pages that are being looked at, or None and what is wrong."""
        values = read_values(self._settings)
        if not values.get("EXPLAINER_OWN_PAGES", True):
            raise ServingError(
                "the pages of this site are another theme's (EXPLAINER_OWN_PAGES = False): "
                "look at it with pelican --autoreload --listen"
            )
        values["SITEURL"] = self._root.rstrip("/")
        try:
            settings = site_settings(values, os.environ)
        except SettingsError as error:
            return None, settings_report(self._settings, error)
        folder = content_folder(self._settings, values)
        loaded = load_content(folder, folder.name, settings.limits)
        with self._memory.used() as steps:
            site = link_site(loaded, settings, name=folder.name, steps=steps)
            if site.report.failed:
                return None, site.report
            theme = self._settings.parent / str(values.get("THEME", "theme"))
            made = self._environment(theme, settings)
            made.forget()  # the items of the reading before
            earlier = self._good[1].ranking if self._good else None
            live = LiveSite(site, settings, folder, theme, made, steps, earlier)
        with self._news:
            looked_at = sorted(set(self._looked_at.values()))
        for path in looked_at:
            live.page(path)
        return live, site.report

    def _environment(self, theme: Path, settings: Settings) -> PageEnvironment:
        """The templates, of which only those that have changed are compiled again."""
        key = (theme, settings.language)
        if key not in self._environments:
            self._environments[key] = theme_environment(theme, settings)
            self._environments[key].auto_reload = True
        return self._environments[key]

    # ---- answering

    def respond(self, target: str) -> Response:
        """What a request for a page or a file gets; waits for the first reading."""
        path = unquote(target.partition("?")[0])
        if path + "/" == self._root:
            return Response(HTTPStatus.FOUND, location=self._root)
        if not path.startswith(self._root):
            return self._page("404.html", HTTPStatus.NOT_FOUND)
        below = path.removeprefix(self._root)
        if below.startswith(FOLDER):
            name = below.removeprefix(FOLDER)
            body = static_file(name)
            return Response(HTTPStatus.NOT_FOUND) if body is None else _file(body, name)
        if below == REPORT:
            good = self._wait()
            return Response(HTTPStatus.OK, good[1].gaps().encode()) if good else self._page(below)
        return self._respond_below(below)

    def _respond_below(self, path: str) -> Response:
        file = path + "index.html" if path == "" or path.endswith("/") else path
        good = self._wait()
        body = good[1].file(file) if good else None
        if body is not None:
            return _file(body, file)
        if not file.endswith(".html") and good and good[1].page(f"{file}/index.html"):
            return Response(HTTPStatus.FOUND, location=f"{self._root}{path}/")
        return self._page(file)

    def _page(self, file: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        """A page, that for what is missing, or, where none can be made, one that says why."""
        good = self._wait()
        if good is None:
            return self._error(file, self.status)
        version, site = good
        try:
            text = site.page(file)
            if text is None:
                status, text = HTTPStatus.NOT_FOUND, site.page("404.html") or ""
        except Exception as error:
            told = _told(error, self._editor.root)
            return self._error(file, Status("", version.attempt, True, told, ""))
        body = with_preview(
            text,
            file.removesuffix("index.html"),
            status=version,
            sources=site.sources,
            editor=self._editor,
            root=self._root,
        )
        return Response(status, body.encode(), TYPES[".html"])

    def _error(self, file: str, status: Status | None) -> Response:
        assert status is not None
        page = error_page(status, file.removesuffix("index.html"), self._root)
        return Response(HTTPStatus.INTERNAL_SERVER_ERROR, page.encode(), TYPES[".html"])

    def _wait(self) -> tuple[Status, LiveSite] | None:
        """The last good site, once the sources have been read."""
        with self._news:
            self._news.wait_for(lambda: self.status is not None)
            return self._good

    # ---- telling

    def statuses(self, page: str, every: float) -> Iterator[Status | None]:
        """Each status from now on, for a page that is looked at meanwhile; None after silence.

        `page` is its path below the root, and `every` how many seconds a silence lasts.
        """
        file = page + "index.html" if page == "" or page.endswith("/") else page
        key = secrets.token_hex(8)
        last: Status | None = None
        try:
            while True:
                with self._news:
                    self._looked_at[key] = file
                    is_new = self._wait_for_other(last, every)
                    last = self.status
                yield last if is_new else None
        finally:
            with self._news:
                del self._looked_at[key]

    def _wait_for_other(self, last: Status | None, seconds: float) -> bool:
        """Whether there is another status than the last one within so many seconds."""
        return self._news.wait_for(lambda: self.status not in (None, last), seconds)


def _file(body: bytes, name: str) -> Response:
    return Response(HTTPStatus.OK, body, content_type(Path(name)))


def _told(error: Exception, root: Path) -> str:
    """What a programming error says: a place for a template, else the whole traceback."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        file = Path(error.filename)
        shown = file.relative_to(root) if file.is_relative_to(root) else file
        return f"{shown}:{error.lineno}: {error.message}"
    return "".join(traceback.format_exception(error))
