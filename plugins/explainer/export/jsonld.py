"""Structured data for search engines: schema.org as JSON-LD.

Each builder takes texts as the page shows them and gives a node, a dictionary without
``@context``, so that nodes can hold one another; `dump_json_ld` makes the text of a script
element. Three rules hold for all of them. What is empty is left out. A URL has to be whole
(``https://…``): a path, which is all there is while the site does not know its address, is left
out too, because readers of JSON-LD would resolve it against who knows what. Types and properties
are those of schema.org 30.0; a pending type of a page stands beside one that is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

from ..dates import Date, iso_range, sort_key

__all__ = [
    "Node",
    "actor",
    "author",
    "breadcrumb_list",
    "claim",
    "correction",
    "dump_json_ld",
    "image",
    "item_list",
    "news_article",
    "organization",
    "person",
    "profile_page",
    "publisher",
    "quotation",
    "source",
    "story_page",
    "temporal_coverage",
    "web_page",
    "web_site",
    "work",
]

Node: TypeAlias = dict[str, object]
ActorKind = Literal["person", "organization", "country", "group"]
PageType = Literal["WebPage", "CollectionPage", "AboutPage"]

# Made once: `json.dumps` makes another for each text that is not as it has it.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_WEB_ADDRESS: Final = re.compile(r"https?://[^/]", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
# What could end the script element or, to an old parser, the line; and halves of characters,
# which UTF-8 cannot hold. Inside a JSON text all of these stand in strings only.
_UNSAFE: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def dump_json_ld(value: Node | Sequence[Node]) -> str:
    """One node, or several as a graph, as compact JSON that is safe in a script element.

    Keys stay in the order in which they were given: schema.org's context and the type first.
    """
    context: Node = {"@context": "https://schema.org"}
    document = context | (value if isinstance(value, dict) else {"@graph": list(value)})
    text = _ENCODER.encode(document)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


# --- pages --------------------------------------------------------------------------------------


def news_article(
    *,
    headline: str,
    url: str = "",
    description: str = "",
    published: str = "",
    modified: str = "",
    authors: Sequence[Node] = (),
    publisher: Node | None = None,
    dateline: str = "",
    language: str = "",
    image: Node | None = None,
    licence_url: str = "",
    part_of: Node | None = None,
    about: Sequence[Node] = (),
    mentions: Sequence[Node] = (),
    citations: Sequence[Node] = (),
    corrections: Sequence[Node] = (),
    keywords: Sequence[str] = (),
    words: int = 0,
    translation_of: Node | None = None,
) -> Node:
    """An article or brief. Without authors the publisher stands for them.

    `published` and `modified` are ISO 8601, `words` the length of the body. `part_of` is its
    story and `translation_of` its original (`work`), `about` and `mentions` are actors and what
    else is spoken of, `citations` the outside sources (`source`).
    """
    return _filled(
        {
            "@type": "NewsArticle",
            "headline": headline,
            "url": _whole(url),
            "mainEntityOfPage": _whole(url),
            "description": description,
            "datePublished": published,
            "dateModified": modified,
            "author": list(authors) or publisher,
            "publisher": publisher,
            "dateline": dateline,
            "inLanguage": language,
            "image": image,
            "license": _whole(licence_url),
            "isPartOf": part_of,
            "translationOfWork": translation_of,
            "about": list(about),
            "mentions": list(mentions),
            "citation": list(citations),
            "correction": list(corrections),
            "keywords": list(keywords),
            "wordCount": words,
        }
    )


def story_page(
    *,
    headline: str,
    events: Sequence[tuple[str, str]],
    url: str = "",
    description: str = "",
    published: str = "",
    modified: str = "",
    publisher: Node | None = None,
    language: str = "",
    image: Node | None = None,
    licence_url: str = "",
    coverage: str = "",
    about: Sequence[Node] = (),
    mentions: Sequence[Node] = (),
    citations: Sequence[Node] = (),
    articles: Sequence[Node] = (),
) -> Node:
    """An explainer: a background article whose main entity is the list of its events.

    `events` are (headline, URL with the anchor) in the order of the page. `coverage` is the
    stretch of time that they span (`temporal_coverage`), `articles` are ours that belong to the
    story (`work`), `citations` the outside sources. BackgroundNewsArticle is pending, so the
    type that is not stands beside it. A happening in the news is no Event: that is one to attend.
    """
    article = news_article(
        headline=headline,
        url=url,
        description=description,
        published=published,
        modified=modified,
        publisher=publisher,
        language=language,
        image=image,
        licence_url=licence_url,
        about=about,
        mentions=mentions,
        citations=citations,
    )
    return article | _filled(
        {
            "@type": ["NewsArticle", "BackgroundNewsArticle"],
            "temporalCoverage": coverage,
            "hasPart": list(articles),
            "mainEntity": item_list(events) if events else None,
        }
    )


def profile_page(
    *,
    entity: Node,
    url: str = "",
    name: str = "",
    modified: str = "",
    language: str = "",
    part_of: Node | None = None,
) -> Node:
    """The page of an actor; `entity` is the actor (`person`, `organization`)."""
    return _filled(
        {
            "@type": "ProfilePage",
            "name": name,
            "url": _whole(url),
            "dateModified": modified,
            "inLanguage": language,
            "isPartOf": part_of,
            "mainEntity": entity,
        }
    )


def web_page(
    *,
    name: str,
    url: str = "",
    kind: PageType = "WebPage",
    description: str = "",
    modified: str = "",
    language: str = "",
    part_of: Node | None = None,
    items: Sequence[tuple[str, str]] = (),
) -> Node:
    """Any other page; of a list (CollectionPage) `items` are (name, URL) in the order shown."""
    return _filled(
        {
            "@type": kind,
            "name": name,
            "url": _whole(url),
            "description": description,
            "dateModified": modified,
            "inLanguage": language,
            "isPartOf": part_of,
            "mainEntity": item_list(items) if items else None,
        }
    )


def web_site(
    *,
    name: str,
    url: str = "",
    description: str = "",
    language: str = "",
    publisher: Node | None = None,
    licence_url: str = "",
) -> Node:
    """The site, for its home page; with a name and URL alone also what pages are a part of."""
    return _filled(
        {
            "@type": "WebSite",
            "name": name,
            "url": _whole(url),
            "description": description,
            "inLanguage": language,
            "publisher": publisher,
            "license": _whole(licence_url),
        }
    )


def breadcrumb_list(links: Sequence[tuple[str, str]]) -> Node:
    """The way from the home page: (name, URL), in order; the page itself has no URL.

    Search engines want the URL of all but the last; without the site's address there are none.
    """
    items = [
        _filled({"@type": "ListItem", "position": position, "name": name, "item": _whole(url)})
        for position, (name, url) in enumerate(links, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def item_list(items: Sequence[tuple[str, str]]) -> Node:
    """A list in the order shown: (name, URL) of each."""
    elements = [
        _filled({"@type": "ListItem", "position": position, "name": name, "url": _whole(url)})
        for position, (name, url) in enumerate(items, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(elements), "itemListElement": elements}


# --- who ----------------------------------------------------------------------------------------


def person(
    *,
    name: str,
    url: str = "",
    also_known_as: Sequence[str] = (),
    description: str = "",
    job_title: str = "",
    born: str = "",
    died: str = "",
    image: Node | None = None,
    same_as: Sequence[str] = (),
) -> Node:
    """A person. `born` and `died` are a day, month or year (ISO 8601), as in `iso_range`."""
    return _filled(
        {
            "@type": "Person",
            "name": name,
            "url": _whole(url),
            "alternateName": list(also_known_as),
            "description": description,
            "jobTitle": job_title,
            "birthDate": _date_text(born),
            "deathDate": _date_text(died),
            "image": image,
            "sameAs": _all_whole(same_as),
        }
    )


def organization(
    *,
    name: str,
    kind: Literal["organization", "country", "group"] = "organization",
    url: str = "",
    also_known_as: Sequence[str] = (),
    description: str = "",
    founded: str = "",
    ended: str = "",
    image: Node | None = None,
    same_as: Sequence[str] = (),
) -> Node:
    """An organization or group, or a country, which to schema.org is a place.

    So a country has no founding and no end there. Dates as for a person.
    """
    is_country = kind == "country"
    return _filled(
        {
            "@type": "Country" if is_country else "Organization",
            "name": name,
            "url": _whole(url),
            "alternateName": list(also_known_as),
            "description": description,
            "foundingDate": "" if is_country else _date_text(founded),
            "dissolutionDate": "" if is_country else _date_text(ended),
            "image": image,
            "sameAs": _all_whole(same_as),
        }
    )


def actor(*, kind: ActorKind, name: str, url: str = "", same_as: Sequence[str] = ()) -> Node:
    """An actor as named in passing: in `about`, `mentions`, or as the one who speaks."""
    if kind == "person":
        return person(name=name, url=url, same_as=same_as)
    return organization(name=name, kind=kind, url=url, same_as=same_as)


def author(*, name: str, url: str = "") -> Node:
    """Who wrote an article, with the page of what they wrote."""
    return person(name=name, url=url)


def publisher(*, name: str, url: str = "", logo: Node | None = None, principles: str = "") -> Node:
    """The newsroom. `principles` is the URL of how it works and corrects."""
    return _filled(
        {
            "@type": "Organization",
            "name": name,
            "url": _whole(url),
            "logo": logo,
            "publishingPrinciples": _whole(principles),
        }
    )


# --- what articles hold -------------------------------------------------------------------------


def work(*, name: str, url: str = "") -> Node:
    """An article or story of ours, named where it is a part, a whole or an original."""
    return _filled({"@type": "CreativeWork", "name": name, "url": _whole(url)})


def source(
    *, title: str, url: str = "", publisher: str = "", published: str = "", archive_url: str = ""
) -> Node:
    """A publication outside the site, with its archived copy; `published` is ISO 8601."""
    return _filled(
        {
            "@type": "CreativeWork",
            "name": title,
            "url": _whole(url),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
            "datePublished": published,
            "archivedAt": _whole(archive_url),
        }
    )


def correction(*, text: str, published: str = "", url: str = "") -> Node:
    """A correction of an article."""
    return _filled(
        {
            "@type": "CorrectionComment",
            "text": text,
            "datePublished": published,
            "url": _whole(url),
        }
    )


def image(*, url: str, caption: str = "", credit: str = "", licence_url: str = "") -> Node | None:
    """A picture with the words beside it; None without a whole URL, because then it is nothing."""
    if not _whole(url):
        return None
    return _filled(
        {
            "@type": "ImageObject",
            "url": url,
            "caption": caption,
            "creditText": credit,
            "license": _whole(licence_url),
        }
    )


def claim(*, text: str, url: str = "", speakers: Sequence[Node] = (), published: str = "") -> Node:
    """A statement of fact that others may dispute, for `mentions`; never a review of it.

    A country cannot be the author of anything in schema.org, so it is left out of `speakers`.
    """
    return _filled(
        {
            "@type": "Claim",
            "text": text,
            "url": _whole(url),
            "author": _speakers(speakers),
            "datePublished": published,
        }
    )


def quotation(
    *, text: str, url: str = "", speakers: Sequence[Node] = (), published: str = ""
) -> Node:
    """An actor's own words, for `mentions`; speakers as in a claim."""
    return _filled(
        {
            "@type": "Quotation",
            "text": text,
            "url": _whole(url),
            "spokenByCharacter": _speakers(speakers),
            "datePublished": published,
        }
    )


