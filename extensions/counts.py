"""Counts over the records: by name beside a published figure, and as rows of the charts.

A count is named in the words of the figure: ``partnerships of generation 1``, ``partner entries of escp-s3``. The names
that are understood are the patterns of ``_COUNTS``, each with the function that counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from smartguide import KnowledgeBase, Problem, Record, rule, template_function

Group = list[Record]
ENTRY: Final = "partners[].partner"
"""The property by which a partnership names an organisation."""


@template_function
def counted(base: KnowledgeBase, name: str) -> float:
    """Return the count that a name stands for. Raises LookupError if no count has this name."""
    for pattern, count in _COUNTS.items():
        if found := re.fullmatch(pattern, name):
            words = {key: value for key, value in found.groupdict().items() if key != "group"}
            return count(base, _group(base, found["group"]), **words)
    known = "; ".join(pattern.replace(_GROUP, "GROUP") for pattern in _COUNTS)
    raise LookupError(f"no count {name!r}; there are: {known}")


@rule("unknown-count", collections=["statistics"])
def unknown_count(record: Record) -> Iterator[Problem]:
    """A published figure is compared with a count that exists."""
    name = record.get("measure")
    if isinstance(name, str) and not any(re.fullmatch(pattern, name) for pattern in _COUNTS):
        hint = "extensions/counts.py lists the counts that there are"
        yield record.problem(("measure",), f"no count is called '{name[:60]}'", hint)


def _group(base: KnowledgeBase, name: str) -> Group:
    """Return the partnerships of a generation of ESCP-4i, or the ESCP-S3."""
    if name == "escp-s3":
        return [one for one in base["partnerships"] if one.get("kind") == "ESCP-S3"]
    return _generation(base, int(name.removeprefix("generation ")))


def _generation(base: KnowledgeBase, number: int) -> Group:
    return [one for one in base["partnerships"] if one.get("generation") == number]


def _partners(group: Group) -> set[Record]:
    return {reference.target for one in group for reference in one.references if reference.through.name == ENTRY}


def _countries(group: Group) -> set[Record]:
    return {country for partner in _partners(group) for country in partner.targets("country")}


def _were_in_eu(group: Group) -> int:
    """Count the countries that are or were in the EU: in the years of these partnerships they all were."""
    return sum(bool(one.get("eu_member") or one.get("eu_member_until")) for one in _countries(group))


def _markets(group: Group) -> set[str]:
    return {code for one in group for code in one.get("target_markets") or ()}


def _other(base: KnowledgeBase, group: Group) -> Group:
    """Return the partnerships of the other of the first two generations."""
    generation = group[0].get("generation") if group else None
    return _generation(base, 2 if generation == 1 else 1)


def _in_sectors(_base: KnowledgeBase, group: Group, sectors: str) -> int:
    wanted = set(sectors.split("+"))
    return sum(bool(wanted & set(one.get("sectors") or ())) for one in group)


def _per_partnership(_base: KnowledgeBase, group: Group) -> float:
    numbers = [len(set(one.get("target_markets"))) for one in group if one.get("target_markets")]
    return round(sum(numbers) / len(numbers), 1) if numbers else 0


_GROUP: Final = r"(?P<group>generation [123]|escp-s3)"
_COUNTS: Final[dict[str, Callable[..., float]]] = {
    f"partnerships of {_GROUP}": lambda _base, group: len(group),
    f"funded partnerships of {_GROUP}": lambda _base, group: sum(one.get("eu_funded") is True for one in group),
    f"voluntary partnerships of {_GROUP}": lambda _base, group: sum(one.get("strand") == "voluntary" for one in group),
    f"strand (?P<strand>[12]) partnerships of {_GROUP}": lambda _base, group, strand: sum(
        one.get("strand") == strand for one in group
    ),
    f"partnerships of {_GROUP} targeting (?P<code>[a-z]{{2}})": lambda _base, group, code: sum(
        code.upper() in (one.get("target_markets") or ()) for one in group
    ),
    f"partnerships of {_GROUP} in sector (?P<sectors>[a-z0-9+-]+)": _in_sectors,
    f"partnerships with target countries of {_GROUP}": lambda _base, group: sum(
        bool(one.get("target_markets")) for one in group
    ),
    f"organisations of {_GROUP}": lambda _base, group: len(_partners(group)),
    f"organisations of {_GROUP} in (?P<code>[a-z]{{2}})": lambda _base, group, code: sum(
        partner.get("country") == code.upper() for partner in _partners(group)
    ),
    f"partner entries of {_GROUP}": lambda _base, group: sum(len(one.get("partners") or ()) for one in group),
    f"partner countries of {_GROUP}": lambda _base, group: len(_countries(group)),
    f"eu partner countries of {_GROUP}": lambda _base, group: _were_in_eu(group),
    f"target countries of {_GROUP}": lambda _base, group: len(_markets(group)),
    f"target countries per partnership of {_GROUP}": _per_partnership,
    f"target countries only of {_GROUP}": lambda base, group: len(_markets(group) - _markets(_other(base, group))),
    f"smes of {_GROUP}": lambda _base, group: sum(one.get("sme_count") or 0 for one in group),
}


@dataclass(frozen=True)
class Row:
    """One bar (or group of bars) of a chart: a record, or just a label, and one number for each series."""

    label: str
    numbers: tuple[float, ...]
    record: Record | None = None


@template_function
def rows_by_target(base: KnowledgeBase, name: str, *generations: int) -> list[Row]:
    """Return a row for each record that partnerships refer to by a property: how many do, in each generation."""
    counts = [
        Counter(target for one in _generation(base, number) for target in dict.fromkeys(one.targets(name)))
        for number in generations
    ]
    found = dict.fromkeys(record for count in counts for record in count)
    return _sorted(Row(record.label, tuple(count[record] for count in counts), record) for record in found)


@template_function
def rows_by_country(base: KnowledgeBase) -> list[Row]:
    """Return a row for each country: how many organisations are based there."""
    return _sorted(
        Row(country.label, (len(country.sources_of("partners", "country")),), country) for country in base["countries"]
    )


@template_function
def rows_by_funding(base: KnowledgeBase) -> list[Row]:
    """Return a row for each generation and for ESCP-S3: the partnerships with and without EU money."""
    rows = []
    for label, name in (
        *((f"ESCP-4i, generation {number}", f"generation {number}") for number in (1, 2, 3)),
        ("ESCP-S3", "escp-s3"),
    ):
        members = _group(base, name)
        funded = sum(one.get("eu_funded") is True for one in members)
        rows.append(Row(label, (funded, len(members) - funded)))
    return rows


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-sum(row.numbers), row.label.casefold()))
