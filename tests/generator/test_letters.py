"""Letters that have no ASCII twin: in ids, in the groups of lists, and in the order of names."""

from __future__ import annotations

import pytest

from smartguide.checks.checking import Checker
from smartguide.model.entries import slug
from smartguide.model.letters import sorting
from tests.generator.inputs import named
from tests.projects import write
from tests.remedies import restored


@pytest.mark.parametrize(
    ("name", "expected", "letter"),
    [
        ("Łódź", "lodz", "L"),
        ("Øst", "ost", "O"),
        ("Österreich", "osterreich", "O"),
        ("Straße", "strasse", "S"),
        ("Æro", "aero", "A"),
        ("Đakovo", "dakovo", "D"),
        ("ırmak", "irmak", "I"),
        ("İzmir", "izmir", "I"),
        ("Þór", "thor", "T"),
        ("Ελλάδα", "ellada", "E"),
        ("България", "balgariya", "B"),
        ("Київ", "kiiv", "K"),
        ("“Quoted”", "quoted", "Q"),
        ("4 Peaks", "4-peaks", "#"),
    ],
)
def test_a_letter_without_an_ascii_twin_is_not_lost(checker: Checker, name: str, expected: str, letter: str) -> None:
    assert slug(name) == expected
    with restored(checker.project.root):
        write(checker.project.root, named(name))
        (record,) = [record for record in checker.check().base["huts"] if record.id == "upper-lake"]
    assert record.initial == letter


def test_names_are_sorted_as_readers_expect() -> None:
    names = [
        "Zebra",
        "Österreich",
        "Lyon",
        "Łódź",
        "Oslo",
        "Øst",
        "östlich",
        "Paris",
        "‘Quoted’",
        "Ærø",
        "Adam",
        "Agora",
    ]
    assert sorted(names, key=sorting) == [
        "Adam", "Ærø", "Agora", "Łódź", "Lyon", "Oslo", "Øst", "Österreich", "östlich", "Paris", "‘Quoted’", "Zebra",
    ]  # fmt: skip
