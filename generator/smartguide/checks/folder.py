"""Files of ``content/`` that are no content: nothing is lost silently, and nothing else is published."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from smartguide.findings import Finding, Place, quoted
from smartguide.model.catalogue import CATALOGUE
from smartguide.model.entries import slug
from smartguide.reading import Listing

_RUN_BY_BROWSERS: Final = (".html", ".htm", ".xhtml", ".xht", ".xml", ".xsl", ".svg", ".js", ".mjs", ".css")
"""Files that an engine would copy into the site as they are, without the policy of a page."""

_IN_NO_NAME: Final = frozenset('<>"')
"""Characters that Windows has in no name of a file; a name without a heading becomes a title, and part of a URL."""


def check(listing: Listing, shown: str, read: Container[str]) -> Iterator[Finding]:
    """Yield a finding for each file that no collection includes, and for each that must not be published.

    ``shown`` is the path of the folder as findings name it, ``read`` the files that were read, named in the same way.
    """
    for name in listing.links:
        hint = "put the file itself there"
        message = "what a symbolic link leads to would be published"
        yield Finding(Place(f"{shown}/{name}"), "link", message, hint=hint)
    for name in (*listing.folders, *listing.files):
        if f"{shown}/{name}" in read and name.isprintable():
            continue
        place = Place(f"{shown}/{name}")
        if not name.rpartition("/")[2].isprintable():
            yield Finding(place, "left-out", "the name of the file cannot be written", hint="rename it")
        elif _IN_NO_NAME.intersection(name):
            message = 'a character of < > " cannot be in the name of a file on every system'
            yield Finding(place, "left-out", message, hint="rename it")
        elif name.lower().endswith(_RUN_BY_BROWSERS):
            hint = "write a chapter in Markdown, or put it below theme/assets/"
            yield Finding(place, "left-out", "a file that a browser runs is no content", hint=hint)
        if name in listing.files and name.lower().endswith((".yml", ".yaml")) and f"{shown}/{name}" not in read:
            right = slug(PurePosixPath(name).stem) + ".yml"
            is_misspelt = not name.endswith(".yml")
            hint = f"rename it to {quoted(right)}" if is_misspelt else "move it into the folder of a collection"
            message = f"no collection of content/{CATALOGUE} includes this file"
            yield Finding(place, "left-out", message, hint=hint)
    for name in listing.links:
        if name.lower().endswith((".yml", ".yaml")) and f"{shown}/{name}" not in read:
            message = f"no collection of content/{CATALOGUE} includes this file"
            yield Finding(Place(f"{shown}/{name}"), "left-out", message, hint="move it into the folder of a collection")


def leading_out(root: Path, folder: Path) -> Iterator[Finding]:
    """Yield a finding for each symbolic link in a folder of the project in ``root`` that leads out of the project.

    An engine copies what is in the theme into the site, and a template may include what is beside it.
    """
    links = [folder] if folder.is_symlink() else [folder / name for name in Listing.of(folder).links]
    for link in links:
        if not link.resolve().is_relative_to(root.resolve()):
            message = "a symbolic link that leads out of the project"
            yield Finding(Place(link.relative_to(root).as_posix()), "link", message, hint="put the file itself there")
