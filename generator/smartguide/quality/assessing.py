"""How good one record is: how old and how complete, and what is disputed, inferred, open or dead.

Nothing is known by the name of a property: keywords of its schema (``x-weight``, ``x-verified``, ``x-inferred``,
``x-question``, ``x-disputed-by``) and the catalogue (``dated_by``) say what is looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from smartguide.link_history import exceptions, history
from smartguide.link_history.history import HistoryError
from smartguide.link_history.record_urls import in_entry, with_copy, without_fragment
from smartguide.model import dates
from smartguide.model.entries import Key
from smartguide.model.fields import fields
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.model.properties import Property
from smartguide.reading import Path_

OLD_AFTER: Final = 2
"""Years after which the facts of a record that nobody has compared with a document count as old."""
_LINK_IN_TEXT: Final = re.compile(r"""https?://[^\s<>"'()\[\]]+""", re.IGNORECASE)
_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})


class Verification(NamedTuple):
    """A record was compared with a document on a day: ``document`` is a record, or else ``url`` leads to it."""

    on: str
    document: Record | None
    url: str


class Claim(NamedTuple):
    """What one document says of something: the entry of a list at ``path``, and the document, if it names one.

    ``value`` is the entry as templates see it.
    """

    path: Path_
    value: Any
    document: Record | None


class Dispute(NamedTuple):
    """Something of which documents, or parts of one, say different things."""

    subject: str
    claims: tuple[Claim, ...]


class DeadLink(NamedTuple):
    """A URL that failed on several days and has no archived copy beside it, and how it failed the last time."""

    url: str
    reason: str


@dataclass(frozen=True, eq=False)
class Assessment:
    """How good a record is.

    ``documents`` are the dated documents that it names of which none is newer, and ``documents_of`` is their date;
    ``names_documents`` tells whether it names any, with or without a date.
    ``is_old`` tells whether neither a document nor a comparison is of the last two years before the build; it is False
    where that is not known. ``share`` is how much of what counts the record has, in percent by weight; None where
    nothing counts. ``missing`` are the properties that it lacks, those that count most first, each with the percentage
    that it would add; ``inferred`` are those whose values no document states.
    """

    record: Record
    verified: Verification | None
    documents_of: str
    documents: tuple[Record, ...]
    names_documents: bool
    is_old: bool
    share: int | None
    missing: Mapping[Property, float]
    disputes: tuple[Dispute, ...]
    inferred: tuple[Property, ...]
    questions: tuple[str, ...]
    dead_links: tuple[DeadLink, ...]

    @property
    def facts_of(self) -> str:
        """The latest date on which the facts of the record are known to have held; empty if no date is known."""
        return max(self.documents_of, self.verified.on if self.verified else "")


class Weights:
    """Which properties of a kind count for how complete a record is, and how much (``x-weight``)."""

    def __init__(self, kind: Kind) -> None:
        self._properties = kind.root.properties
        self._always: dict[str, float] = {}
        self._sometimes: dict[str, tuple[float, Mapping[str, Any]]] = {}
        for name, prop in self._properties.items():
            declared = prop.schema.get("x-weight")
            if isinstance(declared, dict):
                self._sometimes[name] = declared["weight"], declared["where"]
            elif declared is not None:
                self._always[name] = declared

    def of(self, data: Mapping[str, Any]) -> Mapping[str, float]:
        """Return what counts for a record, by the names of its properties."""
        if not self._sometimes:
            return self._always
        found = dict(self._always)
        for name, (weight, where) in self._sometimes.items():
            if all(data.get(key) == value for key, value in where.items()):
                found[name] = weight
        return found

    def share(self, data: Mapping[str, Any]) -> int | None:
        """Return how much of what counts a record has, in percent (100 only if it has everything); None if nothing."""
        weights = self.of(data)
        there = sum(weight for name, weight in weights.items() if data.get(name) not in _NOTHING)
        return int(100 * there / sum(weights.values())) if weights else None

    def missing(self, data: Mapping[str, Any]) -> dict[Property, float]:
        """Return the properties that a record lacks: those that count most first, and then in the order of the kind.

        Each is with the percentage by which the record would be more complete with it.
        """
        weights = self.of(data)
        total = sum(weights.values())
        lacking = [name for name in self._properties if name in weights and data.get(name) in _NOTHING]
        lacking.sort(key=lambda name: -weights[name])
        return {self._properties[name]: 100 * weights[name] / total for name in lacking}


