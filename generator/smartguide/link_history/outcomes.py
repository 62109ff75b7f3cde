"""The result of checking one URL, and what an HTTP status says about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from http.client import responses
from typing import Final, Self

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS: Final = frozenset({301, 308})
ACCESS_DENIED: Final = frozenset({401, 402, 403, 407, 451, 999})
"""Statuses of servers that refuse some clients. They do not tell whether the page exists."""
RETRYABLE: Final = frozenset({408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses of faults that may be over a few seconds later."""


class State(StrEnum):
    """The state of a URL."""

    GOOD = "good"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The server answers, but not in a way that tells whether the page exists."""
    REFUSED = "refused"
    """The URL leads to a private network, so no request was sent."""


@dataclass(frozen=True)
class Outcome:
    """The result of checking one URL.

    ``redirects_to`` is the URL at the end of redirects, empty without any; ``permanent`` tells whether all of them are
    permanent. ``answered`` is False if no server was reached.
    """

    state: State
    reason: str
    redirects_to: str = ""
    permanent: bool = False
    answered: bool = True

    @classmethod
    def no_answer(cls, reason: str) -> Self:
        """Return the outcome for a URL at which no server was reached."""
        return cls(State.FAILED, reason, answered=False)


def of_status(status: int, redirects_to: str = "", *, permanent: bool = False) -> Outcome:
    """Return the outcome for the status of the last answer. The arguments are those of ``Outcome``."""
    if 200 <= status < 300:  # noqa: PLR2004  # success
        return Outcome(State.GOOD, f"{status}", redirects_to, permanent)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status in ACCESS_DENIED:
        return Outcome(State.UNKNOWN, f"{status}: {_meaning(status)}")
    return Outcome(State.FAILED, f"{status}: {_meaning(status)}")


def _meaning(status: int) -> str:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "too many requests"
    if status in ACCESS_DENIED:
        return "access denied"
    if status in REDIRECTS:
        return "redirect without a target"
    return responses.get(status, "unknown status").lower()
