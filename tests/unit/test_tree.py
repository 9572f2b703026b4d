"""YAML as text with places, and what an editor is told where it is none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.limits import Limits
from explainer.problems import Location, Problem
from explainer.tree import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unread,
    follow,
    locate,
    locate_key,
    parse_yaml,
)


def told(problem: Problem) -> tuple[str, ...]:
    """All that an editor is told: the place with its length, the code, the words, the hints."""
    place = problem.location
    where = f"{place.line}:{place.column}+{place.length}"
    return (where, problem.code, problem.message, *problem.help)


def plain(node: Node | None) -> Any:
    """A tree as lists and dicts of texts."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}
    return None


# ---------------------------------------------------------------------------------- trees


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("NO", "NO", id="Norway"),
        pytest.param("on", "on", id="on"),
        pytest.param("2025-12-01", "2025-12-01", id="day"),
        pytest.param("2025-02-30", "2025-02-30", id="day that does not exist"),
        pytest.param("1963", "1963", id="year"),
        pytest.param("12:30", "12:30", id="time"),
        pytest.param("007", "007", id="octal"),
        pytest.param("12e4567", "12e4567", id="float"),
        pytest.param("2004-06~", "2004-06~", id="approximate date"),
        pytest.param("?2004", "?2004", id="uncertain date"),
        pytest.param("../1985", "../1985", id="open span"),
        pytest.param("2025:", "2025:", id="nothing behind a colon"),
        pytest.param("R&D and *this*", "R&D and *this*", id="signs within text"),
        pytest.param('"He said: no"', "He said: no", id="double quotes"),
        pytest.param("'It''s'", "It's", id="single quotes"),
        pytest.param("one\n  two", "one two", id="text on two lines"),
        pytest.param("|\n  one\n  two", "one\ntwo\n", id="literal block"),
        pytest.param(">\n  one\n  two", "one two\n", id="folded block"),
    ],
)
def test_scalar_stays_text(text: str, value: str) -> None:
    if text.endswith(":"):
        text = f'"{text}"'
    node, problems = parse_yaml(f"key: {text}\n", "f.yaml")
    assert (plain(node), problems) == ({"key": value}, [])


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param("~", True, id="tilde"),
        pytest.param("null", True, id="null"),
        pytest.param('""', True, id="empty quotes"),
        pytest.param("'  '", True, id="blank quotes"),
        pytest.param("'~'", False, id="quoted tilde"),
        pytest.param('"null"', False, id="quoted null"),
        pytest.param("nullable", False, id="word that begins with null"),
        pytest.param("0", False, id="zero"),
        pytest.param("false", False, id="false"),
    ],
)
def test_scalar_is_empty_where_nothing_is_written(text: str, is_empty: bool) -> None:
    node, _ = parse_yaml(f"key: {text}\n", "f.yaml")
    assert isinstance(node, Mapping)
    value = node.get("key")
    assert isinstance(value, Scalar)
    assert value.is_empty == is_empty


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_empty_text_is_no_problem(text: str) -> None:
    node, problems = parse_yaml(text, "f.yaml")
    assert problems == []
    assert node is None or (isinstance(node, Scalar) and node.is_empty)


@pytest.mark.parametrize("text", ["\ufeffa: b\n", "a: b\r\n", "%YAML 1.2\n---\na: b\n", "{a: b}"])
def test_tree_is_the_same_however_the_file_is_saved(text: str) -> None:
    node, problems = parse_yaml(text, "f.yaml")
    assert (plain(node), problems) == ({"a": "b"}, [])


