"""Single URLs are checked against a real server that misbehaves."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from smartguide.link_history import history
from smartguide.link_history.history import Entry, History
from smartguide.link_history.outcomes import State
from smartguide.links.external.check_run import RunOptions
from smartguide.links.external.fetching import RequestPolicy
from tests.generator.links.misbehaving_server import running
from tests.generator.links.requests_to_server import IMPATIENT, check_paths, check_url, new_run


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("/good", State.GOOD, "200"),
        ("/slow", State.GOOD, "200"),
        ("/chain", State.GOOD, "200"),
        ("/head-405", State.GOOD, "200"),
        ("/head-404", State.GOOD, "200"),
        ("/head-500", State.GOOD, "200"),
        ("/head-302", State.GOOD, "200"),
        ("/head-closes", State.GOOD, "200"),
        ("/head-hangs", State.GOOD, "200"),
        ("/wants-cookie", State.GOOD, "200"),
        ("/busy", State.GOOD, "200"),
        ("/fails-once", State.GOOD, "200"),
        ("/truncated", State.GOOD, "200"),
        ("/wrong-type", State.GOOD, "200"),
        ("/404", State.FAILED, "404: not found"),
        ("/410", State.FAILED, "410: gone"),
        ("/500", State.FAILED, "500: internal server error"),
        ("/503", State.FAILED, "503: service unavailable"),
        ("/busy-for-long", State.UNKNOWN, "429: too many requests"),
        ("/403", State.UNKNOWN, "403: access denied"),
        ("/401", State.UNKNOWN, "401: access denied"),
        ("/loop", State.FAILED, "redirect loop"),
        ("/endless", State.FAILED, "more than 8 redirects"),
        ("/to-file", State.FAILED, "redirects to something that is not an HTTP URL: file:///etc/passwd"),
        ("/to-nonsense", State.FAILED, "redirects to something that is not an HTTP URL: http://[bad/"),
        ("/to-nowhere", State.FAILED, "302: redirect without a target"),
        ("/hanging", State.FAILED, "no answer within 1 seconds"),
        ("/dripping", State.FAILED, "no answer within 1 seconds"),
        ("/nonsense", State.FAILED, "the answer is not HTTP"),
        ("/closes", State.FAILED, "the answer cannot be read"),
        ("/huge-header", State.UNKNOWN, "malformed HTTP answer"),
        ("/length-twice", State.UNKNOWN, "malformed HTTP answer"),
        ("/no-colon", State.UNKNOWN, "malformed HTTP answer"),
        ("/unknown-encoding", State.GOOD, "200"),
        ("/latin-1", State.GOOD, "200"),
    ],
)
def test_each_behaviour_of_a_server_has_its_outcome(path: str, state: State, reason: str) -> None:
    policy = RequestPolicy(
        pause=0, timeout=1, tries=1 if path in {"/hanging", "/dripping"} else 3, backoff=0.01, max_wait=0.05
    )
    found, _ = check_paths([path], RunOptions(policy, allow_private=True, archive_api=""))
    assert found[path].state == state
    assert reason in found[path].reason


def test_a_redirect_that_is_not_utf_8_is_followed_and_can_be_saved(tmp_path: Path) -> None:
    found, server = check_paths(["/latin-1", "/latin-1-ftp"])
    History({server.url(path): entry for path, entry in found.items()}).save(tmp_path / history.FILE)
    assert found["/latin-1"].redirects_to == server.url("/caf%E9")
    assert server.requests["HEAD /caf%E9"] == 1
    assert found["/latin-1-ftp"].reason.endswith("ftp://x.example/caf%E9")


def test_a_url_is_requested_as_it_is_written() -> None:
    path = "/a%2Cb%28c%29;d?u=http%3A%2F%2Fx.example%2F&v=%7e+'"
    found, server = check_paths([path, "/é a"])
    assert found[path].state == State.GOOD
    assert set(server.requests) == {f"HEAD {path}", "HEAD /%C3%A9%20a"}


def test_the_end_of_redirects_is_kept_and_whether_all_are_permanent() -> None:
    found, server = check_paths(["/moved", "/moved-then-away", "/chain", "/good"])
    redirects = {
        path: (entry.redirects_to.removeprefix(server.url("")), entry.permanent) for path, entry in found.items()
    }
    assert redirects == {
        "/moved": ("/good", True),
        "/moved-then-away": ("/good", False),
        "/chain": ("/good", False),
        "/good": ("", False),
    }


AUTHORITY = trustme.CA()


@pytest.mark.parametrize(
    ("names", "expires", "why"),
    [
        (["127.0.0.1"], None, "unable to get local issuer certificate"),
        (["other.example"], None, "certificate"),
        (["127.0.0.1"], datetime(2020, 1, 1, tzinfo=UTC), "certificate"),
    ],
    ids=["of an unknown authority", "of another host", "expired"],
)
def test_an_invalid_certificate_is_a_failure(names: list[str], expires: datetime | None, why: str) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(*names, not_after=expires).configure_cert(tls)
    found, _ = check_paths(["/good"], tls=tls)
    assert found["/good"].state == State.FAILED
    assert found["/good"].reason.startswith("invalid certificate: ")
    assert why in found["/good"].reason


def test_a_server_without_tls_at_an_https_url_is_a_failure() -> None:
    async def check() -> Entry:
        run = new_run()
        async with running() as server:
            url = server.url("/good").replace("http://", "https://")
            await run.check([url], lambda: None)
            return run.history.entries[url]

    entry = asyncio.run(check())
    assert entry.state == State.FAILED
    assert entry.reason.startswith("no TLS connection: ")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://[bad/", "invalid URL: Invalid IPv6 URL"),
        ("http://127.0.0.1:99999/", "invalid URL: Port out of range 0-65535"),
        ("https://", "invalid URL: "),
        (f"http://{'a' * 64}.example/", "invalid URL: "),
        ("http://nobody.invalid/", "unknown host name"),
        ("http://127.0.0.1:1/", "no connection: "),
    ],
)
def test_a_url_without_a_server_is_a_failure_with_its_reason(url: str, reason: str) -> None:
    entry = check_url(url, allow_private=True)
    assert entry.state == State.FAILED
    assert entry.reason.startswith(reason)


def test_requests_name_the_site() -> None:
    options = RunOptions(IMPATIENT, allow_private=True, archive_api="", site_url="https://guide.example/")
    _, server = check_paths(["/good"], options)
    assert server.agents == {"User-Agent: SmartGuideLinkCheck/1.0 (+https://guide.example/; one request at a time)"}
