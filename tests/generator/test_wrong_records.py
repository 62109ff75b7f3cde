"""Each way in which a record can be wrong is told with its place, the reason, and how to fix it."""

from __future__ import annotations

import pytest

from tests.projects import FindingsOf

HUT = "name: New Hut\nvalley: NTH\nsources:\n  - source: map\n"
TOUR = "name: New\nsubtitle: A new tour\nkind: day tour\nguided: true\nsources:\n  - source: map\n"
HOST = TOUR + "stages:\n  - hut: subject\n"
"""A tour that stops at the hut, so that somebody refers to it."""

DIGITS = "write digits only: no quotes, no thousands separator, no unit"
WRONG_HUTS = {
    HUT.replace("name: New Hut\n", ""): '1:1: error: the key \'name\' is missing (The name that its own sign shows; for example "Upper Lake Hut") [missing-key]',
    HUT.replace("name", "nam"): "1:1: error: unknown key 'nam' (did you mean 'name'?) [unknown-key]",
    HUT.replace("New Hut", ""): "1:6: error: name: must be text, not empty (write something) [wrong-type]",
    HUT.replace("New Hut", "2000"): '1:7: error: name: must be text, not the number 2000 (put it in quotes: "2000") [wrong-type]',
    HUT.replace("New Hut", '""'): "1:7: error: name: must not be empty (write something) [empty]",
    HUT.replace("New Hut", '"  "'): "1:7: error: name: holds nothing but blanks (write something or leave the key out) [blank-text]",
    HUT.replace("New Hut", "New: Hut"): "1:7: error: the text holds a ':' such as only a key has (put the whole text in quotes: \"New: Hut\"); 1 other finding follows from this and is not listed [syntax]",
    HUT.replace("valley", "\tvalley"): "2:1: error: a tab character where spaces belong (indent with spaces, not with tabs); 1 other finding follows from this and is not listed [syntax]",
    f"{HUT}name: Again\n": "5:1: error: name: the key stands here for the second time (first on line 1) (keep one of them) [duplicate-key]",
    f'{HUT}beds: "48"\n': "5:7: error: beds: must be a whole number, not the text '48' (write 48, without quotes) [wrong-type]",
    f"{HUT}beds: 1,000\n": "5:7: error: beds: must be a whole number, not the text '1,000' (write 1000: a number has no thousands separator) [wrong-type]",
    f"{HUT}beds: -1\n": "5:7: error: beds: '-1' is out of range (at least 0) [out-of-range]",
    f"{HUT}website: huts.example\n": "5:10: error: website: 'huts.example' does not have the right form (write https://huts.example) [wrong-form]",
    f"{HUT}links:\n  - url: https://huts.example/\n": "6:5: error: links[0]: the key 'label' is missing (The words that the page shows for the URL; for example \"The hut's own site\") [missing-key]",
    f"{HUT}aliases: []\n": "5:10: error: aliases: must not be empty (write something or leave the key out) [empty]",
    f"{HUT}aliases: [One, One]\n": "5:16: error: aliases[1]: 'One' is in the list already (line 5) (delete one of the two) [repeated]",
    f"{HUT}aliases: One\n": "5:10: error: aliases: must be a list, not the text 'One' (write '- One' on a line of its own below the key) [wrong-type]",
    HUT.replace("NTH", "NHT"): "2:9: error: valley: no valley 'NHT' (did you mean 'NTH'? If it is a new one, add 'nht:' to content/valleys.yml with 'code: NHT') [unknown-reference]",
    HUT.replace("NTH", "North Valley"): "2:9: error: valley: no valley 'North Valley' (did you mean 'NTH'?) [unknown-reference]",
    HUT.replace("source: map", "source: maps"): "4:13: error: sources[0].source: no source 'maps' (did you mean 'map'? If it is a new one, add 'maps:' to content/sources.yml) [unknown-reference]",
    HUT.replace("source: map", "map"): "4:5: error: sources[0]: must be a mapping of keys and values, not the text 'map' (write '- source: map') [wrong-type]",
    "- name: New Hut\n": "1:1: error: a record must be a mapping of keys and values (a file holds one record: delete the '- '); 1 other finding follows from this and is not listed [type]",
    "New Hut\n": "1:1: error: a record must be a mapping of keys and values (begin it with 'name: …'); 1 other finding follows from this and is not listed [type]",
}  # fmt: skip
WRONG_TOURS = {
    TOUR.replace("day tour", "day tours"): ["3:7: error: kind: 'day tours' is not allowed (did you mean 'day tour'? allowed: from hut to hut, day tour) [not-allowed]"],
    TOUR.replace("day tour", "from hut to hut"): ["1:1: error: the key 'nights' is missing (a tour from hut to hut says how many nights it takes) [missing-key]"],
    f"{TOUR}nights: 2\n": ["7:1: error: nights: does not apply here (a day tour has no nights; take them out, or change the kind) [does-not-apply]"],
    TOUR.replace("true", "yes"): ["4:9: error: guided: must be true or false, not the text 'yes' (write true, without quotes) [wrong-type]"],
    f"{TOUR}grade: 4\n": ["7:8: error: grade: '4' is not allowed (allowed: 1, 2, 3) [not-allowed]"],
    f"{TOUR}grade: hard\n": [f"7:8: error: grade: must be a whole number, not the text 'hard' ({DIGITS}) [wrong-type]"],
    f"{TOUR}start: 2025-13\n": ["7:8: error: start: '2025-13' does not have the right form (The first month of its season, as YYYY-MM; for example \"2025-06\") [wrong-form]"],
    f"{TOUR}start: 2025\n": ['7:8: error: start: must be text, not the number 2025 (The first month of its season, as YYYY-MM; for example "2025-06") [wrong-type]'],
    f"{TOUR}stages: upper-lake\n": ["7:9: error: stages: must be a list, not the text 'upper-lake' (below the key, write '- hut: upper-lake') [wrong-type]"],
    f"{TOUR}stages:\n  - upper-lake\n": ["8:5: error: stages[0]: must be a mapping of keys and values, not the text 'upper-lake' (write '- hut: upper-lake') [wrong-type]"],
    f"{TOUR}stages:\n  - hut: upper-lak\n": ["8:10: error: stages[0].hut: no hut 'upper-lak' (did you mean 'upper-lake'? If it is a new one, add the file content/huts/upper-lak.yml) [unknown-reference]"],
    f"{TOUR}stages:\n  - hut: Upper Lake Hut\n": ["8:10: error: stages[0].hut: no hut 'Upper Lake Hut' (did you mean 'upper-lake'?) [unknown-reference]"],
    f"{TOUR}stages:\n  - hut: somewhere-else\n    remarks: x\n": [
        "8:10: error: stages[0].hut: no hut 'somewhere-else' (there are: stone-pass, upper-lake; if it is a new one, add the file content/huts/somewhere-else.yml) [unknown-reference]",
        "9:5: error: stages[0]: unknown key 'remarks' (did you mean 'remark'?) [unknown-key]",
    ],
    f"{TOUR}themes: [fire]\n": ["7:10: error: themes[0]: no theme 'fire' (there are: water; if it is a new one, add 'fire:' to content/themes.yml) [unknown-reference]"],
    f"{TOUR}figures:\n  - {{label: Ascent, value: 900-1000, source: map}}\n": [f"8:28: error: figures[0].value: must be a number, not the text '900-1000' ({DIGITS}) [wrong-type]"],
    f"{TOUR}grade: 0\n".replace("name", "names").replace("true", "1"): [
        "1:1: error: unknown key 'names' (did you mean 'name'?) [unknown-key]",
        "4:9: error: guided: must be true or false, not the number 1 (write true, without quotes) [wrong-type]",
        "7:8: error: grade: '0' is not allowed (allowed: 1, 2, 3) [not-allowed]",
    ],
}  # fmt: skip


