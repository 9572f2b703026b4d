"""What is made in a process of its own is what would be made here."""

from __future__ import annotations

import os
import signal

import pytest

from explainer.apart import made_apart
from explainer.workers import can_fork

forks = pytest.mark.skipif(not can_fork(), reason="the system cannot fork")


@forks
def test_function_is_called_in_another_process_and_changes_nothing_here() -> None:
    here: list[int] = []

    def make() -> tuple[int, list[int]]:
        here.append(1)
        return os.getpid(), here

    process, changed = made_apart(make)
    assert process != os.getpid()
    assert (changed, here) == ([1], [])


def test_function_that_fails_fails_with_its_own_error() -> None:
    def make() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        made_apart(make)


@forks
def test_function_is_called_here_where_its_process_is_ended() -> None:
    own = os.getpid()

    def make() -> int:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert made_apart(make) == own
