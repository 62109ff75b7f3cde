"""What people type, one row each: it is told with file, line and words, or it works. Nothing is lost silently."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.model.entries import slug
from smartguide.model.letters import sorting
from smartguide.site import build_date
from tests.generator import projects
from tests.projects import Changes, write
from tests.searches import texts

Table = dict[str, tuple[Changes, list[str]]]
"""What is changed in the small project, and how each finding of it begins."""

H = "content/huts/upper-lake.yml"
T = "content/tours/three-lakes.yml"
P = "content/page.md"
HUT = projects.text(H)
TOUR = projects.text(T)
SETTINGS = projects.text("mkdocs.yml")
CATALOGUE = projects.text("content/catalogue.yml")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def hut(more: str) -> Changes:
    return {H: (HUT + more).encode()}


def named(name: str) -> Changes:
    return {H: HUT.replace("Upper Lake Hut", name).encode()}


def tour(more: str) -> Changes:
    return {T: (TOUR + more).encode()}


def page(text: str) -> Changes:
    return {P: ("# A page\n\n" + text).encode()}


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
    "a link without https": (tour("description: See [our page](www.huts.example) of it.\n"), [f"{T}:14:14: warning: description: the brackets of '[our page](www.huts.example)' would be shown (write the whole URL of the link, beginning with https://) [shown-as-written]"]),
    "a link to a record": (tour("description: See [the hut](upper-lake.yml) of it.\n"), [f"{T}:14:14: warning: description: the brackets of '[the hut](upper-lake.yml)' would be shown"]),
    "a link to a chapter": (tour("description: See [it](../page.md#a) of it.\n"), [f"{T}:14:14: warning: description: the brackets of '[it](../page.md#a)'"]),
    "an empty link": (tour("description: See [it]() of it.\n"), [f"{T}:14:14: warning: description: the brackets of '[it]()'"]),
    "a picture": (tour("description: See ![it](https://a.example/x.png) of it.\n"), [f"{T}:14:14: warning: description: the brackets of '![it](https://a.example/x.png)'"]),
    "a reference": (tour("description: See [it][there] of it.\n"), [f"{T}:14:14: warning: description: the brackets of '[it][there]'"]),
    "a heading in prose": (tour("description: |\n  # Up\n\n  And down.\n"), [f"{T}:14:14: warning: description: '# U' would be shown as it is written: a heading of Markdown is not understood here"]),
    "struck out in prose": (tour("description: It is ~~far~~ near.\n"), [f"{T}:14:14: warning: description: '~~far~~' would be shown as it is written"]),
    "a table in prose": (tour("description: |\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n"), [f"{T}:14:14: warning: description: '| a | b |"]),
    "a quotation in prose": (tour("description: |\n  > Far.\n"), [f"{T}:14:14: warning: description: '> F' would be shown"]),
    "a link in plain text": (hut("notes:\n  - See [it](https://a.example/).\n"), [f"{H}:7:5: warning: notes[0]: the brackets of '[it](https://a.example/)' would be shown (write the words alone)"]),
    "HTML in plain text": (named("The <b>upper</b> hut"), [f"{H}:1:7: warning: name: '<b>' would be shown as it is written: HTML is not understood here"]),
    "HTML in prose": (tour("description: It is<br/>far.\n"), [f"{T}:14:14: warning: description: '<br/>' would be shown as it is written: HTML"]),
    "a character reference": (hut("notes:\n  - It is R&amp;D.\n"), [f"{H}:7:5: warning: notes[0]: '&amp;' would be shown as it is written: a character reference"]),
    "curly quotes around a text": (named("“Upper Lake Hut”"), [f"{H}:1:7: warning: name: '“Upper Lake Hut”' would be shown as it is written: a pair of curly quotes"]),
    "bold in plain text": (hut("notes:\n  - It is a **hut**.\n"), [f"{H}:7:5: warning: notes[0]: '**hut**' would be shown as it is written: bold text"]),
}  # fmt: skip
MARKDOWN: Table = {
    "a list inside of a list, two blanks": (page("- a\n  - b\n"), [f"{P}:4:3: warning: this list would not be shown inside of the one above (indent it by four blanks for each level) [markdown]"]),
    "a list inside of a numbered list, three blanks": (page("1. a\n   - b\n"), [f"{P}:4:4: warning: this list would not be shown inside"]),
    "a third level": (page("- a\n    - b\n      - c\n"), [f"{P}:5:7: warning: this list would not be shown inside"]),
    "a list in a quotation": (page("> - a\n>   - b\n"), [f"{P}:4:5: warning: this list would not be shown inside"]),
    "a paragraph of a list": (page("- a\n\n  b\n- c\n"), [f"{P}:5:3: warning: this would not be shown inside of the list above"]),
    "a list without an empty line before it": (page("Take:\n- a\n- b\n"), [f"{P}:4:1: warning: this list would be shown as plain text (put an empty line before it)"]),
    "a numbered list without an empty line before it": (page("Take:\n1. a\n2. b\n"), [f"{P}:4:1: warning: this list would be shown as plain text"]),
    "a list without an empty line in a quotation": (page("> Take:\n> - a\n"), [f"{P}:4:3: warning: this list would be shown as plain text"]),
    "a table without an empty line before it": (page("Take:\n| a | b |\n|---|---|\n| 1 | 2 |\n"), [f"{P}:4:1: warning: this table would be shown as plain text"]),
    "two titles": (page("One.\n\n# Another\n"), [f"{P}:5:1: warning: this is a second title of the page (write ## instead of #)"]),
    "tasks": (page("- [ ] a\n- [x] b\n"), [f"{P}:3:3: warning: the brackets of this task would be shown (leave them out, or add pymdownx.tasklist to markdown_extensions in mkdocs.yml)", f"{P}:4:3: warning: the brackets of this task"]),
    "struck out": (page("It is\n~~far~~ near.\n"), [f"{P}:4:1: warning: the ~~ would be shown"]),
    "a bare URL": (page("See https://a.example/b for it.\n"), [f"{P}:3:5: warning: this URL would not be a link (write it between < and >, or add pymdownx.magiclink"]),
    "a bare www": (page("See www.huts.example.\n"), [f"{P}:3:5: warning: this URL would not be a link"]),
    "a bare URL in a table": (page("| a |\n|---|\n| https://a.example |\n"), [f"{P}:5:3: warning: this URL would not be a link"]),
    "a note of a forge": (page("> [!NOTE]\n> Mind this.\n"), [f"{P}:3:3: warning: the mark of this note would be shown as it is written (write !!! note"]),
    "a warning of a forge": (page("> [!WARNING]\n> Mind this.\n"), [f"{P}:3:3: warning: the mark of this note"]),
    "numbers with a bracket": (page("1) a\n2) b\n"), [f"{P}:3:1: warning: this list would be shown as plain text (write 1. instead of 1))"]),
    "a list that begins with three": (page("3. a\n4. b\n"), [f"{P}:3:1: warning: this list would begin with 1"]),
    "two lists in a row": (page("- a\n- b\n\n1. c\n2. d\n"), [f"{P}:6:1: warning: this list would be part of the one above"]),
    "code in a list": (page("- a\n\n    ```\n    x\n    ```\n"), [f"{P}:5:5: warning: this code would be shown as a line of text"]),
    "a backslash at the end of a line": (page("One\\\ntwo\n"), [f"{P}:3:4: warning: the backslash would be shown, and no line break"]),
    "a footnote": (page("One[^1].\n\n[^1]: two\n"), [f"{P}:3:4: warning: this footnote would be shown", f"{P}:5:1: warning: this footnote would be shown"]),
    "Markdown in HTML": (page("<details>\n<summary>x</summary>\n\nIt is **far**.\n\n</details>\n"), [f"{P}:3:1: warning: the Markdown inside of this HTML would be shown"]),
    "a brace that opens template code": (page("See {{ link( }}\n"), [f"{P}:3:5: error: unexpected '}}', expected ')' (fix the template code; to show braces, put them between backticks or {{% raw %}} and {{% endraw %}}) [macro]".replace("{{%", "{%").replace("%}}", "%}").replace("'}}'", "'}'")]),
    "a record in a folder below that of its collection": ({"content/huts/new/x.yml": HUT}, ["content/huts/new/x.yml: error: no collection of content/catalogue.yml includes this file (move it into content/huts/) [left-out]"]),
    "a record that there is not": (page("See {{ link('huts', 'stone-pas') }}.\n"), [f"{P}:3:8: error: no record 'stone-pas' in the collection 'huts' (did you mean 'stone-pass'?) [macro]"]),
    "a record of no id": (page("One.\n\nSee {{ link(collection='huts',\n  record_id='Stone Pass') }}.\n"), [f"{P}:5:8: error: no record 'Stone Pass' in the collection 'huts'"]),
    "a collection that there is not": (page("There are {{ count('hut') }} huts.\n"), [f"{P}:3:14: error: no collection 'hut' (did you mean 'huts'?) [macro]"]),
    "a record in code that is shown": (page("Write `{{ link('huts', 'none') }}`.\n"), []),
    "a comment of Jinja that does not end": (page("It is {# here\n"), [f"{P}:3:7: error: Missing end of comment tag"]),
    "a tag of Jinja that there is not": (page("{% nope %}\n"), [f"{P}:3:1: error: Encountered unknown tag 'nope'."]),
}  # fmt: skip
WORKS: dict[str, Changes] = {
    "a heading with an id": page("## Part {#my-part}\n\n[up](#my-part)\n"),
    "a heading with an id and a class": page("## Part {#my-part .wide}\n\n## Other {: #other }\n"),
    "secrets in code": page("```yaml\ntoken: ${{ secrets.X }}\n```\n\nand `${{ secrets.X }}` and ``{% x %}``\n"),
    "Jinja in code": page("~~~\n{% if x %}\n{# y\n~~~\n"),
    "raw code": page("{% raw %}\n```\n{{ x }\n```\n{% endraw %}\n"),
    "a merge conflict that is shown": page("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n"),
    "a heading underlined with seven": page("A title\n=======\n"),
    "lists as the site wants them": page("Take:\n\n- a\n    - b\n\n        c\n- d\n"),
    "a comment with a blank": {H: HUT.replace("Upper Lake Hut", "Upper Lake Hut # its name")},
    "an anchor that is used": {H: HUT.replace("name: Upper", "name: &name Upper") + "notes:\n  - *name\n"},
    "quotes inside of a text": hut("notes:\n  - The “upper” hut\n  - 1 < 2 > 0 & more\n"),
    "a hash in quotes": named('"Hut #1"'),
    "a hash in a block": hut("notes:\n  - |\n    Hut #1\n    # once\n"),
    "numbers": tour("figures:\n  - {label: Ascent, value: -0.5, source: map}\n  - {label: Height, value: 1200, source: map}\n"),
    "text in quotes": hut('notes:\n  - "007"\n  - "1.50"\n  - "yes"\n  - 12:30\n  - 1_000\n  - "~"\n  - no\n  - off\n'),
    "dates": tour("start: 2024-02\nend: 2024-12\n"),
    "links in prose": tour('description: "See [it](https://a.example/), [him](mailto:a@b.example), page [1][2], a [sic] and 5 * 4."\n'),
    "URLs that are links": page("<https://a.example/> [b](https://b.example) <a href='https://c.example'>https://c.example</a> `https://d.example`\n"),
    "pictures and a document": {"content/a/x.png": PNG, "content/b.PDF": b"%PDF-1.7\n", "content/c.jpeg": b"\xff\xd8\xff\xe0"},
    "the list of a collection in a chapter": {"content/huts/index.md": '# Ours\n\n{{ index_page("huts") }}\n'},
    "a letter of two characters": {
        H: HUT.replace("Obere Seehütte", "Obere Seehu\u0308tte").encode(),
        T: TOUR.encode() + "aliases: ['U\u0308ber']\n".encode(),
    },
    "a chapter named in the other form": {
        "content/über-uns.md": "# Wir\n",
        "mkdocs.yml": SETTINGS + "nav:\n  - index.md\n  - u\u0308ber-uns.md\n",
        "content/index.md": "# Home\n\n[wir](u\u0308ber-uns.md)\n",
    },
    "files of editors": {
        f"content/huts/{name}": b"\xff: ["
        for name in (
            ".#upper-lake.yml", "._upper-lake.yml", "~$upper-lake.yml", "upper-lake.yml~", "#upper-lake.yml#",
            ".upper-lake.yml.swp", ".DS_Store", "Thumbs.db", "desktop.ini", "._page.md", "~$page.md", ".#page.md", "page.md~",
            ".git/config", ".obsidian/x.json", "4913", "upper-lake.yml___jb_tmp___",
        )
    } | {"schemas/._hut.schema.json": b"\0", "schemas/.#hut.schema.json": b"\0"},
}  # fmt: skip
CHARACTERS: Table = {
    **{
        f"U+{ord(char):04X} in a record": ({H: HUT.replace("Upper Lake", f"Upper{char}Lake").encode()}, [f"{H}:1:12: error: name: holds {words}"])
        for char, words in {
            "\u202e": "the invisible character U+202E, which changes the direction of writing (delete it",
            "\u2066": "the invisible character U+2066",
            "\u200f": "the invisible character U+200F",
            "\u200b": "the invisible character U+200B (delete it",
            "\u0378": "U+0378, which is no character of Unicode",
            "\U0001fffe": "U+1FFFE, which is no character of Unicode",
            "\ue000": "the invisible character U+E000",
            "\ufffd": "U+FFFD, which stands for a character that was lost (write the character that was meant)",
        }.items()
    },
    "U+FFFE as an escape": (named('"Upper\\uFFFELake"'), [f"{H}:1:7: error: name: holds U+FFFE, which is no character of Unicode"]),
    "U+FFFF as an escape": (named('"Upper\\uFFFFLake"'), [f"{H}:1:7: error: name: holds U+FFFF"]),
    "U+202E as an escape": (named('"Upper\\u202eLake"'), [f"{H}:1:7: error: name: holds the invisible character U+202E"]),
    "in a key": (hut("be\u200bds: 4\n"), [f"{H}:6:1: error: unknown key", f"{H}:6:3: error: be"]),
    "in a comment": (hut("# a \u202ecomment\n"), [f"{H}:6:5: error: holds the invisible character U+202E"]),
    "in a text of several lines": (hut("notes:\n  - |\n    one\n    two\u200bthree\n"), [f"{H}:9:8: error: notes[0]: holds the invisible character U+200B"]),
    "in a chapter": (page("One\u202etwo\n"), [f"{P}:3:4: error: holds the invisible character U+202E"]),
    "U+FFFE in a chapter": (page("One\ufffetwo\n"), [f"{P}:3:4: error: holds U+FFFE"]),
    "as a reference in a chapter": (page("One &#x202e;two &#8238; &rlm;\n"), [f"{P}:3:5: error: holds the invisible character U+202E", f"{P}:3:17: error: holds the invisible character U+202E", f"{P}:3:25: error: holds the invisible character U+200F"]),
    "in front matter": ({P: "---\ntitle: One\u202etwo\n---\n\n# A\n"}, [f"{P}:2:11: error:"]),
    "in front matter as an escape": ({P: '---\ntitle: "One\\u202etwo"\n---\n\n# A\n'}, [f"{P}:2:8: error: title: holds the invisible character U+202E"]),
    "in the catalogue": ({"content/catalogue.yml": CATALOGUE.replace("title: Glossary", 'title: "a\\u202eb"')}, ["content/catalogue.yml:8:47: error: collections.glossary.title: holds the invisible character U+202E"]),
    "in a schema": ({"schemas/valley.schema.json": projects.text("schemas/valley.schema.json").replace('"Valley"', '"Val\u202eley"', 1)}, ["schemas/valley.schema.json:4:16: error: title: holds the invisible character U+202E"]),
    "in a schema as an escape": ({"schemas/valley.schema.json": projects.text("schemas/valley.schema.json").replace('"Valley"', '"Val\\u202eley"', 1).encode()}, ["schemas/valley.schema.json:4:12: error: title: holds the invisible character U+202E"]),
    "in settings": ({"mkdocs.yml": SETTINGS.replace("site_name: Tours", "site_name: To\u202eurs")}, ["mkdocs.yml:1:14: error: holds the invisible character U+202E"]),
    "in settings as an escape": ({"mkdocs.yml": SETTINGS.replace("site_name: Tours", 'site_name: "To\\u202eurs"').encode()}, ["mkdocs.yml:1:12: error: holds the invisible character U+202E"]),
    "in a template": ({"templates/tour.html": projects.text("templates/tour.html") + "<p>\u202e</p>\n"}, ["templates/tour.html:"]),
    "in the name of a file": ({"content/a\u202eb.md": "# A\n"}, ["content/a b.md: error: the name of the file cannot be written"]),
    "U+FFFE in the name of a file": ({"content/a\ufffeb.png": PNG}, ["content/a b.png: error: the name of the file cannot be written"]),
    "a letter that nobody sees in the name of a file": ({"content/a\u3164b.md": "# A\n"}, ["content/a\u3164b.md: error: the name of the file cannot be written"]),
    "the name of a file in another form": ({"content/u\u0308ber.md": "# A\n"}, ["content/u\u0308ber.md: error: a letter of its name is written as two characters, as some systems do (Unicode NFD instead of NFC) (type the name anew: 'über.md')"]),
}  # fmt: skip
NEITHER = "is neither a record nor a chapter (.md), and of other files only these are published: png, jpg, jpeg, gif, webp, avif, pdf"
FILES: Table = {
    **{
        f"the file {name}": ({f"content/{name}": text}, [f"content/{name}: error: {words}"])
        for name, text, words in (
            ("_redirects", "/a /b\n", NEITHER + " (move it out of content/) [left-out]"),
            ("CNAME", "a.example\n", NEITHER),
            ("robots.txt", "x\n", NEITHER),
            ("favicon.ico", b"\0\0\1\0", NEITHER),
            ("x.php", "<?php ?>", NEITHER),
            ("x.shtml", "x", NEITHER),
            ("x.xsd", "x", NEITHER),
            ("huts/notes.txt", "x", NEITHER),
            ("huts/photo.heic", "x", NEITHER),
            ("huts/README", "x", NEITHER),
            ("huts/table.xlsx", b"PK", NEITHER),
            ("huts/stone.yml.txt", "name: x\n", NEITHER + " (rename it to 'stone.yml')"),
            ("huts/stone.json", "{}", NEITHER),
            ("upper-lake.yml.orig", "x", NEITHER + " (rename it to 'upper-lake.yml')"),
            ("x.svgz", "x", NEITHER),
            ("x.svg", "<svg/>", "a file that a browser runs is no content"),
            ("x.xhtml", "x", "a file that a browser runs is no content"),
            ("x.markdown", "# A\n", "the name of a chapter ends in .md (rename it to 'x.md')"),
            ("x.mdown", "# A\n", "the name of a chapter ends in .md"),
            ("x.mkd", "# A\n", "the name of a chapter ends in .md"),
            ("huts/x.mkdn", "# A\n", "the name of a chapter ends in .md"),
            ("x.MD", "# A\n", "the name of a chapter ends in .md (rename it to 'x.md')"),
            ("x.Md", "# A\n", "the name of a chapter ends in .md"),
            ("latin.markdown", b"caf\xe9\n", "the name of a chapter ends in .md"),
            ("huts/Big_Hut.yaml", "name: x\n", "no collection of content/catalogue.yml includes this file (rename it to 'big-hut.yml')"),
            ("huts/new.YML", "name: x\n", "no collection of content/catalogue.yml includes this file (rename it to 'new.yml')"),
            ("x.png", "<script>1</script>", "does not hold what its name says (PNG)"),
            ("x.pdf", "alert(1)", "does not hold what its name says (PDF)"),
            ("assets/images/favicon.png", PNG, "would take the place of a file of the theme"),
            ("templates/x.md", "# A\n", "MkDocs leaves content/templates/ out of the site"),
            ("con.md", "# A\n", "no file can have this name on Windows"),
            ("a:b.md", "# A\n", "no file can have this name on Windows"),
        )
    },
    "a chapter in Latin-1": ({P: b"# A\n\ncaf\xe9\n"}, [f"{P}:3:4: error: the byte 0xe9 is not UTF-8"]),
    "names that differ in capitals": ({"content/Page.md": "# A\n", P: "# A\n"}, [f"{P}: error: differs from 'content/Page.md' in capitals only", f"{P}:1:1: error: has the URL /page/, and so has content/Page.md"]),
    "a chapter at the page of a record": ({"content/huts/stone-pass.md": "# A\n"}, ["content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/ is that of content/huts/stone-pass.md"]),
    "a chapter at the page of a record but for capitals": ({"content/huts/Stone-Pass.md": "# A\n"}, ["content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/ is that of content/huts/Stone-Pass.md"]),
    "a chapter at the page of a record in a folder": ({"content/huts/stone-pass/index.md": "# A\n"}, ["content/huts/stone-pass.yml:1:1: error: the URL /huts/stone-pass/"]),
    "two chapters of one URL": ({P: "# A\n", "content/page/index.md": "# B\n"}, ["content/page/index.md:1:1: error: has the URL /page/, and so has content/page.md"]),
    "README and index": ({"content/a/index.md": "# A\n", "content/a/README.md": "# B\n"}, ["content/a/index.md:1:1: error: has the URL /a/, and so has content/a/README.md"]),
    "a chapter in the place of an index": ({"content/huts/index.md": "# My own words\n"}, ["content/huts/index.md:1:1: error: the list of the collection 'huts' has the URL /huts/, too (write {{ index_page(\"huts\") }} where the list is to stand, or rename the chapter) [taken-url]"]),
    "a chapter called as a collection": ({"content/huts.md": "# My own words\n"}, ["content/huts.md:1:1: error: the list of the collection 'huts' has the URL /huts/"]),
    "a collection in the place of a chapter": ({P: "# A\n", "content/catalogue.yml": CATALOGUE.replace("{schema: hut,", "{schema: hut, url: page,")}, ["content/catalogue.yml:4:28: error: collections.huts.url: the list would take the place of content/page.md (choose another URL, or rename the chapter)"]),
}  # fmt: skip
OTHERS: Table = {
    "a URL of one machine": (hut("website: http://localhost:8000/\n"), [f"{H}:6:10: warning: website: 'localhost' is a host that only its own network can reach (write the public URL, or take it out) [local-url]"]),
    "a URL of one network": (hut("website: https://192.168.1.4/hut\n"), [f"{H}:6:10: warning: website: '192.168.1.4' is a host"]),
    "a URL without a domain": (hut("website: https://intranet/hut\n"), [f"{H}:6:10: warning: website: 'intranet' is a host"]),
    "no folders for pages": ({"mkdocs.yml": SETTINGS + "use_directory_urls: false\n"}, [f"mkdocs.yml:{SETTINGS.count(chr(10)) + 1}:21: error: use_directory_urls: must be true"]),
    "chapters from elsewhere": ({"mkdocs.yml": SETTINGS.replace("docs_dir: content", "docs_dir: docs")}, ["mkdocs.yml:10:11: error: docs_dir: must be content"]),
    "a key twice in a schema": ({"schemas/valley.schema.json": projects.text("schemas/valley.schema.json").replace('"title": "Valley",', '"title": "Valley",\n  "title": "Dale",', 1)}, ["schemas/valley.schema.json:5:3: error: title: the key stands here for the second time (first on line 4)"]),
    "brackets without an end": (page("[" * 20_000 + "\n"), [f"{P}:1:1: error: has too many brackets in one paragraph, or in all"]),
    "brackets on lines": (page("[a\n" * 20_000), [f"{P}:1:1: error: has too many brackets"]),
    "pictures without an end": (page("![" * 20_000), [f"{P}:1:1: error: has too many brackets"]),
    "tags without an end": (page("<a " * 20_000), [f"{P}:1:1: error: has too many brackets"]),
    "thousands of headings": (page("## A\n\n" * 30_000), [f"{P}:1:1: error: has more than 2,000 headings"]),
    "thousands of underlined headings": (page("A\n===\n\n" * 30_000), [f"{P}:1:1: error: has more than 2,000 headings"]),
    "hundreds of levels": (page("".join(f"{'    ' * n}- x\n" for n in range(300))), [f"{P}:43:1: error: is nested too deeply"]),
}  # fmt: skip
TOLD: Table = NUMBERS | OTHER_NUMBERS | TEXT_THAT_IS_A_NUMBER | DATES | CUT | CONFLICTS | BRACKETS | MARKDOWN | CHARACTERS | FILES | OTHERS  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project in a folder, which each test leaves as it was."""
    return projects.copy(tmp_path_factory.mktemp("inputs"), site=True)


