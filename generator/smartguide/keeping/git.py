"""Calls of git about the project itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def run(root: Path, *arguments: str, timeout: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run git in the folder of a project. Raises OSError where there is no git, and subprocess.TimeoutExpired.

    Variables such as GIT_DIR, which a hook of git sets, lead to another repository, so they are left out. git refuses a
    checkout of another owner (usual in containers), for what its settings could run. A build runs what the project holds
    anyway, so its own checkout is trusted; one that it merely lies in is not.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(root), "-c", f"safe.directory={root.resolve()}", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=timeout, env=environment)  # noqa: S603
