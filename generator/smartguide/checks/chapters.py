"""The chapters, which people write in Markdown: what is wrong with them at sight, and where things stand in them.

Only what nobody can mean otherwise is a finding: code, comments, math and template code are passed over.
"""

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

from smartguide.checks import front_matter
from smartguide.checks.front_matter import FRONT_MATTER
from smartguide.findings import Finding, Place, did_you_mean, quoted
from smartguide.reading import Reader

_HIDDEN: Final = "\0"
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
_BLOCKS: Final = MarkdownIt("commonmark").enable("table")

_REFERENCE: Final = re.compile(r"(?<![\w\])\\])!?\[(?P<text>[^\[\]]+)\]\[(?P<id>[^\[\]]+)\]")
_DEFINITION: Final = re.compile(r"^[ \t>]*\[(?P<id>[^\[\]]+)\]:", re.MULTILINE)
_BORROWS: Final = re.compile(r"\{%-?\s*(?:include|import|from|extends)\b")
_LINK: Final = re.compile(r"(?:\]\(\s*<?)(?P<target>(?:[^()\n]|\([^()\n]*\))+)\)")
_DEFINED: Final = re.compile(r"(?:^[ \t>]*\[[^\[\]]+\]:\s*<?)(?P<target>\S+)", re.MULTILINE)
_LINK_TITLE: Final = re.compile(r"""\s+(["']).*\1\s*$""")


def check(root: Path) -> Iterator[Finding]:
    """Yield what is wrong with the chapters of the project in ``root``, as far as can be said without MkDocs."""
    reader = Reader(root, root / "content")
    for path in sorted((root / "content").rglob("*.md")):
        document = reader.text(path)
        yield from document.findings
        if document.data is not None:
            text = _with_plain_lines(document.data)
            yield from front_matter.check(reader, path, text)
            yield from _undefined_references(document.path, text)


def text_of(root: Path, page: str) -> str:
    """Return the text of the chapter at ``page``; an empty string for a generated page, which is no file."""
    path = root / page
    return _with_plain_lines(path.read_text(encoding="utf-8-sig", errors="replace")) if path.is_file() else ""


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
    found = _links(page, text, _prose(text), target) or _links(page, text, text, target)
    return found or [Place(page)]


def places_in_prose(root: Path, page: str, target: str) -> list[Place]:
    """Return where the prose of a chapter links to a target; code and comments are none."""
    text = text_of(root, page)
    return _links(page, text, _prose(text), target)


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


def _undefined_references(page: str, text: str) -> Iterator[Finding]:
    """Yield the references to links that are defined nowhere, which a page shows as they are written.

    Two numbers are no reference: they may be places in a list.
    """
    if "][" not in text or _BORROWS.search(text):
        return
    defined = {_id(match["id"]): match["id"] for match in _DEFINITION.finditer(text)}
    for match in _REFERENCE.finditer(_prose(text)):
        label, wanted = match["text"].strip(), match["id"]
        is_reference = label and wanted.strip() and not (label.isdigit() and wanted.isdigit())
        if not is_reference or _HIDDEN in wanted or "^" in (label[0], wanted[0]) or re.search(r"\n\s*\n", match[0]):
            continue
        if _id(wanted) not in defined:
            message = f"no link {quoted(wanted)} is defined, and the page would show the brackets"
            hint = did_you_mean(wanted, defined.values()) or f"define it with a line [{_id(wanted)}]: and its address"
            yield Finding(place(page, text, match.start()), "undefined-reference", message, hint=hint)


def _id(label: str) -> str:
    """Return the id of a definition or a reference: capitals and the width of blanks do not matter."""
    return " ".join(label.split()).lower()


def _without_escapes(target: str) -> str:
    """Return the target of a link without the backslashes that keep Markdown from its characters."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", target)


def _decoded(target: str) -> str:
    """Return the target of a link without references to characters."""
    return unquote(html.unescape(_without_escapes(target)))


def _prose(text: str) -> str:
    """Return a chapter of the same length, in which only prose has been left: all else is hidden."""
    if front := FRONT_MATTER.match(text):
        text = _hidden(front) + text[front.end() :]
    text = _NO_PROSE.sub(_hidden, text)
    lines = text.split("\n")
    for token in _BLOCKS.parse(text):
        if token.type in {"fence", "code_block", "html_block"} and token.map:
            for number in range(*token.map):
                lines[number] = _HIDDEN * len(lines[number])
    return _NO_LINKS.sub(_hidden, "\n".join(lines))


def _hidden(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _HIDDEN, match[0])


def _with_plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
