"""A record that is not written yet: what is wrong with it so far, and the file that it becomes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from smartguide.checks import schema_errors
from smartguide.checks.checking import Checked
from smartguide.editing import nodes
from smartguide.editing.changed_text import ChangedText
from smartguide.editing.formatting import RecordFile, schema_line
from smartguide.editing.nearest import nearest
from smartguide.editing.nodes import Group, lines_of, of_mapping
from smartguide.editing.workspace import Home, Workspace
from smartguide.extensions import ExtensionError, Rule
from smartguide.findings import Finding, Place, key_path, quoted
from smartguide.model.entries import Entry, slug
from smartguide.model.knowledge_base import Collection, Record
from smartguide.model.properties import Ref
from smartguide.reading import Path_, Reader


def id_for(data: dict[str, Any], collection: Collection, taken: tuple[str, ...] = ()) -> str:
    """Return the id of a new record: its name in lower-case ASCII words joined by ``-``.

    Where that is taken, by a record or as the former id of one, ``-2`` follows, or the next number that is free. An
    empty string if the record has no name yet.
    """
    label = data.get(collection.kind.label_key)
    if not label:
        return ""
    used = {*collection.records, *taken, *(one for record in collection for one in record.former_ids)}
    first = slug(str(label))
    numbered = (first if number == 1 else f"{first}-{number}" for number in range(1, len(used) + 2))
    return next(one for one in numbered if one not in used)


@dataclass
class Draft:
    """A record that is not written yet."""

    collection: Collection
    home: Home
    checked: Checked
    id: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path of the file that it goes into, relative to the project."""
        return self.home.path_of(self.id or "new")

    def lines(self) -> list[str]:
        """Return the lines of the record in canonical style."""
        return list(lines_of(of_mapping(self.data, self.collection.kind.root)))

    def text(self, workspace: Workspace) -> str:
        """Return the text of its file, if it has one of its own, or else of its part of the file."""
        if self.home.file:
            record = of_mapping(self.data, self.collection.kind.root)
            lines = list(lines_of(Group(entries=[nodes.Entry(self.id, record)])))
        else:
            file = RecordFile(self.path, self.collection.kind, is_one_record=True)
            lines = [schema_line(file, workspace.project), *self.lines()]
        return "\n".join(lines) + "\n"

    def file(self, workspace: Workspace) -> tuple[str, bytes]:
        """Return the path of its file and what that is to hold. Raises OSError and UnsupportedError."""
        if not self.home.file:
            return self.path, self.text(workspace).encode("utf-8")
        text = ChangedText(workspace.project.root, self.home.file)
        text.add_record(self.text(workspace).rstrip("\n").split("\n"))
        return self.path, text.data

    def findings(self, others: tuple[Draft, ...] = ()) -> list[Finding]:
        """Return what is wrong with the record so far. It may refer to ``others``, which are not written yet, too."""
        kind = self.collection.kind
        root = self.checked.base.root
        reader = Reader(root, root / "content")
        document = reader.embedded(root / self.path, "\n".join(self.lines()) or "{}")
        data = document.data if isinstance(document.data, dict) else self.data
        entry = Entry(self.collection.name, kind, self.id or "new", data, document)
        found = [*document.findings, *schema_errors.check(kind, document, data)]
        for one in self.checked.rules:
            if one.scope == "entry" and (not one.collections or self.collection.name in one.collections):
                with contextlib.suppress(ExtensionError):  # it may rely on what is not filled in yet
                    found += self.checked.extensions.call(one, partial(_applied, one, entry))
        return [*found, *self._dangling(entry, others)]

    def findings_at(self, path: Path_, others: tuple[Draft, ...] = ()) -> list[Finding]:
        """Return what is wrong with the value at a path and below it."""
        key = key_path(path)
        return [one for one in self.findings(others) if one.key == key or one.key.startswith((f"{key}.", f"{key}["))]

    def _dangling(self, entry: Entry, others: tuple[Draft, ...]) -> Iterator[Finding]:
        base = self.checked.base
        drafts = {(one.collection.name, name) for one in others for name in one.names()}
        for path, value, prop in entry.references:
            if prop.ref is None or prop.ref.collection not in base:
                continue
            target = base[prop.ref.collection]
            if record_of(str(value), prop.ref, target) or (prop.ref.collection, str(value)) in drafts:
                continue
            near = [f"{name_in(one.record, prop.ref)} ({one.record.label})" for one in nearest(str(value), target)[:3]]
            known = {name_in(one, prop.ref): one.entry for one in target}
            said = ""
            with contextlib.suppress(ExtensionError):
                said = self.checked.extensions.hint(str(prop.schema["x-ref"]), str(value), known)
            hint = (
                said
                or (f"did you mean {' or '.join(near)}?" if near else "")
                or f"add it with: smartguide new {target.name}"
            )
            message = f"no {target.kind.title.lower()} {quoted(value)}"
            yield Finding(Place(self.path), "unknown-reference", message, key_path(path), hint)

    def names(self) -> Iterator[str]:
        """Yield what others may refer to it by: its id and its single values."""
        yield self.id
        yield from (str(value) for value in self.data.values() if isinstance(value, str | int))


def _applied(one: Rule, entry: Entry) -> list[Finding]:
    return list(one(entry))


def record_of(value: str, ref: Ref, collection: Collection) -> Record | None:
    """Return the record that a value of a reference names; None if there is none."""
    if not ref.key:
        return collection.records.get(value)
    return next((one for one in collection if str(one.data.get(ref.key)) == value), None)


def name_in(record: Record, ref: Ref) -> str:
    """Return the value by which a reference names a record."""
    return str(record.data.get(ref.key)) if ref.key else record.id
