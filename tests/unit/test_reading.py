"""With which articles to begin, on a story's page and on a profile."""

from __future__ import annotations

import re

from explainer.pages.contexts import ActorPage, StoryPage

from .small_site import small_pages, small_site

ACTORS = "council: {name: The council, kind: organization}\n"
WEIGHTS = {"one": "minor", "two": "turning-point", "three": "major", "four": "minor"}


def pages(count: int) -> tuple[StoryPage, ActorPage, str]:
    """A story of so many articles; of the first four each tells of one event."""
    files: dict[str, str | None] = {
        "stories/bridge.yaml": "title: The bridge\n",
        "actors.yaml": ACTORS,
        "articles/closed.md": None,
        "articles/closed.yaml": None,
    }
    for number, name in enumerate(["one", "two", "three", "four", "five"][:count], start=1):
        files[f"articles/{name}.md"] = (
            f"---\ntitle: Article {name}\ndate: 2026-03-0{number}\nstory: bridge\n---\n"
            f"The council said {name}.\n"
        )
        if name in WEIGHTS:
            files[f"articles/{name}.yaml"] = (
                f"events:\n  - {{id: e-{name}, date: 2026-03-0{number}, title: Event {name}, "
                f"weight: {WEIGHTS[name]}, actors: [council], evidence: said {name}}}\n"
            )
    site = small_site(files)
    assert site.report.errors == ()
    made = small_pages(site)
    story = next(page for page in made.pages if isinstance(page, StoryPage))
    actor = next(page for page in made.pages if isinstance(page, ActorPage))
    return story, actor, dict(made.files)[story.path]


def test_reading_begins_with_the_articles_of_turning_points() -> None:
    story, actor, html = pages(5)
    wanted = [
        ("Article two", "On: Event two"),
        ("Article three", "On: Event three"),
        ("Article four", "On: Event four"),
    ]
    assert [(card.title, card.reason) for card in story.read_first] == wanted
    assert [(card.title, card.reason) for card in actor.read_first] == wanted
    part = html.split('class="reading-list"')[1].split("</ol>")[0]
    assert re.findall(r'<a href="([^"]*)">', part) == [
        f"/news/articles/{name}/" for name in ("two", "three", "four")
    ]


def test_few_articles_need_no_advice() -> None:
    story, actor, html = pages(4)
    assert (story.read_first, actor.read_first) == ((), ())
    assert "reading-list" not in html
