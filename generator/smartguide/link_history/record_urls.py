"""The URLs of other sites in the data of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from smartguide.reading import Path_

HTTP: Final = re.compile(r"https?://", re.IGNORECASE)
"""How a URL of another site begins."""
ARCHIVED: Final = {"url": "archived", "website": "archived_website"}
"""The keys that hold URLs of archived copies, each by the key whose URL the copy replaces."""
_WHITESPACE: Final = re.compile(r"\s")


def in_data(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Yield each text that is a URL as a whole, with the path to it; archived copies are left out."""
    if isinstance(data, str) and HTTP.match(data) and not _WHITESPACE.search(data.strip()):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in ARCHIVED.values():
                yield from in_data(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from in_data(value, (*path, number))


def with_copy(data: Any) -> Iterator[str]:
    """Yield each URL that has an archived copy beside it."""
    if isinstance(data, dict):
        for key, copy in ARCHIVED.items():
            if data.get(copy) and isinstance(data.get(key), str):
                yield data[key]
        for value in data.values():
            yield from with_copy(value)
    elif isinstance(data, list):
        for value in data:
            yield from with_copy(value)


def without_fragment(url: str) -> str:
    """Return a URL without its fragment (``#...``), which is not part of a request."""
    return url.partition("#")[0]
