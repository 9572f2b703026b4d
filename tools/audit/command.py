"""The command: builds the sites, measures part by part, prints the tables, and what fails.

    python -m tools.audit [--only bytes,text] [--story moon-race]

The exit code is 1 where a gate does not hold, or a part could not be measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import ARGUMENTS, HOW_TO_GET_ONE, find_chromium

from . import npm
from .accessibility import measure_accessibility
from .gates import Figure, failing, gate_of, story_table
from .html_checker import Checked, check_html
from .keyboard import measure_keyboard
from .lighthouse import KindScores, kinds_table, measure_kind, measure_story
from .reading import measure_reading
from .sites import AuditError, BuiltSite, build_demo, build_generated, served
from .speed import measure_speed
from .subjects import DEMO, GENERATED, Subject, find_kinds, find_subjects
from .transfer import measure_transfer

Measuring = Callable[[Browser, Subject, str], Iterator[Figure]]

#: What a browser alone measures of a story, by the part's name.
IN_BROWSER: Mapping[str, Measuring] = {
    "bytes": measure_transfer,
    "text": measure_reading,
    "axe": measure_accessibility,
    "keyboard": measure_keyboard,
    "speed": measure_speed,
}
PARTS = (*IN_BROWSER, "lighthouse", "html", "editor")
#: What is measured of the odd stories too: what can break, not what takes long.
FOR_EDGES = ("bytes", "text", "axe", "keyboard")


@dataclass
class Findings:
    """All that was found, as it comes in."""

    figures: list[Figure] = field(default_factory=list)
    kinds: list[KindScores] = field(default_factory=list)
    html: dict[str, Checked] = field(default_factory=dict)
    editor_said: str = ""
    """What the editor's audit printed, where it found something."""
    not_measured: list[str] = field(default_factory=list)

    @property
    def fails(self) -> bool:
        """Whether a gate does not hold, or something could not be looked at."""
        wrong_html = any(checked.errors for checked in self.html.values())
        low = any(one.failing for one in self.kinds)
        wrong = self.not_measured or self.editor_said or wrong_html or low
        return bool(wrong or failing(self.figures))


def main(arguments: Sequence[str]) -> int:
    """Audit, print what was found and return the exit code."""
    options = _options(arguments)
    chromium = find_chromium()
    if chromium is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 1
    try:
        subjects, findings, browser_version = _audit(options, chromium)
    except AuditError as error:
        print(error, file=sys.stderr)
        return 1
    _print(subjects, findings, browser_version)
    return 1 if findings.fails else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.audit", description=__doc__)
    parser.description = "Measures what a reader gets, and holds it against the gates."
    parser.add_argument(
        "--only",
        type=_parts,
        default=list(PARTS),
        metavar="PART,...",
        help=f"some parts alone: {', '.join(PARTS)}",
    )
    parser.add_argument(
        "--story", action="append", default=[], metavar="ID", help="some stories alone; may repeat"
    )
    return parser.parse_args(arguments)


def _parts(text: str) -> list[str]:
    parts = text.split(",")
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    return parts


