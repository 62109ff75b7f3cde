"""The search index of the theme: made anew from finished pages, so that it is the same under each engine."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from smartguide.pages.rendered import Rendered, searchable

PATH: Final = "search/search_index.json"

_ARTICLE: Final = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_NO_TEXT: Final = re.compile(
    r'<nav class="sg-crumbs".*?</nav>|<a\b[^>]*\bclass="(?:headerlink|md-content__button)\b[^>]*>.*?</a>', re.DOTALL
)
_HEADING: Final = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID: Final = re.compile(r'\bid="([^"]*)"')
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)

Entry = dict[str, Any]


def of_rendered(rendered: Rendered) -> Iterator[Entry]:
    """Yield what the search finds of a rendered page: the page and each of its headings."""
    page = rendered.page
    extra: Entry = {}
    if page.names:
        extra["tags"] = [_text(name) for name in page.names]  # which the theme's search weighs most of all
    if page.boost != 1:
        extra["boost"] = page.boost
    for heading, text in rendered.search_texts:
        location, title = (f"{page.url}#{heading.id}", heading.text) if heading else (page.url, page.title)
        yield {"location": location, "title": _text(title), "text": text, **extra}


def of_chapter(url: str, page: str, site_name: str, meta: dict[str, Any]) -> Iterator[Entry]:
    """Yield what the search finds of a chapter, from its finished page; ``meta`` is its front matter."""
    how = meta.get("search") or {}
    article = _ARTICLE.search(page)
    if not article or how.get("exclude"):
        return
    extra: Entry = {}
    if tags := meta.get("tags"):
        extra["tags"] = [_text(str(tag)) for tag in tags]
    if "boost" in how:
        extra["boost"] = how["boost"]
    found = _TITLE.search(page)
    title = html.unescape(found[1]).removesuffix(f" - {site_name}") if found else url
    location, at = url, 0
    body = _NO_TEXT.sub("", article[1])
    texts: list[str] = []
    for heading in _HEADING.finditer(body):
        texts.append(body[at : heading.start()])
        at = heading.end()
        if heading[1] == "1":
            if (said := searchable(heading[3])) != _text(title):
                texts.append(said)
            continue
        yield {"location": location, "title": _text(title), "text": _joined(texts), **extra}
        texts = []
        title = html.unescape(searchable(heading[3]))
        identifier = _ID.search(heading[2])
        location = f"{url}#{identifier[1]}" if identifier else url
    yield {"location": location, "title": _text(title), "text": _joined([*texts, body[at:]]), **extra}


def as_json(entry: Entry) -> str:
    """Return an entry as the index holds it."""
    return json.dumps(entry, separators=(",", ":"))


def write(site: Path, entries: Iterable[str]) -> None:
    """Write the index with other entries, each as JSON; where the engine has written none, the site has no search."""
    file = site / PATH
    if not file.exists():
        return
    settings = json.dumps(json.loads(file.read_text(encoding="utf-8"))["config"], separators=(",", ":"))
    file.write_text(f'{{"config":{settings},"docs":[{",".join(entries)}]}}', encoding="utf-8", newline="\n")


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, map(searchable, texts)))


def _text(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)
