"""The picture that other sites show beside a link to the site."""

from __future__ import annotations

import io
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from smartguide.site import preview_picture

SIZE = preview_picture.WIDTH, preview_picture.HEIGHT


def picture(png: bytes) -> Image.Image:
    """Return a picture, read."""
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("title", ["Tours", "Höhen & Hütten: Łódź #1", "", "x" * 400, "many words " * 40])
def test_a_picture_has_the_size_that_networks_ask_for_and_its_text_stays_inside(title: str) -> None:
    found = picture(preview_picture.png(title, "What is in it. " * 40))
    assert found.size == SIZE
    background = found.getpixel((0, 0))
    margins = [found.crop((0, 0, SIZE[0], 60)), found.crop((0, SIZE[1] - 30, *SIZE))]
    assert all(margin.getcolors() == [(margin.width * margin.height, background)] for margin in margins)


@pytest.mark.parametrize(("one", "other"), [(("Tours", ""), ("Tour", "")), (("Tours", "a"), ("Tours", "b"))])
def test_a_picture_shows_the_title_and_the_description(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert preview_picture.png(*one) != preview_picture.png(*other)


def test_pages_name_the_picture_and_it_is_there(site: Path) -> None:
    page = lxml.html.parse(site / "huts/upper-lake/index.html").getroot()
    (image,) = page.xpath("//meta[@property='og:image']/@content")
    assert image == "https://tours.example/assets/preview.png"
    assert picture((site / "assets/preview.png").read_bytes()).size == SIZE


def test_a_picture_of_the_project_stays(tmp_path: Path) -> None:
    own = tmp_path / preview_picture.PATH
    own.parent.mkdir()
    own.write_bytes(b"own")
    preview_picture.write(tmp_path, "Tours", "")
    assert own.read_bytes() == b"own"
