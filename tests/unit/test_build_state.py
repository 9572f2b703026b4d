"""What a build leaves to the next one, and when that is trusted."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from pelican import signals

from explainer import build_state, building, output, site_writing
from explainer.build_state import (
    KeptBuild,
    ReadingFile,
    build_key,
    forget_kept,
    inputs_digest,
    open_reading,
    output_files,
    program_key,
    read_kept,
    read_state,
    state_folder,
    write_kept,
)
from explainer.building import build_site
from explainer.cli import main
from explainer.derive.weights import Weights
from explainer.problems import Report
from explainer.rendering import render_page
from explainer.site import read_site, theme_environment

from .small_site import THEME, settings
from .town_folder import write, write_town

PAGES = 17
ALL = f"{PAGES} pages written to "
NOTHING = f"Nothing has changed: {PAGES} pages in "


# ---- what is kept


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An output of a few files."""
    folder = tmp_path / "site"
    for name in ("index.html", "a/index.html", "a/b/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"This is {name}.", encoding="utf-8")
    return folder


STATE = '{"a state":"of pages, with an é"}'
READING = b'text:1 ["<p>"]\ntext:2 []\n'


def keep(folder: Path, **changes: Any) -> KeptBuild:
    """Keep what a build would keep of an output."""
    reading = ReadingFile(folder)
    for line in READING.splitlines(keepends=True):
        reading.write(line)
    kept = KeptBuild(
        key="key",
        inputs="inputs",
        files=output_files(folder),
        pages=3,
        was_silent=True,
        program="program",
        reading=reading.keep(),
    )
    kept = replace(kept, **changes)
    write_kept(folder, kept, STATE)
    return kept


def kept_of(folder: Path) -> list[object]:
    """What can be read of what was kept."""
    kept = read_kept(folder)
    if kept is None:
        return []
    reading = open_reading(folder, kept)
    return [
        replace(kept, state=""),
        read_state(folder, kept),
        None if reading is None else reading[:],
    ]


def test_what_was_kept_is_read_again(site: Path) -> None:
    for changes in ({}, {"was_silent": False, "inputs": ""}):
        kept = keep(site, **changes)
        assert kept_of(site) == [kept, STATE, READING]
    assert sorted(path.name for path in site.parent.iterdir()) == [".site.state", "site"]
    names = sorted(path.name for path in (site.parent / ".site.state").iterdir())
    assert names == ["build", "pages", "reading"]


def test_what_is_not_there_or_forgotten_is_nothing(site: Path) -> None:
    assert read_kept(site) is None
    assert read_kept(site.parent / "nowhere") is None
    keep(site)
    forget_kept(site)
    assert read_kept(site) is None
    forget_kept(site)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_reading_that_is_not_kept_leaves_that_of_before(site: Path) -> None:
    kept = keep(site)
    reading = ReadingFile(site)
    reading.write(b"another\n")
    reading.discard()
    assert kept_of(site) == [kept, STATE, READING]


def test_file_where_the_state_should_be_gives_way(site: Path) -> None:
    state_folder(site).write_text("of an older program")
    assert read_kept(site) is None
    kept = keep(site)
    assert kept_of(site) == [kept, STATE, READING]
    forget_kept(site)
    state_folder(site).write_text("of an older program")
    forget_kept(site)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


#: What of the three can still be read where one file is not what was written.
BROKEN: dict[str, Callable[[KeptBuild], list[object]]] = {
    "build": lambda kept: [],
    "pages": lambda kept: [kept, None, READING],
    "reading": lambda kept: [kept, STATE, None],
}


@pytest.mark.parametrize("name", BROKEN)
def test_file_that_was_cut_short_anywhere_is_nothing(site: Path, name: str) -> None:
    kept = keep(site)
    file = state_folder(site) / name
    data = file.read_bytes()
    for length in range(len(data)):
        file.write_bytes(data[:length])
        assert kept_of(site) == BROKEN[name](kept), length


@pytest.mark.parametrize("name", BROKEN)
def test_file_with_another_byte_anywhere_is_nothing(site: Path, name: str) -> None:
    kept = keep(site)
    file = state_folder(site) / name
    data = file.read_bytes()
    for place in range(len(data)):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert kept_of(site) == BROKEN[name](kept), place


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "null", '{"key": 1}', "[" * 10**5, '{"key": "key", "files": 5}']
)
def test_whole_file_of_another_form_is_nothing(site: Path, body: str) -> None:
    keep(site)
    text = f"{build_state._digest(body.encode())}\n{body}"
    (state_folder(site) / "build").write_text(text, encoding="utf-8")
    assert read_kept(site) is None


