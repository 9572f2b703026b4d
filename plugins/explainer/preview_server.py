"""`make serve`: the preview served to a browser, read anew when its sources change."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from .building import collector_paused
from .preview import Preview
from .preview_page import FOLDER
from .serving import Response, ServingError, SiteHandler, SiteServer, running, site_prefix

#: Seconds between two signs of life to a browser: so it is noticed that it has gone.
SILENCE = 5.0


class PreviewHandler(SiteHandler):
    """Answers from a preview, and holds the line to the pages that are looked at."""

    server: PreviewServer
    is_open = False  # what is not published yet, and paths of this machine

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        if target.path == f"{self.server.prefix}{FOLDER}events":
            self._tell(parse_qs(target.query).get("page", [""])[0])
        else:
            super().do_GET()

    def _tell(self, page: str) -> None:
        """Server-sent events, one for each reading, until the browser goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"retry: 300\n\n")
        for status in self.server.preview.statuses(page, SILENCE):
            self.wfile.write(f"data: {status.json()}\n\n".encode() if status else b": quiet\n\n")


class PreviewServer(SiteServer):
    """Serves a preview below its sub-path, to this machine only."""

    handler = PreviewHandler

    def __init__(self, preview: Preview, prefix: str, port: int) -> None:
        self.preview = preview
        super().__init__(Path(), prefix, port)

    def respond(self, target: str) -> Response:
        """What a request gets."""
        return self.preview.respond(target)


def watched_folders(settings: Path) -> list[Path]:
    """The folders beside the settings that a site is made from, and this package; existing ones."""
    package = Path(__file__).resolve().parent
    folders = [settings.resolve().parent / name for name in ("content", "theme", "plugins")]
    if not any(package.is_relative_to(folder) for folder in folders):
        folders.append(package)
    return [folder for folder in folders if folder.is_dir()]


def changes(
    folders: Sequence[Path], files: Sequence[Path], *, stop: threading.Event | None = None
) -> Iterator[frozenset[Path]]:
    """Yield nothing as soon as it is listening, then what each burst of changes has changed.

    Folders are watched with all that is below them. A single file is looked at ten times a second:
    an editor that replaces it would end a watch on it. What changes while the caller is busy is
    yielded next, all at once. Ends when `stop` is set.
    """
    # Slow to import.
    from watchfiles import watch

    before = [_fingerprint(file) for file in files]
    yield_empty = True
    found = watch(
        *folders, stop_event=stop, rust_timeout=100, yield_on_timeout=True, debounce=200, step=20
    )
    for changed in found:
        now = [_fingerprint(file) for file in files]
        altered = {file for file, was, new in zip(files, before, now, strict=True) if was != new}
        before = now
        if changed or altered or yield_empty:
            yield_empty = False
            yield frozenset({*(Path(name) for _, name in changed), *altered})


def _fingerprint(file: Path) -> tuple[int, int] | None:
    """What differs when a file has been written; None where there is none."""
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def serve_site(
    settings: Path,
    *,
    site_url: str,
    port: int,
    editor_address: str = "",
    say: Callable[[str], None] = print,
) -> None:
    """Serve the site of the settings, and read it anew on every change, until interrupted.

    The site is served below the path of `site_url`, and made with that path alone for its URL, so
    that its links hold on whatever host this machine is looked at from. A reading that fails leaves
    the last good site in place. Code of ours that has changed takes this process's place. Raises
    ServingError where the port cannot be had or the site is none of ours.
    """
    prefix = site_prefix(site_url)
    preview = Preview(settings, root=prefix, editor_address=checked_address(editor_address))
    # A quarter of a reading's time would go into looking for circles, of which it leaves none.
    with collector_paused(), running(PreviewServer(preview, prefix, port)) as url:
        say(f"Serving {url} (Ctrl+C to stop)")
        for changed in changes(watched_folders(settings), [settings]):
            code = sorted(path for path in changed if path.suffix == ".py" and path != settings)
            wrong = broken_code(code) if code else ""
            if code and not wrong:
                break
            _read_and_say(preview, wrong, say)
        else:
            return
    say("The code has changed: starting again.")
    restart()


def _read_and_say(preview: Preview, wrong: str, say: Callable[[str], None]) -> None:
    """Read once, or pass on what is wrong with the code; say what there is to say."""
    began = time.perf_counter()
    status = preview.fail(wrong) if wrong else preview.read()
    if status.text:
        say(status.text)
    if not status.failed:
        say(f"Read in {time.perf_counter() - began:.1f} s.")
    else:
        say("Still serving the last good site." if status.version else "There is no page to show.")


def checked_address(address: str) -> str:
    """The address of an editor's links; raises ServingError for one that leads to no file."""
    if address and not (re.match(r"[a-z][a-z0-9+.-]*://", address) and "{path}" in address):
        raise ServingError(
            f"EDITOR_URL is {address!r}; it must look like vscode://file{{path}}:{{line}}"
        )
    return address


# ---- code that has changed


def broken_code(files: Iterable[Path]) -> str:
    """Why the code with these changed files cannot start; nothing where it can."""
    for file in files:
        try:
            ast.parse(file.read_bytes(), str(file))
        except SyntaxError as error:
            return f"{file}:{error.lineno or 1}:{error.offset or 1}: error: {error.msg}"
        except OSError:  # it has been deleted
            continue
    package = __package__ or "explainer"
    command = [sys.executable, "-c", f"import {package}.preview_server"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    tried = subprocess.run(command, capture_output=True, text=True, env=environment)
    return tried.stderr.strip() if tried.returncode else ""


def restart() -> None:
    """Begin this process anew with the code as it is now, and the same command line."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
