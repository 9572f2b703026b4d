"""An article's text with its marks: evidence, names with their cards, editors' notes.

The marks are set on the sanitized fragment in one pass. A passage of an event, quote, position
or claim gets one quiet mark that leads to its record; passages of roles and responses get an
anchor only, so that the article stays a pleasure to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..fragment import Insert, Wrap, decorate
from ..graph import Article, Entry, Evidence, Graph
from ..mentions import Mention, NameIndex
from ..model import Claim, Record, Term
from ..passages import Passage, find_passage, parse_selector
from ..passages import Selector as PassageSelector
from .contexts import AboutCard

#: Kinds of records whose passages are marked.
MARKED = ("event", "quote", "position", "claim")

_POSSESSIVE = re.compile(r"['’]s(?!\w)")

Note = tuple[int, str, str, str]
"""(number of the mark, the record's kind in words, its title, its link)."""


class Markup(Protocol):
    """The macros of evidence, as functions that give safe HTML."""

    def mark(self, number: int, href: str, label: str) -> str:
        """The small raised mark behind a passage."""

    def notes(self, notes: list[Note]) -> str:
        """The notes of a paragraph."""

    def editor_note(self, text: str) -> str:
        """An editor's note."""

    def anchor(self, name: str) -> str:
        """An element with an id and nothing in it."""

    def about(self, anchor: str, name: str) -> str:
        """The button behind a name that opens its card."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in an article, where it leads, and the card that its button opens."""

    start: int
    end: int
    href: str
    card: AboutCard | None = None


def term_names(terms: Mapping[str, Term]) -> NameIndex:
    """The names of terms, each with a capital and with a small letter at the beginning."""
    names: dict[str, str] = {}
    for term, data in terms.items():
        for name in (data.name, *data.aliases):
            for first in (name[:1], name[:1].lower(), name[:1].upper()):
                names.setdefault(first + name[1:], term)
    return NameIndex(names)


def apart_from(taken: Iterable[Mention], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that share no character with those taken."""
    ranges = [(one.start, one.end) for one in taken]
    for mention in mentions:
        if all(mention.end <= start or end <= mention.start for start, end in ranges):
            yield mention


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage with every record that rests on it, in order."""

    start: int
    end: int
    in_headline: bool
    records: tuple[Entry[Record], ...]
    anchors: tuple[str, ...]


def marked_passages(article: Article, graph: Graph) -> tuple[MarkedPassage, ...]:
    """The passages of an article on which marked records rest, in the order of the text.

    Passages of the same extent are one; headline first, then by end and start, which is the order
    in which their marks are read.
    """
    found: dict[tuple[bool, int, int], list[tuple[Entry[Record], Evidence]]] = {}
    for entry in graph.entries.values():
        if entry.kind not in MARKED:
            continue
        for evidence in _own_evidence(entry, article.slug):
            key = (not evidence.in_headline, evidence.end, evidence.start)
            found.setdefault(key, []).append((entry, evidence))
    return tuple(
        MarkedPassage(
            start,
            end,
            not in_body,
            tuple(dict.fromkeys(e for e, _ in pairs)),
            tuple(dict.fromkeys(evidence.anchor for _, evidence in pairs)),
        )
        for (in_body, end, start), pairs in sorted(found.items(), key=lambda item: item[0])
    )


def _own_evidence(entry: Entry[Record], slug: str) -> Iterable[Evidence]:
    """An entry's own passages in an article; what it only rests on has another's anchor.

    A claim that refers to a quote has the quote's passages for its own.
    """
    names = [entry.id]
    if isinstance(entry.record, Claim) and entry.record.quote:
        names.append(entry.record.quote)
    return (
        e
        for e in entry.evidence
        if e.article == slug and any(is_anchor_of(e.anchor, name) for name in names)
    )


def is_anchor_of(anchor: str, name: str) -> bool:
    """Whether an anchor is one of the record's own: `evidence-<id>`, then `evidence-<id>_2`."""
    return anchor == f"evidence-{name}" or anchor.startswith(f"evidence-{name}_")


def quiet_anchors(
    article: Article, graph: Graph, marked: Iterable[MarkedPassage]
) -> list[Evidence]:
    """Evidence of the article that has an anchor but no mark: roles, responses, questions."""
    taken = {anchor for passage in marked for anchor in passage.anchors}
    found: dict[str, Evidence] = {}
    for roles in graph.roles.values():
        for role in roles:
            _take(found, role.evidence, article.slug, taken)
    for responses in graph.responses.values():
        for response in responses:
            _take(found, response.evidence, article.slug, taken)
    for entry in graph.entries.values():
        _take(found, entry.evidence, article.slug, taken)
    return sorted(found.values(), key=lambda e: (e.start, e.end, e.anchor))


def _take(
    found: dict[str, Evidence], evidence: Iterable[Evidence], slug: str, taken: set[str]
) -> None:
    for one in evidence:
        if one.article == slug and one.anchor not in taken:
            found.setdefault(one.anchor, one)


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The marked headline and body."""

    headline_html: str
    body_html: str


def mark_article(
    article: Article,
    graph: Graph,
    names: Iterable[Named],
    *,
    markup: Markup,
    label: Callable[[int, Entry[Record]], str],
    note: Callable[[int, Entry[Record]], Note],
    record_href: Callable[[Entry[Record]], str],
    escape: Callable[[str], str],
) -> MarkedArticle:
    """The article with its marks: numbers run from 1 in the order of the text."""
    passages = marked_passages(article, graph)
    named = tuple(names)
    wraps = [_mention(one) for one in named]
    inserts = [
        Insert(_end_of_word(article.fragment.text, one.end), markup.about(card.anchor, card.name))
        for one in named
        if (card := one.card) is not None
    ]
    notes: dict[int, list[Note]] = {}
    headline: list[str] = []
    for number, passage in enumerate(passages, start=1):
        first = passage.records[0]
        mark = markup.mark(number, record_href(first), label(number, first))
        lines = [note(number, record) for record in passage.records]
        if passage.in_headline:
            headline.extend(markup.anchor(a) for a in passage.anchors)
            headline.append(mark)
            continue
        wraps.append(_passage(passage))
        inserts.extend(
            Insert(passage.start, markup.anchor(a), "before") for a in passage.anchors[1:]
        )
        inserts.append(Insert(passage.end, mark))
        block = article.fragment.block_at(passage.end - 1)
        if block is not None:
            notes.setdefault(block, []).extend(lines)
    for evidence in quiet_anchors(article, graph, passages):
        anchor = markup.anchor(evidence.anchor)
        if evidence.in_headline:
            headline.append(anchor)
        else:
            inserts.append(Insert(evidence.start, anchor, "before"))
    after = {block: markup.notes(lines) for block, lines in notes.items()}
    headline_notes = _editor_notes(article, after, markup)
    body = decorate(article.fragment, wraps, inserts, after) if article.fragment.text else ""
    title = escape(article.matter.title) + "".join(headline)
    return MarkedArticle(title, "".join(headline_notes) + body)


def _mention(named: Named) -> Wrap:
    attributes = (("class", "mention"), ("href", named.href))
    return Wrap(named.start, named.end, "a", attributes, attributes, rank=0)


def _end_of_word(text: str, end: int) -> int:
    """Where a name's word ends: behind its possessive ending, which is no part of the name."""
    ending = _POSSESSIVE.match(text, end)
    return ending.end() if ending else end


def _passage(passage: MarkedPassage) -> Wrap:
    return Wrap(
        passage.start,
        passage.end,
        "span",
        (("class", "evidence"), ("id", passage.anchors[0])),
        (("class", "evidence"),),
        rank=1,
    )


def _editor_notes(article: Article, after: dict[int, str], markup: Markup) -> list[str]:
    """Editors' notes go behind the paragraph of their words; those on the headline come first."""
    headline = []
    for line in article.matter.notes:
        selector = line.at
        wanted = (
            PassageSelector(selector.exact, prefix=selector.prefix, suffix=selector.suffix)
            if selector.is_literal
            else parse_selector(selector.exact)
        )
        found = find_passage(article.text, wanted)
        if not isinstance(found, Passage):
            continue  # reported by link.py
        html = markup.editor_note(line.text)
        if found.in_headline or found.block is None:
            headline.append(html)
        else:
            after[found.block] = after.get(found.block, "") + html
    return headline
