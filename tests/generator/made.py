"""Small knowledge bases that tests make of a dict of files: a library with books and authors."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from smartguide import check


def schema(title: str, properties: dict[str, Any], **keywords: Any) -> str:
    """Return the text of a schema that takes no other keys; a property without words about it gets some."""
    described = {name: _described(one) for name, one in properties.items()}
    declared = {"type": "object", "additionalProperties": False, "properties": described}
    return json.dumps({"title": title, **declared, **keywords}, indent=2)


def _described(declared: Any) -> Any:
    needs_words = isinstance(declared, dict) and not {"$ref", "description"} & declared.keys()
    return {**declared, "description": "What it is."} if needs_words else declared


TEXT = {"type": "string"}
BOOK: dict[str, Any] = {
    "title": TEXT,
    "author": {"type": "string", "x-ref": "authors", "x-inverse": "Wrote"},
    "start": {"type": "integer", "x-at-most": "end"},
    "end": {"type": "integer"},
}
LIBRARY = {
    "content/catalogue.yml": """
        extensions: [extensions/own.py]
        collections:
          books: {schema: book, standalone: true, records: !include books.yml}
          authors: {schema: author, standalone: true, records: !include authors.yml}
        """,
    "content/books.yml": "emma: {title: Emma, author: jane, start: 1814, end: 1815}",
    "content/authors.yml": "jane: {name: Jane}",
    "schemas/book.schema.json": schema("Book", BOOK),
    "schemas/author.schema.json": schema("Author", {"name": TEXT}),
    "extensions/own.py": '''
        from smartguide import rule

        @rule("nothing")
        def nothing(record):
            """Finds nothing."""
            return []
        ''',
}
SETTINGS = {
    "content/index.md": "# Home\n\n{{ part('collections') }}\n",
    "mkdocs.yml": """
        site_name: Library
        docs_dir: content
        exclude_docs: "*.yml"
        theme: {name: material, font: false}
        plugins:
          - smartguide
          - macros: {modules: [smartguide.engines.macros], on_error_fail: false, on_undefined: strict}
        markdown_extensions: [attr_list]
        """,
}
"""What a library needs to be built."""


def library(root: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Write a library below a folder, with some files changed, added or (None) left out, and return the folder.

    The indentation that a file has in a test is taken away.
    """
    for name, content in {**LIBRARY, **(changes or {})}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(content).lstrip("\n"), encoding="utf-8")
    return root


def findings(root: Path, changes: dict[str, str | None] | None = None) -> list[str]:
    """Return what is wrong with a library, a line each."""
    return [finding.as_text() for finding in check(library(root, changes)).findings]


OWN = "extensions/own.py"
"""The file with what the project adds."""


def with_extension(text: str, **others: str) -> dict[str, str | None]:
    """Return the files of what a project adds: its own, and others beside it by their names."""
    return {OWN: text, **{f"extensions/{name}.py": other for name, other in others.items()}}
