"""What the commands do: check, build, empty, import. Runs Pelican where a site is built."""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import runpy
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .output import OutputError, staged_output, write_sums
from .problems import ContentError, Location, Problem, Report
from .published import LIST
from .settings import Settings, SettingsError

if TYPE_CHECKING:
    from .site import ReadSite
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
    from .generator import site_settings

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


def build_site(
    settings: Path,
    output: Path,
    *,
    site_url: str | None = None,
    strict: bool = False,
    keep_going: bool = False,
) -> Report:
    """Build the site beside the output and put it in its place when it is whole.

    Where the content has errors the report says so and the old output stays as it was; to keep
    going is to leave out what is wrong instead. Raises OutputError where the output may not be
    replaced.
    """
    from .editor import refresh_schemas

    folder = content_folder(settings, read_values(settings))
    sources = (settings.resolve(), folder.resolve())
    sites: list[ReadSite] = []
    try:
        with _collector_paused(), staged_output(output, sources=sources) as staging:
            report, pages = _run_pelican(
                settings, staging, site_url, strict=strict, keep_going=keep_going, sites=sites
            )
            write_sums(staging)
    except ContentError as error:
        return error.report
    except SettingsError as error:
        return settings_report(settings, error)
    finally:  # when the pages stand already: nobody waits for the schemas
        for site in sites:
            refresh_schemas(settings.parent, site)
    return replace(report, done=f"{pages} pages written to {_shown(output)}.")


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for cycles: all that a build makes lives until its end, so it only costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _shown(output: Path) -> str:
    with contextlib.suppress(ValueError):
        return str(output.resolve().relative_to(Path.cwd().resolve()))
    return str(output)


def _run_pelican(
    settings: Path,
    staging: Path,
    site_url: str | None,
    *,
    strict: bool,
    keep_going: bool,
    sites: list[ReadSite],
) -> tuple[Report, int]:
    """One run of Pelican into `staging`: the report, and how many pages were written.

    The content as it was read is added to `sites`, also where it has errors.
    """
    from pelican import Pelican
    from pelican.settings import read_settings as read_pelican_settings

    results: list[tuple[Report, int]] = []
    override: dict[str, Any] = {
        "OUTPUT_PATH": str(staging),
        "DELETE_OUTPUT_DIRECTORY": False,
        "EXPLAINER_STRICT": strict,
        "EXPLAINER_READ": sites.append,
        "EXPLAINER_KEEP_GOING": keep_going,
        # Tonight's news goes out even where that takes something away for a day.
        "EXPLAINER_PUBLISHED": settings.parent / LIST if strict and not keep_going else None,
        "EXPLAINER_ANNOUNCE": lambda report, pages: results.append((report, pages)),
    }
    if site_url is not None:
        override["SITEURL"] = site_url
    with _quiet_pelican() as complaints:
        values = read_pelican_settings(path=str(settings), override=override)
        Pelican(values).run()
    if not results:
        said = "; ".join(complaints) or "is 'explainer' in PLUGINS?"
        raise OutputError(f"Pelican did not run the plugin: {said}")
    return results[0]


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
    problem = Problem("bad-setting", Location(settings.name), str(error))
    return Report((problem,))