def findings(root: Path, changes: Changes) -> list[str]:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    write(root, {name: text.encode() if isinstance(text, str) else text for name, text in changes.items()})
    try:
        checked = check(root)
        return [finding.as_text() for finding in (*checked.findings, *checked.in_macros)]
    finally:
        for name in changes:
            path = root / name
            if path in before:
                path.write_bytes(before[path])
            else:
                path.unlink(missing_ok=True)
                while path.parent != root / "content" and not any((path := path.parent).iterdir()):
                    path.rmdir()


@pytest.mark.parametrize("name", TOLD)
def test_what_is_typed_wrong_is_told(root: Path, name: str) -> None:
    changes, expected = TOLD[name]
    found = findings(root, changes)
    assert len(found) == len(expected), found
    for line, beginning in zip(found, expected, strict=True):
        assert line.startswith(beginning)


@pytest.mark.parametrize("name", WORKS)
def test_what_is_meant_is_not_accused(root: Path, name: str) -> None:
    assert findings(root, WORKS[name]) == []


@pytest.mark.parametrize(
    "name", ["content/pipe", "content/huts/x.yml", "content/page.md", "content/x.png", "schemas/x.schema.json"]
)
def test_a_pipe_is_told_and_not_read(root: Path, name: str) -> None:
    os.mkfifo(root / name)
    try:
        found = [finding.as_text() for finding in check(root).findings]
    finally:
        (root / name).unlink()
    assert len(found) == 1
    assert found[0].startswith(f"{name}: error: ")
    assert "regular file" in found[0]