class Assessor:
    """Tells how good each record of a knowledge base is.

    What link checks found is read from the folder of its project when it is first needed, and ages are those on the day
    of the build (``model.dates.build_date``); without such a day, nothing counts as old.
    """

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.today = dates.build_date()
        self._weights: dict[Kind, Weights] = {}
        self._known: dict[Key, Assessment] = {}

    def _weights_of(self, kind: Kind) -> Weights:
        if kind not in self._weights:
            self._weights[kind] = Weights(kind)
        return self._weights[kind]

    def of(self, record: Record) -> Assessment:
        """Return how good a record is."""
        targets = [reference.target for reference in record.references]  # which notes that they were looked at
        if self.base.asked is not None:
            self.base.asked.outside.add(record.entry.key)
        found = self._known.get(record.entry.key)
        if found is None:
            found = self._known[record.entry.key] = self._assessed(record, targets)
        return found

    @staticmethod
    def documents_behind(record: Record) -> list[Record]:
        """Return the documents that the records name which refer to a record, the newest first, each once."""
        sources = dict.fromkeys(reference.source for reference in record.referenced_by)
        found = {
            reference.target
            for source in sources
            for reference in source.references
            if reference.target.collection.dated_by and reference.target is not record
        }
        by_name = sorted(found, key=lambda one: one.sort_key)
        return sorted(by_name, key=lambda one: one.own_date, reverse=True)

    def outside(self, key: Key) -> Any:
        """Return what is known of a record besides what records say, as data for JSON; None if there is none.

        It changes when link checks find something else, and when the record comes to be old.
        """
        record = self.base.get(*key)
        found = self.of(record) if record is not None else None
        return found and [found.is_old, found.dead_links]

    @cached_property
    def _dead(self) -> Mapping[str, str]:
        """The reasons of all dead links that nobody has accepted, by URL without fragment."""
        root = self.base.root
        try:
            entries = history.load(root / history.FILE).entries
        except HistoryError:  # which the checks tell
            return {}
        dead = {url: entry.reason for url, entry in entries.items() if entry.is_dead}
        known = exceptions.accepted(root, self.today) if dead else set()
        return {url: reason for url, reason in dead.items() if url not in known}

    def _assessed(self, record: Record, targets: list[Record]) -> Assessment:
        weights = self._weights_of(record.kind)
        verified = _verification(record)
        newest = max((target.own_date for target in targets), default="")
        documents = dict.fromkeys(one for one in targets if newest and one.own_date == newest)
        return Assessment(
            record,
            verified,
            newest,
            tuple(documents),
            any(target.collection.dated_by for target in targets),
            self._is_old(max(newest, verified.on if verified else "")),
            weights.share(record.data),
            weights.missing(record.data),
            tuple(_disputes(record)),
            tuple(_inferred(record)),
            tuple(value.value for value in record.entry.texts("x-question")),
            tuple(self._dead_links(record)),
        )

    def _is_old(self, facts_of: str) -> bool:
        last = dates.last_day(facts_of)
        if last is None or self.today is None:
            return False
        return (last.year + OLD_AFTER, last.month, last.day) <= (self.today.year, self.today.month, self.today.day)

    def _dead_links(self, record: Record) -> Iterator[DeadLink]:
        if not self._dead:
            return
        urls = [url for _, url in in_entry(record.entry)]
        urls += (url for text in record.entry.texts("x-prose") for url in _LINK_IN_TEXT.findall(text.value))
        with_copies = {without_fragment(url) for url in with_copy(record.entry)}
        for url in dict.fromkeys(map(without_fragment, urls)):
            if url in self._dead and url not in with_copies:
                yield DeadLink(url, self._dead[url])


def _verification(record: Record) -> Verification | None:
    """Return the comparison of a record with a document (``x-verified``); None without a day."""
    given = {value.property.schema["x-verified"]: value for value in record.entry.values_of("x-verified", str)}
    if "on" not in given:
        return None
    against = given.get("against")
    document = record.target(*against.path) if against is not None else None
    return Verification(given["on"].value, document, against.value if against is not None and document is None else "")


def _disputes(record: Record) -> Iterator[Dispute]:
    """Yield what the entries of lists disagree about (``x-disputed-by``), in the order of the record."""
    groups: defaultdict[tuple[Path_, str], dict[Path_, str]] = defaultdict(dict)
    subjects: dict[tuple[Path_, str], str] = {}
    for value in record.entry.values_of("x-disputed-by"):
        entry = value.path[:-1]
        subject = record.data_at(entry).get(value.property.schema["x-disputed-by"])
        if isinstance(subject, str):
            key = entry[:-1], " ".join(subject.casefold().split())
            subjects.setdefault(key, subject)
            said = groups[key].get(entry, "")
            groups[key][entry] = f"{said} {value.path[-1]}={value.value!r}"
    for key, claims in groups.items():
        if len(set(claims.values())) > 1:
            yield Dispute(subjects[key], tuple(_claim(record, path) for path in claims))


def _claim(record: Record, path: Path_) -> Claim:
    documents = sorted(record.targets(*path), key=lambda one: not one.collection.dated_by)
    value = fields(record.kind.property_at(path), record.data_at(path))
    return Claim(path, value, documents[0] if documents else None)


def _inferred(record: Record) -> Iterator[Property]:
    """Yield the properties whose values no document states (``x-inferred``)."""
    for value in record.entry.texts("x-inferred"):
        if value.value in record.kind.root.properties:
            yield record.kind.root.properties[value.value]
