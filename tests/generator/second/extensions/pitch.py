"""What is known about pitch. The other file imports it; the catalogue does not name it, as it adds nothing by itself."""

import math
from typing import Any

HIGHEST_HEARD = 20_000
"""Hertz that people can hear."""


def octaves(low: float, high: float) -> float:
    return round(math.log2(high / low), 1)


def highest(measure: Any) -> float:
    """Return the highest tone of a measure; 0 if it says none."""
    if isinstance(measure, dict):
        measure = measure.get("to")
    return measure if isinstance(measure, int | float) else 0
