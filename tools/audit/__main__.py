"""`python -m tools.audit`: see `command.py`."""

import sys
from pathlib import Path

# The plugin is not installed here: it lies beside its tools.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from .command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
