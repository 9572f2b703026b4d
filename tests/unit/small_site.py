"""Sites of a few lines for tests: a folder's texts by path, linked in memory."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from textwrap import dedent

from jinja2 import Environment

from explainer.incremental import KnownReading
from explainer.load import ContentFile, Loaded
from explainer.problems import Report
from explainer.settings import Settings, read_settings
from explainer.site import (
    ReadSite,
    RenderedSite,
    link_site,
    render_site,
    theme_environment,
)
from explainer.steps import PURE_STEPS, Steps

THEME = Path(__file__).resolve().parents[2] / "theme"

#: A story with one article and three actors; nothing is wrong with it.
TOWN: Mapping[str, str] = {
    "actors.yaml": """\
        quill: {name: Mara Quill, kind: person}
        lind: {name: Otto Lind, kind: person, born: 1950, died: 2030}
        council: {name: Town Council, kind: organization, founded: 1900}
        """,
    "places.yaml": "quay: {name: The quay}\n",
    "terms.yaml": "pier: {name: Pier, text: What a bridge stands on.}\n",
    "issues.yaml": "money: {title: Who pays?}\n",
    "stories/bridge.yaml": "title: The bridge\n",
    "articles/closed.md": """\
        ---
        title: The bridge is closed
        date: 2026-03-10
        written: 2026-03-09
        authors: [Nell Harrow]
        story: bridge
        ---
        The council closed the bridge on Monday. Divers had found cracks in two piers.

        “Nobody has been hurt,” Mayor Mara Quill said on the quay. She wants a new bridge.

        Otto Lind said that he had warned of cracks. The council said that it knew of nothing.
        """,
    "articles/closed.yaml": """\
        events:
          - id: bridge-closed
            date: 2026-03-09
            title: The council closes the bridge
            actors: [council]
            evidence: The council closed the bridge
        """,
}


def settings(**values: object) -> Settings:
    """Settings of a site at https://example.org/news, on 1 June 2026."""
    given = {"SITENAME": "Small", "SITEURL": "https://example.org/news", "TODAY": "2026-06-01"}
    return read_settings({**given, **values}, clock=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))


def small_site(
    files: Mapping[str, str | None] | None = None,
    *,
    images: frozenset[str] = frozenset(),
    strict: bool = False,
    base: Mapping[str, str] = TOWN,
    steps: Steps = PURE_STEPS,
    **values: object,
) -> ReadSite:
    """The town with some files written anew, or taken away by None; `values` are settings."""
    found = {**base, **(files or {})}
    read = tuple(
        ContentFile(PurePosixPath(path), f"content/{path}", dedent(text))
        for path, text in found.items()
        if text is not None
    )
    given = settings(**values)
    return link_site(Loaded(read, images, ()), given, strict=strict, steps=steps)


def messages(site: ReadSite) -> str:
    """What is said of the problems of a site, in short."""
    return in_short(site.report)


def in_short(report: Report) -> str:
    """What a report says of every problem, without the last line.

    The lines that name the record and the page to read are left out: the catalogue of mistakes
    has them.
    """
    text = "\n\n".join(report.text().split("\n\n")[:-1])
    return re.sub(r"^      (?:in|= see:) .*\n|\n      = see: .*\Z", "", text, flags=re.M)


def small_pages(site: ReadSite, **values: object) -> RenderedSite:
    """Every file of a small site; `values` are settings."""
    return render_site(site, settings(**values), THEME, _environment())


@cache
def _environment() -> Environment:
    """The templates, compiled once for all tests."""
    return theme_environment(THEME, settings())


class Reading(KnownReading):
    """What is known of a reading, and what is kept of it for the next."""

    def __init__(self, before: bytes = b"") -> None:
        self._kept = BytesIO()
        super().__init__(before, self._kept.write)

    @property
    def lines(self) -> bytes:
        """What was written for the next reading."""
        return self._kept.getvalue()
