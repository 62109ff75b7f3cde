"""The check of all links inside the built site: pages, anchors, images, scripts, styles, redirects, and orphans.

lychee checks the links that it finds in HTML and in the sitemap. Links that it does not read, and faults that it does
not see, are added here. ``link_sources`` turns broken links into findings at the place where each link is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from smartguide.findings import Finding
from smartguide.links.internal import lychee, orphans, skipped_by_lychee
from smartguide.links.internal.built_site import OUTSIDE, BuiltSite, local_path
from smartguide.links.internal.link_sources import BrokenLink, LinkSources
from smartguide.links.internal.lychee import LycheeLink, WrittenLinks
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.project import Project

MISSING: Final = "does not exist"
NO_ANCHOR: Final = "has no such anchor"
INVALID: Final = "is not a valid URL"


def check_internal(project: Project, base: KnowledgeBase, folder: Path, site_url: str) -> Iterator[Finding]:
    """Yield a finding for each broken link, broken redirect and orphan of a site.

    The site was built into ``folder`` from the project, of which ``base`` are the records, for ``site_url``. Raises
    LycheeError.
    """
    site = BuiltSite(folder, site_url)
    sources = LinkSources(project, base)
    with site.host_root() as host_root:
        links = lychee.check(site, host_root)
        yield from sources.findings({*_broken(site, links, host_root), *_broken_but_skipped(site)})
        yield from orphans.find(site, host_root, links, sources)


def _broken(site: BuiltSite, links: Iterable[LycheeLink], host_root: Path) -> Iterator[BrokenLink]:
    """Yield the links that lychee calls broken, and those of the others that are broken for a reader."""
    written = WrittenLinks(site)
    names_without_id = cache(_names_without_id)  # for this check only: the next site may have another page there
    for link in links:
        page = site.page(link.file)
        if link.is_invalid:
            text = written.written(link)
            yield BrokenLink(page, text, text, problem=INVALID)
        elif problem := _problem(site, link, host_root, names_without_id):
            target = site.target_of(link.url, host_root)
            yield BrokenLink(page, f"/{target}", written.written(link), problem=problem)


def _problem(
    site: BuiltSite, link: LycheeLink, host_root: Path, names_without_id: Callable[[Path], frozenset[str]]
) -> str:
    """Return what is wrong with a link; empty if nothing is.

    lychee accepts a file beside the folder of the site, which is not on the host. It also takes the name of a meta
    element or a form field for an anchor.
    """
    if link.status is not None:
        return NO_ANCHOR if link.lacks_anchor else MISSING
    parts = urlsplit(link.url)
    if parts.scheme != "file":
        return ""
    path = Path(local_path(link.url))
    if not any(path.is_relative_to(folder) for folder in (site.folder, host_root / site.path)):
        return MISSING
    return NO_ANCHOR if parts.fragment and unquote(parts.fragment) in names_without_id(path) else ""


def _broken_but_skipped(site: BuiltSite) -> Iterator[BrokenLink]:
    """Yield the broken ones of the links that lychee does not read."""
    exists: dict[str, bool] = {}
    for path in sorted(site.folder.rglob("*")):
        page = site.page(path.relative_to(site.folder).as_posix())
        for link in skipped_by_lychee.links(path):
            try:
                target = site.resolve(page, link.target)
            except ValueError:
                yield BrokenLink(page, link.target, link.target, link.verb, INVALID, link.rule)
                continue
            if target is not None and not exists.setdefault(target, site.has(target)):
                shown = f"/{target.removeprefix(OUTSIDE)}"
                yield BrokenLink(page, shown, link.target, link.verb, MISSING, link.rule)


def _names_without_id(page: Path) -> frozenset[str]:
    """Return the names of meta elements, fields and forms of a page that no element has as its id."""
    file = page / "index.html" if page.is_dir() else page
    if file.suffix not in {".html", ".htm"}:
        return frozenset()
    tree = skipped_by_lychee.parse(file)
    if tree is None:
        return frozenset()
    return frozenset(tree.xpath("//*[not(self::a)]/@name")) - frozenset(tree.xpath("//@id | //a/@name"))
