import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
ALONE = {"requirements-fuzz.lock": "fuzz", "requirements-supply.lock": "supply"}

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as a user would: without what a make around the tests has left."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "MFLAGS", "ARGS"))
    }
    command = ["make", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the Makefile, in a path with a space, with all that it needs installed."""
    folder = tmp_path / "my site"
    (folder / ".venv/bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / ".venv/bin/python").symlink_to("/bin/sh")
    for lock in (*LOCKS, *ALONE):
        (folder / lock).write_text("")
        (folder / ".venv" / lock).write_text("")
    return folder


def test_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = re.findall(r"^\.PHONY: ((?:.*\\\n)*.*)$", text, re.MULTILINE)[0]
    phony = phony.replace("\\\n", " ").split()
    listed = re.findall(r"^  make ([\w-]+)", make(ROOT, "help").stdout, re.MULTILINE)
    assert listed == [name for name in phony if name != "force"]


@pytest.mark.parametrize(
    ("target", "command"),
    [
        ([], "PYTHONPATH=plugins .venv/bin/python -m explainer build"),
        (["build", "STRICT=1"], "PYTHONPATH=plugins .venv/bin/python -m explainer build --strict"),
        (["check"], "PYTHONPATH=plugins .venv/bin/python -m explainer check"),
        (
            ["check", "STRICT=1", "FORMAT=json"],
            "PYTHONPATH=plugins .venv/bin/python -m explainer check --strict --format json",
        ),
        (["serve"], "PYTHONPATH=plugins .venv/bin/python -m explainer serve"),
        (["publish"], "PYTHONPATH=plugins .venv/bin/python -m explainer publish"),
        (
            ["publish", "KEEP_GOING=1"],
            "PYTHONPATH=plugins .venv/bin/python -m explainer publish --keep-going",
        ),
        (["reanchor"], "PYTHONPATH=plugins .venv/bin/python -m explainer reanchor"),
        (["rename"], "PYTHONPATH=plugins .venv/bin/python -m explainer rename"),
        (["report"], "PYTHONPATH=plugins .venv/bin/python -m explainer report"),
        (["clean"], "PYTHONPATH=plugins .venv/bin/python -m explainer clean"),
        (["empty"], "PYTHONPATH=plugins .venv/bin/python -m explainer empty"),
        (
            ["import", "FILE=seeds/article.txt"],
            "PYTHONPATH=plugins .venv/bin/python -m explainer import",
        ),
        (
            ["draft", "ARTICLE=talks"],
            "PYTHONPATH=plugins .venv/bin/python -m explainer draft 'talks'",
        ),
        (
            ["draft", "ARTICLE=talks", "REFERENCE=2025-12"],
            (
                "PYTHONPATH=plugins .venv/bin/python -m explainer draft 'talks'"
                " --reference='2025-12'"
            ),
        ),
        (
            ["evaluate-draft", "DATA=labels.jsonl"],
            "PYTHONPATH=plugins .venv/bin/python -m explainer evaluate-draft 'labels.jsonl'",
        ),
        (["new-story"], "PYTHONPATH=plugins .venv/bin/python -m explainer new-story"),
        (
            ["new-article", 'TITLE=It\'s $5 "net"', "STORY=bridge", "DATE=2026-03-09"],
            (
                "PYTHONPATH=plugins .venv/bin/python -m explainer new-article"
                " --title='It'\\''s $5 \"net\"' --story='bridge' --date='2026-03-09'"
            ),
        ),
        (
            ["new-actor", "NAME=Mara Quill", "KIND=person", "ID=quill"],
            (
                "PYTHONPATH=plugins .venv/bin/python -m explainer new-actor"
                " --name='Mara Quill' --kind='person' --id='quill'"
            ),
        ),
        (
            ["new-event", "TITLE=$(shell touch x) `touch y`", "ARTICLE=closed"],
            (
                "PYTHONPATH=plugins .venv/bin/python -m explainer new-event"
                " --title='$(shell touch x) `touch y`' --article='closed'"
            ),
        ),
        (["test"], ".venv/bin/python -m tests"),
        (["fuzz"], "PYTHONPATH=plugins .venv/bin/python -m tests.fuzz"),
        (
            ["fuzz", "SECONDS=5", "LISTS=my lists"],
            "PYTHONPATH=plugins .venv/bin/python -m tests.fuzz --seconds='5' --lists='my lists'",
        ),
        (["audit"], ".venv/bin/python -m tools.audit"),
        (
            ["bench", "ARGS=--sizes 100"],
            "PYTHONPATH=plugins .venv/bin/python -m tools.bench --sizes 100",
        ),
        (["why", "A=x", "B=y"], "PYTHONPATH=plugins .venv/bin/python -m explainer why 'x' 'y'"),
        (
            ["evaluate-recommended", "DATA=x"],
            "PYTHONPATH=plugins .venv/bin/python -m tools.evaluate_recommended 'x'",
        ),
        (["lock"], ".venv/bin/python -m tools.lock"),
    ],
    ids=lambda value: " ".join(value) or "make" if isinstance(value, list) else "",
)
def test_target_is_one_call_where_all_is_set_up(
    copy: Path, target: list[str], command: str
) -> None:
    assert make(copy, "-n", *target).stdout.strip() == command


def test_name_of_the_environment_is_not_that_of_an_actor(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAME", "this-machine")
    assert make(copy, "-n", "new-actor").stdout.strip().endswith("explainer new-actor")


@pytest.mark.parametrize("lock", LOCKS)
def test_environment_is_set_up_again_only_for_a_new_lock(copy: Path, lock: str) -> None:
    stamp = f".venv/{lock}"
    assert make(copy, "-q", stamp).returncode == 0
    newer = (copy / stamp).stat().st_mtime + 10
    os.utime(copy / lock, (newer, newer))
    assert make(copy, "-q", stamp).returncode == 1


def test_environment_is_set_up_again_when_its_python_is_gone(copy: Path) -> None:
    (copy / ".venv/bin/python").unlink()
    (copy / ".venv/bin/python").symlink_to("/nowhere/python")
    assert make(copy, "-q", ".venv/requirements.lock").returncode == 1


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (
            "no-such-python",
            (
                "No no-such-python here: install Python 3.11 or newer, "
                "or name one: make PYTHON=python3.12"
            ),
        ),
        (
            "./old-python",
            (
                "Python 3.9.2 is too old: Python 3.11 or newer is needed. "
                "Name another with: make PYTHON=python3.12"
            ),
        ),
    ],
    ids=["missing", "too old"],
)
def test_python_that_cannot_do_is_refused_in_a_sentence(
    copy: Path, python: str, sentence: str
) -> None:
    old = copy / "old-python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n')
    old.chmod(0o755)
    shutil.rmtree(copy / ".venv")
    result = make(copy, f"PYTHON={python}")
    assert (result.returncode, result.stderr.splitlines()[0]) == (2, sentence)


@pytest.mark.parametrize("lock", [*LOCKS, *ALONE])
def test_lock_names_hashes_for_all_and_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    requirements = re.split(r"\n(?=\w)", text.strip())
    assert all("==" in line and "--hash=sha256:" in line for line in requirements)
    assert re.findall(r"https?://|--index-url|--find-links", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_every_dependency_of_the_project(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    if lock == "requirements-dev.lock":
        wanted += project["dependency-groups"]["dev"]
        for extra in project["project"]["optional-dependencies"].values():
            wanted += extra
    names = {re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0].lower() for line in wanted}
    names = {name.replace("_", "-") for name in names}
    locked = re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    assert names - set(locked) == set()


@pytest.mark.parametrize("lock", ALONE)
def test_lock_of_a_group_holds_the_group(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    group = project["dependency-groups"][ALONE[lock]]
    names = {re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0] for line in group}
    locked = re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    assert names - set(locked) == set()


def test_lock_for_development_holds_all_of_the_other() -> None:
    runtime, development = (set((ROOT / lock).read_text().splitlines()) for lock in LOCKS)
    assert runtime <= development
