"""The golden site as a browser gets it: its kinds of pages, and what one tab has seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response, Route, ViewportSize

#: A page of every kind, by the name that a failing test says.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "home": "",
        "story": "stories/harbour-bridge/",
        "small-story": "stories/night-ferry/",
        "changes": "stories/harbour-bridge/changes/",
        "story-by-actor": "stories/harbour-bridge/actors/mara-quill/",
        "story-by-year": "stories/harbour-bridge/2026/",
        "article": "articles/bridge-closed/",
        "corrected-article": "articles/inspectors-report/",
        "brief-without-story": "articles/tide-tables/",
        "translation": "de/articles/bridge-closed/",
        "actors": "actors/",
        "actor-with-ties": "actors/otto-lind/",
        "actor-with-positions": "actors/mara-quill/",
        "actor-with-events": "actors/town-council/",
        "timeline": "timeline/",
        "timeline-year": "timeline/1887/",
        "places": "places/",
        "terms": "terms/",
        "issues": "issues/",
        "archives": "archives/",
        "archives-end": "archives/page/2/",
        "tag": "tags/harbour-bridge/",
        "author": "authors/nell-harrow/",
        "tags": "tags/",
        "static-page": "about/",
        "missing": "404.html",
        "redirect": "articles/bridge-shut/",
    }
)

STORY = KINDS["story"]
PHONE = ViewportSize(width=375, height=812)
DESK = ViewportSize(width=1280, height=800)

each_kind = pytest.mark.parametrize("kind", KINDS)
each_width = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])

#: How a failing test names an element: its tag, its id or classes, the beginning of its text.
NAME_OF = """
function nameOf(element) {
  const classes = [...element.classList].map((name) => "." + name).join("");
  const words = element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
  return element.localName + (element.id ? "#" + element.id : classes) + ` "${words}"`;
}
"""


@dataclass
class Tab:
    """One page of the browser, with everything that it said and asked for since it was cleared."""

    page: Page
    url: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", self._note_status)

    def _hear(self, message: ConsoleMessage) -> None:
        self.said.append(f"{message.type}: {message.text}")

    def _note_failure(self, request: Request) -> None:
        # A page that is left breaks off what it still loads, such as its icon.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.url}: {request.failure}")

    def _note_status(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.url}: {response.status}")

    def clear(self) -> None:
        """A desk in the light and a first visit, with nothing said or asked for."""
        if self.page.url.startswith(self.url):
            self.page.evaluate("localStorage.clear()")
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(
            media="screen",
            color_scheme="light",
            reduced_motion="no-preference",
            forced_colors="none",
        )
        self.said.clear()
        self.asked.clear()
        self.failed.clear()

    def open(self, path: str) -> Page:
        """Open an address below the site's, fresh even where only the fragment differs."""
        self.page.goto("about:blank")
        self.page.goto(self.url + path)
        return self.page

    def open_kind(self, kind: str) -> Page:
        """Open a page of a kind; that of a former address stays instead of leading on."""
        if kind == "redirect":
            self.page.route(f"**/{KINDS[kind]}", _stay)
        self.open(KINDS[kind])
        self.page.unroute_all()
        return self.page

    def measure(self, script: str, argument: Any = None) -> Any:
        """What a function of JavaScript gives on the page; `nameOf(element)` is there for it."""
        return self.page.evaluate(
            f"(argument) => {{ {NAME_OF} return ({script})(argument); }}", argument
        )


def _stay(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace('http-equiv="refresh"', ""))
