"""The pure steps of reading a site, each of which may be one that remembers what it has made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .extensions import PythonMarkdown
from .fragment import Edit, Fragment, read_fragment, with_edited_tags
from .frontmatter import split_document
from .markdown import CleanText, clean_body
from .mentions import FindMentions, find_mentions
from .model import ReadRecord, read_record
from .passages import (
    Ambiguous,
    ArticleText,
    FindPassage,
    NotFound,
    Quoted,
    find_passage,
    quote_text,
)
from .sound_files import NO_FILES, SoundFiles
from .targets import Targets
from .tree import parse_yaml
from .validate import Parse, Split


def settle_links(clean: CleanText, targets: Targets) -> tuple[tuple[Edit, ...], tuple[str, ...]]:
    """What differs in a text when its links are settled, and the links that lead to nothing."""
    dead: list[str] = []

    def resolve(target: str) -> str | None:
        href = targets.href(target)
        if href is None:
            dead.append(target)
        return href

    return tuple(clean.edits(resolve)), tuple(dead)


class RenderBody(Protocol):
    """`clean_body`."""

    def __call__(self, body: str, reader: PythonMarkdown | None, /) -> CleanText: ...


@dataclass(frozen=True)
class Steps:
    """What is done with a file, a record or an article by itself, whatever else there is."""

    parse: Parse = parse_yaml
    split: Split = split_document
    read_record: ReadRecord = read_record
    files: SoundFiles = NO_FILES
    render: RenderBody = clean_body
    scan: Callable[[str], Fragment] = read_fragment
    settle_links: Callable[[CleanText, Targets], tuple[tuple[Edit, ...], tuple[str, ...]]] = (
        settle_links
    )
    settle: Callable[[Fragment, Sequence[Edit]], Fragment] = with_edited_tags
    quotable: Callable[[str, Fragment], ArticleText] = ArticleText
    find_passage: FindPassage = find_passage
    quote_text: Callable[[ArticleText, str], Quoted | NotFound | Ambiguous] = quote_text
    find_mentions: FindMentions = find_mentions


#: Nothing is remembered.
PURE_STEPS = Steps()
