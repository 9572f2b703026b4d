"""Texts to records: every file is parsed and validated, and all problems are collected.

A record that is wrong does not hide the others of its file, and its id still counts as known, so
that N mistakes give N messages. References between records are checked later, in `link.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any, TypeAlias, TypeVar

from .cuts import Cuts
from .dates import date_of
from .frontmatter import Document, split_document
from .limits import DEFAULT_LIMITS, Limits, raising
from .load import ContentFile
from .model import (
    Actor,
    Annotations,
    Claim,
    Event,
    FrontMatter,
    Issue,
    PageMatter,
    Place,
    Position,
    Question,
    Quote,
    ReadRecord,
    Record,
    Records,
    Role,
    Shape,
    SiteFile,
    Story,
    Term,
    example,
    id_hints,
    is_id,
    not_an_id,
    read_record,
    read_remains,
    slugify,
)
from .problems import Location, Problem, did_you_mean
from .sheet import UNREAD_ROWS, read_sheet
from .sheet_rows import Names, RowTree, SheetEvent, names_of
from .sound_files import NO_FILES, FileKey, SoundFile, SoundFiles
from .tree import Mapping, Node, Scalar, Unread, parse_yaml
from .tree import Sequence as ListNode
from .which_record import doubt

Parse: TypeAlias = Callable[[str, str, int, Limits], tuple[Node | None, list[Problem]]]
Split: TypeAlias = Callable[[str, str, Limits], tuple[Document, list[Problem]]]

#: What the files of a folder are.
_KINDS = {"articles": "article", "stories": "story", "actors": "actor", "pages": "page"}

#: The sections of records in sidecars and stories.
SECTIONS: dict[str, type[Record]] = {
    "roles": Role,
    "events": Event,
    "quotes": Quote,
    "positions": Position,
    "claims": Claim,
    "questions": Question,
}


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article as read: front matter, Markdown, and the records of its sidecar."""

    slug: str
    file: str
    matter: FrontMatter
    body: str
    body_line: int
    records: Records
    lang: str = ""
    """Set for a translation (`<slug>.<lang>.md`)."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A static page as read."""

    slug: str
    file: str
    matter: PageMatter
    body: str


#: Among known ids: the file that holds them could not be read, so any may be there.
EVERY_ID = "*"


@dataclass(frozen=True, slots=True)
class Content:
    """All records that are valid in themselves, by id, in the order of their files' names."""

    articles: dict[str, ArticleFile] = field(default_factory=dict)
    translations: dict[tuple[str, str], ArticleFile] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    pages: dict[str, PageFile] = field(default_factory=dict)
    redirects: dict[str, tuple[str, Location]] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)
    """Ids of what could not be read, by kind ("actor", "record", …): they count as known."""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def has_unread(self) -> bool:
        """True where a file of records could not be read, so that ids by rule are unknown."""
        return bool(self.known.get("unread"))

    def is_known(self, kind: str, name: str) -> bool:
        """Whether an id stands in a file or record that could not be read."""
        return not {name, EVERY_ID}.isdisjoint(self.known.get(kind, ()))


def validate_content(
    files: Iterable[ContentFile],
    *,
    zone: tzinfo | None = None,
    unread: Iterable[ContentFile] = (),
    cuts: Cuts | None = None,
    parse: Parse = parse_yaml,
    split: Split = split_document,
    read: ReadRecord = read_record,
    limits: Limits = DEFAULT_LIMITS,
    known: SoundFiles = NO_FILES,
) -> tuple[Content, list[Problem]]:
    """The records of all files, and everything that is wrong with the files one by one.

    `zone` is the time zone of times that are written without an offset. `unread` are files that
    could not be read and are reported already: what they hold counts as known. What is in `cuts`
    is read as if nobody had written it. `parse` reads a file of YAML and `split` an article, given
    text and name, and `read` makes a record of a node. Articles and annotations that are `known`
    are not read again.
    """
    known = NO_FILES if cuts else known
    reader = _Reader(zone, cuts or Cuts(), parse, split, read, limits, known)
    ordered = sorted(files, key=lambda file: file.path.as_posix())
    for file in ordered:
        reader.content.texts[file.name] = file.text
    for file in ordered:
        if file.path.suffix == ".yaml" and file.path.parent.as_posix() != "stories":
            reader.read_yaml(file)
    reader.read_stories([f for f in ordered if f.path.parent.as_posix() == "stories"])
    for file in ordered:
        if file.path.suffix == ".md":
            reader.read_markdown(file)
    for file in unread:
        reader.know_unread(file)
    reader.check_sidecars()
    return reader.content, _with_names(reader.problems, reader.content)


