"""What pages state is what the documents of 2019 state: of named records and chapters, and of marks that readers see."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from tests.guide.records import Published

Element = Any
"""An element of lxml.html, for which there are no types."""

STATED = [
    ("guide/results/", "about 2,000", "Section 2.2: SMEs in the activities of the first generation"),
    ("guide/results/", "Second generation: construction, 1", "Section 2.2: the sectors of Figure 2"),
    (
        "guide/results/",
        "26 different target countries, on average 4.6 per partnership; the second named 32",
        "Section 2.2",
    ),
    (
        "guide/results/",
        "In the first generation 10 partnerships named Brazil as a target, in the second 1;",
        "Section 2.2",
    ),
    ("guide/context/", "€4,300,000", "Section 2.1"),
    ("guide/context/", "€5,790,000", "Section 2.1"),
    ("guide/introduction/", "Business Region Göteborg", "Acknowledgements"),
    ("guide/actions/brokers/", "An enquiry into practice", "footnote 45"),
    ("guide/actions/brokers/", "1993 and 1995", "footnote 42"),
    ("guide/actions/innovation-events/", "An extended perspective on internal innovation jams", "footnote 41"),
    ("guide/instruments/eocic-escp-advisory-support/", "EASME/COSME/2016/035", "footnote 36"),
    ("guide/boxes/internationalisation-case-studies/", "Prepared market studies", "Box 11"),
    ("guide/good-practices/mobigoin-joint-strategy/", "6 July 2018", "Section 5.2, Sources"),
    ("partnerships/dia/", "State of the art and basis for collaboration", "DISCp Work Packages"),
    ("partnerships/eacn/", "virtualisation of processes", "Annex 1"),
    ("partnerships/bioxclusters-plus/", "three fact-finding missions", "Annex 1"),
    ("partnerships/bridge/", "Generation 3 (our reading)", "the profile gives no generation"),
    ("partnerships/adpack/", "two years after the end of the project", "Box 3 and Section 5.3"),
    ("calls/cluster-go-international-2014/", "nine of them had been on the reserve list", "the news of 2016"),
    ("markets/au/", "No partnership names Australia as a target", "Section 2.2"),
]
"""The URL of a page, what it states, and where that is printed."""


def page_of(site: Path, url: str) -> Element:
    """Return a page; of a record that was renamed, the one to which its former URL leads."""
    page: Element = lxml.html.fromstring((site / url / "index.html").read_bytes())
    if page.xpath("//meta[@http-equiv='refresh']"):
        return lxml.html.fromstring((site / url / page.xpath("//a/@href")[0] / "index.html").resolve().read_bytes())
    return page


def text_of(element: Element) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(("url", "stated", "where"), STATED)
def test_a_page_states_what_is_printed(site: Path, url: str, stated: str, where: str) -> None:
    assert stated in text_of(page_of(site, url)), where


def test_the_home_page_counts_the_markets_that_a_partnership_targets(site: Path, published: Published) -> None:
    targeted = {
        code for one in published.collections["partnerships"].values() for code in one.get("target_markets", ())
    }
    assert f"{len(targeted)} markets that they targeted" in text_of(page_of(site, ""))


def test_notes_on_the_sources_are_folded_below_the_sources(site: Path, published: Published) -> None:
    noted = [(collection, id_, one["source_notes"]) for collection, id_, one in published if "source_notes" in one]
    assert noted
    for collection, id_, notes in noted:
        url, _, anchor = published.url(collection, id_).partition("#")
        page = page_of(site, url)
        folded = page.xpath("//details[summary='Notes on the sources']")
        shown = [text_of(item) for item in page.xpath("//details[summary='Notes on the sources']//li")]
        assert [note for note in notes if " ".join(note.split()) not in shown] == [], url
        assert anchor or not folded[0].xpath("./following::h2"), url


def test_a_term_that_no_document_explains_says_who_explains_it(site: Path, published: Published) -> None:
    page = page_of(site, "glossary/")
    for id_, record in published.collections["glossary"].items():
        (said,) = page.xpath(f"//*[@id='{id_}']/following-sibling::dd[1]")
        assert ("Explanation by the editors." in text_of(said)) == ("explained_by" in record), id_


def test_the_glossary_has_a_link_to_each_of_its_letters(site: Path) -> None:
    page = page_of(site, "glossary/")
    letters = page.xpath("//nav[@aria-label='Letters']//a/@href")
    assert letters
    assert letters == [f"#{id_}" for id_ in page.xpath("//h2[starts-with(@id, 'letter-')]/@id")]


@pytest.mark.parametrize("url", ["guide/statistics/", "guide/published-and-counted/"])
def test_figures_are_headed_and_counted_in_words_of_readers(site: Path, published: Published, url: str) -> None:
    page = page_of(site, url)
    assert "SMEs" in [text_of(heading).removesuffix("¶").strip() for heading in page.xpath("//h2")]
    names = {one["measure"] for one in published.collections["statistics"].values() if "measure" in one}
    text = text_of(page)
    assert [name for name in names if re.search(rf"Counted: {re.escape(name)}(?![\w ])", text)] == []
    for one in published.collections["sources"].values():
        assert f"{one['title']}, {one['title']}" not in text
        assert f"{one['title']}: {one['title']}" not in text


def test_the_page_about_security_is_reached_from_about_and_not_from_the_menu(site: Path) -> None:
    about = page_of(site, "about/")
    assert about.xpath("//article//a[contains(@href, 'security/')]")
    assert not about.xpath("//nav//a[contains(@href, 'security/')]")
    assert not re.search(r"test_\w+", text_of(page_of(site, "about/security/")))
