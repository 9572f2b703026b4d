"""Imports: every raw article beside all that an import says and writes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.importing.command import Choices, import_article
from explainer.load import load_content
from explainer.problems import Problem, Report
from explainer.site import link_site

from .goldens import RAW, empty_content, expected_file, imported, raw_files, settings

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seeds/000_dff5411d5efba426.txt"
DEMO = ROOT / "content/articles"
BRIEFS = ("recruiting-claims", "sumatra-floods", "manila-protests", "transparency-portals")

ARTICLE = """\
Bridge closed to traffic
24 Jan 2026
The Harbour Bridge is closed since Saturday – nobody knows for how long, the café owner said.
Related
Floods close the quay
Jan 23, 2026
Pim Aster
"""


def import_text(folder: Path, text: str | bytes, **choices: str) -> Report:
    """Import a text into the content folder beside it."""
    raw = folder / "article.txt"
    raw.write_bytes(text if isinstance(text, bytes) else text.encode())
    content = folder / "content"
    if not content.exists():
        empty_content(folder)
    report = import_article(raw, content, settings(), Choices.from_texts(choices))
    return replace(report, texts={}, problems=tuple(_named(report, raw)))


def _named(report: Report, raw: Path) -> list[Problem]:
    """Problems with the name of the file alone."""
    return [
        replace(p, location=replace(p.location, file=p.location.file.replace(str(raw), raw.name)))
        for p in report.problems
    ]


def articles(folder: Path) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((folder / "content/articles").glob("*"))
    }


@pytest.mark.parametrize("raw", raw_files(), ids=lambda raw: raw.name)
def test_import_says_and_writes_what_is_expected(raw: Path, tmp_path: Path) -> None:
    assert imported(raw, tmp_path) == expected_file(raw).read_text(encoding="utf-8")


def test_every_expectation_has_its_raw_article() -> None:
    expected = {expected_file(raw).name for raw in RAW.iterdir()}
    assert {path.name for path in expected_file(RAW).parent.iterdir()} == expected


@pytest.mark.parametrize("raw", raw_files(), ids=lambda raw: raw.name)
def test_what_import_wrote_passes_the_check(raw: Path, tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    import_article(raw, content, settings(), Choices())
    assert link_site(load_content(content), settings()).report.problems == ()


# ------------------------------------------------------------------------------------- the seed

needs_demo = pytest.mark.skipif(
    not (DEMO / "nato-for-guarantees.md").exists(), reason="the demo was taken away"
)


@pytest.fixture(scope="module")
def seed_import(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that an import of the seed writes, with the ids that the editor chose."""
    folder = tmp_path_factory.mktemp("seed")
    content = empty_content(folder)
    choices = Choices(id="nato-for-guarantees", briefs=BRIEFS)
    report = import_article(SEED, content, settings(), choices)
    assert report.problems == ()
    return content / "articles"


@needs_demo
@pytest.mark.parametrize("brief", BRIEFS)
def test_seed_gives_the_briefs_of_the_demo(seed_import: Path, brief: str) -> None:
    name = f"{brief}.md"
    assert (seed_import / name).read_bytes() == (DEMO / name).read_bytes()


#: What an editor decided about the seed's article: in which key, and whether an option says it.
EDITED = {"written": True, "summary": True, "story": True, "tags": True, "notes": False}


def head_and_body(path: Path) -> tuple[dict[str, str], bytes]:
    """Front matter by key, each with its lines as they stand, and the bytes of the text."""
    _, head, body = path.read_bytes().split(b"---\n", 2)
    keys: dict[str, str] = {}
    for line in head.decode().splitlines(keepends=True):
        if not line.startswith(" "):
            key = line.partition(":")[0]
        keys[key] = keys.get(key, "") + line
    return keys, body


@needs_demo
def test_seed_gives_the_article_of_the_demo_but_for_what_an_editor_decided(
    seed_import: Path,
) -> None:
    head, body = head_and_body(DEMO / "nato-for-guarantees.md")
    mine, text = head_and_body(seed_import / "nato-for-guarantees.md")
    assert text == body
    assert mine == {key: lines for key, lines in head.items() if key not in EDITED}
    assert set(head) - set(mine) == set(EDITED)


