"""From an issue on GitHub, written with the form "Add an event", to the lines of an event.

What stands in the issue is text from anybody. It is read here and nowhere else, becomes the values
of one record, and is checked as all content is. This module is pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from .load import ContentFile, Loaded
from .model import UNNAMED
from .problems import Problem, Report, suggestion
from .settings import Settings
from .site import ReadSite, link_site
from .yaml_writing import WritingError, append_item, block_lines, clean_text, quote_text

#: The form's fields, by the heading that GitHub writes above each: what it becomes, is it required.
FIELDS: Mapping[str, tuple[str, bool]] = {
    "Article or story": ("where", True),
    "What happened": ("title", True),
    "When": ("date", False),
    "How the date is known": ("date_note", False),
    "Status": ("status", False),
    "Who": ("actors", False),
    "Where": ("place", False),
    "Weight": ("weight", False),
    "Words of the article": ("evidence", False),
    "Source outside this site": ("source_title", False),
    "Address of that source": ("source_url", False),
    "More about it": ("text", False),
    "Id": ("id", False),
}
#: What the form's menus say where nothing is chosen, which needs no line.
DEFAULTS = {"status": "happened", "weight": "major"}
#: GitHub's own limit of an issue is 65,536.
MAX_CHARACTERS = 70_000
#: Of a message, so that it fits into a comment.
MAX_SHOWN = 50_000
_EMPTY = "_No response_"
_PAGE = re.compile(r"(articles|stories)/([^/\s?#.]+)")
_FENCE = re.compile(r"\A```\w*\n(.*)\n```\Z", re.S)
_WHO = re.compile(r"([^()]+?)\s*(?:\((.+)\))?")


class FormError(Exception):
    """What the form says cannot become an event; `lines` say why, each for one field."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Proposal:
    """What an issue comes to: a file's new text, or only a message that says what is wrong."""

    message: str
    """Markdown for the person who wrote the issue."""
    path: PurePosixPath | None = None
    """Below the content folder."""
    text: str = ""

    @property
    def is_good(self) -> bool:
        """Whether there is something to write."""
        return self.path is not None


def propose_event(
    payload: Mapping[str, Any], loaded: Loaded, settings: Settings, *, name: str = "content"
) -> Proposal:
    """The file that an issue's event goes into, with the event in it and checked strictly.

    `payload` is GitHub's event `issues`. Whatever the issue says, this raises nothing.
    """
    issue = payload.get("issue")
    issue = issue if isinstance(issue, Mapping) else {}
    number = issue.get("number")
    try:
        fields = read_form(str(issue.get("body") or ""))
        site = link_site(loaded, settings, name=name)
        file = _find_file(fields["where"], site, name)
        lines = event_lines(fields, site)
        text = append_item(file.text, file.name, "events", lines)
    except FormError as error:
        return Proposal(_complaint("\n".join(error.lines)))
    except WritingError as error:
        return Proposal(_complaint(str(error)))
    found = _new_problems(site, file, text, settings, name)
    if found:
        report = Report(found, {file.name: text}, strict=True)
        return Proposal(_complaint(report.text()))
    return Proposal(_success(number, file, lines), file.path, text)


# ---- the form


def read_form(body: str) -> dict[str, str]:
    """What stands under each heading of the form, by its key; fields left empty are not there.

    Raises FormError for what is no issue of this form: too long, a heading twice, one missing.
    """
    if len(body) > MAX_CHARACTERS:
        raise FormError(f"The issue has {len(body):,} characters, {MAX_CHARACTERS:,} at most.")
    # Where an answer ends is known from the headings alone, so none of them may stand in an answer.
    pattern = re.compile(rf"^### ({'|'.join(map(re.escape, FIELDS))})[ \t]*$", re.M)
    parts = pattern.split("\n".join(body.splitlines()))
    counts = Counter(parts[1::2])
    twice = [heading for heading in FIELDS if counts[heading] > 1]
    if twice:
        raise FormError(*(f"The heading '### {heading}' stands twice." for heading in twice))
    answers = dict(zip(parts[1::2], parts[2::2], strict=True))
    found = {FIELDS[heading][0]: _answer(text) for heading, text in answers.items()}
    needed = [heading for heading, (_, is_needed) in FIELDS.items() if is_needed]
    missing = [heading for heading in needed if not found.get(FIELDS[heading][0])]
    if missing:
        raise FormError(*(f"{one}: this is needed, and nothing stands there." for one in missing))
    return {key: text for key, text in found.items() if text}


def _answer(text: str) -> str:
    text = clean_text(text)
    fenced = _FENCE.fullmatch(text)
    text = fenced[1].strip() if fenced else text
    return "" if text == _EMPTY or text == "None" else text


# ---- the record


