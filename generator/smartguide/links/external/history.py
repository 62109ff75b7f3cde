"""What earlier checks found: one JSON file under version control, one address a line, so that a change reads well."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from smartguide.links.external.fetching import Outcome, State

FILE: Final = "link-history.json"
GOOD_FOR: Final = timedelta(days=30)
"""How long a good answer counts."""
DEAD_AFTER: Final = 3
"""Failures on so many different days make a link dead: a server may be down for a day."""


class HistoryError(ValueError):
    """The history cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """What is known of one address.

    ``failures`` are the days on which it failed since it was last good; ``leads_to`` is where redirects end, and
    ``for_good`` whether all of them are permanent.
    """

    checked: str
    state: str
    reason: str
    failures: tuple[str, ...] = ()
    leads_to: str = ""
    for_good: bool = False

    @property
    def is_dead(self) -> bool:
        """Whether it failed often enough to be called dead."""
        return len(self.failures) >= DEAD_AFTER

    def is_due(self, today: date) -> bool:
        """Tell whether it should be checked again: a good one after a month, any other on the next day."""
        last = date.fromisoformat(self.checked)
        if last > today:  # the clock was wrong then, or is so now
            return True
        return today - last >= GOOD_FOR if self.state == State.GOOD else today > last


@dataclass
class History:
    """All entries, by address."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def due(self, addresses: Iterable[str], today: date) -> list[str]:
        """Return the addresses that should be checked: those that never were, then those that wait longest."""
        found = [one for one in addresses if one not in self.entries or self.entries[one].is_due(today)]
        return sorted(found, key=self.last_checked)

    def last_checked(self, address: str) -> str:
        """Return the day of the last check of an address; an empty string if there was none."""
        entry = self.entries.get(address)
        return entry.checked if entry else ""

    def add(self, address: str, outcome: Outcome, today: date) -> Entry:
        """Put down what a check found today, and return what is known now."""
        before = self.entries.get(address)
        failures = before.failures if before else ()
        if outcome.state is State.GOOD:
            failures = ()
        elif outcome.state is State.FAILED and today.isoformat() not in failures:
            failures = (*failures, today.isoformat())[-DEAD_AFTER:]
        entry = Entry(today.isoformat(), outcome.state, outcome.reason, failures, outcome.leads_to, outcome.for_good)
        self.entries[address] = entry
        return entry

    def keep_only(self, addresses: set[str]) -> None:
        """Forget the addresses that nothing holds any more."""
        self.entries = {address: entry for address, entry in self.entries.items() if address in addresses}

    def save(self, path: Path) -> None:
        """Write the file in one step, so that an interrupt leaves the old one or the new one. Raises OSError."""
        lines = [
            f"{json.dumps(address, ensure_ascii=False)}: {json.dumps(_plain(entry), ensure_ascii=False)}"
            for address, entry in sorted(self.entries.items())
        ]
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")  # two runs at once must not share it
        text = "{\n" + ",\n".join(lines) + "\n}\n" if lines else "{}\n"
        fresh.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        os.replace(fresh, path)  # noqa: PTH105  # replaces in one step


def load(path: Path) -> History:
    """Read the file; a missing one is an empty history. Raises HistoryError."""
    if not path.exists():
        return History()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entries = {
            str(address): Entry(
                date.fromisoformat(one["checked"]).isoformat(),
                State(one["state"]),
                str(one["reason"]),
                tuple(sorted({date.fromisoformat(day).isoformat() for day in one.get("failures", ())})),
                str(one.get("moved_to") or one.get("leads_to", "")),
                "moved_to" in one,
            )
            for address, one in data.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HistoryError(f"{path.name} cannot be read ({error}); mend it, or delete it to begin anew") from error
    return History(entries)


def _plain(entry: Entry) -> dict[str, object]:
    data: dict[str, object] = {"checked": entry.checked, "state": str(entry.state), "reason": entry.reason}
    if entry.failures:
        data["failures"] = list(entry.failures)
    if entry.leads_to:
        data["moved_to" if entry.for_good else "leads_to"] = entry.leads_to
    return data
