"""Publishing without what is wrong: what goes, what stays, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest

from explainer.cli import main
from explainer.load import ContentFile, Loaded
from explainer.problems import Problem
from explainer.published import LIST, lasting_addresses, published_list
from explainer.site import ReadSite
from explainer.withholding import KeptGoing, leave_out_mistakes

from .small_site import TOWN, settings, small_pages, small_site
from .test_mistakes import HEAD, LINES, RECORDS, TWELVE, WORDS, record
from .test_mistakes import town as town

SOUND = dedent(TOWN["articles/closed.yaml"])


def sound_site(files: Mapping[str, str | None], *, problems: tuple[Problem, ...] = ()) -> ReadSite:
    """The town with some of its files written anew, and what is wrong left out."""
    found = {**TOWN, **files}
    read = tuple(
        ContentFile(PurePosixPath(path), f"content/{path}", dedent(text))
        for path, text in found.items()
        if text is not None
    )
    return leave_out_mistakes(Loaded(read, frozenset(), problems), settings())


@cache
def town_pages() -> dict[str, str]:
    """Every file of the town, in which nothing is wrong."""
    return dict(small_pages(small_site()).files)


def with_records(records: str) -> dict[str, str | None]:
    return {"articles/closed.yaml": SOUND + records}


def left_out(site: ReadSite) -> list[str]:
    """What is left out, by its words."""
    assert isinstance(site.report, KeptGoing)
    return [notice.what for notice in site.report.left_out]


def pages(site: ReadSite) -> dict[str, str]:
    """Every file of a site, without what stands in the place of what is withheld.

    The list of addresses has that place, which goes on working; here it is that of the rest.
    """
    held = re.compile(r'<p class="empty" id="[a-z-]+">An? [a-z]+ is withheld for now\.</p>')
    rendered = small_pages(site)
    found = {path: held.sub("", text) for path, text in rendered.files}
    html = {path: text for path, text in found.items() if path in rendered.page_texts}
    return {**found, LIST: published_list(lasting_addresses(html))}


# --------------------------------------------------------------------------- any mistake


@pytest.mark.parametrize("name", RECORDS)
def test_wrong_record_goes_and_the_rest_is_as_if_nobody_had_written_it(name: str) -> None:
    site = sound_site(with_records(record(RECORDS[name], "one")))
    assert len(left_out(site)) == 1
    assert pages(site) == town_pages()


@pytest.mark.parametrize(
    "name", [name for name in LINES if name != "empty item"]
)  # which is no mistake
def test_record_with_one_wrong_line_goes_whole(name: str) -> None:
    lines = ["id: x", "title: T", LINES[name], *([] if name == "lost passage" else [WORDS])]
    site = sound_site(with_records(record(lines, "x")))
    assert left_out(site) == ["event 'x'"]
    assert pages(site) == town_pages()


@pytest.mark.parametrize("second", ["no such day", "unknown actor", "unknown record", "wrong type"])
def test_record_with_two_mistakes_takes_nothing_else_along(second: str) -> None:
    lines = ["id: x", "title: T", LINES["unknown place"], LINES[second], WORDS]
    site = sound_site(with_records(record(lines, "x")))
    assert left_out(site) == ["event 'x'"]
    assert pages(site) == town_pages()


def test_record_that_is_withheld_keeps_its_anchor_and_those_of_its_former_ids() -> None:
    wrong = "  - {id: shut, was: [closed-shut], title: T, evidence: It was shut}\n"
    found = dict(small_pages(sound_site(with_records(wrong))).files)["stories/bridge/index.html"]
    line = (
        '<p class="empty" id="event-shut"><span class="anchor" id="event-closed-shut"></span>'
        "An event is withheld for now.</p>"
    )
    assert line in found


@pytest.mark.parametrize("kind", ["quotes", "positions", "claims", "questions"])
def test_anchor_stays_where_no_section_of_its_kind_is_left(kind: str) -> None:
    wrong = f"{kind}:\n  - {{id: shut, tilte: T}}\n"
    found = dict(small_pages(sound_site({"articles/closed.yaml": wrong})).files)
    assert f'id="{kind[:-1]}-shut"' in found["stories/bridge/index.html"]


def test_anchor_of_an_article_without_a_story_stays_on_its_page() -> None:
    head = HEAD.replace("story: bridge\n", "")
    article = f"---\n{head}---\nThe council closed the bridge.\n"
    wrong = "events:\n  - {id: shut, title: T, evidence: It was shut}\n"
    site = sound_site({"articles/closed.md": article, "articles/closed.yaml": wrong})
    assert 'id="event-shut"' in dict(small_pages(site).files)["articles/closed/index.html"]


@pytest.mark.parametrize("line", ["status: draft", "date: 2027-01-01"])
def test_withheld_record_of_an_article_not_yet_published_leaves_no_trace(line: str) -> None:
    head = HEAD.replace("date: 2026-03-10\n", "") + line + "\n"
    head += "date: 2026-03-10\n" if line.startswith("status") else ""
    article = f"---\n{head}---\nThe council closed the bridge.\n"
    wrong = "events:\n  - {id: shut, title: T, evidence: It was shut}\n"
    site = sound_site({"articles/closed.md": article, "articles/closed.yaml": wrong})
    assert left_out(site) == ["event 'shut'"]
    assert not any("shut" in text for _, text in small_pages(site).files)


@pytest.mark.parametrize(
    "text",
    ["", "just words\n", "- a\n- b\n", "events: words\n", "events:\n", "events: [[]]\n", "[\n"],
    ids=repr,
)
@pytest.mark.parametrize(
    "path",
    [
        *TOWN,
        "site.yaml",
        "redirects.yaml",
        "actors/new.yaml",
        "pages/new.md",
        "articles/closed.de.md",
        "articles/lost.yaml",
        "stories/Bad Name.yaml",
        "pages/search.md",
    ],
)
def test_any_file_of_any_shape_builds(path: str, text: str) -> None:
    site = sound_site({path: text})
    assert not site.report.failed
    assert len(small_pages(site).files) > 10


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("2026-03-10", "10 Mar 2026"),
        HEAD.replace("date:", "dat:"),
        HEAD.replace("date: 2026-03-10\n", ""),
        HEAD.replace("title: The", "title: Town: the"),
        HEAD + "tags: {a: b}\n",
        HEAD.replace("bridge\n", "brigde\n"),
        HEAD + "image: {file: a.jpg}\n",
    ],
)
def test_article_with_bad_front_matter_goes_with_everything_about_it(head: str) -> None:
    site = sound_site({"articles/closed.md": f"---\n{head}---\nThe council closed the bridge.\n"})
    without = small_site({"articles/closed.md": None, "articles/closed.yaml": None})
    assert left_out(site)[0] == "article 'closed' with everything about it"
    assert pages(site) == dict(small_pages(without).files)


# ------------------------------------------------------------------- what hangs on it

POSITION = "positions:\n  - {id: a, issue: money, stance: s, evidence: The council closed, "
LOST = "  - {id: lost, title: T, evidence: It was shut}\n"


@pytest.mark.parametrize(
    ("records", "lost", "kept"),
    [
        (f"  - {{id: a, title: A, after: lost, {WORDS}}}\n", "the reference to 'lost'", 1),
        (f"  - {{id: a, title: A, rests_on: [lost], {WORDS}}}\n", "the reference to 'lost'", 1),
        ("  - {id: a, title: A, rests_on: [lost]}\n", "event 'a'", 0),
        ("  - {same: lost, evidence: The council closed the bridge}\n", "what adds to 'lost'", 0),
        (POSITION + "actor: quill, until: lost}\n", "position 'a'", 0),
        (POSITION + "actor: quill, since: lost}\n", "the reference to 'lost'", 1),
        ("quotes:\n  - {id: a, actor: quill, text: Nobody has been hurt, event: lost}\n",
         "the reference to 'lost' in 'event'", 1),
        ("questions:\n  - {id: a, question: Q, rests_on: [lost]}\n", "the reference to 'lost'", 1),
    ],
)  # fmt: skip
def test_what_refers_to_a_record_left_out_loses_that_or_goes_in_turn(
    records: str, lost: str, kept: int
) -> None:
    site = sound_site(with_records(LOST + records))
    assert any(what.startswith(lost) for what in left_out(site)), left_out(site)
    assert len(site.graph.entries) == 1 + kept
    assert small_pages(site).files


@pytest.mark.parametrize(
    ("records", "lost"),
    [
        (f"  - {{id: a, title: A, actors: [council, reed], {WORDS}}}\n", ["event 'a'"]),
        (POSITION + "actor: reed}\n", ["position 'a'"]),
    ],
)  # fmt: skip
def test_record_that_names_nobody_known_goes(records: str, lost: list[str]) -> None:
    assert left_out(sound_site(with_records(records))) == lost


@pytest.mark.parametrize(
    ("records", "lost"),
    [
        (f"  - {{id: a, title: A, actors: [council, reed], {WORDS}}}\n",
         "the reference to 'reed' in 'actors'"),
        (f"  - {{id: a, title: A, according_to: reed, {WORDS}}}\n", "event 'a'"),
        (f"  - {{id: a, title: A, actors: {{reed: b}}, {WORDS}}}\n", "the reference in 'actors'"),
        (POSITION + "actor: reed}\n", "position 'a'"),
        (f"roles:\n  - {{actor: reed, role: Diver, {WORDS}}}\n", "'roles', entry 1"),
    ],
)  # fmt: skip
def test_what_names_an_actor_left_out_loses_that_or_goes_in_turn(records: str, lost: str) -> None:
    actors = dedent(TOWN["actors.yaml"]) + "reed: {name: Jonas Reed, kind: persn}\n"
    site = sound_site({"actors.yaml": actors, **with_records(records)})
    assert left_out(site) == ["actor 'reed'", lost]
    assert small_pages(site).files


@pytest.mark.parametrize("answer", ["evidence: It was shut", "rests_on: [lost]"])
def test_claim_goes_with_an_answer_to_it_in_another_article(answer: str) -> None:
    claim = f"claims:\n  - {{id: c, actor: quill, text: T, {WORDS}}}\n"
    denial = f"{{actor: council, kind: denies, text: No, {answer}}}"
    files = {
        "articles/later.md": f"---\n{HEAD}---\nThe council closed the bridge.\n",
        "articles/later.yaml": f"claims:\n  - {{same: c, responses: [{denial}]}}\n",
    }
    site = sound_site({**with_records(claim), **files})
    assert "claim 'c'" in left_out(site)
    assert "c" not in site.graph.entries


def test_what_names_an_entry_of_a_file_that_cannot_be_read_loses_that() -> None:
    records = f"  - {{id: a, title: A, place: quay, {WORDS}}}\n"
    site = sound_site({"places.yaml": "[\n", **with_records(records)})
    assert left_out(site) == [
        "the reference to 'quay' in 'place'",
        "the whole file (which ids stand in it cannot be known)",
    ]
    assert {"a", "bridge-closed"} <= site.graph.entries.keys()


def test_link_to_a_record_left_out_leads_to_where_it_would_stand() -> None:
    story = "title: The bridge\nshort: {text: 'It is [shut](#lost).'}\n"
    site = sound_site({"stories/bridge.yaml": story, **with_records(LOST)})
    found = dict(small_pages(site).files)["stories/bridge/index.html"]
    assert '<a href="#event-lost">shut</a>' in found


def test_link_to_what_is_gone_loses_the_link_and_keeps_the_words() -> None:
    body = (
        "---\n" + HEAD + "---\nThe council closed the bridge, see [the plan]({filename}plan.md).\n"
    )
    site = sound_site({"articles/closed.md": body})
    found = dict(small_pages(site).files)["articles/closed/index.html"]
    assert left_out(site) == ["the link to '{filename}plan.md' (its words stay)"]
    assert "see the plan." in re.sub(r"<[^>]+>", "", found)


def test_lane_of_a_story_that_is_wrong_is_lost_and_its_events_stay() -> None:
    story = (
        "title: The bridge\nlanes:\n  - {id: works, title: Works}\n  - {id: town, titel: Town}\n"
    )
    records = f"  - {{id: a, title: A, lane: town, {WORDS}}}\n"
    site = sound_site({"stories/bridge.yaml": story, **with_records(records)})
    assert left_out(site) == ["the reference to 'town' in 'lane'", "'lanes', entry 2"]


# ----------------------------------------------------------------------- what is said


def test_report_names_what_is_left_out_before_all_else() -> None:
    report = sound_site(
        with_records(LOST + f"  - {{id: a, title: A, after: lost, {WORDS}}}\n")
    ).report
    assert report.text().split("\n\n")[0] == (
        "LEFT OUT of what is published (2):\n"
        "  content/articles/closed.yaml:7:5: event 'lost': "
        "these words do not stand in content/articles/closed.md\n"
        "  content/articles/closed.yaml:8:30: the reference to 'lost' in 'after': "
        "'lost' is left out"
    )
    assert report.github().splitlines()[:2] == [
        (
            "::warning file=content/articles/closed.yaml,line=7,col=5,title=left out::"
            "event 'lost' is left out: these words do not stand in content/articles/closed.md"
        ),
        (
            "::warning file=content/articles/closed.yaml,line=8,col=30,title=left out::"
            "the reference to 'lost' in 'after' is left out: 'lost' is left out"
        ),
    ]


def test_content_without_a_mistake_is_all_there() -> None:
    site = sound_site({})
    assert (left_out(site), site.report.text()) == ([], "No problems found.")
    assert dict(small_pages(site).files) == town_pages()


def test_thirteen_mistakes_are_published_without_them(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--site-url=https://example.org"]) == 1
    assert (town / "output" / "index.html").read_text() == "yesterday"
    capsys.readouterr()
    assert main(["publish", "--keep-going", "--site-url=https://example.org"]) == 0
    assert capsys.readouterr().out.startswith("LEFT OUT of what is published (14):\n")
    story = (town / "output/stories/bridge/index.html").read_text()
    assert re.findall(r'<p class="empty" id="event-([a-z-]+)"', story) == re.findall(
        r"id: ((?!hen)[a-z-]+)\n", "\n".join(dict.fromkeys(TWELVE.split("\n")))
    )
    assert 'id="event-hen"' in story
