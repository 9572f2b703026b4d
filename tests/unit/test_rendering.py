"""Every page class through its template: structure, safety, words; and the style sheet."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError

from explainer.language import Language, load_language
from explainer.pages import contexts
from explainer.rendering import (
    COMPONENTS,
    bundle_css,
    fingerprint,
    interface_words,
    make_environment,
    render_page,
)
from tests import samples

ROOT = Path(__file__).resolve().parents[2]
SHELLS = ROOT / "theme" / "templates"
STYLES = ROOT / "theme" / "static" / "css"
MACROS = sorted((COMPONENTS / "explainer").glob("*.html"))
TEMPLATES = [*MACROS, *sorted(SHELLS.rglob("*.html"))]
PAGES = samples.all_pages()
HOSTILE = "\"'><script>alert(1)</script>&amp;{{ 7*7 }}{% x %}"
VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "wbr", "source", "col"})
STORY_SECTIONS = [
    *("short", "board", "key", "questions", "actors", "positions", "timeline"),
    *("claims", "quotes", "terms", "articles", "changes", "sources"),
]
MARKUP_FIELDS = frozenset({"json_ld"})
"""Text that its maker has made safe already, beside the fields that end in `_html`."""


@dataclass
class Outline(HTMLParser):
    """What the tests ask of a page: its elements in order, and whether they are balanced."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def levels(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.elements if re.fullmatch(r"h[1-6]", tag)]

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def _five_years() -> contexts.TimelineView:
    """A timeline of five years with an event each."""
    groups = (
        contexts.EventGroup(str(year), f"year-{year}", (samples.INVASION,), str(year))
        for year in range(2020, 2025)
    )
    return contexts.TimelineView(groups=tuple(groups), count=5)


def outline_of(text: str) -> Outline:
    outline = Outline()
    outline.feed(text)
    outline.close()
    return outline


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language("en")


@pytest.fixture(scope="module")
def environment(language: Language) -> Environment:
    return make_environment([SHELLS], language)


@pytest.fixture(scope="module")
def rendered(environment: Environment) -> dict[str, str]:
    return {name: render_page(page, environment) for name, page in PAGES.items()}


def hostile_copy(value: Any, name: str = "") -> Any:
    """The value with every plain text in it, however deep, replaced by a hostile one."""
    if isinstance(value, str):
        return value if name.endswith("_html") or name in MARKUP_FIELDS else HOSTILE
    if isinstance(value, tuple):
        return tuple(hostile_copy(item, name) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                part.name: hostile_copy(getattr(value, part.name), part.name)
                for part in fields(value)
            },
        )
    return value


def page_classes() -> set[type[contexts.Page]]:
    found = [value for value in vars(contexts).values() if isinstance(value, type)]
    return {value for value in found if issubclass(value, contexts.Page)} - {contexts.Page}


# --------------------------------------------------------------------------------------- pages


def test_samples_cover_every_page_class() -> None:
    assert {type(page) for page in PAGES.values()} == page_classes()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_one_balanced_document(rendered: dict[str, str], name: str) -> None:
    text = rendered[name]
    outline = outline_of(text)
    assert (outline.unbalanced, outline.stack) == ([], [])
    assert text.startswith("<!DOCTYPE html>\n")
    assert text.endswith("</html>\n")


@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_h1_and_skips_no_heading_level(rendered: dict[str, str], name: str) -> None:
    levels = outline_of(rendered[name]).levels()
    skips = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert (levels[0], levels.count(1), skips) == (1, 1, [])


@pytest.mark.parametrize("name", PAGES)
def test_page_ids_are_unique_and_its_own_links_lead_to_them(
    rendered: dict[str, str], name: str
) -> None:
    outline = outline_of(rendered[name])
    ids = Counter(outline.values("id"))
    labels = {part for value in outline.values("aria-labelledby") for part in value.split()}
    local = {href[1:] for href in outline.values("href") if href.startswith("#")}
    assert [found for found, count in ids.items() if count > 1] == []
    assert (labels | _only_from_templates(local)) - set(ids) == set()


def _only_from_templates(targets: set[str]) -> set[str]:
    """Without the links to records, which editors write and which the validator checks."""
    kinds = ("event-", "position-", "quote-", "claim-", "question-")
    return {target for target in targets if not target.startswith(kinds)}


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_inline_style_script_or_handler(rendered: dict[str, str], name: str) -> None:
    outline = outline_of(rendered[name])
    scripts = [attributes for tag, attributes in outline.elements if tag == "script"]
    handlers = [key for _, found in outline.elements for key in found if key.startswith("on")]
    assert [
        attributes for attributes in scripts if attributes != {"type": "application/ld+json"}
    ] == []
    assert (outline.values("style"), handlers) == ([], [])
    assert "style" not in {tag for tag, _ in outline.elements}


