"""What a build keeps beside its output for the next one: the folder `.output.state`.

It has three files: `build` says what was built of what, `pages` what was read for which page, and
`reading` what was made of each file. The first has digests of the others, and is written last.

The next build trusts it only where the output is to the last file what that build left, and where
program, libraries, theme and settings are the same: `build_key`. Whatever cannot be read, is of
another version or was cut short counts as nothing, and all is built anew. An output that came from
elsewhere (a pull request, a copy) has other times and file numbers, so nothing of it is taken over.

Nothing here imports what makes pages: a build that has nothing to do shall not wait for it.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from mmap import ACCESS_READ, mmap
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from .output import entries_below
from .settings import Settings

FORMAT = 3
BUILD, PAGES, READING = "build", "pages", "reading"
_SIZE = 16
#: Packages whose work is in the pages.
_LIBRARIES = (
    "babel",
    "imagesize",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "mdurl",
    "nh3",
    "numpy",
    "pelican",
    "pydantic",
    "python-dateutil",
    "PyYAML",
    "scipy",
    "sparse-dot-topn",
    "tzdata",
    "Unidecode",
)
_ERRORS = (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError)


@dataclass(frozen=True)
class KeptBuild:
    """What a build left: what it was made of, what the output was, and what it knows of pages."""

    key: str
    inputs: str
    """The digest of everything that it was made of (`inputs_digest`)."""
    files: Mapping[str, tuple[int, int, int]]
    """Size, time and number of each file of the output, by its path."""
    pages: int
    was_silent: bool
    """Whether there was nothing to report."""
    program: str = ""
    """The digest of program and libraries alone (`program_key`)."""
    state: str = ""
    """The digest of what `incremental.state_to_json` gave, as JSON (`read_state`)."""
    reading: str = ""
    """That of what `incremental.KnownReading` knows (`open_reading`): good for the same program."""


def program_key() -> str:
    """A digest of this program, of Python and of the libraries whose work is in the pages."""
    digest = blake2b(repr((FORMAT, sys.version)).encode(), digest_size=_SIZE)
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name}={version(name)}\n".encode())
    _feed_folder(digest, Path(__file__).parent)
    return digest.hexdigest()


def build_key(program: str, settings: Settings, theme: Path) -> str:
    """A digest of all that every page depends on beside the content, the day among it."""
    digest = blake2b(f"{program} {settings!r}".encode(), digest_size=_SIZE)
    _feed_folder(digest, theme)
    return digest.hexdigest()


def _feed_folder(digest: blake2b, folder: Path) -> None:
    for name, entry in _entries(folder):
        _feed(digest, name, _bytes_of(entry))


def inputs_digest(key: str, content: Path) -> str:
    """A digest of everything that a build is made of: the key, and the content's files.

    Pictures are known by size, time and number: nobody should wait for their bytes to be read.
    """
    digest = blake2b(key.encode(), digest_size=_SIZE)
    for name, entry in _entries(content):
        if entry.is_symlink():
            _feed(digest, name, os.fsencode(os.readlink(entry.path)))
        elif name.startswith("images/"):
            _feed(digest, name, repr(_identity(entry.stat(follow_symlinks=False))).encode())
        else:
            _feed(digest, name, _bytes_of(entry))
    return digest.hexdigest()


def _feed(digest: blake2b, name: str, data: bytes) -> None:
    """What is fed is told apart by its length: no two lists of files have the same digest."""
    head = os.fsencode(name)
    digest.update(b"%d %d\n" % (len(head), len(data)))
    digest.update(head)
    digest.update(data)


def output_files(output: Path) -> dict[str, tuple[int, int, int]]:
    """Size, time and number of each file below a folder, by its path; links as such."""
    return {name: _identity(entry.stat(follow_symlinks=False)) for name, entry in _entries(output)}


def _identity(found: os.stat_result) -> tuple[int, int, int]:
    kind = 0 if stat.S_ISREG(found.st_mode) else 1 << 62
    return found.st_size | kind, found.st_mtime_ns, found.st_ino


def _entries(folder: Path) -> list[tuple[str, os.DirEntry[str]]]:
    """Every file and link below a folder by path, in order; no compiled code of Python."""
    found = ((name, entry) for name, entry in entries_below(folder) if _CACHE not in f"/{name}")
    return sorted(found, key=itemgetter(0))


_CACHE = "/__pycache__/"


def _bytes_of(entry: os.DirEntry[str]) -> bytes:
    with open(entry.path, "rb", buffering=0) as file:
        return file.readall()


def state_folder(output: Path) -> Path:
    """Where the state of an output is kept: beside it, hidden."""
    output = output.resolve()
    return output.with_name(f".{output.name}.state")


def read_kept(output: Path) -> KeptBuild | None:
    """What the last build of this output left, if the output is still that; else None."""
    try:
        text = (state_folder(output) / BUILD).read_text(encoding="utf-8")
        digest, _, body = text.partition("\n")
        if digest != _digest(body.encode()):
            return None
        found = json.loads(body)
        kept = KeptBuild(
            found["key"],
            found["inputs"],
            {path: (int(a), int(b), int(c)) for path, (a, b, c) in found["files"].items()},
            int(found["pages"]),
            bool(found["was_silent"]),
            found["program"],
            found["state"],
            found["reading"],
        )
        return kept if kept.files == output_files(output) else None
    except _ERRORS:
        return None


def identity(output: Path) -> object:
    """What is another one when another build has put an output here, or kept something, since.

    None where there is no output, or nothing is kept of it.
    """
    try:
        return output.stat().st_ino, _identity((state_folder(output) / BUILD).lstat())
    except OSError:
        return None


def read_state(output: Path, kept: KeptBuild) -> str | None:
    """What was kept of the pages, as JSON; None where it cannot be read or is not what was kept."""
    with suppress(OSError, UnicodeError):
        data = (state_folder(output) / PAGES).read_bytes()
        if kept.state == _digest(data):
            return data.decode()
    return None


def open_reading(output: Path, kept: KeptBuild) -> mmap | None:
    """What is known of the reading, as bytes that stay on the disk; None as `read_state`."""
    with suppress(OSError, ValueError):  # an empty file cannot be mapped
        with open(state_folder(output) / READING, "rb") as file:
            data = mmap(file.fileno(), 0, access=ACCESS_READ)
        if kept.reading == _digest(data):
            return data
        data.close()
    return None


class ReadingFile:
    """A file for what is known of this reading: written while it is read, `kept` at the end."""

    def __init__(self, output: Path) -> None:
        self._path = state_folder(output) / READING
        self._part = self._path.with_name(f"{READING}.part")
        self._digest = blake2b(digest_size=_SIZE)
        self._file: BinaryIO | None = None
        with suppress(OSError):
            if not self._path.parent.is_dir():
                self._path.parent.unlink(missing_ok=True)  # a file in its place is an older build's
                self._path.parent.mkdir()
            self._file = self._part.open("wb")

    def write(self, data: bytes) -> None:
        """Add bytes; where the disk refuses them, nothing will be known."""
        if self._file is not None:
            try:
                self._file.write(data)
                self._digest.update(data)
            except OSError:
                self.discard()

    def keep(self) -> str:
        """Put the file in its place: its digest; nothing where there is none."""
        if self._file is None:
            return ""
        with suppress(OSError):
            self._file.close()
            self._part.replace(self._path)
            return self._digest.hexdigest()
        return ""

    def discard(self) -> None:
        """Remove the file, unless it was kept."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
                self._file = None
            self._part.unlink(missing_ok=True)


def write_kept(output: Path, kept: KeptBuild, state: str) -> None:
    """Keep it for the next build; where that cannot be, the next build is a full one."""
    data = state.encode()
    body = json.dumps({**vars(kept), "state": _digest(data)}, separators=(",", ":"))
    folder = state_folder(output)
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        _write_whole(folder / PAGES, data)
        _write_whole(folder / BUILD, f"{_digest(body.encode())}\n{body}".encode())


def _write_whole(file: Path, data: bytes) -> None:
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(data)
    part.replace(file)


def forget_kept(output: Path) -> None:
    """Remove what a build left: the next one is a full one."""
    folder = state_folder(output)
    with suppress(OSError):
        if folder.is_dir() and not folder.is_symlink():
            for name in (BUILD, PAGES, READING):
                (folder / name).unlink(missing_ok=True)
                (folder / f"{name}.part").unlink(missing_ok=True)
            folder.rmdir()
        else:
            folder.unlink(missing_ok=True)


def _digest(data: bytes | mmap) -> str:
    return blake2b(data, digest_size=_SIZE).hexdigest()
