"""What a page says of its article for machines: JSON-LD, Open Graph and `<meta>`.

Only what is said is taken; what would have to be guessed is left to the editor.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from .decoding import clean

_MAX_DEPTH: Final = 20
_MAX_NODES: Final = 20_000
_MAX_WORDS: Final = 20
_ARTICLE: Final = re.compile(r"(?:\w+:)?(?:\w*Article|\w*BlogPosting|Report)")
#: What sites put around JSON-LD for the sake of old browsers and of XHTML.
_WRAPPERS: Final = ("//", "<![CDATA[", "<!--", "-->", "]]>", "//")
_SAVED_FROM: Final = re.compile(r"saved from url=\(\d+\)(https?://[^\s<>\"']{3,2000})")
_HTTP: Final = re.compile(r"https?://[^\s/?#<>\"']+[^\s<>\"']*", re.I)
_TIMES: Final = "(//article//time | //main//time | //header//time)/@datetime"
_PUBLISHED: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "pubdate",
    "publish-date",
    "sailthru.date",
    "date",
)
_MODIFIED: Final = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_AUTHOR: Final = (
    "article:author",
    "author",
    "byl",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
)

Node = Mapping[str, Any]


@dataclass(frozen=True)
class PageData:
    """The values as the page has them; empty where it has none."""

    title: str = ""
    heading: str = ""
    """The headline that readers see, where it stands in an `<h1>`."""
    date: str = ""
    other_date: str = ""
    """What a second place on the page says of the date."""
    modified: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    publisher: str = ""
    language: str = ""
    text: str = ""
    """The text of the article, where the page repeats it for machines."""
    is_free: bool = True
    shown_date: str = ""
    """The first `<time>` of the page, which may be the article's."""
    broken: tuple[str, ...] = field(default=())
    """Why a block of JSON-LD could not be read."""


def read_page_data(tree: Any, source: str) -> PageData:
    """What a parsed page says; `source` is its text."""
    metas = _metas(tree)
    nodes, broken = _json_ld(tree)
    heading = _text(" ".join(tree.xpath("(//h1)[1]//text()")))
    node = _article_node(nodes, heading, _first(metas, "og:title"))
    publisher = _name(node.get("publisher")) or _first(metas, "og:site_name")
    dates = [_string(node.get("datePublished")), *(_first(metas, name) for name in _PUBLISHED)]
    dates = [date for date in dates if date] or [_string(node.get("dateCreated"))]
    modified = _string(node.get("dateModified")) or _first(metas, *_MODIFIED)
    description = _string(node.get("description")) or _first(metas, "og:description", "description")
    return PageData(
        title=_title(_string(node.get("headline")), metas, heading, publisher, tree),
        heading=heading,
        date=dates[0],
        other_date=dates[1] if len(dates) > 1 else "",
        modified=modified,
        authors=_authors(node, metas),
        description=description,
        tags=_tags(node, metas),
        url=_url(tree, metas, node, source),
        publisher=publisher,
        language=_language(tree, node),
        text=_paragraphs(node.get("articleBody")),
        is_free=str(node.get("isAccessibleForFree", True)).lower() != "false",
        shown_date=_text(next(iter(tree.xpath(_TIMES)), "")),
        broken=broken,
    )


# --- where values stand -------------------------------------------------------------------------


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of `<meta>`, by their small-letter name, property or itemprop."""
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = _text(meta.get("content") or "")
        for key in ("property", "name", "itemprop"):
            name = (meta.get(key) or "").strip().lower()
            if name and content:
                metas.setdefault(name, []).append(content)
    return metas


def _first(metas: Mapping[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if metas.get(name)), "")


def _json_ld(tree: Any) -> tuple[list[Node], tuple[str, ...]]:
    """Every object in the page's JSON-LD that describes an article, and what could not be read."""
    nodes: list[Node] = []
    broken = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip()
        for mark in _WRAPPERS:
            text = text.removeprefix(mark).removesuffix(mark).strip()
        try:
            # Sites leave line ends inside of strings, which JSON does not allow.
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError) as error:
            broken.append(str(error) if isinstance(error, ValueError) else "nested too deeply")
            continue
        nodes.extend(node for node in _objects(data) if _is_article(node))
    return nodes, tuple(broken)


