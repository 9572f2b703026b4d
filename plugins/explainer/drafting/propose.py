"""All that rules can propose for one text: dates, actors with roles, quotes with speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..dates import Date
from .cast import Cast, KnownActor, NamedActor, find_cast
from .date_expressions import DateExpression
from .prose import Prose, Span, read_prose
from .quoted import Quotation, read_frames
from .reference import Reference, choose_reference, resolve_dates, weekday_conflicts
from .speakers import Speaker, SpeakerFinder

LEAST_WORDS = 3
"""A quotation of fewer words is a quote only where somebody is sure to have said it."""


@dataclass(frozen=True, slots=True)
class ProposedQuote:
    """Words between quotation marks and who said them."""

    text: str
    span: Span
    speaker: Speaker | None
    speaker_name: str
    """The full name of the actor; the article's words for somebody without a name; or empty."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was found in one text."""

    prose: Prose
    reference: Reference
    dates: tuple[DateExpression, ...]
    cast: Cast
    quotes: tuple[ProposedQuote, ...]
    doubts: tuple[str, ...]

    @property
    def actors(self) -> tuple[NamedActor, ...]:
        """The actors in the order in which the text names them."""
        return self.cast.actors


def propose(
    text: str,
    date: Date,
    known: Sequence[KnownActor] = (),
    *,
    paragraphs: Iterable[tuple[int, int]] | None = None,
    is_date_certain: bool = False,
) -> Proposals:
    """Find dates, actors and quotes in a text that is of this date.

    Where the text contradicts the date the proposals are counted from what it says itself, unless
    the date `is_date_certain`: chosen by the editor.
    """
    prose = read_prose(text, paragraphs)
    reference = Reference(date) if is_date_certain else choose_reference(prose, date)
    cast = find_cast(prose, known)
    frames = read_frames(prose)
    speakers = SpeakerFinder(prose, frames, cast).speakers()
    quotes = tuple(
        _quote(prose, quotation, speaker, cast)
        for quotation, speaker in zip(frames.quotations, speakers, strict=True)
        if _is_quote(prose, quotation, speaker)
    )
    return Proposals(
        prose,
        reference,
        resolve_dates(prose, reference),
        cast,
        quotes,
        (*reference.doubts, *weekday_conflicts(prose)),
    )


def _is_quote(prose: Prose, quotation: Quotation, speaker: Speaker | None) -> bool:
    """Whether words between marks are somebody's words, and not a word set apart."""
    words = prose.words(quotation.inner)
    count = len(words.split())
    if _is_title(words) and (speaker is None or speaker.sureness == "a guess"):
        return False
    is_said = speaker is not None and speaker.sureness != "a guess"
    return count >= LEAST_WORDS or (count > 0 and is_said)


def _is_title(words: str) -> bool:
    """Whether words look like the title of a work: every long word has a capital."""
    long = [word for word in words.split() if len(word) > 3]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _quote(
    prose: Prose, quotation: Quotation, speaker: Speaker | None, cast: Cast
) -> ProposedQuote:
    name = ""
    if speaker is not None:
        name = speaker.words if speaker.who is None else cast.actors[speaker.who].name
    return ProposedQuote(prose.words(quotation.inner), quotation.inner, speaker, name)
