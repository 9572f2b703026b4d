"""What the workflows may do: text of an issue or a branch never gets into a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / ".github/workflows"
FILES = sorted(FOLDER.glob("*.yml"))

each_workflow = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@each_workflow
def test_action_is_named_by_its_commit_with_the_version_beside_it(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    pinned = re.compile(r"\s*(?:- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in lines if not pinned.fullmatch(line)] == []
    assert lines != []


def test_action_has_one_commit_in_all_workflows() -> None:
    found = {
        use
        for file in FILES
        for use in re.findall(r"uses: (\S+@\S+)", file.read_text(encoding="utf-8"))
    }
    names = [use.partition("@")[0] for use in found]
    assert sorted(names) == sorted(set(names))


@each_workflow
def test_script_has_no_expression_in_it(file: Path) -> None:
    scripts = [step["run"] for step in steps(read(file)) if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


@each_workflow
def test_workflow_may_do_nothing_but_what_a_job_says(file: Path) -> None:
    assert read(file)["permissions"] in ({}, {"contents": "read"})


def test_issue_gives_its_number_and_nothing_else_to_the_environment() -> None:
    text = (FOLDER / "event.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\{ (.*?) \}\}", text)) == {
        "github.event.issue.number",
        "github.event.repository.default_branch",
        "github.token",
        "runner.temp",
    }


def test_issue_is_read_in_a_job_that_may_write_nothing() -> None:
    jobs = read(FOLDER / "event.yml")["jobs"]
    reading = [
        name
        for name, job in jobs.items()
        if any("GITHUB_EVENT_PATH" in step.get("run", "") for step in job["steps"])
    ]
    assert reading == ["read"]
    assert jobs["read"]["permissions"] == {"contents": "read"}
    assert jobs["read"]["if"] == "github.event.label.name == 'add-event'"
    # The job that may write runs no code of the project.
    assert not any(
        word in step.get("run", "")
        for step in jobs["propose"]["steps"]
        for word in ("make", "python", "explainer")
    )
