"""One address, asked for politely: HEAD, GET where that does not end well, and again after a while where that may help.

Redirects are followed by hand, so that each hop waits for its turn at its host and a permanent one can be reported. Of
an answer only the head is read; what it holds is no business of ours.
"""

from __future__ import annotations

import asyncio
import email.utils
import re
import time
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from http.client import responses
from typing import Final, Self
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from smartguide.links.external.private_networks import PrivateNetworkError
from smartguide.links.external.rate_limiter import BusyHostError, Turns

MAX_HOPS: Final = 8
CANNOT_TELL: Final = frozenset({401, 402, 403, 407, 451, 999})
TRY_AGAIN: Final = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})
PERMANENT: Final = frozenset({301, 308})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FIT: Final = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
"""What may stand in the path and the query of an address (RFC 3986)."""
_NOT_UTF_8: Final = re.compile("[\udc80-\udcff]")
"""What stands for a byte of a header that is not UTF-8 (``surrogateescape``)."""


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
    """What one check found.

    ``leads_to`` is where redirects end, if there are some; ``for_good`` whether all of them are permanent.
    ``answered`` tells whether a server was there at all.
    """

    state: State
    reason: str
    leads_to: str = ""
    for_good: bool = False
    answered: bool = True

    @classmethod
    def silent(cls, reason: str) -> Self:
        """Return the outcome for an address where no server was."""
        return cls(State.FAILED, reason, answered=False)


@dataclass(frozen=True)
class Manners:
    """How patient and how polite a check is. All times are in seconds.

    A host that wants more patience than ``max_wait`` is asked on another day.
    """

    pause: float = 1.0
    timeout: float = 20.0
    tries: int = 3
    backoff: float = 2.0
    max_wait: float = 60.0


@dataclass(frozen=True)
class _Try:
    """One try: what it found, after how many seconds to try again (None: not at all), and whether GET may do better."""

    outcome: Outcome
    again_after: float | None = None
    ask_with_get: bool = False


