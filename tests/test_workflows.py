"""The workflows: what they may do, what they are made of, and what the weekly one does with what it finds."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, write

WORKFLOWS = {path.stem: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
MAY_WRITE = {"links": {"check": {"contents", "issues"}}, "publish": {"deploy": {"pages", "id-token"}}}
"""The jobs that need more than reading, and what for."""


def workflow(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(WORKFLOWS[name].read_text(encoding="utf-8"), yaml.BaseLoader)  # nothing but text
    return read


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_by_commit_and_say_their_version(name: str) -> None:
    used = re.findall(r"uses: (.*)", WORKFLOWS[name].read_text(encoding="utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_permissions_are_read_only_unless_a_job_needs_more(name: str) -> None:
    data = workflow(name)
    assert data["permissions"] == {"contents": "read"}
    writing = {
        job: {what for what, how in settings.get("permissions", {}).items() if how != "read"}
        for job, settings in data["jobs"].items()
    }
    assert {job: what for job, what in writing.items() if what} == MAY_WRITE.get(name, {})


def test_a_pull_request_gets_no_secrets_and_no_rights() -> None:
    text = WORKFLOWS["pull-request"].read_text(encoding="utf-8")
    assert "pull_request" in workflow("pull-request")["on"]
    assert not re.search(r"pull_request_target|workflow_run|secrets[.:]|github\.token|write", text)
    assert all(
        step["with"]["persist-credentials"] == "false"
        for name in WORKFLOWS
        for step in steps(name)
        if "checkout" in step.get("uses", "")
    )


def test_a_pull_request_is_checked_wholly_and_its_site_is_kept() -> None:
    commands = " ".join(step.get("run", "") for step in steps("pull-request"))
    for needed in ("make check FORMAT=github", "links --new-since", "make test", "diff --recursive"):
        assert needed in commands
    (kept,) = [step for step in steps("pull-request") if "upload-artifact" in step.get("uses", "")]
    assert kept["with"]["path"] == "site"


@pytest.mark.parametrize("name", ["site.txt", "dev.txt"])
def test_every_dependency_is_locked_by_its_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    packages = re.findall(r"^([\w.-]+)==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, flags=re.MULTILINE)
    assert len(packages) == len(re.findall(r"^\w", text, flags=re.MULTILINE)) > 20
    assert "--require-hashes" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_npm_package_is_pinned_and_locked_by_its_hash_and_names_no_registry() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    root = lock["packages"].pop("")
    assert root["devDependencies"] == package["devDependencies"]
    assert all(one["integrity"].startswith("sha512-") for one in lock["packages"].values())
    assert not any("resolved" in one for one in lock["packages"].values())
    assert "npm ci" in (ROOT / "Makefile").read_text(encoding="utf-8")


WITH_TASKS = (
    "3 of 9 addresses were due and have been checked.\n\n## Dead (1)\n\n- [ ] `content/x.yml:1:1`: it is dead\n"
)
WITHOUT = "3 of 9 addresses were due and have been checked.\n\nNothing needs to be done.\n"


class Week:
    """One run of the weekly workflow, on a repository with a remote, with stand-ins for our command and for GitHub's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remote = folder / "remote.git"
        self.work = folder / "work"
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote), where=folder)
        self.git("clone", "--quiet", str(self.remote), str(self.work), where=folder)
        write(self.work, {"link-history.json": "{}\n", "README.md": "x\n"})
        self.git("checkout", "--quiet", "-b", "main")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", "first")
        self.git("push", "--quiet", "origin", "main")

    def git(self, *arguments: str, where: Path | None = None) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments]
        done = subprocess.run(command, cwd=where or self.work, check=True, capture_output=True, text=True)
        return done.stdout

    def run(self, report: str, status: int, history: str, open_issue: str = "") -> list[str]:
        """Run the scripts of the workflow, one after the other; return what was asked of GitHub."""
        asked = self.folder / "asked.txt"
        asked.write_text("", encoding="utf-8")
        programs = {
            ".venv/bin/smartguide": f"printf '%s' '{report}' > report.md; printf '%s' '{history}' > link-history.json; exit {status}",
            "bin/gh": f'echo "$@" >> {asked}; if [ "$2" = list ]; then echo "{open_issue}"; fi',
            "bin/make": "true",
        }
        for name, script in programs.items():
            write(self.work, {name: f"#!/bin/sh\n{script}\n"})
            (self.work / name).chmod(0o755)
        environment = {
            **os.environ,
            "PATH": f"{self.work}/bin:{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_REF_NAME": "main",
            "RUNNER_TEMP": str(self.folder),
        }
        for step in steps("links"):
            if code := step.get("run"):
                settings = {key: value for key, value in step.get("env", {}).items() if "${{" not in value}
                command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", code]
                subprocess.run(command, cwd=self.work, env={**environment, **settings}, check=True)
        return [line for line in asked.read_text(encoding="utf-8").splitlines() if not line.startswith("auth ")]

    @property
    def published(self) -> str:
        return self.git("show", "main:link-history.json", where=self.remote)


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path)


LISTED = "issue list --state open --limit 1000 --json number,title --jq map(select(.title == env.TITLE)) | .[0].number // empty"


def test_a_week_with_something_to_do_opens_one_issue(week: Week) -> None:
    title = "Links to other sites that need a person"
    assert week.run(WITH_TASKS, 1, '{"a": 1}') == [LISTED, f"issue create --title {title} --body-file report.md"]
    assert week.run(WITH_TASKS, 1, '{"a": 2}', open_issue="7") == [LISTED, "issue edit 7 --body-file report.md"]
    assert week.published == '{"a": 2}'


def test_a_warning_is_something_to_do_as_well(week: Week) -> None:
    assert len(week.run(WITH_TASKS, 0, "{}")) == 2


def test_a_week_with_nothing_to_do_closes_the_issue_of_the_week_before(week: Week) -> None:
    assert week.run(WITHOUT, 0, '{"a": 1}') == [LISTED]
    closed = "issue close 7 --comment Nothing needs to be done any more."
    assert week.run(WITHOUT, 0, '{"a": 1}', open_issue="7") == [LISTED, closed]


def test_what_was_found_is_kept_when_others_have_pushed_in_the_meantime(week: Week) -> None:
    other = week.folder / "other"
    week.git("clone", "--quiet", str(week.remote), str(other), where=week.folder)
    write(other, {"README.md": "y\n", "link-history.json": '{"b": 1}'})
    week.git("commit", "--quiet", "--all", "--message", "other", where=other)
    week.git("push", "--quiet", where=other)
    week.run(WITHOUT, 0, '{"a": 1}')
    assert week.published == '{"a": 1}'
    assert week.git("show", "main:README.md", where=week.remote) == "y\n"


def test_a_command_that_breaks_fails_the_run_and_touches_nothing(week: Week) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        week.run(WITHOUT, 2, '{"a": 1}')
    assert week.published == "{}\n"
