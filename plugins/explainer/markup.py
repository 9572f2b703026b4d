"""The macros of evidence and names as functions, for the marks inside an article's text."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment


class TemplateMarkup:
    """`pages.marks.Markup` from the macros of `evidence.html` and `actor.html`.

    It gives plain texts: to a piece of markup nothing can be added that is not escaped.
    """

    def __init__(self, environment: Environment) -> None:
        self._macros: Any = environment.get_template("explainer/evidence.html").module
        self._actors: Any = environment.get_template("explainer/actor.html").module

    def mark(self, number: int, href: str, label: str) -> str:
        """The small raised mark behind a passage."""
        return str.__str__(self._macros.evidence_mark(number, href, label))

    def notes(self, notes: list[tuple[int, str, str, str]]) -> str:
        """The notes of a paragraph."""
        return str.__str__(self._macros.evidence_notes(notes))

    def editor_note(self, text: str) -> str:
        """An editor's note."""
        return str.__str__(self._macros.editor_note(text))

    def anchor(self, name: str) -> str:
        """An element with an id and nothing in it."""
        return str.__str__(self._macros.anchor(name))

    def about(self, anchor: str, name: str) -> str:
        """The button behind a name that opens its card."""
        return str.__str__(self._actors.about_button(anchor, name))
