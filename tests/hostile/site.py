"""A site in which every text that an editor can write is an attack, at every key of the model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

BODY = "The council closed the bridge on Monday. Divers had found cracks in two piers."
QUOTED = "Divers had found cracks"


class Strings:
    """Gives one string after the other, and begins again behind the last."""

    def __init__(self, strings: Sequence[str], start: int = 0) -> None:
        self.strings = strings
        self.at = start
        self.given: set[str] = set()

    def __call__(self, most: int = 5_000) -> str:
        """The next string, as many characters of it as fit."""
        text = self.strings[self.at % len(self.strings)]
        self.at += 1
        self.given.add(text)
        return text[:most].strip() or "x"

    def name(self) -> str:
        """The next string as a title that stands only once."""
        return f"{self(180)} {self.at}"

    def address(self) -> str:
        """An address that is allowed, with the next string at its end."""
        return "https://example.org/" + "".join(self(300).split())


def hostile_files(strings: Strings) -> dict[str, str]:
    """The texts of a content folder. JSON is YAML, and keeps every sign as it is."""
    t, name = strings, strings.name
    files: dict[str, Any] = {
        "actors.yaml": {
            "council": {"name": name(), "kind": "organization", "aliases": [name()]},
            "quill": {"name": name(), "kind": "person", "also": [name()]},
        },
        "actors/lind.yaml": _actor(t),
        "places.yaml": {
            "quay": {"name": name(), "text": t(), "also": [t()], "sources": _sources(t)}
        },
        "terms.yaml": {
            "pier": {"name": name(), "text": t(), "aliases": [name()], "sources": _sources(t)}
        },
        "issues.yaml": {"money": {"title": name(), "text": t()}},
        "stories/bridge.yaml": _story(t),
        "articles/closed.yaml": _records(t),
    }
    texts = {path: json.dumps(data, ensure_ascii=False) for path, data in files.items()}
    texts["articles/closed.md"] = _article(_matter(t, story="bridge"), t, BODY)
    texts["articles/closed.de.md"] = _article(_matter(t), t, "")
    texts["articles/other.md"] = _article(_matter(t), t, BODY)
    texts["articles/brief.md"] = _article(
        {"title": name(), "date": "2026-03-12", "kind": "brief", "link": t.address()}, t, None
    )
    texts["pages/about.md"] = _article({"title": name(), "summary": t(), "menu": True}, t, "x")
    return texts


def _article(matter: Mapping[str, Any], t: Strings, body: str | None) -> str:
    lines = [] if body is None else [body, t(), f"- {t()}", f"> {t()}", f"## {t()}", t()]
    head = json.dumps(matter, ensure_ascii=False)
    return "\n\n".join([f"---\n{head}\n---", *lines]) + "\n"


def _matter(t: Strings, story: str = "") -> dict[str, Any]:
    return {
        "title": t.name(),
        "date": "2026-03-10",
        "authors": [t(), t()],
        "dateline": t(),
        "summary": t(),
        "image": _image(t),
        "tags": [t(), t()],
        "sources": _sources(t),
        "corrections": [{"date": "2026-03-11", "text": t(), "was": t()}],
        "todo": [t()],
        **({"story": story, "notes": [{"at": "on Monday", "text": t()}]} if story else {}),
        **({"lang": t(40)} if not story else {}),
    }


def _sources(t: Strings) -> list[dict[str, str]]:
    return [
        {
            "title": t(200),
            "url": t.address(),
            "publisher": t(),
            "archive_url": t.address(),
        }
    ]


def _image(t: Strings) -> dict[str, str]:
    return {"file": "a.png", "alt": t(), "credit": t(), "caption": t(), "licence": t()}


def _common(t: Strings) -> dict[str, Any]:
    return {"sources": _sources(t), "note": t(), "todo": [t()], "according_to": [{"unnamed": t()}]}


def _actor(t: Strings) -> dict[str, Any]:
    return {
        "name": t.name(),
        "kind": "person",
        "aliases": [t.name()],
        "also": [t.name()],
        "summary": t(),
        "note": t(),
        "todo": [t()],
        "image": _image(t),
        "links": [{"title": t(200), "url": t.address(), "credit": t()}],
        "same_as": [t.address()],
        "sources": _sources(t),
        "roles": [{"role": t(200), "of": "council", "from": "2015", **_common(t)}],
        "ties": [{"tie": t(200), "actor": "quill", "from": "2019", **_common(t)}],
    }


def _event(t: Strings, identity: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "title": t(200),
        "text": t(),
        "date_note": t(),
        "date_text": t(),
        "actors": [{"council": t()}, {"unnamed": t()}],
        "actors_note": t(),
        "place": "quay",
        "tags": [t()],
        "image": _image(t),
        "links": [{"title": t(200), "url": t.address(), "credit": t()}],
        **_common(t),
        **more,
    }


def _records(t: Strings) -> dict[str, Any]:
    found = {"evidence": QUOTED}
    return {
        "roles": [{"actor": "quill", "role": t(200), "of": "council", **_common(t), **found}],
        "events": [
            _event(t, "one", date="2026-03-09", **found),
            _event(t, "two", date="2026-03", weight="turning-point", **found),
            _event(t, "three", weight="minor", status="planned"),
            *(_event(t, f"more-{number}", date="2026-02") for number in range(12)),
        ],
        "quotes": [
            {
                "id": "said",
                "actor": {"quill": t()},
                "text": t(),
                "lang": t(40),
                **_common(t),
                **found,
            }
        ],
        "positions": [
            {
                "id": "stands",
                "actor": "council",
                "issue": "money",
                "stance": t(),
                "move": "demands",
                **_common(t),
                **found,
            }
        ],
        "claims": [
            {
                "id": "claimed",
                "actor": "lind",
                "text": t(),
                "responses": [
                    {"actor": "council", "kind": "denies", "text": t(), "sources": _sources(t)}
                ],
                "verdict": {"is": "refuted", "why": t(), "sources": _sources(t)},
                **_common(t),
            }
        ],
        "questions": [{"id": "asked", "question": t(200), "answer": t(), **_common(t)}],
    }


def _story(t: Strings) -> dict[str, Any]:
    return {
        "title": t.name(),
        "summary": t(),
        "short": {"text": t()},
        "eras": [{"title": t(200), "date": "2025/.."}],
        "lanes": [{"id": "town", "title": t(200)}],
        "changes": [{"date": "2026-03-12", "text": t(), "records": ["one"]}],
        "image": _image(t),
        "sources": _sources(t),
        "tags": [t()],
        "note": t(),
        "todo": [t()],
        "events": [_event(t, "before", date="1888", lane="town")],
    }
