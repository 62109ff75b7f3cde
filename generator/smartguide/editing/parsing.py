"""The text of a YAML file to a tree in which each comment belongs to what it stands at.

PyYAML says where everything stands, but drops comments: they are what lies between the values.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import ScalarNode

from smartguide.editing.nodes import Entry, Group, Node, Scalar
from smartguide.reading.plain_yaml import Loader

_PREFIX: Final = re.compile(r"(?:[&!][^ \t\n]*[ \t]+)*(?:[&!][^ \t\n]*(?=\n|\Z))?")
"""Anchors and tags before a value."""
_HEADER: Final = re.compile(r"[|>][-+0-9]*(?P<comment>[ \t]+#[^\n]*)?")
"""The first line of a text in lines of its own."""
_STRING: Final = "tag:yaml.org,2002:str"
_BOOLEAN: Final = "tag:yaml.org,2002:bool"
_VALUE, _COMMENT = 1, 2


class _Line(NamedTuple):
    """A comment or a blank line (an empty text): where it begins, and whether nothing else is on its line."""

    offset: int
    column: int
    text: str
    is_own: bool = True


class UnsupportedError(Exception):
    """A file holds something of YAML that records have no use for, so that it cannot be written anew."""


@dataclass
class Parsed:
    """A file as a tree. ``head`` are the comments that belong to the file as a whole."""

    root: Group
    head: list[str] = field(default_factory=list)
    has_aliases: bool = False


def parse(text: str) -> Parsed:
    """Return the tree of a YAML file whose lines end with line feeds.

    Raises yaml.YAMLError if it is no YAML, and UnsupportedError if it holds what cannot be written anew, or no mapping.
    """
    return _Parser(text).parsed()


def _span(event: Event) -> tuple[int, int]:
    """Return where an event begins and ends."""
    if event.start_mark is None or event.end_mark is None:
        raise TypeError(event)
    return event.start_mark.index, event.end_mark.index


class _Parser:
    """Builds the tree of one file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.used = bytearray(len(text) + 1)  # what each character belongs to: nothing, a value or a comment
        self.comments: list[tuple[Entry, str]] = []
        self.has_aliases = False
        self._loader = Loader("")

    def parsed(self) -> Parsed:
        events = iter(yaml.parse(self.text, Loader))
        root = self._document(events)
        lines = list(self._lines())
        for group in _groups(root):  # dashes are found where neither a value nor a comment is
            self._find_dashes(group)
        head: list[str] = []
        self._place(root, lines, head)
        for entry, comment in self.comments:
            _add_comment(entry, comment)
        head += _taken_from_first(root)
        return Parsed(root, head, self.has_aliases)

    def _document(self, events: Iterator[Event]) -> Group:
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise UnsupportedError("it holds several documents of YAML")
                if event.version or event.tags:
                    raise UnsupportedError("it has directives of YAML")
                root = self._node(next(events), events, Entry(None, Scalar()))
            elif isinstance(event, StreamEndEvent):
                break
        if not isinstance(root, Group) or root.is_list:
            raise UnsupportedError("it is no mapping of keys and values")
        return root

    def _node(self, event: Event, events: Iterator[Event], owner: Entry) -> Node:
        start, end = _span(event)
        if isinstance(event, AliasEvent):
            self.has_aliases = True
            self._mark(start, end)
            return Scalar(start, end, verbatim=self.text[start:end])
        if isinstance(event, ScalarEvent):
            return self._scalar(event, owner)
        if not isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise UnsupportedError("it is no mapping of keys and values")
        group = Group(
            start,
            end,
            self._prefix(event),
            is_list=isinstance(event, SequenceStartEvent),
            is_flow=bool(event.flow_style),
        )
        self._mark(start, start + len(group.prefix))
        for event_ in events:
            if isinstance(event_, MappingEndEvent | SequenceEndEvent):
                group.end = _span(event_)[1 if group.is_flow else 0]
                break
            entry = Entry(None, Scalar(), start=_span(event_)[0])
            if isinstance(event_, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent) and group.is_list:
                entry.value = self._node(event_, events, entry)
            else:
                entry.key = self._key(event_)
                entry.value = self._node(next(events), events, entry)
            group.entries.append(entry)
        return group

    def _key(self, event: Event) -> str:
        start, end = _span(event)
        if not isinstance(event, ScalarEvent) or self._prefix(event) or self.text[start : start + 1] in {"|", ">"}:
            raise UnsupportedError("it has a key that is no word")
        self._mark(start, end)
        return str(event.value)

    def _scalar(self, event: ScalarEvent, owner: Entry) -> Scalar:
        start, end = _span(event)
        prefix = self._prefix(event)
        found = _PREFIX.match(self.text, start, end) if prefix else None
        begin = found.end() if found else start
        if event.style in {"|", ">"}:
            found = _HEADER.match(self.text, begin)
            if found is not None and found["comment"]:
                self.comments.append((owner, found["comment"].rstrip()))
            if found is None or "+" not in found[0].partition("#")[0]:
                end = start + len(self.text[start:end].rstrip())
        self._mark(start, end)
        made = Scalar(start, end, prefix, value=event.value)
        written = self.text[begin:end]
        if "!" in prefix:
            if "\n" in written:
                raise UnsupportedError(f"a value with the tag {prefix} reaches over several lines")
            made.verbatim = written
        elif event.style is None or event.style == "":
            tag = self._loader.resolve(ScalarNode, event.value, (True, False))
            if tag == _BOOLEAN:
                made.verbatim = written.lower()
            elif tag != _STRING:
                made.verbatim = written
        return made

    def _prefix(self, event: NodeEvent) -> str:
        """Return the anchor and the tag before a value, as they are written."""
        if event.anchor is None and getattr(event, "tag", None) is None:
            return ""
        found = _PREFIX.match(self.text, _span(event)[0])
        return " ".join(found[0].split()) if found else ""

    def _mark(self, start: int, end: int, what: int = _VALUE) -> None:
        self.used[start:end] = bytes([what]) * (end - start)

    def _lines(self) -> Iterator[_Line]:
        """Yield each comment and each blank line."""
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            if not line.strip() and not self.used[start] and end < len(self.text):
                yield _Line(start, 0, "")
            elif (found := self._comment(start, end)) >= 0:
                self._mark(found, end, _COMMENT)
                blank = self.text[start:found]
                is_own = not blank.strip()
                begin = found if is_own else start + len(blank.rstrip())
                yield _Line(found, found - start, self.text[begin:end].rstrip(), is_own)
            start = end + 1

    def _comment(self, start: int, end: int) -> int:
        """Return where the comment of a line begins; -1 if it has none."""
        at = self.text.find("#", start, end)
        while at >= 0 and (self.used[at] or (at > start and self.text[at - 1] not in " \t")):
            at = self.text.find("#", at + 1, end)
        return at

    def _find_dashes(self, group: Group) -> None:
        for entry in group.entries:
            if group.is_list and not group.is_flow:
                at = entry.start - 1
                while at >= 0 and (self.used[at] or self.text[at] != "-"):
                    at -= 1
                entry.start = max(at, 0)
            entry.column = entry.start - (self.text.rfind("\n", 0, entry.start) + 1)

    def _place(self, root: Group, lines: list[_Line], head: list[str]) -> None:
        """Give each comment and each blank line to what it stands at."""
        order = list(_walked(root, []))
        starts = [entry.start for entry, _ in order]
        ends: list[tuple[int, Entry]] = [(entry.start, entry) for entry, _ in order]
        ends += [
            (entry.value.end, entry) for entry, _ in order if not isinstance(entry.value, Group) or entry.value.is_flow
        ]
        ends.sort(key=lambda place: place[0])
        gaps: dict[int, list[_Line]] = {}
        for line in lines:
            number = bisect_right(ends, line.offset, key=lambda place: place[0])
            if line.is_own:
                gaps.setdefault(bisect_right(starts, line.offset), []).append(line)
            elif number:
                self.comments.append((ends[number - 1][1], line.text))
            else:
                head.append(line.text.strip())
        for number, found in gaps.items():
            _share(found, order, number)


