"""An id is changed everywhere it stands, and the old one becomes a former id.

`plan_renaming` finds every place: the record, entry or files that have the id, what refers to it,
and links in texts. It is all or nothing: the content is linked again with the changes made, and
where anything is wrong then that was not before, nothing is changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from .edits import Edit, EditError, apply_edits, replace_scalar
from .frontmatter import head_of, split_document
from .link import record_id
from .load import ContentFile, Loaded
from .model import Claim, Position, Quote, Record, id_hints, is_id, read_record
from .problems import suggestion
from .settings import Settings
from .site import ReadSite, link_site
from .tree import Mapping as Tree
from .tree import Node, Scalar, Sequence, parse_yaml
from .validate import SECTIONS

__all__ = ["KINDS", "Renaming", "RenamingError", "plan_renaming"]

#: Which kind of id stands under a key, wherever that is.
REFERENCES: Mapping[str, str] = {
    **dict.fromkeys(("rests_on", "same", "after", "before", "event", "quote"), "record"),
    **dict.fromkeys(("since", "until", "records"), "record"),
    **dict.fromkeys(("actors", "actor", "according_to", "of", "not"), "actor"),
    **dict.fromkeys(("stories", "story"), "story"),
    **dict.fromkeys(("pin", "block"), "article"),
    "place": "place",
    "issue": "issue",
}
#: Keys whose items may be one `id: words`.
WHO = frozenset({"actors", "actor", "according_to"})
KINDS = ("record", "actor", "place", "term", "issue", "story", "article")
#: The files of one line an entry, and the folders of one file an entry.
LINES = {"actors": "actor", "places": "place", "terms": "term", "issues": "issue"}
FOLDERS = {"articles": "article", "stories": "story", "actors": "actor"}


class RenamingError(Exception):
    """An id that cannot be changed so; the text is for the person at the terminal."""


@dataclass(frozen=True)
class Renaming:
    """What changes: texts by the name of the file, and files that get another name."""

    kind: str
    changes: Mapping[str, tuple[str, str]]
    """Each file's text before and after, by the name that it has now."""
    moves: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)


def plan_renaming(
    site: ReadSite, settings: Settings, old: str, new: str, *, kind: str = "", name: str = "content"
) -> Renaming:
    """Everything that changes with an id; raises RenamingError where it cannot be changed."""
    if site.report.errors:
        count = len(site.report.errors)
        raise RenamingError(f"the content has errors ({count}); mend them first: make check")
    kind = _check(site, old, new, kind)
    planner = _Planner(site, kind, old, new)
    edits = {file.name: tuple(planner.edits_of(file)) for file in site.loaded.files}
    edits = {file: tuple(dict.fromkeys(found)) for file, found in edits.items() if found}
    moves = {file.name: to for file in site.loaded.files if (to := planner.move_of(file))}
    texts = {file.name: file.text for file in site.loaded.files}
    changes = {file: (texts[file], apply_edits(texts[file], edits[file])) for file in edits}
    renaming = Renaming(kind, changes, moves, edits)
    _check_result(site, settings, renaming, name)
    return renaming


# ---- what may be changed


def _ids(site: ReadSite) -> dict[str, set[str]]:
    """All ids by kind, those of drafts too."""
    content = site.content
    records = {name for file in site.loaded.files for name, _, _ in _records(file)}
    return {
        "record": records,
        "actor": set(content.actors),
        "place": set(content.places),
        "term": set(content.terms),
        "issue": set(content.issues),
        "story": set(content.stories),
        "article": set(content.articles),
    }


def _check(site: ReadSite, old: str, new: str, kind: str) -> str:
    """The kind of the old id; raises RenamingError unless it is there once and the new is free."""
    ids = _ids(site)
    kind = "record" if kind in {k.kind for k in SECTIONS.values()} else kind
    if kind and kind not in ids:
        raise RenamingError(f"KIND is '{kind}'; it must be one of: {', '.join(KINDS)}")
    found = [one for one in ids if old in ids[one] and kind in ("", one)]
    if not found:
        near = suggestion(old, (i for one in ids if kind in ("", one) for i in ids[one]))
        raise RenamingError("; ".join([f"there is no {kind or 'id'} '{old}'", *near]))
    if len(found) > 1:
        which = " or ".join(f"KIND={one}" for one in found)
        raise RenamingError(f"'{old}' is an id of several kinds: say which with {which}")
    if not is_id(new):
        raise RenamingError("; ".join([f"'{new}' cannot be an id", *id_hints(new)]))
    if new in ids[found[0]]:
        article = "an" if found[0][0] in "aeiou" else "a"
        raise RenamingError(f"there is {article} {found[0]} '{new}' already")
    if new in site.content.redirects:
        raise RenamingError(f"redirects.yaml leads '{new}' elsewhere; take that line out first")
    return found[0]


