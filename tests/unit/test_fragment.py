"""The scanner: text, blocks and offsets of a fragment, and marks set on it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.fragment import (
    BLOCK_TAGS,
    Fragment,
    Insert,
    Wrap,
    decorate,
    read_fragment,
    with_edited_tags,
)
from explainer.markdown import clean_markdown, render_markdown

VOID = {"br", "hr", "img", "wbr"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("<p>a</p>\n<p>b</p>", "a\nb", id="paragraphs"),
        pytest.param("<p> a\n b </p>", "a\n b", id="white space inside stays"),
        pytest.param("<p>a &amp; &lt;b&gt;&nbsp;c</p>", "a & <b>\u00a0c", id="entities"),
        pytest.param("<p>a &unknown; & b</p>", "a &unknown; & b", id="no entities"),
        pytest.param("<p>a<br>b</p>", "a\nb", id="line break"),
        pytest.param("<p>a <em> b</em> c</p>", "a  b c", id="inline"),
        pytest.param("<ul><li>a<ul><li>b</li></ul></li></ul>", "a\nb", id="nested list"),
        pytest.param("loose<p>a</p>loose", "loose\na\nloose", id="loose text"),
        pytest.param('<p>a<img alt="b">c</p>', "ac", id="image"),
        pytest.param(
            '<p>a<sup class="footnote-ref"><a href="#b">1</a></sup> c</p>', "a c", id="footnote"
        ),
        pytest.param("<p> </p><hr><p>&nbsp;</p><p>a</p>", "a", id="empty blocks"),
        pytest.param("a</b></p> b<em>c", "a\nbc", id="stray and missing ends"),
    ],
)
def test_read_fragment_gives_the_visible_text(html: str, text: str) -> None:
    assert read_fragment(html).text == text


def test_read_fragment_names_the_blocks() -> None:
    fragment = read_fragment(
        "<h2>a</h2><blockquote><p>b</p></blockquote><ul><li>c\n<p>d</p></li></ul>"
        "<table><tr><th>e</th><td>f</td></tr></table><dl><dt>g</dt><dd>h</dd></dl>i"
    )
    assert [(block.tag, fragment.text[block.start : block.end]) for block in fragment.blocks] == [
        *[("h2", "a"), ("p", "b"), ("li", "c"), ("p", "d"), ("th", "e"), ("td", "f")],
        *[("dt", "g"), ("dd", "h"), ("", "i")],
    ]


def test_fragment_maps_text_to_html_exactly() -> None:
    fragment = read_fragment("<p>a &amp; <em>b</em><br>c</p><p>d</p>")
    shown = [
        (char, fragment.html[fragment.html_start(at) : fragment.html_end(at + 1)])
        for at, char in enumerate(fragment.text)
    ]
    assert shown == [
        *[("a", "a"), (" ", " "), ("&", "&amp;"), (" ", " "), ("b", "b")],
        *[("\n", "<br>"), ("c", "c"), ("\n", ""), ("d", "d")],
    ]


@pytest.mark.parametrize(("offset", "block"), [(-1, None), (0, 0), (1, None), (2, 1), (3, None)])
def test_fragment_says_which_block_a_character_is_in(offset: int, block: int | None) -> None:
    assert read_fragment("<p>a</p><p>b</p>").block_at(offset) == block


def wrap(text: str, words: str, tag: str = "mark", rank: int = 0) -> Wrap:
    start = text.index(words)
    return Wrap(start, start + len(words), tag, rank=rank)


@pytest.mark.parametrize(
    ("html", "words", "wrapped"),
    [
        pytest.param("<p>a b c</p>", "b", "<p>a <mark>b</mark> c</p>", id="plain"),
        pytest.param(
            "<p>a <em>b</em> c</p>", "a b c", "<p><mark>a <em>b</em> c</mark></p>", id="around"
        ),
        pytest.param(
            "<p>a <em>b</em> c</p>", "b c", "<p>a <mark><em>b</em> c</mark></p>", id="from a start"
        ),
        pytest.param(
            "<p>a <em>b</em> c</p>", "a b", "<p><mark>a <em>b</em></mark> c</p>", id="to an end"
        ),
        pytest.param("<p><em>b</em></p>", "b", "<p><em><mark>b</mark></em></p>", id="all of it"),
        pytest.param(
            "<p>a <em>b c</em> d</p>",
            "a b",
            "<p><mark>a </mark><em><mark>b</mark> c</em> d</p>",
            id="crosses a start",
        ),
        pytest.param(
            "<p><a><b>a b</b> c</a> d</p>",
            "b c d",
            "<p><a><b>a <mark>b</mark></b><mark> c</mark></a><mark> d</mark></p>",
            id="crosses two ends",
        ),
        pytest.param(
            "<p>a b</p>\n<p>c d</p>",
            "b\nc",
            "<p>a <mark>b</mark></p>\n<p><mark>c</mark> d</p>",
            id="two paragraphs",
        ),
        pytest.param("<p>a &amp; b</p>", "&", "<p>a <mark>&amp;</mark> b</p>", id="entity"),
        pytest.param(
            '<p>a<sup class="footnote-ref"><a>1</a></sup> b</p>',
            "a",
            '<p><mark>a</mark><sup class="footnote-ref"><a>1</a></sup> b</p>',
            id="not the footnote behind it",
        ),
        pytest.param("<p>a<img>b<br>c</p>", "b", "<p>a<img><mark>b</mark><br>c</p>", id="voids"),
        pytest.param(
            "<em>a<p>b</p>c</em> d",
            "a\nb\nc d",
            "<em><mark>a</mark><p><mark>b</mark></p><mark>c</mark></em><mark> d</mark>",
            id="blocks inside an inline element",
        ),
    ],
)
def test_decorate_wraps_with_as_few_pieces_as_it_can(html: str, words: str, wrapped: str) -> None:
    fragment = read_fragment(html)
    assert decorate(fragment, [wrap(fragment.text, words)]) == wrapped


@pytest.mark.parametrize(
    ("wraps", "wrapped"),
    [
        pytest.param(
            [("one two", "b", 1), ("two three", "i", 2)],
            "<b>one <i>two</i></b><i> three</i> four",
            id="crossing: the higher rank is split",
        ),
        pytest.param(
            [("one two", "b", 2), ("two three", "i", 1)],
            "<b>one </b><i><b>two</b> three</i> four",
            id="crossing: also where it comes first",
        ),
        pytest.param(
            [("two", "b", 2), ("two", "i", 1)],
            "one <i><b>two</b></i> three four",
            id="equal: the lower rank is outside",
        ),
        pytest.param(
            [("one two three", "b", 9), ("two", "i", 1)],
            "<b>one <i>two</i> three</b> four",
            id="inside: nothing is split",
        ),
        pytest.param(
            [("one two", "b", 1), ("two three four", "i", 3), ("three", "u", 2)],
            "<b>one <i>two</i></b><i> <u>three</u> four</i>",
            id="three",
        ),
        pytest.param(
            [("one two", "a", 0), ("two three", "a", 1), ("four", "a", 1)],
            "<a>one two</a> three <a>four</a>",
            id="links: the second to touch is left out",
        ),
    ],
)
def test_decorate_nests_and_splits_by_rank(wraps: list[tuple[str, str, int]], wrapped: str) -> None:
    fragment = read_fragment("<p>one two three four</p>")
    made = [wrap(fragment.text, words, tag, rank) for words, tag, rank in wraps]
    assert decorate(fragment, made) == f"<p>{wrapped}</p>"
    assert decorate(fragment, made[::-1]) == f"<p>{wrapped}</p>"


@pytest.mark.parametrize("words", ["two", "one two", "tw", "two three"])
def test_decorate_never_puts_a_link_into_a_link(words: str) -> None:
    fragment = read_fragment('<p>one <a href="#">two</a> three</p>')
    assert decorate(fragment, [wrap(fragment.text, words, "a")]) == fragment.html


@pytest.mark.parametrize(
    ("words", "is_whole"),
    [("a b", True), ("b c", False), ("b c d", True), ("d", True), ("c d e", True), ("e\nf", False)],
)
def test_decorate_leaves_out_a_link_that_would_become_two(words: str, is_whole: bool) -> None:
    fragment = read_fragment("<p>a b <i>c d</i> e</p><p>f</p>")
    html = decorate(fragment, [wrap(fragment.text, words, "a")])
    assert (html.count("<a>"), html != fragment.html) == (is_whole, is_whole)


def test_decorate_gives_the_id_to_the_first_piece_only_and_escapes() -> None:
    fragment = read_fragment("<p>a</p><p>b</p>")
    made = Wrap(0, 3, "span", (("id", "x"), ("title", 'a"<&')), (("class", "y"),))
    assert decorate(fragment, [made]) == (
        '<p><span id="x" title="a&quot;&lt;&amp;">a</span></p><p><span class="y">b</span></p>'
    )


@pytest.mark.parametrize(
    ("html", "insert", "result"),
    [
        pytest.param("<p>ab</p>", Insert(1, "!"), "<p>a!b</p>", id="between"),
        pytest.param("<p><em>a</em> b</p>", Insert(1, "!"), "<p><em>a</em>! b</p>", id="after end"),
        pytest.param(
            "<p>a <em>b</em></p>", Insert(2, "!", "before"), "<p>a !<em>b</em></p>", id="before"
        ),
        pytest.param("<p>a</p><p>b</p>", Insert(1, "!"), "<p>a!</p><p>b</p>", id="end of a block"),
        pytest.param(
            "<p>a</p><p>b</p>", Insert(2, "!", "before"), "<p>a</p><p>!b</p>", id="start of a block"
        ),
        pytest.param("<p>a</p><p>b</p>", Insert(2, "!"), "<p>a</p><p>!b</p>", id="nothing behind"),
        pytest.param("<p><a>ab</a> c</p>", Insert(1, "!"), "<p><a>ab</a>! c</p>", id="in a link"),
        pytest.param(
            "<a><p>a</p></a><p>b</p>",
            Insert(1, "!"),
            "<a><p>a</p></a>!<p>b</p>",
            id="in a big link",
        ),
    ],
)
def test_decorate_sets_inserts(html: str, insert: Insert, result: str) -> None:
    assert decorate(read_fragment(html), inserts=[insert]) == result


def test_decorate_sets_a_mark_behind_the_last_piece() -> None:
    fragment = read_fragment("<p>a <em>b c</em> d</p>")
    marks = [Insert(3, "!"), Insert(3, "?")]
    assert decorate(fragment, [Wrap(0, 3, "mark")], marks) == (
        "<p><mark>a </mark><em><mark>b</mark>!? c</em> d</p>"
    )


@pytest.mark.parametrize(
    ("html", "result"),
    [
        pytest.param("<p>a</p>b", "<p>a</p>!b", id="paragraph"),
        pytest.param("<h2><em>a</em></h2>", "<h2><em>a</em></h2>!", id="heading"),
        pytest.param(
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "<ul><li>a!<ul><li>b</li></ul></li></ul>",
            id="item",
        ),
        pytest.param("<table><tr><td>a</td></tr></table>", "<table><tr><td>a!</td></tr></table>"),
        pytest.param("<blockquote>a</blockquote>", "<blockquote>a!</blockquote>", id="loose text"),
    ],
)
def test_decorate_sets_notes_where_they_may_stand(html: str, result: str) -> None:
    assert decorate(read_fragment(html), after_blocks={0: "!"}) == result


@pytest.mark.parametrize(
    ("wraps", "inserts", "notes"),
    [
        pytest.param([Wrap(1, 1, "b")], [], {}, id="empty"),
        pytest.param([Wrap(0, 9, "b")], [], {}, id="too long"),
        pytest.param([], [Insert(9, "!")], {}, id="no such offset"),
        pytest.param([], [], {1: "!"}, id="no such block"),
    ],
)
def test_decorate_refuses_places_that_are_not(
    wraps: list[Wrap], inserts: list[Insert], notes: dict[int, str]
) -> None:
    with pytest.raises(ValueError, match=r"no (text|block)"):
        decorate(read_fragment("<p>abc</p>"), wraps, inserts, notes)


# --- properties ------------------------------------------------------------------------------


class Checker(HTMLParser):
    """Notes every tag that does not close what it should, and links and blocks out of place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = [name for name in self.open if name.startswith("x-")]
        if tag == "a" and "a" in self.open:
            self.faults.append("a link in a link")
        if tag in BLOCK_TAGS and ours:
            self.faults.append(f"{tag} in {ours}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.faults.append(f"</{tag}>")


def faults_of(html: str) -> list[str]:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return [*checker.faults, *checker.open]


_TEXT = st.sampled_from(["a", "b c", " ", "&amp;", "é ", "\n", "de", "<br>", '<img alt="x">', ""])
_FOOTNOTE = st.just('<sup class="footnote-ref"><a href="#1">1</a></sup>')


def _elements(tags: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(tags), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    )


_INLINE = st.recursive(
    _TEXT | _FOOTNOTE, lambda inner: _elements(["em", "b", "i"], inner), max_leaves=8
)
_LINE = _INLINE | _elements(["a"], _TEXT)
_HTML = st.lists(
    st.recursive(
        _elements(["p", "li", "h2"], _LINE) | _LINE,
        lambda inner: _elements(["ul", "div", "em", "blockquote"], inner),
        max_leaves=10,
    ),
    max_size=5,
).map("".join)


@st.composite
def decorations(draw: st.DrawFn) -> tuple[Fragment, list[Wrap], list[Insert], dict[int, str]]:
    fragment = read_fragment(draw(_HTML))
    size = len(fragment.text)
    if not size:
        return fragment, [], [], {}
    offsets = st.integers(0, size)
    wraps: list[Wrap] = []
    for tag, rank in draw(
        st.lists(st.tuples(st.sampled_from(["a", "x-b", "x-i"]), st.integers(0, 2)))
    ):
        start, end = sorted((draw(offsets), draw(offsets)))
        if start < end:
            wraps.append(Wrap(start, end, tag, (("id", f"w{len(wraps)}"),), (), rank))
    html = st.just('<x-n><a href="#">[!]</a></x-n>')
    sides = st.sampled_from(["after", "before"])
    inserts = draw(st.lists(st.builds(Insert, offsets, html, sides), max_size=4))
    notes = draw(st.sets(st.integers(0, len(fragment.blocks) - 1), max_size=2))
    return fragment, wraps, inserts, dict.fromkeys(notes, "<aside>[?]</aside>")


@settings(deadline=None, max_examples=100)
@given(decorations())
def test_decorate_keeps_the_text_and_stays_well_formed(
    made: tuple[Fragment, list[Wrap], list[Insert], dict[int, str]],
) -> None:
    fragment, wraps, inserts, notes = made
    html = decorate(fragment, wraps, inserts, notes)
    assert faults_of(html) == faults_of(fragment.html)
    bare = re.sub(r'<x-n><a href="#">\[!\]</a></x-n>|<aside>\[\?\]</aside>', "", html)
    assert html.count("[!]") == len(inserts)
    assert re.sub(r"<[^>]*>", "", bare) == re.sub(r"<[^>]*>", "", fragment.html)
    assert read_fragment(bare).text == fragment.text


@settings(deadline=None, max_examples=100)
@given(decorations())
def test_decorate_wraps_exactly_the_words(
    made: tuple[Fragment, list[Wrap], list[Insert], dict[int, str]],
) -> None:
    fragment, wraps, _, _ = made
    for wrap in wraps:
        if wrap.tag != "a":
            html = decorate(fragment, [Wrap(wrap.start, wrap.end, "x-w")])
            inside = "".join(re.findall(r"<x-w>(.*?)</x-w>", html, re.DOTALL))
            words = fragment.text[wrap.start : wrap.end]
            assert "".join(read_fragment(inside).text.split()) == "".join(words.split())


@settings(deadline=None, max_examples=300)
@given(decorations())
def test_short_way_of_writing_a_block_gives_what_the_plan_gives(
    made: tuple[Fragment, list[Wrap], list[Insert], dict[int, str]],
) -> None:
    short = decorate(*made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("explainer.fragment._BlockWriter.is_apart", lambda *_: False)
        assert decorate(*made) == short


@settings(deadline=None)
@given(_HTML)
def test_fragment_offsets_are_exact(html: str) -> None:
    fragment = read_fragment(html)
    for block in fragment.blocks:
        for at in range(block.start, block.end):
            written = html[fragment.html_start(at) : fragment.html_end(at + 1)]
            assert read_fragment(f"<p>x{written}x</p>").text == f"x{fragment.text[at]}x"


@settings(deadline=None)
@given(st.text(alphabet="*_[]()<>ab \n#-`&;", max_size=60))
def test_decorate_works_on_whatever_markdown_gives(text: str) -> None:
    fragment = read_fragment(render_markdown(text))
    wraps = [Wrap(0, len(fragment.text), "x-b")] if fragment.text else []
    html = decorate(fragment, wraps)
    assert (faults_of(html), read_fragment(html).text) == ([], fragment.text)


@settings(deadline=None)
@given(st.text(alphabet="*_[]()<>ab \n#-`&;{}!^", max_size=80), st.sampled_from(["", "/a/longer/"]))
def test_edited_tags_leave_the_fragment_that_a_new_scan_finds(noise: str, url: str) -> None:
    text = (
        f"{noise} [a *b*]({{filename}}c.md) {noise}\n\n![d](#e)\n\n- [f](#f)[^1]\n\n[^1]: {noise}"
    )
    clean = clean_markdown(text)

    def resolve(target: str) -> str | None:
        return f"{url}{target}&" if url else None

    edited = with_edited_tags(read_fragment(clean.html), clean.edits(resolve))
    assert edited == read_fragment(render_markdown(text, resolve))
