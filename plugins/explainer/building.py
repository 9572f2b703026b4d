"""What the commands do: check, build, empty, import. Runs Pelican where a site is built."""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import re
import runpy
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .build_state import (
    KeptBuild,
    ReadingFile,
    build_key,
    forget_kept,
    identity,
    inputs_digest,
    open_reading,
    output_files,
    program_key,
    read_kept,
    read_state,
    write_kept,
)
from .output import OutputError, staged_output, write_sums
from .problems import ContentError, Location, Problem, Report
from .progress import Progress
from .published import LIST
from .settings import Settings, SettingsError, site_settings

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from mmap import mmap

    from .incremental import KnownReading
    from .site import ReadSite
    from .site_writing import OldBuild, WrittenSite
    from .starting import Start

__all__ = [
    "Report",
    "build_site",
    "check_site",
    "empty_site",
    "explain_site",
    "import_file",
    "propose_from_issue",
    "read_content",
    "site_settings_of",
    "start_record",
    "write_site_schemas",
]


def check_site(settings: Path, *, strict: bool = False) -> Report:
    """Everything that is wrong with the content; Pelican is not run, and no page is written."""
    from .editor import refresh_schemas

    try:
        _, site = read_content(settings, strict=strict)
    except ContentError as error:
        return error.report
    refresh_schemas(settings.parent, site)
    done = f"{len(site.loaded.files)} files read"
    return replace(
        site.report,
        done=f"{done}: nothing to mend." if not site.report.problems else f"{done}.",
        consequence="nothing was written",
    )


def write_site_schemas(settings: Path) -> list[Path]:
    """Write the JSON Schemas that complete this site's YAML; raises OutputError where it cannot.

    What is wrong with the content is not looked at: it is mended with the schemas at hand.
    """
    from .editor import write_schemas

    try:
        return write_schemas(settings.parent, read_content(settings)[1])
    except OSError as error:
        raise OutputError(f"the schemas cannot be written: {error}") from error


def read_content(settings: Path, *, strict: bool = False) -> tuple[Path, ReadSite]:
    """The content folder of a site and what it holds; raises ContentError for bad settings."""
    from .site import read_site

    ours = site_settings_of(settings)
    folder = content_folder(settings, read_values(settings))
    return folder, read_site(folder, ours, name=folder.name, strict=strict)


def site_settings_of(settings: Path) -> Settings:
    """The settings in a file; raises ContentError where one cannot be used."""
    try:
        return site_settings(read_values(settings), os.environ)
    except SettingsError as error:
        raise ContentError(settings_report(settings, error)) from None


def explain_site(settings: Path, own: str, other: str) -> str:
    """Why an article is recommended under another.

    Raises UnknownArticleError, and ContentError where the content has errors.
    """
    from .why import explain_recommendation

    _, site = read_content(settings)
    if site.report.errors:
        raise ContentError(site.report)
    return explain_recommendation(site.graph, site_settings_of(settings), own, other)


def start_record(
    settings: Path, command: str, given: Mapping[str, str], ask: Callable[[str], str] | None
) -> list[Start]:
    """Write a starting point (`starting.py`); raises StartError, ContentError or OutputError."""
    from .starting import Newsroom, make_start

    ours = site_settings_of(settings)
    folder, site = read_content(settings)
    try:
        return make_start(Newsroom(settings.parent, folder, site, ours), command, given, ask)
    except OSError as error:
        raise OutputError(f"nothing could be written: {error}") from error


