"""The sitemap: every page of the site, for search engines (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import gzip
import html
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote, urljoin

from smartguide.model import dates

PATH: Final = "sitemap.xml"


def write(site: Path, site_url: str, urls: Iterable[str]) -> None:
    """Write the sitemap of pages at URLs that are relative to the root of the site, and the same compressed.

    Without the URL of the site it is empty, since it can only hold whole URLs. Pages say the date of the build, if one
    is known.
    """
    seconds = int(os.environ.get(dates.VARIABLE, dates.UNKNOWN))
    changed = f"\n    <lastmod>{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}</lastmod>" if seconds else ""
    entries = (
        f"  <url>\n    <loc>{html.escape(urljoin(site_url, quote(url)))}</loc>{changed}\n  </url>\n"
        for url in urls
        if site_url
    )
    begin = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    content = f"{begin}{''.join(entries)}</urlset>\n".encode()
    (site / PATH).write_bytes(content)
    (site / f"{PATH}.gz").write_bytes(gzip.compress(content, mtime=seconds))
