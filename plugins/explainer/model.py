"""The records that editors write, as frozen typed values, one class a kind of record.

Input is the tree of a file (`tree.py`): every scalar is text, and the types are given here.
`read_record` turns a node into a record or into problems, all of them. References are ids here;
they are resolved in `link.py`, once everything is loaded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal, Protocol, TypeVar, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError

from .dates import Date, DateError, parse_date
from .problems import Location, Problem, did_you_mean, suggestion
from .tree import Later, Mapping, Node, Path, Scalar, Sequence, Unread, follow, locate, locate_key
from .which_record import mix_up

FORMAT = "1"
MAX_TITLE = 200
ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN)
_DEVICE = re.compile(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$")
URL_PATTERN = (
    r"^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+[^\s]*"
    r"|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s@]+@[^\s@]+|/(?!/)[^\s\\]*)$"
)
_URL = re.compile(URL_PATTERN)

_DOMAIN = re.compile(r"^[\w-]+(\.[\w-]+)+(/\S*)?$")


# ------------------------------------------------------------------------------------- scalars


def is_id(text: str) -> bool:
    """Whether a text may be an id: lower-case ASCII words joined by hyphens, at most 80 long."""
    return len(text) <= 80 and bool(_ID.fullmatch(text)) and not _DEVICE.match(text)


def slugify(text: str) -> str:
    """The id nearest to a text: ASCII letters and digits, lower case, joined by hyphens.

    Accents and apostrophes fall out, straight or curved; everything else parts words.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = re.sub("[\u0300-\u036f'\u2018\u2019\u02bc]", "", plain)
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")


def id_hints(text: str) -> tuple[str, ...]:
    """What an editor is told about a text that cannot be an id."""
    if _DEVICE.match(text):
        return (f"Windows keeps the file name '{text}' for itself; choose another",)
    if "," in text:
        return (f"several are written as a list in brackets: [{text}]",)
    foreign = sorted({letter for letter in text if letter in _LOOKALIKES})
    near = slugify("".join(_LOOKALIKES.get(letter, letter) for letter in text))
    return (
        "an id has the letters a to z, digits and single hyphens, and 80 characters at most",
        *(
            f"'{letter}' is {unicodedata.name(letter)}, not a letter of a to z"
            for letter in foreign
        ),
        *((f"did you mean '{near}'?",) if is_id(near) else ()),
    )


#: Letters of other alphabets that look like ours.
_LOOKALIKES = dict(zip("асеорхуіјѕԁһοαν", "aceopxyijsdhoav", strict=True))


def not_an_id(text: str) -> str:
    """The message on a text that cannot be an id."""
    return f"'{text}' cannot be an id"


def _check_id(value: object, *more: str) -> object:
    """The value, if it may be an id; `more` is said where it may not."""
    if isinstance(value, str) and not is_id(value):
        raise PydanticCustomError(
            "bad-id", "{message}", {"message": not_an_id(value), "help": (*id_hints(value), *more)}
        )
    return value


def _check_url(value: object) -> object:
    if isinstance(value, str) and not _URL.match(value):
        raise PydanticCustomError(
            "bad-url",
            "'{value}' is not an address that may be linked",
            {
                "value": value,
                "help": (
                    "allowed are https://…, http://…, mailto:… and /paths on this site",
                    *((f"did you mean 'https://{value}'?",) if _DOMAIN.match(value) else ()),
                ),
            },
        )
    return value


