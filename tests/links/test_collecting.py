"""Which links there are and where, which of them are new or left alone, and how what was found is told."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from smartguide.checks.checking import check
from smartguide.cli import main
from smartguide.findings import Finding, Place, Severity
from smartguide.links.external import check_run as external
from smartguide.links.external import collecting as addresses
from smartguide.links.external import history
from smartguide.links.external import link_exceptions as exceptions
from smartguide.links.external import report as reports
from smartguide.links.external.fetching import Outcome, State

TODAY = date(2026, 11, 24)

WITH_LINKS = {
    "content/partners/path-finders.yml": (
        "name: Path Finders\ncountry: FR\nwebsite: https://path.example/#top\nsources:\n  - source: guide\n"
    ),
    "content/partnerships/beta.yml": (
        "acronym: Beta\ntitle: B\nkind: ESCP-S3\neu_funded: true\nlinks:\n"
        "  - url: https://path.example/\n    label: x\n    archived: https://web.archive.org/web/1/x\n"
        "  - {url: 'mailto:a@b.example', label: y}\nobjectives: >-\n  To be good, and then some,\n"
        "  as [we](https://prose.example/#top) say.\nsources:\n  - source: guide\n"
    ),
    "content/guide/page.md": "# Hello\n\nA [link](https://md.example/a)\nand\n<a href='https://md.example/b'>b</a>.\n",
    "mkdocs.yml": 'site_name: x\ncopyright: >-\n  By <a href="https://settings.example/">us</a>\n'
    "site_url: https://ours.example/\nnav:\n  - Elsewhere: https://nav.example/\n",
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
        "https://prose.example/": [Place("content/partnerships/beta.yml", 12, 1)],
        "https://nav.example/": [Place("mkdocs.yml", 6, 1)],
        "https://settings.example/": [Place("mkdocs.yml", 3, 1)],
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
        ("mkdocs.yml", 6, "dead-link"),
        ("content/partnerships/beta.yml", 12, "dead-link"),
        ("mkdocs.yml", 3, "dead-link"),
    ]
    assert told[0].hint == "put a link to its copy beside it: https://copy.example/"


@pytest.mark.parametrize("original", ["http://path.example:80/a", "http://PATH.example/a", "https://path.example/a"])
@pytest.mark.parametrize("name", ["content/guide/page.md", "content/partnerships/beta.yml"])
def test_a_copy_counts_however_the_archive_writes_the_address(project: Project, original: str, name: str) -> None:
    text = f"[x](https://path.example/a) [copy](https://web.archive.org/web/2019/{original})"
    record = "acronym: B\ntitle: B\nkind: ESCP-S3\neu_funded: true\nobjectives: '%s'\nsources:\n  - source: guide\n"
    base = check(project({name: record % text if name.endswith("yml") else text})).base
    assert addresses.archived_copies(base) == set(addresses.collect(base)) == {"https://path.example/a"}


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


def test_an_exception_with_a_day_that_there_is_not_is_told_by_every_check(project: Project) -> None:
    root = project(exception_file("2027-02-30"))
    for command in ("validate", "links"):
        result = CliRunner().invoke(main, ["-C", str(root), command])
        assert result.exit_code == 1
        assert result.stdout.startswith(
            "link-exceptions.yml:2:81: error: exceptions[0].until: '2027-02-30' does not have the right form "
        )


def test_an_exception_for_an_address_that_nothing_holds_is_told(project: Project) -> None:
    (finding,) = exceptions.load(project(exception_file("2027-01-01")), set(), TODAY).findings
    assert finding.rule == "unused-exception"


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def in_git(project: Project) -> Path:
    """Return a project with links that is under version control."""
    root = project(WITH_LINKS)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "before")
    return root


def new_links(root: Path, revision: str = "HEAD~1") -> addresses.Addresses:
    return addresses.only_new(addresses.collect(check(root).base), root, revision)


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")
    git(root, "commit", "-qam", "a change")


def test_of_a_pull_request_only_the_links_that_it_adds_are_checked(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](https://new.example/)")
    assert new_links(in_git) == {"https://new.example/": [Place("content/guide/page.md", 3, 1)]}
    with pytest.raises(LookupError):
        new_links(in_git, "no-such-revision")


def test_a_line_that_changed_around_a_link_does_not_make_it_new(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "A [link](https", "One [good link](https")
    assert new_links(in_git) == {}
    change(in_git, "content/guide/page.md", "https://md.example/a", "https://md.example/")
    assert list(new_links(in_git)) == ["https://md.example/"]


def test_what_others_took_out_in_the_meantime_is_not_new(in_git: Path) -> None:
    git(in_git, "checkout", "-qb", "branch")
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](https://new.example/)")
    git(in_git, "checkout", "-q", "main")
    change(in_git, "content/partners/path-finders.yml", "website: https://path.example/#top\n", "")
    git(in_git, "checkout", "-q", "branch")
    assert list(new_links(in_git, "main")) == ["https://new.example/"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/guide/page.md", "# Hello", "[ref]: https://new.example/\n\n# Hello [x][ref]"),
        ("content/guide/page.md", "\nand\n", "\nand [x](https://new.example/)\n"),
        ("content/guide/page.md", "\nand\n", "\nand <a href=https://new.example/>x</a>\n"),
        ("content/guide/page.md", "# Hello", "# Hello\n\n!!! note\n\n    An [x](https://new.example/)."),
        ("content/partnerships/beta.yml", "  - url: https://path.example/", "  - url: >-\n      https://new.example/"),
        ("mkdocs.yml", "us</a>", "us</a> <a href='https://new.example/'>x</a>"),
    ],
)
@pytest.mark.parametrize("setting", ["diff.noprefix", "diff.mnemonicPrefix"])
def test_a_new_link_is_found_however_it_is_written(in_git: Path, name: str, old: str, new: str, setting: str) -> None:
    git(in_git, "config", setting, "true")
    change(in_git, name, old, new)
    assert list(new_links(in_git)) == ["https://new.example/"]


@pytest.mark.parametrize("old", ["[ref]: https://old.example/\n\n[x][ref]\n", "A\n[x](https://old.example/é) y\n"])
def test_a_link_that_becomes_another_one_is_new(in_git: Path, old: str) -> None:
    (in_git / "content/guide/other.md").write_text(old, encoding="utf-8")
    git(in_git, "add", ".")
    git(in_git, "commit", "-qm", "before")
    change(in_git, "content/guide/other.md", "https://old.", "https://new.")
    (address,) = new_links(in_git)
    assert address.startswith("https://new.example/")


def test_what_only_moves_is_not_new(in_git: Path) -> None:
    git(in_git, "mv", "content/partnerships/beta.yml", "content/partnerships/gamma.yml")
    new = WITH_LINKS["content/partnerships/beta.yml"].replace("B", "Gamma").replace("To be good", "Much else " * 50)
    (in_git / "content/partnerships/gamma.yml").write_text(new, encoding="utf-8")
    git(in_git, "commit", "-qam", "renamed and written anew")
    assert new_links(in_git) == {}


def test_a_project_in_a_folder_of_a_repository_knows_what_is_new(project: Project) -> None:
    root = project(WITH_LINKS)
    git(root.parent, "init", "-q", "-b", "main")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "-qm", "before")
    (root / "content/guide/page.md").write_text("[new](https://new.example/)\n", encoding="utf-8")
    git(root.parent, "commit", "-qam", "a change")
    assert list(new_links(root)) == ["https://new.example/"]


def test_a_page_from_before_that_was_not_utf_8_is_no_trouble(in_git: Path) -> None:
    (in_git / "content/guide/other.md").write_bytes(b"caf\xe9 [x](https://old.example/)\n")
    git(in_git, "add", ".")
    git(in_git, "commit", "-qm", "before")
    (in_git / "content/guide/other.md").write_text("café [x](https://old.example/)\n", encoding="utf-8")
    assert new_links(in_git, "HEAD") == {}


def test_the_line_of_an_address_is_right_however_it_is_written(project: Project) -> None:
    text = (
        "[r]: https://a.example/ref\n\nA [x][r]\n[x](https://a.example/ab)\n[x](https://a.example/a)\n"
        "[x](https://a.example/é)\n[x](https://a.example/?a=1&amp;b=2)\n\u2028\n"
        '`<a href="https://a.example/code">`\n<a href="https://a.example/?c=1&amp;d=2">x</a>\n\n!!! note\n\n'
        "    !!! tip\n\n        [x](https://a.example/deep)\n"
    )
    found = addresses.collect(check(project({"content/guide/page.md": text})).base)
    assert {address.removeprefix("https://a.example/"): places[0].line for address, places in found.items()} == {
        "ref": 1,
        "ab": 4,
        "a": 5,
        "%C3%A9": 6,
        "?a=1&b=2": 7,
        "?c=1&d=2": 10,
        "deep": 16,
    }


def test_an_exception_may_name_an_address_as_the_record_does(project: Project) -> None:
    files = exception_file("2026-11-24")
    files["link-exceptions.yml"] = files["link-exceptions.yml"].replace("path.example/", "path.example/#top")
    root = project(files)
    assert exceptions.load(root, {"https://path.example/"}, TODAY) == exceptions.Exceptions(
        frozenset({"https://path.example/"}), ()
    )


def test_an_address_in_a_report_can_be_followed_and_copied() -> None:
    one = Finding(Place("content/x.yml", 3, 4), "moved", "https://a.example/b_c#!d has moved", hint="no\n- [ ] task")
    text = reports.markdown([one], 1, 2)
    assert "- [ ] `content/x.yml:3:4`: <https://a.example/b_c#!d> has moved. To do: no - \\[ \\] task\n" in text


def test_a_new_link_that_fails_is_told_at_once_on_its_line(in_git: Path) -> None:
    change(in_git, "content/guide/page.md", "# Hello", "# Hello\n\n[new](http://nobody.invalid/)")
    result = CliRunner().invoke(main, ["-C", str(in_git), "links", "--new-since", "HEAD~1", "--format", "github"])
    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=content/guide/page.md,title=broken-address,line=3,col=1::http://nobody.invalid/ fails: "
        "there is no host of that name (mend the address)\n"
    )
    assert not (in_git / history.FILE).exists()


def test_the_command_checks_what_is_due_writes_the_history_and_a_report(project: Project) -> None:
    root = project(WITH_LINKS)
    result = CliRunner().invoke(
        main, ["-C", str(root), "links", "--pause", "0", "--limit", "1", "--report", str(root / "report.md")]
    )
    assert result.exit_code == 0, result.output  # one failure is no death
    assert list(json.loads((root / history.FILE).read_text(encoding="utf-8"))) == ["https://md.example/a"]
    assert (root / "report.md").read_text(encoding="utf-8").startswith("1 of 6 addresses were due")


def test_the_quick_look_finds_a_file_that_is_not_there(project: Project) -> None:
    root = project({"content/guide/page.md": "# Hello\n\nA [page](nowhere)\n"})
    result = CliRunner().invoke(main, ["-C", str(root), "links", "--quick"])
    assert result.exit_code == 1
    assert result.stdout == "content/guide/page.md:3:10: error: there is no nowhere (mend the link) [quick-look]\n"


def test_a_report_shows_what_servers_say_as_text_and_fits_into_an_issue() -> None:
    evil = "`<img src=x> [a](https://b.example) @everyone #1 **bold**"
    one = Finding(Place("content/x.yml", 3, 4), "dead-link", f"it says {evil}", hint="mend it")
    text = reports.markdown([one], 1, 2)
    assert (
        "it says \\`\\<img src=x\\> \\[a\\](<https://b.example)> \\@everyone \\#1 \\*\\*bold\\*\\*. To do: mend it"
        in text
    )
    many = [Finding(Place("content/x.yml", line, 1), "moved", "x" * 500, hint="y") for line in range(1, 1000)]
    text = reports.markdown([*many, one], 1, 2)
    assert len(text) < 65_536
    assert "- [ ] `content/x.yml:3:4`: it says" in text  # what is worst comes first
    assert re.search(r"\n\d+ more are left out here, for want of room; `make links` lists them all\.\n$", text)


def test_a_report_asks_for_nothing_where_nothing_is_to_be_done() -> None:
    redirected = Finding(Place("content/x.yml", 3, 4), "redirected", "it leads on", severity=Severity.NOTICE)
    assert reports.markdown([redirected], 1, 2) == (
        "1 of 2 addresses were due and have been checked.\n\nNothing needs to be done.\n"
    )
