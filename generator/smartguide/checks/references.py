"""References to records that do not exist, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from smartguide.checks.chapters import Chapter
from smartguide.checks.lost import Consequence, Lost
from smartguide.extensions import ExtensionError, Extensions
from smartguide.findings import ALIKE, Finding, did_you_mean, key_path, quoted
from smartguide.model.entries import slug
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.links import Dangling
from smartguide.model.names import unknown

CLOSE: Final = 75
"""How alike (of 100) a long id must be to be named: what is not there is new more often than it is misspelt."""
SHORT: Final = 8
"""Characters of an id in which a slip makes a large difference."""
FEW: Final = 20
"""So many ids are listed in a message; where there are more, only the nearest is named."""


def check(base: KnowledgeBase, extensions: Extensions, lost: Lost) -> Iterator[Finding | Consequence]:
    """Yield a finding for each value that should name a record and names none.

    Where that follows from something else that is wrong, yield a consequence of it instead.
    """
    former = _former_ids(base)
    for dangling in base.links.dangling:
        if cause := lost.cause_of(dangling, base):
            yield Consequence(cause)
            continue
        path, value = dangling.value.path, str(dangling.value.value)
        singular = base[dangling.ref.collection].kind.title.lower()
        try:
            hint = _hint(dangling, value, former.get((dangling.ref.collection, value), ""), extensions)
        except ExtensionError as error:
            hint = ""
            yield error.finding
        message = f"no {singular} {quoted(value)}"
        yield Finding(dangling.entry.place_of(*path), "unknown-reference", message, key_path(path), hint)


def check_chapters(chapters: Iterable[Chapter], base: KnowledgeBase, lost: Lost) -> Iterator[Finding]:
    """Yield a finding for each collection and each record that a macro of a chapter names and that does not exist.

    One that only cannot be read is not told: its own file is to blame.
    """
    former = _former_ids(base)
    for one, place in (found for chapter in chapters for found in chapter.named):
        key = one.collection, one.record_id
        if one.collection in lost.collections or key in lost.values:
            continue
        if one.collection not in base:
            error = unknown("collection", one.collection, base.collections)
            yield Finding(place, "macro", error.reason, hint=error.hint)
        elif one.record_id and one.record_id not in base[one.collection].records:
            known = base[one.collection].records
            error = unknown("record", one.record_id, known, f"in the collection {quoted(one.collection)}")
            hint = _is_now(one.record_id, former[key]) if key in former else error.hint
            yield Finding(place, "macro", error.reason, hint=hint)


def _is_now(value: str, now: str) -> str:
    return f"{quoted(value)} is now {quoted(now)}: write {quoted(now)}"


def _former_ids(base: KnowledgeBase) -> dict[tuple[str, str], str]:
    """Return the id that records have now, by their collection and an id that they had before."""
    return {(record.collection.name, former): record.id for record in base for former in record.former_ids}


def _hint(dangling: Dangling, value: str, now: str, extensions: Extensions) -> str:
    if now:
        return _is_now(value, now)
    declared = str(dangling.value.property.schema["x-ref"])
    if hint := extensions.hint(declared, value, dangling.known):
        return hint
    by_label = {entry.label.casefold(): known for known, entry in dangling.known.items()}
    if meant := by_label.get(value.casefold()):
        return f"did you mean {quoted(meant)}?"
    near = did_you_mean(value, dangling.known, ALIKE if len(value) <= SHORT else CLOSE)
    new = _how_to_add(value, dangling)
    if near:
        return f"{near} If it is a new one, {new}" if new else near
    few = f"there are: {', '.join(sorted(dangling.known))}" if 0 < len(dangling.known) <= FEW else ""
    return "; ".join(filter(None, [few, f"if it is a new one, {new}" if new else ""]))


def _how_to_add(value: str, dangling: Dangling) -> str:
    """Say where the record goes that a reference names, if it is a new one; empty if that is not known."""
    example = next(iter(dangling.known.values()), None)
    if example is None:
        return ""
    new = slug(value)
    if example.base:  # the file holds all records of the collection
        where = f"add '{new}:' to {example.path}"
    else:
        where = f"add the file {example.path.rpartition('/')[0]}/{new}.yml"
    key = dangling.ref.key
    return (
        f"{where} with '{key}: {value}'" if key else where if new == value else f"{where}, and write {quoted(new)} here"
    )
