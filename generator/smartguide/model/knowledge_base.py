"""The linked records: by id, by collection, forward and back. The rooms above read this and nothing else.

``content/catalogue.yml`` names the collections. A collection's records are gathered with ``!include``: a wildcard makes
one record of each file (the file's name is the id), a single file holds several records under their ids.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

from smartguide import country_codes
from smartguide.findings import Finding, Place, did_you_mean, key_path, quoted
from smartguide.model import kinds as schemas
from smartguide.model.kinds import Kind, Property
from smartguide.reading import Document, Path_, Reader

CATALOGUE: Final = "catalogue.yml"
ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_ID: Final = 100
FEW: Final = 20
"""So many ids are listed in a message; where there are more, only the nearest is named."""


@dataclass(eq=False)
class Record:
    """One record. ``data`` is the record as written, which stands at ``base`` of ``document``."""

    collection: Collection
    id: str
    data: dict[str, Any]
    document: Document
    base: Path_ = ()
    references: list[Reference] = field(default_factory=list)
    referenced_by: list[Reference] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """The kind of the record, which follows from its collection."""
        return self.collection.kind

    @property
    def label(self) -> str:
        """The name of the record on a page or in a list."""
        return str(self.data.get(self.kind.label_key) or self.id)

    @property
    def initial(self) -> str:
        """The letter under which an alphabetical list has the record: A to Z, or # for all others."""
        first = slug(self.label)[:1].upper()
        return first if first.isalpha() else "#"

    @property
    def summary(self) -> str:
        """The line that tells most about the record; an empty string if its kind names none."""
        return str(self.data.get(self.kind.summary_key) or "")

    @property
    def path(self) -> str:
        """The file of the record, relative to the repository."""
        return self.document.path

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.document.value_at(self.base) if self.base else Place(self.path, 1, 1)

    @property
    def sort_key(self) -> tuple[str, str]:
        """Lists are by name, regardless of capitals."""
        return self.label.casefold(), self.id

    def place_of(self, *path: str | int) -> Place:
        """Return the place of a value of the record."""
        return self.document.value_at((*self.base, *path))

    def target(self, *path: str | int) -> Record | None:
        """Return the record that the value at ``path`` refers to; None if it refers to none."""
        return self._targets.get(path)

    def targets(self, *path: str | int) -> list[Record]:
        """Return the records that the values at or below ``path`` refer to, in the order of the record."""
        return [reference.target for reference in self.references if reference.path[: len(path)] == path]

    def sources_of(self, collection: str, name: str = "") -> list[Record]:
        """Return the records of a collection that refer to this one, each once, by name.

        With ``name``, only those that do so through the property of that name.
        """
        found = {
            reference.source.id: reference.source
            for reference in self.referenced_by
            if reference.source.collection.name == collection and name in ("", reference.through.name)
        }
        return sorted(found.values(), key=lambda record: record.sort_key)

    @cached_property
    def fields(self) -> Any:
        """The record for templates: what the schema knows and the record leaves out is None."""
        return self.kind.fields(self.data)

    @cached_property
    def _targets(self) -> dict[Path_, Record]:
        return {reference.path: reference.target for reference in self.references}

    def __repr__(self) -> str:
        return f"Record({self.collection.name}/{self.id})"


@dataclass(frozen=True, eq=False)
class Reference:
    """A value of one record that names another: ``source`` says so at ``path``, through a property of its kind."""

    source: Record
    through: Property
    path: Path_
    target: Record

    @property
    def inverse_title(self) -> str:
        """The words for the reference on the page of its target."""
        return str(self.through.schema.get("x-inverse") or self.source.collection.title)


@dataclass(eq=False)
class Collection:
    """The records of one kind.

    ``one_page`` means that they share a page and each has an anchor on it; ``unreadable`` are the names of the files
    that could not be read.
    """

    name: str
    kind: Kind
    template: str
    url: str
    title: str
    intro: str = ""
    one_page: bool = False
    records: dict[str, Record] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __len__(self) -> int:
        return len(self.records)

    def by_name(self) -> list[Record]:
        """Return the records by name, regardless of capitals."""
        return sorted(self, key=lambda record: record.sort_key)


@dataclass(eq=False)
class KnowledgeBase:
    """All collections, by name, in the order of the catalogue.

    ``documents`` are all files that were read, ``chapters`` the paths below ``content/`` of the Markdown pages that
    people write.
    """

    root: Path
    collections: dict[str, Collection] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    chapters: list[str] = field(default_factory=list)

    def __getitem__(self, collection: str) -> Collection:
        return self.collections[collection]

    def __iter__(self) -> Iterator[Record]:
        for collection in self.collections.values():
            yield from collection

    @property
    def is_whole(self) -> bool:
        """Whether every file of a record could be read."""
        return not any(collection.unreadable for collection in self.collections.values())

    def get(self, collection: str, record_id: str) -> Record | None:
        """Return a record, or None if there is no such collection or record."""
        found = self.collections.get(collection)
        return found.records.get(record_id) if found else None


