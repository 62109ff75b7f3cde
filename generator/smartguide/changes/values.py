"""What two states of a record say differently: field by field, in the words of its schema.

References are shown by the names of their records, items of lists as added, removed or moved.
"""

from __future__ import annotations

import bisect
import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from rapidfuzz import fuzz

from smartguide.changes.pairs import flattened
from smartguide.model.entries import Key
from smartguide.model.knowledge_base import Record
from smartguide.model.properties import Property
from smartguide.reading import Path_

MOST_PAIRS: Final = 10_000
"""So many pairs of items of a list are compared by what they say; where there are more, only by what names them."""
SHORT: Final = 80
"""A text of so many characters is shown in its line; a longer one on lines of its own, as it was and as it is."""
_ALIKE: Final = 0.5
"""How much two items of a list must have in common to be one that has changed."""


class What(StrEnum):
    """What happened to a value or a record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One value that differs.

    ``words`` are the titles of the properties, and the names of the items of lists, that lead to it; ``path`` leads to
    it in the newer record (in the older one, if it was removed). ``was`` and ``now`` are the value in words, empty
    where there was or is none; ``before`` and ``after`` are the value itself. ``places`` are those of an item that
    moved, counted from 1. ``is_text`` is whether it is a longer text, which is best shown as a whole.
    """

    what: What
    path: Path_
    words: tuple[str, ...]
    was: str = ""
    now: str = ""
    before: Any = None
    after: Any = None
    places: tuple[int, int] | None = None
    is_text: bool = False


def changes(before: Record, after: Record, renamed: Mapping[Key, str]) -> list[Change]:
    """Return what differs between two states of a record, in the order of the schema.

    ``renamed`` holds the new ids of records that were renamed: a reference that follows them is the same reference.
    """
    data = before.data
    for reference in before.references:
        new_id = renamed.get(reference.target.entry.key)
        if new_id is not None and reference.through.ref is not None and not reference.through.ref.key:
            data = _with(data, reference.path, new_id)
    return list(_Comparison(before, after).of_mappings(data, after.data, (), (), ()))


def _with(data: Any, path: Path_, value: Any) -> Any:
    """Return data with another value at a path; what was given stays as it is."""
    if not path:
        return value
    copied = copy.copy(data)
    copied[path[0]] = _with(data[path[0]], path[1:], value)
    return copied


def described(record: Record, what: What) -> list[Change]:
    """Return every property at the top of a record as one that was added or removed."""
    comparison = _Comparison(record, record)
    found: list[Change] = []
    for key, value in record.data.items():
        was, now = (value, None) if what is What.REMOVED else (None, value)
        found += comparison.whole(what, (key,), (_title(record.kind.root.below(key), key),), was, now)
    order = {key: number for number, key in enumerate(record.kind.root.properties)}
    return sorted(found, key=lambda change: order.get(str(change.path[0]), len(order)))


def _title(declared: Property | None, key: str) -> str:
    return declared.title if declared is not None and declared.title != "*" else key


