"""What a build takes over from the last one is what it would make anew, to the last byte."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import count, islice
from pathlib import Path, PurePosixPath

import pytest
from yaml import YAMLError

from explainer.build_state import build_key
from explainer.incremental import (
    BuildState,
    KnownReading,
    state_from_json,
    state_to_json,
)
from explainer.load import ContentFile
from explainer.memory import ReadingMemory
from explainer.output import MARKER, staged_output
from explainer.settings import Settings
from explainer.site import ReadSite, link_site, theme_environment
from explainer.site_writing import OldBuild, SiteWriter
from explainer.steps import PURE_STEPS, Steps

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


@dataclass(frozen=True)
class Sources:
    """All that a site is made of."""

    files: Files
    settings: Settings
    theme: Path = THEME

    @property
    def key(self) -> str:
        return build_key("the program", self.settings, self.theme)

    def read(self, steps: Steps = PURE_STEPS) -> ReadSite:
        content = tuple(
            ContentFile(PurePosixPath(path), f"content/{path}", text)
            for path, text in sorted(self.files.items())
        )
        return link_site(replace(loaded(), files=content), self.settings, steps=steps)


def golden_sources() -> Sources:
    files = {str(file.path): file.text for file in loaded().files}
    return Sources(files, golden_settings())


class Builds:
    """Builds one after another, each from what the last one left."""

    def __init__(self, folder: Path, old: OldBuild | None = None) -> None:
        self.output = folder / "output"
        self.old = old
        self.known = b""

    def build(self, sources: Sources, *, key: str = "") -> tuple[dict[str, bytes], int]:
        """The tree of the next build, and how many pages were made for it."""
        kept = io.BytesIO()
        known = KnownReading(self.known, kept.write)
        site = sources.read(known.steps)
        with staged_output(self.output) as staging:
            written = SiteWriter(
                site.graph,
                sources.settings,
                sources.theme,
                staging,
                key=key or sources.key,
                old=self.old,
                steps=known.steps,
            ).write()
        assert written.state is not None
        self.old = OldBuild(through_json(written.state), self.output)
        self.known = kept.getvalue()
        return tree_of(self.output), written.made


def afresh(sources: Sources, root: Path) -> dict[str, bytes]:
    SiteWriter(sources.read().graph, sources.settings, sources.theme, root).write()
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
        if path.is_file() and path.name != MARKER
    }


def good_edits(sources: Sources, folder: Path, rng: random.Random) -> Iterator[tuple[str, Sources]]:
    """Edits, one on the other, that leave a site without errors."""
    for number in count():
        kind = rng.random()
        if kind < 0.05:
            theme = edited_theme(sources.theme, folder / f"theme-{number}")
            sources = replace(sources, theme=theme)
            yield "template", sources
            continue
        if kind < 0.1:
            size, line = rng.randrange(2, 9), f"Line {number}"
            settings = replace(sources.settings, page_size=size, tagline=line)
            sources = replace(sources, settings=settings)
            yield "setting", sources
            continue
        try:
            done, files = random_edit(sources.files, rng)
        except (ValueError, IndexError, YAMLError):  # there is nothing that can be edited so
            continue
        changed = replace(sources, files=files)
        if files != sources.files and not changed.read().report.errors:
            sources = changed
            yield done, sources


def edited_theme(theme: Path, folder: Path) -> Path:
    """A copy of a theme with one more line at the foot of every page."""
    shutil.copytree(theme, folder)
    base = folder / "templates" / "base.html"
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace("</footer>", "<p>More.</p></footer>"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> OldBuild:
    builds = Builds(tmp_path_factory.mktemp("first"))
    builds.build(golden_sources())
    assert builds.old is not None
    return builds.old


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_a_build_after_edits_is_a_full_build_to_the_last_byte(
    seed: int, tmp_path: Path, first_build: OldBuild
) -> None:
    builds, memory = Builds(tmp_path, first_build), ReadingMemory()
    edits = good_edits(golden_sources(), tmp_path, random.Random(seed))
    done = []
    for what, sources in islice(edits, EDITS):
        done.append(what)
        found, _ = builds.build(sources)
        wanted = afresh(sources, tmp_path / f"afresh-{len(done)}")
        differs = [path for path in {*found, *wanted} if found.get(path) != wanted.get(path)]
        assert not differs, f"after {', '.join(done)}"
        with memory.used() as steps:
            remembered = sources.read(steps)
        pure = sources.read()
        assert remembered.graph == pure.graph
        assert remembered.report.text() == pure.report.text()


def test_nothing_is_made_where_nothing_has_changed(tmp_path: Path, first_build: OldBuild) -> None:
    builds = Builds(tmp_path, first_build)
    tree, made = builds.build(golden_sources())
    assert made == 0
    assert tree == tree_of(first_build.output)


def test_a_file_that_is_written_otherwise_but_says_the_same_makes_nothing(
    tmp_path: Path, first_build: OldBuild
) -> None:
    sources = golden_sources()
    files = {
        path: f"# a remark\n\n{text}" if path.endswith(".yaml") else text
        for path, text in sources.files.items()
    }
    assert files != sources.files
    assert Builds(tmp_path, first_build).build(replace(sources, files=files))[1] == 0


def test_all_is_made_anew_where_settings_theme_or_program_are_others(
    tmp_path: Path, first_build: OldBuild
) -> None:
    every_page = sum(len(part.pages) for part in first_build.state.parts.values())
    assert every_page > 50
    assert Builds(tmp_path, first_build).build(golden_sources(), key="another")[1] == every_page


def test_a_page_that_is_gone_is_not_taken_over(tmp_path: Path, first_build: OldBuild) -> None:
    sources = golden_sources()
    extra = "---\ntitle: An extra\ndate: 2024-05-01\n---\nNothing else.\n"
    builds = Builds(tmp_path, first_build)
    more = replace(sources, files={**sources.files, "articles/extra.md": extra})
    assert "articles/extra/index.html" in builds.build(more)[0]
    assert "articles/extra/index.html" not in builds.build(sources)[0]
