"""Atom feeds (RFC 4287): entries as values in, the text of a feed out.

Nothing reads the clock: every time is given, as RFC 3339 text (`rfc3339_time` makes it from a
date). An id says what an entry *is* and must never change: `lasting_id` makes it from the
permalink, or, where the site does not know its own address, as a tag: URI (RFC 4151), because an
id has to be a whole IRI while links may be relative to the feed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

from ..dates import Date, Point, civil_from_instant, print_offset

__all__ = [
    "FeedEntry",
    "absolutize",
    "atom_feed",
    "lasting_id",
    "latest_update",
    "rfc3339_time",
    "without_forbidden",
]

ATOM_NAMESPACE: Final = "http://www.w3.org/2005/Atom"

# XML 1.0, production 2: all that a document may hold. Not even a reference may name the rest.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What is not closed reaches to the end, so that no text is looked at twice.
_TAG: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)|<[a-zA-Z](?:[^"'>]+|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+(?:>|\Z)""",
    re.DOTALL,
)
_ADDRESS: Final = re.compile(
    r"""(\s(?:href|src|cite|poster)\s*=\s*)("[^"]*"|'[^']*')|"[^"]*"|'[^']*'""",
    re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    `id` never changes (`lasting_id`). `href` is the page or record, absolute where the site's
    address is known. `updated` and `published` are RFC 3339 times; an empty `published` is left
    out. `title`, `authors` and `summary` are plain text, `content_html` is sanitized markup whose
    links are absolute already (`absolutize`).
    """

    id: str
    title: str
    href: str
    updated: str
    published: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    content_html: str = ""


def atom_feed(
    *,
    title: str,
    feed_id: str,
    feed_href: str,
    site_href: str,
    updated: str,
    entries: Iterable[FeedEntry],
    author: str,
    language: str,
    subtitle: str = "",
) -> str:
    """The feed as an XML document, newest update first, ties by publication (newest), then id.

    `feed_href` is the feed's own address, `site_href` the page that it is about. `author` speaks
    for entries that name nobody; where it is empty the title does, because RFC 4287 (4.1.1) wants
    an author for each entry. Characters that XML forbids fall away. Raises ValueError for a time
    that is not RFC 3339.
    """
    feed = ET.Element("feed", {"xmlns": ATOM_NAMESPACE, "xml:lang": language})
    _add_text(feed, "id", feed_id)
    _add_text(feed, "title", title)
    if subtitle:
        _add_text(feed, "subtitle", subtitle)
    _add_text(feed, "updated", _checked_time(updated))
    _add_person(feed, author or title)
    _add_link(feed, "self", "application/atom+xml", feed_href)
    _add_link(feed, "alternate", "text/html", site_href)
    for entry in sorted(entries, key=_age_key):
        _add_entry(feed, entry)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def latest_update(entries: Iterable[FeedEntry], default: str) -> str:
    """The newest `updated` of the entries as written; `default` where there are none."""
    newest = sorted((_instant(e.updated), e.updated) for e in entries)
    return newest[-1][1] if newest else default


def _age_key(entry: FeedEntry) -> tuple[float, float, str]:
    published = _instant(entry.published) if entry.published else float("-inf")
    return -_instant(entry.updated), -published, entry.id


def _add_entry(feed: ET.Element, entry: FeedEntry) -> None:
    element = ET.SubElement(feed, "entry")
    _add_text(element, "id", entry.id)
    _add_text(element, "title", entry.title)
    _add_link(element, "alternate", "text/html", entry.href)
    if entry.published:
        _add_text(element, "published", _checked_time(entry.published))
    _add_text(element, "updated", _checked_time(entry.updated))
    for author in entry.authors:
        _add_person(element, author)
    if entry.summary:
        _add_text(element, "summary", entry.summary)
    if entry.content_html:
        _add_text(element, "content", entry.content_html).set("type", "html")


def _add_text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = without_forbidden(text)
    return element


def _add_person(parent: ET.Element, name: str) -> None:
    _add_text(ET.SubElement(parent, "author"), "name", name)


def _add_link(parent: ET.Element, rel: str, kind: str, href: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": without_forbidden(href)})


def without_forbidden(text: str) -> str:
    """The text without the characters that no XML document may hold; line ends become one kind."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# --- ids ----------------------------------------------------------------------------------------


def lasting_id(*, site_url: str, site_title: str, year: int, path: str) -> str:
    """The id of the feed or entry at `path` (``/articles/x/``, ``/stories/y/#event-z``).

    `path` is below the site's root and begins with a slash. With a site URL (with or without a
    slash at its end) it is the permalink; without one ``tag:<slug of the title>,<year>:<path>``,
    where `year` has to be one that stays: the year of an entry's publication.
    """
    if site_url:
        return site_url.rstrip("/") + path
    return f"tag:{_authority(site_title)},{year:04d}:{quote(path, safe='/#:?=&,;@!$()*+~')}"


def _authority(title: str) -> str:
    """The title as a DNS label, as a tag: URI wants it; ``site`` where nothing of it is ASCII."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:63].strip("-") or "site"


# --- times --------------------------------------------------------------------------------------


def rfc3339_time(date: Date, zone: dt.tzinfo | None = None) -> str | None:
    """The moment at which a date begins, as RFC 3339; None outside the years 2 to 9998.

    A time keeps its own offset. Whatever is coarser begins at midnight of its first day by the
    clock of `zone`, else of UTC: a feed wants a moment, so a month is its first day. Offsets of
    odd seconds (local mean time) are written as UTC, because RFC 3339 has none.
    """
    point = date.anchor
    if not 1 < point.year < 9999:  # nearer to the edges an offset could leave Python's years
        return None
    offset = point.offset if point.hour is not None else _midnight_offset(point, zone)
    instant = point.earliest if point.hour is not None else point.earliest - (offset or 0)
    if offset is None or offset % 60:
        offset = 0
    year, month, day, hour, minute, second = civil_from_instant(instant + offset)
    clock = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}"
    return clock + print_offset(offset)


def _midnight_offset(point: Point, zone: dt.tzinfo | None) -> int:
    if zone is None:
        return 0
    midnight = dt.datetime(*civil_from_instant(point.earliest), tzinfo=zone)
    delta = midnight.utcoffset()
    return 0 if delta is None else int(delta.total_seconds())


_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII
)


def _checked_time(text: str) -> str:
    _instant(text)
    return text


def _instant(text: str) -> float:
    if not _RFC3339.fullmatch(text):
        raise ValueError(f"not an RFC 3339 time: {text!r}")
    return dt.datetime.fromisoformat(text).timestamp()


# --- links --------------------------------------------------------------------------------------


def absolutize(html: str, base: str) -> str:
    """The fragment with the addresses in its tags resolved against `base`, the page's address.

    Where `base` is a path, because the site does not know its address, they become relative to
    the root, which holds wherever the feed is read from the same site. Addresses with a scheme,
    text, comments and all other attributes stay as they are, as does what cannot be resolved.
    """
    return _TAG.sub(lambda tag: _absolute_tag(tag[0], base), html)


def _absolute_tag(tag: str, base: str) -> str:
    if tag.startswith("<!"):
        return tag
    return _ADDRESS.sub(lambda found: _absolute_attribute(found, base), tag)


def _absolute_attribute(found: re.Match[str], base: str) -> str:
    if found[1] is None:
        return found[0]
    address = unescape(found[2][1:-1]).strip()
    if _SCHEME.match(address):
        return found[0]
    try:
        return f'{found[1]}"{escape(urljoin(base, address))}"'
    except ValueError:
        return found[0]
