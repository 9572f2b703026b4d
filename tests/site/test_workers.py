"""Several processes make the same site as one, and end with it, however it ends."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from explainer import site_writing, workers
from explainer.building import build_site
from explainer.incremental import PartRecord
from explainer.output import OutputError
from explainer.site_writing import SiteWriter, WrittenSite
from explainer.tracking import Reads

from ..unit.town_folder import write_town
from .northbridge import ROOT, THEME, golden_settings, golden_site
from .test_incremental import tree_of

forks = pytest.mark.skipif(
    sys.platform == "darwin" or "fork" not in multiprocessing.get_all_start_methods(),
    reason="one process alone makes pages on this system",
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="what Linux does for us")

Written = tuple[dict[str, bytes], WrittenSite]

#: A page of the town that a worker makes.
PAGE = "articles/closed/index.html"

#: A build with two pages that wait for a file; of three processes one has nothing to do by then.
SLOW_BUILD = """
import os, signal, sys, time
from explainer import progress, site_writing, workers
from explainer.cli import main

workers.FEWEST_PARTS = 1
progress.PATIENCE = float("inf")
render_page = site_writing.render_page

def render_slowly(page, environment):
    if page.path in ("index.html", "articles/closed/index.html"):
        os.write(1, b"begun\\n")
        while not os.path.exists("go-on"):
            time.sleep(0.01)
    return render_page(page, environment)

# A shell lets what it starts in the background ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
site_writing.render_page = render_slowly
sys.exit(main(["build", "--workers=3"]))
"""


@pytest.fixture(autouse=True)
def _there_is_enough_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEWEST_PARTS", 1)


@pytest.fixture(scope="module")
def built_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a theme of its own, built once for all tests."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(THEME, folder / "town" / "theme")
    settings = write_town(folder / "town", Path("theme"))
    build_site(settings, settings.parent / "output", workers=1)
    return settings.parent


@pytest.fixture
def town(built_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a copy of it, which a test may spoil."""
    monkeypatch.chdir(shutil.copytree(built_town, tmp_path / "town"))
    return tmp_path / "town" / "pelican.conf.py"


def beside(output: Path) -> list[str]:
    """What builds left beside an output."""
    return sorted(path.name for path in output.parent.glob(f".{output.name}.*"))


def write(root: Path, *, executor: Executor | None = None, workers: int = 1) -> Written:
    """The golden site, written into a folder."""
    writer = SiteWriter(golden_site().graph, golden_settings(), THEME, root, key="key")
    written = writer.write(executor=executor, workers=workers)
    return tree_of(root), written


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """What one process makes, and all that is known of it: how many pages, what they read."""
    tree, written = write(tmp_path_factory.mktemp("alone"))
    assert written.state is not None
    assert written.made > 50
    return tree, written


def assert_same(found: Written, wanted: Written) -> None:
    paths = {*found[0], *wanted[0]}
    assert [path for path in sorted(paths) if found[0].get(path) != wanted[0].get(path)] == []
    assert found[1] == wanted[1]


# ---- the same site


@forks
@pytest.mark.parametrize("number", [2, 3])
def test_more_processes_make_the_same_site(tmp_path: Path, alone: Written, number: int) -> None:
    assert_same(write(tmp_path, workers=number), alone)
    assert multiprocessing.active_children() == []


def test_executor_of_other_processes_makes_the_same_site(tmp_path: Path, alone: Written) -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        found = write(tmp_path, executor=pool)
    assert_same(found, alone)


def test_executor_of_threads_makes_the_same_site(tmp_path: Path, alone: Written) -> None:
    with ThreadPoolExecutor(3) as pool:
        found = write(tmp_path, executor=pool, workers=3)
    assert_same(found, alone)


def test_cluster_makes_the_same_site(tmp_path: Path, alone: Written) -> None:
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",  # any port: 8787 may be taken
        local_directory=tmp_path / "dask",
    )
    with cluster, distributed.Client(cluster) as client:
        found = write(tmp_path / "site", executor=client.get_executor(), workers=2)
    assert_same(found, alone)


def test_executor_that_is_passed_to_a_build_is_used_and_not_ended(town: Path) -> None:
    output = town.parent / "output"
    before = tree_of(output)
    with ThreadPoolExecutor(1) as pool:
        asked: list[object] = []
        submit = pool.submit
        pool.submit = lambda *given: (asked.append(given), submit(*given))[1]  # type: ignore[method-assign,assignment,func-returns-value]
        build_site(town, output, afresh=True, executor=pool)
        assert submit(str, 1).result() == "1"
    assert asked
    assert tree_of(output) == before


# ---- errors


def _disk_full(root: Path, path: str, data: bytes, _folders: object = None) -> Path:
    if path == PAGE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return target


