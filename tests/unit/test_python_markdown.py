"""Python-Markdown behind the same door: what it must not do, and what it is asked for."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from explainer.extensions import PythonMarkdown, read_extensions
from explainer.fragment import read_fragment
from explainer.frontmatter import split_document
from explainer.importing.raw import Line
from explainer.importing.writing import escape_line, markdown
from explainer.markdown import CleanText, clean_body
from explainer.memory import ReadingMemory
from explainer.reader import RENDERED, ExplainerReader
from explainer.settings import Settings, SettingsError
from explainer.withholding import leave_out_mistakes
from tests.site.northbridge import ROOT

from .small_site import Reading, settings, small_pages, small_site

PYTHON_MARKDOWN = {"markdown": "python-markdown"}
DEFAULT = read_extensions(None)


def known(clean: CleanText) -> list[object]:
    """All that a rendering is."""
    return clean.to_json()


def html_of(text: str, *extensions: str, **configs: dict[str, Any]) -> str:
    """What a text becomes with Pelican's default, or with the extensions named."""
    asked = {"extensions": extensions, "extension_configs": configs}
    return clean_body(text, read_extensions(asked) if extensions else DEFAULT).html


# ------------------------------------------------------------------------------ the same door


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain *and* **loud**.", "<p>Plain <em>and</em> <strong>loud</strong>.</p>\n"),
        (" \n", ""),
        ('It\'s "so" -- now...', '<p>It\'s "so" -- now...</p>\n'),
        ("<script>alert(1)</script>\n\nb", "\n\n<p>b</p>\n"),
        ('<p onclick="x()" style="color: red">a</p>', "<p>a</p>\n"),
        ("[a](javascript:alert(1))", "<p><a>a</a></p>\n"),
        ('a *b*{: onclick="x()" }', "<p>a <em>b</em></p>\n"),
        ("[a](https://b.org/)", '<p><a href="https://b.org/" rel="noopener">a</a></p>\n'),
        ('<b id="event-x">a</b>', "<p><b>a</b></p>\n"),
        ("a *b*{: #event-x }", "<p>a <em>b</em></p>\n"),
        ("a\u202eb", "<p>a\ufffdb</p>\n"),
        ("a&#x202E;b", "<p>a\ufffdb</p>\n"),
        ("a &#2;wzxhzdk:0&#3; <b>c</b>", "<p>a \ufffdwzxhzdk:0\ufffd <b>c</b></p>\n"),
    ],
)
def test_python_markdown_passes_the_same_door(text: str, html: str) -> None:
    assert html_of(text) == html


def test_headings_of_python_markdown_are_nested_from_h2_and_named() -> None:
    text = "# Über *uns* {#mine}\n\nÜber uns\n--------\n\n###### A &amp; `b` [^1]\n\n[^1]: c"
    assert html_of(text).partition("\n<section")[0] == (
        '<h2 id="section-uber-uns">Über <em>uns</em></h2>\n'
        '<h3 id="section-uber-uns-2">Über uns</h3>\n'
        '<h4 id="section-a-b">A &amp; <code>b</code> <sup class="footnote-ref">'
        '<a href="#footnote-1" id="footnote-ref-1">1</a></sup></h4>'
    )


def test_heading_of_python_markdown_has_the_id_that_commonmark_gives() -> None:
    text = "## Two <b>q</b> & AT&T\n\n### caf&eacute; *x*\n\n## !\n\n## Two q & AT&T"
    assert html_of(text) == clean_body(text).html


