"""JSON Schemas for editors: in step with the model, and never stricter than `check`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from explainer import building, model
from explainer.cli import main
from explainer.editor import FOLDER, refresh_schemas, write_schemas
from explainer.export.json_schema import FILE_KINDS, FileKind, SiteIds, build_schemas, site_ids
from explainer.keys import load_keys
from explainer.tree import Mapping as Tree
from explainer.tree import parse_yaml
from explainer.validate import SECTIONS
from tests.unit.small_site import TOWN, small_site
from tests.unit.test_docs import DATES, examples

ROOT = Path(__file__).resolve().parents[2]
KINDS = {kind.name: kind for kind in FILE_KINDS}


def schemas() -> dict[str, dict[str, Any]]:
    """Of the town, by their names."""
    site = small_site()
    made = build_schemas(site_ids(site.content, site.graph), load_keys())
    return {name.removesuffix(".json"): json.loads(text) for name, text in made.items()}


def refused(folder: Path, kind: str, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """What check-jsonschema says of texts, by their names; those that it accepts are left out."""
    files = {}
    for number, (name, text) in enumerate(texts.items()):
        file = folder / f"{kind}-{number}.yaml"
        file.write_text(text, encoding="utf-8")
        files[str(file)] = name
    schema = folder / FOLDER / f"{kind}.json"
    options = ["-o", "json", "--schemafile", str(schema)]
    found = json.loads(CliRunner().invoke(check_jsonschema, [*options, *files]).stdout)
    assert not found.get("parse_errors"), found
    said: dict[str, list[str]] = {}
    for error in found["errors"]:
        said.setdefault(files[error["filename"]], []).append(error["message"])
    return said


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_schemas(folder, small_site())
    return folder


# ------------------------------------------------------------------------------------- in step


def shapes() -> dict[str, type[model.Shape]]:
    """Every class whose keys an editor writes."""
    found = {
        name: shape
        for name, shape in vars(model).items()
        if isinstance(shape, type) and issubclass(shape, model.Shape)
    }
    without = ("Shape", "Who", "Record", "Records")
    return {name: shape for name, shape in found.items() if name not in without}


def described() -> dict[str, dict[str, Any]]:
    """Each class as the schemas describe it, by its name."""
    found: dict[str, dict[str, Any]] = {}
    for name, schema in schemas().items():
        found |= {key: part for key, part in schema["$defs"].items() if key in shapes()}
        shape = KINDS[name].shape
        if shape is not None and not KINDS[name].is_by_id:
            found[shape.__name__] = schema
    return found


def keys_of(shape: type[model.Shape]) -> list[str]:
    return [field.alias or name for name, field in shape.model_fields.items()]


def test_schemas_have_every_key_of_every_class() -> None:
    assert {name: list(part["properties"]) for name, part in described().items()} == {
        name: keys_of(shape) for name, shape in shapes().items()
    }


def test_schemas_say_of_every_key_what_it_means_with_an_example_or_its_values() -> None:
    without = [
        f"{name}.{key}"
        for name, part in described().items()
        for key, value in part["properties"].items()
        if "description" not in value
        or not ("examples" in value or re.search(r'"(enum|\$ref|boolean)"', json.dumps(value)))
    ]
    assert without == []


def test_sentences_are_about_keys_that_exist() -> None:
    without = [
        f"{name}.{key}"
        for name, keys in load_keys().by_class.items()
        for key in keys
        if key not in keys_of(getattr(model, name))
    ]
    assert without == []


@pytest.mark.parametrize("name", shapes())
def test_example_of_a_key_is_one_that_the_model_accepts(name: str) -> None:
    shape = shapes()[name]
    keys = load_keys()
    values = {key: keys.of(shape, key) for key in keys_of(shape)}
    text = "".join(
        f"{key}: {json.dumps(found.example, ensure_ascii=False)}\n"
        for key, found in values.items()
        if found is not None and found.example is not None
    )
    node, problems = parse_yaml(text or "{}", "example")
    assert node is not None
    _, more = model.read_record(shape, node)
    assert [p.message for p in (*problems, *more) if p.code != "missing-key"] == []


def test_schemas_hold_to_their_own_schema(town: Path) -> None:
    files = sorted(map(str, (town / FOLDER).glob("*.json")))
    done = CliRunner().invoke(check_jsonschema, ["--check-metaschema", *files])
    assert (len(files), done.exit_code) == (len(FILE_KINDS), 0), done.stdout


def test_vs_code_has_a_schema_for_every_kind_of_yaml_file() -> None:
    written = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert written["yaml.schemas"] == {
        f"{FOLDER.as_posix()}/{kind.name}.json": f"content/{kind.files}"
        for kind in FILE_KINDS
        if kind.files.endswith(".yaml")
    }


# --------------------------------------------------------------------- what `check` accepts


def texts_of(folder: Path, kind: FileKind) -> Iterator[tuple[str, str]]:
    """The YAML of the files of a kind, front matter too."""
    for file in sorted(folder.glob(kind.files)):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".md":
            if not text.startswith("---"):  # Pelican's own lines are no YAML
                continue
            text = text.split("\n---", 1)[0].removeprefix("---")
        yield file.relative_to(ROOT).as_posix(), text


@pytest.mark.parametrize("folder", ["content", "tests/site/content"])
def test_schemas_accept_all_content_of_a_site(folder: str, tmp_path: Path) -> None:
    _, site = building.read_content(ROOT / Path(folder).parent / "pelican.conf.py")
    write_schemas(tmp_path, site)
    texts = {kind.name: dict(texts_of(ROOT / folder, kind)) for kind in FILE_KINDS}
    said = {name: refused(tmp_path, name, found) for name, found in texts.items() if found}
    assert {name: errors for name, errors in said.items() if errors} == {}


def as_a_file(path: str) -> str:
    """The kind of file that the first line of an example names."""
    return next(k.name for k in FILE_KINDS if Path(path.removeprefix("content/")).match(k.files))


def test_schemas_accept_every_example_of_the_documents(tmp_path: Path) -> None:
    """With ids of their own: the documents speak of several sites."""
    site = small_site(base={})
    write_schemas(tmp_path, site)
    found: dict[str, dict[str, str]] = {}
    for name, block in examples():
        path = block.partition("\n")[0].removeprefix("# ").split()[0]
        found.setdefault(as_a_file(path), {})[name] = block
    assert len(found) >= 8
    assert {kind: refused(tmp_path, kind, texts) for kind, texts in found.items()} == {
        kind: {} for kind in found
    }


#: Every way in which something may be written. Of an event but for the second list.
EVENT_SHAPES = (
    *(f"date: {edtf}" for edtf, _ in DATES),
    "date: '2026-03-09'",
    "date: 2026-03-09T10:30",
    "date_text: 2022",
    "title: 1984",
    "title: true",
    "title: 'null'",
    "title: No",
    "title: 12:30",
    "title: 2026-03-09",
    "title: 1e3",
    "id: 2022",
    "id: 007",
    "id: 1e5",
    "id: 0x1f",
    "id: true",
    "was: 2022",
    "was: [2022, old]",
    "actors: council",
    "actors: unnamed",
    "actors: [council, unnamed]",
    "actors: {council: host}",
    "actors: {council: 2}",
    "actors: [{council: for the town}, quill]",
    "actors: {unnamed: some partners}",
    "actors: []",
    "according_to: {quill: in a letter}",
    "evidence: The council closed the bridge",
    "evidence: 2022",
    "evidence: {exact: 2022, prefix: 1, suffix: No}",
    "evidence: [The council closed the bridge, {exact: Divers}]",
    "sources: {title: 1888, date: 1888, publisher: 2, url: /minutes, archive_url: HTTPS://a.org}",
    "sources: [{title: A}, {title: B, url: 'mailto:a@example.org'}]",
    "rests_on: bridge-closed",
    "rests_on: [not-known-yet]",
    "after: not-known-yet",
    "tags: 2022",
    "tags: [2022, bridge, true]",
    "allow: no-source",
    "place: quay",
    "stories: bridge",
    "lane: 1",
    "weight: turning-point",
    "status: 'planned'",
)
SHAPES: Mapping[str, Sequence[str]] = {
    "annotations": (
        "# nothing but a comment",
        "positions: [{actor: council, issue: money, stance: 2, since: 2022, until: bridge-closed}]",
        "positions: [{same: council-money, evidence: The council}]",
        "claims: [{quote: q}, {actor: lind, text: 2}, {same: c, responses: []}]",
        "claims: [{quote: q, responses: [{kind: denies, quote: r}]}]",
        "claims: [{quote: q, verdict: {is: refuted, why: 1, date: 2022}}]",
        "claims: [{quote: q, responses: [{kind: comments, actor: {lind: aside}, text: No}]}]",
        "quotes: [{actor: quill, text: 100, date: 2022, event: bridge-closed, lang: de}]",
        "questions: [{question: 2022, answer: 1, status: open}]",
        "roles: [{actor: [quill, lind], role: No, of: council, from: 2015, to: 2016-10}]",
        "roles: []",
    ),
    "story": (
        "title: 1984\nshort: {text: 2, date: 2022}\neras: [{title: 1, date: 2022/..}]",
        "title: A\nlanes: [{id: 1, title: 2}]\nchanges: [{date: 2022, text: 1, records: a}]",
        "title: A\nimage: {file: a.jpg, alt: 1}\ntags: a\nwas: b\ntodo: 3",
    ),
    "actor": (
        "name: 2022\nkind: group\nborn: 1958~\nlinks: [{title: 1, url: /a}]\nsame_as: https://a.org",
        "name: A\nkind: person\nroles: [{role: B, of: council, from: 2015}]",
        "name: A\nkind: person\nties: [{tie: rival of, actor: lind, from: 2019}]",
    ),
    "actors": ("# none yet", "2022: {name: A, kind: group}"),
    "places": ("a: {name: 1, latitude: 52, longitude: 13.405}", "a: {name: A, latitude: '52.5'}"),
    "terms": ("a: {name: A, text: 5, aliases: 5}",),
    "issues": ("2024: {title: 2024}",),
    "redirects": ("old: bridge-closed", "2022: 2023", "# none"),
    "site": ("format: 1", "format: '1'"),
    "front-matter": (
        "title: 1984\ndate: 2026-01-24\nwritten: 2025\nauthors: Nell\ntags: 2022\nevergreen: yes",
        "title: A\ndate: 2026-01-24T10:30\nevergreen: True\nmentions: {not: lind}\nkind: brief",
        "title: A\ndate: 2026-01-24\nnotes: [{at: Council, text: 1}, {at: {exact: a}, text: b}]",
        "title: A\ndate: 2026-01-24\nrecommended: {pin: closed, block: [closed]}\nstory: bridge",
        "title: A\ndate: 2026-01-24\ncorrections: [{date: 2026, text: 1, was: 2}]",
    ),
    "page": ("title: 404\norder: 3\nmenu: true", "title: A\norder: '3'\nmenu: 'No'"),
}


def event_with(line: str) -> str:
    title = "" if line.startswith("title") else "    title: A\n"
    return f"events:\n  - {line}\n{title}"


ALL_SHAPES = {
    **{kind: list(texts) for kind, texts in SHAPES.items()},
    "annotations": [*SHAPES["annotations"], *map(event_with, EVENT_SHAPES)],
}


def problems_of(kind: FileKind, text: str) -> list[str]:
    """What the model says of a text."""
    node, problems = parse_yaml(text, "text")
    if node is None or kind.shape is None:
        return [p.message for p in problems]
    assert isinstance(node, Tree)
    nodes = [value for _, value in node.entries] if kind.is_by_id else [node]
    for one in nodes:
        problems += model.read_record(kind.shape, one)[1]
    return [p.message for p in problems]


@pytest.mark.parametrize("kind", ALL_SHAPES)
def test_schemas_accept_every_way_to_write_that_the_model_reads(kind: str, town: Path) -> None:
    texts = {text: text for text in ALL_SHAPES[kind]}
    assert {text: said for text in texts if (said := problems_of(KINDS[kind], text))} == {}
    assert refused(town, kind, texts) == {}


#: What a class needs beside the key that is looked at.
REQUIRED: Mapping[str, Mapping[str, str]] = {
    "Event": {"title": "a"},
    "Quote": {"actor": "a", "text": "a"},
    "Position": {"actor": "a", "issue": "a", "stance": "a"},
    "Claim": {"actor": "a", "text": "a"},
    "Response": {"kind": "denies", "actor": "a", "text": "a"},
    "Verdict": {"is": "refuted", "why": "a"},
    "Question": {"question": "a"},
    "Role": {"role": "a"},
    "Tie": {"tie": "a", "actor": "a"},
    "Short": {"text": "a"},
    "Era": {"title": "a", "date": "2022"},
    "Lane": {"id": "a", "title": "a"},
    "Change": {"date": "2022", "text": "a"},
    "Story": {"title": "a"},
    "WebLink": {"title": "a", "url": "/a"},
    "Actor": {"name": "a", "kind": "person"},
    "Place": {"name": "a"},
    "Term": {"name": "a", "text": "a"},
    "Issue": {"title": "a"},
    "CorrectionLine": {"date": "2022", "text": "a"},
    "EditorNote": {"at": "a", "text": "a"},
    "FrontMatter": {"title": "a", "date": "2022-01-01"},
    "PageMatter": {"title": "a"},
    "Source": {"title": "a"},
    "Image": {"file": "a", "alt": "a"},
    "Selector": {"exact": "a"},
}
#: Values of every kind that YAML knows, as somebody could type them behind any key.
VALUES = (
    *("word", "two-words", "-1", "0", "007", "1.5", "1e3", "0x1f", "0o17", "2022", "12:30"),
    *("true", "True", "no", "NO", "yes", ".inf", ".nan", "[]", "{}", "[a]", "[[a]]"),
    *("2022-13", "2026-03-09", "2026-03-09T10:30", "2025-12-14/2025-12-16", "196X", "2025?"),
    *("https://example.org/", "/path", "mailto:a@example.org"),
    "several words",
    "[2025-12-14..2025-12-16]",
    "[..1984]",
    "'2022'",
    '"52.5"',
    '"a: b"',
    "2026-03-09 10:30:00",
    "[a, 1, true]",
    "{a: b}",
    "{a: 1}",
    "{a: b, c: d}",
    "[{a: b}, unnamed]",
    "{exact: a}",
    "[{exact: 1, prefix: 2}, b]",
    "{title: a}",
    "[{title: 1, url: /a}]",
    "{file: a, alt: 1}",
    "{text: 1, date: 2022}",
    "[{date: 2022, text: 1}]",
    "[{title: a, date: 2022/..}]",
    "[{id: a, title: b}]",
    "{is: refuted, why: 1}",
    "[{kind: denies, quote: a}]",
    "[{role: a}, {role: 1, from: 2022}]",
    "[{tie: a, actor: b}]",
    "[{at: a, text: b}]",
    "[{at: {exact: a}, text: b}]",
    "{not: a}",
    "{pin: [a], block: b}",
)


def choices(shape: type[model.Shape]) -> list[str]:
    """The words of which a key of a class takes one."""
    annotations = str([str(field.annotation) for field in shape.model_fields.values()])
    literals = re.findall(r"Literal\[([^\]]*)\]", annotations)
    return [word for literal in literals for word in re.findall(r"'([a-z0-9-]+)'", literal)]


def as_editors_read(text: str) -> Any:
    """A value by YAML 1.2, in which a date is text."""
    value = YAML(typ="safe", pure=True).load(text)
    return text if isinstance(value, date) else value


@pytest.fixture(scope="module")
def without_ids() -> dict[str, dict[str, Any]]:
    """The schema of each class with all that it refers to, of a site where any id is known."""
    made = [json.loads(text) for text in build_schemas(SiteIds({}), load_keys()).values()]
    parts = {name: part for schema in made for name, part in schema["$defs"].items()}
    tops = {kind.shape: schema for kind, schema in zip(FILE_KINDS, made, strict=True)}
    return {
        name: {**(parts[name] if name in parts else tops[shape]), "$defs": parts}
        for name, shape in shapes().items()
    }


@pytest.mark.parametrize("name", shapes())
def test_schemas_accept_whatever_the_model_reads(
    name: str, without_ids: Mapping[str, dict[str, Any]]
) -> None:
    """Each key with each value, beside what the class needs."""
    shape = shapes()[name]
    validator = Draft7Validator(without_ids[name])
    values = {text: as_editors_read(text) for text in (*VALUES, *choices(shape))}
    read, wrong = set(), []
    for key in keys_of(shape):
        needed = {k: value for k, value in REQUIRED.get(name, {}).items() if k != key}
        beside = "".join(f"{other}: {value}\n" for other, value in needed.items())
        for text, value in values.items():
            if key in SECTIONS and text != "[]":  # a list of what is looked at by itself
                continue
            node, problems = parse_yaml(f"{beside}{key}: {text}\n", "text")
            if node is None or problems or model.read_record(shape, node)[1]:
                continue
            read.add(key)
            if not validator.is_valid({**needed, key: value}):
                wrong.append(f"{key}: {text}")
    assert (wrong, [key for key in keys_of(shape) if key not in read]) == ([], [])


# ------------------------------------------------------------------------ what is marked as wrong

WRONG = {
    "unknown key": "tilte: A",
    "unknown actor": "actors: [council, nobody]",
    "unknown actor with words": "actors: {nobody: host}",
    "two actors in one": "actors: {council: a, quill: b}",
    "unknown place": "place: nowhere",
    "unknown story": "stories: [none]",
    "unknown word": "status: done",
    "bad id": "id: Berlin Talks",
    "list for a text": "title: [a, b]",
    "mapping for a text": "title: {a: b}",
    "nothing for a text": "note:",
    "bad address": "sources: {title: A, url: www.example.org}",
    "no title of a source": "sources: {url: /a}",
    "two dates": "date: [2022, 2023]",
    "title that is too long": f"title: {'a' * 201}",
    "no title": "note: A",
}


def test_schemas_mark_what_is_wrong_without_doubt(town: Path) -> None:
    texts = {name: event_with(line) for name, line in WRONG.items()}
    texts["no title"] = "events:\n  - note: A\n"
    texts["no words of a claim"] = "claims:\n  - actor: lind\n"
    texts["unknown section"] = "event: []\n"
    assert sorted(refused(town, "annotations", texts)) == sorted(texts)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("places", "quay: {name: A, latitude: 91}"),
        ("places", "The Quay: {name: A}"),
        ("actor", "name: A\nkind: firm"),
        ("site", "format: 2"),
        ("story", ""),
        ("front-matter", "title: A"),
        ("front-matter", "title: A\ndate: 2026-01-24\nrecommended: {pin: none}"),
    ],
)
def test_schemas_mark_what_is_wrong_in_other_files(kind: str, text: str, town: Path) -> None:
    assert list(refused(town, kind, {"text": text})) == ["text"]


# ------------------------------------------------------------------------------------ the site's


def offered(schema: Mapping[str, Any], name: str) -> dict[str, str]:
    part = schema["$defs"][name]
    choice = next((p for p in part.get("anyOf", ()) if "enum" in p), part)
    return dict(zip(choice["enum"], choice["enumDescriptions"], strict=True))


def test_schemas_offer_the_ids_of_the_site_with_their_names() -> None:
    schema = schemas()["annotations"]
    assert offered(schema, "who-id") == {
        "council": "Town Council, organization",
        "lind": "Otto Lind, person",
        "quill": "Mara Quill, person",
        "unnamed": "somebody without a name",
    }
    assert offered(schema, "place-id") == {"quay": "The quay"}
    assert offered(schema, "issue-id") == {"money": "Who pays?"}
    assert offered(schema, "story-id") == {"bridge": "The bridge"}
    assert offered(schema, "event-id") == {"bridge-closed": "event: The council closes the bridge"}
    assert offered(schemas()["front-matter"], "article-id") == {"closed": "The bridge is closed"}


def test_schemas_offer_the_events_of_a_draft() -> None:
    draft = TOWN["articles/closed.md"].replace("story: bridge", "status: draft")
    site = small_site({"articles/closed.md": draft})
    made = build_schemas(site_ids(site.content, site.graph), load_keys())
    schema = json.loads(made["annotations.json"])
    assert list(offered(schema, "event-id")) == ["bridge-closed"]


def test_schemas_offer_the_tags_in_use() -> None:
    article = TOWN["articles/closed.md"].replace("story: bridge", "tags: [town, river]")
    events = TOWN["articles/closed.yaml"].replace(
        "actors:", "tags: [2026, town]\n            actors:"
    )
    site = small_site({"articles/closed.md": article, "articles/closed.yaml": events})
    made = build_schemas(site_ids(site.content, site.graph), load_keys())
    tags = ["2026", 2026, "river", "town"]
    assert list(offered(json.loads(made["annotations.json"]), "tag-id")) == tags
    assert list(offered(json.loads(made["front-matter.json"]), "tag-id")) == tags


def test_schemas_know_an_id_whose_file_is_wrong(tmp_path: Path) -> None:
    wrong = TOWN["actors.yaml"].replace("kind: person}", "kind: man}", 1)
    write_schemas(tmp_path, small_site({"actors.yaml": wrong}))
    assert refused(tmp_path, "annotations", {"quill": event_with("actors: quill")}) == {}


def a_site(folder: Path, *, has_vscode: bool = True) -> Path:
    """The town on the disk; gives its settings."""
    for path, text in TOWN.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    if has_vscode:
        (folder / ".vscode").mkdir()
    (folder / "pelican.conf.py").write_text("PATH = 'content'\nTODAY = '2026-06-01'\n")
    return folder / "pelican.conf.py"


def actors_in(folder: Path) -> list[str]:
    schema = json.loads((folder / FOLDER / "annotations.json").read_text(encoding="utf-8"))
    return list(offered(schema, "who-id"))


def test_check_makes_a_new_actor_known_to_the_editor(tmp_path: Path) -> None:
    conf = a_site(tmp_path)
    building.check_site(conf)
    with (tmp_path / "content/actors.yaml").open("a") as file:
        file.write("marrow: {name: Edith Marrow, kind: person}\n")
    building.check_site(conf)
    assert actors_in(tmp_path) == ["council", "lind", "marrow", "quill", "unnamed"]


@pytest.mark.parametrize("command", ["check", "build", "schemas"])
def test_command_that_reads_a_wrong_site_still_writes_schemas(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = a_site(tmp_path)
    with conf.open("a") as file:
        file.write(f"PLUGIN_PATHS = [{str(ROOT / 'plugins')!r}]\nPLUGINS = ['explainer']\n")
        file.write(f"THEME = {str(ROOT / 'theme')!r}\n")
    (tmp_path / "content/places.yaml").write_text("quay: {nam: The quay}\n")
    monkeypatch.chdir(tmp_path)
    assert main([command]) == (0 if command == "schemas" else 1)
    assert actors_in(tmp_path) == ["council", "lind", "quill", "unnamed"]


def test_check_mends_schemas_that_were_taken_away(tmp_path: Path) -> None:
    conf = a_site(tmp_path)
    building.check_site(conf)
    (tmp_path / FOLDER / "story.json").unlink()
    building.check_site(conf)
    assert sorted(p.stem for p in (tmp_path / FOLDER).glob("*.json")) == sorted(KINDS)


def test_check_leaves_a_site_without_vs_code_alone(tmp_path: Path) -> None:
    building.check_site(a_site(tmp_path, has_vscode=False))
    assert not (tmp_path / ".vscode").exists()


def test_refresh_does_not_write_where_nothing_is_new(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    refresh_schemas(tmp_path, small_site())
    file = tmp_path / FOLDER / "story.json"
    file.write_text("untouched")
    refresh_schemas(tmp_path, small_site())
    assert file.read_text() == "untouched"
    refresh_schemas(tmp_path, small_site({"terms.yaml": None, "places.yaml": None}))
    assert json.loads(file.read_text())["title"] == "stories/*.yaml: story"
