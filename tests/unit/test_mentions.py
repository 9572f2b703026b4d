"""Names in articles: which are mentions, and which are other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.fragment import read_fragment
from explainer.mentions import Mention, NameIndex, find_all_mentions, find_mentions

INDEX = NameIndex(
    {
        "Mark Rutte": "rutte",
        "Rutte": "rutte",
        "US": "united-states",
        "U.S.": "united-states",
        "United States": "united-states",
        "NATO": "nato",
        "New York": "new-york",
        "New York Times": "times",
        "O'Neill": "oneill",
        "'t Hooft": "hooft",
        "普京": "putin",
        "Zoë": "zoe",
        "Paris": "city",
        "St. Petersburg": "petersburg",
    }
)


def linked(html: str, **options: frozenset[str]) -> list[tuple[str, str]]:
    fragment = read_fragment(html)
    found = find_mentions(fragment, INDEX, **options)
    return [(fragment.text[mention.start : mention.end], mention.actor_id) for mention in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Then Mark Rutte spoke", ["Mark Rutte"], id="the longest name"),
        pytest.param("Rutte spoke, Mark Rutte said", ["Rutte"], id="only the first time"),
        pytest.param("Rutte's and NATO’s", ["Rutte", "NATO"], id="possessive"),
        pytest.param("Mark\n Rutte", ["Mark\n Rutte"], id="across a line break"),
        pytest.param("Mark&nbsp;Rutte", ["Mark\u00a0Rutte"], id="a blank that holds together"),
        pytest.param("Mark <em>Rutte</em>", ["Mark Rutte"], id="across markup"),
        pytest.param("the New York Times", ["New York Times"], id="not the name inside"),
        pytest.param("New York New York Times", ["New York", "New York Times"], id="both"),
        pytest.param("O’Neill", ["O’Neill"], id="another apostrophe"),
        pytest.param("Gerard ’t Hooft", ["’t Hooft"], id="begins with an apostrophe"),
        pytest.param("the U.S. and", ["U.S."], id="dots"),
        pytest.param("St. Petersburg.", ["St. Petersburg"], id="a dot inside"),
        pytest.param("总统普京说", ["普京"], id="a script without spaces"),
        pytest.param("Zoe\u0308 said", ["Zoe\u0308"], id="accent of its own"),
        pytest.param("NATO/US", ["NATO", "US"], id="slash"),
        pytest.param("NATO—US–Paris", ["NATO", "US", "Paris"], id="dashes"),
        pytest.param("NATO--the US -- Paris", ["NATO", "US", "Paris"], id="hyphens for a dash"),
        pytest.param("l'US", ["US"], id="behind an article"),
    ],
)
def test_find_mentions_finds(text: str, words: list[str]) -> None:
    assert [found for found, _ in linked(f"<p>{text}</p>")] == words


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>US-led</p>", id="compound"),
        pytest.param("<p>US‑led</p>", id="compound with another hyphen"),
        pytest.param("<p>pre-NATO</p>", id="compound behind"),
        pytest.param("<p>NATO- and UN-led</p>", id="half a compound"),
        pytest.param("<p>United States-led</p>", id="compound of two words"),
        pytest.param("<p>us nato RUTTE</p>", id="other letters"),
        pytest.param("<p>USA, Rutten, UNATO, US_1, Parisé</p>", id="inside a word"),
        pytest.param("<h2>NATO</h2>", id="heading"),
        pytest.param('<p><a href="#"><b>NATO</b> says</a></p>', id="link"),
        pytest.param('<p>New <a href="#">York</a></p>', id="half in a link"),
        pytest.param("<p>Mark <em>Rutte said</em></p>", id="half in an element"),
        pytest.param("<p><code>NATO</code></p><pre>US</pre>", id="code"),
        pytest.param("<p>Mark</p><p>Spencer New</p><p>York</p>", id="across paragraphs"),
        pytest.param("", id="nothing"),
    ],
)
def test_find_mentions_leaves_out(html: str) -> None:
    assert linked(html) == []


def test_find_mentions_takes_the_first_place_that_can_be_linked() -> None:
    html = '<h2>NATO</h2><p><a href="#">NATO</a> NATO-led NATO</p>'
    start = len("NATO\nNATO NATO-led ")
    found = find_mentions(read_fragment(html), INDEX)
    assert found == (Mention(start, start + 4, "nato"),)


def test_find_mentions_excludes_actors_but_not_what_they_hide() -> None:
    html = "<p>New York Times in New York, NATO</p>"
    assert linked(html, excluded=frozenset({"times", "nato"})) == [("New York", "new-york")]


def test_find_mentions_links_no_name_that_two_actors_claim() -> None:
    index = NameIndex({"D'Arc": "jeanne", "D’Arc": "other", "Arc": "ship"})
    assert find_mentions(read_fragment("<p>D'Arc</p>"), index) == ()


def test_find_all_mentions_counts_all_but_code() -> None:
    html = '<h2>NATO</h2><p>US, Rutte, <a href="#">Mark Rutte</a>, US-led <code>US</code></p>'
    assert find_all_mentions(read_fragment(html), INDEX) == (
        *[("nato", 1), ("united-states", 1), ("rutte", 2)],
    )


@given(st.lists(st.sampled_from([*INDEX.names, "-", "'s", "and", "<em>x</em>", "</p><p>"])))
def test_find_mentions_finds_names_apart_and_in_order(pieces: list[str]) -> None:
    fragment = read_fragment(f"<p>{' '.join(pieces)}</p>")
    found = find_mentions(fragment, INDEX)
    ends = [0, *(mention.end for mention in found)]
    assert all(end <= mention.start for end, mention in zip(ends, found, strict=False))
    assert all(INDEX.names[fragment.text[m.start : m.end]] == m.actor_id for m in found)
    assert len({mention.actor_id for mention in found}) == len(found)


@given(st.permutations(list(INDEX.names.items())))
def test_find_mentions_does_not_depend_on_the_order_of_names(
    names: list[tuple[str, str]],
) -> None:
    fragment = read_fragment("<p>Mark Rutte of NATO in New York Times, U.S., United States</p>")
    assert find_mentions(fragment, NameIndex(dict(names))) == find_mentions(fragment, INDEX)
