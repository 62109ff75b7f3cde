"""Copies of pages that are gone, asked of the Wayback Machine's availability API.

Source: https://archive.org/help/wayback_api.php. The copy nearest to 2019 is wanted, when most addresses were printed.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Final

import aiohttp
from yarl import URL

from smartguide.links.external.rate_limiter import BusyHostError, Turns

API: Final = "https://archive.org/wayback/available"
NEAREST_TO: Final = "2019"
PATIENCE: Final = 20.0
"""Seconds that we wait for the archive; a copy is a help, and nothing that a check hangs on."""
LONGEST: Final = 100_000
"""Bytes of an answer that we read; a true one has some hundred."""
PLAIN: Final = {"Accept-Encoding": "identity"}
"""The session unpacks nothing."""
_COPY: Final = re.compile(r"https?://web\.archive\.org/web/\d[^\s<>\"`\ud800-\udfff]{0,4000}", re.ASCII)


async def copy_of(session: aiohttp.ClientSession, turns: Turns, address: str, api: str = API) -> str:
    """Return the address of an archived copy, or an empty string if there is none or the archive does not answer."""
    url = URL(api).with_query(url=address, timestamp=NEAREST_TO)
    try:
        async with turns.turn(url.host or ""), asyncio.timeout(PATIENCE), session.get(url, headers=PLAIN) as answer:
            text = await answer.content.readexactly(LONGEST)
    except asyncio.IncompleteReadError as whole:
        text = whole.partial
    except (aiohttp.ClientError, BusyHostError, OSError, TimeoutError, ValueError):
        return ""
    try:
        closest = json.loads(text)["archived_snapshots"]["closest"]
        there = closest.get("available") and str(closest.get("status", "200")) == "200"
        found = str(closest["url"]) if there else ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    if not _COPY.fullmatch(found):
        return ""
    return found.replace("http://web.archive.org/", "https://web.archive.org/", 1)
