"""The workflows: what they may do, what they are made of, and what the weekly one does with what it finds."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from smartguide.cli import main
from smartguide.findings import Finding, Place
from smartguide.link_history.history import History
from smartguide.link_history.outcomes import Outcome, State
from smartguide.links.external.report import markdown
from tests.conftest import ROOT, write
from tests.generator import projects
from tests.hostile_texts import TEXTS
from tests.repositories import commit

WORKFLOWS = {path.stem: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
MAY_WRITE = {
    "comment": {"comment": {"pull-requests"}},
    "links": {"keep": {"contents", "issues"}},
    "publish": {"deploy": {"pages", "id-token"}},
}
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


def test_a_pull_request_is_checked_wholly_and_its_site_and_its_pictures_are_kept() -> None:
    commands = " ".join(step.get("run", "") for step in steps("pull-request"))
    for needed in (
        "make check FORMAT=github",
        "links --new-since",
        "smartguide diff",
        "make test",
        "make pictures",
        "diff --recursive",
    ):
        assert needed in commands
    kept = [step["with"]["path"] for step in steps("pull-request") if "upload-artifact" in step.get("uses", "")]
    assert kept == ["${{ runner.temp }}/summary.md", "site", "pictures"]


def test_what_strangers_write_is_no_command_in_the_checks_of_a_pull_request() -> None:
    """A line that holds ``##[error]`` is a command of the runner wherever that stands, also in the report of a test."""
    stop = 'echo "::stop-commands::$(openssl rand -hex 20)"'
    for step in steps("pull-request"):
        commands = step.get("run", "").splitlines()
        if not commands or commands[0].startswith(stop):
            continue
        for command in commands:
            as_commands = re.search(r"(?i)format[= ]github", command)
            silent = re.search(r">>? \"|make \.venv/\.site|^diff --recursive --brief site ", command)
            assert as_commands or silent, f"stop commands before: {command}"


def test_values_that_have_changed_are_annotated_before_the_summary_is_written() -> None:
    (step,) = [step for step in steps("pull-request") if "smartguide diff" in step.get("run", "")]
    formats = re.findall(r"smartguide diff .* --format (\w+)", step["run"])
    assert formats == ["github", "markdown"]


