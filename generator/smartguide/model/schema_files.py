"""The folder of schemas: one kind of record each, in ``<kind>.schema.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from smartguide.findings import Finding, Place
from smartguide.model.kinds import Kind
from smartguide.model.properties import Schema
from smartguide.reading import is_left_alone

SUFFIX: Final = ".schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
OWN: Final = Path(__file__).parents[1] / "schemas"
"""The folder of the generator's own schemas: of the catalogue, of front matter, of link exceptions."""


@dataclass(frozen=True)
class Kinds:
    """All kinds of a folder, by name, and what is wrong with their schemas."""

    folder: Path
    by_name: dict[str, Kind] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def failed(self) -> set[str]:
        """The names of the kinds whose schemas cannot be used; what is wrong with them is among the findings."""
        return {path.name.removesuffix(SUFFIX) for path in paths(self.folder)} - set(self.by_name)


def paths(folder: Path) -> list[Path]:
    """Return the files of the schemas in a folder, in order; files of editors are none."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if not is_left_alone(path.name))


def load(folder: Path) -> Kinds:
    """Load every ``<kind>.schema.json`` of a folder; a schema that cannot be used is a finding, not an exception."""
    kinds = Kinds(folder)
    schemas: dict[str, Schema] = {}
    for path in paths(folder):
        shown = f"{folder.name}/{path.name}"
        try:
            schema = _read(path, folder)
            jsonschema_rs.meta.validate(schema)
        except json.JSONDecodeError as error:
            kinds.findings.append(
                Finding(Place(shown, error.lineno, error.colno), "schema", f"not readable as JSON: {error.msg}")
            )
        except (ValueError, OSError, RecursionError, jsonschema_rs.ReferencingError) as error:
            kinds.findings.append(Finding(Place(shown), "schema", f"not a JSON Schema: {str(error).splitlines()[0]}"))
        else:
            schemas[path.name] = schema
            if path.name != str(schema.get("$id", path.name)).rsplit("/", 1)[-1]:
                place = Place(shown, *_position(path, '"$id"'))
                hint = f"end it with '{path.name}', or leave it out"
                kinds.findings.append(
                    Finding(place, "schema", f"the $id is that of another file: {schema['$id']}", hint=hint)
                )
    # A schema without an $id stands beside the others, so that its references to them are found.
    folder_id = next((str(one["$id"]).rsplit("/", 1)[0] for one in schemas.values() if "$id" in one), "schema:")
    schemas = {name: {"$id": f"{folder_id}/{name}", **schema} for name, schema in schemas.items()}
    resources = [(schema["$id"], schema) for schema in schemas.values()]
    try:
        registry = jsonschema_rs.Registry(resources)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        kinds.findings.append(Finding(Place(folder.name), "schema", str(error).splitlines()[0]))
        return kinds
    resolve = _Resolver(schemas)
    for name, schema in schemas.items():
        try:
            validator = jsonschema_rs.Draft202012Validator(
                schema,
                registry=registry,
                pattern_options=jsonschema_rs.RegexOptions(),  # linear in the text: no pattern can be made to hang
                offline=True,
                validate_formats=True,
            )
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            place = Place(f"{folder.name}/{name}")
            kinds.findings.append(Finding(place, "schema", str(error).splitlines()[0]))
            continue
        kind = name.removesuffix(SUFFIX)
        kinds.by_name[kind] = Kind(kind, schema, validator, resolve)
    return kinds


def _read(path: Path, folder: Path) -> Schema:
    """Return a schema. Raises ValueError if it is none that we can use; another dialect would be fetched."""
    if not path.is_file():
        raise ValueError("no regular file")
    if not path.resolve().is_relative_to(folder.parent.resolve()):
        raise ValueError("a link that leads out of the project")
    schema = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(schema, dict):
        raise ValueError("it must be a mapping of keywords")  # noqa: TRY004  # reported like everything else
    if schema.setdefault("$schema", DIALECT) != DIALECT:
        raise ValueError(f"its $schema must be {DIALECT}")
    return schema


def _position(path: Path, text: str) -> tuple[int, int]:
    """Return the line and column at which a text first stands in a file."""
    before = path.read_text(encoding="utf-8-sig").partition(text)[0]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


class _Resolver:
    """Follows the ``$ref`` of any schema of a folder, to a place in the same file or in another one."""

    def __init__(self, files: dict[str, Schema]) -> None:
        self._files = files
        self._file_of: dict[int, Schema] = {}
        for schema in files.values():
            self._note(schema, schema)

    def _note(self, node: Any, file: Schema) -> None:
        """Note which file each schema stands in; ``files`` keeps them all, so that no identity is given twice."""
        if isinstance(node, dict):
            self._file_of[id(node)] = file
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            self._note(child, file)

    def __call__(self, schema: Schema) -> Schema | None:
        """Return what the ``$ref`` of a schema leads to; None if it has none, or one that leads nowhere."""
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return None
        name, _, fragment = reference.partition("#")
        target: Any = self._files.get(name.rsplit("/", 1)[-1]) if name else self._file_of.get(id(schema))
        for part in filter(None, fragment.split("/")):
            key = part.replace("~1", "/").replace("~0", "~")
            target = target.get(key) if isinstance(target, dict) else None
        return target if isinstance(target, dict) else None
