"""Text that reads otherwise than it is: refused, marked or warned of, while all languages work."""

from __future__ import annotations

import pytest

from explainer.lookalikes import mixed_words
from explainer.markdown import render_inline, render_markdown
from explainer.model import is_id
from tests.unit.small_site import TOWN, small_pages, small_site

#: Bidi overrides, embeddings and isolates, controls, halves, and ends of lines that are none.
DECEIVING = [
    *(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C)),
    *(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r"),
    *(chr(code) for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)),
]
UNSEEN = "\u200b\u200c\u200d\u2060\u00ad\u034f\u180e\u115f\u3164\ufe0f"
each_sign = pytest.mark.parametrize("sign", DECEIVING, ids=lambda sign: f"U+{ord(sign):04X}")
BODY = TOWN["articles/closed.md"]


def codes(files: dict[str, str | None]) -> list[str]:
    return [problem.code for problem in small_site(files).report.problems]


@each_sign
def test_deceiving_sign_in_the_text_of_an_article_is_refused(sign: str) -> None:
    assert codes({"articles/closed.md": BODY.replace("in two", f"in{sign} two")}) == [
        "bad-character"
    ]


@each_sign
def test_deceiving_sign_in_yaml_is_refused_written_or_escaped(sign: str) -> None:
    raw = f'pier: {{name: Pier, text: "a{sign}b"}}\n'
    escaped = f'pier: {{name: Pier, text: "a\\u{ord(sign):04X}b"}}\n'
    assert [codes({"terms.yaml": text}) for text in (raw, escaped)] == [["bad-character"]] * 2


@each_sign
def test_deceiving_sign_in_a_sheet_is_refused(sign: str) -> None:
    sheet = f"Id,Year,Headline,Source\nbuilt,1888,The{sign} bridge,Chronicle\n"
    assert codes({"stories/bridge.csv": sheet}) == ["bad-character"]


@each_sign
def test_deceiving_sign_written_as_an_entity_is_marked(sign: str) -> None:
    for text in (f"a&#{ord(sign)};b", f"a&#x{ord(sign):x};b", f"`a` *&#{ord(sign)};*"):
        assert sign not in render_markdown(text)
        assert sign not in render_inline(text)


def test_element_that_turns_text_falls_out() -> None:
    assert render_markdown('<bdo dir="rtl">evil</bdo>') == "<p>evil</p>\n"


@pytest.mark.parametrize("sign", [*UNSEEN, *"аеоі", "ｅ", "İ", "ſ", "K", "é", "E", "_", " ", "."])
def test_id_has_ascii_letters_and_no_other(sign: str) -> None:
    assert not is_id(f"bridg{sign}")
    assert codes({"places.yaml": f'quay: {{name: Quay}}\n"br{sign}dge": {{name: Bridge}}\n'}) == [
        "bad-id"
    ]


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_id_is_no_device_of_windows(name: str) -> None:
    assert codes({f"actors/{name}.yaml": "name: A\nkind: person\n"}) == ["bad-id"]
    assert codes({f"pages/{name}.md": "---\ntitle: A\n---\nText.\n"}) == ["bad-id"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("M\u043escow", "CYRILLIC SMALL LETTER O"),
        ("\u0420aypal", "CYRILLIC CAPITAL LETTER ER"),
        ("Mara Q\u03bfill", "GREEK SMALL LETTER OMICRON"),
        ("\u0391lpha", "GREEK CAPITAL LETTER ALPHA"),
        ("\u13aanna", "CHEROKEE LETTER GO"),
    ],
)
def test_word_of_two_alphabets_is_told_with_its_letter(name: str, letter: str) -> None:
    assert [mixed.letter_name for mixed in mixed_words(name)] == [letter]


@pytest.mark.parametrize(
    "name",
    ["Москва", "Владимир Putin", "Αθήνα", "TNFα", "β-carotene", "東京 Tokyo", "Łódź", "µm", "x²"],
)
def test_name_in_letters_of_its_own_is_no_problem(name: str) -> None:
    assert list(mixed_words(name)) == []


@pytest.mark.parametrize(
    "file",
    [
        ("places.yaml", "quay: {name: The qu\u0430y}\n"),
        ("places.yaml", "quay: {name: The quay, also: [qu\u0430y]}\n"),
        ("terms.yaml", "pier: {name: Pier, text: x, aliases: [pi\u0435r]}\n"),
        ("actors.yaml", TOWN["actors.yaml"].replace("Otto", "Ott\u043e")),
        ("articles/closed.md", BODY.replace("Nell", "N\u0435ll")),
    ],
    ids=lambda file: file[0],
)
def test_name_of_two_alphabets_is_a_warning(file: tuple[str, str]) -> None:
    report = small_site(dict([file])).report
    assert [(p.code, p.severity) for p in report.problems] == [("mixed-alphabets", "warning")]


ARABIC = "أغلق المجلس الجسر يوم الاثنين. وجد الغواصون شقوقا (2) في دعامتين\u200f."
HEBREW = "המועצה סגרה את הגשר\u200e. שלום עולם"


@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_text_from_right_to_left_is_shown_as_it_is(text: str) -> None:
    article = f"---\ntitle: {text}\ndate: 2026-03-10\nlang: ar\n---\n{text}\n"
    site = small_site({"articles/arabic.md": article})
    page = dict(small_pages(site).files)["articles/arabic/index.html"]
    assert (site.report.problems, page.count(text) >= 2) == ((), True)
