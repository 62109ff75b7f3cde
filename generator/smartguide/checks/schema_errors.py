"""What a record breaks of its schema, in words: each error with its place and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

from smartguide.checks import corrections
from smartguide.checks.corrections import as_entry, purpose
from smartguide.findings import Finding, Place, did_you_mean, key_path, quoted
from smartguide.model.kinds import Kind
from smartguide.model.properties import TYPES, Property, Schema
from smartguide.reading import Document, Path_
from smartguide.reading.plain_yaml import in_quotes

FEW: Final = 40
"""So many keys are listed in a message."""


def check(kind: Kind, document: Document, data: Any, base: Path_ = ()) -> Iterator[Finding]:
    """Yield all that ``data``, which stands at ``base`` in ``document``, breaks of the schema of a kind."""
    yield from _Errors(kind, document, data, base).explained()


class _Errors:
    """The errors of one record."""

    def __init__(self, kind: Kind, document: Document, data: Any, base: Path_) -> None:
        self.kind = kind
        self.document = document
        self.data = data
        self.base = base

    def explained(self) -> Iterator[Finding]:
        """Yield a finding for each error that is not told by another one."""
        errors = list(self.kind.validator.iter_errors(self.data))
        wrong_type = {tuple(error.instance_path) for error in errors if error.kind.name == "type"}
        for error in _without_misspelt(errors):
            path = tuple(error.instance_path)
            if error.kind.name in {"enum", "const", "constant"} and path in wrong_type:
                continue  # the type says it already
            yield from self._explain(error)

    def _explain(self, error: Any) -> Iterator[Finding]:  # noqa: C901, PLR0912  # one case for each keyword
        path: Path_ = tuple(error.instance_path)
        declared = self.kind.property_at(path)
        wanted = declared.schema if declared else {}
        known_keys = declared.properties if declared else {}
        value = _value_at(self.data, path)
        said = _message(self.kind, error.schema_path, "" if known_keys else str(wanted.get("x-message", "")))

        def finding(message: str, hint: str = "", *, at: Path_ = path, place: Place | None = None) -> Finding:
            rule = _RULES.get(error.kind.name, "wrong-form")
            return Finding(place or self._value_place(at), rule, message, key_path(at), hint)

        match error.kind.name:
            case "additionalProperties" | "unevaluatedProperties":
                for name in error.kind.unexpected:
                    hint = self._known_key(name, known_keys, path)
                    yield finding(f"unknown key {quoted(name)}", hint, place=self._key_place((*path, name)))
            case "required":
                name = str(error.kind.property)
                missing = known_keys.get(name)
                if known_keys and missing is None:
                    return  # no key of that name can be written: the schema is wrong, and that is told there
                yield finding(f"the key {quoted(name)} is missing", said or purpose(missing.schema if missing else {}))
            case "falseSchema":
                yield finding("does not apply here", said or "take it out", place=self._key_place(path))
            case "type":
                yield finding(*self._wrong_type(error.kind.types, value, path, declared))
            case "enum" | "const" | "constant":
                options = wanted.get("enum", [wanted.get("const")])
                yield finding(f"{quoted(value)} is not allowed", said or corrections.allowed(value, options))
            case "pattern" | "format":
                hint = corrections.to_fit(value, wanted) or said or purpose(wanted)
                yield finding(f"{quoted(value)} does not have the right form", hint)
            case "minItems" | "minLength" | "minProperties":
                yield finding(*_too_short(value, error.kind.limit, said, declared))
            case "maxLength":
                yield finding(f"is too long ({len(value):,} characters)", said or f"at most {error.kind.limit:,}")
            case "maxItems" | "maxProperties":
                yield finding(f"holds too many entries ({len(value):,})", said or f"at most {error.kind.limit:,}")
            case "uniqueItems":
                yield from self._repeated(value, path, said, declared)
            case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
                limits = (
                    ("at least", "minimum"),
                    ("at most", "maximum"),
                    ("more than", "exclusiveMinimum"),
                    ("less than", "exclusiveMaximum"),
                )
                known = ", ".join(f"{word} {wanted[limit]}" for word, limit in limits if limit in wanted)
                yield finding(f"{quoted(value)} is out of range", said or known)
            case "multipleOf":
                message, hint = _no_multiple(value, error.kind.multiple_of)
                yield finding(message, said or hint)
            case "propertyNames":
                name = str(error.kind.error.instance)
                hint = said or _message(self.kind, error.schema_path) or purpose(wanted)
                yield finding(f"{quoted(name)} cannot be a key here", hint, place=self._key_place((*path, name)))
            case "anyOf" | "oneOf" | "oneOfNotValid" | "oneOfMultipleValid":
                yield from self._of_alternatives(error, finding("", said), path)
            case _:
                yield finding(*_other_fault(said, error.kind.name, wanted))

    def _value_place(self, path: Path_) -> Place:
        return self.document.value_at((*self.base, *path))

    def _key_place(self, path: Path_) -> Place:
        return self.document.key_at((*self.base, *path))

    def _written(self, path: Path_, value: Any) -> str:
        """Return a value as the record has it: ``01.2018``, where the number is 1.2018."""
        text = self.document.written_at((*self.base, *path))
        return str(value) if text is None else text

    def _known_key(self, name: str, known: Iterable[str], path: Path_) -> str:
        """Say what to write for an unknown key: one that is spelt alike, or where the key belongs."""
        if hint := did_you_mean(name, known):
            return hint
        elsewhere = [prop for prop in self.kind.properties if prop.path[-1] == name and len(prop.path) > 1]
        if elsewhere and not path:
            parent = ".".join(elsewhere[0].path[:-1]).replace(".[]", "")
            return f"it belongs to {quoted(parent)}: indent it below that"
        if name in self.kind.root.properties and path:
            return "it belongs to the record as a whole: begin the line where the other keys of the record begin"
        if not path and isinstance(value := self.data.get(name), dict):
            for prop in self.kind.root.properties.values():
                entry = prop.schema.get("additionalProperties")
                if isinstance(entry, dict) and "required" in entry and value.keys() >= set(entry["required"]):
                    return f"it belongs to {quoted(prop.name)}: indent it below that"
        names = list(known)
        return f"allowed: {', '.join(names)}" if 0 < len(names) <= FEW else "the field reference lists all keys"

    def _wrong_type(self, types: list[str], value: Any, path: Path_, declared: Property | None) -> tuple[str, str]:
        needs = " or ".join(TYPES.get(name, name) for name in types)
        shown = self._written(path, value)
        wanted = declared.schema if declared else {}
        match types[0], value:
            case _, None:
                return f"must be {needs}, not empty", _write_something(declared)
            case "string", bool() | int() | float():
                described = shown if isinstance(value, bool) else f"the number {shown}"
                fitting = shown if corrections.fits(shown, wanted) else ""
                hint = f"put it in quotes: {in_quotes(fitting)}" if fitting else corrections.to_fit(shown, wanted)
                return f"must be {needs}, not {described}", hint or purpose(wanted)
            case "string", dict() if len(value) == 1 and not isinstance(next(iter(value.values())), dict | list):
                ((key, rest),) = value.items()
                text = f"{key}: {self._written((*path, key), rest)}"
                hint = f"put the whole text in quotes: {in_quotes(text)}" if len(text) <= LONGEST else _IN_QUOTES
                return f"must be {needs}; the ': ' in it makes a key of what stands before it", hint
            case "string", dict() | list():
                return (
                    f"must be {needs}, not {_described(value)}",
                    "write one text; put it in quotes if it has brackets",
                )
            case "array", _:
                return f"must be {needs}, not {_described(value)}", corrections.to_list(value, declared)
            case "boolean", str() | int():
                meant = corrections.BOOLEANS.get(str(value).casefold(), "")
                hint = f"write {meant}, without quotes" if meant else "write true or false, without quotes"
                return f"must be {needs}, not {_described(value)}", hint
            case (("integer" | "number"), str()):
                if value.isdecimal() and len(value) > corrections.MOST_DIGITS:
                    return (
                        f"must be {needs}; {quoted(value)} is larger than any that can be read",
                        "write a smaller one",
                    )
                correct = corrections.to_whole_number if types[0] == "integer" else corrections.to_number
                return f"must be {needs}, not the text {quoted(value)}", correct(value)
            case "integer", float():
                return f"must be {needs}, not {shown}", corrections.to_whole_number(shown)
            case "object", str() | int() | float() if declared is not None:
                in_list = bool(path) and isinstance(path[-1], int)
                in_brackets = in_list and self._key_place(path[:-1]).line == self._value_place(path[:-1]).line
                hint = as_entry(shown, declared, in_list=in_list, in_brackets=in_brackets)
                return f"must be {needs}, not the text {quoted(shown)}", hint
            case "object", list() if declared is not None and not path:
                lists = [name for name, child in declared.properties.items() if "array" in child.types]
                hint = f"write '{lists[0]}:' on a line above the list" if len(lists) == 1 else purpose(wanted)
                return f"must be {needs}, not a list", hint
        return f"must be {needs}, not {_described(value)}", purpose(wanted)

    def _repeated(self, value: Any, path: Path_, said: str, declared: Property | None) -> Iterator[Finding]:
        """Tell each entry of a list that stands there again, unless a rule tells it by one of its values."""
        item = declared.item if declared else None
        unique = {one.path[-1] for one in item.declared() if one.schema.get("x-unique") == "list"} if item else set()
        first: list[tuple[Any, int]] = []
        for number, entry in enumerate(value if isinstance(value, list) else ()):
            earlier = next((at for one, at in first if one == entry and type(one) is type(entry)), None)
            if earlier is None:
                first.append((entry, number))
            elif not (isinstance(entry, dict) and unique & entry.keys()):
                at = (*path, number)
                line = self._value_place((*path, earlier)).line
                shown = quoted(entry) if isinstance(entry, str | int | float) else "this entry"
                message = f"{shown} is in the list already (line {line})"
                yield Finding(self._value_place(at), "repeated", message, key_path(at), said or "delete one of the two")

    def _of_alternatives(self, error: Any, blank: Finding, path: Path_) -> Iterator[Finding]:
        """Explain a value for which none of several schemas holds, or more than one."""
        told = Finding(blank.place, blank.rule, "", blank.key)
        branches: list[list[Any]] = list(getattr(error.kind, "context", ()))
        if blank.hint:
            yield _with(told, blank.hint, "")
            return
        if error.kind.name == "oneOfMultipleValid" or not branches:
            names = _required_of(self.kind, error.schema_path)
            both = f"has more than one of the keys {', '.join(names)}" if names else "fits more than one of the forms"
            yield _with(told, both, "keep one" if names else "see the field reference")
            return
        here = len(path)
        if all(one.kind.name == "required" and len(one.instance_path) == here for branch in branches for one in branch):
            names = list(dict.fromkeys(str(one.kind.property) for branch in branches for one in branch))
            yield _with(told, f"one of the keys {', '.join(names)} is missing", "write one of them")
            return
        fitting = [
            branch
            for branch in branches
            if not any(one.kind.name == "type" and len(one.instance_path) == here for one in branch)
        ]
        if not fitting:
            types = [
                name for branch in branches for one in branch if one.kind.name == "type" for name in one.kind.types
            ]
            declared = self.kind.property_at(path)
            message, hint = self._wrong_type(list(dict.fromkeys(types)), _value_at(self.data, path), path, declared)
            yield Finding(told.place, "wrong-type", message, told.key, hint)
            return
        for one in _without_misspelt(min(fitting, key=len)):
            yield from self._explain(one)


def _without_misspelt(errors: list[Any]) -> Iterator[Any]:
    """Yield the errors but for keys that are missing because they are misspelt, which is told of the unknown key."""
    unexpected = {
        tuple(one.instance_path): one.kind.unexpected for one in errors if one.kind.name == "additionalProperties"
    }
    for one in errors:
        found = unexpected.get(tuple(one.instance_path), ())
        if one.kind.name != "required" or not did_you_mean(one.kind.property, found):
            yield one


def _with(finding: Finding, message: str, hint: str) -> Finding:
    return Finding(finding.place, finding.rule, message, finding.key, hint)


def _required_of(kind: Kind, way: Iterable[str | int]) -> list[str]:
    """Return the keys that the alternatives at a place of a schema ask for, if that is all that they ask."""
    node: Any = kind.schema
    for part in way:
        if isinstance(node, dict):
            target = kind.resolve(node)
            node = target if part == "$ref" else node.get(str(part), (target or {}).get(str(part)))
        elif isinstance(node, list) and isinstance(part, int):
            node = node[part]
    found = [one.get("required") if isinstance(one, dict) and set(one) == {"required"} else None for one in node or ()]
    return [name for names in found for name in names or ()] if all(found) else []


def _message(kind: Kind, schema_path: Iterable[str | int], own: str = "") -> str:
    """Return the ``x-message`` for a keyword that failed; if there is none, ``own``, that of the value itself.

    The path to a keyword of a shared part begins in another file, where nothing is looked up.

    It is that of the innermost part of the schema on the way to the keyword. The message of an object explains how its
    keys go together (``oneOf``, ``if``), and nothing else of it: not a key that is missing, and no value below. What
    holds under a condition is explained as a whole.
    """
    node: Any = kind.schema
    said, is_conditional = "", False
    for part in schema_path:
        if isinstance(node, dict) and isinstance(part, str):
            target = kind.resolve(node)
            if target is not None and part not in node:
                said = str(node.get("x-message", said))
                node = target
            elif target is not None and part == "$ref":
                said = str(node.get("x-message", said))
                node = target
                continue
            mine = str(node.get("x-message", ""))
            if mine and (is_conditional or "properties" not in node or part in _COMBINING):
                said = mine
            if part in _STEPS and not is_conditional:
                said = ""
            is_conditional = is_conditional or part in {"then", "else"}
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            break
    return said or own


LONGEST: Final = 60
"""So long a text may be for a hint to show it as it is to be written."""
_IN_QUOTES: Final = "put the whole text in quotes"
_STEPS: Final = frozenset(
    {"properties", "items", "additionalProperties", "patternProperties", "prefixItems", "contains"}
)
"""Keywords that lead from a value to one inside it."""
_COMBINING: Final = frozenset({"oneOf", "anyOf", "allOf", "not", "if", "then", "else", "dependentRequired"})
"""Keywords by which the keys of an object depend on each other."""
_RULES: Final = {
    "additionalProperties": "unknown-key",
    "unevaluatedProperties": "unknown-key",
    "required": "missing-key",
    "falseSchema": "does-not-apply",
    "type": "wrong-type",
    "enum": "not-allowed",
    "const": "not-allowed",
    "constant": "not-allowed",
    "pattern": "wrong-form",
    "format": "wrong-form",
    "propertyNames": "wrong-form",
    "minItems": "empty",
    "minLength": "empty",
    "minProperties": "empty",
    "maxLength": "too-long",
    "maxItems": "too-long",
    "maxProperties": "too-long",
    "uniqueItems": "repeated",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "exclusiveMinimum": "out-of-range",
    "exclusiveMaximum": "out-of-range",
}
"""The names that the findings of the schemas' keywords carry."""


def _described(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _no_multiple(value: float, of: float) -> tuple[str, str]:
    below = math.floor(value / of) * of
    return f"{quoted(value)} is not a multiple of {of:g}", f"write {below:g} or {below + of:g}"


def _other_fault(said: str, keyword: str, wanted: Schema) -> tuple[str, str]:
    if said:
        return said, ""
    return f"breaks what the schema asks with '{keyword}'", purpose(wanted) or "see the field reference"


def _too_short(value: Any, limit: int, said: str, declared: Property | None) -> tuple[str, str]:
    if len(value) == 0:
        return "must not be empty", said or _write_something(declared)
    what = "characters" if isinstance(value, str) else "entries"
    return f"is too short ({len(value)} {what})", said or f"at least {limit} {what}"


def _write_something(declared: Property | None) -> str:
    is_required = declared is not None and (declared.is_required or not declared.path)
    return "write something" if is_required else "write something or leave the key out"


def _value_at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]  # the path comes from the validator, so it exists
    return data
