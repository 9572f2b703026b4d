"""Who is named in a text: persons and organizations, each with every place of its names.

A name is what the text makes of it: a person has a title, an age, a common given name, or says
something; an organization has a telling word, an acronym, or acts. What is neither is a place or a
thing, and left out. Actors that are known are found by their names first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from babel import Locale

from .appositions import Role, owner_of, role_ahead, role_behind
from .calendar import MONTHS, WEEKDAYS
from .lexicon import (
    COURTESY,
    FEMALE_NAMES,
    FEMALE_WORDS,
    GIVEN_NAMES,
    INCIDENTAL_NOUNS,
    MALE_NAMES,
    MALE_WORDS,
    NATIONALITIES,
    NO_ACRONYMS,
    NO_ORGANIZATIONS,
    NOT_NAMES,
    ORGANIZATION_WORDS,
    ORGANIZATIONS,
    PLACE_WORDS,
    ROLE_NOUNS,
    SHORT_TITLES,
    SPEECH_VERBS,
    words,
)
from .name_runs import Run, Token, find_runs, is_thing, role_before, split_title
from .prose import Prose, Span
from .quoted import read_frames
from .tense import is_past_verb

ActorKind = Literal["person", "organization", "country", "group"]
Gender = Literal["male", "female", "unknown"]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor of the site: its id, kind and every name it goes by, the full one first."""

    id: str
    kind: ActorKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: its range, and the range with the title in front of it."""

    span: Span
    full: Span
    who: int
    """The index of the actor in the cast."""
    is_possessive: bool = False


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Somebody that the text names."""

    name: str
    kind: ActorKind
    id: str = ""
    """The id of a known actor; empty for a new one."""
    gender: Gender = "unknown"
    role: Role | None = None
    why: str = ""


@dataclass(frozen=True)
class Cast:
    """The actors of a text in the order in which they appear, and all their mentions in order."""

    actors: tuple[NamedActor, ...]
    mentions: tuple[Mention, ...]

    def count(self, who: int) -> int:
        """How often an actor is named."""
        return sum(mention.who == who for mention in self.mentions)


@dataclass
class _Name:
    """A name found at one place, before it is known whose it is."""

    tokens: tuple[Token, ...]
    full: Span
    kind: ActorKind | None
    title: str = ""
    role: Role | None = None
    why: str = ""
    known: KnownActor | None = None
    starts_sentence: bool = False
    acronym: str = ""

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.word for token in self.tokens)

    @property
    def text(self) -> str:
        return " ".join(self.words)


def find_cast(prose: Prose, known: Sequence[KnownActor] = ()) -> Cast:
    """Everybody named in a text."""
    finder = _Finder(prose, known)
    names = finder.names()
    return _Joiner(prose, names).cast()


# ---- what a name is ---------------------------------------------------------------------------

