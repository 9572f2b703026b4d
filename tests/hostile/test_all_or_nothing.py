"""A build that is cut short leaves the old site or the new one, whole, whenever that happens.

A build in a process of its own counts what it does to the disk, and at one operation kills itself
or is told that the disk is full. Every operation has its turn, so no moment is left to luck; other
builds are killed from outside after a random time.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest

from explainer.output import MARKER
from tests.site.northbridge import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")

PAGES = 3

#: Arguments: output, text of every page, operation, what happens at it, whether folders can be
#: exchanged. Prints how many operations there were.
BUILD = """
import os, signal, sys
from pathlib import Path
from explainer import output as module

output, text, at, what, exchanges = sys.argv[1:]
if exchanges == "no":
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
    global count
    if touches(event, arguments):
        count += 1
        if count == int(at):
            if what == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(int(what), os.strerror(int(what)))

sys.addaudithook(count_down)
try:
    with module.staged_output(Path(output)) as staging:
        for number in range(3):
            page = staging / f"page-{number}" / "index.html"
            page.parent.mkdir()
            page.write_text(text if number else "the same on every day")
except module.OutputError as error:
    sys.exit(f"message: {error}")
print(count)
"""


def start(
    output: Path, text: str, at: int = 0, what: str = "kill", exchanges: str = "yes"
) -> subprocess.Popen[str]:
    """A build that has begun."""
    command = [sys.executable, "-S", "-c", BUILD, str(output), text, str(at), what, exchanges]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    return subprocess.Popen(command, env=environment, stdout=PIPE, stderr=PIPE, text=True)


def run(
    output: Path, text: str, at: int = 0, what: str = "kill", exchanges: str = "yes"
) -> tuple[int, str]:
    """A build to its end: its exit code and what it said."""
    process = start(output, text, at, what, exchanges)
    said, complaints = process.communicate()
    return process.returncode, said + complaints


def tree(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def whole(text: str) -> dict[str, str]:
    pages = {f"page-{number}/index.html": text for number in range(PAGES)}
    return pages | {"page-0/index.html": "the same on every day"}


def is_put_right(output: Path, exchanges: str) -> bool:
    """Whether the next build is whole and leaves nothing beside the output."""
    code, _ = run(output, "next", exchanges=exchanges)
    return (code, tree(output), os.listdir(output.parent)) == (0, whole("next"), [output.name])


def site_of(output: Path) -> dict[str, str]:
    """The site as the next build finds it: between two renames it has the old one's name."""
    old = output.with_name(f".{output.name}.old")
    return tree(output if output.exists() else old)


@pytest.mark.parametrize("exchanges", ["yes", "no"])
def test_kill_at_any_operation_leaves_a_whole_site(tmp_path: Path, exchanges: str) -> None:
    output = tmp_path / "public" / "site"
    run(output, "next", exchanges=exchanges)
    at, survivors, halves = 0, 0, []
    while not survivors:
        at += 1
        code, _ = run(output, "new", at, exchanges=exchanges)
        survivors = code != -signal.SIGKILL
        is_whole = site_of(output) in (whole("next"), whole("new"))
        halves += [at] * (not is_whole or not is_put_right(output, exchanges))
    assert (code, halves, at > 20) == (0, [], True)


def test_kill_at_a_random_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    output = tmp_path / "public" / "site"
    begun = time.monotonic()
    run(output, "old")
    seconds = time.monotonic() - begun
    moments = random.Random(7)
    sites = [whole("old")]
    for number in range(50):
        process = start(output, f"build {number}")
        time.sleep(moments.uniform(0.3, 1.1) * seconds)
        process.kill()
        process.communicate()
        sites.append(whole(f"build {number}"))
        assert site_of(output) in sites
    assert is_put_right(output, "yes")


@pytest.mark.parametrize(
    ("number", "exchanges", "step"),
    [
        (errno.ENOSPC, "yes", 1),
        (errno.ENOSPC, "no", 3),
        (errno.EROFS, "yes", 6),
        (errno.EACCES, "no", 6),
    ],
)
def test_disk_that_refuses_any_operation_is_a_message(
    tmp_path: Path, number: int, exchanges: str, step: int
) -> None:
    output = tmp_path / "public" / "site"
    run(output, "old", exchanges=exchanges)
    operations = int(run(output, "new", exchanges=exchanges)[1])
    wrong, sites = [], [whole("new")]
    for at in range(1, operations + 1, step):
        code, said = run(output, f"build {at}", at, str(number), exchanges)
        is_told = code == 0 or (code == 1 and said.startswith("message: "))
        sites.append(whole(f"build {at}"))
        is_whole = site_of(output) in sites
        wrong += [(at, said)] * (not is_told or not is_whole or "Traceback" in said)
    assert wrong == []
    assert is_put_right(output, exchanges)
