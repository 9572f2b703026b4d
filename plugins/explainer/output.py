"""The output folder: built beside the old one, and exchanged with it in one step.

Names for an output `site/`: `.site.new` is the staging folder, `.site.old` the old output while
two renames are under way, `.site.spare` the output before this one, whose folders the next
build uses again, and `.site.lock` is held by the build that is running. All are
siblings, since only within one file system can folders be renamed and files be linked.
"""

import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from typing import IO

MARKER = ".explainer-output"
MARKER_TEXT = "Made by explainer: the next build replaces everything in this folder.\n"

SUMS = "SHA256SUMS"

SETTINGS_NAMES = ("pelican.conf.py", "pelicanconf.py")


class OutputError(Exception):
    """The output cannot be written here. `message` is one line for the person at the terminal."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@contextmanager
def staged_output(output: Path, *, sources: Sequence[Path] = ()) -> Iterator[Path]:
    """Give a folder to build in; it becomes the output when the block ends well.

    There are no files in it, but there may be folders; those that stay empty go at the end. A file
    with the same bytes as its namesake in the old output becomes a hard link to it, which keeps its
    times. When the block raises anything, the old output stays as it was and the staging folder
    goes. What an earlier build left behind when it was killed is put in order first.

    `sources` are files and folders that the site is made from: an output that holds one of them,
    or lies in one, is refused. Raises OutputError for that, for a folder that is not ours (neither
    empty nor marked by MARKER), for a home directory or a repository, and when another build has
    the lock.
    """
    output = output.resolve()
    check_output(output, sources=sources)
    with _locked(output), _disk_errors(output):
        _recover(output)
        staging = _sibling(output, "new")
        try:
            _make_staging(staging, _sibling(output, "spare"))
            _mark(staging)
            yield staging
            _mark(staging)  # who builds may have emptied the folder first
            _remove_folders(staging, lambda _: True)
            _link_unchanged(old=output, new=staging)
            _replace(output, staging)
            _spare(output, staging)
        finally:
            if staging.exists():  # what was built, or after the exchange the old output
                _clear_away(staging)


def _spare(output: Path, old: Path) -> None:
    """Keep the folder of the old output, where there was one, for the next build."""
    spare = _sibling(output, "spare")
    with suppress(OSError, OutputError):  # what is in the way, or cannot be renamed, is no loss
        _remove_ours(spare)
        if old.exists():
            _mark(old)
            old.rename(spare)


def take_over(names: Iterable[str], *, output: Path, staging: Path) -> None:
    """Have these files of the output in a staging folder too.

    They become links to the same files, or copies where the system has no links. Raises ValueError
    for a name that leads out of the output.
    """
    made: set[str] = set()
    for name in names:
        if os.path.isabs(name) or ".." in name.split("/"):
            raise ValueError(f"{name} lies outside of {output}")
        target = f"{staging}{os.sep}{name}"
        parent = os.path.dirname(target)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        _link_or_copy(f"{output}{os.sep}{name}", target)


def _make_staging(staging: Path, spare: Path) -> None:
    """Make the staging folder: of the spare one, whose folders stay, or an empty one.

    To make a folder takes some systems longer than to write a page, and a site has thousands.
    """
    if spare.is_symlink() or not (spare / MARKER).is_file():
        staging.mkdir()
        return
    spare.rename(staging)
    for name, entry in entries_below(staging):
        if name != MARKER:
            os.unlink(entry.path)
    # A file may come where one of these was.
    _remove_folders(staging, lambda entry: "." in entry.name)


def _remove_folders(root: Path, is_wanted: Callable[[os.DirEntry[str]], bool]) -> None:
    """Remove the folders below `root` that are empty, of those that `is_wanted` tells."""
    waiting, found = [os.fspath(root)], []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            inner = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        found += inner
        waiting += [entry.path for entry in inner]
    for entry in reversed(found):
        if is_wanted(entry):
            with suppress(OSError):  # it is not empty
                os.rmdir(entry.path)


def _link_or_copy(source: str, target: str) -> None:
    """The same file at another place, or where the system cannot do that a copy of it."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)


