"""The documentation is held to the code: what it must name, it names."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from smartguide.cli import main
from smartguide.findings import Style
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NPM = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))


def package(requirement: str) -> str:
    return re.split(r"[<>=~!\[; ]", requirement)[0]


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_every_dependency_is_in_the_readme_with_its_reason(requirement: str) -> None:
    table = README.partition("## What it is made with, and why")[2]
    assert re.search(rf"^\|.*\b{re.escape(package(requirement))}\b.*\|.+\|$", table, re.MULTILINE)


@pytest.mark.parametrize(
    "requirement", PROJECT["optional-dependencies"]["dev"] + PROJECT["optional-dependencies"]["build"]
)
def test_every_tool_of_the_workshop_is_in_the_readme(requirement: str) -> None:
    name = package(requirement)
    assert name in README or name.startswith("types-") or name.endswith("-stubs")


@pytest.mark.parametrize("name", NPM["devDependencies"])
def test_every_tool_for_the_javascript_is_in_the_readme(name: str) -> None:
    assert name in README or name.startswith("@types/")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`smartguide {command}" in README


def test_every_format_of_findings_is_in_the_readme() -> None:
    for style in Style:
        assert f"`{style}`" in README or f" {style}`" in README


def test_every_keyword_of_our_own_is_explained_where_contributing_says() -> None:
    assert "docs/extending.md" in CONTRIBUTING
    explained = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    used = set()
    for path in (ROOT / "schemas").glob("*.schema.json"):
        used |= set(re.findall(r'"(x-[a-z-]+)"', path.read_text(encoding="utf-8")))
    assert {keyword for keyword in used if f"`{keyword}`" not in explained} == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_that_the_documentation_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith(("http", "mailto:"))]
    assert [target for target in targets if target != "https://…" and not (ROOT / target).exists()] == []


def test_every_make_target_has_its_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert [target for target in phony[1].split() if not re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE)] == []


THREATS = [
    row
    for row in (ROOT / "docs/threat-model.md").read_text(encoding="utf-8").splitlines()
    if row.startswith("|") and not row.startswith(("|---", "| Threat"))
]


@pytest.mark.parametrize("threat", THREATS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_every_line_of_the_threat_model_names_a_test_that_is_there(threat: str) -> None:
    tests = re.findall(r"`([\w/]*(?:test_\w+\.py|\w+\.test\.js))`", threat.split("|")[3])
    assert tests
    assert [name for name in tests if not list((ROOT / "tests").rglob(name))] == []
