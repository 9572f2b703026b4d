"""How good drafts are: precision, recall and F1 against labelled articles.

Matching rules, the same for every kind of label:

- **dates**: the multiset of an article's EDTF values against the labels. Two values are equal
  where their bounds and their shape (point, span, set) are; the marks `~`, `?` and `%` do not
  count. "Days" are the values, proposed or labelled, that name one day.
- **quotes**: a label is found by the proposal whose words, folded as evidence is and without the
  punctuation at the edges, are the same, contain it or are contained in it; each proposal serves
  one label. Its speaker is right where the draft gives the labelled name, or the words that the
  label gives for somebody without a name. The recall of "speakers, of all" is the share of all
  labels with the right speaker; the precision of "speakers, where named" that of the labels for
  which the draft names any.
- **names** (of actors and speakers): equal, without case, the shape of apostrophes, and articles
  and courtesy titles in front; or one is the beginning or the end of the other in whole words
  ("Whitcomb", "Dana Whitcomb"), or its acronym. An actor serves one label.
- **roles**: right where one of proposal and label holds the other as whole words, without articles
  and possessives. "Roles, of actors found" leaves out labels whose actor was not found.

Kinds of labels that an article lacks are not counted for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ..dates import DateError, parse_date
from ..passages import fold
from .propose import Proposals, propose


@dataclass(frozen=True, slots=True)
class LabelledQuote:
    """Words in quotation marks and who said them; an empty speaker is somebody without a name."""

    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """One line of a file of labels; a kind that is None has no labels."""

    id: str
    title: str
    date: str
    text: str
    dates: tuple[str, ...] | None = None
    quotes: tuple[LabelledQuote, ...] | None = None
    actors: tuple[str, ...] | None = None
    roles: Mapping[str, str] | None = None


@dataclass
class Score:
    """Counts of one kind of label."""

    right: int = 0
    proposed: int = 0
    labelled: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.proposed + self.labelled
        return 2 * self.right / total if total else 0.0

    def add(self, right: int, proposed: int, labelled: int) -> None:
        """Count one article."""
        self.right += right
        self.proposed += proposed
        self.labelled += labelled


KINDS: Final = (
    "dates",
    "days",
    "quotes found",
    "speakers, of all",
    "speakers, where named",
    "actors",
    "roles, of all",
    "roles, of actors found",
)


@dataclass
class Evaluation:
    """The scores of all articles by kind; a kind without labels is not there."""

    articles: int = 0
    scores: dict[str, Score] = field(default_factory=dict)

    def add(self, kind: str, right: int, proposed: int, labelled: int) -> None:
        """Count one article's labels of a kind."""
        self.scores.setdefault(kind, Score()).add(right, proposed, labelled)

    def text(self) -> str:
        """A table in the order of KINDS: what was right, precision, recall and F1."""
        lines = [f"{self.articles} labelled articles", ""]
        lines.append(
            f"{'':24}{'right':>6}{'proposed':>10}{'labelled':>10}{'P':>7}{'R':>7}{'F1':>7}"
        )
        for kind in KINDS:
            score = self.scores.get(kind)
            if score is not None:
                lines.append(
                    f"{kind:24}{score.right:6}{score.proposed:10}{score.labelled:10}"
                    f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
                )
        return "\n".join(lines)


def evaluate(articles: Iterable[LabelledArticle]) -> Evaluation:
    """Draft every article from its text and date alone, and compare."""
    evaluation = Evaluation()
    for article in articles:
        evaluation.articles += 1
        proposals = propose(article.text, parse_date(article.date))
        for kind, right, proposed, labelled in compare(article, proposals):
            evaluation.add(kind, right, proposed, labelled)
    return evaluation


def compare(article: LabelledArticle, proposals: Proposals) -> Iterator[tuple[str, int, int, int]]:
    """(kind, right, proposed, labelled) for the kinds of labels that the article has."""
    if article.dates is not None:
        yield from _compare_dates(article.dates, [d.edtf for d in proposals.dates])
    if article.quotes is not None:
        yield from _compare_quotes(article.quotes, proposals)
    if article.actors is not None:
        names = [actor.name for actor in proposals.actors]
        right = len(list(match_names(article.actors, names)))
        yield "actors", right, len(names), len(article.actors)
    if article.roles is not None:
        yield from _compare_roles(article.roles, proposals)


# ---- dates ----------------------------------------------------------------------------------


def date_key(edtf: str) -> tuple[object, ...]:
    """What two dates must share to count as equal; a text that is no date is equal to itself."""
    try:
        date = parse_date(edtf)
    except DateError:
        return (edtf,)
    return (date.earliest, date.latest, date.is_span, date.is_set)


