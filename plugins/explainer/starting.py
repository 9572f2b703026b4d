"""Starting points: a new story, article, actor or event as commented YAML that `check` accepts.

Nothing is ever overwritten, and nothing is written that the check would refuse: the site is read
with the new text in it first. An event is put into the file beside its article by position, so that
comments and order stay as they are.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from unidecode import unidecode

from .editor import FOLDER, refresh_schemas
from .load import ContentFile
from .model import Record, id_hints, is_id, slugify
from .problems import ContentError, Problem, Report, suggestion
from .settings import Settings
from .site import ReadSite, link_site
from .tree import Mapping as MappingNode
from .tree import Scalar, parse_yaml
from .tree import Sequence as ListNode
from .validate import SECTIONS, Content


class StartError(Exception):
    """A starting point cannot be made; the text says why in a line or a few."""


@dataclass(frozen=True, slots=True)
class Start:
    """What was written: the file, the line of what is new, and its id."""

    file: Path
    line: int
    id: str


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A site on the disk, as far as starting points need it."""

    root: Path
    """The folder with the settings."""
    content: Path
    site: ReadSite
    settings: Settings


# ----------------------------------------------------------------------------------- what to make


def new_story(room: Newsroom, title: str, name: str = "") -> list[Start]:
    """`stories/<id>.yaml` with its title and every other key as a comment."""
    name = _new_id(room, "story", title, name)
    text = f"""\
title: {_scalar(title)}
# summary: Why it matters, in one or two sentences.
# short:
#   date: {_today(room)}
#   text: |
#     The story so far. A link such as [closed](#id-of-a-record) leads to the record it rests on.
# questions:
#   - question: What would a reader ask?
#     rests_on: [id-of-a-record]
"""
    return _write(room, {f"stories/{name}.yaml": _headed(room, "stories", "story", text)}, name)


def new_article(
    room: Newsroom, title: str, name: str = "", *, date: str = "", story: str = ""
) -> list[Start]:
    """`articles/<slug>.md` as a draft, and the file for its annotations beside it."""
    name = _new_id(room, "article", title, name)
    story_line = f"story: {_scalar(story)}" if story else "# story: id-of-a-story"
    article = f"""\
---
title: {_scalar(title)}
date: {_scalar(date or _today(room))}
status: draft   # delete this line to publish
{story_line}
# authors: [Nell Harrow]
# summary: One or two sentences for cards and search engines.
# tags: [town]
---
Write the article here, in Markdown.
"""
    notes = """\
# What the article says happened, and who said what. `evidence` is the article's own words.
#
# events:
#   - title: What happened, in the present tense
#     date: 2026-03-09
#     actors: [id-of-an-actor]
#     evidence: the words that say so
#
# quotes:
#   - actor: id-of-an-actor
#     text: The first words ... the last words
"""
    files = {
        f"articles/{name}.md": article,
        f"articles/{name}.yaml": _headed(room, "articles", "annotations", notes),
    }
    return _write(room, files, name)


def new_actor(room: Newsroom, full_name: str, name: str = "", *, kind: str = "") -> list[Start]:
    """`actors/<id>.yaml`; a person where no kind is given."""
    name = _new_id(room, "actor", full_name, name)
    dates = ("born", "died") if (kind or "person") == "person" else ("founded", "ended")
    text = f"""\
name: {_scalar(full_name)}
kind: {_scalar(kind or "person")}   # person, organization, country or group
# aliases: [another name, which is linked in articles]
# also: [a name that may mean others too]
# {dates[0]}: 1955-11-11
# {dates[1]}: 2025
# summary: Who this is.
# roles:
#   - {{role: Harbour Master, of: id-of-an-actor, from: 2015, to: 2025-10}}
# sources:
#   - {{title: Where it is written, url: "https://example.org/"}}
"""
    return _write(room, {f"actors/{name}.yaml": _headed(room, "actors", "actor", text)}, name)


