"""The quick look at the Markdown that people write, by linkcheckmd, without a build and without the network.

It sees only part: plain file names, no anchors, no built HTML. Its look at other sites is not used, because it has no
guard against private networks, skips hosts whose first label is shorter than three characters (all of
``ec.europa.eu``), and takes a time-out for a good answer. The gate is ``links.internal`` for the built site and
``links.external`` for other sites.

linkcheckmd takes everything that looks like a link for one. Of what it finds, only links in prose are told, not those
in code, comments or blocks of HTML. What is indented below an admonition counts as code, and is left to the build.
"""

from __future__ import annotations

from pathlib import Path

from linkcheckmd.base import check_local

from smartguide.checks import chapter_text as chapters
from smartguide.findings import Finding


def check(root: Path) -> list[Finding]:
    """Return what linkcheckmd finds in the chapters of the guide of the project in ``root``."""
    folders = sorted({page.parent for page in (root / "content" / "guide").rglob("*.md")})
    found = {(folder / name, target) for folder in folders for name, target in check_local(folder, ext=".md")}
    return [
        Finding(place, "quick-look", f"there is no {target}", hint="mend the link")
        for page, target in sorted(found)
        for place in chapters.places_in_prose(root, page.relative_to(root).as_posix(), target)
    ]
