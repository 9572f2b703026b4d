"""The labelled articles: each label is about words that stand in its article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from explainer.dates import parse_date

FOLDER = Path(__file__).resolve().parents[1] / "data" / "draft"
AT_LEAST = {"tune": 20, "held_back": 24}
QUOTE_MARKS = "\"'“”‘’"

Article = Mapping[str, Any]


def read(name: str) -> list[Article]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ARTICLES = [article for name in AT_LEAST for article in read(name)]

each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])


@pytest.mark.parametrize("name", AT_LEAST)
def test_file_has_enough_articles(name: str) -> None:
    assert len(read(name)) >= AT_LEAST[name]


def test_ids_and_texts_are_unique_over_both_files() -> None:
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
    assert len({article["text"] for article in ARTICLES}) == len(ARTICLES)


@each_article
def test_article_has_the_documented_shape(article: Article) -> None:
    assert list(article) == ["id", "title", "date", "text", "gold"]
    assert list(article["gold"]) == ["dates", "quotes", "actors", "roles"]
    assert all(list(quote) == ["text", "speaker"] for quote in article["gold"]["quotes"])
    assert date.fromisoformat(article["date"]).isoformat() == article["date"]
    assert 120 <= len(article["text"].split()) <= 350


@each_article
def test_dates_are_canonical(article: Article) -> None:
    dates = article["gold"]["dates"]
    assert [parse_date(text).edtf for text in dates] == dates


@each_article
def test_quotes_stand_in_the_text_in_order_without_their_marks(article: Article) -> None:
    end = 0
    for quote in article["gold"]["quotes"]:
        start = article["text"].index(quote["text"], end)
        end = start + len(quote["text"])
        assert article["text"][start - 1] in QUOTE_MARKS
        assert article["text"][end : end + 1] in (*QUOTE_MARKS, "\n")
        assert quote["text"].strip(QUOTE_MARKS) == quote["text"]
        assert len(quote["text"].split()) >= 3


@each_article
def test_names_and_roles_stand_in_the_text(article: Article) -> None:
    gold = article["gold"]
    speakers = [quote["speaker"] for quote in gold["quotes"]]
    words = [*gold["actors"], *speakers, *gold["roles"].values()]
    assert [word for word in words if word not in article["text"]] == []
    assert len(set(gold["actors"])) == len(gold["actors"])
    assert set(gold["roles"]) <= set(gold["actors"])
