"""The sites that are audited: written, built by the project itself, and served as GitHub does.

Both are built below a sub-path, strictly, and as for the day that their content is of.
"""

from __future__ import annotations

import gzip
import os
import runpy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from explainer.building import build_site
from explainer.serving import HOST, Answer, answer, content_type
from explainer.settings import Settings, site_settings
from explainer.site import ReadSite, read_site

from .stories import TODAY, site_texts

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/explainer/"
SITE_URL = "https://example.org/explainer"
#: What GitHub Pages sends compressed, by the beginning of its type.
COMPRESSED = (
    "text/",
    "application/atom+xml",
    "application/json",
    "application/manifest+json",
    "application/wasm",
    "application/xml",
    "image/svg+xml",
)
CONFIGURATION = f'''\
SITENAME = "Generated"
TIMEZONE = "UTC"
TODAY = "{TODAY}"
PATH = "content"
THEME = {str(ROOT / "theme")!r}
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
PLUGINS = ["explainer"]
'''


class AuditError(Exception):
    """The audit cannot go on; the text is for the person at the terminal."""


@dataclass(frozen=True)
class BuiltSite:
    """A built site: its folder, and what it was built from."""

    folder: Path
    read: ReadSite
    settings: Settings


def build_demo(folder: Path) -> BuiltSite:
    """The site of this repository, built into a folder for the sub-path."""
    return _build(ROOT / "pelican.conf.py", folder / "demo")


def build_generated(folder: Path) -> BuiltSite:
    """The generated site, written and built below a folder."""
    source = folder / "source"
    for path, text in site_texts().items():
        file = source / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    configuration = source / "pelican.conf.py"
    configuration.write_text(CONFIGURATION, encoding="utf-8")
    return _build(configuration, folder / "generated")


def _build(configuration: Path, output: Path) -> BuiltSite:
    """Build as `make publish` does; raises AuditError with the report where it fails."""
    report = build_site(configuration, output, site_url=SITE_URL, strict=True)
    if not output.is_dir():
        raise AuditError(f"There is no site to audit:\n{report.text()}")
    values = {**runpy.run_path(str(configuration)), "SITEURL": SITE_URL}
    settings = site_settings(values, os.environ)
    content = configuration.parent / str(values["PATH"])
    return BuiltSite(output, read_site(content, settings), settings)


# ---- as GitHub Pages serves it


def compressed(body: bytes) -> bytes:
    """A body as it is sent."""
    return gzip.compress(body, 6, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD compressed, and to be kept for ten minutes, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        found = answer(self.server.folder, PREFIX, self.path)
        body = found.file.read_bytes() if found.file else b""
        kind = content_type(found.file) if found.file else "text/plain"
        self.send_response(found.status)
        if found.location is not None:
            self.send_header("Location", found.location)
        self.send_header("Content-Type", kind)
        if kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = self.server.compressed(found, body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def handle(self) -> None:
        """Answer until the browser goes away, which is no error."""
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the figures."""


class _Server(ThreadingHTTPServer):
    """One folder below the sub-path, on a port that is free."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._bodies: dict[Path, bytes] = {}
        super().__init__((HOST, 0), _Handler)

    def compressed(self, found: Answer, body: bytes) -> bytes:
        """The body as GitHub sends it: compressed once, so that waiting for it is not measured."""
        key = found.file or Path()
        if key not in self._bodies:
            self._bodies[key] = compressed(body)
        return self._bodies[key]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs; gives the URL of the site, with a slash at the end."""
    with _Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}{PREFIX}"
        finally:
            server.shutdown()
            thread.join()
