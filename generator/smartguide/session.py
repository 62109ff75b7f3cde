"""The knowledge base of the build that is running: read once, and shared by whoever asks.

MkDocs, mkdocs-macros and Zensical each call us on their own; the last calls ``define_env`` once for every page.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from smartguide.checks.checking import Checked, check
from smartguide.findings import Finding
from smartguide.pages.rendering import Renderer


@dataclass(frozen=True)
class Loaded:
    """A checked knowledge base, the renderer of its pages, and what went wrong on pages so far."""

    checked: Checked
    renderer: Renderer
    faults: list[Finding] = field(default_factory=list)


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
