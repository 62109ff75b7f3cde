"""What the search finds of a chapter: its finished page says it, in the same way under each engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from smartguide.pages.rendered import SearchText, searchable
from smartguide.pages.text import shortened
from smartguide.reading import composed
from smartguide.search import texts
from smartguide.search.names import LONGEST_LINE, PAGE, SECTION, Name

_ARTICLE: Final = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_NO_TEXT: Final = re.compile(r'<a\b[^>]*\bclass="(?:headerlink|md-content__button)\b[^>]*>.*?</a>', re.DOTALL)
_HEADING: Final = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_FIRST: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_ID: Final = re.compile(r'\bid="([^"]*)"')
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LOWEST: Final = 3
"""Headings of lower levels are no names of their own."""


class Chapter(NamedTuple):
    """What is found of a chapter: its names, with those of its headings, and its text."""

    names: list[Name]
    text: SearchText


def of_chapter(url: str, page: str, site_name: str, meta: Mapping[str, Any]) -> Chapter | None:
    """Return what is found of a chapter, from its finished page; None if its front matter, ``meta``, leaves it out."""
    how = meta.get("search") or {}
    article = _ARTICLE.search(page)
    if not article or how.get("exclude"):
        return None
    found = _TITLE.search(page)
    title = composed(searchable(found[1]).removesuffix(f" - {site_name}")) if found else url
    if not url and (
        heading := _FIRST.search(_NO_TEXT.sub("", article[1]))
    ):  # the title of the home page is the name of the site
        title = composed(searchable(heading[1])) or title
    sections = [texts.Section("", "", "")]
    names: list[Name] = []
    body, at = composed(_NO_TEXT.sub("", article[1])), 0
    for heading in _HEADING.finditer(body):
        sections[-1] = _with(sections[-1], body[at : heading.start()])
        at = heading.end()
        said = searchable(heading[3])
        identifier = _ID.search(heading[2])
        if heading[1] != "1":
            sections.append(texts.Section(identifier[1] if identifier else "", said, ""))
            if identifier and said and int(heading[1]) <= _LOWEST:
                names.append(Name(SECTION, f"{url}#{identifier[1]}", said, line=(title,)))
        elif said != title:
            sections[-1] = _with(sections[-1], heading[3])
    sections[-1] = _with(sections[-1], body[at:])
    description = composed(str(meta.get("description") or sections[0].text))
    others = tuple(dict.fromkeys(composed(str(tag)) for tag in meta.get("tags") or ()))
    line = tuple(filter(None, [shortened(description, LONGEST_LINE)]))
    own = Name(PAGE, url, title, others, line=line)
    return Chapter([own, *names], texts.of_page(url, PAGE, title, sections, how.get("boost", 1)))


def _with(section: texts.Section, html: str) -> texts.Section:
    """Return a part of a page with more text."""
    return section._replace(text=" ".join(filter(None, [section.text, searchable(html)])))
