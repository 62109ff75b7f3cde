"""Projects made for a test: files of a dict, written below a folder."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""

Changes = Mapping[str, str | bytes | None]
"""Paths below the project's folder, and what the files hold instead; None takes a file away."""

FindingsOf = Callable[..., list[str]]
"""What the fixture ``findings_of`` returns: changes in, the findings as lines of text out."""


class MakeProject(Protocol):
    """What the fixtures ``project`` and ``site_project`` return: changes in, the folder of the project out."""

    def __call__(self, changes: Changes | None = None) -> Path:
        """Make the project."""


def write(root: Path, files: Changes) -> None:
    """Write files below a folder; the indentation that they have in a test is taken away, and None deletes a file."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink(missing_ok=True)
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(textwrap.dedent(content).lstrip("\n"), encoding="utf-8")


def contents(folder: Path) -> dict[Path, bytes]:
    """Return every file below a folder and what it holds."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
