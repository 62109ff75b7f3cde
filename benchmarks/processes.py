"""Whole processes, measured: how long they take, and how much memory they and their children take at most."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks at the memory."""


class FailedError(Exception):
    """A command ended with another exit status than 0; the message is what it wrote."""


@dataclass
class Measured:
    seconds: float
    mebibytes: float


def run(command: list[str], folder: Path) -> Measured:
    """Run a command to its end. Memory is the proportional share of all its processes, so shared pages count once.

    Raises FailedError.
    """
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        most = [0.0]
        watching = threading.Thread(target=_watch, args=(process, most))
        watching.start()
        output, _ = process.communicate()
        seconds = time.perf_counter() - start
        watching.join()
    if process.returncode:
        raise FailedError(f"{' '.join(command)} ended with {process.returncode}:\n{output.decode()}")
    return Measured(seconds, most[0])


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(map(_share, _family(process.pid))) / 1024)
        time.sleep(EVERY)


def _family(parent: int) -> list[int]:
    """Return a process and all below it."""
    found = [parent]
    for number in found:
        try:
            tasks = list(Path(f"/proc/{number}/task").iterdir())
            for task in tasks:
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue  # it has ended
    return found


def _share(process: int) -> int:
    """Return the KiB of a process, shared pages by their share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