def test_all_that_is_wrong_with_records_is_told_in_one_run(tmp_path: Path) -> None:
    write(tmp_path, {"smartguide": f'#!/bin/sh\necho "$1" >> {tmp_path}/asked.txt\nexit 1\n'})
    (tmp_path / "smartguide").chmod(0o755)
    ready = ["-o", ".venv/.dev", "-o", "node_modules/.installed"]
    done = subprocess.run(["make", *ready, "check", f"BIN={tmp_path}"], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 2
    assert (tmp_path / "asked.txt").read_text(encoding="utf-8").split() == ["validate", "format"]


def test_a_merge_request_keeps_the_same() -> None:
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert {name: jobs[name]["artifacts"]["paths"] for name in ("check", "summary", "pictures")} == {
        "check": ["site"],
        "summary": ["summary.md"],
        "pictures": ["pictures"],
    }
    assert any("smartguide diff" in line for line in jobs["summary"]["script"])


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


FOUND = [
    f'{{"https://a.example/": {{"checked": "2026-01-0{day}", "state": "failed", "reason": "404", "failures": []}}}}'
    for day in (1, 2)
]
"""Histories."""
WITH_TASKS = "3 of 9 URLs were due and have been checked.\n\n## Dead (1)\n\n- [ ] `content/x.yml:1:1`: it is dead\n"
WITHOUT = "3 of 9 URLs were due and have been checked.\n\nNothing needs to be done.\n"


class Week:
    """One run of the weekly workflow, on a repository with a remote, with stand-ins for our command and for GitHub's.

    Each job has a checkout and an environment of its own, as on GitHub.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remote = folder / "remote.git"
        first = folder / "first"
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote), where=folder)
        self.git("clone", "--quiet", str(self.remote), str(first), where=folder)
        checker = (ROOT / ".ci/check_results.py").read_text(encoding="utf-8")
        write(first, {"link-history.json": "{}\n", "README.md": "x\n"})
        (first / ".ci").mkdir()
        (first / ".ci/check_results.py").write_text(checker, encoding="utf-8")
        self.git("checkout", "--quiet", "-b", "main", where=first)
        self.git("add", ".", where=first)
        self.git("commit", "--quiet", "--message", "first", where=first)
        self.git("push", "--quiet", "origin", "main", where=first)

    def git(self, *arguments: str, where: Path) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments]
        return subprocess.run(command, cwd=where, check=True, capture_output=True, text=True).stdout

    def run(self, report: str, status: int, history: str, open_issue: str = "", more: str = "true") -> list[str]:
        """Run the scripts of both jobs; return what was asked of GitHub. ``more`` is what the first one does besides."""
        asked = self.folder / "asked.txt"
        asked.write_text("", encoding="utf-8")
        gh = f'echo "$@" >> {asked}; if [ "$2" = list ]; then echo "{open_issue}"; fi'
        results = self.folder / "results"
        shutil.rmtree(results, ignore_errors=True)
        results.mkdir()
        write(self.folder, {"report.txt": report, "history.txt": history})
        check = f"cp {self.folder}/report.txt report.md; cp {self.folder}/history.txt link-history.json; {more}; exit {status}"
        for job, settings in workflow("links")["jobs"].items():
            work = self.folder / f"work-{job}"
            shutil.rmtree(work, ignore_errors=True)
            self.git("clone", "--quiet", str(self.remote), str(work), where=self.folder)
            programs = {"bin/gh": gh, "bin/make": "true", ".venv/bin/smartguide": check}
            for name, script in programs.items():
                write(work, {name: f"#!/bin/sh\n{script}\n"})
                (work / name).chmod(0o755)
            variables = self.folder / f"variables-{job}"
            variables.write_text("", encoding="utf-8")
            environment = {
                **os.environ,
                "PATH": f"{work}/bin:{os.environ['PATH']}",
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                "GITHUB_ENV": str(variables),
                "GITHUB_REF_NAME": "main",
                "RESULTS": str(results),
            }
            for step in settings["steps"]:
                if "upload-artifact" in step.get("uses", ""):
                    for name in step["with"]["path"].split():
                        shutil.copyfile(work / name, results / name)
                if code := step.get("run"):
                    own = {key: value for key, value in step.get("env", {}).items() if "${{" not in value}
                    set_before = dict(line.split("=", 1) for line in variables.read_text("utf-8").splitlines())
                    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", code]
                    subprocess.run(command, cwd=work, env={**environment, **set_before, **own}, check=True)
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
    assert week.run(WITH_TASKS, 1, FOUND[0]) == [
        LISTED,
        f"issue create --title {title} --body-file {week.folder}/results/report.md",
    ]
    assert week.run(WITH_TASKS, 1, FOUND[1], open_issue="7") == [
        LISTED,
        f"issue edit 7 --body-file {week.folder}/results/report.md",
    ]
    assert week.published == FOUND[1]


def test_a_warning_is_something_to_do_as_well(week: Week) -> None:
    assert len(week.run(WITH_TASKS, 0, "{}")) == 2


def test_a_week_with_nothing_to_do_closes_the_issue_of_the_week_before(week: Week) -> None:
    assert week.run(WITHOUT, 0, FOUND[0]) == [LISTED]
    closed = "issue close 7 --comment Nothing needs to be done any more."
    assert week.run(WITHOUT, 0, FOUND[0], open_issue="7") == [LISTED, closed]


def test_what_was_found_is_kept_when_others_have_pushed_in_the_meantime(week: Week) -> None:
    other = week.folder / "other"
    week.git("clone", "--quiet", str(week.remote), str(other), where=week.folder)
    write(other, {"README.md": "y\n", "link-history.json": FOUND[1]})
    week.git("commit", "--quiet", "--all", "--message", "other", where=other)
    week.git("push", "--quiet", where=other)
    week.run(WITHOUT, 0, FOUND[0])
    assert week.published == FOUND[0]
    assert week.git("show", "main:README.md", where=week.remote) == "y\n"


def test_what_the_job_with_code_of_chapters_sets_does_not_reach_the_job_with_rights(week: Week) -> None:
    more = 'echo "TITLE=mine" >> "$GITHUB_ENV"; echo "BASH_ENV=/x" >> "$GITHUB_ENV"; echo evil > README.md; touch .ci/check_results.py'
    jobs = workflow("links")["jobs"]
    assert "permissions" not in jobs["check"]
    assert not re.search(r"github\.token|secrets", json.dumps(jobs["check"]))
    assert not re.search(r"make site|\.venv|smartguide ", json.dumps(jobs["keep"]))
    asked = week.run(WITH_TASKS, 1, FOUND[0], more=more)
    assert asked[1].startswith("issue create --title Links to other sites")
    assert week.git("show", "main:README.md", where=week.remote) == "x\n"


HISTORIES = [
    "", "[]", "null", "{", '{"a": 1}', '{"javascript:x": {"checked": "2026-01-01", "state": "good"}}',
    '{"https://a.example/": {"checked": "2026-01-01", "state": "good", "run": "x"}}',
    '{"https://a.example/": {"checked": "yesterday", "state": "good"}}',
    '{"https://a.example/": {"checked": "2026-01-01", "state": "$(id)"}}',
    '{"https://a.example/": {"checked": "2026-01-01", "state": "good", "failures": "2026-01-01"}}',
    '{"https://a.example/": {"checked": "2026-01-01", "state": "good", "reason": ["x"]}}',
    '{"https://a.example/\\n": {"checked": "2026-01-01", "state": "good"}}', "[" * 100_000,
]  # fmt: skip
REPORTS = [
    "@everybody look\n",
    f"{WITHOUT}\n![x](https://evil.example/pixel.png)\n",
    f"{WITHOUT}- [ ] `x`: thanks @somebody\n",
    f"{WITHOUT}- [ ] `x`: <img src=https://evil.example/>\n",
    f"{WITHOUT}- [ ] `x`: [click](https://evil.example/)\n",
    f"{WITHOUT}- [ ] `x`: fixes #1\n",
    f"{WITHOUT}<!-- hidden -->\n",
    f"{WITHOUT}## Dead (1) @team\n",
]


def check_results(folder: Path) -> int:
    command = ["python3", "-I", str(ROOT / ".ci/check_results.py"), str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.mark.parametrize(
    ("report", "history"), [(WITHOUT, one) for one in HISTORIES] + [(one, "{}") for one in REPORTS]
)
def test_results_of_another_form_are_refused(tmp_path: Path, report: str, history: str) -> None:
    write(tmp_path, {"report.md": report, "link-history.json": history})
    assert check_results(tmp_path) == 1


def test_results_of_another_form_are_not_used(week: Week) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        week.run(REPORTS[0], 1, FOUND[0])
    assert (week.folder / "asked.txt").read_text(encoding="utf-8") == ""
    assert week.published == "{}\n"


def test_a_link_is_no_result(tmp_path: Path) -> None:
    write(tmp_path, {"report.md": WITHOUT, "history.json": "{}"})
    (tmp_path / "link-history.json").symlink_to("history.json")
    assert check_results(tmp_path) == 1


def test_what_the_check_writes_is_of_the_form_that_is_validated(tmp_path: Path) -> None:
    history = History()
    outcome = Outcome(State.FAILED, "Straße <b> @x `y`", "https://b.example/?a=1&b=[2]", permanent=True)
    history.add("https://a.example/ü?x=<y>", outcome, date(2026, 1, 1))
    history.save(tmp_path / "link-history.json")
    wrong = [
        Finding(
            Place("content/x.yml", 1, 1),
            rule,
            "[x](y) @z <b> https://a.example/?q=[1]&r=@s `c` #1 | !",
            "",
            "*fix* _it_",
        )
        for rule in ("dead-link", "broken-url", "moved", "other")
    ]
    for findings, problem in ((wrong, ""), ([], "offline <b> @x"), (wrong * 1000, "")):
        (tmp_path / "report.md").write_text(markdown(findings, 1, 9, problem), encoding="utf-8")
        assert check_results(tmp_path) == 0


def test_a_command_that_breaks_fails_the_run_and_touches_nothing(week: Week) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        week.run(WITHOUT, 2, FOUND[0])
    assert week.published == "{}\n"


# The comment on a pull request

SUMMARY = "## What this change does\n\nFrom origin/main &#40;0123456789&#41; to the working tree.\n\nNothing changes.\n"
HEAD = "stranger:x'$(id)`@evil<b>|#1"
READER = runpy.run_path(str(ROOT / ".ci/read_summary.py"))
MARK = "<!-- what this change does -->"


def archive(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def comment(folder: Path, summary: Path | None, *, number: str = "7", known: str = "", outside: int = 0) -> list[str]:
    """Run the script that comments, with a stand-in for GitHub's command; return what was asked of GitHub."""
    write(
        folder,
        {
            "known.txt": known,
            "outside.txt": "1\n" * outside,
            "bin/gh": f"""
                #!/bin/bash
                printf '%s\\n' "$*" >> {folder}/asked.txt
                case "$*" in
                  *"--method PATCH"* | *"--method POST"*) cp {folder}/comment.md {folder}/shown.md ;;
                  *pulls/*/files*) cat {folder}/outside.txt ;;
                  *pulls*) echo "{number}" ;;
                  */artifacts/5/zip) cat {summary} ;;
                  */artifacts*) echo "{5 if summary else ""}" ;;
                  *comments*) cat {folder}/known.txt ;;
                esac
                """,
        },
    )
    (folder / "bin/gh").chmod(0o755)
    (step,) = [step for step in steps("comment") if "run" in step]
    values = {
        "REPOSITORY": "o/r",
        "RUN": "9",
        "RUN_URL": "https://github.example/o/r/actions/runs/9",
        "HEAD": HEAD,
        "SHA": "0" * 40,
    }
    environment = {
        **os.environ,
        **step["env"],
        **values,
        "RUNNER_TEMP": str(folder),
        "PATH": f"{folder}/bin:{os.environ['PATH']}",
    }
    (folder / "asked.txt").write_text("", encoding="utf-8")
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return (folder / "asked.txt").read_text(encoding="utf-8").splitlines()


def test_the_workflow_that_comments_runs_no_code_of_a_pull_request_and_takes_nothing_of_it_for_code() -> None:
    job = workflow("comment")["jobs"]["comment"]
    (checkout,) = [step for step in job["steps"] if "uses" in step]
    assert checkout["with"] == {"persist-credentials": "false"}  # no ref: that of the main branch
    (step,) = [step for step in job["steps"] if "run" in step]
    assert "${{" not in step["run"]
    assert not re.search(r"smartguide |make |pip|unzip|GITHUB_ENV|GITHUB_OUTPUT", step["run"])
    assert "secrets" not in WORKFLOWS["comment"].read_text(encoding="utf-8")
    assert job["if"] == "${{ github.event.workflow_run.event == 'pull_request' }}"
    assert workflow("comment")["on"]["workflow_run"]["workflows"] == [workflow("pull-request")["name"]]


def test_a_summary_is_shown_in_one_comment(tmp_path: Path) -> None:
    held = archive(tmp_path / "held.zip", {"summary.md": SUMMARY})
    asked = comment(tmp_path, held)
    assert asked[0].startswith(f"api --method GET repos/o/r/pulls --raw-field state=open --raw-field head={HEAD} ")
    assert asked[-1] == f"api --silent --method POST repos/o/r/issues/7/comments --field body=@{tmp_path}/comment.md"
    shown = (tmp_path / "shown.md").read_text(encoding="utf-8")
    assert shown.startswith(f"{MARK}\n\n{SUMMARY}\n---\n")
    assert "](https://github.example/o/r/actions/runs/9)" in shown
    asked = comment(tmp_path, held, known="11\n12\n", outside=3)
    assert asked[-1].startswith("api --silent --method PATCH repos/o/r/issues/comments/11 ")
    assert "**Files outside of content/ change: 3.** Read them first" in (tmp_path / "shown.md").read_text("utf-8")


def test_without_an_open_pull_request_or_a_summary_nothing_is_shown(tmp_path: Path) -> None:
    held = archive(tmp_path / "held.zip", {"summary.md": SUMMARY})
    assert len(comment(tmp_path, held, number="")) == 2
    assert len(comment(tmp_path, None)) == 2
    assert not (tmp_path / "shown.md").exists()


WRONG_LINES = [
    "@everybody look", "thanks &#64;everybody", "&#64; &#8203;everybody", "[click](https://evil.example/)", "![x](https://evil.example/x.png)",
    "https://evil.example/", "https&#58;//evil.example", "&#104;ttps&#58;//evil.example", "www.evil.example", "see WWW.evil.example", "fixes #1", "fixes &#35;1",
    "GH-1", "gh-12", "a@b.example", "<img src=x>", "<!-- hidden -->", "</details>", "```", "`code", "# A title of ours", "> quoted", "*x*", "_x_", "~~x~~",
    "| a | b |", "| a | b | c | d |", "|:-|:-|:-|", "[x]: https://evil.example", "&lt;b&gt;", "&#x40;x", "$$x$$", "a\\b", "==x==", "\x1b[31mred", "a\u202eb",
    "a\u200bb", "a\rb", "- - x", "  - - x", "1. x", "    code", "\ttab", "===", "---", "+ x", "!x", ":smile:",
]  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        *({"summary.md": f"{SUMMARY}{line}\n"} for line in WRONG_LINES),
        {"summary.md": ""},
        {"summary.md": "x" * 62_001},
        {"summary.md": "x " * 60_000_000},
        {"summary.md": b"\xff"},
        {"summary.md": SUMMARY, "more.md": "x"},
        {"../summary.md": SUMMARY},
        {"other.md": SUMMARY},
        {},
    ],
    ids=[
        *WRONG_LINES,
        "empty",
        "too long",
        "a bomb",
        "other encoding",
        "more files",
        "outside",
        "another file",
        "no file",
    ],
)
def test_a_summary_of_another_form_is_not_shown(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    with pytest.raises(ValueError) as raised:
        READER["check"](READER["summary_in"](archive(tmp_path / "held.zip", files)))
    assert isinstance(raised.value, READER["WrongSummaryError"] | UnicodeDecodeError)


def test_why_a_summary_is_not_shown_is_told_in_a_line(tmp_path: Path) -> None:
    held = archive(tmp_path / "held.zip", {"summary.md": f"{SUMMARY}\x1b[31m::error::x\n"})
    command = [sys.executable, "-I", str(ROOT / ".ci/read_summary.py"), str(held)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"The summary cannot be used: .*line 6 is none that the checks write.*\n", done.stderr)
    assert done.stderr.strip().isprintable()


def test_what_is_no_archive_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path, {"held.zip": "x"})
    with pytest.raises(subprocess.CalledProcessError):
        comment(tmp_path, tmp_path / "held.zip")
    assert not (tmp_path / "shown.md").exists()


