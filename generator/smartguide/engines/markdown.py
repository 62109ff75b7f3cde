"""A Markdown extension for chapters: HTML that is ready goes past Markdown, and terms get their tooltips.

For ready HTML see ``pages.ready_html``. Without the extension Python-Markdown reads every tag, finds nothing to do, and
takes two thirds of the time of a page for that; with it, the text of a record never meets the Markdown parser at all.
"""

from __future__ import annotations

from typing import Any, Final

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from smartguide.pages.ready_html import BEGIN, END
from smartguide.pages.tooltips import Tooltips

_AFTER_WHITESPACE_BEFORE_HTML: Final = 28
"""Python-Markdown drops the characters that its own placeholders are made of at 30, and reads HTML at 20."""
_LAST: Final = 0


class ForChapters(Extension):
    """Registers the processors. The option ``meanings`` holds the tooltips: what each term means, as HTML."""

    def __init__(self, **options: Any) -> None:
        self.config = {"meanings": [{}, "What each term means, as HTML."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Put the processors in their places."""
        md.preprocessors.register(_Stash(md), "ready_html", _AFTER_WHITESPACE_BEFORE_HTML)
        md.postprocessors.register(_Mark(Tooltips(self.getConfig("meanings"))), "tooltips", _LAST)


class _Mark(Postprocessor):
    """Gives terms their tooltips when the page is done."""

    def __init__(self, tooltips: Tooltips) -> None:
        super().__init__()
        self._tooltips = tooltips

    def run(self, text: str) -> str:
        """Return the page with tooltips."""
        return self._tooltips.mark(text)


class _Stash(Preprocessor):
    """Puts what stands between the marks where Python-Markdown keeps raw HTML until the page is done."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each marked block."""
        kept: list[str] = []
        ready: list[str] | None = None
        for line in lines:
            if ready is None and line == BEGIN:
                ready = []
            elif ready is not None and line == END:
                kept.extend(["", self.md.htmlStash.store("\n".join(ready)), ""])
                ready = None
            else:
                (kept if ready is None else ready).append(line)
        return kept if ready is None else [*kept, BEGIN, *ready]


def makeExtension(**options: Any) -> ForChapters:  # noqa: N802  # Python-Markdown's name
    """Return the extension, as Python-Markdown asks for it."""
    return ForChapters(**options)