def test_notes_of_python_markdown_are_those_of_the_theme() -> None:
    text = "a[^x] b[^x] c[^y]\n\n[^x]: one\n[^y]: two\n[^z]: never\n"
    assert html_of(text) == (
        '<p>a<sup class="footnote-ref"><a href="#footnote-1" id="footnote-ref-1">1</a></sup> '
        'b<sup class="footnote-ref"><a href="#footnote-1" id="footnote-ref-1-2">1</a></sup> '
        'c<sup class="footnote-ref"><a href="#footnote-2" id="footnote-ref-2">2</a></sup></p>\n'
        '<section class="footnotes">\n<ol>\n<li id="footnote-1">\n<p>one&nbsp;'
        '<a class="footnote-backref" href="#footnote-ref-1">↩︎</a> '
        '<a class="footnote-backref" href="#footnote-ref-1-2">↩︎</a></p>\n</li>\n'
        '<li id="footnote-2">\n<p>two&nbsp;'
        '<a class="footnote-backref" href="#footnote-ref-2">↩︎</a></p>\n</li>\n'
        '<li id="footnote-3">\n<p>never&nbsp;</p>\n</li>\n</ol>\n</section>\n'
    )


def test_notes_of_python_markdown_are_known_by_any_of_its_names() -> None:
    config = {"SEPARATOR": "-", "UNIQUE_IDS": True, "USE_DEFINITION_ORDER": False}
    text = "a[^y] b[^x]\n\n[^x]: one\n[^y]: two\n"
    html = html_of(text, "footnotes", footnotes=config)
    assert html.count('id="footnote-') == html.count('href="#footnote-') == 4


def test_list_of_contents_leads_to_our_ids() -> None:
    html = html_of("[TOC]\n\n## One\n\n### Two", "toc", toc={"permalink": True})
    assert html == (
        '<div>\n<ul>\n<li><a href="#section-one">One</a><ul>\n'
        '<li><a href="#section-two">Two</a></li>\n</ul>\n</li>\n</ul>\n</div>\n'
        '<h2 id="section-one">One<a href="#section-one" title="Permanent link">¶</a></h2>\n'
        '<h3 id="section-two">Two<a href="#section-two" title="Permanent link">¶</a></h3>\n'
    )


def test_link_of_an_author_is_never_led_to_a_heading_by_its_other_id() -> None:
    reader = read_extensions({"extensions": ["extra", "toc"]})
    clean = clean_body("[TOC]\n\n## Talks {#talks}\n\n[x](#talks) [y](#section-talks)", reader)
    asked: list[str] = []
    clean.resolved(lambda target: asked.append(target))
    assert asked == ["#talks"]


def test_cells_and_boxes_have_no_style() -> None:
    table = "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|"
    assert html_of(table) == clean_body(table).html
    assert html_of("!!! note\n    Body", "admonition") == (
        "<div>\n<p><strong>Note</strong></p>\n<p>Body</p>\n</div>\n"
    )


def test_code_has_no_colours_that_no_style_sheet_knows() -> None:
    assert html_of("    :::python\n    x = 1\n") == "<pre><code>x = 1\n</code></pre>\n"


def test_links_of_python_markdown_are_resolved() -> None:
    text = "[a]({filename}o.md) ![b]({static}c.png) [d](#e) <a href='{filename}f.md'>g</a>"
    html = clean_body(text, DEFAULT).resolved(lambda target: f"/{target}/")
    assert html == (
        '<p><a href="/{filename}o.md/">a</a> <img alt="b" src="/{static}c.png/"> '
        '<a href="/#e/">d</a> <a href="/{filename}f.md/">g</a></p>\n'
    )


SIGNS = "\\!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"


@pytest.mark.parametrize(
    "line",
    [
        *(f"{sign}{sign} a {sign}b{sign}{sign}" for sign in SIGNS),
        "1. a",
        "[a](b) ![c](d) [^e] [f]: g",
        "<b>&amp; &#65; *c* __d__ ~~e~~",
        "| a | b |",
        ": term",
        "#MeToo began in 2017",
        '["*[a]: b',
        "}[_[a](b)",
        "<_$@<b>",
    ],
)
def test_python_markdown_shows_what_an_import_has_written(line: str) -> None:
    shown = [read_fragment(clean_body(escape_line(line), r).html).text for r in (None, DEFAULT)]
    assert shown == [line.strip(), line.strip()]


