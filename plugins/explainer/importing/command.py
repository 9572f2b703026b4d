"""`explainer import`: reads a file, writes an article and briefs, and says what it understood."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import Final

from ..dates import Date, DateError, parse_date
from ..load import ContentFile
from ..model import MAX_TITLE, id_hints, is_id, slugify
from ..problems import Location, Problem, Report
from ..settings import Settings
from ..site import ReadSite, link_site, read_site
from ..validate import Content
from .decoding import MAX_PAGE_BYTES, check_size, decode, is_page, without_hidden
from .page_dates import DateReader
from .pasted import read_pasted
from .raw import RawArticle, RawBrief
from .writing import Decided, article_text, brief_text

#: As in ids by rule: the first words of a title.
_WORDS_IN_ID: Final = 6
NO_BRIEFS: Final = "none"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the editor decides; empty where the raw article or a rule decides."""

    id: str = ""
    title: str = ""
    date: str = ""
    written: str = ""
    authors: tuple[str, ...] = ()
    story: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    briefs: tuple[str, ...] = ()
    """The briefs' ids in the order of the text: empty ones are by rule, `none` means no briefs."""

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Choices:
        """Choices from the texts of a command line; lists have commas between their values."""
        lists = {
            name: _list(texts.get(name, ""), keeps_empty=name == "briefs")
            for name in ("authors", "tags", "briefs")
        }
        ones = {name: text.strip() for name, text in texts.items() if name not in lists}
        return cls(**ones, **lists)  # type: ignore[arg-type]


def _list(text: str, *, keeps_empty: bool) -> tuple[str, ...]:
    values = [value.strip() for value in text.split(",")] if text.strip() else []
    return tuple(value for value in values if value or keeps_empty)


def import_article(
    file: Path, folder: Path, settings: Settings, choices: Choices = Choices()
) -> Report:
    """Write `articles/<id>.md` and briefs below `folder`; nothing where anything stands against it.

    The report has the errors, what was not understood as warnings, and what was written.
    """
    name = file.as_posix()
    article, text, problems = _read(file, name, settings)
    texts = {name: text}
    if article is None:
        return Report(tuple(problems), texts)
    if choices.date:  # what stands against the dates of the page does not matter any more
        problems = [problem for problem in problems if problem.severity == "warning"]
    article, more = _decided(article, name, settings, choices)
    problems += more
    site = read_site(folder, settings, name=folder.name)
    plan = _Plan(site.content, folder, name, choices)
    problems += plan.make(article)
    if not any(problem.severity == "error" for problem in problems):
        problems += _problems_when_written(site, plan.files, settings, folder.name, texts)
    report = Report(tuple(sorted(problems, key=Problem.sort_key)), texts)
    if report.failed:
        return report
    failure = _write(plan.files, folder)
    if failure is not None:
        return replace(report, problems=(*report.problems, failure))
    return replace(report, done=_told(article, plan))


# --- reading ------------------------------------------------------------------------------------


def _read(
    file: Path, name: str, settings: Settings
) -> tuple[RawArticle | None, str, list[Problem]]:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return None, "", [Problem("unreadable", Location(name), message)]
    decoded = decode(data, name)
    if decoded.text is None:
        return None, "", list(decoded.problems)
    text, problems = decoded.text, list(decoded.problems)
    if not text.strip():
        return None, text, [Problem("empty-value", Location(name), "the file is empty")]
    if is_page(text):
        return _read_page(text, name, settings, problems)
    too_long = check_size(text, name)
    if too_long is not None:
        return None, text, [too_long]
    text, hidden = without_hidden(text, name)
    article = read_pasted(text, name, DateReader(settings.language))
    return article, text, [*problems, *hidden, *article.problems]


def _read_page(
    text: str, name: str, settings: Settings, problems: list[Problem]
) -> tuple[RawArticle | None, str, list[Problem]]:
    from .saved import ExtractorMissing, read_saved

    try:
        article = read_saved(text, name, settings.language)
    except ExtractorMissing as error:
        hints = (
            f"install it: {error.how}",
            "or copy the text of the page into a file: make import FILE=article.txt",
        )
        message = "a saved page cannot be read without the package trafilatura"
        return None, text, [Problem("no-extractor", Location(name), message, hints)]
    too_long = check_size("\n".join(line.text for line in article.text), name)
    if too_long is not None:
        return None, text, [replace(too_long, location=Location(name))]
    return article, text, [*problems, *article.problems]


