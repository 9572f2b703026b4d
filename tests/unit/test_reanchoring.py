"""After a correction: lost passages, the nearest words of today, and the files that are mended."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from explainer.cli import main
from explainer.mending import reanchor_site
from explainer.reanchoring import find_proposals, nearest_words, side_by_side

from .small_site import TOWN, small_site

ARTICLE = """\
---
title: The bridge is closed
date: 2026-03-10
story: bridge
# what the desk has to say
notes:
  - {at: 'the town council shut', text: That was on Monday.}
---
The town council shut the old harbour bridge late on Monday night. Divers had found deep cracks
in three of its piers, the harbour office said.

“Nobody has been hurt so far,” Mayor Mara Quill said on the quay. She wants a new bridge, and
soon. “It was high time to act, and we did,” she said.
"""

#: What rests on the article before it was corrected, one passage a style of writing.
NOTES = """\
# by the desk
events:
  - id: closed   # the beginning
    title: The council closes the bridge
    evidence: The council closed the old harbour bridge on Monday night   # lost
  - id: cracks
    title: Divers find cracks
    evidence: 'Divers found cracks in two of its piers'
  - id: office
    title: The office speaks
    evidence: "Divers had found cracks ... the harbour office says"
  - id: wish
    title: A new bridge
    evidence: >-
      She wants a
      new bridge now
    note: stays
  - id: list
    title: Two passages
    evidence:
      - on the quay
      - |
        Nobody was hurt so far
  - id: long
    title: The long form
    evidence: {exact: on a quay, prefix: Mara Quill spoke, suffix: '. She wants'}

quotes:
  - id: time
    actor: quill
    text: It was high time [...] and so we did
roles:
  - {actor: quill, role: Mayor, evidence: Town Mayor Mara Quill}
claims:
  - id: hurt
    actor: quill
    text: that nobody is hurt
    evidence: Nobody has been hurt so far
    responses:
      - {actor: lind, kind: denies, text: no, evidence: the harbour office had said}
"""

MENDED = (
    NOTES.replace(
        "The council closed the old harbour bridge on Monday night   #",
        "The town council shut the old harbour bridge late on Monday night   #",
    )
    .replace("'Divers found cracks in two of its", "'Divers had found deep cracks in three of its")
    .replace("had found cracks ... the harbour office says", "had found deep cracks ... {said}")
    .replace("      She wants a\n      new bridge now", "      She wants a new bridge")
    .replace("Nobody was hurt so far", "Nobody has been hurt so far")
    .replace("on a quay, prefix: Mara Quill spoke", "on the quay, prefix: Mara Quill said")
    .replace("[...] and so we did", "[...] and we did")
    .replace("Town Mayor Mara Quill", "Mayor Mara Quill")
    .replace("the harbour office had said", "the harbour office said")
    .replace("{said}", "the harbour office said")
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town on disk, its article corrected and its annotations not."""
    files = {**TOWN, "articles/closed.md": ARTICLE, "articles/closed.yaml": NOTES}
    for path, text in files.items():
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
    (tmp_path / "pelican.conf.py").write_text("PATH = 'content'\nTODAY = '2026-06-01'\n")
    monkeypatch.chdir(tmp_path)
    for name in ("SITEURL", "TODAY", "ACCEPT", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def notes(site: Path) -> str:
    return (site / "content/articles/closed.yaml").read_text(encoding="utf-8")


def test_all_that_is_accepted_is_rewritten_in_its_style_and_the_check_is_content(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 1
    assert main(["reanchor", "--accept=all"]) == 0
    assert notes(site) == MENDED
    assert "{at: 'The town council shut', " in (site / "content/articles/closed.md").read_text()
    capsys.readouterr()
    assert main(["check", "--strict"]) == 0
    assert main(["reanchor"]) == 0
    assert capsys.readouterr().out.endswith("Every passage stands in its article.\n")


def test_one_record_can_be_accepted_by_its_id(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reanchor", "--accept=cracks"]) == 1
    old, new = "'Divers found cracks in two of its", "'Divers had found deep cracks in three of its"
    assert notes(site) == NOTES.replace(old, new)
    assert capsys.readouterr().out.endswith("1 passage rewritten, 9 left.\n")


def test_id_of_nothing_that_is_lost_is_refused(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reanchor", "--accept=wrong"]) == 2
    assert capsys.readouterr().err == (
        "explainer reanchor: no passage of 'wrong' is lost; those of: "
        "closed, cracks, hurt, list, long, note, office, role-quill-mayor, time, wish\n"
    )
    assert notes(site) == NOTES


def asked(answers: str) -> Callable[[str], str]:
    left = iter(answers)
    return lambda question: next(left)


@pytest.mark.parametrize(
    ("answers", "rewritten"),
    [("nnnnnnnnnn", 0), ("nyq", 1), ("q", 0), ("n?yq", 1), ("yyyyyyyyyy", 10)],
)
def test_editor_is_asked_for_each(site: Path, answers: str, rewritten: int) -> None:
    said: list[str] = []
    settings = site / "pelican.conf.py"
    is_whole = reanchor_site(settings, accept="", ask=asked(answers), say=said.append)
    assert is_whole == (rewritten == 10)
    assert said[-1].startswith(f"{rewritten} passage")
    assert (notes(site) == NOTES) == (rewritten == 0)


def test_without_a_terminal_nothing_is_asked_and_nothing_written(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\ny\n"))
    assert main(["reanchor"]) == 1
    assert capsys.readouterr().out.endswith(
        "0 passages rewritten, 10 left.\n"
        "To accept: ACCEPT=all, or ACCEPT= and the id of a record.\n"
    )
    assert notes(site) == NOTES


def test_old_and_new_stand_side_by_side_with_the_words_that_differ_marked() -> None:
    old = "The council closed the old harbour bridge on Monday"
    new = "The town council shut the old harbour bridge late on Monday"
    assert side_by_side(old, new, 30).split("\n") == [
        "  old                            | new",
        "  ------------------------------ | ------------------------------",
        "  The council *closed* the old   | The *town* council *shut* the",
        "  harbour bridge on Monday       | old harbour bridge *late* on",
        "                                 | Monday",
    ]


@pytest.mark.parametrize(
    ("old", "nearest"),
    [
        ("the council closed the bridge", "the council has closed the bridge"),
        ("closed the town bridge", "closed the bridge"),
        ("Nobody was hurt", "Nobody has been hurt"),
        ("an altogether different sentence", None),
    ],
)
def test_nearest_words_are_those_most_alike(old: str, nearest: str | None) -> None:
    paragraphs = [
        "On Monday the council has closed the bridge, which is old.",
        "Nobody has been hurt, the mayor of the town said.",
    ]
    assert nearest_words(paragraphs, old) == nearest


def test_words_that_stand_twice_are_proposed_with_more_around_them() -> None:
    body = "---\ntitle: T\ndate: 2026-03-10\n---\n"
    body += "The old bridge is shut. The new bridge is shut too.\n"
    wrong = "events:\n  - {id: a, title: A, evidence: The big bridge is shut too}\n"
    (found,) = find_proposals(
        small_site({"articles/closed.md": body, "articles/closed.yaml": wrong})
    )
    assert found.new == "The new bridge is shut too"
