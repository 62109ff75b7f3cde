"""Generated pages as Markdown files with front matter, for an engine that renders them itself.

The build does not need them: ``smartguide eject`` writes them, and tests hold our own way to what the engine makes of
them.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any, Final

from smartguide.model import urls
from smartguide.model.catalogue import Breadcrumb
from smartguide.model.knowledge_base import Record
from smartguide.pages.navigation import Places
from smartguide.pages.pages import Page
from smartguide.pages.text import entities

_NOWHERE: Final[Places] = MappingProxyType({})


def as_markdown(page: Page, places: Places = _NOWHERE) -> str:
    """Return a page as a Markdown file whose body is one macro call; ``places`` as in ``front_matter``."""
    meta = front_matter(page, places)
    if isinstance(page.subject, Record):
        meta["search"] = {"boost": page.boost}
        if names := page.subject.other_names:
            meta["tags"] = [entities(name) for name in names]  # which the theme's search weighs most of all
    macro, values, own = "index_page", [page.collection.name], urls.collection(page.collection)
    if isinstance(page.subject, Record):
        macro, values, own = "record_page", [*values, page.subject.id], urls.record(page.subject)
    if page.url != own:  # one of several pages
        values.append(page.url.rstrip("/").rpartition("/")[2])
    body = f"{{{{ {macro}({', '.join(map(json.dumps, values))}) }}}}"
    return markdown_file(meta, body)


def front_matter(page: Page, places: Places = _NOWHERE) -> dict[str, Any]:
    """Return what the theme needs to know of a page. Texts are HTML: the theme writes them as they are.

    ``places`` says where indexes stand in the navigation: the breadcrumbs of a page lead through the sections above its
    index, and its tab and its part of the navigation are those of its index.
    """
    meta: dict[str, Any] = {"title": entities(page.title)}
    if page.description:
        meta["description"] = entities(page.description)
    place = places.get(urls.index_source(page.collection))
    if not page.is_index:
        index = urls.collection(page.collection)
        meta |= {"hide": ["navigation"]} if place is None else {"tab": place.number, "index": index}
    crumbs = page.crumbs if place is None else _through(place.sections, page.crumbs)
    if crumbs:
        meta["crumbs"] = [[entities(label), url] for label, url in crumbs if url != page.url]
    return meta


def _through(sections: tuple[Breadcrumb, ...], crumbs: tuple[Breadcrumb, ...]) -> list[Breadcrumb]:
    """Return breadcrumbs that lead through sections of the navigation, each page once."""
    above = dict((url, label) for label, url in [*crumbs[:1], *sections, *crumbs[1:]])  # noqa: C402  # by their URLs
    return [(label, url) for url, label in above.items()]


def markdown_file(meta: dict[str, Any], body: str) -> str:
    """Return the text of a Markdown file with front matter."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])
