"""What axe finds, on every kind of page, in every light."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tools.audit.accessibility import OPTIONS, PALE_WORDS, undecided_contrasts, violations

from .site import DESK, KINDS, PHONE, Tab, each_kind

pytestmark = pytest.mark.browser

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
    yield from violations(result, where)
    yield from undecided_contrasts(result, where)


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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_of_a_drawing_have_contrast(tab: Tab, scheme: Literal["light", "dark"]) -> None:
    tab.page.emulate_media(color_scheme=scheme)
    tab.open_kind("story")
    assert tab.measure(PALE_WORDS) == []