@needs_demo
def test_seed_gives_the_decided_lines_too_where_they_are_said(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content/articles/nato-for-guarantees.md").unlink()
    (tmp_path / "content/articles/nato-for-guarantees.yaml").unlink()
    shutil.rmtree(tmp_path / "content/stories")
    (tmp_path / "content/stories").mkdir()
    (tmp_path / "content/stories/ukraine-peace-talks.yaml").write_text("title: Peace talks\n")
    head, _ = head_and_body(DEMO / "nato-for-guarantees.md")
    said = {
        key: head[key].partition("#")[0].partition(": ")[2].strip(" []\n")
        for key, is_said in EDITED.items()
        if is_said
    }
    choices = Choices.from_texts({"id": "nato-for-guarantees", "briefs": ",".join(BRIEFS), **said})
    import_article(SEED, tmp_path / "content", settings(), choices)
    mine, _ = head_and_body(tmp_path / "content/articles/nato-for-guarantees.md")
    without_comment = {**head, "written": "written: 2025-12\n"}
    assert list(mine.items()) == [(k, v) for k, v in without_comment.items() if k != "notes"]


# ------------------------------------------------------------------------------- never overwrites


def test_import_overwrites_nothing_and_then_writes_nothing(tmp_path: Path) -> None:
    import_text(tmp_path, ARTICLE)
    before = articles(tmp_path)
    report = import_text(tmp_path, ARTICLE.replace("Floods", "Waves"))
    assert articles(tmp_path) == before
    assert report.text() == (
        "article.txt:1:1: error[file-exists]: content/articles/bridge-closed-to-traffic.md is there"
        " already, and nothing is overwritten\n"
        "      = help: take another id: ID=bridge-closed-to-traffic-2\n"
        "      = help: or remove that file first\n"
        "      = see: docs/messages.md#file-exists\n\n"
        "1 error in 1 file; nothing was written."
    )


def test_article_is_imported_twice_only_with_an_id_of_its_own(tmp_path: Path) -> None:
    import_text(tmp_path, ARTICLE, id="bridge")
    report = import_text(tmp_path, ARTICLE)
    assert [(p.code, p.message) for p in report.problems] == [
        ("file-exists", "content/articles/bridge.md has this headline and this day already")
    ]
    assert import_text(tmp_path, ARTICLE, id="bridge-2").problems == ()


def test_brief_that_is_there_already_is_pinned_and_kept(tmp_path: Path) -> None:
    import_text(tmp_path, ARTICLE)
    brief = tmp_path / "content/articles/floods-close-the-quay.md"
    brief.rename(brief.with_name("floods.md"))
    report = import_text(tmp_path, ARTICLE.replace("Bridge", "Tunnel"))
    assert sorted(articles(tmp_path)) == [
        "bridge-closed-to-traffic.md",
        "floods.md",
        "tunnel-closed-to-traffic.md",
    ]
    assert "  pin: [floods]\n" in articles(tmp_path)["tunnel-closed-to-traffic.md"]
    assert "Kept content/articles/floods.md (brief): it is there already" in report.done


def test_annotations_of_another_article_are_not_inherited(tmp_path: Path) -> None:
    folder = empty_content(tmp_path) / "articles"
    folder.mkdir()
    (folder / "bridge-closed-to-traffic.yaml").write_text("events: []\n")
    report = import_text(tmp_path, ARTICLE)
    assert [p.code for p in report.problems] == ["file-exists"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (empty_content(tmp_path) / "articles").symlink_to(tmp_path / "elsewhere")
    report = import_text(tmp_path, ARTICLE)
    assert ([p.code for p in report.problems], articles(tmp_path)) == (["symlink"], {})


def test_mistakes_that_were_there_before_do_not_stand_in_the_way(tmp_path: Path) -> None:
    (empty_content(tmp_path) / "actors.yaml").write_text("merz: {name: Friedrich Merz}\n")
    assert import_text(tmp_path, ARTICLE).problems == ()


# ------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [
        ("utf-8", "\n"),
        ("utf-8", "\r\n"),
        ("utf-8", "\r"),
        ("utf-8-sig", "\r\n"),
        ("utf-16", "\r\n"),
        ("utf-16-le", "\n"),
        ("utf-16-be", "\r\n"),
        ("utf-32", "\n"),
    ],
)
def test_text_is_the_same_in_every_encoding(encoding: str, line_end: str, tmp_path: Path) -> None:
    for name in ("plain", "other"):
        (tmp_path / name).mkdir()
    import_text(tmp_path / "plain", ARTICLE)
    report = import_text(tmp_path / "other", ARTICLE.replace("\n", line_end).encode(encoding))
    assert (report.problems, articles(tmp_path / "other")) == ((), articles(tmp_path / "plain"))


def test_windows_text_is_read_and_told(tmp_path: Path) -> None:
    report = import_text(tmp_path, ARTICLE.encode("cp1252"))
    assert "Saturday – nobody knows for how long, the café owner" in "".join(
        articles(tmp_path).values()
    )
    assert [(p.code, p.location.line, p.message) for p in report.problems] == [
        ("not-understood", 3, "this file is not in UTF-8, and was read as Windows-1252")
    ]


