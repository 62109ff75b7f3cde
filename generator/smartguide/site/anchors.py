"""Links of chapters to anchors that there are not. Which there are is only known when all pages are rendered."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from smartguide.checks.chapter_text import links, place, text_of
from smartguide.findings import Finding, did_you_mean, quoted

_ANCHOR: Final = re.compile(r"""<[^<>]*?\s(?:id|name)=["']([^"']*)["']""")


@dataclass(frozen=True)
class Link:
    """A link of a chapter to an anchor: ``target`` is the path of the page, as that of a chapter."""

    chapter: str
    written: str
    offset: int
    target: str
    anchor: str


def of_chapters(root: Path, chapters: tuple[str, ...]) -> Iterator[Link]:
    """Yield the links of chapters to anchors of pages."""
    for chapter in chapters:
        for written, offset in links(text_of(root, f"content/{chapter}")):
            path, _, anchor = written.partition("#")
            if anchor and (not path or path.endswith(".md")) and not path.startswith("/") and ":" not in path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(chapter), unquote(path)))
                yield Link(chapter, written, offset, target if path else chapter, unquote(anchor))


def in_page(page: str) -> set[str]:
    """Return the anchors of a page."""
    return {html.unescape(name) for name in _ANCHOR.findall(page)}


def check(root: Path, found: list[Link], anchors: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Yield the links whose page has no such anchor; ``anchors`` holds those of the pages that are linked to."""
    for link in found:
        present = anchors.get(link.target)
        if present is None or link.anchor in present:
            continue
        where = "this page" if link.target == link.chapter else quoted(link.target)
        message = f"the link {quoted(link.written)}: {where} has no anchor {quoted(link.anchor)}"
        hint = did_you_mean(link.anchor, present) or "fix the link, or write what it leads to"
        page = f"content/{link.chapter}"
        yield Finding(place(page, text_of(root, page), link.offset), "broken-link", message, hint=hint)
