"""One build of the whole site, so that a failed one never takes the place of a good one.

MkDocs builds into a temporary folder beside the target. Only when everything is there does it take the place of the old
site, by renaming; a build that fails or is killed leaves the last good site as it was. What a killed build leaves of
itself, a later one clears away.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import glob
import logging
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from smartguide import settings
from smartguide.engines import mkdocs_warnings
from smartguide.findings import Finding, in_order, render, told_by_system
from smartguide.pages import template_faults


class BuildError(Exception):
    """The site could not be built, and the old one is untouched.

    ``findings`` are what is wrong with records, chapters, templates and settings, ``reason`` what else there is to say.
    """

    def __init__(self, reason: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = list(findings)
        self.reason = reason
        super().__init__("\n".join(filter(None, [render(self.findings), reason])))


def build_site(root: Path, site: Path, *, strict: bool = True) -> int:
    """Build the site of the project in ``root`` into the folder ``site``.

    With ``strict``, warnings of MkDocs stop the build. Returns the number of HTML pages. Raises BuildError, also where
    something else than an old site would have to give way.
    """
    site = site.absolute()
    try:
        _refuse_what_is_no_site(root, site)
        site.parent.mkdir(parents=True, exist_ok=True)
        with _beside(site) as fresh:
            _build(root, fresh, strict=strict)
            pages = sum(1 for _ in fresh.rglob("*.html"))
            with _locked(site.parent, wait=True):  # so that of two builds one takes the place of the other
                _take_place(fresh, site)
    except OSError as error:
        raise BuildError(f"the site cannot be built: {told_by_system(error)}") from error
    return pages


def _refuse_what_is_no_site(root: Path, site: Path) -> None:
    """Raise BuildError if the site would take the place of anything but an old site: nothing of that would be left."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise BuildError(f"{site} is no folder, and the site would take its place; name another, or take it away")
    if root.resolve().is_relative_to(site.resolve()) or (site / ".git").exists():
        raise BuildError(f"the site would take the place of {site} and all that is in it; name another folder")
    if site.is_dir() and any(site.iterdir()) and not (site / "index.html").is_file():
        raise BuildError(f"{site} holds files but no site, and they would be lost; name another folder, or empty it")


@contextlib.contextmanager
def _beside(site: Path) -> Iterator[Path]:
    """Make a temporary folder beside ``site`` (on the same disk, so that a rename is one step), and clear it away.

    A build holds a lock on its folder, so that those of builds that were killed are known, and cleared away, too. The
    folder is to be cleared away before it is made, as an interrupt may come at any moment.
    """
    folder = site.with_name(f".{site.name}-{secrets.token_hex(8)}")
    with contextlib.ExitStack() as held:
        held.callback(_clear, folder)
        with _locked(site.parent, wait=True):  # so that no other build sees the folder before it is locked
            for other in site.parent.glob(f".{glob.escape(site.name)}-*"):
                with contextlib.suppress(OSError), _locked(other):
                    shutil.rmtree(other, ignore_errors=True)
            folder.mkdir()
            held.enter_context(_locked(folder))
        yield folder / "site"


def _clear(folder: Path) -> None:
    """Delete a folder. An interrupt in the middle of that has its way when the folder is gone."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextlib.contextmanager
def _locked(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold a lock on a folder, which ends with the process at the latest.

    Where another holds it, wait for it or raise OSError.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _build(root: Path, target: Path, *, strict: bool) -> None:
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        with contextlib.chdir(root):  # from where mkdocs-macros looks for its include_dir
            settings.read(root)  # for what MkDocs does not check
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=strict)
            config.plugins.run_event("startup", command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.run_event("shutdown")
    except settings.SettingsError as error:
        raise BuildError("", error.findings) from error
    except mkdocs_warnings.WrongContentError as error:
        raise _failure(root, warnings.messages, error.findings) from error
    except (MkDocsException, Abort) as error:
        last = "" if isinstance(error, Abort) and warnings.messages else str(error)
        raise _failure(root, [*warnings.messages, last]) from error
    except Exception as error:
        told = template_faults.findings(error, root)
        if not told and not isinstance(error, jinja2.TemplateError):
            raise
        others = [message for message in warnings.messages if not told or str(error) not in message]
        raise _failure(root, others, told) from error
    finally:
        logger.removeHandler(warnings)


def _failure(root: Path, messages: list[str], findings: Iterable[Finding] = ()) -> BuildError:
    """Return the error for what MkDocs said, and for what was found beside that."""
    found = [(message, mkdocs_warnings.findings(message, root)) for message in messages]
    others = "\n".join(message for message, about in found if not about).strip()
    return BuildError(others, in_order([*findings, *(one for _, about in found for one in about)]))


def _take_place(fresh: Path, site: Path) -> None:
    """Put the new site where the old one is: in one step where the system can, else by stepping aside.

    In the second way the old site is put back if the new one cannot take its place.
    """
    if not site.exists():
        fresh.rename(site)
        return
    if _exchange(fresh, site):
        return
    old = fresh.with_name("old")
    site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        old.rename(site)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step with Linux's renameat2; return False where that cannot be done."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of <fcntl.h>
    return bool(renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


class _Warnings(logging.Handler):
    """Keeps what MkDocs says at the level of warnings, to say it once more where the build ends."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
