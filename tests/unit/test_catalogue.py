"""Every mistake of the catalogue is told with the whole message that was accepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .catalogue import expected, mistakes, report_of

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
