"""The tools from npm, Lighthouse and the Nu HTML checker, in the versions of `npm/`.

They are installed into `.audit/`, from the lock file beside `package.json`. To bring it up to date,
change `package.json` and run in that folder, with `--omit-lockfile-registry-resolved`:
`npm install --package-lock-only`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from .sites import ROOT, AuditError

DECLARED = Path(__file__).resolve().parent / "npm"
FILES = ("package.json", "package-lock.json")
INSTALLED = ROOT / ".audit"
MODULES = INSTALLED / "node_modules"


def require(program: str, package: str) -> None:
    """Raise AuditError with a sentence where a program is missing."""
    if shutil.which(program) is None:
        raise AuditError(
            f"This part of the audit needs {program}. Debian and Ubuntu: sudo apt install {package}"
        )


def version(name: str) -> str:
    """The version of a tool that is declared."""
    declared = json.loads((DECLARED / "package.json").read_text(encoding="utf-8"))
    return str(declared["dependencies"][name])


def install() -> Path:
    """Have the tools in .audit/ as the lock says; gives the folder of the modules."""
    texts = {name: (DECLARED / name).read_text(encoding="utf-8") for name in FILES}
    stamp = INSTALLED / "installed"
    wanted = texts["package-lock.json"]
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return MODULES
    require("npm", "npm")
    INSTALLED.mkdir(exist_ok=True)
    for name, text in texts.items():
        (INSTALLED / name).write_text(text, encoding="utf-8")
    # vnu-jar would fetch a Java of its own; the one of the system does.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(["npm", "ci", *options], cwd=INSTALLED).returncode:
        raise AuditError("npm could not install Lighthouse and the Nu HTML checker.")
    stamp.write_text(wanted, encoding="utf-8")
    return MODULES
