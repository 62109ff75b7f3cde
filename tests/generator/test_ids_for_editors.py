"""What an editor is told about the records that there are: files beside what is kept, made of the references of schemas."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from smartguide import check
from smartguide.cli import main
from smartguide.exports import ids_for_editors, schema_files
from smartguide.model.keywords import FOR_EDITORS, for_editors
from smartguide.project import Project
from smartguide.server import watching
from smartguide.server.preview import Preview
from tests.generator.made import BOOK, LIBRARY, TEXT, schema
from tests.projects import Changes, write

KNOWN: dict[str, Any] = {FOR_EDITORS: for_editors("book")}
REFERENCES = {
    **BOOK,
    "shelves": {"type": "array", "items": {"type": "integer", "x-ref": "authors#number"}},
    "translator": {"type": "string", "x-ref": "authors#sign"},
    "roles": {
        "type": "object",
        "properties": {"note": {**TEXT, "description": "What else there is to say."}},
        "additionalProperties": {"type": "string", "x-ref": "authors"},
    },
}


def made(tmp_path: Path, changes: Changes | None = None) -> Path:
    """Make a library whose books ask for the ids of authors."""
    schemas = {
        "schemas/book.schema.json": schema("Book", REFERENCES, **KNOWN),
        "schemas/author.schema.json": schema("Author", {"name": TEXT, "number": {"type": "integer"}, "born": TEXT, "sign": TEXT}, **{"x-summary": "born"}),
    }  # fmt: skip
    authors = "{jane: {name: Jane, number: 7, born: in Steventon}, clive: {name: C. S. L., sign: C++ (a|b)/}}"
    write(tmp_path, {**LIBRARY, **schemas, "content/authors.yml": authors, **(changes or {})})
    return tmp_path


@pytest.mark.parametrize(
    ("record", "is_right"),
    [
        ({}, True),
        ({"author": "jane"}, True),
        ({"translator": "C++ (a|b)/"}, True),
        ({"translator": "C (a"}, False),
        ({"author": "janet"}, False),
        ({"author": ["jane"]}, True),  # which the schema of the kind finds
        ({"shelves": [7]}, True),
        ({"roles": {"note": "anything", "editor": "jane"}}, True),
        ({"roles": {"editor": "janet"}}, False),
    ],
)
def test_references_can_name_what_there_is(tmp_path: Path, record: dict[str, Any], is_right: bool) -> None:  # noqa: FBT001
    ((kind, text),) = ids_for_editors.files(check(made(tmp_path)).base)
    assert kind == "book"
    assert jsonschema_rs.is_valid(json.loads(text), record) is is_right


def test_each_id_says_what_its_record_is_called(tmp_path: Path) -> None:
    ((_, text),) = ids_for_editors.files(check(made(tmp_path)).base)
    assert '"Jane: in Steventon"' in text
    assert '"C. S. L."' in text


def run(root: Path, *arguments: str) -> None:
    with pytest.raises(SystemExit):
        main(["--project", str(root), *arguments])


def test_a_check_writes_it_and_keeps_the_last_one_while_a_file_is_broken(tmp_path: Path) -> None:
    root = made(tmp_path)
    kept = root / ".cache/schemas/book.schema.json"
    run(root, "validate")
    assert '"jane"' in kept.read_text(encoding="utf-8")
    (root / "content/authors.yml").write_text("jane: {name: [", encoding="utf-8")
    run(root, "validate")
    assert '"jane"' in kept.read_text(encoding="utf-8")
    (root / "content/authors.yml").write_text("emma: {name: Emma}", encoding="utf-8")
    run(root, "validate")
    assert '"jane"' not in kept.read_text(encoding="utf-8")


def test_the_preview_writes_it_and_again_after_a_change(tmp_path: Path) -> None:
    root = made(tmp_path / "library")
    kept = root / ".cache/schemas/book.schema.json"
    preview = Preview(Project.of(root), "mkdocs", tmp_path / "preview", lambda _: None)
    assert '"jane"' in kept.read_text(encoding="utf-8")
    (root / "content/authors.yml").write_text("emma: {name: Emma}", encoding="utf-8")
    asyncio.run(preview._take_in(watching.Changes(frozenset({"content/authors.yml"}))))
    assert '"emma"' in kept.read_text(encoding="utf-8")


def test_nothing_is_written_for_schemas_that_do_not_ask(tmp_path: Path) -> None:
    write(tmp_path, LIBRARY)
    run(tmp_path, "validate")
    assert not (tmp_path / ".cache").exists()


def test_a_schema_that_asks_for_the_ids_of_another_is_told(tmp_path: Path) -> None:
    wrong = schema("Book", BOOK, **{FOR_EDITORS: for_editors("boook")})
    write(tmp_path, {**LIBRARY, "schemas/book.schema.json": wrong})
    (found,) = [one.as_text() for one in check(tmp_path).findings]
    assert "'schemaSequence' is not that of this schema" in found
    assert "../.cache/schemas/book.schema.json" in found


def test_published_schemas_do_not_refer_to_files_of_this_machine(tmp_path: Path) -> None:
    published = dict(schema_files.files(check(made(tmp_path)).base, ""))
    assert FOR_EDITORS not in json.loads(published["schemas/book.schema.json"])
    assert ".cache" not in "".join(published.values())
