"""The private-network guard: no connection is made to an IP address outside of the public internet.

The guard checks the IP address where the socket of a connection is made, so nothing bypasses it: no redirect, no host
name that resolves differently the second time, and no notation of an IP address (``2130706433``, ``0x7f.1``,
``①②⑦.⓪.⓪.①``), because all of them are resolved by then.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(text: str) -> tuple[_Network, ...]:
    return tuple(map(ipaddress.ip_network, text.split()))


_SPECIAL: Final = _networks("""
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 3fff::/20
""")
"""The networks that IANA's special-purpose address registries do not call globally reachable, and multicast.

https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry,
written down here because the lists in ``ipaddress`` differ between versions of Python, and none has all of them. The
IPv6 ones outside of 2000::/3 are refused as a whole."""

_REACHABLE: Final = _networks("""
    192.0.0.9/32 192.0.0.10/32
    2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28
""")
"""The parts of these networks that the registries call globally reachable."""

_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""The only IPv6 addresses that are assigned to the public internet. All others (``::127.0.0.1``, the site-local
``fec0::/10``, ``::ffff:0:127.0.0.1``, ``5f00::/16``) are for special purposes, or not assigned."""

_TRANSLATION: Final = ipaddress.ip_network("64:ff9b::/96")
"""Translated IPv4 addresses; the last 32 bits are the IPv4 address (RFC 6052)."""


class PrivateNetworkError(OSError):
    """A connection would go to ``ip_address``, which is not public.

    The message is the same for every IP address, so that asyncio reports a host with several of them like one with one.
    """

    def __init__(self, ip_address: str) -> None:
        super().__init__("not a public IP address")
        self.ip_address = ip_address


def is_public(ip_address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, by IANA's special-purpose address registries.

    Raises ValueError for what is not an IP address.
    """
    ip = ipaddress.ip_address(ip_address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATION else None
        if embedded := ip.ipv4_mapped or ip.sixtofour or translated:
            return is_public(str(embedded))
        if ip not in _GLOBAL_UNICAST:
            return False
    return _is_in(ip, _REACHABLE) or not _is_in(ip, _SPECIAL)


def _is_in(ip: ipaddress.IPv4Address | ipaddress.IPv6Address, networks: tuple[_Network, ...]) -> bool:
    return any(ip in network for network in networks)


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for a connection; ``info`` is an item of ``socket.getaddrinfo``, as aiohttp passes it.

    Raises PrivateNetworkError if the connection would not go to the public internet.
    """
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise PrivateNetworkError(str(address[0]))
    return socket.socket(family, kind, protocol)
