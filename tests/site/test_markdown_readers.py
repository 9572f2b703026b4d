"""A site that is read by Python-Markdown, from its settings to its pages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from explainer import workers
from explainer.building import build_site, check_site
from explainer.drafting.commands import write_draft
from explainer.extensions import read_extensions
from explainer.frontmatter import split_document
from explainer.mending import reanchor_site
from explainer.preview import Preview
from explainer.settings import Settings
from explainer.site import read_site, read_text, render_site

from ..importing.goldens import EXPECTED
from ..unit.town_folder import write, write_town
from .northbridge import CONTENT, ROOT, THEME, golden_settings, texts
from .test_incremental import tree_of

PYTHON_MARKDOWN = '{"markdown": "python-markdown"}'
#: What the second line is, only Python-Markdown knows; the sidecar's evidence crosses it.
ARTICLE = """\
---
title: The bridge is closed
date: 2026-03-10
written: 2026-03-09
authors: [Nell Harrow]
story: bridge
---
The council closed the *bridge*{: .name } on Monday. Otto Lind was silent[^1].

[^1]: He was asked twice.
"""
CLOSED = "articles/closed/index.html"
ABOUT = "about/index.html"


@pytest.fixture(autouse=True)
def _there_is_enough_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEWEST_PARTS", 1)
    for name in ("SITEURL", "TODAY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


def write_site(folder: Path, explainer: str = "{}") -> Path:
    """The town with an article and a page that want Python-Markdown; its settings."""
    settings = write_town(folder, PLUGIN_PATHS=repr([str(ROOT / "plugins")]), EXPLAINER=explainer)
    write(folder, "articles/closed.md", ARTICLE)
    write(folder, "pages/about.md", "---\ntitle: About\n---\nWe.\n{: .lead }\n")
    sidecar = folder / "content" / "articles" / "closed.yaml"
    text = sidecar.read_text(encoding="utf-8")
    sidecar.write_text(text.replace("closed the bridge", "closed the bridge on Monday"))
    return settings


def with_reader(reader: Settings) -> dict[str, str]:
    """Every file of the golden site."""
    return dict(render_site(read_site(CONTENT, reader), reader, THEME).files)


def golden_with_python_markdown() -> Settings:
    return replace(golden_settings(), markdown=read_extensions(None))


def test_town_of_the_tests_is_the_same_with_both() -> None:
    found = with_reader(golden_with_python_markdown())
    assert [path for path, text in texts().items() if found.get(path) != text] == []


@pytest.mark.parametrize("file", sorted(EXPECTED.iterdir()), ids=lambda file: file.name)
def test_what_imports_write_shows_the_same_words_with_both(file: Path) -> None:
    found = re.split(r"^=== (\S+)\n", file.read_text(encoding="utf-8"), flags=re.M)
    for name, text in zip(found[1::2], found[2::2], strict=True):
        body = split_document(text, name)[0].body
        assert read_text(body, read_extensions(None)).text == read_text(body).text


def test_site_is_checked_built_and_shown_with_its_reader(tmp_path: Path) -> None:
    settings = write_site(tmp_path, PYTHON_MARKDOWN)
    assert check_site(settings, strict=True).problems == ()
    output = tmp_path / "output"
    assert build_site(settings, output, strict=True, workers=1).problems == ()
    built = tree_of(output)
    assert (b"{:" in built[CLOSED], b"{:" in built[ABOUT]) == (False, False)
    assert b'id="evidence-bridge-closed"' in built[CLOSED]
    assert built[CLOSED].count(b'href="#footnote-1"') == 1
    preview = Preview(settings, root="/")
    assert preview.read().text == ""
    assert b"{:" not in preview.respond("/articles/closed/").body
    assert b"{:" not in preview.respond("/about/").body


def test_lost_evidence_is_found_again_in_the_words_that_the_site_shows(tmp_path: Path) -> None:
    settings = write_site(tmp_path, PYTHON_MARKDOWN)
    write(tmp_path, "articles/closed.md", ARTICLE.replace("on Monday", "on Tuesday"))
    assert [p.code for p in check_site(settings).problems] == ["evidence-not-found"]
    assert reanchor_site(settings, accept="all", ask=None, say=lambda _: None)
    assert check_site(settings).problems == ()
    sidecar = (tmp_path / "content" / "articles" / "closed.yaml").read_text(encoding="utf-8")
    assert "closed the bridge on Tuesday" in sidecar


def test_evidence_that_crosses_the_markup_of_one_reader_is_lost_with_the_other(
    tmp_path: Path,
) -> None:
    problems = check_site(write_site(tmp_path)).problems
    assert [p.code for p in problems] == ["evidence-not-found"]


def test_several_processes_make_the_same_site(tmp_path: Path) -> None:
    settings = write_site(tmp_path, PYTHON_MARKDOWN)
    for number in (1, 2):
        build_site(settings, tmp_path / f"output-{number}", workers=number)
    assert tree_of(tmp_path / "output-1") == tree_of(tmp_path / "output-2")


def test_another_reader_or_extension_makes_every_page_anew(tmp_path: Path) -> None:
    output = tmp_path / "output"
    asked = (
        '{"markdown": "commonmark"}',
        PYTHON_MARKDOWN,
        PYTHON_MARKDOWN + '\nMARKDOWN = {"extensions": ["extra", "nl2br"]}',
    )
    for number, explainer in enumerate(asked):
        settings = write_site(tmp_path, explainer)
        write(tmp_path, "articles/closed.yaml", "")
        report = build_site(settings, output, workers=1)
        assert "pages written to" in report.summary
        again = tmp_path / f"again-{number}"
        build_site(settings, again, workers=1, afresh=True)
        assert tree_of(output) == tree_of(again)
        assert build_site(settings, output, workers=1).summary.startswith("Nothing has changed")
        write(tmp_path, "articles/closed.md", ARTICLE.replace("silent", "quiet"))
        assert "made anew" in build_site(settings, output, workers=1).summary
        assert b"Lind was quiet" in tree_of(output)[CLOSED].replace(b"</a>", b"")


def test_draft_finds_evidence_in_the_words_that_the_site_shows(tmp_path: Path) -> None:
    settings = write_site(tmp_path, PYTHON_MARKDOWN)
    (tmp_path / "content" / "articles" / "closed.yaml").unlink()
    text = write_draft(settings, "closed").draft.text
    assert ("closed the bridge on Monday" in text, "{:" in text) == (True, False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            'MARKDOWN = {"extensions": ["foonotes"]}',
            (
                "pelican.conf.py:9:29: error[bad-setting]: MARKDOWN: there is no extension"
                " 'foonotes'\n"
                '    9 | MARKDOWN = {"extensions": ["foonotes"]}\n'
                "      |                             ^^^^^^^^\n"
                "      = help: did you mean 'footnotes'?\n"
            ),
        ),
        (
            "MARKDOWN = 5",
            (
                "pelican.conf.py:1:1: error[bad-setting]: MARKDOWN is 5; a mapping is wanted: "
                "extensions, extension_configs, output_format, tab_length\n"
            ),
        ),
    ],
)
def test_setting_that_cannot_be_used_is_told_with_its_line(
    tmp_path: Path, line: str, told: str
) -> None:
    settings = write_site(tmp_path, f"{PYTHON_MARKDOWN}\n{line}")
    for report in (check_site(settings), build_site(settings, tmp_path / "output")):
        assert report.text().startswith(told)
        assert [problem["code"] for problem in json.loads(report.json())] == ["bad-setting"]
