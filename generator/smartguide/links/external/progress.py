"""How far a long check is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Final, Self

import click

LINES_EVERY: Final = 10.0
"""Seconds between two lines of progress where there is no terminal."""


class Progress:
    """A bar with counts and the time left on a terminal, and a plain line every few seconds elsewhere."""

    def __init__(self, total: int, what: str) -> None:
        self._total = total
        self._what = what
        self._done = 0
        self._last = time.monotonic()
        self._bar = (
            click.progressbar(length=total, label=what, show_pos=True, show_eta=True, file=sys.stderr)
            if sys.stderr.isatty() and total
            else None
        )

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.__enter__()
        else:
            click.echo(f"{self._total} {self._what} to check", err=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.render_finish()

    def step(self) -> None:
        """Tell that one more is done."""
        self._done += 1
        if self._bar:
            self._bar.update(1)
        elif time.monotonic() - self._last >= LINES_EVERY or self._done == self._total:
            self._last = time.monotonic()
            click.echo(f"{self._done} of {self._total} {self._what} checked", err=True)