def _touch(file: Path) -> None:
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))


def _copy(file: Path) -> None:
    """The same bytes with the same times: another file."""
    shutil.copy2(file, file.with_name("copy"))
    file.with_name("copy").replace(file)


def _link(file: Path) -> None:
    shutil.move(file, file.parents[2] / "moved")
    file.symlink_to(file.parents[2] / "moved")


def _link_folder(file: Path) -> None:
    shutil.move(file.parent, file.parents[2] / "moved")
    file.parent.symlink_to(file.parents[2] / "moved")


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.write_text("This is another"),
        lambda file: file.unlink(),
        lambda file: file.with_name("new.html").touch(),
        lambda file: file.with_name("new").symlink_to("index.html"),
        lambda file: file.with_name("new").symlink_to("."),
        lambda file: file.rename(file.with_name("renamed.html")),
        _touch,
        _copy,
        _link,
        _link_folder,
    ],
    ids=[
        *("changed", "removed", "added", "link-added", "folder-link-added", "renamed"),
        *("touched", "copied", "link-in-its-place", "link-in-place-of-its-folder"),
    ],
)
def test_output_that_is_not_what_the_build_left_has_nothing_kept(
    site: Path, change: Callable[[Path], object]
) -> None:
    keep(site)
    change(site / "a" / "index.html")
    assert read_kept(site) is None


def test_identity_is_another_after_each_build(site: Path) -> None:
    assert build_state.identity(site) is None
    keep(site)
    first = build_state.identity(site)
    assert first == build_state.identity(site)
    keep(site)
    second = build_state.identity(site)
    with output.staged_output(site.with_name("out")) as staging:
        (staging / "index.html").touch()
    site.rename(site.with_name("old"))
    site.with_name("out").rename(site)  # and then the build was killed
    assert len({str(one) for one in (first, second, build_state.identity(site), None)}) == 4


def test_output_that_was_copied_has_nothing_kept(site: Path) -> None:
    keep(site)
    other = site.with_name("other")
    shutil.copytree(site, other)
    shutil.copytree(state_folder(site), state_folder(other))
    assert read_kept(other) is None
    assert read_kept(site) is not None


def test_where_nothing_can_be_kept_there_is_no_error(site: Path) -> None:
    for name in ("build", "pages", "reading"):
        (state_folder(site) / name / "in the way").mkdir(parents=True)
    keep(site)
    forget_kept(site)
    assert read_kept(site) is None


# ---- of what a build is made


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    write(tmp_path, "articles/one.md", "One.")
    write(tmp_path, "articles/one.yaml", "events: []")
    write(tmp_path, "images/quay.jpg", "a picture")
    return folder


def _link_to(file: Path, other: str) -> None:
    file.unlink()
    file.symlink_to(other)


def test_digest_is_that_of_key_and_texts(content: Path, tmp_path: Path) -> None:
    found = inputs_digest("key", content)
    _touch(content / "articles" / "one.md")
    _copy(content / "articles" / "one.yaml")
    (content / "empty").mkdir()
    assert inputs_digest("key", content) == found
    assert inputs_digest("another", content) != found
    assert inputs_digest("key", tmp_path / "nowhere") != found


