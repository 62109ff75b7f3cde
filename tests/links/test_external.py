"""The check of links to other sites, against a real server that misbehaves."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver
from click.testing import CliRunner

from generator.checking import check
from generator.cli import main
from generator.findings import Place
from generator.links import addresses, exceptions, external, history
from generator.links.external import Options
from generator.links.fetching import Manners, Outcome, State
from generator.links.guard import PrivateNetworkError, is_public, refuse_private_literal
from tests.links.misbehaving import Server, running

TODAY = date(2026, 11, 24)
QUICK = Manners(pause=0, timeout=1, backoff=0.01, max_wait=0.05)


class Everywhere(AbstractResolver):
    """Resolves every name to one address."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:  # noqa: ARG002
        return [{"hostname": host, "host": self.address, "port": port, "family": 2, "proto": 6, "flags": 0}]

    async def close(self) -> None:
        pass


def outcomes(
    paths: list[str], options: Options | None = None, host: str = "127.0.0.1"
) -> tuple[dict[str, history.Entry], Server]:
    """Check paths of the server; return what is known of each afterwards, and the server."""

    async def go() -> tuple[dict[str, history.Entry], Server]:
        past = history.History()
        async with running() as server:
            chosen = options or Options(QUICK, allow_private=True, api="")
            wanted = [server.url(path, host) for path in paths]
            await external.run(wanted, past, TODAY, chosen, lambda *_: None)
            return {path: past.entries[server.url(path, host)] for path in paths}, server

    return asyncio.run(go())


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("/good", State.GOOD, "200"),
        ("/slow", State.GOOD, "200"),
        ("/chain", State.GOOD, "200"),
        ("/no-head", State.GOOD, "200"),
        ("/busy", State.GOOD, "200"),
        ("/stumbles", State.GOOD, "200"),
        ("/truncated", State.GOOD, "200"),
        ("/wrong-type", State.GOOD, "200"),
        ("/404", State.FAILED, "404: not there"),
        ("/410", State.FAILED, "410: gone"),
        ("/500", State.FAILED, "500"),
        ("/busy-for-long", State.FAILED, "429"),
        ("/403", State.UNKNOWN, "403: it does not let us in"),
        ("/401", State.UNKNOWN, "401: it does not let us in"),
        ("/loop", State.FAILED, "redirects in a circle"),
        ("/endless", State.FAILED, "more than 8 redirects"),
        ("/to-file", State.FAILED, "redirects to an address that is not of the web: file:///etc/passwd"),
        ("/hanging", State.FAILED, "no answer within 1 seconds"),
        ("/dripping", State.FAILED, "no answer within 1 seconds"),
        ("/nonsense", State.FAILED, "the answer cannot be read"),
        ("/huge-header", State.FAILED, "the answer cannot be read"),
        ("/latin-1", State.GOOD, "200"),
    ],
)
def test_what_a_server_does_is_judged_rightly(path: str, state: State, reason: str) -> None:
    manners = Manners(
        pause=0, timeout=1, tries=1 if path in {"/hanging", "/dripping"} else 3, backoff=0.01, max_wait=0.05
    )
    found, _ = outcomes([path], Options(manners, allow_private=True, api=""))
    assert found[path].state == state
    assert reason in found[path].reason


def test_a_permanent_redirect_is_reported_with_the_new_address_and_a_temporary_one_is_not() -> None:
    found, server = outcomes(["/moved", "/moved-then-away", "/chain"])
    assert found["/moved"].moved_to == server.url("/good")
    assert found["/moved-then-away"].moved_to == ""
    assert found["/chain"].moved_to == ""


def test_a_connection_that_is_not_secure_is_a_failure() -> None:
    async def go() -> history.Entry:
        past = history.History()
        async with running() as server:
            address = server.url("/good").replace("http://", "https://")
            await external.run([address], past, TODAY, Options(QUICK, allow_private=True, api=""), lambda *_: None)
            return past.entries[address]

    entry = asyncio.run(go())
    assert entry.state == State.FAILED


def test_one_host_gets_one_request_at_a_time_even_for_ten_thousand_links() -> None:
    paths = [f"/many/{number}" for number in range(10_000)]
    found, server = outcomes(paths)
    assert all(entry.state == State.GOOD for entry in found.values())
    assert server.most == 1
    assert sum(server.asked.values()) == 10_000


def test_there_is_a_pause_between_two_requests_to_one_host() -> None:
    loop = asyncio.new_event_loop()
    start = loop.time()
    outcomes(["/good", "/a", "/b"], Options(Manners(pause=0.1), allow_private=True, api=""))
    assert loop.time() - start >= 0.2
    loop.close()


def test_a_private_network_is_never_asked() -> None:
    found, server = outcomes(["/good"], Options(QUICK, api=""))
    assert found["/good"].state == State.REFUSED
    found, other = outcomes(["/good"], Options(QUICK, api=""), host="localhost")
    assert found["/good"].state == State.REFUSED
    assert not server.asked
    assert not other.asked


