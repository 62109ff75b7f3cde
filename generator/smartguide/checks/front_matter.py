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
from smartguide.findings import Finding, Place, did_you_mean, quoted
from smartguide.model import schema_files
from smartguide.model.kinds import Kind
from smartguide.reading import Document, Reader, composed

FRONT_MATTER: Final = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""Front matter as MkDocs finds it at the beginning of a chapter."""
_BEFORE: Final = re.compile(r"(?:\s|<!--(?:(?!-->).)*-->)*", re.DOTALL)
"""What may stand before front matter that a person means: empty lines and comments, which MkDocs does not skip."""
_MARK: Final = re.compile(r"[ \t]*(?:-{2,}|[\u2012-\u2015\u2212]-*)")
"""A line that is meant to begin or end front matter; word processors write one dash for two or three."""
_TOML: Final = re.compile(r"\+{3}[ \t]*\n(?:.*\n)*?\+{3}[ \t]*(?:\n|\Z)")
"""Front matter as other generators have it."""
_KEY: Final = re.compile(r"[\"']?(?P<key>[\w-]+)[\"']?[ \t]*:(?:[ \t]|\Z)")
_BARE: Final = re.compile(
    r" {0,3}[A-Za-z0-9_-]+:[^\n]*(?:\n|\Z)(?:(?: {0,3}[A-Za-z0-9_-]+:|[ \t]+\S|- )[^\n]*(?:\n|\Z))*"
)
"""First lines that MkDocs takes for front matter of an older form, and does not show."""
_YAML_1_1: Final = yaml.SafeLoader("")
"""How MkDocs reads plain words: ``no`` is false to it, and ``2014-10-01`` a date."""
_TAKEN_FOR: Final = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}


def check(reader: Reader, path: Path, text: str) -> Iterator[Finding]:
    """Yield what is wrong with the front matter of the chapter at ``path``, whose text is ``text``."""
    place = Place(reader.shown(path), 1, 1)
    if found := FRONT_MATTER.match(text):
        yield from _check_yaml(reader.embedded(path, "\n" + found["yaml"]))  # the lines are those of the chapter
    elif _TOML.match(text):
        message = "front matter in TOML would be shown on the page as text"
        yield Finding(place, "front-matter", message, hint="write it as YAML: 'title: …' between two lines ---")
    elif missed := _missed(text):
        line, hint = missed
        place = Place(place.path, line, 1)
        yield Finding(place, "front-matter", "the front matter would be shown on the page as text", hint=hint)
    elif taken := _BARE.match(text):
        lines = len(taken[0].splitlines())
        it, what = ("it", "the line is") if lines == 1 else ("them", f"the lines 1 to {lines} are")
        hint = f"put {it} between two lines ---, or begin the page with a heading"
        message = f"{what} taken for front matter, and {'is' if lines == 1 else 'are'} not shown"
        yield Finding(place, "front-matter", message, hint=hint)


def _missed(text: str) -> tuple[int, str] | None:
    """Return the line of what a person means as front matter, where MkDocs finds none, and what to do.

    What may as well be a text below a line across the page, or below a heading, is passed over.
    """
    before = _BEFORE.match(text)
    above = text.count("\n", 0, before.end()) if before else 0
    lines = [line.rstrip() for line in text.split("\n")[above:]]
    opening = lines[0] if _MARK.fullmatch(lines[0]) else ""
    begin = first = 1 if opening else 0
    while first < len(lines) - 1 and (not lines[first] or lines[first].lstrip().startswith("#")):
        first += 1
    end = next((n for n in range(first, len(lines)) if not lines[n] or _MARK.fullmatch(lines[n])), len(lines))
    closing = lines[end] if end < len(lines) else ""
    block = lines[first:end]
    if not block or not _KEY.match(block[0]) or (first > begin and not closing):
        return None
    keys = [found["key"] for line in block if (found := _KEY.match(line))]
    known = _kind().root.properties
    has_known = any(one in known or did_you_mean(one, known, _SURE) for one in keys)
    if not opening:
        is_meant = above and has_known and all(_KEY.match(line) or line[0] in " \t-" for line in block)
        return (above + 1, "move it to the beginning of the file, between two lines ---") if is_meant else None
    if above:
        return above + 1, "move it to the beginning of the file"
    if opening != "---":
        return (1, f"write --- in the place of {quoted(opening)}") if has_known else None
    if not closing:
        return end, "write a line --- below this line"
    if closing != "---":
        return end + 1, f"write --- in the place of {quoted(closing)}"
    return end + 1, "write the text of the page below this line"


_SURE: Final = 80
"""How alike (of 100) a key must be to one that chapters have, to be what makes a text front matter."""


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
    told = {finding.place.line for finding in wrong}
    yield from wrong
    yield from (finding for finding in _misread(document) if finding.place.line not in told)


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
