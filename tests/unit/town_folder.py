"""The town of `small_site` on a disk, for what reads and watches files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from .small_site import THEME, TOWN


def write_town(folder: Path, theme: Path = THEME, **more: str) -> Path:
    """Write the town with its settings into a folder; the settings."""
    for path, text in {**TOWN, "site.yaml": "format: 1\n"}.items():
        write(folder, path, text)
    settings = folder / "pelican.conf.py"
    lines = ['TIMEZONE = "Europe/Berlin"', 'SITENAME = "Small"', 'TODAY = "2026-06-01"']
    lines += ['PATH = "content"', f"THEME = {str(theme)!r}", 'PLUGINS = ["explainer"]']
    lines += [f"{name} = {value}" for name, value in more.items()]
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return settings


def write(folder: Path, path: str, text: str) -> Path:
    """Write a file of the content."""
    file = folder / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dedent(text), encoding="utf-8")
    return file
