"""Files from the disk: the one place where content is read.

`load_content` reads every file of the content folder that this format knows, in the order of
their names, so that nothing depends on the order in which a disk lists them. What cannot be read
is a problem with its place, never an exception.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .limits import DEFAULT_LIMITS, Limits, long_lines, raising
from .pictures import name_problems, picture_problems
from .problems import Location, Problem, did_you_mean

DRAFT_ENDING = ".draft.yaml"
"""A draft of annotations beside an article: for its editor, never read as content."""

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
    "stories": (".yaml", ".csv"),
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
    unread: tuple[ContentFile, ...] = ()
    """Files that cannot be read; their texts are what can be made out, for excerpts."""
    refused: frozenset[str] = frozenset()
    """Pictures that exist and may not be published; a problem says why."""
    cname: str = ""
    """The site's own domain, for GitHub Pages; empty where none is named."""
    limits: Limits = DEFAULT_LIMITS
    """What was, and has still to be, kept to."""

    @property
    def published_images(self) -> tuple[str, ...]:
        """The pictures that a build copies, in order."""
        return tuple(sorted(self.images - self.refused))


def load_content(folder: Path, name: str = "content", limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """Every known file below `folder`; `name` is how the folder is called in messages."""
    problems: list[Problem] = []
    files: list[ContentFile] = []
    unread: list[ContentFile] = []
    for path in _paths(folder, name, problems):
        before = len(problems)
        text = _read(folder / path, f"{name}/{path}", problems, limits)
        # A sheet in another encoding is read as it may be meant, for its other mistakes.
        is_read = len(problems) == before or (path.suffix == ".csv" and bool(text))
        (files if is_read else unread).append(ContentFile(path, f"{name}/{path}", text))
    images, refused = _pictures(folder, name, problems, limits)
    cname = _cname(folder / "CNAME", f"{name}/CNAME", problems)
    return Loaded(tuple(files), images, tuple(problems), tuple(unread), refused, cname, limits)


def _paths(folder: Path, name: str, problems: list[Problem]) -> Iterator[PurePosixPath]:
    problems.extend(_misspelt(folder, name))
    for file in SINGLE_FILES:
        if (folder / file).exists():
            yield PurePosixPath(file)
    for sub, endings in FOLDERS.items():
        if (folder / sub).is_symlink():
            problems.append(_link(f"{name}/{sub}", "folder"))
            continue
        folders = _folders_in(folder / sub)
        for entry in _entries(folder / sub):
            path = PurePosixPath(sub, entry)
            if entry in folders or path.suffix not in endings:
                problems.append(_unknown(folder / path, f"{name}/{path}", sub, endings))
                continue
            yield path


def _folders_in(folder: Path) -> frozenset[str]:
    """The names of the folders in a folder; the system tells all at once."""
    if not folder.is_dir():
        return frozenset()
    with os.scandir(folder) as found:
        return frozenset(entry.name for entry in found if entry.is_dir())


def _entries(folder: Path) -> list[str]:
    """The names in a folder, sorted, without drafts and what editors and systems leave behind."""
    if not folder.is_dir():
        return []
    return sorted(
        entry
        for entry in os.listdir(folder)
        if not entry.startswith((".", "~", "#")) and not entry.endswith(("~", "#", DRAFT_ENDING))
    )


def _misspelt(folder: Path, name: str) -> Iterator[Problem]:
    """What stands beside the known files and folders, and is YAML or called nearly like one."""
    for entry in _entries(folder):
        is_folder = (folder / entry).is_dir()
        known = [*FOLDERS, "images"] if is_folder else SINGLE_FILES
        if entry in known:
            continue
        # By the stem: the ending that all share would make everything near.
        stems = {PurePosixPath(file).stem: file for file in known}
        near = did_you_mean(PurePosixPath(entry).stem, stems)
        if near is None and not entry.endswith((".yaml", ".yml")):
            continue
        hint = f"did you mean '{stems[near]}'?" if near else f"known are {', '.join(known)}"
        if near and (folder / stems[near]).exists():
            hint = f"'{stems[near]}' is there already: move into it what stands here"
        what = "folder" if is_folder else "file"
        yield _problem("unknown-file", f"{name}/{entry}", f"this {what} is not read", hint)


#: Endings that are written in place of ours.
_SHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".tsv", ".tab", ".txt")
#: How spreadsheets call the one kind of file that is read.
CSV_UTF_8 = (
    "in Excel 'CSV UTF-8', in LibreOffice 'Text CSV' with the character set UTF-8, "
    "in Google Sheets 'Comma-separated values'"
)
_ENDINGS = {".yml": ".yaml", ".markdown": ".md", ".mdown": ".md", ".mkd": ".md"}


def _unknown(path: Path, name: str, sub: str, endings: tuple[str, ...]) -> Problem:
    ending = path.suffix.lower()
    ending = _ENDINGS.get(ending, ending)
    is_sheet = sub == "stories" and ending in _SHEETS
    if path.is_dir():
        hint = f"{sub}/ has no folders inside"
    elif ending in endings:
        hint = f"did you mean '{path.stem}{ending}'?"
    elif is_sheet:
        hint = f"save the sheet as '{path.stem}.csv': {CSV_UTF_8}"
    else:
        allowed = " and ".join(f"*{known}" for known in endings)
        hint = f"{sub}/ holds {allowed} files; pictures belong in images/"
    what = "folder" if path.is_dir() else "file"
    return _problem("unknown-file", name, f"this {what} is not read", hint)


def _link(name: str, what: str) -> Problem:
    message = f"this is a link to another {what}, which is not followed"
    return _problem("symlink", name, message, f"put the {what} itself here")


