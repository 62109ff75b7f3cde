"""What a stranger writes into a record is text, whatever it is and wherever it stands."""

from __future__ import annotations

import json
import re

import lxml.html
import pytest

from smartguide.pages.text import entities, prose
from tests import hostile_texts
from tests.generated_projects import Model
from tests.generator.projects import SMALL
from tests.hostile_pages import HostilePages
from tests.projects import FindingsOf


class TestPagesOfTheSmallProject(HostilePages):
    """Payloads in every field of a project whose pages are those of the generator."""

    model = Model(SMALL)


@pytest.mark.parametrize("url", hostile_texts.SCRIPTS)
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "[x]({} 'title')", "[x][r]\n\n[r]: {}", "<{}>", "![x]({})"])
def test_a_link_in_prose_takes_no_other_scheme(url: str, form: str) -> None:
    for link in lxml.html.fromstring(f"<div>{prose(form.format(url))}</div>").iter("a"):
        assert re.match(r"(https?://|mailto:)[^\s<>\"']*$", link.get("href", "https://")), link.get("href")


INVISIBLE = [
    "\x02wzxhzdk:0\x03", "\x02amp\x03", "\x02klzzwxh:0000\x03", "\x01", "\x1b[31m", "\x7f", "\x85", "a\rb",
    "\u202eevil\u202c", "\u2066x\u2069", "\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u200f", "\u061c",
    "\ufff9x\ufffb", "\U000e0041\U000e007f",
]  # fmt: skip


@pytest.mark.parametrize("text", INVISIBLE, ids=[f"U+{ord(text[0]):04X}-{len(text)}" for text in INVISIBLE])
def test_a_character_that_nobody_sees_stops_the_build_on_its_line(findings_of: FindingsOf, text: str) -> None:
    escaped = "".join(f"\\U{ord(char):08x}" for char in text)
    record = f'name: "Evil {escaped}"\nvalley: NTH\nsources:\n  - source: map\n'
    found = findings_of({"content/huts/upper-lake.yml": record})
    assert any(
        line.startswith("content/huts/upper-lake.yml:1:7: error: ") and "[invisible-character]" in line
        for line in found
    )


@pytest.mark.parametrize("text", ["\x02wzxhzdk:0\x03", "\x02amp\x03lt;script\x02amp\x03gt;", "\x02klzzwxh:0\x03"])
def test_placeholders_of_the_markdown_engine_are_not_taken_for_its_own(text: str) -> None:
    """Should they ever pass the check: the engine would put stashed HTML in their place."""
    assert "\x02" not in entities(text)
    assert "\x02" not in prose(text)
    assert "\x03" not in prose(text)


@pytest.mark.parametrize(
    "record_id", ["<svg onload=1>", "{{7*7}}", "a b", "a/b", "..", "a%2fb", 'a"b', "ä", "A", "a_b", "-a", "a--b", ""]
)
def test_an_id_is_nothing_but_words_joined_by_hyphens(findings_of: FindingsOf, record_id: str) -> None:
    changed = json.dumps({"water": {"name": "Water", "description": "x"}, record_id: {"name": "Evil"}})
    assert any("[id]" in line or "[key]" in line for line in findings_of({"content/themes.yml": changed}))


@pytest.mark.parametrize("key", ["template", "url", "pages", "schema"])  # texts are what the pages above show
def test_the_catalogue_takes_no_way_out_of_the_site(findings_of: FindingsOf, key: str) -> None:
    for value in ("../../etc", "{{ 7*7 }}/x", "<script>", "https://evil.example", "/absolute", "a\nb"):
        text = (
            f"collections:\n  sources: {{schema: source, {key}: {json.dumps(value)}, records: !include sources.yml}}\n"
        )
        if key == "schema":
            text = text.replace("schema: source, ", "")
        found = findings_of({"content/catalogue.yml": text})
        assert [line for line in found if "[wrong-form]" in line or "[not-allowed]" in line], value
