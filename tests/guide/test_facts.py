"""The facts of 2019 are there, record by record; whatever is added beside them fails nothing.

How many records there are in all is no matter of these tests: what the documents say about numbers are records of the
collection ``statistics``, and the page *Published and counted* shows a difference.
"""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from typing import Any

import pytest

from smartguide.checks.checking import Checked
from tests.guide import printed_facts
from tests.guide.printed_facts import Facts, deviations
from tests.guide.records import Records

FACTS = printed_facts.load()
PARTNERSHIPS = FACTS["partnerships"]


def test_nothing_is_wrong_with_the_records(real: Checked) -> None:
    assert [finding.as_text() for finding in real.findings] == []


@pytest.mark.parametrize("collection", FACTS)
def test_the_records_say_what_the_documents_print(records: Records, collection: str) -> None:
    if differences := deviations(records, collection, FACTS[collection], FACTS["sources"]):
        hint = "If the record is right, correct the file in brackets."
        pytest.fail("\n".join([*differences, hint]), pytrace=False)


def test_the_voluntary_partnerships_are_not_funded_and_have_no_invented_partners() -> None:
    for id_, facts in PARTNERSHIPS.items():
        if facts["strand"] == "voluntary":
            assert (facts["eu_funded"], facts["partners"], facts["activities"]) == (False, [], []), id_


def test_every_challenge_of_the_guide_has_an_answer(records: Records) -> None:
    assert [id_ for id_ in FACTS["challenges"] if not records.find("challenges", id_).get("actions")] == []


def test_look_alikes_are_kept_apart_and_say_why(records: Records) -> None:
    apart = ["gi-cluster", "si-cluster", "mi-cluster", "green-tech-cluster-latvia", "green-tech-cluster-styria"]
    assert len({records.current("partners", id_) for id_ in apart}) == len(apart)
    assert [id_ for id_ in apart if not records.find("partners", id_).get("notes")] == []


def test_a_spelling_leads_to_one_organisation_of_2019_only(records: Records) -> None:
    owners: defaultdict[str, set[str | None]] = defaultdict(set)
    for id_ in FACTS["partners"]:
        record = records.find("partners", id_)
        for name in (record["name"], *record.get("aliases", ())):
            owners[name.casefold()].add(records.current("partners", id_))
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("table", "kind", "generation", "sizes"),
    [
        ("Table 1", "ESCP-4i", 1, {"1": 9, "2": 6, "voluntary": 10}),
        ("Table 2", "ESCP-4i", 2, {"1": 16, "2": 9}),
        ("Table 3", "ESCP-S3", None, {None: 9}),
    ],
)
def test_the_files_of_facts_hold_the_whole_tables(
    table: str, kind: str, generation: int | None, sizes: dict[str | None, int]
) -> None:
    """These files are the memory of what was printed, so nothing is taken out of them: their numbers are the tables'."""
    rows = [one for one in PARTNERSHIPS.values() if (one["kind"], one["generation"]) == (kind, generation)]
    assert Counter(one["strand"] for one in rows) == sizes, table


@pytest.mark.parametrize(
    ("collection", "size"),
    [("partnerships", 60), ("areas", 6), ("challenges", 37), ("actions", 15), ("boxes", 15), ("good-practices", 8),
     ("lessons", 13), ("news", 2), ("calls", 4), ("sources", 5)],
)  # fmt: skip
def test_the_files_of_facts_hold_the_whole_guide(collection: str, size: int) -> None:
    assert len(FACTS[collection]) == size


def test_the_files_of_facts_hold_every_partner_list() -> None:
    entries = [partner for facts in PARTNERSHIPS.values() for partner in facts.get("partners", ())]
    assert len(entries) == 286 + 3  # Annex 1, and BRIDGE
    assert set(entries) <= set(FACTS["partners"])


# How the facts are compared, on a few records of our own.

