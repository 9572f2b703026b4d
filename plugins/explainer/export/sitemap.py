"""The site map (sitemaps.org, protocol 0.9) and robots.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

__all__ = ["robots", "sitemap", "sitemap_files"]

SITEMAP_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_URLS: Final = 50_000  # of one file, as the protocol has it

_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>'
_WEB_ADDRESS: Final = re.compile(r"https?://[^/]", re.IGNORECASE)
# The reserved and unreserved characters of RFC 3986, and % for what is encoded already.
_URL_SAFE: Final = "%/:?#[]@!$&'()*+,;=~"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII
)


def sitemap(urls: Sequence[tuple[str, str | None]]) -> str:
    """The map of pages, each (absolute URL, when it last changed or None), by URL.

    Of equal URLs the first counts. Only whole URLs may stand in a map, so paths are left out, and
    where nothing is left the text is empty: there is no map to write. The protocol's schema knows
    days and times, no months and years, so a coarser `lastmod` is left out. Raises ValueError for
    more URLs than a file may hold; `sitemap_files` parts them.
    """
    pages = _web_pages(urls)
    if len(pages) > MOST_URLS:
        raise ValueError(f"a site map holds {MOST_URLS} URLs at most, not {len(pages)}")
    return _url_set(pages)


def sitemap_files(
    urls: Sequence[tuple[str, str | None]], site_url: str, most: int = MOST_URLS
) -> dict[str, str]:
    """File names and texts: ``sitemap.xml``, as an index of parts where there are too many URLs.

    Empty where no page has a whole URL. Parts are ``sitemap-1.xml`` and so on, below `site_url`,
    each of at most `most` URLs, in the order of `sitemap`.
    """
    pages = _web_pages(urls)
    if len(pages) <= most:
        return {"sitemap.xml": _url_set(pages)} if pages else {}
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = _index([f"{site_url.rstrip('/')}/{name}" for name in names])
    return {"sitemap.xml": index} | dict(zip(names, map(_url_set, parts), strict=True))


def robots(site_url: str, base_path: str) -> str:
    """A robots.txt that lets everybody in, and names the site map where the address is known.

    `base_path` is the sub-path of the site; it counts where `site_url` is a bare origin. Pages
    that shall not be indexed say so themselves, and for that they have to be read.
    """
    rules = "User-agent: *\nDisallow:\n"
    if not _WEB_ADDRESS.match(site_url):
        return rules
    parts = urlsplit(site_url)
    path = parts.path.strip("/") or base_path.strip("/")
    folder = f"/{path}/" if path else "/"
    return f"{rules}\nSitemap: {parts.scheme}://{parts.netloc}{folder}sitemap.xml\n"


def _web_pages(urls: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    pages: dict[str, str] = {}
    for href, changed in urls:
        if _WEB_ADDRESS.match(href):
            pages.setdefault(quote(href, safe=_URL_SAFE), _lastmod(changed or ""))
    return sorted(pages.items())


def _lastmod(text: str) -> str:
    """The day or time as XML Schema has them (a time with its seconds), else nothing."""
    if _DAY.fullmatch(text):
        return text
    match = _TIME.fullmatch(text)
    return f"{match[1]}{match[2] or ':00'}{match[3]}" if match else ""


def _url_set(pages: Sequence[tuple[str, str]]) -> str:
    if not pages:
        return ""
    lines = (_line("url", href, changed) for href, changed in pages)
    return _document("urlset", lines)


def _index(hrefs: Iterable[str]) -> str:
    return _document("sitemapindex", (_line("sitemap", href, "") for href in hrefs))


def _line(name: str, href: str, changed: str) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"  <{name}><loc>{escape(href)}</loc>{lastmod}</{name}>"


def _document(name: str, lines: Iterable[str]) -> str:
    return "\n".join((_HEAD, f'<{name} xmlns="{SITEMAP_NAMESPACE}">', *lines, f"</{name}>", ""))
