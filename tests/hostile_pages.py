"""What a stranger writes into a record is text: every payload in every field of every kind, and a real browser.

The tests of ``HostilePages`` hold for any project: a class of its own for each project says which one that is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import lxml.html
import pytest
import yaml
from playwright.sync_api import Browser, expect

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.model.kinds import Kind
from smartguide.pages.text import shortened
from tests import hostile_texts
from tests.browsers import served
from tests.built_sites import made_once
from tests.generated_projects import Model, Record, Records, Spot, harmless, published, texts
from tests.searches import search_for
from tests.watched_pages import Watched, WithoutProtection

CHUNK = 24
CHUNKS = [hostile_texts.TEXTS[start : start + CHUNK] for start in range(0, len(hostile_texts.TEXTS), CHUNK)]
TERM = ("glossary", ("term",))
"""The collection and the field whose texts get tooltips wherever they occur."""
COMMON = "Zebra"
"""A word at the end of every text, which is also a term of the glossary, so that its tooltip is on every page."""

Parsed = dict[str, dict[str, dict[str, Any]]]
"""What a browser makes of every page, by the name of the site and the URL of the page."""


def chunk(spot: Spot) -> list[str]:
    """Return the texts of a field: each record has some, and all records of a kind together have all."""
    number = spot.number % len(CHUNKS)
    return CHUNKS[number] if spot.collection != "catalogue" else [text for part in CHUNKS for text in part]


def evil(spot: Spot) -> str | list[str]:
    """Fill a field with payloads."""
    if spot.url:
        return hostile_texts.URLS[spot.number % len(hostile_texts.URLS)].replace(
            "evil.example", f"{spot.token}.example"
        )
    if (spot.collection, spot.path) == TERM and spot.number == 0:
        return COMMON
    ending = f" {COMMON} {spot.token}"
    if isinstance(spot.path[-1], int):
        return [*chunk(spot)[:-1], chunk(spot)[-1] + ending]
    return "\n\n".join(chunk(spot)) + ending


def tame(spot: Spot) -> str | list[str]:
    """Fill a field with harmless words, so that the page has the same shape as with payloads."""
    if spot.url:
        scheme = "mailto:a@" if str(evil(spot)).startswith("mailto:") else "https://"
        return f"{scheme}{spot.token}.example/"
    if (spot.collection, spot.path) == TERM and spot.number == 0:
        return COMMON
    initial = next((char for char in "".join(chunk(spot)) if char.isascii() and char.isalnum()), "x")
    words = f"{initial} harmless {COMMON} {spot.token}"
    if isinstance(spot.path[-1], int):
        return [*(_tame_item(text, number) for number, text in enumerate(chunk(spot)[:-1])), words]
    return words


def _tame_item(text: str, number: int) -> str:
    """Return a harmless text of a list; one that is a URL stays one, as a page may make a link of it."""
    return f"http://harmless.example/{number}" if text.startswith("http://") else f"harmless {number}"


def pages_of(site: Path) -> list[str]:
    """Return the URLs of all pages, but for those that only lead to another."""
    found = (path for path in site.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes())
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in found)


def one_line(text: str) -> str:
    return " ".join(text.split())


SHAPE = r"""
async (paths) => {
  const found = {};
  for (const path of paths) {
    const html = await (await fetch("/" + path)).text();
    const doc = new DOMParser().parseFromString(html, "text/html");
    const words = (text) => (text || "").split(/\s+/).filter(Boolean).join(" ");
    const page = found[path] = {
      text: words(doc.body.textContent),
      title: words(doc.title),
      description: doc.querySelector("meta[name=description]")?.content,
      crumb: words(doc.querySelector(".sg-crumbs [aria-current]")?.textContent),
      data: [...doc.querySelectorAll('script[type="application/json"]')].map((one) => one.textContent),
      prose: [],
    };
    for (const prose of doc.querySelectorAll(".sg-prose")) {
      for (const element of prose.querySelectorAll("*"))
        page.prose.push([element.localName, ...[...element.attributes].map((one) => one.name), element.protocol || ""]);
      prose.replaceChildren();
    }
    page.shape = [...doc.querySelectorAll("*")].map((element) => [
      element.localName,
      ...[...element.attributes].map((one) => one.name),
      element.protocol || "",
    ].join(" "));
  }
  return found;
}
"""
"""What the browser's own parser makes of pages, without running anything that is on them."""

QUERIES = ["Zebra", "script", "onerror img", "javascript", "<img src=x onerror=__hit(50)>", "{{ config }}", "alert*"]


def _any_use(element: str) -> str:
    """Return the shape of an element; which use of a term is the first, and so a stop of the Tab key, is up to texts."""
    return element.replace("abbr title tabindex ", "abbr title ")