SHOWN = """
    # A page

    ## Part {#my-part}

    [up](#my-part), and `${{ secrets.Y }}`

    ```yaml
    token: ${{ secrets.X }}
    ```

    - [ ] a task

    ~~far~~ https://a.example/b

    3. three

    Mu\u0308ller
    """
EXTENSIONS = "  - sane_lists\n  - pymdownx.magiclink\n  - pymdownx.tasklist\n  - pymdownx.tilde: {subscript: false}\n"


def test_a_page_shows_what_was_typed_and_nothing_else_is_published(tmp_path: Path) -> None:
    settings = SETTINGS.replace("  - tables\n", f"  - tables\n{EXTENSIONS}")
    left_alone: Changes = {
        f"content/a/{name}": "x" for name in ("~$x.md", ".#x.md", "x.md~", "Thumbs.db", "~$x.png", ".b/x.md")
    }
    changes: Changes = {"mkdocs.yml": settings, P: SHOWN, "content/a/x.png": PNG, **left_alone}
    build_site(projects.copy(tmp_path, changes, site=True), tmp_path / "site", strict=True)
    page = (tmp_path / "site/page/index.html").read_text(encoding="utf-8")
    for part in (
        '<h2 id="my-part" aria-label="Part">Part',
        "<code>${{ secrets.Y }}</code>",
        "token: ${{ secrets.X }}",
        '<input type="checkbox" disabled/> a task',
        '<del>far</del> <a href="https://a.example/b">',
        '<ol start="3">',
        "Müller",
    ):
        assert part in page
    assert [path.name for path in (tmp_path / "site/a").rglob("*")] == ["x.png"]
    assert any("Müller" in text for _, text in texts(tmp_path / "site"))