def new_event(
    room: Newsroom, title: str, article: str, name: str = "", *, date: str = ""
) -> list[Start]:
    """An event at the end of the article's events; makes the file of annotations where none is."""
    slug = _known_article(room, article)
    name = _new_id(room, "event", " ".join(title.split()[:6]), name)
    lines = [
        f"- id: {name}",
        f"  date: {_scalar(date)}" if date else "  # date: 2026-03-09",
        f"  title: {_scalar(title)}",
        "  # evidence: the article's own words that say so",
        "  # actors: [id-of-an-actor]",
        "  # place: id-of-a-place",
    ]
    path = f"articles/{slug}.yaml"
    old = next((f.text for f in room.site.loaded.files if f.path.as_posix() == path), None)
    if old is None and (room.content / path).exists():
        raise StartError(f"{room.content.name}/{path} cannot be read; `make check` says why")
    if old is None:
        text = _headed(room, "articles", "annotations", "events:\n" + _indented(lines, 2))
        return _write(room, {path: text}, name)
    text, line = insert_event(old, lines, f"{room.content.name}/{path}")
    _check(room, {path: text})
    _change(room.content / path, text)
    return _done(room, [Start(room.content / path, line, name)])


# --------------------------------------------------------------------------------------- the id

#: Letters that look like ours, Cyrillic and Greek, the i without a dot, and two digits. Of ids that
#: were typed with them only one may stand: readers and editors could not tell the two apart.
_LOOK_ALIKE = str.maketrans(
    "авсԁеёһіїјкӏмнорԛгѕтуѵԝхαβεηικνορτυχı01",
    "abcdeehiijklmhopqrstyvwxabenikvoptuxiol",
)


def look_of(text: str) -> str:
    """A text as the eye takes it: two ids of the same look are not told apart.

    Case, width and accents are gone, and letters of other alphabets are the Latin ones that they
    look like.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOK_ALIKE)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def _new_id(room: Newsroom, kind: str, title: str, name: str) -> str:
    """The id that was asked for, or one made from the title; raises StartError if it is taken."""
    made = name or _shortened(slugify(unidecode(title)))
    if not made:
        raise StartError(f"no id can be made from '{title}'; choose one: ID=…")
    if not is_id(made):
        hints = "; ".join(id_hints(unidecode(made)))
        raise StartError(f"'{made}' cannot be an id; {hints}")
    for known in sorted(_known_ids(room, kind)):
        if look_of(known) == look_of(made):
            raise StartError(_taken(kind, made, known))
    return made


def _shortened(name: str) -> str:
    """As many words of an id as make a good address."""
    if len(name) <= 60:
        return name
    return name[:61].rpartition("-")[0] or name[:60]


def _taken(kind: str, made: str, known: str) -> str:
    article = "an" if kind[0] in "ae" else "a"
    if made != known:
        reason = f"'{made}' would look like '{known}', which there is already"
    elif kind == "event":
        reason = (
            f"there is a record '{made}' already; what another article says of the same thing is"
            f" written '{{same: {made}, evidence: …}}'"
        )
    else:
        reason = f"there is {article} {kind} '{made}' already"
    return f"{reason}. Choose another id: ID=…"


def _known_ids(room: Newsroom, kind: str) -> set[str]:
    """Every id of a kind, of what cannot be read too, and the names of files whatever they are."""
    content = room.site.content
    if kind == "event":
        written = {record.id for record in _records(content) if record.id}
        return written | set(room.site.graph.entries) | content.known.get("record", set())
    ids: Mapping[str, Iterable[str]] = {
        "actor": content.actors,
        "article": content.articles,
        "story": content.stories,
    }
    folder = room.content / {"actor": "actors", "article": "articles", "story": "stories"}[kind]
    stems = {path.name.split(".")[0] for path in folder.glob("[!.]*")}
    return {*ids[kind], *content.known.get(kind, ()), *stems}


def _records(content: Content) -> Iterable[Record]:
    homes = [*(a.records for a in content.articles.values()), *content.stories.values()]
    return (record for home in homes for section in SECTIONS for record in getattr(home, section))


def _known_article(room: Newsroom, article: str) -> str:
    """The slug of an article that is named by its slug or by one of its files."""
    slug = PurePosixPath(article.replace("\\", "/")).name
    slug = slug.removesuffix(".md").removesuffix(".yaml")
    known = {*room.site.content.articles, *room.site.content.known.get("article", ())}
    if slug in known:
        return slug
    raise StartError("; ".join([f"there is no article '{slug}'", *suggestion(slug, known)]))


# ------------------------------------------------------------------------------------- the text


def _scalar(text: str) -> str:
    """A text as YAML: in quotes only where it needs them."""
    text = " ".join(text.split())
    node, problems = parse_yaml(f"key: {text}\n", "")
    value = node.get("key") if isinstance(node, MappingNode) else None
    if isinstance(value, Scalar) and value.value == text and not (problems or value.is_empty):
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _today(room: Newsroom) -> str:
    return room.settings.today.edtf


def _headed(room: Newsroom, folder: str, schema: str, text: str) -> str:
    """A text under the line that tells editors' programs its schema, where the site has them."""
    if not (room.root / FOLDER.parent).is_dir():
        return text
    path = os.path.relpath(room.root / FOLDER / f"{schema}.json", room.content / folder)
    return f"# yaml-language-server: $schema={Path(path).as_posix()}\n{text}"


