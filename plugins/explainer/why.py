"""The account that an editor asks for: why an article is, or is not, recommended under another."""

from __future__ import annotations

from collections.abc import Iterator

from .derive.backlinks import find_backlinks
from .derive.recommended import Account, Part
from .graph import Graph
from .language import load_language
from .pages.build import make_recommender, reason_words
from .pages.items import Items
from .problems import suggestion
from .settings import Settings
from .urls import Urls


class UnknownArticleError(Exception):
    """No published article has this id; the message names what was probably meant."""


def explain_recommendation(graph: Graph, settings: Settings, own: str, other: str) -> str:
    """The account of the card of `other` on the page of `own`, in lines of text.

    What is shown on the page is its reason alone; the figures change with every article. Raises
    UnknownArticleError where one of the two is not published, or both are the same.
    """
    for slug in (own, other):
        if slug not in graph.articles:
            hint = "".join(f"; {text}" for text in suggestion(slug, graph.articles))
            raise UnknownArticleError(f"there is no published article {slug!r}{hint}")
    if own == other:
        raise UnknownArticleError(f"{own!r} is never recommended on its own page")
    urls = Urls(settings.base_path, settings.site_url)
    language = load_language(settings.language)
    items = Items(graph, find_backlinks(graph), language, urls, settings)
    account = make_recommender(items).explain(own, other)
    lines = [
        f"On the page of {own} ({graph.articles[own].matter.title!r}):",
        f"{other} ({graph.articles[other].matter.title!r}) {_placed(account)}",
        f"Its reason in words: {reason_words(items, account.reason)}",
        "",
        *_sum(items, account),
        *_rules(account),
    ]
    return "\n".join(lines)


def _placed(account: Account) -> str:
    if account.card is not None:
        return f"is card {account.card}."
    return "is not shown."


def _sum(items: Items, account: Account) -> Iterator[str]:
    for part in account.parts:
        shared = f"  {_shared(items, part)}" if part.shared else ""
        product = part.weight * part.cosine
        yield f"  {part.signal:8} {part.weight:5.2f} x {part.cosine:.3f} = {product:.3f}{shared}"
    days = "a day is not known" if account.days is None else f"{account.days:g} days apart"
    yield f"  {'time':8}       x {account.closeness:.3f}          {days}"
    place = "nothing is shared" if account.rank is None else f"place {account.rank} by score"
    yield f"  {'score':8}               {account.score:.3f}  {place}"


def _shared(items: Items, part: Part) -> str:
    match part.signal:
        case "actors":
            return ", ".join(items.name(actor) for actor in part.shared)
        case "event":
            return ", ".join(items.title(items.graph.entries[event]) for event in part.shared)
        case "story":
            return ", ".join(items.graph.stories[story].title for story in part.shared)
    return ", ".join(part.shared)


def _rules(account: Account) -> Iterator[str]:
    if account.is_blocked:
        yield "It is blocked in the front matter: recommended.block."
    elif account.is_pinned:
        yield "It is pinned in the front matter: recommended.pin."
    if account.same_text_as is not None:
        yield f"It has the same text as {account.same_text_as}."
    if account.reason.kind in ("start", "next"):
        yield "A running story gives its last two cards to what came next and to its beginning."