def _audit(options: argparse.Namespace, chromium: str) -> tuple[list[Subject], Findings, str]:
    """Build, serve and measure."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _say("building the demo and the generated site")
        sites = {DEMO: build_demo(folder), GENERATED: build_generated(folder)}
        urls = {name: stack.enter_context(served(site.folder)) for name, site in sites.items()}
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        stack.callback(browser.close)
        subjects = _chosen(find_subjects(sites), options.story)
        run = _Run(chromium, browser, sites, urls, subjects, with_kinds=not options.story)
        for part in options.only:
            run.measure(part)
        return subjects, run.findings, browser.version


def _chosen(subjects: Sequence[Subject], wanted: Sequence[str]) -> list[Subject]:
    known = [subject.id for subject in subjects]
    for story in wanted:
        if story not in known:
            raise AuditError(f"There is no story {story!r}; there are {', '.join(known)}")
    return [subject for subject in subjects if not wanted or subject.id in wanted]


@dataclass
class _Run:
    """One audit: where everything is, and what has been found so far."""

    chromium: str
    browser: Browser
    sites: Mapping[str, BuiltSite]
    urls: Mapping[str, str]
    subjects: Sequence[Subject]
    with_kinds: bool
    findings: Findings = field(default_factory=Findings)

    def measure(self, part: str) -> None:
        """Measure one part; what it lacks is said, and the other parts go on."""
        start = time.monotonic()
        try:
            if part == "lighthouse":
                self._lighthouse()
            elif part == "html":
                self._html()
            elif part == "editor":
                self._editor()
            else:
                self._in_browser(part)
        except AuditError as error:
            self.findings.not_measured.append(f"{part}: {error}")
        _say(f"{part}: {time.monotonic() - start:.0f} s")

    def _in_browser(self, part: str) -> None:
        for subject in self.subjects:
            if part in FOR_EDGES or not subject.is_edge:
                _say(f"{part}: {subject.id}")
                self.findings.figures += IN_BROWSER[part](self.browser, subject, self._url(subject))

    def _lighthouse(self) -> None:
        for subject in self.subjects:
            if not subject.is_edge:
                _say(f"lighthouse: {subject.id}")
                self.findings.figures += measure_story(self.chromium, subject, self._url(subject))
        for kind in find_kinds(self.sites[DEMO]) if self.with_kinds else ():
            _say(f"lighthouse: {kind.kind}")
            url = self.urls[DEMO] + kind.path
            self.findings.kinds.append(measure_kind(self.chromium, kind, url))

    def _html(self) -> None:
        for name, site in self.sites.items():
            self.findings.html[name] = check_html(site.folder)

    def _editor(self) -> None:
        """What VS Code's language server says; a program of its own, which installs its Node."""
        command = [sys.executable, "-m", "tools.editor_audit"]
        paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
        ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **paths})
        _say(ran.stdout.strip().rpartition("\n")[2])
        if ran.returncode:
            self.findings.editor_said = f"{ran.stdout}{ran.stderr}".strip()

    def _url(self, subject: Subject) -> str:
        return self.urls[subject.site] + subject.path


def _say(text: str) -> None:
    """How far it is, beside what is printed as the result."""
    print(f"audit: {text}", file=sys.stderr, flush=True)


# ---- what is printed


def _print(subjects: Sequence[Subject], findings: Findings, browser_version: str) -> None:
    print(_versions(browser_version))
    long = [subject for subject in subjects if not subject.is_edge]
    edges = [subject for subject in subjects if subject.is_edge]
    for some in (long, edges):
        ids = {subject.id for subject in some}
        figures = [figure for figure in findings.figures if figure.subject in ids]
        if figures:
            print(f"\n{story_table(some, figures)}")
    if findings.kinds:
        print(f"\n{kinds_table(findings.kinds)}")
    print()
    for line in _failures(findings):
        print(line)
    print("A gate does not hold." if findings.fails else "Every gate holds.")


def _versions(browser_version: str) -> str:
    """The day, and with what it was measured."""
    axe = re.search(r"axe v([\d.]+)", AXE_SCRIPT)
    tools = {
        "Chromium": browser_version,
        "axe": axe[1] if axe else "unknown",
        "Lighthouse": npm.version("lighthouse"),
        "Nu HTML checker": npm.version("vnu-jar"),
        "Python": platform.python_version(),
    }
    said = ", ".join(f"{name} {version}" for name, version in tools.items())
    return f"{dt.datetime.now(dt.UTC).date()}: {said}"


def _failures(findings: Findings) -> Iterator[str]:
    """What fails, each with what is known of its cause; and the checker's warnings."""
    yield from (f"Not measured: {said}" for said in findings.not_measured)
    for figure in failing(findings.figures):
        yield f"{figure.subject}: {figure.measure} is {figure.value:,g}, {_allowed(figure)}"
        yield from (f"    {line}" for line in figure.details)
    for one in findings.kinds:
        if one.failing:
            yield f"{one.kind.path or '/'}: {', '.join(one.failing)}"
            yield from (f"    {line}" for line in one.scores.complaints)
    if findings.editor_said:
        yield f"The YAML language server: {findings.editor_said}"
    for site, checked in findings.html.items():
        yield from (f"{site}/{finding}" for finding in checked.findings)
        yield f"{site}: {checked.errors} errors in HTML, CSS and SVG"


def _allowed(figure: Figure) -> str:
    gate = gate_of(figure)
    assert gate is not None
    return f"{'at least' if gate.is_least else 'at most'} {gate.limit:,g} is allowed"
