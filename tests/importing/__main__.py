"""Shows what imports give otherwise than was expected, and takes it as expected from now on."""

from __future__ import annotations

import difflib
import tempfile
from pathlib import Path

from .goldens import expected_file, imported, raw_files


def main() -> None:
    """Show the differences and accept them."""
    for raw in raw_files():
        target = expected_file(raw)
        old = target.read_text(encoding="utf-8") if target.exists() else ""
        with tempfile.TemporaryDirectory() as folder:
            new = imported(raw, Path(folder))
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), raw.name, "", lineterm="")
        print("\n".join(lines), end="\n" if old != new else "")
        target.write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
