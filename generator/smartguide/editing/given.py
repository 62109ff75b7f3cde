"""What a person types for a property, as a value of the type that the schema wants."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from smartguide.checks.corrections import BOOLEANS
from smartguide.findings import did_you_mean, key_path, quoted
from smartguide.model.properties import Property
from smartguide.reading import Path_
from smartguide.reading.plain_yaml import Loader

_STEP: Final = re.compile(r"(?P<key>[^.\[\]]+)|\[(?P<number>[0-9]*)\]")
_INTEGER: Final = re.compile(r"-?[0-9]+")
_NUMBER: Final = re.compile(r"-?[0-9]+\.[0-9]+")


class WrongFieldError(Exception):
    """A field was named that the kind does not have, or in a way that cannot be understood."""


def typed(text: str, declared: Property) -> Any:
    """Return what was typed for a single value: a number or true where the schema wants one, otherwise the text.

    What cannot be such a value stays a text, so that the check says what is wrong with it.
    """
    for option in declared.schema.get("enum", ()):
        if str(option).casefold() == text.casefold():
            return option
    types = declared.types
    if "boolean" in types and (meant := BOOLEANS.get(text.casefold())):
        return meant == "true"
    if types & {"integer", "number"} and "string" not in types:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return float(text)
    return text


def with_field(data: dict[str, Any], name: str, text: str, root: Property) -> Path_:
    """Put what was given for a field, as in ``stages[0].hut``, into the data of a record, and return its path.

    ``stages[].hut`` begins a new entry of a list; so does ``stages`` by itself, with the one key that an entry needs. A
    list or a mapping may be given as in YAML: ``[a, b]`` or ``{hut: a}``. Raises WrongFieldError.
    """
    steps = list(_STEP.finditer(name))
    if not steps or "".join(step[0] for step in steps) != name.replace(".", ""):
        raise WrongFieldError(f"{quoted(name)} is no name of a field; write it as in: title, links[0].url")
    declared, node, path = root, data, ()
    here: Path_ = path
    for number, step in enumerate(steps):
        is_last = number == len(steps) - 1
        part: str | int = step["key"] or 0
        if step["key"] is None:
            if not isinstance(node, list):
                raise WrongFieldError(f"{key_path(here)} is no list")
            part = min(int(step["number"] or len(node)), len(node))
        below = declared.below(part)
        if below is None or (isinstance(part, str) and part not in declared.properties):
            known = list(declared.properties)
            hint = did_you_mean(str(part), known) or (f"there are: {', '.join(known)}" if known else "")
            message = f"no field {quoted(key_path((*here, part)))}"
            raise WrongFieldError(f"{message} ({hint})" if hint else message)
        here = (*here, part)
        if is_last:
            return _put(node, part, text, below, here)
        node = _container(node, part, below)
        declared = below
    return here


def _put(node: Any, part: str | int, text: str, declared: Property, path: Path_) -> Path_:
    """Put a value into a mapping or a list; a value for a list is one more entry of it."""
    value = _value(text, declared)
    if declared.multiple and not isinstance(value, list):
        entries = _container(node, part, declared)
        item = declared.item
        entries.append(as_item(_value(text, item) if item else value, item))
        return (*path, len(entries) - 1)
    if isinstance(node, list) and isinstance(part, int):
        node[part:] = [as_item(value, declared), *node[part + 1 :]]
    else:
        node[part] = value
    return path


def _container(node: Any, part: str | int, declared: Property) -> Any:
    """Return the mapping or the list at a place, which is made if it is not there."""
    empty: Any = [] if declared.multiple else {}
    if isinstance(node, list) and isinstance(part, int):
        if part == len(node):
            node.append(empty)
        return node[part]
    return node.setdefault(part, empty)


def as_item(value: Any, item: Property | None) -> Any:
    """Return a value as the entry of a list: a single one becomes the one key that a mapping needs."""
    if item is None or "object" not in item.types or not isinstance(value, str):
        return value
    needed = [prop for prop in item.properties.values() if prop.is_required]
    return {needed[0].path[-1]: typed(value, needed[0])} if len(needed) == 1 else value


def _value(text: str, declared: Property) -> Any:
    """Return a value; one that begins with a bracket is read as YAML where the schema takes a list or a mapping."""
    is_nested = declared.multiple or "object" in declared.types
    if is_nested and text.lstrip()[:1] in {"[", "{"}:
        loader = Loader(text)
        try:
            read = loader.get_single_data()
        except yaml.YAMLError as error:
            said = str(error).splitlines()[0]
            raise WrongFieldError(f"{quoted(text)} cannot be read as YAML: {said}") from error
        finally:
            loader.dispose()
        return [as_item(one, declared.item) for one in read] if isinstance(read, list) else read
    return typed(text, declared)


def at(data: Any, path: Path_) -> Any:
    """Return the value at a path."""
    for part in path:
        data = data[part]
    return data


def put(data: Any, path: Path_, value: Any) -> None:
    """Put a value at a path: of a list, in the place of an entry or behind the last one."""
    node = at(data, path[:-1])
    if isinstance(node, list) and isinstance(path[-1], int):
        node[path[-1] : path[-1] + 1] = [value]
    else:
        node[path[-1]] = value


def take(data: Any, path: Path_) -> None:
    """Take the value at a path away."""
    del at(data, path[:-1])[path[-1]]
