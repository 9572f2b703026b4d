"""An article's Markdown is rendered once in a build, by whoever reads it first."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest
from pelican.settings import DEFAULT_CONFIG

from explainer.fragment import read_fragment
from explainer.frontmatter import split_document
from explainer.incremental import KnownReading
from explainer.load import ContentFile, Loaded
from explainer.markdown import CleanText, clean_body
from explainer.mentions import Mention, NameIndex, find_mentions
from explainer.reader import RENDERED, ExplainerReader
from explainer.site import link_site
from explainer.steps import Steps
from tests.unit.small_site import TOWN, settings

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
    clean, first = clean_body(body), KnownReading()
    assert first.render(body).html == clean.html
    kept = json.loads(json.dumps(first.to_json()))
    [key] = kept["texts"]
    kept["texts"][key][0] = clean.html.replace("words", "kept words")
    second = KnownReading(kept)
    assert second.render(body).html == clean.html.replace("words", "kept words")
    assert second.render(body).edits(lambda target: f"/{target}/") == [
        (start, end, tag) for start, end, tag in clean.edits(lambda target: f"/{target}/")
    ]
    assert second.to_json()["texts"] == kept["texts"]
    assert second.render("Other words.").html == clean_body("Other words.").html


@pytest.mark.parametrize("known", [["cut short"], "text", 5, [1, 2, 3, 4], None])
def test_what_cannot_be_of_the_last_build_is_rendered_again(known: object) -> None:
    first = KnownReading()
    first.render("Words.")
    [key] = first.to_json()["texts"]
    assert KnownReading({"texts": {key: known}}).render("Words.").html == "<p>Words.</p>\n"
    assert KnownReading({"texts": known}).render("Words.").html == "<p>Words.</p>\n"


def test_names_that_were_found_in_the_last_build_are_not_looked_for_again() -> None:
    fragment, names = read_fragment("<p>Ann met Ben.</p>"), NameIndex({"Ann": "ann", "Ben": "ben"})
    first = KnownReading()
    wanted = find_mentions(fragment, names)
    assert first.find_mentions(fragment, names) == wanted
    kept = json.loads(json.dumps(first.to_json()))
    [key] = kept["mentions"]
    kept["mentions"][key] = [[0, 3, "kept"]]
    second = KnownReading(kept)
    assert second.find_mentions(fragment, names) == (Mention(0, 3, "kept"),)
    without = frozenset({"ann"})
    assert second.find_mentions(fragment, names, excluded=without) == wanted[1:]
    more = NameIndex({"Ann": "ann"})
    assert second.find_mentions(fragment, more) == wanted[:1]
