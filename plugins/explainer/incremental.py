"""Which pages need not be made again: nothing that was read for them is another.

A build keeps with its output what it read (`tracking.py`) of what, with the fingerprint of each
value, and which pages it made of it. The next build makes the graph anew, takes the fingerprints of
the same values, and makes those parts again for which one differs. All of it holds only as long as
nothing else has changed that pages are made of (settings, theme, program, the day): that is `key`.

Everything here is pure; `build_state.py` keeps it on the disk.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from mmap import mmap
from typing import TYPE_CHECKING, Any, TypeVar

from .derive.backlinks import Backlinks
from .derive.recommended import Reason, Recommendation
from .fingerprints import Fingerprints
from .fragment import Fragment, read_fragment
from .graph import Graph
from .markdown import CleanText, clean_body
from .mentions import Mention, NameIndex, find_mentions
from .pages.build import KnownCards, PageBuilder
from .passages import (
    Ambiguous,
    ArticleText,
    NotFound,
    Passage,
    Quoted,
    Selector,
    find_passage,
    quote_text,
)
from .sound_files import FileKey, SoundFile, from_json, let_tree_go, to_json
from .steps import Steps
from .tracking import EVERY_KEY, EVERYTHING, Read, Reads, Trace

T = TypeVar("T")

if TYPE_CHECKING:
    from .extensions import PythonMarkdown

#: What a value that is not there has for a fingerprint.
MISSING = "-"


@dataclass(frozen=True)
class PageRecord:
    """What the files of the whole site must know of a page that stands already."""

    path: str
    sum: str
    """SHA-256 of its bytes."""
    canonical: str
    """Its address in the sitemap; empty where it is not in it."""
    modified: str
    addresses: tuple[str, ...] = ()
    """Which of its addresses must last (`published.py`)."""
    recommended: str = ""
    """Its line in recommended.json."""


@dataclass(frozen=True)
class PartRecord:
    """The pages of a part, in order, and what was read for them."""

    pages: tuple[PageRecord, ...]
    reads: Reads


@dataclass(frozen=True)
class BuildState:
    """What a build leaves to the next one."""

    key: str
    fingerprints: Mapping[Read, str] = field(default_factory=dict)
    """Of all that was read for any page."""
    parts: Mapping[str, PartRecord] = field(default_factory=dict)
    cards: KnownCards | None = None
    """What is recommended under each article."""


def traced(graph: Graph, links: Backlinks, trace: Trace) -> tuple[Graph, Backlinks]:
    """The same, noting what is read of every mapping in them."""
    return _traced(graph, "graph", trace), _traced(links, "links", trace)


def _traced(whole: Any, name: str, trace: Trace) -> Any:
    mappings = {one.name: getattr(whole, one.name) for one in fields(whole)}
    return replace(
        whole,
        **{
            key: trace.tracked(f"{name}.{key}", mapping)
            for key, mapping in mappings.items()
            if isinstance(mapping, dict)
        },
    )


class Values:
    """The values that can be read while pages are made, by what was read."""

    def __init__(self, builder: PageBuilder) -> None:
        owners = (builder, builder.items, builder.recommended)
        self._owners: dict[str, object] = {type(one).__name__: one for one in owners}
        self._owners |= {"graph": builder.graph, "links": builder.items.links}
        self._fingerprints = Fingerprints()
        self._known: dict[Read, str] = {}

    def fingerprint(self, read: Read) -> str:
        """The fingerprint of what a read gives now; MISSING where there is nothing."""
        known = self._known.get(read)
        if known is None:
            known = self._known[read] = self._find(read)
        return known

    def _find(self, read: Read) -> str:
        source, key = read
        owner, _, name = source.partition(".")
        mapping: dict[Hashable, object] | None = getattr(self._owners.get(owner), name, None)
        if mapping is None:  # of another program, whose key differs
            return MISSING
        if key == EVERY_KEY:
            return self._fingerprints.of(tuple(dict.keys(mapping)))
        if key == EVERYTHING:
            return self._fingerprints.of(dict(dict.items(mapping)))
        value = dict.get(mapping, key, MISSING)
        return MISSING if value is MISSING else self._fingerprints.of(value)


def unchanged_parts(before: BuildState, parts: Collection[str], values: Values) -> frozenset[str]:
    """Which of the parts' pages would be the same if they were made again."""
    changed = {
        read for read, known in before.fingerprints.items() if values.fingerprint(read) != known
    }
    found = ((part, before.parts[part].reads) for part in parts if part in before.parts)
    return frozenset(part for part, reads in found if changed.isdisjoint(reads))


def next_state(
    key: str, parts: Mapping[str, PartRecord], values: Values, cards: KnownCards | None = None
) -> BuildState:
    """What this build leaves: its parts, and the fingerprint of all that was read for them."""
    reads: set[Read] = set()
    for part in parts.values():
        reads.update(part.reads)
    return BuildState(key, {read: values.fingerprint(read) for read in reads}, parts, cards)


