"""Text of records on its way to a page: always data, never markup.

Text comes to a page in three ways. Plain text is escaped (``entities``). A property that its schema marks with
``x-prose`` goes through ``prose``, which knows a few constructs of Markdown: paragraphs, **bold**, *emphasis*, lists,
and links to http(s) and mailto URLs. Everything else stays the text that it is.
"""

from __future__ import annotations

import re
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_CONTROLS: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "�")
"""Characters that no text holds; with some of them the Markdown engine marks HTML that it has put aside."""

_SPECIAL: Final = _CONTROLS | {ord(char): f"&#{ord(char)};" for char in "&<>\"'`{}[]*_~#:!|\\=^$"}
"""What HTML, Markdown, its extensions, or Jinja could take for their own, as character references."""

_ANY_SPECIAL: Final = re.compile("[" + re.escape("".join(map(chr, _SPECIAL))) + "]")
_URL: Final = re.compile(r"https?://[^/]|mailto:.", re.IGNORECASE)


def _markdown() -> MarkdownIt:
    """Return the reader of prose, for which a link to a URL that is not allowed is just text."""
    reader = MarkdownIt("zero", {"html": False, "linkify": False})
    reader.enable(["list", "emphasis", "link", "escape", "entity"])
    reader.validateLink = lambda url: bool(_URL.match(url))  # type: ignore[method-assign]  # its documented way
    return reader


_PROSE: Final = _markdown()
_TAGS: Final = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}


def entities(text: object) -> str:
    """Return text as HTML that shows just that text, wherever it stands: in an element, an attribute or a heading.

    Lines and runs of blanks become one blank, so that no line of a record begins a line of a page.
    """
    line = " ".join(str(text).split())
    return line.translate(_SPECIAL) if _ANY_SPECIAL.search(line) else line


def code(text: object) -> Markup:
    """Return text with its line breaks and blanks, as HTML for ``<pre>``."""
    return Markup("&#10;".join(line.translate(_SPECIAL) for line in str(text).splitlines()))  # escaped


_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
_IN_HTML: Final = {ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}


def escaped(value: Any) -> Any:
    """Return a value of settings or of front matter for a theme, which writes texts as they are: each text as HTML.

    Character references stay what they are, so that text which is HTML already does not change. Lists and mappings are
    gone through; what is no text is returned as it is.
    """
    if isinstance(value, str):
        return _BARE_AMPERSAND.sub("&amp;", value).translate(_IN_HTML)
    if isinstance(value, dict):
        return {key: escaped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [escaped(one) for one in value]
    return value


def prose(text: str) -> Markup:
    """Return the text of an ``x-prose`` property as HTML: the few constructs, cleaned; the rest as text."""
    html = nh3.clean(
        _PROSE.render(text.translate(_CONTROLS)),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    # On one line and without the characters that the engine's preprocessors look for, so that Markdown leaves it alone.
    return Markup(_protect(" ".join(html.splitlines()).strip()))  # cleaned by nh3


def prose_links(text: str) -> list[str]:
    """Return the URLs that the text of an ``x-prose`` property links to, in its order."""
    inline = (child for token in _PROSE.parse(text.translate(_CONTROLS)) for child in token.children or ())
    return [str(child.attrGet("href")) for child in inline if child.type == "link_open"]


_TAG = re.compile(r"(<[^>]*>)")


def _protect(html: str) -> str:
    """Write the characters that Markdown or Jinja could take for their own as entities, outside of tags."""
    parts = _TAG.split(html)
    return "".join(
        part.replace("`", "&#96;").replace("{", "%7B") if number % 2 else part.translate(_BARE)
        for number, part in enumerate(parts)
    )


_BARE: Final = {ord(char): f"&#{ord(char)};" for char in "`{}[]*_~|\\=^$"}


def shortened(text: str, longest: int = 155) -> str:
    """Return a text on one line, cut at a word if it is longer than a search engine shows."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
