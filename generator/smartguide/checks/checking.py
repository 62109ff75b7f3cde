"""The whole check: read, schemas, links, rules, chapters. What CI, the command line and the build all run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartguide.checks import chapters, rules
from smartguide.findings import Finding, in_order
from smartguide.model.knowledge_base import KnowledgeBase, build


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
    return Checked(base, in_order([*kept, *told, *chapters.check(base.root)]))
