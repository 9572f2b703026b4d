"""Public lists, where HOSTILE_LISTS names a folder with some: nothing in them is a traceback.

The yaml-test-suite and lists of strings, as their authors publish them. What the strings become on
a page is looked at by test_text_is_text.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from explainer.dates import DateError, parse_date
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
