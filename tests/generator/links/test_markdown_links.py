"""The quick check of chapters: a broken link in prose is reported, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from smartguide.cli import main
from smartguide.links import markdown_links
from smartguide.project import Project
from tests.projects import MakeProject

PAGE = "content/guide/page.md"
NO_LINKS = {
    "a fence": "```\n[x](nope)\n```",
    "a fence in a quotation": "> ~~~\n> [x](nope)\n> ~~~",
    "indented code": "    [x](nope)",
    "indented code in a list": "- a\n\n      [x](nope)",
    "inline code": "see `[x](nope)` and ``a ` [x](nope)``",
    "inline code over two lines": "see `code\n[x](nope)` there",
    "a comment": "<!-- [x](nope) -->",
    "a comment over several lines": "<!--\n[x](nope)\n\n[x](nope)\n-->",
    "a comment in a line": "so <!-- [x](nope) --> it is",
    "a bracket that is escaped": "so [x\\](nope) it is",
}
LINKS = {
    "a paragraph": ("A [page](nope)", "1:10"),
    "beside code": ("`[x](nope)` [y](nope)", "1:17"),
    "after a comment": ("so <!-- [x](nope) --> [y](nope)", "1:27"),
    "after a backtick that opens nothing": ("so ` it [y](nope)", "1:13"),
    "after an escaped backtick": ("\\`[y](nope)`", "1:7"),
    "after a fence": ("```\n[x](nope)\n```\n\n[y](nope)", "5:5"),
    "a heading": ("# A [page](nope)", "1:12"),
    "a list": ("- a\n\n  [y](nope)", "3:7"),
    "a table": ("| a |\n|---|\n| [y](nope) |", "3:7"),
}


def places(root: Path) -> list[str]:
    return [str(finding.place) for finding in markdown_links.check(Project.of(root))]


@pytest.mark.parametrize("text", NO_LINKS.values(), ids=NO_LINKS)
def test_code_and_comments_are_not_reported(project: MakeProject, text: str) -> None:
    assert places(project({PAGE: f"{text}\n".encode()})) == []


@pytest.mark.parametrize(("text", "place"), LINKS.values(), ids=LINKS)
def test_a_broken_link_in_prose_is_reported_at_its_place(project: MakeProject, text: str, place: str) -> None:
    assert places(project({PAGE: f"{text}\n".encode()})) == [f"{PAGE}:{place}"]


def test_a_link_is_reported_each_time_that_it_is_written(project: MakeProject) -> None:
    root = project({PAGE: "[x](nope) [x](nope)\n\n[x](nope)\n"})
    assert places(root) == [f"{PAGE}:{place}" for place in ("1:5", "1:15", "3:5")]


def test_chapters_are_checked_in_every_folder_of_the_content_each_once(project: MakeProject) -> None:
    names = [
        "content/chapters/deep/er/page.md",
        "content/chapters/index.md",
        "content/huts/beside-records.md",
        "content/index.md",
        "content/page.md",
    ]
    root = project({**dict.fromkeys(names, "# A page\n\n[x](nope)\n"), "elsewhere/page.md": "[x](nope)\n"})
    assert places(root) == [f"{name}:3:5" for name in names]


def test_a_link_of_the_index_page_of_a_folder_is_not_reported_on_that_of_another(project: MakeProject) -> None:
    root = project({"content/guide/index.md": "# Guide\n", "content/guide/more/index.md": "# More\n\n[x](nope)\n"})
    assert places(root) == ["content/guide/more/index.md:3:5"]


def test_urls_of_pages_and_queries_are_left_to_the_check_of_the_built_site(project: MakeProject) -> None:
    root = project({"content/a/b/page.md": "[a glossary without a file](/glossary) [the same page](?sort=name)\n"})
    assert places(root) == []


def test_a_chapter_that_is_not_utf_8_is_checked(project: MakeProject) -> None:
    assert places(project({PAGE: "Straße [x](nope)\n".encode("latin-1")})) == [f"{PAGE}:1:12"]


def test_a_project_without_chapters_has_no_findings(project: MakeProject) -> None:
    assert places(project()) == []


def test_the_command_reports_the_findings(project: MakeProject) -> None:
    root = project({PAGE: "# Hello\n\nA [page](nowhere)\n"})
    result = CliRunner().invoke(main, ["-C", str(root), "links", "--quick"])
    assert result.exit_code == 1
    assert (
        result.stdout
        == f"{PAGE}:3:10: error: the link leads to no file: 'nowhere' (name the file of the chapter, which ends in .md) [broken-link]\n"
    )
