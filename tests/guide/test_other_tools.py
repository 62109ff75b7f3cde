"""Other people's tools on the records: check-jsonschema without a network, and yaml-language-server as in an editor."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartguide.checks.checking import Checked
from smartguide.checks.schema_lines import schema_of
from smartguide.exports import schema_files
from smartguide.keeping import editor_schemas
from smartguide.model.schema_files import SUFFIX
from smartguide.project import Project
from tests.language_server import Editor, editor
from tests.projects import ROOT, write

NO_NETWORK = {f"{scheme}_proxy": "http://127.0.0.1:9" for scheme in ("http", "https")}
RECORDS = {
    "partner": "content/partners/packbridge.yml",
    "partnership": "content/partnerships/bridge.yml",
    "action": "content/guide/actions",
    "good-practice": "content/guide/good-practices",
}
FOLDERS = ("content/partnerships", "content/partners", *(f"content/guide/{name}" for name in ("actions", "boxes", "challenges", "good-practices", "instruments", "lessons", "news")))  # fmt: skip
SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
"""Those of the extension as it is installed, but without the list of schemas that it would fetch."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, real: Checked) -> Path:
    """Return the folder of the schemas as the site has them."""
    folder = tmp_path_factory.mktemp("site")
    write(folder, dict(schema_files.files(real.base, "https://guide.example/below/")))
    return folder / "schemas"


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("place", ["folder", "site"])
def test_check_jsonschema_accepts_records_without_a_network(
    kind: str, place: str, published: Path, tmp_path: Path
) -> None:
    folder = ROOT / "schemas" if place == "folder" else published
    path = ROOT / RECORDS[kind]
    files = [str(path)] if path.is_file() else [str(one) for one in sorted(path.glob("*.yml"))[:3]]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(folder / f"{kind}.schema.json"), *files]
    environment = {**NO_NETWORK, "XDG_CACHE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what an editor looks at in the repository; nothing was built in it yet."""
    root = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "schemas", root / "schemas")
    for name in ("content", "generator"):
        (root / name).symlink_to(ROOT / name)
    return root


@pytest.fixture(scope="module")
def opened(clone: Path) -> Iterator[Editor]:
    """Return an editor that has a fresh clone open."""
    with editor(clone, SETTINGS) as found:
        yield found


def test_an_editor_accuses_neither_the_catalogue_nor_records(opened: Editor, clone: Path) -> None:
    paths = [
        clone / "content/catalogue.yml",
        *(clone / RECORDS[kind] for kind in ("partner", "partnership")),
    ]
    assert {path.name: opened.problems(path) for path in paths} == {path.name: [] for path in paths}


def test_an_editor_sees_a_misspelt_key_of_the_catalogue(opened: Editor, clone: Path) -> None:
    path = clone / "content/catalogue.yml"
    text = path.read_text(encoding="utf-8").replace("    schema: partnership\n", "    shema: partnership\n")
    assert any("shema" in problem for problem in opened.problems(path, text))


@pytest.mark.parametrize(
    ("path", "line", "words"),
    [
        ("content/partnerships/bridge.yml", "start: 2014-13", "such as 2014-09"),
        ("content/partners/packbridge.yml", "website: packbridge.se", "https://"),
        ("content/partnerships/bridge.yml", "former_ids: [Bridge One]", "lower-case"),
    ],
)
def test_an_editor_shows_words_in_place_of_a_pattern(
    opened: Editor, clone: Path, path: str, line: str, words: str
) -> None:
    key = line.partition(":")[0]
    text = re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", (clone / path).read_text(encoding="utf-8"))
    problems = opened.problems(clone / path, f"{text}{line}\n")
    assert len(problems) == 1
    assert words in problems[0]
    assert "^" not in problems[0]


NEW = "# yaml-language-server: $schema=../../schemas/partnership.schema.json\n"


def test_an_editor_offers_the_keys_of_the_schema_that_the_first_line_names(opened: Editor, clone: Path) -> None:
    offered = opened.offered(clone / "content/partnerships/new-one.yml", f"{NEW}|\n")
    assert {"acronym", "title", "partners", "target_markets"} <= offered.keys()
    assert "full official title" in offered["title"]


def test_an_editor_offers_the_values_that_a_key_can_have(opened: Editor, clone: Path) -> None:
    path = clone / "content/partnerships/new-one.yml"
    assert {"ESCP-4i", "ESCP-S3"} <= opened.offered(path, f"{NEW}kind: |\n").keys()


# The ids of other records, once the records were checked


@pytest.fixture(scope="module")
def checked_clone(tmp_path_factory: pytest.TempPathFactory, real: Checked, clone: Path) -> Path:
    """Return such a clone in which the records were checked."""
    root = tmp_path_factory.mktemp("checked")
    shutil.copytree(clone, root, symlinks=True, dirs_exist_ok=True)
    editor_schemas.write(Project(root), real.base)
    return root


