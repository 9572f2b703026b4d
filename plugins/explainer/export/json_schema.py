"""JSON Schemas of the YAML files, from which editors' programs complete and check while one types.

Made from the model (`model.py`), the sentences about its keys (`keys.yaml`) and the ids of the
site. A schema never calls wrong what `check` accepts; what it lets pass, `check` looks at. Draft 7,
which every editor reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic.json_schema import models_json_schema

from .. import model
from ..graph import Graph
from ..keys import Key, Keys
from ..model import ID_PATTERN, REFERS, SCALAR, UNNAMED, Shape
from ..validate import SECTIONS, Content

DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its schema's name, its class, and which files it is, below the content."""

    name: str
    shape: type[Shape] | None
    files: str
    is_by_id: bool = False
    """Whether it is a mapping of ids to entries of the class."""
    may_be_empty: bool = False


FILE_KINDS = (
    FileKind("annotations", model.Annotations, "articles/*.yaml", may_be_empty=True),
    FileKind("story", model.Story, "stories/*.yaml"),
    FileKind("actor", model.Actor, "actors/*.yaml"),
    FileKind("actors", model.Actor, "actors.yaml", is_by_id=True, may_be_empty=True),
    FileKind("places", model.Place, "places.yaml", is_by_id=True, may_be_empty=True),
    FileKind("terms", model.Term, "terms.yaml", is_by_id=True, may_be_empty=True),
    FileKind("issues", model.Issue, "issues.yaml", is_by_id=True, may_be_empty=True),
    FileKind("redirects", None, "redirects.yaml", is_by_id=True, may_be_empty=True),
    FileKind("site", model.SiteFile, "site.yaml"),
    FileKind("front-matter", model.FrontMatter, "articles/*.md"),
    FileKind("page", model.PageMatter, "pages/*.md"),
)


@dataclass(frozen=True, slots=True)
class SiteIds:
    """The ids of one site by kind, each with the words that are shown beside it."""

    by_kind: Mapping[str, Mapping[str, str]]

    def of(self, kind: str) -> dict[str, str]:
        """The ids of a kind, in the order of the alphabet."""
        return dict(sorted(self.by_kind.get(kind, {}).items()))


def site_ids(content: Content, graph: Graph) -> SiteIds:
    """What may be referred to: drafts and their records too, for editors write those as well."""
    records: dict[str, dict[str, str]] = {"record": {}, "event": {}, "quote": {}}
    published = [(name, entry.record) for name, entry in graph.entries.items()]
    for name, record in [*_records_with_ids(content), *published]:
        words = f"{record.kind}: {_words_of(record)}"
        records["record"][name] = words
        if record.kind in records:
            records[record.kind][name] = words
    lanes = {lane.id: lane.title for story in content.stories.values() for lane in story.lanes}
    described: dict[str, dict[str, str]] = {
        "actor": {name: f"{a.name}, {a.kind}" for name, a in content.actors.items()},
        "article": {name: a.matter.title for name, a in content.articles.items()},
        "issue": {name: issue.title for name, issue in content.issues.items()},
        "place": {name: place.name for name, place in content.places.items()},
        "story": {name: story.title for name, story in content.stories.items()},
    }
    for kind, named in described.items():  # what is in a file that cannot be read counts as known
        described[kind] = dict.fromkeys(content.known.get(kind, ()), "") | named
    return SiteIds(
        {**records, **described, "lane": lanes, "tag": dict.fromkeys(_tags(content), "")}
    )


def _tags(content: Content) -> Iterator[str]:
    """The tags that articles and events have."""
    for article in content.articles.values():
        yield from article.matter.tags
    for home in _homes(content):
        for event in home.events:
            yield from event.tags


def _homes(content: Content) -> list[model.Records]:
    """What has records: articles, with drafts, and stories."""
    return [*(article.records for article in content.articles.values()), *content.stories.values()]


def _records_with_ids(content: Content) -> Iterator[tuple[str, model.Record]]:
    """The records whose ids are written, those of drafts among them."""
    for home in _homes(content):
        for section in SECTIONS:
            for record in getattr(home, section):
                if record.id and section != "roles":
                    yield record.id, record


def _words_of(record: model.Record) -> str:
    found = (getattr(record, key, None) for key in ("title", "question", "text", "stance"))
    return next((text for text in found if text), "")


