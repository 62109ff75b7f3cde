"""The schemas themselves, at ``/schemas/``, where their ``$id`` says that they are."""

from __future__ import annotations

from collections.abc import Iterator

from generator.knowledge_base import KnowledgeBase
from generator.schemas import SUFFIX


def files(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the path and the content of every schema."""
    for path in sorted((base.root / "schemas").glob(f"*{SUFFIX}")):
        yield f"schemas/{path.name}", path.read_text(encoding="utf-8-sig")
