"""The words of the interface: keys, plurals, lists, numbers, fallbacks."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from babel.dates import format_date

from explainer.language import Language, load_language, plain_blanks

STRINGS = {
    "greeting": "Hello, {name}",
    "article": {"minutes": {"one": "{count} minute", "other": "{count} minutes"}},
}


def test_text_fills_in_values() -> None:
    assert Language("en", STRINGS).text("greeting", name="Ada") == "Hello, Ada"


@pytest.mark.parametrize("key", ["farewell", "article.hours", "greeting.more", "article"])
def test_text_without_a_string_is_a_key_error(key: str) -> None:
    with pytest.raises(KeyError, match=f"'{key}'"):
        Language("en", STRINGS).text(key)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 minutes"), (1, "1 minute"), (1234, "1,234 minutes")]
)
def test_count_takes_the_plural_form(number: int, text: str) -> None:
    assert Language("en", STRINGS).count("article.minutes", number) == text


def test_count_lets_words_stand_for_the_number() -> None:
    assert Language("en", STRINGS).count("article.minutes", 4, count="four") == "four minutes"


def test_count_falls_back_to_other_for_forms_that_are_missing() -> None:
    assert Language("pl", STRINGS).count("article.minutes", 3) == "3 minutes"


def test_count_without_a_string_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"article\.hours\.other"):
        Language("en", STRINGS).count("article.hours", 1)


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_join_lists(items: list[str], text: str) -> None:
    assert Language("en", {}).join(items) == text


@pytest.mark.parametrize(
    ("tag", "text"),
    [("en", "1,234,567.5"), ("de", "1.234.567,5"), ("fr", "1 234 567,5"), ("xx", "1,234,567.5")],
)
def test_number_groups_thousands_with_plain_blanks(tag: str, text: str) -> None:
    assert Language(tag, {}).number(1234567.5) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (112, "112th")],
)
def test_ordinal_follows_the_language(number: int, text: str) -> None:
    assert load_language("en").ordinal(number) == text


@pytest.mark.parametrize(
    ("tag", "direction"), [("en", "ltr"), ("de-AT", "ltr"), ("ar", "rtl"), ("he", "rtl")]
)
def test_direction_follows_the_script(tag: str, direction: str) -> None:
    assert Language(tag, {}).direction == direction


def test_load_language_reads_the_strings() -> None:
    assert load_language("en").text("dates.around", date="1963") == "around 1963"


@pytest.mark.parametrize("tag", ["sv", "en-US", "pt_BR", "xx"])
def test_load_language_falls_back_to_english(tag: str) -> None:
    language = load_language(tag)
    assert (language.tag, language.strings) == (tag, load_language("en").strings)


@pytest.mark.parametrize("tag", ["", "../en", "e", "en/de", "en.yaml", "en\n"])
def test_load_language_refuses_what_is_no_tag(tag: str) -> None:
    with pytest.raises(ValueError, match="is no language tag; write it like en, de or pt-BR"):
        load_language(tag)


def test_language_survives_pickling() -> None:
    language = load_language("en")
    assert language.direction == "ltr"  # so that the locale is there to be pickled
    assert pickle.loads(pickle.dumps(language)) == language


def test_plain_blanks_leaves_no_other() -> None:
    assert plain_blanks("1\u202f000\u00a0km\u2009–\u20092") == "1 000 km – 2"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Soviet Union", "the Soviet Union"),
        ("United States", "the United States"),
        ("The Port", "the Port"),
        ("Thebes", "Thebes"),
        ("France", "France"),
    ],
)
def test_name_inside_a_sentence_takes_the_article_that_it_has_there(name: str, text: str) -> None:
    assert load_language("en").name_inside(name) == text


def test_name_inside_a_sentence_stays_where_a_language_lists_none() -> None:
    assert Language("en", STRINGS).name_inside("Soviet Union") == "Soviet Union"


@pytest.mark.parametrize("tag", ["en", "en-US", "de", "fr", "ja", "ar", "lv", "eu", "zh-Hant"])
def test_day_is_babel_s_long_form(tag: str) -> None:
    language = Language(tag, {})
    days = [dt.date(2025, month, day) for month in (1, 5, 12) for day in (9, 31)]
    days.append(dt.date(31, 5, 1))
    wanted = [plain_blanks(format_date(day, "long", locale=language.locale)) for day in days]
    assert [language.day(day) for day in [*days, *days]] == wanted * 2
