import http.client
import os
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from explainer import serving
from explainer.serving import (
    Answer,
    ServingError,
    answer,
    content_type,
    read_site_url,
    served,
    site_prefix,
)

PAGES = {
    "index.html": "home",
    "404.html": "no such page",
    "actors/index.html": "actors",
    "actors/merz/index.html": "merz",
    "about.html": "about",
    "empty/feed.atom": "<feed/>",
    "articles/zürich/index.html": "zürich",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    for name, text in PAGES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def get(url: str, path: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    connection.request(method, path)
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return response.status, headers, response.read().decode()


# ---- what a request gets


@pytest.mark.parametrize("prefix", ["/", "/repo/"])
@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.html"),
        ("?q=1#top", "index.html"),
        ("actors/", "actors/index.html"),
        ("actors/merz/", "actors/merz/index.html"),
        ("actors/merz/index.html", "actors/merz/index.html"),
        ("about", "about.html"),
        ("empty/feed.atom", "empty/feed.atom"),
        ("articles/z%C3%BCrich/", "articles/zürich/index.html"),
    ],
)
def test_request_gets_the_file_that_pages_would_send(
    site: Path, prefix: str, path: str, file: str
) -> None:
    assert answer(site, prefix, prefix + path) == Answer(HTTPStatus.OK, site / file)


@pytest.mark.parametrize(
    "path",
    [
        "nowhere",
        "no/where/at/all/",
        "about/",
        "about.html/",
        "empty/",
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "actors/../../secret.txt",
        "..\\secret.txt",
        "./about",
        "/etc/passwd",
        "about%00.html",
        "x" * 5000,
        "%ff%fe",
        "//[",
    ],
)
def test_request_for_what_is_not_there_gets_the_404_page(site: Path, path: str) -> None:
    expected = Answer(HTTPStatus.NOT_FOUND, site / "404.html")
    assert answer(site, "/repo/", f"/repo/{path}") == expected
    assert answer(site, "/", f"/{path}") == expected


@pytest.mark.parametrize("path", ["/", "/actors/", "/repository/", "/repo2", "http://host/repo/"])
def test_request_outside_of_the_sub_path_gets_the_404_page(site: Path, path: str) -> None:
    assert answer(site, "/repo/", path) == Answer(HTTPStatus.NOT_FOUND, site / "404.html")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/repo", "/repo/"),
        ("/repo/actors", "/repo/actors/"),
        ("/repo/articles/z%C3%BCrich", "/repo/articles/z%C3%BCrich/"),
    ],
)
def test_folder_without_its_slash_is_redirected(site: Path, path: str, location: str) -> None:
    expected = Answer(HTTPStatus.MOVED_PERMANENTLY, location=location)
    assert answer(site, "/repo/", path) == expected


def test_redirect_never_leads_to_another_host(site: Path) -> None:
    assert answer(site, "/", "//actors").location is None


def test_link_out_of_the_site_is_not_followed(site: Path) -> None:
    (site / "leak.txt").symlink_to(site.parent / "secret.txt")
    (site / "leak").symlink_to(site.parent)
    expected = Answer(HTTPStatus.NOT_FOUND, site / "404.html")
    assert answer(site, "/", "/leak.txt") == expected
    assert answer(site, "/", "/leak/secret.txt") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("feed.atom", "application/atom+xml"),
        ("events.ics", "text/calendar; charset=utf-8"),
        ("story.json", "application/json; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json"),
        ("INDEX.HTML", "text/html; charset=utf-8"),
        ("timeline.js", "text/javascript; charset=utf-8"),
        ("what.ever", "application/octet-stream"),
    ],
)
def test_content_type_follows_the_name(name: str, expected: str) -> None:
    assert content_type(Path(name)) == expected


# ---- the server


def test_server_sends_a_page_that_nobody_keeps(site: Path) -> None:
    with served(site, prefix="/repo/") as url:
        status, headers, body = get(url, "/repo/actors/")
    assert (status, body) == (200, "actors")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"


def test_server_sends_the_404_page_with_its_status(site: Path) -> None:
    with served(site) as url:
        assert get(url, "/a/b/c/")[::2] == (404, "no such page")


def test_server_sends_no_body_for_head(site: Path) -> None:
    with served(site) as url:
        status, headers, body = get(url, "/about", "HEAD")
    assert (status, headers["content-length"], body) == (200, "5", "")


def test_server_without_a_site_points_to_where_it_will_be(tmp_path: Path) -> None:
    with served(tmp_path / "nowhere", prefix="/a&b/") as url:
        status, _, body = get(url, "/")
    assert status == 404
    assert body.endswith('Not found. The site is at <a href="/a%26b/">/a&amp;b/</a>.\n')


def test_server_takes_no_port_that_is_taken(site: Path) -> None:
    with served(site) as url:
        port = urlsplit(url).port or 0
        with pytest.raises(ServingError) as caught, served(site, port=port):
            pass
    assert caught.value.message == f"port {port}: Address already in use; name another one"


@pytest.mark.parametrize(
    ("site_url", "prefix"),
    [
        ("", "/"),
        ("https://example.org", "/"),
        ("https://example.org/", "/"),
        ("https://example.org/news", "/news/"),
        ("https://example.org/a/b/", "/a/b/"),
        ("/repo", "/repo/"),
    ],
)
def test_site_prefix_is_the_path_of_the_url(site_url: str, prefix: str) -> None:
    assert site_prefix(site_url) == prefix


@pytest.mark.parametrize(
    ("settings", "expected"),
    [("SITEURL = 'https://a.org/b'", "https://a.org/b"), ("SITEURL = None", ""), ("", "")],
    ids=["set", "none", "missing"],
)
def test_read_site_url_runs_the_settings(tmp_path: Path, settings: str, expected: str) -> None:
    path = tmp_path / "pelican.conf.py"
    path.write_text(settings)
    assert read_site_url(path) == expected


def test_command_line_starts_without_pelican() -> None:
    program = "import sys, explainer.cli; sys.exit('pelican' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(serving.__file__).parents[1])}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0
