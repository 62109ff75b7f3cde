"""Where a broken link of a site is written: in a record, chapter, template, style sheet or setting, on which line."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from smartguide.findings import Finding, Place
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages import pages
from smartguide.project import Project
from smartguide.settings import FILE as SETTINGS

GENERATOR: Final = Path(__file__).parents[2]
"""The package ``smartguide``, with its own theme and templates."""
MANY: Final = 20
"""If so many pages have the same broken link, and no known file holds it, it is reported once."""
HINT: Final = "fix the link, or add what it links to"


@dataclass(frozen=True)
class BrokenLink:
    """A broken link of a page: its target, and what is wrong with it.

    ``page`` is the URL of the page relative to the site, ``target`` that of the target, after a slash (or the link
    itself, if it is not a valid URL). ``written`` is the link as it is on the page.
    """

    page: str
    target: str
    written: str
    verb: str = "links to"
    problem: str = "does not exist"
    rule: str = "broken-link"


@dataclass(frozen=True)
class _File:
    """A file that a page was made from: ``shown`` is its path in messages."""

    path: Path
    shown: str

    def find(self, pattern: re.Pattern[str]) -> Iterator[Place]:
        """Yield each place of the file at which a pattern is found."""
        text = self.path.read_text(encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            for found in pattern.finditer(line):
                yield Place(self.shown, number, found.start() + 1)


@dataclass(frozen=True)
class LinkSources:
    """The files that a site was made from: those of a project with its records, and those of the generator.

    Files of the project are shown relative to its folder, those of the generator as ``smartguide/templates/...``.
    """

    project: Project
    base: KnowledgeBase
    generator: Path = GENERATOR

    @cached_property
    def pages(self) -> dict[str, str]:
        """The file that each page comes from, relative to the project, by the URL of the page."""
        content = self.project.content.relative_to(self.project.root).as_posix()
        generated = {page.url: f"{content}/{page.edit}" for page in pages.pages(self.base)}
        return generated | {urls.page(chapter): f"{content}/{chapter}" for chapter in self.base.chapters}

    def of(self, page: str) -> Place:
        """Return the file that a page comes from; the page itself if that is not known."""
        source = self._source(page)
        return Place(source.shown, 1, 1) if source else Place(f"site/{page}")

    def findings(self, broken: Iterable[BrokenLink]) -> Iterator[Finding]:
        """Yield a finding for each place where a broken link is written; one for a link that pages have in common.

        A page may repeat text of another one, as an index does. A link in such text is reported at its origin only.
        """
        without_place: defaultdict[BrokenLink, list[BrokenLink]] = defaultdict(list)
        reported: set[BrokenLink] = set()
        for link in sorted(broken, key=lambda link: (link.page, link.target, link.written)):
            source = self._source(link.page)
            places = list(source.find(_as_written(link.written))) if source else []
            yield from (_finding(link, place) for place in places)
            fault = replace(link, page="", written="")
            if places:
                reported.add(fault)
            else:
                without_place[fault].append(link)
        for fault, same in without_place.items():
            place = self._in_shared_file(same[0])
            if place or (len(same) >= MANY and fault not in reported):
                yield _finding(same[0], place or self.of(same[0].page), len(same) - 1)
            elif fault not in reported:
                yield from (_finding(link, self._name_of_target(link) or self.of(link.page)) for link in same)

    def _source(self, page: str) -> _File | None:
        """Return the file that a page comes from, or that was copied to the site: a style sheet, a script."""
        if source := self.pages.get(page) or self.pages.get(urls.begun(page)):
            return self._file(self.project.root / source)
        folders = (self.project.content, self.project.theme, self.generator / "theme")
        return next((self._file(folder / page) for folder in folders if (folder / page).is_file()), None)

    def _file(self, path: Path) -> _File:
        folder = self.generator.parent if path.is_relative_to(self.generator) else self.project.root
        return _File(path, path.relative_to(folder).as_posix())

    @cached_property
    def _shared_files(self) -> list[_File]:
        """The files that all pages are made with, those of the project first."""
        folders = (self.project.theme, self.project.templates, self.generator / "theme", self.generator / "templates")
        settings = self.project.root / SETTINGS
        paths = [settings] if settings.is_file() else []
        paths += (path for folder in folders for path in sorted(folder.rglob("*.html")))
        return [self._file(path) for path in paths]

    def _in_shared_file(self, link: BrokenLink) -> Place | None:
        """Return where a shared file holds a link; at least the end of it, as its beginning may be computed."""
        parts = [part for part in link.target.partition("#")[0].split("/") if part]
        ends = ["/".join(parts[start:]) for start in range(len(parts))]
        for pattern in (_as_written(link.written), *(_as_end_of_link(end) for end in ends)):
            for file in self._shared_files:
                for place in file.find(pattern):
                    return place
        return None

    def _name_of_target(self, link: BrokenLink) -> Place | None:
        """Return where the source of a page has the last part of the target: an anchor, or the id of a record."""
        source = self._source(link.page)
        path, _, anchor = link.target.partition("#")
        name = f"#{anchor}" if anchor else path.rstrip("/").rpartition("/")[2]
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        return next(source.find(pattern), None) if source and name else None


def _as_written(link: str) -> re.Pattern[str]:
    """Return a pattern for a link as it is on a page, with or without character references."""
    forms = "|".join(re.escape(form) for form in sorted({link, html.unescape(link), html.escape(html.unescape(link))}))
    return re.compile(rf"""(?<![^\s"'(<=,;])(?:{forms})(?![^\s"')>,;])""")


def _as_end_of_link(end: str) -> re.Pattern[str]:
    """Return a pattern for the end of a link. It needs delimiters, because a mere word would be found anywhere."""
    return re.compile(rf"""(?<=["'/\s]){re.escape(end)}(?=/?["'#?]|/?$)""")


def _finding(link: BrokenLink, place: Place, others: int = 0) -> Finding:
    page = f"the page /{link.page}" + (f" and {others} others" if others else "")
    return Finding(place, link.rule, f"{page} {link.verb} {link.target}, which {link.problem}", hint=HINT)
