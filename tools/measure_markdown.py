"""Measures both readers of Markdown: `python -m tools.measure_markdown`.

Says how long an article of the benchmark takes with each, how much memory many of them leave
behind, and how long the hostile texts of the tests take with as much as Python-Markdown is given.
Processor times of this machine; each rendering is one that has not been made before.
"""

import argparse
import gc
import importlib.metadata
import platform
import resource
import statistics
import time
from collections.abc import Callable

from explainer.extensions import PythonMarkdown, read_extensions
from explainer.markdown import clean_body
from tests.hostile.hostile_markdown import MARKDOWN, MORE_MARKDOWN, as_much_as_is_read
from tools.bench.corpus import Newsroom

ROUNDS = 5


def milliseconds(texts: list[str], reader: PythonMarkdown | None) -> float:
    """The median of the rounds, for one text."""
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for text in texts:
            clean_body(text, reader)
        rounds.append((time.process_time() - begin) / len(texts) * 1_000)
    return statistics.median(rounds)


def growth(texts: list[str], reader: PythonMarkdown | None, times: int) -> float:
    """By how many megabytes the most that the process had is more after so many renderings."""

    def render(count: int) -> int:
        for number in range(count):
            clean_body(f"{texts[number % len(texts)]}\n\n{number}\n", reader)
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = render(len(texts))
    kilobytes = render(times) - before
    return kilobytes / 1_000


def seconds(make: Callable[[int], str], reader: PythonMarkdown) -> float:
    """How long the longest text of a kind takes that Python-Markdown is given."""
    text = as_much_as_is_read(make)
    begin = time.process_time()
    clean_body(text, reader)
    return time.process_time() - begin


def main() -> None:
    """Print the figures of docs/markdown.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--renderings", type=int, default=10_000)
    options = parser.parse_args()
    version = importlib.metadata.version
    print(
        f"Python {platform.python_version()}, markdown-it-py {version('markdown-it-py')}, "
        f"Python-Markdown {version('Markdown')}"
    )
    newsroom = Newsroom(options.articles)
    texts = ["\n\n".join(newsroom.article(number).blocks) for number in range(options.articles)]
    reader = read_extensions(None)
    for name, one in (("CommonMark", None), ("Python-Markdown", reader)):
        took, grew = milliseconds(texts, one), growth(texts, one, options.renderings)
        print(f"{name}: {took:.2f} ms an article, {grew:+.1f} MB after {options.renderings:,}")
    kinds = {**MARKDOWN, **MORE_MARKDOWN}
    found = sorted(((seconds(make, reader), name) for name, make in kinds.items()), reverse=True)
    print(f"Of {len(found)} hostile kinds the worst take: ", end="")
    print(", ".join(f"{name} {took:.1f} s" for took, name in found[:6]))


if __name__ == "__main__":
    main()
