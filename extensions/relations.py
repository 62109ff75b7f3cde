"""What templates ask about how records belong together."""

from __future__ import annotations

from collections import defaultdict

from smartguide import KnowledgeBase, Record, template_function


@template_function
def cited(record: Record) -> list[tuple[Record, list[str]]]:
    """Return the documents that a record relies on, each once, with the parts of each in their order."""
    parts: dict[Record, list[str]] = {}
    for number, entry in enumerate(record.get("sources") or ()):
        document = record.target("sources", number, "source")
        if document is not None:
            parts.setdefault(document, []).extend([entry["part"]] if "part" in entry else [])
    return list(parts.items())


@template_function
def cited_in(base: KnowledgeBase, source: Record) -> list[tuple[str, list[Record]]]:
    """Return the records that rely on a document, by collection, each once."""
    groups: dict[str, dict[Record, None]] = {collection.title: {} for collection in base.collections.values()}
    for reference in source.referenced_by:
        groups[reference.source.collection.title][reference.source] = None
    return [(title, sorted(found, key=lambda one: one.sort_key)) for title, found in groups.items() if found]


@template_function
def worked_with(partner: Record) -> list[tuple[Record, list[Record]]]:
    """Return the organisations that share a partnership with this one, and what they share; closest first."""
    shared: defaultdict[Record, dict[Record, None]] = defaultdict(dict)
    for partnership in partner.sources_of("partnerships", "partners[].partner"):
        for other in partnership.targets("partners"):
            if other is not partner:
                shared[other][partnership] = None
    return [(one, list(shared[one])) for one in sorted(shared, key=lambda one: (-len(shared[one]), one.sort_key))]
