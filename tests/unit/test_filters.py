"""What a story's page gives to the script: the filter's words, and hooks on what is news."""

from __future__ import annotations

import re

import pytest

from explainer.compiling import drop_line_ends
from explainer.language import load_language
from explainer.pages.contexts import News, StoryPage, TimelineFilter
from explainer.rendering import make_environment

from .small_site import small_pages, small_site

WORDS = "evidence: The council closed the bridge"
CLOSED = "id: closed, date: 2026-03-09, title: The bridge is closed"
LANES = "lanes: [{id: work, title: At work}, {id: hall, title: In the hall}]\n"

FORM = """\
<form class="filter" data-filter="{text} ({count})" hidden autocomplete="off" \
aria-label="Filter the timeline">
<details class="filter__details">
<summary>Filter and order</summary>
<div class="filter__fields">
<label class="filter__field" hidden><span class="filter__label">Actor</span>
<select name="actor"><option value="">All</option></select></label>
<label class="filter__field" hidden><span class="filter__label">Strand</span>
<select name="lane"><option value="">All</option><option value="work">At &lt;work&gt;</option>\
</select></label>
<label class="filter__field" hidden><span class="filter__label">Tag</span>
<select name="tag"><option value="">All</option></select></label>
<label class="filter__field" hidden><span class="filter__label">Place</span>
<select name="place"><option value="">All</option></select></label>
<label class="filter__field" hidden><span class="filter__label">Weight</span>
<select name="weight"><option value="">All</option><option value="major">Major events</option>\
<option value="turning-point">Turning points</option></select></label>
<label class="filter__field" hidden><span class="filter__label">Changed since</span>
<select name="since"><option value="">All</option><option value="visit">My last visit</option>\
</select></label>
<label class="filter__field"><span class="filter__label">Order</span>
<select name="order"><option value="">Oldest first</option>\
<option value="newest">Newest first</option></select></label>
</div>
</details>
<output class="filter__count" data-words="{shown} of 7 events"></output>
<button class="button" type="reset" hidden>Show all</button>
</form>
"""


def story_text(*events: str, story: str = "") -> tuple[StoryPage, str]:
    """The story's page with these events, and its whole text."""
    records = "".join(f"  - {{{event}, {WORDS}}}\n" for event in events)
    site = small_site(
        {
            "articles/closed.yaml": f"events:\n{records}",
            "stories/bridge.yaml": f"title: The bridge\n{story}",
        }
    )
    assert site.report.errors == ()
    made = small_pages(site)
    page = next(page for page in made.pages if isinstance(page, StoryPage))
    return page, dict(made.files)[page.path]


def many(count: int) -> list[str]:
    return [f"id: e{n}, date: 2026-03-0{n}, title: Event {n}" for n in range(1, count + 1)]


def test_filter_form_holds_words_alone_and_is_hidden() -> None:
    macros = make_environment([], load_language("en")).get_template("explainer/filter.html").module
    html = str(macros.filter(TimelineFilter(7, (("work", "At <work>"),))))  # type: ignore[attr-defined]
    assert re.sub(r"\n+", "\n", html) == drop_line_ends(FORM)


@pytest.mark.parametrize(
    ("count", "wanted"),
    [
        pytest.param(5, None, id="seen-at-a-glance"),
        pytest.param(
            6, TimelineFilter(6, (("work", "At work"), ("hall", "In the hall"))), id="six"
        ),
    ],
)
def test_filter_is_there_from_six_events_on(count: int, wanted: TimelineFilter | None) -> None:
    page, text = story_text(*many(count), story=LANES)
    assert page.timeline.filter == wanted
    assert ("data-filter" in text) == (wanted is not None)


def test_event_carries_lane_and_tags_for_the_filter() -> None:
    _, text = story_text(f"{CLOSED}, lane: hall, tags: [money, piers]", story=LANES)
    labels = re.search(r"<ul class=\"labels\".*?</ul>", text, re.DOTALL)
    assert labels is not None
    assert labels[0] == (
        '<ul class="labels">'
        "<li data-tag>money</li><li data-tag>piers</li><li data-lane>In the hall</li></ul>"
    )


