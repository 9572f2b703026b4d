"""Markdown in, safe HTML out."""

from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.extensions import read_extensions
from explainer.fragment import count_words, read_fragment
from explainer.markdown import (
    clean_body,
    clean_markdown,
    minutes_to_read,
    render_inline,
    render_markdown,
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>\n", id="emphasis"),
        pytest.param("~~a~~", "<p><s>a</s></p>\n", id="strikethrough"),
        pytest.param('"It\'s" -- ...', '<p>"It\'s" -- ...</p>\n', id="quotes stay as typed"),
        pytest.param("Term\n: Text", "<dl>\n<dt>Term</dt>\n<dd>Text</dd>\n</dl>\n", id="terms"),
        pytest.param("a<br>b", "<p>a<br>b</p>\n", id="allowed raw html"),
        pytest.param('<q lang="de">a</q>', '<p><q lang="de">a</q></p>\n', id="language"),
        pytest.param(
            '<img src="a.png" alt="A" width="3" height="4" loading="lazy">',
            '<img src="a.png" alt="A" width="3" height="4" loading="lazy">',
            id="image",
        ),
    ],
)
def test_render_markdown_writes_html(text: str, html: str) -> None:
    assert render_markdown(text) == html


def test_render_markdown_nests_headings_from_h2_and_names_them() -> None:
    assert render_markdown("# Über *uns*\n\n## Über uns\n\n###### !") == (
        '<h2 id="section-uber-uns">Über <em>uns</em></h2>\n'
        '<h3 id="section-uber-uns-2">Über uns</h3>\n'
        '<h4 id="section">!</h4>\n'
    )


def test_render_markdown_aligns_cells_without_style() -> None:
    html = render_markdown("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|")
    assert '<td>1</td>\n<td class="align-center">2</td>\n<td class="align-right">3</td>' in html


def test_render_markdown_numbers_footnotes_within_their_scope() -> None:
    assert render_markdown("a[^x]\n\n[^x]: b", scope="short") == (
        '<p>a<sup class="footnote-ref">'
        '<a href="#footnote-short-1" id="footnote-ref-short-1">1</a></sup></p>\n'
        '<section class="footnotes">\n<ol>\n<li id="footnote-short-1"><p>b '
        '<a href="#footnote-ref-short-1" class="footnote-backref">↩︎</a></p>\n</li>\n</ol>\n'
        "</section>\n"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("<script>alert(1)</script>", "", id="script"),
        pytest.param("<b onclick=x style=y>a</b>", "<p><b>a</b></p>\n", id="handler and style"),
        pytest.param('<a href="javascript:x">a</a>', "<p><a>a</a></p>\n", id="script address"),
        pytest.param("<q cite=javascript:x>a</q>", "<p><q>a</q></p>\n", id="cited script"),
        pytest.param("![a](data:image/png;base64,x)", '<p><img alt="a"></p>\n', id="data address"),
        pytest.param("<h1>a</h1>", "a", id="a second h1"),
        pytest.param('<p id="evidence-x">a</p>', "<p>a</p>", id="an id of ours"),
        pytest.param('<p id="section-a">a</p>', "<p>a</p>", id="an id like ours"),
        pytest.param("<!-- a -->", "", id="comment"),
        pytest.param("<iframe src=//x></iframe>b", "b", id="frame"),
    ],
)
def test_render_markdown_drops_what_is_not_safe(text: str, html: str) -> None:
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param(
            "[a](https://b.example/?c=1&d=2)",
            '<p><a href="https://b.example/?c=1&amp;d=2" rel="noopener">a</a></p>\n',
            id="outer",
        ),
        pytest.param(
            '<a title="<a " href="//b.example">a</a>',
            '<p><a title="&lt;a " href="//b.example" rel="noopener">a</a></p>\n',
            id="outer without scheme, in raw html",
        ),
        pytest.param("[a](../b/)", '<p><a href="../b/">a</a></p>\n', id="relative"),
        pytest.param(
            "<a@b.example>", '<p><a href="mailto:a@b.example">a@b.example</a></p>\n', id="mail"
        ),
    ],
)
def test_render_markdown_marks_outer_links(text: str, html: str) -> None:
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("[x]({filename}other.md)", "{filename}other.md", id="filename"),
        pytest.param("[x](%7Bfilename%7Dother.md#a)", "{filename}other.md#a", id="encoded"),
        pytest.param("[x](<{filename}two words.md>)", "{filename}two words.md", id="blank"),
        pytest.param("![x]({static}/images/x.png)", "{static}/images/x.png", id="image"),
        pytest.param('<a href="{filename}é.md">x</a>', "{filename}é.md", id="raw html"),
        pytest.param("[x](#berlin-talks)", "#berlin-talks", id="record"),
    ],
)
def test_render_markdown_resolves_links_to_content(text: str, asked: str) -> None:
    html = render_markdown(text, {asked: "/found/?a&b"}.__getitem__)
    assert '="/found/?a&amp;b"' in html


def test_render_markdown_leaves_a_link_that_nobody_knows() -> None:
    assert render_markdown("[x](#a)", lambda _: None) == '<p><a href="#a">x</a></p>\n'


