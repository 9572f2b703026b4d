"""What the documents promise: every key, message, date and command in them is real."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from explainer import model
from explainer.date_words import format_date
from explainer.dates import date_of, parse_date
from explainer.keys import load_keys
from explainer.language import load_language
from explainer.load import load_content
from explainer.settings import KEYS
from explainer.sheet_columns import COLUMNS, KEY_COLUMNS
from explainer.site import ReadSite, link_site
from explainer.tree import parse_yaml
from explainer.validate import SECTIONS, validate_content
from explainer.which_record import PAGE
from tests.unit.small_site import messages, settings, small_pages, small_site

ROOT = Path(__file__).resolve().parents[2]
DOCS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def sections(name: str, level: int) -> dict[str, str]:
    """What stands under each heading of a level, by the heading, without a trailing number."""
    parts = re.split(rf"^{'#' * level} (.+)$", text_of(name), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


# ------------------------------------------------------------------------------------ format

#: The section of docs/format.md that documents each class.
DOCUMENTED: Mapping[str, type[model.Shape]] = MappingProxyType(
    {
        "Article": model.FrontMatter,
        "Correction": model.CorrectionLine,
        "Editor's note": model.EditorNote,
        "Mentions": model.MentionRules,
        "Recommended": model.Recommended,
        "Every record": model.Record,
        "Event": model.Event,
        "Quote": model.Quote,
        "Position": model.Position,
        "Claim": model.Claim,
        "Response": model.Response,
        "Verdict": model.Verdict,
        "Question": model.Question,
        "Role": model.Role,
        "Story": model.Story,
        "Short version": model.Short,
        "Change": model.Change,
        "Era": model.Era,
        "Lane": model.Lane,
        "Actor": model.Actor,
        "Tie": model.Tie,
        "Link": model.WebLink,
        "Place": model.Place,
        "Term": model.Term,
        "Issue": model.Issue,
        "Source": model.Source,
        "Image": model.Image,
        "Static page": model.PageMatter,
        "site.yaml": model.SiteFile,
        "Passage": model.Selector,
    }
)


def keys(shape: type[model.Shape]) -> list[str]:
    """The keys of a class as an editor writes them; of a record only those of its kind."""
    common = set(model.Record.model_fields) if shape is not model.Record else set()
    fields = shape.model_fields.items()
    if issubclass(shape, model.Record):
        fields = {k: f for k, f in fields if k not in common}.items()
    if issubclass(shape, model.Records):
        fields = {k: f for k, f in fields if k not in SECTIONS}.items()
    return [field.alias or name for name, field in fields]


def documented_keys(section: str) -> list[str]:
    """The first column of a section's tables whose head is `key`."""
    tables = re.findall(r"^\| key \|.*\n\|[- |]+\|\n((?:\|.*\n)*)", section, re.M)
    return [key for table in tables for key in re.findall(r"^\| `([\w-]+)`", table, re.M)]


@pytest.mark.parametrize("heading", DOCUMENTED)
def test_format_documents_every_key(heading: str) -> None:
    section = sections("docs/format.md", 3)[heading]
    assert sorted(documented_keys(section)) == sorted(keys(DOCUMENTED[heading]))


@pytest.mark.parametrize("heading", DOCUMENTED)
def test_format_says_of_every_key_what_editors_show(heading: str) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", sections("docs/format.md", 3)[heading], re.M)
    said = {key: re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text) for key, text in rows}
    keys = load_keys()
    shown = {key: keys.of(DOCUMENTED[heading], key) for key in said}
    assert said == {key: found.says for key, found in shown.items() if found is not None}


def test_format_documents_every_class() -> None:
    classes = {
        shape
        for shape in vars(model).values()
        if isinstance(shape, type) and issubclass(shape, model.Shape)
    }
    # What has no keys of its own: the base, a pair, and the sections that the kinds document.
    without = {model.Shape, model.Who, model.Records, model.Annotations}
    assert classes - without == set(DOCUMENTED.values())


@pytest.mark.parametrize("heading", [h for h, shape in DOCUMENTED.items() if keys(shape)])
def test_format_names_every_word_that_may_be_chosen(heading: str) -> None:
    section = sections("docs/format.md", 3)[heading]
    schema = str({n: str(f.annotation) for n, f in DOCUMENTED[heading].model_fields.items()})
    choices = [
        word
        for found in re.findall(r"Literal\[([^\]]*)\]", schema)
        for word in re.findall(r"[a-z]+(?:-[a-z]+)*", found)
    ]
    assert [word for word in choices if f"`{word}`" not in section] == []


