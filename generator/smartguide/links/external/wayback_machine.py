"""Archived copies of dead pages, from the Wayback Machine's availability API.

Source: https://archive.org/help/wayback_api.php. The API returns the copy that is nearest to a date.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Final

import aiohttp
from yarl import URL

from smartguide.links.external.rate_limiter import RateLimitedError, RateLimiter

API: Final = "https://archive.org/wayback/available"
NEAREST_TO: Final = "2019"
"""The date that a copy should be near to: when most URLs of the records were printed."""
TIMEOUT: Final = 20.0
"""Seconds."""
MAX_BYTES: Final = 100_000
"""Bytes of an answer that are read. A correct answer has a few hundred."""
UNCOMPRESSED: Final = {"Accept-Encoding": "identity"}
"""The HTTP session does not decompress answers."""
_COPY: Final = re.compile(r"https?://web\.archive\.org/web/\d[^\s<>\"`\ud800-\udfff]{0,4000}", re.ASCII)


async def copy_of(session: aiohttp.ClientSession, limiter: RateLimiter, url: str, api: str = API) -> str:
    """Return the URL of an archived copy of ``url``; empty if there is none or ``api`` does not answer."""
    query = URL(api).with_query(url=url, timestamp=NEAREST_TO)
    try:
        async with (
            limiter.request(query.host or ""),
            asyncio.timeout(TIMEOUT),
            session.get(query, headers=UNCOMPRESSED) as answer,
        ):
            text = await answer.content.readexactly(MAX_BYTES)
    except asyncio.IncompleteReadError as whole:
        text = whole.partial
    except (aiohttp.ClientError, RateLimitedError, OSError, TimeoutError, ValueError):
        return ""
    try:
        closest = json.loads(text)["archived_snapshots"]["closest"]
        is_available = closest.get("available") and str(closest.get("status", "200")) == "200"
        found = str(closest["url"]) if is_available else ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    if not _COPY.fullmatch(found):
        return ""
    return found.replace("http://web.archive.org/", "https://web.archive.org/", 1)
