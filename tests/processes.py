"""The command ``smartguide`` in a process of its own.

A new Python takes more time to import the program than most commands then need. So most of these processes are copies
of one that has imported the program and done nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.context import ForkContext, ForkServerContext
from pathlib import Path
from typing import Any

from smartguide.cli import main
from tests.projects import ROOT

COMMAND = (sys.executable, "-m", "smartguide.cli", "-C")
AT_START = ("PYTHON", "LC_", "LANG")
"""How the variables begin that Python reads only when it starts."""
FORK = multiprocessing.get_context("fork")
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["smartguide.cli", "mkdocs.commands.build", "mkdocs_macros.plugin"])


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
    anew = prepare is not None or cwd != ROOT or any(name.startswith(AT_START) for name in environment)
    if anew or "properdocs" in arguments:  # which takes the place of MkDocs, and that is imported already
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

    work = partial(_command, ["-C", str(root), *arguments], {**os.environ, **environment})
    return _done(SERVER, work, timeout)


def copied(work: Callable[[], object], timeout: float) -> subprocess.CompletedProcess[str]:
    """Do some work in a copy of this process, and return its exit status and what it wrote."""
    return _done(FORK, work, timeout)


def _done(
    context: ForkContext | ForkServerContext, work: Callable[[], object], timeout: float
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "output"), Path(folder, "errors")
        process = context.Process(target=_do, args=(work, *files))
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(str(work), timeout)
        assert process.exitcode is not None
        said = (file.read_bytes().decode("utf-8", "backslashreplace") if file.is_file() else "" for file in files)
        return subprocess.CompletedProcess(str(work), process.exitcode, *said)


def _do(work: Callable[[], object], output: Path, errors: Path) -> None:
    for number, file in ((1, output), (2, errors)):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    work()


def _command(arguments: list[str], environment: Mapping[str, str], memory: int = 0) -> None:
    """Run the command; ``memory`` is how many bytes it may take, without a limit if none is given."""
    os.environ.clear()
    os.environ.update(environment)
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    main(arguments, prog_name="smartguide")


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
        work = partial(_command, ["-C", str(root), "validate"], dict(os.environ), memory << 30)
        done = _done(SERVER, work, timeout=60)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}
    return done.stdout
