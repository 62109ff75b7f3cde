"""The folder of schemas: one kind of record each, in ``<kind>.schema.json``."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from smartguide.findings import Finding, Place, key_path
from smartguide.model import schema_faults
from smartguide.model.kinds import Kind
from smartguide.model.properties import Schema
from smartguide.reading import Document, Path_, Reader, is_left_alone

RULE: Final = "schema"
"""What findings about schemas are called."""
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
    """Load every ``<kind>.schema.json`` of a folder; a schema that cannot be used is a finding, not an exception.

    A schema that refers to one which cannot be used cannot be used either; that is not said of it.
    """
    kinds = Kinds(folder)
    read = {path.name: _read(path, kinds) for path in paths(folder)}
    wrong = {name for name, schema in read.items() if schema is None}
    missing: dict[str, int] = {}
    for name, schema in read.items():
        if schema is not None and (faults := list(_faults(folder, name, schema, read))):
            wrong.add(name)
            for one in faults:
                first = missing.setdefault(one.message, len(kinds.findings))
                if one.key.endswith("$ref") and first < len(kinds.findings):  # told where it is first asked for
                    before = kinds.findings[first]
                    kinds.findings[first] = replace(before, consequences=before.consequences + 1)
                else:
                    kinds.findings.append(one)
    while further := {
        name
        for name, schema in read.items()
        if schema is not None and name not in wrong and schema_faults.names_of_files(schema) & wrong
    }:
        wrong |= further
    schemas = {name: schema for name, schema in read.items() if schema is not None and name not in wrong}
    # A schema without an $id stands beside the others, so that its references to them are found.
    folder_id = next((str(one["$id"]).rsplit("/", 1)[0] for one in schemas.values() if "$id" in one), "schema:")
    schemas = {name: {"$id": f"{folder_id}/{name}", **schema} for name, schema in schemas.items()}
    try:
        registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in schemas.values()])
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        kinds.findings.append(Finding(Place(folder.name), RULE, str(error).splitlines()[0], hint="see json-schema.org"))
        return kinds
    resolve = _Resolver(schemas)

    def validator_of(schema: Schema) -> Any:
        return jsonschema_rs.Draft202012Validator(
            schema,
            registry=registry,
            pattern_options=jsonschema_rs.RegexOptions(),  # linear in the text: no pattern can be made to hang
            offline=True,
            validate_formats=True,
        )

    for name, schema in schemas.items():
        try:
            validator = validator_of(schema)
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            place = Place(f"{folder.name}/{name}")
            kinds.findings.append(Finding(place, RULE, str(error).splitlines()[0], hint="see json-schema.org"))
            continue
        kind = name.removesuffix(SUFFIX)
        part = functools.partial(_part, schema, validator_of)
        kinds.by_name[kind] = Kind(kind, schema, validator, resolve, part)
    return kinds


def _read(path: Path, kinds: Kinds) -> Schema | None:
    """Return a schema; None if the file holds none, which is then a finding. Another dialect would be fetched."""
    shown = f"{kinds.folder.name}/{path.name}"

    def wrong(message: str, hint: str = "", place: Place | None = None) -> None:
        kinds.findings.append(Finding(place or Place(shown), RULE, message, hint=hint))

    try:
        if not path.is_file():
            wrong("not a JSON Schema: no regular file", "delete it, or write a schema")
            return None
        if not path.resolve().is_relative_to(kinds.folder.parent.resolve()):
            wrong("not a JSON Schema: a link that leads out of the project", "put the file itself there")
            return None
        text = path.read_text(encoding="utf-8-sig")
        schema = json.loads(text, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        wrong(f"not readable as JSON: {error.msg}", _json_hint(text, error), Place(shown, error.lineno, error.colno))
    except _RepeatedError as error:
        # JSON is YAML, near enough to say where a key stands twice; where it is not (tabs), the key says enough.
        twice = [one for one in _document(path).findings if one.rule == "duplicate-key"]
        kinds.findings.extend(twice)
        if not twice:
            key = json.dumps(error.key)
            message = f"the key {key} stands twice in one part"
            wrong(message, "keep one of them", Place(shown, *_position(text, key, last=True)))
    except UnicodeDecodeError:
        wrong("not readable as text in UTF-8", "save the file as UTF-8")
    except (ValueError, OSError, RecursionError) as error:
        wrong(f"not a JSON Schema: {str(error).splitlines()[0]}", "correct the file, or delete it")
    else:
        if not isinstance(schema, dict):
            wrong("not a JSON Schema: it must be a mapping of keywords", "begin it with {", Place(shown, 1, 1))
            return None
        if schema.setdefault("$schema", DIALECT) != DIALECT:
            place = Place(shown, *_position(text, '"$schema"'))
            wrong(f"not a JSON Schema: its $schema must be {DIALECT}", "write that, or take it out", place)
            return None
        if path.name != str(schema.get("$id", path.name)).rsplit("/", 1)[-1]:
            hint = f"end it with '{path.name}', or leave it out"
            place = Place(shown, *_position(text, '"$id"'))
            message = f"the $id is that of another file: {schema['$id']}"
            kinds.findings.append(Finding(place, RULE, message, hint=hint))
        return schema
    return None


def _faults(folder: Path, name: str, schema: Schema, read: dict[str, Schema | None]) -> Iterator[Finding]:
    """Yield what makes a schema unusable, each on its line."""
    try:
        found = [
            *schema_faults.of_values(schema, _meta()),
            *schema_faults.of_patterns(schema),
            *schema_faults.of_references(schema, name, read),
        ]
    except RecursionError:
        yield Finding(Place(f"{folder.name}/{name}"), RULE, "is nested too deeply", hint="split it with $ref")
        return
    document = _document(folder / name) if found else None
    for fault in found:
        place = document.key_at(fault.way) if document else Place(f"{folder.name}/{name}")
        yield Finding(place, RULE, fault.message, key_path(fault.way), fault.hint)


def _document(path: Path) -> Document:
    """Return a schema as it is read from YAML, which JSON is near enough, for its positions."""
    return Reader(path.parents[1], path.parent).read(path)


def _part(schema: Schema, validator_of: Callable[[Schema], Any], way: Path_) -> Any:
    """Return what checks a value against the part of a schema at a path."""
    part: Any = schema
    for step in way:
        part = part[step]
    if "$ref" in json.dumps(part):  # it may refer to the same file, so it is reached from there
        pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in way)
        return validator_of({"$ref": f"{schema['$id']}#{pointer}"})
    return validator_of({"$schema": DIALECT, **part})


@functools.cache
def _meta() -> Any:
    """Return the validator of schemas."""
    return jsonschema_rs.Draft202012Validator({"$ref": DIALECT})


class _RepeatedError(Exception):
    """A key stands twice in one mapping, of which a reader would lose the first."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [key for key, _ in pairs]
        raise _RepeatedError(next(key for key in names if names.count(key) > 1))
    return made


def _json_hint(text: str, error: json.JSONDecodeError) -> str:
    """Say what to do about a text that is no JSON."""
    rest = text[error.pos :].lstrip()
    before = text[: error.pos].rstrip()
    if not text.strip():
        return "write a schema, or delete the file"
    if rest.startswith(("//", "/*", "#")):
        return "JSON has no comments; write it as the value of $comment"
    if rest.startswith(("}", "]")) or before.endswith(","):
        return "delete the comma before it" if before.endswith(",") and rest[:1] in "}]" else "write a value here"
    if rest.startswith(("'", "\u201c", "\u201d", "\u201e")):
        return 'use straight double quotes: "'
    if "delimiter" in error.msg:
        return "a comma, a colon or a closing bracket is missing before it"
    return "check the quotes, commas and brackets here and on the line above"


def _position(text: str, wanted: str, *, last: bool = False) -> tuple[int, int]:
    """Return the line and column at which a text first (or last) stands in another one."""
    before = text.rpartition(wanted)[0] if last else text.partition(wanted)[0]
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
