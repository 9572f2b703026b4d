"""Golden files: which pages are kept, in which form, and how they are compared.

A page is kept with one block element a line, so that a diff shows what changed and a template may
be laid out anew. White space is folded, never dropped: two words that run together show.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent / "golden"

#: One page of each kind, the stories, and the feeds. The list of all files is kept beside them.
KEPT = (
    "index.html",
    "stories/harbour-bridge/index.html",
    "stories/harbour-bridge/changes/index.html",
    "stories/night-ferry/index.html",
    "articles/bridge-closed/index.html",
    "articles/inspectors-report/index.html",
    "articles/tide-tables/index.html",
    "articles/bridge-shut/index.html",
    "de/articles/bridge-closed/index.html",
    "timeline/1887/index.html",
    "actors/index.html",
    "actors/otto-lind/index.html",
    "places/index.html",
    "terms/index.html",
    "issues/index.html",
    "archives/page/2/index.html",
    "tags/index.html",
    "tags/harbour-bridge/index.html",
    "about/index.html",
    "404.html",
    "feed.atom",
    "stories/harbour-bridge/changes.atom",
    "sitemap.xml",
    "robots.txt",
)
FILES = "files.txt"

_INLINE = "a abbr b bdi br cite code del em i ins kbd mark q s small span strong sub sup time wbr"
_INLINE_TAGS = frozenset(_INLINE.split())


def golden_texts(files: Mapping[str, str]) -> dict[str, str]:
    """What is kept of a site's files: the list of them all, then those of `KEPT`."""
    kept = {FILES: "".join(f"{path}\n" for path in sorted(map(_without_fingerprint, files)))}
    for path in KEPT:
        text = _without_fingerprint(files[path])
        kept[path] = read_lines(text) if path.endswith(".html") else text
    return kept


def _without_fingerprint(text: str) -> str:
    """Names of styles and pictures without the digits that change with every edit of theirs."""
    return re.sub(r"(theme/\w+)\.[0-9a-f]{10}\.", r"\1.", text)


class _Lines(HTMLParser):
    """A page's markup with a line for each block element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.script = False

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        written = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs
        )
        self.parts.append(f"<{tag}{written}>" if tag in _INLINE_TAGS else f"\n<{tag}{written}>\n")

    def handle_endtag(self, tag: str) -> None:
        self.script = False
        self.parts.append(f"</{tag}>" if tag in _INLINE_TAGS else f"\n</{tag}>\n")

    def handle_data(self, data: str) -> None:
        if self.script and data.strip():
            data = json.dumps(json.loads(data), ensure_ascii=False, indent=1)
            self.parts.append(data)
            return
        self.parts.append(escape(re.sub(r"\s+", " ", data), quote=False))


def read_lines(html: str) -> str:
    """A page with one block element a line, white space folded, JSON-LD laid out."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    lines = "".join(parser.parts).split("\n")
    return "".join(f"{line}\n" for line in lines if line.strip())


def compare(wanted: Mapping[str, str], got: Mapping[str, str]) -> str:
    """A diff of all that differs, empty where nothing does."""
    return "".join(line for path in sorted({*wanted, *got}) for line in _diff(path, wanted, got))


def _diff(path: str, wanted: Mapping[str, str], got: Mapping[str, str]) -> Iterator[str]:
    before, after = (texts.get(path, "").splitlines(keepends=True) for texts in (wanted, got))
    return difflib.unified_diff(before, after, f"golden/{path}", f"built/{path}", n=2)


def read_goldens(folder: Path = GOLDEN) -> dict[str, str]:
    """The goldens as they are kept."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write_goldens(kept: Mapping[str, str], folder: Path = GOLDEN) -> None:
    """Keep these texts and no others."""
    for path in read_goldens(folder):
        (folder / path).unlink()
    for path, text in kept.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
