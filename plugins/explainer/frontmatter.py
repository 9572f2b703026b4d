"""The head of an article: YAML between lines of `---`, or Pelican's own `Key: value` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from .limits import DEFAULT_LIMITS, Limits
from .problems import Location, Problem
from .tree import Mapping, Node, Scalar, Sequence, check_characters, parse_yaml


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file in its two parts. `head` is None where it cannot be read."""

    head: Mapping | None
    body: str
    body_line: int
    """The line of the file on which the body begins."""


_OPENING = re.compile(r"\s*^---[ \t]*$", re.M)
_FENCE = re.compile(r"^---[ \t]*$", re.M)
_HEADER = re.compile(r"^([A-Za-z][\w-]*):[ \t]*(.*)$")


def split_document(
    text: str, file: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[Document, list[Problem]]:
    """Head and body of a Markdown file, and what is wrong with the head.

    Blank lines may stand before the head. A head that cannot be read is None, and the body with
    it is still there where its beginning is known.
    """
    opening = _OPENING.match(text)
    if not opening:
        return _pelican_document(text, file)
    line = text.count("\n", 0, opening.end()) + 1
    closing = _FENCE.search(text, opening.end())
    if not closing:
        problem = Problem(
            "front-matter",
            Location(file, line, 1, 3),
            "the front matter is opened here and never closed",
            ("put a line '---' between the front matter and the text",),
        )
        return Document(None, "", 1), [problem]
    head = text[opening.end() : closing.start()].removeprefix("\n")
    node, problems = parse_yaml(head, file, line + 1, limits)
    body_line = text.count("\n", 0, closing.end()) + 2
    body = text[closing.end() :].removeprefix("\n")
    if node is not None and not isinstance(node, Mapping):
        problems.append(_not_a_mapping(node))
        node = None
    if node is None and not problems:
        problems.append(_missing(Location(file, line, 1, 3)))
    return Document(node, check_characters(body, file, problems, body_line), body_line), problems


def head_of(text: str) -> tuple[str, int]:
    """The YAML at the head of a Markdown file as it stands, and the line on which it begins.

    Empty where the head is none between lines of `---`.
    """
    opening = _OPENING.match(text)
    closing = _FENCE.search(text, opening.end()) if opening else None
    if not opening or not closing:
        return "", 1
    line = text.count("\n", 0, opening.end()) + 2
    return text[opening.end() : closing.start()].removeprefix("\n"), line


def _not_a_mapping(node: Node) -> Problem:
    return Problem(
        "wrong-type", node.location, "the front matter must be a mapping of 'key: value' lines"
    )


#: Pelican's names for what has another name here, and the keys whose values are lists.
_SYNONYMS = {"author": "authors", "category": "tags"}
_LISTS = {"tags": ",", "authors": ";"}


def _missing(place: Location) -> Problem:
    return Problem(
        "front-matter",
        place,
        "the front matter is missing",
        ("a file begins with a line '---', then 'title: …' and 'date: …', then a line '---'",),
    )


def _pelican_document(text: str, file: str) -> tuple[Document, list[Problem]]:
    """Head lines `Key: value` up to the first line that is none, as Pelican reads them."""
    values: dict[str, list[Scalar]] = {}
    keys: dict[str, Scalar] = {}
    problems: list[Problem] = []
    text = check_characters(text, file, problems)
    lines = text.split("\n")
    heads = list(takewhile(lambda found: found is not None, map(_HEADER.match, lines)))
    for number, found in enumerate(heads, 1):
        assert found is not None  # takewhile does not narrow
        name = found[1].lower()
        key = _SYNONYMS.get(name, name)
        keys.setdefault(key, Scalar(key, Location(file, number, 1, len(found[1]))))
        values.setdefault(key, []).extend(_values(key, found, file, number))
    if not heads:
        return Document(None, text, 1), [*problems, _missing(Location(file))]
    entries = tuple((keys[key], _node(key, found)) for key, found in values.items() if found)
    body = "\n".join(lines[len(heads) :]).lstrip("\n")
    skipped = len(lines) - len(body.split("\n"))
    return Document(Mapping(entries, Location(file)), body, skipped + 1), problems


def _values(key: str, found: re.Match[str], file: str, line: int) -> list[Scalar]:
    column = found.start(2) + 1
    parts = found[2].split(_LISTS[key]) if key in _LISTS else [found[2]]
    scalars = []
    for part in parts:
        text = part.strip()
        if key in {"date", "modified"}:
            text = re.sub(r"^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(:\d{2})?$", r"\1T\2", text)
        indent = len(part) - len(part.lstrip())
        if text:
            scalars.append(Scalar(text, Location(file, line, column + indent, len(part.strip()))))
        column += len(part) + 1
    return scalars


def _node(key: str, values: list[Scalar]) -> Node:
    if key in _LISTS:
        return Sequence(tuple(values), values[0].location)
    return values[0]
