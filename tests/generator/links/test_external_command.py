"""The command ``smartguide links``: over several days, interrupted, and without a network."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from smartguide.cli import main
from smartguide.link_history import history
from smartguide.link_history.history import History
from smartguide.link_history.outcomes import Outcome, State
from tests.generator.links.misbehaving_server import Server, running_in_thread
from tests.generator.links.projects_with_links import WITH_LINKS, commit_all, git
from tests.processes import start
from tests.projects import ROOT, MakeProject, write

PAGE = "content/guide/page.md"


@pytest.fixture
def server() -> Iterator[Server]:
    with running_in_thread() as server:
        yield server


def page(*urls: str) -> dict[str, str]:
    """Return a page with a link on each line from the third on."""
    return {PAGE: "# Links\n\n" + "".join(f"[x]({url})\n" for url in urls)}


def links(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["-C", str(root), "links", "--pause", "0", "--allow-private", "--archive", "", *arguments]
    )


def saved(root: Path) -> dict[str, dict[str, str]]:
    """Return the history of a project."""
    data: dict[str, dict[str, str]] = json.loads((root / history.FILE).read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_saves_its_results(project: MakeProject, server: Server, stop: signal.Signals) -> None:
    root = project(page(server.url("/good"), server.url("/hanging")))
    past = History()
    for day in (1, 2, 3):  # so that there is an error, which must not hide the interrupt
        past.add(server.url("/hanging"), Outcome(State.FAILED, "no answer in time"), date(2026, 1, day))
    past.save(root / history.FILE)
    command = ["links", "--allow-private", "--pause", "0"]
    process = start(root, *command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not server.requests["HEAD /hanging"]:
        time.sleep(0.02)
    process.send_signal(stop)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted after 1 of 2; the results so far are saved" in errors
    assert "Traceback" not in output + errors
    assert "is dead: no answer in time" in output
    assert saved(root)[server.url("/good")]["state"] == "good"


def test_a_killed_run_has_saved_its_results_until_then(project: MakeProject, server: Server) -> None:
    root = project(page(server.url("/good"), server.url("/hanging")))
    code = (
        "from smartguide.links.external import checking; checking.SAVE_EVERY = 0\n"  # instead of every few seconds
        f"from smartguide.cli import main; main(['-C', {str(root)!r}, 'links', '--allow-private', '--pause', '0'])"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL)
    while process.poll() is None and not server.requests["HEAD /hanging"]:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert list(saved(root)) == [server.url("/good")]


def test_a_machine_without_a_network_reports_no_link(project: MakeProject) -> None:
    root = project(page("http://host:99999/", *(f"http://host{number}.invalid/" for number in range(6))))
    result = links(root)
    assert result.exit_code == 1
    assert "no host answers (6 requested), so this machine seems to be offline; nothing was saved" in result.stderr
    assert not (root / history.FILE).exists()


def test_hosts_with_good_results_show_whether_one_host_is_gone_or_the_network_is_missing(
    project: MakeProject, server: Server
) -> None:
    for other, is_offline in (("http://good.invalid/", True), (server.url("/good"), False)):
        root = project(page("http://host.invalid/", other))
        past = History()
        past.add(other, Outcome(State.GOOD, "200"), datetime.now(UTC).date())
        past.save(root / history.FILE)
        assert ("no host answers (1 requested), so this machine" in links(root).stderr) == is_offline
        assert ("http://host.invalid/" in saved(root)) == (not is_offline)


def test_a_run_without_a_network_ends_early(project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartguide.links.external.check_run.MAX_HOSTS", 6)
    root = project(page(*(f"http://host{number}.invalid/" for number in range(60))))
    result = links(root, "--report", str(root / "report.md"))
    assert re.search(r"no host answers \((7|8|9|1\d) requested\)", result.stderr)
    assert "60 of 60" not in result.stderr
    assert "this machine seems to be offline" in (root / "report.md").read_text(encoding="utf-8")


def test_one_answer_shows_that_hosts_are_gone_and_the_network_is_not_missing(
    project: MakeProject, server: Server
) -> None:
    root = project(page(*(f"http://host{number}.invalid/" for number in range(6)), server.url("/404")))
    assert links(root).exit_code == 0
    assert {entry["state"] for entry in saved(root).values()} == {"failed"}
    assert len(saved(root)) == 7


def test_a_link_is_dead_on_the_third_day_and_no_longer_reported_with_a_copy_beside_it(
    project: MakeProject, server: Server
) -> None:
    dead = server.url("/404")
    root = project(page(server.url("/good"), dead))
    found = []
    for day in ("2026-11-02", "2026-11-02", "2026-11-09", "2026-11-16"):
        with time_machine.travel(f"{day}T12:00:00Z", tick=True):
            found.append(links(root, "--archive", server.url("/wayback"), "--report", str(root / "report.md")))
    assert [result.exit_code for result in found] == [0, 0, 0, 1]
    assert found[-1].stdout == (
        f"{PAGE}:4:1: error: {dead} is dead: 404: not found (failed on 2026-11-02, 2026-11-09, 2026-11-16) "
        "(add a link to an archived copy: https://web.archive.org/web/2019/x) [dead-link]\n"
    )
    assert server.requests["GET /404"] == 3  # once a day, also when it is run twice
    assert server.requests["HEAD /good"] == 1  # a good link is good for a month
    assert (root / "report.md").read_text(encoding="utf-8").count("\n- [ ] ") == 1

    (root / PAGE).write_text(f"[x]({dead}) ([copy](https://web.archive.org/web/2019/{dead}))\n", encoding="utf-8")
    with time_machine.travel("2026-11-23T12:00:00Z", tick=True):
        assert links(root, "--archive", server.url("/wayback")).exit_code == 0


def test_the_link_with_the_oldest_check_is_checked_first(project: MakeProject, server: Server) -> None:
    root = project(page(server.url("/a"), server.url("/b"), server.url("/c")))
    for day in ("2026-01-01", "2026-01-02", "2026-03-01"):
        with time_machine.travel(f"{day}T12:00:00Z", tick=True):
            assert links(root, "--limit", "1").exit_code == 0
    assert [server.requests[f"HEAD /{name}"] for name in "abc"] == [1, 1, 1]
    with time_machine.travel("2026-06-01T12:00:00Z", tick=True):
        assert links(root, "--limit", "1").exit_code == 0
    assert [server.requests[f"HEAD /{name}"] for name in "abc"] == [2, 1, 1]


def test_records_with_errors_are_reported_and_the_history_is_not_changed(project: MakeProject, server: Server) -> None:
    record = "name: Stone Pass Hut\nvalley: STH\nwebsite: %s\nsources:\n  - source: map\n"
    root = project({"content/huts/stone-pass.yml": record % server.url("/good")})
    assert links(root).exit_code == 0
    (root / "content/huts/stone-pass.yml").write_text("name: [\n", encoding="utf-8")
    result = links(root)
    assert result.exit_code == 1
    assert "content/huts/stone-pass.yml:1:7: error: " in result.stdout
    assert "the records have errors; fix them first" in result.stderr
    assert list(saved(root)) == [server.url("/good")]


def test_a_history_that_cannot_be_read_is_reported_and_not_changed(project: MakeProject, server: Server) -> None:
    root = project({**page(server.url("/good")), history.FILE: "<<<<<<< HEAD\n{}\n"})
    result = links(root)
    assert result.exit_code == 1
    assert "link-history.json cannot be read" in result.output
    assert "fix it, or delete it to start again" in result.output
    assert (root / history.FILE).read_text(encoding="utf-8") == "<<<<<<< HEAD\n{}\n"
    assert not server.requests


def test_a_report_that_cannot_be_written_is_an_error_before_the_check(project: MakeProject, server: Server) -> None:
    root = project(page(server.url("/good")))
    result = links(root, "--report", str(root / "no-such-folder/report.md"))
    assert result.exit_code == 1
    assert result.stderr.endswith("no-such-folder/report.md: No such file or directory\n")
    assert not server.requests


def test_a_terminal_shows_a_bar_with_counts_and_the_time_left(project: MakeProject, server: Server) -> None:
    root = project(page(*(server.url(f"/many/{number}") for number in range(40))))
    terminal, other = pty.openpty()
    command = ["links", "--allow-private", "--pause", "0.05"]
    process = start(root, *command, stdout=subprocess.DEVNULL, stderr=other, env={**os.environ, "TERM": "xterm"})
    os.close(other)
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # how Linux says that the other side of a terminal is closed
            break
    os.close(terminal)
    assert process.wait(timeout=30) == 0
    bars = re.split(r"\r|\n", re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", shown.decode()))
    assert any(re.fullmatch(r"links to other sites  \[#+-+\]  \d+/40  00:00:\d\d *", bar) for bar in bars), bars
    assert any("40/40" in bar for bar in bars), bars


def test_without_a_terminal_progress_is_plain_lines(
    project: MakeProject, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartguide.links.external.progress.LINES_EVERY", 0)
    result = links(project(page(server.url("/good"), server.url("/a"))))
    assert result.stderr.splitlines() == [
        "2 links to other sites to check",
        "1 of 2 links to other sites checked",
        "2 of 2 links to other sites checked",
        "no link to another site needs fixing",
    ]


def test_the_command_checks_what_is_due_and_writes_the_history_and_a_report(project: MakeProject) -> None:
    root = project(WITH_LINKS)
    result = links(root, "--limit", "1", "--report", str(root / "report.md"))
    assert result.exit_code == 0, result.output  # a single failure is not reported
    assert list(saved(root)) == ["https://hut.example/"]
    assert (root / "report.md").read_text(encoding="utf-8").startswith("1 of 6 URLs were due")


def test_an_interrupted_check_of_new_links_saves_no_history(project: MakeProject, server: Server) -> None:
    root = project()
    git(root, "init", "-q", "-b", "main")
    commit_all(root)
    write(root, page(server.url("/good"), server.url("/hanging")))
    commit_all(root, "links")
    command = ["links", "--allow-private", "--pause", "0", "--new-since", "HEAD~1"]
    process = start(root, *command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not server.requests["HEAD /hanging"]:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted after 1 of 2; the results so far are reported" in errors
    assert not (root / history.FILE).exists()
