"""docs/extending.md says what there is, and its examples are code that runs."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from markdown_it import MarkdownIt

import smartguide
from smartguide.checks.record_checks import OWN_RULES
from smartguide.engines import macros
from smartguide.model.keywords import KEYWORDS, RESERVED
from smartguide.model.schema_files import OWN
from smartguide.pages.environment import TEMPLATES, environment
from smartguide.pages.view import View
from smartguide.session import load
from smartguide.starter import write
from tests.generator.installed import REPOSITORY

TEXT = (REPOSITORY / "docs/extending.md").read_text(encoding="utf-8")
SECOND = Path(__file__).parent / "second"
STANDS_ON = {"kind": "top of a schema", "property": "property", "anywhere": "anywhere"}


def section(title: str) -> str:
    """Return the text below a heading, up to the next one of its level, without blocks of code."""
    _, _, after = re.sub(r"\n```.*?\n```\n", "\n", TEXT, flags=re.DOTALL).partition(f"\n## {title}\n")
    assert after
    return after.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """Return the rows of the tables of a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| key", "| name", "| macro", "| filter"))]  # fmt: skip
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def blocks(language: str) -> list[str]:
    return [one.content for one in MarkdownIt().parse(TEXT) if one.type == "fence" and one.info == language]


def public(of: type) -> list[str]:
    return [name for name, _ in inspect.getmembers(of) if not name.startswith("_")]


# The public face


def test_every_public_name_is_there_explained_and_documented() -> None:
    assert sorted(smartguide.__all__) == smartguide.__all__
    for name in smartguide.__all__:
        assert inspect.getdoc(getattr(smartguide, name)), name
    names = [name for row in rows(section("In Python")) for name in re.findall(r"`([\w.]+)`", row[0])]
    assert sorted(names) == smartguide.__all__


def test_nothing_else_can_be_taken_for_public() -> None:
    here = {
        name for name, value in vars(smartguide).items() if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert here == set(smartguide.__all__)


def test_what_reads_a_knowledge_base_does_not_need_an_engine() -> None:
    code = "import smartguide, sys; print([name for name in ('mkdocs', 'material', 'aiohttp') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", ["Record", "KnowledgeBase", "Collection", "Entry", "Project", "Session", "Checked", "Kind", "Property", "Finding", "Reference"])  # fmt: skip
def test_what_is_said_of_a_class_exists(name: str) -> None:
    (row,) = [row for row in rows(section("In Python")) if row[0] == f"`{name}`"]
    of = getattr(smartguide, name)
    known = {*public(of), *getattr(of, "__annotations__", {}), *getattr(of, "_fields", ())}
    said = re.findall(r"`(\w+)(?:\([^`]*\))?`", row[1])
    assert [word for word in said if word not in known and word not in smartguide.__all__] == []


def test_the_example_in_python_runs(tmp_path: Path) -> None:
    write(tmp_path / "my-knowledge-base", smartguide.__version__)
    code = blocks("python")[-1]
    assert "from smartguide import build, load" in code
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Green Arrow ['Hill Garden']\nPainted Lady ['Hill Garden']\n"
    assert (tmp_path / "my-knowledge-base/site/index.html").is_file()


# Schemas and catalogue


def test_the_table_of_keywords_is_the_code() -> None:
    told = [row for row in rows(section("A kind of record")) if row[0] != "keyword"]
    assert told == [[f"`{name}`", STANDS_ON[one.of], one.description] for name, one in KEYWORDS.items()]
    assert all(f"`{name}`" in section("A kind of record").rpartition("|")[2] for name in RESERVED)


def test_the_tables_of_the_catalogue_are_its_schema() -> None:
    properties = json.loads((OWN / "catalogue.schema.json").read_text(encoding="utf-8"))["properties"]
    collection = properties["collections"]["additionalProperties"]
    told = rows(section("The catalogue"))
    declared = {**properties, **collection["properties"]}
    assert told == [[f"`{name}`", one["description"]] for name, one in declared.items()]
    assert collection["required"] == ["schema", "records"]


# Chapters and templates


def test_every_macro_is_told() -> None:
    made = set(macros.macros(load(SECOND), str))
    told = {name for row in rows(section("Chapters")) for name in re.findall(r"\{\{ (\w+)\(", row[0])}
    assert told == made
    parts = {path.stem for path in (TEMPLATES / "parts").glob("*.html")} - {
        "macros",
        "chart",
        "pages",
        "previous-and-next",
        "claim",
        "quality-list",
        "quality-of-record",
        "quality-words",
        "add",
        "correct",
        "form-words",
        "record-form",
    }
    assert all(f"`{part}`" in section("Chapters") for part in parts)


def test_everything_that_templates_may_ask_is_told() -> None:
    text = section("Templates")
    assert set(re.findall(r"view\.(\w+)", "".join(row[0] for row in rows(text)))) == set(public(View))
    own = set(environment().filters) - set(DEFAULT_FILTERS)
    told = {name for row in rows(text.partition("| filter")[2]) for name in re.findall(r"`(\w+)", row[0])}
    assert told == own
    record = (TEMPLATES / "record.html").read_text(encoding="utf-8")
    assert all(f"`{block}`" in text for block in re.findall(r"{% block (\w+) %}", record))
    shared = (TEMPLATES / "parts/macros.html").read_text(encoding="utf-8")
    assert set(re.findall(r"m\.(\w+)\(", text.rpartition("| filter")[2])) == set(
        re.findall(r"{% macro (\w+)\(", shared)
    )


def test_what_templates_are_told_of_records_and_collections_exists() -> None:
    text = section("Templates")
    known = {"record": smartguide.Record, "collection": smartguide.Collection, "kb": smartguide.KnowledgeBase}
    for name, of in known.items():
        fields = getattr(of, "__dataclass_fields__", {})
        instance = {*public(of), *fields} | ({"collections"} if name == "kb" else set())
        asked = set(re.findall(rf"[` ]{name}\.(\w+)", text)) - {"html"}  # record.html is a file
        assert asked
        assert asked - instance == set()


# Examples


def test_the_examples_of_extensions_are_the_code_of_the_second_knowledge_base() -> None:
    code = (SECOND / "extensions/instruments.py").read_text(encoding="utf-8")
    shown = blocks("python")[:-1]
    assert len(shown) == 7
    assert code.partition('"""\n\n')[2] == "\n\n\n".join(block.rstrip() for block in shown) + "\n"
    for name in ("rule", "export", "template_function", "reference_hint", "search_names", "figures"):
        assert sum(f"@{name}" in block for block in shown) == 1


def test_the_template_that_is_shown_is_that_of_the_second_knowledge_base() -> None:
    assert blocks("html") == [(SECOND / "templates/instrument.html").read_text(encoding="utf-8")]


def test_the_files_that_the_top_names_are_there() -> None:
    top = TEXT.partition("\n## ")[0]
    for what in ("kind of record", "filter", "rule", "export"):
        assert re.search(rf"^- \*\*An? {what}\*\*", top, re.MULTILINE)
    assert {rule.function.__module__ for rule in OWN_RULES} == {"smartguide.checks.rules"}
    package = TEMPLATES.parent
    for name in ("checks/rules.py", "exports/"):
        assert f"`{name}`" in top
        assert (package / name).exists()