def _indented(lines: Iterable[str], width: int) -> str:
    return "".join(f"{' ' * width}{line}\n" for line in lines)


def insert_event(text: str, lines: list[str], file: str) -> tuple[str, int]:
    """A file of annotations with an event behind its last one, and the line of the new one.

    `lines` begin with `- `. Without events the section goes before the sections that follow it by
    custom, else to the end. Nothing else is changed. Raises StartError where the place cannot be
    told.
    """
    node, problems = parse_yaml(text, file)
    if any(problem.severity == "error" for problem in problems):
        raise StartError(f"{file} has errors; `make check` names them. Mend them first")
    rows = text.split("\n")
    if rows[-1] == "":
        rows.pop()
    if node is None:
        return _spliced(rows, len(rows), ["events:", *(f"  {line}" for line in lines)])
    if not isinstance(node, MappingNode):
        raise StartError(f"{file} is no mapping; `make check` says what is wrong")
    starts = {key.value: key.location.line for key, _ in node.entries}
    events = node.get("events")
    if events is None:
        later = list(SECTIONS)[list(SECTIONS).index("events") + 1 :]
        after = min((starts[name] for name in later if name in starts), default=len(rows) + 1)
        section = ["events:", *(f"  {line}" for line in lines)]
        if after <= len(rows):
            return _spliced(rows, _above_comments(rows, after - 1), [*section, ""])
        return _spliced(rows, len(rows), ["", *section])
    if not isinstance(events, ListNode) or not events.items or events.is_flow:
        raise StartError(f"the events of {file} are in brackets; write each on a line with '- '")
    column = events.location.column - 1
    end = min((n for n in starts.values() if n > starts["events"]), default=len(rows) + 1) - 1
    while end and _is_between(rows[end - 1], column):
        end -= 1
    gap = _gap_between(rows, [item.location.line for item in events.items])
    return _spliced(rows, end, [*gap, *(f"{' ' * column}{line}" for line in lines)])


def _is_between(row: str, column: int) -> bool:
    """Whether a line is blank, or a comment that stands to the left of the events."""
    bare = row.lstrip()
    return not bare or (bare.startswith("#") and len(row) - len(bare) < max(column, 1))


def _above_comments(rows: list[str], index: int) -> int:
    """Where a section begins whose key is in a row: with the comment directly above it."""
    while index and rows[index - 1].startswith("#"):
        index -= 1
    return index


def _gap_between(rows: list[str], starts: list[int]) -> list[str]:
    """A blank line where the file has one between its last two events."""
    if len(starts) < 2:
        return []
    above = starts[-1] - 2
    while above and rows[above].lstrip().startswith("#"):
        above -= 1
    return [""] if not rows[above].strip() else []


def _spliced(rows: list[str], index: int, new: list[str]) -> tuple[str, int]:
    """Rows with new ones, and the line on which the first of these with a `- ` stands."""
    line = index + 1 + next(n for n, row in enumerate(new) if row.lstrip().startswith("- "))
    return "\n".join([*rows[:index], *new, *rows[index:]]) + "\n", line


# ------------------------------------------------------------------------------------ the files


def _write(room: Newsroom, files: Mapping[str, str], name: str) -> list[Start]:
    """Write new files, all or none; none of them may exist."""
    for path in files:
        if (room.content / path).exists():
            raise StartError(f"{room.content.name}/{path} is there already; choose an id: ID=…")
    _check(room, files)
    made = []
    for path, text in files.items():
        target = room.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        line = next((n for n, row in enumerate(text.split("\n"), 1) if "- id: " in row[:8]), 1)
        made.append(Start(target, line, name))
    return _done(room, made)


