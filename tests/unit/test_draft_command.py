"""The draft as a file: valid as it stands, never overwriting, and measured on labels."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from explainer.cli import main
from explainer.drafting.commands import DraftError, draft_subject, evaluate_file, write_draft
from explainer.drafting.draft import make_draft, print_scalar
from explainer.tree import Scalar, Sequence, parse_yaml
from tests.unit.small_site import small_site

ROOT = Path(__file__).resolve().parents[2]

TALKS = """\
    ---
    title: Talks go on
    date: 2026-03-10
    authors: [Nell Harrow]
    story: bridge
    ---
    Mayor Mara Quill met the Town Council on Monday. “Nobody has been hurt,” she said, and Otto
    Lind, a diver, agreed.

    The council will vote on Thursday. “It is: late # and dear,” said Pia Dahl, 41.
    """

DRAFT = """\
# A first draft of what talks.md says, made by rules: nobody has read it yet, and the site does
# not read this file. Keep what is right, mend the rest or delete it; then rename the file to
# talks.yaml and run `make check`.
#
# Dates are counted from 2026-03-10. That is the article's `written`, else its `date`.

roles:
  # sure: "Mayor Mara Quill"
  - actor: quill
    role: Mayor
    evidence: Mayor Mara Quill

  # sure: "Otto Lind, a diver"
  - actor: lind
    role: diver
    evidence: Otto Lind, a diver

events:
  # likely: "Monday" is 2026-03-09 (the nearest Monday by the past tense). The title is the
  # article's words: write your own.
  - title: Mayor Mara Quill met the Town Council
    date: 2026-03-09
    date_note: The article says "Monday"; counted from 2026-03-10.
    actors: [quill, council]
    evidence: Mayor Mara Quill met the Town Council on Monday

  # likely: "Thursday" is 2026-03-12 (the nearest Thursday by a verb of the future). The title
  # is the article's words: write your own.
  - title: The council will vote
    date: 2026-03-12
    date_note: The article says "Thursday"; counted from 2026-03-10.
    status: planned
    evidence: The council will vote on Thursday

quotes:
  # likely: "said" of "she", the last one named that fits.
  - actor: quill
    text: Nobody has been hurt

  # sure: "said". Or actor: pia-dahl, once that is an actor (see below).
  - actor: {unnamed: Pia Dahl}
    text: "It is: late # and dear"

# Names that are no actors yet. Put the lines that you want into content/actors.yaml, delete
# this file, and run `make draft ARTICLE=talks` again: then roles, events and quotes name them.
#
# pia-dahl: {name: Pia Dahl, kind: person}
#   named once; person by: an age behind it
"""


def test_draft_says_why_and_how_sure_and_fills_in_evidence() -> None:
    site = small_site({"articles/talks.md": TALKS})
    assert make_draft(draft_subject(site, "talks")).text == DRAFT


def test_draft_is_valid_once_it_is_renamed() -> None:
    site = small_site({"articles/talks.md": TALKS, "articles/talks.yaml": DRAFT})
    assert site.report.problems == ()


def test_draft_names_nobody_with_an_event_who_did_not_live_then() -> None:
    text = TALKS.replace("on Thursday", "on a medal for Otto Lind in May 2031")
    draft = make_draft(draft_subject(small_site({"articles/talks.md": text}), "talks")).text
    assert "    date: 2031-05\n    status: planned\n    evidence: " in draft


def test_draft_of_the_seed_is_valid_and_says_that_its_date_does_not_fit() -> None:
    folder = ROOT / "content"
    article = (folder / "articles/nato-for-guarantees.md").read_text(encoding="utf-8")
    bare = re.sub(r"^(?:written|story|recommended|  pin): ?.*\n", "", article, flags=re.M)
    files = {
        "articles/seed.md": bare,
        "actors.yaml": (folder / "actors.yaml").read_text(encoding="utf-8"),
        "places.yaml": (folder / "places.yaml").read_text(encoding="utf-8"),
        "actors/trump.yaml": (folder / "actors/trump.yaml").read_text(encoding="utf-8"),
    }
    draft = make_draft(draft_subject(small_site(files, base={}), "seed"))
    assert draft.doubts == (
        (
            '"Earlier in December" does not fit the date 2026-01-24: the text seems to be of '
            "December 2025, and dates are counted from then."
        ),
        '"nearly four years after Russia’s 2022" fits 2025.',
    )
    assert re.findall(r"^    date: (.+)", draft.text, re.M) == [
        "2025-12-XX?",
        "2025-12-XX?",
        "2026~",
        "2025-12?",
    ]
    assert re.findall(r"^  - actor: (.+)\n    text: (\S+ \S+|\S+)", draft.text, re.M) == [
        ("zelenskiy", "From the"),
        ("zelenskiy", "dignified peace"),
        ("zelenskiy", "Hundreds of"),
        ("rutte", "We are"),
        ("kremlin", "irresponsible"),
        ("peskov", "They have"),
    ]
    site = small_site({**files, "articles/seed.yaml": draft.text}, base={})
    assert [p for p in site.report.problems if p.location.file.endswith("seed.yaml")] == []


@pytest.mark.parametrize(
    "text",
    ["plain", "a: b", "a # b", "- a", "“Yes”", '"a" b', "no", "2025", "a, b", "a:", "{a}", "@a"],
)
def test_scalar_is_read_back_as_it_was(text: str) -> None:
    node, problems = parse_yaml(f"- {print_scalar(text)}\n", "x.yaml")
    assert not problems
    assert isinstance(node, Sequence)
    item = node.items[0]
    assert isinstance(item, Scalar)
    assert item.value == text


# ------------------------------------------------------------------------------------- files


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A site on the disk with one article, seen from its own folder."""
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("format: 1\n")
    (tmp_path / "content/articles/talks.md").write_text(
        dedent(TALKS).replace("story: bridge\n", "")
    )
    shutil.copy(ROOT / "pelican.conf.py", tmp_path)
    return tmp_path / "pelican.conf.py"


