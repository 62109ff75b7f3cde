"""The search index of the theme: made anew from finished pages, so that it is the same under each engine."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from smartguide.pages.rendered import Rendered, searchable
from smartguide.pages.text import entities
from smartguide.reading import composed

PATH: Final = "search/search_index.json"
"""Where the search of Material looks for its index."""
ZENSICAL_PATH: Final = "search.json"
"""Where the search of Zensical looks for its own, which has another form."""

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
        extra["tags"] = [entities(name) for name in page.names]  # which the theme's search weighs most of all
    if page.boost != 1:
        extra["boost"] = page.boost
    for heading, text in rendered.search_texts:
        location = f"{page.url}#{heading.id}" if heading else page.url
        yield {"location": location, "title": entities(heading.text if heading else page.title), "text": text, **extra}


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
    return json.dumps(_composed(entry), separators=(",", ":"))


def _composed(value: Any) -> Any:
    """Return an entry in the form in which all text is read: a reader types ``ü`` as one character."""
    if isinstance(value, dict):
        return {key: one if key == "location" else _composed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return composed(value) if isinstance(value, str) else value


def write(site: Path, entries: Iterable[str], options: Mapping[str, Any]) -> None:
    """Write the index, in each form that is asked for. What the engine wrote gives way, but for the options in it.

    ``entries`` are JSON, ``options`` those that the settings of the site have for the search.
    """
    entries = list(entries)
    defaults = _defaults(options)
    if (site / ZENSICAL_PATH).exists() or _is_zensical(site):
        config = _config(site / ZENSICAL_PATH, {key: defaults[key] for key in ("lang", "separator")})
        _write(site / ZENSICAL_PATH, config, "items", map(as_json, _for_zensical(map(json.loads, entries))))
    _write(site / PATH, _config(site / PATH, defaults), "docs", entries)


def _write(file: Path, config: Any, key: str, entries: Iterable[str]) -> None:
    written = json.dumps(config, separators=(",", ":"))
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'{{"config":{written},"{key}":[{",".join(entries)}]}}', encoding="utf-8", newline="\n")


def _config(file: Path, default: dict[str, Any]) -> Any:
    """Return the options that the engine wrote into an index; where there is none, the default."""
    return json.loads(file.read_text(encoding="utf-8"))["config"] if file.exists() else default


def _defaults(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the search as Material writes them for an English site."""
    lang = given.get("lang") or "en"
    fields = given.get("fields") or {}
    boosts = {"title": {"boost": 1e3}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}
    return {
        "lang": lang if isinstance(lang, list) else [lang],
        "separator": given.get("separator") or r"[\s\-]+",
        "pipeline": given.get("pipeline", ["stopWordFilter"]),
        "fields": {**fields, **{name: boost for name, boost in boosts.items() if name not in fields}},
    }


def _is_zensical(site: Path) -> bool:
    """Tell whether the theme's script asks for the index of Zensical."""
    scripts = (site / "assets/javascripts").glob("bundle.*.js")
    return any(f'"{ZENSICAL_PATH}"' in script.read_text(encoding="utf-8") for script in scripts)


def _for_zensical(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries as Zensical writes them: each with the title of its page."""
    page = ""
    for entry in entries:
        is_section = "#" in entry["location"]
        page = page if is_section else entry["title"]
        fixed = {"level": 2 if is_section else 1, "path": [page], "tags": entry.get("tags", [])}
        yield {**{key: entry[key] for key in ("location", "title", "text")}, **fixed}


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, map(searchable, texts)))


def _text(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)
