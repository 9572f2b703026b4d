"""An article's Markdown is rendered once in a build, by whoever reads it first."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest
from pelican.settings import DEFAULT_CONFIG

from explainer.fragment import read_fragment, with_edited_tags
from explainer.frontmatter import split_document
from explainer.load import ContentFile, Loaded
from explainer.markdown import CleanText, clean_body
from explainer.mentions import Mention, NameIndex, find_mentions
from explainer.passages import (
    ArticleText,
    Passage,
    Quoted,
    Selector,
    find_passage,
    quote_text,
)
from explainer.reader import RENDERED, ExplainerReader
from explainer.site import link_site
from explainer.steps import Steps
from tests.unit.small_site import TOWN, Reading, settings

ARTICLE = dedent(TOWN["articles/closed.md"])


def test_reader_of_pelican_leaves_what_it_rendered_to_the_generator(tmp_path: Path) -> None:
    file = tmp_path / "closed.md"
    file.write_text(ARTICLE)
    rendered: dict[str, dict[str, CleanText]] = {RENDERED: {}}
    html, _ = ExplainerReader({**DEFAULT_CONFIG, **rendered}).read(str(file))
    document, _ = split_document(ARTICLE, "closed.md")
    assert {body: clean.html for body, clean in rendered[RENDERED].items()} == {document.body: html}
    assert html == clean_body(document.body).html


def test_body_that_was_rendered_is_not_rendered_again() -> None:
    files = (
        ContentFile(PurePosixPath("site.yaml"), "content/site.yaml", "format: 1\n"),
        ContentFile(PurePosixPath("articles/closed.md"), "content/articles/closed.md", ARTICLE),
    )
    document, _ = split_document(ARTICLE, "closed.md")
    rendered = {document.body: clean_body("These words stand in for it.")}
    loaded = Loaded(files, frozenset(), ())
    site = link_site(loaded, settings(), steps=Steps(render=lambda body, _: rendered[body]))
    assert site.graph.articles["closed"].fragment.text == "These words stand in for it."


def test_body_that_was_rendered_in_the_last_build_is_not_rendered_again() -> None:
    body = "The words, and [a link]({filename}other.md), and a note[^1].\n\n[^1]: Here.\n"
    clean, first = clean_body(body), Reading()
    assert first.render(body).html == clean.html
    kept = first.lines.replace(b"The words", b"The kept words")
    second = Reading(kept)
    assert second.render(body).html == clean.html.replace("The words", "The kept words")
    assert second.render(body).edits(lambda target: f"/{target}/") == [
        (start, end, tag) for start, end, tag in clean.edits(lambda target: f"/{target}/")
    ]
    assert second.lines == kept
    assert second.render("Other words.").html == clean_body("Other words.").html


@pytest.mark.parametrize("known", [["cut short"], "text", 5, [1, 2, 3, 4], None])
def test_what_cannot_be_of_the_last_build_is_rendered_again(known: object) -> None:
    first = Reading()
    first.render("Words.")
    key = first.lines.partition(b" ")[0].decode()
    for line in (f"{key} {json.dumps(known)}\n", f"{key} {known}\n", f"{key}\n", key):
        assert Reading(line.encode()).render("Words.").html == "<p>Words.</p>\n"


def test_names_that_were_found_in_the_last_build_are_not_looked_for_again() -> None:
    fragment, names = read_fragment("<p>Ann met Ben.</p>"), NameIndex({"Ann": "ann", "Ben": "ben"})
    first = Reading()
    wanted = find_mentions(fragment, names)
    assert first.find_mentions(fragment, names) == wanted
    key = first.lines.partition(b" ")[0].decode()
    second = Reading(f'{key} [[0,3,"kept"]]\n'.encode())
    assert second.find_mentions(fragment, names) == (Mention(0, 3, "kept"),)
    without = frozenset({"ann"})
    assert second.find_mentions(fragment, names, excluded=without) == wanted[1:]
    more = NameIndex({"Ann": "ann"})
    assert second.find_mentions(fragment, more) == wanted[:1]


def test_text_of_the_last_build_is_scanned_when_more_is_asked_for() -> None:
    html = '<p>The <em>words</em>, and <a href="x">a link</a>.</p><p>More &amp; more.</p>'
    first = Reading()
    scanned = first.scan(html)
    fragment = Reading(first.lines).scan(html)
    edits = [(html.index("<a"), html.index("a link"), '<a href="/longer/" rel="noopener">')]
    moved = with_edited_tags(fragment, edits)
    known = (fragment.text, fragment.words, moved.text, moved.words)
    assert known == (scanned.text, scanned.words, scanned.text, scanned.words)
    assert [one.is_scanned for one in (fragment, moved)] == [False, False]
    assert (fragment, moved) == (scanned, with_edited_tags(scanned, edits))
    assert [one.is_scanned for one in (fragment, moved)] == [True, True]
    with pytest.raises(AttributeError, match="a fragment has no 'colour'"):
        fragment.colour  # type: ignore[attr-defined]  # noqa: B018


def test_passages_that_were_found_in_the_last_build_are_not_looked_for_again() -> None:
    text = ArticleText("A headline", read_fragment("<p>One two three. “Four five,” she said.</p>"))
    first = Reading()
    wanted = first.find_passage(text, Selector("two three"))
    quote = first.quote_text(text, "Four [...] said")
    assert (wanted, quote) == (
        find_passage(text, Selector("two three")),
        quote_text(text, "Four [...] said"),
    )
    kept = first.lines
    changed = Reading(kept.replace(b"two three", b"kept").replace(b"\\u2026", b"kept"))
    for found, words in (
        (changed.find_passage(text, Selector("two three")), "kept"),
        (changed.quote_text(text, "Four [...] said"), "Four [kept] said"),
    ):
        assert isinstance(found, Passage | Quoted)
        assert found.words == words
    again = Reading(kept)
    assert again.find_passage(text, Selector("two three")) == wanted
    assert again.quote_text(text, "Four [...] said") == quote
    other = ArticleText("Another", read_fragment("<p>One two. Three two three.</p>"))
    for selector in (Selector("two three"), Selector("two three", prefix="One"), Selector("four")):
        assert again.find_passage(other, selector) == find_passage(other, selector)
