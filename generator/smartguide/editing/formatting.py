"""A file of records in canonical style: the same values and the same comments, written in one way."""

from __future__ import annotations

import json
import posixpath
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from smartguide.checks.schema_lines import schema_of
from smartguide.editing import nodes, parsing
from smartguide.editing.nodes import Entry, Group
from smartguide.editing.parsing import Parsed, UnsupportedError
from smartguide.findings import Finding, Place, has_errors, quoted
from smartguide.model.kinds import Kind
from smartguide.model.properties import Property
from smartguide.model.schema_files import SUFFIX
from smartguide.project import Project
from smartguide.reading import Document, Reader

RULE: Final = "style"
"""What the findings of ``smartguide format`` are called."""
_SCHEMA_LINE: Final = "# yaml-language-server: $schema="
_SCHEMA_NAMED: Final = re.compile(r"^#[ \t]*yaml-language-server:[ \t]*\$schema=\S*[ \t]*")
_BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True)
class RecordFile:
    """A file of records: its path relative to the project, and the kind of the one record, or of all, in it."""

    path: str
    kind: Kind
    is_one_record: bool


@dataclass(frozen=True)
class Formatted:
    """A file in canonical style. Where it cannot be written anew, ``text`` is None and the findings say why."""

    file: RecordFile
    before: str
    text: str | None
    findings: tuple[Finding, ...] = ()

    @property
    def has_changed(self) -> bool:
        """Whether the file is not in canonical style yet."""
        return self.text is not None and self.text != self.before

    def finding(self) -> Finding:
        """Return what is said of a file that is not in canonical style: its first line that is to be another."""
        was, now = self.before.splitlines(), (self.text or "").splitlines()
        pairs = enumerate(zip(was, now, strict=False))
        number = next((at for at, (one, other) in pairs if one != other), min(len(was), len(now)))
        what = f"this line is {quoted(now[number].strip(), LONGEST)}" if number < len(now) else "no more lines follow"
        place = Place(self.file.path, min(number, len(was) - 1) + 1, 1)
        hint = f"run: smartguide format {shlex.quote(self.file.path)}"
        return Finding(place, RULE, f"is not in canonical style, in which {what}", hint=hint)


LONGEST: Final = 100
"""So much of a line is shown."""


def schema_line(file: RecordFile, project: Project) -> str:
    """Return the line that names the schema of a record for editors; an empty string for a file of several records."""
    if not file.is_one_record:
        return ""
    schema = f"{project.schemas.name}/{file.kind.name}{SUFFIX}"
    return _SCHEMA_LINE + posixpath.relpath(schema, posixpath.dirname(file.path) or ".")


def format_file(file: RecordFile, project: Project, reader: Reader) -> Formatted:
    """Return a file in canonical style, with a proof that it says the same. The file itself is not changed.

    Raises OSError if it cannot be read.
    """
    path = project.root / file.path
    document = reader.read(path)
    if document.data is None or has_errors(_of_yaml(document)):
        return Formatted(file, "", None, tuple(_of_yaml(document)))
    raw = path.read_bytes().decode("utf-8")
    before = raw.removeprefix(_BYTE_ORDER_MARK)
    line_end = "\r\n" if before.partition("\n")[0].endswith("\r") else "\n"
    text = before.replace("\r\n", "\n").replace("\r", "\n")
    try:
        made = format_text(text, file, project)
        if made != text and (problem := _difference(reader, path, document, text, made)):
            raise UnsupportedError(problem)
    except (UnsupportedError, yaml.YAMLError, RecursionError) as error:
        said = str(error).splitlines()[0] if str(error) else "it is nested too deeply"
        message = f"cannot be brought into canonical style: {said}"
        finding = Finding(Place(file.path, 1, 1), RULE, message, hint="the file is left as it is; write it by hand")
        return Formatted(file, raw, None, (finding,))
    return Formatted(file, raw, made.replace("\n", line_end))


def _of_yaml(document: Document) -> list[Finding]:
    """Return what is wrong with a file as YAML. What is told of values alone does not keep it from being formatted."""
    return [one for one in document.all_findings() if one.rule in _PREVENTING]


_PREVENTING: Final = frozenset(
    {"syntax", "duplicate-key", "encoding", "file-size", "unreadable", "include", "empty", "nesting", "character",
     "conflict", "key", "tag"}
)  # fmt: skip
"""The rules of findings on a file that cannot be read as a whole."""


def format_text(text: str, file: RecordFile, project: Project) -> str:
    """Return the text of a file in canonical style. Its lines end with line feeds.

    Raises yaml.YAMLError if it is no YAML, and UnsupportedError if it cannot be written anew.
    """
    parsed = parsing.parse(text)
    if not parsed.has_aliases:  # an alias has to stay behind its anchor
        if file.is_one_record:
            _order(parsed.root, file.kind.root)
        else:
            for entry in parsed.root.entries:
                if isinstance(entry.value, Group):
                    _order(entry.value, file.kind.root)
    return written(parsed, schema_line(file, project))


def written(parsed: Parsed, line: str) -> str:
    """Return the text of a tree; ``line`` names its schema, and replaces the one that does so far."""
    head = parsed.head
    first = parsed.root.entries[0].before if parsed.root.entries else []
    if line:
        so_far = next((one for one in (*head, *first) if schema_of(one)), "")
        head = [one for one in head if one != so_far or not so_far]
        first[:] = [one for one in first if one != so_far or not so_far]
        if ":" in schema_of(so_far):
            line = _SCHEMA_LINE + schema_of(so_far)  # a URL is as good
        head = [f"{line} {_SCHEMA_NAMED.sub('', so_far)}".rstrip(), *head]
    elif head and not head[0]:
        head = head[next((at for at, one in enumerate(head) if one), len(head)) :]
    return "\n".join([*head, *nodes.lines_of(parsed.root)]) + "\n"


def _order(group: Group, declared: Property | None) -> None:
    """Bring the keys of a mapping, and of all below it, into the order of the schema."""
    if not group.is_list:
        ordered = nodes.in_order([entry.key or "" for entry in group.entries], declared)
        by_key: dict[str, Entry] = {entry.key or "": entry for entry in group.entries}
        if len(by_key) == len(group.entries):
            group.entries = [by_key[key] for key in ordered]
    for entry in group.entries:
        if isinstance(entry.value, Group):
            below = declared.below(0 if entry.key is None else entry.key) if declared else None
            _order(entry.value, below)


def _difference(reader: Reader, path: Path, document: Document, before: str, after: str) -> str:
    """Return what a file would no longer say if it were written so; an empty string if it says the same."""
    anew = reader.embedded(path, after)
    if anew.data is None or _plain(anew.data) != _plain(document.data):
        return "its values would not stay the same"
    told = [(one.rule, one.message) for one in document.findings]
    if any((one.rule, one.message) not in told for one in anew.findings):
        return "it would be read in another way"
    if _comments(before) != _comments(after):
        return "a comment would get lost"
    return ""


def _comments(text: str) -> list[str]:
    """Return the comments of a file, without what names its schema."""
    return sorted(filter(None, (_SCHEMA_NAMED.sub("", one) for one in parsing.comments(text))))


def _plain(data: Any) -> str:
    """Return data as a text that is the same only for the same values of the same types."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False)
