"""A story's pages by actor and by year."""

from __future__ import annotations

import pytest

from explainer.pages.build import Assets
from explainer.pages.contexts import Link, StoryPage, StorySlicePage
from explainer.site import RenderedSite, prepare_pages, theme_environment
from tests.site.northbridge import golden_settings, golden_site

from .small_site import THEME, small_pages, small_site

STORY = "/news/stories/bridge/"
WORDS = "evidence: The council closed the bridge"
#: Date, actors: Lind is in three of them, Quill in four and the council in two.
EVENTS = [
    ("1987", "lind"),
    ("2024-01", "lind, quill"),
    ("2024-02", "quill"),
    ("2026-03-07", "lind, quill"),
    ("2026-03-08", "quill, council"),
    ("2026-03-09", "council"),
]


def made(count: int = len(EVENTS), more: str = "", years: str = "") -> RenderedSite:
    """The site with the first events; `years` takes the place of their dates."""
    records = "".join(
        f"  - {{id: e{n}, date: {years or date}, title: Event {n}, actors: [{actors}], {WORDS}}}\n"
        for n, (date, actors) in enumerate(EVENTS[:count])
    )
    site = small_site({"articles/closed.yaml": f"events:\n{records}{more}"})
    assert site.report.errors == ()
    return small_pages(site)


def slices(site: RenderedSite) -> list[StorySlicePage]:
    return [page for page in site.pages if isinstance(page, StorySlicePage)]


def titles(page: StorySlicePage) -> list[str]:
    return [event.title for group in page.timeline.groups for event in group.events]


def test_slices_are_by_actor_with_three_events_and_by_year() -> None:
    assert [(page.path, page.title, page.summary, titles(page)) for page in slices(made())] == [
        (
            "stories/bridge/actors/quill/index.html",
            "Mara Quill",
            "4 events",
            ["Event 1", "Event 2", "Event 3", "Event 4"],
        ),
        (
            "stories/bridge/actors/lind/index.html",
            "Otto Lind",
            "3 events",
            ["Event 0", "Event 1", "Event 3"],
        ),
        ("stories/bridge/1987/index.html", "1987", "1 event", ["Event 0"]),
        ("stories/bridge/2024/index.html", "2024", "2 events", ["Event 1", "Event 2"]),
        ("stories/bridge/2026/index.html", "2026", "3 events", ["Event 3", "Event 4", "Event 5"]),
    ]


def test_story_links_to_its_years_and_actors() -> None:
    site = made()
    page = next(page for page in site.pages if isinstance(page, StoryPage))
    years = tuple(Link(year, f"{STORY}{year}/") for year in ("1987", "2024", "2026"))
    quill, lind = f"{STORY}actors/quill/", f"{STORY}actors/lind/"
    actors = (Link("Mara Quill", quill), Link("Otto Lind", lind))
    assert page.slices == (("By year", years), ("By actor", actors))
    assert (
        '<details class="slices"><summary>The story in parts</summary>'
        in (dict(site.files)[page.path])
    )


def test_story_links_to_the_twelve_actors_of_whom_most_is_told() -> None:
    people = [f"p{n:02}" for n in range(14)]
    records = "".join(
        f"  - {{id: e{n}, date: 2026-03-09, title: Event {n}, {WORDS}, "
        f"actors: [{', '.join(people[2:] if n == 9 else people)}]}}\n"
        for n in range(10)
    )
    names = "".join(f"{one}: {{name: Person {one}, kind: person}}\n" for one in people)
    site = small_site({"actors.yaml": names, "articles/closed.yaml": f"events:\n{records}"})
    pages = small_pages(site).pages
    page = next(page for page in pages if isinstance(page, StoryPage))
    assert [(h, [link.text for link in links]) for h, links in page.slices] == [
        ("By actor", [f"Person {one}" for one in people[2:]])
    ]
    assert len([one for one in pages if isinstance(one, StorySlicePage)]) == 14


