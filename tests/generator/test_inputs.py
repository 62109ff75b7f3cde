"""What people type into records, one row each: it is told with file, line and words. Nothing is lost silently."""

from __future__ import annotations

import pytest

from smartguide.checks.checking import Checker
from tests.generator.inputs import CATALOGUE, HUT, SETTINGS, H, P, T, Table, assert_told, hut, named, page, tour

NUMBERS: Table = {
    f"beds: {written}": (hut(f"beds: {written}\n"), [f"{H}:6:7: error: beds: {words}"])
    for written, words in {
        "017": "'017' would be read as the number 17 (write 17, or put it in quotes if it is text) [number]",
        "+5": "'+5' would be read as the number 5 (write 5,",
        "-0": "'-0' would be read as the number 0 (write 0,",
        "1.0": "'1.0' would be read as the number 1 (write 1,",
        "48.00": "'48.00' would be read as the number 48 (write 48,",
        "1.200": "must be a whole number, not 1.200 (write 1200: a number has no thousands separator)",
        "1.200.000": "must be a whole number, not the text '1.200.000' (write 1200000: a number has no thousands separator",
        "1e3": "'1e3' would be read as the number 1000 (write 1000,",
        "5.": "'5.' would be read as the number 5 (write 5,",
        ".5": "must be a whole number, not .5",
        "12345678901234567890": "'12345678901234567890' is too large a number (at most 9,007,199,254,740,991; put it in quotes",
        "9007199254740993": "'9007199254740993' is too large a number",
        "0o17": "must be a whole number, not the text '0o17'",
        "0x1F": "must be a whole number, not the text '0x1F'",
        "0b11": "must be a whole number, not the text '0b11'",
        "1_000": "must be a whole number, not the text '1_000'",
        "12:30": "must be a whole number, not the text '12:30'",
        ".nan": "must be a whole number, not the text '.nan'",
        "NaN": "must be a whole number, not the text 'NaN'",
        "-.inf": "must be a whole number, not the text '-.inf'",
        "1 000": "must be a whole number, not the text '1 000'",
        "4٤": "must be a whole number, not the text",
        "!!int 017": "'017' would be read as the number 17",
        "!!int 1_000": "'1_000' is not a whole number",
        "2.5": "must be a whole number, not 2.5",
        "１２": "must be a whole number, not the text '１２' (write 12, with the characters of the keyboard)",
        "٤٨": "must be a whole number, not the text '٤٨' (write 48, with the characters of the keyboard)",
        "\u221212": "must be a whole number, not the text '\u221212' (write -12, with the characters of the keyboard)",
    }.items()
}
OTHER_NUMBERS: Table = {
    f"value: {written}": (
        tour(f"figures:\n  - {{label: Ascent, value: {written}, source: map}}\n"),
        [f"{T}:15:28: error: figures[0].value: {words}"],
    )
    for written, words in {
        "1.50": "'1.50' would be read as the number 1.5 (write 1.5,",
        "0.1234567890123456789": "'0.1234567890123456789' would be read as the number 0.12345678901234568",
        "1e400": "'1e400' is not a number",
        "0.00001": "'0.00001' cannot be read as the same number",
        "-.5": "'-.5' would be read as the number -0.5",
        "1.2e3": "'1.2e3' would be read as the number 1200",
        "-0.0": "'-0.0' would be read as the number 0 (write 0,",
    }.items()
}
TEXT_THAT_IS_A_NUMBER: Table = {
    f"name: {written}": (named(written), [f"{H}:1:7: error: name: {words}"])
    for written, words in {
        "007": 'must be text, not the number 007 (put it in quotes: "007")',
        "1.10": 'must be text, not the number 1.10 (put it in quotes: "1.10")',
        "12345678901234567890": "must be text, not the number 12345678901234567890 (put it in quotes",
        "12": 'must be text, not the number 12 (put it in quotes: "12")',
        "true": 'must be text, not true (put it in quotes: "true")',
        "null": "must be text, not empty",
        "~": "must be text, not empty",
    }.items()
}
DATES: Table = {
    f"start: {written}": (tour(f"start: {written}\n"), [f"{T}:14:8: error: start: {words}"])
    for written, words in {
        "2018-13": "'2018-13' does not have the right form",
        "2018-00": "'2018-00' does not have the right form",
        '"2019-02-30"': "'2019-02-30' does not have the right form",
        "2018\u201302": "'2018\u201302' does not have the right form (write 2018-02)",
        "2018\u201102": "'2018\u201102' does not have the right form (write 2018-02)",
        "２０１８-０２": "'２０１８-０２' does not have the right form (write 2018-02)",
        "2018-02-01T00:00:00Z": "'2018-02-01T00:00:00Z' does not have the right form (write 2018-02)",
    }.items()
} | {
    "a day that there is not": (
        hut("notes:\n  - 2019-02-30\n"),
        [
            f"{H}:7:5: error: notes[0]: the date '2019-02-30' is not in the calendar (look the date up, or write less of it) [date]"
        ],
    ),
    "a month that there is not": (
        hut("notes:\n  - 2019-13-01\n"),
        [f"{H}:7:5: error: notes[0]: the date '2019-13-01' is not in the calendar"],
    ),
}
CUT: Table = {
    "a word taken for an anchor": (named("&Upper Lake Hut"), [f"{H}:1:7: warning: name: '&Upper' is taken for an anchor of YAML, and left out (put the whole text in quotes) [comment]"]),
    "a mark taken for a tag": (named("! Upper Lake Hut"), [f"{H}:1:7: warning: name: '!' is taken for a tag of YAML, and left out (put the whole text in quotes) [comment]"]),
    "text cut by a comment": (named("Hut #1 at the lake"), [f"{H}:1:11: warning: name: '#1 at the lake' is taken for a comment, and left out (put the whole text in quotes; if it is a comment, write a blank behind #) [comment]"]),
    "all of a text cut": (named("#1 at the lake"), [f"{H}:1:6: error: name: must be text, not empty", f"{H}:1:7: warning: name: '#1 at the lake' is taken for a comment"]),
    "an entry of a list cut": (hut("notes:\n  - It was hut #2 once\n"), [f"{H}:7:16: warning: notes[0]: '#2 once' is taken for a comment"]),
    "front matter cut": ({P: "---\ntitle: Hut #1\n---\n\n# A\n"}, [f"{P}:2:12: warning: title: '#1' is taken for a comment"]),
    "a setting cut": ({"mkdocs.yml": SETTINGS.replace("site_name: Tours", "site_name: Tours #1")}, ["mkdocs.yml:1:18: warning: '#1' is taken for a comment"]),
    "a title of the catalogue cut": ({"content/catalogue.yml": CATALOGUE + "sections:\n  a: The #1\n"}, ["content/catalogue.yml:10:10: warning: sections.a: '#1' is taken for a comment"]),
}  # fmt: skip
CONFLICT = "<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> other\n"
CONFLICTS: Table = {
    "a merge conflict in a record": ({H: CONFLICT + HUT.partition("\n")[2]}, [f"{H}:1:1: error: a merge conflict begins here (keep one of the two texts" ]),
    "three texts in a conflict": ({H: CONFLICT.replace("=======", "||||||| base\nname: C\n=======") + HUT.partition("\n")[2]}, [f"{H}:1:1: error: a merge conflict begins here"]),
    "what a conflict left": ({H: HUT + ">>>>>>> other\n"}, [f"{H}:6:1: error: a line of a merge conflict was left here"]),
    "a merge conflict in a chapter": (page("<<<<<<< HEAD\nOne.\n||||||| base\nOld.\n=======\nOther.\n>>>>>>> branch\n"), [f"{P}:3:1: error: a merge conflict begins here"]),
    "the middle of a conflict alone": (page("One.\n||||||| base\nTwo.\n"), [f"{P}:4:1: error: a line of a merge conflict was left here"]),
    "a conflict of another system's lines": (page("<<<<<<< HEAD\r\nOne.\r\n=======\r\nOther.\r\n>>>>>>> branch\r\n"), [f"{P}:3:1: error: a merge conflict begins here"]),
    "a merge conflict in settings": ({"mkdocs.yml": SETTINGS + "<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> b\n"}, [f"mkdocs.yml:{SETTINGS.count(chr(10)) + 1}:1: error: a merge conflict begins here"]),
    "a merge conflict in the catalogue": ({"content/catalogue.yml": "<<<<<<< HEAD\n" + CATALOGUE}, ["content/catalogue.yml:1:1: error: a merge conflict begins here"]),
}  # fmt: skip
BRACKETS: Table = {
    "a link without https": (
        tour("description: See [our page](www.huts.example) of it.\n"),
        [
            f"{T}:14:14: warning: description: the brackets of '[our page](www.huts.example)' would be shown (write the whole URL of the link, beginning with https://) [shown-as-written]"
        ],
    ),
    "a link to a record": (
        tour("description: See [the hut](upper-lake.yml) of it.\n"),
        [f"{T}:14:14: warning: description: the brackets of '[the hut](upper-lake.yml)' would be shown"],
    ),
    "a link to a chapter": (
        tour("description: See [it](../page.md#a) of it.\n"),
        [f"{T}:14:14: warning: description: the brackets of '[it](../page.md#a)'"],
    ),
    "an empty link": (
        tour("description: See [it]() of it.\n"),
        [f"{T}:14:14: warning: description: the brackets of '[it]()'"],
    ),
    "a picture": (
        tour("description: See ![it](https://a.example/x.png) of it.\n"),
        [f"{T}:14:14: warning: description: the brackets of '![it](https://a.example/x.png)'"],
    ),
    "a reference": (
        tour("description: See [it][there] of it.\n"),
        [f"{T}:14:14: warning: description: the brackets of '[it][there]'"],
    ),
    "a heading in prose": (
        tour("description: |\n  # Up\n\n  And down.\n"),
        [
            f"{T}:14:14: warning: description: '# U' would be shown as it is written: a heading of Markdown is not understood here"
        ],
    ),
    "struck out in prose": (
        tour("description: It is ~~far~~ near.\n"),
        [f"{T}:14:14: warning: description: '~~far~~' would be shown as it is written"],
    ),
    "a table in prose": (
        tour("description: |\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n"),
        [f"{T}:14:14: warning: description: '| a | b |"],
    ),
    "a quotation in prose": (
        tour("description: |\n  > Far.\n"),
        [f"{T}:14:14: warning: description: '> F' would be shown"],
    ),
    "a link in plain text": (
        hut("notes:\n  - See [it](https://a.example/).\n"),
        [
            f"{H}:7:5: warning: notes[0]: the brackets of '[it](https://a.example/)' would be shown (write the words alone)"
        ],
    ),
    "HTML in plain text": (
        named("The <b>upper</b> hut"),
        [f"{H}:1:7: warning: name: '<b>' would be shown as it is written: HTML is not understood here"],
    ),
    "HTML in prose": (
        tour("description: It is<br/>far.\n"),
        [f"{T}:14:14: warning: description: '<br/>' would be shown as it is written: HTML"],
    ),
    "a character reference": (
        hut("notes:\n  - It is R&amp;D.\n"),
        [f"{H}:7:5: warning: notes[0]: '&amp;' would be shown as it is written: a character reference"],
    ),
    "curly quotes around a text": (
        named("“Upper Lake Hut”"),
        [f"{H}:1:7: warning: name: '“Upper Lake Hut”' would be shown as it is written: a pair of curly quotes"],
    ),
    "bold in plain text": (
        hut("notes:\n  - It is a **hut**.\n"),
        [f"{H}:7:5: warning: notes[0]: '**hut**' would be shown as it is written: bold text"],
    ),
}  # fmt: skip
WRITTEN: Table = {
    "a list without spaces": (hut("notes:\n  -one\n  -two\n"), [f"{H}:7:3: error: notes: must be a list, not the text '-one -two' (begin each entry with '-' and a space, on a line of its own)"]),
    "two commas in a row": (hut("notes: [one,, two]\n"), [f"{H}:6:13: error: there is nothing before this comma (delete it, or write a value before it)"]),
    "the end of a document": (hut("...\nbeds: 4\n"), [f"{H}:6:1: error: a line ... ends the record, and more follows below it (delete the line)"]),
    "a line end that nobody sees": (named("Upper\u0085Lake"), [f"{H}:1:12: error: holds the invisible character U+0085"]),
    "a separator of lines": (named("Upper\u2028Lake"), [f"{H}:1:12: error: holds the invisible character U+2028"]),
    "the lines of old Macs": ({H: HUT.replace("\n", "\r").encode()}, [f"{H}: error: the lines end as on old Macs, with a carriage return alone (save it with the line ends LF (Unix))"]),
    "a chapter as an include": (hut("notes: !include index.md\n"), [f"{H}:6:8: error: notes: 'index.md' is no file of records (name files that end in .yml)"]),
    "an include of nothing": (hut("notes: !include nothing/*.yml\n"), [f"{H}:6:8: error: notes: no file in content/ matches 'nothing/*.yml' (correct the path)"]),
}  # fmt: skip
TOLD: Table = WRITTEN | NUMBERS | OTHER_NUMBERS | TEXT_THAT_IS_A_NUMBER | DATES | CUT | CONFLICTS | BRACKETS


@pytest.mark.parametrize("name", TOLD)
def test_what_is_typed_wrong_is_told(checker: Checker, name: str) -> None:
    changes, expected = TOLD[name]
    assert_told(checker, changes, expected)
