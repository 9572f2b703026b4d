"""What counts how much when articles are recommended: the figures that an editor may set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts; an editor sets them in `EXPLAINER["recommended"]`.

    `words` and the two of time were chosen on labelled news articles, the others on annotated
    ones: docs/recommended.md says on which and with what result.
    """

    words: float = 1.0
    event: float = 0.3
    actors: float = 0.2
    story: float = 0.15
    tags: float = 0.1
    time: float = 0.3
    """The part of the score that distance in time can take away, from 0 to 1."""
    days: float = 20.0
    """The distance in days at which half of that part is gone."""

    def closeness(self, days: float | None) -> float:
        """1 on the same day, down to `1 - time` far away; half of that where a day is unknown."""
        fraction = 0.5 if days is None else self.days / (self.days + days)
        return 1 - self.time + self.time * fraction


DEFAULT_WEIGHTS = Weights()
