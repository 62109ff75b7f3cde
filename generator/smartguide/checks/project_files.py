"""Schemas and templates as texts: characters that no text may hold, keys that stand twice, and merge conflicts."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from smartguide.findings import Finding, Place, quoted
from smartguide.model.schema_files import SUFFIX
from smartguide.reading import Listing, Reader, conflicts, described, unwanted

_WANTED = frozenset({"invisible-character"})


def check(reader: Reader, schemas: Path, templates: Path) -> Iterator[Finding]:
    """Yield what is wrong with the schemas and the templates of a project as texts.

    That one cannot be read at all is told by what reads it.
    """
    for folder, suffix in ((schemas, SUFFIX), (templates, ".html")):
        for name in Listing.of(folder).with_suffix(suffix):
            document = reader.text(folder / name)
            yield from (finding for finding in document.findings if finding.rule in _WANTED)
            if document.data is not None:
                yield from conflicts(document.path, document.data)
                if suffix == SUFFIX:
                    yield from _check_json(document.path, document.data)


def _check_json(path: str, text: str) -> Iterator[Finding]:
    """Yield the keys that stand twice in a mapping, of which only the last would count, and characters in escapes."""
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                repeated.append(key)
            found[key] = value
        return found

    data: Any = None
    with contextlib.suppress(ValueError, RecursionError):
        data = json.loads(text, object_pairs_hook=mapping)
    for key in repeated:
        line = text.count("\n", 0, text.rfind(json.dumps(key, ensure_ascii=False))) + 1
        yield Finding(Place(path, line, 1), "duplicate-key", f"the key {quoted(key)} stands twice", hint="keep one of them")
    if "\\" in text:
        for one in _texts(data):
            if (char := unwanted(one)) and char not in text:
                message, hint = described(char)
                line = text.count("\n", 0, text.lower().find(f"\\u{ord(char):04x}")) + 1
                yield Finding(Place(path, line, 1), "invisible-character", message, hint=hint)


def _texts(data: Any) -> Iterator[str]:
    """Yield all texts of data that JSON holds, keys too."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