def _problem(code: str, file: str, message: str, *hints: str) -> Problem:
    return Problem(code, Location(file), message, hints)


def _read(path: Path, name: str, problems: list[Problem], limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of a file; where there is a problem, what can be made out of it."""
    try:
        kind = os.lstat(path).st_mode
        if stat.S_ISLNK(kind):
            problems.append(_link(name, "file"))
            return ""
        if not stat.S_ISREG(kind):  # a pipe would be waited for
            problems.append(_problem("unreadable", name, "this is no file that can be read"))
            return ""
        with open(path, "rb", buffering=0) as file:
            data = file.readall()
    except OSError as error:
        problems.append(_problem("unreadable", name, f"the file cannot be read: {error.strerror}"))
        return ""
    if len(data) > limits.file_bytes:
        message = f"the file has {len(data):,} bytes, and at most {limits.file_bytes:,} are allowed"
        hints = ("split it into several files", raising("file_bytes"))
        problems.append(_problem("too-long", name, message, *hints))
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if path.suffix == ".csv":
            return _read_foreign(data, name, error, problems)
        problems.append(_not_utf_8(data, error.start, name))
        is_wide = data.startswith(_UTF_16)
        text = data.decode("utf-16" if is_wide else "utf-8", "replace")
    text = _with_plain_lines(text)
    problems.extend(long_lines(text, name, limits))
    return text


def _with_plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_foreign(
    data: bytes, name: str, error: UnicodeDecodeError, problems: list[Problem]
) -> str:
    """A sheet in another encoding: one problem, and the text as it may be meant.

    So that the other mistakes of the sheet are told in the same run. Older Excel writes the
    encoding of its Windows, which nothing in the file names: it cannot be read without guessing.
    """
    if data.startswith(_UTF_16):
        message = "the sheet is in UTF-16, which Excel calls 'Unicode text'"
        problems.append(_problem("not-utf-8", name, message, f"save it anew: {CSV_UTF_8}"))
        return _with_plain_lines(data.decode("utf-16", errors="replace"))
    text = data.decode("cp1252", errors="replace")  # one character a byte: places stay
    line = data.count(b"\n", 0, error.start) + 1
    column = error.start - data.rfind(b"\n", 0, error.start)
    byte = f"byte 0x{data[error.start]:02X}, in Windows-1252 '{text[error.start]}'"
    message = f"this cell holds a character that is not in UTF-8 ({byte})"
    place = Location(name, line, column)
    problems.append(Problem("not-utf-8", place, message, (f"save the sheet anew: {CSV_UTF_8}",)))
    return _with_plain_lines(text)


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _not_utf_8(data: bytes, at: int, name: str) -> Problem:
    """The problem with a file in another encoding; the byte at `at` is the first that is wrong."""
    hint = "save the file with the encoding UTF-8"
    if data.startswith(_UTF_16):
        return Problem("not-utf-8", Location(name), "the file is saved as UTF-16", (hint,))
    start = data.rfind(b"\n", 0, at) + 1
    line, column = data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8-sig")) + 1
    sign = data[at : at + 1].decode("cp1252", "ignore")
    meant = f", which is '{sign}' in Windows-1252" if sign.isprintable() and sign else ""
    message = f"this line holds a character that is not in UTF-8 (byte 0x{data[at]:02X}{meant})"
    return Problem("not-utf-8", Location(name, line, column), message, (hint,))


_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.I)


def _cname(path: Path, name: str, problems: list[Problem]) -> str:
    """The domain in the file CNAME, which is published as it is: nothing else may be in it."""
    if not (path.is_symlink() or path.exists()):
        return ""
    before = len(problems)
    host = _read(path, name, problems).strip()
    if len(problems) > before:
        return ""
    if not _HOST.fullmatch(host):
        hint = "it holds one name and no more, for example: news.example.org"
        problems.append(_problem("bad-url", name, "this is not the name of a domain", hint))
        return ""
    return host


def _pictures(
    folder: Path, name: str, problems: list[Problem], limits: Limits
) -> tuple[frozenset[str], frozenset[str]]:
    """The pictures that exist, and those of them that may not be published."""
    root = folder / "images"
    if root.is_symlink():
        problems.append(_link(f"{name}/images", "folder"))
        return frozenset(), frozenset()
    found = [path.relative_to(root).as_posix() for path in _below(root, name, problems)]
    wrong = list(name_problems(found, f"{name}/images"))
    for path in found:
        try:
            with (root / path).open("rb") as file:
                data = file.read(max(limits.picture_bytes, limits.drawing_bytes) + 1)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            wrong.append(_problem("unreadable", f"{name}/images/{path}", message))
            continue
        wrong += picture_problems(path, data, f"{name}/images/{path}", limits)
    problems.extend(wrong)
    refused = {problem.location.file.removeprefix(f"{name}/images/") for problem in wrong}
    return frozenset(found), frozenset(refused)


def _below(root: Path, name: str, problems: list[Problem]) -> Iterator[Path]:
    """Every regular file below the folder of pictures; links are problems."""
    for parent, folders, files in os.walk(root):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for entry in [*folders, *sorted(files)]:
            path = Path(parent, entry)
            shown = f"{name}/images/{path.relative_to(root).as_posix()}"
            if entry.startswith(".") or entry in _LITTER:
                continue
            if path.is_symlink():
                problems.append(_link(shown, "folder" if path.is_dir() else "file"))
            elif path.is_file():
                yield path
            elif not path.is_dir():
                message = "this is no file that can be published"
                problems.append(_problem("bad-picture", shown, message, "delete it"))


#: What Windows leaves in folders of pictures.
_LITTER = ("Thumbs.db", "desktop.ini")
