"""What each key means to an editor: sentences and examples from `keys.yaml`, by class and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from .model import Shape


@dataclass(frozen=True, slots=True)
class Key:
    """A key in words, and a value that it may have (None where its values are offered)."""

    says: str
    example: Any = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of all classes, by the name of the class."""

    by_class: Mapping[str, Mapping[str, Key]]

    def of(self, shape: type[Shape], name: str) -> Key | None:
        """What is said of a key of a class, by the class itself or by one that it extends."""
        said = (self.by_class.get(kind.__name__, {}).get(name) for kind in shape.__mro__)
        return next((key for key in said if key is not None), None)


def load_keys() -> Keys:
    """The sentences and examples that come with the package."""
    text = files(__package__).joinpath("keys.yaml").read_text(encoding="utf-8")
    # Dates and numbers stay the text that they are in the file: JSON has no dates.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    read = yaml.load(text, Loader=loader)
    return Keys({n: {k: Key(**said) for k, said in keys.items()} for n, keys in read.items()})
