"""Text is text: whatever an editor writes, it is no element, attribute, address or script."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import yaml
from lxml import html

from explainer import model
from explainer.markdown import clean_body
from explainer.tree import parse_yaml
from tests.unit.small_site import settings, small_pages, small_site

from .oracle import foreign
from .site import Strings, hostile_files
from .strings import combined_attacks, own_attacks, read_lists

IMAGES = frozenset({"a.png"})
#: A folder of public lists (naughty strings, H5SC, OWASP) that are tried as well.
LISTS = os.environ.get("HOSTILE_LISTS", "")


@cache
def attacks() -> tuple[str, ...]:
    """Our own list, the combinations, and public lists where there are some."""
    more = read_lists(Path(LISTS)) if LISTS else []
    return tuple(dict.fromkeys([*own_attacks(), *more, *combined_attacks()]))


#: Articles and pages read by Python-Markdown with all that it brings.
WITH_EXTENSIONS: dict[str, object] = {
    "EXPLAINER": {"markdown": "python-markdown"},
    "MARKDOWN": {
        "extensions": ["extra", "toc", "admonition", "nl2br", "sane_lists", "wikilinks"],
        "extension_configs": {"toc": {"permalink": True}, "codehilite": {}, "legacy_attrs": {}},
    },
}


def built(strings: Strings, **values: Any) -> dict[str, str]:
    site = small_site(hostile_files(strings), images=IMAGES, base={}, **values)
    assert not site.report.failed, site.report.text()
    return dict(small_pages(site, **values).files)


def rounds() -> Iterator[Strings]:
    """Sites until every string stood in one; the first of our own list three times over."""
    own = own_attacks()
    yield from (Strings(own, start) for start in (0, len(own) // 3, 2 * len(own) // 3))
    strings = Strings(attacks())
    while strings.at < len(attacks()):
        yield strings


def test_no_string_is_more_than_text_in_any_file() -> None:
    found: list[str] = []
    given: set[str] = set()
    for strings in rounds():
        found += foreign(built(strings))
        given |= strings.given
    assert (found, len(given) >= 7_000) == ([], True)


def test_no_string_is_more_than_text_where_python_markdown_reads() -> None:
    own = own_attacks()
    assert list(foreign(built(Strings(own, len(own) // 2), **WITH_EXTENSIONS))) == []
    reader = settings(**WITH_EXTENSIONS).markdown
    assert reader is not None
    htmls = (clean_body(text, reader).html for text in attacks())
    pages = {f"{n}.html": f"<!DOCTYPE html><p>x</p>{html}" for n, html in enumerate(htmls)}
    assert list(foreign(pages)) == []


def test_no_cell_of_a_sheet_is_more_than_text() -> None:
    rows = [" ".join(attack.split()) for attack in own_attacks()]
    refused = {p.location.line for p in small_site(_sheet(rows)).report.errors}
    kept = [row for number, row in enumerate(rows, 2) if number not in refused]
    site = small_site(_sheet(kept))
    assert (site.report.failed, len(kept) > len(rows) / 3) == (False, True)
    assert list(foreign(dict(small_pages(site).files))) == []


def _sheet(attacks: list[str]) -> dict[str, str]:
    """A sheet with one attack a row, in every column that takes words."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = ("Headline", "Text", "Date Note", "Note", "Tags", "Actors Note", "Display Date")
    writer.writerow((*columns, "Media Caption", "Group", "Source", "Link", "Media", "Year", "Id"))
    for number, attack in enumerate(attacks):
        words = [f"{attack[:150]} {number}", *[attack] * 7, "Town", f"{attack[:150]} x"]
        address = f"https://example.org/{number}"
        writer.writerow((*words, address, address, 1700 + number, f"row-{number}"))
    return {"stories/bridge.csv": file.getvalue()}


# ------------------------------------------------------------------- the oracle can see