def _check_title(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_TITLE:
        raise PydanticCustomError(
            "too-long",
            "the text has {count} characters, and at most {most} are allowed here",
            {
                "count": len(value),
                "most": MAX_TITLE,
                "help": ("shorten it: details belong in the text",),
            },
        )
    return value


def _parse_date(value: object, info: ValidationInfo) -> object:
    # `[A..B]`, one day between, is what YAML reads as a list of one element.
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = f"[{value[0]}]"
    if isinstance(value, list | dict):
        raise PydanticCustomError(
            "wrong-type",
            "a date is one text such as 2025-12-14, not {kind}",
            {
                "kind": _kind_of(value),
                "help": (
                    "a span is written 2025-12-14/2025-12-16",
                    "one day between two is written [2025-12-14..2025-12-16]",
                ),
            },
        )
    if not isinstance(value, str):
        return value
    try:
        return parse_date(value, (info.context or {}).get("zone"))
    except DateError as error:
        hints = bad_date_hints(value, error)
        raise PydanticCustomError(
            "bad-date", "{message}", {"message": error.message, "help": hints}
        ) from None


_NO_YEAR = "a date begins with the year, in four digits; as much of it as is known will do"
#: What is said of a text that is no date and resembles none.
_DATE_HINTS = (
    (r"\d:\d\d|\d ?[ap]\.?m\b", "a time stands behind a day: 2025-12-14T10:30"),
    (r"\d{4}", "the year comes first, then the month and the day: 2025-12-14"),
    (r"", _NO_YEAR),
)


def bad_date_hints(text: str, error: DateError) -> tuple[str, ...]:
    """What an editor is told beside the message of a text that is no date."""
    if error.suggestion:
        return (f"did you mean '{error.suggestion}'?",)
    if "is not a date" not in error.message:  # an impossible one, and the message says why
        return ()
    return next((hint,) for pattern, hint in _DATE_HINTS if re.search(pattern, text, re.I))


def _parse_bool(value: object) -> object:
    if isinstance(value, str) and value.lower() in {"true", "yes"}:
        return True
    if isinstance(value, str) and value.lower() in {"false", "no"}:
        return False
    return value


def _listed(value: object) -> object:
    """One value where a list is meant is a list of one."""
    return value if isinstance(value, list) else [value]


# ---- the same for an editor's program: what it may not mark as wrong. YAML gives it numbers and
# ---- booleans where we read text (`date: 2022`, `title: 1984`, `role: No`).


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a field that holds the id of something; its JSON Schema offers the ids that exist."""

    kind: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {REFERS: self.kind}


class _OrOne:
    """Marks a list in whose place one item may stand."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


class _OrText:
    """Marks a mapping in whose place a text may stand."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [SCALAR, handler(schema)]}


#: In a JSON Schema, where the ids of a kind are to be offered; `export/json_schema.py` does.
REFERS = "x-refers-to"
SCALAR: JsonSchemaValue = {
    "anyOf": [
        {"type": ["string", "number"], "minLength": 1},
        # A boolean, said so that no editor offers `true` and `false` where text is meant.
        {"not": {"type": ["string", "number", "object", "array", "null"]}},
    ]
}
_FLAG: JsonSchemaValue = {
    "anyOf": [
        {"type": "boolean"},
        {"enum": [0, 1]},
        # pydantic's words for the two, in capitals or not: draft 7 has no switch for that.
        {
            "type": "string",
            "pattern": "^([01]|[Oo][Nn]|[Oo][Ff][Ff]|[TtFfYyNn]|[Tt][Rr][Uu][Ee]"
            "|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])$",
        },
    ]
}
_DATE: JsonSchemaValue = {
    "anyOf": [
        {"type": ["string", "integer"], "minLength": 1},
        # `[A..B]`
        {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1, "maxItems": 1},
    ]
}


Text = Annotated[str, Field(min_length=1), WithJsonSchema(SCALAR)]
Title = Annotated[
    str,
    BeforeValidator(_check_title),
    Field(min_length=1),
    WithJsonSchema({**SCALAR, "maxLength": MAX_TITLE}),
]
Id = Annotated[str, BeforeValidator(lambda value: _check_id(value)), RefersTo("nothing")]
Url = Annotated[
    str, BeforeValidator(_check_url), WithJsonSchema({"type": "string", "pattern": URL_PATTERN})
]
DateField = Annotated[Date, BeforeValidator(_parse_date), WithJsonSchema(_DATE)]
Flag = Annotated[bool, BeforeValidator(_parse_bool), WithJsonSchema(_FLAG)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_listed), _OrOne()]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), _OrOne()]

ActorId = Annotated[Id, RefersTo("actor")]
ActorIds = Annotated[tuple[ActorId, ...], BeforeValidator(_listed), _OrOne()]
ArticleIds = Annotated[
    tuple[Annotated[Id, RefersTo("article")], ...], BeforeValidator(_listed), _OrOne()
]
EventId = Annotated[Id, RefersTo("event")]
EventIds = Annotated[tuple[EventId, ...], BeforeValidator(_listed), _OrOne()]
IssueId = Annotated[Id, RefersTo("issue")]
PlaceId = Annotated[Id, RefersTo("place")]
QuoteId = Annotated[Id, RefersTo("quote")]
RecordId = Annotated[Id, RefersTo("record")]
RecordIds = Annotated[tuple[RecordId, ...], BeforeValidator(_listed), _OrOne()]
StoryId = Annotated[Id, RefersTo("story")]
StoryIds = Annotated[tuple[StoryId, ...], BeforeValidator(_listed), _OrOne()]
#: A date, or the id of an event that stands for its date.
DateOrEvent = Annotated[Text, RefersTo("date or event")]
LaneId = Annotated[Text, RefersTo("lane")]
#: Words of which those that are in use are offered.
Tags = Annotated[tuple[Annotated[Text, RefersTo("tag")], ...], BeforeValidator(_listed), _OrOne()]

#: Words in place of an actor's id for somebody who is not named.
UNNAMED = "unnamed"


# -------------------------------------------------------------------------------------- shapes


class Shape(BaseModel):
    """Anything that is written as a mapping; knows the node it was read from."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, str_strip_whitespace=True
    )

    _node: Mapping | Later | None = PrivateAttr(default=None)
    _is_whole: bool = PrivateAttr(default=True)

    @property
    def is_whole(self) -> bool:
        """False for what `read_remains` kept of a record that is wrong."""
        return bool(_own(self)["_is_whole"])

    @model_validator(mode="wrap")
    @classmethod
    def _keep_node(cls, data: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        record = handler(data)
        node = getattr(data, "node", None)
        if node is not None:
            # Where `record._node = node` ends, past all that it asks of the record before.
            record.__pydantic_private__["_node"] = node
        return record

    def __eq__(self, other: object) -> bool:
        """Equal by what is written, wherever it is written."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def look_up_later(self, later: dict[int, Later]) -> None:
        """Have another stand for the node, by that node's id: it is the same, found when asked."""
        own = _own(self)
        own["_node"] = later.get(id(own["_node"]), own["_node"])

    def where(self, *path: str | int) -> Location:
        """The place of the record, or of what a path inside of it leads to."""
        node = mapping_of(self)
        return locate(node, path) if node else Location("?")

    def node_of(self, key: str) -> Node | None:
        """What the editor wrote under a key, or None."""
        node = mapping_of(self)
        return node.get(key) if node else None

    def where_key(self, *path: str | int) -> Location:
        """The place of a key inside the record."""
        node = mapping_of(self)
        return locate_key(node, path) if node else Location("?")


def _own(shape: Shape) -> dict[str, Any]:
    """The private attributes of a shape, without the search of all others that `shape._x` is."""
    return shape.__pydantic_private__ or {}


def mapping_of(shape: Shape) -> Mapping | None:
    """The mapping that a shape was read from, None for one that was made otherwise."""
    node: Mapping | Later | None = _own(shape)["_node"]
    return node.node if isinstance(node, Later) else node


class Who(Shape):
    """An actor at one place: the id, and the words that the editor put beside it.

    Written as `merz`, `{merz: host}` or `{unnamed: some partners in the US and Europe}`.
    """

    actor: str
    words: str = ""

    @property
    def is_unnamed(self) -> bool:
        """Whether this is somebody without a name, and so without a profile."""
        return self.actor == UNNAMED


def _parse_who(value: object) -> object:
    if isinstance(value, str):
        return {"actor": _check_id(value, *([] if "," in value else _who_hints(value)))}
    if isinstance(value, dict) and len(value) == 1:
        [(actor, words)] = value.items()
        if isinstance(words, list | dict):
            raise PydanticCustomError(
                "wrong-type", "the words beside '{actor}' must be text", {"actor": actor}
            )
        return {"actor": _check_id(actor), "words": words or ""}  # empty: reported already
    hint = "for example: actors: [merz, {zelenskiy: for Ukraine}]"
    if isinstance(value, dict) and all(isinstance(words, str) for words in value.values()):
        several = ", ".join(f"{{{actor}: {words}}}" for actor, words in value.items())
        hint = f"several are written as a list: [{several}]"
    raise PydanticCustomError(
        "wrong-type", "an actor is written as an id, or as one 'id: words'", {"help": (hint,)}
    )


def _who_hints(words: str) -> tuple[str, ...]:
    """What may be meant by words in place of an actor's id."""
    new = slugify(words)
    line = f"'{new}: {{name: {words}, kind: person}}'"
    listing = f"for an actor who is not listed yet: '{new}' here, {line} in content/actors.yaml"
    return (*((listing,) if new else ()), f"for somebody who has no id: {{unnamed: {words}}}")


Actors = Annotated[
    tuple[Annotated[Who, BeforeValidator(_parse_who), RefersTo("who")], ...],
    BeforeValidator(_listed),
    _OrOne(),
]


class Selector(Shape):
    """W3C's TextQuoteSelector: exact words, and what stands before and behind them.

    Written as text, `exact` may be `A ... B`: from A to B.
    """

    exact: Text
    prefix: str = ""
    suffix: str = ""

    @property
    def is_literal(self) -> bool:
        """Whether it is written as a mapping: then `...` are the article's own dots."""
        return _own(self)["_node"] is not None


def _parse_selector(value: object) -> object:
    return {"exact": value} if isinstance(value, str) else value


Passage = Annotated[Selector, BeforeValidator(_parse_selector), _OrText()]
Evidence = Annotated[tuple[Passage, ...], BeforeValidator(_listed), _OrOne()]


class Source(Shape):
    """A publication outside the site."""

    title: Title
    url: Url | None = None
    publisher: Text | None = None
    date: DateField | None = None
    archive_url: Url | None = None


Sources = Annotated[tuple[Source, ...], BeforeValidator(_listed), _OrOne()]


class Image(Shape):
    """A picture with the words that must stand beside it; `file` lies below content/images/."""

    file: Text
    alt: Text
    credit: Text | None = None
    caption: Text | None = None
    licence: Text | None = None


class Record(Shape):
    """What every record has."""

    kind: ClassVar[str] = "record"
    required: ClassVar[tuple[str, ...]] = ()
    """What must be there unless the record says `same`."""

    id: Id | None = None
    was: Ids = ()
    same: RecordId | None = None
    evidence: Evidence = ()
    rests_on: RecordIds = ()
    sources: Sources = ()
    according_to: Actors = ()
    note: Text | None = None
    todo: Texts = ()
    allow: Texts = ()
    added: DateField | None = None
    updated: DateField | None = None


class WebLink(Shape):
    """A link with its words; a picture or film elsewhere has a credit."""

    title: Title
    url: Url
    credit: Text | None = None


Status = Literal["happened", "ongoing", "planned", "proposed", "agreed", "refused", "cancelled"]
Weight = Literal["turning-point", "major", "minor"]


class Event(Record):
    """Something that happened, is happening or is planned."""

    kind: ClassVar[str] = "event"
    required: ClassVar[tuple[str, ...]] = ("title",)

    title: Title | None = None
    text: Text | None = None
    date: DateField | None = None
    date_note: Text | None = None
    date_text: Text | None = None
    after: EventIds = ()
    before: EventIds = ()
    status: Status | None = None
    actors: Actors = ()
    actors_note: Text | None = None
    place: PlaceId | None = None
    lane: LaneId | None = None
    tags: Tags = ()
    weight: Weight | None = None
    stories: StoryIds = ()
    image: Image | None = None
    links: tuple[WebLink, ...] = ()


class Quote(Record):
    """An actor's own words. `text` is verbatim, or a selector into the article."""

    kind: ClassVar[str] = "quote"
    required: ClassVar[tuple[str, ...]] = ("actor", "text")

    actor: Actors = ()
    text: Text | None = None
    event: EventId | None = None
    date: DateField | None = None
    place: PlaceId | None = None
    lang: Text | None = None


class Position(Record):
    """Where an actor stands on an issue, from a date on."""

    kind: ClassVar[str] = "position"
    required: ClassVar[tuple[str, ...]] = ("actor", "issue", "stance")

    actor: Actors = ()
    issue: IssueId | None = None
    stance: Text | None = None
    move: Literal["proposes", "demands", "refuses"] | None = None
    """Puts the position on the story's board of what is agreed, proposed and refused."""
    since: DateOrEvent | None = None
    until: DateOrEvent | None = None


class Response(Shape):
    """What an actor answered to a claim: a text with evidence, or a quote."""

    actor: Actors = ()
    quote: QuoteId | None = None
    kind: Literal["denies", "confirms", "comments"]
    text: Text | None = None
    evidence: Evidence = ()
    rests_on: RecordIds = ()
    sources: Sources = ()
    according_to: Actors = ()
    date: DateField | None = None


class Verdict(Shape):
    """What the editors found of a claim. YAML's `is` is the verdict itself."""

    verdict: Literal["confirmed", "refuted", "unproven"] = Field(alias="is")
    date: DateField | None = None
    why: Text
    sources: Sources = ()


class Claim(Record):
    """A statement of fact by an actor that others may dispute."""

    kind: ClassVar[str] = "claim"

    actor: Actors = ()
    text: Text | None = None
    quote: QuoteId | None = None
    date: DateField | None = None
    responses: tuple[Response, ...] = ()
    verdict: Verdict | None = None


class Question(Record):
    """Something a reader would ask, with the answer as known so far."""

    kind: ClassVar[str] = "question"
    required: ClassVar[tuple[str, ...]] = ("question",)

    question: Title | None = None
    answer: Text | None = None
    status: Literal["open", "answered"] | None = None


class Role(Record):
    """What an actor is or was, of what, and when."""

    kind: ClassVar[str] = "role"
    required: ClassVar[tuple[str, ...]] = ("role",)

    actor: Actors = ()
    role: Title | None = None
    of: ActorId | None = None
    start: DateField | None = Field(default=None, alias="from")
    end: DateField | None = Field(default=None, alias="to")


class Tie(Record):
    """A dated relation to another actor ("adviser to", "member of", "rival of")."""

    kind: ClassVar[str] = "tie"
    required: ClassVar[tuple[str, ...]] = ("tie", "actor")

    tie: Title | None = None
    actor: ActorId | None = None
    start: DateField | None = Field(default=None, alias="from")
    end: DateField | None = Field(default=None, alias="to")


class Records(Shape):
    """The sections of records that an article's sidecar and a story share."""

    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    positions: tuple[Position, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Question, ...] = ()


class Annotations(Records):
    """`articles/<slug>.yaml`."""


class Short(Shape):
    """The story in a few sentences of Markdown, whose links lead to records."""

    text: Text
    date: DateField | None = None


class Era(Shape):
    """A named stretch of time."""

    id: Id | None = None
    title: Title
    date: DateField


class Lane(Shape):
    """A row of the timeline's picture."""

    id: Id
    title: Title


class Change(Shape):
    """A dated line of what changed in a story."""

    date: DateField
    text: Text
    records: RecordIds = ()


class Story(Records):
    """`stories/<id>.yaml`: a running subject that many articles belong to."""

    title: Title
    summary: Text | None = None
    short: Short | None = None
    eras: tuple[Era, ...] = ()
    lanes: tuple[Lane, ...] = ()
    changes: tuple[Change, ...] = ()
    image: Image | None = None
    sources: Sources = ()
    tags: Texts = ()
    note: Text | None = None
    todo: Texts = ()
    was: Ids = ()
    allow: Texts = ()


class Actor(Shape):
    """A person, organization, country or group that acts or speaks."""

    name: Title
    kind: Literal["person", "organization", "country", "group"]
    aliases: Texts = ()
    also: Texts = ()
    born: DateField | None = None
    died: DateField | None = None
    founded: DateField | None = None
    ended: DateField | None = None
    roles: tuple[Role, ...] = ()
    ties: tuple[Tie, ...] = ()
    summary: Text | None = None
    image: Image | None = None
    links: tuple[WebLink, ...] = ()
    same_as: Annotated[tuple[Url, ...], BeforeValidator(_listed), _OrOne()] = ()
    sources: Sources = ()
    was: Ids = ()
    note: Text | None = None
    todo: Texts = ()
    allow: Texts = ()


class Place(Shape):
    """A named location."""

    name: Title
    text: Text | None = None
    also: Texts = ()
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    sources: Sources = ()
    was: Ids = ()
    todo: Texts = ()
    allow: Texts = ()


class Term(Shape):
    """A glossary entry."""

    name: Title
    text: Text
    aliases: Texts = ()
    sources: Sources = ()
    was: Ids = ()
    todo: Texts = ()
    allow: Texts = ()


class Issue(Shape):
    """A question on which actors take positions."""

    title: Title
    text: Text | None = None
    was: Ids = ()
    todo: Texts = ()
    allow: Texts = ()


class CorrectionLine(Shape):
    """A correction of an article: what was mended, and the old words."""

    date: DateField
    text: Text
    was: Text | None = None


class EditorNote(Shape):
    """An editor's note at words of the article."""

    at: Passage
    text: Text


class MentionRules(Shape):
    """Which actors are not linked in the text."""

    exclude: ActorIds = Field(default=(), alias="not")


class Recommended(Shape):
    """The editor's pins and blocks for "Recommended For You"."""

    pin: ArticleIds = ()
    block: ArticleIds = ()


class FrontMatter(Shape):
    """What stands at the head of an article."""

    title: Title
    kind: Literal["article", "brief"] = "article"
    date: DateField | None = None
    written: DateField | None = None
    modified: DateField | None = None
    status: Literal["published", "draft"] = "published"
    authors: Texts = ()
    dateline: Text | None = None
    summary: Text | None = None
    image: Image | None = None
    tags: Tags = ()
    story: StoryId | None = None
    lang: Text | None = None
    evergreen: Flag = False
    mentions: MentionRules = MentionRules()
    recommended: Recommended = Recommended()
    sources: Sources = ()
    corrections: tuple[CorrectionLine, ...] = ()
    notes: tuple[EditorNote, ...] = ()
    was: Ids = ()
    link: Url | None = None
    allow: Texts = ()
    todo: Texts = ()


class PageMatter(Shape):
    """What stands at the head of a static page."""

    title: Title
    summary: Text | None = None
    order: int = 100
    menu: Flag = False


class SiteFile(Shape):
    """`site.yaml`: in which version of this format the content is written."""

    format: Literal["1"]


# ------------------------------------------------------------------------------------- reading


class _Located(dict[str, Any]):
    """A mapping's data with the node it comes from."""

    node: Mapping | None = None


S = TypeVar("S", bound=Shape)


def read_record(
    shape: type[S], node: Node, *, zone: object = None, what: str = "the file"
) -> tuple[S | None, list[Problem]]:
    """A record of the class `shape` from a node, or None and all that is wrong with it.

    Empty values are problems of their own; what hangs on them is not reported twice. `zone` is
    the time zone of times without an offset.
    """
    if isinstance(node, Unread):
        return None, []
    if not isinstance(node, Mapping):
        is_empty = isinstance(node, Scalar) and node.is_empty
        message = f"{what} is empty" if is_empty else f"{what} must be {_MAPPING}"
        hints = _shape_hints(shape)
        code = "empty-value" if is_empty else "wrong-type"
        return None, [Problem(code, node.location, message, hints)]
    problems: list[Problem] = []
    refused: set[Path] = set()
    data = _as_data(node, (), problems, refused, shape)
    try:
        record = shape.model_validate(data, context={"zone": zone})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        misspelt = {_meant(detail, shape) for detail in details}
        for detail in details:
            if not _is_explained(detail, refused, misspelt):
                problems.append(_as_problem(detail, node, shape))
        return None, problems
    return (None if problems or refused else record), problems


class ReadRecord(Protocol):
    """`read_record`, or what gives the same."""

    def __call__(
        self, shape: type[S], node: Node, *, zone: object = None, what: str = "the file"
    ) -> tuple[S | None, list[Problem]]: ...


def read_remains(shape: type[S], node: Node, *, zone: object = None) -> S | None:
    """What is sound of a record that `read_record` refuses; None where nothing can be kept.

    The wrong keys are left out, and a text that is missing is a question mark. It is never shown:
    its references are checked with the others, so that one mistake does not hide the next.
    """
    if not isinstance(node, Mapping):
        return None
    refused: set[Path] = set()
    data = _as_data(node, (), [], refused, shape)
    for path in refused:
        data.pop(path[0], None)
    for _ in range(3):
        try:
            record = shape.model_validate(data, context={"zone": zone})
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                key = detail["loc"][0] if detail["loc"] else None
                if detail["type"] == "missing" and len(detail["loc"]) == 1:
                    data[key] = "?"
                else:
                    data.pop(key, None)
        else:
            record._is_whole = False
            return record
    return None


def _as_data(
    node: Node, path: Path, problems: list[Problem], refused: set[Path], shape: type[Shape]
) -> Any:
    match node:
        case Scalar():
            if node.is_empty:
                problems.append(_empty_value(node, path, shape))
                refused.add(path)
                return None
            return node.value
        case Unread():
            refused.add(path)
            return None
        case Sequence():
            return [
                _as_data(item, (*path, index), problems, refused, shape)
                for index, item in enumerate(node.items)
            ]
    data = _Located()
    data.node = node
    for key, value in node.entries:
        data[key.value] = _as_data(value, (*path, key.value), problems, refused, shape)
    return data


def _empty_value(node: Scalar, path: Path, shape: type[Shape]) -> Problem:
    hint = "write a value, or delete the whole line"
    if path and _is_needed(_shape_at(shape, path[:-1]), str(path[-1])):
        hint = "write a value; it is needed"
    name = f"'{path[-1]}'" if path else "the file"
    if path and isinstance(path[-1], int):
        name, hint = f"an item of '{_key_of(path)}'", "write a value, or delete the item"
    return Problem("empty-value", node.location, f"{name} is empty", (hint,))


def _is_needed(shape: type[BaseModel], key: str) -> bool:
    return key in getattr(shape, "required", ()) or any(
        info.is_required() for name, info in shape.model_fields.items() if key in (name, info.alias)
    )


def _key_of(path: Path) -> str:
    """The innermost key of a path."""
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "value")