def _change(path: Path, text: str) -> None:
    """Write a changed text with the line ends and the mark at the beginning that the file has."""
    old = path.read_bytes()
    line_end = "\r\n" if b"\r\n" in old else "\n"
    mark = "\ufeff" if old.startswith(b"\xef\xbb\xbf") else ""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(mark + text.removeprefix("\ufeff"), encoding="utf-8", newline=line_end)
    beside.replace(path)


def _check(room: Newsroom, files: Mapping[str, str]) -> None:
    """Raise ContentError with what would be wrong with the site that is right without the files."""
    report = _read_with(room, files).report
    before = {(p.code, p.message) for p in room.site.report.problems}
    new = [p for p in report.problems if _is_new_error(p, before)]
    if new:
        raise ContentError(Report(tuple(new), report.texts))


def _is_new_error(problem: Problem, before: set[tuple[str, str]]) -> bool:
    return problem.severity == "error" and (problem.code, problem.message) not in before


def _read_with(room: Newsroom, files: Mapping[str, str]) -> ReadSite:
    loaded = room.site.loaded
    name = room.content.name
    kept = [file for file in loaded.files if file.path.as_posix() not in files]
    new = [ContentFile(PurePosixPath(p), f"{name}/{p}", text) for p, text in files.items()]
    return link_site(replace(loaded, files=(*kept, *new)), room.settings, name=name)


def _done(room: Newsroom, made: list[Start]) -> list[Start]:
    """What is new is known to the editor at once."""
    texts = {
        start.file.relative_to(room.content).as_posix(): start.file.read_text(encoding="utf-8")
        for start in made
    }
    refresh_schemas(room.root, _read_with(room, texts))
    return made


# ---------------------------------------------------------------------------------- the commands


@dataclass(frozen=True, slots=True)
class Question:
    """Something a command needs: the name that it has for `make`, and how it is asked for."""

    name: str
    words: str
    is_needed: bool = True


#: What each command asks for, in this order.
QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "new-story": (Question("title", "What is the story called?"),),
    "new-article": (
        Question("title", "The headline?"),
        Question("story", "The id of its story? (Enter for none)", is_needed=False),
    ),
    "new-actor": (
        Question("name", "The full name?"),
        Question("kind", "person, organization, country or group? (Enter: person)", False),
    ),
    "new-event": (
        Question("title", "What happened, as a sentence in the present tense?"),
        Question("article", "Which article says so? (the name of its file)"),
        Question("date", "When? Like 2026-03-09, 2026-03 or 2026~ (Enter: not known)", False),
    ),
}


def complete(
    command: str, given: Mapping[str, str], ask: Callable[[str], str] | None
) -> dict[str, str]:
    """What was given, with the rest asked for; without `ask`, and in vain, raises StartError.

    The error names everything that is missing and shows the whole command.
    """
    values = {key: " ".join(value.split()) for key, value in given.items()}
    for question in QUESTIONS[command]:
        if not values.get(question.name) and ask is not None:
            values[question.name] = " ".join(ask(f"{question.words} ").split())
    missing = [q.name for q in QUESTIONS[command] if q.is_needed and not values.get(q.name)]
    if missing:
        names = " and ".join(name.upper() for name in missing)
        example = " ".join(f"{q.name.upper()}=…" for q in QUESTIONS[command] if q.is_needed)
        raise StartError(f"missing: {names}. The whole command: make {command} {example}")
    return values


def make_start(
    room: Newsroom, command: str, given: Mapping[str, str], ask: Callable[[str], str] | None
) -> list[Start]:
    """Do what a command says; raises StartError, or ContentError with what would be wrong."""
    values = complete(command, given, ask)
    name = values.get("id", "")
    date, story, kind = (values.get(key, "") for key in ("date", "story", "kind"))
    match command:
        case "new-story":
            return new_story(room, values["title"], name)
        case "new-article":
            return new_article(room, values["title"], name, date=date, story=story)
        case "new-actor":
            return new_actor(room, values["name"], name, kind=kind)
        case _:
            return new_event(room, values["title"], values["article"], name, date=date)
