"""Addresses whose failure is known and accepted, each with a reason and a day on which that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from smartguide.checks import schema_errors
from smartguide.findings import Finding, Place
from smartguide.model import schema_files
from smartguide.reading import Document, Reader

FILE: Final = "link-exceptions.yml"
KIND: Final = "link-exceptions"


@dataclass(frozen=True)
class Exceptions:
    """The addresses that are left alone today, and what is wrong with the file that names them."""

    addresses: frozenset[str]
    findings: tuple[Finding, ...]


def check(root: Path) -> list[Finding]:
    """Return what is wrong with the file of the project in ``root``, whatever the day and the records."""
    return _read(root)[1]


def load(root: Path, known: set[str], today: date) -> Exceptions:
    """Read the exceptions of the project in ``root``.

    ``known`` are the addresses that records and pages hold. An exception that has run out, or that is about an address
    which nothing holds, is a finding.
    """
    document, findings = _read(root)
    if not document or findings:
        return Exceptions(frozenset(), tuple(findings))
    valid: set[str] = set()
    for number, entry in enumerate(document.data["exceptions"]):
        place = document.value_at(("exceptions", number))
        if date.fromisoformat(entry["until"]) < today:
            findings.append(_finding(place, "expired-exception", f"ran out on {entry['until']}", entry["address"]))
        elif (address := entry["address"].partition("#")[0]) not in known:
            findings.append(
                _finding(place, "unused-exception", "is about an address that nothing holds", entry["address"])
            )
        else:
            valid.add(address)
    return Exceptions(frozenset(valid), tuple(findings))


def _read(root: Path) -> tuple[Document | None, list[Finding]]:
    """Return the file, if there is one, and what is wrong with it."""
    path = root / FILE
    if not path.exists():
        return None, []
    document = Reader(root, root / "content").read(path)
    findings = list(document.all_findings())
    kind = schema_files.load(schema_files.OWN).by_name.get(KIND)
    if not findings and kind:
        findings += schema_errors.check(kind, document, document.data)
    return document, findings


def _finding(place: Place, rule: str, why: str, address: str) -> Finding:
    return Finding(place, rule, f"the exception for {address} {why}", hint="delete it, or give a new day and reason")
