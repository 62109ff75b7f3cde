"""The built site as a browser gets it: links, headings, URLs, and what must not be there."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest

from tests.conftest import ROOT
from tests.guide.records import Published, Records

Element = Any
"""An element of lxml.html, for which there are no types."""

BASE = "http://site.test/"
HOME = ""
NOT_FOUND = "404.html"


@pytest.fixture(scope="session")
def every_page(site: Path) -> dict[str, Element]:
    """Return every page of the site by its URL."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        found[url] = lxml.html.fromstring(path.read_bytes())
    return found


@pytest.fixture(scope="session")
def pages(every_page: dict[str, Element]) -> dict[str, Element]:
    """Return every page that is there to be read, by its URL."""
    return {url: page for url, page in every_page.items() if not redirect_of(page)}


@pytest.fixture(scope="session")
def redirects(every_page: dict[str, Element]) -> dict[str, Element]:
    """Return the pages at the URLs that records had before."""
    return {url: page for url, page in every_page.items() if redirect_of(page)}


def redirect_of(page: Element) -> str:
    """Return where a page leads to by itself; an empty string if it does not."""
    contents = page.xpath("//meta[@http-equiv='refresh']/@content")
    return str(contents[0]).partition("url=")[2] if contents else ""


def text_of(element: Element) -> str:
    return " ".join(element.text_content().split())


def targets(page: Element) -> list[str]:
    return [
        str(value)
        for value in page.xpath("//@href | //*[not(self::iframe)]/@src")
        if not str(value).startswith(("data:", "mailto:", "tel:"))
    ]


@cache
def anchors(path: Path) -> frozenset[str]:
    page: Element = lxml.html.fromstring(path.read_bytes())
    return frozenset(map(str, page.xpath("//@id | //a/@name")))


def test_every_internal_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, Element]) -> None:
    broken = []
    for page_url, page in pages.items():
        if page_url == NOT_FOUND:
            continue  # its links are from the root, because it is shown at any depth
        for target in set(targets(page)):
            url = urlsplit(urljoin(BASE + page_url, target))
            if url.netloc != "site.test":
                continue
            path = site / unquote(url.path.lstrip("/"))
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                broken.append(f"{page_url}: {target}")
            elif url.fragment and path.suffix == ".html" and unquote(url.fragment) not in anchors(path):
                broken.append(f"{page_url}: {target} (no such anchor)")
    assert broken == []


def test_no_page_is_an_orphan_or_a_dead_end(pages: dict[str, Element]) -> None:
    """An orphan has no link to it from the text of another page or the navigation; a dead end has none in its text."""
    linked: Counter[str] = Counter()
    dead_ends = []
    for page_url, page in pages.items():
        own_text = page.xpath("//article//a/@href[not(starts-with(., '#'))]")
        internal = [link for link in own_text if urlsplit(urljoin(BASE, str(link))).netloc == "site.test"]
        if not internal:
            dead_ends.append(page_url)
        for target in page.xpath("//a/@href"):
            url = urlsplit(urljoin(BASE + page_url, str(target)))
            if url.netloc == "site.test" and unquote(url.path.lstrip("/")) != page_url:
                linked[unquote(url.path.lstrip("/"))] += 1
    assert [page_url for page_url in pages if not linked[page_url] and page_url != NOT_FOUND] == []
    assert [page_url for page_url in dead_ends if page_url != NOT_FOUND] == []


def test_every_page_has_one_h1_a_language_a_title_and_a_description(pages: dict[str, Element]) -> None:
    wrong = []
    for page_url, page in pages.items():
        if len(page.xpath("//h1")) != 1:
            wrong.append(f"{page_url}: {len(page.xpath('//h1'))} h1")
        if page.get("lang") != "en":
            wrong.append(f"{page_url}: no lang")
        if not page.xpath("//title[normalize-space()]") or not page.xpath(
            "//meta[@name='description'][normalize-space(@content)]"
        ):
            wrong.append(f"{page_url}: no title or description")
    assert wrong == []


def test_headings_do_not_skip_a_level(pages: dict[str, Element]) -> None:
    wrong = []
    for page_url, page in pages.items():
        levels = [
            int(heading.tag[1]) for heading in page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
        ]
        wrong += [f"{page_url}: h{one} then h{two}" for one, two in itertools.pairwise(levels) if two > one + 1]
    assert wrong == []


def test_nothing_is_left_unrendered(pages: dict[str, Element]) -> None:
    marks = re.compile(r"\{\{|\{%|\{:|%\}|\}\}|\bNone\b|Undefined|&#\d+;|&(amp|lt|gt|quot);|\[\w+\]\(")
    wrong = [
        f"{page_url}: {found.group()}"
        for page_url, page in pages.items()
        for article in page.xpath("//article")
        if page_url != "about/fields/"  # which explains the marks
        if (found := marks.search(text_of(article)))
    ]
    assert wrong == []


def test_no_page_asks_another_host_for_anything(pages: dict[str, Element]) -> None:
    loaded = "//link[not(@rel='canonical' or @rel='prev' or @rel='next')]/@href | //*[not(self::a)]/@src"
    elsewhere = [
        f"{page_url}: {value}"
        for page_url, page in pages.items()
        for value in page.xpath(loaded)
        if urlsplit(str(value)).netloc and not str(value).startswith("data:")
    ]
    assert elsewhere == []


def test_no_stylesheet_asks_another_host_for_anything(site: Path) -> None:
    asking = [
        path.relative_to(site).as_posix()
        for path in site.rglob("*.css")
        if re.search(r"(@import|url\()\s*['\"]?(https?:)?//", path.read_text(encoding="utf-8"))
    ]
    assert asking == []


