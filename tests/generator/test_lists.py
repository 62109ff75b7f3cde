"""Lists with filters: what schemas and the catalogue declare, what is told if that is wrong, and the data of the list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from smartguide.checks.checking import check
from smartguide.exports import lists
from tests.generator import projects
from tests.generator.made import BOOK, LIBRARY, TEXT, findings, library, schema

GENRES = {"type": "array", "items": {"type": "string", "enum": ["novel", "play"], "description": "One."}}
MAPPINGS = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"who": {"type": "string", "x-ref": "authors", "description": "Who."}},
    },
}


def with_books(columns: str = "", of_author: dict[str, Any] | None = None, **properties: Any) -> dict[str, str | None]:
    """Return the changes of a library whose books have other properties, too, and whose catalogue names columns."""
    catalogue = LIBRARY["content/catalogue.yml"]
    if columns:
        catalogue = catalogue.replace("records: !include books", f"columns: {columns}, records: !include books")
    return {
        "content/catalogue.yml": catalogue,
        "schemas/book.schema.json": schema("Book", {**BOOK, **properties}),
        "schemas/author.schema.json": schema("Author", {"name": TEXT, "country": TEXT, **(of_author or {})}),
    }


def data(root: Path, name: str) -> dict[str, Any]:
    """Return the data of the list of a collection."""
    checked = check(root)
    assert [one.as_text() for one in checked.findings] == []
    files = {path: json.loads(text) for path, text in lists.files(checked.base, checked.extensions)}
    found: dict[str, Any] = files[f"api/v1/{name}--list.json"]
    return found


def shown(published: dict[str, Any], *, every: bool = False) -> dict[str, list[Any]]:
    """Return what each record has in the columns that are shown, or in every one: values as they are written."""
    found = {}
    for column in published["columns"]:
        if every or column["shown"]:
            cells = [cell if isinstance(cell, list) else [cell] for cell in column["of"]]
            values = column.get("values")
            found[column["key"]] = [
                [values[one][0] if values and one is not None else one for one in cell] for cell in cells
            ]
    return found


def test_the_small_project_has_filters_of_every_kind() -> None:
    tours = data(projects.SMALL, "tours")
    assert {one["key"]: (one["title"], one["type"]) for one in tours["columns"]} == {
        "kind": ("Kind", "choice"),
        "nights": ("Nights", "number"),
        "grade": ("Grade", "choice"),
        "guided": ("Guided", "choice"),
        "start": ("Start", "date"),
        "stages": ("Stages", "records"),
        "stages.valley": ("Valley of stages", "choice"),
        "valleys": ("Valleys", "choice"),
        "themes": ("Themes", "choice"),
    }
    assert all(one["filter"] and one["shown"] for one in tours["columns"])
    assert shown(tours)["stages.valley"] == [["NTH", "STH"]]
    assert next(one for one in tours["columns"] if one["key"] == "valleys")["values"] == [
        ["NTH", "North Valley", "valleys/north/"]
    ]
    huts = data(projects.SMALL, "huts")
    assert shown(huts) == {"tours": [["three-lakes"], ["three-lakes"]], "tours.kind": [["from hut to hut"]] * 2}
    assert huts["names"] == ["", "Obere Seehütte"]
    assert huts["columns"][0]["type"] == "records"


def test_the_second_project_has_filters() -> None:
    instruments = data(projects.SMALL.with_name("second"), "instruments")
    assert [(one["key"], one["type"]) for one in instruments["columns"]] == [("start", "date"), ("maker", "choice")]


def test_the_catalogue_says_what_is_shown(tmp_path: Path) -> None:
    changes = with_books("[end, author.country, genres]", genres={**GENRES, "x-facet": True},
                         author_note=TEXT, author={**BOOK["author"], "x-facet-through": ["country"]})  # fmt: skip
    changes["content/books.yml"] = (
        "{emma: {title: Emma, author: jane, genres: [novel, play], end: 1815}, a: {title: Anna}}"
    )
    changes["content/authors.yml"] = "jane: {name: Jane, country: UK}"
    assert shown(data(library(tmp_path, changes), "books")) == {
        "end": [[None], [1815]],
        "author.country": [[None], ["UK"]],
        "genres": [[None], ["novel", "play"]],
    }


def test_a_collection_without_filters_has_no_data(tmp_path: Path) -> None:
    checked = check(library(tmp_path))
    assert list(lists.files(checked.base, checked.extensions)) == []


NAMES = """
from smartguide import search_names


