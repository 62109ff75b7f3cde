"""The built site as a browser gets it: links, headings, addresses, and what must not be there."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest

from smartguide.checks.checking import Checked
from smartguide.model import urls
from tests.conftest import ROOT

Element = lxml.html.HtmlElement
BASE = "http://site.test/"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Element]:
    """Return every page of the site by its address."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = lxml.html.fromstring(path.read_bytes())
    return found


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
    page = lxml.html.fromstring(path.read_bytes())
    return frozenset(map(str, page.xpath("//@id | //a/@name")))


def test_every_internal_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, Element]) -> None:
    broken = []
    for address, page in pages.items():
        if address == "404.html":
            continue  # its links are from the root, because it is shown at any depth
        for target in set(targets(page)):
            url = urlsplit(urljoin(BASE + address, target))
            if url.netloc != "site.test":
                continue
            path = site / unquote(url.path.lstrip("/"))
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                broken.append(f"{address}: {target}")
            elif url.fragment and path.suffix == ".html" and unquote(url.fragment) not in anchors(path):
                broken.append(f"{address}: {target} (no such anchor)")
    assert broken == []


def test_no_page_is_an_orphan_or_a_dead_end(pages: dict[str, Element]) -> None:
    """An orphan has no link to it from the text of another page or the navigation; a dead end has none in its text."""
    linked: Counter[str] = Counter()
    dead_ends = []
    for address, page in pages.items():
        own_text = page.xpath("//article//a/@href[not(starts-with(., '#'))]")
        internal = [link for link in own_text if urlsplit(urljoin(BASE, str(link))).netloc == "site.test"]
        if not internal:
            dead_ends.append(address)
        for target in page.xpath("//a/@href"):
            url = urlsplit(urljoin(BASE + address, str(target)))
            if url.netloc == "site.test" and unquote(url.path.lstrip("/")) != address:
                linked[unquote(url.path.lstrip("/"))] += 1
    assert [address for address in pages if not linked[address] and address != "404.html"] == []
    assert [address for address in dead_ends if address != "404.html"] == []


def test_every_page_has_one_h1_a_language_a_title_and_a_description(pages: dict[str, Element]) -> None:
    wrong = []
    for address, page in pages.items():
        if len(page.xpath("//h1")) != 1:
            wrong.append(f"{address}: {len(page.xpath('//h1'))} h1")
        if page.get("lang") != "en":
            wrong.append(f"{address}: no lang")
        if not page.xpath("//title[normalize-space()]") or not page.xpath(
            "//meta[@name='description'][normalize-space(@content)]"
        ):
            wrong.append(f"{address}: no title or description")
    assert wrong == []


def test_headings_do_not_skip_a_level(pages: dict[str, Element]) -> None:
    wrong = []
    for address, page in pages.items():
        levels = [
            int(heading.tag[1]) for heading in page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
        ]
        wrong += [f"{address}: h{one} then h{two}" for one, two in itertools.pairwise(levels) if two > one + 1]
    assert wrong == []


def test_nothing_is_left_unrendered(pages: dict[str, Element]) -> None:
    marks = re.compile(r"\{\{|\{%|\{:|%\}|\}\}|\bNone\b|Undefined|&#\d+;|&(amp|lt|gt|quot);|\[\w+\]\(")
    wrong = [
        f"{address}: {found.group()}"
        for address, page in pages.items()
        for article in page.xpath("//article")
        if address != "about/fields/"  # which explains the marks
        if (found := marks.search(text_of(article)))
    ]
    assert wrong == []


