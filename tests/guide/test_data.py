"""The numbers of the data against the sources: nothing of a list is lost, and nothing is there twice.

The numbers are those of the tables and lists of the Smart Guide of 2019 (Tables 1 to 3, Annex 1) and of BRIDGE's page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from smartguide.checks.checking import Checked
from smartguide.model.knowledge_base import Record
from tests.conftest import ROOT

ENTRIES = {
    # first generation, strand 1
    "adpack": 5, "ecca": 3, "enw": 7, "laser-go": 3, "mobigoin": 4, "move": 10, "new-frontiers-in-food": 4,
    "smartcitytech": 9, "space2id": 10,
    # first generation, strand 2
    "bioxclusters-plus": 4, "eacp-abroad": 8, "eu4sportsclusters-alliance": 5, "natureef": 9, "reina-plus": 4,
    "silicon-europe-worldwide": 6,
    # second generation, strand 1
    "alliance": 6, "cosmetics4wellbeing": 5, "dia": 6, "elbe": 5, "eu-kets4dual-use": 4, "foodnet": 5, "foodpacklab": 6,
    "gca": 4, "geo-energy-europe": 7, "give": 8, "ideo": 3, "magia": 4, "peres": 5, "pimap": 4, "sentinel": 4,
    "spacewave": 4,
    # second generation, strand 2
    "adpack2": 6, "cosmenerg-4i": 5, "ec2i": 5, "esct-go-global": 8, "eu-textile2030": 7, "laser-go-global": 6,
    "mobigoin-action": 4, "nf4": 4, "space2idgo": 8,
    # ESCP-S3
    "ai4diag": 5, "connsensys": 8, "cyber-secure-light": 9, "digiclusters": 11, "eacn": 6, "eacp-eurosme": 6,
    "s3martmed": 5, "tex4im": 8, "track": 4,
    # third generation
    "bridge": 3,
}  # fmt: skip
"""How many partners the source lists for each partnership."""


def partnerships(real: Checked, **wanted: object) -> list[Record]:
    return [
        record
        for record in real.base["partnerships"]
        if all(record.data.get(key) == value for key, value in wanted.items())
    ]


def test_nothing_is_wrong_with_the_records(real: Checked) -> None:
    assert [finding.as_text() for finding in real.findings] == []


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ({}, 60),
        ({"generation": 1, "strand": "1"}, 9),
        ({"generation": 1, "strand": "2"}, 6),
        ({"generation": 1, "strand": "voluntary"}, 10),
        ({"generation": 2, "strand": "1"}, 16),
        ({"generation": 2, "strand": "2"}, 9),
        ({"generation": 3}, 1),
        ({"kind": "ESCP-S3"}, 9),
        ({"generation": 1, "eu_funded": True}, 15),
        ({"generation": 1, "eu_funded": False}, 10),
    ],
)
def test_there_are_as_many_partnerships_as_in_the_tables(real: Checked, wanted: dict[str, object], number: int) -> None:
    assert len(partnerships(real, **wanted)) == number


def test_no_partner_list_has_lost_or_gained_an_entry(real: Checked) -> None:
    listed = {
        record.id: len(record.data["partners"]) for record in real.base["partnerships"] if "partners" in record.data
    }
    assert listed == ENTRIES
    assert sum(ENTRIES.values()) == 286 + 3


def test_voluntary_partnerships_have_no_invented_partners(real: Checked) -> None:
    for record in partnerships(real, strand="voluntary"):
        assert "partners" not in record.data
        assert "activities" not in record.data


def test_follow_ups_name_their_predecessors(real: Checked) -> None:
    found = {
        record.id: record.data["predecessor"] for record in real.base["partnerships"] if "predecessor" in record.data
    }
    assert found == {
        "adpack2": "adpack",
        "esct-go-global": "smartcitytech",
        "foodpacklab": "foodpacklab-2016",
        "give": "give-2016",
        "laser-go-global": "laser-go",
        "mobigoin-action": "mobigoin",
        "nf4": "new-frontiers-in-food",
        "peres": "peres-2016",
        "space2idgo": "space2id",
    }


def test_what_looks_alike_is_kept_apart_and_what_is_the_same_is_one(real: Checked) -> None:
    partners = real.base["partners"].records
    for apart in ("gi-cluster", "si-cluster", "mi-cluster", "green-tech-cluster-latvia", "green-tech-cluster-styria"):
        assert apart in partners
        assert partners[apart].data["notes"]
    assert len(partners["pole-scs"].data["aliases"]) >= 3
    assert "TENERRDIS" in partners["tenerdis"].data["aliases"]


def test_a_spelling_leads_to_one_organisation_only(real: Checked) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for record in real.base["partners"]:
        for name in (record.label, *record.data.get("aliases", ())):
            owners[name.casefold()].add(record.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("collection", "number"),
    [
        ("actions", 15),
        ("boxes", 15),
        ("good-practices", 8),
        ("challenges", 37),
        ("lessons", 13),
        ("news", 2),
        ("areas", 6),
        ("sources", 5),
        ("calls", 4),
    ],
)
def test_nothing_of_the_guide_is_missing(real: Checked, collection: str, number: int) -> None:
    assert len(real.base[collection]) == number


def test_the_challenges_are_those_of_the_six_areas(real: Checked) -> None:
    counted = Counter(record.data["area"] for record in real.base["challenges"])
    assert counted == {
        "strategy": 11,
        "innovation": 8,
        "cooperation": 5,
        "internationalisation": 5,
        "investment": 4,
        "ongoing": 4,
    }


def test_every_challenge_has_an_answer(real: Checked) -> None:
    assert [record.id for record in real.base["challenges"] if not record.data.get("actions")] == []


def test_every_record_says_where_its_facts_come_from(real: Checked) -> None:
    without = [
        record
        for record in real.base
        if "sources" in record.kind.schema.get("required", ()) and not record.data.get("sources")
    ]
    assert without == []


def test_every_record_of_its_own_file_names_its_schema(real: Checked) -> None:
    for record in real.base:
        if record.base:
            continue
        first = (ROOT / record.path).read_text(encoding="utf-8").partition("\n")[0]
        depth = "../" * (len(record.path.split("/")) - 1)
        assert first == f"# yaml-language-server: $schema={depth}schemas/{record.kind.name}.schema.json", record.path


def test_every_property_of_every_schema_is_explained(real: Checked) -> None:
    kinds = {collection.kind.name: collection.kind for collection in real.base.collections.values()}
    for kind in kinds.values():
        for prop in kind.properties:
            assert prop.schema.get("title"), (kind.name, prop.name)
            assert len(str(prop.schema.get("description", ""))) > 5, (kind.name, prop.name)
            assert prop.schema.get("examples"), (kind.name, prop.name)


def test_the_examples_of_the_schemas_have_the_form_that_they_explain(real: Checked) -> None:
    for collection in real.base.collections.values():
        for prop in collection.kind.properties:
            for example in prop.schema["examples"]:
                if pattern := prop.schema.get("pattern"):
                    assert re.search(pattern, example), (collection.kind.name, prop.name)
                if allowed := prop.schema.get("enum"):
                    assert example in allowed, (collection.kind.name, prop.name)
