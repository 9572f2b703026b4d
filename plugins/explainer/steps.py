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
from .tree import parse_yaml
from .validate import Parse, Split


class RenderBody(Protocol):
    """`clean_body`."""

    def __call__(self, body: str, reader: PythonMarkdown | None, /) -> CleanText: ...


@dataclass(frozen=True)
class Steps:
    """What is done with a file, a record or an article by itself, whatever else there is."""

    parse: Parse = parse_yaml
    split: Split = split_document
    read_record: ReadRecord = read_record
    render: RenderBody = clean_body
    scan: Callable[[str], Fragment] = read_fragment
    settle: Callable[[Fragment, Sequence[Edit]], Fragment] = with_edited_tags
    find_mentions: FindMentions = find_mentions


#: Nothing is remembered.
PURE_STEPS = Steps()
