"""How good the records are, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from smartguide.model.knowledge_base import Collection
from smartguide.quality.assessing import Assessment
from smartguide.quality.overview import Gap, Quality, Summary

MOST_GAPS: Final = 15
"""So many things that would help are named."""
COUNTS: Final = {
    "verified": "compared with a document since",
    "old": "with facts older than two years",
    "disputed": "where documents disagree",
    "inferred": "with a value that no document states",
    "open": "with open questions",
    "dead": "with dead links",
}
"""What is counted of a collection, in words."""


def of_collections(found: Iterable[Summary]) -> Iterator[str]:
    """Yield a line for each collection: its numbers, but for those that are zero."""
    for one in found:
        numbers = [f"{getattr(one, name)} {words}" for name, words in COUNTS.items() if getattr(one, name)]
        share = [f"{one.share} % complete"] if one.share is not None else []
        records = f"{one.total} record{'' if one.total == 1 else 's'}"
        yield f"{one.collection.name}: {', '.join([records, *share, *numbers])}"


def of_help(quality: Quality, only: Collection | None = None) -> Iterator[str]:
    """Yield the lines about what would help most, in all collections or in one."""
    found = quality.summaries(only)
    if gaps := quality.gaps(only):
        yield "What would help most:"
        yield from of_gaps(gaps[:MOST_GAPS])
    elif not found:
        yield "There are no records."
    elif any(one.share is not None for one in found):
        yield "Nothing that counts is missing."
    else:
        yield "What is missing is not known: no property of a schema has x-weight, which says that it counts."


def of_gaps(gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield a line for each thing that is missing, in the order that is given."""
    for gap in gaps:
        yield f"{gap.collection.name}: {gap.property.name} is missing in {gap.missing} of {len(gap.collection)}"


def of_records(found: Iterable[Assessment]) -> Iterator[str]:
    """Yield a line for each record: how complete it is, its name, and what there is to know of it."""
    for one in found:
        told = [f"missing: {', '.join(prop.name for prop in one.missing)}"] if one.missing else []
        told += [f"compared on {one.verified.on}"] if one.verified else []
        told += [f"facts of {one.facts_of}"] if one.facts_of and not one.verified else []
        if one.record.collection.dated_by:
            told += [f"document of {one.record.own_date}" if one.record.own_date else "document without a date"]
        told += (
            [f"documents disagree: {', '.join(dispute.subject for dispute in one.disputes)}"] if one.disputes else []
        )
        told += [f"stated by no document: {', '.join(prop.name for prop in one.inferred)}"] if one.inferred else []
        told += [f"open questions: {len(one.questions)}"] if one.questions else []
        told += [f"dead links: {', '.join(link.url for link in one.dead_links)}"] if one.dead_links else []
        nothing = "nothing is known of its age" if one.share is None else "nothing is missing"
        share = f"{one.share:>3} %" if one.share is not None else "     "
        yield f"{share}  {one.record.collection.name}/{one.record.id}: {'; '.join(told) or nothing}"