def build_schemas(ids: SiteIds, keys: Keys) -> dict[str, str]:
    """The schemas as text, by the name of their file (`annotations.json`)."""
    shapes, offers = _shapes(keys), _offers(ids)
    return {
        f"{kind.name}.json": json.dumps(_schema_of(kind, shapes, offers), ensure_ascii=False) + "\n"
        for kind in FILE_KINDS
    }


def _shapes(keys: Keys) -> dict[str, Schema]:
    """Every class as a schema, by its name."""
    wanted = [(kind.shape, "validation") for kind in FILE_KINDS if kind.shape]
    _, described = models_json_schema(cast("Any", list(dict.fromkeys(wanted))))
    classes = {name: getattr(model, name, None) for name in described["$defs"]}
    return {
        name: _shape(described["$defs"][name], shape, keys)
        for name, shape in classes.items()
        if shape is not None  # what a date is made of is never written as such
    }


def _schema_of(kind: FileKind, shapes: dict[str, Schema], offers: dict[str, Schema]) -> Schema:
    name = kind.shape.__name__ if kind.shape else ""
    entry = {"$ref": f"#/$defs/{name}"} if name else _references("any")
    top = shapes.get(name, {})
    if kind.is_by_id:
        top = {"type": "object", "propertyNames": _ID, "additionalProperties": entry}
    if kind.may_be_empty:
        top = {**top, "type": ["object", "null"]}
    return {
        "$schema": DRAFT,
        **top,
        "title": f"{kind.files}: {kind.name.replace('-', ' ')}",
        "$defs": _needed(top, {**offers, **shapes}),
    }


def _needed(top: Schema, definitions: dict[str, Schema]) -> dict[str, Schema]:
    """The definitions that a schema refers to, and those that these refer to."""
    needed: dict[str, Schema] = {}
    waiting = [top]
    while waiting:
        for name in re.findall(r'"#/\$defs/([\w-]+)"', json.dumps(waiting.pop())):
            if name not in needed:
                needed[name] = definitions[name]
                waiting.append(needed[name])
    return needed


# ------------------------------------------------------------------------------------- classes