BERLIN = ZoneInfo("Europe/Berlin")
DATES = re.findall(r"^\| `([^`]+)` \| (.+?) \|$", sections("docs/format.md", 2)["Dates"], re.M)


@pytest.mark.parametrize(("edtf", "words"), DATES, ids=[edtf for edtf, _ in DATES])
def test_format_says_dates_as_the_pages_do(edtf: str, words: str) -> None:
    assert format_date(parse_date(edtf, BERLIN), load_language("en"), zone=BERLIN) == words


def test_format_shows_every_form_of_a_date() -> None:
    shown = " ".join(edtf for edtf, _ in DATES)
    forms = ["~", "?", "%", "XX", "196X", "-21", "-33", "T", "/", "/..", "../", "[", "Y-", "-02"]
    assert [form for form in forms if form not in shown] == []


# ---------------------------------------------------------------------------------- examples


def examples() -> Iterator[tuple[str, str]]:
    for name in DOCS:
        for number, block in enumerate(blocks(text_of(name), "yaml"), 1):
            yield f"{name} {number}", block


def shape_of(comment: str) -> type[model.Shape] | None:
    """The class of the file that the first line of an example names."""
    kinds: dict[str, type[model.Shape]] = {
        "articles": model.Annotations,
        "stories": model.Story,
        "actors": model.Actor,
        "actors.yaml": model.Actor,
        "places.yaml": model.Place,
        "terms.yaml": model.Term,
        "issues.yaml": model.Issue,
        "site.yaml": model.SiteFile,
        "pages": model.PageMatter,
    }
    return kinds.get(comment.removeprefix("# content/").split("/")[0].split()[0])


def problems_of(block: str) -> list[str]:
    """What is wrong with an example: the file is named in its first line."""
    comment = block.partition("\n")[0]
    node, problems = parse_yaml(block, "example")
    assert node is not None, [p.message for p in problems]
    path = comment.removeprefix("# content/").split()[0]
    if path == "redirects.yaml":
        return [p.message for p in problems]
    shape = shape_of(comment)
    assert shape is not None, f"the first line names no file: {comment}"
    if path.endswith(".md"):
        shape = model.PageMatter if shape is model.PageMatter else model.FrontMatter
    nodes = [node]
    if path.count("/") == 0 and path != "site.yaml":
        nodes = [value for _, value in node.entries]  # type: ignore[union-attr]
    for one in nodes:
        problems += model.read_record(shape, one)[1]
    return [p.message for p in problems]


@pytest.mark.parametrize(("name", "block"), list(examples()), ids=lambda v: v.partition("\n")[0])
def test_example_is_valid(name: str, block: str) -> None:
    assert problems_of(block) == []


def test_readme_has_an_example_of_every_kind_of_record() -> None:
    shown = "".join(blocks(text_of("README.md"), "yaml"))
    assert [name for name in SECTIONS if f"\n{name}:" not in shown] == []


# ------------------------------------------------------------------------------------ sheets


