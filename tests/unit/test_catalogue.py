"""Every mistake of the catalogue is told with the whole message that was accepted."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from explainer.problems import Report

from .catalogue import DOCS, MISTAKES, expected, mistakes, report_of, with_examples

ROOT = Path(__file__).resolve().parents[2]


@cache
def telling(name: str) -> Report:
    return report_of(name)


@pytest.mark.parametrize("name", mistakes())
def test_mistake_is_told_with_the_whole_message(name: str) -> None:
    assert telling(name).text() + "\n" == expected(name)


@pytest.mark.parametrize("name", mistakes())
def test_mistake_is_one_message(name: str) -> None:
    assert len(telling(name).problems) == 1


def test_message_leads_to_a_section_that_is_there() -> None:
    seen = {telling(name).problems[0].see for name in mistakes()}
    pages = {see.partition("#")[0] for see in seen}
    headings = {
        f"{page}#{heading}"
        for page in pages
        for heading in re.findall(r"^### (.*)$", (ROOT / page).read_text(encoding="utf-8"), re.M)
    }
    assert (len(mistakes()) >= 80, seen - headings) == (True, set())


OFFER = re.compile(
    r"^      = help: (?:did you mean|the id is meant:) '(.*)'\??$"
    r"|^      = help: (?:the nearest passage is|to mean this place, write): (.*)$",
    re.M,
)


def offers() -> list[tuple[str, str]]:
    """What messages offer to put in the place that they show."""
    return [
        (name, found[1] or found[2])
        for name in mistakes()
        for found in OFFER.finditer(expected(name))
        if "file" not in expected(name).partition("\n")[0]
    ]


@pytest.mark.parametrize(("name", "offered"), offers())
def test_what_a_message_offers_mends_the_file(name: str, offered: str) -> None:
    place = telling(name).problems[0].location
    path = place.file.partition("/")[2]
    lines = (MISTAKES / name / path).read_text(encoding="utf-8").split("\n")
    line, start = lines[place.line - 1], place.column - 1
    lines[place.line - 1] = line[:start] + offered + line[start + place.length :]
    assert report_of(name, {path: "\n".join(lines)}).problems == ()


def test_examples_in_the_docs_are_what_is_told() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert with_examples(page) == page


def test_report_as_data_has_the_keys_that_are_documented() -> None:
    page = DOCS.read_text(encoding="utf-8")
    table = page.partition("## As data")[2].partition("## All codes")[0]
    [problem] = json.loads(telling("actor-misspelt").json())
    assert list(problem) == re.findall(r"^\| `(\w+)` \|", table, re.M)