def _meant(detail: ErrorDetails, shape: type[Shape]) -> Path | None:
    """The key that an unknown key was probably meant to be."""
    path = detail["loc"]
    if detail["type"] != "extra_forbidden":
        return None
    near = _nearest_key(str(path[-1]), _keys_at(shape, path[:-1]))
    return (*path[:-1], near) if near else None


#: What editors write for a key that has another name here; the first that is known is meant.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "headline": ("title", "question"),
    "name": ("title",),
    "title": ("question", "name", "role", "text"),
    "heading": ("title",),
    "description": ("text", "summary"),
    "body": ("text",),
    "content": ("text",),
    "words": ("text",),
    "quote": ("text",),
    "byline": ("authors",),
    "by": ("authors", "actor"),
    "writer": ("authors",),
    "published": ("date",),
    "when": ("date",),
    "day": ("date",),
    "speaker": ("actor",),
    "person": ("actor", "actors"),
    "who": ("actors", "actor"),
    "people": ("actors", "actor"),
    "where": ("place",),
    "location": ("place",),
    "city": ("place",),
    "topic": ("issue", "tags"),
    "subject": ("issue", "tags"),
    "position": ("stance",),
    "opinion": ("stance",),
    "passage": ("evidence",),
    "proof": ("evidence",),
    "citation": ("evidence",),
    "link": ("url",),
    "href": ("url",),
    "importance": ("weight",),
    "type": ("kind",),
    "category": ("tags", "lane"),
    "keywords": ("tags",),
    "answers": ("responses",),
    "reply": ("responses",),
    "start": ("from", "date"),
    "end": ("to",),
    "comment": ("note",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "lng": ("longitude",),
}


