"""How far a build is, by a clock of the tests' own."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import pytest

from explainer.progress import BETWEEN_LINES, PATIENCE, Progress, Stage


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass
class Times:
    """Two clocks that are put forward by hand."""

    wall: float = 100.0
    cpu: float = 7.0

    def pass_(self, seconds: float, cpu: float = 0.0) -> None:
        self.wall += seconds
        self.cpu += cpu


@dataclass
class Watched:
    """A progress with its clocks and its stream."""

    stream: io.StringIO | None
    times: Times = field(default_factory=Times)

    def __post_init__(self) -> None:
        times = self.times
        self.progress = Progress(self.stream, clock=lambda: times.wall, cpu=lambda: times.cpu)

    def said(self) -> str:
        """All that was shown until now."""
        return self.stream.getvalue() if self.stream is not None else ""


def build(watched: Watched, seconds: float, pages: int = 4) -> None:
    """A build whose pages take so many seconds each, and whatever is before them too."""
    watched.progress.begin("reading")
    watched.times.pass_(seconds)
    watched.progress.begin("making pages")
    for number in range(1, pages + 1):
        watched.times.pass_(seconds)
        watched.progress.advance(number, pages)
    watched.progress.close()


@pytest.mark.parametrize("kind", [io.StringIO, Terminal])
def test_nothing_is_shown_in_the_first_two_seconds(kind: type[io.StringIO]) -> None:
    watched = Watched(kind())
    build(watched, (PATIENCE - 0.01) / 5)
    assert PATIENCE == 2
    assert watched.said() == ""


def test_nothing_is_shown_where_there_is_nobody() -> None:
    watched = Watched(None)
    build(watched, 10)
    assert [stage.name for stage in watched.progress.stages] == ["reading", "making pages"]


def test_lines_are_shown_where_there_is_no_terminal() -> None:
    watched = Watched(io.StringIO())
    build(watched, PATIENCE)
    # The first as soon as it is worth it, then one in five seconds: of 2, 4, 6, 8 and 10 the last.
    assert BETWEEN_LINES == 5
    assert watched.said() == "making pages\nmaking pages: 3 of 4\n"


def test_each_line_is_of_the_stage_that_it_is_in() -> None:
    watched = Watched(io.StringIO())
    for name in ("reading", "preparing", "making pages"):
        watched.progress.begin(name)
        watched.times.pass_(BETWEEN_LINES)
    watched.progress.advance(1, 9)
    watched.progress.advance(2, 9)
    watched.progress.close()
    assert watched.said() == "preparing\nmaking pages\nmaking pages: 1 of 9\n"


def test_terminal_shows_a_bar_that_goes_when_the_build_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    watched = Watched(Terminal())
    build(watched, PATIENCE)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", watched.said())
    assert [f"{number}/4" in shown for number in range(6)] == [False, True, True, True, True, False]
    assert "reading" not in shown
    assert "making pages ━" in shown
    # Nothing of it is left: the line is cleared, and the cursor shown again.
    assert watched.said().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")


def test_closing_twice_is_closing_once() -> None:
    watched = Watched(Terminal())
    watched.progress.begin("reading")
    watched.times.pass_(PATIENCE)
    watched.progress.begin("making pages")
    watched.progress.close()
    said = watched.said()
    watched.progress.close()
    assert watched.said() == said


def test_stages_have_their_time_by_both_clocks() -> None:
    watched = Watched(None)
    watched.progress.begin("reading")
    watched.times.pass_(1.5, cpu=1.25)
    watched.progress.begin("making pages")
    watched.times.pass_(10, cpu=19.5)
    watched.progress.advance(1, 2)
    watched.times.pass_(2, cpu=0.5)
    watched.progress.close()
    watched.times.pass_(50)
    assert watched.progress.stages == [
        Stage("reading", cpu=1.25, wall=1.5),
        Stage("making pages", cpu=20.0, wall=12.0),
    ]
    assert watched.progress.profile() == (
        "              CPU s   wall s\n"
        "reading        1.25     1.50\n"
        "making pages  20.00    12.00\n"
        "all           21.25    13.50"
    )


def test_profile_of_nothing_is_a_table_too() -> None:
    assert Progress().profile() == "  CPU s   wall s\nall   0.00     0.00"