@pytest.mark.parametrize("words", ["Learning C#", "Braces {a}", "#1", "a {: #b }"])
@pytest.mark.parametrize("reader", [None, DEFAULT], ids=["commonmark", "python-markdown"])
def test_heading_that_an_import_has_written_has_its_words(
    reader: PythonMarkdown | None, words: str
) -> None:
    html = clean_body(markdown([Line(1, words, kind="heading")]), reader).html
    assert (html[:4], read_fragment(html).text) == ("<h2 ", words)


def test_python_markdown_is_the_same_in_threads_and_remembers_nothing() -> None:
    texts = [f"*[AB]: c{n}\n\nAB[^1]\n\n[^1]: {n}\n\n# H\n" for n in range(20)] + ["AB [^1]"]
    one_by_one = [clean_body(text, DEFAULT).html for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: clean_body(text, DEFAULT).html, texts)) == one_by_one
    assert one_by_one[-1] == "<p>AB [^1]</p>\n"


# --------------------------------------------------------------------------- what it cannot do


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("[" * 2_001, "this text has 2,001 '[', and Python-Markdown gets 2,000 at most"),
        (
            "a\n" * 5_000,
            (
                "this text has 5,001 lines without a blank one between, and Python-Markdown gets "
                "5,000 at most"
            ),
        ),
        (
            "\n".join("    " * level + "- a" for level in range(300)),
            "Python-Markdown cannot read this text: it nests too deep",
        ),
        ("> " * 150 + "a", "this text nests deeper than 100 levels"),
    ],
)
def test_text_that_python_markdown_cannot_read_says_why(text: str, failure: str) -> None:
    clean = clean_body(text, DEFAULT)
    assert known(clean) == known(replace(clean_body(text), failure=failure))
    assert CleanText.from_json(text, json.loads(json.dumps(clean.to_json()))).failure == failure


def test_html_that_nests_too_deep_is_shown_as_text() -> None:
    clean = clean_body("<div>" * 101, DEFAULT)
    assert (clean.html[:14], clean.failure) == ("<p>&lt;div&gt;", "")


def test_text_is_read_or_not_however_deep_the_caller_is() -> None:
    text = "> " * 90 + "a"

    def read(frames: int) -> CleanText:
        return read(frames - 1) if frames else clean_body(text, DEFAULT)

    assert known(read(600)) == known(read(0))
    assert read(0).failure == ""


def test_text_that_is_not_read_is_a_problem_of_its_file() -> None:
    body = "The council closed the bridge.\n\n" + "> " * 150 + "a\n"
    files: dict[str, str | None] = {
        "articles/closed.md": f"---\ntitle: The bridge is closed\ndate: 2026-03-10\n---\n{body}",
        "pages/about.md": f"---\ntitle: About\n---\n{body}",
    }
    site = small_site(files, EXPLAINER=PYTHON_MARKDOWN)
    told = [(p.location.file, p.code, p.message, p.help) for p in site.report.problems]
    assert told == [(f"content/{name}", "unread-text", DEEP, HINTS) for name in files]
    kept = leave_out_mistakes(site.loaded, settings(EXPLAINER=PYTHON_MARKDOWN))
    assert (kept.graph.articles, kept.graph.pages, kept.report.failed) == ({}, {}, False)


