"""One linear scanner over a sanitized fragment: its text, its blocks, and marks set on both.

The input is well-formed HTML as nh3 writes it. `read_fragment` says what a reader sees and where
each character stands in the HTML; `decorate` wraps ranges of that text, sets marks behind them
and notes under their paragraphs. Nothing here parses a whole tree or looks twice at a character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from heapq import heapify, heappop, heappush
from html import escape, unescape
from html.entities import html5
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

__all__ = [
    "Block",
    "Edit",
    "Fragment",
    "Insert",
    "Node",
    "Wrap",
    "count_words",
    "decorate",
    "read_fragment",
    "replace_spans",
    "with_edited_tags",
]

Edit: TypeAlias = tuple[int, int, str]
"""A range of HTML, and what stands there instead."""

_BLOCK_NAMES: Final = (
    "address article aside blockquote caption col colgroup dd details div dl dt fieldset"
    " figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary"
    " table tbody td tfoot th thead tr ul"
)
BLOCK_TAGS: Final = frozenset(_BLOCK_NAMES.split())
VOID_TAGS: Final = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "source", "wbr"})
# Elements that hold phrasing only: what comes with their block goes behind them, not into them.
CLOSED_TAGS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"})
# Raised numbers and arrows are no words of the article: "the talks[1] resumed" reads without them.
OPAQUE_CLASSES: Final = ('class="footnote-ref"', 'class="footnote-backref"')

_TOKEN: Final = re.compile(
    r'<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)([^">]*(?:"[^"]*"[^">]*)*)>|[^<]+|<', re.DOTALL
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that no block tag interrupts.

    `start` and `end` are offsets of `Fragment.text` without the white space at the edges. `tag` is
    the innermost block element around it ("" for loose text). `region` is the HTML between the
    block tags on both sides. `after` is where HTML that belongs to the block may stand: behind a
    paragraph or heading, inside a list item or cell at the end of its text.
    """

    start: int
    end: int
    tag: str
    region: tuple[int, int]
    after: int


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its text range, and its HTML range with both tags."""

    tag: str
    start: int
    end: int
    html_start: int
    html_end: int


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag inside a block, or a whole element without words: the text offset where it stands."""

    start: int
    end: int
    kind: Literal["open", "close", "other"]
    node: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Runs:
    """The map from text to HTML: where each run of text starts, and how long it is in HTML.

    A plain run has the same characters in both; any other (an entity, a line break) is taken whole.
    """

    texts: tuple[int, ...]
    htmls: tuple[int, ...]
    lengths: tuple[int, ...]
    plain: tuple[bool, ...]


@dataclass(frozen=True)
class Fragment:
    """A scanned fragment; make it with `read_fragment`.

    `text` is what a reader sees: entities decoded, blocks separated by one line feed, characters
    inside a block as they are. `nodes` are the elements in the order of their opening tags.
    """

    html: str
    text: str
    blocks: tuple[Block, ...]
    nodes: tuple[Node, ...]
    _tags: tuple[_Tag, ...] = field(repr=False)
    _runs: _Runs = field(repr=False)
    _block_starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def known(cls, html: str, text: str, words: int) -> Fragment:
        """The fragment whose text is known, with so many words: scanned when more is asked for."""
        fragment = object.__new__(cls)
        vars(fragment).update(html=html, text=text, words=words)
        return fragment

    @property
    def is_scanned(self) -> bool:
        """Whether more than its text is known."""
        return "blocks" in vars(self)

    if not TYPE_CHECKING:  # what is there has a type

        def __getattr__(self, name: str) -> object:
            if name not in _SCANNED or self.is_scanned:
                raise AttributeError(f"a fragment has no {name!r}")
            vars(self).update(vars(read_fragment(self.html)))
            return vars(self)[name]

    def html_start(self, offset: int) -> int:
        """Where the character at this text offset starts in the HTML (the end of HTML if none)."""
        if offset >= len(self.text):
            return len(self.html)
        runs = self._runs
        at = bisect_right(runs.texts, offset) - 1
        return runs.htmls[at] + (offset - runs.texts[at] if runs.plain[at] else 0)

    def html_end(self, offset: int) -> int:
        """Where the character before this text offset ends in the HTML (0 if none)."""
        if offset <= 0 or not self.text:
            return 0
        runs = self._runs
        at = bisect_right(runs.texts, offset - 1) - 1
        return runs.htmls[at] + (offset - runs.texts[at] if runs.plain[at] else runs.lengths[at])

    @cached_property
    def words(self) -> int:
        """The words that a reader reads: what has a letter or a digit."""
        return count_words(self.text)

    @cached_property
    def _tag_starts(self) -> tuple[int, ...]:
        return tuple([tag.start for tag in self._tags])

    @cached_property
    def links(self) -> tuple[Node, ...]:
        """The links in order; one never holds another."""
        links = (node for node in self.nodes if node.tag == "a")
        return tuple(sorted(links, key=_html_start_key))

    def link_at(self, position: int) -> Node | None:
        """The link whose HTML holds this position: not at its start or end, but within."""
        at = bisect_left(self.links, position, key=_html_start_key) - 1
        return self.links[at] if at >= 0 and position < self.links[at].html_end else None

    def is_whole(self, start: int, end: int) -> bool:
        """Whether one element can hold this range: it is in one block and crosses no element."""
        return _is_whole(self, start, end, _html_span(self, start, end))

    def block_at(self, offset: int) -> int | None:
        """The index of the block that the character at this offset belongs to, if any."""
        at = bisect_right(self._block_starts, offset) - 1
        return at if at >= 0 and offset < self.blocks[at].end else None


