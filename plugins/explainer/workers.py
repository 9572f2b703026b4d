"""Makes the pages of a site in several processes, through any `concurrent.futures.Executor`.

Where the system can fork, a pool of our own has the whole site in memory from the start, and
nothing is handed over but names of parts. An executor from elsewhere (a cluster's, such as Dask's
`Client.get_executor()`) gets the way to a file with the site, which each of its processes reads
once; its processes must have this package, and see theme and output at the same places.

The bytes do not depend on who makes a page: a page is made of the graph alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from itertools import chain, takewhile
from pathlib import Path
from typing import Protocol

from .incremental import PageRecord, PartRecord
from .tracking import Read, Reads

#: Fewer parts than this are made before processes have started.
FEWEST_PARTS = 150
#: Into how many pieces of work the parts are divided for each process: the last ones end together.
_PIECES = 12
#: Where more processes than this share one disk, it is the disk that they wait for.
MOST_WORKERS = 16

#: What a piece of work gives: reads, each once, and for each part its pages and numbers of reads.
_Made = tuple[list[Read], list[tuple[str, tuple[PageRecord, ...], list[int]]]]


class Writer(Protocol):
    """What makes a part of a site and writes its pages below `root`; can be pickled."""

    @property
    def root(self) -> Path: ...

    def write_part(self, key: str) -> PartRecord: ...

    def prepare(self) -> None:
        """Make all that many parts need, before processes are made that would each make it."""


def can_fork() -> bool:
    """Whether the system can fork; what Apple's libraries do behind a fork is not defined."""
    return sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()


def default_workers() -> int:
    """As many processes as this one may use cores, where the system can fork; else one."""
    if not can_fork():
        return 1
    allowed = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))
    return min(len(allowed(0)), MOST_WORKERS)


def make_parts(
    writer: Writer, keys: Sequence[str], *, executor: Executor | None = None, workers: int = 1
) -> Generator[tuple[str, PartRecord]]:
    """Make parts and write their pages; each is given once it stands, in the order of the keys.

    With an executor its processes do it, `workers` of them; else as many of our own; where there
    is one alone, or too little to do, this process. Who has closed it, or got an error of a page,
    can be sure that nobody writes any more.
    """
    if len(keys) >= FEWEST_PARTS and executor is not None:
        yield from _made_elsewhere(writer, _pieces(keys, workers), executor)
    elif len(keys) >= FEWEST_PARTS and workers > 1:
        writer.prepare()
        with _pool(writer, workers) as pool:
            found = pool.map(_make_from_memory, _pieces(keys, workers))
            yield from chain.from_iterable(map(_unpacked, found))
    else:
        for key in keys:
            yield key, writer.write_part(key)


def _pieces(keys: Sequence[str], workers: int) -> list[list[str]]:
    """The parts in pieces of work: neighbours, which show the same things, stay together."""
    size = max(1, -(-len(keys) // (max(workers, 2) * _PIECES)))
    return [list(keys[start : start + size]) for start in range(0, len(keys), size)]


def _make(writer: Writer, keys: Iterable[str]) -> _Made:
    numbers: dict[Read, int] = {}
    parts = []
    for key in keys:
        record = writer.write_part(key)
        reads = [numbers.setdefault(read, len(numbers)) for read in record.reads]
        parts.append((key, record.pages, reads))
    return list(numbers), parts


def _unpacked(made: _Made) -> Iterator[tuple[str, PartRecord]]:
    reads, parts = made
    for key, pages, numbers in parts:
        yield key, PartRecord(pages, Reads(reads[number] for number in numbers))


# ---- our own processes

_writer: Writer | None = None
"""In a process of our pool: what it makes parts with. It is there from the fork on."""


@contextlib.contextmanager
def _pool(writer: Writer, workers: int) -> Iterator[Executor]:
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("fork"), _begin, (writer, os.getpid())
    )
    try:
        yield pool
    finally:
        # Pieces are small: what is being made is waited for, also when the build is interrupted.
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(writer: Writer, parent: int) -> None:
    """What a process of the pool does first."""
    global _writer
    _writer = writer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build is interrupted, and ends the pool
    _die_with(parent)


def _make_from_memory(keys: Sequence[str]) -> _Made:
    assert _writer is not None
    return _make(_writer, keys)


def _die_with(parent: int) -> None:
    """End this process when the build is killed: nobody else would, and it would go on writing."""
    with contextlib.suppress(AttributeError, OSError):
        set_death_signal = 1  # PR_SET_PDEATHSIG of prctl(2), Linux
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


# ---- others' processes

_read: dict[str, Writer] = {}
"""In a process of somebody else's: the site that was read last, by the way to its file."""
_alone = threading.Lock()
"""A site is made by one thread at a time: it notes what is read. Others' processes have several."""


def _made_elsewhere(
    writer: Writer, pieces: Sequence[Sequence[str]], executor: Executor
) -> Iterator[tuple[str, PartRecord]]:
    with _in_file(writer) as file:
        asked: list[Future[_Made]] = []
        try:
            asked += [executor.submit(_make_from_file, str(file), piece) for piece in pieces]
            for future in asked:
                yield from _unpacked(future.result())
        finally:
            # Where there was an error: who finds the file gone makes no further part. To cancel is
            # not enough, a cluster says that it was done where a piece is under way.
            file.unlink()
            wait(asked)


@contextlib.contextmanager
def _in_file(writer: Writer) -> Iterator[Path]:
    """A file with the site, for as long as it is made: below `root`, which all must see anyway."""
    writer.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".site-", dir=writer.root) as folder:
        file = Path(folder, "site.pickle")
        file.write_bytes(pickle.dumps(writer, pickle.HIGHEST_PROTOCOL))
        yield file


def _make_from_file(file: str, keys: Sequence[str]) -> _Made:
    with _alone:
        if file not in _read:
            _read.clear()
            # Written by the build that asks, into a folder that nobody else can write to.
            _read[file] = pickle.loads(Path(file).read_bytes())
        return _make(_read[file], takewhile(lambda _: os.path.exists(file), keys))