def test_lane_is_known_to_the_filter_where_a_tag_says_it() -> None:
    _, text = story_text(f"{CLOSED}, lane: hall, tags: [In the hall]", story=LANES)
    assert '<ul class="labels" data-lane="hall"><li data-tag>In the hall</li></ul>' in text


@pytest.mark.parametrize(
    ("keys", "changes", "news", "html"),
    [
        pytest.param("", "", None, "", id="nobody-said-so"),
        pytest.param(
            ", added: 2026-04-02",
            "",
            News("2026-04-02", "added 2 April 2026"),
            '<span class="news" data-news="2026-04-02">added 2 April 2026</span>',
            id="added",
        ),
        pytest.param(
            ", added: 2026-04-02, updated: 2026-05",
            "",
            News("2026-05-01", "updated May 2026"),
            '<span class="news" data-news="2026-05-01">updated May 2026</span>',
            id="the-later-counts",
        ),
        pytest.param(
            "",
            "changes: [{date: 2026-04-03, text: It is closed., records: [closed]}]\n",
            News("2026-04-03"),
            '<span class="news" data-news="2026-04-03" hidden></span>',
            id="named-by-a-change",
        ),
        pytest.param(
            ", added: 2026-04-02",
            "changes: [{date: 2026-04-03, text: It is closed., records: [closed]}]\n",
            News("2026-04-03", "added 2 April 2026"),
            '<span class="news" data-news="2026-04-03">added 2 April 2026</span>',
            id="the-day-of-the-change-counts",
        ),
    ],
)
def test_news_is_what_an_editor_dated(
    keys: str, changes: str, news: News | None, html: str
) -> None:
    page, text = story_text(f"{CLOSED}{keys}", story=changes)
    assert page.timeline.groups[0].events[0].news == news
    event = text.split('id="event-closed"')[1].split("</li>")[0]
    assert re.findall(r'<span class="news".*?</span>', event) == [html][: len(html)]


@pytest.mark.parametrize(
    ("story", "key"),
    [
        pytest.param("", "", id="nothing-dated"),
        pytest.param(
            "changes: [{date: 2026-04-03, text: It is closed.}]\n",
            "/news/stories/bridge/",
            id="a-change",
        ),
    ],
)
def test_visits_are_remembered_only_where_something_can_be_new(story: str, key: str) -> None:
    page, text = story_text(CLOSED, story=story)
    assert page.visit_key == key
    assert ("data-visit" in text) == bool(key)


def test_change_is_remembered_by_its_first_words() -> None:
    change = "changes: [{date: 2026-04-03, text: 'The bridge, it seems, is closed, for now.'}]\n"
    page, text = story_text(CLOSED, story=change)
    assert [(c.day, c.key) for c in page.changes] == [("2026-04-03", "the-bridge-it-seems-is")]
    assert 'data-news="2026-04-03" data-key="the-bridge-it-seems-is"' in text


def test_script_is_on_pages_that_may_hold_something_to_open() -> None:
    made = small_pages(small_site())
    script = next(path for path, _ in made.files if path.endswith(".js"))
    tag = f'<script src="/news/{script}" defer></script>'
    kinds = {type(page).__name__ for page in made.pages if tag in dict(made.files)[page.path]}
    assert kinds == {"StoryPage", "ArticlePage", "ActorPage", "TimelinePage", "IssuesPage"}
    texts = {type(p).__name__: dict(made.files)[p.path] for p in made.pages}
    assert {kind for kind, text in texts.items() if "<details" in text} <= kinds


def test_lanes_that_no_story_lists_can_be_chosen_too() -> None:
    events = [f"{event}, lane: {'hall' if n else 'cellar'}" for n, event in enumerate(many(6))]
    page, _ = story_text(*events, story="")
    assert page.timeline.filter == TimelineFilter(6, (("cellar", "cellar"), ("hall", "hall")))
