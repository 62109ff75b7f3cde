"""YAML to nodes: PyYAML's safe loader with the plain scalars of YAML 1.2; and how a text is written in YAML."""

from __future__ import annotations

import re

import yaml
from yaml.nodes import MappingNode, ScalarNode


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the base depends on libyaml
    """PyYAML's safe loader (libyaml's where it is there) with the plain scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's own way


_NUMBER_START = list("-+0123456789.")
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]{1,18}$", _NUMBER_START),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?$", _NUMBER_START),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def in_quotes(text: str) -> str:
    """Return a text as it can stand in a record, in quotes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def written(text: str) -> str:
    """Return a text as it can stand in a record: in quotes if it would be read as something else without them."""
    loader = Loader(f"[k: {text}]" if "," not in text else f"k: {text}")
    try:
        root = loader.get_single_node()
    except yaml.YAMLError:
        return in_quotes(text)
    finally:
        loader.dispose()
    node = root.value[0] if not isinstance(root, MappingNode) else root
    value = node.value[0][1] if isinstance(node, MappingNode) else None
    if isinstance(value, ScalarNode) and value.value == text and value.tag == "tag:yaml.org,2002:str":
        return in_quotes(text) if value.style else text
    return in_quotes(text)
