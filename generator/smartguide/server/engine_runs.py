"""What an engine made for the preview, and the process that it ran in."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import weakref
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from smartguide.findings import Finding, Place, Severity
from smartguide.project import Project
from smartguide.search import names as search_names
from smartguide.server import engine_process
from smartguide.server.engine_process import CHAPTERS, FAILED, SEARCH, SITE
from smartguide.site import shells as page_shells
from smartguide.site import sitemap
from smartguide.site.markers import Markers
from smartguide.site.shells import LearnedShells, LostMarkersError, ShellPage

_LAST_LINES: Final = 5
"""So much is shown of what a process said that broke down."""
_NOT_SERVED: Final = (search_names.FOLDER, sitemap.PATH)
"""What an engine writes that holds page shells, and is made anew for the built site."""


@dataclass(frozen=True, eq=False)
class EngineSite:
    """What an engine made: chapters, pages such as 404.html, assets, and the page shells.

    ``folder`` is deleted when nobody holds this any more. ``files`` are relative to it. ``assets`` changes
    when anything does that is no page.
    """

    folder: Path
    files: frozenset[str]
    shells: LearnedShells
    assets: str


@dataclass(frozen=True)
class Made:
    """An engine has made the chapters and the page shells."""

    site: EngineSite
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Searchable:
    """What the search of a site loads is there. ``findings`` are about all pages of the site."""

    site: EngineSite
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Failed:
    """An engine could not make the site; ``reason`` is what it says."""

    reason: str
    findings: tuple[Finding, ...] = ()


@dataclass
class EngineRuns:
    """Lets an engine make the site of a project, in folders below ``folder``."""

    project: Project
    engine: str
    folder: Path
    _known: Mapping[page_shells.Key, Any] = field(default_factory=dict)
    _process: asyncio.subprocess.Process | None = None

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Let the process stand still meanwhile: a page that somebody waits for gets all of the machine."""
        process = self._process
        _signal(process, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(process, signal.SIGCONT)

    async def run(self) -> AsyncGenerator[Made | Searchable | Failed]:
        """Yield what an engine makes, as soon as it is there. The process ends with whoever asks for it."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        module = engine_process.__name__
        command = [sys.executable, "-P", "-m", module, str(self.project.root), self.engine, str(folder)]
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(folder)},  # what an engine leaves there goes with the rest
            start_new_session=True,  # Ctrl-C is for us, and we end it
        )
        self._process = process
        site: EngineSite | None = None
        is_done = False
        said = asyncio.create_task(_last_lines(process.stderr))
        try:
            assert process.stdout is not None  # noqa: S101  # it was asked for
            async for line in process.stdout:
                step = line.decode().strip()
                found = json.loads(await asyncio.to_thread((folder / f"{step}.json").read_text, "utf-8"))
                findings = tuple(map(_finding, found["findings"]))
                is_done = step in {SEARCH, FAILED}
                if step == CHAPTERS:
                    made = await asyncio.to_thread(self._made, folder, found)
                    if isinstance(made, EngineSite):
                        site = made
                        yield Made(site, findings)
                    else:
                        yield Failed("", (*findings, *made))
                        return
                elif step == SEARCH and site is not None:
                    yield Searchable(site, findings)
                else:
                    yield Failed(found["reason"], findings)
            await process.wait()
            if not is_done:
                yield Failed("\n".join([f"{self.engine} broke down", *await said]))
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
            said.cancel()
            if site is None:
                shutil.rmtree(folder, ignore_errors=True)

    def _made(self, folder: Path, found: dict[str, Any]) -> EngineSite | list[Finding]:
        """Return what an engine made, or what is wrong with its page shells."""
        pages = [
            ShellPage((one["key"][0], one["key"][1]), one["path"], one["source"], one["url"], tuple(one["expected"]))
            for one in found["shells"]
        ]
        html = {page.key: one["html"] for page, one in zip(pages, found["shells"], strict=True) if one["html"]}
        try:
            learned = page_shells.learn(Markers(found["token"]), pages, html)
        except LostMarkersError as error:
            return error.findings
        # A collection whose last record is deleted has no page shells; they are kept for the case that it comes back.
        self._known = {**self._known, **learned.by_key}
        root = folder / SITE
        files = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
        served = frozenset(name for name in files if not name.startswith(_NOT_SERVED))
        site = EngineSite(root, served, LearnedShells(self._known), found["assets"])
        weakref.finalize(site, shutil.rmtree, folder, ignore_errors=True)
        return site


def _signal(process: asyncio.subprocess.Process | None, number: int) -> None:
    if process is not None and process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)


async def _last_lines(stream: asyncio.StreamReader | None) -> list[str]:
    """Read all that a process says, so that it can go on, and return the end of it."""
    lines: list[str] = []
    while stream is not None and (read := await stream.read(65_536)):
        lines = ("\n".join(lines) + read.decode(errors="replace")).splitlines()[-_LAST_LINES:]
    return lines


def _finding(plain: dict[str, Any]) -> Finding:
    return Finding(**{**plain, "place": Place(**plain["place"]), "severity": Severity(plain["severity"])})
