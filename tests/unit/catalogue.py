"""The catalogue of mistakes, each with its whole message, and the command that accepts new ones.

A folder of `mistakes/` is one mistake: files that take the place of those of the same name in the
small site, `limits.json` where limits are to be others, and `message.txt`, what an editor is told.
After a change of a message run

    PYTHONPATH=plugins .venv/bin/python -m tests.unit.catalogue

and read what `git diff` shows before it is committed. A new folder gets its message the same way.
The examples in docs/messages.md are brought up to date with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

from explainer.load import load_content
from explainer.problems import Report
from explainer.site import link_site

from .small_site import TOWN, in_short, settings

MISTAKES = Path(__file__).parent / "mistakes"
MESSAGE = "message.txt"
LIMITS = "limits.json"
#: Examples that only a file on the disk can give, by code: the mistake that shows it.
FROM_DISK = {
    "bad-file-name": "picture-name-unseen-sign",
    "bad-picture": "picture-is-a-page",
    "big-picture": "picture-of-many-points",
    "not-utf-8": "yaml-not-utf-8",
    "too-many": "records-too-many",
    "unknown-file": "article-yml",
}
DOCS = Path(__file__).resolve().parents[2] / "docs" / "messages.md"


def mistakes() -> list[str]:
    """The names of all mistakes."""
    return sorted(path.name for path in MISTAKES.iterdir())


def expected(name: str) -> str:
    """The message as it was accepted; empty for a new mistake."""
    path = MISTAKES / name / MESSAGE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def report_of(name: str, mended: Mapping[str, str] | None = None) -> Report:
    """What is said of the small site with one mistake in it, and with files in mended form."""
    with TemporaryDirectory() as folder:
        content = Path(folder)
        for path, text in TOWN.items():
            _write(content / path, dedent(text).encode())
        for source in (MISTAKES / name).rglob("*"):
            if source.is_file() and source.name not in {MESSAGE, LIMITS}:
                _write(content / source.relative_to(MISTAKES / name), source.read_bytes())
        for path, text in (mended or {}).items():
            _write(content / path, text.encode())
        ours = settings(EXPLAINER={"limits": _limits(name)})
        return link_site(load_content(content, limits=ours.limits), ours).report


def _limits(name: str) -> Any:
    path = MISTAKES / name / LIMITS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def with_examples(docs: str) -> str:
    """The page of messages with every example that a test compares brought up to date."""
    from .test_docs import MISTAKES as DOCUMENTED
    from .test_docs import told as told_in_docs

    told = {code: told_in_docs(code) for code in DOCUMENTED}
    told |= {code: in_short(report_of(name)) for code, name in FROM_DISK.items()}
    for code, example in told.items():
        head, heading, rest = docs.partition(f"\n### {code}\n")
        before, fence, after = rest.partition("```text\n")
        docs = f"{head}{heading}{before}{fence}{example}\n```{after.partition('```')[2]}"
    return docs


def main() -> None:
    """Accept every message as it is now, and name those that changed."""
    for name in mistakes():
        message = report_of(name).text() + "\n"
        if message != expected(name):
            (MISTAKES / name / MESSAGE).write_text(message, encoding="utf-8")
            print(f"{MISTAKES.name}/{name}")
    docs = DOCS.read_text(encoding="utf-8")
    DOCS.write_text(with_examples(docs), encoding="utf-8")


if __name__ == "__main__":
    main()
