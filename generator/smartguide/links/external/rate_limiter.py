"""A rate limiter: one request at a time for each host, a pause between two, and longer where a host asks for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class RateLimitedError(Exception):
    """A host has asked for a longer wait than the rate limiter accepts."""


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    """The time of the event loop at which the next request may be sent."""


class RateLimiter:
    """Limits the requests to each host.

    ``pause`` are the seconds between two requests to a host, ``max_wait`` the seconds that a request waits at most.
    """

    def __init__(self, pause: float, max_wait: float) -> None:
        self._pause = pause
        self._max_wait = max_wait
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def request(self, host: str) -> AsyncIterator[None]:
        """Wait until a request to a host may be sent; no other is sent inside the context. Raises RateLimitedError."""
        state, clock = self._hosts[host], asyncio.get_running_loop()
        async with state.lock:
            wait = state.free_at - clock.time()
            if wait > max(self._max_wait, self._pause):
                raise RateLimitedError
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                state.free_at = max(state.free_at, clock.time() + self._pause)

    def block(self, host: str, seconds: float) -> None:
        """Send no request to a host for some seconds."""
        state = self._hosts[host]
        state.free_at = max(state.free_at, asyncio.get_running_loop().time() + seconds)
