"""YAML to nodes: PyYAML's safe loader with the plain scalars of YAML 1.2; and how a text is written in YAML."""

from __future__ import annotations

import re
from typing import Final

import yaml
from yaml.nodes import MappingNode, ScalarNode

from smartguide.findings import quoted


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the base depends on libyaml
    """PyYAML's safe loader (libyaml's where it is there) with the plain scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's own way


_NUMBER_START = list("-+0123456789.")
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", _NUMBER_START),
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


NUMBER: Final = "number"
"""What findings about the way in which a number is written are called."""
LARGEST: Final = 2**53 - 1
"""The largest whole number that every program reads from JSON unchanged."""
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
_THOUSANDS: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


def number_fault(text: str) -> tuple[str, str]:
    """Return what is wrong with how a number is written, and what to do; two empty strings if it is shown as written.

    ``017``, ``+5``, ``.5``, ``1.50`` and ``1e3`` would reach a page as something else.
    """
    in_quotes = "put it in quotes if it is text"
    digits = text.lstrip("+-")
    if digits.isdigit():
        if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
            return f"{quoted(text)} is too large a number", f"at most {LARGEST:,}; {in_quotes}"
        if _INTEGER.fullmatch(text):
            return "", ""
        return f"{quoted(text)} would be read as the number {int(text)}", f"write {int(text)}, or {in_quotes}"
    shown = repr(float(text) or 0.0).removesuffix(".0")  # there is no number -0
    if shown == text:
        return "", ""
    if not re.fullmatch(r"-?[0-9.]+", shown):
        return f"{quoted(text)} cannot be read as the same number", f"write fewer digits, or {in_quotes}"
    if _THOUSANDS.fullmatch(text):
        whole = text.replace(".", "")
        return f"{quoted(text)} would be read as the number {shown}", f"write {whole} without a separator, or {shown}"
    return f"{quoted(text)} would be read as the number {shown}", f"write {shown}, or {in_quotes}"


_CUT: Final = re.compile(r"[ \t]+(#\S.*)")


def cut_off(line: str, column: int) -> str:
    """Return what is taken for a comment behind a plain text that ends in a column (from 0) of a line, and may be none.

    That is what begins with ``#`` directly before a character, as in ``Hut #1``; a comment has a blank behind it.
    """
    found = _CUT.match(line, column)
    return found[1].rstrip() if found else ""


def said_of_comment(lost: str) -> tuple[str, str]:
    """Return what is said of a text that ``cut_off`` returns, and what to do."""
    hint = "put the whole text in quotes; if it is a comment, write a blank behind #"
    return f"{quoted(lost)} is taken for a comment, and left out", hint
