"""The picture that other sites show beside a link to the site."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import lxml.html
import pytest

from smartguide.site import preview_picture


def rows(png: bytes) -> list[bytes]:
    """Return the rows of pixels of a PNG with a palette."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + content),)
        data += content if kind == b"IDAT" else b""
        at += 12 + length
    pixels = zlib.decompress(data)
    width = preview_picture.WIDTH + 1
    return [pixels[start : start + width] for start in range(0, len(pixels), width)]


@pytest.mark.parametrize("title", ["Tours", "Höhen & Hütten: Łódź #1", "", "x" * 400])
def test_a_picture_has_the_size_that_networks_ask_for_and_shows_its_text(title: str) -> None:
    found = rows(preview_picture.png(title, "What is in it. " * 40))
    assert [len(row) for row in found] == [1201] * 630
    inked = [number for number, row in enumerate(found) if any(row)]
    assert inked[0] > 50
    assert preview_picture.png(title, "") != preview_picture.png(title + "y", "") or title == "x" * 400


def test_pages_name_the_picture_and_it_is_there(site: Path) -> None:
    page = lxml.html.parse(site / "huts/upper-lake/index.html").getroot()
    (image,) = page.xpath("//meta[@property='og:image']/@content")
    assert image == "https://tours.example/assets/preview.png"
    assert rows((site / "assets/preview.png").read_bytes())


def test_a_picture_of_the_project_stays(tmp_path: Path) -> None:
    own = tmp_path / preview_picture.PATH
    own.parent.mkdir()
    own.write_bytes(b"own")
    preview_picture.write(tmp_path, "Tours", "")
    assert own.read_bytes() == b"own"
