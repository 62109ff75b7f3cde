"""Each slip that people make in a record is told on its own line, once, with what to write; who writes that gets on."""

from __future__ import annotations

import pytest

from smartguide.checks.checking import check
from tests.generator import projects
from tests.projects import Changes, FindingsOf, MakeProject

TOUR = "name: New\nsubtitle: A new tour\nkind: day tour\nguided: true\nsources:\n  - source: map\n"

ADDED = {
    "start: 2025\n": '7:8: error: start: must be text, not the number 2025 (The first month of its season, as YYYY-MM; for example "2025-06") [wrong-type]',
    "start: 06.2025\n": "7:8: error: start: must be text, not the number 06.2025 (write 2025-06) [wrong-type]",
    'start: "2025-6"\n': "7:8: error: start: '2025-6' does not have the right form (write 2025-06) [wrong-form]",
    "start: June 2025\n": "7:8: error: start: 'June 2025' does not have the right form (write 2025-06) [wrong-form]",
    'start: "2025"\n': '7:8: error: start: \'2025\' does not have the right form (The first month of its season, as YYYY-MM; for example "2025-06") [wrong-form]',
    'grade: "2"\n': "7:8: error: grade: must be a whole number, not the text '2' (write 2, without quotes) [wrong-type]",
    "notes:\n  - Decided: the newer one\n": '8:5: error: notes[0]: must be text; the \': \' in it makes a key of what stands before it (put the whole text in quotes: "Decided: the newer one") [wrong-type]',
    "notes:\n  - [a, b]\n": "8:5: error: notes[0]: must be text, not a list (write one text; put it in quotes if it has brackets) [wrong-type]",
    "notes: one remark\n": "7:8: error: notes: must be a list, not the text 'one remark' (write '- one remark' on a line of its own below the key) [wrong-type]",
    "themes: water, fire\n": "7:9: error: themes: must be a list, not the text 'water, fire' (write [water, fire]) [wrong-type]",
    "stages:\n  - upper-lake\n": "8:5: error: stages[0]: must be a mapping of keys and values, not the text 'upper-lake' (write '- hut: upper-lake') [wrong-type]",
    "stages: [upper-lake]\n": "7:10: error: stages[0]: must be a mapping of keys and values, not the text 'upper-lake' (write {hut: upper-lake}) [wrong-type]",
    "links: [https://huts.example/]\n": "7:9: error: links[0]: must be a mapping of keys and values, not the text 'https://huts.example/' (write {url: https://huts.example/, label: …}) [wrong-type]",
    "stages:\n  upper-lake: {}\n": "8:3: error: stages: must be a list, not a mapping (begin each entry with '- ' on a line of its own, as in '- hut: …') [wrong-type]",
    "stages:\n  hut: upper-lake\n": "8:3: error: stages: must be a list, not a mapping (begin each entry with '- ' on a line of its own, as in '- hut: …') [wrong-type]",
    "links:\n  - https://huts.example/\n": "8:5: error: links[0]: must be a mapping of keys and values, not the text 'https://huts.example/' (write '- url: https://huts.example/', and below it label: …) [wrong-type]",
    "links:\n  - url: huts.example\n    label: Huts\n": "8:10: error: links[0].url: 'huts.example' does not have the right form (write https://huts.example) [wrong-form]",
    "links:\n  - url: HTTPS//huts.example\n    label: Huts\n": "8:10: error: links[0].url: 'HTTPS//huts.example' does not have the right form (write https://huts.example) [wrong-form]",
    'figures:\n  - {label: Ascent, value: "1 200", source: map}\n': "8:28: error: figures[0].value: must be a number, not the text '1 200' (write 1200: a number has no thousands separator) [wrong-type]",
    "figures:\n  - {label: Ascent, value: 1'200, source: map}\n": "8:28: error: figures[0].value: must be a number, not the text '1'200' (write 1200: a number has no thousands separator) [wrong-type]",
    'figures:\n  - {label: Ascent, value: "950", source: map}\n': "8:28: error: figures[0].value: must be a number, not the text '950' (write 950, without quotes) [wrong-type]",
    "figures:\n  - {label: Ascent, value: 950 m, source: map}\n": "8:28: error: figures[0].value: must be a number, not the text '950 m' (write digits only: no quotes, no thousands separator, no unit) [wrong-type]",
    "themes: [water, water]\n": "7:17: error: themes[1]: 'water' is in the list already (line 7) (delete one of the two) [repeated]",
    "  - source: map\n": "7:5: error: sources[1]: this entry is in the list already (line 6) (delete one of the two) [repeated]",
    "label: x\n": "7:1: error: unknown key 'label' (it belongs to 'figures': indent it below that) [unknown-key]",
    "links:\n  - url: https://x.example/\n    label: X\n    grade: 2\n": "10:5: error: links[0]: unknown key 'grade' (it belongs to the record as a whole: begin the line where the other keys of the record begin) [unknown-key]",
    "colour: red\n": "7:1: error: unknown key 'colour' (allowed: name, subtitle, aliases, kind, nights, grade, guided, start, end, description, highlights, stages, valleys, themes, figures, links, sources, notes, former_ids) [unknown-key]",
    "notes: []\n": "7:8: error: notes: must not be empty (write something or leave the key out) [empty]",
    "stages:\n  - hut: new-hut\n": "8:10: error: stages[0].hut: no hut 'new-hut' (there are: stone-pass, upper-lake; if it is a new one, add the file content/huts/new-hut.yml) [unknown-reference]",
    "stages:\n  - hut: New Hut\n": "8:10: error: stages[0].hut: no hut 'New Hut' (there are: stone-pass, upper-lake; if it is a new one, add the file content/huts/new-hut.yml, and write 'new-hut' here) [unknown-reference]",
    "stages:\n  - hut: stone-pas\n": "8:10: error: stages[0].hut: no hut 'stone-pas' (did you mean 'stone-pass'? If it is a new one, add the file content/huts/stone-pas.yml) [unknown-reference]",
    "valleys: [WST]\n": "7:11: error: valleys[0]: no valley 'WST' (there are: NTH, STH; if it is a new one, add 'wst:' to content/valleys.yml with 'code: WST') [unknown-reference]",
    "themes: [fire]\n": "7:10: error: themes[0]: no theme 'fire' (there are: water; if it is a new one, add 'fire:' to content/themes.yml) [unknown-reference]",
}  # fmt: skip
"""What is added to a tour in which nothing is wrong."""

