"""What a raw article was found to say, the same for pasted text and saved pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..dates import Date
from ..problems import Problem

BlockKind = Literal["paragraph", "heading", "quote", "item"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, or a paragraph of a page, without white space at its ends."""

    number: int
    """Of the file; 0 where that is not known."""
    text: str
    follows_blank: bool = False
    kind: BlockKind = "paragraph"
    """What a page says it is; of a pasted line nobody knows more."""


@dataclass(frozen=True, slots=True)
class RawBrief:
    """An article that is only named: what a "Recommended For You" block says of it."""

    title: str
    line: int
    date: Date | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article with what was understood of it, and in `problems` what was not."""

    title: str = ""
    title_line: int = 0
    date: Date | None = None
    modified: Date | None = None
    written: Date | None = None
    """Only an editor knows."""
    authors: tuple[str, ...] = ()
    dateline: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    publisher: str = ""
    text: tuple[Line, ...] = ()
    """The paragraphs, and of a saved page its subheadings, quotations and lists."""
    briefs: tuple[RawBrief, ...] = ()
    left_out: tuple[Line, ...] = ()
    """Lines that belong to the page and not to the article: buttons, copyright, advertisements."""
    problems: tuple[Problem, ...] = ()
