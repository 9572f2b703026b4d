"""The shortest words that select a range of an article: `first words ... last words`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..passages import ArticleText, Passage, Quoted, find_passage, parse_selector, quote_text
from .prose import Span

_WHOLE: Final = 9
_SIZES: Final = ((4, 3), (5, 4), (6, 5), (8, 6), (11, 8), (15, 12))


def select_range(article: ArticleText, span: Span) -> str | None:
    """Words that, as evidence, select exactly this range of the body; None where none do.

    Punctuation at the end of the range may be left out.
    """
    end = span.end
    while end > span.start and article.body.text[end - 1] in " .,;:\n":
        end -= 1
    for words in _selectors(article.body.text[span.start : end]):
        found = find_passage(article, parse_selector(words))
        if isinstance(found, Passage) and (found.start, found.end) == (span.start, end):
            return words
    return None


def select_quote(article: ArticleText, span: Span) -> str | None:
    """Words that, as the text of a quote, give exactly this range; None where none do."""
    whole = " ".join(article.body.text[span.start : span.end].split())
    for words in _selectors(article.body.text[span.start : span.end]):
        found = quote_text(article, words)
        if isinstance(found, Quoted) and found.words == whole:
            return words
    return None


def _selectors(text: str) -> Iterator[str]:
    """Ways to write a text as a selector, the shortest first; a short one is written whole."""
    words = text.split()
    if len(words) > _WHOLE:
        for first, last in _SIZES:
            if first + last < len(words):
                yield f"{' '.join(words[:first])} ... {' '.join(words[-last:])}"
    yield " ".join(words)
