"""A problem is named after the record it is in, in the words of the editor."""

from __future__ import annotations

from textwrap import dedent

import pytest

from explainer.problems import Location, Problem
from explainer.record_names import name_records

FILES = {
    "content/articles/talks.yaml": """\
        events:
          - id: berlin-talks
            title: Berlin talks
            date: 2025-12-14
          - {id: no-title, date: no date}
          - {same: berlin-talks}
          - {titel: slip}
        quotes:
          - actor: [{merz: host}, zelenskiy]
            text: From the outset it has been the wish of Ukraine to join, and these are many words
        positions:
          - {actor: russia, stance: demands land}
        claims:
          - {quote: merz-from-the-outset, date: 2025?}
        questions:
          - question: What next?
        """,
    "content/articles/talks.md": """\
        ---
        title: "Talks: the second day"
        date: 2026-01-24
        ---
        Text.
        """,
    "content/stories/peace.yaml": """\
        title: Peace talks
        roles:
          - {actor: rutte, role: Secretary General, of: nato}
        events: [{title: A, date: 2020~}, {title: B}]
        lanes: []
        """,
    "content/actors.yaml": """\
        merz: {name: Friedrich Merz}
        nato: {kind: organization}
        x: y
        x: {name: Twice}
        """,
    "content/actors/lind.yaml": "name: Otto Lind\nborn: 1958\n",
    "content/places.yaml": "berlin: {name: Berlin}\n",
    "content/site.yaml": "format: 2\n",
    "content/stories/broken.yaml": "title: Storm: the night\n",
}
TEXTS = {file: dedent(text) for file, text in FILES.items()}


def name_at(file: str, line: int, column: int) -> str:
    [named] = name_records([Problem("code", Location(file, line, column), "message")], TEXTS)
    return named.record


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("articles/talks.yaml:1:1", ""),
        ("articles/talks.yaml:4:11", 'event "Berlin talks", 14 December 2025'),
        ("articles/talks.yaml:5:6", "event 'no-title'"),
        ("articles/talks.yaml:6:6", 'event "berlin-talks"'),
        ("articles/talks.yaml:7:6", ""),
        ("articles/talks.yaml:8:1", ""),
        (
            "articles/talks.yaml:10:11",
            "quote \"From the outset it has been the wish of Ukraine to join, an…\" of 'merz'",
        ),
        ("articles/talks.yaml:12:13", "position \"demands land\" of 'russia'"),
        ("articles/talks.yaml:14:13", 'claim "merz-from-the-outset", 2025 (uncertain)'),
        ("articles/talks.yaml:16:5", 'question "What next?"'),
        ("articles/talks.md:3:7", 'article "Talks: the second day", 24 January 2026'),
        ("articles/talks.md:5:1", 'article "Talks: the second day", 24 January 2026'),
        ("stories/peace.yaml:1:1", 'story "Peace talks"'),
        ("stories/peace.yaml:3:6", "role \"Secretary General\" of 'rutte'"),
        ("stories/peace.yaml:4:20", 'event "A", around 2020'),
        ("stories/peace.yaml:4:40", 'event "B"'),
        ("stories/peace.yaml:5:1", 'story "Peace talks"'),
        ("actors.yaml:1:9", 'actor "Friedrich Merz"'),
        ("actors.yaml:2:9", "actor 'nato'"),
        ("actors.yaml:3:4", ""),
        ("actors.yaml:4:1", ""),
        ("actors/lind.yaml:2:1", 'actor "Otto Lind"'),
        ("places.yaml:1:1", 'place "Berlin"'),
        ("site.yaml:1:9", ""),
        ("stories/broken.yaml:1:13", ""),
        ("stories/not-there.yaml:1:1", ""),
    ],
)
def test_problem_is_named_after_the_record_at_its_place(place: str, name: str) -> None:
    file, line, column = place.split(":")
    assert name_at(f"content/{file}", int(line), int(column)) == name


def test_problem_that_has_a_name_keeps_it() -> None:
    place = Location("content/actors.yaml", 1, 9)
    problem = Problem("code", place, "message", record="row 7")
    assert name_records([problem], TEXTS) == [problem]
