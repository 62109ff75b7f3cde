"""How templates write months, numbers and hosts."""

from __future__ import annotations

from typing import Final

MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def month(text: str) -> str:
    """Return ``YYYY-MM`` (or ``YYYY-MM-DD``, ``YYYY``) as people write it: ``March 2015``."""
    year, *rest = str(text).split("-")
    if not rest:
        return year
    name = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {name} {year}" if len(rest) > 1 else f"{name} {year}"


def number(value: float) -> str:
    """Return a number with thousands separators: ``17,000``."""
    return f"{value:,}"


def host(url: str) -> str:
    """Return the host of a URL, which is what a reader wants to see of it; of an e-mail link its address."""
    return url.removeprefix("mailto:").split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
