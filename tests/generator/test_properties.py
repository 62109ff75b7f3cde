"""Properties that hold for any input: no bytes give a traceback, and what is right comes through unchanged."""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

import lxml.html
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smartguide.checks import schema_errors
from smartguide.checks.chapter_text import places_of_link
from smartguide.checks.checking import check
from smartguide.exports import api
from smartguide.findings import Style, render
from smartguide.model.catalogue import Declaration
from smartguide.model.entries import Entry
from smartguide.model.knowledge_base import Content, KnowledgeBase
from smartguide.pages.text import entities, prose
from smartguide.reading import Document, Reader, composed, unwanted
from tests.generated_projects import Model, Spot, harmless
from tests.generator import projects
from tests.generator.projects import SMALL
from tests.projects import write

MODEL = Model(SMALL)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
KEPT = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp"]), max_size=40)
    .map(composed)
    .filter(lambda text: not unwanted(text))
)
"""Texts that are read as they are written."""
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


CHAPTERS = st.lists(
    st.sampled_from(["---\n", "title: ", "tags: ", "no", "1", "- ", "&x ", "*x", "!include ", "catalogue.yml", "\n", "\r", "\n\n", "    ", "> ", "# ", "| ", "[a]", "[", "]", "(", ")", "(a.md)", ": ", "`", "```\n", "$", "{{", "}}", "{%", "%}", "{#", "#}", "<!--", "-->", "<div>", "\\", "é", "\x00"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(CHAPTERS | st.text(max_size=200).filter(lambda text: text.isprintable()))
def test_no_chapter_makes_the_checks_stumble(chapter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {"content/page.md": chapter.encode()})
        for finding in check(Path(folder)).findings:
            finding.as_text()
        places_of_link(Path(folder), "content/page.md", "a.md")


class Quoting(yaml.SafeDumper):
    """Writes every text in quotes: PyYAML would leave some bare that are numbers by YAML 1.2, such as 0E0."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def written(data: Any) -> bytes:
    return yaml.dump(data, Dumper=Quoting, allow_unicode=True, sort_keys=False).encode()


@given(DATA)
def test_what_yaml_writes_is_read_back(data: Any) -> None:
    document = read(written({"key": data}))
    refused = {"merge-key", "too-many-nodes", "nesting", "tag", "number", "invisible-character", "duplicate-key", "key"}
    if document.findings:
        assert {finding.rule for finding in document.findings} <= refused
    else:
        assert document.data == {"key": in_one_form(data)}


def in_one_form(data: Any) -> Any:
    """Return data with all texts in the form in which they are read."""
    if isinstance(data, dict):
        return {composed(key): in_one_form(value) for key, value in data.items()}
    if isinstance(data, list):
        return [in_one_form(value) for value in data]
    return composed(data) if isinstance(data, str) else data


@given(
    st.sampled_from(sorted(MODEL.kinds)),
    DATA | st.dictionaries(st.sampled_from(["title", "name", "stages", "links", "sources", "kind"]), DATA),
)
def test_no_data_makes_the_validator_stumble(kind: str, data: Any) -> None:
    for style in Style:
        render(schema_errors.check(MODEL.kinds[kind], Document("content/x.yml", data), data), style)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "name",
                "subtitle",
                "kind",
                "nights",
                "stages",
                "valleys",
                "themes",
                "description",
                "start",
                "end",
                "aliases",
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
        projects.copy(root)
        (root / "content/tours/any.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        render(check(root).findings, Style.TEXT)


@given(st.sampled_from(sorted(MODEL.collections)), st.lists(KEPT, min_size=1, max_size=8))
def test_a_valid_record_comes_through_reading_and_the_api_unchanged(collection: str, words: list[str]) -> None:
    turns = itertools.cycle(words)

    def fill(spot: Spot) -> str:
        return harmless(spot) if spot.url else f"{next(turns)} {spot.token}"

    record = MODEL.records(fill, 1)[collection][f"{collection}-0"]
    kind = MODEL.kind(collection)
    document = read(written(record))
    assert [
        finding.as_text() for finding in (*document.findings, *schema_errors.check(kind, document, document.data))
    ] == []
    declaration = Declaration(collection, kind, kind.name, collection, collection)
    entry = Entry(collection, kind, "one", document.data, document)
    base = KnowledgeBase(Path(), [Content(declaration, {"one": entry})])
    published = json.loads(json.dumps(api.as_published(base[collection].records["one"])))
    assert {key: value for key, value in published.items() if key not in {"id", "url", "referenced_by"}} == record


@given(WORDS | st.text(max_size=60))
def test_text_shows_as_itself_and_is_never_markup(text: str) -> None:
    html = entities(text)
    assert not set(html) & set("<>\"'`{}[]*_|")
    shown = "".join(map(str, lxml.html.fromstring(f"<p>x{html}x</p>").itertext()))[1:-1]
    if text.isprintable():
        assert shown == " ".join(text.split())


@given(st.text(max_size=80) | st.lists(st.sampled_from(["<script>", "[a](javascript:x)", "**", "*", "- ", "\n\n", "<img onerror=x>", "[b](https://a.example)", "{{ x }}", "`", "&lt;", "](", "![", "1. "]), max_size=12).map("".join))  # fmt: skip
def test_prose_has_only_the_few_constructs(text: str) -> None:
    tree = lxml.html.fromstring(f"<div>{prose(text)}</div>")
    for element in tree.iter():
        assert element.tag in {"div", "p", "em", "strong", "ul", "ol", "li", "a", "br"}
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "https:").startswith(("http:", "https:", "mailto:"))
