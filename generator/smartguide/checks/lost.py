"""Records that are lost because something else is wrong, so that what follows from that is counted and not listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from smartguide.findings import Finding, Severity
from smartguide.model.entries import slug
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.links import Dangling


class Consequence(NamedTuple):
    """A finding that follows from what is wrong with a file, and is not listed."""

    path: str


@dataclass
class Lost:
    """What is missing, each with the file in which the reason is.

    ``collections`` are those of which nothing could be read, ``values`` the ids and other words, by collection, by
    which a record is known that could not.
    """

    collections: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)

    def add_record(self, collection: str, record_id: str, data: Any, path: str) -> None:
        """Note a record that cannot be used; ``data`` is what is written of it."""
        words = data.values() if isinstance(data, dict) else [data]
        for word in (record_id, slug(record_id), *(str(one) for one in words if isinstance(one, str | int))):
            self.values.setdefault((collection, word), path)

    def cause_of(self, dangling: Dangling, base: KnowledgeBase) -> str:
        """Return the file that is to blame for a reference to nothing; an empty string if that is the reference."""
        collection, key = dangling.ref
        value = str(dangling.value.value)
        if found := self.collections.get(collection) or self.values.get((collection, value)):
            return found
        if collection not in base or (key and key not in base[collection].kind.root.properties):
            return f"schemas/{dangling.entry.kind.name}.schema.json"
        without = (entry for entry in dangling.known.values() if key and key not in entry.data)
        return next((entry.path for entry in without), "")


def counted(findings: Iterable[Finding], consequences: Iterable[Consequence]) -> list[Finding]:
    """Return the findings, of which the first error of each file says how many consequences it has.

    Where a file has no error of its own, another one is to blame: that of a schema, or of the catalogue.
    """
    found = list(findings)
    errors = [number for number, one in enumerate(found) if one.severity is Severity.ERROR]
    for path, count in Counter(one.path for one in consequences).items():
        own = [number for number in errors if found[number].place.path == path]
        others = [number for number in errors if found[number].rule in ("schema", "catalogue", "include")]
        if blamed := own or others or errors:
            number = min(blamed, key=lambda number: found[number].sort_key[2:])
            found[number] = replace(found[number], consequences=found[number].consequences + count)
    return found
