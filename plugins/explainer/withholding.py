"""Tonight's news goes out: a site without the records that are wrong and what hangs on them.

`leave_out_mistakes` links the content again and again, each time without what was found wrong
before, until nothing is. What an editor got wrong is left out as a whole: a record, an entry of
actors.yaml and its like, an article with all about it, a key of a story's own. What only refers to
something left out loses that reference; where it cannot do without, it is left out in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from .cuts import Cuts, path_at
from .dates import Date, DateError, is_before, parse_date
from .frontmatter import split_document
from .graph import Withheld
from .link import record_id
from .load import ContentFile, Loaded, load_content
from .model import is_id, read_record, read_remains
from .problems import Location, Problem, Report, annotation
from .settings import Settings
from .site import ReadSite, link_site
from .tree import Mapping, Node, Scalar, Sequence, follow, parse_yaml
from .tree import Path as TreePath
from .validate import SECTIONS

#: Keys whose reference a record cannot lose: without it, it would say something else.
REQUIRED = frozenset({"same", "until", "according_to"})
#: Keys under which actors stand, perhaps with words beside them.
WHO = frozenset({"actors", "actor", "according_to"})
#: The kinds of what each file or folder describes.
KINDS = {
    "actors": "actor",
    "places": "place",
    "terms": "term",
    "issues": "issue",
    "articles": "article",
    "stories": "story",
    "pages": "page",
    "redirects": "redirect of",
}


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """Something that is left out, where it stands, and why."""

    place: Location
    what: str
    why: str


@dataclass(frozen=True)
class KeptGoing(Report):
    """The report of a run that leaves out what is wrong: it names that first, and never fails."""

    left_out: tuple[Notice, ...] = ()

    @property
    def failed(self) -> bool:
        """Never: what is wrong is left out."""
        return False

    def text(self, color: bool = False) -> str:
        """What is left out, then the problems."""
        return "\n".join([*self._notices(), super().text(color)])

    def _notices(self) -> Iterator[str]:
        if self.left_out:
            yield f"LEFT OUT of what is published ({len(self.left_out)}):"
            for notice in self.left_out:
                place = notice.place
                yield f"  {place.file}:{place.line}:{place.column}: {notice.what}: {notice.why}"
            yield ""

    def github(self) -> str:
        """An annotation for each thing left out, then one for each problem."""
        left_out = [
            annotation("warning", one.place, "left out", f"{one.what} is left out: {one.why}")
            for one in self.left_out
        ]
        return "\n".join(filter(None, [*left_out, super().github()]))

    def markdown(self) -> str:
        """What is left out, then the problems."""
        notices = list(self._notices())
        if not notices:
            return super().markdown()
        return "\n".join(["```text", *notices[:-1], "```", "", super().markdown()])


def read_sound_site(folder: Path, settings: Settings, *, name: str = "content") -> ReadSite:
    """Load a folder and link what of it is sound; the report is a `KeptGoing`."""
    return leave_out_mistakes(load_content(folder, name, settings.limits), settings, name=name)


def leave_out_mistakes(loaded: Loaded, settings: Settings, *, name: str = "content") -> ReadSite:
    """Link what is sound of the content: pure. The report has every problem of the whole.

    Ends because every round leaves out more than the one before.
    """
    whole = link_site(loaded, settings, name=name)
    run = _Run(loaded, settings, whole)
    site = whole
    while run.leave_out(site):
        kept = tuple(f for f in loaded.files if f.name not in run.files)
        site = link_site(
            Loaded(kept, frozenset(loaded.published_images), ()),
            settings,
            name=name,
            cuts=Cuts(frozenset(run.paths), frozenset(run.links)),
            withheld=run.withheld(),
        )
    report = KeptGoing(
        whole.report.problems,
        whole.report.texts,
        files_read=whole.report.files_read,
        left_out=tuple(sorted(run.notices())),
    )
    return replace(site, loaded=loaded, report=report)


@dataclass
class _Run:
    """What is left out so far."""

    loaded: Loaded
    settings: Settings
    whole: ReadSite
    files: dict[str, str] = field(default_factory=dict)
    """Whole files by name, with the reason."""
    paths: dict[tuple[str, TreePath], str] = field(default_factory=dict)
    """Parts of files, with the reason."""
    links: dict[tuple[str, str], tuple[Location, str]] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    """Ids of what is left out, by kind."""
    earlier: frozenset[tuple[str, TreePath]] = frozenset()
    """The parts that were left out before this round."""
    unread: set[str] = field(default_factory=set)
    """Kinds of which a file could not be read: any id may have stood there."""
    trees: dict[str, Node | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name = {file.name: file for file in self.loaded.files}
        self.before = frozenset(problem.identity for problem in self.whole.report.problems)
        for kind, known in self.whole.content.known.items():
            self.ids.setdefault(kind, set()).update(known)
        for problem in self.loaded.problems:
            self.files[problem.location.file] = problem.message
            self._know_unread(PurePosixPath(problem.location.file))

    # ------------------------------------------------------------------------- deciding

    def leave_out(self, site: ReadSite) -> bool:
        """Leave out what is wrong in a site; whether anything was."""
        before = len(self.files), len(self.paths), len(self.links)
        self.earlier = frozenset(self.paths)
        problems = [p for p in site.report.problems if self._counts(p)]
        for problem in sorted(problems, key=self._rank):
            self._leave_out(problem)
        if not problems:
            return False
        if (len(self.files), len(self.paths), len(self.links)) != before:
            return True
        # What was found while loading is out of the second round.
        assert site is self.whole, f"nothing more can be left out for {problems[0]}"
        return True

    def _counts(self, problem: Problem) -> bool:
        """Errors count, and warnings that come only from what was left out."""
        return problem.severity == "error" or problem.identity not in self.before

    def _rank(self, problem: Problem) -> int:
        """Files that cannot be read go first, and what may only refer to something goes last."""
        if self._tree(problem.location.file) is None:
            return 0
        return 2 if problem.code.startswith("unknown-") or problem.code == "dead-link" else 1

    def _leave_out(self, problem: Problem) -> None:
        name = problem.location.file
        if name in self.files:
            return
        node = self._tree(name)
        path = path_at(node, problem.location.line, problem.location.column) if node else ()
        if self._lose_link(problem, path):
            return
        unit, why = self._unit(name, path), problem.message
        if self._is_consequence(problem):
            reference = _reference(path)
            why = f"'{self._named(problem)}' is left out"
            is_inside = len(reference) > len(unit) and (name, reference) not in self.earlier
            if is_inside and not self._is_required(node, reference):
                unit = reference
        self._cut(name, unit, why)

    def _cut(self, name: str, path: TreePath, why: str) -> None:
        """Leave out a part of a file; what is left out and still wrong takes its file along."""
        if (name, path) in self.paths.keys() - self.earlier or name in self.files:
            return
        if not path or (name, path) in self.earlier:
            self.files[name] = why
            for part in [part for file, part in self.paths if file == name]:
                del self.paths[name, part]
            if self._tree(name) is None and not name.endswith(".md"):
                self._know_unread(self.by_name[name].path)
        else:
            self.paths[name, path] = why
        self._know_ids(name, path)
        for claim in _answered(self._tree(name), path):
            for file, part in self._claims().get(claim, ()):
                self._cut(file, part, f"an answer to '{claim}' is left out")

    def _claims(self) -> dict[str, list[tuple[str, TreePath]]]:
        """Where each claim stands, by its id."""
        found: dict[str, list[tuple[str, TreePath]]] = {}
        for file in self.loaded.files:
            tree = self._tree(file.name)
            claims = tree.get("claims") if isinstance(tree, Mapping) else None
            for index in range(len(claims.items) if isinstance(claims, Sequence) else 0):
                part: TreePath = ("claims", index)
                for _, name, _ in _records(file, tree, part):
                    found.setdefault(name, []).append((file.name, part))
        return found

    def _lose_link(self, problem: Problem, path: TreePath) -> bool:
        """Take a link out of Markdown where its words can stand without it; whether it was."""
        target = self._slice(problem.location)
        is_body = problem.location.file.endswith(".md")
        if problem.code == "dead-link":
            stem = unquote(target).partition("#")[0].rpartition("/")[2].rpartition("}")[2]
            name = target[1:] if target.startswith("#") else stem.partition(".")[0]
            kinds = ("record",) if target.startswith("#") else ("article", "story", "actor", "page")
            is_lost = is_body or any(self._is_left_out(kind, name) for kind in kinds)
        elif problem.code == "unknown-record" and self._is_in_text(problem.location):
            is_lost = self._is_left_out("record", target)
            target = f"#{target}"
        else:
            return False
        key = (problem.location.file, target)
        if not is_lost or not target or key in self.links:
            return False
        self.links[key] = (problem.location, problem.message)
        return True

    def _is_in_text(self, place: Location) -> bool:
        """Whether a record's id stands in a link of Markdown."""
        return self._line(place)[: place.column - 1].endswith("](#")

    def _is_consequence(self, problem: Problem) -> bool:
        """Whether a problem names something that is left out."""
        kind = problem.code.removeprefix("unknown-")
        if kind == problem.code:
            return False
        return self._is_left_out(kind, self._named(problem))

    def _named(self, problem: Problem) -> str:
        """The id at a problem's place."""
        return self._slice(problem.location).strip("'\"")

    def _is_left_out(self, kind: str, name: str) -> bool:
        return kind in self.unread or name in self.ids.get(kind, ())

    @staticmethod
    def _is_required(node: Node | None, reference: TreePath) -> bool:
        """Whether a record says something else without a reference."""
        keys = [step for step in reference if isinstance(step, str)]
        if not keys or node is None:
            return True
        if keys[-1] == "stories":
            stories = follow(node, reference[: reference.index("stories") + 1])
            return not isinstance(stories, Sequence) or len(stories.items) < 2
        return keys[-1] in REQUIRED

    def _unit(self, name: str, path: TreePath) -> TreePath:
        """What is left out whole for a mistake at a path; () is the file."""
        if name.endswith(".md") or not path:
            return ()
        file = self.by_name[name].path
        part = _item(path, 0) if file.parent.name in ("articles", "stories") else ()
        if part:
            return part
        match file.parent.name:
            case "articles" | "stories":
                return path[:1]
            case "actors":
                return _item(path, 0) if path[0] in ("roles", "ties") else ()
        if file.stem == "site":
            return ()
        return _item(path, 1) if path[1:2] in (("roles",), ("ties",)) else path[:1]

    # -------------------------------------------------------------------------- the files

    def _tree(self, name: str) -> Node | None:
        """The tree of a file's YAML; None where it cannot be read."""
        if name not in self.trees:
            file = self.by_name.get(name)
            self.trees[name] = None
            if file is not None and name.endswith(".md"):
                self.trees[name] = split_document(file.text, name)[0].head
            elif file is not None:
                self.trees[name] = parse_yaml(file.text, name)[0]
        return self.trees[name]

    def _line(self, place: Location) -> str:
        lines = self.whole.content.texts.get(place.file, "").split("\n")
        return lines[place.line - 1] if place.line <= len(lines) else ""

    def _slice(self, place: Location) -> str:
        """The text at a place."""
        return self._line(place)[place.column - 1 : place.column - 1 + place.length]

    # ---------------------------------------------------------------------------- the ids

    def _know(self, kind: str, name: str) -> None:
        self.ids.setdefault(kind, set()).add(name)

    def _know_unread(self, path: PurePosixPath) -> None:
        """What may have stood in a file that cannot be read."""
        if "images" in path.parts:
            return  # known by its name, and without ids
        folder, stem = path.parent.name, path.name.partition(".")[0]
        if folder not in KINDS:
            self.unread.add(KINDS.get(stem, ""))
            return
        self._know(KINDS[folder], stem)
        if folder in ("articles", "stories") and path.suffix == ".yaml":
            self.unread.add("record")

    def _know_ids(self, name: str, path: TreePath) -> None:
        """The ids of what is left out with a part of a file."""
        file, node = self.by_name[name], self._tree(name)
        folder, stem = file.path.parent.name, file.path.name.partition(".")[0]
        for kind, record, _ in _records(file, node, path):
            if kind in ("event", "quote", "position", "claim", "question"):
                self._know("record", record)
        if folder and not path and (folder != "articles" or name.endswith(".md")):
            self._know(KINDS[folder], stem)
        if not folder and isinstance(node, Mapping):
            for key, _ in node.entries:
                if path[:1] in ((), (key.value,)):
                    self._know(KINDS.get(stem, ""), key.value)
        if path[:1] == ("lanes",) and node is not None:
            lane = follow(node, (*path, "id"))
            self._know("lane", lane.value if isinstance(lane, Scalar) else "")

    def withheld(self) -> tuple[Withheld, ...]:
        """The records that are left out and would be published, with where they would stand."""
        parts = sorted([*self.paths, *((name, ()) for name in self.files)])
        found: dict[str, Withheld] = {}
        for name, path in parts:
            file = self.by_name.get(name)
            if file is None:
                continue
            story, article = self._home(file)
            for kind, record, node in _records(file, self._tree(name), path):
                stories = [s for s in _listed(node, "stories") if s in self.whole.content.stories]
                home = next(iter(stories), story)
                if home is not None and self._is_left_out("story", home):
                    home = None
                if record not in found and is_id(record) and (home or article):
                    was = tuple(old for old in _listed(node, "was") if is_id(old))
                    found[record] = Withheld(record, kind, home, None if home else article, was)
        return tuple(found.values())

    def _home(self, file: ContentFile) -> tuple[str | None, str | None]:
        """The story and the article on whose pages the records of a file stand, if any does."""
        stem = file.path.name.partition(".")[0]
        if file.path.parent.name == "stories":
            return stem, None
        if file.path.parent.name != "articles" or file.path.suffix != ".yaml":
            return None, None
        article = file.name.removesuffix(".yaml") + ".md"
        head = self._tree(article)
        if not isinstance(head, Mapping) or not _is_public(head, self.settings.today):
            return None, None
        story = head.get("story")
        name = story.value if isinstance(story, Scalar) else None
        if name not in self.whole.content.stories:
            name = None
        return name, None if article in self.files else stem

    # ------------------------------------------------------------------------ the notices

    def notices(self) -> Iterator[Notice]:
        """What is left out, each once: parts of what is left out are not named again."""
        for name, why in self.files.items():
            yield Notice(Location(name), self._name_of_file(name), why)
        for (name, path), why in self.paths.items():
            node = self._tree(name)
            is_inside = any((name, path[:size]) in self.paths for size in range(1, len(path)))
            if node is not None and not is_inside:
                yield Notice(follow(node, path).location, self._name_of_part(name, path), why)
        for (name, target), (place, why) in self.links.items():
            if name not in self.files:
                yield Notice(place, f"the link to '{target}' (its words stay)", why)

    def _name_of_file(self, name: str) -> str:
        file = self.by_name.get(name)
        if file is not None and file.path.parent.name == "articles" and name.endswith(".md"):
            return f"article '{file.path.name.removesuffix('.md')}' with everything about it"
        if file is not None and self._tree(name) is None:
            return "the whole file (which ids stand in it cannot be known)"
        return "the whole file"

    def _name_of_part(self, name: str, path: TreePath) -> str:
        file, node = self.by_name[name], self._tree(name)
        found = next(iter(_records(file, node, path)), None)
        unit = self._unit(name, path)
        item = follow(node, path) if node is not None else None
        same = item.get("same") if isinstance(item, Mapping) else None
        if path == unit and isinstance(same, Scalar):
            return f"what adds to '{same.value}'"
        if path == unit and found is not None and isinstance(path[-1], int):
            return f"{found[0]} '{found[1]}'"
        if path == unit and not file.path.parent.name and len(path) == 1:
            return f"{KINDS.get(file.path.stem, 'entry')} '{path[0]}'"
        words = f"'{_key(path)}'"
        if path == unit:
            return f"{words}, entry {path[-1] + 1}" if isinstance(path[-1], int) else words
        shown = f" to '{item.value}'" if isinstance(item, Scalar) else ""
        return f"the reference{shown} in {words}"