PLACES = """\
title: Talks
events:
  - id: a
    actors: [merz, {x: y z}]
  - id: ü
    text: |
      one
      two
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param(("title",), (1, 8, 5), id="value"),
        pytest.param(("events", 0, "id"), (3, 9, 1), id="value in a list"),
        pytest.param(("events", 0, "actors", 0), (4, 14, 4), id="item in brackets"),
        pytest.param(("events", 0, "actors", 1, "x"), (4, 24, 3), id="value in braces"),
        pytest.param(("events", 1, "id"), (5, 9, 1), id="letter beyond ASCII"),
        pytest.param(("events", 1, "text"), (6, 11, 1), id="block"),
        pytest.param(("events", 0), (3, 5, 5), id="record: its first line"),
        pytest.param(("title", 0), (1, 8, 5), id="one value where a list is meant"),
        pytest.param(("title", "more"), (1, 8, 5), id="further than the tree"),
        pytest.param(("events", 0, "missing", "more"), (3, 5, 5), id="key that is missing"),
        pytest.param(("events", 9), (3, 3, 7), id="item that is missing"),
        pytest.param((), (1, 1, 12), id="the whole"),
    ],
)
def test_locate_gives_the_place_of_a_value(
    path: tuple[str | int, ...], place: tuple[int, int, int]
) -> None:
    node, _ = parse_yaml(PLACES, "f.yaml")
    assert node is not None
    assert locate(node, path) == Location("f.yaml", *place)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        pytest.param(("title",), (1, 1, 5), id="key"),
        pytest.param(("events", 0, "actors"), (4, 5, 6), id="key in a list"),
        pytest.param(("events", 0, "actors", 1, "x"), (4, 21, 1), id="key in braces"),
        pytest.param(("events", 0, "missing"), (3, 5, 5), id="key that is missing"),
    ],
)
def test_locate_key_gives_the_place_of_a_key(
    path: tuple[str | int, ...], place: tuple[int, int, int]
) -> None:
    node, _ = parse_yaml(PLACES, "f.yaml")
    assert node is not None
    assert locate_key(node, path) == Location("f.yaml", *place)


def test_locate_passes_over_the_index_where_one_stands_for_a_list() -> None:
    node, _ = parse_yaml("evidence: {exact: a, prefx: b}\n", "f.yaml")
    assert node is not None
    assert plain(follow(node, ("evidence", 0, "exact"))) == "a"
    assert locate_key(node, ("evidence", 0, "prefx")) == Location("f.yaml", 1, 22, 5)


def test_first_line_moves_all_places() -> None:
    node, problems = parse_yaml("a: 1\na: 2\nb: We are #1\nc: *x\n", "f.md", 11)
    assert node is None
    assert [p.location.line for p in problems] == [14]
    node, problems = parse_yaml("a: 1\na: 2\nb: We are #1\n", "f.md", 11)
    assert node is not None
    assert (locate(node, ("b",)).line, [p.location.line for p in problems]) == (13, [12, 13])


def test_mapping_gives_values_and_keys() -> None:
    node, _ = parse_yaml("a: b\nc: d\n", "f.yaml")
    assert isinstance(node, Mapping)
    assert (plain(node.get("c")), node.get("x"), node.key("x")) == ("d", None, None)
    assert node.key("c") == Scalar("c", Location("f.yaml", 2, 1, 1))


@pytest.mark.parametrize(("text", "is_flow"), [("[b, c]", True), ("\n- b\n- c", False)])
def test_sequence_knows_its_style(text: str, is_flow: bool) -> None:
    node, _ = parse_yaml(f"a: {text}\n", "f.yaml")
    assert node is not None
    value = follow(node, ("a",))
    assert isinstance(value, Sequence)
    assert (plain(value), value.is_flow) == (["b", "c"], is_flow)


# --------------------------------------------------------------------------------- syntax


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "title: Flood: what we know\n",
            (
                "1:13+1",
                "yaml-syntax",
                "unquoted text cannot hold a colon followed by a space",
                'put the whole text in "double quotes"',
            ),
            id="colon in text",
        ),
        pytest.param(
            "- Flood: what: we know\n",
            (
                "1:14+1",
                "yaml-syntax",
                "unquoted text cannot hold a colon followed by a space",
                'put the whole text in "double quotes"',
            ),
            id="colon in text of a list",
        ),
        pytest.param(
            "events:\n- title: Flood: the dam\n",
            (
                "2:15+1",
                "yaml-syntax",
                "unquoted text cannot hold a colon followed by a space",
                'put the whole text in "double quotes"',
            ),
            id="colon behind a list's key",
        ),
        pytest.param(
            "date: %2004\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '%'",
                'put the whole text in "double quotes"',
            ),
            id="percent sign first",
        ),
        pytest.param(
            "by: @user\n",
            (
                "1:5+1",
                "yaml-syntax",
                "unquoted text cannot begin with '@'",
                'put the whole text in "double quotes"',
            ),
            id="at sign first",
        ),
        pytest.param(
            "text: **Bold** words\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '*'",
                'put the whole text in "double quotes"',
            ),
            id="bold text",
        ),
        pytest.param(
            "text: *Bold* words*\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '*'",
                'put the whole text in "double quotes"',
            ),
            id="emphasis",
        ),
        pytest.param(
            "text: & more\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '&'",
                'put the whole text in "double quotes"',
            ),
            id="ampersand first",
        ),
        pytest.param(
            "text: `code`\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '`'",
                'put the whole text in "double quotes"',
            ),
            id="backtick first",
        ),
        pytest.param(
            "text: , and more\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with ','",
                'put the whole text in "double quotes"',
            ),
            id="comma first",
        ),
        pytest.param(
            "text: ] more\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with ']'",
                'put the whole text in "double quotes"',
            ),
            id="closing bracket first",
        ),
        pytest.param(
            "text: ? more\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '?'",
                'put the whole text in "double quotes"',
            ),
            id="question mark first",
        ),
        pytest.param(
            "%2004\n",
            (
                "1:1+1",
                "yaml-syntax",
                "unquoted text cannot begin with '%'",
                'put the whole text in "double quotes"',
            ),
            id="percent sign in the first column",
        ),
        pytest.param(
            'text: !"wow"\n',
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '!'",
                'put the whole text in "double quotes"',
            ),
            id="exclamation mark first",
        ),
        pytest.param(
            "text: !wow!great\n",
            (
                "1:7+1",
                "yaml-syntax",
                "unquoted text cannot begin with '!'",
                'put the whole text in "double quotes"',
            ),
            id="two exclamation marks",
        ),
        pytest.param(
            "a: |\n  b\n\tc: d\n",
            (
                "3:1+1",
                "yaml-syntax",
                "a tab stands where YAML wants spaces",
                "indent with spaces, never with tabs",
            ),
            id="tab below a block",
        ),
        pytest.param(
            "a:\n\tb: c\n",
            (
                "2:1+1",
                "yaml-syntax",
                "a tab stands where YAML wants spaces",
                "indent with spaces, never with tabs",
            ),
            id="tab as indentation",
        ),
        pytest.param(
            "a: b\n  \tc: d\n",
            (
                "2:4+1",
                "yaml-syntax",
                "a tab stands where YAML wants spaces",
                "indent with spaces, never with tabs",
            ),
            id="tab behind spaces",
        ),
        pytest.param(
            "text: 'It's raining'\n",
            (
                "1:10+1",
                "yaml-syntax",
                "the apostrophe ends the text, which began with a single quotation mark",
                'double the apostrophe, or put the whole text in "double quotes"',
            ),
            id="apostrophe in single quotes",
        ),
        pytest.param(
            "- 'It's raining'\n",
            (
                "1:6+1",
                "yaml-syntax",
                "the apostrophe ends the text, which began with a single quotation mark",
                'double the apostrophe, or put the whole text in "double quotes"',
            ),
            id="apostrophe in a list item",
        ),
        pytest.param(
            "a: ['It's raining', b]\n",
            (
                "1:8+1",
                "yaml-syntax",
                "the apostrophe ends the text, which began with a single quotation mark",
                'double the apostrophe, or put the whole text in "double quotes"',
            ),
            id="apostrophe in brackets",
        ),
        pytest.param(
            'title: "Yes", he said\n',
            (
                "1:13+1",
                "yaml-syntax",
                "text follows behind the closing quotation mark",
                "put the whole text in 'single quotes', and double each apostrophe in it",
            ),
            id="text behind double quotes",
        ),
        pytest.param(
            "title: [UPDATED] flood\n",
            (
                "1:18+1",
                "yaml-syntax",
                "text follows behind the ']', where the value has ended",
                'put the whole text in "double quotes"',
            ),
            id="text behind a bracket",
        ),
        pytest.param(
            "a: b\nc: 'd\ne: f\ng: h's\n",
            (
                "4:6+1",
                "yaml-syntax",
                "the ' closes a quotation mark that was opened on a line above",
                "look for text above that begins with one and does not end with one",
            ),
            id="quotation mark closed far below",
        ),
        pytest.param(
            'a: b\ntitle: "never closed\nc: d\n',
            (
                "2:8+1",
                "yaml-syntax",
                "a quotation mark is opened here and never closed",
                "close it at the end of the text",
            ),
            id="double quote never closed",
        ),
        pytest.param(
            "title: 'Tis the season\nc: d\n",
            (
                "1:8+1",
                "yaml-syntax",
                "a quotation mark is opened here and never closed",
                "close it at the end of the text",
                'if it is an apostrophe, put the whole text in "double quotes"',
            ),
            id="single quote never closed",
        ),
        pytest.param(
            "a: 'b\n---\nc: d\n",
            (
                "1:4+1",
                "yaml-syntax",
                "a quotation mark is opened here and never closed",
                "close it at the end of the text",
                'if it is an apostrophe, put the whole text in "double quotes"',
            ),
            id="quote never closed before a line of dashes",
        ),
        pytest.param(
            "a: [b, c\nd: e\n",
            (
                "1:4+1",
                "yaml-syntax",
                "the '[' is never closed, or a comma is missing behind it",
                (
                    "close it with ']'; if the text itself begins with '[', put the whole "
                    'text in "double quotes"'
                ),
            ),
            id="bracket never closed",
        ),
        pytest.param(
            "a: {b: c\nd: e\n",
            (
                "1:4+1",
                "yaml-syntax",
                "the '{' is never closed, or a comma is missing behind it",
                (
                    "close it with '}'; if the text itself begins with '{', put the whole "
                    'text in "double quotes"'
                ),
            ),
            id="brace never closed",
        ),
        pytest.param(
            "a: b\nc: [\n",
            (
                "2:4+1",
                "yaml-syntax",
                "a value is missing here, or a bracket is never closed",
                'put the whole text in "double quotes"',
            ),
            id="bracket open at the end of the file",
        ),
        pytest.param(
            "a: {b: c d: e}\n",
            (
                "1:11+1",
                "yaml-syntax",
                ("a comma is missing before this key, or text holds a colon followed by a space"),
                'put text that holds a colon in "double quotes"',
            ),
            id="comma missing in braces",
        ),
        pytest.param(
            "- {same: x, evidence: he said: no}\n",
            (
                "1:30+1",
                "yaml-syntax",
                ("a comma is missing before this key, or text holds a colon followed by a space"),
                'put text that holds a colon in "double quotes"',
            ),
            id="colon in text in braces",
        ),
        pytest.param(
            "a: [b}\n",
            (
                "1:6+1",
                "yaml-syntax",
                "a comma or the closing ']' is missing here",
                'text that holds a comma or a bracket stands in "double quotes"',
            ),
            id="bracket closed by a brace",
        ),
        pytest.param(
            'a: ["b" c]\n',
            (
                "1:9+1",
                "yaml-syntax",
                "text follows behind the closing quotation mark",
                "put the whole text in 'single quotes', and double each apostrophe in it",
            ),
            id="text behind quotes in brackets",
        ),
        pytest.param(
            "- {same: x, evidence: one, two}\n",
            (
                "1:28+3",
                "yaml-syntax",
                "the comma before 'two' ends the text before it",
                'put text that holds a comma in "double quotes"',
            ),
            id="comma in text in braces",
        ),
        pytest.param(
            "a: b\n  c: d\n",
            (
                "2:3+1",
                "yaml-syntax",
                ("this line is indented deeper than the one above, which has its value already"),
                "keys of one record begin in the same column",
                'if it goes on with the text above, put the whole text in "double quotes"',
            ),
            id="indented below a value",
        ),
        pytest.param(
            "a:\n    b: c\n  d: e\n",
            (
                "3:3+1",
                "yaml-syntax",
                "the indentation does not fit the lines above",
                "keys of one record begin in the same column; list items begin with '- '",
                "this line begins in column 3, the key above in column 5",
            ),
            id="indented too little",
        ),
        pytest.param(
            "events:\n  - title: a\n    date: 2025\n   status: planned\n",
            (
                "4:4+1",
                "yaml-syntax",
                "the indentation does not fit the lines above",
                "keys of one record begin in the same column; list items begin with '- '",
                "this line begins in column 4, the key above in column 5",
            ),
            id="key one column to the left",
        ),
        pytest.param(
            "a: b\n- c\n",
            (
                "2:1+1",
                "yaml-syntax",
                "the indentation does not fit the lines above",
                "keys of one record begin in the same column; list items begin with '- '",
                "this line begins in column 1, and no list has begun above",
            ),
            id="list item where a key is meant",
        ),
        pytest.param(
            "- a\nb: c\n",
            (
                "2:1+1",
                "yaml-syntax",
                "the indentation does not fit the lines above",
                "keys of one record begin in the same column; list items begin with '- '",
                "this line begins in column 1, the key above in column 3",
            ),
            id="key where a list item is meant",
        ),
        pytest.param(
            "a:\n\xa0\xa0b: c\n",
            (
                "2:1+1",
                "yaml-syntax",
                (
                    "this line is indented with the character U+00A0, which looks like a "
                    "space and is none"
                ),
                "delete the indentation and type it again with the space bar",
            ),
            id="no-break spaces as indentation",
        ),
        pytest.param(
            "a: b\njust words\n",
            (
                "2:1+1",
                "yaml-syntax",
                "this line has no 'key: value'",
                "behind a key stand a colon and a space",
                "text that goes on with the line above is indented",
            ),
            id="line without a colon",
        ),
        pytest.param(
            "just words\na: b\n",
            (
                "2:1+1",
                "yaml-syntax",
                "the line above has no 'key: value'",
                "behind a key stand a colon and a space",
            ),
            id="first line without a colon",
        ),
        pytest.param(
            "a:b\nc: d\n",
            (
                "1:2+1",
                "yaml-syntax",
                "a space is missing behind the colon",
                "write 'key: value'",
            ),
            id="no space behind the colon",
        ),
        pytest.param(
            "a: this is\nnot indented\nb: c\n",
            (
                "2:1+1",
                "yaml-syntax",
                "this line has no 'key: value'",
                "behind a key stand a colon and a space",
                "text that goes on with the line above is indented",
            ),
            id="text goes on in the first column",
        ),
        pytest.param(
            ": b\n",
            (
                "1:1+1",
                "yaml-syntax",
                "a key is missing before the colon",
            ),
            id="no key before the colon",
        ),
        pytest.param(
            "a: - b\n",
            (
                "1:4+1",
                "yaml-syntax",
                "a list cannot begin on the line of its key",
                "begin each '- ' on a line of its own",
                'if it is meant as text, put the whole text in "double quotes"',
            ),
            id="list on the line of its key",
        ),
        pytest.param(
            "a: > folded\n",
            (
                "1:4+1",
                "yaml-syntax",
                "no text may follow on the line of a '>' or '|'",
                "begin the text on the next line, indented",
                'if it is meant as text, put the whole text in "double quotes"',
            ),
            id="text on the line of a folding sign",
        ),
        pytest.param(
            'a: "C:\\path"\n',
            (
                "1:7+1",
                "yaml-syntax",
                'a backslash in "double quotes" does not stand for itself',
                "write it twice, or put the whole text in 'single quotes'",
            ),
            id="backslash in double quotes",
        ),
        pytest.param(
            "a: b\n---\nc: d\n",
            (
                "2:1+1",
                "yaml-syntax",
                "the file goes on behind a line '---' or '...', which ends it",
                "remove that line",
            ),
            id="second document",
        ),
        pytest.param(
            "a: b\n...\nc: d\n",
            (
                "3:1+1",
                "yaml-syntax",
                "the file goes on behind a line '---' or '...', which ends it",
                "remove that line",
            ),
            id="end of document",
        ),
        pytest.param(
            "events:\n  -id: a\n    title: b\n",
            (
                "2:3+1",
                "yaml-syntax",
                "a space is missing behind the '-'",
                "a record in a list begins with '- '",
            ),
            id="no space behind the dash",
        ),
        pytest.param(
            "a: b\ntitle:\xa0Storm\nc: d\n",
            (
                "2:7+1",
                "yaml-syntax",
                "the character behind the colon looks like a space and is none",
                "delete it and type a space",
            ),
            id="no-break space behind the colon",
        ),
        pytest.param(
            "a: b\ntitle = Storm\nc: d\n",
            (
                "2:7+1",
                "yaml-syntax",
                "behind a key stands a colon, and this is none",
                "write 'key: value'",
            ),
            id="equals sign behind a key",
        ),
        pytest.param(
            "- a: b\n\xa0 c: d\n",
            (
                "2:1+1",
                "yaml-syntax",
                "this line is indented with a character that looks like a space and is none",
                "delete the indentation and type it again with the space bar",
            ),
            id="no-break space among the indentation",
        ),
        pytest.param(
            "- a: the text\n    goes on\n    b: c\n",
            (
                "3:5+1",
                "yaml-syntax",
                "this line begins where the text above goes on, so it is no 'key: value'",
                "keys of one record begin in the same column",
                'if it goes on with the text above, put the whole text in "double quotes"',
            ),
            id="key below the second line of a text",
        ),
        pytest.param(
            "a: [b]]\n",
            (
                "1:7+1",
                "yaml-syntax",
                "this ']' closes nothing",
                "delete it",
                'if it belongs to a text, put the whole text in "double quotes"',
            ),
            id="bracket closed twice",
        ),
        pytest.param(
            "a: {b, c}\n",
            (
                "1:4+6",
                "yaml-syntax",
                "a list stands in brackets, not in braces",
                "write [b, c]",
                'if it is text, put it in "double quotes"',
            ),
            id="list in braces",
        ),
        pytest.param(
            "title: “Storm: the night”\n",
            (
                "1:14+1",
                "yaml-syntax",
                "unquoted text cannot hold a colon followed by a space",
                (
                    "typographic quotation marks do not count as quotes; "
                    'put the whole text in "double quotes"'
                ),
            ),
            id="typographic quotation marks",
        ),
    ],
)
def test_syntax_error_is_told_in_plain_words(text: str, expected: tuple[str, ...]) -> None:
    _, problems = parse_yaml(text, "f.yaml")
    assert [told(problem) for problem in problems] == [expected]


def test_syntax_error_gives_no_tree() -> None:
    node, problems = parse_yaml("a: b\ntitle: Flood: what\n", "f.yaml")
    assert (node, len(problems)) == (None, 1)


# ---------------------------------------------------------- characters, aliases, tags, keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a: b\x00c\n",
            (
                "1:5+1",
                "bad-character",
                "the invisible character U+0000 may not stand in this file",
                "delete it: retype the words around it if you cannot see it",
            ),
            id="control character",
        ),
        pytest.param(
            "a: b\nc: \x1b[1m\n",
            (
                "2:4+1",
                "bad-character",
                "the invisible character U+001B may not stand in this file",
                "delete it: retype the words around it if you cannot see it",
            ),
            id="escape sequence",
        ),
        pytest.param(
            "a: \x7f\n",
            (
                "1:4+1",
                "bad-character",
                "the invisible character U+007F may not stand in this file",
                "delete it: retype the words around it if you cannot see it",
            ),
            id="delete",
        ),
        pytest.param(
            "a: \u202eb\n",
            (
                "1:4+1",
                "bad-character",
                (
                    "the invisible character U+202E (RIGHT-TO-LEFT OVERRIDE) may not stand "
                    "in this file"
                ),
                "delete it: retype the words around it if you cannot see it",
            ),
            id="direction of text",
        ),
        pytest.param(
            "a: b\u2028c\n",
            (
                "1:5+1",
                "bad-character",
                ("the invisible character U+2028 (LINE SEPARATOR) may not stand in this file"),
                "delete it: retype the words around it if you cannot see it",
            ),
            id="line separator",
        ),
        pytest.param(
            "a: \ud800\n",
            (
                "1:4+1",
                "bad-character",
                "the invisible character U+D800 may not stand in this file",
                "delete it: retype the words around it if you cannot see it",
            ),
            id="half a character",
        ),
        pytest.param(
            "a: b\ufeffc\n",
            (
                "1:5+1",
                "bad-character",
                (
                    "the invisible character U+FEFF (ZERO WIDTH NO-BREAK SPACE) may not "
                    "stand in this file"
                ),
                "delete it: retype the words around it if you cannot see it",
            ),
            id="byte order mark in the middle",
        ),
    ],
)
def test_character_that_is_refused_leaves_the_rest(text: str, expected: tuple[str, ...]) -> None:
    node, problems = parse_yaml(text, "f.yaml")
    assert [told(problem) for problem in problems] == [expected]
    assert isinstance(node, Mapping)
    assert node.entries[0][0].value == "a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a: &x b\nc: *x\n",
            (
                "2:4+2",
                "yaml-alias",
                "'*x' is a YAML alias, which is not used here",
                "write the value out where it is needed",
                "if the text itself begins with '*', put it in \"double quotes\"",
            ),
            id="alias",
        ),
        pytest.param(
            "text: *bold\n",
            (
                "1:7+5",
                "yaml-alias",
                "'*bold' is a YAML alias, which is not used here",
                "write the value out where it is needed",
                "if the text itself begins with '*', put it in \"double quotes\"",
            ),
            id="alias without an anchor",
        ),
        pytest.param(
            "text: &more text\n",
            (
                "1:7+5",
                "yaml-alias",
                "'&more' is a YAML anchor, which is not used here",
                "write the value out where it is needed",
                "if the text itself begins with '&', put it in \"double quotes\"",
            ),
            id="anchor without an alias",
        ),
        pytest.param(
            "a: &x {b: c}\nd:\n  <<: *x\n",
            (
                "3:7+2",
                "yaml-alias",
                "'*x' is a YAML alias, which is not used here",
                "write the value out where it is needed",
                "if the text itself begins with '*', put it in \"double quotes\"",
            ),
            id="merge",
        ),
        pytest.param(
            "a: !wow great\n",
            (
                "1:4+4",
                "yaml-tag",
                "'!wow' is a YAML tag, which is not used here",
                "if the text itself begins with '!', put it in \"double quotes\"",
                "else delete it: what is a number or a date is known without it",
            ),
            id="tag",
        ),
        pytest.param(
            "a: !wow [b]\n",
            (
                "1:4+4",
                "yaml-tag",
                "'!wow' is a YAML tag, which is not used here",
                "if the text itself begins with '!', put it in \"double quotes\"",
                "else delete it: what is a number or a date is known without it",
            ),
            id="tag of a list",
        ),
        pytest.param(
            "a: !!python/object:os.system x\n",
            (
                "1:4+25",
                "yaml-tag",
                "'!!python/object:os.system' is a YAML tag, which is not used here",
                "if the text itself begins with '!', put it in \"double quotes\"",
                "else delete it: what is a number or a date is known without it",
            ),
            id="tag of Python",
        ),
        pytest.param(
            "? [a, b]\n: c\n",
            (
                "1:3+6",
                "yaml-key",
                "a key must be a word, not a list or a mapping",
                'if this is text, put it in "double quotes"',
            ),
            id="list as a key",
        ),
        pytest.param(
            "a: {{ name }}\n",
            (
                "1:5+8",
                "yaml-key",
                "a key must be a word, not a list or a mapping",
                'if this is text, put it in "double quotes"',
            ),
            id="braces of a template",
        ),
        pytest.param(
            "a: 1\nb: 2\na: 3\n",
            (
                "3:1+1",
                "duplicate-key",
                "the key 'a' stands twice here",
                "it stands first on line 1; keep one of the two",
            ),
            id="duplicate key",
        ),
        pytest.param(
            "c: {a: 1, a: 2}\n",
            (
                "1:11+1",
                "duplicate-key",
                "the key 'a' stands twice here",
                "it stands first on line 1; keep one of the two",
            ),
            id="duplicate key in braces",
        ),
        pytest.param(
            "title: We are #1\n",
            (
                "1:15+2",
                "cut-by-comment",
                "the text ends before '#1', because a '#' begins a comment",
                'put the whole text in "double quotes"',
                "if it is a comment, put a space behind the '#'",
            ),
            id="comment that cuts",
        ),
        pytest.param(
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
            (
                "1:34+1",
                "too-deep",
                "this is nested more than 32 levels deep",
                "no record needs more than 6",
            ),
            id="nested too deep",
        ),
    ],
)
def test_problem_of_yaml_is_told_once(text: str, expected: tuple[str, ...]) -> None:
    _, problems = parse_yaml(text, "f.yaml")
    assert [told(problem) for problem in problems] == [expected]


def test_alias_stands_as_unread_and_is_not_followed() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    node, problems = parse_yaml(bomb, "f.yaml")
    assert isinstance(node, Mapping)
    assert follow(node, ("b", 0)) == Unread(Location("f.yaml", 1, 4, 9))
    assert [told(p)[:2] for p in problems] == [
        ("2:8+2", "yaml-alias"),
        ("2:12+2", "yaml-alias"),
        ("3:8+2", "yaml-alias"),
        ("3:12+2", "yaml-alias"),
        ("3:4+2", "yaml-alias"),
    ]


def test_duplicate_key_keeps_the_first() -> None:
    node, _ = parse_yaml("a: 1\na: 2\nb: 3\n", "f.yaml")
    assert plain(node) == {"a": "1", "b": "3"}


def test_warning_of_a_comment_is_no_error() -> None:
    node, problems = parse_yaml("title: We are #1\n", "f.yaml")
    assert (plain(node), [p.severity for p in problems]) == ({"title": "We are"}, ["warning"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: b # a comment\n", id="comment behind a value"),
        pytest.param("a: # all that is said\n  - b\n", id="comment behind a key"),
        pytest.param("a: 'We are #1'\n", id="quoted"),
        pytest.param("a: C#\n", id="no space before"),
        pytest.param("a: |\n  We are #1\n", id="block"),
        pytest.param("a: #1\n", id="nothing before it"),
    ],
)
def test_comment_that_cuts_nothing_is_no_problem(text: str) -> None:
    assert parse_yaml(text, "f.yaml")[1] == []


def test_too_many_values_are_told_once() -> None:
    text = "a: [" + "x, " * 2_000 + "y]\n"
    node, problems = parse_yaml(text, "f.yaml", limits=Limits(yaml_values=2_000))
    assert isinstance(node, Mapping)
    assert [told(problem)[1:] for problem in problems] == [
        (
            "too-long",
            "the file has more than 2,000 values",
            "split it into several files",
            "where it is meant, raise 'yaml_values' under 'limits' in pelican.conf.py",
        )
    ]


SIGNS = "ab:-[]{}\"'&*!#|>%@`,?\\ \t\n\r\x00\u2028\ud800\u00e9\U0001f600"


@given(st.text(alphabet=SIGNS, max_size=40))
def test_parse_never_raises(text: str) -> None:
    node, problems = parse_yaml(text, "f.yaml")
    lines = text.count("\n") + 1
    assert all(1 <= problem.location.line <= lines for problem in problems)
    assert node is None or locate(node, ()).line <= lines


# ------------------------------------------------------------------------- swallowed lines


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a:\n  - b\n    - c\n", "3:5+1", id="item deeper than the one above"),
        pytest.param("a: b\n  - c\n", "2:3+1", id="item below a text"),
        pytest.param("a: b\n  date:2025\nc: d\n", "2:3+4", id="key without its space"),
    ],
)
def test_line_that_a_text_takes_in_is_told(text: str, place: str) -> None:
    tree, problems = parse_yaml(text, "f.yaml")
    assert [told(problem)[:2] for problem in problems] == [(place, "swallowed-line")]
    assert isinstance(tree, Mapping)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: b\n  c – d\n  -e\n", id="dashes of a sentence"),
        pytest.param("a: see\n  https://example.org\n", id="address"),
        pytest.param('a: "b\n  - c"\n', id="in quotes"),
        pytest.param("a: >\n  - b\n  c:d\n", id="in a block"),
        pytest.param("a: b\n  c\nd:\n  - e\n", id="list of the next key"),
    ],
)
def test_text_of_several_lines_is_no_problem(text: str) -> None:
    assert parse_yaml(text, "f.yaml")[1] == []
