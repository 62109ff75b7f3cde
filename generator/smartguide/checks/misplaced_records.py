"""Records in the folder of another collection: one finding says so, in the place of what their schema says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from smartguide.checks.schema_lines import schema_of
from smartguide.findings import Finding, Place
from smartguide.model.entries import Entry
from smartguide.model.knowledge_base import Collection, KnowledgeBase
from smartguide.model.schema_files import SUFFIX

RULE: Final = "wrong-folder"
_OF_KEYS: Final = frozenset({"unknown-key", "missing-key"})


def check(entry: Entry, wrong: Iterable[Finding], base: KnowledgeBase) -> Finding | None:
    """Return a finding for a record that is one of another collection; None if it is not, or that is not clear.

    ``wrong`` is what is wrong with it in its own. It belongs to another if it is right there, or names its schema.
    """
    if entry.base or not any(one.rule in _OF_KEYS for one in wrong):
        return None
    named = schema_of(entry.document.text).rpartition("/")[2].removesuffix(SUFFIX)
    others = {one.name: folder for one in base.collections.values() if (folder := _folder(one, entry))}
    fitting = [
        one
        for one in others
        if base[one].kind.name == named or (not named and base[one].kind.validator.is_valid(entry.data))
    ]
    if len(fitting) != 1:
        return None
    kind = base[fitting[0]].kind.title.lower()
    message = f"this is the record of a {kind}, in the folder of another collection"
    return Finding(Place(entry.path, 1, 1), RULE, message, hint=f"move it to {others[fitting[0]]}/")


def _folder(collection: Collection, entry: Entry) -> str:
    """Return the folder of the records of another collection; empty if it has none, or they are of the same kind."""
    example = next(iter(collection), None)
    if example is None or example.entry.base or collection.kind is entry.kind:
        return ""
    return example.entry.path.rpartition("/")[0]
