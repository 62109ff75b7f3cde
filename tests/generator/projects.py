"""The small knowledge base in ``small/``, copied and changed for a test."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.projects import Changes, write

SMALL = Path(__file__).parent / "small"
"""A project about tours in the mountains, in which nothing is wrong."""
SETTINGS = ("mkdocs.yml", "theme", "content/index.md")
"""What only a project needs that is built."""


def text(name: str) -> str:
    """Return what a file of the small project holds."""
    return (SMALL / name).read_text(encoding="utf-8")


def copy(root: Path, changes: Changes | None = None, *, site: bool = False) -> Path:
    """Copy the small project into a folder, with some files changed, added or (None) taken away, and return the folder.

    With ``site`` it can be built: it has its settings, its theme and its home page.
    """
    shutil.copytree(SMALL, root, dirs_exist_ok=True, ignore=None if site else _settings)
    write(root, changes or {})
    return root


def _settings(folder: str, names: list[str]) -> set[str]:
    here = Path(folder).relative_to(SMALL)
    return {name for name in names if (here / name).as_posix() in SETTINGS}
