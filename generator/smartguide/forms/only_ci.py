"""Which checks the form makes in the browser, and which only the command line and CI make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smartguide.extensions import Rule
from smartguide.model.kinds import Kind

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
    }
)
"""The rules of every knowledge base that the form applies itself: ``RULES`` in ``theme/assets/form/model/rules.js``."""
ONLY_CI: Final = {
    "continues": "Records do not continue each other in a circle.",
    "one-sided": "Of two records that should name each other, both do.",
    "verified": "The day of a comparison with a document has come, and is not before the date of the document.",
    "unreferenced": "Another record refers to a new one: readers find such records only through others.",
}
"""The rules of every knowledge base that need the other records as a whole, in words."""
_NEEDED: Final = {"continues": "x-continues", "one-sided": "x-mirror", "verified": "x-verified"}
"""The keyword without which a rule says nothing of a kind of record."""
OTHERS: Final = {
    "dead-link": "Every URL leads to a page.",
}
"""What is checked besides rules."""
_SENTENCE: Final = re.compile(r"(?<=[.:;])\s")
_CODE: Final = re.compile(r"``([^`]*)``")


def only_ci(collection: str, kind: Kind, rules: tuple[Rule, ...], *, standalone: bool) -> Iterator[dict[str, str]]:
    """Yield the checks of a collection's records that the form does not make: the id of each rule, and its words.

    ``rules`` are those that the project adds: their documentation says what they check. ``standalone`` as in the
    catalogue.
    """
    for rule, words in ONLY_CI.items():
        if rule in _NEEDED and not kind.having(_NEEDED[rule]):
            continue
        if rule == "unreferenced" and standalone:
            continue
        yield {"rule": rule, "words": words}
    for one in rules:
        if not one.collections or collection in one.collections:
            yield {"rule": one.id, "words": _first_sentence(one.documentation)}
    for rule, words in OTHERS.items():
        yield {"rule": rule, "words": words}


def _first_sentence(documentation: str) -> str:
    """Return what the documentation of a rule begins with, as plain text."""
    text = " ".join(documentation.partition("\n\n")[0].split())
    sentence = _SENTENCE.split(_CODE.sub(r"\1", text), maxsplit=1)[0]
    return re.sub(r"[:;]$", ".", sentence)
