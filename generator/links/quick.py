"""The quick look at the Markdown that people write, by linkcheckmd, without a build and without the network.

It sees only part: plain file names, no anchors, no built HTML. Its look at other sites is not used, because it has no
guard against private networks, skips hosts whose first label is shorter than three characters (all of
``ec.europa.eu``), and takes a time-out for a good answer. The gate is ``links.internal`` for the built site and
``links.external`` for other sites.
"""

from __future__ import annotations

from pathlib import Path

from linkcheckmd.base import check_local

from generator.findings import Finding, Place


def check(root: Path) -> list[Finding]:
    """Return what linkcheckmd finds in the chapters of the guide of the project in ``root``."""
    folder = root / "content" / "guide"
    return [
        Finding(_place(root, folder / name, target), "quick-look", f"there is no {target}", hint="mend the link")
        for name, target in check_local(folder, ext=".md")
    ]


def _place(root: Path, page: Path, target: str) -> Place:
    shown = page.relative_to(root).as_posix()
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if f"]({target})" in line:
            return Place(shown, number, line.index(f"]({target})") + 3)
    return Place(shown)