def _objects(data: object) -> Iterator[Node]:
    """All objects of some JSON, outer ones first."""
    waiting: deque[tuple[object, int]] = deque([(data, 0)])
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value, depth = waiting.popleft()
        if isinstance(value, dict):
            yield value
        if depth < _MAX_DEPTH:
            inner = (
                value.values()
                if isinstance(value, dict)
                else value
                if isinstance(value, list)
                else ()
            )
            waiting.extend((one, depth + 1) for one in inner if isinstance(one, dict | list))


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.fullmatch(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _article_node(nodes: list[Node], *headings: str) -> Node:
    """The object that is about this page: of its headline, else the first with a headline."""
    folded = {_fold(heading) for heading in headings if heading}
    for node in nodes:
        if _fold(_string(node.get("headline"))) in folded:
            return node
    return next((node for node in nodes if node.get("headline")), nodes[0] if nodes else {})


# --- values -------------------------------------------------------------------------------------


def _text(text: str) -> str:
    """One line of visible characters."""
    return " ".join(clean(text).split())


def _string(value: object) -> str:
    """A string of JSON-LD; sites write the entities of HTML into it."""
    return _text(unescape(value)) if isinstance(value, str) else ""


def _paragraphs(value: object) -> str:
    text = unescape(value) if isinstance(value, str) else ""
    return "\n".join(filter(None, map(_text, text.split("\n"))))


def _fold(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))


def _name(value: object) -> str:
    """The name of a person or an organization, however it is given."""
    if isinstance(value, list):
        return next(filter(None, map(_name, value)), "")
    return _string(value.get("name") if isinstance(value, dict) else value)


def _title(
    headline: str, metas: Mapping[str, list[str]], heading: str, publisher: str, tree: Any
) -> str:
    """The headline; without the name of the site, and in full where it was cut for machines."""
    titles = (headline, _first(metas, "og:title", "twitter:title"), heading)
    title = next(filter(None, titles), "") or _text(" ".join(tree.xpath("(//title)[1]//text()")))
    if publisher:
        title = re.sub(rf"\s*[|–—•·-]\s*{re.escape(publisher)}\s*$", "", title, flags=re.I)
    cut = re.sub(r"\s*(?:…|\.\.\.)$", "", title)
    is_cut = cut != title and _fold(heading).startswith(_fold(cut))
    return heading if is_cut else title


def _authors(node: Node, metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    value = node.get("author") or node.get("creator")
    given = [_name(one) for one in value] if isinstance(value, list) else [_name(value)]
    if not any(given):
        given = next((metas[name] for name in _AUTHOR if metas.get(name)), [])
    names = (name for name in given if name and not _HTTP.match(name) and len(name) <= 200)
    return tuple(dict.fromkeys(names))[:_MAX_WORDS]


def _tags(node: Node, metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    value = node.get("keywords")
    given = (
        [_string(one) for one in value] if isinstance(value, list) else _string(value).split(",")
    )
    given = [word for word in given if word.strip()] or metas.get("article:tag", [])
    words = (word.strip() for word in given)
    # "type:story" and the like are for the site's own machines.
    return tuple(dict.fromkeys(w for w in words if w and len(w) <= 60 and ":" not in w))[
        :_MAX_WORDS
    ]


def _url(tree: Any, metas: Mapping[str, list[str]], node: Node, source: str) -> str:
    saved = _SAVED_FROM.search(source[:4000])
    places = (
        *tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href"),
        _first(metas, "og:url"),
        _string(node.get("url")),
        saved[1] if saved else "",
    )
    return next((url.strip() for url in map(clean, places) if _HTTP.fullmatch(url.strip())), "")


def _language(tree: Any, node: Node) -> str:
    """The page's language without its country: "en" of "en-GB"."""
    given = next(iter(tree.xpath("/html/@lang")), "") or _string(node.get("inLanguage"))
    found = re.match(r"[a-zA-Z]{2,3}(?=$|[-_])", given.strip())
    return found[0].lower() if found else ""
