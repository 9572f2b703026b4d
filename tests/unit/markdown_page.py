"""The differences in docs/markdown.md, each rendered by both readers, and the command that does it.

A row of a table there is what one writes and what each reader makes of it. After a change, or for a
new row with two empty cells, run

    PYTHONPATH=plugins .venv/bin/python -m tests.unit.markdown_page

and read what `git diff` shows before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from explainer.extensions import read_extensions
from explainer.markdown import clean_body

PAGE = Path(__file__).resolve().parents[2] / "docs" / "markdown.md"
#: A row with what one writes in its second cell; the signs stand for themselves in no example.
_ROW = re.compile(r"^\| ([^|]+) \| `` (.+?) `` \|.*\|$", re.M)
_LINE, _BAR = "↵", "\\|"


def rows(page: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each row of the page with what it says is written."""
    for row in _ROW.finditer(page):
        yield row, row[2].replace(_BAR, "|").replace(_LINE, "\n")


def rendered(text: str) -> tuple[str, str]:
    """What CommonMark and Python-Markdown make of a text, in one line each."""
    readers = (None, read_extensions(None))
    commonmark, other = (clean_body(text, reader).html.strip() for reader in readers)
    return _in_one_line(commonmark), _in_one_line(other)


def _in_one_line(html: str) -> str:
    return re.sub(r">\n+<", "><", html).replace("\n", _LINE).replace("|", _BAR)


def with_renderings(page: str) -> str:
    """The page with every row as it is now."""
    for row, text in list(rows(page)):
        one, other = (f"`` {html} ``" if html else "nothing" for html in rendered(text))
        page = page.replace(row[0], f"| {row[1]} | `` {row[2]} `` | {one} | {other} |")
    return page


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(with_renderings(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
