"""Which files of content/images/ may be published, and that no other file gets into a site."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest

from explainer.limits import DEFAULT_LIMITS
from explainer.load import load_content
from explainer.pictures import name_problems, picture_problems


def png(width: int = 1, height: int = 1) -> bytes:
    """A PNG that says it is so wide and high; there is one black point in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9")
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
AT_MOST = "and at most 50,000,000 in all are allowed"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DRAWING = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
{HEAD} xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">
<sodipodi:namedview inkscape:zoom="1"/><style>.a {{ fill: url(#g) }}</style>
<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
<g inkscape:label="Piers"><path d="M0 0h9" style="fill:url(#g)"/></g><use xlink:href="#g"/></svg>
"""


def told(path: str, data: bytes | str) -> list[str]:
    data = data.encode() if isinstance(data, str) else data
    found = picture_problems(path, data, path)
    return [f"{p.location.line}:{p.location.column} {p.code}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.png", png()),
        ("a.PNG", png(7000, 7000)),
        ("a.jpg", JPEG),
        ("a.jpeg", JPEG),
        ("a.gif", GIF),
        ("a.webp", WEBP),
        ("a.svg", DRAWING),
        ("a.svg", f"{HEAD}/>"),
    ],
)
def test_picture_that_is_one_is_published(path: str, data: bytes | str) -> None:
    assert told(path, data) == []


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("a.html", "<script>", "bad-picture: a file that ends in '.html' is not published"),
        ("a", "<script>", "bad-picture: a file without an ending is not published"),
        ("a.svgz", b"\x1f\x8b", "bad-picture: a file that ends in '.svgz' is not published"),
        ("a.png", "<script>", "bad-picture: this is no PNG picture, whatever its name says"),
        ("a.png", JPEG, "bad-picture: this is no PNG picture, whatever its name says"),
        ("a.png", b"", "bad-picture: this is no PNG picture, whatever its name says"),
        (
            "a.png",
            png()[:18],
            "bad-picture: the picture is damaged: it does not say how wide and high it is",
        ),
        (
            "a.png",
            png(0, 5),
            "bad-picture: the picture is damaged: it does not say how wide and high it is",
        ),
        (
            "a.png",
            png(60_000, 60_000),
            f"big-picture: the picture has 60,000 by 60,000 points, {AT_MOST}",
        ),
        (
            "a.gif",
            b"GIF89a" + (30_000).to_bytes(2, "little") * 2 + bytes(20),
            f"big-picture: the picture has 30,000 by 30,000 points, {AT_MOST}",
        ),
        (
            "a.png",
            png() + bytes(20_000_000),
            "big-picture: the picture has more than 20,000,000 bytes",
        ),
        (
            "a.svg",
            f"{HEAD}>{' ' * DEFAULT_LIMITS.drawing_bytes}</svg>",
            "big-picture: the picture has more than 1,000,000 bytes, and is a drawing",
        ),
    ],
)
def test_file_that_is_no_picture_is_refused(path: str, data: bytes | str, message: str) -> None:
    assert told(path, data) == [f"1:1 {message}"]


XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    ("drawing", "what"),
    [
        (f"{HEAD}><script>alert(1)</script></svg>", "the element <script>"),
        (f"{HEAD}><h:script {XHTML}>alert(1)</h:script></svg>", "the element <script>"),
        (f"{HEAD}><SCRIPT>alert(1)</SCRIPT></svg>", "the element <SCRIPT>"),
        (f"{HEAD}><script xmlns=''>alert(1)</script></svg>", "the element <script>"),
        (f"{HEAD}><foreignObject/></svg>", "the element <foreignObject>"),
        (f"{HEAD}><a xlink:href='javascript:alert(1)'/></svg>", "the element <a>"),
        (f"{HEAD}><animate attributeName='href'/></svg>", "the element <animate>"),
        (f"{HEAD}><set attributeName='onclick'/></svg>", "the element <set>"),
        (f"{HEAD}><handler/></svg>", "the element <handler>"),
        ("<html><script>alert(1)</script></html>", "the element <html> around all"),
        ("<svg onload='alert(1)'/>", "the element <svg> around all"),
        (f"{HEAD} onload='alert(1)'/>", "the attribute 'onload', which runs a script"),
        (f"{HEAD} OnLoad='alert(1)'/>", "the attribute 'OnLoad', which runs a script"),
        (
            f"{HEAD}><use href='https://evil.example/#a'/></svg>",
            "address 'https://evil.example/#a'",
        ),
        (f"{HEAD}><use xlink:href='data:image/svg+xml,x#a'/></svg>", "'data:image/svg+xml,x#a'"),
        (
            f"{HEAD}><image href='//evil.example/a.png'/></svg>",
            "the address '//evil.example/a.png'",
        ),
        (f"{HEAD}><style>@import 'x.css'</style></svg>", "an address in <style>"),
        (f"{HEAD}><style>@im<!-- -->port 'x'</style></svg>", "an address in <style>"),
        (f"{HEAD}><style>a{{b:u\\72l(//x)}}</style></svg>", "an address in <style>"),
        (f"{HEAD}><g style='fill:url(https://x)'/></svg>", "an address in 'style'"),
        (f"{HEAD}><g fill='url(&quot;//x&quot;)'/></svg>", "an address in 'fill'"),
        (f"<?xml-stylesheet href='x.xsl'?>{HEAD}/>", "the instruction <?xml-stylesheet?>"),
        (f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{HEAD}>&a;</svg>", "the entity 'a'"),
        (f"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{HEAD}/>", "the entity 'a'"),
    ],
)
def test_drawing_that_could_run_or_load_is_refused(drawing: str, what: str) -> None:
    (message,) = told("a.svg", drawing)
    assert "bad-picture: a drawing may not have " in message
    assert what in message


@pytest.mark.parametrize("data", [b"", b"text", b"<svg", b"<a></g>", b"\xff\xfe<", b"<a>&x;</a>"])
def test_drawing_that_cannot_be_read_is_refused(data: bytes) -> None:
    (message,) = told("a.svg", data)
    assert message.partition(" ")[2] in {
        "bad-picture: this is no SVG drawing",
        "bad-picture: a drawing may not have the element <a> around all",
    }


@pytest.mark.parametrize("whole", [png(), GIF, JPEG, WEBP, DRAWING.encode()])
def test_picture_that_is_cut_short_is_never_a_traceback(whole: bytes) -> None:
    for name in ("a.png", "a.gif", "a.jpg", "a.webp", "a.avif", "a.svg"):
        assert all(len(told(name, whole[:end])) <= 1 for end in range(0, len(whole), 3))


@pytest.mark.parametrize(
    "name",
    [
        "con.png",
        "2025/NUL.png",
        "aux/a.png",
        "com1",
        "COM¹.png",
        "lpt9.tar.png",
        "a.png.",
        "a /b.png",
        "a:b.png",
        'a"b.png',
        "a<b>.png",
        "a\\b.png",
        "a\nb.png",
        "a\u202egnp.exe.png",
        "a\u200bb.png",
        "a\udcffb.png",
        "x" * 201,
    ],
)
def test_name_that_is_no_file_everywhere_is_refused(name: str) -> None:
    assert [p.code for p in name_problems([name], "content/images")] == ["bad-file-name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Map.png", "map.png"),
        ("stra\u00dfe.png", "strasse.png"),
        ("caf\u00e9.png", "cafe\u0301.png"),
        ("\ufb01re.png", "fire.png"),
        ("A/x.png", "a/x.png"),
    ],
)
def test_two_names_that_are_one_file_somewhere_are_an_error_naming_both(
    one: str, other: str
) -> None:
    (problem,) = name_problems([one, other], "content/images")
    first, second = sorted([one, other])
    assert problem.message == f"'{second}' and '{first}' are one file on some systems"


@pytest.mark.parametrize("name", ["a.png", "2025/Karte von Kyjiw.png", "東京.jpg", "console.png"])
def test_name_of_a_picture_may_have_any_letters(name: str) -> None:
    assert list(name_problems([name], "content/images")) == []


def test_links_and_pipes_among_the_pictures_are_refused(tmp_path: Path) -> None:
    content, outside = tmp_path / "content", tmp_path / "outside"
    (content / "images").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.png").write_bytes(png())
    (content / "images" / "file.png").symlink_to(outside / "secret.png")
    (content / "images" / "folder").symlink_to(outside)
    (content / "images" / "gone.png").symlink_to(outside / "nothing")
    os.mkfifo(content / "images" / "pipe.png")
    loaded = load_content(content)
    assert sorted((p.location.file, p.code) for p in loaded.problems) == [
        ("content/images/file.png", "symlink"),
        ("content/images/folder", "symlink"),
        ("content/images/gone.png", "symlink"),
        ("content/images/pipe.png", "bad-picture"),
    ]
    assert loaded.published_images == ()


def test_picture_that_is_refused_is_known_and_not_published(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "good.png").write_bytes(png())
    (tmp_path / "images" / "bad.png").write_bytes(b"<script>")
    loaded = load_content(tmp_path)
    assert loaded.images == {"bad.png", "good.png"}
    assert loaded.published_images == ("good.png",)
