"""The schemas themselves, at ``/schemas/``; their ``$id`` says that they are there, wherever the site is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from generator import urls
from generator.knowledge_base import KnowledgeBase
from generator.schemas import SUFFIX


def files(base: KnowledgeBase, site_url: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the content of every schema."""
    for path in sorted((base.root / "schemas").glob(f"*{SUFFIX}")):
        text = path.read_text(encoding="utf-8-sig")
        address = urls.schema(path.name.removesuffix(SUFFIX))
        known_as = json.loads(text).get("$id")
        if site_url and known_as:
            text = text.replace(json.dumps(known_as), json.dumps(urljoin(site_url, address)), 1)
        yield address, text