def _nearest_key(name: str, known: Iterable[str]) -> str | None:
    """The key that was probably meant: one of another name, or one that is spelt nearly so."""
    keys = tuple(known)
    other = next((key for key in _SYNONYMS.get(name.lower(), ()) if key in keys), None)
    return name.lower() if name.lower() in keys else other or did_you_mean(name, keys)


def example(shape: type[BaseModel]) -> str:
    """The least that is written of a shape: `{name: …, kind: person}`."""
    needed = [f.alias or n for n, f in shape.model_fields.items() if f.is_required()]
    needed += getattr(shape, "required", ())
    needed += ["url"] if "url" in shape.model_fields and "url" not in needed else []
    return f"{{{', '.join(f'{key}: {_example_of(shape, key)}' for key in needed)}}}"


def _example_of(shape: type[BaseModel], key: str) -> str:
    """A value that a key may have: the first word of a choice, a date, else three dots."""
    for name, info in shape.model_fields.items():
        if key in (name, info.alias):
            choices = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
            return str(choices[0]) if choices else "2025-12" if info.annotation is Date else "…"
    return "…"


def _missing_hints(shape: type[BaseModel], key: str) -> tuple[str, ...]:
    """What to add where a key is missing, and which words it takes."""
    info = next(f for name, f in shape.model_fields.items() if key in (name, f.alias))
    words = get_args(info.annotation) if get_origin(info.annotation) is Literal else ()
    allowed = (f"allowed: {', '.join(map(str, words))}",) if words else ()
    return (f"add '{key}: {_example_of(shape, key)}'", *allowed)