class _Comparison:
    """Compares two states of a record; paths of both are followed, as references are known by them."""

    def __init__(self, before: Record, after: Record) -> None:
        self._before = before
        self._after = after

    def whole(self, what: What, path: Path_, words: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
        """Yield a value that was added or removed; of a list that would be long in one line, each item by itself."""
        value = after if what is What.ADDED else before
        if isinstance(value, list) and any(isinstance(one, dict) or len(str(one)) > SHORT for one in value):
            gone, new = (value, []) if what is What.REMOVED else ([], value)
            yield from self._of_lists(gone, new, path, path, words)
        else:
            yield self.one(what, path, words, before, after)

    def one(  # noqa: PLR0917  # what a change is made of
        self, what: What, path: Path_, words: tuple[str, ...], before: Any, after: Any, old_path: Path_ | None = None
    ) -> Change:
        """Return a change, with its values in words."""
        was = _in_words(self._before, before, old_path or path) if before is not None else ""
        now = _in_words(self._after, after, path) if after is not None else ""
        if was == now and what is What.CHANGED:  # the same words for two things: what is written tells them apart
            was, now = f"{was} ({_plain(before)})", f"{now} ({_plain(after)})"
        declared = self._declared(path, old_path or path)
        is_text = all(isinstance(value, str | None) for value in (before, after)) and (
            (declared is not None and declared.prose) or max(len(was), len(now)) > SHORT
        )
        return Change(what, path, words, was, now, before, after, is_text=is_text)

    def _declared(self, path: Path_, old_path: Path_) -> Property | None:
        return self._after.kind.property_at(path) or self._before.kind.property_at(old_path)

    def _compare(
        self, before: Any, after: Any, path: Path_, old_path: Path_, words: tuple[str, ...]
    ) -> Iterator[Change]:
        if _same(before, after):
            return
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.of_mappings(before, after, path, old_path, words)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._of_lists(before, after, path, old_path, words)
        else:
            yield self.one(What.CHANGED, path, words, before, after, old_path)

    def of_mappings(
        self, before: dict[str, Any], after: dict[str, Any], path: Path_, old_path: Path_, words: tuple[str, ...]
    ) -> Iterator[Change]:
        """Yield what differs between two mappings."""
        declared = self._declared(path, old_path)
        known = [key for key in (declared.properties if declared else ()) if key in before or key in after]
        for key in dict.fromkeys([*known, *after, *before]):
            below, old_below = (*path, key), (*old_path, key)
            told = (*words, _title(self._declared(below, old_below), key))
            if key not in before:
                yield from self.whole(What.ADDED, below, told, None, after[key])
            elif key not in after:
                yield from self.whole(What.REMOVED, old_below, told, before[key], None)
            else:
                yield from self._compare(before[key], after[key], below, old_below, told)

    def _of_lists(
        self, before: list[Any], after: list[Any], path: Path_, old_path: Path_, words: tuple[str, ...]
    ) -> Iterator[Change]:
        naming = _naming(self._declared((*path, 0), (*old_path, 0)))
        pairs = _pair(before, after, naming)
        was_at = {new: old for old, new in pairs}
        kept = {old for old, _ in pairs}
        moved = _moved([old for _, old in sorted((new, old) for old, new in pairs)])
        for number, item in enumerate(after):
            here = (*path, number)
            if number not in was_at:
                yield self.one(What.ADDED, here, words, None, item)
                continue
            old = was_at[number]
            named = _in_words(self._after, _name_of(item, naming), (*here, *naming))
            if old in moved:
                yield Change(What.MOVED, here, words, named, named, before[old], item, places=(old + 1, number + 1))
            told = (*words, named) if isinstance(item, dict | list) else words
            yield from self._compare(before[old], item, here, (*old_path, old), told)
        for number, item in enumerate(before):
            if number not in kept:
                yield self.one(What.REMOVED, (*old_path, number), words, item, None)


def _same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same: true is not 1, and the order of keys does not count."""
    return json.dumps(one, sort_keys=True, default=str) == json.dumps(other, sort_keys=True, default=str)


def _in_words(record: Record, value: Any, path: Path_) -> str:
    """Return a value as a reader would say it."""
    if isinstance(value, dict):
        declared = record.kind.property_at(path)
        order = [key for key in (declared.properties if declared else ()) if key in value]
        return "; ".join(
            f"{_title(record.kind.property_at((*path, key)), key)}: {_in_words(record, value[key], (*path, key))}"
            for key in dict.fromkeys([*order, *value])
        )
    if isinstance(value, list):
        inner = [_in_words(record, one, (*path, number)) for number, one in enumerate(value)]
        return (" | " if any(isinstance(one, dict) for one in value) else ", ").join(inner)
    if isinstance(value, bool):
        return "yes" if value else "no"
    declared = record.kind.property_at(path)
    if declared is not None and declared.ref is not None and isinstance(value, str | int):
        target = record.target(*path)
        return target.label if target else f"{value} (of which there is no record)"
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _naming(item: Property | None) -> Path_:
    """Return the path from an item of a list to the value that names it: empty if that is the item itself.

    It is what must be unique in the list, or else the first property that every item has.
    """
    if item is None or not item.properties:
        return ()
    simple = [name for name, one in item.properties.items() if not one.types & {"object", "array"}]
    unique = [name for name in simple if item.properties[name].schema.get("x-unique") == "list"]
    required = [name for name in simple if item.properties[name].is_required]
    return tuple([*unique, *required, *simple][:1])


def _name_of(item: Any, naming: Path_) -> Any:
    """Return the value that names an item; the item itself where it has none."""
    return item.get(naming[0], item) if naming and isinstance(item, dict) else item


def _pair(before: Sequence[Any], after: Sequence[Any], naming: Path_) -> list[tuple[int, int]]:
    """Pair the items of two lists: those that are the same, then those of one name, then those that are alike."""
    found: list[tuple[int, int]] = []
    old, new = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))

    def pair(one: int, other: int) -> None:
        found.append((one, other))
        del old[one], new[other]

    def pair_by(key: Callable[[Any], str]) -> None:
        where: dict[str, list[int]] = {}
        for number in reversed(new):
            where.setdefault(key(after[number]), []).append(number)
        for number in list(old):
            if rest := where.get(key(before[number])):
                pair(number, rest.pop())

    pair_by(lambda item: json.dumps(item, sort_keys=True, default=str))
    if naming:
        pair_by(lambda item: json.dumps(_name_of(item, naming), sort_keys=True, default=str))
    if len(old) * len(new) <= MOST_PAIRS:
        scores = [(-_likeness(before[one], after[other]), one, other) for one in old for other in new]
        for score, one, other in sorted(scores):
            if -score >= _ALIKE and one in old and other in new:
                pair(one, other)
    return found


def _likeness(one: Any, other: Any) -> float:
    """Return how much two items have in common, from 0 to 1; single words, such as ids, have nothing."""
    if isinstance(one, str) and isinstance(other, str) and " " in one and " " in other:
        return fuzz.ratio(one, other) / 100
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return 0
    values, others = Counter(flattened(one)), Counter(flattened(other))
    return 2 * (values & others).total() / ((values.total() + others.total()) or 1)


def _moved(order: Sequence[int]) -> set[int]:
    """Return the numbers that are out of order: all but the longest sequence that ascends."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, value in enumerate(order):
        place = bisect.bisect_left(ends, value)
        before.append(at[place - 1] if place else -1)
        if place == len(ends):
            ends.append(value)
            at.append(number)
        else:
            ends[place] = value
            at[place] = number
    kept: set[int] = set()
    number = at[-1] if at else -1
    while number >= 0:
        kept.add(order[number])
        number = before[number]
    return set(order) - kept
