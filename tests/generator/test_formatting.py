"""``smartguide format``: records in one style, with what they say and every comment as it was."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from smartguide.cli import main
from smartguide.editing.formatting import RecordFile, format_text
from smartguide.model.kinds import Kind
from smartguide.project import Project
from smartguide.reading.plain_yaml import Loader
from tests.projects import MakeProject

LINE = "# yaml-language-server: $schema=../../schemas/tour.schema.json\n"
TOUR = "content/tours/three-lakes.yml"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "format", *arguments])


STYLES = {
    "keys in the order of the schema, nested ones too; unknown ones last": (
        "zebra: 1\nstages:\n  - note: steep\n    hut: upper-lake\nname: A\n",
        "name: A\nstages:\n  - hut: upper-lake\n    note: steep\nzebra: 1\n",
    ),
    "flow style becomes block style": ("{name: A, themes: [water, 'no']}", 'name: A\nthemes:\n  - water\n  - "no"\n'),
    "quotes only where they are needed": ("name: 'A'\nsubtitle: 'B: C'\n", 'name: A\nsubtitle: "B: C"\n'),
    "lists are indented": ("themes:\n- water\n-   snow\n", "themes:\n  - water\n  - snow\n"),
    "a comment moves with the key below it": (
        "# about kinds\nkind: a\n# about the name\nname: A\n",
        "# about the name\nname: A\n# about kinds\nkind: a\n",
    ),
    "what stands before a blank line belongs to the file": (
        "# Who wrote this.\n\nkind: a\nname: A\n",
        "# Who wrote this.\n\nname: A\nkind: a\n",
    ),
    "comments behind values, keys and dashes": (
        "name: A # one\nthemes: # two\n  - water   # three\nstages:\n  - # four\n    hut: b # five\n",
        "name: A # one\nstages:\n  - # four\n    hut: b # five\nthemes: # two\n  - water   # three\n",
    ),
    "a comment that is indented belongs to the list above it": (
        "themes:\n- water\n  # - snow\n# the name\nname: A\n",
        "# the name\nname: A\nthemes:\n  - water\n  # - snow\n",
    ),
    "a comment between two entries of a list": (
        "stages:\n  # first\n  - hut: a\n\n  # second\n  - hut: b\n",
        "stages:\n  # first\n  - hut: a\n\n  # second\n  - hut: b\n",
    ),
    "comments in flow style": (
        "themes: [water, # wet\n  # cold\n  snow,\n  # the end\n]\nname: A\n",
        "name: A\nthemes:\n  - water # wet\n  # cold\n  - snow\n  # the end\n",
    ),
    "a comment at the end of the file": ("name: A\n\n# the end\n\n", "name: A\n\n# the end\n"),
    "a comment at the end of a text in lines": (
        "subtitle: >- # folded\n  one\n  two\n\n# next\nname: A\n",
        "\n# next\nname: A\nsubtitle: one two # folded\n",
    ),
    "number signs that are no comments": (
        'name: "A # B"\nsubtitle: |-\n  # one\n  two\n',
        'name: "A # B"\nsubtitle: |-\n  # one\n  two\n',
    ),
    "anchors, aliases and the order that they need": (
        "valleys: &v [NTH]\nname: &n A\nsubtitle: *n\n",
        "valleys: &v\n  - NTH\nname: &n A\nsubtitle: *n\n",
    ),
    "tags": ("sources: !include  some/file.yml\nname: A\n", "name: A\nsources: !include some/file.yml\n"),
    "numbers, true and nothing as they are written": (
        "name: 0012\nnights: 1.50\nguided: True\ngrade: ~\nkind:\n",
        "name: 0012\nkind:\nnights: 1.50\ngrade: ~\nguided: true\n",
    ),
    "text over several lines": (
        'name: one\n  two\nsubtitle: "a\n  b"\n',
        "name: one two\nsubtitle: a b\n",
    ),
    "markers of documents go": ("---\nname: A\n...\n", "name: A\n"),
    "no line feed at the end, blanks at the ends of lines": ("name: A  \nkind: b", "name: A\nkind: b\n"),
    "blank lines stay": ("name: A\n\n\nkind: b\n", "name: A\n\n\nkind: b\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def tour() -> tuple[RecordFile, Project]:
    from smartguide.model import schema_files
    from tests.generator.projects import SMALL

    project = Project.of(SMALL)
    kind: Kind = schema_files.load(project.schemas).by_name["tour"]
    return RecordFile(TOUR, kind, is_one_record=True), project


@pytest.mark.parametrize("name", STYLES)
def test_a_file_is_brought_into_one_style_which_then_stays(name: str, tour: tuple[RecordFile, Project]) -> None:
    before, after = STYLES[name]
    made = format_text(before, *tour)
    assert made == LINE + after
    assert format_text(made, *tour) == made


SCHEMA_LINES = {
    "one that leads elsewhere": ("# A tour.\n# yaml-language-server: $schema=../x.json\n", LINE + "# A tour.\n"),
    "one with more in it": ("# yaml-language-server: $schema=../x.json # see there\n", LINE.rstrip() + " # see there\n"),
    "a URL": ("# yaml-language-server: $schema=https://a.example/b.json\n", "# yaml-language-server: $schema=https://a.example/b.json\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMA_LINES)
def test_the_first_line_names_the_schema(name: str, tour: tuple[RecordFile, Project]) -> None:
    before, after = SCHEMA_LINES[name]
    assert format_text(f"{before}name: A\n", *tour) == f"{after}name: A\n"
    assert format_text(f"{after}name: A\n", *tour) == f"{after}name: A\n"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9_999, 9_999) | st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.text("ab :#-'\"\n,[]{}&*!|>%@`?0.", max_size=130),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abyn1:# ", min_size=1, max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    data=st.dictionaries(st.sampled_from(["name", "stages", "kind", "other", "no"]), VALUES, min_size=1),
    flow=st.sampled_from([None, True, False]),
    quotes=st.sampled_from([None, "'", '"', "|", ">"]),
)
def test_whatever_a_file_says_it_says_in_canonical_style_and_the_style_is_final(
    data: Any, *, flow: bool | None, quotes: str | None, tour: tuple[RecordFile, Project]
) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, default_style=quotes, allow_unicode=True, width=60)
    if "? " in text or "!!" in text:
        return  # keys and tags that no record has
    said = yaml.load(text, Loader)
    made = format_text(text, *tour)
    assert json.dumps(yaml.load(made, Loader), sort_keys=True) == json.dumps(said, sort_keys=True)
    assert format_text(made, *tour) == made


FILE = """\
subtitle: >-
  folded