def test_draft_is_written_beside_its_article_and_not_read(settings: Path) -> None:
    written = write_draft(settings, "talks", reference="2026-04")
    assert written.path == settings.parent / "content/articles/talks.draft.yaml"
    assert "Dates are counted from 2026-04. That was your choice." in written.path.read_text()
    assert main(["check", "--settings", str(settings)]) == 0


def test_draft_overwrites_nothing(settings: Path) -> None:
    path = write_draft(settings, "talks").path
    path.write_text("mine")
    with pytest.raises(DraftError, match="is never overwritten: rename it to talks"):
        write_draft(settings, "talks")
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("slug", "reference", "message"),
    [
        ("talk", "", "there is no article 'talk'; did you mean 'talks'?"),
        (
            "talks",
            "2025-12/2026-01",
            "REFERENCE=2025-12/2026-01: a day, a month or a year is wanted, such as 2025-12-15",
        ),
    ],
)
def test_draft_that_cannot_be_made_says_why(
    settings: Path, slug: str, reference: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", slug, "--settings", str(settings), "--reference", reference]) == 2
    assert capsys.readouterr().err == f"explainer draft: {message}\n"


# --------------------------------------------------------------------------------- measuring


def test_evaluation_counts_each_kind_of_label_that_is_there(tmp_path: Path) -> None:
    labels = [
        {
            "id": "one",
            "date": "2026-03-10",
            "text": dedent(TALKS).split("---\n")[2],
            "gold": {
                "dates": ["2026-03-09", "2026-03-13", "2026"],
                "quotes": [
                    {"text": "Nobody has been hurt", "speaker": "Mara Quill"},
                    {"text": "It is: late # and dear,", "speaker": "Otto Lind"},
                ],
                "actors": ["Mara Quill", "Otto Lind", "Pia Dahl", "Town Council", "NATO"],
                "roles": {"Mara Quill": "Mayor", "Pia Dahl": "diver", "Nobody": "x"},
            },
        },
        {"date": "2026-03-10", "text": "On Monday it rained.", "gold": {"dates": ["2026-03-09"]}},
    ]
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, labels)) + "\n")
    assert evaluate_file(path).text() == dedent(
        """\
        2 labelled articles

                                 right  proposed  labelled      P      R     F1
        dates                        2         3         4  0.667  0.500  0.571
        days                         2         3         3  0.667  0.667  0.667
        quotes found                 2         2         2  1.000  1.000  1.000
        speakers, of all             1         2         2  0.500  0.500  0.500
        speakers, where named        1         2         2  0.500  0.500  0.500
        actors                       4         4         5  1.000  0.800  0.889
        roles, of all                1         1         3  1.000  0.333  0.500
        roles, of actors found       1         1         2  1.000  0.500  0.667"""
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "{",
            "x.jsonl:1:2: this line is no JSON: Expecting property name enclosed in double quotes",
        ),
        ('{"id": 1}', 'x.jsonl:1: an object with the texts "date" and "text" is wanted'),
        (
            '{"date": "May", "text": ""}',
            (
                "x.jsonl:1: 'May' is no date: \"May\" is not a date; "
                "write it like 2025-12-14, 2025-12, 2025 or 2025~"
            ),
        ),
        (
            '{"date": "2026", "text": "", "gold": {"quotes": ["a"]}}',
            (
                'x.jsonl:1: "gold" is not of the form {dates: [EDTF], '
                "quotes: [{text, speaker}], actors: [name], roles: {name: role}}"
            ),
        ),
    ],
)
def test_labels_that_cannot_be_read_are_named_by_line(
    line: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.jsonl").write_text(line + "\n")
    assert main(["evaluate-draft", "x.jsonl"]) == 2
    assert capsys.readouterr().err == f"explainer evaluate-draft: {message}\n"
