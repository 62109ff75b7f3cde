"""Sites that different engines built of one project, compared: what a reader, a program or a host finds in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from smartguide import engines
from smartguide.pages.markdown_pages import as_markdown
from smartguide.pages.navigation import places
from smartguide.pages.pages import Page
from smartguide.session import Session
from smartguide.site import finishing
from smartguide.site.shells import Shells
from tests.processes import smartguide

THEME = ("assets/javascripts/", "assets/stylesheets/")
"""What the theme of an engine brings along, below names of its own."""
HEADERS = ("_headers", ".htaccess", "headers.nginx.conf")
"""They name the inline scripts of the theme, by their hashes."""


def build(root: Path, engine: str, site: Path, *options: str) -> Path:
    """Build a project with an engine, in a process of its own, and return the folder of the site."""
    done = smartguide(root, "build", "--engine", engine, "--site-dir", str(site), *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def differences(one: Path, other: Path) -> list[str]:
    """Return what differs between two sites: their URLs, what stands on their pages, and all other files."""
    urls, others = _files(one), _files(other)
    found = [f"only one has {path}" for path in sorted(urls ^ others)]
    for path in sorted(urls & others):
        if path.endswith(".html"):
            facts, of_other = (dict(_facts(site / path, path)) for site in (one, other))
            found += [
                f"{path}: {what}: {facts[what]!r} and {of_other[what]!r}"
                for what in facts
                if facts[what] != of_other[what]
            ]
        elif _content(one, path) != _content(other, path):
            found.append(f"{path} differs")
    return found


@dataclass(frozen=True)
class Whole:
    """A generated page for an engine to make as a whole, from a macro call."""

    path: str
    source: str
    url: str


@dataclass(frozen=True)
class Wholes(Shells):
    """Generated pages, in place of page shells."""

    wanted: tuple[Page, ...] = ()

    def pages(self) -> Iterator[Any]:
        return (Whole(page.source, as_markdown(page, self.places), page.url) for page in self.wanted)


def made_by_engine(session: Session, engine: str, wanted: tuple[Page, ...], folder: Path) -> Path:
    """Let an engine make generated pages as wholes, beside the chapters, and return the folder of the site."""
    site = folder / "made by engine" / "site"
    site.parent.mkdir()
    found = places(session.project.settings.values.get("nav"))
    wholes = Wholes(session.checked.base, (), places=found, wanted=wanted)
    engines.build(engine, session, wholes, site, strict=False)
    assert session.faults == []
    return site


def with_continued(session: Session, wanted: Iterable[Page]) -> tuple[Page, ...]:
    """Return pages, each followed by those that continue it."""
    rendered = finishing.render(session, wanted, session.faults)
    return tuple(one.page for beginning in rendered for one in (beginning, *beginning.continued))


def with_edit_link(html: str, page: Page) -> str:
    """Return the page of a record as its engine made it, but with a link to edit the record, which it cannot know."""
    return html.replace(f"/content/{page.source}", f"/content/{page.edit}")


def _files(site: Path) -> set[str]:
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {path for path in paths if not path.startswith(THEME)}


def _content(site: Path, path: str) -> bytes:
    content = (site / path).read_bytes()
    return re.sub(rb"'sha256-[^']+'", b"", content) if path in HEADERS else content


def _facts(file: Path, path: str) -> Iterator[tuple[str, Any]]:
    page = html.parse(str(file)).getroot()
    url = f"https://site.example/{path.removesuffix('index.html')}"
    yield "title", page.findtext(".//title")
    for what, xpath in {
        "description": "//meta[@name='description']/@content",
        "robots": "//meta[@name='robots']/@content",
        "canonical URL": "//link[@rel='canonical']/@href",
        "hidden sidebars": "//*[contains(@class, 'md-sidebar') and @hidden]/@data-md-type",
    }.items():
        yield what, page.xpath(xpath)
    for what, xpath in {
        "table of contents": "//nav[contains(@class, 'md-nav--secondary')]//a/@href",
        "tabs": "//nav[@class='md-tabs']//a/@href",
        "active tab": "//li[contains(@class, 'md-tabs__item--active')]//a/@href",
        "former URL": "//body[not(.//article)]//a/@href",
    }.items():
        yield what, [urljoin(url, link) for link in page.xpath(xpath)]
    for article in page.xpath("//article"):
        yield "text", " ".join(article.text_content().split())
        yield "links", article.xpath(".//@href | .//@src")
        yield "anchors", [name for name in article.xpath(".//@id") if name != "__skip"]
        yield "elements", "\n".join(_elements(article))


def _elements(article: etree._Element) -> Iterator[str]:
    """Yield each element of an article with its attributes.

    Left out is what Zensical adds and no reader sees: a target for the link past the navigation, and in a block of code
    elements for colours.
    """
    for element in article.iter(etree.Element):
        in_code = element.xpath("ancestor::pre") or element.tag == "pre" or element.get("class") == "highlight"
        if not in_code and element.get("id") != "__skip":
            yield f"{element.tag} {sorted(element.attrib.items())}"
