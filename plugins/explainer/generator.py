"""The one Pelican generator: it reads the content, stops on problems, and writes every page."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from .problems import ContentError, Report
from .published import gone_addresses, lasting_addresses
from .reader import RENDERED
from .settings import Settings, read_settings
from .site import ReadSite, RenderedSite, make_contexts, read_site, render_site
from .withholding import read_sound_site

#: Pelican leaves every page to us; what other plugins need (articles, signals) stays.
OWN_PAGES: Mapping[str, Any] = {
    "ARTICLE_PATHS": ["articles"],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": [],  # links are followed there; we copy the pictures that were checked
    "IGNORE_FILES": [".*", "*~", "#*#", "**/.*"],
    "ARTICLE_URL": "articles/{slug}/",
    "ARTICLE_LANG_URL": "{lang}/articles/{slug}/",
    "PAGE_URL": "{slug}/",
    "DIRECT_TEMPLATES": [],
    "THEME_STATIC_PATHS": [],
    "ARTICLE_TRANSLATION_ID": None,
    "PAGE_TRANSLATION_ID": None,
    "SLUGIFY_SOURCE": "basename",
    "DEFAULT_CATEGORY": "articles",
    **{
        f"{kind}_SAVE_AS": ""
        for kind in (
            "ARTICLE",
            "ARTICLE_LANG",
            "DRAFT",
            "DRAFT_LANG",
            "PAGE",
            "PAGE_LANG",
            "DRAFT_PAGE",
            "DRAFT_PAGE_LANG",
            "CATEGORY",
            "TAG",
            "AUTHOR",
            "YEAR_ARCHIVE",
            "MONTH_ARCHIVE",
            "DAY_ARCHIVE",
        )
    },
    **{
        f"{kind}_FEED_{form}": None
        for kind in ("", "CATEGORY", "AUTHOR", "TAG", "TRANSLATION")
        for form in ("ATOM", "RSS")
        if kind
    },
    "FEED_ATOM": None,
    "FEED_RSS": None,
    "FEED_ALL_ATOM": None,
    "FEED_ALL_RSS": None,
}


def build_clock(environment: Mapping[str, str]) -> dt.datetime:
    """The moment of the build: SOURCE_DATE_EPOCH where it is set (reproducible-builds.org)."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.now(dt.UTC)


def site_settings(values: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Our settings from Pelican's, with today from the environment where it is named there."""
    today = environment.get("TODAY") or values.get("TODAY")
    return read_settings({**values, "TODAY": today}, clock=build_clock(environment))


class ExplainerGenerator(Generator):  # type: ignore[misc]
    """Makes the site in `generate_context`, where nothing is written yet; then writes it.

    In a site whose pages are Pelican's (EXPLAINER_OWN_PAGES = False) it writes nothing: the page
    contexts stand in Pelican's context as `explainer`, by the path that each page would have.
    """

    def generate_context(self) -> None:
        """files -> records -> graph -> pages -> texts; raises ContentError with the report."""
        settings = site_settings(self.settings, os.environ)
        folder = Path(self.path)
        if self.settings.get("EXPLAINER_KEEP_GOING"):
            site = read_sound_site(folder, settings, name=folder.name)
        else:
            strict = bool(self.settings.get("EXPLAINER_STRICT"))
            rendered = self.settings.get(RENDERED, {})
            site = read_site(folder, settings, name=folder.name, strict=strict, rendered=rendered)
            rendered.clear()  # used up: a site that is built again reads its articles again
        has_read = self.settings.get("EXPLAINER_READ")
        if has_read is not None:
            has_read(site)
        if site.report.failed:
            raise ContentError(site.report)
        self.report: Report = site.report
        if self.settings.get("EXPLAINER_OWN_PAGES", True):
            self.rendered = render_site(site, settings, Path(self.theme))
            self.report = self._compared(site)
            self.images, self.cname = site.loaded.published_images, site.loaded.cname
        else:
            self.rendered = RenderedSite(make_contexts(site, settings), ())
            self.images, self.cname = (), ""
        self.context["explainer"] = {page.path: page for page in self.rendered.pages}

    def _compared(self, site: ReadSite) -> Report:
        """The report with what was published before and is gone; raises ContentError for that."""
        path = self.settings.get("EXPLAINER_PUBLISHED")
        if path is None or not Path(path).is_file():
            return site.report
        before = Path(path).read_text(encoding="utf-8", errors="replace")
        now = lasting_addresses(self.rendered.page_texts)
        redirects = site.content.redirects
        gone = tuple(gone_addresses(before, Path(path).name, now, redirects))
        texts = {**site.report.texts, Path(path).name: before}
        report = replace(site.report, problems=(*site.report.problems, *gone), texts=texts)
        if report.failed:
            raise ContentError(report)
        return report

    def generate_output(self, writer: object) -> None:
        """Write every file; Pelican's signal is sent for each page."""
        root = Path(self.output_path)
        pages = {page.path: page for page in self.rendered.pages}
        for path, text in self.rendered.files:
            target = write_text(root, path, text)
            if path in pages:
                signals.content_written.send(str(target), context={"page": pages[path]})
        for image in self.images:
            copy_picture(Path(self.path), root, f"images/{image}")
        if self.cname:
            write_text(root, "CNAME", f"{self.cname}\n")
        announce = self.settings.get("EXPLAINER_ANNOUNCE")
        if announce is not None:
            announce(self.report, len(pages))


def write_text(root: Path, path: str, text: str) -> Path:
    """Write a file below `root`; ValueError for a path that would leave it."""
    target = _target(root, path)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def copy_picture(content: Path, root: Path, path: str) -> None:
    """Copy a file to the same path below `root`; ValueError for one that leads elsewhere."""
    source = (content / path).resolve()
    if not source.is_relative_to(content.resolve()):
        raise ValueError(f"{path} lies outside of {content}")
    shutil.copyfile(source, _target(root, path))


def _target(root: Path, path: str) -> Path:
    """Where a path below `root` is, with its folder made; ValueError where it would leave it."""
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        raise ValueError(f"{path} lies outside of {root}")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
