"""What was read of files in which nothing is wrong: to be had again without reading them.

`to_json` and `from_json` keep a record from one build to the next. The tree of the file is not
kept: it says where something stands, which is asked only where something is wrong, and then the
text is parsed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Mapping_
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, NamedTuple, Protocol

from . import dates, model
from .dates import parse_date
from .frontmatter import split_document
from .limits import Limits
from .model import Annotations, FrontMatter, Shape, mapping_of
from .tree import Later, Mapping, Node, Path, Sequence, parse_yaml


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A record, and of an article its text and the line on which that begins."""

    record: Annotations | FrontMatter
    body: str = ""
    body_line: int = 1


class FileKey(NamedTuple):
    """What a file is read from."""

    name: str
    """How the file is called in messages."""
    text: str
    zone: tzinfo | None
    """That of times without one."""
    limits: Limits

    def tree(self) -> Node | None:
        """The tree of the file's YAML, which of an article is its head."""
        if self.name.endswith(".md"):
            return split_document(self.text, self.name, self.limits)[0].head
        return parse_yaml(self.text, self.name, 1, self.limits)[0]


class FileTree:
    """The tree of a file, parsed when it is asked for first."""

    def __init__(self, key: FileKey) -> None:
        self._key = key
        self._tree: Node | None = None
        self._is_parsed = False

    def __call__(self) -> Node | None:
        """The tree."""
        if not self._is_parsed:
            self._tree, self._is_parsed = self._key.tree(), True
        return self._tree

    def __reduce__(self) -> tuple[type[FileTree], tuple[FileKey]]:
        """To another process goes the text."""
        return FileTree, (self._key,)


class SoundFiles(Protocol):
    """Knows files that were read before; what it gives is what reading them would give."""

    def get(self, key: FileKey) -> SoundFile | None:
        """What was read of a file, if it was sound and is known."""

    def put(self, key: FileKey, found: SoundFile) -> None:
        """Told of every sound file that was read."""


class NoFiles:
    """Knows none."""

    def get(self, key: FileKey) -> SoundFile | None:
        """None."""
        return None

    def put(self, key: FileKey, found: SoundFile) -> None:
        """Nothing."""


NO_FILES = NoFiles()


def to_json(record: Shape) -> object:
    """A record with all that it holds, in objects, lists, texts and numbers.

    Nodes of the file's tree become their paths. None where one of them is of another tree, or
    where something has no such form.
    """
    tree = mapping_of(record)
    if tree is None:
        return None
    paths = {id(node): path for path, node in _mappings(tree, ())}
    with suppress(KeyError, TypeError):
        return _to_json(record, paths)
    return None


def _to_json(value: object, paths: Mapping_[int, Path]) -> object:
    match value:
        case None | str() | int():
            return value
        case tuple():
            return [_to_json(one, paths) for one in value]
        case dates.Date():
            return {_DATE: value.edtf}
        case Shape() if value.is_whole:
            node = mapping_of(value)
            kind = _KINDS[type(value).__name__]
            found = {
                key: _to_json(one, paths)
                for key, one in value.__dict__.items()
                if key not in kind.defaults or one != kind.defaults[key]
            }
            return {
                _SHAPE: [kind.shape.__name__, None if node is None else paths[id(node)]],
                **found,
            }
    raise TypeError(f"{type(value).__name__} is no part of a record")


def from_json(found: object, key: FileKey) -> Any:
    """The record of a file of which `to_json` made what was found.

    The file is parsed only where somebody asks for the place of something. Raises one of the
    errors of a wrong shape for anything else.
    """
    root = FileTree(key)

    def made(value: Any) -> Any:
        kind = type(value)
        if kind is list:
            return tuple([made(one) for one in value])
        if kind is not dict:
            return value
        if _DATE in value:
            return parse_date(value[_DATE], key.zone)
        name, path = value[_SHAPE]
        values = {field: made(one) for field, one in value.items() if field != _SHAPE}
        return _KINDS[name].made(values, Later(path, root) if path is not None else None)

    return made(found)


def let_tree_go(record: Shape, key: FileKey) -> None:
    """Have the file parsed again for places in a record: its tree need not be held for them.

    Only of a record that `to_json` can tell.
    """
    tree = mapping_of(record)
    if tree is None:
        return
    root = FileTree(key)
    later = {id(node): Later(path, root) for path, node in _mappings(tree, ())}
    for shape in _shapes_in(record):
        shape.look_up_later(later)


def _shapes_in(value: object) -> Iterator[Shape]:
    if isinstance(value, Shape):
        yield value
        for one in value.__dict__.values():
            yield from _shapes_in(one)
    elif type(value) is tuple:
        for one in value:
            yield from _shapes_in(one)


#: Keys of an object in place of a date or a record, which no field is called.
_DATE, _SHAPE = "@", "="


class _Kind:
    """A class of records, whose values are put together as they were, without being looked at."""

    def __init__(self, shape: type[Shape]) -> None:
        self.shape = shape
        self.defaults = {
            key: field.get_default(call_default_factory=True)
            for key, field in shape.model_fields.items()
            if not field.is_required()
        }

    def made(self, values: dict[str, Any], node: Later | None) -> Shape:
        """A record with these values, and what stands where nothing was written."""
        record = self.shape.__new__(self.shape)
        setattr_ = object.__setattr__
        setattr_(record, "__dict__", {**self.defaults, **values})
        setattr_(record, "__pydantic_fields_set__", set(values))
        setattr_(record, "__pydantic_extra__", None)
        setattr_(record, "__pydantic_private__", {"_node": node, "_is_whole": True})
        return record


_KINDS = {
    name: _Kind(value)
    for name, value in vars(model).items()
    if isinstance(value, type) and issubclass(value, Shape)
}


def _mappings(node: Node, path: Path) -> Iterator[tuple[Path, Mapping]]:
    if isinstance(node, Mapping):
        yield path, node
        for key, value in node.entries:
            yield from _mappings(value, (*path, key.value))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _mappings(item, (*path, index))
