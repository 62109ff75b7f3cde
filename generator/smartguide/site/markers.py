"""Markers: what a page shell holds in place of a title, a description, headings and a body.

They are made anew for each build, of random digits, so that nothing that anybody wrote can be taken for one. A text
carries every character that an engine or a theme could write in another way than it is: as it is into one place,
without tags into a second, escaped once more into a third. What became of each says how another text is to be written
there.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from smartguide.pages.rendered import Heading
from smartguide.pages.text import entities

Encoder = Callable[[str], str]
"""Writes a plain text as one place of a page wants it."""

_CHARACTERS: Final = "&<>\"'`{}[]*_~#:!|\\=^$"
_LONGEST: Final = 20
"""How long a character can become: ``&amp;amp;#124;``."""
_LEVELS: Final = (2, 3, 3, 4, 4, 3, 4, 2, 3, 2, 2)
"""The levels of the headings of a shell: each way to go down, to stay and to go up by one level or by two."""

TITLE: Final = "t"
DESCRIPTION: Final = "d"


class UnescapedError(ValueError):
    """A theme writes a text into a page without escaping it."""


@dataclass(frozen=True)
class Found:
    """A marker in a page, from ``start`` to ``end``.

    ``what`` is one of ``title``, ``description``, ``heading``, ``id``, ``slug``, ``source``; ``number`` that of the
    heading.
    """

    what: str
    start: int
    end: int
    number: int = -1
    encoder: Encoder = str


def _token() -> str:
    return f"sg{secrets.token_hex(16)}"


@dataclass(frozen=True)
class Markers:
    """The markers of one build. The ``token`` is in each of them."""

    token: str = field(default_factory=_token)

    @property
    def title(self) -> str:
        """The marker of the title, as HTML."""
        return self._text(TITLE)

    @property
    def description(self) -> str:
        """The marker of the description, as HTML."""
        return self._text(DESCRIPTION)

    @property
    def begin(self) -> str:
        """The HTML before the body."""
        return f"<!-- {self.token}b -->"

    @property
    def end(self) -> str:
        """The HTML after the body."""
        return f"<!-- {self.token}e -->"

    def slug(self, variant: str) -> str:
        """Return the last part of the URL of a shell; ``variant`` is one letter that tells it from others."""
        return f"{self.token}{variant}s"

    @property
    def headings(self) -> list[Heading]:
        """The headings; their texts are HTML."""
        return [
            Heading(level, f"{self.token}i{number:02}", self._text(f"h{number:02}"))
            for number, level in enumerate(_LEVELS)
        ]

    def _text(self, kind: str) -> str:
        return f"{self.token}{kind}a" + "".join(f"{entities(char)}{self.token}z" for char in _CHARACTERS)

    def find(self, page: str) -> Iterator[Found]:
        """Yield the markers in a page, in its order. Raises UnescapedError."""
        begin = re.escape(self.token)
        texts = "".join(f"(.{{0,{_LONGEST}}}?){begin}z" for _ in _CHARACTERS)
        pattern = rf"{begin}(?:(?P<kind>t|d|h[0-9]{{2}})a{texts}|i(?P<id>[0-9]{{2}})|(?P<slug>[a-z]s)(?P<source>\.md)?)"
        for found in re.finditer(pattern, page, re.DOTALL):
            start, end = found.span()
            kind = found["kind"]
            if found["id"]:
                yield Found("id", start, end, int(found["id"]))
            elif found["source"]:
                yield Found("source", start, end)
            elif found["slug"]:
                yield Found("slug", start, end)
            elif kind in {TITLE, DESCRIPTION}:
                yield Found("title" if kind == TITLE else "description", start, end, encoder=_encoder(found))
            else:
                yield Found("heading", start, end, int(kind[1:]), _encoder(found))


def _encoder(found: re.Match[str]) -> Encoder:
    """Return how a text is written where a marker was found."""
    written = dict(zip(_CHARACTERS, found.groups()[1 : len(_CHARACTERS) + 1], strict=True))
    if "<" in written["<"]:
        raise UnescapedError
    if all(text == entities(char) for char, text in written.items()):
        return entities
    table = {ord(char): text for char, text in written.items() if char != text}
    return lambda text: " ".join(text.split()).translate(table)
