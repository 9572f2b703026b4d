"""Serving a folder as GitHub Pages does: what a request gets, and the server that sends it."""

import html
import os
import posixpath
import runpy
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote, urlsplit

HOST = "127.0.0.1"

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
class Response:
    """What is sent: a body of a type, or with `location` the way to another place."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    location: str | None = None


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
    is_open = True
    """As GitHub Pages has it: others may read our data from their pages."""

    def do_GET(self) -> None:
        self.send(self.server.respond(self.path), with_body=True)

    def do_HEAD(self) -> None:
        self.send(self.server.respond(self.path), with_body=False)

    def send(self, response: Response, *, with_body: bool) -> None:
        """Send a whole response."""
        self.send_response(response.status)
        if response.location is not None:
            self.send_header("Location", response.location)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.send_header("Cache-Control", "no-store")
        if self.is_open:
            self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if with_body:
            self.wfile.write(response.body)

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
    handler: type[SiteHandler] = SiteHandler

    def __init__(self, folder: Path, prefix: str, port: int) -> None:
        self.folder = folder
        self.prefix = prefix
        try:
            super().__init__((HOST, port), self.handler)
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ServingError(f"port {port}: {reason}; name another one") from error

    def respond(self, target: str) -> Response:
        """What a request gets."""
        found = answer(self.folder, self.prefix, target)
        body = _read(found)
        if body is None:
            return Response(HTTPStatus.NOT_FOUND, _pointer(self.prefix))
        kind = content_type(found.file) if found.file else TYPES[".html"]
        return Response(found.status, body, kind, found.location)

    @property
    def url(self) -> str:
        """Where the site is, with a slash at the end."""
        return f"http://{HOST}:{self.server_address[1]}{self.prefix}"


@contextmanager
def served(folder: Path, *, prefix: str = "/", port: int = 0) -> Iterator[str]:
    """Serve a folder in a thread while the block runs; gives the URL of the site.

    Raises ServingError where the port cannot be had.
    """
    with running(SiteServer(folder, prefix, port)) as url:
        yield url


@contextmanager
def running(server: SiteServer) -> Iterator[str]:
    """Let a server answer in a thread while the block runs; gives the URL of its site."""
    with server:
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