def _check_result(site: ReadSite, settings: Settings, renaming: Renaming, name: str) -> None:
    """Link the content as it would be: nothing may be wrong that was not."""
    files = []
    for file in site.loaded.files:
        _, text = renaming.changes.get(file.name, ("", file.text))
        moved = renaming.moves.get(file.name)
        if moved:
            path = file.path.with_name(PurePosixPath(moved).name)
            files.append(ContentFile(path, moved, text))
        else:
            files.append(replace(file, text=text))
    loaded = Loaded(tuple(files), site.loaded.images, site.loaded.problems)
    after = link_site(loaded, settings, name=name)
    before = Counter(problem.code for problem in site.report.problems)
    for problem in after.report.problems:
        if before[problem.code] == 0:
            place = problem.location
            raise RenamingError(
                f"with that, {place.file}:{place.line} would be wrong "
                f"({problem.code}: {problem.message})"
            )
        before[problem.code] -= 1


# ---- where it stands


def _records(file: ContentFile) -> Iterator[tuple[str, Record, Tree]]:
    """Id, record and node of each record of a file that has an id of its own."""
    if file.path.parent.name not in ("articles", "stories") or file.path.suffix != ".yaml":
        return
    root = parse_yaml(file.text, file.name)[0]
    for section, shape in SECTIONS.items():
        items = root.get(section) if isinstance(root, Tree) else None
        if section == "roles" or not isinstance(items, Sequence):
            continue
        for item in items.items:
            record = read_record(shape, item)[0]
            if record is not None and record.same is None and isinstance(item, Tree):
                yield record_id(record), record, item


@dataclass
class _Planner:
    site: ReadSite
    kind: str
    old: str
    new: str

    def __post_init__(self) -> None:
        ids = _ids(self.site)
        self.is_only = sum(self.old in found for found in ids.values()) == 1
        self.is_story = self.old in ids["story"]

    def move_of(self, file: ContentFile) -> str:
        """The new name of a file that is called by the id, or nothing."""
        stem, dot, ending = file.path.name.partition(".")
        if FOLDERS.get(file.path.parent.name) != self.kind or stem != self.old:
            return ""
        return file.name.removesuffix(file.path.name) + self.new + dot + ending

    def edits_of(self, file: ContentFile) -> Iterator[Edit]:
        """Every change to one file."""
        yield from self._links(file.text)
        if file.path.suffix == ".md":
            text, first_line = head_of(file.text)
            root: Node | None = split_document(file.text, file.name)[0].head
        else:
            text, first_line = file.text, 1
            root = parse_yaml(file.text, file.name)[0]
        if not isinstance(root, Tree):
            return
        at = _At(file.text, text, first_line)
        if self.move_of(file) and not (file.path.suffix == ".yaml" and self.kind == "article"):
            yield from _former(at, root, self.old)
        if file.path.name == "redirects.yaml":
            yield from self._redirects(at, root)
            return
        if not file.path.parent.name and LINES.get(file.path.stem) == self.kind:
            yield from self._entry(at, root)
        yield from self._references(at, root)
        for name, record, node in _records(file):
            if self.kind == "record" and name == self.old:
                yield from self._own(at, record, node)
            elif record.id is None and self._follows(record):
                yield from _insert_first(at, node, f"id: {name}")

    def _entry(self, at: _At, root: Tree) -> Iterator[Edit]:
        for key, value in root.entries:
            if key.value == self.old:
                yield at.replace(key, self.old, self.new)
                if isinstance(value, Tree):
                    yield from _former(at, value, self.old)

    def _redirects(self, at: _At, root: Tree) -> Iterator[Edit]:
        """What leads to the id; where several kinds have it, the former id still leads there."""
        for _, value in root.entries:
            if self.is_only and isinstance(value, Scalar) and value.value == self.old:
                yield at.replace(value, self.old, self.new)

    def _own(self, at: _At, record: Record, node: Tree) -> Iterator[Edit]:
        """The record itself."""
        written = node.get("id")
        if not isinstance(written, Scalar):
            entry = f"id: {self.new}"
            if node.get("was") is None:
                yield from _insert_first(at, node, entry, f"was: [{self.old}]")
                return
            yield from _insert_first(at, node, entry)
            yield from _former(at, node, self.old)
            return
        yield at.replace(written, self.old, self.new)
        yield from _former(at, node, self.old)

    def _follows(self, record: Record) -> bool:
        """Whether a record's id by rule would change with this one."""
        match record:
            case Quote() | Position() | Claim() if self.kind == "actor" and record.actor:
                return record.actor[0].actor == self.old
            case Position() if self.kind == "issue":
                return record.issue == self.old
            case Claim() if self.kind == "record":
                return record.quote == self.old
        return False

    def _references(self, at: _At, node: Node) -> Iterator[Edit]:
        match node:
            case Sequence():
                for item in node.items:
                    yield from self._references(at, item)
            case Tree():
                for key, value in node.entries:
                    if key.value in REFERENCES and not _is_section(key, value):
                        if REFERENCES[key.value] == self.kind:
                            yield from self._named(at, value, is_who=key.value in WHO)
                    else:
                        yield from self._references(at, value)

    def _named(self, at: _At, value: Node, *, is_who: bool) -> Iterator[Edit]:
        """The id where it is one of the values of a key."""
        for item in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(item, Scalar) and item.value == self.old:
                yield at.replace(item, self.old, self.new)
            elif is_who and isinstance(item, Tree):
                for key, _ in item.entries:
                    if key.value == self.old:
                        yield at.replace(key, self.old, self.new)

    # ---- links in texts

    def _links(self, text: str) -> Iterator[Edit]:
        for number, line in enumerate(text.split("\n"), 1):
            for found in self._link_pattern().finditer(line):
                folder = found.groupdict().get("folder")
                if folder is None or self._is_meant(folder):
                    start, end = found.span("id")
                    yield Edit((number, start + 1), (number, end + 1), self.new)

    def _link_pattern(self) -> re.Pattern[str]:
        name = rf"(?P<id>{re.escape(self.old)})"
        match self.kind:
            case "record":
                return re.compile(rf"(?:\]\(\s*<?|\]:\s*<?|href=[\"'])#{name}(?=[\s)>\"']|$)")
            case "article" | "story" | "actor":
                ending = r"(?:\.[A-Za-z-]+)?\.md" if self.kind == "article" else r"\.yaml"
                brace = r"(?:\{filename\}|%7Bfilename%7D)"
                path = r"(?P<folder>[^\s)>\"'#]*/)?"
                return re.compile(rf"{brace}{path}{name}{ending}(?=[\s)>\"'#]|$)", re.I)
        return re.compile(r"(?P<id>(?!))")

    def _is_meant(self, folder: str) -> bool:
        """Whether a link into a folder leads to this kind; without one a story goes first."""
        name = PurePosixPath(folder or ".").name
        return FOLDERS.get(name) == self.kind if name else True


