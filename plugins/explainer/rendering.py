"""From a page context to text: one Jinja environment, one function, one style sheet, one script.

Templates receive `page` and the words of the interface (`t`, `tn`), nothing else. This module
reads template, style and script files; it imports no Pelican and writes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined

from .compiling import PageEnvironment, drop_line_ends
from .language import Language
from .pages.contexts import Page

SHEETS = {"": ("",), "pages": ("listing", "pages"), "article": ("listing", "article")}
"""The folders below the styles' that make each sheet: that of every page, and the second ones."""

COMPONENTS = Path(__file__).parent / "templates"
"""The folder of the plugin's own macros (`explainer/*.html`)."""

#: Macros whose items are shown again and again: an event stands on its story's page, those of its
#: year and its actors, and on the timelines. To find what is as short as a date takes as long as to
#: write it, so it is not remembered.
_REMEMBERED = {
    "explainer/actor.html": frozenset({"actor_line"}),
    "explainer/article_card.html": frozenset({"article_card"}),
    "explainer/claim.html": frozenset({"claim"}),
    "explainer/event.html": frozenset({"event"}),
    "explainer/evidence.html": frozenset({"provenance"}),
    "explainer/position.html": frozenset({"_stance"}),
    "explainer/quote.html": frozenset({"quote_aside"}),
}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r'("[^"]*")|\s*([{};,])\s*|(:)\s+|\s+')


def interface_words(language: Language) -> dict[str, Callable[..., str]]:
    """The two functions that macros need as globals: `t(key, **values)`, `tn(key, count)`.

    A theme that is not ours adds them to its own environment to use the macros as a guest.
    """
    return {"t": language.text, "tn": language.count}


def make_environment(
    template_folders: Sequence[Path], language: Language, kept: BytecodeCache | None = None
) -> PageEnvironment:
    """An environment that finds templates in the folders given, in order, then in the plugin's.

    So a site's own theme may override a shell (`story.html`) as well as a macro
    (`explainer/event.html`). Everything is escaped; a name that is not there is an error. What is
    compiled is `kept` for the next time.
    """
    folders = [str(folder) for folder in (*template_folders, COMPONENTS)]
    environment = PageEnvironment(
        remembered=_REMEMBERED,
        kept=kept,
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(interface_words(language))
    return environment


def render_page(page: Page, environment: Environment) -> str:
    """The whole text of a page, by the template that its class names; ends with one newline.

    Line ends where none shows are left out: they are the templates', and a tenth of a long page.

    A link to a place on the page itself is written without the page's address: `#event-x`. Only an
    attribute can hold the pattern, since quotation marks in texts are escaped.
    """
    text = _render(page, environment)
    if page.site.page_href:
        text = text.replace(f'href="{page.site.page_href}#', 'href="#')
    # There are no blocks in a page's head, which has more line ends than all the rest.
    head = text.find("</head>")
    return drop_line_ends(text, max(head, 0)).rstrip("\n") + "\n"


def _render(page: Page, environment: Environment) -> str:
    try:
        return environment.get_template(page.template).render(page=page)
    except AttributeError:
        if not isinstance(environment, PageEnvironment):
            raise
        return environment.careful.get_template(page.template).render(page=page)


def bundle_css(*folders: Path) -> str:
    """The style sheets of folders as one, a folder in the order of their names, without comments.

    The order of names decides nothing but ties: `_layers.css`, first by its name, declares the
    cascade layers, and every other file puts its rules into one of them. No files, no text.
    """
    sheets = [
        path for folder in folders for path in sorted(folder.glob("*.css"), key=lambda p: p.name)
    ]
    return "".join(_slimmed(path.read_text(encoding="utf-8")) for path in sheets)


def bundle_js(folder: Path) -> str:
    """All scripts of a folder as one classic, strict script, in the order of their names.

    Each stands in a block of its own, so that no name of one reaches another or the page. Lines
    that hold nothing but a comment and indents are left out, so no text may go over several lines.
    No files, no text.
    """
    scripts = sorted(folder.glob("*.js"), key=lambda path: path.name)
    blocks = [_slimmed_js(path.read_text(encoding="utf-8")) for path in scripts]
    return '"use strict";\n' + "".join(f"{{\n{block}}}\n" for block in blocks) if blocks else ""


def fingerprint(text: str) -> str:
    """Ten hexadecimal digits that change with the text, for file names that may be cached."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _slimmed(css: str) -> str:
    """A style sheet without comments and needless space; strings are left as they are.

    A blank may only go where it parts nothing: around braces, semicolons and commas, and behind a
    colon, which no selector here has a blank behind.
    """
    text = _SPACE.sub(lambda found: found[1] or found[2] or found[3] or " ", _COMMENT.sub("", css))
    return text.strip().replace(";}", "}") + "\n"


def _slimmed_js(script: str) -> str:
    """A script without the lines that are comments, indents and blank lines."""
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
