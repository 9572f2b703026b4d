"""One newsroom as three sites: ours, one for plain Pelican, and one for Hugo.

The words of an article are the same in all three. Ours and Hugo's have the same records of actors,
stories and events; plain Pelican, which knows no such thing, has the articles alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from .corpus import Newsroom, WrittenArticle, story_id

ROOT: Final = Path(__file__).resolve().parents[2]
HUGO: Final = Path(__file__).parent / "hugo"
SITE_URL: Final = "https://news.example.org"

# The theme is a copy, since a template is changed in it.
OUR_SETTINGS: Final = f"""SITENAME = "Benchmark"
SITEURL = "{SITE_URL}"
DEFAULT_LANG = "en"
TIMEZONE = "Europe/Berlin"
TODAY = "2026-01-01"
PATH = "content"
THEME = "theme"
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
PLUGINS = ["explainer"]
EXPLAINER = {{"page_size": 20}}
"""

# PLUGINS is empty, or Pelican would look for installed ones and take ours.
PLAIN_SETTINGS: Final = f"""SITENAME = "Benchmark"
SITEURL = "{SITE_URL}"
DEFAULT_LANG = "en"
TIMEZONE = "Europe/Berlin"
PATH = "content"
THEME = "simple"
PLUGINS = []
"""

HUGO_SETTINGS: Final = f"""title: Benchmark
baseURL: {SITE_URL}/
locale: en
timeZone: Europe/Berlin
pagination: {{pagerSize: 20}}
services: {{rss: {{limit: 20}}}}
taxonomies: {{tag: tags, author: authors}}
outputs: {{home: [html, rss], section: [html], taxonomy: [html], term: [html]}}
related:
  threshold: 10
  includeNewer: true
  indices: [{{name: tags, weight: 100}}, {{name: story, weight: 60}}, {{name: date, weight: 10}}]
"""


def write_our_site(newsroom: Newsroom, folder: Path) -> None:
    """The content folder with all annotations, the theme, and `pelican.conf.py`."""
    content = folder / "content"
    shutil.copytree(ROOT / "theme", folder / "theme", dirs_exist_ok=True)
    _write(folder / "pelican.conf.py", OUR_SETTINGS)
    _write(content / "site.yaml", "format: 1\n")
    _write_records(newsroom, content, content / "articles")
    for name, entries in (("places", newsroom.places), ("issues", newsroom.issues)):
        _write(content / f"{name}.yaml", _yaml(entries))
    for article in map(newsroom.article, range(newsroom.size)):
        _write(content / "articles" / f"{article.slug}.md", _front_matter(article) + _ours(article))


def write_plain_site(newsroom: Newsroom, folder: Path) -> None:
    """The articles with Pelican's own header lines, and its settings."""
    _write(folder / "pelican.conf.py", PLAIN_SETTINGS)
    for article in map(newsroom.article, range(newsroom.size)):
        head = (
            f"Title: {article.title}\nDate: {article.date:%Y-%m-%d %H:%M}\nSlug: {article.slug}\n"
            f"Author: {article.author}\nTags: {', '.join(article.tags)}\n"
            f"Summary: {article.summary}\n\n"
        )
        _write(folder / "content" / f"{article.slug}.md", head + _ours(article))


def write_hugo_site(newsroom: Newsroom, folder: Path) -> None:
    """The articles with front matter, the records as data files, and the templates."""
    shutil.copytree(HUGO, folder, dirs_exist_ok=True)
    _write(folder / "hugo.yaml", HUGO_SETTINGS)
    _write_records(newsroom, folder / "data", folder / "data" / "annotations")
    for article in map(newsroom.article, range(newsroom.size)):
        body = _with_links(article, "/articles/{}/")
        _write(
            folder / "content/articles" / f"{article.slug}.md",
            _front_matter(article, zoned=True) + body,
        )


def annotation_file(folder: Path, slug: str) -> Path:
    """Where the annotations of an article are, in our site and in Hugo's."""
    ours = folder / "content/articles" / f"{slug}.yaml"
    return ours if ours.exists() else folder / "data/annotations" / f"{slug}.yaml"


def article_file(folder: Path, slug: str) -> Path:
    """Where the text of an article is, in any of the sites."""
    listed = folder / "content/articles" / f"{slug}.md"
    return listed if listed.exists() else folder / "content" / f"{slug}.md"


def template_file(folder: Path) -> Path:
    """The template of an article's page, in our site and in Hugo's."""
    ours = folder / "theme/templates/article.html"
    return ours if ours.exists() else folder / "layouts/articles/page.html"


def _write_records(newsroom: Newsroom, folder: Path, annotations: Path) -> None:
    """Actors, stories and annotations, as YAML in our format."""
    short = {actor.id: actor.record for actor in newsroom.actors if "roles" not in actor.record}
    _write(folder / "actors.yaml", _yaml(short))
    for actor in newsroom.actors:
        if actor.id not in short:
            _write(folder / "actors" / f"{actor.id}.yaml", _yaml(actor.record))
    for number in range(newsroom.story_count):
        _write(folder / "stories" / f"{story_id(number)}.yaml", _yaml(newsroom.story(number)))
    for article in map(newsroom.article, range(newsroom.size)):
        if article.annotations is not None:
            _write(annotations / f"{article.slug}.yaml", _yaml(article.annotations))


def _front_matter(article: WrittenArticle, *, zoned: bool = False) -> str:
    head: dict[str, Any] = {
        "title": article.title,
        "date": f"{article.date:%Y-%m-%dT%H:%M}" + (":00+01:00" if zoned else ""),
        "authors": [article.author],
        "summary": article.summary,
        "tags": list(article.tags),
    }
    if article.story is not None:
        head["story"] = article.story
    return f"---\n{_yaml(head)}---\n"


def _ours(article: WrittenArticle) -> str:
    return _with_links(article, "{{filename}}{}.md")


def _with_links(article: WrittenArticle, form: str) -> str:
    """The text with its link to another article in the form that a generator knows."""
    text = "\n\n".join(article.blocks) + "\n"
    before, mark, behind = text.partition("{link:")
    slug, _, rest = behind.partition("}")
    return before + form.format(slug) + rest if mark else text


class _Dumper(yaml.CSafeDumper):
    """Writes everything out: no aliases, which our format does not know."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(value: Mapping[str, Any]) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
