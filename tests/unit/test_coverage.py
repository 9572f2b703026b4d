"""What is not covered: each kind of gap, where it stands, and in which order."""

from __future__ import annotations

import random
import re
from pathlib import Path
from textwrap import dedent

import pytest

from explainer.cli import main
from explainer.coverage import as_text, find_gaps

from .small_site import TOWN, small_site
from .test_mistakes import WORDS

HEADINGS = [
    "Events without evidence or a source",
    "Quotes of somebody without a profile",
    "Names that recur and are no actors",
    "Actors that nothing uses",
    "Claims without a verdict after 30 days",
    "Planned events whose date has passed",
    "Stories without news for 30 days",
    "Events with dates that contradict one another",
    "Sources without an archived copy",
]
SIDECAR = "articles/closed.yaml"


def gaps(heading: str, files: dict[str, str | None], days: int = 30) -> list[str]:
    """The lines under one heading, on 1 June 2026."""
    site = small_site(files)
    assert site.report.errors == ()
    (found,) = [one.found for one in find_gaps(site, days=days) if one.heading == heading]
    return [f"{gap.place.file}:{gap.place.line}: {gap.text}" for gap in found]


def events(*lines: str) -> dict[str, str | None]:
    return {SIDECAR: "events:\n" + "".join(f"  - {line}\n" for line in lines)}


def test_every_kind_is_there_also_where_there_is_nothing() -> None:
    files: dict[str, str | None] = {
        "articles/closed.md": None,
        SIDECAR: None,
        "stories/bridge.yaml": None,
        "actors.yaml": None,
    }
    lists = find_gaps(small_site(files))
    assert [one.heading for one in lists] == HEADINGS
    assert as_text(lists, "Head").split("\n\n") == ["Head", *(f"{one}: none." for one in HEADINGS)]


def test_event_without_support_is_listed_also_where_that_is_meant() -> None:
    found = gaps(
        HEADINGS[0],
        events(
            "{id: a, title: A, allow: [no-source]}",
            f"{{id: b, title: B, {WORDS}}}",
            "{id: c, title: C, sources: [{title: Book}]}",
            "{id: d, title: D, rests_on: [b]}",
        ),
    )
    assert found == ["content/articles/closed.yaml:2: event 'a'"]


def test_quote_of_the_unnamed_and_of_an_actor_without_a_summary_is_listed() -> None:
    quotes = """\
        quotes:
          - {id: a, actor: quill, text: Nobody has been hurt}
          - {id: b, actor: {unnamed: a diver}, text: She wants a new bridge}
          - {id: c, actor: council, text: found cracks}
        """
    actors = dedent(TOWN["actors.yaml"]).replace(
        "organization,", "organization, summary: It rules,"
    )
    assert gaps(HEADINGS[1], {SIDECAR: dedent(quotes), "actors.yaml": actors}) == [
        "content/articles/closed.yaml:2: quote 'a' of 'quill', who has no 'summary'",
        "content/articles/closed.yaml:3: quote 'b' of a diver",
    ]


def article(body: str, day: int) -> str:
    return f"---\ntitle: T\ndate: 2026-03-{day:02}\nauthors: [Jonas Reed]\n---\n{body}\n"


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("So Ida Vane says. We know Ida Vane.", "Then came Ida Vane.", "'Ida Vane', 3 times in 2"),
        ("So Ida Vane, Ida Vane, Ida Vane.", "Nobody came.", None),
        ("So Ida Vane says.", "Then came Ida Vane.", None),
        ("So Mara Quill and Mayor Quill say.", "Then came Mara Quill.", None),
        ("Divers came. Divers left. Divers slept.", "Divers came. “Divers,” she said.", None),
        ("On Monday, a Monday in March.", "Of March, on Monday.", None),
        ("At the Pier and the Pier.", "On the Pier.", None),
        ("So Jonas Reed writes to Jonas Reed.", "Then came Jonas Reed.", None),
        ("By NATO and NATO.", "To NATO’s chief.", "'NATO', 3 times in 2"),
        ("At the Bank of Elm and Bank of Elm.", "A Bank of Elm.", "'Bank of Elm', 3 times in 2"),
    ],
)  # fmt: skip
def test_name_that_recurs_is_listed_unless_it_is_known(
    first: str, second: str, found: str | None
) -> None:
    files: dict[str, str | None] = {
        "articles/closed.md": article("Nothing here.\n\n" + first, 3),
        "articles/later.md": article(second, 4),
        SIDECAR: None,
    }
    wanted = [f"content/articles/closed.md:8: {found} articles"] if found else []
    assert gaps(HEADINGS[2], files) == wanted


def test_actor_that_is_in_no_record_role_tie_or_text_is_listed() -> None:
    actors = dedent(TOWN["actors.yaml"]) + dedent("""\
        vane: {name: Ida Vane, kind: person}
        harbour: {name: Harbour Office, kind: organization}
        marland: {name: Marland, kind: country}
        reed: {name: Jonas Reed, kind: person, ties: [{tie: rival of, actor: marland}]}
        """)
    roles = f"roles:\n  - {{actor: quill, role: Head, of: harbour, {WORDS}}}\n"
    found = gaps(HEADINGS[3], {"actors.yaml": actors, SIDECAR: roles})
    assert found == [
        "content/actors.yaml:3: actor 'council'",
        "content/actors.yaml:4: actor 'vane'",
    ]


