"""Amounts of money as people say them: the search finds €4,300,000 as “4.3 million”, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smartguide import Record, search_names

MILLION: Final = 1_000_000


@search_names("statistics")
def in_millions(figure: Record) -> Iterator[str]:
    """A figure of a million euros or more is also found by its millions: €4.3 million."""
    value = figure.get("value")
    if figure.get("unit") == "EUR" and isinstance(value, int | float) and value >= MILLION:
        yield f"€{value / MILLION:g} million"
