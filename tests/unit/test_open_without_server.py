from pathlib import Path, PurePosixPath

import pytest

from tools.open_without_server import main, relative_links


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("index.html", '<a href="/">', '<a href="index.html">'),
        ("index.html", '<a href="/actors/#top">', '<a href="actors/index.html#top">'),
        ("a/b/index.html", '<a href="/">', '<a href="../../index.html">'),
        ("a/b/index.html", '<img src="/images/x.png">', '<img src="../../images/x.png">'),
        ("a/index.html", '<a href="/feed.atom">', '<a href="../feed.atom">'),
        ("404.html", '<a href="/a/?q=1#b">', '<a href="a/index.html?q=1#b">'),
        (
            "old/index.html",
            '<meta http-equiv="refresh" content="0; url=/new/#event-a">',
            '<meta http-equiv="refresh" content="0; url=../new/index.html#event-a">',
        ),
        ("index.html", '<a href="#top">', '<a href="#top">'),
        ("index.html", '<a href="https://a.org/">', '<a href="https://a.org/">'),
        ("index.html", '<a href="//a.org/">', '<a href="//a.org/">'),
    ],
)
def test_link_from_the_root_becomes_relative_and_names_its_file(
    page: str, before: str, after: str
) -> None:
    assert relative_links(before, PurePosixPath(page)) == after


def test_file_that_is_linked_elsewhere_stays_as_it_was(tmp_path: Path) -> None:
    page, other = tmp_path / "site/a/index.html", tmp_path / "other.html"
    page.parent.mkdir(parents=True)
    page.write_text('<a href="/b/">')
    other.hardlink_to(page)
    main(tmp_path / "site")
    assert page.read_text() == '<a href="../b/index.html">'
    assert other.read_text() == '<a href="/b/">'
