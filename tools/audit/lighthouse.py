"""Lighthouse's scores on its phone: the median of three runs on a story, one on other pages.

Another page whose one run does not hold is run twice more, and its median counts: performance
varies with what else the machine does.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chromium import ARGUMENTS

from .gates import COMMON, Figure, markdown_table, median
from .npm import install, require
from .sites import AuditError
from .subjects import PageKind, Subject

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
#: An audit that keeps a page out of search engines, as ours says where a page is not meant for it.
NOT_INDEXED = "is-crawlable"


@dataclass(frozen=True)
class Scores:
    """What one run gave: the scores from 0 to 100, and what cost points."""

    values: Mapping[str, float]
    complaints: tuple[str, ...]
    is_indexed: bool = True


def read_scores(report: Mapping[str, Any]) -> Scores:
    """The scores of a report; that of SEO only of a page that is meant to be indexed."""
    audits = report["audits"]
    is_indexed = audits[NOT_INDEXED]["score"] == 1
    categories = report["categories"]
    wanted = [name for name in CATEGORIES if is_indexed or name != "seo"]
    # A category has no score where one of its audits failed to run.
    values = {name: round((categories[name]["score"] or 0) * 100) for name in wanted}
    refs = [ref for name in wanted for ref in categories[name]["auditRefs"] if ref["weight"]]
    low = sorted({ref["id"] for ref in refs if (audits[ref["id"]]["score"] or 0) < 0.9})
    complaints = [
        f"{name}: {audits[name]['title']} {audits[name].get('displayValue', '')}".strip()
        for name in low
        if audits[name]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]
    return Scores(values, tuple(complaints), is_indexed)


def median_scores(runs: Sequence[Scores]) -> Scores:
    """The median of each category, with all that cost points in any of the runs."""
    names = runs[0].values
    values = {name: median([run.values[name] for run in runs]) for name in names}
    complaints = dict.fromkeys(words for run in runs for words in run.complaints)
    return Scores(values, tuple(complaints), runs[0].is_indexed)


def measure_story(chromium: str, subject: Subject, url: str) -> Iterator[Figure]:
    """The median score of each category."""
    scores = median_scores([_run(chromium, url) for _ in range(RUNS)])
    for name, value in scores.values.items():
        yield Figure(subject.id, name, value, details=scores.complaints)


@dataclass(frozen=True)
class KindScores:
    """The scores of a page that stands for its kind."""

    kind: PageKind
    scores: Scores

    @property
    def failing(self) -> tuple[str, ...]:
        """The categories whose gate does not hold."""
        values = self.scores.values
        return tuple(name for name in values if not COMMON[name].holds(values[name]))


def measure_kind(chromium: str, kind: PageKind, url: str) -> KindScores:
    """One run on a page; the median of three where that one does not hold."""
    runs = [_run(chromium, url)]
    if KindScores(kind, runs[0]).failing:
        runs += [_run(chromium, url) for _ in range(RUNS - 1)]
    return KindScores(kind, median_scores(runs))


def kinds_table(kinds: Sequence[KindScores]) -> str:
    """A Markdown table: a row for each kind of page."""
    rows = [["page", "address", *CATEGORIES, "holds"]]
    for one in kinds:
        values = one.scores.values
        cells = [f"{values[name]:.0f}" if name in values else "not indexed" for name in CATEGORIES]
        cells = [
            f"**{c}**" if n in one.failing else c for n, c in zip(CATEGORIES, cells, strict=True)
        ]
        rows.append([one.kind.kind, one.kind.path or "/", *cells, "NO" if one.failing else "yes"])
    return markdown_table(rows)


def _run(chromium: str, url: str) -> Scores:
    require("node", "nodejs")
    command = ["node", str(install() / "lighthouse" / "cli" / "index.js"), url, "--quiet"]
    flags = " ".join(("--headless=new", *ARGUMENTS))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command += ["--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        environment = {**os.environ, "CHROME_PATH": chromium}
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        if not report.is_file():
            raise AuditError(f"Lighthouse failed on {url}:\n{result.stderr[-2000:]}")
        return read_scores(json.loads(report.read_text(encoding="utf-8")))
