"""References to records that do not exist, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from smartguide.extensions import ExtensionError, Extensions
from smartguide.findings import Finding, did_you_mean, key_path, quoted
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.links import Dangling

FEW: Final = 20
"""So many ids are listed in a message; where there are more, only the nearest is named."""


def check(base: KnowledgeBase, extensions: Extensions) -> Iterator[Finding]:
    """Yield a finding for each value that should name a record and names none."""
    former = _former_ids(base)
    for dangling in base.links.dangling:
        if dangling.ref.collection not in base:
            continue  # that is a fault of the schema, and reported there
        path, value = dangling.value.path, str(dangling.value.value)
        singular = base[dangling.ref.collection].kind.title.lower()
        try:
            hint = _hint(dangling, value, former.get((dangling.ref.collection, value), ""), extensions)
        except ExtensionError as error:
            hint = ""
            yield error.finding
        message = f"no {singular} {quoted(value)}"
        yield Finding(dangling.entry.place_of(*path), "unknown-reference", message, key_path(path), hint)


def _former_ids(base: KnowledgeBase) -> dict[tuple[str, str], str]:
    """Return the id that records have now, by their collection and an id that they had before."""
    return {(record.collection.name, former): record.id for record in base for former in record.former_ids}


def _hint(dangling: Dangling, value: str, now: str, extensions: Extensions) -> str:
    if now:
        return f"it is called {quoted(now)} now: write that"
    declared = str(dangling.value.property.schema["x-ref"])
    if hint := extensions.hint(declared, value, dangling.known) or did_you_mean(value, dangling.known):
        return hint
    by_label = {entry.label.casefold(): known for known, entry in dangling.known.items()}
    if value.casefold() in by_label:
        return f"did you mean {quoted(by_label[value.casefold()])}?"
    if 0 < len(dangling.known) <= FEW:
        return f"allowed: {', '.join(sorted(dangling.known))}"
    return f"write its record in the collection {dangling.ref.collection} first"