@pytest.mark.parametrize(
    ("claim", "days", "is_listed"),
    [
        ("", 30, True),
        ("", 83, True),
        ("", 84, False),
        ("date: 2026-05-20, ", 30, False),
        ("verdict: {is: refuted, why: W}, ", 30, False),
        ("responses: [{actor: council, kind: denies, text: No, rests_on: [c]}], ", 30, True),
    ],
)
def test_claim_is_listed_until_there_is_a_verdict(claim: str, days: int, is_listed: bool) -> None:
    text = f"claims:\n  - {{id: c, actor: quill, text: T, {claim}{WORDS}}}\n"
    site = small_site({SIDECAR: text})
    found = next(one.found for one in find_gaps(site, days=days) if "verdict" in one.heading)
    assert [gap.text for gap in found] == (["claim 'c' of 2026-03-09"] if is_listed else [])


def test_planned_event_is_listed_from_the_day_behind_its_date() -> None:
    found = gaps(
        HEADINGS[5],
        events(
            f"{{id: a, title: A, status: planned, date: 2026-05-31, {WORDS}}}",
            f"{{id: b, title: B, status: planned, date: 2026-06-01, {WORDS}}}",
            f"{{id: c, title: C, status: planned, date: 2026-06, {WORDS}}}",
            f"{{id: d, title: D, status: cancelled, date: 2026-05-31, {WORDS}}}",
        ),
    )
    assert found == ["content/articles/closed.yaml:2: event 'a', planned for 2026-05-31"]


@pytest.mark.parametrize(
    ("story", "newest"),
    [
        ("", "whose newest is of 2026-03-10"),
        ("changes: [{date: 2026-05-01, text: T}]\n", "whose newest is of 2026-05-01"),
        ("changes: [{date: 2026-05-02, text: T}]\n", None),
        (
            "events: [{id: a, title: A, added: 2026-05-03, allow: [no-source]}]\n",
            None,
        ),
    ],
)
def test_story_is_quiet_when_nothing_of_it_is_new(story: str, newest: str | None) -> None:
    found = gaps(HEADINGS[6], {"stories/bridge.yaml": f"title: The bridge\n{story}"})
    assert found == ([f"content/stories/bridge.yaml:1: story 'bridge', {newest}"] if newest else [])


def test_dates_of_one_event_that_contradict_are_listed_also_where_that_is_allowed() -> None:
    later = "events:\n  - {same: bridge-closed, date: 2026-03-02, allow: [contradictory-dates]}\n"
    files: dict[str, str | None] = {
        "articles/later.md": article("The bridge is closed.", 12),
        "articles/later.yaml": later,
    }
    (found,) = gaps(HEADINGS[7], files)
    assert found == (
        "content/articles/later.yaml:2: event 'bridge-closed' is dated 2026-03-02 here, "
        "and 2026-03-09 in content/articles/closed.yaml, line 3"
    )


def test_source_on_the_web_without_a_copy_is_listed_wherever_it_stands() -> None:
    sources = "sources: [{title: S, url: 'https://a.org'}]"
    copied = "sources: [{title: S, url: 'https://a.org', archive_url: 'https://b.org'}]"
    files = events(f"{{id: a, title: A, {sources}}}", f"{{id: b, title: B, {copied}}}")
    files["stories/bridge.yaml"] = f"title: The bridge\n{sources}\n"
    files["actors.yaml"] = dedent(TOWN["actors.yaml"]) + (
        f"vane: {{name: Ida, kind: person, roles: [{{role: Head, from: 2020, {sources}}}]}}\n"
    )
    assert [line.partition(": ")[0] for line in gaps(HEADINGS[8], files)] == [
        "content/actors.yaml:4",
        "content/articles/closed.yaml:2",
        "content/stories/bridge.yaml:2",
    ]


def test_draft_is_in_no_list() -> None:
    draft = dedent(TOWN["articles/closed.md"]).replace("story: bridge", "status: draft")
    text = f"events:\n  - {{id: a, title: A, status: planned, date: 2026-04-01, {WORDS}}}\n"
    assert gaps(HEADINGS[5], {"articles/closed.md": draft, SIDECAR: text}) == []


def test_lists_are_the_same_in_whatever_order_files_come() -> None:
    items = list(TOWN.items())
    texts = set()
    for seed in range(4):
        random.Random(seed).shuffle(items)
        texts.add(as_text(find_gaps(small_site(base=dict(items))), "Head"))
    assert len(texts) == 1


# ------------------------------------------------------------------------ the command


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in TOWN.items():
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
    (tmp_path / "pelican.conf.py").write_text("PATH = 'content'\nTODAY = '2026-06-01'\n")
    monkeypatch.chdir(tmp_path)
    for name in ("TODAY", "DAYS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_command_prints_the_lists_and_says_so_where_the_content_has_errors(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["report"]) == 0
    assert capsys.readouterr().out.startswith("What is not covered as of 2026-06-01\n\nEvents")
    (town / "content/places.yaml").write_text("quay: [\n")
    monkeypatch.setenv("DAYS", "100")
    assert main(["report"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("What is not covered as of 2026-06-01 (1 error in the content: see ")
    assert "\nStories without news for 100 days: none." in out
    assert main(["report", "--days=-1"]) == 2


def test_page_has_the_lines_of_the_lists_and_no_search_engine_may_keep_it(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (town / "content/stories/bridge.yaml").write_text("title: <The> bridge\n")
    assert main(["report", "--page=/theme/a.css"]) == 0
    page = capsys.readouterr().out
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="stylesheet" href="/theme/a.css">' in page
    line = "<code>content/stories/bridge.yaml:1</code> story &#39;bridge&#39;, whose newest"
    assert line in page
    assert len(re.findall(r"<section", page)) == len(HEADINGS)
