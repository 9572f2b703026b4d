"""Texts of cells: what is plain of them, their parts, and titles with their addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: An address that stands in a text by itself: not in a link, an attribute or code.
_BARE: Final = re.compile(r"(?<![\w\"'(<>=/\[\]`])https?://[^\s<>\"`]*[^\s<>\"`.,;:!?()\[\]]", re.I)
#: What TimelineJS shows in bold, small or on a new line: it says nothing, and falls out.
_FORMAT: Final = re.compile(
    r"</?(?:b|i|u|s|em|strong|small|big|sub|sup|span|font|br|wbr|p|div|center|mark|cite|h[1-6])"
    r"(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>",
    re.I,
)
_ANCHOR: Final = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>(.*?)</a\s*>", re.I | re.S
)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINE_TAG: Final = re.compile(r"</?(?:br|p|div|h[1-6])\b[^<>]*>", re.I)
_ENTITY: Final = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link that stood in a plain text: its words, its address, and the column."""

    title: str
    url: str
    column: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without HTML; `tag` is the first that is more than looks, at its place."""

    text: str
    anchors: tuple[Anchor, ...] = ()
    tag: str = ""
    at: int = 0


def plain_text(text: str, column: str, *, with_links: bool) -> Plain:
    """A cell's text without HTML, whose looks fall out; links are kept apart where they may be."""
    anchors = []
    if with_links:
        for found in _ANCHOR.finditer(text):
            anchors.append(Anchor(_stripped(found[2]), html.unescape(found[1]), column))
    tags = _TAG.finditer(text)
    fault = next((tag for tag in tags if _is_more(tag[0], bool(anchors))), None)
    plain = _stripped(text)
    if fault is None:
        return Plain(plain, tuple(anchors))
    return Plain(plain, tuple(anchors), fault[0], fault.start())


def _is_more(tag: str, with_links: bool) -> bool:
    """Whether a tag does more than change the looks."""
    is_link = re.match(r"</?a\b", tag, re.I) is not None
    return not _FORMAT.fullmatch(tag) and not (with_links and is_link)


def _stripped(text: str) -> str:
    text = _TAG.sub("", _LINE_TAG.sub(" ", text))
    return " ".join(_ENTITY.sub(lambda m: html.unescape(m[0]), text).split())


def split_parts(text: str, mark: str) -> Iterator[tuple[str, int]]:
    """The parts of a text between marks, trimmed, each with its place; empty ones fall out."""
    start = 0
    for end in [*(m.start() for m in re.finditer(mark, text)), len(text)]:
        part = text[start:end]
        if part.strip():
            yield part.strip(), start + len(part) - len(part.lstrip())
        start = end + 1


def split_links(text: str) -> Iterator[tuple[str, str, int]]:
    """(title, address, place) of each: `Title https://…; Title https://…`, or the address first."""
    found = list(re.finditer(r"https?://[^\s|<>]+", text, re.I))
    if not found:
        yield text, "", 0
        return
    if len(found) == 1 and found[0].start() == 0:
        url = _address(found[0][0])
        yield _words(text[found[0].end() :]), url, 0
        return
    start = 0
    for one in found:
        yield _words(text[start : one.start()]), _address(one[0]), start
        start = one.end()
    rest = _words(text[start:])
    if rest:
        yield rest, "", start


def link_addresses(text: str) -> str:
    """A text whose bare addresses are links, as TimelineJS makes them."""
    return _BARE.sub(r"<\g<0>>", text)


def _address(text: str) -> str:
    """An address without what follows it in a sentence or in Markdown."""
    text = text.rstrip(";,")
    return text if "(" in text else text.rstrip(")")


def _words(text: str) -> str:
    """A title without what parts it from its address."""
    return text.strip(" \t|;,:–—-<>()[]") if text.strip() else ""


def host_of(url: str) -> str:
    """The site of an address; what is no address stays what it is."""
    found = re.match(r"https?://(?:www\.)?([^/?#:]+)", url, re.I)
    return found[1] if found else url
