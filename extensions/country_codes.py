"""What people write where a country's ISO 3166-1 alpha-2 code is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from babel.core import Locale, get_global

from smartguide import Entry, reference_hint

EU_USAGE: Final = {"EL": "GR", "UK": "GB"}
"""Codes of the EU's Interinstitutional style guide (7.1.1) that differ from ISO 3166-1."""


@reference_hint("countries#code", "markets#code")
def country_code(value: str, known: Mapping[str, Entry]) -> str:
    """Say what a wrong code should be: EU usage, ISO alpha-3, an English name, or a country that has no record yet."""
    right = to_alpha_2(value)
    if right is None:
        return "a country is named by its code, ISO 3166-1 alpha-2 in capitals, such as FR"
    if right in known:
        return f"did you mean '{right}'? ISO 3166-1 alpha-2 in capitals"
    example = next(iter(known.values()), None)
    file = example.path if example else "the vocabulary"
    written = "" if right == value else f", and write {right} here"
    return f"add '{right.lower()}:' with 'code: {right}' and 'name: {name_of(right)}' to {file}{written}"


def name_of(code: str) -> str:
    """Return the English name of a country, by its ISO 3166-1 alpha-2 code."""
    return str(Locale("en").territories.get(code, code))


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
