"""The catalogue: what it may say, and what is told when it says something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Findings = Callable[..., list[str]]
SOURCES = "  sources: {schema: source, records: !include sources.yml}\n"


def catalogue(entry: str) -> dict[str, str]:
    return {"content/catalogue.yml": f"collections:\n{SOURCES}{entry}\n"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("  partners: {schema: partnr, records: !include partners/*.yml}", "3:22: error: collections.partners.schema: no schema 'partnr' (did you mean 'partner'?) [catalogue]"),
        ("  partners: {schema: partner, record: !include partners/*.yml}", "3:31: error: collections.partners: unknown key 'record' (did you mean 'records'?) [unknown-key]"),
        ("  partners: {schema: partner}", "3:13: error: collections.partners: the key 'records' is missing"),
        ("  partners: {schema: partner, records: []}", "3:31: error: collections.partners.records: records are gathered with !include"),
        ("  Partners: {schema: partner, records: !include partners/*.yml}", "a collection's name is lower-case ASCII words joined by '-'"),
        ("  partners: {schema: partner, records: !include ../partners/*.yml}", "3:40: error: collections.partners.records: '../partners/*.yml' has '..' in it"),
        ("  partners: {schema: partner, url: sources, records: !include partners/*.yml}", "3:3: error: collections.partners: the pages of 'partners' would take the place of those of 'sources'"),
        ("  index: {schema: partner, records: !include partners/*.yml}", "3:3: error: collections.index: the pages of 'index' would take the place of those of the list of all collections"),
        ('  partners: {schema: partner, title: "a\u202Eb", records: !include partners/*.yml}', "(it must be one line that a reader can see, without invisible characters) [wrong-form]"),
        ('  partners: {schema: partner, intro: "  ", records: !include partners/*.yml}', "(it must have something to read, and no invisible characters) [wrong-form]"),
        ("  partners: {schema: partner, pages: some, records: !include partners/*.yml}", "'some' is not allowed (allowed: each, one)"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_told_with_its_place(findings_of: Findings, entry: str, expected: str) -> None:
    found = findings_of(catalogue(entry))
    assert any(line.startswith("content/catalogue.yml") and expected in line for line in found), found


def test_a_missing_catalogue_is_told(findings_of: Findings) -> None:
    assert "content/catalogue.yml: error: cannot be read: No such file or directory [unreadable]" in findings_of(
        {"content/catalogue.yml": None}
    )


def test_a_file_that_no_collection_includes_is_not_lost_silently(findings_of: Findings) -> None:
    found = findings_of(
        {
            "content/partners/late.yaml": "name: Late\ncountry: DE\nsources:\n  - source: guide\n",
            "content/notes/idea.yml": "a: 1\n",
        }
    )
    assert found == [
        "content/notes/idea.yml: error: no collection of content/catalogue.yml includes this file "
        "(move it into the folder of a collection) [left-out]",
        "content/partners/late.yaml: error: no collection of content/catalogue.yml includes this file "
        "(rename it to 'late.yml') [left-out]",
    ]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Road Menders", "road-menders"), ("Straßenbau_1", "straenbau-1"), ("ÉLAN", "elan"), ("-x-", "x")],
)
def test_a_file_name_that_is_no_id_is_told_with_a_better_one(findings_of: Findings, name: str, wanted: str) -> None:
    found = findings_of({f"content/partners/{name}.yml": "name: X\ncountry: DE\nsources:\n  - source: guide\n"})
    assert found == [
        f"content/partners/{name}.yml: error: the id '{name}' is not lower-case ASCII words joined by '-' "
        f"(rename the file to '{wanted}.yml') [id]"
    ]


def test_two_records_of_one_file_cannot_have_one_id(findings_of: Findings) -> None:
    twice = "digital: {name: Digital, description: One.}\ndigital: {name: Digital, description: Two.}\n"
    assert any("[duplicate-key]" in line for line in findings_of({"content/sectors.yml": twice}))


def test_a_schema_that_cannot_be_used_is_a_finding(findings_of: Findings) -> None:
    found = findings_of({"schemas/partner.schema.json": '{"type": "strin"}', "schemas/sector.schema.json": "{,}"})
    assert any(line.startswith("schemas/partner.schema.json: error: not a JSON Schema") for line in found)
    assert any(line.startswith("schemas/sector.schema.json:1:2: error: not readable as JSON") for line in found)


def test_a_schema_that_was_copied_with_its_id_is_told(findings_of: Findings) -> None:
    copied = '{\n  "title": "Event",\n  "$id": "https://escp-smart-guide.example/schemas/partner.schema.json"\n}'
    found = findings_of({"schemas/event.schema.json": copied})
    assert (
        "schemas/event.schema.json:3:3: error: the $id is that of another file: "
        "https://escp-smart-guide.example/schemas/partner.schema.json "
        "(end it with 'event.schema.json', or leave it out) [schema]" in found
    )
