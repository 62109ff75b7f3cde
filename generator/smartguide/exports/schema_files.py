"""The schemas themselves, at ``/schemas/``; their ``$id`` says that they are there, wherever the site is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from smartguide.extensions import export
from smartguide.model import urls
from smartguide.model.keywords import FOR_EDITORS
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.schema_files import OWN, SUFFIX, paths

OF_PROJECT_FILES: Final = ("catalogue", "link-exceptions")
"""Our own schemas that the files of a project are written by."""


@export("schemas")
def files(base: KnowledgeBase, site_url: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the content of every schema: those of the project, and ours for the files that it holds."""
    own = [OWN / f"{name}{SUFFIX}" for name in OF_PROJECT_FILES]
    for path in [*paths(base.root / "schemas"), *own]:
        text = path.read_text(encoding="utf-8-sig")
        url = urls.schema(path.name.removesuffix(SUFFIX))
        schema = json.loads(text)
        if schema.pop(FOR_EDITORS, None):  # what it refers to is not on the site
            text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        known_as = schema.get("$id")
        if site_url and known_as:
            text = text.replace(json.dumps(known_as), json.dumps(urljoin(site_url, url)), 1)
        yield url, text
