"""No input hangs or fells the build: limits are told, and work grows with the input, not faster.

Work is counted in calls of functions, which is the same on every machine. Behind that stands a
limit of processor time, so that what hangs in native code ends the test and not the day.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from types import FrameType

import pytest

from explainer.dates import DateError, parse_date
from explainer.extensions import read_extensions
from explainer.limits import DEFAULT_LIMITS, NAMES
from explainer.markdown import clean_body, render_inline, render_markdown
from explainer.site import read_site, read_text
from explainer.tree import parse_yaml
from tests.unit.small_site import TOWN, settings, small_site
from tests.unit.test_pictures import png

from .hostile_markdown import MARKDOWN, MORE_MARKDOWN, as_much_as_is_read

MOST_SECONDS = 20
PYTHON_MARKDOWN = read_extensions(None)


@contextmanager
def no_more_than(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in what has taken so much processor time, between two steps of Python."""
    if sys.platform == "win32":
        yield
        return
    import signal

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_takes_work_that_grows_with_the_text(name: str) -> None:
    make, size = MARKDOWN[name], 400
    with no_more_than(MOST_SECONDS):
        once = calls(lambda: read_text(make(size)))
        twice = calls(lambda: read_text(make(2 * size)))
    assert twice <= 2.2 * once + 2_000


@pytest.mark.parametrize("name", [*MARKDOWN, *MORE_MARKDOWN])
def test_python_markdown_is_done_with_a_tenth_of_what_it_is_given(name: str) -> None:
    text = as_much_as_is_read({**MARKDOWN, **MORE_MARKDOWN}[name], share=10)
    with no_more_than(MOST_SECONDS):
        clean = clean_body(text, PYTHON_MARKDOWN)
    assert "TimeoutError" not in clean.failure
    assert "at most" not in clean.failure


@pytest.mark.parametrize("name", ["brackets", "tags opened"])
def test_python_markdown_is_done_with_all_that_it_is_given(name: str) -> None:
    text = as_much_as_is_read({**MARKDOWN, **MORE_MARKDOWN}[name])
    with no_more_than(5 * MOST_SECONDS):
        clean = clean_body(text, PYTHON_MARKDOWN)
    assert "TimeoutError" not in clean.failure
    assert "at most" not in clean.failure


@pytest.mark.parametrize(
    "name", ["brackets", "links opened", "lists nested", "stars", "tags opened"]
)
def test_markdown_of_twenty_thousand_signs_is_done_with(name: str) -> None:
    with no_more_than(MOST_SECONDS):
        assert isinstance(read_text(MARKDOWN[name](20_000)).text, str)


def test_line_of_a_million_signs_is_done_with() -> None:
    with no_more_than(MOST_SECONDS):
        for text in ("a" * 1_000_000, "a b " * 250_000, "&" * 100_000, "<" * 100_000):
            assert len(render_markdown(text)) >= len(text)
            assert len(render_inline(text)) >= len(text.strip())


YAML = {
    "brackets": "[" * 20_000,
    "brackets closed": "[" * 5_000 + "]" * 5_000,
    "braces": "{a: " * 5_000,
    "dashes": "- " * 20_000,
    "question marks": "? " * 20_000,
    "question mark at the end": "a:\n  {b\n",
    "colons": "a: " * 20_000,
    "quotes": '"' * 20_000,
    "tabs": "\t" * 100_000,
    "tags": "- !x a\n" * 5_000,
    "aliases": "a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(2_000)),
    "billion laughs": "a0: &a0 x\n"
    + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
    "keys twice": "k: v\n" * 5_000,
    "lines swallowed": "a: x\n" + "  - y\n" * 20_000,
    "control characters": "\u202e" * 600_000,
}


@pytest.mark.parametrize("name", YAML)
def test_yaml_that_is_out_of_all_measure_is_a_problem(name: str) -> None:
    with no_more_than(MOST_SECONDS):
        assert parse_yaml(YAML[name], "content/x.yaml")[1] != []


BODY = dedent(TOWN["articles/closed.md"])
LINK = "[a](https://example.org/) "
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">'


def events(count: int) -> str:
    """A story of so many events."""
    event = "  - {title: Event NUMBER, allow: [no-source]}\n"
    lines = (event.replace("NUMBER", str(number)) for number in range(count))
    return "title: The bridge\nevents:\n" + "".join(lines)