@pytest.fixture(scope="module")
def informed(checked_clone: Path) -> Iterator[Editor]:
    """Return an editor that knows the ids."""
    with editor(checked_clone, SETTINGS) as found:
        yield found


def test_an_editor_that_knows_the_ids_accuses_no_record(informed: Editor, checked_clone: Path) -> None:
    paths = [next((checked_clone / name).glob("*.yml")) for name in FOLDERS]
    assert {path: informed.problems(path) for path in paths} == {path: [] for path in paths}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("content/partnerships/new-one.yml", f"{NEW}partners:\n  - partner: |\n", ("packbridge", "Packbridge")),
        ("content/partnerships/new-one.yml", f"{NEW}target_markets:\n  - |\n", ("CL", "Chile")),
        ("content/partnerships/new-one.yml", f"{NEW}sources:\n  - source: |\n", ("smart-guide-2019", "Smart Guide to European")),
        ("content/guide/lessons/new-one.yml", "# yaml-language-server: $schema=../../../schemas/lesson.schema.json\npartnerships:\n  - |\n", ("bridge", "BRIDGE: Building")),
    ],
)  # fmt: skip
def test_an_editor_offers_the_ids_of_records_with_their_names(
    informed: Editor, checked_clone: Path, path: str, text: str, expected: tuple[str, str]
) -> None:
    offered = informed.offered(checked_clone / path, text)
    assert expected[1] in offered[expected[0]]


def test_an_editor_helps_in_a_file_of_several_records(informed: Editor, checked_clone: Path) -> None:
    path = checked_clone / "content/vocabularies/calls.yml"
    text = path.read_text(encoding="utf-8")
    assert informed.problems(path) == []
    assert {"title", "year", "sources"} <= informed.offered(path, f"{text}\nnew-one:\n  |\n").keys()
    offered = informed.offered(path, f"{text}\nnew-one:\n  sources:\n    - source: |\n")
    assert "Smart Guide to European" in offered["smart-guide-2019"]
    assert any("lable" in problem for problem in informed.problems(path, f"{text}\nnew-one:\n  lable: A\n"))


def test_each_file_of_several_records_names_a_schema_of_its_kind(real: Checked) -> None:
    several = {one.name: next(iter(one)) for one in real.base.collections.values() if next(iter(one)).entry.base}
    wrong = {}
    for name, record in several.items():
        schema = json.loads((ROOT / f"schemas/lists/{name}{SUFFIX}").read_text(encoding="utf-8"))
        named = schema_of(record.entry.document.text)
        of_kind = schema["additionalProperties"]["$ref"] == f"../{record.kind.name}{SUFFIX}"
        if not of_kind or not named.endswith(f"schemas/lists/{name}{SUFFIX}"):
            wrong[record.path] = named
    assert wrong == {}
    assert {path.name.removesuffix(SUFFIX) for path in (ROOT / "schemas/lists").iterdir()} == several.keys()


def test_an_editor_shows_the_name_behind_an_id_and_what_the_key_means(informed: Editor, checked_clone: Path) -> None:
    text = f"{NEW}partners:\n  - partner: pack|bridge\n"
    shown = informed.hover(checked_clone / "content/partnerships/new-one.yml", text)
    assert "Packbridge" in shown
    assert "The id of the organisation" in shown
    assert "acrist" not in shown, "other records are no help"


def test_an_editor_underlines_an_id_that_no_record_has(informed: Editor, checked_clone: Path) -> None:
    path = checked_clone / "content/partnerships/bridge.yml"
    text = re.sub(r"- partner: .*", "- partner: packbrige", path.read_text(encoding="utf-8"), count=1)
    (problem,) = informed.problems(path, text)
    assert "No partner has this id" in problem
    assert "smartguide validate" in problem


def test_an_editor_learns_of_a_new_record(informed: Editor, checked_clone: Path) -> None:
    """What ``smartguide`` writes while an editor is open is read again."""
    path = checked_clone / "content/partnerships/new-one.yml"
    schema = checked_clone / ".cache/schemas/partnership.schema.json"
    text = f"{NEW}partners:\n  - partner: |\n"
    assert "brand-new" not in informed.offered(path, text)
    before = schema.read_text(encoding="utf-8")
    schema.write_text(before.replace('"packbridge"', '"packbridge", "brand-new"'), encoding="utf-8")
    informed.changed(schema)
    try:
        assert "brand-new" in informed.offered(path, text)
    finally:
        schema.write_text(before, encoding="utf-8")
        informed.changed(schema)
