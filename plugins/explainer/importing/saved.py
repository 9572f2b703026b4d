"""A page saved from a news site: what it says of its article for machines, and the main text.

trafilatura tells the text from all that surrounds it; it is an extra that only this needs, and is
imported here alone.
"""

from __future__ import annotations

import contextlib
import logging
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any, Final

from ..dates import Date
from ..problems import Location, Problem
from .decoding import clean, is_deceiving
from .furniture import is_button, read_authors, read_meta
from .page_data import PageData, read_page_data
from .page_dates import DateReader, PageDate
from .pasted import LineReader
from .raw import BlockKind, Line, RawArticle

#: What `[import]` in pyproject.toml holds; the second is what lxml leaves out since version 5.2.
PACKAGES: Final = ("trafilatura>=2", "lxml_html_clean>=0.4")

_MAX_SUMMARY: Final = 400
_MIN_PARAGRAPH: Final = 60
#: Each paragraph of the page is looked for in the text; of a longer one that takes too long.
_MAX_COMPARED: Final = 200_000
_KINDS: Final[dict[str, BlockKind]] = {"head": "heading", "quote": "quote", "item": "item"}
# What a reader does not see is no text of the article.
_UNSEEN: Final = (
    "//*[@hidden or @aria-hidden='true' or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LOGGERS: Final = ("trafilatura", "htmldate", "courlan", "justext")


class ExtractorMissing(Exception):
    """trafilatura is not installed; `how` is the command that installs it."""

    def __init__(self) -> None:
        packages = " ".join(f"'{package}'" for package in PACKAGES)
        self.how = f".venv/bin/python -m pip install {packages}"
        super().__init__(self.how)


def read_saved(source: str, file: str, language: str) -> RawArticle:
    """The article of a saved page; `language` is the site's.

    Raises ExtractorMissing where what reads pages is not installed, and nothing for a bad page.
    """
    try:
        import trafilatura
        from lxml import etree, html
    except ImportError:
        raise ExtractorMissing from None
    source = _XML_DECLARATION.sub("", source, count=1)
    try:
        tree = html.document_fromstring(source)
    except (etree.LxmlError, ValueError):
        tree = html.document_fromstring("<html></html>")
    data = read_page_data(tree, source)
    dates = DateReader(data.language or language)
    page = _Page(source, file, data, dates)
    with _quiet():
        body = _main_text(trafilatura, source)
    return page.article(body, tree, language)


def _main_text(trafilatura: Any, source: str) -> Any:
    """The tree of the main text, or None."""
    try:
        found = trafilatura.bare_extraction(
            source, include_comments=False, include_tables=True, prune_xpath=_UNSEEN
        )
    except Exception:  # pages are of every kind, and so is what a parser may raise for them
        return None
    return found.body if found is not None else None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from writing to the terminal; what is wrong we say ourselves."""
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in levels:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


class _Page:
    """Puts together what a page says and what stands on it."""

    def __init__(self, source: str, file: str, data: PageData, dates: DateReader) -> None:
        self.source = source
        self.file = file
        self.data = data
        self.dates = dates
        self.problems: list[Problem] = []
        self.line_ends = [found.start() for found in re.finditer("\n", source)]
        self.last_found = 0

    def article(self, body: Any, tree: Any, language: str) -> RawArticle:
        """The article of a main text and a page, with what was not understood."""
        data = self.data
        lines = self._lines(body)
        found = RawArticle(
            title=data.title,
            title_line=self._line_of(data.title),
            date=self._date(),
            modified=self._modified(),
            authors=tuple(name for given in data.authors for name in _names(given)),
            tags=data.tags,
            language=data.language if data.language != language.partition("-")[0] else "",
            url=data.url,
            publisher=data.publisher,
        )
        reader = LineReader(self.file, self.dates, found)
        lines = self._without_head(lines, reader)
        reader.read_body(lines)
        article = reader.article()
        self._doubt_page(article)
        self._doubt_missing(article, tree)
        problems = (*self.problems, *article.problems)
        return replace(article, summary=self._summary(article), problems=problems)

    # ------------------------------------------------------------------------------- dates

    def _date(self) -> Date | None:
        """When the page says that it was published; None leaves it to what stands on the page."""
        found = self.dates.read(self.data.date)
        other = self.dates.read(self.data.other_date)
        if found is None or len(found.dates) != 1:
            if self.data.date:
                self._doubt(self.data.date, f"'{self.data.date}' is no date that was understood")
            return _only(other) or self._shown_date()
        self._doubt_date(found)
        date, second = found.dates[0], _only(other)
        if second is not None and second.edtf[:10] != date.edtf[:10]:
            message = f"the page also says {second.edtf}; the first, {date.edtf}, was taken"
            self._doubt(self.data.other_date, message)
        return date

    def _shown_date(self) -> Date | None:
        date = _only(self.dates.read(self.data.shown_date))
        if date is not None:
            message = f"the date {date.edtf} was taken from the first time that the page shows"
            self._doubt(self.data.shown_date, message)
        return date

    def _modified(self) -> Date | None:
        return _only(self.dates.read(self.data.modified))

    def _doubt_date(self, found: PageDate) -> None:
        if found.doubt:
            self._doubt(self.data.date, found.doubt)

    # -------------------------------------------------------------------------------- text

    def _lines(self, body: Any) -> list[Line]:
        """The paragraphs of the main text, or those that the page repeats for machines."""
        lines = [] if body is None else list(self._walk(body))
        machine = [Line(0, text, True) for text in self.data.text.split("\n") if text]
        seen, told = (_fold(" ".join(line.text for line in part)) for part in (lines, machine))
        is_flattened = seen in told and len(machine) > len(lines)
        if machine and (is_flattened or len(told) > 2 * len(seen) + 200):
            lines = machine
            message = (
                "the text was taken from the page's JSON-LD, for there was less of it to be seen"
            )
            self._doubt("articleBody", message, "look whether its paragraphs are those of the page")
        return lines

    def _walk(self, element: Any) -> Iterator[Line]:
        """The blocks of trafilatura's tree, with the lines of the file."""
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "table":
                self._doubt(_words(child)[:40], "a table was left out")
            elif tag in {"list", "div"} or (tag == "quote" and len(child)):
                for line in self._walk(child):
                    is_quoted = tag == "quote" and line.kind == "paragraph"
                    yield replace(line, kind="quote") if is_quoted else line
            elif words := _words(child):
                yield Line(self._line_of(words), words, True, _KINDS.get(tag, "paragraph"))

    def _without_head(self, lines: list[Line], reader: LineReader) -> list[Line]:
        """The lines without the headline, standfirst and byline that stand above them."""
        data = self.data
        known = {_fold(text) for text in (data.title, data.heading, data.description)}
        for index, line in enumerate(lines):
            if _fold(line.text) in known or is_button(line.text):
                continue
            if read_meta(line.text, self.dates) is None:
                return lines[index:]
            reader.read_meta_line(line)
        return []

    def _summary(self, article: RawArticle) -> str:
        """The page's description, unless it is cut, too long, or the beginning of the text."""
        text = self.data.description
        start = _fold(article.text[0].text) if article.text else ""
        is_start = start.startswith(_fold(text)[:100]) or _fold(text).startswith(start)
        is_cut = text.endswith(("…", "..."))
        return "" if not text or is_start or is_cut or len(text) > _MAX_SUMMARY else text

    # ---------------------------------------------------------------------------- problems

    def _doubt_page(self, article: RawArticle) -> None:
        data = self.data
        for why in data.broken:
            self._doubt("ld+json", f"a block of the page's JSON-LD cannot be read: {why}")
        if not data.is_free:
            message = "the page says that it is not free to read: the text may be cut"
            self._doubt("isAccessibleForFree", message)
        if data.heading and _fold(data.heading) != _fold(data.title):
            self._doubt(data.heading, f"the page shows another headline: '{data.heading[:80]}'")
        if is_deceiving(unescape(self.source)):
            message = "characters that turn the direction of the text were taken out"
            self._doubt("", message)
        if any("\ufffd" in line.text for line in article.text):
            self._doubt("\ufffd", "characters were lost before the page was saved")

    def _doubt_missing(self, article: RawArticle, tree: Any) -> None:
        """A warning for each paragraph that stands beside those of the article and is not in it."""
        found = _fold(" ".join(line.text for line in article.text))
        if len(found) > _MAX_COMPARED:
            return
        unseen = {element for top in tree.xpath(_UNSEEN) for element in top.iter("p")}
        known = (self.data.description, *article.authors)
        for parent in {p.getparent(): None for p in tree.iter("p")}:
            words = {p: _words(p) for p in parent.iterchildren("p") if p not in unseen}
            if not any(text and _fold(text) in found for text in words.values()):
                continue
            for element, text in words.items():
                is_text = len(text) >= _MIN_PARAGRAPH and text not in known
                if is_text and _fold(text) not in found and not is_button(text):
                    place = Location(self.file, max(1, element.sourceline or 1))
                    message = f"this paragraph was left out: '{text[:60]}…'"
                    problem = Problem("not-understood", place, message, (), "warning")
                    self.problems.append(problem)

    def _doubt(self, words: str, message: str, *hints: str) -> None:
        place = Location(self.file, max(1, self._line_of(words)))
        self.problems.append(Problem("not-understood", place, message, hints, "warning"))

    def _line_of(self, words: str) -> int:
        """The line of the file on which words stand; 0 where they stand there in another form.

        Looked for behind what was looked for last: paragraphs come in their order.
        """
        start = words[:30]
        index = self.source.find(start, self.last_found) if start else -1
        if start and index < 0:
            index = self.source.find(start, 0, self.last_found + len(start))
        if index < 0:
            return 0
        self.last_found = index
        return bisect_right(self.line_ends, index - 1) + 1


def _only(found: PageDate | None) -> Date | None:
    """The date, where there is no doubt which."""
    return found.dates[0] if found is not None and len(found.dates) == 1 else None


def _words(element: Any) -> str:
    """The words of an element; a line break is a blank."""
    for brk in element.iter("lb"):
        brk.tail = " " + (brk.tail or "")
    return " ".join(clean("".join(element.itertext())).split())


def _names(text: str) -> tuple[str, ...]:
    """The names in what a page calls its author."""
    return read_authors(text) or read_authors(text, marked=False) or (text,)


def _fold(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))
