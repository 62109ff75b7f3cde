"""Links inside the built site: each broken one is reported where it is written, and no good one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide.building import build_site
from smartguide.checks.checking import check
from smartguide.findings import in_order
from smartguide.links.internal.checking import check_internal
from smartguide.project import Project
from tests.generator import projects
from tests.projects import MakeProject

URL = "https://tours.example/"


def findings(root: Path, url: str = URL) -> list[str]:
    site = root / "site"
    if not site.exists():
        build_site(root, site, strict=False)
    found = check_internal(Project.of(root), check(root).base, site.resolve(), url)
    return [finding.as_text() for finding in in_order(found)]


def test_a_site_without_broken_links_has_no_findings(site_project: MakeProject) -> None:
    assert findings(site_project()) == []


BROKEN = {
    '<a href="../huts/nobody/">a page</a>': "links to /huts/nobody, which does not exist",
    '<a href="../tours/three-lakes/#nowhere">an anchor</a>': "links to /tours/three-lakes#nowhere, which has no such anchor",
    '<a href="#here">an anchor of this page</a>': "links to /page/#here, which has no such anchor",
    '<a href="../Huts/">another case</a>': "links to /Huts, which does not exist",
    '<a href="/huts/absolute/">from the root of the host</a>': "links to /huts/absolute, which does not exist",
    '<a href="https://tours.example/ours/">the full URL of the site</a>': "links to /ours/, which does not exist",
    '<img src="../assets/none.png" alt="x">': "links to /assets/none.png, which does not exist",
    '<img srcset="../assets/small.png 1x" src="../assets/tours.css" alt="x">': "links to /assets/small.png, which does not exist",
    '<video poster="../assets/poster.png"></video>': "links to /assets/poster.png, which does not exist",
    '<object data="../assets/object.svg"></object>': "links to /assets/object.svg, which does not exist",
    '<iframe src="../assets/frame.html"></iframe>': "links to /assets/frame.html, which does not exist",
    '<svg><use href="../assets/sprite.svg#x"/></svg>': "links to /assets/sprite.svg#x, which does not exist",
    '<svg><use xlink:href="../assets/old.svg"/></svg>': "links to /assets/old.svg, which does not exist",
    '<script src="../assets/none.js"></script>': "links to /assets/none.js, which does not exist",
    '<script src="../assets/none.mjs" type="module"></script>': "links to /assets/none.mjs, which does not exist",
    '<link rel="stylesheet" href="../assets/none.css">': "links to /assets/none.css, which does not exist",
    '<div style="background: url(../assets/ground.png)">x</div>': "loads /assets/ground.png, which does not exist",
    '<style>@import "../assets/import.css";</style>': "loads /assets/import.css, which does not exist",
    '<meta property="og:image" content="https://tours.example/preview.png">': "shows the image /preview.png, which does not exist",
    '<a href="../../mkdocs.yml">beside the site on this disk</a>': "links to /mkdocs.yml, which does not exist",
    '<a href="//tours.example/short/">the URL without its scheme</a>': "links to /short, which does not exist",
    '<a href="http://tours.example/plain/">the URL with the other scheme</a>': "links to /plain/, which does not exist",
    '<a href="../assets/tours.css/">a file as a folder</a>': "links to /assets/tours.css/, which does not exist",
    '<a href="../unfollowed/" rel="nofollow">not for robots</a>': "links to /unfollowed/, which does not exist",
    '<a href="../huts/#generator">the name of a meta element</a>': "links to /huts#generator, which has no such anchor",
    '<a href="../x%20y/">encoded</a>': "links to /x y, which does not exist",
    "<a href=../bare/>without quotes</a>": "links to /bare, which does not exist",
    '<a href="http://[x">not a URL</a>': "links to http://[x, which is not a valid URL",
    '<div style="background: url(//[y)">x</div>': "loads //[y, which is not a valid URL",
    f'<div style="background: url({"z" * 300})">x</div>': f"loads /page/{'z' * 300}, which does not exist",
    """<div style="background: image-set('../assets/set.png' 1x)">x</div>""": "loads /assets/set.png, which does not exist",
    """<div style="background: url('../assets/a(1).png')">x</div>""": "loads /assets/a(1).png, which does not exist",
}  # fmt: skip
GOOD = """
    <a href="../tours/three-lakes/#stages">a page and an anchor</a>
    <a href="#">the top</a> <a href="#top">the top</a> <a href="">this page</a> <a href="?q=x">this page</a>
    <a href="../tours/three-lakes/index.html">the file itself</a> <a href="../huts">without a slash</a>
    <a href="/huts/">from the root</a> <a href="https://tours.example/huts/">in full</a>
    <a href="https://other.example/">elsewhere</a> <a href="mailto:a@b.example">mail</a> <a href="tel:+32">call</a>
    <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x"> <div style="background: url(data:image/gif;base64,R0)">x</div>
    <style>/* url(../assets/comment.png) */</style> <a href="../huts/" rel="nofollow">not for robots</a>
    <h2 id="ü-ber">an anchor</h2> <a href="#ü-ber">as it is</a> <a href="#%C3%BC-ber">encoded</a>
    """
HOME = "# Home\n\n{{ part('collections') }}\n\n[page](page.md)\n"


def test_broken_links_of_every_kind_are_reported_on_their_line_and_nothing_else(site_project: MakeProject) -> None:
    lines = "\n\n".join([*BROKEN, *GOOD.split("\n")])
    root = site_project({"content/page.md": f"# A page\n\n{lines}\n", "content/index.md": HOME})
    found = findings(root)
    assert [line.partition(": error: ")[2].partition(" (")[0] for line in found] == [
        f"the page /page/ {problem}" for problem in BROKEN.values()
    ]
    assert [line.split(":")[:2] for line in found] == [
        ["content/page.md", str(number)] for number in range(3, 3 + 2 * len(BROKEN), 2)
    ]


def test_broken_links_of_style_sheets_scripts_and_the_sitemap_are_reported(site_project: MakeProject) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    assets = root / "site/assets"
    (assets / "broken.css").write_text(
        '@import "none.css";\na { background: url(none.png) }\nb { background: url("../huts/") }', encoding="utf-8"
    )
    (assets / "broken.js").write_text(
        "import './none.js';\nexport {\n  a,\n} from '../none2.js';\nawait import('./none3.js');\n", encoding="utf-8"
    )
    sitemap = root / "site/sitemap.xml"
    text = sitemap.read_text(encoding="utf-8")
    sitemap.write_text(text.replace("</urlset>", f"<url><loc>{URL}nowhere/</loc></url></urlset>"), encoding="utf-8")
    assert [line.partition(" (")[0] for line in findings(root)] == [
        "site/assets/broken.css: error: the page /assets/broken.css loads /assets/none.css, which does not exist",
        "site/assets/broken.css: error: the page /assets/broken.css loads /assets/none.png, which does not exist",
        "site/assets/broken.js: error: the page /assets/broken.js loads the script /assets/none.js, which does not exist",
        "site/assets/broken.js: error: the page /assets/broken.js loads the script /assets/none3.js, which does not exist",
        "site/assets/broken.js: error: the page /assets/broken.js loads the script /none2.js, which does not exist",
        "site/sitemap.xml: error: the page /sitemap.xml links to /nowhere/, which does not exist",
    ]


def test_a_link_is_reported_each_time_that_it_is_written_and_not_where_only_a_word_of_it_is(
    site_project: MakeProject,
) -> None:
    lines = ["of nobody and x and y", '<a href="../x%20y/nobody/">', '<a href="../x%20y/nobody/">']
    root = site_project({"content/page.md": "\n\n".join(lines), "content/index.md": HOME})
    style = root / "theme/assets/tours.css"
    rules = style.read_text(encoding="utf-8") + "\na { background: url(none.png) }\n"
    style.write_text(rules, encoding="utf-8")
    assert {line.partition(": error")[0] for line in findings(root)} == {
        "content/page.md:3:10",
        "content/page.md:5:10",
        f"theme/assets/tours.css:{len(rules.splitlines())}:21",
    }


def test_a_link_in_the_prose_of_a_record_is_reported_there_and_not_on_pages_that_repeat_it(
    site_project: MakeProject,
) -> None:
    record = projects.text("content/tours/three-lakes.yml")
    root = site_project({"content/tours/three-lakes.yml": f"{record}description: It is [here]({URL}gone/).\n"})
    (line,) = findings(root)
    problem = "error: the page /tours/three-lakes/ links to /gone/, which does not exist"
    assert line.startswith(f"content/tours/three-lakes.yml:14:27: {problem}")


def test_a_lychee_toml_among_the_files_of_the_site_has_no_effect(site_project: MakeProject) -> None:
    page = "# A page\n\n<a href='../gone/'>x</a>\n"
    root = site_project({"theme/lychee.toml": 'exclude = [".*"]', "content/page.md": page, "content/index.md": HOME})
    assert [line.partition(": error")[0] for line in findings(root)] == ["content/page.md:3:10"]


@pytest.mark.parametrize("url", ["https://HOST.Example/Base/", "https://höst.example/ü/", "https://host.example:443/"])
def test_the_url_of_the_site_is_recognized_in_each_notation(
    site_project: MakeProject, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", url)
    page = f"# A page\n\n<a href='{url}gone/'>x</a> <a href='{url}huts/'>x</a>\n"
    root = site_project({"content/page.md": page, "content/index.md": HOME})
    assert [line.partition(": error")[0] for line in findings(root, url)] == ["content/page.md:3:10"]


def test_a_broken_link_of_many_pages_is_reported_once(site_project: MakeProject) -> None:
    pages = {f"content/pages/{number}.md": "# A page\n" for number in range(25)}
    root = site_project(pages)
    footer = (
        '{% extends "base.html" %}\n{% block footer %}<a href="{{ base_url }}/imprint/">Imprint</a>{% endblock %}\n'
    )
    (root / "theme/main.html").write_text(footer, encoding="utf-8")
    found = [line for line in findings(root) if "/imprint" in line]
    assert len(found) == 1
    assert " others links to /imprint, which does not exist" in found[0]


@pytest.mark.parametrize("name", ["a site [1]", "b*c", "100%25 ü", "{x}"])
@pytest.mark.parametrize("url", [URL, f"{URL}below/a-path/", f"{URL}below"])
def test_special_characters_of_the_folder_and_a_path_on_the_host_change_no_finding(
    site_project: MakeProject, tmp_path: Path, name: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", url)
    ours = url.rstrip("/") + "/"
    page = f"# A page\n\n<a href='../nobody/'>x</a>\n\n<a href='{ours}nobody-either/'>x</a>\n\n<a href='{ours}huts/'>x</a>\n"
    root = site_project({"content/page.md": page, "content/index.md": HOME})
    moved = tmp_path.parent / f"{tmp_path.name} {name}"
    root.rename(moved)
    assert [line.partition(" (")[0] for line in findings(moved, url)] == [
        "content/page.md:3:10: error: the page /page/ links to /nobody, which does not exist",
        "content/page.md:5:10: error: the page /page/ links to /nobody-either/, which does not exist",
    ]
    moved.rename(root)


def test_pages_that_only_link_to_each_other_are_orphans(site_project: MakeProject) -> None:
    root = site_project({"content/one.md": "# One\n\n[two](two.md)\n", "content/two.md": "# Two\n\n[one](one.md)\n"})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings + "nav:\n  - index.md\n", encoding="utf-8")
    hint = "(link to it from another record or page, or add it to the navigation of mkdocs.yml) [orphan]"
    assert findings(root) == [
        f"content/one.md:1:1: error: no links lead from the home page to /one/ {hint}",
        f"content/two.md:1:1: error: no links lead from the home page to /two/ {hint}",
    ]


def test_a_page_without_a_link_to_it_is_an_orphan(site_project: MakeProject) -> None:
    root = site_project({"content/alone.md": "# Alone\n\n[home](index.md)\n"})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings + "nav:\n  - index.md\n", encoding="utf-8")
    assert findings(root) == [
        "content/alone.md:1:1: error: no links lead from the home page to /alone/ (link to it from another record or "
        "page, or add it to the navigation of mkdocs.yml) [orphan]"
    ]


def test_a_broken_redirect_is_reported(site_project: MakeProject) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    old = root / "site/huts/old/index.html"
    old.parent.mkdir()
    old.write_text('<meta http-equiv="refresh" content="0; url=../gone/">', encoding="utf-8")
    assert any("redirects to /huts/gone/, which does not exist" in line for line in findings(root))


def test_a_former_id_redirects_to_the_record_and_is_in_the_api(site_project: MakeProject) -> None:
    renamed = projects.text("content/huts/upper-lake.yml") + "former_ids: [high-lake]\n"
    root = site_project({"content/huts/upper-lake.yml": renamed})
    assert findings(root) == []
    page = (root / "site/huts/high-lake/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../huts/upper-lake/"' in page
    api = root / "site/api/v1/huts"
    assert (api / "high-lake.json").read_bytes() == (api / "upper-lake.json").read_bytes()


def test_a_former_id_is_an_anchor_on_a_page_of_several_records(site_project: MakeProject) -> None:
    terms = "new-word: {term: Word, definition: A word., former_ids: [old-word, older-word]}\n"
    root = site_project(
        {
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
