"""Run by a test in a process of its own: the pure stages without Pelican, disk and clock.

Everything that reads files (content, strings, templates, zones) has been read before the traps are
set. Prints the number of pages that were made.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

#: Audit events of Python that the middle of the pipeline has no business to raise.
FORBIDDEN = ("open", "os.", "shutil.", "socket.", "subprocess.", "tempfile.", "urllib.")
#: What pure stages never need, whoever imports it.
HOSTS = ("pelican", "watchfiles", "jinja2")

PURE = """
    dates date_words date_suggestions problems tree frontmatter model validate order passages
    fragment markdown mentions language graph link urls targets settings
    drafting.propose drafting.draft drafting.evaluation
    derive.backlinks derive.positions derive.recommended derive.roles derive.timeline
    export.atom export.jsonld export.sitemap
    pages.contexts pages.items pages.marks pages.structured pages.build pages.feeds
"""


class NoHosts(MetaPathFinder):
    """Refuses to import what the pure stages must not know."""

    def find_spec(
        self, name: str, path: Any, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in HOSTS:
            raise ImportError(f"a pure stage imports {name}")
        return None


class PlainMarkup:
    """The macros of evidence without templates."""

    def mark(self, number: int, href: str, label: str) -> str:
        return f"<sup>{number}</sup>"

    def notes(self, notes: list[tuple[int, str, str, str]]) -> str:
        return "<aside></aside>"

    def editor_note(self, text: str) -> str:
        return "<aside></aside>"

    def anchor(self, name: str) -> str:
        return "<span></span>"

    def about(self, anchor: str, name: str) -> str:
        return "<button></button>"


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: stops what touches the disk, the network or other processes."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"a pure stage raised {event} {arguments!r}")


def no_clock(*_: object) -> NoReturn:
    """In the place of functions that tell the time."""
    raise PermissionError("a pure stage reads the clock")


def main() -> None:
    """Import with the hosts blocked, warm up, set the traps, link and build."""
    sys.meta_path.insert(0, NoHosts())
    import importlib

    for name in PURE.split():
        importlib.import_module(f"explainer.{name}")
    sys.meta_path.pop(0)

    import time

    from explainer.derive.backlinks import find_backlinks
    from explainer.export.sitemap import sitemap_files
    from explainer.language import load_language
    from explainer.pages.build import Assets, build_pages
    from explainer.pages.feeds import build_feeds
    from explainer.pages.items import Items
    from explainer.site import link_site
    from explainer.urls import Urls
    from tests.site.northbridge import golden_settings, loaded

    files, settings = loaded(), golden_settings()
    language = load_language(settings.language)
    urls = Urls(settings.base_path, settings.site_url)

    def make() -> int:
        site = link_site(files, settings)
        items = Items(site.graph, find_backlinks(site.graph), language, urls, settings)
        pages = build_pages(items, Assets("/a.css", "/a.svg"), PlainMarkup())
        feeds = list(build_feeds(items))
        maps = sitemap_files([(page.head.canonical, None) for page in pages], settings.site_url)
        return len(pages) + len(feeds) + len(maps)

    first = make()  # Babel reads its locales, and Python its late modules, once
    time.time = time.localtime = time.gmtime = no_clock
    sys.addaudithook(refuse)
    second = make()
    if first != second:
        raise AssertionError((first, second))
    print(second)


if __name__ == "__main__":
    main()
