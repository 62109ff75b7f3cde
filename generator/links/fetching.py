"""One address, asked for politely: HEAD, then GET where that is refused, again after a pause where that may help.

Redirects are followed by hand, so that each hop passes the guard and a permanent one can be reported. Of an answer we
read the head and a few bytes; what it holds is no business of ours.
"""

from __future__ import annotations

import asyncio
import email.utils
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp

from generator.links.guard import PrivateNetworkError, refuse_private_literal

USER_AGENT: Final = "SmartGuideLinkCheck/1.0 (+https://escp-smart-guide.example/about/; one request at a time)"
MAX_HOPS: Final = 8
MAX_WAIT: Final = 60.0
"""Seconds that a host can make us wait with Retry-After; a host that wants more is asked on another day."""
HEAD_REFUSED: Final = frozenset({400, 403, 404, 405, 406, 410, 501})
"""Answers to HEAD after which GET is asked: many servers refuse or misjudge HEAD."""
CANNOT_TELL: Final = frozenset({401, 402, 403, 407, 451, 999})
TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
PERMANENT: Final = frozenset({301, 308})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class State(StrEnum):
    """What became of an address."""

    GOOD = "good"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It answers, but would not let us in: no one can tell from outside."""
    REFUSED = "refused"
    """It leads to a private network, and was not asked."""


@dataclass(frozen=True)
class Outcome:
    """What one check found; ``moved_to`` is where redirects lead, if all of them are permanent."""

    state: State
    reason: str
    moved_to: str = ""


@dataclass(frozen=True)
class Manners:
    """How patient and how polite a check is. All times are in seconds."""

    pause: float = 1.0
    timeout: float = 20.0
    tries: int = 3
    backoff: float = 2.0
    max_wait: float = MAX_WAIT


@dataclass
class Fetcher:
    """Asks for addresses through a session of aiohttp. ``allow_private`` lifts the guard (for tests)."""

    session: aiohttp.ClientSession
    manners: Manners = field(default_factory=Manners)
    allow_private: bool = False

    async def check(self, address: str) -> Outcome:
        """Return what becomes of an address. Nothing is raised for anything that a server does."""
        outcome = Outcome(State.FAILED, "not asked")
        for attempt in range(self.manners.tries):
            wait, outcome = await self._attempt(address)
            if wait is None or attempt == self.manners.tries - 1:
                break
            await asyncio.sleep(min(max(wait, self.manners.backoff * 2**attempt), self.manners.max_wait))
        return outcome

    async def _attempt(self, address: str) -> tuple[float | None, Outcome]:
        """Ask once. Returns the seconds after which to ask again (None: not at all), and what was found."""
        try:
            async with asyncio.timeout(self.manners.timeout):
                return await self._follow(address)
        except PrivateNetworkError as error:
            return None, Outcome(State.REFUSED, str(error))
        except TimeoutError:
            return 0.0, Outcome(State.FAILED, f"no answer within {self.manners.timeout:g} seconds")
        except aiohttp.ClientConnectorCertificateError as error:
            return None, Outcome(State.FAILED, f"its certificate is not valid: {error.certificate_error}")
        except aiohttp.ClientSSLError as error:
            return None, Outcome(State.FAILED, f"no secure connection: {error.strerror or error}")
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateNetworkError):
                return None, Outcome(State.REFUSED, str(error.os_error))
            if isinstance(error, aiohttp.ClientConnectorDNSError):
                return 0.0, Outcome(State.FAILED, "there is no host of that name")
            return 0.0, Outcome(State.FAILED, f"no connection: {error.strerror or error.os_error}")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return 0.0, Outcome(State.FAILED, f"the answer cannot be read: {type(error).__name__}")

    async def _follow(self, address: str) -> tuple[float | None, Outcome]:
        """Follow redirects to their end."""
        seen = {address}
        here, all_permanent = address, True
        for _ in range(MAX_HOPS + 1):
            status, location, retry_after = await self._ask(here)
            if status not in REDIRECTS or not location:
                moved = here if here != address and all_permanent else ""
                return _judge(status, retry_after, moved)
            all_permanent = all_permanent and status in PERMANENT
            here = urljoin(here, location).partition("#")[0]
            if urlsplit(here).scheme not in {"http", "https"}:
                return None, Outcome(State.FAILED, f"redirects to an address that is not of the web: {here[:80]}")
            if here in seen:
                return None, Outcome(State.FAILED, "redirects in a circle")
            seen.add(here)
        return None, Outcome(State.FAILED, f"more than {MAX_HOPS} redirects")

    async def _ask(self, address: str) -> tuple[int, str, float]:
        """Return the status of an answer, where it redirects to, and how long it wants us to wait."""
        if not self.allow_private:
            refuse_private_literal(urlsplit(address).hostname or "")
        try:
            status, location, wait = await self._request("HEAD", address)
        except (aiohttp.ClientResponseError, aiohttp.ServerDisconnectedError):
            return await self._request("GET", address)  # a server that does not understand HEAD
        return await self._request("GET", address) if status in HEAD_REFUSED else (status, location, wait)

    async def _request(self, method: str, address: str) -> tuple[int, str, float]:
        async with self.session.request(method, address, allow_redirects=False) as answer:
            return answer.status, answer.headers.get("Location", ""), _seconds(answer.headers.get("Retry-After", ""))


def _judge(status: int, retry_after: float, moved: str) -> tuple[float | None, Outcome]:
    """Say what a final status means, and whether to ask again."""
    if 200 <= status < 300:  # noqa: PLR2004  # success
        return None, Outcome(State.GOOD, f"{status}", moved)
    if status in CANNOT_TELL:
        return None, Outcome(State.UNKNOWN, f"{status}: it does not let us in")
    if status in TRY_AGAIN:
        return retry_after, Outcome(State.FAILED, f"{status}")
    return None, Outcome(State.FAILED, f"{status}: {'gone' if status == 410 else 'not there'}")  # noqa: PLR2004  # Gone


def _seconds(retry_after: str) -> float:
    """Return the seconds of a Retry-After header, which holds a number or a date; 0 if it holds neither."""
    if retry_after.isdigit():
        return float(retry_after[:6])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0
