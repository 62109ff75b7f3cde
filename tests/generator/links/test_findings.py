"""The findings about URLs, by what is known of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from smartguide.checks.checking import check
from smartguide.findings import Place
from smartguide.link_history.history import History
from smartguide.link_history.outcomes import Outcome, State
from smartguide.links.external.archived_copies import keys_for_copies, urls_with_copy
from smartguide.links.external.collecting import collect
from smartguide.links.external.findings import findings
from smartguide.project import Project
from tests.generator.links.projects_with_links import WITH_LINKS
from tests.generator.links.requests_to_server import check_paths
from tests.projects import MakeProject

TODAY = date(2026, 11, 24)


def test_a_dead_url_is_reported_at_each_place_unless_a_copy_is_there(project: MakeProject) -> None:
    loaded = Project.of(project(WITH_LINKS))
    base = check(loaded).base
    urls = collect(loaded, base)
    past = History()
    for days in range(3):
        for url in urls:
            past.add(url, Outcome(State.FAILED, "404: not found"), TODAY + timedelta(days=days))
    copies = {"https://md.example/a": "https://copy.example/"}
    keys = keys_for_copies(base)
    found = findings(urls, past, copies=copies, keys=keys, replaced=urls_with_copy(loaded, base))
    assert [(one.place.path, one.place.line, one.rule) for one in found] == [
        ("content/guide/page.md", 3, "dead-link"),
        ("content/guide/page.md", 5, "dead-link"),
        ("mkdocs.yml", 7, "dead-link"),
        ("content/tours/beta.yml", 12, "dead-link"),
        ("mkdocs.yml", 3, "dead-link"),
    ]
    assert found[0].hint == "add a link to an archived copy: https://copy.example/"


def test_the_hint_names_the_key_that_the_schema_declares_for_a_copy(project: MakeProject) -> None:
    text = (
        "name: Beta\nsubtitle: B\nkind: day tour\nguided: true\nlinks:\n  - {url: 'https://gone.example/', label: x}\n"
    )
    loaded = Project.of(project({"content/tours/beta.yml": f"{text}sources:\n  - source: map\n"}))
    base = check(loaded).base
    url = "https://gone.example/"
    dead = History()
    for days in range(3):
        dead.add(url, Outcome(State.FAILED, "404: not found"), TODAY + timedelta(days=days))
    for copy, hint in (
        (
            {},
            "write its new URL, or look for an archived copy and add beside it: archived: https://web.archive.org/web/…",
        ),
        ({url: "https://copy.example/"}, "add beside it: archived: https://copy.example/"),
    ):
        (finding,) = findings(collect(loaded, base), dead, copies=copy, keys=keys_for_copies(base), replaced=set())
        assert finding.hint == hint


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/moved", "warning: {}/moved has moved permanently (write the new URL: {}/good) [moved]"),
        ("/chain", "notice: {}/chain redirects to {}/good temporarily (nothing to do) [redirected]"),
        (
            "/gone-home",
            "warning: {}/gone-home redirects to the home page {}/ (the page itself seems to be gone: look for its new "
            "URL, or for an archived copy) [redirected]",
        ),
        (
            "/gone-home-for-now",
            "warning: {}/gone-home-for-now redirects to the home page {}/ (the page itself seems to be gone: look for "
            "its new URL, or for an archived copy) [redirected]",
        ),
    ],
)
def test_a_redirect_is_reported(path: str, message: str) -> None:
    found, server = check_paths([path])
    url = server.url(path)
    past = History({url: found[path]})
    (finding,) = findings({url: [Place("content/x.yml", 3, 5)]}, past, copies={}, keys={}, replaced=set())
    assert finding.as_text() == f"content/x.yml:3:5: {message.replace('{}', server.url(''))}"
