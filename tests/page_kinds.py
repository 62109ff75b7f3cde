"""One page of each kind of a built site, for what is tested on all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = Any
QUALITY = "/page--quality/"


def kinds(site: Path) -> list[str]:
    """Return the URLs, below the root of a site, of all chapters and indexes, and of one record of each collection."""
    collections = list(_collections(site))
    known = {url for urls in collections for url in urls}
    others = [url for url in _pages(site) if not (url in known or f"{url.rstrip('/').rpartition('/')[0]}/" in known)]
    lists = [url for url in others if url.endswith(QUALITY)]  # which all have one template
    return [*(url for url in others if url not in lists[1:]), *(_longest(site, urls) for urls in collections)]


def records(site: Path) -> list[str]:
    """Return the URL of one record of each collection: that with the longest page, which shows most of its template."""
    return [_longest(site, urls) for urls in _collections(site)]


def _longest(site: Path, urls: list[str]) -> str:
    return max(urls, key=lambda url: (site / url / "index.html").stat().st_size)


def _collections(site: Path) -> Iterator[list[str]]:
    """Yield the URLs of the records of each collection that has a page for each."""
    index = _result(site / "api/v1/index.json")
    root = str(index[0]["url"]).partition("api/v1/")[0]
    for one in index:
        urls = [str(record["url"]).removeprefix(root) for record in _result(site / one["url"].removeprefix(root))]
        if urls and "#" not in urls[0]:
            yield urls


def _pages(site: Path) -> Iterator[str]:
    """Yield the URL of each page that is there to be read: none that only leads to another one."""
    for path in sorted(site.rglob("*.html")):
        if b'http-equiv="refresh"' not in path.read_bytes():
            yield path.relative_to(site).as_posix().removesuffix("index.html")


def _result(path: Path) -> Json:
    return json.loads(path.read_text(encoding="utf-8"))["result"]