DOCUMENTS: Facts = {"guide": {}}
PRINTED: Facts = {
    "wind": {"kind": "ESCP-4i", "strand": "1", "generation": None, "partners": ["a", "b"], "predecessor": "sun"},
    "sun": {"partners": []},
    "rain": {"strand": "1", "partners": ["a"]},
    "snow": {"strand": "2", "partners": ["c"]},
}
AS_PRINTED: dict[str, dict[str, Any]] = {
    "sources": {"guide": {}, "news": {}},
    "partners": {"a": {"name": "A"}, "b": {"name": "B"}, "c": {"name": "C"}},
    "partnerships": {
        "wind": {
            "kind": "ESCP-4i",
            "strand": "1",
            "partners": [{"partner": "b"}, {"partner": "a"}],
            "predecessor": "sun",
            "sources": [{"source": "guide"}],
        },
        "sun": {"sources": [{"source": "guide"}]},
        "rain": {"strand": "1", "partners": [{"partner": "a"}], "sources": [{"source": "guide"}]},
        "snow": {"strand": "2", "partners": [{"partner": "c"}], "sources": [{"source": "guide"}]},
    },
}


@pytest.fixture
def edited() -> dict[str, dict[str, Any]]:
    return copy.deepcopy(AS_PRINTED)


def compared(edited: dict[str, dict[str, Any]]) -> list[str]:
    suffix = " [tests/guide/facts/partnerships.yml]"
    return [line.removesuffix(suffix) for line in deviations(Records(edited), "partnerships", PRINTED, DOCUMENTS)]


def test_records_as_printed_differ_in_nothing(edited: dict[str, dict[str, Any]]) -> None:
    assert compared(edited) == []


def test_additions_are_no_differences(edited: dict[str, dict[str, Any]]) -> None:
    edited["partnerships"]["moon"] = {"kind": "ESCP-S3", "sources": [{"source": "guide"}]}
    edited["partnerships"]["wind"] |= {"sme_count": 3, "aliases": ["Wynd"]}
    edited["partnerships"]["sun"]["partners"] = [{"partner": "c"}]
    edited["partnerships"]["sun"]["sources"].append({"source": "news"})
    assert compared(edited) == []


def test_renamed_and_merged_records_are_found(edited: dict[str, dict[str, Any]]) -> None:
    edited["partnerships"]["storm"] = edited["partnerships"].pop("wind") | {"former_ids": ["wind"]}
    edited["partnerships"]["star"] = edited["partnerships"].pop("sun") | {"former_ids": ["sun"]}
    edited["partnerships"]["storm"] |= {"predecessor": "star", "partners": [{"partner": "c"}]}
    del edited["partners"]["a"], edited["partners"]["b"]
    edited["partners"]["c"]["former_ids"] = ["a", "b"]
    edited["partnerships"]["rain"]["partners"] = [{"partner": "c"}]
    assert compared(edited) == []


def test_a_record_that_was_merged_into_another_keeps_what_is_printed_of_both(edited: dict[str, dict[str, Any]]) -> None:
    del edited["partnerships"]["snow"]
    edited["partnerships"]["rain"] |= {"former_ids": ["snow"], "partners": [{"partner": "a"}, {"partner": "c"}]}
    assert compared(edited) == []
    edited["partnerships"]["rain"] |= {"strand": "voluntary", "partners": [{"partner": "a"}]}
    assert compared(edited) == [
        "partnerships/rain: strand: wanted '1' or '2', found 'voluntary'",
        "partnerships/rain: partners: wanted 'c' in the list, found ['a']",
    ]


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("kind", "ESCP-S3", "partnerships/wind: kind: wanted 'ESCP-4i', found 'ESCP-S3'"),
        ("kind", None, "partnerships/wind: kind: wanted 'ESCP-4i', found None"),
        ("strand", 1, "partnerships/wind: strand: wanted '1', found 1"),
        ("generation", 2, "partnerships/wind: generation: wanted None, found 2"),
        ("predecessor", "moon", "partnerships/wind: predecessor: wanted 'sun', found 'moon'"),
        ("partners", [{"partner": "a"}], "partnerships/wind: partners: wanted 'b' in the list, found ['a']"),
        (
            "partners",
            [{"partner": "a"}, {"partner": "b"}, {"partner": "c"}],
            "partnerships/wind: partners: 'c' is in no document of 2019 (wanted ['a', 'b']; "
            "name the one that says so under sources)",
        ),
    ],
)
def test_a_wrong_edit_is_told_with_record_key_and_values(
    edited: dict[str, dict[str, Any]], key: str, value: Any, line: str
) -> None:
    edited["partnerships"]["wind"][key] = value
    assert compared(edited) == [line]


def test_a_record_that_was_deleted_is_told(edited: dict[str, dict[str, Any]]) -> None:
    del edited["partnerships"]["wind"]
    line = "partnerships/wind: is gone (a record that took its place names it under former_ids)"
    assert compared(edited) == [line]
