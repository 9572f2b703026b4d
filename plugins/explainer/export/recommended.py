"""Recommendations as data, for a newsletter or an app: `recommended.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..pages.contexts import ArticlePage, BriefPage, Page
from ..urls import Urls


def recommended_json(pages: Iterable[Page], urls: Urls) -> str:
    """The cards under each article, as its page shows them.

    An object from the article's address to a list of `{url, title, date, reason}`, in the order of
    the cards; addresses are whole where the site's own is known. `date` is as in HTML's `time`,
    null where it is not known. One article on a line, so that a change is easy to see.
    """
    lines = []
    for page in pages:
        if isinstance(page, ArticlePage | BriefPage) and page.recommended:
            cards = [
                {
                    "url": urls.absolute(card.href) or card.href,
                    "title": card.title,
                    "date": card.date.attribute,
                    "reason": card.reason,
                }
                for card in page.recommended
            ]
            key = json.dumps(
                page.head.canonical or urls.href(page.path.removesuffix("index.html")),
                ensure_ascii=False,
            )
            lines.append(f"{key}: {json.dumps(cards, ensure_ascii=False)}")
    body = ",\n".join(lines)
    return f"{{\n{body}\n}}\n" if lines else "{}\n"
