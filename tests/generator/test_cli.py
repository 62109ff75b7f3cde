"""The command line: what a person types, what it says, and with which status it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smartguide.cli import main
from tests.projects import MakeProject

Run = Callable[..., Result]
WRONG = {"content/huts/wrong.yml": "name: Wrong\nvalley: XXX\n"}


@pytest.fixture
def run() -> Run:
    """Return a function that runs the command in a project."""

    def run(root: Path, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["-C", str(root), *arguments])

    return run


def test_all_well_ends_with_0_and_says_how_many_records_there_are(project: MakeProject, run: Run) -> None:
    result = run(project(), "validate")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "8 records: 0 errors, 0 warnings\n"


def test_findings_end_with_1(project: MakeProject, run: Run) -> None:
    result = run(project(WRONG), "validate")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("content/huts/wrong.yml:1:1: ")
    assert "2 errors, 1 warning" in result.stderr


def test_warnings_end_with_1_only_when_strict(project: MakeProject, run: Run) -> None:
    alone = {"content/huts/alone.yml": "name: Alone\nvalley: NTH\nsources:\n  - source: map\n"}
    root = project(alone)
    assert run(root, "validate").exit_code == 0
    assert run(root, "validate", "--strict").exit_code == 1


def test_with_a_path_only_its_findings_are_shown(project: MakeProject, run: Run) -> None:
    root = project(WRONG)
    assert run(root, "validate", str(root / "content/tours")).exit_code == 0
    assert run(root, "validate", str(root / "content/huts/wrong.yml")).exit_code == 1


def test_json_and_github_are_for_programs(project: MakeProject, run: Run) -> None:
    root = project(WRONG)
    assert {one["rule"] for one in json.loads(run(root, "validate", "--format", "json").stdout)} == {
        "missing-key",
        "unknown-reference",
        "unreferenced",
    }
    assert run(root, "validate", "--format", "github").stdout.startswith("::error file=content/huts/wrong.yml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["validate", "nowhere"], "no such file or folder: nowhere"),
        (["validate", "--format", "xml"], "Invalid value for '--format'"),
        (["validat"], "No such command 'validat'"),
        (["links", "--internal"], "no site in"),
        (["eject", "schemas"], "is not empty"),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(
    project: MakeProject, run: Run, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project()
    monkeypatch.chdir(root)
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_folder_that_is_no_project_is_told(tmp_path: Path, run: Run) -> None:
    result = run(tmp_path, "validate")
    assert result.exit_code == 2
    assert "no folder content/" in result.stderr


def test_eject_writes_every_page_with_its_macro_call(project: MakeProject, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "ejected"
    result = run(project(), "eject", str(target))
    assert result.exit_code == 0
    page = (target / "tours/three-lakes.md").read_text(encoding="utf-8")
    assert page.startswith('---\ntitle: "Three Lakes"\n')
    assert '{{ record_page("tours", "three-lakes") }}' in page
    assert (target / "huts/index.md").is_file()


def test_eject_writes_nothing_while_records_are_wrong(project: MakeProject, run: Run, tmp_path: Path) -> None:
    result = run(project(WRONG), "eject", str(tmp_path / "ejected"))
    assert result.exit_code == 1
    assert not (tmp_path / "ejected").exists()


@pytest.mark.parametrize("command", ["", "validate", "build", "eject", "links"])
def test_every_command_explains_itself(project: MakeProject, run: Run, command: str) -> None:
    result = run(project(), *command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_the_help_of_a_command_can_be_read_outside_of_a_project(tmp_path: Path) -> None:
    for command in main.commands:
        done = CliRunner().invoke(main, ["-C", str(tmp_path), command, "--help"])
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.startswith("Usage: ")
