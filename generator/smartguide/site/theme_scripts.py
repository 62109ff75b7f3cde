"""The inline scripts of the theme, from its own templates: no page that shows content has a say in what they are."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from smartguide.project import Project
from smartguide.site import security_policy

_OWN: Final = Path(__file__).parents[1] / "theme"
_THEMES: Final = "mkdocs.themes"
"""The group of entry points by which themes are found."""
_NO_TEMPLATES: Final = frozenset({".icons", "assets", "fonts"})
"""Folders of themes with thousands of files that are no templates."""


def shapes(project: Project) -> frozenset[str]:
    """Return the shapes of the inline scripts in all templates of the theme of a project."""
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in _templates(project))
    return frozenset().union(*map(security_policy.shapes, texts))


def _templates(project: Project) -> Iterator[Path]:
    for folder in _folders(project):
        for place, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if name not in _NO_TEMPLATES]
            yield from (Path(place, name) for name in files if name.endswith(".html"))


def _folders(project: Project) -> Iterator[Path]:
    """Yield the folders with the templates of a theme: of the project, of the generator, and of each engine.

    Which engine made a site is not asked: the theme of Zensical is that of Material, under the same name.
    """
    theme = project.settings.values.get("theme") or {}
    options = theme if isinstance(theme, dict) else {"name": theme}
    yield project.root / str(options["custom_dir"]) if options.get("custom_dir") else project.theme
    yield _OWN
    for theme_of in importlib.metadata.entry_points(group=_THEMES, name=str(options.get("name") or "mkdocs")):
        yield from _folder(theme_of.value)
    for folder in _folder("zensical"):
        yield folder / "templates"


def _folder(package: str) -> Iterator[Path]:
    try:
        found = importlib.util.find_spec(package)
    except ImportError:
        return
    yield from map(Path, (found.submodule_search_locations if found else None) or ())
