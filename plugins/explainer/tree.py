"""YAML as a tree of texts with places: no types, no aliases, no duplicate keys.

YAML's own types are traps for editors (`no` is False, `12:30` is 750, `2025-02-30` kills the
file), so every scalar stays the text that the editor wrote, and the model gives it its type.
`parse_yaml` never raises for bad input; it returns problems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Mapping_
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeAlias, cast

import yaml

from .limits import DEFAULT_LIMITS, Limits, raising
from .problems import Location, Problem

MAX_CHARACTERS_TOLD = 50
"""A file full of what cannot be seen is no text: more of it need not be told one by one."""

# The C loader is 13 times faster; every wheel of PyYAML has it, some source builds do not.
_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FastLoader):  # type: ignore[misc]
    """Takes every value for a text, whose type nobody asks YAML for."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return "tag:yaml.org,2002:str"


# What YAML refuses (control characters, half characters), what it takes for the end of a line and
# editors do not (U+2028), and what turns the direction of the text, so that it reads otherwise than
# it is. The marks for a single letter (U+200E, U+200F) may stay.
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
    "\u2028\u2029\u061c\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)
# All signs that one of these begins with: looked for much sooner, and nearly never there.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
    "\u2028\u2029\u061c\u202a-\u202e\u2066-\u2069]"
)
_COMMENT = re.compile(r"\s+(#\w+)")
_TAG = re.compile(r"![^\s,\[\]{}]*")
# What begins like a line of its own inside of unquoted text: an item, or a key without its space.
_SWALLOWED = re.compile(r"\s*(?:(?P<item>-)\s+\S|(?P<key>[a-z_]+):(?=[^\s/]))")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written. `is_empty` is true for nothing, `~`, `null` and `""`."""

    value: str
    location: Location
    is_plain: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether the editor wrote no value."""
        if self.is_plain:
            return self.value in {"", "~", "null", "Null", "NULL"}
        return not self.value.strip()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    location: Location
    is_flow: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Stands where a value was refused and reported already (an alias, nesting too deep)."""

    location: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file. Keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    location: Location

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.entries if name.value == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself with its place, or None."""
        return next((name for name, _ in self.entries if name.value == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping | Unread
Path: TypeAlias = tuple[str | int, ...]


def follow(node: Node, path: Path) -> Node:
    """The node that a path of keys and indexes leads to, or the last on the way that exists.

    An index into what is no list is passed over: one value where a list is meant is a list of one.
    """
    for step in path:
        match node:
            case Mapping() if isinstance(step, str):
                child = node.get(step)
                if child is None:
                    return node
                node = child
            case Sequence() if isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            case Sequence() | Scalar() | Unread() if isinstance(step, str):
                return node
    return node


def locate(node: Node, path: Path) -> Location:
    """The place of what a path leads to, or of the last on the way that exists."""
    return follow(node, path).location


def locate_key(node: Node, path: Path) -> Location:
    """The place of the last key of a path, for problems with the key itself."""
    parent = follow(node, path[:-1])
    key = parent.key(str(path[-1])) if isinstance(parent, Mapping) and path else None
    return key.location if key else parent.location


class Later:
    """A mapping of a tree that is made only when somebody asks where something stands."""

    __slots__ = ("_node", "_path", "_root")

    def __init__(self, path: Path, root: Callable[[], Node | None]) -> None:
        self._path = path
        self._root = root
        self._node: Mapping | None = None

    @property
    def node(self) -> Mapping | None:
        """The mapping; None where the tree has none at this path."""
        if self._node is None:
            root = self._root()
            found = follow(root, self._path) if root is not None else None
            self._node = found if isinstance(found, Mapping) else None
        return self._node


def written(text: str) -> str:
    """A text as it may stand behind a key: in double quotes where YAML needs them."""
    node = parse_yaml(f"key: {text}", "")[0]
    value = node.get("key") if isinstance(node, Mapping) else None
    if isinstance(value, Scalar) and value.value == text and "\n" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def parse_yaml(
    text: str, file: str, first_line: int = 1, limits: Limits = DEFAULT_LIMITS
) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text, and what is wrong with it.

    `first_line` is the line of the file on which the text begins (front matter). A text that is
    empty or holds comments only gives None without a problem. A syntax error gives None and one
    problem: what follows it cannot be trusted.
    """
    text = text.removeprefix("\ufeff")
    builder = _Builder(file, first_line, text, limits)
    text = builder.check_characters(text)
    try:
        if "&" in text or "*" in text:
            builder.check_aliases(text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, builder.with_syntax_problem(error)
    except RecursionError:  # only the loader in Python
        place = Location(file, first_line)
        return None, [Problem("too-deep", place, "the file is nested too deeply to be read")]
    if node is None:
        return None, builder.problems
    tree = builder.build(node, 0)
    return (None if builder.is_misread else tree), builder.problems


def without_deceit(text: str) -> str:
    """A text with a sign in place of each character that cannot be seen or deceives the eye."""
    return _REFUSED.sub("\ufffd", text) if _SUSPECT.search(text) else text


def check_characters(text: str, file: str, problems: list[Problem], first_line: int = 1) -> str:
    """A text without what cannot be seen or deceives the eye; each such sign is a problem."""
    builder = _Builder(file, first_line, text)
    clean = builder.check_characters(text)
    problems.extend(builder.problems)
    return clean


_RETYPE = "delete it: retype the words around it if you cannot see it"


def _bad_character(sign: str, place: Location, hint: str) -> Problem:
    name = unicodedata.name(sign, "")
    shown = f"U+{ord(sign):04X}" + (f" ({name})" if name else "")
    message = f"the invisible character {shown} may not stand in this file"
    return Problem("bad-character", place, message, (hint,))


class _Builder:
    """Turns PyYAML's nodes into ours, collecting problems on the way."""

    def __init__(
        self, file: str, first_line: int, text: str, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self.file = file
        self.limits = limits
        self.first_line = first_line
        self.lines = text.split("\n")
        self.has_escapes, self.has_tags = "\\" in text, "!" in text
        self.problems: list[Problem] = []
        self.count = 0
        self.seen: set[int] = set()
        self.is_misread = False
        """Whether the tree is not what the editor sees, so that it is better not used."""

    def check_characters(self, text: str) -> str:
        """Report characters that YAML refuses or that deceive the eye; the text without them."""
        if not _SUSPECT.search(text):
            return text
        for match in islice(_REFUSED.finditer(text), MAX_CHARACTERS_TOLD):
            line = text.count("\n", 0, match.start())
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1)
            place = Location(self.file, line + self.first_line, column + 1)
            self.problems.append(_bad_character(match[0], place, _RETYPE))
        return without_deceit(text)

    def place(self, start: yaml.Mark, end: yaml.Mark | None = None) -> Location:
        if start.line >= len(self.lines):  # an empty value behind the last line
            last = len(self.lines) - 1
            return Location(self.file, last + self.first_line, len(self.lines[last]) + 1)
        if end is not None and end.line == start.line:
            length = end.column - start.column
        else:
            length = len(self.lines[start.line].rstrip()) - start.column
        return Location(self.file, start.line + self.first_line, start.column + 1, max(1, length))

    def check_aliases(self, text: str) -> None:
        """Report each alias, and each anchor that no alias uses: one message a mistake."""
        marks: dict[str, list[tuple[str, yaml.Mark]]] = {}
        for event in yaml.parse(text, Loader=_Loader):
            anchor = getattr(event, "anchor", None)
            if anchor is not None:
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                mark = cast(yaml.Mark, event.start_mark)  # none only where we made the event
                marks.setdefault(anchor, []).append((sign, mark))
        for anchor, uses in marks.items():
            aliases = [use for use in uses if use[0] == "*"]
            self.problems.extend(self._alias(anchor, *use) for use in aliases or uses)

    def _alias(self, anchor: str, sign: str, mark: yaml.Mark) -> Problem:
        place = self.place(mark)
        return Problem(
            "yaml-alias",
            Location(place.file, place.line, place.column, len(anchor) + 1),
            f"'{sign}{anchor}' is a YAML {'alias' if sign == '*' else 'anchor'}, "
            "which is not used here",
            (
                "write the value out where it is needed",
                f"if the text itself begins with '{sign}', put it in \"double quotes\"",
            ),
        )

    def build(self, node: yaml.Node, depth: int) -> Node:
        self.count += 1
        place = self.place(node.start_mark, node.end_mark)
        if id(node) in self.seen:  # an alias: reported already, and it may hide a bomb
            return Unread(place)
        self.seen.add(id(node))
        if depth > self.limits.yaml_levels or self.count > self.limits.yaml_values:
            self._too_much(depth, place)
            return Unread(place)
        if self.has_tags:
            self._check_tag(node.start_mark, place)
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.build(item, depth + 1) for item in node.value)
            return Sequence(items, place, bool(node.flow_style))
        if isinstance(node, yaml.MappingNode):
            if self._is_list_in_braces(node):
                self._list_in_braces(node, place)
                return Unread(place)
            return Mapping(tuple(self._entries(node, depth)), place)
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style  # '' from the C loader
        if is_plain and self._has_swallowed(node):
            return Unread(place)
        scalar = Scalar(self._without_escapes(node.value, place), place, is_plain)
        self._check_comment(scalar)
        return scalar

    def _without_escapes(self, value: str, place: Location) -> str:
        """Report what deceives the eye and was written as an escape, in double quotes."""
        if not self.has_escapes or not _SUSPECT.search(value):
            return value
        if found := _REFUSED.search(value):
            self.problems.append(_bad_character(found[0], place, "delete its escape"))
        return without_deceit(value)

    def _check_comment(self, scalar: Scalar) -> None:
        """Warn where ` #` cuts a text short: `title: We are #1` means `We are`."""
        place = scalar.location
        if not scalar.is_plain or "#" not in self.lines[place.line - self.first_line]:
            return
        start = place.column - 1 + place.length
        found = _COMMENT.match(self.lines[place.line - self.first_line], start)
        if found and scalar.value:
            self.problems.append(
                Problem(
                    "cut-by-comment",
                    Location(place.file, place.line, found.start(1) + 1, len(found[1])),
                    f"the text ends before '{found[1]}', because a '#' begins a comment",
                    (
                        _QUOTE,
                        "if it is a comment, put a space behind the '#'",
                    ),
                    "warning",
                )
            )

    def _has_swallowed(self, node: yaml.Node) -> bool:
        """Report a line that unquoted text takes in: `- a` and below, deeper, `  - b`."""
        for number in range(node.start_mark.line + 1, node.end_mark.line + 1):
            line = self.lines[number] if number < len(self.lines) else ""
            found = _SWALLOWED.match(line)
            if found is None or (number == node.end_mark.line and not node.end_mark.column):
                continue
            kind = found.lastgroup or ""
            start, end = found.span(kind)
            place = Location(self.file, number + self.first_line, start + 1, end - start)
            self.problems.append(Problem("swallowed-line", place, *_SWALLOWED_WORDS[kind]))
            return True
        return False

    def _check_tag(self, mark: yaml.Mark, place: Location) -> None:
        """Report a tag. The node names the tag of every value; only the text tells its own."""
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        found = _TAG.match(line, mark.column)
        if found:
            self.problems.append(
                Problem(
                    "yaml-tag",
                    replace(place, length=len(found[0])),
                    f"'{found[0]}' is a YAML tag, which is not used here",
                    (
                        "if the text itself begins with '!', put it in \"double quotes\"",
                        "else delete it: what is a number or a date is known without it",
                    ),
                )
            )

    def _entries(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Location] = {}
        for key_node, value_node in node.value:
            place = self.place(key_node.start_mark, key_node.end_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(
                    Problem(
                        "yaml-key",
                        place,
                        "a key must be a word, not a list or a mapping",
                        ('if this is text, put it in "double quotes"',),
                    )
                )
                continue
            key = Scalar(key_node.value, place, not key_node.style)
            if key.is_plain and key.value[:1].isspace():
                self._odd_space(place, key.value[0])
                continue
            if key.value in seen:
                self._duplicate(key, seen[key.value], isinstance(value_node, yaml.SequenceNode))
                continue
            seen[key.value] = place
            if node.flow_style and self._is_cut(key_node, value_node):
                self._cut(key)
                continue
            yield key, self.build(value_node, depth + 1)

    def _is_list_in_braces(self, node: yaml.MappingNode) -> bool:
        """Whether nothing in the braces has a colon: `{council, quill}`."""
        are_words = all(isinstance(key, yaml.ScalarNode) for key, _ in node.value)
        are_cut = all(self._is_cut(*pair) for pair in node.value)
        return bool(node.flow_style and node.value) and are_words and are_cut

    def _list_in_braces(self, node: yaml.MappingNode, place: Location) -> None:
        items = ", ".join(str(key.value) for key, _ in node.value)
        hints = (f"write [{items}]", 'if it is text, put it in "double quotes"')
        message = "a list stands in brackets, not in braces"
        self.problems.append(Problem("yaml-syntax", place, message, hints))

    def _is_cut(self, key: yaml.Node, value: yaml.Node) -> bool:
        """Whether a key in braces has no colon: it is the rest of a text that a comma cut."""
        start, end = key.end_mark, value.start_mark
        if start.line != end.line or start.line >= len(self.lines):  # an empty one behind the end
            return False
        between = self.lines[start.line][start.column : end.column + 1]
        return not value.value and ":" not in between

    def _cut(self, key: Scalar) -> None:
        self.problems.append(
            Problem(
                "yaml-syntax",
                key.location,
                f"the comma before '{key.value}' ends the text before it",
                ('put text that holds a comma in "double quotes"',),
            )
        )

    def _odd_space(self, place: Location, space: str) -> None:
        self.is_misread = True
        self.problems.append(
            Problem(
                "yaml-syntax",
                replace(place, length=1),
                f"this line is indented with the character U+{ord(space):04X}, "
                "which looks like a space and is none",
                ("delete the indentation and type it again with the space bar",),
            )
        )

    def _duplicate(self, key: Scalar, first: Location, is_list: bool) -> None:
        cure = "put the items of both below the first" if is_list else "keep one of the two"
        self.problems.append(
            Problem(
                "duplicate-key",
                key.location,
                f"the key '{key.value}' stands twice here",
                (f"it stands first on line {first.line}; {cure}",),
            )
        )

    def _too_much(self, depth: int, place: Location) -> None:
        levels, values = self.limits.yaml_levels, self.limits.yaml_values
        code = "too-deep" if depth > levels else "too-long"
        if any(p.code == code for p in self.problems):
            return
        message, hints = (
            (f"this is nested more than {levels} levels deep", ("no record needs more than 6",))
            if code == "too-deep"
            else (
                f"the file has more than {values:,} values",
                ("split it into several files", raising("yaml_values")),
            )
        )
        self.problems.append(Problem(code, replace(place, length=1), message, hints))

    def with_syntax_problem(self, error: yaml.YAMLError) -> list[Problem]:
        """All problems, with that for which PyYAML gave up."""
        fault = _fault(error, self.lines)
        is_reported = "undefined alias" in fault.problem or fault.problem == "second occurrence"
        if not is_reported:  # with the other aliases and anchors
            fault, words = _slip(fault) or (_at_apostrophe(fault), _explain(fault))
            place = Location(self.file, fault.number + self.first_line, fault.column + 1)
            self.problems.append(Problem("yaml-syntax", place, *words))
        return self.problems


# --- what PyYAML complains of, in an editor's words ----------------------------------------------

Words: TypeAlias = tuple[str, tuple[str, ...]]

_QUOTE = 'put the whole text in "double quotes"'
_SWALLOWED_WORDS: Mapping_[str, Words] = {
    "item": (
        "this line is read as a part of the text above, not as an item of a list",
        (
            "in a list every item has a line of its own, and all '- ' stand in one column",
            f"if it goes on with the text above, {_QUOTE}",
        ),
    ),
    "key": (
        "this line is read as a part of the text above, not as a key",
        (
            "behind a key stand a colon and a space; all keys of a record begin in one column",
            f"if it goes on with the text above, {_QUOTE}",
        ),
    ),
}
# Of these, the beginning of what was being read is the place to mend, not where reading ended.
_POINTS_AT_START = re.compile(
    "parsing a tag|"
    "scanning an? (?:alias|anchor|tag|directive|simple key|quoted scalar|block scalar)"
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """PyYAML's complaint, and the line that it is shown with; numbers from 0."""

    problem: str
    context: str
    lines: Sequence_[str]
    number: int
    column: int

    @property
    def line(self) -> str:
        return self.lines[self.number]

    @property
    def before(self) -> str:
        return self.line[: self.column]

    @property
    def sign(self) -> str:
        """The character at the place."""
        return self.line[self.column : self.column + 1]

    @property
    def above(self) -> str:
        """The nearest line above that is not blank."""
        return self.lines[self.number_above] if self.number_above is not None else ""

    @property
    def number_above(self) -> int | None:
        """The number of that line, or None in the first line."""
        return next((n for n in reversed(range(self.number)) if self.lines[n].strip()), None)


def _fault(error: yaml.YAMLError, lines: Sequence_[str]) -> _Fault:
    problem, context = (str(getattr(error, key, None) or "") for key in ("problem", "context"))
    mark, start = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    is_unclosed = "flow" in context and mark and start and mark.line != start.line
    is_early = is_unclosed or _POINTS_AT_START.search(context)
    if start and is_early and "tab character" not in problem:
        mark = start
    number, column = (mark.line, mark.column) if mark else (0, 0)
    if number >= len(lines) or not lines[number].strip():  # the end of the file
        number = next((n for n in reversed(range(len(lines))) if lines[n].strip()), 0)
        column = max(0, len(lines[number].rstrip()) - 1)
    elif "mapping values" in problem and ": " not in lines[number][:column]:
        column = _blanks(lines[number])  # not the colon is wrong, but where the line begins
    return _Fault(problem, context, lines, number, column)


# Slips in the form of a line, for which libyaml complains of something further on.
_KEY = r"^\s*(?:-\s+)?[a-z_]+"
_SLIPS: tuple[tuple[re.Pattern[str], Words], ...] = (
    (
        re.compile(r" *(?P<at>[^\S \t\n])"),
        (
            "this line is indented with a character that looks like a space and is none",
            ("delete the indentation and type it again with the space bar",),
        ),
    ),
    (
        re.compile(r"^\s*(?P<at>-)(?=[a-z_]+:(?:\s|$))"),
        ("a space is missing behind the '-'", ("a record in a list begins with '- '",)),
    ),
    (
        re.compile(rf"{_KEY}(?P<at>:)(?=[^\s/])"),
        ("a space is missing behind the colon", ("write 'key: value'",)),
    ),
    (
        re.compile(rf"{_KEY}:(?P<at>[^\S \t\n])"),
        (
            "the character behind the colon looks like a space and is none",
            ("delete it and type a space",),
        ),
    ),
    (
        re.compile(rf"{_KEY}\s?(?P<at>[=：])"),
        ("behind a key stands a colon, and this is none", ("write 'key: value'",)),
    ),
)
_UNREADABLE_LINE = ("expected ':'", "mapping values", "'-' indicator", "expected key")


def _slip(fault: _Fault) -> tuple[_Fault, Words] | None:
    """A slip in the line, or in the one above, that explains the fault; its place and words."""
    if not any(sign in fault.problem for sign in _UNREADABLE_LINE) or ": " in fault.before:
        return None
    numbers = [fault.number, *([] if fault.number_above is None else [fault.number_above])]
    for number in numbers:
        for pattern, words in _SLIPS:
            found = pattern.match(fault.lines[number])
            if found:
                return replace(fault, number=number, column=found.start("at")), words
    return None


def _at_apostrophe(fault: _Fault) -> _Fault:
    """The place of an apostrophe that ended a text too early: PyYAML points behind it."""
    before = fault.before.rstrip()
    is_one = before.endswith("'") and before.count("'") % 2 == 0
    if is_one and _explain(fault) == _explain_quotation(before):
        return replace(fault, column=len(before) - 1)
    return fault


def _explain(fault: _Fault) -> Words:
    for sign, explain in _EXPLANATIONS:
        if sign in fault.problem:
            return explain(fault) if callable(explain) else explain
    return f"this is not YAML: {fault.problem}", (_QUOTE,)


def _explain_colon(fault: _Fault) -> Words:
    """A second `key: ` where one value is being read: on one line, or on the next."""
    if "\t" in fault.before:
        return _TAB
    above, line = fault.above, fault.line
    if not above or ": " in fault.before or line.lstrip().startswith("- "):
        hint = _QUOTE
        if re.search("[:-] +[“”„‟«»‘‚]", fault.before):
            hint = f"typographic quotation marks do not count as quotes; {_QUOTE}"
        return "unquoted text cannot hold a colon followed by a space", (hint,)
    if _goes_on(fault):
        return "this line begins where the text above goes on, so it is no 'key: value'", (
            "keys of one record begin in the same column",
            f"if it goes on with the text above, {_QUOTE}",
        )
    if _indent(line) > _indent(above):
        return "this line is indented deeper than the one above, which has its value already", (
            "keys of one record begin in the same column",
            f"if it goes on with the text above, {_QUOTE}",
        )
    return "the line above has no 'key: value'", ("behind a key stand a colon and a space",)


def _goes_on(fault: _Fault) -> bool:
    """Whether the line above is itself the second line of a text, and this begins like it."""
    indent = _indent(fault.line)
    if indent != _indent(fault.above) or re.search(r":(?:\s|$)", fault.above):
        return False
    earlier = (line for line in reversed(fault.lines[: fault.number]) if line.strip())
    opening = next((line for line in earlier if _indent(line) < indent), "")
    return bool(re.search(r"(?::|-) +\S", opening))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip())


def _explain_start(fault: _Fault) -> Words:
    if fault.sign == "\t":
        return _TAB
    return f"unquoted text cannot begin with '{fault.sign}'", (_QUOTE,)


def _explain_key(fault: _Fault) -> Words:
    """Something stands where the next key or `- ` should: behind a value, or at a wrong column."""
    before = fault.before.rstrip()
    if not before and fault.sign == ":":
        return "a key is missing before the colon", ()
    if before.endswith(("'", '"')):
        return _explain_quotation(before)
    if fault.sign and fault.sign in "]}":
        return f"this '{fault.sign}' closes nothing", (
            "delete it",
            f"if it belongs to a text, {_QUOTE}",
        )
    if before.endswith(("]", "}")):
        return f"text follows behind the '{before[-1]}', where the value has ended", (_QUOTE,)
    return "the indentation does not fit the lines above", (
        "keys of one record begin in the same column; list items begin with '- '",
        f"this line begins in column {_indent(fault.line) + 1}, {_columns_above(fault)}",
    )


def _columns_above(fault: _Fault) -> str:
    """Where those begin that this line may be meant to stand below: an item, or keys."""
    is_item = fault.line.lstrip().startswith("- ")
    for line in reversed(fault.lines[: fault.number]):
        found = re.match(r"\s*(?:- +)?", line)
        is_record = line.lstrip().startswith("- ")
        if found and line.strip() and (is_record or not is_item):
            column = _indent(line) if is_item else found.end()
            return f"the {'item' if is_item else 'key'} above in column {column + 1}"
    return "and no list has begun above"


def _explain_quotation(before: str) -> Words:
    """Text behind a quotation mark that was meant to open, or to stand inside."""
    sign = before[-1]
    if before.count(sign) % 2:
        return f"the {sign} closes a quotation mark that was opened on a line above", (
            "look for text above that begins with one and does not end with one",
        )
    if sign == "'":
        return "the apostrophe ends the text, which began with a single quotation mark", (
            f"double the apostrophe, or {_QUOTE}",
        )
    return "text follows behind the closing quotation mark", (
        "put the whole text in 'single quotes', and double each apostrophe in it",
    )


def _explain_flow(fault: _Fault) -> Words:
    """A list in brackets or a mapping in braces that does not go on or end as it should."""
    before = fault.before.rstrip()
    end = "]" if "]" in fault.problem else "}"
    start = "[" if end == "]" else "{"
    if fault.sign == start:
        return f"the '{start}' is never closed, or a comma is missing behind it", (
            f"close it with '{end}'; if the text itself begins with '{start}', {_QUOTE}",
        )
    if before.endswith(("'", '"')):
        return _explain_quotation(before)
    if fault.sign == ":":
        return "a comma is missing before this key, or text holds a colon followed by a space", (
            'put text that holds a colon in "double quotes"',
        )
    return f"a comma or the closing '{end}' is missing here", (
        'text that holds a comma or a bracket stands in "double quotes"',
    )


def _explain_open_quotation(fault: _Fault) -> Words:
    hints: tuple[str, ...] = ("close it at the end of the text",)
    if fault.sign == "'":
        hints = (*hints, f"if it is an apostrophe, {_QUOTE}")
    return "a quotation mark is opened here and never closed", hints


def _explain_missing(fault: _Fault) -> Words:
    if fault.sign in {",", "]", "}"} and "block" in fault.context:
        return f"unquoted text cannot begin with '{fault.sign}'", (_QUOTE,)
    return "a value is missing here, or a bracket is never closed", (_QUOTE,)


_TAB: Words = ("a tab stands where YAML wants spaces", ("indent with spaces, never with tabs",))
_SECOND: Words = (
    "the file goes on behind a line '---' or '...', which ends it",
    ("remove that line",),
)

#: Words of libyaml's messages (scanner.c, parser.c), and what they mean to an editor.
_EXPLANATIONS: tuple[tuple[str, Words | Callable[[_Fault], Words]], ...] = (
    ("mapping values are not allowed", _explain_colon),
    ("cannot start any token", _explain_start),
    ("alphabetic or numeric", _explain_start),
    ("directive", _explain_start),
    ("non-alphabetical character", _explain_start),
    ("whitespace or line break", _explain_start),
    ("URI", _explain_start),
    ("tag handle", ("unquoted text cannot begin with '!'", (_QUOTE,))),
    ("mapping keys are not allowed", _explain_start),
    ("tab character", _TAB),
    ("unexpected ':'", ("unquoted text in brackets cannot hold this colon", (_QUOTE,))),
    ("expected key", _explain_key),
    ("'-' indicator", _explain_key),
    ("',' or", _explain_flow),
    ("unexpected end of stream", _explain_open_quotation),
    ("document indicator", _explain_open_quotation),
    ("expected node content", _explain_missing),
    (
        "could not find expected ':'",
        (
            "this line has no 'key: value'",
            (
                "behind a key stand a colon and a space",
                "text that goes on with the line above is indented",
            ),
        ),
    ),
    (
        "comment or line break",
        (
            "no text may follow on the line of a '>' or '|'",
            ("begin the text on the next line, indented", f"if it is meant as text, {_QUOTE}"),
        ),
    ),
    (
        "block sequence entries",
        (
            "a list cannot begin on the line of its key",
            ("begin each '- ' on a line of its own", f"if it is meant as text, {_QUOTE}"),
        ),
    ),
    (
        "escape character",
        (
            'a backslash in "double quotes" does not stand for itself',
            ("write it twice, or put the whole text in 'single quotes'",),
        ),
    ),
    ("another document", _SECOND),
    ("<document start>", _SECOND),
)