def propose_from_issue(settings: Path, event: Path, into: Path) -> bool:
    """Write what an issue of the form "Add an event" comes to into a folder; whether it is good.

    `event` is the file of GitHub's event. `into` gets `message.md`, and where all is well the file
    that is to be replaced, below the name of the content folder. The content stays as it is.
    """
    from .issue_form import propose_event
    from .load import load_content

    folder = content_folder(settings, read_values(settings))
    payload = json.loads(event.read_text(encoding="utf-8"))
    ours = site_settings_of(settings)
    loaded = load_content(folder, folder.name, ours.limits)
    proposal = propose_event(payload, loaded, ours, name=folder.name)
    into.mkdir(parents=True, exist_ok=True)
    (into / "message.md").write_text(proposal.message, encoding="utf-8", newline="")
    if proposal.path is not None:
        file = into / folder.name / proposal.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(proposal.text, encoding="utf-8", newline="")
    return proposal.is_good


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles: all that a build makes lives until its end, so it only costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@collector_paused()
def build_site(
    settings: Path,
    output: Path,
    *,
    site_url: str | None = None,
    strict: bool = False,
    keep_going: bool = False,
    afresh: bool = False,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    left: list[object] | None = None,
) -> Report:
    """Build the site beside the output and put it in its place when it is whole.

    Where the content has errors the report says so and the old output stays as it was; to keep
    going is to leave out what is wrong instead. Pages that would be the same again are taken over
    from the output, unless all is to be made `afresh`; the others are made by an `executor`, or by
    so many processes of our own, as many as there are cores if nothing is said (`workers.py`). The
    result is the same to the last byte. `progress` is told what is being done.
    What was made on the way is put into `left`: a process that ends need not take it apart first.
    Raises OutputError where the output may not be replaced.
    """
    from .editor import refresh_schemas

    values = read_values(settings)
    if site_url is not None:
        values["SITEURL"] = site_url
    folder = content_folder(settings, values)
    sites: list[ReadSite] = []
    build: _Build | None = None
    progress = progress or Progress()
    try:
        progress.begin("looking for what has changed")
        build = _Build(settings, values, output, strict=strict, keep_going=keep_going)
        if left is not None:
            left += (build, sites)
        if not afresh and (report := build.unchanged()) is not None:
            return report
        with staged_output(output, sources=(settings.resolve(), folder.resolve())) as staging:
            report, written = build.run(
                staging,
                sites.append,
                progress,
                afresh=afresh,
                executor=executor,
                workers=workers,
            )
            progress.begin("putting it in place")
            write_sums(staging, written.sums)
        progress.begin("keeping what is known")
        build.keep(report, written)
    except ContentError as error:
        return error.report
    except SettingsError as error:
        return settings_report(settings, error)
    finally:  # when the pages stand already: nobody waits for the schemas
        progress.close()
        if build is not None:
            build.end()
        for site in sites:
            refresh_schemas(settings.parent, site)
    return replace(report, done=_done(written, output))


def _done(written: WrittenSite, output: Path) -> str:
    pages, shown = len(written.records), _shown(output)
    if written.made == pages:
        return f"{pages} pages written to {shown}."
    return f"{written.made} of {pages} pages made anew in {shown}."


