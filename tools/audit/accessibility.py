"""What axe finds on a page, in every light, at every width; and the contrasts it leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ViewportSize

from .gates import Figure
from .subjects import Subject

#: The size of targets (WCAG 2.2, 2.5.8) is among them: 24 pixels, or as much room around.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS: Mapping[str, Any] = {
    "runOnly": {"type": "tag", "values": list(RULES)},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
DESK = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=375, height=812)
#: How a page is looked at: (name, what its browser is told).
LOOKS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("light", {"viewport": DESK, "color_scheme": "light"}),
    ("dark", {"viewport": DESK, "color_scheme": "dark"}),
    ("375 px", {"viewport": PHONE, "color_scheme": "light"}),
    ("320 px", {"viewport": ViewportSize(width=320, height=640), "color_scheme": "light"}),
    ("forced colours", {"viewport": DESK, "forced_colors": "active"}),
)
#: The words of drawings whose colour differs too little from the paper's, with the contrast. In a
#: drawing axe never can tell.
PALE_WORDS = """
() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  const contrast = (element) => {
    const own = light(getComputedStyle(element).fill);
    return (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05);
  };
  const name = (element) => `${element.localName} "${element.textContent.trim().slice(0, 40)}"`;
  return [...document.querySelectorAll("svg text")]
    .filter((element) => element.checkVisibility() && contrast(element) < 4.5)
    .map((element) => `${name(element)} ${contrast(element).toFixed(2)}`);
}
"""


def measure_accessibility(browser: Browser, subject: Subject, url: str) -> Iterator[Figure]:
    """Elements that break a rule, and contrasts that axe could not decide, over all looks."""
    wrong: list[str] = []
    undecided: list[str] = []
    for name, look in LOOKS:
        with browser.new_context(**look) as context:
            page = context.new_page()
            page.goto(url, wait_until="load")
            page.evaluate(AXE_SCRIPT)
            result = page.evaluate("(options) => axe.run(options)", OPTIONS)
            wrong += violations(result, name)
            undecided += undecided_contrasts(result, name)
            if name != "forced colours":  # there the browser sees to the contrast
                wrong += [f"{name}: contrast: {words}" for words in page.evaluate(PALE_WORDS)]
    yield Figure(subject.id, "violations", len(wrong), details=tuple(wrong[:10]))
    yield Figure(subject.id, "undecided", len(undecided), details=tuple(undecided[:10]))


def violations(result: Mapping[str, Any], where: str) -> Iterator[str]:
    """What is against a rule, a line for each element."""
    for rule in result["violations"]:
        for node in rule["nodes"]:
            yield f"{where}: {rule['id']}: {node['target']}: {node['failureSummary']}"


def undecided_contrasts(result: Mapping[str, Any], where: str) -> Iterator[str]:
    """The contrasts on which axe could not decide, but for words in drawings."""
    for rule in result["incomplete"]:
        for node in rule["nodes"]:
            if rule["id"] == "color-contrast" and not node["html"].startswith(("<text", "<tspan")):
                yield f"{where}: undecided {rule['id']}: {node['target']}: {node['html']}"