def _shape_hints(shape: type[BaseModel]) -> tuple[str, ...]:
    keys = (f"its keys are: {', '.join(_keys_at(shape, ()))}",)
    least = example(shape)
    if issubclass(shape, Records):
        return ("records stand in a list below one of its keys, such as 'events:'", *keys)
    return keys if least == "{}" else (f"for example: {least}", *keys)


def _is_explained(detail: ErrorDetails, refused: set[Path], misspelt: set[Path | None]) -> bool:
    """Whether pydantic only repeats what an empty or misspelt key has said already."""
    path = detail["loc"]
    if detail["type"] == "missing":
        return path in misspelt
    if detail["type"] == "extra_forbidden":
        return False
    return any(path[: len(known)] == known for known in refused) or any(
        known[: len(path)] == path for known in refused if detail["input"] is None
    )


#: The keys of the kinds of records that are taken for one another.
_KEYS_OF_KINDS = {
    shape.kind: tuple(shape.model_fields)
    for shape in (Event, Quote, Position, Claim, Question, Role)
}


def _as_problem(detail: ErrorDetails, node: Mapping, shape: type[Shape]) -> Problem:
    """One of pydantic's errors as a problem in our words."""
    path = tuple(step for step in detail["loc"] if isinstance(step, str | int))
    kind, context = detail["type"], detail.get("ctx", {})
    value = detail["input"]
    place = locate(node, path)
    name = _key_of(path)
    hints: tuple[str, ...]
    match kind:
        case "extra_forbidden":
            known = _keys_at(shape, path[:-1])
            near = _nearest_key(name, known)
            hints = (f"did you mean '{near}'?",) if near else (f"known keys: {', '.join(known)}",)
            if len(path) == 1 and issubclass(shape, Record):
                hints = mix_up(shape.kind, name, _KEYS_OF_KINDS) or hints
            return Problem("unknown-key", locate_key(node, path), f"unknown key '{name}'", hints)
        case "missing":
            inside = f" in '{_key_of(path[:-1])}'" if len(path) > 1 else ""
            hints = _missing_hints(_shape_at(shape, path[:-1]), name)
            place = locate(node, path[:-1])
            return Problem("missing-key", place, f"'{name}' is missing{inside}", hints)
        case "literal_error":
            return _bad_choice(place, name, value, str(context.get("expected", "")))
        case "string_too_short":
            return Problem("empty-value", place, f"'{name}' is empty")
        case "float_parsing":
            hints = ("a number is digits, a point and perhaps a minus: 52.52 or -13.4",)
            return replace(_wrong_type(detail, node, shape), help=hints)
        case _ if kind in _EXPECTED:
            return _wrong_type(detail, node, shape)
        case "greater_than_equal" | "less_than_equal":
            limit = float(context["ge"] if "ge" in context else context["le"])
            side = "at least" if "ge" in context else "at most"
            message = f"'{name}' must be {side} {limit:g}, not {value}"
            return Problem("bad-number", place, message, _number_hints(name, str(value), limit))
    hints = tuple(context.get("help", ()))
    if _NO_YEAR in hints and _shape_at(shape, path[:-1]) is Event:
        hints += ("an event whose date nobody knows has no 'date': delete the line",)
    return Problem(kind, place, detail["msg"], hints)


