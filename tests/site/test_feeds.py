"""Feeds, the site map and JSON-LD as the programs read them that they are made for."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from .northbridge import golden_settings, rendered, texts

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
FEEDS = sorted(path for path in texts() if path.endswith(".atom"))
PAGES = sorted(path for path in texts() if path.endswith(".html"))


def child(element: ET.Element, name: str) -> str:
    found = element.find(f"a:{name}", ATOM)
    assert found is not None, name
    return found.text or ""


@pytest.mark.parametrize("path", FEEDS)
def test_feed_has_what_atom_requires(path: str) -> None:
    feed = ET.fromstring(texts()[path])
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"] == f"{golden_settings().site_url}/{path}"
    for part in [feed, *feed.findall("a:entry", ATOM)]:
        assert child(part, "id").startswith(("tag:", "https://"))
        assert child(part, "title")
        assert TIME.fullmatch(child(part, "updated"))
        assert part.find("a:author/a:name", ATOM) is not None or (
            feed.find("a:author", ATOM) is not None
        )


@pytest.mark.parametrize("path", FEEDS)
def test_feed_is_newest_first_and_as_new_as_its_newest_entry(path: str) -> None:
    feed = ET.fromstring(texts()[path])
    entries = feed.findall("a:entry", ATOM)
    updated = [child(entry, "updated") for entry in entries]
    ids = [child(entry, "id") for entry in entries]
    assert len(ids) == len(set(ids)) > 0
    assert child(feed, "updated") == max(updated)


def test_feed_leads_to_pages_that_exist() -> None:
    found = set(
        re.findall(
            r'href="https://example.org/news/([^"#]*)', "".join(texts()[path] for path in FEEDS)
        )
    )
    files = {path + "index.html" if path == "" or path.endswith("/") else path for path in found}
    assert files - set(texts()) == set()


def test_site_map_lists_every_page_that_may_be_found() -> None:
    root = ET.fromstring(texts()["sitemap.xml"])
    listed = {url.findtext("m:loc", "", MAP): url.findtext("m:lastmod", "", MAP) for url in root}
    wanted = {page.head.canonical for page in rendered().pages if page.head.is_indexed}
    assert set(listed) == wanted
    assert listed["https://example.org/news/articles/inspectors-report/"] == "2026-04-04"
    assert listed["https://example.org/news/stories/harbour-bridge/"] == "2026-05-20"


def test_robots_name_the_site_map() -> None:
    assert "Sitemap: https://example.org/news/sitemap.xml" in texts()["robots.txt"]


@pytest.mark.parametrize("path", PAGES)
def test_json_ld_is_json_with_whole_addresses(path: str) -> None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', texts()[path], re.S)
    for text in found:
        data = json.loads(text)
        assert data["@context"] == "https://schema.org"
        addresses = re.findall(r'"(?:url|item|@id|image)": ?"([^"]*)"', json.dumps(data))
        assert [one for one in addresses if not one.startswith("https://")] == []


@pytest.mark.parametrize("path", PAGES)
def test_page_is_a_whole_document_with_one_address(path: str) -> None:
    html = texts()[path]
    assert html.startswith("<!DOCTYPE html>")
    assert html.endswith("</html>\n")
    head, _, body = html.partition("</head>")  # drawings in the body have titles of their own
    for once in ("<title>", 'rel="canonical"', 'name="description"', 'name="viewport"'):
        assert head.count(once) == 1, once
    assert body.count("<main") == 1
