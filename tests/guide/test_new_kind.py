"""A new kind of record is one schema, one template and one line in the catalogue, and no Python."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, smartguide, write

README = (ROOT / "README.md").read_text(encoding="utf-8")
SCHEMA = README.partition("```json\n")[2].partition("```")[0]
"""What the README shows is what is tested."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository with a new kind of record."""
    root = tmp_path_factory.mktemp("copy")
    for name in ("content", "schemas", "templates", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    write(
        root,
        {
            "schemas/webinar.schema.json": SCHEMA,
            "templates/webinar.html": '{% extends "record.html" %}\n',
            "content/webinars/going-to-brazil.yml": "title: Going to Brazil in five steps\npartnership: adpack\n",
        },
    )
    with (root / "content/catalogue.yml").open("a", encoding="utf-8") as catalogue:
        catalogue.write("  webinars: {schema: webinar, records: !include webinars/*.yml}\n")
    return root


@pytest.fixture(scope="module")
def built(copy: Path) -> Path:
    done = smartguide(copy, "build", "--site-dir", str(copy / "site"), cwd=copy)
    assert done.returncode == 0, done.stderr
    return copy / "site"


def test_it_has_a_page_and_an_index(built: Path) -> None:
    assert "Going to Brazil in five steps" in (built / "webinars/going-to-brazil/index.html").read_text(
        encoding="utf-8"
    )
    assert 'href="../webinars/going-to-brazil/"' in (built / "webinars/index.html").read_text(encoding="utf-8")


def test_its_references_are_links_both_ways(built: Path) -> None:
    there = (built / "webinars/going-to-brazil/index.html").read_text(encoding="utf-8")
    assert 'href="../../partnerships/adpack/"' in there
    back = (built / "partnerships/adpack/index.html").read_text(encoding="utf-8")
    assert "Webinars" in back
    assert 'href="../../webinars/going-to-brazil/"' in back


def test_the_search_finds_it(built: Path) -> None:
    entries = json.loads((built / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    assert any(entry["location"] == "webinars/going-to-brazil/" for entry in entries)


def test_the_api_has_it(built: Path) -> None:
    envelope = json.loads((built / "api/v1/webinars.json").read_text(encoding="utf-8"))
    assert [record["title"] for record in envelope["result"]] == ["Going to Brazil in five steps"]
    partnership = json.loads((built / "api/v1/partnerships/adpack.json").read_text(encoding="utf-8"))["result"]
    assert {"collection": "webinars", "id": "going-to-brazil", "property": "partnership"} in partnership[
        "referenced_by"
    ]


def test_the_home_page_of_the_collections_leads_to_it(built: Path) -> None:
    assert 'href="../webinars/"' in (built / "about/index.html").read_text(encoding="utf-8")


def test_it_is_checked(copy: Path) -> None:
    wrong = copy / "content/webinars/wrong.yml"
    wrong.write_text("title: Wrong\npartnership: adpak\nspeaker: nobody\n", encoding="utf-8")
    try:
        done = smartguide(copy, "validate", "content/webinars", cwd=copy)
    finally:
        wrong.unlink()
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "content/webinars/wrong.yml:2:14: error: partnership: no partnership 'adpak' (did you mean 'adpack'?) "
        "[unknown-reference]",
        "content/webinars/wrong.yml:3:1: error: unknown key 'speaker' (allowed: title, partnership) [unknown-key]",
    ]
