"""Public lists, where HOSTILE_LISTS names a folder with some: nothing in them is a traceback.

The yaml-test-suite and lists of strings, as their authors publish them. What the strings become on
a page is looked at by test_text_is_text.py. Of dates (EDTF) a file `edtf_cases.json` has those of
three parsers: `edtf`, `valid`, `level` and bounds; they are read as the list says, but for what is
named here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer.dates import DateError, civil_from_instant, parse_date
from explainer.tree import parse_yaml
from tests.unit.small_site import small_pages, small_site

from .strings import own_attacks, read_lists

LISTS = Path(os.environ.get("HOSTILE_LISTS") or "no lists")
FILES = ("terms.yaml", "articles/closed.yaml", "stories/bridge.yaml", "articles/closed.md")


def cases() -> Iterator[tuple[str, str]]:
    """The documents of the yaml-test-suite: what it writes with signs is put in."""
    signs = {"\u2423": " ", "\u2190": "\r", "\u21d4": "\ufeff", "\u21b5": "", "\u220e": ""}
    for path in sorted(LISTS.rglob("src/*.yaml")):
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for number, case in enumerate(loaded):
            text = case.get("yaml", "")
            for sign, meant in signs.items():
                text = text.replace(sign, meant)
            while "\u2014\u00bb" in text:
                text = text.replace("\u2014\u00bb", "\u00bb")
            yield f"{path.stem}-{number}", text.replace("\u00bb", "\t")


@pytest.mark.skipif(not LISTS.is_dir(), reason="HOSTILE_LISTS names no folder")
def test_no_document_of_yaml_is_a_traceback() -> None:
    tried = 0
    for name, text in cases():
        for file in FILES:
            head = f"---\n{text}\n---\nText.\n" if file.endswith(".md") else text
            site = small_site({file: head})
            assert site.report.text(), name
            if not site.report.failed:
                assert small_pages(site).pages
        tried += 1
    assert tried > 0


def tried_strings() -> list[str]:
    """Public lists and our own; every fifth of ours where there are no others."""
    return [*own_attacks(), *read_lists(LISTS)] if LISTS.is_dir() else own_attacks()[::5]


@pytest.mark.parametrize("file", FILES)
def test_no_string_in_place_of_a_file_is_a_traceback(file: str) -> None:
    for text in tried_strings():
        assert small_site({file: text}).report.text()
        parse_yaml(f"{text}: {text}\n- {text}", "x")


def test_no_string_is_a_date_by_accident() -> None:
    for text in tried_strings():
        with suppress(DateError):
            assert parse_date(text).edtf == text


#: Of levels 0 and 1, what no article says: parts of a second, two digits for a century, nothing.
NOT_READ = re.compile(r"\d\d|XXXX-XX-XX|.*:\d\d\.\d+")
#: Invalid by the list: a long year or a season at an end of a span, which we read.
READ_ALL_THE_SAME = {"Y-61000/-2000", "2012-21/2012-22"}
#: Where we differ: seasons are those of the weather, an unknown start is not ten years before.
OTHER_BOUNDS = {"/2006", "2010-24", "2001-22", "2001-24"}


def date_cases() -> list[dict[str, Any]]:
    found = (json.loads(path.read_text("utf-8")) for path in sorted(LISTS.rglob("edtf_cases.json")))
    return [case for cases in found for case in cases["cases"]]


def is_read_as_listed(case: Mapping[str, Any]) -> bool:
    """Whether a date is read or refused as a list says, with the days that the list says."""
    text, date = case["edtf"], None
    with suppress(DateError):
        date = parse_date(text)
    if case["valid"] is False:
        return (date is None) != (text in READ_ALL_THE_SAME)
    if date is None:  # of level 2 what is read is tried, and what is not read is not told here
        return case.get("level") not in (0, 1) or bool(NOT_READ.fullmatch(text))
    bounds = case.get("strict_bounds") or case.get("bounds_edtf_js")
    ours = [_day(date.earliest) or "-inf", _day(date.latest) or "inf"]
    return not bounds or text in OTHER_BOUNDS or ours == [day.lstrip("+") for day in bounds]


@pytest.mark.skipif(not LISTS.is_dir(), reason="HOSTILE_LISTS names no folder")
def test_dates_are_read_as_published_lists_say() -> None:
    assert [case["edtf"] for case in date_cases() if not is_read_as_listed(case)] == []


def _day(moment: int | None) -> str:
    """The day of an end of a date; empty where it is open."""
    if moment is None:
        return ""
    year, month, day, *_ = civil_from_instant(moment)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"
