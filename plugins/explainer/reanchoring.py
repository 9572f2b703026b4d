"""Passages that an article no longer has, and the nearest words of today.

An article is corrected, and evidence that rested on the old words is lost. `find_proposals` names
each such passage with the nearest one of the current text; what is proposed is found there, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .cuts import path_at
from .edits import Edit, replace_scalar
from .frontmatter import head_of, split_document
from .link import record_id
from .model import Role, read_record, read_remains, slugify
from .passages import (
    Ambiguous,
    ArticleText,
    NotFound,
    Passage,
    Quoted,
    Selector,
    find_passage,
    fold,
    parse_selector,
    quote_text,
)
from .problems import Location
from .site import ReadSite, read_text
from .tree import Mapping, Node, Path, Scalar, follow, parse_yaml
from .validate import SECTIONS

__all__ = ["Proposal", "edits_of", "find_proposals", "nearest_words", "side_by_side"]

#: Below this likeness of words nothing is proposed.
LEAST_LIKENESS = 0.5
#: What the first and the last word of a passage count beside what every word counts.
_EDGE = 0.4
#: Words, and dashes by themselves.
_WORD = re.compile(r"[^\s—–]+|[—–]")
Words = list[re.Match[str]]
#: Words of a passage that are compared; and windows of a paragraph that are tried.
MOST_WORDS, MOST_BLOCKS = 200, 24


@dataclass(frozen=True, slots=True)
class Proposal:
    """A lost passage: what was written, and what to write now (None where nothing is near)."""

    place: Location
    record: str
    """The id to accept it by."""
    what: str
    old: str
    new: str | None
    changes: tuple[tuple[Location, str], ...] = ()
    """The scalars to rewrite, with their new values."""


def find_proposals(site: ReadSite) -> list[Proposal]:
    """Every passage of a site that is lost, in the order of the files."""
    texts: dict[str, ArticleText] = {}
    found = []
    for problem in site.report.problems:
        if problem.code != "evidence-not-found":
            continue
        slug = problem.location.file.rpartition("/")[2].rpartition(".")[0]
        article = site.content.articles[slug]
        if slug not in texts:
            texts[slug] = ArticleText(article.matter.title, read_text(article.body, site.markdown))
        found.append(_proposal(site, problem.location, texts[slug]))
    return found


def edits_of(site: ReadSite, proposal: Proposal) -> list[Edit]:
    """The changes to the file of a proposal; raises EditError where one cannot be made."""
    text, first_line = _yaml_of(site, proposal.place.file)
    return [
        replace_scalar(text, (place.line, place.column), value, first_line=first_line)
        for place, value in proposal.changes
    ]


def _yaml_of(site: ReadSite, file: str) -> tuple[str, int]:
    """A file's YAML, and the line on which it begins."""
    text = site.content.texts[file]
    return head_of(text) if file.endswith(".md") else (text, 1)


def _proposal(site: ReadSite, place: Location, text: ArticleText) -> Proposal:
    whole = site.content.texts[place.file]
    root: Node | None
    if place.file.endswith(".md"):
        root = split_document(whole, place.file)[0].head
    else:
        root = parse_yaml(whole, place.file)[0]
    assert root is not None, "a passage is reported in a file that was read"
    path = _selector_path(root, path_at(root, place.line, place.column))
    name, what = _owner(root, path)
    node = follow(root, path)
    if isinstance(node, Mapping):
        return _mapping_proposal(place, name, what, node, text)
    assert isinstance(node, Scalar)
    old = " ".join(node.value.split())
    is_quote = path[-1] == "text"
    new = _new_quote(text, old) if is_quote else _new_selector(text, old)
    changes = ((node.location, new),) if new else ()
    return Proposal(place, name, what, old, new, changes)


def _selector_path(root: Node, path: Path) -> Path:
    """The path of the passage itself: a mapping is pointed at by its first key."""
    if path and path[-1] in ("exact", "prefix", "suffix"):
        return path[:-1]
    return path


def _owner(root: Node, path: Path) -> tuple[str, str]:
    """The id of the record that a passage belongs to, and its name in words."""
    section = SECTIONS.get(str(path[0])) if path else None
    if section is None or len(path) < 2:
        return "note", "a note's words"
    item = follow(root, path[:2])
    record = read_record(section, item)[0] or read_remains(section, item)
    if record is None:
        return "", f"the evidence of a {section.kind}"
    if isinstance(record, Role):
        actor = record.actor[0].actor if record.actor else ""
        return f"role-{slugify(f'{actor} {record.role}')}", f"the evidence of the role of '{actor}'"
    name = record.same or record_id(record)
    word = "text" if path[-1] == "text" else "evidence"
    return name, f"the {word} of {section.kind} '{name}'"


