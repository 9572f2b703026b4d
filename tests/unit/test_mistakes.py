"""N mistakes give N messages: the twelve that editors make most, and a thirteenth in its own file."""

# ruff: noqa: E501 - a message is compared as it is printed, in one line

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from explainer.cli import main

from .small_site import TOWN, messages, small_site

WORDS = "evidence: The council closed the bridge"

TWELVE = """\
events:
  - id: misspelt-key
    tilte: The council closes the bridge
    evidence: The council closed the bridge
  - id: unknown-actor
    title: Somebody acts who is not listed
    actors: [counsil]
    evidence: The council closed the bridge
  - id: unknown-actor
    title: The id is taken
    evidence: The council closed the bridge
  - id: key-twice
    title: First
    title: Second
    evidence: The council closed the bridge
  - id: no-such-day
    title: A day that there never was
    date: 2025-02-30
    evidence: The council closed the bridge
  - id: day-in-words
    title: A day as it is spoken
    date: 14 Dec 2025
    evidence: The council closed the bridge
  - id: lost-passage
    title: The article was edited
    evidence: The council shut the bridge
  - id: passage-twice
    title: The words stand twice
    evidence: The council
  - id: hen
    title: The hen
    after: egg
    evidence: The council closed the bridge
  - id: egg
    title: The egg
    after: hen
    evidence: The council closed the bridge
  - id: alias
    title: &same The council closes the bridge
    text: *same
    evidence: The council closed the bridge
  - id: empty-title
    title:
    evidence: The council closed the bridge
  - id: wrong-type
    title: A tag is a word
    tags: {harbour: bridge}
    evidence: The council closed the bridge
"""

THIRTEENTH = """\
title: Storm: the night of the tide
summary: A colon that is not in quotes.
"""

MESSAGES = """\
content/articles/closed.yaml:3:5: error[unknown-key]: unknown key 'tilte'
    3 |     tilte: The council closes the bridge
      |     ^^^^^
      = help: did you mean 'title'?

content/articles/closed.yaml:7:14: error[unknown-actor]: there is no actor 'counsil'
    7 |     actors: [counsil]
      |              ^^^^^^^
      = help: did you mean 'council'?

content/articles/closed.yaml:9:9: error[duplicate-id]: the id 'unknown-actor' is taken by the event in content/articles/closed.yaml, line 5
    9 |   - id: unknown-actor
      |         ^^^^^^^^^^^^^
      = help: if it is another event, give this one a name of its own: 'id: …'
      = help: if it is the same thing, write 'same: unknown-actor' instead

content/articles/closed.yaml:14:5: error[duplicate-key]: the key 'title' stands twice here
   14 |     title: Second
      |     ^^^^^
      = help: it stands first on line 13; keep one of the two

content/articles/closed.yaml:18:11: error[bad-date]: February 2025 has no day 30; its last is 28
   18 |     date: 2025-02-30
      |           ^^^^^^^^^^

content/articles/closed.yaml:22:11: error[bad-date]: "14 Dec 2025" is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~
   22 |     date: 14 Dec 2025
      |           ^^^^^^^^^^^
      = help: did you mean '2025-12-14'?

content/articles/closed.yaml:26:15: error[evidence-not-found]: these words do not stand in content/articles/closed.md
   26 |     evidence: The council shut the bridge
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: only 'shut' differs: 'closed' stands there
      = help: the nearest passage is: The council closed the bridge

content/articles/closed.yaml:29:15: error[evidence-ambiguous]: these words stand 2 times in content/articles/closed.md
   29 |     evidence: The council
      |               ^^^^^^^^^^^
      = help: to mean this place, write: The council closed
      = help: to mean this place, write: The council said

content/articles/closed.yaml:36:12: error[order-cycle]: these events stand before one another in a circle: 'egg' → 'hen' → 'egg'
   36 |     after: hen
      |            ^^^
      = help: remove one 'after' or 'before' of the circle

content/articles/closed.yaml:40:11: error[yaml-alias]: '*same' is a YAML alias, which is not used here
   40 |     text: *same
      |           ^^^^^
      = help: write the value out where it is needed
      = help: if the text itself begins with '*', put it in "double quotes"

content/articles/closed.yaml:43:11: error[empty-value]: 'title' is empty
   43 |     title:
      |           ^
      = help: write a value; it is needed

content/articles/closed.yaml:47:11: error[wrong-type]: 'tags' must be text, not a mapping
   47 |     tags: {harbour: bridge}
      |           ^^^^^^^^^^^^^^^^^
      = help: if it is meant as text, put it in "double quotes"

content/stories/storm.yaml:1:13: error[yaml-syntax]: unquoted text cannot hold a colon followed by a space
    1 | title: Storm: the night of the tide
      |             ^
      = help: put the whole text in "double quotes"
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town with all thirteen mistakes, on disk, beside an output of yesterday."""
    files = {**TOWN, "articles/closed.yaml": TWELVE, "stories/storm.yaml": THIRTEENTH}
    for path, text in files.items():
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(line.removeprefix(" " * 8) for line in text.split("\n")))
    theme = Path(__file__).resolve().parents[2] / "theme"
    plugins = theme.parent / "plugins"
    (tmp_path / "pelican.conf.py").write_text(
        f"PATH = 'content'\nTODAY = '2026-06-01'\nTHEME = {str(theme)!r}\n"
        f"PLUGIN_PATHS = [{str(plugins)!r}]\nPLUGINS = ['explainer']\n"
    )
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "index.html").write_text("yesterday")
    (tmp_path / "output" / ".explainer-output").write_text("")
    monkeypatch.chdir(tmp_path)
    for name in ("SITEURL", "TODAY", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"  # Python's, of the settings
    }


