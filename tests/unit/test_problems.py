"""The report: what an editor reads in a terminal, on GitHub and as data."""

from __future__ import annotations

import json
import random

import pytest

from explainer.problems import (
    ContentError,
    Location,
    Problem,
    Report,
    did_you_mean,
    suggestion,
)

TEXT = "title: Talks\nevents:\n  - titel: x\n"
WRONG = Problem(
    "unknown-key",
    Location("a.yaml", 3, 5, 5),
    "unknown key 'titel'",
    ("did you mean 'title'?",),
    record='event "Talks", 2025',
)
WARNING = Problem(
    "no-source", Location("b.yaml", 2, 1, 3), "the event has no source", (), "warning"
)


def excerpt(line: str, column: int, length: int = 1) -> list[str]:
    """The two lines of an excerpt: what stands there, and the carets below."""
    problem = Problem("code", Location("f", 1, column, length), "message")
    return Report((problem,), {"f": line}).text().split("\n")[1:3]


# ----------------------------------------------------------------------------------- text


def test_report_shows_each_problem_with_its_line_and_counts_them() -> None:
    report = Report((WRONG, WARNING), {"a.yaml": TEXT, "b.yaml": "events:\n  - x\n"})
    assert (
        report.text()
        == """\
a.yaml:3:5: error[unknown-key]: unknown key 'titel'
      in event "Talks", 2025
    3 |   - titel: x
      |     ^^^^^
      = help: did you mean 'title'?
      = see: docs/messages.md#unknown-key

b.yaml:2:1: warning[no-source]: the event has no source
    2 |   - x
      | ^^^
      = see: docs/messages.md#no-source

1 error and 1 warning in 2 files; nothing was written."""
    )


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        pytest.param({}, 1, id="file unknown"),
        pytest.param({"f": "a\n"}, 9, id="behind the end"),
        pytest.param({"f": "a\n\nb"}, 2, id="blank line"),
    ],
)
def test_report_leaves_out_an_excerpt_that_shows_nothing(texts: dict[str, str], line: int) -> None:
    report = Report((Problem("code", Location("f", line, 1), "message"),), texts)
    assert (
        report.text()
        == f"""\
f:{line}:1: error[code]: message
      = see: docs/messages.md#code

1 error in 1 file; nothing was written."""
    )


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        pytest.param("key: value", 6, 5, ["    1 | key: value", "      |      ^^^^^"], id="plain"),
        pytest.param("key: v", 6, 99, ["    1 | key: v", "      |      ^"], id="caret ends"),
        pytest.param("key:", 5, 1, ["    1 | key:", "      |     ^"], id="behind the line"),
        pytest.param("東京: b", 5, 1, ["    1 | 東京: b", "      |       ^"], id="wide before"),
        pytest.param("a: 東京", 4, 2, ["    1 | a: 東京", "      |    ^^^^"], id="wide below"),
        pytest.param(
            "e\u0301te\u0301: b",
            8,
            1,
            ["    1 | e\u0301te\u0301: b", "      |      ^"],
            id="accents",
        ),
        pytest.param("สี่: b", 6, 1, ["    1 | สี่: b", "      |    ^"], id="vowels above letters"),
        pytest.param(
            "👩\u200d👩\u200d👧: b",
            8,
            1,
            ["    1 | 👩\u200d👩\u200d👧: b", "      |     ^"],
            id="joined emoji",
        ),
        pytest.param("🇩🇪 a: b", 4, 1, ["    1 | 🇩🇪 a: b", "      |    ^"], id="flag"),
        pytest.param("\tb: c", 2, 1, ["    1 | →b: c", "      |  ^"], id="tab"),
        pytest.param("a: \u202eb", 4, 2, ["    1 | a: �b", "      |    ^^"], id="invisible"),
        pytest.param("a: \x1b[1m", 4, 1, ["    1 | a: �[1m", "      |    ^"], id="escape"),
        pytest.param("a: b\r", 4, 1, ["    1 | a: b", "      |    ^"], id="carriage return"),
    ],
)
def test_excerpt_sets_carets_below_what_is_meant(
    line: str, column: int, length: int, expected: list[str]
) -> None:
    assert excerpt(line, column, length) == expected


