"""The command ``smartguide`` in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.projects import ROOT

COMMAND = (sys.executable, "-m", "smartguide.cli", "-C")


def smartguide(
    root: Path,
    *arguments: str,
    cwd: Path = ROOT,
    timeout: float = 300,
    prepare: Callable[[], None] | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run the command on the project in a folder, and return what it said.

    ``cwd`` is where its code is taken from, ``timeout`` the seconds that it may take; ``prepare`` is called in the new
    process before it begins.
    """
    return subprocess.run(
        [*COMMAND, str(root), *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=timeout,
        preexec_fn=prepare,
    )


def start(root: Path, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Begin to run the command on the project in a folder, with the options of Popen.

    Ctrl-C ends it also where the tests themselves run in the background, where shells let programs ignore it.
    """
    return subprocess.Popen(
        [*COMMAND, str(root), *arguments],
        cwd=ROOT,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread holds a lock
        **options,
    )


def validate(root: Path, *, memory: int = 2, **environment: str) -> str:
    """Check a project in a process with little memory (in GiB) and a minute of time, and return what it said."""
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({memory << 30}, {memory << 30}));"
        f"from smartguide.cli import main; main(['-C', {str(root)!r}, 'validate'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}
    return done.stdout