def _share(found: list[_Line], order: list[tuple[Entry, list[Group]]], number: int) -> None:
    """Give the lines between two entries to the groups that end there, or to the entry that follows.

    A comment that is indented more than the entry that follows belongs to the innermost list or mapping above it that
    is indented no more than the comment.
    """
    entry, ancestors = order[number] if number < len(order) else (None, [])
    before, within = order[number - 1] if number else (None, [])
    ends = [*within, before.value] if before and isinstance(before.value, Group) else within
    closed = [one for one in ends if not any(one is up for up in ancestors)]
    next_column = entry.column if entry else -1
    waiting: list[str] = []
    for line in found:
        waiting.append(line.text)
        inside = [one for one in closed if line.text and _holds(one, line, next_column)]
        if inside:
            inside[-1].after += waiting
            waiting = []
            del closed[len(inside) :]
    if entry:
        entry.before = waiting
    elif any(waiting):
        (closed or [order[0][1][0]])[0].after += waiting


def _holds(group: Group, line: _Line, next_column: int) -> bool:
    """Tell whether a comment may belong to a list or a mapping that ends before the next entry."""
    if group.is_flow:
        return group.start < line.offset < group.end
    return bool(group.entries) and next_column < line.column and group.entries[0].column <= line.column


def _walked(group: Group, ancestors: list[Group]) -> Iterator[tuple[Entry, list[Group]]]:
    """Yield every entry, with the groups that it is in, in the order of the file."""
    within = [*ancestors, group]
    for entry in group.entries:
        yield entry, within
        if isinstance(entry.value, Group):
            yield from _walked(entry.value, within)


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for entry in group.entries:
        if isinstance(entry.value, Group):
            yield from _groups(entry.value)


def _add_comment(entry: Entry, comment: str) -> None:
    if entry.comment:
        entry.before.append(entry.comment.strip())
    entry.comment = comment if comment[:1] in {" ", "\t"} else f" {comment}"


def _taken_from_first(root: Group) -> list[str]:
    """Take the lines that belong to the file from its first entry: all but those that stand directly above it."""
    if not root.entries:
        return []
    lines = root.entries[0].before
    last = max((number for number, line in enumerate(lines) if not line), default=-1)
    root.entries[0].before = lines[last + 1 :]
    return lines[: last + 1]


def comments(text: str) -> list[str]:
    """Return the comments of a file, sorted. Raises what ``parse`` does."""
    parser = _Parser(text)
    parser._document(iter(yaml.parse(text, Loader)))  # noqa: SLF001  # of this module
    found = [line.text.strip() for line in parser._lines() if line.text]  # noqa: SLF001
    return sorted(found + [comment.strip() for _, comment in parser.comments])