@search_names("authors")
def pen_names(author):
    \"\"\"An author is found by the name on the cover.\"\"\"
    yield f"{author.label}, a lady"
"""


def test_a_value_is_found_by_the_names_that_the_search_knows_too(tmp_path: Path) -> None:
    changes = with_books(author={**BOOK["author"], "x-facet": True})
    changes["content/books.yml"] = "emma: {title: Emma, author: jane}"
    changes["content/authors.yml"] = "jane: {name: Jane, country: UK}"
    changes["extensions/names.py"] = NAMES
    assert changes["content/catalogue.yml"]
    changes["content/catalogue.yml"] = changes["content/catalogue.yml"].replace(
        "extensions: [", "extensions: [extensions/names.py, "
    )
    (author,) = data(library(tmp_path, changes), "books")["columns"]
    assert author["values"] == [["jane", "Jane", "authors/jane/", "Jane, a lady"]]


FACET = {"x-facet": True}


@pytest.mark.parametrize(
    ("properties", "columns", "said"),
    [
        ({"own": {**TEXT, "x-facet-through": "country"}}, "", "'x-facet-through' cannot be 'country'"),
        ({"own": {**TEXT, "x-facet-through": ["country"]}}, "", "own: 'x-facet-through' needs an 'x-ref' beside it or below it"),
        ({"own": {**TEXT, "x-facet-inverse": True}}, "", "own: 'x-facet-inverse' needs an 'x-ref' beside it or below it"),
        ({"author": {**BOOK["author"], "x-facet-through": ["contry"]}}, "", "author: 'x-facet-through' names 'contry', and authors have no such property (did you mean 'country'?)"),
        ({"author": {**BOOK["author"], "x-facet-inverse": ["titel"]}}, "", "author: 'x-facet-inverse' names 'titel', and books have no such property (did you mean 'title'?)"),
        ({"author": {**BOOK["author"], "x-facet-inverse": ["people"]}, "people": {"type": "object", "additionalProperties": False, "properties": {}}}, "", "author: 'people' is nothing that a list can be filtered by"),
        ({"own": {**TEXT, "x-prose": True, **FACET}}, "", "own: prose is nothing that a list can be filtered by"),
        ({"own": {"type": "object", "additionalProperties": False, "properties": {}, **FACET}}, "", "own: a mapping, or of several types, is nothing that a list can be filtered by"),
        ({"own": {"type": "array", "items": {**TEXT, "description": "One.", **FACET}}}, "", "own[]: 'x-facet' stands on the items of a list (move it out of 'items', to the list itself)"),
        ({"text": {**TEXT, **FACET}}, "", "text: in the URL of a filtered list, 'text' means something else"),
        ({"genres": {**GENRES, **FACET}}, "[genre]", "collections.books.columns[0]: 'books' have no column 'genre' (did you mean 'genres'?) [catalogue]"),
        ({}, "[title]", "collections.books.columns: the list of 'books' has no filters, and so no columns"),
        ({"genres": {**GENRES, **FACET}}, "genres", "collections.books.columns"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_filters_and_columns_is_told(
    tmp_path: Path, properties: dict[str, Any], columns: str, said: str
) -> None:
    (found,) = findings(tmp_path, with_books(columns, **properties))
    assert said in found


def test_a_back_reference_that_another_column_is_called_after_is_told(tmp_path: Path) -> None:
    changes = with_books(of_author={"books": TEXT}, people={**MAPPINGS, "x-facet-inverse": True})
    (found,) = findings(tmp_path, changes)
    assert "people: the list of 'authors' has a column 'books' already" in found
