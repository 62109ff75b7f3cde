"""Properties that hold for any input: no bytes give a traceback, and what is right comes through unchanged."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import lxml.html
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import schemas
from generator.checking import check
from generator.exports import api
from generator.findings import Style, render
from generator.knowledge_base import Collection, Record
from generator.reading import Document, Reader
from generator.text import entities, prose
from tests.conftest import ROOT, SMALL, write

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=10_000)
settings.load_profile("long" if os.environ.get("SMART_GUIDE_FUZZ") else "ci")

KINDS = schemas.load(ROOT / "schemas").by_name
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
YAMLISH = st.lists(
    st.sampled_from(["a: ", "- ", "  ", "\n", "&x ", "*x", "!include ", "parts/*.yml", "'", '"', "{", "}", "[", "]", "|\n", "%", "@", "#", "\t", "<<: ", "? ", "é", "\x00", "\ufeff", "---\n", "..", "/etc/passwd"]),
    max_size=40,
).map("".join)  # fmt: skip


def read(content: bytes) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        path = root / "content/record.yml"
        path.write_bytes(content)
        document = Reader(root, root / "content").read(path)
        for finding in document.all_findings():
            finding.as_text()
        return document


@given(st.binary(max_size=300) | YAMLISH.map(str.encode))
def test_no_bytes_give_a_traceback(content: bytes) -> None:
    document = read(content)
    assert document.data is not None or document.findings or content.strip()


@given(DATA)
def test_what_yaml_writes_is_read_back(data: Any) -> None:
    document = read(yaml.safe_dump({"key": data}, allow_unicode=True).encode())
    if not document.findings:
        assert list(document.data) == ["key"]


@given(
    st.sampled_from(sorted(KINDS)),
    DATA | st.dictionaries(st.sampled_from(["title", "name", "partners", "links", "sources", "kind"]), DATA),
)
def test_no_data_makes_the_validator_stumble(kind: str, data: Any) -> None:
    for style in Style:
        render(KINDS[kind].check(Document("content/x.yml", data), data), style)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "acronym",
                "title",
                "predecessor",
                "partners",
                "sectors",
                "target_markets",
                "start",
                "end",
                "aliases",
                "strand",
                "former_ids",
                "figures",
                "sources",
            ]
        ),
        DATA,
        max_size=6,
    )
)
def test_no_record_makes_the_linker_or_the_rules_stumble(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "schemas").symlink_to(ROOT / "schemas")
        write(root, SMALL)
        (root / "content/partnerships/any.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        render(check(root).findings, Style.TEXT)


@given(st.dictionaries(WORDS.filter(bool), DATA, max_size=5))
def test_a_record_comes_through_the_api_unchanged(data: dict[str, Any]) -> None:
    collection = Collection("things", KINDS["sector"], "sector", "things", "Things")
    published = api.as_published(Record(collection, "one", data, Document("content/one.yml", data)))
    assert {
        key: value for key, value in published.items() if key in data and key not in {"id", "url", "referenced_by"}
    } == {key: value for key, value in data.items() if key not in {"id", "url", "referenced_by"}}


@given(WORDS | st.text(max_size=60))
def test_text_shows_as_itself_and_is_never_markup(text: str) -> None:
    html = entities(text)
    assert not set(html) & set("<>\"'`{}[]*_|")
    shown = lxml.html.fromstring(f"<p>x{html}x</p>").text_content()[1:-1]
    if text.isprintable():
        assert shown == " ".join(text.split())


@given(st.text(max_size=80) | st.lists(st.sampled_from(["<script>", "[a](javascript:x)", "**", "*", "- ", "\n\n", "<img onerror=x>", "[b](https://a.example)", "{{ x }}", "`", "&lt;", "](", "![", "1. "]), max_size=12).map("".join))  # fmt: skip
def test_prose_has_only_the_few_constructs(text: str) -> None:
    tree = lxml.html.fromstring(f"<div>{prose(text)}</div>")
    for element in tree.iter():
        assert element.tag in {"div", "p", "em", "strong", "ul", "ol", "li", "a", "br"}
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "https:").startswith(("http:", "https:", "mailto:"))
