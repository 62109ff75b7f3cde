"""``smartguide init``: what it writes, and where it writes nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from smartguide import check
from smartguide.cli import main
from smartguide.starter import FILES
from tests.generator.installed import REPOSITORY


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder as if from a shell: the tests themselves may be run by a make."""
    environment = {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    return subprocess.run(["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)


def init(folder: Path | str) -> Result:
    return CliRunner().invoke(main, ["init", str(folder)])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "new" / "seeds"
    assert init(folder).exit_code == 0
    return folder


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    done = init(tmp_path / "it's new")
    assert done.exit_code == 0
    assert re.search(r"^\d+ files of a new knowledge base in ", done.output)
    assert "Next: cd '" in done.output
    assert "make site && make test" in done.output
    assert "make serve" in done.output
    assert "README.md" in done.output


def test_it_writes_every_file_of_the_package_and_the_python_of_this_machine(begun: Path) -> None:
    there = {path.relative_to(begun).as_posix() for path in begun.rglob("*") if path.is_file()}
    files = {path.relative_to(FILES).as_posix() for path in FILES.rglob("*") if path.is_file()}
    dotted = r"^(gitattributes|gitignore|github|vscode|editorconfig)"
    files = {re.sub(dotted, r".\1", name) for name in files if "__pycache__" not in name}
    assert there == files | {"local.mk"}
    assert {".vscode/tasks.json", ".editorconfig"} <= there
    assert {".gitignore", ".github/workflows/site.yml", "Makefile", "README.md", "content/catalogue.yml"} <= there
    assert f"PYTHON := {sys.executable}\n" in (begun / "local.mk").read_text(encoding="utf-8")
    assert "/local.mk\n" in (begun / ".gitignore").read_text(encoding="utf-8")
    assert [path for path in begun.rglob("*") if path.is_file() and "@VERSION@" in path.read_text("utf-8")] == []


def test_nothing_is_wrong_with_it(begun: Path) -> None:
    assert check(begun).findings == []
    assert len(list(check(begun).base)) == 3


@pytest.mark.parametrize("there", ["", ".git/HEAD"])
def test_an_empty_folder_will_do_also_one_under_git(tmp_path: Path, there: str) -> None:
    if there:
        (tmp_path / there).parent.mkdir()
        (tmp_path / there).write_text("ref: refs/heads/main\n", encoding="utf-8")
    assert init(tmp_path).exit_code == 0
    assert (tmp_path / "content/catalogue.yml").is_file()


def test_it_writes_nothing_where_something_is(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("mine", encoding="utf-8")
    done = init(tmp_path)
    assert done.exit_code == 2
    assert (
        f"{tmp_path} is not empty: it holds note.txt; name a new or an empty folder. Nothing was written."
        in done.output
    )
    assert list(tmp_path.iterdir()) == [note]
    assert init(note).exit_code == 2
    assert f"{note} is not a folder" in init(note).output
    assert note.read_text(encoding="utf-8") == "mine"


def test_it_does_not_write_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    assert init(tmp_path / "link").exit_code == 2
    assert list((tmp_path / "there").iterdir()) == []


def test_the_makefile_finds_a_python_with_blanks_and_signs_in_its_path(begun: Path, tmp_path: Path) -> None:
    python = tmp_path / "a $folder #1" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    root = tmp_path / "copy"
    root.mkdir()
    for name in ("Makefile", "requirements.txt"):
        (root / name).write_text((begun / name).read_text("utf-8"), encoding="utf-8")
    local = (
        (begun / "local.mk")
        .read_text("utf-8")
        .replace(sys.executable, str(python).replace("$", "$$").replace("#", r"\#"))
    )
    (root / "local.mk").write_text(local, encoding="utf-8")
    done = make(root, "--dry-run", "site")
    # A link to the Python of an environment does not have its packages, so this makes one of its own, with that Python.
    assert f'"{python}" -m venv .venv' in done.stdout


def test_make_without_a_target_lists_them(begun: Path) -> None:
    done = make(begun)
    assert {line.split()[1] for line in done.stdout.splitlines()} == {
        "help",
        "site",
        "serve",
        "test",
        "check",
        "links",
        "clean",
    }


# What its README says


def test_the_record_of_the_readme_is_right(begun: Path, tmp_path: Path) -> None:
    root = tmp_path / "seeds"
    assert init(root).exit_code == 0
    readme = (begun / "README.md").read_text(encoding="utf-8")
    write_blocks(root, readme)
    assert [finding.as_text() for finding in check(root).findings] == []
    assert {record.id for record in check(root).base["varieties"]} == {"green-arrow", "painted-lady", "my-bean"}
    (shelf,) = check(root).base["shelves"]
    assert [record.id for record in shelf.targets("varieties")] == ["painted-lady"]


def write_blocks(root: Path, readme: str) -> None:
    """Do what the README says: write each block into the file that the text before it names."""
    said = re.findall(r"(?:Write|Add it to)([^\n]*?)`:?(?:,[^\n]*)?:\n\n( *)```\w+\n(.*?)\n *```", readme, re.DOTALL)
    assert len(said) == 5
    for words, indent, block in said:
        text = "\n".join(line.removeprefix(indent) for line in block.split("\n")) + "\n"
        path = root / re.findall(r"`([^`]+\.\w+)", words + "`")[-1]
        if path.exists():  # the last list or mapping of the file is the one that it belongs to
            text = path.read_text(encoding="utf-8") + text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_the_rule_of_the_readme_finds_what_it_says(begun: Path, tmp_path: Path) -> None:
    root = tmp_path / "seeds"
    assert init(root).exit_code == 0
    (code,) = re.findall(r"```python\n(.*?)```", (begun / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    rules = root / "extensions/rules.py"
    text = rules.read_text(encoding="utf-8").replace("import Problem", "import Entry, Problem")
    rules.write_text(f"{text}\n\n{code}", encoding="utf-8")
    assert check(root).findings == []
    variety = root / "content/varieties/painted-lady.yml"
    variety.write_text(variety.read_text(encoding="utf-8").replace("  - 5\n", "  - 5\n  - 2\n"), encoding="utf-8")
    assert [finding.as_text() for finding in check(root).findings] == [
        "content/varieties/painted-lady.yml:9:5: warning: sow_in[1]: month 2 is before March (correct it) [sowing-month]"
    ]


def test_the_command_quality_says_what_its_records_lack(begun: Path) -> None:
    done = CliRunner().invoke(main, ["-C", str(begun), "quality"])
    assert re.search(r"^varieties: 2 records, \d+ % complete$", done.output, re.MULTILINE), done.output


# Its editor settings


def test_editors_get_the_settings_of_this_repository_as_far_as_they_fit(begun: Path) -> None:
    def read(folder: Path, name: str) -> Any:
        return json.loads((folder / ".vscode" / name).read_text(encoding="utf-8"))

    (ours, _), (check_task, serve_task) = (read(folder, "tasks.json")["tasks"] for folder in (REPOSITORY, begun))
    assert check_task["problemMatcher"] == ours["problemMatcher"]
    targets = make(begun).stdout
    for task in (check_task, serve_task):
        program, target = task["command"].split()
        assert (program, f"make {target} " in targets) == ("make", True)
    for name in ("extensions.json", "settings.json"):
        own, theirs = read(begun, name), read(REPOSITORY, name)
        assert own
        for key, value in own.items():
            assert value == theirs[key] if isinstance(value, dict) else value is False or set(value) <= set(theirs[key])
    style = (begun / ".editorconfig").read_text(encoding="utf-8")
    assert (REPOSITORY / ".editorconfig").read_text(encoding="utf-8").startswith(style.rstrip("\n"))


# Its workflow


def test_the_workflow_uses_the_pinned_actions_of_this_repository_and_deploys_after_the_checks() -> None:
    text = (FILES / "github/workflows/site.yml").read_text(encoding="utf-8")
    ours = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / ".github/workflows").glob("*.yml"))
    used = re.findall(r"uses: (.*)", text)
    assert len(used) == 4
    assert [action for action in used if f"uses: {action}\n" not in ours] == []
    workflow = yaml.load(text, yaml.BaseLoader)
    assert workflow["permissions"] == {"contents": "read"}
    assert "make check test" in str(workflow["jobs"]["check"]["steps"])
    assert workflow["jobs"]["deploy"]["needs"] == "check"
    assert "permissions" not in workflow["jobs"]["check"]


def test_the_workflow_is_what_github_takes_and_safe(begun: Path) -> None:
    programs = Path(sys.executable).parent
    workflow = str(begun / ".github/workflows/site.yml")
    for command in (
        ["check-jsonschema", "--quiet", "--builtin-schema", "vendor.github-workflows", workflow],
        ["zizmor", "--quiet", "--offline", "--strict-collection", workflow],
    ):
        done = subprocess.run([programs / command[0], *command[1:]], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