_AGE_BEHIND: Final = re.compile(r"\s*(?:,\s+\d\d?(?=[,.;]|\s+and\b)|\s+\(\d\d?\))")
_ORG_NOUN: Final = (
    r"(?:company|firm|group|maker|operator|owner|rival|lender|retailer|club|team|union|charity"
    r"|publisher|newspaper|broadcaster|manufacturer|supplier|startup|start-up|start|agency"
    r"|regulator"
    r"|watchdog|think tank|broker|brokerage|carrier|airline|bank|insurer|chain|giant|conglomerate"
    r"|developer|contractor|consultancy|association|organisation|organization|party|paper|website"
    r"|network|subsidiary|parent|brokers|investor|fund|landlord|institute|builder|federation|league"
    r"|board|council|committee|commission|utility|laboratory|lab|partner|partners|sponsor)"
)
_ORG_AHEAD: Final = re.compile(rf"\b{_ORG_NOUN},?\s+(?:called\s+|named\s+)?(?:the\s+)?$", re.I)
_ORG_BEHIND: Final = re.compile(
    rf"\s*,\s+(?:the|a|an|its|which)\s+(?:[\w’'-]+\s+){{0,5}}?{_ORG_NOUN}\b", re.I
)
_ORG_VERB: Final = re.compile(
    r"\s+(?:said|says|announced|announces|reported|reports|declined|denied|confirmed|refused"
    r"|sued|agreed"
    r"|acquired|bought|sold|hired|employs|filed|posted|plans|planned|warned|has said|have said"
    r"|wants"
    r"|argues|insists|claims|published|issued|spokes\w+|executives?|officials?|shares|stock"
    r"|employees"
    r"|managers?|workers|chief|lawyers?|engineers|researchers|asked|accused|rejected|welcomed"
    r"|condemned"
    r"|told|expects|would not comment|did not (?:respond|reply|comment)|beat|won|lost|drew"
    r"|suspended)\b"
)
_POSSESSED: Final = re.compile(
    r"[’']s?\s+(?:\w+\s+)?(?:shares|stock|board|chief|chairman|chairwoman|director|headquarters"
    r"|profit"
    r"|profits|sales|earnings|employees|workers|managers?|executives?|lawyers?|customers|products"
    r"|factory|plant|owner|founder|president|spokes\w+|leader|headteacher|coach|captain"
    r"|supporters)\b"
)
_PLACE_AHEAD: Final = re.compile(
    r"\b(?:in|at|near|outside|around|from|to|towards|across|into|through|of|on|off|along"
    r"|between)\s+(?:the\s+)?$"
)
_COUNTRY_ACTS: Final = re.compile(
    r"(?:\s+(?:has|have|had|will|would|is|was|says|said|asks|asked|wants|wanted|rejects|rejected"
    r"|agreed"
    r"|agrees|refused|refuses|insists|insisted|accuses|accused|demands|demanded|signed|withdrew"
    r"|invaded|announced|warned|continues|abandons|imposed|argues|argued|denies|denied|supports"
    r"|declared|recognised|recognized|proposed|backed|sent|launched|joined|left|needs|hopes|must"
    r"|,\s+which\b[^,.]*,\s+(?:has|have|had|is|was|will|said|says|would|called)"
    r"|and\s+[A-Z]\w+\s+(?:have|had|are|were|said|agreed|signed|will))\b)"
)
_KIN_AHEAD: Final = re.compile(
    r"\b(?:mother|father|wife|husband|son|sons|daughter|daughters|sister|brother|widow|widower"
    r"|partner"
    r"|friend|neighbour|neighbor|uncle|aunt|grandson|granddaughter|grandmother|grandfather|child"
    r"|children|niece|nephew|cousin),?\s+(?:\w+,?\s+and\s+)?$",
    re.I,
)
_PERSON_AHEAD: Final = re.compile(
    r"\b(?:colleague|friend|resident|parent|passenger|counterpart|opposite number|shadow|neighbou?r"
    r"|predecessor|successor|rival|defendant|suspect|survivor|[Oo]ne of (?:them|the \w+)"
    r"|year-old|named?"
    r"|named only as|name (?:only )?as|identified as|called himself|called herself|teammate"
    r"|roommate"
    r"|classmate|victim|witness),?\s+(?:Sir\s+|Dame\s+)?$"
)
_INCIDENT_BEHIND: Final = re.compile(
    rf"\s*,\s+(?:an?|the|his|her|their|whose|another)\s+(?:[\w-]+\s+){{0,3}}"
    rf"(?:{'|'.join(sorted(INCIDENTAL_NOUNS))})\b"
)
_WHO_BEHIND: Final = re.compile(r"\s*(?:\([^)]{1,20}\)\s*)?,\s+who(?:se)?\b")
_OPPONENT_AHEAD: Final = re.compile(
    r"\b(?:beat|beating|beaten by|defeated|thrashed|against|hosts?|lost to|drew with|visits?"
    r"|meet|go to|win over"
    r"|victory over|defeat by|defeat to)\s+$"
)
_SPORT: Final = re.compile(
    r"\b(?:goals?|penalty|penalties|midfielder|striker|striker|innings|quarterback|touchdowns?"
    r"|match|coach"
    r"|season|league|League|Cup|kick-off|points|wicket|try|semi-final|final|tournament)\b"
)
_POSTNOMINALS: Final = words("KC QC MP MBE OBE CBE MSP MEP PhD MD Esq")
_MOST_OF_A_NAME: Final = 5
ACTS_AS_ORGANIZATION: Final = "acts as an organization"
SPEAKS_ALONE: Final = "one word that says something"
#: Reasons that hold only where no longer name claims the words.
_WEAK: Final = frozenset({ACTS_AS_ORGANIZATION, SPEAKS_ALONE})


