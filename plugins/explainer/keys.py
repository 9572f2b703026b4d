"""What each key means to an editor: sentences and examples from `keys.yaml`, by class and key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .model import Shape


@dataclass(frozen=True, slots=True)
class Key:
    """A key in words, and a value that it may have (None where its values are offered)."""

    says: str
    example: Any = None


@cache
def sentences() -> dict[str, dict[str, dict[str, Any]]]:
    """The file as it is: by class, then by key, what it `says` and an `example`."""
    text = files(__package__).joinpath("keys.yaml").read_text(encoding="utf-8")
    # Dates and numbers stay the text that they are in the file: JSON has no dates.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return dict(yaml.load(text, Loader=loader))


def key_of(shape: type[Shape], name: str) -> Key | None:
    """What is said of a key of a class, by the class itself or by one that it extends."""
    for kind in shape.__mro__:
        found = sentences().get(kind.__name__, {}).get(name)
        if found is not None:
            return Key(**found)
    return None
