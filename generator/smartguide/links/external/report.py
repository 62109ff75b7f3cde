"""What a person can do about the links, as Markdown for an issue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from smartguide.findings import Finding, Severity, in_order

_HEADINGS: Final = {
    "dead-link": "Dead: failed on three different days",
    "broken-address": "Broken",
    "moved": "Moved for good",
    "redirected": "Redirected",
    "private-address": "Not addresses of the public internet",
    "expired-exception": "Exceptions that have run out",
    "unused-exception": "Exceptions that nothing needs",
}
OTHERS: Final = "Others"
_ADDRESS: Final = re.compile(r"(https?://[^\s<>…]+)", re.IGNORECASE)
LONGEST: Final = 60_000
"""Characters of a report; an issue of GitHub takes 65,536."""


def markdown(findings: Iterable[Finding], checked: int, known: int, problem: str = "") -> str:
    """Return the report of a run that checked some of the known addresses. ``problem`` says what went wrong with it.

    Only what a person can do something about is in it, each as a task: ``- [ ] ...``.
    """
    groups: dict[str, list[Finding]] = {heading: [] for heading in (*_HEADINGS.values(), OTHERS)}  # the worst first
    for finding in in_order(findings):
        if finding.severity is not Severity.NOTICE:
            groups[_HEADINGS.get(finding.rule, OTHERS)].append(finding)
    groups = {heading: found for heading, found in groups.items() if found}
    lines = [f"{checked} of {known} addresses were due and have been checked.", ""]
    if problem:
        lines += [f"**{_plain(problem)}**", ""]
    if not groups:
        lines.append("Nothing needs to be done.")
    length = left_out = 0
    for heading, found in groups.items():
        lines += [f"## {heading} ({len(found)})", ""]
        for one in found:
            task = f"- [ ] `{one.place}`: {_plain(one.message)}. To do: {_plain(one.hint)}"
            length += len(task) + 1
            if length > LONGEST:
                left_out += 1
            else:
                lines.append(task)
        lines.append("")
    if left_out:
        lines.append(f"{left_out} more are left out here, for want of room; `make links` lists them all.")
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    """Return text on one line that Markdown shows as it is: what a server says is not ours to trust.

    An address stands between ``<`` and ``>``: there no character means anything, and a backslash would be part of it.
    """
    parts = _ADDRESS.split(" ".join(text.split()))
    return "".join(f"<{part}>" if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>#!|@&" else char for char in text)
