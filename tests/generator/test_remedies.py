"""Each message asks for something that helps: who does just that, twice in a row, is rid of the finding.

For each rule there are at least two faults of different kinds, with what is said of them and what is done about it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import smartguide
from smartguide.findings import Finding, in_order
from smartguide.link_history.history import History
from smartguide.link_history.outcomes import Outcome, State
from smartguide.links.external import link_exceptions
from smartguide.links.external.archived_copies import urls_with_copy
from smartguide.links.external.collecting import collect
from smartguide.links.external.findings import findings
from smartguide.session import Session, load
from smartguide.site import page_code
from tests.generator import projects
from tests.remedies import Slip, Step, add, edit, follow, gone, move, put, rules_in, slip

H = "content/huts/upper-lake.yml"
T = "content/tours/three-lakes.yml"
V = "content/valleys.yml"
C = "content/catalogue.yml"
P = "content/page.md"
X = "extensions/own.py"
S = "schemas/hut.schema.json"
L = "link-exceptions.yml"
M = "mkdocs.yml"
HTML = "templates/tour.html"
HUT = projects.text(H)
STONE = "content/huts/stone-pass.yml"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
DAY = "name: New\nsubtitle: A new tour\nkind: day tour\nguided: true\nsources:\n  - source: map\n"
N = "content/tours/new.yml"


def hut(more: str) -> Step:
    """Write more into the record of a hut."""
    return add(H, more)


def page(text: str) -> Step:
    """Write a chapter with a title and a text."""
    return put(P, f"# A page\n\n{text}")


def declare(kind: str, **properties: Any) -> Step:
    """Declare further properties in the schema of a kind."""

    def step(root: Path) -> None:
        path = root / f"schemas/{kind}.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))
        for name, declared in properties.items():
            schema["properties"][name] = {"type": "string", "description": "What it is.", **declared}
        path.write_text(json.dumps(schema, indent=2), encoding="utf-8")

    return step


def link(name: str, to: str) -> Step:
    """Make a symbolic link."""
    return lambda root: (root / name).symlink_to(to)


def extended(text: str) -> list[Step]:
    """Write an extension of the project, and name it in the catalogue."""
    return [edit(C, "collections:", f"extensions: [{X}]\ncollections:"), put(X, text)]


RULE = 'from smartguide import rule\n\n\n@rule("mine")\ndef mine(record):\n    """Finds nothing."""\n    return []\n'
EXCEPTION = "exceptions:\n  - {url: 'https://a.example/', reason: 'It opens in a browser.', until: '2030-01-01'}\n"

RECORDS: dict[str, list[Slip]] = {
    "alias": [
        slip(hut("notes: &all [*all]\n"), f"{H}:6:14: error: notes[0]: an alias that contains itself (write the text itself in the place of *all)", edit(H, "&all [*all]", "[One.]")),
        slip(hut("notes: &n\n  - One.\n  - *n\n"), f"{H}:8:5: error: notes[1]: an alias that contains itself (write the text itself in the place of *n)", edit(H, "*n", "Two.")),
    ],
    "character": [
        slip(edit(H, "Upper", "Up\x07per"), f"{H}:1:9: error: the character U+0007 is not allowed in YAML (delete it)", edit(H, "\x07", "")),
        slip(put(V, projects.text(V) + "\x1b"), f"{V}:3:1: error: the character U+001B is not allowed in YAML (delete it); ", edit(V, "\x1b", "")),
    ],
    "comment": [
        slip(edit(H, "Upper Lake Hut", "Hut #1"), f"{H}:1:11: warning: name: '#1' is taken for a comment, and left out (put the whole text in quotes;", edit(H, "Hut #1", '"Hut #1"')),
        slip(edit(H, "Upper Lake Hut", "Hut #at the lake"), "if it is a comment, write a blank behind #)", edit(H, "#at", "# at")),
        slip(edit(H, "Upper Lake Hut", "&Upper Lake Hut"), f"{H}:1:7: warning: name: '&Upper' is taken for an anchor of YAML, and left out (put the whole text in quotes)", edit(H, "&Upper Lake Hut", '"&Upper Lake Hut"')),
        slip(edit(M, "site_name: Tours", "site_name: Tours #1"), f"{M}:1:18: warning: '#1' is taken for a comment", edit(M, "Tours #1", '"Tours #1"')),
    ],
    "duplicate-key": [
        slip(hut("name: Another\n"), f"{H}:6:1: error: name: the key stands here for the second time (first on line 1) (keep one of them)", edit(H, "name: Another\n", "")),
        slip(edit(V, "code: NTH", "code: NTH, code: NTH"), f"{V}:1:20: error: north.code: the key stands here for the second time (first on line 1) (keep one of them)", edit(V, "code: NTH, ", "")),
    ],
    "empty": [
        slip(hut("notes: []\n"), f"{H}:6:8: error: notes: must not be empty (write something or leave the key out)", edit(H, "notes: []\n", "")),
        slip(edit(H, "Upper Lake Hut", '""'), f"{H}:1:7: error: name: must not be empty (write something)", edit(H, '""', "Hut")),
        slip(put(N, ""), f"{N}:1:1: error: the file is empty (write the record or delete it)", gone(N)),
        slip(put(P, "---\n\n---\n"), f"{P}:1:1: error: the front matter is empty, and would be shown on the page (write a title, or delete it with its two lines ---)", put(P, "---\ntitle: A\n---\n")),
        slip(put(P, "---\n\n---\n# A\n"), "delete it with its two lines ---)", put(P, "# A\n")),
    ],
    "encoding": [
        slip(put(N, DAY.replace("A new", "Für").encode("latin-1")), f"{N}:2:12: error: the byte 0xfc is not UTF-8 (save the file as UTF-8)", put(N, DAY.replace("A new", "Für"))),
        slip(put(N, DAY.encode("utf-16")), f"{N}: error: the file looks like UTF-16 (save it as UTF-8", put(N, DAY)),
        slip(put(N, b"PK\x03\x04\xff"), "(write it in a text editor, and save it as plain text in UTF-8)", put(N, DAY)),
    ],
    "file-size": [
        slip(hut("# " + "x" * 1_100_000), f"{H}: error: the file is larger than 1 MiB (1,100,0", put(H, HUT)),
        slip(put(P, "# A\n\n" + "word " * 250_000), f"{P}: error: the file is larger than 1 MiB (1,250,005 bytes) (split it into several", put(P, "# A\n\nword\n")),
    ],
    "include": [
        slip(edit(C, "!include valleys.yml", "!include valley.yml"), f"{C}:6:38: error: collections.valleys.records: no file 'valley.yml' in content/ (did you mean 'valleys.yml'?)", edit(C, "valley.yml", "valleys.yml")),
        slip(edit(C, "!include valleys.yml", "!include dales/valleys.yml"), f"{C}:6:38: error: collections.valleys.records: no file 'dales/valleys.yml' in content/ (did you mean 'valleys.yml'?); 4 other", edit(C, "dales/", "")),
        slip(edit(C, "!include valleys.yml", "!include x.yml"), "no file 'x.yml' in content/ (name a file or a wildcard below content/)", edit(C, "x.yml", "valleys.yml")),
        slip(edit(C, "valleys: {schema: valley, records: !include valleys.yml}", "valleys:\n    schema: valley\n    records: !include\n"), f"{C}:8:14: error: collections.valleys.records: !include takes one path (as in: !include books/*.yml)", edit(C, "!include\n", "!include valleys.yml\n")),
        slip(edit(C, "!include valleys.yml", "!include /valleys.yml"), "'/valleys.yml' is an absolute path (name a file or a wildcard relative to content/)", edit(C, "/valleys.yml", "valleys.yml")),
        slip([put("content/v.yml", "!include v.yml\n"), edit(C, "!include valleys.yml", "!include v.yml"), gone(V)], "content/v.yml: error: includes itself (take the include out)", put("content/v.yml", projects.text(V))),
    ],
    "invisible-character": [
        slip(edit(H, "Upper", "Up\u200bper"), f"{H}:1:9: error: name: holds the invisible character U+200B (delete it: write the text anew instead of pasting it)", edit(H, "\u200b", "")),
        slip(page("A\u00adlake.\n"), f"{P}:3:2: error: holds the invisible character U+00AD (delete it", page("Alake.\n")),
        slip(edit(HTML, "Season", "Sea\u200bson"), f"{HTML}:", edit(HTML, "\u200b", "")),
        slip(edit(H, "Lake", "La\ufffde"), f"{H}:1:15: error: name: holds U+FFFD, which stands for a character that was lost (write the character that was meant)", edit(H, "\ufffd", "k")),
    ],
    "key": [
        slip(hut("notes:\n  – a: One.\n"), f"{H}:7:3: error: a list entry begins with an en dash (U+2013) (begin it with '-' and a space)", edit(H, "– a: One.", "- 'a: One.'")),
        slip(hut("links:\n  -url: https://a.example/\n"), f"{H}:7:3: error: an entry of a list begins with '-' and a space (write '- url: …')", edit(H, "-url", "- url"), "the key 'label' is missing", hut("    label: A\n")),
        slip(hut("no\xa0tes:\n  - One.\n"), f"{H}:6:1: error: the key holds a no-break space (U+00A0) (write it anew, with the characters of the keyboard)", edit(H, "no\xa0tes", "notes")),
        slip(hut("? [a, b]\n: c\n"), f"{H}:6:3: error: a key must be a word, not a list or a mapping (write a word and ': ')", edit(H, "? [a, b]\n: c\n", "setting: c\n")),
    ],
    "merge-conflict": [
        slip(put(H, HUT.replace("name: Upper Lake Hut\n", "<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> other\n")), f"{H}:1:1: error: a merge conflict begins here (keep one of the two texts, or write one of both, and delete the lines that begin with <<<<<<<", put(H, HUT)),
        slip(page("One.\n>>>>>>> other\n"), f"{P}:4:1: error: a line of a merge conflict was left here (delete the line, and keep one of the two texts if both are there)", page("One.\n")),
        slip(add(HTML, "<<<<<<< HEAD\n"), f"{HTML}:", edit(HTML, "<<<<<<< HEAD\n", "")),
    ],
    "merge-key": [
        slip(put(V, "north: &n {code: NTH, name: North Valley}\nsouth:\n  <<: *n\n  code: STH\n  name: South Valley\n"), f"{V}:3:3: error: south: merge keys (<<) are not understood (write the keys out)", edit(V, "  <<: *n\n", "")),
        slip([edit(H, "  - source: map", "  - &s {source: map}"), hut("links:\n  - <<: *s\n    url: https://a.example/\n    label: A\n")], "merge keys (<<) are not understood", edit(H, "<<: *s\n    url", "url")),
    ],
    "nesting": [
        slip(hut("notes: " + "[" * 60 + "]" * 60 + "\n"), f"{H}:6:57: error: is nested more than 50 levels deep (write fewer levels; the field reference shows how)", edit(H, "[" * 60 + "]" * 60, "[One.]")),
        slip(hut("notes: " + "{a: " * 60 + "b" + "}" * 60 + "\n"), "is nested more than 50 levels deep", edit(H, "{a: " * 60 + "b" + "}" * 60, "[One.]")),
    ],
    "number": [
        slip(hut("beds: 017\n"), f"{H}:6:7: error: beds: '017' would be read as the number 17 (write 17, or put it in quotes if it is text)", edit(H, "017", "17")),
        slip(add(T, "figures:\n  - {label: Ascent, value: 1.50, source: map}\n"), f"{T}:15:28: error: figures[0].value: '1.50' would be read as the number 1.5 (write 1.5,", edit(T, "1.50", "1.5")),
        slip(add(T, "figures:\n  - {label: Ascent, value: 1.200, source: map}\n"), "'1.200' would be read as the number 1.2 (write 1200 without a separator, or 1.2)", edit(T, "1.200", "1200")),
        slip(hut("beds: 12345678901234567890\n"), "is too large a number (at most 9,007,199,254,740,991;", edit(H, "12345678901234567890", "9007199254740991")),
    ],
    "syntax": [
        slip(edit(H, "Upper Lake Hut", "*Upper* Lake"), f'{H}:1:7: error: the text begins with \'*\', which has a meaning of its own in YAML (put the whole text in quotes: "*Upper* Lake")', edit(H, "*Upper* Lake", '"*Upper* Lake"')),
        slip(edit(H, "valley: NTH", " valley: NTH"), f"{H}:3:2: error: the line does not begin where the other lines of its part begin (begin it with no space, as the key on line 1;", edit(H, " valley: NTH", "valley: NTH")),
        slip(edit(T, "subtitle:", "  subtitle:"), f"{T}:2:1: error: the line begins with 2 spaces more than line 1 above it (delete 2 spaces at the beginning of the line)", edit(T, "  subtitle", "subtitle")),
        slip(hut("links:\n  -url: https://a.example/\n    label: A\n"), f"{H}:7:3: error: an entry of a list begins with '-' and a space (write '- url: https://a.example/')", edit(H, "-url", "- url")),
        slip(edit(C, "!include valleys.yml", "!include"), f"{C}:6:38: error: !include takes one path (as in: !include books/*.yml)", edit(C, "!include}", "!include valleys.yml}")),
        slip(edit(H, "name: Upper", "name:Upper"), f"{H}:1:1: error: the line has no key that ends in ': ' (write 'name: Upper Lake Hut')", edit(H, "name:Upper", "name: Upper")),
        slip(edit(H, "  - source", "\t- source"), f"{H}:5:1: error: a tab character where spaces belong (indent with spaces, not with tabs)", edit(H, "\t", "  ")),
        slip(edit(H, "Upper Lake Hut", '"Upper Lake Hut'), 'the quote that opens here does not close on this line (end the text with ", and', edit(H, '"Upper Lake Hut', '"Upper Lake Hut"')),
        slip(put(N, f"---\n{DAY}---\n{DAY}"), "a second record begins here (delete the line with ---; a file holds one record)", put(N, DAY)),
    ],
    "tag": [
        slip(edit(H, "Upper Lake Hut", "!hut Upper Lake"), f"{H}:1:7: error: name: the tag '!hut' is not allowed (", edit(H, "!hut Upper Lake", '"!hut Upper Lake"')),
        slip(put(P, "---\ntitle: !include themes.yml\n---\n"), f"{P}:2:8: error: front matter cannot have an !include (write the value itself)", put(P, "---\ntitle: Themes\n---\n")),
        slip(hut("notes: !!set {One.}\n"), f"{H}:6:8: error: notes: the tag '!!set' is not allowed", edit(H, "!!set {One.}", "[One.]")),
    ],
    "too-many-nodes": [
        slip(put(N, DAY + "notes:\n  - &a [" + "x, " * 200 + "x]\n  - &b [" + "*a, " * 99 + "*a]\n"), f"{N}:9:", put(N, DAY)),
        slip(put(N, DAY + "notes:\n  - &a " + "x" * 20_000 + "\n" + "  - *a\n" * 60), "characters once its aliases are expanded (write fewer aliases)", put(N, DAY)),
    ],
    "type": [
        slip(put(N, "- name: New\n"), f"{N}:1:1: error: a record must be a mapping of keys and values (a file holds one record: delete the '- ')", edit(N, "- ", ""), "the key 'subtitle' is missing", put(N, DAY)),
        slip(edit(V, "south: {code: STH", "west:\nname: West\nsouth: {code: STH"), f"{V}:3:1: error: 'name' is a key of a record, and stands where the ids of records stand (indent it by two spaces, below the id of its record)", edit(V, "\nname", "\n  name"), "the key 'code' is missing", edit(V, "  name: West", "  name: West\n  code: WST"), "no record refers to 'west' (refer to it, or delete it)", edit(T, "[NTH]", "[NTH, WST]")),
        slip(edit(V, "{code: STH, name: South Valley}", "STH"), f"{V}:2:8: error: south: a record must be a mapping of keys and values (begin it with 'name: …'", edit(V, "south: STH", "south:\n  name: STH"), "the key 'code' is missing", edit(V, "name: STH", "name: STH\n  code: STH")),
        slip(put(V, "- id: north\n  code: NTH\n  name: North\n- id: south\n  code: STH\n  name: South\n"), "(write 'north:' in the place of '- id: north', and so for each record)", put(V, "north:\n  code: NTH\n  name: North\nsouth:\n  code: STH\n  name: South\n")),
        slip(hut("beds: !!int 1_000\n"), f"{H}:6:7: error: beds: '1_000' is not a whole number (write digits only)", edit(H, "!!int 1_000", "1000")),
    ],
    "unreadable": [
        slip([gone(M), link(M, "/etc/hostname")], f"{M}: error: is a link that leads out of the project (put the file itself there)", [gone(M), put(M, projects.text(M))]),
        slip(lambda root: os.mkfifo(root / N), f"{N}: error: is not a regular file (delete it, or put a file there)", gone(N)),
    ],
    "unknown-key": [
        slip(edit(H, "valley:", "vally:"), f"{H}:3:1: error: unknown key 'vally' (did you mean 'valley'?)", edit(H, "vally", "valley")),
        slip(hut("label: Ascent\n"), f"{H}:6:1: error: unknown key 'label' (it belongs to 'links': indent it below that)", edit(H, "label: Ascent", "links:\n  - label: Ascent"), "the key 'url' is missing", edit(H, "- label: Ascent", "- label: Ascent\n    url: https://a.example/")),
        slip(hut("colour: red\n"), "unknown key 'colour' (allowed: name, aliases", edit(H, "colour", "setting")),
        slip(hut("links:\n  - url: https://x.example/\n    label: X\n    beds: 2\n"), f"{H}:9:5: error: links[0]: unknown key 'beds' (it belongs to the record as a whole: begin the line where the other keys of the record begin)", edit(H, "    beds: 2", "beds: 2")),
        slip(edit(C, "collections:", "peaks: {schema: hut, records: !include huts/*.yml}\ncollections:"), "unknown key 'peaks' (it belongs to 'collections': indent it below that)", [edit(C, "peaks: {schema: hut, records: !include huts/*.yml}\n", ""), edit(C, "collections:\n", "collections:\n  peaks: {schema: hut, records: !include huts/*.yml}\n")], "is gathered by the collection 'peaks' already (give each collection files of its own, or delete one of the two)", edit(C, "  peaks: {schema: hut, records: !include huts/*.yml}\n", "")),
    ],
    "missing-key": [
        slip(edit(H, "valley: NTH\n", ""), f"{H}:1:1: error: the key 'valley' is missing (The code of the valley that it belongs to; for example \"NTH\")", hut('valley: "NTH"\n')),
        slip(edit(T, "nights: 2\n", ""), f"{T}:1:1: error: the key 'nights' is missing (a tour from hut to hut says how many nights it takes)", add(T, "nights: 2\n")),
        slip(put(L, "exceptions:\n  - {url: 'https://a.example/', until: '2030-01-01'}\n"), f"{L}:2:5: error: exceptions[0]: the key 'reason' is missing", put(L, EXCEPTION)),
    ],
    "does-not-apply": [
        slip(put(N, DAY + "nights: 1\n"), f"{N}:7:1: error: nights: does not apply here (a day tour has no nights; take them out, or change the kind)", put(N, DAY)),
        slip(put(N, DAY + "nights: 1\n"), "take them out, or change the kind)", edit(N, "day tour", "from hut to hut")),
    ],
    "wrong-type": [
        slip(edit(H, "Upper Lake Hut", "007"), f'{H}:1:7: error: name: must be text, not the number 007 (put it in quotes: "007")', edit(H, "007", '"007"')),
        slip(hut("beds: forty\n"), f"{H}:6:7: error: beds: must be a whole number, not the text 'forty' (write digits only", edit(H, "forty", "40")),
        slip(hut("beds: 2.5\n"), f"{H}:6:7: error: beds: must be a whole number, not 2.5 (write a whole number, such as 2 or 3)", edit(H, "2.5", "2")),
        slip(hut("notes:\n  – One.\n  – Two.\n"), f"{H}:7:3: error: notes: must be a list, not the text '– One. – Two.' (begin each entry with '-' and a space, on a line of its own)", edit(H, "– One.\n  – Two.", "- One.\n  - Two.")),
        slip(hut("notes: It is old.\n"), f"{H}:6:8: error: notes: must be a list, not the text 'It is old.' (write '- It is old.' on a line of its own below the key)", edit(H, "notes: It is old.", "notes:\n- It is old.")),
        slip(edit(T, "themes: [water]", "themes: water, water"), "(write [water, water])", edit(T, "water, water", "[water, water]"), "'water' is in the list already (line 7) (delete one of the two)", edit(T, "[water, water]", "[water]")),
        slip(edit(T, "  - hut: upper-lake", "  - upper-lake"), f"{T}:9:5: error: stages[0]: must be a mapping of keys and values, not the text 'upper-lake' (write '- hut: upper-lake')", edit(T, "- upper-lake", "- hut: upper-lake")),
        slip(edit(T, "guided: true", "guided: Yes"), f"{T}:6:9: error: guided: must be true or false, not the text 'Yes' (write true, without quotes)", edit(T, "Yes", "true")),
        slip(hut("notes:\n  - Decided: the newer one\n"), '(put the whole text in quotes: "Decided: the newer one")', edit(H, "Decided: the newer one", '"Decided: the newer one"')),
        slip(edit(H, "sources:\n  - source: map", "sources: map"), f"{H}:4:10: error: sources: must be a list, not the text 'map' (below the key, write '- source: map')", edit(H, "sources: map", "sources:\n  - source: map")),
        slip(edit(H, "sources:\n  - source: map", "sources:\n  source: map"), "(begin each entry with '- ' on a line of its own, as in '- source: …')", edit(H, "  source: map", "  - source: map")),
        slip(put(P, "---\ntitle: no\n---\n"), f"{P}:2:8: error: MkDocs takes 'no' for true or false (put it in quotes)", put(P, '---\ntitle: "no"\n---\n')),
        slip(edit(H, "Upper Lake Hut", "[Upper, Lake]"), f"{H}:1:7: error: name: must be text, not a list (write one text; put it in quotes if it has brackets)", edit(H, "[Upper, Lake]", '"[Upper, Lake]"')),
        slip(edit(H, "[Obere Seehütte]", ""), f"{H}:2:9: error: aliases: must be a list, not empty (write something or leave the key out)", edit(H, "aliases: \n", "")),
    ],
    "not-allowed": [
        slip(edit(T, "from hut to hut", "From hut to hut"), f"{T}:3:7: error: kind: 'From hut to hut' is not allowed (did you mean 'from hut to hut'? allowed: from hut to hut, day tour)", edit(T, "From hut", "from hut")),
        slip(edit(T, "grade: 2", "grade: 4"), f"{T}:5:8: error: grade: '4' is not allowed (allowed: 1, 2, 3)", edit(T, "grade: 4", "grade: 3")),
        slip(edit(T, "from hut to hut", "“from hut to hut”"), '(use straight quotes: "from hut to hut")', edit(T, "“from hut to hut”", '"from hut to hut"')),
    ],
    "wrong-form": [
        slip(hut("website: huts.example\n"), f"{H}:6:10: error: website: 'huts.example' does not have the right form (write https://huts.example)", edit(H, "huts.example", "https://huts.example")),
        slip(add(T, "start: June 2025\n"), f"{T}:14:8: error: start: 'June 2025' does not have the right form (write 2025-06)", edit(T, "June 2025", "2025-06")),
        slip(add(T, 'start: "2025"\n'), 'for example "2025-06")', edit(T, '"2025"', '"2025-06"')),
        slip(edit(V, "code: STH", "code: sth"), "'sth' does not have the right form (write STH)", edit(V, "sth", "STH")),
        slip(edit(C, "  glossary:", "  Glossary:"), "'Glossary' cannot be a key here (a collection's name is lower-case ASCII words joined by '-')", edit(C, "  Glossary:", "  glossary:")),
        slip(put(L, EXCEPTION.replace("2030", "2099")), f"{L}:2:74: error: exceptions[0].until: '2099-01-01' does not have the right form (write a year, a month and a day that exist, such as 2027-06-30 (until 2039))", put(L, EXCEPTION)),
    ],
    "too-long": [
        slip(hut(f"website: https://huts.example/{'x' * 2000}\n"), f"{H}:6:10: error: website: is too long (2,021 characters) (at most 2,000)", edit(H, "x" * 2000, "x")),
        slip(hut(f"former_ids: [{'x' * 101}]\n"), f"{H}:6:14: error: former_ids[0]: is too long (101 characters) (at most 100", edit(H, "x" * 101, "x" * 100)),
    ],
    "out-of-range": [
        slip(hut("beds: -1\n"), f"{H}:6:7: error: beds: '-1' is out of range (at least 0)", edit(H, "-1", "0")),
        slip(edit(T, "nights: 2", "nights: 31"), f"{T}:4:9: error: nights: '31' is out of range (at least 1, at most 30)", edit(T, "31", "30")),
    ],
    "repeated": [
        slip(edit(T, "themes: [water]", "themes: [water, water]"), f"{T}:7:17: error: themes[1]: 'water' is in the list already (line 7) (delete one of the two)", edit(T, "[water, water]", "[water]")),
        slip(edit(T, "  - hut: stone-pass", "  - hut: stone-pass\n  - hut: upper-lake\n    remark: Back."), f"{T}:11:10: error: stages[2].hut: 'upper-lake' is in the list already (line 9) (delete one of the two entries, or choose another value)", edit(T, "  - hut: upper-lake\n    remark: Back.\n", "")),
        slip(put(L, EXCEPTION + EXCEPTION.partition("\n")[2]), f"{L}:3:11: error: the exception for https://a.example/ is there already (line 2) (delete one of the two)", put(L, EXCEPTION)),
    ],
}  # fmt: skip
"""What the reader and the schemas tell of records."""


MORE = "continues: upper-lake\n"
EARLIER = declare("hut", continues={"x-ref": "huts", "x-continues": True})
STONE_HUT = projects.text(STONE)
SOURCES = "content/sources.yml"
BESIDE = '"notes": {"$ref": "common.schema.json#/$defs/notes"},'
COMPARED = [
    edit(S, BESIDE, BESIDE + """
    "verified": {
      "description": "When it was compared with a document.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "on": {"description": "The day.", "type": "string", "x-verified": "on"},
        "against": {"description": "The document.", "type": "string", "x-ref": "sources", "x-verified": "against"}
      }
    },"""),
    edit(C, "sources: {schema: source,", "sources: {schema: source, dated_by: date,"),
    edit(SOURCES, "kind: map,", "kind: map, date: '2021',"),
]  # fmt: skip
"""Lets huts say when they were compared with a document, and gives the document a date."""

RULES: dict[str, list[Slip]] = {
    "link-history": [
        slip(put("link-history.json", "{"), "link-history.json:1:2: error: link-history.json cannot be read (Expecting property name enclosed in double quotes: line 1 column 2 (char 1)) (fix it, or delete it to start again)", gone("link-history.json")),
        slip(put("link-history.json", '{"https://a.example/": []}'), "link-history.json: error: link-history.json cannot be read (", put("link-history.json", "{}")),
    ],
    "verified": [
        slip([*COMPARED, hut('verified: {on: "2098-01-01", against: map}\n')], f"{H}:6:16: error: verified.on: '2098-01-01' is in the future (write the day on which you compared the record with the document)", edit(H, "2098", "2024")),
        slip([*COMPARED, hut('verified: {on: "2018-12-31", against: map}\n')], f"{H}:6:16: error: verified.on: '2018-12-31' is before the date of 'map', 2021 (correct the day, or name", edit(H, "2018", "2021")),
    ],
    "alias-is-name": [
        slip(edit(H, "Obere Seehütte", "Upper Lake Hut"), f"{H}:2:11: warning: aliases[0]: 'Upper Lake Hut' is the name itself (take it out)", edit(H, "aliases: [Upper Lake Hut]\n", "")),
        slip(edit(H, "[Obere Seehütte]", "[Obere Seehütte, Upper Lake Hut]"), f"{H}:2:27: warning: aliases[1]: 'Upper Lake Hut' is the name itself (take it out)", edit(H, ", Upper Lake Hut", "")),
    ],
    "ambiguous": [
        slip(add(V, "west: {code: NTH, name: West}\n"), f"{V}:3:14: error: code: 'NTH' is the code of 'north' too ({V}:1) (correct one of the two, or delete one of the records)", edit(V, "west: {code: NTH, name: West}\n", "")),
        slip(edit(V, "code: STH", "code: NTH"), f"{V}:2:15: error: code: 'NTH' is the code of 'north' too", edit(V, "south: {code: NTH", "south: {code: STH")),
    ],
    "blank-text": [
        slip(hut('setting: " "\n'), f"{H}:6:10: error: setting: holds nothing but blanks (write something or leave the key out)", edit(H, 'setting: " "\n', "")),
        slip(hut('notes:\n  - " "\n'), f"{H}:7:5: error: notes[0]: holds nothing but blanks (write something or", edit(H, '" "', "One.")),
    ],
    "continues": [
        slip([EARLIER, hut(MORE)], f"{H}:6:12: error: continues: a record cannot continue itself (name the earlier one)", edit(H, MORE, "continues: stone-pass\n")),
        slip([EARLIER, hut("continues: stone-pass\n"), add(STONE, MORE)], f"{H}:6:12: error: continues: goes round in a circle (stone-pass, upper-lake) (take one of them out)", edit(H, "continues: stone-pass\n", "")),
    ],
    "date": [
        slip(hut("notes:\n  - 2019-02-30\n"), f"{H}:7:5: error: notes[0]: the date '2019-02-30' is not in the calendar (look the date up, or write less of it)", edit(H, "2019-02-30", "2019-02")),
        slip(edit("content/sources.yml", "kind: map", 'date: "2021-04-31", kind: map'), "date: the date '2021-04-31' is not in the calendar (look the date up, or write less of it)", edit("content/sources.yml", "2021-04-31", "2021-04-30")),
    ],
    "former-id": [
        slip(hut("former_ids: [stone-pass]\n"), f"{H}:6:14: error: former_ids[0]: 'stone-pass' is an id of {STONE} (take it out)", edit(H, "former_ids: [stone-pass]\n", "")),
        slip([hut("former_ids: [old]\n"), add(STONE, "former_ids: [old]\n")], f"{H}:6:14: error: former_ids[0]: 'old' is an id of {STONE} (take it out)", edit(H, "former_ids: [old]\n", "")),
    ],
    "local-url": [
        slip(hut("website: http://localhost:8000/\n"), f"{H}:6:10: warning: website: 'localhost' is a host that only its own network can reach (write the public URL, or take it out)", edit(H, "website: http://localhost:8000/\n", "")),
        slip(hut("website: https://192.168.1.4/hut\n"), "(write the public URL, or take it out)", edit(H, "192.168.1.4", "huts.example")),
    ],
    "not-unique": [
        slip([declare("hut", number={"type": "integer", "x-unique": "collection"}), hut("number: 1\n"), add(STONE, "number: 1\n")], f"{H}:6:9: error: number: '1' is the number of {STONE} too (give it another one, such as 2)", edit(H, "number: 1", "number: 2")),
        slip([declare("hut", short={"x-unique": {"per": "name"}}), edit(H, "Upper Lake Hut", "Stone Pass Hut"), hut("short: a\n"), add(STONE, "short: a\n")], f"{H}:6:8: error: short: 'a' is the short of {STONE} too (give it another one)", edit(H, "short: a", "short: b"), "'Stone Pass Hut' is the name of", edit(H, "Stone Pass Hut", "Upper Lake Hut")),
    ],
    "one-sided": [
        slip([declare("hut", beside={"x-ref": "huts", "x-mirror": "beside"}), hut("beside: stone-pass\n")], f"{H}:6:9: warning: beside: {STONE} does not name 'upper-lake' under beside (add it there, or take it out here)", add(STONE, "beside: upper-lake\n")),
        slip([declare("hut", beside={"x-ref": "huts", "x-mirror": "beside"}), add(STONE, "beside: upper-lake\n")], "does not name 'stone-pass' under beside (add it there, or take it out here)", edit(STONE, "beside: upper-lake\n", "")),
    ],
    "order": [
        slip(add(T, "start: 2025-09\nend: 2025-06\n"), f"{T}:14:8: error: start: '2025-09' is after the 'end', '2025-06' (swap them, or correct one)", edit(T, "start: 2025-09\nend: 2025-06\n", "start: 2025-06\nend: 2025-09\n")),
        slip(add(T, "figures:\n  - {label: Ascent, value: 950, maximum: 950, source: map}\n"), f"{T}:15:28: error: figures[0].value: 950 is not less than the 'maximum', 950 (swap them, or correct one)", edit(T, "maximum: 950", "maximum: 1000")),
    ],
    "refers-to-itself": [
        slip([declare("hut", beside={"x-ref": "huts"}), hut("beside: upper-lake\n")], f"{H}:6:9: warning: beside: is the record itself (name another one, or take it out)", edit(H, "beside: upper-lake", "beside: stone-pass")),
        slip([declare("tour", like={"x-ref": "tours"}), add(T, "like: three-lakes\n")], f"{T}:14:7: warning: like: is the record itself (name another one, or take it out)", edit(T, "like: three-lakes\n", "")),
    ],
    "same-name": [
        slip(edit(H, "Upper Lake Hut", "Stone Pass Hut"), f"{H}:1:7: error: name: 'Stone Pass Hut' is the name of {STONE} too (if it is the same one, merge the two records; if not, tell them apart by their names)", edit(H, "Stone Pass Hut", "Stone Pass Hut (north)")),
        slip(put("content/huts/new.yml", STONE_HUT), f"content/huts/new.yml:1:7: error: name: 'Stone Pass Hut' is the name of {STONE} too (if it is the same one, merge the two records", gone("content/huts/new.yml")),
    ],
    "shown-as-written": [
        slip(hut("notes:\n  - See [it](https://a.example/).\n"), f"{H}:7:5: warning: notes[0]: the brackets of '[it](https://a.example/)' would be shown (write the words alone)", edit(H, "[it](https://a.example/)", "it")),
        slip(add(T, "description: See [our page](www.huts.example) of it.\n"), f"{T}:14:14: warning: description: the brackets of '[our page](www.huts.example)' would be shown (write the whole URL of the link, beginning with https://)", edit(T, "(www", "(https://www")),
        slip(edit(H, "Upper", "<b>Upper</b>"), "HTML is not understood here (write it as plain text)", edit(H, "<b>Upper</b>", "Upper")),
        slip(edit(H, "Upper Lake Hut", "“Upper Lake Hut”"), "a pair of curly quotes is not understood here (write it without them)", edit(H, "“Upper Lake Hut”", "Upper Lake Hut")),
        slip(hut("notes:\n  - R&amp;D.\n"), "'&amp;' would be shown as it is written: a character reference of HTML is not understood here (write '&')", edit(H, "&amp;", "&")),
    ],
    "taken-url": [
        slip(put("content/huts/stone-pass.md", "# A\n"), f"{STONE}:1:1: error: the URL /huts/stone-pass/ is that of content/huts/stone-pass.md (rename content/huts/stone-pass.md, or choose another id)", move("content/huts/stone-pass.md", "content/huts/other.md")),
        slip([put(P, "# A\n"), put("content/page/index.md", "# B\n")], f"content/page/index.md:1:1: error: has the URL /page/, and so has {P} (rename one of the two)", move(P, "content/other.md")),
        slip(put("content/huts/index.md", "# A\n"), "content/huts/index.md:1:1: error: the list of the collection 'huts' has the URL /huts/, too (write {{ index_page(\"huts\") }} where the list is to stand, or rename the chapter)", add("content/huts/index.md", '\n{{ index_page("huts") }}\n')),
        slip([put(P, "# A\n"), edit(C, "{schema: hut,", "{schema: hut, url: page,")], f"{C}:4:28: error: collections.huts.url: the list would take the place of {P} (choose another URL, or rename the chapter)", edit(C, "url: page", "url: lodges")),
        slip([put("content/huts/old.md", "# A\n"), hut("former_ids: [old]\n")], f"{H}:6:14: error: former_ids[0]: the URL /huts/old/ is that of content/huts/old.md (rename content/huts/old.md, or take it out)", move("content/huts/old.md", "content/huts/new.md")),
    ],
    "unknown-reference": [
        slip(edit(T, "hut: stone-pass", "hut: stone-pas"), f"{T}:10:10: error: stages[1].hut: no hut 'stone-pas' (did you mean 'stone-pass'?", [edit(T, "stone-pas", "stone-pass")]),
        slip(edit(T, "hut: stone-pass", "hut: New Hut"), "if it is a new one, add the file content/huts/new-hut.yml, and write 'new-hut' here)", [put("content/huts/new-hut.yml", HUT.replace("Upper Lake", "New").replace("aliases: [Obere Seehütte]\n", "")), edit(T, "New Hut", "new-hut")], "no record refers to 'stone-pass' (refer to it, or delete it)", gone(STONE), "no record refers to 'south'", edit(V, "south: {code: STH, name: South Valley}\n", "")),
        slip(edit(T, "valleys: [NTH]", "valleys: [NTH, WST]"), "(there are: NTH, STH; if it is a new one, add 'wst:' to content/valleys.yml with 'code: WST')", add(V, "wst:\n  code: WST\n"), "the key 'name' is missing", add(V, "  name: West\n")),
        slip([move(STONE, "content/huts/stone.yml"), add("content/huts/stone.yml", "former_ids: [stone-pass]\n")], f"{T}:10:10: error: stages[1].hut: no hut 'stone-pass' ('stone-pass' is now 'stone': write 'stone')", edit(T, "hut: stone-pass", "hut: stone")),
    ],
    "unreferenced": [
        slip(add(V, "west: {code: WST, name: West}\n"), f"{V}:3:7: warning: no record refers to 'west' (refer to it, or delete it)", edit(T, "valleys: [NTH]", "valleys: [NTH, WST]")),
        slip(edit(T, "  - hut: stone-pass\n", ""), f"{STONE}:1:1: warning: no record refers to 'stone-pass' (refer to it, or delete it)", gone(STONE), "no record refers to 'south' (refer to it, or delete it)", edit(V, "south: {code: STH, name: South Valley}\n", "")),
    ],
    "wrong-folder": [
        slip(put("content/huts/new.yml", DAY), "content/huts/new.yml:1:1: error: this is the record of a tour, in the folder of another collection (move it to content/tours/)", move("content/huts/new.yml", N)),
        slip(put(N, STONE_HUT.replace("Stone", "New")), f"{N}:1:1: error: this is the record of a hut, in the folder of another collection (move it to content/huts/)", move(N, "content/huts/new.yml"), "no record refers to 'new'", edit(T, "hut: stone-pass", "hut: stone-pass\n  - hut: new")),
    ],
}  # fmt: skip
"""What the rules for all knowledge bases tell."""

PROJECT: dict[str, list[Slip]] = {
    "catalogue": [
        slip(edit(C, "schema: valley", "schema: valey"), f"{C}:6:21: error: collections.valleys.schema: no schema 'valey' (did you mean 'valley'?)", edit(C, "valey", "valley")),
        slip(edit(C, "schema: tour,", "schema: tour, template: tuor,"), "which does not exist (did you mean 'tour.html'?)", edit(C, "template: tuor", "template: tour")),
        slip(edit(C, "{schema: tour,", "{schema: tour, template: summit,"), "which does not exist (write templates/summit.html, or take 'template' out)", put("templates/summit.html", '{% extends "record.html" %}'), f"{HTML}:1:1: warning: no page uses this template", gone(HTML)),
        slip(edit(C, "schema: hut,", "schema: hut, url: tours,"), f"{C}:4:3: error: collections.huts: the pages of 'huts' would take the place of those of 'tours' (give it another name or url)", edit(C, "url: tours", "url: lodges")),
        slip(edit(C, "  themes:", "  lodges: {schema: hut, records: !include huts/*.yml}\n  themes:"), "is gathered by the collection 'huts' already (give each collection files of its own, or delete one of the two)", edit(C, "  lodges: {schema: hut, records: !include huts/*.yml}\n", "")),
        slip(edit(C, "schema: tour,", "schema: tour, order_by: [nmae],"), f"{C}:3:36: error: collections.tours.order_by[0]: the schema 'tour' declares no property 'nmae' (did you mean 'name'?)", edit(C, "nmae", "name")),
        slip(edit(C, "schema: tour,", "schema: tour, columns: [grad],"), "'tours' have no column 'grad' (did you mean 'grade'?)", edit(C, "grad]", "grade]")),
        slip(edit(C, "schema: term,", "schema: term, columns: [term],"), 'the list of \'glossary\' has no filters, and so no columns (write "x-facet": true on a property in its schema, or take this out)', edit(C, " columns: [term],", "")),
        slip(edit(C, "!include valleys.yml", "valleys.yml"), f"{C}:6:29: error: collections.valleys.records: records are gathered with !include (for example: records: !include valleys/*.yml)", edit(C, "records: valleys.yml", "records: !include valleys/*.yml"), "check the path after !include", edit(C, "valleys/*.yml", "valleys.yml")),
    ],
    "duplicate-id": [
        slip([edit(C, "!include huts/*.yml", "!include huts/**/*.yml"), put("content/huts/a/stone-pass.yml", HUT.replace("Upper Lake", "New"))], "content/huts/stone-pass.yml: error: the id 'stone-pass' is taken by content/huts/a/stone-pass.yml:1:1 (give one of the two files another name)", [move("content/huts/a/stone-pass.yml", "content/huts/a/new.yml"), edit(T, "hut: stone-pass", "hut: stone-pass\n  - hut: new"), edit("content/huts/a/new.yml", "aliases: [Obere Seehütte]\n", "")]),
        slip([edit(C, "!include huts/*.yml", "!include huts/**/*.yml"), put("content/huts/x/stone-pass.yml", STONE_HUT)], "the id 'stone-pass' is taken by content/huts/stone-pass.yml:1:1 (give one of the two files another name)", [gone("content/huts/x/stone-pass.yml")]),
    ],
    "empty-collection": [
        slip(edit(C, "huts/*.yml", "hut/*.yml"), f"{C}:4:23: error: collections.huts.records: the collection 'huts' has no records (the path after !include names no file; did you mean 'huts/*.yml'?)", edit(C, "hut/*.yml", "huts/*.yml")),
        slip(edit(C, "  themes:", "  peaks: {schema: hut, records: !include peaks/*.yml}\n  themes:"), f"{C}:5:24: warning: collections.peaks.records: the collection 'peaks' has no records (", put("content/peaks/top.yml", HUT)),
    ],
    "extension": [
        slip(edit(C, "collections:", f"extensions: [{X}]\ncollections:"), f"{C}:2:14: error: no file '{X}' (write it, or fix its name)", put(X, RULE)),
        slip(extended("def mine(record):\n    return []\n"), f"{X}: warning: adds nothing (mark what it adds with @rule,", put(X, RULE)),
        slip(extended(RULE.replace("return []", "return record.nothing")), f"{X}:7:1: error: the rule 'mine' fails: AttributeError", put(X, RULE)),
        slip(extended(RULE.replace("def mine", "def mine record")), f"{X}:5:1: error: cannot be run: SyntaxError", put(X, RULE)),
        slip(extended(RULE.replace('"mine")', '"mine", collections=["hutz"])')), "the rule 'mine' is for the collection 'hutz', which does not exist (did you mean 'huts'?)", put(X, RULE.replace('"mine")', '"mine", collections=["huts"])'))),
        slip(extended(RULE + RULE.partition("\n")[2].replace("def mine", "def other")), "is defined at extensions/own.py:4:1 already (choose another name)", put(X, RULE + RULE.partition("\n")[2].replace("mine", "other"))),
        slip(extended(RULE + RULE.partition("\n")[2].replace('"mine"', '"other"')), "is defined at line 4 already; that has no effect (choose another name)", put(X, RULE + RULE.partition("\n")[2].replace("mine", "other"))),
        slip(extended(RULE.replace('"mine")', '"mine", scope="all")')), f"{X}:", put(X, RULE)),
    ],
    "id": [
        slip(edit(V, "north:", "North:"), f"{V}:1:1: error: the id 'North' is not lower-case ASCII words joined by '-' (write 'north')", edit(V, "North:", "north:")),
        slip(put("content/tours/New_Tour.yml", DAY), "(rename the file to 'new-tour.yml')", move("content/tours/New_Tour.yml", "content/tours/new-tour.yml")),
        slip(put(f"content/tours/{'x' * 101}.yml", DAY), "has 101 characters; it may have 100 (give the file a shorter name)", move(f"content/tours/{'x' * 101}.yml", N)),
    ],
    "left-out": [
        slip(put("content/huts/new.yaml", STONE_HUT.replace("Stone", "New")), "content/huts/new.yaml: error: no collection of content/catalogue.yml includes this file (rename it to 'new.yml')", move("content/huts/new.yaml", "content/huts/new.yml"), "no record refers to 'new'", edit(T, "hut: stone-pass", "hut: stone-pass\n  - hut: new")),
        slip(put("content/huts/notes.txt", "x"), "content/huts/notes.txt: error: is neither a record nor a chapter (.md), and of other files only these are published", gone("content/huts/notes.txt")),
        slip(put("content/x.markdown", "# A\n"), "(rename it to 'x.md')", move("content/x.markdown", "content/x.md")),
        slip(put("content/x.svg", "<svg/>"), "a file that a browser runs is no content (write a chapter in Markdown, or put it below theme/assets/)", move("content/x.svg", "theme/assets/x.svg")),
        slip(put("content/x.png", "no"), "does not hold what its name says (PNG) (save it anew, or give it its right ending)", put("content/x.png", PNG)),
        slip(put("content/templates/x.md", "# A\n"), "MkDocs leaves content/templates/ out of the site (move it into another folder)", move("content/templates/x.md", "content/other/x.md")),
        slip([put("content/Page.md", "# A\n"), put(P, "# A\n")], "in capitals only, which some systems take for one file (rename one of the two)", move(P, "content/other.md")),
        slip(put("content/a/new.yml", DAY), "content/a/new.yml: error: no collection of content/catalogue.yml includes this file (move it into the folder of a collection)", move("content/a/new.yml", N)),
    ],
    "link": [
        slip(link(N, "three-lakes.yml"), f"{N}: error: what a symbolic link leads to would be published (put the file itself there)", [gone(N), put(N, DAY)]),
        slip(link(N, "/etc/hostname"), f"{N}: error: what a symbolic link leads to would be published (put the file itself there)", [gone(N), put(N, DAY)]),
        slip(link("theme/assets/x.css", "/etc/hostname"), "theme/assets/x.css: error: a symbolic link that leads out of the project (put the file itself there)", [gone("theme/assets/x.css"), put("theme/assets/x.css", "p {}")]),
    ],
    "navigation": [
        slip(add(M, "nav:\n  - index.md\n  - tours/index.md\n  - hut/index.md\n"), f"{M}:", edit(M, "hut/index.md", "huts/index.md")),
        slip(add(M, "nav:\n  - index.md\n  - /tours/\n"), "'/tours/' is from the root of the host, and the site may lie below a path (name the file of a page, relative to content/)", edit(M, "- /tours/", "- tours/index.md")),
    ],
    "orphan": [
        slip([add(M, "nav:\n  - index.md\n"), put(P, "# A\n")], f"{P}:1:1: warning: no navigation leads here (put it into the navigation of mkdocs.yml, or under not_in_nav if readers get there by links only)", add(M, "  - page.md\n")),
        slip([add(M, "nav:\n  - index.md\n"), put(P, "# A\n")], "or under not_in_nav if readers get there by links only)", add(M, "not_in_nav: page.md\n")),
    ],
    "schema": [
        slip(edit(S, '"minimum": 0', '"minimum": "0"'), f"{S}:41:7: error: properties.beds.minimum: 'minimum' cannot be '0' (write a number, without quotes)", edit(S, '"minimum": "0"', '"minimum": 0')),
        slip(edit(S, '"examples": [48]', '"examples": [-1]'), "properties.beds.examples: '-1' breaks its own schema (", edit(S, "[-1]", "[1]")),
        slip(edit(S, '"sources"],', '"sources",],'), f"{S}:9:44: error: not readable as JSON: Expecting value (delete the comma before it)", edit(S, ",],", "],")),
        slip(edit(S, '"additionalProperties": false,', ""), 'a misspelt key would be taken for another property (write "additionalProperties": false)', edit(S, '"type": "object",', '"type": "object", "additionalProperties": false,')),
        slip(edit(S, '"x-label": "name"', '"x-label": "nmae"'), "x-label: no property 'nmae' (did you mean 'name'?)", edit(S, "nmae", "name")),
        slip(declare("hut", url={}), "the API adds a property 'url' of its own to each record (choose another name, such as 'website')", edit(S, '"url": {', '"site": {')),
        slip(edit("schemas/tour.schema.json", '"x-at-most": "end"', '"x-at-most": "last"'), "start: no property 'last' beside it (there are:", edit("schemas/tour.schema.json", '"last"', '"end"')),
        slip(edit("schemas/tour.schema.json", '"x-facet-through": ["valley"]', '"x-facet-through": ["vally"]'), "(did you mean 'valley'?)", edit("schemas/tour.schema.json", "vally", "valley")),
        slip(declare("hut", beside={"x-mirror": "beside"}), "beside: 'x-mirror' needs an 'x-ref' beside it (add it, or take this out)", edit(S, '"x-mirror": "beside"', '"x-mirror": "beside", "x-ref": "huts"')),
        slip(edit(S, '"name", "valley", "sources"', '"name", "vally", "sources"'), "required: no property 'vally' (did you mean 'valley'?)", edit(S, "vally", "valley")),
        slip(edit("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z{3}$"), "the pattern '^[A-Z{3}$' cannot be used (a [ is never closed)", edit("schemas/valley.schema.json", "^[A-Z{3}$", "^[A-Z]{3}$")),
        slip(edit(S, "/hut.schema.json", "/cabin.schema.json"), f"{S}:3:3: error: the $id is that of another file: https://tours.example/schemas/cabin.schema.json (end it with 'hut.schema.json', or leave it out)", edit(S, "cabin.schema", "hut.schema")),
        slip(edit(S, "draft/2020-12/schema", "draft-07/schema"), f"{S}:2:3: error: not a JSON Schema: its $schema must be https://json-schema.org/draft/2020-12/schema (write that, or take it out)", edit(S, "draft-07/schema", "draft/2020-12/schema")),
        slip(edit(S, "common.schema.json#/$defs/notes", "common.schema.json#/$defs/remarks"), "common.schema.json has no '#/$defs/remarks' (", edit(S, "$defs/remarks", "$defs/notes")),
        slip(edit(S, '"beds": {', '"beds": {"x-label": "name",'), "'x-label' does not belong here (it stands at the top of a schema)", edit(S, '{"x-label": "name",', "{")),
        slip(edit("schemas/tour.schema.json", '"day tour"\n      ]', '"day tour", "day tour"\n      ]'), "", edit("schemas/tour.schema.json", '"day tour", "day tour"', '"day tour"')),
    ],
    "schema-line": [
        slip(edit(H, "name:", "# yaml-language-server: $schema=../../schemas/tour.schema.json\nname:"), f"{H}:1:33: warning: '../../schemas/tour.schema.json' is the schema of another kind: editors would be misled (write # yaml-language-server: $schema=../../schemas/hut.schema.json)", edit(H, "tour.schema", "hut.schema")),
        slip(put(V, "# yaml-language-server: $schema=../schemas/vally.schema.json\n" + projects.text(V)), "is no file: editors would be misled (take the line out)", put(V, projects.text(V))),
    ],
    "settings": [
        slip(edit(M, "- smartguide", "- smartgide"), f"{M}:37:5: error: plugins[0]: no plugin 'smartgide' is installed (did you mean 'smartguide'?)", edit(M, "smartgide", "smartguide")),
        slip(edit(M, "  - smartguide\n", ""), "(add '- smartguide' above '- macros')", edit(M, "  - macros", "  - smartguide\n  - macros")),
        slip(edit(M, "custom_dir: theme", "custom_dir: thme"), "theme.custom_dir: no folder 'thme' (did you mean 'theme'?)", edit(M, "thme", "theme")),
        slip(edit(M, "site_dir: site", "colour: red"), f"{M}:11:1: warning: no setting 'colour' (what is for templates only stands below 'extra')", [edit(M, "colour: red\n", ""), edit(M, "extra:\n", "extra:\n  colour: red\n")]),
        slip(edit(M, "site_dir: site", "site_dir: site\nsite_dir: other"), "(keep one of them)", edit(M, "site_dir: other\n", "")),
        slip(edit(M, "- smartguide", "- smartguide\n  - search"), "the site has a search of its own, and would have two (take it out, with its options)", edit(M, "  - search\n", "")),
        slip(edit(M, '!ENV [SITE_URL, "https://tours.example/"]', "tours.example"), f"{M}:5:11: error: site_url: 'tours.example' is no URL that begins with https:// and a host (write https://tours.example)", edit(M, "site_url: tours.example", "site_url: https://tours.example")),
        slip(edit(M, "site_dir: site", "use_directory_urls: false"), "use_directory_urls: must be true: the page of a record is a folder, and links lead there (take it out)", edit(M, "use_directory_urls: false\n", "")),
        slip(edit(M, "language: en", "language:en"), f"{M}:19:3: error: the line has no key that ends in ': ' (write 'language: en')", edit(M, "language:en", "language: en")),
        slip(edit(M, "extra_css:", "nav:\n  - Home: index.md\n    Tours: tours/index.md\nextra_css:"), "(begin 'Tours' with '- '; if it is below 'Home', indent it as well)", edit(M, "    Tours: tours", "  - Tours: tours")),
        slip(edit(M, "!ENV [SITE_URL, ", "!Env [SITE_URL, "), "no tag '!Env' (did you mean '!ENV'?)", edit(M, "!Env", "!ENV")),
    ],
    "template": [
        slip(edit(HTML, "data.kind", "data.knd"), f"{HTML}:7:1: error: no property 'knd' (did you mean 'kind'?)", edit(HTML, "knd", "kind")),
        slip(edit(HTML, "{% block body %}", "{% block bdy %}"), f"{HTML}:4:1: error: no block 'bdy' in what the template extends (did you mean 'body'?)", edit(HTML, "bdy", "body")),
        slip(edit(HTML, "</dl>", "{% if data.name %}</dl>"), "(close what is open with {% endif %}, or fix the name of the tag)", edit(HTML, "{% if data.name %}</dl>", "{% if data.name %}</dl>{% endif %}")),
        slip(put(HTML, ""), 'the template is empty, and so would its pages be (write {% extends "record.html" %})', put(HTML, '{% extends "record.html" %}')),
        slip(edit(HTML, "| month", "| mnth"), "no filter 'mnth' (did you mean 'month'?)", edit(HTML, "mnth", "month")),
        slip(edit(HTML, "record.html", "recrd.html"), "no template 'recrd.html' (did you mean 'record.html'?)", edit(HTML, "recrd", "record")),
        slip(move(HTML, "templates/tuor.html"), "templates/tuor.html:1:1: warning: no page uses this template (did you mean 'tour.html'? Rename it, or delete it)", move("templates/tuor.html", HTML)),
        slip(put("templates/parts/mine.html", "x"), "no template and no chapter uses this part (fix its name, or delete it)", gone("templates/parts/mine.html")),
    ],
}  # fmt: skip
"""What is told of catalogue, schemas, settings, templates, extensions and files."""

CHAPTERS: dict[str, list[Slip]] = {
    "broken-link": [
        slip([page("[x](pag.md)\n")], f"{P}:3:5: warning: the link 'pag.md': there is no file 'pag.md' (did you mean 'page.md'?)", page("[x](page.md)\n")),
        slip(page("[x](tours)\n"), "the link 'tours': it does not name a file (write 'tours/index.md')", page("[x](tours/index.md)\n")),
        slip(page("[x](/tours/)\n"), "it is from the root of the host, and the site may lie below a path (write it relative to this page)", page("[x](tours/)\n"), "write 'tours/index.md'", page("[x](tours/index.md)\n")),
        slip(page("[x](https:/a.example)\n"), "it names no host (write https://a.example)", page("[x](https://a.example)\n")),
        slip(page("[x](a@b.example)\n"), "(write mailto:a@b.example)", page("[x](mailto:a@b.example)\n")),
        slip(page("[x](../y.md)\n"), "it leads out of content/ (name a file below content/)", page("[x](index.md)\n")),
    ],
    "blocked": [
        slip(page("![A hut](https://a.example/x.png)\n"), f"{P}:3:10: warning: this picture would not be shown: the pages load nothing from other sites (put the file into content/ and name it, or write a link)", [put("content/x.png", PNG), page("![A hut](x.png)\n")]),
        slip(page('<iframe src="https://a.example/"></iframe>\n'), "this would not be shown: the pages hold no frames of other pages (write a link to it)", page("[A map](https://a.example/)\n")),
    ],
    "front-matter": [
        slip(put(P, '+++\ntitle = "a"\n+++\n\n# A\n'), "(write it as YAML: 'title: …' between two lines ---)", put(P, "---\ntitle: a\n---\n\n# A\n")),
        slip(put(P, "\ntitle: a\n\n# A\n"), f"{P}:2:1: error: the front matter would be shown on the page as text (move it to the beginning of the file, between two lines ---)", put(P, "---\ntitle: a\n---\n\n# A\n")),
        slip(put(P, "---\ntitle: a\n\n# A\n"), f"{P}:2:1: error: the front matter would be shown on the page as text (write a line --- below this line)", put(P, "---\ntitle: a\n---\n\n# A\n")),
        slip(put(P, "\n---\ntitle: a\n---\n# A\n"), "(move it to the beginning of the file)", put(P, "---\ntitle: a\n---\n\n# A\n")),
        slip(put(P, "title: a\ndescription: b\n\n# A\n"), "the lines 1 to 2 are taken for front matter, and are not shown (put them between two lines ---, or begin the page with a heading)", put(P, "---\ntitle: a\ndescription: b\n---\n\n# A\n")),
        slip(put(P, "Note: a\n"), "or begin the page with a heading)", put(P, "# A\nNote: a\n")),
        slip(put(P, "---\ntitle: a\n---"), f"{P}:3:1: error: the front matter would be shown on the page as text (write the text of the page below this line)", add(P, "\n# A\n")),
        slip(put(P, "---\ntitle: a\n—\n# A\n"), f"{P}:3:1: error: the front matter would be shown on the page as text (write --- in the place of '—')", edit(P, "—", "---")),
    ],
    "macro": [
        slip(page('{{ link("stone-pass") }}\n'), f"{P}:3:4: error: link() lacks 'record_id' (write {{{{ link(\"huts\", \"stone-pass\") }}}})", page('{{ link("huts", "stone-pass") }}\n')),
        slip(page("{{ hello }}\n"), "'hello' is undefined (to show braces, put them between backticks or {% raw %} and {% endraw %})", page("`{{ hello }}`\n")),
        slip(page("{{ hello }}\n"), "{% raw %} and {% endraw %})", page("{% raw %}{{ hello }}{% endraw %}\n")),
        slip(page('{{ link("huts", "stone-pas") }}\n'), f"{P}:3:4: error: no record 'stone-pas' in the collection 'huts' (did you mean 'stone-pass'?)", page('{{ link("huts", "stone-pass") }}\n')),
        slip(page('{{ count("hutz") }}\n'), "no collection 'hutz' (did you mean 'huts'?)", page('{{ count("huts") }}\n')),
        slip(page('{{ part("colections") }}\n'), "no part 'colections' (did you mean 'collections'?)", page('{{ part("collections") }}\n')),
        slip(page("{{ link( }}\n"), "(fix the template code; to show braces, put them between backticks", page("`{{ link( }}`\n")),
    ],
    "markdown": [
        slip(page("- a\n  - b\n"), f"{P}:4:3: warning: this list would not be shown inside of the one above (indent it by four blanks for each level)", page("- a\n    - b\n")),
        slip(page("Take:\n- a\n"), "this list would be shown as plain text (put an empty line before it)", page("Take:\n\n- a\n")),
        slip(page("- a\n\n  b\n- c\n"), "this would not be shown inside of the list above (indent it by four blanks for each level)", page("- a\n\n    b\n- c\n")),
        slip(page("See https://a.example/b\n"), "(write it between < and >, or add pymdownx.magiclink to markdown_extensions in mkdocs.yml)", page("See <https://a.example/b>\n")),
        slip(page("See https://a.example/b\n"), "or add pymdownx.magiclink to markdown_extensions in mkdocs.yml)", edit(M, "  - tables\n", "  - tables\n  - pymdownx.magiclink\n")),
        slip(page("One.\n\n# Another\n"), "this is a second title of the page (write ## instead of #)", page("One.\n\n## Another\n")),
        slip(page("> [!NOTE]\n> Mind this.\n"), "(write !!! note, and the text below it indented by four blanks,", page("!!! note\n    Mind this.\n")),
        slip(page("- [ ] a\n"), "the brackets of this task would be shown (leave them out,", page("- a\n")),
        slip(page("1) a\n"), "(write 1. instead of 1))", page("1. a\n")),
        slip(page("3. a\n"), "(begin it with 1,", page("1. a\n")),
        slip(page("- a\n- b\n\n1. c\n"), "(put a sentence between the two,", page("- a\n- b\n\nThen:\n\n1. c\n")),
        slip(page("- a\n\n    ```\n    x\n    ```\n"), "(put it outside of the list,", page("- a\n\n```\nx\n```\n")),
        slip(page("One\\\ntwo\n"), "(end the line with two blanks instead)", page("One  \ntwo\n")),
        slip(page("It is ~~far~~.\n"), "the ~~ would be shown (leave them out,", page("It is far.\n")),
        slip(page("One[^1].\n\n[^1]: two\n"), "(write it as a sentence,", page("One. Two.\n")),
        slip(page("<details>\n<summary>x</summary>\n\nIt is **far**.\n\n</details>\n"), "(write HTML there,", page("<details>\n<summary>x</summary>\n<p>It is <b>far</b>.</p>\n</details>\n")),
        slip(page("Take:\n| a | b |\n|---|---|\n| 1 | 2 |\n"), "this table would be shown as plain text (put an empty line before it)", page("Take:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")),
    ],
    "too-much": [
        slip(page("[" * 20_000 + "\n"), f"{P}:1:1: error: has too many brackets in one paragraph, or in all (at most 2,000) (split it into several chapters,", page("[")),
        slip(page("## A\n\n" * 2_100), "has more than 2,000 headings (split it into several chapters, or write it as records)", [page("## A\n\n" * 1_000), put("content/b.md", "## A\n\n" * 1_100)]),
        slip(page("".join(f"{'    ' * n}- x\n" for n in range(60))), f"{P}:43:1: error: is nested too deeply (write it flatter)", page("".join(f"{'    ' * n}- x\n" for n in range(4)))),
    ],
    "undefined-reference": [
        slip(page("See [it][there].\n"), f"{P}:3:5: error: no link 'there' is defined, and the page would show the brackets (define it with a line [there]: and its URL)", add(P, "\n[there]: https://a.example/\n")),
        slip(page("See [it][ther].\n\n[there]: https://a.example/\n"), "(did you mean 'there'?)", edit(P, "[ther]", "[there]")),
    ],
}  # fmt: skip
"""What is told of chapters."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Return the session of a project that each test leaves as it was."""
    return load(projects.copy(tmp_path_factory.mktemp("remedies"), site=True))


