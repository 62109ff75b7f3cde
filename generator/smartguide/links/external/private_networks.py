"""The private-network guard: no connection is made to an IP address outside of the public internet.

The guard checks the IP address where the socket of a connection is made, so nothing bypasses it: no redirect, no host
name that resolves differently the second time, and no notation of an IP address (``2130706433``, ``0x7f.1``,
``①②⑦.⓪.⓪.①``), because all of them are resolved by then.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final

_TRANSLATION: Final = ipaddress.ip_network("64:ff9b::/96")
"""Translated IPv4 addresses; the last 32 bits are the IPv4 address (RFC 6052)."""

_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""The only IPv6 addresses that are assigned to the public internet. All others (``::127.0.0.1``, the site-local
``fec0::/10``, ``::ffff:0:127.0.0.1``, ``5f00::/16``) are for special purposes, or not assigned."""

_DOCUMENTATION: Final = ipaddress.ip_network("3fff::/20")
"""For examples (RFC 9637); Python 3.11 does not know it."""


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
        if ip in _TRANSLATION:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if not ip.ipv4_mapped and (ip not in _GLOBAL_UNICAST or ip in _DOCUMENTATION):
            return False
        embedded = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if embedded is not None:
            return is_public(str(embedded)) and (ip.ipv4_mapped is not None or ip.is_global)
    return ip.is_global and not ip.is_multicast


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for a connection; ``info`` is an item of ``socket.getaddrinfo``, as aiohttp passes it.

    Raises PrivateNetworkError if the connection would not go to the public internet.
    """
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise PrivateNetworkError(str(address[0]))
    return socket.socket(family, kind, protocol)
