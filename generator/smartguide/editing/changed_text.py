"""The text of one file of records in which single places are changed: everything else stays to the byte."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from smartguide.editing import nodes, parsing
from smartguide.editing.nodes import Entry, Group, Node, Scalar
from smartguide.editing.parsing import Parsed, UnsupportedError
from smartguide.editing.scalars import one_line
from smartguide.findings import Place
from smartguide.model.properties import Property
from smartguide.reading import Path_

_BYTE_ORDER_MARK = "\ufeff"


class ChangedText:
    """A file, and what is to stand in it instead; ``path`` is relative to ``root``.

    Raises OSError and UnicodeDecodeError if it cannot be read. Methods raise UnsupportedError where the file is
    written in a way that cannot be changed place by place.
    """

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        raw = (root / path).read_bytes().decode("utf-8")
        self._mark = _BYTE_ORDER_MARK if raw.startswith(_BYTE_ORDER_MARK) else ""
        self.before = raw.removeprefix(_BYTE_ORDER_MARK)
        self._line_end = "\r\n" if "\r\n" in self.before else "\n"
        self._edits: dict[tuple[int, int], str] = {}

    @cached_property
    def _parsed(self) -> Parsed:
        return parsing.parse(self.before)

    @cached_property
    def _scalars(self) -> dict[int, Scalar]:
        return {node.start: node for node in _nodes(self._parsed.root) if isinstance(node, Scalar)}

    def offset(self, place: Place) -> int:
        """Return where a place is in the text."""
        starts = [0, *(at + 1 for at, char in enumerate(self.before) if char == "\n")]
        return starts[place.line - 1] + place.column - 1

    def replace(self, start: int, end: int, new: str) -> None:
        """Let another text stand in a place."""
        self._edits[start, end] = new

    def replace_word(self, place: Place, old: str, new: str) -> None:
        """Let another word stand where the value ``old`` stands, in the quotes that it has."""
        at = self.offset(place)
        found = self._scalars.get(at)
        if found is None or found.value != old:
            raise UnsupportedError(f"{place}: {old} is written in a way that cannot be changed here")
        begin = self.before.index(found.prefix.split()[-1], at) + len(found.prefix.split()[-1]) if found.prefix else at
        written = self.before[begin : found.end]
        begin += len(written) - len(written.lstrip())
        quote = self.before[begin]
        self.replace(begin, found.end, f"{quote}{new}{quote}" if quote in "\"'" else one_line(new))

    def rename_key(self, old: str, new: str) -> None:
        """Let a key at the top of the file have another name."""
        found = self._parsed.root.get(old)
        if found is None:
            raise UnsupportedError(f"{self.path}: no key {old}")
        quote = self.before[found.start]
        length = len(old) + (2 if quote in "\"'" else 0)
        self.replace(found.start, found.start + length, f"{quote}{new}{quote}" if quote in "\"'" else one_line(new))

    def delete_key(self, key: str) -> None:
        """Delete a key at the top of the file, with its value, the comments inside it and directly above it."""
        root = self._parsed.root
        found = root.get(key)
        if found is None or root.is_flow:
            raise UnsupportedError(f"{self.path}: {key} cannot be taken out")
        last = max((at for at, line in enumerate(found.before) if not line), default=-1)
        start = self._line_start(found.start)
        for _ in found.before[last + 1 :]:
            start = self._line_start(start - 1)
        end = self._behind(found)
        if self.before[start - 1 : start] == "\n" and self.before[:start].endswith(("\n\n", "\n\r\n")):
            start = self._line_start(start - 1)  # one of two blank lines around it goes, too
        self.replace(start, end, "")

    def add_record(self, lines: list[str]) -> None:
        """Add the lines of a record at the end of a file of several, behind a blank line where such divide them."""
        root = self._parsed.root
        if root.is_flow:
            raise UnsupportedError(f"{self.path}: a record cannot be added here; write the file in block style first")
        divided = len(root.entries) > 1 and not (root.entries[-1].before or [" "])[0]
        self._insert(len(self.before), [*([""] if divided else []), *lines])

    def remove_item(self, place: Place) -> None:
        """Take the value at a place out of its list."""
        at = self.offset(place)
        for group in (node for node in _nodes(self._parsed.root) if isinstance(node, Group) and node.is_list):
            for number, entry in enumerate(group.entries):
                if entry.value.start != at:
                    continue
                if not group.is_flow:
                    self.replace(self._line_start(entry.start), self._behind(entry), "")
                elif number:
                    self.replace(group.entries[number - 1].value.end, entry.value.end, "")
                else:
                    self.replace(entry.start, group.entries[1].start if len(group.entries) > 1 else entry.value.end, "")
                return
        raise UnsupportedError(f"{place}: the entry cannot be taken out here")

    def set(self, base: Path_, key: str, value: Any, kind: Property, data: dict[str, Any]) -> None:
        """Let a key of the record at ``base`` have a value, or none (None). ``data`` is the record as it is to be.

        A list that grows at its end gets the new lines only. A key that is new comes in the order of the schema.
        """
        group = self._record(base)
        if group.is_flow or not group.entries:
            self._write_anew(group, base, data, kind)
            return
        found = group.get(key)
        column = group.entries[0].column
        declared = kind.below(key)
        if found is None:
            lines = list(nodes.lines_of_entry(Entry(key, nodes.of_data(value, declared)), column))
            self._insert(self._place_of(key, group, kind), lines)
        elif value is None:
            start = self._line_start(found.start)
            self.replace(start, self._behind(found), "")
        elif isinstance(found.value, Group) and _is_longer(value, found.value):
            item = declared.item if declared else None
            there = found.value.entries
            dash = there[0].column
            made = [Entry(None, nodes.of_data(one, item)) for one in value[len(there) :]]
            self._insert(self._behind(found), [line for one in made for line in nodes.lines_of_entry(one, dash)])
        else:
            lines = list(nodes.lines_of_entry(Entry(key, nodes.of_data(value, declared)), column))
            end = found.value.end if _is_on_one_line(found.value) else _end(found)
            self.replace(found.start, end, self._line_end.join(lines)[column:])

    def _record(self, base: Path_) -> Group:
        node: Node = self._parsed.root
        for part in base:
            found = node.get(str(part)) if isinstance(node, Group) else None
            if found is None:
                raise UnsupportedError(f"{self.path}: no record {part}")
            node = found.value
        if not isinstance(node, Group):
            raise UnsupportedError(f"{self.path}: the record cannot be changed here")
        return node

    def _write_anew(self, group: Group, base: Path_, data: dict[str, Any], kind: Property) -> None:
        """Write a record that is in flow style in block style, with all that is to be in it."""
        lines = list(nodes.lines_of(nodes.of_mapping(data, kind), nodes.STEP * len(base)))
        text = self._line_end.join(lines)
        start = len(self.before[: group.start].rstrip(" ")) if base else group.start
        self.replace(start, group.end, self._line_end + text if base else text)

    def _place_of(self, key: str, group: Group, kind: Property) -> int:
        """Return where the line of a new key begins: behind the last key that comes before it in the schema."""
        order = nodes.in_order([*(one.key or "" for one in group.entries), key], kind)
        earlier = [one for one in group.entries if order.index(one.key or "") < order.index(key)]
        return self._behind(earlier[-1]) if earlier else self._line_start(group.entries[0].start)

    def _behind(self, entry: Entry) -> int:
        """Return where the line behind an entry begins, and behind the comments that end it."""
        at = self._line_start_after(_end(entry))
        for _ in range(_lines_after(entry.value)):
            at = self._line_start_after(at)
        return at

    def _insert(self, at: int, lines: list[str]) -> None:
        text = "".join(line + self._line_end for line in lines)
        if at and self.before[at - 1] != "\n":
            text = self._line_end + text
        self._edits[at, at] = self._edits.get((at, at), "") + text

    def _line_start(self, at: int) -> int:
        return self.before.rfind("\n", 0, max(at, 0)) + 1

    def _line_start_after(self, at: int) -> int:
        found = self.before.find("\n", at)
        return len(self.before) if found < 0 else found + 1

    @property
    def after(self) -> str:
        """The text with all changes; what is inside of a part that is changed as a whole counts for nothing."""
        pieces: list[str] = []
        at = 0
        for (start, end), new in sorted(self._edits.items(), key=lambda edit: (edit[0][0], -edit[0][1])):
            if start >= at:
                pieces += [self.before[at:start], new]
                at = end
        return "".join([*pieces, self.before[at:]])

    @property
    def data(self) -> bytes:
        """What the file is to hold."""
        return (self._mark + self.after).encode("utf-8")

    def lost_comments(self) -> Iterator[str]:
        """Yield the comments of a file of records that the changes take away."""
        if self.after != self.before:
            yield from (Counter(parsing.comments(self.before)) - Counter(parsing.comments(self.after))).elements()

    def changed_lines(self) -> Iterator[str]:
        """Yield the lines that change: the number, ``-`` and the line as it was, or ``+`` and as it is to be."""
        yield from changed_lines(self.before, self.after)


def changed_lines(before: str, after: str) -> Iterator[str]:
    """Yield the lines that differ: the number, ``-`` and the line as it was, or ``+`` and as it is to be."""
    was, now = before.splitlines(), after.splitlines()
    for what, start, end, begin, stop in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (f"{number + 1:5} - {was[number]}" for number in range(start, end))
            yield from (f"{number + 1:5} + {now[number]}" for number in range(begin, stop))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Group):
        for entry in node.entries:
            yield from _nodes(entry.value)


def _end(entry: Entry) -> int:
    """Return where the last value of an entry ends."""
    value = entry.value
    if isinstance(value, Group) and not value.is_flow and value.entries:
        return _end(value.entries[-1])
    return max(value.end, entry.start)


def _lines_after(value: Node) -> int:
    """Return how many lines of comments belong to the ends of the lists and mappings that end with a value."""
    if not isinstance(value, Group) or value.is_flow:
        return 0
    return len(value.after) + (_lines_after(value.entries[-1].value) if value.entries else 0)


def _is_on_one_line(value: Node) -> bool:
    return isinstance(value, Scalar) or (isinstance(value, Group) and value.is_flow)


def _is_longer(new: Any, old: Group) -> bool:
    """Tell whether a value is a list with more entries than one in block style, which has some.

    That it begins with what the old one holds is for the caller to see to.
    """
    return old.is_list and not old.is_flow and isinstance(new, list) and len(new) > len(old.entries) > 0
