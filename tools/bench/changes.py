"""What an editor changes between two builds: one YAML file, one article, one template."""

from __future__ import annotations

import re
from pathlib import Path

from .corpus import ARTICLES_AN_ANNOTATION, article_slug
from .sites import annotation_file, article_file, template_file


def middle_article(size: int) -> str:
    """The slug of one in the middle of all those that have annotations."""
    return article_slug(size // 2 // ARTICLES_AN_ANNOTATION * ARTICLES_AN_ANNOTATION)


def change_yaml(site: Path, slug: str, number: int) -> None:
    """Give an event of an article another title; each time another."""
    file = annotation_file(site, slug)
    title = f"  title: Changed for the {number}th time\n"
    _replace(file, r"  title: .*\n", title)


def change_article(site: Path, slug: str, number: int) -> None:
    """Let an article end with another sentence."""
    file = article_file(site, slug)
    _replace(
        file, r"(\n\nChanged for the \d+th time\.)?\n\Z", f"\n\nChanged for the {number}th time.\n"
    )


def change_template(site: Path, number: int) -> None:
    """Give all articles another class."""
    file = template_file(site)
    _replace(file, r'class="article( changed-\d+)?"', f'class="article changed-{number}"')


def _replace(file: Path, pattern: str, text: str) -> None:
    before = file.read_text(encoding="utf-8")
    file.write_text(re.sub(pattern, text, before, count=1), encoding="utf-8", newline="\n")
