"""The templates of the Smart Guide, and the counts that its pages compare with published ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest

from smartguide.checks.checking import Checked, check
from smartguide.model.properties import Value
from smartguide.pages.environment import environment
from smartguide.pages.pages import index_pages, record_page
from smartguide.pages.rendering import Renderer
from smartguide.project import Project
from smartguide.session import Session
from tests.projects import MakeProject

Count = Callable[[str], float | None]

PARTNERSHIP = """
    acronym: {acronym}
    title: T
    kind: ESCP-4i
    generation: {generation}
    strand: "{strand}"
    eu_funded: {funded}
    partners:
      - partner: bridge-builders
      - partner: path-finders
    sources:
      - source: guide
    """
OF_REGIONS = """
    acronym: Regions
    title: R
    kind: ESCP-S3
    eu_funded: true
    partners:
      - partner: path-finders
    sources:
      - source: guide
    """


@pytest.fixture
def counted(project: MakeProject) -> Count:
    """Return a function that counts in six partnerships: four of generation 1 (with that of the small project), one of 2, and one ESCP-S3."""
    made = [
        ("one", 1, "1", "true"),
        ("two", 1, "2", "true"),
        ("three", 1, "voluntary", "false"),
        ("four", 2, "1", "true"),
    ]
    records = {
        f"content/partnerships/{name}.yml": PARTNERSHIP.format(
            acronym=name, generation=generation, strand=strand, funded=funded
        )
        for name, generation, strand, funded in made
    }
    checked = check(project({**records, "content/partnerships/regions.yml": OF_REGIONS}))
    count = next(one for one in checked.extensions.functions if one.name == "counted")
    return lambda name: count(checked.base, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("partnerships of generation 1", 4),
        ("partnerships of escp-s3", 1),
        ("funded partnerships of generation 1", 3),
        ("voluntary partnerships of generation 1", 1),
        ("strand 1 partnerships of generation 2", 1),
        ("partner entries of escp-s3", 1),
        ("partner entries of generation 2", 2),
        ("organisations of generation 1", 2),
    ],
)
def test_published_figures_are_compared_with_counts_of_the_records(counted: Count, name: str, value: int) -> None:
    assert counted(name) == value


@pytest.mark.parametrize("name", ["smes of generation 1", "target countries of generation 2"])
def test_there_is_no_count_where_no_record_has_what_is_to_be_counted(counted: Count, name: str) -> None:
    assert counted(name) is None


def test_an_unknown_count_is_an_error_that_lists_the_counts(counted: Count) -> None:
    with pytest.raises(LookupError, match="partnerships of GROUP"):
        counted("clusters of generation 1")


@pytest.mark.parametrize(
    ("collection", "record_id", "text"),
    [
        (
            "partners",
            "path-finders",
            "name: Path Finders\ncountry: FR\nwebsite: https://gone.example/\n"
            "archived_website: https://web.archive.org/web/2019/https://gone.example/\nsources:\n  - source: guide\n",
        ),
        (
            "partnerships",
            "beta",
            "acronym: Beta\ntitle: B\nkind: ESCP-S3\neu_funded: true\nlinks:\n  - url: https://gone.example/\n    label: x\n"
            "    archived: https://web.archive.org/web/2019/https://gone.example/\nsources:\n  - source: guide\n",
        ),
    ],
)
def test_an_archived_copy_stands_beside_the_url_that_is_gone(
    project: MakeProject, collection: str, record_id: str, text: str
) -> None:
    session = Session(Project.of(project({f"content/{collection}/{record_id}.yml": text})))
    page = session.renderer.page(record_page(session.checked.base[collection].records[record_id])).html
    links = {str(link.get("href")): link for link in lxml.html.fromstring(page).iter("a")}
    copy = links["https://web.archive.org/web/2019/https://gone.example/"]
    assert copy.getparent() is links["https://gone.example/"].getparent()
    assert copy.text == "archived copy"


def test_partnerships_of_one_name_are_told_apart_by_their_generation(project: MakeProject) -> None:
    common = (
        "acronym: Twin\ntitle: T\nkind: ESCP-4i\nstrand: voluntary\neu_funded: false\nsources:\n  - source: guide\n"
    )
    twins = {
        "content/partnerships/twin-2016.yml": f"{common}generation: 1\n",
        "content/partnerships/twin.yml": f"{common}generation: 2\npredecessor: twin-2016\n",
    }
    session = Session(Project.of(project(twins)))

    def beside(collection: str, record_id: str, linked: str) -> str:
        page = session.renderer.page(record_page(session.checked.base[collection].records[record_id])).html
        shown: Any = lxml.html.fromstring(page)
        around = shown.xpath(f"//*[self::li or self::dd][a[contains(@href, '/{linked}/')]]")[0]
        return " ".join(around.text_content().split())

    assert beside("partnerships", "twin", "twin-2016") == "Twin (generation 1)"
    assert beside("partnerships", "twin-2016", "twin") == "Twin (generation 2)"
    assert beside("sources", "guide", "twin-2016") == "Twin (generation 1)"
    assert beside("sources", "guide", "alpha") == "Alpha"


@pytest.mark.parametrize(("code", "name"), [("US", "the United States"), ("FR", "France")])
def test_countries_have_their_article_in_sentences(real: Checked, code: str, name: str) -> None:
    within = next(one for one in real.extensions.functions if one.name == "within_sentence")
    (country,) = (one for one in [*real.base["markets"], *real.base["countries"]] if one.get("code") == code)
    assert within(country) == name


@pytest.mark.parametrize("template", ["lesson", "statistic", "term"])
def test_old_anchors_lead_to_a_record_on_a_page_of_many(
    real: Checked, template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"lesson": "lessons", "statistic": "statistics", "term": "glossary"}[template]
    collection = real.base[name]
    assert collection.template == template
    record = next(iter(collection))
    prop = record.kind.property_at(("former_ids",))
    assert prop is not None
    former = tuple(Value(("former_ids", number), old, prop) for number, old in enumerate(("old-name", "older-name")))
    monkeypatch.setitem(vars(record.entry), "former_ids", former)
    env = environment([real.base.root / "templates"], real.extensions.functions)
    page = Renderer(real.base, env).page(index_pages(collection)[0]).html
    shown: Any = lxml.html.fromstring(f"<div>{page}</div>")
    record_itself = f"*[@id='{record.id}']"
    for id_ in ("old-name", "older-name"):
        (anchor,) = shown.xpath(f"//*[@id='{id_}']")
        inside = anchor.xpath(f"ancestor::{record_itself}")
        before = anchor.xpath(f"following-sibling::*[not(@id='old-name' or @id='older-name')][1]/self::{record_itself}")
        assert inside or before, id_


def test_every_record_on_a_page_of_many_may_have_former_ids(real: Checked) -> None:
    of_many = [collection for collection in real.base.collections.values() if collection.one_page]
    assert of_many
    assert [one.name for one in of_many if "former_ids" not in one.kind.schema["properties"]] == []
