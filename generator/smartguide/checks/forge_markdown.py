"""Markdown that forges show in another way than the site does.

People look at a chapter in the preview of their forge, which reads it by CommonMark and GitHub's additions. The site
reads it with Python-Markdown, which wants four blanks before a list inside of a list, an empty line before a list, and
an extension for what is not in the first Markdown of all. What would look otherwise on the site is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from smartguide.checks.front_matter import FRONT_MATTER
from smartguide.findings import Finding, Place, Severity
from smartguide.reading.syntax_errors import LIST_MARKS

_READER: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_INDENT: Final = 4
"""Blanks for each level of a list."""
_TEMPLATE_CODE: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{:[^{}\n]*\}")
_QUOTE_MARKS: Final = re.compile(r"(?:\s{0,3}>[ ]?)*")
_TASK: Final = re.compile(r"\[[ xX]\]\s")
_CALLOUT: Final = re.compile(r"\[!\w+\]")
_FOOTNOTE: Final = re.compile(r"\(\^[^\]\s]+\]")
"""As ``_blanked`` leaves it: else CommonMark would take it for a link."""
_URL: Final = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[\w-]+\.[^\s<>|]+")
_SIGN: Final = re.compile(rf"(?:[{re.escape(LIST_MARKS[:-2])}][ \t\u00a0]|[-*+]\u00a0)")
"""A sign with which word processors begin the entries of a list, or a mark before a blank that is no space."""
_NOTE_MARK: Final = re.compile(r"(?:!!!|\?\?\?\+?) \w")
_BREAK: Final = re.compile(r"(?<!\\)(?:\\\\)*\\\n")
_TAG: Final = re.compile(
    r"<(/?)(div|details|section|article|aside|figure|table|center|blockquote)\b([^>]*)>", re.IGNORECASE
)

ALSO: Final[Mapping[str, frozenset[str]]] = {
    "extra": frozenset({"footnotes", "md_in_html"}),
    "pymdownx.extra": frozenset({"footnotes", "md_in_html", "pymdownx.superfences"}),
    "markdown.extensions.extra": frozenset({"footnotes", "md_in_html"}),
}
"""Extensions that stand for several others."""


class Construct(NamedTuple):
    """Something that forges know: what the site makes of it, what to do, and the extensions with which it works."""

    message: str
    hint: str
    extensions: frozenset[str] = frozenset()


def _with(message: str, hint: str, *extensions: str) -> Construct:
    names = " or ".join(extensions)
    return Construct(message, f"{hint}, or add {names} to markdown_extensions in mkdocs.yml", frozenset(extensions))


_BY_FOUR: Final = "indent it by four blanks for each level"
_NOTE: Final = "write !!! note, and the text below it indented by four blanks"
_PLAIN_TEXT: Final = "would be shown as plain text"
_AS_WRITTEN: Final = "would be shown as it is written"
CONSTRUCTS: Final[Mapping[str, Construct]] = {
    "nested": Construct("this list would not be shown inside of the one above", _BY_FOUR),
    "inside": Construct("this would not be shown inside of the list above", _BY_FOUR),
    "no-empty-line": Construct(f"this list {_PLAIN_TEXT}", "put an empty line before it"),
    "table": Construct(f"this table {_PLAIN_TEXT}", "put an empty line before it"),
    "parenthesis": Construct(f"this list {_PLAIN_TEXT}", "write 1. instead of 1)"),
    "break": Construct("the backslash would be shown, and no line break", "end the line with two blanks instead"),
    "title": Construct("this is a second title of the page", "write ## instead of #"),
    "callout": _with(f"the mark of this note {_AS_WRITTEN}", _NOTE, "pymdownx.quotes"),
    "start": _with("this list would begin with 1", "begin it with 1", "sane_lists"),
    "mixed": _with("this list would be part of the one above", "put a sentence between the two", "sane_lists"),
    "sign": Construct(f"this list {_PLAIN_TEXT}", "begin each entry with '-' and a space"),
    "open-fence": Construct("this code does not end, and its marks would be shown", "write a line with ``` below it"),
    "open-comment": Construct("this comment does not end, and would be shown", "write --> at its end"),
    "note-text": Construct("the text below would not be part of this note", "indent it by four blanks"),
    "fence": _with("this code would be shown as a line of text", "put it outside of the list", "pymdownx.superfences"),
    "task": _with("the brackets of this task would be shown", "leave them out", "pymdownx.tasklist"),
    "struck": _with("the ~~ would be shown", "leave them out", "pymdownx.tilde"),
    "url": _with("this URL would not be a link", "write it between < and >", "pymdownx.magiclink"),
    "footnote": _with(f"this footnote {_AS_WRITTEN}", "write it as a sentence", "footnotes"),
    "html": _with(f"the Markdown inside of this HTML {_AS_WRITTEN}", "write HTML there", "md_in_html"),
}
"""What is looked for."""


class Mark(NamedTuple):
    """A construct of a chapter, and where it stands."""

    construct: str
    line: int
    column: int


def check(path: str, marks: Iterable[Mark], extensions: frozenset[str]) -> Iterator[Finding]:
    """Yield a finding for each construct that does not work with the extensions of Markdown that the settings name."""
    for mark in marks:
        construct = CONSTRUCTS[mark.construct]
        if not construct.extensions & extensions:
            place = Place(path, mark.line, mark.column)
            yield Finding(place, "markdown", construct.message, hint=construct.hint, severity=Severity.WARNING)


def extensions(values: Mapping[str, Any]) -> frozenset[str]:
    """Return the extensions of Markdown that the settings of a site name, with those that they stand for."""
    found = values.get("markdown_extensions")
    named = found if isinstance(found, dict | list) else ()  # another form is told
    names = {str(next(iter(one), "")) if isinstance(one, dict) else str(one) for one in named}
    short = {name.removeprefix("markdown.extensions.") for name in names}
    return frozenset(short.union(*(ALSO.get(name, ()) for name in names)))


def fenced_lines(text: str) -> set[int]:
    """Return the numbers of the lines of a chapter that are code."""
    tokens = _READER.parse(_blanked(text))
    return {
        number + 1
        for token in tokens
        if token.type in {"fence", "code_block"} and token.map
        for number in range(*token.map)
    }


def constructs(text: str) -> list[Mark]:
    """Return the constructs in a chapter that the site could show in another way, each with its place."""
    text = _blanked(text)
    walk = _Walk(text.split("\n"))
    tokens = _READER.parse(text)
    for number, token in enumerate(tokens):
        walk.step(token, tokens[number - 1] if number else None, tokens[number + 1 :][:1])
    return walk.found


def _blanked(text: str) -> str:
    """Return a chapter of the same lines, without front matter and with template code as words."""
    if front := FRONT_MATTER.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    return _TEMPLATE_CODE.sub(lambda code: "x" * len(code[0]), text).replace("[^", "(^")


@dataclass
class _Item:
    """A list item that is open: the level of its list (from 1), and how many blocks it has so far."""

    depth: int
    blocks: int = 0


@dataclass
class _Walk:
    """Goes through the tokens of a chapter."""

    lines: list[str]
    found: list[Mark] = field(default_factory=list)
    items: list[_Item | None] = field(default_factory=list)
    """The containers that are open: list items, and None for each quotation."""
    depth: int = 0
    paragraph_end: int = -1
    titles: int = 0

    def step(self, token: Token, before: Token | None, following: list[Token]) -> None:
        """Look at one token."""
        kind = token.type
        line = token.map[0] if token.map else -1
        if kind in {"bullet_list_open", "ordered_list_open"}:
            self._list(token, before, line)
            self.depth += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self.depth -= 1
        elif kind == "list_item_open":
            self.items.append(_Item(self.depth))
        elif kind == "blockquote_open":
            self._block(kind, line)
            self.items.append(None)
        elif kind in {"list_item_close", "blockquote_close"}:
            self.items.pop()
        elif kind == "inline":
            self._inline(token, before, line)
        elif kind in {"paragraph_open", "fence", "code_block", "heading_open", "table_open", "html_block"}:
            self._block(kind, line)
        if kind == "heading_open" and token.markup == "#":
            self.titles += 1
            if self.titles > 1:
                self._note("title", line)
        if kind == "paragraph_open" and token.map:
            self.paragraph_end = token.map[1]
        if kind == "html_block":
            self._html_block(token, line, following)
        if kind == "fence" and token.map and not self._is_closed(token):
            self._note("open-fence", line)

    def _list(self, token: Token, before: Token | None, line: int) -> None:
        item = self.items[-1] if self.items else None
        begins_item = item is not None and item.blocks <= 1
        if before is not None and before.type == "paragraph_close" and self.paragraph_end == line and not begins_item:
            self._note("no-empty-line", line)
        elif before is not None and before.type.endswith("_list_close") and before.type[:6] != token.type[:6]:
            self._note("mixed", line)
        elif self.depth and self._indent(line) < _INDENT * self.depth:
            self._note("nested", line)
        elif token.markup == ")":
            self._note("parenthesis", line)
        elif token.attrs.get("start", 1) != 1:
            self._note("start", line)
        if item is not None:
            item.blocks += 1

    def _block(self, kind: str, line: int) -> None:
        item = self.items[-1] if self.items else None
        if item is not None:
            item.blocks += 1
        if kind == "fence" and self.depth:
            self._note("fence", line)
        elif item is not None and item.blocks > 1 and self._indent(line) < _INDENT * item.depth:
            self._note("inside", line)
        elif kind == "table_open" and self.paragraph_end == line:
            self._note("table", line)

    def _inline(self, token: Token, before: Token | None, line: int) -> None:
        item = self.items[-1] if self.items else None
        is_paragraph = before is not None and before.type == "paragraph_open"
        if item is not None and is_paragraph and item.blocks == 1 and _TASK.match(token.content):
            self._note("task", line, "[")
        if self.items and item is None and is_paragraph and _CALLOUT.match(token.content):
            self._note("callout", line, "[!")
            return
        if any(child.type == "hardbreak" for child in token.children or ()) and (cut := _BREAK.search(token.content)):
            number = line + token.content.count("\n", 0, cut.end()) - 1
            self.found.append(Mark("break", number + 1, len(self.lines[number].rstrip())))
        if is_paragraph:
            self._paragraph(token.content.split("\n"), line)
        in_link = 0
        for child in token.children or ():
            if child.type in {"link_open", "link_close"}:
                in_link += child.nesting
            elif child.type == "html_inline" and re.match(r"</?a\b", child.content, re.IGNORECASE):
                in_link = 0 if child.content.startswith("</") else 1
            elif child.type == "s_open":
                self._note("struck", line, "~~")
            elif child.type == "text":
                for name, pattern in (("footnote", _FOOTNOTE), ("url", _URL)):
                    if not in_link and (found := pattern.search(child.content)):
                        self._note(name, line, found[0])

    def _paragraph(self, lines: list[str], line: int) -> None:
        """Look at the lines of a paragraph for what is meant as something else."""
        if len(lines) == 1:
            return
        if all(map(_SIGN.match, lines[:2])):
            self._note("sign", line)
        if _NOTE_MARK.match(lines[0]) and not self.lines[line + 1].startswith(" " * _INDENT):
            self._note("note-text", line)

    def _is_closed(self, token: Token) -> bool:
        """Tell whether the last line of a fence closes it."""
        begin, end = token.map or (0, 1)
        last = _QUOTE_MARKS.sub("", self.lines[end - 1], count=1).strip()
        return end - begin > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])

    def _html_block(self, token: Token, line: int, following: list[Token]) -> None:
        if token.content.lstrip().startswith("<!--") and "-->" not in token.content:
            self._note("open-comment", line)
        tags = _TAG.findall(token.content)
        is_open = sum(-1 if closing else 1 for closing, _, _ in tags) > 0
        is_read = any("markdown" in attributes for _, _, attributes in tags)
        if is_open and not is_read and following and following[0].type != "html_block":
            self._note("html", line)

    def _indent(self, line: int) -> int:
        text = _QUOTE_MARKS.sub("", self.lines[line], count=1) if None in self.items else self.lines[line]
        return len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())

    def _note(self, name: str, line: int, text: str = "") -> None:
        """Note a construct; if its block has several lines, on the one with the text."""
        shown = self.lines[line]
        while text and text not in shown and line + 1 < len(self.lines) and self.lines[line + 1].strip():
            line += 1
            shown = self.lines[line]
        quoted = _QUOTE_MARKS.match(shown) if None in self.items else None
        quote_end = quoted.end() if quoted else 0
        begin = len(shown) - len(shown[quote_end:].lstrip())
        column = shown.find(text) if text else begin
        self.found.append(Mark(name, line + 1, max(column, 0) + 1))