def _number_hints(name: str, value: str, limit: float) -> tuple[str, ...]:
    """What a degree that is out of range was probably meant to be."""
    digits = re.sub(r"\D", "", value)
    if abs(float(value)) <= 2 * abs(limit):
        return ("is it the longitude?",) if name == "latitude" else ()
    sign = "-" if value.startswith("-") else ""
    meant = [f"{sign}{digits[:at]}.{digits[at:]}" for at in (2, 3) if len(digits) > at]
    fitting = [words for words in meant if abs(float(words)) <= abs(limit)]
    return (f"a decimal point lost? {' or '.join(fitting)}",) if fitting else ()


def _wrong_type(detail: ErrorDetails, node: Mapping, shape: type[Shape]) -> Problem:
    path, value = detail["loc"], detail["input"]
    expected = _EXPECTED[detail["type"]]
    name = f"'{_key_of(path)}'"
    if isinstance(path[-1], int) and isinstance(follow(node, path[:-1]), Sequence):
        name = f"an item of {name}"
    hints: tuple[str, ...] = ()
    if expected == _TEXT:
        hints = ('if it is meant as text, put it in "double quotes"',)
    elif expected == _LIST:
        hints = ("each item begins with '- '",)
    elif expected == _MAPPING:
        hints = _shape_hints(_shape_at(shape, path))
    message = f"{name} must be {expected}, not {_kind_of(value)}"
    return Problem("wrong-type", locate(node, path), message, hints)


