"""Writes a site into a folder: makes what has changed, takes over what has not.

The pages are made part by part (`PageBuilder.parts`), each written as soon as it is made, so that
no build holds the texts of all of them. Parts are independent of one another: an Executor may make
them in several processes, and the result is the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from .apart import made_apart
from .export.recommended import recommended_json, recommended_line
from .graph import Graph
from .incremental import (
    BuildState,
    PageRecord,
    PartRecord,
    Values,
    next_state,
    pages_of,
    unchanged_parts,
)
from .output import take_over
from .pages.build import KnownCards
from .pages.contexts import Page
from .pages.feeds import build_feeds
from .progress import Progress
from .published import LIST, lasting_addresses, published_list
from .rendering import render_page
from .settings import Settings
from .site import (
    check_paths,
    map_entry,
    prepare_pages,
    read_theme,
    site_maps,
    theme_environment,
)
from .steps import PURE_STEPS, Steps
from .tracking import Reads, Trace, index
from .urls import Urls
from .workers import make_parts

#: Told of each page that was made, with the file that it was written to.
OnPage = Callable[[Path, Page], None]

#: Fewer articles than this are ranked before another process has started.
FEWEST_APART: Final = 500

#: What parts a path on this system, beside the slash: on Windows `\\`, and the colon of a drive.
_PARTING: Final = frozenset("\\:" if os.sep == "\\" else "")


@dataclass(frozen=True)
class OldBuild:
    """A build to take pages from: what it knows of them, and the folder that they are in."""

    state: BuildState
    output: Path


@dataclass(frozen=True)
class WrittenSite:
    """What was written."""

    records: tuple[PageRecord, ...]
    made: int
    """How many of the pages were made; the others were taken over."""
    state: BuildState | None
    """For the next build, where that was wanted."""
    sums: Mapping[str, str]
    """SHA-256 of the files, by path."""

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses that must go on working."""
        return frozenset(one for record in self.records for one in record.addresses)


