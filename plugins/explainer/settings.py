"""What the maintainer sets, as one frozen value: Pelican's settings and our own block.

`read_settings` takes the upper-case names of `pelican.conf.py` and gives `Settings`, or raises
`SettingsError` with a sentence that names the setting.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .dates import Date, DateError, from_date, parse_date
from .derive.weights import DEFAULT_WEIGHTS, Weights
from .limits import DEFAULT_LIMITS, MOST_LEVELS, NAMES, Limits
from .problems import did_you_mean

if TYPE_CHECKING:
    from .extensions import PythonMarkdown

ACCENTS = ("red", "blue", "green", "purple", "ochre")
READERS = ("commonmark", "python-markdown")

#: The keys of `EXPLAINER` in pelican.conf.py, with what each is for.
KEYS: dict[str, str] = {
    "tagline": "one line under the title",
    "logo": "a picture in content/images/ shown beside the title",
    "accent": f"the one colour: {', '.join(ACCENTS)}",
    "menu": "further entries of the navigation, as (text, address)",
    "footer": "Markdown at the foot of every page",
    "licence": "the content's licence, as (text, address)",
    "markdown": "what reads articles and pages: commonmark or python-markdown",
    "publisher": "who publishes, for search engines; the title if not set",
    "page_size": "articles on one page of a list",
    "recommended": "what counts how much for recommendations, such as {'actors': 0.4}",
    "limits": "the most that content may hold, such as {'records': 10_000}",
}


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and says what is allowed.

    `text` is the offending text as it may stand in the file, `hints` what was probably meant.
    """

    def __init__(self, message: str, *, text: str = "", hints: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.text = text
        self.hints = hints


@dataclass(frozen=True)
class Settings:
    """Everything that a build depends on beside the content and the theme."""

    title: str
    site_url: str
    """Absolute, without a slash at the end; empty where it is not known."""
    language: str
    zone: dt.tzinfo
    today: Date
    tagline: str = ""
    logo: str = ""
    accent: str = "red"
    menu: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    licence: tuple[str, str] | None = None
    publisher: str = ""
    page_size: int = 20
    weights: Weights = DEFAULT_WEIGHTS
    limits: Limits = DEFAULT_LIMITS
    markdown: PythonMarkdown | None = None
    """What reads articles and pages; None for CommonMark."""
    zone_name: str = "UTC"
    base_path: str = ""
    """The sub-path of the site's URL, without a slash at the end: `/repo`, or empty."""


def read_settings(values: Mapping[str, Any], *, clock: dt.datetime) -> Settings:
    """The settings from Pelican's names; `clock` is the moment of the build.

    Today is `TODAY` where that is set, else the day of `clock` in the site's zone.
    """
    ours = values.get("EXPLAINER", {})
    unknown = sorted(set(ours) - set(KEYS))
    if unknown:
        raise SettingsError(f"EXPLAINER has no key {unknown[0]!r}; known keys: {', '.join(KEYS)}")
    zone_name = str(values.get("TIMEZONE") or "UTC")
    zone = _zone(zone_name)
    accent = ours.get("accent", "red")
    if accent not in ACCENTS:
        raise SettingsError(f"accent is {accent!r}; allowed are {', '.join(ACCENTS)}")
    address = _site_url(str(values.get("SITEURL") or ""))
    title = str(values.get("SITENAME") or "The Explainer")
    return Settings(
        title=title,
        # Of "/repo" the sub-path is known and no more: a preview behind any host.
        site_url="" if address.startswith("/") else address,
        base_path=urlsplit(address).path.rstrip("/"),
        language=str(values.get("DEFAULT_LANG") or "en"),
        zone=zone,
        zone_name=zone_name,
        today=_today(values.get("TODAY"), clock, zone),
        tagline=str(ours.get("tagline", "")),
        logo=str(ours.get("logo", "")),
        accent=accent,
        menu=tuple((str(text), str(href)) for text, href in ours.get("menu", ())),
        footer=str(ours.get("footer", "")),
        licence=tuple(ours["licence"]) if ours.get("licence") else None,
        publisher=str(ours.get("publisher", "")) or title,
        page_size=max(1, int(ours.get("page_size", 20))),
        weights=_weights(ours.get("recommended") or {}),
        limits=_limits(ours.get("limits") or {}),
        markdown=reader_of(values),
    )


def build_clock(environment: Mapping[str, str]) -> dt.datetime:
    """The moment of the build: SOURCE_DATE_EPOCH where it is set (reproducible-builds.org)."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    return dt.datetime.now(dt.UTC)


def site_settings(values: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Our settings from Pelican's, with today from the environment where it is named there."""
    today = environment.get("TODAY") or values.get("TODAY")
    return read_settings({**values, "TODAY": today}, clock=build_clock(environment))


def reader_of(values: Mapping[str, Any]) -> PythonMarkdown | None:
    """What reads articles and pages by Pelican's settings; None for CommonMark."""
    name = values.get("EXPLAINER", {}).get("markdown", READERS[0])
    if name not in READERS:
        near = did_you_mean(str(name), READERS)
        raise SettingsError(
            f"markdown is {name!r}; allowed are {', '.join(READERS)}",
            text=str(name),
            hints=(f"did you mean {near!r}?",) if near else (),
        )
    if name == READERS[0]:
        return None
    from .extensions import read_extensions  # a site that does not ask never pays for it

    return read_extensions(values.get("MARKDOWN"))


def _weights(values: Any) -> Weights:
    names = [field.name for field in fields(Weights)]
    if not isinstance(values, Mapping):
        raise SettingsError(f"recommended is {values!r}; a mapping is wanted: {', '.join(names)}")
    for name, value in values.items():
        if name not in names:
            raise SettingsError(f"recommended has no key {name!r}; known keys: {', '.join(names)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            raise SettingsError(f"recommended: {name} is {value!r}; a number from 0 on is wanted")
    weights = Weights(**values)
    if weights.time > 1 or not weights.days:
        raise SettingsError("recommended: time is from 0 to 1, and days more than 0")
    return weights


def _limits(values: Any) -> Limits:
    if not isinstance(values, Mapping):
        raise SettingsError(f"limits is {values!r}; a mapping is wanted: {', '.join(NAMES)}")
    for name, value in values.items():
        if name not in NAMES:
            raise SettingsError(f"limits has no key {name!r}; known keys: {', '.join(NAMES)}")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise SettingsError(f"limits: {name} is {value!r}; a whole number from 1 on is wanted")
    limits = Limits(**values)
    if limits.yaml_levels > MOST_LEVELS:
        raise SettingsError(f"limits: yaml_levels is {MOST_LEVELS} at most")
    return limits


def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise SettingsError(
            f"TIMEZONE is {name!r}, which is no time zone (Europe/Berlin is)"
        ) from None


def _site_url(url: str) -> str:
    url = url.rstrip("/")
    if url and not re.match(r"^(https?://[^/\s?#]+)?(/[^\s?#]*)?$", url):
        raise SettingsError(f"SITEURL is {url!r}; it must look like https://example.org/news")
    return url


def _today(value: object, clock: dt.datetime, zone: dt.tzinfo) -> Date:
    if value in (None, ""):
        return from_date(clock.astimezone(zone).date())
    try:
        date = parse_date(str(value))
    except DateError as error:
        raise SettingsError(f"TODAY is {value!r}: {error.message}") from None
    if date.precision != "day" or date.is_span:
        raise SettingsError(f"TODAY is {value!r}; a day is wanted, such as 2026-06-01")
    return date
