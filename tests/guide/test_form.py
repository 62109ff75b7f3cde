"""The form for the records of the Smart Guide: what it writes for each of them."""

from __future__ import annotations

import pytest

from smartguide.checks.checking import Checked
from smartguide.session import load
from tests.form_models import ask, forms_and_names
from tests.projects import ROOT


@pytest.fixture(scope="module")
def checked() -> Checked:
    return load(ROOT).checked


def test_a_correction_of_a_record_changes_the_lines_of_the_corrected_value_only(checked: Checked) -> None:
    collections = checked.base.collections
    for collection, known in zip(collections.values(), forms_and_names(checked, collections), strict=True):
        records = [
            {"text": (ROOT / one.path).read_bytes().decode()} | ({"id": one.id} if one.entry.base else {})
            for one in collection
        ]
        found = dict(zip([one.id for one in collection], ask("changes", records, **known), strict=True))
        assert {name: faults for name, faults in found.items() if faults} == {}, collection.name


def test_no_record_is_wrong_in_the_form(checked: Checked) -> None:
    collections = checked.base.collections
    for collection, known in zip(collections.values(), forms_and_names(checked, collections), strict=True):
        records = [{"record": one.data, "known": {"id": one.id}} for one in collection]
        found = dict(zip([one.id for one in collection], ask("check", records, **known), strict=True))
        assert {name: faults for name, faults in found.items() if faults} == {}, collection.name


def test_a_record_that_is_typed_anew_gives_the_file_that_is_there(checked: Checked) -> None:
    """The files are in canonical style; those with comments or blank lines cannot be made of their values."""
    count = 0
    collections = [one for one in checked.base.collections.values() if not next(iter(one)).entry.base]
    for collection, known in zip(collections, forms_and_names(checked, (one.name for one in collections)), strict=True):
        texts = {one.id: (ROOT / one.path).read_bytes().decode() for one in collection}
        plain = [one for one in collection if "\n#" not in texts[one.id] and "\n\n" not in texts[one.id]]
        made = ask("files", [one.data for one in plain], **known)
        assert dict(zip([one.id for one in plain], made, strict=True)) == {one.id: texts[one.id] for one in plain}
        count += len(plain)
    assert count
