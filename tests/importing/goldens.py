"""Raw articles with all that an import says and writes about each, as files side by side.

`PYTHONPATH=plugins python -m tests.importing` shows what has changed and accepts it.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from explainer.importing.command import Choices, import_article
from explainer.settings import Settings, read_settings

HERE = Path(__file__).resolve().parent
RAW = HERE / "raw"
EXPECTED = HERE / "expected"

#: The language of the site where it is not English, by the name of the raw article.
LANGUAGES: Mapping[str, str] = MappingProxyType({"french.txt": "fr"})


def settings(**values: object) -> Settings:
    """Settings of a site in English, in Berlin, on 1 June 2026."""
    given = {"SITENAME": "Small", "TIMEZONE": "Europe/Berlin", "TODAY": "2026-06-01"}
    return read_settings({**given, **values}, clock=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))


def empty_content(folder: Path) -> Path:
    """A content folder without content."""
    content = folder / "content"
    content.mkdir(parents=True)
    (content / "site.yaml").write_text("format: 1\n", encoding="utf-8")
    return content


def raw_files() -> list[Path]:
    """The raw articles, by name; pages only where what reads them is installed."""
    can_read_pages = importlib.util.find_spec("trafilatura") is not None
    return sorted(raw for raw in RAW.iterdir() if raw.suffix == ".txt" or can_read_pages)


def imported(raw: Path, folder: Path) -> str:
    """What an import into an empty site prints, and every file that it writes."""
    content = empty_content(folder)
    file = Path(os.path.relpath(raw, RAW))
    before = Path.cwd()
    os.chdir(RAW)
    try:
        language = LANGUAGES.get(raw.name, "en")
        report = import_article(file, content, settings(DEFAULT_LANG=language), Choices())
    finally:
        os.chdir(before)
    written = sorted((content / "articles").glob("*")) if not report.failed else []
    parts = [f"{report.text()}\n"]
    parts += [f"=== {path.name}\n{path.read_text(encoding='utf-8')}" for path in written]
    return "\n".join(line.rstrip() for line in "\n".join(parts).split("\n"))


def expected_file(raw: Path) -> Path:
    """Where it stands what an import of a raw article gives."""
    return EXPECTED / f"{raw.name}.out"
