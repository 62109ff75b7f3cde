"""HTML and pictures of chapters that the pages of the site do not let work, as they load nothing from other sites.

The policy of the pages (``site.security_policy``) is what protects readers. What it holds back would be missing on the
page without a word, so it is told where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from smartguide.checks.front_matter import FRONT_MATTER
from smartguide.findings import Finding, Place, Severity

_READER: Final = MarkdownIt("commonmark").enable("table")
_TO_OTHER_SITE: Final = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_ATTRIBUTE_LIST: Final = re.compile(r"\{:[^{}\n]*?\s(on\w+)\s*=", re.IGNORECASE)
_NOTHING_FROM_OTHERS: Final = "would not be shown: the pages load nothing from other sites"
_KINDS: Final = (
    (
        re.compile(
            r"<(?:img|picture|source|video|audio|track)\b[^<>]*?\s(?:src|srcset|poster)\s*=\s*[\"']?\s*(?:https?:)?//",
            re.IGNORECASE,
        ),
        f"this {_NOTHING_FROM_OTHERS}",
        "put the file into content/ and name it, or write a link",
    ),
    (
        re.compile(r"<(?:iframe|frame|embed|object|applet)\b", re.IGNORECASE),
        "this would not be shown: the pages hold no frames of other pages",
        "write a link to it",
    ),
    (
        re.compile(r"<link\b[^<>]*?\shref\s*=|@import\b", re.IGNORECASE),
        "this style sheet would not be loaded by a page",
        "put it below theme/assets/, and name it under extra_css in mkdocs.yml",
    ),
    (
        re.compile(r"<a\b[^<>]*?\shref\s*=\s*[\"']?\s*(?:javascript|vbscript|data|file):", re.IGNORECASE),
        "this link would lead nowhere from a page",
        "write a URL that begins with https://",
    ),
    (re.compile(r"<form\b", re.IGNORECASE), "this form could not be sent from a page", "write a link to it"),
    (re.compile(r"<base\b", re.IGNORECASE), "a page cannot have another base for its links", "take it out"),
    (
        re.compile(r"<[a-z][^<>]*?\son[a-z]+\s*=", re.IGNORECASE),
        "this code would not run on a page",
        "take it out, or put it into a script below theme/assets/",
    ),
)


class _Fault(NamedTuple):
    """What would not work, as it is written, in words, and what to do."""

    written: str
    message: str
    hint: str


def check(page: str, text: str) -> Iterator[Finding]:
    """Yield what of a chapter would not work on its page; code that is shown is passed over."""
    if front := FRONT_MATTER.match(text):
        text = "\n" * front[0].count("\n") + text[front.end() :]
    if "<" not in text and "![" not in text and "{:" not in text:
        return
    lines = text.split("\n")
    for token in _READER.parse(text):
        if token.map is None or token.type not in {"html_block", "inline"}:
            continue
        begin, end = token.map
        for part in token.children if token.type == "inline" and token.children else [token]:
            for fault in _of_part(part):
                number = next((one for one in range(begin, end) if fault.written in lines[one]), begin)
                place = Place(page, number + 1, max(lines[number].find(fault.written), 0) + 1)
                yield Finding(place, "blocked", fault.message, hint=fault.hint, severity=Severity.WARNING)


def _of_part(part: Token) -> Iterator[_Fault]:
    """Yield what would not work of a picture or of HTML."""
    source = str(part.attrs.get("src", ""))
    if part.type == "image" and _TO_OTHER_SITE.match(source):
        hint = "put the file into content/ and name it, or write a link"
        yield _Fault(source, f"this picture {_NOTHING_FROM_OTHERS}", hint)
    elif part.type in {"html_block", "html_inline"}:
        for pattern, message, hint in _KINDS:
            if found := pattern.search(part.content):
                yield _Fault(found[0].split("\n")[0], message, hint)
    elif part.type == "text" and (found := _ATTRIBUTE_LIST.search(part.content)):
        yield _Fault(found[1], "this code would not run on a page", "take it out")