def _clear_away(staging: Path) -> None:
    """Remove the staging folder; where the disk refuses, the next build does it."""
    with suppress(OSError):
        _mark(staging)  # before anything goes: on a full disk there may be no room for it yet
    with suppress(OSError, OutputError):
        _remove_ours(staging)


#: What a disk says that is full, write-protected or broken.
_DISK_ERRORS = frozenset(
    getattr(errno, name)
    for name in ("ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO", "EFBIG")
    if hasattr(errno, name)
)


@contextmanager
def _disk_errors(output: Path) -> Iterator[None]:
    """An error of the disk as an OutputError; every other error stays what it is."""
    try:
        yield
    except OSError as error:
        if error.errno not in _DISK_ERRORS:
            raise
        place = f" ({error.filename})" if error.filename else ""
        raise OutputError(
            f"{output} could not be written: {error.strerror}{place}; what was there stays"
        ) from error


def write_sums(folder: Path, known: Mapping[str, str] | None = None) -> None:
    """Write SUMS into a folder: the SHA-256 of each file in it but SUMS and MARKER, by name.

    `sha256sum --check SHA256SUMS` reads it; two builds are the same where their sums are. `known`
    has the sums of files that were taken when they were written.
    """
    known = known or {}
    lines = [
        f"{known.get(name) or hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name, entry in sorted(entries_below(folder), key=itemgetter(0))
        if name not in (MARKER, SUMS) and not entry.is_symlink()
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def clean_output(output: Path) -> None:
    """Remove an output and what killed builds left beside it. No output is no error.

    Raises OutputError as staged_output does.
    """
    output = output.resolve()
    check_output(output)
    if output.parent.is_dir():
        with _locked(output):
            _recover(output)
            _remove_ours(_sibling(output, "spare"))
            _remove_ours(output)


def check_output(output: Path, *, sources: Sequence[Path] = ()) -> None:
    """Raise OutputError where a build must not replace this folder.

    Symbolic links are followed, so it is the real folder that is judged.
    """
    output = output.resolve()
    reason = _refusal(output, [source.resolve() for source in sources])
    if reason:
        raise OutputError(f"{output} cannot be the output: {reason}")


def _refusal(output: Path, sources: Sequence[Path]) -> str | None:
    """Why a folder is not one to replace; None where it may be."""
    if output.exists() and not output.is_dir():
        return "it is not a folder"
    if output == Path(output.anchor):
        return "it is the root of the file system"
    if _home().is_relative_to(output):
        return "it is a home directory or holds one"
    if (output / ".git").exists():
        return "it is a git repository"
    if any((output / name).exists() for name in SETTINGS_NAMES):
        return "it holds the settings of a site"
    return _overlap(output, sources) or _stranger(output)


def _overlap(output: Path, sources: Sequence[Path]) -> str | None:
    """What the site is made from that an output would destroy or be read with."""
    for source in sources:
        if source.is_relative_to(output):
            return f"the site is made from {source}, which is in it"
        if output.is_relative_to(source):
            return f"it is in {source}, which the site is made from"
    return None


def _stranger(output: Path) -> str | None:
    """Whether there are files in a folder that no build of ours made."""
    if not output.is_dir() or _is_ours(output):
        return None
    return (
        "there are files in it that no build made. "
        f"Empty it, or put an empty file {MARKER} into it where all of it may go"
    )


def _home() -> Path:
    """The user's home, or the working directory where there is no such thing."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return Path.cwd()


def _sibling(output: Path, kind: str) -> Path:
    """A folder or file of ours beside the output, hidden."""
    return output.with_name(f".{output.name}.{kind}")


def _is_ours(folder: Path) -> bool:
    """Whether a folder has our mark, or nothing in it."""
    return (folder / MARKER).is_file() or not any(folder.iterdir())


# ---- one build at a time


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    """Hold the lock of an output; raise OutputError at once where another process has it.

    The system frees the lock of a process that dies. The file is removed while the lock is held;
    who got hold of a file that was removed in between tries again with the new one.
    """
    path = _sibling(output, "lock")
    while True:
        with _open_lock(path) as file:
            if not _try_lock(file):
                raise OutputError(f"another build is writing {output}{_holder(file)}; let it end")
            if not _is_still(file, path):
                continue
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            try:
                yield
            finally:
                # Windows cannot remove a file that is open: there it stays, which does no harm.
                with suppress(OSError):
                    path.unlink()
            return


def _open_lock(path: Path) -> IO[str]:
    """Open the file of a lock, made with its folder where it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="ascii")
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"{path.parent} cannot be written to: {reason}") from error


