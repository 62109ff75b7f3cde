"""The knowledge base in other formats: one module each, with one export.

An export yields the path of each file below the root of the site, and its text.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from smartguide.exports import api, schema_files
from smartguide.extensions import Export
from smartguide.model.knowledge_base import KnowledgeBase

OWN_EXPORTS: Final[tuple[Export, ...]] = (api.files, schema_files.files)
"""The exports of every knowledge base."""


class ExportError(Exception):
    """An export cannot be written; the message names it and says why."""


def write(base: KnowledgeBase, site: Path, site_url: str, exports: Iterable[Export] = ()) -> None:
    """Write the generator's own exports, and then those given, below the folder of the built site.

    ``site_url`` is the URL of the site, for formats that hold whole URLs. Raises ExportError for a path that leads out
    of the site or that another export has written.
    """
    written: dict[str, str] = {}
    for export in (*OWN_EXPORTS, *exports):
        for path, content in export(base, site_url):
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
                raise ExportError(f"the export {export.id!r} writes {path!r}, which is not below the site")
            if path in written:
                raise ExportError(f"the export {export.id!r} writes {path!r}, as {written[path]!r} does")
            written[path] = export.id
            target = site / path
            os.makedirs(target.parent, exist_ok=True)  # noqa: PTH103  # much quicker for thousands of files
            target.write_text(content, encoding="utf-8", newline="\n")
