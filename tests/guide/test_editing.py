"""The commands that change records, on those of the guide."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from smartguide.checks.checking import check
from smartguide.cli import main
from tests.conftest import ROOT

PARTS = ("content", "schemas", "templates", "extensions", "theme", "mkdocs.yml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the guide whose records can be changed."""
    for name in PARTS:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, tmp_path / name)
    return tmp_path


def run(root: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["-C", str(root), *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_record_is_in_canonical_style() -> None:
    run(ROOT, "format", "--check")


def test_records_are_renamed_merged_and_added_and_nothing_is_wrong_afterwards(copy: Path) -> None:
    base = check(copy).base
    renamed = base["partnerships"].records["adpack"]
    named = {one.source.path for one in renamed.referenced_by}
    changed = run(copy, "rename", "partnerships/adpack", "adpack-one")
    assert {path for path in named if path not in changed} == set()
    run(copy, "merge", "partners/femac", "partners/foodvalley-nl", "--prefer", "B")
    run(
        copy, "new", "partner", "--no-input", "--set", "name=A new cluster", "--set", "country=SE",
        "--set", "sources=smart-guide-2019",
    )  # fmt: skip
    run(copy, "format", "--check")
    after = check(copy)
    assert [(one.place.path, one.rule) for one in after.findings] == [
        ("content/partners/a-new-cluster.yml", "unreferenced")
    ]
    assert after.base["partnerships"].records["adpack-one"].former_ids == ["adpack"]
    assert after.base["partners"].records["foodvalley-nl"].former_ids == ["femac"]
