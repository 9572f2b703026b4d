"""Changes by position: only the value differs, in the style that it had."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.edits import Edit, EditError, apply_edits, replace_scalar, write_files
from explainer.tree import Mapping, Scalar, parse_yaml

NEW = 'He said: "it\'s shut" #1, at last'

PAGE = """\
# what happened
events:
  - title: A  # the first
    evidence: {old}
    note: n   # stays
"""


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("the old words", "the new words", "the new words"),
        ("the old words", "new: words", '"new: words"'),
        ("the old words  # why", "the new words", "the new words  # why"),
        ("'the old words'", "it's new", "'it''s new'"),
        ('"the old words"  # why', 'a "new" \\ word', '"a \\"new\\" \\\\ word"  # why'),
        ("[the old words, more]", "new, words", '["new, words", more]'),
        ("{exact: the old words, prefix: more}", "new", "{exact: new, prefix: more}"),
        (">\n      the old\n      words", "the new words", ">\n      the new words"),
        (">-  # why\n      the old words", "the new words", ">-  # why\n      the new words"),
        ("|\n      the old words\n", "the new words", "|\n      the new words\n"),
        ("|2\n      the old words", "the new words", None),
        ("the old\n      words", "the new words", "the new words"),
        ("- the old words\n    -  more", "the new words", "- the new words\n    -  more"),
    ],
)
def test_value_is_written_in_the_style_that_it_had(old: str, value: str, new: str | None) -> None:
    if old.startswith("- "):
        old, new = f"\n    {old}", f"\n    {new}"
    text = PAGE.replace("{old}", old)
    at = text.index("the old") if old[0] not in ">|" else text.index(old)
    at -= text[at - 1] in "'\""
    place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    if new is None:
        new = old.replace("old", "new")
    assert apply_edits(text, [replace_scalar(text, place, value)]) == PAGE.replace("{old}", new)


STYLES = ["{}", "'{}'", '"{}"', ">\n      {}", "|-\n      {}", "[{}]", "{{exact: {}}}"]
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"])
    | st.sampled_from(" :#'\"-[]{},&*!|>%@`\\"),
    min_size=1,
    max_size=60,
).filter(lambda text: bool(text.strip()))


@given(st.sampled_from(STYLES), WORDS)
def test_any_value_reads_back_and_nothing_else_changes(style: str, value: str) -> None:
    text = PAGE.replace("{old}", style.format("the old words"))
    node, _ = parse_yaml(text, "")
    at = _evidence(node).location
    wanted = " ".join(value.split())
    found = apply_edits(text, [replace_scalar(text, (at.line, at.column), value)])
    again, problems = parse_yaml(found, "")
    assert " ".join(_evidence(again).value.split()) == wanted
    assert [p for p in problems if p.severity == "error"] == []
    before, _, _ = text.partition("evidence")
    assert found.startswith(before)
    assert found.endswith("    note: n   # stays\n")


def _evidence(node: object) -> Scalar:
    """The first scalar under `evidence`."""
    from explainer.tree import Sequence, follow

    found = follow(node, ("events", 0, "evidence"))  # type: ignore[arg-type]
    while not isinstance(found, Scalar):
        assert isinstance(found, Sequence | Mapping)
        found = found.items[0] if isinstance(found, Sequence) else found.entries[0][1]
    return found


def test_long_value_that_stood_on_several_lines_does_again() -> None:
    text = "evidence: >\n  the old\n  words\nnote: n\n"
    value = " ".join(["word"] * 30)
    found = apply_edits(text, [replace_scalar(text, (1, 11), value)])
    assert max(map(len, found.split("\n"))) <= 60
    assert found.endswith("\nnote: n\n")


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeffa: one\r\nb: two\r\n"
    edits = [Edit((1, 4), (1, 7), "1"), Edit((2, 4), (2, 7), "2\n2")]
    assert apply_edits(text, edits) == "\ufeffa: 1\r\nb: 2\r\n2\r\n"


def test_place_without_a_text_is_refused() -> None:
    with pytest.raises(EditError, match="no text begins in line 1, column 2"):
        replace_scalar("a: one\n", (1, 2), "two")


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("somebody was here")
    with pytest.raises(EditError, match="has changed meanwhile; nothing was written"):
        write_files({one: ("1", "one"), two: ("2", "two")})
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["1", "somebody was here"]
