"""A build that is cut short leaves the old site or the new one, whole, whenever that happens.

A build in a process of its own counts what it does to the disk, and at one operation kills itself
or is told that the disk is full. Every operation has its turn, so no moment is left to luck; other
builds are killed from outside after a random time.
"""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median
from subprocess import PIPE
from typing import Any

import pytest

from explainer.output import MARKER
from tests.site.northbridge import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")

PAGES = 3
KILLS_AT_RANDOM = 50

#: Reads orders, a line of JSON each: output, text of every page, operation, what happens at it,
#: whether folders can be exchanged, whether to wait. A build is a process of its own, forked from
#: this one, which has what a build needs: starting Python would take ten times as long. Answers
#: with the process where the order is not to wait; else with its exit code, and with what it said:
#: how many operations there were, or its message.
BUILDER = """
import json, os, signal, sys
from pathlib import Path
from explainer import output as module

def build(output, text, at, what, exchanges):
    if not exchanges:
        module._exchange = lambda first, second: False
    folder = str(Path(output).parent.resolve())
    count = 0

    def touches(event, arguments):
        if event == "ctypes.dlsym":
            return arguments[1] == "renameat2"
        names = ("open", "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.truncate")
        if event not in names:
            return False
        if event == "open" and not (arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            return False
        return isinstance(arguments[0], str | int) or str(arguments[0]).startswith(folder)

    def count_down(event, arguments):
        nonlocal count
        if touches(event, arguments):
            count += 1
            if count == at:
                if what == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise OSError(what, os.strerror(what))

    sys.addaudithook(count_down)
    try:
        with module.staged_output(Path(output)) as staging:
            for number in range(3):
                page = staging / f"page-{number}" / "index.html"
                page.parent.mkdir(exist_ok=True)
                page.write_text(text if number else "the same on every day")
    except module.OutputError as error:
        return 1, f"message: {error}"
    return 0, str(count)

def say(*words):
    os.write(1, (json.dumps(words) + "\\n").encode())

for line in sys.stdin:
    *order, is_waited_for = json.loads(line)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(writing, 2)
        code, said = 1, ""
        try:
            code, said = build(*order)
        except BaseException:
            import traceback
            said = traceback.format_exc()
        os.write(writing, said.encode())
        os._exit(code)
    os.close(writing)
    if not is_waited_for:
        say(child)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    say(os.waitstatus_to_exitcode(status), said)
"""


class Builder:
    """Runs builds, each in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def order(self, *order: object) -> None:
        assert self.process.stdin
        print(json.dumps(order), file=self.process.stdin, flush=True)

    def answer(self) -> list[Any]:
        assert self.process.stdout
        answer: list[Any] = json.loads(self.process.stdout.readline())
        return answer

    def run(
        self,
        output: Path,
        text: str,
        at: int = 0,
        what: str | int = "kill",
        *,
        exchanges: bool = True,
    ) -> tuple[int, str]:
        """A build to its end: its exit code and what it said."""
        self.order(str(output), text, at, what, exchanges, True)
        code, said = self.answer()
        return code, said

    def kill(self, output: Path, text: str, after: float) -> int:
        """A build that is killed so many seconds after it began; its exit code."""
        self.order(str(output), text, 0, "kill", True, False)
        (process,) = self.answer()
        time.sleep(after)
        with suppress(ProcessLookupError):  # it was done before
            os.kill(process, signal.SIGKILL)
        code, _ = self.answer()
        return int(code)


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    command = [sys.executable, "-S", "-c", BUILDER]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, text=True) as process:
        yield Builder(process)
        assert process.stdin
        process.stdin.close()


def tree(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def whole(text: str) -> dict[str, str]:
    pages = {f"page-{number}/index.html": text for number in range(PAGES)}
    return pages | {"page-0/index.html": "the same on every day"}


def is_put_right(builder: Builder, output: Path, *, exchanges: bool) -> bool:
    """Whether the next build is whole and leaves nothing beside the output."""
    code, _ = builder.run(output, "next", exchanges=exchanges)
    beside = set(os.listdir(output.parent)) - {f".{output.name}.spare"}
    return (code, tree(output), beside) == (0, whole("next"), {output.name})


def site_of(output: Path) -> dict[str, str]:
    """The site as the next build finds it: between two renames it has the old one's name."""
    old = output.with_name(f".{output.name}.old")
    return tree(output if output.exists() else old)


@pytest.mark.parametrize("exchanges", [True, False])
def test_kill_at_any_operation_leaves_a_whole_site(
    builder: Builder, tmp_path: Path, exchanges: bool
) -> None:
    output = tmp_path / "public" / "site"
    builder.run(output, "next", exchanges=exchanges)
    at, survivors, halves = 0, 0, []
    while not survivors:
        at += 1
        code, _ = builder.run(output, "new", at, exchanges=exchanges)
        survivors = code != -signal.SIGKILL
        is_whole = site_of(output) in (whole("next"), whole("new"))
        halves += [at] * (not is_whole or not is_put_right(builder, output, exchanges=exchanges))
    assert (code, halves, at > 20) == (0, [], True)


def test_kill_at_a_random_moment_leaves_a_whole_site(builder: Builder, tmp_path: Path) -> None:
    output = tmp_path / "public" / "site"
    seconds = median(_seconds(builder, output) for _ in range(5))
    moments = random.Random(7)
    sites, killed = [whole("old")], 0
    while killed < KILLS_AT_RANDOM:
        number = len(sites)
        code = builder.kill(output, f"build {number}", moments.uniform(0, 1) * seconds)
        killed += code == -signal.SIGKILL
        sites.append(whole(f"build {number}"))
        assert site_of(output) in sites
        assert number < 500, "hardly any build was killed before it ended"
    assert is_put_right(builder, output, exchanges=True)


def _seconds(builder: Builder, output: Path) -> float:
    begun = time.monotonic()
    builder.run(output, "old")
    return time.monotonic() - begun


@pytest.mark.parametrize(
    ("number", "exchanges"),
    [
        (errno.ENOSPC, True),
        (errno.ENOSPC, False),
        (errno.EROFS, True),
        (errno.EACCES, False),
    ],
)
def test_disk_that_refuses_any_operation_is_a_message(
    builder: Builder, tmp_path: Path, number: int, exchanges: bool
) -> None:
    output = tmp_path / "public" / "site"
    builder.run(output, "old", exchanges=exchanges)
    operations = int(builder.run(output, "new", exchanges=exchanges)[1])
    wrong, sites = [], [whole("new")]
    for at in range(1, operations + 1):
        code, said = builder.run(output, f"build {at}", at, number, exchanges=exchanges)
        is_told = code == 0 or (code == 1 and said.startswith("message: "))
        sites.append(whole(f"build {at}"))
        is_whole = site_of(output) in sites
        wrong += [(at, said)] * (not is_told or not is_whole or "Traceback" in said)
    assert wrong == []
    assert is_put_right(builder, output, exchanges=exchanges)
