"""The front matter of chapters: whether MkDocs finds it, reads in it what stands there, and can use that.

What MkDocs cannot read it publishes as text, and over values of another form it falls. What a chapter may hold says
``front-matter.schema.json``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.nodes import CollectionNode, Node, ScalarNode

from smartguide.checks import schema_errors
from smartguide.findings import Finding, Place, quoted
from smartguide.model import schema_files
from smartguide.model.kinds import Kind
from smartguide.reading import Document, Reader, composed

FRONT_MATTER: Final = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""Front matter as MkDocs finds it at the beginning of a chapter."""
_MISSED: Final = re.compile(
    r"(?:\s|<!--(?:(?!-->).)*-->)*-{3}[ \t]*\n"
    r"(?:|(?:[ \t]*(?:\#[^\n]*)?\n)+(?=[^\n]*\n(?:[^\n]*\n)*?-{3}[ \t]*\n))"
    r"[\"']?[\w-]+[\"']?[ \t]*:",
    re.DOTALL,
)
"""What a person means as front matter, where MkDocs finds none: below an empty line or a comment, or without an end.

If it begins with comments or empty lines, it is only taken for front matter if it has an end: it may be a heading or
a text below a line across the page.
"""
_BARE: Final = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
"""A first line that MkDocs takes for front matter of an older form, and does not show."""
_YAML_1_1: Final = yaml.SafeLoader("")
"""How MkDocs reads plain words: ``no`` is false to it, and ``2014-10-01`` a date."""
_TAKEN_FOR: Final = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}


def check(reader: Reader, path: Path, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the front matter of the chapter at ``path``, whose text is ``text``."""
    place = Place(reader.shown(path), 1, 1)
    if found := FRONT_MATTER.match(text):
        yield from _check_yaml(reader.embedded(path, "\n" + found["yaml"]))  # the lines are those of the chapter
    elif _MISSED.match(text):
        hint = "begin it on the first line with ---, and end it with a line ---"
        yield Finding(place, "front-matter", "the front matter would be shown on the page as text", hint=hint)
    elif _BARE.match(text):
        hint = "put it between two lines ---, or begin the page with a heading"
        yield Finding(place, "front-matter", "the line is taken for front matter, and is not shown", hint=hint)


def values(path: Path) -> dict[str, Any]:
    """Return the front matter of a chapter in which nothing is wrong, as an engine reads it."""
    found = FRONT_MATTER.match(composed(path.read_text(encoding="utf-8-sig")))
    read = yaml.safe_load(found["yaml"]) if found else None
    return read if isinstance(read, dict) else {}


def _check_yaml(document: Document) -> Iterator[Finding]:
    for finding in document.findings:
        if finding.rule == "empty":
            hint = "write a title, or delete it with its two lines ---"
            yield replace(finding, message="the front matter is empty, and would be shown on the page", hint=hint)
        else:
            yield finding
    if document.findings:
        return
    if includes := [node for node in _nodes(document.root, set()) if node.tag == "!include"]:
        message, hint = "front matter cannot have an !include", "write the value itself"
        yield from (Finding(document.place(node), "tag", message, hint=hint) for node in includes)
        return
    wrong = list(schema_errors.check(_kind(), document, document.data))
    told = {finding.place for finding in wrong}
    yield from wrong
    yield from (finding for finding in _misread(document) if finding.place not in told)


def _misread(document: Document) -> Iterator[Finding]:
    """Yield the words that are text to the reader of the records, and something else to MkDocs, by YAML 1.1."""
    for node in _nodes(document.root, set()):
        if isinstance(node, ScalarNode) and not node.style and node.tag == "tag:yaml.org,2002:str":
            tag: str = _YAML_1_1.resolve(ScalarNode, node.value, (True, False))  # type: ignore[no-untyped-call]
            taken = tag.rpartition(":")[2]
            if taken != "str":
                message = f"MkDocs takes {quoted(node.value)} for {_TAKEN_FOR.get(taken, 'something else than text')}"
                yield Finding(document.place(node), "wrong-type", message, hint="put it in quotes")


def _nodes(node: Node | None, seen: set[int]) -> Iterator[Node]:
    """Yield a node and all below it, keys too, each once."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    yield node
    if isinstance(node, CollectionNode):
        for child in node.value:
            for one in child if isinstance(child, tuple) else (child,):
                yield from _nodes(one, seen)


@functools.cache
def _kind() -> Kind:
    return schema_files.load(schema_files.OWN).by_name["front-matter"]
