"""Whether the clause around an expression speaks of what was or of what will be.

English tells the two apart by the verb next to the expression more often than by anything else:
"said Monday that the vote would be held Thursday" is past for Monday and future for Thursday.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from .lexicon import PREPOSITIONS, words

Tense = Literal["past", "future", "present", "unknown"]

_WORD: Final = re.compile(r"[^\W_]+(?:[’'](?:ll|t))?")
_CLAUSE_END: Final = re.compile(
    r"[;:—–“”\"()]|,\s+(?=(?:and|but|while|as|which|who|where|when|although|though|after|before"
    r"|a|an"
    r"|the|he|she|they|it)\b)|\b(?:that|but|while|although|because|which|who|whether)\b"
)
_MODALS: Final = words(
    "will won’t won't would shall should may might must ll plans plan planned "
    "scheduled expects expected hopes aims intends due slated upcoming going"
)
_PRESENT: Final = words(
    "begins starts opens ends closes expires arrives leaves meets faces takes returns goes comes"
    " votes marks falls is are begin start open meet reopens resumes launches hosts visits plays"
    " travels heads chairs hears sits debates publishes airs premieres runs kicks tours joins"
    " celebrates moves speaks appears stands retires reopen resume return vote travel play lands"
    " face elect host visit go"
    " reopening returning arriving resuming"
)
_PAST: Final = words(
    "was were had said did went came took began met told won lost held made left found fell "
    "rose saw got gave ran sent struck hit shot died became broke built brought caught cut "
    "drew drove felt fought knew led put read shut spoke spent stood swept thought threw woke "
    "wrote sank sold paid kept grew flew fled burst bought chose hid hurt laid lay let quit "
    "sat sought slid stole swore taught tore wore rang sang swam shook stuck spread been"
    " beat beaten cost cast hung overtook forgot froze chosen given taken seen written broken "
    "stolen"
    " known shown drawn thrown grown flown sworn torn worn born done gone become begun sung rung "
    "sunk"
    " hidden risen spoken woken eaten forgotten frozen proven shaken dealt meant slept wept "
    "crept lent"
    " bent burnt learnt shone dug stung swung clung flung withdrew withdrawn overcame undertook"
    " underwent upheld withheld oversaw understood misled rebuilt rewrote has have"
)
_NOT_PAST: Final = words("need feed seed indeed speed united hundred bed red")
_SIGNS_OF_FUTURE: Final = words("by until till starting beginning effective")
_SET_FOR: Final = re.compile(
    r"\b(?:set|due|scheduled|planned|slated|fixed|booked|expected|adjourned|postponed|delayed|moved"
    r"|rescheduled|deferred|switched|forecast)\s+"
    r"(?:for|on|to|until|till|in|by)?\s*(?:early|late|mid)?\s*$"
)
_IS_RELATIVE: Final = re.compile(r"\b(?:which|who)\s*$")
_AHEAD_OF: Final = re.compile(
    r"\b(?:ahead of|in time for|in the run-up to|in the build-up to|tickets for|looking forward to)"
    r"\s+(?:[\w’'-]+\s+){0,3}?(?:on\s+|in\s+)?$"
)
_DETERMINERS: Final = words(
    "the a an his her its their our my your this that these those one two three in on at by "
    "from of about around nearly almost more just each every all some any reporters him them "
    "us me"
)
_COMPLETED: Final = frozenset({"had", "was", "were"})
#: What is done "to" do something later.
_PROMISES: Final = words(
    "agreed planned expected scheduled promised vowed pledged decided hopes hoped wants wanted "
    "due set"
    " slated ready intends intended invited asked urged ordered told plans plan planning deal "
    "deadline"
    " intention promise vow preparing prepared likely unlikely bound supposed meant poised going"
    " hope want intend expect aim agree promise required allowed sworn billed tipped determined "
    "hoping aiming going free certain sure "
    "threatened"
)
_VERBS: Final = (_MODALS | _PRESENT | _PAST | {"to"}) - {"may", "will", "march"}
_NEAR: Final = 14
_WINDOW: Final = 300


def tense_at(sentence: str, start: int, end: int) -> Tense:
    """The tense of the verb nearest to an expression: before it in its clause, else behind it."""
    floor = max(0, start - _WINDOW)
    sentence, start, end = sentence[floor : end + _WINDOW], start - floor, end - floor
    if _SET_FOR.search(sentence[:start]):
        return "future"
    if _AHEAD_OF.search(sentence[:start]):
        return "future"
    before = _clause_before(sentence[:start])
    words_before = [_folded(word) for word in _WORD.findall(before)]
    found = _nearest(words_before)
    if found == "unknown" and words_before and _IS_RELATIVE.search(sentence[: start - len(before)]):
        # "which reports results on Thursday"
        return "future" if words_before[0].endswith("s") else "unknown"
    if found != "unknown":
        return found
    behind = _WORD.findall(_clause_behind(sentence[end:]))[:_NEAR]
    found = _first([_folded(word) for word in behind])
    if found == "unknown" and _is_present(words_before):
        return "present"
    return found


def _is_present(words: Sequence[str]) -> bool:
    """Whether a clause that shows no other tense has a verb: "the ship docks in Bergen on"."""
    return len(words) > 2 and words[0].lower() not in PREPOSITIONS | {"since", "following", "two"}


def _folded(word: str) -> str:
    """A word in small letters, but for those that are names in capitals: "May", "Madrid"."""
    small = word.lower()
    return small if small in _VERBS or small.endswith("ed") else word


def _clause_before(text: str) -> str:
    cuts = [match.end() for match in _CLAUSE_END.finditer(text)]
    return text[cuts[-1] :] if cuts else text


_ATTRIBUTION: Final = re.compile(
    r",\s+(?:[\w’'.-]+\s+){1,6}?(?:said|says|told|added|announced|reported)\b|,\s+according\b"
)


def _clause_behind(text: str) -> str:
    if _ATTRIBUTION.match(text) or re.match(r"[,.!?]?[”\"’]", text):
        return ""
    cut = _CLAUSE_END.search(text.lstrip(" ,"))
    return text[: cut.start() + 2] if cut and cut.start() > 3 else text


def _nearest(words: Sequence[str]) -> Tense:
    """The tense of the last verb in a clause."""
    first = max(0, len(words) - _NEAR)
    if {"until", "till"}.intersection(words[-4:]):
        # "was not released until Tuesday" is over
        is_over = "not" in words and not _MODALS.intersection(words)
        return "past" if is_over else "future"
    if {"next", "upcoming", "forthcoming"}.intersection(words[-4:]):
        return "future"
    if words and words[-1] == "from" and {"has", "have"}.intersection(words):
        return "future"
    if words and words[-1] in _SIGNS_OF_FUTURE and not _COMPLETED.intersection(words[-6:-1]):
        return "future"
    for at in range(len(words) - 1, first - 1, -1):
        word = words[at]
        if word in _MODALS:
            return "future"
        if word == "to" and at + 1 < len(words) and _is_infinitive(words[at + 1]):
            governor = words[at - 1] if at else ""
            if governor in _PROMISES or governor in {"is", "are", "was", "were", ""}:
                return "future"
            if is_past_verb(governor) or governor == "yet":
                return "past"  # "voted to close the school Tuesday"
            continue
        if is_past_verb(word):
            is_set = at >= len(words) - 2 and words[at - 1 : at] in (["is"], ["are"])
            just_before = words[max(0, at - 3) : at]
            is_to_be = "be" in just_before and not {"could", "can"}.intersection(just_before)
            is_ahead = is_set or is_to_be or bool(_MODALS.intersection(just_before))
            return "future" if is_ahead else "past"
        if word in _PRESENT:
            return "future"
    return "unknown"


def _first(words: Sequence[str]) -> Tense:
    """The tense of the first verb behind an expression."""
    for at, word in enumerate(words):
        if word in _MODALS:
            return "future"
        if is_past_verb(word):
            return "past"
        if word in {"is", "are"}:
            is_due = words[at + 1 : at + 2] in (["to"], ["expected"], ["due"], ["set"])
            return "future" if is_due else "past"
    return "unknown"


def _is_infinitive(word: str) -> bool:
    """Whether a word behind "to" may be a verb: no plural, number, article or preposition."""
    if word in _DETERMINERS or not word.isalpha() or word[0].isupper():
        return False
    return not word.endswith("s") or word.endswith("ss")


def is_past_verb(word: str) -> bool:
    """Whether a word in small letters may be a verb in the past."""
    return word in _PAST or (len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST)
