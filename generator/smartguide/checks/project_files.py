"""Schemas and templates as texts: characters that no text may hold, and merge conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from smartguide.findings import Finding
from smartguide.model.schema_files import SUFFIX
from smartguide.reading import Listing, Reader, conflicts

_TOLD: Final = frozenset({"invisible-character", "merge-conflict"})
"""What is told here; whatever else is wrong, the one who uses the file says."""


def check(reader: Reader, schemas: Path, templates: Path) -> Iterator[Finding]:
    """Yield what is wrong with the schemas and the templates of a project as texts."""
    for name in Listing.of(schemas).with_suffix(SUFFIX):
        text = reader.text(schemas / name)
        found = text.findings
        if found or "\\u" in (text.data or ""):  # a character may be written as an escape, which YAML reads, too
            found = reader.read(schemas / name).findings or found
        yield from (finding for finding in found if finding.rule in _TOLD)
    for name in Listing.of(templates).with_suffix(".html"):
        document = reader.text(templates / name)
        yield from (finding for finding in document.findings if finding.rule in _TOLD)
        yield from conflicts(document.path, document.data or "")
