"""The form for the records of the Smart Guide: what it writes for each of them."""

from __future__ import annotations

import pytest

from smartguide.session import load
from tests.form_models import ask, form_and_names
from tests.projects import ROOT


@pytest.fixture(scope="module")
def checked():
    return load(ROOT).checked


def test_a_correction_of_a_record_changes_the_lines_of_the_corrected_value_only(checked):
    for collection in checked.base.collections.values():
        known = form_and_names(checked, collection.name)
        tried = [one for number, one in enumerate(collection) if not one.entry.base or number % 20 == 0]  # whole files
        records = [
            {"text": (ROOT / one.path).read_bytes().decode()} | ({"id": one.id} if one.entry.base else {}) for one in tried
        ]
        found = dict(zip([one.id for one in tried], ask("changes", records, **known), strict=True))
        assert {name: faults for name, faults in found.items() if faults} == {}, collection.name
