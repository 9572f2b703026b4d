"""Writing into the YAML that editors keep by hand: what stands there stays as it is, byte for byte.

A text is written so that it is read back as the same text, whatever is in it; and what is written
is read again before it is given away.
"""

from __future__ import annotations

import json
import re
import unicodedata

from .tree import Mapping, Node, Scalar, Sequence, Unread, parse_yaml

#: Texts that need no quotes, in a list in brackets too: letters and digits, and signs inside.
_PLAIN = re.compile(r"\w(?:[\w .;()/’'–-]*[\w.)])?")


#: Signs without a shape that languages need: joiners, and the direction of the letter beside them.
_NEEDED = "\u200c\u200d\u200e\u200f"


class WritingError(Exception):
    """The file cannot be written into; the text is a sentence for the editor."""


def quote_text(text: str) -> str:
    """A text on one line, plain where that is read back as the same, else in double quotes."""
    if _PLAIN.fullmatch(text) and _is_read_as(text, text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if _is_seen(c) else _escape(c) for c in quoted)


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _is_read_as(written: str, text: str) -> bool:
    node, problems = parse_yaml(f"key: [{written}]", "text")
    found = node.get("key") if isinstance(node, Mapping) else None
    items = found.items if isinstance(found, Sequence) else ()
    return not problems and [_plain_value(item) for item in items] == [text]


def _plain_value(node: Node) -> str | None:
    return node.value if isinstance(node, Scalar) and not node.is_empty else None


def block_lines(key: str, text: str) -> list[str]:
    """`key: …` for a text of several lines, as lines without an indent."""
    lines = [line.rstrip() for line in text.split("\n")]
    if len(lines) == 1 or lines[0][:1].isspace() or not all(map(_is_seen, "".join(lines))):
        return [f"{key}: {quote_text(text)}"]
    return [f"{key}: |-", *(f"  {line}" if line else "" for line in lines)]


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or sign in _NEEDED


def clean_text(text: str) -> str:
    """A text from outside without what nobody can see: controls, marks that turn its direction.

    Line ends become newlines, and a tab or another kind of space a space.
    """
    text = "\n".join(text.splitlines())
    spaced = (" " if c == "\t" or unicodedata.category(c) == "Zs" else c for c in text)
    return "".join(c for c in spaced if c == "\n" or _is_seen(c)).strip()


def append_item(text: str, file: str, section: str, lines: list[str]) -> str:
    """The text of a file with one more item, its lines without indent, at the end of a section.

    A section that is not there is added at the end. Comments, order and line ends stay. Raises
    WritingError where the file cannot be read, or the section is written in brackets.
    """
    node, problems = parse_yaml(text, file)
    if problems or not (node is None or isinstance(node, Mapping)):
        raise WritingError(f"{file} has a mistake in it already; mend that first")
    eol = "\r\n" if "\r\n" in text else "\n"
    old = text.replace("\r\n", "\n")
    new = _with_item(old, file, node, section, lines)
    _check(node, parse_yaml(new, file)[0], section)
    return new.replace("\n", eol)


def _with_item(text: str, file: str, node: Mapping | None, section: str, lines: list[str]) -> str:
    if node is not None and not node.entries:
        text, node = "", None  # `{}`
    written = text.split("\n")
    while written and not written[-1].strip():
        written.pop()
    found = node.get(section) if node is not None else None
    if node is None or found is None:
        before = [*written, *([""] if written else []), f"{section}:"]
        return "\n".join([*before, *_indented(lines, "  "), ""])
    if not isinstance(found, Sequence) or found.is_flow or not found.items:
        raise WritingError(f"'{section}' in {file} is not a list of lines that begin with '- '")
    first = written[found.items[0].location.line - 1]
    indent = first[: len(first) - len(first.lstrip())]
    end = _end_of(section, node, written)
    return "\n".join([*written[:end], "", *_indented(lines, indent), *written[end:], ""])


def _end_of(section: str, node: Mapping, lines: list[str]) -> int:
    """How many lines there are up to the end of a section.

    Blank lines behind it, and comments that stand at the edge, belong to what follows.
    """
    names = [key.value for key, _ in node.entries]
    following = node.entries[names.index(section) + 1 :]
    end = following[0][0].location.line - 1 if following else len(lines)
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    return end


def _indented(lines: list[str], indent: str) -> list[str]:
    marks = [f"{indent}- ", *[f"{indent}  "] * (len(lines) - 1)]
    return [(mark + line).rstrip() for mark, line in zip(marks, lines, strict=True)]


def _check(before: Node | None, after: Node | None, section: str) -> None:
    """Make sure that nothing but one item has been added: anything else is an error of ours."""
    old, new = _plain(before), _plain(after)
    old = old if isinstance(old, dict) else {}
    items = old.get(section, [])
    if not (
        isinstance(new, dict)
        and isinstance(items, list)
        and isinstance(new.get(section), list)
        and new[section][:-1] == items
        and {k: v for k, v in new.items() if k != section}
        == {k: v for k, v in old.items() if k != section}
    ):
        raise ValueError(f"more than one item of '{section}' would have been written")


def _plain(node: Node | None) -> object:
    """A tree as plain values, without places."""
    match node:
        case Mapping():
            return {key.value: _plain(value) for key, value in node.entries}
        case Sequence():
            return [_plain(item) for item in node.items]
        case Scalar():
            return node.value
        case Unread() | None:
            return None
