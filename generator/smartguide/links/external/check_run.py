"""The check of the links to other sites: asked politely, remembered, and reported where they stand."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from smartguide.findings import Finding, Place, Severity
from smartguide.links.external import private_networks as guard
from smartguide.links.external import wayback_machine as archive
from smartguide.links.external.collecting import Addresses
from smartguide.links.external.fetching import Fetcher, Manners, State
from smartguide.links.external.history import Entry, History

HOSTS_AT_ONCE: Final = 16
BIGGEST_HEADER: Final = 32_768
"""Bytes of a header line that we read; a server that sends more is told to be unreadable."""
ENOUGH_TO_TELL: Final = 5
"""If not one of so many hosts answers, it is not they that are gone."""

Progress = Callable[[], None]
"""Called after each address."""


@dataclass(frozen=True)
class Options:
    """How to check. ``site_url`` says who we are; ``api`` is the archive to ask for copies of dead pages (or none)."""

    manners: Manners = field(default_factory=Manners)
    allow_private: bool = False
    site_url: str = ""
    api: str = archive.API
    resolver: aiohttp.abc.AbstractResolver | None = None


class OfflineError(Exception):
    """Nobody answers, so there is no use in asking on."""


@dataclass
class Run:
    """One run of the check. What it finds is in the history as it comes, so that an interrupt loses nothing of it.

    ``copies`` are archived copies of the addresses that are dead, as far as there are some.
    """

    history: History
    today: date
    options: Options
    done: int = 0
    answers: int = 0
    copies: dict[str, str] = field(default_factory=dict)
    silent_hosts: set[str] = field(default_factory=set)
    good_ones_are_silent: bool = False

    @property
    def is_offline(self) -> bool:
        """Whether this machine itself seems to be cut off: not one host was there.

        Either they were many, or others that were good at another time are silent as well.
        """
        return not self.answers and (len(self.silent_hosts) >= ENOUGH_TO_TELL or self.good_ones_are_silent)

    async def check(self, wanted: list[str], progress: Progress) -> None:
        """Check addresses: many hosts at once, and each of them by one request at a time.

        It ends early if not one of the first hosts is there.
        """
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for address in wanted:
            by_host[_host(address)].append(address)
        limit = asyncio.Semaphore(HOSTS_AT_ONCE)

        async with _session(self.options) as session:
            fetcher = Fetcher(session, self.options.manners)

            async def one_host(addresses: list[str]) -> None:
                async with limit:
                    for address in addresses:
                        await self._one(fetcher, address)
                        progress()

            try:
                async with asyncio.TaskGroup() as group:
                    for addresses in by_host.values():
                        group.create_task(one_host(addresses))
            except* OfflineError:
                pass
            if self.silent_hosts and not self.answers and not self.is_offline:
                await self._ask_good_ones(fetcher)

    async def _ask_good_ones(self, fetcher: Fetcher) -> None:
        """Ask addresses of other hosts that were good at another time, to learn whether it is this machine."""
        good = {_host(one): one for one, entry in self.history.entries.items() if entry.state == State.GOOD}
        others = [address for host, address in good.items() if host not in self.silent_hosts]
        outcomes = [await fetcher.check(address) for address in others[:ENOUGH_TO_TELL]]
        self.good_ones_are_silent = bool(outcomes) and not any(outcome.answered for outcome in outcomes)

    async def _one(self, fetcher: Fetcher, address: str) -> None:
        """Check one address, and look for a copy of it if it is dead."""
        outcome = await fetcher.check(address)
        if outcome.answered:
            self.answers += outcome.state is not State.REFUSED
        elif host := _host(address):
            self.silent_hosts.add(host)
        entry = self.history.add(address, outcome, self.today)
        if entry.is_dead and self.options.api:
            copy = await archive.copy_of(fetcher.session, fetcher.turns, address, self.options.api)
            self.copies |= {address: copy} if copy else {}
        self.done += 1
        if not self.answers and len(self.silent_hosts) > HOSTS_AT_ONCE:
            raise OfflineError


def findings(
    addresses: Addresses,
    history: History,
    *,
    copies: dict[str, str],
    replaced: set[str],
    accepted: frozenset[str] = frozenset(),
    at_once: bool = False,
) -> list[Finding]:
    """Say what is wrong with the links, wherever they stand.

    ``copies`` are archived copies that were found, ``replaced`` the addresses that have one on the record already,
    ``accepted`` those that are left alone. With ``at_once`` a single failure counts: a new link has no history.
    """
    found: list[Finding] = []
    for address, places in addresses.items():
        entry = history.entries.get(address)
        if entry is None or address in accepted:
            continue
        told = _about(address, entry, at_once=at_once, replaced=address in replaced)
        if told:
            rule, message, hint, severity = told
            found += [
                Finding(place, rule, message, hint=hint or _replace(place, copies.get(address)), severity=severity)
                for place in places
            ]
    return found


_Told = tuple[str, str, str, Severity]
"""The rule, the message, the hint and the severity of a finding; the hint is empty where a copy is what is needed."""


def _about(address: str, entry: Entry, *, at_once: bool, replaced: bool) -> _Told | None:
    """Say what is wrong with one address; None if nothing is."""
    if entry.state == State.REFUSED:
        return "private-address", f"{address} is not asked: {entry.reason}", "give a public address", Severity.ERROR
    if entry.state == State.GOOD and entry.leads_to:
        return _about_redirect(address, entry)
    if entry.state != State.FAILED or replaced:
        return None
    if at_once:
        return "broken-address", f"{address} fails: {entry.reason}", "mend the address", Severity.ERROR
    if not entry.is_dead:
        return None
    days = ", ".join(entry.failures)
    return "dead-link", f"{address} is dead: {entry.reason} (failed on {days})", "", Severity.ERROR


def _replace(place: Place, copy: str | None) -> str:
    """Say how to put an archived copy beside a dead address."""
    if place.path.endswith(".md"):
        return f"put a link to its copy beside it: {copy or 'https://web.archive.org/web/…'}"
    elsewhere = "for a website: archived_website; in prose: a link to it"
    return f"add beside it: archived: {copy or 'https://web.archive.org/web/…'} ({elsewhere})"


def _about_redirect(address: str, entry: Entry) -> _Told:
    """Say what to do about an address that leads to another one."""
    if _is_front_page(entry.leads_to) and not _is_front_page(address):
        message = f"{address} leads to the front page {entry.leads_to}"
        hint = "the page itself seems to be gone: look for its new address, or for an archived copy"
        return "redirected", message, hint, Severity.WARNING
    if entry.for_good:
        message = f"{address} has moved for good"
        return "moved", message, f"write the new address: {entry.leads_to}", Severity.WARNING
    return "redirected", f"{address} leads to {entry.leads_to} for now", "nothing to do", Severity.NOTICE


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def _host(address: str) -> str:
    """Return the host of an address; an empty string if it has none that can be read."""
    try:
        return URL(address).host or ""
    except ValueError:
        return ""


def _session(options: Options) -> aiohttp.ClientSession:
    """Return a session that asks no private network, unless the options allow it."""
    who = f"+{options.site_url}; " if options.site_url else ""
    connector = aiohttp.TCPConnector(
        resolver=options.resolver or aiohttp.resolver.ThreadedResolver(),
        socket_factory=None if options.allow_private else guard.public_socket,
        limit=HOSTS_AT_ONCE,
        force_close=True,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": f"SmartGuideLinkCheck/1.0 ({who}one request at a time)", "Accept": "*/*"},
        cookie_jar=aiohttp.CookieJar(unsafe=options.allow_private),  # unsafe: hosts without a name can set some, too
        auto_decompress=False,  # only heads are read; a body that cannot be unpacked does no harm
        max_line_size=BIGGEST_HEADER,
        max_field_size=BIGGEST_HEADER,
        trust_env=False,  # a proxy would make the connections out of the guard's sight
    )