def validate(session: Session) -> list[Finding]:
    """Return what the command ``validate`` says."""
    session.refresh()
    of_links = link_exceptions.check(session.project)
    return in_order([*session.checked.findings, *session.checked.in_macros, *of_links])


FAULTS: dict[str, list[Slip]] = RECORDS | RULES | PROJECT | CHAPTERS
NUMBERED = [(rule, number) for rule, slips in FAULTS.items() for number in range(len(slips))]
ELSEWHERE = {
    **dict.fromkeys(
        ("expired-exception", "unused-exception", "dead-link", "broken-url", "moved", "redirected", "private-address"),
        "told by the check of other sites: test_who_follows_what_is_said_of_urls_is_rid_of_it",
    ),
    **dict.fromkeys(
        ("inline-script", "foreign-script", "redirect"),
        "told of built pages: test_who_follows_what_is_said_of_code_is_rid_of_it",
    ),
    "broken-redirect": "told of built pages: links/test_link_sources.py",
    "page-shell": "told of a theme that an engine has rendered: test_engines.py",
    "engine": "told of what Zensical cannot do: test_engines.py",
    "style": "told by the command format alone: test_formatting.py",
    "favourite": "a rule of the new projects that the command init writes: test_starter.py",
}
"""The rules that ``validate`` never tells, and where they are told."""


