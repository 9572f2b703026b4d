"""Strings that try to become more than text: our own list, combinations, public lists.

The tests need only what is in the repository. Public lists lie in folders as their authors publish
them; `read_lists` reads those that a folder has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

ATTACKS = Path(__file__).resolve().parents[1] / "data" / "hostile" / "attacks.txt"

#: What no file of content may hold: the check refuses it, which other tests show.
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
    "\u2028\u2029\u061c\u202a-\u202e\u2066-\u2069]"
)


def own_attacks() -> list[str]:
    """The list of the repository."""
    lines = ATTACKS.read_text(encoding="utf-8").splitlines()
    written = [line for line in lines if not line.startswith("# ") or "<" in line or "{" in line]
    return fit_for_files(_meant(line) for line in written)


def _meant(line: str) -> str:
    """A line with its escapes as what they stand for."""

    def meant(match: re.Match[str]) -> str:
        return str(json.loads(f'"{match[0]}"'))

    text = re.sub(r"(?:\\u[0-9a-f]{4})+|\\[nrt\\]", meant, line)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# ways out of where a text stands, what is put there, and how it is disguised
_WAYS_OUT = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</title>",
    "</script>",
    "</style>",
    "</textarea>",
    "</noscript>",
    "-->",
    "]]>",
    "</svg>",
    "\\",
    "&quot;>",
    "\n\n",
    "`",
    "*",
    "[x](",
    "![",
)
_ELEMENTS = (
    *("script", "svg", "img", "iframe", "object", "embed", "details", "video", "audio"),
    *("math", "style", "a", "body", "form", "input", "select"),
)
_HANDLERS = (
    *("onpointerenter", "onload", "onerror", "onclick", "onmouseover", "onfocus"),
    *("ontoggle", "onbegin", "onanimationstart"),
)
_SPACES = (" ", "/", "\t", "\n", "\x0c")


def combined_attacks() -> list[str]:
    """Every way out with every element and handler, and with every address in disguise."""
    elements = (
        f"{way}<{element}{_SPACES[index % len(_SPACES)]}{handler}=alert(1)>"
        for index, (way, element, handler) in enumerate(product(_WAYS_OUT, _ELEMENTS, _HANDLERS))
    )
    handlers = (
        f"{way}{space}{handler}={quote}alert(1){quote} x={quote}"
        for way, handler, space, quote in product(_WAYS_OUT, _HANDLERS, _SPACES, ("", '"', "'"))
    )
    addresses = (
        form.format(way=way, url=url) for way, url, form in product(_WAYS_OUT, _addresses(), _FORMS)
    )
    closings = (
        f"{one}{other}<svg/onload=alert(1)>" for one, other in product(_WAYS_OUT, _WAYS_OUT)
    )
    return fit_for_files([*elements, *handlers, *addresses, *closings])


_FORMS = (
    "{way}[x]({url})",
    "{way}<a href='{url}'>x</a>",
    "{way}<img src={url}>",
    "{way}<{url}>",
    "{way}[x]: {url}\n\n[x]",
)


def _addresses() -> Iterator[str]:
    yield from ("javascript:alert(1)", "JAVASCRIPT:alert(1)", "vbscript:x", "data:text/html,x")
    yield from ("java\tscript:alert(1)", "java\nscript:alert(1)", "\tjavascript:alert(1)")
    yield from ("&#106;avascript:alert(1)", "javascript&colon;alert(1)", "javascript&#x3a;x")
    yield from ("java&Tab;script:alert(1)", "//evil.example/x", "/\\evil.example", "blob:x")
    yield from ("jar:x!/", "file:///etc/passwd", "feed:javascript:x", "view-source:x", "mhtml:x")


def fit_for_files(strings: Iterable[str]) -> list[str]:
    """The strings without what a file may not hold, each once, without the empty ones."""
    fit = (_REFUSED.sub("", text).strip() for text in strings)
    return list(dict.fromkeys(text for text in fit if text))


def read_lists(folder: Path) -> list[str]:
    """The strings of the public lists below a folder: JSON lists of texts or of objects.

    Of an object `data` or `payload` counts.
    """
    found: list[str] = []
    for path in sorted(folder.rglob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for entry in data if isinstance(data, list) else ():
            text = entry if isinstance(entry, str) else entry.get("data", entry.get("payload", ""))
            found.append(str(text))
    return fit_for_files(found)
