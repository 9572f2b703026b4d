"""What axe finds, on every kind of page, in every light."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .site import DESK, KINDS, PHONE, Tab, each_kind

pytestmark = pytest.mark.browser

#: The size of targets (WCAG 2.2, 2.5.8) is among them: 24 pixels, or as much room around.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def load_axe(tab: Tab, kind: str) -> None:
    """Open a page with axe in it."""
    tab.open_kind(kind)
    tab.page.evaluate(AXE_SCRIPT)


def run_axe(tab: Tab, options: Mapping[str, Any] = OPTIONS) -> dict[str, Any]:
    """axe's results for the page as it is shown now."""
    result: dict[str, Any] = tab.page.evaluate("(options) => axe.run(options)", options)
    return result


def wrong_lines(result: Mapping[str, Any], where: str) -> Iterator[str]:
    """What is against a rule, and the contrasts on which axe could not decide.

    It never can in a drawing: test_words_of_a_drawing_have_contrast does.
    """
    for rule in result["violations"]:
        for node in rule["nodes"]:
            yield f"{where}: {rule['id']}: {node['target']}: {node['failureSummary']}"
    for rule in result["incomplete"]:
        for node in rule["nodes"]:
            if rule["id"] == "color-contrast" and not node["html"].startswith(("<text", "<tspan")):
                yield f"{where}: undecided {rule['id']}: {node['target']}: {node['html']}"


@each_kind
def test_page_is_without_violation_in_light_and_dark(tab: Tab, kind: str) -> None:
    load_axe(tab, kind)
    found: list[str] = []
    for size, scheme in product((PHONE, DESK), SCHEMES):
        tab.page.set_viewport_size(size)
        tab.page.emulate_media(color_scheme=scheme)
        found += wrong_lines(run_axe(tab), f"{KINDS[kind]} {size['width']} px {scheme}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", ["story", "article", "actor-with-ties", "issues"])
def test_page_is_without_violation_in_forced_colours(tab: Tab, kind: str) -> None:
    tab.page.emulate_media(forced_colors="active")
    load_axe(tab, kind)
    found = list(wrong_lines(run_axe(tab), f"{KINDS[kind]} forced colours"))
    assert not found, "\n".join(found)


#: The words of drawings whose colour differs too little from the paper's, with the contrast.
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
  return [...document.querySelectorAll("svg text")]
    .filter((element) => element.checkVisibility() && contrast(element) < 4.5)
    .map((element) => `${nameOf(element)} ${contrast(element).toFixed(2)}`);
}
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_of_a_drawing_have_contrast(tab: Tab, scheme: Literal["light", "dark"]) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.open_kind("story")
    assert tab.measure(PALE_WORDS) == []
