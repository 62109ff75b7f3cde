"""Links inside the built site: planted dead ones are all found, where they come from, and no good one is accused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.building import build_site
from generator.checking import check
from generator.links.internal import InternalLinks

SiteProject = Callable[..., Path]
URL = "https://escp-smart-guide.example/"


def findings(root: Path) -> list[str]:
    site = root / "site"
    if not site.exists():
        build_site(root, site, strict=False)
    return [finding.as_text() for finding in InternalLinks(check(root).base, site.resolve(), URL).findings()]


def test_a_site_without_faults_has_no_findings(site_project: SiteProject) -> None:
    assert findings(site_project()) == []


def test_planted_faults_of_every_kind_are_found(site_project: SiteProject) -> None:
    root = site_project(
        {
            "content/page.md": """
                # A page

                <a href="../partners/nobody/">a page that is not there</a>
                <a href="../partnerships/alpha/#nowhere">an anchor that is not there</a>
                <img src="../assets/none.png" alt="an image that is not there">
                <script src="../assets/none.js"></script>
                <link rel="stylesheet" href="../assets/none.css">
                <a href="https://escp-smart-guide.example/absolute/">our own address, in full</a>
                <a href="../partners/path-finders/#partnerships">a good one</a>
                """,
            "content/index.md": "# Home\n\n{{ part('collections') }}\n\n[page](page.md)\n",
        }
    )
    found = findings(root)
    assert sorted(line.partition(": error: ")[0] for line in found) == [
        "content/page.md:3:22",
        "content/page.md:4:33",
        "content/page.md:5:21",
        "content/page.md:6:24",
        "content/page.md:7:40",
        "content/page.md:8:43",
    ]
    assert all("[broken-link]" in line for line in found)
    assert any("links to /partnerships/alpha#nowhere, which has no such anchor" in line for line in found)


def test_a_page_that_nothing_leads_to_is_found(site_project: SiteProject) -> None:
    root = site_project({"content/alone.md": "# Alone\n\n[home](index.md)\n"})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings + "nav:\n  - index.md\n", encoding="utf-8")
    assert findings(root) == [
        "content/alone.md:1:1: error: no page leads to /alone/ (refer to it from another record or page, or put it "
        "into the navigation of mkdocs.yml) [orphan]"
    ]


def test_a_redirect_to_nowhere_is_found(site_project: SiteProject) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    old = root / "site/partners/old/index.html"
    old.parent.mkdir()
    old.write_text('<meta http-equiv="refresh" content="0; url=../gone/">', encoding="utf-8")
    assert any("redirects to /partners/gone/, which is not there" in line for line in findings(root))


def test_a_former_id_leads_to_the_record_on_the_site_and_in_the_api(site_project: SiteProject) -> None:
    renamed = "name: Path Finders\ncountry: FR\nformer_ids: [way-finders]\nsources:\n  - source: guide\n"
    root = site_project({"content/partners/path-finders.yml": renamed})
    assert findings(root) == []
    page = (root / "site/partners/way-finders/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../partners/path-finders/"' in page
    api = root / "site/api/v1/partners"
    assert (api / "way-finders.json").read_bytes() == (api / "path-finders.json").read_bytes()
