"""Attacks that get through Pelican as it is shipped, each tried on it and on this site.

Where a newer Pelican holds, its half of a test fails: then the words in docs/security.md are old.

Starting a build costs more than building, so stock Pelican gets the attacks that it survives in one
site. Here all that is wrong is told in one run: one site for what is refused, one for what is not.
"""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from functools import partial
from html import escape
from pathlib import Path

import pytest
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG

from explainer.site import read_text
from tests.site.northbridge import ROOT

from .test_limits import calls

STOCK = "PATH = 'content'\nSITENAME = 'x'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\n"
OURS = f"""
SITENAME = "x"
PATH = "content"
THEME = {str(ROOT / "theme")!r}
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
PLUGINS = ["explainer"]
"""
SCRIPT = "<script>alert(1)</script>"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def document(title: str = "A", date: str = "2026-01-01", **more: str) -> str:
    """An article as Pelican's own reader of HTML takes it."""
    metas = "".join(f'<meta name="{k}" content="{v}">' for k, v in {"date": date, **more}.items())
    head = f"<head><title>{escape(title)}</title>{metas}</head>"
    return f"<html>{head}<body>Text.</body></html>"


def article(title: str = "A", date: str = "2026-01-01", **more: str) -> str:
    lines = {"title": f'"{title}"', "date": date, **more}
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in lines.items()) + "---\nText.\n"


class Site:
    """A site in a folder of its own, and the command that builds it into `output`."""

    def __init__(self, folder: Path, settings: str, *command: str) -> None:
        self.folder, self.command = folder, (sys.executable, "-m", *command)
        write(folder, {"settings.py": settings})
        self.output = folder / "output"

    def build(self, files: dict[str, str]) -> int:
        """Write content and build; the exit code. `said` is what was printed."""
        write(self.folder / "content", files)
        done = subprocess.run(
            self.command,
            cwd=self.folder,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(ROOT / "plugins"), "NO_COLOR": "1"},
        )
        self.said = done.stdout + done.stderr
        return done.returncode

    def pages_with(self, text: str) -> list[str]:
        """The pages in which a text stands."""
        pages = sorted(self.output.rglob("*.html"))
        return [p.name for p in pages if text in p.read_text(encoding="utf-8")]


SECRET = "what only this machine knows"
#: Attacks, by file, that stock Pelican publishes with exit code 0.
PUBLISHED = {
    "script.html": document(SCRIPT),
    "beside.html": document(save_as="../output-evil/x.html"),
    "home.html": document("Taken over", save_as="index.html"),
    "a.html": document(slug="same"),
    "b.html": document(slug="SAME"),
    "lost.html": document("Lost", date="not a date"),
}
WHERE = ("save_as", "url", "template", "slug")
#: The same as articles of ours, with more of their kind.
REFUSED = {
    "articles/beside.md": article(save_as="../output-evil/x.html"),
    **{
        f"articles/home-{number}.md": article(**{key: "index.html"})
        for number, key in enumerate(WHERE)
    },
    "articles/SAME.md": article(),
    "articles/same.md": article(),
    "articles/lost.md": article("Lost", date="not a date"),
}


def link_to_secret(site: Site) -> None:
    secret = site.folder.parent / "secret.txt"
    secret.write_text(SECRET)
    images = site.folder / "content" / "images"
    images.mkdir(parents=True)
    (images / "secret.txt").symlink_to(secret)


def stock_site(folder: Path, settings: str = STOCK) -> Site:
    return Site(folder, settings, "pelican", "-s", "settings.py", "-o", "output")


def our_site(folder: Path) -> Site:
    return Site(folder, OURS, "explainer", "build", "--settings", "settings.py")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Stock Pelican's site with all attacks in it, published."""
    site = stock_site(tmp_path_factory.mktemp("stock") / "site")
    link_to_secret(site)
    assert site.build(PUBLISHED) == 0
    return site


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Our site with the same attacks, of which nothing came."""
    site = our_site(tmp_path_factory.mktemp("ours") / "site")
    link_to_secret(site)
    assert site.build(REFUSED) == 1
    assert not site.output.exists()
    assert list(site.folder.parent.rglob("*.html")) == []
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Our site with the script in a title, which is a text like any other."""
    site = our_site(tmp_path_factory.mktemp("built") / "site")
    assert site.build({"articles/a.md": article(SCRIPT)}) == 0
    return site


def test_script_in_a_title(stock: Site, built: Site) -> None:
    assert (stock.pages_with(SCRIPT) != [], built.pages_with(SCRIPT)) == (True, [])
    assert len(built.pages_with(escape(SCRIPT))) >= 3


def test_page_beside_the_output(stock: Site, refused: Site) -> None:
    assert (stock.folder / "output-evil/x.html").exists()
    assert "content/articles/beside.md:4:1: error[unknown-key]" in refused.said


def test_page_in_the_place_of_the_home_page(stock: Site, refused: Site) -> None:
    assert "Taken over" in (stock.output / "index.html").read_text(encoding="utf-8")
    told = [f"content/articles/home-{number}.md:4:1: error[unknown-key]" for number in range(4)]
    assert [place for place in told if place not in refused.said] == []


def test_two_pages_whose_names_differ_in_case(stock: Site, refused: Site) -> None:
    assert {"same.html", "SAME.html"} <= {p.name for p in stock.output.iterdir()}
    assert "error[bad-id]: 'SAME' cannot be an id" in refused.said


def test_link_out_of_the_content(stock: Site, refused: Site) -> None:
    assert (stock.output / "images" / "secret.txt").read_text() == SECRET
    assert "content/images/secret.txt:1:1: error[symlink]" in refused.said


def test_article_with_a_bad_date(stock: Site, refused: Site) -> None:
    assert stock.pages_with("Lost") == []
    assert "content/articles/lost.md:3:7: error[bad-date]" in refused.said


def test_build_that_fails_over_a_site_that_stands(tmp_path: Path, built: Site) -> None:
    stock = stock_site(tmp_path / "stock", STOCK + "DELETE_OUTPUT_DIRECTORY = True\n")
    assert stock.build({"a.html": document("Old", slug="a")}) == 0
    assert stock.build({"b.html": document("New", slug="a")}) != 0
    assert not (stock.output / "index.html").exists()
    before = {p: p.read_bytes() for p in built.output.rglob("*") if p.is_file()}
    assert built.build({"articles/b.md": article("New", date="?")}) == 1
    assert {p: p.read_bytes() for p in built.output.rglob("*") if p.is_file()} == before


def test_brackets_that_are_never_closed(tmp_path: Path) -> None:
    """20,000 keep Python-Markdown busy for a minute: twice as many are four times the work.

    Shown with fewer, and with the work counted: time would say more of the machine.
    """

    def read(count: int) -> None:
        (tmp_path / "a.md").write_text("Title: A\n\n" + "[" * count)
        MarkdownReader(deepcopy(DEFAULT_CONFIG)).read(str(tmp_path / "a.md"))

    read(10)
    stock = [calls(partial(read, count)) for count in (300, 600)]
    ours = [calls(partial(read_text, "[" * count)) for count in (1_000, 2_000)]
    assert stock[1] > 3.5 * stock[0]
    assert ours[1] <= 2.2 * ours[0]
