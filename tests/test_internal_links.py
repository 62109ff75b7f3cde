"""Links inside the built site: planted dead ones are all found, where they come from, and no good one is accused."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.findings import in_order
from smartguide.links.internal.checking import InternalLinks
from tests.conftest import SMALL

SiteProject = Callable[..., Path]
URL = "https://escp-smart-guide.example/"


def findings(root: Path, url: str = URL) -> list[str]:
    site = root / "site"
    if not site.exists():
        build_site(root, site, strict=False)
    return [finding.as_text() for finding in in_order(InternalLinks(check(root).base, site.resolve(), url).findings())]


def test_a_site_without_faults_has_no_findings(site_project: SiteProject) -> None:
    assert findings(site_project()) == []


PLANTED = {
    '<a href="../partners/nobody/">a page</a>': "links to /partners/nobody, which is not there",
    '<a href="../partnerships/alpha/#nowhere">an anchor</a>': "links to /partnerships/alpha#nowhere, which has no such anchor",
    '<a href="#here">an anchor of this page</a>': "links to /page/#here, which has no such anchor",
    '<a href="../Partners/">another case</a>': "links to /Partners, which is not there",
    '<a href="/partners/absolute/">from the root of the host</a>': "links to /partners/absolute, which is not there",
    '<a href="https://escp-smart-guide.example/ours/">our own address, in full</a>': "links to /ours/, which is not there",
    '<img src="../assets/none.png" alt="x">': "links to /assets/none.png, which is not there",
    '<img srcset="../assets/small.png 1x" src="../assets/favicon.svg" alt="x">': "links to /assets/small.png, which is not there",
    '<video poster="../assets/poster.png"></video>': "links to /assets/poster.png, which is not there",
    '<object data="../assets/object.svg"></object>': "links to /assets/object.svg, which is not there",
    '<iframe src="../assets/frame.html"></iframe>': "links to /assets/frame.html, which is not there",
    '<svg><use href="../assets/sprite.svg#x"/></svg>': "links to /assets/sprite.svg#x, which is not there",
    '<svg><use xlink:href="../assets/old.svg"/></svg>': "links to /assets/old.svg, which is not there",
    '<script src="../assets/none.js"></script>': "links to /assets/none.js, which is not there",
    '<script src="../assets/none.mjs" type="module"></script>': "links to /assets/none.mjs, which is not there",
    '<link rel="stylesheet" href="../assets/none.css">': "links to /assets/none.css, which is not there",
    '<div style="background: url(../assets/ground.png)">x</div>': "loads /assets/ground.png, which is not there",
    '<style>@import "../assets/import.css";</style>': "loads /assets/import.css, which is not there",
    '<meta http-equiv="Refresh" content="5; URL=../elsewhere/">': "redirects to /elsewhere/, which is not there",
    '<meta http-equiv="refresh" content="0; ../straight/">': "redirects to /straight/, which is not there",
    '<meta property="og:image" content="https://escp-smart-guide.example/preview.png">': "shows the image /preview.png, which is not there",
    '<a href="../../mkdocs.yml">beside the site on this disk</a>': "links to /mkdocs.yml, which is not there",
    '<a href="//escp-smart-guide.example/short/">our address without its scheme</a>': "links to /short, which is not there",
    '<a href="http://escp-smart-guide.example/plain/">our address with the other one</a>': "links to /plain/, which is not there",
    '<a href="../assets/favicon.svg/">a file as a folder</a>': "links to /assets/favicon.svg/, which is not there",
    '<a href="../unfollowed/" rel="nofollow">not for robots</a>': "links to /unfollowed/, which is not there",
    '<a href="../partners/#generator">the name of a meta element</a>': "links to /partners#generator, which has no such anchor",
    '<a href="../x%20y/">encoded</a>': "links to /x y, which is not there",
    "<a href=../bare/>without quotes</a>": "links to /bare, which is not there",
    '<a href="http://[x">no address</a>': "links to http://[x, which is no address",
    '<div style="background: url(//[y)">x</div>': "loads //[y, which is no address",
    f'<div style="background: url({"z" * 300})">x</div>': f"loads /page/{'z' * 300}, which is not there",
    """<div style="background: image-set('../assets/set.png' 1x)">x</div>""": "loads /assets/set.png, which is not there",
    """<div style="background: url('../assets/a(1).png')">x</div>""": "loads /assets/a(1).png, which is not there",
}  # fmt: skip
GOOD = """
    <a href="../partners/path-finders/#partnerships">a page and an anchor</a>
    <a href="#">the top</a> <a href="#top">the top</a> <a href="">this page</a> <a href="?q=x">this page</a>
    <a href="../partners/path-finders/index.html">the file itself</a> <a href="../partners">without a slash</a>
    <a href="/partners/">from the root</a> <a href="https://escp-smart-guide.example/partners/">in full</a>
    <a href="https://other.example/">elsewhere</a> <a href="mailto:a@b.example">mail</a> <a href="tel:+32">call</a>
    <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x"> <div style="background: url(data:image/gif;base64,R0)">x</div>
    <style>/* url(../assets/comment.png) */</style> <a href="../partners/" rel="nofollow">not for robots</a>
    <h2 id="ü-ber">an anchor</h2> <a href="#ü-ber">as it is</a> <a href="#%C3%BC-ber">encoded</a>
    """
HOME = "# Home\n\n{{ part('collections') }}\n\n[page](page.md)\n"


def test_planted_faults_of_every_kind_are_found_on_their_line_and_nothing_else(site_project: SiteProject) -> None:
    lines = "\n\n".join([*PLANTED, *GOOD.split("\n")])
    root = site_project({"content/page.md": f"# A page\n\n{lines}\n", "content/index.md": HOME})
    found = findings(root)
    assert [line.partition(": error: ")[2].partition(" (")[0] for line in found] == [
        f"the page /page/ {fault}" for fault in PLANTED.values()
    ]
    assert [line.split(":")[:2] for line in found] == [
        ["content/page.md", str(number)] for number in range(3, 3 + 2 * len(PLANTED), 2)
    ]


def test_faults_of_style_sheets_scripts_and_the_sitemap_are_found(site_project: SiteProject) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    assets = root / "site/assets"
    (assets / "planted.css").write_text(
        '@import "none.css";\na { background: url(none.png) }\nb { background: url("../partners/") }', encoding="utf-8"
    )
    (assets / "planted.js").write_text(
        "import './none.js';\nexport {\n  a,\n} from '../none2.js';\nawait import('./none3.js');\n", encoding="utf-8"
    )
    sitemap = root / "site/sitemap.xml"
    text = sitemap.read_text(encoding="utf-8")
    sitemap.write_text(text.replace("</urlset>", f"<url><loc>{URL}none/</loc></url></urlset>"), encoding="utf-8")
    assert [line.partition(" (")[0] for line in findings(root)] == [
        "site/assets/planted.css: error: the page /assets/planted.css loads /assets/none.css, which is not there",
        "site/assets/planted.css: error: the page /assets/planted.css loads /assets/none.png, which is not there",
        "site/assets/planted.js: error: the page /assets/planted.js loads the script /assets/none.js, which is not there",
        "site/assets/planted.js: error: the page /assets/planted.js loads the script /assets/none3.js, which is not there",
        "site/assets/planted.js: error: the page /assets/planted.js loads the script /none2.js, which is not there",
        "site/sitemap.xml: error: the page /sitemap.xml links to /none/, which is not there",
    ]


def test_a_link_is_told_each_time_that_it_is_written_and_not_where_a_word_of_it_stands(
    site_project: SiteProject,
) -> None:
    lines = ["of nobody and x and y", '<a href="../x%20y/nobody/">', '<a href="../x%20y/nobody/">']
    root = site_project({"content/page.md": "\n\n".join(lines), "content/index.md": HOME})
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  - assets/guide.css", "  - partners/none.css"), encoding="utf-8")
    style = root / "theme/assets/checklist.css"
    rules = style.read_text(encoding="utf-8") + "\na { background: url(none.png) }\n"
    style.write_text(rules, encoding="utf-8")
    assert {line.partition(": error")[0] for line in findings(root)} == {
        "content/page.md:3:10",
        "content/page.md:5:10",
        f"mkdocs.yml:{1 + text.splitlines().index('  - assets/guide.css')}:5",
        f"theme/assets/checklist.css:{len(rules.splitlines())}:21",
    }


def test_a_link_in_the_prose_of_a_record_is_told_there_and_not_on_pages_that_quote_it(
    site_project: SiteProject,
) -> None:
    record = textwrap.dedent(str(SMALL["content/partnerships/alpha.yml"])).lstrip()
    root = site_project({"content/partnerships/alpha.yml": f"{record}objectives: It is [here]({URL}gone/).\n"})
    (line,) = findings(root)
    fault = "error: the page /partnerships/alpha/ links to /gone/, which is not there"
    assert line.startswith(f"content/partnerships/alpha.yml:16:26: {fault}")


def test_settings_of_lychee_among_the_files_of_the_site_hide_nothing(site_project: SiteProject) -> None:
    page = "# A page\n\n<a href='../gone/'>x</a>\n"
    root = site_project({"content/lychee.toml": 'exclude = [".*"]', "content/page.md": page, "content/index.md": HOME})
    assert [line.partition(": error")[0] for line in findings(root)] == ["content/page.md:3:10"]


@pytest.mark.parametrize("url", ["https://HOST.Example/Base/", "https://höst.example/ü/", "https://host.example:443/"])
def test_our_own_address_may_be_written_in_any_way(
    site_project: SiteProject, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", url)
    page = f"# A page\n\n<a href='{url}gone/'>x</a> <a href='{url}partners/'>x</a>\n"
    root = site_project({"content/page.md": page, "content/index.md": HOME})
    assert [line.partition(": error")[0] for line in findings(root, url)] == ["content/page.md:3:10"]


def test_a_fault_that_many_pages_share_is_told_once(site_project: SiteProject) -> None:
    pages = {f"content/pages/{number}.md": "# A page\n" for number in range(25)}
    root = site_project(pages)
    footer = (
        '{% extends "base.html" %}\n{% block footer %}<a href="{{ base_url }}/imprint/">Imprint</a>{% endblock %}\n'
    )
    (root / "theme/main.html").write_text(footer, encoding="utf-8")
    found = [line for line in findings(root) if "/imprint" in line]
    assert len(found) == 1
    assert " others links to /imprint, which is not there" in found[0]


@pytest.mark.parametrize("name", ["a site [1]", "b*c", "100%25 ü", "{x}"])
@pytest.mark.parametrize("url", [URL, f"{URL}below/a-path/", f"{URL}below"])
def test_the_name_of_a_folder_or_a_path_on_the_host_hides_no_fault_and_accuses_no_link(
    site_project: SiteProject, tmp_path: Path, name: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", url)
    ours = url.rstrip("/") + "/"
    page = f"# A page\n\n<a href='../nobody/'>x</a>\n\n<a href='{ours}nobody-either/'>x</a>\n\n<a href='{ours}partners/'>x</a>\n"
    root = site_project({"content/page.md": page, "content/index.md": HOME})
    moved = tmp_path.parent / f"{tmp_path.name} {name}"
    root.rename(moved)
    assert [line.partition(" (")[0] for line in findings(moved, url)] == [
        "content/page.md:3:10: error: the page /page/ links to /nobody, which is not there",
        "content/page.md:5:10: error: the page /page/ links to /nobody-either/, which is not there",
    ]
    moved.rename(root)


def test_pages_that_only_lead_to_each_other_are_found(site_project: SiteProject) -> None:
    root = site_project({"content/one.md": "# One\n\n[two](two.md)\n", "content/two.md": "# Two\n\n[one](one.md)\n"})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings + "nav:\n  - index.md\n", encoding="utf-8")
    hint = "(refer to it from another record or page, or put it into the navigation of mkdocs.yml) [orphan]"
    assert findings(root) == [
        f"content/one.md:1:1: error: no way leads from the home page to /one/ {hint}",
        f"content/two.md:1:1: error: no way leads from the home page to /two/ {hint}",
    ]


def test_a_page_that_nothing_leads_to_is_found(site_project: SiteProject) -> None:
    root = site_project({"content/alone.md": "# Alone\n\n[home](index.md)\n"})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings + "nav:\n  - index.md\n", encoding="utf-8")
    assert findings(root) == [
        "content/alone.md:1:1: error: no way leads from the home page to /alone/ (refer to it from another record or "
        "page, or put it into the navigation of mkdocs.yml) [orphan]"
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


def test_a_former_id_leads_to_the_record_on_a_page_of_many(site_project: SiteProject) -> None:
    terms = (
        "new-word: {term: Word, definition: A word., former_ids: [old-word, older-word], sources: [{source: guide}]}\n"
    )
    root = site_project(
        {
            "content/catalogue.yml": str(SMALL["content/catalogue.yml"]).rstrip()
            + "\n          glossary: {schema: term, pages: one, records: !include glossary.yml}\n",
            "content/glossary.yml": terms,
            "content/index.md": HOME,
            "content/page.md": "# A page\n\n"
            + "".join(
                f'<a href="../glossary/#{one}">x</a>\n' for one in ("new-word", "old-word", "older-word", "nope")
            ),
        }
    )
    assert [line.partition(" (")[0] for line in findings(root)] == [
        "content/page.md:6:10: error: the page /page/ links to /glossary#nope, which has no such anchor"
    ]
