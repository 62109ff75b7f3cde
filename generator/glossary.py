"""Tooltips: every abbreviation and term of the glossary in the text of a page says what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from generator.knowledge_base import KnowledgeBase
from generator.text import entities, shortened

LONGEST: Final = 300
"""Characters of a tooltip; the glossary itself has all of a longer definition."""

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
    pattern: re.Pattern[str]

    def mark(self, html: str) -> str:
        """Return the HTML of a page's text with the terms as ``<abbr>`` elements."""
        if not self.meanings:
            return html
        parts = _TAG.split(html)
        skipped: list[str] = []
        for number, part in enumerate(parts):
            if number % 2:
                self._enter_or_leave(part, skipped)
            elif not skipped and part.strip():
                parts[number] = self.pattern.sub(self._abbreviation, part)
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

    def _abbreviation(self, found: re.Match[str]) -> str:
        return f'<abbr title="{self.meanings[found[1]]}">{found[0]}</abbr>'


def tooltips(base: KnowledgeBase, collection: str = "glossary") -> Tooltips:
    """Return the tooltips for the terms of a knowledge base; none if it has no glossary."""
    found = base.collections.get(collection)
    meanings = {
        entities(term.data["term"]): _meaning(term.data.get("expansion", ""), term.data["definition"])
        for term in (found if found is not None else ())
    }
    return Tooltips(meanings, _pattern(meanings))


def _meaning(expansion: str, definition: str) -> str:
    return entities(shortened(f"{expansion}: {definition}" if expansion else definition, LONGEST))


def _pattern(terms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    # Letters, digits and hyphens beside a term make it another word, and so does a reference like &#45; in front.
    return re.compile(rf"(?<![\w&;#-])({'|'.join(map(re.escape, longest_first)) or '(?!)'})(?=s?(?![\w-]))s?")
