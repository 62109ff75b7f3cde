"""The schemas of the guide explain themselves, and the records name the schemas that they follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

SUFFIX = ".schema.json"
SCHEMAS = {
    path.name.removesuffix(SUFFIX): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "schemas").glob(f"*{SUFFIX}"))
}
NEED_SOURCES = [
    "action",
    "box",
    "call",
    "challenge",
    "good-practice",
    "instrument",
    "lesson",
    "news-item",
    "partner",
    "partnership",
]
"""The kinds whose records say where their facts come from."""


def properties(schema: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property that a schema declares, at any depth, with its place; conditions only narrow them."""
    for key in ("properties", "$defs"):
        for name, inner in schema.get(key, {}).items():
            if key == "properties":
                yield f"{place}.{name}", {**_referred_to(inner), **inner}
            yield from properties(inner, f"{place}.{name}")
    if "items" in schema:
        yield from properties(schema["items"], f"{place}[]")


def _referred_to(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the definition in the common schema that a schema refers to; an empty one if it does not."""
    reference = schema.get("$ref", "").partition("#/$defs/")[2]
    return SCHEMAS["common"]["$defs"][reference] if reference else {}


PROPERTIES = {place: schema for kind, root in SCHEMAS.items() for place, schema in properties(root, kind)}


def test_every_property_of_every_schema_is_explained() -> None:
    unexplained = [
        place
        for place, schema in PROPERTIES.items()
        if not (schema.get("title") and len(schema.get("description", "")) > 5 and schema.get("examples"))
    ]
    assert unexplained == []


def test_the_examples_of_the_schemas_have_the_form_that_they_explain() -> None:
    with_form = {place: schema for place, schema in PROPERTIES.items() if {"pattern", "enum"} & set(schema)}
    assert with_form
    for place, schema in with_form.items():
        for example in schema["examples"]:
            assert re.search(schema.get("pattern", ""), str(example)), place
            assert example in schema.get("enum", [example]), place


def test_a_date_of_another_century_is_a_slip_that_is_told_with_the_years() -> None:
    dates = {
        place: schema
        for place, schema in PROPERTIES.items()
        if "pattern" in schema and any(re.fullmatch(r"[0-9]{4}(-[0-9]{2})*", str(one)) for one in schema["examples"])
    }
    assert dates
    for place, schema in dates.items():
        written = str(schema["examples"][0])
        assert not re.search(schema["pattern"], f"2099{written[4:]}"), place
        assert not re.search(schema["pattern"], f"1919{written[4:]}"), place
        assert "1990 to 2039" in schema["x-message"], place


@pytest.mark.parametrize("kind", NEED_SOURCES)
def test_records_have_to_name_their_sources(kind: str) -> None:
    assert "sources" in SCHEMAS[kind]["required"]


class _Catalogue(yaml.SafeLoader):
    """Reads the catalogue without the records: of an include it keeps the path."""


def _path_of_include(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_Catalogue.add_constructor("!include", _path_of_include)


def test_a_record_that_names_a_schema_for_editors_names_that_of_its_kind() -> None:
    catalogue = yaml.load((ROOT / "content/catalogue.yml").read_text(encoding="utf-8"), _Catalogue)
    named = {}
    wanted = {}
    for collection in catalogue["collections"].values():
        for path in (ROOT / "content").glob(collection["records"]):
            if "*" in collection["records"] and (schema := _schema_for_editors(path)):
                named[path] = schema
                wanted[path] = (ROOT / "schemas" / f"{collection['schema']}{SUFFIX}").resolve()
    assert named
    assert named == wanted


def _schema_for_editors(path: Path) -> Path | None:
    """Return the schema that the first line of a file names for editors."""
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)\n", path.open(encoding="utf-8").readline())
    return (path.parent / found[1]).resolve() if found else None
