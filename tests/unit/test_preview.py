"""The preview: what a page has only there, and what is served when the sources are wrong."""

from __future__ import annotations

import gc
import json
import re
import shutil
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from explainer.building import check_site, read_values
from explainer.preview import Preview
from explainer.preview_page import Editor, Status, error_page
from explainer.problems import Location
from explainer.serving import ServingError
from explainer.settings import site_settings
from explainer.site import read_site, render_site

from .small_site import THEME
from .town_folder import write, write_town

ADDED = re.compile(r'<link rel="stylesheet" href="[^"]*\.preview/.*</script>\n')
BROKEN = "events:\n  - id: bridge-closed\n    titel: The council closes the bridge\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SITEURL", "TODAY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return write_town(tmp_path)


def read_preview(settings: Path, root: str = "/", **options: str) -> Preview:
    preview = Preview(settings, root=root, **options)
    preview.read()
    return preview


def body(preview: Preview, target: str) -> str:
    return preview.respond(target).body.decode()


def data(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="preview-data">(.*?)</script>', text)
    assert found is not None
    return json.loads(found[1])


# ---- what is served is what is built


@pytest.mark.parametrize("root", ["/", "/news/"])
def test_preview_serves_every_file_of_a_build_and_adds_to_pages_only(
    settings: Path, root: str
) -> None:
    values = {**read_values(settings), "SITEURL": root.rstrip("/")}
    ours = site_settings(values, {})
    built = render_site(read_site(settings.parent / "content", ours), ours, THEME)
    preview = read_preview(settings, root)
    pages = {page.path for page in built.pages}
    # The list of addresses is for the next publication alone.
    left = {".nojekyll", "published.json"}
    wanted = {path: text for path, text in built.files if path not in left}
    got = {path: body(preview, root + path) for path in wanted}
    assert {path: ADDED.sub("", text) for path, text in got.items()} == wanted
    assert {path for path, text in got.items() if ADDED.search(text)} == pages


def test_page_for_editors_is_made_when_it_is_asked_for(settings: Path) -> None:
    text = body(read_preview(settings, "/repo/"), "/repo/_report/")
    assert '<meta name="robots" content="noindex">' in text
    assert "What is not covered" in text


def test_preview_leaves_nothing_behind(settings: Path) -> None:
    before = sorted(settings.parent.rglob("*"))
    assert read_preview(settings).respond("/stories/bridge/").status == HTTPStatus.OK
    assert sorted(settings.parent.rglob("*")) == before


def test_pictures_of_the_content_are_served_and_nothing_beside_them(settings: Path) -> None:
    write(settings.parent, "images/quay.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    preview = read_preview(settings)
    response = preview.respond("/images/quay.svg")
    assert (response.body, response.content_type) == (
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "image/svg+xml",
    )
    outside = ["/images/../site.yaml", "/images/%2e%2e/site.yaml", "/.preview/../preview.py"]
    assert {preview.respond(target).status for target in outside} == {HTTPStatus.NOT_FOUND}


@pytest.mark.parametrize(
    ("target", "location"),
    [("/news", "/news/"), ("/news/actors", "/news/actors/"), ("/news/actors?a=b", "/news/actors/")],
)
def test_page_without_its_slash_is_redirected(settings: Path, target: str, location: str) -> None:
    response = read_preview(settings, "/news/").respond(target)
    assert (response.status, response.location) == (HTTPStatus.FOUND, location)


@pytest.mark.parametrize("target", ["/news/nowhere/", "/other/", "/news/stories/bridge/1888/"])
def test_page_that_is_not_there_is_the_404_page_and_reloads(settings: Path, target: str) -> None:
    response = read_preview(settings, "/news/").respond(target)
    assert response.status == HTTPStatus.NOT_FOUND
    assert data(response.body.decode())["events"].startswith("/news/.preview/events?page=")


# ---- what is added


def test_page_in_preview_keeps_its_policy_and_asks_no_other_host(settings: Path) -> None:
    text = body(read_preview(settings, "/news/"), "/news/stories/bridge/")
    added = ADDED.search(text)
    assert added is not None
    assert re.findall(r'(?:href|src)="([^"]*)"', added[0]) == [
        "/news/.preview/preview.css",
        "/news/.preview/preview.js",
    ]
    assert re.findall(r"<script(?! src=)([^>]*)>", added[0]) == [
        ' type="application/json" id="preview-data"'
    ]
    assert text.count('http-equiv="Content-Security-Policy"') == 1
    assert "script-src 'self'; connect-src 'self';" in text
    assert "style-src 'self';" in text


def test_page_in_preview_knows_the_line_of_each_of_its_records(settings: Path) -> None:
    write(settings.parent, "places.yaml", "# The town.\nquay: {name: The quay}\n")
    preview = read_preview(settings)
    story = data(body(preview, "/stories/bridge/"))
    assert story["page"] == [{"place": "content/stories/bridge.yaml:1", "href": ""}]
    assert story["records"] == [
        {"anchor": "event-bridge-closed", "place": "content/articles/closed.yaml:2", "href": ""}
    ]
    assert data(body(preview, "/places/"))["records"] == [
        {"anchor": "place-quay", "place": "content/places.yaml:2", "href": ""}
    ]
    pages = {"/articles/closed/": "articles/closed.md:1", "/actors/lind/": "actors.yaml:2"}
    for target, place in pages.items():
        assert data(body(preview, target))["page"][0]["place"] == f"content/{place}"


def test_record_of_two_articles_leads_to_both(settings: Path) -> None:
    later = "---\ntitle: Later\ndate: 2026-03-12\nstory: bridge\n---\nThe bridge stays closed.\n"
    write(settings.parent, "articles/later.md", later)
    same = "events:\n  - same: bridge-closed\n    evidence: The bridge stays closed\n"
    write(settings.parent, "articles/later.yaml", same)
    records = data(body(read_preview(settings), "/stories/bridge/"))["records"]
    assert [record["place"] for record in records] == [
        "content/articles/closed.yaml:2",
        "content/articles/later.yaml:2",
    ]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", ""),
        ("vscode://file{path}:{line}:{column}", "vscode://file/a%20site/content/x.yaml:3:5"),
        ("vscode://file/{path}:{line}", "vscode://file/a%20site/content/x.yaml:3"),
        ("idea://open?file={path}&line={line}", "idea://open?file=/a%20site/content/x.yaml&line=3"),
    ],
    ids=["none", "vscode", "slash", "idea"],
)
def test_editor_link_opens_the_line(address: str, link: str) -> None:
    assert Editor(Path("/a site"), address).link(Location("content/x.yaml", 3, 5)) == link