def build(root: Path, content: Path | None = None) -> tuple[KnowledgeBase, list[Finding]]:
    """Read, check against the schemas, and link all records of a project.

    ``root`` is the folder with ``content/`` and ``schemas/``. Returns the knowledge base, which leaves out what cannot
    be used, and everything that is wrong. Nothing is raised for something that a person wrote.
    """
    root = root.resolve()
    content = content or root / "content"
    kinds = schemas.load(root / "schemas")
    chapters = sorted(path.relative_to(content).as_posix() for path in content.rglob("*.md"))
    base = KnowledgeBase(root, chapters=chapters)
    findings = list(kinds.findings)
    catalogue = Reader(root, content).read(content / CATALOGUE)
    findings += catalogue.all_findings()
    base.documents = list(catalogue.documents())
    if isinstance(catalogue.data, dict):
        findings += _collections(base, catalogue, kinds)
        for collection in base.collections.values():
            for record in collection:
                findings += record.kind.check(record.document, record.data, record.base)
        findings += _link(base)
        findings += _left_out(base, content, root)
    return base, findings


def _collections(base: KnowledgeBase, catalogue: Document, kinds: schemas.Kinds) -> Iterator[Finding]:
    """Make the collections and their records from the catalogue."""
    if catalogue_kind := schemas.load(schemas.OWN).by_name.get("catalogue"):
        found = list(catalogue_kind.check(catalogue, _without_records(catalogue.data)))
        yield from found
        if found:
            return
    addresses: dict[str, str] = {}
    for name, entry in catalogue.data["collections"].items():
        way: Path_ = ("collections", name)
        url = entry.get("url", name).strip("/")
        if url in addresses or name == "index":
            taken = quoted(addresses[url]) if url in addresses else "the list of all collections"
            message = f"the pages of {quoted(name)} would take the place of those of {taken}"
            yield Finding(catalogue.key_at(way), "catalogue", message, key_path(way), "give it another name or url")
            continue
        addresses[url] = name
        kind = kinds.by_name.get(entry["schema"])
        if kind is None:
            place = catalogue.value_at((*way, "schema"))
            hint = did_you_mean(entry["schema"], kinds.by_name) or f"write schemas/{entry['schema']}{schemas.SUFFIX}"
            yield Finding(place, "catalogue", f"no schema {quoted(entry['schema'])}", key_path((*way, "schema")), hint)
            continue
        collection = base.collections[name] = Collection(
            name,
            kind,
            entry.get("template", entry["schema"]),
            url,
            entry.get("title", kind.plural),
            entry.get("intro", ""),
            one_page=entry.get("pages", "each") == "one",
        )
        if not catalogue.has_include((*way, "records")):
            place = catalogue.key_at((*way, "records"))
            message = "records are gathered with !include"
            hint = f"for example: records: !include {name}/*.yml"
            yield Finding(place, "catalogue", message, key_path((*way, "records")), hint)
            continue
        several_files = isinstance(entry["records"], list)
        for document in catalogue.included((*way, "records")):
            yield from _records(collection, document, one_a_file=several_files)


def _without_records(data: dict[str, Any]) -> dict[str, Any]:
    """Return the catalogue without the records themselves, which have schemas of their own."""
    entries = data.get("collections")
    if not isinstance(entries, dict):
        return data
    bare = {
        name: {**entry, "records": []} if isinstance(entry, dict) and "records" in entry else entry
        for name, entry in entries.items()
    }
    return {**data, "collections": bare}


def _records(collection: Collection, document: Document, *, one_a_file: bool) -> Iterator[Finding]:
    """Put the records of one file into their collection."""
    name = PurePosixPath(document.path).stem
    if document.data is None:
        collection.unreadable.add(name)  # the file's own findings say why
        return
    if one_a_file:
        entries: list[tuple[str, Any, Path_]] = [(name, document.data, ())]
    elif isinstance(document.data, dict):
        entries = [(name, data, (name,)) for name, data in document.data.items()]
    else:
        yield Finding(
            document.value_at(()),
            "type",
            "must be a mapping of ids and records",
            hint="write 'some-id:' and the record below it",
        )
        return
    for record_id, data, base in entries:
        place = document.key_at(base) if base else Place(document.path)
        if not ID.match(record_id) or len(record_id) > MAX_ID:
            where = (
                f"rename the file to {quoted(slug(record_id) + '.yml')}"
                if one_a_file
                else f"write {quoted(slug(record_id))}"
            )
            message = f"the id {quoted(record_id)} is not lower-case ASCII words joined by '-'"
            if len(record_id) > MAX_ID:
                message = f"the id {quoted(record_id)} has {len(record_id)} characters; it may have {MAX_ID}"
            yield Finding(place, "id", message, hint=where)
        elif not isinstance(data, dict):
            yield Finding(
                document.value_at(base), "type", "a record must be a mapping of keys and values", key_path(base)
            )
        elif record_id in collection.records:
            first = collection.records[record_id].place
            yield Finding(
                place, "duplicate-id", f"the id {quoted(record_id)} is taken by {first}", hint="choose another"
            )
        else:
            collection.records[record_id] = Record(collection, record_id, data, document, base)


