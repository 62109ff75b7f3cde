"""A new knowledge base: the files that ``smartguide init`` begins one with.

They are in ``files/``, as they will be in the new folder, but for names that begin with a dot: those of files and
folders are without it here, so that no tool takes them for its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

FILES: Final = Path(__file__).parent / "files"
DOTTED: Final = ("editorconfig", "gitattributes", "gitignore", "github", "vscode")
"""Files and folders whose names begin with a dot in the new folder."""
MAY_BE_THERE: Final = frozenset({".git"})
"""What a folder may hold and still count as empty."""
VERSION: Final = "@VERSION@"
"""What stands for the version of the generator in the files."""


class OccupiedError(Exception):
    """The folder holds something, or is a file; nothing was written."""


def write(folder: Path, version: str) -> list[str]:
    """Write a new knowledge base into a folder that does not exist yet, or that holds nothing.

    ``version`` is that of the generator. Returns the paths of the files, relative to the folder. Raises OccupiedError.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OccupiedError(f"{folder} is not a folder")
    if folder.exists() and (there := sorted({path.name for path in folder.iterdir()} - MAY_BE_THERE)):
        raise OccupiedError(f"{folder} is not empty: it holds {there[0]}")
    written = []
    for path in sorted(FILES.rglob("*")):
        name = path.relative_to(FILES)
        if path.is_dir() or "__pycache__" in name.parts:
            continue
        first, *others = name.parts
        target = Path(f".{first}" if first in DOTTED else first, *others)
        text = path.read_text(encoding="utf-8").replace(VERSION, version)
        _write(folder / target, text)
        written.append(target.as_posix())
    _write(folder / "local.mk", _local_settings(Path(sys.executable)))
    return written


def _local_settings(python: Path) -> str:
    """Return the settings of the Makefile for this machine: the Python that has the generator."""
    path = python.as_posix().replace("$", "$$").replace("#", "\\#")
    return f"# For this machine only: the Python in which smartguide is installed.\nPYTHON := {path}\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
