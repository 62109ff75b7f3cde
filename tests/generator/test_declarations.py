"""What a project declares in schemas and in the catalogue, and what is told when that does not work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.generator.made import BOOK, LIBRARY, TEXT, findings, schema


def with_schema(**properties: Any) -> dict[str, str | None]:
    return {"schemas/book.schema.json": schema("Book", {**BOOK, **properties})}


@pytest.mark.parametrize("name", ["id", "url", "referenced_by"])
def test_names_that_the_api_needs_are_refused_at_the_top_of_a_schema(tmp_path: Path, name: str) -> None:
    (found,) = findings(tmp_path / "top", with_schema(**{name: TEXT}))
    assert f"the API adds a property '{name}' of its own to each record" in found
    assert found.startswith("schemas/book.schema.json:")
    assert (
        findings(
            tmp_path / "nested",
            with_schema(
                nested={
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {name: {**TEXT, "description": "Words."}},
                }
            ),
        )
        == []
    )


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"x-reff": "authors"}, "no keyword 'x-reff' (did you mean 'x-ref'?)"),
        ({"pattren": "a"}, "no keyword 'pattren' (did you mean 'pattern'?)"),
        ({"x-label": "title"}, "'x-label' does not belong here (it stands at the top of a schema)"),
        ({"x-facet": "yes"}, "'x-facet' cannot be 'yes'"),
        ({"x-unique": "lists"}, "'x-unique' cannot be 'lists'"),
        ({"x-ref": "autors"}, "own: no collection 'autors' (did you mean 'authors'?)"),
        ({"x-ref": "authors#nam"}, "own: authors have no property 'nam' (did you mean 'name'?)"),
        ({"x-ref": "authors", "x-mirror": "book"}, "own: authors have no property 'book'"),
        ({"x-mirror": "books"}, "own: 'x-mirror' needs an 'x-ref' beside it"),
        ({"x-at-most": "ende"}, "own: no property 'ende' beside it (did you mean 'end'?)"),
        ({"x-unique": {"per": "titel"}}, "own: no property 'titel' (did you mean 'title'?)"),
    ],
)
def test_what_is_wrong_with_a_schema_is_told_on_its_line(tmp_path: Path, declared: dict[str, Any], said: str) -> None:
    changes = with_schema(own={"type": "string", **declared})
    (found,) = findings(tmp_path, changes)
    line = str(changes["schemas/book.schema.json"]).split("\n")[int(found.split(":")[1]) - 1]
    assert f'"{list(declared)[-1]}"' in line
    assert said in found
    assert found.endswith("[schema]")


@pytest.mark.parametrize(
    ("keywords", "said"),
    [
        ({"x-facet": True}, "'x-facet' does not belong here (it stands on a property)"),
        ({"x-label": "titel"}, "no property 'titel' (did you mean 'title'?)"),
        ({"x-summary": "titel"}, "no property 'titel' (did you mean 'title'?)"),
    ],
)
def test_what_is_wrong_at_the_top_of_a_schema_is_told(tmp_path: Path, keywords: dict[str, Any], said: str) -> None:
    (found,) = findings(tmp_path, {"schemas/book.schema.json": schema("Book", BOOK, **keywords)})
    assert said in found


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("bost: 2", "collections.books: unknown key 'bost' (did you mean 'boost'?)"),
        ("standalone: yes please", "collections.books.standalone"),
        ("pages: two", "collections.books.pages"),
        ("template: Book", "collections.books.template"),
    ],
)
def test_a_wrong_key_of_the_catalogue_is_told(tmp_path: Path, key: str, said: str) -> None:
    text = LIBRARY["content/catalogue.yml"].replace(
        "standalone: true, records: !include books", f"{key}, records: !include books"
    )
    (found,) = findings(tmp_path, {"content/catalogue.yml": text})
    assert said in found


def test_a_keyword_that_refers_to_a_whole_number_is_a_reference(tmp_path: Path) -> None:
    changes = {
        **with_schema(shelf={"type": "integer", "x-ref": "authors#number"}),
        "schemas/author.schema.json": schema("Author", {"name": TEXT, "number": {"type": "integer"}}),
        "content/authors.yml": "jane: {name: Jane, number: 7}",
        "content/books.yml": "{emma: {title: Emma, shelf: 7}, emmeline: {title: Emmeline, shelf: 8}}",
    }
    assert findings(tmp_path, changes) == [
        "content/books.yml:1:68: error: shelf: no author '8' "
        "(there are: 7; if it is a new one, add '8:' to content/authors.yml with 'number: 8') [unknown-reference]"
    ]


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        ("2018-06", "2018", False),
        ("2018-06-30", "2018-06", False),
        ("2018", "2018-06", False),
        ("2018-06", "2017", True),
        ("2018-07-01", "2018-06", True),
    ],
)
def test_a_date_within_another_one_is_not_after_it(tmp_path: Path, start: str, end: str, is_told: bool) -> None:  # noqa: FBT001
    own = {"start": {**TEXT, "x-at-most": "end"}, "end": TEXT}
    records = f'emma: {{title: Emma, author: jane, start: "{start}", end: "{end}"}}'
    found = findings(tmp_path, {**with_schema(**own), "content/books.yml": records})
    assert bool(found) == is_told, found
    assert all(f"start: '{start}' is after the 'end', '{end}'" in line for line in found)
