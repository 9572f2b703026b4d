"""Accepts the goldens: `PYTHONPATH=plugins python -m tests.site` shows what changes, and keeps it.

Read the diff before it is committed: a golden is only as good as the eye that accepted it.
"""

from .goldens import compare, golden_texts, read_goldens, write_goldens
from .northbridge import texts


def main() -> None:
    """Rewrite the goldens, and print how they differ from the last ones."""
    kept = golden_texts(texts())
    print(compare(read_goldens(), kept) or "The goldens are as they were.")
    write_goldens(kept)


if __name__ == "__main__":
    main()
