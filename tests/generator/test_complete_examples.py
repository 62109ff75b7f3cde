"""The complete example of a kind is made of its schema alone, and is a record that the schema accepts."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest

from smartguide import check, load
from smartguide.editing import examples
from smartguide.engines import macros
from smartguide.model.examples import complete
from tests.generator.made import TEXT, library, schema
from tests.projects import Changes


def described(*values: Any, **keywords: Any) -> dict[str, Any]:
    return {"examples": list(values), **keywords}


PARTS = {
    "title": described("Emma", **TEXT),
    "start": described(1814, type="integer"),
    "isbn": described("0-19-953552-7", **TEXT),
    "issn": described("0028-0836", **TEXT),
    "prices": {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["amount"],
            "properties": {
                "amount": {**described(12, type="integer"), "description": "How much."},
                "currency": {"enum": ["GBP", "EUR"], "description": "Of what."},
            },
        },
    },
    "size": {"type": "object", "additionalProperties": {"type": "integer"}, "examples": [{"height": 20}]},
    "notes": described(["A note: it is long."], type="array", items=TEXT),
    "secret": TEXT,
}
ONLY_ONE = {"allOf": [{"not": {"required": ["isbn", "issn"]}}]}


def changes(**keywords: Any) -> dict[str, str | None]:
    return {
        "schemas/book.schema.json": schema("Book", PARTS, **keywords),
        "content/books.yml": "{emma: {title: Emma}}",
    }


@pytest.mark.parametrize(
    ("keywords", "left_out"),
    [({}, {"secret"}), (ONLY_ONE, {"secret", "issn"}), ({**ONLY_ONE, "required": ["issn"]}, {"secret", "isbn"})],
)
def test_every_key_that_can_stand_beside_the_others_is_in_it(
    keywords: dict[str, Any], left_out: set[str], tmp_path: Path
) -> None:
    kind = check(library(tmp_path, changes(**keywords))).base["books"].kind
    made = complete(kind)
    assert kind.validator.is_valid(made)
    assert list(made) == [name for name in PARTS if name not in left_out], "in the order of the schema"
    assert made["prices"] == [{"amount": 12, "currency": "GBP"}], "all parts of a mapping"
    assert made["size"] == {"height": 20}


FILE = """emma:
  title: Emma
  start: 1814
  isbn: "0-19-953552-7"
  issn: "0028-0836"
  prices:
    - amount: 12
      currency: GBP
  size:
    height: 20
  notes:
    - "A note: it is long."
"""
ONE_A_FILE: Changes = {
    "content/catalogue.yml": "collections: {books: {schema: book, records: !include books/*.yml}}",
    "content/books/emma.yml": "title: Emma",
    "content/books.yml": None,
    "content/authors.yml": None,
    "schemas/author.schema.json": None,
    "schemas/book.schema.json": schema("Book", {"title": described("Emma", **TEXT)}),
}


def test_it_is_shown_as_the_files_of_its_collection_are(tmp_path: Path) -> None:
    assert examples.text(check(library(tmp_path / "one", changes())).base["books"]) == FILE
    (tmp_path / "two/content/books").mkdir(parents=True)
    found = check(library(tmp_path / "two", dict(ONE_A_FILE))).base["books"]  # type: ignore[arg-type]
    assert examples.text(found) == "# yaml-language-server: $schema=../../schemas/book.schema.json\ntitle: Emma\n"


def test_the_field_reference_shows_it_with_its_lines(tmp_path: Path) -> None:
    session = load(library(tmp_path, changes()))
    shown = macros.macros(session, str)["part"]("fields")
    assert "<summary>A complete example</summary>" in shown
    assert FILE.rstrip() in html.unescape(shown)
    assert shown.count("<summary>") == 1, "there are no examples of authors"
