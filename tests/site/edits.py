"""Random edits of a content folder: what editors do to it, and a good deal of what they do not.

An edit is made on the texts of the files, from a seed. Nothing is known here of what a key means:
every text, date, list and record is changed, taken away or doubled wherever it stands. Who uses
this throws away the edits that make an error.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

Files = dict[str, str]

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def random_edit(files: Files, rng: random.Random) -> tuple[str, Files]:
    """What was done, in a word or two, and the files after it; those given stay as they are."""
    edit = rng.choice(_EDITS)
    changed = dict(files)
    edit(changed, rng)
    return edit.__name__.strip("_"), changed


class _Dumper(yaml.SafeDumper):
    """Writes everything out: our format knows no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _dump(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return text


def _load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def _pick(files: Mapping[str, str], rng: random.Random, end: str) -> str:
    return rng.choice(sorted(path for path in files if path.endswith(end)))


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """(mapping or list, key or index) of everything in a tree."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(entries):
        yield data, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _changed_yaml(text: str, rng: random.Random) -> str:
    data = _load(text)
    if not isinstance(data, dict) or not data:
        return text
    holder, key = rng.choice(list(_places(data)))
    value = holder[key]
    kind = rng.random()
    if kind < 0.25:
        del holder[key]
    elif isinstance(value, list) and value and kind < 0.6:
        rng.shuffle(value)
    elif isinstance(value, str):
        holder[key] = _changed_text(value, rng)
    elif isinstance(holder, list):
        twin = _load(_dump(value))
        if isinstance(twin, dict) and "id" in twin:
            twin["id"] = f"{twin['id']}-{rng.randrange(100)}"
        holder.insert(rng.randrange(len(holder) + 1), twin)
    return _dump(data)


def _changed_text(text: str, rng: random.Random) -> str:
    found = _DATE.fullmatch(text)
    if found:
        return f"{found[1]}-{found[2]}-{rng.randrange(1, 29):02d}"
    return rng.choice([f"{text} indeed", f"Well, {text}", text.upper(), text[: len(text) // 2]])


def _yaml_changed(files: Files, rng: random.Random) -> None:
    path = _pick(files, rng, ".yaml")
    files[path] = _changed_yaml(files[path], rng)


def _front_matter_changed(files: Files, rng: random.Random) -> None:
    path = _pick(files, rng, ".md")
    _, head, body = files[path].split("---\n", 2)
    files[path] = f"---\n{_changed_yaml(head, rng)}---\n{body}"


def _body_changed(files: Files, rng: random.Random) -> None:
    path = _pick(files, rng, ".md")
    head, _, body = files[path].rpartition("---\n")
    paragraphs = body.strip().split("\n\n")
    at = rng.randrange(len(paragraphs) + 1)
    names = re.findall(r"name: ([A-Z][^,}\n]*)", "\n".join(map(files.get, sorted(files), "")))
    new = f"{rng.choice(names or ['Somebody'])} said so in week {rng.randrange(53)}."
    if rng.random() < 0.7:
        paragraphs.insert(at, new)
    else:
        del paragraphs[at - 1]
    files[path] = f"{head}---\n" + "\n\n".join(paragraphs) + "\n"


def _id_renamed(files: Files, rng: random.Random) -> None:
    ids = sorted({i for text in files.values() for i in re.findall(r"\bid: ([a-z0-9-]+)", text)})
    if ids:
        old = rng.choice(ids)
        pattern = re.compile(rf"(?<![\w-]){old}(?![\w-])")
        new = f"{old}-{rng.randrange(10)}"
        files.update({path: pattern.sub(new, text) for path, text in files.items()})


def _file_deleted(files: Files, rng: random.Random) -> None:
    path = rng.choice(sorted(files))
    del files[path]
    if path.endswith(".md"):
        files.pop(path.removesuffix(".md") + ".yaml", None)


def _article_added(files: Files, rng: random.Random) -> None:
    source = _pick({p: t for p, t in files.items() if p.startswith("articles/")}, rng, ".md")
    path = f"articles/added-{rng.randrange(1000)}.md"
    files[path] = re.sub(r"(?m)^title: .*$", f"title: Added {path}", files[source], count=1)


def _lines_put_above(files: Files, rng: random.Random) -> None:
    """What stands in a file stands further down."""
    path = _pick(files, rng, ".yaml")
    files[path] = f"# a remark\n\n{files[path]}"


def _articles_stories_changed(files: Files, rng: random.Random) -> None:
    stories = [p.partition("/")[2].removesuffix(".yaml") for p in files if p[:8] == "stories/"]
    path = _pick({p: t for p, t in files.items() if p.startswith("articles/")}, rng, ".md")
    line = f"story: {rng.choice(sorted(stories))}\n" if stories and rng.random() < 0.7 else ""
    files[path] = re.sub(r"(?m)^story: .*\n", line, files[path], count=1)


_EDITS: tuple[Callable[[Files, random.Random], None], ...] = (
    *(_yaml_changed,) * 5,
    *(_front_matter_changed,) * 2,
    *(_body_changed,) * 2,
    _id_renamed,
    _file_deleted,
    _article_added,
    _lines_put_above,
    _articles_stories_changed,
)
