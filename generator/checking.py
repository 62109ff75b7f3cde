"""The whole check: read, schemas, links, rules. What CI, the command line and the build all run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import rules
from generator.findings import Finding, in_order
from generator.knowledge_base import KnowledgeBase, build
from generator.reading import Reader


@dataclass(frozen=True)
class Checked:
    """A knowledge base and everything that is wrong with it, in order."""

    base: KnowledgeBase
    findings: list[Finding]


def check(root: Path) -> Checked:
    """Check the project in ``root``. Nothing is raised for something that a person wrote."""
    base, findings = build(root)
    told = list(rules.check(base))
    explained = {(finding.place, finding.key) for finding in told}
    # Where a rule says why a value cannot be right, that it names no record is no news.
    kept = [one for one in findings if one.rule != "unknown-reference" or (one.place, one.key) not in explained]
    return Checked(base, in_order([*kept, *told, *_chapters(base)]))


def _chapters(base: KnowledgeBase) -> Iterator[Finding]:
    """Yield the Markdown pages that cannot be read; what they say is for MkDocs."""
    reader = Reader(base.root, base.root / "content")
    for path in sorted((base.root / "content").rglob("*.md")):
        yield from reader.text(path).findings
