"""Copies of pages that are gone, asked of the Wayback Machine's availability API.

Source: https://archive.org/help/wayback_api.php. The copy nearest to 2019 is wanted, when most addresses were printed.
"""

from __future__ import annotations

from typing import Final

import aiohttp

API: Final = "https://archive.org/wayback/available"
NEAREST_TO: Final = "2019"


async def copy_of(session: aiohttp.ClientSession, address: str, api: str = API) -> str:
    """Return the address of an archived copy, or an empty string if there is none or the archive does not answer."""
    try:
        async with session.get(api, params={"url": address, "timestamp": NEAREST_TO}) as answer:
            data = await answer.json(content_type=None)
        closest = data["archived_snapshots"]["closest"]
        found = str(closest["url"]) if closest.get("available") else ""
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError):
        return ""
    return found.replace("http://web.archive.org/", "https://web.archive.org/", 1) if found.startswith("http") else ""
