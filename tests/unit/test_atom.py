"""Atom feeds: valid, in a fixed order, with ids that last and links that hold."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from explainer.dates import parse_date
from explainer.export.atom import (
    FeedEntry,
    absolutize,
    atom_feed,
    lasting_id,
    latest_update,
    rfc3339_time,
    without_forbidden,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ATOM = "{http://www.w3.org/2005/Atom}"

HARBOUR = FeedEntry(
    id="https://news.example/articles/harbour/",
    title="Harbour & rail <strike> ends",
    href="https://news.example/articles/harbour/",
    updated="2025-12-15T08:00:00+01:00",
    published="2025-12-14T00:00:00+01:00",
    authors=("Jane Roe", "Ali Demir"),
    summary="Dockers return.",
    content_html='<p>Back &amp; <a href="https://news.example/">on</a>.</p>',
)
BRIEF = FeedEntry("tag:news,2025:/b", "Brief", "/articles/b/", "2025-12-13T00:00:00Z")


def feed(*entries: FeedEntry, title: str = "News", author: str = "Newsroom") -> str:
    return atom_feed(
        title=title,
        feed_id="https://news.example/feed.atom",
        feed_href="https://news.example/feed.atom",
        site_href="https://news.example/",
        updated="2025-12-15T08:00:00+01:00",
        entries=entries,
        author=author,
        language="en",
        subtitle="What happened",
    )


def test_feed_whole() -> None:
    assert (
        feed(BRIEF, HARBOUR)
        == """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>https://news.example/feed.atom</id>
  <title>News</title>
  <subtitle>What happened</subtitle>
  <updated>2025-12-15T08:00:00+01:00</updated>
  <author>
    <name>Newsroom</name>
  </author>
  <link rel="self" type="application/atom+xml" href="https://news.example/feed.atom" />
  <link rel="alternate" type="text/html" href="https://news.example/" />
  <entry>
    <id>https://news.example/articles/harbour/</id>
    <title>Harbour &amp; rail &lt;strike&gt; ends</title>
    <link rel="alternate" type="text/html" href="https://news.example/articles/harbour/" />
    <published>2025-12-14T00:00:00+01:00</published>
    <updated>2025-12-15T08:00:00+01:00</updated>
    <author>
      <name>Jane Roe</name>
    </author>
    <author>
      <name>Ali Demir</name>
    </author>
    <summary>Dockers return.</summary>
    <content type="html">&lt;p&gt;Back &amp;amp; &lt;a href="https://news.example/"&gt;on\
&lt;/a&gt;.&lt;/p&gt;</content>
  </entry>
  <entry>
    <id>tag:news,2025:/b</id>
    <title>Brief</title>
    <link rel="alternate" type="text/html" href="/articles/b/" />
    <updated>2025-12-13T00:00:00Z</updated>
  </entry>
