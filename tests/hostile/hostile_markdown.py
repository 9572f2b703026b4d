"""Texts that a reader of Markdown may choke on, by name: each as long as one asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from explainer.python_markdown import MOST

MARKDOWN: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "links opened": lambda n: "[a](" * n,
    "pictures opened": lambda n: "![" * n,
    "brackets nested": lambda n: "[" * n + "]" * n,
    "lists nested": lambda n: "\n".join("  " * level + "- a" for level in range(min(n, 300))),
    "quotes nested": lambda n: ">" * n,
    "lists in quotes": lambda n: "> - " * n + "a",
    "stars": lambda n: "*a " * n,
    "stars mixed": lambda n: "a**b" + "c* " * n,
    "underscores": lambda n: "_a" * n,
    "backticks": lambda n: "`".join("a" for _ in range(n)),
    "tags opened": lambda n: "<a " * n,
    "elements nested": lambda n: "<div>" * n,
    "comments opened": lambda n: "<!--" * n,
    "entities": lambda n: "&#x41;" * n,
    "notes": lambda n: "[^1]" * n + "\n\n[^1]: x\n",
    "references": lambda n: "\n".join(f"[{number}]: x" for number in range(n)),
    "table": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\n" * n,
    "headings alike": lambda n: "## same\n\n" * n,
    "one long line": lambda n: "word " * (n * 10),
}
#: More of the kind, for a reader whose time may grow with the square.
MORE_MARKDOWN: dict[str, Callable[[int], str]] = {
    "lists nested by four": lambda n: "\n".join("    " * at + "- a" for at in range(min(n, 300))),
    "quotes nested with blanks": lambda n: "> " * n + "a",
    "emphasis nested": lambda n: "*a " * n + "*" * n,
    "pictures by reference": lambda n: "![a][" * n,
    "definitions": lambda n: "a\n: b\n" * n,
    "definitions apart": lambda n: "a\n\n:   b\n\n" * n,
    "abbreviations": lambda n: "".join(f"*[a{number}]: x\n\n" for number in range(n)),
    "attributes": lambda n: "a {: .b }\n\n" * n,
    "Markdown in HTML": lambda n: "<div markdown=1>" * n,
    "CDATA": lambda n: "<![CDATA[" * n,
    "fences": lambda n: "```\n\n" * n,
    "notes opened": lambda n: "[^" * n,
    "many notes": lambda n: "".join(f"x[^{number}]\n\n[^{number}]: y\n\n" for number in range(n)),
    "backslashes": lambda n: "\\" * n,
    "rules": lambda n: ("---\n" * 4_000 + "\n") * (n // 4_000 + 1),
    "underlined": lambda n: ("a\n=\n" * 2_000 + "\n") * (n // 2_000 + 1),
    "headings in a row": lambda n: ("# a\n" * 4_000 + "\n") * (n // 4_000 + 1),
    "paragraphs": lambda n: "a\n\n" * n,
}


def as_much_as_is_read(make: Callable[[int], str], share: int = 1) -> str:
    """The longest text of its kind that Python-Markdown is given, or a share of it."""
    sizes = range(1, MOST["characters"] + 1)
    return make(max(1, bisect_left(sizes, True, key=lambda n: not is_read(make(n))) // share))


def is_read(text: str) -> bool:
    """Whether Python-Markdown is given so much."""
    lines = max(block.count("\n") + 1 for block in text.split("\n\n"))
    counts = [len(text), lines, *(text.count(sign) for sign in "[<*_")]
    return all(count <= most for count, most in zip(counts, MOST.values(), strict=True))
