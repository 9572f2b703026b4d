"""What a problem is about, in the editor's words: `event "Berlin talks", 14 December 2025`.

The names are read from the texts once more, and only from files that have problems: a record that
is wrong has no class of its own, but what an editor wrote of it is there to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePosixPath
from typing import TypeAlias

from .date_words import format_date
from .dates import DateError, parse_date
from .frontmatter import split_document
from .language import Language, load_language
from .problems import Location, Problem
from .tree import Mapping as MappingNode
from .tree import Node, Scalar, Sequence, Unread, parse_yaml
from .validate import SECTIONS

MAX_LENGTH = 60

#: Of what a record's name is made: the first of these keys that has a value, as words.
_WORDS = ("title", "question", "name", "text", "stance", "role", "tie", "quote", "same")
#: Whose it is.
_ACTOR = ("actor", "actors")
#: Files with an entry a line, and what each entry is.
_ENTRIES = {"actors": "actor", "places": "place", "terms": "term", "issues": "issue"}
#: Files that are one thing each, by their folder.
_WHOLE = {"articles": "article", "pages": "page", "stories": "story", "actors": "actor"}

Start: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From where on in a file the text belongs to a record; `name` is empty between records.

    A line further down that begins in front of `column` belongs to no record any more: it is what
    the tree leaves out, such as a key that stands twice.
    """

    start: Start
    name: str
    column: int = 1


def name_records(problems: Iterable[Problem], texts: Mapping[str, str]) -> list[Problem]:
    """The problems, each with the name of the record in which its place lies.

    Where a file cannot be read, or the place is in no record, a problem is given back as it is.
    """
    stretches: dict[str, list[_Stretch]] = {}
    return [_named(problem, texts, stretches) for problem in problems]


def _named(
    problem: Problem, texts: Mapping[str, str], stretches: dict[str, list[_Stretch]]
) -> Problem:
    place = problem.location
    if problem.record or place.file not in texts:
        return problem
    if place.file not in stretches:
        stretches[place.file] = list(_stretches(place.file, texts[place.file]))
    at = (place.line, place.column)
    found = next((s for s in reversed(stretches[place.file]) if s.start <= at), None)
    if found is None or (place.line > found.start[0] and place.column < found.column):
        return problem
    return replace(problem, record=found.name)


def _stretches(file: str, text: str) -> Iterator[_Stretch]:
    """The records of a file in the order in which they stand there."""
    path = PurePosixPath(file)
    whole = _WHOLE.get(path.parent.name, "")
    is_markdown = path.suffix == ".md"
    node = split_document(text, file)[0].head if is_markdown else parse_yaml(text, file)[0]
    if not isinstance(node, MappingNode):
        return
    if whole:
        name = "" if whole == "article" and not is_markdown else _name(whole, node)
        yield _Stretch((1, 1), name)
        yield from _sections(node, name)
    elif path.stem in _ENTRIES:
        for key, value in node.entries:
            start = _start(key.location)
            yield _Stretch(start, _name(_ENTRIES[path.stem], value, key.value), start[1] + 1)


def _sections(node: MappingNode, name: str) -> Iterator[_Stretch]:
    for key, value in node.entries:
        if key.value in SECTIONS and isinstance(value, Sequence):
            kind = SECTIONS[key.value].kind
            yield _Stretch(_start(key.location), "")
            for item in value.items:
                start = _start(item.location)
                yield _Stretch(start, _name(kind, item), start[1])
        else:
            yield _Stretch(_start(key.location), name)


def _start(place: Location) -> Start:
    return place.line, place.column


def _name(kind: str, node: Node, name: str = "") -> str:
    """The kind, its words in quotation marks or else its id, whose it is, and the date."""
    if not isinstance(node, MappingNode):
        return ""
    words = next(filter(None, (_text(node.get(key)) for key in _WORDS)), "")
    name = name or _text(node.get("id"))
    shown = f'{kind} "{_shortened(words)}"' if words else f"{kind} '{name}'" if name else ""
    if not shown:
        return ""
    actor = next(filter(None, (_actor(node.get(key)) for key in _ACTOR)), "")
    whose = f" of '{actor}'" if actor and kind != "event" else ""
    date = _date(_text(node.get("date")))
    return f"{shown}{whose}{f', {date}' if date else ''}"


def _text(node: Node | None) -> str:
    return "" if not isinstance(node, Scalar) or node.is_empty else " ".join(node.value.split())


def _actor(node: Node | None) -> str:
    match node:
        case Sequence(items=(first, *_)):
            return _actor(first)
        case MappingNode(entries=((key, _), *_)):
            return key.value
        case None | Unread():
            return ""
    return _text(node)


def _shortened(words: str) -> str:
    return words if len(words) <= MAX_LENGTH else words[: MAX_LENGTH - 1].rstrip() + "…"


def _date(text: str) -> str:
    """The date as readers see it, in the language of the messages; empty where it is none."""
    try:
        return format_date(parse_date(text), _english()) if text else ""
    except DateError:
        return ""


@cache
def _english() -> Language:
    """The language of the messages; it comes with the package and never changes."""
    return load_language("en")