@pytest.mark.parametrize("name", PAGES)
def test_page_landmarks_are_there_once(rendered: dict[str, str], name: str) -> None:
    tags = Counter(tag for tag, _ in outline_of(rendered[name]).elements)
    assert (tags["main"], tags["footer"], tags["html"], tags["title"]) == (1, 1, 1, 1)


def test_page_policy_comes_first_after_the_charset(rendered: dict[str, str]) -> None:
    head = rendered["story"].split("<head>\n")[1].splitlines()
    assert head[0] == '<meta charset="utf-8">'
    assert head[1] == (
        '<meta http-equiv="Content-Security-Policy" content="'
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'\">"
    )


@pytest.mark.parametrize("name", PAGES)
def test_page_escapes_hostile_text_in_every_field(environment: Environment, name: str) -> None:
    page = hostile_copy(PAGES[name])
    text = render_page(page, environment)
    outline = outline_of(text)
    assert "<script>alert" not in text
    assert [key for _, found in outline.elements for key in found if not _is_name(key)] == []
    assert (outline.unbalanced, outline.stack) == ([], [])


def _is_name(key: str) -> bool:
    return re.fullmatch(r"[a-z][a-z:-]*", key) is not None and not key.startswith("on")


def test_page_without_a_canonical_says_no_address(environment: Environment) -> None:
    page = samples.static_page()
    text = render_page(replace(page, head=replace(page.head, canonical="")), environment)
    assert "canonical" not in text
    assert "og:url" not in text


def test_page_that_is_not_to_be_indexed_says_so(rendered: dict[str, str]) -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert [name for name, text in rendered.items() if noindex in text] == ["redirect", "not-found"]


def test_redirect_leads_on_at_once(rendered: dict[str, str]) -> None:
    refresh = f'<meta http-equiv="refresh" content="0; url={samples.STORY}">'
    assert [name for name, text in rendered.items() if refresh in text] == ["redirect"]
    assert f'<a href="{samples.STORY}">Peace talks on Ukraine</a>' in rendered["redirect"]


def test_page_accent_is_a_class_of_the_root(environment: Environment) -> None:
    page = replace(samples.static_page(), site=samples.site(accent_class="accent-ochre"))
    assert '<html lang="en" dir="ltr" class="accent-ochre">' in render_page(page, environment)


def test_render_page_refuses_a_name_that_is_not_there(language: Language, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ page.nothing }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        render_page(samples.static_page(), make_environment([tmp_path], language))


def test_render_page_drops_line_ends_only_where_none_shows(
    language: Language, tmp_path: Path
) -> None:
    text = """<ul>
<li title="a > b">one <b>two</b>
<i>three</i></li>

<li><pre>
if a:

  b
</pre></li>
<li><h3>A title</h3>
<span>planned</span></li>
</ul>
"""
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert render_page(samples.static_page(), make_environment([tmp_path], language)) == (
        '<ul><li title="a > b">one <b>two</b>\n<i>three</i></li>'
        "<li><pre>\nif a:\n\n  b\n</pre></li>"
        "<li><h3>A title</h3>\n<span>planned</span></li></ul>\n"
    )


def test_environment_prefers_a_site_s_own_macro(language: Language, tmp_path: Path) -> None:
    (tmp_path / "explainer").mkdir()
    own = "{% macro date(when) %}OWN{% endmacro %}"
    (tmp_path / "explainer" / "date.html").write_text(own, encoding="utf-8")
    text = render_page(samples.brief_page(), make_environment([tmp_path, SHELLS], language))
    assert "<span>OWN</span>" in text


# ---------------------------------------------------------------------------------------- parts


@pytest.fixture(scope="module")
def call(environment: Environment) -> Callable[..., str]:
    """Calls a macro of the plugin: `call("date.html", "date", value)`, blank runs folded."""

    def invoke(file: str, macro: str, *values: object, **named: object) -> str:
        module = environment.get_template(f"explainer/{file}").module
        return " ".join(str(getattr(module, macro)(*values, **named)).split())

    return invoke


