"""The command line: `explainer build`, `check`, `serve`, `publish`, `clean`, `empty`, `from-issue`.

Exit codes: 0 all is well, 1 problems in the content, 2 called in a way that cannot work.
Everything that takes time to import is imported by the command that needs it.
"""

import argparse
import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .output import OutputError, clean_output
from .serving import ServingError, read_site_url

if TYPE_CHECKING:
    from .building import Report

OK, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130


class UsageError(Exception):
    """The command cannot work as called; the text is one line for the person at the terminal."""


def run() -> None:
    """Do what the command line of this process says, and end the process."""
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code; what the user needs to know is printed.

    Problems in content, an output that cannot be written and an interruption print no traceback;
    an error of the program does.
    """
    _never_fail_to_print()
    options = _parser().parse_args(arguments)
    try:
        return _run_command(options)
    except (OutputError, ServingError, UsageError) as error:
        print(f"explainer {options.command}: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return OK if options.command == "serve" else INTERRUPTED


# ---- options


def _parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(prog="explainer", description=__doc__)
    parser.description = "Turns articles and annotations into a static explainer."
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = _add_command(commands, "build", "build the site")
    check = _add_command(commands, "check", "say what is wrong with the content; write nothing")
    serve = _add_command(commands, "serve", "show the site, anew on every change; write nothing")
    publish = _add_command(commands, "publish", "build what goes online; warnings are errors")
    clean = _add_command(commands, "clean", "remove the built site")
    _add_command(commands, "empty", "take the demo content away")
    issue = _add_command(commands, "from-issue", "turn an issue of the form into an event's lines")
    # Read as data: no text of an issue ever stands in a command line.
    issue.add_argument("--event", type=Path, required=True, metavar="FILE", help="GitHub's event")
    issue.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="what to write")
    for command in (build, publish, clean):
        _add_output(command)
    for command in (build, serve, publish):
        _add_site_url(command)
    for command in (build, check):
        command.add_argument("--strict", action="store_true", help="warnings are errors")
    check.add_argument("--format", choices=("text", "github", "json"), default="text")
    # As text, so that argparse checks the environment's value like one that was typed.
    port = os.environ.get("PORT") or "8000"
    serve.add_argument("--port", type=int, default=port, help="default: PORT, else 8000")
    serve.add_argument(
        "--editor-url",
        metavar="URL",
        default=os.environ.get("EDITOR_URL") or "",
        help="where pages lead to edit a record: vscode://file{path}:{line} (default: EDITOR_URL)",
    )
    return parser


def _add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    """Add a command with the option that all of them have."""
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument(
        "--settings",
        type=Path,
        default=Path("pelican.conf.py"),
        metavar="FILE",
        help="the site's settings (default: %(default)s)",
    )
    return command


def _add_output(command: argparse.ArgumentParser) -> None:
    """Add where the site is built."""
    command.add_argument(
        "--output", type=Path, metavar="FOLDER", help="default: output, beside the settings"
    )


def _add_site_url(command: argparse.ArgumentParser) -> None:
    """Add where the site will be; an empty variable counts as none."""
    command.add_argument(
        "--site-url",
        metavar="URL",
        default=os.environ.get("SITEURL") or None,
        help="where the site will be (default: SITEURL, else what the settings say)",
    )


def _settings(options: argparse.Namespace) -> Path:
    """The settings file; raises UsageError where there is none."""
    settings: Path = options.settings
    if not settings.is_file():
        raise UsageError(f"no settings at {settings}; name them with --settings FILE")
    return settings


def _output(options: argparse.Namespace) -> Path:
    """The output folder."""
    output: Path | None = options.output
    return output if output is not None else options.settings.parent / "output"


def _public_url(options: argparse.Namespace, settings: Path) -> str:
    """The address to publish under; raises UsageError unless it is a whole one."""
    url: str = options.site_url or read_site_url(settings)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"publishing needs the whole address of the site, not {url!r}: "
            "set SITEURL=https://example.org/news"
        )
    return url.rstrip("/")


# ---- commands


def _run_command(options: argparse.Namespace) -> int:
    """Do what one parsed command line says."""
    settings = _settings(options)
    match options.command:
        case "build":
            return _build(options, settings, options.site_url, strict=options.strict)
        case "publish":
            return _build(options, settings, _public_url(options, settings), strict=True)
        case "check":
            return _check(options, settings)
        case "serve":
            return _serve(options, settings)
        case "clean":
            clean_output(_output(options))
            return OK
        case "from-issue":
            return _from_issue(options, settings)
        case _:
            return _empty(settings)


def _build(
    options: argparse.Namespace, settings: Path, site_url: str | None, *, strict: bool
) -> int:
    """Build the site and report."""
    from .building import build_site

    report = build_site(settings, _output(options), site_url=site_url, strict=strict)
    return _print_report(report, "text", os.environ)


def _check(options: argparse.Namespace, settings: Path) -> int:
    """Check the content and report in the form asked for."""
    from .building import check_site

    return _print_report(check_site(settings, strict=options.strict), options.format, os.environ)


def _serve(options: argparse.Namespace, settings: Path) -> int:
    """Serve until interrupted."""
    from .preview_server import serve_site

    site_url = options.site_url or read_site_url(settings)
    serve_site(settings, site_url=site_url, port=options.port, editor_address=options.editor_url)
    return OK


def _from_issue(options: argparse.Namespace, settings: Path) -> int:
    """Write what an issue comes to.

    Nothing of the message is printed: GitHub takes lines of a log for commands.
    """
    from .building import propose_from_issue

    is_good = propose_from_issue(settings, options.event, options.into)
    outcome = "an event, and its file" if is_good else "no event, and an answer that says why"
    print(f"The issue gives {outcome}: {options.into}")
    return OK if is_good else PROBLEMS


def _empty(settings: Path) -> int:
    """Take the demo content away, and name the files."""
    from .building import empty_site

    removed = empty_site(settings)
    for path in removed:
        print(path)
    print("1 file removed." if len(removed) == 1 else f"{len(removed)} files removed.")
    return OK


# ---- what is printed


def _print_report(report: "Report", form: str, environment: Mapping[str, str]) -> int:
    """Print a report and return the exit code.

    On GitHub a report for people comes with annotations, which the site shows in the lines of a
    pull request, and every report is added to the summary of the run.
    """
    on_github = environment.get("GITHUB_ACTIONS") == "true"
    if form == "text":
        _print_text(report.text(_wants_colour(environment)))
    if form == "json":
        _print_text(report.json())
    if form == "github" or (form == "text" and on_github):
        _print_text(report.github())
    summary = environment.get("GITHUB_STEP_SUMMARY")
    if on_github and summary:
        with open(summary, "a", encoding="utf-8", newline="\n") as file:
            file.write(report.markdown().rstrip("\n") + "\n")
    return PROBLEMS if report.failed else OK


def _print_text(text: str) -> None:
    """Print text with one line end, and nothing at all for an empty text."""
    if text.strip():
        print(text.rstrip("\n"), flush=True)


def _wants_colour(environment: Mapping[str, str]) -> bool:
    """Whether the terminal shows colours and the user wants them (no-color.org)."""
    wanted = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()


def _never_fail_to_print() -> None:
    """Have signs that the terminal's encoding lacks printed as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
