"""Where a record stands: its tab, its part of the menu, the way to it, the records beside it, and what it is cited as."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.model.knowledge_base import Record
from tests.built_sites import made_once
from tests.generator import projects
from tests.generator.projects import text
from tests.projects import MakeProject, write

NAV = """
nav:
  - Home: index.md
  - Ways:
      - tours/index.md
      - Valleys: valleys/index.md
  - Huts: huts/index.md
"""
CATALOGUE = text("content/catalogue.yml")
HUTS = {
    f"content/huts/{name}.yml": f"name: {label}\nvalley: {valley}\nsources: [{{source: map}}]\n"
    for name, label, valley in [("a", "Arch Hut", "STH"), ("b", "Bear Hut", "NTH"), ("c", "Élan Hut", "NTH")]
}


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of a site with a navigation in which sections stand above indexes."""

    def make(folder: Path) -> None:
        root = projects.copy(folder, {"mkdocs.yml": text("mkdocs.yml") + NAV, **HUTS}, site=True)
        catalogue = CATALOGUE.replace("sources: {schema: source", "sources: {schema: source, dated_by: date")
        write(root, {"content/catalogue.yml": catalogue, "content/sources.yml": SOURCES})
        build_site(root, root / "site", engine=request.param, strict=False)

    return made_once(tmp_path_factory, worker_id, f"places-{request.param}", make) / "site"


SOURCES = """
map: {title: The map, publisher: The map makers, kind: map, description: All ways., date: "2019-04"}
book: {title: The book, publisher: The map makers, kind: map, description: All ways., date: "2018-12-31"}
"""


def page_at(site: Path, url: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(site / url / "index.html").getroot()


def words(elements: list[lxml.html.HtmlElement]) -> list[str]:
    return [" ".join(one.text_content().split()) for one in elements]


@pytest.mark.parametrize(
    ("url", "tab", "crumbs"),
    [
        ("huts/a/", "Huts", ["Home", "Huts", "Arch Hut"]),
        ("valleys/south/", "Ways", ["Home", "Ways", "Valleys", "South Valley"]),
        ("tours/three-lakes/", "Ways", ["Home", "Tours", "Three Lakes"]),
    ],
)
def test_a_record_has_the_tab_and_the_breadcrumbs_of_its_index(
    built: Path, url: str, tab: str, crumbs: list[str]
) -> None:
    page = page_at(built, url)
    assert words(page.xpath("//li[contains(@class, 'md-tabs__item--active')]")) == [tab]
    assert words(page.xpath("//nav[@aria-label='Breadcrumbs']//li")) == crumbs


def test_the_menu_of_a_record_is_open_where_its_index_is(built: Path) -> None:
    page = page_at(built, "valleys/south/")
    assert not page.xpath("//*[contains(@class, 'md-sidebar--primary')]/@hidden")
    assert words(
        page.xpath("//*[contains(@class, 'md-sidebar--primary')]//a[contains(@class, 'md-nav__link--active')]")
    ) == ["Valleys"]


def test_a_record_that_no_navigation_leads_to_has_no_menu(built: Path) -> None:
    page = page_at(built, "themes/water/")
    assert len(page.xpath("//*[contains(@class, 'md-sidebar--primary')]/@hidden")) == 1
    assert not page.xpath("//li[contains(@class, 'md-tabs__item--active')]")


def test_records_lead_to_the_next_and_the_previous_one(built: Path) -> None:
    page = page_at(built, "huts/b/")
    beside = page.xpath("//nav[@class='sg-neighbours']//a")
    assert words(beside) == ["PreviousArch Hut", "Back to Huts", "NextÉlan Hut"]
    assert [one.get("href") for one in beside] == ["../../huts/a/", "../../huts/", "../../huts/c/"]
    first = page_at(built, "huts/a/")
    assert words(first.xpath("//nav[@class='sg-neighbours']//a")) == ["Back to Huts", "NextBear Hut"]


def test_a_page_says_how_to_cite_it_and_from_when_the_data_are(built: Path) -> None:
    (cite,) = page_at(built, "huts/b/").xpath("//*[@class='sg-cite']")
    assert words([cite]) == [
        "Cite this page as: “Bear Hut”, Tours, https://tours.example/huts/b/ (data as of April 2019)."
    ]
    assert not page_at(built, "").xpath("//*[@class='sg-cite']")


def test_a_page_says_what_a_link_to_it_is_shown_with(built: Path) -> None:
    found = {
        one.get("property"): one.get("content")
        for one in page_at(built, "huts/b/").xpath("//meta[starts-with(@property, 'og:')]")
    }
    assert found["og:title"] == "Bear Hut"
    assert found["og:site_name"] == "Tours"
    assert found["og:url"] == "https://tours.example/huts/b/"
    assert found["og:description"]


def test_a_url_without_a_page_leads_on(built: Path) -> None:
    page = lxml.html.parse(built / "404.html").getroot()
    links = {one.text_content().strip(): one.get("href") for one in page.xpath("//article//a[@href]")}
    assert links["Huts"] == "/huts/"
    assert {"Home", "Ways"} <= set(links)
    assert page.xpath("//article//*[@data-search-box]")
    assert not page.xpath("//*[@class='sg-cite']")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["a", "b", "c", "stone-pass", "upper-lake"]),
        ("order_by: [valley.name], ", ["b", "c", "upper-lake", "a", "stone-pass"]),
        ("order_by: [valley], ", ["b", "c", "upper-lake", "a", "stone-pass"]),
    ],
)
def test_the_catalogue_says_in_which_order_records_follow_each_other(
    project: MakeProject, order: str, expected: list[str]
) -> None:
    changed = CATALOGUE.replace("huts: {schema: hut, ", "huts: {schema: hut, " + order)
    base = check(project({**HUTS, "content/catalogue.yml": changed})).base
    found: list[str] = []
    record: Record | None = next(one for one in base["huts"] if one.neighbours[0] is None)
    while record is not None:
        found.append(record.id)
        record = record.neighbours[1]
    assert found == expected
