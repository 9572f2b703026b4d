"""Files that were read before: what is kept of them is what reading them would give."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from explainer.frontmatter import split_document
from explainer.model import Shape
from explainer.problems import Location
from explainer.sound_files import SoundFiles
from explainer.steps import Steps
from explainer.tree import parse_yaml
from explainer.validate import Content, validate_content
from tests.site.northbridge import loaded
from tests.unit.small_site import TOWN, Reading, messages, small_site

ZONE = ZoneInfo("Europe/Berlin")


def read(known: SoundFiles) -> Content:
    return validate_content(loaded().files, zone=ZONE, known=known)[0]


def places(value: object) -> list[Location]:
    """Where each record stands in what was read, in order."""
    if isinstance(value, tuple):
        return [place for one in value for place in places(one)]
    if not isinstance(value, Shape):
        return []
    return [value.where(), *(place for one in value.__dict__.values() for place in places(one))]


def test_known_files_are_what_reading_gives() -> None:
    first = Reading()
    fresh = read(first)
    known = read(Reading(first.lines))
    assert known == fresh
    for slug, article in fresh.articles.items():
        other = known.articles[slug]
        assert places((other.matter, other.records)) == places((article.matter, article.records))


def test_known_files_are_not_read_again() -> None:
    first = Reading()
    read(first)
    again: list[str] = []

    def parse(text: str, name: str, *more: Any) -> Any:
        again.append(name)
        return parse_yaml(text, name, *more)

    def split(text: str, name: str, *more: Any) -> Any:
        again.append(name)
        return split_document(text, name, *more)

    known = Reading(first.lines)
    validate_content(loaded().files, zone=ZONE, known=known, parse=parse, split=split)
    articles = [name for name in again if name.startswith("content/articles/")]
    # Translations hang on one another, and of what is not sound the problems are to be told.
    unsound = {p.location.file for p in validate_content(loaded().files, zone=ZONE)[1]}
    assert [name for name in articles if name.count(".") == 1 and name not in unsound] == []


def test_file_in_another_zone_is_read_again() -> None:
    first = Reading()
    read(first)
    other = ZoneInfo("Asia/Tokyo")
    known = validate_content(loaded().files, zone=other, known=Reading(first.lines))
    assert known == validate_content(loaded().files, zone=other)


@pytest.mark.parametrize(
    "forged",
    [
        {"=": ["Settings", []]},
        {"=": ["Annotations", []], "events": [{"=": ["BaseModel", []]}]},
        {"=": ["Annotations", []], "events": [{"@": "not a date"}]},
        {"=": ["Actor", []]},
        {"events": []},
        [["Annotations"]],
        None,
        7,
    ],
)
def test_what_is_no_record_is_read_again(forged: object) -> None:
    first = Reading()
    fresh = read(first)
    value = json.dumps([forged, 0, 1]).encode()
    keys = (line.partition(b" ")[0] for line in first.lines.splitlines())
    assert read(Reading(b"".join(b"%s %s\n" % (key, value) for key in keys))) == fresh


def test_mistake_that_another_file_makes_of_a_known_record_has_its_place() -> None:
    sidecar = TOWN["articles/closed.yaml"] + "            place: quay\n"
    first = Reading()
    small_site({"articles/closed.yaml": sidecar}, steps=Steps(files=first))
    broken = {"articles/closed.yaml": sidecar, "places.yaml": "pier: {name: The pier}\n"}
    known = small_site(broken, steps=Steps(files=Reading(first.lines)))
    assert messages(known) == messages(small_site(broken))
    assert "content/articles/closed.yaml:7:" in messages(known)
