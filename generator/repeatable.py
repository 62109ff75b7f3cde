"""Builds that repeat: the date of a build is that of its commit, not of the clock."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""What build tools read the date from (https://reproducible-builds.org/specs/source-date-epoch/)."""


def set_build_date(root: Path) -> bool:
    """Set the date of the build to that of the last commit of the project in ``root``, unless it is set already.

    MkDocs writes it into the sitemap. Without git or a commit it is the beginning of 1970, which is the same every day.
    Returns whether it was set here; then ``forget_build_date`` is for afterwards.
    """
    if VARIABLE in os.environ:
        return False
    os.environ[VARIABLE] = _last_commit(root)
    return True


def forget_build_date() -> None:
    """Take the date away again, so that it is not that of another project's build."""
    os.environ.pop(VARIABLE, None)


def _last_commit(root: Path) -> str:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return "0"
    return done.stdout.strip() if done.returncode == 0 and done.stdout.strip() else "0"
