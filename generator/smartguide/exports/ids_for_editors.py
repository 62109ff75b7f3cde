"""Which records a reference can name, in JSON Schema: an editor offers their ids and shows their names.

For each kind there is a schema with its references only. An editor applies it beside the schema of the kind, which does
not know what records there are. It is made for yaml-language-server (see ``FOR_EDITORS`` in ``model.keywords``): what
stands here is what that server shows in the best way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from typing import Any, Final

from smartguide.model.entries import Entry
from smartguide.model.keywords import FOR_EDITORS
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.properties import Property, Ref
from smartguide.model.schema_files import DIALECT
from smartguide.pages.text import shortened

COMMENT: Final = "Written by smartguide for editors, from the records that there are. Changes are lost."
LONGEST: Final = 150
"""Characters of a summary beside a name."""
_SYNTAX: Final = re.compile(r"[\^$\\.*+?()\[\]{}|/]")


def files(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the name of each kind whose schema asks for such a schema, and the text of that."""
    kinds = {collection.kind.name: collection.kind for collection in base.collections.values()}
    options: dict[Ref, str] = {}  # of thousands of records, that several kinds refer to
    for name, kind in kinds.items():
        if FOR_EDITORS not in kind.schema:
            continue
        refs = dict.fromkeys(prop.ref for prop in kind.properties if prop.ref and prop.ref.collection in base)
        for ref in refs:
            if ref not in options:
                options[ref] = _text(_options(ref, base))
        known = {prop.path for prop in kind.properties}
        schema = {"$schema": DIALECT, "$comment": COMMENT, **_references(kind.root, known, refs)}
        defs = ",\n".join(f"{_text(_name(ref))}: {options[ref]}" for ref in refs)
        yield name, f'{_text(schema)[:-1]}, "$defs": {{\n{defs}\n}}}}\n'


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _references(prop: Property, known: Container[tuple[str, ...]], refs: Container[Ref]) -> dict[str, Any]:
    """Return a schema of a property with what references below it can name; an empty one if there are none.

    ``known`` are the paths of the properties that count: a schema that refers to itself is followed once.
    """
    if prop.ref:
        ids = {"$ref": f"#/$defs/{_name(prop.ref)}"} if prop.ref in refs else {}
        is_or_url = bool(ids) and prop.schema.get("x-or-url") is True
        return {"anyOf": [ids, {"type": "string", "pattern": "^https?://"}]} if is_or_url else ids

    def below(child: Property | None) -> dict[str, Any]:
        return _references(child, known, refs) if child and child.path in known else {}

    children = {name: below(child) for name, child in prop.properties.items()}
    others, item = below(prop.others), below(prop.item)
    made: dict[str, Any] = {}
    if others:  # those that are declared are not among the others, whether or not there is anything to say of them
        made = {"properties": children, "additionalProperties": others}
    elif any(children.values()):
        made = {"properties": {name: child for name, child in children.items() if child}}
    return {**made, "items": item} if item else made


def _name(ref: Ref) -> str:
    """Return what a reference's options are called: a name without the characters that a JSON pointer escapes."""
    return re.sub(r"[^\w.-]", "_", f"{ref.collection}.{ref.key}" if ref.key else ref.collection)


def _options(ref: Ref, base: KnowledgeBase) -> dict[str, Any]:
    """Return a schema of the values that name a record, each with what the record is called.

    Each value is an alternative of its own, since the server would show all values of one ``enum`` wherever it shows
    what a property means. The last alternative takes what names no record, which is then told by the words beside the
    pattern; without it, the server would list all values.
    """
    collection = base.collections[ref.collection]
    entries = (record.entry for record in collection)
    named: dict[Any, Entry] = {}
    for entry in entries:
        value = entry.get(ref.key) if ref.key else entry.id
        if isinstance(value, str | int):
            named.setdefault(value, entry)
    patterns = "|".join(_SYNTAX.sub(r"\\\g<0>", str(value)) for value in named)
    said = f"No {collection.kind.title.lower()} has this {ref.key or 'id'}."
    return {
        "pattern": f"^(?:{patterns})$",
        "patternErrorMessage": f"{said} If it is new, save its file, then run: smartguide validate",
        "oneOf": [
            *({"enum": [value], "enumDescriptions": [_said(entry)]} for value, entry in named.items()),
            {"not": {"enum": list(named)}},
        ],
    }


def _said(entry: Entry) -> str:
    """Return the name of a record, with its summary if it has one."""
    return ": ".join(filter(None, (entry.label, shortened(entry.summary, LONGEST))))
