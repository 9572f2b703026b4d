"""Pelican's reader for our Markdown: front matter in YAML or Pelican's own header lines.

Pelican's objects serve Pelican and its other plugins. The pages come from our own reading of the
same files (`site.py`), which reports what is wrong; so this reader is lenient and never raises.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.readers import BaseReader

from .frontmatter import split_document
from .markdown import clean_body
from .settings import SettingsError, reader_of
from .tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from .extensions import PythonMarkdown

#: The setting with what was rendered in this run, by its Markdown: our generator uses it again.
RENDERED = "EXPLAINER_RENDERED"

#: Names of front matter that Pelican treats in its own way.
_FOR_PELICAN = {"title", "date", "modified", "tags", "authors", "status", "summary"}


class ExplainerReader(BaseReader):  # type: ignore[misc]
    """Reads `.md` files; every key that Pelican does not know stays with the plugin."""

    enabled = True
    file_extensions = ("md",)

    @cached_property
    def _reader(self) -> PythonMarkdown | None:
        """What the site reads its articles with; what is wrong with it is told by the generator."""
        with suppress(SettingsError):
            return reader_of(self.settings)
        return None

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """HTML and metadata as Pelican wants them."""
        text = Path(source_path).read_text(encoding="utf-8-sig", errors="replace")
        document, _ = split_document(text, source_path)
        metadata: dict[str, Any] = {}
        if not self.settings.get("CATEGORY_SAVE_AS"):
            # Pelican gives no category then, and fails on a draft that has none.
            category = self.settings.get("DEFAULT_CATEGORY", "articles")
            metadata["category"] = self.process_metadata("category", category)
        for key, value in document.head.entries if document.head else ():
            if key.value in _FOR_PELICAN:
                plain = _plain(value, ";" if key.value == "authors" else ",")
                metadata[key.value] = self.process_metadata(key.value, plain)
        clean = clean_body(document.body, self._reader)
        self.settings.get(RENDERED, {})[document.body] = clean
        return clean.html, metadata


def _plain(node: Node, separator: str) -> str:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return f"{separator} ".join(_plain(item, separator) for item in node.items)
        case Mapping():
            return ""
    return ""
