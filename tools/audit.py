"""Runs the Nu HTML checker over the built site: `python -m tools.audit [FOLDER]`.

Needs npm and Java, which nothing else here does; so it is no part of `make test`.
The few things that the checker misjudges are listed in `MISJUDGED` and left out.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

# A date, not a promise: each version of the checker is the state of the standards on that day.
VNU = "vnu-jar@26.9.27"
TOOLS = Path(".audit")
JAR = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
STAMP = TOOLS / "installed"

#: What the checker says of good pages: (its message, what stands at the place).
MISJUDGED: tuple[tuple[str, str], ...] = (
    # It reads files, which have no origin: to it 'self' is nobody, and our own files are foreign.
    (r"Content Security Policy.*external (stylesheet|script) “[^”:]*/theme/explainer\.\w+\.", ""),
    # JSON-LD is data. No browser runs it, and no policy for scripts is asked.
    (r"Inline script violates Content Security Policy", r'<script type="application/ld\+json"'),
    # Its CSS is older than containers, which browsers have had since 2023.
    (r"Unrecognized at-rule “@container”|“container”: Property “container” doesn't exist", ""),
)


def _require(program: str, package: str) -> None:
    """Exit with a sentence where a program is missing."""
    if shutil.which(program) is None:
        sys.exit(f"make audit needs {program}. Debian and Ubuntu: sudo apt install {package}")


def _install_checker() -> None:
    """Have the checker in .audit/, in the version named above."""
    if JAR.exists() and STAMP.exists() and STAMP.read_text() == VNU:
        return
    _require("npm", "npm")
    TOOLS.mkdir(exist_ok=True)
    # The package would fetch a Java of its own; the one of the system does.
    options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(["npm", "install", f"--prefix={TOOLS}", *options, VNU], check=True)
    STAMP.write_text(VNU)


def _run_checker(folder: Path, kind: str) -> list[Mapping[str, object]]:
    """The checker's messages about all files of a kind (html, css, svg) in a folder.

    One kind a run: with `--also-check-css` the lines in HTML are one too low.
    """
    command = ["java", "-Xss2m", "-jar", str(JAR), "--format", "json", "--exit-zero-always"]
    result = subprocess.run(
        [*command, f"--skip-non-{kind}", str(folder)], capture_output=True, text=True
    )
    try:
        return list(json.loads(result.stderr)["messages"])
    except (ValueError, KeyError):
        sys.exit(f"The checker failed:\n{result.stdout}{result.stderr}")


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


def main(arguments: Sequence[str]) -> int:
    """Check a folder (output/), print what is wrong, return 1 where there are errors.

    Warnings are printed too and fail nothing.
    """
    folder = Path(arguments[0] if arguments else "output")
    if not (folder / "index.html").exists():
        sys.exit(f"There is no site in {folder}/: run `make` first.")
    _require("java", "default-jre-headless")
    _install_checker()
    said = [message for kind in ("html", "css", "svg") for message in _run_checker(folder, kind)]
    messages = [message for message in said if not is_misjudged(message)]
    for finding in sorted(_finding(message, Path.cwd()) for message in messages):
        print(finding)
    errors = sum(message.get("type") != "info" for message in messages)
    print(f"{errors} errors, {len(messages) - errors} warnings in {folder}/")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
