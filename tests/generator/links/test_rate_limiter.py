"""Requests to a host are limited, for any number of links and redirects."""

from __future__ import annotations

import asyncio
import time

import pytest

from smartguide.link_history.outcomes import State
from smartguide.links.external.check_run import RunOptions
from smartguide.links.external.fetching import RequestPolicy
from tests.generator.links.misbehaving_server import ANSWERS, Server, answer, running
from tests.generator.links.requests_to_server import IMPATIENT, ResolveAllTo, check_paths, new_run


def test_a_host_gets_one_request_at_a_time_even_for_ten_thousand_links() -> None:
    paths = [f"/many/{number}" for number in range(10_000)]
    patient = RequestPolicy(pause=0, timeout=60)  # no request is repeated, however busy this machine is
    found, server = check_paths(paths, RunOptions(patient, allow_private=True, archive_api=""))
    assert all(entry.state == State.GOOD for entry in found.values())
    assert server.most_at_once == 1
    assert sum(server.requests.values()) == 10_000


def test_there_is_a_pause_between_two_requests_to_a_host() -> None:
    start = time.monotonic()
    check_paths(["/good", "/a", "/b"], RunOptions(RequestPolicy(pause=0.1), allow_private=True, archive_api=""))
    assert time.monotonic() - start >= 0.2


def test_redirects_from_many_hosts_to_one_are_followed_one_at_a_time() -> None:
    async def check() -> Server:
        run = new_run(RunOptions(IMPATIENT, allow_private=True, archive_api="", resolver=ResolveAllTo("127.0.0.1")))
        async with running() as server, running() as target:
            redirect = answer("302 Found", f"Location: {target.url('/slow', 'one.example')}")
            with pytest.MonkeyPatch.context() as patch:
                patch.setitem(ANSWERS, "/to-one", redirect)
                await run.check([server.url("/to-one", f"host{n}.example") for n in range(12)], lambda: None)
        assert server.most_at_once > 1
        return target

    target = asyncio.run(check())
    assert target.requests["HEAD /slow"] == 12
    assert target.most_at_once == 1


def test_a_host_that_asks_for_a_long_wait_gets_no_further_request() -> None:
    found, server = check_paths(["/busy-for-long", "/good", "/a"])
    assert {entry.state for entry in found.values()} == {State.UNKNOWN}
    assert found["/good"].reason == "rate limit: its host allows no request for now"
    assert server.requests == {"HEAD /busy-for-long": 1}
