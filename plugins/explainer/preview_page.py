"""What a page has in a preview and nowhere else: where its records stand, reloading, problems.

It is put into the text of a page as that is sent. The page's content security policy stays as it
is: style, script and events come from the same host, and data is no script.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from .graph import Graph
from .problems import Location
from .urls import Urls

#: The folder, below the site's root, of what only a preview has. No id begins with a dot.
FOLDER = ".preview/"

_ID = re.compile(r'\sid="([a-z]+-[^"\s]+)"')


@dataclass(frozen=True)
class Status:
    """How the last reading of the sources went, as a page is told."""

    version: str
    """Names the site that is served; a page of another version is out of date. Empty for none."""
    attempt: str
    """Names the reading itself, gone well or not."""
    failed: bool
    text: str
    """The report as the terminal shows it; empty where there is nothing to say."""
    summary: str

    def json(self) -> str:
        """The status on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class Sources:
    """Which file and line each thing on a page comes from."""

    anchors: Mapping[str, tuple[Location, ...]]
    pages: Mapping[str, Location]
    """By the path of a page below the site's root."""

    def on(self, text: str) -> Iterator[tuple[str, Location]]:
        """(id of an element, place) of everything in a page's text that has a place."""
        for anchor in dict.fromkeys(_ID.findall(text)):
            for place in self.anchors.get(anchor, ()):
                yield anchor, place


def find_sources(graph: Graph, urls: Urls) -> Sources:
    """The places of all records, and of what has a page or an entry of its own."""
    anchors = {
        entry.anchor: (entry.record.where(), *(one.record.where() for one in entry.additions))
        for entry in graph.entries.values()
    }
    for kind, shapes in (("place", graph.places), ("term", graph.terms), ("issue", graph.issues)):
        anchors.update({f"{kind}-{name}": (shape.where(),) for name, shape in shapes.items()})
    pages: dict[str, Location] = {}
    for slug, page in graph.pages.items():
        pages[f"{slug}/"] = Location(page.file)
    for name, actor in graph.actors.items():
        pages[_below(urls, urls.actor(name))] = actor.where()
    for name, story in graph.stories.items():
        pages[_below(urls, urls.story(name))] = Location(story.where().file)
    for article in (*graph.articles.values(), *graph.translations.values()):
        pages[_below(urls, urls.article(article.slug, article.lang))] = Location(article.file)
    return Sources(anchors, pages)


def _below(urls: Urls, href: str) -> str:
    return href.removeprefix(urls.base_path).lstrip("/")


@dataclass(frozen=True)
class Editor:
    """How to get from a page to the line of a file.

    `address` is that of the editor's links, with {path}, {line} and {column} in it; empty where
    the reader copies the path. {path} begins with a slash, and takes one in front of it along.
    `root` is the folder that the names of files are below.
    """

    root: Path
    address: str = ""

    def link(self, place: Location) -> str:
        """The address that opens a place, or nothing."""
        path = "/" + quote((self.root / place.file).as_posix().lstrip("/"), safe="/:")
        values = {"path": path, "line": str(place.line), "column": str(place.column)}
        return re.sub(
            r"/?\{(path)\}|\{(line|column)\}",
            lambda found: values[found[1] or found[2]],
            self.address,
        )


def with_preview(
    text: str, path: str, *, status: Status, sources: Sources, editor: Editor, root: str
) -> str:
    """A page's text with what a preview adds; `path` is its own below `root`, the site's root."""
    page = [sources.pages[path]] if path in sources.pages else []
    data = {
        "version": status.version,
        "attempt": status.attempt,
        "events": f"{root}{FOLDER}events?page={quote(path)}",
        "page": [_shown(place, editor) for place in page],
        "records": [
            {"anchor": anchor, **_shown(place, editor)} for anchor, place in sources.on(text)
        ],
    }
    return _into_head(text, root, data)


def _shown(place: Location, editor: Editor) -> Mapping[str, str]:
    return {"place": f"{place.file}:{place.line}", "href": editor.link(place)}


def _into_head(text: str, root: str, data: Mapping[str, object]) -> str:
    """The text with our style, script and data at the end of its head."""
    folder = html.escape(quote(root + FOLDER))
    # In an element for data, `</` could end it.
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    added = (
        f'<link rel="stylesheet" href="{folder}preview.css">'
        f'<script type="application/json" id="preview-data">{written}</script>'
        f'<script src="{folder}preview.js" defer></script>\n'
    )
    before, head_end, after = text.partition("</head>")
    return f"{before}{added}{head_end}{after}" if head_end else added + text


def error_page(status: Status, path: str, root: str) -> str:
    """A page for when there is no good one to stand behind the message: readable by itself."""
    policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"
    heading, text = html.escape("There is no page to show yet"), html.escape(status.text)
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n</head>\n"
        f'<body class="preview-error">\n<main>\n<h1>{heading}</h1>\n'
        f"<p>{html.escape(status.summary)}</p>\n<pre>{text}</pre>\n</main>\n</body>\n</html>\n"
    )
    data = {
        "version": "",
        "attempt": status.attempt,
        "events": f"{root}{FOLDER}events?page={quote(path)}",
        "page": [],
        "records": [],
    }
    return _into_head(page, root, data)


def static_file(name: str) -> bytes | None:
    """The script or the style of the preview, by name."""
    if name not in STATIC:
        return None
    return (Path(__file__).parent / "static" / name).read_bytes()


#: The files of the preview's own folder.
STATIC: Sequence[str] = ("preview.css", "preview.js")
