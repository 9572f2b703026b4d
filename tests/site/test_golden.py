"""The golden site against the files that are kept of it."""

from __future__ import annotations

import pytest

from .goldens import KEPT, compare, golden_texts, read_goldens, read_lines
from .northbridge import golden_site, texts

HOW_TO_ACCEPT = "read the diff; if it is meant: PYTHONPATH=plugins python -m tests.site"


def test_golden_site_has_nothing_to_mend() -> None:
    assert golden_site().report.text() == "No problems found."


@pytest.mark.parametrize("path", ["files.txt", *KEPT])
def test_golden_file_is_as_kept(path: str) -> None:
    wanted, got = read_goldens(), golden_texts(texts())
    diff = compare({path: wanted.get(path, "")}, {path: got[path]})
    assert not diff, f"{HOW_TO_ACCEPT}\n{diff}"


def test_goldens_hold_nothing_else() -> None:
    assert sorted(read_goldens()) == sorted(["files.txt", *KEPT])


def test_read_lines_keeps_words_apart_and_layout_out() -> None:
    tidy = "<p class=x>One <a href='/'>two</a>three</p>"
    laid_out = "<p\n class=x>One\n   <a href='/'>two</a>three</p>\n\n"
    wanted = '<p class="x">\nOne <a href="/">two</a>three\n</p>\n'
    assert [read_lines(tidy), read_lines(laid_out)] == [wanted, wanted]
