"""Turns at a host: one request at a time, a pause between two, and patience where a host asks for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class BusyHostError(Exception):
    """A host has asked to be left alone for longer than we wait."""


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    """The time of the event loop from which on the host may be asked again."""


class Turns:
    """Hands out turns at hosts. ``pause`` lies between two turns; we wait for a turn ``max_wait`` at most (seconds)."""

    def __init__(self, pause: float, max_wait: float) -> None:
        self._pause = pause
        self._max_wait = max_wait
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn at a host, and hold it. Raises BusyHostError."""
        host, clock = self._hosts[name], asyncio.get_running_loop()
        async with host.lock:
            wait = host.free_at - clock.time()
            if wait > max(self._max_wait, self._pause):
                raise BusyHostError
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                host.free_at = max(host.free_at, clock.time() + self._pause)

    def leave_alone(self, name: str, seconds: float) -> None:
        """Give no turn at a host for some time, as it has asked."""
        host = self._hosts[name]
        host.free_at = max(host.free_at, asyncio.get_running_loop().time() + seconds)