@pytest.mark.parametrize(
    ("name", "expected", "letter"),
    [
        ("Łódź", "lodz", "L"),
        ("Øst", "ost", "O"),
        ("Österreich", "osterreich", "O"),
        ("Straße", "strasse", "S"),
        ("Æro", "aero", "A"),
        ("Đakovo", "dakovo", "D"),
        ("ırmak", "irmak", "I"),
        ("İzmir", "izmir", "I"),
        ("Þór", "thor", "T"),
        ("Ελλάδα", "ellada", "E"),
        ("България", "balgariya", "B"),
        ("Київ", "kiiv", "K"),
        ("“Quoted”", "quoted", "Q"),
        ("4 Peaks", "4-peaks", "#"),
    ],
)
def test_a_letter_without_an_ascii_twin_is_not_lost(root: Path, name: str, expected: str, letter: str) -> None:
    assert slug(name) == expected
    write(root, named(name))
    try:
        (record,) = [record for record in check(root).base["huts"] if record.id == "upper-lake"]
    finally:
        write(root, {H: HUT.encode()})
    assert record.initial == letter


def test_names_are_sorted_as_readers_expect() -> None:
    names = [
        "Zebra",
        "Österreich",
        "Lyon",
        "Łódź",
        "Oslo",
        "Øst",
        "östlich",
        "Paris",
        "‘Quoted’",
        "Ærø",
        "Adam",
        "Agora",
    ]
    assert sorted(names, key=sorting) == [
        "Adam", "Ærø", "Agora", "Łódź", "Lyon", "Oslo", "Øst", "Österreich", "östlich", "Paris", "‘Quoted’", "Zebra",
    ]  # fmt: skip


def test_a_build_works_where_there_are_no_locks(tmp_path: Path) -> None:
    root = projects.copy(tmp_path, site=True)
    code = "import sys; sys.modules['fcntl'] = None; from smartguide.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--no-strict"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert (root / "site/index.html").is_file()


def test_the_date_of_a_build_is_that_of_its_own_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    for folder, day in ((own, "2020-02-03"), (other, "2021-01-01")):
        folder.mkdir()
        date = f"{day}T12:00:00+00:00"
        env = {"PATH": os.environ["PATH"], "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        for command in (
            ["init", "-q"],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x"],
        ):
            subprocess.run(["git", *command], cwd=folder, env=env, check=True)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    with build_date.dated(own):
        assert os.environ["SOURCE_DATE_EPOCH"] == "1580731200"
