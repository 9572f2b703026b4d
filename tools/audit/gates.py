"""What is allowed: the measures with their gates, and the table of what was found.

A gate on bytes, requests, scores, text, keys or axe fails the audit. Milliseconds vary with the
machine: their budgets are printed beside them and fail nothing.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .subjects import Subject

KB = 1000


@dataclass(frozen=True)
class Gate:
    """What a figure may be at most, or must be at least."""

    limit: float
    is_least: bool = False

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.is_least else value <= self.limit


@dataclass(frozen=True)
class Measure:
    """A row of the table: what is measured, in what unit, and whether a gate on it fails."""

    key: str
    title: str
    unit: str = ""
    decimals: int = 0
    per: float = 1
    """By how much a figure is divided where it is shown."""
    fails: bool = True

    def shown(self, value: float) -> str:
        """A figure with its unit."""
        number = f"{value / self.per:,.{self.decimals}f}"
        return f"{number} {self.unit}".strip()

    def gate_shown(self, gate: Gate) -> str:
        """A gate as a reader reads it."""
        number = f"{gate.limit / self.per:,.{self.decimals}f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        if gate.limit == 0 and not gate.is_least:
            return "0"
        return f"{'≥' if gate.is_least else '≤'} {number} {self.unit}".strip()


MEASURES: tuple[Measure, ...] = (
    Measure("bytes", "first view without images", "kB", 1, KB),
    Measure("texts", "of it, the texts of the events", "kB", 1, KB),
    Measure("requests", "requests of the first view, icon included"),
    Measure("third-party", "third-party requests"),
    Measure("script", "script", "kB", 1, KB),
    Measure("read", "events whole without JavaScript"),
    Measure("printed", "events whole in the printed PDF"),
    Measure("performance", "Lighthouse performance"),
    Measure("accessibility", "Lighthouse accessibility"),
    Measure("best-practices", "Lighthouse best practices"),
    Measure("seo", "Lighthouse SEO"),
    Measure("violations", "axe violations"),
    Measure("undecided", "axe, contrast undecided"),
    Measure("rings", "tab stops without a visible ring"),
    Measure("presses", "key presses to the farthest event"),
    Measure("cls", "CLS, slow phone", "", 3),
    Measure("first-event", "first event readable, slow phone", "ms", fails=False),
    Measure("lcp", "LCP, slow phone", "ms", fails=False),
    Measure("tbt", "TBT, slow phone", "ms", fails=False),
    Measure("filter", "filter answers", "ms", fails=False),
    Measure("filter-slow", "filter answers, slow phone", "ms", fails=False),
)

#: What holds for every story.
COMMON: Mapping[str, Gate] = {
    "bytes": Gate(45 * KB),
    "requests": Gate(4),
    "third-party": Gate(0),
    "script": Gate(5 * KB),
    "read": Gate(0),
    "printed": Gate(0),
    "performance": Gate(98, is_least=True),
    "accessibility": Gate(100, is_least=True),
    "best-practices": Gate(100, is_least=True),
    "seo": Gate(100, is_least=True),
    "violations": Gate(0),
    "undecided": Gate(0),
    "rings": Gate(0),
    "presses": Gate(10),
    "cls": Gate(0.01),
    "first-event": Gate(1000),
    "lcp": Gate(1200),
    "tbt": Gate(100),
}
#: What holds for one story instead, and why; None is no gate at all.
OWN: Mapping[str, Mapping[str, Gate | None]] = {
    "works-20": {"bytes": Gate(20 * KB)},
    # Five times the events that the budget is for: what is asked of it is that it stays usable.
    "works-1000": {
        "bytes": None,
        "performance": None,
        "first-event": None,
        "lcp": None,
        "tbt": Gate(300),
        "filter": Gate(100),
        "presses": None,
    },
    # Beside 157 events with texts far longer than the budget's it holds 18 articles, 31 positions
    # and 10 claims. The gate is no budget: it keeps the page from growing unseen.
    "moon-race": {"bytes": Gate(50 * KB)},
    # Half as many events again as the budget is for.
    "three-hundred": {"bytes": None, "presses": None},
}


@dataclass(frozen=True)
class Figure:
    """One measured value of one story."""

    subject: str
    measure: str
    value: float
    words: str = ""
    """How it is said in the table, where the number alone says too little ("200 of 200")."""
    details: tuple[str, ...] = field(default=())
    """What is printed below the table where the gate does not hold."""


def gate_of(figure: Figure) -> Gate | None:
    """The gate on a figure; None where it is only shown."""
    own = OWN.get(figure.subject, {})
    return own[figure.measure] if figure.measure in own else COMMON.get(figure.measure)


def failing(figures: Iterable[Figure]) -> list[Figure]:
    """The figures whose gate does not hold and fails the audit."""
    fatal = {measure.key for measure in MEASURES if measure.fails}
    return [f for f in figures if f.measure in fatal and _breaks(f)]


def _breaks(figure: Figure) -> bool:
    gate = gate_of(figure)
    return gate is not None and not gate.holds(figure.value)


def median(values: Sequence[float]) -> float:
    """The middle value; of an even number the mean of both middle ones."""
    return statistics.median(values)


# ---- the table


def story_table(subjects: Sequence[Subject], figures: Sequence[Figure]) -> str:
    """A Markdown table: measures by stories, each figure with its gate and whether it holds."""
    rows = [["", *(_column(subject) for subject in subjects), "holds"]]
    for measure in MEASURES:
        found = {f.subject: f for f in figures if f.measure == measure.key}
        if not found:
            continue
        cells = [_cell(measure, found.get(subject.id)) for subject in subjects]
        rows.append([measure.title, *cells, _verdict(measure, list(found.values()))])
    return markdown_table(rows)


def _column(subject: Subject) -> str:
    return f"{subject.id} ({len(subject.events):,})"


def _cell(measure: Measure, figure: Figure | None) -> str:
    if figure is None:
        return ""
    gate = gate_of(figure)
    said = figure.words or measure.shown(figure.value)
    if gate is None:
        return said
    allowed = "" if figure.words else f" ({measure.gate_shown(gate)})"
    return f"**{said}**{allowed}" if _breaks(figure) else f"{said}{allowed}"


def _verdict(measure: Measure, figures: Sequence[Figure]) -> str:
    gated = [figure for figure in figures if gate_of(figure) is not None]
    if not gated:
        return "no gate"
    word = "NO" if any(map(_breaks, gated)) else "yes"
    return word if measure.fails else f"{word}, no gate"


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the first as its head, in columns that stand below one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])
