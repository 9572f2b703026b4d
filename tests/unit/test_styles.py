"""The style sheets and the pages that load them: nothing is missed, a story loads no ballast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from explainer.language import load_language
from explainer.pages.contexts import Page
from explainer.rendering import SHEETS, bundle_css, make_environment, render_page
from tests import samples

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "theme" / "static" / "css"
SCRIPTS = ROOT / "theme" / "static" / "js"
PAGES = samples.all_pages()
BUILT_STORIES = sorted((ROOT / "tests" / "site" / "golden" / "stories").glob("*/index.html"))
ALL_SELECTORS = re.compile(r"[{}]\s*([^{}@;]+)(?=\{)")
NO_CLASS_NEEDED = re.compile(r":(?:not|has)\([^()]*\)")
#: What other stories and settings may show.
SHOWN_BY_OTHERS = re.compile(
    r"accent-\w+|site-header__logo|status--\w+|actor-card__picture|key-event__meta|quotes--one"
    r"|timeline--long|pr"
)


def test_every_folder_of_styles_belongs_to_a_sheet() -> None:
    folders = {path.parent.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css")}
    assert folders == {folder or "." for parts in SHEETS.values() for folder in parts}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_every_rule_for_its_classes(name: str) -> None:
    page = PAGES[name]
    own = _rules("") | _rules(page.sheet)
    others = {rule for sheet in SHEETS for rule in _rules(sheet)} - own
    classes = _classes_on(page)
    assert sorted(rule for rule in others if _required(rule) and _required(rule) <= classes) == []


def test_the_sheet_of_every_page_holds_only_what_a_story_uses() -> None:
    used = {name for page in PAGES.values() if not page.sheet for name in _classes_on(page)}
    for built in BUILT_STORIES:
        used |= _classes_in(built.read_text(encoding="utf-8"))
    used |= set(re.findall(r"[\w-]+", "".join(p.read_text("utf-8") for p in SCRIPTS.glob("*.js"))))
    unused = {name for rule in _rules("") for name in _required(rule) - used}
    assert sorted(name for name in unused if not SHOWN_BY_OTHERS.fullmatch(name)) == []


@cache
def _rules(sheet: str) -> frozenset[str]:
    """The selectors of a sheet, each that stands for several parted into these."""
    css = bundle_css(*(STYLES / folder for folder in SHEETS[sheet]))
    css = re.sub(r'"[^"]*"', '""', css)
    while (plainer := NO_CLASS_NEEDED.sub("", css)) != css:
        css = plainer
    return frozenset(one for found in ALL_SELECTORS.findall(css) for one in _parted(found))


def _parted(selectors: str) -> Iterator[str]:
    """`:is(.a,.b) .c,.d` stands for `.a .c`, `.b .c` and `.d`."""
    either = re.search(r":is\(([^()]*)\)", selectors)
    if either is None:
        yield from (one.strip() for one in re.split(r",(?![^(]*\))", selectors))
        return
    before, after = selectors[: either.start()], selectors[either.end() :]
    start = before.rfind(",") + 1
    end = (after + ",").index(",")
    yield from _parted(before[:start].rstrip(",")) if before[:start] else ()
    for one in either[1].split(","):
        yield from _parted(before[start:] + one.strip() + after[:end])
    yield from _parted(after[end + 1 :]) if after[end + 1 :] else ()


def _required(rule: str) -> frozenset[str]:
    """The classes without which a rule finds nothing."""
    return frozenset(re.findall(r"\.([a-zA-Z][\w-]*)", rule))


def _classes_on(page: Page) -> frozenset[str]:
    environment = make_environment([ROOT / "theme" / "templates"], load_language("en"))
    return _classes_in(render_page(page, environment))


def _classes_in(text: str) -> frozenset[str]:
    found = re.findall(r'class="([^"]*)"', text)
    return frozenset(name for names in found for name in names.split())
