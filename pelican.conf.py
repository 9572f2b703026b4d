"""The site's settings. Always run with `-s pelican.conf.py`; the Makefile does."""

import os

# ------------------------------------------------------------------------------------ yours
# What makes this site yours. Everything else can stay as it is.

SITENAME = "The Explainer"
DEFAULT_LANG = "en"  # language of the interface and of dates
TIMEZONE = "Europe/Berlin"  # of times without an offset, and of "today"

# Where the site will be, without a slash at the end; the workflow sets it from GitHub Pages.
# Empty is right for looking at it on this machine.
SITEURL = os.environ.get("SITEURL", "")

EXPLAINER = {
    "tagline": "Running stories, with the words they rest on",
    # "logo": "logo.png",  # a picture in content/images/, shown beside the title
    "accent": "red",  # red, blue, green, purple or ochre
    # Further entries of the menu: text, and an address or a /path on this site.
    "menu": [],
    # Markdown at the foot of every page.
    "footer": "A demonstration site: one story from a single article, one written in retrospect.",
    # Under which licence readers may use the content: name and address; None says nothing.
    "licence": None,
    "publisher": "The Explainer",  # for search engines and feeds
    "page_size": 20,  # articles on one page of a list
}

# -------------------------------------------------------------------------------- machinery

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["explainer"]