@pytest.mark.parametrize(
    ("column", "shown", "caret"),
    [
        pytest.param(1, "0123456789" * 10 + "…", 0, id="at the start"),
        pytest.param(34, "0123456789" * 10 + "…", 33, id="a third in"),
        pytest.param(151, "…" + "7890123456" * 10 + "…", 34, id="in the middle"),
        pytest.param(300, "…" + "6789012345" * 3 + "6789", 34, id="at the end"),
    ],
)
def test_excerpt_of_a_long_line_is_a_window(column: int, shown: str, caret: int) -> None:
    assert excerpt("0123456789" * 30, column) == [
        f"    1 | {shown}",
        f"      | {' ' * caret}^",
    ]


def test_excerpt_of_a_long_line_of_wide_characters_fits_the_same_columns() -> None:
    assert excerpt("東京" * 60, 61) == [
        f"    1 | …{'東京' * 25}…",
        f"      | {' ' * 33}^^",
    ]


def test_excerpt_of_a_hundred_columns_is_whole() -> None:
    assert excerpt("x" * 100, 100) == [f"    1 | {'x' * 100}", f"      | {' ' * 99}^"]


def test_color_marks_the_severity_and_the_carets() -> None:
    report = Report((WRONG, WARNING), {"a.yaml": TEXT})
    lines = report.text(color=True).split("\n")
    assert lines[0] == "a.yaml:3:5: \x1b[1;31merror\x1b[0m[unknown-key]: unknown key 'titel'"
    assert lines[3] == "      |     \x1b[1;31m^^^^^\x1b[0m"
    assert lines[7] == "b.yaml:2:1: \x1b[1;33mwarning\x1b[0m[no-source]: the event has no source"


# -------------------------------------------------------------------------------- summary


@pytest.mark.parametrize(
    ("report", "failed", "summary"),
    [
        pytest.param(Report(()), False, "No problems found.", id="none"),
        pytest.param(
            Report((), done="87 pages written."), False, "87 pages written.", id="none, all done"
        ),
        pytest.param(
            Report((WARNING,), done="87 pages written."),
            False,
            "1 warning in 1 file. 87 pages written.",
            id="warning",
        ),
        pytest.param(
            Report((WARNING,), strict=True),
            True,
            "1 warning in 1 file (a strict run stops at warnings too); nothing was written.",
            id="warning, strict",
        ),
        pytest.param(
            Report((WRONG, WARNING, WARNING), strict=True),
            True,
            "1 error and 2 warnings in 2 files; nothing was written.",
            id="error, strict",
        ),
        pytest.param(
            Report((WRONG, WRONG), consequence="the old site stays"),
            True,
            "2 errors in 1 file; the old site stays.",
            id="errors, other consequence",
        ),
    ],
)
def test_summary_counts_and_says_what_follows(report: Report, failed: bool, summary: str) -> None:
    assert (report.failed, report.summary) == (failed, summary)


@pytest.mark.parametrize(("strict", "expected"), [(False, (WRONG,)), (True, (WRONG, WARNING))])
def test_errors_are_what_stops_the_run(strict: bool, expected: tuple[Problem, ...]) -> None:
    assert Report((WRONG, WARNING), strict=strict).errors == expected


def test_content_error_carries_the_report() -> None:
    report = Report((WRONG,))
    error = ContentError(report)
    assert (error.report, str(error)) == (report, report.text())


# ---------------------------------------------------------------------------- other forms


