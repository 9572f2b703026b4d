"""What a build takes over from the last one is what it would make anew, to the last byte."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from yaml import YAMLError

from explainer.incremental import BuildState, state_from_json, state_to_json
from explainer.load import ContentFile, Loaded
from explainer.settings import Settings
from explainer.site import ReadSite, link_site, theme_environment
from explainer.site_writing import OldBuild, SiteWriter

from .edits import Files, random_edit
from .northbridge import THEME, golden_settings, loaded

#: With how many seeds edits are made, and how many edits with each.
SEQUENCES = int(os.environ.get("EDIT_SEQUENCES", "30"))
EDITS = 3


@pytest.fixture(scope="module", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("explainer.site_writing.theme_environment", cache(theme_environment))
        yield


def texts_of(content: Loaded) -> Files:
    return {str(file.path): file.text for file in content.files}


def read(files: Files, settings: Settings) -> ReadSite | None:
    """The site of some texts, or None where they have errors."""
    content = tuple(
        ContentFile(PurePosixPath(path), f"content/{path}", text)
        for path, text in sorted(files.items())
    )
    site = link_site(replace(loaded(), files=content), settings)
    return None if site.report.errors else site


class Builds:
    """Builds one after another, each from the last."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.count = 0
        self.old: OldBuild | None = None

    def build(self, site: ReadSite, *, key: str = "key") -> tuple[dict[str, bytes], int]:
        """The tree of the next build, and how many pages were made for it."""
        self.count += 1
        root = self.folder / str(self.count)
        written = SiteWriter(site.graph, self.settings, THEME, root, key=key, old=self.old).write()
        assert written.state is not None
        self.old = OldBuild(through_json(written.state), root)
        return tree_of(root), written.made


def afresh(site: ReadSite, settings: Settings, root: Path) -> dict[str, bytes]:
    SiteWriter(site.graph, settings, THEME, root).write()
    return tree_of(root)


def through_json(state: BuildState) -> BuildState:
    """The state as the next build reads it from the disk."""
    kept = state_from_json(json.loads(json.dumps(state_to_json(state))))
    assert kept == state
    return kept


def tree_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def good_edits(files: Files, settings: Settings, rng: random.Random) -> Iterator[tuple[str, Files]]:
    """Edits, one on the other, that leave a site without errors."""
    while True:
        try:
            done, changed = random_edit(files, rng)
        except (ValueError, IndexError, YAMLError):  # there is nothing that can be edited so
            continue
        if changed != files and read(changed, settings) is not None:
            files = changed
            yield done, files


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_a_build_after_edits_is_a_full_build_to_the_last_byte(seed: int, tmp_path: Path) -> None:
    settings, rng = golden_settings(), random.Random(seed)
    builds = Builds(tmp_path, settings)
    files = texts_of(loaded())
    first = read(files, settings)
    assert first is not None
    builds.build(first)
    edits = good_edits(files, settings, rng)
    done = []
    for number in range(EDITS):
        what, files = next(edits)
        done.append(what)
        site = read(files, settings)
        assert site is not None
        found, _ = builds.build(site)
        wanted = afresh(site, settings, tmp_path / f"afresh-{number}")
        differs = [path for path in {*found, *wanted} if found.get(path) != wanted.get(path)]
        assert not differs, f"after {', '.join(done)}"


def test_nothing_is_made_where_nothing_has_changed(tmp_path: Path) -> None:
    site = read(texts_of(loaded()), golden_settings())
    assert site is not None
    builds = Builds(tmp_path, golden_settings())
    first, all_pages = builds.build(site)
    second, made = builds.build(site)
    assert second == first
    assert all_pages > 50
    assert made == 0


def test_a_file_that_is_written_otherwise_but_says_the_same_makes_nothing(tmp_path: Path) -> None:
    files = texts_of(loaded())
    first, second = read(files, golden_settings()), None
    files = {
        path: f"# a remark\n\n{text}" if path.endswith(".yaml") else text
        for path, text in files.items()
    }
    second = read(files, golden_settings())
    assert first is not None
    assert second is not None
    builds = Builds(tmp_path, golden_settings())
    builds.build(first)
    assert builds.build(second)[1] == 0


def test_all_is_made_anew_where_settings_theme_or_program_are_others(tmp_path: Path) -> None:
    site = read(texts_of(loaded()), golden_settings())
    assert site is not None
    builds = Builds(tmp_path, golden_settings())
    _, all_pages = builds.build(site, key="one")
    assert builds.build(site, key="another")[1] == all_pages


def test_a_page_that_is_gone_is_not_taken_over(tmp_path: Path) -> None:
    files = texts_of(loaded())
    files["articles/extra.md"] = "---\ntitle: An extra\ndate: 2024-05-01\n---\nNothing else.\n"
    builds = Builds(tmp_path, golden_settings())
    before = read(files, golden_settings())
    del files["articles/extra.md"]
    after = read(files, golden_settings())
    assert before is not None
    assert after is not None
    assert "articles/extra/index.html" in builds.build(before)[0]
    assert "articles/extra/index.html" not in builds.build(after)[0]
