"""The catalogue: what it may say, and what is told when it says something else."""

from __future__ import annotations

import pytest

from tests.projects import FindingsOf

SOURCES = "  sources: {schema: source, records: !include sources.yml}\n"


def catalogue(entry: str) -> dict[str, str]:
    return {"content/catalogue.yml": f"collections:\n{SOURCES}{entry}\n"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("  huts: {schema: hutt, records: !include huts/*.yml}", "3:18: error: collections.huts.schema: no schema 'hutt' (did you mean 'hut'?) [catalogue]"),
        ("  huts: {schema: hut, record: !include huts/*.yml}", "3:23: error: collections.huts: unknown key 'record' (did you mean 'records'?) [unknown-key]"),
        ("  huts: {schema: hut}", "3:9: error: collections.huts: the key 'records' is missing"),
        ("  huts: {schema: hut, records: []}", "3:23: error: collections.huts.records: records are gathered with !include"),
        ("  Huts: {schema: hut, records: !include huts/*.yml}", "a collection's name is lower-case ASCII words joined by '-'"),
        ("  huts: {schema: hut, records: !include ../huts/*.yml}", "3:32: error: collections.huts.records: '../huts/*.yml' has '..' in it"),
        ("  huts: {schema: hut, url: sources, records: !include huts/*.yml}", "3:3: error: collections.huts: the pages of 'huts' would take the place of those of 'sources'"),
        ("  index: {schema: hut, records: !include huts/*.yml}", "3:3: error: collections.index: the pages of 'index' would take the place of those of the list of all collections"),
        ('  huts: {schema: hut, title: "a\u202Eb", records: !include huts/*.yml}', "collections.huts.title: holds the invisible character U+202E"),
        ('  huts: {schema: hut, intro: "  ", records: !include huts/*.yml}', "(it must have something to read, and no invisible characters) [wrong-form]"),
        ("  huts: {schema: hut, order_by: [nme], records: !include huts/*.yml}", "3:34: error: collections.huts.order_by[0]: the schema 'hut' declares no property 'nme' (did you mean 'name'?) [catalogue]"),
        ("  huts: {schema: hut, order_by: [name.first], records: !include huts/*.yml}", "collections.huts.order_by[0]: 'name' refers to no other records"),
        ("  huts: {schema: hut, order_by: [name, sources.source], records: !include huts/*.yml}", "collections.huts.order_by[1]: 'sources' refers to no other records"),
        ("  huts: {schema: hut, dated_by: day, records: !include huts/*.yml}", "3:33: error: collections.huts.dated_by: the schema 'hut' declares no property 'day'"),
        ("  huts: {schema: hut, pages: some, records: !include huts/*.yml}", "'some' is not allowed (allowed: each, one)"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_told_with_its_place(findings_of: FindingsOf, entry: str, expected: str) -> None:
    found = findings_of(catalogue(entry))
    assert any(line.startswith("content/catalogue.yml") and expected in line for line in found), found


def test_a_missing_catalogue_is_told(findings_of: FindingsOf) -> None:
    assert (
        "content/catalogue.yml: error: cannot be read: No such file or directory (check its name and who may read it) [unreadable]"
        in findings_of({"content/catalogue.yml": None})
    )


def test_a_file_that_no_collection_includes_is_not_lost_silently(findings_of: FindingsOf) -> None:
    found = findings_of(
        {
            "content/huts/late.yaml": "name: Late\nvalley: NTH\nsources:\n  - source: map\n",
            "content/ways/idea.yml": "a: 1\n",
        }
    )
    assert found == [
        "content/huts/late.yaml: error: no collection of content/catalogue.yml includes this file "
        "(rename it to 'late.yml') [left-out]",
        "content/ways/idea.yml: error: no collection of content/catalogue.yml includes this file "
        "(move it into the folder of a collection) [left-out]",
    ]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Ridge Hut", "ridge-hut"), ("Straßenhütte_1", "strassenhutte-1"), ("ÉLAN", "elan"), ("-x-", "x")],
)
def test_a_file_name_that_is_no_id_is_told_with_a_better_one(findings_of: FindingsOf, name: str, wanted: str) -> None:
    found = findings_of({f"content/huts/{name}.yml": "name: X\nvalley: NTH\nsources:\n  - source: map\n"})
    assert found == [
        f"content/huts/{name}.yml: error: the id '{name}' is not lower-case ASCII words joined by '-' "
        f"(rename the file to '{wanted}.yml') [id]"
    ]


def test_two_records_of_one_file_cannot_have_one_id(findings_of: FindingsOf) -> None:
    twice = "water: {name: Water, description: One.}\nwater: {name: Water, description: Two.}\n"
    assert any("[duplicate-key]" in line for line in findings_of({"content/themes.yml": twice}))


def test_a_schema_that_cannot_be_used_is_a_finding(findings_of: FindingsOf) -> None:
    found = findings_of({"schemas/hut.schema.json": '{"type": "strin"}', "schemas/theme.schema.json": "{,}"})
    assert any(
        line.startswith("schemas/hut.schema.json:1:2: error: type: no type 'strin' (did you mean 'string'?)")
        for line in found
    )
    assert any(line.startswith("schemas/theme.schema.json:1:2: error: not readable as JSON") for line in found)


def test_a_schema_that_was_copied_with_its_id_is_told(findings_of: FindingsOf) -> None:
    copied = '{\n  "title": "Event",\n  "$id": "https://tours.example/schemas/hut.schema.json"\n}'
    found = findings_of({"schemas/event.schema.json": copied})
    assert (
        "schemas/event.schema.json:3:3: error: the $id is that of another file: "
        "https://tours.example/schemas/hut.schema.json "
        "(end it with 'event.schema.json', or leave it out) [schema]" in found
    )
