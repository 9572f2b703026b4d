"""The figures as a picture: CPU seconds of each build, a panel for each size.

It is an SVG of its own, readable on light and dark paper, and says in words what a bar is: colour
only repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from .measuring import Run, median_run

Runs = Mapping[tuple[str, str], Sequence[Run]]

WIDTH, LABEL, BAR, GAP, PANEL = 760, 230, 16, 5, 34

STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1d1d1b }
.size { font-weight: 700 }
.case { font-weight: 600 }
.value { font-variant-numeric: tabular-nums }
.paper { fill: #fdfcf9 }
.ours { fill: #8a3324 }
.plain { fill: #7d7a73 }
.hugo { fill: #3f6f8f }
@media (prefers-color-scheme: dark) {
  text { fill: #e9e6df }
  .paper { fill: #171715 }
  .ours { fill: #d9755f }
  .plain { fill: #9a968d }
  .hugo { fill: #6fa8cc }
}
"""


def draw(measured: Mapping[int, Runs]) -> str:
    """The picture of all sizes, in the order given; bars of a panel have the panel's scale."""
    y, parts = 12, []
    for size, runs in measured.items():
        drawn, y = _panel(size, runs, y)
        parts += drawn
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" '
        f'height="{y}" role="img" aria-labelledby="title">'
    )
    title = "CPU seconds of a build, by number of articles, case and generator"
    return "\n".join(
        [
            head,
            f'<title id="title">{title}</title>',
            f"<style>\n{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{y}"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _panel(size: int, runs: Runs, top: int) -> tuple[list[str], int]:
    """The bars of one size by case, and where the next panel begins."""
    seconds = {key: median_run(measured).cpu for key, measured in runs.items()}
    scale = (WIDTH - LABEL - 80) / max(seconds.values(), default=1)
    y = top + 18
    parts = [_text(16, y, f"{size:,} articles: CPU seconds", "size")]
    for case in dict.fromkeys(case for _, case in seconds):
        y += 24
        parts.append(_text(16, y, case, "case"))
        for (name, its_case), cpu in seconds.items():
            if its_case != case:
                continue
            y += BAR + GAP
            length = max(1, round(cpu * scale))
            bar = f'x="{LABEL}" y="{y - BAR + 3}" width="{length}" height="{BAR}"'
            parts += [
                _text(32, y, name),
                f'<rect class="{escape(name)}" {bar}/>',
                _text(LABEL + length + 8, y, f"{cpu:.2f}", "value"),
            ]
    return parts, y + PANEL


def _text(x: int, y: int, text: str, name: str = "") -> str:
    style = f' class="{name}"' if name else ""
    return f'<text x="{x}" y="{y}"{style}>{escape(text)}</text>'
