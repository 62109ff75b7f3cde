"""The command ``smartguide`` in a process of its own.

Most of these processes are copies of that of the tests, which has imported everything already: a new Python takes more
time to import the program than most commands then need.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from smartguide.cli import main
from tests.projects import ROOT

COMMAND = (sys.executable, "-m", "smartguide.cli", "-C")
AT_START = ("PYTHON", "LC_", "LANG")
"""How the variables begin that Python reads only when it starts."""


def smartguide(
    root: Path,
    *arguments: str,
    cwd: Path = ROOT,
    timeout: float = 300,
    prepare: Callable[[], None] | None = None,
    anew: bool = False,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run the command on the project in a folder, and return what it said.

    ``cwd`` is where its code is taken from, ``timeout`` the seconds that it may take; ``prepare`` is called in the new
    process before it begins; with ``anew`` that is a new Python, which knows nothing of what other tests did.
    """
    anew = anew or prepare is not None or cwd != ROOT or any(name.startswith(AT_START) for name in environment)
    if anew or "properdocs" in arguments:  # which takes the place of MkDocs, and that is imported here already
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

    def work() -> None:
        os.environ.update(environment)
        main(["-C", str(root), *arguments], prog_name="smartguide")

    return copied(work, timeout)


def copied(work: Callable[[], object], timeout: float) -> subprocess.CompletedProcess[str]:
    """Do some work in a copy of this process, and return its exit status and what it wrote."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = multiprocessing.get_context("fork").Process(target=_do, args=(work, output, errors))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(str(work), timeout)
        assert process.exitcode is not None
        said = [(file.seek(0), file.read().decode("utf-8", "backslashreplace"))[1] for file in (output, errors)]
        return subprocess.CompletedProcess(str(work), process.exitcode, *said)


def _do(work: Callable[[], object], output: IO[bytes], errors: IO[bytes]) -> None:
    os.dup2(output.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
    logging.root.handlers.clear()  # those of pytest
    asyncio._set_running_loop(None)  # the one of Playwright, which stays with the process that was copied
    signal.signal(signal.SIGINT, signal.default_int_handler)
    work()


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
    limits = (memory << 30, memory << 30)
    if environment:
        code = (
            f"import resource; resource.setrlimit(resource.RLIMIT_AS, {limits});"
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
    else:

        def work() -> None:
            resource.setrlimit(resource.RLIMIT_AS, limits)
            main(["-C", str(root), "validate"], prog_name="smartguide")

        done = copied(work, timeout=60)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}
    return done.stdout