def test_digest_changes_with_each_change_of_the_content(content: Path) -> None:
    one, picture = content / "articles" / "one.md", content / "images" / "quay.jpg"
    changes: tuple[Callable[[], object], ...] = (
        lambda: one.write_text("Two."),
        lambda: one.write_text("Two.\n"),
        lambda: one.rename(content / "articles" / "two.md"),
        lambda: one.write_text(""),
        lambda: (content / "articles" / "two.md").unlink(),
        lambda: _link_to(one, "two.md"),
        lambda: _link_to(one, "three.md"),
        lambda: (content / "stories").symlink_to("articles"),
        lambda: (content / "CNAME").write_text("example.org"),
        lambda: picture.write_text("another picture"),
        lambda: _touch(picture),
        lambda: _copy(picture),
        lambda: picture.unlink(),
    )
    known = {inputs_digest("key", content)}
    for number, change in enumerate(changes):
        change()
        known.add(inputs_digest("key", content))
        assert len(known) == number + 2, number


def test_text_cannot_pass_from_one_file_to_the_next(content: Path) -> None:
    found = set()
    for first, second in (("ab", ""), ("a", "b"), ("", "ab")):
        (content / "articles" / "one.md").write_text(first)
        (content / "articles" / "one.yaml").write_text(second)
        found.add(inputs_digest("key", content))
    assert len(found) == 3