def _try_lock(file: IO[str]) -> bool:
    """Whether the lock of an open file could be had, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the text: a locked byte could not be read by who asks.
            os.lseek(file.fileno(), 1 << 20, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(file: IO[str], path: Path) -> bool:
    """Whether the file that was opened is the one that has its name now."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _holder(file: IO[str]) -> str:
    """Which process has the lock, as it wrote it down, for a message."""
    file.seek(0)
    number = file.read(20).strip()
    return f" (process {number})" if number.isdigit() else ""


# ---- staging, exchange, recovery


def _mark(folder: Path) -> None:
    """Mark a folder as ours, so that a later build may replace or remove it."""
    marker = folder / MARKER
    if not marker.exists():
        marker.write_text(MARKER_TEXT, encoding="utf-8", newline="\n")


def _recover(output: Path) -> None:
    """Put in order what a killed build left: no output but an old one means to go back to it."""
    old = _sibling(output, "old")
    if old.exists() and not output.exists():
        old.rename(output)
    _remove_ours(old)
    _remove_ours(_sibling(output, "new"))


def _remove_ours(folder: Path) -> None:
    """Remove a folder of ours if it is there; raise OutputError for anything else of its name.

    The marker goes last: where this is cut short, what is left can still be told to be ours.
    """
    if not folder.exists():
        return
    if not folder.is_dir() or not _is_ours(folder):
        raise OutputError(f"{folder} is in the way, and no build made it: move it elsewhere")
    for entry in list(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()
    (folder / MARKER).unlink(missing_ok=True)
    folder.rmdir()


def _link_unchanged(*, old: Path, new: Path) -> None:
    """Replace files in `new` that have not changed by hard links to those in `old`.

    Stops at the first link that the file system refuses: it saves space and keeps times, but a
    site is as good without.
    """
    if not old.is_dir():
        return
    spare = new / f"{MARKER}.link"
    for name, entry in entries_below(new):
        before = f"{old}{os.sep}{name}"
        if not entry.is_symlink() and _is_same(before, entry):
            try:
                spare.hardlink_to(before)
            except OSError:
                return
            spare.replace(entry.path)


def entries_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file and link below a folder by its path there, in no order.

    What cannot be listed counts as empty. No `Path` is made: a site has thousands of files.
    """
    waiting = [(os.fspath(folder), "")]
    while waiting:
        parent, prefix = waiting.pop()
        try:
            with os.scandir(parent) as found:
                entries = list(found)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                yield prefix + entry.name, entry


def _is_same(old: str, new: os.DirEntry[str]) -> bool:
    """Whether two regular files have the same bytes and are not one file already."""
    try:
        first, second = os.lstat(old), new.stat(follow_symlinks=False)
        if first.st_size != second.st_size or os.path.samestat(first, second):
            return False
        if not stat.S_ISREG(first.st_mode):
            return False
        return Path(old).read_bytes() == Path(new.path).read_bytes()
    except OSError:
        return False


def _replace(output: Path, staging: Path) -> None:
    """Put the new folder in the place of the old; raise OutputError with the old one in place."""
    try:
        if not output.exists():
            staging.rename(output)
        elif not _exchange(output, staging):
            _rename_twice(output, staging)
    except OSError as error:
        raise OutputError(f"{output} could not be replaced: {error.strerror or error}") from error


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; False where the system or file system has no such thing.

    renameat2(2), Linux 3.15 and glibc 2.28; not on every file system.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    at_working_directory, exchange = -100, 2
    paths = os.fsencode(first), os.fsencode(second)
    failed = renameat2(at_working_directory, paths[0], at_working_directory, paths[1], exchange)
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number))


def _rename_twice(output: Path, staging: Path) -> None:
    """Exchange by two renames. A build that is killed in between is put right by `_recover`."""
    old = _sibling(output, "old")
    output.rename(old)
    try:
        staging.rename(output)
    except OSError:
        old.rename(output)
        raise
    old.rename(staging)  # as after an exchange
