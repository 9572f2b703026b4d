"""Recommendations as data, for a newsletter or an app: `recommended.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from ..pages.contexts import ArticlePage, BriefPage, Page
from ..urls import Urls

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def recommended_json(lines: Iterable[str]) -> str:
    """The cards under each article, as its page shows them: the lines of `recommended_line`.

    An object from the article's address to a list of `{url, title, date, reason}`, in the order of
    the cards; addresses are whole where the site's own is known. `date` is as in HTML's `time`,
    null where it is not known. One article on a line, so that a change is easy to see.
    """
    body = ",\n".join(filter(None, lines))
    return f"{{\n{body}\n}}\n" if body else "{}\n"


def recommended_line(page: Page, urls: Urls) -> str:
    """The line of one page; empty where nothing is recommended on it."""
    if not isinstance(page, ArticlePage | BriefPage) or not page.recommended:
        return ""
    cards = [
        {
            "url": urls.absolute(card.href) or card.href,
            "title": card.title,
            "date": card.date.attribute,
            "reason": card.reason,
        }
        for card in page.recommended
    ]
    key = page.head.canonical or urls.href(page.path.removesuffix("index.html"))
    return f"{_ENCODER.encode(key)}: {_ENCODER.encode(cards)}"
