"""The preview of one project: takes in what changes, makes the next snapshot, and tells the open pages."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from smartguide.checks.checking import Checker, Read
from smartguide.extensions import TemplateFunction
from smartguide.findings import Finding, has_errors, in_order
from smartguide.keeping import editor_schemas
from smartguide.pages.environment import Environment, environment
from smartguide.pages.rendering import Renderer
from smartguide.project import Project
from smartguide.reading import Listing, Signature
from smartguide.search import names
from smartguide.server.answers import Answer, answer
from smartguide.server.engine_runs import EngineRuns, Failed, Made, Searchable
from smartguide.server.snapshot import Knowledge, Snapshot
from smartguide.server.threads import in_thread
from smartguide.server.watching import Changes, changes
from smartguide.settings import FILE, Settings, SettingsError, read_settings

SERVED: Final = 0.3
"""Seconds that open pages have to fetch what changed, before the rest is checked."""
AFTER_RECORDS: Final = 1.0
"""Seconds without a change of a record after which chapters are made anew."""
AFTER_OTHERS: Final = 0.1
"""Seconds without a change of anything else after which chapters are made anew."""
PRINTED: Final = 50
"""So many findings are written to the terminal at once."""
CANCELLED_WITHIN: Final = 0.2
"""Seconds after which a task that goes on is cancelled once more."""

Tell = Callable[[str], None]


@dataclass(eq=False)
class Follower:
    """An open page: which path it shows, in which state, and what it is to be told."""

    path: str
    page: str
    panel: str
    news: asyncio.Queue[Answer] = field(default_factory=asyncio.Queue)


class Preview:
    """Serves one project. ``tell`` writes a text for the person at the terminal."""

    def __init__(self, project: Project, engine: str, folder: Path, tell: Tell) -> None:
        self.project = project
        self._tell = tell
        self._checker = Checker(project)
        self._runs = EngineRuns(project, engine, folder)
        self._env: tuple[object, Environment] | None = None
        self._settings = Settings()
        self._settings_file: Signature | None = None
        self.snapshot = self._first()
        self._ready: tuple[Snapshot, dict[str, Answer]] = self.snapshot, {}
        self._followers: set[Follower] = set()
        self._told: set[Follower] = set()
        self._all_served = asyncio.Event()
        self._pending: Changes | None = None
        self._changed = asyncio.Event()
        self._engine_wanted_at: float | None = time.monotonic()
        self._is_urgent = False
        self._engine_wanted = asyncio.Event()
        self._engine_settled = asyncio.Event()

    async def run(self) -> None:
        """Go on for ever."""
        tasks = [asyncio.create_task(work) for work in (self._watch(), self._follow_changes(), self._follow_engine())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # raises what ended it
        finally:
            pending = set(tasks)
            while pending:  # asyncio.wait_for of Python 3.11 can lose one cancellation (python/cpython#86296)
                for task in pending:
                    task.cancel()
                _, pending = await asyncio.wait(pending, timeout=CANCELLED_WITHIN)

    async def answer(self, path: str) -> Answer:
        """Return the answer to a request for a path."""
        snapshot, known = self._ready
        found = known.get(path)
        if found is None:
            found = await asyncio.to_thread(answer, snapshot, path)
            if found.page:
                known[path] = found
        return found

    def awaits(self, path: str) -> bool:
        """Tell whether the answer to a request for a path comes with the first run of the engine."""
        is_search = path == f"{self.snapshot.site_path}{names.PATH}"
        return is_search and self.snapshot.searchable is None and not self._engine_settled.is_set()

    async def settled(self) -> None:
        """Wait until an engine has made the site and its search, or failed to."""
        await self._engine_settled.wait()

    def served(self, path: str) -> None:
        """Note that a page was sent."""
        self._told = {one for one in self._told if one.path != path}
        if not self._told:
            self._all_served.set()

    async def follow(self, follower: Follower) -> None:
        """Tell an open page what changes, also what has changed since it was sent."""
        self._followers.add(follower)
        await self._tell_one(follower)

    def leave(self, follower: Follower) -> None:
        """Tell a page nothing any more."""
        self._followers.discard(follower)

    # What changes

    async def _watch(self) -> None:
        async for found in changes(self.project):
            if found.need_reading:
                self._pending = self._pending | found if self._pending else found
                self._changed.set()
            else:
                self._want_engine(urgently=True)

    async def _follow_changes(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            found, self._pending = self._pending, None
            if found is not None:
                with self._living_on():
                    await self._take_in(found)

    async def _take_in(self, found: Changes) -> None:
        """Show the pages of what changed; when the open ones are sent, check everything."""
        with self._runs.paused():
            read = await in_thread(self._checker.read)
            if read.is_usable:
                knowledge = await in_thread(lambda: self._knowledge(read))
                await self._show(replace(self.snapshot, knowledge=knowledge))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._all_served.wait(), SERVED)
        if read.is_usable or self.snapshot.engine is None:  # without records, there would be no page shells
            self._want_engine(urgently=not found.are_of_records)
        if self._pending is not None:
            return  # it is checked with what has changed meanwhile
        before = self.snapshot.findings
        findings = tuple((await in_thread(lambda: self._checker.check(read))).findings)
        await in_thread(lambda: editor_schemas.write(self.project, read.base))
        good = self.snapshot.good
        if not has_errors(findings) and (good is None or good.renderer.env is self.snapshot.knowledge.renderer.env):
            good = self.snapshot.knowledge  # other templates are good when every page was rendered
        if findings != before:
            self._say(findings, "all is well", sorted(found.paths))
        await self._show(replace(self.snapshot, findings=findings, good=good))

    def _first(self) -> Snapshot:
        """Check everything for the first time."""
        read = self._checker.read()
        findings = tuple(self._checker.check(read).findings)
        editor_schemas.write(self.project, read.base)
        knowledge = self._knowledge(read)
        self._say(findings)
        return Snapshot(knowledge, None if has_errors(findings) else knowledge, findings=findings)

    def _knowledge(self, read: Read) -> Knowledge:
        self._read_settings()
        functions = read.extensions.functions
        renderer = Renderer(read.base, self._environment(functions), self._settings.form.url)
        return Knowledge(read.base, renderer, read.extensions, self._settings)

    def _read_settings(self) -> None:
        """Read the settings, unless they are as they were. What is wrong with them is a finding."""
        file = self.project.root / FILE
        signature = Signature.of(file.stat()) if file.is_file() else None
        if signature != self._settings_file:
            self._settings_file = signature
            with contextlib.suppress(SettingsError):
                self._settings = read_settings(self.project.root)

    def _environment(self, functions: tuple[TemplateFunction, ...]) -> Environment:
        """Return the environment of the templates: that of the last time, if no template has changed."""
        made_of = Listing.of(self.project.templates).files, functions
        if self._env is None or self._env[0] != made_of:
            self._env = made_of, environment([self.project.templates], functions)
        return self._env[1]

    # The engine

    def _want_engine(self, *, urgently: bool) -> None:
        """Let the engine make the site anew, when nothing has changed for a while."""
        self._is_urgent = self._is_urgent or urgently
        self._engine_wanted_at = time.monotonic() + (AFTER_OTHERS if self._is_urgent else AFTER_RECORDS)
        self._engine_wanted.set()

    async def _follow_engine(self) -> None:
        while True:
            while self._engine_wanted_at is None or (wait := self._engine_wanted_at - time.monotonic()) > 0:
                self._engine_wanted.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._engine_wanted.wait(), None if self._engine_wanted_at is None else wait)
            self._engine_wanted_at, self._is_urgent = None, False
            self._engine_wanted.clear()
            with self._living_on():
                await self._run_engine()

    async def _run_engine(self) -> None:
        """Let the engine run; a change of what it makes ends it, and so does any change once chapters are there."""
        has_chapters = False
        async with contextlib.aclosing(self._runs.run()) as steps:
            while True:
                step = asyncio.ensure_future(anext(steps, None))
                try:
                    while not step.done():
                        if self._engine_wanted_at is not None and (has_chapters or self._is_urgent):
                            return
                        self._engine_wanted.clear()
                        wanted = asyncio.ensure_future(self._engine_wanted.wait())
                        await asyncio.wait({step, wanted}, return_when=asyncio.FIRST_COMPLETED)
                        wanted.cancel()
                finally:
                    if not step.done():
                        step.cancel()
                        await asyncio.gather(step, return_exceptions=True)
                found = step.result()
                if found is None:
                    return
                await self._take_in_engine(found)
                has_chapters = True

    async def _take_in_engine(self, found: Made | Searchable | Failed) -> None:
        before = self.snapshot.faults, self.snapshot.reason
        if isinstance(found, Made):
            # What was found on other pages is looked at once more by the next step.
            others = (one for one in self.snapshot.faults if not one.place.path.startswith(("content/", "theme/")))
            faults = tuple(in_order([*found.findings, *others]))
            after = replace(self.snapshot, engine=found.site, faults=faults, reason="")
        elif isinstance(found, Searchable):
            is_good = not has_errors([*self.snapshot.findings, *found.findings])
            good = self.snapshot.knowledge if is_good else self.snapshot.good
            after = replace(self.snapshot, searchable=found.site, faults=found.findings, good=good)
        else:
            after = replace(self.snapshot, faults=found.findings, reason=found.reason)
        if (after.faults, after.reason) != before:
            if after.reason:
                self._tell(after.reason)
            self._say(after.faults)
        if not isinstance(found, Made):
            self._engine_settled.set()
        await self._show(after)

    # What is shown

    async def _show(self, snapshot: Snapshot) -> None:
        """Serve another snapshot from now on, and tell the open pages that it changes."""
        self.snapshot = snapshot
        self._ready = snapshot, {}
        self._told = set()
        self._all_served.clear()
        for follower in list(self._followers):
            await self._tell_one(follower)
        if not self._told:
            self._all_served.set()

    async def _tell_one(self, follower: Follower) -> None:
        found = await self.answer(follower.path)
        if found.page != follower.page:
            self._told.add(follower)
            follower.news.put_nowait(found)
        elif found.panel != follower.panel:
            follower.panel = found.panel
            follower.news.put_nowait(found)

    @contextlib.contextmanager
    def _living_on(self) -> Iterator[None]:
        """Tell of an error that nobody thought of, and go on: the next save may be a good one."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # whatever it is, what was served before still is
            self._tell(f"this change cannot be shown: {type(error).__name__}: {error}")

    def _say(self, findings: Iterable[Finding], otherwise: str = "", paths: Iterable[str] = ()) -> None:
        """Write findings to the terminal."""
        lines = [one.as_text() for one in in_order(findings)]
        if len(lines) > PRINTED:
            lines[PRINTED:] = [f"and {len(lines) - PRINTED} more: smartguide validate shows all"]
        if text := "\n".join(lines) or otherwise:
            changed = ", ".join(paths)
            self._tell(f"{changed} changed:\n{text}" if changed else text)
