"""Counts over the records, by name, so that a published figure can be put beside what the records give.

A measure is named in the words of the figure: ``partnerships of generation 1``, ``partner entries of escp-s3``.
The names that are understood are the patterns of ``_MEASURES``, each with the function that counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from smartguide.country_codes import EU_MEMBERS
from smartguide.model.knowledge_base import KnowledgeBase, Record

Group = list[Record]


class UnknownMeasureError(LookupError):
    """No count has this name; the message says which there are."""


def measure(base: KnowledgeBase, name: str) -> float:
    """Return the count that a name stands for. Raises UnknownMeasureError."""
    for pattern, count in _MEASURES.items():
        if found := re.fullmatch(pattern, name):
            words = {key: value for key, value in found.groupdict().items() if key != "group"}
            return count(base, _group(base, found["group"]), **words)
    known = "; ".join(pattern.replace(_GROUP, "GROUP") for pattern in _MEASURES)
    raise UnknownMeasureError(f"no measure {name!r}; there are: {known}")


def is_known(name: str) -> bool:
    """Tell whether a count has this name."""
    return any(re.fullmatch(pattern, name) for pattern in _MEASURES)


def _group(base: KnowledgeBase, name: str) -> Group:
    """Return the partnerships of a generation of ESCP-4i, or the ESCP-S3."""
    partnerships = base["partnerships"] if "partnerships" in base.collections else ()
    if name == "escp-s3":
        return [one for one in partnerships if one.data.get("kind") == "ESCP-S3"]
    return [one for one in partnerships if one.data.get("generation") == int(name.removeprefix("generation "))]


def _partners(group: Group) -> set[Record]:
    return {reference.target for one in group for reference in one.references if reference.through.name == _ENTRY}


_ENTRY: Final = "partners[].partner"


def _markets(group: Group) -> set[str]:
    return {code for one in group for code in one.data.get("target_markets", ())}


def _other(base: KnowledgeBase, group: Group) -> Group:
    """Return the partnerships of the other of the first two generations."""
    generation = group[0].data.get("generation") if group else None
    return _group(base, "generation 2" if generation == 1 else "generation 1")


def _in_sectors(_base: KnowledgeBase, group: Group, sectors: str) -> int:
    wanted = set(sectors.split("+"))
    return sum(bool(wanted & set(one.data.get("sectors", ()))) for one in group)


def _per_partnership(_base: KnowledgeBase, group: Group) -> float:
    numbers = [len(set(one.data["target_markets"])) for one in group if one.data.get("target_markets")]
    return round(sum(numbers) / len(numbers), 1) if numbers else 0


def _countries(group: Group) -> set[str]:
    return {str(partner.data.get("country")) for partner in _partners(group)}


_GROUP: Final = r"(?P<group>generation [123]|escp-s3)"
_MEASURES: Final[dict[str, Callable[..., float]]] = {
    f"partnerships of {_GROUP}": lambda _base, group: len(group),
    f"funded partnerships of {_GROUP}": lambda _base, group: sum(one.data.get("eu_funded") is True for one in group),
    f"voluntary partnerships of {_GROUP}": lambda _base, group: sum(
        one.data.get("strand") == "voluntary" for one in group
    ),
    f"strand (?P<strand>[12]) partnerships of {_GROUP}": lambda _base, group, strand: sum(
        one.data.get("strand") == strand for one in group
    ),
    f"partnerships of {_GROUP} targeting (?P<code>[a-z]{{2}})": lambda _base, group, code: sum(
        code.upper() in one.data.get("target_markets", ()) for one in group
    ),
    f"partnerships of {_GROUP} in sector (?P<sectors>[a-z0-9+-]+)": _in_sectors,
    f"partnerships with target countries of {_GROUP}": lambda _base, group: sum(
        bool(one.data.get("target_markets")) for one in group
    ),
    f"organisations of {_GROUP}": lambda _base, group: len(_partners(group)),
    f"organisations of {_GROUP} in (?P<code>[a-z]{{2}})": lambda _base, group, code: sum(
        partner.data.get("country") == code.upper() for partner in _partners(group)
    ),
    f"partner entries of {_GROUP}": lambda _base, group: sum(len(one.data.get("partners", ())) for one in group),
    f"partner countries of {_GROUP}": lambda _base, group: len(_countries(group)),
    f"eu partner countries of {_GROUP}": lambda _base, group: len(_countries(group) & (EU_MEMBERS | {"GB"})),
    f"target countries of {_GROUP}": lambda _base, group: len(_markets(group)),
    f"target countries per partnership of {_GROUP}": _per_partnership,
    f"target countries only of {_GROUP}": lambda base, group: len(_markets(group) - _markets(_other(base, group))),
    f"smes of {_GROUP}": lambda _base, group: sum(one.data.get("sme_count", 0) for one in group),
}
