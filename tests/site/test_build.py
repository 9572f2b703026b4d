"""The golden site through Pelican: what is written, what stays, and that it is always the same."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from explainer import progress
from explainer.building import build_site
from explainer.cli import main
from explainer.site import link_site, render_site

from .northbridge import CONFIGURATION, ROOT, THEME, golden_settings, loaded, texts

VARIABLES = ("CI", "SITEURL", "TODAY", "SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    # What is said does not depend on how long a build takes.
    monkeypatch.setattr(progress, "PATIENCE", float("inf"))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    environment = {**kept, "PYTHONPATH": str(ROOT / "plugins"), **variables}
    command = [sys.executable, "-m", "explainer", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def build(output: Path, **variables: str) -> Mapping[str, bytes]:
    """Build the golden site into `output` in another process, and read it."""
    names = ("--settings", str(CONFIGURATION), "--output", str(output))
    done = run(output.parent, "build", "--strict", *names, **variables)
    assert done.returncode == 0, done.stderr  # where it says how far it is, if it takes long
    return contents(output)


def test_build_writes_every_file_and_no_other(tmp_path: Path) -> None:
    report = build_site(CONFIGURATION, tmp_path / "output", strict=True)
    written = contents(tmp_path / "output")
    wanted = {path: text.encode() for path, text in texts().items()}
    assert report.problems == ()
    assert report.summary.startswith(f"{sum(path.endswith('.html') for path in wanted)} pages ")
    assert {path: written.get(path) for path in wanted} == wanted
    assert sorted(written.keys() - wanted.keys()) == [".explainer-output", "SHA256SUMS"]


def test_build_is_the_same_wherever_and_whenever(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    here = build(tmp_path / "output", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    there = build(
        tmp_path / "elsewhere" / "public",
        PYTHONHASHSEED="2",
        TZ="Pacific/Kiritimati",
        LC_ALL="de_DE.UTF-8",
        LANG="de_DE.UTF-8",
        SOURCE_DATE_EPOCH="1",
    )
    assert here == there


def test_build_is_the_same_with_another_umask_and_order_on_the_disk(
    own_site: Path, tmp_path: Path
) -> None:
    before = contents(own_site / "output")
    copied = sorted((own_site / "content").rglob("*"), reverse=True)
    for path in [path for path in copied if path.is_file()]:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    old = os.umask(0o077)
    try:
        build_site(own_site / "pelican.conf.py", tmp_path / "other")
    finally:
        os.umask(old)
    assert contents(tmp_path / "other") == before


def test_sums_are_those_of_all_files(own_site: Path) -> None:
    files = contents(own_site / "output")
    wanted = [
        f"{hashlib.sha256(data).hexdigest()}  {path}"
        for path, data in files.items()
        if path not in {".explainer-output", "SHA256SUMS"}
    ]
    sums = files["SHA256SUMS"].decode().splitlines()
    assert sorted(sums, key=lambda line: line[66:]) == sums
    assert sorted(sums) == sorted(wanted)


def test_publishing_stops_where_an_address_would_be_gone(
    own_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(own_site / "output" / "published.json", own_site)
    assert main(["publish"]) == 0
    before = contents(own_site / "output")
    (own_site / "content" / "redirects.yaml").unlink()
    capsys.readouterr()
    assert main(["publish"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert "/stories/harbour-bridge/#event-divers-sent was published, and is gone" in said.out
    assert contents(own_site / "output") == before
    assert [main(["build"]), main(["check"]), main(["publish", "--keep-going"])] == [0, 0, 0]


@pytest.mark.parametrize("seed", range(3))
def test_site_does_not_depend_on_the_order_of_files(seed: int) -> None:
    files = list(loaded().files)
    random.Random(seed).shuffle(files)
    site = link_site(replace(loaded(), files=tuple(files)), golden_settings())
    assert dict(render_site(site, golden_settings(), THEME).files) == texts()


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the golden site, built once for all tests."""
    folder = tmp_path_factory.mktemp("built") / "site"
    shutil.copytree(CONFIGURATION.parent / "content", folder / "content")
    text = CONFIGURATION.read_text(encoding="utf-8")
    here = "Path(__file__).resolve().parents[2]"
    assert here in text
    settings = text.replace(here, f"Path({str(ROOT)!r})")
    (folder / "pelican.conf.py").write_text(settings, encoding="utf-8")
    build_site(folder / "pelican.conf.py", folder / "output")
    return folder


@pytest.fixture
def own_site(built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that copy, which a test may spoil, as the folder that commands run in."""
    folder = tmp_path / "site"
    shutil.copytree(built_site, folder)
    monkeypatch.chdir(folder)
    return folder


def test_error_leaves_the_old_site_and_exits_with_1(
    own_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(own_site / "output")
    notes = own_site / "content" / "articles" / "night-ferry.yaml"
    notes.write_text(notes.read_text().replace("place: quay", "place: quai"), encoding="utf-8")
    assert main(["build"]) == 1
    assert capsys.readouterr().out == (
        "content/articles/night-ferry.yaml:9:12: error[unknown-place]: there is no place 'quai'\n"
        '      in event "The first night ferry leaves the quay", 28 May 2026, 23:10 UTC+2\n'
        "    9 |     place: quai\n"
        "      |            ^^^^\n"
        "      = help: did you mean 'quay'?\n"
        "      = see: docs/messages.md#unknown-place\n\n"
        "1 error in 1 file; nothing was written.\n"
    )
    assert contents(own_site / "output") == before


def test_warning_stops_publishing_and_no_plain_build(own_site: Path) -> None:
    notes = own_site / "content" / "articles" / "inspectors-report.yaml"
    allowed = (
        "    allow: [contradictory-dates]       # both days stand on the page, and we know it\n"
    )
    assert allowed in notes.read_text()
    notes.write_text(notes.read_text().replace(allowed, ""), encoding="utf-8")
    assert [main([name]) for name in ("build", "publish")] == [0, 1]


def test_new_build_takes_the_place_of_the_old_one(own_site: Path) -> None:
    (own_site / "content" / "articles" / "tide-tables.md").unlink()
    article = own_site / "content" / "articles" / "bridge-closed.md"
    article.write_text(article.read_text().replace("  pin: [tide-tables]\n", ""), encoding="utf-8")
    assert run(own_site, "build").returncode == 0
    assert "articles/tide-tables/index.html" not in contents(own_site / "output")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("TIMEZONE = 'Mars/Base'", "TIMEZONE is 'Mars/Base', which is no time zone"),
        ("SITEURL = 'example.org'", "SITEURL is 'example.org'; it must look like"),
        ("EXPLAINER = {'acent': 'red'}", "EXPLAINER has no key 'acent'; known keys:"),
        ("EXPLAINER = {'accent': 'pink'}", "accent is 'pink'; allowed are red, blue"),
        ("TODAY = '2026-02-30'", "TODAY is '2026-02-30': February 2026 has no day 30"),
    ],
)
@pytest.mark.parametrize("command", ["check", "build"])
def test_setting_that_cannot_be_used_is_a_message(
    own_site: Path, capsys: pytest.CaptureFixture[str], command: str, line: str, message: str
) -> None:
    with open(own_site / "pelican.conf.py", "a", encoding="utf-8") as settings:
        settings.write(f"\n{line}\n")
    assert main([command]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert f"error[bad-setting]: {message}" in said.out
