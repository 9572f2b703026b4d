"""The draft of an article's annotations: proposals written as commented YAML.

Renamed to `<slug>.yaml` the text is valid as it stands: every evidence selects its words, every id
exists, no id stands twice. What would not be valid (roles of names that are no actors yet) is in
comments. Each proposal says in front of it why it is made, and how sure the rule is.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..dates import Date, is_before, parse_date
from ..model import MAX_TITLE, UNNAMED, Actor, Place, slugify
from ..passages import ArticleText
from .cast import KnownActor, NamedActor
from .date_expressions import DateExpression
from .evidence import select_quote, select_range
from .lexicon import NATIONALITIES, words
from .propose import Proposals, ProposedQuote, propose
from .prose import Span
from .tense import tense_at
from .titles import make_title

WIDTH: Final = 96


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drafted: an article, the date from which it counts, and what the site knows."""

    slug: str
    text: ArticleText
    date: Date
    is_date_certain: bool
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    record_ids: Collection[str]
    """Ids of records elsewhere, which a draft must not use again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as text, with what a person at the terminal is told."""

    text: str
    counts: Mapping[str, int]
    new_names: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    """One record: the comment in front of it, and its lines (`key: value`)."""

    comment: str
    fields: list[tuple[str, str | list[str]]] = field(default_factory=list)

    def add(self, key: str, value: str | list[str]) -> None:
        """Add a key; values are YAML already."""
        self.fields.append((key, value))

    def lines(self) -> Iterator[str]:
        yield from _comment(self.comment, "  ")
        marker = "- "
        for key, value in self.fields:
            if isinstance(value, str):
                yield f"  {marker}{key}: {value}"
            else:
                yield f"  {marker}{key}:"
                yield from (f"      - {item}" for item in value)
            marker = "  "


def make_draft(subject: Subject) -> Draft:
    """Propose annotations for an article and write them down."""
    body = subject.text.body
    proposals = propose(
        body.text,
        subject.date,
        [known_actor(id_, actor, subject.actors) for id_, actor in subject.actors.items()],
        paragraphs=[(block.start, block.end) for block in body.blocks],
        is_date_certain=subject.is_date_certain,
    )
    return _Writer(subject, proposals).draft()


def known_actor(actor_id: str, actor: Actor, actors: Mapping[str, Actor]) -> KnownActor:
    """An actor by all its names: a person by the last name too, where nobody else has it."""
    names = [actor.name, *actor.aliases, *actor.also]
    if actor.kind == "person" and " " in actor.name:
        last = actor.name.split()[-1]
        others = (a.name.split()[-1] for i, a in actors.items() if i != actor_id)
        if last not in others:
            names.append(last)
    return KnownActor(actor_id, actor.kind, tuple(names))


