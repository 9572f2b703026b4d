"""Text as it is pasted from a news site: headline, date and byline in any order, then the text.

Nothing here is certain, so the rules are few and can be told: what stands above the first
paragraph is the head; a line that only names a date, an author or a reading time is not text; below
a heading such as "Recommended For You" stand other articles. What fits no rule is kept where it
may be text, and is reported with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from shlex import quote
from typing import Final

from ..problems import Location, Problem
from ..validate import by_file
from .furniture import (
    RelatedReader,
    ends_a_sentence,
    is_button,
    is_name,
    is_prose,
    is_related_heading,
    promoted_headline,
    read_authors,
    read_dateline,
    read_meta,
    read_tags,
)
from .page_dates import DateReader, PageDate
from .raw import Line, RawArticle

#: The first paragraph stands below no more lines of head than this.
_MAX_HEAD: Final = 40
#: A line of so many words below the headline may be text, even without an end.
_MIN_WORDS: Final = 12
#: Text that was wrapped when it was copied has lines no longer than this.
_MAX_WRAPPED: Final = 120
#: So many warnings that say the same are shown.
_MAX_SAME: Final = 10
_HTML_LEFT: Final = re.compile(r"</?[a-z][^<>]{0,200}>|&(?:[a-z]{2,8}|#\d{2,5});", re.I)


def read_pasted(text: str, file: str, dates: DateReader) -> RawArticle:
    """The article that a text holds; `file` names it in the problems."""
    reader = LineReader(file, dates)
    lines = _unwrapped(_lines(text))
    head, rest = _split_head(lines, dates)
    reader.read_head(head)
    reader.read_body(rest)
    return reader.article()


def _lines(text: str) -> list[Line]:
    """The lines that are not empty, with single blanks between their words."""
    lines: list[Line] = []
    follows_blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        words = " ".join(re.split(r"[ \t]+", raw.strip()))
        if words:
            lines.append(Line(number, words, follows_blank))
        follows_blank = not words
    return lines


def _split_head(lines: Sequence[Line], dates: DateReader) -> tuple[list[Line], list[Line]]:
    """The lines above the first paragraph, and the others.

    A paragraph with a date or a byline directly below it is a standfirst and belongs to the head.
    """
    for index, line in enumerate(lines[: _MAX_HEAD + 1]):
        if not is_prose(line.text):
            continue
        below = lines[index + 1 : index + 3]
        is_standfirst = (
            index > 0
            and len(line.text) <= 400
            and not read_dateline(line.text)
            and any((meta := read_meta(o.text, dates)) and meta.is_sure for o in below)
        )
        if not is_standfirst:
            return list(lines[:index]), list(lines[index:])
    return _split_short(lines, dates)


def _split_short(lines: Sequence[Line], dates: DateReader) -> tuple[list[Line], list[Line]]:
    """Without a long paragraph: the text begins with a sentence or long line below the headline."""
    words = [i for i, line in enumerate(lines[:_MAX_HEAD]) if _may_be_headline(line, dates)]
    below = words[1:]
    sentences = [index for index in below if ends_a_sentence(lines[index].text)]
    long_lines = [index for index in below if len(lines[index].text.split()) >= _MIN_WORDS]
    start = next(iter(sentences or long_lines), _MAX_HEAD)
    return list(lines[:start]), list(lines[start:]) if start < _MAX_HEAD else []


def _may_be_headline(line: Line, dates: DateReader) -> bool:
    return not is_button(line.text) and read_meta(line.text, dates) is None


class LineReader:
    """Collects what the lines of an article say; `found` is what is known of it before."""

    def __init__(self, file: str, dates: DateReader, found: RawArticle | None = None) -> None:
        self.file = file
        self.dates = dates
        self.related = RelatedReader(dates)
        self.is_pasted = found is None
        self.found = found or RawArticle()
        self.left_out: list[Line] = []
        self.problems: list[Problem] = []
        self.published: list[tuple[PageDate, Line]] = []
        self.updated: list[tuple[PageDate, Line]] = []
        self.relative: Line | None = None
        self.command = f"make import FILE={quote(file)}"

    def article(self) -> RawArticle:
        """All that was found."""
        self._settle_dates()
        for line, why in self.related.doubts:
            self._doubt(line, why)
        problems = tuple(_first_of_each(by_file(self.problems)))
        return replace(
            self.found,
            briefs=tuple(self.related.briefs),
            left_out=tuple(sorted(self.left_out, key=_line_key)),
            problems=problems,
        )

    # ---------------------------------------------------------------------------------- head

    def read_head(self, lines: list[Line]) -> None:
        """Headline, dates, authors, standfirst."""
        words: list[Line] = []
        for line in lines:
            if self.read_meta_line(line):
                continue
            if is_button(line.text):
                self.left_out.append(line)
            else:
                words.append(line)
        title = self._headline(words)
        if title is None:
            return
        self.found = replace(self.found, title=title.text, title_line=title.number)
        for line in words:
            if line.number < title.number:
                self.left_out.append(line)
            elif line is not title:
                self._take_below_headline(line, lines)

    def _headline(self, words: Sequence[Line]) -> Line | None:
        """The first line of three words or more that is no path (Home > World), else the first.

        Where a page's title was copied too ("Headline | Site"), the headline alone is taken.
        """
        long_lines = [
            line
            for line in words
            if len(line.text.split()) >= 3 and not re.search(r"\S\s*[>›»]\s*\S", line.text)
        ]
        first = next(iter(long_lines or words), None)
        if first is None:
            return None
        repeated = (line for line in long_lines[1:] if _is_title_of_page(first.text, line.text))
        return next(repeated, first)

    def _take_below_headline(self, line: Line, lines: list[Line]) -> None:
        index = lines.index(line)
        beside = lines[max(0, index - 2) : index] + lines[index + 1 : index + 3]
        near = any(read_meta(other.text, self.dates) for other in beside)
        names = read_authors(line.text, marked=False)
        if names and near and not self.found.authors:
            self.found = replace(self.found, authors=names)
            self._doubt(line, f"'{', '.join(names)}' was taken for the author")
        elif not self.found.summary and not is_name(line.text) and len(line.text.split()) >= 4:
            self.found = replace(self.found, summary=line.text)
        else:
            self._doubt(line, "this line between the headline and the text was left out")

    def read_meta_line(self, line: Line) -> bool:
        """Take the dates and authors that a line names; False where it says anything else."""
        meta = read_meta(line.text, self.dates)
        if meta is None:
            return False
        for date in meta.dates:
            (self.updated if date.label == "updated" else self.published).append((date, line))
        if meta.relative:
            self.relative = line
        if meta.authors and not self.found.authors:
            self.found = replace(self.found, authors=meta.authors)
            if meta.guessed:
                self._doubt(line, f"'{meta.guessed}' was taken for the author")
        return True

    # ---------------------------------------------------------------------------------- dates

    def _settle_dates(self) -> None:
        if self.found.date is not None:
            return
        if not self.published and not self.updated:
            self._read_date_of_text()
        published = self.published or self.updated
        updated = self.updated if self.published else []
        if not published:
            self._report_missing_date()
            return
        found, line = self._finest(published)
        if len(found.dates) != 1:
            self._report_date(found, line)
            return
        self.found = replace(self.found, date=found.dates[0])
        self._report_doubt(found, line)
        if not self.published:
            self._doubt(line, "the day of an update was taken for that of publication")
        self._report_other_days(published, found)
        if updated:
            changed, line = updated[-1]
            if len(changed.dates) == 1:
                self.found = replace(self.found, modified=changed.dates[0])
                self._report_doubt(changed, line)
            else:
                self._doubt(line, f"'{changed.text}' was not used: {_why(changed)}")

    def _read_date_of_text(self) -> None:
        """The date between the place and the dash: "Elmsworth, 24 January 2026 – The bridge …"."""
        for line in self.found.text[:1]:
            start = re.split(r"\s*(?:—|–|\s-)\s", line.text[:100], maxsplit=1)[0]
            _, _, words = start.partition(",")
            date = self.dates.read(words.partition("(")[0])
            if date is not None:
                self.published.append((date, line))

    def _finest(self, found: Sequence[tuple[PageDate, Line]]) -> tuple[PageDate, Line]:
        """The first date, or one that says the same day to the minute or without a doubt."""
        first = found[0]
        days = {date.edtf[:10] for date in first[0].dates}
        for other in found[1:]:
            if len(other[0].dates) == 1 and other[0].dates[0].edtf[:10] in days:
                is_finer = len(first[0].dates) > 1 or "T" in other[0].dates[0].edtf
                first = other if is_finer and "T" not in first[0].dates[0].edtf else first
        return first

    def _report_other_days(self, found: Sequence[tuple[PageDate, Line]], chosen: PageDate) -> None:
        day = chosen.dates[0].edtf[:10]
        for date, line in found:
            if date.dates and all(other.edtf[:10] != day for other in date.dates):
                self._doubt(line, f"a second date; the article was given the first, {day}")

    def _report_doubt(self, date: PageDate, line: Line) -> None:
        if date.doubt:
            self._doubt(line, date.doubt)

    def _report_date(self, date: PageDate, line: Line) -> None:
        column = max(0, line.text.find(date.text)) + 1
        place = Location(self.file, line.number, column, len(date.text))
        if date.dates:
            first, second = (d.edtf for d in date.dates[:2])
            message = f"'{date.text}' may be {first} or {second}"
            hints = (f"say which: {self.command} DATE={first}",)
            self.problems.append(Problem("ambiguous-date", place, message, hints))
        else:
            message = f"'{date.text}': {date.wrong}"
            hints = (f"say when: {self.command} DATE=2026-01-24",)
            self.problems.append(Problem("bad-date", place, message, hints))

    def _report_missing_date(self) -> None:
        hints = (f"say when it was published: {self.command} DATE=2026-01-24",)
        if self.relative is not None:
            place = Location(self.file, self.relative.number, 1, len(self.relative.text))
            message = f"'{self.relative.text}' is no date once the page was left"
            self.problems.append(Problem("bad-date", place, message, hints))
            return
        message = f"no date was found {'above the text' if self.is_pasted else 'on the page'}"
        self.problems.append(Problem("missing-key", Location(self.file), message, hints))

    # ---------------------------------------------------------------------------------- body

    def read_body(self, lines: Sequence[Line]) -> None:
        """Paragraphs, and the blocks of other articles' headlines among or below them."""
        text: list[Line] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            if text and is_related_heading(line.text):
                entries = self._entries(lines, index + 1)
                self._read_related(line, entries)
                index += len(entries) + 1
                if index < len(lines) and entries:
                    self._doubt(lines[index], "the text goes on here, below other headlines")
                continue
            if not self._is_no_text(line, bool(text)):
                text.append(line)
            index += 1
        self._take_text(text)

    def _entries(self, lines: Sequence[Line], start: int) -> list[Line]:
        """The lines of a block of headlines: up to where the article goes on, or the end."""
        end = start
        while end < len(lines):
            below = lines[end + 1 : end + 3]
            text = lines[end].text
            goes_on = is_prose(text) and not any(read_meta(o.text, self.dates) for o in below)
            if goes_on and not is_button(text):
                break
            end += 1
        return list(lines[start:end])

    def _read_related(self, heading: Line, lines: list[Line]) -> None:
        if not lines:
            self._doubt(heading, "this was taken for a heading of other articles and left out")
        entries: list[Line] = []
        for line in lines:
            tags = read_tags(line.text)
            if tags:
                self.found = replace(self.found, tags=self.found.tags + tags)
            elif is_related_heading(line.text):
                self.related.read(entries)
                entries = []
            elif is_button(line.text):
                self.left_out.append(line)
            else:
                entries.append(line)
        self.related.read(entries)

    def _is_no_text(self, line: Line, has_text: bool) -> bool:
        """Whether a line among the paragraphs is none of them; what it says is taken."""
        tags = read_tags(line.text) if has_text else ()
        if tags:
            self.found = replace(self.found, tags=self.found.tags + tags)
            return True
        if is_button(line.text) or promoted_headline(line.text):
            self.left_out.append(line)
            return True
        meta = read_meta(line.text, self.dates)
        if meta is None or not meta.is_sure:
            return False
        knows_date = self.published or self.found.date
        is_new = (meta.dates and not knows_date) or (meta.authors and not self.found.authors)
        if is_new or any(date.label for date in meta.dates):
            return self.read_meta_line(line)
        self._doubt(line, "a date or a name between the paragraphs was left out")
        return True

    def _take_text(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if self.is_pasted and _HTML_LEFT.search(line.text):
                self._doubt(line, "this looks like HTML, and was kept as the letters it has")
            elif line.kind == "paragraph" and not ends_a_sentence(line.text) and line != lines[0]:
                hint = "a subheading begins with '## '"
                self._doubt(line, "a paragraph that does not end like a sentence was kept", hint)
        dateline = read_dateline(lines[0].text) if lines else ""
        self.found = replace(self.found, dateline=dateline, text=tuple(lines))

    # ------------------------------------------------------------------------------ problems

    def _doubt(self, line: Line, message: str, *hints: str) -> None:
        length = len(line.text) if self.is_pasted else 1
        place = Location(self.file, max(1, line.number), 1, max(1, length))
        problem = Problem("not-understood", place, message, hints, "warning")
        self.problems.append(problem)


def _first_of_each(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems; of many that say the same, the first ones and how many more there are."""
    counts = Counter(problem.message for problem in problems)
    seen: Counter[str] = Counter()
    for problem in problems:
        message = problem.message
        seen[message] += 1
        more = counts[message] - _MAX_SAME
        if seen[message] == _MAX_SAME and more:
            hint = f"the same is so of {more} more {'line' if more == 1 else 'lines'} below"
            yield replace(problem, help=(*problem.help, hint))
        elif seen[message] <= _MAX_SAME:
            yield problem


def _is_title_of_page(title: str, headline: str) -> bool:
    """Whether a line is a headline with the name of the site behind it."""
    rest = title.removeprefix(headline).strip()
    return title == headline or (title.startswith(headline) and rest[:1] in "|-–—•·")


def _line_key(line: Line) -> int:
    return line.number


def _why(date: PageDate) -> str:
    return " or ".join(d.edtf for d in date.dates) or date.wrong


def _unwrapped(lines: list[Line]) -> list[Line]:
    """The paragraphs of lines that were cut at a width; other lines as they are.

    A line was cut where the first word of the next one would not have fitted.
    """
    widest = max((len(line.text) for line in lines), default=0)
    if not 30 <= widest <= _MAX_WRAPPED:
        return lines
    pairs = [pair for pair in pairwise(lines) if _is_full(*pair, widest)]
    open_ends = sum(not ends_a_sentence(line.text) for line, _ in pairs)
    if open_ends < max(2, 0.6 * len(pairs)):
        return lines
    has_blanks = any(line.follows_blank for line in lines[1:])
    joined = lines[:1]
    for line, below in pairwise(lines):
        ends_here = ends_a_sentence(line.text) and not has_blanks
        if _is_full(line, below, widest) and not ends_here:
            glue = "" if line.text.endswith(("—", "-")) else " "
            joined[-1] = replace(joined[-1], text=joined[-1].text + glue + below.text)
        else:
            joined.append(below)
    return joined


def _is_full(line: Line, below: Line, width: int) -> bool:
    if below.follows_blank:
        return False
    return len(line.text) + 1 + len(below.text.split(" ", 1)[0]) > width