def event_lines(fields: Mapping[str, str], site: ReadSite) -> list[str]:
    """The event as lines of YAML without an indent. Raises FormError for names nobody has."""
    problems: list[str] = []
    who = list(_actors(fields.get("actors", ""), site, problems))
    place = _place(fields.get("place", ""), site, problems)
    if problems:
        raise FormError(*problems)
    lines = [
        f"{key}: {quote_text(_one_line(fields[key]))}"
        for key in ("id", "date", "date_note", "title")
        if key in fields
    ]
    if "text" in fields:
        lines += block_lines("text", fields["text"])
    if fields.get("status", DEFAULTS["status"]) != DEFAULTS["status"]:
        lines.append(f"status: {quote_text(_one_line(fields['status']))}")
    if who:
        lines.append(f"actors: [{', '.join(who)}]")
    if place:
        lines.append(f"place: {place}")
    if fields.get("weight", DEFAULTS["weight"]) != DEFAULTS["weight"]:
        lines.append(f"weight: {quote_text(_one_line(fields['weight']))}")
    passages = [line.strip() for line in fields.get("evidence", "").split("\n") if line.strip()]
    if len(passages) == 1:
        lines.append(f"evidence: {quote_text(passages[0])}")
    elif passages:
        lines += ["evidence:", *(f"  - {quote_text(passage)}" for passage in passages)]
    return lines + list(_source(fields))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _source(fields: Mapping[str, str]) -> Iterator[str]:
    title = fields.get("source_title") or fields.get("source_url")
    if title:
        yield "sources:"
        yield f"  - title: {quote_text(_one_line(title))}"
        if "source_url" in fields:
            yield f"    url: {quote_text(_one_line(fields['source_url']))}"


def _actors(answer: str, site: ReadSite, problems: list[str]) -> Iterator[str]:
    """Each actor as it is written in brackets: an id, or an id with the part that it takes."""
    names = site.graph.names.names if site.graph.names else {}
    for line in _names_of(answer):
        found = _WHO.fullmatch(line.strip().lstrip("-*").strip())
        if found is None:
            if line.strip():
                problems.append(f"Who: '{_shown(line)}' is no name with a part in (brackets).")
            continue
        actor = _known(found[1], site.content.actors, names)
        if found[1].casefold() == UNNAMED:
            actor = UNNAMED
        if actor is None:
            hints = suggestion(found[1], [*site.content.actors, *names])
            problems.append(
                "; ".join([f"Who: '{_shown(found[1])}' is no actor of this site", *hints])
            )
        else:
            yield f"{{{actor}: {quote_text(found[2].strip())}}}" if found[2] else actor


def _names_of(answer: str) -> Iterator[str]:
    """Each name: one a line, or several with commas between where no brackets hold any."""
    for line in answer.split("\n"):
        yield from [line] if "(" in line else line.split(",")


def _place(answer: str, site: ReadSite, problems: list[str]) -> str:
    if not answer:
        return ""
    places = site.content.places
    names = {place.name: name for name, place in places.items()}
    found = _known(_one_line(answer), places, names)
    if found is None:
        hints = suggestion(answer, [*places, *names])
        problems.append("; ".join([f"Where: '{_shown(answer)}' is no place of this site", *hints]))
    return found or ""


def _known(text: str, ids: Mapping[str, object], names: Mapping[str, str]) -> str | None:
    """The id that a text means: an id or a name, whatever its capitals."""
    text = _one_line(text)
    folded = {name.casefold(): target for name, target in names.items()}
    return text if text in ids else folded.get(text.casefold())


def _shown(text: str) -> str:
    """A name as a message shows it: one line, not too long."""
    text = _one_line(text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _find_file(answer: str, site: ReadSite, name: str) -> ContentFile:
    """The file that annotates an article or tells a story, new where there is none yet."""
    articles, stories = site.content.articles, site.content.stories
    titles = {article.matter.title: slug for slug, article in articles.items()}
    story_titles = {story.title: story_id for story_id, story in stories.items() if story.title}
    found = _PAGE.search(answer)
    word = found[2] if found else answer
    article = _known(word, articles, titles)
    story = _known(word, stories, story_titles)
    if found and found[1] == "stories":
        article = None
    if article is None and story is None:
        hints = suggestion(word, [*articles, *stories])
        line = f"Article or story: '{_shown(answer)}' is neither on this site"
        raise FormError("; ".join([line, *hints]))
    below = f"articles/{article}.yaml" if article is not None else f"stories/{story}.yaml"
    path = PurePosixPath(below)
    for file in site.loaded.files:
        if file.path == path:
            return file
    return ContentFile(path, f"{name}/{path}", "")


# ---- the check


def _new_problems(
    site: ReadSite, file: ContentFile, text: str, settings: Settings, name: str
) -> tuple[Problem, ...]:
    """What is wrong with the content with the new text, and was not wrong before."""
    others = [one for one in site.loaded.files if one.path != file.path]
    files = sorted([*others, replace(file, text=text)], key=lambda one: one.path.as_posix())
    after = link_site(replace(site.loaded, files=tuple(files)), settings, name=name, strict=True)
    known = Counter(map(_problem_key, site.report.problems))
    found = []
    for problem in after.report.problems:
        key = _problem_key(problem)
        if known[key]:
            known[key] -= 1
        else:
            found.append(problem)
    return tuple(found)


def _problem_key(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.location.file, problem.message


# ---- the message


def _complaint(text: str) -> str:
    return (
        "This cannot become an event yet:\n\n"
        f"{_fenced(text, 'text')}\n\n"
        "Edit the issue and set the label again. What each message means stands in "
        "`docs/messages.md`; whether it is an event at all, in `docs/which-record.md`.\n"
    )


def _success(number: object, file: ContentFile, lines: Sequence[str]) -> str:
    written = _fenced("\n".join(lines), "yaml")
    origin = f"Closes #{number}.\n\n" if isinstance(number, int) else ""
    return (
        f"{origin}This event is added to `{file.name}`, and the whole content was checked with it: "
        f"nothing to mend.\n\n{written}\n"
    )


def _fenced(text: str, language: str) -> str:
    """A text in a fence that nothing in it can end; nobody is called by an `@` in it."""
    text = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}\n… (cut here)"
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
