"""Starting points: valid files, nothing overwritten, an event at its place in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from explainer.building import check_site
from explainer.cli import main
from explainer.editor import FOLDER
from explainer.starting import StartError, insert_event, look_of
from explainer.tree import parse_yaml
from tests.unit.small_site import TOWN


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town on the disk, as the working directory of somebody without a terminal."""
    for path, text in TOWN.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    (tmp_path / "pelican.conf.py").write_text("PATH = 'content'\nTODAY = '2026-06-01'\n")
    (tmp_path / ".vscode").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115 - closed with the process
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TODAY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def files_of(folder: Path) -> dict[str, str]:
    paths = sorted((folder / "content").rglob("*.*"))
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in paths}


def problems_of(folder: Path) -> list[str]:
    return [f"{p.severity} {p.code}" for p in check_site(folder / "pelican.conf.py").problems]


# ------------------------------------------------------------------------------------ new files

MODELINE = "# yaml-language-server: $schema=../../.vscode/schemas/"


@pytest.mark.parametrize(
    ("arguments", "file", "beginning"),
    [
        (
            ["new-story", "--title=The closed quay"],
            "content/stories/the-closed-quay.yaml",
            f"{MODELINE}story.json\ntitle: The closed quay\n# summary:",
        ),
        (
            ["new-article", "--title=Der Bürgermeister: nein", "--story=bridge"],
            "content/articles/der-burgermeister-nein.md",
            '---\ntitle: "Der Bürgermeister: nein"\ndate: 2026-06-01\nstatus: draft',
        ),
        (
            ["new-article", "--title=Noch einmal", "--date=2026-05-30"],
            "content/articles/noch-einmal.yaml",
            f"{MODELINE}annotations.json\n# What the article says",
        ),
        (
            ["new-actor", "--name=Лев Толстой"],
            "content/actors/lev-tolstoi.yaml",
            f"{MODELINE}actor.json\nname: Лев Толстой\nkind: person   #",
        ),
        (
            ["new-actor", "--name=Harbour Authority", "--kind=organization", "--id=harbour"],
            "content/actors/harbour.yaml",
            f"{MODELINE}actor.json\nname: Harbour Authority\nkind: organization   #",
        ),
    ],
    ids=["story", "article", "annotations", "person", "organization"],
)
def test_start_is_a_file_that_the_check_accepts(
    town: Path, arguments: list[str], file: str, beginning: str
) -> None:
    assert main(arguments) == 0
    assert (town / file).read_text(encoding="utf-8").startswith(beginning)
    assert problems_of(town) == []


@pytest.mark.parametrize(
    "title",
    ['He said: "no" \\ yes', "We are #1", "null", "~", "@home", "2022", "No", "- a", "50 % & more"],
)
def test_title_is_read_as_it_was_typed(town: Path, title: str) -> None:
    assert main(["new-story", f"--title={title}", "--id=typed"]) == 0
    node, problems = parse_yaml((town / "content/stories/typed.yaml").read_text(), "typed")
    assert problems == []
    assert node.get("title").value == title  # type: ignore[union-attr]


def test_comments_of_a_start_are_valid_when_they_are_taken_in(town: Path) -> None:
    for arguments in (["new-story", "--title=A"], ["new-actor", "--name=Edith Marrow"]):
        assert main(arguments) == 0
    for name in ("stories/a.yaml", "actors/edith-marrow.yaml"):
        file = town / "content" / name
        head, *lines = file.read_text(encoding="utf-8").split("\n")
        text = "\n".join([head, *(line.removeprefix("# ") for line in lines)])
        known = text.replace("id-of-a-record", "bridge-closed").replace("id-of-an-actor", "council")
        file.write_text(known, encoding="utf-8")
    assert problems_of(town) == []


def test_id_of_a_long_title_ends_with_a_whole_word(town: Path) -> None:
    title = "The council votes for a new bridge after a night of speeches and three counts"
    assert main(["new-article", f"--title={title}"]) == 0
    name = "the-council-votes-for-a-new-bridge-after-a-night-of-speeches"
    assert (town / f"content/articles/{name}.md").is_file()


def test_editor_knows_a_new_actor_at_once(town: Path) -> None:
    main(["new-actor", "--name=Edith Marrow"])
    schema = json.loads((town / FOLDER / "annotations.json").read_text(encoding="utf-8"))
    assert "edith-marrow" in schema["$defs"]["actor-id"]["enum"]


