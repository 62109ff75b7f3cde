"""A pull request checks the URLs that are new in it, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from smartguide.checks.checking import check
from smartguide.cli import main
from smartguide.findings import Place
from smartguide.link_history import history
from smartguide.links.external.collecting import UrlPlaces, collect, only_new
from smartguide.project import Project
from tests.generator import projects
from tests.generator.links.projects_with_links import WITH_LINKS, change, commit_all, git
from tests.projects import MakeProject


@pytest.fixture
def in_git(project: MakeProject) -> Path:
    """Return the folder of a project with links that is under version control."""
    root = project(WITH_LINKS)
    git(root, "init", "-q", "-b", "main")
    commit_all(root)
    return root


def new_urls(root: Path, revision: str = "HEAD~1") -> UrlPlaces:
    return only_new(collect(Project.of(root), check(root).base), root, revision)


def test_only_the_urls_that_a_branch_adds_are_new(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](https://new.example/)")
    assert new_urls(in_git) == {"https://new.example/": [Place("content/guide/page.md", 3, 1)]}
    with pytest.raises(LookupError):
        new_urls(in_git, "no-such-revision")


def test_a_change_on_the_line_of_a_url_does_not_make_it_new(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "A [link](https", "One [good link](https")
    assert new_urls(in_git) == {}
    change(in_git, "content/guide/page.md", "https://md.example/a", "https://md.example/")
    assert list(new_urls(in_git)) == ["https://md.example/"]


def test_a_url_that_was_deleted_on_the_other_branch_is_not_new(in_git: Path) -> None:
    git(in_git, "checkout", "-qb", "branch")
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](https://new.example/)")
    git(in_git, "checkout", "-q", "main")
    change(in_git, "content/huts/stone-pass.yml", "website: https://hut.example/#top\n", "")
    git(in_git, "checkout", "-q", "branch")
    assert list(new_urls(in_git, "main")) == ["https://new.example/"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/guide/page.md", "# Hello", "[ref]: https://new.example/\n\n# Hello [x][ref]"),
        ("content/guide/page.md", "\nand\n", "\nand [x](https://new.example/)\n"),
        ("content/guide/page.md", "\nand\n", "\nand <a href=https://new.example/>x</a>\n"),
        ("content/guide/page.md", "# Hello", "# Hello\n\n!!! note\n\n    An [x](https://new.example/)."),
        ("content/tours/beta.yml", "  - url: https://hut.example/", "  - url: >-\n      https://new.example/"),
        ("mkdocs.yml", "us</a>", "us</a> <a href='https://new.example/'>x</a>"),
    ],
)
@pytest.mark.parametrize("setting", ["diff.noprefix", "diff.mnemonicPrefix"])
def test_a_new_url_is_found_in_each_notation(in_git: Path, name: str, old: str, new: str, setting: str) -> None:
    git(in_git, "config", setting, "true")
    change(in_git, name, old, new)
    assert list(new_urls(in_git)) == ["https://new.example/"]


@pytest.mark.parametrize("old", ["[ref]: https://old.example/\n\n[x][ref]\n", "A\n[x](https://old.example/é) y\n"])
def test_a_changed_url_is_new(in_git: Path, old: str) -> None:
    (in_git / "content/guide/other.md").write_text(old, encoding="utf-8")
    commit_all(in_git)
    change(in_git, "content/guide/other.md", "https://old.", "https://new.")
    (url,) = new_urls(in_git)
    assert url.startswith("https://new.example/")


def test_a_url_in_a_renamed_file_is_not_new(in_git: Path) -> None:
    git(in_git, "mv", "content/tours/beta.yml", "content/tours/gamma.yml")
    new = WITH_LINKS["content/tours/beta.yml"].replace("B", "Gamma").replace("Up and down", "Much else " * 50)
    (in_git / "content/tours/gamma.yml").write_text(new, encoding="utf-8")
    git(in_git, "commit", "-qam", "renamed and rewritten")
    assert new_urls(in_git) == {}


def test_new_urls_are_found_in_a_project_that_is_a_folder_of_a_repository(tmp_path: Path) -> None:
    root = projects.copy(tmp_path / "project", WITH_LINKS)
    git(tmp_path, "init", "-q", "-b", "main")
    commit_all(tmp_path)
    (root / "content/guide/page.md").write_text("[new](https://new.example/)\n", encoding="utf-8")
    git(tmp_path, "commit", "-qam", "a change")
    assert list(new_urls(root)) == ["https://new.example/"]


def test_an_earlier_page_that_is_not_utf_8_is_read(in_git: Path) -> None:
    (in_git / "content/guide/other.md").write_bytes(b"caf\xe9 [x](https://old.example/)\n")
    commit_all(in_git)
    (in_git / "content/guide/other.md").write_text("café [x](https://old.example/)\n", encoding="utf-8")
    assert new_urls(in_git, "HEAD") == {}


def test_a_new_url_that_fails_once_is_an_error_on_its_line(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](http://nobody.invalid/)")
    result = CliRunner().invoke(main, ["-C", str(in_git), "links", "--new-since", "HEAD~1", "--format", "github"])
    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=content/guide/page.md,title=broken-url,line=3,col=1::http://nobody.invalid/ fails: "
        "unknown host name (fix the URL)\n"
    )
    assert not (in_git / history.FILE).exists()


def test_a_new_url_that_fails_is_told_beside_errors_of_records_which_are_not_repeated(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](http://nobody.invalid/)")
    change(in_git, "content/huts/stone-pass.yml", "valley: STH", "valley: Nowhere")
    result = CliRunner().invoke(main, ["-C", str(in_git), "links", "--new-since", "HEAD~2", "--format", "github"])
    assert result.exit_code == 1
    assert "title=broken-url,line=3,col=1::http://nobody.invalid/ fails" in result.stdout
    assert "Nowhere" not in result.stdout
    assert "the records have errors; the links that could be read were checked" in result.stderr