def _compare_dates(
    labelled: Sequence[str], proposed: Sequence[str]
) -> Iterator[tuple[str, int, int, int]]:
    yield "dates", _common(labelled, proposed), len(proposed), len(labelled)
    labelled, proposed = ([d for d in dates if _is_day(d)] for dates in (labelled, proposed))
    yield "days", _common(labelled, proposed), len(proposed), len(labelled)


def _common(first: Iterable[str], second: Iterable[str]) -> int:
    both = Counter(map(date_key, first)) & Counter(map(date_key, second))
    return both.total()


def _is_day(edtf: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", edtf) is not None


# ---- names ----------------------------------------------------------------------------------


def match_names(labelled: Sequence[str], proposed: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of labels and proposals that are one: first the equal ones, then the like ones."""
    free = dict(enumerate(proposed))
    waiting = dict(enumerate(labelled))
    for is_one in (_is_equal_name, is_same_name):
        for at, name in list(waiting.items()):
            found = next((i for i, other in free.items() if is_one(name, other)), None)
            if found is not None:
                yield at, found
                del free[found], waiting[at]


def is_same_name(first: str, second: str) -> bool:
    """Whether two names may be one: the shorter ends the longer, or is its acronym."""
    short, long = sorted((_name_words(first), _name_words(second)), key=len)
    if not short:
        return False
    if long[-len(short) :] == short or long[: len(short)] == short:
        return True
    initials = "".join(word[0] for word in long if word not in {"of", "the", "for", "and", "de"})
    return len(short) == 1 and len(long) > 2 and short[0].replace(".", "") == initials


def _is_equal_name(first: str, second: str) -> bool:
    return _name_words(first) == _name_words(second)


_COURTESY: Final = {"the", "mr", "mrs", "ms", "miss", "dr", "sir", "a", "an"}


def _name_words(name: str) -> list[str]:
    words = re.findall(r"[\w.'-]+", fold(name).text.casefold())
    words = [word.removesuffix("'s").strip(".") for word in words]
    while len(words) > 1 and words[0] in _COURTESY:
        words = words[1:]
    return [word for word in words if word]


# ---- quotes ---------------------------------------------------------------------------------


def _compare_quotes(
    labelled: Sequence[LabelledQuote], proposals: Proposals
) -> Iterator[tuple[str, int, int, int]]:
    pairs = list(match_quotes([q.text for q in labelled], [q.text for q in proposals.quotes]))
    yield "quotes found", len(pairs), len(proposals.quotes), len(labelled)
    right = named = 0
    for at, found in pairs:
        speaker = proposals.quotes[found].speaker_name
        named += bool(speaker)
        right += _is_same_speaker(labelled[at].speaker, speaker)
    yield "speakers, of all", right, len(pairs), len(labelled)
    yield "speakers, where named", right, named, len(labelled)


def match_quotes(labelled: Sequence[str], proposed: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of labels and proposals with the same words, or one inside the other; in order."""
    bare_proposed = [_bare(text) for text in proposed]
    free = set(range(len(proposed)))
    for at, text in enumerate(labelled):
        bare = _bare(text)
        same = [i for i in sorted(free) if bare_proposed[i] == bare]
        like = [
            i
            for i in sorted(free)
            if bare and bare_proposed[i] and (bare in bare_proposed[i] or bare_proposed[i] in bare)
        ]
        found = next(iter([*same, *like]), None)
        if found is not None:
            free.discard(found)
            yield at, found


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text).text).strip(" ,.!?;:-—–\"'…").casefold()


def _is_same_speaker(label: str, speaker: str) -> bool:
    if not label or not speaker:
        return False
    return is_same_name(label, speaker)


# ---- roles ----------------------------------------------------------------------------------


def _compare_roles(
    labelled: Mapping[str, str], proposals: Proposals
) -> Iterator[tuple[str, int, int, int]]:
    actors = proposals.actors
    pairs = dict(match_names(list(labelled), [actor.name for actor in actors]))
    right = proposed = 0
    for at, role in enumerate(labelled.values()):
        found = actors[pairs[at]].role if at in pairs else None
        proposed += found is not None
        right += found is not None and is_same_role(role, found.words)
    yield "roles, of all", right, proposed, len(labelled)
    yield "roles, of actors found", right, proposed, len(pairs)


def is_same_role(label: str, role: str) -> bool:
    """Whether one of two roles holds the other."""
    first, second = _role_words(label), _role_words(role)
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _role_words(role: str) -> list[str]:
    words = re.findall(r"[\w.'-]+", fold(role).text.casefold())
    return [
        w.strip(".") for w in words if w not in {"the", "a", "an", "his", "her", "its", "their"}
    ]
