"""Records to graph: ids are given and resolved, passages found, contradictions reported.

`link_content` is one pass over validated records. It gives ids by rule, joins what several
articles say of one thing (`same`), checks every reference, finds every passage in its article,
and drops what is not published (drafts, embargoed articles) together with its records, so that
nothing behind this stage can leak it. All problems are collected; nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from .date_suggestions import suggest_date
from .dates import Date, DateError, is_before, overlaps, parse_date, sort_key
from .fragment import Fragment, count_words
from .graph import (
    Addition,
    Article,
    Entry,
    Evidence,
    Graph,
    HeldRole,
    HeldTie,
    LinkedResponse,
    Withheld,
)
from .lookalikes import mixed_words
from .mentions import NameIndex
from .model import (
    UNNAMED,
    Actor,
    Claim,
    Event,
    Position,
    Question,
    Quote,
    Record,
    Role,
    Selector,
    Shape,
    Who,
    bad_date_hints,
    is_id,
    slugify,
)
from .order import OrderConflict, order_conflicts
from .passages import (
    Ambiguous,
    ArticleText,
    NotFound,
    Passage,
    Quoted,
    parse_selector,
    say_difference,
)
from .passages import Selector as PassageSelector
from .problems import Location, Problem, did_you_mean, line_words, suggestion
from .sheet_rows import SheetEvent
from .steps import PURE_STEPS, Steps
from .tree import written
from .validate import SECTIONS, ArticleFile, Content
from .which_record import doubt

#: Of these an event may speak without anybody having acted: its actors need not be alive.
NOT_DONE = frozenset({"planned", "proposed", "refused", "cancelled"})

#: The first parts of the site's own addresses, which no static page may have.
RESERVED = frozenset(
    {"actors", "archives", "articles", "authors", "data", "embed", "images", "issues"}
    | {"places", "search", "stories", "tags", "terms", "theme", "timeline"}
)


#: For so many lost passages the nearest is looked for: it takes a while in a long article.
MOST_NEAREST = 100


def is_published(article: ArticleFile, today: Date) -> bool:
    """Whether readers may see an article: not a draft, and not dated after `today`."""
    date = article.matter.date
    if article.matter.status == "draft" or date is None:
        return False
    return not is_before(today, date)


def record_id(record: Record) -> str:
    """A record's id as written, or by the rule of its kind."""
    if record.id:
        return record.id
    match record:
        case Event() | Question():
            title = record.title if isinstance(record, Event) else record.question
            return slugify(" ".join((title or "").split()[:6]))
        case Position():
            return slugify(f"{_first(record.actor)} {record.issue}")
        case Claim(quote=str(quote)) if not record.text or not record.actor:
            return f"{quote}-claim"
        case Quote() | Claim():
            words = (record.text or "").replace("...", " ").replace("[", " ").split()[:3]
            return slugify(" ".join([_first(record.actor), *words]))
    return ""


def link_content(
    content: Content,
    fragments: Mapping[str, Fragment],
    *,
    today: Date,
    translations: Mapping[tuple[str, str], Fragment] | None = None,
    images: frozenset[str] | None = None,
    withheld: Iterable[Withheld] = (),
    steps: Steps = PURE_STEPS,
) -> tuple[Graph, list[Problem]]:
    """The graph of all published records, and what is wrong between the records.

    `fragments` holds the rendered body of every article by slug. `today` decides what is
    embargoed. `images` are the files below content/images/; None skips their check. Texts may
    link to what is `withheld`. `steps` are the functions that look at one article by itself.
    """
    linker = _Linker(content, fragments, today, images, tuple(withheld), steps)
    linker.link()
    return linker.graph(translations or {}), linker.problems


@dataclass
class _Draft:
    """A record on its way to an entry."""

    id: str
    record: Record
    article: str | None
    story: str | None
    order: int
    evidence: list[Evidence] = field(default_factory=list)
    additions: list[_Draft] = field(default_factory=list)
    text: str = ""


