"""An article's Markdown is rendered once in a build, by whoever reads it first."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from textwrap import dedent

from pelican.settings import DEFAULT_CONFIG

from explainer.frontmatter import split_document
from explainer.load import ContentFile, Loaded
from explainer.markdown import CleanText, clean_body
from explainer.reader import RENDERED, ExplainerReader
from explainer.site import link_site
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
    site = link_site(loaded, settings(), rendered=rendered)
    other = link_site(loaded, settings(), rendered={"another body": rendered[document.body]})
    assert site.graph.articles["closed"].fragment.text == "These words stand in for it."
    assert other.graph.articles["closed"].fragment.text.startswith("The council closed the bridge")