FEED = "<feed xmlns='http://www.w3.org/2005/Atom'>"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.html", "<p>a<script>alert(1)</script>"),
        ("x.html", "<p onclick='x'>a"),
        ("x.html", "<p style='x'>a"),
        ("x.html", "<a href='java\tscript:x'>a</a>"),
        ("x.html", "<iframe>"),
        ("x.html", "<svg><set/></svg>"),
        ("x.html", "<p>a<!-- x --></p>"),
        ("x.html", "<base href=x>"),
        ("x.html", '<script type="application/ld+json">{"url": "javascript:x"}</script>'),
        ("x.atom", f"{FEED}<x xmlns='y'/></feed>"),
        (
            "x.atom",
            f"{FEED}<content type='html'>&lt;img src=x onerror=y&gt;</content></feed>",
        ),
        ("x.json", '[{"url": "javascript:x"}]'),
        ("robots.txt", "Disallow: /\nSet-Cookie: a"),
        ("x.bin", "text"),
    ],
)
def test_what_is_foreign_is_seen(path: str, text: str) -> None:
    assert list(foreign({path: text})) != []


# ------------------------------------------------------------- no key is left out


def free_texts(shape: type[model.Shape]) -> set[str]:
    """The keys of a class under which any text may stand."""
    return {field.alias or name for name, field in shape.model_fields.items() if _is_free(field)}


def _is_free(field: Any) -> bool:
    return any(_takes_text(one) for one in (field.annotation, *field.metadata)) and not any(
        isinstance(one, model.RefersTo) and one.kind != "tag" for one in _parts(field)
    )


def _parts(field: Any) -> Iterator[Any]:
    yield from field.metadata
    yield from _inside(field.annotation)


def _inside(annotation: Any) -> Iterator[Any]:
    yield annotation
    for one in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _inside(one)


def _takes_text(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _takes_text(get_args(annotation)[0])
    if origin in (Union, UnionType, tuple):
        return any(_takes_text(one) for one in get_args(annotation))
    return annotation is str


#: What is no free text, or is tried by a test of its own.
NOT_TRIED = {"allow", "exact", "prefix", "suffix", "lane", "date", "since", "until", "words"}


@cache
def keys_written() -> set[str]:
    """Every key of the hostile site."""
    found: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            found.update(value)
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, dict | list):
                collect(inner)

    for path, text in hostile_files(Strings(["x"])).items():
        if path.endswith(".csv"):
            continue
        collect(yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n")))
    return found


@pytest.mark.parametrize(
    "shape",
    [s for s in vars(model).values() if isinstance(s, type) and issubclass(s, model.Shape)],
    ids=lambda shape: shape.__name__,
)
def test_every_key_that_takes_text_is_attacked(shape: type[model.Shape]) -> None:
    assert free_texts(shape) - NOT_TRIED - keys_written() == set()


# --------------------------------------------------------------------- text stays itself


def test_title_reads_as_it_was_written() -> None:
    titles = [attack for attack in own_attacks() if len(attack) <= model.MAX_TITLE]
    articles = {
        f"articles/a{number}.md": _document(title=title, date="2026-03-10")
        for number, title in enumerate(titles)
    }
    pages = dict(small_pages(small_site(articles, base={})).files)
    for number, title in enumerate(titles):
        page = html.document_fromstring(pages[f"articles/a{number}/index.html"].encode())
        assert " ".join(page.find(".//h1").text_content().split()) == " ".join(title.split())


def _document(**values: str) -> str:
    return f"---\n{json.dumps(values, ensure_ascii=False)}\n---\n\nText.\n"


# ---------------------------------------------------------------------------- addresses


def test_address_is_of_a_known_scheme_or_refused() -> None:
    for attack in attacks():
        node, _ = parse_yaml(json.dumps({"title": "x", "url": attack}, ensure_ascii=False), "x")
        assert node is not None
        source, problems = model.read_record(model.Source, node)
        if source is None or problems:
            continue
        scheme = attack.partition(":")[0].lower()
        assert scheme in {"http", "https", "mailto"} or attack.startswith("/")
        assert not attack.startswith(("//", "/\\"))
