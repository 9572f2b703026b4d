"""The table of promises in docs/security.md names real tests, and counts what they try."""

from __future__ import annotations

import re

import pytest

from explainer.limits import COUNTED, DEFAULT_LIMITS
from tests.fuzz.targets import TARGETS
from tests.site.northbridge import ROOT

from . import test_stock_pelican_falls
from .hostile_markdown import MARKDOWN, MORE_MARKDOWN
from .test_all_or_nothing import KILLS_AT_RANDOM
from .test_limits import YAML
from .test_nothing_runs import LEAST_PAGES, STARTS
from .test_text_is_text import attacks
from .test_text_that_lies import DECEIVING

TABLE = (
    (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("## What we promise")[2]
)
STOCK_ATTACKS = [name for name in vars(test_stock_pelican_falls) if name.startswith("test_")]
ROWS = re.findall(r"^\| ([A-Z].*?) \| (`.*?`) \| (.*) \|$", TABLE, re.M)


def test_every_promise_has_a_test() -> None:
    named = {file for _, files, _ in ROWS for file in re.findall(r"`([^`]+)`", files)}
    hostile = {f"tests/hostile/{path.name}" for path in (ROOT / "tests/hostile").glob("test_*.py")}
    assert [file for file in named if not (ROOT / file).is_file()] == []
    assert hostile - named == {"tests/hostile/test_promises.py"}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("test_text_that_lies", f"{len(DECEIVING)} signs"),
        ("test_limits", f"{len(MARKDOWN)} kinds of Markdown, {len(YAML)} of YAML"),
        ("test_limits", f"{len(MARKDOWN) + len(MORE_MARKDOWN)} of Markdown where Python-Markdown"),
        ("test_limits", f"{len(COUNTED)} limits"),
        ("test_nothing_runs", f"{len(STARTS)} sites of {LEAST_PAGES} pages or more"),
        ("test_stock_pelican_falls", f"{len(STOCK_ATTACKS)} attacks"),
        ("test_all_or_nothing", f"{KILLS_AT_RANDOM} at random"),
        ("tests/fuzz/test_targets", f"the {len(TARGETS)} targets"),
        ("test_text_is_text", "7,000 strings or more"),
    ],
)
def test_table_counts_what_is_tried(file: str, words: str) -> None:
    (tried,) = [tried for _, files, tried in ROWS if f"{file}.py" in files]
    assert words in tried
    assert len(attacks()) >= 7_000


def test_limits_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("## Limits")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| ([\d,]+) \|$", text, re.M)
    assert rows == [
        (name, what, f"{getattr(DEFAULT_LIMITS, name):,}") for name, what in COUNTED.items()
    ]
