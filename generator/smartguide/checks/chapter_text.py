"""The text of chapters: what of it is prose, and where links and template code stand."""

from __future__ import annotations

import bisect
import functools
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from markdown_it import MarkdownIt

from smartguide.checks.front_matter import FRONT_MATTER
from smartguide.findings import Place
from smartguide.reading import composed

HIDDEN: Final = "\0"
"""What stands in the place of each character that is no prose."""
_TEMPLATE_CODE: Final = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_NO_PROSE: Final = re.compile(
    rf"{_TEMPLATE_CODE.pattern}|\{{#(?:(?!\{{#).)*?#\}}|<!--(?:(?!<!--).)*?-->", re.DOTALL
)  # an opening that is never closed is not looked through again for each that follows
_NO_LINKS: Final = re.compile(
    r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\s*\n).){1,2000}?(?<!`)(?P=ticks)(?!`)|(?P<money>\${1,2})(?=\S)[^$]+?(?<=\S)(?P=money)"
    r"|\\[\[\]]",
    re.DOTALL,
)
_ADMONITION: Final = re.compile(r" {0,3}(?:!!!|\?\?\?\+?)\s*\w")
_BLOCKS: Final = MarkdownIt("commonmark").enable("table")

_LINK: Final = re.compile(r"(?:\]\(\s*<?)(?P<target>(?:[^()\n]|\([^()\n]*\))+)\)")
_DEFINED: Final = re.compile(r"(?:^[ \t>]*\[(?!\^)[^\[\]]+\]:\s*<?)(?P<target>\S+)", re.MULTILINE)
_LINK_TITLE: Final = re.compile(r"""\s+(["']).*\1\s*$""")


def text_of(root: Path, page: str) -> str:
    """Return the text of the chapter at ``page``; an empty string for a generated page, which is no file."""
    path = root / page
    return with_plain_lines(composed(path.read_text(encoding="utf-8-sig", errors="replace"))) if path.is_file() else ""


def lines_before_markdown(text: str) -> int:
    """Return how many lines of a chapter stand before the Markdown that MkDocs makes of it."""
    front = FRONT_MATTER.match(text)
    body = text[front.end() :].lstrip("\n") if front else text.lstrip("\n")
    return text.count("\n") - body.count("\n")


def place(page: str, text: str, offset: int) -> Place:
    """Return the place of the character at ``offset`` of a page's text."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, offset)
    return Place(page, line, offset - starts[line - 1] + 1)


@functools.lru_cache(maxsize=8)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


def places_of_link(root: Path, page: str, target: str) -> list[Place]:
    """Return where a chapter links to a target, as MkDocs calls it; the page as a whole if that cannot be found.

    What stands in prose comes before what only looks like a link.
    """
    text = text_of(root, page)
    found = _links(page, text, prose(text), target) or _links(page, text, text, target)
    return found or [Place(page)]


def places_in_prose(root: Path, page: str, target: str) -> list[Place]:
    """Return where the prose of a chapter links to a target; code and comments are none."""
    text = text_of(root, page)
    return _links(page, text, prose(text), target)


def links(text: str) -> Iterator[tuple[str, int]]:
    """Yield the target of each link and picture in the prose of a chapter, as a page has it, with its offset."""
    searched = prose(text)
    for found in (*_LINK.finditer(searched), *_DEFINED.finditer(searched)):
        target = _LINK_TITLE.sub("", found["target"]).rstrip(" >")
        before = searched.rfind("\n\n", 0, found.start())
        if HIDDEN not in target and (found.re is _DEFINED or "[" in searched[before + 1 : found.start()]):
            yield html.unescape(_without_escapes(target)), found.start("target")


def _links(page: str, text: str, searched: str, target: str) -> list[Place]:
    """Return where a text links to a target; what is written so comes before what means the same."""
    links = [*_LINK.finditer(searched), *_DEFINED.finditer(searched)]
    for form in (_without_escapes, _decoded):
        found = [link for link in links if form(_LINK_TITLE.sub("", link["target"]).rstrip(" >")) == form(target)]
        if found:
            return [place(page, text, link.start("target")) for link in found]
    return []


def places_of_code(root: Path, page: str, code: str) -> list[Place]:
    """Return where the template code of a chapter matches a pattern; the page as a whole if it does so nowhere."""
    text = text_of(root, page)
    found = [
        place(page, text, outer.start() + inner.start())
        for outer in _TEMPLATE_CODE.finditer(text)
        for inner in re.finditer(code, outer[0], re.DOTALL)
    ]
    return found or [Place(page)]


def _without_escapes(target: str) -> str:
    """Return the target of a link without the backslashes that keep Markdown from its characters."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", target)


def _decoded(target: str) -> str:
    """Return the target of a link without references to characters."""
    return unquote(html.unescape(_without_escapes(target)))


def prose(text: str) -> str:
    """Return a chapter of the same length, in which only prose has been left: all else is hidden."""
    if front := FRONT_MATTER.match(text):
        text = _hidden(front) + text[front.end() :]
    text = _NO_PROSE.sub(_hidden, text)
    lines = text.split("\n")
    for token in _BLOCKS.parse(text):
        if token.type in {"fence", "code_block", "html_block"} and token.map:
            if token.type == "code_block" and _is_in_admonition(lines, token.map[0]):
                continue
            for number in range(*token.map):
                lines[number] = HIDDEN * len(lines[number])
    return _NO_LINKS.sub(_hidden, "\n".join(lines))


def _is_in_admonition(lines: list[str], number: int) -> bool:
    """Tell whether an indented line stands below the beginning of an admonition, as its text."""
    before = (line for line in reversed(lines[:number]) if line.strip() and not line.startswith("    "))
    return bool(_ADMONITION.match(next(before, "")))


def _hidden(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", HIDDEN, match[0])


def with_plain_lines(text: str) -> str:
    """Return a text whose lines end as on Unix."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
