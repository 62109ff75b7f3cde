"""Records by what people call them, spelt as they spell it."""

from __future__ import annotations

from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from smartguide.model.knowledge_base import Collection, Record
from smartguide.search.folding import words

ALIKE: Final = 72
"""How alike (of 100) a name must be to be offered."""
THE_SAME: Final = 86
"""How alike two names are that probably are names of one thing."""
MOST: Final = 5


class Named(NamedTuple):
    """A record, one of its names, and how alike that is to what was asked for, of 100."""

    record: Record
    name: str
    alike: float


def nearest(text: str, collection: Collection, alike: int = ALIKE) -> list[Named]:
    """Return the records whose names, or other names, are nearest to a text, the nearest first, each once."""
    names = [(record, name) for record in collection for name in (record.label, *record.other_names, record.id)]
    wanted = folded(text)
    found = process.extract(
        wanted, [folded(name) for _, name in names], scorer=fuzz.WRatio, score_cutoff=alike, limit=MOST * 4
    )
    best: dict[str, Named] = {}
    for _, score, number in found:
        record, name = names[number]
        best.setdefault(record.id, Named(record, name, score))
    return list(best.values())[:MOST]


def folded(text: str) -> str:
    """Return a name without capitals, accents and signs."""
    return " ".join(words(text)) or text


def same(text: str, collection: Collection) -> list[Named]:
    """Return the records that probably are what a text names."""
    wanted = folded(text)
    return [
        one
        for one in nearest(text, collection, THE_SAME)
        if fuzz.token_sort_ratio(wanted, folded(one.name)) >= THE_SAME
    ]


def exact(text: str, collection: Collection) -> Record | None:
    """Return the only record that has a name, whatever its capitals and accents; None if none or several have it."""
    wanted = folded(text)
    found = {
        record.id: record
        for record in collection
        if wanted in (folded(name) for name in (record.label, *record.other_names))
    }
    return next(iter(found.values())) if len(found) == 1 else None