DEEP = "this text nests deeper than 100 levels"
HINTS = (
    "simplify the text, or leave an extension out of MARKDOWN in pelican.conf.py",
    "a text that CommonMark reads needs no 'markdown' in EXPLAINER",
)
FAILING = """
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

class Failing(Treeprocessor):
    def run(self, root):
        if "word" in "".join(root.itertext()):
            raise LookupError("no such\\nword")

class FailingExtension(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(Failing(md), "failing", 1)

def makeExtension(**kwargs):
    return FailingExtension(**kwargs)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Writes a module that can be imported, and gives its name."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(name: str, text: str) -> str:
        (tmp_path / f"{name}.py").write_text(text)
        sys.modules.pop(name, None)
        return name

    return write


def test_extension_that_fails_is_told_with_its_place(module: Callable[[str, str], str]) -> None:
    reader = read_extensions({"extensions": [module("failing_words", FAILING)]})
    assert clean_body("Other.", reader).failure == ""
    clean = clean_body("A word.", reader)
    assert clean.html == "<p>A word.</p>\n"
    assert clean.failure == (
        "Python-Markdown or one of its extensions failed on this text: "
        "LookupError: no such word (failing_words.py, line 8)"
    )


# ------------------------------------------------------------------------------- the setting

NAMES = (
    "abbr, admonition, attr_list, codehilite, def_list, extra, fenced_code, footnotes, "
    "legacy_attrs, legacy_em, md_in_html, nl2br, sane_lists, tables, toc, wikilinks"
)
INSTALLED = f"installed are {NAMES}; any other is named by its module"
TOC = (
    "anchorlink, anchorlink_class, baselevel, marker, permalink, permalink_class, "
    "permalink_leading, permalink_title, separator, slugify, title, title_class, toc_class, "
    "toc_depth"
)


def test_python_markdown_is_asked_for_in_the_settings() -> None:
    asked = {"extensions": ["toc", "markdown.extensions.meta"], "tab_length": 2}
    ours = settings(EXPLAINER=PYTHON_MARKDOWN, MARKDOWN={**asked, "output_format": "html5"})
    assert ours.markdown is not None
    assert (ours.markdown.extensions, ours.markdown.tab_length) == ((("toc", "{}"),), 2)
    assert settings(MARKDOWN=asked).markdown is None
    assert settings(EXPLAINER={"markdown": "commonmark"}).markdown is None


def test_extensions_are_those_of_pelican_where_nothing_is_said() -> None:
    assert read_extensions(DEFAULT_CONFIG["MARKDOWN"]) == DEFAULT
    assert [name for name, _ in DEFAULT.extensions] == [
        "markdown.extensions.codehilite",
        "markdown.extensions.extra",
    ]


@pytest.mark.parametrize(
    ("asked", "message", "hints"),
    [
        (
            5,
            (
                "MARKDOWN is 5; a mapping is wanted: extensions, extension_configs, output_format,"
                " tab_length"
            ),
            (),
        ),
        (
            {"extension": []},
            (
                "MARKDOWN has no key 'extension'; known keys: extensions, extension_configs,"
                " output_format, tab_length"
            ),
            (),
        ),
        (
            {"tab_length": 0},
            "MARKDOWN: tab_length is 0; a whole number from 1 on is wanted",
            (),
        ),
        (
            {"extensions": "toc"},
            "MARKDOWN: extensions is 'toc'; a list of names is wanted",
            (),
        ),
        (
            {"extension_configs": ["toc"]},
            "MARKDOWN: extension_configs is ['toc']; a mapping from names is wanted",
            (),
        ),
        (
            {"extensions": [3]},
            "MARKDOWN: 3 is no name of an extension",
            ("name it as text, such as 'markdown.extensions.toc'",),
        ),
        (
            {"extensions": ["markdown.extensions.smarty"]},
            (
                "MARKDOWN: 'markdown.extensions.smarty' cannot be used: evidence rests on the very"
                " characters of a text"
            ),
            ("type the quotation marks and dashes that are to be shown",),
        ),
        (
            {"extensions": ["markdown.extensions.foonotes"]},
            "MARKDOWN: there is no extension 'markdown.extensions.foonotes'",
            ("did you mean 'markdown.extensions.footnotes'?", INSTALLED),
        ),
        (
            {"extensions": ["not_installed.anywhere"]},
            "MARKDOWN: there is no extension 'not_installed.anywhere'",
            (INSTALLED,),
        ),
        (
            {"extensions": ["json"]},
            (
                "MARKDOWN: 'json' cannot be loaded: AttributeError: Failed to initiate extension"
                " 'json': module 'json' has no attribute 'makeExtension'"
            ),
            (),
        ),
        (
            {"extension_configs": {"toc": 3}},
            "MARKDOWN: 'toc' has 3; a mapping is wanted",
            (),
        ),
        (
            {"extension_configs": {"toc": {"slugify": len}}},
            (
                "MARKDOWN: 'slugify' of 'toc' is a builtin_function_or_method; texts, numbers,"
                " lists and mappings of them are allowed"
            ),
            (),
        ),
        (
            {"extension_configs": {"toc": {"titel": "Contents"}}},
            f"MARKDOWN: 'toc' has no option 'titel'; known options: {TOC}",
            ("did you mean 'title'?",),
        ),
        (
            {"extension_configs": {"toc": {"toc_depth": "deep"}}},
            (
                "MARKDOWN: 'toc' cannot be loaded: ValueError: invalid literal for int() with base"
                " 10: 'deep'"
            ),
            (),
        ),
    ],
)
def test_extensions_that_cannot_be_used_are_refused(
    asked: object, message: str, hints: tuple[str, ...]
) -> None:
    with pytest.raises(SettingsError) as error:
        read_extensions(asked)
    assert (str(error.value), error.value.hints) == (message, hints)


def test_reader_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError) as error:
        settings(EXPLAINER={"markdown": "python_markdown"})
    assert str(error.value) == (
        "markdown is 'python_markdown'; allowed are commonmark, python-markdown"
    )
    assert error.value.hints == ("did you mean 'python-markdown'?",)


def test_extension_that_lacks_what_it_needs_is_told(module: Callable[[str, str], str]) -> None:
    name = module("needy_words", "import not_installed_anywhere\n")
    with pytest.raises(SettingsError) as error:
        read_extensions({"extensions": [name]})
    assert str(error.value) == (
        "MARKDOWN: 'needy_words' cannot be loaded: ModuleNotFoundError: No module named"
        " 'not_installed_anywhere'"
    )


def test_python_markdown_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "markdown", None)
    with pytest.raises(SettingsError) as error:
        settings(EXPLAINER=PYTHON_MARKDOWN)
    assert str(error.value) == (
        "markdown is 'python-markdown', and Python-Markdown is not installed"
    )
    assert error.value.hints == (
        "install it: .venv/bin/python -m pip install 'Markdown>=3.8'",
        "or leave 'markdown' out of EXPLAINER: 'commonmark' needs nothing",
    )


def test_python_markdown_is_not_imported_where_nobody_asks() -> None:
    code = (
        "import sys, datetime as dt\n"
        "from explainer import site, settings, markdown\n"
        "settings.read_settings({}, clock=dt.datetime.now(dt.UTC))\n"
        "markdown.clean_body('a')\n"
        "print(sorted(n for n in sys.modules if n.partition('.')[0] == 'markdown'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


# ------------------------------------------------------------------------ the whole of a site


def with_python_markdown(**asked: object) -> dict[str, object]:
    return (
        {"EXPLAINER": PYTHON_MARKDOWN, "MARKDOWN": asked}
        if asked
        else {"EXPLAINER": PYTHON_MARKDOWN}
    )


#: "    text" is code in CommonMark and a part of the list's item here; `**` is bold in one alone.
BODY = """\
---
title: The bridge is closed
date: 2026-03-10
story: bridge
---
The council
{: .lead }