class _Finder:
    """Finds names and says of each what it is, where the text tells."""

    def __init__(self, prose: Prose, known: Sequence[KnownActor]) -> None:
        self.prose = prose
        self.text = prose.text
        self.known = _index(known)
        self.runs = find_runs(prose)
        self.alone = Counter(r.words[0] for r in self.runs if len(r.tokens) == 1)
        names = [split_title(run).name for run in self.runs]
        self.lasts = Counter(name[-1].word for name in names if len(name) == 1)
        self.is_sport = len(set(_SPORT.findall(self.text))) > 1
        self.small = set(re.findall(r"(?<![\w’'])[^\W\d_A-Z]\w+", self.text))

    def names(self) -> list[_Name]:
        """The names of a text, in order; of unknown kind are those that nothing tells of."""
        found: list[_Name] = []
        for run in self.runs:
            found += self._of_run(run)
        return found

    def _of_run(self, run: Run) -> Iterator[_Name]:
        parts = list(self._known_parts(run))
        if parts:
            yield from parts
            return
        if len(run.tokens) > 2 and run.words[-1] in _POSTNOMINALS:
            run = replace(run, tokens=run.tokens[:-1])
        titled = split_title(run)
        if titled.title:
            yield from self._titled(run, titled.title, titled.name)
            return
        name = self._untitled(run)
        if name is not None:
            yield name

    # ---- known actors

    def _known_parts(self, run: Run) -> Iterator[_Name]:
        """Known names in a run; a title in front is that of the name right behind it."""
        tokens, at = run.tokens, 0
        found = []
        while at < len(tokens):
            for end in range(len(tokens), at, -1):
                words = " ".join(t.word for t in tokens[at:end])
                actor = self.known.get(words)
                if actor is None or self._is_part(run, at, end, actor):
                    continue
                found.append((at, end, actor))
                at = end
                break
            else:
                at += 1
        owner_from = 0
        for start, end, actor in found:
            is_person = actor.kind == "person"
            # What stands in front of a person is the title: "NATO Secretary General".
            title = tokens[owner_from:start] if is_person else ()
            owner_from = end if is_person else owner_from
            yield self._person(run, tuple(title), tokens[start:end], actor)

    def _is_part(self, run: Run, at: int, end: int, actor: KnownActor) -> bool:
        """Whether a known name is only a part of a longer, other one ("New York Times")."""
        if end - at == len(run.tokens):
            return False
        if actor.kind == "person":
            before = run.tokens[at - 1].word if at else ""
            is_other = end - at == 1 and before in GIVEN_NAMES
            return is_other or end < len(run.tokens)
        behind = run.tokens[end].word if end < len(run.tokens) else ""
        return behind in ORGANIZATION_WORDS or behind in PLACE_WORDS

    # ---- persons

    def _titled(
        self, run: Run, title: tuple[Token, ...], name: tuple[Token, ...]
    ) -> Iterator[_Name]:
        yield self._person(run, title, name, None)

    def _person(
        self,
        run: Run,
        title: tuple[Token, ...],
        name: tuple[Token, ...],
        known: KnownActor | None,
    ) -> _Name:
        """A person, or a known actor of any kind, with the role around the name."""
        start = title[0].span.start if title else name[0].span.start
        kind: ActorKind = known.kind if known else "person"
        if kind != "person":
            return _Name(name, Span(start, name[-1].span.end), kind, known=known, why="is known")
        words = self.text[start : name[0].span.start].strip()
        before = role_before(self.text, start, has_title=bool(title))
        full = Span(start if before is None else before, name[-1].span.end)
        role = self._role(full, title, name)
        why = "is known" if known else f'the title "{words}"' if words else "a role beside the name"
        return _Name(name, full, "person", words, role, why, known, run.starts_sentence)

    def _role(self, full: Span, title: tuple[Token, ...], name: tuple[Token, ...]) -> Role | None:
        """The role right in front of a name, else the one behind it, else the one ahead."""
        front = None
        if full.start < name[0].span.start:
            words = self.text[full.start : name[0].span.start].rstrip()
            bare = words
            for courtesy in COURTESY:
                bare = re.sub(rf"(?:^|\s){re.escape(courtesy)}$", "", bare)
            bare = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", bare)
            if bare and bare.split()[-1].lower() not in INCIDENTAL_NOUNS:
                at = full.start + words.index(bare)
                front = Role(bare, Span(at, at + len(bare)), owner_of(bare + " x"))
        end = name[-1].span.end
        paragraph = self.prose.paragraphs[self.prose.paragraph_index(full.start)]
        behind = role_behind(self.text, end, paragraph.end)
        ahead = role_ahead(self.text, full.start, paragraph.start)
        if front is not None and (_is_rank(front.words) or _is_over(front.words)):
            return ahead or behind or front
        return ahead or front or behind

    # ---- everything else

    def _untitled(self, run: Run) -> _Name | None:
        tokens, words = run.tokens, run.words
        span = run.span
        if len(words) == 1 and self._is_no_name(run):
            return None
        acronym = self._acronym_behind(run)
        is_org = self._org_reason(run, acronym)
        if not is_org:
            reason = self._person_reason(run)
            if reason:
                name = self._person(run, (), tokens, None)
                return replace_why(name, reason)
        if is_org == ACTS_AS_ORGANIZATION and self._is_surname(run):
            return replace_why(self._person(run, (), tokens, None), SPEAKS_ALONE)
        if is_org:
            return _Name(tokens, span, "organization", why=is_org, acronym=acronym)
        if len(words) == 1 and self._opens_speech(run) and self._is_surname(run):
            return replace_why(self._person(run, (), tokens, None), SPEAKS_ALONE)
        if run_text(run) in countries():
            acts = self._acts_as_country(span)
            kind: ActorKind | None = "country" if acts else None
            return _Name(tokens, span, kind, why="a country that acts")
        return _Name(tokens, span, None, starts_sentence=run.starts_sentence)

    def _opens_speech(self, run: Run) -> bool:
        """Whether one word is the subject of a sentence that has a verb of speech."""
        start, end = run.span
        sentence = self.prose.sentences[self.prose.sentence_index(start)]
        before = self.text[sentence.start : start]
        is_first = (
            not before.strip()
            or bool(re.search(r"(?:;|[\"”’]|\bbut|\band)\s+$", before, re.I))
            or (before.endswith(", ") and self.text[end : end + 1] != ",")
        )
        behind = re.findall(r"[a-z]+", self.text[end : sentence.end])[:12]
        following = re.match(
            r"(?P<aside>,\s)|\s+(?:has\s|had\s|also\s|later\s)?\s*(?P<verb>[a-z]+)",
            self.text[end : end + 30],
        )
        if following is None:
            return False
        verb = following["verb"] or ""
        is_known = not run.starts_sentence or self.alone[run.words[0]] > 1
        comes_next = verb in SPEECH_VERBS or (
            is_known and (following["aside"] is not None or is_past_verb(verb))
        )
        return bool(is_first and comes_next and SPEECH_VERBS.intersection(behind))

    def _is_surname(self, run: Run) -> bool:
        """Whether one word that speaks is a person's: nothing near it is of an organization."""
        word = run.words[0]
        if len(run.words) != 1 or not re.fullmatch(
            r"(?:Mc|Mac|De|O’|O')?[^\W\d_][^\W\d_A-Z]+", word
        ):
            return False
        if word in places() or word in NOT_NAMES or word.lower() in self.small:
            return False
        is_firm = re.search(
            rf"\b{re.escape(word)}\b[^.\n]{{0,120}}\b(?:its|shares|[Tt]he (?:{_ORG_NOUN}))\b",
            self.text,
        )
        return not is_firm

    def _is_no_name(self, run: Run) -> bool:
        """Whether one capital word is only the first word of a sentence, a day, a nationality."""
        word = run.words[0]
        if word in NATIONALITIES or word.rstrip(".") in NO_ACRONYMS:
            return True
        before = self.text[max(0, run.span.start - 10) : run.span.start]
        if word == "Eve" and before.endswith(("Year’s ", "Year's ", "Christmas ")):
            return True
        if word in NOT_NAMES and not (word in GIVEN_NAMES and self._is_kin(run)):
            return True
        if run.starts_sentence and {word.lower(), word.lower().rstrip("s")} & (
            ROLE_NOUNS | INCIDENTAL_NOUNS
        ):
            return True
        return run.starts_sentence and word.lower() in self.small and not word.isupper()

    def _is_kin(self, run: Run) -> bool:
        return bool(_KIN_AHEAD.search(self.text[max(0, run.span.start - 40) : run.span.start]))

    def _person_reason(self, run: Run) -> str:
        """Why a run is a person's name; empty where nothing tells."""
        words, (start, end) = run.words, run.span
        behind = self.text[end : end + 60]
        is_behind_the = re.search(r"\b[Tt]he\s+$", self.text[max(0, start - 5) : start])
        if len(words) > _MOST_OF_A_NAME or is_thing(words) or is_behind_the:
            return ""
        if words[-1].isupper() and len(words[-1]) > 1 and not re.fullmatch("[IVX]+", words[-1]):
            return ""
        before = role_before(self.text, start, has_title=False)
        if before is not None:
            return f'"{self.text[before:start].strip()}" in front of it'
        if _AGE_BEHIND.match(behind):
            return "an age behind it"
        if _PERSON_AHEAD.search(self.text[max(0, start - 40) : start]):
            return "the words before it"
        if len(words) in {2, 3} and _INCIDENT_BEHIND.match(behind):
            return "the words behind it"
        if len(words) in {2, 3} and _WHO_BEHIND.match(behind):
            return '"who" behind it'
        if len(words) == 1:
            return self._single_person_reason(run)
        if words[0] in GIVEN_NAMES:
            return "a given name"
        paragraph = self.prose.paragraphs[self.prose.paragraph_index(start)]
        if role_behind(self.text, end, paragraph.end) and len(words) < 4:
            return "a role behind it"
        if role_ahead(self.text, start, paragraph.start) and len(words) < 4:
            return "a role before it"
        if len(words) <= 3 and re.match(r"[A-Z]\.$", words[1]):
            return "an initial"
        if len(words) <= 3 and self.lasts[words[-1]] and not self._is_place(words[-1]):
            return "the last name stands alone elsewhere"
        if len(words) == 2 and self._speaks(start, end) and not self._acts_as_org(run):
            return "says something"
        return ""

    def _single_person_reason(self, run: Run) -> str:
        word = run.words[0]
        is_month = word.lower() in MONTHS or word.lower() in WEEKDAYS
        if self._is_kin(run) and word.isalpha():
            return "a kinship before it"
        if word in GIVEN_NAMES and not is_month and not run.starts_sentence:
            return "a given name"
        return ""

    def _speaks(self, start: int, end: int) -> bool:
        behind = re.match(r",?\s+(\w+)", self.text[end : end + 30])
        before = re.search(r"(\w+)\s+$", self.text[max(0, start - 30) : start])
        return any(m and m[1] in SPEECH_VERBS for m in (behind, before))

    def _is_place(self, word: str) -> bool:
        """Whether a word stands behind "in" or "near" somewhere in the text."""
        return bool(re.search(rf"\b(?:in|near|outside)\s+{re.escape(word)}\b(?!’)", self.text))

    def _org_reason(self, run: Run, acronym: str) -> str:
        """Why a run is an organization's name; empty where nothing tells."""
        words, text = run.words, run_text(run)
        if text in NO_ORGANIZATIONS:
            return ""
        if acronym:
            return f"{acronym} stands behind it"
        if text in ORGANIZATIONS:
            return "a well-known organization"
        if len(words) > 1 and self._has_org_word(words):
            return f'"{self._has_org_word(words)}" in it'
        if len(words) == 1 and re.fullmatch(r"(?:[A-Z]{2,6}|(?:[A-Z]\.){2,4})", text):
            is_heading = self._stands_in_capitals(run)
            return "" if text in NO_ACRONYMS or is_heading else "an acronym"
        return "" if self._looks_personal(run) else self._acts_as_org(run)

    @staticmethod
    def _has_org_word(words: Sequence[str]) -> str:
        """The telling word: at the end, or before "of" and "for"."""
        for at, word in enumerate(words):
            if word in ORGANIZATION_WORDS:
                is_last = at == len(words) - 1
                if is_last or words[at + 1] in {"of", "for"} or words[at + 1] in ORGANIZATION_WORDS:
                    return word
                if at + 1 < len(words) and words[-1] not in PLACE_WORDS and at > 0:
                    return word
        return ""

    def _stands_in_capitals(self, run: Run) -> bool:
        """Whether the words around are in capitals too: a heading or a dateline."""
        start, end = run.span
        around = re.findall(
            r"[^\W\d_]{2,}", self.text[max(0, start - 25) : end + 25].replace("\n", " ")
        )
        others = [word for word in around if word != run.words[0]]
        return bool(others) and all(word.isupper() for word in others)

    def _looks_personal(self, run: Run) -> bool:
        return len(run.words) > 1 and run.words[0] in GIVEN_NAMES

    def _acts_as_org(self, run: Run) -> str:
        """Why a run is an organization by what it does or is called; empty where it is not."""
        start, end = run.span
        before, behind = self.text[max(0, start - 50) : start], self.text[end : end + 70]
        if _OPPONENT_AHEAD.search(before) and self.is_sport:
            return "an opponent in sport"
        if run.words[-1] in PLACE_WORDS and not _ORG_AHEAD.search(before):
            return ""
        if run_text(run) in places() or run.words[0] in NATIONALITIES:
            return ""
        is_camel = any(
            re.search(r"[a-z][A-Z]", word) and not word.startswith(("Mc", "Mac", "De"))
            for word in run.words
        )
        if is_camel or _ORG_AHEAD.search(before) or _ORG_BEHIND.match(behind):
            return "what it is called beside its name"
        if _PLACE_AHEAD.search(before):
            return ""
        acts = (_ORG_VERB.match(behind) and len(run.words) != 2) or _POSSESSED.match(behind)
        return ACTS_AS_ORGANIZATION if acts else ""

    def _acts_as_country(self, span: Span) -> bool:
        before = self.text[max(0, span.start - 30) : span.start]
        behind = self.text[span.end : span.end + 50]
        is_place = _PLACE_AHEAD.search(before) and not before.rstrip().endswith("between")
        return bool(_COUNTRY_ACTS.match(behind)) and not is_place

    def _acronym_behind(self, run: Run) -> str:
        """`NTSB` of `National Transportation Safety Board (NTSB)`."""
        match = re.match(
            r"(?:[’']s)?\s+\(([A-Z][A-Za-z.&-]{1,9})\)", self.text[run.span.end :][:20]
        )
        if not match or len(run.words) < 2:
            return ""
        initials = "".join(w[0] for w in run.words if w[0].isupper())
        shares = sum(letter in initials for letter in match[1].upper())
        return match[1] if shares >= max(2, len(match[1]) - 2) and match[1][:2].isupper() else ""


