"""What can be read without JavaScript and on paper: every event with date, text and sources."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

from .gates import Figure
from .sites import AuditError
from .subjects import ExpectedEvent, Subject, squeezed

#: What each event says once it has been opened by a click, which takes no script of ours.
OPENED = """
(anchors) => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const shown = (element) => {
    if (!element) return "";
    element.style.contentVisibility = "visible";
    element.scrollIntoView();
    return element.innerText;
  };
  return anchors.map((anchor) => shown(document.getElementById(anchor)));
}
"""
#: How far apart on paper the parts of one event may stand, in characters.
BEFORE, BEHIND = 300, 6000


def measure_reading(browser: Browser, subject: Subject, url: str) -> Iterator[Figure]:
    """How many events lack a part on the page without script, and in the PDF that is printed."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        texts = page.evaluate(OPENED, [event.anchor for event in subject.events])
    lacking = [
        event for event, text in zip(subject.events, texts, strict=True) if not event.is_in(text)
    ]
    yield _figure(subject, "read", lacking)
    printed = [not_printed(subject.events, text) for text in _print(browser, url)]
    yield _figure(subject, "printed", [event for event in printed[0] if event in printed[1]])


def _figure(subject: Subject, measure: str, lacking: Sequence[ExpectedEvent]) -> Figure:
    all_events = len(subject.events)
    words = f"{all_events - len(lacking):,} of {all_events:,}"
    details = tuple(f"not whole: {event.anchor} ({event.title})" for event in lacking[:10])
    return Figure(subject.id, measure, len(lacking), words, details)


def not_printed(events: Sequence[ExpectedEvent], text: str) -> list[ExpectedEvent]:
    """The events whose title does not stand in a text together with date, words and sources."""
    whole = squeezed(text)
    return [event for event in events if not any(map(event.is_in, _around(event, whole)))]


def _around(event: ExpectedEvent, whole: str) -> Iterator[str]:
    """The text around each place where the event's title stands."""
    title = squeezed(event.title)
    at = whole.find(title)
    while at >= 0:
        yield whole[max(0, at - BEFORE) : at + BEHIND]
        at = whole.find(title, at + 1)


def _print(browser: Browser, url: str) -> list[str]:
    """The words of the page's PDF: in the order in which they were set, and column by column.

    A date that breaks beside a title is torn apart in the first, and an event at the end of a page
    in the second.
    """
    if shutil.which("pdftotext") is None:
        raise AuditError(
            "Reading a PDF needs pdftotext. Debian and Ubuntu: sudo apt install poppler-utils"
        )
    with browser.new_context() as context, tempfile.TemporaryDirectory() as folder:
        page = context.new_page()
        page.goto(url, wait_until="load")
        file = Path(folder) / "page.pdf"
        page.pdf(path=file, format="A4")
        return [_words_of(file, "-raw"), _words_of(file)]


def _words_of(file: Path, *options: str) -> str:
    command = ["pdftotext", "-q", *options, str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
