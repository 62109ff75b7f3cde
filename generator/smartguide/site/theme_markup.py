"""Corrections to the markup of the theme that no template can make: its parts are not in a block of their own.

They are made in the pages of the engine, chapters and page shells, so that those of records have them too. What is
looked for and not found, in a theme of another kind, stays as it is. To correct a page twice changes nothing more.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_TOGGLE: Final = re.compile(r'(<input\b[^>]*\btype="checkbox"[^>]*?)\s+autocomplete="off"')
"""``autocomplete`` is not allowed on a checkbox."""
_HIDDEN_LABEL: Final = re.compile(r'(<label class="md-overlay" for="[^"]*") aria-hidden="true"')
"""``aria-hidden`` is not allowed on the label of a control; this one has no text."""
_EMPTY_TABINDEX: Final = re.compile(r'(<label\b[^>]*?)\s+tabindex=""')
_TOC_TITLE: Final = re.compile(r'<label class="md-nav__title" for="__toc">(.*?)</label>', re.DOTALL)
_TOC_TOGGLE: Final = 'id="__toc"'
_SCRIPT: Final = re.compile(r'<script src=("(?:[^"]*/)?assets/javascripts/bundle\.[^"]*")></script>')
"""The script of the theme, for which a browser would wait before it shows the page."""
_OTHER_SCRIPT: Final = re.compile(r'<script\b(?=[^>]*\ssrc=)(?![^>]*\stype="module")')
"""A script that may ask for what the theme's leaves behind, such as ``document$``. Modules are taken to do without."""
_SEQUENCE: Final = re.compile(r'\s*<link rel="(?:prev|next)" href="[^"]*">')
"""What the theme follows when somebody presses N or P: a shortcut of a single key that cannot be switched off."""
_SECTION: Final = re.compile(
    r'<nav class="md-nav" data-md-level="(?P<level>\d+)" aria-labelledby="[^"]*" aria-expanded="[^"]*">'
    r'(?P<title>\s*<label class="md-nav__title" for="[^"]*">\s*<span class="md-nav__icon md-icon"></span>'
    r"(?P<name>.*?)</label>)",
    re.DOTALL,
)
"""A section of the navigation, which the theme names by the label of its button: often that is but a picture."""
_PERMALINK: Final = re.compile(
    r"<h(?P<level>[1-6])(?P<attributes>(?:\s[^<>]*)?)>(?P<text>(?:(?!</?h[1-6]\b).)*?)"
    r'<a class="headerlink" href="(?P<href>[^"]*)" title="(?P<title>[^"]*)">.*?</a></h(?P=level)>',
    re.DOTALL,
)
_THEMES_SKIP_LINK: Final = re.compile(r'(<div data-md-component="skip">).*?(</div>)', re.DOTALL)
_SKIP_LINK: Final = re.compile(r'href="[^"]*"( class="md-skip" data-sg-skip>)')
_TITLE: Final = re.compile(r"<h1(?P<attributes>(?:\s[^<>]*)?)>")
_ID: Final = re.compile(r'\sid="([^"]*)"')
_TITLE_ID: Final = "__title"
_TAG: Final = re.compile(r"<[^<>]*>")
PLAIN: Final = "data-sg-plain"
"""The attribute of a table that has no class, by which :mod:`smartguide.site.style_sheets` knows it."""
_PLAIN_TABLE: Final = re.compile(rf"<table(?=[\s>])(?![^>]*\s(?:class|{PLAIN})\b)")
_TABLE_OF_MARKDOWN: Final = re.compile(rf"^<table {PLAIN}>.*?</table>", re.DOTALL | re.MULTILINE)
_NAMED_HEADING: Final = re.compile(r'<h[1-6]\b[^>]*\saria-label="([^"]*)"')


def corrected(page: str) -> str:
    """Return the HTML of a page with the markup of its theme corrected, and its tables marked."""
    page = _SEQUENCE.sub("", page)
    page = _with_later_script(page)
    page = _TOGGLE.sub(r"\1", page)
    page = _EMPTY_TABINDEX.sub(r"\1", page)
    page = _HIDDEN_LABEL.sub(r"\1", page)
    page = _SECTION.sub(_named_section, page)
    page = _PERMALINK.sub(_named_permalink, page)
    if _TOC_TOGGLE not in page:  # a page that is not in the navigation has nothing that the label belongs to
        page = _TOC_TITLE.sub(r'<div class="md-nav__title">\1</div>', page)
    return _with_scrolling_tables(with_marked_tables(_with_skip_link(page)))


def _with_later_script(page: str) -> str:
    """Return a page that loads the theme's script when it is needed (``theme-script.js``), or last of all."""
    found = _SCRIPT.search(page)
    if found is None:
        return page
    before, after = page[: found.start()], page[found.end() :]
    if _OTHER_SCRIPT.search(before) or _OTHER_SCRIPT.search(after):
        return f"{before}<script src={found[1]} defer></script>{after}"
    return f'{before}<link rel="prefetch" href={found[1]} data-sg-theme-script>{after}'


def with_marked_tables(page: str) -> str:
    """Return the HTML of a page whose tables without a class have an attribute instead."""
    return _PLAIN_TABLE.sub(f"<table {PLAIN}", page) if "<table" in page else page


def _with_scrolling_tables(page: str) -> str:
    """Return a page on which the tables of a chapter look as those of records, and scroll with the keyboard, too.

    A table is named by the heading before it; a further one below that heading has a number, too.
    """
    named: Counter[str] = Counter()

    def scrolling(found: re.Match[str]) -> str:
        headings = _NAMED_HEADING.findall(page, 0, found.start())
        name = headings[-1] if headings else "Table"
        named[name] += 1
        label = name if named[name] == 1 else f"{name} ({named[name]})"
        return f'<div class="sg-scroll" tabindex="0" role="region" aria-label="{label}">{found[0]}</div>'

    return _TABLE_OF_MARKDOWN.sub(scrolling, page)


def _named_section(found: re.Match[str]) -> str:
    name = _attribute(found["name"])
    return f'<nav class="md-nav" data-md-level="{found["level"]}" aria-label="{name}">{found["title"]}'


def _named_permalink(found: re.Match[str]) -> str:
    """Return a heading whose name is its text alone, and whose permalink says where it leads."""
    level, text = found["level"], found["text"]
    name = _attribute(text)
    link = f'<a class="headerlink" href="{found["href"]}" aria-label="{found["title"]}: {name}">&para;</a>'
    return f'<h{level}{found["attributes"]} aria-label="{name}">{text}{link}</h{level}>'


def _with_skip_link(page: str) -> str:
    """Return a page whose own link to its content leads to its title; that of the theme, to the first part, goes."""
    title = _TITLE.search(page)
    if title is None or not _SKIP_LINK.search(page):
        return page
    attributes = title["attributes"]
    known = _ID.search(attributes)
    target = known[1] if known else _TITLE_ID
    if known is None:
        attributes += f' id="{target}"'
    if " tabindex=" not in attributes:
        attributes += ' tabindex="-1"'  # to have the focus when the link was followed
    page = f"{page[: title.start()]}<h1{attributes}>{page[title.end() :]}"
    page = _THEMES_SKIP_LINK.sub(r"\1\2", page)
    return _SKIP_LINK.sub(lambda found: f'href="#{target}"{found[1]}', page, count=1)


def _attribute(text: str) -> str:
    """Return the text of some HTML as the value of an attribute."""
    return " ".join(_TAG.sub("", text).split()).replace('"', "&quot;")