def test_start_without_vs_code_names_no_schema(town: Path) -> None:
    (town / ".vscode").rmdir()
    main(["new-story", "--title=A"])
    assert (town / "content/stories/a.yaml").read_text().startswith("title: A\n")


# ------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("new-story --title=The_bridge --id=bridge", "there is a story 'bridge' already"),
        ("new-article --title=Closed", "there is an article 'closed' already"),
        ("new-actor --name=Quill", "there is an actor 'quill' already"),
        (
            "new-actor --name=Q --id=qui1l",
            "'qui1l' would look like 'quill', which",
        ),
        ("new-event --title=Closed --article=closed --id=bridge-closed", "there is a record"),
        (
            "new-event --title=A --article=close",
            "no article 'close'; did you mean 'closed'?",
        ),
        ("new-actor --name=!!!", "no id can be made from '!!!'; choose one: ID=…"),
        ("new-actor --name=A --id=Mаrrow", "did you mean 'marrow'?"),
        ("new-story", "missing: TITLE. The whole command: make new-story TITLE=…"),
        (
            "new-event",
            "missing: TITLE and ARTICLE. The whole command: make new-event TITLE=… ARTICLE=…",
        ),
    ],
)
def test_start_that_cannot_be_made_says_why_and_writes_nothing(
    town: Path, capsys: pytest.CaptureFixture[str], arguments: str, message: str
) -> None:
    before = files_of(town)
    assert main([part.replace("_", " ") for part in arguments.split()]) == 2
    assert message in capsys.readouterr().err
    assert files_of(town) == before


@pytest.mark.parametrize("name", ["Marrow.yaml", "MARROW.yaml", "mаrrow.yaml", "ｍarrow.yml"])
def test_start_is_refused_beside_a_file_that_looks_alike(town: Path, name: str) -> None:
    (town / "content/actors").mkdir()
    (town / "content/actors" / name).write_text("name: A\nkind: person\n")
    before = files_of(town)
    assert main(["new-actor", "--name=Marrow"]) == 2
    assert files_of(town) == before


def test_start_with_what_the_check_refuses_shows_its_message(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_of(town)
    assert main(["new-event", "--title=A", "--article=closed", "--date=9 March 2026"]) == 1
    said = capsys.readouterr().out
    assert "error[bad-date]" in said
    assert "did you mean '2026-03-09'?" in said
    assert files_of(town) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["new-article", "--title=A", "--story=bridge\nstatus: published"], "bad-id"),
        (["new-article", "--title=A", "--story=brigde"], "unknown-story"),
        (["new-actor", "--name=A", "--kind=person\nborn: 2"], "bad-choice"),
        (["new-story", "--title=a\x07b"], "bad-character"),
        (["new-story", f"--title={'a' * 201}"], "too-long"),
        (["new-article", "--title=A", "--date=2026"], "bad-date"),
        (["new-actor", "--name=Mara Quill"], "ambiguous-alias"),
    ],
)
def test_start_is_no_way_around_the_check(
    town: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    before = files_of(town)
    assert main(arguments) == 1
    assert f"error[{code}]" in capsys.readouterr().out
    assert files_of(town) == before


def test_start_is_made_though_something_else_is_wrong(town: Path) -> None:
    (town / "content/places.yaml").write_text("quay: {nam: The quay}\n")
    assert main(["new-story", "--title=A"]) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("merz", "MERZ"), ("merz", "mеrz"), ("okb-1", "okb-l"), ("pho", "ρhο"), ("cafe", "café")],
)
def test_ids_that_look_alike_have_one_look(one: str, other: str) -> None:
    assert look_of(one) == look_of(other)


@pytest.mark.parametrize(("one", "other"), [("merz", "mertz"), ("barn", "bam"), ("oslo", "osla")])
def test_ids_that_do_not_look_alike_have_two(one: str, other: str) -> None:
    assert look_of(one) != look_of(other)


# ------------------------------------------------------------------------------------- terminal


