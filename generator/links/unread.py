"""The links of a site that lychee does not read: redirects, previews, imports of style sheets and of scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import lxml.html

_STYLE: Final = re.compile(r"""url\(([^()]*)\)|@import\s+(["'][^"']*["'])""", re.IGNORECASE)
_REFRESH: Final = re.compile(r"""^[^;,]*[;,]\s*url\s*=\s*["']?([^"']+)""", re.IGNORECASE)
_IMPORT: Final = re.compile(
    r"""^[ \t]{0,99}(?:import|export)\b[^"';()]{0,2000}["'](\.{1,2}/[^"'\n]+)["']"""
    r"""|\bimport\(["'](\.{1,2}/[^"'\n]+)["']""",
    re.MULTILINE,
)
"""Static and dynamic imports of ES modules, as formatters write them; the limits keep it linear in the text."""


@dataclass(frozen=True)
class Link:
    """A link of a page: its target as written, what the page does with it, and the rule that a dead one breaks."""

    target: str
    does: str = "links to"
    rule: str = "broken-link"


def links(path: Path) -> Iterator[Link]:
    """Yield the links of a file of the site, whatever kind of file it is."""
    match path.suffix:
        case ".html":
            yield from _of_page(path)
        case ".css":
            yield from _of_style(path.read_text(encoding="utf-8", errors="replace"))
        case ".js":
            for names in _IMPORT.findall(path.read_text(encoding="utf-8", errors="replace")):
                yield Link("".join(names), "loads the script")


def _of_page(path: Path) -> Iterator[Link]:
    if not path.read_bytes().strip():
        return
    tree = lxml.html.parse(path, lxml.html.HTMLParser(encoding="utf-8")).getroot()
    for content in _texts(tree, "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        if found := _REFRESH.match(content):
            yield Link(found[1].strip(), "redirects to", "broken-redirect")
    for image in _texts(tree, "//meta[@property = 'og:image' or @name = 'twitter:image']/@content"):
        yield Link(image, "shows the image")
    for address in _texts(tree, "//@ping | //@*[name() = 'xlink:href']"):
        yield Link(address)
    for style in _texts(tree, "//style/text() | //@style"):
        yield from _of_style(style)


def _texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(text) for text in found] if isinstance(found, list) else []


def _of_style(text: str) -> Iterator[Link]:
    for names in _STYLE.findall(text):
        target = "".join(names).strip("\"' \t\n")
        if target and not target.startswith(("data:", "#")):
            yield Link(target, "loads")
