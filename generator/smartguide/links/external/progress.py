"""The progress of a long check: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Final, Self

import click

LINES_EVERY: Final = 10.0
"""Seconds between two lines where there is no terminal."""


class Progress:
    """Shows on the standard error how many of ``total`` things are done.

    On a terminal it is a bar with counts and the time left, elsewhere a plain line every few seconds. ``things`` is
    what is counted, in the plural.
    """

    def __init__(self, total: int, things: str) -> None:
        self._total = total
        self._things = things
        self._done = 0
        self._last_line = time.monotonic()
        self._bar = (
            click.progressbar(length=total, label=things, show_pos=True, show_eta=True, file=sys.stderr)
            if sys.stderr.isatty() and total
            else None
        )

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.__enter__()
        else:
            click.echo(f"{self._total} {self._things} to check", err=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.render_finish()

    def step(self) -> None:
        """Count one more as done."""
        self._done += 1
        if self._bar:
            self._bar.update(1)
        elif time.monotonic() - self._last_line >= LINES_EVERY or self._done == self._total:
            self._last_line = time.monotonic()
            click.echo(f"{self._done} of {self._total} {self._things} checked", err=True)