def _answered(node: Node | None, path: TreePath) -> Iterator[str]:
    """The claims of other files that a part of a file has answers to."""
    claims = node.get("claims") if isinstance(node, Mapping) else None
    for index, item in enumerate(claims.items if isinstance(claims, Sequence) else ()):
        same = item.get("same") if isinstance(item, Mapping) else None
        answers = item.get("responses") if isinstance(item, Mapping) else None
        is_part = path == ("claims", index)[: len(path)]
        if is_part and isinstance(same, Scalar) and answers is not None:
            yield same.value


def _item(path: TreePath, at: int) -> TreePath:
    """The path up to an item of the list at a depth, where it leads into one."""
    return path[: at + 2] if len(path) > at + 1 and isinstance(path[at + 1], int) else ()


def _key(path: TreePath) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _reference(path: TreePath) -> TreePath:
    """The item or key that refers to something: `{merz: host}` goes as a whole."""
    if len(path) > 1 and isinstance(path[-1], str):
        above = path[-3:-2] if isinstance(path[-2], int) else path[-2:-1]
        if above and above[0] in WHO:
            return path[:-1]
    return path


def _records(
    file: ContentFile, node: Node | None, path: TreePath
) -> Iterator[tuple[str, str, Mapping]]:
    """Kind, id and node of each record in a part of a file; those with `same` have no anchor."""
    if file.path.parent.name not in ("articles", "stories") or not isinstance(node, Mapping):
        return
    for section, shape in SECTIONS.items():
        items = node.get(section)
        if not isinstance(items, Sequence) or section == "roles":
            continue
        for index, item in enumerate(items.items):
            if path != (section, index)[: len(path)] or not isinstance(item, Mapping):
                continue
            written = item.get("id")
            if isinstance(written, Scalar):
                yield shape.kind, written.value, item
            elif item.get("same") is None:
                record, _ = read_record(shape, item)
                record = record or read_remains(shape, item)
                name = record_id(record) if record is not None else ""
                if name:
                    yield shape.kind, name, item


def _listed(node: Mapping, key: str) -> Iterable[str]:
    """The texts under a key, one or many."""
    value = node.get(key)
    items = value.items if isinstance(value, Sequence) else (value,)
    return [item.value for item in items if isinstance(item, Scalar) and not item.is_empty]


def _is_public(head: Mapping, today: Date) -> bool:
    """Whether readers could see an article by its front matter, however much of it is wrong."""
    status, date = head.get("status"), head.get("date")
    if isinstance(status, Scalar) and status.value != "published":
        return False
    try:
        return isinstance(date, Scalar) and not is_before(today, parse_date(date.value))
    except DateError:
        return False
