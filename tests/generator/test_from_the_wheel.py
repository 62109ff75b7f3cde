"""A knowledge base about musical instruments (``second/``), made with the installed wheel and looked at in a browser.

Its kinds have properties whose names mean something to Python, to Jinja or to other knowledge bases.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from smartguide import __version__, check
from tests.browsers import served, watch
from tests.built_sites import made_once
from tests.generator.installed import REPOSITORY, Installed, install
from tests.searches import names, texts

SECOND = Path(__file__).parent / "second"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Installed:
    """Return an environment with the wheel, made once for all workers."""
    return Installed(made_once(tmp_path_factory, worker_id, "installed", install))


@pytest.fixture(scope="session")
def museum(installed: Installed, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the second knowledge base, built once for all workers."""

    def make(folder: Path) -> None:
        shutil.copytree(SECOND, folder, ignore=shutil.ignore_patterns("__pycache__"))
        done = installed.smartguide("build", cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")

    return made_once(tmp_path_factory, worker_id, "museum", make)


@pytest.fixture(scope="session")
def site(museum: Path) -> Path:
    return museum / "site"


def result(site: Path, path: str) -> Any:
    return json.loads((site / "api/v1" / path).read_text(encoding="utf-8"))["result"]


# The wheel


def test_the_package_is_the_installed_one(installed: Installed, tmp_path: Path) -> None:
    code = "import smartguide; print(smartguide.__file__)"
    done = installed.run(str(installed.python), "-c", code, cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed.environment)


def test_the_wheel_holds_all_files_of_the_package_and_nothing_else(installed: Installed) -> None:
    held = {name for name in zipfile.ZipFile(installed.wheel).namelist() if ".dist-info/" not in name}
    package = REPOSITORY / "generator"
    files = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    files = {name for name in files if "__pycache__" not in name}
    assert held == files | {"smartguide/docs/extending.md"}
    assert {name.partition("/")[0] for name in held} == {"smartguide"}


# Checked


def test_nothing_is_wrong(installed: Installed, museum: Path) -> None:
    done = installed.smartguide("validate", "--strict", cwd=museum)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "9 records: 0 errors, 0 warnings\n"


def test_every_link_inside_the_site_leads_somewhere(installed: Installed, museum: Path) -> None:
    done = installed.smartguide("links", "--internal", cwd=museum)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("file", "change", "finding"),
    [
        ("instruments/spinet.yml", "to: 1174.7 -> to: 117470", "7:27: error: measure.to: 117470 Hz are not heard (is it in another unit?) [not-heard]"),
        ("instruments/spinet.yml", "to: 1174.7 -> to: 61.7", "7:17: error: measure.from: 61.7 is not less than the 'to', 61.7 (swap them, or correct one) [order]"),
        ("instruments/spinet.yml", "anna-reed -> Anna Reed", "5:8: error: maker: no maker 'Anna Reed' (write the id of the maker, 'anna-reed') [unknown-reference]"),
        ("instruments/spinet.yml", "room: 1 -> room: 3", "6:7: error: room: no room '3' (there are: 1, 2; if it is a new one, add '3:' to content/rooms.yml with 'number: 3') [unknown-reference]"),
        ("instruments/spinet.yml", "by: old-smithy -> by: old-smithi", "15:7: error: condition.by: no maker 'old-smithi' (did you mean 'old-smithy'? If it is a new one, add the file content/makers/old-smithi.yml) [unknown-reference]"),
        ("instruments/spinet.yml", "music desk -> lid", "12:14: error: items[1]: 'lid' is in the list already (line 12) (delete one of the two entries, or choose another value) [repeated]"),
        ("instruments/bagpipe.yml", "order: 2 -> order: 1", "order: '1' is the order of content/instruments/bagpipe.yml too (give it another one, such as 2) [not-unique]"),
        ("instruments/bagpipe.yml", "number: 4 -> number: 3", "number: '3' is the number of content/instruments/bagpipe.yml too"),
        ("makers/anna-reed.yml", "best: spinet -> best: bagpipe", "3:7: warning: best: content/instruments/bagpipe.yml does not name 'anna-reed' under maker"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, file: str, change: str, finding: str) -> None:
    old, new = change.split(" -> ")
    root = tmp_path / "museum"
    shutil.copytree(SECOND, root)
    path = root / "content" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(finding in found.as_text() for found in check(root).findings)


# Built


def test_pages_are_at_their_urls(site: Path) -> None:
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert pages == {
        ".", "fields", "museum", "museum/rooms", "terms",
        "instruments", "instruments/bagpipe", "instruments/hurdy-gurdy", "instruments/spinet", "instruments/lira",
        "museum/makers", "museum/makers/anna-reed", "museum/makers/old-smithy", "museum/makers/reed-workshop",
    }  # fmt: skip


def test_former_urls_lead_to_the_records(site: Path) -> None:
    for old, new in (("instruments/lira", "instruments/hurdy-gurdy"), ("museum/makers/reed-workshop", "museum/makers/anna-reed")):  # fmt: skip
        html = (site / old / "index.html").read_text(encoding="utf-8")
        target = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html)
        assert target
        assert (site / old / target[1]).resolve() == site / new
    assert '<div id="cellar"></div>' in (site / "museum/rooms/index.html").read_text(encoding="utf-8")


def test_the_api_gives_every_value_as_it_was_written(site: Path) -> None:
    assert result(site, "instruments/spinet.json") == {
        "id": "spinet",
        "url": "/instruments/spinet/",
        "name": "Spinet",
        "number": 7,
        "order": 1,
        "start": "1690",
        "maker": "anna-reed",
        "room": 1,
        "measure": {"from": 61.7, "to": 1174.7, "unit": "Hz"},
        "keys": 52,
        "values": {"length": 150, "width": 60.5},
        "items": ["lid", "music desk", "{{ stand }}"],
        "target_markets": ["LT"],
        "condition": {"by": "old-smithy", "says": "One **jack** is missing.\n\n- The lid is new.\n"},
        "links": [{"url": "https://cards.example.org/7?a=1&b=2", "label": "Catalogue card"}],
        "referenced_by": [
            {"collection": "instruments", "id": "hurdy-gurdy", "property": "related[]"},
            {"collection": "makers", "id": "anna-reed", "property": "best"},
        ],
    }
    assert [one["measure"] for one in result(site, "instruments.json")] == [440, "by ear", {"from": 61.7, "to": 1174.7, "unit": "Hz"}]  # fmt: skip
    assert result(site, "instruments/bagpipe.json")["keys"] is None
    assert result(site, "makers/old-smithy.json")["values"] == {"visitors": 12, "apprentices": 3, "a & b": 0}
    assert result(site, "makers/old-smithy.json")["referenced_by"] == [
        {"collection": "instruments", "id": "bagpipe", "property": "maker"},
        {"collection": "instruments", "id": "hurdy-gurdy", "property": "maker"},
        {"collection": "instruments", "id": "spinet", "property": "condition.by"},
    ]
    assert result(site, "rooms/room-2.json")["url"] == "/museum/rooms/#room-2"
    assert result(site, "rooms/cellar.json") == result(site, "rooms/room-2.json")
    assert [one["id"] for one in result(site, "rooms/room-2.json")["referenced_by"]] == ["bagpipe", "hurdy-gurdy"]


def test_the_export_of_the_project_is_written(site: Path) -> None:
    assert (site / "data/instruments.csv").read_text(encoding="utf-8").splitlines() == [
        "number,name,maker,values,site",
        "3,Hurdy-gurdy,The Old Smithy,70,https://museum.example.org/",
        "4,Bagpipe,The Old Smithy,0,https://museum.example.org/",
        "7,Spinet,Anna Reed,210.5,https://museum.example.org/",
    ]


def test_the_search_knows_other_names(site: Path) -> None:
    known = {one.url: one for one in names(site)}
    assert known["instruments/hurdy-gurdy/"].others == ["Wheel fiddle"]
    assert "150" in dict(texts(site))["instruments/spinet/"]
    assert (site / "assets/search/vendor/minisearch.js").is_file()
    assert "MIT" in (site / "assets/search/vendor/minisearch-LICENSE.txt").read_text(encoding="utf-8")


def test_the_schemas_are_published_with_their_urls(site: Path) -> None:
    names = {path.name for path in (site / "schemas").iterdir()}
    own = {"catalogue.schema.json", "link-exceptions.schema.json"}
    assert names == {path.name for path in (SECOND / "schemas").iterdir()} | own
    for name in names - own:
        schema = json.loads((site / "schemas" / name).read_text(encoding="utf-8"))
        assert schema["$id"] == f"https://museum.example.org/schemas/{name}"


# In a browser


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(params=[375, 1440])
def page(browser: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page in a narrow and in a wide window; whatever goes wrong in it fails the test."""
    page = browser.new_page(viewport={"width": request.param, "height": 900}, base_url=url)
    problems: list[str] = []
    watch(page, problems)
    yield page
    page.close()
    assert problems == []


def text(page: Page) -> str:
    """Return what a reader sees of a page; no part of it is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return page.locator("article").inner_text()


@pytest.mark.browser
def test_a_template_of_the_project_shows_the_values(page: Page) -> None:
    page.goto("instruments/spinet/")
    seen = text(page)
    for expected in ("No. 7, 52 keys, 4.3 octaves", "length", "60.5", "music desk", "{{ stand }}", "61.7", "Hz", "Sold in", "LT", "The lid is new.", "Catalogue card"):  # fmt: skip
        assert expected in seen
    assert page.locator("article strong", has_text="jack").count() == 1
    assert page.locator("a[href='https://cards.example.org/7?a=1&b=2']").inner_text() == "cards.example.org"
    page.goto("instruments/bagpipe/")
    assert "440" in text(page)
    assert "None" not in text(page)


@pytest.mark.browser
def test_the_generic_template_shows_the_values(page: Page) -> None:
    page.goto("museum/makers/old-smithy/")
    assert re.search(r"visitors\s+12\s+apprentices\s+3\s+a & b\s+0", text(page))
    page.goto("museum/makers/anna-reed/")
    seen = text(page)
    assert re.search(r"What\s+A ledger\s+Keys\s+2", seen)
    assert "Values" not in seen  # an empty mapping says nothing


@pytest.mark.browser
def test_a_collection_on_one_page_shows_the_values(page: Page) -> None:
    page.goto("museum/rooms/")
    seen = text(page)
    for expected in ("Room of the keyboards", "A. Keeper", "keeper.example.org", "quiet", "warm"):
        assert expected in seen


@pytest.mark.browser
def test_links_lead_both_ways(page: Page) -> None:
    page.goto("instruments/spinet/")
    page.locator("article").get_by_role("link", name="Anna Reed").first.click()
    page.wait_for_url("**/museum/makers/anna-reed/")
    page.locator("dt", has_text="Built").locator("xpath=..").get_by_role("link", name="Spinet").click()
    page.wait_for_url("**/instruments/spinet/")
    page.locator("article").get_by_role("link", name="Room of the keyboards").click()
    page.wait_for_url("**/museum/rooms/#room-1")
    assert page.locator("dt", has_text="In this room").count() == 2


@pytest.mark.browser
def test_breadcrumbs_lead_through_the_section(page: Page) -> None:
    page.goto("museum/makers/anna-reed/")
    crumbs = page.get_by_role("navigation", name="Breadcrumbs")
    assert crumbs.get_by_role("listitem").all_inner_texts() == ["Home", "The museum", "Makers", "Anna Reed"]
    crumbs.get_by_role("link", name="The museum").click()
    page.wait_for_url("**/museum/")


@pytest.mark.browser
def test_a_term_says_what_it_means(page: Page) -> None:
    page.goto("./")
    meanings = page.locator("article abbr").evaluate_all("all => all.map(one => [one.textContent, one.title])")
    assert meanings == [
        ["drone", "A string or a pipe that sounds one note <all> the time & never another."],
        ["jack", "The small piece of wood that plucks a string."],
    ]


@pytest.mark.browser
def test_the_field_reference_shows_all_properties(page: Page) -> None:
    page.goto("fields/")
    keys = page.locator("article td:first-child code").all_text_contents()  # rows may be laid out later
    assert {"measure.from", "values.*", "items[].keys", "keeper.url", "condition.by", "target_markets"} <= set(keys)


# A new knowledge base


@pytest.fixture(scope="session")
def begun(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which ``smartguide init`` has begun a knowledge base."""
    parent = tmp_path_factory.mktemp("begun")
    done = installed.smartguide("init", "my seeds", cwd=parent)
    assert done.returncode == 0, done.stderr
    assert "cd 'my seeds' && make site && make test" in done.stdout
    return parent / "my seeds"


def test_a_new_knowledge_base_is_built_and_tested_at_once(installed: Installed, begun: Path) -> None:
    for target in ("site", "test", "check"):
        done = installed.run("make", target, cwd=begun)
        assert done.returncode == 0, done.stdout + done.stderr
    assert not (begun / ".venv").exists()  # the Python that has smartguide is used
    page = (begun / "site/varieties/painted-lady/index.html").read_text(encoding="utf-8")
    assert 'href="../../growers/hill-garden/"' in page
    assert "Favourite of" in page


def test_a_new_knowledge_base_asks_for_the_version_that_made_it(begun: Path) -> None:
    assert f"\nsmartguide=={__version__}\n" in (begun / "requirements.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("wheels", [True, False])
def test_where_smartguide_is_not_installed_it_is_installed_into_an_environment(
    installed: Installed, begun: Path, tmp_path: Path, *, wheels: bool
) -> None:
    root = tmp_path / "elsewhere"
    shutil.copytree(begun, root, ignore=shutil.ignore_patterns("local.mk", "site"))
    if wheels:
        (root / "wheels").mkdir()
        shutil.copy(installed.wheel, root / "wheels")
    (tmp_path / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "python").chmod(0o755)
    done = installed.run("make", "--dry-run", "site", f"PYTHON={tmp_path / 'python'}", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "-m venv .venv" in done.stdout
    assert ("--find-links wheels" in done.stdout) is wheels
    assert done.stdout.splitlines()[-1] == ".venv/bin/python -m smartguide build"
