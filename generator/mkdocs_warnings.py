"""What MkDocs says about chapters, as findings: on the line that it is about, where MkDocs names only the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from generator.findings import Finding, Place, quoted

_LINK: Final = re.compile(
    r"Doc file '(?P<page>[^']+)' contains an? (?P<kind>[\w ]+ )?link (?:to )?'(?P<target>[^']+)',? ?"
    r"(?:but )?(?P<why>.*)"
)
_KINDS: Final = {
    "absolute ": (
        "it is from the root of the host, and the site may lie below a path",
        "write it relative to this page",
    ),
    "unrecognized relative ": ("it does not name a file", "name the file of the page, with .md at its end"),
}
"""What is wrong with links that MkDocs leaves as they are, and what to do."""
_LEFT_OUT: Final = 'not included in the "nav" configuration'


def findings(message: str, root: Path) -> list[Finding]:
    """Return the findings that a warning of MkDocs amounts to; none if it is about anything but chapters and links."""
    if _LEFT_OUT in message:
        pages = re.findall(r"^\s+- (.+\.md)$", message, flags=re.MULTILINE)
        hint = "put it into the navigation of mkdocs.yml"
        return [
            Finding(Place(f"content/{page}", 1, 1), "orphan", "no navigation leads here", hint=hint) for page in pages
        ]
    if not (found := _LINK.fullmatch(message)):
        return []
    page = f"content/{found['page']}"
    why, _, meant = found["why"].rstrip(".?").partition(". ")
    hint = f"{meant[0].lower()}{meant[1:]}?" if meant else "mend the link, or write what it leads to"
    why, hint = _KINDS.get(found["kind"], (why, hint))
    return [
        Finding(
            _place(root, page, found["target"]), "broken-link", f"the link {quoted(found['target'])}: {why}", hint=hint
        )
    ]


def _place(root: Path, page: str, target: str) -> Place:
    """Return where a page of ours holds a link; a generated page is no file, and has no lines."""
    path = root / page
    if path.is_file():
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
            if target in line:
                return Place(page, number, line.index(target) + 1)
    return Place(page)
