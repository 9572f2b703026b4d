"""What is left out of a file's tree, and which part of a tree a place belongs to.

A cut is a file and a path of keys and indexes in the tree as it was written. `Cuts.tree` gives the
tree as if the editor had not written what is cut; every node that stays keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .problems import Problem
from .tree import Mapping, Node, Path, Scalar, Sequence

__all__ = ["Cuts", "path_at", "remove_link"]


@dataclass(frozen=True)
class Cuts:
    """What is left out: parts of trees, and links of Markdown of which the words stay."""

    paths: frozenset[tuple[str, Path]] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()
    """(file, target as it is written)."""

    def tree(
        self, file: str, node: Node | None, problems: list[Problem]
    ) -> tuple[Node | None, list[Problem]]:
        """A file's tree without what is cut, and the problems that are not inside of that."""
        paths = {path for name, path in self.paths if name == file}
        if node is None or not (paths or self.links):
            return node, problems
        kept = [p for p in problems if not is_below(_path_of(p, node), paths)]
        targets = [target for name, target in self.links if name == file]
        return _without(node, (), paths, sorted(targets)), kept

    def text(self, file: str, text: str) -> str:
        """A Markdown text without the links that are cut."""
        for name, target in sorted(self.links):
            if name == file:
                text = remove_link(text, target)
        return text


def remove_link(text: str, target: str) -> str:
    """Markdown in which the words of each link to `target` stand without the link."""
    link = rf"(?<!!)\[((?:[^\[\]]|\\.)*)\]\(<?{re.escape(target)}>?(?:\s+\"[^\"]*\")?\)"
    return re.sub(link, r"\1", text)


def is_below(path: Path, cuts: Iterable[Path]) -> bool:
    """Whether a path is one of the cuts or leads into one."""
    return any(path[: len(cut)] == cut for cut in cuts)


def path_at(node: Node, line: int, column: int) -> Path:
    """The path of what stands at a place: the last node that begins there or before it."""
    found: Path = ()
    for path, place in _places(node, ()):
        if place <= (line, column):
            found = path
    return found


def _path_of(problem: Problem, node: Node) -> Path:
    return path_at(node, problem.location.line, problem.location.column)


def _places(node: Node, path: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Every node and key with where it begins, in the order of the file."""
    yield path, (node.location.line, node.location.column)
    match node:
        case Sequence():
            for index, item in enumerate(node.items):
                yield from _places(item, (*path, index))
        case Mapping():
            for key, value in node.entries:
                yield (*path, key.value), (key.location.line, key.location.column)
                yield from _places(value, (*path, key.value))


def _without(node: Node, path: Path, cuts: set[Path], links: list[str]) -> Node:
    match node:
        case Scalar():
            value = node.value
            for target in links:
                value = remove_link(value, target)
            return node if value == node.value else replace(node, value=value)
        case Sequence():
            return replace(
                node,
                items=tuple(
                    _without(item, (*path, index), cuts, links)
                    for index, item in enumerate(node.items)
                    if (*path, index) not in cuts
                ),
            )
        case Mapping():
            entries = (
                (key, value, _without(value, (*path, key.value), cuts, links))
                for key, value in node.entries
                if (*path, key.value) not in cuts
            )
            return replace(
                node,
                entries=tuple((k, new) for k, old, new in entries if not _is_emptied(old, new)),
            )
    return node


def _is_emptied(old: Node, new: Node) -> bool:
    """Whether the last item of a list was cut: then there is no list."""
    if not (isinstance(old, Sequence) and isinstance(new, Sequence)):
        return False
    return bool(old.items) and not new.items
