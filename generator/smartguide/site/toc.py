"""How a theme writes a table of contents, learned from one whose entries are markers.

A table of contents is a list of entries, and an entry may hold another list. What stands between the marked texts of
two entries depends only on how deep they are: nothing is known of elements or of white space.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartguide.pages.rendered import Heading, TocEntry
from smartguide.pages.text import entities
from smartguide.site.markers import Encoder, Found


class TocError(ValueError):
    """A table of contents is written in a way that was not understood."""


Piece = str | Encoder
"""Text as it is, or a place for the text of the entry."""


@dataclass(frozen=True)
class Toc:
    """A learned table of contents: how an entry is written, and what stands between two of them.

    ``between`` holds that by the depths of the two entries (0 is the top), ``last`` what stands after the last entry,
    by its depth.
    """

    entry: tuple[Piece, ...]
    """What stands from the id of an entry (which goes before) to the end of its text."""
    between: Mapping[tuple[int, int], tuple[Piece, ...]]
    last: Mapping[int, str]

    def html(self, entries: Sequence[TocEntry]) -> str:
        """Return the table of contents with other entries, of which there is one at least."""
        flat = list(_flat(entries))
        parts: list[str] = []
        for number, (depth, heading) in enumerate(flat):
            parts.append(entities(heading.id))
            parts += _filled(self.entry, heading)
            if number + 1 < len(flat):
                parts += _filled(self.between[depth, flat[number + 1][0]], heading)
            else:
                parts.append(self.last[depth])
        return "".join(parts)


def learn(page: str, found: Sequence[Found], depths: Sequence[int], end: int) -> Toc:
    """Return how the table of contents is written whose markers were found in a page.

    ``depths`` are those of its entries: each way to go on is among them, and the last is at the top. ``found`` begins
    with the id of the first entry and ends with the text of the last; the table is done before ``end``. Raises
    TocError.
    """
    groups = [[marker for marker in found if marker.number == number] for number in range(len(depths))]
    size = len(groups[-1])  # an entry without others below it: its id, its text
    between: dict[tuple[int, int], tuple[Piece, ...]] = {}
    for number, (group, following) in enumerate(itertools.pairwise(groups)):
        begin = group[size - 1].end
        pieces = _pieces(page, begin, group[size:])
        rest = page[group[-1].end : following[0].start]
        between[depths[number], depths[number + 1]] = (*pieces, rest)
    last = {0: page[groups[-1][-1].end : end]}
    same = _text(between[0, 0])
    for depth in (1, 2):
        up = _text(between[depth, 0])
        shared = _shared_at_end(same, up)
        before = len(same) - shared
        if same[:before] != last[0][:before]:
            raise TocError
        last[depth] = up[: len(up) - shared] + last[0][before:]
    return Toc(_pieces(page, groups[-1][0].end, groups[-1][1:]), between, last)


def _text(pieces: Sequence[Piece]) -> str:
    if not all(isinstance(piece, str) for piece in pieces):
        raise TocError
    return "".join(map(str, pieces))


def _shared_at_end(one: str, other: str) -> int:
    """Return how many characters two texts share at their ends."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pieces(page: str, begin: int, found: Sequence[Found]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for marker in found:
        pieces += (page[begin : marker.start], marker.encoder)
        begin = marker.end
    return tuple(pieces)


def _filled(pieces: Sequence[Piece], heading: Heading) -> Iterator[str]:
    return (piece if isinstance(piece, str) else piece(heading.text) for piece in pieces)


def _flat(entries: Sequence[TocEntry], depth: int = 0) -> Iterator[tuple[int, Heading]]:
    for entry in entries:
        yield depth, entry.heading
        yield from _flat(entry.children, depth + 1)
