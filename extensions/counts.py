"""Counts over the records: by name beside a published figure, and as rows of the charts.

A count is named in the words of the figure: ``partnerships of generation 1``, ``partner entries of escp-s3``. The names
that are understood are the patterns of ``_COUNTS``, each with the function that counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from smartguide import KnowledgeBase, Problem, Record, figures, rule, template_function

Group = list[Record]
ENTRY: Final = "partners[].partner"
"""The property by which a partnership names an organisation."""


@template_function
def counted(base: KnowledgeBase, name: str) -> float | None:
    """Return the count that a name stands for; None if no record has what is to be counted.

    Raises LookupError if no count has this name.
    """
    count, group, words = _named(name)
    members = _group(base, group)
    if count.needs and not any(one.get(count.needs) for one in members):
        return None
    return count.of(base, members, **words)


@template_function
def counted_in_words(base: KnowledgeBase, name: str) -> str:
    """Return what a count counts, as readers say it. Raises LookupError if no count has this name."""
    count, group, words = _named(name)
    labels = {key: _label(base, key, value) for key, value in words.items()}
    return count.words.format(group=_GROUPS[group], **labels)


@figures("published")
def published(base: KnowledgeBase) -> Iterator[tuple[str, float]]:
    """The counts that the guide shows beside published figures: a change that moves one changes what the guide says."""
    names = [one.get("measure") for one in base["statistics"]] if "statistics" in base else []
    for name in dict.fromkeys(names):
        if isinstance(name, str) and is_count(name) and (number := counted(base, name)) is not None:
            yield counted_in_words(base, name), number


def is_count(name: str) -> bool:
    """Tell whether a count has this name."""
    return any(re.fullmatch(pattern, name) for pattern in _COUNTS)


def _named(name: str) -> tuple[Count, str, dict[str, str]]:
    """Return a count, the group that its name names, and the other words in it. Raises LookupError."""
    for pattern, count in _COUNTS.items():
        if found := re.fullmatch(pattern, name):
            words = found.groupdict()
            return count, words.pop("group"), words
    raise LookupError(f"no count {name!r}; there are: {_known_names()}")


def _known_names() -> str:
    """Return the names that counts have, with a word in capitals in the place of each that is chosen."""
    return "; ".join(re.sub(r"\(\?P<(\w+)>[^()]*\)", lambda found: found[1].upper(), pattern) for pattern in _COUNTS)


def _label(base: KnowledgeBase, key: str, value: str) -> str:
    """Return a word of the name of a count as readers say it: codes and ids as the names of their records."""
    if key == "sectors":
        return " or ".join(_name_of(base, "sectors", one) for one in value.split("+"))
    if key in ("country", "market"):
        return _name_of(base, {"country": "countries", "market": "markets"}[key], value)
    return value


def _name_of(base: KnowledgeBase, collection: str, record_id: str) -> str:
    record = base.get(collection, record_id) if collection in base else None
    return record.label if record else record_id


@rule("unknown-count", collections=["statistics"])
def unknown_count(record: Record) -> Iterator[Problem]:
    """A published figure is compared with a count that exists."""
    name = record.get("measure")
    if isinstance(name, str) and not is_count(name):
        hint = f"write one of these, with GROUP as 'generation 1' (to 3) or 'escp-s3': {_known_names()}"
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


@dataclass(frozen=True)
class Count:
    """A count over a group of partnerships: the function that counts, and what it counts in words.

    ``needs`` is the property without which there is nothing to count.
    """

    of: Callable[..., float]
    words: str
    needs: str = ""


_GROUP: Final = r"(?P<group>generation [123]|escp-s3)"
_GROUPS: Final = {
    "generation 1": "the first generation",
    "generation 2": "the second generation",
    "generation 3": "the third generation",
    "escp-s3": "the ESCP-S3",
}
_COUNTS: Final[dict[str, Count]] = {
    f"partnerships of {_GROUP}": Count(lambda _base, group: len(group), "partnerships of {group}"),
    f"funded partnerships of {_GROUP}": Count(
        lambda _base, group: sum(one.get("eu_funded") is True for one in group), "EU-funded partnerships of {group}"
    ),
    f"voluntary partnerships of {_GROUP}": Count(
        lambda _base, group: sum(one.get("strand") == "voluntary" for one in group),
        "voluntary partnerships of {group}",
    ),
    f"strand (?P<strand>[12]) partnerships of {_GROUP}": Count(
        lambda _base, group, strand: sum(one.get("strand") == strand for one in group),
        "partnerships of {group} in strand {strand}",
    ),
    f"partnerships of {_GROUP} targeting (?P<market>[a-z]{{2}})": Count(
        lambda _base, group, market: sum(market.upper() in (one.get("target_markets") or ()) for one in group),
        "partnerships of {group} that name {market} as a target",
        "target_markets",
    ),
    f"partnerships of {_GROUP} in sector (?P<sectors>[a-z0-9+-]+)": Count(
        _in_sectors, "partnerships of {group} that are filed under {sectors}", "sectors"
    ),
    f"partnerships with target countries of {_GROUP}": Count(
        lambda _base, group: sum(bool(one.get("target_markets")) for one in group),
        "partnerships of {group} whose target countries are named",
    ),
    f"organisations of {_GROUP}": Count(
        lambda _base, group: len(_partners(group)), "different organisations in {group}", "partners"
    ),
    f"organisations of {_GROUP} in (?P<country>[a-z]{{2}})": Count(
        lambda _base, group, country: sum(partner.get("country") == country.upper() for partner in _partners(group)),
        "different organisations from {country} in {group}",
        "partners",
    ),
    f"partner entries of {_GROUP}": Count(
        lambda _base, group: sum(len(one.get("partners") or ()) for one in group),
        "entries in the partner lists of {group}; an organisation in two partnerships counts twice",
        "partners",
    ),
    f"partner countries of {_GROUP}": Count(
        lambda _base, group: len(_countries(group)), "countries of the organisations in {group}", "partners"
    ),
    f"eu partner countries of {_GROUP}": Count(
        lambda _base, group: _were_in_eu(group), "EU countries of the organisations in {group}", "partners"
    ),
    f"target countries of {_GROUP}": Count(
        lambda _base, group: len(_markets(group)), "different target countries of {group}", "target_markets"
    ),
    f"target countries per partnership of {_GROUP}": Count(
        _per_partnership, "target countries of a partnership of {group} that names any, on average", "target_markets"
    ),
    f"target countries only of {_GROUP}": Count(
        lambda base, group: len(_markets(group) - _markets(_other(base, group))),
        "target countries of {group} that the other of the first two generations does not have",
        "target_markets",
    ),
    f"smes of {_GROUP}": Count(
        lambda _base, group: sum(one.get("sme_count") or 0 for one in group),
        "SMEs of the partnerships of {group} whose number is known",
        "sme_count",
    ),
}


@template_function
def targeted(base: KnowledgeBase) -> list[Record]:
    """Return the markets that a partnership names as a target."""
    return [one for one in base["markets"] if one.sources_of("partnerships", "target_markets[]")]


@dataclass(frozen=True)
class Row:
    """One bar (or group of bars) of a chart: a record, or just a label, and one number for each series.

    ``links`` are the URLs of the site to which the bars lead, one for each series: lists of what was counted. An empty
    text is no link.
    """

    label: str
    numbers: tuple[float, ...]
    record: Record | None = None
    links: tuple[str, ...] = ()


def _partnerships(**chosen: object) -> str:
    """Return the URL of the list of partnerships, filtered by values of properties."""
    return "partnerships/?" + urlencode(chosen)


@template_function
def rows_of(counts: Iterable[tuple[Record, int]], name: str, also: Mapping[str, str]) -> list[Row]:
    """Return a row for each record that was counted; its bar leads to the partnerships with it.

    ``name`` is the property (perhaps through a reference: ``partners.country``) by which these are filtered, ``also``
    are further values of properties that they have.
    """
    return [Row(one.label, (number,), one, (_partnerships(**also, **{name: _value(one)}),)) for one, number in counts]


def _value(record: Record) -> str:
    """Return how other records name this one: by its code, if it has one, or its id."""
    return str(record.get("code")) if "code" in record.kind.root.properties else record.id


@template_function
def rows_by_target(base: KnowledgeBase, name: str, *generations: int) -> list[Row]:
    """Return a row for each record that partnerships refer to by a property: how many do, in each generation."""
    counts = [
        Counter(target for one in _generation(base, number) for target in dict.fromkeys(one.targets(name)))
        for number in generations
    ]
    found = dict.fromkeys(record for count in counts for record in count)
    return _sorted(
        Row(
            record.label,
            tuple(count[record] for count in counts),
            record,
            tuple(_partnerships(**{name: _value(record)}, generation=number) for number in generations),
        )
        for record in found
    )


@template_function
def rows_by_country(base: KnowledgeBase) -> list[Row]:
    """Return a row for each country: how many organisations are based there."""
    return _sorted(
        Row(
            country.label,
            (len(country.sources_of("partners", "country")),),
            country,
            ("partners/?" + urlencode({"country": _value(country)}),),
        )
        for country in base["countries"]
    )


@template_function
def rows_by_market(base: KnowledgeBase) -> list[Row]:
    """Return a row for each market that partnerships target: how many do."""
    rows = (
        Row(market.label, (len(market.sources_of("partnerships", "target_markets[]")),), market)
        for market in base["markets"]
    )
    return _sorted(row for row in rows if row.numbers[0])


@template_function
def rows_by_funding(base: KnowledgeBase) -> list[Row]:
    """Return a row for each generation and for ESCP-S3: the partnerships with and without EU money."""
    rows = []
    numbers = ("1", "2", "3")
    groups = [(f"ESCP-4i, generation {one}", f"generation {one}", {"generation": one}) for one in numbers]
    groups.append(("ESCP-S3", "escp-s3", {"kind": "ESCP-S3"}))
    for label, name, which in groups:
        members = _group(base, name)
        funded = sum(one.get("eu_funded") is True for one in members)
        links = tuple(_partnerships(**which, eu_funded=value) for value in ("true", "false"))
        rows.append(Row(label, (funded, len(members) - funded), links=links))
    return rows


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-sum(row.numbers), row.label.casefold()))