RECORDS = {
    "name: New\nsubtitle: A new tour\nkind: “day tour”\nguided: true\nsources:\n  - source: map\n": '3:7: error: kind: \'“day tour”\' is not allowed (use straight quotes: "day tour") [not-allowed]',
    "name: New\nsubtitle: A new tour\nkind: Day tour\nguided: true\nsources:\n  - source: map\n": "3:7: error: kind: 'Day tour' is not allowed (did you mean 'day tour'? allowed: from hut to hut, day tour) [not-allowed]",
    "name: New\nsubtitle: A new tour\nkind: day tour\nguided: Yes\nsources:\n  - source: map\n": "4:9: error: guided: must be true or false, not the text 'Yes' (write true, without quotes) [wrong-type]",
    'name: New\nsubtitle: A new tour\nkind: day tour\nguided: "no"\nsources:\n  - source: map\n': "4:9: error: guided: must be true or false, not the text 'no' (write false, without quotes) [wrong-type]",
    'name: New\nsubtitle: ""\nkind: day tour\nguided: true\nsources:\n  - source: map\n': "2:11: error: subtitle: must not be empty (write something) [empty]",
    "- name: New\n": "1:1: error: a record must be a mapping of keys and values (a file holds one record: delete the '- ') [type]",
    "New\n": "1:1: error: a record must be a mapping of keys and values (begin it with 'name: …') [type]",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [*((TOUR + text, said) for text, said in ADDED.items()), *RECORDS.items()]
)
def test_a_wrong_value_is_told_once_with_what_to_write(findings_of: FindingsOf, text: str, expected: str) -> None:
    assert findings_of({"content/tours/new.yml": text.encode()}) == [f"content/tours/new.yml:{expected}"]


