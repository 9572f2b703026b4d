"""Takes the pictures of the README: `python -m tools.screenshots [FOLDER]`.

FOLDER (output/) is a site that `make` has built, without SITEURL. The pictures go to docs/images/.
"""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import ARGUMENTS, HOW_TO_GET_ONE, find_chromium

IMAGES = Path("docs/images")
# scrollIntoView would leave room for what stays in view at the top.
TO_TOP = "element => scrollBy(0, element.getBoundingClientRect().top - 12)"


@dataclass(frozen=True)
class Shot:
    """A picture: the page, the size of the window, and what stands at its top (CSS selector)."""

    file: str
    path: str
    width: int
    height: int
    top: str = ""


SHOTS = (
    Shot("story.png", "/stories/ukraine-peace-talks/", 1280, 900),
    Shot("timeline.png", "/stories/ukraine-peace-talks/", 1280, 900, "#timeline"),
    Shot("timeline-phone.png", "/stories/ukraine-peace-talks/", 375, 780, "#timeline"),
    Shot("evidence.png", "/articles/nato-for-guarantees/", 1280, 900, ".article__body > p"),
)


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and does not write down that it did."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address of a folder, served as long as the block lasts."""
    handler = partial(_QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _take(browser: Browser, address: str, shot: Shot) -> Path:
    """Take one picture and return its file."""
    size = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=size, color_scheme="light")  # type: ignore[arg-type]
    page.goto(address + shot.path)
    if shot.top:
        page.locator(shot.top).first.evaluate(TO_TOP)
    file = IMAGES / shot.file
    page.screenshot(path=file)
    page.close()
    return file


def main(arguments: Sequence[str]) -> None:
    """Take all pictures and print their names and sizes."""
    folder = Path(arguments[0] if arguments else "output")
    if not (folder / "index.html").exists():
        sys.exit(f"There is no site in {folder}/: run `make` first.")
    chromium = find_chromium()
    if chromium is None:
        sys.exit(HOW_TO_GET_ONE)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, _served(folder) as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for shot in SHOTS:
            file = _take(browser, address, shot)
            print(f"{file} {file.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