S = TypeVar("S", bound=Shape)


class _Reader:
    """Collects records and problems while the files are read."""

    def __init__(
        self,
        zone: tzinfo | None,
        cuts: Cuts,
        parse: Parse,
        split: Split,
        read: ReadRecord,
        limits: Limits,
        known: SoundFiles,
    ) -> None:
        self.known = known
        self.zone = zone
        self.limits = limits
        self.cuts = cuts
        self.parse = parse
        self.split = split
        self.read_record = read
        self.content = Content()
        self.problems: list[Problem] = []
        self.sidecars: dict[str, tuple[Records, str]] = {}
        self.slugs: set[str] = set()

    # ------------------------------------------------------------------------------- YAML

    def read_yaml(self, file: ContentFile) -> None:
        folder = file.path.parent.as_posix()
        name = file.path.name.removesuffix(".yaml")
        if folder == "articles":
            self.sidecars[name] = (self._read_annotations(file), file.name)
            return
        node, problems = self._tree(file)
        self.problems.extend(problems)
        if folder == ".":
            self._read_single(name, node, file, bool(problems))
        elif folder == "actors" and self._has_good_name(file, name):
            actor = self._read(Actor, node, file, "the file", bool(problems))
            if name in self.content.actors and actor is not None:
                self._duplicate("actor", name, actor.where(), self.content.actors[name].where())
            self._keep("actor", self.content.actors, name, actor)

    def _read_annotations(self, file: ContentFile) -> Annotations:
        key = FileKey(file.name, file.text, self.zone, self.limits)
        known = self.known.get(key)
        if known is not None and isinstance(known.record, Annotations):
            return known.record
        before = len(self.problems)
        node, problems = self._tree(file)
        self.problems.extend(problems)
        records = self._read_records(Annotations, node, file, bool(problems))
        if records is not None and len(self.problems) == before:
            self.known.put(key, SoundFile(records))
        return records or Annotations()

    def _tree(self, file: ContentFile) -> tuple[Node | None, list[Problem]]:
        """What a file of YAML says, without what is cut."""
        found = self.parse(file.text, file.name, 1, self.limits)
        return self.cuts.tree(file.name, *found)

    def know_unread(self, file: ContentFile) -> None:
        """What a file that cannot be read would have held counts as known."""
        self.content.texts[file.name] = file.text
        stem = file.path.name.partition(".")[0]
        folder = file.path.parent.as_posix()
        kind = _KINDS[folder] if folder in _KINDS else stem.removesuffix("s")
        name = stem if folder in _KINDS else EVERY_ID
        self.content.known.setdefault(kind, set()).add(name)
        if file.path.suffix == ".yaml":
            self._know_ids(file.text)
        elif folder == "articles":
            self.slugs.add(stem)
            self._forget_sidecar(file)

    def read_stories(self, files: Sequence[ContentFile]) -> None:
        """Each story from its YAML, its sheet or both; in sheets actors may stand by name."""
        by_name: dict[str, dict[str, ContentFile]] = {}
        for file in files:
            by_name.setdefault(file.path.stem, {})[file.path.suffix] = file
        names = names_of(self.content.actors, self.content.places)
        for name, parts in sorted(by_name.items()):
            yaml, sheet = parts.get(".yaml"), parts.get(".csv")
            main = yaml or sheet
            if main is not None and self._has_good_name(main, name):
                self._read_story(name, main, yaml, sheet, names)

    def _read_story(
        self,
        name: str,
        file: ContentFile,
        yaml: ContentFile | None,
        sheet: ContentFile | None,
        names: Names,
    ) -> None:
        node, problems = (
            self.cuts.tree(yaml.name, *self.parse(yaml.text, yaml.name, 1, self.limits))
            if yaml
            else (None, [])
        )
        self.problems.extend(problems)
        if yaml is not None and node is None and problems:
            self._know_ids(yaml.text)
        is_broken = bool(problems)
        if sheet is not None and (node is None or isinstance(node, Mapping)):
            node, more = read_sheet(
                sheet.text,
                sheet.name,
                node,
                names=names,
                zone=self.zone,
                expects_title=not is_broken,
            )
            self.problems.extend(more)
            if any(p.code in UNREAD_ROWS for p in more):
                self.content.known.setdefault("unread", set()).add("*")
        elif sheet is not None:
            self.content.known.setdefault("unread", set()).add("*")
        story = self._read_records(Story, node, file, is_broken)
        self._keep("story", self.content.stories, name, story)

    def _keep(self, kind: str, target: dict[str, S], name: str, record: S | None) -> None:
        if record is None or not record.is_whole:
            self.content.known.setdefault(kind, set()).add(name)
        if record is not None:
            target[name] = record

    def _has_good_name(self, file: ContentFile, name: str) -> bool:
        if is_id(name):
            return True
        kind = _KINDS[file.path.parent.as_posix()]
        self.content.known.setdefault(kind, set()).update({name, slugify(name)})
        message = f"{not_an_id(name)}, which the name of this file becomes"
        self.problems.append(Problem("bad-id", Location(file.name), message, id_hints(name)))
        return False

    def _read_single(self, name: str, node: Node | None, file: ContentFile, broken: bool) -> None:
        if name == "site":
            self._read(SiteFile, node, file, "the file", broken)
            return
        kinds: dict[str, tuple[str, type[Shape], dict[str, Any]]] = {
            "actors": ("actor", Actor, self.content.actors),
            "places": ("place", Place, self.content.places),
            "terms": ("term", Term, self.content.terms),
            "issues": ("issue", Issue, self.content.issues),
        }
        if node is None:
            if broken and name in kinds:
                known = self.content.known.setdefault(kinds[name][0], set())
                known.update(re.findall(r"^([a-z0-9-]+):", file.text, re.M))
            return
        if not isinstance(node, Mapping):
            message = "the file must be a mapping of 'id: …' lines"
            shape_here = kinds[name][1] if name in kinds else None
            hints = (_entry_hint(shape_here, node),) if shape_here else ()
            self.problems.append(Problem("wrong-type", node.location, message, hints))
            self.content.known.setdefault(name.removesuffix("s"), set()).add(EVERY_ID)
            return
        for key, value in node.entries:
            if name == "redirects":
                self._read_redirect(key, value)
                continue
            kind, shape, target = kinds[name]
            self._read_entry(kind, shape, target, key, value)

    def _read_entry(
        self, kind: str, shape: type[Shape], target: dict[str, Any], key: Scalar, value: Node
    ) -> None:
        if not is_id(key.value):
            hints = id_hints(key.value)
            problem = Problem("bad-id", key.location, not_an_id(key.value), hints)
            self.problems.append(problem)
            self.content.known.setdefault(kind, set()).update({key.value, slugify(key.value)})
            return
        what = f"{kind} '{key.value}'"
        record, problems = self.read_record(shape, value, zone=self.zone, what=what)
        self.problems.extend(problems)
        self._keep(kind, target, key.value, record)

    def _read_redirect(self, key: Scalar, value: Node) -> None:
        if not isinstance(value, Scalar) or value.is_empty:
            message = f"'{key.value}' must name the id that took its place"
            self.problems.append(Problem("wrong-type", value.location, message))
            return
        if not is_id(key.value):  # it becomes the name of a folder
            hints = id_hints(key.value)
            self.problems.append(Problem("bad-id", key.location, not_an_id(key.value), hints))
            return
        self.content.redirects[key.value] = (value.value, value.location)

    def _read(
        self, shape: type[S], node: Node | None, file: ContentFile, what: str, broken: bool
    ) -> S | None:
        if node is None:
            if not broken:
                self.problems.append(
                    Problem("empty-value", Location(file.name), f"{what} is empty")
                )
            return None
        record, problems = self.read_record(shape, node, zone=self.zone, what=what)
        self.problems.extend(problems)
        return record

    def _duplicate(self, kind: str, name: str, place: Location, first: Location) -> None:
        self.problems.append(
            Problem(
                "duplicate-id",
                place,
                f"the {kind} '{name}' is described twice",
                (f"it stands first in {first.file}, line {first.line}; keep one of the two",),
            )
        )

    # ---------------------------------------------------------------------------- records

    def _read_records(
        self, shape: type[S], node: Node | None, file: ContentFile, broken: bool
    ) -> S | None:
        """A file of records: the file's own keys first, then each record by itself."""
        if node is None:
            if broken:
                self._know_ids(file.text)
            elif shape is Story:
                self.problems.append(
                    Problem(
                        "empty-value",
                        Location(file.name),
                        "the story is empty",
                        ("one line is enough to begin with: 'title: …'",),
                    )
                )
            return None
        if not isinstance(node, Mapping):
            return self._read(shape, node, file, "the file", broken)
        self._check_number(node)
        own = Mapping(
            tuple((k, v) for k, v in node.entries if k.value not in SECTIONS), node.location
        )
        record = self._read(shape, own, file, "the file", broken)
        record = record or read_remains(shape, own, zone=self.zone)
        sections = {
            key.value: tuple(self._read_section(SECTIONS[key.value], key.value, value))
            for key, value in node.entries
            if key.value in SECTIONS
        }
        if record is None:
            for items in sections.values():
                self.content.known.setdefault("record", set()).update(
                    item.id for item in items if item.id
                )
            self.content.known.setdefault("unread", set()).add("*")
            return None
        if not record.is_whole:
            known = self.content.known.setdefault("record", set())
            known.update(item.id for items in sections.values() for item in items if item.id)
        filled = record.model_copy(update=sections)
        filled._node, filled._is_whole = node, record.is_whole
        return filled

    def _check_number(self, node: Mapping) -> None:
        """Report the first record that is one too many."""
        items = [
            item
            for key, value in node.entries
            if key.value in SECTIONS and isinstance(value, ListNode)
            for item in value.items
        ]
        most = self.limits.records
        if len(items) > most:
            message = (
                f"here are {len(items):,} records, and at most {most:,} in one file are allowed"
            )
            hints = ("split it: beside each article, what that article says", raising("records"))
            place = _head(items[most].location)
            self.problems.append(Problem("too-many", place, message, hints))

    def _read_section(self, shape: type[Record], name: str, node: Node) -> Iterable[Record]:
        if isinstance(node, Unread):
            return
        if not isinstance(node, ListNode):
            is_empty = isinstance(node, Scalar) and node.is_empty
            message = f"'{name}' is empty" if is_empty else f"'{name}' must be a list"
            hints = _list_hints(shape, node)
            if is_empty:
                hints = ("write a record, which begins with '- ', or delete the line",)
            code = "empty-value" if is_empty else "wrong-type"
            self.problems.append(Problem(code, node.location, message, hints))
            return
        for item in node.items:
            kind = SheetEvent if isinstance(item, RowTree) else shape
            what = f"an entry of '{name}'"
            record, problems = self.read_record(kind, item, zone=self.zone, what=what)
            self.problems.extend(problems)
            if record is None:
                self._know_record(item)
                remains = read_remains(kind, item, zone=self.zone)
                if remains is not None:
                    yield remains
            elif self._is_complete(record):
                self.problems.extend(_cut_passages(record))
                yield record

    def _is_complete(self, record: Record) -> bool:
        """Whether a record has what its kind needs; `same` takes it from the other record."""
        if record.same is not None:
            return True
        missing = [key for key in record.required if not getattr(record, key)]
        same = "what another article describes already is written '{same: its-id, …}'"
        for key in missing:
            others = (same,) if record.kind != "role" else ()
            hints = (f"add '{key}: …'", *others, *doubt(record.kind))
            message = f"the {record.kind} has no '{key}'"
            self.problems.append(Problem("missing-key", _head(record.where()), message, hints))
        if missing and record.id:
            self.content.known.setdefault("record", set()).add(record.id)
        return not missing

    def _know_record(self, item: Node) -> None:
        """The ids of a record that is wrong: written, or as near the rule as can be told."""
        known = self.content.known.setdefault("record", set())
        if not isinstance(item, Mapping):
            return
        written = item.get("id")
        if isinstance(written, Scalar):
            known.add(written.value)
            return
        words = {
            key: value.value
            for key in ("actor", "text", "issue", "title", "question")
            if isinstance(value := item.get(key), Scalar)
        }
        known.add(slugify(" ".join([words.get("actor", ""), *words.get("text", "").split()[:3]])))
        known.add(slugify(f"{words.get('actor', '')} {words.get('issue', '')}"))

    def _know_ids(self, text: str) -> None:
        found = re.findall(r"^\s*(?:- )?\{?\s*id:\s*([a-z0-9-]+)", text, re.M)
        self.content.known.setdefault("record", set()).update(found)
        self.content.known.setdefault("unread", set()).add("*")

    # --------------------------------------------------------------------------- Markdown

    def read_markdown(self, file: ContentFile) -> None:
        stem, _, lang = file.path.name.removesuffix(".md").partition(".")
        is_page = file.path.parent.as_posix() == "pages"
        key = FileKey(file.name, file.text, self.zone, self.limits)
        # Whether a translation is sound hangs on the other ones.
        is_alone = not (is_page or lang)
        known = self.known.get(key) if is_alone else None
        if known is not None and isinstance(known.record, FrontMatter):
            self.slugs.add(stem)
            self._keep_article(file, stem, lang, known.record, known.body, known.body_line)
            return
        before = len(self.problems)
        document, problems = self._split(file)
        self.problems.extend(problems)
        if not is_page:
            self.slugs.add(stem)
        if not self._has_good_name(file, stem):
            self._forget_sidecar(file)
            return
        if lang and self._has_bad_language(file, stem, lang):
            return
        if document.head is None:
            self.content.known.setdefault("page" if is_page else "article", set()).add(stem)
            self._forget_sidecar(file)
            return
        if is_page:
            matter = self._read(PageMatter, document.head, file, "the front matter", False)
            page = PageFile(stem, file.name, matter, document.body) if matter else None
            if page is not None:
                self.content.pages[stem] = page
            return
        body, line = document.body, document.body_line
        read = self._read_article(file, stem, lang, document.head, body, line)
        if is_alone and read is not None and len(self.problems) == before:
            self.known.put(key, SoundFile(read, body, line))

    def _has_bad_language(self, file: ContentFile, stem: str, lang: str) -> bool:
        """Report a language that is none, and one that another file has in other letters."""
        is_one = re.match(r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", lang) and is_id(lang.lower())
        hint = "a translation is called <slug>.<language>.md, for example fire.de.md"
        if not is_one:
            message = f"'{lang}' is not a language"
            self.problems.append(Problem("bad-id", Location(file.name), message, (hint,)))
            return True
        for slug, other in self.content.translations:
            if slug == stem and other.lower() == lang.lower() and other != lang:
                message = f"'{file.path.name}' and '{slug}.{other}.md' are one page on some systems"
                self.problems.append(
                    Problem("bad-file-name", Location(file.name), message, (hint,))
                )
                return True
        return False

    def _split(self, file: ContentFile) -> tuple[Document, list[Problem]]:
        """Head and body without what is cut."""
        document, problems = self.split(file.text, file.name, self.limits)
        head, problems = self.cuts.tree(file.name, document.head, problems)
        body = self.cuts.text(file.name, document.body)
        return Document(
            head if isinstance(head, Mapping) else None, body, document.body_line
        ), problems

    def _read_article(
        self, file: ContentFile, stem: str, lang: str, head: Mapping, body: str, line: int
    ) -> FrontMatter | None:
        matter = self._read(FrontMatter, head, file, "the front matter", False)
        if matter is None:
            matter = read_remains(FrontMatter, head, zone=self.zone)
        elif not self._is_publishable(matter, body, file, line):
            matter = None
        if matter is not None and matter.date is None:
            # Its records are looked at all the same: any day will do.
            matter = matter.model_copy(update={"date": date_of(2000, 1, 1)})
        if matter is None:
            self.content.known.setdefault("article", set()).add(stem)
            self._forget_sidecar(file)
            return None
        self._keep_article(file, stem, lang, matter, body, line)
        return matter

    def _keep_article(
        self, file: ContentFile, stem: str, lang: str, matter: FrontMatter, body: str, line: int
    ) -> None:
        records, _ = self.sidecars.get(file.path.name.removesuffix(".md"), (Annotations(), ""))
        article = ArticleFile(stem, file.name, matter, body, line, records, lang)
        if lang:
            self.content.translations[(stem, lang)] = article
        else:
            self.content.articles[stem] = article

    def _forget_sidecar(self, file: ContentFile) -> None:
        """An article that cannot be read: its records are known, and not looked at."""
        slug = file.path.name.removesuffix(".md")
        if file.path.parent.as_posix() != "articles" or slug not in self.sidecars:
            return
        self.content.known.setdefault("unread", set()).add("*")
        known = self.content.known.setdefault("record", set())
        for section in SECTIONS:
            known.update(r.id for r in getattr(self.sidecars[slug][0], section) if r.id)

    def _is_publishable(self, matter: FrontMatter, body: str, file: ContentFile, line: int) -> bool:
        if matter.date is None:
            message = "'date' is missing: when was this published?"
            hints = ("for example: date: 2026-01-24",)
            self.problems.append(Problem("missing-key", Location(file.name), message, hints))
            return False
        if not _is_publication_day(matter):
            message = f"'{matter.date.edtf}' is not a day, and an article is published on one"
            hints = ("for example: date: 2026-01-24",)
            self.problems.append(Problem("bad-date", matter.where("date"), message, hints))
            return False
        if matter.kind == "article" and not body.strip():
            message = "the article has no text"
            hints = ("write 'kind: brief' where only the headline is known",)
            self.problems.append(Problem("empty-value", Location(file.name, line), message, hints))
            return False
        return True

    def check_sidecars(self) -> None:
        """Annotations without an article are an error."""
        for slug, (_, file) in sorted(self.sidecars.items()):
            if slug not in self.slugs:
                article = file.removesuffix(".yaml") + ".md"
                message = "no article belongs to these annotations"
                near = did_you_mean(slug, self.slugs - set(self.sidecars))
                hints = (
                    f"there is no {article} beside them",
                    *((f"did you mean to call this file '{near}.yaml'?",) if near else ()),
                )
                self.problems.append(Problem("no-article", Location(file), message, hints))


def _list_hints(shape: type[Record], node: Node) -> tuple[str, ...]:
    """How records that stand without `- ` become a list."""
    rule = "each record begins with '- ', and its keys stand in one column behind it"
    if not isinstance(node, Mapping) or not node.entries:
        return (rule,)
    key, value = node.entries[0]
    if isinstance(value, Mapping):
        return (rule, f"write '- id: {key.value}' in place of '{key.value}:'")
    if key.value not in shape.model_fields:
        return (rule,)
    blanks = key.location.column - 3
    if blanks < 0:
        return (rule, f"put '- ' in front of '{key.value}', and two spaces before the other keys")
    return (rule, f"begin the line with '{' ' * blanks}- {key.value}:', and leave the other keys")


def _entry_hint(shape: type[Shape], node: Node) -> str:
    """How an entry of a list becomes one with its id in front."""
    first = node.items[0] if isinstance(node, ListNode) and node.items else None
    name = first.get("name") or first.get("title") if isinstance(first, Mapping) else None
    entry = slugify(name.value) if isinstance(name, Scalar) else ""
    return f"each begins with its id: '{entry or 'my-id'}: {example(shape)}'"


def _with_names(problems: list[Problem], content: Content) -> list[Problem]:
    """The problems; where words stand in place of an id, with the id that is meant."""
    owners: dict[str, dict[str, None]] = {}
    groups: tuple[dict[str, Any], ...] = (content.actors, content.places, content.terms)
    groups += (content.issues, content.stories)
    for group in groups:
        for key, shape in group.items():
            names = (getattr(shape, "name", ""), getattr(shape, "title", ""))
            for name in filter(None, (*names, *getattr(shape, "aliases", ()))):
                owners.setdefault(not_an_id(name).casefold(), {})[key] = None
    for slug, article in content.articles.items():
        owners.setdefault(not_an_id(article.matter.title).casefold(), {})[slug] = None
    known = {key for group in (*groups, content.articles) for key in group}
    return [
        _with_known_id(problem, owners.get(problem.message.casefold(), {}), known)
        if problem.code == "bad-id" and _is_reference(problem.location, content)
        else problem
        for problem in problems
    ]


def _is_reference(place: Location, content: Content) -> bool:
    """Whether an id stands behind a key or a dash, and is not one that a record is given."""
    before = content.texts[place.file].split("\n")[place.line - 1][: place.column - 1]
    return bool(before.strip()) and not re.search(r"\b(?:id|was):[^:]*$", before)


def _with_known_id(problem: Problem, owners: Iterable[str], known: Iterable[str]) -> Problem:
    meant = tuple(f"the id is meant: '{key}'" for key in owners)
    if meant:
        return replace(problem, help=meant)
    written = problem.message.partition("' cannot")[0]
    near = None if "," in written else did_you_mean(slugify(written), known)
    first, *others = (hint for hint in problem.help if not hint.startswith("did you mean"))
    offer = (f"did you mean '{near}'?",) if near else ()
    return replace(problem, help=(first, *offer, *others))


def _is_publication_day(matter: FrontMatter) -> bool:
    date = matter.date
    return date is not None and date.precision in {"day", "minute", "second"} and not date.is_span


def _head(place: Location) -> Location:
    return Location(place.file, place.line, place.column, min(place.length, 60))


def _cut_passages(record: Record) -> Iterable[Problem]:
    """A warning where evidence in brackets may be one passage that a comma cuts in two."""
    node = record.node_of("evidence")
    if not isinstance(node, ListNode) or not node.is_flow or len(node.items) < 2:
        return
    code = "cut-by-comma"
    if code in record.allow or not any(isinstance(i, Scalar) and i.is_plain for i in node.items):
        return
    yield Problem(
        code,
        _head(node.location),
        f"these are {len(node.items)} passages, because in brackets each comma begins a new one",
        (
            "write each passage on a line of its own that begins with '- '",
            f"if it is meant, add 'allow: [{code}]' to the record",
        ),
        "warning",
    )


def by_file(problems: Sequence[Problem]) -> list[Problem]:
    """Problems in the order of a report, each once."""
    return sorted(dict.fromkeys(problems), key=Problem.sort_key)