The council *closed*{: #event-bridge-closed } the bridge. [Why](#nothing)

*[TC]: Town Council

TC is silent.
"""


def test_evidence_is_found_in_the_words_that_the_site_shows() -> None:
    files: dict[str, str | None] = {"articles/closed.md": BODY.replace(" [Why](#nothing)", "")}
    site = small_site(files, EXPLAINER=PYTHON_MARKDOWN)
    assert site.report.problems == ()
    shown = site.graph.articles["closed"].fragment.text
    assert shown == "The council\nThe council closed the bridge.\nTC is silent."
    assert "{: .lead }" in small_site(files).graph.articles["closed"].fragment.text


def test_dead_link_is_told_whoever_reads() -> None:
    files: dict[str, str | None] = {"articles/closed.md": BODY}
    sites = [small_site(files), small_site(files, EXPLAINER=PYTHON_MARKDOWN)]
    told = [[p.message for p in site.report.problems if p.code == "dead-link"] for site in sites]
    assert told == [["'#nothing' leads to no record that is published, and to no heading here"]] * 2


def test_static_pages_and_translations_are_read_alike() -> None:
    page = "---\ntitle: About\n---\nWe.\n{: .lead }\n"
    translation = "---\ntitle: Die Brücke\ndate: 2026-03-10\n---\nDie Brücke.\n{: .lead }\n"
    files: dict[str, str | None] = {"pages/about.md": page, "articles/closed.de.md": translation}
    site = small_site(files, EXPLAINER=PYTHON_MARKDOWN)
    assert site.report.problems == ()
    assert site.graph.translations["closed", "de"].fragment.html == "<p>Die Brücke.</p>\n"
    assert site.markdown is not None


def test_pelican_reader_renders_as_the_site_does(tmp_path: Path) -> None:
    file = tmp_path / "closed.md"
    file.write_text(BODY)
    rendered: dict[str, CleanText] = {}
    values = {**DEFAULT_CONFIG, "EXPLAINER": PYTHON_MARKDOWN, RENDERED: rendered}
    html, _ = ExplainerReader(values).read(str(file))
    body = split_document(BODY, "closed.md")[0].body
    assert html == rendered[body].html == clean_body(body, DEFAULT).html
    wrong = {**values, "EXPLAINER": {"markdown": "other"}}
    assert ExplainerReader(wrong).read(str(file))[0] == clean_body(body).html


# ------------------------------------------------------------------- what is not made again


def test_kept_rendering_is_good_for_the_same_reader_alone() -> None:
    body, other = "a\n{: .b }\n", read_extensions({"extensions": ["nl2br"]})
    first = Reading()
    for reader in (None, DEFAULT, other):
        first.render(body, reader)
    assert first.lines.count(b"\n") == 3
    second = Reading(first.lines)
    readers = (None, DEFAULT, other)
    shown = [known(second.render(body, reader)) for reader in readers]
    assert shown == [known(clean_body(body, reader)) for reader in readers]
    assert second.lines == first.lines


def test_memory_of_a_preview_tells_readers_apart() -> None:
    memory = ReadingMemory()
    for reader in (None, DEFAULT, None):
        with memory.used() as steps:
            html = steps.render("a\n{: .b }\n", reader).html
            assert html == clean_body("a\n{: .b }\n", reader).html


def test_extension_that_is_edited_makes_another_reader(module: Callable[[str, str], str]) -> None:
    name = module("edited_words", FAILING)
    before = read_extensions({"extensions": [name]})
    assert read_extensions({"extensions": [name]}) == before
    module("edited_words", FAILING.replace("word", "verb"))
    assert read_extensions({"extensions": [name]}) != before


def test_readers_with_the_same_settings_look_the_same() -> None:
    """`build_key` is a digest of it: pages are taken over where it is the same."""
    values = with_python_markdown(extension_configs={"toc": {"title": "Contents"}})
    one, other = settings(**values), settings(**values)
    assert isinstance(one, Settings)
    assert repr(one) == repr(other) != repr(settings(**with_python_markdown()))
    assert isinstance(one.markdown, PythonMarkdown)
    assert "Contents" in repr(one)
    assert pickle.loads(pickle.dumps(one)) == one  # settings go to other processes


def test_page_of_a_site_is_made_with_its_reader() -> None:
    page = "---\ntitle: About\n---\nWe.\n{: .lead }\n"
    site = small_site({"pages/about.md": page}, EXPLAINER=PYTHON_MARKDOWN)
    shown = dict(small_pages(site, EXPLAINER=PYTHON_MARKDOWN).files)["about/index.html"]
    assert ("<p>We.</p>" in shown, "{: .lead }" in shown) == (True, False)
