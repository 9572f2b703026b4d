"""A raw article as the files of `content/articles/`: front matter, and text as Markdown.

Whatever the text holds, Markdown shows its characters and nothing else: signs that would make a
list, a heading, a link or HTML of it get a backslash, and all others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..tree import Mapping, Scalar, parse_yaml
from ..tree import Sequence as ListNode
from .raw import Line, RawArticle, RawBrief

_PUNCTUATION: Final = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
_SIGNS: Final = re.compile(
    rf"\\(?=[{_PUNCTUATION}]|$)"  # an escape
    r"|[`*]"  # code, emphasis
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not snake_case
    r"|\["  # links, pictures, footnotes: if `_is_sign`
    r"|<(?=[a-zA-Z/!?]|[^ <>]*@)"  # HTML, addresses
    r"|&(?=#?\w{1,40};)"  # entities
    r"|~(?=~)|(?<=~)~"  # struck out, fences
    r"|#(?=#*$)|\{(?=[^{}]*\}$)"  # of a heading, where Python-Markdown reads: its end, attributes
)
#: How the text of a link ends; what opens before may be that text.
_LINK_END: Final = re.compile(r"\]\s?[(\[:]")
#: What makes something else of a line, by its beginning; the sign that gets the backslash.
_STARTS: Final = re.compile(
    r"(?P<sign>#)|(?P<quote>>)|(?P<item>[-+])(?=\s|$)|\d{1,9}(?P<number>[.)])(?=\s|$)"
    r"|(?P<rule>-)(?=[ -]*$)|(?P<under>=)(?==*\s*$)|(?P<term>[:~])(?=\s|$)|(?P<table>\|)"
    r"|(?P<reference>\[)"
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What an editor decides about an article, beside what stands in the raw one."""

    story: str = ""
    pins: tuple[str, ...] = ()


def article_text(article: RawArticle, decided: Decided) -> str:
    """The Markdown file of an article; it must have a title and a date."""
    head = [f"title: {scalar(article.title)}", *_dates(article)]
    if article.authors:
        head.append(f"authors: {flow_list(article.authors)}")
    for key, value in (
        ("dateline", article.dateline),
        ("summary", article.summary),
        ("story", decided.story),
        ("lang", article.language),
    ):
        if value:
            head.append(f"{key}: {scalar(value)}")
    if article.tags:
        head.append(f"tags: {flow_list(article.tags)}")
    if article.url:
        head.extend(_source(article))
    if decided.pins:
        head.extend(["recommended:", f"  pin: {flow_list(decided.pins)}"])
    return _document(head, markdown(article.text))


def brief_text(brief: RawBrief) -> str:
    """The Markdown file of a brief; it must have a date."""
    head = [f"title: {scalar(brief.title)}", "kind: brief", *_dates(brief)]
    if brief.authors:
        head.append(f"authors: {flow_list(brief.authors)}")
    return _document(head, "")


def _document(head: Sequence[str], body: str) -> str:
    return "\n".join(["---", *head, "---", ""]) + body


def _dates(article: RawArticle | RawBrief) -> Iterator[str]:
    date = article.date
    if date is not None:
        yield f"date: {date.edtf}"
    if isinstance(article, RawBrief):
        return
    if article.written is not None:
        yield f"written: {article.written.edtf}"
    if article.modified is not None and (date is None or article.modified.edtf != date.edtf):
        yield f"modified: {article.modified.edtf}"


def _source(article: RawArticle) -> Iterator[str]:
    """Where the page was: what an import rests on is said like every other source."""
    yield "sources:"
    yield f"  - title: {scalar(article.title)}"
    yield f"    url: {scalar(article.url)}"
    if article.publisher:
        yield f"    publisher: {scalar(article.publisher)}"
    if article.date is not None:
        yield f"    date: {article.date.edtf[:10]}"


# --- YAML ---------------------------------------------------------------------------------------


def scalar(text: str) -> str:
    """A text as a YAML value: plain where that reads back as it is, else in double quotes."""
    return text if _reads_as(f"key: {text}", text) else _quoted(text)


def flow_list(texts: Sequence[str]) -> str:
    """Texts as a YAML list in brackets."""
    items = (text if _reads_as(f"key: [{text}]", text) else _quoted(text) for text in texts)
    return f"[{', '.join(items)}]"


def _reads_as(line: str, text: str) -> bool:
    if "\n" in text or text != text.strip():
        return False
    node, problems = parse_yaml(line, "")
    value = node.get("key") if isinstance(node, Mapping) and not problems else None
    if isinstance(value, ListNode) and len(value.items) == 1:
        value = value.items[0]
    return (
        isinstance(value, Scalar) and value.is_plain and value.value == text and not value.is_empty
    )


def _quoted(text: str) -> str:
    """In double quotes, where YAML knows every character by its escape."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"'


# --- Markdown -----------------------------------------------------------------------------------


def markdown(lines: Sequence[Line]) -> str:
    """The Markdown of a text: paragraphs parted by blank lines, items of one list by none."""
    text = ""
    last: Line | None = None
    for line in lines:
        words = escape_line(line.text)
        if not words:
            continue
        is_list = last is not None and last.kind == line.kind == "item"
        text += "" if last is None else "\n" if is_list else "\n\n"
        text += {"heading": "## ", "quote": "> ", "item": "- "}.get(line.kind, "") + words
        last = line
    return f"{text}\n" if text else ""


def escape_line(text: str) -> str:
    """A line of Markdown that shows just these characters."""
    text = text.strip()
    start = _STARTS.match(text)
    at = start.start(start.lastgroup) if start and start.lastgroup else -1
    rest = text[max(at, 0) :]
    last = max((end.start() for end in _LINK_END.finditer(rest)), default=-1)
    escaped = _SIGNS.sub(
        lambda found: "\\" + found[0] if _is_sign(found, rest, last) else found[0], rest
    )
    if at < 0:
        return escaped
    return text[:at] + (escaped if escaped.startswith("\\") else "\\" + escaped)


def _is_sign(found: re.Match[str], text: str, last: int) -> bool:
    """Whether a sign means something where it stands; `last` is where the last link may end."""
    start, end = found.span()
    if found[0] != "[":
        return True
    return start < last or text[end : end + 1] == "^" or text[start - 1 : start] in ("!", "^")
