"""Records as editors write them: what is read, what is refused, and what is said about it."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from explainer.dates import parse_date
from explainer.limits import DEFAULT_LIMITS
from explainer.load import ContentFile, Loaded, load_content
from explainer.model import (
    Actor,
    Annotations,
    Change,
    Claim,
    CorrectionLine,
    Event,
    FrontMatter,
    PageMatter,
    Place,
    Position,
    Selector,
    Shape,
    SiteFile,
    Source,
    Verdict,
    Who,
    is_id,
    read_record,
    slugify,
)
from explainer.problems import Location, Problem
from explainer.tree import parse_yaml
from explainer.validate import Content, by_file, validate_content

ARTICLE = "---\ntitle: x\ndate: 2025-01-01\n---\nText\n"


def told(problem: Problem) -> tuple[str, ...]:
    place = problem.location
    where = f"{place.line}:{place.column}+{place.length}"
    return (where, problem.code, problem.message, *problem.help)


def read(shape: type[Shape], text: str) -> tuple[Any, list[Problem]]:
    node, problems = parse_yaml(text, "f.yaml")
    assert node is not None
    record, more = read_record(shape, node)
    return record, problems + more


def value_of(shape: type[Shape], text: str, key: str) -> Any:
    record, problems = read(shape, text)
    assert problems == []
    return getattr(record, key)


def validate(files: dict[str, str]) -> tuple[Content, list[Problem]]:
    content, problems = validate_content(
        ContentFile(PurePosixPath(path), path, text) for path, text in files.items()
    )
    return content, by_file(problems)


# ------------------------------------------------------------------------------------ ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("berlin-talks", True, id="words"),
        pytest.param("2025", True, id="digits"),
        pytest.param("a", True, id="one letter"),
        pytest.param("a" * 80, True, id="80 characters"),
        pytest.param("a" * 81, False, id="81 characters"),
        pytest.param("", False, id="empty"),
        pytest.param("Berlin", False, id="capital"),
        pytest.param("a_b", False, id="underscore"),
        pytest.param("a--b", False, id="two hyphens"),
        pytest.param("-a", False, id="hyphen first"),
        pytest.param("a-", False, id="hyphen last"),
        pytest.param("a b", False, id="space"),
        pytest.param("ä", False, id="beyond ASCII"),
        pytest.param("мoscow", False, id="Cyrillic letter that looks Latin"),
        pytest.param("٣", False, id="Arabic digit"),
        pytest.param("a\n", False, id="line break"),
        pytest.param("con", False, id="device of Windows"),
        pytest.param("lpt1", False, id="numbered device of Windows"),
        pytest.param("console", True, id="word that begins like a device"),
    ],
)
def test_is_id_accepts_what_fits_a_url_and_a_file(text: str, expected: bool) -> None:
    assert is_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Berlin Talks!", "berlin-talks", id="words"),
        pytest.param("  Zelenskiy’s   aim ", "zelenskiys-aim", id="curved apostrophe"),
        pytest.param("Zelenskiy's aim", "zelenskiys-aim", id="straight apostrophe"),
        pytest.param("war—and peace", "war-and-peace", id="dash"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("Çà été", "ca-ete", id="accents"),
        pytest.param("東京", "", id="no Latin letter"),
        pytest.param("x" * 79 + " y", "x" * 79, id="cut without a hyphen at its end"),
    ],
)
def test_slugify_gives_the_nearest_id(text: str, expected: str) -> None:
    assert slugify(text) == expected


# --------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param("2025", "2025", id="year that looks like a number"),
        pytest.param("2025-12-14", "2025-12-14", id="day"),
        pytest.param("2025-12-14T10:30+01:00", "2025-12-14T10:30+01:00", id="time"),
        pytest.param("2004-06~", "2004-06~", id="approximate"),
        pytest.param("2019/..", "2019/..", id="open end"),
        pytest.param("[2025-12-14..2025-12-16]", "[2025-12-14..2025-12-16]", id="one day between"),
        pytest.param('"[2025-12-14..2025-12-16]"', "[2025-12-14..2025-12-16]", id="quoted"),
    ],
)
def test_date_is_read_as_written(text: str, edtf: str) -> None:
    assert value_of(Event, f"title: x\ndate: {text}\n", "date") == parse_date(edtf)


def test_time_without_an_offset_is_in_the_zone_of_the_site() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    node, _ = parse_yaml("title: x\ndate: 2025-12-14T10:30\n", "f.yaml")
    assert node is not None
    event, _ = read_record(Event, node, zone=zone)
    assert event is not None
    assert event.date is not None
    assert event.date.earliest == parse_date("2025-12-14T08:30Z").earliest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("merz", (Who(actor="merz"),), id="one"),
        pytest.param("[merz, trump]", (Who(actor="merz"), Who(actor="trump")), id="list"),
        pytest.param("{merz: host}", (Who(actor="merz", words="host"),), id="one with words"),
        pytest.param(
            "[merz, {unnamed: some partners}]",
            (Who(actor="merz"), Who(actor="unnamed", words="some partners")),
            id="somebody without a name",
        ),
        pytest.param("[]", (), id="none"),
    ],
)
def test_actors_are_ids_with_or_without_words(text: str, expected: tuple[Who, ...]) -> None:
    assert value_of(Event, f"title: x\nactors: {text}\n", "actors") == expected


def test_who_without_a_name_is_unnamed() -> None:
    assert (Who(actor="unnamed").is_unnamed, Who(actor="merz").is_unnamed) == (True, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a ... b", [("a ... b", "", False)], id="text"),
        pytest.param("\n  - a\n  - b", [("a", "", False), ("b", "", False)], id="list"),
        pytest.param("{exact: a ... b, prefix: c}", [("a ... b", "c", True)], id="mapping"),
    ],
)
def test_evidence_is_text_or_a_selector(text: str, expected: list[tuple[str, str, bool]]) -> None:
    evidence = value_of(Event, f"title: x\nevidence: {text}\n", "evidence")
    assert [(s.exact, s.prefix, s.is_literal) for s in evidence] == expected


@pytest.mark.parametrize(
    ("shape", "text", "key", "expected"),
    [
        pytest.param(Event, "title: '  x '\n", "title", "x", id="blanks are stripped"),
        pytest.param(Event, "title: 2025\n", "title", "2025", id="a number is text"),
        pytest.param(Event, "title: NO\n", "title", "NO", id="Norway is text"),
        pytest.param(Event, "title: x\ntags: a\n", "tags", ("a",), id="one is a list of one"),
        pytest.param(Event, "title: x\nafter: [a, b]\n", "after", ("a", "b"), id="ids"),
        pytest.param(Event, "title: x\n", "status", None, id="what is not said is not made up"),
        pytest.param(FrontMatter, "title: x\nevergreen: yes\n", "evergreen", True, id="yes"),
        pytest.param(FrontMatter, "title: x\nevergreen: False\n", "evergreen", False, id="False"),
        pytest.param(PageMatter, "title: x\norder: 5\n", "order", 5, id="whole number"),
        pytest.param(Place, "name: x\nlatitude: -52.5\n", "latitude", -52.5, id="fraction"),
        pytest.param(
            Position, "since: berlin-talks\n", "since", "berlin-talks", id="event as date"
        ),
        pytest.param(Verdict, "is: refuted\nwhy: x\n", "verdict", "refuted", id="alias"),
        pytest.param(SiteFile, "format: 1\n", "format", "1", id="format"),
        pytest.param(Source, "title: x\nurl: /about/\n", "url", "/about/", id="path of the site"),
        pytest.param(
            Source, "title: x\nurl: mailto:a@b.c\n", "url", "mailto:a@b.c", id="mail address"
        ),
    ],
)
def test_value_is_read_with_its_type(
    shape: type[Shape], text: str, key: str, expected: object
) -> None:
    assert value_of(shape, text, key) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\\\evil.example",
        "https://",
        "https:///path",
        "ftp://example.org",
        "example.org",
        "https://exa mple.org",
        "mailto:nobody",
    ],
)
def test_url_that_may_not_be_linked_is_refused(url: str) -> None:
    _, problems = read(Source, f"title: x\nurl: '{url}'\n")
    assert [(problem.code, problem.location.line) for problem in problems] == [("bad-url", 2)]


# ------------------------------------------------------------------------ where, equality


def test_record_knows_where_its_parts_stand() -> None:
    text = "title: x\nsources:\n  - title: y\nactors: [merz, {trump: guest}]\n"
    event, _ = read(Event, text)
    assert event.where() == Location("f.yaml", 1, 1, 8)
    assert event.where("sources", 0, "title") == Location("f.yaml", 3, 12, 1)
    assert event.sources[0].where_key("title") == Location("f.yaml", 3, 5, 5)
    assert event.where_key("actors", 1, "trump") == Location("f.yaml", 4, 17, 5)


def test_record_that_was_not_read_stands_nowhere() -> None:
    assert Selector(exact="x").where("exact") == Location("?")
    assert Selector(exact="x").where_key("exact") == Location("?")


def test_records_are_equal_by_what_is_written() -> None:
    first, _ = read(Source, "title: x\nurl: https://a.example\n")
    second, _ = read(Source, "\n\nurl: https://a.example\ntitle: x\n")
    other, _ = read(Source, "title: y\n")
    assert (first == second, first == other, first == "x") == (True, False, False)
    assert len({first, second, other}) == 2


def test_record_survives_pickling_with_its_place() -> None:
    event, _ = read(Event, "id: a\ntitle: x\ndate: 2025\n")
    copy = pickle.loads(pickle.dumps(event))
    assert (copy, copy.where("title")) == (event, event.where("title"))


def test_record_cannot_be_changed() -> None:
    event, _ = read(Event, "title: x\n")
    with pytest.raises(ValueError, match="frozen"):
        event.title = "y"


# -------------------------------------------------------------------- what is wrong with one


@pytest.mark.parametrize(
    ("shape", "text", "expected"),
    [
        pytest.param(
            Event,
            "titel: x\ndate: 2025\n",
            (
                "1:1+5",
                "unknown-key",
                "unknown key 'titel'",
                "did you mean 'title'?",
            ),
            id="unknown key, near one",
        ),
        pytest.param(
            Event,
            "title: x\ndate-text: y\n",
            (
                "2:1+9",
                "unknown-key",
                "unknown key 'date-text'",
                "did you mean 'date_text'?",
            ),
            id="unknown key with a hyphen",
        ),
        pytest.param(
            Event,
            "title: x\nstance: refuses\n",
            (
                "2:1+6",
                "unknown-key",
                "unknown key 'stance'",
                "'stance' is a key of positions; docs/which-record.md tells the two apart",
            ),
            id="unknown key of another kind",
        ),
        pytest.param(
            Position,
            "actor: x\nissue: y\nstance: w\nverdict: z\n",
            (
                "4:1+7",
                "unknown-key",
                "unknown key 'verdict'",
                "'verdict' is a key of claims; docs/which-record.md tells the two apart",
            ),
            id="unknown key of a claim",
        ),
        pytest.param(
            Change,
            "date: 2025\ntext: x\nweather: y\n",
            (
                "3:1+7",
                "unknown-key",
                "unknown key 'weather'",
                "known keys: date, text, records",
            ),
            id="unknown key, near none",
        ),
        pytest.param(
            Source,
            "titel: x\n",
            (
                "1:1+5",
                "unknown-key",
                "unknown key 'titel'",
                "did you mean 'title'?",
            ),
            id="unknown key for one that is missing",
        ),
        pytest.param(
            Event,
            "title: x\nsources:\n  - title: y\n    uri: z\n",
            (
                "4:5+3",
                "unknown-key",
                "unknown key 'uri'",
                "did you mean 'url'?",
            ),
            id="unknown key in a list",
        ),
        pytest.param(
            Event,
            "title: x\nevidence: {exact: a, prefx: b}\n",
            (
                "2:22+5",
                "unknown-key",
                "unknown key 'prefx'",
                "did you mean 'prefix'?",
            ),
            id="unknown key where one stands for a list",
        ),
        pytest.param(
            Event,
            "title: x\nevidence: [{exact: a, is_literal: x}]\n",
            (
                "2:23+10",
                "unknown-key",
                "unknown key 'is_literal'",
                "known keys: exact, prefix, suffix",
            ),
            id="internal name",
        ),
        pytest.param(
            Event,
            "title: x\ndate:\n",
            (
                "2:6+1",
                "empty-value",
                "'date' is empty",
                "write a value, or delete the whole line",
            ),
            id="empty value",
        ),
        pytest.param(
            Event,
            "title: ~\n",
            (
                "1:8+1",
                "empty-value",
                "'title' is empty",
                "write a value; it is needed",
            ),
            id="tilde",
        ),
        pytest.param(
            Event,
            'title: ""\n',
            (
                "1:8+2",
                "empty-value",
                "'title' is empty",
                "write a value; it is needed",
            ),
            id="empty quotes",
        ),
        pytest.param(
            Event,
            "title: x\ntags: [a, ~]\n",
            (
                "2:11+1",
                "empty-value",
                "an item of 'tags' is empty",
                "write a value, or delete the item",
            ),
            id="empty item",
        ),
        pytest.param(
            Event,
            "title: x\nactors: [{merz: }]\n",
            (
                "2:17+1",
                "empty-value",
                "'merz' is empty",
                "write a value, or delete the whole line",
            ),
            id="empty words beside an actor",
        ),
        pytest.param(
            Actor,
            "kind: person\n",
            (
                "1:1+12",
                "missing-key",
                "'name' is missing",
                "add 'name: …'",
            ),
            id="missing key",
        ),
        pytest.param(
            Actor,
            "name: x\nkind: person\nimage: {file: a.jpg}\n",
            (
                "3:8+13",
                "missing-key",
                "'alt' is missing in 'image'",
                "add 'alt: …'",
            ),
            id="missing key in a mapping",
        ),
        pytest.param(
            Event,
            "title: [a, b]\n",
            (
                "1:8+6",
                "wrong-type",
                "'title' must be text, not a list",
                'if it is meant as text, put it in "double quotes"',
            ),
            id="list for a text",
        ),
        pytest.param(
            Event,
            "title: {a: b}\n",
            (
                "1:8+6",
                "wrong-type",
                "'title' must be text, not a mapping",
                'if it is meant as text, put it in "double quotes"',
            ),
            id="mapping for a text",
        ),
        pytest.param(
            Event,
            "title: x\ntags: [[a]]\n",
            (
                "2:8+3",
                "wrong-type",
                "an item of 'tags' must be text, not a list",
                'if it is meant as text, put it in "double quotes"',
            ),
            id="list for an item",
        ),
        pytest.param(
            Event,
            "title: x\ntodo: {a: b}\n",
            (
                "2:7+6",
                "wrong-type",
                "'todo' must be text, not a mapping",
                'if it is meant as text, put it in "double quotes"',
            ),
            id="mapping for one of a list",
        ),
        pytest.param(
            Claim,
            "text: x\nresponses: {kind: denies}\n",
            (
                "2:12+14",
                "wrong-type",
                "'responses' must be a list, not a mapping",
                "each item begins with '- '",
            ),
            id="mapping for a list",
        ),
        pytest.param(
            Actor,
            "name: x\nkind: person\nimage: a.jpg\n",
            (
                "3:8+5",
                "wrong-type",
                "'image' must be a mapping of 'key: value' lines, not the text 'a.jpg'",
                "for example: {file: …, alt: …}",
                "its keys are: file, alt, credit, caption, licence",
            ),
            id="text for a mapping",
        ),
        pytest.param(
            FrontMatter,
            "title: x\nrecommended: [a]\n",
            (
                "2:14+3",
                "wrong-type",
                "'recommended' must be a mapping of 'key: value' lines, not a list",
                "its keys are: pin, block",
            ),
            id="list for a mapping",
        ),
        pytest.param(
            FrontMatter,
            "title: x\nevergreen: maybe\n",
            (
                "2:12+5",
                "wrong-type",
                "'evergreen' must be true or false, not the text 'maybe'",
            ),
            id="word for true or false",
        ),
        pytest.param(
            PageMatter,
            "title: x\norder: first\n",
            (
                "2:8+5",
                "wrong-type",
                "'order' must be a whole number, not the text 'first'",
            ),
            id="word for a number",
        ),
        pytest.param(
            PageMatter,
            "title: x\norder: 1.5\n",
            (
                "2:8+3",
                "wrong-type",
                "'order' must be a whole number, not the text '1.5'",
            ),
            id="fraction for a whole number",
        ),
        pytest.param(
            Place,
            "name: x\nlatitude: north\n",
            (
                "2:11+5",
                "wrong-type",
                "'latitude' must be a number, not the text 'north'",
                "a number is digits, a point and perhaps a minus: 52.52 or -13.4",
            ),
            id="word for a fraction",
        ),
        pytest.param(
            Place,
            "name: x\nlatitude: 91\n",
            (
                "2:11+2",
                "bad-number",
                "'latitude' must be at most 90, not 91",
                "is it the longitude?",
            ),
            id="number too large",
        ),
        pytest.param(
            Place,
            "name: x\nlongitude: -181\n",
            (
                "2:12+4",
                "bad-number",
                "'longitude' must be at least -180, not -181",
            ),
            id="number too small",
        ),
        pytest.param(
            Event,
            "title: x\nstatus: [planned]\n",
            (
                "2:9+9",
                "wrong-type",
                (
                    "'status' must be one word of happened, ongoing, planned, proposed, "
                    "agreed, refused, cancelled, not a list"
                ),
            ),
            id="list for a word",
        ),
        pytest.param(
            Event,
            "title: x\nweight: huge\n",
            (
                "2:9+4",
                "bad-choice",
                "'weight' cannot be 'huge'",
                "allowed: turning-point, major, minor",
            ),
            id="word that is not allowed",
        ),
        pytest.param(
            Event,
            "title: x\nstatus: plannd\n",
            (
                "2:9+6",
                "bad-choice",
                "'status' cannot be 'plannd'",
                ("allowed: happened, ongoing, planned, proposed, agreed, refused, cancelled"),
                "did you mean 'planned'?",
            ),
            id="word that is nearly allowed",
        ),
        pytest.param(
            Verdict,
            "is: true\nwhy: x\n",
            (
                "1:5+4",
                "bad-choice",
                "'is' cannot be 'true'",
                "allowed: confirmed, refuted, unproven",
            ),
            id="true for a verdict",
        ),
        pytest.param(
            SiteFile,
            "format: 2\n",
            (
                "1:9+1",
                "bad-choice",
                "'format' cannot be '2'",
                "allowed: 1",
            ),
            id="unknown format",
        ),
        pytest.param(
            Event,
            "title: x\ndate: 14 Dec 2025\n",
            (
                "2:7+11",
                "bad-date",
                ('"14 Dec 2025" is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~'),
                "did you mean '2025-12-14'?",
            ),
            id="date in words",
        ),
        pytest.param(
            Event,
            "title: x\ndate: 2025-02-30\n",
            (
                "2:7+10",
                "bad-date",
                "February 2025 has no day 30; its last is 28",
            ),
            id="day that does not exist",
        ),
        pytest.param(
            Event,
            "title: x\ndate: soon\n",
            (
                "2:7+4",
                "bad-date",
                '"soon" is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~',
                "a date begins with the year, in four digits; as much of it as is known will do",
                "an event whose date nobody knows has no 'date': delete the line",
            ),
            id="no date at all",
        ),
        pytest.param(
            Event,
            "title: x\ndate: [2025, 2026]\n",
            (
                "2:7+12",
                "wrong-type",
                "a date is one text such as 2025-12-14, not a list",
                "a span is written 2025-12-14/2025-12-16",
                "one day between two is written [2025-12-14..2025-12-16]",
            ),
            id="list of dates",
        ),
        pytest.param(
            Event,
            "title: x\ndate: {from: 2025}\n",
            (
                "2:7+12",
                "wrong-type",
                "a date is one text such as 2025-12-14, not a mapping",
                "a span is written 2025-12-14/2025-12-16",
                "one day between two is written [2025-12-14..2025-12-16]",
            ),
            id="mapping for a date",
        ),
        pytest.param(
            CorrectionLine,
            "date: 2025-13\ntext: x\n",
            (
                "1:7+7",
                "bad-date",
                (
                    "2025-13 has no month 13; months are 01 to 12, seasons 21 (spring) to 24 "
                    "(winter), quarters 33 to 36"
                ),
            ),
            id="date that is needed",
        ),
        pytest.param(
            Event,
            "title: x\nid: Berlin Talks\n",
            (
                "2:5+12",
                "bad-id",
                "'Berlin Talks' cannot be an id",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 "
                    "characters at most"
                ),
                "did you mean 'berlin-talks'?",
            ),
            id="id in capitals",
        ),
        pytest.param(
            Event,
            "title: x\nid: '???'\n",
            (
                "2:5+5",
                "bad-id",
                "'???' cannot be an id",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 "
                    "characters at most"
                ),
            ),
            id="id of no letters",
        ),
        pytest.param(
            Event,
            "title: x\nid: con\n",
            (
                "2:5+3",
                "bad-id",
                "'con' cannot be an id",
                "Windows keeps the file name 'con' for itself; choose another",
            ),
            id="id that Windows keeps",
        ),
        pytest.param(
            Event,
            "title: x\nafter: one, two\n",
            (
                "2:8+8",
                "bad-id",
                "'one, two' cannot be an id",
                "several are written as a list in brackets: [one, two]",
            ),
            id="ids in one text",
        ),
        pytest.param(
            Event,
            "title: x\nafter: [a, B]\n",
            (
                "2:12+1",
                "bad-id",
                "'B' cannot be an id",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 "
                    "characters at most"
                ),
                "did you mean 'b'?",
            ),
            id="id in a list",
        ),
        pytest.param(
            Event,
            "title: x\nactors: [Merz]\n",
            (
                "2:10+4",
                "bad-id",
                "'Merz' cannot be an id",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 characters "
                    "at most"
                ),
                "did you mean 'merz'?",
                (
                    "for an actor who is not listed yet: 'merz' here, 'merz: {name: Merz, kind: "
                    "person}' in content/actors.yaml"
                ),
                "for somebody who has no id: {unnamed: Merz}",
            ),
            id="actor by name",
        ),
        pytest.param(
            Event,
            "title: x\nactors: {merz: host, trump: guest}\n",
            (
                "2:9+26",
                "wrong-type",
                "an actor is written as an id, or as one 'id: words'",
                "several are written as a list: [{merz: host}, {trump: guest}]",
            ),
            id="two actors in one mapping",
        ),
        pytest.param(
            Event,
            "title: x\nactors: [[a]]\n",
            (
                "2:10+3",
                "wrong-type",
                "an actor is written as an id, or as one 'id: words'",
                "for example: actors: [merz, {zelenskiy: for Ukraine}]",
            ),
            id="list for an actor",
        ),
        pytest.param(
            Event,
            "title: x\nactors: [{merz: [a]}]\n",
            (
                "2:10+11",
                "wrong-type",
                "the words beside 'merz' must be text",
            ),
            id="list for an actor's words",
        ),
        pytest.param(
            Source,
            "title: x\nurl: 'javascript:alert(1)'\n",
            (
                "2:6+21",
                "bad-url",
                "'javascript:alert(1)' is not an address that may be linked",
                "allowed are https://…, http://…, mailto:… and /paths on this site",
            ),
            id="address with a script",
        ),
        pytest.param(
            Source,
            "title: x\nurl: www.example.org\n",
            (
                "2:6+15",
                "bad-url",
                "'www.example.org' is not an address that may be linked",
                "allowed are https://…, http://…, mailto:… and /paths on this site",
                "did you mean 'https://www.example.org'?",
            ),
            id="address without a scheme",
        ),
        pytest.param(
            Event,
            "title: " + "x" * 201 + "\n",
            (
                "1:8+201",
                "too-long",
                "the text has 201 characters, and at most 200 are allowed here",
                "shorten it: details belong in the text",
            ),
            id="title too long",
        ),
    ],
)
def test_wrong_record_is_told_in_one_message(
    shape: type[Shape], text: str, expected: tuple[str, ...]
) -> None:
    record, problems = read(shape, text)
    assert record is None
    assert [told(problem) for problem in problems] == [expected]


def test_all_mistakes_of_a_record_are_told() -> None:
    _, problems = read(Event, "titel: x\ndate: soon\nstatus: done\nid: A\nplace:\n")
    assert sorted((p.location.line, p.code) for p in problems) == [
        (1, "unknown-key"),
        (2, "bad-date"),
        (3, "bad-choice"),
        (4, "bad-id"),
        (5, "empty-value"),
    ]


def test_value_that_yaml_refused_is_not_told_again() -> None:
    record, problems = read(Actor, "name: x\nkind: &x person\nborn: *x\nimage: *x\n")
    assert record is None
    assert [problem.code for problem in problems] == ["yaml-alias", "yaml-alias"]


# ---------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"articles/a.yaml": "events:\n  - title: x\n"},
            (
                "articles/a.yaml:1:1+1",
                "no-article",
                "no article belongs to these annotations",
                "there is no articles/a.md beside them",
            ),
            id="annotations without an article",
        ),
        pytest.param(
            {
                "articles/about.yaml": "events:\n  - title: x\n",
                "pages/about.md": "---\ntitle: x\n---\nText\n",
            },
            (
                "articles/about.yaml:1:1+1",
                "no-article",
                "no article belongs to these annotations",
                "there is no articles/about.md beside them",
            ),
            id="annotations beside a page only",
        ),
        pytest.param(
            {"articles/Foo Bar.md": ARTICLE},
            (
                "articles/Foo Bar.md:1:1+1",
                "bad-id",
                "'Foo Bar' cannot be an id, which the name of this file becomes",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 "
                    "characters at most"
                ),
                "did you mean 'foo-bar'?",
            ),
            id="file name of an article",
        ),
        pytest.param(
            {"stories/X.yaml": "title: x\n"},
            (
                "stories/X.yaml:1:1+1",
                "bad-id",
                "'X' cannot be an id, which the name of this file becomes",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 "
                    "characters at most"
                ),
                "did you mean 'x'?",
            ),
            id="file name of a story",
        ),
        pytest.param(
            {"actors/con.yaml": "name: x\nkind: person\n"},
            (
                "actors/con.yaml:1:1+1",
                "bad-id",
                "'con' cannot be an id, which the name of this file becomes",
                "Windows keeps the file name 'con' for itself; choose another",
            ),
            id="file name of an actor",
        ),
        pytest.param(
            {"articles/a.german.md": ARTICLE},
            (
                "articles/a.german.md:1:1+1",
                "bad-id",
                "'german' is not a language",
                "a translation is called <slug>.<language>.md, for example fire.de.md",
            ),
            id="language of a translation",
        ),
        pytest.param(
            {"articles/a.md": "---\ntitle: x\n---\nText\n"},
            (
                "articles/a.md:1:1+1",
                "missing-key",
                "'date' is missing: when was this published?",
                "for example: date: 2026-01-24",
            ),
            id="article without a date",
        ),
        pytest.param(
            {"articles/a.md": "---\ntitle: x\ndate: 2025-01\n---\nText\n"},
            (
                "articles/a.md:3:7+7",
                "bad-date",
                "'2025-01' is not a day, and an article is published on one",
                "for example: date: 2026-01-24",
            ),
            id="article of a month",
        ),
        pytest.param(
            {"articles/a.md": "---\ntitle: x\ndate: 2025-01-01/2025-01-02\n---\nText\n"},
            (
                "articles/a.md:3:7+21",
                "bad-date",
                "'2025-01-01/2025-01-02' is not a day, and an article is published on one",
                "for example: date: 2026-01-24",
            ),
            id="article of two days",
        ),
        pytest.param(
            {"articles/a.md": "---\ntitle: x\ndate: 2025-01-01\n---\n"},
            (
                "articles/a.md:5:1+1",
                "empty-value",
                "the article has no text",
                "write 'kind: brief' where only the headline is known",
            ),
            id="article without text",
        ),
        pytest.param(
            {"articles/a.md": "Just text.\n"},
            (
                "articles/a.md:1:1+1",
                "front-matter",
                "the front matter is missing",
                (
                    "a file begins with a line '---', then 'title: …' and 'date: …', then a "
                    "line '---'"
                ),
            ),
            id="article without front matter",
        ),
        pytest.param(
            {"articles/a.md": "---\ndate: 2025-01-01\n---\nText\n"},
            (
                "articles/a.md:2:1+16",
                "missing-key",
                "'title' is missing",
                "add 'title: …'",
            ),
            id="front matter without a title",
        ),
        pytest.param(
            {"articles/a.md": "Title: x\nDate: 2025-01-01\nSumary: y\n\nText\n"},
            (
                "articles/a.md:3:1+6",
                "unknown-key",
                "unknown key 'sumary'",
                "did you mean 'summary'?",
            ),
            id="unknown header of Pelican",
        ),
        pytest.param(
            {"pages/a.md": "---\ntitle: x\nmneu: false\n---\nText\n"},
            (
                "pages/a.md:3:1+4",
                "unknown-key",
                "unknown key 'mneu'",
                "did you mean 'menu'?",
            ),
            id="unknown key of a page",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "event:\n  - title: x\n"},
            (
                "articles/a.yaml:1:1+5",
                "unknown-key",
                "unknown key 'event'",
                "did you mean 'events'?",
            ),
            id="unknown section",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events:\n  title: x\n"},
            (
                "articles/a.yaml:2:3+8",
                "wrong-type",
                "'events' must be a list",
                "each record begins with '- ', and its keys stand in one column behind it",
                "begin the line with '- title:', and leave the other keys",
            ),
            id="section that is no list",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events:\n"},
            (
                "articles/a.yaml:1:8+1",
                "empty-value",
                "'events' is empty",
                "write a record, which begins with '- ', or delete the line",
            ),
            id="section that is empty",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "- title: x\n"},
            (
                "articles/a.yaml:1:1+10",
                "wrong-type",
                "the file must be a mapping of 'key: value' lines",
                "records stand in a list below one of its keys, such as 'events:'",
                "its keys are: roles, events, quotes, positions, claims, questions",
            ),
            id="annotations that are a list",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events:\n  - Talks begin\n"},
            (
                "articles/a.yaml:2:5+11",
                "wrong-type",
                "an entry of 'events' must be a mapping of 'key: value' lines",
                "for example: {title: …}",
                (
                    "its keys are: id, was, same, evidence, rests_on, sources, according_to, "
                    "note, todo, allow, added, updated, title, text, date, date_note, "
                    "date_text, after, before, status, actors, actors_note, place, lane, "
                    "tags, weight, stories, image, links"
                ),
            ),
            id="record that is text",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events:\n  -\n"},
            (
                "articles/a.yaml:2:4+1",
                "empty-value",
                "an entry of 'events' is empty",
                "for example: {title: …}",
                (
                    "its keys are: id, was, same, evidence, rests_on, sources, according_to, "
                    "note, todo, allow, added, updated, title, text, date, date_note, "
                    "date_text, after, before, status, actors, actors_note, place, lane, "
                    "tags, weight, stories, image, links"
                ),
            ),
            id="record that is empty",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events:\n  - date: 2025\n"},
            (
                "articles/a.yaml:2:5+10",
                "missing-key",
                "the event has no 'title'",
                "add 'title: …'",
                "what another article describes already is written '{same: its-id, …}'",
                "not sure that it is an event? docs/which-record.md tells",
            ),
            id="event without a title",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "quotes:\n  - {actor: merz}\n"},
            (
                "articles/a.yaml:2:5+13",
                "missing-key",
                "the quote has no 'text'",
                "add 'text: …'",
                "what another article describes already is written '{same: its-id, …}'",
                "not sure that it is a quote? docs/which-record.md tells",
            ),
            id="quote without words",
        ),
        pytest.param(
            {
                "articles/a.md": ARTICLE,
                "articles/a.yaml": "positions:\n  - {actor: merz, issue: war}\n",
            },
            (
                "articles/a.yaml:2:5+25",
                "missing-key",
                "the position has no 'stance'",
                "add 'stance: …'",
                "what another article describes already is written '{same: its-id, …}'",
                "not sure that it is a position? docs/which-record.md tells",
            ),
            id="position without a stance",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "questions:\n  - answer: x\n"},
            (
                "articles/a.yaml:2:5+9",
                "missing-key",
                "the question has no 'question'",
                "add 'question: …'",
                "what another article describes already is written '{same: its-id, …}'",
            ),
            id="question without a question",
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "roles:\n  - actor: merz\n"},
            (
                "articles/a.yaml:2:5+11",
                "missing-key",
                "the role has no 'role'",
                "add 'role: …'",
            ),
            id="role without a role",
        ),
        pytest.param(
            {
                "articles/a.md": ARTICLE,
                "articles/a.yaml": "events:\n  - {title: x, evidence: [he came, he saw]}\n",
            },
            (
                "articles/a.yaml:2:26+17",
                "cut-by-comma",
                "these are 2 passages, because in brackets each comma begins a new one",
                "write each passage on a line of its own that begins with '- '",
                "if it is meant, add 'allow: [cut-by-comma]' to the record",
            ),
            id="evidence cut by a comma",
        ),
        pytest.param(
            {"stories/x.yaml": ""},
            (
                "stories/x.yaml:1:1+1",
                "empty-value",
                "the story is empty",
                "one line is enough to begin with: 'title: …'",
            ),
            id="story that is empty",
        ),
        pytest.param(
            {"stories/x.yaml": "events:\n  - title: y\n"},
            (
                "stories/x.yaml:1:1+7",
                "missing-key",
                "'title' is missing",
                "add 'title: …'",
            ),
            id="story without a title",
        ),
        pytest.param(
            {"actors/x.yaml": "# to do\n"},
            (
                "actors/x.yaml:1:1+1",
                "empty-value",
                "the file is empty",
            ),
            id="actor's file that is empty",
        ),
        pytest.param(
            {"actors.yaml": "merz:\n"},
            (
                "actors.yaml:1:6+1",
                "empty-value",
                "actor 'merz' is empty",
                "for example: {name: …, kind: person}",
                (
                    "its keys are: name, kind, aliases, also, born, died, founded, ended, roles, "
                    "ties, summary, image, links, same_as, sources, was, note, todo, allow"
                ),
            ),
            id="actor without anything",
        ),
        pytest.param(
            {"actors.yaml": "merz: Friedrich Merz\n"},
            (
                "actors.yaml:1:7+14",
                "wrong-type",
                "actor 'merz' must be a mapping of 'key: value' lines",
                "for example: {name: …, kind: person}",
                (
                    "its keys are: name, kind, aliases, also, born, died, founded, ended, roles, "
                    "ties, summary, image, links, same_as, sources, was, note, todo, allow"
                ),
            ),
            id="actor that is text",
        ),
        pytest.param(
            {"actors.yaml": "- merz\n"},
            (
                "actors.yaml:1:1+6",
                "wrong-type",
                "the file must be a mapping of 'id: …' lines",
                "each begins with its id: 'my-id: {name: …, kind: person}'",
            ),
            id="actors that are a list",
        ),
        pytest.param(
            {"actors.yaml": "Merz: {name: x, kind: person}\n"},
            (
                "actors.yaml:1:1+4",
                "bad-id",
                "'Merz' cannot be an id",
                (
                    "an id has the letters a to z, digits and single hyphens, and 80 "
                    "characters at most"
                ),
                "did you mean 'merz'?",
            ),
            id="actor's id in capitals",
        ),
        pytest.param(
            {
                "actors.yaml": "merz: {name: x, kind: person}\n",
                "actors/merz.yaml": "name: y\nkind: person\n",
            },
            (
                "actors/merz.yaml:1:1+7",
                "duplicate-id",
                "the actor 'merz' is described twice",
                "it stands first in actors.yaml, line 1; keep one of the two",
            ),
            id="actor described twice",
        ),
        pytest.param(
            {"actors.yaml": "merz: {name: x, kind: person}\nmerz: {name: y, kind: person}\n"},
            (
                "actors.yaml:2:1+4",
                "duplicate-key",
                "the key 'merz' stands twice here",
                "it stands first on line 1; keep one of the two",
            ),
            id="actor twice in one file",
        ),
        pytest.param(
            {"actors.yaml": "merz: {name: x, kind: company}\n"},
            (
                "actors.yaml:1:23+7",
                "bad-choice",
                "'kind' cannot be 'company'",
                "allowed: person, organization, country, group",
            ),
            id="kind of an actor",
        ),
        pytest.param(
            {"places.yaml": "berlin: {name: Berlin, latitude: 152}\n"},
            (
                "places.yaml:1:34+3",
                "bad-number",
                "'latitude' must be at most 90, not 152",
                "is it the longitude?",
            ),
            id="place, number too large",
        ),
        pytest.param(
            {"terms.yaml": "nato: {name: NATO}\n"},
            (
                "terms.yaml:1:7+12",
                "missing-key",
                "'text' is missing",
                "add 'text: …'",
            ),
            id="term without text",
        ),
        pytest.param(
            {"issues.yaml": "war: {titel: War}\n"},
            (
                "issues.yaml:1:7+5",
                "unknown-key",
                "unknown key 'titel'",
                "did you mean 'title'?",
            ),
            id="issue that is misspelt",
        ),
        pytest.param(
            {"redirects.yaml": "a: [b]\n"},
            (
                "redirects.yaml:1:4+3",
                "wrong-type",
                "'a' must name the id that took its place",
            ),
            id="redirect to a list",
        ),
        pytest.param(
            {"redirects.yaml": "a:\n"},
            (
                "redirects.yaml:1:3+1",
                "wrong-type",
                "'a' must name the id that took its place",
            ),
            id="redirect to nothing",
        ),
        pytest.param(
            {"site.yaml": "format: 2\n"},
            (
                "site.yaml:1:9+1",
                "bad-choice",
                "'format' cannot be '2'",
                "allowed: 1",
            ),
            id="format of the site",
        ),
        pytest.param(
            {"site.yaml": ""},
            (
                "site.yaml:1:1+1",
                "empty-value",
                "the file is empty",
            ),
            id="site that is empty",
        ),
    ],
)
def test_wrong_file_is_told_in_one_message(
    files: dict[str, str], expected: tuple[str, ...]
) -> None:
    _, problems = validate(files)
    assert [
        (f"{problem.location.file}:{told(problem)[0]}", *told(problem)[1:]) for problem in problems
    ] == [expected]


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param("he came", id="one passage"),
        pytest.param("[he came]", id="one in brackets"),
        pytest.param("\n      - he came\n      - he saw", id="a line each"),
        pytest.param('["he came, he saw", "he won"]', id="all quoted"),
        pytest.param("[he came, he saw]\n    allow: [cut-by-comma]", id="allowed"),
    ],
)
def test_evidence_that_no_comma_cuts_is_no_problem(evidence: str) -> None:
    records = f"events:\n  - title: x\n    evidence: {evidence}\n"
    assert validate({"articles/a.md": ARTICLE, "articles/a.yaml": records})[1] == []


def test_content_holds_every_kind_of_file() -> None:
    content, problems = validate(
        {
            "site.yaml": "format: 1\n",
            "actors.yaml": "merz: {name: Friedrich Merz, kind: person}\n",
            "actors/trump.yaml": "name: Donald Trump\nkind: person\n",
            "places.yaml": "berlin: {name: Berlin}\n",
            "terms.yaml": "nato: {name: NATO, text: An alliance.}\n",
            "issues.yaml": "war: {title: War}\n",
            "redirects.yaml": "old: talks\n",
            "stories/peace.yaml": "title: Peace\nevents:\n  - title: Talks\n",
            "articles/a.md": ARTICLE,
            "articles/a.de.md": ARTICLE,
            "articles/a.yaml": "claims:\n  - text: x\n",
            "pages/about.md": "---\ntitle: About\n---\nText\n",
        }
    )
    assert problems == []
    assert {
        name: list(getattr(content, name)) for name in Content.__slots__ if name != "known"
    } == {
        "articles": ["a"],
        "translations": [("a", "de")],
        "stories": ["peace"],
        "actors": ["merz", "trump"],
        "places": ["berlin"],
        "terms": ["nato"],
        "issues": ["war"],
        "pages": ["about"],
        "redirects": ["old"],
        "texts": [
            "actors.yaml",
            "actors/trump.yaml",
            "articles/a.de.md",
            "articles/a.md",
            "articles/a.yaml",
            "issues.yaml",
            "pages/about.md",
            "places.yaml",
            "redirects.yaml",
            "site.yaml",
            "stories/peace.yaml",
            "terms.yaml",
        ],
    }
    assert content.redirects["old"] == ("talks", Location("redirects.yaml", 1, 6, 5))
    assert [event.title for event in content.stories["peace"].events] == ["Talks"]
    assert content.articles["a"].records.claims == (Claim(text="x"),)
    assert content.translations["a", "de"].records == Annotations()


def test_content_is_the_same_however_the_files_are_listed() -> None:
    files = {"actors.yaml": "b: {name: B, kind: group}\na: {}\n", "articles/a.md": ARTICLE}
    first, second = validate(files), validate(dict(reversed(files.items())))
    assert (list(first[0].texts), first[1]) == (list(second[0].texts), second[1])


def test_article_knows_where_its_text_begins() -> None:
    content, _ = validate({"articles/a.md": ARTICLE})
    article = content.articles["a"]
    assert (article.body, article.body_line, article.slug, article.lang) == ("Text\n", 5, "a", "")


def test_wrong_record_leaves_the_others_of_its_file() -> None:
    records = "events:\n  - title: One\n  - titel: Two\n    id: two\n  - title: Three\n"
    content, problems = validate({"articles/a.md": ARTICLE, "articles/a.yaml": records})
    events = [event for event in content.articles["a"].records.events if event.is_whole]
    assert [event.title for event in events] == ["One", "Three"]
    assert [(p.code, p.location.line) for p in problems] == [("unknown-key", 3)]
    assert content.is_known("record", "two")


def test_record_without_a_key_is_whole_where_another_article_has_it() -> None:
    records = "events:\n  - {same: talks, date: 2025}\nquotes:\n  - {same: words}\n"
    content, problems = validate({"articles/a.md": ARTICLE, "articles/a.yaml": records})
    assert problems == []
    assert content.articles["a"].records.events[0].same == "talks"


@pytest.mark.parametrize(
    ("files", "kind", "known"),
    [
        pytest.param(
            {"actors.yaml": "merz: {name: A: b}\nnato: {name: N, kind: group}\n"},
            "actor",
            ["merz", "nato"],
            id="actors, YAML that is wrong",
        ),
        pytest.param({"actors.yaml": "merz: {name: x}\n"}, "actor", ["merz"], id="an actor"),
        pytest.param({"actors.yaml": "Merz: x\n"}, "actor", ["Merz", "merz"], id="id of an actor"),
        pytest.param({"stories/x.yaml": ""}, "story", ["x"], id="a story"),
        pytest.param(
            {"stories/x.yaml": "title: A: b\nevents:\n  - id: talks\n"},
            "record",
            ["talks"],
            id="story, YAML that is wrong",
        ),
        pytest.param(
            {"stories/x.yaml": "titel: x\nevents:\n  - {id: talks, title: y}\n"},
            "record",
            ["talks"],
            id="story, its own keys are wrong",
        ),
        pytest.param({"articles/a.md": "Text\n"}, "article", ["a"], id="an article"),
        pytest.param(
            {"articles/a.md": "Text\n", "articles/a.yaml": "events: [{id: talks, title: y}]\n"},
            "record",
            ["talks"],
            id="records of an article that is wrong",
        ),
        pytest.param(
            {"articles/A B.md": ARTICLE}, "article", ["A B", "a-b"], id="file name of an article"
        ),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events: [{id: talks, date: 2025}]\n"},
            "record",
            ["talks"],
            id="a record without a title",
        ),
        pytest.param(
            {
                "articles/a.md": ARTICLE,
                "articles/a.yaml": "quotes: [{actor: merz, text: We shall see it, mood: grim}]\n",
            },
            "record",
            ["merz-we-shall-see"],
            id="a record whose id follows from its words",
        ),
        pytest.param(
            {
                "articles/a.md": ARTICLE,
                "articles/a.yaml": "positions: [{actor: merz, issue: war, stance: }]\n",
            },
            "record",
            ["merz-war"],
            id="a position whose id follows",
        ),
    ],
)
def test_id_of_what_cannot_be_read_is_known(
    files: dict[str, str], kind: str, known: list[str]
) -> None:
    content, problems = validate(files)
    assert len(problems) == 1
    assert [content.is_known(kind, name) for name in known] == [True] * len(known)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"articles/a.md": ARTICLE}, False, id="all is read"),
        pytest.param(
            {"articles/a.md": ARTICLE, "articles/a.yaml": "events: [{x: y: z}]\n"},
            True,
            id="records, YAML that is wrong",
        ),
        pytest.param({"articles/a.md": "Text\n"}, False, id="article without records"),
        pytest.param(
            {"articles/a.md": "Text\n", "articles/a.yaml": "events: [{title: y}]\n"},
            True,
            id="records of an article that is wrong",
        ),
    ],
)
def test_content_knows_whether_records_are_unread(files: dict[str, str], expected: bool) -> None:
    assert validate(files)[0].has_unread == expected


def test_problems_by_file_are_sorted_and_told_once() -> None:
    first = Problem("a", Location("a", 2), "x")
    second = Problem("a", Location("a", 10), "x")
    assert by_file([second, first, second]) == [first, second]


# ------------------------------------------------------------------------------- the disk


def write(folder: Path, files: dict[str, bytes]) -> Loaded:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return load_content(folder)


def told_of_files(loaded: Loaded) -> list[tuple[str, ...]]:
    return [
        (f"{p.location.file}:{p.location.line}", p.code, p.message, *p.help)
        for p in loaded.problems
    ]


def test_load_reads_all_known_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    names = ["articles/b.md", "articles/a.yaml", "pages/p.md", "stories/s.yaml", "actors/a.yaml"]
    loaded = write(tmp_path, dict.fromkeys([*names, "actors.yaml", "site.yaml"], b"x"))
    assert loaded.problems == ()
    assert [(file.path.as_posix(), file.name, file.text) for file in loaded.files] == [
        ("site.yaml", "content/site.yaml", "x"),
        ("actors.yaml", "content/actors.yaml", "x"),
        ("articles/a.yaml", "content/articles/a.yaml", "x"),
        ("articles/b.md", "content/articles/b.md", "x"),
        ("stories/s.yaml", "content/stories/s.yaml", "x"),
        ("actors/a.yaml", "content/actors/a.yaml", "x"),
        ("pages/p.md", "content/pages/p.md", "x"),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"a\nb\n", "a\nb\n", id="plain"),
        pytest.param(b"a\r\nb\rc", "a\nb\nc", id="line breaks of Windows and old Macs"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="byte order mark"),
        pytest.param("é".encode(), "é", id="UTF-8"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_load_gives_text_with_plain_line_breaks(tmp_path: Path, data: bytes, text: str) -> None:
    assert [file.text for file in write(tmp_path, {"actors.yaml": data}).files] == [text]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"articles/a.md": b"one\ntw\xf6\n"},
            (
                "content/articles/a.md:2",
                "not-utf-8",
                (
                    "this line holds a character that is not in UTF-8 "
                    "(byte 0xF6, which is 'ö' in Windows-1252)"
                ),
                "save the file with the encoding UTF-8",
            ),
            id="another encoding",
        ),
        pytest.param(
            {"articles/a.md": b"x" * (DEFAULT_LIMITS.file_bytes + 1)},
            (
                "content/articles/a.md:1",
                "too-long",
                "the file has 2,000,001 bytes, and at most 2,000,000 are allowed",
                "split it into several files",
                "where it is meant, raise 'file_bytes' under 'limits' in pelican.conf.py",
            ),
            id="too long",
        ),
        pytest.param(
            {"articles/a.jpg": b""},
            (
                "content/articles/a.jpg:1",
                "unknown-file",
                "this file is not read",
                "articles/ holds *.md and *.yaml files; pictures belong in images/",
            ),
            id="a picture among the articles",
        ),
        pytest.param(
            {"stories/x.yml": b""},
            (
                "content/stories/x.yml:1",
                "unknown-file",
                "this file is not read",
                "did you mean 'x.yaml'?",
            ),
            id="another ending for YAML",
        ),
        pytest.param(
            {"articles/2025/a.md": b""},
            (
                "content/articles/2025:1",
                "unknown-file",
                "this folder is not read",
                "articles/ has no folders inside",
            ),
            id="a folder among the articles",
        ),
        pytest.param(
            {"places.yml": b""},
            (
                "content/places.yml:1",
                "unknown-file",
                "this file is not read",
                "did you mean 'places.yaml'?",
            ),
            id="a misspelt file",
        ),
        pytest.param(
            {"story/x.yaml": b""},
            (
                "content/story:1",
                "unknown-file",
                "this folder is not read",
                "did you mean 'stories'?",
            ),
            id="a misspelt folder",
        ),
        pytest.param(
            {"weather.yaml": b""},
            (
                "content/weather.yaml:1",
                "unknown-file",
                "this file is not read",
                (
                    "known are site.yaml, actors.yaml, places.yaml, terms.yaml, issues.yaml, "
                    "redirects.yaml"
                ),
            ),
            id="an unknown file",
        ),
    ],
)
def test_load_tells_what_it_cannot_read(
    tmp_path: Path, files: dict[str, bytes], expected: tuple[str, ...]
) -> None:
    loaded = write(tmp_path, files)
    assert (loaded.files, told_of_files(loaded)) == ((), [expected])


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param(
            "articles/a.md",
            (
                "content/articles/a.md:1",
                "symlink",
                "this is a link to another file, which is not followed",
                "put the file itself here",
            ),
            id="a file",
        ),
        pytest.param(
            "site.yaml",
            (
                "content/site.yaml:1",
                "symlink",
                "this is a link to another file, which is not followed",
                "put the file itself here",
            ),
            id="a single file",
        ),
        pytest.param(
            "stories",
            (
                "content/stories:1",
                "symlink",
                "this is a link to another folder, which is not followed",
                "put the folder itself here",
            ),
            id="a folder",
        ),
    ],
)
def test_load_follows_no_link(tmp_path: Path, link: str, expected: tuple[str, ...]) -> None:
    content, outside = tmp_path / "content", tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("title: x")
    (content / link).parent.mkdir(parents=True, exist_ok=True)
    is_folder = not PurePosixPath(link).suffix
    (content / link).symlink_to(outside if is_folder else outside / "secret.yaml")
    loaded = load_content(content)
    assert (loaded.files, told_of_files(loaded)) == ((), [expected])


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read every file")
def test_load_tells_of_a_file_that_it_may_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": b"x"})
    (tmp_path / "site.yaml").chmod(0)
    assert told_of_files(load_content(tmp_path)) == [
        ("content/site.yaml:1", "unreadable", "the file cannot be read: Permission denied")
    ]


def test_load_passes_over_what_editors_and_systems_leave_behind(tmp_path: Path) -> None:
    names = [".DS_Store", "a.md~", "#a.md#", "~$a.md", ".a.md.swp"]
    names = [*(f"articles/{name}" for name in names), ".gitkeep", "README.md", "images/.x"]
    loaded = write(tmp_path, dict.fromkeys(names, b""))
    assert (loaded.files, loaded.problems) == ((), ())


def test_load_lists_the_pictures(tmp_path: Path) -> None:
    gif = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
    loaded = write(tmp_path, {"images/a.gif": gif, "images/2025/b.gif": gif})
    (tmp_path / "images" / "link.gif").symlink_to(tmp_path / "images" / "a.gif")
    assert load_content(tmp_path).images == loaded.images == {"a.gif", "2025/b.gif"}


def test_load_of_a_folder_that_is_missing_gives_nothing(tmp_path: Path) -> None:
    assert load_content(tmp_path / "none") == Loaded((), frozenset(), ())