class _Linker:
    """State of one linking run."""

    def __init__(
        self,
        content: Content,
        fragments: Mapping[str, Fragment],
        today: Date,
        images: frozenset[str] | None,
        withheld: tuple[Withheld, ...],
        steps: Steps,
    ) -> None:
        self.content = content
        self.steps = steps
        self.today = today
        self.images = images
        self.lost_passages = 0
        self.withheld = withheld
        self.problems: list[Problem] = []
        self.texts = {
            slug: steps.quotable(article.matter.title, fragments[slug])
            for slug, article in content.articles.items()
        }
        self.drafts: dict[str, _Draft] = {}
        self.known: Mapping[str, Mapping[str, object]] = {
            "record": self.drafts,
            "actor": content.actors,
            "place": content.places,
            "term": content.terms,
            "issue": content.issues,
            "story": content.stories,
            "article": content.articles,
        }
        self.same: list[_Draft] = []
        self.rivals: list[_Draft] = []
        """Records whose id another has: reported, and their references are checked too."""
        self.roles: list[tuple[Role, str | None, str | None, list[Evidence]]] = []
        self.responses: dict[str, list[tuple[_Draft, LinkedResponse]]] = {}
        self.names: dict[str, str] = {}
        self.used_anchors: dict[str, set[str]] = {}

    def link(self) -> None:
        """The steps in their order; each adds its problems."""
        self._collect()
        self._join_same()
        written = [*self.drafts.values(), *self.same, *self.rivals]
        for draft in written:
            self._check_record(draft)
        for draft in written:
            self._find_evidence(draft)
        self._resolve_claims()
        self._read_roles()
        self._check_files()
        self._check_names()
        self._check_former_ids()
        self._check_short_versions()
        self._check_order()
        self._check_lives()
        self._index_names()

    # -------------------------------------------------------------------------- collecting

    def _homes(self) -> Iterable[tuple[Any, str | None, str | None]]:
        """Files of records in reading order: stories, then articles by date and slug."""
        for name, story in self.content.stories.items():
            yield story, None, name
        articles = sorted(
            self.content.articles.values(),
            key=lambda a: (sort_key(a.matter.date), a.slug),  # type: ignore[arg-type]
        )
        for article in articles:
            yield article.records, article.slug, article.matter.story

    def _collect(self) -> None:
        order = 0
        for records, article, story in self._homes():
            for section in SECTIONS:
                for record in getattr(records, section):
                    order += 1
                    home = self._home(record, article)
                    if isinstance(record, Role):
                        self.roles.append((record, article, story, []))
                    elif record.same is not None:
                        self.same.append(_Draft(record.same, record, home, story, order))
                    else:
                        self._add(_Draft(record_id(record), record, home, story, order))

    def _home(self, record: Record, article: str | None) -> str | None:
        """The article of whose words evidence is: a sheet's row names it."""
        if isinstance(record, SheetEvent) and record.article in self.content.articles:
            return record.article
        return article

    def _add(self, draft: _Draft) -> None:
        if not is_id(draft.id) and not draft.record.is_whole:
            return
        if not is_id(draft.id):
            self._problem(
                "missing-key",
                _id_place(draft.record),
                f"this {draft.record.kind} needs an 'id'",
                "none can be made from its words; write for example 'id: berlin-talks'",
            )
            return
        first = self.drafts.get(draft.id)
        if first is None:
            self.drafts[draft.id] = draft
            return
        self.rivals.append(draft)
        if any(not r.is_whole and not r.id for r in (draft.record, first.record)):
            return  # its id was guessed from what is sound of it
        self._problem(
            "duplicate-id",
            _id_place(draft.record),
            f"the id '{draft.id}' is taken by the {first.record.kind} in "
            f"{line_words(first.record.where(), self.content.texts)}",
            *_how_to_part(draft),
        )

    def _join_same(self) -> None:
        for draft in self.same:
            target = self.drafts.get(draft.id)
            if target is None:
                self._unknown("record", draft.id, draft.record.where("same"))
            elif target.record.kind != draft.record.kind:
                self._problem(
                    "wrong-kind",
                    draft.record.where("same"),
                    f"'{draft.id}' is {_a(target.record.kind)}, "
                    f"and this is {_a(draft.record.kind)}",
                    f"'same' takes the id of {_a(draft.record.kind)}; to refer to another record "
                    "write 'rests_on'",
                )
            else:
                target.additions.append(draft)
                self._check_contradiction(target, draft)

    def _check_contradiction(self, target: _Draft, other: _Draft) -> None:
        first, second = getattr(target.record, "date", None), getattr(other.record, "date", None)
        if first is None or second is None or overlaps(first, second):
            return
        place = target.record.where("date")
        self._warn(
            other.record,
            "contradictory-dates",
            other.record.where("date"),
            f"'{target.id}' is dated {second.edtf} here and {first.edtf} in "
            f"{line_words(place, self.content.texts)}; both stand on the page",
        )

    # ------------------------------------------------------------------------- references

    def _resolve(self, kind: str, name: str, shape: Shape, *path: str | int) -> bool:
        """Whether there is what an id names, which stands at a path in a shape; else a problem."""
        if name in self.known[kind]:
            return True
        self._unknown(kind, name, shape.where(*path))
        return False

    def _unknown(
        self,
        kind: str,
        name: str,
        place: Location,
        wanted: type[Record] | None = None,
        own: Record | None = None,
    ) -> None:
        """Report an unknown id, unless it may stand in what could not be read."""
        if self.content.is_known(kind, name):
            return
        if kind == "record" and self.content.has_unread:
            return
        known = self._ids_of(wanted, own) if wanted else list(self.known[kind])
        hints = suggestion(name, known)
        if not hints and kind == "actor":
            near = did_you_mean(name, [a.name for a in self.content.actors.values()])
            ids = [i for i, a in self.content.actors.items() if a.name == near]
            hints = tuple(f"did you mean '{i}'?" for i in ids)
        if not hints:
            meant = _where_one_is_meant(wanted, name) if wanted else _how_to_add(kind, name)
            listed = wanted.kind if wanted else kind
            nearby = self._nearby(kind, known, place)
            hints = (meant, _which_there_are(listed, nearby, is_other=own is not None))
        self._problem(f"unknown-{kind}", place, f"there is no {kind} '{name}'", *hints)

    def _record_of(
        self,
        kind: type[Record],
        name: str,
        shape: Shape,
        *path: str | int,
        own: Record | None = None,
    ) -> bool:
        """Whether a record of the kind exists, as an id in a shape says; else a problem."""
        draft = self.drafts.get(name)
        if draft is None:
            self._unknown("record", name, shape.where(*path), kind, own)
            return False
        if not isinstance(draft.record, kind):
            place = shape.where(*path)
            message = f"'{name}' is {_a(draft.record.kind)}, and {_a(kind.kind)} is meant here"
            known = self._ids_of(kind, own)
            nearby = self._nearby("record", known, place)
            there_are = _which_there_are(kind.kind, nearby, is_other=own is not None)
            self._problem("wrong-kind", place, message, *(suggestion(name, known) or (there_are,)))
            return False
        return True

    def _ids_of(self, kind: type[Record], own: Record | None) -> list[str]:
        """The ids of one kind of records, without the one that refers to them."""
        return [
            name
            for name, draft in self.drafts.items()
            if isinstance(draft.record, kind) and draft.record is not own
        ]

    def _nearby(self, kind: str, known: Iterable[str], place: Location) -> list[str]:
        """Known ids; those of records in the file of a place come first."""
        if kind != "record":
            return list(known)
        return sorted(known, key=lambda i: self.drafts[i].record.where().file != place.file)

    def _check_who(self, shape: Shape, key: str, who: tuple[Who, ...]) -> None:
        for index, one in enumerate(who):
            if not one.is_unnamed and one.actor not in self.content.actors:
                self._unknown("actor", one.actor, _who_place(shape, key, index, one))

    def _check_record(self, draft: _Draft) -> None:
        record = draft.record
        self._check_who(record, "according_to", record.according_to)
        for index, name in enumerate(record.rests_on):
            self._resolve("record", name, record, "rests_on", index)
        match record:
            case Event():
                self._check_event(record, draft.story)
            case Quote():
                self._check_who(record, "actor", record.actor)
                if record.event:
                    self._record_of(Event, record.event, record, "event")
                if record.place:
                    self._resolve("place", record.place, record, "place")
            case Position():
                self._check_position(record)
            case Claim():
                self._check_claim(record)
        self._check_support(draft)

    def _check_event(self, record: Event, story: str | None) -> None:
        if isinstance(record, SheetEvent) and record.article:
            self._resolve("article", record.article, record, "article")
        self._check_image(record)
        self._check_who(record, "actors", record.actors)
        for key in ("after", "before"):
            for index, name in enumerate(getattr(record, key)):
                self._record_of(Event, name, record, key, index, own=record)
        if record.place:
            self._resolve("place", record.place, record, "place")
        for index, name in enumerate(record.stories):
            self._resolve("story", name, record, "stories", index)
        self._check_lane(record, story)
        date = record.date
        if date is not None and date.uncertain and not record.date_note:
            self._warn(
                record,
                "date-note-missing",
                record.where("date"),
                f"'{date.edtf}' is a guess, and nothing says on what it rests",
                "say it in the column 'Date Note'"
                if isinstance(record, SheetEvent)
                else "say it: add a line 'date_note: …' to the event",
                "where the date is certain after all, remove the '?'",
            )

    def _check_lane(self, record: Event, story: str | None) -> None:
        """A lane is one of the story's, where the story lists them."""
        names = record.stories or (story,)
        stories = [self.content.stories[n] for n in names if n in self.content.stories]
        lanes = [lane.id for story in stories for lane in story.lanes]
        if record.lane and lanes and record.lane not in lanes:
            self._problem(
                "unknown-lane",
                record.where("lane"),
                f"the story has no lane '{record.lane}'",
                *(suggestion(record.lane, lanes) or (f"its lanes are: {', '.join(lanes)}",)),
            )

    def _check_position(self, record: Position) -> None:
        self._check_who(record, "actor", record.actor)
        if record.issue:
            self._resolve("issue", record.issue, record, "issue")
        for key in ("since", "until"):
            value = getattr(record, key)
            if value and not self._is_date(value):
                if re.match(r"^[\d.~?%X\[]", value) or suggest_date(value):
                    self._bad_date(value, record.where(key))
                else:
                    self._record_of(Event, value, record, key)

    def _bad_date(self, value: str, place: Location) -> None:
        try:
            parse_date(value)
        except DateError as error:
            hints = bad_date_hints(value, error)
            self._problem("bad-date", place, error.message, *hints, "or name an event by its id")

    @staticmethod
    def _is_date(value: str) -> bool:
        try:
            parse_date(value)
        except DateError:
            return False
        return True

    def _check_claim(self, record: Claim) -> None:
        self._check_who(record, "actor", record.actor)
        if record.quote:
            self._record_of(Quote, record.quote, record, "quote")
        elif record.is_whole and not (record.actor and record.text) and record.same is None:
            self._problem(
                "missing-key",
                _start(record),
                "the claim has neither a 'quote' nor 'actor' and 'text'",
                *_MADE_OF,
                *doubt("claim"),
            )
        for index, response in enumerate(record.responses):
            self._check_who(response, "actor", response.actor)
            if response.quote:
                self._record_of(Quote, response.quote, record, "responses", index, "quote")
            elif not (response.actor and response.text):
                self._problem(
                    "missing-key",
                    record.where("responses", index),
                    "the response has neither a 'quote' nor 'actor' and 'text'",
                    *_MADE_OF,
                )

    def _check_support(self, draft: _Draft) -> None:
        """Warn where a record rests on nothing that a reader could follow."""
        record = draft.record
        if not record.is_whole:
            return
        rests = record.evidence or record.sources or record.rests_on
        if rests or isinstance(record, Question) or record.same is not None:
            return
        if isinstance(record, Quote) and draft.article:
            return  # its own words are looked for in the article
        if isinstance(record, Claim) and record.quote:
            return
        self._warn(
            record,
            "no-source",
            _start(record),
            f"the {record.kind} '{draft.id}' has neither evidence nor a source",
            "add 'evidence: words of the article', 'rests_on: [ids]' or 'sources: …'",
        )

    # --------------------------------------------------------------------------- evidence

    def _find_evidence(self, draft: _Draft) -> None:
        record = draft.record
        if isinstance(record, Quote) and record.text:
            self._find_quote(draft, record)
        if isinstance(record, SheetEvent) and draft.article is None:
            return  # reported: its article is unknown
        if record.evidence and draft.article is None:
            self._problem(
                "evidence-without-article",
                record.where("evidence"),
                "evidence is words of an article, and this file belongs to none",
                "move the record beside its article, or write 'rests_on: [ids of records]'",
            )
            return
        for index, selector in enumerate(record.evidence):
            place = partial(record.where, "evidence", index)
            self._add_evidence(draft.evidence, draft.article, selector, place, draft.id)

    def _find_quote(self, draft: _Draft, record: Quote) -> None:
        text = record.text or ""
        if draft.article is None or record.evidence:
            draft.text = text
            return
        found = self.steps.quote_text(self.texts[draft.article], text)
        if isinstance(found, Quoted):
            draft.text = found.words
            for passage in found.passages:
                draft.evidence.append(self._evidence(draft.article, passage, draft.id))
        else:
            place = record.where("text")
            self._report_passage(found, draft.article, place, text, is_quote=True)
            draft.text = text

    def _add_evidence(
        self,
        target: list[Evidence],
        article: str | None,
        selector: Selector,
        place: Callable[[], Location],
        name: str,
    ) -> None:
        if article is None or article not in self.texts:
            return
        if selector.is_literal:
            wanted = PassageSelector(selector.exact, prefix=selector.prefix, suffix=selector.suffix)
        else:
            wanted = parse_selector(selector.exact)
        seeks_nearest = self.lost_passages < MOST_NEAREST
        text = self.texts[article]
        found = self.steps.find_passage(text, wanted, seeks_nearest=seeks_nearest)
        self.lost_passages += isinstance(found, NotFound)
        if isinstance(found, Passage):
            target.append(self._evidence(article, found, name))
        else:
            self._report_passage(found, article, place(), selector.exact)

    def _evidence(self, article: str, passage: Passage, name: str) -> Evidence:
        used = self.used_anchors.setdefault(article, set())
        anchor, number = f"evidence-{name}", 1
        while anchor in used:
            number += 1
            anchor = f"evidence-{name}_{number}"
        used.add(anchor)
        return Evidence(
            article, anchor, passage.start, passage.end, passage.words, passage.in_headline
        )

    def _report_passage(
        self,
        found: NotFound | Ambiguous,
        article: str,
        place: Location,
        wanted: str,
        *,
        is_quote: bool = False,
    ) -> None:
        file = self.content.articles[article].file
        if isinstance(found, Ambiguous):
            self._problem(
                "evidence-ambiguous",
                place,
                f"these words stand {found.count} times in {file}",
                *(f"to mean this place, write: {written(words)}" for words in found.extended),
            )
            return
        hints = _passage_hints(found, wanted, is_quote)
        self._problem("evidence-not-found", place, _why_not_found(found, file), *hints)

    # ----------------------------------------------------------------------------- claims

    def _resolve_claims(self) -> None:
        for draft in self.drafts.values():
            record = draft.record
            if not isinstance(record, Claim):
                continue
            quote = self.drafts.get(record.quote or "")
            if quote is not None and not record.evidence:
                draft.evidence.extend(quote.evidence)
            self.responses[draft.id] = [
                (part, self._response(part, part.record, index))
                for part in [draft, *draft.additions]
                if isinstance(part.record, Claim)
                for index in range(len(part.record.responses))
            ]

    def _response(self, draft: _Draft, claim: Claim, index: int) -> LinkedResponse:
        response = claim.responses[index]
        evidence: list[Evidence] = []
        quote = self.drafts.get(response.quote or "")
        if quote is not None and isinstance(quote.record, Quote):
            evidence.extend(quote.evidence)
        for number, selector in enumerate(response.evidence):
            passage = partial(claim.where, "responses", index, "evidence", number)
            name = f"{draft.id}_response-{index + 1}"
            self._add_evidence(evidence, draft.article, selector, passage, name)
        for number, name in enumerate(response.rests_on):
            if self._resolve("record", name, claim, "responses", index, "rests_on", number):
                evidence.extend(self.drafts[name].evidence)
        who = response.actor
        text = response.text or ""
        if quote is not None and isinstance(quote.record, Quote):
            who = who or quote.record.actor
            text = text or quote.text
        is_quote = quote is not None and not response.text
        written = response.date or self._written(draft.article)
        return LinkedResponse(response, who, text, is_quote, tuple(evidence), written)

    # ------------------------------------------------------------------- roles and actors

    def _read_roles(self) -> None:
        for record, article, _, evidence in self.roles:
            self._check_who(record, "actor", record.actor)
            if not record.actor and record.is_whole:
                self._problem(
                    "missing-key", _start(record), "the role has no 'actor'", "add 'actor: …'"
                )
            if record.of:
                self._resolve("actor", record.of, record, "of")
            name = f"role-{slugify(_first(record.actor) + ' ' + (record.role or ''))}"
            if record.evidence and article is None:
                self._problem(
                    "evidence-without-article",
                    record.where("evidence"),
                    "evidence is words of an article, and this file belongs to none",
                )
            for index, selector in enumerate(record.evidence):
                place = partial(record.where, "evidence", index)
                self._add_evidence(evidence, article, selector, place, name)
            if record.is_whole and not (record.evidence or record.sources or record.rests_on):
                self._warn(
                    record,
                    "no-source",
                    _start(record),
                    "the role has neither evidence nor a source",
                    "add 'evidence: words of the article' or 'sources: …'",
                )

    def _check_files(self) -> None:
        for actor in self.content.actors.values():
            for role in actor.roles:
                if role.of:
                    self._resolve("actor", role.of, role, "of")
            for tie in actor.ties:
                if not tie.tie or not tie.actor:
                    self._problem("missing-key", _start(tie), "a tie needs 'tie' and 'actor'")
                elif tie.actor:
                    self._resolve("actor", tie.actor, tie, "actor")
            self._check_image(actor)
        for story in self.content.stories.values():
            for change in story.changes:
                for number, record in enumerate(change.records):
                    self._resolve("record", record, change, "records", number)
            self._check_image(story)
        for article in [*self.content.articles.values(), *self.content.translations.values()]:
            self._check_article(article)
        for old, (name, place) in self.content.redirects.items():
            for kind in ("record", "actor", "story", "article"):
                if name in self.known[kind] and old in self.known[kind]:
                    message = (
                        f"'{old}' cannot lead on to '{name}': the {kind} '{old}' is still there"
                    )
                    self._problem("id-in-use", place, message, "delete the line, or the other")
            if name not in self.drafts and not any(
                name in self.known[kind] for kind in ("actor", "story", "article", "place", "term")
            ):
                self._unknown("record", name, place)

    def _check_names(self) -> None:
        """Names whose letters are of more than one alphabet, which a reader cannot see."""
        groups = (self.content.actors, self.content.places, self.content.terms)
        for shape in (shape for group in groups for shape in group.values()):
            self._check_name(shape, shape.name, "name")
            for key in ("aliases", "also"):
                for index, name in enumerate(getattr(shape, key, ())):
                    self._check_name(shape, name, key, index)
        for article in self.content.articles.values():
            for index, name in enumerate(article.matter.authors):
                self._check_name(article.matter, name, "authors", index)

    def _check_name(self, shape: Any, name: str, *path: str | int) -> None:
        for mixed in mixed_words(name):
            self._warn(
                shape,
                "mixed-alphabets",
                shape.where(*path),
                f"'{mixed.word}' mixes letters of two alphabets that look alike",
                f"'{mixed.letter}' is {mixed.letter_name}; type the name anew",
            )

    def _check_article(self, article: ArticleFile) -> None:
        matter = article.matter
        self._check_image(matter)
        if matter.story:
            self._resolve("story", matter.story, matter, "story")
        for key in ("pin", "block"):
            for index, slug in enumerate(getattr(matter.recommended, key)):
                self._resolve("article", slug, matter.recommended, key, index)
        for index, name in enumerate(matter.mentions.exclude):
            self._resolve("actor", name, matter.mentions, "not", index)
        if article.lang:
            if article.slug not in self.content.articles:
                self._problem(
                    "no-article",
                    Location(article.file),
                    f"there is no content/articles/{article.slug}.md that this translates",
                )
            return
        for note in matter.notes:
            self._add_evidence([], article.slug, note.at, partial(note.where, "at"), "note")

    def _check_former_ids(self) -> None:
        """A former id leads elsewhere, so nothing may have it now; and no page takes ours."""
        groups: list[tuple[str, dict[str, Any]]] = [
            ("record", {name: draft.record for name, draft in self.drafts.items()}),
            ("actor", self.content.actors),
            ("story", self.content.stories),
            ("article", {slug: a.matter for slug, a in self.content.articles.items()}),
        ]
        for kind, shapes in groups:
            seen: dict[str, str] = {}
            for name, shape in shapes.items():
                for index, old in enumerate(shape.was):
                    holder = old if old in shapes else seen.setdefault(old, name)
                    if old == name or holder != name:
                        self._problem(
                            "id-in-use",
                            shape.where("was", index),
                            f"'{old}' cannot be a former id of '{name}': "
                            f"the {kind} '{holder}' has it",
                            "take it out of 'was', or give the other an id of its own",
                        )
        for slug, page in self.content.pages.items():
            if slug in RESERVED:
                self._problem(
                    "reserved-id",
                    Location(page.file),
                    f"a page cannot be called '{slug}': that address is the site's own",
                    "give the file another name",
                    f"taken are: {', '.join(sorted(RESERVED))}",
                )

    def _check_image(self, shape: Any) -> None:
        if shape.image is None or self.images is None:
            return
        if shape.image.file not in self.images:
            self._problem(
                "no-image",
                shape.where("image", "file"),
                f"there is no picture content/images/{shape.image.file}",
                *(suggestion(shape.image.file, self.images) or _PUT_IT_THERE),
            )

    def _check_short_versions(self) -> None:
        """Links to records in short versions, answers and other Markdown lead to some."""
        for draft in self.drafts.values():
            for key, text in _markdown_of(draft.record):
                self._check_links(draft.record, key, text)
        for shape, key, text in self._texts():
            self._check_links(shape, key, text)

    def _texts(self) -> Iterable[tuple[Shape, str, str]]:
        """The Markdown of stories and actors, with whose it is under which key."""
        for story in self.content.stories.values():
            if story.short is not None:
                yield story.short, "text", story.short.text
        for actor in self.content.actors.values():
            if actor.summary:
                yield actor, "summary", actor.summary

    def _check_links(self, shape: Shape, key: str, text: str) -> None:
        for name in _record_links(text):
            if name not in self.drafts and not any(name == w.id for w in self.withheld):
                place = self._spot(shape.where(key), f"](#{name})", 3)
                self._unknown("record", name, place)

    def _spot(self, place: Location, words: str, skip: int) -> Location:
        """The line and column of words that stand somewhere behind `place` in its file."""
        lines = self.content.texts.get(place.file, "").split("\n")
        for number in range(place.line - 1, len(lines)):
            column = lines[number].find(words)
            if column >= 0:
                return Location(
                    place.file, number + 1, column + skip + 1, max(1, len(words) - skip - 1)
                )
        return place

    # ---------------------------------------------------------------------- order and life

    def _check_order(self) -> None:
        events = [d for d in self.drafts.values() if isinstance(d.record, Event)]
        conflicts = order_conflicts(
            {d.id: self._event_date(d) for d in events},
            [
                (first, second, d.id, key)
                for d in events
                for key in ("after", "before")
                for name in getattr(d.record, key)
                if name in self.drafts
                for first, second in [(name, d.id) if key == "after" else (d.id, name)]
            ],
        )
        for conflict in conflicts:
            self._report_conflict(conflict)

    def _report_conflict(self, conflict: OrderConflict) -> None:
        record = self.drafts[conflict.owner].record
        names = getattr(record, conflict.key)
        other = conflict.first if conflict.key == "after" else conflict.second
        place = record.where(conflict.key, names.index(other) if other in names else 0)
        if conflict.cycle:
            chain = " → ".join(f"'{name}'" for name in conflict.cycle)
            self._problem(
                "order-cycle",
                place,
                f"these events stand before one another in a circle: {chain}",
                "remove one 'after' or 'before' of the circle",
            )
            return
        dated = conflict.dated or conflict.first
        first, second = (self._event_date(self.drafts[n]) for n in (dated, conflict.second))
        chain = "" if dated == conflict.first else f", which comes after '{dated}'"
        self._problem(
            "date-against-order",
            place,
            f"'{conflict.second}' ({second.edtf if second else 'no date'}) cannot come after "
            f"'{conflict.first}'{chain} ({first.edtf if first else 'no date'})",
            "mend one of the dates, or remove the constraint",
        )

    def _event_date(self, draft: _Draft) -> Date | None:
        date: Date | None = getattr(draft.record, "date", None)
        if date is not None:
            return date
        return next((d for a in draft.additions if (d := getattr(a.record, "date", None))), None)

    def _check_lives(self) -> None:
        """Nobody acts before birth or founding, or after death or end."""
        for draft in self.drafts.values():
            record = draft.record
            if not isinstance(record, Event) or record.date is None:
                continue
            if record.status in NOT_DONE:
                continue
            for index, who in enumerate(record.actors):
                actor = self.content.actors.get(who.actor)
                if actor is None:
                    continue
                for key, limit in _limits_passed(actor, record.date):
                    other = actor.where(key)
                    self._problem(
                        "actor-not-alive",
                        _who_place(record, "actors", index, who),
                        f"'{who.actor}' cannot act on {record.date.edtf}: {key} {limit.edtf}",
                        f"that is said in {other.file}, line {other.line}",
                    )

    # ------------------------------------------------------------------------------ names

    def _index_names(self) -> None:
        owners: dict[str, list[str]] = {}
        written: dict[str, list[str]] = {}
        for name, actor in self.content.actors.items():
            for text in {actor.name: None, **dict.fromkeys(actor.aliases)}:
                written.setdefault(text, []).append(name)
            if actor.kind == "person" and " " in actor.name:
                owners.setdefault(actor.name.split()[-1], []).append(name)
        for text, uses in written.items():
            self._check_alias(text, uses)
            self.names[text] = uses[0]
        for last, ids in owners.items():
            if len(ids) == 1 and last not in self.names:
                self.names[last] = ids[0]

    def _check_alias(self, text: str, owners: list[str]) -> None:
        first, *others = owners
        for name in others:
            other = _name_place(self.content.actors[first], text)
            self._problem(
                "ambiguous-alias",
                _name_place(self.content.actors[name], text),
                f"'{text}' is a name of '{name}' and of '{first}'",
                f"the other stands in {other.file}, line {other.line}",
                "write it under 'also:' where it should be found but not linked",
            )

    # ----------------------------------------------------------------------------- result

    def _written(self, article: str | None) -> Date | None:
        if article is None:
            return None
        matter = self.content.articles[article].matter
        return matter.written or matter.date

    def graph(self, translations: Mapping[tuple[str, str], Fragment]) -> Graph:
        """The graph of what is published."""
        public = {
            slug: self._article(file, self.texts[slug])
            for slug, file in self.content.articles.items()
            if is_published(file, self.today)
        }
        newest = sorted(public.values(), key=lambda a: (a.is_brief, a.slug))
        newest.sort(key=lambda a: sort_key(a.date), reverse=True)
        entries = self._entries(set(public))
        self._check_withheld(entries)
        return Graph(
            today=self.today,
            articles={article.slug: article for article in newest},
            translations={
                key: self._article(file, self.steps.quotable(file.matter.title, translations[key]))
                for key, file in sorted(self.content.translations.items())
                if key[0] in public and is_published(file, self.today) and key in translations
            },
            stories=self.content.stories,
            actors=dict(
                sorted(self.content.actors.items(), key=lambda i: (i[1].name.casefold(), i[0]))
            ),
            places=dict(
                sorted(self.content.places.items(), key=lambda i: (i[1].name.casefold(), i[0]))
            ),
            terms=dict(
                sorted(self.content.terms.items(), key=lambda i: (i[1].name.casefold(), i[0]))
            ),
            issues=self.content.issues,
            pages=dict(sorted(self.content.pages.items(), key=lambda i: (i[1].matter.order, i[0]))),
            redirects={key: name for key, (name, _) in sorted(self.content.redirects.items())},
            entries=entries,
            roles=self._held_roles(set(public)),
            ties=self._held_ties(),
            quote_texts=self._quote_texts(entries, set(public)),
            responses=self._public_responses(entries, set(public)),
            names=NameIndex(self.names),
            withheld=tuple(w for w in self.withheld if w.id not in entries),
        )

    @staticmethod
    def _article(file: ArticleFile, text: ArticleText) -> Article:
        words = count_words(file.matter.title) + text.body.words
        return Article(file.slug, file.file, file.matter, text, words, file.lang)

    def _entries(self, public: set[str]) -> dict[str, Entry[Record]]:
        entries = {}
        for draft in self.drafts.values():
            kept = [d for d in draft.additions if _is_public(d, public)]
            if draft.article is not None and draft.article not in public:
                if not kept or not self._stands_alone(draft, kept[0]):
                    continue
                draft, kept = _promoted(draft, kept)
            entries[draft.id] = self._entry(draft, kept, public)
        return {
            name: replace(
                entry,
                evidence=self._with_rests_on(entry, entries),
                sources=_unique([*entry.sources, *self._rested_sources(entry, entries)]),
            )
            if entry.record.rests_on
            else entry
            for name, entry in entries.items()
        }

    def _stands_alone(self, draft: _Draft, addition: _Draft) -> bool:
        """Whether a published article says enough of a record that one not published describes."""
        record = addition.record
        is_told = isinstance(record, Claim) and not record.quote
        required = ("actor", "text") if is_told else record.required
        missing = [key for key in required if not getattr(record, key)]
        if missing:
            keys = " and ".join(f"'{key}'" for key in missing)
            self._problem(
                "not-published",
                addition.record.where("same"),
                f"'{draft.id}' is described in an article that is not published",
                f"add {keys} here, or publish the article",
            )
        return not missing

    def _quote_texts(
        self, entries: Mapping[str, Entry[Record]], public: set[str]
    ) -> dict[str, str]:
        """The words of every quote that is published, as the first published article has them."""
        return {
            draft.id: part.text
            for draft in self.drafts.values()
            if draft.id in entries
            for part in reversed([draft, *draft.additions])
            if part.text and _is_public(part, public)
        }

    def _public_responses(
        self, entries: Mapping[str, Entry[Record]], public: set[str]
    ) -> dict[str, tuple[LinkedResponse, ...]]:
        """What was answered to claims in published articles."""
        return {
            name: tuple(
                replace(one, evidence=tuple(e for e in one.evidence if e.article in public))
                for part, one in responses
                if _is_public(part, public)
                and (one.response.quote is None or one.response.quote in entries)
            )
            for name, responses in self.responses.items()
            if name in entries
        }

    def _rested_sources(
        self, entry: Entry[Record], entries: Mapping[str, Entry[Record]]
    ) -> list[Any]:
        return [s for n in entry.record.rests_on if n in entries for s in entries[n].sources]

    def _with_rests_on(
        self, entry: Entry[Record], entries: Mapping[str, Entry[Record]]
    ) -> tuple[Evidence, ...]:
        """The evidence of a record, then of all that it rests on, each once."""
        found: list[Evidence] = []
        seen: set[str] = set()
        waiting = [entry]
        while waiting:
            one = waiting.pop()
            if one.id in seen:
                continue
            seen.add(one.id)
            found.extend(one.evidence)
            waiting += [entries[n] for n in reversed(one.record.rests_on) if n in entries]
        return _unique(found)

    def _entry(self, draft: _Draft, additions: list[_Draft], public: set[str]) -> Entry[Record]:
        stories = self._stories(draft, additions)
        parts = [draft, *additions]
        who = [w for part in parts for w in _who_of(part.record)]
        if isinstance(draft.record, Claim) and not who and draft.record.quote:
            quote = self.drafts.get(draft.record.quote)
            who = _who_of(quote.record) if quote else []
        return Entry(
            id=draft.id,
            record=draft.record,
            article=draft.article,
            stories=stories,
            order=draft.order,
            written=self._written(draft.article),
            who=_unique_who(who),
            evidence=_unique(e for part in parts for e in part.evidence if e.article in public),
            sources=_unique(s for part in parts for s in part.record.sources),
            additions=tuple(Addition(a.record, a.article) for a in additions),
        )

    def _stories(self, draft: _Draft, additions: list[_Draft]) -> tuple[str, ...]:
        record = draft.record
        named: list[str | None] = [*record.stories] if isinstance(record, Event) else []
        named = named or [draft.story]
        named += [a.story for a in additions]
        return tuple(dict.fromkeys(s for s in named if s is not None and s in self.content.stories))

    def _check_withheld(self, entries: Mapping[str, Entry[Record]]) -> None:
        """What is published may not lead to what is not."""
        withheld = {name for name in self.drafts if name not in entries}
        texts: list[tuple[Shape, str, str]] = list(self._texts())
        for entry in entries.values():
            texts += [(entry.record, key, text) for key, text in _markdown_of(entry.record)]
        for shape, key, text in texts:
            for name in _record_links(text):
                if name in withheld:
                    self._problem(
                        "not-published",
                        self._spot(shape.where(key), f"](#{name})", 3),
                        f"'{name}' is a record of an article that is not published",
                        "publish the article, or take the link out",
                    )
        for entry in entries.values():
            for record, path, name in _quotes_of(entry):
                if name in withheld:
                    self._problem(
                        "not-published",
                        record.where(*path),
                        f"'{name}' is a quote of an article that is not published",
                        "publish the article, or write 'actor' and 'text' instead",
                    )

    def _held_roles(self, public: set[str]) -> dict[str, tuple[HeldRole, ...]]:
        held: dict[str, list[HeldRole]] = {}
        order = 0
        for name, actor in self.content.actors.items():
            for role in actor.roles:
                order += 1
                one = self._held(name, role, None, [], order)
                held.setdefault(name, []).append(one)
        for role, article, _, evidence in self.roles:
            if article is not None and article not in public:
                continue
            for who in role.actor:
                order += 1
                one = self._held(who.actor, role, article, evidence, order)
                held.setdefault(who.actor, []).append(one)
        return {name: tuple(roles) for name, roles in held.items()}

    def _held(
        self, actor: str, role: Role, article: str | None, evidence: list[Evidence], order: int
    ) -> HeldRole:
        return HeldRole(
            actor,
            role.role or "",
            role.of if role.of in self.content.actors else None,
            role.start,
            role.end,
            article,
            self._written(article),
            tuple(evidence),
            role.sources,
            role.note or "",
            order,
        )

    def _held_ties(self) -> dict[str, tuple[HeldTie, ...]]:
        return {
            name: tuple(
                HeldTie(name, t.tie, t.actor, t.start, t.end, (), t.sources)
                for t in actor.ties
                if t.tie and t.actor in self.content.actors
            )
            for name, actor in self.content.actors.items()
            if actor.ties
        }

    # --------------------------------------------------------------------------- problems

    def _problem(self, code: str, place: Location, message: str, *hints: str) -> None:
        self.problems.append(Problem(code, place, message, hints))

    def _warn(self, record: Any, code: str, place: Location, message: str, *hints: str) -> None:
        if code in record.allow:
            return
        allowed = f"if it is meant, add 'allow: [{code}]' to the record"
        if isinstance(record, SheetEvent):
            allowed = f"if it is meant, write {code} into the column 'Allow' of this row"
        self.problems.append(Problem(code, place, message, (*hints, allowed), "warning"))


