import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explainer import output as output_module
from explainer.output import (
    MARKER,
    OutputError,
    check_output,
    clean_output,
    staged_output,
    take_over,
)


class Stop(Exception):
    """What a build may raise."""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def read(folder: Path) -> dict[str, str]:
    """All files but the marker."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def build(output: Path, files: dict[str, str]) -> None:
    with staged_output(output) as staging:
        write(staging, files)


@contextmanager
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that can only rename."""
    with monkeypatch.context() as patch:
        patch.setattr(output_module, "_exchange", lambda first, second: False)
        yield


@pytest.fixture(params=["exchange", "two renames"])
def output(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An output in an empty folder, on systems of both kinds."""
    if request.param == "exchange":
        yield tmp_path / "site"
    else:
        with no_exchange(monkeypatch):
            yield tmp_path / "site"


def test_output_is_replaced_as_a_whole(output: Path) -> None:
    build(output, {"index.html": "one", "gone/index.html": "old"})
    build(output, {"index.html": "two", "new/index.html": "new"})
    assert read(output) == {"index.html": "two", "new/index.html": "new"}
    assert sorted(os.listdir(output.parent)) == [".site.spare", "site"]


def test_output_is_untouched_until_the_block_ends(output: Path) -> None:
    build(output, {"index.html": "one"})
    with staged_output(output) as staging:
        write(staging, {"index.html": "two"})
        assert read(output) == {"index.html": "one"}


def fail(output: Path, error: type[BaseException]) -> None:
    """A build that is cut short."""
    with staged_output(output) as staging:
        write(staging, {"index.html": "half"})
        raise error


@pytest.mark.parametrize("error", [Stop, KeyboardInterrupt, SystemExit])
def test_output_stays_when_a_build_fails(output: Path, error: type[BaseException]) -> None:
    build(output, {"index.html": "one"})
    before = output.stat().st_ino
    with pytest.raises(error):
        fail(output, error)
    assert (read(output), output.stat().st_ino) == ({"index.html": "one"}, before)
    assert os.listdir(output.parent) == ["site"]


def test_first_build_that_fails_leaves_nothing(output: Path) -> None:
    with pytest.raises(Stop):
        fail(output, Stop)
    assert os.listdir(output.parent) == []


def test_output_may_be_emptied_by_who_builds(output: Path) -> None:
    with staged_output(output) as staging:
        (staging / MARKER).unlink()
        write(staging, {"index.html": "one"})
    build(output, {"index.html": "two"})
    assert read(output) == {"index.html": "two"}


def test_unchanged_files_are_links_that_keep_their_time(output: Path) -> None:
    build(output, {"same.html": "same", "other.html": "one"})
    before = {name: (output / name).stat() for name in ("same.html", "other.html")}
    build(output, {"same.html": "same", "other.html": "two"})
    after = {name: (output / name).stat() for name in before}
    assert after["same.html"].st_ino == before["same.html"].st_ino
    assert after["same.html"].st_mtime_ns == before["same.html"].st_mtime_ns
    assert after["other.html"].st_ino != before["other.html"].st_ino


def test_output_without_hard_links_is_as_good(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    build(output, {"index.html": "same"})
    build(output, {"index.html": "same"})
    assert read(output) == {"index.html": "same"}


def test_output_through_a_link_replaces_the_folder_behind_it(output: Path) -> None:
    link = output.with_name("link")
    build(output, {"index.html": "one"})
    link.symlink_to(output)
    build(link, {"index.html": "two"})
    assert (link.is_symlink(), read(output)) == (True, {"index.html": "two"})


def test_empty_folder_may_be_the_output(output: Path) -> None:
    output.mkdir()
    build(output, {"index.html": "one"})
    assert read(output) == {"index.html": "one"}


# ---- what is refused


def test_folder_with_files_of_others_is_refused(output: Path) -> None:
    write(output, {"thesis.txt": "mine"})
    with pytest.raises(OutputError) as caught:
        build(output, {})
    assert caught.value.message == (
        f"{output} cannot be the output: there are files in it that no build made. "
        "Empty it, or put an empty file .explainer-output into it where all of it may go"
    )
    assert read(output) == {"thesis.txt": "mine"}


@pytest.mark.parametrize(
    ("name", "files", "reason"),
    [
        ("home/me", {}, "it is a home directory or holds one"),
        ("home", {}, "it is a home directory or holds one"),
        ("repo", {"repo/.git/HEAD": "", "repo/" + MARKER: ""}, "it is a git repository"),
        ("worktree", {"worktree/.git": "", "worktree/" + MARKER: ""}, "it is a git repository"),
        (
            "site",
            {"site/pelican.conf.py": "", "site/" + MARKER: ""},
            "it holds the settings of a site",
        ),
        ("file", {"file": ""}, "it is not a folder"),
    ],
    ids=["home", "above home", "repository", "worktree", "site", "file"],
)
def test_folder_of_value_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    files: dict[str, str],
    reason: str,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    write(tmp_path, {"home/me/letter.txt": "", **files})
    with pytest.raises(OutputError) as caught:
        check_output(tmp_path / name)
    assert caught.value.message == f"{tmp_path / name} cannot be the output: {reason}"


def test_root_of_the_file_system_is_refused() -> None:
    with pytest.raises(OutputError, match="it is the root of the file system"):
        check_output(Path("/"))


def test_output_around_or_inside_of_a_source_is_refused(tmp_path: Path) -> None:
    content = tmp_path / "site/content"
    write(content, {"article.md": ""})
    with pytest.raises(OutputError, match=r"the site is made from .*content, which is in it"):
        check_output(tmp_path / "site", sources=[content])
    with pytest.raises(OutputError, match=r"it is in .*content, which the site is made from"):
        check_output(content / "output", sources=[content])


def test_second_build_at_once_is_refused(output: Path) -> None:
    with staged_output(output), pytest.raises(OutputError) as caught:
        build(output, {})
    assert caught.value.message == (
        f"another build is writing {output} (process {os.getpid()}); let it end"
    )


# ---- what a killed build leaves


def test_killed_build_is_put_right_by_the_next(output: Path) -> None:
    build(output, {"index.html": "one"})
    program = (
        "import os, sys; from pathlib import Path; from explainer.output import staged_output\n"
        "with staged_output(Path(sys.argv[1])) as staging:\n"
        "    (staging / 'half.html').write_text('half'); os._exit(9)"
    )
    path = str(Path(output_module.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": path}
    assert subprocess.run([sys.executable, "-c", program, output], env=environment).returncode == 9
    assert read(output) == {"index.html": "one"}
    build(output, {"index.html": "two"})
    assert read(output) == {"index.html": "two"}
    assert sorted(os.listdir(output.parent)) == [".site.spare", "site"]


def test_build_killed_between_two_renames_gives_the_old_output_back(output: Path) -> None:
    build(output, {"index.html": "one"})
    output.rename(output.with_name(".site.old"))
    with pytest.raises(Stop):
        fail(output, Stop)
    assert read(output) == {"index.html": "one"}


def test_failed_second_rename_gives_the_old_output_back(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(output, {"index.html": "one"})
    rename = Path.rename

    def refuse_staging(self: Path, target: Path) -> Path:
        if self.name == ".site.new":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_staging)
    with no_exchange(monkeypatch), pytest.raises(OutputError) as caught:
        build(output, {"index.html": "two"})
    assert caught.value.message == f"{output} could not be replaced: Permission denied"
    assert read(output) == {"index.html": "one"}


def test_folder_of_others_with_the_name_of_the_staging_stays(output: Path) -> None:
    write(output.with_name(".site.new"), {"mine.txt": "mine"})
    with pytest.raises(OutputError, match="is in the way, and no build made it"):
        build(output, {})
    assert read(output.with_name(".site.new")) == {"mine.txt": "mine"}


# ---- taking over


def take(output: Path, names: set[str], files: dict[str, str]) -> None:
    """A build that takes over some files and writes others."""
    with staged_output(output) as staging:
        take_over(names, output=output, staging=staging)
        for name in files:
            (staging / name).unlink(missing_ok=True)
        write(staging, files)


@pytest.mark.parametrize("spare", ["with a spare", "without one"])
def test_files_taken_over_are_the_very_files(output: Path, spare: str) -> None:
    build(output, {"a/index.html": "first", "b/c/index.html": "b", "gone/index.html": "gone"})
    build(output, {"a/index.html": "a", "b/c/index.html": "b", "d/index.html": "one"})
    if spare == "without one":
        clean_output(output.with_name(".site.spare"))
    before = {name: (output / name).stat() for name in ("a/index.html", "b/c/index.html")}
    take(output, set(before), {"d/index.html": "two"})
    assert read(output) == {"a/index.html": "a", "b/c/index.html": "b", "d/index.html": "two"}
    after = {name: (output / name).stat() for name in before}
    assert {name: (s.st_ino, s.st_mtime_ns) for name, s in after.items()} == {
        name: (s.st_ino, s.st_mtime_ns) for name, s in before.items()
    }
    folders = sorted(p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_dir())
    assert folders == ["a", "b", "b/c", "d"]


def test_folders_of_the_output_before_are_used_again(output: Path) -> None:
    build(output, {"a/index.html": "a", "b/index.html": "one"})
    folder = (output / "a").stat().st_ino
    build(output, {"a/index.html": "a", "b/index.html": "two"})
    take(output, {"a/index.html"}, {"b/index.html": "three"})
    assert ((output / "a").stat().st_ino, read(output)) == (
        folder,
        {"a/index.html": "a", "b/index.html": "three"},
    )


def test_spare_that_somebody_changed_is_put_right(output: Path) -> None:
    build(output, {"a/index.html": "a"})
    build(output, {"a/index.html": "b"})
    spare = output.with_name(".site.spare")
    (spare / "a" / "index.html").write_text("mine")
    (spare / "more").mkdir()
    (spare / "more" / "index.html").symlink_to("/etc/passwd")
    take(output, {"a/index.html"}, {})
    assert read(output) == {"a/index.html": "b"}
    assert sorted(os.listdir(output)) == [MARKER, "a"]


def test_file_may_stand_where_a_folder_was(output: Path) -> None:
    build(output, {"a.png/index.html": "folder", "b/index.html": "one"})
    build(output, {"b/index.html": "two"})
    build(output, {"a.png": "file", "b/index.html": "two"})
    assert read(output) == {"a.png": "file", "b/index.html": "two"}


def test_only_what_is_in_the_output_is_taken_over(output: Path) -> None:
    build(output, {"index.html": "one"})
    output.with_name("secret.txt").write_text("secret")
    for name in ("../secret.txt", str(output.with_name("secret.txt"))):
        with pytest.raises(ValueError, match="lies outside of"):
            take(output, {name}, {})
    assert read(output) == {"index.html": "one"}


# ---- clean


def test_clean_removes_the_output_and_what_lies_beside_it(output: Path) -> None:
    build(output, {"a/index.html": "one"})
    build(output, {"a/index.html": "two"})
    write(output.with_name(".site.new"), {MARKER: "", "half.html": ""})
    clean_output(output)
    assert os.listdir(output.parent) == []


def test_clean_without_an_output_does_nothing(tmp_path: Path) -> None:
    clean_output(tmp_path / "nowhere/site")
    assert os.listdir(tmp_path) == []


def test_clean_leaves_a_folder_of_others(output: Path) -> None:
    write(output, {"thesis.txt": "mine"})
    with pytest.raises(OutputError, match="there are files in it that no build made"):
        clean_output(output)
    assert read(output) == {"thesis.txt": "mine"}
