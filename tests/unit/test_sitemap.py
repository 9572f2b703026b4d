"""The site map and robots.txt."""

from __future__ import annotations

import random
from xml.etree import ElementTree as ET

import pytest

from explainer.export.sitemap import robots, sitemap, sitemap_files

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def test_sitemap_whole() -> None:
    urls = [
        ("https://n.example/stories/s/", "2025-12-14"),
        ("https://n.example/", None),
        ("https://n.example/?a=1&b=2", "2025-12-14T21:30:00+01:00"),
    ]
    assert (
        sitemap(urls)
        == f"""{HEAD}<urlset xmlns="{SCHEMA}">
  <url><loc>https://n.example/</loc></url>
  <url><loc>https://n.example/?a=1&amp;b=2</loc><lastmod>2025-12-14T21:30:00+01:00</lastmod></url>
  <url><loc>https://n.example/stories/s/</loc><lastmod>2025-12-14</lastmod></url>
</urlset>
"""
    )


def test_sitemap_order_is_by_url() -> None:
    urls = [(f"https://n.example/{number}/", None) for number in range(20)]
    shuffled = random.Random(1).sample(urls, len(urls))
    assert sitemap(shuffled) == sitemap(urls)


@pytest.mark.parametrize(
    ("changed", "lastmod"),
    [
        ("2025-12-14", "2025-12-14"),
        ("2025-12-14T21:30+01:00", "2025-12-14T21:30:00+01:00"),
        ("2025-12-14T21:30:15Z", "2025-12-14T21:30:15Z"),
        ("2025-12-14T21:30", None),
        ("2025-12", None),
        ("2025", None),
        ("soon", None),
        (None, None),
    ],
)
def test_sitemap_lastmod_is_a_day_or_a_whole_time(changed: str | None, lastmod: str | None) -> None:
    root = ET.fromstring(sitemap([("https://n.example/", changed)]))
    assert root.findtext(f"{{{SCHEMA}}}url/{{{SCHEMA}}}lastmod") == lastmod


def test_sitemap_encodes_urls_once() -> None:
    text = sitemap([("https://n.example/tags/é t/", None), ("https://n.example/%C3%A9/", None)])
    assert "<loc>https://n.example/tags/%C3%A9%20t/</loc>" in text
    assert "<loc>https://n.example/%C3%A9/</loc>" in text


def test_sitemap_keeps_the_first_of_equal_urls() -> None:
    page = "https://n.example/"
    assert sitemap([(page, "2025-01-02"), (page, "2025-01-01")]) == sitemap([(page, "2025-01-02")])


def test_sitemap_is_empty_without_whole_urls() -> None:
    assert sitemap([("/articles/x/", "2025-12-14"), ("", None)]) == ""
    assert sitemap_files([("/articles/x/", None)], "") == {}


def test_sitemap_refuses_more_than_a_file_may_hold() -> None:
    urls = [(f"https://n.example/{number}/", None) for number in range(50_001)]
    with pytest.raises(ValueError, match="a site map holds 50000 URLs at most, not 50001"):
        sitemap(urls)


def test_sitemap_files_are_one_where_it_suffices() -> None:
    urls = [("https://n.example/", None)]
    assert sitemap_files(urls, "https://n.example") == {"sitemap.xml": sitemap(urls)}


def test_sitemap_files_are_an_index_and_parts_where_there_are_too_many() -> None:
    urls = [(f"https://n.example/{number}/", None) for number in (3, 1, 2)]
    assert sitemap_files(urls, "https://n.example/", most=2) == {
        "sitemap.xml": f"""{HEAD}<sitemapindex xmlns="{SCHEMA}">
  <sitemap><loc>https://n.example/sitemap-1.xml</loc></sitemap>
  <sitemap><loc>https://n.example/sitemap-2.xml</loc></sitemap>
</sitemapindex>
""",
        "sitemap-1.xml": sitemap(urls[1:]),
        "sitemap-2.xml": sitemap(urls[:1]),
    }


@pytest.mark.parametrize(
    ("site_url", "base_path", "line"),
    [
        ("https://n.example", "", "\nSitemap: https://n.example/sitemap.xml\n"),
        ("https://n.example/", "/", "\nSitemap: https://n.example/sitemap.xml\n"),
        ("https://n.example", "/news", "\nSitemap: https://n.example/news/sitemap.xml\n"),
        ("https://n.example/news/", "/news/", "\nSitemap: https://n.example/news/sitemap.xml\n"),
        ("", "/news", ""),
    ],
    ids=["origin", "slashes", "sub-path", "both", "unknown"],
)
def test_robots_names_the_map_where_the_address_is_known(
    site_url: str, base_path: str, line: str
) -> None:
    assert robots(site_url, base_path) == "User-agent: *\nDisallow:\n" + line