# ---- what is nearest


def _new_selector(text: ArticleText, old: str) -> str | None:
    """Words, or `A ... B`, nearest to those that are lost and found in the text once."""
    selector = parse_selector(old)
    if not selector.until:
        return _unique(text, nearest_words(_paragraphs(text), old), old)
    first = selector.exact
    if isinstance(find_passage(text, Selector(first)), NotFound):
        first = _unique(text, nearest_words(_paragraphs(text), first), first) or ""
    if not first:
        return None
    whole = f"{first} ... {selector.until}"
    if isinstance(find_passage(text, parse_selector(whole)), Passage):
        return whole
    last = nearest_words(_behind(text, first), selector.until)
    whole = f"{first} ... {last}"
    is_found = last and isinstance(find_passage(text, parse_selector(whole)), Passage)
    return whole if is_found else None


def _new_quote(text: ArticleText, old: str) -> str | None:
    """A quote's text, each part that is lost replaced by the nearest words."""
    parts = re.split(r"(\s*\[(?:\.\.\.|…)\]\s*)", old)
    for index in range(0, len(parts), 2):
        part = parts[index]
        if part and not isinstance(quote_text(text, part), Quoted):
            new = _new_selector(text, part)
            if new is None:
                return None
            parts[index] = new
    new = "".join(parts)
    return new if isinstance(quote_text(text, new), Quoted) else None


def _mapping_proposal(
    place: Location, name: str, what: str, node: Mapping, text: ArticleText
) -> Proposal:
    """The long form: its `exact`, and the words around it as far as they are written."""
    written = {key.value: value for key, value in node.entries if isinstance(value, Scalar)}
    old = " ".join(written["exact"].value.split())
    new = nearest_words(_paragraphs(text), old)
    lost = Proposal(place, name, what, old, None)
    if new is None:
        return lost
    around = _around(text, new)
    changes = []
    values = {"exact": new}
    for key, words in (("prefix", around[0]), ("suffix", around[1])):
        if key in written:
            count = max(1, len(written[key].value.split()))
            values[key] = " ".join(words[-count:] if key == "prefix" else words[:count])
    selector = Selector(new, prefix=values.get("prefix", ""), suffix=values.get("suffix", ""))
    if not isinstance(find_passage(text, selector), Passage):
        return lost
    for key, value in values.items():
        if value and value != written[key].value:
            changes.append((written[key].location, value))
    shown = " | ".join(f"{key}: {value}" for key, value in values.items() if key != "exact")
    before = " | ".join(f"{key}: {written[key].value}" for key in values if key != "exact")
    return Proposal(
        place,
        name,
        what,
        f"{old} | {before}" if before else old,
        f"{new} | {shown}" if shown else new,
        tuple(changes),
    )


def _around(text: ArticleText, words: str) -> tuple[list[str], list[str]]:
    """The words before and behind the first place of some words, in their paragraph."""
    for paragraph in _paragraphs(text):
        at = fold(paragraph).text.find(fold(words).text)
        if at >= 0:
            folded = fold(paragraph)
            start, end = folded.starts[at], folded.ends[at + len(fold(words).text) - 1]
            return paragraph[:start].split(), paragraph[end:].split()
    return [], []


def _unique(text: ArticleText, words: str | None, old: str) -> str | None:
    """The words, or as many more as make them stand once; None where they cannot."""
    if words is None:
        return None
    found = find_passage(text, parse_selector(words))
    if isinstance(found, Passage):
        return words
    if isinstance(found, Ambiguous):
        return max(found.extended, key=lambda longer: likeness(old, longer), default=None)
    return None


def _paragraphs(text: ArticleText) -> list[str]:
    """The headline and the paragraphs, each on one line."""
    body = text.body
    blocks = [body.text[block.start : block.end] for block in body.blocks]
    return [" ".join(part.split()) for part in [text.headline, *blocks] if part.strip()]


def _behind(text: ArticleText, first: str) -> list[str]:
    """What stands behind some words in their paragraph."""
    before, behind = _around(text, first)
    return [" ".join(behind)] if before or behind else []


