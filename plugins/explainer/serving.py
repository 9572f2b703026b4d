"""The development server: the site as GitHub Pages serves it, rebuilt when its sources change."""

import html
import os
import posixpath
import runpy
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote, urlsplit

HOST = "127.0.0.1"
#: The page for editors, made when it is asked for and in no output; no id has an underscore.
REPORT: Final = "_report/"

# Our own table: the system's differs from machine to machine, and knows no .webmanifest.
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".atom": "application/atom+xml",
        ".avif": "image/avif",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".gif": "image/gif",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/vnd.microsoft.icon",
        ".ics": "text/calendar; charset=utf-8",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }
)


class ServingError(Exception):
    """The site cannot be served. `message` is one line for the person at the terminal."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


# ---- what a request gets


@dataclass(frozen=True)
class Answer:
    """What a request gets: a file with a status, or another place to go."""

    status: HTTPStatus
    file: Path | None = None
    location: str | None = None


def answer(folder: Path, prefix: str, target: str) -> Answer:
    """Find what GitHub Pages would send for a request target, query and all.

    `prefix` is the sub-path of the site as site_prefix gives it: nothing outside of it is served.
    A folder without its slash is redirected to it, `/a` finds `a.html`, and anything that is not
    there gets the site's 404.html, at any depth. Names with `..` and links that lead out of the
    folder are not followed.
    """
    path = unquote(target.partition("?")[0].partition("#")[0])
    if path + "/" == prefix:
        return _redirect(prefix)
    if not path.startswith(prefix) or not _is_plain(path):
        return _missing(folder)
    found = folder / path.removeprefix(prefix)
    if not _is_inside(found, folder):
        return _missing(folder)
    if os.path.isdir(found):  # False, where Path would raise: a name that is too long
        return _folder_answer(folder, found, path)
    if not path.endswith("/"):
        for file in (found, found.with_name(f"{found.name}.html")):
            if os.path.isfile(file) and _is_inside(file, folder):
                return Answer(HTTPStatus.OK, file)
    return _missing(folder)


def _folder_answer(folder: Path, found: Path, path: str) -> Answer:
    """The index of a folder; with no slash at the end of the path, the way to it."""
    if not path.endswith("/"):
        return _redirect(f"{path}/")
    index = found / "index.html"
    return Answer(HTTPStatus.OK, index) if index.is_file() else _missing(folder)


def _redirect(path: str) -> Answer:
    """The way to a path of this server: `//host/` would lead to another one."""
    location = "/" + quote(path.lstrip("/"))
    return Answer(HTTPStatus.MOVED_PERMANENTLY, location=location)


def _missing(folder: Path) -> Answer:
    """The site's own page for what is not there, if it has one."""
    page = folder / "404.html"
    return Answer(HTTPStatus.NOT_FOUND, page if page.is_file() else None)


def _is_plain(path: str) -> bool:
    """Whether a decoded path names a file below the root in one way only."""
    rest = path.rstrip("/") or "/"
    return posixpath.normpath(path) == rest and not any(sign in path for sign in "\\\0")


def _is_inside(file: Path, folder: Path) -> bool:
    """Whether a file, links followed, is in a folder."""
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except OSError:  # a loop of links, or a name that is too long
        return False


def content_type(file: Path) -> str:
    """The type of a file by the end of its name."""
    return TYPES.get(file.suffix.lower(), "application/octet-stream")


# ---- the server


class SiteHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the folder of its server; nothing may be kept by the browser."""

    protocol_version = "HTTP/1.1"
    server: "SiteServer"

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        found = answer(self.server.folder, self.server.prefix, self.path)
        body = _read(found)
        if self.server.report and self.path == f"{self.server.prefix}{REPORT}":
            found, body = Answer(HTTPStatus.OK), self.server.report()
        if body is None:
            found = Answer(HTTPStatus.NOT_FOUND)
            body = _pointer(self.server.prefix)
        self.send_response(found.status)
        if found.location is not None:
            self.send_header("Location", found.location)
        self.send_header("Content-Type", content_type(found.file) if found.file else TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if self.path.endswith(f"/{REPORT}"):
            self.send_header("X-Robots-Tag", "noindex")
        # As GitHub Pages has it: others may read our data from their pages.
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def handle(self) -> None:
        """Answer until the browser goes away, which is no error and needs no traceback."""
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the reports of the builds."""


def _read(found: Answer) -> bytes | None:
    """The bytes of an answer; None where there are none, as when a build has just taken them."""
    if found.location is not None:
        return b""
    try:
        return found.file.read_bytes() if found.file else None
    except OSError:
        return None


def _pointer(prefix: str) -> bytes:
    """The page for what is not there, of a site that has none of its own."""
    link = f'<a href="{html.escape(quote(prefix))}">{html.escape(prefix)}</a>'
    return f"<!doctype html><title>Not found</title><p>Not found. The site is at {link}.\n".encode()


