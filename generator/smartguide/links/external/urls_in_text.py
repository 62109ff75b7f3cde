"""URLs of other sites in Markdown and HTML, and the line of a URL."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from markdown_it import MarkdownIt

from smartguide.link_history.record_urls import HTTP

_ATTRIBUTE: Final = re.compile(
    r"""(?:href|src)\s*=\s*(?:"(https?://[^"]+)"|'(https?://[^']+)'|(https?://[^\s"'<>`]+))""", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ADMONITION: Final = re.compile(r"!!! ?\w")


def in_markdown(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line number and the URL of each link and picture of a Markdown page that leads to another site."""
    lines = text.split("\n")
    for token in MarkdownIt("commonmark").enable("table").parse(_without_admonitions(text)):
        line = first = token.map[0] + 1 if token.map else 1
        for child in token.children or (token,):
            target = child.attrGet("href") or child.attrGet("src")
            found = [target] if isinstance(target, str) and HTTP.match(target) else []
            if child.type in {"html_inline", "html_block"}:
                found += in_html(child.content)
            for url in found:
                number = line_of(lines, url, line) or line_of(lines, url, 1) or first
                if token.map and token.map[0] < number <= token.map[1]:
                    line = number  # the next URL of this block is not on an earlier line
                yield number, url


def in_html(text: str) -> list[str]:
    """Return the URLs of other sites in the attributes ``href`` and ``src`` of HTML."""
    return [html.unescape("".join(found)) for found in _ATTRIBUTE.findall(_COMMENT.sub("", text))]


def line_of(lines: list[str], url: str, first: int) -> int:
    """Return the number of the first line from ``first`` on with a URL, in any of its notations; 0 if none has it."""
    notations = {url, unquote(url), html.escape(url, quote=False)}
    whole = re.compile("(?:" + "|".join(map(re.escape, notations)) + r""")(?=$|[#\s"'<>()\[\]{},])""")
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if any(notation in line for notation in notations) and whole.search(line):
            return number
    return 0


def _without_admonitions(text: str) -> str:
    """Return a page of as many lines, with the text of its admonitions indented a level less.

    CommonMark does not know admonitions, and takes their indented text for code.
    """
    lines = text.split("\n")
    while any(_ADMONITION.match(line) for line in lines):  # an admonition can hold another one
        inside = False
        for number, line in enumerate(lines):
            if _ADMONITION.match(line):
                inside, lines[number] = True, ""
            elif inside and line.strip() and not line.startswith("    "):
                inside = False
            elif inside:
                lines[number] = line[4:]
    return "\n".join(lines)
