"""What a stranger writes into a record is text: every payload in every field of every kind, and a real browser."""

from __future__ import annotations

import fcntl
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Browser

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.model.kinds import Kind
from smartguide.pages.text import prose, shortened
from tests import generated, hostile
from tests.browser.conftest import served
from tests.generated import Spot
from tests.watched import Watched, WithoutProtection

CHUNK = 24
CHUNKS = [hostile.TEXTS[start : start + CHUNK] for start in range(0, len(hostile.TEXTS), CHUNK)]
COMMON = "Zebra"
"""A word at the end of every text, which is also a term of the glossary, so that its tooltip is on every page."""


def chunk(spot: Spot) -> list[str]:
    """Return the texts of a field: each record has some, and all records of a kind together have all."""
    number = spot.number % len(CHUNKS)
    return CHUNKS[number] if spot.collection != "catalogue" else [text for part in CHUNKS for text in part]


def evil(spot: Spot) -> str | list[str]:
    """Fill a field with payloads."""
    if spot.address:
        return hostile.ADDRESSES[spot.number % len(hostile.ADDRESSES)].replace("evil.example", f"{spot.token}.example")
    if spot.collection == "glossary" and spot.path == ("term",) and spot.number == 0:
        return COMMON
    ending = f" {COMMON} {spot.token}"
    if isinstance(spot.path[-1], int):
        return [*chunk(spot)[:-1], chunk(spot)[-1] + ending]
    return "\n\n".join(chunk(spot)) + ending


def tame(spot: Spot) -> str | list[str]:
    """Fill a field with harmless words, so that the page has the same shape as with payloads."""
    if spot.address:
        scheme = "mailto:a@" if str(evil(spot)).startswith("mailto:") else "https://"
        return f"{scheme}{spot.token}.example/"
    if spot.collection == "glossary" and spot.path == ("term",) and spot.number == 0:
        return COMMON
    initial = next((char for char in "".join(chunk(spot)) if char.isascii() and char.isalnum()), "x")
    words = f"{initial} harmless {COMMON} {spot.token}"
    if isinstance(spot.path[-1], int):
        return [*(f"harmless {number}" for number in range(len(chunk(spot)) - 1)), words]
    return words


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Build a site of payloads and a harmless one of the same shape, once for all workers, and return their folder."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    made = shared / "hostile"
    with (shared / "hostile.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for name, fill in (("evil", evil), ("tame", tame)):
                root = made / name
                root.mkdir(parents=True)
                generated.make(root, fill, each=len(CHUNKS))
                build_site(root, root / "site", strict=False)
    return made


@pytest.fixture(scope="session")
def written() -> dict[str, dict[str, Any]]:
    """Return the hostile records as they were written."""
    return generated.records(evil, len(CHUNKS))


def paths(site: Path) -> list[str]:
    """Return the addresses of all pages, but for those that only lead to another."""
    found = (path for path in site.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes())
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in found)


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


