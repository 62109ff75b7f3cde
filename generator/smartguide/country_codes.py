"""Country codes: which countries are in the EU, and what people write where ISO 3166-1 alpha-2 is meant."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from babel.core import Locale, get_global

EU_USAGE: Final = {"EL": "GR", "UK": "GB"}
"""Codes of the EU's Interinstitutional style guide (7.1.1) that differ from ISO 3166-1."""


EU_MEMBERS: Final = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
"""The member states since 1 February 2020 (the Treaties, and Decision (EU) 2020/135 on the withdrawal of the UK)."""

BREXIT: Final = "2020-02"
"""The first month in which the United Kingdom was a third country."""


def hint(code: str, known: Container[str]) -> str:
    """Say what a wrong code should be: EU usage, ISO alpha-3, an English name, or a country that has no record yet.

    ``known`` holds the codes that have a record. Returns an empty string if nothing can be said.
    """
    right = to_alpha_2(code)
    if right is None:
        return ""
    if right in known:
        return f"did you mean '{right}'? ISO 3166-1 alpha-2 in capitals"
    return (
        f"'{right}' is {Locale('en').territories.get(right, right)}, which has no record yet: add one to the vocabulary"
    )


def to_alpha_2(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code for a code or an English name of a country; None if there is none."""
    names = Locale("en").territories
    folded = text.strip().upper()
    if folded in EU_USAGE:
        return EU_USAGE[folded]
    if len(folded) == 2 and folded in names:  # noqa: PLR2004  # alpha-2
        return folded
    alias = get_global("territory_aliases").get(folded, [])
    if len(alias) == 1:
        return str(alias[0])
    return next((code for code, name in names.items() if len(code) == 2 and name.upper() == folded), None)  # noqa: PLR2004
