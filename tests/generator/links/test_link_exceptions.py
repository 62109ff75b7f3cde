"""Exceptions name URLs that are not checked, each with a reason and until a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from smartguide.cli import main
from smartguide.links.external import link_exceptions
from smartguide.links.external.link_exceptions import LinkExceptions
from smartguide.project import Project
from tests.generator.links.projects_with_links import WITH_LINKS
from tests.projects import MakeProject

TODAY = date(2026, 11, 24)
HUT = "https://hut.example/"


def with_exception(until: str, reason: str = "It opens in a browser.", url: str = HUT) -> dict[str, str]:
    entry = f"  - {{url: '{url}', reason: '{reason}', until: '{until}'}}\n"
    return {**WITH_LINKS, "link-exceptions.yml": f"exceptions:\n{entry}"}


def test_an_exception_counts_until_its_day(project: MakeProject) -> None:
    loaded = Project.of(project(with_exception("2026-11-24")))
    assert link_exceptions.load(loaded, {HUT}, TODAY) == LinkExceptions(frozenset({HUT}), ())
    after = link_exceptions.load(loaded, {HUT}, TODAY + timedelta(days=1))
    assert after.urls == frozenset()
    assert [finding.as_text() for finding in after.findings] == [
        "link-exceptions.yml:2:5: error: the exception for https://hut.example/ expired on 2026-11-24 "
        "(delete it, or give a new day and reason) [expired-exception]"
    ]


def test_an_exception_without_a_reason_is_an_error(project: MakeProject) -> None:
    root = project(with_exception("2027-01-01", reason=""))
    (finding, *_) = link_exceptions.load(Project.of(root), set(), TODAY).findings
    assert finding.key == "exceptions[0].reason"


@pytest.mark.parametrize("command", ["validate", "links"])
def test_a_day_that_does_not_exist_is_an_error_in_every_check(project: MakeProject, command: str) -> None:
    root = project(with_exception("2027-02-30"))
    result = CliRunner().invoke(main, ["-C", str(root), command])
    assert result.exit_code == 1
    (line,) = [line for line in result.stdout.splitlines() if ": error: " in line]
    message = "error: exceptions[0].until: '2027-02-30' does not have the right form "
    assert line.startswith(f"link-exceptions.yml:2:76: {message}")


def test_an_exception_that_would_count_for_a_lifetime_is_an_error(project: MakeProject) -> None:
    (finding,) = link_exceptions.check(Project.of(project(with_exception("2099-06-30"))))
    assert (finding.key, "until 2039" in finding.hint) == ("exceptions[0].until", True)


def test_a_url_that_has_an_exception_already_is_told_with_the_line_of_the_first(project: MakeProject) -> None:
    files = with_exception("2027-01-01")
    files["link-exceptions.yml"] += f"  - {{url: '{HUT}#top', reason: 'It opens again.', until: '2027-02-01'}}\n"
    assert [finding.as_text() for finding in link_exceptions.check(Project.of(project(files)))] == [
        "link-exceptions.yml:3:11: error: the exception for https://hut.example/#top is there already (line 2) "
        "(delete one of the two) [repeated]"
    ]


def test_the_old_name_of_the_property_url_is_an_error(project: MakeProject) -> None:
    files = with_exception("2027-01-01")
    files["link-exceptions.yml"] = files["link-exceptions.yml"].replace("{url:", "{address:")
    found = link_exceptions.load(Project.of(project(files)), set(), TODAY).findings
    assert {finding.rule for finding in found} == {"unknown-key", "missing-key"}


def test_an_exception_for_a_url_without_a_link_is_an_error(project: MakeProject) -> None:
    root = project(with_exception("2027-01-01"))
    (finding,) = link_exceptions.load(Project.of(root), set(), TODAY).findings
    assert finding.rule == "unused-exception"


def test_an_exception_may_have_the_fragment_of_the_url(project: MakeProject) -> None:
    root = project(with_exception("2026-11-24", url=f"{HUT}#top"))
    assert link_exceptions.load(Project.of(root), {HUT}, TODAY) == LinkExceptions(frozenset({HUT}), ())