class SiteWriter:
    """Makes the pages of a site and writes them into a folder, with all that belongs to them.

    With a `key` it notes what is read for each page, for the next build (`incremental.py`). Pages
    are taken over from `old`, if that has the same key, where they would be the same again.
    """

    def __init__(
        self,
        graph: Graph,
        settings: Settings,
        theme: Path,
        root: Path,
        *,
        key: str = "",
        old: OldBuild | None = None,
        cards: KnownCards | None = None,
        steps: Steps = PURE_STEPS,
        progress: Progress | None = None,
    ) -> None:
        self._progress = progress or Progress()
        self._old = old if old is not None and key and old.state.key == key else None
        if self._old is not None:
            cards = self._old.state.cards
        self._given = (graph, settings, theme, root, key)
        self._settings = settings
        self._root = root
        self._key = key
        self._theme = read_theme(theme, Urls(settings.base_path, settings.site_url))
        self._environment = theme_environment(theme, settings)
        trace = Trace(is_on=bool(key))
        self._builder = prepare_pages(
            graph, settings, self._theme.assets, self._environment, trace, cards, steps
        )
        if len(graph.articles) >= FEWEST_APART:
            recommended = replace(self._builder.recommended, apart=made_apart)
            self._builder = replace(self._builder, recommended=recommended)
        self._parts = {part.key: part for part in self._builder.parts()}
        self._made: dict[str, list[Page]] = {}
        self._folders: dict[str, str] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Of what it is made from; what many pages share is found once, before it is handed on."""
        return _writer_again, (*self._given, self._builder.recommended.known)

    @property
    def root(self) -> Path:
        """The folder that is written into."""
        return self._root

    def prepare(self) -> None:
        """Make all indexes, and compile all templates."""
        for owner in (self._builder, self._builder.items, self._builder.recommended):
            for name, attribute in vars(type(owner)).items():
                if isinstance(attribute, index):
                    getattr(owner, name)
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def make_pages(self) -> list[Page]:
        """The contexts of all pages, which are not made again when they are written."""
        self._made = {key: list(part.make()) for key, part in self._parts.items()}
        return [page for pages in self._made.values() for page in pages]

    def write(
        self,
        on_page: OnPage | None = None,
        *,
        executor: Executor | None = None,
        workers: int = 1,
    ) -> WrittenSite:
        """Write every file of the site but the pictures.

        `on_page` is told of each page that is made, in this process; without it an executor, or
        several processes, may make them (`workers.py`).
        """
        values = Values(self._builder)
        self._progress.begin("comparing with the last build")
        kept = self._take_over(self._old, values) if self._old is not None else {}
        wanted = [key for key in self._parts if key not in kept]
        made: dict[str, PartRecord] = {}
        self._progress.begin("making pages")
        found: Generator[tuple[str, PartRecord]]
        if on_page is not None:
            found = ((key, self.write_part(key, on_page)) for key in wanted)
        else:
            found = make_parts(self, wanted, executor=executor, workers=workers)
        with closing(found):  # whatever happens here, nobody else writes on
            for number, (key, part) in enumerate(found, start=1):
                made[key] = part
                self._progress.advance(number, len(wanted))
        self._progress.begin("feeds and lists")
        return self._finish(kept, made, values)

    def _finish(
        self, kept: Mapping[str, PartRecord], made: Mapping[str, PartRecord], values: Values
    ) -> WrittenSite:
        """Write what is made of the whole site."""
        records = {key: kept[key] if key in kept else made[key] for key in self._parts}
        pages = tuple(pages_of(records))
        others = dict(self._other_files(pages))
        check_paths([*(page.path for page in pages), *others])
        sums = {page.path: page.sum for page in pages}
        for path, text in others.items():
            data = text.encode()
            write_file(self._root, path, data, self._folders)
            sums[path] = hashlib.sha256(data).hexdigest()
        state = None
        if self._key:
            state = next_state(self._key, records, values, self._builder.recommended.known)
        count = sum(len(part.pages) for part in made.values())
        return WrittenSite(pages, count, state, sums)

    def _take_over(self, old: OldBuild, values: Values) -> dict[str, PartRecord]:
        """Take the pages of unchanged parts from the old output."""
        same = unchanged_parts(old.state, self._parts, values)
        kept = {key: old.state.parts[key] for key in self._parts if key in same}
        paths = (page.path for page in pages_of(kept))
        take_over(paths, output=old.output, staging=self._root)
        return kept

    def write_part(self, key: str, on_page: OnPage | None = None) -> PartRecord:
        """Make the pages of a part and write them."""
        with self._builder.trace.recorded() as reads:
            pages = self._made.pop(key, None) or list(self._parts[key].make())
        return PartRecord(tuple(self._write(page, on_page) for page in pages), Reads(reads))

    def _write(self, page: Page, on_page: OnPage | None) -> PageRecord:
        text = render_page(page, self._environment)
        data = text.encode()
        target = write_file(self._root, page.path, data, self._folders)
        if on_page is not None:
            on_page(target, page)
        canonical, modified = map_entry(page)
        return PageRecord(
            page.path,
            hashlib.sha256(data).hexdigest(),
            canonical,
            modified or "",
            tuple(sorted(lasting_addresses({page.path: text}))),
            recommended_line(page, self._builder.urls),
        )

    def _other_files(self, pages: Sequence[PageRecord]) -> Iterator[tuple[str, str]]:
        """(path, text) of what the theme brings, and of what is made of the whole site."""
        yield from self._theme.files
        yield from build_feeds(self._builder.items)
        entries = ((page.canonical, page.modified or None) for page in pages)
        yield from site_maps(entries, self._settings)
        yield "recommended.json", recommended_json(page.recommended for page in pages)
        yield LIST, published_list(one for page in pages for one in page.addresses)
        yield ".nojekyll", ""


def _writer_again(
    graph: Graph, settings: Settings, theme: Path, root: Path, key: str, cards: KnownCards
) -> SiteWriter:
    return SiteWriter(graph, settings, theme, root, key=key, cards=cards)


def write_file(root: Path, path: str, data: bytes, folders: dict[str, str] | None = None) -> Path:
    """Write a file below `root`; ValueError for a path that would leave it.

    `folders` has the folders that were made and looked at before, by their path below the root.
    """
    target = _target(root, path, folders if folders is not None else {})
    try:
        _write_new(target, data)
    except FileExistsError:
        # What stands there may be a link to the old output's file, which stays as it is.
        os.unlink(target)
        _write_new(target, data)
    return Path(target)


def _write_new(target: str, data: bytes) -> None:
    with open(target, "xb") as file:
        file.write(data)


def target_below(root: Path, path: str, folders: dict[str, str] | None = None) -> Path:
    """Where a path below `root` is, with its folder made; ValueError where it would leave it."""
    return Path(_target(root, path, folders if folders is not None else {}))


def _target(root: Path, path: str, folders: dict[str, str]) -> str:
    """`target_below` as text: a site has thousands of folders, each with a file or two."""
    parent, _, name = path.rpartition("/")
    folder = folders.get(parent)
    if folder is None:
        parts = parent.split("/") if parent else []
        if not all(map(_is_name, parts)):
            raise ValueError(f"{path} lies outside of {root}")
        folder = _folder_below(root, parts, folders)
    if not _is_name(name):
        raise ValueError(f"{path} lies outside of {root}")
    return f"{folder}{os.sep}{name}"


def _folder_below(root: Path, parts: list[str], folders: dict[str, str]) -> str:
    """A folder below `root`, made where it is not there; ValueError where a link leads out of it.

    What was made here is no link. Where others lead is asked of the system, which takes time.
    """
    path = "/".join(parts)
    folder = folders.get(path)
    if folder is not None:
        return folder
    if parts:
        folder = f"{_folder_below(root, parts[:-1], folders)}{os.sep}{parts[-1]}"
        try:
            os.mkdir(folder)
        except FileExistsError:
            folder = os.path.realpath(folder)
            if not Path(folder).is_relative_to(os.path.realpath(root)):
                raise ValueError(f"{path} lies outside of {root}") from None
    else:
        folder = os.path.realpath(root)
        os.makedirs(folder, exist_ok=True)
    folders[path] = folder
    return folder


def _is_name(part: str) -> bool:
    """Whether a part of a path is a name in a folder, on this system."""
    return part not in ("", ".", "..") and _PARTING.isdisjoint(part)
