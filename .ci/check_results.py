"""Validate what the weekly link check hands over, before a job with rights uses it.

The check runs code of chapters, so its results count as data from a stranger: a history of another form, or a report
that says something else than a report does, stops the job. Usage: check_results.py FOLDER. Only the standard library
is used.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

LARGEST = 20_000_000
LONGEST = 5000
STATES = {"good", "failed", "refused", "unknown"}
KEYS = {"checked", "state", "reason", "failures", "redirects_to", "moved_to"}
URL = re.compile(r"https?://[^\s\x00-\x20\x7f]+", re.IGNORECASE)

_TEXT = r"(?:<https?://[^\s<>]*>|\\[\\`*_\[\]<>#!|@&]|[^\\`*_\[\]<>#!|@&\n])*"
LINE = re.compile(
    rf"""
    | \d+\ of\ \d+\ URLs\ were\ due\ and\ have\ been\ checked\.
    | Nothing\ needs\ to\ be\ done\.
    | \#\#\ [A-Za-z:,\ ]+\ \(\d+\)
    | -\ \[\ \]\ `[^`]+`:\ {_TEXT}
    | \*\*{_TEXT}\*\*
    | \d+\ more\ are\ not\ listed,\ because\ an\ issue\ has\ a\ limit;\ `make\ links`\ lists\ all\.
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""The lines of a report. What servers or records say is escaped in them: it mentions nobody and shows no picture."""


class WrongResultsError(ValueError):
    """A result is not what the link check writes."""


def check_history(text: str) -> None:
    """Raise WrongResultsError unless a text is a history of links."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongResultsError(f"the history is not JSON: {error}") from error
    if not isinstance(entries, dict):
        raise WrongResultsError("the history is no mapping of URLs")
    for url, entry in entries.items():
        if not URL.fullmatch(url) or not isinstance(entry, dict) or not _is_entry(entry):
            raise WrongResultsError(f"the history has an entry of another form: {url[:80]!r}")


def _is_entry(entry: dict[str, object]) -> bool:
    if not KEYS >= entry.keys() >= {"checked", "state"} or entry["state"] not in STATES:
        return False
    failures = entry.get("failures", [])
    texts = [value for key, value in entry.items() if key != "failures"]
    return (
        isinstance(failures, list)
        and all(map(_is_day, [entry["checked"], *failures]))
        and all(isinstance(text, str) and len(text) <= LONGEST for text in texts)
    )


def check_report(text: str) -> None:
    """Raise WrongResultsError unless a text is a report of the link check."""
    for number, line in enumerate(text.splitlines(), 1):
        if not LINE.fullmatch(line):
            raise WrongResultsError(f"line {number} of the report is none that the check writes: {line[:80]!r}")


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def main(folder: str) -> None:
    """Check both files. Raises WrongResultsError, or OSError for what cannot be read."""
    for name, check in (("link-history.json", check_history), ("report.md", check_report)):
        path = Path(folder, name)
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            raise WrongResultsError(f"{name} is not there, is no file, or is too large")
        check(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (WrongResultsError, OSError, UnicodeDecodeError) as error:
        sys.exit(f"The results of the check cannot be used: {error}")
