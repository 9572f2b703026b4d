"""The stages in the middle know neither Pelican nor the disk, the clock or the environment."""

from __future__ import annotations

import os
import subprocess
import sys

from .northbridge import ROOT, rendered, texts


def test_pure_stages_import_no_host_and_touch_no_disk() -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.site.purity_probe"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    others = [path for path in texts() if path.endswith((".atom", ".xml"))]
    assert (done.stderr, done.stdout) == ("", f"{len(rendered().pages) + len(others)}\n")
