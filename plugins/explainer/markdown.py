"""The one door for Markdown: text in, a sanitized HTML fragment out.

What an editor writes is not trusted. Markdown may hold raw HTML, and whatever comes out of the
parser goes through an allowlist. Ids are ours alone: those that authors write are dropped, so
that nothing can stand in for a record's anchor. Quotation marks are never "improved": evidence
rests on the very characters of the text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2s
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from .fragment import VOID_TAGS, Edit, replace_spans
from .tree import without_deceit

if TYPE_CHECKING:
    from .extensions import PythonMarkdown

__all__ = [
    "CleanText",
    "Resolve",
    "clean_body",
    "clean_markdown",
    "minutes_to_read",
    "render_inline",
    "render_markdown",
]

Resolve = Callable[[str], str | None]

WORDS_A_MINUTE: Final = 200
# The sanitizer's time grows with the square of this; no article nests a tenth of it.
DEEPEST_NESTING: Final = 100

_TAG_NAMES: Final = (
    "a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q rp rt ruby s samp section"
    " small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr"
)
_TAGS: Final = frozenset(_TAG_NAMES.split())
_ATTRIBUTES: Final = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_CLASSES: Final = {
    "a": {"footnote-backref"},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
    "td": {"align-center", "align-right"},
    "th": {"align-center", "align-right"},
}
_SCHEMES: Final = {"http", "https", "mailto"}

# One line of words, in which nothing can mean anything to Markdown, to HTML or to the eye.
_PROSE: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ](?:[A-Za-z0-9À-ÖØ-öø-ÿ,.;?’“”–—-]| (?! |$))*")

_START_TAG: Final = re.compile(r'<([a-z][a-z0-9]*)((?: [a-zA-Z:-]+="[^"]*")+)>')
_ATTRIBUTE: Final = re.compile(r' ([a-zA-Z:-]+)="([^"]*)"')
_ANY_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_OUTER_LINK: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
# The sanitizer looks at no address of a quotation; nothing opens it, and it is an address still.
_CITED: Final = re.compile(r"https?://", re.IGNORECASE)
_CONTENT_LINK: Final = re.compile(r"\{|%7B", re.IGNORECASE)
# End tags of these are often left out, and they close themselves.
_SELF_CLOSING: Final = VOID_TAGS | {"p", "li", "dt", "dd", "td", "th", "tr"}


def render_markdown(text: str, resolve: Resolve | None = None, *, scope: str = "") -> str:
    """A safe HTML fragment of a Markdown text: CommonMark, tables, strikethrough, notes, terms.

    Headings are nested from h2 on, however written (the page has the only h1), and have an id
    `section-<words>`; notes have `footnote-<n>`. Where a page shows several texts, each needs its
    own `scope`: `section-<scope>-<words>`. Raw HTML nested deeper than `DEEPEST_NESTING` is shown
    as text.

    `resolve` gets the links `{filename}other.md`, `{static}...` and `#id` (unless the text itself
    has that id) as they were meant, and gives the URL to write, or None to leave the link as it
    is. Its URLs are trusted; what it raises comes through.
    """
    if _PROSE.fullmatch(text):
        return f"<p>{text}</p>\n"
    return clean_markdown(text, scope=scope).resolved(resolve)


def clean_markdown(text: str, *, scope: str = "") -> CleanText:
    """The same, with the links within the site as they were written until they are resolved."""
    page = _Page(text, scope)
    html = page.render(_PARSER)
    if _nests_too_deep(html):
        html = page.render(_PARSER_WITHOUT_HTML)
    # Written as `&#x202E;`, what deceives the eye is there only now.
    return _finished(without_deceit(_CLEANER.clean(html)), page)


def clean_body(body: str, reader: PythonMarkdown | None = None) -> CleanText:
    """The text of an article or a page; nothing where there is nothing but blanks.

    `reader` is what a site has in the place of CommonMark. Where that fails, the text is read as
    CommonMark, and `failure` says why.
    """
    text = body if body.strip() else ""
    return clean_markdown(text) if reader is None else _clean_otherwise(text, reader)


def _clean_otherwise(text: str, reader: PythonMarkdown) -> CleanText:
    from .python_markdown import ReadingError, render

    try:
        for with_html in (True, False):
            page = _Page(text, "")
            html = render(text, reader, page, html=with_html)
            if not _nests_too_deep(html):
                return _finished(without_deceit(_CLEANER.clean(html)), page)
    except ReadingError as error:
        return replace(clean_markdown(text), failure=str(error))
    failure = f"this text nests deeper than {DEEPEST_NESTING} levels"
    return replace(clean_markdown(text), failure=failure)


@dataclass(frozen=True)
class CleanText:
    """A rendered text, and the start tags in it whose links are to be resolved."""

    html: str
    _page: _Page = field(repr=False)
    _unresolved: tuple[tuple[int, int, str], ...] = field(repr=False)
    """Of each such tag where it begins and ends in `html`, and how it was before its ids went."""
    failure: str = ""
    """Why the reader that the site has asked for could not read it."""

    def resolved(self, resolve: Resolve | None) -> str:
        """The fragment with its links resolved, as `render_markdown` says."""
        return replace_spans(self.html, self.edits(resolve))

    def to_json(self) -> list[object]:
        """What `from_json` makes the same of, with the text that was rendered."""
        page = self._page
        return [self.html, page.scope, sorted(page.ids), self._unresolved, self.failure]

    @classmethod
    def from_json(cls, text: str, found: Sequence[Any]) -> CleanText:
        """The rendering of a text that gave `found`; ValueError or TypeError for anything else."""
        html, scope, ids, unresolved, failure = found
        page = _Page(text, scope.removesuffix("-"))
        page.ids = set(ids)
        tags = tuple((int(a), int(b), str(tag)) for a, b, tag in unresolved)
        return cls(html, page, tags, failure)

    def edits(self, resolve: Resolve | None) -> list[Edit]:
        """What differs in `html` when its links are resolved: start tags alone."""
        if resolve is None:
            return []
        found = []
        for start, end, written in self._unresolved:
            tag = _finish_tags(written, self._page, resolve)
            if tag != self.html[start:end]:
                found.append((start, end, tag))
        return found


def render_inline(text: str, resolve: Resolve | None = None) -> str:
    """A safe line of HTML of a text with `*emphasis*`, `**strong**` and `[links](…)`, no more."""
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    page = _Page(line, "")
    html = without_deceit(_INLINE_CLEANER.clean(_INLINE_PARSER.renderInline(line, {})))
    return _finish_tags(html, page, resolve)


def minutes_to_read(words: int) -> int:
    """Whole minutes, rounded up, at least one, at 200 words a minute."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


