"""Selectors: where an editor's words stand in an article, and what to say when they do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.fragment import read_fragment
from explainer.markdown import render_markdown
from explainer.passages import (
    Ambiguous,
    ArticleText,
    NotFound,
    Passage,
    Quoted,
    Selector,
    find_passage,
    fold,
    is_word_edge,
    parse_selector,
    quote_text,
    say_difference,
)

HEADLINE = "Ukraine Abandons NATO Membership Amid Berlin Peace Talks"
BODY = """
BERLIN/KYIV — In a significant diplomatic development, President Volodymyr Zelenskiy announced
that Ukraine is relinquishing its long-standing goal of joining NATO to secure legally binding
security guarantees from Western nations. This concession comes as peace negotiations resumed in
Berlin on Sunday, aiming to resolve the ongoing war with Russia.

Ahead of the Sunday sessions, Zelenskiy stated, "From the outset, our goal was NATO
membership—true security guarantees. However, some partners in the US and Europe did not support
this path. This represents a compromise on our part." Kyiv's officials *looked forward* to it.

The Kremlin dismissed these remarks as “irresponsible” and accused Rutte of misunderstanding the
realities of war, with spokesman Dmitry Peskov stating, “Mr. Rutte doesn’t grasp it.”
"""
FIRST_SENTENCE = BODY.split(" This")[0].strip().replace("\n", " ")
ARTICLE = ArticleText(HEADLINE, read_fragment(render_markdown(BODY)))


def article(html: str, headline: str = "") -> ArticleText:
    return ArticleText(headline, read_fragment(html))


def words_of(selector: str) -> str | NotFound | Ambiguous:
    found = find_passage(ARTICLE, parse_selector(selector))
    return found.words if isinstance(found, Passage) else found


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        pytest.param("one two", Selector("one two"), id="words"),
        pytest.param(" one ... two ", Selector("one", until="two"), id="range"),
        pytest.param("one\n…\ntwo", Selector("one", until="two"), id="range with an ellipsis"),
        pytest.param("one...two", Selector("one...two"), id="dots inside words"),
        pytest.param("... two", Selector("... two"), id="dots at the start"),
        pytest.param("one ...", Selector("one ..."), id="dots at the end"),
        pytest.param("a ... b ... c", Selector("a", until="b ... c"), id="only the first"),
    ],
)
def test_parse_selector_reads_both_forms(text: str, selector: Selector) -> None:
    assert parse_selector(text) == selector


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        pytest.param("resumed in Berlin", "resumed in Berlin", id="across a line break"),
        pytest.param("resumed  in\n Berlin", "resumed in Berlin", id="any white space"),
        pytest.param('as "irresponsible"', "as “irresponsible”", id="straight for typographic"),
        pytest.param("Mr. Rutte doesn't", "Mr. Rutte doesn’t", id="apostrophe"),
        pytest.param("Kyiv’s officials", "Kyiv's officials", id="typographic for straight"),
        pytest.param("long‑standing goal", "long-standing goal", id="another hyphen"),
        pytest.param("of war,", "of war,", id="punctuation at the end"),
        pytest.param("officials looked forward to", "officials looked forward to", id="markup"),
        pytest.param("Amid Berlin Peace", "Amid Berlin Peace", id="headline"),
        pytest.param("In a ... Western nations", FIRST_SENTENCE[14:-1], id="range"),
        pytest.param(
            "Peskov ... Rutte", "Peskov stating, “Mr. Rutte", id="the first end behind the start"
        ),
        pytest.param("Ukraine Abandons ... Talks", HEADLINE, id="range in the headline"),
    ],
)
def test_find_passage_gives_the_article_s_own_words(selector: str, words: str) -> None:
    assert words_of(selector) == words


def test_find_passage_says_where_in_the_body() -> None:
    found = find_passage(article("<p>One.</p><p>Two &amp; three.</p>"), Selector("& three"))
    assert found == Passage(9, 16, 1, "& three")


def test_find_passage_says_where_in_the_headline() -> None:
    found = find_passage(article("<p>One.</p>", "Two three"), Selector("three"))
    assert found == Passage(4, 9, None, "three", in_headline=True)


def test_find_passage_prefers_the_body() -> None:
    found = find_passage(article("<p>One two.</p>", "Two one"), Selector("One"))
    assert found == Passage(0, 3, 0, "One")


def test_find_passage_may_cross_paragraphs_when_all_is_written_out() -> None:
    found = find_passage(article("<p>One.</p><p>Two.</p>"), Selector("One. Two."))
    assert found == Passage(0, 9, 0, "One. Two.")


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        pytest.param("exam\u00adple", "example", "exam\u00adple", id="soft hyphen"),
        pytest.param("a\u00a0b", "a b", "a\u00a0b", id="blank that holds together"),
        pytest.param("Cafe\u0301 x", "Caf\u00e9", "Cafe\u0301", id="accent of its own"),
        pytest.param("Caf\u00e9 x", "Cafe\u0301", "Caf\u00e9", id="accent of its own, typed"),
        pytest.param("so… well", "so... well", "so… well", id="ellipsis"),
        pytest.param("a \u200b b", "a b", "a \u200b b", id="invisible between spaces"),
        pytest.param("„ja“", '"ja"', "„ja“", id="low quotes"),
        pytest.param("普京总统说", "总统", "总统", id="a script without spaces"),
    ],
)
def test_find_passage_folds(text: str, words: str, found: str) -> None:
    assert find_passage(article(f"<p>x {text} y</p>"), Selector(words)) == Passage(
        2 + text.index(found), 2 + text.index(found) + len(found), 0, found
    )


@pytest.mark.parametrize("words", ["ward", "looked for", "irresponsibl", "berlin on Sunday", ""])
def test_find_passage_matches_whole_words_and_letters_as_they_are(words: str) -> None:
    assert isinstance(find_passage(ARTICLE, Selector(words)), NotFound)


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        pytest.param(Selector("war", prefix="ongoing"), "war", id="prefix"),
        pytest.param(Selector("war", suffix=", with"), "war", id="suffix"),
        pytest.param(Selector("Rutte", prefix="accused ", suffix=" of"), "Rutte", id="both"),
        pytest.param(Selector("security", "guarantees", prefix="true"), "security guarantees"),
    ],
)
def test_find_passage_tells_places_apart_by_context(selector: Selector, words: str) -> None:
    found = find_passage(ARTICLE, selector)
    assert isinstance(found, Passage)
    assert found.words == words


@pytest.mark.parametrize(
    ("selector", "result"),
    [
        pytest.param(
            Selector("President Wolodymyr Selenskyj announced"),
            NotFound("President Volodymyr Zelenskiy announced"),
            id="another spelling",
        ),
        pytest.param(Selector("zzz qqq"), NotFound(None), id="nothing like it"),
        pytest.param(
            Selector("Ukraine abandoned NATO membership"),
            NotFound("Ukraine Abandons NATO Membership"),
            id="nearest in the headline",
        ),
        pytest.param(
            Selector("announces that", until="nations"),
            NotFound("announced that", "first"),
            id="first words of a range",
        ),
        pytest.param(
            Selector("announced that", until="Western nation"),
            NotFound("Western nations.", "last"),
            id="last words of a range",
        ),
        pytest.param(
            Selector("announced that", until="Dmitry Peskov"),
            NotFound(None, "last", elsewhere=True),
            id="last words in another paragraph",
        ),
        pytest.param(
            Selector("with Russia", until="President"),
            NotFound(None, "last", elsewhere=True),
            id="last words before the first",
        ),
        pytest.param(
            Selector("concession", prefix="That"),
            NotFound("Western nations. This concession comes as", "context"),
            id="not in this context",
        ),
    ],
)
def test_find_passage_explains_what_is_missing(selector: Selector, result: NotFound) -> None:
    assert find_passage(ARTICLE, selector) == result


@pytest.mark.parametrize(
    ("selector", "result"),
    [
        pytest.param(
            "NATO",
            Ambiguous(2, ("NATO to", "NATO membership—true")),
            id="words",
        ),
        pytest.param(
            "Rutte",
            Ambiguous(2, ("Rutte of", "Rutte doesn’t")),
            id="words of their place",
        ),
        pytest.param(
            "Zelenskiy ... nations",
            Ambiguous(2, ("Zelenskiy announced ... nations",)),
            id="range: the places that have an end",
        ),
        pytest.param(
            "guarantees ... part",
            Ambiguous(2, ("guarantees. However ... part",)),
            id="range: only the start grows",
        ),
    ],
)
def test_find_passage_shows_how_to_extend(selector: str, result: Ambiguous) -> None:
    assert words_of(selector) == result


def test_find_passage_extends_to_the_left_at_the_end_of_a_paragraph() -> None:
    found = find_passage(article("<p>Big war.</p><p>Old war.</p>"), Selector("war"))
    assert found == Ambiguous(2, ("Big war", "Old war"))


def test_find_passage_offers_no_words_with_dots_that_would_be_a_range() -> None:
    text = article("<p>We … war … ended.</p><p>A war … ended late.</p><p>War [...] a war.</p>")
    found = find_passage(text, Selector("war"))
    assert found == Ambiguous(3, ("A war", "a war"))


def test_find_passage_leaves_out_places_that_cannot_be_told_apart() -> None:
    found = find_passage(article("<p>Old war.</p><p>Old war.</p><p>A war.</p>"), Selector("war"))
    assert found == Ambiguous(3, ("A war",))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "a.", "b,", "</p><p>"]), min_size=1, max_size=20))
def test_find_passage_extends_to_what_it_finds(pieces: list[str]) -> None:
    text = article(f"<p>{' '.join(pieces)}</p>")
    found = find_passage(text, Selector("a"))
    for words in found.extended if isinstance(found, Ambiguous) else ():
        assert isinstance(find_passage(text, Selector(words)), Passage)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param("We are", NotFound(None), id="not there"),
        pytest.param(
            "From the outset ... security guarantees.",
            "From the outset, our goal was NATO membership—true security guarantees.",
            id="range",
        ),
        pytest.param(
            "From the outset, our goal was NATO [...] This represents a compromise",
            "From the outset, our goal was NATO […] This represents a compromise",
            id="cut",
        ),
        pytest.param(
            "From ... goal […] some ... Europe [...] compromise",
            "From the outset, our goal […] some partners in the US and Europe […] compromise",
            id="ranges and cuts",
        ),
        pytest.param("[...] our goal was [...]", "[…] our goal was […]", id="cuts at the edges"),
        pytest.param("our goal [...] guarantees", "our goal […] guarantees", id="first behind"),
        pytest.param(
            "a compromise [...] From the outset", NotFound(None, "order"), id="the wrong way round"
        ),
        pytest.param("our goal [...] zzz qqq", NotFound(None), id="a part that is not there"),
        pytest.param("NATO [...] path", Ambiguous(2, ("NATO to", "NATO membership—true"))),
        pytest.param("[...]", NotFound(None), id="nothing but a cut"),
    ],
)
def test_quote_text_gives_the_verbatim_words(raw: str, words: str | NotFound | Ambiguous) -> None:
    found = quote_text(ARTICLE, raw)
    assert (found.words if isinstance(found, Quoted) else found) == words


def test_quote_text_says_where_each_part_stands() -> None:
    assert quote_text(article("<p>one two</p><p>three four</p>"), "one [...] three") == Quoted(
        "one […] three", (Passage(0, 3, 0, "one"), Passage(8, 13, 1, "three"))
    )


@given(st.text(alphabet="ab \n\u00a0\u00ad…’“é\u0301-\u2011e", max_size=40))
def test_fold_keeps_where_everything_stood(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert all(
        char in fold(text[start:end]).text
        for char, start, end in zip(folded.text, folded.starts, folded.ends, strict=True)
    )
    assert fold(folded.text).text == folded.text


@pytest.mark.parametrize(
    ("text", "index", "is_edge"),
    [("ab", 0, True), ("ab", 1, False), ("a b", 1, True), ("a1", 1, False), ("a’s", 1, True)],
)
def test_is_word_edge_knows_letters_and_scripts(text: str, index: int, is_edge: bool) -> None:
    assert is_word_edge(text, index) is is_edge


@pytest.mark.parametrize(
    "words",
    ["word", "word word words", "wird " * 60, "word ... zzz", "word [...] word"],
)
def test_find_passage_survives_a_long_text(words: str) -> None:
    text = article(f"<p>{'word ' * 100_000}</p>")
    assert isinstance(find_passage(text, parse_selector(words)), NotFound | Ambiguous)


@pytest.mark.parametrize(
    ("wanted", "nearest", "words"),
    [
        pytest.param(
            "The council closed it.",
            "The council closed it",
            "only the '.' at the end differs: it does not stand there",
            id="full stop",
        ),
        pytest.param(
            "the council, they say, closed it",
            "the council, they say closed it",
            "only the punctuation differs: 'say' stands there, not 'say,'",
            id="comma",
        ),
        pytest.param(
            "the “council” closed it",
            "the council closed it",
            "only the punctuation differs: 'council' stands there, not '\"council\"'",
            id="quotation marks",
        ),
        pytest.param(
            "The Council closed it",
            "the council closed it",
            "only capital letters differ, and they count",
            id="capitals",
        ),
        pytest.param(
            "speaking at Berlin",
            "speaking in Berlin",
            "only 'at' differs: 'in' stands there",
            id="word",
        ),
        pytest.param(
            "Divers found cracks", "Divers had found cracks", "only 'had' is missing", id="missing"
        ),
        pytest.param(
            "Divers had found cracks",
            "Divers found cracks",
            "only 'had' is too much: it does not stand there",
            id="too much",
        ),
        pytest.param("A big old bridge fell", "An old bridge fell over", "", id="several things"),
        pytest.param("the bridge", "a bridge", "", id="too short to compare"),
        pytest.param("the same words", "the same words", "", id="nothing"),
    ],
)
def test_difference_is_said_where_it_is_one_thing(wanted: str, nearest: str, words: str) -> None:
    assert say_difference(wanted, nearest) == words
