"""What is counted of a text when articles are compared, and counts that are kept."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.derive import terms
from explainer.derive.terms import TermCounts, Text, count_texts


def rows(counts: TermCounts) -> list[dict[str, int]]:
    """Of each text its terms, and how much each counts."""
    return [
        {counts.names[counts.terms[n]]: counts.counts[n] for n in range(start, end)}
        for start, end in pairwise(counts.starts)
    ]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param("", "", {}, id="nothing"),
        pytest.param("Talks", "talking", {"talks": 3, "talkin": 3}, id="title and lead count more"),
        pytest.param("", "x" * 7 + " " + "X" * 6, {"xxxxxx": 6}, id="six letters, folded"),
        pytest.param("", "." * 400 + " late", {"late": 1}, id="beyond the lead"),
        pytest.param(
            "",
            "Ann Lee Day came",
            {"ann": 3, "lee": 3, "day": 3, "came": 3, "ann lee": 2, "lee day": 2},
            id="names in pairs",
        ),
        pytest.param(
            "", "Ann “O’Brien” – now", {"ann": 3, "o": 3, "brien": 3, "now": 3}, id="typographic"
        ),
        pytest.param(
            "",
            "Zoë O’Brien",
            {"zoë": 3, "o": 3, "brien": 3, "zoë o’brien": 2},
            id="names beyond ASCII",
        ),
        pytest.param("", "河水淹", {"河水": 3, "水淹": 3}, id="without spaces in pairs"),
        pytest.param("", "straße strasse", {"strass": 6}, id="folded as Unicode says"),
    ],
)
def test_terms_of_a_text(title: str, text: str, expected: dict[str, int]) -> None:
    assert rows(count_texts([(title, text)])) == [expected]


texts = st.lists(
    st.tuples(
        st.text(alphabet="ab AB", max_size=6), st.text(alphabet="abcD \n’é河水\ud800", max_size=20)
    ),
    max_size=6,
)


@pytest.mark.parametrize("numpy", [True, False], ids=["with numpy", "without numpy"])
@given(earlier=texts, now=texts)
def test_counts_are_the_same_with_those_of_earlier_texts(
    numpy: bool, earlier: list[Text], now: list[Text]
) -> None:
    known = count_texts(earlier + now[::2])
    with patch.object(terms, "find_spec", lambda name: numpy or None):
        assert count_texts(now, known) == count_texts(now)


def test_known_text_is_not_counted_again() -> None:
    known = count_texts([("A", "one"), ("B", "two")])
    marked = TermCounts(known.keys, known.starts, known.terms, known.counts, ("x", "y", "z", "w"))
    assert rows(count_texts([("B", "two"), ("B", "three")], marked)) == [
        {"z": 3, "w": 3},
        {"b": 3, "three": 3},
    ]


@given(texts)
def test_counts_come_back_from_bytes(some: list[Text]) -> None:
    counts = count_texts(some)
    assert TermCounts.from_bytes(counts.to_bytes()) == counts


WHOLE = count_texts([("A", "one two"), ("Ünïcode", "Ann Lee")]).to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"terms 0" + WHOLE[7:], id="another version"),
        pytest.param(WHOLE[:40] + b"\xff" + WHOLE[41:], id="another number"),
        pytest.param(WHOLE + b"\nmore", id="more"),
        pytest.param(WHOLE[:-1], id="less"),
        pytest.param(WHOLE[:20], id="the beginning"),
    ],
)
def test_bytes_that_are_not_whole_give_no_counts(data: bytes) -> None:
    assert TermCounts.from_bytes(data) is None
