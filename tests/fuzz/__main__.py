"""`make fuzz`: attacks, rules and targets, for a bounded time and with new inputs every time.

First the attacks of `tests/hostile`, with public lists below a folder where one is named. Then the
tests of rules over generated input (Hypothesis), again and again until their time is up. Then each
target of `targets.py`, guided by the code that an input reaches (Atheris), where that has wheels.

What Atheris finds is printed with its traceback and kept in `.fuzz/`; the inputs that reach new
code are kept there too, so that the next run goes on from them. The exit code is 0 where nothing
was found.

    PYTHONPATH=plugins python -m tests.fuzz --seconds 60 dates yaml
    PYTHONPATH=plugins python -m tests.fuzz --again .fuzz/dates-crash-…
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".fuzz"
ATTACKS, RULES = "attacks", "rules"
#: The most bytes of an input: what goes wrong with long ones is what the tests of limits look for.
LENGTH = 4_096
#: An input that takes longer is a find. It is a loose limit: machines are shared.
SECONDS_EACH = 30
MEGABYTES = 2_048


def main(arguments: list[str]) -> int:
    """Run what is named, or all, each in a process of its own; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="of each target")
    parser.add_argument("--lists", default="", help="a folder of public lists of attacks")
    parser.add_argument("--again", type=Path, help="a file in .fuzz/ to be tried once more")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", help="attacks, rules, or targets")
    given = parser.parse_args(arguments)
    if given.inside:
        _fuzz(given.inside, given.seconds)
        return 0

    from .targets import TARGETS

    if given.again:
        TARGETS[given.again.name.partition("-")[0]](given.again.read_bytes())
        return 0
    has_found = {
        name: _run(name, given.seconds, given.lists)
        for name in given.names or (ATTACKS, RULES, *TARGETS)
    }
    found = [name for name, found in has_found.items() if found]
    print(f"Found something: {', '.join(found)}" if found else "Nothing was found.", flush=True)
    return 1 if found else 0


def _run(name: str, seconds: int, lists: str) -> bool:
    print(f"== {name}", flush=True)
    if name == ATTACKS:
        return _is_failing({"HOSTILE_LISTS": lists}, "pytest", "tests/hostile", "-q")
    if name == RULES:
        return _try_rules(seconds)
    if importlib.util.find_spec("atheris") is None:
        print("Left out: there is no Atheris for this system.", flush=True)
        return False
    return _is_failing({}, "tests.fuzz", f"--inside={name}", f"--seconds={seconds}")


def _try_rules(seconds: int) -> bool:
    """All tests of rules with a new seed each time, until the time is up or one fails."""
    end = time.monotonic() + seconds
    seeds = random.SystemRandom()
    while time.monotonic() < end:
        seed = f"--hypothesis-seed={seeds.getrandbits(32)}"
        if _is_failing({}, "pytest", "-q", "-m", "hypothesis", "--no-header", seed):
            return True
    return False


def _is_failing(more: Mapping[str, str], *command: str) -> bool:
    environment = {**os.environ, "PYTHONPATH": "plugins", **more}
    return subprocess.run([sys.executable, "-m", *command], env=environment).returncode != 0


def _fuzz(name: str, seconds: int) -> None:
    """Feed one target until the time is up; ends the process."""
    import atheris

    with atheris.instrument_imports(
        include=["explainer", "markdown", "markdown_it", "mdit_py_plugins"]
    ):
        from .targets import TARGETS, seeds

    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (corpus / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LENGTH}",
        f"-timeout={SECONDS_EACH}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={FOLDER}/{name}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
