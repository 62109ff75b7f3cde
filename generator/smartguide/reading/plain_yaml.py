"""YAML to nodes: PyYAML's safe loader with the plain scalars of YAML 1.2, and remedies for what it cannot parse."""

from __future__ import annotations

import re
from typing import Final

import yaml

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
    shown = repr(float(text)).removesuffix(".0")
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
