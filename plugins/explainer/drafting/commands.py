"""What the commands `draft` and `evaluate-draft` do: the files around the rules."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..building import content_folder, read_values
from ..dates import Date, DateError, parse_date
from ..load import DRAFT_ENDING
from ..passages import ArticleText
from ..problems import did_you_mean
from ..settings import SettingsError, site_settings
from ..site import ReadSite, read_site, read_text
from .draft import Draft, Subject, make_draft
from .evaluation import Evaluation, LabelledArticle, LabelledQuote, evaluate


class DraftError(Exception):
    """A draft that cannot be made or measured; the text is for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Written:
    """The file that was written, and the draft in it."""

    path: Path
    draft: Draft

    def text(self) -> str:
        """What a person at the terminal is told."""
        counts = ", ".join(f"{number} {name}" for name, number in self.draft.counts.items())
        lines = [f"{self.path}: {counts} proposed. Nothing of it is published."]
        lines += [f"! {doubt}" for doubt in self.draft.doubts]
        if self.draft.new_names:
            lines.append(
                f"No actors yet: {', '.join(self.draft.new_names)} (see the end of the file)."
            )
        return "\n".join(lines)


def write_draft(settings: Path, slug: str, *, reference: str = "") -> Written:
    """Draft annotations of an article and write them beside it; no file is ever overwritten.

    Dates are counted from `reference` where it is given, else from the article's `written` or
    `date`. Raises DraftError where there is no such article, or a draft of it stands there already.
    """
    values = read_values(settings)
    folder = content_folder(settings, values)
    path = folder / "articles" / f"{slug}{DRAFT_ENDING}"
    try:
        site = read_site(folder, site_settings(values, os.environ), name=folder.name)
    except SettingsError as error:
        raise DraftError(str(error)) from None
    draft = make_draft(draft_subject(site, slug, reference))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(draft.text)
    except FileExistsError:
        raise DraftError(
            f"{path} exists and is never overwritten: rename it to {slug}.yaml or delete it first"
        ) from None
    except OSError as error:
        raise DraftError(f"{path} cannot be written: {error.strerror}") from None
    return Written(path, draft)


def draft_subject(site: ReadSite, slug: str, reference: str = "") -> Subject:
    """What is drafted for an article of a site; raises DraftError where there is nothing to."""
    content = site.content
    article = content.articles.get(slug)
    if article is None:
        if content.is_known("article", slug):
            raise DraftError(f"articles/{slug}.md has errors: run `make check` and mend them first")
        near = did_you_mean(slug, content.articles)
        hint = f"did you mean {near!r}?" if near else "name it as its file without .md"
        raise DraftError(f"there is no article {slug!r}; {hint}")
    if article.matter.kind == "brief" or not article.body.strip():
        raise DraftError(f"articles/{slug}.md has no text to find anything in")
    given = article.matter.written or article.matter.date
    date = _reference(reference) if reference else given
    if date is None or date.earliest is None or date.latest is None:
        raise DraftError(f"articles/{slug}.md has no date to count from: name one with REFERENCE=")
    return Subject(
        slug,
        ArticleText(article.matter.title, read_text(article.body, site.markdown)),
        date,
        bool(reference),
        content.actors,
        content.places,
        frozenset(e.id for e in site.graph.entries.values() if e.article != slug),
    )


def _reference(text: str) -> Date:
    """The date from which an editor wants to count; a day, a month or a year."""
    try:
        date = parse_date(text)
    except DateError as error:
        hint = f" (did you mean {error.suggestion}?)" if error.suggestion else ""
        raise DraftError(f"REFERENCE={text} is no date: {error.message}{hint}") from None
    if date.is_span or date.is_set or date.precision not in {"day", "month", "year"}:
        raise DraftError(
            f"REFERENCE={text}: a day, a month or a year is wanted, such as 2025-12-15"
        )
    return date


# ---- measuring ------------------------------------------------------------------------------


def evaluate_file(path: Path) -> Evaluation:
    """Measure drafts on a file of labelled articles in JSON Lines; raises DraftError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DraftError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DraftError(f"{path} is not in UTF-8") from None
    return evaluate(_labelled(path, text))


def _labelled(path: Path, text: str) -> Iterator[LabelledArticle]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _article(f"{path}:{number}", line)


def _article(place: str, line: str) -> LabelledArticle:
    """One line of labels; kinds that are missing or null are not counted."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise DraftError(f"{place}:{error.colno}: this line is no JSON: {error.msg}") from None
    if not isinstance(data, dict) or not all(
        isinstance(data.get(k), str) for k in ("date", "text")
    ):
        raise DraftError(f'{place}: an object with the texts "date" and "text" is wanted')
    try:
        parse_date(data["date"])
    except DateError as error:
        raise DraftError(f"{place}: {data['date']!r} is no date: {error.message}") from None
    gold = data.get("gold") or {}
    try:
        return LabelledArticle(
            str(data.get("id", "")),
            str(data.get("title", "")),
            data["date"],
            data["text"],
            _texts(gold.get("dates")),
            _quotes(gold.get("quotes")),
            _texts(gold.get("actors")),
            None
            if gold.get("roles") is None
            else {str(k): str(v) for k, v in gold["roles"].items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        wanted = "{dates: [EDTF], quotes: [{text, speaker}], actors: [name], roles: {name: role}}"
        raise DraftError(f'{place}: "gold" is not of the form {wanted}') from None


def _texts(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise TypeError
    return tuple(str(item) for item in value)


def _quotes(value: Any) -> tuple[LabelledQuote, ...] | None:
    if value is None:
        return None
    return tuple(LabelledQuote(str(q["text"]), str(q.get("speaker") or "")) for q in value)
