"""Orphans: pages that no chain of links from the home page leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from smartguide.findings import Finding
from smartguide.links.internal.built_site import BuiltSite
from smartguide.links.internal.link_sources import LinkSources
from smartguide.links.internal.lychee import LycheeLink

NOT_LINKED: Final = frozenset({"", "404.html"})
"""Pages that need no link to them: the home page, and the page for URLs that do not exist."""


def find(site: BuiltSite, host_root: Path, links: Iterable[LycheeLink], sources: LinkSources) -> Iterator[Finding]:
    """Yield a finding for each orphan. ``links`` are all links of the site, also the broken ones."""
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.url.startswith("file:"):
            target = site.target_of(link.url.partition("#")[0], host_root)
            linked[site.page(link.file).rstrip("/")].add(target.rstrip("/"))
    reached, ahead = {""}, [""]
    while ahead:
        new = linked[ahead.pop()] - reached
        reached |= new
        ahead += new
    for page in sorted(sources.pages):
        if page in NOT_LINKED or page.rstrip("/") in reached:
            continue
        if (site.folder / page / "index.html").is_file():
            hint = "link to it from another record or page, or add it to the navigation of mkdocs.yml"
            message = f"no links lead from the home page to /{page}"
            yield Finding(sources.of(page), "orphan", message, hint=hint)