# --- values -------------------------------------------------------------------------------------


def temporal_coverage(dates: Iterable[Date]) -> str:
    """The ISO 8601 interval from the first start to the last end, for `story_page`.

    One date alone is itself; what goes on has the end ``..``. Empty where there are no dates, and
    where the first start or the last end is not known exactly: half an interval would say that
    nothing lies beyond it. Of equal bounds an exact one is taken.
    """
    known = list(dates)
    if not known:
        return ""
    first = min(known, key=_start_key)
    last = max(known, key=_end_key)
    start, end = iso_range(first)[0], _end_text(last)
    if not start or not end or first.open_start:
        return ""
    return start if start == end else f"{start}/{end}"


def _start_key(date: Date) -> tuple[float, bool]:
    return sort_key(date)[0], iso_range(date)[0] is None


def _end_key(date: Date) -> tuple[float, bool]:
    return sort_key(date)[1], _end_text(date) is not None


def _end_text(date: Date) -> str | None:
    if date.is_span and date.open_end and not date.unknown_end:
        return ".."
    start, end = iso_range(date)
    return end if date.is_span else start


def _filled(node: Node) -> Node:
    """The node without what is empty: None, "", 0, and empty lists."""
    return {key: value for key, value in node.items() if value}


def _whole(url: str) -> str:
    return url if _WEB_ADDRESS.match(url) else ""


def _all_whole(urls: Iterable[str]) -> list[str]:
    return [url for url in urls if _whole(url)]


def _date_text(text: str) -> str:
    return text if _DATE.fullmatch(text) else ""


def _speakers(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if node.get("@type") in ("Person", "Organization")]
