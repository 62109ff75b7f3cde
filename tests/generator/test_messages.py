"""Each slip that people make is told on its own line, once, with what to write; who writes that gets on."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from smartguide import load
from smartguide.checks import template_code
from smartguide.checks.checking import check
from smartguide.engines import macros
from smartguide.reading import Reader
from tests.generator import projects
from tests.projects import Changes, FindingsOf, MakeProject

TEMPLATE = projects.text("templates/tour.html")
TOUR = "name: New\nsubtitle: A new tour\nkind: day tour\nguided: true\nsources:\n  - source: map\n"

UNREADABLE = {
    "name: Hut\n beds: 3\n": "2:1: error: the line begins with a space more than line 1 above it (delete a space at the beginning of the line) [syntax]",
    "a:\n  - b: 1\n     c: 2\n": "3:1: error: the line begins with 3 spaces more than line 2 above it (delete 3 spaces at the beginning of the line) [syntax]",
    "stages:\n  - https://huts.example/\n    label: Site\n": "2:5: error: the entry is a mere text, and line 3 adds a key to it (write a key before that text, '- key: https://huts.example/': the field reference says which) [syntax]",
    'stages:\n  - "Upper Lake"\n    hut: upper-lake\n': '2:5: error: the entry is a mere text, and line 3 adds a key to it (write a key before that text, \'- key: "Upper Lake"\': the field reference says which) [syntax]',
    "name: *x* y\n": '1:7: error: the text begins with \'*\', which has a meaning of its own in YAML (put the whole text in quotes: "*x* y") [syntax]',
    "name: **Sell** x\n": '1:7: error: the text begins with \'*\', which has a meaning of its own in YAML (put the whole text in quotes: "**Sell** x") [syntax]',
    "name: & x\n": '1:7: error: the text begins with \'&\', which has a meaning of its own in YAML (put the whole text in quotes: "& x") [syntax]',
    "name: [x](https://y.example) z\n": '1:7: error: the text goes on after the bracket that closes what [ began (put the whole text in quotes: "[x](https://y.example) z") [syntax]',
    'name: "Sell" rotors\n': '1:7: error: the text goes on after the quote that closes (put the whole text in quotes: \'"Sell" rotors\') [syntax]',
    "name: > 50\n": '1:7: error: the text begins with \'>\', which has a meaning of its own in YAML (put the whole text in quotes: "> 50") [syntax]',
    "name: >50\n": '1:7: error: the text begins with \'>\', which has a meaning of its own in YAML (put the whole text in quotes: ">50") [syntax]',
    "name: - a\n": '1:7: error: the text begins with \'-\', which has a meaning of its own in YAML (put the whole text in quotes: "- a") [syntax]',
    "name: {{ x }} y\n": '1:7: error: the text goes on after the bracket that closes what { began (put the whole text in quotes: "{{ x }} y") [syntax]',
    "name: 'Europe's' x\n": '1:7: error: the text goes on after the quote that closes (put the whole text in quotes: "\'Europe\'s\' x") [syntax]',
    "name: 'It's fine'\n": '1:7: error: the text goes on after the quote that closes (put the whole text in quotes: "It\'s fine") [syntax]',
    'name: "A "good" hut"\n': '1:7: error: the text goes on after the quote that closes (put the whole text in quotes: \'A "good" hut\') [syntax]',
    "name: | a\n": '1:7: error: the text begins with \'|\', which has a meaning of its own in YAML (put the whole text in quotes: "| a") [syntax]',
    "name: %x\n": '1:7: error: the text begins with \'%\', which has a meaning of its own in YAML (put the whole text in quotes: "%x") [syntax]',
    "name: @x\n": '1:7: error: the text begins with \'@\', which has a meaning of its own in YAML (put the whole text in quotes: "@x") [syntax]',
    "name: `x`\n": '1:7: error: the text begins with \'`\', which has a meaning of its own in YAML (put the whole text in quotes: "`x`") [syntax]',
    "name: , x\n": '1:7: error: the text begins with \',\', which has a meaning of its own in YAML (put the whole text in quotes: ", x") [syntax]',
    "name: ]x\n": '1:7: error: the text begins with \']\', which has a meaning of its own in YAML (put the whole text in quotes: "]x") [syntax]',
    "name: ? x\n": '1:7: error: the text begins with \'?\', which has a meaning of its own in YAML (put the whole text in quotes: "? x") [syntax]',
    "name: [a] b\n": '1:7: error: the text goes on after the bracket that closes what [ began (put the whole text in quotes: "[a] b") [syntax]',
    "name: {x} y\n": '1:7: error: the text goes on after the bracket that closes what { began (put the whole text in quotes: "{x} y") [syntax]',
    'name: "x\nbeds: 3\n': '1:7: error: the quote that opens here does not close on this line (end the text with ", and write no " inside it) [syntax]',
    "name: 'x\nbeds: 3\n": "1:7: error: the quote that opens here does not close on this line (end the text with ', and write no ' inside it) [syntax]",
    "name: [x\nbeds: 3\n": "1:7: error: the [ that opens here does not close (close it with ], or put the text in quotes) [syntax]",
    'name: "C:\\Users"\n': "1:12: error: a \\ in double quotes begins a special character, and this is none (put the text in single quotes, where \\ is a character like any other) [syntax]",
    "name: Hut: a story\n": '1:7: error: the text holds a \':\' such as only a key has (put the whole text in quotes: "Hut: a story") [syntax]',
    "name: Hut:\n": '1:7: error: the text holds a \':\' such as only a key has (put the whole text in quotes: "Hut:") [syntax]',
    "name: “Hut: a story”\n": '1:7: error: the text holds a \':\' such as only a key has (put the whole text in quotes: "“Hut: a story”") [syntax]',
    "name: word word word word word word word word word word word word word word word : more\n": "1:7: error: the text holds a ':' such as only a key has (put the whole text in quotes, or write it below its key, indented, after '|') [syntax]",
    "```yaml\nname: Hut\n": "1:1: error: no line of a record begins with ``` (delete this line: it belongs to the page that the text was copied from) [syntax]",
    "name: Hut\n```\n": "2:1: error: no line of a record begins with ``` (delete this line: it belongs to the page that the text was copied from) [syntax]",
    "~~~\nname: Hut\n": "1:1: error: no line of a record begins with ~~~ (delete this line: it belongs to the page that the text was copied from) [syntax]",
    "stages:\n\xa0\xa0- hut: a\n": "2:1: error: the line begins with a no-break space (U+00A0) (delete it, and type spaces in its place) [key]",
    "stages:\n\u3000- hut: a\n": "2:1: error: the line begins with an ideographic space (U+3000) (delete it, and type spaces in its place) [key]",
    "stages:\n  – hut: a\n": "2:3: error: a list entry begins with an en dash (U+2013) (begin it with '-' and a space) [key]",
    "stages:\n  • hut: a\n": "2:3: error: a list entry begins with a bullet (U+2022) (begin it with '-' and a space) [key]",
    "stages:\n  — hut: a\n": "2:3: error: a list entry begins with an em dash (U+2014) (begin it with '-' and a space) [key]",
    "stages:\n  * hut: a\n": "2:3: error: a list entry begins with * (asterisk) (write '- hut: a') [syntax]",
    "stages:\n  -hut: a\n": "2:3: error: an entry of a list begins with '-' and a space (write '- hut: …') [key]",
    "stages:\n  -\xa0hut: a\n": "2:3: error: an entry of a list begins with '-' and a space (write '- hut: …') [key]",
    "name:\xa0Hut\nbeds: 3\n": "1:1: error: the line holds a no-break space (U+00A0) (write 'name: Hut') [syntax]",
    "name：Hut\nbeds: 3\n": "1:1: error: the line holds a fullwidth colon (U+FF1A) (write 'name: Hut') [syntax]",
    "name:Hut\nbeds: 3\n": "1:1: error: the line has no key that ends in ': ' (write 'name: Hut') [syntax]",
    "name = Hut\nbeds: 3\n": "1:1: error: the line has no key that ends in ': ' (write 'name: Hut') [syntax]",
    "name Hut\nbeds: 3\n": "1:1: error: the line has no key that ends in ': ' (write 'key: value', or indent the line further than the key above if it continues that text) [syntax]",
    "name: Hut\nand more\nbeds: 3\n": "2:1: error: the line has no key that ends in ': ' (write 'key: value', or indent the line further than the key above if it continues that text) [syntax]",
    "name: Hut\nbeds\n": "2:1: error: the line has no key that ends in ': ' (write 'key: value', or indent the line further than the key above if it continues that text) [syntax]",
    "na\xa0me: Hut\n": "1:1: error: the key holds a no-break space (U+00A0) (write it anew, with the characters of the keyboard) [key]",
    "stages:\n\t- hut: a\n": "2:1: error: a tab character where spaces belong (indent with spaces, not with tabs) [syntax]",
    "stages:\n  - hut: a\n - hut: b\n": "3:2: error: the line does not begin where the other lines of its list begin (begin it with 2 spaces, as the entry on line 2; text with : or # in it needs quotes) [syntax]",
    "a:\n  b: 1\n c: 2\n": "3:2: error: the line does not begin where the other lines of its part begin (begin it with no space, as the key on line 1; text with : or # in it needs quotes) [syntax]",
    "name: Hut\n---\nname: Hut\n": "2:1: error: a second record begins here (delete the line with ---; a file holds one record) [syntax]",
}  # fmt: skip
"""Records that are no YAML, or not what they look like."""

NO_TEXT = {
    b"\xff\xfen\x00a\x00m\x00e\x00:\x00 \x00H\x00u\x00t\x00\n\x00": " error: the file looks like UTF-16 (save it as UTF-8 (in Notepad: Save as, Encoding)) [encoding]",
    b"n\x00a\x00m\x00e\x00:\x00 \x00H\x00u\x00t\x00\n\x00": " error: the file looks like UTF-16 (save it as UTF-8 (in Notepad: Save as, Encoding)) [encoding]",
    b"PK\x03\x04\x14\x00\x06\x00\x80\xff": " error: this is no text file: it looks like a file of a word processor, a spreadsheet or an archive (write it in a text editor, and save it as plain text in UTF-8) [encoding]",
    b"\xd0\xcf\x11\xe0\xa1\xb1": " error: this is no text file: it looks like a file of an old word processor or spreadsheet (write it in a text editor, and save it as plain text in UTF-8) [encoding]",
    b"%PDF-1.4\n%\xe2\xe3": " error: this is no text file: it looks like a PDF (write it in a text editor, and save it as plain text in UTF-8) [encoding]",
    b"\x89PNG\r\n": " error: this is no text file: it looks like a picture (write it in a text editor, and save it as plain text in UTF-8) [encoding]",
    b"\xff\xd8\xff\xe0": " error: this is no text file: it looks like a picture (write it in a text editor, and save it as plain text in UTF-8) [encoding]",
    b"GIF89a\xff": " error: this is no text file: it looks like a picture (write it in a text editor, and save it as plain text in UTF-8) [encoding]",
    b"name: \xcele\n": "1:7: error: the byte 0xce is not UTF-8 (save the file as UTF-8) [encoding]",
}  # fmt: skip
"""Files that are no text, or not in UTF-8."""

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

PROJECT = [
    ("content/valleys.yml", "south:", "\tsouth:", ["content/valleys.yml:2:1: error: a tab character where spaces belong (indent with spaces, not with tabs); 3 other findings follow from this and are not listed [syntax]"]),
    ("content/valleys.yml", "north:", "North:", ["content/valleys.yml:1:1: error: the id 'North' is not lower-case ASCII words joined by '-' (write 'north'); 2 other findings follow from this and are not listed [id]"]),
    ("content/valleys.yml", "code: NTH", "kode: NTH", ["content/valleys.yml:1:9: error: unknown key 'kode' (did you mean 'code'?); 2 other findings follow from this and are not listed [unknown-key]"]),
    ("content/valleys.yml", "north: {code: NTH", "north: NTH\nwest: {code: WST", ["content/valleys.yml:1:8: error: north: a record must be a mapping of keys and values (begin it with 'name: …'); 2 other findings follow from this and are not listed [type]"]),
    ("content/valleys.yml", "south: {code: STH", "west: {code: NTH, name: West}\nsouth: {code: STH", ["content/valleys.yml:2:14: error: code: 'NTH' is the code of 'north' too (content/valleys.yml:1) (correct one of the two, or delete one of the records) [ambiguous]"]),
    ("content/valleys.yml", "south: {code: STH", "west:\nname: West\nsouth: {code: STH", ["content/valleys.yml:3:1: error: 'name' is a key of a record, and stands where the ids of records stand (indent it by two spaces, below the id of its record) [type]"]),
    ("content/valleys.yml", "south: {code: STH", "west:\nsouth: {code: STH", ["content/valleys.yml:2:6: error: west: a record must be a mapping of keys and values (begin it with 'name: …', below it and indented by two spaces) [type]"]),
    ("content/catalogue.yml", "collections:", "peaks: {schema: hut, records: !include huts/*.yml}\ncollections:", ["content/catalogue.yml:2:1: error: unknown key 'peaks' (it belongs to 'collections': indent it below that) [unknown-key]"]),
    ("content/catalogue.yml", "huts/*.yml", "hut/*.yml", ["content/catalogue.yml:4:23: error: collections.huts.records: the collection 'huts' has no records (the path after !include names no file; did you mean 'huts/*.yml'?); 4 other findings follow from this and are not listed [empty-collection]"]),
    ("content/catalogue.yml", "!include valleys.yml", "!include valley.yml", ["content/catalogue.yml:6:38: error: collections.valleys.records: no file 'valley.yml' in content/ (did you mean 'valleys.yml'?); 4 other findings follow from this and are not listed [include]"]),
    ("content/catalogue.yml", "  valleys:", "  Valleys:", ["content/catalogue.yml:6:3: error: collections: 'Valleys' cannot be a key here (a collection's name is lower-case ASCII words joined by '-') [wrong-form]"]),
    ("content/catalogue.yml", "schema: valley", "schema: valey", ["content/catalogue.yml:6:21: error: collections.valleys.schema: no schema 'valey' (did you mean 'valley'?); 3 other findings follow from this and are not listed [catalogue]"]),
    ("content/catalogue.yml", "schema: valley", "shema: valley", ["content/catalogue.yml:6:13: error: collections.valleys: unknown key 'shema' (did you mean 'schema'?) [unknown-key]"]),
    ("content/catalogue.yml", "schema: tour,", "schema: tour, template: tuor,", ["content/catalogue.yml:3:35: error: collections.tours.template: the collection 'tours' has the template 'tuor.html', which does not exist (did you mean 'tour.html'?) [catalogue]"]),
    ("schemas/hut.schema.json", "common.schema.json", "comon.schema.json", ["schemas/hut.schema.json:20:17: error: properties.aliases.$ref: no schema 'comon.schema.json' (did you mean 'common.schema.json'?); 7 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", "$defs/notes", "$defs/note", ["schemas/hut.schema.json:47:15: error: properties.notes.$ref: common.schema.json has no '#/$defs/note' (did you mean '#/$defs/notes'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/common.schema.json", '"notes": {', '"notes": {,', ["schemas/common.schema.json:100:15: error: not readable as JSON: Expecting property name enclosed in double quotes (check the quotes, commas and brackets here and on the line above) [schema]"]),
    ("schemas/hut.schema.json", '"type": "integer"', '"type": "intger"', ["schemas/hut.schema.json:40:7: error: properties.beds.type: no type 'intger' (did you mean 'integer'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", '"minimum": 0', '"minimum": "0"', ["schemas/hut.schema.json:41:7: error: properties.beds.minimum: 'minimum' cannot be '0' (write a number, without quotes); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z{3}$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^[A-Z{3}$' cannot be used (a [ is never closed); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^(?P<x>[A-Z]{3})$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^(?P<x>[A-Z]{3})$' cannot be used (the group '(?P<' is unknown in ECMAScript); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z]{3}\\\\Z", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^[A-Z]{3}\\Z' cannot be used (\\Z is unknown in ECMAScript; write $); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "^[A-Z]{3}\\\\-?$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '^[A-Z]{3}\\-?$' cannot be used (\\- is unknown in ECMAScript; write - alone); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "^[A-Z]{3}$", "(?i)^[a-z]{3}$", ["schemas/valley.schema.json:16:7: error: properties.code.pattern: the pattern '(?i)^[a-z]{3}$' cannot be used (the group '(?i)' is unknown in ECMAScript); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", "minLength", "minlength", ["schemas/valley.schema.json:25:7: error: no keyword 'minlength' (did you mean 'minLength'?) [schema]"]),
    ("schemas/valley.schema.json", '"x-search"', '"x-serch"', ["schemas/valley.schema.json:17:7: error: no keyword 'x-serch' (did you mean 'x-search'?) [schema]", "schemas/valley.schema.json:24:7: error: no keyword 'x-serch' (did you mean 'x-search'?) [schema]"]),
    ("schemas/valley.schema.json", '["code", "name"]', '["code", "nmae"]', ["schemas/valley.schema.json:9:24: error: required: no property 'nmae' (did you mean 'name'?) [schema]"]),
    ("schemas/valley.schema.json", '["code", "name"]', '["code", "name",]', ["schemas/valley.schema.json:9:31: error: not readable as JSON: Expecting value (delete the comma before it); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", '["code", "name"]', '["code", "name"', ["schemas/valley.schema.json:10:25: error: not readable as JSON: Expecting ',' delimiter (a comma, a colon or a closing bracket is missing before it); 3 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", '  "additionalProperties": false,\n', "", ['schemas/valley.schema.json:10:3: warning: additionalProperties is missing: a misspelt key would be taken for another property (write "additionalProperties": false) [schema]']),
    ("schemas/valley.schema.json", '"description": "The name of the valley.",', "", ['schemas/valley.schema.json:20:5: warning: properties.name has no description (write "description": what it means, in a sentence; the field reference shows it) [schema]']),
    ("schemas/valley.schema.json", '["NTH"]', '["Nth"]', ['schemas/valley.schema.json:18:20: error: properties.code.examples: \'Nth\' breaks its own schema ("Nth" does not match "^[A-Z]{3}$"; correct one of the two) [schema]']),
    ("schemas/hut.schema.json", "valleys#code", "valley#code", ["schemas/hut.schema.json:25:7: error: valley: no collection 'valley' (did you mean 'valleys'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", "valleys#code", "valleys#kode", ["schemas/hut.schema.json:25:7: error: valley: valleys have no property 'kode' (did you mean 'code'?); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/hut.schema.json", "valleys#code", "Valleys#code", ["schemas/hut.schema.json:25:7: error: 'x-ref' cannot be 'Valleys#code' (The value is the id of a record of that collection; `countries#code` means that it is the value of the property `code` of a record there.); 2 other findings follow from this and are not listed [schema]"]),
    ("schemas/valley.schema.json", '"x-label": "name"', '"x-label": "nam"', ["schemas/valley.schema.json:7:3: error: x-label: no property 'nam' (did you mean 'name'?) [schema]"]),
    ("schemas/hut.schema.json", '"x-label": "name"', '"x-label": "aliases"', ["schemas/hut.schema.json:7:3: error: x-label: 'aliases' is a list, not a text (name a property that is a text) [schema]"]),
    ("schemas/tour.schema.json", '"day tour"\n      ]', '"day tour",\n        "day tour"\n      ]', ["schemas/tour.schema.json:49:9: error: properties.kind.enum: 'day tour' stands there twice (delete one) [schema]"]),
    ("schemas/valley.schema.json", '"x-label": "name",', '"x-label": "name", "x-label": "code",', ["schemas/valley.schema.json:7:22: error: x-label: the key stands here for the second time (first on line 7) (keep one of them); 3 other findings follow from this and are not listed [duplicate-key]"]),
    ("schemas/valley.schema.json", '{\n  "$schema"', '// a valley\n{\n  "$schema"', ["schemas/valley.schema.json:1:1: error: not readable as JSON: Expecting value (JSON has no comments; write it as the value of $comment); 3 other findings follow from this and are not listed [schema]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ data.kind ", ["templates/tour.html:7:1: error: cannot be rendered: expected token 'end of print statement', got '{' (close it with }}, and begin no other before) [template]"]),
    ("templates/tour.html", "| month", "| monht", ["templates/tour.html:9:1: error: no filter 'monht' (did you mean 'month'?) [template]"]),
    ("templates/tour.html", "data.kind", "dta.kind", ["templates/tour.html:7:1: error: 'dta' is undefined (did you mean 'data'?) [template]"]),
    ("templates/tour.html", "data.nights", "data.nigths", ["templates/tour.html:7:1: error: no property 'nigths' (did you mean 'nights'?) [template]"]),
    ("templates/tour.html", "block body", "block bodi", ["templates/tour.html:4:1: error: no block 'bodi' in what the template extends (did you mean 'body'?) [template]"]),
    ("templates/tour.html", "record.html", "rekord.html", ["templates/tour.html:1:1: error: no template 'rekord.html' (did you mean 'record.html'?) [template]"]),
    ("templates/tour.html", "parts/macros", "parts/makros", ["templates/tour.html:2:1: error: no template 'parts/makros.html' (did you mean 'parts/macros.html'?) [template]"]),
    ("templates/tour.html", "{% endif %}\n</dl>", "</dl>", ["templates/tour.html:52:1: error: cannot be rendered: Encountered unknown tag 'endblock'. You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'. (close what is open with {% endif %}, or fix the name of the tag) [template]"]),
    ("mkdocs.yml", "docs_dir", "dcos_dir", ["mkdocs.yml:10:1: warning: no setting 'dcos_dir' (did you mean 'docs_dir'?) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "colour: red", ["mkdocs.yml:11:1: warning: no setting 'colour' (what is for templates only stands below 'extra') [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartgide", ["mkdocs.yml:37:5: error: plugins[0]: no plugin 'smartgide' is installed (did you mean 'smartguide'?) [settings]"]),
    ("mkdocs.yml", "  - smartguide\n", "", ["mkdocs.yml:36:1: error: plugins: the plugin 'smartguide' is missing, which brings the records into the site (add '- smartguide' above '- macros') [settings]"]),
    ("mkdocs.yml", "  - macros:", "  - marcos:", ["mkdocs.yml:38:5: error: plugins[1].marcos: no plugin 'marcos' is installed (did you mean 'macros'?) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide:\n    warnings: true", ["mkdocs.yml:38:5: error: plugins[0]: 'warnings' stands beside 'smartguide', and an entry has one name (indent it by two more spaces if it is an option of 'smartguide', else begin it with '- ') [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide: {warning: true}", ["mkdocs.yml:37:18: error: plugins[0].smartguide: unknown key 'warning' (did you mean 'warnings'?) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide: x", ["mkdocs.yml:37:17: error: plugins[0].smartguide: must be empty or a mapping of keys and values, not the text 'x' (Knowledge bases of records: options of the plugin) [settings]"]),
    ("mkdocs.yml", "on_error_fail:", "on_eror_fail:", ["mkdocs.yml:40:7: error: plugins[1].macros: unknown key 'on_eror_fail' (did you mean 'on_error_fail'?) [settings]"]),
    ("mkdocs.yml", "modules: [smartguide.engines.macros]", "modules: 5", ["mkdocs.yml:39:16: error: plugins[1].macros.modules: must be a list, not the number 5 (write '- \"5\"' on a line of its own below the key) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - search: {lang: en}", ["mkdocs.yml:38:5: error: the plugin 'search': the site has a search of its own, and would have two (take it out, with its options) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - serch", ["mkdocs.yml:38:5: error: plugins[1]: no plugin 'serch' is installed (correct the name, install it, or take it out) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "INHERIT: 5", ['mkdocs.yml:11:10: error: INHERIT: must be text, not the number 5 (put it in quotes: "5") [settings]']),
    ("mkdocs.yml", "on_undefined: strict", "on_undefined: strikt", ["mkdocs.yml:41:21: error: plugins[1].macros.on_undefined: 'strikt' is not allowed (did you mean 'strict'? allowed: keep, silent, strict, lax) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - tags: {tag_file: x}", ["mkdocs.yml:38:12: error: plugins[1].tags: 'tags' has no option 'tag_file' (did you mean 'tags_file'?) [settings]"]),
    ("mkdocs.yml", "- smartguide", "- smartguide\n  - no-such", ["mkdocs.yml:38:5: error: plugins[1]: no plugin 'no-such' is installed (correct the name, install it, or take it out) [settings]"]),
    ("mkdocs.yml", "- tables", "- tabels", ["mkdocs.yml:47:5: error: markdown_extensions[2]: no extension of Markdown 'tabels' is installed (did you mean 'tables'?) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.taskist", ["mkdocs.yml:47:5: error: markdown_extensions[2]: no extension of Markdown 'pymdownx.taskist' is installed (did you mean 'pymdownx.tasklist'?) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx", ["mkdocs.yml:47:5: error: markdown_extensions[2]: 'pymdownx' is no extension of Markdown (correct the name, or take it out) [settings]"]),
    ("mkdocs.yml", "permalink: true", "permalnk: true", ["mkdocs.yml:49:7: error: markdown_extensions[3].toc: 'toc' has no option 'permalnk' (did you mean 'permalink'?) [settings]"]),
    ("mkdocs.yml", "name: material", "name: materal", ["mkdocs.yml:17:9: error: theme.name: no theme 'materal' is installed (did you mean 'material'?) [settings]"]),
    ("mkdocs.yml", "custom_dir: theme", "custom_dir: thme", ["mkdocs.yml:18:15: error: theme.custom_dir: no folder 'thme' (did you mean 'theme'?) [settings]"]),
    ("mkdocs.yml", "language: en", "language: english", ["mkdocs.yml:19:13: error: theme.language: the theme has no language 'english' (write two letters, such as en) [settings]"]),
    ("mkdocs.yml", "font: false", "font: false\n  icon: x", ["mkdocs.yml:21:9: error: theme.icon: must be a mapping of keys and values, not the text 'x' (Icons of the theme, by what they stand for) [settings]"]),
    ("mkdocs.yml", "omitted_files: warn", "omitted_files: wrn", ["mkdocs.yml:54:20: error: validation.nav.omitted_files: 'wrn' is not allowed (did you mean 'warn'? allowed: warn, info, ignore) [settings]"]),
    ("mkdocs.yml", "omitted_files: warn", "omited_files: warn", ["mkdocs.yml:54:5: error: validation.nav: unknown key 'omited_files' (did you mean 'omitted_files'?) [settings]"]),
    ("mkdocs.yml", "validation:\n  nav", "validation:\n  nv", ["mkdocs.yml:53:3: error: validation: unknown key 'nv' (did you mean 'nav'?) [settings]"]),
    ("mkdocs.yml", "validation:", "nav: index.md\nvalidation:", ["mkdocs.yml:52:6: error: nav: must be a list, not the text 'index.md' (write '- index.md' on a line of its own below the key) [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  Home: index.md\nvalidation:", ["mkdocs.yml:53:3: error: nav: must be a list, not a mapping (begin each entry with '- ' on a line of its own, as in '- Home: …') [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  - Home: index.md\n    Tours: tours/index.md\nvalidation:", ["mkdocs.yml:54:5: error: nav[0]: an entry has one title, and here are two (begin 'Tours' with '- '; if it is below 'Home', indent it as well) [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  - Home: index.md\n  - Tours:\n      All: tours/index.md\nvalidation:", ["mkdocs.yml:54:5: error: nav[1].Tours: what is below 'Tours' is no list (begin each line below it with '- ') [settings]"]),
    ("mkdocs.yml", "validation:", "nav:\n  - Home:\n  - 5\n  - Tours: 5\n  - More: []\n  - [a]\nvalidation:", ["mkdocs.yml:53:5: error: nav[0].Home: the entry 'Home' leads nowhere (write '- Home: ' and the file of its page) [settings]", "mkdocs.yml:54:5: error: nav[1]: an entry of the navigation is neither a page nor a title (write the file of a page, or its title, ': ' and the file) [settings]", "mkdocs.yml:55:5: error: nav[2].Tours: '5' is no page (write the file of a page) [settings]", "mkdocs.yml:56:5: error: nav[3].More: nothing is below it (write pages below it, or delete it) [settings]", "mkdocs.yml:57:5: error: nav[4]: an entry of the navigation is neither a page nor a title (write the file of a page, or its title, ': ' and the file) [settings]"]),
    ("mkdocs.yml", "assets/tours.css", "assets/tour.css", ["mkdocs.yml:31:5: error: extra_css[0]: no file 'assets/tour.css' (did you mean 'assets/tours.css'?) [settings]"]),
    ("mkdocs.yml", "  - assets/tours.css", " assets/tours.css", ["mkdocs.yml:31:2: error: extra_css: must be a list, not the text 'assets/tours.css' (write '- assets/tours.css' on a line of its own below the key) [settings]"]),
    ("mkdocs.yml", "extra_css:", "extra_javascript:\n  - assets/x.js\n  - pth: assets/y.js\n  - https://a.example/x.js\nextra_css:", ["mkdocs.yml:31:5: error: extra_javascript[0]: no file 'assets/x.js' (put it below theme/, or take it out) [settings]", "mkdocs.yml:32:5: error: extra_javascript[1]: unknown key 'pth' (did you mean 'path'?) [settings]"]),
    ("mkdocs.yml", "extra:\n  generator: false", "extra: 5", ["mkdocs.yml:33:8: error: extra: must be a mapping of keys and values, not the text '5' (What is for templates only, as keys and values) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "site_dir: [site]", ["mkdocs.yml:11:11: error: site_dir: must be text, not a list (write one text; put it in quotes if it has brackets) [settings]"]),
    ("mkdocs.yml", "site_name: Tours", "site_name: 2024", ['mkdocs.yml:1:12: error: site_name: must be text, not the number 2024 (put it in quotes: "2024") [settings]']),
    ("mkdocs.yml", "site_name: Tours", "site_name:", ["mkdocs.yml:1:11: error: site_name: must be text, not empty (write something) [settings]"]),
    ("mkdocs.yml", "site_name: Tours\n", "", ['mkdocs.yml:1:1: error: the key \'site_name\' is missing (What the site is called; for example "Seed library") [settings]']),
    ("mkdocs.yml", "repo_name: Repository", "repo_name: yes", ['mkdocs.yml:7:12: error: repo_name: must be text, not yes (put it in quotes: "yes") [settings]']),
    ("mkdocs.yml", "exclude_docs: |\n  *.yml\n  *.yaml", "exclude_docs: [a]", ["mkdocs.yml:12:15: error: exclude_docs: must be text, not a list (write one text; put it in quotes if it has brackets) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "use_directory_urls: 5\nstrict: 'yes'\ndev_addr: localhost", ["mkdocs.yml:11:21: error: use_directory_urls: must be true: the page of a record is a folder, and links lead there (take it out) [settings]", "mkdocs.yml:12:9: error: strict: must be true or false, not the text 'yes' (write true, without quotes) [settings]", 'mkdocs.yml:13:11: error: dev_addr: \'localhost\' does not have the right form (The host and the port of the live preview; for example "127.0.0.1:8000") [settings]']),
    ("mkdocs.yml", "site_dir: site", "site_dir: site\nsite_dir: other", ["mkdocs.yml:12:1: error: the key 'site_dir' stands here for the second time (first on line 11) (keep one of them) [settings]"]),
    ("mkdocs.yml", "language: en", "language: en\n  language: de", ["mkdocs.yml:20:3: error: the key 'language' stands here for the second time (first on line 19) (keep one of them) [settings]"]),
    ("mkdocs.yml", "site_dir: site", "hooks: [hook.py]\nwatch: [x]\nINHERIT: base.yml", ["mkdocs.yml:11:9: error: hooks[0]: no file 'hook.py' (correct the path, or take it out) [settings]", "mkdocs.yml:12:9: error: watch[0]: no file 'x' (correct the path, or take it out) [settings]", "mkdocs.yml:13:10: error: INHERIT: no file 'base.yml' (correct the path, or take it out) [settings]"]),
    ("mkdocs.yml", "!ENV [SITE_URL, ", "!ENV [", ["mkdocs.yml:5:17: error: !ENV names no variable of the environment (write !ENV NAME, or !ENV [NAME, what holds if it is not set]) [settings]"]),
    ("mkdocs.yml", "!ENV [SITE_URL, ", "!Env [SITE_URL, ", ["mkdocs.yml:5:11: error: no tag '!Env' (did you mean '!ENV'?) [settings]"]),
    ("mkdocs.yml", "!ENV [SITE_URL, ", "!ENV [[SITE_URL], ", ["mkdocs.yml:5:17: error: !ENV names no variable of the environment (write !ENV NAME, or !ENV [NAME, what holds if it is not set]) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.superfences:\n      custom_fences:\n        - name: x\n          class: x\n          format: !!python/name:pymdownx.superfences.fence_code_formt", ["mkdocs.yml:51:19: error: the module 'pymdownx.superfences' has no 'fence_code_formt' (did you mean 'fence_code_format'?) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.superfences:\n      custom_fences:\n        - name: x\n          class: x\n          format: !!python/name:pymdwnx.superfences.fence_code_format", ["mkdocs.yml:51:19: error: no module 'pymdwnx.superfences' (correct the name, or install what it is in) [settings]"]),
    ("mkdocs.yml", "- tables", "- pymdownx.superfences:\n      custom_fences:\n        - name: x\n          class: x\n          format: !!python/name:pymdownx.superfences.fence_code_format", []),
    ("mkdocs.yml", "language: en", "language:en", ["mkdocs.yml:19:3: error: the line has no key that ends in ': ' (write 'language: en') [settings]"]),
    ("templates/tour.html", "data.kind", "record.knd", ["templates/tour.html:7:1: error: a record has no 'knd' (did you mean 'fields.kind'?) [template]"]),
    ("templates/tour.html", "data.kind", "record.lable", ["templates/tour.html:7:1: error: a record has no 'lable' (did you mean 'label'?) [template]"]),
    ("templates/tour.html", "data.kind", "record.data.knd", ["templates/tour.html:7:1: error: no property 'knd' (did you mean 'kind'?) [template]"]),
    ("templates/tour.html", "data.kind", "data['knd']", ["templates/tour.html:7:1: error: no property 'knd' (did you mean 'kind'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ view.hading('x') }}", ["templates/tour.html:7:1: error: the view has no 'hading' (did you mean 'heading'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ view.heading('x', levl=3) }}", ["templates/tour.html:7:1: error: 'view.heading' has no parameter 'levl' (did you mean 'level'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ m.fcts(record) }}", ["templates/tour.html:7:1: error: no macro 'fcts' in parts/macros.html (did you mean 'facts'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% for s in data.stages %}{{ s.hutt }}{% endfor %}", ["templates/tour.html:7:1: error: no property 'hutt' (did you mean 'hut'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ data.stages | sort(attribute='hutt') | length }}", ["templates/tour.html:7:1: error: no property 'hutt' (did you mean 'hut'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ kb['tuors'] | length }}", ["templates/tour.html:7:1: error: no collection 'tuors' (did you mean 'tours'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ kb.tours }}", ['templates/tour.html:7:1: error: the knowledge base has no \'tours\' (write kb["tours"]) [template]']),
    ("templates/tour.html", "{{ data.kind }}", "{{ record.targets('stage') }}", ["templates/tour.html:7:1: error: no property 'stage' (did you mean 'stages'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ record.sources_of('hut') }}", ["templates/tour.html:7:1: error: no collection 'hut' (did you mean 'huts'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% for h in record.targets('stages') %}{{ h.fields.bads }}{% endfor %}", ["templates/tour.html:7:1: error: no property 'bads' (did you mean 'beds'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{{ kb['huts'] | map(attribute='fields.bads') | list }}", ["templates/tour.html:7:1: error: no property 'bads' (did you mean 'beds'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% from 'parts/macros.html' import facs %}", ["templates/tour.html:7:1: error: no macro 'facs' in parts/macros.html (did you mean 'facts'?) [template]"]),
    ("templates/tour.html", "{{ data.kind }}", "{% set record = kb.get('huts', 'stone-pass') %}{{ record.fields.beds }}", []),
    ("templates/tour.html", "{{ data.kind }}", "{% for record in kb['huts'] %}{{ record.fields.beds }}{% endfor %}", []),
    ("templates/tour.html", "{{ data.kind }}", "{% for x in [record, kb] %}{{ x.anything }}{% endfor %}", []),
    ("content/huts/stone-pass.yml", "name: Stone", "# yaml-language-server: $schema=../../schemas/tour.schema.json\nname: Stone", ["content/huts/stone-pass.yml:1:33: warning: '../../schemas/tour.schema.json' is the schema of another kind: editors would be misled (write # yaml-language-server: $schema=../../schemas/hut.schema.json) [schema-line]"]),
    ("content/huts/stone-pass.yml", "name: Stone", "# yaml-language-server: $schema=../schemas/hut.schema.json\nname: Stone", ["content/huts/stone-pass.yml:1:33: warning: '../schemas/hut.schema.json' is no file: editors would be misled (write # yaml-language-server: $schema=../../schemas/hut.schema.json) [schema-line]"]),
    ("content/huts/stone-pass.yml", "name: Stone", "# yaml-language-server: $schema=../../schemas/hut.schema.json\nname: Stone", []),
    ("content/catalogue.yml", "  themes:", "  lodges: {schema: hut, records: !include huts/*.yml}\n  themes:", ["content/catalogue.yml:5:34: error: collections.lodges.records: content/huts/upper-lake.yml is gathered by the collection 'huts' already (give each collection files of its own, or delete one of the two) [catalogue]"]),
    ("content/catalogue.yml", "  themes:", "  lodges: {schema: hut, records: !include huts/u*.yml}\n  themes:", ["content/catalogue.yml:5:34: error: collections.lodges.records: content/huts/upper-lake.yml is gathered by the collection 'huts' already (give each collection files of its own, or delete one of the two) [catalogue]"]),
    ("content/valleys.yml", "north: {code: NTH, name: North Valley}\nsouth: {code: STH, name: South Valley}\n", "- id: north\n  code: NTH\n  name: North\n- id: south\n  code: STH\n  name: South\n", ["content/valleys.yml:1:1: error: must be a mapping of ids and records (write 'north:' in the place of '- id: north', and so for each record); 3 other findings follow from this and are not listed [type]"]),
]  # fmt: skip
"""What is replaced in a file of the project, and all that is told then."""


UNUSED: dict[str, tuple[Changes, list[str]]] = {
    "a misspelt template": ({"templates/tour.html": None, "templates/tuor.html": TEMPLATE}, ["templates/tuor.html:1:1: warning: no page uses this template (did you mean 'tour.html'? Rename it, or delete it) [template]"]),
    "a second template": ({"templates/tuor.html": TEMPLATE}, ["templates/tuor.html:1:1: warning: no page uses this template ('tour.html' is used: move what you need into it, and delete this file) [template]"]),
    "a part": ({"templates/parts/mine.html": "x"}, ["templates/parts/mine.html:1:1: warning: no template and no chapter uses this part (fix its name, or delete it) [template]"]),
    "a part that a chapter shows": ({"templates/parts/mine.html": "x", "content/index.md": "# P\n\n{{ part('mine') }}\n"}, []),
    "a part that a template includes": ({"templates/parts/mine.html": "x", "templates/tour.html": TEMPLATE.replace("</dl>", "</dl>{% include 'parts/mine.html' %}")}, []),
    "a part whose name is computed": ({"templates/parts/mine.html": "x", "content/index.md": "# P\n\n{% set x = 'mine' %}{{ part(x) }}\n"}, []),
}  # fmt: skip
"""Templates that nothing uses, and such as are used."""
MACROS = {
    '{{ link("stone-pass") }}': ['4: error: link() lacks \'record_id\' (write {{ link("huts", "stone-pass") }}) [macro]'],
    '{{ link("huts") }}': ['4: error: link() lacks \'record_id\' (for example {{ link("huts", "stone-pass") }}) [macro]'],
    '{{ lnk("huts", "stone-pass") }}': ["4: error: 'lnk' is undefined (did you mean 'link'?) [macro]"],
    "{{ stone_pass }}": ['4: error: \'stone_pass\' is undefined (write {{ link("huts", "stone-pass") }}) [macro]'],
    "{{ bridge }} and `{{ code }}`": ["4: error: 'bridge' is undefined (to show braces, put them between backticks or {% raw %} and {% endraw %}) [macro]"],
    '{{ count("huts") }} {{ count() }} {{ count("huts", "tours") }}': ['24: error: count() lacks \'collection\' (for example {{ count("tours") }}) [macro]', '38: error: count() has 2 values, and takes 1 (for example {{ count("huts") }}) [macro]'],
    '{{ link("huts", "stone-pass", lable="x") }}': ['4: error: link() has no parameter \'lable\' (for example {{ link("huts", "stone-pass") }}) [macro]'],
    "{{ link(huts, stone-pass) }}": ['4: error: link() is given \'huts\', which is no text: it lacks quotes (for example {{ link("tours", "three-lakes") }}) [macro]'],
    '{{ part("colections") }}': ["4: error: no part 'colections' (did you mean 'collections'?) [macro]"],
    '{{ part("pages", kind="x") }}': [],
    '{% set x = "pages" %}{{ part(x) }}{{ page.title }}{{ generator }}{% for one in [1] %}{{ loop.index }}{{ one }}{% endfor %}': [],
}  # fmt: skip
"""The code of a chapter, and what is told of it, after the place of the line."""


def read(folder: Path, content: bytes) -> list[str]:
    record = folder / "content/record.yml"
    record.parent.mkdir(exist_ok=True)
    record.write_bytes(content)
    found = Reader(folder, record.parent).read(record).findings
    return [finding.as_text().removeprefix("content/record.yml:") for finding in found]


@pytest.mark.parametrize(("text", "expected"), UNREADABLE.items())
def test_what_is_no_yaml_is_told_on_the_line_with_the_fault(tmp_path: Path, text: str, expected: str) -> None:
    assert read(tmp_path, text.encode()) == [expected]


@pytest.mark.parametrize(("content", "expected"), NO_TEXT.items())
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, expected: str) -> None:
    assert read(tmp_path, content) == [expected]


IN_QUOTES = re.compile(r"(\d+):(\d+): .*put the whole text in quotes: (.*)\) \[syntax\]$")
CORRECTED = [(text, found) for text, said in UNREADABLE.items() if (found := IN_QUOTES.match(said))]


@pytest.mark.parametrize(("text", "found"), CORRECTED)
def test_a_text_in_the_quotes_of_the_hint_is_read(tmp_path: Path, text: str, found: re.Match[str]) -> None:
    lines = text.splitlines()
    number, column = int(found[1]) - 1, int(found[2]) - 1
    lines[number] = lines[number][:column] + found[3]
    assert read(tmp_path, "\n".join(lines).encode()) == []


@pytest.mark.parametrize(
    ("text", "expected"), [*((TOUR + text, said) for text, said in ADDED.items()), *RECORDS.items()]
)
def test_a_wrong_value_is_told_once_with_what_to_write(findings_of: FindingsOf, text: str, expected: str) -> None:
    assert findings_of({"content/tours/new.yml": text.encode()}) == [f"content/tours/new.yml:{expected}"]


@pytest.mark.parametrize(("name", "was", "now", "expected"), PROJECT)
def test_a_fault_of_the_project_is_one_finding(
    site_project: MakeProject, name: str, was: str, now: str, expected: list[str]
) -> None:
    text = projects.text(name)
    assert was in text
    root = site_project({name: text.replace(was, now).encode()})
    assert [finding.as_text() for finding in load(root).checked.findings] == expected


@pytest.mark.parametrize(("changes", "expected"), UNUSED.values(), ids=UNUSED)
def test_templates_that_nothing_uses_are_told(site_project: MakeProject, changes: Changes, expected: list[str]) -> None:
    assert [finding.as_text() for finding in load(site_project(changes)).checked.findings] == expected


@pytest.mark.parametrize(("code", "expected"), MACROS.items())
def test_what_a_chapter_asks_for_in_vain_is_told(site_project: MakeProject, code: str, expected: list[str]) -> None:
    root = site_project({"content/page.md": f"# P\n\n{code}\n"})
    found = [finding.as_text() for finding in load(root).checked.in_macros]
    assert found == [f"content/page.md:3:{said}" for said in expected]


def test_the_macros_that_are_checked_are_those_that_there_are(site_project: MakeProject) -> None:
    functions = macros.macros(load(site_project()), str)
    assert functions.keys() == template_code.MACROS.keys()
    for name, declared in template_code.MACROS.items():
        wanted = inspect.signature(functions[name]).parameters.values()
        named = [one for one in wanted if one.kind is not one.VAR_KEYWORD]
        assert [one.name for one in named if one.default is one.empty] == list(declared.required)
        assert [one.name for one in named if one.default is not one.empty] == list(declared.optional)
        assert declared.takes_others == (len(named) < len(wanted))


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


def test_a_schema_that_many_refer_to_is_one_finding(project: MakeProject) -> None:
    (finding,) = check(project({"schemas/common.schema.json": None})).findings
    assert finding.message == "no schema 'common.schema.json'"
    assert finding.consequences > 10
