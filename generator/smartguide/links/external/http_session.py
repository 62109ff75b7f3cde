"""The HTTP session of a link check."""

from __future__ import annotations

from typing import Final

import aiohttp

from smartguide.links.external import private_networks

MAX_HEADER: Final = 32_768
"""Bytes of a header line that are read. A longer one makes an answer unreadable."""


def new_session(
    connections: int,
    site_url: str = "",
    resolver: aiohttp.abc.AbstractResolver | None = None,
    *,
    allow_private: bool = False,
) -> aiohttp.ClientSession:
    """Return a session with at most so many connections at a time. It must be closed by the caller.

    ``site_url`` is named in the ``User-Agent`` header. Connections to private networks raise PrivateNetworkError,
    unless ``allow_private`` is set. ``resolver`` looks up host names; by default the system does.
    """
    contact = f"+{site_url}; " if site_url else ""
    connector = aiohttp.TCPConnector(
        resolver=resolver or aiohttp.resolver.ThreadedResolver(),
        socket_factory=None if allow_private else private_networks.public_socket,
        limit=connections,
        force_close=True,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": f"SmartGuideLinkCheck/1.0 ({contact}one request at a time)", "Accept": "*/*"},
        cookie_jar=aiohttp.CookieJar(unsafe=allow_private),  # unsafe: accept cookies of hosts that are IP addresses
        auto_decompress=False,  # only headers are read, so a body that cannot be decompressed does not matter
        max_line_size=MAX_HEADER,
        max_field_size=MAX_HEADER,
        trust_env=False,  # connections of a proxy would not pass the private-network guard
    )