def test_error_page_shows_text_as_text() -> None:
    status = Status("", "1", True, "<script>alert(1)</script>", "1 <error>")
    page = error_page(status, "</script><b>", "/")
    assert "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>" in page
    assert "1 &lt;error&gt;" in page
    assert data(page)["attempt"] == "1"
    assert "<b>" not in page


# ---- when something is wrong


def test_mistake_is_told_as_in_the_terminal_and_the_last_good_site_stays(settings: Path) -> None:
    preview = read_preview(settings)
    good = body(preview, "/stories/bridge/")
    write(settings.parent, "articles/closed.yaml", BROKEN)
    status = preview.read()
    assert status.text == check_site(settings).text()
    assert (status.failed, status.version) == (True, data(good)["version"])
    assert body(preview, "/stories/bridge/") == good
    assert body(preview, "/articles/closed/")  # one that nobody had asked for


def test_mended_site_is_another_version(settings: Path) -> None:
    preview = read_preview(settings)
    first = preview.status
    write(settings.parent, "articles/closed.yaml", BROKEN)
    preview.read()
    write(settings.parent, "articles/closed.yaml", "{}\n")
    status = preview.read()
    assert first is not None
    assert (status.failed, status.text) == (False, "")
    assert status.version not in ("", first.version)
    assert data(body(preview, "/stories/bridge/"))["version"] == status.version


