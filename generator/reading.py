"""YAML text to plain data, with the position of every key and every value.

Only what JSON could hold comes out: text, whole numbers, decimals, true and false, null, lists, and mappings with
text keys. Plain scalars are read by the core schema of YAML 1.2, so ``NO`` is Norway and not false, and ``2018-02``
stays text. ``!include`` (pyyaml-include) is the only tag; it takes a file or a wildcard below ``content/``.

What is refused, each with file, line and column: text that is not UTF-8, a file over 1 MiB, nesting over
50 levels, aliases that expand to more than 10,000 nodes, duplicate keys, every other tag, and an include that leaves
``content/`` (absolute paths, ``..``, symbolic links, any ``scheme://``).
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml
import yaml_include
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.findings import Finding, Place, did_you_mean, key_path, quoted

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 50
MAX_NODES: Final = 10_000
INCLUDE_TAG: Final = "!include"

TYPE_NAMES: Final = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
Path_ = tuple[str | int, ...]


class _Refused(Exception):
    """Reading cannot go on in this file; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass
class Document:
    """One YAML file: its data, and where everything stands.

    ``path`` is relative to the repository. ``findings`` are the faults of the file as YAML; where there are some,
    ``data`` holds what could be read in spite of them (None if nothing could).
    """

    path: str
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    _root: Node | None = None
    _included: dict[int, Document | list[Document]] = field(default_factory=dict)

    def value_at(self, path: Path_) -> Place:
        """Return the place of the value at ``path``, or of its nearest ancestor that exists."""
        node, document, _ = self._find(path)
        return document._place(node)

    def key_at(self, path: Path_) -> Place:
        """Return the place of the key that ends ``path`` (for a list item: of the item)."""
        node, document, key = self._find(path)
        return document._place(key or node)

    def included(self, path: Path_) -> list[Document]:
        """Return the documents that an ``!include`` at ``path`` brought in; an empty list if there is no include."""
        node, document, _ = self._find(path, follow=False)
        found = document._included.get(id(node), []) if node is not None else []
        return found if isinstance(found, list) else [found]

    def has_include(self, path: Path_) -> bool:
        """Tell whether the value at ``path`` is an ``!include``."""
        node, _, _ = self._find(path, follow=False)
        return node is not None and node.tag == INCLUDE_TAG

    def all_findings(self) -> Iterator[Finding]:
        """Yield the faults of this file and of all that it includes."""
        yield from self.findings
        for found in self._included.values():
            for document in found if isinstance(found, list) else [found]:
                yield from document.all_findings()

    def documents(self) -> Iterator[Document]:
        """Yield this document and all that it includes, at any depth."""
        yield self
        for found in self._included.values():
            for document in found if isinstance(found, list) else [found]:
                yield from document.documents()

    def _find(self, path: Path_, *, follow: bool = True) -> tuple[Node | None, Document, Node | None]:
        """Walk down to ``path``: the node there, the document that it stands in, and the node of its key."""
        node, document, key = self._root, self, None
        for part in path:
            node, document = document._enter(node)
            found = document._included.get(id(node))
            if isinstance(found, list) and isinstance(part, int) and part < len(found):
                document, node, key = found[part], found[part]._root, None
                continue
            child = _child(node, part)
            if child is None:
                return node, document, None
            key, node = child
        if follow:
            node, document = document._enter(node)
        return node, document, key

    def _enter(self, node: Node | None) -> tuple[Node | None, Document]:
        """Step over an include of one file into that file."""
        found = self._included.get(id(node)) if node is not None else None
        if isinstance(found, Document):
            return found._enter(found._root)
        return node, self

    def _place(self, node: Node | None) -> Place:
        if node is None:
            return Place(self.path, 1, 1) if self._root is not None else Place(self.path)
        return Place(self.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _child(node: Node | None, part: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == part:
                return key, value
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None


class Reader:
    """Reads YAML files of one project; each file once.

    ``root`` is the folder of the project, ``content`` the folder that includes are confined to.
    """

    def __init__(self, root: Path, content: Path) -> None:
        self.root = root.resolve()
        self.content = content.resolve()
        self._stack: list[Path] = []

    def read(self, path: Path) -> Document:
        """Read one file. Faults are on the document's ``findings``; nothing is raised."""
        document = Document(self._shown(path))
        try:
            text = self._text(path, document)
            if path in self._stack:
                raise _Refused(Finding(Place(document.path), "include", "includes itself", hint="take the include out"))
            self._stack.append(path)
            try:
                _Construction(self, document).run(text)
            finally:
                self._stack.pop()
        except _Refused as refused:
            document.findings.append(refused.finding)
        return document

    @cached_property
    def includes(self) -> yaml_include.Constructor:
        """The include constructor of pyyaml-include, set to this reader."""
        return yaml_include.Constructor(
            base_dir=self.content,
            custom_loader=lambda path, _file, _loader: self.read(Path(path)),
        )

    def _shown(self, path: Path) -> str:
        try:
            return PurePosixPath(Path(os.path.abspath(path)).relative_to(self.root)).as_posix()
        except ValueError:
            return path.as_posix()

    def _text(self, path: Path, document: Document) -> str:
        place = Place(document.path)
        try:
            if path.stat().st_size > MAX_BYTES:
                message = f"the file is larger than 1 MiB ({path.stat().st_size:,} bytes)"
                raise _Refused(Finding(place, "file-size", message, hint="split it into several records"))
            raw = path.read_bytes()
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            raise _Refused(Finding(place, "unreadable", message)) from error
        if len(raw) > MAX_BYTES:
            raise _Refused(Finding(place, "file-size", "the file is larger than 1 MiB"))
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            good = raw[: error.start].decode("utf-8-sig", errors="replace")
            line = good.count("\n") + 1
            column = len(good) - (good.rfind("\n") + 1) + 1
            raise _Refused(
                Finding(
                    Place(document.path, line, column),
                    "encoding",
                    f"the byte 0x{raw[error.start]:02x} is not UTF-8",
                    hint="save the file as UTF-8",
                )
            ) from error


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the base depends on libyaml
    """PyYAML's safe loader (libyaml's where it is there) with the plain scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's own way


_NUMBER_START = list("-+0123456789.")
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]{1,18}$", _NUMBER_START),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?$", _NUMBER_START),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


class _Construction:
    """Builds the data of one document from its nodes, noting each fault and going on where that makes sense."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.reader = reader
        self.document = document
        self.nodes = 0
        self.open: set[int] = set()

    def run(self, text: str) -> None:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            raise _Refused(self._syntax(error, text)) from error
        except yaml.reader.ReaderError as error:
            good = text[: error.position]
            place = Place(self.document.path, good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1)
            code = error.character if isinstance(error.character, int) else ord(error.character)
            message = f"the character U+{code:04X} is not allowed in YAML"
            raise _Refused(Finding(place, "character", message, hint="delete it")) from error
        except RecursionError as error:
            raise _Refused(self._too_deep(Place(self.document.path))) from error
        finally:
            loader.dispose()
        if root is None:
            message = "the file is empty"
            raise _Refused(Finding(Place(self.document.path, 1, 1), "empty", message, hint="write the record or delete it"))
        self.document._root = root
        self.document.data = self.value(root, ())

    def value(self, node: Node, path: Path_) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = f"holds more than {MAX_NODES:,} values once its aliases are expanded"
            raise _Refused(Finding(self._place(node), "too-many-nodes", message, hint="write fewer aliases"))
        if len(path) >= MAX_DEPTH and not isinstance(node, ScalarNode):
            raise _Refused(self._too_deep(self._place(node)))
        if id(node) in self.open:
            raise _Refused(Finding(self._place(node), "alias", "an alias that contains itself", key=key_path(path)))
        if node.tag == INCLUDE_TAG:
            return self.include(node, path)
        if isinstance(node, ScalarNode):
            return self.scalar(node, path)
        self.open.add(id(node))
        try:
            if isinstance(node, SequenceNode) and self.has_plain_tag(node, "seq", path):
                return [self.value(item, (*path, number)) for number, item in enumerate(node.value)]
            if isinstance(node, MappingNode) and self.has_plain_tag(node, "map", path):
                return self.mapping(node, path)
        finally:
            self.open.discard(id(node))
        return None

    def mapping(self, node: MappingNode, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.report(key_node, path, "key", "a key must be a word, not a list or a mapping")
                continue
            key = str(key_node.value)
            if key_node.tag == "tag:yaml.org,2002:merge" or key == "<<":
                self.report(key_node, path, "merge-key", "merge keys (<<) are not understood", "write the keys out")
                continue
            if key in first:
                line = first[key].start_mark.line + 1
                message = f"the key stands here for the second time (first on line {line})"
                self.report(key_node, (*path, key), "duplicate-key", message, "keep one of them")
                continue
            first[key] = key_node
            data[key] = self.value(value_node, (*path, key))
        return data

    def scalar(self, node: ScalarNode, path: Path_) -> Any:
        text: str = node.value
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        try:
            if kind == "str":
                return text
            if kind == "int":
                return int(text)
            if kind == "float" and math.isfinite(number := float(text)):
                return number
            if kind == "bool" and text.lower() in {"true", "false"}:
                return text.lower() == "true"
            if kind == "null":
                return None
        except ValueError:
            self.report(node, path, "type", f"{quoted(text)} is not {TYPE_NAMES[kind]}")
            return None
        self.has_plain_tag(node, "str", path)
        return text

    def has_plain_tag(self, node: Node, kind: str, path: Path_) -> bool:
        if node.tag == f"tag:yaml.org,2002:{kind}":
            return True
        shown = node.tag.replace("tag:yaml.org,2002:", "!!")
        self.report(node, path, "tag", f"the tag {quoted(shown)} is not allowed", "the only tag is !include; take it out")
        return False

    def include(self, node: Node, path: Path_) -> Any:
        wanted = node.value if isinstance(node, ScalarNode) else None
        if not isinstance(wanted, str) or not wanted.strip():
            message = "!include takes one path, as in: !include partnerships/*.yml"
            self.report(node, path, "include", message)
            return None
        if reason := _leaves_content(wanted):
            hint = "name a file or a wildcard relative to content/"
            self.report(node, path, "include", f"{quoted(wanted)} {reason}", hint)
            return None
        if len(self.reader._stack) > MAX_DEPTH:
            self.report(node, path, "include", "includes are nested too deeply")
            return None
        refused = [found for found in self._matches(wanted) if not found.resolve().is_relative_to(self.reader.content)]
        if refused:
            shown = self.reader._shown(refused[0])
            self.report(node, path, "include", f"{quoted(shown)} leads out of content/", "copy the file into content/")
            return None
        try:
            loaded = self.reader.includes(_LOADER_FOR_INCLUDES, node)
        except FileNotFoundError:
            self.report(node, path, "include", f"no file {quoted(wanted)} in content/", self._similar(wanted))
            return None
        except OSError as error:
            self.report(node, path, "include", f"{quoted(wanted)} cannot be read: {error.strerror or error}")
            return None
        if isinstance(loaded, list):
            loaded.sort(key=lambda document: document.path)
            self.document._included[id(node)] = loaded
            return [document.data for document in loaded]
        self.document._included[id(node)] = loaded
        return loaded.data

    def _matches(self, wanted: str) -> list[Path]:
        if yaml_include.constructor.WILDCARDS_PATTERN.match(wanted):
            try:
                return sorted(self.reader.content.glob(wanted))
            except ValueError:
                return []
        return [self.reader.content / wanted]

    def _similar(self, wanted: str) -> str:
        folder = (self.reader.content / wanted).parent
        if not folder.is_dir():
            return ""
        parent = PurePosixPath(wanted).parent
        return did_you_mean(wanted, [(parent / child.name).as_posix() for child in sorted(folder.iterdir())])

    def report(self, node: Node, path: Path_, rule: str, message: str, hint: str = "") -> None:
        self.document.findings.append(Finding(self._place(node), rule, message, key_path(path), hint))

    def _place(self, node: Node) -> Place:
        return Place(self.document.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _too_deep(self, place: Place) -> Finding:
        return Finding(place, "nesting", f"is nested more than {MAX_DEPTH} levels deep", hint="records are flat; see the field reference")

    def _syntax(self, error: yaml.MarkedYAMLError, text: str) -> Finding:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Finding(Place(self.document.path), "syntax", str(error.problem or error))
        problem = str(error.problem or "cannot be read as YAML")
        if "nesting depth" in problem:
            return self._too_deep(Place(self.document.path, mark.line + 1, mark.column + 1))
        lines = text.splitlines() or [""]
        line = lines[min(mark.line, len(lines) - 1)]
        place = Place(self.document.path, mark.line + 1, mark.column + 1)
        return Finding(place, "syntax", f"not readable as YAML: {problem}", hint=_syntax_hint(problem, line, mark.column))


_LOADER_FOR_INCLUDES: Final = _Loader("")


def _leaves_content(wanted: str) -> str:
    """Say why an include path could leave ``content/``; an empty string if it cannot."""
    if re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:", wanted):
        return "has a scheme or a drive letter"
    if wanted.startswith(("/", "\\", "~")):
        return "is an absolute path"
    if "\\" in wanted:
        return "has a backslash; write /"
    if ".." in wanted.split("/"):
        return "has '..' in it"
    if "\0" in wanted:
        return "has a zero byte in it"
    return ""


def _syntax_hint(problem: str, line: str, column: int) -> str:
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
