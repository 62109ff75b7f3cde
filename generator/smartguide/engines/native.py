"""What native code does to a process: it prints past Python's own streams, and handles signals in its own way."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass


@contextlib.contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait until the block ends, where it raises KeyboardInterrupt.

    For native code that would end the process itself, with status 0 and nothing cleared away; threads that it starts
    are covered. In another thread than the main one, or beside other threads, nothing is held back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    handler = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if handler is not None:  # else it is not Python's
            signal.signal(signal.SIGINT, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass
class Printed:
    """What was printed; it is there when the block has ended."""

    text: str = ""


@contextlib.contextmanager
def printing_kept() -> Iterator[Printed]:
    """Keep what the process prints to its standard output and error, until the block ends."""
    printed = Printed()
    with tempfile.TemporaryFile() as kept, contextlib.ExitStack() as restoring:
        restoring.callback(_flush)
        _flush()
        for number in (1, 2):
            saved = os.dup(number)
            restoring.callback(os.close, saved)
            restoring.callback(os.dup2, saved, number)
            os.dup2(kept.fileno(), number)
        try:
            yield printed
        finally:
            _flush()
            restoring.close()
            kept.seek(0)
            printed.text = kept.read().decode("utf-8", "replace")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
