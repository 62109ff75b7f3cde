"""Which record refers to which: an index that is computed from the records, forward and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from smartguide.model.entries import Entry, Key
from smartguide.model.properties import Property, Ref, Value
from smartguide.reading import Path_


class Link(NamedTuple):
    """One reference: the record ``source`` names ``target`` at ``path``, which is a value of ``through``."""

    source: Key
    through: Property
    path: Path_
    target: Key


class Dangling(NamedTuple):
    """A value that should name a record and names none; ``known`` are the values that would."""

    entry: Entry
    value: Value
    ref: Ref
    known: Mapping[str, Entry]


@dataclass(frozen=True, eq=False)
class Links:
    """All references between records; those that name no record are ``dangling``."""

    _from: Mapping[Key, list[Link]] = field(default_factory=dict)
    _to: Mapping[Key, list[Link]] = field(default_factory=dict)
    dangling: tuple[Dangling, ...] = ()

    def from_record(self, key: Key) -> list[Link]:
        """Return the references of a record, in its order."""
        return self._from.get(key, [])

    def to_record(self, key: Key) -> list[Link]:
        """Return the references to a record, in the order of the catalogue and the ids."""
        return self._to.get(key, [])


def link(entries: Mapping[str, Iterable[Entry]]) -> Links:
    """Return the links between the records of all collections; ``entries`` holds the records by collection."""
    records = {collection: list(found) for collection, found in entries.items()}
    by_ref: dict[Ref, dict[str, Entry]] = {}
    by_property: dict[Property, dict[str, Entry]] = {}
    from_records: dict[Key, list[Link]] = {}
    to_records: defaultdict[Key, list[Link]] = defaultdict(list)
    dangling: list[Dangling] = []
    for found in records.values():
        for entry in found:
            source = entry.key
            links: list[Link] = []
            for value in entry.references:
                path, written, through = value
                name = str(written)  # a number may name a record by a property of it
                known = by_property.get(through)
                if known is None:
                    ref = _ref(through)
                    if ref not in by_ref:
                        by_ref[ref] = _by_value(records.get(ref.collection, ()), ref)
                    known = by_property[through] = by_ref[ref]
                target = known.get(name)
                if target is not None:
                    made = Link(source, through, path, target.key)
                    links.append(made)
                    to_records[made.target].append(made)
                    continue
                dangling.append(Dangling(entry, value, _ref(through), known))
            if links:
                from_records[source] = links
    return Links(from_records, to_records, tuple(dangling))


def _ref(through: Property) -> Ref:
    if through.ref is None:
        raise ValueError(f"{through.name} is no reference")
    return through.ref


def _by_value(entries: Iterable[Entry], ref: Ref) -> dict[str, Entry]:
    """Return the records that a reference may name, by the value that names them; of two with one value, the first."""
    known: dict[str, Entry] = {}
    for entry in entries:
        known.setdefault(str(entry.data.get(ref.key)) if ref.key else entry.id, entry)
    return known