def run_text(run: Run) -> str:
    """The words of a run with single spaces."""
    return " ".join(run.words)


def replace_why(name: _Name, why: str) -> _Name:
    """The same name with another reason."""
    return replace(name, why=why)


_RANKS: Final = words(
    "Professor Doctor General Colonel Major Captain Lieutenant Sergeant Admiral Commander "
    "Brigadier author Parent parent Resident resident Cllr Councillor Hon Det Con PC"
)


def _is_over(words: str) -> bool:
    """Whether a role is one that somebody had before."""
    return bool(re.match(r"(?:former|ex-?|then|late|retired)\b", words, re.I))


def _is_rank(words: str) -> bool:
    """Whether a title is a rank or a courtesy, which an office beside it outdoes."""
    last = words.split()[-1]
    return last in SHORT_TITLES or last in COURTESY or last in _RANKS


def _index(known: Iterable[KnownActor]) -> dict[str, KnownActor]:
    """Every name of known actors; a name of two is nobody's."""
    names: dict[str, KnownActor] = {}
    shared: set[str] = set()
    for actor in known:
        for name in actor.names:
            plain = re.sub(r"^[Tt]he\s+", "", name)
            if names.setdefault(plain, actor) is not actor:
                shared.add(plain)
    return {name: actor for name, actor in names.items() if name not in shared}


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The names of countries in English, from Babel's data, and a few more that news use."""
    territories = Locale("en").territories
    names = {name for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    return frozenset(
        names | set(NATIONALITIES.values()) | {"Britain", "America", "England", "Holland"}
    )


_STATES: Final = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia "
    "Hawaii Idaho"
    " Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan "
    "Minnesota"
    " Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee "
    "Texas"
    " Utah Vermont Virginia Washington Wisconsin Wyoming London Paris Berlin Moscow Beijing "
    "Brussels"
    " Tokyo Kyiv Kiev Jerusalem Tehran Baghdad Kabul Cairo Geneva Vienna Rome Madrid Manila "
    "Chicago Boston"
    " Houston Dallas Philadelphia Detroit Miami Seattle Europe Asia Africa"
)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Countries, and states and cities whose names in front of a verb are places all the same."""
    return countries() | frozenset(_STATES.split()) | {"New York", "Los Angeles", "New Jersey"}


# ---- whose a name is ----------------------------------------------------------------------------


@dataclass
class _Person:
    """The names of one actor; the longest of them, of equals the first."""

    names: list[_Name]
    kind: ActorKind = "person"
    longest: _Name = field(init=False)

    def __post_init__(self) -> None:
        self.longest = self.names[0]

    def add(self, name: _Name) -> None:
        """Add one more name."""
        self.names.append(name)
        if len(name.words) > len(self.longest.words):
            self.longest = name


class _Joiner:
    """Joins the names that are one actor's: full name, last name, acronym, shorter form."""

    def __init__(self, prose: Prose, names: Sequence[_Name]) -> None:
        self.prose = prose
        self.names = names
        self.masked = read_frames(prose).masked
        """Pronouns inside quotations are somebody else's."""
        self.groups: list[_Person] = []

    def cast(self) -> Cast:
        """The actors by their first mention, and all mentions."""
        ordered = sorted(
            self.names,
            key=lambda n: (
                n.kind is None,
                -len(n.words),
                n.why in _WEAK,
                n.span.start,
            ),
        )
        for name in ordered:
            group = self._group_of(name)
            if group is not None:
                group.add(name)
            elif name.kind is not None:
                self.groups.append(_Person([name], name.kind))
        for group in self.groups:
            group.names.sort(key=lambda n: n.span.start)
        self.groups.sort(key=lambda g: g.names[0].span.start)
        actors = tuple(self._actor(group) for group in self.groups)
        mentions = [
            Mention(name.span, name.full, who, name.tokens[-1].is_possessive)
            for who, group in enumerate(self.groups)
            for name in group.names
        ]
        return Cast(actors, tuple(sorted(mentions, key=lambda m: m.span)))

    def _group_of(self, name: _Name) -> _Person | None:
        """The group that a name belongs to; of several persons of that name the last before it."""
        fitting = [group for group in self.groups if _is_of(name, group)]
        if len(fitting) > 1:
            before = [g for g in fitting if any(n.span.start < name.span.start for n in g.names)]
            return max(
                before or fitting,
                key=lambda g: (_gender_fits(name, g), len(g.names), -g.names[0].span.start),
            )
        return fitting[0] if fitting else None

    def _actor(self, group: _Person) -> NamedActor:
        longest = group.longest
        known = next((n.known for n in group.names if n.known), None)
        role = next((n.role for n in group.names if n.role and not _is_rank(n.role.words)), None)
        role = role or next((n.role for n in group.names if n.role), None)
        return NamedActor(
            known.names[0] if known else self.prose.words(longest.span).replace("\n", " "),
            known.kind if known else group.kind,
            known.id if known else "",
            self._gender(group),
            role,
            longest.why,
        )

    def _gender(self, group: _Person) -> Gender:
        """By title, role and given name; else by the pronouns where nobody else is named."""
        gender = _gender(group)
        if gender != "unknown" or group.kind != "person":
            return gender
        counts: Counter[Gender] = Counter()
        starts = sorted(n.span.start for g in self.groups if g.kind == "person" for n in g.names)
        for name in group.names:
            end = next((s for s in starts if s > name.span.start), len(self.prose.text))
            paragraph = self.prose.paragraphs[self.prose.paragraph_index(name.span.start)]
            behind = self.masked[name.span.end : min(end, paragraph.end, name.span.end + 250)]
            counts["male"] += len(re.findall(r"\b(?:[Hh]e|[Hh]is|him|himself)\b", behind))
            counts["female"] += len(re.findall(r"\b(?:[Ss]he|[Hh]er|hers|herself)\b", behind))
        male, female = counts["male"], counts["female"]
        if male == female:
            return "unknown"
        return "male" if male > female else "female"


