"""The links of a site that lychee does not read: redirects, preview images, imports of style sheets and scripts."""

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
"""A link to a file that ends with a slash, which lychee ignores."""
_IMPORT: Final = re.compile(
    r"""(?:^|;)[ \t]{0,99}(?:import|export)\b[^"';()]{0,2000}["']((?:\.{1,2})?/[^"'\n]+)["']"""
    r"""|\bimport\(["']((?:\.{1,2})?/[^"'\n]+)(?<!\.d\.ts)["']""",
    re.MULTILINE,
)
"""Static and dynamic imports of ES modules, as formatters write them. The limits keep the search linear.

Comments import types from ``.d.ts`` files, which no browser loads.
"""
_PREVIEW_IMAGE: Final = " or ".join(
    f"@{key} = '{name}'"
    for key, name in (
        ("property", "og:image"),
        ("property", "og:image:url"),
        ("name", "twitter:image"),
        ("name", "twitter:image:src"),
    )
)
_WITH_URL_AS_STRING: Final = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions of style sheets in which a string is a URL."""


@dataclass(frozen=True)
class Link:
    """A link in a file: its target as written, what the file does with it, and the rule for a broken one."""

    target: str
    verb: str = "links to"
    rule: str = "broken-link"


def links(path: Path) -> Iterator[Link]:
    """Yield the links of a file of the site. A file that is not HTML, CSS or JavaScript has none."""
    match path.suffix:
        case ".html":
            yield from _in_page(path)
        case ".css":
            yield from _in_style(path.read_text(encoding="utf-8", errors="replace"))
        case ".js":
            for names in _IMPORT.findall(path.read_text(encoding="utf-8", errors="replace")):
                yield Link("".join(names), "loads the script")


def parse(path: Path) -> lxml.html.HtmlElement | None:
    """Return the tree of an HTML file; None if the file is empty or holds only comments."""
    if not (content := path.read_bytes()):
        return None
    # The text is handed over, because lxml cannot open a file whose name the locale cannot encode.
    tree: lxml.html.HtmlElement | None = lxml.html.parse(io.BytesIO(content), _HTML).getroot()
    return tree


def _in_page(path: Path) -> Iterator[Link]:
    if (tree := parse(path)) is None:
        return
    for content in _texts(tree, "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        if found := _REFRESH.match(content):
            yield Link(found[1].strip(), "redirects to", "broken-redirect")
    for image in _texts(tree, f"//meta[{_PREVIEW_IMAGE}]/@content"):
        yield Link(image, "shows the image")
    for images in _texts(tree, "//@imagesrcset"):
        yield from (Link(one.split()[0], "loads") for one in images.split(",") if one.strip())
    for url in _texts(
        tree, "//@ping | //@background | //*[contains(@rel, 'nofollow')]/@href | //@*[name() = 'xlink:href']"
    ):
        yield Link(url)
    for url in _texts(tree, "//@href | //@src"):
        if _FILE_AS_FOLDER.search(url):
            yield Link(url)
    for style in _texts(tree, "//style/text() | //@style"):
        yield from _in_style(style)


def _texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    """Return the texts and attributes that an XPath selects."""
    found = tree.xpath(path)
    return [str(text) for text in found] if isinstance(found, list) else []


def _in_style(text: str) -> Iterator[Link]:
    """Yield the URLs that a style sheet or a style attribute loads."""
    ahead: list[tuple[str, list[Any]]] = [("", tinycss2.parse_component_value_list(text, skip_comments=True))]
    while ahead:
        function, nodes = ahead.pop()
        after_import = False
        for node in nodes:
            if node.type == "whitespace":
                continue
            if node.type == "url" or (node.type == "string" and (after_import or function in _WITH_URL_AS_STRING)):
                if node.value and not node.value.startswith(("data:", "#")):
                    yield Link(node.value, "loads")
            elif node.type == "function":
                ahead.append((node.lower_name, node.arguments))
            elif node.type.endswith(" block"):
                ahead.append(("", node.content))
            after_import = node.type == "at-keyword" and node.lower_value == "import"
