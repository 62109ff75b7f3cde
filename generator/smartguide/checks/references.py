"""References to records that do not exist, and what to do about each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final

from smartguide.checks.chapters import Chapter
from smartguide.checks.lost import Consequence, Lost
from smartguide.checks.template_code import MACROS, Named
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
        if dangling.value.property.schema.get("x-or-url"):
            hint = "; ".join(filter(None, [hint, "or write a whole URL, beginning with https://"]))
        message = f"no {singular} {quoted(value)}"
        yield Finding(dangling.entry.place_of(*path), "unknown-reference", message, key_path(path), hint)


def check_chapters(
    chapters: Iterable[Chapter], base: KnowledgeBase, lost: Lost, known: Container[str] | None
) -> Iterator[Finding]:
    """Yield a finding for each collection and each record that a macro of a chapter names and that does not exist.

    Calls that lack a value, and names that nothing has, are told as well. ``known`` are the names that chapters can
    use; None if that is not clear. A record that only cannot be read is not told: its own file is to blame.
    """
    former = _former_ids(base)
    for one, place in (found for chapter in chapters for found in chapter.named):
        if one.given is None:
            if known is not None and one.name not in known:
                yield Finding(place, "macro", f"{quoted(one.name)} is undefined", hint=_meant(one.name, base))
            continue
        if one.wrong:
            yield Finding(place, "macro", f"{one.name}() {one.wrong}", hint=_as_called(one, base))
            continue
        collection, record_id = one.given.get("collection", ""), one.given.get("record_id", "")
        key = collection, record_id
        if not collection or collection in lost.collections or key in lost.values:
            continue
        if collection not in base:
            error = unknown("collection", collection, base.collections)
            yield Finding(place, "macro", error.reason, hint=error.hint)
        elif record_id and record_id not in base[collection].records:
            known_ids = base[collection].records
            error = unknown("record", record_id, known_ids, f"in the collection {quoted(collection)}")
            hint = _is_now(record_id, former[key]) if key in former else error.hint
            yield Finding(place, "macro", error.reason, hint=hint)


def _meant(name: str, base: KnowledgeBase) -> str:
    """Say what to write for a name that nothing has: a macro, or the link to the record that is called so."""
    if near := did_you_mean(name, MACROS):
        return near
    return _link_to(slug(name), base) or "to show braces, put them between backticks or {% raw %} and {% endraw %}"


def _as_called(one: Named, base: KnowledgeBase) -> str:
    """Say how a macro is called, with the records of this knowledge base."""
    given = one.given or {}
    first = next(iter(given.values()), "")
    if one.name == "link" and first not in base.collections and (found := _link_to(first, base)):
        return found
    collection = first if first in base.collections else next(iter(base.collections), "tours")
    records = base.collections[collection].records if collection in base.collections else {}
    record_id = given.get("record_id") or next(iter(records), "id")
    examples = {"collection": collection, "record_id": record_id, "url": f"{collection}/", "name": "collections"}
    values = ", ".join(f'"{examples[key]}"' for key in MACROS[one.name].required)
    return f"for example {{{{ {one.name}({values}) }}}}"


def _link_to(record_id: str, base: KnowledgeBase) -> str:
    """Say how to write the link to a record; empty if none has that id, or several have."""
    found = [one.name for one in base.collections.values() if record_id in one.records]
    return f'write {{{{ link("{found[0]}", "{record_id}") }}}}' if len(found) == 1 else ""


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
