"""No request goes to a private network, however its IP address is written or reached."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smartguide.link_history.outcomes import State
from smartguide.links.external import private_networks
from smartguide.links.external.check_run import RunOptions
from smartguide.links.external.private_networks import is_public
from tests.generator.links.requests_to_server import IMPATIENT, ResolveAllTo, check_paths, check_url

GUARDED = RunOptions(IMPATIENT, archive_api="")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_network_gets_no_request(host: str) -> None:
    found, server = check_paths(["/good"], GUARDED, host)
    assert found["/good"].state == State.REFUSED
    assert not server.requests


def test_a_host_name_that_resolves_to_a_private_network_gets_no_request() -> None:
    options = RunOptions(IMPATIENT, archive_api="", resolver=ResolveAllTo("127.0.0.1"))
    found, server = check_paths(["/good"], options, host="public.example")
    assert found["/good"].state == State.REFUSED
    assert "127.0.0.1" in found["/good"].reason
    assert not server.requests


def test_a_redirect_to_a_private_network_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    # The server counts as a public one here; the target of its redirect is checked as always.
    monkeypatch.setattr(private_networks, "is_public", lambda ip: ip == "127.0.0.1" or is_public(ip))
    found, server = check_paths(["/to-private"], GUARDED)
    assert found["/to-private"].state == State.REFUSED
    assert found["/to-private"].reason == "10.0.0.1 resolves to 10.0.0.1, which is not a public IP address"
    assert set(server.requests) == {"HEAD /to-private"}


PRIVATE = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "localhost", "[::1]", "[::]", "[fe80::1]", "[::ffff:127.0.0.1]", "[fc00::1]", "[64:ff9b:1::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[fec0::1]", "[5f00::1]", "[3fff::1]"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_every_notation_of_a_private_ip_address_is_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("a socket was made")

    monkeypatch.setattr(private_networks, "socket", SimpleNamespace(socket=fail))
    entry = check_url(f"http://{host}/")
    assert entry.state == State.REFUSED or entry.reason.endswith("is not a canonical IPv4 address")


SPECIAL = [
    "0.0.0.1", "10.255.255.255", "100.127.255.255", "127.255.255.254", "169.254.0.1", "172.31.255.255", "192.0.0.8",
    "192.0.0.170", "192.0.0.171", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.88.99.2", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.251", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:192.0.0.8", "64:ff9b::c000:8", "64:ff9b:1::808:808", "100::1", "100:0:0:1::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:db8::1", "2002:c058:6302::1", "3fff::1",
    "3fff:fff::1", "4000::1", "5f00::1", "fc00::1", "fd00::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
"""An address of each network of IANA's special-purpose registries that is not globally reachable."""


@pytest.mark.parametrize("address", SPECIAL)
def test_every_special_purpose_network_is_refused(address: str) -> None:
    assert not is_public(address)


PUBLIC = [
    "8.8.8.8", "100.128.0.1", "172.32.0.1", "192.0.0.9", "192.0.1.1", "192.88.98.1", "198.20.0.1", "223.255.255.255",
    "2001:4860:4860::8888", "2001:200::1", "2001:4:112::1", "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("host", PUBLIC)
def test_a_public_ip_address_is_accepted(host: str) -> None:
    assert is_public(host)
