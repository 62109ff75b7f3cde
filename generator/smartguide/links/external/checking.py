"""The check of links to other sites from beginning to end, with its progress and its files."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from smartguide.checks.checking import check
from smartguide.findings import Finding, has_errors
from smartguide.links.external import check_run as external
from smartguide.links.external import collecting as addresses
from smartguide.links.external import history
from smartguide.links.external import link_exceptions as exceptions
from smartguide.links.external import report as reports
from smartguide.links.external import wayback_machine as archive
from smartguide.links.external.check_run import Options
from smartguide.links.external.fetching import Manners
from smartguide.links.external.progress import Progress

SAVE_EVERY: Final = 5.0
"""Seconds between two times that a long check writes its history, for the case that it is killed."""


@dataclass(frozen=True)
class Checked:
    """What a check found, and what became of it: ``problem`` says why it came to nothing, or to an early end."""

    findings: list[Finding]
    problem: str = ""
    interrupted: bool = False


@dataclass(frozen=True)
class Wishes:
    """What the person at the command line asked for."""

    new_since: str | None = None
    everything: bool = False
    limit: int | None = None
    pause: float = 1.0
    allow_private: bool = False
    archive: str = archive.API
    site_url: str = ""


def check_external(root: Path, wishes: Wishes, report: Path | None = None) -> Checked:
    """Check what is due, keep what was found, and return what needs to be done.

    An interrupt ends the check early; what was found until then is kept and reported. Raises LookupError for a git
    revision that there is not, HistoryError for a history that cannot be read, and OSError where nothing can be
    written.
    """
    _refuse_what_cannot_be_written(root / history.FILE, report)
    records = check(root)
    if has_errors(records.findings):
        return Checked(records.findings, "the records have errors; mend them first, so that no link is missed")
    today = datetime.now(UTC).date()
    base, memory = records.base, root / history.FILE
    known = addresses.collect(base)
    new = addresses.only_new(known, root, wishes.new_since) if wishes.new_since is not None else None
    past = history.load(memory)
    left_alone = exceptions.load(root, set(known), today)
    chosen = [one for one in (known if new is None else new) if one not in left_alone.addresses]
    at_once = new is not None or wishes.everything
    wanted = (sorted(chosen, key=past.last_checked) if at_once else past.due(chosen, today))[: wishes.limit]
    past.keep_only(set(known))

    options = Options(Manners(pause=wishes.pause), wishes.allow_private, wishes.site_url, wishes.archive)
    run = external.Run(past, today, options)
    # A pull request checks its own links and leaves the history to the weekly run.
    interrupted = _run(run, wanted, memory if new is None else None)
    problem = f"interrupted after {run.done} of {len(wanted)}; what was found so far is kept" if interrupted else ""
    if run.is_offline:
        past = history.load(memory)
        hosts = len(run.silent_hosts)
        problem = f"no host answers ({hosts} asked), so this machine seems to be offline; nothing was kept"

    found = external.findings(
        known if new is None else new,
        past,
        copies=run.copies,
        replaced=addresses.archived_copies(base),
        accepted=left_alone.addresses,
        at_once=new is not None,
    )
    found += left_alone.findings if new is None else ()
    if report:
        text = reports.markdown(found, run.done, len(known), problem)
        report.write_text(text, encoding="utf-8", newline="\n")
    return Checked(found, problem, interrupted)


def _refuse_what_cannot_be_written(*files: Path | None) -> None:
    """Raise OSError before a long check, and not after it, if what it finds could not be kept."""
    for file in files:
        if file and not os.access(file.parent, os.W_OK):
            code = errno.EACCES if file.parent.is_dir() else errno.ENOENT
            raise OSError(code, os.strerror(code), str(file))


def _run(run: external.Run, wanted: list[str], memory: Path | None) -> bool:
    """Check the addresses, and keep what is found in the file ``memory``; return whether it was interrupted."""
    saved = time.monotonic()
    interrupted = False
    with Progress(len(wanted), "links to other sites") as progress:

        def step() -> None:
            nonlocal saved
            progress.step()
            if memory and run.answers and time.monotonic() - saved >= SAVE_EVERY:
                with contextlib.suppress(OSError):  # at the end it is written again, and told if that fails
                    run.history.save(memory)
                saved = time.monotonic()

        try:
            asyncio.run(run.check(wanted, step))
        except KeyboardInterrupt:
            interrupted = True
    if memory and not run.is_offline:
        run.history.save(memory)
    return interrupted
