"""Nodes to plain data, refusing what records may not hold."""

from __future__ import annotations

import math
import os
import re
import sys
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol

import yaml
import yaml_include
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from smartguide.findings import Finding, Place, Severity, did_you_mean, key_path, quoted
from smartguide.reading import syntax_errors
from smartguide.reading.characters import composed, described, unwanted, unwanted_by_line
from smartguide.reading.conflicts import conflicts
from smartguide.reading.documents import Document, Path_
from smartguide.reading.listing import Listing
from smartguide.reading.plain_yaml import NUMBER, Loader, cut_off, number_fault, said_of_comment

MAX_DEPTH: Final = 50
MAX_NODES: Final = 10_000
MAX_TEXT: Final = 1024 * 1024
"""Characters of all texts of a file; only aliases can make them more than the file itself holds."""
MAX_NESTED: Final = 1_000
"""Files that files of records include; the catalogue itself may include as many as there are."""
MAX_PATH: Final = 200
SHARED: Final = 32
"""Characters of a text that is kept once, however many records hold it: keys, ids, countries, years."""
INCLUDE_TAG: Final = "!include"
_ODD_BLANK: Final = re.compile(r"[\w-]+:[^\S \t\r\n]")
"""A key and its colon before a blank that YAML does not know, so that all of it is one text."""
_ODD_LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")

TYPE_NAMES: Final = {"int": "a whole number", "float": "a number", "bool": "true or false"}
_OF_TYPES: Final = {"int": "write digits only", "float": "write digits only", "bool": "write true or false"}


class Includer(Protocol):
    """What includes need of the reader: ``stack`` are the files being read, ``nested`` counts what they include."""

    content: Path
    stack: list[Path]
    nested: int

    @property
    def listing(self) -> Listing:
        """The files below ``content``."""

    @property
    def includes(self) -> yaml_include.Constructor:
        """What reads the files that an include names."""

    def shown(self, path: Path) -> str:
        """Return a path as findings name it."""

    def leads_out(self, path: Path, folder: Path) -> bool:
        """Tell whether a path leads out of a folder."""