# ---- as text


def state_to_json(state: BuildState) -> dict[str, Any]:
    """The state in lists, texts and numbers; what was read stands once, and is named by number."""
    numbers = {read: number for number, read in enumerate(state.fingerprints)}
    return {
        "key": state.key,
        "reads": [
            [source, _key_to_json(key), known]
            for (source, key), known in state.fingerprints.items()
        ],
        "parts": {
            name: [
                [_page_to_json(page) for page in part.pages],
                [*map(numbers.__getitem__, part.reads)],
            ]
            for name, part in state.parts.items()
        },
        "cards": _cards_to_json(state.cards) if state.cards is not None else None,
    }


def state_from_json(found: Mapping[str, Any]) -> BuildState:
    """What `state_to_json` made it of; any of the errors of a wrong shape for anything else."""
    known = {
        (str(source), _key_from_json(key)): str(fingerprint)
        for source, key, fingerprint in found["reads"]
    }
    reads = list(known)
    parts = {
        str(name): PartRecord(
            tuple([_page_from_json(page) for page in pages]),
            Reads(map(reads.__getitem__, numbers)),
        )
        for name, (pages, numbers) in found["parts"].items()
    }
    cards = _cards_from_json(*found["cards"]) if found["cards"] is not None else None
    return BuildState(str(found["key"]), known, parts, cards)


def _cards_to_json(known: KnownCards) -> list[object]:
    cards = {
        slug: [[one.slug, one.reason.kind, list(one.reason.ids)] for one in found]
        for slug, found in known.cards.items()
    }
    return [known.digest, cards, b64encode(known.counts).decode()]


def _cards_from_json(digest: str, found: Mapping[str, Any], counts: str) -> KnownCards:
    return KnownCards(
        digest,
        {
            slug: tuple(
                Recommendation(other, Reason(kind, tuple(ids))) for other, kind, ids in cards
            )
            for slug, cards in found.items()
        },
        b64decode(counts),
    )


def _key_to_json(key: Hashable) -> object:
    """A key as text or a list of such; what stands for a whole mapping is in an object."""
    if key in (EVERY_KEY, EVERYTHING):
        return {"whole": "keys" if key == EVERY_KEY else "all"}
    if isinstance(key, tuple):
        return list(key)
    if key is None or isinstance(key, str):
        return key
    raise TypeError(f"a key of the kind {type(key).__name__} cannot be kept")


def _key_from_json(key: Any) -> Hashable:
    match key:
        case {"whole": what}:
            return EVERY_KEY if what == "keys" else EVERYTHING
        case list():
            return tuple(key)
    return None if key is None else str(key)


def _page_to_json(page: PageRecord) -> list[object]:
    return [
        page.path,
        page.sum,
        page.canonical,
        page.modified,
        page.addresses,
        page.recommended,
    ]


def _page_from_json(page: Iterable[Any]) -> PageRecord:
    path, digest, canonical, modified, addresses, recommended = page
    return PageRecord(path, digest, canonical, modified, tuple(addresses), recommended)


def pages_of(parts: Mapping[str, PartRecord]) -> Iterator[PageRecord]:
    """Every page, in the order of the parts."""
    for part in parts.values():
        yield from part.pages


def _forget(_data: bytes) -> None:
    """Of who keeps nothing."""


