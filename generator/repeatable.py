"""Builds that repeat: the date of a build is that of its commit, not of the clock."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""What build tools read the date from (https://reproducible-builds.org/specs/source-date-epoch/)."""


def set_build_date(root: Path) -> None:
    """Set the date of the build to that of the last commit of the project in ``root``, unless it is set already.

    MkDocs writes it into the sitemap. Without git or a commit it is the beginning of 1970, which is the same every day.
    """
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = _last_commit(root)


def _last_commit(root: Path) -> str:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return "0"
    return done.stdout.strip() if done.returncode == 0 and done.stdout.strip() else "0"