_TEXT = "text"
_LIST = "a list"
_MAPPING = "a mapping of 'key: value' lines"
_EXPECTED = {
    "string_type": _TEXT,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
}


def _kind_of(value: object) -> str:
    match value:
        case str():
            return f"the text '{value if len(value) <= 40 else value[:39] + '…'}'"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return "nothing"


def _bad_choice(place: Location, name: str, value: object, expected: str) -> Problem:
    allowed = re.findall(r"'([^']*)'", expected)
    if not isinstance(value, str):
        message = f"'{name}' must be one word of {', '.join(allowed)}, not {_kind_of(value)}"
        return Problem("wrong-type", place, message)
    return Problem(
        "bad-choice",
        place,
        f"'{name}' cannot be '{value}'",
        (f"allowed: {', '.join(allowed)}", *suggestion(value, allowed)),
    )


def _keys_at(shape: type[BaseModel], path: Iterable[str | int]) -> tuple[str, ...]:
    """The keys that are known where a path through the models leads."""
    shape = _shape_at(shape, path)
    return tuple(f.alias or name for name, f in shape.model_fields.items() if not f.exclude)


def _shape_at(shape: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel]:
    """The class of what a path through the models leads to."""
    for step in path:
        if isinstance(step, str):
            shape = _shape_of(shape, step) or shape
    return shape


def _shape_of(shape: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, info in shape.model_fields.items():
        if key in (name, info.alias):
            return _first_shape(info.annotation)
    return None


def _first_shape(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _first_shape(part)
        if found is not None:
            return found
    return None
