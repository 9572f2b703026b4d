"""An article's Markdown is rendered once in a build, by whoever reads it first."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from textwrap import dedent

from pelican.settings import DEFAULT_CONFIG

from explainer.frontmatter import split_document
from explainer.incremental import KnownTexts, texts_to_json
from explainer.load import ContentFile, Loaded
from explainer.markdown import CleanText, clean_body
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
    site = link_site(loaded, settings(), steps=Steps(render=rendered.__getitem__))
    assert site.graph.articles["closed"].fragment.text == "These words stand in for it."


def test_body_that_was_rendered_in_the_last_build_is_not_rendered_again() -> None:
    body = "The words, and [a link]({filename}other.md), and a note[^1].\n\n[^1]: Here.\n"
    stand_in = clean_body(body)
    kept = json.loads(json.dumps(texts_to_json({body: stand_in})))
    render = KnownTexts(kept)
    kept[next(iter(kept))][0] = stand_in.html.replace("words", "kept words")
    assert render(body).html == stand_in.html.replace("words", "kept words")
    assert render(body).edits(lambda target: f"/{target}/") == [
        (start, end, tag) for start, end, tag in stand_in.edits(lambda target: f"/{target}/")
    ]
    assert render("Other words.").html == clean_body("Other words.").html
    assert KnownTexts({next(iter(kept)): ["cut short"]})(body).html == stand_in.html
