"""Changes to an editor's files by position: comments, order and quoting stay as they are.

Places are lines and columns of the text as it was read, from 1. A new value is written in the style
of the old one, and counts only when the file, read again, differs in that value alone.
"""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from .tree import Mapping as Tree
from .tree import Node, Scalar, Sequence, parse_yaml

__all__ = ["Edit", "EditError", "apply_edits", "replace_scalar", "write_files"]

#: The column that a value may reach before it is written on several lines.
WIDTH = 100
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class EditError(Exception):
    """A change that cannot be made; the text is one line for the person at the terminal."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """New text for what stands from `start` up to `end`, both (line, column)."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """A text with all changes made, which may not overlap. Its line ends stay as they are."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = _LINE.findall(text.removeprefix(mark))
    ending = re.search(r"\r\n|\r|\n", text)
    for edit in sorted(set(edits), reverse=True):
        (first, left), (last, right) = edit.start, edit.end
        new = edit.text.replace("\n", ending[0] if ending else "\n")
        head, tail = lines[first - 1][: left - 1], lines[last - 1][right - 1 :]
        lines[first - 1 : last] = [head + new + tail]
    return mark + "".join(lines)


def replace_scalar(text: str, place: tuple[int, int], value: str, *, first_line: int = 1) -> Edit:
    """The change that gives the scalar at a place of a YAML text another value.

    The style stays: plain, quoted, folded or literal; what cannot stand plain is put in double
    quotes. `first_line` is the line of the file on which the text begins. Raises EditError where
    there is no scalar, or none that can be written so.
    """
    line, column = place[0] - first_line + 1, place[1]
    node = next((n for n in _scalars(text) if _start(n) == (line, column)), None)
    if node is None:
        raise EditError(f"no text begins in line {place[0]}, column {place[1]}")
    wanted = [*_values(text)]
    for edit in _ways(text, node, " ".join(value.split())):
        if _changes_only(wanted, [*_values(apply_edits(text, [edit]))], (line, column), value):
            shift = first_line - 1
            start, end = edit.start, edit.end
            return Edit((start[0] + shift, start[1]), (end[0] + shift, end[1]), edit.text)
    raise EditError(f"the text in line {place[0]} cannot be replaced by: {value}")


def write_files(
    texts: Mapping[Path, tuple[str, str]], moves: Mapping[Path, Path] | None = None
) -> None:
    """Write files that were read as the first text of each pair: all of them or none.

    What is in `moves` gets another name. Raises EditError, with nothing written, where a file is
    no longer as it was read, or a new name is taken.
    """
    moved = moves or {}
    ready: list[tuple[Path, Path]] = []
    try:
        for path, (before, after) in texts.items():
            if not path.exists() or read_raw(path) != before:
                raise EditError(f"{path} has changed meanwhile; nothing was written")
            if path in moved and moved[path].exists():
                raise EditError(f"{moved[path]} is there already; nothing was written")
            new = path.with_name(f".{path.name}.new")
            new.write_bytes(after.encode("utf-8"))
            ready.append((new, moved.get(path, path)))
        for new, path in ready:
            os.replace(new, path)
        for path in moved:
            path.unlink()
    finally:
        for new, _ in ready:
            new.unlink(missing_ok=True)


def read_raw(path: Path) -> str:
    """A file's text with its own line ends."""
    return path.read_bytes().decode("utf-8")


# ---- finding


def _scalars(text: str) -> Iterator[yaml.ScalarNode]:
    """Every scalar, keys included, as PyYAML has it."""
    pending = [yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)]
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            pending += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            pending += node.value


def _start(node: yaml.ScalarNode) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _values(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Every scalar's place and words, in the order of the file."""
    node, _ = parse_yaml(text, "")
    if node is not None:
        yield from _values_in(node)


def _values_in(node: Node) -> Iterator[tuple[tuple[int, int], str]]:
    match node:
        case Scalar():
            yield (node.location.line, node.location.column), " ".join(node.value.split())
        case Sequence():
            for item in node.items:
                yield from _values_in(item)
        case Tree():
            for key, value in node.entries:
                yield from _values_in(key)
                yield from _values_in(value)


def _changes_only(
    before: list[tuple[tuple[int, int], str]],
    after: list[tuple[tuple[int, int], str]],
    place: tuple[int, int],
    value: str,
) -> bool:
    """Whether two readings are alike but for one value; lines behind it may have moved."""
    wanted = [" ".join(value.split()) if at == place else words for at, words in before]
    return [words for _, words in after] == wanted


# ---- writing


def _ways(text: str, node: yaml.ScalarNode, value: str) -> Iterator[Edit]:
    """The ways to write a value in the place of a scalar, the best first."""
    if node.style in ("|", ">"):
        yield _block_edit(text, node, value)
        return
    quotes = {"'": ["'"], '"': ['"']}.get(node.style or "", ["", '"'])
    end = (node.end_mark.line + 1, node.end_mark.column + 1)
    for quote in quotes:
        yield Edit(_start(node), end, _wrapped(text, node, _quoted(value, quote)))


def _quoted(value: str, quote: str) -> str:
    match quote:
        case "'":
            return "'" + value.replace("'", "''") + "'"
        case '"':
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def _wrapped(text: str, node: yaml.ScalarNode, written: str) -> str:
    """A value on one line, or on as many as it needs where it stood on several."""
    if node.start_mark.line == node.end_mark.line:
        return written
    lines = text.split("\n")
    column = node.start_mark.column
    second = lines[node.start_mark.line + 1]
    indent = " " * (len(second) - len(second.lstrip(" ")))
    if column + len(written) <= WIDTH and "\n" not in written:
        return written
    room = textwrap.wrap(
        written,
        WIDTH,
        initial_indent=" " * column,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(room)[column:]


def _block_edit(text: str, node: yaml.ScalarNode, value: str) -> Edit:
    """The lines below `>` or `|`; the header and its comment stay."""
    lines = text.split("\n")
    first = node.start_mark.line + 1
    last = min(node.end_mark.line, len(lines))
    if node.end_mark.column > 0:  # the file ends with the value
        last = min(node.end_mark.line + 1, len(lines))
    while last > first and not lines[last - 1].strip():
        last -= 1
    body = lines[first:last]
    indent = min((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), default=2)
    longest = max((len(line) for line in body), default=WIDTH)
    width = max(longest, min(WIDTH, 60)) if len(body) > 1 else max(longest, WIDTH)
    new = textwrap.wrap(
        value,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Edit((first + 1, 1), (last, len(lines[last - 1]) + 1), "\n".join(new))
