"""What is imported is not trusted: nothing of it is taken for Markdown, YAML or HTML."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explainer.fragment import read_fragment
from explainer.importing.command import Choices, import_article
from explainer.importing.decoding import clean
from explainer.importing.raw import Line
from explainer.importing.writing import flow_list, markdown, scalar
from explainer.load import load_content
from explainer.markdown import render_markdown
from explainer.site import link_site
from explainer.tree import Mapping, Scalar, Sequence, parse_yaml

from .goldens import empty_content, settings

#: Text with many of the signs that mean something to Markdown, YAML and HTML.
SIGNS = st.text(alphabet="ab1 #-+*_>=|`~[](){}<>!&;:.\\/^\"'@%,?é—’", max_size=40)
LINES = st.one_of(SIGNS, st.text(max_size=40)).map(lambda text: " ".join(clean(text).split()))


@given(st.lists(LINES.filter(bool), min_size=1, max_size=5))
@example(["- - -"])
@example(["***"])
@example(["Term", ": no definition"])
@example(["[^1]: no footnote", "here[^1]"])
@example(["[a]: /url", "[a] [a][] ![a](b) <http://a.b>"])
@example(["}[_[a](b)"])
@example(['["*[a]: b'])
@example(["| a | b |", "| - | - |"])
@example(["a\\"])
@example(["&amp; &#42; &copy;"])
@example(["~~~ ```"])
@example(["---", "==="])
def test_markdown_shows_the_characters_of_the_text_and_nothing_else(texts: list[str]) -> None:
    html = render_markdown(markdown([Line(0, text) for text in texts]))
    assert read_fragment(html).text.split() == " ".join(texts).split()
    assert html.count("<") == html.count("<p>") + html.count("</p>") == 2 * len(texts)


@given(LINES.filter(bool))
@example("null")
@example("~")
@example("a: b")
@example("a #b")
@example("- a")
@example("2026-01-24")
@example("'a'")
@example('"a" and \\n')
@example("a, b")
@example("*a")
def test_yaml_gives_the_text_back(text: str) -> None:
    node, problems = parse_yaml(f"one: {scalar(text)}\nmany: {flow_list([text, text])}\n", "")
    assert problems == []
    assert isinstance(node, Mapping)
    one, many = node.get("one"), node.get("many")
    assert isinstance(one, Scalar)
    assert isinstance(many, Sequence)
    assert [one.value, *(i.value for i in many.items if isinstance(i, Scalar))] == [text] * 3


TEXTS = st.text(st.characters(min_codepoint=9, codec="utf-8"), max_size=80)
HEADS = st.sampled_from(
    [
        "Bridge closed: again\n24 Jan 2026\n",
        "24.01.2026\nBy Nell Harrow\n#1 headline of many\n",
        "\ufeff'Bridge' closed\r\n2026-01-24T18:03:00Z\r\n",
    ]
)


@given(HEADS, st.lists(st.one_of(SIGNS, TEXTS), max_size=6))
def test_what_is_written_of_any_text_passes_the_check(head: str, lines: list[str]) -> None:
    body = "The bridge is closed to all traffic since Saturday evening, as the council has decided."
    text = head + body + "\n" + "\n".join(lines) + "\n" + body
    with tempfile.TemporaryDirectory() as name:
        raw = Path(name, "article.txt")
        raw.write_bytes(text.encode("utf-8", "replace"))
        content = empty_content(Path(name))
        report = import_article(raw, content, settings(), Choices(id="bridge"))
        assert (report.errors, (content / "articles/bridge.md").exists()) == ((), True)
        assert link_site(load_content(content), settings()).report.problems == ()


@given(st.binary(max_size=400), st.sampled_from([b"", b"<!DOCTYPE html>", b"\xff\xfe", b"<html>"]))
def test_any_bytes_give_a_report_and_no_traceback(data: bytes, start: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        raw = Path(name, "article.txt")
        raw.write_bytes(start + data)
        report = import_article(raw, empty_content(Path(name)), settings(), Choices())
        assert report.failed == (report.done == "")


@pytest.mark.parametrize(
    "text",
    [
        "# " * 24_000,
        "[" * 49_000,
        "*_" * 24_000,
        "a@b " * 12_000,
        "By A, " * 8_000,
        "a\n\n" * 9_000,
    ],
    ids=["hashes", "brackets", "stars", "addresses", "names", "lines"],
)
def test_long_nonsense_gives_a_report(text: str, tmp_path: Path) -> None:
    raw = tmp_path / "article.txt"
    raw.write_text(f"Bridge closed\n24 Jan 2026\nThe bridge is closed.\n{text}")
    report = import_article(raw, empty_content(tmp_path), settings(), Choices())
    assert report.failed == (report.done == "")
