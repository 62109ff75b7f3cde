"""The navigation in ``mkdocs.yml``: what it names is there, and every chapter is in it or left out on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from smartguide.findings import Finding, Place, Severity, did_you_mean, quoted
from smartguide.settings import Settings

NAME_A_FILE: Final = "name the file of a page, relative to content/"


def check(settings: Settings, chapters: Iterable[str], indexes: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong with a navigation; without one, nothing is.

    ``chapters`` are the files that people write, ``indexes`` those of the collections, both relative to ``content/``.
    """
    if settings.navigation is None:
        return
    written = list(chapters)
    known = [*written, *indexes]
    named = {target for target, _ in settings.navigation}
    for target, place in settings.navigation:
        if target in known or urlsplit(target).scheme:
            continue
        if target.startswith("/"):
            message = f"{quoted(target)} is from the root of the host, and the site may lie below a path"
            hint = NAME_A_FILE
        else:
            message, hint = f"no page {quoted(target)}", did_you_mean(target, known) or NAME_A_FILE
        yield Finding(place, "navigation", message, hint=hint, severity=Severity.WARNING)
    for chapter in written:
        if chapter not in named and not settings.not_in_nav.match_file(chapter):
            hint = "put it into the navigation of mkdocs.yml, or under not_in_nav if readers get there by links only"
            place = Place(f"content/{chapter}", 1, 1)
            yield Finding(place, "orphan", "no navigation leads here", hint=hint, severity=Severity.WARNING)
