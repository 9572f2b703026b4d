"""Roles that stand beside a name between commas, and the organization or country in them.

"Jane Roe, chief executive of Acme, said", "Acme's chief executive, Jane Roe, said".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .lexicon import NOT_NAMES, ROLE_PATTERN, words
from .prose import Span

_DETERMINER: Final = (
    r"(?:(?:the|a|an|its|his|her|their|our|then|then the|then an?|now|one of the|also)\s+)*"
)
_HEAD: Final = rf"(?:[\w’'.&-]+\s+){{0,6}}?(?:{ROLE_PATTERN})"
#: A trade that the lists lack, by its ending.
_TRADE: Final = (
    r"[a-z-]{2,}(?:ist|ologist|ician|woman|man|smith|wright|keeper|maker|grower|worker|eer)"
)
_TAIL: Final = (
    r"(?:(?:\s+and\s+(?:[\w’'-]+\s+){0,4}?(?:" + ROLE_PATTERN + r"))?"
    r"(?:\s+(?:of|for|at|in|on|to|with|from)\s+[^,;:.!?()“”\"—–\n]{1,90})?)"
)
_BEHIND: Final = re.compile(
    rf"\s*(?:\([^)]{{1,20}}\)\s*)?,\s+(?:\d\d?,\s+)?(?:who\s+(?:is|was)\s+)?{_DETERMINER}"
    rf"(?!(?:and|or|but|with|when|as|said|told|who|which|in|on|at|after|before|while|not)\b)"
    rf"(?P<role>(?:{_HEAD}|(?<=\ba\s)(?:[a-z-]+\s+){{0,3}}{_TRADE}"
    rf"|(?<=\ban\s){_TRADE}){_TAIL})(?=\s*(?:[,;:.!?()“”\"—–\n]|who\b|whose\b|said\b|told\b"
    rf"|and\b|$))",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"(?<![\w’'])(?P<role>{_HEAD}(?:\s+(?:of|for|at"
    rf"|in)\s+[^,;:.!?()“”\"—–\n]{{1,60}})?)(?P<plural>s?)"
    r"(?:\s+\([A-Z]+\))?,\s+$",
    re.IGNORECASE,
)
_FIRST_OF_TWO: Final = re.compile(r"(?<=,\s)(?:[^\W\d_a-z][\w’'.-]*\s+){1,3}and\s+$")
_OWNER: Final = re.compile(r"^.*[’']s?\s+")
_TAIL_START: Final = re.compile(
    rf"(?<=\w)(?<!-)\s+(?:of|for|at|in|on|to|with|from)\s+(?!.*\b(?:{ROLE_PATTERN})$)", re.I
)
_STOPS: Final = re.compile(
    r"^(?:(?:and|but|when|that|while|as|by|with|to|said|told|for|from|was|is|were|of|on|in"
    r"|at)\s+)+",
    re.I,
)
_ARTICLE: Final = re.compile(r"\b(?:the|an?|his|her|its|their|our|my|your|one of the)\s+", re.I)
_VERBISH: Final = re.compile(
    r"\b(?:said|told|was|were|had|has|have|is|are|will|would|could|who|which|that|because|after"
    r"|before"
    r"|when|while|if|he|she|they|it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Role:
    """What the text calls somebody: its words, where they stand, and of whom it is."""

    words: str
    span: Span
    of: str = ""
    """The organization or country in it, as it stands there; empty where there is none."""


def role_behind(text: str, end: int, limit: int) -> Role | None:
    """The role in an apposition behind a name that ends at `end`."""
    match = _BEHIND.match(text, end, limit)
    if match is None:
        return None
    return _cleaned(text, *match.span("role"))


def role_ahead(text: str, start: int, floor: int) -> Role | None:
    """The role in front of a name that begins at `start` behind a comma."""
    clause = max(
        (m.end() for m in re.finditer(r"[,;:.!?()“”\"—–\n]\s+", text[floor : start - 2])), default=0
    )
    match = _BEFORE.search(text, floor + clause, start)
    if match is not None:
        return _cleaned(text, *match.span("role"))
    # "envoys, Steve Witkoff and Jared Kushner": the second of two.
    pair = _FIRST_OF_TWO.search(text, floor, start)
    match = _BEFORE.search(text, floor, pair.start()) if pair else None
    return _cleaned(text, *match.span("role")) if match and match["plural"] else None


def _cleaned(text: str, start: int, end: int) -> Role | None:
    """A role without owner, article and the words of a sentence around it."""
    words = text[start:end]
    owner = _OWNER.match(_head(words))
    of = ""
    if owner:
        of = re.sub(r"^(?:the|a|an)\s+", "", owner[0].strip()[:-2].strip(), flags=re.I)
        of = of if of[:1].isupper() else ""
        start += owner.end()
    words = text[start:end]
    lead = re.match(r"(?:(?:the|a|an|its|his|her|their|then|also|now|one of the)\s+)+", words, re.I)
    start += lead.end() if lead else 0
    stops = _STOPS.match(text[start:end])
    start += stops.end() if stops else 0
    head = _head(text[start:end])
    verbs = list(_VERBISH.finditer(head))
    if verbs:
        start += verbs[-1].end()
        start += len(text[start:end]) - len(text[start:end].lstrip())
    articles = list(_ARTICLE.finditer(_head(text[start:end])))
    if articles:
        start += articles[-1].end()
        start += len(text[start:end]) - len(text[start:end].lstrip())
    words = text[start:end].rstrip()
    if not words or not re.search(rf"\b(?:{ROLE_PATTERN})\b", words, re.I):
        return None
    return Role(words, Span(start, start + len(words)), of or owner_of(words))


def _head(words: str) -> str:
    """The part of a role before what it is of."""
    return _TAIL_START.split(words, maxsplit=1)[0]


def owner_of(words: str) -> str:
    """The organization, country or person that stands in a role; empty where none does.

    "chief economist at Hanse Capital" gives Hanse Capital, "NATO Secretary General" gives NATO.
    """
    behind = re.search(
        r"\s(?:of|for|at)\s+(?:the\s+)?((?:[^\W\d_a-z][\w’'.&-]*)(?:\s+(?:of|for|the|and"
        r"|[^\W\d_a-z][\w’'.&-]*))*)",
        words,
    )
    if behind:
        name = re.sub(r"(?:\s+(?:of|for|the|and))+$", "", behind[1])
        return re.sub(r"[’']s$", "", name)
    front = re.match(r"(?:(?:former|then|acting|ex)\s+)?((?:[^\W\d_a-z][\w.&-]*\s+)+)", words)
    if not front:
        return ""
    kept: list[str] = []
    for word in front[1].split():
        if re.fullmatch(ROLE_PATTERN, word, re.I) or word in NOT_NAMES or word in _RANKS:
            break
        kept.append(word)
    return " ".join(kept)


_RANKS: Final = words(
    "Prime Vice Deputy First Foreign Interior Finance Health Defense Defence Justice Home "
    "Chief Lt. Attorney Fire Police Acting Assistant Economy Education Transport Energy "
    "Environment Trade"
)
