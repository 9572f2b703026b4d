"""The Nu HTML checker over a built site: HTML, CSS and SVG.

It needs Java. The few things that it misjudges are listed in `MISJUDGED` and left out.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .npm import install, require
from .sites import AuditError

#: What the checker says of good pages: (its message, what stands at the place).
MISJUDGED: tuple[tuple[str, str], ...] = (
    # It reads files, which have no origin: to it 'self' is nobody, and our own files are foreign.
    (r"Content Security Policy.*external (stylesheet|script) “[^”:]*/theme/\w+\.\w+\.", ""),
    # JSON-LD is data. No browser runs it, and no policy for scripts is asked.
    (r"Inline script violates Content Security Policy", r'<script type="application/ld\+json"'),
    # Its CSS is older than containers, which browsers have had since 2023.
    (r"Unrecognized at-rule “@container”|“container”: Property “container” doesn't exist", ""),
    # Likewise: placing a card beside its button, and what SVG 2 made properties.
    (r"Property “(position-area|position-try-fallbacks|paint-order|r)” doesn't exist", ""),
)


def _run_checker(folder: Path, kind: str) -> list[Mapping[str, object]]:
    """The checker's messages about all files of a kind (html, css, svg) in a folder.

    One kind a run: with `--also-check-css` the lines in HTML are one too low.
    """
    jar = install() / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss2m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    result = subprocess.run(
        [*command, f"--skip-non-{kind}", str(folder)], capture_output=True, text=True
    )
    try:
        return list(json.loads(result.stderr)["messages"])
    except (ValueError, KeyError):
        message = f"The Nu HTML checker failed:\n{result.stdout}{result.stderr}"
        raise AuditError(message) from None


@dataclass(frozen=True, order=True)
class Finding:
    """One message of the checker, in the order in which findings are printed."""

    file: str
    line: int
    column: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.kind}: {self.text}"


def _finding(message: Mapping[str, object], root: Path) -> Finding:
    """A message with its file named from the root, and all that may be missing filled in."""
    path = Path(unquote(urlsplit(str(message.get("url", ""))).path))
    return Finding(
        str(path.relative_to(root) if path.is_relative_to(root) else path),
        int(str(message.get("lastLine", 1))),
        int(str(message.get("firstColumn", message.get("lastColumn", 1)))),
        str(message.get("subType") or message.get("type")),
        str(message.get("message")),
    )


def is_misjudged(message: Mapping[str, object]) -> bool:
    """Whether a message of the checker is one of those that are wrong."""
    text, extract = str(message.get("message")), str(message.get("extract"))
    return any(re.search(says, text) and re.search(at, extract) for says, at in MISJUDGED)


@dataclass(frozen=True)
class Checked:
    """What the checker found; warnings are told and fail nothing."""

    errors: int
    findings: tuple[Finding, ...]


def check_html(folder: Path) -> Checked:
    """Check all files of a built site."""
    require("java", "default-jre-headless")
    said = [message for kind in ("html", "css", "svg") for message in _run_checker(folder, kind)]
    messages = [message for message in said if not is_misjudged(message)]
    findings = sorted(_finding(message, folder.resolve()) for message in messages)
    errors = sum(message.get("type") != "info" for message in messages)
    return Checked(errors, tuple(findings))