class HostilePages:
    """The tests of a project's pages; a class that inherits them says whose they are."""

    model: ClassVar[Model]
    """The project whose schemas, templates and settings are tested."""

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
        """Build a site of payloads and a harmless one of the same shape, once for all workers; return their folder."""

        def make(made: Path) -> None:
            for name, fill in (("evil", evil), ("tame", tame)):
                root = made / name
                root.mkdir(parents=True)
                cls.model.make(root, fill, each=len(CHUNKS))
                build_site(root, root / "site", strict=False)

        return made_once(tmp_path_factory, worker_id, f"hostile-{cls.__name__}", make)

    @pytest.fixture(scope="class")
    @classmethod
    def written(cls) -> Records:
        """Return the hostile records as they were written."""
        return cls.model.records(evil, len(CHUNKS))

    @pytest.fixture(scope="class")
    @classmethod
    def parsed(cls, folder: Path, browser: Browser) -> Parsed:
        """Return what a browser makes of every page of both sites."""
        made = {}
        for name in ("evil", "tame"):
            site = folder / name / "site"
            with served(site) as url:
                page = browser.new_page()
                page.goto(url + "sitemap.xml")
                made[name] = page.evaluate(SHAPE, pages_of(site))
                page.close()
        return made

    def test_the_hostile_records_themselves_are_valid(self, folder: Path) -> None:
        """Otherwise the tests below would say nothing of them."""
        errors = [finding for finding in check(folder / "evil").findings if finding.severity == "error"]
        assert errors == []

    def test_a_page_of_payloads_has_the_elements_and_attributes_of_a_harmless_one_and_no_others(
        self, parsed: Parsed
    ) -> None:
        different = {}
        assert parsed["evil"].keys() == parsed["tame"].keys()
        for path, page in parsed["evil"].items():
            there, here = (Counter(map(_any_use, one["shape"])) for one in (parsed["tame"][path], page))
            there.subtract({"abbr title ": (there - here)["abbr title "]})  # a text that is cut has lost its last word
            if +there != here:
                different[path] = {"more": dict(here - there), "fewer": dict(there - here)}
        assert different == {}

    def test_prose_brings_only_the_elements_of_its_few_constructs(self, parsed: Parsed) -> None:
        allowed: set[tuple[str, ...]] = {(tag, "") for tag in ("p", "em", "strong", "ul", "ol", "li", "br")}
        allowed |= {("a", "href", "rel", scheme) for scheme in ("http:", "https:", "mailto:")}
        allowed |= {("abbr", "title", ""), ("ol", "start", "")}
        found = {tuple(element) for page in parsed["evil"].values() for element in page["prose"]}
        assert found - allowed == set()
        assert ("p", "") in found

    def test_every_payload_that_a_page_shows_is_there_to_the_letter(self, parsed: Parsed, written: Records) -> None:
        missing, shown = [], Counter[str]()
        for collection, records in written.items():
            kind = self.model.kind(collection)
            for record_id, record in records.items():
                path = self.model.home(collection, record_id)
                for way, text in texts(record):
                    declared = kind.property_at(way)
                    schema = declared.schema if declared else {}
                    token = re.search(r"\btok\w+", text)
                    if not token or schema.get("x-prose") or schema.get("pattern"):
                        continue
                    if token.group() not in parsed["tame"][path]["text"]:
                        continue  # not a field of this page
                    shown[collection] += 1
                    if one_line(text) not in parsed["evil"][path]["text"]:
                        missing.append((path, way))
        assert missing == []
        assert all(shown[collection] >= len(CHUNKS) for collection in self.model.collections)

    def test_titles_descriptions_and_breadcrumbs_say_the_payload_to_the_letter(
        self, parsed: Parsed, written: Records, folder: Path
    ) -> None:
        settings = yaml.load((folder / "evil/mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
        for collection in filter(self.model.has_pages, self.model.collections):
            kind = self.model.kind(collection)
            for record_id, record in written[collection].items():
                page = parsed["evil"][self.model.home(collection, record_id)]
                label = one_line(record[kind.label_key])
                assert page["title"] == f"{label} - {settings['site_name']}"
                assert page["crumb"] == label
                assert page["description"] == shortened(record.get(kind.summary_key) or record[kind.label_key])

    def test_a_page_that_leads_to_another_holds_nothing_else(self, folder: Path, written: Records) -> None:
        site = folder / "evil/site"
        found = [page for page in site.rglob("*.html") if b'http-equiv="refresh"' in page.read_bytes()]
        assert len(found) >= len(CHUNKS)
        labels = {one_line(record[kind.label_key]) for kind, record in _labelled(self.model, written)}
        for page in found:
            tree = lxml.html.document_fromstring(page.read_bytes())
            assert [element.tag for element in tree.iter()] == (
                ["html", "head", "meta", "meta", "meta", "link", "meta", "title", "body", "h1", "p", "a"]
            )
            assert one_line(str(tree.xpath("string(//h1)"))) in labels
            assert {attribute for element in tree.iter() for attribute in element.attrib} <= (
                {"lang", "charset", "http-equiv", "content", "rel", "href", "name"}
            )

    def test_data_in_a_page_stay_data(self, parsed: Parsed) -> None:
        for page in parsed["evil"].values():
            for data in page["data"]:
                json.loads(data)

    def test_the_api_gives_every_payload_as_written(self, folder: Path, written: Records) -> None:
        for collection, records in written.items():
            for record_id, record in records.items():
                answer = published(folder / "evil/site", collection, record_id)
                assert {key: answer[key] for key in record} == record

    @pytest.mark.browser
    @pytest.mark.parametrize("part", range(4))
    def test_nothing_of_a_record_runs_in_a_browser(self, folder: Path, browser: Browser, part: int) -> None:
        site = folder / "evil/site"
        with served(site, handler=WithoutProtection) as url, Watched(browser, url) as watched:
            for path in [path for path in pages_of(site) if path != "404.html"][part::4]:
                watched.open(path)
        assert watched.noticed == []

    @pytest.mark.browser
    @pytest.mark.parametrize(
        ("payload", "noticed"),
        [
            ("<script>__hit('ran')</script>", ["ran", "policy: script-src-elem inline"]),
            ("<img src=x:y onerror=__hit('ran')>", ["ran", "policy: script-src-attr inline", "policy: img-src x"]),
            ("<img src=https://evil.example/x.png>", ["request to https://evil.example/x.png", "policy: img-src"]),
            ("<form action=/x></form><base href=/>", ["policy: base-uri"]),
        ],
    )
    def test_whatever_would_run_is_noticed(
        self, folder: Path, browser: Browser, tmp_path: Path, payload: str, noticed: list[str]
    ) -> None:
        """Otherwise the test above would say nothing."""
        site = folder / "tame/site"
        html = (site / self.model.url("sources") / "index.html").read_text(encoding="utf-8")
        (tmp_path / "index.html").write_text(html.replace("</main>", f"{payload}</main>"), encoding="utf-8")
        for name in ("assets", "search"):
            (tmp_path / name).symlink_to(site / name)
        with served(tmp_path, handler=WithoutProtection) as url, Watched(browser, url) as watched:
            watched.open("")
        assert [what for what in noticed if not any(what in one for one in watched.noticed)] == []

    @pytest.mark.browser
    def test_search_results_show_payloads_and_run_none(self, folder: Path, browser: Browser) -> None:
        with served(folder / "evil/site", handler=WithoutProtection) as url, Watched(browser, url) as watched:
            page = watched.page
            watched.open(self.model.url("sources"))
            found: set[str] = set()
            for query in QUERIES:
                results = search_for(page, query)
                expect(page.locator(".sg-search [role=status]")).to_contain_text(re.compile("in (its|their) texts?"))
                found |= set(
                    page.evaluate(
                        """() => [...document.querySelectorAll('.sg-search__results *')].map(
                            (one) => one.localName + ' ' + [...one.attributes].map((a) => a.name).join(' '))"""
                    )
                )
                if query == "Zebra":
                    expect(results.first).to_be_visible()
                    expect(page.locator(".sg-search__results")).to_contain_text("<script>__hit(1)</script>")
                watched.look(f"search for {query}")
                page.keyboard.press("Escape")
            allowed = {"a", "button", "div", "h2", "li", "mark", "section", "span", "ul"}
            assert {element.split()[0] for element in found} - allowed == set()
            assert [element for element in found if re.search(r" (on\w+|style|src|srcdoc)\b", element)] == []
        assert watched.noticed == []

    @pytest.mark.browser
    def test_a_search_that_comes_with_the_url_runs_nothing(self, folder: Path, browser: Browser) -> None:
        with served(folder / "evil/site", handler=WithoutProtection) as url, Watched(browser, url) as watched:
            for query in ("?h=%3Cimg+src%3Dx+onerror%3D__hit(51)%3E", "?q=%3Csvg+onload%3D__hit(52)%3E", "#<script>"):
                watched.open(f"{self.model.home('sources', 'sources-0')}{query}")
                watched.page.wait_for_timeout(200)
                watched.look(query)
        assert watched.noticed == []

    def test_a_field_for_a_url_takes_no_other_scheme(self) -> None:
        accepted, tried = [], 0
        for collection in self.model.collections:
            kind = self.model.kind(collection)
            fields = [prop for prop in kind.properties if "https?" in prop.schema.get("pattern", "")]
            for url in hostile_texts.SCRIPTS if fields else ():
                record = self.model.records(_with_url(url), 1)[collection][f"{collection}-0"]
                refused = {tuple(error.instance_path) for error in kind.validator.iter_errors(record)}
                values = [value.path for value in kind.root.values(record) if value.property in fields]
                assert len(values) >= len(fields)
                accepted += [(collection, way, url) for way in values if way not in refused]
                tried += len(values)
        assert accepted == []
        assert tried >= len(hostile_texts.SCRIPTS)


def _labelled(model: Model, written: Records) -> Iterator[tuple[Kind, Record]]:
    for collection, records in written.items():
        for record in records.values():
            yield model.kind(collection), record


def _with_url(url: str) -> Any:
    return lambda spot: url if spot.url else harmless(spot)
