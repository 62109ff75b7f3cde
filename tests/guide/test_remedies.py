"""Each message of a rule of the guide asks for something that helps: who does just that is rid of the finding."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from smartguide.checks.checking import Checker
from smartguide.findings import Finding
from smartguide.project import Project
from tests.conftest import SMALL
from tests.projects import ROOT, write
from tests.remedies import Slip, Step, add, edit, follow, gone, put, rules_in, slip

A = "content/partnerships/alpha.yml"
N = "content/partnerships/new.yml"
B = "content/partners/bridge-builders.yml"
F = "content/partners/path-finders.yml"
OTHER = "content/partners/other.yml"
LATE = (
    'acronym: New\ntitle: The last of all partnerships\nkind: ESCP-4i\ngeneration: 2\nstrand: "1"\neu_funded: true\n'
    "sources:\n  - source: guide\n"
)


def new(more: str) -> Step:
    """Write another partnership, with more in it."""
    return put(N, LATE + more)


def other(name: str, more: str = "") -> list[Step]:
    """Write another organisation, to which a partnership refers."""
    record = f"name: {name}\ncountry: FR\n{more}sources:\n  - source: guide\n"
    return [put(OTHER, record), new("partners:\n  - partner: other\n")]


CASES: dict[str, list[Slip]] = {
    "duration": [
        slip(new('start: "2018-02"\nend: "2018-12"\nduration_months: 24\n'), f"{N}:11:18: warning: duration_months: 24 months, but 2018-02 to 2018-12 are 11 (fix one, or explain it in the notes and leave it out)", edit(N, "24", "11")),
        slip(new('start: "2018-02"\nend: "2018-12"\nduration_months: 24\n'), "or explain it in the notes and leave it out)", edit(N, "duration_months: 24\n", "notes:\n  - The source prints 24 months.\n")),
    ],
    "eu-target-market": [
        slip(edit(A, "[CA]", "[CA, FR]"), "a target market is outside the EU, but France is a member (take 'FR' out)", edit(A, ", FR", "")),
        slip(edit(A, "[CA]", "[CA, DE]"), "(take 'DE' out)", edit(A, ", DE", "")),
    ],
    "predecessor": [
        slip([new(""), add(A, "predecessor: new\n")], f"{A}:", [edit(A, "predecessor: new\n", ""), add(N, "predecessor: alpha\n")]),
        slip([new(""), add(A, "predecessor: new\n")], "'New' is later (generation 2) than this one (generation 1) (swap them, or fix the one that is wrong)", edit(A, "generation: 1", "generation: 2")),
    ],
    "printed-as-name": [
        slip(new("partners:\n  - partner: path-finders\n    printed_as: Path Finders\n"), f"{N}:11:17: warning: partners[0].printed_as: 'Path Finders' is how the organisation's own record writes it (take it out)", edit(N, "    printed_as: Path Finders\n", "")),
        slip(new("partners:\n  - partner: bridge-builders\n    printed_as: Bridge Builders\n"), "is how the organisation's own record writes it (take it out)", edit(N, "    printed_as: Bridge Builders\n", "")),
    ],
    "unknown-spelling": [
        slip(new("partners:\n  - partner: path-finders\n    printed_as: Pathfinders Ltd\n"), f"'Pathfinders Ltd' is not among the other spellings of {F} (add it to its aliases)", add(F, "aliases: [Pathfinders Ltd]\n")),
        slip([add(F, "aliases: [Finders]\n"), new("partners:\n  - partner: path-finders\n    printed_as: The Finders\n")], "(add it to its aliases)", edit(F, "[Finders]", "[Finders, The Finders]")),
    ],
    "near-duplicate": [
        slip(other("Path-Finder e.V."), "(merge the two records, or list one under 'related' of the other and say why in its notes)", add(OTHER, "related: [path-finders]\nnotes:\n  - It is not Path Finders, which is another one.\n")),
        slip(other("Path-Finder e.V."), "(merge the two records, or", [gone(OTHER), edit(N, "partner: other", "partner: path-finders"), add(F, "former_ids: [other]\naliases: [Path-Finder e.V.]\n")]),
    ],
    "near-duplicate-acronym": [
        slip(put(N, LATE.replace("acronym: New", "acronym: Al-pha")), f"{N}:1:10: warning: acronym: 'Al-pha' is nearly 'Alpha', the acronym of {A} (if they are one, add to that record and delete this one; if not, tell them apart by their acronyms)", gone(N)),
        slip(put(N, LATE.replace("acronym: New", "acronym: Al pha")), "if not, tell them apart by their acronyms)", edit(N, "acronym: Al pha", "acronym: Alphabet")),
    ],
    "voluntary-funding": [
        slip(put(N, LATE.replace('"1"', "voluntary").replace("generation: 2", "generation: 1")), f"{N}:6:12: error: eu_funded: a voluntary partnership is not EU-funded (write false, or fix the strand)", edit(N, "eu_funded: true", "eu_funded: false")),
        slip(put(N, LATE.replace('"1"', "voluntary").replace("generation: 2", "generation: 1")), "or fix the strand)", edit(N, "voluntary", '"1"')),
    ],
    "voluntary-generation": [
        slip(put(N, LATE.replace('"1"', "voluntary").replace("true", "false")), f'{N}:5:9: error: strand: generation 2 has no voluntary partnerships (write "1" or "2", or fix the generation)', edit(N, "voluntary", '"1"')),
        slip(put(N, LATE.replace('"1"', "voluntary").replace("true", "false")), "or fix the generation)", edit(N, "generation: 2", "generation: 1")),
    ],
}  # fmt: skip
NUMBERED = [(rule, number) for rule, slips in CASES.items() for number in range(len(slips))]
IN_OTHER_TESTS = {"unknown-count": "test_rules.py follows it where there are figures"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small project of the guide, which each test leaves as it was."""
    folder = tmp_path_factory.mktemp("remedies")
    for name in ("schemas", "extensions"):
        shutil.copytree(ROOT / name, folder / name)
    write(folder, SMALL)
    return folder


@pytest.fixture(scope="module")
def check(root: Path) -> Callable[[], list[Finding]]:
    """Return what checks that project; what is told of it as it is (no record has figures) does not count."""
    checker = Checker(Project.of(root))
    known = set(checker.check().findings)
    return lambda: [finding for finding in checker.check().findings if finding not in known]


@pytest.mark.parametrize(("rule", "number"), NUMBERED)
def test_who_follows_the_message_to_the_letter_is_rid_of_it(
    root: Path, check: Callable[[], list[Finding]], rule: str, number: int
) -> None:
    follow(root, CASES[rule][number], check, rule)


def test_every_rule_of_the_guide_is_followed_in_two_cases() -> None:
    assert rules_in(ROOT / "extensions") - IN_OTHER_TESTS.keys() == CASES.keys()
    assert all(len(slips) >= 2 for slips in CASES.values())
