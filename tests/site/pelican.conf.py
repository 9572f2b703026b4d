"""The settings of the golden site: an invented town on a day that does not pass."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SITENAME = "The Northbridge Explainer"
SITEURL = "https://example.org/news"
DEFAULT_LANG = "en"
TIMEZONE = "Europe/Berlin"
TODAY = "2026-06-01"

EXPLAINER = {
    "tagline": "A town, its bridge and what became of it",
    "accent": "blue",
    "menu": [("Questions and answers", "/stories/harbour-bridge/#questions")],
    "footer": "Everything here is *invented*. See [About]({filename}/pages/about.md).",
    "licence": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "publisher": "The Northbridge Explainer",
    "page_size": 5,
}

PATH = "content"
OUTPUT_PATH = "output"
THEME = str(ROOT / "theme")
PLUGIN_PATHS = [str(ROOT / "plugins")]
PLUGINS = ["explainer"]
