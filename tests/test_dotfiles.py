"""What the repository says to editors and to pre-commit: it is true of the repository, and it works."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from smartguide import Finding, Place, Severity, __version__
from smartguide.starter import write as write_starter
from tests.projects import ROOT

ENVIRONMENT = Path(sys.prefix)
"""Where the programs are installed, also for tests in a copy of the repository."""
OFFERED: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
(LOCAL,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
OWN: list[dict[str, Any]] = LOCAL["hooks"]


def command_of(hook: dict[str, Any]) -> list[str]:
    """Return what a hook runs, with the programs of the environment that the tests run in."""
    program, *arguments = shlex.split(hook["entry"])
    placed = ENVIRONMENT / "bin" / Path(program).name
    return [str(placed), *(str(ROOT / one) if one.startswith("node_modules/") else one for one in arguments)]


def run(hook: dict[str, Any], folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*command_of(hook), *files], cwd=folder, capture_output=True, text=True, check=False)


def ids(hooks: list[dict[str, Any]]) -> list[str]:
    return [hook["id"] for hook in hooks]


@pytest.mark.parametrize("hook", OFFERED, ids=ids(OFFERED))
def test_a_hook_that_others_use_passes_what_is_right_and_stops_what_is_wrong(
    hook: dict[str, Any], tmp_path: Path
) -> None:
    write_starter(tmp_path, __version__)
    record, chapter = "content/varieties/painted-lady.yml", "content/about.md"
    files = [] if hook.get("pass_filenames") is False else [record]
    done = run(hook, tmp_path, *files)
    assert done.returncode == 0, done.stdout + done.stderr
    text = (tmp_path / record).read_text(encoding="utf-8")
    (tmp_path / record).write_text(f"{text}# a comment\nunknown:   'x'\n", encoding="utf-8")
    (tmp_path / chapter).write_text("# About\n\nSee [more](more).\n", encoding="utf-8")
    done = run(hook, tmp_path, *files)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "content/" in done.stdout


@pytest.mark.parametrize("hook", OFFERED, ids=ids(OFFERED))
def test_a_hook_that_others_use_says_so_in_words_and_runs_for_a_record(hook: dict[str, Any]) -> None:
    assert hook["language"] == "python"
    assert hook["name"]
    assert re.search(hook["files"], "content/varieties/painted-lady.yml")
    assert not re.search(hook["files"], "README.md")


@pytest.mark.parametrize("hook", OWN, ids=ids(OWN))
def test_a_hook_of_this_repository_runs_a_program_that_is_installed(hook: dict[str, Any]) -> None:
    assert hook["language"] == "system", "nothing is downloaded"
    program, *arguments = command_of(hook)
    assert Path(program).is_file()
    assert all(Path(one).is_file() for one in arguments if "node_modules" in one)
    assert run(hook, ROOT, "--help").returncode == 0


def test_the_hooks_of_this_repository_check_records_as_those_that_it_offers() -> None:
    offered = [hook["entry"] for hook in OFFERED]
    own = [hook["entry"].removeprefix(".venv/bin/") for hook in OWN]
    assert own[: len(offered)] == offered


# Editors


def test_an_editor_shows_findings_among_its_problems() -> None:
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    for severity in (Severity.ERROR, Severity.WARNING):
        finding = Finding(
            Place("content/a.yml", 14, 5), "id", "is wrong: so", "a.b", hint="do: that", severity=severity
        )
        found = re.search(pattern["regexp"], finding.as_text())
        assert found
        said = [found[pattern[key]] for key in ("file", "line", "column", "severity")]
        assert said == ["content/a.yml", "14", "5", str(severity.value)]
    assert all(task["command"].split()[0] in {".venv/bin/smartguide", "make"} for task in tasks)


def styles() -> dict[str, dict[str, str]]:
    """Return the sections of ``.editorconfig``, the later of which count more."""
    found = configparser.ConfigParser()
    text = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    found.read_string("[top]\n" + "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return {name: dict(found[name]) for name in found.sections() if name != "top"}


def style_of(path: str) -> dict[str, str]:
    made: dict[str, str] = {}
    for pattern, values in styles().items():
        if fnmatch(path if "/" in pattern else Path(path).name, pattern):
            made |= values
    return made


def test_files_are_written_as_editors_are_told_to() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    wrong = []
    for name in names:
        try:
            text = (ROOT / name).read_bytes().decode()
        except UnicodeDecodeError:
            continue  # a picture
        style = style_of(name)
        wrong += [f"{name}: carriage returns"] if "\r" in text else []
        if text and style["insert_final_newline"] == "true" and not text.endswith("\n"):
            wrong.append(f"{name}: no line end at its end")
        if style["trim_trailing_whitespace"] == "true" and re.search(r"[ \t]+$", text, re.MULTILINE):
            wrong.append(f"{name}: blanks at the end of a line")
        if style["indent_style"] == "space" and re.search(r"^\t", text, re.MULTILINE):
            wrong.append(f"{name}: tabs")
    assert wrong == []
