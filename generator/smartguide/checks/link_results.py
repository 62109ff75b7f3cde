"""The file of the results of link checks, which pages show, can be read."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError
from pathlib import Path

from smartguide.findings import Finding, Place
from smartguide.link_history import history
from smartguide.link_history.history import HistoryError


def check(root: Path) -> Iterator[Finding]:
    """Yield a finding if the file of the project in ``root`` is there and cannot be read."""
    try:
        history.load(root / history.FILE)
    except HistoryError as error:
        cause = error.__cause__
        place = Place(history.FILE)
        if isinstance(cause, JSONDecodeError):
            place = Place(history.FILE, cause.lineno, cause.colno)
        message, _, hint = str(error).rpartition("; ")
        yield Finding(place, "link-history", message, hint=hint)
