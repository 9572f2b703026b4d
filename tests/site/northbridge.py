"""The golden site, read and rendered in memory with everything pinned that a build depends on."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path

from explainer.load import Loaded, load_content
from explainer.settings import Settings, site_settings
from explainer.site import ReadSite, RenderedSite, link_site, render_site

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONTENT = HERE / "content"
THEME = ROOT / "theme"
CONFIGURATION = HERE / "pelican.conf.py"
BASE = "/news/"


@cache
def golden_settings() -> Settings:
    """What `pelican.conf.py` beside this file says; the environment has no say."""
    return site_settings(runpy.run_path(str(CONFIGURATION)), {})


@cache
def loaded() -> Loaded:
    """The content's files as texts."""
    return load_content(CONTENT)


@cache
def golden_site() -> ReadSite:
    """The content, linked."""
    return link_site(loaded(), golden_settings())


@cache
def rendered() -> RenderedSite:
    """Every file of the golden site."""
    return render_site(golden_site(), golden_settings(), THEME)


@cache
def texts() -> dict[str, str]:
    """Every file's text by its path below the output."""
    return dict(rendered().files)