def test_warning_is_told_beside_the_page(settings: Path) -> None:
    write(settings.parent, "articles/closed.yaml", "events:\n  - title: Nobody knows why\n")
    status = Preview(settings, root="/").read()
    assert (status.failed, "warning[no-source]" in status.text) == (False, True)
    assert status.summary == "1 warning in 1 file."


def test_mistake_at_the_start_is_a_page_until_it_is_mended(settings: Path) -> None:
    write(settings.parent, "articles/closed.yaml", BROKEN)
    preview = read_preview(settings)
    response = preview.respond("/stories/bridge/")
    assert response.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "error[unknown-key]: " in response.body.decode()
    assert data(response.body.decode())["version"] == ""
    write(settings.parent, "articles/closed.yaml", "{}\n")
    preview.read()
    assert preview.respond("/stories/bridge/").status == HTTPStatus.OK


def test_settings_that_cannot_be_used_are_told(settings: Path) -> None:
    settings.write_text("TIMEZONE = 'Mars/Base'\n")
    text = Preview(settings, root="/").read().text
    assert text.startswith("pelican.conf.py:1:1: error[bad-setting]: TIMEZONE is 'Mars/Base'")


def test_error_of_the_settings_file_gives_its_traceback(settings: Path) -> None:
    settings.write_text("1 / 0\n")
    status = Preview(settings, root="/").read()
    assert status.summary == "ZeroDivisionError: division by zero"
    assert status.text.startswith("Traceback (most recent call last):")


def test_error_of_a_template_names_its_line_and_the_last_good_page_stays(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    preview = read_preview(write_town(tmp_path, theme))
    good = body(preview, "/stories/bridge/")
    with (theme / "templates/story.html").open("a") as file:
        file.write("{% nonsense %}")
    watching = preview.statuses("stories/bridge/", 0.01)
    assert next(watching) == preview.status
    status = preview.read()
    assert re.fullmatch(
        r"theme/templates/story\.html:\d+: Encountered unknown tag 'nonsense'\.", status.text
    )
    assert body(preview, "/stories/bridge/") == good


def test_site_of_another_theme_is_refused(tmp_path: Path) -> None:
    settings = write_town(tmp_path, EXPLAINER_OWN_PAGES="False")
    with pytest.raises(ServingError, match="pelican --autoreload --listen"):
        Preview(settings, root="/").read()


def test_readings_leave_nothing_for_the_collector_of_circles(settings: Path) -> None:
    preview = read_preview(settings)
    counts = []
    gc.collect()
    gc.disable()
    try:
        for number in range(4):
            write(settings.parent, "places.yaml", f"quay: {{name: Quay {number}}}\n")
            preview.read()
            body(preview, "/places/")
            counts.append(len(gc.get_objects()))
    finally:
        gc.enable()
    assert counts[-1] - counts[0] < 500


def test_change_of_a_template_is_on_the_page(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    preview = read_preview(write_town(tmp_path, theme))
    shell = theme / "templates/story.html"
    shell.write_text(shell.read_text().replace("{% block main %}", "{% block main %}Breaking:"))
    preview.read()
    assert "Breaking:" in body(preview, "/stories/bridge/")


# ---- telling


def test_page_is_told_each_status_and_that_there_is_none(settings: Path) -> None:
    preview = read_preview(settings)
    statuses = preview.statuses("", 0.01)
    first = preview.status
    assert [next(statuses), next(statuses)] == [first, None]
    second = preview.read()
    assert next(statuses) == second
    third = preview.fail("The code is wrong")
    assert next(statuses) == third
    assert third.json() == (
        f'{{"version": "{second.version}", "attempt": "{third.attempt}", "failed": true, '
        '"text": "The code is wrong", "summary": "The code is wrong"}'
    )
