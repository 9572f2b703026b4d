"""One build measured: CPU and wall time, the most memory, and the files that it touched."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

#: What tells a file that was written from one that was left alone: its inode and its time.
State = Mapping[str, tuple[int, int]]

#: Set where Python is to compile all of a program each time it is started.
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


class BenchError(Exception):
    """A build that is to be measured failed; the text says which, and what it printed."""


@dataclass(frozen=True)
class Run:
    """What one build took; the CPU time is user and system of the process and its children.

    The memory is that of the largest process, not the sum of several.
    """

    cpu: float
    wall: float
    peak_mib: float
    written: int


def measure(
    command: Sequence[str], folder: Path, output: Path, environment: Mapping[str, str]
) -> Run:
    """Run a build to its end and measure it; raises BenchError where it fails.

    What Python compiles of a program is kept, as it is for whoever runs it twice.
    """
    inherited = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    before = file_states(output)
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        text = said.decode("utf-8", "replace")[-2000:]
        raise BenchError(f"{' '.join(command)} failed in {folder}:\n{text}")
    after = file_states(output)
    written = sum(before.get(path) != state for path, state in after.items())
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, written)


def file_states(folder: Path) -> State:
    """Every file below a folder, with what changes when it is written; none where it is not."""
    states = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            stat = path.stat()
            states[str(path.relative_to(folder))] = (stat.st_ino, stat.st_mtime_ns)
    return states


def median_run(runs: Sequence[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(
        median(run.cpu for run in runs),
        median(run.wall for run in runs),
        median(run.peak_mib for run in runs),
        round(median(run.written for run in runs)),
    )


def ratios(runs: Sequence[Run], others: Sequence[Run]) -> tuple[float, float, float]:
    """CPU against another's of the same round: the median, the least and the greatest."""
    found = [run.cpu / other.cpu for run, other in zip(runs, others, strict=True)]
    return median(found), min(found), max(found)