def test_no_page_asks_another_host_for_anything(pages: dict[str, Element]) -> None:
    loaded = "//link[not(@rel='canonical' or @rel='prev' or @rel='next')]/@href | //*[not(self::a)]/@src"
    elsewhere = [
        f"{address}: {value}"
        for address, page in pages.items()
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


def test_every_record_has_its_page_or_its_place_on_one(pages: dict[str, Element], real: Checked) -> None:
    missing = []
    for record in real.base:
        address, _, anchor = urls.record(record).partition("#")
        page = pages.get(address)
        if page is None or (anchor and not page.xpath("//*[@id=$anchor]", anchor=anchor)):
            missing.append(repr(record))
    assert missing == []
    generated = {urls.record(record) for record in real.base if not record.collection.one_page}
    indexes = {urls.collection(collection) for collection in real.base.collections.values()}
    authored = {path.relative_to(ROOT / "content").as_posix() for path in (ROOT / "content").rglob("*.md")}
    assert len(pages) == len(generated) + len(indexes) + len(authored) + 1  # and the page for errors


def test_every_page_but_the_first_has_breadcrumbs_that_begin_at_home(pages: dict[str, Element]) -> None:
    for address, page in pages.items():
        crumbs = page.xpath("//nav[@aria-label='Breadcrumbs']//li")
        if address in {"", "404.html"}:
            continue
        assert crumbs, address
        assert text_of(crumbs[0]) == "Home", address
        assert crumbs[-1].get("aria-current") == "page", address


def test_a_partnership_page_tells_what_there_is_to_know(pages: dict[str, Element], real: Checked) -> None:
    for record in real.base["partnerships"]:
        text = text_of(pages[urls.record(record)])
        for value in (
            record.data["acronym"],
            record.data["title"],
            record.data["kind"],
            *record.data.get("aliases", ()),
        ):
            assert " ".join(value.split()) in text, (record.id, value)
        for partner in record.targets("partners"):
            assert " ".join(partner.label.split()) in text, (record.id, partner.id)
        for market in record.targets("target_markets"):
            assert market.label in text, (record.id, market.id)


def test_the_edit_link_leads_to_the_record(pages: dict[str, Element]) -> None:
    (link,) = pages["partnerships/adpack/"].xpath("//a[@rel='edit']/@href")
    assert str(link).endswith("/edit/main/content/partnerships/adpack.yml")


@pytest.fixture(scope="session")
def search_index(site: Path) -> list[dict[str, str]]:
    return json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]


def test_the_search_holds_every_name_and_every_other_spelling(
    search_index: list[dict[str, str]], real: Checked
) -> None:
    found: dict[str, str] = {}
    for entry in search_index:
        address = entry["location"].partition("#")[0]
        text = lxml.html.fromstring(f"<p>{entry['title']} {entry['text']}</p>").text_content()
        found[address] = found.get(address, "") + " ".join(text.split()) + " "
    missing = []
    for record in real.base:
        words = [record.label, *record.data.get("aliases", ())]
        if record.collection.name == "partnerships":
            words += [record.data["title"], *(partner.label for partner in record.targets("partners"))]
        address = urls.record(record).partition("#")[0]
        missing += [f"{record}: {word}" for word in words if " ".join(word.split()) not in found[address]]
    assert missing == []


def test_the_api_has_every_collection_and_every_record_as_written(site: Path, real: Checked) -> None:
    for collection in real.base.collections.values():
        envelope = json.loads((site / urls.api_collection(collection.name)).read_text(encoding="utf-8"))
        assert envelope["collection"] == collection.name
        assert envelope["total"] == len(collection) == len(envelope["result"])
        assert envelope["schema_version"]
        for record, published in zip(collection, envelope["result"], strict=True):
            alone = json.loads((site / urls.api_record(collection.name, record.id)).read_text(encoding="utf-8"))
            assert alone == {"schema_version": envelope["schema_version"], "result": published}
            assert published["id"] == record.id
            assert published["url"] == f"/{urls.record(record)}"
            extra = {"id", "url", "referenced_by"}
            assert {key: value for key, value in published.items() if key not in extra} == record.data


def test_back_references_of_the_api_mirror_its_references(site: Path) -> None:
    partner = json.loads((site / "api/v1/partners/pole-scs.json").read_text(encoding="utf-8"))["result"]
    taking_part = {entry["id"] for entry in partner["referenced_by"] if entry["property"] == "partners[].partner"}
    partnerships = json.loads((site / "api/v1/partnerships.json").read_text(encoding="utf-8"))["result"]
    listed = {
        one["id"] for one in partnerships if any(entry["partner"] == "pole-scs" for entry in one.get("partners", ()))
    }
    assert taking_part == listed == {"adpack2", "alliance", "cyber-secure-light", "dia"}