def _how_to_part(draft: _Draft) -> tuple[str, ...]:
    """What to do where another record has the id."""
    if isinstance(draft.record, SheetEvent):
        return (
            "if it is another event, write an id of its own into the column 'Id'",
            "if it is the same thing, delete this row",
        )
    return (
        f"if it is another {draft.record.kind}, give this one a name of its own: 'id: …'",
        f"if it is the same thing, write 'same: {draft.id}' instead",
    )


def _is_public(draft: _Draft, public: set[str]) -> bool:
    return draft.article is None or draft.article in public


def _quotes_of(entry: Entry[Record]) -> Iterable[tuple[Record, tuple[str | int, ...], str]]:
    """The quotes that a claim and its responses are made of, and at which path of which record."""
    for record in [entry.record, *(addition.record for addition in entry.additions)]:
        if isinstance(record, Claim):
            if record.quote:
                yield record, ("quote",), record.quote
            for index, response in enumerate(record.responses):
                if response.quote:
                    yield record, ("responses", index, "quote"), response.quote


def _a(kind: str) -> str:
    """ "an event", "a quote"."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _record_links(text: str) -> list[str]:
    """The ids of records that a text of Markdown links to, each once, in order."""
    if "](#" not in text:
        return []
    return list(dict.fromkeys(re.findall(r"\]\(#([^)\s]+)\)", text)))


def _markdown_of(record: Record) -> Iterable[tuple[str, str]]:
    """What of a record is read as Markdown, with its key."""
    if isinstance(record, Event) and record.text:
        yield "text", record.text
    if isinstance(record, Question) and record.answer:
        yield "answer", record.answer


def _first(who: tuple[Who, ...]) -> str:
    return who[0].actor if who else ""


def _start(shape: Shape) -> Location:
    """The beginning of a record: its first line, not the whole of it."""
    place = shape.where()
    return Location(place.file, place.line, place.column, min(place.length, 60))


def _id_place(record: Record) -> Location:
    """Where the id of a record stands, or the record that has none."""
    return record.where("id") if record.id else _start(record)


def _who_place(shape: Shape, key: str, index: int, who: Who) -> Location:
    """The place of an actor's id, however it is written."""
    place = shape.where(key, index)
    node = shape.where_key(key, index, who.actor)
    return node if who.words else Location(place.file, place.line, place.column, len(who.actor))


