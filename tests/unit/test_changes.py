"""What changed in a story: the editor's lines, and the corrections of its articles."""

from __future__ import annotations

import re

import pytest

from explainer.pages.contexts import ArticlePage, BriefPage, ChangesPage, StoryPage

from .small_site import TOWN, small_pages, small_site

CORRECTED = TOWN["articles/closed.md"].replace(
    "        story: bridge\n",
    "        story: bridge\n"
    "        corrections:\n"
    "          - {date: 2026-03-12, text: Two piers were cracked., was: three}\n"
    "          - {date: 2026-03-12, text: It was a Monday.}\n",
)
STORY = """\
    title: The bridge
    changes:
      - {date: 2026-03-10, text: The first article.}
      - {date: 2026-03-12, text: Divers were heard., records: [bridge-closed]}
      - {date: 2026-03-20, text: The council met.}
    """
FILES = {"articles/closed.md": CORRECTED, "stories/bridge.yaml": STORY}


def pages(files: dict[str, str]) -> dict[str, object]:
    return {page.path: page for page in small_pages(small_site(files)).pages}


def test_corrections_stand_among_the_changes_newest_first() -> None:
    page = pages(FILES)["stories/bridge/changes/index.html"]
    assert isinstance(page, ChangesPage)
    assert [(c.date.words, c.text, c.anchor) for c in page.changes] == [
        ("20 March 2026", "The council met.", "change-2026-03-20-3"),
        ("12 March 2026", "Divers were heard.", "change-2026-03-12-2"),
        ("12 March 2026", "Correction: It was a Monday.", "correction-closed-2"),
        ("12 March 2026", "Correction: Two piers were cracked.", "correction-closed-1"),
        ("10 March 2026", "The first article.", "change-2026-03-10-1"),
    ]


def test_correction_leads_to_its_article() -> None:
    page = pages(FILES)["stories/bridge/changes/index.html"]
    assert isinstance(page, ChangesPage)
    (record,) = page.changes[2].records
    assert (record.kind_words, record.title, record.href) == (
        "Article",
        "The bridge is closed",
        "/news/articles/closed/",
    )


def test_story_with_a_correction_alone_has_changes() -> None:
    page = pages({"articles/closed.md": CORRECTED})["stories/bridge/index.html"]
    assert isinstance(page, StoryPage)
    assert [change.text for change in page.changes] == [
        "Correction: It was a Monday.",
        "Correction: Two piers were cracked.",
    ]
    assert page.visit_key == "/news/stories/bridge/"
    assert page.head.modified.startswith("2026-03-12")


def test_feed_has_every_line_of_the_page_once() -> None:
    made = small_pages(small_site(FILES))
    (page,) = (page for page in made.pages if isinstance(page, ChangesPage))
    feed = dict(made.files)["stories/bridge/changes.atom"]
    titles = re.findall(r"<title>(.* March 2026: .*)</title>", feed)
    assert sorted(titles) == sorted(f"{c.date.words}: {c.text}" for c in page.changes)


@pytest.mark.parametrize("kind", ["article", "brief"])
def test_corrections_stand_at_the_top_of_the_article(kind: str) -> None:
    text = CORRECTED.replace("        story:", f"        kind: {kind}\n        story:")
    if kind == "brief":
        text = text[: text.rindex("---") + 4]
    files = {"articles/closed.md": text, "articles/closed.yaml": None}
    made = small_pages(small_site(files))
    page = next(page for page in made.pages if page.path == "articles/closed/index.html")
    assert isinstance(page, ArticlePage | BriefPage)
    assert [(c.date.words, c.text, c.was) for c in page.corrections] == [
        ("12 March 2026", "Two piers were cracked.", "three"),
        ("12 March 2026", "It was a Monday.", ""),
    ]
    html = dict(made.files)[page.path]
    assert html.index("</h1>") < html.index('class="corrections"') < html.index('prose"')


@pytest.mark.parametrize(
    ("own", "of_the_article", "has_more"),
    [
        pytest.param("B", "B", False, id="the same"),
        pytest.param("B", "C", True, id="others"),
        pytest.param("B", "", False, id="only its own"),
    ],
)
def test_story_says_whether_its_articles_name_further_sources(
    own: str, of_the_article: str, has_more: bool
) -> None:
    sources = f"        sources: [{{title: {of_the_article}}}]\n" if of_the_article else ""
    article = TOWN["articles/closed.md"].replace(
        "        story: bridge\n", f"        story: bridge\n{sources}"
    )
    story = f"title: The bridge\nsources: [{{title: {own}}}]\n"
    page = pages({"articles/closed.md": article, "stories/bridge.yaml": story})
    found = page["stories/bridge/index.html"]
    assert isinstance(found, StoryPage)
    assert ([one.title for one in found.sources], found.has_more_sources) == ([own], has_more)


def test_changes_name_their_story_once_above_them() -> None:
    site = dict(small_pages(small_site(FILES)).files)
    text = site["stories/bridge/changes/index.html"]
    above = re.sub("<[^>]*>", " ", text[text.index("<body") : text.index("</h1>")])
    assert above.count("The bridge") == 1