name: A
stages:
- hut: upper-lake
  note: |
    text

-   hut: stone-pass
themes: [water,
  snow]
links:
  - {url: https://huts.example/, label: x}
sources:
- source: map
"""
LINES = FILE.splitlines()


@given(places=st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from([0, 2, 4, 6, None])), max_size=6))
def test_every_comment_is_kept_wherever_it_stands(
    places: list[tuple[int, int | None]], tour: tuple[RecordFile, Project]
) -> None:
    lines = list(LINES)
    for number, (line, column) in enumerate(places):
        lines[line] = f"{lines[line]} # {number}x" if column is None else f"{' ' * column}# {number}x\n{lines[line]}"
    text = "\n".join(lines)
    try:
        said = yaml.load(text, Loader)
    except yaml.YAMLError:
        return  # a comment cannot stand before the first line of a text
    made = format_text(text, *tour)
    assert yaml.load(made, Loader) == said
    assert sorted(re.findall(r"# (\d+)x", made)) == sorted(re.findall(r"# (\d+)x", text))
    assert format_text(made, *tour) == made


def test_the_command_formats_files_and_folders_and_check_only_tells(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project()
    monkeypatch.chdir(root)
    told = run(root, "--check", "content/huts")
    assert told.exit_code == 1
    assert (
        "content/huts/upper-lake.yml:1:1: error: is not in canonical style, in which this line is '# yaml-language-server:"
        in told.stdout
    )
    assert "aliases: [" in (root / "content/huts/upper-lake.yml").read_text("utf-8")
    made = run(root, "content/huts", TOUR)
    assert (made.exit_code, made.stderr) == (0, "3 files: 3 formatted\n")
    assert (root / "content/huts/upper-lake.yml").read_text("utf-8").startswith("# yaml-language-server: $schema=")
    assert run(root, "--check", "content/huts").exit_code == 0
    assert run(root, "--check").exit_code == 1
    assert run(root, "nowhere.yml").exit_code == 2
    assert "content/catalogue.yml: no records in it" in run(root, "content/catalogue.yml").stderr


def test_the_command_that_is_advised_can_be_pasted_whatever_the_file_is_called(project: MakeProject) -> None:
    root = project({"content/huts/$(touch x) `id`.yml": "valley: NTH\nname: A\nsources: [{source: map}]\n"})
    assert "(run: smartguide format 'content/huts/$(touch x) `id`.yml')" in run(root, "--check").output


def test_line_ends_of_windows_stay(project: MakeProject) -> None:
    root = project(
        {TOUR: (LINE + "name: A\nthemes: [water]\nsubtitle: |-\n  a\n\n  b\n").replace("\n", "\r\n").encode()}
    )
    assert run(root).exit_code == 0
    assert (root / TOUR).read_bytes() == (
        (LINE + "name: A\nsubtitle: |-\n  a\n\n  b\nthemes:\n  - water\n").replace("\n", "\r\n").encode()
    )
    assert run(root, "--check").exit_code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: 'A\n", "[syntax]"),
        ("name: A\nname: B\n", "[duplicate-key]"),
        ("name: A\n--- \nname: B\n", "[syntax]"),
        ("- name: A\n", "cannot be brought into canonical style: it is no mapping of keys and values"),
        (b"name: \xff\n", "[encoding]"),
    ],
)
def test_a_file_with_a_mistake_is_told_and_left_as_it_is(project: MakeProject, text: str | bytes, words: str) -> None:
    root = project({TOUR: text})
    before = (root / TOUR).read_bytes()
    done = run(root)
    assert done.exit_code == 1
    assert words in done.stdout
    assert TOUR in done.stdout
    assert (root / TOUR).read_bytes() == before
    assert (root / "content/valleys.yml").read_text("utf-8").startswith("north:\n")  # the others are formatted


def test_records_without_a_usable_schema_are_not_passed_over_silently(project: MakeProject) -> None:
    done = run(project({"schemas/tour.schema.json": "{"}))
    assert done.exit_code == 1
    assert "schemas/tour.schema.json:1:2: error: not readable as JSON" in done.stdout


def test_values_and_findings_of_the_knowledge_base_are_the_same_afterwards(project: MakeProject) -> None:
    from smartguide.checks.checking import check

    root = project({TOUR: "name: A\nsubtitle: Hut #1\nkind: x\nsources: [{source: map}]\nnights: '2'\n"})
    before = check(root)
    assert run(root).exit_code == 0
    after = check(root)
    assert [record.data for record in before.base] == [record.data for record in after.base]
    assert [one.message for one in before.findings] == [one.message for one in after.findings]
