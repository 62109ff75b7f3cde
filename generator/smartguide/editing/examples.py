"""The complete example of a kind as a file would hold it: in canonical style, with the line that names the schema."""

from __future__ import annotations

import posixpath

from smartguide.editing import nodes
from smartguide.model import examples
from smartguide.model.entries import slug
from smartguide.model.knowledge_base import Collection
from smartguide.model.schema_files import SUFFIX


def text(collection: Collection) -> str:
    """Return the example of a collection's kind, as its files are: with one record, or with several below their ids.

    It is an empty string for a schema without examples.
    """
    kind = collection.kind
    if not (record := examples.complete(kind)):
        return ""
    root = nodes.of_data(record, kind.root)
    first = next(iter(collection), None)
    lines = nodes.lines_of(root) if isinstance(root, nodes.Group) else iter(())
    if first is None or not first.entry.base:
        folder = posixpath.dirname(first.path) if first else f"content/{collection.name}"
        schema = posixpath.relpath(f"schemas/{kind.name}{SUFFIX}", folder)
        return "\n".join([f"# yaml-language-server: $schema={schema}", *lines]) + "\n"
    named = slug(str(record.get(kind.label_key, ""))) or kind.name
    below = nodes.Group(entries=[nodes.Entry(named, root)])
    return "\n".join(nodes.lines_of(below)) + "\n"
