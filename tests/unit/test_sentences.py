"""The sentence around quoted words, as profiles show it."""

from __future__ import annotations

import pytest

from explainer.fragment import read_fragment
from explainer.sentences import MOST_AROUND, words_in_sentence


def around(body: str, words: str) -> tuple[str, str, str] | None:
    """The sentence around the first place of some words in a paragraph."""
    fragment = read_fragment(f"<p>First.</p><p>{body}</p>")
    start = fragment.text.index(words)
    return words_in_sentence(fragment, start, start + len(words))


@pytest.mark.parametrize(
    ("body", "words", "wanted"),
    [
        ("Rain fell. “It is shut,” she said. He left.", "It is shut", "“|It is shut|,” she said."),
        ("He said: “It is shut.” She left.", "It is shut.", "He said: “|It is shut.|”"),
        ("“Why?” she asked. He slept.", "Why", "“|Why|?” she asked."),
        ("He: “We go. It is so.” Then rain.", "We go. It is so.", "He: “|We go. It is so.|”"),
        ("Dr. J. F. Hale, U.S. Navy, “left”.", "left", "Dr. J. F. Hale, U.S. Navy, “|left|”."),
        ("Rain fell. 12 men “left” early.", "left", "12 men “|left|” early."),
        ("It <em>was</em>\n  “so\nit goes” then.", "so\nit goes", "It was “|so it goes|” then."),
        ("雨が降った。彼は「行く」と言った。", "行く", "彼は「|行く|」と言った。"),
        ("No end “at all” here", "at all", "No end “|at all|” here"),
    ],
    ids=["amid", "end", "question", "two", "initials", "digit", "lines", "no-spaces", "unended"],
)
def test_sentence_is_the_one_around_the_words(body: str, words: str, wanted: str) -> None:
    assert "|".join(around(body, words) or ()) == wanted


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Rain fell. “It is shut.” She left.", "It is shut."),
        ("“It is shut”.", "It is shut"),
        ("It is shut. It stays so.", "It is shut. It stays so."),
    ],
    ids=["sentence", "paragraph", "two"],
)
def test_words_that_are_the_whole_sentence_have_nothing_around(body: str, words: str) -> None:
    assert around(body, words) is None


def test_words_over_two_paragraphs_have_no_sentence() -> None:
    fragment = read_fragment("<p>He said: “One.</p><p>Two,” and left.</p>")
    start = fragment.text.index("One")
    assert words_in_sentence(fragment, start, fragment.text.index("Two") + 3) is None


def test_long_sentence_is_cut_at_words_on_both_sides() -> None:
    found = around(f"Begin {'far ' * 99}“here” {'near ' * 99}end.", "here")
    assert found is not None
    before, words, behind = found
    assert (before[:4], before[-5:], words) == ("…far", "far “", "here")
    assert (behind[:6], behind[-5:]) == ("” near", "near…")
    assert max(len(before), len(behind)) <= MOST_AROUND + 1
