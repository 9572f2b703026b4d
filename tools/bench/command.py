"""The command: writes the sites, builds each in turn, round after round, and prints the table.

    make bench ARGS="--sizes 100,1000 --rounds 5 --only ours,plain --keep FOLDER"

What recommendations take by themselves is measured too, at sizes of their own.

Absolute times are those of the machine and of what else it does; the ratios of builds that ran
in turn say more.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from explainer.derive.likeness import has_native_engine

from .changes import change_article, change_template, change_yaml, middle_article
from .corpus import Newsroom
from .measuring import BenchError, Run, measure, median_run, ratios
from .plot import draw
from .recommendations import PACKAGES as PACKAGES_OF_THE_EXTRA
from .recommendations import costs_table, measure_recommendations
from .sites import ROOT, annotation_file, write_hugo_site, write_our_site, write_plain_site

PACKAGES: Final = ROOT / ".bench"
FULL, UNCHANGED = "full build", "nothing changed"
ONE_YAML, ONE_ARTICLE = "one YAML changed", "one article changed"
ONE_TEMPLATE = "one template changed"
CASES: Final = (FULL, UNCHANGED, ONE_YAML, ONE_ARTICLE, ONE_TEMPLATE)
BUILDS, RECOMMENDATIONS = "measured", "recommendations measured"
#: Where `--write` puts each block, between `<!-- BLOCK -->` and `<!-- end -->`.
DOCUMENTS: Final = {
    BUILDS: ("performance.md",),
    RECOMMENDATIONS: ("performance.md", "recommended.md"),
}
PLOT: Final = ROOT / "docs" / "images" / "performance.svg"


@dataclass(frozen=True)
class System:
    """A generator: how its site is written and built, and in which cases it is measured."""

    name: str
    write: Callable[[Newsroom, Path], None]
    command: Sequence[str]
    output: str
    environment: Mapping[str, str] = field(default_factory=dict)
    cases: Sequence[str] = CASES


#: Where outputs go that are not wanted any more.
ASIDE = "aside"


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table, and return the exit code."""
    options = _options(arguments)
    try:
        blocks = {}
        systems = [one for one in _systems(options.only) if one.name in options.only]
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            shutil.rmtree(folder / ASIDE, ignore_errors=True)
            tables, measured = [], {}
            for size in options.sizes if systems else ():
                measured[size] = _measure_size(systems, folder, size, options)
                table = _table(size, measured[size])
                if options.resident:
                    table += "\n" + _resident(folder / f"ours-{size}", size, options.rounds)
                tables.append(table)
                print(f"\n{tables[-1]}", flush=True)  # a large size that fails loses no small one
        if systems:
            heading = _heading(options, systems)
            blocks[BUILDS] = "\n".join([heading, *tables])
            print(heading)
        if "recommendations" in options.only:
            blocks[RECOMMENDATIONS] = _recommendations(options)
            print(f"\n{blocks[RECOMMENDATIONS]}", flush=True)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    if options.write:
        for block, text in blocks.items():
            for name in DOCUMENTS[block]:
                document = ROOT / "docs" / name
                document.write_text(
                    with_block(document.read_text(encoding="utf-8"), block, text), encoding="utf-8"
                )
        if measured:
            PLOT.write_text(draw(measured), encoding="utf-8", newline="\n")
    return 0


