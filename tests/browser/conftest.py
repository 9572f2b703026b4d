"""The golden site, written once and served below its sub-path, in one tab for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.northbridge import BASE, texts

from .site import Tab


@pytest.fixture(scope="session")
def site_url(
    tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[[Path, str], str]
) -> str:
    """Where the golden site is, with a slash at the end."""
    output = tmp_path_factory.mktemp("northbridge")
    for path, text in texts().items():
        file = output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return serve_folder(output, BASE)


@pytest.fixture(scope="session")
def only_tab(browser: Browser, site_url: str) -> Iterator[Tab]:
    """The tab that all tests share: a new one for each would cost more than its test."""
    with browser.new_context() as context:
        yield Tab(context.new_page(), site_url)


@pytest.fixture
def tab(only_tab: Tab) -> Tab:
    """The tab as it was at first: a desk, in the light, nothing said or asked for."""
    only_tab.clear()
    return only_tab
