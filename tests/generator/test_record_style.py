"""The canonical style of records: ``tests/record-style.json`` says how values are written; the form is held to it, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from smartguide.editing.nodes import lines_of, of_mapping
from smartguide.model.properties import Part, Property, expanded
from smartguide.reading.plain_yaml import Loader

ROWS = json.loads((Path(__file__).parents[1] / "record-style.json").read_text("utf-8"))


def _declared(schema: dict[str, Any]) -> Property:
    return Property((), tuple(expanded([Part(schema)], lambda _: None)), is_required=True, _resolve=lambda _: None)


@pytest.mark.parametrize("row", ROWS, ids=[f"{number} {row['what']}" for number, row in enumerate(ROWS)])
def test_a_value_is_written_in_one_way_and_every_version_of_yaml_reads_it_back(row: dict[str, Any]) -> None:
    text = "\n".join(lines_of(of_mapping(row["value"], _declared(row.get("schema", {}))))) + "\n"
    assert text == row["text"]
    for loader in (yaml.SafeLoader, Loader):  # YAML 1.1; YAML 1.2, by which records are read
        assert yaml.load(text, loader) == row["value"]  # both are safe loaders
