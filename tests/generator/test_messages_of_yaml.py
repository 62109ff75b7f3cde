"""What is no YAML, or no text, is told on the line with the fault, with what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smartguide.reading import Reader

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
