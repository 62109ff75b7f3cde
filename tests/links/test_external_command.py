"""``smartguide links`` from the outside: days go by, runs are interrupted, networks are missing."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from smartguide.cli import main
from smartguide.links.external import history
from smartguide.links.external.fetching import Outcome, State
from smartguide.links.external.history import History
from tests.conftest import ROOT, start
from tests.links.misbehaving_server import Server, running_in_thread

Project = Callable[..., Path]
PAGE = "content/guide/page.md"


@pytest.fixture
def server() -> Iterator[Server]:
    with running_in_thread() as server:
        yield server


def page(*addresses: str) -> dict[str, str]:
    """Return a page with a link on each line from the third on."""
    return {PAGE: "# Links\n\n" + "".join(f"[x]({address})\n" for address in addresses)}


def links(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["-C", str(root), "links", "--pause", "0", "--allow-private", "--archive", "", *arguments]
    )


def remembered(root: Path) -> dict[str, dict[str, str]]:
    return json.loads((root / history.FILE).read_text(encoding="utf-8"))


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_what_it_found(project: Project, server: Server, stop: signal.Signals) -> None:
    root = project(page(server.url("/good"), server.url("/hanging")))
    past = History()
    for day in (1, 2, 3):  # so that there is an error to tell, which must not hide the interrupt
        past.add(server.url("/hanging"), Outcome(State.FAILED, "no answer in time"), date(2026, 1, day))
    past.save(root / history.FILE)
    command = ["links", "--allow-private", "--pause", "0"]
    process = start(root, *command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while process.poll() is None and not server.asked["HEAD /hanging"]:
        time.sleep(0.02)
    process.send_signal(stop)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted after 1 of 2; what was found so far is kept" in errors
    assert "Traceback" not in output + errors
    assert "is dead: no answer in time" in output
    assert remembered(root)[server.url("/good")]["state"] == "good"


def test_a_run_that_is_killed_has_written_what_it_found_until_then(project: Project, server: Server) -> None:
    root = project(page(server.url("/good"), server.url("/hanging")))
    code = (
        "from smartguide.links.external import checking as command; command.SAVE_EVERY = 0\n"  # it saves every few seconds otherwise
        f"from smartguide.cli import main; main(['-C', {str(root)!r}, 'links', '--allow-private', '--pause', '0'])"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL)
    while process.poll() is None and not server.asked["HEAD /hanging"]:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert list(remembered(root)) == [server.url("/good")]


def test_a_machine_without_a_network_accuses_nobody(project: Project) -> None:
    root = project(page("http://host:99999/", *(f"http://host{number}.invalid/" for number in range(6))))
    result = links(root)
    assert result.exit_code == 1
    assert "no host answers (6 asked), so this machine seems to be offline; nothing was kept" in result.stderr
    assert not (root / history.FILE).exists()


def test_good_addresses_tell_a_host_that_is_gone_from_a_network_that_is_missing(
    project: Project, server: Server
) -> None:
    for other, is_offline in (("http://good.invalid/", True), (server.url("/good"), False)):
        root = project(page("http://host.invalid/", other))
        past = History()
        past.add(other, Outcome(State.GOOD, "200"), datetime.now(UTC).date())
        past.save(root / history.FILE)
        assert ("no host answers (1 asked), so this machine" in links(root).stderr) == is_offline
        assert ("http://host.invalid/" in remembered(root)) == (not is_offline)


def test_a_machine_without_a_network_does_not_ask_for_long(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartguide.links.external.check_run.HOSTS_AT_ONCE", 6)
    root = project(page(*(f"http://host{number}.invalid/" for number in range(60))))
    result = links(root, "--report", str(root / "report.md"))
    assert re.search(r"no host answers \((7|8|9|1\d) asked\)", result.stderr)
    assert "60 of 60" not in result.stderr
    assert "this machine seems to be offline" in (root / "report.md").read_text(encoding="utf-8")


def test_hosts_that_are_gone_are_told_from_a_network_that_is_missing(project: Project, server: Server) -> None:
    root = project(page(*(f"http://host{number}.invalid/" for number in range(6)), server.url("/404")))
    assert links(root).exit_code == 0
    assert {entry["state"] for entry in remembered(root).values()} == {"failed"}
    assert len(remembered(root)) == 7


def test_a_link_is_dead_on_the_third_day_with_its_copy_and_put_right_by_it(project: Project, server: Server) -> None:
    dead = server.url("/404")
    root = project(page(server.url("/good"), dead))
    found = []
    for day in ("2026-11-02", "2026-11-02", "2026-11-09", "2026-11-16"):
        with time_machine.travel(f"{day}T12:00:00Z", tick=True):
            found.append(links(root, "--archive", server.url("/wayback"), "--report", str(root / "report.md")))
    assert [result.exit_code for result in found] == [0, 0, 0, 1]
    assert found[-1].stdout == (
        f"{PAGE}:4:1: error: {dead} is dead: 404: not there (failed on 2026-11-02, 2026-11-09, 2026-11-16) "
        "(put a link to its copy beside it: https://web.archive.org/web/2019/x) [dead-link]\n"
    )
    assert server.asked["GET /404"] == 3  # once a day, also when it is run twice
    assert server.asked["HEAD /good"] == 1  # a good link is good for a month
    assert (root / "report.md").read_text(encoding="utf-8").count("\n- [ ] ") == 1

    (root / PAGE).write_text(f"[x]({dead}) ([copy](https://web.archive.org/web/2019/{dead}))\n", encoding="utf-8")
    with time_machine.travel("2026-11-23T12:00:00Z", tick=True):
        assert links(root, "--archive", server.url("/wayback")).exit_code == 0


def test_what_waits_longest_is_checked_first(project: Project, server: Server) -> None:
    root = project(page(server.url("/a"), server.url("/b"), server.url("/c")))
    for day in ("2026-01-01", "2026-01-02", "2026-03-01"):
        with time_machine.travel(f"{day}T12:00:00Z", tick=True):
            assert links(root, "--limit", "1").exit_code == 0
    assert [server.asked[f"HEAD /{name}"] for name in "abc"] == [1, 1, 1]
    with time_machine.travel("2026-06-01T12:00:00Z", tick=True):
        assert links(root, "--limit", "1").exit_code == 0
    assert [server.asked[f"HEAD /{name}"] for name in "abc"] == [2, 1, 1]


def test_records_with_errors_are_told_and_their_history_is_kept(project: Project, server: Server) -> None:
    record = "name: Path Finders\ncountry: FR\nwebsite: %s\nsources:\n  - source: guide\n"
    root = project({"content/partners/path-finders.yml": record % server.url("/good")})
    assert links(root).exit_code == 0
    (root / "content/partners/path-finders.yml").write_text("name: [\n", encoding="utf-8")
    result = links(root)
    assert result.exit_code == 1
    assert "content/partners/path-finders.yml:2:1: error: " in result.stdout
    assert "the records have errors; mend them first" in result.stderr
    assert list(remembered(root)) == [server.url("/good")]


def test_a_history_that_cannot_be_read_is_told_and_left_as_it_is(project: Project, server: Server) -> None:
    root = project({**page(server.url("/good")), history.FILE: "<<<<<<< HEAD\n{}\n"})
    result = links(root)
    assert result.exit_code == 2
    assert "link-history.json cannot be read" in result.stderr
    assert "mend it, or delete it to begin anew" in result.stderr
    assert (root / history.FILE).read_text(encoding="utf-8") == "<<<<<<< HEAD\n{}\n"
    assert not server.asked


def test_a_place_where_nothing_can_be_written_is_told(project: Project, server: Server) -> None:
    root = project(page(server.url("/good")))
    result = links(root, "--report", str(root / "no-such-folder/report.md"))
    assert result.exit_code == 1
    assert result.stderr.endswith("no-such-folder/report.md: No such file or directory\n")
    assert not server.asked  # it is told before the long check, and not after it


def test_a_terminal_shows_a_bar_with_counts_and_the_time_left(project: Project, server: Server) -> None:
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


def test_elsewhere_there_are_plain_lines(project: Project, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartguide.links.external.progress.LINES_EVERY", 0)
    result = links(project(page(server.url("/good"), server.url("/a"))))
    assert result.stderr.splitlines() == [
        "2 links to other sites to check",
        "1 of 2 links to other sites checked",
        "2 of 2 links to other sites checked",
        "no link to another site needs mending",
    ]
