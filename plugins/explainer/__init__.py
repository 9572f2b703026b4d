"""Explainer: articles and YAML annotations become a static explainer. A Pelican plugin.

Pelican calls `register`. The stages behind it import no Pelican, and Pelican is imported only
here and in `generator.py`, `reader.py` and `building.py`.
"""

from __future__ import annotations

from typing import Any


def register() -> None:
    """Connect to Pelican: our reader, our generator, and the settings that leave pages to us."""
    from pelican import signals

    signals.initialized.connect(_own_pages)
    signals.readers_init.connect(_add_reader)
    signals.get_generators.connect(_get_generators)


def _own_pages(pelican: Any) -> None:
    """As a whole site of its own, the plugin writes the pages that Pelican would write."""
    from .generator import OWN_PAGES
    from .reader import RENDERED

    pelican.settings[RENDERED] = {}
    if pelican.settings.get("EXPLAINER_OWN_PAGES", True):
        pelican.settings.update(OWN_PAGES)
    if pelican.settings.get("EXPLAINER_ALONE"):
        # Pelican's own objects of the articles are for other plugins, of which there are none.
        pelican.settings.update(ARTICLE_PATHS=[], PAGE_PATHS=[])


def _add_reader(readers: Any) -> None:
    from .reader import ExplainerReader

    readers.reader_classes["md"] = ExplainerReader
    # Without Python-Markdown Pelican would warn of every .md file that it cannot read it.
    readers.disabled_readers.pop("md", None)


def _get_generators(_: Any) -> type:
    from .generator import ExplainerGenerator

    return ExplainerGenerator
