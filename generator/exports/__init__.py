"""The knowledge base in other formats, one module each, which yields (path, content) pairs below the site's root."""

from __future__ import annotations

from pathlib import Path

from generator.exports import api, redirects, schema_files
from generator.knowledge_base import KnowledgeBase

FORMATS = (api, redirects, schema_files)


def write(base: KnowledgeBase, site: Path) -> None:
    """Write all exports below the folder of the built site."""
    for export in FORMATS:
        for path, content in export.files(base):
            target = site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="\n")
