"""What is fuzzed: functions of any bytes that fail only where the code is wrong.

A target checks what must hold whatever comes: nothing is raised, places lie in the text, what is
printed is read as the same, nothing foreign is in the HTML. `python -m tests.fuzz` feeds them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from explainer.date_words import (
    format_date,
    format_gap,
    format_month_heading,
    format_short_date,
    format_year_heading,
)
from explainer.dates import (
    Date,
    DateError,
    datetime_attribute,
    is_before,
    iso_range,
    parse_date,
    sort_key,
)
from explainer.drafting.commands import draft_subject
from explainer.drafting.draft import make_draft
from explainer.extensions import read_extensions
from explainer.fragment import read_fragment
from explainer.importing.command import Choices, import_article
from explainer.issue_form import propose_event
from explainer.language import Language, load_language
from explainer.load import load_content
from explainer.markdown import render_inline
from explainer.passages import (
    Ambiguous,
    ArticleText,
    Passage,
    Quoted,
    find_passage,
    fold,
    parse_selector,
    quote_text,
)
from explainer.problems import Problem
from explainer.reanchoring import edits_of, find_proposals
from explainer.site import link_site, read_text
from explainer.tree import locate, parse_yaml
from tests.hostile.oracle import foreign
from tests.hostile.strings import own_attacks
from tests.importing.goldens import RAW, empty_content
from tests.importing.goldens import settings as import_settings
from tests.unit.catalogue import MESSAGE, MISTAKES
from tests.unit.small_site import TOWN, settings, small_pages, small_site

PYTHON_MARKDOWN = read_extensions(None)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass") if _is_utf_8(data) else data.decode("latin-1")


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _check_places(problems: list[Problem], text: str) -> None:
    lines = text.split("\n")
    for problem in problems:
        assert problem.message
        assert 1 <= problem.location.line <= len(lines), problem
        assert problem.location.column >= 1, problem


def yaml(data: bytes) -> None:
    """The loader: a tree or problems, with places in the text; the same on every reading."""
    text = _text(data)
    node, problems = parse_yaml(text, "x.yaml")
    _check_places(problems, text)
    assert (node, problems) == parse_yaml(text, "x.yaml")
    assert node is None or 1 <= locate(node, ()).line <= text.count("\n") + 1


#: What a text is put in place of, by its first byte.
PLACES = (
    *("articles/closed.yaml", "articles/closed.md", "stories/bridge.yaml", "stories/bridge.csv"),
    *("actors.yaml", "actors/lind.yaml", "places.yaml", "terms.yaml", "issues.yaml"),
    *("redirects.yaml", "site.yaml", "pages/about.md", "articles/closed.de.md"),
)


def content(data: bytes) -> None:
    """Validation, sheets and linking: any text in place of a file is a site or a report.

    Of every sixteenth text that has no errors the pages are made, too.
    """
    place, text = PLACES[data[0] % len(PLACES)] if data else PLACES[0], _text(data[1:])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    site = small_site({place: text})
    assert site.report.text()
    for problem in site.report.problems:
        if problem.location.file == f"content/{place}":
            _check_places([problem], text)
    if not site.report.failed and sum(data) % 16 == 0:
        assert list(foreign(dict(small_pages(site).files))) == []


@cache
def _languages() -> tuple[Language, ...]:
    return tuple(load_language(tag) for tag in ("en", "de", "ar"))


ZONES = (None, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"))


def dates(data: bytes) -> None:
    """Dates: read, printed and read again the same; bounds in order; one order of all; words."""
    found: list[Date] = []
    for text in _text(data).split("\n")[:4]:
        for zone in ZONES:
            try:
                date = parse_date(text, zone)
            except DateError:
                continue
            found.append(date)
            again = parse_date(date.edtf, zone)
            assert (again, again.edtf) == (date, date.edtf)
            if date.earliest is not None and date.latest is not None:
                assert date.earliest <= date.latest
            datetime_attribute(date)
            iso_range(date)
            for language in _languages():
                assert format_date(date, language, zone=zone).strip()
                assert format_short_date(date, language).strip()
                format_year_heading(date, language)
                format_month_heading(date, language)
    found.sort(key=sort_key)
    for first, second in pairwise(found):
        assert sort_key(first) <= sort_key(second)
        assert not is_before(second, first)
        format_gap(first, second, _languages()[0])


def importers(data: bytes) -> None:
    """Imports: a report and a file that passes the check, or a report and no file."""
    with tempfile.TemporaryDirectory() as name:
        raw = Path(name, "article.txt")
        raw.write_bytes(data)
        content = empty_content(Path(name))
        report = import_article(raw, content, import_settings(), Choices())
        assert report.failed == (report.done == "")
        assert report.text()
        written = sorted((content / "articles").glob("*"))
        assert report.failed == (written == [])
        if written:
            assert link_site(load_content(content), import_settings()).report.errors == ()


def markdown(data: bytes) -> None:
    """Markdown and the sanitizer: nothing foreign comes out, and offsets are those of the text."""
    text = _text(data).encode("utf-8", "replace").decode()
    for html in (read_text(text).html, read_text(text, PYTHON_MARKDOWN).html):
        pages = {"a.html": f"<!DOCTYPE html><p>{render_inline(text)}</p>{html}"}
        assert list(foreign(pages)) == []
        assert read_fragment(html).html == html


def passages(data: bytes) -> None:
    """Evidence: what is found is what was asked for, and what is offered instead is found."""
    words, _, article = _text(data).encode("utf-8", "replace").decode().partition("\n")
    headline, _, body = article.partition("\n")
    text = ArticleText(headline, read_text(body))
    selector = parse_selector(words)
    found = find_passage(text, selector)
    if isinstance(found, Passage):
        whole = headline if found.in_headline else text.body.text
        assert found.words.split() == whole[found.start : found.end].split()
        if not selector.until:
            assert fold(found.words).text.strip() == fold(selector.exact).text.strip()
    if isinstance(found, Ambiguous):
        assert found.count > 1
        for longer in found.extended:
            assert isinstance(find_passage(text, parse_selector(longer)), Passage)
    quoted = quote_text(text, words)
    if isinstance(quoted, Quoted):
        assert quoted.words.strip()


def issues(data: bytes) -> None:
    """The form on GitHub: a proposal that is read as it was written, or a message."""
    body = _text(data).encode("utf-8", "replace").decode()
    proposal = propose_event(
        {"issue": {"number": 1, "body": body}}, small_site().loaded, settings()
    )
    assert proposal.message
    if proposal.path is not None:
        site = small_site({proposal.path.as_posix(): proposal.text})
        assert not site.report.failed


HEAD = "---\ntitle: The bridge is closed\ndate: 2026-03-10\nauthors: [Nell Harrow]\n---\n"


def drafts(data: bytes) -> None:
    """Drafts and mending of any article: what is written is read without a mistake.

    But for actors that the draft proposes, and that an editor copies first.
    """
    body = _text(data).encode("utf-8", "replace").decode().replace("\r", "\n")
    files: dict[str, str | None] = {"articles/closed.md": HEAD + body}
    site = small_site(files)
    for proposal in find_proposals(site):
        edits_of(site, proposal)
    article = site.content.articles.get("closed")
    if article is None or not article.body.strip() or "\ufffd" in article.body:
        return
    files["articles/closed.yaml"] = make_draft(draft_subject(site, "closed")).text
    report = small_site(files).report
    codes = {problem.code for problem in report.errors}
    assert codes <= {"unknown-actor", *(problem.code for problem in site.report.errors)}, codes


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (yaml, content, dates, importers, markdown, passages, issues, drafts)
}


# ------------------------------------------------------------------------- where to begin


def seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with, from the other tests."""
    yield from _SEEDS[name]()


