"""Other people's tools on the records: check-jsonschema without a network, and yaml-language-server as in an editor."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartguide.checks.checking import Checked
from smartguide.exports import schema_files
from tests.language_server import Editor, editor
from tests.projects import ROOT, write

NO_NETWORK = {f"{scheme}_proxy": "http://127.0.0.1:9" for scheme in ("http", "https")}
RECORDS = {
    "partner": "content/partners/packbridge.yml",
    "partnership": "content/partnerships/bridge.yml",
    "action": "content/guide/actions",
    "good-practice": "content/guide/good-practices",
}
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
def opened() -> Iterator[Editor]:
    """Return an editor that has the repository open."""
    with editor(ROOT, SETTINGS) as found:
        yield found


def test_an_editor_accuses_neither_the_catalogue_nor_records(opened: Editor) -> None:
    paths = [ROOT / "content/catalogue.yml", *(ROOT / RECORDS[kind] for kind in ("partner", "partnership"))]
    assert {path.name: opened.problems(path) for path in paths} == {path.name: [] for path in paths}


def test_an_editor_sees_a_misspelt_key_of_the_catalogue(opened: Editor) -> None:
    path = ROOT / "content/catalogue.yml"
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
def test_an_editor_shows_words_in_place_of_a_pattern(opened: Editor, path: str, line: str, words: str) -> None:
    key = line.partition(":")[0]
    text = re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", "", (ROOT / path).read_text(encoding="utf-8"))
    problems = opened.problems(ROOT / path, f"{text}{line}\n")
    assert len(problems) == 1
    assert words in problems[0]
    assert "^" not in problems[0]


def test_an_editor_offers_the_keys_of_the_schema_that_the_first_line_names(opened: Editor) -> None:
    line = "# yaml-language-server: $schema=../../schemas/partnership.schema.json\n"
    offered = opened.completions(ROOT / "content/partnerships/new-one.yml", f"{line}\n", 1, 0)
    assert {"acronym", "title", "partners", "target_markets"} <= set(offered)