@pytest.mark.parametrize(("rule", "number"), NUMBERED)
def test_who_follows_the_message_to_the_letter_is_rid_of_it(
    project: Session, monkeypatch: pytest.MonkeyPatch, rule: str, number: int
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # an extension changes within a second
    follow(project.project.root, FAULTS[rule][number], lambda: validate(project), rule)


def test_every_rule_is_followed_in_two_cases() -> None:
    assert rules_in(Path(smartguide.__file__).parent) - ELSEWHERE.keys() == FAULTS.keys()
    assert {rule for rule, slips in FAULTS.items() if len(slips) < 2} == set()


URL = "https://hut.example/"
OTHER = "https://other.example/"
WITH_URL = f"website: {URL}\n"
FAILED = [Outcome(State.FAILED, "404: not found")] * 3
URLS: list[tuple[str, list[Outcome], str, Step]] = [
    ("dead-link", FAILED, f"{H}:6:10: error: {URL} is dead: 404: not found (failed on 2026-11-01, 2026-11-02, 2026-11-03) (write its new URL, or look for an archived copy and add a link to it: https://web.archive.org/web/…)", edit(H, URL, OTHER)),
    ("moved", [Outcome(State.GOOD, "200", redirects_to=OTHER, permanent=True)], f"{H}:6:10: warning: {URL} has moved permanently (write the new URL: {OTHER})", edit(H, URL, OTHER)),
    ("redirected", [Outcome(State.GOOD, "200", redirects_to=OTHER)], f"{H}:6:10: notice: {URL} redirects to", edit(H, URL, OTHER)),
    ("private-address", [Outcome(State.REFUSED, "its host is in a private network")], f"{H}:6:10: error: {URL} is not requested: its host is in a private network (give a public URL)", edit(H, URL, OTHER)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "outcomes", "said", "remedy"), URLS)
def test_who_follows_what_is_said_of_urls_is_rid_of_it(
    project: Session, rule: str, outcomes: list[Outcome], said: str, remedy: Step
) -> None:
    past = History()
    for number, outcome in enumerate(outcomes):
        past.add(URL, outcome, date(2026, 11, 1 + number))

    def check() -> list[Finding]:
        project.refresh()
        urls = collect(project.project, project.checked.base)
        replaced = urls_with_copy(project.project, project.checked.base)
        return findings(urls, past, copies={}, keys={}, replaced=replaced)

    follow(project.project.root, slip(hut(WITH_URL), said, remedy), check, rule)


@pytest.mark.parametrize(
    ("until", "urls", "rule", "said"),
    [
        ("2026-10-01", {URL}, "expired-exception", f"the exception for {URL} expired on 2026-10-01 (delete it, or give a new"),
        ("2030-01-01", set(), "unused-exception", f"the exception for {URL} is not needed: no record and no page has this URL (delete it"),
    ],
)  # fmt: skip
def test_who_follows_what_is_said_of_exceptions_is_rid_of_it(
    project: Session, until: str, urls: set[str], rule: str, said: str
) -> None:
    text = f"exceptions:\n  - {{url: '{URL}', reason: 'It opens in a browser.', until: '{until}'}}\n"

    def check() -> list[Finding]:
        return list(link_exceptions.load(project.project, urls, date(2026, 11, 1)).findings)

    follow(project.project.root, slip(put(L, text), said, put(L, "exceptions: []\n")), check, rule)


@pytest.mark.parametrize(
    ("rule", "code", "said", "remedy"),
    [
        ("inline-script", "<script>go()</script>", "put it into a file below theme/assets/", '<script src="assets/go.js"></script>'),
        ("inline-script", '<p onclick="go()">It</p>', "delete it: the policy of the site forbids it", "<p>It</p>"),
        ("foreign-script", '<script src="https://a.example/x.js"></script>', "put it into a file below theme/assets/", '<script src="assets/x.js"></script>'),
        ("redirect", '<meta http-equiv="refresh" content="0; url=https://a.example/">', "write a link, or give a record former_ids", '<a href="https://a.example/">It</a>'),
    ],
)  # fmt: skip
def test_who_follows_what_is_said_of_code_is_rid_of_it(rule: str, code: str, said: str, remedy: str) -> None:
    assert [(fault.rule, fault.hint) for fault in page_code.check(code, frozenset())] == [(rule, said)]
    assert list(page_code.check(remedy, frozenset())) == []
