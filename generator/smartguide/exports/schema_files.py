"""The schemas themselves, at ``/schemas/``; their ``$id`` says that they are there, wherever the site is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from smartguide.model import urls
from smartguide.model.kinds import OWN, SUFFIX
from smartguide.model.knowledge_base import KnowledgeBase


def files(base: KnowledgeBase, site_url: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the content of every schema."""
    for path in [*sorted((base.root / "schemas").glob(f"*{SUFFIX}")), *sorted(OWN.glob(f"*{SUFFIX}"))]:
        text = path.read_text(encoding="utf-8-sig")
        address = urls.schema(path.name.removesuffix(SUFFIX))
        known_as = json.loads(text).get("$id")
        if site_url and known_as:
            text = text.replace(json.dumps(known_as), json.dumps(urljoin(site_url, address)), 1)
        yield address, text