class RefusedError(Exception):
    """Reading cannot go on in this file; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Construction:
    """Builds the data of one document from its nodes, noting each fault and going on where that makes sense."""

    def __init__(self, reader: Includer, document: Document) -> None:
        self.reader = reader
        self.document = document
        self.nodes = 0
        self.characters = 0
        self.furthest = (1, 1)
        self.open: set[int] = set()
        self.lines: list[str] = []

    def run(self, text: str) -> None:
        """Read the text into the document. Raises RefusedError if reading cannot go on."""
        if left := list(conflicts(self.document.path, text)):
            self.document.findings += left[:-1]
            raise RefusedError(left[-1])
        self.lines = text.split("\n")
        loader = Loader(text)
        try:
            root = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            raise RefusedError(self._odd_line_end(text) or self._syntax(error, text)) from error
        except yaml.reader.ReaderError as error:
            good = text[: error.position]
            place = Place(self.document.path, good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1)
            code = error.character if isinstance(error.character, int) else ord(error.character)
            message = f"the character U+{code:04X} is not allowed in YAML"
            raise RefusedError(Finding(place, "character", message, hint="delete it")) from error
        except RecursionError as error:
            raise RefusedError(self._too_deep(Place(self.document.path))) from error
        finally:
            loader.dispose()
        if isinstance(root, ScalarNode) and not root.style and (odd := _ODD_BLANK.match(str(root.value))):
            place = Place(self.document.path, root.start_mark.line + 1, root.start_mark.column + odd.end())
            message = f"no space (U+0020) is behind the colon, but U+{ord(odd[0][-1]):04X}"
            raise RefusedError(Finding(place, "syntax", message, hint="delete it, and type a space in its place"))
        if root is None:
            message = "the file is empty"
            raise RefusedError(
                Finding(Place(self.document.path, 1, 1), "empty", message, hint="write the record or delete it")
            )
        self.document.text = text
        self.document.keep_nodes(root)
        self.document.data = self.value(root, ())
        self.check_comments(text)

    def value(self, node: Node, path: Path_) -> Any:
        """Return the data of any node. Raises RefusedError at a limit that must not be passed."""
        self.count(node)
        if len(path) >= MAX_DEPTH and not isinstance(node, ScalarNode):
            raise RefusedError(self._too_deep(self._place(node)))
        if id(node) in self.open:
            raise RefusedError(self._circle(node, path))
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

    def count(self, node: Node) -> None:
        """Count a node and its text, aliases expanded. Raises RefusedError if it is one too many."""
        self.nodes += 1
        self.characters += len(node.value) if isinstance(node, ScalarNode) else 0
        # What an alias stands for is in another line than the alias, which has no place of its own.
        self.furthest = max(self.furthest, (node.start_mark.line + 1, node.start_mark.column + 1))
        message = ""
        if self.nodes > MAX_NODES:
            message = f"holds more than {MAX_NODES:,} values once its aliases are expanded"
        elif self.characters > MAX_TEXT:
            message = f"holds more than {MAX_TEXT:,} characters once its aliases are expanded"
        if message:
            place = Place(self.document.path, *self.furthest)
            raise RefusedError(Finding(place, "too-many-nodes", message, hint="write fewer aliases"))

    def mapping(self, node: MappingNode, path: Path_) -> dict[str, Any]:
        """Return a mapping with text keys, each of them once."""
        data: dict[str, Any] = {}
        first: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.report(
                    key_node, path, "key", "a key must be a word, not a list or a mapping", "write a word and ': '"
                )
                continue
            key = sys.intern(composed(str(key_node.value)))
            self.check_characters(key_node, key, (*path, key))
            if key_node.tag == "tag:yaml.org,2002:merge" or key == "<<":
                self.report(key_node, path, "merge-key", "merge keys (<<) are not understood", "write the keys out")
                continue
            if key in first:
                self.count(key_node)
                line = first[key].start_mark.line + 1
                message = f"the key stands here for the second time (first on line {line})"
                self.report(key_node, (*path, key), "duplicate-key", message, "keep one of them")
                continue
            if wrong := syntax_errors.wrong_key(key):
                message, hint = wrong
                raise RefusedError(Finding(self._place(key_node), "key", message, hint=hint))
            first[key] = key_node
            data[key] = self.value(value_node, (*path, key))
        return data

    def scalar(self, node: ScalarNode, path: Path_) -> Any:
        """Return text, a number, true, false or nothing."""
        text = composed(node.value)
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        if not node.style:
            self.check_end(node, path)
        self.check_beginning(node, path)
        try:
            if kind == "str":
                self.check_characters(node, text, path)
                return sys.intern(text) if len(text) <= SHARED else text
            if kind in {"int", "float"}:
                return self.number(node, kind, text, path)
            if kind == "bool" and text.lower() in {"true", "false"}:
                return text.lower() == "true"
            if kind == "null":
                return None
        except ValueError:
            self.report(node, path, "type", f"{quoted(text)} is not {TYPE_NAMES[kind]}", _OF_TYPES[kind])
            return None
        self.has_plain_tag(node, "str", path)
        return text

    def number(self, node: ScalarNode, kind: str, text: str, path: Path_) -> float:
        """Return a number, and report it unless it is shown as it is written. Raises ValueError if the text is none."""
        if re.fullmatch(r"[-+]?[0-9]+", text) is None and (kind == "int" or not math.isfinite(float(text))):
            raise ValueError
        message, hint = number_fault(text)
        if message:
            self.report(node, path, NUMBER, message, hint)
        return int(text) if kind == "int" else float(text)

    def check_beginning(self, node: ScalarNode, path: Path_) -> None:
        """Report a word before a text that is taken for an anchor, if no alias refers to it, or for an empty tag."""
        line, column = node.start_mark.line, node.start_mark.column
        lost = self.lines[line][column:].partition(" ")[0] if line < len(self.lines) else ""
        is_anchor = lost.startswith("&") and not any(f"*{lost[1:]}" in one for one in self.lines)
        if is_anchor or lost == "!":
            message = f"{quoted(lost)} is taken for {'an anchor' if is_anchor else 'a tag'} of YAML, and left out"
            hint = "put the whole text in quotes"
            self.document.findings.append(
                Finding(self._place(node), "comment", message, key_path(path), hint, severity=Severity.WARNING)
            )

    def check_end(self, node: ScalarNode, path: Path_) -> None:
        """Report what stands behind a plain text and is taken for a comment, though it may be part of the text."""
        line, column = node.end_mark.line, node.end_mark.column
        lost = cut_off(self.lines[line], column) if line < len(self.lines) else ""
        if lost:
            place = Place(self.document.path, line + 1, self.lines[line].index(lost, column) + 1)
            message, hint = said_of_comment(lost)
            self.document.findings.append(
                Finding(place, "comment", message, key_path(path), hint, severity=Severity.WARNING)
            )

    def check_characters(self, node: Node, text: str, path: Path_) -> None:
        """Report a character that no text may hold, where it stands; if it is written as an escape, at the text."""
        char = unwanted(text)
        if not char:
            return
        place = self._place(node)
        for number in range(node.start_mark.line, min(node.end_mark.line + 1, len(self.lines))):
            if char in self.lines[number]:
                place = Place(self.document.path, number + 1, self.lines[number].index(char) + 1)
                break
        message, hint = described(char)
        self.document.findings.append(Finding(place, "invisible-character", message, key_path(path), hint))

    def check_comments(self, text: str) -> None:
        """Report characters that no text may hold on lines of which nothing was reported: in comments."""
        told = {finding.place.line for finding in self.document.findings if finding.rule == "invisible-character"}
        for line, column, char in unwanted_by_line(text):
            if line not in told:
                message, hint = described(char)
                place = Place(self.document.path, line, column)
                self.document.findings.append(Finding(place, "invisible-character", message, hint=hint))

    def has_plain_tag(self, node: Node, kind: str, path: Path_) -> bool:
        """Tell whether a node is what it looks like; any other tag is refused."""
        if node.tag == f"tag:yaml.org,2002:{kind}":
            return True
        shown = node.tag.replace("tag:yaml.org,2002:", "!!")
        self.report(
            node, path, "tag", f"the tag {quoted(shown)} is not allowed", "the only tag is !include; take it out"
        )
        return False

    def include(self, node: Node, path: Path_) -> Any:
        """Return the data of the file or files that an ``!include`` names, if they are below ``content/``."""
        wanted = node.value if isinstance(node, ScalarNode) else None
        if not isinstance(wanted, str) or not wanted.strip():
            self.report(node, path, "include", "!include takes one path", "as in: !include books/*.yml")
            return None
        if reason := _leaves_content(wanted):
            hint = "name a file or a wildcard relative to content/"
            self.report(node, path, "include", f"{quoted(wanted)} {reason}", hint)
            return None
        if len(self.reader.stack) > MAX_DEPTH:
            self.report(node, path, "include", "includes are nested too deeply", "include the last of them here")
            return None
        if self._is_refused(wanted, node, path):
            return None
        matches = self._matches(wanted)
        self.reader.nested += len(self.reader.stack) > 1 and len(matches)
        if self.reader.nested > MAX_NESTED:
            message = f"more than {MAX_NESTED:,} files are included by records"
            raise RefusedError(Finding(self._place(node), "include", message, key_path(path), "include them once"))
        loaded: Any = self.reader.includes(_LOADER_FOR_INCLUDES, node)
        if isinstance(loaded, list):
            loaded.sort(key=lambda document: document.path)
            self.document.included_documents[id(node)] = loaded
            return [document.data for document in loaded]
        self.document.included_documents[id(node)] = loaded
        return loaded.data

    def _is_refused(self, wanted: str, node: Node, path: Path_) -> bool:
        """Report a folder that cannot be read, a link that leads out of ``content/``, or a file that is not there."""
        folder = (self.reader.content / wanted).parent
        if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
            self.report(
                node,
                path,
                "unreadable",
                f"the folder {quoted(self.reader.shown(folder))} cannot be read",
                "let it be read",
            )
            return True
        if not wanted.endswith((".yml", ".yaml")) and not (self.reader.content / wanted).is_dir():
            message = f"{quoted(wanted)} is no file of records"
            self.report(node, path, "include", message, "name files that end in .yml")
            return True
        if _is_wildcard(wanted) and len(self.reader.stack) > 1 and not self._matches(wanted):
            self.report(node, path, "include", f"no file in content/ matches {quoted(wanted)}", "correct the path")
            return True
        matches = set() if _is_wildcard(wanted) else {wanted}
        for link in self.reader.listing.links:
            if (link in matches or wanted.startswith(f"{link}/")) and self.reader.leads_out(
                self.reader.content / link, self.reader.content
            ):
                shown = self.reader.shown(self.reader.content / link)
                message, hint = f"{quoted(shown)} leads out of content/", "copy the file into content/"
                self.report(node, path, "include", message, hint)
                return True
        if not _is_wildcard(wanted) and not (self.reader.content / wanted).is_file():
            self.report(node, path, "include", f"no file {quoted(wanted)} in content/", self._similar(wanted))
            return True
        return False

    def _matches(self, wanted: str) -> list[str]:
        return self.reader.listing.matching(wanted) if _is_wildcard(wanted) else [wanted]

    def _similar(self, wanted: str) -> str:
        """Say which file is meant: one of nearly that path, or of that name in another folder."""
        known = self.reader.listing.files
        name = PurePosixPath(wanted).name
        elsewhere = [one for one in known if PurePosixPath(one).name == name]
        meant = f"did you mean {quoted(elsewhere[0])}?" if len(elsewhere) == 1 else ""
        return did_you_mean(wanted, known) or meant or "name a file or a wildcard below content/"

    def report(self, node: Node, path: Path_, rule: str, message: str, hint: str = "") -> None:
        """Note a fault and go on."""
        self.document.findings.append(Finding(self._place(node), rule, message, key_path(path), hint))

    def _place(self, node: Node) -> Place:
        return Place(self.document.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _circle(self, node: Node, path: Path_) -> Finding:
        """Return the finding for an alias inside of what it stands for, at the alias."""
        number, column = node.start_mark.line, node.start_mark.column
        place, hint = self._place(node), "write the text itself in the place of the alias"
        if anchor := re.match(r"&([^\s,\[\]{}]+)", self.lines[number][column:]):
            alias = re.compile(rf"\*{re.escape(anchor[1])}(?![^\s,\[\]{{}}])")
            for line in range(number, len(self.lines)):
                if found := alias.search(self.lines[line], column if line == number else 0):
                    place = Place(self.document.path, line + 1, found.start() + 1)
                    hint = f"write the text itself in the place of {found[0]}"
                    break
        return Finding(place, "alias", "an alias that contains itself", key_path(path), hint)

    def _too_deep(self, place: Place) -> Finding:
        return Finding(
            place,
            "nesting",
            f"is nested more than {MAX_DEPTH} levels deep",
            hint="write fewer levels; the field reference shows how",
        )

    def _odd_line_end(self, text: str) -> Finding | None:
        """Return a finding for the first character that ends a line for YAML, and for nobody who reads it."""
        found = _ODD_LINE_ENDS.search(text)
        if found is None:
            return None
        before = text[: found.start()]
        place = Place(self.document.path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        message, hint = described(found[0])
        return Finding(place, "invisible-character", message, hint=hint)

    def _syntax(self, error: yaml.MarkedYAMLError, text: str) -> Finding:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Finding(
                Place(self.document.path), "syntax", str(error.problem or error), hint=syntax_errors.CHECK_ALL
            )
        problem = str(error.problem or "cannot be read as YAML")
        if "nesting depth" in problem:
            return self._too_deep(Place(self.document.path, mark.line + 1, mark.column + 1))
        began = error.context_mark
        context = (began.line, began.column) if began else None
        found = syntax_errors.explain(problem, text, (mark.line, mark.column), context)
        place = Place(self.document.path, found.line + 1, found.column + 1)
        return Finding(place, "syntax", found.message, hint=found.hint)


_LOADER_FOR_INCLUDES: Final = Loader("")


def _is_wildcard(wanted: str) -> bool:
    """Tell whether pyyaml-include takes a path for a wildcard."""
    return bool(yaml_include.constructor.WILDCARDS_PATTERN.match(wanted))


def _leaves_content(wanted: str) -> str:
    """Say why an include path could leave ``content/``; an empty string if it cannot."""
    if len(wanted) > MAX_PATH:
        return f"is longer than {MAX_PATH} characters"
    if ":" in wanted:
        return "has a scheme or a drive letter"
    if wanted.startswith(("/", "\\", "~")):
        return "is an absolute path"
    if "\\" in wanted:
        return "has a backslash; write /"
    if ".." in wanted.split("/"):
        return "has '..' in it"
    if wanted.count("**") > 1 or any("**" in part and part != "**" for part in wanted.split("/")):
        return "has a ** that is not one whole part of the path"
    if "\0" in wanted:
        return "has a zero byte in it"
    return ""
