"""YAML to nodes: PyYAML's safe loader with the plain scalars of YAML 1.2, and remedies for what it cannot parse."""

from __future__ import annotations

import re

import yaml


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


def syntax_hint(problem: str, line: str, column: int) -> str:
    """Return what to do about a problem of the parser; ``line`` is the text of its line, ``column`` counts from 0."""
    here = line[column : column + 1]
    if here == "\t" or line.startswith("\t"):
        return "indent with spaces, not with tabs"
    if "another document" in problem:
        return "a file holds one record; delete the line with ---"
    if "mapping values are not allowed" in problem:
        return "put the text in quotes if it contains ': '"
    if here in set("@`%"):
        return f"put text that begins with {here} in quotes"
    if "alias" in problem or "anchor" in problem:
        return "put text that begins with * or & in quotes"
    if "did not find expected" in problem or "could not find expected" in problem:
        return "check the indentation, the quotes and the colon after the key, here and on the line above"
    if "quoted scalar" in problem or "unexpected end of stream" in problem:
        return "a quote that opens must close"
    return ""
