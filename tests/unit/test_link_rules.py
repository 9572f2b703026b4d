"""Rules of linking that hold whatever refers to whatever, known or not, in circles or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.site import link_site
from explainer.withholding import leave_out_mistakes

from .small_site import settings as site_settings
from .small_site import small_pages, small_site

#: Few names, so that many of them meet; some stand for nothing.
RECORDS = st.sampled_from(["a", "b", "c", "bridge-closed", "nobody"])
ACTORS = st.sampled_from(["quill", "lind", "council", "nobody"])
WORDS = st.sampled_from(["The council closed the bridge", "cracks", "Otto Lind", "gone", "the"])
DATES = st.sampled_from(["2026-03-09", "2026-03", "2025/..", "[2019..2021]", "1963~", "2026-13"])


def some(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=values)


REFERENCES = {
    "id": RECORDS,
    "same": RECORDS,
    "was": st.lists(RECORDS, max_size=2),
    "rests_on": st.lists(RECORDS, max_size=2),
    "evidence": st.lists(WORDS, min_size=1, max_size=2),
    "date": DATES,
    "according_to": st.lists(ACTORS, max_size=2),
}
EVENTS = some(
    title=st.sampled_from(["Alike", "The bridge shuts"]),
    after=RECORDS,
    before=RECORDS,
    actors=st.lists(ACTORS, max_size=2),
    place=st.sampled_from(["quay", "nowhere"]),
    **REFERENCES,
)
QUOTES = some(actor=ACTORS, text=WORDS, event=RECORDS, answers=RECORDS, **REFERENCES)
POSITIONS = some(
    actor=ACTORS,
    issue=st.sampled_from(["money", "nothing"]),
    stance=WORDS,
    move=st.sampled_from(["demands", "accepts"]),
    event=RECORDS,
    **REFERENCES,
)
CLAIMS = some(actor=ACTORS, text=WORDS, quote=RECORDS, **REFERENCES)
QUESTIONS = some(question=st.sampled_from(["Who pays?", "When?"]), **REFERENCES)
SECTIONS = some(
    events=st.lists(EVENTS, max_size=4),
    quotes=st.lists(QUOTES, max_size=2),
    positions=st.lists(POSITIONS, max_size=2),
    claims=st.lists(CLAIMS, max_size=2),
    questions=st.lists(QUESTIONS, max_size=2),
)
REDIRECTS = st.dictionaries(RECORDS, st.one_of(RECORDS, ACTORS), max_size=2)


@st.composite
def sites(draw: st.DrawFn) -> Mapping[str, str]:
    """Files in place of the small town's."""
    story = {"title": "The bridge", **draw(SECTIONS)}
    return {
        "articles/closed.yaml": json.dumps(draw(SECTIONS)),
        "stories/bridge.yaml": json.dumps(story),
        "redirects.yaml": json.dumps(draw(REDIRECTS)),
    }


@settings(max_examples=25)
@given(sites())
def test_whatever_refers_to_whatever_is_a_report_or_a_site(files: Mapping[str, str]) -> None:
    site = small_site(files)
    assert site.report.text()
    if not site.report.failed:
        assert small_pages(site).pages


@settings(max_examples=25)
@given(sites(), st.randoms(use_true_random=False))
def test_report_does_not_depend_on_the_order_of_files(files: Mapping[str, str], order: Any) -> None:
    site = small_site(files)
    shuffled = list(site.loaded.files)
    order.shuffle(shuffled)
    again = link_site(replace(site.loaded, files=tuple(shuffled)), site_settings())
    assert again.report.problems == site.report.problems
    assert [*again.graph.entries] == [*site.graph.entries]


@settings(max_examples=12)
@given(sites())
def test_what_is_left_when_mistakes_are_left_out_is_sound(files: Mapping[str, str]) -> None:
    site = leave_out_mistakes(small_site(files).loaded, site_settings())
    assert not site.report.failed
    assert link_site(site.loaded, site_settings()).report.text()
    assert small_pages(site).pages
