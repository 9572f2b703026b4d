"""The words of the interface in one language, with its plurals, lists and numbers.

Words stand in ``strings/<tag>.yaml``, grouped by what uses them; a key is the path to a text,
joined by dots. What a language lacks is said in English.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Final, Literal

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import DateTimeFormat, format_time, get_date_format, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

DEFAULT_TAG: Final = "en"

# In C where PyYAML has it so: safe, as the other is.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.ASCII)
# Plain blanks in texts: what Babel puts between numbers and words differs from release to release.
_BLANKS: Final = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\u202f\N{THIN SPACE}", " "))


@dataclass(frozen=True)
class Language:
    """A language's tag (BCP 47) and its strings, nested by the parts of their keys."""

    tag: str
    strings: Mapping[str, object]

    def text(self, key: str, /, **values: object) -> str:
        """The text at a dotted key, with ``{name}`` filled in; KeyError with the missing name."""
        if not values and key in self._plain:
            return self._plain[key]
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        text = found.format(**values)
        if not values:
            self._plain[key] = text
        return text

    @cached_property
    def _plain(self) -> dict[str, str]:
        """The texts that were asked for without anything to fill in."""
        return {}

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The text in the plural form for the number, which fills in ``{count}`` if nothing else.

        A language that has no such form falls back to `other`: the texts may be English.
        """
        known = self._numbers.get(number)
        if known is None:
            known = self.locale.plural_form(number), self.number(number)
            self._numbers[number] = known
        plural, count = known
        form = f"{key}.{plural}"
        if self._find(form) is None:
            form = f"{key}.other"
        return self.text(form, **{"count": count, **values})

    @cached_property
    def _numbers(self) -> dict[int, tuple[str, str]]:
        """Plural forms and words of the numbers that were asked for."""
        return {}

    def ordinal(self, number: int) -> str:
        """``1st``, ``22nd``: by the language's own rule."""
        form = f"dates.ordinal.{self.locale.ordinal_form(number)}"
        if self._find(form) is None:
            form = "dates.ordinal.other"
        return self.text(form, number=number)

    def join(self, items: Sequence[str]) -> str:
        """``A, B and C``; the empty text for nothing."""
        return plain_blanks(format_list(items, style="standard", locale=self.locale))

    def number(self, number: float) -> str:
        """The number with its thousands grouped: ``1,234``."""
        return plain_blanks(format_decimal(number, locale=self.locale))

    def day(self, date: dt.date) -> str:
        """A day in the language's long form: ``14 December 2025``."""
        named = DateTimeFormat(date, self.locale)
        pattern = self._day_pattern
        parts = {one: self._part(one, date.month, named) for one in self._day_fields}
        return plain_blanks(pattern % parts)

    def _part(self, name: str, month: int, named: DateTimeFormat) -> str:
        """A field of a day's pattern as Babel has it; the names of months are looked up once."""
        if name.strip("ML"):
            return named[name]
        key = name, month
        if key not in self._months:
            self._months[key] = named[name]
        return self._months[key]

    @cached_property
    def _day_pattern(self) -> str:
        """``%(d)s %(MMMM)s %(y)s``."""
        return str(parse_pattern(get_date_format("long", locale=self.locale)).format)

    @cached_property
    def _day_fields(self) -> frozenset[str]:
        return frozenset(re.findall(r"%\((\w+)\)s", self._day_pattern))

    @cached_property
    def _months(self) -> dict[tuple[str, int], str]:
        return {}

    def time(self, time: dt.time, style: Literal["short", "medium"]) -> str:
        """A time of the day: ``10:30``, with its seconds in the medium style."""
        key = time, style
        if key not in self._times:
            self._times[key] = plain_blanks(format_time(time, style, locale=self.locale))
        return self._times[key]

    @cached_property
    def _times(self) -> dict[tuple[dt.time, str], str]:
        """Times that were asked for; articles are often of the same."""
        return {}

    def name_inside(self, name: str) -> str:
        """A name as it stands inside a sentence: "the Soviet Union", and "the Port" of The Port.

        `names.are_inside` has the names that read otherwise there.
        """
        names = self._find("names.are_inside")
        if isinstance(names, list) and name in names:
            return self.text("names.inside", name=name)
        return "the " + name[4:] if name.startswith("The ") else name

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.locale.text_direction

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale; British for a bare ``en``, and for what Babel does not know."""
        if self.tag == DEFAULT_TAG:
            return Locale("en", "GB")
        try:
            return Locale.parse(self.tag.replace("_", "-"), sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale("en", "GB")

    def _find(self, key: str) -> object:
        if key in self._texts:
            return self._texts[key]
        found: object = self.strings
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        self._texts[key] = found
        return found

    @cached_property
    def _texts(self) -> dict[str, object]:
        """What stands at the keys that were asked for."""
        return {}


def plain_blanks(text: str) -> str:
    """The text with ordinary blanks for the narrow and unbreakable ones."""
    return text.translate(_BLANKS)


def load_language(tag: str) -> Language:
    """The language of a tag: its own strings over those of its base (de for de-AT), over English.

    Raises ValueError for what is no language tag.
    """
    if not _TAG.fullmatch(tag):
        raise ValueError(f'"{tag}" is no language tag; write it like en, de or pt-BR')
    base = re.split("[-_]", tag)[0].lower()
    strings: Mapping[str, object] = {}
    for name in dict.fromkeys((DEFAULT_TAG, base, tag)):
        strings = _merged(strings, _read_strings(name))
    return Language(tag, strings)


def _read_strings(name: str) -> Mapping[str, object]:
    file = resources.files(__package__) / "strings" / f"{name}.yaml"
    if not file.is_file():
        return {}
    strings = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    return strings if isinstance(strings, Mapping) else {}


def _merged(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        merged[key] = _merged(below, value) if both else value  # type: ignore[arg-type]
    return merged
