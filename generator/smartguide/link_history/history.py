"""The results of earlier checks: one JSON file under version control, with one URL on each line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from smartguide.link_history.outcomes import Outcome, State

FILE: Final = "link-history.json"
GOOD_FOR: Final = timedelta(days=30)
"""How long a URL with a good result needs no other check."""
DEAD_AFTER: Final = 3
"""On so many different days a URL must fail to count as dead, because a server may be down for a day."""


class HistoryError(ValueError):
    """The history cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """What is known of one URL.

    ``failures`` are the days on which it failed since its last good result; ``redirects_to`` is the URL at the end of
    redirects, and ``permanent`` tells whether all of them are permanent.
    """

    checked: str
    state: str
    reason: str
    failures: tuple[str, ...] = ()
    redirects_to: str = ""
    permanent: bool = False

    @property
    def is_dead(self) -> bool:
        """Whether it failed on enough days to count as dead."""
        return len(self.failures) >= DEAD_AFTER

    def is_due(self, today: date) -> bool:
        """Tell whether it should be checked again: a good one after a month, any other on the next day."""
        last = date.fromisoformat(self.checked)
        if last > today:  # a clock was wrong
            return True
        return today - last >= GOOD_FOR if self.state == State.GOOD else today > last


@dataclass
class History:
    """The entries of all URLs."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def due(self, urls: Iterable[str], today: date) -> list[str]:
        """Return the URLs that should be checked: those that never were first, then by the day of the last check."""
        found = [url for url in urls if url not in self.entries or self.entries[url].is_due(today)]
        return sorted(found, key=self.last_checked)

    def last_checked(self, url: str) -> str:
        """Return the day of the last check of a URL; an empty string if there was none."""
        entry = self.entries.get(url)
        return entry.checked if entry else ""

    def add(self, url: str, outcome: Outcome, today: date) -> Entry:
        """Add the outcome of a check today, and return the new entry of the URL."""
        before = self.entries.get(url)
        failures = before.failures if before else ()
        if outcome.state is State.GOOD:
            failures = ()
        elif outcome.state is State.FAILED and today.isoformat() not in failures:
            failures = (*failures, today.isoformat())[-DEAD_AFTER:]
        entry = Entry(
            today.isoformat(), outcome.state, outcome.reason, failures, outcome.redirects_to, outcome.permanent
        )
        self.entries[url] = entry
        return entry

    def keep_only(self, urls: set[str]) -> None:
        """Delete the entries of all other URLs."""
        self.entries = {url: entry for url, entry in self.entries.items() if url in urls}

    def save(self, path: Path) -> None:
        """Write the file; an interrupt leaves either the old one or the new one. Raises OSError."""
        lines = [
            f"{json.dumps(url, ensure_ascii=False)}: {json.dumps(_as_data(entry), ensure_ascii=False)}"
            for url, entry in sorted(self.entries.items())
        ]
        temporary = path.with_name(f".{path.name}.{os.getpid()}.new")  # another one for each process
        text = "{\n" + ",\n".join(lines) + "\n}\n" if lines else "{}\n"
        temporary.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        os.replace(temporary, path)  # noqa: PTH105  # atomic


def load(path: Path) -> History:
    """Read the file; without it, the history is empty. Raises HistoryError."""
    if not path.exists():
        return History()
    if not path.is_file():  # to read a pipe would never end
        raise HistoryError(f"{path.name} is not a regular file; delete it")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entries = {
            str(url): Entry(
                date.fromisoformat(one["checked"]).isoformat(),
                State(one["state"]),
                str(one["reason"]),
                tuple(sorted({date.fromisoformat(day).isoformat() for day in one.get("failures", ())})),
                str(one.get("moved_to") or one.get("redirects_to", "")),
                "moved_to" in one,
            )
            for url, one in data.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HistoryError(f"{path.name} cannot be read ({error}); fix it, or delete it to start again") from error
    return History(entries)


def _as_data(entry: Entry) -> dict[str, object]:
    data: dict[str, object] = {"checked": entry.checked, "state": str(entry.state), "reason": entry.reason}
    if entry.failures:
        data["failures"] = list(entry.failures)
    if entry.redirects_to:
        data["moved_to" if entry.permanent else "redirects_to"] = entry.redirects_to
    return data
