"""The report of a link check: a list of tasks in Markdown, for an issue on GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from smartguide.findings import Finding, Severity, in_order

_HEADINGS: Final = {
    "dead-link": "Dead: failed on three different days",
    "broken-url": "Broken",
    "moved": "Moved permanently",
    "redirected": "Redirected",
    "private-address": "In private networks",
    "expired-exception": "Expired exceptions",
    "unused-exception": "Unused exceptions",
}
OTHERS: Final = "Others"
MAX_LENGTH: Final = 60_000
"""Characters of the tasks of a report. An issue on GitHub takes 65,536."""
_URL: Final = re.compile(r"(https?://[^\s<>…]+)", re.IGNORECASE)


def markdown(findings: Iterable[Finding], checked: int, known: int, problem: str = "") -> str:
    """Return the report of a run that checked some of the known URLs; ``problem`` says why it was not completed.

    Each finding is a task (``- [ ] ...``), but for notices, about which nothing needs to be done.
    """
    groups: dict[str, list[Finding]] = {heading: [] for heading in (*_HEADINGS.values(), OTHERS)}  # the worst first
    for finding in in_order(findings):
        if finding.severity is not Severity.NOTICE:
            groups[_HEADINGS.get(finding.rule, OTHERS)].append(finding)
    groups = {heading: found for heading, found in groups.items() if found}
    lines = [f"{checked} of {known} URLs were due and have been checked.", ""]
    if problem:
        lines += [f"**{_literal(problem)}**", ""]
    if not groups:
        lines.append("Nothing needs to be done.")
    length = left_out = 0
    for heading, found in groups.items():
        lines += [f"## {heading} ({len(found)})", ""]
        for one in found:
            task = f"- [ ] `{one.place}`: {_literal(one.message)}. To do: {_literal(one.hint)}"
            length += len(task) + 1
            if length > MAX_LENGTH:
                left_out += 1
            else:
                lines.append(task)
        lines.append("")
    if left_out:
        lines.append(f"{left_out} more are not listed, because an issue has a limit; `make links` lists all.")
    return "\n".join(lines).rstrip() + "\n"


def _literal(text: str) -> str:
    """Return text on one line that Markdown shows as it is, because it holds what servers have sent.

    A URL is put between ``<`` and ``>``, where no character has a meaning and a backslash would be part of the URL.
    """
    parts = _URL.split(" ".join(text.split()))
    return "".join(f"<{part}>" if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#!|@&" else char for char in text)