def test_what_smartguide_diff_writes_is_of_the_form_that_is_validated(tmp_path: Path) -> None:
    root = projects.copy(tmp_path / "tours")
    texts = [*TEXTS, *WRONG_LINES]
    records = {
        f"content/huts/h{number}.yml": f"name: {json.dumps(text, ensure_ascii=False)}\nvalley: NTH\nsources: [{{source: map}}]\n"
        for number, text in enumerate(texts)
    }
    write(root, dict(list(records.items())[:40]))
    write(root, {"content/x.md": "# One\n\n" + "\n\n".join(text.replace("\n", " ") for text in texts)})
    commit(root)
    write(root, {"content/x.md": "# Two\n\n" + "\n\n".join(f"new {text}".replace("\n", " ") for text in texts)})
    for part in range(0, len(records), 30):
        write(
            root,
            {
                name: f"beds: 3\nsetting: {text.partition(': ')[2]}"
                for name, text in list(records.items())[part : part + 30]
            },
        )
        write(root, {f"theme/{number} `@x|[a](b).css": "x" for number in range(part, part + 3)})
        told = CliRunner().invoke(main, ["-C", str(root), "diff", "HEAD", "--format", "markdown"]).output
        held = READER["summary_in"](archive(tmp_path / "held.zip", {"summary.md": told}))
        assert held == told
        READER["check"](held)


# Issue forms

FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_issue_forms_lead_to_the_form_on_the_site(path: Path) -> None:
    site = re.search(r'SITE_URL, "(.*?)"', (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert site
    text = path.read_text(encoding="utf-8")
    assert f"{site[1]}contribute/" in text
    assert set(re.findall(r"https://[\w.-]+/", text)) == {site[1]}


def test_issue_forms_have_the_kinds_of_the_schema() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/suggest-a-partnership.yml").read_text(encoding="utf-8"))
    (kind,) = [field for field in form["body"] if field.get("id") == "kind"]
    schema = json.loads((ROOT / "schemas/partnership.schema.json").read_text(encoding="utf-8"))
    assert kind["attributes"]["options"][:-1] == schema["properties"]["kind"]["enum"]