def test_thirteen_mistakes_in_one_run_are_thirteen_messages() -> None:
    site = small_site({"articles/closed.yaml": TWELVE, "stories/storm.yaml": THIRTEENTH})
    assert len(site.report.problems) == 13
    assert messages(site) == MESSAGES.rstrip("\n")
    assert site.report.summary == "13 errors in 2 files; nothing was written."


@pytest.mark.parametrize("command", ["check", "build"])
def test_thirteen_mistakes_stop_the_run_and_leave_the_old_site(
    town: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_below(town)
    assert main([command]) == 1
    assert capsys.readouterr().out.endswith("13 errors in 2 files; nothing was written.\n")
    assert files_below(town) == before


# ------------------------------------------------------------------------- any two together

#: A mistake as the lines of a record; {id} is the record's own.
RECORDS = {
    "misspelt key": ["id: {id}", "title: T", "plce: quay", WORDS],
    "misspelt title": ["id: {id}", "tilte: T", WORDS],
    "unknown actor": ["id: {id}", "title: T", "actors: [counsil]", WORDS],
    "unknown place": ["id: {id}", "title: T", "place: quai", WORDS],
    "duplicate key": ["id: {id}", "title: T", "title: U", WORDS],
    "no such day": ["id: {id}", "title: T", "date: 2025-02-30", WORDS],
    "lost passage": ["id: {id}", "title: T", "evidence: The council shut the bridge"],
    "passage twice": ["id: {id}", "title: T", "evidence: The council"],
    "empty title": ["id: {id}", "title:", WORDS],
    "empty evidence": ["id: {id}", "title: T", "evidence:"],
    "wrong type": ["id: {id}", "title: [a, b]", WORDS],
    "unknown status": ["id: {id}", "title: T", "status: hapened", WORDS],
    "alias": ["id: {id}", "title: &{id} T", "text: *{id}", WORDS],
    "bad id": ["id: Bad {id}", "title: T", WORDS],
    "unknown record": ["id: {id}", "title: T", "rests_on: [nothing-like-it]"],
    "yaml tag": ["id: {id}", "title: T", "text: !!str words", WORDS],
    "bad address": ["id: {id}", "title: T", "sources: [{title: A, url: 'javascript:x'}]"],
    "two in one actor": ["id: {id}", "title: T", "actors: {quill: b, lind: d}", WORDS],
    "after itself": ["id: {id}", "title: T", "after: {id}", WORDS],
    "list for a date": ["id: {id}", "title: T", "date: [2025, 2026]", WORDS],
    "no mapping": ["just words"],
    "no title": ["id: {id}", WORDS],
    "same as nothing": ["same: nothing-like-{id}", WORDS],
}


def record(lines: Iterable[str], name: str) -> str:
    return "  - " + "\n    ".join(lines).replace("{id}", name) + "\n"


def codes(records: str, **files: str) -> list[str]:
    site = small_site({**files, "articles/closed.yaml": "events:\n" + records})
    return [problem.code for problem in site.report.problems]


@pytest.mark.parametrize("first", RECORDS)
def test_mistakes_in_two_records_are_two_messages(first: str) -> None:
    others = [
        second
        for second in RECORDS
        if len(codes(record(RECORDS[first], "one") + record(RECORDS[second], "two"))) != 2
    ]
    assert others == []


@pytest.mark.parametrize("name", RECORDS)
def test_mistake_is_one_message_though_others_refer_to_the_record(name: str) -> None:
    referring = record(["id: last", "title: Last", "after: [one]", WORDS], "last")
    has_id = RECORDS[name][0] == "id: {id}"
    assert len(codes(record(RECORDS[name], "one") + (referring if has_id else ""))) == 1


#: A mistake as one line of a record that is sound but for it.
LINES = {
    "misspelt key": "plce: quay",
    "unknown actor": "actors: [counsil]",
    "unknown place": "place: quai",
    "no such day": "date: 2025-02-30",
    "lost passage": "evidence: The council shut the bridge",
    "empty text": "text:",
    "unknown status": "status: hapened",
    "wrong type": "note: [a]",
    "unknown event": "after: nothing-like-it",
    "bad former id": "was: [Bad Id]",
    "unknown record": "rests_on: [nothing-like-it]",
    "unknown story": "stories: [brige]",
    "unknown speaker": "according_to: qwill",
    "misspelt key of a source": "sources: [{titel: A}]",
    "mapping for a word": "lane: {a: b}",
    "empty item": "tags: [a, ]",
}
PAIRS = [(a, b) for a, b in combinations(LINES, 2) if "empty item" not in (a, b)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_mistakes_in_one_record_are_two_messages(first: str, second: str) -> None:
    lines = ["id: x", "title: T", LINES[first], LINES[second]]
    lines += [] if "lost passage" in (first, second) else [WORDS]
    assert len(codes(record(lines, "x"))) == 2


# ------------------------------------------------------------------------- in other files

HEAD = "title: The bridge is closed\ndate: 2026-03-10\nstory: bridge\n"


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (HEAD.replace("2026-03-10", "10 Mar 2026"), ["bad-date"]),
        (HEAD.replace("date:", "dat:"), ["unknown-key"]),
        (HEAD.replace("date: 2026-03-10\n", ""), ["missing-key"]),
        (HEAD.replace("2026-03-10", "2026-03"), ["bad-date"]),
        (HEAD.replace("title: The bridge is closed", "title:"), ["empty-value"]),
        (HEAD.replace("title:", "titel:"), ["unknown-key"]),
        (HEAD.replace("title: The", "title: Town: the"), ["yaml-syntax"]),
        (HEAD + "tags: {a: b}\n", ["wrong-type"]),
        (HEAD + "story: bridge\n", ["duplicate-key"]),
        (HEAD.replace("bridge\n", "brigde\n") + "status: drft\n", ["bad-choice", "unknown-story"]),
        (HEAD + "image: {file: a.jpg}\n", ["missing-key"]),
    ],
    ids=lambda value: value.replace("\n", " ") if isinstance(value, str) else "",
)
def test_mistake_in_front_matter_hides_none_and_makes_none(head: str, wanted: list[str]) -> None:
    body = TOWN["articles/closed.md"].split("---\n")[-1]
    story = (
        "title: The bridge\nquestions:\n  - {id: q, question: What?, rests_on: [bridge-closed]}\n"
    )
    site = small_site(
        {"articles/closed.md": f"---\n{head}---\n{body}", "stories/bridge.yaml": story}
    )
    assert sorted(problem.code for problem in site.report.problems) == wanted


def test_mistakes_in_actors_are_as_many_messages() -> None:
    actors = """\
        quill: {name: Mara Quill, kind: persn}
        lind: {kind: person}
        council: {name: Town Council, kind: organization, founded: 19000000-01}
        Bad Id: {name: Nobody, kind: person}
        reed: Jonas Reed
        """
    notes = f"events:\n  - {{id: a, title: T, actors: [quill, lind, council, reed], {WORDS}}}\n"
    site = small_site({"actors.yaml": actors, "articles/closed.yaml": notes})
    assert [problem.code for problem in site.report.problems] == [
        "bad-choice",
        "missing-key",
        "bad-date",
        "bad-id",
        "wrong-type",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words\n",
        "- a\n- b\n",
        "events: words\n",
        "events:\n",
        "events: [[]]\n",
        "[\n",
        "\x00\n",
    ],
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
    ],
)
def test_any_file_of_any_shape_is_reported_and_never_raises(path: str, text: str) -> None:
    site = small_site({path: text})
    assert len({p.location.file for p in site.report.errors} - {f"content/{path}"}) <= 1