def test_format_documents_every_column() -> None:
    section = sections("docs/format.md", 3)["Columns"]
    table = re.findall(r"^\| ((?:`[A-Z][\w ]*` ?)+)\|", section, re.M)
    named = [name for cell in table for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(named) == sorted(set(COLUMNS) - set(KEY_COLUMNS))
    assert [name for name in KEY_COLUMNS if f"`{name}`" not in section] == []


def test_example_of_a_sheet_is_a_page_with_a_link_for_each_row() -> None:
    (text,) = blocks(sections("docs/format.md", 2)["Sheets"], "csv")
    site = small_site({"stories/harbour-bridge.csv": text}, base={})
    page = dict(small_pages(site).files)["stories/harbour-bridge/index.html"]
    rows = list(csv.DictReader(text.splitlines()))
    events = [row["Id"] for row in rows if not row["Type"]]
    anchors = re.findall(r'<li class="event[^"]*" id="event-([\w-]+)"', page)
    assert (site.report.problems, len(rows), sorted(anchors)) == ((), 14, sorted(events))
    assert [name for name in events if f'href="#event-{name}"' not in page] == []
    assert [row["Headline"] for row in rows if escape(row["Headline"]) not in page] == []


# ---------------------------------------------------------------------------------- messages

CODE = r'"([a-z]+(?:-[a-z0-9]+)*)"'


def codes_in_the_code() -> set[str]:
    """Every code that a problem is made with."""
    found: set[str] = set()
    calls = rf"(?:Problem|[._](?:problem|notice|warn)|PydanticCustomError)\(\s*{CODE}"
    for path in sorted((ROOT / "plugins/explainer").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(calls, text))
        found.update(re.findall(rf"_warn\(\s*[\w.]+,\s*{CODE}", text))
        for line in re.findall(r"^\s*code = (.*)$", text, re.M):
            found.update(re.findall(CODE, line))
    kinds = ("record", "actor", "place", "issue", "story", "article")
    return found | {f"unknown-{kind}" for kind in kinds}


def test_messages_lists_every_code_and_no_other() -> None:
    assert set(sections("docs/messages.md", 3)) == codes_in_the_code()


def test_messages_are_in_the_order_of_their_codes() -> None:
    codes = list(sections("docs/messages.md", 3))
    assert codes == sorted(codes)


#: For a code, files of the small site in which there is this one mistake.
ARTICLE = "articles/closed.md"
SIDECAR = "articles/closed.yaml"
EVENT = """\
events:
  - id: bridge-closed
    date: 2026-03-09
    title: The council closes the bridge
    actors: [council]
    evidence: The council closed the bridge
"""
HEAD = "---\ntitle: The bridge is closed\ndate: 2026-03-10\nstory: bridge\n---\n"
BODY = "The council closed the bridge on Monday. Otto Lind was on the bridge.\n"


def changed(old: str, new: str) -> dict[str, str]:
    assert old in EVENT
    return {SIDECAR: EVENT.replace(old, new)}


def with_event(text: str) -> dict[str, str]:
    return {SIDECAR: EVENT + text}


MISTAKES: dict[str, dict[str, str]] = {
    "actor-not-alive": changed("[council]", "[lind]")
    | {"actors.yaml": "lind: {name: Otto Lind, kind: person, died: 2019}\n"},
    "ambiguous-alias": {
        "actors.yaml": "council: {name: Town Council, kind: organization}\n"
        "club: {name: Rowing Club, kind: group, aliases: [Town Council]}\n"
    },
    "bad-character": changed("closes the", "closes\u200bthe".replace("\u200b", "\u0007")),
    "bad-choice": changed("    actors:", "    status: done\n    actors:"),
    "bad-date": changed("2026-03-09", "9 March 2026"),
    "bad-id": changed("bridge-closed", "Bridge closed"),
    "bad-number": {"places.yaml": "quay: {name: The quay, latitude: 540, longitude: 10}\n"},
    "bad-url": changed(
        "    evidence: The council closed the bridge",
        "    sources:\n      - {title: Minutes, url: www.example.org}",
    ),
    "contradictory-dates": {
        "articles/later.md": HEAD.replace("closed", "still closed") + BODY,
        "articles/later.yaml": "events:\n  - same: bridge-closed\n    date: 2026-03-02\n"
        "    evidence: closed the bridge on Monday\n",
    },
    "cut-by-comma": changed(
        "The council closed the bridge", "[Nobody has been hurt, Otto Lind said]"
    ),
    "cut-by-comment": changed("closes the bridge", "closes the bridge #shut"),
    "date-against-order": with_event(
        "  - id: cracks-found\n    date: 2026-03-08\n    after: bridge-closed\n"
        "    title: Divers find cracks\n    evidence: Divers had found cracks\n"
    ),
    "date-note-missing": changed("2026-03-09", "2026-03-09?"),
    "dead-link": {ARTICLE: HEAD + BODY + "\nRead [the plan]({filename}plan.md).\n"},
    "duplicate-id": with_event(
        "  - id: bridge-closed\n    title: Divers find cracks\n"
        "    evidence: Divers had found cracks\n"
    ),
    "duplicate-key": changed("    actors:", "    title: Closed\n    actors:"),
    "empty-value": changed("[council]", ""),
    "evidence-ambiguous": {ARTICLE: HEAD + BODY}
    | changed("The council closed the bridge", "the bridge"),
    "evidence-not-found": changed("The council closed", "The council shut"),
    "evidence-without-article": {
        "stories/bridge.yaml": "title: The bridge\nevents:\n  - id: bridge-opened\n"
        "    title: The bridge is opened\n    evidence: The bridge was opened in 1888\n"
    },
    "front-matter": {ARTICLE: BODY, SIDECAR: ""},
    "id-in-use": with_event(
        "  - id: cracks-found\n    was: [bridge-closed]\n    title: Divers find cracks\n"
        "    evidence: Divers had found cracks\n"
    ),
    "missing-key": changed("    title: The council closes the bridge\n", ""),
    "mixed-alphabets": {
        "places.yaml": "quay: {name: The quay}\nmoscow: {name: M\u043escow}\n",
    },
    "no-article": {"articles/opened.yaml": EVENT.replace("closed", "opened")},
    "no-image": {
        "stories/bridge.yaml": "title: The bridge\n"
        "image: {file: bridge.jpg, alt: The bridge by night}\n"
    },
    "no-source": changed("    evidence: The council closed the bridge\n", ""),
    "not-published": {
        "stories/bridge.yaml": "title: The bridge\n"
        'short: {text: "The bridge is [to be sold](#bridge-sold)."}\n',
        "articles/sold.md": HEAD.replace("---\nThe", "").replace("story:", "status: draft\nstory:")
        + BODY,
        "articles/sold.yaml": "events:\n  - id: bridge-sold\n    title: The bridge is sold\n"
        "    evidence: The council closed\n",
    },
    "order-cycle": changed("    actors:", "    after: cracks-found\n    actors:") | {},
    "reserved-id": {"pages/search.md": "---\ntitle: Search\n---\nHow to search.\n"},
    "swallowed-line": changed(
        "evidence: The council closed the bridge",
        "evidence:\n      - The council closed the bridge\n        - Otto Lind said",
    ),
    "too-long": changed("closes the bridge", "closes the bridge" + " and the quay" * 15),
    "unknown-actor": changed("[council]", "[concil]"),
    "unknown-article": {
        ARTICLE: HEAD.replace("story:", "recommended: {pin: [opened]}\nstory:") + BODY
    },
    "unknown-issue": {
        SIDECAR: "positions:\n  - actor: council\n    issue: mony\n    stance: will pay\n"
        "    evidence: The council closed the bridge\n"
    },
    "unknown-key": changed("actors:", "actor:"),
    "unknown-lane": changed("    actors:", "    lane: brige\n    actors:")
    | {"stories/bridge.yaml": "title: The bridge\nlanes: [{id: bridge, title: The bridge}]\n"},
    "unknown-place": changed("    actors:", "    place: key\n    actors:"),
    "unknown-record": {
        "stories/bridge.yaml": "title: The bridge\n"
        'short: {text: "The bridge is [closed](#bridge-close)."}\n'
    },
    "unknown-story": {ARTICLE: HEAD.replace("story: bridge", "story: bridges") + BODY},
    "wrong-kind": with_event(
        "quotes:\n  - actor: quill\n    event: quill-nobody-has-been\n"
        "    text: Nobody has been hurt\n"
    ),
    "wrong-type": changed("The council closes the bridge", "[The council closes the bridge]"),
    "yaml-alias": changed("[council]", "*council"),
    "yaml-key": changed("    actors:", "    {old}: new\n    actors:"),
    "yaml-syntax": changed("The council closes", "Monday: the council closes"),
    "yaml-tag": changed("The council closes", "!The council closes"),
}
MISTAKES["order-cycle"] = {
    SIDECAR: MISTAKES["order-cycle"][SIDECAR]
    + "  - id: cracks-found\n    after: bridge-closed\n    title: Divers find cracks\n"
    "    evidence: Divers had found cracks\n"
}


#: Sheets beside the YAML of the small site's story, each with one mistake.
SHEET = "stories/bridge.csv"
SHEETS: dict[str, str] = {
    "duplicate-column": "Year,Headline,Source,Year\n",
    "formula-cell": "Id,Year,Headline,Source\nopened,1888,=A1,Chronicle\n",
    "id-by-rule": "Id,Year,Headline,Source\nopened,1888,The bridge is opened,Chronicle\n"
    ",1931,The toll is abolished,Chronicle\n,1963,Trams leave the bridge,Chronicle\n",
    "ignored-cell": "Id,Year,Headline,Source,Background,Checked by\n"
    "opened,1888,The bridge is opened,Chronicle,#eeeeee,Nell\n",
    "markup-in-text": "Id,Year,Headline,Source\n"
    "opened,1888,The <a href=/bridge>bridge</a> is opened,Chronicle\n",
    "missing-cell": "Id,Year,Headline,Source\nopened,,The bridge is opened,Chronicle\n",
    "missing-column": "Year,Month,Source\n1888,5,Chronicle\n",
    "ragged-row": "Id,Year,Headline,Source\nopened,1888,The bridge, at last, is opened,Chronicle\n",
    "short-year": "Id,Year,Headline,Source\nclosed,26,The bridge is closed,Chronicle\n",
    "unclosed-quote": "Id,Year,Headline,Source\n"
    'opened,1888,"The bridge is opened,Chronicle\ntoll,1931,The toll is abolished,Chronicle\n',
    "unknown-column": "Id,Year,Headline,Sources\nopened,1888,The bridge is opened,Chronicle\n",
}
MISTAKES |= {code: {SHEET: text} for code, text in SHEETS.items()}


def told(code: str) -> str:
    """The message that the small site gives for a mistake; only the mistake's own."""
    site = small_site({name: dedent(text) for name, text in MISTAKES[code].items()})
    return "\n".join(line.rstrip() for line in messages(site).split("\n"))


@pytest.mark.parametrize("code", MISTAKES)
def test_messages_show_what_an_editor_reads(code: str) -> None:
    section = sections("docs/messages.md", 3)[code]
    assert blocks(section, "text")[0].rstrip("\n") == told(code)


# -------------------------------------------------------------------------------------- tour


SIDECAR = "content/articles/nato-for-guarantees.yaml"
needs_demo = pytest.mark.skipif(
    not (ROOT / SIDECAR).exists(), reason="the demo of which the tour speaks was taken away"
)


def without_lines(report: str) -> str:
    """A report without line numbers, which move when somebody edits the demo."""
    return re.sub(r":\d+:(\d+:)|^ *\d+ \|", r"\1", report, flags=re.M)


def demo_with(text: str) -> ReadSite:
    """The demo with an event of the tour in it, where the README says to put it."""
    sidecar = SIDECAR
    loaded = load_content(ROOT / "content")
    files = tuple(
        replace(file, text=file.text.replace("quotes:\n", text + "\nquotes:\n", 1))
        if file.name == sidecar
        else file
        for file in loaded.files
    )
    return link_site(replace(loaded, files=files), replace(settings(), today=date_of(2026, 11, 23)))


def tour() -> tuple[str, str]:
    """The event that the README has an editor add, and what it promises to be told."""
    event, report = blocks(sections("README.md", 2)["Five minutes for an editor"], "text")
    return event, report


@needs_demo
def test_tour_tells_what_the_readme_says() -> None:
    event, report = tour()
    assert without_lines(demo_with(event).report.text() + "\n") == without_lines(report)


@needs_demo
def test_tour_ends_with_the_event_in_the_story() -> None:
    mended = tour()[0].replace("rute", "rutte").replace("speaking at", "speaking in")
    site = demo_with(mended)
    assert (site.report.problems, "rutte-in-berlin" in site.graph.entries) == ((), True)


@needs_demo
def test_tour_warns_of_a_guess() -> None:
    mended = tour()[0].replace("rute", "rutte").replace("speaking at", "speaking in")
    site = demo_with(mended.replace("2025-12", "2025-12-14?"))
    assert [(p.code, p.severity) for p in site.report.problems] == [
        ("date-note-missing", "warning")
    ]


# ---------------------------------------------------------------------------------- commands


@pytest.mark.parametrize("name", DOCS)
def test_commands_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)\b", text_of(name), re.M))
    assert named - targets == set()