#: For each limit what it is set to, and content that has just as much as one asks for.
CONTENT: dict[str, tuple[int, str, str, Callable[[int], str | bytes]]] = {
    "file_bytes": (900, "too-long", "terms.yaml", lambda most: "#" * most),
    "line_characters": (
        300,
        "too-long",
        "articles/closed.md",
        lambda most: f"{BODY}\n{'a' * (most - 1)}é\n\nNext.\n",
    ),
    "yaml_levels": (5, "too-deep", "terms.yaml", lambda most: "[" * most + "a" + "]" * most),
    "yaml_values": (
        40,
        "too-long",
        "terms.yaml",
        lambda most: f"pier: {{name: Pier, text: x, also: [{'x, ' * (most - 6)}y]}}",
    ),
    "records": (5, "too-many", "stories/bridge.yaml", events),
    "links": (
        5,
        "too-many",
        "articles/closed.md",
        lambda most: f"{BODY}\n![A](https://example.org/a.png) {LINK * (most - 2)}<https://b.org>",
    ),
    "picture_bytes": (99, "big-picture", "images/a.png", lambda most: png().ljust(most, b" ")),
    "picture_points": (99, "big-picture", "images/a.png", lambda most: png(most, 1)),
    "drawing_bytes": (
        99,
        "big-picture",
        "images/a.svg",
        lambda most: DRAWING.ljust(most - 6) + "</svg>",
    ),
}


def codes_of(folder: Path, path: str, written: str | bytes, limits: Mapping[str, int]) -> list[str]:
    """What is wrong with the town with one file written anew."""
    for file, text in {**TOWN, path: written}.items():
        data = text if isinstance(text, bytes) else dedent(text).encode()
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)
    ours = settings(EXPLAINER={"limits": limits})
    with no_more_than(MOST_SECONDS):
        return [problem.code for problem in read_site(folder, ours).report.problems]


@pytest.mark.parametrize("name", NAMES)
def test_limit_is_a_setting(tmp_path: Path, name: str) -> None:
    most, code, path, content = CONTENT[name]
    within = codes_of(tmp_path, path, content(most), {name: most})
    beyond = codes_of(tmp_path, path, content(most + 1), {name: most})
    higher = codes_of(tmp_path, path, content(most + 1), {name: most + 1})
    assert (code in within, beyond.count(code), code in higher) == (False, 1, False)


@pytest.mark.parametrize("name", ["file_bytes", "line_characters", "links"])
def test_limit_that_nobody_has_set_is_kept(tmp_path: Path, name: str) -> None:
    _, code, path, content = CONTENT[name]
    most = getattr(DEFAULT_LIMITS, name)
    assert codes_of(tmp_path, path, content(most + 1), {}).count(code) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("1" * 100_000, "[" + "2020.." * 50_000 + "]", "X" * 100_000, "Y" + "9" * 100_000),
        *("-" * 100_000, "2020" + "~" * 50_000, "2020/" * 50_000, "{" * 10_000, "١٩٨٤", "２０２０"),
    ],
    ids=lambda text: text[:5],
)
def test_date_out_of_all_measure_is_refused(text: str) -> None:
    with no_more_than(MOST_SECONDS), pytest.raises(DateError):
        parse_date(text)


def story(events: Iterator[str] | list[str]) -> dict[str, str]:
    lines = "".join(f"  - {{{event}, sources: [{{title: x}}]}}\n" for event in events)
    return {"stories/bridge.yaml": f"title: The bridge\nevents:\n{lines}"}


def test_chain_of_thousands_of_records_is_followed_to_its_end() -> None:
    links = [f"id: a{n}, title: T{n}, rests_on: [a{n + 1}]" for n in range(1_200)]
    with no_more_than(MOST_SECONDS):
        site = small_site(story([*links, "id: a1200, title: The last"]))
    assert site.report.problems == ()


def test_records_that_rest_on_each_other_by_many_ways_are_followed_once() -> None:
    pairs = [
        f"id: {letter}{n}, title: T{n}, rests_on: [a{n + 1}, b{n + 1}]"
        for n in range(60)
        for letter in "ab"
    ]
    with no_more_than(MOST_SECONDS):
        site = small_site(story([*pairs, "id: a60, title: A", "id: b60, title: B"]))
    assert site.report.problems == ()


def test_records_in_a_circle_rest_on_each_other() -> None:
    circle = ["id: a, title: A, rests_on: [b]", "id: b, title: B, rests_on: [a]"]
    assert small_site(story(circle)).report.problems == ()


def test_hundreds_of_lost_passages_are_each_told() -> None:
    article = TOWN["articles/closed.md"] + "Lorem ipsum dolor sit amet. " * 500
    records = "".join(
        f'  - {{id: a{n}, title: T, evidence: "lorum {n} dolor"}}\n' for n in range(300)
    )
    files = {"articles/closed.md": article, "articles/closed.yaml": f"events:\n{records}"}
    with no_more_than(MOST_SECONDS):
        codes = [problem.code for problem in small_site(files).report.problems]
    assert codes == ["evidence-not-found"] * 300