@pytest.fixture(scope="module")
def parsed(folder: Path, browser: Browser) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what a browser makes of every page of both sites, by the site's name and the page's address."""
    made = {}
    for name in ("evil", "tame"):
        site = folder / name / "site"
        with served(site) as address:
            page = browser.new_page()
            page.goto(address + "sitemap.xml")
            made[name] = page.evaluate(SHAPE, paths(site))
            page.close()
    return made


def test_a_page_of_payloads_has_the_elements_and_attributes_of_a_harmless_one_and_no_others(
    parsed: dict[str, dict[str, dict[str, Any]]],
) -> None:
    different = {}
    assert parsed["evil"].keys() == parsed["tame"].keys()
    for path, page in parsed["evil"].items():
        there, here = Counter(parsed["tame"][path]["shape"]), Counter(page["shape"])
        there.subtract({"abbr title ": (there - here)["abbr title "]})  # a text that is cut has lost its last word
        if +there != here:
            different[path] = {"more": dict(here - there), "fewer": dict(there - here)}
    assert different == {}


def test_prose_brings_only_the_elements_of_its_few_constructs(parsed: dict[str, dict[str, dict[str, Any]]]) -> None:
    allowed = {(tag, "") for tag in ("p", "em", "strong", "ul", "ol", "li", "br")}
    allowed |= {("a", "href", "rel", scheme) for scheme in ("http:", "https:", "mailto:")}
    allowed |= {("abbr", "title", ""), ("ol", "start", "")}
    found = {tuple(element) for page in parsed["evil"].values() for element in page["prose"]}
    assert found - allowed == set()
    assert ("p", "") in found


def words(text: str) -> str:
    return " ".join(text.split())


def home(kind: Kind, entry: dict[str, Any], collection: str, record_id: str) -> str:
    """Return the page on which a record is shown."""
    below = f"{entry.get('url', collection)}/"
    return below if entry.get("pages") == "one" else f"{below}{record_id}/"


def test_every_payload_that_a_page_shows_is_there_to_the_letter(
    parsed: dict[str, dict[str, dict[str, Any]]], written: dict[str, dict[str, Any]]
) -> None:
    known = generated.kinds()
    missing, shown = [], Counter[str]()
    for collection, entry in generated.collections().items():
        kind = known[entry["schema"]]
        for record_id, record in written[collection].items():
            path = home(kind, entry, collection, record_id)
            for way, text in generated.texts(record):
                schema = kind.property_at(way)
                token = re.search(r"\btok\w+", text)
                if not token or schema.get("x-prose") or schema.get("pattern"):
                    continue
                if token.group() not in parsed["tame"][path]["text"]:
                    continue  # not a field of this page
                shown[collection] += 1
                if words(text) not in parsed["evil"][path]["text"]:
                    missing.append((path, way))
    assert missing == []
    assert all(shown[collection] >= len(CHUNKS) for collection in generated.collections())


def test_titles_descriptions_and_breadcrumbs_say_the_payload_to_the_letter(
    parsed: dict[str, dict[str, dict[str, Any]]], written: dict[str, dict[str, Any]]
) -> None:
    known = generated.kinds()
    for collection, entry in generated.collections().items():
        kind = known[entry["schema"]]
        if entry.get("pages") == "one":
            continue
        for record_id, record in written[collection].items():
            page = parsed["evil"][home(kind, entry, collection, record_id)]
            label = words(record[kind.label_key])
            assert page["title"] == f"{label} - Smart Guide"
            assert page["crumb"] == label
            assert page["description"] == shortened(record.get(kind.summary_key) or record[kind.label_key])


def test_a_page_that_leads_to_another_holds_nothing_else(folder: Path, written: dict[str, Any]) -> None:
    found = [page for page in (folder / "evil/site").rglob("*.html") if b'http-equiv="refresh"' in page.read_bytes()]
    assert len(found) >= len(CHUNKS)
    labels = {words(record[kind.label_key]) for kind, record in _labelled(written)}
    for page in found:
        tree = lxml.html.fromstring(page.read_bytes())
        assert [element.tag for element in tree.iter()] == (
            ["html", "head", "meta", "meta", "meta", "link", "meta", "title", "body", "h1", "p", "a"]
        )
        assert words(tree.xpath("string(//h1)")) in labels
        assert {attribute for element in tree.iter() for attribute in element.attrib} <= (
            {"lang", "charset", "http-equiv", "content", "rel", "href", "name"}
        )


def _labelled(written: dict[str, dict[str, Any]]) -> Iterator[tuple[Kind, dict[str, Any]]]:
    known = generated.kinds()
    for collection, entry in generated.collections().items():
        for record in written[collection].values():
            yield known[entry["schema"]], record


def test_data_in_a_page_stay_data(parsed: dict[str, dict[str, dict[str, Any]]], written: dict[str, Any]) -> None:
    plan = json.loads(parsed["evil"]["plan/"]["data"][0])
    assert [action["title"] for action in plan["actions"]] == [one["title"] for one in written["actions"].values()]
    for page in parsed["evil"].values():
        for data in page["data"]:
            json.loads(data)


def test_the_api_gives_every_payload_as_written(folder: Path, written: dict[str, dict[str, Any]]) -> None:
    for collection, records in written.items():
        for record_id, record in records.items():
            published = generated.published(folder / "evil/site", collection, record_id)
            assert {key: published[key] for key in record} == record


@pytest.mark.browser
@pytest.mark.parametrize("part", range(4))
def test_nothing_of_a_record_runs_in_a_browser(folder: Path, browser: Browser, part: int) -> None:
    site = folder / "evil/site"
    with served(site, handler=WithoutProtection) as address, Watched(browser, address) as watched:
        for path in [path for path in paths(site) if path != "404.html"][part::4]:
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
    folder: Path, browser: Browser, tmp_path: Path, payload: str, noticed: list[str]
) -> None:
    """Otherwise the test above would say nothing."""
    html = (folder / "tame/site/about/index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(html.replace("</main>", f"{payload}</main>"), encoding="utf-8")
    for name in ("assets", "search"):
        (tmp_path / name).symlink_to(folder / "tame/site" / name)
    with served(tmp_path, handler=WithoutProtection) as address, Watched(browser, address) as watched:
        watched.open("")
    assert [what for what in noticed if not any(what in one for one in watched.noticed)] == []


QUERIES = ["Zebra", "script", "onerror img", "javascript", "<img src=x onerror=__hit(50)>", "{{ config }}", "alert*"]


@pytest.mark.browser
def test_search_results_show_payloads_and_run_none(folder: Path, browser: Browser) -> None:
    with served(folder / "evil/site", handler=WithoutProtection) as address, Watched(browser, address) as watched:
        page = watched.page
        watched.open("partners/")
        found = set()
        for query in QUERIES:
            page.locator(".md-search__input").click()
            page.locator(".md-search__input").fill(query)
            page.wait_for_function(
                "() => /found|documents|No matching/.test(document.querySelector('.md-search-result__meta').textContent)"
            )
            page.wait_for_timeout(300)
            for button in page.locator(".md-search-result__list summary").all()[:3]:
                button.click()
            found |= set(
                page.evaluate(
                    """() => [...document.querySelectorAll('.md-search-result__list *, .md-search__suggest *')].map(
                        (one) => one.localName + ' ' + [...one.attributes].map((a) => a.name).join(' '))"""
                )
            )
            if query == "Zebra":
                assert "<script>__hit(1)</script>" in page.locator(".md-search-result__list").inner_text()
            watched.look(f"search for {query}")
            page.keyboard.press("Escape")
        allowed = {"a", "li", "ul", "ol", "article", "h1", "h2", "p", "mark", "div", "details", "summary", "nav"}
        allowed |= {"strong", "em", "table", "td", "tr", "th", "tbody", "thead", "br", "dl", "dd", "dt", "code", "span"}
        # The theme strikes out words that it did not find, and marks those that it did, even in its own marks.
        allowed |= {"del", "mark<mark"}
        assert {element.split()[0] for element in found} - allowed == set()
        assert [element for element in found if re.search(r" (on\w+|style|src|srcdoc)\b", element)] == []
    assert watched.noticed == []


@pytest.mark.browser
def test_a_search_that_comes_with_the_address_runs_nothing(folder: Path, browser: Browser) -> None:
    with served(folder / "evil/site", handler=WithoutProtection) as address, Watched(browser, address) as watched:
        for query in ("?h=%3Cimg+src%3Dx+onerror%3D__hit(51)%3E", "?q=%3Csvg+onload%3D__hit(52)%3E", "#<script>"):
            watched.open(f"partnerships/partnerships-0/{query}")
            watched.page.wait_for_timeout(200)
            watched.look(query)
    assert watched.noticed == []


def _address_fields() -> list[tuple[str, str]]:
    return sorted(
        (kind.name, prop.name)
        for kind in generated.kinds().values()
        if kind.name in {entry["schema"] for entry in generated.collections().values()}
        for prop in kind.properties
        if "https?" in prop.schema.get("pattern", "")
    )


@pytest.mark.parametrize(("kind_name", "field"), _address_fields())
def test_a_field_for_an_address_takes_no_other_scheme(kind_name: str, field: str) -> None:
    kind = generated.kinds()[kind_name]
    (prop,) = (prop for prop in kind.properties if prop.name == field)
    collection = next(name for name, entry in generated.collections().items() if entry["schema"] == kind_name)
    accepted = []
    for address in hostile.SCRIPTS:
        record = generated.records(
            lambda spot, address=address: address if spot.address else generated.harmless(spot), 1
        )[collection][f"{collection}-0"]
        refused = {tuple(error.instance_path) for error in kind._validator.iter_errors(record)}
        accepted += [(way, address) for way, _ in prop.values(record) if way not in refused]
    assert accepted == []


@pytest.mark.parametrize("address", hostile.SCRIPTS)
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "[x]({} 'title')", "[x][r]\n\n[r]: {}", "<{}>", "![x]({})"])
def test_a_link_in_prose_takes_no_other_scheme(address: str, form: str) -> None:
    for link in lxml.html.fromstring(f"<div>{prose(form.format(address))}</div>").iter("a"):
        assert re.match(r"(https?://|mailto:)[^\s<>\"']*$", link.get("href", "https://")), link.get("href")


INVISIBLE = [
    "\x02wzxhzdk:0\x03", "\x02amp\x03", "\x02klzzwxh:0000\x03", "\x01", "\x1b[31m", "\x7f", "\x85", "a\rb",
    "\u202eevil\u202c", "\u2066x\u2069", "\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u200f", "\u061c",
    "\ufff9x\ufffb", "\U000e0041\U000e007f",
]  # fmt: skip


@pytest.mark.parametrize("text", INVISIBLE, ids=[f"U+{ord(text[0]):04X}-{len(text)}" for text in INVISIBLE])
def test_a_character_that_nobody_sees_stops_the_build_on_its_line(
    findings_of: Callable[..., list[str]], text: str
) -> None:
    escaped = "".join(f"\\U{ord(char):08x}" for char in text)
    record = f'name: "Evil {escaped}"\ncountry: DE\nsources:\n  - source: guide\n'
    found = findings_of({"content/partners/bridge-builders.yml": record})
    assert any(
        line.startswith("content/partners/bridge-builders.yml:1:7: error: ") and "[invisible-character]" in line
        for line in found
    )


@pytest.mark.parametrize("text", ["\x02wzxhzdk:0\x03", "\x02amp\x03lt;script\x02amp\x03gt;", "\x02klzzwxh:0\x03"])
def test_placeholders_of_the_markdown_engine_are_not_taken_for_its_own(text: str) -> None:
    """Should they ever pass the check: the engine would put stashed HTML in their place."""
    from smartguide.pages.text import entities

    assert "\x02" not in entities(text)
    assert "\x02" not in prose(text)
    assert "\x03" not in prose(text)


@pytest.mark.parametrize(
    "record_id", ["<svg onload=1>", "{{7*7}}", "a b", "a/b", "..", "a%2fb", 'a"b', "ä", "A", "a_b", "-a", "a--b", ""]
)
def test_an_id_is_nothing_but_words_joined_by_hyphens(findings_of: Callable[..., list[str]], record_id: str) -> None:
    changed = json.dumps({"digital": {"name": "Digital", "description": "x"}, record_id: {"name": "Evil"}})
    assert any("[id]" in line for line in findings_of({"content/sectors.yml": changed}))


@pytest.mark.parametrize("key", ["title", "template", "url", "intro", "pages", "schema"])
def test_the_catalogue_takes_no_way_out_of_the_site(findings_of: Callable[..., list[str]], key: str) -> None:
    for value in ("../../etc", "{{ 7*7 }}/x", "<script>", "https://evil.example", "/absolute", "a\nb"):
        text = (
            f"collections:\n  sources: {{schema: source, {key}: {json.dumps(value)}, records: !include sources.yml}}\n"
        )
        if key in {"title", "intro"}:
            continue  # texts, which the pages above show
        if key == "schema":
            text = text.replace("schema: source, ", "")
        found = findings_of({"content/catalogue.yml": text})
        assert [line for line in found if "[wrong-form]" in line or "[not-allowed]" in line], value


def test_the_hostile_records_themselves_are_valid(folder: Path) -> None:
    """Otherwise the tests above would say nothing of them."""
    errors = [finding for finding in check(folder / "evil").findings if finding.severity == "error"]
    assert errors == []
