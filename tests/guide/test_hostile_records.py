"""What a stranger writes into a record of the Smart Guide is text: its own templates are as safe as the generator's."""

from __future__ import annotations

import json

from tests.generated_projects import Model, Records
from tests.hostile_pages import HostilePages, Parsed
from tests.hostile_texts import thousands_of_spellings
from tests.processes import validate
from tests.projects import ROOT, MakeProject


class TestPagesOfTheSmartGuide(HostilePages):
    """Payloads in every field of every kind of the Smart Guide."""

    model = Model(ROOT)

    def test_the_data_of_the_plan_are_the_titles_as_written(self, parsed: Parsed, written: Records) -> None:
        plan = json.loads(parsed["evil"]["plan/"]["data"][0])
        assert [action["title"] for action in plan["actions"]] == [one["title"] for one in written["actions"].values()]


def test_thousands_of_spellings_are_compared_in_time(project: MakeProject) -> None:
    root = project(thousands_of_spellings("content/partners", "country: DE\nsources: [{source: guide}]\n"))
    assert validate(root).count("[unreferenced]") == 3
