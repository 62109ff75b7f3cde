"""The knowledge base in other formats: one module each, with one export.

An export yields the path of each file below the root of the site, and its text.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from smartguide.exports import api, lists, quality, schema_files
from smartguide.extensions import Export, Extensions
from smartguide.files import write_text
from smartguide.model.knowledge_base import KnowledgeBase


class ExportError(Exception):
    """An export cannot be written; the message names it and says why."""


def files(
    base: KnowledgeBase, site_url: str, extensions: Extensions, further: Iterable[Export] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of the generator's own exports, and then of those of the project.

    ``site_url`` is the URL of the site, for formats that hold whole URLs; ``further`` are own exports that need more.
    Raises ExportError for a path that leads out of the site or that another export has, and ExtensionError for an
    export of the project that fails.
    """
    of: dict[str, str] = {}
    for export in (api.files, lists.export(extensions), quality.files, schema_files.files, *further):
        yield from _checked(export, export(base, site_url), of)
    for export in extensions.exports:
        made = extensions.call(export, functools.partial(_texts, export, base, site_url))
        yield from _checked(export, made, of)


def write(
    base: KnowledgeBase, site: Path, site_url: str, extensions: Extensions, further: Iterable[Export] = ()
) -> None:
    """Write the files of all exports below the folder of the built site; see ``files``."""
    for path, content in files(base, site_url, extensions, further):
        write_text(os.path.join(site, path), content)  # noqa: PTH118  # much quicker for thousands of files


def _texts(export: Export, base: KnowledgeBase, site_url: str) -> list[tuple[str, str]]:
    """Return the files of an export. Raises TypeError if one is not a path and a text, and whatever the export does."""
    found = [(path, text) for path, text in export(base, site_url)]
    if wrong := next((one for pair in found for one in pair if not isinstance(one, str)), None):
        raise TypeError(f"it yields the path and the text of each file, not {wrong!r:.60}")
    return found


def _checked(export: Export, made: Iterable[tuple[str, str]], of: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the files of an export; ``of`` names the export of each path so far. Raises ExportError."""
    for path, content in made:
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise ExportError(f"the export {export.id!r} writes {path!r}, which is not below the site")
        if path in of:
            raise ExportError(f"the export {export.id!r} writes {path!r}, as {of[path]!r} does")
        of[path] = export.id
        yield path, content
