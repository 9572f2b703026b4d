"""Pictures of content/images/, judged by what is in them and not by what they are called.

A picture is published as it is, at an address of the site's own. So a file that a browser would
take for a page or a program, or that fells it, is refused: `picture_problems` says why.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from .limits import DEFAULT_LIMITS, Limits, raising
from .problems import Location, Problem

MAX_NAME = 200

#: How the kinds of pictures begin, by their ending.
_BEGINNINGS: Final[Mapping[str, re.Pattern[bytes]]] = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".avif": re.compile(rb"....ftyp(?:avif|avis|mif1|msf1)", re.DOTALL),
}
ENDINGS = (*_BEGINNINGS, ".svg")

#: What Windows refuses in a name, and what an address or a listing would not show as it is.
_ODD = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.I)


def picture_problems(
    path: str, data: bytes, file: str, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Problem]:
    """What is wrong with one picture; `path` is below content/images/, `file` is shown."""
    ending = PurePosixPath(path).suffix.lower()
    if ending not in ENDINGS:
        message = (
            f"a file that ends in '{ending}' is not published"
            if ending
            else ("a file without an ending is not published")
        )
        hint = f"pictures end in {', '.join(ENDINGS)}"
        yield Problem("bad-picture", Location(file), message, (hint,))
    elif ending == ".svg":
        yield from _drawing_problems(data, file, limits)
    elif not _BEGINNINGS[ending].match(data):
        message = f"this is no {ending[1:].upper()} picture, whatever its name says"
        hints = (_what_it_is(data), "save it anew from a program for pictures")
        yield Problem("bad-picture", Location(file), message, tuple(filter(None, hints)))
    else:
        yield from _size_problems(data, file, limits)


def name_problems(paths: Iterable[str], folder: str) -> Iterator[Problem]:
    """Names that are not one file, and the same file, on every system.

    `paths` are below `folder`, which is how the folder is called in messages.
    """
    seen: dict[str, str] = {}
    for path in sorted(paths):
        parts = PurePosixPath(path).parts
        if odd := next((hint for part in parts if (hint := _oddity(part))), None):
            message = f"'{path}' cannot be the name of a file on every system"
            yield Problem("bad-file-name", Location(f"{folder}/{path}"), message, (odd,))
            continue
        folded = unicodedata.normalize("NFKC", path).casefold()
        if folded in seen:
            message = f"'{path}' and '{seen[folded]}' are one file on some systems"
            hint = "give one of them another name: capital letters do not tell files apart"
            yield Problem("bad-file-name", Location(f"{folder}/{path}"), message, (hint,))
        seen.setdefault(folded, path)


def is_portable(path: str) -> bool:
    """Whether a path below a folder names one file in it on every system."""
    parts = path.split("/")
    return all(part and part.strip(".") and _oddity(part) is None for part in parts)


def _oddity(part: str) -> str | None:
    """Why a part of a path is no name on every system; None where it is one."""
    if len(part.encode("utf-8", "surrogateescape")) > MAX_NAME:
        return f"a name has {MAX_NAME} bytes at most"
    if _DEVICE.fullmatch(part):
        return "Windows keeps this name for itself; choose another"
    if part != part.rstrip(". "):
        return "Windows drops the dot or the space at the end"
    found = _ODD.search(part)
    if found or not part.isprintable():
        sign = found[0] if found else next(c for c in part if not c.isprintable())
        shown = f"'{sign}'" if sign.isprintable() else f"U+{ord(sign):04X}"
        return f"{shown} is not allowed: use letters, digits, hyphens and dots"
    return None


def _what_it_is(data: bytes) -> str:
    for ending, beginning in _BEGINNINGS.items():
        if beginning.match(data):
            return f"by its content it is a picture that ends in '{ending}'"
    return ""


def _size_problems(data: bytes, file: str, limits: Limits) -> Iterator[Problem]:
    """Too many bytes to load, too many points to draw, or no size that can be read."""
    import imagesize  # late: most sites' checks need it not

    if len(data) > limits.picture_bytes:
        yield _too_big(file, f"more than {limits.picture_bytes:,} bytes", "picture_bytes")
        return
    try:
        width, height = imagesize.get(io.BytesIO(data))
    except Exception:  # the library says of nothing what it raises for a file that is cut short
        width = height = -1
    if width < 1 or height < 1:
        message = "the picture is damaged: it does not say how wide and high it is"
        yield Problem("bad-picture", Location(file), message, ("save it anew",))
    elif width * height > (most := limits.picture_points):
        size = f"{width:,} by {height:,} points, and at most {most:,} in all are allowed"
        yield _too_big(file, size, "picture_points")


def _too_big(file: str, what: str, limit: str) -> Problem:
    hints = ("make it smaller: pages are read on phones", raising(limit))
    return Problem("big-picture", Location(file), f"the picture has {what}", hints)


# ---- SVG: a drawing can be opened by itself, and then it is a page that may run scripts

_SVG: Final = "http://www.w3.org/2000/svg"
#: Namespaces whose elements do nothing in a browser: what drawing programs keep for themselves.
_INERT: Final = re.compile(
    r"http://(?:www\.inkscape\.org/|sodipodi\.sourceforge\.net/|creativecommons\.org/|"
    r"web\.resource\.org/cc/|purl\.org/dc/|www\.w3\.org/1999/02/22-rdf-syntax-ns#|"
    r"ns\.adobe\.com/|www\.bohemiancoding\.com/sketch/)"
)
_ELEMENT_NAMES: Final = (
    "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text"
    " tspan textPath image clipPath mask pattern marker linearGradient radialGradient stop style"
    " switch view filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
    " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB"
    " feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight"
    " feSpecularLighting feSpotLight feTile feTurbulence"
)
_ELEMENTS: Final = frozenset(_ELEMENT_NAMES.split())
_INNER_LINK: Final = re.compile(r"\s*(?:#.*|data:image/(?:png|jpeg|gif|webp);base64,.*)", re.DOTALL)
_OUTER_STYLE: Final = re.compile(
    r"@import|\\|url\(\s*[\"']?(?!#|data:image/(?:png|jpeg|gif|webp);)", re.I
)


class _DrawingError(Exception):
    """What may not be in a drawing."""


def _drawing_problems(data: bytes, file: str, limits: Limits) -> Iterator[Problem]:
    """The first thing in an SVG that could run, load or expand; or that it is none."""
    if len(data) > limits.drawing_bytes:
        what = f"more than {limits.drawing_bytes:,} bytes, and is a drawing"
        yield _too_big(file, what, "drawing_bytes")
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    drawing = _Drawing()
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.characters
    parser.EntityDeclHandler = drawing.declare
    parser.ProcessingInstructionHandler = drawing.instruct
    hint = "export it as plain SVG, or save it as PNG"
    try:
        parser.Parse(data, True)
    except _DrawingError as error:
        place = Location(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        yield Problem("bad-picture", place, f"a drawing may not have {error}", (hint,))
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 1)
        column = getattr(error, "offset", 0) + 1
        yield Problem(
            "bad-picture", Location(file, line, column), "this is no SVG drawing", (hint,)
        )


class _Drawing:
    """What expat meets in an SVG; raises for what may not be there."""

    def __init__(self) -> None:
        self.depth = 0
        self.style: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._check_element(*_parted(name))
        self.depth += 1
        for attribute, value in attributes.items():
            self._check_attribute(attribute, value)
        if name == f"{_SVG} style":
            self.style = []

    def _check_element(self, space: str, element: str) -> None:
        if not self.depth and (space, element) != (_SVG, "svg"):
            raise _DrawingError(f"the element <{element}> around all")
        if space == _SVG and element in _ELEMENTS:
            return
        if not _INERT.match(space):
            raise _DrawingError(f"the element <{element}>")

    def _check_attribute(self, attribute: str, value: str) -> None:
        space, name = _parted(attribute)
        if name.lower().startswith("on") and not space:
            raise _DrawingError(f"the attribute '{name}', which runs a script")
        if name.lower() in {"href", "src"} and not _INNER_LINK.fullmatch(value):
            raise _DrawingError(f"the address '{value[:60]}'")
        if not space and _OUTER_STYLE.search(value):
            raise _DrawingError(f"an address in '{name}' that leads out of the file")

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == f"{_SVG} style" and self.style is not None:
            if _OUTER_STYLE.search("".join(self.style)):
                raise _DrawingError("an address in <style> that leads out of the file")
            self.style = None

    def characters(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def declare(self, name: str, *_: object) -> None:
        raise _DrawingError(f"the entity '{name}'")

    def instruct(self, target: str, _: str) -> None:
        raise _DrawingError(f"the instruction <?{target}?>")


def _parted(name: str) -> tuple[str, str]:
    """The namespace and the name; the first is empty where there is none."""
    space, _, local = name.rpartition(" ")
    return space, local