def test_a_name_that_leads_to_a_private_network_is_never_asked() -> None:
    found, server = outcomes(["/good"], Options(QUICK, api="", resolver=Everywhere("127.0.0.1")), host="public.example")
    assert found["/good"].state == State.REFUSED
    assert "127.0.0.1" in found["/good"].reason
    assert not server.asked


def test_a_redirect_to_a_private_network_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    # The server stands for a public one here; what it redirects to is checked as ever.
    async def resolve(_self: object, host: str, port: int = 0, family: int = 0) -> list[Any]:
        return await Everywhere("127.0.0.1").resolve(host, port, family)

    monkeypatch.setattr("generator.links.guard.PublicResolver.resolve", resolve)
    found, server = outcomes(["/to-private"], Options(QUICK, api=""), host="public.example")
    assert found["/to-private"].state == State.REFUSED
    assert set(server.asked) == {"HEAD /to-private"}


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "2130706433", "0x7f.1", "017700000001", "[::1]", "[fe80::1]", "[::ffff:127.0.0.1]", "[fc00::1]", "[64:ff9b:1::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"],
)  # fmt: skip
def test_every_spelling_of_a_private_address_is_refused(host: str) -> None:
    with pytest.raises(PrivateNetworkError):
        refuse_private_literal(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are_fine(host: str) -> None:
    assert is_public(host)
    refuse_private_literal(host)


def test_a_link_is_dead_after_failures_on_three_different_days_only() -> None:
    past = history.History()
    failed = Outcome(State.FAILED, "404: not there")
    for _ in range(5):
        assert not past.add("http://x.example/", failed, TODAY).is_dead
    assert not past.add("http://x.example/", failed, TODAY + timedelta(days=1)).is_dead
    assert past.add("http://x.example/", failed, TODAY + timedelta(days=9)).is_dead
    assert not past.add("http://x.example/", Outcome(State.GOOD, "200"), TODAY + timedelta(days=10)).failures


@pytest.mark.parametrize(
    ("state", "days", "due"),
    [
        (State.GOOD, 29, False),
        (State.GOOD, 30, True),
        (State.FAILED, 0, False),
        (State.FAILED, 1, True),
        (State.UNKNOWN, 1, True),
    ],
)
def test_a_good_link_is_due_after_a_month_and_any_other_on_the_next_day(state: State, days: int, *, due: bool) -> None:
    past = history.History()
    past.add("http://x.example/", Outcome(state, ""), TODAY)
    assert past.is_due("http://x.example/", TODAY + timedelta(days=days)) is due
    assert past.is_due("http://never.example/", TODAY)


def test_the_history_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    past = history.History()
    past.add("http://b.example/", Outcome(State.GOOD, "200", "http://c.example/"), TODAY)
    past.add("http://a.example/", Outcome(State.FAILED, "404: not there"), TODAY)
    past.save(tmp_path / history.FILE)
    assert history.load(tmp_path / history.FILE) == past
    lines = (tmp_path / history.FILE).read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith('"http://a.example/": {')
    assert lines[2].startswith('"http://b.example/": {')


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"http://x": {}}', '{"http://x": {"checked": "never", "state": "good", "reason": ""}}']
)
def test_a_broken_history_is_told_and_not_overwritten(tmp_path: Path, text: str) -> None:
    (tmp_path / history.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(history.HistoryError, match="mend it, or delete it to begin anew"):
        history.load(tmp_path / history.FILE)


WITH_LINKS = {
    "content/partners/path-finders.yml": (
        "name: Path Finders\ncountry: FR\nwebsite: https://path.example/#top\nsources:\n  - source: guide\n"
    ),
    "content/partnerships/beta.yml": (
        "acronym: Beta\ntitle: B\nkind: ESCP-S3\neu_funded: true\nlinks:\n"
        "  - url: https://path.example/\n    label: x\n    archived: https://web.archive.org/web/1/x\n"
        "  - {url: 'mailto:a@b.example', label: y}\nsources:\n  - source: guide\n"
    ),
    "content/guide/page.md": "# Hello\n\nA [link](https://md.example/a)\nand\n<a href='https://md.example/b'>b</a>.\n",
}
Project = Callable[..., Path]


def test_addresses_are_found_in_records_and_pages_with_their_places(project: Project) -> None:
    found = addresses.collect(check(project(WITH_LINKS)).base)
    assert found == {
        "https://md.example/a": [Place("content/guide/page.md", 3, 1)],
        "https://md.example/b": [Place("content/guide/page.md", 5, 1)],
        "https://path.example/": [
            Place("content/partners/path-finders.yml", 3, 10),
            Place("content/partnerships/beta.yml", 6, 10),
        ],
    }


def test_a_dead_link_is_told_wherever_it_stands_unless_its_copy_is_there(project: Project) -> None:
    base = check(project(WITH_LINKS)).base
    found = addresses.collect(base)
    past = history.History()
    for days in range(3):
        for address in found:
            past.add(address, Outcome(State.FAILED, "404: not there"), TODAY + timedelta(days=days))
    replaced = addresses.archived_copies(base)
    assert replaced == {"https://path.example/"}
    told = external.findings(found, past, copies={"https://md.example/a": "https://copy.example/"}, replaced=replaced)
    assert [(one.place.path, one.place.line, one.rule) for one in told] == [
        ("content/guide/page.md", 3, "dead-link"),
        ("content/guide/page.md", 5, "dead-link"),
    ]
    assert "archived: https://copy.example/" in told[0].hint


def test_the_archive_is_asked_for_a_copy_of_a_dead_page() -> None:
    async def go() -> dict[str, str]:
        past = history.History()
        async with running() as server:
            dead = server.url("/404")
            for days in (1, 2):
                past.add(dead, Outcome(State.FAILED, "404"), TODAY - timedelta(days=days))
            options = Options(QUICK, allow_private=True, api=server.url("/wayback"))
            return await external.run([dead], past, TODAY, options, lambda *_: None)

    assert list(asyncio.run(go()).values()) == ["https://web.archive.org/web/2019/x"]


def exception_file(until: str, reason: str = "It opens in a browser.") -> dict[str, str]:
    entry = f"  - {{address: 'https://path.example/', reason: '{reason}', until: '{until}'}}\n"
    return {**WITH_LINKS, "link-exceptions.yml": f"exceptions:\n{entry}"}


def test_an_exception_counts_until_its_day(project: Project) -> None:
    root = project(exception_file("2026-11-24"))
    assert exceptions.load(root, {"https://path.example/"}, TODAY).addresses == {"https://path.example/"}
    after = exceptions.load(root, {"https://path.example/"}, TODAY + timedelta(days=1))
    assert after.addresses == frozenset()
    assert [finding.as_text() for finding in after.findings] == [
        "link-exceptions.yml:2:5: error: the exception for https://path.example/ ran out on 2026-11-24 "
        "(delete it, or give a new day and reason) [expired-exception]"
    ]


def test_an_exception_without_a_reason_is_refused(project: Project) -> None:
    (finding, *_) = exceptions.load(project(exception_file("2027-01-01", "")), set(), TODAY).findings
    assert finding.key == "exceptions[0].reason"


def test_an_exception_for_an_address_that_nothing_holds_is_told(project: Project) -> None:
    (finding,) = exceptions.load(project(exception_file("2027-01-01")), set(), TODAY).findings
    assert finding.rule == "unused-exception"


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments],
        check=True,
        capture_output=True,
    )


