"""One URL is requested: with HEAD, then GET where HEAD does not succeed, then again where a retry may help.

Redirects are followed here and not by aiohttp, so that each hop passes the rate limiter and permanent redirects can be
reported. Only the headers of an answer are read.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from smartguide.link_history import outcomes
from smartguide.link_history.outcomes import Outcome, State
from smartguide.links.external.http_values import as_written, header_text, redirect_target, retry_after_seconds
from smartguide.links.external.private_networks import PrivateNetworkError
from smartguide.links.external.rate_limiter import RateLimitedError, RateLimiter

MAX_REDIRECTS: Final = 8


@dataclass(frozen=True)
class RequestPolicy:
    """How often requests are sent, and how long is waited for answers. All times are in seconds.

    ``pause`` lies between two requests to a host, ``tries`` is how often a URL is requested, ``backoff`` the wait
    before the second try (doubled before each further one). A host that asks for a longer wait than ``max_wait`` gets
    no further request.
    """

    pause: float = 1.0
    timeout: float = 20.0
    tries: int = 3
    backoff: float = 2.0
    max_wait: float = 60.0


@dataclass(frozen=True)
class _Try:
    """The result of one try.

    ``retry_after`` are the seconds until the next try (None: no further try); ``use_get`` tells whether GET may give a
    better result than HEAD.
    """

    outcome: Outcome
    retry_after: float | None = None
    use_get: bool = False


@dataclass
class Fetcher:
    """Requests URLs in an HTTP session, one at a time for each host."""

    session: aiohttp.ClientSession
    policy: RequestPolicy = field(default_factory=RequestPolicy)

    def __post_init__(self) -> None:
        self.limiter = RateLimiter(self.policy.pause, self.policy.max_wait)

    async def check(self, url: str) -> Outcome:
        """Request a URL, and return the outcome. No behaviour of a server raises an error."""
        method, found = "HEAD", _Try(Outcome.no_answer("not requested"))
        for number in range(self.policy.tries):
            if number:
                wait = max(found.retry_after or 0.0, self.policy.backoff * 2 ** (number - 1))
                await asyncio.sleep(min(wait, self.policy.max_wait))
            found = await self._try(method, url)
            if method == "HEAD" and found.use_get:  # many servers reject HEAD, or answer it wrongly
                method = "GET"
                if found.outcome.answered:
                    found = await self._try(method, url)
            if found.retry_after is None:
                break
        return found.outcome

    async def _try(self, method: str, url: str) -> _Try:
        """Request a URL once, and turn errors into an outcome."""
        try:
            return await self._follow(method, url)
        except RateLimitedError:
            return _Try(Outcome(State.UNKNOWN, "rate limit: its host allows no request for now"))
        except TimeoutError:
            reason = f"no answer within {self.policy.timeout:g} seconds"
            return _Try(Outcome.no_answer(reason), retry_after=0.0, use_get=True)
        except aiohttp.ClientConnectorCertificateError as error:
            return _Try(Outcome(State.FAILED, f"invalid certificate: {_certificate_problem(error)}"))
        except aiohttp.ClientConnectorDNSError:
            return _Try(Outcome.no_answer("unknown host name"), retry_after=0.0)
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateNetworkError):
                reason = f"{error.host} resolves to {error.os_error.ip_address}, which is not a public IP address"
                return _Try(Outcome(State.REFUSED, reason))
            if isinstance(error, aiohttp.ClientSSLError):
                return _Try(Outcome(State.FAILED, f"no TLS connection: {error.os_error.strerror or error}"))
            return _Try(Outcome.no_answer(f"no connection: {error.os_error.strerror or error}"), retry_after=0.0)
        except (aiohttp.InvalidURL, ValueError) as error:
            return _Try(Outcome.no_answer(f"invalid URL: {error}"))
        except aiohttp.ClientResponseError as error:
            if error.message.startswith("Bad status line"):
                return _Try(Outcome(State.FAILED, "the answer is not HTTP"), use_get=True)
            # Browsers accept some faults that aiohttp does not, such as a header that is sent twice.
            return _Try(Outcome(State.UNKNOWN, "malformed HTTP answer"), use_get=True)
        except (aiohttp.ClientError, OSError) as error:
            reason = f"the answer cannot be read: {type(error).__name__}"
            return _Try(Outcome(State.FAILED, reason), retry_after=0.0, use_get=True)

    async def _follow(self, method: str, url: str) -> _Try:
        """Request a URL, and follow its redirects to the last one."""
        current, all_permanent = url, True
        seen = {(current, self._cookies(current))}
        for _ in range(MAX_REDIRECTS + 1):
            status, location, retry_after = await self._request(method, current)
            if status not in outcomes.REDIRECTS or not location:
                redirects_to = current if current != url else ""
                permanent = bool(redirects_to) and all_permanent
                return self._of_status(
                    outcomes.of_status(status, redirects_to, permanent=permanent), status, retry_after
                )
            all_permanent = all_permanent and status in outcomes.PERMANENT_REDIRECTS
            current = redirect_target(current, location)
            if not current:
                return _failed(f"redirects to something that is not an HTTP URL: {location[:80]}")
            visit = (current, self._cookies(current))  # many sites redirect to the same URL once, to set a cookie
            if visit in seen:
                return _failed("redirect loop")
            seen.add(visit)
        return _failed(f"more than {MAX_REDIRECTS} redirects")

    async def _request(self, method: str, url: str) -> tuple[int, str, float]:
        """Send one request; return the status, the ``Location`` and the seconds of ``Retry-After`` of the answer."""
        target = as_written(url)
        host = (target.host or "").removesuffix(".")
        async with (
            self.limiter.request(host),
            asyncio.timeout(self.policy.timeout),
            self.session.request(method, target, allow_redirects=False) as answer,
        ):
            wait = retry_after_seconds(answer.headers.get("Retry-After", ""))
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                self.limiter.block(host, wait)
            return answer.status, header_text(answer.headers.get("Location", "")), wait

    def _cookies(self, url: str) -> frozenset[tuple[str, str]]:
        """Return the cookies that a request would send."""
        cookies = self.session.cookie_jar.filter_cookies(URL(url))
        return frozenset((name, morsel.value) for name, morsel in cookies.items())

    def _of_status(self, outcome: Outcome, status: int, retry_after: float) -> _Try:
        """Say whether another try may give a better result than the outcome of this status."""
        wait = retry_after if retry_after <= self.policy.max_wait else None
        if outcome.state is State.GOOD:
            return _Try(outcome)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return _Try(outcome, wait)
        return _Try(outcome, wait if status in outcomes.RETRYABLE else None, use_get=True)


def _failed(reason: str) -> _Try:
    return _Try(Outcome(State.FAILED, reason), use_get=True)


def _certificate_problem(error: aiohttp.ClientConnectorCertificateError) -> str:
    return str(getattr(error.certificate_error, "verify_message", "") or error.certificate_error)
