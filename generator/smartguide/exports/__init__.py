"""The knowledge base in other formats: one module each, with one export.

An export yields the path of each file below the root of the site, and its text.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from smartguide.exports import api, schema_files
from smartguide.extensions import Export, Extensions
from smartguide.model.knowledge_base import KnowledgeBase

OWN_EXPORTS: Final[tuple[Export, ...]] = (api.files, schema_files.files)
"""The exports of every knowledge base."""


class ExportError(Exception):
    """An export cannot be written; the message names it and says why."""


def write(base: KnowledgeBase, site: Path, site_url: str, extensions: Extensions) -> None:
    """Write the generator's own exports, and then those of the project, below the folder of the built site.

    ``site_url`` is the URL of the site, for formats that hold whole URLs. Raises ExportError for a path that leads out
    of the site or that another export has written, and ExtensionError for an export of the project that fails.
    """
    written: dict[str, str] = {}
    for export in OWN_EXPORTS:
        _write(export, export(base, site_url), site, written)
    for export in extensions.exports:
        _write(export, extensions.call(export, functools.partial(_texts, export, base, site_url)), site, written)


def _texts(export: Export, base: KnowledgeBase, site_url: str) -> list[tuple[str, str]]:
    """Return the files of an export. Raises TypeError if one is not a path and a text, and whatever the export does."""
    found = [(path, text) for path, text in export(base, site_url)]
    if wrong := next((one for pair in found for one in pair if not isinstance(one, str)), None):
        raise TypeError(f"it yields the path and the text of each file, not {wrong!r:.60}")
    return found


def _write(export: Export, files: Iterable[tuple[str, str]], site: Path, written: dict[str, str]) -> None:
    for path, content in files:
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
            raise ExportError(f"the export {export.id!r} writes {path!r}, which is not below the site")
        if path in written:
            raise ExportError(f"the export {export.id!r} writes {path!r}, as {written[path]!r} does")
        written[path] = export.id
        target = site / path
        os.makedirs(target.parent, exist_ok=True)  # noqa: PTH103  # much quicker for thousands of files
        target.write_text(content, encoding="utf-8", newline="\n")
