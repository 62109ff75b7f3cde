"""The report of a check is Markdown that is safe and short enough for an issue."""

from __future__ import annotations

import re

from smartguide.findings import Finding, Place, Severity
from smartguide.links.external.report import markdown

PLACE = Place("content/x.yml", 3, 4)


def test_a_url_in_a_report_is_a_link() -> None:
    one = Finding(PLACE, "moved", "https://a.example/b_c#!d has moved", hint="no\n- [ ] task")
    text = markdown([one], 1, 2)
    assert "- [ ] `content/x.yml:3:4`: <https://a.example/b_c#!d> has moved. To do: no - \\[ \\] task\n" in text


def test_a_report_shows_what_servers_send_as_text_and_fits_into_an_issue() -> None:
    evil = "`<img src=x> [a](https://b.example) @everyone #1 **bold**"
    one = Finding(PLACE, "dead-link", f"it says {evil}", hint="fix it")
    text = markdown([one], 1, 2)
    assert (
        "it says \\`\\<img src=x\\> \\[a\\](<https://b.example)> \\@everyone \\#1 \\*\\*bold\\*\\*. To do: fix it"
        in text
    )
    many = [Finding(Place("content/x.yml", line, 1), "moved", "x" * 500, hint="y") for line in range(1, 1000)]
    text = markdown([*many, one], 1, 2)
    assert len(text) < 65_536
    assert "- [ ] `content/x.yml:3:4`: it says" in text  # the worst is first
    assert re.search(r"\n\d+ more are not listed, because an issue has a limit; `make links` lists all\.\n$", text)


def test_a_report_has_no_task_where_nothing_needs_to_be_done() -> None:
    redirected = Finding(PLACE, "redirected", "it redirects", severity=Severity.NOTICE)
    assert markdown([redirected], 1, 2) == (
        "1 of 2 URLs were due and have been checked.\n\nNothing needs to be done.\n"
    )


def test_a_report_begins_with_the_findings_that_are_worst() -> None:
    found = [Finding(PLACE, rule, rule) for rule in ("moved", "unused-exception", "private-address", "broken-url", "x")]
    headings = re.findall("^## (.*)$", markdown(found, 1, 2), re.MULTILINE)
    assert headings == [
        "Broken (1)",
        "Moved permanently (1)",
        "In private networks (1)",
        "Unused exceptions (1)",
        "Others (1)",
    ]
