"""An article's page: passages, names and notes are marked, each once and in its place."""

from __future__ import annotations

import re

import pytest

from explainer.pages.contexts import ArticlePage, StoryPage

from .small_site import TOWN, small_pages, small_site


def article(
    body: str, notes: str = "", head: str = "", actors: str = TOWN["actors.yaml"]
) -> ArticlePage:
    """The page of an article with this body, sidecar and further front matter."""
    matter = f"title: The bridge\ndate: 2026-03-10\nstory: bridge\n{head}"
    site = small_site(
        {
            "actors.yaml": actors,
            "articles/closed.md": f"---\n{matter}---\n{body}\n",
            "articles/closed.yaml": notes or None,
        }
    )
    assert site.report.errors == ()
    pages = small_pages(site).pages
    (page,) = (page for page in pages if page.path == "articles/closed/index.html")
    assert isinstance(page, ArticlePage)
    return page


def mentions(body: str, head: str = "", actors: str = TOWN["actors.yaml"]) -> list[tuple[str, str]]:
    """(address, words) of the names that are linked."""
    found = re.findall(
        r'<a class="mention" href="/news/actors/([^"]*)/">(.*?)</a>',
        article(body, head=head, actors=actors).body_html,
    )
    return [(str(name), str(words)) for name, words in found]


TWO = "ida: {name: Ida Vane, kind: person}\ntom: {name: Tom Vane, kind: person}\n"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Mara Quill said so. Mara Quill left. Quill slept.", [("quill", "Mara Quill")]),
        ("Quill’s desk was empty.", [("quill", "Quill")]),
        ("Mara Quill's desk was empty.", [("quill", "Mara Quill")]),
        ("The Quills were empty, and a quill wrote.", []),
        ("See [Quill](https://example.org/) and `Quill`.", []),
        ("## Quill\n\nThen Quill spoke.", [("quill", "Quill")]),
        ("*Mara* Quill spoke.", [("quill", "*Mara* Quill")]),
    ],
    ids=["once", "curly", "straight", "word", "link-and-code", "heading", "emphasis"],
)
def test_name_is_linked_once(body: str, wanted: list[tuple[str, str]]) -> None:
    shown = [(name, re.sub(r"</?em>", "*", words)) for name, words in mentions(body)]
    assert shown == wanted


def test_last_name_of_two_is_not_linked() -> None:
    assert mentions("Vane met Ida Vane and Vane.", actors=TWO) == [("ida", "Ida Vane")]


def test_name_is_not_linked_where_the_article_says_so() -> None:
    assert mentions("Quill met Otto Lind.", "mentions: {not: [quill]}\n") == [("lind", "Otto Lind")]


def test_name_that_is_for_search_only_is_not_linked() -> None:
    actors = "quill: {name: Mara Quill, kind: person, also: [Town Hall]}\n"
    assert mentions("Town Hall said no.", actors=actors) == []


EVENTS = """\
    events:
      - id: shut
        title: Shut
        evidence: The bridge was shut
      - id: rain
        title: Rain
        evidence: was shut in the rain
    """


def test_passages_are_numbered_in_the_order_in_which_they_end() -> None:
    html = article("The bridge was shut in the rain.", EVENTS).body_html
    assert re.findall(r'id="(evidence-[^"]*)"', html) == ["evidence-shut", "evidence-rain"]
    hrefs = re.findall(r'href="/news/stories/bridge/#(event-\w+)"', html)
    assert list(dict.fromkeys(hrefs)) == ["event-shut", "event-rain"]


def test_marks_leave_every_word_of_the_text() -> None:
    body = "The *bridge* was [shut](https://example.org/) in the rain.\n\n- One\n- Two"
    marked = article(body, EVENTS).body_html
    without_notes = re.sub(r"<(sup|details)\b.*?</\1>", "", marked, flags=re.S)
    assert re.sub(r"<[^>]+>", "", without_notes) == re.sub(r"<[^>]+>", "", article(body).body_html)


def test_passage_in_the_headline_has_its_anchor_there() -> None:
    notes = "events:\n  - {id: shut, title: Shut, evidence: The bridge}\n"
    page = article("It was shut.", notes)
    assert ('id="evidence-shut"' in page.headline_html, "evidence" in page.body_html) == (
        True,
        False,
    )


def test_translation_has_no_marks() -> None:
    body = "Mara Quill schloss die Brücke."
    files = {"articles/closed.de.md": f"---\ntitle: Zu\ndate: 2026-03-10\n---\n{body}\n"}
    pages = {page.path: page for page in small_pages(small_site(files)).pages}
    page = pages["de/articles/closed/index.html"]
    assert isinstance(page, ArticlePage)
    assert page.body_html == "<p>Mara Quill schloss die Brücke.</p>\n"
    assert page.language == "de"


@pytest.mark.parametrize(
    ("words", "wanted"), [(1, "1 min read"), (230, "1 min read"), (2000, "10 min read")]
)
def test_minutes_are_at_least_one(words: int, wanted: str) -> None:
    minutes = int(article("word " * words).minutes.split()[0])
    assert abs(minutes - int(wanted.split()[0])) <= 1
    assert minutes >= 1


def test_article_without_a_story_shows_its_own_records() -> None:
    files = {
        "articles/closed.md": TOWN["articles/closed.md"].replace("        story: bridge\n", ""),
        "stories/bridge.yaml": None,
    }
    site = small_site(files)
    assert site.report.problems == ()
    html = dict(small_pages(site).files)["articles/closed/index.html"]
    assert html.count('id="event-bridge-closed"') == 1


def test_every_kind_of_record_finds_its_home_without_a_story() -> None:
    notes = """\
        events:
          - {id: e, title: T, evidence: The council closed}
        quotes:
          - {id: q, actor: quill, text: Nobody has been hurt}
        positions:
          - {id: p, actor: quill, issue: money, stance: no, evidence: She wants}
        claims:
          - {id: c, actor: lind, text: He warned., evidence: had warned of cracks}
        questions:
          - {id: w, question: Why?}
        """
    files = {
        "articles/closed.md": TOWN["articles/closed.md"].replace("        story: bridge\n", ""),
        "articles/closed.yaml": notes,
        "stories/bridge.yaml": None,
    }
    html = dict(small_pages(small_site(files)).files)["articles/closed/index.html"]
    for anchor in ("event-e", "quote-q", "position-p", "claim-c", "question-w"):
        assert html.count(f'id="{anchor}"') == 1


def test_empty_site_has_its_pages() -> None:
    site = small_site(base={})
    assert site.report.problems == ()
    made = dict(small_pages(site).files)
    for path in ("index.html", "404.html", "timeline/index.html", "actors/index.html", "feed.atom"):
        assert made[path]


def test_story_without_records_or_articles_has_its_page() -> None:
    site = small_site(base={"stories/bare.yaml": "title: Bare\n"})
    pages = {page.path: page for page in small_pages(site).pages}
    assert isinstance(pages["stories/bare/index.html"], StoryPage)
