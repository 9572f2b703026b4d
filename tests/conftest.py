"""Fixtures for all tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from explainer.serving import served

from .chromium import ARGUMENTS, HOW_TO_GET_ONE, find_chromium

# Time is never asserted: a busy machine is no mistake of ours.
settings.register_profile("explainer", deadline=None)
settings.load_profile("explainer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for all browser tests.

    Where there is none the test is skipped, but in CI it fails: there a skip would go unseen.
    """
    executable = find_chromium()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_ONE)
        pytest.skip(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path, str], str]]:
    """Serves a folder under a sub-path as GitHub Pages does, for the rest of the session.

    `serve_folder(output, "/repo/")` returns the URL of the site, with a slash at the end.
    """
    with ExitStack() as stack:

        def serve(folder: Path, prefix: str) -> str:
            return stack.enter_context(served(folder, prefix=prefix))

        yield serve
