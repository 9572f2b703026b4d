"""What a build keeps beside its output for the next one: `.output.state`.

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
from operator import itemgetter
from pathlib import Path

from .output import entries_below
from .settings import Settings

FORMAT = 2
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
    state: str = "{}"
    """What `incremental.state_to_json` gave, as JSON: read only where it is wanted."""
    program: str = ""
    """The digest of program and libraries alone (`program_key`)."""
    reading: str = ""
    """What `incremental.KnownReading` knows, in lines: good for the same program."""


def program_key() -> str:
    """A digest of this program, of Python and of the libraries whose work is in the pages."""
    digest = blake2b(repr((FORMAT, sys.version)).encode(), digest_size=16)
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name}={version(name)}\n".encode())
    _feed_folder(digest, Path(__file__).parent)
    return digest.hexdigest()


def build_key(program: str, settings: Settings, theme: Path) -> str:
    """A digest of all that every page depends on beside the content, the day among it."""
    digest = blake2b(f"{program} {settings!r}".encode(), digest_size=16)
    _feed_folder(digest, theme)
    return digest.hexdigest()


def _feed_folder(digest: blake2b, folder: Path) -> None:
    for name, entry in _entries(folder):
        _feed(digest, name, _bytes_of(entry))


def inputs_digest(key: str, content: Path) -> str:
    """A digest of everything that a build is made of: the key, and the content's files.

    Pictures are known by size, time and number: nobody should wait for their bytes to be read.
    """
    digest = blake2b(key.encode(), digest_size=16)
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


def state_file(output: Path) -> Path:
    """Where the state of an output is kept: beside it, hidden."""
    output = output.resolve()
    return output.with_name(f".{output.name}.state")


def read_kept(output: Path) -> KeptBuild | None:
    """What the last build of this output left, if the output is still that; else None."""
    try:
        digest, _, body = state_file(output).read_text(encoding="utf-8").partition("\n")
        if digest != _digest(body):
            return None
        head, state, reading = body.split("\n", 2)
        found = json.loads(head)
        kept = KeptBuild(
            found["key"],
            found["inputs"],
            {path: (int(a), int(b), int(c)) for path, (a, b, c) in found["files"].items()},
            int(found["pages"]),
            bool(found["was_silent"]),
            state,
            found["program"],
            reading,
        )
        return kept if kept.files == output_files(output) else None
    except _ERRORS:
        return None


def write_kept(output: Path, kept: KeptBuild) -> None:
    """Keep it for the next build; where that cannot be, the next build is a full one."""
    head = {
        "key": kept.key,
        "inputs": kept.inputs,
        "files": kept.files,
        "pages": kept.pages,
        "was_silent": kept.was_silent,
        "program": kept.program,
    }
    body = f"{json.dumps(head, separators=(',', ':'))}\n{kept.state}\n{kept.reading}"
    file = state_file(output)
    part = file.with_name(f"{file.name}.part")
    with suppress(OSError):
        part.write_text(f"{_digest(body)}\n{body}", encoding="utf-8", newline="\n")
        part.replace(file)


def forget_kept(output: Path) -> None:
    """Remove what a build left: the next one is a full one."""
    for name in (state_file(output), state_file(output).with_name(f".{output.name}.state.part")):
        with suppress(OSError):
            name.unlink()


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
