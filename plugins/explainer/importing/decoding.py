"""Bytes to text: sizes, encodings, line ends, and characters that nobody can see."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..problems import Location, Problem

#: A page saved from a browser carries its scripts and styles along.
MAX_PAGE_BYTES: Final = 5_000_000
#: Characters; an article of 50,000 is long, and Markdown is slow with some nonsense.
MAX_TEXT: Final = 500_000
MAX_LINE: Final = 50_000

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What other programs make of an article, by the bytes with which it begins.
_OTHER_FORMATS: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"bplist", "a Safari web archive"),
    (b"MIME-Version:", "a web archive (MHTML)"),
    (b"From: <Saved by", "a web archive (MHTML)"),
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{3,20})", re.I)
# Not everything that Python can decode: some of it is slow, and none of it is a page's.
_PAGE_ENCODINGS: Final = re.compile(
    r"iso-8859-(?:[2-9]|1[03-6])|windows-12(?:5[013-8])|koi8-[ru]|shift_jis|euc-(?:jp|kr)"
    r"|gb(?:k|2312|18030)|big5"
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DECEIVING: Final = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")
# Soft hyphens, blanks without width and the like part words that evidence has to find whole.
# U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u115f\u1160\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffc"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
# A comment ends at its first "-->", whatever follows: else this could be tried in too many ways.
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the line ends of Unix, or None, and what is wrong with the bytes."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, file: str) -> Decoded:
    """The text of a file's bytes: UTF-8, UTF-16, what a page names, or Windows-1252."""
    problem = _refusal(data, file)
    if problem is not None:
        return Decoded(None, (problem,))
    text, problems = _text(data, file)
    if text is None:
        return Decoded(None, tuple(problems))
    text = _LINE_ENDS.sub("\n", text)
    controls = sum(text.count(chr(code)) for code in range(9))
    if controls > max(8, len(text) // 50):
        return Decoded(None, (_no_text(file, "it is full of control characters"),))
    return Decoded(text, tuple(problems))


def without_hidden(text: str, file: str) -> tuple[str, list[Problem]]:
    """The text without characters that nobody can see, and what an editor has to know of them."""
    return clean(text), list(_hidden_problems(text, file))


def clean(text: str) -> str:
    """The text without characters that nobody can see."""
    return _INVISIBLE.sub("", _DECEIVING.sub("", text))


def is_deceiving(text: str) -> bool:
    """Whether characters in a text turn its direction, so that it reads otherwise than it is."""
    return bool(_DECEIVING.search(text))


def is_page(text: str) -> bool:
    """Whether a text is a saved page and not a pasted article."""
    return bool(_HTML.match(text[:20_000]))


def _refusal(data: bytes, file: str) -> Problem | None:
    if len(data) > MAX_PAGE_BYTES:
        message = f"the file has {len(data):,} bytes, and at most {MAX_PAGE_BYTES:,} are read"
        return Problem("too-long", Location(file), message, ("cut what is no part of the article",))
    found = next((what for mark, what in _OTHER_FORMATS if data.lstrip().startswith(mark)), None)
    if found:
        return _no_text(file, f"it is {found}")
    return None


def check_size(text: str, file: str) -> Problem | None:
    """A problem where a text is longer than an article can be, or one of its lines is."""
    hints = ("cut what is no part of the article",)
    if len(text) > MAX_TEXT:
        message = f"the text has {len(text):,} characters, and at most {MAX_TEXT:,} are read"
        return Problem("too-long", Location(file), message, hints)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            message = f"this line has {len(line):,} characters, and at most {MAX_LINE:,} are read"
            return Problem("too-long", Location(file, number), message, hints)
    return None


def _no_text(file: str, why: str) -> Problem:
    return Problem(
        "unreadable",
        Location(file),
        f"this is neither a text nor a saved web page: {why}",
        (
            "copy the article from the page into a text file, or save the page as HTML",
            "then: make import FILE=article.txt",
        ),
    )


def _text(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, file)
    without_mark = _encoding_without_mark(data)
    if without_mark:
        return _decoded(data, without_mark, file)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _windows_text(data, error, file)


def _encoding_without_mark(data: bytes) -> str | None:
    """UTF-16 shows in the zeros beside its Latin letters."""
    start = data[:2000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = start[offset::2]
        if len(half) > 3 and half.count(0) > 0.6 * len(half):
            return encoding
    return None


def _decoded(data: bytes, encoding: str, file: str) -> tuple[str | None, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _windows_text(data, error, file)
        why = f"it begins like {encoding[:6].upper()} and breaks off in the middle of a character"
        start = data[: error.start].decode(encoding, "ignore")
        if len(data) - error.start > 4 or not start.strip():
            return None, [_no_text(file, why)]
        line = start.count("\n") + 1
        return start, [_doubt(file, line, "the file breaks off in the middle of a character")]


def _named_encoding(data: bytes) -> str:
    """The encoding that a page says it is in, if it is one that pages are in."""
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    return name if _PAGE_ENCODINGS.fullmatch(name) else ""


def _windows_text(
    data: bytes, error: UnicodeDecodeError, file: str
) -> tuple[str | None, list[Problem]]:
    named = _named_encoding(data)
    if named:
        return data.decode(named, "replace"), []
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as other:
        line = data.count(b"\n", 0, other.start) + 1
        message = (
            f"this line holds a character that is neither in UTF-8 nor in Windows-1252 "
            f"(byte 0x{data[other.start]:02X})"
        )
        hints = ("save the file with the encoding UTF-8",)
        return None, [Problem("not-utf-8", Location(file, line), message, hints)]
    message = "this file is not in UTF-8, and was read as Windows-1252"
    hints = ("look at accents, quotation marks and dashes in what was written",)
    return text, [Problem("not-understood", Location(file, line), message, hints, "warning")]


def _hidden_problems(text: str, file: str) -> Iterator[Problem]:
    """One warning a line for what turns the direction of a text, and for characters lost before."""
    for number, line in enumerate(text.split("\n"), 1):
        found = _DECEIVING.search(line)
        if found:
            message = (
                f"the invisible character U+{ord(found[0]):04X}, which turns the direction of the "
                "text, was taken out here"
            )
            yield _doubt(file, number, message)
        if "\ufffd" in line:
            message = "a character was lost here before the file was saved (it is shown as \ufffd)"
            place = Location(file, number, line.index("\ufffd") + 1)
            hints = ("look at the original, and write it into the article",)
            yield Problem("not-understood", place, message, hints, "warning")


def _doubt(file: str, line: int, message: str) -> Problem:
    return Problem("not-understood", Location(file, line), message, (), "warning")
