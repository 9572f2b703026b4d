"""A title for an event, from the clause that holds its date.

It is made of the article's words and only a start: "what happened, as a sentence in the present
tense" is for the editor to write.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

MOST_CHARACTERS: Final = 110

_CLAUSE: Final = re.compile(
    r"[;:—–]\s+|,\s+(?=(?:which|who|whose|after|as|while|where|when|but|and|although|though|because"
    r"|since|before|with|[a-z]+ing)\b)|(?<=comes)\s+(?=as\s)|(?<=came)\s+(?=as\s)|\s+(?=(?:after"
    r"|although|because|while|whereas)\s)"
)
_PREPOSITION: Final = (
    r"(?<!\w)(?:\b(?:earlier|later|early|late|on|in|by|since|between|at|from|during|until|till|before"
    r"|after|over|of"
    r"|through)\s+)*(?:the\s+)?"
)
_SAID: Final = re.compile(
    r",\s+(?:(?:the\s+)?[A-Z][\w’'.-]+(?:\s+[\w’'.-]+){0,4}|he|she|they|officials|police|it)\s+"
    r"(?:said|says|added|reported|announced)\.?$"
)
_LINKS: Final = re.compile(
    r"^(?:and|but|so|then|meanwhile|however|also|still|yet|instead|that|which|who|when|where|as"
    r"|while|after|although|because|because of)\b,?\s+",
    re.I,
)


def make_title(sentence: str, start: int, end: int) -> str:
    """A title from a sentence and the range of its date expression; never empty."""
    clause, at = _clause_around(sentence, start)
    size = end - start
    title = clause
    is_before_noun = re.match(r"(?:[’']s)?\s+[a-z]", clause[at + size :]) and re.search(
        r"\b(?:the|a|an|his|her|its|their)\s+$", clause[:at]
    )
    if not is_before_noun:
        date = re.escape(clause[at : at + size])
        title = re.sub(rf",?\s*{_PREPOSITION}{date}\s*,?", " ", clause, count=1, flags=re.I)
    title = _SAID.sub("", _plain(title))
    title = _LINKS.sub("", title)
    if len(title.split()) < 3:
        title = _plain(sentence)
    title = _cut(title)
    return title[:1].upper() + title[1:]


def _clause_around(sentence: str, start: int) -> tuple[str, int]:
    """The clause that holds an offset, and the offset in it."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    for low, high in pairwise(cuts):
        if low <= start < high:
            if len(sentence[low:high].split()) < 5:
                break
            return sentence[low:high], start - low
    return sentence, start


def _plain(text: str) -> str:
    text = re.sub(r"[“”\"]", "", text)
    return re.sub(r"\s+", " ", text).strip(" ,.;:—–-")


def _cut(title: str) -> str:
    if len(title) <= MOST_CHARACTERS:
        return title
    return title[:MOST_CHARACTERS].rpartition(" ")[0].rstrip(",;:—– ") + " …"
