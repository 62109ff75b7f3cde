"""Rendered parts as Markdown, for chapters: headings that the engine sees, and HTML that it leaves alone.

A chapter is rendered by the engine, whose table of contents comes from Markdown headings. What stands between two marks
goes to the page as it is (``engines.markdown`` does that for Python-Markdown). The marks are HTML comments, so that a
page is the same for an engine that does not know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from smartguide.pages.rendered import Part
from smartguide.pages.text import entities

BEGIN: Final = "<!-- ready -->"
END: Final = "<!-- /ready -->"
_LINKED: Final = re.compile(r"(?<=www)\.|@", re.IGNORECASE)
"""What tells a host without a scheme, or a mailbox, from other text."""


def as_markdown(parts: Iterable[Part]) -> str:
    """Return parts of a page as Markdown from which every engine makes the same HTML."""
    return "\n\n".join(
        f"{BEGIN}\n{part}\n{END}"
        if isinstance(part, str)
        else f"{'#' * part.level} {_heading(part.text)} {{: #{part.id} }}"
        for part in parts
    )


def _heading(text: str) -> str:
    """Return the text of a heading without what an extension of Markdown (magiclink) takes for a link."""
    return _LINKED.sub(lambda found: f"&#{ord(found[0])};", entities(text))
