"""`explainer serve` as a process of its own, and that a build knows nothing of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.building import build_site
from explainer.preview import Preview
from tests.unit.town_folder import write_town

from .northbridge import ROOT


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_build_is_the_same_with_a_preview_and_has_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITEURL", raising=False)
    monkeypatch.delenv("EDITOR_URL", raising=False)
    settings = write_town(tmp_path, PLUGIN_PATHS=repr([str(ROOT / "plugins")]))
    build_site(settings, tmp_path / "output")
    before = files_of(tmp_path / "output")
    monkeypatch.setenv("EDITOR_URL", "vscode://file{path}:{line}")
    preview = Preview(settings, root="/", editor_address="vscode://file{path}:{line}")
    preview.read()
    assert b"preview" in preview.respond("/stories/bridge/").body
    build_site(settings, tmp_path / "output")
    after = files_of(tmp_path / "output")
    assert after == before
    assert "stories/bridge/index.html" in after
    words = (b"preview", b"EventSource", b"vscode", b"closed.yaml", b"content/")
    assert [path for path, data in after.items() if any(word in data for word in words)] == []


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A preview of the town with the program's own copy of the code; `.args` ends in the folder."""
    shutil.copytree(
        ROOT / "plugins", tmp_path / "plugins", ignore=shutil.ignore_patterns("__pycache__")
    )
    write_town(tmp_path)
    kept = {name: value for name, value in os.environ.items() if name not in ("SITEURL", "PORT")}
    environment = {**kept, "PYTHONPATH": str(tmp_path / "plugins"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "explainer", "serve", "--port=0"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Tests that run in the background may have been told to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as started:
        alarm = threading.Timer(300, started.kill)  # a line that never comes must not stop all
        alarm.start()
        try:
            yield started
        finally:
            alarm.cancel()
            started.kill()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """The next line that a process prints with these words in it."""
    assert process.stdout is not None
    return next((line for line in process.stdout if words in line), "")


@pytest.mark.skipif(os.name == "nt", reason="signals and exec are POSIX")
def test_serve_begins_anew_with_changed_code_and_ends_quietly_when_interrupted(
    process: subprocess.Popen[str], tmp_path: Path
) -> None:
    read_until(process, "Serving ")
    read_until(process, "Read in ")
    words = tmp_path / "plugins/explainer/preview_page.py"
    changed = words.read_text(encoding="utf-8").replace('"preview-data"', '"other-data"')
    words.write_text(changed, encoding="utf-8")
    assert read_until(process, "The code has changed: starting again.")
    found = re.search(r"http://\S+", read_until(process, "Serving "))
    assert found is not None
    with urllib.request.urlopen(found[0]) as response:
        assert b'id="other-data"' in response.read()
    read_until(process, "Read in ")
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "")