@pytest.mark.parametrize(
    "text", ["[x](/a)", "[x](a.html)", "[x](#section-a)\n\n# A", "a[^1]\n\n[^1]: b"]
)
def test_render_markdown_asks_only_about_content_links(text: str) -> None:
    def refuse(link: str) -> str:
        raise AssertionError(link)

    assert render_markdown(text, refuse) == render_markdown(text)


def test_render_markdown_lets_an_error_of_resolve_through() -> None:
    def fail(link: str) -> str:
        raise LookupError(link)

    with pytest.raises(LookupError, match="#a"):
        render_markdown("[x](#a)", fail)


def test_render_markdown_can_be_called_while_it_runs() -> None:
    def resolve(link: str) -> str:
        return str(len(render_markdown("# B\n\n[^1]\n\n[^1]: c")))

    again = [render_markdown("# A\n\n[x](#a) [^1]\n\n[^1]: b", resolve) for _ in range(2)]
    assert again[0] == again[1]


def test_render_markdown_is_the_same_in_threads() -> None:
    texts = [f"# {n}\n\n[^{n}] *a*\n\n[^{n}]: b{n}" for n in range(40)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render_markdown, texts)) == list(map(render_markdown, texts))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 20_000, id="brackets"),
        pytest.param("[a](" * 5_000, id="links"),
        pytest.param("".join("  " * n + "- a\n" for n in range(300)), id="lists"),
        pytest.param("*" * 100_000, id="stars"),
        pytest.param("a" * 1_000_000, id="a long line"),
        pytest.param(">" * 5_000, id="block quotes"),
        pytest.param("<div>" * 20_000, id="raw elements"),
        pytest.param("^[" * 5_000, id="footnotes"),
        pytest.param("# a\n" * 5_000, id="headings"),
    ],
)
def test_render_markdown_survives(text: str) -> None:
    assert isinstance(render_markdown(text), str)


def test_render_markdown_shows_html_that_nests_too_deep_as_text() -> None:
    assert render_markdown("<div>" * 101).startswith("<p>&lt;div&gt;")


class _Audit(HTMLParser):
    """Collects what a fragment must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "svg", "form", "h1"}:
            self.faults.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name == "style":
                self.faults.append(name)
            if name in {"href", "src"} and address.startswith(("javascript:", "data:")):
                self.faults.append(address)
            if name == "id" and not (value or "").startswith(("section", "footnote")):
                self.faults.append(f"id={value}")


_PIECES = (
    r"""<a href="|javascript:|x">|<p id="y"|<div>|</div>|<b>|</i>|[|](|)|*|**|`|> |- |# |[^1]|a"""
    r"""|[^1]: |^[|]|&lt;|&#106;|"|'|<!--|-->|<svg onload=z>|    |: |~|\|{filename}|#"""
)
_MARKUP = st.lists(
    st.sampled_from([*_PIECES.split("|"), "\n", "\n\n", "\t", "\0", "<h1>", "<style>"]), max_size=40
).map("".join)


PYTHON_MARKDOWN = read_extensions({"extensions": ["extra", "toc", "admonition", "wikilinks"]})


@settings(deadline=None)
@given(_MARKUP)
def test_render_markdown_is_safe_whatever_comes(text: str) -> None:
    audit = _Audit()
    audit.feed(render_markdown(text))
    audit.feed(render_inline(text))
    audit.feed(clean_body(text, PYTHON_MARKDOWN).html)
    assert audit.faults == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("a *b* **c**", "a <em>b</em> <strong>c</strong>", id="emphasis"),
        pytest.param("[a](#b)", '<a href="/b/">a</a>', id="link"),
        pytest.param("<b>R&D</b> &copy;", "&lt;b&gt;R&amp;D&lt;/b&gt; &amp;copy;", id="text"),
        pytest.param("# a\n  `b`\n", "# a `b`", id="one line, nothing else"),
        pytest.param("![a](b.png)", '!<a href="b.png">a</a>', id="no image"),
        pytest.param("[a](javascript:b)", "[a](javascript:b)", id="script address"),
        pytest.param("a\u00a0b \\*", "a&nbsp;b *", id="blank that holds together"),
    ],
)
def test_render_inline_knows_emphasis_and_links(text: str, html: str) -> None:
    assert render_inline(text, lambda link: "/b/" if link == "#b" else None) == html


@pytest.mark.parametrize(
    ("fragment", "headline", "words"),
    [
        pytest.param("", "", 0, id="nothing"),
        pytest.param("<p>one two</p><p>three</p>", "Four five", 5, id="headline and body"),
        pytest.param("<p>one — two - 3</p>", "", 3, id="a dash is no word"),
        pytest.param("<p>o<em>n</em>e<br>two&nbsp;three</p>", "", 3, id="markup"),
        pytest.param('<p>one<sup class="footnote-ref"><a>1</a></sup></p>', "", 1, id="footnote"),
    ],
)
def test_count_words_counts_what_is_read(fragment: str, headline: str, words: int) -> None:
    assert count_words(headline) + read_fragment(fragment).words == words


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (600, 3), (615, 4)]
)
def test_minutes_to_read_rounds_up(words: int, minutes: int) -> None:
    assert minutes_to_read(words) == minutes


@given(st.text("abzAZé09 ,.;?’–-", min_size=1, max_size=30))
def test_line_of_words_is_what_the_parser_makes_of_it(text: str) -> None:
    """Such a line is not parsed at all where nothing in it can mean anything."""
    assert render_markdown(text) == clean_markdown(text).resolved(None)
