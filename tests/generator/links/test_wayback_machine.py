"""Archived copies are looked for in the Wayback Machine, whatever it answers."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from smartguide.link_history.history import History
from smartguide.link_history.outcomes import Outcome, State
from smartguide.links.external import wayback_machine
from smartguide.links.external.check_run import RunOptions
from smartguide.links.external.rate_limiter import RateLimiter
from tests.generator.links.misbehaving_server import ANSWERS, answer, running
from tests.generator.links.requests_to_server import IMPATIENT, TODAY, new_run


async def copy_of_x(path: str) -> str:
    """Return what is found as the copy of ``x`` by an API at a path of the server."""
    async with running() as server, aiohttp.ClientSession() as session:
        return await wayback_machine.copy_of(session, RateLimiter(0, 1), "x", server.url(path))


def test_a_copy_of_a_dead_page_is_looked_for() -> None:
    async def check() -> dict[str, str]:
        past = History()
        async with running() as server:
            dead = server.url("/404")
            for days in (1, 2):
                past.add(dead, Outcome(State.FAILED, "404"), TODAY - timedelta(days=days))
            options = RunOptions(IMPATIENT, allow_private=True, archive_api=server.url("/wayback"))
            run = new_run(options, past)
            await run.check([dead], lambda: None)
            return run.copies

    assert list(asyncio.run(check()).values()) == ["https://web.archive.org/web/2019/x"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("", b"[" * 50_000),
        ("; charset=rot13", b'{"archived_snapshots": {}}'),
        ("", b" " * 10_000_000),
        ("", b'{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/2\\ud800"}}}'),
        ("", b'{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/2\\n# x"}}}'),
        ("", b'{"archived_snapshots": {"closest": {"available": true, "url": "http://other.example/web/2019/x"}}}'),
    ],
)
def test_an_unusable_answer_gives_no_copy(headers: str, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    unusable = answer("200 OK", f"Content-Type: application/json{headers}", body=body)
    monkeypatch.setitem(ANSWERS, "/archive?url=x&timestamp=2019", unusable)
    assert asyncio.run(copy_of_x("/archive")) == ""


def test_an_api_that_does_not_answer_gives_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wayback_machine, "TIMEOUT", 0.1)
    assert asyncio.run(copy_of_x("/hanging")) == ""
