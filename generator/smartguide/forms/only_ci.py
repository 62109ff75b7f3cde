"""Which checks the form makes in the browser, and which only the command line and CI make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smartguide.extensions import Extensions
from smartguide.model.knowledge_base import Collection

IN_BROWSER: Final = frozenset(
    {
        "alias-is-name",
        "ambiguous",
        "blank-text",
        "date",
        "former-id",
        "local-url",
        "not-unique",
        "order",
        "refers-to-itself",
        "repeated",
        "same-name",
        "shown-as-written",
        "taken-url",
        "unreferenced",
        "verified",
    }
)
"""The rules of every knowledge base that the form applies itself: ``RULES`` in ``theme/assets/form/model/rules.js``."""
KEPT_BY_FORM: Final = frozenset({"one-sided"})
"""The rules that no record breaks that the form makes, as it changes the other record, too (``mirrors.js``)."""
CONTINUES: Final = "continues"
UNREFERENCED: Final = "unreferenced"
ONLY_CI: Final = {
    CONTINUES: "Records do not continue each other in a circle.",
    UNREFERENCED: "A record that this one no longer names is still named by another.",
}
"""The rules of every knowledge base that need the other records as a whole, in words.

Of ``unreferenced`` this is what the form cannot know; that a new record is named, it checks.
"""
OTHERS: Final = {
    "dead-link": "Every URL leads to a page.",
}
"""What is checked besides rules."""
_SENTENCE: Final = re.compile(r"(?<=[.:;])\s")
_CODE: Final = re.compile(r"``([^`]*)``")


def only_ci(collection: Collection, extensions: Extensions) -> Iterator[dict[str, str]]:
    """Yield what the form does not check or say of a collection's records: the id of a rule or a hint, and its words.

    The documentation of the rules that the project adds says what they check.
    """
    base = collection.base
    named = [prop for prop in collection.kind.references.values() if prop.ref and prop.ref.collection in base]
    targets = {str(prop.schema["x-ref"]): base[prop.ref.collection] for prop in named if prop.ref}
    if collection.kind.having("x-continues"):
        yield {"rule": CONTINUES, "words": ONLY_CI[CONTINUES]}
    if not all(one.standalone for one in targets.values()):
        yield {"rule": UNREFERENCED, "words": ONLY_CI[UNREFERENCED]}
    for one in extensions.rules:
        if not one.collections or collection.name in one.collections:
            yield {"rule": one.id, "words": _first_sentence(one.documentation)}
    for rule, words in OTHERS.items():
        yield {"rule": rule, "words": words}
    hinted = {ref for hint in extensions.hints for ref in hint.refs}
    kinds = sorted({target.kind.singular for ref, target in targets.items() if ref in hinted})
    if kinds:
        words = f"More may be said about a name that is not in the list: {', '.join(kinds)}."
        yield {"rule": "unknown-reference", "words": words}


def _first_sentence(documentation: str) -> str:
    """Return what the documentation of a rule begins with, as plain text."""
    text = " ".join(documentation.partition("\n\n")[0].split())
    sentence = _SENTENCE.split(_CODE.sub(r"\1", text), maxsplit=1)[0]
    return re.sub(r"[:;]$", ".", sentence)