def nearest_words(paragraphs: Sequence[str], old: str) -> str | None:
    """The run of words within one paragraph that is most like the old ones; of equals the first.

    Where a paragraph shares runs of words with the old ones, the runs between any two of these are
    tried, with as many words before and behind as the old ones have there.
    """
    wanted = _keys(_WORD.findall(old)[:MOST_WORDS])
    best: tuple[float, str] | None = None
    for paragraph in paragraphs:
        words = list(_WORD.finditer(paragraph))
        windows = list(_windows(wanted, _keys([word[0] for word in words])))
        if not windows:
            continue

        def run(window: tuple[int, int], paragraph: str = paragraph, words: Words = words) -> str:
            return _trimmed(paragraph[words[window[0]].start() : words[window[1] - 1].end()], old)

        def score(window: tuple[int, int], run: Callable[..., str] = run) -> float:
            return likeness(old, run(window))

        window = _climb(max(windows, key=score), score, len(words))
        if score(window) >= LEAST_LIKENESS and (best is None or score(window) > best[0]):
            best = score(window), run(window)
    return best[1] if best else None


def _climb(
    window: tuple[int, int], score: Callable[[tuple[int, int]], float], size: int
) -> tuple[int, int]:
    """The window moved by single words at its edges as long as that betters it."""
    while True:
        low, high = window
        near = [(low - 1, high), (low + 1, high), (low, high - 1), (low, high + 1)]
        near = [(a, b) for a, b in near if 0 <= a < b <= size]
        better = max(near, key=score, default=window)
        if score(better) <= score(window):
            return window
        window = better


def _windows(wanted: list[str], words: list[str]) -> Iterator[tuple[int, int]]:
    matcher = SequenceMatcher(None, wanted, words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    blocks = sorted(sorted(blocks, key=lambda b: -b.size)[:MOST_BLOCKS], key=lambda b: b.b)
    seen = set()
    for index, first in enumerate(blocks):
        for last in blocks[index:]:
            low = max(0, first.b - first.a)
            high = min(len(words), last.b + last.size + len(wanted) - last.a - last.size)
            inner = (first.b, last.b + last.size)
            for window in ((low, high), inner, (low, inner[1]), (inner[0], high)):
                if window not in seen and window[0] < window[1]:
                    seen.add(window)
                    yield window


def _keys(words: Sequence[str]) -> list[str]:
    """Words to compare by: without case and the punctuation around them."""
    return [fold(word).text.lower().strip(".,;:!?\"'()") or word for word in words]


def _trimmed(window: str, old: str) -> str:
    """A run of words without the punctuation at its ends that the old one did not have."""
    if old[-1:].isalnum():
        window = window.rstrip(".,;:!?\"'”’)")
    if old[:1].isalnum():
        window = window.lstrip("\"'“‘(")
    return window.rstrip(",;:")


def likeness(old: str, new: str) -> float:
    """How alike two runs of words are, from 0 to 1.

    A word in the place of another counts half, and more as far as their letters are alike: a
    number that was corrected at the end of a passage stays in it. First and last words that are
    still the same count more; a run that goes on behind the end of a sentence or clause, where the
    old one did not, counts less.
    """
    before, after = _keys(_WORD.findall(old)), _keys(_WORD.findall(new))
    if not before or not after:
        return 0.0
    alike = 0.0
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            alike += b - a
        elif kind == "replace":
            letters = SequenceMatcher(None, " ".join(before[a:b]), " ".join(after[c:d])).ratio()
            alike += (1 + letters) / 2 * min(b - a, d - c)
    most = (len(before) + len(after)) / 2 + 2 * _EDGE
    alike += _EDGE * ((before[0] == after[0]) + (before[-1] == after[-1]))
    if _stops(new) > _stops(old):
        alike -= 0.8
    return max(0.0, alike / most)


def _stops(words: str) -> int:
    """How often a run of words passes the end of a sentence or clause."""
    return len(re.findall(r"[.,;:!?]['\"’”)]*\s", words))


# ---- what is shown


def side_by_side(old: str, new: str, width: int = 38) -> str:
    """Two columns, the words that differ between `*` signs."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    left, right = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        mark = "{}" if kind == "equal" else "*{}*"
        left += [mark.format(word) for word in before[a:b]]
        right += [mark.format(word) for word in after[c:d]]
    columns = _column("old", left, width), _column("new", right, width)
    height = max(map(len, columns))
    rows = [[*column, *[""] * (height - len(column))] for column in columns]
    return "\n".join(f"  {a:<{width}} | {b}".rstrip() for a, b in zip(*rows, strict=True))


def _column(head: str, words: list[str], width: int) -> list[str]:
    lines, line = [head, "-" * width], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]
