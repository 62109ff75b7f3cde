"""Which files of a project changed: those that pages are made of, told soon after each save."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import watchfiles

from smartguide.link_history import exceptions, history
from smartguide.project import Project
from smartguide.settings import FILE

FOLDERS: Final = ("content", "schemas", "templates", "theme", "extensions")
"""The folders of a project that pages are made of."""
FILES: Final = (FILE, history.FILE, exceptions.FILE)
"""The files in the folder of a project that pages are made of: its settings, and which links are dead."""
QUIET: Final = 15
"""Milliseconds without another change after which changes are told: an editor writes a file in several steps."""
LONGEST: Final = 100
"""Milliseconds after which changes are told even if there are more and more."""
SETTLING: Final = 0.5
"""Seconds after which a new folder is looked at once more: what was written into it first may have been missed."""
RETRY: Final = 0.2
"""Seconds before a folder is watched again that has just gone."""


@dataclass(frozen=True)
class Changes:
    """What changed, as paths relative to the project with forward slashes."""

    paths: frozenset[str]

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.paths | other.paths)

    @property
    def need_reading(self) -> bool:
        """Whether the records, the chapters or how they are shown may have changed."""
        return any(not path.startswith("theme/") for path in self.paths)

    @property
    def are_of_records(self) -> bool:
        """Whether only records changed: pages of records can be shown, and chapters can wait."""
        return all(path.startswith("content/") and path.endswith((".yml", ".yaml")) for path in self.paths)


async def changes(project: Project) -> AsyncIterator[Changes]:
    """Yield what changes in a project, for ever. Folders may be deleted, come back, or come later."""
    found: asyncio.Queue[Changes] = asyncio.Queue()
    watch = _Watch(project, found)
    tasks = [asyncio.create_task(watch.top()), asyncio.create_task(watch.folders())]
    try:
        while True:
            getting = asyncio.ensure_future(found.get())
            done, _ = await asyncio.wait({getting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
            if getting not in done:
                getting.cancel()
                for task in tasks:
                    if task.done():
                        task.result()  # raises what ended it
                return
            yield getting.result()
    finally:
        watch.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Watch:
    """Watches the folder of a project for its folders and files, and all that is below these folders."""

    def __init__(self, project: Project, found: asyncio.Queue[Changes]) -> None:
        self._root = project.root
        self._found = found
        self._stopped = asyncio.Event()
        self._stop_folders = asyncio.Event()

    def stop(self) -> None:
        """End both."""
        self._stopped.set()
        self._stop_folders.set()

    async def top(self) -> None:
        """Watch what is directly in the folder of the project."""
        async for found in _watch(self._root, stop=self._stopped, recursive=False):
            names = {path.relative_to(self._root).as_posix() for _, path in found}
            if names & set(FOLDERS):
                self._stop_folders.set()  # watch those that there are now
            self._tell(names & {*FILES, *FOLDERS})

    async def folders(self) -> None:
        """Watch the folders, always those that there are."""
        while not self._stopped.is_set():
            self._stop_folders = asyncio.Event()
            present = [folder for name in FOLDERS if (folder := self._root / name).is_dir()]
            try:
                async for found in _watch(*present, stop=self._stop_folders, recursive=True):
                    self._tell({path.relative_to(self._root).as_posix() for _, path in found})
                    if any(kind is watchfiles.Change.added and path.is_dir() for kind, path in found):
                        self._tell_later({path.relative_to(self._root).as_posix() for _, path in found})
            except FileNotFoundError:
                await asyncio.sleep(RETRY)
                continue
            if present and not self._stopped.is_set():  # what changed while nobody watched
                self._tell_later({folder.name for folder in present})
            elif not present:
                await self._stop_folders.wait()

    def _tell(self, paths: set[str]) -> None:
        if paths:
            self._found.put_nowait(Changes(frozenset(paths)))

    def _tell_later(self, paths: set[str]) -> None:
        asyncio.get_running_loop().call_later(SETTLING, self._tell, paths)


async def _watch(
    *folders: Path, stop: asyncio.Event, recursive: bool
) -> AsyncIterator[list[tuple[watchfiles.Change, Path]]]:
    """Yield what changes in some folders until ``stop``. Raises FileNotFoundError if one is not there."""
    if not folders:
        return
    found = watchfiles.awatch(
        *folders,
        stop_event=stop,
        recursive=recursive,
        step=QUIET,
        debounce=LONGEST,
        raise_interrupt=False,
        ignore_permission_denied=True,
    )
    async with contextlib.aclosing(found):
        async for one in found:
            yield [(kind, Path(path)) for kind, path in one]
