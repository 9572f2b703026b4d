"""What is not published leaves no trace, and what is for editors stays with them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from explainer.load import Loaded
from explainer.site import link_site, render_site

from .northbridge import THEME, golden_settings, golden_site, loaded, texts

WITHHELD = ("mayor-in-the-balance", "bridge-reopened")


def words_of(slug: str) -> set[str]:
    """Everything by which an article and its records could be known."""
    article = golden_site().content.articles[slug]
    matter = article.matter
    found = {slug, matter.title, *matter.authors, *matter.tags}
    found |= {line for line in article.body.splitlines() if line.strip()}
    for records in (article.records.events, article.records.quotes, article.records.positions):
        for record in records:
            found |= {record.id or "", getattr(record, "title", None) or ""}
            found |= {getattr(record, "text", None) or "", getattr(record, "stance", None) or ""}
    return found - {""}


def all_text() -> str:
    return "\n".join([*texts(), *texts().values()])


@pytest.mark.parametrize("slug", WITHHELD)
def test_withheld_article_is_in_no_file(slug: str) -> None:
    everything = all_text()
    assert {words for words in words_of(slug) if words in everything} == set()
    assert "unseen" not in everything.lower()
    assert "embargo" not in everything.lower()


def test_withheld_articles_count_nowhere() -> None:
    assert not {*WITHHELD} & {*golden_site().graph.articles}
    assert len(golden_site().graph.articles) == len(golden_site().content.articles) - 2


def test_editors_todo_is_in_no_file() -> None:
    source = "\n".join(file.text for file in loaded().files)
    todos = re.findall(r"todo: (.*)", source)
    assert len(todos) == 2
    assert [todo for todo in todos if todo in all_text()] == []


def with_draft(slug: str) -> Loaded:
    """The golden content, one more article withheld."""
    files = tuple(
        replace(file, text=hide(file.text)) if file.path.stem == slug else file
        for file in loaded().files
    )
    return replace(loaded(), files=files)


def hide(text: str) -> str:
    if text.startswith("---\n"):
        return text.replace("---\n", "---\nstatus: draft\n", 1)
    return f"Status: draft\n{text}" if text.startswith("Title:") else text


@pytest.mark.parametrize("slug", sorted(golden_site().graph.articles))
def test_any_article_can_be_withheld(slug: str) -> None:
    site = link_site(with_draft(slug), golden_settings())
    assert slug not in site.graph.articles
    assert {problem.code for problem in site.report.errors} <= {"not-published", "dead-link"}
    if site.report.failed:
        return
    everything = "\n".join(
        text for pair in render_site(site, golden_settings(), THEME).files for text in pair
    )
    title = golden_site().content.articles[slug].matter.title
    assert title not in everything
    assert f"articles/{slug}/" not in everything
