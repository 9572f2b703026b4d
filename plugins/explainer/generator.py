"""The one Pelican generator: it reads the content, stops on problems, and writes every page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from .incremental import KnownReading
from .pages.contexts import Page
from .problems import ContentError, Report
from .progress import Progress
from .published import gone_addresses
from .reader import RENDERED
from .settings import Settings, site_settings
from .site import ReadSite, make_contexts, read_site
from .site_writing import SiteWriter, target_below, write_file
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


class ExplainerGenerator(Generator):  # type: ignore[misc]
    """Reads the site in `generate_context`, where nothing is written yet; then writes it.

    Beside other plugins the page contexts stand in Pelican's context as `explainer`, by the path
    of each page. In a site whose pages are Pelican's (EXPLAINER_OWN_PAGES = False) that is all.
    """

    def generate_context(self) -> None:
        """files -> records -> graph -> pages; raises ContentError with the report."""
        settings = site_settings(self.settings, os.environ)
        self.progress: Progress = self.settings.get("EXPLAINER_PROGRESS") or Progress()
        self.known: KnownReading = self.settings.get("EXPLAINER_KNOWN") or KnownReading()
        self.progress.begin("reading")
        site = self._read(Path(self.path), settings)
        has_read = self.settings.get("EXPLAINER_READ")
        if has_read is not None:
            has_read(site)
        if site.report.failed:
            raise ContentError(site.report)
        self.site = site
        self.writer: SiteWriter | None = None
        if not self.settings.get("EXPLAINER_OWN_PAGES", True):
            self._offer(make_contexts(site, settings))
            return
        key = self.settings.get("EXPLAINER_KEY", "")
        self.progress.begin("preparing")
        self.writer = SiteWriter(
            site.graph,
            settings,
            Path(self.theme),
            Path(self.output_path),
            key=key,
            old=self.settings.get("EXPLAINER_OLD"),
            steps=self.known.steps,
            progress=self.progress,
        )
        if not self.settings.get("EXPLAINER_ALONE"):
            self._offer(self.writer.make_pages())

    def _read(self, folder: Path, settings: Settings) -> ReadSite:
        if self.settings.get("EXPLAINER_KEEP_GOING"):
            return read_sound_site(folder, settings, name=folder.name)
        strict = bool(self.settings.get("EXPLAINER_STRICT"))
        rendered = self.settings.get(RENDERED, {})
        known = self.known
        steps = replace(
            known.steps,
            render=lambda text, reader: rendered.get(text) or known.render(text, reader),
        )
        site = read_site(folder, settings, name=folder.name, strict=strict, steps=steps)
        rendered.clear()  # used up: a site that is built again reads its articles again
        return site

    def _offer(self, pages: Iterable[Page]) -> None:
        """Give the page contexts to other plugins and themes."""
        self.context["explainer"] = {page.path: page for page in pages}

    def generate_output(self, writer: object) -> None:
        """Write every file; Pelican's signal is sent for each page. Raises ContentError."""
        if self.writer is None:
            return
        root = Path(self.output_path)
        written = self.writer.write(
            # Where no other plugin is, nobody listens.
            None if self.settings.get("EXPLAINER_ALONE") else _send_page,
            executor=self.settings.get("EXPLAINER_EXECUTOR"),
            workers=self.settings.get("EXPLAINER_WORKERS", 1),
        )
        report = self._compared(written.addresses)
        for image in self.site.loaded.published_images:
            copy_picture(Path(self.path), root, f"images/{image}")
        if self.site.loaded.cname:
            write_file(root, "CNAME", f"{self.site.loaded.cname}\n".encode())
        announce = self.settings.get("EXPLAINER_ANNOUNCE")
        if announce is not None:
            announce(report, written)

    def _compared(self, now: Collection[str]) -> Report:
        """The report with what was published before and is gone; raises ContentError for that."""
        path = self.settings.get("EXPLAINER_PUBLISHED")
        report = self.site.report
        if path is None or not Path(path).is_file():
            return report
        before = Path(path).read_text(encoding="utf-8", errors="replace")
        redirects = self.site.content.redirects
        gone = tuple(gone_addresses(before, Path(path).name, now, redirects))
        texts = {**report.texts, Path(path).name: before}
        report = replace(report, problems=(*report.problems, *gone), texts=texts)
        if report.failed:
            raise ContentError(report)
        return report


def _send_page(target: Path, page: Page) -> None:
    signals.content_written.send(str(target), context={"page": page})


def copy_picture(content: Path, root: Path, path: str) -> None:
    """Copy a file to the same path below `root`; ValueError for one that leads elsewhere."""
    source = (content / path).resolve()
    if not source.is_relative_to(content.resolve()):
        raise ValueError(f"{path} lies outside of {content}")
    shutil.copyfile(source, target_below(root, path))