def _is_section(key: Scalar, value: Node) -> bool:
    """Whether a key that may name ids is a list of records here (`quotes` is none of them)."""
    return key.value in SECTIONS and isinstance(value, Sequence)


# ---- changes by position


@dataclass(frozen=True)
class _At:
    """A file's text, its YAML, and the line on which that begins."""

    whole: str
    text: str
    first_line: int

    def line(self, number: int) -> str:
        """A line of the file."""
        return self.whole.split("\n")[number - 1]

    def replace(self, scalar: Scalar, old: str, new: str) -> Edit:
        """Another id in the place of one, in its quotes."""
        place = scalar.location
        line = self.line(place.line)
        column = place.column + (line[place.column - 1] in "'\"")
        if line[column - 1 : column - 1 + len(old)] == old:
            return Edit((place.line, column), (place.line, column + len(old)), new)
        where = (place.line, place.column)
        return replace_scalar(self.text, where, new, first_line=self.first_line)


def _insert(at: _At, node: Tree, index: int, *entries: str) -> Edit:
    """Entries in front of the one with that index."""
    place = node.entries[index][0].location
    spot = (place.line, place.column)
    behind = ", " if _is_flow(at, node) else f"\n{' ' * (place.column - 1)}"
    return Edit(spot, spot, "".join(entry + behind for entry in entries))


def _insert_first(at: _At, node: Tree, *entries: str) -> Iterator[Edit]:
    yield _insert(at, node, 0, *entries)


def _is_flow(at: _At, node: Tree) -> bool:
    return at.line(node.location.line)[node.location.column - 1 :].startswith("{")


def _former(at: _At, node: Tree, old: str) -> Iterator[Edit]:
    """The old id among the former ones."""
    was = node.get("was")
    if isinstance(was, Sequence) and was.items:
        first = was.items[0].location
        before = at.line(first.line)[: first.column - 1]
        spot = (first.line, first.column)
        yield Edit(spot, spot, f"{old}, " if was.is_flow else f"{old}\n{before}")
    elif isinstance(was, Scalar) and not was.is_empty:
        place = was.location
        yield Edit((place.line, place.column), (place.line, place.column), f"[{old}, ")
        end = (place.line, place.column + place.length)
        yield Edit(end, end, "]")
    elif not node.entries:
        raise EditError(f"there is nothing to add 'was: [{old}]' to in line {node.location.line}")
    else:
        # Pelican's own header lines know no brackets.
        yield _added(at, node, f"was: [{old}]" if at.text else f"Was: {old}")


def _added(at: _At, node: Tree, written: str) -> Edit:
    """A new entry behind the first one, or where that is not on a line of its own, before it."""
    places = [key.location for key, _ in node.entries]
    value = node.entries[0][1]
    if _is_flow(at, node):
        return _insert(at, node, min(1, len(places) - 1), written)
    is_last = len(places) == 1
    is_one_line = isinstance(value, Scalar) and value.location.line == places[0].line
    if is_one_line and not is_last and places[1].line == places[0].line + 1:
        line = at.line(places[0].line)
        spot = (places[0].line, len(line) + 1)
        return Edit(spot, spot, f"\n{' ' * (places[0].column - 1)}{written}")
    return _insert(at, node, 0 if is_last else 1, written)