@dataclass
class Fetcher:
    """Asks for addresses through a session of aiohttp, one at a time for each host."""

    session: aiohttp.ClientSession
    manners: Manners = field(default_factory=Manners)

    def __post_init__(self) -> None:
        self.turns = Turns(self.manners.pause, self.manners.max_wait)

    async def check(self, address: str) -> Outcome:
        """Return what becomes of an address. Nothing is raised for anything that a server does."""
        method, found = "HEAD", _Try(Outcome.silent("not asked"))
        for number in range(self.manners.tries):
            if number:
                wait = max(found.again_after or 0.0, self.manners.backoff * 2 ** (number - 1))
                await asyncio.sleep(min(wait, self.manners.max_wait))
            found = await self._try(method, address)
            if method == "HEAD" and found.ask_with_get:  # many servers refuse HEAD, or misjudge it
                method = "GET"
                if found.outcome.answered:
                    found = await self._try(method, address)
            if found.again_after is None:
                break
        return found.outcome

    async def _try(self, method: str, address: str) -> _Try:
        """Ask once."""
        try:
            return await self._follow(method, address)
        except BusyHostError:
            return _Try(Outcome(State.UNKNOWN, "its host asks to be left alone for now"))
        except TimeoutError:
            reason = f"no answer within {self.manners.timeout:g} seconds"
            return _Try(Outcome.silent(reason), again_after=0.0, ask_with_get=True)
        except aiohttp.ClientConnectorCertificateError as error:
            return _Try(Outcome(State.FAILED, f"its certificate is not valid: {_certificate(error)}"))
        except aiohttp.ClientConnectorDNSError:
            return _Try(Outcome.silent("there is no host of that name"), again_after=0.0)
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateNetworkError):
                reason = f"{error.host} leads to {error.os_error.address}, which is not of the public internet"
                return _Try(Outcome(State.REFUSED, reason))
            if isinstance(error, aiohttp.ClientSSLError):
                return _Try(Outcome(State.FAILED, f"no secure connection: {error.os_error.strerror or error}"))
            return _Try(Outcome.silent(f"no connection: {error.os_error.strerror or error}"), again_after=0.0)
        except (aiohttp.InvalidURL, ValueError) as error:
            return _Try(Outcome.silent(f"not a valid address: {error}"))
        except aiohttp.ClientResponseError as error:
            if error.message.startswith("Bad status line"):
                return _Try(Outcome(State.FAILED, "what answers is no web server"), ask_with_get=True)
            # Browsers forgive more than we can: a header twice, a line that is none.
            return _Try(Outcome(State.UNKNOWN, "its answer has a fault that we cannot read past"), ask_with_get=True)
        except (aiohttp.ClientError, OSError) as error:
            reason = f"the answer cannot be read: {type(error).__name__}"
            return _Try(Outcome(State.FAILED, reason), again_after=0.0, ask_with_get=True)

    async def _follow(self, method: str, address: str) -> _Try:
        """Follow redirects to their end."""
        here, all_permanent = address, True
        seen = {(here, self._cookies(here))}
        for _ in range(MAX_HOPS + 1):
            status, location, retry_after = await self._ask(method, here)
            if status not in REDIRECTS or not location:
                moved = here != address
                return self._judged(status, retry_after, here if moved else "", for_good=moved and all_permanent)
            all_permanent = all_permanent and status in PERMANENT
            here = _target(here, location)
            if not here:
                return _failed(f"redirects to an address that is not of the web: {location[:80]}")
            visit = (here, self._cookies(here))  # many sites redirect to themselves once, to set a cookie
            if visit in seen:
                return _failed("redirects in a circle")
            seen.add(visit)
        return _failed(f"more than {MAX_HOPS} redirects")

    async def _ask(self, method: str, address: str) -> tuple[int, str, float]:
        """Return the status of an answer, where it redirects to, and how long it wants us to wait."""
        url = _as_written(address)
        async with (
            self.turns.turn((url.host or "").removesuffix(".")),
            asyncio.timeout(self.manners.timeout),
            self.session.request(method, url, allow_redirects=False) as answer,
        ):
            wait = _seconds(answer.headers.get("Retry-After", ""))
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                self.turns.leave_alone((url.host or "").removesuffix("."), wait)
            return answer.status, _as_text(answer.headers.get("Location", "")), wait

    def _cookies(self, address: str) -> frozenset[tuple[str, str]]:
        """Return the cookies that would go with a request."""
        cookies = self.session.cookie_jar.filter_cookies(URL(address))
        return frozenset((name, morsel.value) for name, morsel in cookies.items())

    def _judged(self, status: int, retry_after: float, leads_to: str, *, for_good: bool) -> _Try:
        """Say what a final status means, and whether to ask again."""
        again = retry_after if retry_after <= self.manners.max_wait else None
        if 200 <= status < 300:  # noqa: PLR2004  # success
            return _Try(Outcome(State.GOOD, f"{status}", leads_to, for_good))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return _Try(Outcome(State.UNKNOWN, f"{status}: it wants to be asked less often"), again)
        if status in CANNOT_TELL:
            return _Try(Outcome(State.UNKNOWN, f"{status}: it does not let us in"), ask_with_get=True)
        again = again if status in TRY_AGAIN else None
        return _Try(Outcome(State.FAILED, f"{status}: {_meaning(status)}"), again, ask_with_get=True)


def _target(here: str, location: str) -> str:
    """Return the address that a redirect leads to; an empty string if it is none of the web."""
    try:
        target = urljoin(here, location).partition("#")[0].replace(" ", "%20")
        return target if URL(target).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _as_written(address: str) -> URL:
    """Return an address with its path and query untouched where they are fit to be sent: ``%2C`` is not a comma."""
    url, parts = URL(address), urlsplit(address)
    if not _FIT.fullmatch(parts.path) or not _FIT.fullmatch(parts.query) or "/." in parts.path:
        return url
    authority = url.raw_authority
    return URL.build(
        scheme=url.scheme, authority=authority, path=parts.path or "/", query_string=parts.query, encoded=True
    )


def _as_text(header: str) -> str:
    """Return a header with its bytes that are not UTF-8 percent-encoded, as browsers send them back."""
    return _NOT_UTF_8.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", header)


def _failed(reason: str) -> _Try:
    return _Try(Outcome(State.FAILED, reason), ask_with_get=True)


def _meaning(status: int) -> str:
    """Say in words what a status means."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return "not there"
        case HTTPStatus.GONE:
            return "gone"
        case _ if status in REDIRECTS:
            return "redirects to nowhere"
    return responses.get(status, "an answer that no standard knows").lower()


def _certificate(error: aiohttp.ClientConnectorCertificateError) -> str:
    """Return what is wrong with a certificate."""
    return str(getattr(error.certificate_error, "verify_message", "") or error.certificate_error)


def _seconds(retry_after: str) -> float:
    """Return the seconds of a Retry-After header, which holds a number or a date; 0 if it holds neither."""
    if retry_after.isdecimal():
        return float(retry_after[:6])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0