def test_github_gets_an_annotation_for_each_problem() -> None:
    assert Report((WRONG, WARNING)).github() == (
        "::error file=a.yaml,line=3,col=5,title=unknown-key"
        "::unknown key 'titel'%0Ain event \"Talks\", 2025%0Adid you mean 'title'?%0A"
        "see docs/messages.md#unknown-key\n"
        "::warning file=b.yaml,line=2,col=1,title=no-source::the event has no source%0A"
        "see docs/messages.md#no-source"
    )


def test_github_gets_warnings_as_errors_from_a_strict_run() -> None:
    assert Report((WARNING,), strict=True).github() == (
        "::error file=b.yaml,line=2,col=1,title=no-source::the event has no source%0A"
        "see docs/messages.md#no-source"
    )


def test_github_annotation_cannot_be_broken_out_of() -> None:
    problem = Problem("code", Location("a,b:c%.yaml", 1), "100%\r\n::error::x")
    assert Report((problem,)).github() == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,title=code::100%25%0D%0A::error::x%0A"
        "see docs/messages.md#code"
    )


def test_json_has_all_of_each_problem() -> None:
    assert json.loads(Report((WRONG, WARNING)).json()) == [
        {
            "code": "unknown-key",
            "severity": "error",
            "file": "a.yaml",
            "line": 3,
            "column": 5,
            "length": 5,
            "message": "unknown key 'titel'",
            "help": ["did you mean 'title'?"],
            "record": 'event "Talks", 2025',
            "see": "docs/messages.md#unknown-key",
        },
        {
            "code": "no-source",
            "severity": "warning",
            "file": "b.yaml",
            "line": 2,
            "column": 1,
            "length": 3,
            "message": "the event has no source",
            "help": [],
            "record": "",
            "see": "docs/messages.md#no-source",
        },
    ]


def test_markdown_shows_the_summary_and_the_blocks() -> None:
    assert (
        Report((WRONG,), {"a.yaml": TEXT}).markdown()
        == """\
**1 error in 1 file; nothing was written.**

```text
a.yaml:3:5: error[unknown-key]: unknown key 'titel'
      in event "Talks", 2025
    3 |   - titel: x
      |     ^^^^^
      = help: did you mean 'title'?
      = see: docs/messages.md#unknown-key
```
"""
    )


def test_markdown_without_problems_is_the_summary() -> None:
    assert Report(()).markdown() == "**No problems found.**\n"


def test_markdown_cannot_be_broken_out_of() -> None:
    report = Report((Problem("code", Location("f", 1), "message"),), {"f": "```` x"})
    assert (
        report.markdown()
        == """\
**1 error in 1 file; nothing was written.**

`````text
f:1:1: error[code]: message
    1 | ```` x
      | ^
      = see: docs/messages.md#code
`````
"""
    )


# --------------------------------------------------------------------- order and suggestions


def test_problems_sort_by_file_line_column_code_and_message() -> None:
    ordered = [
        Problem("z", Location("a", 1, 1), "z"),
        Problem("a", Location("a", 1, 2), "z"),
        Problem("a", Location("a", 10, 1), "a"),
        Problem("b", Location("a", 10, 1), "a"),
        Problem("b", Location("a", 10, 1), "b"),
        Problem("a", Location("b", 1, 1), "a"),
    ]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=Problem.sort_key) == ordered


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("titel", "title", id="letters swapped"),
        pytest.param("Title", "title", id="capital"),
        pytest.param("date-note", "date_note", id="hyphen"),
        pytest.param("date note", "date_note", id="space"),
        pytest.param("tit", "title", id="cut short"),
        pytest.param("xyz", None, id="nothing near"),
        pytest.param("", None, id="empty"),
    ],
)
def test_did_you_mean_offers_the_nearest_word(word: str, expected: str | None) -> None:
    known = ["date_note", "title", "date", "text"]
    assert did_you_mean(word, known) == expected
    assert did_you_mean(word, reversed(known)) == expected
    assert suggestion(word, known) == ((f"did you mean '{expected}'?",) if expected else ())