def url_of_chapter(path: Path) -> str:
    """Return the URL of a Markdown file of people, whose index is ``index.md`` or ``README.md``."""
    source = path.relative_to(ROOT / "content")
    folder = source.parent if source.stem in {"index", "README"} else source.with_suffix("")
    return HOME if folder == Path() else f"{folder.as_posix()}/"


def url_of_index(published: Published, collection: str) -> str:
    """Return the URL of the page that lists the records of a collection."""
    url = published.url(collection, next(iter(published.collections[collection])))
    return url.partition("#")[0] if "#" in url else f"{url.rstrip('/').rpartition('/')[0]}/"


def test_every_record_and_every_chapter_has_its_page_and_nothing_else_has(
    pages: dict[str, Element], published: Published
) -> None:
    of_records = {published.url(collection, id_) for collection, id_, _ in published}
    indexes = {url_of_index(published, collection) for collection in published.collections}
    chapters = {url_of_chapter(path) for path in (ROOT / "content").rglob("*.md")}
    of_quality = {url for url in pages if url.endswith("/page--quality/") and url[: -len("page--quality/")] in indexes}
    with_pages = {url for url in of_records if "#" not in url} | indexes | chapters | of_quality | {NOT_FOUND}
    assert set(pages) == with_pages
    anchors_of_records = [url.partition("#") for url in of_records if "#" in url]
    assert [f"{url}#{id_}" for url, _, id_ in anchors_of_records if not pages[url].xpath("//*[@id=$id]", id=id_)] == []


def test_every_former_id_leads_to_its_record(
    pages: dict[str, Element], redirects: dict[str, Element], published: Published
) -> None:
    leading = {}
    for collection, id_, record in published:
        url = published.url(collection, id_)
        for former in record.get("former_ids", ()):
            if "#" in url:
                assert pages[url.partition("#")[0]].xpath("//*[@id=$id]", id=former), (collection, former)
            else:
                leading[f"{url_of_index(published, collection)}{former}/"] = url
    assert {url: urljoin(BASE + url, redirect_of(page)) for url, page in redirects.items()} == {
        url: BASE + target for url, target in leading.items()
    }


def test_a_page_at_a_former_url_says_where_its_record_is_and_runs_nothing(redirects: dict[str, Element]) -> None:
    for url, page in redirects.items():
        (heading,) = page.xpath("//h1")
        assert text_of(heading), url
        assert page.get("lang") == "en", url
        assert page.xpath("//title[normalize-space()]"), url
        assert page.xpath("//a/@href") == page.xpath("//link[@rel='canonical']/@href") == [redirect_of(page)], url
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"], url
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "unsafe" not in policy.partition("script-src")[2].partition(";")[0], url
        assert not page.xpath("//script"), url


def test_every_page_but_the_first_has_breadcrumbs_that_begin_at_home(pages: dict[str, Element]) -> None:
    for url, page in pages.items():
        crumbs = page.xpath("//nav[@aria-label='Breadcrumbs']//li")
        if url in {HOME, NOT_FOUND}:
            continue
        assert crumbs, url
        assert text_of(crumbs[0]) == "Home", url
        assert crumbs[-1].get("aria-current") == "page", url


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_partnership_page_tells_what_there_is_to_know(pages: dict[str, Element], published: Published) -> None:
    markets = {one["code"]: one["name"] for one in published.collections["markets"].values()}
    missing = []
    for id_, record in published.collections["partnerships"].items():
        text = text_of(pages[published.url("partnerships", id_)])
        partners = [published.name("partners", entry["partner"]) for entry in record.get("partners", ())]
        targets = [markets[code] for code in record.get("target_markets", ())]
        values = [record["acronym"], record["title"], record["kind"], *record.get("aliases", ()), *partners, *targets]
        missing += [f"{id_}: {value}" for value in values if one_line(value) not in text]
    assert missing == []


def test_the_edit_link_leads_to_the_record(pages: dict[str, Element], published: Published) -> None:
    for id_ in published.collections["partnerships"]:
        (link,) = pages[published.url("partnerships", id_)].xpath("//a[@rel='edit']/@href")
        assert str(link).endswith(f"/edit/main/content/partnerships/{id_}.yml")


def test_the_api_has_every_collection_and_every_record_as_written(
    site: Path, published: Published, records: Records
) -> None:
    assert list(published.collections) == list(records.collections)
    for collection, envelope in published.envelopes.items():
        written = records.collections[collection]
        assert envelope["collection"] == collection
        assert envelope["total"] == len(envelope["result"]) == len(written)
        assert envelope["schema_version"]
        extra = {"id", "url", "referenced_by"}
        assert {one["id"]: {key: one[key] for key in one if key not in extra} for one in envelope["result"]} == written
        for one in envelope["result"]:
            for id_ in (one["id"], *one.get("former_ids", ())):
                alone = json.loads((site / f"api/v1/{collection}/{id_}.json").read_text(encoding="utf-8"))
                assert alone == {"schema_version": envelope["schema_version"], "result": one}


def test_back_references_of_the_api_mirror_its_references(published: Published) -> None:
    listed = {
        (entry["partner"], id_)
        for id_, record in published.collections["partnerships"].items()
        for entry in record.get("partners", ())
    }
    taking_part = {
        (id_, entry["id"])
        for id_, record in published.collections["partners"].items()
        for entry in record["referenced_by"]
        if (entry["collection"], entry["property"]) == ("partnerships", "partners[].partner")
    }
    assert listed
    assert taking_part == listed


def test_no_types_of_scripts_are_published(site: Path) -> None:
    assert [path.name for path in site.rglob("*.ts")] == []