def _name_place(actor: Actor, text: str) -> Location:
    """Where a name of an actor stands."""
    if actor.name == text:
        return actor.where("name")
    return actor.where("aliases", actor.aliases.index(text))


def _limits_passed(actor: Actor, date: Date) -> Iterable[tuple[str, Date]]:
    """The ends of an actor's life that a day lies beyond."""
    for key, first in (("born", actor.born), ("founded", actor.founded)):
        if first is not None and is_before(date, first):
            yield key, first
    for key, last in (("died", actor.died), ("ended", actor.ended)):
        if last is not None and is_before(last, date):
            yield key, last


def _who_of(record: Record) -> list[Who]:
    return list(getattr(record, "actors", None) or getattr(record, "actor", ()) or ())


def _unique_who(who: Iterable[Who]) -> tuple[Who, ...]:
    """Everybody once, the first mention with words winning over one without."""
    found: dict[tuple[str, str], Who] = {}
    for one in who:
        key = (one.actor, one.words if one.actor == UNNAMED else "")
        if key not in found or (one.words and not found[key].words):
            found[key] = one
    return tuple(found.values())


def _unique(values: Iterable[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return tuple(found)


def _promoted(draft: _Draft, additions: list[_Draft]) -> tuple[_Draft, list[_Draft]]:
    """A record whose own article is withheld stands on what the published ones say."""
    first, *rest = additions
    return replace(first, id=draft.id), rest


def _why_not_found(found: NotFound, file: str) -> str:
    match found.half:
        case "first":
            return f"the words before '...' do not stand in {file}"
        case "last" if found.elsewhere:
            return f"the words behind '...' stand in another paragraph of {file}"
        case "last":
            return f"the words behind '...' do not stand in {file}"
        case "context":
            return f"these words stand in {file}, but not between this 'prefix' and 'suffix'"
        case "order":
            return f"the parts around '[...]' do not follow one another in {file}"
    return f"these words do not stand in {file}"


def _passage_hints(found: NotFound, wanted: str, is_quote: bool) -> Iterable[str]:
    """What to write in place of words that are not in the article."""
    nearest = found.nearest or ""
    if is_quote:  # without the marks around it, and the comma in front of "she said"
        nearest = nearest.strip('“”„«»"').rstrip(",")
    difference = say_difference(wanted, nearest) if nearest else ""
    if difference:
        yield difference
    if nearest:
        yield f"the nearest passage is: {written(nearest)}"
    if re.match(r"https?://", wanted):
        yield f"an address is a source: 'sources: [{{title: …, url: \"{wanted}\"}}]'"
    elif found.half == "last" and found.elsewhere:
        yield "write both as passages of their own, each on a line that begins with '- '"
    elif not nearest:
        yield "copy the words from the article, as they stand there"


_MADE_OF = ("add 'quote: id-of-a-quote', or both 'actor: …' and 'text: …'",)
_PUT_IT_THERE = ("put the picture there, or mend the name; capital letters count",)


def _where_one_is_meant(kind: type[Record], name: str) -> str:
    """What may stand where the id of a record of one kind is meant."""
    date = ", not a date" if re.match(r"\d{4}(-|$)", name) else ""
    return f"the id of {_a(kind.kind)} is meant here{date}"


#: Where the ids of a kind stand; those of records stand in these files too, or follow by rule.
_WHERE_IDS_STAND = {
    "actor": "content/actors.yaml and content/actors/",
    "article": "content/articles/, as names of files",
    "story": "content/stories/, as names of files",
    "place": "content/places.yaml",
    "term": "content/terms.yaml",
    "issue": "content/issues.yaml",
}
#: Up to how many ids a hint names all, and how many it names of more.
MOST_IDS, SOME_IDS = 8, 3


def _which_there_are(kind: str, known: Sequence[str], *, is_other: bool = False) -> str:
    """The ids of a kind, or the first of them and where to look for the others.

    `is_other` says that the record that asks is one of the kind and not among them.
    """
    many = ("other " if is_other else "") + ("stories" if kind == "story" else f"{kind}s")
    where = _WHERE_IDS_STAND.get(kind, "content/articles/*.yaml and content/stories/, as 'id:'")
    if not known:
        return f"there are no {many} yet"
    if len(known) <= MOST_IDS:
        return f"the {many} are: {', '.join(known)}"
    first = ", ".join(known[:SOME_IDS])
    return f"{SOME_IDS} of the {len(known)} {many}: {first}; all stand in {where}"


def _how_to_add(kind: str, name: str) -> str:
    match kind:
        case "actor":
            return f"add a line '{name}: {{name: …, kind: person}}' to content/actors.yaml"
        case "story":
            return f"write content/stories/{name}.yaml; one line is enough: 'title: …'"
        case "place":
            return f"add a line '{name}: {{name: …}}' to content/places.yaml"
        case "issue":
            return f"add a line '{name}: {{title: …}}' to content/issues.yaml"
        case "article":
            return "the slug is the name of a file in content/articles/ without '.md'"
        case "record":
            return "an id of an event, quote, position, claim or question is meant"
    return f"add it to content/{kind}s.yaml"
