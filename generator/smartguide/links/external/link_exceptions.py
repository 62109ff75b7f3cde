"""URLs whose failure is known and accepted, each with a reason and a last day, in ``link-exceptions.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from smartguide.checks import schema_errors
from smartguide.findings import Finding, Place
from smartguide.link_history.exceptions import FILE
from smartguide.link_history.record_urls import without_fragment
from smartguide.model import schema_files
from smartguide.project import Project
from smartguide.reading import Document, Reader

KIND: Final = "link-exceptions"


@dataclass(frozen=True)
class LinkExceptions:
    """The URLs that are not checked today, and what is wrong with the file that names them."""

    urls: frozenset[str]
    findings: tuple[Finding, ...]


def check(project: Project) -> list[Finding]:
    """Return what is wrong with the file by its schema. Neither the day nor the records matter."""
    return _read(project)[1]


def load(project: Project, known: set[str], today: date) -> LinkExceptions:
    """Read the exceptions of a project.

    ``known`` are the URLs of its records and pages, without fragments. An exception that has expired, or is for a URL
    that is not known, is a finding.
    """
    document, findings = _read(project)
    if not document or findings:
        return LinkExceptions(frozenset(), tuple(findings))
    accepted: set[str] = set()
    for number, entry in enumerate(document.data["exceptions"]):
        place = document.value_at(("exceptions", number))
        if date.fromisoformat(entry["until"]) < today:
            why, hint = f"expired on {entry['until']}", "delete it, or give a new day and reason"
            findings.append(_finding(place, "expired-exception", entry["url"], why, hint))
        elif (url := without_fragment(entry["url"])) not in known:
            why = "is not needed: no record and no page has this URL"
            findings.append(_finding(place, "unused-exception", entry["url"], why, "delete it"))
        else:
            accepted.add(url)
    return LinkExceptions(frozenset(accepted), tuple(findings))


def _read(project: Project) -> tuple[Document | None, list[Finding]]:
    """Return the file (None if there is none), and what is wrong with it."""
    path = project.root / FILE
    if not path.exists():
        return None, []
    document = Reader(project.root, project.content).read(path)
    findings = list(document.all_findings())
    kind = schema_files.load(schema_files.OWN).by_name.get(KIND)
    if not findings and kind:
        findings += list(schema_errors.check(kind, document, document.data)) or list(_twice(document))
    return document, findings


def _twice(document: Document) -> Iterator[Finding]:
    """Yield the exceptions for a URL that has one already."""
    first: dict[str, Place] = {}
    for number, entry in enumerate(document.data["exceptions"]):
        place = document.value_at(("exceptions", number, "url"))
        if (earlier := first.setdefault(without_fragment(entry["url"]), place)) is not place:
            message = f"the exception for {entry['url']} is there already (line {earlier.line})"
            yield Finding(place, "repeated", message, hint="delete one of the two")


def _finding(place: Place, rule: str, url: str, why: str, hint: str) -> Finding:
    return Finding(place, rule, f"the exception for {url} {why}", hint=hint)