HUT = projects.text("content/huts/upper-lake.yml")


def test_a_record_in_the_folder_of_another_collection_is_one_finding(findings_of: FindingsOf) -> None:
    tour = projects.text("content/tours/three-lakes.yml")
    assert findings_of({"content/tours/new.yml": HUT, "content/huts/new.yml": tour}) == [
        "content/huts/new.yml:1:1: error: this is the record of a tour, in the folder of another collection "
        "(move it to content/tours/) [wrong-folder]",
        "content/tours/new.yml:1:1: error: this is the record of a hut, in the folder of another collection "
        "(move it to content/huts/) [wrong-folder]",
    ]


def test_after_a_rename_the_former_id_leads_to_the_new_one(findings_of: FindingsOf) -> None:
    renamed: Changes = {
        "content/huts/upper-lake.yml": None,
        "content/huts/upper-lake-hut.yml": f"{HUT}former_ids: [upper-lake]\n",
    }
    (told,) = findings_of(renamed)
    assert told == (
        "content/tours/three-lakes.yml:9:10: error: stages[0].hut: no hut 'upper-lake' "
        "('upper-lake' is now 'upper-lake-hut': write 'upper-lake-hut') [unknown-reference]"
    )


def test_after_a_rename_chapters_that_name_the_former_id_are_told(project: MakeProject) -> None:
    renamed: Changes = {
        "content/huts/stone-pass.yml": None,
        "content/huts/stone-hut.yml": projects.text("content/huts/stone-pass.yml") + "former_ids: [stone-pass]\n",
        "content/page.md": "# A page\n\n{{ link('huts', 'stone-pass') }}\n",
    }
    assert [finding.as_text() for finding in check(project(renamed)).in_macros] == [
        "content/page.md:3:4: error: no record 'stone-pass' in the collection 'huts' "
        "('stone-pass' is now 'stone-hut': write 'stone-hut') [macro]"
    ]


def test_a_chapter_that_names_a_record_that_cannot_be_read_is_not_to_blame(project: MakeProject) -> None:
    changes: Changes = {
        "content/huts/stone-pass.yml": "name: [",
        "content/page.md": "{{ link('huts', 'stone-pass') }}\n",
    }
    assert check(project(changes)).in_macros == []


def test_after_a_merge_the_former_id_leads_to_the_record_that_is_left(findings_of: FindingsOf) -> None:
    merged = projects.text("content/huts/stone-pass.yml") + "former_ids: [upper-lake]\n"
    found = findings_of({"content/huts/upper-lake.yml": None, "content/huts/stone-pass.yml": merged})
    assert any("('upper-lake' is now 'stone-pass': write 'stone-pass')" in line for line in found)


def test_the_message_of_an_object_hides_no_other_fault_of_it(findings_of: FindingsOf) -> None:
    schema = projects.text("schemas/hut.schema.json")
    together = '"x-message": "say one of the two",\n  "anyOf": [{"required": ["website"]}, {"required": ["beds"]}],\n'
    changes: Changes = {
        "schemas/hut.schema.json": schema.replace('  "properties": {', f'  {together}  "properties": {{', 1),
        "content/huts/stone-pass.yml": "name: Stone Pass Hut\nvalley: STH\nsources:\n  - source: map\nbeds: many\n",
        "content/huts/upper-lake.yml": "name: 5\nvalley: NTH\nsources:\n  - source: map\n",
    }
    assert [line.partition(" [")[0] for line in findings_of(changes)] == [
        "content/huts/stone-pass.yml:5:7: error: beds: must be a whole number, not the text 'many' "
        "(write digits only: no quotes, no thousands separator, no unit)",
        "content/huts/upper-lake.yml:1:1: error: say one of the two",
        'content/huts/upper-lake.yml:1:7: error: name: must be text, not the number 5 (put it in quotes: "5")',
    ]
