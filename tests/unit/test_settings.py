"""What the maintainer sets, and what is said where it cannot be used."""

from __future__ import annotations

import pytest

from explainer.derive.weights import Weights
from explainer.limits import DEFAULT_LIMITS, Limits
from explainer.limits import NAMES as LIMITS
from explainer.settings import SettingsError

from .small_site import settings

NAMES = "words, event, actors, story, tags, time, days"


def test_weights_of_recommendations_can_be_set_one_by_one() -> None:
    ours = settings(EXPLAINER={"recommended": {"actors": 0.4, "time": 0}})
    assert ours.weights == Weights(actors=0.4, time=0)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            {"actor": 1},
            f"recommended has no key 'actor'; known keys: {NAMES}",
        ),
        ({"actors": "much"}, "recommended: actors is 'much'; a number from 0 on is wanted"),
        ({"actors": -1}, "recommended: actors is -1; a number from 0 on is wanted"),
        ({"actors": float("nan")}, "recommended: actors is nan; a number from 0 on is wanted"),
        ({"time": 2}, "recommended: time is from 0 to 1, and days more than 0"),
        ({"days": 0}, "recommended: time is from 0 to 1, and days more than 0"),
        (
            [1],
            f"recommended is [1]; a mapping is wanted: {NAMES}",
        ),
    ],
)
def test_weights_that_cannot_be_used_are_refused(value: object, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings(EXPLAINER={"recommended": value})
    assert str(error.value) == message


def test_limits_can_be_set_one_by_one() -> None:
    ours = settings(EXPLAINER={"limits": {"records": 10_000, "yaml_levels": 200}})
    assert ours.limits == Limits(records=10_000, yaml_levels=200)
    assert settings().limits == DEFAULT_LIMITS


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"record": 1}, f"limits has no key 'record'; known keys: {', '.join(LIMITS)}"),
        ({"links": "many"}, "limits: links is 'many'; a whole number from 1 on is wanted"),
        ({"links": 0}, "limits: links is 0; a whole number from 1 on is wanted"),
        ({"links": 1.5}, "limits: links is 1.5; a whole number from 1 on is wanted"),
        ({"links": True}, "limits: links is True; a whole number from 1 on is wanted"),
        ({"yaml_levels": 201}, "limits: yaml_levels is 200 at most"),
        ([1], f"limits is [1]; a mapping is wanted: {', '.join(LIMITS)}"),
    ],
)
def test_limits_that_cannot_be_used_are_refused(value: object, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings(EXPLAINER={"limits": value})
    assert str(error.value) == message
