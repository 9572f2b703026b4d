"""An id is changed everywhere it stands, as a former id it goes on, and all else stays as it is."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from textwrap import dedent

import pytest

from explainer.cli import main
from explainer.load import ContentFile, Loaded
from explainer.renaming import RenamingError, plan_renaming
from explainer.site import link_site, render_site
from tests.site import northbridge

from .small_site import settings, small_site

FILES = {
    "actors.yaml": """\
        # who is who
        quill: {name: Mara Quill, kind: person}   # the mayor
        'lind': {name: Otto Lind, kind: person, was: [o-lind]}
        council:
          name: Town Council
          kind: organization
        """,
    "actors/reed.yaml": """\
        name: Jonas Reed   # a diver
        kind: person
        summary: See [his friend]({filename}quill.yaml) and [the talks](#talks).
        ties:
          - {tie: friend of, actor: quill}
        roles:
          - {role: Diver, of: council, from: 2020, sources: [{title: Book}]}
        """,
    "issues.yaml": "money: {title: Who pays?}\nquill: {title: Is Quill to go?}\n",
    "places.yaml": "quay: {name: The quay}\n",
    "stories/bridge.yaml": """\
        title: The bridge
        short: {text: 'It was [shut](#talks), says [he]({filename}../actors/reed.yaml).'}
        questions:
          - question: What now?
            rests_on: [talks, "talks-go-on"]
        changes:
          - {date: 2026-03-11, text: T, records: talks}
        """,
    "articles/closed.md": """\
        ---
        title: The bridge is closed
        date: 2026-03-10
        story: bridge
        mentions: {not: [quill]}
        ---
        The council closed the bridge, see [all]({filename}../stories/bridge.yaml#talks)
        and [talks](#talks).

        “Nobody has been hurt,” Mayor Mara Quill said on the quay.
        """,
    "articles/closed.de.md": """\
        ---
        title: Die Brücke ist gesperrt
        date: 2026-03-11
        ---
        Zum [Artikel]({filename}closed.md).
        """,
    "articles/closed.yaml": """\
        events:
          - id: talks   # of the council
            title: Talks
            actors: [council, {quill: host}]
            place: quay
            evidence: The council closed the bridge
          # they went on
          - title: Talks go on
            after: talks
            stories: [bridge]
            according_to: quill
            evidence: closed the bridge
        quotes:
          - actor: quill
            event: talks
            text: Nobody has been hurt
        positions:
          - {actor: quill, issue: money, stance: will pay, since: talks, evidence: on the quay}
        """,
    "articles/later.md": """\
        ---
        title: Later
        date: 2026-03-12
        recommended: {pin: closed}
        ---
        As [reported]({filename}closed.md#section-x) and in [German]({filename}closed.de.md).
        """,
    "articles/later.yaml": "claims:\n  - {id: c, quote: quill-nobody-has-been}\n",
    "redirects.yaml": "talk: talks\nshut: closed\n",
}  # fmt: skip


def renamed(old: str, new: str, kind: str = "") -> dict[str, str]:
    """What differs in the files, as lines with + and -, by path."""
    site = small_site(FILES, base={})
    assert site.report.errors == ()
    found = plan_renaming(site, settings(), old, new, kind=kind)
    differing: dict[str, str] = {}
    for name, (before, after) in found.changes.items():
        gone = [line for line in before.split("\n") if line not in after.split("\n")]
        come = [line for line in after.split("\n") if line not in before.split("\n")]
        key = name.removeprefix("content/")
        differing[key] = "\n".join([f"-{x}" for x in gone] + [f"+{x}" for x in come])
    moved = {f"{a} → {b}".replace("content/", ""): "" for a, b in found.moves.items()}
    return differing | moved


def test_record_changes_where_it_stands_and_in_all_that_refers_to_it() -> None:
    found = renamed("talks", "council-talks")
    annotations = found["articles/closed.yaml"].replace("evidence: on the quay", "E")
    assert annotations.split("\n") == [
        "-  - id: talks   # of the council",
        "-    after: talks",
        "-    event: talks",
        "-  - {actor: quill, issue: money, stance: will pay, since: talks, E}",
        "+  - id: council-talks   # of the council",
        "+    was: [talks]",
        "+    after: council-talks",
        "+    event: council-talks",
        "+  - {actor: quill, issue: money, stance: will pay, since: council-talks, E}",
    ]
    assert found["redirects.yaml"] == "-talk: talks\n+talk: council-talks"
    assert "(#council-talks), says" in found["stories/bridge.yaml"]
    assert '+    rests_on: [council-talks, "talks-go-on"]' in found["stories/bridge.yaml"]
    assert "records: council-talks}" in found["stories/bridge.yaml"]
    assert "(#council-talks)." in found["actors/reed.yaml"]
    assert "+and [talks](#council-talks)" in found["articles/closed.md"]
    assert len(found) == 5


def test_record_with_an_id_by_rule_is_given_the_new_one() -> None:
    found = renamed("talks-go-on", "more-talks")
    assert found == {
        "articles/closed.yaml": (
            "-  - title: Talks go on\n+  - id: more-talks\n+    was: [talks-go-on]\n"
            "+    title: Talks go on"
        ),
        "stories/bridge.yaml": (
            '-    rests_on: [talks, "talks-go-on"]\n+    rests_on: [talks, "more-talks"]'
        ),
    }


def test_actor_changes_and_records_named_after_it_by_rule_keep_their_ids() -> None:
    found = renamed("quill", "mara-quill", "actor")
    assert found == {
        "actors.yaml": (
            "-quill: {name: Mara Quill, kind: person}   # the mayor\n"
            "+mara-quill: {name: Mara Quill, was: [quill], kind: person}   # the mayor"
        ),
        "actors/reed.yaml": (
            "-summary: See [his friend]({filename}quill.yaml) and [the talks](#talks).\n"
            "-  - {tie: friend of, actor: quill}\n"
            "+summary: See [his friend]({filename}mara-quill.yaml) and [the talks](#talks).\n"
            "+  - {tie: friend of, actor: mara-quill}"
        ),
        "articles/closed.md": "-mentions: {not: [quill]}\n+mentions: {not: [mara-quill]}",
        "articles/closed.yaml": (
            "-    actors: [council, {quill: host}]\n-    according_to: quill\n"
            "-  - actor: quill\n"
            "-  - {actor: quill, issue: money, stance: will pay, since: talks, "
            "evidence: on the quay}\n"
            "+    actors: [council, {mara-quill: host}]\n+    according_to: mara-quill\n"
            "+  - id: quill-nobody-has-been\n+    actor: mara-quill\n"
            "+  - {id: quill-money, actor: mara-quill, issue: money, stance: will pay, "
            "since: talks, evidence: on the quay}"
        ),
    }


@pytest.mark.parametrize(
    ("old", "path", "line"),
    [
        ("lind", "actors.yaml", "+'x': {name: Otto Lind, kind: person, was: [lind, o-lind]}"),
        ("council", "actors.yaml", "+x:\n+  was: [council]"),
        ("money", "issues.yaml", "+x: {was: [money], title: Who pays?}"),
        ("quay", "places.yaml", "+x: {was: [quay], name: The quay}"),
        ("reed", "actors/reed.yaml", "+was: [reed]"),
        ("bridge", "stories/bridge.yaml", "+was: [bridge]"),
        ("closed", "articles/closed.md", "+was: [closed]"),
    ],
)
def test_old_id_becomes_a_former_one(old: str, path: str, line: str) -> None:
    assert line in renamed(old, "x")[path]


def test_article_moves_with_its_annotations_and_translations() -> None:
    found = renamed("closed", "bridge-shut")
    assert sorted(key for key in found if "→" in key) == [
        "articles/closed.de.md → articles/bridge-shut.de.md",
        "articles/closed.md → articles/bridge-shut.md",
        "articles/closed.yaml → articles/bridge-shut.yaml",
    ]
    assert found["articles/later.md"] == (
        "-recommended: {pin: closed}\n"
        "-As [reported]({filename}closed.md#section-x) and in [German]({filename}closed.de.md).\n"
        "+recommended: {pin: bridge-shut}\n"
        "+As [reported]({filename}bridge-shut.md#section-x) and in "
        "[German]({filename}bridge-shut.de.md)."
    )
    assert found["redirects.yaml"] == "-shut: closed\n+shut: bridge-shut"


@pytest.mark.parametrize(
    ("old", "new", "kind", "message"),
    [
        ("talk", "x", "", "there is no id 'talk'; did you mean 'talks'?"),
        ("talks", "x", "actor", "there is no actor 'talks'"),
        ("talks", "talks-go-on", "", "there is a record 'talks-go-on' already"),
        ("reed", "quill", "", "there is an actor 'quill' already"),
        ("reed", "Re ed", "", "'Re ed' cannot be an id; an id has the letters a to z, "),
        ("quill", "x", "", "'quill' is an id of several kinds: say which with KIND=actor or KIND"),
        ("reed", "o-lind", "", "with that, content/actors.yaml:3 would be wrong (id-in-use: 'o-l"),
        ("talks", "talk", "", "redirects.yaml leads 'talk' elsewhere; take that line out first"),
        ("quay", "x", "town", "KIND is 'town'; it must be one of: record, actor, place, term, "),
    ],
)
def test_id_that_cannot_be_changed_so_is_refused_in_a_sentence(
    old: str, new: str, kind: str, message: str
) -> None:
    with pytest.raises(RenamingError) as refusal:
        renamed(old, new, kind)
    assert str(refusal.value).startswith(message)


def test_content_with_errors_is_mended_first() -> None:
    site = small_site({**FILES, "places.yaml": "quay: [\n"}, base={})
    with pytest.raises(RenamingError, match=r"errors \(1\); mend them first: make check"):
        plan_renaming(site, settings(), "talks", "x")


@pytest.mark.parametrize(
    ("old", "kind", "address"),
    [
        ("cracks-found", "record", 'stories/harbour-bridge/index.html id="event-cracks-found"'),
        ("mara-quill", "actor", "actors/mara-quill/index.html"),
        ("harbour-bridge", "story", "stories/harbour-bridge/index.html"),
        ("bridge-closed", "article", "articles/bridge-closed/index.html"),
        ("traders-want-answers", "article", "articles/traders-want-answers/index.html"),
    ],
)
def test_old_address_still_leads_to_what_has_another_id(old: str, kind: str, address: str) -> None:
    ours, loaded = northbridge.golden_settings(), northbridge.loaded()
    found = plan_renaming(northbridge.golden_site(), ours, old, f"{old}-x", kind=kind)
    files = []
    for file in loaded.files:
        moved = found.moves.get(file.name, file.name)
        _, text = found.changes.get(file.name, ("", file.text))
        files.append(ContentFile(file.path.with_name(PurePosixPath(moved).name), moved, text))
    site = link_site(Loaded(tuple(files), loaded.images, ()), ours)
    path, _, anchor = address.partition(" ")
    page = dict(render_site(site, ours, northbridge.THEME).files)[path]
    assert f"{old}-x" in page
    assert anchor in page


# ------------------------------------------------------------------------ the command


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        target = tmp_path / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(dedent(text).replace("\n", "\r\n").encode())
    (tmp_path / "pelican.conf.py").write_text("PATH = 'content'\nTODAY = '2026-06-01'\n")
    monkeypatch.chdir(tmp_path)
    for name in ("TODAY", "ID", "TO", "KIND", "DRY_RUN", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def contents(site: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (site / "content").rglob("*") if p.is_file()}


def test_dry_run_prints_the_lines_and_writes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(site)
    for name, value in {"ID": "reed", "TO": "jonas", "DRY_RUN": "1"}.items():
        monkeypatch.setenv(name, value)
    assert main(["rename"]) == 0
    assert contents(site) == before
    out = capsys.readouterr().out
    assert "+was: [reed]\n" in out
    assert out.endswith(
        "content/actors/reed.yaml becomes content/actors/jonas.yaml\n"
        "'reed' is 'jonas': 2 places in 2 of the files would change.\n"
    )


def test_command_writes_all_with_the_line_ends_that_were_there(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rename", "--id=closed", "--to=shut-for-good"]) == 0
    found = contents(site)
    assert {"shut-for-good.md", "shut-for-good.yaml", "shut-for-good.de.md"} <= found.keys()
    assert not {"closed.md", "closed.yaml", "closed.de.md"} & found.keys()
    assert all(text.count(b"\n") == text.count(b"\r\n") for text in found.values())
    capsys.readouterr()
    assert main(["check", "--strict"]) == 0


def test_command_that_cannot_work_says_why_and_writes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(site)
    assert main(["rename", "--id=talks"]) == 2
    assert main(["rename", "--id=talks", "--to=talks-go-on"]) == 2
    assert capsys.readouterr().err == (
        "explainer rename: say which and to what: make rename ID=old-id TO=new-id\n"
        "explainer rename: there is a record 'talks-go-on' already\n"
    )
    assert contents(site) == before
