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


FULL = """\
quill: {name: Mara Quill, aliases: [Quill], kind: person, summary: "Mayor & *baker*.\\n\\nMore."}
lind: {name: Otto Lind, kind: person}
"""


def cards(body: str, actors: str = FULL, **files: str) -> list[tuple[str, str, str, str]]:
    """(anchor, name, role, text) of the cards of an article with this body."""
    page = article(body, actors=actors, **files)
    buttons = re.findall(r'popovertarget="([^"]*)" aria-label="About ([^"]*)"', page.body_html)
    assert buttons == [(card.anchor, card.name) for card in page.cards]
    return [(card.anchor, card.name, card.role, card.text) for card in page.cards]


def test_first_mention_has_a_button_and_its_card_stands_once() -> None:
    quill = ("about-quill", "Mara Quill", "", "Mayor & baker.")
    assert cards("Mara Quill said so. Quill left. Otto Lind stayed.") == [quill]


def test_actor_of_whom_nothing_is_known_has_a_link_alone() -> None:
    page = article("Otto Lind stayed.")
    assert (page.cards, mentions("Otto Lind stayed.")) == ((), [("lind", "Otto Lind")])


@pytest.mark.parametrize(
    ("dates", "role"),
    [
        ("from: 2020", "Mayor"),
        ("from: 2020, to: 2026-05", "then Mayor"),
        ("from: 2020, to: 2025", "former Mayor"),
    ],
)
def test_card_says_the_role_as_of_the_article(dates: str, role: str) -> None:
    notes = f"roles:\n  - {{actor: quill, role: Mayor, {dates}, evidence: Mayor Mara Quill}}\n"
    actors = "quill: {name: Mara Quill, kind: person}\n"
    assert cards("Mayor Mara Quill said so.", actors, notes=notes) == [
        ("about-quill", "Mara Quill", role, "")
    ]


@pytest.mark.parametrize(
    ("body", "around"),
    [
        ("Quill’s desk.", "</a>’s{}"),
        ("Quill's desk.", "</a>'s{}"),
        ("‘Quill’ left.", "</a>{}’"),
        ("*Quill* left.", "</a></em>{}"),
    ],
    ids=["curly", "straight", "quoted", "emphasis"],
)
def test_button_stands_behind_the_word(body: str, around: str) -> None:
    html = re.sub(r'<span class="about">.*?</span>', "{}", article(body, actors=FULL).body_html)
    assert around in html


def test_term_has_a_link_and_a_card_of_its_own() -> None:
    page = article("Piers and a Pier. Each pier stands.")
    assert [(card.anchor, card.name, card.text) for card in page.cards] == [
        ("about-term_pier", "Pier", "What a bridge stands on.")
    ]
    assert page.body_html.count('<a class="mention" href="/news/terms/#term-pier">Pier</a>') == 1


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Each pier stands.", ["Pier"]),
        ("The Pier Company left.", ["Pier Company"]),
        ("See [the pier](https://example.org/) and `pier`.", []),
    ],
    ids=["small-letter", "inside-a-name", "link-and-code"],
)
def test_name_of_an_actor_goes_before_a_term(body: str, wanted: list[str]) -> None:
    actors = "firm: {name: Pier Company, kind: organization, summary: It sells piers.}\n"
    assert [name for _, name, _, _ in cards(body, actors)] == wanted


def test_names_and_lines_of_cards_are_escaped() -> None:
    actors = """x: {name: 'A "B" & <C>', kind: person, summary: '1 \\< 2 & "3"'}\n"""
    page = article('A "B" & \\<C> left.', actors=actors)
    assert 'aria-label="About A &#34;B&#34; &amp; &lt;C&gt;"' in page.body_html
    assert [card.text for card in page.cards] == ['1 < 2 & "3"']