def test_of_a_pull_request_only_the_links_in_its_own_lines_are_checked(project: Project) -> None:
    root = project(WITH_LINKS)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "before")
    page = root / "content/guide/page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[new](https://new.example/)\n", encoding="utf-8")
    git(root, "commit", "-qam", "after")
    new = addresses.only_new(addresses.collect(check(root).base), root, "HEAD~1")
    assert new == {"https://new.example/": [Place("content/guide/page.md", 7, 1)]}
    with pytest.raises(LookupError):
        addresses.only_new(new, root, "no-such-revision")


def test_an_interrupt_keeps_what_was_found() -> None:
    past = history.History()

    async def go() -> None:
        async with running() as server:
            wanted = [server.url("/good"), server.url("/hanging")]
            options = Options(Manners(pause=0, timeout=30), allow_private=True, api="")
            task = asyncio.create_task(external.run(wanted, past, TODAY, options, lambda *_: None))
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(go())
    assert [entry.state for entry in past.entries.values()] == [State.GOOD]


def test_the_command_checks_what_is_due_writes_the_history_and_a_report(project: Project) -> None:
    root = project(WITH_LINKS)
    result = CliRunner().invoke(
        main, ["-C", str(root), "links", "--pause", "0", "--limit", "1", "--report", str(root / "report.md")]
    )
    assert result.exit_code == 0, result.output  # one failure is no death
    assert list(json.loads((root / history.FILE).read_text(encoding="utf-8"))) == ["https://md.example/a"]
    assert (root / "report.md").read_text(encoding="utf-8").startswith("1 of 3 addresses were due")


def test_the_quick_look_finds_a_file_that_is_not_there(project: Project) -> None:
    root = project({"content/guide/page.md": "# Hello\n\nA [page](nowhere)\n"})
    result = CliRunner().invoke(main, ["-C", str(root), "links", "--quick"])
    assert result.exit_code == 1
    assert result.stdout == "content/guide/page.md:3:10: error: there is no nowhere (mend the link) [quick-look]\n"