class _Page:
    """One rendering: its own ids, behind a mark that no author can write.

    The mark is a digest of the whole text, so no text can contain its own; it tells our ids and
    links from those in raw HTML until the sanitizer is done.
    """

    def __init__(self, text: str, scope: str) -> None:
        self.text = text
        self.scope = f"{scope}-" if scope else ""
        digest = blake2s(text.encode("utf-8", "surrogatepass"), digest_size=16)
        self.mark = f"own-{digest.hexdigest()}-"
        self.ids: set[str] = set()
        self.repeats: dict[str, int] = {}

    def render(self, parser: MarkdownIt) -> str:
        self.ids, self.repeats = set(), {}
        html: str = parser.render(self.text, {"page": self})
        return html

    def section_id(self, heading: str) -> str:
        """A new id for a heading: `section-` and its words; `-2`, `-3` … where it repeats."""
        wanted = f"section-{self.scope}{_slug(heading)}".rstrip("-")
        found = wanted
        while found in self.ids:
            self.repeats[wanted] = self.repeats.get(wanted, 1) + 1
            found = f"{wanted}-{self.repeats[wanted]}"
        self.ids.add(found)
        return self.mark + found

    def footnote_id(self, kind: str, number: int, again: int = 0) -> str:
        """The id of a note, or of the place that it belongs to; `again` tells such places apart."""
        repeat = f"-{again + 1}" if again > 0 else ""
        return f"{self.mark}{kind}-{self.scope}{number}{repeat}"


def _slug(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", heading).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", letters).strip("-")[:60].rstrip("-")


def _nests_too_deep(html: str) -> bool:
    depth = 0
    for match in _ANY_TAG.finditer(html):
        if match[2].lower() in _SELF_CLOSING:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > DEEPEST_NESTING:
            return True
    return False


# --- after the sanitizer: ids, links ---------------------------------------------------------


def _finished(html: str, page: _Page) -> CleanText:
    """Sanitized HTML with its ids settled, and the links that only the site can settle."""
    parts: list[str] = []
    unresolved = []
    length = done = 0
    for match in _START_TAG.finditer(html):
        tag = _finish_tag(match, page, None)
        before = html[done : match.start()]
        start = length + len(before)
        length, done = start + len(tag), match.end()
        parts += (before, tag)
        if any(_is_unresolved(unescape(value), page) for _, value in _ATTRIBUTE.findall(match[2])):
            unresolved.append((start, length, match[0]))
    parts.append(html[done:])
    return CleanText("".join(parts), page, tuple(unresolved))


def _is_unresolved(value: str, page: _Page) -> bool:
    """Whether a link is one that `resolve` is asked for."""
    if value.startswith("#"):
        is_own = value.startswith(f"#{page.mark}") or unquote(value[1:]) in page.ids
        return not is_own
    return bool(_CONTENT_LINK.match(value))


