"""Generated pages as Markdown files with front matter, for an engine that renders them itself.

The build does not need them: ``smartguide eject`` writes them, and tests hold our own way to what the engine makes of
them.
"""

from __future__ import annotations

import json
from typing import Any

from smartguide.model import urls
from smartguide.model.knowledge_base import Record
from smartguide.pages.pages import Page
from smartguide.pages.text import entities


def as_markdown(page: Page) -> str:
    """Return a page as a Markdown file whose body is one macro call."""
    meta = front_matter(page)
    if isinstance(page.subject, Record):
        meta["search"] = {"boost": page.boost}
        if page.names:
            meta["tags"] = [entities(name) for name in page.names]  # which the theme's search weighs most of all
    macro, values, own = "index_page", [page.collection.name], urls.collection(page.collection)
    if isinstance(page.subject, Record):
        macro, values, own = "record_page", [*values, page.subject.id], urls.record(page.subject)
    if page.url != own:  # one of several pages
        values.append(page.url.rstrip("/").rpartition("/")[2])
    body = f"{{{{ {macro}({', '.join(map(json.dumps, values))}) }}}}"
    return markdown_file(meta, body)


def front_matter(page: Page) -> dict[str, Any]:
    """Return what the theme needs to know of a page. Texts are HTML: the theme writes them as they are."""
    meta: dict[str, Any] = {"title": entities(page.title)}
    if page.description:
        meta["description"] = entities(page.description)
    if not page.is_index:
        meta["hide"] = ["navigation"]
    if page.crumbs:
        meta["crumbs"] = [[entities(label), url] for label, url in page.crumbs]
    return meta


def markdown_file(meta: dict[str, Any], body: str) -> str:
    """Return the text of a Markdown file with front matter."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])
