"""The picture that other sites and messengers show beside a link: name and description of the site, as a PNG."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

PATH: Final = "assets/preview.png"
"""Where the picture stands in the site, unless the theme of a project has one there."""
WIDTH: Final = 1200
HEIGHT: Final = 630
"""The size that networks ask for."""

_MARGIN: Final = 90
_BACKGROUND: Final = "#123a73"
_INK: Final = "#ffffff"
_ACCENT: Final = "#ffd24a"
_COLOURS: Final = 64
"""So many shades make letters smooth; fewer make a smaller file."""
_TITLE: Final = 76, 2
_TEXT: Final = 44, 4
"""The size of the letters in pixels, and how many lines there are at most."""


def write(site: Path, title: str, description: str) -> None:
    """Write the picture into the folder of a site, unless there is one."""
    path = site / PATH
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(title, description))


@functools.lru_cache(maxsize=8)
def png(title: str, description: str) -> bytes:
    """Return the picture with a title and a description, in the font that Pillow brings."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _BACKGROUND)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((_MARGIN, _MARGIN, _MARGIN + 160, _MARGIN + 14), fill=_ACCENT)
    top = _MARGIN + 60
    for text, (size, most) in ((title, _TITLE), (description, _TEXT)):
        font = ImageFont.load_default(size)
        for line in _lines(text, font, most):
            draw.text((_MARGIN, top), line, fill=_INK, font=font)
            top += round(size * 1.25)
        top += 28
    written = io.BytesIO()
    picture.quantize(_COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, most: int) -> list[str]:
    """Return a text in lines that fit; of one that is too long, the beginning."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".lstrip()
        if line and font.getlength(longer) > WIDTH - 2 * _MARGIN:
            lines.append(line)
            longer = word
        line = longer
    lines += [line] if line else []
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]
