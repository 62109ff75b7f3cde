"""URLs and headers as they are sent and received: what Python's libraries leave to us."""

from __future__ import annotations

import email.utils
import re
import time
from typing import Final
from urllib.parse import urljoin, urlsplit

from yarl import URL

_VALID: Final = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
"""What the path and the query of a URL may consist of (RFC 3986)."""
_NOT_UTF_8: Final = re.compile("[\udc80-\udcff]")
"""What Python puts in the place of a byte that is not UTF-8 (``surrogateescape``)."""


def as_written(url: str) -> URL:
    """Return a URL to be requested, with its path and query unchanged where they are valid: ``%2C`` stays ``%2C``.

    Raises ValueError for a URL that is not valid.
    """
    parsed, parts = URL(url), urlsplit(url)
    if not _VALID.fullmatch(parts.path) or not _VALID.fullmatch(parts.query) or "/." in parts.path:
        return parsed
    authority = parsed.raw_authority
    return URL.build(
        scheme=parsed.scheme, authority=authority, path=parts.path or "/", query_string=parts.query, encoded=True
    )


def redirect_target(url: str, location: str) -> str:
    """Return the URL that the ``Location`` header of an answer from ``url`` names; empty if it is not an HTTP URL."""
    try:
        target = urljoin(url, location).partition("#")[0].replace(" ", "%20")
        return target if URL(target).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def header_text(header: str) -> str:
    """Return a header with bytes that are not UTF-8 percent-encoded, which is how browsers send them back."""
    return _NOT_UTF_8.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", header)


def retry_after_seconds(retry_after: str) -> float:
    """Return the seconds of a ``Retry-After`` header, which holds a number or a date; 0 if it holds neither."""
    if retry_after.isdecimal():
        return float(retry_after[:6])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0


def host_of(url: str) -> str:
    """Return the host of a URL; empty if the URL has none or is not valid."""
    try:
        return URL(url).host or ""
    except ValueError:
        return ""
