"""Brings .venv to what a lock file says: `python -m tools.set_up requirements.lock`.

Runs with the system's own Python, before anything is installed: standard library only.
"""

import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .system_packages import install_packages

VENV = Path(".venv")
INTERPRETER = VENV / "bin" / "python"


def _version() -> str:
    """Of the Python that runs this: "3.11"."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _has_venv() -> bool:
    """Whether this Python can make environments; Debian packs that part by itself."""
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _is_usable() -> bool:
    """Whether .venv has a new enough Python and pip."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if not INTERPRETER.exists():
        return False
    return subprocess.run([INTERPRETER, "-c", probe], capture_output=True).returncode == 0


def _make_environment() -> None:
    """Create .venv, or create it anew where it is broken.

    Exits with a sentence where Python comes without what that needs.
    """
    package = f"python{_version()}-venv"
    if not _has_venv() and not (install_packages([package]) and _has_venv()):
        sys.exit(
            f"This Python {_version()} comes without venv and ensurepip, which make .venv.\n"
            f"On Debian and Ubuntu they are in a package: sudo apt install {package}"
            f" (or python3-venv)"
        )
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if made.returncode:
        sys.exit(f"Python {_version()} could not make {VENV}; what it said is above.")


def _install(lock: Path) -> None:
    """Install what the lock names, each file checked against its hash.

    The lock is complete, so pip has nothing to resolve (`--no-deps`).
    """
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command = [str(INTERPRETER), "-m", "pip", "install", *options]
    # Would ask pip to install outside of the environment.
    environment = {name: value for name, value in os.environ.items() if name != "PIP_USER"}
    installed = subprocess.run(
        [*command, "--require-hashes", "--no-deps", "-r", str(lock)], env=environment
    )
    if installed.returncode:
        sys.exit(f"The packages in {lock} could not be installed; what pip said is above.")


def set_up(lock: Path) -> None:
    """Install a lock into .venv, unless just that is installed there.

    The copy of the lock in .venv, with the name of the lock, is the record; it is written last.
    """
    stamp = VENV / lock.name
    if _is_usable():
        if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
            stamp.touch()
            return
    else:
        print(f"Making {VENV} with Python {_version()}", flush=True)
        _make_environment()
    print(f"Installing {lock} into {VENV}", flush=True)
    stamp.unlink(missing_ok=True)
    _install(lock)
    stamp.write_bytes(lock.read_bytes())


def main(arguments: Sequence[str]) -> None:
    """Set up each of the lock files named."""
    for name in arguments:
        set_up(Path(name))


if __name__ == "__main__":
    main(sys.argv[1:])