def test_every_target_is_named_somewhere() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.M)) - {"build", "help"}
    text = "\n".join(map(text_of, DOCS))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)\b", text, re.M))
    assert targets - named == set()


def test_readme_names_every_key_of_the_settings() -> None:
    section = sections("README.md", 2)["Make it yours"]
    assert [key for key in KEYS if f"`{key}`" not in section] == []


@pytest.mark.parametrize("name", DOCS)
def test_links_lead_to_files_and_headings(name: str) -> None:
    folder = (ROOT / name).parent
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", text_of(name), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", prose):
        path, _, anchor = target.partition("#")
        file = (folder / path).resolve() if path else ROOT / name
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
            slugs = [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings]
            assert anchor in slugs, target


def test_page_of_records_quotes_the_article_and_names_its_records() -> None:
    content, _ = validate_content(load_content(ROOT / "content").files)
    article = content.articles["nato-for-guarantees"]
    table = text_of(PAGE)
    straight = article.body.translate(str.maketrans("‘’“”", "''\"\""))
    quoted = re.findall(r'^\| "([^|]*)" \|', table, re.M)
    assert len(quoted) == 8
    assert [words for words in quoted if words not in straight] == []
    ids = {r.id for records in (article.records.events, article.records.quotes) for r in records}
    named = re.findall(r"an event, `([^`]+)`|since: ([\w-]+)|quote: ([\w-]+)", table)
    assert {"".join(found) for found in named} - ids == set()
    assert named != []
