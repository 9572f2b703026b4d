"""Reads the files of a site, and says what in them no template and no Markdown can have written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from lxml import etree, html

from tests.site.northbridge import texts

#: What Markdown may make beside what the golden site's pages have.
_MARKDOWN = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q rp rt ruby s samp section"
    " small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr bdi"
)
_MARKDOWN_ATTRIBUTES: Mapping[str, str] = {
    "*": "id lang dir class",
    "a": "href title",
    "abbr": "title",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "dfn": "title",
    "img": "src alt title width height loading decoding",
    "ol": "start reversed",
    "q": "cite",
    "td": "colspan rowspan",
    "th": "colspan rowspan scope",
    "time": "datetime",
}
_ADDRESSES = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "cite",
        "data",
        "poster",
        "background",
        "srcset",
        "xlink:href",
        "ping",
        "manifest",
    ]
)
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][\w+.-]*)[\x00-\x20]*:")
_SCHEMES = frozenset({"http", "https", "mailto"})


def foreign(files: Mapping[str, str]) -> Iterator[str]:
    """All that is foreign in the files of a site, each with its file."""
    for path, text in files.items():
        yield from (f"{path}: {what}" for what in _foreign_in(path, text))


def _foreign_in(path: str, text: str) -> Iterator[str]:
    match path.rpartition(".")[2]:
        case "html":
            yield from _foreign_in_page(html.document_fromstring(text.encode()))
        case "atom" | "xml":
            yield from _foreign_in_xml(ET.fromstring(text))
        case "json":
            yield from _foreign_in_json(json.loads(text))
        case "svg" | "css" | "js":
            if text != texts()[_own(path)]:
                yield "content has changed it"
        case "txt":
            yield from (line for line in text.splitlines() if not _ROBOTS.fullmatch(line))
        case _:
            if text:
                yield "nobody said what may be in it"


_ROBOTS = re.compile(r"|#.*|User-agent: \*|(?:Allow|Disallow|Sitemap): ?[\w/.:-]*")


def _own(path: str) -> str:
    """The golden site's file of the same kind: the name ends in a fingerprint."""
    stem = path.partition(".")[0]
    return next(p for p in texts() if p.startswith(f"{stem}.") and p.endswith(path[-4:]))


@cache
def _known() -> frozenset[tuple[str, str]]:
    """Pairs of element and attribute that the golden site has, and what Markdown may make."""
    pages = [text for path, text in texts().items() if path.endswith(".html")]
    found = {pair for text in pages for pair in _pairs(html.document_fromstring(text.encode()))}
    elements = _MARKDOWN.split()
    found |= {(element, "") for element in elements}
    found |= {(e, a) for e in elements for a in _MARKDOWN_ATTRIBUTES["*"].split()}
    found |= {(e, a) for e, names in _MARKDOWN_ATTRIBUTES.items() for a in names.split()}
    return frozenset(found)


def _pairs(page: Any) -> Iterator[tuple[str, str]]:
    for element in page.iter():
        if isinstance(element.tag, str):
            yield element.tag, ""
            yield from ((element.tag, name) for name in element.attrib)


def _foreign_in_page(page: Any) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str):
            yield f"a comment or an instruction: {etree.tostring(element)[:80]!r}"
            continue
        yield from _foreign_in_element(element)


def _foreign_in_element(element: Any) -> Iterator[str]:
    if (element.tag, "") not in _known():
        yield f"<{element.tag}>"
    for name, value in element.items():
        if (element.tag, name) not in _known() or name.startswith("on") or name == "style":
            yield f"<{element.tag} {name}={value[:60]!r}>"
        elif name in _ADDRESSES:
            yield from (f"<{element.tag} {name}={bad}>" for bad in _bad_addresses([value]))
    if element.tag == "script":
        yield from _foreign_in_script(element)
    meant = element.get("http-equiv", "refresh")
    if element.tag == "meta" and meant not in {"Content-Security-Policy", "refresh"}:
        yield f"<meta http-equiv={meant}>"


def _foreign_in_script(element: Any) -> Iterator[str]:
    if element.get("type") == "application/ld+json":
        yield from _foreign_in_json(json.loads(element.text))
    elif element.text or not re.fullmatch(r"/news/theme/explainer\.\w+\.js", element.get("src")):
        yield f"a script: {element.get('src')} {(element.text or '')[:60]}"


def _foreign_in_xml(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        space = element.tag.partition("}")[0].lstrip("{")
        if space not in {
            "http://www.w3.org/2005/Atom",
            "http://www.sitemaps.org/schemas/sitemap/0.9",
        }:
            yield f"<{element.tag}>"
        yield from _bad_addresses(v for k, v in element.items() if k in {"href", "src"})
        if element.get("type") == "html" and element.text:
            yield from _foreign_in_page(html.document_fromstring(f"<p>{element.text}"))
        elif element.tag.endswith("}loc") or element.tag.endswith("}uri"):
            yield from _bad_addresses([element.text or ""])


_JSON_ADDRESSES = frozenset(
    {"url", "@id", "sameAs", "contentUrl", "href", "item", "logo", "archivedAt"}
)


def _foreign_in_json(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _foreign_in_json(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _foreign_in_json(inner, key)
    elif key in _JSON_ADDRESSES and isinstance(value, str):
        yield from _bad_addresses([value])


def _bad_addresses(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        scheme = _SCHEME.match(address.replace("\t", "").replace("\n", ""))
        if scheme and scheme[1].lower() not in _SCHEMES:
            yield f"the address {address[:80]!r}"
