"""How good the records of whole collections are, and what would help most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from smartguide.model.knowledge_base import Collection, KnowledgeBase
from smartguide.model.properties import Property
from smartguide.quality.assessing import Assessment, Quality


@dataclass(frozen=True)
class Gap:
    """A property that ``missing`` records of a collection lack.

    ``lift`` is how much more complete the records of the collection would be with it, in the percentages of all of
    them together: what has the largest lift would help most.
    """

    collection: Collection
    property: Property
    missing: int
    lift: float


@dataclass(frozen=True)
class Summary:
    """The records of a collection in numbers; ``share`` is how complete they are on average, in percent.

    ``share`` is None where nothing counts. The other numbers are records: ``verified`` were compared with a document,
    ``old`` are more than two years old, ``disputed``, ``inferred``, ``open`` and ``dead`` have something of the sort.
    """

    collection: Collection
    total: int
    share: int | None
    verified: int
    old: int
    disputed: int
    inferred: int
    open: int
    dead: int
    gaps: tuple[Gap, ...]


def summary(quality: Quality, collection: Collection) -> Summary:
    """Return the records of a collection in numbers."""
    found = [quality.of(record) for record in collection]
    shares = [one.share for one in found if one.share is not None]
    weights = quality.weights(collection.kind)
    lacking = Counter(prop for one in found for prop in one.missing)
    gaps = (
        Gap(collection, prop, n, 100 * n * weights.by_name[prop.name] / weights.total) for prop, n in lacking.items()
    )
    return Summary(
        collection,
        len(found),
        sum(shares) // len(shares) if shares else None,
        sum(one.verified is not None for one in found),
        sum(one.is_old for one in found),
        sum(bool(one.disputes) for one in found),
        sum(bool(one.inferred) for one in found),
        sum(bool(one.questions) for one in found),
        sum(bool(one.dead_links) for one in found),
        tuple(sorted(gaps, key=_by_lift)),
    )


def summaries(quality: Quality, base: KnowledgeBase) -> list[Summary]:
    """Return the collections in numbers, in the order of the catalogue; those without records are left out."""
    return [summary(quality, collection) for collection in base.collections.values() if len(collection)]


def gaps(found: Iterable[Summary]) -> list[Gap]:
    """Return what is missing in some collections, first what would help most."""
    return sorted((gap for one in found for gap in one.gaps), key=_by_lift)


def by_completeness(quality: Quality, collection: Collection) -> list[Assessment]:
    """Return the records of a collection, the least complete first, and then by name."""
    found = [quality.of(record) for record in collection.by_name()]
    return sorted(found, key=lambda one: -1 if one.share is None else one.share)


def _by_lift(gap: Gap) -> tuple[float, str, str]:
    return -gap.lift, gap.collection.name, gap.property.name
