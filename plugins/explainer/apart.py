"""A function in a process of its own, whose memory goes with it.

What ranks the articles imports numpy and scipy and counts all words: a quarter of the memory of a
build, for a list of cards. Where the system can fork, only the cards come back.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from .workers import can_fork

T = TypeVar("T")


def made_apart(make: Callable[[], T]) -> T:
    """What a function gives, which can be pickled; made here where it cannot be made apart.

    Nothing that it changes is changed here. If it fails there it is called here, and fails with
    its own error.
    """
    # A daemon of somebody's, such as a process of a cluster, may have none of its own.
    if not can_fork() or multiprocessing.current_process().daemon:
        return make()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(make, sender))
    try:
        process.start()
    except OSError:  # there may be no more processes
        return make()
    finally:
        sender.close()
    try:
        with receiver:
            made: T = receiver.recv()
            return made
    except EOFError:  # it failed, or the system has ended it
        return make()
    finally:
        process.terminate()
        process.join()


def _send(make: Callable[[], object], sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for it is interrupted, and ends it
    with contextlib.suppress(Exception), sender:
        sender.send(make())