class _Build:
    """One build of a site, with what the last one left."""

    def __init__(
        self,
        settings: Path,
        values: Mapping[str, Any],
        output: Path,
        *,
        strict: bool,
        keep_going: bool,
    ) -> None:
        self._settings = settings
        self._values = values
        self._output = output
        self._strict = strict
        self._keep_going = keep_going
        # Another plugin may show what it likes, and wants to be told of every page.
        self._is_alone = values.get("PLUGINS") == ["explainer"] and values.get(
            "EXPLAINER_OWN_PAGES", True
        )
        self._key = self._inputs = self._program = ""
        self._kept: KeptBuild | None = None
        self._identity: object = None
        self._reading: ReadingFile | None = None
        self._read_before: mmap | None = None
        if self._is_alone and not keep_going:
            self._program = program_key()
            self._key = self._find_key()
            self._inputs = self._digest()
            self._identity = identity(output)
            self._kept = read_kept(output)

    def _find_key(self) -> str:
        ours = site_settings(self._values, os.environ)
        theme = self._settings.parent / str(self._values.get("THEME", "theme"))
        return build_key(self._program, ours, theme)

    def _digest(self) -> str:
        """Of all that the build is made of, as it is now; empty where something cannot be read."""
        content = content_folder(self._settings, dict(self._values))
        published = self._published()
        try:
            before = published.read_bytes() if published and published.is_file() else b""
            return inputs_digest(f"{self._key} {self._strict} {before!r}", content)
        except OSError:
            return ""

    def _published(self) -> Path | None:
        """The list of what must not be gone, where the build is held to it."""
        # Tonight's news goes out even where that takes something away for a day.
        return self._settings.parent / LIST if self._strict and not self._keep_going else None

    def unchanged(self) -> Report | None:
        """The report of a build that would change nothing and have nothing to say; else None."""
        kept = self._kept
        if kept is None or not kept.was_silent:
            return None
        if not self._inputs or kept.inputs != self._inputs:
            return None
        done = f"Nothing has changed: {kept.pages} pages in {_shown(self._output)}."
        return Report((), done=done)

    def run(
        self,
        staging: Path,
        has_read: Callable[[ReadSite], None],
        progress: Progress,
        *,
        afresh: bool,
        executor: Executor | None,
        workers: int | None,
    ) -> tuple[Report, WrittenSite]:
        """Run Pelican into `staging`: the report, and what was written.

        The content as it was read is told to `has_read`, also where it has errors.
        """
        progress.begin("starting Pelican")
        from pelican import Pelican
        from pelican.settings import read_settings as read_pelican_settings

        from . import generator  # noqa: F401 - with all that pages are made of
        from .workers import default_workers

        results: list[tuple[Report, WrittenSite]] = []
        override: dict[str, Any] = {
            "OUTPUT_PATH": str(staging),
            "DELETE_OUTPUT_DIRECTORY": False,
            "EXPLAINER_ALONE": self._is_alone,
            "EXPLAINER_STRICT": self._strict,
            "EXPLAINER_READ": has_read,
            "EXPLAINER_KEEP_GOING": self._keep_going,
            "EXPLAINER_KEY": self._key,
            "EXPLAINER_PROGRESS": progress,
            "EXPLAINER_EXECUTOR": executor,
            "EXPLAINER_WORKERS": default_workers() if workers is None else workers,
            "EXPLAINER_OLD": None if afresh else self._old(),
            "EXPLAINER_KNOWN": self._known_reading(afresh=afresh),
            "EXPLAINER_PUBLISHED": self._published(),
            "EXPLAINER_ANNOUNCE": lambda report, written: results.append((report, written)),
            "SITEURL": self._values.get("SITEURL", ""),
        }
        with _quiet_pelican() as complaints, _lost_process():
            values = read_pelican_settings(path=str(self._settings), override=override)
            self._pelican = Pelican(values)
            self._pelican.run()
        if not results:
            said = "; ".join(complaints) or "is 'explainer' in PLUGINS?"
            raise OutputError(f"Pelican did not run the plugin: {said}")
        return results[0]

    def _old(self) -> OldBuild | None:
        """The last build, where pages can be taken over from it."""
        if self._kept is None or self._kept.key != self._key:
            return None
        # Looked at again behind the lock: another build may have ended since it was read.
        if identity(self._output) != self._identity:
            return None
        from .incremental import state_from_json
        from .site_writing import OldBuild

        kept = read_state(self._output, self._kept)
        if kept is None:
            return None
        try:
            state = state_from_json(json.loads(kept))
        except (ValueError, TypeError, KeyError, IndexError):
            return None
        return OldBuild(state, self._output.resolve())

    def _known_reading(self, *, afresh: bool) -> KnownReading:
        """What was made of each article in the last build, if the program is the same."""
        from .incremental import KnownReading

        if self._kept is not None and self._kept.program == self._program and not afresh:
            self._read_before = open_reading(self._output, self._kept)
        if self._program:
            self._reading = ReadingFile(self._output)
            return KnownReading(self._read_before or b"", self._reading.write)
        return KnownReading()

    def keep(self, report: Report, written: WrittenSite) -> None:
        """Keep what the next build wants to know beside the output."""
        # A theme that was saved meanwhile is in some pages and not in others.
        if written.state is None or self._find_key() != self._key:
            forget_kept(self._output)
            return
        from .incremental import state_to_json

        if self._read_before is not None:  # some systems replace no file that is open
            self._read_before.close()
        reading = self._reading.keep() if self._reading is not None else ""

        # What was saved while the build was reading may be in some pages and not in others.
        inputs = self._inputs if self._digest() == self._inputs else ""
        kept = KeptBuild(
            self._key,
            inputs,
            output_files(self._output),
            len(written.records),
            not report.problems,
            self._program,
            reading=reading,
        )
        state = json.dumps(state_to_json(written.state), separators=(",", ":"))
        write_kept(self._output, kept, state)

    def end(self) -> None:
        """Leave nothing behind that was not kept."""
        if self._reading is not None:
            self._reading.discard()


