"""How far a build is, for whoever waits: a bar on a terminal, lines elsewhere; and where time went.

Nothing is shown in the first two seconds: most builds are over by then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

#: After how many seconds something is shown, and how many pass between two lines.
PATIENCE = 2.0
BETWEEN_LINES = 5.0


@dataclass
class Stage:
    """A stage of a build with its time in seconds: of all processes, and by the clock."""

    name: str
    cpu: float = 0.0
    wall: float = 0.0


def cpu_seconds() -> float:
    """User and system time of this process, and of those that it has waited for."""
    return sum(os.times()[:4])


class Progress:
    """Told by a build what it does; says so on `stream`, if there is one."""

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        cpu: Callable[[], float] = cpu_seconds,
    ) -> None:
        self.stages: list[Stage] = []
        self._stream = stream
        self._clock = clock
        self._cpu = cpu
        self._start = self._last_line = clock()
        self._bar: Bar | None = None
        self._name = ""
        self._began = (0.0, 0.0)

    def begin(self, name: str) -> None:
        """What is done from now on is another stage."""
        self._end()
        self._name = name
        self._began = (self._cpu(), self._clock())
        self._show(0, 0)

    def _end(self) -> None:
        if self._name:
            cpu, wall = self._began
            self.stages.append(Stage(self._name, self._cpu() - cpu, self._clock() - wall))
            self._name = ""

    def advance(self, done: int, of: int) -> None:
        """So many of so many are done in this stage."""
        self._show(done, of)

    def close(self) -> None:
        """The last stage is over; the bar goes."""
        self._end()
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def profile(self) -> str:
        """The stages as a table, a line each."""
        width = max((len(one.name) for one in self.stages), default=0)
        lines = [f"{'':{width}}  CPU s   wall s"]
        lines += [f"{one.name:{width}}  {one.cpu:5.2f}   {one.wall:6.2f}" for one in self.stages]
        cpu, wall = sum(one.cpu for one in self.stages), sum(one.wall for one in self.stages)
        return "\n".join([*lines, f"{'all':{width}}  {cpu:5.2f}   {wall:6.2f}"])

    def _show(self, done: int, of: int) -> None:
        now = self._clock()
        if self._stream is None or now - self._start < PATIENCE:
            return
        if self._stream.isatty():
            self._show_bar(done, of)
        elif now - self._last_line >= BETWEEN_LINES or self._last_line == self._start:
            self._last_line = now
            count = f": {done} of {of}" if of else ""
            print(f"{self._name}{count}", file=self._stream, flush=True)

    def _show_bar(self, done: int, of: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        if self._bar is None:
            # Drawn when it is told of something: a thread that draws would be there at a fork.
            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=Console(file=self._stream),
                auto_refresh=False,
                transient=True,
            )
            self._bar.start()
            self._bar.add_task("")
        task = self._bar.task_ids[0]
        self._bar.update(task, description=self._name, completed=done, total=of or None)
        self._bar.refresh()
