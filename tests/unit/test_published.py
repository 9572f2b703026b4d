"""An address that was published leads somewhere, or publishing stops."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.problems import Report
from explainer.published import LIST, gone_addresses, lasting_addresses, published_list
from explainer.site import ReadSite
from tests.unit.small_site import TOWN, small_pages, small_site

SIDECAR = "articles/closed.yaml"
RENAMED = TOWN[SIDECAR].replace("id: bridge-closed", "id: bridge-shut")


def addresses(site: ReadSite) -> frozenset[str]:
    assert not site.report.failed, site.report.text()
    return lasting_addresses(small_pages(site).page_texts)


def gone(files: dict[str, str | None], before: str | None = None) -> list[str]:
    """The addresses of the small site that lead nowhere once some files are others."""
    site = small_site(files)
    listed = published_list(addresses(small_site())) if before is None else before
    found = gone_addresses(listed, LIST, addresses(site), site.content.redirects)
    return [problem.message for problem in found]


def test_list_has_the_pages_and_records_that_last() -> None:
    assert sorted(addresses(small_site())) == [
        "actors/",
        "actors/council/",
        "actors/lind/",
        "actors/quill/",
        "articles/closed/",
        "issues/",
        "places/",
        "places/#place-quay",
        "stories/bridge/",
        "stories/bridge/#event-bridge-closed",
        "terms/",
        "terms/#term-pier",
        "timeline/",
    ]


def test_list_is_written_with_the_site() -> None:
    site = small_site()
    assert dict(small_pages(site).files)[LIST] == published_list(addresses(site))


def test_address_that_stays_is_no_problem() -> None:
    assert gone({}) == []


@pytest.mark.parametrize(
    ("files", "lost"),
    [
        ({SIDECAR: RENAMED}, "/stories/bridge/#event-bridge-closed"),
        ({SIDECAR: ""}, "/stories/bridge/#event-bridge-closed"),
        ({"places.yaml": "pier: {name: The pier}\n"}, "/places/#place-quay"),
        (
            {"articles/closed.md": None, "articles/shut.md": TOWN["articles/closed.md"]}
            | {SIDECAR: None, "articles/shut.yaml": TOWN[SIDECAR]},
            "/articles/closed/",
        ),
        (
            {"actors.yaml": TOWN["actors.yaml"].replace("quill:", "mara:")},
            "/actors/quill/",
        ),
    ],
    ids=["renamed", "deleted", "place", "article", "actor"],
)
def test_address_that_vanishes_is_an_error(files: dict[str, str | None], lost: str) -> None:
    assert gone(files) == [f"{lost} was published, and is gone"]


MOVED: dict[str, str | None] = {
    "articles/closed.md": TOWN["articles/closed.md"].replace("story: bridge", "story: tunnel"),
    "stories/tunnel.yaml": "title: The tunnel\n",
}


def test_record_that_moves_to_another_page_is_an_error_with_its_new_address() -> None:
    site = small_site(MOVED)
    listed = published_list(addresses(small_site()))
    (problem,) = gone_addresses(listed, LIST, addresses(site), site.content.redirects)
    old, new = (f"/stories/{name}/#event-bridge-closed" for name in ("bridge", "tunnel"))
    assert problem.message == f"{old} was published, and is now {new}"
    first, second = problem.help
    assert first.startswith("links to it would end at the top of /stories/bridge/: move it back")
    assert second == "if it was, say so in redirects.yaml: 'bridge-closed: tunnel'"
    assert gone(MOVED | {"redirects.yaml": "bridge-closed: tunnel\n"}) == []


@pytest.mark.parametrize(
    "files",
    [
        {SIDECAR: RENAMED.replace("date:", "was: [bridge-closed]\n            date:")},
        {SIDECAR: RENAMED, "redirects.yaml": "bridge-closed: bridge-shut\n"},
        {SIDECAR: "", "redirects.yaml": "bridge-closed: bridge\n"},
        {
            "articles/closed.md": None,
            "articles/shut.md": re.sub(
                "story:", "was: [closed]\n        story:", TOWN["articles/closed.md"]
            ),
            SIDECAR: None,
            "articles/shut.yaml": TOWN[SIDECAR],
        },
    ],
    ids=["was", "redirect", "deleted", "article"],
)
def test_address_that_was_answered_for_is_no_problem(files: dict[str, str | None]) -> None:
    assert gone(files) == []


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "{}", '{"format": 2, "addresses": []}', "[" * 100_000, '{"format": 1}']
)
def test_list_that_cannot_be_read_is_a_problem(text: str) -> None:
    assert gone({}, text) == ["this is no list of addresses as a build writes it (published.json)"]


def test_message_in_the_docs_is_what_is_told() -> None:
    before = published_list(addresses(small_site({SIDECAR: RENAMED})))
    site = small_site()
    problems = tuple(gone_addresses(before, LIST, addresses(site), ()))
    text = Report(problems, {LIST: before}).text().split("\n\n")[0]
    told = "\n".join(line for line in text.split("\n") if "= see:" not in line)
    docs = Path(__file__).resolve().parents[2] / "docs" / "messages.md"
    section = docs.read_text(encoding="utf-8").partition("### address-gone")[2]
    shown = section.partition("```text\n")[2].partition("\n```")[0]
    assert shown == told
