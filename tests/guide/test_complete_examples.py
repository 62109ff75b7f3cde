"""The complete example of each kind in the field reference: it can be copied into the records, and is as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from smartguide.checks.checking import Checked, check
from smartguide.cli import main
from smartguide.editing import examples
from smartguide.model.examples import complete
from tests.projects import ROOT

OF_A_SECOND_ONE = {"not-unique", "same-name", "ambiguous", "one-sided", "unreferenced"}
"""What is wrong with a record only because the example is made of values that a real record has."""
LEFT_OUT = {"good-practices": ["project"]}
"""Keys that cannot stand beside the others: a good practice is that of a partnership, or of another project."""


@pytest.fixture(scope="module")
def with_examples(tmp_path_factory: pytest.TempPathFactory, real: Checked) -> Path:
    """Return a copy of the guide that has the complete example of each kind among its records."""
    root = tmp_path_factory.mktemp("examples")
    for name in ("content", "schemas", "templates", "extensions", "theme"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    for collection in real.base.collections.values():
        text = examples.text(collection)
        first = next(iter(collection)).entry
        path = root / first.path
        if first.base:
            _, below = text.split("\n", 1)
            path.write_text(f"{path.read_text(encoding='utf-8')}\nan-example:\n{below}", encoding="utf-8")
        else:
            path.with_name("an-example.yml").write_text(text, encoding="utf-8")
    return root


def test_the_example_of_each_kind_is_accepted_as_a_record(with_examples: Path) -> None:
    """By the schema, by each rule, and with every reference."""
    wrong = [one.as_text() for one in check(with_examples).findings if one.rule not in OF_A_SECOND_ONE]
    assert wrong == []


def test_the_example_of_each_kind_has_every_key(real: Checked) -> None:
    missing = {}
    for collection in real.base.collections.values():
        made = complete(collection.kind)
        if names := [name for name in collection.kind.root.properties if name not in made]:
            missing[collection.name] = names
    assert missing == LEFT_OUT


def test_the_example_of_each_kind_is_in_canonical_style(with_examples: Path) -> None:
    files = [str(path) for path in sorted(with_examples.rglob("an-example.yml"))]
    assert files
    with pytest.raises(SystemExit) as ended:
        main(["--project", str(with_examples), "format", "--check", *files])
    assert ended.value.code == 0
