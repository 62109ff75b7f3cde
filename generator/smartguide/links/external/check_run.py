"""One run over many URLs: many hosts at a time, each with one request at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import aiohttp

from smartguide.link_history.history import History
from smartguide.link_history.outcomes import State
from smartguide.links.external import wayback_machine
from smartguide.links.external.fetching import Fetcher, RequestPolicy
from smartguide.links.external.http_session import new_session
from smartguide.links.external.http_values import host_of

MAX_HOSTS: Final = 16
"""How many hosts are requested at the same time."""
OFFLINE_HOSTS: Final = 5
"""If so many hosts and no other one answers, it is this machine that has no network."""


@dataclass(frozen=True)
class RunOptions:
    """How to check.

    ``site_url`` is named to the hosts. ``archive_api`` finds archived copies of dead pages; empty: none are looked for.
    ``resolver`` looks up host names; by default the system does.
    """

    policy: RequestPolicy = field(default_factory=RequestPolicy)
    allow_private: bool = False
    site_url: str = ""
    archive_api: str = wayback_machine.API
    resolver: aiohttp.abc.AbstractResolver | None = None


class OfflineError(Exception):
    """No host answers, so the run ends."""


@dataclass
class CheckRun:
    """A run of the check. Results are added to the history at once, so that an interrupt does not lose them.

    ``done`` is the number of URLs that were checked, ``answers`` the number of answers, ``copies`` the archived copies
    that were found, by the dead URL.
    """

    history: History
    today: date
    options: RunOptions
    done: int = 0
    answers: int = 0
    copies: dict[str, str] = field(default_factory=dict)
    hosts_without_answer: set[str] = field(default_factory=set)
    good_hosts_do_not_answer: bool = False

    @property
    def is_offline(self) -> bool:
        """Whether this machine seems to have no network: no host answers.

        They must be several, or hosts with good results in the history must not answer now, either.
        """
        return not self.answers and (len(self.hosts_without_answer) >= OFFLINE_HOSTS or self.good_hosts_do_not_answer)

    async def check(self, urls: list[str], step: Callable[[], None]) -> None:
        """Check URLs; ``step`` is called after each. The run ends early if none of the first hosts answers."""
        by_host: defaultdict[str, list[str]] = defaultdict(list)
        for url in urls:
            by_host[host_of(url)].append(url)
        limit = asyncio.Semaphore(MAX_HOSTS)
        options = self.options

        async with new_session(
            MAX_HOSTS, options.site_url, options.resolver, allow_private=options.allow_private
        ) as session:
            fetcher = Fetcher(session, options.policy)

            async def check_host(urls_of_host: list[str]) -> None:
                async with limit:
                    for url in urls_of_host:
                        await self._check_url(fetcher, url)
                        step()

            try:
                async with asyncio.TaskGroup() as group:
                    for urls_of_host in by_host.values():
                        group.create_task(check_host(urls_of_host))
            except* OfflineError:
                pass
            if self.hosts_without_answer and not self.answers and not self.is_offline:
                await self._check_good_hosts(fetcher)

    async def _check_url(self, fetcher: Fetcher, url: str) -> None:
        """Check one URL; if it is dead, look for an archived copy. Raises OfflineError."""
        outcome = await fetcher.check(url)
        if outcome.answered:
            self.answers += outcome.state is not State.REFUSED
        elif host := host_of(url):
            self.hosts_without_answer.add(host)
        entry = self.history.add(url, outcome, self.today)
        if entry.is_dead and self.options.archive_api:
            copy = await wayback_machine.copy_of(fetcher.session, fetcher.limiter, url, self.options.archive_api)
            self.copies |= {url: copy} if copy else {}
        self.done += 1
        if not self.answers and len(self.hosts_without_answer) > MAX_HOSTS:
            raise OfflineError

    async def _check_good_hosts(self, fetcher: Fetcher) -> None:
        """Request a few other hosts that have good results in the history, to tell whether the network is missing."""
        good = {host_of(url): url for url, entry in self.history.entries.items() if entry.state == State.GOOD}
        others = [url for host, url in good.items() if host not in self.hosts_without_answer]
        outcomes = [await fetcher.check(url) for url in others[:OFFLINE_HOSTS]]
        self.good_hosts_do_not_answer = bool(outcomes) and not any(outcome.answered for outcome in outcomes)
