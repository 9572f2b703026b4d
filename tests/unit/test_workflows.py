"""What the workflows may do: text of an issue or a branch never gets into a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github/workflows"
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


def jobs_that_may(grant: str) -> dict[str, Any]:
    """The jobs that may do something, by the names of workflow and job."""
    return {
        f"{file.stem}/{name}": job
        for file in FILES
        for name, job in read(file)["jobs"].items()
        if job.get("permissions", {}).get(grant) == "write"
    }


def test_only_an_event_and_a_release_write_to_the_repository() -> None:
    jobs = jobs_that_may("contents")
    assert sorted(jobs) == ["event/propose", "release/publish"]
    assert jobs["release/publish"]["permissions"] == {"contents": "write"}
    # Nothing of the project is there to be run.
    assert not any("checkout" in step.get("uses", "") for step in jobs["release/publish"]["steps"])


def test_job_that_writes_a_release_waits_for_the_tests() -> None:
    jobs = read(FOLDER / "release.yml")["jobs"]
    assert set(jobs["publish"]["needs"]) == set(jobs) - {"publish"}


def test_every_lock_is_looked_up_among_known_holes() -> None:
    locks = {path.name for path in ROOT.glob("requirements*.lock")}
    (audit,) = [
        step["run"] for step in steps(read(FOLDER / "supply.yml")) if "pip-audit" in str(step)
    ]
    assert set(re.findall(r"-r (\S+)", audit)) == locks
    assert "--strict" in audit


def test_every_python_that_is_named_is_tested() -> None:
    jobs = read(FOLDER / "check.yml")["jobs"]
    classifiers = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert jobs["tests"]["strategy"]["matrix"]["python"] == classifiers
    compared = next(step["run"] for step in steps({"jobs": jobs}) if "cmp" in step.get("run", ""))
    assert f"for version in {' '.join(classifiers)};" in compared


def test_whatever_has_versions_is_brought_up_to_date() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    looked_at = {(update["package-ecosystem"], update["directory"]) for update in updates}
    assert looked_at == {
        ("pip", "/"),
        ("github-actions", "/"),
        ("npm", "/tools/audit/npm"),
        ("pip", "/tools/bench"),
    }
    assert all((ROOT / directory.strip("/")).is_dir() for _, directory in looked_at)
