"""What the documents of 2019 print, record by record, and how the records of the guide differ from it.

``facts/<collection>.yml`` holds, for the id of each record of that time, the values that a document prints. A record is
found by that id also when it has another one now and names the old one under ``former_ids``. Records that are not in
these files may come and go, and keys that are not in them may change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from tests.guide.records import Data, Records

FOLDER: Final = Path(__file__).parent / "facts"

Facts = Mapping[str, Mapping[str, Any]]
"""The printed values of the records of one collection, by id and key."""

_REFERENCES: Final = {
    "action": "actions",
    "area": "areas",
    "call": "calls",
    "partners": "partners",
    "partnership": "partnerships",
    "predecessor": "partnerships",
    "source": "sources",
    "target_regions": "regions",
}
"""The keys whose values are ids of records, and the collections of these."""


def load() -> dict[str, Facts]:
    """Return the facts of every collection."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml"))}


def deviations(records: Records, collection: str, facts: Facts, documents: Facts) -> list[str]:
    """Return in which values the records of a collection differ from what is printed, a line each.

    ``documents`` are the sources of the facts. A list may hold more than they print if the record cites another one.
    """
    printed: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    lines = []
    for id_, values in facts.items():
        current = records.current(collection, id_)
        if current is None:
            lines.append(f"{collection}/{id_}: is gone (a record that took its place names it under former_ids)")
        else:
            printed[current].append(values)
    known = {records.current("sources", document) for document in documents}
    for id_, several in printed.items():  # several only if records were merged
        record = records.collections[collection][id_]
        for key in dict.fromkeys(key for values in several for key in values):
            wanted = [values[key] for values in several if key in values]
            may_be_more = any(source["source"] not in known for source in record.get("sources", ()))
            lines += [
                f"{collection}/{id_}: {key}: {message} [tests/guide/facts/{collection}.yml]"
                for message in _differences(records, record, key, wanted, may_be_more=may_be_more)
            ]
    return lines


def _differences(records: Records, record: Data, key: str, wanted: list[Any], *, may_be_more: bool) -> Iterator[str]:
    if key == "counted":
        if "measure" not in record:
            yield "the figure is to be compared with a count, but the key 'measure' is gone"
    elif key == "spellings":
        found = {*record.get("aliases", ()), record["name"]}
        for spelling in (one for several in wanted for one in several if one not in found):
            yield f"wanted the spelling {spelling!r}, found {sorted(found)}"
    elif isinstance(wanted[0], list):
        listed = [entry["partner"] if isinstance(entry, dict) else entry for entry in record.get(key, ())]
        expected = dict.fromkeys(_current(records, key, one) for several in wanted for one in several)
        for one in (one for one in expected if one not in listed):
            yield f"wanted {one!r} in the list, found {listed}"
        for one in (one for one in listed if one not in expected and not may_be_more):
            yield f"{one!r} is in no document of 2019 (wanted {list(expected)}; name the one that says so under sources)"
    else:
        allowed = [_current(records, key, one) for one in wanted]
        value = record.get(key)
        if not any(value == one and type(value) is type(one) for one in allowed):
            yield f"wanted {' or '.join(map(repr, allowed))}, found {value!r}"


def _current(records: Records, key: str, value: Any) -> Any:
    """Return a value as it is written now: an id that has changed is the new one."""
    if key in _REFERENCES and isinstance(value, str):
        return records.current(_REFERENCES[key], value) or value
    return value
