"""One fixture for each way in which a record can be wrong: ``wrong/<collection>/<KEY>_<REASON>.yml``.

Its first lines say what is to be found in it: ``# expected: line:column: severity: message (hint) [rule]``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smartguide.checks.checking import Checked, check

FIXTURES = sorted((Path(__file__).parent / "wrong").glob("*/*.yml"))
EXPECTED = "# expected: "

LATE = """
    acronym: Late
    title: A late one
    kind: ESCP-4i
    generation: 2
    strand: "1"
    eu_funded: true
    sources:
      - source: guide
    """
OTHERS = {
    "predecessor_later": LATE,
    "predecessor_circle": LATE.replace("sources:", "predecessor: subject\n    sources:"),
}
"""What some fixtures need beside them."""


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_wrong_record_is_told_with_place_reason_and_remedy(fixture: Path, project: Callable[..., Path]) -> None:
    text = fixture.read_text(encoding="utf-8")
    expected = [line.removeprefix(EXPECTED) for line in text.splitlines() if line.startswith(EXPECTED)]
    subject = f"content/{fixture.parent.name}/subject.yml"
    changes: dict[str, str | bytes | None] = {subject: text.encode()}
    if fixture.stem in OTHERS:
        changes["content/partnerships/late.yml"] = OTHERS[fixture.stem]
    if fixture.parent.name == "partners" and "unreferenced" not in fixture.stem:
        changes["content/partnerships/host.yml"] = LATE.rstrip() + "\n    partners:\n      - partner: subject\n"
    found = [finding.as_text() for finding in check(project(changes)).findings]
    assert [line.removeprefix(f"{subject}:") for line in found if line.startswith(subject)] == expected


OF_THE_GENERATOR = {"verified"}
"""Rules that need another day: tests/generator/test_quality.py."""


def test_every_rule_has_a_fixture_or_a_test_of_its_own(real: Checked) -> None:
    told = {
        line.rsplit("[", 1)[1].rstrip("]\n") for path in FIXTURES for line in path.open() if line.startswith(EXPECTED)
    }
    elsewhere = (Path(__file__).parent / "test_rules.py").read_text(encoding="utf-8")
    names = {one.id for one in real.rules}
    assert {name for name in names - told - OF_THE_GENERATOR if f"[{name}]" not in elsewhere} == set()


def test_the_small_project_has_no_faults(findings_of: Callable[..., list[str]]) -> None:
    assert findings_of() == []
