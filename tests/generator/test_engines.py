"""Engines: under each the site is the same, what one cannot do is told, and one alone is enough."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import html

from smartguide import engines
from smartguide.building import build_site
from smartguide.pages.pages import pages
from smartguide.session import load
from smartguide.site import finishing
from tests import nu_checker
from tests.built_sites import (
    build_elsewhere_on_another_day,
    check_headers_for_hosts,
    check_policies_of_pages,
    made_once,
)
from tests.built_sites import differences as differing_files
from tests.compared_sites import build, differences, made_by_engine, with_continued, with_edit_link
from tests.generator import projects
from tests.processes import smartguide, start
from tests.projects import ROOT, Changes, MakeProject, contents

OTHERS = [name for name in engines.NAMES if name != engines.DEFAULT]
SETTINGS = projects.text("mkdocs.yml")

CHAPTERS: Changes = {
    "content/index.md": """
        ---
        description: Tours, and "huts" & more
        tags: [Alps, "R&D"]
        ---

        # Home

        {{ part('collections') }}
        """,
    "content/guide/index.md": """
        # The guide

        It begins [with water](water.md#springs "Springs & more"), and goes to [a hut](../huts/stone-pass.md),
        [its notes](../huts/stone-pass.md#referred-to-by), [all tours](../tours/index.md), a [folder](../tours/), [up](..) and
        [another site](https://other.example/a/?b=1&c=2).

        ![A drop](drop.png) <img src="../drop.png" alt="Raw"> <a href="../water/">raw link</a>

        <div class="box"><a href="../../huts/">to the huts</a></div>

        <https://auto.example/> and <tours@mountains.example>
        """,
    "content/guide/water.md": """
        ---
        title: Water & *more*
        hide: [toc]
        search: {boost: 2}
        tags: [wet]
        ---

        # Water

        Beware of Scree, of `Scree` and of <b>Screes</b> near {{ link('huts', 'stone-pass') }}, as {{ count('huts') }}
        huts say. See [the glossary](../glossary/index.md#scree) and <a href="{{ href('tours/') }}">the tours</a>.

        ## Springs {: #springs }

        {% if true %}{# a comment #}Cold.{% endif %} {{ config.site_name }}, {{ page.title }}

        | Spring | Litres |
        |--------|-------:|
        | One    |      3 |

        !!! note "Clean?"
            Mostly: 1 < 2 & 3 > 2.

        ## Springs

        ### Deep

        {{ part('collections') }}

        ```text
        {% raw %}{{ not a macro }}{% endraw %} <a href="x/">
        ```
        """,
    "content/guide/drop.png": b"\x89PNG\r\n\x1a\n",
    "content/guide/data.pdf": b"%PDF-1.7\n",
    "content/drafts/later.md": "# Later\n",
    "theme/assets/tours.js": "document.title += '';\n",
    "mkdocs.yml": SETTINGS.replace("  *.yaml\n", "  *.yaml\n  drafts/\n"),
}
"""Chapters in which engines could differ."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder with the project of these chapters, and the site that each engine made of it."""

    def make(folder: Path) -> None:
        root = projects.copy(folder / "project", CHAPTERS, site=True)
        for engine in engines.NAMES:
            build(root, engine, folder / engine, "--no-strict")

    return made_once(tmp_path_factory, worker_id, "engines", make)


@pytest.mark.parametrize("engine", OTHERS)
def test_the_site_is_the_same_under_each_engine(sites: Path, engine: str) -> None:
    assert differences(sites / engines.DEFAULT, sites / engine) == []


@pytest.mark.parametrize("engine", engines.NAMES)
def test_the_policies_are_right_under_each_engine(sites: Path, engine: str) -> None:
    check_policies_of_pages(sites / engine)
    check_headers_for_hosts(sites / engine)


@pytest.mark.parametrize("engine", engines.NAMES)
def test_no_engine_leaves_a_search_of_its_own(sites: Path, engine: str) -> None:
    site = sites / engine
    assert not (site / "search.json").exists()
    assert not (site / "search/search_index.json").exists()
    assert "md-search" not in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", OTHERS)
def test_a_site_built_elsewhere_on_another_day_is_the_same_to_the_byte(
    sites: Path, tmp_path: Path, engine: str
) -> None:
    elsewhere = build_elsewhere_on_another_day(
        sites / "project", tmp_path / "another folder", "--no-strict", "--engine", engine
    )
    assert differing_files(sites / engine, elsewhere) == []


@pytest.mark.parametrize("engine", engines.NAMES)
def test_pages_are_valid_html_and_begin_with_a_link_to_their_title(sites: Path, engine: str) -> None:
    found = [path for path in sorted((sites / engine).rglob("*.html")) if "md-skip" in path.read_text(encoding="utf-8")]
    assert (sites / engine / "huts/stone-pass/index.html") in found
    assert nu_checker.errors(found) == []
    for path in found:
        page = html.parse(path).getroot()
        (link,) = page.xpath("//a[contains(@class, 'md-skip')]")
        (title,) = page.xpath("//h1")
        assert (link.get("href"), title.get("tabindex")) == (f"#{title.get('id')}", "-1"), path


@pytest.mark.parametrize("engine", engines.NAMES)
def test_headings_and_permalinks_have_names_of_their_own(sites: Path, engine: str) -> None:
    for path in ("huts/stone-pass/index.html", "guide/water/index.html"):
        links = html.parse(sites / engine / path).getroot().xpath("//article//h2/a[@class='headerlink']")
        assert links
        for link in links:
            heading = link.getparent()
            name = heading.text_content().removesuffix(link.text_content())
            assert (heading.get("aria-label"), link.get("aria-label")) == (name, f"Link to: {name}")


# -- what an engine cannot do


def refused(root: Path, engine: str) -> str:
    """Return what a build says that cannot be done."""
    done = smartguide(root, "build", "--no-strict", "--engine", engine)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()
    assert not any(root.glob(".*-*"))
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"mkdocs.yml": SETTINGS.replace("  - smartguide\n", "  - smartguide\n  - tags\n")},
            "mkdocs.yml:37:3: error: Zensical cannot run the plugin 'tags', and would pass over it",
        ),
        (
            {"mkdocs.yml": SETTINGS + "hooks: [hook.py]\n", "hook.py": ""},
            "error: Zensical has no setting 'hooks', and would pass over it",
        ),
        (
            {"mkdocs.yml": SETTINGS.replace("  - smartguide\n", "")},
            "error: plugins: the plugin 'smartguide' is missing",
        ),
        ({"main.py": "def define_env(env): pass\n"}, "main.py: error: Zensical would not find this module of macros"),
        (
            {
                "mkdocs.yml": SETTINGS.replace("  font: false\n", "  font: false\n  static_templates: [hello.html]\n"),
                "theme/hello.html": "Hello",
            },
            "mkdocs.yml: error: Zensical made nothing of this file, or of what it names",
        ),
        (
            {"mkdocs.yml": SETTINGS.replace("name: material", "name: nowhere")},
            "nowhere",
        ),
        (
            {"mkdocs.yml": SETTINGS.replace("[smartguide.engines.macros]", "[smartguide.engines.macros, no_such]")},
            "No module named 'no_such'",
        ),
    ],
)
def test_what_zensical_would_drop_is_told(site_project: MakeProject, changes: Changes, message: str) -> None:
    assert message in refused(site_project(changes), "zensical")


@pytest.mark.parametrize("engine", engines.NAMES)
@pytest.mark.parametrize(
    ("overrides", "lost"),
    [
        ({"partials/toc.html": "", "partials/toc-item.html": ""}, "the table of contents"),
        ({"main.html": "{% extends 'base.html' %}{% block content %}Hello{% endblock %}"}, "the body of the page"),
        (
            {"main.html": "{% extends 'base.html' %}{% block htmltitle %}<title>Tours</title>{% endblock %}"},
            "the title",
        ),
        (
            {"main.html": "{% extends 'base.html' %}{% block site_meta %}<meta charset='utf-8'>{% endblock %}"},
            "the description",
        ),
    ],
)
def test_an_override_of_the_theme_that_loses_a_marker_is_refused(
    site_project: MakeProject, overrides: dict[str, str], lost: str, engine: str
) -> None:
    root = site_project({f"theme/{name}": text for name, text in overrides.items()})
    said = refused(root, engine)
    assert "theme: error: the page shell of '" in said
    assert f"has lost {lost}" in said


@pytest.mark.parametrize("engine", engines.NAMES)
def test_an_override_of_the_theme_that_cannot_be_read_is_told_with_its_line(
    site_project: MakeProject, engine: str
) -> None:
    root = site_project(
        {"theme/main.html": "{% extends 'base.html' %}\n{% block content %}\n{{ super( }}\n{% endblock %}\n"}
    )
    assert "theme/main.html:3:1: error: cannot be rendered: " in refused(root, engine)


FAULTS = {
    "content/faults.md": """
        ---
        title: Faults
        ---

        # Faults

        {{ link('huts', 'no-such') }}
        and {{ unknown_macro() }}

        {{ part('no-part') }} {{ some_name }}
        """,
    "content/anchors.md": """
        # Anchors

        [gone](huts/stone-pass.md#no-such-anchor)
        """,
}


def test_faults_in_chapters_are_told_in_the_same_words_under_each_engine(site_project: MakeProject) -> None:
    root = site_project(FAULTS)
    mkdocs, *others = [refused(root, engine) for engine in engines.NAMES]
    for start_of_line in ("faults.md:7:4", "faults.md:8:8", "faults.md:10:4"):
        assert f"content/{start_of_line}: error: " in mkdocs
    assert others == [mkdocs, mkdocs]


# -- an engine alone

WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in %r:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from smartguide.cli import main
main(sys.argv[1:])
"""


def without(packages: tuple[str, ...], root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command where packages are not installed."""
    command = [sys.executable, "-c", WITHOUT % (packages,), "-C", str(root), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=300)


MKDOCS = ("mkdocs", "material", "mkdocs_macros", "properdocs")


def test_zensical_alone_builds_the_whole_site(sites: Path, tmp_path: Path) -> None:
    root = sites / "project"
    done = without(MKDOCS, root, "build", "--no-strict", "--engine", "zensical", "--site-dir", str(tmp_path / "site"))
    assert (done.returncode, done.stderr) == (0, "")
    assert differing_files(sites / "zensical", tmp_path / "site") == []


@pytest.mark.parametrize("arguments", [("validate",), ("links", "--quick"), ("build", "--help")])
def test_what_needs_no_engine_works_without_one(site_project: MakeProject, arguments: tuple[str, ...]) -> None:
    done = without((*MKDOCS, "zensical"), site_project(), *arguments)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("engine", engines.NAMES)
def test_an_engine_that_is_not_installed_is_named(site_project: MakeProject, engine: str) -> None:
    done = without((*MKDOCS, "zensical"), site_project(), "build", "--no-strict", "--engine", engine)
    assert done.returncode == 1
    assert f"the engine {engine} is not installed" in done.stderr
    assert "choose another one with --engine" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_a_build_with_zensical_and_leaves_nothing(site_project: MakeProject) -> None:
    root = site_project({"content/slow.md": "# Slow\n\n{% for n in range(30000000) %}{% endfor %}\n"})
    process = start(
        root, "build", "--no-strict", "--engine", "zensical", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while process.poll() is None and not any(root.glob(".site-*/.zensical-*/.cache")):
        time.sleep(0.01)
    time.sleep(0.3)  # Zensical is at work
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "interrupted\n")
    assert not any(root.glob(".site*"))
    assert not (root / "site").exists()


# -- the engine's own page of a record is the oracle


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_pages_are_what_the_engine_makes_of_their_macros(sites: Path, tmp_path: Path, engine: str) -> None:
    """What differs: the link that edits the page leads to the record, of which the engine knows nothing."""
    session = load(sites / "project")
    made = with_continued(session, pages(session.checked.base))
    theirs = made_by_engine(session, engine, made, tmp_path)
    finishing.finish(session, theirs)
    assert made
    for page in made:
        our, their = ((site / page.url / "index.html").read_text("utf-8") for site in (sites / engine, theirs))
        assert our == with_edit_link(their, page), page.url
    assert (sites / engine / "sitemap.xml").read_bytes() == (theirs / "sitemap.xml").read_bytes()
    for path in (sites / engine / "search").iterdir():
        assert path.read_bytes() == (theirs / "search" / path.name).read_bytes()


# -- the steps over the finished folder


@pytest.mark.parametrize("engine", engines.NAMES)
def test_finish_brings_back_what_was_deleted_and_changes_nothing_else(sites: Path, tmp_path: Path, engine: str) -> None:
    site = build(sites / "project", engine, tmp_path / "site", "--no-strict")
    before = contents(site)
    assert smartguide(sites / "project", "finish", str(site)).returncode == 0
    assert contents(site) == before
    gone = {"api", "schemas", "search", "sitemap.xml", "sitemap.xml.gz", "_headers", ".htaccess"}
    for path in before:
        if path.relative_to(site).parts[0] in gone:
            path.unlink()
    page = site / "huts/stone-pass/index.html"
    policy = '\n<meta http-equiv="Content-Security-Policy"'
    head, _, rest = page.read_text(encoding="utf-8").partition(policy)
    page.write_text(head + rest.partition(">")[2], encoding="utf-8")
    assert len(contents(site)) < len(before)
    assert smartguide(sites / "project", "finish", str(site)).returncode == 0
    assert contents(site) == before


def test_finish_refuses_a_folder_without_a_site(site_project: MakeProject) -> None:
    root = site_project()
    done = smartguide(root, "finish", str(root / "content"))
    assert (done.returncode, "no site in" in done.stderr) == (2, True)
    (root / "elsewhere").mkdir()
    (root / "elsewhere/index.html").write_text("Hello", encoding="utf-8")
    done = smartguide(root, "finish", str(root / "elsewhere"))
    assert done.returncode == 1
    assert "pages are missing" in done.stderr
    assert [path.name for path in (root / "elsewhere").iterdir()] == ["index.html"]


def test_finish_writes_nothing_while_records_are_wrong(site_project: MakeProject) -> None:
    root = site_project()
    build_site(root, root / "site", strict=False)
    before = contents(root / "site")
    (root / "content/huts/stone-pass.yml").write_text("nam: x\n", encoding="utf-8")
    done = smartguide(root, "finish", str(root / "site"))
    assert done.returncode == 1
    assert "unknown key 'nam'" in done.stdout
    assert contents(root / "site") == before
