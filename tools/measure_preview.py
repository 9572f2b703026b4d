"""Measures the preview: `python -m tools.measure_preview [--articles N] [--saves N]`.

Says how long it takes from saving one YAML file until the reloaded page shows the change: for the
site here, or, with --articles, for one that is made for it and then removed. Times are of this
machine as busy as it is now, so its load is said with them.
"""

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS, find_chromium

ROOT = Path(__file__).resolve().parents[1]
PORT = 8765

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")
_PEOPLE, _STORIES, _WORDS = 120, 20, 600


def write_site(folder: Path, articles: int) -> None:
    """A site of so many invented articles with 3 events and a quote each; always the same."""
    shutil.copy(ROOT / "pelican.conf.py", folder)
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    content = folder / "content"
    for name in ("articles", "stories"):
        (content / name).mkdir(parents=True)
    (content / "site.yaml").write_text("format: 1\n")
    chance = random.Random(1)
    words = sorted({"".join(chance.choices(_SYLLABLES, k=3)) for _ in range(2000)})
    people = [
        " ".join("".join(chance.choices(_SYLLABLES, k=2)).capitalize() for _ in range(2))
        for _ in range(_PEOPLE)
    ]
    (content / "actors.yaml").write_text(
        "".join(f"p{n}: {{name: {name} {n}, kind: person}}\n" for n, name in enumerate(people))
    )
    for number in range(_STORIES):
        (content / f"stories/story-{number}.yaml").write_text(f"title: Story {number}\n")
    for number in range(articles):
        text, annotations = _article(chance, number, words, people)
        (content / f"articles/article-{number}.md").write_text(text)
        (content / f"articles/article-{number}.yaml").write_text(annotations)


def _article(
    chance: random.Random, number: int, words: list[str], people: list[str]
) -> tuple[str, str]:
    """An article's Markdown and its annotations."""
    paragraphs, events = [], ["events:"]
    for part in range(8):
        said = " ".join(chance.choices(words, k=_WORDS // 8))
        who = chance.randrange(len(people))
        paragraphs.append(f"{said.capitalize()} by {people[who]} {who} in part {part}.")
        if part < 3:
            day = f"{2012 + number % 14}-{1 + part:02}-{1 + number % 28:02}"
            passage = " ".join(said.capitalize().split()[:12])
            events += [
                f"  - id: event-{number}-{part}",
                f"    date: {day}",
                f"    title: {' '.join(chance.choices(words, k=6)).capitalize()}",
                f"    actors: [p{who}, p{chance.randrange(len(people))}]",
                f"    evidence: {passage}",
            ]
    speaker = chance.randrange(len(people))
    quote = " ".join(chance.choices(words, k=14))
    paragraphs.append(f"“{quote},” said {people[speaker]} {speaker}.")
    head = f"title: Article {number} {' '.join(chance.choices(words, k=4))}\n"
    head += f"date: {2012 + number % 14}-06-{1 + number % 28:02}\nauthors: [Author {number % 40}]\n"
    head += f"story: story-{number % _STORIES}\ntags: [tag {number % 50}, tag {number % 7}]\n"
    quotes = f"quotes:\n  - actor: p{speaker}\n    text: {quote}\n"
    body = "\n\n".join(paragraphs)
    return f"---\n{head}---\n{body}\n", "\n".join(events) + f"\n{quotes}"


@contextlib.contextmanager
def _served(site: Path, plugins: Path) -> Iterator[str]:
    """`explainer serve` of a site, from when it answers with a page."""
    command = [sys.executable, "-m", "explainer", "serve", f"--port={PORT}"]
    environment = {**os.environ, "PYTHONPATH": str(plugins), "SITEURL": ""}
    url = f"http://127.0.0.1:{PORT}/"
    process = subprocess.Popen(command, cwd=site, env=environment)
    try:
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(url):
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def measure_saves(
    site: Path, file: Path, page: str, saves: int, plugins: Path | None = None
) -> list[float]:
    """Seconds from each save of a changed title to the page that shows it in a browser.

    `plugins` is the folder of the plugin, if it is not the site's own.
    """
    original = file.read_text(encoding="utf-8")
    found = []
    chromium = find_chromium()
    with _served(site, plugins or site / "plugins") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        tab = browser.new_page()
        tab.goto(url + page)
        try:
            for number in range(saves):
                mark = f"Measured {number} times"
                changed = re.sub(r"title: .*", f"title: {mark}", original, count=1)
                time.sleep(1)
                began = time.perf_counter()
                file.write_text(changed, encoding="utf-8")
                tab.wait_for_function(
                    "mark => document.body?.textContent.includes(mark)", arg=mark, timeout=120_000
                )
                found.append(time.perf_counter() - began)
        finally:
            file.write_text(original, encoding="utf-8")
            browser.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=0, help="make a site of so many")
    parser.add_argument("--saves", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        site, file, page = ROOT, "nato-for-guarantees", "stories/ukraine-peace-talks/"
        if options.articles:
            site, file, page = Path(name), "article-0", "stories/story-0/"
            write_site(site, options.articles)
        path = site / "content/articles" / f"{file}.yaml"
        before = os.getloadavg()[0]
        seconds = measure_saves(site, path, page, options.saves)
    result = {
        "articles": options.articles or "demo",
        "seconds": [round(value, 2) for value in seconds],
        "median": round(statistics.median(seconds), 2),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "cores": os.cpu_count(),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
