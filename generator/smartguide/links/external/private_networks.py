"""No request goes to a network of our own: an address that leads to one is refused, wherever it comes from.

The check is made where the socket of a connection is made, on the IP address that it will really use. So nothing gets
past it: no redirect, no name that changes its address between two look-ups, and no way to spell an address
(``2130706433``, ``0x7f.1``, ``①②⑦.⓪.⓪.①``), because by then all of them are the same.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final

_TRANSLATION: Final = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that stand for an IPv4 address, which is their last 32 bits (RFC 6052)."""

_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""The only addresses of IPv6 that are given out for the public internet. What else there is (``::127.0.0.1``, the
site-local ``fec0::/10``, ``::ffff:0:127.0.0.1``, ``5f00::/16``) is for special purposes, or for nothing yet."""

_DOCUMENTATION: Final = ipaddress.ip_network("3fff::/20")
"""For examples (RFC 9637); Python 3.11 does not know it yet."""


class PrivateNetworkError(OSError):
    """A connection would go to an address that is not of the public internet; ``address`` says which.

    The message is the same for every address, so that asyncio reports a host with several of them as it does one.
    """

    def __init__(self, address: str) -> None:
        super().__init__("not an address of the public internet")
        self.address = address


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet (IANA's special-purpose registries say which do)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _TRANSLATION:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if not ip.ipv4_mapped and (ip not in _GLOBAL_UNICAST or ip in _DOCUMENTATION):
            return False
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner)) and (ip.ipv4_mapped is not None or ip.is_global)
    return ip.is_global and not ip.is_multicast


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """Return a socket for a connection, as aiohttp asks for it: ``info`` is what ``socket.getaddrinfo`` gives.

    Raises PrivateNetworkError if the connection would not go to the public internet.
    """
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise PrivateNetworkError(str(address[0]))
    return socket.socket(family, kind, protocol)
