"""What a news site prints around an article: bylines, reading times, buttons, other headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .page_dates import DateReader, PageDate, is_relative
from .raw import Line, RawBrief

#: Longer lines are text, whatever they begin with.
MAX_FURNITURE: Final = 300


def _phrases(text: str) -> re.Pattern[str]:
    """A pattern of the phrases that stand between commas and line ends; … is up to 60 signs."""
    phrases = (phrase.strip() for phrase in re.split(r"[,\n]", text))
    return re.compile("|".join(p.replace("…", ".{0,60}") for p in phrases if p), re.I)


_READING_TIME: Final = re.compile(
    r"(?:(?:estimated\s+)?read(?:ing)?(?:\s+time)?\s*:?\s*)?(?:\d{1,3}|an?|one)\s*-?\s*min(?:ute)?s?\b\.?"
    r"(?:\s*(?:of\s+)?read(?:ing)?(?:\s+time)?)?|\d{1,3}\s+Min(?:uten)?\.?\s+Lesezeit",
    re.I,
)
_BYLINE: Final = re.compile(
    r"(?:story\s+|written\s+|words\s+|reported\s+|article\s+)?(?:by|von|par|por)\s*:?\s+(.+)"
    r"|author(?:s|\(s\))?\s*:\s*(.+)",
    re.I,
)
_ROLE: Final = re.compile(
    r"(?:(?:senior|chief|staff|special|foreign|political|contributing|associate|deputy|diplomatic)\s+)*"
    r"(?:[\w-]+\s+)?(?:writer|reporter|correspondent|editor|journalist|contributor|columnist)s?",
    re.I,
)
_AGENCY: Final = re.compile("[A-Z]{2,5}|Reuters|Associated Press|The Associated Press")
_PARTICLE: Final = re.compile(
    "al|bin|da|das|de|del|dela|der|di|dos|du|el|ibn|la|le|los|van|von|y|zu"
)
_NAME_WORD: Final = re.compile(r"[^\W\d_][^\W\d_]*\.?(?:['’.-][^\W\d_]+\.?)*")
_BUTTON: Final = _phrases(
    """
    share, share (this|on|via)…, save, save for later, print, email, e-mail, tweet, copy link
    bookmark, gift( this)? article, report an error, translate, text size, follow, follow us…
    facebook, twitter, x, whatsapp, linkedin, telegram, reddit, pinterest, instagram, youtube
    messenger, comments?, \\d+ (comments?|shares?|views?), (leave|post) a comment, view comments
    listen, listen now…, listen to (this )?article, play, play video, watch, live
    subscribe( now)?, sign (in|up)…, log in, (download|get) (the|our)…app…
    advertise?ments?, anzeige, ad, sponsored, advertisement - …, skip (to|past) …
    (story|article) continues below…, continue reading…, add as preferred…, make us preferred…
    menu, search, top, back to top, close, more, next, previous, getty images
    """
)
_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)\s|copyright\b|all rights reserved|this material may not be).*", re.I
)
_PROMOTION: Final = re.compile(
    r"(?:read more|read also|also read|read next|related|see also|must read|don['’]t miss|more)"
    r"\s*[:|>»]+\s*(\S.*)",
    re.I,
)
_CAPTION: Final = re.compile(
    r"(?:file )?(?:image|photo(?:graph)?|picture)(?: (?:source|caption|credit|by))?\s*[:,/]\s*\S.*",
    re.I,
)
_TAGS: Final = re.compile(r"(?:tags?|topics?|keywords|filed under|themen)\s*:\s*(\S.*)", re.I)
_RELATED: Final = _phrases(
    """
    recommended( for you| stories| articles| reading| videos)?, what to read next, keep reading
    related( stories| articles| news| content| coverage| posts| topics| reading| links)?
    read more, read next, read also, also read, see also, up next, further reading, don['’]t miss
    you (may|might) (also )?(like|be interested in), editor['’]?s['’]? picks, in case you missed it
    more (stories|news|to read|to explore|like this|top stories), more on this( story| topic)?
    more (from|in) …, top stories, trending( now| stories)?, most (read|popular|viewed)
    popular( now| stories)?, latest( news| stories| articles)?
    das könnte sie auch interessieren, mehr zum thema, lesen sie auch
    """
)
_DATELINE: Final = re.compile(
    r"(?P<place>[^\W\d_][^\W\d_.'’/ -]*(?:[.'’/ -]+[^\W\d_]+[.'’]?){0,5})"
    r"(?P<more>(?:,\s[^\W\d_][\w .]{1,30}){0,2})(?:\s*\((?P<agency>[^()]{2,30})\))?"
    r"\s*(?:—|–|--|\s-)\s*(?=\S)"
)
_SENTENCE_END: Final = re.compile(r"[.!?…:][\"'”’»)\]]*$|[.!?…,][\"”»]$|[”\"]$")
_SEPARATOR: Final = re.compile(
    r"\s*[|•·‧∙]\s*|\s+[—–/-]\s+|\t+|\s+(?=(?:last\s+)?(?:updated|modified|mis à jour)\b)", re.I
)


def is_reading_time(text: str) -> bool:
    """Whether a line says how long it takes to read ("4 min read")."""
    return len(text) <= 40 and bool(_READING_TIME.fullmatch(text.strip(" .()")))


def is_button(text: str) -> bool:
    """Whether a line is a button, an advertisement's mark, a caption or a copyright notice."""
    is_label = len(text) <= 100 and bool(_BUTTON.fullmatch(text.strip(" .:!|›>»")))
    return is_label or is_copyright(text) or _is_caption(text)


def _is_caption(text: str) -> bool:
    return len(text) <= MAX_FURNITURE and bool(_CAPTION.fullmatch(text))


def is_copyright(text: str) -> bool:
    """Whether a line says who holds the rights."""
    return len(text) <= MAX_FURNITURE and bool(_COPYRIGHT.fullmatch(text))


def promoted_headline(text: str) -> str:
    """The headline of a line such as "Read more: Floods in Sumatra"; else nothing."""
    found = _PROMOTION.fullmatch(text) if len(text) <= MAX_FURNITURE else None
    return found[1] if found else ""


def read_tags(text: str) -> tuple[str, ...]:
    """The words of a line such as "Tags: NATO, Berlin"."""
    found = _TAGS.fullmatch(text) if len(text) <= MAX_FURNITURE else None
    if found is None:
        return ()
    words = (word.strip(" .#") for word in re.split(r"[,;|]", found[1]))
    return tuple(dict.fromkeys(word for word in words if word))


def is_related_heading(text: str) -> bool:
    """Whether a line stands above the headlines of other articles."""
    return len(text) <= 60 and bool(_RELATED.fullmatch(text.strip("# :…>»")))


def ends_a_sentence(text: str) -> bool:
    """Whether a line ends as a sentence, a quotation or the words before one do."""
    is_aside = text.startswith("(") and text.endswith(")")
    return is_aside or bool(_SENTENCE_END.search(text[-8:]))


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph of an article, and not a headline or a caption's rest."""
    if read_dateline(text) and len(text) > 60:
        return True
    return len(text) > 240 or (len(text.split()) >= 14 and ends_a_sentence(text))


def read_dateline(text: str) -> str:
    """The place in capitals before the dash with which a text begins: "BERLIN/KYIV"."""
    found = _DATELINE.match(text[:140])
    if found is None or not found["place"].isupper() or len(found["place"]) < 3:
        return ""
    return found["place"].strip()


def is_name(text: str) -> bool:
    """Whether a line reads like the name of somebody, or of an agency."""
    words = text.split()
    return (
        1 <= len(words) <= 5
        and len(text) <= 60
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and words[0][0].isupper()
        and all(word[0].isupper() or bool(_PARTICLE.fullmatch(word)) for word in words)
    )


def read_authors(text: str, *, marked: bool = True) -> tuple[str, ...]:
    """The names of a byline; without "By" in front only where all of it reads like names."""
    found = _BYLINE.fullmatch(text) if len(text) <= MAX_FURNITURE else None
    if found is None and marked:
        return ()
    names = _split_names((found[1] or found[2]) if found else text)
    if not names or not all(is_name(name) for name in names):
        return ()
    return names


def _split_names(text: str) -> tuple[str, ...]:
    text = re.sub(r"\s+in\s+\S.*$|\s*\([^()]*\)$|\s*<?\S+@\S+>?$", "", text).strip(" .,")
    names = (name.strip() for name in re.split(r",\s*(?:and\s+)?|\s+(?:and|und|&|/)\s+|;", text))
    kept = [name for name in names if name and not _ROLE.fullmatch(name)]
    # "By Nell Harrow, CNN": for whom somebody writes is no author where the writer is named.
    return tuple(dict.fromkeys(n for i, n in enumerate(kept) if not i or not _AGENCY.fullmatch(n)))


class MetaLine:
    """A line that holds nothing but a date, a reading time, a byline or several of them."""

    def __init__(self) -> None:
        self.dates: list[PageDate] = []
        self.authors: tuple[str, ...] = ()
        self.guessed = ""
        """A name beside a date that no "By" marks: an author's, or that of a section."""
        self.relative = ""

    @property
    def is_sure(self) -> bool:
        """Whether it is no subheading ("By Friday"): it has a date, or names of two words."""
        has_names = bool(self.authors) and all(" " in name for name in self.authors)
        return bool(self.dates or self.relative or has_names) or not self.authors


def read_meta(text: str, dates: DateReader) -> MetaLine | None:
    """What a line says beside the text of an article, or None where it says anything else."""
    if len(text) > MAX_FURNITURE:
        return None
    for parts in _partings(text):
        meta = MetaLine()
        if parts and all(_add(meta, part, dates, len(parts)) for part in parts):
            is_told = not meta.guessed or meta.dates or meta.relative
            return meta if is_told else None
    return None


def _partings(text: str) -> Iterator[list[str]]:
    """The line as a whole, and cut at the signs that sites put between the parts."""
    yield [text]
    parts = [part for part in _SEPARATOR.split(text) if part.strip(" ,")]
    yield parts
    for comma in [found.start() for found in re.finditer(",", text)][:6]:
        yield [text[:comma], text[comma + 1 :]]


def _add(meta: MetaLine, part: str, dates: DateReader, count: int) -> bool:
    part = part.strip(" ,;")
    date = dates.read(part)
    if date is not None:
        meta.dates.append(date)
        return True
    if is_relative(part):
        meta.relative = part
        return True
    authors = read_authors(part)
    if authors:
        meta.authors += authors
        return True
    names = read_authors(part, marked=False) if count > 1 and not meta.guessed else ()
    if len(names) == 1 and " " in names[0]:
        meta.guessed = part
        meta.authors += names
        return True
    return is_reading_time(part) or dates.is_time(part)


# --- the headlines of other articles ------------------------------------------------------------


class _Entry:
    """A brief while its lines are read."""

    def __init__(self) -> None:
        self.title: Line | None = None
        self.date: PageDate | None = None
        self.authors: tuple[str, ...] = ()
        self.relative: Line | None = None

    @property
    def is_dated(self) -> bool:
        return self.date is not None or self.relative is not None


class RelatedReader:
    """The entries of a block of headlines, and the lines of it that were not understood."""

    def __init__(self, dates: DateReader) -> None:
        self.dates = dates
        self.briefs: list[RawBrief] = []
        self.doubts: list[tuple[Line, str]] = []

    def read(self, lines: list[Line]) -> None:
        """Read the lines below one heading: headline, date and author of each, in any order."""
        metas = [read_meta(line.text, self.dates) for line in lines]
        date_first = bool(metas) and metas[0] is not None and bool(metas[0].dates)
        entry = _Entry()
        for index, (line, meta) in enumerate(zip(lines, metas, strict=True)):
            next_is_date = index + 1 < len(lines) and bool(
                metas[index + 1] and (metas[index + 1].dates or metas[index + 1].relative)  # type: ignore[union-attr]
            )
            if self._begins(entry, line, meta, date_first=date_first, next_is_date=next_is_date):
                self._close(entry)
                entry = _Entry()
            self._take(entry, line, meta)
        self._close(entry)

    def _begins(
        self,
        entry: _Entry,
        line: Line,
        meta: MetaLine | None,
        *,
        date_first: bool,
        next_is_date: bool,
    ) -> bool:
        """Whether a line begins the next entry."""
        if date_first:
            return meta is not None and bool(meta.dates) and entry.is_dated
        if meta is not None or entry.title is None:
            return False
        if line.follows_blank and entry.is_dated and not self._is_author(entry, line):
            return True
        if not entry.is_dated:
            return line.follows_blank and next_is_date and not is_name(line.text)
        return next_is_date or not self._is_author(entry, line)

    def _is_author(self, entry: _Entry, line: Line) -> bool:
        return not entry.authors and bool(read_authors(line.text, marked=False))

    def _take(self, entry: _Entry, line: Line, meta: MetaLine | None) -> None:
        if meta is not None:
            entry.date = entry.date or next(iter(meta.dates), None)
            entry.authors = entry.authors or meta.authors
            entry.relative = entry.relative or (line if meta.relative else None)
        elif entry.title is None:
            entry.title = line
        elif self._is_author(entry, line):
            entry.authors = read_authors(line.text, marked=False)
        elif not is_button(line.text):
            self.doubts.append((line, "this line among other articles' headlines was left out"))

    def _close(self, entry: _Entry) -> None:
        if entry.title is None:
            if entry.date is not None:
                self.doubts.append((Line(0, entry.date.text), "a date without a headline"))
            return
        date = entry.date.dates[0] if entry.date and len(entry.date.dates) == 1 else None
        if date is None:
            self.doubts.append((entry.title, self._why_undated(entry)))
            return
        self.briefs.append(RawBrief(entry.title.text, entry.title.number, date, entry.authors))

    def _why_undated(self, entry: _Entry) -> str:
        why = "it has no date"
        if entry.relative is not None:
            why = f"'{entry.relative.text}' is no date once the page was left"
        elif entry.date is not None and entry.date.dates:
            readings = " or ".join(date.edtf for date in entry.date.dates)
            why = f"'{entry.date.text}' may be {readings}"
        elif entry.date is not None:
            why = entry.date.wrong
        return f"no brief was made of this headline: {why}"