def test_the_small_project_has_no_faults(findings_of: FindingsOf) -> None:
    assert findings_of() == []


@pytest.mark.parametrize(("record", "expected"), WRONG_HUTS.items())
def test_a_wrong_hut_is_told(findings_of: FindingsOf, record: str, expected: str) -> None:
    found = findings_of({"content/huts/subject.yml": record.encode(), "content/tours/host.yml": HOST})
    subject = "content/huts/subject.yml:"
    assert [line.removeprefix(subject) for line in found if line.startswith(subject)] == [expected]


@pytest.mark.parametrize(("record", "expected"), WRONG_TOURS.items())
def test_a_wrong_tour_is_told(findings_of: FindingsOf, record: str, expected: list[str]) -> None:
    found = findings_of({"content/tours/subject.yml": record.encode()})
    assert [line.removeprefix("content/tours/subject.yml:") for line in found] == expected


def test_a_record_that_nobody_refers_to_is_told(findings_of: FindingsOf) -> None:
    assert findings_of({"content/huts/alone.yml": HUT}) == [
        "content/huts/alone.yml:1:1: warning: no record refers to 'alone' (refer to it, or delete it) [unreferenced]"
    ]


def test_two_records_of_one_name_are_told(findings_of: FindingsOf) -> None:
    same = HUT.replace("New Hut", "upper lake HUT")
    assert findings_of({"content/huts/subject.yml": same, "content/tours/host.yml": HOST}) == [
        "content/huts/upper-lake.yml:1:7: error: name: 'Upper Lake Hut' is the name of content/huts/subject.yml too "
        "(if it is the same one, merge the two records; if not, tell them apart by their names) [same-name]"
    ]


def test_an_empty_collection_is_told(findings_of: FindingsOf) -> None:
    found = findings_of(
        {"content/catalogue.yml": "collections:\n  sources: {schema: source, records: !include none/*.yml}\n"}
    )
    told = "content/catalogue.yml:2:29: warning: collections.sources.records: the collection 'sources' has no records "
    assert any(line.startswith(told) for line in found)


def test_a_page_that_people_write_is_not_hidden_by_a_record(findings_of: FindingsOf) -> None:
    assert findings_of({"content/huts/stone-pass/README.md": "# A page\n"}) == [
        "content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/ is that of content/huts/stone-pass/README.md "
        "(rename content/huts/stone-pass/README.md, or choose another id) [taken-url]"
    ]


def test_the_index_of_a_collection_may_be_a_page_that_people_write(findings_of: FindingsOf) -> None:
    assert findings_of({"content/huts/index.md": "# Ours\n\n{{ index_page('huts') }}\n"}) == []
