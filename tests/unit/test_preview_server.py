"""Serving the preview: events, what is watched, code that changes."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from explainer import preview_server
from explainer.preview import Preview
from explainer.preview_server import (
    PreviewServer,
    broken_code,
    changes,
    checked_address,
    serve_site,
    watched_folders,
)
from explainer.serving import ServingError, running

from .town_folder import write, write_town


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with settings and content; the settings."""
    return write_town(tmp_path)


# ---- what is sent


def connect(url: str, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request("GET", path)
    return connection.getresponse()


def test_events_tell_each_reading_to_a_page_that_is_open(sources: Path) -> None:
    preview = Preview(sources, root="/news/")
    with running(PreviewServer(preview, "/news/", 0)) as url:
        response = connect(url, "/news/.preview/events?page=stories/bridge/")
        assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
        told = []
        for _ in range(2):
            status = preview.read()
            line = next(line for line in response if line.startswith(b"data: "))
            told.append(json.loads(line.removeprefix(b"data: ")) == json.loads(status.json()))
    assert told == [True, True]


def test_preview_may_be_read_by_no_other_site(sources: Path) -> None:
    preview = Preview(sources, root="/")
    preview.read()
    with running(PreviewServer(preview, "/", 0)) as url:
        response = connect(url, "/stories/bridge/")
    assert response.status == 200
    assert response.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("address", ["code {path}", "vscode://file", "javascript:alert(1)"])
def test_editor_address_that_opens_no_file_is_refused(address: str) -> None:
    with pytest.raises(ServingError) as caught:
        checked_address(address)
    assert caught.value.message == (
        f"EDITOR_URL is {address!r}; it must look like vscode://file{{path}}:{{line}}"
    )


# ---- what is watched


def test_watched_folders_are_those_that_exist(sources: Path) -> None:
    package = Path(preview_server.__file__).resolve().parent
    assert watched_folders(sources) == [sources.parent / "content", package]


@pytest.mark.parametrize(
    "name",
    [
        "content/actors/merz.yaml",
        "content/articles/closed.md",
        "content/stories/bridge.csv",
        "theme/templates/story.html",
        "theme/static/css/event.css",
        "plugins/explainer/dates.py",
        "pelican.conf.py",
    ],
)
def test_change_is_told_by_name_after_listening_has_begun(sources: Path, name: str) -> None:
    folders = [sources.parent / folder for folder in ("content", "theme", "plugins")]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    file = sources.parent / name
    file.parent.mkdir(parents=True, exist_ok=True)
    replacement = sources.parent / "replacement"
    replacement.write_text("name: Merz")
    assert tell(folders, sources, lambda: replacement.replace(file)) >= {file}


def test_many_saves_are_told_at_once(sources: Path) -> None:
    files = [sources.parent / f"content/actors/actor-{number}.yaml" for number in range(20)]

    def save() -> None:
        for file in files * 3:
            write(sources.parent, f"actors/{file.name}", "name: Somebody\n")

    (sources.parent / "content/actors").mkdir()
    assert tell([sources.parent / "content"], sources, save) >= set(files)


def tell(folders: list[Path], settings: Path, change: object) -> frozenset[Path]:
    """What is told first after a change, once listening has begun."""
    stop = threading.Event()
    found = changes(folders, [settings], stop=stop)
    assert next(found) == frozenset()
    assert callable(change)
    change()
    alarm = threading.Timer(20, stop.set)
    alarm.start()
    try:
        return next(found, frozenset())
    finally:
        alarm.cancel()
        stop.set()


def test_changes_end_when_stopped(sources: Path) -> None:
    stop = threading.Event()
    found = changes([sources.parent / "content"], [sources], stop=stop)
    next(found)
    stop.set()
    assert list(found) == []


# ---- reading again


def serve(
    settings: Path, monkeypatch: pytest.MonkeyPatch, *bursts: frozenset[Path]
) -> tuple[list[str], int]:
    """Serve through bursts of changes; what was said, and how often it began anew."""
    said: list[str] = []
    restarts: list[None] = []

    def listen(folders: object, files: object) -> Iterator[frozenset[Path]]:
        yield from bursts

    monkeypatch.setattr(preview_server, "changes", listen)
    monkeypatch.setattr(preview_server, "restart", lambda: restarts.append(None))
    serve_site(settings, site_url="https://example.org/news/", port=0, say=said.append)
    shown = [line.split(":")[0].split(" in ")[0] for line in said]
    return shown, len(restarts)


def test_site_is_read_at_the_start_and_on_each_change(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = frozenset({sources})
    said, restarts = serve(sources, monkeypatch, frozenset(), change)
    assert (said, restarts) == (["Serving http", "Read", "Read"], 0)


def test_failed_reading_says_what_is_shown(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(sources.parent, "site.yaml", "format: 9\n")
    said, _ = serve(sources, monkeypatch, frozenset())
    assert said[-1] == "There is no page to show."


def test_changed_code_takes_the_place_of_this_process(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = sources.parent / "other.py"
    code.write_text("ANSWER = 42\n")
    said, restarts = serve(sources, monkeypatch, frozenset(), frozenset({code}), frozenset())
    assert (said[-1], restarts) == ("The code has changed", 1)


def test_code_that_cannot_start_is_told_and_does_not(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = sources.parent / "other.py"
    code.write_text("def answer(:\n")
    said, restarts = serve(sources, monkeypatch, frozenset(), frozenset({code}))
    assert (said[-2:], restarts) == ([str(code), "Still serving the last good site."], 0)


def test_broken_code_is_named_with_its_line(tmp_path: Path) -> None:
    code = tmp_path / "other.py"
    code.write_text("x = 1\ndef answer(:\n")
    assert broken_code([code]) == f"{code}:2:12: error: invalid syntax"
    code.unlink()
    assert broken_code([code]) == ""


def test_code_that_fails_when_it_is_imported_gives_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "1 / 0"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    assert broken_code([]).splitlines()[-1] == "ZeroDivisionError: division by zero"
