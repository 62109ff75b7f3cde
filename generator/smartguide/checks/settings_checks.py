"""What is wrong with the settings of a project, and with its chapters as the settings let engines read them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from smartguide.checks import forge_markdown, navigation, references, settings_values, template_code
from smartguide.checks.chapters import Chapter
from smartguide.checks.kept import Kept
from smartguide.checks.lost import Lost
from smartguide.findings import Finding, in_order
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.reading import Signature
from smartguide.settings import FILE, OTHER_FILE, Settings, SettingsError, read_settings, unknown_settings


class SettingsChecks:
    """Checks the settings of the project in ``root``, which are read again only if they have changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._settings = Kept[tuple[Settings, list[Finding]]]()

    def check(self, base: KnowledgeBase, read_chapters: Iterable[Chapter]) -> Iterator[Finding]:
        """Yield what is wrong with the settings, and with chapters as the settings let engines read them."""
        settings, wrong = self._current()
        yield from wrong
        yield from unknown_settings(settings)
        told = {finding.place for finding in wrong}
        of_values = [one for one in settings_values.check(self._root, settings) if one.place not in told]
        yield from of_values
        if not any(one.key.startswith(settings_values.NAVIGATION) for one in of_values):
            indexes = [urls.index_source(collection) for collection in base.collections.values()]
            yield from navigation.check(settings, base.chapters, indexes)
        extensions = forge_markdown.extensions(settings.values)
        for chapter in read_chapters:
            yield from forge_markdown.check(f"content/{chapter.name}", chapter.marks, extensions)
            if chapter.code_fault is not None and template_code.is_read(settings.values):
                yield chapter.code_fault

    def of_macros(self, chapters: Iterable[Chapter], base: KnowledgeBase, lost: Lost) -> list[Finding]:
        """Return what the macros of chapters name in vain, if the settings let engines run them."""
        settings, _ = self._current()
        if not template_code.is_read(settings.values):
            return []
        known = {*template_code.MACROS, *template_code.OF_ENGINES, *_names_of_extra(settings)}
        is_known = not template_code.has_other_macros(settings.values, self._root)
        return in_order(references.check_chapters(chapters, base, lost, known if is_known else None))

    def _current(self) -> tuple[Settings, list[Finding]]:
        """Return the settings and what is wrong with them: those of the last time, if nothing has changed."""
        files = (self._root / FILE, self._root / OTHER_FILE)
        signatures = tuple(Signature.of(file.stat()) if file.exists() else None for file in files)
        depends_on = signatures, dict(os.environ)
        return self._settings.get(depends_on, self._read)

    def _read(self) -> tuple[Settings, list[Finding]]:
        try:
            settings = read_settings(self._root)
            return settings, list(settings.warnings)
        except SettingsError as error:
            return error.settings, error.findings


def _names_of_extra(settings: Settings) -> list[str]:
    """Return the names of what the settings hand to chapters."""
    extra = settings.values.get("extra")
    return list(map(str, extra)) if isinstance(extra, dict) else []
