"""The line of a record that names its schema for editors: it names that of the record's kind."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from smartguide.findings import Finding, Place, Severity, quoted
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.schema_files import SUFFIX

_LINE: Final = re.compile(r"^#[ \t]*yaml-language-server:[ \t]*\$schema=(?P<schema>\S*)", re.MULTILINE)
MOST: Final = 2_000
"""In so many characters at the beginning of a file the line is looked for."""


def schema_of(text: str) -> str:
    """Return what a record names as its schema; an empty string if it names none."""
    found = _LINE.search(text, 0, MOST)
    return found["schema"] if found else ""


def check(base: KnowledgeBase, schemas: Path) -> Iterator[Finding]:
    """Yield the files of records whose first lines name another schema than that of their kind, or none that exists.

    ``schemas`` is the folder of the schemas. A file with several records has no schema of its own: what it names has
    to be there. URLs are passed over.
    """
    told: set[str] = set()
    for record in base:
        document = record.entry.document
        if document.path in told or not (found := _LINE.search(document.text, 0, MOST)):
            continue
        told.add(document.path)
        named = found["schema"]
        if ":" in named:
            continue
        folder = posixpath.dirname(document.path)
        wanted = f"{schemas.name}/{record.kind.name}{SUFFIX}"
        leads_to = posixpath.normpath(posixpath.join(folder, named))
        if leads_to == wanted or (record.entry.base and (base.root / leads_to).is_file()):
            continue
        line = document.text.count("\n", 0, found.start()) + 1
        column = found.start("schema") - found.start() + 1
        there = (base.root / leads_to).is_file()
        message = f"{quoted(named)} is {'the schema of another kind' if there else 'no file'}: editors would be misled"
        right = os.path.relpath(wanted, folder).replace(os.sep, "/")
        hint = "take the line out" if record.entry.base else f"write # yaml-language-server: $schema={right}"
        yield Finding(Place(document.path, line, column), "schema-line", message, hint=hint, severity=Severity.WARNING)
