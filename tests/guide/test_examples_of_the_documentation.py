"""What README and CONTRIBUTING show is followed to the end, in a copy of the repository: checks, build and links.

``python -m tests.guide.with_examples`` runs the tests of the guide in such a copy, too.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from smartguide.checks.checking import check
from smartguide.model import schema_files
from smartguide.reading.plain_yaml import Loader
from tests.conftest import smartguide
from tests.guide import examples, printed_facts
from tests.guide.records import Published, written
from tests.searches import names

ADDED = examples.partnership_and_partner()
PARTNERSHIP = Path(ADDED.partnership_path).stem
PARTNER = Path(ADDED.partner_path).stem
RENAMED = examples.renaming()
KIND = examples.new_kind()
RECORD = examples.RECORD_ID


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a copy of the repository with every example, and its site, made once for all workers."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    root = shared / "with-examples"
    with (shared / "with-examples.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            examples.copy_of_repository(root)
            examples.apply_all(root)
            done = smartguide(root, "build", cwd=root)
            assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="session")
def built(copy: Path) -> Path:
    """Return the site of the copy."""
    assert (copy / "site/index.html").is_file()
    return copy / "site"


@pytest.fixture(scope="session")
def its_records(built: Path) -> Published:
    """Return the records of the copy, as its API gives them."""
    return Published(built)


def page(built: Path, url: str) -> Any:
    return lxml.html.fromstring((built / url / "index.html").read_bytes())


def test_the_ten_lines_are_not_more() -> None:
    lines = ADDED.partnership.splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) <= 10


def test_nothing_is_wrong_with_them_not_even_a_warning(copy: Path) -> None:
    done = smartguide(copy, "validate", "--strict", cwd=copy)
    assert (done.returncode, done.stdout) == (0, "")
    assert ": 0 errors, 0 warnings" in done.stderr


def test_every_link_inside_the_site_leads_somewhere(copy: Path, built: Path) -> None:
    done = smartguide(copy, "links", "--internal", "--site-dir", str(built), cwd=copy)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_facts_of_2019_are_all_there(copy: Path) -> None:
    facts = printed_facts.load()
    records = written(check(copy))
    differences = [
        printed_facts.deviations(records, collection, facts[collection], facts["sources"]) for collection in facts
    ]
    assert [line for lines in differences for line in lines] == []


def test_the_partnership_and_the_new_organisation_lead_to_each_other(built: Path, its_records: Published) -> None:
    for here, there in (
        (("partnerships", PARTNERSHIP), ("partners", PARTNER)),
        (("partners", PARTNER), ("partnerships", PARTNERSHIP)),
    ):
        (name,) = page(built, its_records.url(*here)).xpath("//h1")
        assert its_records.name(*here) in name.text_content()
        assert f"../../{its_records.url(*there)}" in page(built, its_records.url(*here)).xpath("//article//a/@href")


def test_the_old_url_and_the_old_id_of_the_renamed_record_lead_to_it(built: Path, its_records: Published) -> None:
    url = its_records.url(RENAMED.collection, RENAMED.old)
    assert url != f"{RENAMED.collection}/{RENAMED.old}/"
    (refresh,) = page(built, f"{RENAMED.collection}/{RENAMED.old}").xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == f"0; url=../../{url}"
    by_old_id = json.loads((built / f"api/v1/{RENAMED.collection}/{RENAMED.old}.json").read_text(encoding="utf-8"))
    assert by_old_id["result"] == its_records.find(RENAMED.collection, RENAMED.old)


def test_what_named_the_old_id_names_the_new_one(its_records: Published) -> None:
    referring = its_records.find(RENAMED.collection, RENAMED.old)["referenced_by"]
    assert len({one["collection"] for one in referring}) > 1


def test_the_new_kind_has_a_page_and_an_index(built: Path, its_records: Published) -> None:
    url = its_records.url(KIND.collection, RECORD)
    (name,) = page(built, url).xpath("//h1")
    assert its_records.name(KIND.collection, RECORD) in name.text_content()
    index = url.removesuffix(f"{RECORD}/")
    assert f"../{url}" in page(built, index).xpath("//article//a/@href")
    assert f"../{index}" in page(built, "about/").xpath("//article//a/@href")


def test_the_references_of_the_new_kind_are_links_both_ways(built: Path, its_records: Published) -> None:
    record = its_records.find(KIND.collection, RECORD)
    url = its_records.url(KIND.collection, RECORD)
    target = its_records.url("partnerships", record["partnership"])
    assert f"../../{target}" in page(built, url).xpath("//article//a/@href")
    assert f"../../{url}" in page(built, target).xpath("//article//a/@href")
    back = {"collection": KIND.collection, "id": RECORD, "property": "partnership"}
    assert back in its_records.find("partnerships", record["partnership"])["referenced_by"]


def test_the_search_finds_the_new_kind(built: Path, its_records: Published) -> None:
    assert its_records.url(KIND.collection, RECORD) in {one.url for one in names(built)}


def test_the_new_kind_is_checked(copy: Path, tmp_path: Path) -> None:
    """In a copy of the copy, so that nobody else sees the record that is wrong."""
    for name in ("content", "schemas", "templates", "mkdocs.yml"):
        source = copy / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    right = check(copy).base[KIND.collection].records[RECORD].data
    wrong = f"title: Wrong\npartnership: {right['partnership']}x\nspeaker: nobody\n"
    (tmp_path / KIND.folder / "wrong.yml").write_text(wrong, encoding="utf-8")
    done = smartguide(tmp_path, "validate", KIND.folder, cwd=tmp_path)
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith(
        f"{KIND.folder}wrong.yml:2:14: error: partnership: no partnership '{right['partnership']}x' "
    )
    assert second.startswith(f"{KIND.folder}wrong.yml:3:1: error: unknown key 'speaker' ")


def test_what_a_record_can_say_besides_is_right() -> None:
    kinds = schema_files.load(examples.ROOT / "schemas").by_name
    more, *vocabularies = examples.blocks(examples.section("CONTRIBUTING.md", "More that a record can say"), "yaml")
    record = yaml.load(f"{ADDED.partnership}\n{more}", Loader=Loader)
    assert [error.message for error in kinds["partnership"].validator.iter_errors(record)] == []
    for kind, text in zip(("country", "market", "source"), vocabularies, strict=True):
        (entry,) = yaml.load(text, Loader=Loader).values()
        assert [error.message for error in kinds[kind].validator.iter_errors(entry)] == []
