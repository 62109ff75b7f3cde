"""Where the broken links of a site come from: the record, chapter, template, style sheet or setting, with its line."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from smartguide.findings import Finding, Place
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.pages import pages

MANY: Final = 20
"""If so many pages have the same broken link, which is written in no file that we know, it is told once."""
SHARED: Final = ("mkdocs.yml", "theme/**/*.html", "templates/**/*.html")
"""What all pages are made with."""
MEND: Final = "mend the link, or write what it leads to"


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere: the file of the site that it stands in, its target, and what is wrong.

    The target begins with a slash, at the root of the site, unless it is no address. ``written`` is the link as it
    stands in that file.
    """

    address: str
    target: str
    written: str
    does: str = "links to"
    why: str = "is not there"
    rule: str = "broken-link"


@dataclass(frozen=True)
class Origins:
    """The files of a project that its site was built from."""

    base: KnowledgeBase

    @cached_property
    def pages(self) -> dict[str, str]:
        """The file that each page comes from, relative to the repository, by the address of the page."""
        made = {urls.page(page.path): page.edit for page in pages.pages(self.base)}
        return made | {urls.page(chapter): f"content/{chapter}" for chapter in self.base.chapters}

    def of(self, address: str) -> Place:
        """Return where a file of the site comes from; the file itself if that is not known."""
        source = self._source(address)
        return Place(source, 1, 1) if source else Place(f"site/{address}")

    def findings(self, broken: Iterable[Broken]) -> Iterator[Finding]:
        """Yield a finding for each place in which a broken link is written, and once for what pages share.

        What a page only quotes, as an index does, is told where it is quoted from.
        """
        shared: defaultdict[Broken, list[Broken]] = defaultdict(list)
        told: set[Broken] = set()
        for one in sorted(broken, key=lambda one: (one.address, one.target, one.written)):
            source = self._source(one.address)
            places = list(self._places(source, _as_written(one.written))) if source else []
            yield from (_finding(one, place) for place in places)
            fault = replace(one, address="", written="")
            if places:
                told.add(fault)
            else:
                shared[fault].append(one)
        for fault, same in shared.items():
            place = self._in_shared_files(same[0])
            if place or (len(same) >= MANY and fault not in told):
                yield _finding(same[0], place or self.of(same[0].address), len(same) - 1)
            elif fault not in told:
                yield from (_finding(one, self._named_at(one) or self.of(one.address)) for one in same)

    def _source(self, address: str) -> str | None:
        """Return the file that a page comes from, or that was copied to the site as it is: a style sheet, a script."""
        copied = (f"{folder}/{address}" for folder in ("content", "theme"))
        return self.pages.get(address) or next((path for path in copied if (self.base.root / path).is_file()), None)

    def _in_shared_files(self, one: Broken) -> Place | None:
        """Return where the settings, the theme or a template writes a link, or the end of it that is not computed."""
        parts = [part for part in one.target.partition("#")[0].split("/") if part]
        ends = ["/".join(parts[start:]) for start in range(len(parts))]
        for pattern in (_as_written(one.written), *(_as_end_of_link(end) for end in ends)):
            for source in self._shared_files:
                for place in self._places(source, pattern):
                    return place
        return None

    def _named_at(self, one: Broken) -> Place | None:
        """Return where the file that a page comes from names the end of a target: an anchor, or the id of a record."""
        source = self._source(one.address)
        path, _, anchor = one.target.partition("#")
        name = f"#{anchor}" if anchor else path.rstrip("/").rpartition("/")[2]
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        return next(self._places(source, pattern), None) if source and name else None

    @cached_property
    def _shared_files(self) -> list[str]:
        root = self.base.root
        return [path.relative_to(root).as_posix() for pattern in SHARED for path in sorted(root.glob(pattern))]

    def _places(self, source: str, pattern: re.Pattern[str]) -> Iterator[Place]:
        """Yield each place in a file in which a pattern is found."""
        text = (self.base.root / source).read_text(encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            for found in pattern.finditer(line):
                yield Place(source, number, found.start() + 1)


def _as_written(link: str) -> re.Pattern[str]:
    """Return a pattern for a link as it stands on a page, with or without the entities of HTML."""
    forms = "|".join(re.escape(form) for form in sorted({link, html.unescape(link), html.escape(html.unescape(link))}))
    return re.compile(rf"""(?<![^\s"'(<=,;])(?:{forms})(?![^\s"')>,;])""")


def _as_end_of_link(end: str) -> re.Pattern[str]:
    """Return a pattern for the end of a link. As a mere word it would be found anywhere, so there are bounds to it."""
    return re.compile(rf"""(?<=["'/\s]){re.escape(end)}(?=/?["'#?]|/?$)""")


def _finding(one: Broken, place: Place, others: int = 0) -> Finding:
    page = f"the page /{one.address}" + (f" and {others} others" if others else "")
    return Finding(place, one.rule, f"{page} {one.does} {one.target}, which {one.why}", hint=MEND)
