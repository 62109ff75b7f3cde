"""Tooltips: the name of a record that explains a term says what it means, wherever it stands in the text of a page."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages.text import entities, shortened

LONGEST: Final = 300
"""Characters of a tooltip; the glossary itself has all of a longer definition."""

LONGEST_TERM: Final = 100
"""Characters of a term that is looked for in text; a longer one is on the page of the glossary only."""

_TAG: Final = re.compile(r"(<[^>]*>)")
_NAME: Final = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_LEFT_ALONE: Final = frozenset(
    {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "style", "svg"}
)
"""Elements whose text gets no tooltips: links and headings have a duty of their own, the rest is no prose."""


@dataclass(frozen=True)
class Tooltips:
    """The terms of a glossary and what each means, ready to be found in text.

    Terms are found as they are written, capitals included, also with a plural ``s``; of two that begin at one place the
    longer one counts.
    """

    meanings: dict[str, str]

    @cached_property
    def lengths(self) -> dict[str, list[int]]:
        """How long the terms are that begin with a character, longest first."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for term in self.meanings:
            lengths[term[0]].add(len(term))
        return {char: sorted(found, reverse=True) for char, found in lengths.items()}

    def mark(self, page: str) -> str:
        """Return the HTML of a page's text with the terms as ``<abbr>`` elements."""
        if not self.meanings:
            return page
        parts = _TAG.split(page)
        skipped: list[str] = []
        for number, part in enumerate(parts):
            if number % 2:
                self._enter_or_leave(part, skipped)
            elif not skipped and part.strip():
                parts[number] = self._marked(part)
        return "".join(parts)

    def _enter_or_leave(self, tag: str, skipped: list[str]) -> None:
        """Keep account of the elements that are left alone."""
        found = _NAME.match(tag)
        name = found[1].lower() if found else ""
        if name not in _LEFT_ALONE or tag.endswith("/>"):
            return
        if not tag.startswith("</"):
            skipped.append(name)
        elif name in skipped:
            del skipped[max(index for index, one in enumerate(skipped) if one == name) :]

    def _marked(self, text: str) -> str:
        """Return a text with its terms marked; at each place there are only as many looks as terms have lengths."""
        parts: list[str] = []
        end = 0
        for start in _START.finditer(text):
            place = start.start()
            if place < end:
                continue
            for length in self.lengths.get(text[place], ()):
                meaning = self.meanings.get(text[place : place + length])
                if meaning is not None and (after := _END.match(text, place + length)):
                    shown = text[place : after.end()]
                    parts += [text[end:place], f'<abbr title="{meaning}">{shown}</abbr>']
                    end = after.end()
                    break
        return "".join([*parts, text[end:]])


# Letters, digits and hyphens beside a term make it another word, and so does a reference like &#45; in front.
_START: Final = re.compile(r"(?<![\w&;#-])(?=\S)")
_END: Final = re.compile(r"s?(?![\w-])")


def tooltips(base: KnowledgeBase) -> Tooltips:
    """Return the tooltips of a knowledge base: names of records, and the texts that explain them (``x-tooltip``)."""
    meanings: dict[str, str] = {}
    for record in base:
        texts = [value.value for value in record.entry.texts("x-tooltip")]
        if texts and len(record.label) <= LONGEST_TERM:
            meanings.setdefault(entities(record.label), _meaning(texts))
    return Tooltips(meanings)


def _meaning(texts: list[str]) -> str:
    text = shortened(": ".join(texts), LONGEST)
    # Twice: the theme's tooltips take the value of ``title`` for HTML (bundle.js: innerHTML of the tooltip).
    return entities(html.escape(text, quote=False))
