"""`make test`: style, formatting and types of the code, then all tests.

Every step runs, whatever the ones before said; the exit code is that of the first that failed.
Arguments go to pytest: `make test ARGS="-k timeline"`.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from .chromium import HOW_TO_GET_ONE, provide_chromium

STEPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("pytest", ("pytest",)),
)


def _run_step(
    name: str, command: Sequence[str], arguments: Sequence[str], environment: Mapping[str, str]
) -> int:
    """Run one module in this Python and return its exit code."""
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", *command, *arguments], env=environment).returncode


def _environment() -> dict[str, str]:
    """The environment of the steps: with a browser, if one can be had."""
    chromium = provide_chromium()
    if chromium is None:
        print(HOW_TO_GET_ONE, flush=True)
        return dict(os.environ)
    return {**os.environ, "CHROMIUM": chromium}


def main(arguments: Sequence[str]) -> int:
    """Run all steps; pytest's closing line is the last one printed when all is well."""
    environment = _environment()
    codes = {
        name: _run_step(name, command, arguments if name == "pytest" else (), environment)
        for name, command in STEPS
    }
    failed = [name for name, code in codes.items() if code]
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return codes[failed[0]] if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
