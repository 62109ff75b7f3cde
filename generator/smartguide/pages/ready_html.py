"""HTML that is ready: what stands between two marks goes to the page as it is.

Templates write finished, escaped HTML between Markdown headings. The marks let an engine leave it alone
(``engines.markdown`` does that for Python-Markdown). They are HTML comments, so that a page is the same for an engine
that does not know them.
"""

from __future__ import annotations

from typing import Final

BEGIN: Final = "<!-- ready -->"
END: Final = "<!-- /ready -->"
_HEADINGS: Final = ("## ", "### ")


def marked(text: str) -> str:
    """Return what a template made with the marks around everything between its Markdown headings."""
    lines: list[str] = []
    ready: list[str] = []

    def close() -> None:
        if ready:
            lines.extend(["", BEGIN, *ready, END, ""])
            ready.clear()

    for line in text.split("\n"):
        if line.startswith(_HEADINGS):
            close()
            lines.extend(["", line, ""])
        elif line.strip():
            ready.append(line)
    close()
    return "\n".join(lines).strip("\n")
