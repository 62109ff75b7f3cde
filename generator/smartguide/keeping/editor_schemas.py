"""The schemas by which an editor offers ids of records, beside what else is kept: ``.cache/schemas/``.

The schemas of a project refer to these files, and to nothing else that may be missing.
"""

from __future__ import annotations

import contextlib
from typing import Final

from smartguide.exports import ids_for_editors
from smartguide.keeping import folder
from smartguide.keeping.folder import CacheError
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.schema_files import SUFFIX
from smartguide.project import Project

FOLDER: Final = "schemas"
"""Their folder among what is kept."""


def write(project: Project, base: KnowledgeBase) -> None:
    """Write those that have changed. What cannot be written is left out: an editor then offers the ids of before.

    While some records cannot be read, nothing is written: an editor would say of their ids that there are none.
    """
    if not base.is_complete:
        return
    with contextlib.suppress(OSError, CacheError):
        cache = folder.checked(project.cache, project.root)
        for name, text in ids_for_editors.files(base):
            path = cache / FOLDER / f"{name}{SUFFIX}"
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(".new")
            beside.write_text(text, encoding="utf-8", newline="\n")
            beside.replace(path)
