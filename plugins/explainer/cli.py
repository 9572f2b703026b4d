"""The command line: `explainer build`, `check`, `serve`, `publish` and more; `--help` lists all.

Exit codes: 0 all is well, 1 problems in the content, 2 called in a way that cannot work.
Everything that takes time to import is imported by the command that needs it.
"""

import argparse
import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .output import OutputError, clean_output

if TYPE_CHECKING:
    from .building import Report

#: The commands that make a starting point, with what can be said of it.
STARTS: Mapping[str, tuple[str, ...]] = {
    "new-story": ("title", "id"),
    "new-article": ("title", "story", "date", "id"),
    "new-actor": ("name", "kind", "id"),
    "new-event": ("title", "article", "date", "id"),
}

OK, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130


class UsageError(Exception):
    """The command cannot work as called; the text is one line for the person at the terminal."""


#: What a build made, where the process ends with the command (`run`): to take it apart, and to look
#: for circles in it, would take longer than a small build does.
_LEFT: list[object] | None = None


def run() -> None:
    """Do what the command line of this process says, and end the process."""
    global _LEFT
    _LEFT = []
    code = main()
    if _LEFT:
        with suppress(OSError, ValueError):  # who reads may have gone: Python itself deals with it
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code; what the user needs to know is printed.

    Problems in content, an output that cannot be written and an interruption print no traceback;
    an error of the program does.
    """
    _never_fail_to_print()
    options = _parser().parse_args(arguments)
    try:
        return _run_command(options)
    except (OutputError, UsageError) as error:
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
    why = _add_command(commands, "why", "explain why an article is recommended under another")
    why.add_argument("article", metavar="A", help="the article on whose page the card is")
    why.add_argument("other", metavar="B", help="the article that the card leads to")
    _add_command(commands, "schemas", "write what completes the YAML in editors' programs")
    for name, options in STARTS.items():
        start = _add_command(
            commands, name, f"write {name.replace('new-', 'a new ')} to begin with"
        )
        for option in options:
            start.add_argument(f"--{option}", default="", metavar="TEXT")
    _add_import_options(
        _add_command(commands, "import", "make an article of a pasted or saved one")
    )
    reanchor = _add_command(commands, "reanchor", "find passages that an article no longer has")
    accept = os.environ.get("ACCEPT", "")
    reanchor.add_argument("--accept", default=accept, metavar="ID", help="a record's id, or all")
    rename = _add_command(commands, "rename", "change an id everywhere it stands")
    for name, text in (("id", "the id"), ("to", "what it becomes"), ("kind", "of what it is one")):
        default = os.environ.get(name.upper(), "")
        rename.add_argument(f"--{name}", default=default, help=f"{text} (default: {name.upper()})")
    rename.add_argument(
        "--dry-run",
        action="store_true",
        default=bool(os.environ.get("DRY_RUN")),
        help="say what would change, and write nothing",
    )
    report = _add_command(commands, "report", "list what the annotations do not cover")
    days = os.environ.get("DAYS") or "30"
    report.add_argument("--days", type=int, default=days, help="default: DAYS, else 30")
    report.add_argument("--page", metavar="CSS", help="as a page with the style sheet at CSS")
    draft = _add_command(commands, "draft", "propose annotations of an article")
    draft.add_argument("article", metavar="ARTICLE", help="its file's name without .md")
    draft.add_argument("--reference", default="", metavar="DATE", help="what dates count from")
    evaluate = _add_command(commands, "evaluate-draft", "measure drafts on labelled articles")
    evaluate.add_argument("data", type=Path, metavar="FILE", help="labelled articles, JSON Lines")
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
    for command in (build, publish):
        _add_build_options(command, afresh=command is publish)
    publish.add_argument(
        "--keep-going", action="store_true", help="leave out the records that are wrong"
    )
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


def _add_import_options(command: argparse.ArgumentParser) -> None:
    """Add what to import and what an editor decides about it; make hands it on in variables."""
    of = os.environ.get
    command.add_argument("file", nargs="?", default=of("FILE"), metavar="FILE", help="text or HTML")
    for name, variable, text in (
        ("--id", "ID", "the article's id; default: the first six words of the headline"),
        ("--briefs", "BRIEFS", "the briefs' ids, in their order, with commas between; or none"),
        ("--date", "DATE", "when it was published"),
        ("--written", "WRITTEN", "when it was written, if that is not when it was published"),
        ("--title", "TITLE", "the headline"),
        ("--authors", "AUTHORS", "names, with commas between"),
        ("--summary", "SUMMARY", "one or two sentences for cards and search engines"),
        ("--story", "STORY", "the id of its story"),
        ("--tags", "TAGS", "words, with commas between"),
    ):
        command.add_argument(
            name, default=of(variable, ""), metavar=variable, help=f"{text} (default: {variable})"
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
    from .serving import read_site_url

    url: str = options.site_url or read_site_url(settings)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"publishing needs the whole address of the site, not {url!r}: "
            "set SITEURL=https://example.org/news"
        )
    return url.rstrip("/")


def _add_build_options(command: argparse.ArgumentParser, *, afresh: bool) -> None:
    """How a site is built. What goes online is made afresh: nothing is taken over."""
    if afresh:
        command.set_defaults(afresh=True)
    else:
        command.add_argument(
            "--afresh",
            action="store_true",
            default=bool(os.environ.get("AFRESH")),
            help="make every page, also those that would be the same again",
        )
    command.add_argument(
        "--profile",
        action="store_true",
        default=bool(os.environ.get("PROFILE")),
        help="say which stage took how long",
    )
    command.add_argument(
        "--workers",
        type=int,
        default=os.environ.get("WORKERS") or None,
        metavar="N",
        help="how many processes make the pages (as many as there are cores)",
    )


# ---- commands


def _run_command(options: argparse.Namespace) -> int:
    """Do what one parsed command line says."""
    if options.command == "evaluate-draft":
        return _evaluate_draft(options.data)
    settings = _settings(options)
    match options.command:
        case "build":
            return _build(options, settings, options.site_url, strict=options.strict)
        case "publish":
            return _build(
                options,
                settings,
                _public_url(options, settings),
                strict=not options.keep_going,
                keep_going=options.keep_going,
            )
        case "check":
            return _check(options, settings)
        case "serve":
            return _serve(options, settings)
        case "draft":
            return _draft(settings, options.article, options.reference)
        case "clean":
            from .build_state import forget_kept

            clean_output(_output(options))
            forget_kept(_output(options))
            return OK
        case "why":
            return _why(settings, options.article, options.other)
        case "schemas":
            return _write_schemas(settings)
        case name if name in STARTS:
            return _start(options, settings)
        case "import":
            return _import(options, settings)
        case "reanchor":
            return _reanchor(options, settings)
        case "rename":
            return _rename(options, settings)
        case "report":
            return _report(options, settings)
        case "from-issue":
            return _from_issue(options, settings)
        case _:
            return _empty(settings)


def _build(
    options: argparse.Namespace,
    settings: Path,
    site_url: str | None,
    *,
    strict: bool,
    keep_going: bool = False,
) -> int:
    """Build the site and report."""
    from .building import build_site
    from .progress import Progress

    # A bar for who waits at a terminal, lines in the log of a CI run, nothing in a pipe.
    is_shown = sys.stderr.isatty() or bool(os.environ.get("CI"))
    progress = Progress(sys.stderr if is_shown else None)
    if _LEFT is not None:
        gc.disable()
    report = build_site(
        settings,
        _output(options),
        site_url=site_url,
        strict=strict,
        keep_going=keep_going,
        afresh=options.afresh,
        workers=options.workers,
        progress=progress,
        left=_LEFT,
    )
    if options.profile:
        _print_text(progress.profile())
    return _print_report(report, "text", os.environ)


def _check(options: argparse.Namespace, settings: Path) -> int:
    """Check the content and report in the form asked for."""
    from .building import check_site

    return _print_report(check_site(settings, strict=options.strict), options.format, os.environ)


def _serve(options: argparse.Namespace, settings: Path) -> int:
    """Serve until interrupted."""
    from .preview_server import serve_site
    from .serving import ServingError, read_site_url

    site_url = options.site_url or read_site_url(settings)
    editor = options.editor_url
    try:
        serve_site(settings, site_url=site_url, port=options.port, editor_address=editor)
    except ServingError as error:
        raise UsageError(error.message) from error
    return OK


def _start(options: argparse.Namespace, settings: Path) -> int:
    """Write a starting point, asking for what is missing, and say where it is."""
    from .building import start_record
    from .problems import ContentError
    from .starting import StartError

    given = {key: getattr(options, key) for key in STARTS[options.command]}
    ask = _ask if sys.stdin.isatty() else None
    try:
        made = start_record(settings, options.command, given, ask)
    except StartError as error:
        raise UsageError(str(error)) from error
    except ContentError as error:
        return _print_report(error.report, "text", os.environ)
    for start in made:
        print(f"{_beside(start.file)}:{start.line}: written")
    print(
        "Lines that begin with '#' show what else can be said. `make check` says what is missing."
    )
    return OK


def _ask(words: str) -> str:
    """An answer from the terminal; nothing where there is no more to come."""
    try:
        return input(words)
    except EOFError:
        print()
        return ""


def _beside(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    whole = path.resolve()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else path)


def _write_schemas(settings: Path) -> int:
    """Write the schemas, and name the files."""
    from .building import write_site_schemas

    for path in write_site_schemas(settings):
        print(path)
    return OK


def _reanchor(options: argparse.Namespace, settings: Path) -> int:
    """Offer new passages for those that are lost; on a terminal, ask for each."""
    from .mending import MendingError, reanchor_site
    from .problems import ContentError

    ask = input if sys.stdin.isatty() else None
    try:
        is_whole = reanchor_site(settings, accept=options.accept, ask=ask, say=_print_text)
    except MendingError as error:
        raise UsageError(str(error)) from None
    except ContentError as error:
        return _print_report(error.report, "text", os.environ)
    return OK if is_whole else PROBLEMS


def _rename(options: argparse.Namespace, settings: Path) -> int:
    """Change an id, or say why that cannot be."""
    from .mending import MendingError, rename_id
    from .problems import ContentError

    if not options.id or not options.to:
        raise UsageError("say which and to what: make rename ID=old-id TO=new-id")
    names = (options.id, options.to)
    try:
        rename_id(settings, *names, kind=options.kind, is_dry=options.dry_run, say=_print_text)
    except MendingError as error:
        raise UsageError(str(error)) from None
    except ContentError as error:
        return _print_report(error.report, "text", os.environ)
    return OK


def _report(options: argparse.Namespace, settings: Path) -> int:
    """List what is not covered; that is no problem, whatever there is."""
    from .mending import report_gaps
    from .problems import ContentError

    if options.days < 0:
        raise UsageError(f"DAYS is {options.days}; it must be 0 or more")
    try:
        _print_text(report_gaps(settings, days=options.days, css_href=options.page))
    except ContentError as error:
        return _print_report(error.report, "text", os.environ)
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


def _why(settings: Path, article: str, other: str) -> int:
    """Print the account of a recommendation; where the content is wrong, what is wrong."""
    from .building import explain_site
    from .problems import ContentError
    from .why import UnknownArticleError

    try:
        _print_text(explain_site(settings, article, other))
    except UnknownArticleError as error:
        raise UsageError(str(error)) from None
    except ContentError as error:
        return _print_report(error.report, "text", os.environ)
    return OK


def _import(options: argparse.Namespace, settings: Path) -> int:
    """Make an article and briefs of a raw one."""
    from .building import import_file

    if not options.file:
        raise UsageError("which file? make import FILE=seeds/article.txt")
    choices = {
        name: getattr(options, name)
        for name in ("id", "briefs", "date", "written", "title", "authors", "summary", "story")
    }
    report = import_file(settings, Path(options.file), {**choices, "tags": options.tags})
    return _print_report(report, "text", os.environ)


def _draft(settings: Path, article: str, reference: str) -> int:
    """Write a draft of an article's annotations, and say what is in it."""
    from .drafting.commands import DraftError, write_draft

    try:
        print(write_draft(settings, article, reference=reference).text())
    except DraftError as error:
        raise UsageError(str(error)) from None
    return OK


def _evaluate_draft(data: Path) -> int:
    """Print how good drafts of labelled articles are."""
    from .drafting.commands import DraftError, evaluate_file

    try:
        print(evaluate_file(data).text())
    except DraftError as error:
        raise UsageError(str(error)) from None
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
    if not text.strip():
        return
    try:
        print(text.rstrip("\n"), flush=True)
    except BrokenPipeError:  # `make check | head`: who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wants_colour(environment: Mapping[str, str]) -> bool:
    """Whether the user wants colours, or has not said and the terminal shows them.

    NO_COLOR wins over FORCE_COLOR; either counts as said unless it is empty (no-color.org,
    force-color.org).
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and sys.stdout.isatty()


def _never_fail_to_print() -> None:
    """Have signs that the terminal's encoding lacks printed as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
