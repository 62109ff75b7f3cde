"""The whole check of links to other sites: which URLs are due, the run with its progress, the history, the findings."""

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
from smartguide.link_history import history
from smartguide.links.external import (
    archived_copies,
    collecting,
    findings,
    link_exceptions,
    report,
    wayback_machine,
)
from smartguide.links.external.check_run import CheckRun, RunOptions
from smartguide.links.external.fetching import RequestPolicy
from smartguide.links.external.progress import Progress
from smartguide.project import Project

SAVE_EVERY: Final = 5.0
"""Seconds between two times that the history is saved during a check, in case the check is killed."""


@dataclass(frozen=True)
class ExternalCheckOptions:
    """The options of a check, as at the command line.

    ``new_since`` is a git revision: only URLs that are new since then are checked. ``everything`` checks URLs that are
    not due, too; ``limit`` is how many are checked at most. ``pause`` are the seconds between two requests to a host.
    ``archive`` is the API that finds archived copies; empty: none are looked for. ``site_url`` is named to the hosts.
    ``report`` is the file for a report in Markdown.
    """

    new_since: str | None = None
    everything: bool = False
    limit: int | None = None
    pause: float = 1.0
    allow_private: bool = False
    archive: str = wayback_machine.API
    site_url: str = ""
    report: Path | None = None


@dataclass(frozen=True)
class ExternalCheckResult:
    """The findings of a check; ``problem`` says why it was not completed, ``interrupted`` whether it was stopped."""

    findings: list[Finding]
    problem: str = ""
    interrupted: bool = False


def check_external(project: Project, options: ExternalCheckOptions) -> ExternalCheckResult:
    """Check the URLs of a project that are due, and save the results in its history.

    An interrupt ends the check early; the results until then are saved and returned. Raises LookupError for an unknown
    git revision, HistoryError for a history that cannot be read, and OSError where a file cannot be written.
    """
    history_file = project.root / history.FILE
    _require_writable(history_file, options.report)
    checked = check(project)
    if has_errors(checked.findings):
        return ExternalCheckResult(
            checked.findings, "the records have errors; fix them first, so that no link is missed"
        )
    today = datetime.now(UTC).date()
    known = collecting.collect(project, checked.base)
    only_new = options.new_since is not None
    urls = known if options.new_since is None else collecting.only_new(known, project.root, options.new_since)
    past = history.load(history_file)
    exceptions = link_exceptions.load(project, set(known), today)
    wanted = [url for url in urls if url not in exceptions.urls]
    all_wanted = only_new or options.everything
    due = (sorted(wanted, key=past.last_checked) if all_wanted else past.due(wanted, today))[: options.limit]
    past.keep_only(set(known))

    policy = RequestPolicy(pause=options.pause)
    run = CheckRun(past, today, RunOptions(policy, options.allow_private, options.site_url, options.archive))
    # The check of a pull request does not save its results: the history is for the weekly check.
    interrupted = _run(run, due, None if only_new else history_file)
    results = "reported" if only_new else "saved"
    problem = f"interrupted after {run.done} of {len(due)}; the results so far are {results}" if interrupted else ""
    if run.is_offline:
        past = history.load(history_file)
        hosts = len(run.hosts_without_answer)
        problem = f"no host answers ({hosts} requested), so this machine seems to be offline; nothing was saved"

    found = findings.findings(
        urls,
        past,
        copies=run.copies,
        keys=archived_copies.keys_for_copies(checked.base),
        replaced=archived_copies.urls_with_copy(project, checked.base),
        accepted=exceptions.urls,
        new=only_new,
    )
    found += () if only_new else exceptions.findings
    if options.report:
        text = report.markdown(found, run.done, len(known), problem)
        options.report.write_text(text, encoding="utf-8", newline="\n")
    return ExternalCheckResult(found, problem, interrupted)


def _require_writable(*files: Path | None) -> None:
    """Raise OSError if one of the files could not be written, so that a long check does not fail at its end."""
    for file in files:
        if file and not os.access(file.parent, os.W_OK):
            code = errno.EACCES if file.parent.is_dir() else errno.ENOENT
            raise OSError(code, os.strerror(code), str(file))


def _run(run: CheckRun, urls: list[str], history_file: Path | None) -> bool:
    """Check URLs, with a progress bar; save the history in a file, if one is given. Return whether it was interrupted.

    Raises OSError if the history cannot be saved at the end.
    """
    saved = time.monotonic()
    interrupted = False
    with Progress(len(urls), "links to other sites") as progress:

        def step() -> None:
            nonlocal saved
            progress.step()
            if history_file and run.answers and time.monotonic() - saved >= SAVE_EVERY:
                with contextlib.suppress(OSError):  # it is saved again at the end, where the error is raised
                    run.history.save(history_file)
                saved = time.monotonic()

        try:
            asyncio.run(run.check(urls, step))
        except KeyboardInterrupt:
            interrupted = True
    if history_file and not run.is_offline:
        run.history.save(history_file)
    return interrupted
