"""Counts of the records for the figures of the guide: rows of a bar chart and of the table beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from smartguide.model.knowledge_base import KnowledgeBase, Record


@dataclass(frozen=True)
class Row:
    """One bar (or group of bars): a record, or just a label, and one number for each series."""

    label: str
    numbers: tuple[float, ...]
    record: Record | None = None


def sectors(base: KnowledgeBase, *generations: int) -> list[Row]:
    """Count, for each sector, the partnerships of each generation that are filed under it."""
    return _by_target(base, "sectors", generations)


def markets(base: KnowledgeBase, *generations: int) -> list[Row]:
    """Count, for each market, the partnerships of each generation that aim at it."""
    return _by_target(base, "target_markets", generations)


def countries(base: KnowledgeBase) -> list[Row]:
    """Count the partner organisations of each country."""
    numbers = {country: len(country.sources_of("partners", "country")) for country in base["countries"]}
    return _sorted(Row(country.label, (number,), country) for country, number in numbers.items())


def funding(base: KnowledgeBase) -> list[Row]:
    """Count the partnerships with and without EU money, for each generation and for ESCP-S3."""
    groups = [
        (f"ESCP-4i, generation {number}", [one for one in base["partnerships"] if one.data.get("generation") == number])
        for number in (1, 2, 3)
    ]
    groups.append(("ESCP-S3", [one for one in base["partnerships"] if one.data.get("kind") == "ESCP-S3"]))
    rows = []
    for label, members in groups:
        funded = sum(one.data.get("eu_funded") is True for one in members)
        rows.append(Row(label, (funded, len(members) - funded)))
    return rows


def _by_target(base: KnowledgeBase, key: str, generations: Iterable[int]) -> list[Row]:
    counts: list[Counter[Record]] = []
    for generation in generations:
        members = [one for one in base["partnerships"] if one.data.get("generation") == generation]
        counts.append(Counter(target for one in members for target in dict.fromkeys(one.targets(key))))
    found = dict.fromkeys(record for count in counts for record in count)
    return _sorted(Row(record.label, tuple(count[record] for count in counts), record) for record in found)


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-sum(row.numbers), row.label.casefold()))
