"""Calls of git about the project itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

LEADING_ELSEWHERE: Final = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
        "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)  # fmt: skip
"""Variables by which git works on another repository than that of the folder; hooks of git have them set."""


def run(
    root: Path, *arguments: str, timeout: int | None = None, feed: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder of a project. Raises OSError where there is no git, and subprocess.TimeoutExpired.

    ``feed`` is what git reads from its standard input.

    git refuses a checkout of another owner (usual in containers), for what its settings could run. A build runs what
    the project holds anyway, so its own checkout is trusted; one that it merely lies in is not.
    """
    environment = {name: value for name, value in os.environ.items() if name not in LEADING_ELSEWHERE}
    command = ["git", "-C", str(root), "-c", f"safe.directory={root.resolve()}", *arguments]
    return subprocess.run(command, input=feed, capture_output=True, check=False, timeout=timeout, env=environment)  # noqa: S603
