"""Python-Markdown in the place of the CommonMark parser: its tree gets the ids and levels of ours.

What comes out is not sanitized yet: `markdown.py` is the door for this text as for any other. Only
a site that asks for it imports this module.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final, Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from .extensions import PythonMarkdown

__all__ = ["MOST", "ReadingError", "render"]

# Python-Markdown takes four times as long for twice as many of these. No article that was meant
# comes near; the worst that was found with as many takes ten seconds.
MOST: Final = {
    "characters": 200_000,
    "lines without a blank one between": 5_000,
    "[": 2_000,
    "<": 5_000,
    "*": 10_000,
    "_": 10_000,
}
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
# Calls within calls, counted from here: whether a text can be read must not depend on who asks.
_FRAMES: Final = 1_000

# Escapes of CommonMark that `make import` writes, and that Python-Markdown would show.
_ESCAPED: Final = "<~|:="
_HEADING: Final = re.compile(r"h([1-6])")
_STASHED: Final = re.compile(r"\x02wzxhzdk:([0-9]+)\x03")
_PLACEHOLDER: Final = re.compile(r"\x02[^\x03]*\x03")
_ARROW: Final = "\u21a9\ufe0e"
_SIDE: Final = re.compile(r"text-align:\s*(center|right)")


class ReadingError(Exception):
    """Why there is no rendering of a text, as an editor is told."""


class OwnIds(Protocol):
    """Ids behind a mark that no author can write, which the sanitizer's door takes away."""

    mark: str

    def section_id(self, heading: str) -> str:
        """A new id for a heading with these words."""

    def footnote_id(self, kind: str, number: int, again: int = 0) -> str:
        """The id of a note, or of a place that refers to it; `again` tells such places apart."""


def render(text: str, reader: PythonMarkdown, own: OwnIds, *, html: bool = True) -> str:
    """The HTML of a text, not sanitized; without `html`, HTML in the text is shown as text.

    Raises ReadingError where a text nests too deep or has more than `MOST`, and where an extension
    fails.
    """
    _check_size(text)
    with _frames():
        return _render(text, reader, own, html=html)


def _check_size(text: str) -> None:
    block = max(one.count("\n") + 1 for one in _BLANK_LINE.split(text))
    counts = [("characters", len(text)), ("lines without a blank one between", block)]
    counts += [(sign, text.count(sign)) for sign in "[<*_"]
    for what, count in counts:
        if count > MOST[what]:
            shown = f"'{what}'" if len(what) == 1 else what
            raise ReadingError(
                f"this text has {count:,} {shown}, and Python-Markdown gets {MOST[what]:,} at most"
            )


@contextmanager
def _frames() -> Iterator[None]:
    """The same room for calls within calls, however deep this one is."""
    before, frame, depth = sys.getrecursionlimit(), inspect.currentframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + _FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _render(text: str, reader: PythonMarkdown, own: OwnIds, *, html: bool) -> str:
    try:
        # A new one for each text: nothing that an extension remembers reaches the next.
        markdown = Markdown(tab_length=reader.tab_length, output_format="html")
        for name, config in reader.configured():
            markdown.registerExtensions([markdown.build_extension(name, config)], {})
        markdown.ESCAPED_CHARS = [*markdown.ESCAPED_CHARS, *_ESCAPED]
        markdown.inlinePatterns.register(_Ampersand(r"\\&", markdown), "explainer", 181)
        if not html:
            markdown.preprocessors.deregister("html_block", strict=False)
            markdown.inlinePatterns.deregister("html", strict=False)
        # Behind every other, Python-Markdown's own last one among them.
        markdown.treeprocessors.register(_Shape(markdown, own), "explainer", -1_000)
        found = markdown.convert(text)
    except RecursionError:
        raise ReadingError("Python-Markdown cannot read this text: it nests too deep") from None
    except Exception as error:
        raise ReadingError(_told(error)) from error
    return f"{found}\n" if found else ""


def _told(error: Exception) -> str:
    place = extract_tb(error.__traceback__)[-1]
    what = " ".join(f"{type(error).__name__}: {error}".split())
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"Python-Markdown or one of its extensions failed on this text: {what} ({where})"