</feed>
"""
    )


def test_feed_without_entries_is_whole() -> None:
    root = ET.fromstring(feed())
    assert [child.tag.removeprefix(ATOM) for child in root] == [
        *("id", "title", "subtitle", "updated", "author", "link", "link"),
    ]


def test_feed_order_is_newest_update_then_publication_then_id() -> None:
    same_moment = "2025-12-15T07:00:00Z"  # HARBOUR's, in another zone
    entries = [
        replace(BRIEF, id="newest", updated="2025-12-15T07:00:01Z"),
        replace(BRIEF, id="published-later", updated=same_moment, published="2025-12-14T12:00:00Z"),
        replace(HARBOUR, id="a"),
        replace(HARBOUR, id="b"),
        replace(BRIEF, id="never-published", updated=same_moment),
        replace(BRIEF, id="oldest", updated="2025-12-14T23:30:00-02:00"),
    ]
    shuffled = random.Random(3).sample(entries, len(entries))
    ids = [element.text for element in ET.fromstring(feed(*shuffled)).iter(f"{ATOM}id")]
    assert ids[1:] == [entry.id for entry in entries]
    assert feed(*shuffled) == feed(*entries)


def test_feed_author_is_the_title_where_none_is_named() -> None:
    root = ET.fromstring(feed(title="The Courier", author=""))
    assert [name.text for name in root.iter(f"{ATOM}name")] == ["The Courier"]


@pytest.mark.parametrize("time", ["2025-12-14", "2025-12-14T10:00:00", "yesterday", ""])
def test_feed_refuses_what_is_no_time(time: str) -> None:
    with pytest.raises(ValueError, match="not an RFC 3339 time"):
        feed(replace(BRIEF, updated=time))


def test_feed_drops_what_xml_forbids_everywhere() -> None:
    bad = "a\x00\x0b\ufffe\ud800b"
    entry = FeedEntry(bad, bad, bad, BRIEF.updated, "", (bad,), bad, bad)
    text = feed(entry, title=bad)
    ET.fromstring(text.encode("utf-8"))
    assert text.count("ab") == 7


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("tab\tand\nline", "tab\tand\nline"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\x1b[1m\x7f", "[1m\x7f"),
        ("Київ 🌍 \ufffd", "Київ 🌍 \ufffd"),
    ],
    ids=["white-space", "line-ends", "controls", "all-planes"],
)
def test_forbidden_characters_fall_away(text: str, left: str) -> None:
    assert without_forbidden(text) == left


def test_latest_update_is_the_newest_moment() -> None:
    later = replace(BRIEF, updated="2025-12-14T23:30:00-09:00")
    assert latest_update([BRIEF, later, HARBOUR], "") == later.updated
    assert latest_update([], "2025-01-01T00:00:00Z") == "2025-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("site_url", "title", "lasting"),
    [
        ("https://n.example", "News", "https://n.example/articles/x/"),
        ("https://n.example/sub/", "News", "https://n.example/sub/articles/x/"),
        ("", "The Harbour News!", "tag:the-harbour-news,2025:/articles/x/"),
        ("", "Élan Écho", "tag:elan-echo,2025:/articles/x/"),
        ("", "Новости", "tag:site,2025:/articles/x/"),
    ],
)
def test_lasting_id_is_the_permalink_or_a_tag(site_url: str, title: str, lasting: str) -> None:
    found = lasting_id(site_url=site_url, site_title=title, year=2025, path="/articles/x/")
    assert found == lasting


def test_lasting_id_quotes_what_no_uri_holds() -> None:
    found = lasting_id(site_url="", site_title="News", year=900, path="/tags/é t/#event-x")
    assert found == "tag:news,0900:/tags/%C3%A9%20t/#event-x"


@pytest.mark.parametrize(
    ("edtf", "zone", "time"),
    [
        ("2025-12-14", None, "2025-12-14T00:00:00Z"),
        ("2025-12-14", BERLIN, "2025-12-14T00:00:00+01:00"),
        ("2025-07-14", BERLIN, "2025-07-14T00:00:00+02:00"),
        ("2025-07-14", NEW_YORK, "2025-07-14T00:00:00-04:00"),
        ("2025-12", BERLIN, "2025-12-01T00:00:00+01:00"),
        ("2025?", None, "2025-01-01T00:00:00Z"),
        ("2025-24", None, "2025-12-01T00:00:00Z"),
        ("2025-12-XX", None, "2025-12-01T00:00:00Z"),
        ("2025-12-14/2025-12-16", None, "2025-12-14T00:00:00Z"),
        ("../1985", None, "1985-01-01T00:00:00Z"),
        ("2025-12-14T21:30", BERLIN, "2025-12-14T21:30:00+01:00"),
        ("2025-12-14T21:30", None, "2025-12-14T21:30:00Z"),
        ("2025-12-14T21:30:15-03:30", BERLIN, "2025-12-14T21:30:15-03:30"),
        ("1880-01-01", BERLIN, "1879-12-31T23:06:32Z"),
        ("0000", None, None),
        ("Y17000", None, None),
    ],
)
def test_rfc3339_time_is_where_a_date_begins(
    edtf: str, zone: dt.tzinfo | None, time: str | None
) -> None:
    assert rfc3339_time(parse_date(edtf, zone), zone) == time


@pytest.mark.parametrize(
    ("html", "absolute"),
    [
        ('<a href="#event-x">', '<a href="https://n.example/sub/articles/a/#event-x">'),
        ('<a class="x" href="/sub/b/">', '<a class="x" href="https://n.example/sub/b/">'),
        (
            '<a href="../b/?x=1&amp;y=2">',
            '<a href="https://n.example/sub/articles/b/?x=1&amp;y=2">',
        ),
        ('<img alt="" src="p.jpg"/>', '<img alt="" src="https://n.example/sub/articles/a/p.jpg"/>'),
        ("<q cite='/c'>", '<q cite="https://n.example/c">'),
        ('<A HREF="//cdn.example/">', '<A HREF="https://cdn.example/">'),
        ('<a href="mailto:a@b.example">', '<a href="mailto:a@b.example">'),
        ('<a href="http://other.example?">', '<a href="http://other.example?">'),
        ('<a title=" href=&quot;/x&quot;" rel="y">', '<a title=" href=&quot;/x&quot;" rel="y">'),
        ("<i title=\" href='/x'\">", "<i title=\" href='/x'\">"),
        ('<i data-href="/x">', '<i data-href="/x">'),
        ('<!-- <a href="/x"> -->', '<!-- <a href="/x"> -->'),
        ('the words href="/x"', 'the words href="/x"'),
        ('<a href="//[bad">', '<a href="//[bad">'),
    ],
)
def test_absolutize_resolves_only_addresses_in_tags(html: str, absolute: str) -> None:
    assert absolutize(html, "https://n.example/sub/articles/a/") == absolute


def test_absolutize_against_a_path_gives_paths() -> None:
    html = '<p><a href="../b/">b</a> <a href="#x">x</a> <a href="/c/">c</a></p>'
    expected = (
        '<p><a href="/articles/b/">b</a> <a href="/articles/a/#x">x</a> <a href="/c/">c</a></p>'
    )
    assert absolutize(html, "/articles/a/") == expected
