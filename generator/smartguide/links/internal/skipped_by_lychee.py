"""The links of a site that lychee does not read: redirects, previews, imports of style sheets and of scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import lxml.html
import tinycss2

_HTML: Final = lxml.html.HTMLParser(encoding="utf-8")
_REFRESH: Final = re.compile(r"""^[^;,\s]*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']+)""", re.IGNORECASE)
_FILE_AS_FOLDER: Final = re.compile(r"[^./]\.\w+/$")
_IMPORT: Final = re.compile(
    r"""(?:^|;)[ \t]{0,99}(?:import|export)\b[^"';()]{0,2000}["']((?:\.{1,2})?/[^"'\n]+)["']"""
    r"""|\bimport\(["']((?:\.{1,2})?/[^"'\n]+)["']""",
    re.MULTILINE,
)
"""Static and dynamic imports of ES modules, as formatters write them; the limits keep it linear in the text."""
_PREVIEW: Final = " or ".join(
    f"@{key} = '{name}'"
    for key, name in (
        ("property", "og:image"),
        ("property", "og:image:url"),
        ("name", "twitter:image"),
        ("name", "twitter:image:src"),
    )
)
_TAKE_TEXT_FOR_LINKS: Final = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions of style sheets in which a text in quotes is an address."""


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


def page(path: Path) -> lxml.html.HtmlElement | None:
    """Return a page of the site as a tree; None for one with nothing in it, or nothing but comments."""
    if not (content := path.read_bytes()):
        return None
    # From memory, because lxml does not know names of files that the locale cannot write.
    tree: lxml.html.HtmlElement | None = lxml.html.parse(io.BytesIO(content), _HTML).getroot()
    return tree


def _of_page(path: Path) -> Iterator[Link]:
    if (tree := page(path)) is None:
        return
    for content in _texts(tree, "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        if found := _REFRESH.match(content):
            yield Link(found[1].strip(), "redirects to", "broken-redirect")
    for image in _texts(tree, f"//meta[{_PREVIEW}]/@content"):
        yield Link(image, "shows the image")
    for images in _texts(tree, "//@imagesrcset"):
        yield from (Link(one.split()[0], "loads") for one in images.split(",") if one.strip())
    for address in _texts(
        tree, "//@ping | //@background | //*[contains(@rel, 'nofollow')]/@href | //@*[name() = 'xlink:href']"
    ):
        yield Link(address)
    for address in _texts(tree, "//@href | //@src"):
        if _FILE_AS_FOLDER.search(address):  # lychee takes no notice of the slash
            yield Link(address)
    for style in _texts(tree, "//style/text() | //@style"):
        yield from _of_style(style)


def _texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    found = tree.xpath(path)
    return [str(text) for text in found] if isinstance(found, list) else []


def _of_style(text: str) -> Iterator[Link]:
    """Yield what a style sheet, or a style attribute, loads."""
    ahead: list[tuple[str, list[Any]]] = [("", tinycss2.parse_component_value_list(text, skip_comments=True))]
    while ahead:
        function, nodes = ahead.pop()
        after_import = False
        for node in nodes:
            if node.type == "whitespace":
                continue
            if node.type == "url" or (node.type == "string" and (after_import or function in _TAKE_TEXT_FOR_LINKS)):
                if node.value and not node.value.startswith(("data:", "#")):
                    yield Link(node.value, "loads")
            elif node.type == "function":
                ahead.append((node.lower_name, node.arguments))
            elif node.type.endswith(" block"):
                ahead.append(("", node.content))
            after_import = node.type == "at-keyword" and node.lower_value == "import"