class KnownReading:
    """Steps of reading (`steps.py`) that take from the last build what they would make again.

    They are those that take longest of all that is made of a file or an article by itself: its
    records, its Markdown, the passages and the names in it. `before` has lines of a key, a blank
    and a value of JSON. Those that are asked for are written again, with the new ones, by `write`;
    of a line of any other shape nothing is taken.
    """

    def __init__(
        self, before: bytes | mmap = b"", write: Callable[[bytes], object] = _forget
    ) -> None:
        self._before = before
        self._places = dict(_places_of(before))
        self._write = write
        self._written: set[str] = set()
        self._names: tuple[NameIndex, str] | None = None
        self._digests: dict[int, tuple[ArticleText, str]] = {}

    @property
    def steps(self) -> Steps:
        """The steps of reading, with those that are known."""
        return Steps(
            files=self,
            render=self.render,
            scan=self.scan,
            find_passage=self.find_passage,
            quote_text=self.quote_text,
            find_mentions=self.find_mentions,
        )

    def _known(self, key: str, made: Callable[[Any], T]) -> T | None:
        """What is made of the value of a key; None where there is none, or it is another's."""
        place = self._places.get(key.encode())
        if place is None:
            return None
        with suppress(ValueError, TypeError, AttributeError, LookupError):
            value = self._before[place[0] : place[1]]
            found = made(json.loads(value))
            self._keep(key, value)
            return found
        return None

    def _keep(self, key: str, value: bytes) -> None:
        if key not in self._written:
            self._written.add(key)
            self._write(b"%s %s\n" % (key.encode(), value))

    def _keep_new(self, key: str, value: object) -> None:
        self._keep(key, json.dumps(value, separators=(",", ":")).encode())

    def get(self, key: FileKey) -> SoundFile | None:
        """What was read of a file, if it was sound and is known (`sound_files.SoundFiles`)."""

        def made(found: Any) -> SoundFile:
            record, length, line = found
            body = key.text[len(key.text) - length :] if length else ""
            return SoundFile(from_json(record, key), body, int(line))

        return self._known(_key_of_file(key), made)

    def put(self, key: FileKey, found: SoundFile) -> None:
        """Told of every sound file that was read; its tree is let go."""
        record = to_json(found.record)
        if record is not None and key.text.endswith(found.body):
            self._keep_new(_key_of_file(key), [record, len(found.body), found.body_line])
            let_tree_go(found.record, key)

    def render(self, text: str, reader: PythonMarkdown | None = None) -> CleanText:
        """`clean_body`."""
        key = f"text:{_digest_of(text, repr(reader)) if reader else _digest_of(text)}"
        found = self._known(key, lambda value: CleanText.from_json(text, value))
        if found is None:
            found = clean_body(text, reader)
            self._keep_new(key, found.to_json())
        return found

    def scan(self, html: str) -> Fragment:
        """`read_fragment`."""
        key = f"scan:{_digest_of(html)}"
        found = self._known(key, lambda value: Fragment.known(html, str(value[0]), int(value[1])))
        if found is None:
            found = read_fragment(html)
            self._keep_new(key, [found.text, found.words])
        return found

    def find_passage(
        self, text: ArticleText, selector: Selector, *, seeks_nearest: bool = True
    ) -> Passage | NotFound | Ambiguous:
        """`find_passage`."""
        wanted = (selector.exact, selector.until, selector.prefix, selector.suffix)
        key = f"passage:{_digest_of(self._digest_of_text(text), *wanted)}"
        known = self._known(key, _passage_from_json)
        if known is not None:
            return known
        found = find_passage(text, selector, seeks_nearest=seeks_nearest)
        if isinstance(found, Passage):
            self._keep_new(key, _passage_to_json(found))
        return found

    def quote_text(self, text: ArticleText, raw: str) -> Quoted | NotFound | Ambiguous:
        """`quote_text`."""
        key = f"quote:{_digest_of(self._digest_of_text(text), raw)}"
        known = self._known(
            key, lambda value: Quoted(str(value[0]), tuple(map(_passage_from_json, value[1])))
        )
        if known is not None:
            return known
        found = quote_text(text, raw)
        if isinstance(found, Quoted):
            self._keep_new(key, [found.words, list(map(_passage_to_json, found.passages))])
        return found

    def _digest_of_text(self, text: ArticleText) -> str:
        """Of what can be quoted of an article; taken once for each."""
        known = self._digests.get(id(text))
        if known is None:
            known = self._digests[id(text)] = text, _digest_of(text.headline, text.body.html)
        return known[1]

    def find_mentions(
        self, fragment: Fragment, index: NameIndex, *, excluded: frozenset[str] = frozenset()
    ) -> tuple[Mention, ...]:
        """`find_mentions`."""
        if self._names is None or self._names[0] is not index:
            self._names = index, _digest_of(repr(list(index.names.items())))
        key = f"names:{_digest_of(fragment.html, self._names[1], *sorted(excluded))}"
        found = self._known(
            key, lambda value: tuple(Mention(int(a), int(b), str(actor)) for a, b, actor in value)
        )
        if found is None:
            found = find_mentions(fragment, index, excluded=excluded)
            self._keep_new(key, [[one.start, one.end, one.actor_id] for one in found])
        return found


def _places_of(lines: bytes | mmap) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Each key with where its value stands."""
    start = 0
    while (end := lines.find(b"\n", start)) >= 0:
        blank = lines.find(b" ", start, end)
        if blank >= 0:
            yield lines[start:blank], (blank + 1, end)
        start = end + 1


def _passage_to_json(passage: Passage) -> list[object]:
    return [passage.start, passage.end, passage.block, passage.words, passage.in_headline]


def _passage_from_json(found: Any) -> Passage:
    start, end, block, words, in_headline = found
    return Passage(
        int(start), int(end), block if block is None else int(block), str(words), bool(in_headline)
    )


def _key_of_file(key: FileKey) -> str:
    return f"file:{_digest_of(key.name, key.text, repr(key.zone), repr(key.limits))}"


def _digest_of(*texts: str) -> str:
    digest = blake2b(digest_size=16)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d\n" % len(data))
        digest.update(data)
    return digest.hexdigest()