def _finish_tags(html: str, page: _Page, resolve: Resolve | None) -> str:
    """Settle ids and links in sanitized HTML, where every attribute is quoted and escaped."""

    return _START_TAG.sub(lambda match: _finish_tag(match, page, resolve), html)


def _finish_tag(match: re.Match[str], page: _Page, resolve: Resolve | None) -> str:
    written = [(name, unescape(value)) for name, value in _ATTRIBUTE.findall(match[2])]
    settled = _settle_attributes(match[1], written, page, resolve)
    values = "".join(f' {name}="{escape(value)}"' for name, value in settled)
    return f"<{match[1]}{values}>"


def _settle_attributes(
    tag: str, attributes: Sequence[tuple[str, str]], page: _Page, resolve: Resolve | None
) -> list[tuple[str, str]]:
    settled = []
    for name, value in attributes:
        if name == "id":
            if not value.startswith(page.mark):
                continue
            settled.append((name, value.removeprefix(page.mark)))
        elif (tag, name) in {("a", "href"), ("img", "src")}:
            url = _settle_link(value, page, resolve)
            settled.append((name, url))
            if tag == "a" and _OUTER_LINK.match(url):
                settled.append(("rel", "noopener"))
        elif (name != "cite" or _CITED.match(value)) and (name, value) != ("class", ""):
            settled.append((name, value))
    return settled


def _settle_link(value: str, page: _Page, resolve: Resolve | None) -> str:
    if value.startswith(f"#{page.mark}"):
        return "#" + value.removeprefix(f"#{page.mark}")
    if resolve is None or not _is_unresolved(value, page):
        return value
    found = resolve(unquote(value))
    return value if found is None else found


# --- the parsers: built once, and never changed by a rendering --------------------------------


def _shape_tokens(state: StateCore) -> None:
    """Nest the headings and name them; say how cells are aligned without inline style.

    The page has the h1, so the outermost heading is an h2, however the author wrote it, and no
    level is left out on the way down.
    """
    page: _Page = state.env["page"]
    outline: list[int] = []
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            written = int(token.tag[1])
            outline = [level for level in outline if level < written] + [written]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(len(outline) + 1, 6)}"
        if token.type == "heading_open":
            words = state.tokens[index + 1].children or []
            token.attrSet("id", page.section_id(_plain_text(words)))
        if token.type in {"th_open", "td_open"}:
            _shape_cell(token)


def _shape_cell(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    side = style.removeprefix("text-align:")
    if side in {"center", "right"}:
        token.attrSet("class", f"align-{side}")


def _plain_text(tokens: Sequence[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in {"text", "code_inline"})


def _render_footnote_ref(
    _self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any
) -> str:
    token, page = tokens[index], env["page"]
    number = token.meta["id"] + 1
    href = page.footnote_id("footnote", number)
    own = _footnote_id(page, token, "footnote-ref")
    return f'<sup class="footnote-ref"><a href="#{href}" id="{own}">{number}</a></sup>'


def _render_footnotes_open(*_ignored: Any) -> str:
    return '<section class="footnotes">\n<ol>\n'


def _render_footnotes_close(*_ignored: Any) -> str:
    return "</ol>\n</section>\n"


def _render_footnote_open(
    _self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any
) -> str:
    return f'<li id="{_footnote_id(env["page"], tokens[index], "footnote")}">'


def _render_footnote_anchor(
    _self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any
) -> str:
    back = _footnote_id(env["page"], tokens[index], "footnote-ref")
    return f' <a href="#{back}" class="footnote-backref">\u21a9\ufe0e</a>'


def _footnote_id(page: _Page, token: Token, kind: str) -> str:
    return page.footnote_id(kind, token.meta["id"] + 1, token.meta.get("subId", 0))


def _build_parser(*, html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.push("shape", _shape_tokens)
    parser.add_render_rule("footnote_ref", _render_footnote_ref)
    parser.add_render_rule("footnote_block_open", _render_footnotes_open)
    parser.add_render_rule("footnote_block_close", _render_footnotes_close)
    parser.add_render_rule("footnote_open", _render_footnote_open)
    parser.add_render_rule("footnote_anchor", _render_footnote_anchor)
    return parser


def _build_cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags={"script", "style"},
        attributes={tag: names for tag, names in _ATTRIBUTES.items() if tag in tags or tag == "*"},
        allowed_classes={tag: names for tag, names in _CLASSES.items() if tag in tags},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


# Safe to share: a rendering keeps its state in the env and the tokens that it is given.
_PARSER: Final = _build_parser(html=True)
_PARSER_WITHOUT_HTML: Final = _build_parser(html=False)
_INLINE_PARSER: Final = MarkdownIt("zero").enable(["escape", "emphasis", "link"])
_CLEANER: Final = _build_cleaner(_TAGS)
_INLINE_CLEANER: Final = _build_cleaner(frozenset({"a", "em", "strong"}))
