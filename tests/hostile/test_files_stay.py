"""Files stay where they belong: no name leads out of the output, or onto another page."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest

from explainer.generator import copy_picture
from explainer.load import load_content
from explainer.pictures import is_portable
from explainer.site_writing import write_file
from explainer.withholding import KeptGoing, read_sound_site
from tests.unit.small_site import TOWN, settings, small_pages, small_site

ARTICLE = "---\ntitle: A\ndate: 2026-03-11\n{more}---\nText.\n"


def codes(files: dict[str, str | None]) -> list[str]:
    return [problem.code for problem in small_site(files).report.problems]


def paths(files: dict[str, str | None]) -> set[str]:
    site = small_site(files)
    assert site.report.problems == ()
    return {path for path, _ in small_pages(site).files}


LEAVING = ["..", "../..", "../../x", "/etc/x", "a/../../..", "x/y", ".", "C:\\x", "..\\x", "~/x"]


@pytest.mark.parametrize("name", [*LEAVING, "con", "NUL", "A", "a.", "a b", "%2e%2e", "x\\u0000"])
@pytest.mark.parametrize(
    "file",
    [
        ("redirects.yaml", '"{name}": closed\n'),
        ("articles/a.md", ARTICLE.replace("{more}", 'was: ["{name}"]\n')),
        ("articles/a.md", ARTICLE.replace("{more}", 'story: "{name}"\n')),
        ("places.yaml", 'quay: {{name: Quay}}\n"{name}": {{name: X}}\n'),
        ("stories/bridge.yaml", 'title: B\nwas: ["{name}"]\n'),
        ("stories/bridge.yaml", 'title: B\nlanes: [{{id: "{name}", title: X}}]\n'),
        ("stories/bridge.yaml", 'title: B\neras: [{{id: "{name}", title: X, date: 2020}}]\n'),
    ],
    ids=["redirect", "was", "story", "place", "story-was", "lane", "era"],
)
def test_id_that_is_no_name_is_refused(file: tuple[str, str], name: str) -> None:
    path, text = file
    name = name.replace("\\", "\\\\") if not name.startswith("x\\u") else name
    found = codes({path: text.format(name=name)})
    assert set(found) <= {"bad-id", "bad-character"}
    assert found != []


@pytest.mark.parametrize("key", ["save_as", "url", "template", "slug", "Save_As", "output"])
def test_front_matter_cannot_say_where_a_page_goes(key: str) -> None:
    for file in ("articles/a.md", "pages/a.md"):
        text = f"---\ntitle: A\n{'date: 2026-03-11' if file[0] == 'a' else ''}\n{key}: x\n---\nA.\n"
        assert codes({file: text}) == ["unknown-key"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"articles/a.md": ARTICLE.format(more="was: [a]\n")}, "id-in-use"),
        ({"articles/a.md": ARTICLE.format(more="was: [closed]\n")}, "id-in-use"),
        ({"articles/a.md": ARTICLE.format(more=""), "redirects.yaml": "a: closed\n"}, "id-in-use"),
        ({"redirects.yaml": "lind: quill\n"}, "id-in-use"),
        ({"stories/x.yaml": "title: X\n", "redirects.yaml": "x: bridge\n"}, "id-in-use"),
        (
            {
                f"articles/closed.{lang}.md": ARTICLE.format(more="")
                for lang in ("zh-Hant", "zh-hant")
            },
            "bad-file-name",
        ),
        ({"articles/closed.con.md": ARTICLE.format(more="")}, "bad-id"),
        ({"pages/articles.md": "---\ntitle: A\n---\nA.\n"}, "reserved-id"),
        ({"articles/Closed.md": TOWN["articles/closed.md"]}, "bad-id"),
    ],
)
def test_two_records_for_one_file_are_an_error(files: dict[str, str | None], code: str) -> None:
    assert codes(files) == [code]


def test_tags_and_authors_make_folders_on_every_system() -> None:
    names = '[Con, aux, NUL, com1, "..", "../../x", "/", "a:b", "CON", "東京", "A", "a"]'
    found = paths({"articles/a.md": ARTICLE.format(more=f"tags: {names}\nauthors: {names}\n")})
    assert {"tags/con-/index.html", "authors/nul-/index.html"} <= found
    assert [path for path in found if not is_portable(path)] == []


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "../output-evil/x", "/x", "a//x", "a/./x", "con/x", "a/aux.html"]
)
def test_path_that_leaves_is_not_portable(path: str) -> None:
    assert not is_portable(path)


@pytest.mark.parametrize("path", ["../x.html", "../output-evil/x.html", "a/../../x", "/tmp/x.html"])
def test_write_outside_of_the_output_is_an_error(tmp_path: Path, path: str) -> None:
    root = tmp_path / "output"
    root.mkdir()
    with pytest.raises(ValueError, match="lies outside of"):
        write_file(root, path, b"x")
    assert list(tmp_path.rglob("*.html")) == []


def test_write_through_a_link_in_the_output_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output" / "articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match="lies outside of"):
        write_file(tmp_path / "output", "articles/x.html", b"x")
    assert os.listdir(tmp_path / "elsewhere") == []


def test_picture_that_became_a_link_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "a.png").symlink_to(tmp_path / "secret")
    with pytest.raises(ValueError, match="lies outside of"):
        copy_picture(tmp_path / "content", tmp_path / "output", "images/a.png")
    assert not (tmp_path / "output").exists()


def test_id_has_eighty_characters_at_most() -> None:
    assert codes({f"actors/{'a' * 81}.yaml": "name: A\nkind: person\n"}) == ["bad-id"]
    assert codes({f"actors/{'a' * 80}.yaml": "name: A\nkind: person\n"}) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"news.example.org\n", []),
        (b"xn--bcher-kva.example\n", []),
        (b"", ["bad-url"]),
        (b"news.example.org\nevil.example\n", ["bad-url"]),
        (b"https://news.example.org/", ["bad-url"]),
        (b"-a.example", ["bad-url"]),
        (b"<script>", ["bad-url"]),
        (b"b\xfccher.example", ["not-utf-8"]),
        (b"a" * 2_000_001, ["too-long"]),
    ],
)
def test_domain_is_one_name(tmp_path: Path, data: bytes, told: list[str]) -> None:
    (tmp_path / "CNAME").write_bytes(data)
    loaded = load_content(tmp_path)
    assert [problem.code for problem in loaded.problems] == told
    assert loaded.cname == ("" if told else data.decode().strip())


def test_domain_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret.example")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "CNAME").symlink_to(tmp_path / "secret")
    loaded = load_content(tmp_path / "content")
    assert ([problem.code for problem in loaded.problems], loaded.cname) == (["symlink"], "")


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("images/bad.png", b"<script>"),
        ("images/con.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ("redirects.yaml", b'"../x": closed\n'),
        ("CNAME", b"a b"),
        ("terms.yaml", b'pier: {name: "P\\u202Eier", text: x}\n'),
        ("articles/closed.md", TOWN["articles/closed.md"].encode() + "\u202e".encode()),
        ("articles/closed.con.md", ARTICLE.format(more="").encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_is_left_out_of_tonights_news(
    tmp_path: Path, file: str, data: bytes
) -> None:
    for path, written in {**{p: dedent(t).encode() for p, t in TOWN.items()}, file: data}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(written)
    site = read_sound_site(tmp_path, settings())
    assert isinstance(site.report, KeptGoing)
    texts = "".join(f"{path}\n{text}" for path, text in small_pages(site).files)
    assert [notice.place.file.partition("/")[2] for notice in site.report.left_out][:1] == [file]
    assert (site.loaded.published_images, site.loaded.cname) == ((), "")
    assert "\u202e" not in texts
    assert "con/" not in texts