@pytest.mark.parametrize(
    ("when", "html"),
    [
        pytest.param(
            samples.PUBLISHED, '<time datetime="2026-01-24">24 January 2026</time>', id="day"
        ),
        pytest.param(
            samples.REPORTED, '<span class="date">reported December 2025</span>', id="no-attribute"
        ),
    ],
)
def test_date_is_a_time_element_only_with_an_attribute(
    call: Callable[..., str], when: contexts.DateText, html: str
) -> None:
    assert call("date.html", "date", when) == html


@pytest.mark.parametrize(
    ("provenance", "parts"),
    [
        pytest.param(contexts.Provenance(), ["No source given"], id="missing"),
        pytest.param(
            samples.resting_on("so it was"),
            [f'<a href="{samples.BERLIN_PASSAGE}">“so it was”</a>'],
            id="one-passage-is-a-link",
        ),
        pytest.param(
            samples.resting_on("so", "was"),
            ["<summary>2 passages in our articles</summary>", "“so”", "“was”"],
            id="two-passages-open",
        ),
        pytest.param(
            contexts.Provenance((samples.evidence("so"),), (samples.OUTSIDE,)),
            ["<summary>1 passage in our articles, 1 outside source</summary>", "archived copy"],
            id="passage-and-source",
        ),
    ],
)
def test_provenance_shows_on_what_a_record_rests(
    call: Callable[..., str], provenance: contexts.Provenance, parts: list[str]
) -> None:
    html = call("evidence.html", "provenance", provenance)
    assert [part for part in parts if part not in html] == []
    assert html.count("<details") == (0 if len(parts) == 1 else 1)


def test_evidence_mark_is_a_named_link(call: Callable[..., str]) -> None:
    assert call("evidence.html", "evidence_mark", 3, "/s/#event-x", "3: Event") == (
        '<sup class="evidence-mark"><a href="/s/#event-x" aria-label="3: Event">3</a></sup>'
    )


def test_evidence_notes_name_the_records_in_order(call: Callable[..., str]) -> None:
    notes = [(1, "Event", "Talks <resume>", "/s/#a"), (2, "Quote", "Peace", "/s/#b")]
    assert call("evidence.html", "evidence_notes", notes) == (
        '<details class="evidence-notes"><summary>2 notes on this paragraph</summary><ol>'
        '<li value="1"><span class="evidence-notes__number" aria-hidden="true">1</span>'
        '<a href="/s/#a"><span class="evidence-notes__kind">Event</span> Talks &lt;resume&gt;</a>'
        '</li><li value="2"><span class="evidence-notes__number" aria-hidden="true">2</span>'
        '<a href="/s/#b"><span class="evidence-notes__kind">Quote</span> Peace</a></li>'
        "</ol></details>"
    )


def test_event_carries_its_ids_only_at_home(call: Callable[..., str]) -> None:
    home = outline_of(call("event.html", "event", samples.BERLIN_TALKS, 4))
    copy = outline_of(call("event.html", "event", replace(samples.BERLIN_TALKS, is_home=False), 4))
    assert home.values("id") == ["event-berlin-talks", "event-berlin-meeting"]
    assert copy.values("id") == []


def test_event_with_an_uncertain_date_shows_its_full_words(call: Callable[..., str]) -> None:
    html = call("event.html", "event", samples.BERLIN_TALKS, 4)
    assert "event--uncertain" in html
    assert "a Sunday in December 2025" in html


def test_date_is_the_lasting_link_of_a_record_at_its_home(call: Callable[..., str]) -> None:
    html = call("record.html", "lasting_date", samples.BERLIN_TALKS)
    assert html.startswith(f'<a class="lasting" href="{samples.BERLIN_TALKS.href}">')
    copy = replace(samples.BERLIN_TALKS, is_home=False)
    assert html == f'<a class="lasting" href="{copy.href}">' + (
        call("record.html", "lasting_date", copy) + "</a>"
    )


def test_minor_event_of_a_long_timeline_is_one_line_that_opens(call: Callable[..., str]) -> None:
    minor = replace(samples.BERLIN_TALKS, weight="minor")
    folded, whole = (
        [tag for tag, _ in outline_of(call("event.html", "event", minor, 4, is_folding)).elements]
        for is_folding in (True, False)
    )
    at = folded.index("details")
    assert folded[at : at + 3] == ["details", "summary", "h4"]
    assert "details" not in whole[: whole.index("h4")]


def test_folded_copy_leads_to_the_event_and_says_no_more(call: Callable[..., str]) -> None:
    copy = replace(samples.BERLIN_TALKS, weight="minor", is_home=False)
    html = call("event.html", "event", copy, 4, True)
    assert f'<a href="{copy.href}">{copy.title}</a>' in html
    assert "provenance" not in html


