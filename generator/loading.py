"""The knowledge base of the build that is running: read once, and shared by whoever asks.

MkDocs, mkdocs-macros and Zensical each call us on their own; the last calls ``define_env`` once for every page.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from generator.checking import Checked, check
from generator.rendering import Renderer


@dataclass(frozen=True)
class Loaded:
    """A checked knowledge base and the renderer of its pages."""

    checked: Checked
    renderer: Renderer


_loaded: dict[Path, Loaded] = {}


def load(root: Path, *, fresh: bool = False) -> Loaded:
    """Return the knowledge base of the project in ``root``; with ``fresh`` it is read anew."""
    root = root.resolve()
    if fresh or root not in _loaded:
        checked = check(root)
        _loaded[root] = Loaded(checked, Renderer(checked.base, [root / "templates"], _cache(root)))
    return _loaded[root]


def _cache(root: Path) -> Path | None:
    """Return the folder for compiled templates, made if need be; None where nothing can be written."""
    folder = root / ".cache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def renderer(root: Path) -> Renderer:
    """Return the renderer of the project in ``root``."""
    return load(root).renderer
