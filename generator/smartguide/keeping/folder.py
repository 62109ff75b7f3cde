"""The folder in which things are kept between builds.

A pull request could bring such a folder along, with pages that its records do not say. So one that git tracks is
refused, and one that is a link, which would lead somewhere else. What is kept is data only: nothing of it is ever run.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from smartguide.keeping import git


class CacheError(Exception):
    """The folder is not to be trusted; the message says why, and what to do."""


def checked(folder: Path, root: Path) -> Path:
    """Return the folder of a project in ``root`` if it is to be trusted. Raises CacheError."""
    if not folder.is_symlink() and not folder.exists():
        return folder
    shown = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
    if link := next((path for path in (folder, *folder.glob("*")) if path.is_symlink()), None):
        raise CacheError(f"{link.relative_to(root).as_posix()} is a link; delete it: the build makes {shown}/ itself")
    try:
        tracked = git.run(root, "ls-files", "--", f"{shown}/", timeout=10).stdout
    except (OSError, subprocess.TimeoutExpired):
        tracked = b""  # no git, so nothing that it tracks
    if tracked:
        raise CacheError(
            f"{shown}/ is tracked by git, and what is in it would be published unseen; run: git rm -r --cached {shown}"
        )
    return folder
