"""What a page is when it is rendered: finished HTML, with its headings as data."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from markdown.extensions.toc import slugify, unique

from smartguide.pages.pages import Page
from smartguide.pages.text import entities

LEVELS: Final = (2, 3, 4)
"""The levels of headings on a page; the title is the only one of level 1."""


class Heading(NamedTuple):
    """A heading of a page: its level, the id by which links lead to it, and its plain text."""

    level: int
    id: str
    text: str

    @property
    def html(self) -> str:
        """The heading as an element."""
        return f'<h{self.level} id="{entities(self.id)}">{entities(self.text)}</h{self.level}>'


Part = str | Heading
"""A part of a page: HTML, or the heading of what follows."""


@dataclass(frozen=True)
class TocEntry:
    """An entry in a table of contents, with those below it."""

    heading: Heading
    children: list[TocEntry]


class SearchText(NamedTuple):
    """What the search keeps of a page: its text as the file of the search holds it, its words by level, its weight."""

    json: str
    words: str
    weight: str


@dataclass(frozen=True)
class Rendered:
    """A rendered page. An engine may write its headings in another way, with a permalink in each.

    ``continued`` are the pages that continue its long lists. ``search_text`` is what the search keeps of it, where that
    is known already.
    """

    page: Page
    parts: tuple[Part, ...]
    continued: tuple[Rendered, ...] = ()
    search_text: SearchText | None = None

    def at(self, url: str) -> Rendered | None:
        """Return the page at a URL: this one, or one that continues a list of it; None if there is no such page."""
        return next((one for one in (self, *self.continued) if one.page.url == url), None)

    @property
    def title(self) -> str:
        """The title, as plain text."""
        return self.page.title

    @property
    def description(self) -> str:
        """The description, as plain text."""
        return self.page.description

    @property
    def html(self) -> str:
        """The body, below the title."""
        return "\n".join(part if isinstance(part, str) else part.html for part in self.parts)

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings, in the order of the page."""
        return [part for part in self.parts if isinstance(part, Heading)]

    @property
    def toc(self) -> list[TocEntry]:
        """The table of contents: the headings, each above those of lower levels that follow it."""
        top: list[TocEntry] = []
        open_entries: list[TocEntry] = []
        for heading in self.headings:
            while open_entries and open_entries[-1].heading.level >= heading.level:
                open_entries.pop()
            entry = TocEntry(heading, [])
            (open_entries[-1].children if open_entries else top).append(entry)
            open_entries.append(entry)
        return top

    @property
    def search_texts(self) -> Iterator[tuple[Heading | None, str]]:
        """Each heading with the text below it, as ``searchable`` returns it; first what has none."""
        heading, text = None, ""
        for part in self.parts:
            if isinstance(part, Heading):
                yield heading, text
                heading, text = part, ""
            else:
                text = searchable(part)
        yield heading, text


def with_ids(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts of a page with an id for each heading that has none: made of its text, unlike all others."""
    parts = list(parts)
    used = {part.id for part in parts if isinstance(part, Heading) and part.id}
    return tuple(
        part._replace(id=unique(slugify(part.text, "-"), used)) if isinstance(part, Heading) and not part.id else part
        for part in parts
    )


_NOT_READ: Final = re.compile(r"<(svg|script|style|nav|footer)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_IN_A_LINE: Final = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|s|strong|sub|sup)(?:\s[^>]*)?>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_BLANK: Final = re.compile(r"\s+")


def searchable(body: str) -> str:
    """Return the text of some HTML for a search, without any markup: what is a block of its own is set off."""
    if "<s" in body or "<nav" in body or "<footer" in body:
        body = _NOT_READ.sub("", body)
    return _BLANK.sub(" ", html.unescape(_TAG.sub(" ", _IN_A_LINE.sub("", body)))).strip()
