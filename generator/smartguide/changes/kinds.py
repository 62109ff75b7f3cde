"""What records may hold in one state of a project and not in the other: the properties of each kind that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.properties import Property

_MOST: Final = 10
"""So many values that may be chosen are named."""
_LIMITS: Final = (
    "type", "const", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "x-ref", "x-unique",
)  # fmt: skip
"""The keywords that say what a value may be, besides a list of all values."""


class ChangedKind(NamedTuple):
    """A kind of record: its title, and one sentence for each property that differs."""

    title: str
    says: tuple[str, ...]


def kinds(base: KnowledgeBase, head: KnowledgeBase) -> Iterator[ChangedKind]:
    """Yield the kinds that both states have and whose records may hold something else."""
    before = {one.kind.name: one.kind for one in base.collections.values()}
    after = {one.kind.name: one.kind for one in head.collections.values()}
    for name, kind in after.items():
        if name in before and (said := tuple(_said(before[name], kind))):
            yield ChangedKind(kind.title, said)


def _said(before: Kind, after: Kind) -> Iterator[str]:
    old, new = ({one.path: one for one in kind.properties} for kind in (before, after))
    for path, one in new.items():
        if path in old:
            yield from (f"{_name(one)}: {said}" for said in _differences(old[path], one))
        elif path[:-1] in old or len(path) == 1:  # what is inside of something new goes without saying
            yield f"{_name(one)}: new, {'must be given' if one.is_required else 'may be given'}"
    for path, one in old.items():
        if path not in new and (path[:-1] in new or len(path) == 1):
            yield f"{_name(one)}: removed"


def _name(one: Property) -> str:
    return f"{one.title} ({one.name})" if one.title != one.name else one.name


def _differences(before: Property, after: Property) -> Iterator[str]:
    if before.is_required != after.is_required:
        yield "must be given now" if after.is_required else "may be left out now"
    old, new = (one.schema.get("enum") or [] for one in (before, after))
    if bool(old) != bool(new):
        yield "may be one of some values only now" if new else "may be any value now"
    elif old != new:
        for said, values in (("may be", _only_in(new, old)), ("may no longer be", _only_in(old, new))):
            if values:
                yield f"{said} {', '.join(values[:_MOST])}{' and others' if len(values) > _MOST else ''}"
    if any(before.schema.get(key) != after.schema.get(key) for key in _LIMITS):
        yield "other values are allowed than before"


def _only_in(values: list[Any], others: list[Any]) -> list[str]:
    return [f"“{value}”" for value in values if value not in others]
