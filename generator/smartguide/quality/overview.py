"""How good the records of whole collections are, and what would help most."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from smartguide.model import urls
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.model.properties import Property
from smartguide.quality.assessing import Assessor, Weights


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


class Quality(Assessor):
    """How good the records of a knowledge base are: each by itself, and all together."""

    data: Final = urls.api_quality()
    """The URL of the quality of all records in the API."""
    list_data: Final = urls.api_list("quality")
    """The URL of what the list of all records shows and filters by."""

    def list_of(self, collection: Collection) -> str:
        """Return the URL of the list of how good the records of a collection are; empty where nothing counts.

        The collection has some. How many is not asked: the page of each would be made anew after every new one.
        """
        return urls.quality_page(collection) if _something_counts(collection.base) else ""

    def summary(self, collection: Collection) -> Summary:
        """Return the records of a collection in numbers."""
        found = [self.of(record) for record in collection]
        shares = [one.share for one in found if one.share is not None]
        lacking: defaultdict[Property, list[float]] = defaultdict(list)
        for one in found:
            for prop, lift in one.missing.items():
                lacking[prop].append(lift)
        found_gaps = (Gap(collection, prop, len(lifts), sum(lifts)) for prop, lifts in lacking.items())
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
            tuple(sorted(found_gaps, key=_by_lift)),
        )

    @cached_property
    def _summaries(self) -> list[Summary]:
        return [self.summary(collection) for collection in self.base.collections.values() if len(collection)]

    def summaries(self, only: Collection | None = None) -> list[Summary]:
        """Return all collections (or one) in numbers, in the order of the catalogue; empty ones are left out."""
        return [one for one in self._summaries if only in (None, one.collection)]

    def gaps(self, only: Collection | None = None) -> list[Gap]:
        """Return what is missing in some records of each collection (or of one), first what would help most."""
        return sorted((gap for one in self.summaries(only) for gap in one.gaps), key=_by_lift)


def collection_named(base: KnowledgeBase, name: str) -> Collection:
    """Return the collection of that name, or of the records of a kind of that name. Raises UnknownNameError."""
    by_kind = {one.kind.name: one for one in base.collections.values()}
    found = by_kind.get(name)
    return base[name] if found is None else found  # one without records is false


def has_list(collection: Collection) -> bool:
    """Tell whether the quality of the records of a collection is listed: there are some, and something counts anywhere.

    Without any weight in its schemas, a knowledge base has no such lists.
    """
    return len(collection) > 0 and _something_counts(collection.base)


def least_complete_first(collection: Collection) -> list[Record]:
    """Return the records of a collection, the least complete first, and then by name."""
    weights = Weights(collection.kind)
    return sorted(collection.by_name(), key=lambda record: weights.share(record.data) or 0)


def _something_counts(base: KnowledgeBase) -> bool:
    return any(one.kind.having("x-weight") for one in base.collections.values())


def _by_lift(gap: Gap) -> tuple[float, str, str]:
    return -gap.lift, gap.collection.name, gap.property.name
