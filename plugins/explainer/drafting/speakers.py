"""Who said the words between quotation marks.

The verb of speech nearest to a quotation in the writer's sentence decides, and its subject: the
name in front of it that no preposition governs, or the one behind it ("said Jane Roe"). A pronoun
is the person named last that fits it. A quotation that is a sentence of its own goes on with what
the same speaker said before. Where nothing tells, nobody is named: a draft may abstain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from .cast import Cast, Gender, Mention
from .lexicon import (
    INCIDENTAL_NOUNS,
    PREPOSITIONS,
    ROLE_PATTERN,
    SPEECH_VERBS,
    WEAK_SPEECH_VERBS,
    words,
)
from .prose import Prose, Span
from .quoted import Frames, Quotation

Sureness = Literal["sure", "likely", "a guess"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something: an actor of the cast, or the words for somebody without a name."""

    who: int | None
    words: str
    why: str
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class _Referent:
    """Words that stand for somebody: a name, a pronoun, "the mayor", "a witness"."""

    span: Span
    kind: Literal["name", "pronoun", "definite", "indefinite"]
    who: int | None = None
    is_possessive: bool = False


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of speech, and whether it may only take the quotation right behind it."""

    span: Span
    word: str

    @property
    def is_participle(self) -> bool:
        return self.word.endswith("ing")


_INCIDENTAL: Final = "|".join(sorted(INCIDENTAL_NOUNS))
_SAYERS: Final = (
    rf"{ROLE_PATTERN}|{_INCIDENTAL}|magazine|campaign|administration|bureau|panel|jury|crowd"
    rf"|audience|defense|prosecution|family|families|study|poll|ad|spot|video|caller|editorial"
    rf"|man|woman|boy|girl|official|officials|person|people"
    rf"|source|sources|mediator"
    r"|mediators|protester|protesters|demonstrator|demonstrators|customer|company|firm|group"
    r"|ministry"
    r"|agency|government|council|board|department|union|statement|police|army|court|bank|university"
    r"|school|hospital|party|committee|commission|authority|authorities|regulator|regulators"
    r"|charity"
    r"|club|team|spokespeople|passenger|passengers|commuter|neighbours|neighbors|email|e-mail"
    r"|letter|report|petition"
    r"|memo|note|sign|leaflet|spectator|fan|soldier|soldiers|villager|villagers|insider|insiders"
    r"|teenager"
    r"|shopper|motorist|patient|grandmother|grandfather|colleague|friend|relative|relatives|critic"
    r"|critics|opponents|supporters|campaigners|lawyers|prosecutors|scientists|researchers|experts"
    r"|analysts|economists|investigators|doctors|teachers|residents|witnesses|lawmakers|ministers"
    r"|diplomats|workers|managers|organisers|organizers|owners|parents|players|tribunal"
    r"|foundation|trust"
    r"|institute|association|body|watchdog|newspaper|paper|network|broadcaster|operator|airline"
)
_MODIFIER: Final = r"(?:(?!(?:that|who|which|whose|the|an?|of|in|and|to|for|said)\b)[\w’'-]+\s+)"
_HEAD: Final = rf"{_MODIFIER}{{0,4}}?(?:{_SAYERS})s?\b(?!-|\s+(?:{_SAYERS})\b)"
_OWNED: Final = rf"(?:[’']s?\s+{_HEAD})?"
_TAIL: Final = (
    r"(?P<tail>\s+(?:for|of|at|from|in|with|who|close to|familiar with)\s+(?:the\s+)?[\w’'-]+"
    r"(?:\s+(?!said|says|told)[\w’'-]+){0,2})?"
)
_DEFINITE: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+{_HEAD}{_OWNED}"
)
_INDEFINITE: Final = re.compile(
    rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Mm]any|[Ss]everal|[Aa]nonymous|[Tt]wo|[Tt]hree"
    rf"|[Oo]ther|[Oo]ne of (?:the|his|her|its|their))\s+{_HEAD}{_OWNED}{_TAIL}"
)
_POSSESSED: Final = re.compile(rf"(?<=[’']s\s){_HEAD}|(?<=s[’']\s){_HEAD}")
_PLURAL: Final = re.compile(
    r"\b(?:[A-Z][a-z]+\s+)?(?:[Bb]oth sides|[Oo]fficials|[Pp]olice|[Cc]ritics|[Rr]esidents"
    r"|[Ww]itnesses"
    r"|[Pp]rosecutors|[Ii]nvestigators"
    r"|[Ll]awyers|[Mm]inisters|[Ss]cientists|[Rr]esearchers|[Cc]ampaigners|[Nn]eighbou?rs"
    r"|[Pp]rotesters|[Dd]iplomats|[Aa]nalysts|[Ee]conomists)\b"
)
_PRONOUN: Final = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")
_GENDER_OF: Final[dict[str, Gender]] = {"he": "male", "she": "female", "they": "unknown"}
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NEAR_BEHIND: Final = 70
_NEW_CLAUSE: Final = re.compile(
    r",?\s+(?:while|but|and|as|which|who|whose|although|though|because|after|before|when|an?|the"
    r"|in|at|on|\w+ing)\b"
)
_OF_SOMETHING: Final = words(
    "described called dubbed termed labeled labelled branded deemed characterized "
    "characterised hailed condemned denounced quoted reported"
)
_ACTIVE_BEFORE: Final = words("has have had also and but later then")
#: What may stand between "said" and a name: "a tearful", "Troy police Lt.".
_WORDS_OF_A_TITLE: Final = re.compile(
    r"\s+(?:(?!(?:that|to|in|on|of|for|with|it|he|she|they|there|his|her|at|by|from|about|but|and"
    r"|when|after|before|reporters|as|so|not|who|which|whose|I|we|you)\b)[\w’'.-]+\s+){1,5}"
)
_RELATIVE_CLAUSE: Final = re.compile(r",\s+(?:who|which|whose|where|whom)\b[^,]*,")
_PASSIVE: Final = re.compile(
    r"\b(?:been|was|were|is|are|be|being|described|dubbed|known|billed|touted|so-called)\s*(?:as"
    r"|called)?\s*$"
)


class SpeakerFinder:
    """Finds the speakers of a text's quotations, in order: one may go on from another."""

    def __init__(self, prose: Prose, frames: Frames, cast: Cast) -> None:
        self.prose = prose
        self.frames = frames
        self.cast = cast
        self.text = frames.masked
        self.last: dict[int, Speaker] = {}
        """The last speaker of each paragraph so far."""

    def speakers(self) -> tuple[Speaker | None, ...]:
        """One for each quotation of the frames; None where nothing tells."""
        found: list[Speaker | None] = []
        before: tuple[Quotation, Speaker | None] | None = None
        for quotation in self.frames.quotations:
            speaker = self._speaker(quotation, before)
            if speaker is not None:
                self.last[self.prose.paragraph_index(quotation.outer.start)] = speaker
            found.append(speaker)
            before = (quotation, speaker)
        return tuple(self._looked_ahead(found))

    # ---- one quotation

    def _speaker(
        self, quotation: Quotation, before: tuple[Quotation, Speaker | None] | None
    ) -> Speaker | None:
        if (
            before is not None
            and before[0].goes_on
            and before[1] is not None
            and self._is_next_paragraph(before[0], quotation)
        ):
            return self._carried(before[1], "goes on from the paragraph before", "sure")
        sentence = self.frames.sentence_of(quotation)
        start, end = quotation.outer
        ahead = Span(sentence.start, start)
        behind = Span(end, max(end, sentence.end))
        found = self._by_sentence(quotation, sentence, ahead, behind)
        if found is not None:
            return found
        if not self._has_words(ahead) and not self._has_words(behind):
            return self._alone(quotation, sentence, before)
        return None

    def _by_sentence(
        self, quotation: Quotation, sentence: Span, ahead: Span, behind: Span
    ) -> Speaker | None:
        introduced = self._behind_colon(sentence, ahead)
        if introduced is not None:
            return introduced
        tight_behind = self._tight_behind(quotation, sentence, behind)
        tight_ahead = self._tight_ahead(quotation, ahead)
        for verb, place in (tight_behind, tight_ahead):
            if verb is not None:
                found = self._of_verb(verb, sentence, place)
                if found is not None:
                    return found
        by = self._by(behind)
        if by is not None:
            return by
        own = self._own_clause(sentence, ahead)
        for verb in reversed(list(self._verbs(ahead))):
            if own is not None and verb.span.end <= own.span.start:
                return self._as_speaker(own, "the subject of its clause", "a guess")
            if self._subject(verb, sentence) is not None:
                return self._of_verb(verb, sentence, "ahead")
        according = self._according(sentence)
        if according is not None:
            return according
        for verb in self._verbs(behind):
            found = self._of_verb(verb, sentence, "behind")
            if found is not None:
                return _less_sure(found)
        acting = self._acting_behind(quotation, behind)
        if acting is not None:
            return acting
        return self._woven(quotation, sentence, ahead)

    def _own_clause(self, sentence: Span, ahead: Span) -> _Referent | None:
        """The subject of a clause that begins behind an earlier quotation of the sentence."""
        floor = max(
            (
                q.outer.end
                for q in self.frames.quotations
                if sentence.start <= q.outer.start and q.outer.end <= ahead.end
            ),
            default=None,
        )
        if floor is None or not re.match(
            r"[;,]?\s*(?:while|but|whereas|;)", self.text[floor : ahead.end]
        ):
            return None
        return next(
            (
                r
                for r in self._between(floor, ahead.end)
                if not r.is_possessive and not self._is_governed(r, floor)
            ),
            None,
        )

    def _acting_behind(self, quotation: Quotation, behind: Span) -> Speaker | None:
        """`"Enough!" Jane Roe bellowed.`: somebody who does anything right behind the words."""
        if self.prose.words(quotation.inner).rstrip()[-1:] not in ",!?":
            return None
        start = behind.start + len(re.match(r"\s*", self.text[behind.start : behind.end])[0])  # type: ignore[index]
        for referent in self.referents:
            if self._full_start(referent) == start and re.match(
                r"\s+\w+ed\b", self.text[referent.span.end : behind.end]
            ):
                return self._as_speaker(referent, "acts right behind the words", "likely")
        return None

    def _behind_colon(self, sentence: Span, ahead: Span) -> Speaker | None:
        """`Ms Harcastle intervened: "…"`: what stands before a colon introduces the words."""
        words = self.text[ahead.start : ahead.end].rstrip()
        if not words.endswith(":"):
            return None
        for verb in reversed(list(self._verbs(ahead))):
            if self._subject(verb, sentence) is not None:
                return self._of_verb(verb, sentence, "ahead")
        end = _Verb(Span(ahead.end, ahead.end), "")
        subject = self._main_subject(sentence, end)
        return (
            self._as_speaker(subject, "the words before the colon", "likely") if subject else None
        )

    def _tight_behind(
        self, quotation: Quotation, sentence: Span, behind: Span
    ) -> tuple[_Verb | None, Literal["ahead", "behind"]]:
        """The verb right behind a quotation that ends in a comma, or a question."""
        last = self.prose.words(quotation.inner).rstrip()[-1:]
        first = self.text[behind.start : behind.start + 1]
        if last not in ",?!—–-…" and first != ",":
            return None, "behind"
        if self._has_words(Span(sentence.start, quotation.outer.start)) and _NEW_CLAUSE.match(
            self.text, behind.start
        ):
            return None, "behind"
        near = Span(behind.start, min(behind.end, behind.start + _NEAR_BEHIND * 3))
        verbs = [v for v in self._verbs(near) if not v.is_participle]
        return (verbs[0] if verbs else None), "behind"

    def _tight_ahead(
        self, quotation: Quotation, ahead: Span
    ) -> tuple[_Verb | None, Literal["ahead", "behind"]]:
        """The last verb ahead of a quotation behind a comma, a colon or the verb itself."""
        words = self.text[ahead.start : ahead.end].rstrip()
        verbs = list(self._verbs(ahead))
        if not verbs:
            return None, "ahead"
        last = verbs[-1]
        gap = self.text[last.span.end : ahead.end].strip()
        if words.endswith((",", ":")) or not gap or gap in {"that", "as"} or len(gap) < 25:
            return last, "ahead"
        return None, "ahead"

    def _verbs(self, span: Span) -> Iterator[_Verb]:
        """The verbs of speech between two places, outside of quotations."""
        for match in _WORD.finditer(self.text, span.start, span.end):
            word = match[0].lower()
            if word not in SPEECH_VERBS or self.frames.is_quoted(match.start()):
                continue
            if self._is_noun(match) or self._is_passive(match):
                continue
            if word in WEAK_SPEECH_VERBS and not self._touches_quotation(match):
                continue
            yield _Verb(Span(*match.span()), word)

    def _is_noun(self, match: re.Match[str]) -> bool:
        """Whether a word like "claims" or "comments" is none of saying here."""
        before = self.text[max(0, match.start() - 14) : match.start()]
        has_article = re.search(
            r"\b(?:the|a|an|his|her|its|their|of|no|any|such|these|those|for|by|was|were|been|is"
            r"|are"
            r"|being|be|to)\s+$",
            before,
        )
        if not has_article:
            return False
        is_infinitive = re.search(r"\bto\s+$", before)
        word = match[0].lower()
        return not is_infinitive or word in {"comments", "reports"}

    def _touches_quotation(self, match: re.Match[str]) -> bool:
        """Whether a quotation stands right behind a verb, or only a subject between both."""
        if re.match(r"[,:]?\s*[\"“‘']", self.text[match.end() : match.end() + 4]):
            return True
        before = self.text[max(0, match.start() - 45) : match.start()]
        return bool(re.search(r"[\"”’'],?\s+(?:(?!that|which|who)[\w’'.-]+\s+){0,4}$", before))

    def _is_passive(self, match: re.Match[str]) -> bool:
        """Whether something is said of the word before: "a session described as"."""
        if match[0].lower() not in _OF_SOMETHING or self.frames.is_quoted(match.start() - 2):
            return False
        if re.match(
            r"\s+(?:it|him|her|them|this|that|the|his|its|their|an?)\b", self.text[match.end() :]
        ):
            return False
        before = re.search(r"(\S+)\s+$", self.text[max(0, match.start() - 30) : match.start()])
        if before is None or before[1].lower() in _ACTIVE_BEFORE or before[1].endswith((",", "ly")):
            return False
        if before[1][:1].isupper():
            return False
        end = match.start() - (len(before[0]) - len(before[1]))
        return not any(r.span.end == end for r in self.referents)

    # ---- the subject of a verb

    def _of_verb(
        self, verb: _Verb, sentence: Span, place: Literal["ahead", "behind"]
    ) -> Speaker | None:
        subject = self._subject(verb, sentence)
        if subject is None:
            return None
        sureness: Sureness = "sure" if subject.kind == "name" else "likely"
        return self._as_speaker(
            subject, f'"{self.prose.text[verb.span.start : verb.span.end]}"', sureness
        )

    def _subject(self, verb: _Verb, sentence: Span) -> _Referent | None:
        """Who does what a verb says: the referent in front of it, else the one behind it."""
        floor = self._clause_start(verb, sentence)
        ahead = [r for r in self._between(floor, verb.span.start) if r.span.end <= verb.span.start]
        asides = list(_RELATIVE_CLAUSE.finditer(self.text, floor, verb.span.start))
        free = [
            r
            for r in ahead
            if (
                not self._is_governed(r, floor)
                and not r.is_possessive
                and not any(a.start() < r.span.start < a.end() for a in asides)
            )
            or self.text[: r.span.start].endswith(" as ")
        ]
        near_behind = self._right_behind(verb, sentence)
        if near_behind is not None and not self._is_adjacent(free, verb):
            return near_behind
        if verb.is_participle or self._is_coordinated(verb):
            adjacent = free[-1] if free and self._is_adjacent(free, verb, exactly=True) else None
            with_subject = self._with_subject(ahead, verb)
            return with_subject or adjacent or self._main_subject(sentence, verb)
        if self._is_relative(verb):
            persons = [r for r in ahead if self._may_be_person(r)]
            return persons[-1] if persons else None
        if free:
            return self._out_of_apposition(free)
        return self._some_noun(verb, floor) or self._some_noun_behind(verb, floor)

    def _some_noun_behind(self, verb: _Verb, floor: int) -> _Referent | None:
        """`read a notice`, `muttered one of them`: behind a verb that stands behind the words."""
        if self.text[floor : verb.span.start].strip(" ,"):
            return None
        match = re.match(
            r"\s+(?P<words>(?:an?|another|one)\s+(?:of\s+(?:them|the\s+\w+)"
            r"|(?:[\w-]+\s+){0,2}?\w+))\b",
            self.text[verb.span.end :],
        )
        if match is None:
            return None
        start = verb.span.end + match.start("words")
        return _Referent(Span(start, start + len(match["words"])), "indefinite")

    def _some_noun(self, verb: _Verb, floor: int) -> _Referent | None:
        """`a local barber told reporters`: an article and a noun right in front of a verb."""
        match = re.search(
            r"\b(?P<article>an?|one|another|the|his|her"
            r"|their)\s+(?:[\w-]+\s+){0,3}?[a-z][\w-]*\s+$",
            self.text[floor : verb.span.start],
            re.I,
        )
        if match is None:
            return None
        span = Span(floor + match.start(), floor + len(match[0].rstrip()) + match.start())
        is_definite = match["article"].lower() in {"the", "his", "her", "their"}
        return _Referent(span, "definite" if is_definite else "indefinite")

    def _out_of_apposition(self, free: Sequence[_Referent]) -> _Referent:
        """Of "Jane Roe, the mayor," the name; else the last one."""
        last = free[-1]
        if len(free) > 1 and free[-2].kind == "name":
            between = self.text[free[-2].span.end : self._full_start(last)]
            if re.fullmatch(r",?\s+and\s+(?:(?:his|her|their)\s+)?(?:[\w-]+\s+){0,2}", between):
                return free[-2]
        if last.kind in {"definite", "indefinite"} and len(free) > 1 and free[-2].kind == "name":
            between = self.text[free[-2].span.end : last.span.start]
            if re.fullmatch(r"(?:\s+(?:of|at|from)\s+[^,]{1,60})?,\s+(?:who\s+is\s+)?", between):
                return free[-2]
        return last

    def _clause_start(self, verb: _Verb, sentence: Span) -> int:
        """Behind the last quotation ahead of a verb, or where its sentence begins."""
        ends = [
            q.outer.end
            for q in self.frames.quotations
            if sentence.start <= q.outer.start and q.outer.end <= verb.span.start
        ]
        starts = [sentence.start, *ends]
        cut = [
            m.end()
            for m in re.finditer(
                r";\s|\s[—–]\s|\bbut\s|\bwhile\s", self.text[max(starts) : verb.span.start]
            )
        ]
        return max(starts) + (cut[-1] if cut else 0)

    def _is_governed(self, referent: _Referent, floor: int) -> bool:
        """Whether a preposition stands right in front of a referent."""
        words = _WORD.findall(self.text[max(floor, referent.span.start - 40) : referent.span.start])
        between = self.text[max(floor, referent.span.start - 3) : referent.span.start]
        if "," in between or not words:
            return False
        last = words[-1].lower()
        if last in {"the", "a", "an", "mr", "ms"} and len(words) > 1:
            last = words[-2].lower()
        return (last in PREPOSITIONS and last not in {"as", "after", "before"}) or last == "told"

    def _is_adjacent(
        self, free: Sequence[_Referent], verb: _Verb, *, exactly: bool = False
    ) -> bool:
        """Whether the last referent stands right in front of a verb, or beside an apposition."""
        if not free:
            return False
        between = self.text[free[-1].span.end : verb.span.start]
        words = _WORD.findall(between)
        if exactly:
            return len(words) <= 2 and "," not in between
        return len(words) <= 4 or between.strip().startswith((",", "("))

    def _is_coordinated(self, verb: _Verb) -> bool:
        """Whether a verb is the second one of its subject: "met the press and said"."""
        before = self.text[max(0, verb.span.start - 12) : verb.span.start]
        return bool(re.search(r"\b(?:and|then)\s+(?:also\s+|later\s+)?$", before))

    def _is_relative(self, verb: _Verb) -> bool:
        before = self.text[max(0, verb.span.start - 22) : verb.span.start]
        return bool(re.search(r"\bwho\s+(?:has\s+|had\s+|also\s+)?$", before))

    def _may_be_person(self, referent: _Referent) -> bool:
        return referent.who is None or self.cast.actors[referent.who].kind == "person"

    def _with_subject(self, ahead: Sequence[_Referent], verb: _Verb) -> _Referent | None:
        """`with spokesman Dmitry Peskov stating`."""
        if not ahead:
            return None
        last = ahead[-1]
        between = self.text[last.span.end : verb.span.start].strip()
        full = self._full_start(last)
        before = self.text[max(0, full - 6) : full]
        return last if not between and re.search(r"\bwith\s+$", before) else None

    def _full_start(self, referent: _Referent) -> int:
        for mention in self.cast.mentions:
            if mention.span == referent.span:
                return mention.full.start
        return referent.span.start

    def _main_subject(self, sentence: Span, verb: _Verb) -> _Referent | None:
        """The first referent of a sentence that nothing governs."""
        inside = [
            r
            for r in self.referents
            if sentence.start <= r.span.start
            and r.span.end <= verb.span.start
            and not r.is_possessive
            and not self._is_governed(r, sentence.start)
        ]
        return inside[0] if inside else None

    def _right_behind(self, verb: _Verb, sentence: Span) -> _Referent | None:
        """`said Jane Roe`, `said the mayor`: the referent that begins right behind a verb."""
        if verb.word in {
            "told",
            "tells",
            "telling",
            "urged",
            "accused",
            "asked",
            "thanked",
            "called",
        }:
            floor = self._clause_start(verb, sentence)
            if self.text[floor : verb.span.start].strip(" ,"):
                return None
        candidates = [
            r
            for r in self.referents
            if verb.span.end <= self._full_start(r) <= verb.span.end + 2
            or (r.kind != "name" and verb.span.end < r.span.start <= verb.span.end + 2)
            or self._is_behind_role(verb, r)
        ]
        names = [r for r in candidates if r.kind == "name" and not r.is_possessive]
        if names:
            return names[0]
        return next((r for r in candidates if not r.is_possessive), None)

    def _is_behind_role(self, verb: _Verb, referent: _Referent) -> bool:
        """`said the group's chairman, Jane Roe`, `said company lawyer Jane Roe`."""
        if referent.kind != "name":
            return False
        between = self.text[verb.span.end : self._full_start(referent)]
        if len(between) > 60 or re.search(
            r"[;:()\"“”—–]|\.\s+(?=[A-Z])(?<!\b[A-Z][a-z]\.\s)", between
        ):
            return False
        floor = max(
            (q.outer.end for q in self.frames.quotations if q.outer.end <= verb.span.start),
            default=0,
        )
        is_inverted = not self.text[floor : verb.span.start].strip(" ,")
        if is_inverted and _WORDS_OF_A_TITLE.fullmatch(between):
            return True
        if re.fullmatch(r"\s+(?:the\s+)?(?:[\w.-]+\s+){0,4}[\w.-]+[’']s?\s+", between):
            return True
        if re.fullmatch(r"\s+(?:one of (?:them|the \w+),|an? \w+ who [^,.]{0,50}\bas)\s+", between):
            return True
        return bool(
            re.fullmatch(
                rf"\s+(?:[\w’'-]+\s+){{0,7}}?(?:{_SAYERS})(?:\s+(?:of|for|at)\s+[^,]+)?,?\s+",
                between,
                re.I,
            )
        )

    # ---- no verb of speech

    def _by(self, behind: Span) -> Speaker | None:
        """`called "the graveyard of talents" by Jane Roe`."""
        match = re.match(r",?\s+by\s+(?:the\s+)?", self.text[behind.start : behind.end])
        if match is None:
            return None
        at = behind.start + match.end()
        found = next((r for r in self.referents if at - 4 <= self._full_start(r) <= at), None)
        return self._as_speaker(found, '"by"', "likely") if found else None

    def _according(self, sentence: Span) -> Speaker | None:
        match = re.search(
            r"\b[Aa]ccording to\s+|\bin the words of\s+|\b[Ff]or\s+(?=[A-Z])",
            self.text[sentence.start : sentence.end],
        )
        if match is None or match[0].lower().startswith("for"):
            return None
        at = sentence.start + match.end()
        found = next((r for r in self.referents if at - 1 <= self._full_start(r) <= at + 4), None)
        return self._as_speaker(found, f'"{match[0].strip()}"', "likely") if found else None

    def _woven(self, quotation: Quotation, sentence: Span, ahead: Span) -> Speaker | None:
        """A piece woven into a sentence without a verb of speech: the subject, if any."""
        before = self.text[ahead.start : ahead.end]
        if _PASSIVE.search(before) and not re.search(r"\bby\s", before):
            return None
        subject = self._main_subject(sentence, _Verb(Span(ahead.end, ahead.end), ""))
        if subject is None:
            return None
        return self._as_speaker(subject, "the subject of the sentence", "a guess")

    def _has_words(self, span: Span) -> bool:
        return bool(re.search(r"\w", self.text[span.start : span.end]))

    # ---- a quotation that is a sentence of its own

    def _alone(
        self,
        quotation: Quotation,
        sentence: Span,
        before: tuple[Quotation, Speaker | None] | None,
    ) -> Speaker | None:
        index = self.prose.paragraph_index(quotation.outer.start)
        paragraph = self.prose.paragraphs[index]
        is_same = before is not None and before[0].outer.start >= paragraph.start
        between = Span(
            before[0].outer.end if is_same and before else paragraph.start, sentence.start
        )
        words = self.text[between.start : between.end]
        sentences = [s for s in self.frames.sentences if between.start <= s.start < sentence.start]
        if is_same and before and (not sentences or not self._names_somebody(sentences[-1])):
            return self._carried(before[1], "goes on from the quotation before", "likely")
        if sentences:
            found = self._introduced(sentences[-1], is_same, before)
            if found is not None:
                return found
        if is_same and before:
            return self._carried(before[1], "goes on from the quotation before", "likely")
        if index and not words.strip():
            return self._from_paragraph_before(index)
        return None

    def _names_somebody(self, sentence: Span) -> bool:
        return any(
            sentence.start <= r.span.start < sentence.end and r.kind in {"name", "pronoun"}
            for r in self.referents
        )

    def _introduced(
        self, sentence: Span, is_same: bool, before: tuple[Quotation, Speaker | None] | None
    ) -> Speaker | None:
        """By the sentence in front of a quotation: its verb of speech, else its subject."""
        verbs = list(self._verbs(sentence))
        for verb in reversed(verbs):
            found = self._of_verb(verb, sentence, "ahead")
            if found is not None:
                return _less_sure(found)
        end = _Verb(Span(sentence.end, sentence.end), "")
        subject = self._main_subject(sentence, end)
        if subject is None or subject.kind == "indefinite":
            return None
        speaker = self._as_speaker(subject, "the subject of the sentence before", "a guess")
        is_org = (
            speaker is not None
            and speaker.who is not None
            and (self.cast.actors[speaker.who].kind != "person")
        )
        return None if is_org else speaker

    def _from_paragraph_before(self, index: int) -> Speaker | None:
        """A paragraph that is one quotation goes on with the one before, or what introduces it."""
        paragraph = self.prose.paragraphs[index - 1]
        sentences = [s for s in self.frames.sentences if paragraph.start <= s.start < paragraph.end]
        if sentences:
            last = sentences[-1]
            if self.text[: last.end].endswith(":") or list(self._verbs(last)):
                found = self._introduced(last, False, None)
                if found is not None:
                    return _less_sure(found)
        return self._carried(
            self.last.get(index - 1), "goes on from the paragraph before", "a guess"
        )

    def _is_next_paragraph(self, first: Quotation, second: Quotation) -> bool:
        place = self.prose.paragraph_index
        return place(second.outer.start) - place(first.outer.start) == 1

    @staticmethod
    def _carried(speaker: Speaker | None, why: str, sureness: Sureness) -> Speaker | None:
        if speaker is None:
            return None
        least = max(speaker.sureness, sureness, key=_ORDER.index)
        return Speaker(speaker.who, speaker.words, why, least)

    def _looked_ahead(self, found: Sequence[Speaker | None]) -> Iterator[Speaker | None]:
        """A quotation without a speaker may have that of the one right behind it."""
        quotations = self.frames.quotations
        for at, speaker in enumerate(found):
            if speaker is not None or at + 1 == len(found):
                yield speaker
                continue
            here, there = quotations[at], quotations[at + 1]
            between = self.text[here.outer.end : there.outer.start]
            is_joined = here.goes_on or "\n" not in between
            if found[at + 1] and is_joined and not re.search(r"\w", between):
                yield self._carried(found[at + 1], "the quotation behind it", "likely")
            else:
                yield None

    # ---- what words stand for

    @cached_property
    def referents(self) -> tuple[_Referent, ...]:
        """Everything outside of quotations that may be a subject, in order, none inside another."""
        found = [
            _Referent(m.span, "name", m.who, m.is_possessive)
            for m in self.cast.mentions
            if not self.frames.is_quoted(m.span.start) and not self._is_in_title(m)
        ]
        taken = [m.full for m in self.cast.mentions]
        for pattern, kind in (
            (_PRONOUN, "pronoun"),
            (_INDEFINITE, "indefinite"),
            (_DEFINITE, "definite"),
            (_POSSESSED, "indefinite"),
            (_PLURAL, "indefinite"),
        ):
            for match in pattern.finditer(self.text):
                span = Span(*match.span())
                tail = match.groupdict().get("tail")
                if tail:  # names in it stand for themselves
                    span = Span(span.start, match.start("tail"))
                if self.frames.is_quoted(span.start) or any(_touch(span, t) for t in taken):
                    continue
                possessive = self.text[span.end : span.end + 2] in {"’s", "'s"}
                found.append(_Referent(span, kind, None, possessive))  # type: ignore[arg-type]
                taken.append(span)
        found = sorted(found, key=lambda r: r.span)
        return tuple(r for r in found if not self._is_named_behind(r))

    @cached_property
    def _referent_starts(self) -> list[int]:
        return [referent.span.start for referent in self.referents]

    def _between(self, start: int, end: int) -> Sequence[_Referent]:
        """The referents that begin in a range."""
        starts = self._referent_starts
        return self.referents[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def _sentences_by_paragraph(self) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for sentence in self.frames.sentences:
            found.setdefault(self.prose.paragraph_index(sentence.start), []).append(sentence)
        return found

    def _sentences_of(self, index: int) -> Sequence[Span]:
        """The writer's sentences of a paragraph."""
        return self._sentences_by_paragraph.get(index, [])

    def _is_named_behind(self, referent: _Referent) -> bool:
        """Whether a name follows in apposition: "the mayor, Jane Roe", "one of them, Jane Roe"."""
        if referent.kind in {"name", "pronoun"}:
            return False
        behind = re.match(
            r",?\s+who [^,.]{0,50}\bas\s+"
            r"|(?:\s+(?:of|for|at|in)\s+[^,.;:()]{1,60})?(?:\s+\([A-Z]+\))?,\s+",
            self.text[referent.span.end :],
        )
        end = referent.span.end + (behind.end() if behind else 0)
        return behind is not None and any(m.full.start == end for m in self.cast.mentions)

    def _is_in_title(self, mention: Mention) -> bool:
        """Whether a name only stands in the title of another ("NATO Secretary General Rutte")."""
        return any(
            other.span != mention.span
            and other.full.start <= mention.span.start
            and mention.span.end <= other.span.start
            for other in self.cast.mentions
        ) or any(
            actor.role is not None
            and who != mention.who
            and actor.role.span.start <= mention.span.start < actor.role.span.end
            for who, actor in enumerate(self.cast.actors)
        )

    def _as_speaker(self, referent: _Referent, why: str, sureness: Sureness) -> Speaker | None:
        words = self.prose.words(referent.span)
        if referent.kind == "name":
            return Speaker(referent.who, words, why, sureness)
        if referent.kind == "pronoun":
            who = self._antecedent(referent)
            if who is None:
                return None
            return Speaker(
                who,
                words,
                f'{why} of "{words}", the last one named that fits',
                _least(sureness, "likely"),
            )
        if referent.kind == "definite":
            who = self._described(referent)
            if who is not None:
                return Speaker(who, words, f'{why} of "{words}"', _least(sureness, "likely"))
        return Speaker(None, self._unnamed(referent), f"{why} of somebody without a name", sureness)

    def _unnamed(self, referent: _Referent) -> str:
        """The words that first introduce somebody unnamed: "the diplomat" is "a diplomat"."""
        if referent.kind == "definite":
            head = self.text[referent.span.start : referent.span.end].split()[-1]
            for other in reversed(self.referents):
                words = self.text[other.span.start : other.span.end]
                if (
                    other.kind == "indefinite"
                    and other.span.end <= referent.span.start
                    and words.split()[-1] == head
                ):
                    return self._unnamed(other)
        words = self.prose.words(referent.span)
        tail = re.compile(_TAIL).match(self.text, referent.span.end)
        if referent.kind == "indefinite" and tail:
            return words + (tail["tail"] or "")
        return words

    def _antecedent(self, pronoun: _Referent) -> int | None:
        """The person that a pronoun stands for: the last subject that fits, else the last name."""
        word = self.text[pronoun.span.start : pronoun.span.end].lower()
        gender = _GENDER_OF[word]
        index = self.prose.paragraph_index(pronoun.span.start)
        last = self.last.get(index)
        if last is not None and last.who is not None and self._fits(last.who, word, gender):
            others = self._subjects_between(index, pronoun, word, gender)
            return others[-1] if others else last.who
        subjects = self._subjects_between(index, pronoun, word, gender)
        if subjects:
            return subjects[-1]
        for back in (1, 2):
            speaker = self.last.get(index - back)
            subjects = self._subjects_between(index - back, pronoun, word, gender)
            if (
                speaker is not None
                and speaker.who is not None
                and self._fits(speaker.who, word, gender)
            ):
                return speaker.who
            if subjects:
                return subjects[-1]
        before = [
            m.who
            for m in self.cast.mentions
            if m.span.end <= pronoun.span.start and self._fits(m.who, word, gender)
        ]
        return before[-1] if before else None

    def _subjects_between(
        self, index: int, pronoun: _Referent, word: str, gender: Gender
    ) -> list[int]:
        """The fitting first names of the sentences of a paragraph before a pronoun."""
        if index < 0:
            return []
        found = []
        for sentence in self._sentences_of(index):
            if sentence.start >= pronoun.span.start:
                break
            names = [
                r
                for r in self._between(sentence.start, min(sentence.end, pronoun.span.start))
                if r.kind == "name" and r.who is not None and self._fits(r.who, word, gender)
            ]
            free = [
                r for r in names if not self._is_governed(r, sentence.start) and not r.is_possessive
            ]
            best = (free or names)[:1]
            found += [r.who for r in best if r.who is not None]
        return found

    def _fits(self, who: int, word: str, gender: Gender) -> bool:
        actor = self.cast.actors[who]
        if word == "they":
            return actor.kind != "person"
        return actor.kind == "person" and actor.gender in {gender, "unknown"}

    def _described(self, referent: _Referent) -> int | None:
        """Whom "the mayor" or "the company" stands for: the last one with such a role or name."""
        words = self.text[referent.span.start : referent.span.end]
        head = words.split()[-1].lower()
        before = [m for m in self.cast.mentions if m.span.end <= referent.span.start]
        for mention in reversed(before):
            actor = self.cast.actors[mention.who]
            if actor.kind == "person" and actor.role and head in actor.role.words.lower().split():
                return mention.who
            if actor.kind == "organization" and head in actor.name.lower().split():
                return mention.who
        if head in {"company", "firm", "group", "agency", "union", "charity", "club", "airline"}:
            orgs = [m.who for m in before if self.cast.actors[m.who].kind == "organization"]
            return orgs[-1] if orgs else None
        return None


_ORDER: Final[tuple[Sureness, ...]] = ("sure", "likely", "a guess")


def _least(first: Sureness, second: Sureness) -> Sureness:
    return max(first, second, key=_ORDER.index)


def _less_sure(speaker: Speaker) -> Speaker:
    return Speaker(speaker.who, speaker.words, speaker.why, _least(speaker.sureness, "likely"))


def _touch(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
