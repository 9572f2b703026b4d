"""Attacks that get through Pelican as it is shipped, each tried on it and on this site.

Where a newer Pelican holds, its half of a test fails: then the words in docs/security.md are old.
"""

from __future__ import annotations

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from tests.site.northbridge import ROOT

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


@pytest.fixture
def stock(tmp_path: Path) -> Site:
    folder = tmp_path / "stock"
    return Site(folder, STOCK, "pelican", "-s", "settings.py", "-o", "output")


@pytest.fixture
def ours(tmp_path: Path) -> Site:
    return Site(tmp_path / "ours", OURS, "explainer", "build", "--settings", "settings.py")


def test_script_in_a_title(stock: Site, ours: Site) -> None:
    assert stock.build({"a.html": document(SCRIPT)}) == 0
    assert ours.build({"articles/a.md": article(SCRIPT)}) == 0
    assert (stock.pages_with(SCRIPT) != [], ours.pages_with(SCRIPT)) == (True, [])
    assert len(ours.pages_with(escape(SCRIPT))) >= 3


def test_page_beside_the_output(stock: Site, ours: Site) -> None:
    path = "../output-evil/x.html"
    assert stock.build({"a.html": document(save_as=path)}) == 0
    assert (stock.folder / "output-evil/x.html").exists()
    assert ours.build({"articles/a.md": article(save_as=path)}) == 1
    assert "error[unknown-key]" in ours.said
    assert [p.name for p in ours.folder.rglob("*.html")] == []


@pytest.mark.parametrize("key", ["save_as", "url", "template", "slug"])
def test_page_in_the_place_of_the_home_page(stock: Site, ours: Site, key: str) -> None:
    assert ours.build({"articles/a.md": article(**{key: "index.html"})}) == 1
    assert "error[unknown-key]" in ours.said
    if key == "save_as":
        assert stock.build({"a.html": document("Taken over", save_as="index.html")}) == 0
        home = (stock.output / "index.html").read_text(encoding="utf-8")
        assert "<title>Taken over" in home or "Taken over - x</title>" in home


def test_two_pages_whose_names_differ_in_case(stock: Site, ours: Site) -> None:
    pages = {"a.html": document(slug="same"), "b.html": document(slug="SAME")}
    assert stock.build(pages) == 0
    assert {"same.html", "SAME.html"} <= {p.name for p in stock.output.iterdir()}
    assert ours.build({"articles/SAME.md": article(), "articles/same.md": article()}) == 1
    assert "error[bad-id]: 'SAME' cannot be an id" in ours.said


def test_link_out_of_the_content(stock: Site, ours: Site, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for site, page in ((stock, "a.html"), (ours, "articles/a.md")):
        images = site.folder / "content" / "images"
        images.mkdir(parents=True)
        (images / "secret.txt").symlink_to(tmp_path / "secret.txt")
        site.build({page: document() if site is stock else article()})
    assert (stock.output / "images" / "secret.txt").read_text() == "secret"
    assert "error[symlink]" in ours.said
    assert not ours.output.exists()


def test_article_with_a_bad_date(stock: Site, ours: Site) -> None:
    assert stock.build({"a.html": document("Lost", date="not a date")}) == 0
    assert stock.pages_with("Lost") == []
    assert ours.build({"articles/a.md": article("Lost", date="not a date")}) == 1
    assert "content/articles/a.md:3:7: error[bad-date]" in ours.said


def test_build_that_fails_over_a_site_that_stands(stock: Site, ours: Site) -> None:
    write(stock.folder, {"settings.py": STOCK + "DELETE_OUTPUT_DIRECTORY = True\n"})
    assert stock.build({"a.html": document("Old", slug="a")}) == 0
    assert stock.build({"b.html": document("New", slug="a")}) != 0
    assert not (stock.output / "index.html").exists()
    assert ours.build({"articles/a.md": article("Old")}) == 0
    before = {p: p.read_bytes() for p in ours.output.rglob("*") if p.is_file()}
    assert ours.build({"articles/b.md": article("New", date="?")}) == 1
    assert {p: p.read_bytes() for p in ours.output.rglob("*") if p.is_file()} == before
