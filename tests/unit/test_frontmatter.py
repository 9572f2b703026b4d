"""The head and the body of an article, and where its lines are."""

from __future__ import annotations

import pytest

from explainer.frontmatter import Document, split_document
from explainer.problems import Location, Problem
from explainer.tree import Mapping, Scalar, Sequence, locate

MISSING = (
    "front-matter",
    "the front matter is missing",
    "a file begins with a line '---', then 'title: …' and 'date: …', then a line '---'",
)


def told(problem: Problem) -> tuple[str, ...]:
    place = problem.location
    where = f"{place.line}:{place.column}+{place.length}"
    return (where, problem.code, problem.message, *problem.help)


def head_of(document: Document) -> dict[str, str | list[str]]:
    assert document.head is not None
    found: dict[str, str | list[str]] = {}
    for key, value in document.head.entries:
        if isinstance(value, Scalar):
            found[key.value] = value.value
        elif isinstance(value, Sequence):
            found[key.value] = [item.value for item in value.items if isinstance(item, Scalar)]
    return found


def place_of(document: Document, *path: str | int) -> tuple[int, int, int]:
    assert document.head is not None
    place = locate(document.head, path)
    return place.line, place.column, place.length


# ----------------------------------------------------------------------------------- YAML


@pytest.mark.parametrize(
    ("text", "head", "body", "body_line"),
    [
        pytest.param("---\ntitle: x\n---\nText\n", {"title": "x"}, "Text\n", 4, id="plain"),
        pytest.param("---\ntitle: x\n---\n\nText", {"title": "x"}, "\nText", 4, id="blank line"),
        pytest.param("---  \ntitle: x\n---\t\nText", {"title": "x"}, "Text", 4, id="blanks behind"),
        pytest.param("\n \n---\ntitle: x\n---\nText", {"title": "x"}, "Text", 6, id="blank lines"),
        pytest.param("---\ntitle: x\n---", {"title": "x"}, "", 4, id="no text, no line break"),
        pytest.param(
            "---\ntitle: x\n---\nA\n\n---\n\nB\n",
            {"title": "x"},
            "A\n\n---\n\nB\n",
            4,
            id="a line of dashes in the text",
        ),
        pytest.param(
            "---\ntags: [a, b]\ntitle: '--- x'\n---\nText",
            {"tags": ["a", "b"], "title": "--- x"},
            "Text",
            5,
            id="dashes within a value",
        ),
    ],
)
def test_document_is_split_at_its_fences(
    text: str, head: dict[str, str], body: str, body_line: int
) -> None:
    document, problems = split_document(text, "a.md")
    assert problems == []
    assert (head_of(document), document.body, document.body_line) == (head, body, body_line)


@pytest.mark.parametrize(("text", "line"), [("---\ntitle: x\n", 2), ("\n\n---\n\ntitle: x\n", 5)])
def test_head_keeps_the_lines_of_the_file(text: str, line: int) -> None:
    document, _ = split_document(text + "---\nText", "a.md")
    assert place_of(document, "title") == (line, 8, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "---\ntitle: x\nText\n",
            (
                "1:1+3",
                "front-matter",
                "the front matter is opened here and never closed",
                "put a line '---' between the front matter and the text",
            ),
            id="never closed",
        ),
        pytest.param(
            "Just text.\n",
            (
                "1:1+1",
                "front-matter",
                "the front matter is missing",
                "a file begins with a line '---', then 'title: …' and 'date: …', then a line '---'",
            ),
            id="no front matter",
        ),
        pytest.param(
            "",
            (
                "1:1+1",
                "front-matter",
                "the front matter is missing",
                "a file begins with a line '---', then 'title: …' and 'date: …', then a line '---'",
            ),
            id="empty file",
        ),
        pytest.param(
            "\n---\n# nothing yet\n---\nText\n",
            (
                "2:1+3",
                "front-matter",
                "the front matter is missing",
                "a file begins with a line '---', then 'title: …' and 'date: …', then a line '---'",
            ),
            id="nothing between the fences",
        ),
        pytest.param(
            "---\n- title\n- date\n---\nText\n",
            (
                "2:1+7",
                "wrong-type",
                "the front matter must be a mapping of 'key: value' lines",
            ),
            id="list",
        ),
        pytest.param(
            "---\ntitle: x\nsummary: Flood: what we know\n---\nText\n",
            (
                "3:15+1",
                "yaml-syntax",
                "unquoted text cannot hold a colon followed by a space",
                'put the whole text in "double quotes"',
            ),
            id="YAML that is wrong",
        ),
    ],
)
def test_head_that_cannot_be_read_is_told(text: str, expected: tuple[str, ...]) -> None:
    document, problems = split_document(text, "a.md")
    assert document.head is None
    assert [told(problem) for problem in problems] == [expected]