class SiteServer(ThreadingHTTPServer):
    """Serves one folder under one sub-path, to this machine only.

    The folder is looked up for each request: it may be exchanged or not be there yet.
    Port 0 takes any that is free. Raises ServingError where the port cannot be had.
    """

    daemon_threads = True

    def __init__(
        self, folder: Path, prefix: str, port: int, report: Callable[[], bytes] | None = None
    ) -> None:
        self.folder = folder
        self.prefix = prefix
        self.report = report
        try:
            super().__init__((HOST, port), SiteHandler)
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ServingError(f"port {port}: {reason}; name another one") from error

    @property
    def url(self) -> str:
        """Where the site is, with a slash at the end."""
        return f"http://{HOST}:{self.server_address[1]}{self.prefix}"


@contextmanager
def served(
    folder: Path,
    *,
    prefix: str = "/",
    port: int = 0,
    report: Callable[[], bytes] | None = None,
) -> Iterator[str]:
    """Serve a folder in a thread while the block runs; gives the URL of the site.

    `report` gives the page for editors; without it there is none.
    Raises ServingError where the port cannot be had.
    """
    with SiteServer(folder, prefix, port, report) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


# ---- where the site will be


def site_prefix(site_url: str) -> str:
    """The sub-path of a site URL, with a slash at both ends; "/" for none.

    `https://example.org/news` gives `/news/`.
    """
    path = unquote(urlsplit(site_url).path).strip("/")
    return f"/{path}/" if path else "/"


def read_site_url(settings: Path) -> str:
    """The SITEURL of a settings file, "" where it sets none. The file is run."""
    return str(runpy.run_path(str(settings)).get("SITEURL") or "")


# ---- building again


def watched_folders(settings: Path) -> list[Path]:
    """The folders beside the settings that a site is made from, and this package; existing ones."""
    package = Path(__file__).resolve().parent
    folders = [settings.resolve().parent / name for name in ("content", "theme", "plugins")]
    if not any(package.is_relative_to(folder) for folder in folders):
        folders.append(package)
    return [folder for folder in folders if folder.is_dir()]


def changes(
    folders: Sequence[Path], files: Sequence[Path], *, stop: threading.Event | None = None
) -> Iterator[None]:
    """Yield as soon as it is listening, then once for each burst of changes, until `stop` is set.

    Folders are watched with all that is below them. A single file is looked at ten times a second:
    an editor that replaces it would end a watch on it. What changes while the caller is busy is
    yielded next.
    """
    # Not needed to build a site, and slow to import.
    from watchfiles import watch

    before: list[tuple[int, int] | None] | None = None
    found = watch(*folders, stop_event=stop, rust_timeout=100, yield_on_timeout=True, debounce=200)
    for changed in found:
        now = [_fingerprint(file) for file in files]
        if changed or now != before:
            before = now
            yield


def _fingerprint(file: Path) -> tuple[int, int] | None:
    """What differs when a file has been written; None where there is none."""
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def build_in_child(settings: Path, output: Path, site_url: str) -> bool:
    """Build in a process of its own, which prints its report; whether it went well.

    So each build has the code as it is now, and nothing of it stays in memory.
    """
    package = __package__ or "explainer"
    command = [sys.executable, "-m", package, "build"]
    options = [f"--settings={settings}", f"--output={output}", f"--site-url={site_url}"]
    return subprocess.run([*command, *options]).returncode == 0


def report_in_child(settings: Path, output: Path, prefix: str) -> bytes:
    """The page for editors as the content is now, with the style sheet of the last good site."""
    sheet = next(iter(sorted((output / "theme").glob("explainer.*.css"))), None)
    css_href = f"{prefix}theme/{sheet.name}" if sheet else ""
    command = [sys.executable, "-m", __package__ or "explainer", "report"]
    options = [f"--settings={settings}", f"--page={quote(css_href)}"]
    done = subprocess.run([*command, *options], capture_output=True)
    text = done.stdout.decode("utf-8", "replace")
    return (text if "<!DOCTYPE" in text else f"<!doctype html><pre>{html.escape(text)}").encode()


def serve_site(
    settings: Path,
    output: Path,
    *,
    site_url: str,
    port: int,
    say: Callable[[str], None] = print,
) -> None:
    """Build, serve and build again on every change, until the user interrupts.

    The site is served below the path of `site_url`, and built with that path alone for its URL, so
    that its links hold on whatever host this machine is looked at from. A build that fails leaves
    the last good site in place. Raises ServingError where the port cannot be had.
    """
    prefix = site_prefix(site_url)
    local_url = quote(prefix.rstrip("/"))

    def report() -> bytes:
        return report_in_child(settings, output, prefix)

    with served(output, prefix=prefix, port=port, report=report) as url:
        say(f"Serving {url} (Ctrl+C to stop); for editors: {url}{REPORT}")
        for _ in changes(watched_folders(settings), [settings]):
            _build_and_say(settings, output, local_url, say)


def _build_and_say(settings: Path, output: Path, site_url: str, say: Callable[[str], None]) -> None:
    """Build once; after a failure, say what is being served."""
    if not build_in_child(settings, output, site_url):
        good = (output / "index.html").exists()
        say("Still serving the last good site." if good else "There is no site to serve yet.")
