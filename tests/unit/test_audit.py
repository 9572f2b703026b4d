"""The audit's own arithmetic: the generated site, the gates, the table, the ways by keyboard."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from explainer.load import ContentFile, Loaded
from explainer.settings import read_settings
from explainer.site import ReadSite, link_site
from tools.audit.accessibility import undecided_contrasts, violations
from tools.audit.gates import COMMON, MEASURES, OWN, Figure, failing, median, story_table
from tools.audit.html_checker import is_misjudged
from tools.audit.keyboard import WINDOW, shortest_ways
from tools.audit.lighthouse import KindScores, Scores, kinds_table, median_scores, read_scores
from tools.audit.npm import require
from tools.audit.reading import not_printed
from tools.audit.sites import AuditError, served
from tools.audit.stories import EDGES, SIZES, TODAY, long_shape, site_texts
from tools.audit.subjects import ExpectedEvent, PageKind, Subject

SHAPES = (*(long_shape(size) for size in SIZES), *EDGES)

# ------------------------------------------------------------------------- the generated site


@cache
def generated() -> ReadSite:
    """The generated content, linked as strictly as what is published."""
    files = tuple(
        ContentFile(PurePosixPath(path), f"content/{path}", text)
        for path, text in site_texts().items()
    )
    values = {"SITENAME": "Generated", "SITEURL": "https://example.org/explainer", "TODAY": TODAY}
    settings = read_settings(values, clock=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    return link_site(Loaded(files, frozenset(), ()), settings, strict=True)


def events_of(story: str) -> list[Any]:
    return [entry for entry in generated().graph.events if story in entry.stories]


def test_generated_site_is_the_same_each_time() -> None:
    assert site_texts() == site_texts()


def test_generated_site_has_nothing_to_mend() -> None:
    assert generated().report.problems == ()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.id)
def test_generated_event_has_a_date_and_one_thing_to_rest_on(shape: Any) -> None:
    events = events_of(shape.id)
    assert len(events) == shape.events
    for entry in events:
        assert entry.record.date is not None
        assert len(entry.evidence) + len(entry.sources) == 1
        assert all((entry.record.place, entry.record.lane, entry.record.tags, entry.who))


def test_generated_texts_are_of_four_to_thirty_six_words_at_two_events_in_three() -> None:
    events = events_of("works-200")
    lengths = [len(entry.record.text.split()) for entry in events if entry.record.text]
    assert (len(lengths), min(lengths), max(lengths)) == (134, 4, 36)
    assert 19 < sum(lengths) / len(lengths) < 21
    assert all(entry.record.text for entry in events if entry.record.weight != "minor")


def test_generated_headlines_and_names_are_as_long_as_they_say() -> None:
    lengths = {len(entry.record.title) for entry in events_of("long-words")}
    assert lengths == {90} == {len(generated().graph.stories["long-words"].title)}
    actors = generated().graph.actors
    names = [actor.name for actor_id, actor in actors.items() if actor_id.startswith("long-words")]
    assert min(map(len, names)) > 30


def test_generated_plans_lie_behind_the_day_of_the_build() -> None:
    plans = events_of("plans")
    assert {entry.record.status for entry in plans} == {"planned"}
    assert all(entry.record.date.earliest > generated().graph.today.earliest for entry in plans)


# -------------------------------------------------------------------------------- the gates


def subject(story: str, events: int = 0) -> Subject:
    empty = ExpectedEvent("", "", "", "", ())
    return Subject(story, "generated", story, (empty,) * events)


def test_median_is_the_middle_run() -> None:
    assert median([100, 71, 98]) == 98


def test_every_gate_is_on_a_measure_of_the_table() -> None:
    gated = {*COMMON, *(key for own in OWN.values() for key in own)}
    assert gated <= {measure.key for measure in MEASURES}


@pytest.mark.parametrize(
    ("figure", "fails"),
    [
        pytest.param(Figure("works-200", "bytes", 45_000), False, id="at the limit"),
        pytest.param(Figure("works-200", "bytes", 45_001), True, id="above it"),
        pytest.param(Figure("works-20", "bytes", 20_001), True, id="own limit"),
        pytest.param(Figure("moon-race", "bytes", 49_999), False, id="own limit, higher"),
        pytest.param(Figure("works-1000", "bytes", 10**9), False, id="own limit, none"),
        pytest.param(Figure("works-200", "performance", 98), False, id="at least"),
        pytest.param(Figure("works-200", "performance", 97), True, id="less than that"),
        pytest.param(Figure("works-200", "tbt", 10**6), False, id="milliseconds"),
        pytest.param(Figure("works-200", "read", 1), True, id="an event that is not whole"),
        pytest.param(Figure("works-200", "filter", 10**6), False, id="no gate"),
    ],
)
def test_gate_fails_where_a_figure_breaks_it_and_is_no_time(figure: Figure, fails: bool) -> None:
    assert failing([figure]) == ([figure] if fails else [])


def test_table_shows_each_figure_with_its_gate_and_whether_it_holds() -> None:
    figures = [
        Figure("works-20", "bytes", 19_440),
        Figure("works-200", "bytes", 56_860),
        Figure("works-1000", "bytes", 189_700),
        Figure("works-20", "read", 0, "20 of 20"),
        Figure("works-200", "read", 1, "199 of 200"),
        Figure("works-20", "performance", 100),
        Figure("works-200", "lcp", 1300),
        Figure("works-1000", "filter-slow", 88.4),
    ]
    subjects = [subject("works-20", 20), subject("works-200", 200), subject("works-1000", 1000)]
    lines = [line.split("|")[1:-1] for line in story_table(subjects, figures).splitlines()]
    assert len({len(line) for line in story_table(subjects, figures).splitlines()}) == 1
    del lines[1]
    assert [[cell.strip() for cell in line] for line in lines] == [
        ["", "works-20 (20)", "works-200 (200)", "works-1000 (1,000)", "holds"],
        [
            "first view without images",
            "19.4 kB (≤ 20 kB)",
            "**56.9 kB** (≤ 45 kB)",
            "189.7 kB",
            "NO",
        ],
        ["events whole without JavaScript", "20 of 20", "**199 of 200**", "", "NO"],
        ["Lighthouse performance", "100 (≥ 98)", "", "", "yes"],
        ["LCP, slow phone", "", "**1,300 ms** (≤ 1,200 ms)", "", "NO, no gate"],
        ["filter answers, slow phone", "", "", "88 ms", "no gate"],
    ]


# ------------------------------------------------------------------------------- what is read

BRIDGE = ExpectedEvent(
    "event-bridge-opened",
    "The bridge is opened",
    "9 March 1888",
    "A band plays.",
    (("The bridge at Northbridge",), ("“Nobody had", "A day in March")),
)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        pytest.param(
            "9 March 1888 The bridge is\nopened A band plays. The bridge at North-\nbridge "
            "A day in March",
            True,
            id="broken into lines",
        ),
        pytest.param("9 March 1888 The bridge is opened A band plays.", False, id="no source"),
        pytest.param(
            "The bridge is opened A band plays. The bridge at Northbridge “Nobody had",
            False,
            id="no date",
        ),
        pytest.param(
            "The bridge is opened" + " …" * 9000 + "9 March 1888 The bridge is opened, but "
            "A band plays. The bridge at Northbridge A day in March",
            True,
            id="at the second place",
        ),
        pytest.param(
            "The bridge is opened" + " …" * 9000 + "9 March 1888 A band plays. "
            "The bridge at Northbridge A day in March",
            False,
            id="far apart",
        ),
    ],
)
def test_event_is_printed_where_all_its_parts_stand_together(text: str, whole: bool) -> None:
    assert not_printed([BRIDGE], text) == ([] if whole else [BRIDGE])


def test_contrast_is_undecided_but_not_in_a_drawing() -> None:
    def rule(name: str, html: str) -> Mapping[str, Any]:
        return {"id": name, "nodes": [{"target": ["a"], "html": html, "failureSummary": "mend"}]}

    result = {
        "violations": [rule("region", "<p>")],
        "incomplete": [rule("color-contrast", "<p>"), rule("color-contrast", "<text x='1'>")],
    }
    assert list(violations(result, "dark")) == ["dark: region: ['a']: mend"]
    assert list(undecided_contrasts(result, "dark")) == [
        "dark: undecided color-contrast: ['a']: <p>"
    ]


# ------------------------------------------------------------------------------ the keyboard


def stop(top: float, leads: tuple[float, int] | None = None) -> dict[str, Any]:
    return {"top": top, "leads": leads and {"top": leads[0], "next": leads[1]}}


def ways(stops: Sequence[Mapping[str, Any]], tops: Mapping[str, float]) -> dict[str, str]:
    events = [
        {"anchor": name, "top": top, "bottom": top + 20, "stops": []} for name, top in tops.items()
    ]
    plan = {"stops": stops, "events": events, "end": 9200, "leap": 700}
    return {name: str(way) for name, way in shortest_ways(plan).items()}


def test_event_in_the_first_window_is_no_press_away() -> None:
    assert ways([], {"near": WINDOW - 100}) == {"near": ""}


def test_event_is_reached_by_the_fewest_of_links_and_leaps() -> None:
    stops = [stop(0, (3000, 2)), stop(10, (6000, 2)), stop(9000)]
    tops = {"first": 3100, "behind-it": 3900, "second": 6050, "before-the-end": 8500, "end": 9900}
    assert ways(stops, tops) == {
        "first": "Tab, Enter",
        "behind-it": "Tab, Enter, PageDown",
        "second": "Tab x2, Enter",
        "before-the-end": "End, PageUp",
        "end": "End",
    }


def test_event_is_reached_by_the_digits_of_its_year() -> None:
    to_the_row = {**stop(0), "leads": {"top": 2000, "next": 1, "row": True}}
    years = [
        {**stop(2000 + 40 * number, (3000 + 900 * number, 40)), "typed": f"{number:02}"}
        for number in range(30)
    ]
    tops = {"far": 3000 + 900 * 20 + 100}
    plan_end = 40_000
    events = [{"anchor": "far", "top": tops["far"], "bottom": tops["far"] + 20, "stops": []}]
    plan = {"stops": [to_the_row, *years], "events": events, "end": plan_end, "leap": 700}
    assert str(shortest_ways(plan)["far"]) == "Tab, Enter, 2, 0, Enter"
    plan["stops"] = [stop(0, (2000, 1)), *years]
    assert len(shortest_ways(plan)["far"].keys) > 5


def test_event_is_reached_by_the_focus_in_it() -> None:
    events = [{"anchor": "far", "top": 5000, "bottom": 9000, "stops": [2]}]
    stops = [stop(0), stop(10), stop(5100)]
    plan = {"stops": stops, "events": events, "end": 9200, "leap": 700}
    assert str(shortest_ways(plan)["far"]) == "Tab x3"


# ------------------------------------------------------------------- Lighthouse, vnu, server


def report(*, is_crawlable: int) -> dict[str, Any]:
    """A report in which one audit of SEO is failed."""
    names = ("performance", "accessibility", "best-practices", "seo")
    audit = {"title": "Links have names", "score": 0, "scoreDisplayMode": "binary"}
    refs = {"seo": [{"id": "link-text", "weight": 1}]}
    return {
        "audits": {"is-crawlable": {"score": is_crawlable}, "link-text": audit},
        "categories": {
            n: {"score": 0.92 if n == "seo" else 1, "auditRefs": refs.get(n, [])} for n in names
        },
    }


def test_scores_have_seo_where_a_page_is_meant_to_be_indexed() -> None:
    full = {"performance": 100, "accessibility": 100, "best-practices": 100}
    assert read_scores(report(is_crawlable=1)) == Scores(
        {**full, "seo": 92}, ("link-text: Links have names",)
    )
    assert read_scores(report(is_crawlable=0)) == Scores(full, (), is_indexed=False)


def test_category_without_a_score_has_none_of_the_points() -> None:
    broken = report(is_crawlable=1)
    broken["categories"]["performance"]["score"] = None
    assert read_scores(broken).values["performance"] == 0


def test_kinds_table_marks_what_does_not_hold() -> None:
    full = {"performance": 100.0, "accessibility": 100.0, "best-practices": 100.0}
    found = [
        KindScores(PageKind("home", ""), Scores({**full, "seo": 92}, ())),
        KindScores(PageKind("missing page", "404.html"), Scores(full, (), is_indexed=False)),
    ]
    rows = [line.strip("|").split("|") for line in kinds_table(found).splitlines()[2:]]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["home", "/", "100", "100", "100", "**92**", "NO"],
        ["missing page", "404.html", "100", "100", "100", "not indexed", "yes"],
    ]


def test_checker_is_contradicted_only_where_it_is_wrong() -> None:
    said = "Inline script violates Content Security Policy."
    assert is_misjudged({"message": said, "extract": '<script type="application/ld+json">'})
    assert not is_misjudged({"message": said, "extract": "<script>"})
    for name, is_wrong in (("r", True), ("position-area", True), ("colour", False)):
        message = f"CSS: “{name}”: Property “{name}” doesn't exist."
        assert is_misjudged({"message": message, "extract": "{"}) == is_wrong
    said = "Content Security Policy (meta tag): external stylesheet “{}” blocked by “style-src”"
    for path, is_wrong in (("/news/theme/article.0a1b.css", True), ("/other.css", False)):
        message = said.format(path)
        assert is_misjudged({"message": message, "extract": "<link>"}) == is_wrong


def test_site_is_served_compressed_below_the_sub_path(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Home", encoding="utf-8")
    (tmp_path / "404.html").write_text("<p>Missing", encoding="utf-8")
    with served(tmp_path) as url:
        with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as response:
            assert gzip.decompress(response.read()) == b"<p>Home"
        with pytest.raises(HTTPError) as missing:
            urlopen(url.removesuffix("explainer/"))
        assert (missing.value.code, missing.value.read()) == (404, b"<p>Missing")


def test_part_that_lacks_a_program_says_which_and_how_to_get_it() -> None:
    with pytest.raises(AuditError) as lacking:
        require("no-such-program", "a-package")
    assert str(lacking.value) == (
        "This part of the audit needs no-such-program. "
        "Debian and Ubuntu: sudo apt install a-package"
    )


def test_scores_of_several_runs_are_their_medians_with_all_complaints() -> None:
    runs = [
        Scores({"performance": value}, (complaint,))
        for value, complaint in ((86, "slow"), (99, "slow"), (100, "shift"))
    ]
    assert median_scores(runs) == Scores({"performance": 99}, ("slow", "shift"))
