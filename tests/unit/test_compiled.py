"""Compiled templates are kept for the next build, and never stand in for others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from explainer.compiled import CompiledTemplates, compiled_templates
from explainer.language import load_language
from explainer.rendering import make_environment, render_page
from tests import samples


def rendered(templates: Path, kept: CompiledTemplates) -> str:
    environment = make_environment([templates], load_language("en"), kept)
    return render_page(samples.static_page(), environment)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text("<p>{{ page.title }}</p>")
    return folder


def test_code_that_was_kept_is_run(templates: Path, tmp_path: Path) -> None:
    kept = CompiledTemplates(tmp_path / "kept", "one")
    first = rendered(templates, kept)
    [file] = (tmp_path / "kept").iterdir()
    file.write_bytes(file.read_bytes().replace(b"<p>", b"<b>"))
    assert rendered(templates, kept) == first.replace("<p>", "<b>", 1)


def test_template_that_has_changed_is_compiled_again(templates: Path, tmp_path: Path) -> None:
    kept = CompiledTemplates(tmp_path / "kept", "one")
    rendered(templates, kept)
    (templates / "page.html").write_text("changed")
    assert rendered(templates, kept) == "changed\n"


def test_code_of_another_version_is_not_run_and_goes(templates: Path, tmp_path: Path) -> None:
    kept = CompiledTemplates(tmp_path / "kept", "one")
    first = rendered(templates, kept)
    [file] = (tmp_path / "kept").iterdir()
    file.write_bytes(file.read_bytes().replace(b"<p>", b"<b>"))
    other = CompiledTemplates(tmp_path / "kept", "two")
    assert rendered(templates, other) == first
    other.remove_others()
    assert [one.name.startswith("two-") for one in (tmp_path / "kept").iterdir()] == [True]
    other.clear()
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize("rubbish", [b"", b"j2", b"\x00" * 400])
def test_code_that_cannot_be_read_is_made_again(
    rubbish: bytes, templates: Path, tmp_path: Path
) -> None:
    kept = CompiledTemplates(tmp_path / "kept", "one")
    first = rendered(templates, kept)
    [file] = (tmp_path / "kept").iterdir()
    file.write_bytes(file.read_bytes()[:60] + rubbish)
    assert rendered(templates, kept) == first


def test_folder_that_cannot_be_written_is_no_error(templates: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in its place")
    kept = CompiledTemplates(tmp_path / "kept", "one")
    assert rendered(templates, kept).startswith("<p>")


def test_code_is_kept_beside_python_s_own_of_the_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled_templates() is None
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", "/elsewhere")
    found = compiled_templates()
    assert found is not None
    assert found.folder.is_relative_to("/elsewhere")
