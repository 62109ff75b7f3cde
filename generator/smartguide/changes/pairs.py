"""Which record of one state is which of the other: by its id, by a former id, or by what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from smartguide.changes.states import State
from smartguide.model.entries import Key
from smartguide.model.knowledge_base import Record
from smartguide.model.letters import folded

MOST_PAIRS: Final = 250_000
"""So many pairs of records are compared by what they say; where there are more, by their names only."""
_ALIKE: Final = 0.75
"""How much two records must have in common to be one that was renamed, if their names differ ..."""
_NAMESAKES: Final = 0.4
"""... and if they have the same name."""
_FEW: Final = 3
"""Records that have so few values in common are not taken for one."""


class Renaming(NamedTuple):
    """A record that has another id than before. ``told`` is whether it says so itself, by its former ids."""

    before: Record
    after: Record
    told: bool


@dataclass(frozen=True)
class Pairs:
    """The records of two states. ``merged`` are those that are now a part of another one, with that one.

    ``hidden`` are those of the first state whose files are still there but cannot be read any more, ``shown`` those of
    the second whose files could not be read before.
    """

    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    renamed: tuple[Renaming, ...]
    merged: tuple[tuple[Record, Record], ...]
    kept: tuple[tuple[Record, Record], ...]
    hidden: tuple[Record, ...]
    shown: tuple[Record, ...]

    def before(self) -> dict[Key, Key]:
        """Return the key that each record of the second state had in the first one."""
        renamed = {one.after.entry.key: one.before.entry.key for one in self.renamed}
        return {**{after.entry.key: before.entry.key for before, after in self.kept}, **renamed}


def pairs(base: State, head: State) -> Pairs:
    """Pair the records of two states."""
    before = {record.entry.key: record for record in base.base}
    after = {record.entry.key: record for record in head.base}
    kept = tuple((before[key], record) for key, record in after.items() if key in before)
    gone = {key: record for key, record in before.items() if key not in after}
    new = {key: record for key, record in after.items() if key not in before}
    hidden = [gone.pop(key) for key in list(gone) if _is_lost(gone[key], head)]
    shown = [new.pop(key) for key in list(new) if _is_lost(new[key], base)]
    renamed: list[Renaming] = []
    merged: list[tuple[Record, Record]] = []
    for record in after.values():
        for former in record.former_ids:
            key = record.collection.name, former
            if key not in gone:
                continue
            if record.entry.key in new:
                del new[record.entry.key]
                renamed.append(Renaming(gone.pop(key), record, told=True))
            else:
                merged.append((gone.pop(key), record))
    for old, record in _alike(list(gone.values()), list(new.values())):
        del gone[old.entry.key], new[record.entry.key]
        renamed.append(Renaming(old, record, told=False))
    order = {key: number for number, key in enumerate(after)}
    renamed.sort(key=lambda one: order[one.after.entry.key])
    return Pairs(
        tuple(new.values()), tuple(gone.values()), tuple(renamed), tuple(merged), kept, tuple(hidden), tuple(shown)
    )


def _is_lost(record: Record, other: State) -> bool:
    """Tell whether a record is in the other state, too, but could not be read there."""
    name, record_id = record.entry.key
    if record.path not in other.written.files:
        return False
    nothing_read = not other.is_usable and not other.is_empty
    return nothing_read or name in other.lost.collections or other.lost.values.get((name, record_id)) == record.path


def _alike(gone: list[Record], new: list[Record]) -> Iterator[tuple[Record, Record]]:
    """Yield the pairs of records that say nearly the same, the most alike first."""
    found: list[tuple[float, int, int]] = []
    values, others = [_values(record) for record in gone], [_values(record) for record in new]
    candidates: dict[tuple[str, str], list[int]] = {}
    names_only = len(gone) * len(new) > MOST_PAIRS
    for number, record in enumerate(new):
        candidates.setdefault(_group(record, by_name=names_only), []).append(number)
    for number, old in enumerate(gone):
        for other_number in candidates.get(_group(old, by_name=names_only), ()):
            one, other = values[number], others[other_number]
            namesakes = _group(old, by_name=True) == _group(new[other_number], by_name=True)
            common = (one & other).total()
            share = 2 * common / ((one.total() + other.total()) or 1)
            if share >= _NAMESAKES if namesakes else (share >= _ALIKE and common >= _FEW):
                found.append((-share - namesakes, number, other_number))
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, number, other_number in sorted(found):
        if number not in used_old and other_number not in used_new:
            used_old.add(number)
            used_new.add(other_number)
            yield gone[number], new[other_number]


def _group(record: Record, *, by_name: bool) -> tuple[str, str]:
    """Return what two records must share to be compared: the collection, and perhaps the name."""
    return record.collection.name, folded(record.label) if by_name else ""


def _values(record: Record) -> Counter[tuple[str, str]]:
    """Return every value of a record with the property that it is a value of."""
    former = {one.path[0] for one in record.entry.former_ids}
    return Counter(flattened({key: value for key, value in record.data.items() if key not in former}))


def flattened(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value that is no list and no mapping, with the keys that lead to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from flattened(value, f"{name}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from flattened(value, name)
    else:
        yield name, f"{type(data).__name__} {data}"
