"""Schemas and templates as texts: characters that no text may hold, keys that stand twice, and merge conflicts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from smartguide.findings import Finding
from smartguide.model.schema_files import SUFFIX
from smartguide.reading import Listing, Reader, conflicts

_TOLD: Final = frozenset({"invisible-character", "duplicate-key", "merge-conflict"})
"""What is told here; whatever else is wrong, the one who uses the file says."""


def check(reader: Reader, schemas: Path, templates: Path) -> Iterator[Finding]:
    """Yield what is wrong with the schemas and the templates of a project as texts."""
    for name in Listing.of(schemas).with_suffix(SUFFIX):
        text = reader.text(schemas / name)
        found = text.findings
        if found or "\\u" in (text.data or "") or _is_odd(text.data or ""):
            # JSON is YAML, near enough to say where a key stands twice; where it is not (tabs), the text says enough.
            found = reader.read(schemas / name).findings or found
        yield from (finding for finding in found if finding.rule in _TOLD)
    for name in Listing.of(templates).with_suffix(".html"):
        document = reader.text(templates / name)
        yield from (finding for finding in document.findings if finding.rule in _TOLD)
        yield from conflicts(document.path, document.data or "")


def _is_odd(text: str) -> bool:
    """Tell whether a text is no JSON, or a key stands twice in it."""
    try:
        json.loads(text, object_pairs_hook=_mapping)
    except (ValueError, RecursionError):
        return True
    return False


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping of pairs. Raises ValueError if a key stands twice among them."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found