_SCANNED: Final = frozenset(one.name for one in fields(Fragment)) - {"html", "text"}


def count_words(text: str) -> int:
    """The words of a text: what stands between blanks and has a letter or a digit."""
    return sum([word.isalnum() or any(map(str.isalnum, word)) for word in text.split()])


def _html_start_key(node: Node) -> int:
    return node.html_start


@dataclass(frozen=True, slots=True)
class Wrap:
    """A text range to put an element around.

    The first piece gets `attributes`, further pieces (where the range crosses an element or a
    paragraph) get `repeat`, which should hold no id. Where wraps cross, the one of higher `rank`
    is split; of two with the same range the lower rank is outside.
    """

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    repeat: tuple[tuple[str, str], ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Insert:
    """HTML (trusted) to put at a text offset: behind the character before it, or before the next.

    It never lands inside a link: there it goes behind the link.
    """

    offset: int
    html: str
    side: Literal["after", "before"] = "after"


# --- reading ---------------------------------------------------------------------------------


def read_fragment(html: str) -> Fragment:
    """Scan a well-formed fragment. Stray or missing end tags are tolerated, never an error."""
    scanner = _Scanner(html)
    for token in _TOKEN.finditer(html):
        scanner.take(token)
    return scanner.finish()


def replace_spans(html: str, edits: Sequence[Edit]) -> str:
    """The text with ranges replaced, which are in order and apart."""
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += (html[done:start], new)
        done = end
    return "".join(parts) + html[done:]


def with_edited_tags(fragment: Fragment, edits: Sequence[Edit]) -> Fragment:
    """What `read_fragment` gives for the HTML in which start tags have other attributes.

    The edits are in order, and each is a whole start tag. No class may be changed: it decides on
    what is text. Everything else stays as it was but for where it stands, so nothing is scanned.
    """
    if not edits:
        return fragment
    if not fragment.is_scanned:
        return Fragment.known(replace_spans(fragment.html, edits), fragment.text, fragment.words)
    ends = [end for _, end, _ in edits]
    shifts = list(accumulate((len(new) - (end - start) for start, end, new in edits), initial=0))

    def moved(position: int) -> int:
        return position + shifts[bisect_right(ends, position)]

    return Fragment(
        html=replace_spans(fragment.html, edits),
        text=fragment.text,
        blocks=tuple(
            Block(b.start, b.end, b.tag, (moved(b.region[0]), moved(b.region[1])), moved(b.after))
            for b in fragment.blocks
        ),
        nodes=tuple(
            Node(n.tag, n.start, n.end, moved(n.html_start), moved(n.html_end))
            for n in fragment.nodes
        ),
        _tags=tuple(
            _Tag(moved(t.start), moved(t.end), t.kind, t.node, t.offset) for t in fragment._tags
        ),
        _runs=replace(fragment._runs, htmls=tuple(map(moved, fragment._runs.htmls))),
        _block_starts=fragment._block_starts,
    )


@dataclass(slots=True)
class _OpenBlock:
    """A block as the scanner finds it; `after` is known once its element is closed."""

    start: int
    end: int
    node: int
    region: tuple[int, int]


class _Scanner:
    """The state of one scan: text so far, open elements, and the block being read."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.length = 0
        self.parts: list[str] = []
        self.runs: list[tuple[int, int, int, bool]] = []
        self.nodes: list[Node] = []
        self.stack: list[int] = []
        self.structural: set[int] = set()
        self.tags: list[_Tag] = []
        self.blocks: list[_OpenBlock] = []
        self.block_start: int | None = None
        self.region_start = 0
        self.first_tag = 0
        self.opaque: tuple[str, int, int] | None = None

    def take(self, token: re.Match[str]) -> None:
        end_sign, name, attributes = token.groups()
        name = name.lower() if name else ""
        if self.opaque is not None:
            self.skip(token, name)
        elif not name:
            self.take_text(token)
        elif end_sign:
            self.close(token, name)
        elif name == "br":
            self.add("\n", token.start(), token.end() - token.start(), plain=False)
        elif attributes and _is_opaque(attributes) and name not in VOID_TAGS:
            self.opaque = (name, 1, token.start())
        else:
            self.open(token, name)

    def skip(self, token: re.Match[str], name: str) -> None:
        """Pass over an element without words, to its own end tag."""
        assert self.opaque is not None
        opaque, depth, start = self.opaque
        if name == opaque:
            depth += -1 if token[1] else 1
        self.opaque = (opaque, depth, start) if depth else None
        if not depth:
            self.nodes.append(Node("a", self.length, self.length, start, token.end()))
            self.tags.append(_Tag(start, token.end(), "other", -1, self.length))

    def take_text(self, token: re.Match[str]) -> None:
        raw, at = token[0], token.start()
        if raw[0] != "<" and "&" not in raw:
            self.add(raw, at, len(raw), plain=True)
            return
        if raw.startswith("<!--"):
            self.tags.append(_Tag(at, token.end(), "other", -1, self.length))
            return
        for words, offset, length, plain in _decode(raw):
            self.add(words, at + offset, length, plain=plain)

    def add(self, words: str, at: int, length: int, *, plain: bool) -> None:
        """Append words; white space before the first word of a block is left out."""
        if self.block_start is None:
            kept = words.lstrip()
            if not kept:
                return
            if plain:
                at, length = at + len(words) - len(kept), len(kept)
            words = kept
            self.start_block(at)
        self.push(words, at, length, plain=plain)

    def push(self, words: str, at: int, length: int, *, plain: bool) -> None:
        self.parts.append(words)
        self.runs.append((self.length, at, length, plain))
        self.length += len(words)

    def start_block(self, at: int) -> None:
        if self.length:
            self.push("\n", at, 0, plain=False)
        self.block_start = self.length

    def open(self, token: re.Match[str], name: str) -> None:
        start, end = token.span()
        if name in BLOCK_TAGS:
            self.end_region(start, end)
            self.mark_structural()
        index = len(self.nodes)
        if name in VOID_TAGS:
            if name not in BLOCK_TAGS:
                self.tags.append(_Tag(start, end, "other", -1, self.length))
            return
        self.nodes.append(Node(name, self.length, self.length, start, len(self.html)))
        self.stack.append(index)
        if name in BLOCK_TAGS:
            self.structural.add(index)
        else:
            self.tags.append(_Tag(start, end, "open", index, self.length))

    def mark_structural(self) -> None:
        """An element around a block is no inline element, whatever its name."""
        for index in reversed(self.stack):
            if index in self.structural:
                return
            self.structural.add(index)

    def close(self, token: re.Match[str], name: str) -> None:
        start, end = token.span()
        if name in BLOCK_TAGS:
            self.end_region(start, end)
        index = self.stack[-1] if self.stack else -1
        if index < 0 or self.nodes[index].tag != name:
            if name not in BLOCK_TAGS:
                self.tags.append(_Tag(start, end, "other", -1, self.length))
            return
        self.stack.pop()
        node = self.nodes[index]
        self.nodes[index] = Node(node.tag, node.start, self.length, node.html_start, end)
        if name not in BLOCK_TAGS:
            self.tags.append(_Tag(start, end, "close", index, self.length))

    def end_region(self, start: int, end: int) -> None:
        """A block tag from `start` to `end`: what was read before it is a block, if it has text."""
        if self.block_start is not None:
            self.trim(self.block_start)
            self.settle_tags(self.block_start)
            owner = self.owner()
            region = (self.region_start, start)
            self.blocks.append(_OpenBlock(self.block_start, self.length, owner, region))
        self.block_start = None
        self.region_start = end
        self.first_tag = len(self.tags)

    def owner(self) -> int:
        """The innermost open block element."""
        for index in reversed(self.stack):
            if self.nodes[index].tag in BLOCK_TAGS:
                return index
        return -1

    def trim(self, floor: int) -> None:
        """Take white space off the end of the text, but not before `floor`."""
        while self.length > floor:
            start, at, length, plain = self.runs[-1]
            kept = self.parts[-1].rstrip()
            self.length = start + len(kept)
            if kept:
                self.parts[-1] = kept
                self.runs[-1] = (start, at, len(kept) if plain else length, plain)
                return
            self.parts.pop()
            self.runs.pop()

    def settle_tags(self, start: int) -> None:
        """Tags among white space at an edge of the block stand at that edge."""
        for at in range(self.first_tag, len(self.tags)):
            tag = self.tags[at]
            offset = min(max(tag.offset, start), self.length)
            if offset != tag.offset:
                self.tags[at] = _Tag(tag.start, tag.end, tag.kind, tag.node, offset)
            if tag.kind == "other":
                continue
            node = self.nodes[tag.node]
            first = offset if tag.kind == "open" else node.start
            last = offset if tag.kind == "close" else max(offset, node.end)
            if (first, last) != (node.start, node.end):
                self.nodes[tag.node] = Node(node.tag, first, last, node.html_start, node.html_end)

    def finish(self) -> Fragment:
        end = len(self.html)
        self.end_region(end, end)
        while self.stack:
            index = self.stack.pop()
            node = self.nodes[index]
            self.nodes[index] = Node(node.tag, node.start, self.length, node.html_start, end)
        blocks = tuple(map(self.freeze_block, self.blocks))
        return Fragment(
            html=self.html,
            text="".join(self.parts),
            blocks=blocks,
            nodes=tuple(self.nodes),
            _tags=tuple(self.tags),
            _runs=_Runs(
                tuple(run[0] for run in self.runs),
                tuple(run[1] for run in self.runs),
                tuple(run[2] for run in self.runs),
                tuple(run[3] for run in self.runs),
            ),
            _block_starts=tuple(block.start for block in blocks),
        )

    def freeze_block(self, block: _OpenBlock) -> Block:
        tag = self.nodes[block.node].tag if block.node >= 0 else ""
        after = self.nodes[block.node].html_end if tag in CLOSED_TAGS else block.region[1]
        return Block(block.start, block.end, tag, block.region, after)


def _is_opaque(attributes: str) -> bool:
    return any(mark in attributes for mark in OPAQUE_CLASSES)


def _decode(raw: str) -> Iterator[tuple[str, int, int, bool]]:
    """Raw text as runs (words, offset, length in HTML, plain): each entity is a run of its own."""
    at = 0
    if "&" in raw:
        for match in _ENTITY.finditer(raw):
            name = match[0][1:]
            if name[0] != "#" and name not in html5:
                continue
            words = unescape(match[0])
            if not words:
                continue
            if at < match.start():
                yield raw[at : match.start()], at, match.start() - at, True
            yield words, match.start(), match.end() - match.start(), False
            at = match.end()
    if at < len(raw):
        yield raw[at:], at, len(raw) - at, True


# --- decorating ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that spans text: an element of the source (order -1) or a wrap (0, 1, 2 ...)."""

    start: int
    end: int
    order: int
    ref: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of an item that is one element in the result, to `end` unless it is paused before."""

    item: _Item
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Turn:
    """What ends (innermost first) and what begins (outermost first) at one text offset."""

    closes: tuple[_Piece, ...]
    opens: tuple[_Piece, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """Inserts of one block, by the text offset they stand at."""

    behind: Mapping[int, str]
    before: Mapping[int, str]


def decorate(
    fragment: Fragment,
    wraps: Sequence[Wrap] = (),
    inserts: Sequence[Insert] = (),
    after_blocks: Mapping[int, str] | None = None,
) -> str:
    """The fragment's HTML with wraps, inserts and notes behind blocks (by index) set.

    A wrap is one element where its ends have the same parent, else as few as stay well-formed;
    elements of the source are never split, and a block never stands inside a wrap. A wrap that
    would put a link into a link, or make two links of one, is left out. Inserts at one place keep
    their order. An empty range, a place outside the text, an unknown block: ValueError, for that
    is a mistake of ours.
    """
    _check_arguments(fragment, wraps, inserts, after_blocks or {})
    ordered = _drop_broken_links(fragment, sorted(wraps, key=_wrap_key))
    spans = _spans_by_block(fragment, ordered)
    marks = _inserts_by_block(fragment, inserts)
    edits: list[tuple[int, int, str]] = []
    started: set[int] = set()
    for index in sorted({*spans, *marks}):
        writer = _BlockWriter(fragment, fragment.blocks[index], ordered, started)
        edits.extend(writer.write(spans.get(index, ()), marks.get(index, ())))
    for index, html in sorted((after_blocks or {}).items()):
        edits.append((fragment.blocks[index].after, fragment.blocks[index].after, html))
    return _apply(fragment.html, edits)


def _wrap_key(wrap: Wrap) -> tuple[int, int, int, str, tuple[tuple[str, str], ...]]:
    return (wrap.rank, wrap.start, -wrap.end, wrap.tag, wrap.attributes)


def _check_arguments(
    fragment: Fragment,
    wraps: Sequence[Wrap],
    inserts: Sequence[Insert],
    after_blocks: Mapping[int, str],
) -> None:
    size = len(fragment.text)
    for wrap in wraps:
        if not 0 <= wrap.start < wrap.end <= size:
            raise ValueError(f"no text from {wrap.start} to {wrap.end}")
    for insert in inserts:
        if not (0 <= insert.offset <= size and size):
            raise ValueError(f"no text at {insert.offset}")
    for index in after_blocks:
        if not 0 <= index < len(fragment.blocks):
            raise ValueError(f"no block {index}")


def _drop_broken_links(fragment: Fragment, wraps: Sequence[Wrap]) -> list[Wrap]:
    """Without the links that no element can hold, and those that touch another link."""
    links = [(node.html_start, node.html_end) for node in fragment.links]
    kept: list[Wrap] = []
    for wrap in wraps:
        if wrap.tag == "a":
            span = _html_span(fragment, wrap.start, wrap.end)
            at = bisect_left(links, (span[1], 0))
            is_nested = at > 0 and links[at - 1][1] > span[0]
            if is_nested or not _is_whole(fragment, wrap.start, wrap.end, span):
                continue
            insort(links, span)
        kept.append(wrap)
    return kept


def _html_span(fragment: Fragment, start: int, end: int) -> tuple[int, int]:
    """The HTML that a wrap of this range holds: its words, and elements with no other words."""
    low, high = fragment.html_start(start), fragment.html_end(end)
    for tag in _tags_between(fragment, fragment.html_end(start), low):
        if tag.kind == "open" and start < fragment.nodes[tag.node].end <= end:
            low = tag.start
            break
    for tag in reversed(_tags_between(fragment, high, fragment.html_start(end))):
        if tag.kind == "close" and start <= fragment.nodes[tag.node].start < end:
            high = tag.end
            break
    return low, high


def _is_whole(fragment: Fragment, start: int, end: int, span: tuple[int, int]) -> bool:
    """`Fragment.is_whole`, where the HTML of the range is known."""
    if fragment.block_at(start) != fragment.block_at(end - 1):
        return False
    low, high = span
    inner = [fragment.nodes[t.node] for t in _tags_between(fragment, low, high) if t.node >= 0]
    return all(low <= node.html_start and node.html_end <= high for node in inner)


def _tags_between(fragment: Fragment, low: int, high: int) -> Sequence[_Tag]:
    """The tags that start in a range of the HTML."""
    starts = fragment._tag_starts
    first = bisect_left(starts, low)
    return fragment._tags[first : bisect_left(starts, high, first)] if low < high else ()


def _spans_by_block(fragment: Fragment, wraps: Sequence[Wrap]) -> dict[int, list[_Item]]:
    spans: dict[int, list[_Item]] = defaultdict(list)
    for order, wrap in enumerate(wraps):
        at = max(bisect_right(fragment._block_starts, wrap.start) - 1, 0)
        while at < len(fragment.blocks) and fragment.blocks[at].start < wrap.end:
            block = fragment.blocks[at]
            start, end = max(wrap.start, block.start), min(wrap.end, block.end)
            if start < end:
                spans[at].append(_Item(start, end, order, order))
            at += 1
    return spans


def _inserts_by_block(fragment: Fragment, inserts: Sequence[Insert]) -> dict[int, list[Insert]]:
    """Each insert with the block it stands in: the one on its side, else the one on the other."""
    marks: dict[int, list[Insert]] = defaultdict(list)
    for insert in inserts:
        behind = fragment.block_at(insert.offset - 1)
        before = fragment.block_at(insert.offset)
        first, second = (behind, before) if insert.side == "after" else (before, behind)
        index = first if first is not None else second
        assert index is not None  # a separator has a block on both sides
        side: Literal["after", "before"] = "after" if index == behind else "before"
        if behind == before:
            side = insert.side
        is_there = side == insert.side
        marks[index].append(insert if is_there else Insert(insert.offset, insert.html, side))
    return marks


def _apply(html: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Replace ranges of the HTML; insertions at one place keep their order, before a range there.

    An insertion where a range begins belongs to what ends there, so it comes first; one that
    falls into a range (a link that ends amid loose text) comes behind it.
    """
    out: list[str] = []
    cursor = 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        out += (html[cursor:start], text)
        cursor = max(cursor, end)
    out.append(html[cursor:])
    return "".join(out)


def _source_items(nodes: Sequence[Node], block: Block, tags: Sequence[_Tag]) -> list[_Item]:
    """The elements with text that begin or end in a block.

    One that goes on behind the block ends one character later than it, one that began before
    begins one character earlier: so that whatever meets it there crosses it.
    """
    opens = {tag.node: tag.offset for tag in tags if tag.kind == "open"}
    closes = {tag.node: tag.offset for tag in tags if tag.kind == "close"}
    items = []
    for index in sorted({*opens, *closes}):
        start = opens.get(index, block.start - 1)
        end = closes.get(index, block.end + 1)
        if start < end:
            items.append(_Item(start, end, -1, index))
    return items


def _end_of_link_around(fragment: Fragment, block: Block) -> int | None:
    """Where a link ends in the HTML that holds the whole block and maybe more."""
    node = fragment.link_at(block.region[0])
    return node.html_end if node is not None and node.html_end >= block.region[1] else None


def _plan(items: Sequence[_Item]) -> dict[int, _Turn]:
    """Cut items so that they nest, and say what ends and begins at each offset.

    A sweep with a stack whose ends never grow towards the top. Only an item of higher order is
    ever cut: it ends where a better one ends, or pauses where a better one begins that outlasts it.
    """
    starts: dict[int, list[_Item]] = defaultdict(list)
    for item in items:
        starts[item.start].append(item)
    stack: list[_Piece] = []
    turns: dict[int, _Turn] = {}
    for at in sorted({item.start for item in items} | {item.end for item in items}):
        closes: list[_Piece] = []
        while stack and stack[-1].end <= at:
            closes.append(stack.pop())
        waiting = starts[at] + [piece.item for piece in closes if piece.item.end > at]
        waiting, paused = _make_room(stack, waiting)
        opens = [_Piece(item, at, _first_cut(stack, item)) for item in waiting]
        opens.sort(key=_nesting_key)
        stack += opens
        turns[at] = _Turn((*closes, *paused), tuple(opens))
    return turns


def _nesting_key(piece: _Piece) -> tuple[int, int, int]:
    """Outermost first: the longest, then the better order, then the place in the source."""
    return (-piece.end, piece.item.order, piece.item.ref)


def _first_cut(stack: Sequence[_Piece], item: _Item) -> int:
    """Where an item must end at the latest: at the end of the innermost better one around it."""
    for piece in reversed(stack):
        if piece.item.order <= item.order:
            return min(item.end, piece.end)
    return item.end


def _make_room(stack: list[_Piece], waiting: Sequence[_Item]) -> tuple[list[_Item], list[_Piece]]:
    """Take worse pieces off the stack that end inside one that waits; they wait with it then."""
    heap = [(item.order, item.ref, item) for item in waiting]
    heapify(heap)
    settled: list[_Item] = []
    paused: list[_Piece] = []
    while heap:
        item = heappop(heap)[2]
        cut = _first_cut(stack, item)
        while stack and stack[-1].end < cut:
            piece = stack.pop()
            paused.append(piece)
            heappush(heap, (piece.item.order, piece.item.ref, piece.item))
        settled.append(item)
    return settled, paused


def _nested(items: Sequence[_Item]) -> Sequence[_Item] | None:
    """Items outermost first, from left to right; None where two of them cross."""
    if len(items) < 2:
        return items
    ordered = sorted(items, key=lambda item: (item.start, -item.end, item.order))
    around: list[int] = []
    for item in ordered:
        while around and around[-1] <= item.start:
            around.pop()
        if around and around[-1] < item.end:
            return None
        around.append(item.end)
    return ordered


def _offset_key(insert: Insert) -> int:
    return insert.offset


class _BlockWriter:
    """Writes the HTML of one block with its wraps and inserts."""

    def __init__(
        self, fragment: Fragment, block: Block, wraps: Sequence[Wrap], started: set[int]
    ) -> None:
        self.fragment = fragment
        self.block = block
        self.wraps = wraps
        self.started = started
        self.out: list[str] = []
        self.cursor = block.region[0]
        self.outside: list[tuple[int, int, str]] = []
        self.link_end = _end_of_link_around(fragment, block)

    def write(
        self, spans: Sequence[_Item], inserts: Sequence[Insert]
    ) -> list[tuple[int, int, str]]:
        """The edits that replace the block: one for its region, more for what had to leave it."""
        tags = _tags_between(self.fragment, *self.block.region)
        sources = _source_items(self.fragment.nodes, self.block, tags) if tags else []
        nested = _nested(spans) if self.link_end is None else None
        if nested is not None and self.is_apart(tags, sources, nested, inserts):
            return [(*self.block.region, self.write_text(nested, inserts))]
        turns = _plan([*sources, *spans])
        marks = self.place_inserts(inserts, turns)
        planned = {item.ref for item in sources}
        by_offset: dict[int, list[_Tag]] = defaultdict(list)
        for tag in tags:
            by_offset[tag.offset].append(tag)
        for at in sorted({*turns, *by_offset, *marks.behind, *marks.before}):
            if self.block.start <= at <= self.block.end:
                turn = turns.get(at, _Turn((), ()))
                _Gap(self, at, turn, marks, planned).write(by_offset[at])
        self.copy_to(self.block.region[1])
        return [(*self.block.region, "".join(self.out)), *self.outside]

    def is_apart(
        self,
        tags: Sequence[_Tag],
        sources: Sequence[_Item],
        spans: Sequence[_Item],
        inserts: Sequence[Insert],
    ) -> bool:
        """Whether the tags of a block need not be looked at: where one stands nothing else begins,
        ends or is put, no wrap crosses an element, and nothing is put into a link."""
        taken = {tag.offset for tag in tags}
        return (
            taken.isdisjoint([one.start for one in spans])
            and taken.isdisjoint([one.end for one in spans])
            and taken.isdisjoint([one.offset for one in inserts])
            and not any(
                source.start < one.start < source.end < one.end
                or one.start < source.start < one.end < source.end
                for source in sources
                for one in spans
            )
            and not any(
                source.start < one.offset < source.end
                for source in sources
                if self.tag_of(source) == "a"
                for one in inserts
            )
        )

    def write_text(self, spans: Sequence[_Item], inserts: Sequence[Insert]) -> str:
        """The HTML of a block whose wraps stand in one another or apart, and apart from its tags.

        It is what a plan of turns would give, which most paragraphs do not need.
        """
        links = [(one.start, one.end) for one in spans if self.wraps[one.ref].tag == "a"]
        closes: dict[int, str] = {}
        opens: dict[int, list[int]] = {}
        for one in spans:
            opens.setdefault(one.start, []).append(one.ref)
            # Of those that end at one place the last to begin is inside.
            closes[one.end] = f"</{self.wraps[one.ref].tag}>" + closes.get(one.end, "")
        moved: dict[int, str] = {}
        behind: dict[int, str] = {}
        before: dict[int, str] = {}
        for insert in sorted(inserts, key=_offset_key) if len(inserts) > 1 else inserts:
            at = insert.offset
            around = bisect_left(links, (at,)) - 1
            if around >= 0 and links[around][1] > at:
                end = links[around][1]
                moved[end] = moved.get(end, "") + insert.html
            else:
                side = behind if insert.side == "after" else before
                side[at] = side.get(at, "") + insert.html
        for at, html in moved.items():
            behind[at] = html + behind.get(at, "")
        fragment, start = self.fragment, self.block.start
        for at in sorted({*opens, *closes, *behind, *before}):
            self.copy_to(fragment.html_end(at) if at > start else fragment.html_start(at))
            self.out += (closes.get(at, ""), behind.get(at, ""), before.get(at, ""))
            for ref in opens.get(at, ()):
                self.open_wrap(ref)
        self.copy_to(self.block.region[1])
        return "".join(self.out)

    def place_inserts(self, inserts: Sequence[Insert], turns: Mapping[int, _Turn]) -> _Marks:
        """Inserts by offset; those inside a link go behind it, before what stands there itself."""
        links = sorted(
            (piece.start, at, piece.item.ref)
            for at, turn in turns.items()
            for piece in turn.closes
            if self.tag_of(piece.item) == "a"
        )
        moved: dict[int, str] = defaultdict(str)
        behind: dict[int, str] = defaultdict(str)
        before: dict[int, str] = defaultdict(str)
        for insert in sorted(inserts, key=_offset_key):
            at = bisect_left(links, (insert.offset,)) - 1
            if self.link_end is not None:
                self.outside.append((self.link_end, self.link_end, insert.html))
            elif at < 0 or links[at][1] <= insert.offset:
                (behind if insert.side == "after" else before)[insert.offset] += insert.html
            elif links[at][1] <= self.block.end:
                moved[links[at][1]] += insert.html
            else:
                end = self.fragment.nodes[links[at][2]].html_end
                self.outside.append((end, end, insert.html))
        for offset, html in moved.items():
            behind[offset] = html + behind[offset]
        return _Marks(behind, before)

    def tag_of(self, item: _Item) -> str:
        if item.order < 0:
            return self.fragment.nodes[item.ref].tag
        return self.wraps[item.ref].tag

    def copy_to(self, position: int) -> None:
        if position > self.cursor:
            self.out.append(self.fragment.html[self.cursor : position])
            self.cursor = position

    def open_wrap(self, index: int) -> None:
        wrap = self.wraps[index]
        attributes = wrap.repeat if index in self.started else wrap.attributes
        self.started.add(index)
        values = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
        self.out.append(f"<{wrap.tag}{values}>")


class _Gap:
    """The place between two characters: tags of the source, and what ends and begins there.

    What ends does so as early, what begins as late as the tags allow; inserts stand between.
    """

    def __init__(
        self, writer: _BlockWriter, at: int, turn: _Turn, marks: _Marks, planned: set[int]
    ) -> None:
        self.writer = writer
        self.at = at
        self.closes = deque(turn.closes)
        self.opens = deque(turn.opens)
        self.behind = marks.behind.get(at, "")
        self.before = marks.before.get(at, "")
        self.planned = planned

    def write(self, tags: Sequence[_Tag]) -> None:
        writer = self.writer
        if self.at > writer.block.start:
            writer.copy_to(writer.fragment.html_end(self.at))
        self.close_wraps()
        for tag in tags:
            self.write_tag(tag)
        if self.at < writer.block.end:
            writer.copy_to(writer.fragment.html_start(self.at))
        self.write_before()
        for piece in self.opens:
            writer.open_wrap(piece.item.ref)

    def write_tag(self, tag: _Tag) -> None:
        writer = self.writer
        writer.copy_to(tag.start)
        if tag.kind == "open" and tag.node in self.planned:
            self.open_wraps_around(tag.node)
        writer.copy_to(tag.end)
        if tag.kind == "close" and tag.node in self.planned:
            self.closes.popleft()
            self.close_wraps()

    def close_wraps(self) -> None:
        """End wraps up to the next element of the source; when nothing is left to end: inserts."""
        while self.closes and self.closes[0].item.order >= 0:
            piece = self.closes.popleft()
            self.writer.out.append(f"</{self.writer.tag_of(piece.item)}>")
        if not self.closes:
            self.writer.out.append(self.behind)
            self.behind = ""

    def open_wraps_around(self, node: int) -> None:
        """Begin the wraps that contain an element which begins here."""
        self.write_before()
        while (piece := self.opens.popleft()).item.order >= 0:
            self.writer.open_wrap(piece.item.ref)
        assert piece.item.ref == node

    def write_before(self) -> None:
        self.writer.out.append(self.before)
        self.before = ""
