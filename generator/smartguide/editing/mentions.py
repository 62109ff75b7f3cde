"""Where a record is named by its id: by other records, in chapters and in the navigation; and how it is named anew."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from smartguide.checks.chapters import Chapter
from smartguide.checks.template_code import Named
from smartguide.editing.changed_text import ChangedText
from smartguide.findings import Place
from smartguide.model import urls
from smartguide.model.entries import Key
from smartguide.model.knowledge_base import Record
from smartguide.session import Session
from smartguide.settings import FILE as SETTINGS

_BY_ID: Final = ("link", "record_page")
"""The macros that name a record by its collection and its id."""


@dataclass
class Texts:
    """The files that are changed, by their paths; ``others`` are places that a person has to look at."""

    root: Path
    changed: dict[str, ChangedText] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def of(self, path: str) -> ChangedText:
        """Return the text of a file, with what has been changed in it so far. Raises OSError."""
        if path not in self.changed:
            self.changed[path] = ChangedText(self.root, path)
        return self.changed[path]


def name_anew(
    session: Session, old: Record, new_id: str, texts: Texts, successor: tuple[Record, dict[str, Any]] | None = None
) -> None:
    """Let everything that names a record name ``new_id`` of the same collection.

    ``successor`` is the record of that id, with what it is to say, if there is one already. Raises UnsupportedError
    where a place cannot be changed by itself.
    """
    for link in session.checked.base.links.to_record(old.entry.key):
        if (
            link.through.ref
            and not link.through.ref.key
            and not (successor and link.source in _keys(old, successor[0]))
        ):
            place = session.checked.base.at(link.source).place_of(*link.path)
            texts.of(place.path).replace_word(place, old.id, new_id)
    if successor:
        values_anew(session, old, (old, successor[0]), successor[1], texts)
    for chapter in session.checked.chapters:
        for named, place in chapter.named:
            _in_macro(named, place, old, new_id, texts)
        for link_ in chapter.links:
            _in_link(chapter, link_, old, new_id, texts)
    _in_settings(session, old, new_id, texts)
    texts.others += _left(session, old, texts)
    texts.others += _elsewhere(session, old.id)


def values_anew(
    session: Session, record: Record, but_for: Iterable[Record], data: dict[str, Any], texts: Texts
) -> None:
    """Let what names a record by one of its values name the one in ``data``.

    The records of ``but_for`` stay as they are.
    """
    for link in session.checked.base.links.to_record(record.entry.key):
        key = link.through.ref.key if link.through.ref else ""
        before, after = str(record.data.get(key)), str(data.get(key))
        if key and before != after and link.source not in _keys(*but_for):
            place = session.checked.base.at(link.source).place_of(*link.path)
            texts.of(place.path).replace_word(place, before, after)


def _keys(*records: Record) -> list[Key]:
    return [record.entry.key for record in records]


def _in_macro(named: Named, place: Place, old: Record, new_id: str, texts: Texts) -> None:
    given = named.given or {}
    if named.name in _BY_ID and (given.get("collection"), given.get("record_id")) == old.entry.key:
        text = texts.of(place.path)
        start = text.offset(place)
        found = list(_quoted(text.before, old.id, start, _end_of_call(text.before, start)))
        is_second = given["collection"] == old.id and len(found) > 1
        if found:
            text.replace(*found[1 if is_second else 0], new_id)
    elif named.name == "href" and (url := given.get("url", "")) and _leads_to(url, old):
        text = texts.of(place.path)
        at = text.before.index(url, text.offset(place)) + urls.record(old).rindex(old.id)
        text.replace(at, at + len(old.id), new_id)
    elif old.id in given.values() and named.name not in _BY_ID:
        texts.others.append(f"{place}: {named.name}() is given '{old.id}'")


def _end_of_call(text: str, start: int) -> int:
    end = text.find(")", start)
    return len(text) if end < 0 else end


def _quoted(text: str, word: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in quotes."""
    for found in re.compile(rf"(?<=[\"']){re.escape(word)}(?=[\"'])").finditer(text, start, end):
        yield found.span()


def _leads_to(url: str, record: Record) -> bool:
    own = urls.record(record)
    return url == own or (not record.collection.one_page and url.startswith((own, f"{own.rstrip('/')}#")))


def _in_link(chapter: Chapter, link: tuple[str, Place], old: Record, new_id: str, texts: Texts) -> None:
    target, place = link
    path, _, fragment = target.partition("#")
    if not path or ":" in path:
        return
    leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(chapter.name), unquote(path)))
    if old.collection.one_page:
        wanted = f"#{old.id}" if leads_to == urls.index_source(old.collection) and fragment == old.id else ""
    else:
        wanted = f"{old.id}.md" if leads_to == urls.page_source(urls.record(old)) else ""
    if not wanted:
        return
    text = texts.of(place.path)
    start = text.offset(place)
    at = text.before.find(wanted, start, start + 2 * len(target) + len(wanted))
    if at < 0:
        texts.others.append(f"{place}: a link to {wanted} that is written in another way")
        return
    at += 1 if wanted.startswith("#") else 0
    text.replace(at, at + len(old.id), new_id)


def _in_settings(session: Session, old: Record, new_id: str, texts: Texts) -> None:
    """Change the navigation, which may name the page of a record."""
    file = session.project.root / SETTINGS
    if old.collection.one_page or not file.is_file():
        return
    source = urls.page_source(urls.record(old))
    text = texts.of(SETTINGS)
    for found in re.finditer(rf"(?<![\w./-]){re.escape(source)}(?![\w./-])", text.before):
        end = found.end() - len(".md")
        text.replace(end - len(old.id), end, new_id)


def _left(session: Session, old: Record, texts: Texts) -> Iterator[str]:
    """Yield the lines of chapters that have the URL of a record in raw HTML, code or words."""
    url = re.compile(rf"(?<![\w-]){re.escape(urls.record(old).rstrip('/'))}(?![\w-]|\.md)")
    for chapter in session.checked.chapters:
        path = f"{session.project.content.name}/{chapter.name}"
        for number, line in enumerate(texts.of(path).after.split("\n"), 1):
            if url.search(line):
                yield f"{path}:{number}: {line.strip()}"


def _elsewhere(session: Session, record_id: str) -> Iterator[str]:
    """Yield the lines of templates and extensions that hold an id in quotes: they may mean the record."""
    root = session.project.root
    files = [*sorted(session.project.templates.rglob("*.html"))]
    files += [root / one for one in sorted({place.path for place in session.checked.extensions.places.values()})]
    for file in files:
        for number, line in enumerate(file.read_text("utf-8", errors="replace").split("\n"), 1):
            if next(_quoted(line, record_id, 0, len(line)), None):
                yield f"{file.relative_to(root).as_posix()}:{number}: {line.strip()}"
