"""The most that content may hold. More is an error with its place, and never a build that hangs.

What was meant has come near none of them. A site sets its own under `limits` in `EXPLAINER`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

from .problems import Location, Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """Of each kind the most that is allowed."""

    file_bytes: int = 2_000_000
    line_characters: int = 100_000
    yaml_levels: int = 32
    yaml_values: int = 200_000
    records: int = 5_000
    links: int = 2_000
    picture_bytes: int = 20_000_000
    picture_points: int = 50_000_000
    drawing_bytes: int = 1_000_000


#: What is counted, for messages and for the list in docs/security.md.
COUNTED: Final[dict[str, str]] = {
    "file_bytes": "bytes of a text file",
    "line_characters": "characters of a line",
    "yaml_levels": "levels of lists and mappings in YAML",
    "yaml_values": "values in a YAML file",
    "records": "records in a file beside an article, or in a story",
    "links": "links and pictures in one text",
    "picture_bytes": "bytes of a picture",
    "picture_points": "points of a picture",
    "drawing_bytes": "bytes of a drawing (SVG)",
}
DEFAULT_LIMITS: Final = Limits()
NAMES: Final = tuple(field.name for field in fields(Limits))
#: Trees are walked by functions that call themselves.
MOST_LEVELS: Final = 200


def raising(name: str) -> str:
    """The hint that a limit is a setting."""
    return f"where it is meant, raise '{name}' under 'limits' in pelican.conf.py"


def long_lines(text: str, file: str, limits: Limits) -> Iterator[Problem]:
    """The first line of a text that is too long; where one is, there are often many."""
    most = limits.line_characters
    if len(text) <= most:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > most:
            message = f"this line has {len(line):,} characters, and at most {most:,} are allowed"
            hints = ("break it into several lines or paragraphs", raising("line_characters"))
            yield Problem("too-long", Location(file, number, 1, most), message, hints)
            return


def too_many_links(html: str, place: Location, limits: Limits) -> Iterator[Problem]:
    """Whether the HTML of one text has too many links and pictures."""
    count = html.count("<a ") + html.count("<img ")
    if count > limits.links:
        message = f"this text has {count:,} links, and at most {limits.links:,} are allowed"
        hints = ("split it into several articles or pages", raising("links"))
        yield Problem("too-many", place, message, hints)
