"""Words in which letters of another alphabet stand for ours, which they look like: `Mоscow`.

A word wholly in Greek or in Cyrillic letters is a word of that language. One that mixes them with
Latin letters is a slip of the keyboard, or means to pass for another name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Letters of other alphabets that look like Latin ones. Not α and β: `TNFα` is a name.
_LOOKALIKES = frozenset("АВЕЅІЈКМНОРСТУХԚԜасеѕіјорхуһԁԛԝҮүԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϳԱՕՍոսᎪᏴᏟᎬᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃ")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class MixedWord:
    """A word and the first letter in it that is not of the alphabet it seems to be of."""

    word: str
    letter: str

    @property
    def letter_name(self) -> str:
        """What Unicode calls the letter."""
        return unicodedata.name(self.letter, "")


def mixed_words(text: str) -> Iterator[MixedWord]:
    """The words of a text that mix Latin letters with others that look like some."""
    for match in _WORD.finditer(text):
        word = match[0]
        odd = next((letter for letter in word if letter in _LOOKALIKES), None)
        if odd and any(_is_latin(letter) for letter in word):
            yield MixedWord(word, odd)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
