"""Checks of URLs of the misbehaving server, and of single URLs."""

from __future__ import annotations

import asyncio
import socket
import ssl
from datetime import date
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from smartguide.link_history.history import Entry, History
from smartguide.links.external.check_run import CheckRun, RunOptions
from smartguide.links.external.fetching import RequestPolicy
from tests.generator.links.misbehaving_server import Server, running

TODAY = date(2026, 11, 24)
IMPATIENT = RequestPolicy(pause=0, timeout=1, backoff=0.01, max_wait=0.05)


class ResolveAllTo(AbstractResolver):
    """Resolves every host name to one IP address."""

    def __init__(self, ip_address: str) -> None:
        self.ip_address = ip_address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the one IP address."""
        return [ResolveResult(hostname=host, host=self.ip_address, port=port, family=family, proto=6, flags=0)]

    async def close(self) -> None:
        """Close nothing."""


def new_run(options: RunOptions | None = None, history: History | None = None) -> CheckRun:
    """Return a run that may send requests to this machine, unless the options say otherwise."""
    allowed = RunOptions(IMPATIENT, allow_private=True, archive_api="")
    return CheckRun(history or History(), TODAY, options or allowed)


def check_paths(
    paths: list[str], options: RunOptions | None = None, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> tuple[dict[str, Entry], Server]:
    """Check paths of the server; return the entry of each path in the history, and the server."""

    async def check() -> tuple[dict[str, Entry], Server]:
        run = new_run(options)
        async with running(tls) as server:
            await run.check([server.url(path, host) for path in paths], lambda: None)
            return {path: run.history.entries[server.url(path, host)] for path in paths}, server

    return asyncio.run(check())


def check_url(url: str, **options: Any) -> Entry:
    """Check one URL, and return its entry in the history."""
    run = new_run(RunOptions(IMPATIENT, archive_api="", **options))
    asyncio.run(run.check([url], lambda: None))
    return run.history.entries[url]