# ---------------------------------------------------------------------------------- command line


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in the working directory, with a raw article in a file with a blank in its name."""
    for name in ("ID", "BRIEFS", "DATE", "WRITTEN", "TITLE", "AUTHORS", "SUMMARY", "STORY", "TAGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("pelican.conf.py").write_text("SITENAME = 'Small'\n")
    Path("a bridge.txt").write_text(ARTICLE.replace("24 Jan 2026", "03/04/2026"))
    empty_content(tmp_path)
    return tmp_path


def test_command_imports_what_the_variables_of_make_say(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    choices = {"ID": "bridge", "DATE": "2026-04-03", "BRIEFS": "none", "TAGS": "bridge, ferry"}
    for name, value in {"FILE": "a bridge.txt", "TITLE": "It’s: shut", **choices}.items():
        monkeypatch.setenv(name, value)
    assert main(["import"]) == 0
    assert articles(site)["bridge.md"].startswith(
        '---\ntitle: "It’s: shut"\ndate: 2026-04-03\ntags: [bridge, ferry]\n---\nThe Harbour Bridge'
    )
    assert capsys.readouterr().out.startswith("Wrote content/articles/bridge.md: It’s: shut\n")


def test_command_that_is_offered_can_be_pasted(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "a bridge.txt"]) == 1
    offered = "= help: say which: make import FILE='a bridge.txt' DATE=2026-04-03\n"
    assert offered in capsys.readouterr().out


def test_command_without_a_file_asks_which(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FILE", raising=False)
    assert main(["import"]) == 2
    assert capsys.readouterr().err == (
        "explainer import: which file? make import FILE=seeds/article.txt\n"
    )


# -------------------------------------------------------------------------------------- warnings


def test_many_warnings_that_say_the_same_are_counted(tmp_path: Path) -> None:
    body = "The bridge is closed.\n" + "\n".join(f"Part {n}\n" for n in range(14))
    report = import_text(tmp_path, f"Bridge closed\n24 Jan 2026\n{body}")
    assert [p.location.line for p in report.problems] == list(range(4, 24, 2))
    assert report.problems[-1].help == (
        "a subheading begins with '## '",
        "the same is so of 4 more lines below",
    )


# ---------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 Bridge closed", "neither a text nor a saved web page: it is a PDF"),
        (b"PK\x03\x04word/document.xml", "it is a Word, OpenDocument or ZIP file"),
        (b"\x00\x01\x02\x03" * 100, "it is full of control characters"),
        (b"\xff\xfe" + b"B\x00" * 5 + b"\x00\xd8" + b"B\x00" * 5, "in the middle of a character"),
        (b"caf\xe9 \x81", "neither in UTF-8 nor in Windows-1252 (byte 0x81)"),
        (b"Bridge closed\n" * 40_000, "the text has 560,000 characters, and at most 500,000 are"),
        (
            b"Bridge\n" + b"closed " * 9_000,
            "this line has 63,000 characters, and at most 50,000 are",
        ),
        (b"Bridge closed\n" * 400_000, "the file has 5,000,001 bytes, and at most 5,000,000 are"),
    ],
    ids=[
        "pdf",
        "docx",
        "binary",
        "utf-16",
        "unknown encoding",
        "long text",
        "long line",
        "long file",
    ],
)
def test_file_that_is_no_article_is_refused_in_a_sentence(
    data: bytes, message: str, tmp_path: Path
) -> None:
    report = import_text(tmp_path, data)
    assert (len(report.errors), articles(tmp_path)) == (1, {})
    assert message in report.errors[0].message


def test_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    report = import_article(tmp_path / "no.txt", empty_content(tmp_path), settings(), Choices())
    assert [p.message for p in report.problems] == [
        "the file cannot be read: No such file or directory"
    ]


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ({"id": "Bridge Closed"}, ("bad-id", "ID: 'Bridge Closed' cannot be an id")),
        ({"date": "24 Jan"}, ("bad-date", 'DATE: "24 Jan" is not a date')),
        ({"story": "bridge"}, ("unknown-story", "there is no story 'bridge'")),
        ({"briefs": "a,b"}, ("bad-choice", "BRIEFS names 2 ids, and the text has 1 brief")),
        ({"briefs": "bridge-closed-to-traffic"}, ("duplicate-id", "two of these articles")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_choice_that_cannot_be_is_refused(
    choices: dict[str, str], problem: tuple[str, str], tmp_path: Path
) -> None:
    report = import_text(tmp_path, ARTICLE, **choices)
    assert [(p.code, problem[1] in p.message) for p in report.problems] == [(problem[0], True)]
    assert articles(tmp_path) == {}


# ------------------------------------------------------------------------------- documentation


@pytest.mark.parametrize(
    ("code", "text", "before"),
    [
        ("ambiguous-date", "Bridge closed to traffic\n03/04/2026\n", ""),
        ("not-understood", "Bridge closed to traffic\nSunday, 24 January 2026\n", ""),
        ("file-exists", "Bridge closed to traffic\n24 January 2026\n", "24 January 2026"),
    ],
)
def test_messages_show_what_an_editor_reads(
    code: str, text: str, before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documented = (ROOT / "docs/messages.md").read_text(encoding="utf-8")
    section = documented.partition(f"### {code}\n")[2].partition("\n### ")[0]
    monkeypatch.chdir(tmp_path)
    content = empty_content(tmp_path)
    body = (
        "The bridge is closed to all traffic since Saturday evening, the harbour authority said.\n"
    )
    Path("article.txt").write_text(text + body)
    if before:
        import_article(Path("article.txt"), content, settings(), Choices())
    report = import_article(Path("article.txt"), content, settings(), Choices())
    # The page of messages leaves out the line that leads to itself.
    told = "\n\n".join(report.text().split("\n\n")[:-1])
    told = told.removesuffix(f"\n      = see: docs/messages.md#{code}")
    assert section.partition("```text\n")[2].partition("\n```")[0] == told