class _Writer:
    """Turns proposals into the text of a draft."""

    def __init__(self, subject: Subject, proposals: Proposals) -> None:
        self.subject = subject
        self.found = proposals
        self.taken = set(subject.record_ids)
        self.names: dict[str, str] = {}
        for actor_id, actor in subject.actors.items():
            for name in (actor.name, *actor.aliases, *actor.also):
                self.names.setdefault(re.sub(r"^[Tt]he\s+", "", name), actor_id)

    def draft(self) -> Draft:
        """The whole draft."""
        sections = {
            "roles": list(self._roles()),
            "events": list(self._events()),
            "quotes": list(self._quotes()),
        }
        parts = ["\n".join(self._head(sections))]
        for name, entries in sections.items():
            if entries:
                blocks = ["\n".join(entry.lines()) for entry in entries]
                parts.append(f"{name}:\n" + "\n\n".join(blocks))
        strangers = [a for a in self.found.actors if not a.id]
        if strangers:
            parts.append("\n".join(self._strangers(strangers)))
        return Draft(
            "\n\n".join(parts) + "\n",
            {name: len(entries) for name, entries in sections.items()},
            tuple(actor.name for actor in strangers),
            self.found.doubts,
        )

    # ---- head

    def _head(self, sections: Mapping[str, Collection[_Entry]]) -> Iterator[str]:
        slug = self.subject.slug
        yield from _comment(
            f"A first draft of what {slug}.md says, made by rules: nobody has read it yet, and the "
            f"site does not read this file. Keep what is right, mend the rest or delete it; then "
            f"rename the file to {slug}.yaml and run `make check`."
        )
        yield "#"
        reference = self.found.reference
        yield from _comment(f"Dates are counted from {reference.date.edtf}. {self._where_from()}")
        for doubt in self.found.doubts:
            yield from _comment(f"! {doubt}")
        if reference.is_inferred:
            yield from _comment(
                f"! If that is right, put `written: {reference.date.edtf}` into the front matter "
                f"of "
                f"{slug}.md. If it is not, draft again with REFERENCE={self.subject.date.edtf}."
            )
        if not any(sections.values()):
            yield from _comment("Nothing was found that could be proposed.")

    def _where_from(self) -> str:
        if self.found.reference.is_inferred:
            return "That is inferred from the text; dates that hang on it are marked with `?`."
        if self.subject.is_date_certain:
            return "That was your choice."
        return "That is the article's `written`, else its `date`."

    # ---- roles

    def _roles(self) -> Iterator[_Entry]:
        for actor in self.found.actors:
            if actor.id and actor.role is not None:
                entry = self._role(actor)
                if entry is not None:
                    yield entry

    def _role(self, actor: NamedActor) -> _Entry | None:
        role = actor.role
        if role is None:
            return None
        mention = self._mention_beside(actor, role.span)
        span = Span(min(role.span.start, mention.start), max(role.span.end, mention.end))
        evidence = select_range(self.subject.text, span)
        if evidence is None:
            return None
        words, owner = self._parted(role.words, role.of)
        entry = _Entry(f'sure: "{_short(self.found.prose.words(span))}"')
        entry.add("actor", actor.id)
        entry.add("role", print_scalar(words))
        if owner:
            entry.add("of", owner)
        entry.add("evidence", print_scalar(evidence))
        return entry

    def _mention_beside(self, actor: NamedActor, role: Span) -> Span:
        """The name of an actor that stands nearest to its role."""
        who = self.found.actors.index(actor)
        spans = [m.span for m in self.found.cast.mentions if m.who == who]
        return min(spans, key=lambda s: min(abs(s.start - role.end), abs(role.start - s.end)))

    def _parted(self, words: str, owner: str) -> tuple[str, str]:
        """A role without its owner, and the owner's id; unparted where the owner is no actor."""
        owner_id = self._id_of(owner)
        if not owner_id or not owner:
            return words, ""
        bare = re.sub(rf"^{re.escape(owner)}(?:[’']s)?\s+", "", words)
        bare = re.sub(rf"\s+(?:of|for|at)\s+(?:the\s+)?{re.escape(owner)}$", "", bare)
        return bare or words, owner_id

    def _id_of(self, name: str) -> str:
        """The actor of a name or of a nationality; empty where there is none."""
        for candidate in (name, NATIONALITIES.get(name, "")):
            if candidate in self.names:
                return self.names[candidate]
        return ""

    # ---- events

    def _events(self) -> Iterator[_Entry]:
        prose = self.found.prose
        quoted = [quote.span for quote in self.found.quotes]
        by_sentence: dict[int, list[DateExpression]] = {}
        for expression in self.found.dates:
            if not any(span.start <= expression.span.start < span.end for span in quoted):
                index = prose.sentence_index(expression.span.start)
                by_sentence.setdefault(index, []).append(expression)
        for index, expressions in by_sentence.items():
            entry = self._event(prose.sentences[index], expressions)
            if entry is not None:
                yield entry

    def _event(self, sentence: Span, expressions: list[DateExpression]) -> _Entry | None:
        first = expressions[0]
        evidence = select_range(self.subject.text, sentence)
        if evidence is None:
            return None
        words = self.found.prose.words(sentence)
        at = first.span.start - sentence.start, first.span.end - sentence.start
        title = make_title(words, *at)[:MAX_TITLE]
        edtf, note = self._date(first)
        why = f'{first.sureness}: "{first.words}" is {edtf} ({first.why}).'
        if len(expressions) > 1:
            others = "; ".join(f'"{e.words}" is {e.edtf}' for e in expressions[1:])
            why += f" In the same sentence: {others}."
        entry = _Entry(why + " The title is the article's words: write your own.")
        self._add_id(entry, slugify(" ".join(title.split()[:6])))
        entry.add("title", print_scalar(title))
        entry.add("date", edtf)
        if note:
            entry.add("date_note", print_scalar(note))
        if self._is_planned(edtf, words, at):
            entry.add("status", "planned")
        self._add_who(entry, sentence, parse_date(edtf))
        entry.add("evidence", print_scalar(evidence))
        return entry

    def _date(self, expression: DateExpression) -> tuple[str, str]:
        """The date as EDTF, marked where it is inferred, and the note that readers get."""
        if not expression.is_relative:
            return expression.edtf, ""
        edtf, reference = expression.edtf, self.found.reference
        note = f'The article says "{expression.words}"; counted from {reference.date.edtf}'
        if reference.is_inferred:
            edtf = "/".join(f"{part.rstrip('~')}?" for part in edtf.split("/"))
            note += ", when it seems to have been written"
        return edtf, note + "."

    def _is_planned(self, edtf: str, sentence: str, at: tuple[int, int]) -> bool:
        is_ahead = is_before(self.found.reference.date, parse_date(edtf))
        return is_ahead and tense_at(sentence, *at) == "future"

    def _add_who(self, entry: _Entry, sentence: Span, date: Date) -> None:
        """The actors that a sentence names, but for those who did not live then, and the place."""
        ids = [
            self.found.actors[m.who].id
            for m in self.found.cast.mentions
            if sentence.start <= m.span.start < sentence.end
        ]
        known = [id_ for id_ in dict.fromkeys(ids) if id_ and self._is_alive(id_, date)]
        if known:
            entry.add("actors", f"[{', '.join(known)}]")
        place = self._place_in(self.found.prose.words(sentence))
        if place:
            entry.add("place", place)

    def _is_alive(self, actor_id: str, date: Date) -> bool:
        actor = self.subject.actors[actor_id]
        starts = [start for start in (actor.born, actor.founded) if start is not None]
        ends = [end for end in (actor.died, actor.ended) if end is not None]
        is_early = any(is_before(date, start) for start in starts)
        return not is_early and not any(is_before(end, date) for end in ends)

    def _place_in(self, words: str) -> str:
        """The place that a sentence names behind "in", "at", "near" or "on"."""
        for place_id, place in self.subject.places.items():
            for name in (place.name, *place.also):
                plain = re.escape(re.sub(r"^[Tt]he\s+", "", name))
                if re.search(rf"\b(?:in|at|near|on|outside)\s+(?:the\s+)?{plain}\b", words):
                    return place_id
        return ""

    # ---- quotes

    def _quotes(self) -> Iterator[_Entry]:
        for quote in self.found.quotes:
            entry = self._quote(quote)
            if entry is not None:
                yield entry

    def _quote(self, quote: ProposedQuote) -> _Entry | None:
        ends_in_comma = quote.text.endswith(",")
        span = Span(quote.span.start, quote.span.end - ends_in_comma)
        text = select_quote(self.subject.text, span)
        if text is None:
            return None
        actor_id, actor, why = self._speaker(quote)
        entry = _Entry(why)
        words = text.replace("...", " ").replace("[", " ").split()[:3]
        self._add_id(entry, slugify(" ".join([actor_id, *words])))
        entry.add("actor", actor)
        entry.add("text", print_scalar(text))
        return entry

    def _speaker(self, quote: ProposedQuote) -> tuple[str, str, str]:
        """The id, the value of `actor`, and the comment."""
        speaker = quote.speaker
        if speaker is None:
            return UNNAMED, UNNAMED, "a guess: nothing tells who said this."
        why = f"{speaker.sureness}: {speaker.why}."
        if speaker.who is not None:
            actor = self.found.actors[speaker.who]
            if actor.id:
                return actor.id, actor.id, why
            why += f" Or actor: {slugify(actor.name)}, once that is an actor (see below)."
        return UNNAMED, f"{{{UNNAMED}: {_flow_scalar(quote.speaker_name)}}}", why

    # ---- names

    def _strangers(self, actors: Iterable[NamedActor]) -> Iterator[str]:
        yield from _comment(
            "Names that are no actors yet. Put the lines that you want into content/actors.yaml, "
            f"delete this file, and run `make draft ARTICLE={self.subject.slug}` again: then "
            f"roles, "
            "events and quotes name them."
        )
        yield "#"
        for actor in actors:
            name = {"name": actor.name, "kind": actor.kind}
            values = ", ".join(f"{key}: {_flow_scalar(value)}" for key, value in name.items())
            yield f"# {slugify(actor.name)}: {{{values}}}"
            count = self.found.cast.count(self.found.actors.index(actor))
            times = "once" if count == 1 else f"{count} times"
            role = f"; {actor.role.words}" if actor.role else ""
            yield from _comment(f"  named {times}{role}; {actor.kind} by: {actor.why}")

    def _add_id(self, entry: _Entry, by_rule: str) -> None:
        """Reserve the id that follows by rule; where it is taken, write another one."""
        if by_rule and by_rule not in self.taken:
            self.taken.add(by_rule)
            return
        stem = by_rule or "draft"
        number = next(n for n in range(2, 10_000) if f"{stem}-{n}" not in self.taken)
        self.taken.add(f"{stem}-{number}")
        entry.add("id", f"{stem}-{number}")


# ---- YAML -----------------------------------------------------------------------------------

_PLAIN: Final = re.compile(r"[^\W_][^\n\t]*")
_WORDS_OF_YAML: Final = words("null true false yes no on off y n")


def print_scalar(text: str) -> str:
    """A text as a YAML scalar on one line: plain where that is safe, else in double quotes."""
    is_safe = (
        _PLAIN.fullmatch(text)
        and not re.search(r":(?:\s|$)|\s#|\s$", text)
        and text.lower() not in _WORDS_OF_YAML
        and text.isprintable()
    )
    return text if is_safe else json.dumps(text, ensure_ascii=False)


def _flow_scalar(text: str) -> str:
    """A scalar inside braces or brackets."""
    return (
        json.dumps(text, ensure_ascii=False)
        if re.search(r"[,\[\]{}]", text)
        else print_scalar(text)
    )


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """A comment, wrapped; without characters that YAML refuses in one."""
    clean = "".join(char if char.isprintable() else " " for char in text)
    for line in textwrap.wrap(clean, WIDTH - len(indent) - 2, break_on_hyphens=False):
        yield f"{indent}# {line}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:90].rpartition(" ")[0] + " …"
