"""The pages of markets, partnerships, partners, countries and sectors answer what cluster managers ask."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from smartguide.checks.checking import Checked, check
from smartguide.pages.environment import environment
from smartguide.pages.pages import index_pages, record_page
from smartguide.pages.rendering import Renderer
from tests.projects import MakeProject

Element = Any
"""An element of lxml.html, for which there are no types."""

MADE = """
    acronym: {acronym}
    title: T
    kind: ESCP-4i
    generation: 1
    strand: "1"
    eu_funded: true
    sectors: [digital]
    partners: [{partners}]
    target_markets: [CA]
    {more}
    sources:
      - source: guide
    """
ACTIVITY = (
    "market_activities: [{{markets: [CA], stage: {stage}, what: Mission, when: May 2016, source: guide, part: Box 1}}]"
)


def renderer(checked: Checked) -> Renderer:
    return Renderer(checked.base, environment([checked.base.root / "templates"], checked.extensions.functions))


@pytest.fixture(scope="module")
def pages(real: Checked) -> Renderer:
    """Return what renders the pages of the real records."""
    return renderer(real)


def page(pages: Renderer, collection: str, id_: str) -> Element:
    record = pages.base.get(collection, id_)
    assert record is not None, f"{collection}/{id_}"
    return parsed(pages.page(record_page(record)).html)


def parsed(html: str) -> Element:
    return lxml.html.fromstring(f"<main>{html}</main>")


def text(elements: Element) -> str:
    return " ".join(" ".join(one.text_content() for one in elements).split())


def section(of: Element, anchor: str) -> list[Element]:
    """Return what stands between a heading and the next one of its level; nothing if there is no such heading."""
    found = []
    heading = next(iter(of.xpath(f"//*[@id='{anchor}']")), None)
    while heading is not None and (heading := heading.getnext()) is not None and heading.tag != "h2":
        found.append(heading)
    return found


@pytest.mark.parametrize(
    ("market", "anchor", "said"),
    [
        ("br", "went", ["REINA PLUS", "Seven collaboration agreements", "4 partners from Austria, Finland, Portugal, Spain"]),
        ("br", "planned", ["NF4", "MOVE", "brokerage events", "Annex 1, profile of MOVE"]),
        ("br", "figures", ["All cases of cooperation with Brazil, by clusters or SMEs 17", "Formal agreements among the cases of cooperation with Brazil 6", "Section 2.2"]),
        ("br", "lessons", ["makes cooperation easier", "Learned by REINA PLUS, which went there"]),
        ("br", "first", ["Organise missions", "Why: lesson", "(REINA PLUS)"]),
        ("cn", "went", ["EU4SportsClusters Alliance", "February 2017", "Ten business contracts"]),
        ("cn", "planned", ["NF4", "May 2019", "Memorandum of Understanding"]),
        ("jp", "went", ["bioXclusters plus", "Osaka", "October 2016"]),
        ("tw", "went", ["COSMENERG-4i", "TAITRA", "is not among the target markets"]),
        ("ir", "named", ["EU4SportsClusters Alliance"]),
        ("au", "first", ["No source names a partnership that targeted Australia"]),
    ],
)  # fmt: skip
def test_a_market_says_who_went_who_planned_to_and_what_they_learned(
    pages: Renderer, market: str, anchor: str, said: list[str]
) -> None:
    found = text(section(page(pages, "markets", market), anchor))
    assert [one for one in said if one not in found] == [], found


def test_who_went_without_naming_a_market_as_a_target_is_not_among_those_who_name_it(pages: Renderer) -> None:
    lead = text(page(pages, "markets", "tw").xpath("//p[@class='sg-lead']"))
    assert "COSMENERG-4i went there, without naming it as a target." in lead


def test_who_only_planned_to_go_is_not_among_those_who_went(pages: Renderer) -> None:
    brazil = page(pages, "markets", "br")
    assert "NATUREEF" not in text(section(brazil, "went"))
    assert "REINA PLUS" not in text(section(brazil, "planned"))


def test_the_actions_of_a_market_are_added_to_a_plan_for_it(pages: Renderer) -> None:
    (button,) = page(pages, "markets", "br").xpath("//button[contains(@class, 'sg-add-to-plan')]")
    assert (button.get("data-market"), button.get("data-market-name")) == ("BR", "Brazil")
    assert button.get("data-actions").split()[0] == "missions"
    assert page(pages, "markets", "au").xpath("//button") == []


def test_actions_and_practices_that_name_a_market_are_linked_from_it(pages: Renderer) -> None:
    links = page(pages, "markets", "br").xpath("//h2/following-sibling::dl//a/@href")
    for url in (
        "guide/actions/missions/",
        "guide/boxes/eccp-matchmaking/",
        "guide/good-practices/reina-plus-sme-innovation/",
    ):
        assert any(link.endswith(url) for link in links), url


@pytest.mark.parametrize(
    ("stage", "anchor"), [("went", "went"), ("result", "went"), ("prepared", "planned"), ("planned", "planned"), ("", "named")]
)  # fmt: skip
def test_what_a_record_says_of_a_market_decides_where_it_stands(project: MakeProject, stage: str, anchor: str) -> None:
    more = ACTIVITY.format(stage=stage) if stage else ""
    made = MADE.format(acronym="Beta", partners="{partner: path-finders}", more=more)
    canada = page(renderer(check(project({"content/partnerships/beta.yml": made}))), "markets", "ca")
    where = [one for one in ("went", "planned", "named") if "Beta" in text(section(canada, one))]
    assert where == [anchor]


def test_what_is_told_of_several_markets_names_the_others_on_the_page_of_each(pages: Renderer) -> None:
    chile = [text([one]) for one in section(page(pages, "markets", "cl"), "went")]
    missions = "– also for Brazil, Colombia, Mexico, Morocco and the United States"
    assert any("Business missions" in one and missions in one for one in chile), chile


@pytest.mark.parametrize(
    ("partnership", "other", "why"),
    [
        ("adpack2", "AdPack", "4 partners in common; both in Agro-food and packaging"),
        ("nf4", "AdPack2", "3 markets in common; both in Agro-food and packaging"),
        ("mobigoin", "MobiGoIn-Action", "4 partners and 4 markets in common"),
    ],
)
def test_a_partnership_says_which_others_are_like_it_and_why(
    pages: Renderer, partnership: str, other: str, why: str
) -> None:
    entries = [text([one]) for one in section(page(pages, "partnerships", partnership), "similar")[0]]
    assert [one for one in entries if one.startswith(f"{other} ") and why in one], entries


def test_a_partnership_is_not_called_similar_for_one_market_alone(project: MakeProject) -> None:
    made = MADE.format(acronym="Beta", partners="", more="").replace("[digital]", "[other]").replace("partners: []", "")
    checked = check(
        project(
            {
                "content/partnerships/beta.yml": made,
                "content/sectors.yml": "digital: {name: D, description: D.}\nother: {name: O, description: O.}",
            }
        )
    )
    assert section(page(renderer(checked), "partnerships", "beta"), "similar") == []


def test_the_neighbours_of_a_partnership_are_drawn_as_links_and_stand_in_the_table(pages: Renderer) -> None:
    found = page(pages, "partnerships", "adpack2")
    drawn = {link.find("title").text.partition(":")[0]: link.get("href") for link in found.xpath("//figure//svg/a")}
    told = {link.text: link.get("href") for link in found.xpath("//div[@aria-label='Partners']//td/a")}
    assert {"Pole SCS", "DIA", "AdPack"} <= drawn.keys()
    assert {name: url for name, url in drawn.items() if told.get(name) != url} == {}


def test_a_drawing_of_very_many_neighbours_stays_readable(project: MakeProject) -> None:
    names = [f"made-{number:03}" for number in range(60)]
    files = {
        f"content/partners/{name}.yml": f"name: {name}\ncountry: FR\nsources: [{{source: guide}}]\n" for name in names
    }
    partners = ", ".join(f"{{partner: {name}}}" for name in names)
    for number in range(40):
        files[f"content/partnerships/p{number:02}.yml"] = MADE.format(
            acronym=f"P{number:02}", partners=partners, more=""
        )
    found = page(renderer(check(project(files))), "partnerships", "p00")
    assert len(found.xpath("//figure//svg/a")) == 48
    assert "partners with most of them" in text(found.xpath("//figcaption"))


def test_pages_ask_for_no_whole_collection(pages: Renderer) -> None:
    """Or else an edit of one record would make all of them be rendered again."""
    for collection, id_ in (
        ("partnerships", "adpack2"),
        ("partners", "pole-scs"),
        ("sectors", "photonics"),
        ("countries", "fr"),
    ):
        with pages.base.noting() as asked:
            page(pages, collection, id_)
        assert asked.collections & {"partnerships", "partners", "markets"} == set(), collection


def test_a_partner_says_with_whom_it_worked_most_and_what_it_is_not(pages: Renderer) -> None:
    found = page(pages, "partners", "aerospace-valley")
    lead = text(found.xpath("//p[@class='sg-lead']"))
    assert "Takes part in" in lead
    assert "Most often with TeRN" in lead
    assert "Aviation Valley" not in text(found.xpath("//dl"))
    assert "Aviation Valley" in text(section(found, "not-to-be-confused-with"))
    assert [one for one in found.xpath("//dt/text()") if one == "Takes part in"] == []


@pytest.mark.parametrize(
    ("collection", "id_"), [("markets", "ir"), ("sectors", "photonics"), ("partners", "pole-scs"), ("countries", "fr")]
)
def test_cells_of_tables_name_their_columns_for_cards(pages: Renderer, collection: str, id_: str) -> None:
    tables = page(pages, collection, id_).xpath("//table[@class='sg-cards-table']")
    assert tables
    for table in tables:
        for row in table.xpath("tbody/tr"):
            assert all(cell.get("data-label") for cell in row.xpath("td[position() > 1]"))
            assert len(row.xpath("td")) == len(table.xpath("thead//th"))


def test_a_column_that_would_be_empty_is_left_out(project: MakeProject) -> None:
    made = MADE.format(acronym="Beta", partners="{partner: lone}", more="").replace("target_markets: [CA]", "")
    lone = "name: Lone\ncountry: FR\nsources: [{source: guide}]\n"
    files = {"content/partnerships/beta.yml": made, "content/partners/lone.yml": lone}
    columns = page(renderer(check(project(files))), "partners", "lone").xpath("//thead//th/text()")
    assert "Sectors" in columns
    assert "Target markets" not in columns


def test_a_chart_is_a_table_whose_bars_lead_to_what_was_counted(pages: Renderer) -> None:
    parts = pages.template(["parts/figure-markets.html"], "guide/results/")
    chart = parsed("".join(part for part in parts if isinstance(part, str)))
    (row,) = chart.xpath("//tr[th/a='Brazil']")
    assert row.xpath("th/a/@href") == ["../../markets/br/"]
    first = row.xpath("td[1]/a")[0]
    assert first.get("href") == "../../partnerships/?target_markets=BR&generation=1"
    assert text([first]).isdigit()
    assert chart.xpath("//svg//text") == [], "labels inside of a drawing shrink with it"


@pytest.mark.parametrize(("collection", "least"), [("countries", ["fr", "rs", "tr"]), ("markets", ["us", "sg", "tw"])])
def test_a_map_has_a_link_and_a_name_for_each_record_of_its_table(
    pages: Renderer, collection: str, least: list[str]
) -> None:
    found = parsed(pages.page(index_pages(pages.base[collection])[0]).html)
    links = {link.get("href"): link.find("title").text for link in found.xpath("//figure//svg/a")}
    for id_ in least:
        label = pages.base[collection].records[id_].label
        assert links[f"../{collection}/{id_}/"].startswith(f"{label}: ")
    assert "UNSCR 1244/1999" in text(found.xpath("//figure"))


@pytest.mark.parametrize("id_", ["it", "ie", "tr", "fi"])
def test_the_page_of_a_country_marks_it_on_a_map_which_leads_to_that_of_all(pages: Renderer, id_: str) -> None:
    (figure,) = page(pages, "countries", id_).find_class("sg-map")
    left, top, width, height = map(float, figure.xpath(".//svg/@viewbox")[0].split())
    (shape,) = figure.xpath(".//svg//a/path/@d")
    begun = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", shape)]
    assert [(x, y) for x, y in begun if not (left <= x <= left + width and top <= y <= top + height)] == []
    assert {link.partition("#")[2] for link in figure.xpath(".//a/@href")} == {"map-countries"}


def test_shapes_of_maps_are_small(pages: Renderer) -> None:
    folder = pages.base.root / "templates/maps"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 50_000


def test_a_page_of_a_record_weighs_at_most_25_kb(site: Path) -> None:
    heavy = {
        path.relative_to(site).as_posix(): size
        for folder in ("partnerships", "partners", "markets", "countries", "sectors", "regions")
        for path in (site / folder).glob("*/index.html")
        if (size := len(gzip.compress(path.read_bytes()))) > 25_000
    }
    assert heavy == {}


def test_a_step_that_points_to_another_action_leads_there(pages: Renderer) -> None:
    steps = page(pages, "actions", "missions").xpath("//*[contains(@class, 'sg-step__detail')]")
    links = {link.text: link.get("href") for step in steps for link in step.xpath("a")}
    assert links["Action 10"].endswith("/market-study/")
    assert "See Action 10." in [text([step]) for step in steps]
