"""The benchmark's own work: what it measures is one newsroom, whole and the same each time."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explainer.derive.likeness import Engine
from explainer.site import read_site
from tests.unit.small_site import settings
from tools.bench.changes import change_article, change_template, change_yaml, middle_article
from tools.bench.command import with_block
from tools.bench.corpus import Newsroom
from tools.bench.measuring import BenchError, Run, measure, median_run, ratios
from tools.bench.plot import draw
from tools.bench.recommendations import Costs, costs_table, median_costs, run_once
from tools.bench.sites import ROOT, write_hugo_site, write_our_site, write_plain_site

NEWSROOM = Newsroom(60)


def files_of(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_generated_site_has_no_problem_and_all_that_is_promised(tmp_path: Path) -> None:
    write_our_site(NEWSROOM, tmp_path)
    site = read_site(tmp_path / "content", settings(), strict=True)
    assert site.report.problems == ()
    graph = site.graph
    kinds = [type(entry.record).__name__ for entry in graph.entries.values()]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    assert (len(graph.articles), len(graph.stories), len(graph.actors)) == (60, 2, 12)
    assert counts == {"Claim": 20, "Event": 110, "Position": 20, "Question": 4, "Quote": 40}


def test_generated_sites_are_the_same_each_time(tmp_path: Path) -> None:
    for write in (write_our_site, write_plain_site, write_hugo_site):
        write(NEWSROOM, tmp_path / "once" / write.__name__)
        write(Newsroom(60), tmp_path / "again" / write.__name__)
    assert files_of(tmp_path / "once") == files_of(tmp_path / "again")


def test_generated_sites_have_the_same_words(tmp_path: Path) -> None:
    texts = []
    for write in (write_our_site, write_plain_site, write_hugo_site):
        folder = tmp_path / write.__name__
        write(NEWSROOM, folder)
        bodies = {}
        for path in folder.rglob("article-*.md"):
            body = re.sub(r"\A(?:---\n.*?\n---\n|.*?\n\n)", "", path.read_text(), flags=re.S)
            bodies[path.stem] = re.sub(r"\]\([^)]*\)", "]()", body)
        texts.append(bodies)
    assert len(texts[0]) == 60
    assert texts[0] == texts[1] == texts[2]


def test_generated_article_names_actors_by_more_than_one_name(tmp_path: Path) -> None:
    write_our_site(NEWSROOM, tmp_path)
    text = " ".join(path.read_text() for path in (tmp_path / "content/articles").glob("*.md"))
    named = [
        sum(len(re.findall(rf"\b{re.escape(name)}\b", text)) > 0 for name in actor.names)
        for actor in NEWSROOM.actors
    ]
    assert named == [2] * len(NEWSROOM.actors)


def test_build_is_measured_with_its_children_and_the_files_it_wrote(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "kept").write_text("as it was")
    (output / "changed").write_text("before")
    spin = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    script = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}])\n"
        "for name in ('changed', 'new'): open(f'output/{name}', 'w').write('behind')"
    )
    run = measure([sys.executable, "-c", script], tmp_path, output, {})
    assert run.written == 2
    assert run.cpu >= 0.2  # the child's, not the clock's
    assert run.peak_mib > 1


def test_build_is_measured_as_one_that_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    script = "import sys; sys.exit(sys.dont_write_bytecode)"
    assert measure([sys.executable, "-c", script], tmp_path, tmp_path / "output", {}).written == 0


def test_failed_build_says_which_and_what_it_printed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; print('no theme'); sys.exit(3)"]
    with pytest.raises(BenchError, match=r"(?s)sys.exit\(3\) failed in .*:\nno theme"):
        measure(command, tmp_path, tmp_path / "output", {})


def test_figures_are_medians_and_ratios_are_of_the_same_round() -> None:
    ours = [Run(2.0, 3.0, 50, 10), Run(8.0, 9.0, 70, 10), Run(3.0, 5.0, 60, 11)]
    plain = [Run(1.0, 1.0, 40, 7), Run(2.0, 2.0, 40, 7), Run(2.0, 2.0, 40, 7)]
    assert median_run(ours) == Run(3.0, 5.0, 60, 10)
    assert ratios(ours, plain) == (2.0, 1.5, 4.0)


@pytest.mark.parametrize("engine", ["native", "python"])
def test_recommendations_are_measured_from_nothing_and_with_one_change(engine: Engine) -> None:
    costs = run_once(engine, 200)
    assert min(costs.all_new, costs.with_counts, costs.with_earlier) > 0
    assert costs.peak_mib > 10


def test_costs_of_recommendations_are_medians_with_their_growth() -> None:
    runs = [Costs(0.5, 0.3, 0.2, 80), Costs(0.3, 0.2, 0.1, 90), Costs(0.4, 0.4, 0.3, 70)]
    rows: list[tuple[Engine, int, Costs]] = [
        ("native", 1000, median_costs(runs)),
        ("native", 10_000, Costs(3.2, 2.0, 1.0, 190.4)),
        ("python", 1000, Costs(2, 1.5, 1, 80)),
    ]
    assert costs_table(rows) == (
        "| recommendations | CPU s | peak MiB | growth of CPU | one changed: counts kept | all |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| with the extra, 1,000 articles | 0.40 | 80 |  | 0.30 | 0.20 |\n"
        "| with the extra, 10,000 articles | 3.20 | 190 | x 8.0 for x 10 | 2.00 | 1.00 |\n"
        "| plain Python, 1,000 articles | 2.00 | 80 |  | 1.50 | 1.00 |\n"
    )


def test_measured_block_is_put_where_a_document_has_it() -> None:
    document = "a\n<!-- one -->\nold\n<!-- end -->\nb\n<!-- two -->\n<!-- end -->\n"
    assert with_block(document, "two", "new\n") == (
        "a\n<!-- one -->\nold\n<!-- end -->\nb\n<!-- two -->\nnew\n<!-- end -->\n"
    )


@pytest.mark.parametrize(
    ("write", "change", "changed"),
    [
        pytest.param(write_our_site, "yaml", "content/articles/{}.yaml", id="ours, YAML"),
        pytest.param(write_hugo_site, "yaml", "data/annotations/{}.yaml", id="Hugo's, YAML"),
        pytest.param(write_our_site, "article", "content/articles/{}.md", id="ours, article"),
        pytest.param(write_plain_site, "article", "content/{}.md", id="plain, article"),
        pytest.param(write_hugo_site, "article", "content/articles/{}.md", id="Hugo's, article"),
        pytest.param(
            write_our_site, "template", "theme/templates/article.html", id="ours, template"
        ),
        pytest.param(
            write_hugo_site, "template", "layouts/articles/page.html", id="Hugo's, template"
        ),
    ],
)
def test_each_change_is_of_one_file_and_always_another(
    write: Callable[[Newsroom, Path], None], change: str, changed: str, tmp_path: Path
) -> None:
    write(NEWSROOM, tmp_path)
    slug = middle_article(NEWSROOM.size)
    states = [files_of(tmp_path)]
    for number in range(2):
        match change:
            case "yaml":
                change_yaml(tmp_path, slug, number)
            case "article":
                change_article(tmp_path, slug, number)
            case _:
                change_template(tmp_path, number)
        states.append(files_of(tmp_path))
    for before, after in pairwise(states):
        assert [name for name in after if before[name] != after[name]] == [changed.format(slug)]


def test_plot_has_a_bar_with_its_figure_for_each_build_of_each_size() -> None:
    runs = {
        ("ours", "full build"): [Run(2.0, 3.0, 50, 10), Run(4.0, 5.0, 60, 11)],
        ("plain", "full build"): [Run(1.5, 2.0, 40, 7)],
        ("ours", "nothing changed"): [Run(0.25, 1.0, 40, 0)],
    }
    drawn = ElementTree.fromstring(draw({100: runs, 1000: runs}))
    space = "{http://www.w3.org/2000/svg}"
    bars = [bar for bar in drawn.iter(f"{space}rect") if bar.get("class") != "paper"]
    widths = [(bar.get("class"), int(bar.get("width", "0"))) for bar in bars]
    assert widths == [("ours", 450), ("plain", 225), ("ours", 38)] * 2
    assert [text.text for text in drawn.iter(f"{space}text")] == [
        line
        for size in ("100", "1,000")
        for line in (
            f"{size} articles: CPU seconds",
            *("full build", "ours", "3.00", "plain", "1.50"),
            *("nothing changed", "ours", "0.25"),
        )
    ]


def test_picture_in_the_documentation_has_the_figures_of_its_tables() -> None:
    docs = ROOT / "docs"
    page = (docs / "performance.md").read_text(encoding="utf-8")
    tables = page.partition("<!-- measured -->")[2].partition("<!-- end -->")[0]
    rows = re.findall(r"^\| \w+, [^|]+ \| (\S+) \|", tables, re.MULTILINE)
    drawn = ElementTree.parse(docs / "images/performance.svg")
    texts = drawn.iter("{http://www.w3.org/2000/svg}text")
    assert rows
    assert sorted(t.text or "" for t in texts if t.get("class") == "value") == sorted(rows)
