"""Saved pages, beside those in `raw/`."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from explainer.importing.command import Choices, import_article
from explainer.importing.saved import PACKAGES

from .goldens import RAW, empty_content, settings

ROOT = Path(__file__).resolve().parents[2]


def test_extra_of_the_project_is_what_the_message_says_to_install() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["import"] == list(PACKAGES)


def test_page_is_refused_in_a_sentence_where_nothing_reads_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text("<!DOCTYPE html><title>Bridge closed</title>")
    report = import_article(Path("page.html"), empty_content(tmp_path), settings(), Choices())
    documented = (ROOT / "docs/messages.md").read_text(encoding="utf-8")
    section = documented.partition("### no-extractor\n")[2]
    told = report.text().partition("\n\n")[0]
    told = told.removesuffix("\n      = see: docs/messages.md#no-extractor")
    assert section.partition("```text\n")[2].partition("\n```")[0] == told


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("windows-1251", "windows-1251"),
        ("koi8-r", "KOI8-R"),
    ],
)
def test_page_is_read_in_the_encoding_that_it_names(
    encoding: str, declared: str, tmp_path: Path
) -> None:
    pytest.importorskip("trafilatura")
    first = "Мост в гавани закрыт для движения с вечера субботы, сообщила администрация порта."
    second = "Водолазы нашли трещины в двух опорах, и никто не знает, откуда и когда они взялись."
    meta = f"<meta charset={declared}>" if declared else ""
    page = (
        f"<!DOCTYPE html><html lang=ru><head>{meta}<title>Мост закрыт</title>"
        "<meta name=date content='24 января 2026'></head>"
        f"<body><article><p>{first}</p><p>{second}</p></article></body></html>"
    )
    raw = tmp_path / "page.html"
    raw.write_bytes(page.encode(encoding))
    content = empty_content(tmp_path)
    report = import_article(raw, content, settings(DEFAULT_LANG="ru"), Choices(id="bridge"))
    assert report.problems == ()
    assert (content / "articles/bridge.md").read_text(encoding="utf-8") == (
        f"---\ntitle: Мост закрыт\ndate: 2026-01-24\n---\n{first}\n\n{second}\n"
    )


def test_page_cut_anywhere_gives_no_traceback(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = (RAW / "news_article.html").read_bytes()
    content = empty_content(tmp_path)
    raw = tmp_path / "page.html"
    for end in range(0, len(page), 97):
        raw.write_bytes(page[:end])
        assert import_article(raw, content, settings(), Choices(id=f"cut-{end}")).files_read == 0