def slug(text: str) -> str:
    """Return an id made from any text: lower-case ASCII words joined by ``-``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID].strip("-") or "record"


def _link(base: KnowledgeBase) -> Iterator[Finding]:
    """Make the references of all records, and their back-references."""
    by_value: dict[str, dict[str, Record]] = {}
    for record in base:
        for prop in record.kind.references:
            wanted = str(prop.schema["x-ref"])
            if wanted not in by_value:
                by_value[wanted] = _targets(base, wanted)
            unreadable = base.collections[wanted].unreadable if wanted in base.collections else ()
            for path, value in prop.values(record.data):
                if not isinstance(value, str):
                    continue  # the schema says so
                target = by_value[wanted].get(value)
                if target is None and value in unreadable:
                    continue  # what is wrong with its file has been told
                if target is None:
                    yield _unknown(record, path, value, wanted, by_value[wanted])
                    continue
                reference = Reference(record, prop, path, target)
                record.references.append(reference)
                target.referenced_by.append(reference)
        record.references.sort(key=lambda reference: _in_record_order(record.data, reference.path))


def _targets(base: KnowledgeBase, wanted: str) -> dict[str, Record]:
    """Return the records that ``x-ref: wanted`` may name, by the value that names them."""
    name, _, key = wanted.partition("#")
    if name not in base.collections:
        return {}
    return {str(record.data.get(key)) if key else record.id: record for record in base[name]}


def _in_record_order(data: Any, path: Path_) -> tuple[int, ...]:
    order = []
    for part in path:
        order.append(part if isinstance(part, int) else list(data).index(part))
        data = data[part]
    return tuple(order)


def _unknown(record: Record, path: Path_, value: str, wanted: str, targets: dict[str, Record]) -> Finding:
    name, _, key = wanted.partition("#")
    by_label = {target.label.casefold(): known for known, target in targets.items()}
    hint = (country_codes.hint(value, targets) if key == "code" else "") or did_you_mean(value, targets)
    if not hint and value.casefold() in by_label:
        hint = f"did you mean {quoted(by_label[value.casefold()])}?"
    if not hint:
        hint = (
            f"allowed: {', '.join(sorted(targets))}"
            if 0 < len(targets) <= FEW
            else f"write its record in the collection {name} first"
        )
    singular = name.removesuffix("s") if not targets else next(iter(targets.values())).kind.title.lower()
    return Finding(record.place_of(*path), "unknown-reference", f"no {singular} {quoted(value)}", key_path(path), hint)


_ACTIVE: Final = (".html", ".htm", ".xhtml", ".xht", ".xml", ".xsl", ".svg", ".js", ".mjs", ".css")
"""Files that MkDocs would copy into the site as they are, without the policy of a page."""


def _left_out(base: KnowledgeBase, content: Path, root: Path) -> Iterator[Finding]:
    """Yield a finding for each YAML file of ``content/`` that no collection includes: nothing is lost silently."""
    read = {document.path for document in base.documents}
    for folder, folders, files in os.walk(content):
        folders.sort()
        shown_folder = Path(folder).relative_to(root).as_posix()
        for name in sorted([*folders, *files]):
            shown = f"{shown_folder}/{name}"
            if os.path.islink(f"{folder}/{name}"):  # noqa: PTH114  # so much quicker for thousands of files
                hint = "put the file itself there"
                yield Finding(Place(shown), "link", "what a symbolic link leads to would be published", hint=hint)
            elif not name.isprintable():
                yield Finding(Place(shown), "left-out", "the name of the file cannot be written", hint="rename it")
            elif name.lower().endswith(_ACTIVE):
                hint = "write a chapter in Markdown, or put it below theme/assets/"
                yield Finding(Place(shown), "left-out", "a file that a browser runs is no content", hint=hint)
        for name in sorted(files):
            shown = f"{shown_folder}/{name}"
            if shown in read or not name.lower().endswith((".yml", ".yaml")):
                continue
            hint = (
                f"rename it to {quoted(PurePosixPath(name).stem + '.yml')}"
                if not name.endswith(".yml")
                else "move it into the folder of a collection"
            )
            yield Finding(
                Place(shown), "left-out", f"no collection of content/{CATALOGUE} includes this file", hint=hint
            )
