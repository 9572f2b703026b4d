"""What comes over the wire for the first view of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page

from .accessibility import PHONE
from .gates import Figure
from .sites import compressed
from .subjects import Subject


def measure_transfer(browser: Browser, subject: Subject, url: str) -> Iterator[Figure]:
    """Bytes without headers, which are the server's; requests; requests to others; script."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        asked = _watch(page)
        page.goto(url, wait_until="load")
        page.wait_for_load_state("networkidle")
        icons = page.locator("link[rel=icon]").evaluate_all("icons => icons.map((i) => i.href)")
    found = [one for one in asked.values() if one["url"].startswith("http")]
    images = [one for one in found if one["type"] == "Image" or one["url"] in icons]
    plain = sum(one["bytes"] for one in found if one not in images)
    foreign = [one["url"] for one in found if urlsplit(one["url"]).netloc != urlsplit(url).netloc]
    scripts = sum(one["bytes"] for one in found if one["type"] == "Script")
    by_file = tuple(f"{_name(one['url'])}: {one['bytes']:,} bytes" for one in found)
    yield Figure(subject.id, "bytes", plain, details=by_file)
    yield Figure(subject.id, "texts", _weight_of_texts(subject, url))
    yield Figure(subject.id, "requests", len(found), details=by_file)
    yield Figure(subject.id, "third-party", len(foreign), details=tuple(foreign))
    yield Figure(subject.id, "script", scripts, details=by_file)


def _weight_of_texts(subject: Subject, url: str) -> int:
    """By how much the page is lighter without the texts of its events: what no markup can save."""
    with urlopen(url) as response:
        page: str = response.read().decode("utf-8")
    bare = page
    for event in subject.events:
        for paragraph in filter(None, event.text.split("\n")):
            bare = bare.replace(f"<p>{escape(paragraph, quote=False)}</p>", "", 1)
    return len(compressed(page.encode())) - len(compressed(bare.encode()))


def _name(url: str) -> str:
    return url.rpartition("/")[2] or "the page"


def _watch(page: Page) -> Mapping[str, dict[str, Any]]:
    """What the page asks for from now on, with the bytes of each answer as they were sent."""
    asked: dict[str, dict[str, Any]] = {}

    def ask(event: Mapping[str, Any]) -> None:
        kind, url = event.get("type", ""), event["request"]["url"]
        asked[event["requestId"]] = {"url": url, "type": kind, "bytes": 0}

    def answer(event: Mapping[str, Any]) -> None:
        headers = event["response"]["headers"]
        if event["requestId"] in asked:
            asked[event["requestId"]]["bytes"] = int(headers.get("Content-Length", 0))

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", ask)
    session.on("Network.responseReceived", answer)
    return asked
