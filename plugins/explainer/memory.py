"""Pure functions that remember what they gave, from one reading of a site to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Generic, ParamSpec, TypeVar

from .fragment import Fragment, read_fragment, with_edited_tags
from .frontmatter import split_document
from .markdown import CleanText, clean_body
from .mentions import NameIndex, find_mentions
from .model import read_record
from .passages import ArticleText, find_passage, quote_text
from .sound_files import FileKey, SoundFile
from .steps import Steps, settle_links
from .targets import Targets
from .tree import parse_yaml

P = ParamSpec("P")
R = TypeVar("R")


class Memory(Generic[P, R]):
    """A pure function with what it gave, as long as it is asked for in each reading.

    `key` gives what two calls have in common that give the same: the arguments themselves, if
    nothing is said. Where it names an argument by its `id`, it may: arguments are kept.
    """

    def __init__(
        self, function: Callable[P, R], key: Callable[..., Hashable] | None = None
    ) -> None:
        self._function = function
        self._key = key
        self._known: dict[Hashable, tuple[R, Any]] = {}

    @contextmanager
    def used(self) -> Iterator[Callable[P, R]]:
        """The function for one reading; what is not asked for in it is forgotten behind it."""
        now: dict[Hashable, tuple[R, Any]] = {}
        key_of, before, function = self._key, self._known, self._function

        def ask(*arguments: P.args, **named: P.kwargs) -> R:
            key = key_of(*arguments, **named) if key_of is not None else arguments
            known = now.get(key) or before.get(key)
            if known is None:
                known = (function(*arguments, **named), (arguments, named))
            now[key] = known
            return known[0]

        yield ask
        self._known = now


class Canonical:
    """Tells values that are equal by one number, comparing each with the one before only once."""

    def __init__(self) -> None:
        self._asked: object = None
        self._known: object = None

    def number(self, value: object) -> int:
        """The same for a value as for an equal one that was asked for right before it."""
        if value is not self._asked:
            self._asked = value
            if value != self._known:
                self._known = value
        return id(self._known)


class RememberedFiles:
    """Keeps what it is told, as long as it is asked for between two calls of `forget`."""

    def __init__(self) -> None:
        self._before: dict[Hashable, SoundFile] = {}
        self._now: dict[Hashable, SoundFile] = {}

    def get(self, key: FileKey) -> SoundFile | None:
        """What was read of a file, if it is known."""
        found = self._now.get(key) or self._before.get(key)
        if found is not None:
            self._now[key] = found
        return found

    def put(self, key: FileKey, found: SoundFile) -> None:
        """Keep it."""
        self._now[key] = found

    def forget(self) -> None:
        """Forget what was not asked for since the last time."""
        self._before, self._now = self._now, {}


class ReadingMemory:
    """The steps of reading, for a process that reads the same site again and again."""

    def __init__(self) -> None:
        self._parse = Memory(parse_yaml)
        self._split = Memory(split_document)
        # Of a tree that is the same object: comparing trees takes longer than reading them.
        self._read_record = Memory(
            read_record, lambda shape, node, *, zone, what: (shape, id(node), zone, what)
        )
        self._files = RememberedFiles()
        self._render = Memory(clean_body)
        self._scan = Memory(read_fragment)
        self._settle_links = Memory(settle_links, self._key_of_links)
        self._settle = Memory(
            with_edited_tags, lambda fragment, edits: (id(fragment), tuple(edits))
        )
        self._quotable = Memory(ArticleText, lambda headline, body: (headline, id(body)))
        self._find_passage = Memory(
            find_passage,
            lambda text, selector, *, seeks_nearest: (id(text), selector, seeks_nearest),
        )
        self._quote_text = Memory(quote_text, lambda text, raw: (id(text), raw))
        self._find_mentions = Memory(find_mentions, self._key_of_mentions)
        # Compared once a reading, and not for each article: both hold thousands of names.
        self._names, self._targets = Canonical(), Canonical()

    def _key_of_mentions(
        self, fragment: Fragment, index: NameIndex, *, excluded: frozenset[str] = frozenset()
    ) -> Hashable:
        return id(fragment), self._names.number(index), excluded

    def _key_of_links(self, clean: CleanText, targets: Targets) -> Hashable:
        return id(clean), self._targets.number(targets)

    @contextmanager
    def used(self) -> Iterator[Steps]:
        """The steps for one reading."""
        with ExitStack() as stack:
            stack.callback(self._files.forget)

            def use(one: Memory[..., Any]) -> Any:
                return stack.enter_context(one.used())

            yield Steps(
                parse=use(self._parse),
                split=use(self._split),
                read_record=use(self._read_record),
                files=self._files,
                render=use(self._render),
                scan=use(self._scan),
                settle_links=use(self._settle_links),
                settle=use(self._settle),
                quotable=use(self._quotable),
                find_passage=use(self._find_passage),
                quote_text=use(self._quote_text),
                find_mentions=use(self._find_mentions),
            )
