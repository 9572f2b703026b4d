"""Which articles use a term: as whole words, in any case, wherever the letters are from."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from explainer.derive.backlinks import find_backlinks
from explainer.language import load_language
from explainer.pages.items import Items, uses_term
from explainer.urls import Urls

from .small_site import settings, small_site

WORDS = [
    *("pier", "PIER", "Piers", "naïve", "NAÏVE", "İstanbul", "ıstanbul", "istanbul", "Kelvin"),
    *("\u212aelvin", "ſea", "Sea", "straße", "STRASSE", "co2", "co_2", "-", "A-1", "東京", "é"),
]
TEXTS = st.lists(st.sampled_from([*WORDS, ".", ","]), min_size=1, max_size=8).map(" ".join)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)


def items_of(texts: list[str], terms: dict[str, list[str]]) -> Items:
    """A site of an article for each text, and terms by id, each of a name and its aliases."""
    listed = {
        term: {"name": names[0], "aliases": names[1:], "text": "Something."}
        for term, names in terms.items()
    }
    articles = {
        f"articles/a{number}.md": f"---\ntitle: A title\ndate: 2026-03-10\n---\n{text}\n"
        for number, text in enumerate(texts)
    }
    site = small_site({"terms.yaml": yaml.safe_dump(listed, allow_unicode=True), **articles})
    urls = Urls("/news", "https://example.org/news")
    return Items(site.graph, find_backlinks(site.graph), load_language("en"), urls, settings())


@given(texts=st.lists(TEXTS, min_size=1, max_size=4), names=st.lists(NAMES, min_size=1, max_size=2))
def test_term_has_every_article_that_uses_one_of_its_names(
    texts: list[str], names: list[str]
) -> None:
    items = items_of(texts, {"term": names})
    wanted = [slug for slug, one in items.graph.articles.items() if uses_term(one, names)]
    assert list(items.term_articles["term"]) == wanted


def test_term_is_found_by_whole_words_in_any_case_and_in_headlines() -> None:
    texts = ["Two PIERS.", "A pier's end.", "Pierside", "the tower-bridge", "A title only"]
    terms = {"pier": ["Pier"], "bridge": ["Tower Bridge", "tower-bridge"], "title": ["A Title"]}
    found = items_of(texts, terms).term_articles
    assert {term: sorted(slugs) for term, slugs in found.items()} == {
        "pier": ["a1"],
        "bridge": ["a3"],
        "title": ["a0", "a1", "a2", "a3", "a4"],
    }
