"""Rendered pages, kept between builds with what their templates asked: a page is the same if the answers are."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from smartguide.keeping import digests
from smartguide.keeping.digests import Answers
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages.pages import Page
from smartguide.pages.rendered import Heading, Rendered, SearchText
from smartguide.pages.rendering import Renderer
from smartguide.quality.overview import Quality
from smartguide.search import texts

FILE: Final = "pages.sqlite"
_MADE_BY: Final = "CREATE TABLE IF NOT EXISTS made_by (digest TEXT)"
_PAGES: Final = """
    CREATE TABLE IF NOT EXISTS pages
    (url TEXT PRIMARY KEY, asked TEXT, answers TEXT, parts TEXT, text TEXT, words TEXT, weight TEXT) WITHOUT ROWID
"""
BATCH: Final = 250
"""So many pages are held in memory before they are written: one transaction a page would be slow."""
_ONE: Final = "SELECT asked, answers, parts, text, words, weight FROM pages LIMIT 1"
_OF_URL: Final = "SELECT asked, answers, parts, text, words, weight FROM pages WHERE url = ?"
Row = tuple[str, ...]


class KeptPages:
    """The pages of a project as they were rendered before, and those that are rendered now.

    ``quality`` is what is known of how good the records of ``base`` are, and ``made_by`` stands for everything else
    that pages are made of: the program, templates, extensions and schemas. A process that is a copy of this one reads
    and writes through a connection of its own. A file that is damaged is as one that is not there.
    """

    def __init__(self, folder: Path, made_by: str, base: KnowledgeBase, quality: Quality) -> None:
        self._file = folder / FILE
        self._made_by = made_by
        self._base = base
        self._answers = Answers(base, quality)
        self._rows: list[Row] = []
        self._connections: dict[int, sqlite3.Connection | None] = {}
        self._begin()
        self._is_empty = self._has_none()

    def page(self, page: Page, renderer: Renderer) -> Rendered:
        """Return a page, rendered before or now. Raises RenderingError."""
        found = None if self._is_empty else self._row(page.url)
        if found is not None:
            questions, answers, parts, *text = found
            with contextlib.suppress(ValueError, TypeError):
                if self._answers.of(questions.split("\n")) == answers:
                    return _read(page, json.loads(parts), SearchText(*text))
        with self._base.noting() as noted:
            if isinstance(page.subject, Record):
                noted.records.add(page.subject.entry.key)
            else:  # what stands on a page of an index depends on the names of all records
                noted.collections.add(page.collection.name)
            rendered = renderer.page(page)
        search_text = texts.of_rendered(rendered)
        asked = digests.written(noted)
        answers, parts = self._answers.of(asked), json.dumps(_written(rendered))
        self._rows.append((page.url, "\n".join(asked), answers, parts, *search_text))
        if len(self._rows) == BATCH:
            self.save()
        return replace(rendered, search_text=search_text)

    def save(self) -> None:
        """Write the pages that this process has rendered."""
        rows, self._rows = self._rows, []
        connection = self._connection()
        if rows and connection is not None:
            with contextlib.suppress(sqlite3.Error), connection:
                connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def forget_others(self, urls: Iterable[str]) -> None:
        """Delete all pages but those at some URLs: pages of records that are gone would stay for ever."""
        connection = self._connection()
        if connection is not None and not self._is_empty:
            with contextlib.suppress(sqlite3.Error), connection:
                gone = {url for (url,) in connection.execute("SELECT url FROM pages")} - set(urls)
                connection.executemany("DELETE FROM pages WHERE url = ?", [(url,) for url in gone])

    def close(self) -> None:
        """Let go of the file."""
        for connection in self._connections.values():
            if connection is not None:
                connection.close()
        self._connections.clear()

    def _begin(self) -> None:
        """Empty the file if something else has made it, and make it anew if it is damaged."""
        for _ in range(2):
            connection = self._connection()
            try:
                if connection is None:
                    raise sqlite3.DatabaseError
                with connection:
                    connection.execute(_MADE_BY)
                    if connection.execute("SELECT digest FROM made_by").fetchall() != [(self._made_by,)]:
                        connection.execute("DROP TABLE IF EXISTS pages")  # another program may have other columns
                        connection.execute("DELETE FROM made_by")
                        connection.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))
                    connection.execute(_PAGES)
                    connection.execute(_ONE).fetchall()
            except sqlite3.Error:
                self.close()
                with contextlib.suppress(OSError):
                    self._file.unlink(missing_ok=True)
            else:
                return

    def _has_none(self) -> bool:
        connection = self._connection()
        with contextlib.suppress(sqlite3.Error):
            return connection is None or connection.execute("SELECT 1 FROM pages LIMIT 1").fetchone() is None
        return True

    def _row(self, url: str) -> Row | None:
        connection = self._connection()
        if connection is None:
            return None
        with contextlib.suppress(sqlite3.Error):
            found = connection.execute(_OF_URL, (url,)).fetchone()
            if found is not None and all(isinstance(one, str) for one in found):
                return tuple(found)
        return None

    def _connection(self) -> sqlite3.Connection | None:
        process = os.getpid()
        if process not in self._connections:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(self._file, timeout=60)
                connection.execute("PRAGMA synchronous = OFF")  # whatever is lost is only rendered again
                self._connections[process] = connection
            except (sqlite3.Error, OSError):
                self._connections[process] = None
        return self._connections[process]


def _written(rendered: Rendered) -> list[object]:
    """Return a page and those that continue its lists as data that JSON can hold."""
    further = [(one.page.url, one.title, one.description, one.parts) for one in rendered.continued]
    return [rendered.parts, *further]


def _read(page: Page, data: list[Any], text: SearchText) -> Rendered:
    """Return what ``_written`` has written, with what the search keeps of it. Raises ValueError and TypeError."""
    first, *further = data
    continued = (
        Rendered(page.continued(str(url), str(title), str(description)), tuple(map(_part, parts)))
        for url, title, description, parts in further
    )
    return Rendered(page, tuple(map(_part, first)), tuple(continued), text)


def _part(part: object) -> str | Heading:
    if isinstance(part, str):
        return part
    if isinstance(part, list) and len(part) == len(Heading._fields):
        return Heading(int(part[0]), str(part[1]), str(part[2]))
    raise TypeError


def made_by(base: KnowledgeBase, renderer: Renderer) -> Iterator[str]:
    """Yield what all pages are made of, besides records."""
    yield digests.of_program()
    for folder in ("templates", "extensions", "schemas"):
        yield digests.of_files(base.root / folder)
    yield digests.of([(base.root / "content/catalogue.yml").read_text(encoding="utf-8"), *base.chapters])
    yield digests.of([renderer.tooltips.meanings, renderer.form])
