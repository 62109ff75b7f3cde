"""The start and the end of a preview: a port, a temporary folder, and whatever happens in between."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import ipaddress
import logging
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from aiohttp import web

from smartguide.project import Project
from smartguide.server.http_handlers import application
from smartguide.server.preview import Preview, Tell
from smartguide.site import build_date
from smartguide.site.build_date import DateError

LOCALHOST: Final = "localhost"
SHUTDOWN: Final = 1.0
"""Seconds that requests have to come to an end when the preview ends."""


class ServeError(Exception):
    """The preview cannot be served; the message says why, and what to do."""


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host."""
    with contextlib.suppress(ValueError):
        return host == LOCALHOST or ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def serve(project: Project, *, host: str, port: int, engine: str, tell: Tell) -> None:
    """Serve the preview of a project until an interrupt. With the port 0 the system chooses one.

    ``tell`` writes a text to the terminal. Raises ServeError, and KeyboardInterrupt in the end.
    """
    with _listening(host.strip("[]"), port) as listening, _temporary_folder() as folder, _dated(project.root):
        # The first check is in the main thread, where Ctrl-C ends it at once. Browsers wait meanwhile.
        preview = Preview(project, engine, folder, tell)
        gc.collect()
        gc.freeze()  # what stays for long need not be looked through for garbage again and again
        asyncio.run(_serve(preview, listening, tell))


async def _serve(preview: Preview, listening: socket.socket, tell: Tell) -> None:
    runner = web.AppRunner(application(preview), access_log=None, shutdown_timeout=SHUTDOWN)
    logging.getLogger("aiohttp.server").setLevel(logging.ERROR)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        tell(f"Serving http://{shown}:{port}{preview.snapshot.site_path} (Ctrl-C ends it)")
        await preview.run()
    finally:
        await runner.cleanup()


@contextlib.contextmanager
def _dated(root: Path) -> Iterator[None]:
    """Let pages say how old records are on the day of a build now. That a given date is none, the engine tells."""
    is_ours = False
    with contextlib.suppress(DateError):
        is_ours = build_date.set_build_date(root)
    try:
        yield
    finally:
        if is_ours:
            build_date.forget_build_date()


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen on a port. Raises ServeError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    address = ("127.0.0.1" if host == LOCALHOST else host, port)
    try:
        listening = socket.create_server(address, family=family)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        raise ServeError(f"the port {port} of {host} {why}; choose another with --port") from error
    with listening:
        yield listening


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Make a folder, and delete it. A second Ctrl-C in the middle of that has its way when the folder is gone."""
    folder = Path(tempfile.mkdtemp(prefix="smartguide-"))
    try:
        yield folder
    finally:
        try:
            shutil.rmtree(folder, ignore_errors=True)
        except KeyboardInterrupt:
            shutil.rmtree(folder, ignore_errors=True)
            raise