class Terminal:
    """A terminal at which somebody types; keeps what was asked."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def isatty(self) -> bool:
        return True

    def answer(self, words: str) -> str:
        self.asked.append(words)
        found = next((a for part, a in self.answers.items() if part in words), None)
        if found is None:
            raise EOFError
        return found


def test_terminal_is_asked_for_what_is_missing(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal({"article": "content/articles/closed.md", "When": "2026-03-11"})
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("builtins.input", terminal.answer)
    assert main(["new-event", "--title=The quay is shut"]) == 0
    assert [words.partition("?")[0] for words in terminal.asked] == [
        "Which article says so",
        "When",
    ]
    text = (town / "content/articles/closed.yaml").read_text(encoding="utf-8")
    assert "  - id: the-quay-is-shut\n    date: 2026-03-11\n    title: The quay is shut\n" in text


def test_terminal_without_an_answer_is_told_what_is_missing(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal({"full name": "  "})
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("builtins.input", terminal.answer)
    assert main(["new-actor"]) == 2
    assert "missing: NAME." in capsys.readouterr().err


# ---------------------------------------------------------------------------------- a new event

NEW = ["- id: new", "  title: New"]

PLACES: Mapping[str, tuple[str, str]] = {
    "behind the last": (
        "events:\n  - title: A\n    evidence: a\n",
        "events:\n  - title: A\n    evidence: a\n  - id: new\n    title: New\n",
    ),
    "with the blank line of the others": (
        "events:\n  - title: A\n\n  # of B\n  - title: B\n\n# said\nquotes:\n  - text: q\n",
        (
            "events:\n  - title: A\n\n  # of B\n  - title: B\n\n  - id: new\n    title: New\n"
            "\n# said\nquotes:\n  - text: q\n"
        ),
    ),
    "behind a comment inside": (
        "events:\n- title: A\n  # not sure\n# quotes\nquotes: []\n",
        "events:\n- title: A\n  # not sure\n- id: new\n  title: New\n# quotes\nquotes: []\n",
    ),
    "behind text of many lines": (
        "events:\n  - title: A\n    text: |\n      One.\n\n      # Two.\n\nclaims: []\n",
        (
            "events:\n  - title: A\n    text: |\n      One.\n\n      # Two.\n"
            "  - id: new\n    title: New\n\nclaims: []\n"
        ),
    ),
    "before what follows by custom": (
        "# head\nroles:\n  - {role: a}\n\n# said\nquotes:\n  - text: q\n",
        (
            "# head\nroles:\n  - {role: a}\n\nevents:\n  - id: new\n    title: New\n\n"
            "# said\nquotes:\n  - text: q\n"
        ),
    ),
    "at the end": (
        "roles:\n  - {role: a}",
        "roles:\n  - {role: a}\n\nevents:\n  - id: new\n    title: New\n",
    ),
    "in a file of comments": ("# head\n", "# head\nevents:\n  - id: new\n    title: New\n"),
    "behind events that come last": (
        "quotes:\n  - text: q\nevents:\n    - title: A   # so far\n\n# the end\n",
        (
            "quotes:\n  - text: q\nevents:\n    - title: A   # so far\n    - id: new\n"
            "      title: New\n\n# the end\n"
        ),
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_event_is_put_at_its_place_and_all_else_stays(case: str) -> None:
    before, after = PLACES[case]
    text, line = insert_event(before, NEW, "file")
    assert text == after
    assert text.split("\n")[line - 1].strip() == "- id: new"


@pytest.mark.parametrize(
    "text", ["events: [{title: A}]\n", "events:\n", "- a\n", "events:\n  - title: a: b\n"]
)
def test_event_whose_place_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(StartError):
        insert_event(text, NEW, "file")


def test_event_keeps_line_ends_and_the_mark_at_the_beginning(town: Path) -> None:
    file = town / "content/articles/closed.yaml"
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    assert main(["new-event", "--title=New", "--article=closed"]) == 0
    assert file.read_bytes().startswith(before)
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n")
    assert problems_of(town) == ["warning no-source"]


def test_event_makes_the_file_of_annotations_where_there_is_none(town: Path) -> None:
    (town / "content/articles/closed.yaml").unlink()
    assert main(["new-event", "--title=New", "--article=closed", "--date=2026~"]) == 0
    text = (town / "content/articles/closed.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"{MODELINE}annotations.json\nevents:\n  - id: new\n    date: 2026~\n")
    assert problems_of(town) == ["warning no-source"]


def test_start_says_where_it_is(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new-event", "--title=New", "--article=closed"])
    main(["new-article", "--title=Opened"])
    said = capsys.readouterr().out.split("\n")
    assert [row for row in said if row.endswith("written")] == [
        "content/articles/closed.yaml:7: written",
        "content/articles/opened.md:1: written",
        "content/articles/opened.yaml:1: written",
    ]
