"""Parts of a map, for pages that show where one country is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from smartguide import template_function

SMALLEST: Final = 280
"""A part of a map is at least so wide: a small country needs its neighbours to be recognised."""
AROUND: Final = 1.6
"""A part is so many times as wide as the country in its middle."""
SHAPE: Final = 3 / 4
"""The height of a part, as a share of its width."""


class Box(NamedTuple):
    """The smallest rectangle around a shape."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Part:
    """A part of a map: its ``viewBox``, the shape of the country in its middle, and the shapes around it."""

    view: str
    shape: str
    others: list[str]


@template_function
def part_of_map(drawn: dict[str, Any], code: str) -> Part | None:
    """Return the part of a map around a country; None if the map has no shape for the code of the country.

    ``drawn`` is a map as tools/make_maps.py writes it: its width and height, and its shapes by the codes of countries.
    """
    shapes: dict[str, str] = drawn["shapes"]
    if code not in shapes:
        return None
    box = _box(shapes[code])
    width = min(max(SMALLEST, AROUND * (box.right - box.left), AROUND * (box.bottom - box.top) / SHAPE), drawn["width"])
    height = min(width * SHAPE, drawn["height"])
    left = min(max(0, (box.left + box.right - width) / 2), drawn["width"] - width)
    top = min(max(0, (box.top + box.bottom - height) / 2), drawn["height"] - height)
    others = [
        shape
        for other, shape in shapes.items()
        if other != code and _overlaps(_box(shape), left, top, left + width, top + height)
    ]
    return Part(f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}", shapes[code], others)


def _overlaps(box: Box, left: float, top: float, right: float, bottom: float) -> bool:
    return box.left < right and box.right > left and box.top < bottom and box.bottom > top


@cache
def _box(shape: str) -> Box:
    across, down = zip(*_points(shape), strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _points(shape: str) -> Iterator[tuple[int, int]]:
    """Yield the points of a path, each ring of which is written as ``M``, its first point, ``l`` and steps from it."""
    for ring in shape.split("M")[1:]:
        x = y = 0
        numbers = map(int, re.findall(r"-?\d+", ring))
        for across, down in zip(numbers, numbers, strict=True):
            x, y = x + across, y + down
            yield x, y
