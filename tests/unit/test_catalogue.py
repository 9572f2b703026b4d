"""Every mistake of the catalogue is told with the whole message that was accepted."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .catalogue import MISTAKES, expected, mistakes, report_of

ROOT = Path(__file__).resolve().parents[2]
TELLING = {name: report_of(name) for name in mistakes()}


@pytest.mark.parametrize("name", TELLING)
def test_mistake_is_told_with_the_whole_message(name: str) -> None:
    assert TELLING[name].text() + "\n" == expected(name)


def test_mistake_is_one_message() -> None:
    assert {name: len(r.problems) for name, r in TELLING.items() if len(r.problems) != 1} == {}


def test_message_leads_to_a_section_that_is_there() -> None:
    pages = {problem.see.partition("#")[0] for r in TELLING.values() for problem in r.problems}
    headings = {
        f"{page}#{heading}"
        for page in pages
        for heading in re.findall(r"^### (.*)$", (ROOT / page).read_text(encoding="utf-8"), re.M)
    }
    seen = {problem.see for r in TELLING.values() for problem in r.problems}
    assert (len(mistakes()) >= 80, seen - headings) == (True, set())


OFFER = re.compile(
    r"(?:did you mean|the id is meant:) '(.*)'\??$"
    r"|(?:the nearest passage is|to mean this place, write): (.*)$"
)


def offers() -> list[tuple[str, str]]:
    """What messages offer to put in the place that they show."""
    return [
        (name, found[1] or found[2])
        for name, report in TELLING.items()
        for problem in report.problems
        for hint in problem.help
        if (found := OFFER.match(hint)) and "file" not in problem.message
    ]


@pytest.mark.parametrize(("name", "offered"), offers())
def test_what_a_message_offers_mends_the_file(name: str, offered: str) -> None:
    place = TELLING[name].problems[0].location
    path = place.file.partition("/")[2]
    lines = (MISTAKES / name / path).read_text(encoding="utf-8").split("\n")
    line, start = lines[place.line - 1], place.column - 1
    lines[place.line - 1] = line[:start] + offered + line[start + place.length :]
    assert report_of(name, {path: "\n".join(lines)}).problems == ()


def test_report_as_data_has_the_keys_that_are_documented() -> None:
    page = (ROOT / "docs/messages.md").read_text(encoding="utf-8")
    table = page.partition("## As data")[2].partition("## All codes")[0]
    for report in TELLING.values():
        for problem in json.loads(report.json()):
            assert list(problem) == re.findall(r"^\| `(\w+)` \|", table, re.M)