def test_duplicate_key_is_told_with_both_lines() -> None:
    document, problems = split_document("---\ntitle: x\ntitle: y\n---\nText", "a.md")
    assert head_of(document) == {"title": "x"}
    assert [told(problem) for problem in problems] == [
        (
            "3:1+5",
            "duplicate-key",
            "the key 'title' stands twice here",
            "it stands first on line 2; keep one of the two",
        )
    ]


# -------------------------------------------------------------------------------- Pelican


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("Title: Flood: what we know", {"title": "Flood: what we know"}, id="colon"),
        pytest.param("Title: 'It's'", {"title": "'It's'"}, id="no YAML quotes"),
        pytest.param("TITLE:x", {"title": "x"}, id="capitals, no space"),
        pytest.param("Tags: a, b c ,d", {"tags": ["a", "b c", "d"]}, id="tags by comma"),
        pytest.param("Category: news", {"tags": ["news"]}, id="category is a tag"),
        pytest.param(
            "Category: news\nTags: a, b", {"tags": ["news", "a", "b"]}, id="category and tags"
        ),
        pytest.param("Author: C. Dee, Jr", {"authors": ["C. Dee, Jr"]}, id="author with a comma"),
        pytest.param("Authors: A B; C D", {"authors": ["A B", "C D"]}, id="authors"),
        pytest.param("Date: 2025-01-02 10:30", {"date": "2025-01-02T10:30"}, id="time"),
        pytest.param("Date: 2025-01-02 10:30:59", {"date": "2025-01-02T10:30"}, id="seconds"),
        pytest.param("Date: 2025-01-02", {"date": "2025-01-02"}, id="day"),
        pytest.param("Modified: 2025-01-02 10:30", {"modified": "2025-01-02T10:30"}, id="modified"),
        pytest.param("Title: x\nSummary:", {"title": "x"}, id="nothing behind the colon"),
    ],
)
def test_pelican_head_is_read(head: str, expected: dict[str, str | list[str]]) -> None:
    document, problems = split_document(f"{head}\n\nText\n", "a.md")
    assert problems == []
    assert (head_of(document), document.body) == (expected, "Text\n")


def test_pelican_head_keeps_the_places_of_its_values() -> None:
    text = "Title:  Flood\nAuthor: A B\nTags: one,  two\n\n\nText"
    document, _ = split_document(text, "a.md")
    assert place_of(document, "title") == (1, 9, 5)
    assert place_of(document, "authors", 0) == (2, 9, 3)
    assert place_of(document, "tags", 1) == (3, 13, 3)
    assert isinstance(document.head, Mapping)
    assert [key.location for key, _ in document.head.entries] == [
        Location("a.md", 1, 1, 5),
        Location("a.md", 2, 1, 6),
        Location("a.md", 3, 1, 4),
    ]


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        pytest.param("Title: x\n\nText\n", "Text\n", 3, id="blank line"),
        pytest.param("Title: x\n\n\n\nText\n", "Text\n", 5, id="blank lines"),
        pytest.param("Title: x\nText without a blank line\n", "Text without a blank line\n", 2),
        pytest.param("Title: x\nDate: 2025-01-02\n", "", 3, id="no text"),
        pytest.param("Title: x\nDate: 2025-01-02", "", 2, id="no text, no line break"),
        pytest.param("Title: x\n\nNote: this is text\n", "Note: this is text\n", 3, id="colon"),
    ],
)
def test_pelican_body_begins_behind_the_head(text: str, body: str, body_line: int) -> None:
    document, _ = split_document(text, "a.md")
    assert (document.body, document.body_line) == (body, body_line)
