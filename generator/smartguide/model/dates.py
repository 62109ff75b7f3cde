"""Dates as records write them (YYYY, YYYY-MM or YYYY-MM-DD), and the date of the build."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import functools
import os
import re
from typing import Final

VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""What build tools read the date from (https://reproducible-builds.org/specs/source-date-epoch/)."""
UNKNOWN: Final = "0"
"""The date where there is none: it is the same every day, and the sitemap leaves it out."""
_DATE: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


def first_day(text: str) -> dt.date | None:
    """Return the first day of a year or a month, or the day itself; None for any other text."""
    found = _DATE.fullmatch(text)
    with contextlib.suppress(ValueError):
        return found and dt.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    return None


@functools.cache
def last_day(text: str) -> dt.date | None:
    """Return the last day of a year or a month, or the day itself; None for any other text."""
    first, found = first_day(text), _DATE.fullmatch(text)
    if first is None or found is None or found["day"]:
        return first
    month = int(found["month"] or 12)
    return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


def build_date() -> dt.date | None:
    """Return the date of the build, as the environment has it (``site.build_date``); None if it is not known."""
    written = os.environ.get(VARIABLE, UNKNOWN)
    if written == UNKNOWN or not re.fullmatch(r"[0-9]{1,10}", written):
        return None
    return dt.datetime.fromtimestamp(int(written), dt.UTC).date()
