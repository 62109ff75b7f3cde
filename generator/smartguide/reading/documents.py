"""A YAML file that was read: its data, and where every key and every value of it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from smartguide.findings import Finding, Place
from smartguide.reading.characters import composed
from smartguide.reading.plain_yaml import Loader

Path_ = tuple[str | int, ...]
"""The way to a value inside a record: keys of mappings and numbers of list items."""


@dataclass
class Document:
    """One YAML file: its data, and where everything stands.

    ``path`` is relative to the repository. ``findings`` are the faults of the file as YAML; where there are some,
    ``data`` holds what could be read in spite of them (None if nothing could). ``text`` is what the file holds, and
    ``digest`` stands for just that text.

    The nodes, which say where everything stands, take ten times the memory of the data, and are seldom asked for: they
    are made anew from the text when they are.
    """

    path: str
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    text: str = field(default="", repr=False)
    digest: str = ""
    included_documents: dict[int, Document | list[Document]] = field(default_factory=dict)
    _keys: dict[int, dict[str, tuple[Node, Node]]] = field(default_factory=dict, repr=False, compare=False)
    """The keys and the values of each mapping in which something was looked for, by the mapping's identity."""

    _root: Node | None = field(default=None, repr=False, compare=False)

    @property
    def root(self) -> Node | None:
        """The node of the whole file; None if it is not readable as YAML, or empty."""
        if self._root is None and self.text:
            loader = Loader(self.text)
            try:
                self._root = loader.get_single_node()
            finally:
                loader.dispose()
        return self._root

    def keep_nodes(self, root: Node) -> None:
        """Keep the nodes that the data is made of: what an ``!include`` brings in is known by its node."""
        self._root = root

    def forget_nodes(self) -> None:
        """Leave the nodes to be made anew if they are asked for."""
        self._root = None

    def value_at(self, path: Path_) -> Place:
        """Return the place of the value at ``path``, or of its nearest ancestor that exists."""
        node, document, _ = self._find(path)
        return document.place(node)

    def key_at(self, path: Path_) -> Place:
        """Return the place of the key that ends ``path`` (for a list item: of the item)."""
        node, document, key = self._find(path)
        return document.place(key or node)

    def written_at(self, path: Path_) -> str | None:
        """Return a single value at ``path`` as it is written, such as ``01.2018``; None for a list or a mapping."""
        node, _, _ = self._find(path)
        return str(node.value) if isinstance(node, ScalarNode) else None

    def included(self, path: Path_) -> list[Document]:
        """Return the documents that an ``!include`` at ``path`` brought in; an empty list if there is no include."""
        node, document, _ = self._find(path, follow=False)
        found = document.included_documents.get(id(node), []) if node is not None else []
        return found if isinstance(found, list) else [found]

    def is_gathered(self, path: Path_) -> bool:
        """Tell whether an ``!include`` at ``path`` has a wildcard, which brings in a list of documents."""
        node, document, _ = self._find(path, follow=False)
        return node is not None and isinstance(document.included_documents.get(id(node)), list)

    def has_include(self, path: Path_) -> bool:
        """Tell whether the value at ``path`` is an ``!include``."""
        node, _, _ = self._find(path, follow=False)
        return node is not None and node.tag == "!include"

    @property
    def has_includes(self) -> bool:
        """Whether an ``!include`` of this file brought anything in, or failed to."""
        return bool(self.included_documents) or any(finding.rule == "include" for finding in self.findings)

    def all_findings(self) -> Iterator[Finding]:
        """Yield the faults of this file and of all that it includes."""
        yield from self.findings
        for found in self.included_documents.values():
            for document in found if isinstance(found, list) else [found]:
                yield from document.all_findings()

    def documents(self) -> Iterator[Document]:
        """Yield this document and all that it includes, at any depth."""
        yield self
        for found in self.included_documents.values():
            for document in found if isinstance(found, list) else [found]:
                yield from document.documents()

    def _find(self, path: Path_, *, follow: bool = True) -> tuple[Node | None, Document, Node | None]:
        """Walk down to ``path``: the node there, the document that it stands in, and the node of its key."""
        node, document, key = self.root, self, None
        for part in path:
            node, document = document.enter(node)
            found = document.included_documents.get(id(node))
            if isinstance(found, list) and isinstance(part, int) and part < len(found):
                document, node, key = found[part], found[part].root, None
                continue
            child = document.child(node, part)
            if child is None:
                return node, document, None
            key, node = child
        if follow:
            node, document = document.enter(node)
        return node, document, key

    def enter(self, node: Node | None) -> tuple[Node | None, Document]:
        """Step over an include of one file into that file."""
        found = self.included_documents.get(id(node)) if node is not None else None
        if isinstance(found, Document):
            return found.enter(found.root)
        return node, self

    def child(self, node: Node | None, part: str | int) -> tuple[Node | None, Node] | None:
        """Return what a node of this document holds at a key or a number, with the key's node; None if nothing."""
        if isinstance(node, MappingNode):
            if id(node) not in self._keys:
                pairs = self._keys[id(node)] = {}
                for key, value in node.value:
                    if isinstance(key, ScalarNode):
                        pairs.setdefault(composed(key.value), (key, value))
            return self._keys[id(node)].get(str(part))
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            return None, node.value[part]
        return None

    def place(self, node: Node | None) -> Place:
        """Return where a node of this document begins."""
        if node is None:
            return Place(self.path, 1, 1) if self.root is not None else Place(self.path)
        return Place(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