def _shown(output: Path) -> str:
    with contextlib.suppress(ValueError):
        return str(output.resolve().relative_to(Path.cwd().resolve()))
    return str(output)


@contextlib.contextmanager
def _lost_process() -> Iterator[None]:
    """The end of one of our processes, which is nobody's mistake in the program, in one line."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool as error:
        raise OutputError(
            "a process that made pages was ended by the system, perhaps for want of memory; "
            "the old output stays. WORKERS=1 makes them in one process"
        ) from error


@contextlib.contextmanager
def _quiet_pelican() -> Iterator[list[str]]:
    """Pelican without its progress and its log; yields what it complained of."""
    from pelican.log import console

    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(record.getMessage())

    log = logging.getLogger()
    listener = Listener(logging.ERROR)
    log.addHandler(listener)
    before, console.quiet = console.quiet, True
    try:
        yield complaints
    finally:
        console.quiet = before
        log.removeHandler(listener)


def empty_site(settings: Path) -> list[Path]:
    """Take the demo's content away and leave a site that builds; gives what was removed.

    The static pages stay: they are a start for one's own. Pictures stay too.
    """
    folder = content_folder(settings, read_values(settings))
    removed = []
    for name in ("articles", "stories", "actors"):
        for path in sorted((folder / name).glob("*")):
            path.unlink() if path.is_file() else shutil.rmtree(path)
            removed.append(path)
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / ".gitkeep").write_text("", encoding="utf-8")
    for name in ("actors.yaml", "places.yaml", "terms.yaml", "issues.yaml", "redirects.yaml"):
        path = folder / name
        if path.is_file():
            path.unlink()
            removed.append(path)
    return removed


def import_file(settings: Path, file: Path, choices: Mapping[str, str]) -> Report:
    """Make an article and briefs of a raw one; `choices` is what an editor decided, by its name."""
    from .importing.command import Choices, import_article

    try:
        ours = site_settings_of(settings)
    except ContentError as error:
        return error.report
    folder = content_folder(settings, read_values(settings))
    return import_article(file, folder, ours, Choices.from_texts(choices))


def read_values(settings: Path) -> dict[str, Any]:
    """The upper-case names of a settings file."""
    return {k: v for k, v in runpy.run_path(str(settings)).items() if k.isupper()}


def content_folder(settings: Path, values: dict[str, Any]) -> Path:
    """Where the content of a site lies."""
    return settings.parent / str(values.get("PATH", "content"))


def settings_report(settings: Path, error: SettingsError) -> Report:
    """A report that says what is wrong with the settings."""
    place, texts = Location(settings.name), {}
    if error.text and settings.is_file():
        whole = settings.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(whole.split("\n"), 1):
            found = re.search(rf"(?<=[\"']){re.escape(error.text)}(?=[\"'])", line)
            if found:
                texts = {settings.name: whole}
                place = Location(settings.name, number, found.start() + 1, len(error.text))
                break
    problem = Problem("bad-setting", place, str(error), error.hints)
    return Report((problem,), texts)
