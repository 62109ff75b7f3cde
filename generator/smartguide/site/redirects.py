"""Pages at the URLs that records had before: ids and URLs are for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smartguide.files import write_text
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages.text import entities
from smartguide.site import security_policy


def write(base: KnowledgeBase, site: Path) -> None:
    """Write the redirects of a knowledge base below the folder of the built site."""
    for path, content in files(base):
        write_text(site / path, content)


def files(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the path and the content of a page for each former id, which leads to the page of the record."""
    for record in base:
        if record.collection.one_page:
            continue  # a page with anchors has no page of its own for each record
        for old in record.former_ids:
            url = urls.former(record, old)
            yield f"{url}index.html", _page(record, urls.relative(urls.record(record), url))


def _page(record: Record, link: str) -> str:
    name = entities(record.label)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n'
        f'<link rel="canonical" href="{link}">\n<meta name="robots" content="noindex">\n<title>{name}</title>\n'
        f'</head>\n<body>\n<h1>{name}</h1>\n<p>This page has moved: <a href="{link}">{name}</a></p>\n</body>\n</html>\n'
    )
    return security_policy.with_policy(page, [])
