"""A second check of the same project: it reads what has changed, and says the same as a first one would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smartguide.checks.checking import Checker, check
from smartguide.project import Project
from smartguide.reading import Document, Reader
from tests.projects import MakeProject

HUT = "content/huts/stone-pass.yml"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return the YAML files that are read from now on."""
    read, names = Reader.read, []

    def noting(self: Reader, path: Path) -> Document:
        names.append(path.name)
        return read(self, path)

    monkeypatch.setattr(Reader, "read", noting)
    return iter([names])


def replaced(old: str, new: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


CHANGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a reference to nobody": (HUT, replaced("valley: ", "valley: X")),
    "an unknown key": (HUT, lambda path: path.write_text(path.read_text("utf-8") + "rooms: 3\n", "utf-8")),
    "a syntax error": (HUT, lambda path: path.write_text("name: [\n", "utf-8")),
    "a record that is gone": (HUT, Path.unlink),
    "a record with another id": (HUT, lambda path: path.rename(path.with_name("other.yml"))),
    "a new file": (HUT, lambda path: path.with_name("new.yml").write_text("name: New\n", "utf-8")),
    "another schema": ("schemas/hut.schema.json", replaced('"name"', '"label"')),
    "a schema that cannot be read": ("schemas/hut.schema.json", lambda path: path.write_text("{", "utf-8")),
    "another catalogue": (
        "content/catalogue.yml",
        replaced("huts: {schema: hut,", "huts: {schema: hut, title: Cabins,"),
    ),
    "a broken link in a chapter": ("content/index.md", lambda path: path.write_text("# A\n\n[b](no.md)\n", "utf-8")),
    "another navigation": (
        "mkdocs.yml",
        lambda path: path.write_text(path.read_text("utf-8") + "nav: [a.md]\n", "utf-8"),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_second_check_says_what_a_first_one_would(site_project: MakeProject, change: str) -> None:
    root = site_project()
    checker = Checker(Project.of(root))
    before = checker.check()
    assert [finding.as_text() for finding in before.findings] == []
    name, apply = CHANGES[change]
    apply(root / name)
    again, anew = checker.check(), check(root)
    assert [finding.as_text() for finding in again.findings] == [finding.as_text() for finding in anew.findings]
    assert [repr(record) for record in again.base] == [repr(record) for record in anew.base]
    assert {key: found.title for key, found in again.base.collections.items()} == {
        key: found.title for key, found in anew.base.collections.items()
    }


def test_a_change_is_undone_without_a_trace(site_project: MakeProject) -> None:
    root = site_project()
    checker = Checker(Project.of(root))
    text = (root / HUT).read_text(encoding="utf-8")
    (root / HUT).write_text("name: [\n", encoding="utf-8")
    assert checker.check().findings
    (root / HUT).write_text(text, encoding="utf-8")
    assert [finding.as_text() for finding in checker.check().findings] == []


def test_only_what_has_changed_is_read_again(site_project: MakeProject, reads: Iterator[list[str]]) -> None:
    root = site_project()
    time.sleep(0.1)  # a file that was written a moment ago is read again, as it may change within one tick
    names = next(reads)
    checker = Checker(Project.of(root))
    checker.check()
    assert {"catalogue.yml", "stone-pass.yml", "upper-lake.yml"} <= set(names)
    names.clear()
    replaced("name: ", "name: New ")(root / HUT)
    checker.check()
    assert sorted(names) == ["catalogue.yml", "stone-pass.yml"]


def test_the_knowledge_base_of_an_earlier_check_stays_as_it_was(site_project: MakeProject) -> None:
    root = site_project()
    checker = Checker(Project.of(root))
    before = checker.check().base
    label = before["huts"].records["stone-pass"].label
    references = len(before["huts"].records["stone-pass"].referenced_by)
    (root / HUT).unlink()
    checker.check()
    assert before["huts"].records["stone-pass"].label == label
    assert len(before["huts"].records["stone-pass"].referenced_by) == references
