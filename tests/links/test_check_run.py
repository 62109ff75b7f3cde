"""The check of links to other sites, against a real server that misbehaves."""

from __future__ import annotations

import asyncio
import ssl
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
import trustme
from aiohttp.abc import AbstractResolver

from smartguide.findings import Place
from smartguide.links.external import check_run as external
from smartguide.links.external import history
from smartguide.links.external import wayback_machine as archive
from smartguide.links.external.check_run import Options
from smartguide.links.external.fetching import Manners, Outcome, State
from smartguide.links.external.private_networks import is_public
from smartguide.links.external.rate_limiter import Turns
from tests.links.misbehaving_server import ANSWERS, Server, answer, running

TODAY = date(2026, 11, 24)
QUICK = Manners(pause=0, timeout=1, backoff=0.01, max_wait=0.05)


class Everywhere(AbstractResolver):
    """Resolves every name to one address."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:  # noqa: ARG002
        return [{"hostname": host, "host": self.address, "port": port, "family": 2, "proto": 6, "flags": 0}]

    async def close(self) -> None:
        pass


def outcomes(
    paths: list[str], options: Options | None = None, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> tuple[dict[str, history.Entry], Server]:
    """Check paths of the server; return what is known of each afterwards, and the server."""

    async def go() -> tuple[dict[str, history.Entry], Server]:
        run = external.Run(history.History(), TODAY, options or Options(QUICK, allow_private=True, api=""))
        async with running(tls) as server:
            await run.check([server.url(path, host) for path in paths], lambda: None)
            return {path: run.history.entries[server.url(path, host)] for path in paths}, server

    return asyncio.run(go())


def outcome(address: str, **options: Any) -> history.Entry:
    """Check one address, and return what is known of it afterwards."""
    run = external.Run(history.History(), TODAY, Options(QUICK, api="", **options))
    asyncio.run(run.check([address], lambda: None))
    return run.history.entries[address]


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
        ("/stumbles", State.GOOD, "200"),
        ("/truncated", State.GOOD, "200"),
        ("/wrong-type", State.GOOD, "200"),
        ("/404", State.FAILED, "404: not there"),
        ("/410", State.FAILED, "410: gone"),
        ("/500", State.FAILED, "500: internal server error"),
        ("/503", State.FAILED, "503: service unavailable"),
        ("/busy-for-long", State.UNKNOWN, "429: it wants to be asked less often"),
        ("/403", State.UNKNOWN, "403: it does not let us in"),
        ("/401", State.UNKNOWN, "401: it does not let us in"),
        ("/loop", State.FAILED, "redirects in a circle"),
        ("/endless", State.FAILED, "more than 8 redirects"),
        ("/to-file", State.FAILED, "redirects to an address that is not of the web: file:///etc/passwd"),
        ("/to-nonsense", State.FAILED, "redirects to an address that is not of the web: http://[bad/"),
        ("/to-nowhere", State.FAILED, "302: redirects to nowhere"),
        ("/hanging", State.FAILED, "no answer within 1 seconds"),
        ("/dripping", State.FAILED, "no answer within 1 seconds"),
        ("/nonsense", State.FAILED, "what answers is no web server"),
        ("/closes", State.FAILED, "the answer cannot be read"),
        ("/huge-header", State.UNKNOWN, "its answer has a fault"),
        ("/length-twice", State.UNKNOWN, "its answer has a fault"),
        ("/no-colon", State.UNKNOWN, "its answer has a fault"),
        ("/unknown-packing", State.GOOD, "200"),
        ("/latin-1", State.GOOD, "200"),
    ],
)
def test_what_a_server_does_is_judged_rightly(path: str, state: State, reason: str) -> None:
    manners = Manners(
        pause=0, timeout=1, tries=1 if path in {"/hanging", "/dripping"} else 3, backoff=0.01, max_wait=0.05
    )
    found, _ = outcomes([path], Options(manners, allow_private=True, api=""))
    assert found[path].state == state
    assert reason in found[path].reason


def test_a_redirect_that_is_not_utf_8_is_followed_and_can_be_kept(tmp_path: Path) -> None:
    found, server = outcomes(["/latin-1", "/latin-1-ftp"])
    history.History({server.url(path): entry for path, entry in found.items()}).save(tmp_path / history.FILE)
    assert found["/latin-1"].leads_to == server.url("/caf%E9")
    assert server.asked["HEAD /caf%E9"] == 1
    assert found["/latin-1-ftp"].reason.endswith("ftp://x.example/caf%E9")


def test_an_address_is_asked_for_as_it_is_written() -> None:
    path = "/a%2Cb%28c%29;d?u=http%3A%2F%2Fx.example%2F&v=%7e+'"
    found, server = outcomes([path, "/é a"])
    assert found[path].state == State.GOOD
    assert set(server.asked) == {f"HEAD {path}", "HEAD /%C3%A9%20a"}


def test_where_redirects_lead_is_kept_and_whether_for_good() -> None:
    found, server = outcomes(["/moved", "/moved-then-away", "/chain", "/good"])
    led = {path: (entry.leads_to.removeprefix(server.url("")), entry.for_good) for path, entry in found.items()}
    assert led == {
        "/moved": ("/good", True),
        "/moved-then-away": ("/good", False),
        "/chain": ("/good", False),
        "/good": ("", False),
    }


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/moved", "warning: {}/moved has moved for good (write the new address: {}/good) [moved]"),
        ("/chain", "notice: {}/chain leads to {}/good for now (nothing to do) [redirected]"),
        (
            "/gone-home",
            "warning: {}/gone-home leads to the front page {}/ (the page itself seems to be gone: look for its new "
            "address, or for an archived copy) [redirected]",
        ),
        (
            "/gone-home-for-now",
            "warning: {}/gone-home-for-now leads to the front page {}/ (the page itself seems to be gone: look for its "
            "new address, or for an archived copy) [redirected]",
        ),
    ],
)
def test_a_redirect_is_reported(path: str, told: str) -> None:
    found, server = outcomes([path])
    address = server.url(path)
    past = history.History({address: found[path]})
    (finding,) = external.findings({address: [Place("content/x.yml", 3, 5)]}, past, copies={}, replaced=set())
    assert finding.as_text() == f"content/x.yml:3:5: {told.replace('{}', server.url(''))}"


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
def test_a_certificate_that_is_not_valid_is_a_failure(names: list[str], expires: datetime | None, why: str) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(*names, not_after=expires).configure_cert(tls)
    found, _ = outcomes(["/good"], tls=tls)
    assert found["/good"].state == State.FAILED
    assert found["/good"].reason.startswith("its certificate is not valid: ")
    assert why in found["/good"].reason


def test_a_server_that_does_not_speak_tls_is_a_failure() -> None:
    async def check() -> history.Entry:
        run = external.Run(history.History(), TODAY, Options(QUICK, allow_private=True, api=""))
        async with running() as server:
            address = server.url("/good").replace("http://", "https://")
            await run.check([address], lambda: None)
            return run.history.entries[address]

    entry = asyncio.run(check())
    assert entry.state == State.FAILED
    assert entry.reason.startswith("no secure connection: ")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://[bad/", "not a valid address: Invalid IPv6 URL"),
        ("http://127.0.0.1:99999/", "not a valid address: Port out of range 0-65535"),
        ("https://", "not a valid address: "),
        (f"http://{'a' * 64}.example/", "not a valid address: "),
        ("http://nobody.invalid/", "there is no host of that name"),
        ("http://127.0.0.1:1/", "no connection: "),
    ],
)
def test_an_address_where_nobody_is_is_a_failure_with_its_reason(address: str, reason: str) -> None:
    entry = outcome(address, allow_private=True)
    assert entry.state == State.FAILED
    assert entry.reason.startswith(reason)


def test_one_host_gets_one_request_at_a_time_even_for_ten_thousand_links() -> None:
    paths = [f"/many/{number}" for number in range(10_000)]
    found, server = outcomes(paths)
    assert all(entry.state == State.GOOD for entry in found.values())
    assert server.most == 1
    assert sum(server.asked.values()) == 10_000


def test_there_is_a_pause_between_two_requests_to_one_host() -> None:
    start = time.monotonic()
    outcomes(["/good", "/a", "/b"], Options(Manners(pause=0.1), allow_private=True, api=""))
    assert time.monotonic() - start >= 0.2


def test_redirects_from_many_hosts_to_one_wait_for_their_turn() -> None:
    async def go() -> Server:
        run = external.Run(
            history.History(), TODAY, Options(QUICK, allow_private=True, api="", resolver=Everywhere("127.0.0.1"))
        )
        async with running() as server, running() as target:
            for_all = answer("302 Found", f"Location: {target.url('/slow', 'one.example')}")
            with pytest.MonkeyPatch.context() as patch:
                patch.setitem(ANSWERS, "/to-one", for_all)
                await run.check([server.url("/to-one", f"host{n}.example") for n in range(12)], lambda: None)
        assert server.most > 1
        return target

    target = asyncio.run(go())
    assert target.asked["HEAD /slow"] == 12
    assert target.most == 1


def test_a_host_that_asks_to_be_left_alone_is_left_alone() -> None:
    found, server = outcomes(["/busy-for-long", "/good", "/a"])
    assert {entry.state for entry in found.values()} == {State.UNKNOWN}
    assert found["/good"].reason == "its host asks to be left alone for now"
    assert server.asked == {"HEAD /busy-for-long": 1}


def test_a_host_is_told_who_asks() -> None:
    _, server = outcomes(["/good"], Options(QUICK, allow_private=True, api="", site_url="https://guide.example/"))
    assert server.agents == {"User-Agent: SmartGuideLinkCheck/1.0 (+https://guide.example/; one request at a time)"}


def test_a_private_network_is_never_asked() -> None:
    found, server = outcomes(["/good"], Options(QUICK, api=""))
    assert found["/good"].state == State.REFUSED
    found, other = outcomes(["/good"], Options(QUICK, api=""), host="localhost")
    assert found["/good"].state == State.REFUSED
    assert not server.asked
    assert not other.asked


def test_a_name_that_leads_to_a_private_network_is_never_asked() -> None:
    found, server = outcomes(["/good"], Options(QUICK, api="", resolver=Everywhere("127.0.0.1")), host="public.example")
    assert found["/good"].state == State.REFUSED
    assert "127.0.0.1" in found["/good"].reason
    assert not server.asked


def test_a_redirect_to_a_private_network_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    # The server stands for a public one here; what it redirects to is checked as ever.
    monkeypatch.setattr(
        "smartguide.links.external.private_networks.is_public", lambda ip: ip == "127.0.0.1" or is_public(ip)
    )
    found, server = outcomes(["/to-private"], Options(QUICK, api=""))
    assert found["/to-private"].state == State.REFUSED
    assert found["/to-private"].reason == "10.0.0.1 leads to 10.0.0.1, which is not of the public internet"
    assert set(server.asked) == {"HEAD /to-private"}


PRIVATE = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "localhost", "[::1]", "[::]", "[fe80::1]", "[::ffff:127.0.0.1]", "[fc00::1]", "[64:ff9b:1::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "[5f00::1]", "[3fff::1]"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_every_spelling_of_a_private_address_is_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        pytest.fail("a socket was made")

    monkeypatch.setattr("smartguide.links.external.private_networks.socket", SimpleNamespace(socket=never))
    entry = outcome(f"http://{host}/")
    assert entry.state == State.REFUSED or entry.reason.endswith("is not a canonical IPv4 address")


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are_fine(host: str) -> None:
    assert is_public(host)


def test_the_archive_is_asked_for_a_copy_of_a_dead_page() -> None:
    async def go() -> dict[str, str]:
        past = history.History()
        async with running() as server:
            dead = server.url("/404")
            for days in (1, 2):
                past.add(dead, Outcome(State.FAILED, "404"), TODAY - timedelta(days=days))
            run = external.Run(past, TODAY, Options(QUICK, allow_private=True, api=server.url("/wayback")))
            await run.check([dead], lambda: None)
            return run.copies

    assert list(asyncio.run(go()).values()) == ["https://web.archive.org/web/2019/x"]


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
def test_an_archive_that_says_strange_things_gives_no_copy(
    headers: str, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ANSWERS, "/archive", answer("200 OK", f"Content-Type: application/json{headers}", body=body))
    monkeypatch.setitem(ANSWERS, "/archive?url=x&timestamp=2019", ANSWERS["/archive"])

    async def go() -> str:
        async with running() as server, aiohttp.ClientSession() as session:
            return await archive.copy_of(session, Turns(0, 1), "x", server.url("/archive"))

    assert asyncio.run(go()) == ""


def test_an_archive_that_does_not_answer_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PATIENCE", 0.1)

    async def go() -> str:
        async with running() as server, aiohttp.ClientSession() as session:
            return await archive.copy_of(session, Turns(0, 1), "x", server.url("/hanging"))

    monkeypatch.setitem(ANSWERS, "/hanging", b"")
    assert asyncio.run(go()) == ""
