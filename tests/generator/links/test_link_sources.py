"""Broken links are reported where they are written, also in the files of the generator."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide.checks.checking import check
from smartguide.findings import Place
from smartguide.links.internal.link_sources import BrokenLink, LinkSources
from smartguide.project import Project
from tests.projects import MakeProject, write

LINK = BrokenLink("huts/upper-lake/", "/nowhere/", "../../nowhere/")


def place_of(link: BrokenLink, root: Path, generator: Path) -> Place:
    """Return where a broken link is reported, for a project and a folder with the files of the generator."""
    project = Project.of(root)
    (finding,) = LinkSources(project, check(project).base, generator).findings([link])
    return finding.place


@pytest.mark.parametrize("name", ["theme/main.html", "theme/partials/source.html", "templates/record.html"])
def test_a_link_in_a_theme_or_template_of_the_generator_is_reported_there(
    project: MakeProject, tmp_path: Path, name: str
) -> None:
    write(tmp_path / "smartguide", {name: """<p>\n<a href="{{ view.href('nowhere/') }}">x</a>\n"""})
    assert place_of(LINK, project(), tmp_path / "smartguide") == Place(f"smartguide/{name}", 2, 24)


def test_a_link_in_a_style_sheet_of_the_generator_is_reported_there(project: MakeProject, tmp_path: Path) -> None:
    write(tmp_path / "smartguide", {"theme/assets/own.css": "a { background: url(none.png) }\n"})
    link = BrokenLink("assets/own.css", "/assets/none.png", "none.png", "loads")
    assert place_of(link, project(), tmp_path / "smartguide") == Place("smartguide/theme/assets/own.css", 1, 21)


def test_a_template_of_the_project_comes_before_that_of_the_generator(project: MakeProject, tmp_path: Path) -> None:
    text = """<a href="{{ view.href('nowhere/') }}">x</a>\n"""
    write(tmp_path / "smartguide", {"templates/record.html": text})
    assert place_of(LINK, project({"templates/record.html": text}), tmp_path / "smartguide").path == (
        "templates/record.html"
    )


def test_the_files_of_the_installed_generator_are_searched(project: MakeProject) -> None:
    loaded = Project.of(project())
    link = BrokenLink("huts/upper-lake/", "/repository", "{{ config.repo_url }}")
    (finding,) = LinkSources(loaded, check(loaded).base).findings([link])
    assert finding.place == Place("smartguide/theme/partials/source.html", 2, 10)
