"""The URLs of other sites in the data of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from smartguide.model.entries import Entry
from smartguide.reading import Path_

HTTP: Final = re.compile(r"https?://", re.IGNORECASE)
"""How a URL of another site begins."""
_COPY_OF: Final = "x-archived-copy-of"
_WHITESPACE: Final = re.compile(r"\s")


def in_data(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield each text that is a URL as a whole, with the path to it, which begins with ``path``."""
    if isinstance(data, str) and HTTP.match(data) and not _WHITESPACE.search(data.strip()):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from in_data(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from in_data(value, (*path, number))


def in_entry(entry: Entry) -> Iterator[tuple[Path_, str]]:
    """Yield each value of a record that is a URL, with the path to it; archived copies are left out."""
    copies = {value.path for value in entry.values_of(_COPY_OF)}
    return (found for found in in_data(entry.data) if found[0] not in copies)


def with_copy(entry: Entry) -> Iterator[str]:
    """Yield each URL of a record that has an archived copy beside it (``x-archived-copy-of``)."""
    originals = {(*value.path[:-1], value.property.schema[_COPY_OF]) for value in entry.values_of(_COPY_OF, str)}
    return (url for path, url in in_data(entry.data) if path in originals)


def key_for_copy(entry: Entry, path: Path_) -> str:
    """Return the key beside the value at ``path`` that takes an archived copy of it; empty if there is none."""
    around = entry.kind.property_at(path[:-1])
    beside = around.properties.items() if around is not None else ()
    return next((key for key, one in beside if one.schema.get(_COPY_OF) == path[-1]), "")


def without_fragment(url: str) -> str:
    """Return a URL without its fragment (``#...``), which is not part of a request."""
    return url.partition("#")[0]
