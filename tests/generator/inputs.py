"""What the tests of inputs share: files of the small project with something more in them, and what is told of them."""

from __future__ import annotations

from smartguide.checks.checking import Checker
from tests.generator import projects
from tests.projects import Changes, write
from tests.remedies import restored

Table = dict[str, tuple[Changes, list[str]]]
"""What is changed in the small project, and how each finding of it begins."""

H = "content/huts/upper-lake.yml"
T = "content/tours/three-lakes.yml"
P = "content/page.md"
HUT = projects.text(H)
TOUR = projects.text(T)
SETTINGS = projects.text("mkdocs.yml")
CATALOGUE = projects.text("content/catalogue.yml")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def hut(more: str) -> Changes:
    return {H: (HUT + more).encode()}


def named(name: str) -> Changes:
    return {H: HUT.replace("Upper Lake Hut", name).encode()}


def tour(more: str) -> Changes:
    return {T: (TOUR + more).encode()}


def page(text: str) -> Changes:
    return {P: ("# A page\n\n" + text).encode()}


def findings(checker: Checker, changes: Changes) -> list[str]:
    """Return what is told of a project with changes, a line each; afterwards it is as it was."""
    root = checker.project.root
    with restored(root):
        write(root, {name: text.encode() if isinstance(text, str) else text for name, text in changes.items()})
        checked = checker.check()
    return [finding.as_text() for finding in (*checked.findings, *checked.in_macros)]


def assert_told(checker: Checker, changes: Changes, expected: list[str]) -> None:
    """Assert that each finding of a project with changes begins as expected."""
    found = findings(checker, changes)
    assert len(found) == len(expected), found
    for line, beginning in zip(found, expected, strict=True):
        assert line.startswith(beginning)
