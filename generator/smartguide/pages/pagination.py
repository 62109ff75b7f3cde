"""Long lists over several pages, so that no page grows with the number of all records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from smartguide.pages.text import shortened

LARGEST_INDEX: Final = 250
"""So many records stand on a page of an index: some 100 kB of HTML, which a phone still shows at once."""
LONGEST_LIST: Final = 100
"""So many entries of a list stand on the page of a record: a row of a table has up to 1 kB, and there may be others."""
LONGEST_LINE: Final = 250
"""So many names stand in a line, of some 70 bytes each."""
LONGEST_ENTRY: Final = 20
"""So many names stand in an entry of a list, before a link to the page that has all of them."""
NEAR: Final = 10
"""So many pages before and after a page are linked from it, besides the first and the last."""
LONGEST_NAME: Final = 24
"""Characters of the name of a record in the links between pages."""


@dataclass(frozen=True, eq=False)
class ListPage:
    """One of the pages that a list is spread over: its number and the position of its first entry (both from 1)."""

    number: int
    url: str
    first: int
    items: Sequence[Any]

    @property
    def last(self) -> int:
        """The position of the last entry."""
        return self.first + len(self.items) - 1

    @property
    def names(self) -> str:
        """From which name to which the page goes; of a list of records only."""
        first, last = (shortened(one.label, LONGEST_NAME) for one in (self.items[0], self.items[-1]))
        return first if first == last else f"{first} – {last}"  # noqa: RUF001  # as print has it


@dataclass(frozen=True, eq=False)
class Pagination:
    """A list and its pages, of which there is one at least."""

    title: str
    pages: tuple[ListPage, ...]

    @property
    def total(self) -> int:
        """How many entries the whole list has."""
        return self.pages[-1].last

    def near(self, number: int) -> list[ListPage | None]:
        """Return the pages that are linked from the page with a number, and None where some are left out."""
        shown = {1, len(self.pages), *range(number - NEAR, number + NEAR + 1)}
        found: list[ListPage | None] = []
        for page in self.pages:
            if page.number in shown:
                found.append(page)
            elif found[-1] is not None:
                found.append(None)
        return found

    @cached_property
    def letters(self) -> dict[str, ListPage]:
        """The page on which each letter begins; of a list of records only."""
        letters: dict[str, ListPage] = {}
        for page in self.pages:
            for record in page.items:
                letters.setdefault(record.initial, page)
        return letters


def paginated(title: str, items: Sequence[Any], most: int, url: Callable[[int], str]) -> Pagination:
    """Return a list on pages of at most so many entries; ``url`` returns the URL of the page with a number."""
    starts = range(0, len(items), most) or [0]
    return Pagination(
        title,
        tuple(
            ListPage(number, url(number), start + 1, items[start : start + most])
            for number, start in enumerate(starts, 1)
        ),
    )