def _shape(schema: Schema, shape: type[Shape], keys: Keys) -> Schema:
    """A class as pydantic describes it, with the sentences of its keys."""
    properties = {
        name: _described(_clean(found), keys.of(shape, name))
        for name, found in schema["properties"].items()
    }
    required = list(schema.get("required", ()))
    if shape is model.FrontMatter:  # of a page it may be missing, so the class does not ask for it
        required.append("date")
    made: Schema = {
        "type": "object",
        "description": _first_sentence(shape),
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        made["required"] = required
    return {**made, **_needs(shape)}


def _first_sentence(shape: type[Shape]) -> str:
    return " ".join((shape.__doc__ or "").split("\n\n")[0].split())


def _needs(shape: type[Shape]) -> Schema:
    """What a record must have unless it adds to another; a claim and a response have a choice."""
    words = [{"required": ["quote"]}, {"required": ["actor", "text"]}]
    if shape is model.Response:
        return {"anyOf": words}
    if shape is model.Claim:
        return {"if": {"required": ["same"]}, "else": {"anyOf": words}}
    if issubclass(shape, model.Record) and shape.required:
        return {"if": {"required": ["same"]}, "else": {"required": list(shape.required)}}
    return {}


def _described(schema: Schema, key: Key | None) -> Schema:
    """The schema of a key with what is said of it."""
    if key is None:
        return schema
    if "$ref" in schema:  # beside a reference, draft 7 reads nothing
        schema = {"allOf": [schema]}
    schema = {**schema, "description": key.says}
    if key.example is not None:
        schema["examples"] = [_as_typed(key.example, schema)]
    return schema


def _as_typed(example: Any, schema: Schema) -> Any:
    """A number where one would be typed: `2015`, not `"2015"`."""
    if isinstance(example, str) and re.fullmatch(r"-?[1-9]\d*(\.\d+)?", example):
        return json.loads(example)
    return example


def _clean(schema: Schema) -> Schema:
    """pydantic's schema of a value, without what YAML's editors cannot use."""
    if REFERS in schema:
        return _references(schema[REFERS])
    if "const" in schema:
        return {"enum": _as_read(schema["const"])}
    if "enum" in schema:
        return {"enum": schema["enum"]}
    if schema.get("type") in ("number", "integer"):
        number = _only(schema, "type", "minimum", "maximum")
        return {
            "anyOf": [number, {"type": "string", "pattern": r"^\s*[+-]?[0-9.][0-9_.eE+-]*\s*$"}]
        }
    if schema.get("type") == "string" and "pattern" not in schema:
        return dict(SCALAR)
    if schema.get("type") == "array":
        items = {"items": _clean(schema["items"])}
        return _only(schema, "type", "minItems", "maxItems") | items
    if "anyOf" in schema:
        parts = [_clean(part) for part in schema["anyOf"] if part.get("type") != "null"]
        return parts[0] if len(parts) == 1 else {"anyOf": parts} | _only(schema, "maxLength")
    return {key: value for key, value in schema.items() if key not in ("title", "default")}


def _only(schema: Schema, *keys: str) -> Schema:
    """The part of a schema that has these keys."""
    return {key: value for key, value in schema.items() if key in keys}


# ----------------------------------------------------------------------------------------- ids

#: The form of an id; YAML reads `2022` as a number and `true` as a truth.
_ID: Schema = {"type": ["string", "number", "boolean"], "pattern": ID_PATTERN, "maxLength": 80}

#: Kinds whose ids stand in files of their own, so that an unknown one is most likely a slip.
_KINDS = {
    "actor": "actors.yaml or actors/",
    "article": "articles/",
    "issue": "issues.yaml",
    "place": "places.yaml",
    "story": "stories/",
}


def _references(kind: str) -> Schema:
    return {"$ref": f"#/$defs/{_name_of(kind)}"}


def _name_of(kind: str) -> str:
    return "id" if kind == "nothing" else kind.replace(" ", "-") + "-id"


def _offers(ids: SiteIds) -> dict[str, Schema]:
    """For each kind of reference, what may stand there.

    Records are offered only: most are made in the very file that refers to them, so that those
    which are not known yet are not refused.
    """
    unnamed = {UNNAMED: "somebody without a name"}
    actors = ids.of("actor")
    who = _one_of(actors | unnamed, "actor") if actors else _or_one_of(_ID, unnamed)
    everything = {name: words for kind in _KINDS for name, words in ids.of(kind).items()}
    by_kind = {
        "nothing": _ID,
        **{kind: _one_of(ids.of(kind), kind) for kind in _KINDS},
        **{kind: _or_one_of(_ID, ids.of(kind)) for kind in ("record", "event", "quote")},
        "date or event": _or_one_of(SCALAR, ids.of("event")),
        "lane": _or_one_of(SCALAR, ids.of("lane")),
        "tag": _or_one_of(SCALAR, ids.of("tag")),
        "any": _or_one_of(SCALAR, {**everything, **ids.of("record")}),
        "who": _who(who),
    }
    return {_name_of(kind): offer for kind, offer in by_kind.items()}


def _who(actor: Schema) -> Schema:
    """An actor's id, or one `id: words`."""
    pair = {
        "type": "object",
        "propertyNames": actor,
        "additionalProperties": SCALAR,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {"anyOf": [actor, pair]}


def _one_of(known: Mapping[str, str], kind: str) -> Schema:
    """An id that is known; the message is that of the language server of VS Code."""
    if not known:
        return _ID
    message = f"No {kind} of this site has this id; they stand in {_KINDS[kind]}."
    return {
        **_choice(known),
        "errorMessage": f"{message} Is it new? Then `make check` makes it known here.",
    }


def _or_one_of(otherwise: Schema, known: Mapping[str, str]) -> Schema:
    return {"anyOf": [otherwise, _choice(known)]} if known else otherwise


def _choice(known: Mapping[str, str]) -> Schema:
    """A choice of ids with words beside them."""
    values = [(value, words) for name, words in known.items() for value in _as_read(name)]
    return {
        "enum": [value for value, _ in values],
        "enumDescriptions": [words for _, words in values],
    }


def _as_read(name: str) -> Iterable[Any]:
    """A text as itself and, where YAML takes it for one, as the number or truth."""
    if name in ("true", "false"):
        return [name, name == "true"]
    if re.fullmatch(r"0x[0-9a-f]+|0o[0-7]+", name):
        return [name, int(name, 0)]
    if re.fullmatch(r"[0-9]+", name):
        return [name, int(name)]
    if re.fullmatch(r"[0-9]+e[0-9]+", name):
        return [name, float(name)]
    return [name]