def with_block(document: str, block: str, text: str) -> str:
    """A document with another text between the comments that mark a block."""
    marked = re.compile(rf"(?<=<!-- {block} -->\n).*?(?=<!-- end -->)", re.DOTALL)
    return marked.sub(lambda _: text, document)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.bench")
    parser.description = "Measures builds of generated sites: ours, plain Pelican's and Hugo's."
    parser.add_argument(
        "--sizes", type=_numbers, default=[100, 1000], metavar="N,...", help="numbers of articles"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is built (5)")
    names = "ours,plain,hugo,recommendations"
    parser.add_argument(
        "--only", type=lambda text: text.split(","), default=names.split(","), metavar=names
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the sites there")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/")
    parser.add_argument(
        "--resident", action="store_true", help="also measure `make serve`, with a browser"
    )
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


# ---- what is measured


def _systems(names: Sequence[str]) -> Iterator[System]:
    """Ours, plain Pelican, and Hugo where it can be had; what is missing is installed."""
    if not {"ours", "plain", "hugo"}.intersection(names):
        return
    _install_others()
    compileall.compile_dir(ROOT / "plugins", quiet=2)  # as pip does with what it installs
    yield System(
        "ours",
        write_our_site,
        [sys.executable, "-m", "explainer", "build", "--settings=pelican.conf.py"],
        "output",
        {"PYTHONPATH": str(ROOT / "plugins")},
    )
    yield System(
        "plain",
        write_plain_site,
        [sys.executable, "-m", "pelican", "-s", "pelican.conf.py", "-o", "output", "content"],
        "output",
        {"PYTHONPATH": str(PACKAGES)},
        (FULL, UNCHANGED, ONE_ARTICLE),
    )
    hugo = _hugo()
    if hugo is None:
        print("Hugo is left out: it could not be installed, and is not on the PATH.", flush=True)
    else:
        yield System("hugo", write_hugo_site, [hugo, "--quiet"], "public")


def _install_others() -> None:
    """Install Python-Markdown and Hugo into a folder of their own, once."""
    wanted = (Path(__file__).parent / "requirements.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^\w+==\S+", wanted, re.MULTILINE):
        name = line.partition("==")[0].lower()
        if any(PACKAGES.glob(f"{name}-*.dist-info")):
            continue
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
        done = subprocess.run([*pip, str(PACKAGES), "--upgrade", line])
        if done.returncode and name == "markdown":
            raise BenchError(f"{line} cannot be installed: plain Pelican reads no Markdown without")


def _hugo() -> str | None:
    """The binary itself: the package's command would start a Python for it first."""
    packed = PACKAGES / "hugo" / "binaries" / "hugo"
    return str(packed) if packed.exists() else shutil.which("hugo")


def _measure_size(
    systems: Sequence[System], folder: Path, size: int, options: argparse.Namespace
) -> dict[tuple[str, str], list[Run]]:
    """Write the sites of a size, and build them in turn."""
    newsroom = Newsroom(size)
    runs: dict[tuple[str, str], list[Run]] = {}
    for system in systems:
        site = folder / f"{system.name}-{size}"
        shutil.rmtree(site, ignore_errors=True)
        system.write(newsroom, site)
    for round_number in range(options.rounds):
        # Who comes first has a quieter or a louder machine: each does in its turn.
        at = round_number % len(systems)
        for system in [*systems[at:], *systems[:at]]:
            site = folder / f"{system.name}-{size}"
            for case in system.cases:
                _say(f"{size} articles, round {round_number + 1}: {system.name}, {case}")
                _prepare(site, system, case, size, round_number)
                run = measure(system.command, site, site / system.output, system.environment)
                runs.setdefault((system.name, case), []).append(run)
    return runs


def _prepare(site: Path, system: System, case: str, size: int, round_number: int) -> None:
    """Bring the site to where the case begins."""
    if case == FULL:
        _put_aside(site, system.output, f"{system.name}-{size}-{round_number}")
    if case == ONE_YAML:
        change_yaml(site, middle_article(size), round_number)
    if case == ONE_ARTICLE:
        change_article(site, middle_article(size), round_number)
    if case == ONE_TEMPLATE:
        change_template(site, round_number)


def _put_aside(site: Path, output: str, name: str) -> None:
    """Have no output, and nothing that was kept of one.

    Nothing is deleted before the end: ext4 looks for a minute or more at every number of a file
    that was, before it gives one to a new file, and that would be measured.
    """
    aside = site.parent / ASIDE / name
    aside.mkdir(parents=True)
    for path in (site / output, *site.glob(f".{output}.*")):
        if path.exists():
            path.rename(aside / path.name)


def _resident(site: Path, size: int, rounds: int) -> str:
    """How long a preview of our site takes until the reloaded page shows a changed event."""
    from tools.measure_preview import measure_saves

    _say(f"{size} articles: resident")
    slug = middle_article(size)
    seconds = measure_saves(
        site, annotation_file(site, slug), f"articles/{slug}/", rounds, ROOT / "plugins"
    )
    return (
        f"Resident (`make serve`), one YAML changed, until the page is reloaded: "
        f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}).\n"
    )


# ---- what is said


def _say(text: str) -> None:
    print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _heading(options: argparse.Namespace, systems: Sequence[System]) -> str:
    """The command, the day, the machine and the versions."""
    versions = [f"Python {platform.python_version()}", f"Pelican {_version('pelican')}"]
    if any(one.name == "plain" for one in systems):
        versions.append(f"Python-Markdown {_packed_version('markdown')}")
    hugo = next((one for one in systems if one.name == "hugo"), None)
    if hugo is not None:
        said = subprocess.run([hugo.command[0], "version"], capture_output=True, text=True).stdout
        versions.append(f"Hugo {said.split()[1].partition('-')[0].lstrip('v')}")
    sizes = ",".join(map(str, options.sizes))
    command = f'make bench ARGS="--sizes {sizes} --rounds {options.rounds}"'
    return _circumstances(command, versions)


def _circumstances(command: str, versions: Sequence[str]) -> str:
    """The command, the day, the versions and the machine."""
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"`{command}`, {dt.datetime.now(dt.UTC):%-d %B %Y}; {', '.join(versions)}; "
        f"{os.cpu_count()} cores of {platform.system()} {platform.machine()}{load}.\n"
    )


def _recommendations(options: argparse.Namespace) -> str:
    """The block on recommendations, measured now."""
    _say("recommendations")
    table = costs_table(list(measure_recommendations(options.rounds)))
    versions = [f"Python {platform.python_version()}"]
    if has_native_engine():
        versions += [f"{name} {_version(name)}" for name in PACKAGES_OF_THE_EXTRA]
    command = f'make bench ARGS="--only recommendations --rounds {options.rounds}"'
    return f"{_circumstances(command, versions)}\n{table}"


def _version(package: str) -> str:
    return importlib.metadata.version(package)


def _packed_version(package: str) -> str:
    found = next(PACKAGES.glob(f"{package}-*.dist-info"))
    return found.name.removesuffix(".dist-info").partition("-")[2]


def _table(size: int, runs: Mapping[tuple[str, str], Sequence[Run]]) -> str:
    """The medians of every case, with CPU and wall time against plain Pelican's full build."""
    plain = runs.get(("plain", FULL))
    lines = [
        f"| {size:,} articles | CPU s | wall s | peak MiB | files written | CPU against plain |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for (name, case), measured in runs.items():
        one = median_run(measured)
        against = "{:.2f} ({:.2f} to {:.2f})".format(*ratios(measured, plain)) if plain else ""
        lines.append(
            f"| {name}, {case} | {one.cpu:.2f} | {one.wall:.2f} | {one.peak_mib:.0f} "
            f"| {one.written:,} | {against} |"
        )
    return "\n".join(lines) + "\n"
