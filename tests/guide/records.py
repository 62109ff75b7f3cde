"""The records of the guide as plain data, found by their ids and by those that they had before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smartguide.checks.checking import Checked

Data = Mapping[str, Any]


class Records:
    """Every record as it is written (or published), by its collection and its id."""

    def __init__(self, collections: Mapping[str, Mapping[str, Data]]) -> None:
        self.collections = collections
        self._current = {
            name: {str(former): id_ for id_, data in records.items() for former in data.get("former_ids", ())}
            | {id_: id_ for id_ in records}
            for name, records in collections.items()
        }

    def current(self, collection: str, id_: str) -> str | None:
        """Return the id that a record has now; None if no record has it or had it."""
        return self._current.get(collection, {}).get(id_)

    def find(self, collection: str, id_: str) -> Data:
        """Return the record that has an id or had it. Raises LookupError."""
        current = self.current(collection, id_)
        if current is None:
            raise LookupError(f"{collection}/{id_}: no record has this id, and none names it under former_ids")
        return self.collections[collection][current]

    def __iter__(self) -> Iterator[tuple[str, str, Data]]:
        """Yield the collection, the id and the data of each record."""
        for name, records in self.collections.items():
            for id_, data in records.items():
                yield name, id_, data


def written(checked: Checked) -> Records:
    """Return the records as people wrote them."""
    return Records({one.name: {record.id: record.data for record in one} for one in checked.base.collections.values()})


class Published(Records):
    """The records as the API of a built site gives them: as written, plus ``id``, ``url`` and ``referenced_by``."""

    def __init__(self, site: Path) -> None:
        """Read the API of the site in a folder."""
        index = _read(site / "api/v1/index.json")["result"]
        self._root = str(index[0]["url"]).partition("api/v1/")[0]
        self.envelopes = {one["collection"]: _read(site / self._below(one["url"])) for one in index}
        super().__init__(
            {name: {one["id"]: one for one in envelope["result"]} for name, envelope in self.envelopes.items()}
        )
        schemas = {one["collection"]: _read(site / self._below(one["schema"])) for one in index}
        self._name_keys = {
            collection: schema.get("x-label") or next(key for key in ("title", "name") if key in schema["properties"])
            for collection, schema in schemas.items()
        }

    def name(self, collection: str, id_: str) -> str:
        """Return the name of a record that has an id, or had it."""
        return str(self.find(collection, id_)[self._name_keys[collection]])

    def url(self, collection: str, id_: str) -> str:
        """Return the URL, relative to the root of the site, of a record that has an id, or had it."""
        return self._below(self.find(collection, id_)["url"])

    def spellings(self, collection: str, id_: str) -> list[str]:
        """Return the name of a record, its other spellings and its printed title."""
        record = self.find(collection, id_)
        printed = [record["printed_as"]] if "printed_as" in record else []
        return [self.name(collection, id_), *record.get("aliases", ()), *printed]

    def _below(self, url: str) -> str:
        """Return a URL of the site without the path that the site itself has on its host."""
        return url.removeprefix(self._root)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
