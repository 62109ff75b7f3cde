"""The files of collections: each collection gathers some, and no file is gathered by two."""

from __future__ import annotations

from collections.abc import Iterator

from smartguide.checks.lost import Lost
from smartguide.findings import Finding, Severity, did_you_mean, key_path, quoted
from smartguide.model.catalogue import documents as documents_of
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.reading import Document, Path_


def gathered_twice(catalogue: Document, base: KnowledgeBase) -> Iterator[Finding]:
    """Yield the collections whose records are those of another one, too: each record would have two pages."""
    first: dict[str, str] = {}
    for name in base.collections:
        documents, _ = documents_of(catalogue, name)
        others = {first[one.path]: one.path for one in documents if one.path in first}
        for other, path in others.items():
            way: Path_ = ("collections", name, "records")
            message = f"{path} is gathered by the collection {quoted(other)} already"
            hint = "give each collection files of its own, or delete one of the two"
            yield Finding(catalogue.value_at(way), "catalogue", message, key_path(way), hint)
        for one in documents:
            first.setdefault(one.path, name)


def meant(catalogue: Document, left_out: list[Finding]) -> list[Finding]:
    """Return those of the files that no collection includes that a misspelt ``!include`` means, as its hint says."""
    hints = " ".join(one.hint for one in catalogue.findings if one.rule == "include")
    return [one for one in left_out if quoted(one.place.path.partition("/")[2]) in hints]


def empty_collections(
    catalogue: Document, base: KnowledgeBase, left_out: list[Finding], lost: Lost
) -> Iterator[Finding]:
    """Yield the collections without records: a wildcard that matches nothing is a mistake.

    It is an error if other records refer to the collection. Files that no collection includes and that are meant are
    named in the hint, and taken out of ``left_out``.
    """
    failed = {finding.key for finding in catalogue.findings if finding.rule in {"include", "unreadable"}}
    for collection in base.collections.values():
        way: Path_ = ("collections", collection.name, "records")
        if collection.records or collection.unreadable or key_path(way) in failed:
            continue
        if lost.collections.get(collection.name, catalogue.path) != catalogue.path or any(
            name == collection.name for name, _ in lost.values
        ):
            continue  # what is wrong with the file of its records is told there
        by_folder: dict[str, list[Finding]] = {}
        for finding in left_out:
            by_folder.setdefault(finding.place.path.rpartition("/")[0], []).append(finding)
        wildcards = {f"{name.partition('/')[2]}/*.yml": found for name, found in by_folder.items() if "/" in name}
        hint = did_you_mean(f"{collection.name}/*.yml", wildcards)
        followed = wildcards.get(hint.partition("'")[2].partition("'")[0], [])
        for finding in followed:
            left_out.remove(finding)
        referred = any(dangling.ref.collection == collection.name for dangling in base.links.dangling)
        message = f"the collection {quoted(collection.name)} has no records"
        severity = Severity.ERROR if referred else Severity.WARNING
        place = catalogue.key_at(way)
        hint = f"the path after !include names no file; {hint}" if hint else "check the path after !include"
        yield Finding(place, "empty-collection", message, key_path(way), hint, severity, len(followed))