def _decided(
    article: RawArticle, name: str, settings: Settings, choices: Choices
) -> tuple[RawArticle, list[Problem]]:
    """The article with what the editor decided; and what it still lacks."""
    problems: list[Problem] = []
    date = _chosen_date("DATE", choices.date, name, settings, problems)
    written = _chosen_date("WRITTEN", choices.written, name, settings, problems)
    article = replace(
        article,
        title=choices.title or article.title,
        date=date or article.date,
        written=written,
        authors=choices.authors or article.authors,
        summary=choices.summary or article.summary,
        tags=choices.tags or article.tags,
    )
    return article, [*problems, *_lacks(article, name)]


def _chosen_date(
    option: str, text: str, name: str, settings: Settings, problems: list[Problem]
) -> Date | None:
    if not text:
        return None
    try:
        return parse_date(text, settings.zone)
    except DateError as error:
        hints = (f"did you mean {option}={error.suggestion}?",) if error.suggestion else ()
        problems.append(Problem("bad-date", Location(name), f"{option}: {error}", hints))
        return None


def _lacks(article: RawArticle, name: str) -> Iterator[Problem]:
    if not article.title:
        hints = (f'write it: make import FILE={quote(name)} TITLE="…"',)
        yield Problem("missing-key", Location(name), "no headline was found", hints)
    elif len(article.title) > MAX_TITLE:
        place = Location(name, max(1, article.title_line), 1, len(article.title))
        message = (
            f"the headline has {len(article.title)} characters, and at most {MAX_TITLE} are allowed"
        )
        hints = (f'is it a headline? make import FILE={quote(name)} TITLE="…"',)
        yield Problem("too-long", place, message, hints)
    if not article.text:
        message = "no text was found below the headline"
        hints = ("a headline alone is a brief: see 'kind' in docs/format.md",)
        yield Problem("empty-value", Location(name), message, hints)


# --- what is to be written ----------------------------------------------------------------------


class _Plan:
    """The files of an import, made before any of them is written."""

    def __init__(self, content: Content, folder: Path, name: str, choices: Choices) -> None:
        self.content = content
        self.folder = folder
        self.name = name
        self.choices = choices
        self.files: dict[str, str] = {}
        self.article_id = ""
        self.known: list[str] = []
        """Briefs that are there already: they are pinned, and not written again."""
        self.problems: list[Problem] = []

    def make(self, article: RawArticle) -> list[Problem]:
        """Fill `files`, by name; gives what stands against it."""
        if (self.folder / "articles").is_symlink():
            place = Location(f"{self.folder.name}/articles")
            message = "this is a link to another folder, which is not followed"
            hints = ("put the folder itself here",)
            return [Problem("symlink", place, message, hints)]
        own = self._id(self.choices.id, article.title, "ID", article.title_line)
        if own:
            self._check_free(own, "ID", article.title_line)
            self._check_new(article)
        pins = tuple(self._make_briefs(article.briefs, own))
        self.article_id = own
        if own:
            decided = Decided(self.choices.story, pins)
            self.files = {own: article_text(article, decided), **self.files}
        return self.problems

    def _make_briefs(self, briefs: Sequence[RawBrief], own: str) -> Iterator[str]:
        if self.choices.briefs == (NO_BRIEFS,):
            return
        if len(self.choices.briefs) > len(briefs):
            count = len(self.choices.briefs)
            found = _count(len(briefs), "brief")
            message = f"BRIEFS names {count} ids, and the text has {found}"
            self.problems.append(Problem("bad-choice", Location(self.name), message))
        chosen = [*self.choices.briefs, *[""] * len(briefs)]
        titles: set[str] = set()
        for brief, wanted in zip(briefs, chosen, strict=False):
            if brief.title in titles:
                continue
            titles.add(brief.title)
            slug = self._known_brief(brief) or self._id(wanted, brief.title, "BRIEFS", brief.line)
            if not slug:
                continue
            if slug not in self.known:
                self._check_brief(slug, brief, own)
                self.files[slug] = brief_text(brief)
            yield slug

    def _check_new(self, article: RawArticle) -> None:
        """An article is imported twice only where somebody gives it an id of its own."""
        known = self._same(article)
        if not known or self.choices.id or self.problems:
            return
        message = f"{self.folder.name}/articles/{known}.md has this headline and this day already"
        hints = ("if it is another article, give it an id: ID=peace-talks",)
        place = self._place(article.title_line)
        self.problems.append(Problem("file-exists", place, message, hints))

    def _known_brief(self, brief: RawBrief) -> str:
        slug = self._same(brief)
        self.known += [slug] if slug else []
        return slug

    def _same(self, raw: RawArticle | RawBrief) -> str:
        """The id of the article that has this title on this day already; else nothing."""
        for slug, article in sorted(self.content.articles.items()):
            date = article.matter.date
            is_same_day = date and raw.date and date.edtf[:10] == raw.date.edtf[:10]
            if article.matter.title == raw.title and is_same_day:
                return slug
        return ""

    def _check_brief(self, slug: str, brief: RawBrief, own: str) -> None:
        if slug == own or slug in self.files:
            message = f"'{slug}' would be the id of two of these articles"
            hints = ("give the briefs ids of their own: BRIEFS=first-id,second-id",)
            self.problems.append(Problem("duplicate-id", self._place(brief.line), message, hints))
        else:
            self._check_free(slug, "BRIEFS", brief.line)
        if len(brief.title) > MAX_TITLE:
            count = len(brief.title)
            message = f"the headline has {count} characters, and at most {MAX_TITLE} are allowed"
            hints = ("leave the briefs out: BRIEFS=none",)
            self.problems.append(Problem("too-long", self._place(brief.line), message, hints))

    def _id(self, wanted: str, title: str, option: str, line: int) -> str:
        """The id that was asked for, else the one by rule; nothing where that cannot be one."""
        slug = wanted or slugify(" ".join(title.split()[:_WORDS_IN_ID]))
        if is_id(slug):
            return slug
        if wanted:
            message, hints = f"{option}: '{wanted}' cannot be an id", id_hints(wanted)
        elif not title:
            return ""
        else:
            message = "no id can be made of this headline"
            hints = (f"say one: make import FILE={quote(self.name)} {option}=peace-talks",)
        self.problems.append(Problem("bad-id", self._place(line), message, hints))
        return ""

    def _check_free(self, slug: str, option: str, line: int) -> None:
        """Nothing is overwritten, and no annotations of another article are inherited."""
        taken = next((n for n in self._names() if n.partition(".")[0] == slug), None)
        if taken is None:
            return
        message = (
            f"{self.folder.name}/articles/{taken} is there already, and nothing is overwritten"
        )
        hints = (f"take another id: {option}={slug}-2", "or remove that file first")
        self.problems.append(Problem("file-exists", self._place(line), message, hints))

    def _names(self) -> list[str]:
        articles = self.folder / "articles"
        return sorted(n.casefold() for n in os.listdir(articles)) if articles.is_dir() else []

    def _place(self, line: int) -> Location:
        return Location(self.name, max(1, line))