def test_quote_is_a_figure_with_blockquote_and_caption(call: Callable[..., str]) -> None:
    tags = [tag for tag, _ in outline_of(call("quote.html", "quote", samples.quotes()[0])).elements]
    assert tags[:5] == ["li", "span", "figure", "blockquote", "p"]
    assert "figcaption" in tags


@pytest.mark.parametrize(
    ("names", "text"),
    [
        pytest.param(("Ada", "Ben"), "Ada, Ben", id="commas"),
        pytest.param(("Ada, a diver", "Ben"), "Ada, a diver; Ben", id="semicolons"),
    ],
)
def test_names_are_parted_by_semicolons_where_one_has_a_comma(
    call: Callable[..., str], names: tuple[str, ...], text: str
) -> None:
    refs = [contexts.ActorRef(name, None, "unnamed") for name in names]
    assert re.sub("<.*?>", "", call("actor.html", "actor_names", refs)) == text


def test_board_says_that_nothing_is_agreed(call: Callable[..., str]) -> None:
    html = call("board.html", "board", samples.board(), 3)
    assert html.index("Agreed") < html.index("Nothing yet.") < html.index("Proposed")


@pytest.mark.parametrize(
    ("kinds", "is_empty"),
    [((), True), (("proposed",), True), (("refused",), True), (("proposed", "refused"), False)],
)
def test_board_needs_two_sides_to_set_beside_each_other(
    kinds: tuple[str, ...], is_empty: bool
) -> None:
    full = samples.board()
    board = contexts.Board(**{kind: getattr(full, kind) for kind in kinds})
    assert board.is_empty is is_empty


def test_timeline_marks_what_comes_next_apart(call: Callable[..., str]) -> None:
    html = call("timeline.html", "timeline", samples.story_timeline(), 3)
    happened, after = html.split("What comes next")
    assert "A second round of talks" in after
    assert "Proposed, not decided" in after
    assert "Zelenskiy says Ukraine gives up" in happened


def test_story_leaves_out_what_is_empty(rendered: dict[str, str]) -> None:
    outline = outline_of(rendered["story-one-event"])
    sections = [found["id"] for tag, found in outline.elements if tag == "section"]
    assert sections == ["timeline", "articles"]


def test_story_contents_list_its_sections_in_order(rendered: dict[str, str]) -> None:
    outline = outline_of(rendered["story"])
    sections = [found["id"] for tag, found in outline.elements if tag == "section"]
    linked = [href[1:] for href in outline.values("href") if href[1:] in sections]
    assert linked == sections
    assert sections == STORY_SECTIONS


@pytest.mark.parametrize("count", [8, 9], ids=["few-in-the-open", "many-on-demand"])
def test_article_folds_many_records(environment: Environment, count: int) -> None:
    page = samples.article_page(records=samples.article_page().records[:1] * count)
    text = render_page(page, environment)
    assert (f"<summary>{count} entries of the explainer</summary>" in text) == (count > 8)


def test_macro_escapes_in_an_environment_that_does_not(language: Language) -> None:
    guest = Environment(loader=FileSystemLoader(str(COMPONENTS)), autoescape=False)
    guest.globals.update(interface_words(language))
    module: Any = guest.get_template("explainer/event.html").module
    html = module.event(replace(samples.BERLIN_TALKS, title="<b>", date_note="<i>"), 3)
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html
    assert "<b>" not in html
    assert "&lt;a " not in html
    assert "&amp;lt;" not in html


