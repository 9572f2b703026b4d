"""Writes the lock files: `python -m tools.lock` resolves pyproject.toml anew.

For every system and every Python from 3.11, with hashes and without the address of an index, so
that pip takes the packages from wherever it is told to and still gets exactly these.
"""

import importlib.util
import subprocess
import sys

UV = "uv==0.13.9"
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--upgrade",
    "--quiet",
)


def _require_uv() -> None:
    """Install uv into .venv; it is 20 MB that nothing but this needs."""
    if importlib.util.find_spec("uv") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", UV], check=True)


def _compile(lock: str, *options: str) -> None:
    """Resolve pyproject.toml, or groups of it, into a lock file."""
    compile_ = [sys.executable, "-m", "uv", "pip", "compile"]
    subprocess.run([*compile_, *OPTIONS, *options, f"--output-file={lock}"], check=True)
    print(f"Wrote {lock}")


def main() -> None:
    """Write the locks; the second holds all of the first in the same versions."""
    _require_uv()
    _compile("requirements.lock", "pyproject.toml")
    # With the extras: what can be installed beside is tested too.
    development = ("--group=dev", "--all-extras", "--constraints=requirements.lock")
    _compile("requirements-dev.lock", "pyproject.toml", *development)
    for group in ("fuzz", "supply"):
        _compile(f"requirements-{group}.lock", f"--group={group}")


if __name__ == "__main__":
    main()
