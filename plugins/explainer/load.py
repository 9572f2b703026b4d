"""Files from the disk: the one place where content is read.

`load_content` reads every file of the content folder that this format knows, in the order of
their names, so that nothing depends on the order in which a disk lists them. What cannot be read
is a problem with its place, never an exception.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .problems import Location, Problem

MAX_BYTES = 2_000_000

#: Files that hold one mapping each, at the top of the content folder.
SINGLE_FILES = (
    "site.yaml",
    "actors.yaml",
    "places.yaml",
    "terms.yaml",
    "issues.yaml",
    "redirects.yaml",
)
#: Folders whose files are one record each, with the endings that they may have.
FOLDERS = {
    "articles": (".md", ".yaml"),
    "stories": (".yaml",),
    "actors": (".yaml",),
    "pages": (".md",),
}


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file's text; `path` is below the content folder, `name` is what an editor is shown."""

    path: PurePosixPath
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that was read, in order of path, and the pictures that exist."""

    files: tuple[ContentFile, ...]
    images: frozenset[str]
    problems: tuple[Problem, ...]


def load_content(folder: Path, name: str = "content") -> Loaded:
    """Every known file below `folder`; `name` is how the folder is called in messages."""
    problems: list[Problem] = []
    files = []
    for path in _paths(folder, name, problems):
        text = _read(folder / path, f"{name}/{path}", problems)
        if text is not None:
            files.append(ContentFile(path, f"{name}/{path}", text))
    return Loaded(tuple(files), _images(folder), tuple(problems))


def _paths(folder: Path, name: str, problems: list[Problem]) -> Iterator[PurePosixPath]:
    for file in SINGLE_FILES:
        if (folder / file).exists():
            yield PurePosixPath(file)
    for sub, endings in FOLDERS.items():
        if (folder / sub).is_symlink():
            problems.append(_problem("symlink", f"{name}/{sub}", "a link is not content"))
            continue
        if not (folder / sub).is_dir():
            continue
        for entry in sorted(os.listdir(folder / sub)):
            if entry.startswith((".", "~", "#")) or entry.endswith(("~", "#")):
                continue
            path = PurePosixPath(sub, entry)
            if (folder / path).is_dir() or path.suffix not in endings:
                problems.append(_unknown(f"{name}/{path}", sub, endings))
                continue
            yield path


def _unknown(file: str, sub: str, endings: tuple[str, ...]) -> Problem:
    allowed = " and ".join(f"*{ending}" for ending in endings)
    hint = f"{sub}/ holds {allowed} files; pictures belong in images/"
    return _problem("unknown-file", file, "this file is not read by anything", hint)


def _problem(code: str, file: str, message: str, *hints: str) -> Problem:
    return Problem(code, Location(file), message, hints)


def _read(path: Path, name: str, problems: list[Problem]) -> str | None:
    if path.is_symlink():
        problems.append(_problem("symlink", name, "the file is a link to another file"))
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(_problem("unreadable", name, f"the file cannot be read: {error.strerror}"))
        return None
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes, and {MAX_BYTES:,} are allowed"
        problems.append(_problem("too-long", name, message))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
        hints = ("save the file with the encoding UTF-8",)
        problems.append(Problem("not-utf-8", Location(name, line), message, hints))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _images(folder: Path) -> frozenset[str]:
    root = folder / "images"
    if root.is_symlink() or not root.is_dir():
        return frozenset()
    return frozenset(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
