"""What a person can do about the links, as Markdown for an issue."""

from __future__ import annotations

from collections.abc import Iterable

from generator.findings import Finding, in_order

_HEADINGS = {
    "dead-link": "Dead: failed on three different days",
    "broken-address": "Broken",
    "moved": "Moved for good",
    "private-address": "Not addresses of the public internet",
    "expired-exception": "Exceptions that have run out",
    "unused-exception": "Exceptions that nothing needs",
}


def markdown(findings: Iterable[Finding], checked: int, known: int) -> str:
    """Return the report of a run: ``checked`` addresses of ``known``."""
    groups: dict[str, list[Finding]] = {}
    for finding in in_order(findings):
        groups.setdefault(_HEADINGS.get(finding.rule, "Others"), []).append(finding)
    lines = [f"{checked} of {known} addresses were due and have been checked.", ""]
    if not groups:
        lines.append("Nothing needs to be done.")
    for heading, found in groups.items():
        lines += [f"## {heading} ({len(found)})", ""]
        lines += [f"- [ ] `{one.place}`: {_plain(one.message)}. To do: {_plain(one.hint)}" for one in found]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is: what a server says is not ours to trust."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#!|@" else char for char in text)
