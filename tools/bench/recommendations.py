"""What recommendations cost: CPU time, memory, and how both grow with the number of articles.

Articles are made up (`tools/evaluate_recommended.py`), and each figure is of a process of its own
that makes the cards of all of them: from nothing, and again when one article has a sentence more,
with the ranking from before and with nothing but its counts. `python -m
tools.bench.recommendations ENGINE SIZE` prints one such run as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Final

from explainer.derive.likeness import Engine, has_native_engine
from explainer.derive.recommended import Recommendation, Recommender
from explainer.derive.terms import TermCounts
from tools.evaluate_recommended import document_of, generated

from .measuring import BenchError
from .sites import ROOT

#: What is measured, in the order of the table. Plain Python is for small sites.
SIZES: Final[Mapping[Engine, Sequence[int]]] = {"native": (1000, 10_000), "python": (1000, 2000)}
PACKAGES: Final = ("numpy", "scipy", "sparse-dot-topn")


@dataclass(frozen=True)
class Costs:
    """CPU seconds for the cards of all articles; the peak is that of making them from nothing."""

    all_new: float
    with_counts: float
    """With one article changed, and the bytes of the counts from before."""
    with_earlier: float
    """With one article changed, and the ranking from before."""
    peak_mib: float


def measure_recommendations(rounds: int) -> Iterator[tuple[Engine, int, Costs]]:
    """The medians of so many runs for each engine that is installed and each of its sizes."""
    for engine, sizes in SIZES.items():
        if engine == "native" and not has_native_engine():
            continue
        for size in sizes:
            runs = [_run_alone(engine, size) for _ in range(rounds)]
            yield engine, size, median_costs(runs)


def _run_alone(engine: Engine, size: int) -> Costs:
    command = [sys.executable, "-m", "tools.bench.recommendations", engine, str(size)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if ran.returncode:
        raise BenchError(f"{' '.join(command)} failed:\n{ran.stderr[-2000:]}")
    return Costs(**json.loads(ran.stdout))


def run_once(engine: Engine, size: int) -> Costs:
    """Make all cards twice in this process, which should have done little before."""
    documents = [document_of(article) for article in generated(size)]
    started = time.process_time()
    earlier = Recommender(documents, engine=engine)
    _all_cards(earlier)
    all_new = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    changed = documents[size // 2]
    # Words that other articles have too: those change with it.
    sentence = documents[size // 3].title
    documents[size // 2] = replace(changed, text=f"{changed.text} {sentence}")
    kept = earlier.counts.to_bytes()
    started = time.process_time()
    known = TermCounts.from_bytes(kept)
    _all_cards(Recommender(documents, engine=engine, known=known))
    with_counts = time.process_time() - started
    started = time.process_time()
    _all_cards(Recommender(documents, engine=engine, earlier=earlier))
    return Costs(all_new, with_counts, time.process_time() - started, peak)


def _all_cards(ranking: Recommender) -> list[tuple[Recommendation, ...]]:
    return [ranking.cards(slug) for slug in ranking.slugs]


def median_costs(runs: Sequence[Costs]) -> Costs:
    """The median of each figure by itself."""
    return Costs(*(median(column) for column in zip(*map(_figures, runs), strict=True)))


def _figures(costs: Costs) -> tuple[float, ...]:
    return tuple(asdict(costs).values())


def costs_table(measured: Sequence[tuple[Engine, int, Costs]]) -> str:
    """The table: a line for each engine and size, with the growth against the size before."""
    lines = [
        "| recommendations | CPU s | peak MiB | growth of CPU | one changed: counts kept | all |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    before: dict[Engine, tuple[int, float]] = {}
    for engine, size, costs in measured:
        growth = ""
        if engine in before:
            small, took = before[engine]
            growth = f"x {costs.all_new / took:.1f} for x {size / small:g}"
        before[engine] = size, costs.all_new
        name = "with the extra" if engine == "native" else "plain Python"
        lines.append(
            f"| {name}, {size:,} articles | {costs.all_new:.2f} | {costs.peak_mib:.0f} "
            f"| {growth} | {costs.with_counts:.2f} | {costs.with_earlier:.2f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    asked: Engine = "native" if sys.argv[1] == "native" else "python"
    print(json.dumps(asdict(run_once(asked, int(sys.argv[2])))))