# ------------------------------------------------------------------------------------- sources


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_template_holds_no_word_of_a_language(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    source = re.sub(r"\{% block name %\}\w+\{% endblock %\}", "", source)  # a class, no word
    source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.DOTALL)
    named = re.findall(r'\b(?:aria-label|alt|title)="([^"]*[A-Za-z][^"]*)"', source)
    bare = re.sub(r'<[^>]*>|\b[a-z-]+="[^"]*"', "", source)
    words = re.findall(r"[A-Za-z]{2,}", bare)
    assert (named, words) == ([], [])


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.name)
def test_macro_escapes_by_itself_and_reads_no_page(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    starts = re.findall(r"\{% macro [^%]*%\}(.*)", source)
    assert starts
    assert [start for start in starts if not start.startswith("{% autoescape true")] == []
    assert re.search(r"\bpage\.", source) is None


@pytest.mark.parametrize(
    "path", sorted(SHELLS.rglob("*.html")), ids=lambda path: path.relative_to(SHELLS).as_posix()
)
def test_shell_is_no_longer_than_sixty_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


def test_interface_words_are_each_used(language: Language) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    literal = set(re.findall(r'\btn?\("(ui\.[\w.-]+?)"', source))
    prefixes = tuple(re.findall(r'\bt\("(ui\.[\w.-]+)" ~', source))
    known = set(_keys(language.strings["ui"], "ui"))
    assert {key for key in known - literal if not key.startswith(prefixes)} == set()
    assert {key for key in literal - known if key not in prefixes} == set()


def _keys(node: object, path: str) -> list[str]:
    """Dotted keys; a mapping of plural forms is one text."""
    if not isinstance(node, dict) or "other" in node:
        return [path]
    return [key for name, child in node.items() for key in _keys(child, f"{path}.{name}")]


# ---------------------------------------------------------------------------------- skip links


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        pytest.param(samples.story_page(), ["#main"], id="few-years"),
        pytest.param(
            samples.story_page(timeline=_five_years()), ["#main", "#years"], id="story-of-years"
        ),
        pytest.param(
            replace(samples.timeline_page(), timeline=_five_years()), ["#main"], id="all-timeline"
        ),
    ],
)
def test_second_skip_link_is_there_where_a_row_of_years_stands_far_down(
    environment: Environment, page: contexts.Page, wanted: list[str]
) -> None:
    elements = outline_of(render_page(page, environment)).elements
    links = [attributes for _, attributes in elements if attributes.get("class") == "skip-link"]
    assert [link["href"] for link in links] == wanted


# --------------------------------------------------------------------------------------- styles


def test_bundle_css_is_in_the_order_of_names_without_comments_and_space(tmp_path: Path) -> None:
    (tmp_path / "b.css").write_text(
        '/* two */\n.b > a,\n.c {\n  color: red;\n  content: "a, b: {";\n}\n', encoding="utf-8"
    )
    (tmp_path / "_a.css").write_text("@layer x;\n\n/* a\n b */\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("no", encoding="utf-8")
    assert bundle_css(tmp_path) == '@layer x;\n.b > a,.c{color:red;content:"a, b: {"}\n'


def test_bundle_css_of_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert bundle_css(tmp_path) == ""


def test_fingerprint_follows_the_text() -> None:
    assert fingerprint("a") == "ca978112ca"
    assert fingerprint("a") != fingerprint("b")


def test_styles_stay_small() -> None:
    assert len(gzip.compress(bundle_css(STYLES).encode(), mtime=0)) <= 12_000


def test_styles_load_nothing_from_elsewhere() -> None:
    assert re.findall(r"url\(|@import|@font-face", bundle_css(STYLES)) == []


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name)
def test_styles_stand_in_a_layer_and_force_nothing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    forced = [line for line in source.splitlines() if "!important" in line]
    assert re.match(r"(/\*.*?\*/\s*)?@layer ", source, flags=re.DOTALL)
    assert path.name in {"print.css", "utilities.css"} or forced == []


@pytest.mark.parametrize("ground", ["paper", "shade"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", ["ink", "grey", "red", "blue", "green", "purple", "ochre"])
def test_palette_text_has_a_contrast_of_four_and_a_half(
    colour: str, scheme: int, ground: str
) -> None:
    assert _contrast(_palette()[colour][scheme], _palette()[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_palette_marks_have_a_contrast_of_three(scheme: int) -> None:
    assert _contrast(_palette()["mark"][scheme], _palette()["paper"][scheme]) >= 3


def _palette() -> dict[str, tuple[str, str]]:
    source = (STYLES / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--palette-(\w+): light-dark\(#(\w{6}), #(\w{6})\)", source)
    return {name: (light, dark) for name, light, dark in found}


def _contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", [field.name for field in fields(contexts.EventItem)])
def test_event_that_differs_in_one_field_is_rendered_anew(name: str, language: Language) -> None:
    """What is remembered of an event is of exactly that event, wherever it stands first."""
    item = replace(samples.event("one", "One", contexts.DateText("1 May", None, False)), gap="x")
    other = replace(item, **{name: getattr(samples.BERLIN_TALKS, name)})
    fresh, used = (make_environment([SHELLS], language) for _ in range(2))
    used_event = used.get_template("explainer/event.html").module.event  # type: ignore[attr-defined]
    used_event(item, 3, True)
    fresh_event = fresh.get_template("explainer/event.html").module.event  # type: ignore[attr-defined]
    assert used_event(other, 3, True) == fresh_event(other, 3, True)
    assert used_event(other, 4, False) == fresh_event(other, 4, False)