@pytest.mark.parametrize(
    ("count", "years", "paths"),
    [
        pytest.param(5, "", [], id="five-events-are-seen-at-a-glance"),
        pytest.param(6, "2026-03-09", ["actors/quill", "actors/lind"], id="one-year-is-the-story"),
    ],
)
def test_story_too_small_has_no_slices(count: int, years: str, paths: list[str]) -> None:
    found = [page.path for page in slices(made(count, years=years))]
    assert found == [f"stories/bridge/{path}/index.html" for path in paths]


def test_slice_has_an_address_of_its_own_and_a_way_back() -> None:
    site = made()
    page = next(page for page in slices(site) if page.title == "Otto Lind")
    assert (page.head.title, page.head.description, page.head.canonical, page.head.breadcrumbs) == (
        "The bridge: Otto Lind",
        "Otto Lind in the story “The bridge”: 3 events.",
        f"https://example.org{STORY}actors/lind/",
        (Link("Home", "/news/"), Link("The bridge", STORY), Link("Otto Lind")),
    )
    assert (page.story, page.others_heading, page.others) == (
        Link("The bridge", STORY),
        "By actor",
        (Link("Mara Quill", f"{STORY}actors/quill/"), Link("Otto Lind")),
    )
    assert f"<loc>{page.head.canonical}</loc>" in dict(site.files)["sitemap.xml"]


def test_every_page_of_a_story_says_as_of_when_and_from_what() -> None:
    pages = [page for page in made().pages if page.path.startswith("stories/")]
    assert {page.basis for page in pages} == {  # type: ignore[attr-defined]
        "As of 9 March 2026, from 1 of our articles"
    }
    assert len(pages) > 3


def test_story_of_outside_sources_alone_says_so() -> None:
    record = "{id: a, title: T, date: 2026, sources: [{title: B}]}"
    files = {
        "stories/bridge.yaml": f"title: The bridge\nevents: [{record}]\n",
        "articles/closed.md": None,
        "articles/closed.yaml": None,
    }
    pages = {page.path: page for page in small_pages(small_site(files)).pages}
    page = pages["stories/bridge/index.html"]
    assert page.basis == "As of 1 June 2026, from 1 outside source"  # type: ignore[attr-defined]


def test_slice_holds_copies_that_lead_to_the_story() -> None:
    site = made()
    page = next(page for page in slices(site) if page.title == "1987")
    event = page.timeline.groups[0].events[0]
    assert (event.is_home, event.href, event.stories) == (False, f"{STORY}#event-e0", ())
    text = dict(site.files)[page.path]
    assert 'id="event-' not in text
    assert f'<a href="{STORY}#event-e0">Event 0</a>' in text


def test_slice_shows_a_quote_once() -> None:
    quotes = """\
quotes:
  - {id: hurt, actor: quill, event: e3, text: Nobody has been hurt, evidence: Nobody has been hurt}
  - {id: new, actor: quill, text: wants a new bridge, evidence: She wants a new bridge}
"""
    page = next(page for page in slices(made(more=quotes)) if page.title == "Mara Quill")
    inside = [q.text for group in page.timeline.groups for e in group.events for q in e.quotes]
    assert (page.summary, inside, [q.text for q in page.quotes]) == (
        "4 events, 2 quotes",
        ["Nobody has been hurt"],
        ["wants a new bridge"],
    )


def test_every_page_is_found_at_its_path() -> None:
    environment = theme_environment(THEME, golden_settings())
    builder = prepare_pages(golden_site().graph, golden_settings(), Assets(""), environment)
    lost = [
        (part.key, page.path)
        for part in builder.parts()
        for page in part.make()
        if part.key not in {one.key for one in builder.parts_at(page.path)}
    ]
    assert lost == []
    for story in builder.graph.stories:  # looked at most: nothing else is listed for it
        found = [part.folder.split("/")[:2] for part in builder.parts_at(f"stories/{story}/")]
        assert found == [["stories", story]]
