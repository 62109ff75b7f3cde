"""What the Smart Guide declares of the quality of its records, and how its pages show it."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest

from smartguide.checks.checking import check
from smartguide.pages.pages import record_page
from smartguide.quality.overview import Quality
from smartguide.session import load
from tests.projects import ROOT, FindingsOf, MakeProject

PARTNERSHIP = """
    acronym: Beta
    title: The second
    kind: {kind}
    eu_funded: true
    figures:
      - {{label: SMEs involved, value: 300, qualifier: about, source: guide, part: Annex 1}}
      - {{label: SMEs involved, value: 373, source: guide, part: Box 3}}
      - {{label: Missions, value: 4, source: guide}}
    sources:
      - source: guide
    """


def test_the_page_of_a_record_leads_from_each_disputed_figure_to_its_document_in_one_click(
    project: MakeProject,
) -> None:
    root = project({"content/partnerships/beta.yml": PARTNERSHIP.format(kind="ESCP-S3")})
    session = load(root)
    record = session.checked.base["partnerships"].records["beta"]
    page: Any = lxml.html.fromstring(session.renderer.page(record_page(record)).html)
    (told,) = page.xpath("//*[@class='sg-quality']//dt[.='Where documents disagree']/following-sibling::dd//li")
    assert " ".join(str(told.text_content()).split()).startswith("SMEs involved: about 300 (")
    assert "373 (" in told.text_content()
    assert len(told.xpath(".//a[contains(@href, 'sources/guide/')]")) == 2
    assert not page.xpath("//*[@class='sg-quality']//text()[contains(., 'Missions')]")


@pytest.mark.parametrize(("kind", "expected"), [("ESCP-4i", True), ("ESCP-S3", False)])
def test_only_partnerships_that_go_to_markets_lack_target_markets(
    project: MakeProject, kind: str, *, expected: bool
) -> None:
    text = PARTNERSHIP.format(kind=kind) + ('generation: 1\n    strand: "1"\n' if kind == "ESCP-4i" else "")
    base = check(project({"content/partnerships/beta.yml": text})).base
    missing = {one.name for one in Quality(base).of(base["partnerships"].records["beta"]).missing}
    assert ("target_markets" in missing) == expected
    assert "partners" in missing


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{on: "2026-11-28", against: guide}', ""),
        ('{on: "2026-11-28", against: "https://www.clustercollaboration.eu/escp-profiles/beta"}', ""),
        ("{on: 2026-11-28, against: guide}", ""),
        ('{on: "28.11.2026", against: guide}', "write 2026-11-28"),
        ('{on: "1926-11-28", against: guide}', "write the day as YYYY-MM-DD, such as 2026-11-28 (from 1990 to 2039)"),
        ("{on: May 2026, against: guide}", "write the day as YYYY-MM-DD"),
        ('"2026-11-28"', "write 'on: 2026-11-28', and below it against: …"),
    ],
)
def test_a_comparison_with_a_document_is_written_in_one_way_and_others_are_told_how(
    findings_of: FindingsOf, written: str, said: str
) -> None:
    text = f"{PARTNERSHIP.format(kind='ESCP-S3')}verified: {written}\n"
    found = findings_of({"content/partnerships/beta.yml": text})
    assert [said in one for one in found] == ([True] if said else []), found


def test_every_kind_of_record_that_can_say_when_it_was_compared_says_it_in_the_same_way() -> None:
    """The kinds of the guide can; one that somebody adds need not."""
    common = {"$ref": "common.schema.json#/$defs/verified"}
    found = {}
    for path in (ROOT / "schemas").glob("*.schema.json"):
        properties = json.loads(path.read_text(encoding="utf-8")).get("properties") or {}
        if "verified" in properties:
            found[path.name.partition(".")[0]] = properties["verified"]
    assert {name for name, written in found.items() if written != common} == set()
    assert {"partnership", "partner", "action", "good-practice", "instrument", "statistic", "source"} <= found.keys()
