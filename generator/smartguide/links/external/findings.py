"""The findings of a link check: what is wrong with each URL, at each place where it is written."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from smartguide.findings import Finding, Place, Severity
from smartguide.link_history.history import Entry, History
from smartguide.link_history.outcomes import State
from smartguide.links.external.collecting import UrlPlaces


class _Problem(NamedTuple):
    """What is wrong with a URL. The hint is empty if what is needed is an archived copy."""

    rule: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def findings(
    urls: UrlPlaces,
    history: History,
    *,
    copies: dict[str, str],
    keys: dict[Place, str],
    replaced: set[str],
    accepted: frozenset[str] = frozenset(),
    new: bool = False,
) -> list[Finding]:
    """Return what is wrong with URLs, by the history, at each place where they are written.

    ``copies`` are archived copies that were found, ``keys`` the keys that take one beside a URL, by its place,
    ``replaced`` the URLs that have a copy beside them already, ``accepted`` those whose failure is accepted. ``new``
    URLs have no history, so a single failure is an error.
    """
    found: list[Finding] = []
    for url, places in urls.items():
        entry = history.entries.get(url)
        if entry is None or url in accepted:
            continue
        problem = _problem(url, entry, new=new, replaced=url in replaced)
        if problem:
            found += [
                Finding(
                    place,
                    problem.rule,
                    problem.message,
                    hint=problem.hint or _copy_hint(copies.get(url), keys.get(place)),
                    severity=problem.severity,
                )
                for place in places
            ]
    return found


def _problem(url: str, entry: Entry, *, new: bool, replaced: bool) -> _Problem | None:
    """Return what is wrong with a URL; None if nothing is."""
    if entry.state == State.REFUSED:
        return _Problem("private-address", f"{url} is not requested: {entry.reason}", "give a public URL")
    if entry.state == State.GOOD and entry.redirects_to:
        return _redirect_problem(url, entry)
    if entry.state != State.FAILED or replaced:
        return None
    if new:
        return _Problem("broken-url", f"{url} fails: {entry.reason}", "fix the URL")
    if not entry.is_dead:
        return None
    days = ", ".join(entry.failures)
    return _Problem("dead-link", f"{url} is dead: {entry.reason} (failed on {days})")


def _redirect_problem(url: str, entry: Entry) -> _Problem:
    if _is_home_page(entry.redirects_to) and not _is_home_page(url):
        message = f"{url} redirects to the home page {entry.redirects_to}"
        hint = "the page itself seems to be gone: look for its new URL, or for an archived copy"
        return _Problem("redirected", message, hint, Severity.WARNING)
    if entry.permanent:
        message = f"{url} has moved permanently"
        return _Problem("moved", message, f"write the new URL: {entry.redirects_to}", Severity.WARNING)
    message = f"{url} redirects to {entry.redirects_to} temporarily"
    return _Problem("redirected", message, "nothing to do", Severity.NOTICE)


def _copy_hint(copy: str | None, key: str | None) -> str:
    """Say how to add an archived copy beside a dead URL: with a key of the record, or else in the text."""
    look = "" if copy else "write its new URL, or look for an archived copy and "
    shown = copy or "https://web.archive.org/web/…"
    if key:
        return f"{look}add beside it: {key}: {shown}"
    return f"{look}add a link to {'it' if look else 'an archived copy'}: {shown}"


def _is_home_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
