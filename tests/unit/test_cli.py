"""The command line, with a stand-in for what does the work."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from explainer import preview_server
from explainer.cli import main
from explainer.progress import Progress


@dataclass(frozen=True)
class FakeReport:
    """A report that shows in which form it was asked for."""

    failed: bool = False
    summary: str = "summary"

    def text(self, color: bool) -> str:
        return f"text color={color}\n"

    def github(self) -> str:
        return "::error file=content/actors.yaml,line=3::unknown key"

    def json(self) -> str:
        return '{"problems": []}'

    def markdown(self) -> str:
        return "## Report"


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """A site in the working directory; what the commands ask of the building module."""
    (tmp_path / "pelican.conf.py").write_text("SITEURL = 'https://settings.org/news/'\n")
    monkeypatch.chdir(tmp_path)
    for name in (
        *("SITEURL", "PORT", "AFRESH", "PROFILE", "WORKERS"),
        *("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"),
        *("NO_COLOR", "FORCE_COLOR", "TERM"),
    ):
        monkeypatch.delenv(name, raising=False)
    asked: list[tuple[object, ...]] = []

    def build_site(
        settings: Path,
        output: Path,
        *,
        site_url: str | None,
        strict: bool,
        keep_going: bool,
        afresh: bool,
        workers: int | None,
        progress: Progress,
        left: list[object] | None,
    ) -> FakeReport:
        said = {"keep going": keep_going, "afresh": afresh, f"{workers} workers": workers}
        extra = [words for words, is_said in said.items() if is_said]
        progress.begin("making pages")
        asked.append(("build", str(settings), str(output), site_url, strict, *extra))
        return FakeReport(failed=site_url == "https://fails.org")

    def check_site(settings: Path, *, strict: bool) -> FakeReport:
        asked.append(("check", str(settings), strict))
        return FakeReport(failed=strict)

    building = ModuleType("explainer.building")
    building.__dict__.update(
        build_site=build_site,
        check_site=check_site,
        empty_site=lambda settings: [Path("content/articles/demo.md")],
        write_site_schemas=lambda settings: [Path(".vscode/schemas/story.json")],
    )
    monkeypatch.setitem(sys.modules, "explainer.building", building)
    return asked


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        ("build", ("build", "pelican.conf.py", "output", None, False)),
        ("build --strict", ("build", "pelican.conf.py", "output", None, True)),
        ("build --output=x --site-url=", ("build", "pelican.conf.py", "x", "", False)),
        ("build --afresh", ("build", "pelican.conf.py", "output", None, False, "afresh")),
        ("build --workers=3", ("build", "pelican.conf.py", "output", None, False, "3 workers")),
        (
            "publish",
            ("build", "pelican.conf.py", "output", "https://settings.org/news", True, "afresh"),
        ),
        (
            "publish --site-url=https://a.org/",
            ("build", "pelican.conf.py", "output", "https://a.org", True, "afresh"),
        ),
        (
            "publish --keep-going --site-url=https://a.org",
            ("build", "pelican.conf.py", "output", "https://a.org", False, "keep going", "afresh"),
        ),
        ("check", ("check", "pelican.conf.py", False)),
    ],
)
def test_command_asks_for_what_its_options_say(
    calls: list[tuple[object, ...]], arguments: str, call: tuple[object, ...]
) -> None:
    assert main(arguments.split()) == 0
    assert calls == [call]


def test_site_url_comes_from_the_environment(
    calls: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEURL", "https://fails.org")
    assert main(["build"]) == 1
    assert calls == [("build", "pelican.conf.py", "output", "https://fails.org", False)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "build --settings=other.py",
            "explainer build: no settings at other.py; name them with --settings FILE\n",
        ),
        (
            "publish --site-url=/news",
            (
                "explainer publish: publishing needs the whole address of the site, not '/news': "
                "set SITEURL=https://example.org/news\n"
            ),
        ),
        (
            "serve --port=99999",
            "explainer serve: port 99999: bind(): port must be 0-65535.; name another one\n",
        ),
        (
            "clean --output=.",
            "explainer clean: {here} cannot be the output: it holds the settings of a site\n",
        ),
    ],
    ids=["settings", "address", "port", "output"],
)
def test_command_that_cannot_work_says_why_in_a_line(
    calls: list[tuple[object, ...]],
    capsys: pytest.CaptureFixture[str],
    arguments: str,
    message: str,
) -> None:
    assert main(arguments.split()) == 2
    assert capsys.readouterr().err == message.format(here=Path.cwd())


def test_interruption_ends_quietly(
    calls: list[tuple[object, ...]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(preview_server, "serve_site", interrupt)
    monkeypatch.setattr(sys.modules["explainer.building"], "build_site", interrupt)
    assert (main(["build"]), main(["serve"])) == (130, 0)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        ("check", "text color=False\n"),
        ("check --format=github", "::error file=content/actors.yaml,line=3::unknown key\n"),
        ("check --format=json", '{"problems": []}\n'),
        ("empty", "content/articles/demo.md\n1 file removed.\n"),
        ("schemas", ".vscode/schemas/story.json\n"),
    ],
)
def test_command_prints_what_was_asked_for(
    calls: list[tuple[object, ...]],
    capsys: pytest.CaptureFixture[str],
    arguments: str,
    printed: str,
) -> None:
    assert main(arguments.split()) == 0
    assert capsys.readouterr().out == printed


def test_report_on_github_comes_with_annotations_and_a_summary(
    calls: list[tuple[object, ...]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert main(["check", "--strict"]) == 1
    assert capsys.readouterr().out == (
        "text color=False\n::error file=content/actors.yaml,line=3::unknown key\n"
    )
    assert Path("summary.md").read_text() == "## Report\n"


@pytest.mark.parametrize(
    ("environment", "on_terminal", "coloured"),
    [
        pytest.param({}, True, True, id="terminal"),
        pytest.param({}, False, False, id="file"),
        pytest.param({"TERM": "dumb"}, True, False, id="terminal without colours"),
        pytest.param({"NO_COLOR": "1"}, True, False, id="not wanted"),
        pytest.param({"NO_COLOR": ""}, True, True, id="empty says nothing"),
        pytest.param({"FORCE_COLOR": "1"}, False, True, id="wanted in a file"),
        pytest.param({"FORCE_COLOR": ""}, False, False, id="empty asks for nothing"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False, id="both"),
    ],
)
def test_report_is_coloured_where_it_is_seen_and_wanted(
    calls: list[tuple[object, ...]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    on_terminal: bool,
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: on_terminal)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"text color={coloured}\n"


def test_report_may_be_cut_off_by_who_reads_it(
    calls: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["check", "--strict"]) == 1