def _mistaken_files() -> Iterator[tuple[str, bytes]]:
    for path in sorted(MISTAKES.rglob("*")):
        if path.is_file() and path.name != MESSAGE and path.suffix in {".yaml", ".md", ".csv"}:
            yield path.relative_to(MISTAKES).as_posix().partition("/")[2], path.read_bytes()
    for name, text in TOWN.items():
        yield name, text.encode()


def _texts_by_place() -> Iterator[bytes]:
    for place, text in _mistaken_files():
        if place in PLACES:
            yield bytes([PLACES.index(place)]) + text


def _dates() -> Iterator[bytes]:
    table = (Path(__file__).resolve().parents[2] / "docs" / "format.md").read_text("utf-8")
    for line in table.partition("## Dates")[2].partition("## Evidence")[0].splitlines():
        if line.startswith("| `"):
            yield line.split("`")[1].encode()
    yield from (
        b"9 March 2026",
        b"spring 2022\n1960s",
        b"2025-12-14T24:00",
        b"44 BC",
        b"12/13/2025",
    )


def _quoted() -> Iterator[bytes]:
    body = TOWN["articles/closed.md"].replace("        ", "").split("---")[2]
    for words in ("The council closed", "Divers ... piers", "The council", "the [...] Monday", "x"):
        yield f"{words}\nThe bridge is closed\n{body}".encode()


def _stories() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(RAW.glob("*.txt")))
    yield TOWN["articles/closed.md"].replace("        ", "").split("---")[2].encode()
    said = (
        "“The bridge is safe,” Mayor Mara Quill said on Tuesday. It was shut in the summer of 1988,"
        " and earlier in December the Harbour Office asked Otto Lind, an engineer, to look at it."
        ' "We knew," he said last week.'
    )
    yield said.encode()


def _forms() -> Iterator[bytes]:
    from tests.unit.test_issue_form import GOOD, form

    yield form(**GOOD).encode()
    yield form(where="bridge", title="A: b", date="2026", source_title="x").encode()


_SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "yaml": lambda: (text for _, text in _mistaken_files()),
    "content": _texts_by_place,
    "dates": _dates,
    "importers": lambda: (path.read_bytes() for path in sorted(RAW.iterdir())),
    "markdown": lambda: (attack.encode("utf-8", "replace") for attack in own_attacks()),
    "passages": _quoted,
    "issues": _forms,
    "drafts": _stories,
}
