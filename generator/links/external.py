"""The check of the links to other sites: which are due, asked politely, remembered, and reported where they stand."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

import aiohttp

from generator.findings import Finding, Severity
from generator.links import archive, guard
from generator.links.addresses import Addresses
from generator.links.fetching import USER_AGENT, Fetcher, Manners, State
from generator.links.history import Entry, History

HOSTS_AT_ONCE = 16
BIGGEST_HEADER = 32_768
"""Bytes of a header line that we read; a server that sends more is told to be unreadable."""

Progress = Callable[[int, int, str], None]
"""Called after each address with how many are done, how many there are, and the address."""


@dataclass(frozen=True)
class Options:
    """How to check. ``api`` is the archive to ask for copies of dead pages; an empty string asks none."""

    manners: Manners = field(default_factory=Manners)
    allow_private: bool = False
    api: str = archive.API
    resolver: aiohttp.abc.AbstractResolver | None = None


async def run(wanted: list[str], history: History, today: date, options: Options, progress: Progress) -> dict[str, str]:
    """Check addresses, each host by one request at a time, and put what was found into the history as it comes.

    An interrupt loses nothing that was found before it. Returns archived copies of the addresses that are dead.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in wanted:
        by_host[(urlsplit(address).hostname or "").lower()].append(address)
    limit = asyncio.Semaphore(HOSTS_AT_ONCE)
    done = 0
    copies: dict[str, str] = {}

    async with _session(options) as session:
        fetcher = Fetcher(session, options.manners, options.allow_private)

        async def one_host(addresses: list[str]) -> None:
            nonlocal done
            async with limit:
                for number, address in enumerate(addresses):
                    if number:
                        await asyncio.sleep(options.manners.pause)
                    entry = history.add(address, await fetcher.check(address), today)
                    if entry.is_dead and options.api and (copy := await archive.copy_of(session, address, options.api)):
                        copies[address] = copy
                    done += 1
                    progress(done, len(wanted), address)

        async with asyncio.TaskGroup() as group:
            for addresses in by_host.values():
                group.create_task(one_host(addresses))
    return copies


def due(addresses: Addresses, history: History, today: date, limit: int | None = None) -> list[str]:
    """Return the addresses that should be checked today, at most ``limit`` of them."""
    return list(islice((address for address in addresses if history.is_due(address, today)), limit))


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
        told = _about(address, entry, copies.get(address, ""), at_once=at_once, replaced=address in replaced)
        if told:
            rule, message, hint, severity = told
            found += [Finding(place, rule, message, hint=hint, severity=severity) for place in places]
    return found


def _about(
    address: str, entry: Entry, copy: str, *, at_once: bool, replaced: bool
) -> tuple[str, str, str, Severity] | None:
    """Return the rule, the message, the hint and the severity of what is wrong with one address; None if nothing is."""
    if entry.state == State.REFUSED:
        return "private-address", f"{address} is not asked: {entry.reason}", "give a public address", Severity.ERROR
    if entry.state == State.GOOD and entry.moved_to:
        return "moved", f"{address} has moved for good", f"write the new address: {entry.moved_to}", Severity.WARNING
    if entry.state != State.FAILED or replaced:
        return None
    if at_once:
        return "broken-address", f"{address} fails: {entry.reason}", "mend the address", Severity.ERROR
    if not entry.is_dead:
        return None
    days = ", ".join(entry.failures)
    keep = "add an archived copy beside it (archived: …, or archived_website: …), or take it out"
    hint = f"add beside it: archived: {copy} (for a website: archived_website)" if copy else keep
    return "dead-link", f"{address} is dead: {entry.reason} (failed on {days})", hint, Severity.ERROR


def _session(options: Options) -> aiohttp.ClientSession:
    """Return a session that asks no private network, unless the options allow it."""
    resolver = options.resolver or aiohttp.resolver.ThreadedResolver()
    connector = aiohttp.TCPConnector(
        resolver=resolver if options.allow_private else guard.PublicResolver(resolver),
        use_dns_cache=False,  # so that what the guard saw is what is used
        limit=HOSTS_AT_ONCE,
        force_close=True,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers={"User-Agent": USER_AGENT, "Accept": "*/*"},
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=BIGGEST_HEADER,
        max_field_size=BIGGEST_HEADER,
        trust_env=False,  # a proxy would resolve names out of the guard's sight
    )
