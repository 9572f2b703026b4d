"""The targets of `make fuzz` hold for what they begin with, and for all that was found so far."""

from __future__ import annotations

from pathlib import Path

import pytest

from .targets import TARGETS, seeds

FINDS = sorted((Path(__file__).parent / "finds").iterdir())


@pytest.mark.parametrize("name", TARGETS)
def test_target_holds_for_its_seeds(name: str) -> None:
    tried = [TARGETS[name](data) for data in seeds(name)]
    assert len(tried) >= 2


@pytest.mark.parametrize("find", FINDS, ids=lambda find: find.name)
def test_target_holds_for_what_was_found(find: Path) -> None:
    TARGETS[find.name.partition("-")[0]](find.read_bytes())