@forks
def test_site_is_the_same_where_its_articles_are_ranked_apart(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = town.parent / "output"
    build_site(town, output, afresh=True, workers=1)
    before = tree_of(output)
    monkeypatch.setattr(site_writing, "FEWEST_APART", 0)
    build_site(town, output, afresh=True, workers=1)
    assert tree_of(output) == before
    assert multiprocessing.active_children() == []


@forks
def test_full_disk_of_a_worker_ends_the_build_as_that_of_one_process(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = town.parent / "output"
    before = tree_of(output)
    monkeypatch.setattr(site_writing, "write_file", _disk_full)
    said = []
    for number in (1, 2):
        with pytest.raises(OutputError) as caught:
            build_site(town, output, afresh=True, workers=number)
        said.append(caught.value.message)
    assert said[0] == said[1]
    assert said[0].endswith(f"No space left on device ({PAGE}); what was there stays")
    assert tree_of(output) == before
    assert beside(output) == [".output.state"]
    assert multiprocessing.active_children() == []


def _killed(root: Path, path: str, data: bytes, _folders: object = None) -> Path:
    """As the system ends a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody comes here")


@forks
def test_worker_that_the_system_ends_is_told_in_one_line(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = town.parent / "output"
    before = tree_of(output)
    monkeypatch.setattr(site_writing, "write_file", _killed)
    with pytest.raises(OutputError) as caught:
        build_site(town, output, afresh=True, workers=2)
    assert caught.value.message == (
        "a process that made pages was ended by the system, perhaps for want of memory; "
        "the old output stays. WORKERS=1 makes them in one process"
    )
    assert tree_of(output) == before
    assert beside(output) == [".output.state"]


def break_template(theme: Path) -> None:
    """Let the template of articles ask for what is not there."""
    file = theme / "templates" / "article.html"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{% block main %}", "{% block main %}{{ nowhere.at_all }}"))


def executors() -> dict[str, Callable[[], Executor | None]]:
    return {"own": lambda: None, "threads": lambda: ThreadPoolExecutor(2)}


@pytest.mark.parametrize("kind", [pytest.param("own", marks=forks), "threads"])
def test_error_of_a_template_is_raised_as_it_is_with_one_process(town: Path, kind: str) -> None:
    output = town.parent / "output"
    before = tree_of(output)
    break_template(town.parent / "theme")
    for executor, number in ((None, 1), (executors()[kind](), 2)):
        with pytest.raises(UndefinedError, match=r"^'nowhere' is undefined$"):
            build_site(town, output, executor=executor, workers=number)
    assert tree_of(output) == before
    assert beside(output) == [".output.state"]
    assert multiprocessing.active_children() == []


class WriterOfFiles:
    """Writes an empty file for each part; the part `bad` is an error."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> None:
        pass

    def write_part(self, key: str) -> PartRecord:
        if key == "bad":
            raise ValueError(key)
        (self.root / key).touch()
        return PartRecord((), Reads())


def test_nobody_else_is_asked_where_there_is_too_little_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FEWEST_PARTS", 3)
    ended = ThreadPoolExecutor(1)
    ended.shutdown()
    made = workers.make_parts(WriterOfFiles(tmp_path), ["a", "b"], executor=ended)
    assert [key for key, _ in made] == ["a", "b"]
    with pytest.raises(RuntimeError, match="after shutdown"):
        list(workers.make_parts(WriterOfFiles(tmp_path), ["a", "b", "c"], executor=ended))


def test_nobody_writes_once_an_error_was_raised(tmp_path: Path) -> None:
    keys = ["bad", *(f"part-{number}" for number in range(1000))]
    with ThreadPoolExecutor(2) as pool:
        with pytest.raises(ValueError, match=r"^bad$"):
            list(workers.make_parts(WriterOfFiles(tmp_path), keys, executor=pool))
        then = sorted(tmp_path.iterdir())
    assert sorted(tmp_path.iterdir()) == then


def test_nobody_writes_once_nobody_wants_more(tmp_path: Path) -> None:
    keys = [f"part-{number}" for number in range(1000)]
    with ThreadPoolExecutor(2) as pool:
        found = workers.make_parts(WriterOfFiles(tmp_path), keys, executor=pool)
        assert next(found) == ("part-0", PartRecord((), Reads()))
        found.close()
        then = sorted(tmp_path.iterdir())
    assert sorted(tmp_path.iterdir()) == then


# ---- a build that is ended


@contextmanager
def slow_build(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A build of three processes: two wait, and one has come to the end of all other pages."""
    kept = {name: value for name, value in os.environ.items() if name != "SITEURL"}
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_BUILD],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT / "plugins"), "AFRESH": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as build:
        try:
            assert build.stdout is not None
            assert [build.stdout.readline() for _ in range(2)] == ["begun\n"] * 2
            last = folder / ".output.new" / "404.html"
            while not last.exists() and build.poll() is None:
                time.sleep(0.01)
            yield build
        finally:
            with suppress(ProcessLookupError):
                os.killpg(build.pid, signal.SIGKILL)


@forks
@linux
def test_build_that_is_killed_leaves_no_process_and_nothing_in_the_way_of_the_next(
    town: Path,
) -> None:
    output = town.parent / "output"
    before = tree_of(output)
    with slow_build(town.parent) as build:
        build.kill()
        # Its output ends when the last process that could write to it has gone.
        assert build.communicate(timeout=60) == ("", "")
    assert build.returncode == -signal.SIGKILL
    assert (town.parent / ".output.new").is_dir()
    assert tree_of(output) == before
    report = build_site(town, output, afresh=True, workers=2)
    assert report.problems == ()
    assert tree_of(output) == before
    assert beside(output) == [".output.spare", ".output.state"]


@forks
def test_interrupted_build_ends_quietly_with_its_processes(town: Path) -> None:
    output = town.parent / "output"
    before = tree_of(output)
    with slow_build(town.parent) as build:
        os.killpg(build.pid, signal.SIGINT)  # as a terminal does: to all of them
        (town.parent / "go-on").touch()
        assert build.communicate(timeout=60) == ("", "")
    assert build.returncode == 130
    assert tree_of(output) == before
    assert beside(output) == [".output.state"]
