"""The check of links to other sites from beginning to end, with its progress and its files."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import click

from generator.checking import check
from generator.findings import Finding
from generator.links import addresses, exceptions, external, history
from generator.links import report as reports
from generator.links.external import Options
from generator.links.fetching import Manners

LINES_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


def check_external(
    root: Path,
    *,
    new_since: str | None = None,
    everything: bool = False,
    limit: int | None = None,
    pause: float = 1.0,
    allow_private: bool = False,
    report: Path | None = None,
) -> list[Finding]:
    """Check what is due, keep what was found, and return what needs to be done.

    Raises LookupError for a git revision that there is not and ValueError for a history that cannot be read. An
    interrupt ends the check early; what was found until then is kept and reported.
    """
    today = datetime.now(UTC).date()
    base = check(root).base
    known = addresses.collect(base)
    new = addresses.only_new(known, root, new_since) if new_since is not None else None
    past = history.load(root / history.FILE)
    left_alone = exceptions.load(root, set(known), today)
    chosen = [one for one in (known if new is None else new) if one not in left_alone.addresses]
    wanted = [one for one in chosen if new is not None or everything or past.is_due(one, today)][:limit]
    copies: dict[str, str] = {}
    options = Options(Manners(pause=pause), allow_private)
    with _Progress(len(wanted)) as progress:
        try:
            copies = asyncio.run(external.run(wanted, past, today, options, progress.step))
        except KeyboardInterrupt:
            click.echo("interrupted; what was found so far is kept", err=True)
    if new is None:  # a pull request checks its own links and leaves the history to the weekly run
        past.keep_only(set(known))
        past.save(root / history.FILE)
    found = external.findings(
        known if new is None else new,
        past,
        copies=copies,
        replaced=addresses.archived_copies(base),
        accepted=left_alone.addresses,
        at_once=new is not None,
    )
    found += left_alone.findings if new is None else ()
    if report:
        _write(report, found, len(wanted), len(known))
    return found


def _write(path: Path, found: list[Finding], checked: int, known: int) -> None:
    path.write_text(reports.markdown(found, checked, known), encoding="utf-8", newline="\n")


class _Progress:
    """A bar with counts and the time left on a terminal, and a plain line every few seconds elsewhere."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._last = time.monotonic()
        self._bar = (
            click.progressbar(length=total, label="links", show_pos=True, show_eta=True, file=sys.stderr)
            if sys.stderr.isatty() and total
            else None
        )

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.__enter__()
        else:
            click.echo(f"{self._total} links to other sites to check", err=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.render_finish()

    def step(self, done: int, total: int, _address: str) -> None:
        """Tell that one more address is done."""
        if self._bar:
            self._bar.update(1)
        elif time.monotonic() - self._last >= LINES_EVERY or done == total:
            self._last = time.monotonic()
            click.echo(f"{done} of {total} links checked", err=True)