class _Ampersand(InlineProcessor):  # type: ignore[misc]
    r"""`\&`: put aside, since an `&` in front of `amp;` would be taken for an entity in the end."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:
        return self.md.htmlStash.store("&amp;"), m.start(), m.end()


class _Shape(Treeprocessor):  # type: ignore[misc]
    """Nests the headings and names them, numbers the notes, and says all of it without style."""

    def __init__(self, markdown: Any, own: OwnIds) -> None:
        super().__init__(markdown)
        self._own = own

    def run(self, root: Element) -> None:
        self._shape_notes(root)
        self._shape_headings(root)
        for element in root.iter():
            if element.tag in ("th", "td"):
                _shape_cell(element)
            elif element.tag == "p" and element.get("class") == "admonition-title":
                _embolden(element)

    # ---- headings

    def _shape_headings(self, root: Element) -> None:
        """As `markdown.py` does: from h2 on, no level left out, each with an id of ours."""
        outline: list[int] = []
        renamed: dict[str, str] = {}
        for element in root.iter():
            found = _HEADING.fullmatch(element.tag) if isinstance(element.tag, str) else None
            if not found:
                continue
            written = int(found[1])
            outline = [level for level in outline if level < written] + [written]
            element.tag = f"h{min(len(outline) + 1, 6)}"
            new = self._own.section_id(self._words(element))
            renamed[element.get("id", "")] = new
            element.set("id", new)
        for link in self._links_of_contents(root):
            new = renamed.get(link.get("href", "").removeprefix("#"), "")
            if new:
                link.set("href", f"#{new}")

    def _links_of_contents(self, root: Element) -> Iterator[Element]:
        """The links that the extension `toc` makes, in its list and in headings; no author's."""
        if "toc" not in self.md.treeprocessors:
            return
        name = getattr(self.md.treeprocessors["toc"], "toc_class", "toc")
        for element in root.iter("div"):
            if element.get("class") == name:
                yield from element.iter("a")
        for link in root.iter("a"):
            if link.get("class") in ("headerlink", "toclink"):
                yield link

    def _words(self, heading: Element) -> str:
        """The text of a heading without numbers of notes, pictures and HTML."""
        parts: list[str] = []
        todo: list[Element | str] = [heading]
        while todo:
            part = todo.pop()
            if isinstance(part, str):
                parts.append(part)
            elif part.get("class") not in ("footnote-ref", "headerlink"):
                for child in reversed(part):
                    todo += (child.tail or "", child)
                todo.append(part.text or "")
        return _PLACEHOLDER.sub("", _STASHED.sub(self._unstashed, "".join(parts)))

    def _unstashed(self, found: re.Match[str]) -> str:
        """The character of an entity, which Python-Markdown puts aside as if it were HTML."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        raw = blocks[int(found[1])] if int(found[1]) < len(blocks) else ""
        return unescape(raw) if isinstance(raw, str) and raw.startswith("&") else ""

    # ---- notes

    def _shape_notes(self, root: Element) -> None:
        """The section of notes as `markdown.py` writes it, and the numbers that lead to it."""
        found = self._find_notes(root)
        if found is None:
            return
        section, notes = found
        numbers = {note.get("id", ""): number for number, note in enumerate(notes, 1)}
        backwards = self._shape_references(root, numbers)
        section.tag = "section"
        section.attrib = {"class": "footnotes"}
        section[:] = [notes]
        for number, note in enumerate(notes, 1):
            note.attrib = {"id": self._own.footnote_id("footnote", number)}
            _shape_ways_back(note, backwards)

    def _find_notes(self, root: Element) -> tuple[Element, Element] | None:
        """What the extension `footnotes` made: the element around the list, and the list."""
        for extension in self.md.registeredExtensions:
            if isinstance(extension, FootnoteExtension):
                known = {extension.makeFootnoteId(name) for name in extension.footnotes}
                for div in root.iter("div"):
                    notes = div.find("ol") if div.get("class") == "footnote" else None
                    if notes is not None and all(note.get("id") in known for note in notes):
                        return div, notes
        return None

    def _shape_references(self, root: Element, numbers: dict[str, int]) -> dict[str, str]:
        """Name the places of the notes; their new ids by the old ones."""
        times: dict[int, int] = {}
        backwards: dict[str, str] = {}
        for sup in root.iter("sup"):
            link = sup.find("a")
            if link is None or link.get("class") != "footnote-ref":
                continue
            number = numbers.get(link.get("href", "").removeprefix("#"))
            if number is None:
                continue
            again = times.get(number, 0)
            times[number] = again + 1
            new = self._own.footnote_id("footnote-ref", number, again)
            backwards[sup.get("id", "")] = new
            sup.attrib = {"class": "footnote-ref"}
            link.attrib = {"href": f"#{self._own.footnote_id('footnote', number)}", "id": new}
        return backwards


def _shape_ways_back(note: Element, backwards: dict[str, str]) -> None:
    """Lead the arrows of a note to the new ids; none is left that leads nowhere."""
    for parent in list(note.iter()):
        for link in parent.findall("a"):
            if link.get("class") != "footnote-backref":
                continue
            back = backwards.get(link.get("href", "").removeprefix("#"))
            if back is None:
                parent.remove(link)
                continue
            link.attrib = {"href": f"#{back}", "class": "footnote-backref"}
            link.text = _ARROW
            if link is not parent[-1]:  # several, one for each place
                link.tail = " "


def _shape_cell(cell: Element) -> None:
    side = _SIDE.match(cell.attrib.pop("style", ""))
    wanted = side[1] if side else cell.attrib.pop("align", "")
    if wanted in ("center", "right"):
        cell.set("class", f"align-{wanted}")


def _embolden(title: Element) -> None:
    """The first line of a box, whose class is gone behind the sanitizer."""
    strong = Element("strong")
    strong.text, strong[:] = title.text, list(title)
    title.text, title[:] = "", [strong]
