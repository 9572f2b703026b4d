"""docs/markdown.md says what each reader makes of a text, and a text that goes is not forgotten."""

from __future__ import annotations

import re

from explainer.python_markdown import MOST

from .markdown_page import PAGE, rendered, rows, with_renderings
from .test_docs import sections

TEXT = PAGE.read_text(encoding="utf-8")
SAME = "The same with both"


def written_in(text: str) -> list[str]:
    return [written for _, written in rows(text)]


def test_page_shows_what_each_reader_makes_of_a_text() -> None:
    assert with_renderings(TEXT) == TEXT


def test_page_lists_as_differences_what_differs_and_nothing_else() -> None:
    for heading, text in sections("docs/markdown.md", 3).items():
        same = [commonmark == other for commonmark, other in map(rendered, written_in(text))]
        assert same == [heading == SAME] * (text.count("\n| ") - 2), heading


def test_page_lists_the_most_that_is_read() -> None:
    table = sections("docs/markdown.md", 2)["Hostile texts"]
    said = re.findall(r"^\| `?(.+?)`? \| ([\d,]+) \|$", table, re.M)
    assert {what: int(most.replace(",", "")) for what, most in said} == MOST
