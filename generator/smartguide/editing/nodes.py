"""A file of records as a tree of what it holds, with its comments, and the canonical text of such a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from smartguide.editing.scalars import Written, one_line, scalar
from smartguide.model.properties import Property

STEP = 2
"""So many columns a level is indented."""


@dataclass
class Node:
    """A value. ``start`` and ``end`` are the offsets of its text in the file; both are 0 if it is new.

    ``prefix`` is an anchor or a tag that stands before it. ``header`` is the comment behind the anchor, the tag, or the
    key of a list or a mapping that begins on the next line.
    """

    start: int = 0
    end: int = 0
    prefix: str = ""


@dataclass
class Scalar(Node):
    """A single value. ``verbatim`` is the text of one that is not to be written anew: a number, an alias, a tag."""

    value: Any = None
    verbatim: str | None = None


@dataclass
class Entry:
    """A value in a mapping or in a list, with its key (None in a list) and the comments that belong to it.

    ``before`` are the lines above it, comments and blank ones; ``comment`` is what stands behind its key or its value
    in the same line, with the blanks before it. ``column`` is where it stood.
    """

    key: str | None
    value: Node
    before: list[str] = field(default_factory=list)
    comment: str = ""
    start: int = 0
    column: int = 0


@dataclass
class Group(Node):
    """A mapping or a list. ``after`` are the lines with comments below its last entry."""

    entries: list[Entry] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    is_list: bool = False
    is_flow: bool = False

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key; None if there is none."""
        return next((one for one in self.entries if one.key == key), None)


def of_data(value: Any, declared: Property | None) -> Node:
    """Return the tree of plain data, its keys in the order of the schema."""
    if isinstance(value, dict):
        return of_mapping(value, declared)
    if isinstance(value, list):
        item = declared.item if declared else None
        return Group(entries=[Entry(None, of_data(one, item)) for one in value], is_list=True)
    return Scalar(value=value)


def of_mapping(data: dict[str, Any], declared: Property | None) -> Group:
    """Return the tree of a mapping, such as a record, its keys in the order of the schema."""
    keys = in_order(list(data), declared)
    return Group(entries=[Entry(key, of_data(data[key], declared.below(key) if declared else None)) for key in keys])


def in_order(keys: list[str], declared: Property | None) -> list[str]:
    """Return keys in the order of the schema; those that it does not name come last, in their order."""
    order = {name: number for number, name in enumerate(declared.properties)} if declared else {}
    return sorted(keys, key=lambda key: order.get(key, len(order)))


def lines_of(group: Group, indent: int = 0) -> Iterator[str]:
    """Yield the lines of the entries of a mapping or a list in canonical style."""
    for entry in group.entries:
        yield from _shifted(entry.before, indent)
        yield from lines_of_entry(entry, indent)
    yield from _shifted(group.after, indent)


def lines_of_entry(entry: Entry, indent: int) -> Iterator[str]:
    """Yield the lines of one entry, without those above it."""
    lead = " " * indent + ("-" if entry.key is None else f"{one_line(entry.key)}:")
    value = entry.value
    prefix = f" {value.prefix}" if value.prefix else ""
    below = indent + STEP
    if isinstance(value, Group) and value.entries:
        inner = list(lines_of(value, below))
        if entry.key is None and not prefix and not entry.comment and not value.entries[0].before:
            yield lead + inner[0][len(lead) :]  # the first line stands behind the dash
            yield from inner[1:]
        else:
            yield lead + prefix + entry.comment
            yield from inner
        return
    written = _single(value, len(lead) + len(prefix) + 1, below)
    yield lead + prefix + (f" {written.head}" if written.head else "") + entry.comment
    yield from written.lines
    if isinstance(value, Group):
        yield from _shifted(value.after, below)


def _single(value: Node, column: int, indent: int) -> Written:
    if isinstance(value, Group):
        return Written("[]" if value.is_list else "{}")
    if not isinstance(value, Scalar):
        raise TypeError(type(value))
    return Written(value.verbatim) if value.verbatim is not None else scalar(value.value, column, indent)


def _shifted(lines: list[str], indent: int) -> Iterator[str]:
    for line in lines:
        yield " " * indent + line if line else ""
