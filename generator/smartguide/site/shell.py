"""A page shell: what an engine makes around the body of a page, learned from a page of markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from smartguide.pages.rendered import LEVELS, Heading, Rendered
from smartguide.pages.text import entities
from smartguide.site import toc as tocs
from smartguide.site.markers import Encoder, Found, Markers, UnescapedError
from smartguide.site.toc import Toc

_TITLE: Final = re.compile(r"<title\b.*?</title>", re.DOTALL)

Slot = Callable[[Rendered], str]
"""What stands at a place that differs from page to page."""


class ShellError(ValueError):
    """An engine or a theme has lost or changed a marker; the message says which."""


@dataclass(frozen=True)
class HeadingForm:
    """How the engine writes a heading: its id and its text at their places, perhaps more than once each."""

    pieces: tuple[str | Encoder | None, ...]
    """Text as it is, the places of the text, and (None) those of the id."""

    @property
    def literals(self) -> list[str]:
        """The text that stays as it is."""
        return [piece for piece in self.pieces if isinstance(piece, str)]

    def html(self, heading: Heading) -> str:
        """Return a heading in this form."""
        return "".join(
            piece if isinstance(piece, str) else entities(heading.id) if piece is None else piece(heading.text)
            for piece in self.pieces
        )


@dataclass(frozen=True)
class Shell:
    """A page with places for what differs from page to page."""

    pieces: tuple[str | Slot, ...]

    def page(self, rendered: Rendered) -> str:
        """Return a page: its shell, filled."""
        return "".join(piece if isinstance(piece, str) else piece(rendered) for piece in self.pieces)


WITH: Final = "w"
"""The variant of a shell whose page has headings."""
WITHOUT: Final = "o"
"""The variant for pages without: a theme leaves out the table of contents and what leads to it."""


def body(markers: Markers, variant: str) -> str:
    """Return the Markdown of the body of a shell."""
    begin, end = markers.begin, markers.end
    if variant == WITHOUT:
        return f"{begin}\n{end}"
    headings = [f"{'#' * one.level} {one.text} {{: #{one.id} }}" for one in markers.headings]
    return "\n\n".join([begin, *headings, end])


def learn(page: str, markers: Markers, variant: str, expected: Iterable[str] = ()) -> Shell:
    """Return the shell that an engine made.

    ``expected`` are the markers that must be there besides the body, the headings and the table of contents: ``title``,
    ``description``. Raises ShellError.
    """
    try:
        return _Learning(page, markers, variant).shell(expected)
    except UnescapedError as error:
        raise ShellError("a theme that writes the title, the description or a heading without escaping it") from error


class _Learning:
    def __init__(self, page: str, markers: Markers, variant: str) -> None:
        self.page = page
        self.markers = markers
        self.has_headings = variant == WITH
        self.forms: dict[int, HeadingForm] = {}
        begins, ends = page.count(markers.begin), page.count(markers.end)
        if begins != 1 or ends != 1:
            raise ShellError(f"the body of the page, which was there {min(begins, ends)} times")
        self.body = page.index(markers.begin), page.index(markers.end) + len(markers.end)
        self.found = list(markers.find(page))

    def shell(self, expected: Iterable[str]) -> Shell:
        """Return the shell, or raise ShellError."""
        outside = [one for one in self.found if not self.body[0] <= one.start < self.body[1]]
        slots: list[tuple[int, int, Slot]] = [(*self.body, self._body_slot())]
        if self.has_headings:
            self._learn_headings()
            tables, outside = self._tables(outside)
            slots += tables
        slots += [(one.start, one.end, _slot(one)) for one in outside]
        names = {one.what for one in outside if one.what != "title" or self._is_in_title(one)}
        if missing := [name for name in expected if name not in names]:
            raise ShellError(f"the {missing[0]}")
        return Shell(self._cut(sorted(slots, key=lambda slot: slot[0])))

    def _is_in_title(self, found: Found) -> bool:
        """Tell whether a marker is in the title of the page; others may show the same text."""
        title = _TITLE.search(self.page)
        return title is not None and title.start() < found.start < title.end()

    def _body_slot(self) -> Slot:
        forms = self.forms
        return lambda rendered: "\n".join(
            part if isinstance(part, str) else forms[part.level].html(part) for part in rendered.parts
        )

    def _cut(self, slots: Sequence[tuple[int, int, Slot]]) -> tuple[str | Slot, ...]:
        pieces: list[str | Slot] = []
        at = 0
        for start, end, slot in slots:
            pieces += (self.page[at:start], slot)
            at = end
        pieces.append(self.page[at:])
        left = [piece for piece in pieces if isinstance(piece, str) and self.markers.token in piece]
        if left:
            at = left[0].index(self.markers.token)
            raise ShellError(f"a marker that was changed: …{left[0][max(0, at - 40) : at + 80]}…")
        return tuple(pieces)

    def _learn_headings(self) -> None:
        """Learn how headings are written; raise ShellError unless all of a level are written in one way."""
        inside = [one for one in self.found if self.body[0] <= one.start < self.body[1]]
        for number, heading in enumerate(self.markers.headings):
            marks = [one for one in inside if one.number == number]
            if {one.what for one in marks} != {"heading", "id"}:
                raise ShellError("the headings of the page")
            opening = self.page.rindex(f"<h{heading.level}", 0, marks[0].start)
            closing = f"</h{heading.level}>"
            end = self.page.index(closing, marks[-1].end) + len(closing)
            pieces: list[str | Encoder | None] = []
            at = opening
            for one in marks:
                pieces += (self.page[at : one.start], None if one.what == "id" else one.encoder)
                at = one.end
            form = HeadingForm((*pieces, self.page[at:end]))
            if self.forms.setdefault(heading.level, form).literals != form.literals:
                raise ShellError("the form of the headings")

    def _tables(self, outside: list[Found]) -> tuple[list[tuple[int, int, Slot]], list[Found]]:
        """Return the places of the tables of contents, and the markers that are in none of them."""
        slots: list[tuple[int, int, Slot]] = []
        rest: list[Found] = []
        headings = self.markers.headings
        at = 0
        while at < len(outside):
            table = _table(outside, at, len(headings))
            if not table:
                rest.append(outside[at])
                at += 1
                continue
            at += len(table)
            following = [self.body[0], len(self.page), *(one.start for one in outside[at : at + 1])]
            end = min(place for place in following if place >= table[-1].end)
            toc = self._toc(table, end)
            slots.append((table[0].start, end, lambda rendered, toc=toc: toc.html(rendered.toc)))  # type: ignore[misc]
        if not slots:
            raise ShellError("the table of contents")
        return slots, rest

    def _toc(self, table: Sequence[Found], end: int) -> Toc:
        headings = self.markers.headings
        try:
            toc = tocs.learn(self.page, table, [heading.level - LEVELS[0] for heading in headings], end)
        except tocs.TocError as error:
            raise ShellError("the form of the table of contents") from error
        plain = [one._replace(text=re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), one.text)) for one in headings]
        sample = Rendered(None, tuple(plain))  # type: ignore[arg-type]  # only its table of contents is asked for
        if toc.html(sample.toc) != self.page[table[0].start : end]:
            raise ShellError("the form of the table of contents")
        return toc


def _table(found: Sequence[Found], begin: int, size: int) -> list[Found]:
    """Return the markers of a table of contents that begins at ``begin``; none if it does not.

    It begins with the id of the first heading and names each heading, in their order, by its id and its text.
    """
    expected = 0
    table: list[Found] = []
    for one in found[begin:]:
        is_next = one.what == "id" and one.number == expected
        is_of_last = bool(table) and one.what == "heading" and one.number == expected - 1
        if not is_next and not is_of_last:
            break
        if is_next and table and table[-1].what == "id":
            return []  # an id without a text: a link to the first heading, such as "skip to content"
        expected += is_next
        table.append(one)
    return table if expected == size and table[-1].what == "heading" else []


def _slot(found: Found) -> Slot:
    """Return what stands at a marker outside of the body and the tables of contents. Raises ShellError."""
    encoder = found.encoder
    if found.what == "title":
        return lambda rendered: encoder(rendered.title)
    if found.what == "description":
        return lambda rendered: encoder(rendered.description)
    if found.what == "slug":
        return lambda rendered: rendered.page.url.rstrip("/").rpartition("/")[2]
    if found.what == "source":
        return lambda rendered: quote(rendered.page.edit)
    if found.what == "id" and found.number == 0:
        return lambda rendered: entities(rendered.headings[0].id)
    raise ShellError("the headings, which stand outside of the body and the table of contents")