def _is_of(name: _Name, group: _Person) -> bool:
    """Whether a name may be one of a group's."""
    if name.known is not None or any(n.known for n in group.names):
        known = next((n.known for n in group.names if n.known), None)
        if name.known is not None and known is not None:
            return name.known.id == known.id
        if name.known is not None:
            return False
    longest = group.longest
    if name.words == longest.words:
        return group.kind != "person" or not name.title or _gender_fits(name, group)
    if group.kind == "person":
        is_open = name.kind in {None, "person"} or name.why in _WEAK
        if not is_open or len(name.words) >= len(longest.words):
            return False
        if name.title and not _gender_fits(name, group):
            return False
        is_last = longest.words[-len(name.words) :] == name.words
        is_first = len(name.words) == 1 and longest.words[0] == name.words[0] and not name.title
        return is_last or is_first
    if name.kind == "person" and name.why not in _WEAK:
        return False
    if any(n.acronym == name.text for n in group.names if n.acronym):
        return True
    if group.kind == "country":
        return False
    words, long = name.words, longest.words
    if len(words) >= len(long):
        return False
    if long[: len(words)] == words and (name.kind is None or len(words) == 1):
        return True
    if len(words) > 1 and (long[-len(words) :] == words or long[: len(words)] == words):
        return True
    if len(words) == 1 and words[0].isupper() and len(long) > 2:
        initials = "".join(w[0] for w in long if w[0].isupper())
        return initials == words[0].replace(".", "")
    return False


def _gender_fits(name: _Name, group: _Person) -> bool:
    gender, other = _gender(_Person([name])), _gender(group)
    return "unknown" in {gender, other} or gender == other


def _gender(group: _Person) -> Gender:
    """By title and role first, then by given name."""
    if group.kind != "person":
        return "unknown"
    for name in group.names:
        words = {w.lower() for w in f"{name.title} {name.role.words if name.role else ''}".split()}
        if words & FEMALE_WORDS:
            return "female"
        if words & MALE_WORDS:
            return "male"
    first = group.longest.words[0]
    if first in MALE_NAMES and first not in FEMALE_NAMES:
        return "male"
    if first in FEMALE_NAMES and first not in MALE_NAMES:
        return "female"
    return "unknown"
