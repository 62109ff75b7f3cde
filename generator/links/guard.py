"""No request goes to a network of our own: an address that leads to one is refused, wherever it comes from.

The check is made on the IP address that the connection really uses, so neither a redirect nor a name that changes its
address between two look-ups gets past it.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_TRANSLATION: Final = ipaddress.ip_network("64:ff9b::/96")
"""Addresses that stand for an IPv4 address, which is their last 32 bits (RFC 6052)."""

_LOCAL_TRANSLATION: Final = ipaddress.ip_network("64:ff9b:1::/48")
"""The same, for the use inside a network (RFC 8215)."""


class PrivateNetworkError(OSError):
    """A host is, or resolves to, an address that is not of the public internet."""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet (IANA's special-purpose registries say which do)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _LOCAL_TRANSLATION:
            return False
        if ip in _TRANSLATION:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner)) and (ip.ipv4_mapped is not None or ip.is_global)
    return ip.is_global and not ip.is_multicast


def refuse_private_literal(host: str) -> None:
    """Raise PrivateNetworkError for a host that is written as an IP address of ours, in any of its spellings.

    Resolvers are not asked about these; ``2130706433`` and ``0x7f.1`` are spellings of 127.0.0.1.
    """
    bare = host.strip("[]")
    try:
        ip = str(ipaddress.ip_address(bare))
    except ValueError:
        try:
            ip = socket.inet_ntoa(socket.inet_aton(bare))
        except (OSError, ValueError):
            return  # a name
    if not is_public(ip):
        raise PrivateNetworkError(f"{host} is not an address of the public internet")


class PublicResolver(AbstractResolver):
    """Resolves names, and keeps of their addresses those of the public internet only."""

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[ResolveResult]:
        """Return the public addresses of a host. Raises PrivateNetworkError if it has none but private ones."""
        found = await self._inner.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if found and not public:
            raise PrivateNetworkError(f"{host} leads to {found[0]['host']}, which is not of the public internet")
        return public

    async def close(self) -> None:
        """Close the resolver behind this one."""
        await self._inner.close()
