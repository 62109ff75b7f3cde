"""The picture that other sites and messengers show beside a link: the name and the description of the site, as a PNG.

It is drawn with lines of the width of a pen, so that it needs neither a font file nor an image library, and is the same
to the byte wherever it is made.
"""

from __future__ import annotations

import functools
import itertools
import struct
import textwrap
import zlib
from collections.abc import Iterator, Sequence
from math import ceil, floor, hypot
from pathlib import Path
from typing import Final, NamedTuple

from anyascii import anyascii

PATH: Final = "assets/preview.png"
"""Where the picture stands in the site, unless the theme of a project has one there."""
WIDTH: Final = 1200
HEIGHT: Final = 630
"""The size that networks ask for."""

_MARGIN: Final = 90
_BACKGROUND: Final = (18, 58, 115)
_INK: Final = (255, 255, 255)
_ACCENT: Final = (255, 210, 74)
_SHADES: Final = 255
"""So many steps lead from the background to the ink; the last colour of the palette is the accent."""
_EM: Final = 32
"""The height of a line of the strokes, in their own units."""

Line = tuple[tuple[int, int], ...]


class _Letter(NamedTuple):
    width: int
    lines: tuple[Line, ...]


class _Size(NamedTuple):
    """How large a text is: pixels for a unit of the strokes, the width of the pen, characters in a line."""

    scale: float
    pen: float
    columns: int
    most_lines: int


_TITLE: Final = _Size(3.0, 9, 22, 3)
_TEXT: Final = _Size(1.5, 4, 41, 4)


def write(site: Path, title: str, description: str) -> None:
    """Write the picture into the folder of a site, unless there is one."""
    path = site / PATH
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(title, description))


@functools.lru_cache(maxsize=8)
def png(title: str, description: str) -> bytes:
    """Return the picture with a title and a description; letters that are not of ASCII are written in it."""
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for row in rows[_MARGIN : _MARGIN + 14]:
        row[_MARGIN : _MARGIN + 160] = bytes([_SHADES]) * 160
    top = _MARGIN + 70.0
    for text, size in ((title, _TITLE), (description, _TEXT)):
        for line in _lines(text, size):
            _draw(rows, line, top, size)
            top += _EM * size.scale * 1.15
        top += 24
    return _encoded(rows)


def _lines(text: str, size: _Size) -> list[str]:
    return textwrap.wrap(anyascii(text), size.columns, max_lines=size.most_lines, placeholder=" ...")


def _draw(rows: Sequence[bytearray], text: str, top: float, size: _Size) -> None:
    left = _MARGIN
    for char in text:
        drawn = _drawn(char, size)
        for row, pixels in zip(rows[round(top) :], drawn, strict=False):
            end = min(left + len(pixels), WIDTH)
            row[left:end] = bytes(map(max, row[left:end], pixels))
        left += round(_letter(char).width * size.scale)


@functools.cache
def _drawn(char: str, size: _Size) -> list[bytearray]:
    """Return the pixels of a letter, which begin at the top of the line: each is as bright as the pen covers it."""
    letter = _letter(char)
    height = ceil(_EM * size.scale + 2 * size.pen)
    rows = [bytearray(ceil(letter.width * size.scale + size.pen)) for _ in range(height)]
    for line in letter.lines:
        points = [(x * size.scale, (y + _EM / 2) * size.scale) for x, y in line]
        for begin, end in itertools.pairwise(points):
            _stroke(rows, begin, end, size.pen / 2)
    return rows


def _stroke(rows: Sequence[bytearray], begin: tuple[float, float], end: tuple[float, float], radius: float) -> None:
    """Draw a straight line with round ends."""
    (x1, y1), (x2, y2) = begin, end
    length = hypot(x2 - x1, y2 - y1) or 1
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    reach = radius + 0.5
    for y in range(max(0, floor(min(y1, y2) - reach)), min(len(rows), ceil(max(y1, y2) + reach) + 1)):
        row = rows[y]
        for x in range(max(0, floor(min(x1, x2) - reach)), min(len(row), ceil(max(x1, x2) + reach) + 1)):
            along = min(max((x - x1) * dx + (y - y1) * dy, 0), length)
            covered = reach - hypot(x - x1 - along * dx, y - y1 - along * dy)
            if covered > 0:
                row[x] = max(row[x], int(min(covered, 1) * (_SHADES - 1)))


def _letter(char: str) -> _Letter:
    letters = _letters()
    return letters.get(char, letters["?"])


@functools.cache
def _letters() -> dict[str, _Letter]:
    _, _, letters = Path(__file__).with_name("strokes.txt").read_text(encoding="utf-8").partition("\n#\n")
    return dict(map(_read, letters.splitlines()))


def _read(line: str) -> tuple[str, _Letter]:
    width, *lines = line[2:].split()
    points = (tuple(point.split(",") for point in one.split(";")) for one in lines)
    return line[0], _Letter(int(width), tuple(tuple((int(x), int(y)) for x, y in one) for one in points))


def _encoded(rows: Sequence[bytearray]) -> bytes:
    """Return a PNG (https://www.w3.org/TR/png/) with a palette."""
    palette = bytearray()
    for shade in range(_SHADES):
        part = shade / (_SHADES - 1)
        palette += bytes(round(a + (b - a) * part) for a, b in zip(_BACKGROUND, _INK, strict=True))
    palette += bytes(_ACCENT)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    chunks = _chunks([(b"IHDR", header), (b"PLTE", bytes(palette)), (b"IDAT", pixels), (b"IEND", b"")])
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunks(parts: Sequence[tuple[bytes, bytes]]) -> Iterator[bytes]:
    for kind, data in parts:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
