"""Copies of pages that are gone, asked of the Wayback Machine's availability API.

Source: https://archive.org/help/wayback_api.php. The copy nearest to 2019 is wanted, when most addresses were printed.
"""

from __future__ import annotations

from typing import Final

import aiohttp
from yarl import URL

from generator.links.turns import BusyHostError, Turns

API: Final = "https://archive.org/wayback/available"
NEAREST_TO: Final = "2019"


async def copy_of(session: aiohttp.ClientSession, turns: Turns, address: str, api: str = API) -> str:
    """Return the address of an archived copy, or an empty string if there is none or the archive does not answer."""
    url = URL(api).with_query(url=address, timestamp=NEAREST_TO)
    try:
        async with turns.turn(url.host or ""), session.get(url) as answer:
            data = await answer.json(content_type=None)
        closest = data["archived_snapshots"]["closest"]
        there = closest.get("available") and str(closest.get("status", "200")) == "200"
        found = str(closest["url"]) if there else ""
    except (aiohttp.ClientError, BusyHostError, OSError, TimeoutError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return found.replace("http://web.archive.org/", "https://web.archive.org/", 1) if found.startswith("http") else ""
