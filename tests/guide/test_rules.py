"""Rules that need more than one wrong record to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Findings = Callable[..., list[str]]

ACTIONS = """
collections:
  areas: {schema: area, standalone: true, records: !include areas.yml}
  actions: {schema: action, standalone: true, records: !include actions/*.yml}
  challenges: {schema: challenge, standalone: true, records: !include challenges/*.yml}
  sources: {schema: source, records: !include sources.yml}
"""
ACTION = """
number: 1
title: Do it
area: one
summary: Just do it.
why: Because.
checklist:
  - {id: begin, step: Begin}
sources:
  - source: guide
"""
CHALLENGE = """
number: 1
title: It is hard
area: one
description: Very hard.
actions: [do-it]
sources:
  - source: guide
"""


@pytest.fixture
def guide_findings(findings_of: Findings) -> Findings:
    """Return a function that checks a small project of actions and challenges instead of partnerships."""
    nothing = dict.fromkeys(
        f"content/{name}"
        for name in (
            "partnerships/alpha.yml",
            "partners/bridge-builders.yml",
            "partners/path-finders.yml",
            "sectors.yml",
            "countries.yml",
            "markets.yml",
            "regions.yml",
            "calls.yml",
        )
    )

    def find(changes: dict[str, str]) -> list[str]:
        files = {
            "content/catalogue.yml": ACTIONS,
            "content/areas.yml": "one: {name: One, order: 1, description: The first.}",
            "content/actions/do-it.yml": ACTION.replace("why:", "challenges: [hard]\nwhy:"),
            "content/challenges/hard.yml": CHALLENGE,
        }
        # The schemas refer to collections that this project does not have.
        return [line for line in findings_of({**nothing, **files, **changes}) if not line.startswith("schemas/")]

    return find


def test_actions_and_challenges_that_agree_are_fine(guide_findings: Findings) -> None:
    assert guide_findings({}) == []


def test_a_challenge_that_does_not_name_its_action_back_is_told(guide_findings: Findings) -> None:
    assert guide_findings({"content/actions/do-it.yml": ACTION}) == [
        "content/challenges/hard.yml:5:11: warning: actions[0]: content/actions/do-it.yml does not name 'hard' under "
        "challenges (add it there, or take it out here) [one-sided]"
    ]


def test_a_step_id_is_given_once(guide_findings: Findings) -> None:
    twice = ACTION.replace("why:", "challenges: [hard]\nwhy:").replace(
        "step: Begin}", "step: Begin}\n  - {id: begin, step: Go on}"
    )
    assert guide_findings({"content/actions/do-it.yml": twice}) == [
        "content/actions/do-it.yml:9:10: error: checklist[1].id: 'begin' is in the list already (line 8) "
        "(delete one of the two entries, or choose another value) [repeated]"
    ]


def test_a_number_is_given_once(guide_findings: Findings) -> None:
    second = ACTION.replace("Do it", "Do it again")
    assert guide_findings({"content/actions/again.yml": second}) == [
        "content/actions/do-it.yml:1:9: error: number: '1' is the number of content/actions/again.yml too "
        "(give it another one, such as 2) [not-unique]"
    ]


def test_a_figure_is_compared_only_with_a_count_that_there_is(findings_of: Findings) -> None:
    figure = "label: Many, value: 3, counts: clusters, source: guide, part: Section 1"
    catalogue = "collections:\n  sources: {schema: source, records: !include sources.yml}\n"
    found = findings_of(
        {
            "content/catalogue.yml": "extensions: [extensions/counts.py]\n"
            + catalogue
            + "  statistics: {schema: statistic, records: !include figures.yml}\n",
            "content/figures.yml": f"many: {{{figure}, measure: clusters of generation 1}}",
        }
    )
    said = (
        "content/figures.yml:1:90: error: measure: no count is called 'clusters of generation 1' "
        "(write one of these, with GROUP as 'generation 1' (to 3) or 'escp-s3': partnerships of GROUP; "
    )
    assert any(line.startswith(said) and line.endswith("[unknown-count]") for line in found)


def test_an_empty_collection_is_told(findings_of: Findings) -> None:
    found = findings_of(
        {"content/catalogue.yml": "collections:\n  sources: {schema: source, records: !include none/*.yml}\n"}
    )
    told = "content/catalogue.yml:2:29: warning: collections.sources.records: the collection 'sources' has no records "
    assert any(line.startswith(told) for line in found)


def test_organisations_of_two_countries_may_have_one_name_only_if_they_are_told_apart(findings_of: Findings) -> None:
    same = "name: Path Finders\ncountry: DE\nsources:\n  - source: guide\n"
    found = findings_of({"content/partners/wege.yml": same})
    assert any(
        "is the name of content/partners/path-finders.yml too" in line and "[same-name]" in line for line in found
    )


def test_look_alikes_that_say_so_are_left_alone(findings_of: Findings) -> None:
    other = "name: Path-Finder e.V.\ncountry: FR\nrelated: [path-finders]\nsources:\n  - source: guide\n"
    found = findings_of({"content/partners/other.yml": other})
    assert [line for line in found if "near-duplicate" in line] == []


RENAMED = "name: Path Finders\ncountry: FR\nformer_ids: [old-one, older, oldest]\nsources:\n  - source: guide\n"


def test_a_page_that_people_write_is_not_hidden_by_a_record_or_its_former_ids(findings_of: Findings) -> None:
    pages = ["old-one.md", "oldest/index.md", "path-finders/README.md"]
    assert findings_of(
        {"content/partners/path-finders.yml": RENAMED, **{f"content/partners/{page}": "# A page\n" for page in pages}}
    ) == [
        f"content/partners/path-finders.yml:{place} is that of content/partners/{page} "
        f"(rename content/partners/{page}, or {other}) [taken-url]"
        for place, page, other in [
            ("1:1: error: the URL /partners/path-finders/", "path-finders/README.md", "choose another id"),
            ("3:14: error: former_ids[0]: the URL /partners/old-one/", "old-one.md", "take it out"),
            ("3:30: error: former_ids[2]: the URL /partners/oldest/", "oldest/index.md", "take it out"),
        ]
    ]


def test_a_record_is_not_hidden_by_the_index_of_its_collection(findings_of: Findings) -> None:
    (found,) = findings_of(
        {"content/sectors.yml": "digital: {name: Digital, description: A plug.}\nindex: {name: I, description: J.}"}
    )[:1]
    assert found == (
        "content/sectors.yml:2:8: error: the URL /sectors/ is that of the index of sectors "
        "(choose another id) [taken-url]"
    )


def test_the_index_of_a_collection_may_be_a_page_that_people_write(findings_of: Findings) -> None:
    assert findings_of({"content/partners/index.md": "# Ours\n\n{{ index_page('partners') }}\n"}) == []


def test_two_countries_of_one_code_are_told_and_the_first_one_stays(findings_of: Findings) -> None:
    countries = "fr: {code: FR, name: France}\nde: {code: DE, name: Germany}\nother: {code: FR, name: Another}\n"
    assert findings_of({"content/countries.yml": countries}) == [
        "content/countries.yml:3:15: error: code: 'FR' is the code of 'fr' too (content/countries.yml:1) "
        "(correct one of the two, or delete one of the records) [ambiguous]"
    ]
