"""A new site takes the place of the old one, whole or not at all.

A site is made in a temporary folder beside the target. Only when everything is there does it take the place of the old
site, by renaming; a build that fails or is killed leaves the last good site as it was. What a killed build leaves, the
next one deletes.
"""

from __future__ import annotations

import contextlib
import ctypes
import glob
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks; two builds at a time are not kept apart there
    fcntl = None  # type: ignore[assignment]


class OccupiedError(Exception):
    """Something else than an old site would have to give way; the message says what to do."""


@contextlib.contextmanager
def replacing(root: Path, site: Path) -> Iterator[Path]:
    """Give a path to make a site at; when the block ends well, it takes the place of ``site``.

    ``root`` is the folder of the project. Raises OccupiedError, and OSError where the system does not let us.
    """
    _refuse_what_is_no_site(root, site)
    site.parent.mkdir(parents=True, exist_ok=True)
    with _beside(site) as fresh:
        yield fresh
        with _locked(site.parent, wait=True):  # so that of two builds one takes the place of the other
            _take_place(fresh, site)


def _refuse_what_is_no_site(root: Path, site: Path) -> None:
    """Raise OccupiedError if the site would take the place of anything but an old site, which would be lost."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise OccupiedError(f"{site} is no folder, and the site would take its place; name another, or take it away")
    if root.resolve().is_relative_to(site.resolve()) or (site / ".git").exists():
        raise OccupiedError(f"the site would take the place of {site} and all that is in it; name another folder")
    if site.is_dir() and any(site.iterdir()) and not (site / "index.html").is_file():
        raise OccupiedError(f"{site} holds files but no site, and they would be lost; name another folder, or empty it")


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

    Where another holds it, wait for it or raise OSError. Where the system has no such locks, nothing is held.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


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
