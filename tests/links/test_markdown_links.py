"""The quick look at the Markdown of the guide: dead links in running text are told, and nothing else is accused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smartguide.links import markdown_links as quick

Project = Callable[..., Path]
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
    return [str(finding.place) for finding in quick.check(root)]


@pytest.mark.parametrize("text", NO_LINKS.values(), ids=NO_LINKS)
def test_code_and_comments_are_not_accused(project: Project, text: str) -> None:
    assert places(project({"content/guide/page.md": f"{text}\n".encode()})) == []


@pytest.mark.parametrize(("text", "place"), LINKS.values(), ids=LINKS)
def test_a_link_in_running_text_is_told_where_it_stands(project: Project, text: str, place: str) -> None:
    assert places(project({"content/guide/page.md": f"{text}\n".encode()})) == [f"content/guide/page.md:{place}"]


def test_a_link_is_told_each_time_that_it_is_written(project: Project) -> None:
    root = project({"content/guide/page.md": "[x](nope) [x](nope)\n\n[x](nope)\n"})
    assert places(root) == [f"content/guide/page.md:{place}" for place in ("1:5", "1:15", "3:5")]


def test_the_index_of_a_folder_is_not_taken_for_that_of_another(project: Project) -> None:
    root = project({"content/guide/index.md": "# Guide\n", "content/guide/more/index.md": "# More\n\n[x](nope)\n"})
    assert places(root) == ["content/guide/more/index.md:3:5"]


def test_a_chapter_in_another_encoding_is_looked_at_all_the_same(project: Project) -> None:
    assert places(project({"content/guide/page.md": "Straße [x](nope)\n".encode("latin-1")})) == [
        "content/guide/page.md:1:12"
    ]


def test_a_project_without_a_guide_has_no_findings(project: Project) -> None:
    assert places(project()) == []
