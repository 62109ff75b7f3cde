"""The knowledge base in other formats, one module each, which yields (path, content) pairs below the site's root.

Each has ``files(base, site_url)``; ``site_url`` is the address of the site, for formats that name addresses in full.
"""

from __future__ import annotations

from pathlib import Path

from smartguide.exports import api, schema_files
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.site import redirects

FORMATS = (api, redirects, schema_files)


def write(base: KnowledgeBase, site: Path, site_url: str) -> None:
    """Write all exports below the folder of the built site."""
    for export in FORMATS:
        for path, content in export.files(base, site_url):
            target = site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="\n")