def test_key_changes_with_program_theme_and_every_setting(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    template = theme / "templates" / "base.html"
    template.write_text("<html>")
    usual = build_key("program", settings(), theme)
    assert build_key("program", settings(), theme) == usual
    found = {
        usual,
        build_key("another", settings(), theme),
        build_key("program", settings(SITENAME="Another"), theme),
        build_key("program", settings(SITEURL="https://example.org/other"), theme),
        build_key("program", settings(TODAY="2026-06-02"), theme),
        build_key("program", settings(TIMEZONE="Europe/Berlin"), theme),
        build_key("program", settings(DEFAULT_LANG="de"), theme),
        build_key("program", settings(EXPLAINER={"accent": "green"}), theme),
        build_key("program", replace(settings(), weights=Weights(actors=0.123)), theme),
    }
    assert len(found) == 9
    _touch(template)
    assert build_key("program", settings(), theme) == usual
    template.write_text("<html lang>")
    assert build_key("program", settings(), theme) not in found


def test_key_of_the_program_changes_with_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = program_key()
    assert program_key() == usual
    monkeypatch.setattr(build_state, "version", lambda name: version(name) + "." * (name == "nh3"))
    assert program_key() != usual


# ---- builds, one after another


@pytest.fixture(scope="module", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("explainer.site_writing.theme_environment", cache(theme_environment))
        yield


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a small site that has been built."""
    for name in ("SITEURL", "TODAY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    found = write_town(tmp_path)
    assert build(found).done == f"{ALL}output."
    return found


def build(
    settings: Path, *, strict: bool = False, keep_going: bool = False, afresh: bool = False
) -> Report:
    """Build a site into `output` beside its settings."""
    return build_site(
        settings,
        settings.parent / "output",
        strict=strict,
        keep_going=keep_going,
        afresh=afresh,
        workers=1,
    )


def tree(settings: Path) -> dict[str, bytes]:
    folder = settings.parent / "output"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def afresh(settings: Path) -> dict[str, bytes]:
    """What a site is that is made of nothing but its sources."""
    other = settings.parent / "other"
    build_site(settings, other, afresh=True, workers=1)
    found = {
        path.relative_to(other).as_posix(): path.read_bytes()
        for path in other.rglob("*")
        if path.is_file()
    }
    shutil.rmtree(other)
    return found


def edit(settings: Path, old: str, new: str, path: str = "articles/closed.yaml") -> None:
    file = settings.parent / "content" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_done_where_nothing_has_changed(town: Path) -> None:
    before = output_files(town.parent / "output")
    report = build(town)
    assert (report.done, report.problems) == (f"{NOTHING}output.", ())
    assert output_files(town.parent / "output") == before


def test_only_what_shows_a_change_is_made_anew(town: Path) -> None:
    edit(town, "The council closes the bridge", "The council shuts the bridge")
    done = build(town).done
    count = int(done.split()[0])
    assert done == f"{count} of {PAGES} pages made anew in output."
    assert 0 < count < PAGES
    assert tree(town) == afresh(town)
    edit(town, "shuts", "closes")
    build(town)
    assert build(town).done == f"{NOTHING}output."


def test_all_is_made_anew_where_the_output_was_edited_by_hand(town: Path) -> None:
    before = tree(town)
    page = town.parent / "output" / "index.html"
    page.write_text(page.read_text().replace("Small", "Large"))
    assert build(town).done == f"{ALL}output."
    assert tree(town) == before


@pytest.mark.parametrize(
    "line",
    [
        "TODAY = '2026-06-02'",
        "EXPLAINER = {'accent': 'blue'}",
        "SITEURL = 'https://example.org'",
    ],
)
def test_all_is_made_anew_with_another_setting(town: Path, line: str) -> None:
    town.write_text(f"{town.read_text()}\n{line}\n")
    assert build(town).done == f"{ALL}output."
    assert tree(town) == afresh(town)


def test_all_is_made_anew_at_another_address(town: Path) -> None:
    output_folder = town.parent / "output"
    build_site(town, output_folder, site_url="https://example.org/a", workers=1)
    assert b"https://example.org/a/" in tree(town)["sitemap.xml"]
    build(town)
    assert tree(town) == afresh(town)


def test_publishing_takes_nothing_over(town: Path) -> None:
    assert build(town, strict=True, afresh=True).done == f"{ALL}output."
    assert build(town, strict=True).done == f"{NOTHING}output."


def test_address_that_is_gone_is_found_also_where_nothing_has_changed(town: Path) -> None:
    assert build(town, strict=True).problems == ()
    published = json.loads((town.parent / "output" / "published.json").read_text())
    published["addresses"].append("gone/")
    (town.parent / "published.json").write_text(json.dumps(published))
    assert build(town, strict=True).failed
    assert not build(town).failed


def test_every_page_is_told_to_another_plugin(town: Path) -> None:
    plugin = town.parent / "listener.py"
    plugin.write_text("def register():\n    pass\n")
    alone = town.read_text()
    town.write_text(
        f"{alone}\nPLUGINS = ['explainer', 'listener']\nPLUGIN_PATHS = [{str(plugin.parent)!r}]\n"
    )
    told: list[str] = []

    def listen(path: str, context: dict[str, object]) -> None:
        told.append(Path(path).name)

    with signals.content_written.connected_to(listen):
        for _ in range(2):
            assert build(town).done == f"{ALL}output."
    assert len(told) == 2 * PAGES
    assert not state_folder(town.parent / "output").exists()
    town.write_text(alone)
    assert build(town).done == f"{ALL}output."


def test_warning_is_said_again_where_nothing_has_changed(town: Path) -> None:
    edit(town, "    evidence: The council closed the bridge\n", "")
    first = build(town)
    again = build(town)
    assert [problem.code for problem in first.problems] == ["no-source"]
    assert again.problems == first.problems
    assert again.done == f"0 of {PAGES} pages made anew in output."
    assert build(town, strict=True).failed


def test_build_with_errors_leaves_what_was_known(town: Path) -> None:
    before, kept = tree(town), read_kept(town.parent / "output")
    edit(town, "actors: [council]", "actors: [counsel]")
    assert build(town).failed
    assert tree(town) == before
    assert read_kept(town.parent / "output") == kept
    edit(town, "actors: [counsel]", "actors: [council]")
    assert build(town).done == f"{NOTHING}output."


def test_file_that_cannot_be_read_is_a_problem_and_nothing_is_known_of_it(town: Path) -> None:
    with socket.socket(socket.AF_UNIX) as unreadable:
        unreadable.bind("content/articles/unreadable.md")
        for _ in range(2):
            assert [problem.code for problem in build(town).problems] == ["unreadable"]
    Path("content/articles/unreadable.md").unlink()
    assert build(town).done == f"{NOTHING}output."


def test_keeping_going_takes_nothing_over_and_leaves_nothing(town: Path) -> None:
    assert build(town, keep_going=True).done == f"{ALL}output."
    assert read_kept(town.parent / "output") is None
    edit(town, "actors: [council]", "actors: [counsel]")
    report = build(town, keep_going=True)
    assert not report.failed
    edit(town, "actors: [counsel]", "actors: [council]")
    assert build(town).done == f"{ALL}output."
    assert tree(town) == afresh(town)


class Interrupted(BaseException):
    """What ends a build at any place."""


def _interrupt(*_: object, **__: object) -> None:
    raise Interrupted


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (site_writing, "render_page"),
        (site_writing, "build_feeds"),
        (building, "write_sums"),
        (output, "_replace"),
        (building, "write_kept"),
    ],
    ids=["pages", "feeds", "sums", "exchange", "state"],
)
def test_interrupted_build_leaves_no_wrong_state(
    town: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    edit(town, "The council closes the bridge", "The council shuts the bridge")
    with monkeypatch.context() as patched:
        patched.setattr(module, name, _interrupt)
        with pytest.raises(Interrupted):
            build(town)
    build(town)
    assert tree(town) == afresh(town)
    assert build(town).done == f"{NOTHING}output."


def during(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Do something once while pages are made."""
    pending = [change]

    def render(*given: Any) -> str:
        if pending:
            pending.pop()()
        return render_page(*given)

    monkeypatch.setattr(site_writing, "render_page", render)


def test_what_was_saved_during_a_build_is_in_the_next(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(town, "closes the bridge", "shuts the bridge")
    during(monkeypatch, lambda: edit(town, "shuts the bridge", "bars the bridge"))
    build(town)
    assert b"shuts the bridge" in tree(town)["timeline/index.html"]
    assert build(town).done != f"{NOTHING}output."
    assert tree(town) == afresh(town)
    assert b"bars the bridge" in tree(town)["timeline/index.html"]


def test_what_was_saved_while_a_build_was_reading_is_not_what_it_was_made_of(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_late(*given: Any, **named: Any) -> object:
        edit(town, "closes the bridge", "shuts the bridge")
        return read_site(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr("explainer.generator.read_site", read_late)
        build(town, afresh=True)
    assert b"shuts the bridge" in tree(town)["timeline/index.html"]
    with socket.socket(socket.AF_UNIX) as unreadable:
        unreadable.bind("content/articles/unreadable.md")
        assert [problem.code for problem in build(town).problems] == ["unreadable"]
    Path("content/articles/unreadable.md").unlink()
    edit(town, "shuts the bridge", "closes the bridge")  # as it was when the build began
    build(town)
    assert tree(town) == afresh(town)
    assert b"closes the bridge" in tree(town)["timeline/index.html"]


def test_theme_that_was_saved_during_a_build_is_in_no_state(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = town.parent / "theme"
    shutil.copytree(THEME, theme)
    town.write_text(f"{town.read_text()}\nTHEME = 'theme'\n")
    file = theme / "templates" / "home.html"
    text = file.read_text()
    during(monkeypatch, lambda: file.write_text(f"{text}{{# saved #}}"))
    build(town, afresh=True)
    file.write_text(text)  # and taken back: nobody can tell by the theme
    assert build(town).done == f"{ALL}output."


def test_page_is_never_written_into_the_file_that_has_its_name(tmp_path: Path) -> None:
    old = site_writing.write_file(tmp_path, "old/index.html", b"old")
    (tmp_path / "new").mkdir()
    os.link(old, tmp_path / "new" / "index.html")
    new = site_writing.write_file(tmp_path, "new/index.html", b"new")
    assert (old.read_bytes(), new.read_bytes()) == (b"old", b"new")


def test_clean_removes_the_output_and_all_that_was_kept(town: Path) -> None:
    folder = town.parent
    write(folder, "content/stories/more.yaml", "title: More\n")
    assert build(town).problems == ()
    made = {".output.spare", ".output.state", "output"}
    assert made <= {path.name for path in folder.iterdir()}
    assert main(["clean", f"--settings={town}"]) == 0
    assert {path.name for path in folder.iterdir()} - {"__pycache__"} == {"content", town.name}