def _problems_when_written(
    site: ReadSite, files: dict[str, str], settings: Settings, folder: str, texts: dict[str, str]
) -> list[Problem]:
    """What `make check` would say with the new files, and does not say without them."""
    new = tuple(
        ContentFile(PurePosixPath("articles", f"{slug}.md"), f"{folder}/articles/{slug}.md", text)
        for slug, text in files.items()
    )
    texts.update({file.name: file.text for file in new})
    loaded = replace(site.loaded, files=(*site.loaded.files, *new))
    report = link_site(loaded, settings, name=folder).report
    before = {problem.identity for problem in site.report.problems}
    return [problem for problem in report.problems if problem.identity not in before]


def _write(files: dict[str, str], folder: Path) -> Problem | None:
    """Write every file, or none; a file that appeared in the meantime is left alone."""
    articles = folder / "articles"
    written: list[Path] = []
    try:
        articles.mkdir(parents=True, exist_ok=True)
        for slug, text in files.items():
            path = articles / f"{slug}.md"
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                written.append(path)
                stream.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        place = Location(f"{folder.name}/articles")
        return Problem("unreadable", place, f"the files cannot be written: {error.strerror}")
    return None


def _told(article: RawArticle, plan: _Plan) -> str:
    """What was written and what was left out, for the person at the terminal."""
    folder = f"{plan.folder.name}/articles"
    about = [f"date {article.date.edtf}" if article.date else ""]
    about += [f"by {', '.join(article.authors)}" if article.authors else "no author"]
    about += [f"dateline {article.dateline}" if article.dateline else ""]
    about += [_count(sum(line.kind == "paragraph" for line in article.text), "paragraph")]
    lines = [
        f"Wrote {folder}/{plan.article_id}.md: {article.title}",
        f"  {', '.join(part for part in about if part)}",
    ]
    lines += [f"Wrote {folder}/{slug}.md (brief)" for slug in plan.files if slug != plan.article_id]
    lines += [f"Kept {folder}/{slug}.md (brief): it is there already" for slug in plan.known]
    if article.left_out:
        shown = ", ".join(f"line {line.number} '{_short(line.text)}'" for line in article.left_out)
        lines.append(f"Left out as no part of the article: {shown}")
    lines.append("Next: read it, then describe what it says beside it, and make check.")
    return "\n".join(lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
