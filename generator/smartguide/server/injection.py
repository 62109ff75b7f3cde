"""What the preview adds to a page when it is sent: its script, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from smartguide.findings import Finding, Severity
from smartguide.pages.text import entities
from smartguide.site import security_policy

PREFIX: Final = "/_smartguide/"
"""Where the files of the preview are, from the root of the host."""
SCRIPT: Final = "reload.js"
STYLE_SHEET: Final = "preview.css"
SHOWN: Final = 20
"""So many findings are shown on a page; the terminal shows all."""


def script(path: str, page: str, panel: str) -> str:
    """Return the element that reloads a page; ``page`` and ``panel`` say which state of the two the browser has."""
    return (
        f'<script src="{PREFIX}{SCRIPT}" type="module" data-path="{entities(path)}" data-page="{page}" '
        f'data-panel="{panel}"></script>'
    )


def injected(html: str, *elements: str) -> str:
    """Return a page with elements at the end of its body."""
    at = html.rfind("</body>")
    at = len(html) if at < 0 else at
    return f"{html[:at]}{''.join(elements)}{html[at:]}"


def panel(found: Iterable[Finding], file: str, notes: Sequence[str] = ()) -> str:
    """Return an element with what is wrong, or an empty string: first with the file of the page, then with others.

    Warnings are shown on the page of their file only. ``notes`` are said in front.
    """
    own: list[Finding] = []
    others: list[Finding] = []
    for one in found:
        if one.place.path == file:
            own.append(one)
        elif one.severity is Severity.ERROR:
            others.append(one)
    lines = [one.as_text() for one in (*own, *others)]
    if not lines and not notes:
        return ""
    items = [f"<li>{_text(line)}</li>" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        items.append(f"<li>and {len(lines) - SHOWN} more: see the terminal</li>")
    said = "".join(f"<p>{_text(note)}</p>" for note in notes)
    listed = f"<ul>{''.join(items)}</ul>" if items else ""
    title = f"{len(lines)} finding{'' if len(lines) == 1 else 's'}" if lines else "Preview"
    return (
        '<section class="sg-preview" aria-label="Findings" role="alert">'
        f'<link rel="stylesheet" href="{PREFIX}{STYLE_SHEET}">'
        f"<details open><summary>{title}</summary>{said}{listed}</details></section>"
    )


def standalone(title: str, text: str) -> str:
    """Return a page of the preview itself, for what cannot be shown."""
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="data:,">\n<title>{entities(title)}</title>\n</head>\n<body>\n<main>\n'
        f"<h1>{entities(title)}</h1>\n"
        f"<p>{_text(text)}</p>\n</main>\n</body>\n</html>\n"
    )
    return security_policy.with_policy(page, [])


def _text(text: str) -> str:
    """Return a text as HTML; lines stay lines."""
    return "<br>".join(entities(line) for line in text.split("\n"))
