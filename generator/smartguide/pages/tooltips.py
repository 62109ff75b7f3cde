"""Tooltips: the name of a record that explains a term says what it means, wherever it stands in the text of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages.text import entities, shortened

LONGEST: Final = 300
"""Characters of a tooltip; the glossary itself has all of a longer definition."""

LONGEST_TERM: Final = 100
"""Characters of a term that is looked for in text; a longer one is on the page of the glossary only."""

NO_TOOLTIPS: Final = "data-no-tooltips"
"""An element with this attribute gets none, nor does what is in it, as a list of the terms: it has what they would say.

No element of the same name stands in it."""

_LEFT_ALONE: Final = ("a", "abbr", "button", "code", r"h[1-6]", "pre", "script", "style", "svg")
"""Elements whose text gets no tooltips: links and headings have a duty of their own, the rest is no prose."""


@dataclass(frozen=True)
class Tooltips:
    """The terms of a glossary and what each means, ready to be found in text; both are HTML.

    Terms are found as they are written, capitals included, also with a plural ``s``; of two that begin at one place the
    longer one counts.
    """

    meanings: dict[str, str]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """What is passed over (elements that are left alone, tags), and the terms.

        Letters, digits and hyphens beside a term make it another word, and so does a reference like &#45; in front.
        """
        terms = "|".join(map(re.escape, sorted(self.meanings, key=lambda term: (-len(term), term))))
        first = "".join(sorted({re.escape(term[0]) for term in self.meanings}))
        passed = rf"<(?P<name>{'|'.join(_LEFT_ALONE)})\b[^>]*>.*?</(?P=name)\s*>"
        passed += rf"|<(?P<marked>\w+)\b[^>]*\s{NO_TOOLTIPS}\b[^>]*>.*?</(?P=marked)\s*>|<[^>]*>"
        return re.compile(rf"(?i:{passed})|(?=[{first}])(?<![\w&;#-])(?P<term>{terms})s?(?![\w-])", re.DOTALL)

    def mark(self, text: str, marked: set[str] | None = None) -> str:
        """Return some HTML of a page with the terms as ``<abbr>`` elements.

        The first of each term is a stop of the Tab key, so that its tooltip can be had with a keyboard. ``marked`` are
        the terms that came before on the page; those of this text are added.
        """
        if not self.meanings:
            return text
        before = set() if marked is None else marked

        def as_element(found: re.Match[str]) -> str:
            term = found["term"]
            if not term:
                return found[0]
            stop = "" if term in before else ' tabindex="0"'
            before.add(term)
            return f'<abbr title="{self.meanings[term]}"{stop}>{found[0]}</abbr>'

        return self._pattern.sub(as_element, text)


def tooltips(base: KnowledgeBase) -> Tooltips:
    """Return the tooltips of a knowledge base: names of records, and the texts that explain them (``x-tooltip``)."""
    meanings: dict[str, str] = {}
    for record in base:
        texts = [value.value for value in record.entry.texts("x-tooltip")]
        if texts and len(record.label) <= LONGEST_TERM:
            meanings.setdefault(entities(record.label), _meaning(texts))
    return Tooltips(meanings)


def _meaning(texts: list[str]) -> str:
    return entities(shortened(": ".join(texts), LONGEST))
