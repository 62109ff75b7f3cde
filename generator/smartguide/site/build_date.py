"""Builds that repeat: the date of a build is that of its commit, not of the clock."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from smartguide.keeping import git
from smartguide.model.dates import UNKNOWN, VARIABLE

LATEST: Final = 2**32 - 1
"""The last second (in 2106) that fits into the compressed sitemap."""


class DateError(ValueError):
    """The date that the environment sets is none; the message says what to do."""


def set_build_date(root: Path) -> bool:
    """Set the date of the build to that of the last commit of the project in ``root``, unless it is set already.

    MkDocs writes it into the sitemap. Where git has no date to tell (it is not installed, this is no checkout, nothing
    was committed, it fails or takes too long), the date is unknown.

    Returns whether it was set here; then ``forget_build_date`` is for afterwards. Raises DateError.
    """
    if (given := os.environ.get(VARIABLE)) is not None:
        if not _is_date(given):
            raise DateError(
                f"{VARIABLE} is {given!r}, which is no date; set it to seconds since 1970 (0 to {LATEST}), or unset it"
            )
        return False
    os.environ[VARIABLE] = _last_commit(root)
    return True


@contextlib.contextmanager
def dated(root: Path) -> Iterator[None]:
    """Let the build of a project have its date. Raises DateError."""
    is_ours = set_build_date(root)
    try:
        yield
    finally:
        if is_ours:
            forget_build_date()


def forget_build_date() -> None:
    """Take the date away again, so that it is not that of another project's build."""
    os.environ.pop(VARIABLE, None)


def is_date_known() -> bool:
    """Tell whether the build has a date to show."""
    return os.environ.get(VARIABLE) != UNKNOWN


def _last_commit(root: Path) -> str:
    try:
        done = git.run(root, "rev-list", "--max-count=1", "--timestamp", "HEAD", timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return UNKNOWN
    date = done.stdout.decode(errors="replace").partition(" ")[0]
    return date if done.returncode == 0 and _is_date(date) else UNKNOWN


def _is_date(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,10}", text) is not None and int(text) <= LATEST
